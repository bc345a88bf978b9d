//! What belongs together of what was found: of two findings that overlap one stays, and what stands side by side and tells of one error is one.
//!
//! 1. **Two spellings** of one error side by side are the first of them: `0x80180026 - 2149056550`. The same spelling twice is the error twice.
//! 2. **A name or message and its code** are one finding with both, and the code alone where the text says nothing that the code does not. A text whose
//!    problem has no code takes any. A code that the problem does not have is an error of its own.
//! 3. **A token of Microsoft Entra ID and its name** are the token: `AADSTS50097: DeviceAuthenticationRequired`.
//! 4. **A constant and its code** in one line, not far apart, are the code.
//! 5. **The number of a domain and its message** are the number, which says all that the message does: in one line, or the message in a field of its
//!    own in one of the lines after. Where it stands in a line before, it was told by then, and the number says it again.
//! 6. **The code of any failure and what failed**, as .NET prints both, are what failed: `Win32Exception (0x80004005): Access is denied`. A code that
//!    it prints twice of one exception is the first of them.
//! 7. **Of an overlap** a code or a token of Microsoft Entra ID stays before a message that holds it, and otherwise the longer, then the first.

use std::cmp::Reverse;

use memchr::{memchr_iter, memchr2, memmem};

use super::finding::{Finding, Found, KnownText};
use super::line::line_before;
use super::printed;
use crate::code::Code;
use crate::table::words::{self, Lists};
use crate::table::{Entry, Symbol, Table};

/// Puts findings in order and settles what belongs together: first what overlaps, then what stands side by side.
pub(super) fn resolve(text: &[u8], findings: &mut Vec<Finding>, table: Table) {
    // Somebody's own text stays before the same one of the table.
    findings.sort_unstable_by_key(|finding| (finding.start, Reverse(finding.end), !is_own(finding)));
    apart(findings);
    let mut kept: usize = 0;
    // Where the last of what was kept ends together with what belongs to it.
    let mut reach = 0;
    for position in 0..findings.len() {
        let mut finding = findings[position];
        let last = kept.checked_sub(1).map(|last| findings[last]);
        if last.is_some_and(|last| is_same_exception(text, last, finding)) {
            continue;
        }
        let mut end = finding.end;
        if let Some(last) = last
            && is_beside(&text[reach..finding.start], last.what, finding.what)
            && let Some(one) = side_by_side(text, last, finding, table)
        {
            kept -= 1;
            finding = one;
            end = end.max(reach);
        }
        findings[kept] = finding;
        kept += 1;
        reach = end.max(finding.end);
    }
    findings.truncate(kept);
    without_told(text, findings);
}

/// Whether a code is the one that .NET prints a second time after the text of an exception: `0x80070005: Access is denied. (Exception from HRESULT:
/// 0x80070005 (E_ACCESSDENIED))`, `(0x8000500C): Unknown error (0x8000500c)`.
#[inline(never)]
fn is_same_exception(text: &[u8], first: Finding, second: Finding) -> bool {
    let gap = &text[first.end..second.start];
    let is_again = gap == b"): Unknown error (" || gap.len() <= 256 && gap.ends_with(b"(Exception from HRESULT: ") && is_line(gap);
    is_again && first.what.code().is_some_and(|code| second.what.code().is_some_and(|of| is_same(code, of)))
}

fn is_own(finding: &Finding) -> bool {
    finding.what.text().is_some_and(|known| known.0.is_own())
}

/// Takes out the texts of which another finding tells all: constants beside their codes, and the messages of a domain's number.
fn without_told(text: &[u8], findings: &mut Vec<Finding>) {
    if findings.iter().any(|finding| matches!(finding.what, Found::Symbol(_) | Found::Text(_))) {
        let is_told = |at: usize| is_name_of_code(text, findings, at) || is_told_by_number(text, findings, at);
        let told: Vec<bool> = (0..findings.len()).map(is_told).collect();
        let mut told = told.into_iter();
        findings.retain(|_| !told.next().unwrap_or_default());
    }
}

/// Whether a finding is a constant whose code stands before or after it in its line: `STATUS_OBJECT_NAME_NOT_FOUND #5# from
/// Open()[gle=0xd0000034]`.
fn is_name_of_code(text: &[u8], findings: &[Finding], at: usize) -> bool {
    /// No further than this from each other.
    const REACH: usize = 256;
    let constant = findings[at];
    let tells = |other: &Finding| {
        let gap = if constant.end <= other.start { constant.end..other.start } else { other.end..constant.start };
        let is_near = gap.len() <= REACH && is_line(&text[gap]);
        let names = |code| constant.what.constants().iter().any(|symbol| is_same(symbol.code(), code));
        !is_own(&constant) && is_near && number_of(other.what).is_some_and(names)
    };
    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|other| findings.get(other)).any(tells)
}

/// Whether a finding is a message of a problem of which the number of a domain tells, in its line or in a line before; or such a number itself, where
/// the message stands in a line before. Nothing depends on a line after: that may not have come yet.
#[inline(never)]
fn is_told_by_number(text: &[u8], findings: &[Finding], at: usize) -> bool {
    /// How far it is to the number in one line; and from there to the message in lines, which are shown so far.
    const FAR: usize = 1024;
    const NEAR: usize = 320;
    let Finding { start, end, what: Found::Text(message) } = findings[at] else { return false };
    if is_number(message) {
        return is_told_before(text, findings, at);
    }
    let field = field(text, start);
    let tells = |other: &Finding| {
        let is_before = other.start < start;
        // It is no number itself.
        let gap = if is_before { &text[other.end..start] } else { &text[end..other.start.max(end)] };
        let Some(known) = other.what.text().filter(|_| gap.len() <= FAR) else { return false };
        let is_told = is_number(known) && tells_all(known, message);
        if is_line(gap) {
            return is_told;
        }
        let is_there = is_before && start - other.start <= NEAR && !ends_record(gap);
        let is_of_field = |name: &[u8]| match name {
            [b'U', b'S', b' ', b'D', b'e', b's', b'c', ..] => known == message,
            // Where a message has such a field, its number comes after it.
            [b'D', b'e', b's', b'c', ..] => false,
            _ => is_told || known == message && memmem::find(gap, AGAIN).is_some(),
        };
        is_there && field.is_some_and(is_of_field)
    };
    !is_own(&findings[at]) && findings[at.saturating_sub(16)..findings.len().min(at + 16)].iter().any(tells)
}

/// What stands before the lines in which Apple's installer prints once more what it told of an error: `UserInfo={...} {`.
const AGAIN: &[u8] = b"} {\n";

/// Whether braces are closed in a part of a text, and not for that.
fn ends_record(part: &[u8]) -> bool {
    memchr_iter(b'}', part).any(|at| !part[at..].starts_with(AGAIN))
}

/// Whether a finding is the number of a domain in a line after that of its message.
fn is_told_before(text: &[u8], findings: &[Finding], at: usize) -> bool {
    /// So much has the name of a domain in a line of its own.
    const NEAR: usize = 96;
    let Some((before, number)) = at.checked_sub(1).and_then(|before| findings.get(before).zip(findings.get(at))) else { return false };
    let (Found::Text(message), Found::Text(known)) = (before.what, number.what) else { return false };
    let gap = &text[before.end..number.start];
    gap.len() <= NEAR
        && !is_line(gap)
        && !gap.iter().any(|b| matches!(b, b'{' | b'}'))
        && is_number(known)
        && !is_number(message)
        && field(text, before.start).is_some()
        && field(text, number.start).is_some()
        && tells_all(message, known)
}

/// Whether a text is the name of a domain and its number.
fn is_number(known: KnownText) -> bool {
    let text = known.text().as_bytes();
    let digits = text.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let name = &text[..text.len() - digits];
    digits > 0 && name.strip_suffix(b"-").unwrap_or(name).ends_with(b" Code=")
}

/// Whether a text tells all that another one does.
fn tells_all(of: KnownText, other: KnownText) -> bool {
    let of = entries(of);
    entries(other).iter().all(|entry| of.contains(entry))
}

/// The entries of a text. Kept apart, the code is a third as long.
#[inline(never)]
fn entries(known: KnownText) -> Vec<Entry> {
    known.entries().collect()
}

/// Whether a part of a text is in one line.
#[inline(never)]
fn is_line(part: &[u8]) -> bool {
    memchr2(b'\n', b'\r', part).is_none()
}

/// The name of the field that alone stands in the line before a place: `    NSLocalizedDescription = "`. Records begin with a time.
fn field(text: &[u8], start: usize) -> Option<&[u8]> {
    let line = line_before(&text[..start]);
    ((1..=40).contains(&line.len()) && !line.iter().any(u8::is_ascii_digit)).then(|| line.trim_ascii_start())
}

/// Keeps one of each two findings that overlap.
fn apart(findings: &mut Vec<Finding>) {
    let mut kept: usize = 0;
    for position in 0..findings.len() {
        let finding = findings[position];
        while kept > 0 && findings[kept - 1].end > finding.start && second_stays(findings[kept - 1], finding) {
            kept -= 1;
        }
        if kept == 0 || findings[kept - 1].end <= finding.start {
            findings[kept] = finding;
            kept += 1;
        }
    }
    findings.truncate(kept);
}

/// Whether the second of two findings that overlap stays.
fn second_stays(first: Finding, second: Finding) -> bool {
    match (first.what, second.what) {
        // A message with a Win32 code in it says more than that.
        (Found::Text(_), Found::Code(code)) if code.bits() <= 0xFFFF => second.start == first.start || second.end > first.end,
        (Found::Text(_), Found::Code(_) | Found::LowWordOf(_) | Found::Aadsts(_)) => true,
        (Found::Symbol(_), Found::Text(_)) => second.end >= first.end,
        (Found::Text(_), Found::Text(_) | Found::Symbol(_)) => second.end - second.start > first.end - first.start,
        (Found::ExitCode(_), Found::Text(_) | Found::Code(_)) => true,
        _ => false,
    }
}

/// What two findings side by side are if they tell of one error.
fn side_by_side(text: &[u8], first: Finding, second: Finding, table: Table) -> Option<Finding> {
    let gap = &text[first.end..second.start];
    let both = |what| Some(Finding { start: first.start, end: second.end, what });
    // Twice the same spelling is the error twice.
    let respelled = || !text[first.start..first.end].eq_ignore_ascii_case(&text[second.start..second.end]);
    match (first.what, second.what) {
        (Found::Text(known), Found::Code(code)) if tells_of(known, code, gap, false) => {
            if adds_nothing(known, code, table) {
                Some(second)
            } else {
                both(Found::TextWithCode(known, code))
            }
        }
        (Found::Code(code), Found::Text(known)) if tells_of(known, code, gap, true) => {
            if adds_nothing(known, code, table) {
                Some(first)
            } else {
                both(Found::TextWithCode(known, code))
            }
        }
        (Found::TextWithCode(_, code), Found::Code(other)) if is_same(code, other) => Some(first),
        (Found::Code(any), Found::Code(_))
            if any == printed::ANY_FAILURE && gap == b"): " && text[..first.start].ends_with(b"xception (") =>
        {
            Some(second)
        }
        // What the service for SCEP prints after the text of the real error.
        (Found::Code(_), Found::Code(any)) if any == printed::ANY_FAILURE && text[..first.start].ends_with(b"certificate request (") => {
            Some(first)
        }
        (Found::TextWithCode(_, code), Found::Text(known)) if tells_of(known, code, gap, true) && adds_nothing(known, code, table) => {
            Some(first)
        }
        (Found::Code(code), Found::Code(other)) if is_same(code, other) && respelled() => Some(first),
        (Found::ExitCode(number), Found::Code(code)) | (Found::Code(code), Found::ExitCode(number)) if is_same(code, Code::new(number)) => {
            Some(first)
        }
        (Found::Text(known), Found::Text(other)) if known == other && respelled() => Some(first),
        (Found::Symbol(symbol), Found::Symbol(other)) if is_same(symbol.code(), other.code()) && respelled() => Some(first),
        (Found::Text(known), Found::Symbol(symbol)) if has_code(known, symbol.code()) => Some(first),
        (Found::Symbol(symbol), Found::Text(known)) if has_code(known, symbol.code()) => Some(second),
        (of, Found::Symbol(symbol)) if number_of(of).is_some_and(|code| is_same(code, symbol.code())) => Some(first),
        (Found::Symbol(symbol), of) if number_of(of).is_some_and(|code| is_same(code, symbol.code())) => Some(second),
        (Found::Aadsts(number), Found::Aadsts(other)) if number == other && respelled() => Some(first),
        (Found::Aadsts(number), Found::Text(known)) if is_name_of(known, number) => Some(first),
        (Found::Text(known), Found::Aadsts(number)) if is_name_of(known, number) => Some(second),
        _ => None,
    }
}

/// Whether two codes are forms of one error.
fn is_same(a: Code, b: Code) -> bool {
    a == b || a.other_form() == Some(b)
}

/// The code that a finding has by a number.
fn number_of(found: Found) -> Option<Code> {
    match found {
        Found::ExitCode(number) => Some(Code::new(number)),
        _ => found.code(),
    }
}

/// Whether a text is that of a problem with this code.
fn has_code(known: KnownText, code: Code) -> bool {
    entries(known).iter().any(|entry| entry.codes().any(|of| is_same(of, code)))
}

/// Whether a name is that of a token of Microsoft Entra ID and of nothing else: `AADSTS50097: DeviceAuthenticationRequired`.
fn is_name_of(known: KnownText, token: u32) -> bool {
    let token = format!("AADSTS{token}");
    entries(known).iter().all(|entry| entry.names().any(|of| of == token))
}

/// Whether a code beside a text is that of its problem, or can be since its problem has none: then nothing in the gap separates the two, and after
/// a code something joins them.
fn tells_of(known: KnownText, code: Code, gap: &[u8], code_first: bool) -> bool {
    let is_apart = gap == b"-" || gap.iter().any(|b| b",;/|.!?".contains(b));
    let is_joined = !code_first || gap.iter().any(|b| b":(-[".contains(b));
    // The brackets after a message, and after its full stop, hold its code, no matter what the table says.
    let is_messages =
        !code_first && matches!(gap.strip_prefix(b".").unwrap_or(gap), b" [" | b" (" | b"[" | b"(") && known.text().contains(' ');
    is_messages || has_code(known, code) || !is_apart && is_joined && entries(known).iter().all(|entry| entry.codes().len() == 0)
}

/// Whether a text says nothing that its code does not: it is the code's constant, or belongs to all the problems of the code.
fn adds_nothing(known: KnownText, code: Code, table: Table) -> bool {
    if Symbol::by_name(known.text()).any(|symbol| is_same(symbol.code(), code)) {
        return true;
    }
    let mut all = table.by_code(code).chain(code.other_form().into_iter().flat_map(|other| table.by_code(other))).peekable();
    let of_text = entries(known);
    all.peek().is_some() && all.all(|entry| of_text.contains(&entry))
}

/// Whether two findings with only `gap` between them stand side by side: `0x80180026 - 2149056550`, `0x87D1041C (decimal -2016345060)`,
/// `0x800706BA (WIN32: 1722 RPC_S_SERVER_UNAVAILABLE)`.
fn is_beside(gap: &[u8], first: Found, second: Found) -> bool {
    if gap.len() > 32 || !is_line(gap) {
        return false;
    }
    let respells =
        |word: &[u8]| decimal(word).is_some_and(|code| [first, second].iter().any(|what| what.code().is_some_and(|of| is_same(of, code))));
    let mut far = gap.len();
    let mut words = gap.split(|b| !b.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let nothing_else = words.all(|word| {
        if respells(word) {
            far -= word.len();
            return true;
        }
        words::lists(word).has(Lists::BETWEEN)
    });
    nothing_else && far <= 17
}

/// The code that a word of digits is.
fn decimal(word: &[u8]) -> Option<Code> {
    std::str::from_utf8(word).ok()?.parse().ok().map(Code::new)
}
