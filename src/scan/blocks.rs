//! The pass over the text that finds where something may stand, a block of bytes at a time and without splitting lines.
//!
//! - A code of eight and more digits is a run of hex digits. One vector pass gives a bit a byte, and shifts of these bits tell where eight in a row end.
//! - A code with fewer digits has an `x` before them; the same pass finds each `x`.
//! - Where a letter is no ASCII, a decimal number can stand after a phrase of another alphabet: each number is looked at.
//! - A constant of the Windows headers has a capital before an underscore.
//! - A name or message has an anchor, a word that was chosen when the table was built, and so has what announces an exit code. The pass gives the
//!   words that can be one, and ten bytes from the beginning of each are looked up in a filter.
//!
//! A vector holds a block and some bytes before it, so no block waits for what was seen in the one before. Blocks are classified in batches
//! first: candidate counts are unpredictable, and a mispredicted branch should not discard vector work.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x16, u8x64};

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
    let is_passed = if scanner.table.has_numbers() { 0 } else { u64::MAX };
    let mut seen = [Seen::default(); BATCH];
    let mut is_wide = false;
    for at in (0..=text.len()).step_by(BATCH * BLOCK) {
        let copied;
        let batch: &[u8; BEFORE + BATCH * BLOCK] = if let Some(batch) = at.checked_sub(BEFORE).and_then(|from| text[from..].first_chunk()) {
            batch
        } else {
            copied = padded(text, at, BEFORE);
            &copied
        };
        let seen = &mut seen[..BATCH.min((text.len() - at) / BLOCK + 1)];
        let mut any = u8x64::splat(simd, 0);
        for (block, seen) in batch.windows(BEFORE + BLOCK).step_by(BLOCK).zip(&mut *seen) {
            let bytes = u8x64::from_slice(simd, block);
            any |= bytes;
            *seen = Seen::of(simd, bytes, is_passed);
        }
        if let Some(borders) = &mut borders {
            for (step, at) in seen.chunks(Borders::STEP / BLOCK).zip((at..).step_by(Borders::STEP)) {
                borders.add(at, step.iter().map(|seen| (seen.borders >> BEFORE, seen.feeds >> BEFORE)));
            }
        }
        look(scanner, text, at, seen, findings);
        // The phrase can end in the batch before.
        let was_wide = std::mem::replace(&mut is_wide, any.simd_ge(0x80).any_true());
        if is_wide || was_wide {
            numbers(scanner, text, at, seen, findings);
        }
    }
}

/// Looks at the numbers of blocks with letters of other alphabets, the first of which begins at `at`: a phrase of these can stand before one.
#[inline(never)]
fn numbers(scanner: Scanner, text: &[u8], at: usize, blocks: &[Seen], findings: &mut Vec<Finding>) {
    let mut before = 0;
    for (seen, at) in blocks.iter().zip((at..).step_by(BLOCK)) {
        let digits = seen.digits >> BEFORE;
        let mut starts = digits & !(digits << 1 | before);
        before = digits >> (BLOCK - 1);
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
    for seen in blocks {
        let [digits, mut eighths, sixths, mut marks] = [seen.digits, seen.eighths, seen.sixths, seen.marks].map(|bits| bits >> BEFORE);
        words(text, at, sixths, filter, scanner, findings);
        while eighths != 0 {
            let eighth = eighths.trailing_zeros();
            eighths &= eighths - 1;
            // The digits of a block do not fill their word, so they end in it.
            let more = (!digits >> eighth >> 1).trailing_zeros();
            let is_cut = eighth + more == LAST;
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
const BATCH: usize = 64;

/// Finds the texts whose anchors are among the words whose sixth bytes these are in the block that begins at `at`.
#[allow(clippy::inline_always)]
#[inline(always)]
fn words(text: &[u8], at: usize, mut sixths: u64, filter: &GramFilter, scanner: Scanner, findings: &mut Vec<Finding>) {
    let copied;
    // A known length saves two comparisons a word.
    let words: &[u8; WORDS] = if let Some(words) = at.checked_sub(SIXTH).and_then(|from| text[from..].first_chunk()) {
        words
    } else {
        copied = padded(text, at, SIXTH);
        &copied
    };
    while sixths != 0 {
        let word = sixths.trailing_zeros() as usize % 64;
        sixths &= sixths - 1;
        if words[word..].first_chunk().is_some_and(|bytes| texts::may_be_anchor(filter, *bytes)) {
            texts::at_anchor(text, at + word - SIXTH, scanner.table, findings);
        }
    }
}

/// The bytes from so many before a place on, at the beginning or the end of the text: nothing comes before it, and nothing goes on behind it.
#[cold]
fn padded<const LEN: usize>(text: &[u8], at: usize, before: usize) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    let from = at.saturating_sub(before);
    let known = &text[from..text.len().min(at + LEN - before)];
    bytes[before - (at - from)..][..known.len()].copy_from_slice(known);
    bytes
}

/// Finds the texts whose anchor is the word that begins here.
fn word(text: &[u8], at: usize, filter: &GramFilter, scanner: Scanner, findings: &mut Vec<Finding>) {
    if text[at..].first_chunk().is_some_and(|bytes| texts::may_be_anchor(filter, *bytes)) {
        texts::at_anchor(text, at, scanner.table, findings);
    }
}

/// How long the words of a block can be that are looked up in the filter, from the first that can begin before it, for any bit.
const WORDS: usize = 64 + GRAM + 2;

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

/// How far before its sixth byte a word begins.
const SIXTH: usize = 5;

/// How many bytes are looked at together: with [`BEFORE`], those of a vector.
const BLOCK: usize = Borders::BLOCK;

/// The last bit of a block.
const LAST: u32 = BLOCK as u32 - 1;

/// So many bytes before a block are looked at with it, so that no bit depends on what was seen before.
const BEFORE: usize = 64 - BLOCK;

/// Where in a block there is something to look at, a bit a byte; the bits of the bytes before it come first and count for nothing.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Hex digits.
    digits: u64,
    /// The eighth digit of each run of hex digits that may be a code.
    eighths: u64,
    /// The sixth byte from the beginning of each word that may be an anchor.
    sixths: u64,
    /// Each `x` of a prefix `0x`, each underscore after a capital, each backslash, percent sign and escape.
    marks: u64,
    /// Each byte that [`Borders`] keeps, and the line feeds among them.
    borders: u64,
    feeds: u64,
}

impl Seen {
    /// What there is to see in the bytes of a block and those before it. Words that look like numbers are no anchors if `is_passed` has all bits.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn of<S: Simd>(simd: S, bytes: u8x64<S>, is_passed: u64) -> Self {
        let (low, high) = (bytes & 0x0F, bytes >> 4);
        let letters = LETTERS.of_each(simd, low, high);
        let signs = SIGNS.of_each(simd, low, high);
        let those = |classes: u8x64<S>, wanted: u8| !(classes & wanted).simd_eq(0).to_bitmask();
        let (digits, word) = (those(letters, Classes::HEX), those(letters, Classes::WORD));
        let x = those(letters, Classes::X);
        // A word of four characters can be an anchor if a colon or a parenthesis follows, or by its first or its second letter.
        let is_anchor = word | those(signs, Classes::AFTER_FOUR) | those(letters, Classes::FIRST) << 4 | x << 3;
        let prefixes = x & bytes.simd_eq(b'0').to_bitmask() << 1;
        // What has this bit is no capital; few other bytes have not.
        let constants = those(letters, Classes::UNDERSCORE) & (bytes & 0x20).simd_eq(0).to_bitmask() << 1;
        let marks = prefixes | constants | those(signs, Classes::MARKS);
        let two = digits & digits << 1;
        let four = two & two << 2;
        let six = four & two << 4;
        let eight = four & four << 4;
        // Runs of eleven or twelve digits, unless an escape begins them, and of eight before a hyphen and a word: nearly all are parts of GUIDs.
        let is_longer = four >> 3 & !digits >> 5 & !(those(letters, Classes::ESCAPE) << 8);
        let is_joined = bytes.simd_eq(b'-').to_bitmask() >> 1 & word >> 2 & !(x << 8);
        let eighths = eight & !(eight << 1) & !(is_longer | is_joined);
        let two = word & word << 1;
        let four = two & two << 2;
        let fourths = four & !(four << 1);
        let fifths = fourths << 1 & is_anchor;
        let sixths = fifths << 1 & !(six & is_passed);
        Self { digits, eighths, sixths, marks, borders: those(signs, Classes::BORDERS), feeds: those(signs, Classes::FEED) }
    }
}

/// The classes of bytes, a bit a class: those that both halves of a byte have.
struct Classes {
    low: [u8; 16],
    high: [u8; 16],
}

/// Letters, digits and the underscore.
static LETTERS: Classes =
    Classes::of([b"0123456789", b"ABCDEFabcdef", b"GHIJKLMNOghijklmno", b"PQRSTUVWXYZpqrstuvwxyz", b"_", b"FNfn", b"%Uu", b"Xx"]);

/// Other signs.
static SIGNS: Classes = Classes::of([b"\\", b"\x1B", b"%", b"!", b">", b"\n", b":", b"("]);

impl Classes {
    const HEX: u8 = 0b11;
    const WORD: u8 = 0b1_1111;
    const UNDERSCORE: u8 = 1 << 4;
    /// The first letters of words of four characters that can be an anchor, and a sign that no word has.
    const FIRST: u8 = 0b11 << 5;
    /// What an escape begins with whose digits come first.
    const ESCAPE: u8 = 1 << 6;
    /// The `x` of a prefix, and the second letter of `exit`.
    const X: u8 = 1 << 7;

    const MARKS: u8 = 0b111;
    const BORDERS: u8 = 0b111 << 3;
    const FEED: u8 = 1 << 5;
    /// What can follow a word of four characters that is an anchor.
    const AFTER_FOUR: u8 = 0b11 << 6;

    /// Each class has all bytes whose halves are those of its bytes.
    const fn of(classes: [&[u8]; 8]) -> Self {
        let (mut low, mut high) = ([0; 16], [0; 16]);
        let mut class = 0;
        while class < classes.len() {
            let mut byte = 0;
            while byte < classes[class].len() {
                low[(classes[class][byte] & 0x0F) as usize] |= 1 << class;
                high[(classes[class][byte] >> 4) as usize] |= 1 << class;
                byte += 1;
            }
            class += 1;
        }
        Self { low, high }
    }

    /// The classes of each byte, whose halves these are.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn of_each<S: Simd>(&self, simd: S, low: u8x64<S>, high: u8x64<S>) -> u8x64<S> {
        let table = |of: [u8; 16]| u8x64::block_splat(u8x16::simd_from(simd, of));
        table(self.low).swizzle_dyn_within_blocks(low) & table(self.high).swizzle_dyn_within_blocks(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that have one of these classes.
    fn with(classes: &Classes, wanted: u8) -> Vec<u8> {
        let has = |byte: &u8| classes.low[usize::from(byte & 0x0F)] & classes.high[usize::from(byte >> 4)] & wanted != 0;
        (0..=u8::MAX).filter(has).collect()
    }

    /// What is seen in a text of dots with these bytes at a place, up to the end of the vector.
    fn seen(at: usize, text: &str) -> Seen {
        let mut bytes = [b'.'; BEFORE + BLOCK];
        bytes.iter_mut().skip(at).zip(text.as_bytes()).for_each(|(to, byte)| *to = *byte);
        dispatch!(Level::new(), simd => Seen::of(simd, u8x64::simd_from(simd, bytes), u64::MAX))
    }

    #[test]
    fn each_code_is_seen_by_its_eighth_digit_wherever_it_stands() {
        let scanner = Scanner::new().all(true);
        let mut codes = 0;
        for before in
            ["", "error ", "error-", "0x", "error: 0X", "\\u0022", "\\u003e", "%22", "%20", "FFFFFFFF", "0xFFFFFFFF", "(Error: ", "-", "8"]
        {
            for digits in
                ["80070005", "8018001", "801800140", "801800140123", "000000C8", "2147942405", "18446744071562149893", "2145910764"]
            {
                for after in ["", " ", "-", "-a", "--", ":Access", "; Source: Windows)", "\\u0022", "L", "."] {
                    let text = format!("{before}{digits}{after}");
                    let from = text.len() - after.len() - digits.len();
                    let more = text[..from].bytes().rev().take_while(u8::is_ascii_hexdigit).count();
                    let (start, len) = (from - more, digits.len() + more);
                    let is_code = len > 7 && digits::run(text.as_bytes(), start, len, false, scanner).is_some();
                    codes += usize::from(is_code);
                    for eighth in (BEFORE..BEFORE + BLOCK).filter(|eighth| is_code && *eighth >= start + 7) {
                        let at = eighth - start - 7;
                        assert!(seen(at, &text).eighths >> eighth & 1 == 1, "{text:?} at {at}");
                    }
                }
            }
        }
        assert!(codes > 100, "{codes}");
    }

    #[test]
    fn the_parts_of_a_guid_are_not_seen_as_codes() {
        let guid = "80180014-c0de-4aaa-8bbb-0123456789ab";
        for at in BEFORE..BEFORE + BLOCK - guid.len() - 1 {
            assert_eq!(seen(at, guid).eighths, 0, "at {at}");
        }
    }

    /// A sign below each byte of a text that is looked at closely: `8` for the eighth digit of a run, `6` for the sixth byte from the beginning of
    /// a word, `!` for another mark.
    fn picture(at: usize, text: &str) -> String {
        let Seen { eighths, sixths, marks, .. } = seen(at, text);
        let sign = |bit| {
            [(eighths, '8'), (sixths, '6'), (marks, '!')].iter().find(|(bits, _)| bits >> bit & 1 == 1).map_or(' ', |(_, sign)| *sign)
        };
        (at..BEFORE + BLOCK).map(sign).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn a_closer_look_is_taken_where_something_can_stand_and_nowhere_else() {
        for (text, expected) in [
            // Runs of digits.
            ("80070005 ", "       8"),
            ("8007000 ", ""),
            ("801800140 ", "       8"),
            ("2147942405 ", "       8"),
            ("21479424051 ", ""),
            ("214794240512 ", ""),
            ("2147942405123 ", "       8"),
            ("0x80070005 ", " !   6   8"),
            ("0x80070005-a", " !   6   8"),
            ("0x80070005abc ", " !   6"),
            ("80070005-a", ""),
            ("80070005-:", "       8"),
            ("80070005:a", "       8"),
            ("u002280070005 ", "     6  8"),
            // Words.
            ("denied ", "     6"),
            ("word ", ""),
            ("words ", "     6"),
            ("word: ", "     6"),
            ("word( ", "     6"),
            ("word- ", ""),
            ("NO_1 ", "  !  6"),
            ("fail ", "     6"),
            ("Fail ", "     6"),
            ("exit ", "     6"),
            ("wend ", ""),
            ("Net ", ""),
            ("wor: ", ""),
            // Words that look like numbers.
            ("abcdef ", ""),
            ("abcdeg ", "     6"),
            ("abcde ", "     6"),
            // Other marks.
            ("0x1 0X1 1x1 x1 ", " !   !"),
            ("A_b a_B 1_2 _ ", " !"),
            ("a\\b ", " !"),
            ("a%b ", " !"),
            ("a\u{1B}b ", " !"),
            ("(a) #b, c; d/e ", ""),
        ] {
            for at in BEFORE..BEFORE + BLOCK - text.len() {
                assert_eq!(picture(at, text), expected, "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn a_word_that_looks_like_a_number_is_looked_at_where_numbers_are_searched_for() {
        let bytes: [u8; BEFORE + BLOCK] = std::array::from_fn(|at| *b"400010 ".get(at.wrapping_sub(BEFORE)).unwrap_or(&b'.'));
        let sixths =
            [0, u64::MAX].map(|is_passed| dispatch!(Level::new(), simd => Seen::of(simd, u8x64::simd_from(simd, bytes), is_passed)).sixths);
        assert_eq!(sixths, [1 << (BEFORE + 5), 0]);
    }

    /// The kinds of instructions that this processor has.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        #[cfg(target_arch = "x86_64")]
        let others = [best.as_avx2().map(Simd::level), best.as_sse4_2().map(Simd::level), best.as_sse2().map(Simd::level)];
        #[cfg(not(target_arch = "x86_64"))]
        let others = [None];
        others.into_iter().flatten().chain([best]).collect()
    }

    #[test]
    fn whatever_instructions_a_processor_has_the_same_is_found_and_each_border() {
        let pieces = "0x80180014 |Error: -2145910764\n|{80180014-C0DE-4AAA-8BBB-0123456789AB} |DeviceCapReached>|!> |ERROR_ACCESS_DENIED |\
            \\u002280070005\\u0022|exit code: 1603\n|\u{E9}\u{4E2D} |0xAB2, |%%1060 |A_b 0x|\u{1B}[31mAADSTS50034 |word (word) four: ";
        let pieces: Vec<&str> = pieces.split('|').collect();
        let text: String = (0..4000_usize).map(|at| pieces[at * at * 31 % 1009 % pieces.len()]).collect();
        let marks = |borders: &Borders| {
            let (mut marks, mut at) = (borders.marks(&(0..text.len())).expect("there are not too many"), 0);
            std::iter::from_fn(|| marks.next(at).inspect(|mark| at = mark + 1)).collect::<Vec<_>>()
        };
        let found = levels().into_iter().map(|level| {
            let (mut findings, mut borders) = (Vec::new(), Borders::default());
            dispatch!(level, simd => pass(simd, Scanner::new(), text.as_bytes(), &mut findings, Some(&mut borders)));
            assert!(findings.len() > 1000, "{}", findings.len());
            assert_eq!(marks(&borders), marks(&Borders::of(text.as_bytes())));
            for (lines, end) in (0..).zip(memchr::memchr_iter(b'\n', text.as_bytes())) {
                assert_eq!(borders.feeds(text.as_bytes(), 0..end), lines, "up to {end}");
            }
            findings
        });
        let found: Vec<_> = found.collect();
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn the_halves_of_a_byte_tell_its_classes() {
        let all = |is: fn(&u8) -> bool| (0..=u8::MAX).filter(is).collect::<Vec<_>>();
        assert_eq!(with(&LETTERS, Classes::HEX), all(u8::is_ascii_hexdigit));
        assert_eq!(with(&LETTERS, Classes::WORD), all(|byte| edges::is_word(*byte)));
        assert_eq!(with(&LETTERS, Classes::UNDERSCORE), b"_");
        assert_eq!(with(&LETTERS, Classes::FIRST), b"%FNUfnu");
        assert_eq!(with(&LETTERS, Classes::ESCAPE), b"%Uu");
        assert_eq!(with(&LETTERS, Classes::X), b"Xx");
        assert_eq!(with(&SIGNS, Classes::MARKS), b"\x1B%\\");
        assert_eq!(with(&SIGNS, Classes::BORDERS), b"\n!>");
        assert_eq!(with(&SIGNS, Classes::FEED), b"\n");
        assert_eq!(with(&SIGNS, Classes::AFTER_FOUR), b"(:");
    }
}
