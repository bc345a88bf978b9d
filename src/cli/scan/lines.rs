//! Plain output: each line with a finding, its place where that is not plain, and its answers.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::text::Text;
use intune_err::text::printable;
use intune_err::{Found, Occurrence};

use super::explained::{Errors, Explained};
use super::sink::Sink;
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
}

impl Lines {
    pub(super) fn new(text: Text, several: bool) -> Self {
        Self { text, several, path: None, explained: Explained::new(text, INDENT), line: 0, errors: Errors::default() }
    }

    /// A line, or what is to be seen of it.
    fn line(&self, out: &mut Out, first: &Occurrence<'_>, marks: &[Range<usize>]) -> io::Result<()> {
        if self.several || first.event.is_some() {
            let mark = if first.event.is_some() { '#' } else { ':' };
            let place = format!("{}{mark}{}:", printable(self.path.as_deref().unwrap_or("(standard input)")), first.line);
            write!(out, "{} ", self.text.label(&place))?;
        }
        let shown = if first.text.len() <= LONGEST { 0..first.text.len() } else { first.excerpt(EXCERPT) };
        if shown.start > 0 || !first.begins {
            write!(out, "... ")?;
        }
        let marks: Vec<Range<usize>> = marks
            .iter()
            .filter(|mark| mark.start >= shown.start && mark.start < shown.end)
            .map(|mark| mark.start - shown.start..mark.end.min(shown.end) - shown.start)
            .collect();
        self.text.log(out, &first.text[shown.clone()], &marks)?;
        if shown.end < first.text.len() || !first.ends {
            write!(out, " ...")?;
        }
        writeln!(out)
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
        let mut occurrences = found.peekable();
        while let Some(first) = occurrences.next() {
            let is_new = self.line != first.line;
            if is_new {
                self.line = first.line;
                self.errors.take();
            }
            let mut new: Vec<_> = self.errors.add(first.what).then_some(first.what).into_iter().collect();
            let mut marks = vec![first.matched.clone()];
            while let Some(next) = occurrences.next_if(|next| next.line == first.line) {
                new.extend(self.errors.add(next.what).then_some(next.what));
                marks.push(next.matched);
            }
            if is_new {
                self.line(out, &first, &marks)?;
                if let Some(meaning) = first.event.and_then(|event| event.meaning).filter(|meaning| first.what != Found::Event(*meaning)) {
                    writeln!(out, "{INDENT}{}{}", self.text.label("Event:      "), meaning.text())?;
                }
                if let Some(around) = &first.around {
                    self.explained.owner(out, &around.owner, case.names())?;
                }
            }
            self.explained.print(out, new, || first.context())?;
        }
        Ok(())
    }
}
