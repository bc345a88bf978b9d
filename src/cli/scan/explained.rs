//! Answers below the lines of a log: whole the first time that a problem shows up, one line afterwards.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use intune_err::log::{Names, Owner};
use intune_err::report::text::{Text, one_line};
use intune_err::{Answer, Context, Found};

use crate::cli::session::Out;

/// How many unknown codes are kept in mind; only a hostile log has more. What is known is bounded by the table.
const MOST_UNKNOWN: usize = 20_000;

/// What has been explained so far.
pub(super) struct Explained {
    text: Text,
    /// What stands before each line that is added.
    before: &'static str,
    /// The line for each error that was explained.
    lines: HashMap<Found, Box<str>>,
    unknown: usize,
    /// The ids of the entries whose whole answer has been printed.
    entries: HashSet<&'static str>,
}

impl Explained {
    pub(super) fn new(text: Text, before: &'static str) -> Self {
        Self { text: text.narrowed(before.len()), before, lines: HashMap::new(), unknown: 0, entries: HashSet::new() }
    }

    /// Prints the answers to these errors of a line. Where they stand decides what comes first.
    pub(super) fn print(
        &mut self,
        out: &mut Out,
        errors: impl IntoIterator<Item = Found>,
        context: impl Fn() -> Context,
    ) -> io::Result<()> {
        errors.into_iter().try_for_each(|what| self.error(out, what, &context))
    }

    /// Prints whose error it is, if that is known.
    pub(super) fn owner(&mut self, out: &mut Out, owner: &Owner, names: &Names) -> io::Result<()> {
        let mut lines = Vec::new();
        self.text.owner(&mut lines, owner, names)?;
        for line in lines.split_inclusive(|b| *b == b'\n') {
            out.write_all(self.before.as_bytes())?;
            out.write_all(line)?;
        }
        Ok(())
    }

    fn error(&mut self, out: &mut Out, what: Found, context: impl Fn() -> Context) -> io::Result<()> {
        if let Some(line) = self.lines.get(&what) {
            return writeln!(out, "{}{line}", self.before);
        }
        let context = context();
        let answer = Answer::in_context(what, &context);
        let line = one_line(&answer);
        let is_explained = answer.entries.first().is_some_and(|entry| self.entries.contains(entry.id()));
        if is_explained || !self.remember(what, &answer, &line) {
            return writeln!(out, "{}{line}", self.before);
        }
        self.entries.extend(answer.entries.first().map(|entry| entry.id()));
        let mut lines = Vec::new();
        self.text.brief(&mut lines, &answer, &context)?;
        for line in lines.split_inclusive(|b| *b == b'\n') {
            out.write_all(if line == b"\n" { self.before.trim_end() } else { self.before }.as_bytes())?;
            out.write_all(line)?;
        }
        Ok(())
    }

    /// Keeps an error in mind, if there is room for it.
    fn remember(&mut self, what: Found, answer: &Answer, line: &str) -> bool {
        if !answer.found() {
            if self.unknown == MOST_UNKNOWN {
                return false;
            }
            self.unknown += 1;
        }
        self.lines.insert(what, line.into());
        true
    }
}

/// The errors of one line, each once, in order; no more than [`Errors::MOST`].
#[derive(Default)]
pub(super) struct Errors {
    seen: HashSet<Found>,
    order: Vec<Found>,
    /// How many findings there was no room for.
    pub(super) further: u64,
}

impl Errors {
    /// How many a line may have; only a hostile log has more.
    const MOST: usize = 20_000;

    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Takes an error in; whether it is new and there was room.
    pub(super) fn add(&mut self, what: Found) -> bool {
        if self.seen.contains(&what) {
            return false;
        }
        if self.order.len() == Self::MOST {
            self.further += 1;
            return false;
        }
        self.seen.insert(what);
        self.order.push(what);
        true
    }

    /// Those that came so far; it is empty then.
    pub(super) fn take(&mut self) -> Vec<Found> {
        self.seen.clear();
        std::mem::take(&mut self.order)
    }
}
