//! Answers and findings, written to anything that takes bytes: [`text`] for people, [`markdown`] for tickets, `json` for scripts.

#[cfg(feature = "json")]
pub mod json;
pub mod markdown;
pub mod text;

use crate::answer::Anatomy;
use crate::code::Wraps;
use crate::ledger::Count;
use crate::table::{Platform, Symbol, Topic};
use crate::text::printable;

/// The names of symbols, each once.
fn names(symbols: &[Symbol]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for symbol in symbols {
        if !names.contains(&symbol.name()) {
            names.push(symbol.name());
        }
    }
    names
}

/// The names of platforms, with commas between; iOS and iPadOS, as Microsoft writes them, together.
fn platforms(platforms: impl Iterator<Item = Platform>) -> String {
    let names: Vec<&str> = platforms.map(Platform::display_name).collect();
    names.join(", ").replace("iOS, iPadOS", "iOS/iPadOS")
}

/// The names of a facility in brackets, or nothing.
fn facility_names(anatomy: &Anatomy) -> String {
    if anatomy.facility_names.is_empty() { String::new() } else { format!(" ({})", anatomy.facility_names.join(" or ")) }
}

/// What an HRESULT carries, with its name.
fn wraps(anatomy: &Anatomy) -> Option<String> {
    let name = anatomy.wraps_name.map(|name| format!(" ({name})")).unwrap_or_default();
    Some(match anatomy.wraps? {
        Wraps::Win32(code) => format!("Win32 code {}{name}", code.bits()),
        Wraps::Ntstatus(code) => format!("NTSTATUS {code}{name}"),
        Wraps::Http(status) => format!("HTTP status {status}"),
    })
}

/// The heading of a part of the checklist.
const fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::Configuration => "Confirm first",
        Topic::Questions => "Questions to ask",
        Topic::Logs => "Logs to collect",
        Topic::Clock => "Date and time of the device",
        Topic::Diagnostics => "Self-help diagnostics",
    }
}

/// How often an error was found, and where first and last.
fn found(count: &Count) -> String {
    let (first, last) = (count.first.to_string(), count.last.to_string());
    if count.times == 1 {
        return format!("once, {}", printable(&first));
    }
    format!("{} times, first {}, last {}", count.times, printable(&first), printable(&last))
}
