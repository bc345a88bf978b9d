//! A finding in its place in time, and the sections of a timeline.

use std::sync::Arc;

use crate::context::Context;
use crate::ledger::{EventHead, Occurrence, Place};
use crate::log::{Around, Gap, Owner, Time};
use crate::scan::Found;

/// A finding, as far as it is told later.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) what: Found,
    pub(super) input: u32,
    pub(super) path: Option<Arc<str>>,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) offset: u64,
    pub(super) time: Option<Time>,
    /// The same without the time, shared by many.
    pub(super) around: Option<Arc<Around>>,
    pub(super) event: Option<Arc<EventHead>>,
    /// The position of its context.
    pub(super) context: u32,
    pub(super) matched: (u32, u32),
    pub(super) begins: bool,
    pub(super) ends: bool,
    pub(super) text: Box<[u8]>,
}

/// By which clock findings are in order.
///
/// ```
/// use intune_err::Clock;
/// assert_ne!(Clock::Local(None), Clock::Local(Some("a.zip")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock<'t> {
    /// Their instants are known.
    Utc,
    /// By the clock of one device, of which nothing says the zone. The device is the archive or folder that its logs are from; none for
    /// logs that were given one by one.
    Local(Option<&'t str>),
    /// They have no time: they are in the order of the input.
    None,
}

/// Findings that one clock puts in order.
///
/// ```
/// let section = intune_err::TimelineSection { clock: intune_err::Clock::Utc, happenings: Vec::new() };
/// assert!(section.happenings.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct TimelineSection<'t> {
    /// The clock.
    pub clock: Clock<'t>,
    /// The findings, earliest first.
    pub happenings: Vec<Happening<'t>>,
}

/// An error and its context: what decides about its answer.
///
/// ```
/// use intune_err::{Code, ErrorAt, Found};
/// let at = ErrorAt { what: Found::Code(Code::new(0x80CF_0437)), context: Default::default() };
/// assert_eq!(at.what.code(), Some(Code::new(0x80CF_0437)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorAt {
    /// What was found.
    pub what: Found,
    /// In which context.
    pub context: Context,
}

/// A finding in its place in time.
///
/// ```
/// # use intune_err::{Code, Found, Place, Scanner, Stream, Timeline, log::Case};
/// # let (mut stream, mut timeline) = (Stream::new(Scanner::new()), Timeline::default());
/// stream.push(b"hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| timeline.add(&found, &Place::default())));
/// let sections = timeline.sections(&Case::default());
/// assert_eq!(sections[0].happenings[0].error().what, Found::Code(Code::new(0x80CF_0437)));
/// ```
#[derive(Clone, Debug)]
pub struct Happening<'t> {
    pub(super) kept: &'t Kept,
    pub(super) context: Context,
    pub(super) time: Option<Time>,
    pub(super) gap: Option<Gap>,
}

impl<'t> Happening<'t> {
    /// What was found, in which context.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.error().context, Context::of_text("CSI").with_family("cbs"));
    /// ```
    pub const fn error(&self) -> ErrorAt {
        ErrorAt { what: self.kept.what, context: self.context }
    }

    /// The text that was found.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.matched(), b"0x80CF0437");
    /// ```
    pub fn matched(&self) -> &'t [u8] {
        &self.kept.text[self.kept.matched.0 as usize..self.kept.matched.1 as usize]
    }

    /// Where it stands.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.place().to_string(), "line 1");
    /// ```
    pub fn place(&self) -> Place {
        Place { path: self.kept.path.clone(), line: self.kept.line, is_record: self.kept.event.is_some() }
    }

    /// When it happened, with the offset of the device's clock where only other logs tell that.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.time().unwrap().to_string(), "2024-05-13T10:00:00");
    /// ```
    pub const fn time(&self) -> Option<Time> {
        self.time
    }

    /// The same in UTC; none where nobody knows the zone.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.utc(), None);
    /// ```
    pub fn utc(&self) -> Option<Time> {
        self.time.and_then(Time::in_utc)
    }

    /// How long after the finding before; none for the first of a section, and where there is no time.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.gap(), None);
    /// ```
    pub const fn gap(&self) -> Option<Gap> {
        self.gap
    }

    /// Whose error it is, where the evidence says it.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.owner().unwrap().subject, None);
    /// ```
    pub fn owner(&self) -> Option<&'t Owner> {
        self.kept.around.as_ref().map(|around| &around.owner)
    }

    /// The event that it stands in; its time is that of [`Happening::time`].
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert!(happening.event().is_none());
    /// ```
    pub fn event(&self) -> Option<&'t EventHead> {
        self.kept.event.as_deref()
    }

    /// Whether the event that it stands in is itself what was found, and no code in it.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert!(!happening.is_event());
    /// ```
    pub const fn is_event(&self) -> bool {
        matches!(self.kept.what, Found::Event(_))
    }

    /// Whether it says the same as another one of the same log: the same error, of the same app and phase, in the same kind of event.
    ///
    /// ```
    /// # use intune_err::{Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut stream, mut timeline) = (Stream::new(Scanner::new()), Timeline::default());
    /// stream.push(b"0x80CF0437\n0x80CF0437\n0x80180014\n", |passage| {
    ///     passage.occurrences().for_each(|found| timeline.add(&found, &Place::default()));
    /// });
    /// let sections = timeline.sections(&Case::default());
    /// let of = &sections[0].happenings;
    /// assert!(of[1].repeats(&of[0]) && !of[2].repeats(&of[1]));
    /// ```
    pub fn repeats(&self, other: &Self) -> bool {
        let whose = |of: &Self| of.owner().map(|owner| (owner.phase, owner.subject.map(|subject| (subject.kind, subject.id))));
        let event = |of: &Self| of.kept.event.as_ref().map(|event| (event.id, event.meaning));
        self.error() == other.error()
            && self.kept.input == other.kept.input
            && self.matched() == other.matched()
            && whose(self) == whose(other)
            && event(self) == event(other)
    }

    /// The finding as it came, with as much of its line as was kept.
    ///
    /// ```
    /// # use intune_err::{Context, Place, Scanner, Stream, Timeline, log::Case};
    /// # let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// # stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    /// #     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// # });
    /// # let sections = timeline.sections(&case);
    /// # let happening = &sections[0].happenings[0];
    /// assert_eq!(happening.occurrence(|found| (found.line, found.column)), (1, 34));
    /// ```
    pub fn occurrence<T>(&self, take: impl FnOnce(&Occurrence<'_>) -> T) -> T {
        let kept = self.kept;
        let around = kept.around.as_deref().map(|around| {
            let mut around = around.clone();
            around.head.time = kept.time;
            Arc::new(around)
        });
        let event = kept.event.as_deref().map(|event| EventHead { time: kept.time.unwrap_or(event.time), ..event.clone() });
        take(&Occurrence {
            what: kept.what,
            line: kept.line,
            column: kept.column,
            offset: kept.offset,
            text: &kept.text,
            matched: kept.matched.0 as usize..kept.matched.1 as usize,
            begins: kept.begins,
            ends: kept.ends,
            event: event.as_ref(),
            around,
            before: b"",
            after: b"",
        })
    }
}
