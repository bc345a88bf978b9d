//! The table as the build packed it. No other file knows how.
//!
//! Everything is a position in a few arrays, so that the table holds no address: nothing of it is relocated when the program
//! starts, however large it grows. Prose is unpacked when it is first shown, one item at a time.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::unpack::unpack;
use crate::code::{Code, Kind};
use crate::key::{MARK_BITS, SYMBOLS_A_START, TAIL_BITS, first_of_constant, folded, hash, hash_text};

/// A part of the table's text: the two halves of its start, and its length, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Text([u16; 3]);

impl Text {
    pub(super) fn get(self) -> &'static str {
        let [low, high, len] = self.0;
        &generated::TEXT[usize::from(low) | usize::from(high) << 16..][..usize::from(len)]
    }

    pub(super) fn non_empty(self) -> Option<&'static str> {
        Some(self.get()).filter(|text| !text.is_empty())
    }
}

/// A key of the maps by text: equal to what folds to the same.
impl phf::PhfEq<str> for Text {
    fn phf_eq(&self, other: &str) -> bool {
        folds_to(self.get(), other)
    }
}

/// Whether a text folds to this.
fn folds_to(text: &str, to: &str) -> bool {
    if text.is_ascii() {
        // Letters of other languages need a table.
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| byte.to_ascii_lowercase()).eq(to.bytes());
    }
    folded(text).eq(to.chars())
}

/// A part of one of the table's arrays: start and length.
#[derive(Clone, Copy)]
pub(super) struct List(pub(super) u16, pub(super) u8);

impl List {
    pub(super) fn of<T>(self, array: &'static [T]) -> &'static [T] {
        &array[usize::from(self.0)..][..usize::from(self.1)]
    }

    pub(super) fn texts(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.of(&generated::TEXTS).iter().map(|text| text.get())
    }

    pub(super) fn positions(self) -> impl ExactSizeIterator<Item = u16> {
        self.of(&generated::POSITIONS).iter().copied()
    }
}

/// The positions in a list that a map gave.
pub(super) fn listed(list: Option<&List>) -> impl ExactSizeIterator<Item = u16> + use<> {
    list.copied().unwrap_or(List(0, 0)).positions()
}

/// The positions of an array. The build has made sure that 16 bits are enough.
pub(super) fn positions(len: usize) -> Range<u16> {
    0..len as u16
}

const ITEMS: usize = generated::PROSE_STARTS.len() - 1;

/// The prose that was shown so far. It stays for good; all of it together is a few megabytes.
static SHOWN: [Mutex<Option<&'static [&'static str]>>; ITEMS] = [const { Mutex::new(None) }; ITEMS];

/// The texts of an item.
pub(super) fn prose(item: usize) -> &'static [&'static str] {
    let mut shown = SHOWN[item].lock().unwrap_or_else(PoisonError::into_inner);
    shown.get_or_insert_with(|| {
        let range = generated::PROSE_STARTS[item] as usize..generated::PROSE_STARTS[item + 1] as usize;
        let (text, ends) = unpack(&generated::PROSE_PARTS, generated::PROSE, generated::PROSE_ONE_BYTE, &generated::PROSE[range]);
        let text: &'static str = Box::leak(text.into_boxed_str());
        let mut start = 0;
        let texts = ends.into_iter().map(|end| &text[std::mem::replace(&mut start, end)..end]).collect::<Box<[_]>>();
        Box::leak(texts)
    })
}

/// Some texts of an item. Nothing is unpacked before the first of them is asked for.
pub(super) fn texts_of(item: usize, from: usize, count: u8) -> impl ExactSizeIterator<Item = &'static str> {
    (from..from + usize::from(count)).map(move |text| prose(item)[text])
}

pub(super) struct Record {
    pub(super) id: Text,
    /// Where its texts begin: title, names, messages, and those of them that are not scanned for.
    pub(super) texts: List,
    pub(super) codes: List,
    pub(super) seen_in: List,
    /// One more than the position of the guide, or 0.
    pub(super) guide: u8,
    pub(super) counts: Counts,
}

/// How many texts of a record are what, and what of it is a number.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) titles: u8,
    pub(super) names: u8,
    pub(super) messages: u8,
    /// Those of the prose, after the problem.
    pub(super) causes: u8,
    pub(super) steps: u8,
    pub(super) notes: u8,
    pub(super) sources: u8,
    pub(super) legacy: bool,
    pub(super) nothing_to_do: bool,
    pub(super) area: u8,
    pub(super) platforms: u8,
    pub(super) rank: u8,
}

/// The value of the symbol at a position.
pub(super) fn symbol_value(position: u16) -> u32 {
    generated::SYMBOL_VALUES[usize::from(position)]
}

/// The kind of the symbol at a position.
pub(super) fn symbol_kind(position: u16) -> Kind {
    kind(generated::SYMBOL_KINDS[usize::from(position) / 4] >> (position % 4 * 2) & 3)
}

/// The name of the symbol at a position.
pub(super) fn symbol_name(position: u16) -> &'static str {
    let position = usize::from(position);
    let known = position / SYMBOLS_A_START;
    let before = &generated::SYMBOL_LENGTHS[known * SYMBOLS_A_START..position];
    let start = generated::SYMBOL_STARTS[known] as usize + before.iter().copied().map(usize::from).sum::<usize>();
    &generated::TEXT[start..][..usize::from(generated::SYMBOL_LENGTHS[position])]
}

/// The positions of the symbols with this value.
pub(super) fn symbols_of(value: u32) -> Range<u16> {
    let values = &generated::SYMBOL_VALUES;
    let start = values.partition_point(|of| *of < value);
    let len = values[start..].iter().take_while(|of| **of == value).count();
    start as u16..(start + len) as u16
}

/// The positions of the symbols whose names fold to this. They stand beside each other in the array by name.
pub(super) fn symbols_named(name: &str) -> &'static [u16] {
    let buckets = &generated::SYMBOL_BUCKETS;
    // There is one more border than buckets; the logarithm rounds it off.
    let bucket = (hash_text(name) >> (64 - buckets.len().ilog2())) as usize;
    let symbols = &generated::SYMBOLS_BY_NAME[usize::from(buckets[bucket])..usize::from(buckets[bucket + 1])];
    let is_it = |position: &u16| folds_to(symbol_name(*position), name);
    let start = symbols.iter().position(is_it).unwrap_or(symbols.len());
    let len = symbols[start..].iter().take_while(|position| is_it(position)).count();
    &symbols[start..start + len]
}

fn kind(position: u8) -> Kind {
    [Kind::Hresult, Kind::Win32, Kind::Ntstatus][usize::from(position)]
}

pub(super) struct FacilityRecord {
    pub(super) value: u32,
    pub(super) kind: u8,
    pub(super) name: Text,
}

impl FacilityRecord {
    pub(super) fn kind(&self) -> Kind {
        kind(self.kind)
    }
}

pub(super) struct ContextRecord {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) words: List,
    pub(super) families: List,
}

/// What gives a context away: its words, folded, and the position of the context.
pub(super) struct Marker {
    pub(super) first: Text,
    pub(super) others: List,
    pub(super) kind: u8,
}

/// Text and source are prose.
pub(super) struct MeaningRecord {
    pub(super) code: u32,
    pub(super) name: Text,
    pub(super) printed: Text,
    pub(super) generic: bool,
}

pub(super) struct GuideRecord {
    pub(super) id: Text,
    pub(super) title: Text,
    /// How many texts of the prose are what.
    pub(super) steps: u8,
    pub(super) notes: u8,
    pub(super) sources: u8,
    pub(super) diagnosis: bool,
}

/// Meaning and source are prose.
pub(super) struct EventRecord {
    pub(super) provider: Text,
    pub(super) id: u16,
    pub(super) level: u8,
    pub(super) failure: bool,
}

/// The text is prose.
pub(super) struct PointRecord {
    pub(super) topic: u8,
    pub(super) link: Text,
    pub(super) source: Text,
    pub(super) platforms: u8,
}

/// A name or message as the scan looks for it.
pub(crate) struct Pattern {
    pub(super) text: Text,
    pub(super) entries: List,
    /// Whether it has a variable part.
    pub(crate) varies: bool,
}

/// Where a gram, eight bytes from the beginning of a word, stands in a pattern.
#[derive(Clone, Copy)]
pub(crate) struct Gram {
    pub(super) bytes: u64,
    /// The next four bytes, as far as the pattern has them; 0 for the others.
    pub(super) tail: u32,
    /// The position of the pattern.
    pub(crate) pattern: u16,
    /// The position of the gram in it, in bytes.
    pub(crate) offset: u16,
}

/// What the scan asks first of a word: whether it begins with a gram.
#[derive(Clone)]
pub(crate) struct GramFilter {
    /// By the hash of a gram, what [`check`](crate::key::check) says of it; 0 where there is none, and [`SHARED`](crate::key::SHARED) where
    /// there are several.
    pub(crate) marks: [u8; 1 << MARK_BITS],
    /// A bit for each gram with the two bytes after it, by the hash of both; with [`ANY_TAIL`](crate::key::ANY_TAIL) where anything can follow.
    pub(crate) tails: [u8; 1 << (TAIL_BITS - 3)],
}

/// A word or phrase: its first eight bytes, its place in the text of all words, and the lists that have it.
pub(crate) struct Word {
    pub(super) head: u64,
    pub(super) start: u16,
    pub(super) len: u8,
    pub(super) lists: u32,
}

/// Whether a code can have an entry, a symbol or a meaning in one of its forms. A `false` is certain.
#[inline]
pub(crate) fn may_be_known(code: Code) -> bool {
    is_set(&generated::CODE_FILTER, u64::from(code.bits()))
}

/// Whether a word can be what stands before the first underscore of a constant. A `false` is certain.
pub(crate) fn may_begin_constant(word: &[u8]) -> bool {
    is_set(&generated::CONSTANT_FILTER, first_of_constant(word))
}

/// Whether the bit of a number is set in a filter.
#[inline]
fn is_set<const WORDS: usize>(filter: &[u64; WORDS], number: u64) -> bool {
    let bit = hash(number) >> (64 - 6 - WORDS.trailing_zeros());
    filter[(bit >> 6) as usize & (WORDS - 1)] >> (bit & 63) & 1 == 1
}

/// What `build.rs` makes of `data/`.
#[allow(clippy::unreadable_literal)]
pub(super) mod generated {
    use super::{
        ContextRecord, Counts, EventRecord, FacilityRecord, Gram, GramFilter, GuideRecord, List, Marker, MeaningRecord, Pattern,
        PointRecord, Record, Text, Word,
    };

    pub(super) static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text.txt"));
    pub(super) static PROSE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prose.bin"));
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}
