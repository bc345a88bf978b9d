//! A finding of a scan, with what is known of its place.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use super::entry::{JsonCode, JsonEntry};
use super::writer::{bytes, number, optional, write};
use crate::answer::Answer;
use crate::ledger::{EventHead, Occurrence, Place};
use crate::log::{Around, Gap, Guid, Level, LogFamily, Name, Names, OwnerKind, Phase, Subject, Time};
use crate::report::names as names_of;
use crate::table::EventMeaning;
use crate::timeline::Happening;

/// The most bytes of a line that the object of a finding shows. A longer line is cut around the finding.
pub const EXCERPT: usize = 4096;

/// What all findings of one error have in common.
#[derive(Serialize)]
pub(super) struct JsonRecord {
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
pub(super) struct JsonPlace<'a> {
    path: Option<&'a str>,
    line: u64,
}

impl<'a> From<&'a Place> for JsonPlace<'a> {
    fn from(place: &'a Place) -> Self {
        Self { path: place.path.as_deref(), line: place.line }
    }
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

/// Writes the object of a finding, with what [`Record::of`] gave for its error, and the names of apps that are known by now. Of a line longer than
/// [`EXCERPT`] it shows `most` bytes.
///
/// ```
/// use intune_err::log::Names;
/// use intune_err::report::json::{EXCERPT, Record, occurrence};
/// let (mut stream, mut out) = (intune_err::Stream::new(intune_err::Scanner::new()), Vec::new());
/// stream.push(b"hr = 0x80CF0437\n", |passage| {
///     for found in passage.occurrences() {
///         occurrence(&mut out, None, &found, &Record::of(&found.what.into()), &Names::default(), EXCERPT).unwrap();
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
    most: usize,
) -> io::Result<()> {
    members(out, path, found, record, names, most)?;
    out.write_all(b"}\n")
}

/// Writes the object of a finding in its place in time: that of [`occurrence`], with `utc` and `gap`.
///
/// ```
/// use intune_err::report::json::{Record, happening};
/// use intune_err::{Place, Scanner, Stream, Timeline, log::Case};
/// let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default().with_lines());
/// stream.push(b"hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| timeline.add(&found, &Place::default())));
/// let (mut out, sections) = (Vec::new(), timeline.sections(&case));
/// let first = &sections[0].happenings[0];
/// happening(&mut out, first, &Record::of(&first.error().what.into()), case.names()).unwrap();
/// assert!(out.ends_with(b",\"correlation\":null,\"utc\":null,\"gap\":null}\n"));
/// ```
pub fn happening(out: &mut (impl Write + ?Sized), happening: &Happening<'_>, record: &Record, names: &Names) -> io::Result<()> {
    let path = happening.place().path;
    happening.occurrence(|found| members(out, path.as_deref(), found, record, names, EXCERPT))?;
    out.write_all(b",\"utc\":")?;
    write(out, &happening.utc().map(|time| time.to_string()))?;
    out.write_all(b",\"gap\":")?;
    write(out, &happening.gap().map(Gap::millis))?;
    out.write_all(b"}\n")
}

/// Writes the object of a finding without its end.
fn members(
    out: &mut (impl Write + ?Sized),
    path: Option<&str>,
    found: &Occurrence<'_>,
    record: &Record,
    names: &Names,
    most: usize,
) -> io::Result<()> {
    out.write_all(b"{\"path\":")?;
    optional(out, path)?;
    out.write_all(b",\"line\":")?;
    number(out, found.line)?;
    out.write_all(b",\"column\":")?;
    number(out, found.column)?;
    out.write_all(b",\"offset\":")?;
    number(out, found.offset)?;
    out.write_all(b",\"match\":")?;
    bytes(out, found.matched())?;
    out.write_all(b",")?;
    out.write_all(record.as_bytes())?;
    out.write_all(b",\"text\":")?;
    let excerpt = found.excerpt(if found.text.len() > EXCERPT { most } else { EXCERPT });
    bytes(out, &found.text[excerpt])?;
    let known = found.around.as_deref().filter(|around| **around != Around::default());
    let Some(Around { head, owner, .. }) = known else { return out.write_all(NO_CONTEXT) };
    out.write_all(b",\"time\":")?;
    shown(out, head.time)?;
    out.write_all(b",\"zone\":")?;
    shown(out, head.time.and_then(Time::zone))?;
    out.write_all(b",\"family\":")?;
    optional(out, head.family.map(LogFamily::name))?;
    out.write_all(b",\"component\":")?;
    optional(out, head.component.as_deref())?;
    out.write_all(b",\"event\":")?;
    write(out, &found.event.map(JsonEvent::of))?;
    out.write_all(b",\"app\":")?;
    let app = |subject: &Subject| JsonApp::of(subject.kind, subject.id, subject.since, names.get(&subject.id));
    write(out, &owner.subject.as_ref().map(app))?;
    out.write_all(b",\"phase\":")?;
    optional(out, owner.phase.map(Phase::name))?;
    out.write_all(b",\"level\":")?;
    optional(out, head.level.map(Level::name))?;
    out.write_all(b",\"thread\":")?;
    optional(out, head.thread.as_deref())?;
    out.write_all(b",\"step\":")?;
    optional(out, owner.step.as_deref())?;
    out.write_all(b",\"enrollment\":")?;
    shown(out, owner.enrollment)?;
    out.write_all(b",\"correlation\":")?;
    optional(out, owner.correlation.as_deref())
}

/// Writes what shows as a text without anything to escape, or null.
fn shown(out: &mut (impl Write + ?Sized), what: Option<impl Display>) -> io::Result<()> {
    match what {
        Some(what) => write!(out, "\"{what}\""),
        None => out.write_all(b"null"),
    }
}

/// What is known of the place of a finding, where nothing is.
const NO_CONTEXT: &[u8] = b",\"time\":null,\"zone\":null,\"family\":null,\"component\":null,\"event\":null,\"app\":null,\"phase\":null,\
\"level\":null,\"thread\":null,\"step\":null,\"enrollment\":null,\"correlation\":null";

#[derive(Serialize)]
struct JsonEvent<'a> {
    provider: &'a str,
    id: u32,
    meaning: Option<&'static str>,
}

impl<'a> JsonEvent<'a> {
    fn of(event: &'a EventHead) -> Self {
        Self { provider: &event.provider, id: event.id, meaning: event.meaning.map(EventMeaning::text) }
    }
}

/// The app or script that an error belongs to, and what says so.
#[derive(Serialize)]
pub(super) struct JsonApp<'a> {
    id: String,
    name: Option<&'a str>,
    kind: &'static str,
    /// The line that says whose the error is; none where its own record does.
    line: Option<u64>,
    /// Where the name stands.
    named: Option<JsonPlace<'a>>,
}

impl<'a> JsonApp<'a> {
    pub(super) fn of(kind: OwnerKind, id: Guid, line: Option<u64>, name: Option<&'a Name>) -> Self {
        Self {
            id: id.to_string(),
            name: name.map(|name| name.text.as_str()),
            kind: kind.name(),
            line,
            named: name.map(|name| JsonPlace { path: name.path.as_deref(), line: name.line }),
        }
    }
}
