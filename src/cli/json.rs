//! Answers as JSON, one object a line. The form is a contract: the structs here are its own, and a key once written stays.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use intune_err::{Answer, ChecklistItem, Code, Entry, Hit, Platform, SearchResult, Symbol, Wraps};

use super::scan::{Place, Tally};
use super::{acts, names};

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
                    && let Some(c) = fragment[at..].chars().next().filter(|&c| acts(c))
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
fn write(out: &mut impl Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless)).map_err(io::Error::from)
}

#[derive(Serialize)]
pub(super) struct JsonCode {
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
pub(super) struct JsonEntry {
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
    explanation: &'a [String],
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
    symbols: [&'static str; 1],
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

/// What every occurrence of an error has in common, rendered once.
#[derive(Serialize)]
struct JsonRecord {
    code: Option<JsonCode>,
    symbols: Vec<&'static str>,
    entries: Vec<JsonEntry>,
}

/// One finding of a scan.
pub(super) struct Occurrence<'a> {
    pub(super) path: Option<&'a str>,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) offset: u64,
    pub(super) matched: &'a str,
    /// What [`record`] gave for the error.
    pub(super) record: &'a [u8],
    pub(super) text: &'a str,
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
}

impl From<&Answer> for JsonRecord {
    fn from(answer: &Answer) -> Self {
        Self {
            code: answer.code.map(JsonCode::from),
            symbols: names(&answer.symbols),
            entries: answer.entries.iter().map(|&entry| entry.into()).collect(),
        }
    }
}

/// The members of the object of an occurrence that are the same for each: `"code":...,"symbols":...,"entries":...`.
pub(super) fn record(answer: &Answer) -> Vec<u8> {
    let mut object = Vec::new();
    // A vector takes everything.
    let _ = write(&mut object, &JsonRecord::from(answer));
    object.pop();
    object.remove(0);
    object
}

/// Writes one occurrence, its common members as they were rendered.
pub(super) fn occurrence(out: &mut impl Write, occurrence: &Occurrence<'_>) -> io::Result<()> {
    out.write_all(b"{\"path\":")?;
    write(out, &occurrence.path)?;
    write!(out, ",\"line\":{},\"column\":{},\"offset\":{},\"match\":", occurrence.line, occurrence.column, occurrence.offset)?;
    write(out, occurrence.matched)?;
    out.write_all(b",")?;
    out.write_all(occurrence.record)?;
    out.write_all(b",\"text\":")?;
    write(out, occurrence.text)?;
    out.write_all(b"}\n")
}

/// Writes one distinct error of a summary.
pub(super) fn tally(out: &mut impl Write, answer: &Answer, tally: &Tally) -> io::Result<()> {
    let (first, last) = ((&tally.first).into(), (&tally.last).into());
    line(out, &JsonTally { record: answer.into(), matched: &tally.matched, count: tally.count, first, last })
}

/// Writes one object and the end of its line.
pub(super) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value)?;
    out.write_all(b"\n")
}

pub(super) fn answer(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let anatomy = answer.anatomy.as_ref().map(|anatomy| JsonAnatomy {
        kind: anatomy.kind.name(),
        severity: anatomy.severity.map(intune_err::Severity::name),
        facility: anatomy.facility,
        facility_name: Some(anatomy.facility_names.join(" or ")).filter(|names| !names.is_empty()),
        value: anatomy.value,
        wraps: anatomy.wraps.and_then(|wraps| {
            let (kind, value) = match wraps {
                Wraps::Win32(code) => ("win32", code.bits()),
                Wraps::Ntstatus(code) => ("ntstatus", code.bits()),
                Wraps::Http(status) => ("http", u32::from(status)),
                _ => return None,
            };
            Some(JsonWraps { kind, value, name: anatomy.wraps_name })
        }),
    });
    let answer = JsonAnswer {
        query: answer.query(),
        found: answer.found(),
        code: answer.code.map(JsonCode::from),
        symbols: names(&answer.symbols),
        anatomy,
        entries: answer.entries.iter().map(|&entry| entry.into()).collect(),
        explanation: &answer.explanation,
        suggestions: &answer.suggestions,
        error: None,
    };
    line(out, &answer)
}

/// A query that can mean nothing is an object, too, so that every query has one.
pub(super) fn no_query(out: &mut impl Write, query: &str, error: &str, suggestions: &[String]) -> io::Result<()> {
    let answer = JsonAnswer {
        query,
        found: false,
        code: None,
        symbols: Vec::new(),
        anatomy: None,
        entries: Vec::new(),
        explanation: &[],
        suggestions,
        error: Some(error),
    };
    line(out, &answer)
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

/// Writes the version and the numbers of records, and of distinct codes, names, messages and symbols.
pub(super) fn version(out: &mut impl Write) -> io::Result<()> {
    let distinct = |texts: fn(Entry) -> Vec<String>| intune_err::Entry::all().flat_map(texts).collect::<BTreeSet<_>>().len();
    let version = JsonVersion {
        version: env!("CARGO_PKG_VERSION"),
        records: intune_err::Entry::all().len(),
        with_resolution: intune_err::Entry::all().filter(|entry| entry.resolution().len() > 0).count(),
        codes: distinct(|entry| entry.codes().map(|code| code.to_string()).collect()),
        names: distinct(|entry| entry.names().map(str::to_owned).collect()),
        messages: distinct(|entry| entry.messages().map(str::to_owned).collect()),
        symbols: intune_err::Symbol::all().len(),
    };
    line(out, &version)
}

pub(super) fn entry(out: &mut impl Write, entry: Entry) -> io::Result<()> {
    line(out, &JsonEntry::from(entry))
}

pub(super) fn hit(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    let matched = JsonMatched { field: hit.field, text: hit.text };
    match hit.result {
        SearchResult::Entry(entry) => line(out, &JsonHit { record: JsonEntry::from(entry), matched }),
        SearchResult::Symbol(symbol) => line(out, &JsonHit { record: symbol_record(symbol), matched }),
        _ => Ok(()),
    }
}

fn symbol_record(symbol: Symbol) -> JsonSymbol {
    JsonSymbol { code: symbol.code().into(), symbols: [symbol.name()] }
}

pub(super) fn point(out: &mut impl Write, point: ChecklistItem) -> io::Result<()> {
    let platforms = point.platforms().map(Platform::name).collect();
    line(out, &JsonPoint { topic: point.topic().name(), text: point.text(), platforms, link: point.link() })
}
