//! `--passthrough`: the log as it is, and below each line with a finding its answers, in lines that can be told from it.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use intune_err::report::text::Text;
use intune_err::{Occurrence, Passage};

use super::explained::{Errors, Explained};
use super::sink::Sink;
use crate::cli::session::Out;

/// What stands before each line that is added, so that the log can be had back.
const ADDED: &str = "intune-err> ";
/// How much of a line is held back.
const HELD: usize = 4 << 20;

pub(super) struct Passthrough {
    text: Text,
    explained: Explained,
    /// The beginning of a line whose end has not come. If it turns out to be the last one and to have no end, its answers go before it.
    held: Vec<u8>,
    /// Whether the beginning of that line has been printed.
    is_begun: bool,
    /// What was found in that line.
    errors: Errors,
    /// The text of that line, as far as it was at hand with its first error.
    line: Vec<u8>,
}

impl Passthrough {
    pub(super) fn new(text: Text) -> Self {
        Self {
            text,
            explained: Explained::new(text, ADDED),
            held: Vec::new(),
            is_begun: false,
            errors: Errors::default(),
            line: Vec::new(),
        }
    }

    /// Prints bytes of the log, first what was held back.
    fn print(&mut self, out: &mut Out, bytes: &[u8], marks: &[Range<usize>]) -> io::Result<()> {
        self.text.log(out, &std::mem::take(&mut self.held), &[])?;
        self.text.log(out, bytes, marks)
    }

    fn answers(&mut self, out: &mut Out) -> io::Result<()> {
        let errors = self.errors.take();
        let line = std::mem::take(&mut self.line);
        self.explained.print(out, errors, &line)
    }
}

impl Sink for Passthrough {
    fn begin(&mut self, _path: Option<Arc<str>>) {}

    fn mark(&mut self, out: &mut Out, mark: &[u8]) -> io::Result<()> {
        out.write_all(mark)
    }

    /// An event has no line of its own that could be had back, so all of it is added.
    fn occurrences(&mut self, out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>) -> io::Result<()> {
        let mut is_first = true;
        for found in found {
            if std::mem::take(&mut is_first) {
                out.write_all(ADDED.as_bytes())?;
                self.text.log(out, found.text, &[])?;
                out.write_all(b"\n")?;
            }
            if self.errors.is_empty() {
                self.line = found.text.to_vec();
            }
            self.errors.add(found.what);
        }
        self.answers(out)
    }

    fn passage(&mut self, out: &mut Out, passage: &Passage<'_>) -> io::Result<()> {
        let (text, line_end) = (passage.text(), passage.line_end());
        let mut written = 0;
        // Of the line that is being read: what to mark in it, and how far its end has been looked for.
        let (mut marks, mut looked) = (Vec::new(), 0);
        let starts = passage.occurrences().map(|found| Some((found.what, passage.range(&found), found.text)));
        for found in starts.chain([None]) {
            let next = found.as_ref().map_or(text.len(), |(_, range, _)| range.start);
            if !self.errors.is_empty()
                && let Some(len) = line_end.first(&text[looked..next])
            {
                let end = looked + len;
                self.print(out, &text[written..end], &moved(&marks, written, end))?;
                self.answers(out)?;
                (written, self.is_begun) = (end, false);
                marks.clear();
            }
            let Some((what, range, line)) = found else { break };
            if self.errors.is_empty() {
                self.line = line[..line.len().min(4096)].to_vec();
            }
            looked = range.start;
            marks.push(range);
            self.errors.add(what);
        }
        // Whole lines are printed. What comes after the last of them is the beginning of one.
        let end = written + line_end.last(&text[written..]).unwrap_or(0);
        if end > written {
            self.print(out, &text[written..end], &[])?;
            (written, self.is_begun) = (end, false);
        }
        let rest = &text[written..];
        if passage.is_last() {
            // An answer after a line without an end would give it one, so it goes before, unless the beginning has been printed.
            let is_begun = std::mem::take(&mut self.is_begun);
            if !is_begun {
                self.answers(out)?;
            }
            self.print(out, rest, &moved(&marks, written, text.len()))?;
            if !self.errors.is_empty() {
                out.write_all(b"\n")?;
                self.answers(out)?;
            }
        } else if self.is_begun || self.held.len() + rest.len() > HELD {
            self.print(out, rest, &moved(&marks, written, text.len()))?;
            self.is_begun = true;
        } else {
            self.held.extend_from_slice(rest);
        }
        Ok(())
    }
}

/// The parts of a text that are marked, as they stand in a part of it.
fn moved(marks: &[Range<usize>], start: usize, end: usize) -> Vec<Range<usize>> {
    let inside = marks.iter().filter(|mark| mark.start >= start && mark.start < end);
    inside.map(|mark| mark.start - start..mark.end.min(end) - start).collect()
}
