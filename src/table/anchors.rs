//! What the scan looks for of the names and messages of the table.

use super::packed::{Gram, GramFilter, Pattern, generated};
use crate::key::{ANY_TAIL, SHARED, check, hash, mark_of, tail_of};

impl Pattern {
    pub(crate) fn text(&self) -> &'static str {
        self.text.get()
    }

    /// The positions of the entries that have it.
    pub(super) fn positions(&self) -> &'static [u16] {
        self.entries.of(&generated::POSITIONS)
    }
}

/// The pattern at a position that the table gave.
pub(crate) fn pattern(position: u16) -> &'static Pattern {
    &generated::PATTERNS[usize::from(position)]
}

/// The position of the pattern that reads so, in any case.
pub(crate) fn pattern_of(text: &str) -> Option<u16> {
    let lower = text.to_lowercase();
    let position = generated::PATTERNS.binary_search_by(|pattern| pattern.text().to_lowercase().as_str().cmp(&lower)).ok()?;
    u16::try_from(position).ok()
}

impl Gram {
    /// A gram of a text at this position.
    pub(crate) const fn new(bytes: u64, tail: u32, pattern: u16, offset: u16) -> Self {
        Self { bytes, tail, pattern, offset }
    }

    /// Whether its text goes on with these four bytes, letters in lower case, as far as it has them.
    pub(super) fn goes_on(&self, tail: u32) -> bool {
        // All bits of the bytes that the pattern has.
        let mask = u32::MAX.checked_shr(self.tail.leading_zeros() & !7).unwrap_or_default();
        tail & mask == self.tail
    }
}

/// Whether eight bytes, letters in lower case, can be a gram of a pattern that goes on with `after`. A `false` is certain.
#[inline]
pub(crate) fn may_be_gram(filter: &GramFilter, gram: u64, after: u16) -> bool {
    let hash = hash(gram);
    let mark = filter.marks[mark_of(hash)];
    let goes_on = |after| {
        let (byte, bit) = tail_of(hash, after);
        filter.tails[byte] & bit != 0
    };
    // Nearly all words end here.
    (mark == check(hash) || mark == SHARED) && (goes_on(after) || goes_on(ANY_TAIL))
}

/// Where in which patterns a gram stands that has these four bytes after it, letters in lower case.
pub(crate) fn grams(gram: u64, tail: u32) -> impl Iterator<Item = &'static Gram> {
    let buckets = &generated::GRAM_BUCKETS;
    // There is one more border than buckets; the logarithm rounds it off.
    let bucket = (hash(gram) >> (64 - buckets.len().ilog2())) as usize;
    let range = usize::from(buckets[bucket])..usize::from(buckets[bucket + 1]);
    generated::GRAMS[range].iter().filter(move |row| row.bytes == gram && row.goes_on(tail))
}
