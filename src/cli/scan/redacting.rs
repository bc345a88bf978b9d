//! `--redact`: a sink gets each finding in a line without what is personal.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::{Occurrence, Passage, Redactor};

use super::sink::Sink;
use super::unread::NotRead;
use crate::cli::redaction::Redaction;
use crate::cli::session::Out;

/// The longest line that is taken whole. Of a longer one the part around a finding is, so that many findings in it cost no more.
const LONGEST: usize = 16_384;
/// The parts of a longer line begin at multiples of this.
const PART: usize = 8192;

pub(super) struct Redacting {
    sink: Box<dyn Sink>,
    redaction: Redaction,
}

impl Redacting {
    pub(super) fn new(sink: Box<dyn Sink>, redaction: Redaction) -> Self {
        Self { sink, redaction }
    }
}

/// The part of a finding's line that is shown.
fn part(found: &Occurrence<'_>) -> Range<usize> {
    let len = found.text.len();
    if len <= LONGEST {
        return 0..len;
    }
    let start = found.matched.start / PART * PART;
    start.saturating_sub(PART / 2)..found.matched.end.max(start + PART).saturating_add(PART / 2).min(len)
}

/// The lines before and after a finding's own, as many as anybody shows.
fn neighbours<'a>(found: &Occurrence<'a>) -> (&'a [u8], &'a [u8]) {
    const LINES: usize = 2;
    let before: usize = found.before.split_inclusive(|byte| *byte == b'\n').rev().take(LINES).map(<[u8]>::len).sum();
    let after: usize = found.after.split_inclusive(|byte| *byte == b'\n').take(LINES).map(<[u8]>::len).sum();
    (&found.before[found.before.len() - before..], &found.after[..after])
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
        let found: Vec<Occurrence<'_>> = found.collect();
        let is_same = |a: &Occurrence<'_>, b: &Occurrence<'_>| std::ptr::eq(a.text, b.text) && part(a) == part(b);
        let groups: Vec<_> = found
            .chunk_by(is_same)
            .map(|group| {
                let part = part(&group[0]);
                let inside = |at: usize| at.clamp(part.start, part.end) - part.start;
                let errors: Vec<Range<usize>> = group.iter().map(|found| inside(found.matched.start)..inside(found.matched.end)).collect();
                let redacted = self.redaction.bytes(&group[0].text[part.clone()], &errors);
                let around = group.iter().any(|found| self.sink.keeps_lines(found)).then(|| {
                    let (before, after) = neighbours(&group[0]);
                    (self.redaction.bytes(before, &[]), self.redaction.bytes(after, &[]))
                });
                (group, part, redacted, around)
            })
            .collect();
        let mut occurrences = groups.iter().flat_map(|(group, part, redacted, around)| {
            group.iter().map(move |found| {
                let mut occurrence = Redactor::occurrence(found, redacted, part);
                if let Some((before, after)) = around {
                    (occurrence.before, occurrence.after) = (before.text(), after.text());
                }
                occurrence
            })
        });
        self.sink.occurrences(out, &mut occurrences, case)
    }

    fn end(&mut self, out: &mut Out, unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        self.sink.end(out, unread, case)
    }
}
