//! What the scan looks for first of a name or message: its anchor, the beginning of one of its words.

use std::collections::HashMap;
use std::ops::Range;

use super::key::{self, GRAM, hash, sum};
use super::pack::{Array, Pattern};
use super::{Placed, Record};

/// Two to this power is the number of places in the filter of grams.
const FILTER_BITS: u32 = 14;
/// Two to this power is the number of buckets that the grams are sorted into.
const BUCKET_BITS: u32 = 12;

/// What is looked for in a log of a name or message: not the full stop at its end, which a log may leave out, and no variable part at
/// its ends. Nothing of names that are numbers.
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

/// The number of the gram at `at`.
fn gram(text: &[u8], at: usize) -> u64 {
    let mut bytes = [0; GRAM];
    bytes.copy_from_slice(&text[at..at + GRAM]);
    key::gram(bytes)
}

/// Where words that may be anchors begin in a literal part of a text: at its very beginning, and behind what is no letter, digit or
/// underscore. The scan looks for the same words.
fn word_starts(text: &[u8], part: Range<usize>) -> impl Iterator<Item = usize> {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let begin = part.start;
    let is_long = move |at: usize| match text[at..] {
        [first, b, c, d, fifth, ..] if [first, b, c, d].into_iter().all(is_word) => {
            is_word(fifth) || matches!(fifth, b'(' | b':') || matches!(first | 0x20, b'e' | b'f' | b'n' | b'u')
        }
        _ => false,
    };
    part.filter(move |&at| is_long(at) && (at == 0 || at > begin && !is_word(text[at - 1])))
}

/// Where the anchor of a pattern is: the beginning of that word of it which logs are least full of and whose gram is rarest in the table.
/// A quote may be a curly one in a log, three bytes long, so there is none in a gram.
pub(super) fn anchor(text: &str, counts: &HashMap<u64, u32>) -> Option<usize> {
    let bytes = text.as_bytes();
    let starts = literals(text).into_iter().flat_map(|part| {
        let end = part.end;
        word_starts(bytes, part).filter(move |at| at + GRAM <= end)
    });
    let fitting = starts.filter(|&at| !bytes[at..at + GRAM].iter().any(|b| matches!(b, b'\'' | b'"')));
    let begins_with = |at: usize, words: &[&str]| {
        words.iter().any(|word| bytes[at..].get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes())))
    };
    let commonness = |at| u8::from(begins_with(at, EVERYDAY)) + u8::from(begins_with(at, FIELDS));
    fitting.min_by_key(|&at| (commonness(at), counts.get(&gram(bytes, at)).copied().unwrap_or(0), at))
}

/// Beginnings of words that logs are full of: found as anchors often, and for nothing. So another word is the anchor where there is one.
const EVERYDAY: &[&str] = &[
    "access",
    "account",
    "action",
    "agent",
    "android",
    "appli",
    "assign",
    "attempt",
    "azure",
    "certificate",
    "check",
    "client",
    "code",
    "command",
    "complet",
    "component",
    "comput",
    "config",
    "connect",
    "context",
    "count",
    "creat",
    "current",
    "default",
    "deploy",
    "detect",
    "device",
    "domain",
    "download",
    "enroll",
    "error",
    "event",
    "execut",
    "exit",
    "fail",
    "file",
    "found",
    "from",
    "function",
    "group",
    "handl",
    "info",
    "instal",
    "intune",
    "invalid",
    "launch",
    "licen",
    "machine",
    "manage",
    "message",
    "microsoft",
    "name",
    "network",
    "normal",
    "operation",
    "package",
    "platform",
    "policy",
    "process",
    "profile",
    "program",
    "provider",
    "reason",
    "receiv",
    "regist",
    "report",
    "request",
    "require",
    "resource",
    "respon",
    "result",
    "return",
    "rule",
    "script",
    "server",
    "service",
    "session",
    "setting",
    "setup",
    "start",
    "state",
    "status",
    "success",
    "system",
    "target",
    "task",
    "tenant",
    "thread",
    "timeout",
    "token",
    "trying",
    "type",
    "unable",
    "unknown",
    "update",
    "user",
    "valid",
    "value",
    "version",
    "wait",
    "warning",
    "win32",
    "window",
    "with",
];

/// Beginnings of words that stand in each record of a log by the names of its fields.
const FIELDS: &[&str] = &["component", "context", "thread", "date", "time", "type", "file"];

/// How often each gram begins a word in all texts of the records.
pub(super) fn count(records: &[Placed<Record>]) -> HashMap<u64, u32> {
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

/// What the scan looks for that is no text of a record.
pub(super) struct Trigger {
    /// How it begins: at least as long as a gram.
    pub(super) text: String,
    /// What stands in the place of a pattern's position.
    pub(super) kind: u16,
    /// What stands in the place of the gram's offset.
    pub(super) offset: usize,
}

/// A gram in a pattern.
struct Row {
    hash: u64,
    gram: u64,
    /// The next four bytes, as far as they are literal and no quotes; 0 for the others.
    tail: [u8; 4],
    pattern: usize,
    offset: usize,
}

impl Row {
    fn of(text: &str, pattern: usize, offset: usize) -> Self {
        let end = literals(text).into_iter().find(|part| part.contains(&offset)).map_or(text.len(), |part| part.end);
        let behind = &text.as_bytes()[offset + GRAM..end];
        let mut tail = [0; 4];
        let known = behind.iter().take_while(|b| !matches!(b, b'\'' | b'"'));
        tail.iter_mut().zip(known).for_each(|(to, byte)| *to = byte | 0x20);
        let gram = gram(text.as_bytes(), offset);
        Self { hash: hash(gram), gram, tail, pattern, offset }
    }
}

/// What the scan needs to find the patterns: the filter of their grams, the grams in the order of their hashes, and where each bucket of
/// these begins.
pub(super) fn write(source: &mut String, patterns: &[Pattern], triggers: &[Trigger], counts: &HashMap<u64, u32>) {
    assert!(patterns.len() < usize::from(key::FIRST_TRIGGER), "a pattern has the position of a trigger");
    let rows = patterns.iter().enumerate().filter_map(|(position, pattern)| {
        let offset = anchor(&pattern.text, counts)?;
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
        // 255 goes with anything behind the gram: where the pattern does not tell it, and where two patterns share the place.
        let told = if row.tail[1] == 0 { u8::MAX } else { sum(u16::from_le_bytes([row.tail[0], row.tail[1]])) };
        let place = &mut filter[(row.hash >> (64 - FILTER_BITS)) as usize];
        *place = if matches!(*place, 0) || *place == told { told } else { u8::MAX };
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
