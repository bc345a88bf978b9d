//! Which digits in a log are an error code: the rules, and the reasons for them.
//!
//! 1. **Only what is known is found**: a code that has an entry or a symbol and whose severity is failure, or one of the table
//!    in spite of its severity (0x00240005). With `all`, also `0x` and eight digits with the failure bit and a known facility.
//! 2. **A whole word**: the character before and the one behind are no letter, digit or underscore. `0x8018002B5` or
//!    `id_80070005` is something else, and nothing is ever cut to eight digits. The `m` of a colour escape and the `n` of an
//!    escaped line end (`\n` in JSON) are not letters of a word.
//! 3. **With `0x`**: eight digits, also with C's suffix (`0x80070005L`); sixteen whose first eight are F, a sign-extended code
//!    (other sixteen are addresses and flags); fewer where the table lists just that value (0xAB2). The prefix tells that a value is
//!    hex, not that it is an error: behind words such as `timestamp`, `flags`, `mask`, `offset`, `hkey`, behind a plus (a module and an
//!    offset), and as the first number of a GUID in source code, it is none.
//! 4. **Eight hex digits without `0x`** are also dates, hashes, parts of GUIDs, thread ids and sizes. So: no hyphen, point, slash,
//!    plus, at or percent sign glued to it, since these join the parts of GUIDs, SIDs, addresses, paths, versions, base64 and URLs (a slash
//!    between two codes excepted); no word before it that announces something else (`thread`, `session`, `build`, `size`), no
//!    unit behind it (`bytes`), and no other eight hex digits beside it that are no error: that is a dump.
//!    Where all eight are decimal digits, 80000000 to 80000FFF are round numbers sooner than codes.
//! 5. **Decimal numbers**: ten digits from 2147483648, nine or ten behind a minus sign, `%%` before ten, and the twenty digits of a
//!    sign-extended code; the same characters may not be glued to them, and the same words not announce them. The ends of the
//!    range, such as -2147483648 and 4294967295, are limits of integers, no errors.

use super::{Finding, Found};
use crate::code::{Code, Kind};
use crate::known::is_known_error;
use crate::table::{self, Entry};

/// The finding whose digits begin at `start`, where a run of `len` hex digits begins, or of more if it `is_cut`.
#[inline]
pub(super) fn run(text: &[u8], start: usize, len: usize, is_cut: bool, all: bool) -> Option<Finding> {
    let len = if is_cut { len + text[start + len..].iter().take(21).take_while(|b| b.is_ascii_hexdigit()).count() } else { len };
    let is_prefixed = start >= 2 && text[start - 1] | 0x20 == b'x' && text[start - 2] == b'0';
    match len {
        8 | 16 if is_prefixed => prefixed(text, start, start + len, all),
        _ if is_prefixed => None,
        // A failure, so the first digit is 8 or more. With a hyphen behind them begin GUIDs; `is_joined` refuses these, too, but later.
        8 if text[start] >= b'8' && !matches!(text[start + 8..], [b'-', next, ..] if is_word(next)) => bare_hex(text, start, start + len),
        9 | 10 | 20 => decimal(text, start, start + len),
        _ => None,
    }
}

/// The finding of fewer than eight digits whose `x` stands at `mark`.
pub(super) fn short(text: &[u8], mark: usize) -> Option<Finding> {
    let before = text[..mark].strip_suffix(b"0")?;
    let start = mark + 1;
    let len = text[start..].iter().take(8).take_while(|b| b.is_ascii_hexdigit()).count();
    let end = start + len;
    if len == 0 || len == 8 || !is_left_edge(before) || !is_right_edge(&text[end..]) {
        return None;
    }
    let code = Code::new(hex(&text[start..end])?);
    let listed = code.bits() > 1 && Entry::by_code(code).len() > 0;
    (listed && !is_announced(before, NO_CODE)).then(|| found(before.len(), end, code))
}

fn prefixed(text: &[u8], start: usize, end: usize, all: bool) -> Option<Finding> {
    let digits = &text[start..end];
    let digits = match digits.len() {
        8 => digits,
        16 if digits[..8].iter().all(|b| b.eq_ignore_ascii_case(&b'f')) => &digits[8..],
        _ => return None,
    };
    let code = Code::new(hex(digits)?);
    let known = is_known_error(code) || all && code.is_failure() && table::facility_names(Kind::Hresult, code.facility()).next().is_some();
    let before = &text[..start - 2];
    let behind = without_suffix(&text[end..]);
    let whole = is_left_edge(before) && is_right_edge(behind) && !matches!(before, [.., b'+']) && !is_guid(behind);
    (known && whole && !is_announced(before, NO_CODE)).then(|| found(start - 2, end, code))
}

fn bare_hex(text: &[u8], start: usize, end: usize) -> Option<Finding> {
    let digits = &text[start..end];
    let code = Code::new(hex(digits)?);
    if code.bits() >> 12 == 0x8_0000 && digits.iter().all(u8::is_ascii_digit) || !code.is_failure() || !is_known_error(code) {
        return None;
    }
    // `&H80070005` and `80070005h` are hex by their own marks.
    let (before, from) = match &text[..start] {
        [before @ .., b'&', b'H' | b'h'] => (before, start - 2),
        before => (before, start),
    };
    let (behind, to) = match &text[end..] {
        [b'h' | b'H', behind @ ..] => (behind, end + 1),
        behind => (behind, end),
    };
    let whole = is_left_edge(before) && is_right_edge(behind) && !is_joined(before, behind) && !matches!(before, [.., b'-']);
    let other = is_announced(before, NO_CODE) || is_announced(before, NO_BARE_CODE) || is_measured(behind) || is_dump(before, behind);
    (whole && !other).then(|| found(from, to, code))
}

fn decimal(text: &[u8], start: usize, end: usize) -> Option<Finding> {
    let digits = &text[start..end];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Twenty digits may be more than 64 bits.
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
        10 if sign == 0 && number > 1 << 31 => u32::try_from(number).ok().filter(|&bits| bits != u32::MAX)?,
        20 if sign == 0 && number >> 31 == 0x1_FFFF_FFFF => number as u32,
        _ => return None,
    };
    let code = Code::new(bits);
    if !is_known_error(code) || code.bits() >> 12 == 0x8_0000 && Entry::by_code(code).len() == 0 {
        return None;
    }
    let from = start - sign - marks;
    let (before, behind) = (&text[..from], without_suffix(&text[end..]));
    let whole = is_left_edge(before) && is_right_edge(behind) && !is_joined(before, behind);
    // `a-2016281112` is a range or a part of something; so is a second minus.
    let lone = !matches!(before, [.., b'-']) && (sign == 0 || !matches!(before, [.., b')' | b']' | b'}']));
    let other = is_announced(before, NO_CODE) || is_announced(before, NO_BARE_CODE) || is_measured(behind);
    (whole && lone && !other).then(|| found(from, end, code))
}

fn found(start: usize, end: usize, code: Code) -> Finding {
    Finding { start, end, what: Found::Code(code) }
}

/// The value of up to eight hex digits.
fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a word can begin behind `before`.
pub(super) fn is_left_edge(before: &[u8]) -> bool {
    match before {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., last] if is_word(*last) => ends_with_escape(before),
        _ => true,
    }
}

/// Whether a word can end before `behind`.
pub(super) fn is_right_edge(behind: &[u8]) -> bool {
    !matches!(behind, [first, ..] if is_word(*first))
}

/// Whether `text` ends with an escape sequence of a terminal, such as that of a colour.
fn ends_with_escape(text: &[u8]) -> bool {
    let Some((_, parameters)) = text.split_last() else { return false };
    let start = parameters.iter().rposition(|b| !matches!(b, b'0'..=b'?'));
    start.is_some_and(|at| at > 0 && parameters[at - 1..=at] == *b"\x1B[")
}

/// Whether a character that joins the parts of something longer stands right before or behind.
fn is_joined(before: &[u8], behind: &[u8]) -> bool {
    let left = match before {
        [.., part, b'.'] => is_word(*part) || *part == b'.',
        [.., part, b':'] => part.is_ascii_digit(),
        [.., b'/'] => !before[..before.len() - 1].rsplit(|b| !is_word(*b)).next().is_some_and(is_code_like),
        [.., b'\\' | b'+' | b'@' | b'~' | b'$' | b'%'] => true,
        _ => false,
    };
    let right = match behind {
        [b'-' | b'.', next, ..] if is_word(*next) => true,
        _ if is_range(before, behind) => true,
        [b':', next, ..] => next.is_ascii_hexdigit() || matches!(next, b'\\' | b'/'),
        [b'/', rest @ ..] => !rest.split(|b| !is_word(*b)).next().is_some_and(is_code_like),
        // An equals sign pads base64; before a value or a blank it is one.
        [b'=', next, ..] => !is_word(*next) && *next != b' ',
        [b'='] => true,
        [b'\\', next, ..] => !matches!(next, b'n' | b'r' | b't' | b'"' | b'\n' | b'\r'),
        [b'+' | b'@' | b'~' | b'%', ..] => true,
        _ => false,
    };
    left || right
}

/// Whether two points join what stands here to another word, as in a range of commits.
fn is_range(before: &[u8], behind: &[u8]) -> bool {
    matches!(before, [.., last, b'.', b'.'] if is_word(*last)) || matches!(behind, [b'.', b'.', next, ..] if is_word(*next))
}

/// Whether `behind` goes on as a GUID does in source code: `{0x80180014, 0x1234, 0x4f0c, {...}}`.
fn is_guid(behind: &[u8]) -> bool {
    let Some(next) = behind.strip_prefix(b",") else { return false };
    let next = next.strip_prefix(b" ").unwrap_or(next);
    let Some(digits) = next.strip_prefix(b"0x").or_else(|| next.strip_prefix(b"0X")) else { return false };
    let len = digits.iter().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
    (1..=4).contains(&len) && digits.get(len) == Some(&b',')
}

/// What follows a number without the suffix that C gives it: `0x80180014L`, `2149056532UL`.
fn without_suffix(behind: &[u8]) -> &[u8] {
    let unsigned = behind.strip_prefix(b"U").or_else(|| behind.strip_prefix(b"u")).unwrap_or(behind);
    unsigned.strip_prefix(b"L").or_else(|| unsigned.strip_prefix(b"l")).unwrap_or(behind)
}

/// Whether `word` looks like a code beside a slash, as in `0x801c03f2/80072ee7`.
fn is_code_like(word: &[u8]) -> bool {
    let digits = word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X")).unwrap_or(word);
    digits.len() == 8 && digits.iter().all(u8::is_ascii_hexdigit) && digits[0] >= b'8'
}

/// Words that announce a value which is no error, even one with `0x`.
const NO_CODE: &[&[u8]] = &[
    b"accessmask",
    b"addr",
    b"address",
    b"build",
    b"bytes",
    b"checksum",
    b"color",
    b"cookie",
    b"crc",
    b"crc32",
    b"desiredaccess",
    b"flag",
    b"flags",
    b"hash",
    b"hkey",
    b"key",
    b"keyex",
    b"keyword",
    b"keywords",
    b"length",
    b"mask",
    b"nonce",
    b"offset",
    b"pid",
    b"pointer",
    b"processid",
    b"ptr",
    b"seed",
    b"serial",
    b"session",
    b"sessionid",
    b"size",
    b"stamp",
    b"thread",
    b"threadid",
    b"tid",
    b"timedatestamp",
    b"timestamp",
];

/// Words that announce a number which is no error, where nothing but its digits would tell.
const NO_BARE_CODE: &[&[u8]] = &[
    b"activityid",
    b"appid",
    b"base",
    b"bug",
    b"byte",
    b"clientid",
    b"commit",
    b"correlationid",
    b"count",
    b"date",
    b"deviceid",
    b"duration",
    b"elapsed",
    b"epoch",
    b"eventid",
    b"exp",
    b"expires",
    b"fingerprint",
    b"guid",
    b"iat",
    b"id",
    b"ids",
    b"issue",
    b"kb",
    b"len",
    b"luid",
    b"md5",
    b"memory",
    b"nbf",
    b"page",
    b"phone",
    b"port",
    b"process",
    b"random",
    b"requestid",
    b"rev",
    b"revision",
    b"row",
    b"seq",
    b"seqno",
    b"sequence",
    b"serialnumber",
    b"sha",
    b"sha1",
    b"sha256",
    b"sid",
    b"signature",
    b"sn",
    b"tel",
    b"tenantid",
    b"thumbprint",
    b"ticks",
    b"time",
    b"token",
    b"total",
    b"userid",
    b"uuid",
    b"ver",
    b"version",
];

/// Whether the last word of `before`, or what it ends with behind a capital letter (`dwFlags`), is one of `words`, which are in order.
fn is_announced(before: &[u8], words: &[&[u8]]) -> bool {
    let joint =
        before.iter().rev().take(6).take_while(|b| matches!(b, b' ' | b'\t' | b':' | b'=' | b'"' | b'\'' | b'(' | b'[' | b'#')).count();
    if joint == 0 {
        return false;
    }
    let before = &before[..before.len() - joint];
    let len = before.iter().rev().take(LONGEST_WORD).take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &before[before.len() - len..];
    let mut lower = [0; LONGEST_WORD];
    let lower = &mut lower[..len];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    (0..len).any(|at| (at == 0 || word[at].is_ascii_uppercase()) && words.binary_search(&&lower[at..]).is_ok())
}

/// No word that announces something is longer, its prefix included.
const LONGEST_WORD: usize = 24;

/// Units behind a number that say that it is a size or a time.
const UNITS: &[&[u8]] = &[
    b"B",
    b"KB",
    b"MB",
    b"GB",
    b"byte",
    b"bytes",
    b"entries",
    b"files",
    b"items",
    b"milliseconds",
    b"ms",
    b"ns",
    b"records",
    b"rows",
    b"seconds",
    b"secs",
    b"ticks",
    b"us",
];

fn is_measured(behind: &[u8]) -> bool {
    let behind = behind.strip_prefix(b" ").unwrap_or(behind);
    let word = behind.split(|b| !is_word(*b)).next().unwrap_or_default();
    !word.is_empty() && UNITS.contains(&word)
}

/// Whether a neighbour in the same line is eight bare hex digits that are no error: a dump of memory or registers.
fn is_dump(before: &[u8], behind: &[u8]) -> bool {
    let is_cell = |word: &[u8]| {
        word.len() == 8 && word.iter().all(u8::is_ascii_hexdigit) && hex(word).is_some_and(|bits| !is_known_error(Code::new(bits)))
    };
    let left = before.strip_suffix(b" ").and_then(|before| before.rsplit(|b| !is_word(*b)).next());
    let right = behind.strip_prefix(b" ").and_then(|behind| behind.split(|b| !is_word(*b)).next());
    left.is_some_and(is_cell) || right.is_some_and(is_cell)
}

/// Words that may stand between two spellings of one value.
const BETWEEN: &[&[u8]] = &[b"decimal", b"dec", b"hex", b"hexadecimal", b"or", b"aka", b"hresult", b"result", b"code", b"error"];

/// Whether two findings with only `gap` between them stand side by side: `0x80180026 - 2149056550`, `0x87D1041C (decimal -2016345060)`.
pub(super) fn is_beside(gap: &[u8]) -> bool {
    gap.len() <= 16
        && !gap.contains(&b'\n')
        && !gap.contains(&b'\r')
        && gap
            .split(|b| !b.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| BETWEEN.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_in_order_for_the_binary_search() {
        for words in [NO_CODE, NO_BARE_CODE] {
            assert!(words.is_sorted(), "{words:?}");
            assert!(words.iter().all(|word| word.len() <= LONGEST_WORD));
        }
    }
}
