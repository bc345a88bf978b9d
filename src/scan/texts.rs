//! Which text in a log is a name or a message of the table.
//!
//! 1. **Every name, token and message** that its entry does not list as `lookup_only`, in any case of its letters, with straight or curly
//!    quotes, and with any text in place of its `<...>`. Names of digits alone are numbers first and never looked for.
//! 2. **A whole word**: where a name begins or ends with a letter, digit or underscore, the neighbour is none.
//!    `MyDeviceCapReachedHandler` is another identifier.
//! 3. **In one line**, and of two that overlap the longer.
//!
//! How: the build chooses one word of every text as its anchor: a word that is rare in logs and whose first eight bytes are rare in the table.
//! An anchor has five letters, digits or underscores, or four and then a colon or an opening parenthesis. Four and then anything else are
//! enough only for words that begin with F, N or U: more words would cost time and find nothing. The scan hashes the first eight bytes of
//! each such word and asks a small filter, which also knows the two bytes after them. What passes is looked up among the anchors, and only
//! then the text is compared. So a name needs eight characters; a shorter one is ordinary enough to be `lookup_only`.

use super::edges::{escape, is_left_edge, is_line_end, is_right_edge, is_word};
use super::finding::{Finding, Found, KnownText};
use super::named;
use crate::key::{self, FIRST_TRIGGER, GRAM, VARIABLE};
use crate::table::{self, Gram, GramFilter, SearchedText, Table};

/// Whether the word that begins with these bytes may be the anchor of a text; a `false` is certain.
#[inline]
pub(super) fn may_be_anchor(filter: &GramFilter, bytes: [u8; GRAM + 2]) -> bool {
    let [gram @ .., ninth, tenth] = bytes;
    table::may_be_gram(filter, key::gram(gram), u16::from_le_bytes([ninth, tenth]) | 0x2020)
}

/// Finds the texts whose anchor is the word that begins at `at`.
#[inline(never)]
pub(super) fn at_anchor(text: &[u8], at: usize, table: Table, findings: &mut Vec<Finding>) {
    let [gram @ .., ninth, tenth, eleventh, twelfth] = text[at..].first_chunk().copied().unwrap_or_else(|| padded(text, at));
    let (gram, tail) = (key::gram(gram), u32::from_le_bytes([ninth, tenth, eleventh, twelfth]) | 0x2020_2020);
    let mut look = |&Gram { pattern, offset, .. }: &Gram, known: fn(Table, u16) -> SearchedText| {
        if pattern >= FIRST_TRIGGER {
            named::at_trigger(text, at, pattern, offset, table, findings);
            return;
        }
        let known = known(table, pattern);
        if let Some((start, end)) = matches(text, at, known, usize::from(offset)) {
            findings.push(Finding { start, end, what: Found::Text(KnownText(known)) });
        }
    };
    table::grams(gram, tail).for_each(|gram| look(gram, |_, position| SearchedText::of_table(position)));
    table.own_grams(gram, tail).for_each(|gram| look(gram, Table::own_text));
}

/// The last bytes of a text as if blanks followed: a number of one digit can stand there.
#[cold]
fn padded(text: &[u8], at: usize) -> [u8; GRAM + 4] {
    std::array::from_fn(|byte| text.get(at + byte).copied().unwrap_or(b' '))
}

/// Where `known`, whose byte `offset` is the one at `at`, begins and ends in `text`, if it stands there as a whole word.
fn matches(text: &[u8], at: usize, known: SearchedText, offset: usize) -> Option<(usize, usize)> {
    let (varies, pattern) = (known.varies(), known.text().as_bytes());
    let (before, behind) = pattern.split_at(offset);
    let end = at + if varies { forward(&text[at..], behind) } else { literal_at_start(&text[at..], behind) }?;
    let start = at - if varies { backward(&text[..at], before) } else { literal_at_end(&text[..at], before) }?;
    let is_word = |byte: Option<&u8>| byte.is_some_and(|b| is_word(*b));
    let (before, after) = (&text[..start], &text[end..]);
    let whole = (!is_word(pattern.first()) || is_left_edge(before)) && (!is_word(pattern.last()) || is_right_edge(after));
    let fits =
        if varies { begins_clause(before) || ends_clause(after) } else { !is_declaration(pattern, &text[start..end], before, after) };
    (whole && fits).then_some((start, end))
}

/// Whether a clause begins after `before`: at the beginning of the line, after a sign, or after the time, level or thread of a record.
fn begins_clause(before: &[u8]) -> bool {
    let before = &before[..before.len() - before.iter().rev().take(8).take_while(|b| matches!(b, b' ' | b'\t')).count()];
    let word = before.iter().rev().take(24).take_while(|b| is_word(**b)).count();
    let word = &before[before.len() - word..];
    word.is_empty() || !word.iter().any(u8::is_ascii_lowercase) || escape(before).is_some()
}

/// Whether a clause ends before `after`: at the end of the line, or before a sign.
fn ends_clause(after: &[u8]) -> bool {
    let after = after.strip_prefix(b" ").unwrap_or(after);
    !after.first().is_some_and(|first| is_word(*first) || !first.is_ascii() || *first == b' ')
}

/// Whether a token is the name of a variable in source code: in the case that such names have, and declared, assigned or called.
fn is_declaration(token: &[u8], found: &[u8], before: &[u8], after: &[u8]) -> bool {
    let is_lower_camel = found[0].is_ascii_lowercase() && token[0].is_ascii_uppercase() && found[1..] == token[1..];
    if !is_lower_camel || !token.iter().all(|b| is_word(*b)) {
        return false;
    }
    let after = after.strip_prefix(b"\"").unwrap_or(after);
    matches!(before, [.., b'.' | b'@' | b'$']) || matches!(after, [b':' | b'=' | b'(' | b'?', ..] | [b' ', b':' | b'=', ..])
}

/// How many bytes at the beginning of `text` match all of `pattern`.
fn forward(text: &[u8], pattern: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut rest = pattern;
    while let Some((literal, behind)) = split_variable(rest) {
        at += literal_at_start(&text[at..], literal)?;
        let (next, _) = split_variable(behind).unwrap_or((behind, &[]));
        // The nearest place that goes on as the pattern does; a variable part is not empty.
        let room = text[at..].iter().take(VARIABLE).take_while(|b| !is_line_end(**b)).count();
        at += (1..=room).find(|gap| literal_at_start(&text[at + gap..], next).is_some())?;
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
        let room = text[..end].iter().rev().take(VARIABLE).take_while(|b| !is_line_end(**b)).count();
        end -= (1..=room).find(|gap| literal_at_end(&text[..end - gap], next).is_some())?;
        rest = before;
    }
    Some(text.len() - end + literal_at_end(&text[..end], rest)?)
}

/// The parts before and after the first variable part of a pattern.
pub(super) fn split_variable(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let variable = key::variable(pattern, 0)?;
    Some((&pattern[..variable.start], &pattern[variable.end..]))
}

/// The parts before and after the last variable part of a pattern.
fn rsplit_variable(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut last = key::variable(pattern, 0)?;
    while let Some(next) = key::variable(pattern, last.end) {
        last = next;
    }
    Some((&pattern[..last.start], &pattern[last.end..]))
}

/// How many bytes at the beginning of `text` are `literal`, in any case and with any quotes.
fn literal_at_start(text: &[u8], literal: &[u8]) -> Option<usize> {
    // Most logs have a message as the table has it.
    if text.first() == literal.first() && text.starts_with(literal) {
        return Some(literal.len());
    }
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
    if text.last() == literal.last() && text.ends_with(literal) {
        return Some(literal.len());
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_part_is_words_in_angle_brackets() {
        assert_eq!(split_variable(b"a <the name-1_x> b <c> d"), Some((&b"a "[..], &b" b <c> d"[..])));
        assert_eq!(rsplit_variable(b"a <the name-1_x> b <c> d"), Some((&b"a <the name-1_x> b "[..], &b" d"[..])));
        for literal in [&b"a <> b"[..], b"a <b=c> d", b"a < b", b"a <b"] {
            assert_eq!(split_variable(literal), None, "{}", literal.escape_ascii());
        }
    }

    #[test]
    fn brackets_that_hold_no_words_are_text_as_all_other() {
        assert_eq!(split_variable(b"a <b=c> d <e> f"), Some((&b"a <b=c> d "[..], &b" f"[..])));
        assert_eq!(rsplit_variable(b"a <e> d <b=c> f"), Some((&b"a "[..], &b" d <b=c> f"[..])));
    }

    #[test]
    fn curly_quotes_of_either_kind_are_the_straight_ones_and_no_other_character_is() {
        for (curly, straight) in [
            ("\u{2018}", Some(b'\'')),
            ("\u{201B}", Some(b'\'')),
            ("\u{201C}", Some(b'"')),
            ("\u{201F}", Some(b'"')),
            ("\u{2013}", None),
            ("\u{2020}", None),
        ] {
            for literal in [b'\'', b'"'] {
                let expected = (straight == Some(literal)).then_some(3);
                assert_eq!(literal_at_start(curly.as_bytes(), &[literal]), expected, "{curly}");
                assert_eq!(literal_at_end(curly.as_bytes(), &[literal]), expected, "{curly}");
            }
        }
    }
}
