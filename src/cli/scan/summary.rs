//! `--summary`: what is known of the device, a table of all errors, the answer to each, and what was not read.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::text::Text;
use intune_err::report::{Overview, Totals, json, markdown};
use intune_err::{Context, Found, Groups, Lookup, Occurrence, Passage, Place, Tally};

use super::sink::Sink;
use super::unread::NotRead;
use crate::cli::session::Out;

/// The form of a summary.
pub(super) enum Form {
    Text(Text),
    Markdown,
    Json,
}

pub(super) struct Summary {
    form: Form,
    lookup: Lookup,
    tally: Tally,
    groups: Groups,
    place: Place,
    /// Where each error's first finding stands.
    contexts: HashMap<Found, Context>,
    files: u64,
    lines: u64,
    /// Whether an archive is among the inputs.
    has_archive: bool,
}

impl Summary {
    pub(super) fn new(form: Form, lookup: Lookup) -> Self {
        let place = Place { path: None, line: 1, is_record: false };
        Self {
            form,
            lookup,
            tally: Tally::default(),
            groups: Groups::default(),
            place,
            contexts: HashMap::new(),
            files: 0,
            lines: 0,
            has_archive: false,
        }
    }
}

impl Sink for Summary {
    fn begin(&mut self, path: Option<Arc<str>>) {
        // The events of a log come one by one, each with the log's place.
        if path.is_none() || self.place.path != path {
            self.files += 1;
        }
        self.has_archive |= path.as_deref().is_some_and(|path| path.contains('!'));
        self.place.path = path;
    }

    fn pass(&mut self, passage: &Passage<'_>) {
        // A last line without an end is one, too.
        let is_open = passage.is_last() && !passage.text().is_empty() && !passage.text().ends_with(b"\n");
        self.lines += passage.lines() + u64::from(is_open);
    }

    fn occurrences(&mut self, _out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, _case: &Case) -> io::Result<()> {
        for found in found {
            self.place.line = found.line;
            self.place.is_record = found.event.is_some();
            if self.contexts.len() < Tally::MOST && !self.contexts.contains_key(&found.what) {
                self.contexts.insert(found.what, found.context());
            }
            self.groups.add(&found, &self.place);
            self.tally.add(found.what, found.matched(), &self.place);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Out, unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        let of = |what: Found| self.contexts.get(&what).copied().unwrap_or_default();
        let overview = Overview::of(&self.tally, &self.groups, case, |count| self.lookup.finding(count.what, &of(count.what)));
        let (errors, findings) = (overview.errors.len() as u64, self.tally.total());
        let totals = Totals { files: self.files, lines: self.lines, findings, errors, unread: unread.total };
        // One log speaks for itself.
        let is_bundle = self.has_archive || self.files > 1;
        let has_device = is_bundle && !case.device().facts().is_empty();
        // A log without an error prints nothing.
        let is_empty = overview.errors.is_empty() && !has_device;
        match self.form {
            _ if is_empty => {}
            Form::Text(text) => {
                if has_device {
                    text.device(out, case.device())?;
                }
                text.overview(out, &overview, &totals)?;
                for (position, (count, answer)) in overview.errors.iter().enumerate() {
                    writeln!(out)?;
                    text.count(out, position + 1, answer, count, &of(count.what))?;
                }
                text.unread(out, &unread.reasons)?;
            }
            Form::Markdown => {
                if has_device {
                    markdown::device(out, case.device())?;
                }
                markdown::overview(out, &overview, &totals)?;
                for (position, (count, answer)) in overview.errors.iter().enumerate() {
                    writeln!(out)?;
                    markdown::count(out, position + 1, answer, count)?;
                }
                markdown::unread(out, &unread.reasons)?;
            }
            Form::Json => {
                self.objects(out, &overview, case)?;
                if has_device {
                    json::device(out, case.device())?;
                }
            }
        }
        let further = self.tally.further();
        let note = format!("{further} findings of further errors are not in the summary: it keeps {} errors apart", Tally::MOST);
        Ok((further > 0).then_some(note).into_iter().collect())
    }
}

impl Summary {
    /// An object per error, most frequent first.
    fn objects(&self, out: &mut Out, overview: &Overview<'_>, case: &Case) -> io::Result<()> {
        let groups = if self.groups.any_known() { self.groups.likeliest_first(case) } else { Vec::new() };
        let mut owners: HashMap<Found, Vec<_>> = HashMap::new();
        for (group, share) in groups.iter().flat_map(|(group, shares)| shares.iter().map(move |share| (*group, share))) {
            owners.entry(share.what).or_default().push((group, share));
        }
        let by_error: HashMap<Found, _> = overview.errors.iter().map(|(count, answer)| (count.what, answer)).collect();
        for count in self.tally.counts() {
            let of = owners.get(&count.what).map_or(&[][..], Vec::as_slice);
            if let Some(answer) = by_error.get(&count.what) {
                json::count(out, answer, count, of, case.names())?;
            }
        }
        Ok(())
    }
}
