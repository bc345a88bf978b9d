//! How a log is searched for a name or message: by its anchor, the beginning of one of its words, or by what announces it.
//!
//! The build script and the library both compile this file: the table's texts have their anchors from the build, those of somebody's own
//! records when they are read.

use std::collections::BTreeSet;
use std::ops::Range;

use super::key::{self, ANY_TAIL, GRAM, SHARED, VARIABLE, check, hash, mark_of, tail_of};

/// The part of a name or message that is looked for in a log: without the full stop at its end, which a log can leave out, and without
/// variable parts at its ends. None of a name that is a number.
pub(crate) fn scanned(text: &str) -> Option<&str> {
    let mut text = text.trim();
    loop {
        let trimmed = text.trim_end_matches(['.', '!', ' ']);
        let mut parts = literals(trimmed);
        let trimmed = match (parts.next(), parts.last()) {
            (Some(first), Some(last)) => &trimmed[first.start..last.end],
            (Some(only), None) => &trimmed[only],
            _ => trimmed,
        };
        if trimmed == text {
            break;
        }
        text = trimmed;
    }
    (!text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// The parts of a message between its variable parts, none of them empty.
pub(crate) fn literals(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0);
    let parts = std::iter::from_fn(move || {
        let start = next?;
        let variable = key::variable(text.as_bytes(), start);
        next = variable.as_ref().map(|variable| variable.end);
        Some(start..variable.map_or(text.len(), |variable| variable.start))
    });
    parts.filter(|part| !part.is_empty())
}

/// The number of the gram at `at`.
pub(crate) fn gram(text: &[u8], at: usize) -> u64 {
    let mut bytes = [0; GRAM];
    bytes.copy_from_slice(&text[at..at + GRAM]);
    key::gram(bytes)
}

/// Where the words begin that can be anchors, in a literal part of a text: at the very beginning, and after what is no letter, digit
/// or underscore. The scan looks for the same words.
pub(crate) fn word_starts(text: &[u8], part: Range<usize>) -> impl Iterator<Item = usize> {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let begin = part.start;
    let is_long = move |at: usize| match text[at..] {
        [first, b, c, d, fifth, ..] if [first, b, c, d].into_iter().all(is_word) => {
            is_word(fifth) || matches!(fifth, b'(' | b':') || matches!(first | 0x20, b'f' | b'n' | b'u') || b | 0x20 == b'x'
        }
        _ => false,
    };
    part.filter(move |&at| is_long(at) && (at == 0 || at > begin && !is_word(text[at - 1])))
}

/// Where the anchor of a pattern is: at the word that costs least, by what `cost` says of the text and the place of the word; at one that looks
/// like a number only where there is no other.
pub(crate) fn anchor<C: Ord>(text: &str, cost: impl Fn(&[u8], usize) -> C) -> Option<usize> {
    let bytes = text.as_bytes();
    anchors(text).min_by_key(|&at| (is_like_number(&bytes[at..]), cost(bytes, at), at))
}

/// Whether a word looks like a number: it begins with six hex digits. Logs are full of them, so the scan looks for such a word only where
/// somebody's own text has no other.
pub(crate) fn is_like_number(word: &[u8]) -> bool {
    word.len() >= 6 && word[..6].iter().all(u8::is_ascii_hexdigit)
}

/// Where the anchor of a pattern can be. A quote can be a curly one in a log, three bytes long, so no gram has any.
pub(crate) fn anchors(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let starts = literals(text).flat_map(|part| {
        let end = part.end;
        word_starts(bytes, part).filter(move |at| at + GRAM <= end)
    });
    starts.filter(|&at| !bytes[at..at + GRAM].iter().any(|b| matches!(b, b'\'' | b'"')))
}

/// How long a text of a log can be that a pattern fits: a quote can have three bytes, and a variable part is bounded.
pub(crate) fn longest(pattern: &str) -> usize {
    let literal = |part: Range<usize>| pattern[part].bytes().map(|b| if matches!(b, b'\'' | b'"') { 3 } else { 1 }).sum::<usize>();
    literals(pattern).map(|part| literal(part) + VARIABLE).sum::<usize>() - VARIABLE
}

/// The beginnings that announce an exit code where the phrase itself is shorter than a gram: with what follows it, up to the first digits of
/// one of these codes.
pub(crate) fn short_triggers(begin: &str, joints: &[&str], codes: &[&str]) -> BTreeSet<String> {
    let mut wholes = BTreeSet::new();
    for joint in joints {
        let start = format!("{begin}{joint}");
        match GRAM.checked_sub(start.len()) {
            Some(missing) => {
                // Codes are many, and few begin differently.
                let digits: BTreeSet<&str> = codes.iter().filter_map(|code| code.get(..missing)).collect();
                wholes.extend(digits.into_iter().map(|digits| format!("{start}{digits}")));
            }
            None => {
                wholes.insert(start[..GRAM].to_owned());
            }
        }
    }
    wholes
}

/// Where in the domain of a name such as `MCInstallationErrorDomain Code=4001` the word begins that the scan looks for: the last one of five
/// characters and more.
pub(crate) fn domain_trigger(domain: &str) -> Option<usize> {
    let begins = domain.split('.').scan(0, |at, part| {
        let start = *at;
        *at += part.len() + 1;
        Some((start, part))
    });
    begins.filter(|(start, part)| part.len() > 4 && domain.len() - start >= GRAM).last().map(|(start, _)| start)
}

/// The domain of such a name.
pub(crate) fn domain(name: &str) -> Option<&str> {
    let is_number = |number: &str| number.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit());
    name.split_once(" Code=").filter(|(_, number)| is_number(number)).map(|(domain, _)| domain)
}

/// Whether a name is an exit code that is long enough to be looked for after a phrase that other numbers follow, too.
pub(crate) fn is_exit_code(name: &str) -> bool {
    name.len() > 3 && name.bytes().all(|b| b.is_ascii_digit())
}

/// A gram in a pattern.
pub(crate) struct Row {
    pub(crate) hash: u64,
    pub(crate) gram: u64,
    /// The next four bytes, as far as they are literal and no quotes; 0 for the others.
    pub(crate) tail: [u8; 4],
    pub(crate) pattern: usize,
    pub(crate) offset: usize,
}

impl Row {
    /// The gram at `offset` of a pattern.
    pub(crate) fn of(text: &str, pattern: usize, offset: usize) -> Self {
        let end = literals(text).find(|part| part.contains(&offset)).map_or(text.len(), |part| part.end);
        let after = &text.as_bytes()[offset + GRAM..end];
        let mut tail = [0; 4];
        let known = after.iter().take_while(|b| !matches!(b, b'\'' | b'"'));
        tail.iter_mut().zip(known).for_each(|(to, byte)| *to = byte | 0x20);
        let gram = gram(text.as_bytes(), offset);
        Self { hash: hash(gram), gram, tail, pattern, offset }
    }

    /// Whether the scan passes over the word that it begins: one that looks like a number, and is none that can be a code.
    pub(crate) fn is_passed(&self) -> bool {
        let word = self.gram.to_le_bytes();
        is_like_number(&word) && !(word.iter().all(u8::is_ascii_hexdigit) && word[0] >= b'8' && self.tail[0] == b' ')
    }

    /// The two bytes after the gram, where the pattern has them.
    fn goes_on_with(&self) -> u16 {
        let [first, second, ..] = self.tail;
        if second == 0 { ANY_TAIL } else { u16::from_le_bytes([first, second]) }
    }
}

/// Marks grams in the two parts of the filter.
pub(crate) fn mark(marks: &mut [u8], tails: &mut [u8], rows: &[Row]) {
    for row in rows {
        let (byte, bit) = tail_of(row.hash, row.goes_on_with());
        tails[byte] |= bit;
        let mark = check(row.hash);
        let place = &mut marks[mark_of(row.hash)];
        *place = if *place == 0 || *place == mark { mark } else { SHARED };
    }
}
