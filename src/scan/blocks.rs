//! The pass over the text that finds where something may stand, a block of 64 bytes at a time and without splitting lines.
//!
//! - A code of eight and more digits is a run of hex digits. One vector pass gives a bit a byte, and shifts of these bits tell where eight in a row end.
//! - A code with fewer digits has an `x` before them; the same pass finds each `x`.
//! - Where a letter is no ASCII, a decimal number can stand after a phrase of another alphabet: each number is looked at.
//! - A constant of the Windows headers has a capital before an underscore.
//! - A name or message has an anchor, a word that was chosen when the table was built, and so has what announces an exit code. The pass gives the
//!   words that can be one, and ten bytes from the beginning of each are looked up in a filter.
//!
//! Blocks are classified in batches first: candidate counts are unpredictable, and a mispredicted branch should not discard vector work.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use super::finding::{Finding, Scanner};
use super::{digits, edges, named, texts};
use crate::key::GRAM;
use crate::table::GramFilter;
use crate::text::Borders;

/// Collects everything that is a finding by itself, in no particular order; and where records and lines can end, if that is wanted.
pub(super) fn candidates(scanner: Scanner, text: &[u8], findings: &mut Vec<Finding>, borders: Option<&mut Borders>) {
    dispatch!(Level::new(), simd => pass(simd, scanner, text, findings, borders));
}

/// The loop over the blocks is the program's hottest; inlined, it is compiled for each kind of processor.
#[allow(clippy::inline_always)]
#[inline(always)]
fn pass<S: Simd>(simd: S, scanner: Scanner, text: &[u8], findings: &mut Vec<Finding>, mut borders: Option<&mut Borders>) {
    if let Some(borders) = &mut borders {
        borders.begin(text.len());
    }
    let mut masks = Masks { is_passed: if scanner.table.has_numbers() { 0 } else { u64::MAX }, ..Masks::default() };
    let mut seen = [Seen::default(); BATCH];
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let (mut at, mut is_wide) = (0, false);
    for batch in blocks.chunks(BATCH) {
        let mut any = u8x64::splat(simd, 0);
        for (block, seen) in batch.iter().zip(&mut seen) {
            any |= u8x64::simd_from(simd, *block);
            *seen = masks.next(simd, block);
        }
        if let Some(borders) = &mut borders {
            borders.add(at, seen[..batch.len()].iter().map(|seen| seen.borders), std::mem::take(&mut masks.lines));
        }
        look(scanner, text, at, &seen[..batch.len()], findings);
        // The phrase can end in the batch before.
        let was_wide = std::mem::replace(&mut is_wide, any.simd_ge(0x80).any_true());
        if is_wide || was_wide {
            numbers(scanner, text, at, &seen[..batch.len()], findings);
        }
        at += batch.len() * BLOCK;
    }
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    let last = [masks.next(simd, &block)];
    if let Some(borders) = borders {
        borders.add(at, last.iter().map(|seen| seen.borders), masks.lines);
    }
    look(scanner, text, at, &last, findings);
    if !text[at.saturating_sub(BLOCK)..].is_ascii() {
        numbers(scanner, text, at, &last, findings);
    }
}

/// Looks at the numbers of blocks with letters of other alphabets, the first of which begins at `at`: a phrase of these can stand before one.
#[inline(never)]
fn numbers(scanner: Scanner, text: &[u8], at: usize, blocks: &[Seen], findings: &mut Vec<Finding>) {
    let mut before = 0;
    for (&Seen { digits, .. }, at) in blocks.iter().zip((at..).step_by(BLOCK)) {
        let mut starts = digits & !(digits << 1 | before);
        before = digits >> (u64::BITS - 1);
        while starts != 0 {
            findings.extend(named::after_wide(text, at + starts.trailing_zeros() as usize, scanner.table));
            starts &= starts - 1;
        }
    }
}

/// Looks closely at what was seen in blocks, the first of which begins at `at`.
#[inline(never)]
fn look(scanner: Scanner, text: &[u8], at: usize, blocks: &[Seen], findings: &mut Vec<Finding>) {
    let mut at = at;
    let filter = scanner.table.filter();
    for &Seen { digits, mut eighths, sixths, mut marks, .. } in blocks {
        words(text, at, sixths, filter, scanner, findings);
        while eighths != 0 {
            let eighth = eighths.trailing_zeros();
            eighths &= eighths - 1;
            let more = (!digits >> eighth >> 1).trailing_zeros().min(63 - eighth);
            let is_cut = eighth + more == 63;
            let (start, len) = (at + eighth as usize - 7, 8 + more as usize);
            if is_cut || digits::may_be_code(text, start, len) {
                // A text can begin with a code, whose word was passed over.
                word(text, start, filter, scanner, findings);
                findings.extend(digits::run(text, start, len, is_cut, scanner));
            }
        }
        while marks != 0 {
            special(text, at + marks.trailing_zeros() as usize, scanner, findings);
            marks &= marks - 1;
        }
        at += BLOCK;
    }
}

/// How many blocks are classified before what was seen in them is looked at.
const BATCH: usize = Borders::STEP / BLOCK;

/// Finds the texts whose anchors are among the words whose sixth bytes these are in the block that begins at `at`.
#[allow(clippy::inline_always)]
#[inline(always)]
fn words(text: &[u8], at: usize, mut sixths: u64, filter: &GramFilter, scanner: Scanner, findings: &mut Vec<Finding>) {
    let padded;
    // A known length saves two comparisons a word.
    let words = if let Some(words) = at.checked_sub(BEFORE).and_then(|from| text[from..].first_chunk()) {
        words
    } else {
        padded = padded_words(text, at);
        &padded
    };
    while sixths != 0 {
        let word = sixths.trailing_zeros() as usize % BLOCK;
        sixths &= sixths - 1;
        if words[word..].first_chunk().is_some_and(|bytes| texts::may_be_anchor(filter, *bytes)) {
            texts::at_anchor(text, at + word - BEFORE, scanner.table, findings);
        }
    }
}

/// The words of a block at the beginning or the end of the text: no anchor goes on behind it.
#[cold]
fn padded_words(text: &[u8], at: usize) -> [u8; WORDS] {
    let mut words = [0; WORDS];
    let from = at.saturating_sub(BEFORE);
    let known = &text[from..text.len().min(at + WORDS - BEFORE)];
    words[BEFORE - (at - from)..][..known.len()].copy_from_slice(known);
    words
}

/// Finds the texts whose anchor is the word that begins here.
fn word(text: &[u8], at: usize, filter: &GramFilter, scanner: Scanner, findings: &mut Vec<Finding>) {
    if text[at..].first_chunk().is_some_and(|bytes| texts::may_be_anchor(filter, *bytes)) {
        texts::at_anchor(text, at, scanner.table, findings);
    }
}

/// How far before its sixth byte a word begins.
const BEFORE: usize = 5;

/// How long the words of a block can be that are looked up in the filter, from the first that can begin before it.
const WORDS: usize = BEFORE + BLOCK + GRAM + 2;

/// Looks at the `x` of a prefix, an underscore, a backslash, a percent sign or an escape: before fewer than eight digits stands `0x`; after an
/// escaped sign or a colour begins a word that does not look like the beginning of one.
#[inline(never)]
fn special(text: &[u8], at: usize, scanner: Scanner, findings: &mut Vec<Finding>) {
    let word = match text[at] {
        b'\\' if matches!(text[at + 1..], [b'n' | b'r' | b't', ..]) => at + 2,
        b'\\' if text.get(at..at + 6).is_some_and(|unicode| edges::escape(unicode).is_some()) => at + 6,
        0x1B => match text[at + 1..] {
            [b'[', ref after @ ..] => match after.iter().take(32).position(|b| !matches!(b, b'0'..=b'?')) {
                Some(end) => at + 2 + end + 1,
                None => return,
            },
            _ => return,
        },
        b'%' if text.get(at..at + 3).is_some_and(|percent| edges::escape(percent).is_some()) => at + 3,
        b'%' if text[at + 1..].starts_with(b"%") => return findings.extend(digits::inserted(text, at, scanner.table)),
        b'\\' | b'%' => return,
        b'_' => return findings.extend(named::constant(text, at)),
        _ => return findings.extend(digits::short(text, at, scanner.table)),
    };
    texts::at_anchor(text, word, scanner.table, findings);
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Bits of the bytes that were seen last, for what goes over the border of two blocks.
#[derive(Default)]
struct Masks {
    /// Whether a byte is a hex digit; whether it ends a run of at least two, four, eight of them.
    digits: Moved<1>,
    two_digits: Moved<2>,
    more_digits: Moved<4>,
    four_digits: Moved<4>,
    eight_digits: Moved<1>,
    /// Whether a byte is a letter, a digit or an underscore; whether it ends a run of at least two, four of them, and the latter for the first
    /// time; and whether it is the one after these, of a word that may be an anchor.
    word: Moved<1>,
    two: Moved<2>,
    four: Moved<1>,
    fourths: Moved<1>,
    fifths: Moved<1>,
    /// Whether a word of four characters can be an anchor if the byte is its first, and if it is its second.
    first: Moved<4>,
    second: Moved<3>,
    /// Whether a byte is the digit zero, and whether it is a capital.
    zeros: Moved<1>,
    capitals: Moved<1>,
    /// All bits if words that look like numbers are passed over.
    is_passed: u64,
    /// How many line feeds there were.
    lines: u32,
}

/// Where in a block there is something to look at, a bit a byte.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Hex digits.
    digits: u64,
    /// The eighth digit of each run of hex digits.
    eighths: u64,
    /// The sixth byte from the beginning of each word that may be an anchor.
    sixths: u64,
    /// Each `x` of a prefix `0x`, each underscore after a capital, each backslash, percent sign and escape.
    marks: u64,
    /// Each byte that [`Borders`] keeps.
    borders: u64,
}

impl Masks {
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn next<S: Simd>(&mut self, simd: S, block: &[u8; BLOCK]) -> Seen {
        let bytes = u8x64::simd_from(simd, *block);
        let lower = bytes | 0x20;
        let (letter, digit) = (lower - b'a', bytes - b'0');
        let is_decimal = digit.simd_le(9);
        let is_digit = is_decimal | letter.simd_le(5);
        let is_underscore = bytes.simd_eq(b'_');
        let is_word = is_decimal | letter.simd_le(25) | is_underscore;
        let (digits, word) = (is_digit.to_bitmask(), is_word.to_bitmask());
        // A colon or an opening parenthesis, and an asterisk besides, since one bit in them does not count.
        let fifth = word | (bytes | 0x12).simd_eq(b':').to_bitmask();
        // F, n and u, the first two told by what they have in common; and x, the second letter of exit.
        let first = ((lower | 0x08).simd_eq(b'n') | lower.simd_eq(b'u')).to_bitmask();
        let second = lower.simd_eq(b'x').to_bitmask();
        let prefixes = second & self.zeros.next(digit.simd_eq(0).to_bitmask());
        let constants = is_underscore.to_bitmask() & self.capitals.next((bytes - b'A').simd_le(25).to_bitmask());
        let marks = prefixes | constants | (bytes.simd_eq(b'\\') | bytes.simd_eq(0x1B) | bytes.simd_eq(b'%')).to_bitmask();
        let two = digits & self.digits.next(digits);
        let four = two & self.two_digits.next(two);
        let six = four & self.more_digits.next(two);
        let eight = four & self.four_digits.next(four);
        let eighths = eight & !self.eight_digits.next(eight);
        let two = word & self.word.next(word);
        let four = two & self.two.next(two);
        let fourths = four & !self.four.next(four);
        let is_anchor = fifth | self.first.next(first) | self.second.next(second);
        let fifths = self.fourths.next(fourths) & is_anchor;
        let sixths = self.fifths.next(fifths) & !(six & self.is_passed);
        let feeds = bytes.simd_eq(b'\n');
        self.lines += feeds.to_bitmask().count_ones();
        let borders = (feeds | bytes.simd_eq(b'!') | bytes.simd_eq(b'>')).to_bitmask();
        Seen { digits, eighths, sixths, marks, borders }
    }
}

/// The bits of a block, moved on by so many bytes, with those that come from the block before it. What comes is kept as it will be needed: the
/// compiler makes one instruction of both shifts, which is slow on many processors.
#[derive(Default)]
struct Moved<const BYTES: u32>(u64);

impl<const BYTES: u32> Moved<BYTES> {
    #[allow(clippy::inline_always)]
    #[inline(always)]
    const fn next(&mut self, bits: u64) -> u64 {
        let moved = bits << BYTES | self.0;
        self.0 = bits >> (u64::BITS - BYTES);
        moved
    }
}
