//! The names and messages of the table, folded once per process: what a query is compared with that is none of them as a whole.

use std::sync::OnceLock;

use memchr::memmem;

use crate::key::{fold, fold_into, hash, variable};
use crate::table::{Entry, Symbol, Table};

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
    /// Calls `each` with the place of the bit of each gram of a text.
    fn each_gram(folded: &[u8], mut each: impl FnMut(usize, u64)) {
        let mut number = 0_u32;
        for (position, byte) in folded.iter().enumerate() {
            number = number << 8 | u32::from(*byte);
            if position + 1 >= GRAM {
                let bit = hash(u64::from(number)) >> 48;
                each((bit >> 6) as usize, 1 << (bit & 63));
            }
        }
    }

    fn fold() -> Self {
        let mut folded = String::new();
        let mut ends = Vec::new();
        let mut grams = vec![0; 1 << 10];
        for (entry, message) in Entry::all().flat_map(|entry| entry.messages().map(move |message| (entry, message))) {
            let start = folded.len();
            fold_into(&mut folded, message);
            Self::each_gram(&folded.as_bytes()[start..], |word: usize, bit| grams[word] |= bit);
            folded.push('\n');
            ends.push((folded.len(), message, entry));
        }
        Self { folded, ends, grams }
    }

    fn may_hold(&self, part: &str) -> bool {
        let mut all = true;
        Self::each_gram(part.as_bytes(), |word, bit| all &= self.grams[word] & bit != 0);
        all
    }
}

/// The messages that hold a text, with the entries that have them, somebody's own first.
pub(super) fn messages_with(text: &str, table: Table) -> Vec<(&'static str, Entry)> {
    static MESSAGES: OnceLock<Messages> = OnceLock::new();
    let part = fold(text);
    if part.len() < SHORTEST_PART {
        return Vec::new();
    }
    let own = table.own().flat_map(|entry| entry.messages().map(move |message| (message, entry)));
    let mut found: Vec<(&str, Entry)> = own.filter(|(message, _)| fold(message).contains(&part)).collect();
    let messages = MESSAGES.get_or_init(Messages::fold);
    if !messages.may_hold(&part) {
        return found;
    }
    let holding = messages.folded.match_indices(&part).map(|(start, _)| messages.ends.partition_point(|(end, ..)| *end <= start));
    let mut holding: Vec<usize> = holding.collect();
    holding.dedup();
    found.extend(holding.into_iter().map(|at| (messages.ends[at].1, messages.ends[at].2)));
    found
}

/// A fixed part of a message that is shorter can stand in other texts.
const SHORTEST_FIXED: usize = 24;

/// The messages with variable parts that a text is as a whole, or of which it holds a long fixed part, with the entries that have them.
pub(super) fn messages_in(text: &str, table: Table) -> Vec<(&'static str, Entry)> {
    let text = fold(text);
    if text.len() < SHORTEST_PART {
        return Vec::new();
    }
    let messages = table.all().flat_map(|entry| entry.messages().map(move |message| (message, entry)));
    let fits = |message: &str| {
        let parts = fixed_parts(message);
        is_whole(&parts, &text) || holds_part(&parts, &text)
    };
    messages.filter(|(message, _)| message.contains('<') && fits(message)).collect()
}

/// The fixed parts of a message that has variable ones, folded; none of a message that has not.
fn fixed_parts(message: &str) -> Vec<String> {
    let (mut parts, mut from) = (Vec::new(), 0);
    while let Some(variable) = variable(message.as_bytes(), from) {
        parts.push(fold(&message[from..variable.start]));
        from = variable.end;
    }
    if from > 0 {
        parts.push(fold(&message[from..]));
    }
    parts
}

/// Whether a folded text holds a long one of the fixed parts of a message.
fn holds_part(parts: &[String], text: &str) -> bool {
    parts.iter().any(|part| part.len() >= SHORTEST_FIXED && memmem::find(text.as_bytes(), part.as_bytes()).is_some())
}

/// Whether a folded text is the message with these fixed parts, with anything in the place of its variable ones.
fn is_whole(parts: &[String], text: &str) -> bool {
    let ([first, rest @ ..], true) = (parts, parts.iter().map(String::len).sum::<usize>() >= SHORTEST_PART) else {
        return false;
    };
    let Some((last, middle)) = rest.split_last() else { return false };
    let Some(mut left) = text.strip_prefix(first.as_str()).and_then(|left| left.strip_suffix(last.as_str())) else { return false };
    middle.iter().all(|part| {
        left.split_once(part.as_str()).is_some_and(|(_, after)| {
            left = after;
            true
        })
    })
}

/// How often letters and digits occur in a text, by the last four bits of their place in the alphabet.
type Counts = [u8; 16];

/// The place of a letter in the alphabet, of a digit after it; 255 for all else.
const PLACES: [u8; 256] = {
    let mut places = [255; 256];
    let mut byte = 0;
    while byte < 256 {
        match byte as u8 {
            lower @ b'a'..=b'z' => places[byte] = lower - b'a',
            upper @ b'A'..=b'Z' => places[byte] = upper - b'A',
            digit @ b'0'..=b'9' => places[byte] = 26 + (digit - b'0') / 2,
            _ => {}
        }
        byte += 1;
    }
    places
};

/// The counts of a text, and how many letters and digits it has.
fn counts(text: &str) -> (Counts, usize) {
    let mut counts = Counts::default();
    let mut len = 0;
    for byte in text.bytes() {
        let place = PLACES[usize::from(byte)];
        let is_one = u8::from(place != 255);
        // No name of the table has 256 letters; longer texts are near to none.
        let count = &mut counts[usize::from(place & 15)];
        *count = count.wrapping_add(is_one);
        len += usize::from(is_one);
    }
    (counts, len)
}

/// The ids and names of all entries, and the names of all symbols.
struct Names {
    of_entries: Vec<&'static str>,
    symbols: Vec<Symbol>,
    /// Those of the entries, then those of the symbols.
    counts: Vec<Counts>,
    /// The positions of all, those with the fewest letters first.
    by_len: Vec<u16>,
    /// Where those begin in that order that have so many letters.
    begins: Vec<u16>,
}

impl Names {
    fn count() -> Self {
        let of_entries: Vec<&str> = Entry::all().flat_map(|entry| [entry.id()].into_iter().chain(entry.names())).collect();
        let symbols: Vec<Symbol> = Symbol::all().collect();
        let count = of_entries.len() + symbols.len();
        let (mut counted, mut lens) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for name in of_entries.iter().copied().chain(symbols.iter().map(|symbol| symbol.name())) {
            let (counts, len) = counts(name);
            counted.push(counts);
            lens.push(len as u8);
        }
        let mut begins = vec![0; 257];
        for len in &lens {
            begins[usize::from(*len) + 1] += 1;
        }
        for len in 1..begins.len() {
            begins[len] += begins[len - 1];
        }
        let (mut next, mut by_len) = (begins.clone(), vec![0; count]);
        for (position, len) in (0..).zip(lens) {
            let place = &mut next[usize::from(len)];
            by_len[usize::from(*place)] = position;
            *place += 1;
        }
        Self { of_entries, symbols, counts: counted, by_len, begins }
    }

    /// The name at a position, and whether it is one of a symbol.
    fn name(&self, position: u16) -> (&'static str, bool) {
        let position = usize::from(position);
        match self.of_entries.get(position) {
            Some(name) => (name, false),
            None => (self.symbols[position - self.of_entries.len()].name(), true),
        }
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
pub(super) fn names_like(wanted: &str, slips: usize, table: Table) -> Vec<Near> {
    static NAMES: OnceLock<Names> = OnceLock::new();
    let names = NAMES.get_or_init(Names::count);
    let (own, _) = counts(wanted);
    let begin = |len: usize| usize::from(names.begins[len.min(names.begins.len() - 1)]);
    let range = begin(wanted.len().saturating_sub(slips))..begin(wanted.len() + slips + 1);
    // A letter more or less changes one count by one, another letter two. Written so that the compiler makes one instruction of it.
    let differs = |counts: &Counts| counts.iter().zip(&own).map(|(a, b)| (i32::from(*a) - i32::from(*b)).unsigned_abs()).sum::<u32>();
    let may_be = names.by_len[range].iter().filter(|position| differs(&names.counts[usize::from(**position)]) as usize <= 2 * slips);
    let mut folded = String::new();
    let mut near: Vec<Near> = may_be
        .filter_map(|&position| {
            let (name, is_symbol) = names.name(position);
            folded.clear();
            fold_into(&mut folded, name);
            let distance = distance(folded.as_bytes(), wanted.as_bytes(), slips)?;
            Some(Near { distance, is_symbol, name })
        })
        .collect();
    for name in table.own().flat_map(|entry| [entry.id()].into_iter().chain(entry.names())) {
        folded.clear();
        fold_into(&mut folded, name);
        near.extend(distance(folded.as_bytes(), wanted.as_bytes(), slips).map(|distance| Near { distance, is_symbol: false, name }));
    }
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

/// What a byte is, as far as words begin at one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// What texts have of letters and digits, a bit each: what a word can't fit that has others.
#[derive(Clone, Copy, Default)]
pub(super) struct Letters {
    /// All of them.
    all: u32,
    /// Those that words begin with, also words that are written together.
    first: u32,
}

impl Letters {
    /// The letters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut letters = Self::default();
        let mut before = Class::Other;
        for byte in text.bytes() {
            let class = CLASSES[usize::from(byte)];
            let bit = 1 << (PLACES[usize::from(byte)] & 31);
            letters.all |= bit;
            if before == Class::Other || class == Class::Upper && before == Class::Lower {
                letters.first |= bit;
            }
            before = class;
        }
        letters
    }

    fn and(self, text: &str) -> Self {
        let other = Self::of(text);
        Self { all: self.all | other.all, first: self.first | other.first }
    }

    /// Whether a word with these letters can fit one of the texts. A `false` is certain.
    pub(super) fn may_fit(self, word: Self) -> bool {
        // A word with a typing error can have a letter that is not there, but not the first.
        self.first & word.first != 0 && (word.all & !self.all).count_ones() <= 1
    }
}

/// The letters of the ids, names and titles of all entries, and, if wanted, of their messages, in the order of the table.
pub(super) fn letters_of_entries(with_messages: bool) -> &'static [Letters] {
    static NAMES: OnceLock<Vec<Letters>> = OnceLock::new();
    static ALL: OnceLock<Vec<Letters>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let of_entry = |entry: Entry| entry.names().chain(entry.title()).fold(Letters::of(entry.id()), Letters::and);
        Entry::all().map(of_entry).collect()
    });
    if !with_messages {
        return names;
    }
    ALL.get_or_init(|| Entry::all().zip(names).map(|(entry, names)| entry.messages().fold(*names, Letters::and)).collect())
}

/// The letters of the names of all symbols, in the order of the table.
pub(super) fn letters_of_symbols() -> &'static [Letters] {
    static LETTERS: OnceLock<Vec<Letters>> = OnceLock::new();
    LETTERS.get_or_init(|| Symbol::all().map(|symbol| Letters::of(symbol.name())).collect())
}
