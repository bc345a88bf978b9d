//! `--redact`: a sink gets each finding in a line without what is personal.

use std::io;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::{Occurrence, Passage};

use super::sink::Sink;
use super::unread::NotRead;
use crate::cli::redaction::Redaction;
use crate::cli::session::Out;

pub(super) struct Redacting {
    sink: Box<dyn Sink>,
    redaction: Redaction,
}

impl Redacting {
    pub(super) fn new(sink: Box<dyn Sink>, redaction: Redaction) -> Self {
        Self { sink, redaction }
    }
}

impl Sink for Redacting {
    fn begin(&mut self, path: Option<Arc<str>>) {
        self.sink.begin(path);
    }

    fn mark(&mut self, out: &mut Out, mark: &[u8]) -> io::Result<()> {
        self.sink.mark(out, mark)
    }

    fn pass(&mut self, passage: &Passage<'_>) {
        self.sink.pass(passage);
    }

    fn occurrences(&mut self, out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, case: &Case) -> io::Result<()> {
        let lines = self.redaction.lines(&found.collect::<Vec<_>>(), |found| self.sink.keeps_lines(found));
        lines.map_or(Ok(()), |lines| self.sink.occurrences(out, &mut lines.occurrences(), case))
    }

    fn end(&mut self, out: &mut Out, unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        self.sink.end(out, unread, case)
    }
}
