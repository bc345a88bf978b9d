//! What Windows prints for a code, in place of it or beside it.
//!
//! - **In place of it**, in brackets: `Result: (Access is denied.)`. After the name of an exception of .NET the text alone tells what failed:
//!   `Win32Exception (0x80004005): Access is denied`. So it does in `Exit code: Keyset does not exist`.
//! - **After a number** of any length, which is then a Win32 code: `error 1060: The specified service does not exist as an installed service.`, also
//!   as a field of its own (`ErrorCode=5, ErrorDescription="Access is denied."`).
//! - **Beside a number in brackets**, which is one, too: `Access is denied. (5)`, `(5) Access is denied: [C:\x]`.

use super::digits;
use super::edges::{first_word, is_left_edge, is_like, is_right_edge, number};
use super::finding::{Finding, Found};
use crate::code::Code;
use crate::table::{Meaning, words};

/// No text that Windows prints for a code is longer.
const LONGEST: usize = 192;

/// The code whose text Windows prints in brackets in its place: `Result: (Access is denied.)`. `at` is the word before, `start` the text.
pub(super) fn in_place(text: &[u8], at: usize, start: usize) -> Option<Finding> {
    // Mostly a code stands there.
    let inside = text.get(start..).filter(|inside| inside.first().is_some_and(u8::is_ascii_uppercase) && is_left_edge(&text[..at]))?;
    // No text has a digit, and to look one up takes time.
    let ends = |b: &u8| matches!(b, b')' | b'\n' | b'\r') || b.is_ascii_digit();
    let len = inside.iter().take(LONGEST).position(ends).filter(|len| inside[*len] == b')')?;
    of_printed(start, &inside[..len])
}

/// The finding of the text that begins at `start`, if Windows prints it for a code that is an error.
fn of_printed(start: usize, inside: &[u8]) -> Option<Finding> {
    let printed = std::str::from_utf8(inside).ok()?.trim_end_matches('.');
    let meaning =
        Meaning::by_printed(printed).find(|meaning| meaning.code().bits() > 1 && !meaning.name().is_some_and(words::is_no_error))?;
    Some(Finding { start, end: start + printed.len(), what: Found::Code(meaning.code()) })
}

/// The code of any failure (`E_FAIL`), which .NET prints in place of the real one, before its text.
pub(super) const ANY_FAILURE: Code = Code::new(0x8000_4005);

/// The Win32 code in brackets after what Windows prints for it: `Access is denied. (5)`. `at` is in the text.
pub(super) fn after_text(text: &[u8], at: usize) -> Option<Finding> {
    /// No bracket is further from the word that a text is looked for by.
    const NEAR: usize = 48;
    let open = at + text[at..].iter().take(NEAR).position(|b| *b == b'(')?;
    // As programs in Rust print it.
    let start = open + 1 + if text[open + 1..].starts_with(b"os error ") { 9 } else { 0 };
    let (value, len) = number(&text[start..], 5).filter(|(_, len)| text[start + len..].starts_with(b")"))?;
    let code = Code::new(value);
    let printed = printed_for(code)?;
    let told = text[..open].strip_suffix(b". ")?;
    let begin = told.len().checked_sub(printed.len())?;
    (told[begin..].eq_ignore_ascii_case(printed) && is_left_edge(&told[..begin])).then(|| digits::found(start, start + len, code))
}

/// The Win32 code in brackets before what Windows prints for it, as `AlphaFS` prints both: `(5) Access is denied: [C:\x]`. `at` is in the text.
pub(super) fn before_text(text: &[u8], at: usize) -> Option<Finding> {
    let from = at.saturating_sub(LONGEST);
    let start = from + memchr::memrchr(b'(', &text[from..at])? + 1;
    let (value, len) = number(&text[start..], 5)?;
    let told = text[start + len..].strip_prefix(b") ")?;
    let code = Code::new(value);
    let printed = printed_for(code)?;
    let is_it = told.get(..printed.len())?.eq_ignore_ascii_case(printed) && told[printed.len()..].starts_with(b": [");
    is_it.then(|| digits::found(start, start + len, code))
}

/// What Windows prints for a code that is an error, without its full stop.
#[inline(never)]
fn printed_for(code: Code) -> Option<&'static [u8]> {
    let meaning = Meaning::by_code(code).filter(|meaning| meaning.code() == code && code.bits() > 1)?;
    let printed = meaning.printed().filter(|_| !meaning.name().is_some_and(words::is_no_error))?;
    Some(printed.trim_end_matches('.').as_bytes())
}

/// The code whose text stands after the name of an exception of .NET, which ends at `end`: `Win32Exception: Access is denied`, `SocketException
/// (0x80004005): No connection could be made because the target machine actively refused it 10.0.0.1:443`; or as what a registration came to:
/// `Exit code: Keyset does not exist`.
pub(super) fn of_exception(text: &[u8], end: usize) -> Option<Finding> {
    let after = &text[end..];
    let told = after.strip_prefix(b" (0x80004005)").unwrap_or(after).strip_prefix(b": ")?;
    // After the text stands an address, or what else is in the line of it.
    let ends = |rest: &[u8]| {
        matches!(rest, [b'\n' | b'\r' | b'.' | b']' | b'"' | b'\\' | b'<', ..] | [b' ', b' ' | b'-' | b'(' | b'[' | b'0'..=b'9', ..])
    };
    let most = told.len().min(LONGEST);
    let len = (0..most).position(|at| ends(&told[at..])).unwrap_or(most);
    of_printed(text.len() - told.len(), &told[..len])
}

/// Whether what Windows prints for a Win32 code stands right after it: `5 (Access is denied.)`, `5, ErrorDescription="Access is denied."`.
pub(super) fn follows(code: Code, behind: &[u8]) -> bool {
    let after_signs = |text: &'_ [u8]| {
        let is_sign = |b: &&u8| matches!(b, b' ' | b'\t' | b':' | b';' | b',' | b'.' | b'-' | b'=' | b'"' | b'\'' | b'\\' | b'(');
        text.iter().take(8).take_while(is_sign).count()
    };
    let signs = after_signs(behind);
    let mut follows = &behind[signs..];
    // The rest is for the few numbers that a text can follow.
    let Some(word) = first_word(follows).filter(|word| signs > 0 && word[0].is_ascii_alphabetic()) else { return false };
    if names_a_text(word) {
        follows = &follows[word.len()..];
        follows = &follows[after_signs(follows)..];
    }
    let Some(printed) = printed_for(code) else { return false };
    follows.get(..printed.len()).is_some_and(|text| text.eq_ignore_ascii_case(printed)) && is_right_edge(&follows[printed.len()..])
}

/// Whether a word is the name of a field that tells what a number before it means.
fn names_a_text(word: &[u8]) -> bool {
    let ends = |name: &[u8]| word.len().checked_sub(name.len()).is_some_and(|at| is_like(&word[at..], name));
    [&b"description"[..], b"message", b"text"].into_iter().any(ends)
}
