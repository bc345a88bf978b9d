//! `--summary`: a table of all errors, most frequent first, then the answer to each.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::text::Text;
use intune_err::report::{Totals, json, markdown};
use intune_err::{Answer, Context, Found, Occurrence, Passage, Place, Tally};

use super::sink::Sink;
use crate::cli::session::Out;

/// The form of a summary.
pub(super) enum Form {
    Text(Text),
    Markdown,
    Json,
}

pub(super) struct Summary {
    form: Form,
    tally: Tally,
    place: Place,
    /// Where each error's first finding stands.
    contexts: HashMap<Found, Context>,
    files: u64,
    lines: u64,
}

impl Summary {
    pub(super) fn new(form: Form) -> Self {
        let place = Place { path: None, line: 1, is_record: false };
        Self { form, tally: Tally::default(), place, contexts: HashMap::new(), files: 0, lines: 0 }
    }
}

impl Sink for Summary {
    fn begin(&mut self, path: Option<Arc<str>>) {
        // The events of a log come one by one, each with the log's place.
        if path.is_none() || self.place.path != path {
            self.files += 1;
        }
        self.place.path = path;
    }

    fn passage(&mut self, out: &mut Out, passage: &Passage<'_>, case: &Case) -> io::Result<()> {
        // A last line without an end is one, too.
        let is_open = passage.is_last() && !passage.text().is_empty() && !passage.text().ends_with(b"\n");
        self.lines += passage.lines() + u64::from(is_open);
        self.occurrences(out, &mut passage.occurrences(), case)
    }

    fn occurrences(&mut self, _out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, _case: &Case) -> io::Result<()> {
        for found in found {
            self.place.line = found.line;
            self.place.is_record = found.event.is_some();
            if self.contexts.len() < Tally::MOST && !self.contexts.contains_key(&found.what) {
                self.contexts.insert(found.what, found.context());
            }
            self.tally.add(found.what, found.matched(), &self.place);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Out, unread: u64, _case: &Case) -> io::Result<Vec<String>> {
        let of = |what: Found| self.contexts.get(&what).copied().unwrap_or_default();
        let rows: Vec<_> = self.tally.counts().into_iter().map(|count| (count, Answer::in_context(count.what, &of(count.what)))).collect();
        let totals = Totals { files: self.files, lines: self.lines, findings: self.tally.total(), errors: rows.len() as u64, unread };
        // A log without an error prints nothing.
        match self.form {
            _ if rows.is_empty() => {}
            Form::Text(text) => text.overview(out, &rows, &totals)?,
            Form::Markdown => markdown::overview(out, &rows, &totals)?,
            Form::Json => {}
        }
        for (position, (count, answer)) in rows.iter().enumerate() {
            match self.form {
                Form::Text(text) => {
                    writeln!(out)?;
                    text.count(out, position + 1, answer, count, &of(count.what))?;
                }
                Form::Markdown => {
                    writeln!(out)?;
                    markdown::count(out, position + 1, answer, count)?;
                }
                Form::Json => json::count(out, answer, count)?,
            }
        }
        let further = self.tally.further();
        let note = format!("{further} findings of further errors are not in the summary: it keeps {} errors apart", Tally::MOST);
        Ok((further > 0).then_some(note).into_iter().collect())
    }
}
