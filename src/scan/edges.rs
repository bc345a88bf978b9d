//! Where a word begins and ends, and what makes digits a part of something longer.
//!
//! 1. **A whole word**: no letter, digit or underscore stands right before or after it. The last letter of an escape does not count: `\n`, `\u0022`,
//!    `%20`, the `m` of a colour. So nothing is ever cut out of a longer word.
//! 2. **Joined**: a hyphen, point, slash, plus, at or percent sign, tilde or backtick that is glued to a word joins it to the parts of GUIDs, SIDs,
//!    addresses, paths, versions, base64 and URLs. A slash between two codes does not.
//! 3. **A part of a table of numbers**: a dump of memory, a GUID in source code, the rights in a security descriptor.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::code::{Code, Kind};
use crate::known::is_known_error;
use crate::table;
use crate::table::words::{self, Lists};

pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

pub(super) const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Whether a word can begin after `before`.
pub(super) fn is_left_edge(before: &[u8]) -> bool {
    match before {
        [.., last] if is_word(*last) => escape(before).is_some(),
        _ => true,
    }
}

/// Whether a word for an error or code is glued to what comes after `before`, as in `Fehler80180014` and `(code0x8018002a)`: such a word of `lists`
/// that stands alone.
pub(super) fn is_glued_name(before: &[u8], lists: Lists) -> bool {
    let len = before.iter().rev().take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
    let (told, name) = before.split_at(before.len() - len);
    words::lists(name).has(lists)
        && told.last().is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'(' | b'[' | b'"' | b',' | b':'))
}

/// Whether a name that a number ends has a word for an error before that number: `WAM_provider_error_3399614464`.
pub(super) fn is_numbered_error(before: &[u8]) -> bool {
    let name = before.strip_suffix(b"_").unwrap_or_default();
    let len = name.iter().rev().take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
    words::lists(&name[name.len() - len..]).has(Lists::ERROR)
}

/// Whether a word can end before `after`.
pub(super) fn is_right_edge(after: &[u8]) -> bool {
    match after {
        [b'_', ..] => after.get(..7).is_some_and(|xml| serialized(xml).is_some()),
        [first, ..] => !is_word(*first),
        [] => true,
    }
}

/// The decimal digits that `text` begins with, if there are so many of them and no more.
pub(super) fn number(text: &[u8], most: usize) -> Option<(u32, usize)> {
    let len = text.iter().take(most + 1).take_while(|b| b.is_ascii_digit()).count();
    let value = text[..len].iter().fold(0_u32, |value, digit| value.wrapping_mul(10).wrapping_add(u32::from(digit - b'0')));
    (len > 0 && len <= most && is_right_edge(&text[len..])).then_some((value, len))
}

/// Whether a whole word stands in this part of `text`.
pub(super) fn has_word(text: &[u8], part: Range<usize>, word: &str) -> bool {
    let (word, text_of_part) = (word.as_bytes(), &text[part.clone()]);
    let is_it = |at: usize| text_of_part[at..].get(..word.len()).is_some_and(|of| of.eq_ignore_ascii_case(word));
    let is_whole = |at: usize| is_left_edge(&text[..at]) && is_right_edge(&text[at + word.len()..]);
    let begins = memchr2_iter(word[0].to_ascii_lowercase(), word[0].to_ascii_uppercase(), text_of_part);
    begins.filter(|at| is_it(*at)).any(|at| is_whole(part.start + at))
}

/// The character that an escape of `PowerShell`'s objects stands for, `_x000A_`, if `text` ends with one.
fn serialized(text: &[u8]) -> Option<u32> {
    match text {
        [.., b'_', b'x', a, b, c, d, b'_'] => hex(&[*a, *b, *c, *d]),
        _ => None,
    }
}

/// The longest escape that [`escape`] looks at, in bytes.
const ESCAPE: usize = 40;

/// The escape that `before` ends with: its length, and the character of ASCII that it stands for, or 0. A line end stands for itself, and a
/// colour for nothing.
pub(super) fn escape(before: &[u8]) -> Option<(usize, u8)> {
    let ascii = |digits: &[u8]| hex(digits).and_then(|value| u8::try_from(value).ok()).filter(u8::is_ascii).unwrap_or_default();
    match before {
        [.., b'\\', b'n'] => Some((2, b'\n')),
        [.., b'\\', b'r'] => Some((2, b'\r')),
        [.., b'\\', b't'] => Some((2, b'\t')),
        [.., b'\\', b'u', a, b, c, d] if [a, b, c, d].into_iter().all(u8::is_ascii_hexdigit) => Some((6, ascii(&[*a, *b, *c, *d]))),
        [.., b'%', a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => Some((3, ascii(&[*a, *b]))),
        [.., b';'] => entity(before),
        [.., b'_'] => serialized(before).map(|value| (7, u8::try_from(value).ok().filter(u8::is_ascii).unwrap_or_default())),
        [.., b'@'..=b'~'] => colour(before).map(|len| (len, 0)),
        _ => None,
    }
}

/// The character reference of HTML and XML that `before` ends with.
fn entity(before: &[u8]) -> Option<(usize, u8)> {
    let window = &before[before.len().saturating_sub(9)..before.len() - 1];
    let name = &window[window.iter().rposition(|b| *b == b'&')? + 1..];
    let known: &[(&[u8], u8)] = &[
        (b"quot", b'"'),
        (b"apos", b'\''),
        (b"lt", b'<'),
        (b"gt", b'>'),
        (b"nbsp", b' '),
        (b"amp", b'&'),
        (b"#34", b'"'),
        (b"#39", b'\''),
        (b"#x22", b'"'),
        (b"#x27", b'\''),
        (b"#160", b' '),
        (b"#xA0", b' '),
        (b"#xD", b'\r'),
        (b"#xA", b'\n'),
        (b"#13", b'\r'),
        (b"#10", b'\n'),
    ];
    known.iter().find(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, byte)| (name.len() + 2, *byte))
}

/// The length of the escape sequence of a terminal, such as that of a colour, that `before` ends with.
fn colour(before: &[u8]) -> Option<usize> {
    let window = &before[before.len().saturating_sub(ESCAPE)..before.len() - 1];
    let at = window.iter().rposition(|b| !matches!(b, b'0'..=b'?'))?;
    (at > 0 && window[at - 1..=at] == *b"\x1B[").then(|| window.len() - at + 2)
}

/// Whether a character that joins the parts of something longer stands right before or after eight hex digits or a decimal number.
/// `is_called` says that what stands before calls the number an error; then one colon joins nothing.
pub(super) fn is_joined(before: &[u8], after: &[u8], is_called: bool) -> bool {
    let left = match before {
        [.., part, b'.'] => is_word(*part) || *part == b'.',
        [.., part, b':'] => part.is_ascii_digit(),
        [.., b'/'] => !word_before(&before[..before.len() - 1]).is_some_and(is_code_like),
        // 64 bits as a debugger prints them.
        [.., part, b'`'] => part.is_ascii_hexdigit(),
        [.., part, b'~'] => is_word(*part),
        // The instance of a device: `USB\\VID_046D&PID_C52B\\6&8007000e&0&2`.
        [.., part, b'&'] => part.is_ascii_hexdigit(),
        // The percent sign of an escape belongs to that.
        [.., b'\\' | b'+' | b'@' | b'$' | b'%'] => true,
        _ => false,
    };
    let right = match after {
        [b'-' | b'.' | b'`' | b'~', next, ..] if is_word(*next) => true,
        _ if is_range(before, after) => true,
        [b':', b'\\' | b'/', ..] => true,
        // A time, a port, an address of 128 bits; a word is none of these, no matter which letters it has.
        [b':', rest @ ..] => !is_called && first_word(rest).is_some_and(|word| word.len() < 6 && word.iter().all(u8::is_ascii_hexdigit)),
        [b'/', rest @ ..] => !first_word(rest).is_some_and(is_code_like),
        // An equals sign pads base64; before a value or a blank it is one.
        [b'=', next, ..] => !is_word(*next) && *next != b' ',
        [b'='] => true,
        [b'\\', b'u', digits @ ..] => !digits.first_chunk::<4>().is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        [b'\\', b'\\', rest @ ..] => !matches!(rest.iter().find(|b| **b != b'\\'), Some(b'"' | b'\'')),
        [b'\\', next, ..] => !matches!(next, b'n' | b'r' | b't' | b'"' | b'\'' | b'\n' | b'\r'),
        [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => !is_called,
        [b'+' | b'@' | b'%' | b'$', ..] => true,
        _ => false,
    };
    // The middle of a name of several parts, as in `urn:80070005:x`.
    let is_middle =
        !is_called && matches!(before, [.., part, b':'] if is_word(*part)) && matches!(after, [b':', next, ..] if is_word(*next));
    left || right || is_middle
}

/// Whether two points join what stands here to another word, as in a range of commits.
fn is_range(before: &[u8], after: &[u8]) -> bool {
    matches!(before, [.., last, b'.', b'.'] if is_word(*last)) || matches!(after, [b'.', b'.', next, ..] if is_word(*next))
}

/// The word at the end of `text`, if there is one.
fn word_before(text: &[u8]) -> Option<&[u8]> {
    let len = text.iter().rev().take(24).take_while(|b| is_word(**b)).count();
    (len > 0).then(|| &text[text.len() - len..])
}

/// Whether a text reads so in any case of its letters, where `lower` has none but small ones of ASCII.
pub(super) fn is_like(text: &[u8], lower: &[u8]) -> bool {
    let is_same = |(a, b): (&u8, &u8)| a == b || a ^ 0x20 == *b && b.is_ascii_lowercase();
    text.len() == lower.len() && text.iter().zip(lower).all(is_same)
}

/// The word that `text` begins with, if there is one.
pub(super) fn first_word(text: &[u8]) -> Option<&[u8]> {
    let len = text.iter().take(24).take_while(|b| is_word(**b)).count();
    (len > 0).then(|| &text[..len])
}

/// Whether `word` looks like a code beside a slash, as in `0x801c03f2/80072ee7`.
fn is_code_like(word: &[u8]) -> bool {
    let digits = without_prefix(word);
    digits.len() == 8 && digits.iter().all(u8::is_ascii_hexdigit) && digits[0] >= b'8'
}

fn without_prefix(word: &[u8]) -> &[u8] {
    word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X")).unwrap_or(word)
}

/// `before` without the first code of a pair (`[0x801c0021/`), so that the same words announce both.
pub(super) fn without_pair(before: &[u8]) -> &[u8] {
    let Some(text) = before.strip_suffix(b"/") else { return before };
    match word_before(text) {
        Some(word) if is_code_like(word) => &text[..text.len() - word.len()],
        _ => before,
    }
}

/// Whether `after` goes on as a GUID does in source code: `{0x80180014, 0x1234, 0x4f0c, {...}}`.
pub(super) fn is_guid(after: &[u8]) -> bool {
    let Some(next) = after.strip_prefix(b",") else { return false };
    let next = next.strip_prefix(b" ").unwrap_or(next);
    let Some(digits) = next.strip_prefix(b"0x").or_else(|| next.strip_prefix(b"0X")) else { return false };
    let len = digits.iter().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
    (1..=4).contains(&len) && digits.get(len) == Some(&b',')
}

/// Whether `after` goes on as a span of addresses does: `0xE0000000-0xEFFFFFFF`.
pub(super) fn is_span(after: &[u8]) -> bool {
    let Some(last) = after.strip_prefix(b"-0x").or_else(|| after.strip_prefix(b" - 0x")) else { return false };
    let len = last.iter().take(9).take_while(|b| b.is_ascii_hexdigit()).count();
    len == 8 && last[5..8].eq_ignore_ascii_case(b"fff")
}

/// Whether the number is the rights in an entry of a security descriptor: `(A;;0x80120089;;;SY)`.
pub(super) fn is_right(before: &[u8], after: &[u8]) -> bool {
    let ace = before.strip_suffix(b";").and_then(|before| {
        let len = before.iter().rev().take(16).take_while(|b| b.is_ascii_alphanumeric() || **b == b';').count();
        let (before, ace) = before.split_at(before.len() - len);
        before.ends_with(b"(").then_some(ace)
    });
    ace.is_some_and(|ace| ace.contains(&b';')) && after.starts_with(b";")
}

/// What follows a number without the suffix that C gives it: `0x80180014L`, `2149056532UL`.
pub(super) fn without_suffix(after: &[u8]) -> &[u8] {
    let unsigned = after.strip_prefix(b"U").or_else(|| after.strip_prefix(b"u")).unwrap_or(after);
    unsigned.strip_prefix(b"L").or_else(|| unsigned.strip_prefix(b"l")).unwrap_or(after)
}

/// How many cells stand beside a number: hex numbers of 32 or 64 bits that are no error. Many of them are a dump of memory or registers.
pub(super) fn cells(before: &[u8], after: &[u8], prefixed: bool) -> (usize, usize) {
    let is_cell = |word: &[u8]| {
        let digits = without_prefix(word);
        let fits = (digits.len() < word.len()) == prefixed && matches!(digits.len(), 8 | 16) && digits.iter().all(u8::is_ascii_hexdigit);
        let may_be_code = |bits| is_known_error(Code::new(bits)) || prefixed && is_of_a_family(Code::new(bits));
        fits && (digits.len() == 16 || hex(digits).is_some_and(|bits| !may_be_code(bits)))
    };
    let (mut left, mut rest) = (0, before);
    while left < 2
        && let Some(text) = rest.strip_suffix(b" ")
        && let text = text.strip_suffix(b",").unwrap_or(text)
        && let Some(word) = word_before(text)
        && is_cell(word)
    {
        left += 1;
        rest = &text[..text.len() - word.len()];
    }
    let (mut right, mut rest) = (0, after);
    while right < 2
        && let text = rest.strip_prefix(b",").unwrap_or(rest)
        && let Some(text) = text.strip_prefix(b" ")
        && let Some(word) = first_word(text)
        && is_cell(word)
        // So begins a GUID.
        && !matches!(text[word.len()..], [b'-', next, ..] if is_word(next))
    {
        right += 1;
        rest = &text[word.len()..];
    }
    (left, right)
}

/// Whether a code has the bits of an HRESULT whose facility can be known.
pub(super) const fn may_be_of_a_family(code: Code) -> bool {
    code.bits() >> 27 == 0x10
}

/// Whether the headers know the facility of an HRESULT.
pub(super) fn is_of_a_family(code: Code) -> bool {
    may_be_of_a_family(code) && table::facility_names(Kind::Hresult, code.facility()).next().is_some()
}

/// Whether a Win32 code is one of `WinHTTP` and `WinINet`.
pub(super) const fn is_http(code: Code) -> bool {
    12_000 <= code.bits() && code.bits() <= 12_200
}

/// The value of up to eight hex digits.
pub(super) fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_like_another_in_any_case_of_its_letters() {
        for (text, lower, expected) in [
            (&b"Error Code"[..], &b"error code"[..], true),
            (b"error code", b"error code", true),
            (b"error codes", b"error code", false),
            (b"error\x00code", b"error code", false),
            (b"error@code", b"error`code", false),
            (b"error`code", b"error@code", false),
            (b"error 1", b"error \x11", false),
            (b"", b"", true),
        ] {
            assert_eq!(is_like(text, lower), expected, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn an_escape_is_told_with_its_length_and_what_it_stands_for() {
        for (text, expected) in [
            (&br"a\n"[..], Some((2, b'\n'))),
            (br"a\t", Some((2, b'\t'))),
            (br"a\u0022", Some((6, b'"'))),
            (br"a\u003e", Some((6, b'>'))),
            (br"a\u9519", Some((6, 0))),
            (b"a%20", Some((3, b' '))),
            (b"a%3d", Some((3, b'='))),
            (b"a&quot;", Some((6, b'"'))),
            (b"a&#39;", Some((5, b'\''))),
            (b"a_x000A_", Some((7, b'\n'))),
            (b"a_x00e9_", Some((7, 0))),
            (b"a_x00_", None),
            (b"a\x1B[31m", Some((5, 0))),
            (b"a\x1B[0;1;31m", Some((9, 0))),
            (b"\x1B[m", Some((3, 0))),
            (b"[31m", None),
            (b"a&unknown;", None),
            (b"a;", None),
            (b"a%2", None),
            (br"a\u00g2", None),
            (b"", None),
        ] {
            assert_eq!(escape(text), expected, "{}", text.escape_ascii());
        }
    }
}
