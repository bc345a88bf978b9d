//! The hits of a search, and the points of the checklist.

use std::io::{self, Write};

use serde::Serialize;

use super::entry::{JsonCode, JsonEntry};
use super::writer::line;
use crate::answer::{Hit, SearchResult};
use crate::table::{ChecklistItem, Platform};

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
