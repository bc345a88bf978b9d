//! Answers and findings, written to anything that takes bytes: [`text`] for people, [`markdown`] for tickets, [`html`] to look at, `json` for scripts.

pub mod html;
#[cfg(feature = "json")]
pub mod json;
pub mod markdown;
mod overview;
pub mod text;
mod timeline;

pub use overview::{Overview, Reasons, Row, Section};

use crate::answer::{Anatomy, Answer, Fit, Reason};
use crate::code::Wraps;
use crate::context::Context;
use crate::digest::Digest;
use crate::ledger::Count;
use crate::table::{Entry, Guide, Platform, Symbol, Topic};
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

/// What an entry says to do.
enum WayOut {
    /// Its own steps.
    Steps,
    /// Nothing, for this reason.
    Nothing(&'static str),
    /// The procedure for all errors of its kind.
    Guide(Guide),
    /// No page has anything, or the record of somebody's own has no steps.
    None(&'static str),
}

impl WayOut {
    fn of(entry: Entry) -> Self {
        match (entry.nothing_to_do(), entry.guide()) {
            _ if entry.resolution().len() > 0 => Self::Steps,
            (Some(why), _) => Self::Nothing(why),
            (None, Some(guide)) => Self::Guide(guide),
            (None, None) => Self::None(if entry.file().is_some() { NO_STEPS } else { NO_FIX }),
        }
    }
}

/// The entries of an answer that are shown whole where its error stands, and those that have one line each: what fits best is whole, but
/// nothing is where many components return the code and nothing tells which.
fn shown<'a>(answer: &'a Answer, context: &Context) -> (&'a [Entry], &'a [Entry]) {
    // Somebody's own record fits wherever its code stands.
    let fits = answer.entries.first().is_some_and(|entry| entry.file().is_some() || matches!(Fit::of(*entry, context), Fit::Fits { .. }));
    let whole = usize::from(!answer.entries.is_empty() && (fits || !answer.is_generic()));
    answer.entries.split_at(whole)
}

/// Shown if neither an entry nor a guide has steps.
const NO_FIX: &str =
    "Microsoft documents no fix for this error. Read the lines of the log before it; `intune-err checklist` says which logs to collect.";
/// The same for one of somebody's own records.
const NO_STEPS: &str = "The record has no steps.";
/// What is said where an entry has no steps and a guide has.
const GUIDE_FOLLOWS: &str = "Microsoft documents no fix for this error by itself. The guide is for all errors of its kind.";

/// The title of a guide, and whether it only finds the reason.
fn guide_title(guide: Guide) -> String {
    let only = if guide.is_diagnosis() { " (to find the reason; it repairs nothing)" } else { "" };
    format!("{}{only}", guide.title())
}

/// What a code says by itself; where many components return it, that the code does not name the cause.
fn meaning(answer: &Answer) -> Option<String> {
    let meaning = answer.meaning_text()?;
    Some(if answer.is_generic() { format!("{meaning} {}", Reason::Generic) } else { meaning })
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

/// What a scan read and found in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many inputs and members of archives were read.
    pub files: u64,
    /// How many lines they have.
    pub lines: u64,
    /// How many findings there are.
    pub findings: u64,
    /// How many different errors they are of.
    pub errors: u64,
    /// How many things were not read, or not to their end.
    pub unread: u64,
}

impl Totals {
    /// The totals of a scan.
    ///
    /// ```
    /// use intune_err::{Digest, Lookup, log::Case, report::{Overview, Totals}};
    /// let digest = Digest::default();
    /// let overview = Overview::of_digest(&digest, &Case::default(), &Lookup::new());
    /// assert_eq!(Totals::of(&digest, &overview, 3), Totals { unread: 3, ..Totals::default() });
    /// ```
    pub fn of(digest: &Digest, overview: &Overview<'_>, unread: u64) -> Self {
        let (errors, findings) = (overview.errors.len() as u64, digest.tally().total());
        Self { files: digest.files(), lines: digest.lines(), findings, errors, unread }
    }
}

/// How many there are of something.
///
/// ```
/// use intune_err::report::counted;
/// assert_eq!((counted(1, "record"), counted(0, "code")), ("1 record".to_owned(), "0 codes".to_owned()));
/// ```
pub fn counted(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// The totals as a sentence. An event log has no lines.
fn totals(totals: &Totals) -> String {
    let unread = if totals.unread == 0 { String::new() } else { format!("; {} not read", totals.unread) };
    let lines = if totals.lines == 0 { String::new() } else { format!("{} of ", counted(totals.lines, "line")) };
    format!(
        "{} of {} in {lines}{}{unread}",
        counted(totals.findings, "finding"),
        counted(totals.errors, "error"),
        counted(totals.files, "file")
    )
}

/// The problem of an error in one line: the likeliest, or else what the code says; where many components return the code, just that.
fn one_problem(answer: &Answer) -> String {
    let entry = answer.entries.first().filter(|_| !answer.is_generic() || answer.meaning.is_none());
    let meaning = || answer.meaning_text();
    let symbol = || answer.symbols.first().map(|symbol| symbol.name().to_owned());
    let text = entry.map(|entry| entry.problem().to_owned()).or_else(meaning).or_else(symbol);
    text.unwrap_or_else(|| "unknown".to_owned())
}

/// How often an error was found, and where first and last.
fn found(count: &Count) -> String {
    let (first, last) = (count.first.to_string(), count.last.to_string());
    if count.times == 1 {
        return format!("once, {}", printable(&first));
    }
    format!("{} times, first {}, last {}", count.times, printable(&first), printable(&last))
}
