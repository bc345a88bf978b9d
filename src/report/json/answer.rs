//! The answer to a query.

use std::io::{self, Write};

use serde::Serialize;

use super::entry::{JsonCode, JsonEntry, JsonGuide};
use super::writer::line;
use crate::answer::Answer;
use crate::code::{Severity, Wraps};
use crate::report::{WayOut, names as names_of};

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
