//! Which digits in a log are an error code.
//!
//! 1. **What is found**: a known code, one that has an entry or a symbol and the failure bit, or one that an entry lists without it (0x00240005);
//!    and a code with the failure bit that nothing is known of where its line calls it an error. [`announce`] says what a line says.
//!    With `all`, any prefixed failure code that its line does not call something else.
//! 2. **With `0x`**: eight digits, also with C's suffix (`0x80070005L`); sixteen whose first eight are F, a sign-extended code (other sixteen are
//!    addresses and flags). Fewer digits, or a Win32 code with zeros before it, where an entry lists just that value (0xAB2, and none up to
//!    0x7FF), or where the line calls it an error and it is a Win32 code or listed (`FAIL [0x54b]`). Never in brackets after the same number in
//!    decimal, unless that is called an error, and none up to 0x7FF in a line that names a blue screen.
//! 3. **Eight hex digits without `0x`** are also dates, hashes, thread ids and sizes. So only a known code is found, or one of a known facility
//!    in brackets after a failure (`*FAILED* [8024FEEE]`); nothing that is joined to something else, nothing beside cells of a dump, and no
//!    unit after it. 80000000 to 80000FFF are round numbers unless the line calls them an error; so is a number like C0000700 after a name and
//!    an equals sign that are none of an error (`vis=c0000700`). Before a Win32 code zeros stand in what a task
//!    sequence prints, and nowhere else.
//! 4. **Decimal numbers** under the same rules: ten digits from 2147483649 on, nine or ten after a minus sign, ten after `%%`, and the twenty digits
//!    of a sign-extended code. Fewer digits after `%%` are a Win32 code that the table has, after a word for an error or in a field without a name
//!    (`error: %%1060`, `param2=%%1053`).
//! 5. **Never**: all bits set, 0x80000000, an HRESULT that wraps the Win32 code 0, the reason for a restart (`Reason Code: 0x80020003`), and an
//!    error of Kerberos (`Failure Code: 0x18`).

use super::announce::{self, Announcement, FAILURES, Form, Said};
use super::edges::{self, cells, first_word, hex, is_left_edge, is_right_edge, is_word, without_suffix};
use super::finding::{Finding, Found, Scanner};
use super::line;
use crate::code::{Code, Kind, Wraps};
use crate::known::is_known_in;
use crate::table::words::{self, Lists};
use crate::table::{Meaning, Symbol, Table};

/// Whether a run of `len` hex digits that begins at `start` can be a code; a `false` is certain. Runs are many and codes few, so this is short.
#[inline]
pub(super) fn may_be_code(text: &[u8], start: usize, len: usize) -> bool {
    match text[..start].last() {
        // A prefix, or an escape whose digits come first.
        Some(b'x' | b'X' | b'u' | b'%') => true,
        _ => match len {
            // A failure, so the first digit is 8 or more. With a hyphen after them begin GUIDs.
            8 if text[start] == b'0' => text[start + 8..].starts_with(SOURCE),
            8 => text[start] >= b'8' && !matches!(text[start + 8..], [b'-', next, ..] if is_word(next)),
            9 | 10 | 20 => true,
            _ => false,
        },
    }
}

/// What a task sequence of Configuration Manager prints after a code: `(Error: 000000C8; Source: Windows)`.
const SOURCE: &[u8] = b"; Source: ";

/// The finding whose digits begin at `start`, where a run of `len` hex digits begins, or of more if it `is_cut`.
#[inline(never)]
pub(super) fn run(text: &[u8], start: usize, len: usize, is_cut: bool, scanner: Scanner) -> Option<Finding> {
    let len = if is_cut { len + text[start + len..].iter().take(26).take_while(|b| b.is_ascii_hexdigit()).count() } else { len };
    match &text[..start] {
        [.., b'0', b'x' | b'X'] => match len {
            8 | 16 => prefixed(text, start, start + len, scanner),
            _ => None,
        },
        // The digits of an escape belong to that.
        [.., b'\\', b'u'] if len > 4 => bare(text, start + 4, len - 4, false, scanner),
        [before @ .., b'%'] if len > 9 && !before.ends_with(b"%") => bare(text, start + 2, len - 2, true, scanner),
        _ => bare(text, start, len, false, scanner),
    }
}

/// The finding of `len` hex digits without a prefix. `in_url` says that an escape of an address stands right before them.
fn bare(text: &[u8], start: usize, len: usize, in_url: bool, scanner: Scanner) -> Option<Finding> {
    match len {
        8 if text[start..].starts_with(b"0000") => {
            let (before, after) = (&text[..start], &text[start + 8..]);
            let code = Code::new(hex(&text[start..start + 8])?);
            let is_error = after.starts_with(SOURCE) && before.ends_with(b"(Error: ") && small(before, after, code, scanner.table);
            is_error.then(|| found(start, start + 8, code))
        }
        8 if text[start] >= b'8' => bare_hex(text, start, start + 8, in_url, scanner),
        9 | 10 | 20 => decimal(text, start, start + len, in_url, scanner),
        _ => None,
    }
}

/// The finding of fewer than eight digits whose `x` stands at `mark`.
pub(super) fn short(text: &[u8], mark: usize, table: Table) -> Option<Finding> {
    let before = text[..mark].strip_suffix(b"0")?;
    let start = mark + 1;
    let len = text[start..].iter().take(8).take_while(|b| b.is_ascii_hexdigit()).count();
    let end = start + len;
    if len == 0 || len == 8 {
        return None;
    }
    let code = Code::new(hex(&text[start..end])?);
    small(before, &text[end..], code, table).then(|| found(before.len(), end, code))
}

/// The Win32 code whose text the reader of an event log puts in place of `%%1060`, which begins at `at`: after a word for an error, or as a field
/// that has no name of its own, as those of services have none. Other such numbers are texts of their providers.
pub(super) fn inserted(text: &[u8], at: usize, table: Table) -> Option<Finding> {
    let (before, digits) = (&text[..at], &text[at + 2..]);
    let len = digits.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let code = Code::new(digits[..len].iter().fold(0, |code, digit| code * 10 + u32::from(digit - b'0')));
    let is_number = (1..=5).contains(&len) && digits[0] != b'0' && is_right_edge(&digits[len..]) && !before.ends_with(b"%");
    if !is_number || !is_known_win32(code, table) {
        return None;
    }
    let field = [&b"="[..], b"\">", b"'>", b"\":\"", b"\": \""].into_iter().find_map(|signs| before.strip_suffix(signs));
    let name = field.map(|name| &name[..name.len() - name.iter().rev().take(2).take_while(|b| b.is_ascii_digit()).count()]);
    let is_field = name.and_then(|name| name.strip_suffix(b"param")).is_some_and(is_left_edge);
    let announced = announce::announcement(before, Form::Plain);
    let is_error = is_field || is_called(announced) && announced.by.has(Lists::ERROR);
    is_error.then(|| found(at, at + 2 + len, code))
}

/// Whether the table has a Win32 code as an error: in a record, or by what it says.
pub(super) fn is_known_win32(code: Code, table: Table) -> bool {
    let is_error = |meaning: &Meaning| meaning.code() == code && !meaning.name().is_some_and(words::is_no_error);
    (2..=0xFFFF).contains(&code.bits())
        && table.may_be_known(code)
        && (table.lists(code) || Meaning::by_code(code).as_ref().is_some_and(is_error))
}

/// Up to this a number is a language (0x409), a message of a window (0x400), a flag or a size, also where an entry lists it.
const EVERYDAY: u32 = 0x7FF;

/// No error of Kerberos has a greater number (RFC 4120).
const LAST_OF_KERBEROS: u32 = 0x44;

/// Whether a prefixed code without the failure bit is an error.
fn small(before: &[u8], after: &[u8], code: Code, table: Table) -> bool {
    if code.bits() < 2 || !table.may_be_known(code) || !is_left_edge(before) || !is_right_edge(after) || before.ends_with(b"+") {
        return false;
    }
    if code.bits() <= LAST_OF_KERBEROS && line::is_of_kerberos(before) {
        return false;
    }
    let announced = announce::announcement(before, Form::Plain);
    // What a step of a domain join came to: status of connecting to dc '\\dc1': 0x569
    let is_joins = || announced.joint.colon && line::is_of_domain_join(before) && announce::tells_how_it_ended(before);
    if announced.said == Said::Other && !is_joins() || is_decimals_hex(before, code) {
        return false;
    }
    let listed = table.lists(code);
    if listed && code.bits() > EVERYDAY && !is_ones(code) {
        return true;
    }
    let is_win32 = code.bits() <= 0xFFFF && Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
    // A constant in source code (`Failure = 0x2,`), a cell of a table, or the first of a range.
    let is_constant = announced.joint.equals
        && matches!(after, [] | [b',' | b';' | b'\n' | b'\r', ..] | [b' ', b'}', ..])
        && !(announced.by.has(Lists::ERROR) && announce::is_of_failed_call(before))
        || announced.joint.apart
        || matches!(after, [b'-', next, ..] if is_word(*next));
    // A result alone can be any number, unless an entry lists it.
    let is_error = announced.by.has(Lists::ERROR.and(Lists::FAILED))
        || announced.by.has(Lists::HRESULT) && edges::is_http(code)
        || announced.by.has(Lists::RESULT.and(Lists::HRESULT)) && line::is_of_domain_join(before);
    let called = is_called(announced) && (listed || is_error) || is_marked_win32(before) || is_joins();
    let is_error = called || announce::is_failures_code(before, after, Lists::ERROR.and(Lists::FAILED));
    (is_win32 || listed) && !is_constant && is_error && !(code.bits() <= EVERYDAY && line::is_of_blue_screen(before, after))
}

/// Whether a number stands in brackets after itself in decimal, and nothing calls that an error: a thread `1424 (0x0590)`.
fn is_decimals_hex(before: &[u8], code: Code) -> bool {
    let Some(rest) = before.strip_suffix(b"(") else { return false };
    let rest = rest.strip_suffix(b" ").unwrap_or(rest);
    let len = rest.iter().rev().take(5).take_while(|b| b.is_ascii_digit()).count();
    let (told, digits) = rest.split_at(rest.len() - len);
    let number = digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    len > 0 && number == code.bits() && !is_called(announce::announcement(told, Form::Plain))
}

/// Whether Windows marks a number as a Win32 code: `WIN32[0x00002EE7]`, or `[gle=0x00000570]` in a sentence that tells of a failure. After
/// another code `[gle=` holds what an earlier call left.
fn is_marked_win32(before: &[u8]) -> bool {
    if let Some(rest) = before.strip_suffix(b"WIN32[") {
        return is_left_edge(rest);
    }
    let Some(rest) = before.strip_suffix(b"[gle=") else { return false };
    let told = rest.trim_ascii_end();
    let last = told.iter().rposition(|b| matches!(b, b' ' | b'(' | b'[')).map_or(told, |at| &told[at + 1..]);
    !last.starts_with(b"0x") && announce::tells_of_failure(rest)
}

fn prefixed(text: &[u8], start: usize, end: usize, scanner: Scanner) -> Option<Finding> {
    let digits = &text[start..end];
    let is_extended = digits.len() == 16;
    let digits = match digits.len() {
        8 => digits,
        16 if digits[..8].iter().all(|b| b.eq_ignore_ascii_case(&b'f')) => &digits[8..],
        _ => return None,
    };
    let code = Code::new(hex(digits)?);
    let before = &text[..start - 2];
    let after = without_suffix(&text[end..]);
    if code.bits() <= 0xFFFF {
        return small(before, after, code, scanner.table).then(|| found(start - 2, end, code));
    }
    let known = is_known_in(scanner.table, code);
    if code.bits() == u32::MAX || !code.is_failure() && !known {
        return None;
    }
    if is_restart(code) && line::is_of_restart(before) || line::is_routine(before, code) || edges::is_span(after) {
        return None;
    }
    if !scanner.all && (is_never(code) || !known && (is_round(code) || scanner.known_only)) {
        return None;
    }
    let begins = is_left_edge(before) || edges::is_glued_name(before, Lists::ERROR.and(Lists::CODE).and(Lists::HRESULT));
    let whole = begins && is_right_edge(after) && !matches!(before, [.., b'+']) && !edges::is_guid(after);
    if !whole || edges::is_right(before, after) || matches!(after, [b'`', next, ..] if next.is_ascii_hexdigit()) {
        return None;
    }
    let announced = announce::announcement(before, Form::Prefixed);
    let is_error = match announced.said {
        Said::Other => false,
        _ if known && !is_ones(code) || scanner.all => true,
        Said::Error => true,
        Said::Nothing => {
            announce::is_failures_code(before, after, FAILURES)
                || announce::is_called_after(after)
                || is_brokers(code) && announced.by.has(Lists::CODE)
                || is_synchronizations(code) && line::is_bail(before)
                || (is_brokers(code) || edges::is_of_a_family(code)) && announce::may_be_failures_code(before, after)
        }
    };
    // One cell beside a value of 64 bits, and two beside one of 32 bits, are a dump.
    let is_dump = || {
        let (left, right) = cells(before, after, true);
        left + right > usize::from(!is_extended)
    };
    (is_error && !is_dump()).then(|| announced_as(announced, found(start - 2, end, code), scanner.table))
}

fn bare_hex(text: &[u8], start: usize, end: usize, in_url: bool, scanner: Scanner) -> Option<Finding> {
    let digits = &text[start..end];
    let code = Code::new(hex(digits)?);
    let known = is_known_in(scanner.table, code);
    if !code.is_failure() || is_never(code) || !known && (scanner.known_only || is_round(code) || !edges::may_be_of_a_family(code)) {
        return None;
    }
    // `&H80070005` and `80070005h` are hex by their own marks.
    let (before, from) = match &text[..start] {
        [before @ .., b'&', b'H' | b'h'] => (before, start - 2),
        before => (before, start),
    };
    let (after, to) = match &text[end..] {
        [b'h' | b'H', after @ ..] => (after, end + 1),
        after => (after, end),
    };
    let begins = is_left_edge(before) || from == start && edges::is_glued_name(before, Lists::ERROR);
    if !begins || !is_right_edge(after) || matches!(before, [.., b'-']) {
        return None;
    }
    if !known && !edges::is_of_a_family(code) {
        return None;
    }
    let announced = announce::announcement(before, Form::Plain);
    let is_round = code.bits() >> 12 == 0x8_0000 && digits.iter().all(u8::is_ascii_digit);
    if in_url && !is_called(announced) || is_round && !is_called(announced) && !announce::is_failures_code(before, after, FAILURES) {
        return None;
    }
    // An NTSTATUS has so few digits of its own that it could as well be a mask.
    let is_mask = code.bits() >> 30 == 3 && announced.said == Said::Nothing && announced.joint.equals;
    let is_dump = || cells(before, after, false) != (0, 0);
    // `#80070005` is a ticket unless a word calls it an error.
    let is_mask = is_mask || announced.joint.hash && !is_called(announced);
    let other = announced.said == Said::Other || is_mask || edges::is_joined(before, after, is_called(announced)) || is_measured(after);
    let is_error = || announce::is_failures_code(before, after, Lists::FAILED.and(Lists::ERROR));
    (!other && (known || is_error()) && !is_dump()).then(|| found(from, to, code))
}

fn decimal(text: &[u8], start: usize, end: usize, in_url: bool, scanner: Scanner) -> Option<Finding> {
    let digits = &text[start..end];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Twenty digits can be more than 64 bits.
    let number = digits.iter().try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(u64::from(digit - b'0')))?;
    let sign = match &text[..start] {
        [.., b'-'] => 1,
        // U+2212, the minus sign, and U+2013, the en dash that word processors make of one.
        [.., 0xE2, 0x88, 0x92] | [.., 0xE2, 0x80, 0x93] => 3,
        _ => 0,
    };
    let marks = if sign == 0 && text[..start].ends_with(b"%%") { 2 } else { 0 };
    let bits = match digits.len() {
        9 | 10 if sign > 0 && number < 1 << 31 => (number as u32).wrapping_neg(),
        10 if sign == 0 && number > 1 << 31 => u32::try_from(number).ok()?,
        20 if sign == 0 && number >> 31 == 0x1_FFFF_FFFF => number as u32,
        _ => return None,
    };
    let code = Code::new(bits);
    let known = is_known_in(scanner.table, code);
    if is_never(code) || !known && (scanner.known_only || digits.len() != 10 || is_round(code)) {
        return None;
    }
    let from = start - sign - marks;
    let (before, after) = (&text[..from], without_suffix(without_fraction(&text[end..])));
    // `a-2016281112` is a range or a part of something; so is a second minus.
    let lone = !matches!(before, [.., b'-']) && (sign == 0 || !matches!(before, [.., b')' | b']' | b'}']));
    if line::is_installers_note(before, code) {
        return None;
    }
    let is_numbered = sign == 0 && edges::is_numbered_error(before);
    if !lone || !is_left_edge(before) && !is_numbered || !is_right_edge(after) || is_measured(after) {
        return None;
    }
    let form = if sign > 0 { Form::Signed } else { Form::Plain };
    let announced = announce::announcement(before, form);
    let called = is_called(announced) || is_numbered;
    if announced.said == Said::Other || edges::is_joined(before, after, called) || in_url && !called {
        return None;
    }
    let is_plain = known && (code.bits() >> 12 != 0x8_0000 || scanner.table.lists(code)) && (!announced.joint.hash || called);
    // An unsigned number is many things; a word for an error has to stand before it.
    let is_named = called && (sign > 0 || !announced.by.has(Lists::CODE) || announced.by.has(Lists::ERROR));
    let is_error = is_plain || is_named || (sign > 0 || known) && announce::is_failures_code(before, after, FAILURES);
    is_error.then(|| announced_as(announced, found(from, end, code), scanner.table))
}

/// What follows a number without the fraction that programs give a column of whole numbers in which some are missing: `-2016345060.0`.
fn without_fraction(after: &[u8]) -> &[u8] {
    after.strip_prefix(b".0").filter(|rest| is_right_edge(rest) && !rest.starts_with(b".")).unwrap_or(after)
}

/// A finding as its announcement reads it: an HRESULT can be all that is left of an NTSTATUS.
fn announced_as(announced: Announcement, finding: Finding, table: Table) -> Finding {
    match finding.what {
        Found::Code(code) if announced.by.has(Lists::LOW_WORD) => {
            low_word_of(code, table).map_or(finding, |status| Finding { what: Found::LowWordOf(status), ..finding })
        }
        _ => finding,
    }
}

/// The NTSTATUS whose low 16 bits an HRESULT wraps, where the table has a problem of that and none of the Win32 code.
fn low_word_of(code: Code, table: Table) -> Option<Code> {
    let Some(Wraps::Win32(low)) = code.wraps() else { return None };
    let listed = |code| table.lists(code);
    let status = Code::new(0xC000_0000 | low.bits());
    (listed(status) && !listed(low) && !listed(code)).then_some(status)
}

fn is_called(announced: Announcement) -> bool {
    announced.said == Said::Error
}

/// Whether a code is never an error, no matter what its line says: all bits, the limit of integers, and an HRESULT that wraps success.
const fn is_never(code: Code) -> bool {
    matches!(code.bits(), u32::MAX | 0x8000_0000 | 0x8007_0000)
}

/// Whether a code begins as those of the token broker do, whose facilities no header knows: by that much it is an error after any kind of code.
const fn is_brokers(code: Code) -> bool {
    code.bits() >> 20 == 0xCAA
}

/// Whether a code is of the facility of identity synchronization, `FACILITY_METADIRECTORY`.
const fn is_synchronizations(code: Code) -> bool {
    code.bits() >> 16 == 0x8023
}

/// Whether a code can be the reason for a planned restart: one of the parts of a computer, and what was the matter with it. Of old programs there is
/// one, `0x80070015`. <https://learn.microsoft.com/windows/win32/shutdown/system-shutdown-reason-codes>
const fn is_restart(code: Code) -> bool {
    let (part, matter) = (code.bits() >> 16 & 0xFF, code.bits() & 0xFFFF);
    code.bits() >> 28 == 8 && (1 <= part && part <= 6 && matter <= 0x24 || part == 7 && matter == 0x15)
}

/// Whether all bits up to the first are set: a mask, also where an entry lists it.
const fn is_ones(code: Code) -> bool {
    code.bits().wrapping_add(1).is_power_of_two()
}

/// Whether a code looks like a mask or a small negative number; one that nothing is known of is none then.
const fn is_round(code: Code) -> bool {
    code.value() == 0 || code.bits() >= 0xFFFF_0000
}

/// Whether a unit stands after a number, or the whole that it is a part of: `5 of 7`, `5 / 7`.
pub(super) fn is_measured(after: &[u8]) -> bool {
    let rest = after.strip_prefix(b" ").unwrap_or(after);
    match first_word(rest) {
        Some(word) if words::is_unit(word) => true,
        Some(word) if rest.len() < after.len() && words::lists(word).has(Lists::GENITIVE) => {
            matches!(rest[word.len()..], [b' ', next, ..] if next.is_ascii_digit())
        }
        Some(_) => false,
        None => matches!(rest, [b'/', b' ', next, ..] if next.is_ascii_digit()),
    }
}

pub(super) fn found(start: usize, end: usize, code: Code) -> Finding {
    Finding { start, end, what: Found::Code(code) }
}
