//! `--json`: an object per finding.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::json::{self, Record};
use intune_err::{Context, Found, Lookup, Occurrence};

use super::sink::Sink;
use crate::cli::session::Out;

/// How many bytes around a finding are shown where an object before showed more: a long line with many findings would be printed many times.
const NEAR: usize = 256;
/// How many bytes of records are kept; a log with more errors than fit has them written anew.
const MOST: usize = 3 << 20;

pub(super) struct Objects {
    lookup: Lookup,
    path: Option<Arc<str>>,
    records: HashMap<(Found, Context), Record>,
    /// Whether an error has no more than one entry.
    plain: HashMap<Found, bool>,
    /// The size of all records together.
    kept: usize,
    /// The line of the last finding, and up to where in the input its object showed it.
    shown: (u64, u64),
}

impl Objects {
    pub(super) fn new(lookup: Lookup) -> Self {
        Self { lookup, path: None, records: HashMap::new(), plain: HashMap::new(), kept: 0, shown: (0, 0) }
    }
}

impl Sink for Objects {
    fn begin(&mut self, path: Option<Arc<str>>) {
        self.path = path;
        self.shown = (0, 0);
    }

    fn occurrences(&mut self, out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, case: &Case) -> io::Result<()> {
        for found in found {
            if self.kept > MOST {
                self.records.clear();
                self.plain.clear();
                self.kept = 0;
            }
            // Only where several entries can be meant does their order depend on where it stands.
            let plain =
                self.plain.entry(found.what).or_insert_with(|| self.lookup.finding(found.what, &Context::default()).entries.len() < 2);
            let context = if *plain { Context::default() } else { found.context() };
            let record = self.records.entry((found.what, context)).or_insert_with(|| {
                let record = Record::of(&self.lookup.finding(found.what, &context));
                self.kept += record.as_bytes().len() + size_of::<(Found, Context, Record)>();
                record
            });
            let most = if self.shown.0 == found.line && found.offset < self.shown.1 { NEAR } else { json::EXCERPT };
            if most == json::EXCERPT {
                let after = found.excerpt(most).end - found.matched.start;
                self.shown = (found.line, found.offset + after as u64);
            }
            json::occurrence(out, self.path.as_deref(), &found, record, case.names(), most)?;
        }
        Ok(())
    }
}
