//! Entries: the curated problems.

use std::fmt;

use super::context::ContextKind;
use super::guide::Guide;
use super::kinds::{Area, Platform};
use super::own::OwnRecord;
use super::packed::{Counts, Record, generated, listed, positions, prose};
use crate::code::Code;
use crate::key::fold;

/// One curated problem: its codes, names and messages, with causes, resolution and sources.
///
/// The facts of an entry come from the pages that [`Entry::sources`] names.
///
/// ```
/// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
/// assert_eq!(entry.problem(), "The client computer's clock is wrong.");
/// assert_eq!(format!("{entry:?}"), r#"Entry("client-clock-wrong")"#);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry(Of);

/// What an entry is of. Somebody's own records come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Of {
    Own(&'static OwnRecord),
    /// A position in the table.
    Table(u16),
}

impl Entry {
    /// All entries, likeliest first by rank, then by id.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| !entry.problem().is_empty()));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        positions(generated::ENTRIES.len()).map(Self::at)
    }

    /// The entries that list exactly this code, likeliest first.
    ///
    /// [`answer`](crate::answer()) also finds those of the code's other form.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_code(intune_err::Code::new(0x80CF_0437)).next().unwrap();
    /// assert_eq!(entry.id(), "client-clock-wrong");
    /// ```
    pub fn by_code(code: Code) -> impl ExactSizeIterator<Item = Self> {
        listed(generated::BY_CODE.get(&code.bits())).map(Self::at)
    }

    /// The entries with this id, name, message or title, likeliest first.
    ///
    /// Case, white space and punctuation make no difference: `device cap reached` is `DeviceCapReached`.
    ///
    /// ```
    /// let ids = |text| intune_err::Entry::by_name(text).map(|entry| entry.id()).collect::<Vec<_>>();
    /// assert!(ids("device cap reached").contains(&"device-cap-reached"));
    /// assert_eq!(ids("device cap reached"), ids("DeviceCapReached"));
    /// ```
    pub fn by_name(text: &str) -> impl ExactSizeIterator<Item = Self> {
        listed(generated::BY_TEXT.get(fold(text).as_str())).map(Self::at)
    }

    /// The stable identifier, such as `device-cap-reached`.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert_eq!(entry.id(), "client-clock-wrong");
    /// ```
    pub fn id(self) -> &'static str {
        match self.0 {
            Of::Own(own) => &own.id,
            Of::Table(at) => record(at).id.get(),
        }
    }

    /// The codes that the sources give for this problem; aliases of each other.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert!(entry.codes().any(|code| code.to_string() == "0x80CF0437"));
    /// ```
    pub fn codes(self) -> impl ExactSizeIterator<Item = Code> {
        let codes = match self.0 {
            Of::Own(own) => own.codes.as_slice(),
            Of::Table(at) => record(at).codes.of(&generated::CODES),
        };
        codes.iter().map(|&bits| Code::new(bits))
    }

    /// The symbolic names and error tokens.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.names().any(|name| name == "DeviceCapReached"));
    /// ```
    pub fn names(self) -> impl ExactSizeIterator<Item = &'static str> {
        let Counts { titles, names, .. } = self.counts();
        self.texts((*titles).into(), (*names).into())
    }

    /// The messages that a screen or a log prints; `<...>` stands for a part that varies.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.messages().any(|message| message == "Device cap reached"));
    /// ```
    pub fn messages(self) -> impl ExactSizeIterator<Item = &'static str> {
        let Counts { titles, names, messages, .. } = self.counts();
        self.texts(usize::from(*titles) + usize::from(*names), (*messages).into())
    }

    /// Those of the names and messages that are too ordinary to be looked for in a log.
    ///
    /// ```
    /// for entry in intune_err::Entry::all() {
    ///     assert!(entry.lookup_only().all(|text| entry.names().chain(entry.messages()).any(|of| of == text)));
    /// }
    /// ```
    pub fn lookup_only(self) -> impl ExactSizeIterator<Item = &'static str> {
        let Counts { titles, names, messages, .. } = self.counts();
        let before = usize::from(*titles) + usize::from(*names) + usize::from(*messages);
        let all = match self.0 {
            Of::Own(own) => own.known_as(),
            Of::Table(at) => record(at).texts.1.into(),
        };
        self.texts(before, all - before)
    }

    /// What somebody would type who has no code, name or message.
    ///
    /// ```
    /// let titled = intune_err::Entry::all().filter_map(|entry| entry.title());
    /// assert!(titled.count() > 0);
    /// ```
    pub fn title(self) -> Option<&'static str> {
        self.texts(0, self.counts().titles.into()).next()
    }

    /// What is wrong, in one sentence. It begins with the [place](Entry::place) where the entry shares a code with another one, or has one
    /// that many components return.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert_eq!(entry.problem(), "The client computer's clock is wrong.");
    /// ```
    pub fn problem(self) -> &'static str {
        self.prose(0)
    }

    /// Where the problem is met: the name of the first context in [`Entry::seen_in`].
    ///
    /// ```
    /// for entry in intune_err::Entry::all() {
    ///     assert_eq!(entry.place(), entry.seen_in().next().map(|context| context.name()));
    /// }
    /// ```
    pub fn place(self) -> Option<&'static str> {
        self.seen_in().next().map(ContextKind::name)
    }

    /// The contexts in which the problem is met, the most telling first; none where the entry doesn't say.
    ///
    /// ```
    /// for entry in intune_err::Entry::all() {
    ///     assert!(entry.seen_in().all(|context| intune_err::ContextKind::all().any(|known| known == context)));
    /// }
    /// ```
    pub fn seen_in(self) -> impl ExactSizeIterator<Item = ContextKind> {
        let kinds = match self.0 {
            Of::Own(own) => own.seen_in.as_slice(),
            Of::Table(at) => record(at).seen_in.of(&generated::SEEN_IN),
        };
        kinds.iter().map(|&position| ContextKind(position))
    }

    /// What brings the problem about, the likeliest first; none where no source says.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.causes().len() > 0);
    /// ```
    pub fn causes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.proses(1, self.counts().causes)
    }

    /// The steps that solve it, in the order to try; none where no source has any.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert_eq!(entry.resolution().next(), Some("Set the right time and the right time zone on the client computer."));
    /// ```
    pub fn resolution(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.proses(self.steps_at(), self.counts().steps)
    }

    /// Why there is nothing to do, where there isn't: a status, a success, a cancellation, or a code that nothing returns.
    ///
    /// ```
    /// let idle = |entry: &intune_err::Entry| entry.nothing_to_do().is_some();
    /// assert!(intune_err::Entry::all().filter(idle).all(|entry| entry.resolution().len() == 0));
    /// ```
    pub fn nothing_to_do(self) -> Option<&'static str> {
        self.counts().nothing_to_do.then(|| self.prose(self.legacy_at() + usize::from(self.counts().legacy)))
    }

    /// The guide for the family of the problem; only where the entry has no steps of its own and something is to be done.
    ///
    /// ```
    /// let guided = |entry: &intune_err::Entry| entry.guide().is_some();
    /// assert!(intune_err::Entry::all().filter(guided).all(|entry| entry.resolution().len() == 0 && entry.nothing_to_do().is_none()));
    /// ```
    pub fn guide(self) -> Option<Guide> {
        match self.0 {
            Of::Own(_) => None,
            Of::Table(at) => record(at).guide.checked_sub(1).map(Guide),
        }
    }

    /// Notes, such as how two sources differ.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.notes().len() > 0);
    /// ```
    pub fn notes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.proses(self.notes_at(), self.counts().notes)
    }

    /// The public pages or headers that the facts come from, the fullest first; at least one.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| entry.sources().len() > 0));
    /// ```
    pub fn sources(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.proses(self.notes_at() + usize::from(self.counts().notes), self.counts().sources)
    }

    /// Why the entry speaks of something retired, if it does.
    ///
    /// ```
    /// let retired = intune_err::Entry::all().find_map(|entry| entry.legacy()).unwrap();
    /// assert!(!retired.is_empty());
    /// ```
    pub fn legacy(self) -> Option<&'static str> {
        self.counts().legacy.then(|| self.prose(self.legacy_at()))
    }

    /// What the problem is about.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert_eq!(entry.area(), intune_err::Area::Enrollment);
    /// ```
    pub fn area(self) -> Area {
        Area::ALL[usize::from(self.counts().area)]
    }

    /// The platforms of the devices that meet the problem.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert!(entry.platforms().eq([intune_err::Platform::Windows]));
    /// ```
    pub fn platforms(self) -> impl Iterator<Item = Platform> {
        Platform::among(self.counts().platforms)
    }

    /// The place among entries that share a code, name or message: 1 to 99, the likeliest lowest.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| (1..=99).contains(&entry.rank())));
    /// ```
    pub fn rank(self) -> u8 {
        self.counts().rank
    }

    /// The file of somebody's [own records](crate::OwnRecords) that it comes from; none where it is one of the table.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| entry.file().is_none()));
    /// ```
    pub fn file(self) -> Option<&'static str> {
        match self.0 {
            Of::Own(own) => Some(&own.file),
            Of::Table(_) => None,
        }
    }

    /// The entry at a position of the table.
    pub(super) const fn at(position: u16) -> Self {
        Self(Of::Table(position))
    }

    /// The entry of somebody's own record.
    pub(super) const fn own(record: &'static OwnRecord) -> Self {
        Self(Of::Own(record))
    }

    /// Some of the names, messages and other texts at hand.
    fn texts(self, from: usize, count: usize) -> impl ExactSizeIterator<Item = &'static str> {
        (from..from + count).map(move |text| match self.0 {
            Of::Own(own) => own.text(text),
            Of::Table(at) => generated::TEXTS[usize::from(record(at).texts.0) + text].get(),
        })
    }

    /// A text of its prose: problem, causes, steps, notes, sources, why it is legacy, why there is nothing to do.
    fn prose(self, text: usize) -> &'static str {
        match self.0 {
            Of::Own(own) => own.prose(text),
            Of::Table(at) => prose(at.into())[text],
        }
    }

    /// Some of its prose. Nothing is unpacked before the first text is asked for.
    fn proses(self, from: usize, count: u8) -> impl ExactSizeIterator<Item = &'static str> {
        (from..from + usize::from(count)).map(move |text| self.prose(text))
    }

    fn steps_at(self) -> usize {
        1 + usize::from(self.counts().causes)
    }

    fn notes_at(self) -> usize {
        self.steps_at() + usize::from(self.counts().steps)
    }

    fn legacy_at(self) -> usize {
        self.notes_at() + usize::from(self.counts().notes) + usize::from(self.counts().sources)
    }

    fn counts(self) -> &'static Counts {
        match self.0 {
            Of::Own(own) => &own.counts,
            Of::Table(at) => &record(at).counts,
        }
    }
}

fn record(position: u16) -> &'static Record {
    &generated::ENTRIES[usize::from(position)]
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.id()).finish()
    }
}
