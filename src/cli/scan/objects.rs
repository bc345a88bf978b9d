//! `--json`: an object per finding.

use std::collections::HashMap;
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::json::{self, Record};
use intune_err::{Context, Entry, Found, Lookup, Occurrence};

use super::sink::Sink;
use crate::cli::session::Out;

/// How many bytes around a finding are shown where an object before showed more: a long line with many findings would be printed many times.
const NEAR: usize = 256;
/// How many bytes of records are kept; a log with more errors than fit has them written anew.
const MOST: usize = 3 << 20;

pub(super) struct Objects {
    lookup: Lookup,
    path: Option<Arc<str>>,
    records: HashMap<(Found, Context), Rc<Record>>,
    /// The same by what an answer has, and in which order: that of many contexts is the same.
    by_answer: HashMap<Key, Rc<Record>>,
    /// Whether an error has no more than one entry.
    plain: HashMap<Found, bool>,
    /// The size of all records together.
    kept: usize,
    /// The line of the last finding, and up to where in the input its object showed it.
    shown: (u64, u64),
}

/// What makes the record of an error: its entries in their order, and its meaning.
type Key = (Found, Vec<Entry>, Option<String>);

impl Objects {
    pub(super) fn new(lookup: Lookup) -> Self {
        let (records, by_answer, plain) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { lookup, path: None, records, by_answer, plain, kept: 0, shown: (0, 0) }
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
                self.by_answer.clear();
                self.plain.clear();
                self.kept = 0;
            }
            // Only where several entries can be meant does their order depend on where it stands.
            let plain =
                self.plain.entry(found.what).or_insert_with(|| self.lookup.finding(found.what, &Context::default()).entries.len() < 2);
            let context = if *plain { Context::default() } else { found.context() };
            let record = self.records.entry((found.what, context)).or_insert_with(|| {
                let answer = self.lookup.finding(found.what, &context);
                self.kept += size_of::<(Found, Context, Rc<Record>)>();
                let key = (found.what, answer.entries.clone(), answer.meaning_text());
                let record = self.by_answer.entry(key).or_insert_with_key(|(_, entries, _)| {
                    let record = Record::of(&answer);
                    self.kept += record.as_bytes().len() + size_of::<(Key, Rc<Record>, Record)>() + size_of_val(entries.as_slice());
                    Rc::new(record)
                });
                Rc::clone(record)
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
