//! Where the passages of a scan go: each form of output is a sink.

use std::io;
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::{Occurrence, Passage};

use super::unread::NotRead;
use crate::cli::session::Out;

/// One form of output of a scan.
pub(super) trait Sink {
    /// An input begins; standard input has no path.
    fn begin(&mut self, path: Option<Arc<str>>);

    /// The byte-order mark of UTF-8 that the input begins with.
    fn mark(&mut self, _out: &mut Out, _mark: &[u8]) -> io::Result<()> {
        Ok(())
    }

    /// A passage comes, whatever is found in it.
    fn pass(&mut self, _passage: &Passage<'_>) {}

    /// Whether it shows the lines around a finding.
    fn keeps_lines(&self, _found: &Occurrence<'_>) -> bool {
        false
    }

    /// The next passage of the input. The case has what the logs told so far.
    fn passage(&mut self, out: &mut Out, passage: &Passage<'_>, case: &Case) -> io::Result<()> {
        self.pass(passage);
        self.occurrences(out, &mut passage.occurrences(), case)
    }

    /// What was found in a passage, or in an event.
    fn occurrences(&mut self, out: &mut Out, found: &mut dyn Iterator<Item = Occurrence<'_>>, case: &Case) -> io::Result<()>;

    /// All inputs have been read, or the user wants to end it. Gives what there is to say besides, a sentence each.
    fn end(&mut self, _out: &mut Out, _unread: &NotRead, _case: &Case) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// Nothing is printed: the exit status tells.
pub(super) struct Quiet;

impl Sink for Quiet {
    fn begin(&mut self, _path: Option<Arc<str>>) {}

    fn occurrences(&mut self, _out: &mut Out, _found: &mut dyn Iterator<Item = Occurrence<'_>>, _case: &Case) -> io::Result<()> {
        Ok(())
    }
}
