//! Finds errors in text: codes in any written form, and the names and messages of the table.
//!
//! What is found and what is not, rule by rule and with the reasons, stands in [`numbers`] for codes and in [`texts`] for names
//! and messages. Here candidates are found by what is cheapest to see, a block of 64 bytes at a time and without splitting
//! lines; only a candidate is looked at closely:
//!
//! - A code of eight and more digits is a run of hex digits. One vector pass gives a bit a byte, and shifts of these bits
//!   tell where eight in a row end.
//! - A code with fewer digits has an `x` before them; the same pass finds each `x`.
//! - A name or message has an anchor, a word that was chosen when the table was built; the pass gives the words that may be
//!   one, and ten bytes from the beginning of each are looked up in a filter.
//!
//! Some blocks are classified before any candidate in them is looked at: nobody can guess how many a block has, and a processor that
//! guesses wrong has to begin anew with whatever it has done since, which should not be a vector pass.

mod numbers;
mod texts;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use crate::code::Code;
use crate::table::{self, Entry};

/// An error that stands in a text.
///
/// ```
/// let log = b"Sync failed with -2133916617";
/// let finding = intune_err::Scanner::new().scan(log)[0];
/// assert_eq!((finding.start, finding.end), (17, 28));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// What it is.
    pub what: Found,
}

/// What a [`Finding`] is. Two findings with the same value are the same error.
///
/// ```
/// use intune_err::{Code, Found, Scanner};
/// let found: Vec<Found> = Scanner::new().scan(b"0x80180014\nDeviceCapReached").iter().map(|finding| finding.what).collect();
/// assert_eq!(found[0], Found::Code(Code::new(0x8018_0014)));
/// assert!(matches!(found[1], Found::Text(text) if text.text() == "DeviceCapReached"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Found {
    /// A code, in any of its written forms: known, or called an error by its line. Also a code with its own name beside it.
    Code(Code),
    /// A name, token or message of the table.
    Text(KnownText),
    /// A name, token or message with a code beside it, which together say more than the code: one error.
    TextWithCode(KnownText, Code),
    /// An error of Microsoft Entra ID: `AADSTS` and four to seven digits, known or not.
    Aadsts(u32),
    /// The exit code of an installer or process, where the table has that number as one (1603, 60008). Not a Windows constant.
    ExitCode(u32),
    /// The NTSTATUS that a program ended with. The log has only its low 16 bits, inside an HRESULT: 0xC0000142 is
    /// `hResultFromWin32 -2147024574` in the log of the Intune Management Extension.
    LowWordOf(Code),
}

impl Found {
    /// The code, where there is one.
    ///
    /// ```
    /// use intune_err::{Code, Scanner};
    /// let code = |log: &str| Scanner::new().scan(log.as_bytes())[0].what.code();
    /// assert_eq!(code("hr = 0x80180014"), Some(Code::new(0x8018_0014)));
    /// assert_eq!(code("result: DeviceCapReached"), None);
    /// ```
    pub const fn code(self) -> Option<Code> {
        match self {
            Self::Code(code) | Self::TextWithCode(_, code) | Self::LowWordOf(code) => Some(code),
            Self::Text(_) | Self::Aadsts(_) | Self::ExitCode(_) => None,
        }
    }

    /// The name, token or message of the table, where there is one.
    ///
    /// ```
    /// let findings = intune_err::Scanner::new().scan(b"result: devicecapreached");
    /// assert_eq!(findings[0].what.text().unwrap().text(), "DeviceCapReached");
    /// ```
    pub const fn text(self) -> Option<KnownText> {
        match self {
            Self::Text(text) | Self::TextWithCode(text, _) => Some(text),
            Self::Code(_) | Self::Aadsts(_) | Self::ExitCode(_) | Self::LowWordOf(_) => None,
        }
    }
}

/// A name or message of the table that was found in a text.
///
/// ```
/// use intune_err::{Found, Scanner};
/// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
/// assert_eq!(format!("{known:?}"), r#"KnownText("DeviceCapReached")"#);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownText(u16);

impl KnownText {
    /// The name or message as the table has it.
    ///
    /// ```
    /// use intune_err::{Found, Scanner};
    /// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
    /// assert_eq!(known.text(), "DeviceCapReached");
    /// ```
    pub fn text(self) -> &'static str {
        table::pattern(self.0).text()
    }

    /// The entries that have it, likeliest first.
    ///
    /// ```
    /// use intune_err::{Found, Scanner};
    /// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
    /// assert!(known.entries().any(|entry| entry.id() == "device-cap-reached"));
    /// ```
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry> {
        table::pattern(self.0).entries()
    }
}

impl std::fmt::Debug for KnownText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("KnownText").field(&self.text()).finish()
    }
}

/// Finds errors in text.
///
/// ```
/// use intune_err::{Code, Found, Scanner};
/// let log = b"Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)";
/// let findings = Scanner::new().scan(log);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].what, Found::Code(Code::new(0x8018_002B)));
/// assert_eq!(&log[findings[0].start..findings[0].end], b"0x8018002b");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Scanner {
    all: bool,
    known_only: bool,
}

impl Scanner {
    /// Bytes before and after the beginning of a finding that can affect whether it counts, what it is and where it ends.
    ///
    /// To scan a line in parts, give each part this many bytes more on both sides, and keep the findings that begin in the part itself:
    /// they are those of the whole line. The end of a line is a limit, too: nothing beyond it has an effect.
    ///
    /// ```
    /// use intune_err::Scanner;
    /// let around = Scanner::LOOK_AROUND;
    /// let line = [".".repeat(3 * around).as_str(), "0x80180014"].concat();
    /// let second = &line.as_bytes()[2 * around..];
    /// assert_eq!(Scanner::new().scan(second)[0].start, around);
    /// ```
    // No message with its variable parts is longer.
    pub const LOOK_AROUND: usize = 2048;

    /// A scanner that finds what is known: codes with an entry or a symbol, and the names and messages of the table.
    ///
    /// ```
    /// assert_eq!(intune_err::Scanner::new().scan(b"Error 0x80180014, code 0x8018F00D").len(), 1);
    /// ```
    pub const fn new() -> Self {
        Self { all: false, known_only: false }
    }

    /// Whether to leave out codes that nothing is known of, even where the line calls them an error.
    ///
    /// ```
    /// let scanner = intune_err::Scanner::new().known_only(true);
    /// assert_eq!(scanner.scan(b"Error 0x80180014, then error 0x87D20FFF").len(), 1);
    /// ```
    #[must_use]
    pub const fn known_only(mut self, known_only: bool) -> Self {
        self.known_only = known_only;
        self
    }

    /// Whether to find, too, prefixed codes with the failure bit and a known facility that nothing else is known about.
    ///
    /// ```
    /// assert_eq!(intune_err::Scanner::new().all(true).scan(b"Error 0x80180014, code 0x8018F00D").len(), 2);
    /// ```
    #[must_use]
    pub const fn all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// The findings in `text`, in its order; they do not overlap, and none goes over the end of a line.
    ///
    /// `text` is bytes: UTF-8, or whatever else agrees with ASCII where it matters; UTF-16 has to be converted before.
    ///
    /// ```
    /// let findings = intune_err::Scanner::new().scan(b"first 0x80180014, then 0x80CF0437");
    /// assert_eq!(findings.iter().map(|finding| finding.start).collect::<Vec<_>>(), [6, 23]);
    /// ```
    pub fn scan(&self, text: &[u8]) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.scan_into(text, &mut findings);
        findings
    }

    /// As [`Scanner::scan`], into a vector whose space is used again; what was in it goes.
    ///
    /// ```
    /// let (scanner, mut findings) = (intune_err::Scanner::new(), Vec::new());
    /// let mut total = 0;
    /// for block in [&b"0x80180014\n"[..], b"0x80CF0437\n"] {
    ///     scanner.scan_into(block, &mut findings);
    ///     total += findings.len();
    /// }
    /// assert_eq!(total, 2);
    /// ```
    pub fn scan_into(&self, text: &[u8], findings: &mut Vec<Finding>) {
        findings.clear();
        dispatch!(Level::new(), simd => self.candidates(simd, text, findings));
        if findings.len() > 1 {
            resolve(text, findings);
        }
    }

    /// Collects whatever is a finding when seen by itself, in no particular order.
    // The loop over the blocks is the program's hottest; inlined, it is compiled for each kind of processor.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn candidates<S: Simd>(self, simd: S, text: &[u8], findings: &mut Vec<Finding>) {
        let mut masks = Masks::default();
        let mut seen = [Seen::default(); BATCH];
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        let mut at = 0;
        for batch in blocks.chunks(BATCH) {
            for (block, seen) in batch.iter().zip(&mut seen) {
                *seen = masks.next(simd, block);
            }
            self.look(text, at, &seen[..batch.len()], findings);
            at += batch.len() * BLOCK;
        }
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        self.look(text, at, &[masks.next(simd, &block)], findings);
    }

    /// Looks closely at what was seen in blocks, the first of which begins at `at`.
    #[inline(never)]
    fn look(self, text: &[u8], at: usize, blocks: &[Seen], findings: &mut Vec<Finding>) {
        let mut at = at;
        for &Seen { digits, mut eighths, fifths, mut marks } in blocks {
            words(text, at, fifths, findings);
            while eighths != 0 {
                let eighth = eighths.trailing_zeros();
                eighths &= eighths - 1;
                let more = (!digits >> eighth >> 1).trailing_zeros().min(63 - eighth);
                let is_cut = eighth + more == 63;
                findings.extend(numbers::run(text, at + eighth as usize - 7, 8 + more as usize, is_cut, self.all));
            }
            while marks != 0 {
                special(text, at + marks.trailing_zeros() as usize, findings);
                marks &= marks - 1;
            }
            at += BLOCK;
        }
    }
}

/// How many blocks are classified before what was seen in them is looked at.
const BATCH: usize = 16;

/// Finds the texts whose anchors are among the words whose fifth characters these are in the block that begins at `at`.
#[allow(clippy::inline_always)]
#[inline(always)]
fn words(text: &[u8], at: usize, mut fifths: u64, findings: &mut Vec<Finding>) {
    while fifths != 0 {
        let word = at + fifths.trailing_zeros() as usize - 4;
        fifths &= fifths - 1;
        // Near the end of the text there is too little to tell, or nothing to find.
        if text[word..].first_chunk().is_none_or(|bytes| texts::may_be_anchor(*bytes)) {
            texts::at_anchor(text, word, findings);
        }
    }
}

/// Looks at the `x` of a prefix, a backslash or an escape: before fewer than eight digits stands `0x`; behind an escaped line end or a colour begins
/// a word that does not look like the beginning of one.
#[inline(never)]
fn special(text: &[u8], at: usize, findings: &mut Vec<Finding>) {
    let word = match text[at] {
        b'\\' if matches!(text[at + 1..], [b'n' | b'r' | b't', ..]) => at + 2,
        0x1B => match text[at + 1..] {
            [b'[', ref behind @ ..] => match behind.iter().take(32).position(|b| !matches!(b, b'0'..=b'?')) {
                Some(end) => at + 2 + end + 1,
                None => return,
            },
            _ => return,
        },
        b'\\' => return,
        _ => return findings.extend(numbers::short(text, at)),
    };
    texts::at_anchor(text, word, findings);
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Bits of the bytes that were seen last, for what goes over the border of two blocks.
#[derive(Default)]
struct Masks {
    /// Whether a byte is a hex digit; whether it ends a run of at least two, four, eight.
    runs: [u64; 4],
    /// Whether a byte is a letter, a digit or an underscore; whether it ends a run of at least two, four of them, and the latter for the
    /// first time; whether a word that it begins may be an anchor with four characters.
    words: [u64; 5],
    /// Whether a byte is the digit zero.
    zeros: u64,
}

/// Where in a block there is something to look at, a bit a byte.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Hex digits.
    digits: u64,
    /// The eighth digit of each run of hex digits.
    eighths: u64,
    /// The byte behind the fourth character of each word that may be an anchor.
    fifths: u64,
    /// Each `x` of a prefix `0x`, each backslash and escape.
    marks: u64,
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
        let is_word = is_decimal | letter.simd_le(25) | bytes.simd_eq(b'_');
        let (digits, word) = (is_digit.to_bitmask(), is_word.to_bitmask());
        // A colon or an opening parenthesis, and an asterisk besides, since one bit in them does not count.
        let fifth = word | (bytes | 0x12).simd_eq(b':').to_bitmask();
        // F, n and u, the first two told by what they have in common.
        let first = ((lower | 0x08).simd_eq(b'n') | lower.simd_eq(b'u')).to_bitmask();
        let zeros = digit.simd_eq(0).to_bitmask();
        let prefixes = lower.simd_eq(b'x').to_bitmask() & moved(zeros, self.zeros, 1);
        let marks = prefixes | (bytes.simd_eq(b'\\') | bytes.simd_eq(0x1B)).to_bitmask();
        self.zeros = zeros;
        let two = digits & moved(digits, self.runs[0], 1);
        let four = two & moved(two, self.runs[1], 2);
        let eight = four & moved(four, self.runs[2], 4);
        let eighths = eight & !moved(eight, self.runs[3], 1);
        self.runs = [digits, two, four, eight];
        let two = word & moved(word, self.words[0], 1);
        let four = two & moved(two, self.words[1], 2);
        let fourths = four & !moved(four, self.words[2], 1);
        let fifths = moved(fourths, self.words[3], 1) & (fifth | moved(first, self.words[4], 4));
        self.words = [word, two, four, fourths, first];
        Seen { digits, eighths, fifths, marks }
    }
}

/// The bits of a block moved on by some bytes, with those that come from the block before it.
#[allow(clippy::inline_always)]
#[inline(always)]
const fn moved(bits: u64, before: u64, bytes: u32) -> u64 {
    bits << bytes | before >> (u64::BITS - bytes)
}

/// Puts candidates in order and settles what belongs together: of two that overlap one stays, and a second spelling of the
/// same error right beside the first goes.
fn resolve(text: &[u8], findings: &mut Vec<Finding>) {
    findings.sort_unstable_by_key(|finding| (finding.start, std::cmp::Reverse(finding.end)));
    let mut kept = 0;
    for position in 0..findings.len() {
        let finding = findings[position];
        // A message that holds its own code is told by the code; of other overlaps the longer, then the first, stays.
        while kept > 0 && findings[kept - 1].end > finding.start && outranks(&finding, &findings[kept - 1]) {
            kept -= 1;
        }
        let stays = kept == 0 || {
            let last = findings[kept - 1];
            let respelled = || {
                // Twice the same spelling is the error twice.
                !text[last.start..last.end].eq_ignore_ascii_case(&text[finding.start..finding.end])
                    && numbers::is_beside(&text[last.end..finding.start])
            };
            last.end <= finding.start && !(same_error(&last, &finding) && respelled())
        };
        if stays {
            findings[kept] = finding;
            kept += 1;
        }
    }
    findings.truncate(kept);
}

/// Whether `new`, which overlaps `old`, is to take its place.
fn outranks(new: &Finding, old: &Finding) -> bool {
    match (new.what, old.what) {
        (Found::Code(_), Found::Text(_)) => true,
        (Found::Text(_), Found::Text(_)) => new.end - new.start > old.end - old.start,
        _ => false,
    }
}

/// Whether two findings are spellings of one error: the same code, or a name and the code that it is the name of.
fn same_error(a: &Finding, b: &Finding) -> bool {
    match (a.what, b.what) {
        (Found::Code(a), Found::Code(b)) => a == b || a.other_form() == Some(b),
        (Found::Text(a), Found::Text(b)) => a == b,
        (Found::Code(code), Found::Text(text)) | (Found::Text(text), Found::Code(code)) => {
            text.entries().any(|entry| entry.codes().any(|of| of == code || of.other_form() == Some(code)))
        }
        _ => false,
    }
}
