//! A text has the same findings however it is cut: between two lines, or, with the context shown on both sides, anywhere in a long line.
//!
//! The layer that cuts and decodes the input is no part of the library; this is what it relies on.
#![no_main]
#![forbid(unsafe_code)]

mod pieces;

use intune_err::{Finding, Found, Scanner};
use libfuzzer_sys::fuzz_target;

const CONTEXT: usize = Scanner::LOOK_AROUND;

fuzz_target!(|input: (&[u8], &[u8], u8, u16)| {
    let (first, second, filling, place) = input;
    let (first, second) = (pieces::text(first), pieces::text(second));
    let scanner = Scanner::new();

    let whole = [first.as_slice(), &second].concat();
    let expected = found(&scanner.scan(&whole), 0, 0..usize::MAX);
    // Each line end is a place to cut or not.
    let line_ends = whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
    let cuts = line_ends.enumerate().filter(|(number, _)| filling >> (number % 8) & 1 == 1).map(|(_, at)| at);
    let (mut cut, mut begin) = (Vec::new(), 0);
    for end in cuts.chain([whole.len()]) {
        cut.extend(found(&scanner.scan(&whole[begin..end]), begin, 0..usize::MAX));
        begin = end;
    }
    assert_eq!(cut, expected, "{whole:?}");

    // One line, longer than the context on both sides of the cut.
    let fill = b" .,;-x"[usize::from(filling) % 6];
    let mut line = [vec![fill; 2 * CONTEXT], first, vec![b' '; usize::from(filling)], second, vec![fill; 2 * CONTEXT]].concat();
    line.retain(|b| !matches!(b, b'\n' | b'\r'));
    let at = CONTEXT + usize::from(place) % (line.len() - 2 * CONTEXT);
    let expected = found(&scanner.scan(&line), 0, 0..usize::MAX);
    let mut cut = found(&scanner.scan(&line[..at + CONTEXT]), 0, 0..at);
    cut.extend(found(&scanner.scan(&line[at - CONTEXT..]), at - CONTEXT, at..usize::MAX));
    assert_eq!(cut, expected, "cut at {at}");
});

/// Findings with their places moved by `by`, those that begin inside `core`.
fn found(findings: &[Finding], by: usize, core: std::ops::Range<usize>) -> Vec<(usize, usize, Found)> {
    let moved = findings.iter().map(|finding| (finding.start + by, finding.end + by, finding.what));
    moved.filter(|(start, _, _)| core.contains(start)).collect()
}
