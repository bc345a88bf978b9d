//! The anchor of a name or message: the beginning of one of its words, which the scan looks for first.

use std::collections::HashMap;
use std::ops::Range;

use super::key::{self, GRAM, hash, sum};
use super::pack::{Array, Pattern};
use super::words::Words;
use super::{Placed, Record};

/// Two to this power is the number of places in the filter of grams.
const FILTER_BITS: u32 = 15;
/// Two to this power is the number of buckets that the grams are sorted into.
const BUCKET_BITS: u32 = 12;

/// The part of a name or message to look for in a log: no full stop at the end, since a log can leave it out, and no variable parts at
/// either end. `None` for a name that is a number.
pub(super) fn scanned(text: &str) -> Option<String> {
    let mut text = text.trim();
    loop {
        let trimmed = text.trim_end_matches(['.', '!', ' ']);
        let trimmed = match literals(trimmed).last() {
            Some(last) if last.end < trimmed.len() => &trimmed[..last.end],
            _ => trimmed,
        };
        let trimmed = match literals(trimmed).first() {
            Some(first) if first.start > 0 => &trimmed[first.start..],
            _ => trimmed,
        };
        if trimmed == text {
            break;
        }
        text = trimmed;
    }
    (!text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

/// The parts of a message between its variable parts, none of them empty.
pub(super) fn literals(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(variable) = key::variable(text.as_bytes(), start) {
        parts.push(start..variable.start);
        start = variable.end;
    }
    parts.push(start..text.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The gram at `at` as a number.
fn gram(text: &[u8], at: usize) -> u64 {
    let mut bytes = [0; GRAM];
    bytes.copy_from_slice(&text[at..at + GRAM]);
    key::gram(bytes)
}

/// Where words that can be anchors begin in a literal part of a text: at its very beginning, and after anything but a letter, digit or
/// underscore. The scan looks for the same words.
fn word_starts(text: &[u8], part: Range<usize>) -> impl Iterator<Item = usize> {
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

/// Where the anchor of a pattern is: at the word that is least common in logs and whose gram is rarest in the table.
/// No gram has a quote: a log can have a curly one, which is three bytes long.
pub(super) fn anchor(text: &str, common: &Common) -> Option<usize> {
    let bytes = text.as_bytes();
    let starts = literals(text).into_iter().flat_map(|part| {
        let end = part.end;
        word_starts(bytes, part).filter(move |at| at + GRAM <= end)
    });
    let fitting = starts.filter(|&at| !bytes[at..at + GRAM].iter().any(|b| matches!(b, b'\'' | b'"')));
    fitting.min_by_key(|&at| (common.words(&bytes[at..]), common.grams.get(&gram(bytes, at)).copied().unwrap_or(0), at))
}

/// Words that make bad anchors: the scan would stop at them often, for nothing.
#[derive(Default)]
pub(super) struct Common<'a> {
    /// How often each gram begins a word in the texts of the records.
    grams: HashMap<u64, u32>,
    /// Beginnings of words that logs are full of.
    everyday: &'a [String],
    /// Beginnings of words that stand in each record of a log.
    fields: &'a [String],
}

impl<'a> Common<'a> {
    pub(super) fn of(records: &[Placed<Record>], words: &'a Words) -> Self {
        Self { grams: count(records), everyday: words.of("everyday"), fields: words.of("everyday-field") }
    }

    /// How many of the lists have the first word of `text`.
    fn words(&self, text: &[u8]) -> usize {
        let begins = |word: &String| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
        [self.everyday, self.fields].iter().filter(|list| list.iter().any(begins)).count()
    }
}

/// How often each gram begins a word in all texts of the records.
fn count(records: &[Placed<Record>]) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    for Placed { of: record, .. } in records {
        let lists = [&record.names, &record.messages, &record.causes, &record.resolution, &record.notes];
        for text in lists.into_iter().flatten().chain([&record.problem]) {
            let bytes = text.as_bytes();
            for at in word_starts(bytes, 0..bytes.len()).filter(|at| at + GRAM <= bytes.len()) {
                *counts.entry(gram(bytes, at)).or_insert(0) += 1;
            }
        }
    }
    counts
}

/// Something the scan looks for that isn't a text of a record.
pub(super) struct Trigger {
    /// How it begins: at least as long as a gram.
    pub(super) text: String,
    /// Takes the place of a pattern's position.
    pub(super) kind: u16,
    /// Takes the place of the gram's offset.
    pub(super) offset: usize,
}

/// A gram in a pattern.
struct Row {
    hash: u64,
    gram: u64,
    /// The next four bytes, up to the first that is a quote or not literal; then 0.
    tail: [u8; 4],
    pattern: usize,
    offset: usize,
}

impl Row {
    fn of(text: &str, pattern: usize, offset: usize) -> Self {
        let end = literals(text).into_iter().find(|part| part.contains(&offset)).map_or(text.len(), |part| part.end);
        let after = &text.as_bytes()[offset + GRAM..end];
        let mut tail = [0; 4];
        let known = after.iter().take_while(|b| !matches!(b, b'\'' | b'"'));
        tail.iter_mut().zip(known).for_each(|(to, byte)| *to = byte | 0x20);
        let gram = gram(text.as_bytes(), offset);
        Self { hash: hash(gram), gram, tail, pattern, offset }
    }
}

/// Writes what the scan needs to find the patterns: a filter of their grams, the grams by hash, and where each bucket of them begins.
pub(super) fn write(source: &mut String, patterns: &[Pattern], triggers: &[Trigger], common: &Common) {
    assert!(patterns.len() < usize::from(key::FIRST_TRIGGER), "a pattern has the position of a trigger");
    let rows = patterns.iter().enumerate().filter_map(|(position, pattern)| {
        let offset = anchor(&pattern.text, common)?;
        Some(Row::of(&pattern.text, position, offset))
    });
    let triggers = triggers.iter().map(|Trigger { text, kind, offset }| {
        let row = Row::of(text, usize::from(*kind), 0);
        Row { offset: *offset, ..row }
    });
    let mut rows: Vec<Row> = rows.chain(triggers).collect();
    rows.sort_unstable_by_key(|row| (row.hash, row.pattern, row.offset));
    let mut filter = vec![0_u8; 1 << FILTER_BITS];
    for row in &rows {
        // 255 matches anything after the gram. It is for patterns that end there, and for slots that two patterns share.
        let after = if row.tail[1] == 0 { u8::MAX } else { sum(u16::from_le_bytes([row.tail[0], row.tail[1]])) };
        let place = &mut filter[(row.hash >> (64 - FILTER_BITS)) as usize];
        *place = if matches!(*place, 0) || *place == after { after } else { u8::MAX };
    }
    Array(filter.iter().map(u8::to_string).collect()).write(source, "GRAM_FILTER", "u8");
    let begins = (0..=1_u64 << BUCKET_BITS).map(|bucket| rows.partition_point(|row| row.hash >> (64 - BUCKET_BITS) < bucket).to_string());
    Array(begins.collect()).write(source, "GRAM_BUCKETS", "u16");
    let rows = rows.iter().map(|Row { gram, tail, pattern, offset, .. }| {
        let tail = u32::from_le_bytes(*tail);
        format!("Gram{{bytes:0x{gram:X},tail:0x{tail:X},pattern:{pattern},offset:{offset}}}")
    });
    Array(rows.collect()).write(source, "GRAMS", "Gram");
}
