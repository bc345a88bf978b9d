//! The error table: its entries, and the look-up by code, name and message.
//!
//! All strings of the table are parts of one text and all lists parts of a few arrays, so that the table holds no address:
//! nothing of it has to be relocated when the program starts, however large it grows.

use std::fmt;

use crate::code::{Code, Kind};

/// One curated problem: its codes, names and messages, with causes, resolution and sources.
///
/// The facts of an entry come from the pages that [`Entry::sources`] names.
#[derive(Clone, Copy)]
pub struct Entry(&'static Record);

/// What a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Area {
    /// Enrollment in mobile device management.
    Enrollment,
    /// Sign-in with Microsoft Entra ID.
    SignIn,
    /// Joining or registering a device with Microsoft Entra ID.
    EntraJoin,
    /// Windows Autopilot.
    Autopilot,
    /// Co-management with Microsoft Configuration Manager.
    CoManagement,
    /// Configuration and compliance policies.
    Policy,
    /// Installation of apps.
    AppInstall,
    /// Certificates.
    Certificate,
    /// Windows updates.
    Update,
}

/// A platform that a device can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Platform {
    /// Windows.
    Windows,
    /// iOS.
    Ios,
    /// iPadOS.
    IpadOs,
    /// macOS.
    MacOs,
    /// Android.
    Android,
    /// Linux.
    Linux,
}

/// A constant of the Windows headers.
///
/// Source: the `windows-sys` crate, which Microsoft generates from the headers.
#[derive(Clone, Copy)]
pub struct Symbol(&'static ConstantRecord);

/// One point of the checklist: what to confirm, ask, collect or try first.
#[derive(Clone, Copy)]
pub struct Point(&'static PointRecord);

/// The part of the checklist that a [`Point`] belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Topic {
    /// The configuration to confirm first.
    Configuration,
    /// The questions to ask.
    Questions,
    /// The logs that a user can send.
    Logs,
    /// The check of date and time.
    Clock,
    /// The self-help diagnostics.
    Diagnostics,
}

impl Area {
    /// All areas, in the order of enrollment's steps.
    pub const ALL: [Self; 9] = [
        Self::Enrollment,
        Self::SignIn,
        Self::EntraJoin,
        Self::Autopilot,
        Self::CoManagement,
        Self::Policy,
        Self::AppInstall,
        Self::Certificate,
        Self::Update,
    ];

    /// The name in the data, on the command line and in the JSON output, such as `entra-join`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enrollment => "enrollment",
            Self::SignIn => "sign-in",
            Self::EntraJoin => "entra-join",
            Self::Autopilot => "autopilot",
            Self::CoManagement => "co-management",
            Self::Policy => "policy",
            Self::AppInstall => "app-install",
            Self::Certificate => "certificate",
            Self::Update => "update",
        }
    }
}

impl Platform {
    /// All platforms.
    pub const ALL: [Self; 6] = [Self::Windows, Self::Ios, Self::IpadOs, Self::MacOs, Self::Android, Self::Linux];

    /// The name in the data, on the command line and in the JSON output, such as `ipados`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Ios => "ios",
            Self::IpadOs => "ipados",
            Self::MacOs => "macos",
            Self::Android => "android",
            Self::Linux => "linux",
        }
    }

    /// The name as its maker writes it, such as `iPadOS`.
    pub const fn display_name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::Ios => "iOS",
            Self::IpadOs => "iPadOS",
            Self::MacOs => "macOS",
            Self::Android => "Android",
            Self::Linux => "Linux",
        }
    }

    fn among(bits: u8) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().enumerate().filter(move |(position, _)| bits >> position & 1 == 1).map(|(_, platform)| platform)
    }
}

impl Topic {
    /// All topics, in the order of the checklist.
    pub const ALL: [Self; 5] = [Self::Configuration, Self::Questions, Self::Logs, Self::Clock, Self::Diagnostics];

    /// The name in the JSON output, such as `questions`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Questions => "questions",
            Self::Logs => "logs",
            Self::Clock => "clock",
            Self::Diagnostics => "diagnostics",
        }
    }
}

impl Entry {
    /// The stable identifier, such as `device-cap-reached`.
    pub fn id(self) -> &'static str {
        self.0.id.get()
    }

    /// The codes that the sources give for this problem; aliases of each other.
    pub fn codes(self) -> impl ExactSizeIterator<Item = Code> {
        self.0.codes.of(&generated::CODES).iter().map(|&bits| Code::new(bits))
    }

    /// The symbolic names and error tokens.
    pub fn names(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.names.texts()
    }

    /// The messages that a screen or a log prints; `<...>` stands for a part that varies.
    pub fn messages(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.messages.texts()
    }

    /// Those of the names and messages that are too ordinary to be looked for in a log.
    pub fn unscanned(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.unscanned.texts()
    }

    /// What somebody would type who has no code, name or message.
    pub fn title(self) -> Option<&'static str> {
        self.0.title.non_empty()
    }

    /// What is wrong, in one sentence.
    pub fn problem(self) -> &'static str {
        self.0.problem.get()
    }

    /// What brings the problem about, the likeliest first; none where no source says.
    pub fn causes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.causes.texts()
    }

    /// The steps that solve it, in the order to try; none where no source has any.
    pub fn resolution(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.resolution.texts()
    }

    /// What there is to know besides, such as how two sources differ.
    pub fn notes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.notes.texts()
    }

    /// The public pages or headers that the facts come from, the fullest first; at least one.
    pub fn sources(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.sources.texts()
    }

    /// Why the entry speaks of something retired, if it does.
    pub fn legacy(self) -> Option<&'static str> {
        self.0.legacy.non_empty()
    }

    /// What the problem is about.
    pub fn area(self) -> Area {
        Area::ALL[usize::from(self.0.area)]
    }

    /// The platforms of the devices that meet the problem.
    pub fn platforms(self) -> impl Iterator<Item = Platform> {
        Platform::among(self.0.platforms)
    }

    /// The place among entries that share a code, name or message: 1 to 99, the likeliest lowest.
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
    /// The value of the constant.
    pub fn code(self) -> Code {
        Code::new(self.0.value)
    }

    /// The constant's name, such as `MENROLL_E_DEVICECAPREACHED`.
    pub fn name(self) -> &'static str {
        self.0.name.get()
    }

    /// The kind of value that the headers declare it as.
    pub fn kind(self) -> Kind {
        self.0.kind()
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Symbol").field(&self.name()).finish()
    }
}

impl Point {
    /// The part of the checklist that it belongs to.
    pub fn topic(self) -> Topic {
        Topic::ALL[usize::from(self.0.topic)]
    }

    /// What to do or to ask.
    pub fn text(self) -> &'static str {
        self.0.text.get()
    }

    /// The platforms that it applies to.
    pub fn platforms(self) -> impl Iterator<Item = Platform> {
        Platform::among(self.0.platforms)
    }

    /// Where to read or do it.
    pub fn link(self) -> Option<&'static str> {
        self.0.link.non_empty()
    }
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Point").field(&self.text()).finish()
    }
}

/// All entries, likeliest first by rank, then by id.
pub fn entries() -> impl ExactSizeIterator<Item = Entry> {
    generated::ENTRIES.iter().map(Entry)
}

/// The entries that list exactly this code, likeliest first.
///
/// [`answer`](crate::answer()) finds those of the code's other form besides.
pub fn entries_of(code: Code) -> impl ExactSizeIterator<Item = Entry> {
    at(generated::BY_CODE.get(&code.bits()))
}

/// The entries with this id, name, message or title, likeliest first.
///
/// Case, white space and punctuation make no difference: `device cap reached` is `DeviceCapReached`.
pub fn entries_named(text: &str) -> impl ExactSizeIterator<Item = Entry> {
    at(generated::BY_TEXT.get(fold(text).as_str()))
}

/// All symbols, in the order of their values.
pub fn symbols() -> impl ExactSizeIterator<Item = Symbol> {
    generated::SYMBOLS.iter().map(Symbol)
}

/// The symbols with exactly this value.
pub fn symbols_of(code: Code) -> impl ExactSizeIterator<Item = Symbol> {
    let list = generated::BY_SYMBOL_CODE.get(&code.bits()).copied().unwrap_or(List(0, 0));
    list.of(&generated::SYMBOLS).iter().map(Symbol)
}

/// The symbols with this name, in any case and with or without underscores; seldom more than one.
pub fn symbols_named(name: &str) -> impl ExactSizeIterator<Item = Symbol> {
    let list = generated::BY_SYMBOL_NAME.get(fold(name).as_str()).copied().unwrap_or(List(0, 0));
    list.of(&generated::POSITIONS).iter().map(|&position| Symbol(&generated::SYMBOLS[usize::from(position)]))
}

/// The names that the headers have for a facility of HRESULTs (`Kind::Hresult`) or of NTSTATUS values (`Kind::Ntstatus`).
///
/// Facility 24 has two: Windows CE in winerror.h, the device enroller in the header of MDM registration.
pub fn facility_names(kind: Kind, facility: u16) -> impl Iterator<Item = &'static str> {
    let rows = &generated::FACILITIES;
    let start = rows.partition_point(|row| row.value < u32::from(facility));
    let same = rows[start..].iter().take_while(move |row| row.value == u32::from(facility));
    same.filter(move |row| row.kind() == kind).map(|row| row.name.get())
}

/// The points of the checklist, in the order to go through them.
pub fn checklist() -> impl ExactSizeIterator<Item = Point> {
    generated::POINTS.iter().map(Point)
}

/// The public page that the checklist comes from.
pub fn checklist_source() -> &'static str {
    generated::CHECKLIST_SOURCE.get()
}

/// A name or message as the scan looks for it.
pub(crate) struct Pattern {
    text: Text,
    entries: List,
    /// Whether it has a variable part.
    pub(crate) varies: bool,
}

impl Pattern {
    pub(crate) fn text(&self) -> &'static str {
        self.text.get()
    }

    pub(crate) fn entries(&self) -> impl ExactSizeIterator<Item = Entry> + use<> {
        at(Some(&self.entries))
    }
}

/// Where a gram, eight bytes from the beginning of a word, stands in a pattern.
pub(crate) struct Gram {
    bytes: u64,
    /// The position of the pattern.
    pub(crate) pattern: u16,
    /// The position of the gram in it, in bytes.
    pub(crate) offset: u16,
}

/// The pattern at a position that the table gave.
pub(crate) fn pattern(position: u16) -> &'static Pattern {
    &generated::PATTERNS[usize::from(position)]
}

/// The hash of a gram or a code; the build computes the same.
#[inline]
const fn hash(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Whether eight bytes, letters in lower case, may be a gram of a pattern. A `false` is certain.
#[inline]
pub(crate) fn may_be_gram(gram: u64) -> bool {
    is_set(&generated::GRAM_FILTER, gram)
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

/// Where in which patterns a gram stands.
pub(crate) fn grams(gram: u64) -> impl Iterator<Item = &'static Gram> {
    let buckets = &generated::GRAM_BUCKETS;
    // There is one more border than buckets.
    let bucket = (hash(gram) >> (64 - (buckets.len() - 1).ilog2())) as usize;
    let range = usize::from(buckets[bucket])..usize::from(buckets[bucket + 1]);
    generated::GRAMS[range].iter().filter(move |row| row.bytes == gram)
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
