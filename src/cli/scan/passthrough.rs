//! `--passthrough`: the log as it is, and below each line with a finding its answers, in lines that can be told from it.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use intune_err::log::{Around, Case};
use intune_err::report::text::Text;
use intune_err::text::{LineEnd, leaves_colour};
use intune_err::{Context, Lookup, Occurrence, Passage};

use super::explained::{Errors, Explained};
use super::sink::Sink;
use super::unread::NotRead;
use crate::cli::redaction::Redaction;
use crate::cli::session::Out;

/// The prefix of each added line, so that the log can be recovered.
const ADDED: &str = "intune-err> ";
/// How much of a line is held back at most.
const HELD: usize = 4 << 20;

pub(super) struct Passthrough {
    text: Text,
    redaction: Redaction,
    line_end: LineEnd,
    explained: Explained,
    /// The beginning of a line whose end has not come. If it turns out to be the last one and to have no end, its answers go before it.
    held: Vec<u8>,
    /// Whether the beginning of that line has been printed.
    is_begun: bool,
    /// What was found in that line.
    errors: Errors,
    /// Where they stand, if one of them has to be explained.
    context: Option<Context>,
    /// What stands around the first of them.
    around: Option<Arc<Around>>,
    /// Whether the log has left a colour.
    is_coloured: bool,
}

impl Passthrough {
    pub(super) fn new(text: Text, redaction: Redaction, lookup: Lookup) -> Self {
        Self {
            text,
            redaction,
            line_end: LineEnd::default(),
            explained: Explained::new(text, ADDED, lookup),
            held: Vec::new(),
            is_begun: false,
            errors: Errors::default(),
            context: None,
            around: None,
            is_coloured: false,
        }
    }

    /// Prints bytes of the log, first what was held back. `marks` are places in the passage, in which the bytes begin at `start`.
    fn print(&mut self, out: &mut Out, bytes: &[u8], start: usize, marks: &[Range<usize>]) -> io::Result<()> {
        if self.redaction.is_on() {
            return self.print_redacted(out, bytes, start, marks);
        }
        if !self.held.is_empty() {
            let held = std::mem::take(&mut self.held);
            self.log(out, &held, &[])?;
            self.held = held;
            self.held.clear();
        }
        let end = start + bytes.len();
        if !self.text.is_terminal && !self.text.colored {
            return self.log(out, bytes, &[]);
        }
        let inside = marks.iter().filter(|mark| mark.start >= start && mark.start < end);
        let marks: Vec<Range<usize>> = inside.map(|mark| mark.start - start..mark.end.min(end) - start).collect();
        self.log(out, bytes, &marks)
    }

    /// The same without what is personal. A line whose beginning was printed is left out up to its end: a value could be cut in two.
    fn print_redacted(&mut self, out: &mut Out, bytes: &[u8], start: usize, marks: &[Range<usize>]) -> io::Result<()> {
        let skipped = match self.line_end.first(bytes) {
            _ if !self.is_begun => 0,
            Some(end) => self.line_end.strip(&bytes[..end]).len(),
            None => bytes.len(),
        };
        let held = std::mem::take(&mut self.held);
        let (start, end) = (start + skipped, start + bytes.len());
        let inside = marks.iter().filter(|mark| mark.start >= start && mark.start < end);
        let marks = inside.map(|mark| held.len() + mark.start - start..held.len() + mark.end.min(end) - start).collect::<Vec<_>>();
        let redacted = self.redaction.bytes(&[&held, &bytes[skipped..]].concat(), &marks);
        let marks: Vec<Range<usize>> = marks.iter().map(|mark| redacted.range(mark)).collect();
        self.log(out, redacted.text(), &marks)
    }

    /// Prints the beginning of a line that is too long to be held back.
    fn begin_line(&mut self, out: &mut Out, bytes: &[u8], start: usize, marks: &[Range<usize>]) -> io::Result<()> {
        /// The end of what is printed could be a part of a value, which is no longer than this.
        const CUT: usize = 512;
        if self.redaction.is_on() && !self.is_begun {
            self.print(out, &bytes[..bytes.len().saturating_sub(CUT)], start, marks)?;
            out.write_all(b" ... (the rest of a line of more than 4 MiB is left out)")?;
        } else {
            self.print(out, bytes, start, marks)?;
        }
        self.is_begun = true;
        Ok(())
    }

    fn log(&mut self, out: &mut Out, bytes: &[u8], marks: &[Range<usize>]) -> io::Result<()> {
        self.is_coloured = leaves_colour(bytes).unwrap_or(self.is_coloured);
        self.text.log(out, bytes, marks)
    }

    /// Takes an error of the line in. The first one that has to be explained tells where all of them stand.
    fn add(&mut self, found: &Occurrence<'_>) {
        if self.errors.is_empty() {
            self.around.clone_from(&found.around);
        }
        if self.context.is_none() && !self.explained.knows(found.what) {
            self.context = Some(found.context());
        }
        self.errors.add(found.what);
    }

    fn answers(&mut self, out: &mut Out, case: &Case) -> io::Result<()> {
        let is_coloured = !self.errors.is_empty() && std::mem::take(&mut self.is_coloured);
        if let Some(around) = self.around.take() {
            self.explained.owner(out, is_coloured, &around.owner, case.names())?;
        }
        let context = self.context.take().unwrap_or_default();
        self.explained.print(out, self.errors.as_slice(), is_coloured, || context)?;
        self.errors.clear();
        Ok(())
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
                let redacted = self.redaction.is_on().then(|| self.redaction.bytes(found.text, &[]));
                self.log(out, redacted.as_ref().map_or(found.text, |redacted| redacted.text()), &[])?;
                out.write_all(b"\n")?;
            }
            self.add(&found);
        }
        self.answers(out, case)
    }

    fn passage(&mut self, out: &mut Out, passage: &Passage<'_>, case: &Case) -> io::Result<()> {
        let (text, line_end) = (passage.text(), passage.line_end());
        self.line_end = line_end;
        let mut written = 0;
        // Of the line that is being read: what to mark in it, and how far its end has been looked for.
        let (mut marks, mut looked) = (Vec::new(), 0);
        for found in passage.occurrences().map(Some).chain([None]) {
            let range = found.as_ref().map(|found| passage.range(found));
            let next = range.as_ref().map_or(text.len(), |range| range.start);
            if !self.errors.is_empty()
                && let Some(len) = line_end.first(&text[looked..next])
            {
                let end = looked + len;
                self.print(out, &text[written..end], written, &marks)?;
                self.answers(out, case)?;
                (written, self.is_begun) = (end, false);
                marks.clear();
            }
            let (Some(found), Some(range)) = (found, range) else { break };
            looked = range.start;
            marks.push(range);
            self.add(&found);
        }
        // Whole lines are printed. What comes after the last of them is the beginning of one.
        let end = written + line_end.last(&text[written..]).unwrap_or(0);
        if end > written {
            self.print(out, &text[written..end], written, &[])?;
            (written, self.is_begun) = (end, false);
        }
        let rest = &text[written..];
        if passage.is_last() {
            // An answer after a line without an end would give it one, so it goes before, unless the beginning has been printed.
            let is_begun = std::mem::take(&mut self.is_begun);
            if !is_begun {
                self.answers(out, case)?;
            }
            if !is_begun || !self.redaction.is_on() {
                self.print(out, rest, written, &marks)?;
            }
            if !self.errors.is_empty() {
                out.write_all(b"\n")?;
                self.answers(out, case)?;
            }
        } else if self.is_begun || self.held.len() + rest.len() > HELD {
            self.begin_line(out, rest, written, &marks)?;
        } else {
            self.held.extend_from_slice(rest);
        }
        Ok(())
    }
    fn end(&mut self, out: &mut Out, _unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        // Where the user ends it in the middle of a line, its beginning waits here.
        if self.is_begun && !self.errors.is_empty() {
            out.write_all(b"\n")?;
        }
        self.answers(out, case)?;
        self.print(out, &[], 0, &[])?;
        Ok([self.errors.note(), self.explained.note()].into_iter().flatten().collect())
    }
}
