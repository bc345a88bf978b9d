//! An answer in one line.

use crate::answer::Answer;
use crate::report::names;
use crate::table::Entry;
use crate::text::printable;

/// An answer in one line, for an error that has been explained before.
///
/// ```
/// let answer = intune_err::Code::new(0x80CF_0437).into();
/// assert_eq!(intune_err::report::text::one_line(&answer), "0x80CF0437 The client computer's clock is wrong.");
/// ```
pub fn one_line(answer: &Answer) -> String {
    let subject = answer.code.map_or_else(|| printable(answer.query()).into_owned(), |code| code.to_string());
    let what = match answer.entries.as_slice() {
        [] if answer.symbols.is_empty() => answer.meaning_text().unwrap_or_default(),
        [] => names(&answer.symbols).join(", "),
        [entry] => format!("{}{}", entry.problem(), from(*entry)),
        [entry, more @ ..] => format!("{}{} ({} more)", entry.problem(), from(*entry), more.len()),
    };
    format!("{subject} {what}")
}

/// The file of one of somebody's own records, in brackets.
pub(super) fn from(entry: Entry) -> String {
    entry.file().map(|file| format!(" (from {})", printable(file))).unwrap_or_default()
}
