//! What the table has of an error: codes, entries and guides.

use std::io::{self, Write};

use serde::Serialize;

use super::writer::line;
use crate::code::Code;
use crate::table::{ContextKind, Entry, Guide, Platform};

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
    place: Option<&'static str>,
    seen_in: Vec<&'static str>,
    nothing_to_do: Option<&'static str>,
    guide: Option<&'static str>,
    /// The file of somebody's own records.
    from: Option<&'static str>,
}

/// A procedure for a whole family of codes.
#[derive(Serialize)]
pub(super) struct JsonGuide {
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
