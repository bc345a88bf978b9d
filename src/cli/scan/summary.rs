//! `--summary`: what is known of the device, a table of all errors, the answer to each, and what was not read.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::text::Text;
use intune_err::report::{Overview, Totals, json, markdown};
use intune_err::{Digest, Found, Lookup, Occurrence, Passage, Tally};

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
    digest: Digest,
}

impl Summary {
    pub(super) fn new(form: Form, lookup: Lookup) -> Self {
        Self { form, lookup, digest: Digest::default() }
    }
}

impl Sink for Summary {
    fn begin(&mut self, path: Option<Arc<str>>) {
        self.digest.begin(path);
    }

    fn pass(&mut self, passage: &Passage<'_>) {
        self.digest.pass(passage);
    }

    fn occurrences(&mut self, _out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, _case: &Case) -> io::Result<()> {
        found.for_each(|found| self.digest.add(&found));
        Ok(())
    }

    fn end(&mut self, out: &mut Out, unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        let overview = Overview::of_digest(&self.digest, case, &self.lookup);
        let totals = Totals::of(&self.digest, &overview, unread.total);
        // One log speaks for itself.
        let has_device = self.digest.is_bundle() && !case.device().facts().is_empty();
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
                    text.count(out, position + 1, answer, count, &self.digest.context(count.what))?;
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
                    markdown::count(out, position + 1, answer, count, &self.digest.context(count.what))?;
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
        let further = self.digest.tally().further();
        let note = format!("{further} findings of further errors are not in the summary: it keeps {} errors apart", Tally::MOST);
        Ok((further > 0).then_some(note).into_iter().collect())
    }
}

impl Summary {
    /// An object per error, most frequent first.
    fn objects(&self, out: &mut Out, overview: &Overview<'_>, case: &Case) -> io::Result<()> {
        let groups = if self.digest.groups().any_known() { self.digest.groups().likeliest_first(case) } else { Vec::new() };
        let mut owners: HashMap<Found, Vec<_>> = HashMap::new();
        for (group, share) in groups.iter().flat_map(|(group, shares)| shares.iter().map(move |share| (*group, share))) {
            owners.entry(share.what).or_default().push((group, share));
        }
        let by_error: HashMap<Found, _> = overview.errors.iter().map(|(count, answer)| (count.what, answer)).collect();
        for count in self.digest.tally().counts() {
            let of = owners.get(&count.what).map_or(&[][..], Vec::as_slice);
            if let Some(answer) = by_error.get(&count.what) {
                json::count(out, answer, count, of, case.names())?;
            }
        }
        Ok(())
    }
}
