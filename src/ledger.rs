//! What was found where, and how often: one occurrence, and the tally of all.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::context::Context;
use crate::log::{Around, Head, Level, LogFamily, Time};
use crate::scan::{Finding, Found};
use crate::table::EventMeaning;

/// An error in a log, and where it stands.
///
/// Line and column count from 1. Column and offset count bytes of the text in UTF-8.
///
/// ```
/// use intune_err::{Scanner, Stream};
/// let mut stream = Stream::new(Scanner::new());
/// stream.push(b"start\nhr = 0x80CF0437\r\n", |passage| {
///     let found = passage.occurrences().next().unwrap();
///     assert_eq!((found.line, found.column, found.offset), (2, 6, 11));
///     assert_eq!(found.matched(), b"0x80CF0437");
///     assert_eq!(found.text, b"hr = 0x80CF0437");
/// });
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Occurrence<'a> {
    /// What was found.
    pub what: Found,
    /// The number of its line.
    pub line: u64,
    /// Where in its line it begins.
    pub column: u64,
    /// Where in the whole text it begins.
    pub offset: u64,
    /// Its line without the line end, or as much of it as was at hand.
    pub text: &'a [u8],
    /// Where it stands in `text`.
    pub matched: Range<usize>,
    /// Whether `text` has the beginning of the line.
    pub begins: bool,
    /// Whether `text` has the end of the line.
    pub ends: bool,
    /// The event that it stands in; then `line` is the number of the record, and `text` the event as one line.
    pub event: Option<&'a EventHead>,
    /// What stands around it, where the log was followed: the head of its record, and whose error it is.
    pub around: Option<Arc<Around>>,
    /// The whole lines before its own that are at hand, with their ends; few or none.
    pub before: &'a [u8],
    /// The whole lines after its own that are at hand.
    pub after: &'a [u8],
}

/// What an event of an event log says about itself.
///
/// ```
/// use intune_err::{EventHead, log::{Level, Time}};
/// let time = Time::from_filetime(133_600_608_001_234_567);
/// let head = EventHead { time, level: Some(Level::Error), provider: "Microsoft-Windows-AAD".into(), id: 1084, meaning: None };
/// assert_eq!(head.id, 1084);
/// ```
#[derive(Clone, Debug)]
pub struct EventHead {
    /// When it was written.
    pub time: Time,
    /// How bad its provider calls it.
    pub level: Option<Level>,
    /// The provider's name.
    pub provider: String,
    /// The event's id.
    pub id: u32,
    /// What it means, if that is known.
    pub meaning: Option<EventMeaning>,
}

impl EventHead {
    /// The same in the form that the records of all logs have.
    fn of_record(&self) -> Head {
        Head {
            time: Some(self.time),
            component: Some(self.provider.as_str().into()),
            level: self.level,
            family: Some(LogFamily::Evtx),
            ..Head::default()
        }
    }
}

impl<'a> Occurrence<'a> {
    /// The findings in the line of an event, in their order.
    ///
    /// ```
    /// use intune_err::{EventHead, Occurrence, Scanner, log::Time};
    /// let line = "Error Microsoft-Windows-AAD EventID=1084 Error=0x80072EE2";
    /// let time = Time::from_filetime(133_600_608_001_234_567);
    /// let head = EventHead { time, level: None, provider: "Microsoft-Windows-AAD".into(), id: 1084, meaning: None };
    /// let findings = Scanner::new().scan(line.as_bytes());
    /// let found: Vec<_> = Occurrence::of_event(&head, 7, line, &findings).collect();
    /// assert_eq!((found[0].line, found[0].matched()), (7, &b"0x80072EE2"[..]));
    /// ```
    pub fn of_event(head: &'a EventHead, number: u64, line: &'a str, findings: &'a [Finding]) -> impl Iterator<Item = Self> {
        let places: Vec<usize> = findings.iter().map(|finding| finding.start).collect();
        let around = Around::in_record(&head.of_record(), line.as_bytes(), &places);
        findings.iter().zip(around).map(move |(finding, around)| Self {
            what: finding.what,
            line: number,
            column: finding.start as u64 + 1,
            offset: finding.start as u64,
            text: line.as_bytes(),
            matched: finding.start..finding.end,
            begins: true,
            ends: true,
            event: Some(head),
            around: Some(around),
            before: b"",
            after: b"",
        })
    }

    /// The place in which it stands, as far as the words of its line, and what stands around it, tell it.
    ///
    /// ```
    /// use intune_err::{ContextKind, Scanner, Stream, log::Case};
    /// let (mut case, mut stream) = (Case::default(), Stream::new(Scanner::new()));
    /// stream.push(b"2024-05-13 10:00:00, Error  CSI  failed with 0x80070002\n", |passage| {
    ///     let passage = passage.followed(&mut case);
    ///     let context = passage.occurrences().next().unwrap().context();
    ///     assert!(context.has(ContextKind::by_id("cbs").unwrap()));
    /// });
    /// ```
    pub fn context(&self) -> Context {
        /// How much of a long line is looked at.
        const SEEN: usize = 4096;
        let context = Context::of_parts(self.what.telling(&self.text[..self.text.len().min(SEEN)], self.matched.clone()));
        let Some(around) = &self.around else { return context };
        let family = around.head.family.map(|family| context.with_family(family.name()));
        let component = around.head.component.as_deref().filter(|_| self.event.is_none()).map(Context::of_text);
        let phase = around.owner.phase.map(|_| Context::of_text("ESP"));
        family.unwrap_or(context).and(component.unwrap_or_default()).and(phase.unwrap_or_default())
    }

    /// The text that was found.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| {
    ///     assert_eq!(passage.occurrences().next().unwrap().matched(), b"0x80CF0437");
    /// });
    /// ```
    pub fn matched(&self) -> &'a [u8] {
        &self.text[self.matched.clone()]
    }

    /// So many bytes of the line around what was found, and where they stand in its text; all of it where it is not longer.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"a long line with 0x80CF0437 in the middle\n", |passage| {
    ///     let found = passage.occurrences().next().unwrap();
    ///     assert_eq!(&found.text[found.excerpt(16)], b"th 0x80CF0437 in");
    ///     assert_eq!(found.excerpt(100), 0..found.text.len());
    /// });
    /// ```
    pub fn excerpt(&self, len: usize) -> Range<usize> {
        if self.text.len() <= len {
            return 0..self.text.len();
        }
        let room = len.saturating_sub(self.matched.len());
        let end = (self.matched.start.saturating_sub(room / 2) + len).min(self.text.len());
        end.saturating_sub(len).min(self.matched.start)..end
    }
}

/// Where a finding stands.
///
/// ```
/// use intune_err::Place;
/// assert_eq!(Place { path: Some("a.log".into()), line: 12, is_record: false }.to_string(), "a.log:12");
/// assert_eq!(Place { path: None, line: 12, is_record: false }.to_string(), "line 12");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The path of the file; standard input has none.
    pub path: Option<Arc<str>>,
    /// The number of the line, counted from 1, or of the record in an event log.
    pub line: u64,
    /// Whether `line` is the number of a record.
    pub is_record: bool,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}{}{}", if self.is_record { '#' } else { ':' }, self.line),
            None if self.is_record => write!(f, "record {}", self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}

/// How often each error was found, and where first and last.
///
/// It keeps a limited number of errors apart and counts findings of further ones together, so a hostile log can't fill the memory.
///
/// ```
/// use intune_err::{Place, Scanner, Stream, Tally};
/// let (mut stream, mut tally) = (Stream::new(Scanner::new()), Tally::default());
/// stream.push(b"0x80CF0437\n0x80180014\n-2133916617\n", |passage| {
///     for found in passage.occurrences() {
///         tally.add(found.what, found.matched(), &Place { path: None, line: found.line, is_record: false });
///     }
/// });
/// let counts: Vec<(u64, u64)> = tally.counts().iter().map(|count| (count.times, count.last.line)).collect();
/// assert_eq!(counts, [(2, 3), (1, 2)]);
/// ```
#[derive(Clone, Debug)]
pub struct Tally {
    most: usize,
    counts: HashMap<Found, (usize, Count)>,
    /// Findings of errors that there was no room for.
    further: u64,
    total: u64,
}

/// How often one error was found, and where first and last.
///
/// ```
/// # use intune_err::{Found, Code, Place, Tally};
/// let mut tally = Tally::default();
/// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
/// let count = &tally.counts()[0];
/// assert_eq!((count.matched.as_str(), count.times, count.first.line), ("80cf0437", 1, 7));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Count {
    /// The error.
    pub what: Found,
    /// How the log wrote it first.
    pub matched: String,
    /// How often it was found.
    pub times: u64,
    /// Where it was found first.
    pub first: Place,
    /// Where it was found last.
    pub last: Place,
}

impl Default for Tally {
    fn default() -> Self {
        Self::new(Self::MOST)
    }
}

impl Tally {
    /// How many errors are kept apart by default; only a hostile log has more.
    pub const MOST: usize = 10_000;

    /// A tally that keeps this many errors apart.
    ///
    /// ```
    /// # use intune_err::{Found, Code, Place, Tally};
    /// let (mut tally, place) = (Tally::new(1), Place { path: None, line: 1, is_record: false });
    /// for bits in [0x8018_0014, 0x80CF_0437, 0x80CF_0437] {
    ///     tally.add(Found::Code(Code::new(bits)), b"", &place);
    /// }
    /// assert_eq!((tally.counts().len(), tally.further(), tally.total()), (1, 2, 3));
    /// ```
    pub fn new(most: usize) -> Self {
        Self { most, counts: HashMap::new(), further: 0, total: 0 }
    }

    /// Counts one finding.
    ///
    /// ```
    /// # use intune_err::{Found, Code, Place, Tally};
    /// # let mut tally = Tally::default();
    /// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
    /// assert_eq!(tally.total(), 1);
    /// ```
    pub fn add(&mut self, what: Found, matched: &[u8], place: &Place) {
        self.total += 1;
        if let Some((_, count)) = self.counts.get_mut(&what) {
            count.times += 1;
            count.last.line = place.line;
            count.last.is_record = place.is_record;
            if count.last.path != place.path {
                count.last.path.clone_from(&place.path);
            }
        } else if self.counts.len() < self.most {
            let matched = String::from_utf8_lossy(matched).into_owned();
            let count = Count { what, matched, times: 1, first: place.clone(), last: place.clone() };
            self.counts.insert(what, (self.counts.len(), count));
        } else {
            self.further += 1;
        }
    }

    /// How often each error was found, most frequent first, then in the order in which they were met.
    ///
    /// ```
    /// assert!(intune_err::Tally::default().counts().is_empty());
    /// ```
    pub fn counts(&self) -> Vec<&Count> {
        let mut counts: Vec<&(usize, Count)> = self.counts.values().collect();
        counts.sort_unstable_by_key(|(order, count)| (std::cmp::Reverse(count.times), *order));
        counts.into_iter().map(|(_, count)| count).collect()
    }

    /// How many findings are of errors that there was no room for.
    ///
    /// ```
    /// assert_eq!(intune_err::Tally::default().further(), 0);
    /// ```
    pub const fn further(&self) -> u64 {
        self.further
    }

    /// How many findings there are in all.
    ///
    /// ```
    /// assert_eq!(intune_err::Tally::default().total(), 0);
    /// ```
    pub const fn total(&self) -> u64 {
        self.total
    }
}
