//! What a summary and a report tell of a scan: how much was read, each error with how often and where it was found. Bounded.

use std::collections::HashMap;
use std::sync::Arc;

use crate::context::Context;
use crate::grouped::{Group, Groups};
use crate::ledger::{Occurrence, Place, Tally};
use crate::scan::Found;
use crate::seen::Sights;
use crate::stream::Passage;

/// What was read and found, in memory that is bounded whatever is scanned.
///
/// ```
/// use intune_err::{Digest, Lookup, Scanner, Stream, log::Case, report::Overview};
/// let (mut stream, mut case, mut digest) = (Stream::new(Scanner::new()), Case::default(), Digest::default());
/// case.begin(Some("CBS.log"));
/// digest.begin(Some("CBS.log".into()));
/// stream.push(b"2024-05-13 10:00:00, Error  CSI  failed with 0x80070002\n", |passage| {
///     digest.pass(passage);
///     passage.followed(&mut case).occurrences().for_each(|found| digest.add(&found));
/// });
/// let overview = Overview::of_digest(&digest, &case, &Lookup::new());
/// assert_eq!((overview.errors.len(), digest.files(), digest.lines()), (1, 1, 1));
/// ```
#[derive(Clone, Debug)]
pub struct Digest {
    place: Place,
    tally: Tally,
    groups: Groups,
    /// Where each error's first finding stands.
    contexts: HashMap<Found, Context>,
    files: u64,
    lines: u64,
    has_archive: bool,
    /// What only a report shows.
    sights: Option<Sights>,
}

impl Default for Digest {
    fn default() -> Self {
        let place = Place { path: None, line: 1, is_record: false };
        let (tally, groups, contexts) = (Tally::default(), Groups::default(), HashMap::new());
        Self { place, tally, groups, contexts, files: 0, lines: 0, has_archive: false, sights: None }
    }
}

impl Digest {
    /// One that keeps, too, what a report shows: the names of the inputs, the first lines of each error, and a mark for each on a timeline.
    ///
    /// ```
    /// let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// let mut digest = intune_err::Digest::for_report();
    /// stream.push(b"hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| digest.add(&found)));
    /// assert_eq!(digest.tally().total(), 1);
    /// ```
    pub fn for_report() -> Self {
        Self { sights: Some(Sights::default()), ..Self::default() }
    }

    /// An input begins, or a text in an archive, or the next event of an event log; standard input has no path.
    ///
    /// ```
    /// let mut digest = intune_err::Digest::default();
    /// digest.begin(Some("a.zip!b.log".into()));
    /// assert!(digest.is_bundle());
    /// ```
    pub fn begin(&mut self, path: Option<Arc<str>>) {
        // The events of a log come one by one, each with the log's place.
        if path.is_none() || self.place.path != path {
            self.files += 1;
            if let Some(sights) = &mut self.sights {
                sights.begin(path.as_ref());
            }
        }
        self.has_archive |= path.as_deref().is_some_and(|path| path.contains('!'));
        self.place.path = path;
    }

    /// A passage of the input, whatever is found in it.
    ///
    /// ```
    /// let (mut stream, mut digest) = (intune_err::Stream::new(intune_err::Scanner::new()), intune_err::Digest::default());
    /// stream.push(b"one\ntwo", |passage| digest.pass(passage));
    /// stream.finish(|passage| digest.pass(passage));
    /// assert_eq!(digest.lines(), 2);
    /// ```
    pub fn pass(&mut self, passage: &Passage<'_>) {
        // A last line without an end is one, too.
        let is_open = passage.is_last() && !passage.text().is_empty() && !passage.text().ends_with(b"\n");
        self.lines += passage.lines() + u64::from(is_open);
    }

    /// Takes in a finding.
    ///
    /// ```
    /// let (mut stream, mut digest) = (intune_err::Stream::new(intune_err::Scanner::new()), intune_err::Digest::default());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| digest.add(&found)));
    /// assert_eq!(digest.tally().counts()[0].first.line, 1);
    /// ```
    pub fn add(&mut self, found: &Occurrence<'_>) {
        self.place.line = found.line;
        self.place.is_record = found.event.is_some();
        if self.contexts.len() < Tally::MOST && !self.contexts.contains_key(&found.what) {
            self.contexts.insert(found.what, found.context());
        }
        self.groups.add(found, &self.place);
        self.tally.add(found.what, found.matched(), &self.place);
        if let Some(sights) = &mut self.sights {
            sights.add(found, &self.place);
        }
    }

    /// Whether the lines around a finding will be kept.
    ///
    /// ```
    /// let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| {
    ///     let found = passage.occurrences().next().unwrap();
    ///     assert!(intune_err::Digest::for_report().keeps_lines(&found) && !intune_err::Digest::default().keeps_lines(&found));
    /// });
    /// ```
    pub fn keeps_lines(&self, found: &Occurrence<'_>) -> bool {
        self.sights.as_ref().is_some_and(|sights| sights.keeps_lines(Group::of(found), found.what))
    }

    /// How often each error was found.
    ///
    /// ```
    /// assert_eq!(intune_err::Digest::default().tally().total(), 0);
    /// ```
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The same by whose they are.
    ///
    /// ```
    /// assert!(!intune_err::Digest::default().groups().any_known());
    /// ```
    pub const fn groups(&self) -> &Groups {
        &self.groups
    }

    /// What the first finding of an error tells of where it stands.
    ///
    /// ```
    /// use intune_err::{Code, Digest, Found};
    /// assert!(Digest::default().context(Found::Code(Code::new(0x8007_0002))).is_empty());
    /// ```
    pub fn context(&self, what: Found) -> Context {
        self.contexts.get(&what).copied().unwrap_or_default()
    }

    /// How many inputs and members of archives were read.
    ///
    /// ```
    /// assert_eq!(intune_err::Digest::default().files(), 0);
    /// ```
    pub const fn files(&self) -> u64 {
        self.files
    }

    /// How many lines they have.
    ///
    /// ```
    /// assert_eq!(intune_err::Digest::default().lines(), 0);
    /// ```
    pub const fn lines(&self) -> u64 {
        self.lines
    }

    /// Whether more than one log was read: then what the files say of the device is worth a look.
    ///
    /// ```
    /// assert!(!intune_err::Digest::default().is_bundle());
    /// ```
    pub const fn is_bundle(&self) -> bool {
        self.has_archive || self.files > 1
    }

    /// What only a report shows.
    pub(crate) const fn sights(&self) -> Option<&Sights> {
        self.sights.as_ref()
    }
}
