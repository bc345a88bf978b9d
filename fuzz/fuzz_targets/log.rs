//! Whatever a log holds and wherever it is cut: nothing panics, and places are in their records.
#![no_main]
#![forbid(unsafe_code)]

use std::sync::Arc;

use intune_err::log::{Around, LogFamily, Names, Owner, Records, Trail};
use libfuzzer_sys::fuzz_target;

/// Every so many bytes a place is asked for.
const STEP: usize = 5;

fuzz_target!(|input: (u8, &[u8])| {
    let (every, log) = input;
    let mut records = Records::new();
    for place in (0..log.len()).step_by(STEP) {
        let record = records.at(log, place);
        assert!(record.range.contains(&place) && record.range.end <= log.len(), "{place} in {:?}", record.range);
    }
    let whole = follow(log, usize::MAX);
    let pieces = follow(log, usize::from(every % 16) + 1);
    assert_eq!(whole.len(), pieces.len());
    for family in LogFamily::ALL {
        Owner::of(log, log.len() / 2, Some(family));
    }
});

/// What stands around the places of a log that comes in pieces of so many lines.
fn follow(log: &[u8], lines: usize) -> Vec<Arc<Around>> {
    let (mut names, mut trail) = (Names::default(), Trail::new(None));
    let (mut around, mut piece, mut begun) = (Vec::new(), Vec::new(), 0);
    let mut read = |piece: &mut Vec<u8>, from: usize| {
        let first = from.next_multiple_of(STEP) - from;
        let places: Vec<usize> = (first..piece.len()).step_by(STEP).collect();
        around.extend(trail.follow(&mut names, piece, &places));
        let len = piece.len();
        piece.clear();
        from + len
    };
    for (number, line) in log.split_inclusive(|byte| *byte == b'\n').enumerate() {
        piece.extend_from_slice(line);
        if number % lines == lines - 1 {
            begun = read(&mut piece, begun);
        }
    }
    read(&mut piece, begun);
    around
}
