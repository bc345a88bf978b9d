//! Answers and findings as JSON, one object per line. The form is a contract: the structs here are its own, and a key once written stays.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::{WayOut, names as names_of};
use crate::answer::{Answer, Hit, SearchResult};
use crate::code::{Code, Severity, Wraps};
use crate::grouped::{Group, Share};
use crate::ledger::{Count, Occurrence, Place};
use crate::log::{Around, Device, Level, LogFamily, Name, Names, Phase, Subject, Time};
#[cfg(feature = "own")]
use crate::own::RecordFault;
#[cfg(feature = "own")]
use crate::table::OwnRecords;
use crate::table::{ChecklistItem, ContextKind, Entry, EventMeaning, Guide, Meaning, Platform, Symbol};
use crate::text::acts_on_terminal;

/// The most bytes of a line that the object of a finding shows.
const EXCERPT: usize = 4096;

/// JSON without spaces in which every character that a terminal acts on is escaped, and not only those that JSON forbids.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        // JSON forbids the controls of ASCII, which do not come here, but for the highest.
        if fragment.bytes().fold(0, u8::max) >= 0x7F {
            for (at, byte) in fragment.bytes().enumerate() {
                // That, or the first byte of U+0080 to U+00BF, of U+0600 to U+063F and of U+2000 to U+2FFF.
                if matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2)
                    && let Some(c) = fragment[at..].chars().next().filter(|&c| acts_on_terminal(c))
                {
                    write!(out, "{}\\u{:04x}", &fragment[from..at], u32::from(c))?;
                    from = at + c.len_utf8();
                }
            }
        }
        out.write_all(&fragment.as_bytes()[from..])
    }
}

/// Writes a value.
fn write(out: &mut (impl Write + ?Sized), value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless)).map_err(io::Error::from)
}

/// Writes one object and the end of its line.
fn line(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    write(out, value)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct JsonCode {
    hex: String,
    unsigned: u32,
    signed: i32,
}

impl From<Code> for JsonCode {
    fn from(code: Code) -> Self {
        Self { hex: code.to_string(), unsigned: code.bits(), signed: code.signed() }
    }
}

#[derive(Serialize)]
struct JsonEntry {
    id: &'static str,
    problem: &'static str,
    causes: Vec<&'static str>,
    resolution: Vec<&'static str>,
    codes: Vec<String>,
    names: Vec<&'static str>,
    messages: Vec<&'static str>,
    platforms: Vec<&'static str>,
    area: &'static str,
    source: &'static str,
    sources: Vec<&'static str>,
    title: Option<&'static str>,
    notes: Vec<&'static str>,
    legacy: Option<&'static str>,
    place: Option<&'static str>,
    seen_in: Vec<&'static str>,
    nothing_to_do: Option<&'static str>,
    guide: Option<&'static str>,
    /// The file of somebody's own records.
    from: Option<&'static str>,
}

/// A procedure for a whole family of codes.
#[derive(Serialize)]
struct JsonGuide {
    id: &'static str,
    title: &'static str,
    kind: &'static str,
    steps: Vec<&'static str>,
    notes: Vec<&'static str>,
    sources: Vec<&'static str>,
}

impl From<Guide> for JsonGuide {
    fn from(guide: Guide) -> Self {
        Self {
            id: guide.id(),
            title: guide.title(),
            kind: if guide.is_diagnosis() { "diagnosis" } else { "repair" },
            steps: guide.steps().collect(),
            notes: guide.notes().collect(),
            sources: guide.sources().collect(),
        }
    }
}

/// The guide of an answer: that of its code, or else of the first entry that has no way out of its own.
fn guide(answer: &Answer) -> Option<JsonGuide> {
    let of_entries = || {
        answer.entries.iter().find_map(|entry| match WayOut::of(*entry) {
            WayOut::Guide(guide) => Some(guide),
            _ => None,
        })
    };
    answer.guide.or_else(of_entries).map(JsonGuide::from)
}

impl From<Entry> for JsonEntry {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id(),
            problem: entry.problem(),
            causes: entry.causes().collect(),
            resolution: entry.resolution().collect(),
            codes: entry.codes().map(|code| code.to_string()).collect(),
            names: entry.names().collect(),
            messages: entry.messages().collect(),
            platforms: entry.platforms().map(Platform::name).collect(),
            area: entry.area().name(),
            source: entry.sources().next().unwrap_or_default(),
            sources: entry.sources().collect(),
            title: entry.title(),
            notes: entry.notes().collect(),
            legacy: entry.legacy(),
            place: entry.place(),
            seen_in: entry.seen_in().map(ContextKind::id).collect(),
            nothing_to_do: entry.nothing_to_do(),
            guide: entry.guide().map(Guide::id),
            from: entry.file(),
        }
    }
}

#[derive(Serialize)]
struct JsonWraps {
    kind: &'static str,
    value: u32,
    name: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonAnatomy {
    kind: &'static str,
    severity: Option<&'static str>,
    facility: Option<u16>,
    facility_name: Option<String>,
    value: u16,
    wraps: Option<JsonWraps>,
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    query: &'a str,
    found: bool,
    code: Option<JsonCode>,
    symbols: Vec<&'static str>,
    anatomy: Option<JsonAnatomy>,
    entries: Vec<JsonEntry>,
    meaning: Option<String>,
    guide: Option<JsonGuide>,
    explanation: Vec<String>,
    suggestions: &'a [String],
    error: Option<&'a str>,
}

/// What a hit of a search has besides the record: why it is one.
#[derive(Serialize)]
struct JsonMatched {
    field: &'static str,
    text: &'static str,
}

#[derive(Serialize)]
struct JsonSymbol {
    code: JsonCode,
    symbols: Vec<&'static str>,
}

#[derive(Serialize)]
struct JsonHit<T> {
    #[serde(flatten)]
    record: T,
    matched: JsonMatched,
}

#[derive(Serialize)]
struct JsonPoint {
    topic: &'static str,
    text: &'static str,
    platforms: Vec<&'static str>,
    link: Option<&'static str>,
}

/// What all findings of one error have in common.
#[derive(Serialize)]
struct JsonRecord {
    code: Option<JsonCode>,
    symbols: Vec<&'static str>,
    entries: Vec<JsonEntry>,
    meaning: Option<String>,
}

impl From<&Answer> for JsonRecord {
    fn from(answer: &Answer) -> Self {
        Self {
            code: answer.code.map(JsonCode::from),
            symbols: names_of(&answer.symbols),
            entries: answer.entries.iter().map(|&entry| entry.into()).collect(),
            meaning: answer.meaning_text(),
        }
    }
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: Option<&'a str>,
    line: u64,
}

impl<'a> From<&'a Place> for JsonPlace<'a> {
    fn from(place: &'a Place) -> Self {
        Self { path: place.path.as_deref(), line: place.line }
    }
}

#[derive(Serialize)]
struct JsonTally<'a> {
    #[serde(flatten)]
    record: JsonRecord,
    #[serde(rename = "match")]
    matched: &'a str,
    count: u64,
    first: JsonPlace<'a>,
    last: JsonPlace<'a>,
    owners: Vec<JsonShare<'a>>,
}

/// How often an error is whose.
#[derive(Serialize)]
struct JsonShare<'a> {
    app: Option<JsonApp<'a>>,
    phase: Option<&'static str>,
    enrollment: bool,
    count: u64,
    time: Option<String>,
    first: JsonPlace<'a>,
}

/// What the files say of the device.
#[derive(Serialize)]
struct JsonDevice<'a> {
    device: JsonFacts<'a>,
}

#[derive(Serialize)]
struct JsonFacts<'a> {
    join: Option<&'static str>,
    facts: Vec<JsonFact<'a>>,
}

#[derive(Serialize)]
struct JsonFact<'a> {
    fact: &'static str,
    label: &'static str,
    values: Vec<JsonSaid<'a>>,
}

#[derive(Serialize)]
struct JsonSaid<'a> {
    value: &'a str,
    path: Option<&'a str>,
    line: u64,
}

/// The table as one document.
#[derive(Serialize)]
struct JsonTable {
    form: u32,
    version: &'static str,
    entries: Vec<JsonEntry>,
    meanings: Vec<JsonMeaning>,
    guides: Vec<JsonGuide>,
}

/// What a code says, whatever returned it.
#[derive(Serialize)]
struct JsonMeaning {
    code: JsonCode,
    name: Option<&'static str>,
    text: &'static str,
    generic: bool,
    source: &'static str,
}

impl From<Meaning> for JsonMeaning {
    fn from(meaning: Meaning) -> Self {
        Self {
            code: meaning.code().into(),
            name: meaning.name(),
            text: meaning.text(),
            generic: meaning.is_generic(),
            source: meaning.source(),
        }
    }
}

/// A file of own records.
#[cfg(feature = "own")]
#[derive(Serialize)]
struct JsonChecked<'a> {
    file: &'a str,
    holds: Option<&'a Checked>,
    faults: Vec<JsonFault<'a>>,
}

#[cfg(feature = "own")]
#[derive(Serialize)]
struct JsonFault<'a> {
    line: usize,
    id: Option<&'a str>,
    what: &'a str,
}

/// What the program is and what its table holds.
#[derive(Serialize)]
struct JsonVersion {
    version: &'static str,
    records: usize,
    with_resolution: usize,
    codes: usize,
    names: usize,
    messages: usize,
    symbols: usize,
}

/// What the objects of all findings of one error have in common, written once: an error may come often.
///
/// ```
/// let record = intune_err::report::json::Record::of(&intune_err::Code::new(0x80CF_0437).into());
/// assert!(record.as_bytes().starts_with(br#""code":{"hex":"0x80CF0437","#));
/// ```
#[derive(Clone, Debug)]
pub struct Record(Vec<u8>);

impl Record {
    /// The record of an answer.
    ///
    /// ```
    /// let record = intune_err::report::json::Record::of(&intune_err::Code::new(0x8018_0014).into());
    /// assert!(!record.as_bytes().is_empty());
    /// ```
    pub fn of(answer: &Answer) -> Self {
        let mut object = Vec::new();
        // A vector takes everything.
        let _ = write(&mut object, &JsonRecord::from(answer));
        object.pop();
        object.remove(0);
        Self(object)
    }

    /// Its members as they stand in the object.
    ///
    /// ```
    /// let record = intune_err::report::json::Record::of(&intune_err::Code::new(0x80CF_0437).into());
    /// assert!(record.as_bytes().ends_with(b"\"meaning\":null"));
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Writes the object of an answer.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::answer(&mut out, &intune_err::Code::new(0x80CF_0437).into()).unwrap();
/// assert!(out.starts_with(br#"{"query":"0x80CF0437","found":true,"#) && out.ends_with(b"}\n"));
/// ```
pub fn answer(out: &mut (impl Write + ?Sized), answer: &Answer) -> io::Result<()> {
    let anatomy = answer.anatomy.as_ref().map(|anatomy| JsonAnatomy {
        kind: anatomy.kind.name(),
        severity: anatomy.severity.map(Severity::name),
        facility: anatomy.facility,
        facility_name: Some(anatomy.facility_names.join(" or ")).filter(|names| !names.is_empty()),
        value: anatomy.value,
        wraps: anatomy.wraps.map(|wraps| {
            let (kind, value) = match wraps {
                Wraps::Win32(code) => ("win32", code.bits()),
                Wraps::Ntstatus(code) => ("ntstatus", code.bits()),
                Wraps::Http(status) => ("http", u32::from(status)),
            };
            JsonWraps { kind, value, name: anatomy.wraps_name }
        }),
    });
    let answer = JsonAnswer {
        query: answer.query(),
        found: answer.found(),
        code: answer.code.map(JsonCode::from),
        symbols: names_of(&answer.symbols),
        anatomy,
        entries: answer.entries.iter().map(|&entry| entry.into()).collect(),
        meaning: answer.meaning_text(),
        guide: guide(answer),
        explanation: answer.reasons.iter().map(ToString::to_string).collect(),
        suggestions: &answer.suggestions,
        error: None,
    };
    line(out, &answer)
}

/// Writes the object of a query that can mean nothing, so that every query has one.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::no_query(&mut out, "", "the query is empty", &[]).unwrap();
/// assert!(out.ends_with(b"\"error\":\"the query is empty\"}\n"));
/// ```
pub fn no_query(out: &mut (impl Write + ?Sized), query: &str, error: &str, suggestions: &[String]) -> io::Result<()> {
    let answer = JsonAnswer {
        query,
        found: false,
        code: None,
        symbols: Vec::new(),
        anatomy: None,
        entries: Vec::new(),
        meaning: None,
        guide: None,
        explanation: Vec::new(),
        suggestions,
        error: Some(error),
    };
    line(out, &answer)
}

/// Writes the object of a finding, with what [`Record::of`] gave for its error, and the names of apps that are known by now.
///
/// ```
/// use intune_err::log::Names;
/// use intune_err::report::json::{Record, occurrence};
/// let (mut stream, mut out) = (intune_err::Stream::new(intune_err::Scanner::new()), Vec::new());
/// stream.push(b"hr = 0x80CF0437\n", |passage| {
///     for found in passage.occurrences() {
///         occurrence(&mut out, None, &found, &Record::of(&found.what.into()), &Names::default()).unwrap();
///     }
/// });
/// assert!(out.starts_with(br#"{"path":null,"line":1,"column":6,"offset":5,"match":"0x80CF0437","code":"#));
/// ```
pub fn occurrence(
    out: &mut (impl Write + ?Sized),
    path: Option<&str>,
    found: &Occurrence<'_>,
    record: &Record,
    names: &Names,
) -> io::Result<()> {
    out.write_all(b"{\"path\":")?;
    write(out, &path)?;
    write!(out, ",\"line\":{},\"column\":{},\"offset\":{},\"match\":", found.line, found.column, found.offset)?;
    write(out, &*String::from_utf8_lossy(found.matched()))?;
    out.write_all(b",")?;
    out.write_all(record.as_bytes())?;
    out.write_all(b",\"text\":")?;
    write(out, &*String::from_utf8_lossy(&found.text[found.excerpt(EXCERPT)]))?;
    let known = found.around.as_deref().filter(|around| **around != Around::default());
    let Some(Around { head, owner, .. }) = known else { return out.write_all(NO_CONTEXT) };
    let context = JsonContext {
        time: head.time.map(|time| time.to_string()),
        zone: head.time.and_then(Time::zone).map(|zone| zone.to_string()),
        level: head.level.map(Level::name),
        family: head.family.map(LogFamily::name),
        component: head.component.as_deref(),
        thread: head.thread.as_deref(),
        event: found.event.map(|event| JsonEvent {
            provider: &event.provider,
            id: event.id,
            meaning: event.meaning.map(EventMeaning::text),
        }),
        app: owner.subject.map(|subject| JsonApp::of(subject, names.get(&subject.id))),
        phase: owner.phase.map(Phase::name),
        step: owner.step.as_deref(),
        enrollment: owner.enrollment.map(|enrollment| enrollment.to_string()),
        correlation: owner.correlation.as_deref(),
    };
    let mut object = Vec::new();
    write(&mut object, &context)?;
    out.write_all(b",")?;
    out.write_all(&object[1..])?;
    out.write_all(b"\n")
}

/// What is known of the place of a finding, where nothing is.
const NO_CONTEXT: &[u8] = b",\"time\":null,\"zone\":null,\"family\":null,\"component\":null,\"event\":null,\"app\":null,\"phase\":null,\
\"level\":null,\"thread\":null,\"step\":null,\"enrollment\":null,\"correlation\":null}\n";

/// What is known of the place of a finding.
#[derive(Serialize)]
struct JsonContext<'a> {
    time: Option<String>,
    zone: Option<String>,
    family: Option<&'static str>,
    component: Option<&'a str>,
    event: Option<JsonEvent<'a>>,
    app: Option<JsonApp<'a>>,
    phase: Option<&'static str>,
    level: Option<&'static str>,
    thread: Option<&'a str>,
    step: Option<&'a str>,
    enrollment: Option<String>,
    correlation: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonEvent<'a> {
    provider: &'a str,
    id: u32,
    meaning: Option<&'static str>,
}

/// The app or script that an error belongs to, and what says so.
#[derive(Serialize)]
struct JsonApp<'a> {
    id: String,
    name: Option<&'a str>,
    kind: &'static str,
    /// The line that says whose the error is; none where its own record does.
    line: Option<u64>,
    /// Where the name stands.
    named: Option<JsonPlace<'a>>,
}

impl<'a> JsonApp<'a> {
    fn of(subject: Subject, name: Option<&'a Name>) -> Self {
        Self {
            id: subject.id.to_string(),
            name: name.map(|name| name.text.as_str()),
            kind: subject.kind.name(),
            line: subject.since,
            named: name.map(|name| JsonPlace { path: name.path.as_deref(), line: name.line }),
        }
    }
}

#[derive(Serialize)]
struct JsonUnread<'a> {
    path: &'a str,
    unread: &'a str,
}

/// Writes the object of something that was not read, and why.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::unread(&mut out, "a.zip!b.etl", "an event trace (.etl)").unwrap();
/// assert_eq!(out, b"{\"path\":\"a.zip!b.etl\",\"unread\":\"an event trace (.etl)\"}\n");
/// ```
pub fn unread(out: &mut (impl Write + ?Sized), path: &str, why: &str) -> io::Result<()> {
    line(out, &JsonUnread { path, unread: why })
}

/// Writes the object of one error of a summary, with whose it is; nothing of that where the evidence does not say it.
///
/// ```
/// use intune_err::log::Names;
/// use intune_err::{Answer, Code, Found, Place, Tally, report::json};
/// let mut tally = Tally::default();
/// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
/// let (mut out, count) = (Vec::new(), tally.counts()[0]);
/// json::count(&mut out, &Answer::from(count.what), count, &[], &Names::default()).unwrap();
/// let end = br#""match":"80cf0437","count":1,"first":{"path":null,"line":7},"last":{"path":null,"line":7},"owners":[]}"#;
/// assert!(out.trim_ascii_end().ends_with(end));
/// ```
pub fn count(out: &mut (impl Write + ?Sized), answer: &Answer, count: &Count, owners: &[(Group, &Share)], names: &Names) -> io::Result<()> {
    let (first, last) = ((&count.first).into(), (&count.last).into());
    let owners = owners.iter().map(|(group, share)| JsonShare {
        app: group.subject.map(|(kind, id)| {
            let name = names.get(&id);
            JsonApp {
                id: id.to_string(),
                name: name.map(|name| name.text.as_str()),
                kind: kind.name(),
                line: None,
                named: name.map(|name| JsonPlace { path: name.path.as_deref(), line: name.line }),
            }
        }),
        phase: group.phase.map(Phase::name),
        enrollment: group.is_enrollment,
        count: share.times,
        time: share.time.map(|time| time.to_string()),
        first: (&share.first).into(),
    });
    let owners = owners.collect();
    line(out, &JsonTally { record: answer.into(), matched: &count.matched, count: count.times, first, last, owners })
}

/// Writes the object of what the files say of the device; nothing where they say nothing.
///
/// ```
/// use intune_err::{log::Device, report::json};
/// let (mut out, mut device) = (Vec::new(), Device::default());
/// device.begin(Some("ver.txt"));
/// device.push(b"Microsoft Windows [Version 10.0.22631.3593]\n");
/// json::device(&mut out, &device).unwrap();
/// let facts = br#"[{"fact":"os-version","label":"Windows version","values":[{"value":"10.0.22631.3593","path":"ver.txt","line":1}]}]"#;
/// assert_eq!(out, [br#"{"device":{"join":null,"facts":"#, &facts[..], b"}}\n"].concat());
/// ```
pub fn device(out: &mut (impl Write + ?Sized), device: &Device) -> io::Result<()> {
    let facts: Vec<JsonFact<'_>> = device
        .facts()
        .into_iter()
        .map(|(fact, said)| {
            let values = said.iter().map(|said| JsonSaid { value: &said.value, path: said.path.as_deref(), line: said.line });
            JsonFact { fact: fact.name(), label: fact.label(), values: values.collect() }
        })
        .collect();
    if facts.is_empty() {
        return Ok(());
    }
    line(out, &JsonDevice { device: JsonFacts { join: device.join_state(), facts } })
}

/// Writes the version, and the numbers of records, and of distinct codes, names, messages and symbols.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::version(&mut out).unwrap();
/// assert!(out.starts_with(br#"{"version":""#));
/// ```
pub fn version(out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let distinct = |texts: fn(Entry) -> Vec<String>| Entry::all().flat_map(texts).collect::<BTreeSet<_>>().len();
    let version = JsonVersion {
        version: env!("CARGO_PKG_VERSION"),
        records: Entry::all().len(),
        with_resolution: Entry::all().filter(|entry| entry.resolution().len() > 0).count(),
        codes: distinct(|entry| entry.codes().map(|code| code.to_string()).collect()),
        names: distinct(|entry| entry.names().map(str::to_owned).collect()),
        messages: distinct(|entry| entry.messages().map(str::to_owned).collect()),
        symbols: Symbol::all().len(),
    };
    line(out, &version)
}

/// How the document of [`table`] is made; it rises where a key goes or changes its meaning.
const TABLE_FORM: u32 = 1;

/// Writes one document with these entries, the meanings of codes and the guides that entries name.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::table(&mut out, &intune_err::Entry::all().collect::<Vec<_>>()).unwrap();
/// assert!(out.starts_with(br#"{"form":1,"version":""#) && out.ends_with(b"]}\n"));
/// ```
pub fn table(out: &mut (impl Write + ?Sized), entries: &[Entry]) -> io::Result<()> {
    let document = JsonTable {
        form: TABLE_FORM,
        version: env!("CARGO_PKG_VERSION"),
        entries: entries.iter().map(|entry| JsonEntry::from(*entry)).collect(),
        meanings: Meaning::all().map(JsonMeaning::from).collect(),
        guides: Guide::all().map(JsonGuide::from).collect(),
    };
    line(out, &document)
}

/// What a file of own records holds.
///
/// ```
/// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
/// assert_eq!(intune_err::report::json::Checked::of(own).records, 0);
/// ```
#[cfg(feature = "own")]
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Checked {
    /// How many records there are.
    pub records: usize,
    /// How many distinct codes they have.
    pub codes: usize,
    /// How many distinct names.
    pub names: usize,
    /// How many distinct messages.
    pub messages: usize,
}

#[cfg(feature = "own")]
impl Checked {
    /// Counts records.
    ///
    /// ```
    /// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
    /// assert_eq!(intune_err::report::json::Checked::of(own).codes, 0);
    /// ```
    pub fn of(own: &'static OwnRecords) -> Self {
        Self {
            records: own.len(),
            codes: own.entries().flat_map(Entry::codes).collect::<BTreeSet<_>>().len(),
            names: own.entries().flat_map(Entry::names).collect::<BTreeSet<_>>().len(),
            messages: own.entries().flat_map(Entry::messages).collect::<BTreeSet<_>>().len(),
        }
    }
}

/// Writes the object of a file of own records that was checked: what it holds, or what is wrong with it.
///
/// ```
/// let faults = intune_err::OwnRecords::read(&[("a.toml", "[[entry]]\n")]).unwrap_err();
/// let mut out = Vec::new();
/// intune_err::report::json::checked(&mut out, "a.toml", None, &faults[..1]).unwrap();
/// assert!(out.starts_with(br#"{"file":"a.toml","holds":null,"faults":[{"line":1,"id":null,"what":"key `id` is missing"}]}"#));
/// ```
#[cfg(feature = "own")]
pub fn checked(out: &mut (impl Write + ?Sized), file: &str, holds: Option<&Checked>, faults: &[RecordFault]) -> io::Result<()> {
    let faults = faults.iter().map(|fault| JsonFault { line: fault.line, id: fault.id.as_deref(), what: &fault.what });
    line(out, &JsonChecked { file, holds, faults: faults.collect() })
}

/// Writes the object of an entry.
///
/// ```
/// let (mut out, entry) = (Vec::new(), intune_err::Entry::by_name("client-clock-wrong").next().unwrap());
/// intune_err::report::json::entry(&mut out, entry).unwrap();
/// assert!(out.starts_with(br#"{"id":"client-clock-wrong","problem":"#));
/// ```
pub fn entry(out: &mut (impl Write + ?Sized), entry: Entry) -> io::Result<()> {
    line(out, &JsonEntry::from(entry))
}

/// Writes the object of a hit of a search.
///
/// ```
/// let (mut out, hits) = (Vec::new(), intune_err::search("client clock wrong"));
/// intune_err::report::json::hit(&mut out, &hits[0]).unwrap();
/// assert!(String::from_utf8(out).unwrap().contains(r#""matched":{"field":"#));
/// ```
pub fn hit(out: &mut (impl Write + ?Sized), hit: &Hit) -> io::Result<()> {
    let matched = JsonMatched { field: hit.field.name(), text: hit.text };
    match hit.result {
        SearchResult::Entry(entry) => line(out, &JsonHit { record: JsonEntry::from(entry), matched }),
        SearchResult::Symbol(symbol) => {
            let record = JsonSymbol { code: symbol.code().into(), symbols: vec![symbol.name()] };
            line(out, &JsonHit { record, matched })
        }
        SearchResult::Meaning(meaning) => {
            let record = JsonSymbol { code: meaning.code().into(), symbols: meaning.name().into_iter().collect() };
            line(out, &JsonHit { record, matched })
        }
    }
}

/// Writes the object of a point of the checklist.
///
/// ```
/// let (mut out, point) = (Vec::new(), intune_err::checklist().next().unwrap());
/// intune_err::report::json::point(&mut out, point).unwrap();
/// assert!(out.starts_with(br#"{"topic":"configuration","#));
/// ```
pub fn point(out: &mut (impl Write + ?Sized), point: ChecklistItem) -> io::Result<()> {
    let platforms = point.platforms().map(Platform::name).collect();
    line(out, &JsonPoint { topic: point.topic().name(), text: point.text(), platforms, link: point.link() })
}
