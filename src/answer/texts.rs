//! The names and messages of the table, folded once per process: what a query is compared with that is none of them as a whole.

use std::sync::OnceLock;

use crate::key::{fold, hash};
use crate::table::{Entry, Symbol};

/// Appends a text as [`fold`] gives it.
fn fold_into(folded: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        folded.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()));
    } else {
        folded.extend(fold(text).bytes());
    }
}

/// A part of a message that is shorter says too little.
const SHORTEST_PART: usize = 16;

/// How many bytes of a message are one gram.
const GRAM: usize = 4;

/// The messages of all entries in one text, with what has to be in it for a part to be.
struct Messages {
    /// A message, folded, and a line end, and so on.
    folded: String,
    /// Where each ends, with what it is.
    ends: Vec<(usize, &'static str, Entry)>,
    /// A bit per hash of a gram.
    grams: Vec<u64>,
}

impl Messages {
    /// Where the bit of a gram is.
    fn bit(gram: &[u8]) -> (usize, u64) {
        let number = gram.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let bit = hash(number) >> 48;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    fn fold() -> Self {
        let mut folded = Vec::new();
        let mut ends = Vec::new();
        let mut grams = vec![0; 1 << 10];
        for (entry, message) in Entry::all().flat_map(|entry| entry.messages().map(move |message| (entry, message))) {
            let start = folded.len();
            fold_into(&mut folded, message);
            for gram in folded[start..].windows(GRAM) {
                let (word, bit) = Self::bit(gram);
                grams[word] |= bit;
            }
            folded.push(b'\n');
            ends.push((folded.len(), message, entry));
        }
        Self { folded: String::from_utf8(folded).unwrap_or_default(), ends, grams }
    }

    fn may_hold(&self, part: &str) -> bool {
        let is_set = |gram| {
            let (word, bit) = Self::bit(gram);
            self.grams[word] & bit != 0
        };
        part.as_bytes().windows(GRAM).all(is_set)
    }
}

/// The messages that hold a text, with the entries that have them.
pub(super) fn messages_with(text: &str) -> Vec<(&'static str, Entry)> {
    static MESSAGES: OnceLock<Messages> = OnceLock::new();
    let part = fold(text);
    if part.len() < SHORTEST_PART {
        return Vec::new();
    }
    let messages = MESSAGES.get_or_init(Messages::fold);
    if !messages.may_hold(&part) {
        return Vec::new();
    }
    let holding = messages.folded.match_indices(&part).map(|(start, _)| messages.ends.partition_point(|(end, ..)| *end <= start));
    let mut holding: Vec<usize> = holding.collect();
    holding.dedup();
    holding.into_iter().map(|at| (messages.ends[at].1, messages.ends[at].2)).collect()
}

/// How often letters and digits occur in a text, by their lower four bits.
type Counts = [u8; 16];

fn counts(folded: &[u8]) -> Counts {
    let mut counts = Counts::default();
    for byte in folded {
        let count = &mut counts[usize::from(byte & 15)];
        *count = count.saturating_add(1);
    }
    counts
}

/// A name that can be meant.
struct Name {
    /// Where it stands, folded.
    start: usize,
    len: usize,
    text: &'static str,
    is_symbol: bool,
}

/// The ids and names of all entries, and the names of all symbols, shortest first.
struct Names {
    folded: Vec<u8>,
    sorted: Vec<Name>,
    counts: Vec<Counts>,
}

impl Names {
    fn fold() -> Self {
        let entries = Entry::all().flat_map(|entry| [entry.id()].into_iter().chain(entry.names()));
        let all = entries.map(|name| (name, false)).chain(Symbol::all().map(|symbol| (symbol.name(), true)));
        let mut folded = Vec::new();
        let mut sorted: Vec<Name> = Vec::new();
        for (name, is_symbol) in all {
            let start = folded.len();
            fold_into(&mut folded, name);
            sorted.push(Name { start, len: folded.len() - start, text: name, is_symbol });
        }
        sorted.sort_by_key(|name| name.len);
        let counts = sorted.iter().map(|name| counts(&folded[name.start..][..name.len])).collect();
        Self { folded, sorted, counts }
    }
}

/// A name that differs from a text in so many letters.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    pub(super) distance: usize,
    pub(super) is_symbol: bool,
    pub(super) name: &'static str,
}

/// The names that differ from a folded text in at most `slips` letters, the nearest first.
pub(super) fn names_like(wanted: &str, slips: usize) -> Vec<Near> {
    static NAMES: OnceLock<Names> = OnceLock::new();
    let Names { folded, sorted, counts: all } = NAMES.get_or_init(Names::fold);
    let wanted = wanted.as_bytes();
    let own = counts(wanted);
    let first = sorted.partition_point(|name| name.len + slips < wanted.len());
    let end = sorted.partition_point(|name| name.len <= wanted.len() + slips);
    // A letter more or less changes one count by one, another letter two.
    let differs = |counts: &Counts| counts.iter().zip(&own).map(|(a, b)| u16::from(a.abs_diff(*b))).sum::<u16>();
    let may_be = (first..end).filter(|&at| usize::from(differs(&all[at])) <= 2 * slips);
    let mut near: Vec<Near> = may_be
        .filter_map(|at| {
            let Name { start, len, text: name, is_symbol } = sorted[at];
            let distance = distance(&folded[start..][..len], wanted, slips)?;
            Some(Near { distance, is_symbol, name })
        })
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|near| near.name);
    near
}

/// How many letters more, less, changed or swapped with a neighbour make one text of the other, if no more than `most`.
fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut two_before: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    let mut row = before.clone();
    for i in 1..=a.len() {
        row[0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (before[j] + 1).min(row[j - 1] + 1).min(before[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(two_before[j - 2] + 1);
            }
            least = least.min(row[j]);
        }
        // A swap can go back over one row.
        if least > most && before.iter().all(|cost| *cost > most) {
            return None;
        }
        two_before.clone_from(&before);
        std::mem::swap(&mut before, &mut row);
    }
    Some(before[b.len()]).filter(|distance| *distance <= most)
}

/// The letters and digits that the ids, names, titles and messages of each entry have, a bit each, in the order of the table.
pub(super) fn letters_of_entries() -> &'static [u64] {
    static LETTERS: OnceLock<Vec<u64>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let texts = |entry: Entry| [entry.id()].into_iter().chain(entry.names()).chain(entry.messages()).chain(entry.title());
        Entry::all().map(|entry| texts(entry).fold(0, |letters, text| letters | self::letters(text))).collect()
    })
}

/// The letters and digits that a text has, a bit each.
pub(super) fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31 | if byte.is_ascii_digit() { 32 } else { 0 }))
}
