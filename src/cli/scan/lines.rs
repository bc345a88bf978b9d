//! Plain output: each line with a finding, its place if that isn't obvious, and its answers.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::text::Text;
use intune_err::text::{leaves_colour, printable};
use intune_err::{Found, Lookup, Occurrence};

use super::explained::{Errors, Explained};
use super::sink::Sink;
use super::unread::NotRead;
use crate::cli::session::Out;

/// What stands before each line of an answer.
const INDENT: &str = "    ";
/// The longest line that is shown whole, in bytes.
const LONGEST: usize = 16_384;
/// How much of a line that is longer is shown around its first finding.
const EXCERPT: usize = 4096;

pub(super) struct Lines {
    text: Text,
    /// Whether several inputs are read, so that each line needs its place.
    several: bool,
    path: Option<Arc<str>>,
    explained: Explained,
    /// The number of the line that was shown last, and what was found in it.
    line: u64,
    errors: Errors,
    /// Where in the line that is to be shown something was found.
    marks: Vec<Range<usize>>,
}

impl Lines {
    pub(super) fn new(text: Text, several: bool, lookup: Lookup) -> Self {
        let explained = Explained::new(text, INDENT, lookup);
        Self { text, several, path: None, explained, line: 0, errors: Errors::default(), marks: Vec::new() }
    }

    /// A line, or what is to be seen of it. Whether it leaves a colour.
    fn line(&mut self, out: &mut Out, first: &Occurrence<'_>, shown: &Range<usize>) -> io::Result<bool> {
        if self.several || first.event.is_some() {
            let mark = if first.event.is_some() { '#' } else { ':' };
            let place = format!("{}{mark}{}:", printable(self.path.as_deref().unwrap_or("(standard input)")), first.line);
            write!(out, "{} ", self.text.label(&place))?;
        }
        if shown.start > 0 || !first.begins {
            out.write_all(b"... ")?;
        }
        for mark in &mut self.marks {
            *mark = mark.start - shown.start..mark.end.min(shown.end) - shown.start;
        }
        let text = &first.text[shown.clone()];
        self.text.log(out, text, &self.marks)?;
        if shown.end < first.text.len() || !first.ends {
            out.write_all(b" ...")?;
        }
        out.write_all(b"\n")?;
        Ok(leaves_colour(text).unwrap_or(false))
    }
}

impl Sink for Lines {
    fn begin(&mut self, path: Option<Arc<str>>) {
        // What stands in an archive needs its place.
        self.several |= path.as_deref().is_some_and(|path| path.contains('!'));
        self.path = path;
        self.line = 0;
    }

    fn occurrences(&mut self, out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, case: &Case) -> io::Result<()> {
        let mut next = found.next();
        while let Some(first) = &next {
            let is_new = self.line != first.line;
            if is_new {
                self.line = first.line;
                self.errors.clear();
            }
            let before = self.errors.len();
            self.errors.add(first.what);
            // Nothing is marked of what is not shown.
            let shown = if first.text.len() <= LONGEST { 0..first.text.len() } else { first.excerpt(EXCERPT) };
            self.marks.clear();
            self.marks.push(first.matched.clone());
            let after = loop {
                match found.next() {
                    Some(further) if further.line == first.line => {
                        self.errors.add(further.what);
                        if shown.contains(&further.matched.start) {
                            self.marks.push(further.matched);
                        }
                    }
                    after => break after,
                }
            };
            let mut is_coloured = false;
            if is_new {
                is_coloured = self.line(out, first, &shown)?;
                if let Some(meaning) = first.event.and_then(|event| event.meaning).filter(|meaning| first.what != Found::Event(*meaning)) {
                    self.explained.line(out, is_coloured, &format!("{}{}", self.text.label("Event:      "), meaning.text()))?;
                }
                if let Some(around) = &first.around {
                    self.explained.owner(out, is_coloured, &around.owner, case.names())?;
                }
            }
            self.explained.print(out, &self.errors.as_slice()[before..], is_coloured, || first.context())?;
            next = after;
        }
        Ok(())
    }

    fn end(&mut self, _out: &mut Out, _unread: &NotRead, _case: &Case) -> io::Result<Vec<String>> {
        Ok([self.errors.note(), self.explained.note()].into_iter().flatten().collect())
    }
}
