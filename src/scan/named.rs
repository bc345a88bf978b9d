//! Numbers that their own words make an error: a token of Microsoft Entra ID, an exit code, the number of an Apple domain.
//!
//! 1. **`AADSTS` and four to seven digits**, also with a blank, colon or hyphen between, known or not; and the numbers of `"error_codes":[50126]`.
//! 2. **An exit code** in decimal, after the phrases of the lists `exit` and `exit-weak`, where the table has that number as the name of a problem
//!    of app installation. After a weak phrase (`returned`, `error`) it has four digits or more and nothing after it that goes on as a count
//!    (`returned 3010 rows`) or a numbered message (`Error 1606. Could not ...`). A phrase of another alphabet is read back from the number.
//! 3. **A Win32 code** in decimal, after the phrases of the lists `win32`, `winhttp` and, where a word between says that it failed,
//!    `win32-function`: `Win32 error 1326`, `GetLastError() = 126`, `WinHttpSendRequest failed (12007)`, `RPC failed (Win32: 1722)`,
//!    `CreateProcess failed: 740`, and in any language `CreateProcess schlug fehl; Code 740`. One of `WinHTTP` is found after those of
//!    `exit-weak`, too, in a sentence with a word of `network-word`. After a word for an error, one that the table has is found where a call
//!    failed in its sentence or the one before (`DsGetDcName failed error 1355`), one of a VPN connection in a sentence with a word of `vpn-word`,
//!    and one of a service before a sentence with a word of `service-word` (of 1067 also of `process-word`). Few digits need the function of
//!    Windows that failed, and the numbers of installers are others. So are those of other programs and systems: their line names them
//!    (`other-word`, `apsd[1326]: `), or the state of a database follows (`(HY000)`, `, Severity: 16`).
//! 4. **The number of a token of Microsoft Entra ID** without its letters, where the table has it: after the phrases of the list `sign-in`; after
//!    those of `exit-weak` in a sentence with a word of `sign-in-word` (`Sign-in failed with error 53003`), and in
//!    `"errorCode":53003,"failureReason":"..."`.
//! 5. **A constant of the Windows headers** by its name, if that is one of an error: in capitals, a whole word.
//! 6. **The number of a domain** (`MCInstallationErrorDomain Code=4001`), before or after it, where the table has both as one name. It is never
//!    a Windows code. Both can stand in two lines, as Apple's systems print them; the finding is in the later one.

use std::ops::Range;

use memchr::{memchr2, memmem};

use super::announce;
use super::digits;
use super::edges::{first_word, has_word, is_http, is_left_edge, is_like, is_line_end, is_right_edge, is_word, number};
use super::finding::{Finding, Found, KnownText};
use super::line::{self, REACH};
use super::printed;
use crate::code::{Code, Kind};
use crate::key::{
    self, ANY_JOINTS, FIELD_JOINTS, GRAM, SHORT_JOINTS, TRIGGER_AADSTS, TRIGGER_BRACKETED, TRIGGER_DOMAIN, TRIGGER_ERROR_CODES,
    TRIGGER_PHRASE, TRIGGER_PRINTED, phrase_trigger,
};
use crate::table::words::{self, Announces, Lists};
use crate::table::{self, Area, Entry, Meaning, Symbol, Table, alias};

/// Finds what a trigger of this kind, which begins at `at`, tells of.
pub(super) fn at_trigger(text: &[u8], at: usize, kind: u16, offset: u16, table: Table, findings: &mut Vec<Finding>) {
    match kind {
        TRIGGER_AADSTS => findings.extend(aadsts(text, at)),
        TRIGGER_ERROR_CODES => error_codes(text, at, findings),
        TRIGGER_PHRASE => findings.extend(announced(text, at, offset, table)),
        TRIGGER_PRINTED => findings.extend(printed::in_place(text, at, at + usize::from(offset))),
        TRIGGER_BRACKETED => findings.extend(printed::after_text(text, at).into_iter().chain(printed::before_text(text, at))),
        TRIGGER_DOMAIN => findings.extend(at.checked_sub(usize::from(offset)).and_then(|start| domain(text, start, table))),
        _ => {}
    }
}

/// The constant whose first underscore is here.
pub(super) fn constant(text: &[u8], underscore: usize) -> Option<Finding> {
    /// No constant is longer, and none has a longer first word.
    const LONGEST: (usize, usize) = (96, 16);
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let first = text[..underscore].iter().rev().take(LONGEST.1).take_while(|byte| is_part(byte)).count();
    // The digits before it belong to an escape.
    let digits = text[underscore - first..underscore].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let start = underscore - first + digits;
    // Most words end here, and so do all underscores of a name but its first.
    if !table::may_begin_constant(&text[start..underscore]) || !is_left_edge(&text[..start]) {
        return None;
    }
    let rest = text[underscore..].iter().take(LONGEST.0).take_while(|byte| is_part(byte) || **byte == b'_').count();
    let name = std::str::from_utf8(&text[start..underscore + rest]).ok()?;
    // The last one can begin an escape.
    let name = name.strip_suffix('_').unwrap_or(name);
    let end = start + name.len();
    if !is_right_edge(&text[end..]) {
        return None;
    }
    let what = match Symbol::of_error(name) {
        // People mean another code than the headers do by a few.
        Some(symbol) => alias(name).map_or(Found::Symbol(symbol), |(_, code)| Found::Code(code)),
        None => Found::Code(Meaning::of_error(name)?.code()),
    };
    Some(Finding { start, end, what })
}

fn aadsts(text: &[u8], at: usize) -> Option<Finding> {
    let name = at + b"AADSTS".len();
    let begin = name + text[name..].iter().take(2).take_while(|b| matches!(b, b' ' | b':' | b'-')).count();
    let (value, len) = number(&text[begin..], 7)?;
    let is_joined = begin == name || text[begin] != b'0';
    (len > 3 && is_joined && is_left_edge(&text[..at])).then(|| Finding { start: at, end: begin + len, what: Found::Aadsts(value) })
}

/// The numbers of `"error_codes":[50126,50034]`.
fn error_codes(text: &[u8], at: usize, findings: &mut Vec<Finding>) {
    let mut begin = at + b"error_codes".len();
    let is_joint = |b: &u8| matches!(b, b'"' | b'\'' | b'\\' | b' ' | b':' | b'=');
    begin += text[begin..].iter().take(8).take_while(|b| is_joint(b)).count();
    if text.get(begin) != Some(&b'[') {
        return;
    }
    // A list of more is none of a token service.
    for _ in 0..8 {
        begin += 1 + text[begin + 1..].iter().take(2).take_while(|b| **b == b' ').count();
        let Some((value, len)) = number(&text[begin..], 7) else { return };
        if len > 3 {
            findings.push(Finding { start: begin, end: begin + len, what: Found::Aadsts(value) });
        }
        begin += len;
        if text.get(begin) != Some(&b',') {
            return;
        }
    }
}

/// How many signs may stand between a phrase and its number: `PowerShell` puts the values of a list in one column.
const COLUMN: usize = 32;

/// The finding of a decimal number that a phrase announces: an exit code or a Win32 code.
fn announced(text: &[u8], at: usize, phrase: u16, table: Table) -> Option<Finding> {
    let (phrase, announces) = words::phrase(phrase);
    let is_win32 = announces.is_of_windows();
    let at = at.checked_sub(phrase_trigger(phrase))?;
    let after = text[at..].get(phrase.len()..)?;
    // Mostly a code follows; no word that may stand between has this digit.
    let is_before_code = after.iter().take(24).find(|b| b.is_ascii_digit()) == Some(&b'0');
    let is_exception = phrase.ends_with(b"exception");
    let is_told = is_exception || phrase == b"exit code";
    if is_before_code && !is_exception || !is_like(&text[at..at + phrase.len()], phrase) {
        return None;
    }
    let is_joint = |b: &u8| {
        matches!(b, b' ' | b'\t' | b':' | b'=' | b'"' | b'\'' | b'\\' | b'(' | b'[' | b'#' | b'>' | b'*' | b'`') || is_win32 && *b == b')'
    };
    if is_told && let Some(found) = printed::of_exception(text, text.len() - after.len()) {
        return Some(found);
    }
    if is_before_code || !is_left_edge(&text[..at]) {
        return None;
    }
    // Of the two forms of a function: RegOpenKeyExW.
    let after = match after {
        [b'A' | b'W', next, ..] if is_win32 && !is_word(*next) => &after[1..],
        _ => after,
    };
    let mut between = Lists::FILLER.and(Lists::CODE);
    if is_win32 {
        between = between.and(Lists::ERROR).and(Lists::RESULT).and(Lists::FAILED);
    }
    let after = if announces == Announces::Function { past_arguments(after, between) } else { after };
    let end = text.len() - after.len();
    let mut rest = after;
    let mut told = Lists::default();
    if is_win32 && let Some(code) = after_semicolon(after) {
        (rest, told) = (code, Lists::FAILED);
    }
    for _ in 0..4 {
        // A loop up to a constant would be unrolled, each turn with a table of its own.
        let column = &rest[..rest.len().min(COLUMN)];
        rest = &rest[column.iter().position(|b| !is_joint(b)).unwrap_or(column.len())..];
        if rest.first().is_some_and(u8::is_ascii_digit) {
            break;
        }
        let (lists, len) = word_between(rest);
        if !lists.has(between) {
            break;
        }
        told = told.and(lists);
        rest = &rest[len..];
    }
    let joint = after.len() - rest.len();
    let joints = if is_win32 { &FIELD_JOINTS[..] } else { &SHORT_JOINTS[..] };
    if phrase.len() < GRAM && !joints.iter().any(|known| known.as_bytes() == &after[..joint]) {
        return None;
    }
    // What a function is given, or returns, is no error.
    let behind = &rest[rest.iter().take_while(|b| b.is_ascii_digit()).count()..];
    let is_error = || told.has(Lists::ERROR.and(Lists::FAILED)) && !(behind.starts_with(b" ") && goes_on(behind));
    if joint == 0 || announces == Announces::Function && !is_error() {
        return None;
    }
    counted(text, at..end, end + joint, announces, table)
}

/// What follows the brackets with what a function was given: `RegCreateKeyEx(...) returned error code 5`.
fn past_arguments(after: &[u8], between: Lists) -> &[u8] {
    const LONGEST: usize = 80;
    let given = after.strip_prefix(b"(").filter(|given| !word_between(given).0.has(between));
    let end = given.and_then(|given| given[..given.len().min(LONGEST)].iter().position(|b| matches!(b, b')' | b'\n' | b'\r')));
    match (given, end) {
        (Some(given), Some(end)) if given[end] == b')' => &given[end + 1..],
        _ => after,
    }
}

/// What follows the word for code of a call that failed, as Inno Setup prints it, in each language with other words before the semicolon:
/// `CreateProcess failed; code 740.`
fn after_semicolon(after: &[u8]) -> Option<&[u8]> {
    const NEAR: usize = 40;
    const WIDE: &[u8] = "\u{FF1B}".as_bytes();
    let near = &after[..after.len().min(NEAR)];
    // Few texts have one.
    memchr2(b';', WIDE[0], near)?;
    let is_told = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii() || matches!(b, b' ' | b':' | b'(' | b')');
    let told = &near[..near.iter().take_while(|b| is_told(b)).count()];
    let rest = match memmem::find(told, WIDE) {
        Some(at) => &after[at + WIDE.len()..],
        None => after[told.len()..].strip_prefix(b";")?,
    };
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let (lists, len) = word_between(rest);
    lists.has(Lists::CODE.and(Lists::ERROR)).then(|| &rest[len..])
}

/// The lists of the word that `text` begins with, of any alphabet and in any case, and its length with the plural that French puts in brackets:
/// `OpenService ECHEC(S) 5`.
fn word_between(text: &[u8]) -> (Lists, usize) {
    let len = text.iter().take(32).take_while(|b| is_word(**b) || !b.is_ascii()).count();
    let word = &text[..len];
    let lists = if word.is_ascii() { words::lists(word) } else { words::lists(String::from_utf8_lossy(word).to_lowercase().as_bytes()) };
    (lists, len + if matches!(text[len..], [b'(', b's' | b'S', b')', ..]) { 3 } else { 0 })
}

/// The finding of the decimal number that begins at `start`, if a phrase of another alphabet announces it. The words of such phrases are not looked
/// for: the number is what is seen.
pub(super) fn after_wide(text: &[u8], start: usize, table: Table) -> Option<Finding> {
    if !matches!(text[start], b'1'..=b'9') {
        return None;
    }
    let mut end = start;
    for _ in 0..6 {
        end -= match &text[..end] {
            [.., b' ' | b'\t' | b':' | b'=' | b'"' | b'\'' | b'(' | b'[' | b'#'] => 1,
            before => match announce::wide(before) {
                Some((len, b' ' | b':' | b'=' | b'(')) => len,
                _ => break,
            },
        };
    }
    let (phrase, announces) = words::wide_phrase(&text[..end])?;
    // A letter of ASCII right before the number would be a part of it.
    let is_apart = end < start || !phrase.last().is_some_and(u8::is_ascii);
    is_apart.then(|| counted(text, end - phrase.len()..end, start, announces, table)).flatten()
}

/// The finding of the decimal number that begins at `start`, which the phrase that stands there in `text` announces.
fn counted(text: &[u8], phrase: Range<usize>, start: usize, announces: Announces, table: Table) -> Option<Finding> {
    let rest = &text[start..];
    let (value, len) = number(rest, 9)?;
    let weak = announces == Announces::Perhaps;
    let told = &text[..phrase.end];
    let behind = &rest[len..];
    let is_part = rest.starts_with(b"0") || matches!(behind, [b'.' | b'-' | b'/' | b':', next, ..] if next.is_ascii_digit());
    if is_part || digits::is_measured(behind) || announce::has_domain(told) {
        return None;
    }
    if announces.is_of_windows() {
        let code = Code::new(value);
        let is_there = if announces == Announces::WinHttp { is_http(code) } else { (2..=0xFFFF).contains(&value) };
        let is_told = phrase.len() >= GRAM || is_of_win32(&text[..phrase.start], len, behind) || printed::follows(code, behind);
        let is_no_error = || Meaning::by_code(code).is_some_and(|of| of.code() == code && of.name().is_some_and(words::is_no_error));
        return (is_there && is_told && is_win32_code(code, table) && !is_no_error()).then(|| digits::found(start, start + len, code));
    }
    // After other short words only some numbers are looked for.
    let any_joint = || ANY_JOINTS.iter().any(|joint| joint.as_bytes() == &text[phrase.end..start]);
    // Of another alphabet the number is what is seen, with any signs before it.
    let is_seen = phrase.len() >= GRAM || !text[phrase.clone()].is_ascii();
    let is_any = is_seen || key::may_announce_token(&text[phrase.clone()]) && any_joint();
    let may_be_token = announces == Announces::SignIn || weak && key::may_announce_token(&text[phrase.clone()]);
    if may_be_token && is_token(value, table) && (!weak || tells_of(words::sign_in_words(), told, behind) || is_sign_in(behind)) {
        return Some(Finding { start, end: start + len, what: Found::Aadsts(value) });
    }
    if announces == Announces::SignIn {
        return None;
    }
    let code = Code::new(value);
    let is_of_http = may_be_token && is_http(code) && is_win32_code(code, table);
    if is_of_http && tells_of(words::network_words(), told, behind) && !is_anothers(told, len, behind) {
        return Some(digits::found(start, start + len, code));
    }
    let is_exit_code = is_exit_code(&rest[..len], table);
    if is_any && value <= 0xFFFF && printed::follows(code, behind) {
        let what = if is_exit_code { Found::ExitCode(value) } else { Found::Code(code) };
        return Some(Finding { start, end: start + len, what });
    }
    if value > 0xFFFF && !is_exit_code {
        return None;
    }
    let goes_on = weak && goes_on(behind);
    if is_exit_code && !goes_on && (len > 3 || !weak && announce::tells_of_installer(told)) {
        return Some(Finding { start, end: start + len, what: Found::ExitCode(value) });
    }
    let is_win32 = is_any && weak && is_failed_calls(text, phrase, len, code, behind, table);
    is_win32.then(|| digits::found(start, start + len, code))
}

/// Whether a number of `len` digits after a word for an error is a Win32 code: that of a call that failed, of a VPN connection, or of a service.
#[inline(never)]
fn is_failed_calls(text: &[u8], phrase: Range<usize>, len: usize, code: Code, behind: &[u8], table: Table) -> bool {
    let goes_on = goes_on(behind);
    if !goes_on && text[phrase.clone()].eq_ignore_ascii_case(b"returned") && line::is_of_net_use(&text[..phrase.start]) {
        return code.bits() > 1 && is_win32_code(code, table);
    }
    let word = text[phrase.clone()].iter().take_while(|b| b.is_ascii_alphabetic() || !b.is_ascii()).count();
    if !words::lists(&text[phrase.start..phrase.start + word]).has(Lists::ERROR) {
        return false;
    }
    // HTTP has those of three digits.
    let is_of_calls = !goes_on
        && !(400..600).contains(&code.bits())
        && digits::is_known_win32(code, table)
        && announce::tells_of_failed_call(&text[..phrase.start], len);
    let told = &text[..phrase.end];
    // After a colon Windows says what the number means, in its own language.
    let is_told = !goes_on || matches!(behind, [b':', b' ', next, ..] if next.is_ascii_uppercase());
    let is_about = || match code.bits() {
        600..=869 | 13_800..=13_999 => tells_of(words::vpn_words(), told, behind),
        1067 if tells_of(words::process_words(), &[], behind) => true,
        1051..=1079 => tells_of(words::service_words(), &[], behind),
        _ => false,
    };
    (is_of_calls || is_told && is_win32_code(code, table) && is_about()) && !is_anothers(told, len, behind)
}

/// Whether the line of a number of `len` digits tells that it is one of another system or program. Of a service Windows tells, whatever its name;
/// and after the provider of a connection to SQL Server (`provider: Named Pipes Provider, error: 40`) stands a Win32 code.
#[inline(never)]
fn is_anothers(told: &[u8], len: usize, behind: &[u8]) -> bool {
    let is_windows = || line::has_one_of(told, behind, words::service_words().chain(["provider:"]));
    line::is_of_another_system(line::line_before(told)) || len > 3 && line::has_one_of(told, behind, words::other_words()) && !is_windows()
}

/// Whether a number of `len` digits is a Win32 code where the name of that domain and a colon or an equals sign are all that is between `told` and
/// it: in brackets with them, or in a sentence that tells of a failure. Few digits can be a platform's, and need both.
fn is_of_win32(told: &[u8], len: usize, behind: &[u8]) -> bool {
    let closes = matches!(behind, [b')' | b']', ..]);
    let is_inside = matches!(told, [.., b'(' | b'[']) && matches!(behind, [b')' | b']' | b',' | b';', ..]);
    if len == 1 && !closes || len < 3 && !is_inside {
        return false;
    }
    len > 2 && is_inside || !goes_on(behind) && announce::tells_of_failure(told)
}

/// How far from a number the word may stand that tells what its sentence is about.
const ABOUT: usize = 64;

/// Whether the sentence of a number, of which `told` stands before it and `behind` after it, has one of these words.
fn tells_of(mut words: impl Iterator<Item = &'static str>, told: &[u8], behind: &[u8]) -> bool {
    let ends = |pair: &[u8]| matches!(pair, [b'.' | b';' | b'!' | b'?', b' '] | [b'|' | b'\n' | b'\r', _]);
    let from = told.len().saturating_sub(ABOUT);
    let from = told[from..].windows(2).rposition(ends).map_or(from, |at| from + at + 1);
    let to = behind.len().min(ABOUT);
    let to = behind[..to].windows(2).position(ends).unwrap_or(to);
    words.any(|word| has_word(told, from..told.len(), word) || has_word(behind, 0..to, word))
}

/// Whether the next key after a number is the one that sign-in logs have after that of an error, or the page that tells a user of it.
fn is_sign_in(behind: &[u8]) -> bool {
    let begins = |rest: &[u8], key: &[u8]| rest.get(..key.len()).is_some_and(|of| of.eq_ignore_ascii_case(key));
    if behind.strip_prefix(b" ").is_some_and(|rest| begins(rest, b"Request Id:")) {
        return true;
    }
    let rest = behind.trim_ascii_start().strip_prefix(b",").unwrap_or_default().trim_ascii_start();
    let rest = rest.strip_prefix(b"\\").unwrap_or(rest);
    begins(rest.strip_prefix(b"\"").unwrap_or(rest), b"failureReason")
}

/// Whether the table has a number as that of a token of Microsoft Entra ID.
fn is_token(number: u32, table: Table) -> bool {
    number > 9999 && table.by_name(&format!("AADSTS{number}")).next().is_some()
}

/// Whether the headers have a number as a Win32 code, or the table has it.
fn is_win32_code(code: Code, table: Table) -> bool {
    table.may_be_known(code) && (table.lists(code) || Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32))
}

/// Whether what follows a number makes it a count or the number of a message: a word that is no part of a new clause, or a sentence of its own.
/// The state of a database makes it the number of that: `ERROR 1045 (28000)`, `Error: 1225, Severity: 16`.
fn goes_on(behind: &[u8]) -> bool {
    match behind {
        [b' ', b'(', state @ ..] if state.len() > 5 && state[5] == b')' => {
            state[..5].iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        }
        [b',', b' ', rest @ ..] => first_word(rest).is_some_and(|word| word.eq_ignore_ascii_case(b"severity")),
        [b'.' | b':', b' ', next, ..] | [b'.', next, ..] => next.is_ascii_alphabetic(),
        [b' ', rest @ ..] => first_word(rest).is_some_and(|word| !words::lists(word).has(Lists::CLAUSE)),
        _ => false,
    }
}

/// Whether the table has a number as what an installer or process ends with.
fn is_exit_code(digits: &[u8], table: Table) -> bool {
    let Ok(name) = std::str::from_utf8(digits) else { return false };
    let is_success = |entry: Entry| entry.names().any(|of| of == "0");
    let is_installers = |entry: Entry| entry.area() == Area::AppInstall || entry.file().is_some();
    table.by_name(name).any(|entry| is_installers(entry) && entry.names().any(|of| of == name) && !is_success(entry))
}

/// The finding of a domain that begins at `start` and its number.
fn domain(text: &[u8], start: usize, table: Table) -> Option<Finding> {
    let len = text[start..].iter().take(80).take_while(|b| b.is_ascii_alphanumeric() || **b == b'.').count();
    let end = start + len;
    if !is_left_edge(&text[..start]) || !is_right_edge(&text[end..]) {
        return None;
    }
    let name = std::str::from_utf8(&text[start..end]).ok()?;
    let known = |number: &[u8]| {
        let number = std::str::from_utf8(number).ok()?;
        table.searched_text(&format!("{name} Code={number}")).map(|text| Found::Text(KnownText(text)))
    };
    let after = &text[end..];
    let line = line::line_after(after);
    if let Some((from, to)) = number_after(line) {
        return known(&line[from..to]).map(|what| Finding { start, end: end + to, what });
    }
    let before = &text[start.saturating_sub(REACH)..start];
    if let Some((from, to)) = number_before(before) {
        let what = known(&before[from..to])?;
        let is_in_line = !before[from..].iter().any(|b| is_line_end(*b));
        let from = if is_in_line { start - before.len() + from } else { start };
        return Some(Finding { start: from, end, what });
    }
    let (from, to) = number_below(after)?;
    known(&after[from..to]).map(|what| Finding { start: end + from, end: end + to, what })
}

/// The number in the line after that of a domain: `Code   : 4001`.
fn number_below(after: &[u8]) -> Option<(usize, usize)> {
    let ends = after.iter().take(8).position(|b| is_line_end(*b))?;
    let begin = ends + after[ends..].iter().take_while(|b| is_line_end(**b) || matches!(b, b' ' | b'\t' | b'"')).count();
    let word = first_word(&after[begin..])?;
    if !word.eq_ignore_ascii_case(b"code") || memchr::memchr_iter(b'\n', &after[..begin]).count() > 1 {
        return None;
    }
    number_after(line::line_after(&after[begin..])).map(|(from, to)| (begin + from, begin + to))
}

/// Whether `word` is one that stands between a domain and its number.
fn is_of_domain(word: &[u8]) -> bool {
    words::lists(word).has(Lists::CODE.and(Lists::ERROR).and(Lists::DOMAIN).and(Lists::FILLER).and(Lists::MEASURE))
}

/// The number after a domain, with its sign.
fn number_after(after: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    while at < after.len().min(64) {
        let byte = after[at];
        if byte.is_ascii_digit() {
            let from = if after[..at].ends_with(b"-") { at - 1 } else { at };
            return number(&after[at..], 10).map(|(_, len)| (from, at + len));
        }
        if is_word(byte) {
            let word = first_word(&after[at..])?;
            if !is_of_domain(word) {
                return None;
            }
            at += word.len();
        } else if matches!(byte, b';' | b'}') {
            return None;
        } else {
            at += 1;
        }
    }
    None
}

/// The number before a domain, as JSON and property lists have it, whose keys are in order: `"ErrorCode":4001,"ErrorDomain":"..."`. The key of the
/// number stands before it, and only words of such lists between. It can stand in a line before.
fn number_before(before: &[u8]) -> Option<(usize, usize)> {
    let mut end = before.len();
    let mut number = None;
    let mut ends = 0;
    loop {
        let byte = *before[..end].last()?;
        let len = before[..end].iter().rev().take(24).take_while(|b| is_word(**b)).count();
        let word = &before[end - len..end];
        ends += usize::from(byte == b'\n' || byte == b';');
        if ends > 6 || byte == b';' && number.is_some() || matches!(byte, b'}' | b'{') {
            return None;
        } else if len == 0 {
            end -= 1;
            continue;
        } else if number.is_none() && end < before.len() && word.iter().all(u8::is_ascii_digit) {
            let from = if before[..end - len].ends_with(b"-") { end - len - 1 } else { end - len };
            number = Some((from, end));
        } else if !is_of_domain(word) {
            return None;
        } else if number.is_some() && word.to_ascii_lowercase().ends_with(b"code") {
            // Over the end of a line, only the key that stands beside that of a domain.
            let is_near = !before[end..].iter().any(|b| is_line_end(*b)) || word.eq_ignore_ascii_case(b"errorcode");
            return number.filter(|_| is_near);
        }
        end -= len;
    }
}
