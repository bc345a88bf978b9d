//! `report`: what was found is kept, and written as one page when all has been read.

use std::io;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::html::{self, About};
use intune_err::{Digest, Lookup, Occurrence, Passage};

use super::sink::Sink;
use super::unread::NotRead;
use crate::cli::session::Out;

pub(super) struct Report {
    about: About,
    lookup: Lookup,
    digest: Digest,
}

impl Report {
    pub(super) fn new(about: About, lookup: Lookup) -> Self {
        Self { about, lookup, digest: Digest::for_report() }
    }
}

impl Sink for Report {
    fn begin(&mut self, path: Option<Arc<str>>) {
        self.digest.begin(path);
    }

    fn pass(&mut self, passage: &Passage<'_>) {
        self.digest.pass(passage);
    }

    fn keeps_lines(&self, found: &Occurrence<'_>) -> bool {
        self.digest.keeps_lines(found)
    }

    fn occurrences(&mut self, _out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, _case: &Case) -> io::Result<()> {
        found.for_each(|found| self.digest.add(&found));
        Ok(())
    }

    fn end(&mut self, out: &mut Out, unread: &NotRead, case: &Case) -> io::Result<Vec<String>> {
        self.about.is_cut = unread.is_cut;
        self.about.left_out = unread.left_out;
        html::report(out, &self.digest, case, &self.lookup, &unread.reasons, &self.about)?;
        Ok(Vec::new())
    }
}
