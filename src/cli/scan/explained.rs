//! Answers below the lines of a log: whole the first time that a problem shows up, one line afterwards.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use intune_err::log::{Names, Owner};
use intune_err::report::text::{Text, one_line};
use intune_err::{Context, Entry, Found, Lookup};

use crate::cli::session::Out;

/// How many bytes of lines are remembered. Only a log with tens of thousands of unknown codes has more.
const MOST: usize = 2 << 20;

/// Resets the colours of a terminal.
const RESET: &[u8] = b"\x1B[0m";

/// What has been explained so far.
pub(super) struct Explained {
    text: Text,
    lookup: Lookup,
    /// What stands before each line that is added.
    before: &'static str,
    /// The line to print for each error that was explained.
    lines: HashMap<Found, Box<[u8]>>,
    /// The size of all these lines together.
    kept: usize,
    /// The entries whose whole answer has been printed.
    entries: HashSet<Entry>,
    /// Whether the log has left a colour that the next line has to reset.
    is_coloured: bool,
    /// Whether an error was answered in one line because there was no room left to remember it.
    is_full: bool,
}

impl Explained {
    pub(super) fn new(text: Text, before: &'static str, lookup: Lookup) -> Self {
        let (lines, entries) = (HashMap::new(), HashSet::new());
        Self { text: text.narrowed(before.len()), lookup, before, lines, kept: 0, entries, is_coloured: false, is_full: false }
    }

    /// Prints the answers to these errors of a line. Where they stand decides what comes first. `is_coloured` says that the log has left
    /// the terminal in a colour, which could hide an answer.
    pub(super) fn print(&mut self, out: &mut Out, errors: &[Found], is_coloured: bool, context: impl Fn() -> Context) -> io::Result<()> {
        self.is_coloured |= is_coloured;
        errors.iter().try_for_each(|what| self.error(out, *what, &context))
    }

    /// Whether an error has its line already.
    pub(super) fn knows(&self, what: Found) -> bool {
        self.lines.contains_key(&what)
    }

    /// Prints a line of its own below that of the log.
    pub(super) fn line(&mut self, out: &mut Out, is_coloured: bool, line: &str) -> io::Result<()> {
        self.is_coloured |= is_coloured;
        self.begin(out)?;
        writeln!(out, "{line}")
    }

    /// Prints whose error it is, if that is known.
    pub(super) fn owner(&mut self, out: &mut Out, is_coloured: bool, owner: &Owner, names: &Names) -> io::Result<()> {
        let mut lines = Vec::new();
        self.text.owner(&mut lines, owner, names)?;
        self.is_coloured |= is_coloured;
        for line in lines.split_inclusive(|b| *b == b'\n') {
            self.begin(out)?;
            out.write_all(line)?;
        }
        Ok(())
    }

    /// Begins a line that is added.
    fn begin(&mut self, out: &mut Out) -> io::Result<()> {
        begin(out, self.before, &mut self.is_coloured)
    }

    fn error(&mut self, out: &mut Out, what: Found, context: impl Fn() -> Context) -> io::Result<()> {
        if let Some(line) = self.lines.get(&what) {
            begin(out, self.before, &mut self.is_coloured)?;
            return out.write_all(line);
        }
        let context = context();
        let answer = self.lookup.finding(what, &context);
        let line = format!("{}\n", one_line(&answer)).into_bytes();
        let size = line.len() + size_of::<(Found, Box<[u8]>)>();
        let has_room = self.kept + size <= MOST;
        // There are no more entries than the table has, so these are always known apart.
        let is_new = match answer.entries.first() {
            Some(entry) => self.entries.insert(*entry),
            None => has_room,
        };
        if has_room {
            self.kept += size;
            self.lines.insert(what, line.as_slice().into());
        }
        if !is_new {
            self.is_full |= !has_room;
            self.begin(out)?;
            return out.write_all(&line);
        }
        let mut lines = Vec::new();
        self.text.brief(&mut lines, &answer, &context)?;
        for line in lines.split_inclusive(|b| *b == b'\n') {
            if line == b"\n" {
                out.write_all(self.before.trim_end().as_bytes())?;
            } else {
                self.begin(out)?;
            }
            out.write_all(line)?;
        }
        Ok(())
    }

    /// What there is to say about what was not explained whole.
    pub(super) fn note(&self) -> Option<String> {
        self.is_full.then(|| format!("after {} errors, those that nothing is known of are answered in one line each", self.lines.len()))
    }
}

/// Begins a line that is added, after the colour that the log has left is reset.
fn begin(out: &mut Out, before: &str, is_coloured: &mut bool) -> io::Result<()> {
    out.write_all(before.as_bytes())?;
    if std::mem::take(is_coloured) { out.write_all(RESET) } else { Ok(()) }
}

/// The errors of one line, each once, in order; no more than [`Errors::MOST`].
#[derive(Default)]
pub(super) struct Errors {
    order: Vec<Found>,
    /// The same, for a line with many.
    seen: HashSet<Found>,
    /// How many findings of all lines there was no room for.
    further: u64,
}

impl Errors {
    /// How many errors a line can have; only a hostile log has more.
    const MOST: usize = 20_000;
    /// So few are compared one by one.
    const FEW: usize = 16;

    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn as_slice(&self) -> &[Found] {
        &self.order
    }

    /// Adds an error if it is new.
    pub(super) fn add(&mut self, what: Found) {
        if self.order.len() < Self::FEW {
            if !self.order.contains(&what) {
                self.order.push(what);
            }
            return;
        }
        if self.seen.is_empty() {
            self.seen.extend(&self.order);
        }
        if self.seen.contains(&what) {
        } else if self.order.len() == Self::MOST {
            self.further += 1;
        } else {
            self.seen.insert(what);
            self.order.push(what);
        }
    }

    /// Starts another line.
    pub(super) fn clear(&mut self) {
        self.order.clear();
        if !self.seen.is_empty() {
            // One that has been large is slow to clear.
            self.seen = HashSet::new();
        }
    }

    /// What there is to say about what was left out.
    pub(super) fn note(&self) -> Option<String> {
        let further = self.further;
        let said = format!("{further} findings are not answered: a line has answers to {} errors at the most", Self::MOST);
        (further > 0).then_some(said)
    }
}
