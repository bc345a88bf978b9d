//! Finds errors in text: codes in any written form, and the names and messages of the table.
//!
//! What is found and what is not, rule by rule and with the reasons, stands in [`numbers`] for codes and in [`texts`] for names
//! and messages. Here candidates are found by what is cheapest to see, a block of 64 bytes at a time and without splitting
//! lines; only a candidate is looked at closely:
//!
//! - A code of eight and more digits is a run of hex digits. One vector pass gives a bit a byte, and shifts of these bits
//!   tell where eight in a row end.
//! - A code with fewer digits has an `x` before them; the same pass finds each `x`.
//! - A name or message holds a stretch that was chosen when the table was built; `texts` samples the text for parts of these.

mod numbers;
mod texts;

use wide::u8x16;

use crate::code::Code;
use crate::table::{self, Entry};

/// An error that stands in a text.
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

/// What a [`Finding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// A code, in any of its written forms.
    Code(Code),
    /// A name or message of the table.
    Text(KnownText),
}

/// A name or message of the table that was found in a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownText(u16);

impl KnownText {
    /// The name or message as the table has it.
    pub fn text(self) -> &'static str {
        table::pattern(self.0).text()
    }

    /// The entries that have it, likeliest first.
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry> {
        table::pattern(self.0).entries()
    }
}

impl std::fmt::Debug for KnownText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("KnownText").field(&self.text()).finish()
    }
}

/// How far before and after a finding the text can have a say in whether it is one, in bytes: the length that no message
/// with its variable parts exceeds. Who cuts a long line has to show this much on both sides.
pub const CONTEXT: usize = 2048;

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
}

impl Scanner {
    /// A scanner that finds what is known: codes with an entry or a symbol, and the names and messages of the table.
    pub const fn new() -> Self {
        Self { all: false }
    }

    /// Whether to find, too, prefixed codes with the failure bit and a known facility that nothing else is known about.
    #[must_use]
    pub const fn all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// The findings in `text`, in its order; they do not overlap, and none goes over the end of a line.
    pub fn scan(&self, text: &[u8]) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.scan_into(text, &mut findings);
        findings
    }

    /// As [`Scanner::scan`], into a vector whose space is used again; what was in it goes.
    pub fn scan_into(&self, text: &[u8], findings: &mut Vec<Finding>) {
        findings.clear();
        self.candidates(text, findings);
        if findings.len() > 1 {
            resolve(text, findings);
        }
    }

    /// Collects whatever is a finding when seen by itself, in no particular order.
    fn candidates(&self, text: &[u8], findings: &mut Vec<Finding>) {
        let mut masks = Masks::default();
        let mut blocks = text.chunks_exact(BLOCK);
        let mut at = 0;
        for block in &mut blocks {
            let block: &[u8; BLOCK] = block.try_into().expect("chunks_exact gives whole blocks");
            self.block(text, at, block, &mut masks, findings);
            at += BLOCK;
        }
        let rest = blocks.remainder();
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        self.block(text, at, &block, &mut masks, findings);
    }

    #[inline]
    fn block(&self, text: &[u8], at: usize, block: &[u8; BLOCK], masks: &mut Masks, findings: &mut Vec<Finding>) {
        let (mut ends, mut marks) = masks.next(block);
        while ends != 0 {
            // The eighth digit of a run.
            let eighth = at + ends.trailing_zeros() as usize;
            ends &= ends - 1;
            findings.extend(numbers::run(text, eighth - 7, self.all));
        }
        while marks != 0 {
            let mark = at + marks.trailing_zeros() as usize;
            marks &= marks - 1;
            findings.extend(numbers::short(text, mark));
        }
        texts::block(text, at, block, findings);
    }
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Bits of the bytes that were seen last, for runs that go over the border of two blocks.
#[derive(Default)]
struct Masks {
    /// Whether the byte is a hex digit; whether it ends a run of at least two, four, eight.
    runs: [u64; 4],
}

impl Masks {
    /// Where in `block` the eighth digit of a run of hex digits stands, and where an `x` does.
    #[inline]
    fn next(&mut self, block: &[u8; BLOCK]) -> (u64, u64) {
        let (mut digits, mut marks) = (0, 0);
        for (lane, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(*bytes);
            let lower = bytes | u8x16::splat(0x20);
            let within = |bytes: u8x16, first: u8, count: u8| {
                let offset = bytes - u8x16::splat(first);
                offset.min(u8x16::splat(count - 1)).simd_eq(offset)
            };
            let is_digit = within(bytes, b'0', 10) | within(lower, b'a', 6);
            digits |= u64::from(is_digit.to_bitmask()) << (16 * lane);
            marks |= u64::from(lower.simd_eq(u8x16::splat(b'x')).to_bitmask()) << (16 * lane);
        }
        let two = digits & (digits << 1 | self.runs[0] >> 63);
        let four = two & (two << 2 | self.runs[1] >> 62);
        let eight = four & (four << 4 | self.runs[2] >> 60);
        let first = eight & !(eight << 1 | self.runs[3] >> 63);
        self.runs = [digits, two, four, eight];
        (first, marks)
    }
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
            last.end <= finding.start && !(same_error(&last, &finding) && numbers::is_beside(&text[last.end..finding.start]))
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
    }
}
