//! `--passthrough`: the log as it is, and below each line with a finding its answers, in lines that can be told from it.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use intune_err::log::{Around, Case};
use intune_err::report::text::Text;
use intune_err::{Context, Occurrence, Passage};

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
    /// Where the first of them stands, and what stands around it.
    context: Context,
    around: Option<Arc<Around>>,
}

impl Passthrough {
    pub(super) fn new(text: Text) -> Self {
        Self {
            text,
            explained: Explained::new(text, ADDED),
            held: Vec::new(),
            is_begun: false,
            errors: Errors::default(),
            context: Context::default(),
            around: None,
        }
    }

    /// Prints bytes of the log, first what was held back.
    fn print(&mut self, out: &mut Out, bytes: &[u8], marks: &[Range<usize>]) -> io::Result<()> {
        self.text.log(out, &std::mem::take(&mut self.held), &[])?;
        self.text.log(out, bytes, marks)
    }

    /// The first error of a line tells where all of them stand.
    fn begins_with(&mut self, found: &Occurrence<'_>) {
        if self.errors.is_empty() {
            (self.context, self.around) = (found.context(), found.around.clone());
        }
    }

    fn answers(&mut self, out: &mut Out, case: &Case) -> io::Result<()> {
        let errors = self.errors.take();
        if let Some(around) = self.around.take() {
            self.explained.owner(out, &around.owner, case.names())?;
        }
        self.explained.print(out, errors, || self.context)
    }
}

impl Sink for Passthrough {
    fn begin(&mut self, _path: Option<Arc<str>>) {}

    fn mark(&mut self, out: &mut Out, mark: &[u8]) -> io::Result<()> {
        out.write_all(mark)
    }

    /// An event has no line of its own that could be had back, so all of it is added.
    fn occurrences(&mut self, out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, case: &Case) -> io::Result<()> {
        let mut is_first = true;
        for found in found {
            if std::mem::take(&mut is_first) {
                out.write_all(ADDED.as_bytes())?;
                self.text.log(out, found.text, &[])?;
                out.write_all(b"\n")?;
            }
            self.begins_with(&found);
            self.errors.add(found.what);
        }
        self.answers(out, case)
    }

    fn passage(&mut self, out: &mut Out, passage: &Passage<'_>, case: &Case) -> io::Result<()> {
        let (text, line_end) = (passage.text(), passage.line_end());
        let mut written = 0;
        // Of the line that is being read: what to mark in it, and how far its end has been looked for.
        let (mut marks, mut looked) = (Vec::new(), 0);
        let starts = passage.occurrences().map(|found| Some((passage.range(&found), found)));
        for found in starts.chain([None]) {
            let next = found.as_ref().map_or(text.len(), |(range, _)| range.start);
            if !self.errors.is_empty()
                && let Some(len) = line_end.first(&text[looked..next])
            {
                let end = looked + len;
                self.print(out, &text[written..end], &moved(&marks, written, end))?;
                self.answers(out, case)?;
                (written, self.is_begun) = (end, false);
                marks.clear();
            }
            let Some((range, found)) = found else { break };
            self.begins_with(&found);
            looked = range.start;
            marks.push(range);
            self.errors.add(found.what);
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
                self.answers(out, case)?;
            }
            self.print(out, rest, &moved(&marks, written, text.len()))?;
            if !self.errors.is_empty() {
                out.write_all(b"\n")?;
                self.answers(out, case)?;
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
