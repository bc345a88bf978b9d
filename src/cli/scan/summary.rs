//! `--summary`: one block per error, most frequent first.

use std::io::{self, Write};
use std::sync::Arc;

use intune_err::report::text::Text;
use intune_err::report::{json, markdown};
use intune_err::{Answer, Occurrence, Place, Tally};

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
}

impl Summary {
    pub(super) fn new(form: Form) -> Self {
        Self { form, tally: Tally::default(), place: Place { path: None, line: 1, is_record: false } }
    }
}

impl Sink for Summary {
    fn begin(&mut self, path: Option<Arc<str>>) {
        self.place.path = path;
    }

    fn occurrences<'a>(&mut self, _out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'a>>) -> io::Result<()> {
        for found in found {
            self.place.line = found.line;
            self.place.is_record = found.event.is_some();
            self.tally.add(found.what, found.matched(), &self.place);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Out) -> io::Result<Option<String>> {
        for (position, count) in self.tally.counts().into_iter().enumerate() {
            let answer = Answer::from(count.what);
            if position > 0 && !matches!(self.form, Form::Json) {
                writeln!(out)?;
            }
            match self.form {
                Form::Text(text) => text.count(out, &answer, count)?,
                Form::Markdown => markdown::count(out, &answer, count)?,
                Form::Json => json::count(out, &answer, count)?,
            }
        }
        let further = self.tally.further();
        let note = format!("{further} findings of further errors are not in the summary: it keeps {} errors apart", Tally::MOST);
        Ok((further > 0).then_some(note))
    }
}
