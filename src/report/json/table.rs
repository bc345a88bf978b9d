//! The table as one document, and what it holds.

use std::collections::HashSet;
use std::io::{self, Write};

use serde::Serialize;

use super::entry::{JsonCode, JsonEntry, JsonGuide};
use super::writer::line;
use crate::table::{Entry, Guide, Meaning, Symbol};

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
    meanings: usize,
    guides: usize,
}

/// Writes the version, and the numbers of records, of distinct codes, names and messages, and of symbols, meanings and guides.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::version(&mut out).unwrap();
/// assert!(out.starts_with(br#"{"version":""#));
/// ```
pub fn version(out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let version = JsonVersion {
        version: env!("CARGO_PKG_VERSION"),
        records: Entry::all().len(),
        with_resolution: Entry::all().filter(|entry| entry.resolution().len() > 0).count(),
        codes: Entry::all().flat_map(Entry::codes).collect::<HashSet<_>>().len(),
        names: Entry::all().flat_map(Entry::names).collect::<HashSet<_>>().len(),
        messages: Entry::all().flat_map(Entry::messages).collect::<HashSet<_>>().len(),
        symbols: Symbol::all().len(),
        meanings: Meaning::all().len(),
        guides: Guide::all().len(),
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
