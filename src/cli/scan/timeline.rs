//! `--timeline`: all findings in one order in time.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::json::{self, Record};
use intune_err::report::markdown;
use intune_err::{ErrorAt, Happening, Lookup, Occurrence, Place, Timeline, TimelineSection};

use super::sink::Sink;
use super::summary::Form;
use super::unread::NotRead;
use crate::cli::session::Out;

/// How many bytes of records are kept while objects are written.
const MOST: usize = 2 << 20;

pub(super) struct InTime {
    form: Form,
    lookup: Lookup,
    timeline: Timeline,
    place: Place,
}

impl InTime {
    pub(super) fn new(form: Form, lookup: Lookup) -> Self {
        let timeline = Timeline::default();
        let timeline = if matches!(form, Form::Json) { timeline.with_lines() } else { timeline };
        Self { form, lookup, timeline, place: Place::default() }
    }

    /// An object per finding.
    fn objects(&self, out: &mut Out, sections: &[TimelineSection<'_>], case: &Case) -> io::Result<()> {
        let (mut records, mut kept): (HashMap<ErrorAt, Record>, usize) = (HashMap::new(), 0);
        for happening in sections.iter().flat_map(|section| &section.happenings) {
            if kept > MOST {
                records.clear();
                kept = 0;
            }
            let record = records.entry(happening.error()).or_insert_with(|| {
                let record = Record::of(&answer(self.lookup, happening));
                kept += record.as_bytes().len() + size_of::<(ErrorAt, Record)>();
                record
            });
            json::happening(out, happening, record, case.names())?;
        }
        Ok(())
    }
}

fn answer(lookup: Lookup, happening: &Happening<'_>) -> intune_err::Answer {
    let of = happening.error();
    lookup.finding(of.what, &of.context)
}

impl Sink for InTime {
    fn begin(&mut self, path: Option<Arc<str>>) {
        self.place.path = path;
    }

    fn occurrences(&mut self, _out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, _case: &Case) -> io::Result<()> {
        for found in found {
            self.place.line = found.line;
            self.place.is_record = found.event.is_some();
            self.timeline.add(&found, &self.place);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Out, unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        let sections = self.timeline.sections(case);
        let answer = |happening: &Happening<'_>| answer(self.lookup, happening);
        match self.form {
            // A log without an error prints nothing.
            _ if sections.is_empty() => {}
            Form::Text(text) => {
                text.timeline(out, &sections, case.names(), answer)?;
                text.unread(out, &unread.reasons)?;
            }
            Form::Markdown => {
                markdown::timeline(out, &sections, case.names(), answer)?;
                markdown::unread(out, &unread.reasons)?;
            }
            Form::Json => self.objects(out, &sections, case)?,
        }
        let further = self.timeline.further();
        let each = self.timeline.each().map(|each| format!(" (of each error in an input the first {each} are)")).unwrap_or_default();
        let note =
            format!("{further} findings are not in the timeline, which has no room for them{each}: --since, --until, --app narrow it");
        Ok((further > 0).then_some(note).into_iter().collect())
    }
}
