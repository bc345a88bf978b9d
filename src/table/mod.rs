//! The error table: its entries, and the look-up by code, name and message.
//!
//! All strings of the table are parts of one text and all lists parts of a few arrays, so that the table holds no address:
//! nothing of it has to be relocated when the program starts, however large it grows.

use std::fmt;

use crate::code::{Code, Kind};

mod anchors;
mod kinds;

pub(crate) use anchors::{Gram, Pattern, grams, may_be_gram, pattern};
pub use kinds::{Area, Platform, Topic};

/// One curated problem: its codes, names and messages, with causes, resolution and sources.
///
/// The facts of an entry come from the pages that [`Entry::sources`] names.
///
/// ```
/// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
/// assert_eq!(entry.problem(), "The client computer's clock is wrong.");
/// assert_eq!(format!("{entry:?}"), r#"Entry("client-clock-wrong")"#);
/// ```
#[derive(Clone, Copy)]
pub struct Entry(&'static Record);

/// A constant of the Windows headers.
///
/// Source: the `windows-sys` crate, which Microsoft generates from the headers.
///
/// ```
/// let symbol = intune_err::Symbol::by_name("MENROLL_E_DEVICECAPREACHED").next().unwrap();
/// assert_eq!(symbol.code().to_string(), "0x80180013");
/// ```
#[derive(Clone, Copy)]
pub struct Symbol(&'static ConstantRecord);

/// One point of the checklist: what to confirm, ask, collect or try first.
///
/// ```
/// let point = intune_err::checklist().next().unwrap();
/// assert_eq!(point.topic(), intune_err::Topic::Configuration);
/// ```
#[derive(Clone, Copy)]
pub struct ChecklistItem(&'static PointRecord);

impl Entry {
    /// All entries, likeliest first by rank, then by id.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| !entry.problem().is_empty()));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        generated::ENTRIES.iter().map(Self)
    }

    /// The entries that list exactly this code, likeliest first.
    ///
    /// [`answer`](crate::answer()) finds those of the code's other form besides.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_code(intune_err::Code::new(0x80CF_0437)).next().unwrap();
    /// assert_eq!(entry.id(), "client-clock-wrong");
    /// ```
    pub fn by_code(code: Code) -> impl ExactSizeIterator<Item = Self> {
        at(generated::BY_CODE.get(&code.bits()))
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
        at(generated::BY_TEXT.get(fold(text).as_str()))
    }

    /// The stable identifier, such as `device-cap-reached`.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert_eq!(entry.id(), "client-clock-wrong");
    /// ```
    pub fn id(self) -> &'static str {
        self.0.id.get()
    }

    /// The codes that the sources give for this problem; aliases of each other.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert!(entry.codes().any(|code| code.to_string() == "0x80CF0437"));
    /// ```
    pub fn codes(self) -> impl ExactSizeIterator<Item = Code> {
        self.0.codes.of(&generated::CODES).iter().map(|&bits| Code::new(bits))
    }

    /// The symbolic names and error tokens.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.names().any(|name| name == "DeviceCapReached"));
    /// ```
    pub fn names(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.names.texts()
    }

    /// The messages that a screen or a log prints; `<...>` stands for a part that varies.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.messages().any(|message| message == "Device cap reached"));
    /// ```
    pub fn messages(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.messages.texts()
    }

    /// Those of the names and messages that are too ordinary to be looked for in a log.
    ///
    /// ```
    /// for entry in intune_err::Entry::all() {
    ///     assert!(entry.lookup_only().all(|text| entry.names().chain(entry.messages()).any(|of| of == text)));
    /// }
    /// ```
    pub fn lookup_only(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.unscanned.texts()
    }

    /// What somebody would type who has no code, name or message.
    ///
    /// ```
    /// let titled = intune_err::Entry::all().filter_map(|entry| entry.title());
    /// assert!(titled.count() > 0);
    /// ```
    pub fn title(self) -> Option<&'static str> {
        self.0.title.non_empty()
    }

    /// What is wrong, in one sentence.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert_eq!(entry.problem(), "The client computer's clock is wrong.");
    /// ```
    pub fn problem(self) -> &'static str {
        self.0.problem.get()
    }

    /// What brings the problem about, the likeliest first; none where no source says.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.causes().len() > 0);
    /// ```
    pub fn causes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.causes.texts()
    }

    /// The steps that solve it, in the order to try; none where no source has any.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert_eq!(entry.resolution().next(), Some("Set the right time and the right time zone on the client computer."));
    /// ```
    pub fn resolution(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.resolution.texts()
    }

    /// What there is to know besides, such as how two sources differ.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert!(entry.notes().len() > 0);
    /// ```
    pub fn notes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.notes.texts()
    }

    /// The public pages or headers that the facts come from, the fullest first; at least one.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| entry.sources().len() > 0));
    /// ```
    pub fn sources(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.sources.texts()
    }

    /// Why the entry speaks of something retired, if it does.
    ///
    /// ```
    /// let retired = intune_err::Entry::all().find_map(|entry| entry.legacy()).unwrap();
    /// assert!(!retired.is_empty());
    /// ```
    pub fn legacy(self) -> Option<&'static str> {
        self.0.legacy.non_empty()
    }

    /// What the problem is about.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("device-cap-reached").next().unwrap();
    /// assert_eq!(entry.area(), intune_err::Area::Enrollment);
    /// ```
    pub fn area(self) -> Area {
        Area::ALL[usize::from(self.0.area)]
    }

    /// The platforms of the devices that meet the problem.
    ///
    /// ```
    /// let entry = intune_err::Entry::by_name("client-clock-wrong").next().unwrap();
    /// assert!(entry.platforms().eq([intune_err::Platform::Windows]));
    /// ```
    pub fn platforms(self) -> impl Iterator<Item = Platform> {
        Platform::among(self.0.platforms)
    }

    /// The place among entries that share a code, name or message: 1 to 99, the likeliest lowest.
    ///
    /// ```
    /// assert!(intune_err::Entry::all().all(|entry| (1..=99).contains(&entry.rank())));
    /// ```
    pub fn rank(self) -> u8 {
        self.0.rank
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Entry {}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.id()).finish()
    }
}

impl Symbol {
    /// All symbols, in the order of their values.
    ///
    /// ```
    /// let values: Vec<u32> = intune_err::Symbol::all().map(|symbol| symbol.code().bits()).collect();
    /// assert!(values.is_sorted());
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        generated::SYMBOLS.iter().map(Self)
    }

    /// The symbols with exactly this value.
    ///
    /// ```
    /// let mut names = intune_err::Symbol::by_code(intune_err::Code::new(1603)).map(|symbol| symbol.name());
    /// assert!(names.any(|name| name == "ERROR_INSTALL_FAILURE"));
    /// ```
    pub fn by_code(code: Code) -> impl ExactSizeIterator<Item = Self> {
        let list = generated::BY_SYMBOL_CODE.get(&code.bits()).copied().unwrap_or(List(0, 0));
        list.of(&generated::SYMBOLS).iter().map(Self)
    }

    /// The symbols with this name, in any case and with or without underscores; seldom more than one.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_name("error install failure").next().unwrap();
    /// assert_eq!(symbol.code().bits(), 1603);
    /// ```
    pub fn by_name(name: &str) -> impl ExactSizeIterator<Item = Self> {
        let list = generated::BY_SYMBOL_NAME.get(fold(name).as_str()).copied().unwrap_or(List(0, 0));
        list.of(&generated::POSITIONS).iter().map(|&position| Self(&generated::SYMBOLS[usize::from(position)]))
    }

    /// The value of the constant.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_name("MENROLL_E_DEVICECAPREACHED").next().unwrap();
    /// assert_eq!(symbol.code(), intune_err::Code::new(0x8018_0013));
    /// ```
    pub fn code(self) -> Code {
        Code::new(self.0.value)
    }

    /// The constant's name, such as `MENROLL_E_DEVICECAPREACHED`.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_code(intune_err::Code::new(0x8018_0013)).next().unwrap();
    /// assert_eq!(symbol.name(), "MENROLL_E_DEVICECAPREACHED");
    /// ```
    pub fn name(self) -> &'static str {
        self.0.name.get()
    }

    /// The kind of value that the headers declare it as.
    ///
    /// ```
    /// let symbol = intune_err::Symbol::by_name("MENROLL_E_DEVICECAPREACHED").next().unwrap();
    /// assert_eq!(symbol.kind(), intune_err::Kind::Hresult);
    /// ```
    pub fn kind(self) -> Kind {
        self.0.kind()
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Symbol").field(&self.name()).finish()
    }
}

impl ChecklistItem {
    /// The part of the checklist that it belongs to.
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert_eq!(point.topic().name(), "configuration");
    /// ```
    pub fn topic(self) -> Topic {
        Topic::ALL[usize::from(self.0.topic)]
    }

    /// What to do or to ask.
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert_eq!(point.text(), "Confirm that Intune is set up for enrollment.");
    /// ```
    pub fn text(self) -> &'static str {
        self.0.text.get()
    }

    /// The platforms that it applies to.
    ///
    /// ```
    /// assert!(intune_err::checklist().all(|point| point.platforms().count() > 0));
    /// ```
    pub fn platforms(self) -> impl Iterator<Item = Platform> {
        Platform::among(self.0.platforms)
    }

    /// Where to read or do it.
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert!(point.link().unwrap().starts_with("https://"));
    /// ```
    pub fn link(self) -> Option<&'static str> {
        self.0.link.non_empty()
    }
}

impl fmt::Debug for ChecklistItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChecklistItem").field(&self.text()).finish()
    }
}

/// The names that the headers have for a facility of HRESULTs (`Kind::Hresult`) or of NTSTATUS values (`Kind::Ntstatus`).
///
/// Facility 24 has two: Windows CE in winerror.h, the device enroller in the header of MDM registration.
///
/// ```
/// let names: Vec<_> = intune_err::facility_names(intune_err::Kind::Hresult, 24).collect();
/// assert_eq!(names.len(), 2);
/// assert!(names.contains(&"FACILITY_WINDOWS_CE"));
/// ```
pub fn facility_names(kind: Kind, facility: u16) -> impl Iterator<Item = &'static str> {
    let rows = &generated::FACILITIES;
    let start = rows.partition_point(|row| row.value < u32::from(facility));
    let same = rows[start..].iter().take_while(move |row| row.value == u32::from(facility));
    same.filter(move |row| row.kind() == kind).map(|row| row.name.get())
}

/// The points of the checklist, in the order to go through them.
///
/// ```
/// assert!(intune_err::checklist().len() > 0);
/// ```
pub fn checklist() -> impl ExactSizeIterator<Item = ChecklistItem> {
    generated::POINTS.iter().map(ChecklistItem)
}

/// The public page that the checklist comes from.
///
/// ```
/// assert!(intune_err::checklist_source().starts_with("https://learn.microsoft.com/"));
/// ```
pub fn checklist_source() -> &'static str {
    generated::CHECKLIST_SOURCE.get()
}

/// The hash of a gram or a code; the build computes the same.
#[inline]
const fn hash(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Whether a code may have an entry or a symbol in one of its forms. A `false` is certain.
#[inline]
pub(crate) fn may_be_known(code: Code) -> bool {
    is_set(&generated::CODE_FILTER, u64::from(code.bits()))
}

/// Whether the bit of a number is set in a filter.
#[inline]
fn is_set<const WORDS: usize>(filter: &[u64; WORDS], number: u64) -> bool {
    let bit = hash(number) >> (64 - 6 - WORDS.trailing_zeros());
    filter[(bit >> 6) as usize & (WORDS - 1)] >> (bit & 63) & 1 == 1
}

/// What two spellings of a name or message have in common: letters and digits, in lower case.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn at(list: Option<&List>) -> impl ExactSizeIterator<Item = Entry> + use<> {
    let list = list.copied().unwrap_or(List(0, 0));
    list.of(&generated::POSITIONS).iter().map(|&position| Entry(&generated::ENTRIES[usize::from(position)]))
}

/// A part of the table's text: start and length in bytes.
#[derive(Clone, Copy)]
struct Text(u32, u32);

impl Text {
    fn get(self) -> &'static str {
        &generated::TEXT[self.0 as usize..][..self.1 as usize]
    }

    fn non_empty(self) -> Option<&'static str> {
        Some(self.get()).filter(|text| !text.is_empty())
    }
}

/// A key of the maps by text: equal to what folds to the same.
impl phf::PhfEq<str> for Text {
    fn phf_eq(&self, folded: &str) -> bool {
        fold(self.get()) == folded
    }
}

/// A part of one of the table's arrays: start and length.
#[derive(Clone, Copy)]
struct List(u32, u16);

impl List {
    fn of<T>(self, array: &'static [T]) -> &'static [T] {
        &array[self.0 as usize..][..usize::from(self.1)]
    }

    fn texts(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.of(&generated::TEXTS).iter().map(|text| text.get())
    }
}

struct Record {
    id: Text,
    title: Text,
    problem: Text,
    legacy: Text,
    codes: List,
    names: List,
    messages: List,
    unscanned: List,
    causes: List,
    resolution: List,
    notes: List,
    sources: List,
    area: u8,
    platforms: u8,
    rank: u8,
}

struct ConstantRecord {
    value: u32,
    kind: u8,
    name: Text,
}

impl ConstantRecord {
    fn kind(&self) -> Kind {
        [Kind::Hresult, Kind::Win32, Kind::Ntstatus][usize::from(self.kind)]
    }
}

struct PointRecord {
    topic: u8,
    text: Text,
    link: Text,
    platforms: u8,
}

/// What `build.rs` makes of `data/`.
#[allow(clippy::unreadable_literal)]
mod generated {
    use super::{ConstantRecord, Gram, List, Pattern, PointRecord, Record, Text};

    pub(super) static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text.txt"));
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}
