//! Which text in a log is a name or a message of the table.
//!
//! 1. **Every name, token and message** that its entry does not list as `unscanned`, in any case of its letters, with straight or curly
//!    quotes, and with any text in place of its `<...>`. Names of digits alone are numbers first and never looked for.
//! 2. **A whole word**: where a name begins or ends with a letter, digit or underscore, the neighbour is none.
//!    `MyDeviceCapReachedHandler` is another identifier.
//! 3. **In one line**, and of two that overlap the longer.
//!
//! How: a stretch of every text was chosen when the table was built, the one whose parts are rarest in the table. Long
//! stretches (15 bytes) hold eight bytes that begin at any given position in eight, short ones (7 bytes) four bytes that begin at any
//! in four. So eight bytes in eight and four in four are hashed and looked up in a small bit map; what passes is looked
//! up in a perfect hash, and only what is found there is compared.

use super::{Finding, Found, KnownText, numbers};
use crate::table::{self, Gram};

/// Looks at the positions of one block, which stands at `at` in `text`.
#[inline]
pub(super) fn block(text: &[u8], at: usize, block: &[u8; super::BLOCK], findings: &mut Vec<Finding>) {
    let mut hits = 0_u32;
    for (position, bytes) in block.as_chunks::<8>().0.iter().enumerate() {
        let both = u64::from_le_bytes(*bytes) | 0x2020_2020_2020_2020;
        hits |= u32::from(table::may_be_long_gram(both)) << position;
        hits |= u32::from(table::may_be_short_gram(both & 0xFFFF_FFFF)) << (8 + 2 * position);
        hits |= u32::from(table::may_be_short_gram(both >> 32)) << (9 + 2 * position);
    }
    while hits != 0 {
        let hit = hits.trailing_zeros() as usize;
        hits &= hits - 1;
        let (position, len) = if hit < 8 { (8 * hit, 8) } else { (4 * (hit - 8), 4) };
        compare(text, at + position, len, findings);
    }
}

#[cold]
#[inline(never)]
fn compare(text: &[u8], at: usize, len: usize, findings: &mut Vec<Finding>) {
    let Some(bytes) = text.get(at..at + len) else { return };
    let mut gram = [0; 8];
    gram[..len].copy_from_slice(bytes);
    let gram = u64::from_le_bytes(gram) | if len == 8 { 0x2020_2020_2020_2020 } else { 0x2020_2020 };
    for &Gram { pattern, offset } in table::grams(gram) {
        if let Some((start, end)) = matches(text, at, table::pattern(pattern).text().as_bytes(), usize::from(offset)) {
            let finding = Finding { start, end, what: Found::Text(KnownText(pattern)) };
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
}

/// Where `pattern`, whose byte `offset` is the one at `at`, begins and ends in `text`, if it stands there as a whole word.
fn matches(text: &[u8], at: usize, pattern: &[u8], offset: usize) -> Option<(usize, usize)> {
    let line_end = at + text[at..].iter().take(super::CONTEXT / 2).take_while(|b| **b != b'\n' && **b != b'\r').count();
    let line_start = at - text[..at].iter().rev().take(super::CONTEXT / 2).take_while(|b| **b != b'\n' && **b != b'\r').count();
    let end = at + forward(&text[at..line_end], &pattern[offset..])?;
    let start = at - backward(&text[line_start..at], &pattern[..offset])?;
    let is_word = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let whole = (!is_word(pattern.first()) || numbers::is_left_edge(&text[..start]))
        && (!is_word(pattern.last()) || numbers::is_right_edge(&text[end..]));
    whole.then_some((start, end))
}

/// The most that a variable part stretches over, in bytes.
const VARIABLE: usize = 200;

/// How many bytes at the beginning of `text` match all of `pattern`.
fn forward(text: &[u8], pattern: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut rest = pattern;
    while let Some((literal, behind)) = split_variable(rest) {
        at += literal_at_start(&text[at..], literal)?;
        let (next, _) = split_variable(behind).unwrap_or((behind, &[]));
        // The nearest place that goes on as the pattern does; a variable part is not empty.
        let gap = (1..=VARIABLE.min(text.len() - at)).find(|gap| literal_at_start(&text[at + gap..], next).is_some())?;
        at += gap;
        rest = behind;
    }
    Some(at + literal_at_start(&text[at..], rest)?)
}

/// How many bytes at the end of `text` match all of `pattern`.
fn backward(text: &[u8], pattern: &[u8]) -> Option<usize> {
    let mut end = text.len();
    let mut rest = pattern;
    while let Some((before, literal)) = rsplit_variable(rest) {
        end -= literal_at_end(&text[..end], literal)?;
        let (_, next) = rsplit_variable(before).unwrap_or((&[], before));
        let gap = (1..=VARIABLE.min(end)).find(|gap| literal_at_end(&text[..end - gap], next).is_some())?;
        end -= gap;
        rest = before;
    }
    Some(text.len() - end + literal_at_end(&text[..end], rest)?)
}

/// What stands before and behind the first variable part of a pattern.
pub(super) fn split_variable(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut from = 0;
    while let Some(open) = pattern[from..].iter().position(|b| *b == b'<').map(|open| from + open) {
        let close = open + pattern[open..].iter().position(|b| *b == b'>')?;
        if is_variable(&pattern[open + 1..close]) {
            return Some((&pattern[..open], &pattern[close + 1..]));
        }
        from = open + 1;
    }
    None
}

/// What stands before and behind the last variable part of a pattern.
fn rsplit_variable(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut last = None;
    let mut rest = pattern;
    while let Some((_, behind)) = split_variable(rest) {
        let open = pattern[..pattern.len() - behind.len()].iter().rposition(|b| *b == b'<').unwrap_or_default();
        last = Some((&pattern[..open], behind));
        rest = behind;
    }
    last
}

/// Whether the text between angle brackets names a variable part: words, and nothing else.
fn is_variable(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-'))
}

/// How many bytes at the beginning of `text` are `literal`, in any case and with any quotes.
fn literal_at_start(text: &[u8], literal: &[u8]) -> Option<usize> {
    let mut at = 0;
    for &byte in literal {
        at += match text[at..] {
            [found, ..] if found.eq_ignore_ascii_case(&byte) => 1,
            [0xE2, 0x80, third, ..] if curly(third) == Some(byte) => 3,
            _ => return None,
        };
    }
    Some(at)
}

/// How many bytes at the end of `text` are `literal`, in any case and with any quotes.
fn literal_at_end(text: &[u8], literal: &[u8]) -> Option<usize> {
    let mut end = text.len();
    for &byte in literal.iter().rev() {
        end -= match text[..end] {
            [.., found] if found.eq_ignore_ascii_case(&byte) => 1,
            [.., 0xE2, 0x80, third] if curly(third) == Some(byte) => 3,
            _ => return None,
        };
    }
    Some(text.len() - end)
}

/// The straight quote for the curly one whose UTF-8 ends with this byte: U+2018 to U+201F.
const fn curly(third: u8) -> Option<u8> {
    match third {
        0x98..=0x9B => Some(b'\''),
        0x9C..=0x9F => Some(b'"'),
        _ => None,
    }
}
