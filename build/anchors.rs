//! The anchor of a name or message: the beginning of one of its words, which the scan looks for first.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::anchor::{Row, anchor, gram, mark, word_starts};
use super::key::{self, GRAM, MARK_BITS, TAIL_BITS};
use super::pack::{Array, Pattern};
use super::words::Words;
use super::{Placed, Record};

/// Two to this power is the number of buckets that the grams are sorted into.
const BUCKET_BITS: u32 = 12;

/// What makes a bad anchor, since it is found often and for nothing.
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

    /// What it costs to look for a text by the word that begins at `at`: how often that is met in logs, and in the table.
    fn cost(&self, text: &[u8], at: usize) -> (usize, u32) {
        (self.words(&text[at..]), self.grams.get(&gram(text, at)).copied().unwrap_or(0))
    }

    /// In how many of the lists the word stands that `text` begins with.
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

/// What the scan needs to find the patterns: the filter of their grams, the grams in the order of their hashes, and where each bucket of
/// these begins.
pub(super) fn write(source: &mut String, patterns: &[Pattern], triggers: &[Trigger], common: &Common) {
    assert!(patterns.len() < usize::from(key::FIRST_TRIGGER), "a pattern has the position of a trigger");
    let rows = patterns.iter().enumerate().filter_map(|(position, pattern)| {
        let offset = anchor(&pattern.text, |text, at| common.cost(text, at))?;
        Some(Row::of(&pattern.text, position, offset))
    });
    let triggers = triggers.iter().map(|Trigger { text, kind, offset }| {
        let row = Row::of(text, usize::from(*kind), 0);
        Row { offset: *offset, ..row }
    });
    let mut rows: Vec<Row> = rows.chain(triggers).collect();
    if let Some(row) = rows.iter().find(|row| row.is_passed()) {
        let text = patterns.get(row.pattern).map_or("a trigger", |pattern| &pattern.text);
        panic!("{text:?} has no word for an anchor but one that looks like a number: list it in lookup_only");
    }
    rows.sort_unstable_by_key(|row| (row.hash, row.pattern, row.offset));
    let (mut marks, mut tails) = (vec![0; 1 << MARK_BITS], vec![0; 1 << (TAIL_BITS - 3)]);
    mark(&mut marks, &mut tails, &rows);
    let [marks, tails] = [marks, tails].map(|bytes| bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(","));
    let _ = writeln!(source, "pub(crate) static GRAM_FILTER: GramFilter = GramFilter{{marks:[{marks}],tails:[{tails}]}};");
    let begins = (0..=1_u64 << BUCKET_BITS).map(|bucket| rows.partition_point(|row| row.hash >> (64 - BUCKET_BITS) < bucket).to_string());
    Array(begins.collect()).write(source, "GRAM_BUCKETS", "u16");
    let rows = rows.iter().map(|Row { gram, tail, pattern, offset, .. }| {
        let tail = u32::from_le_bytes(*tail);
        format!("Gram{{bytes:0x{gram:X},tail:0x{tail:X},pattern:{pattern},offset:{offset}}}")
    });
    Array(rows.collect()).write(source, "GRAMS", "Gram");
}
