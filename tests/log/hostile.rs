//! Logs that were made to harm, or by chance: nothing panics, and a place asked for alone has the same head as in a log read from its beginning.

use intune_err::log::{Head, Records};
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of records, whole and broken.
const PIECES: [&str; 26] = [
    "<![LOG[",
    "]LOG]!>",
    "]LOG]!><time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"A\" context=\"\" type=\"1\" thread=\"7\" file=\"\">",
    "<time=\"10:00:00.123+060\"",
    " date=\"5-13-2024\"",
    "\n",
    "\r\n",
    "\n",
    ">",
    "$$<A><05-13-2024 10:00:00.332+240><thread=4116 (0x1014)>",
    "$$<",
    "2024-05-13 10:00:00, Error  CSI  ",
    "2024-05-13 10:00:00",
    "5/13/2024 2:30:00 PM ",
    "MSI (s) (34:50) [10:11:12:123]: ",
    "=== Verbose logging started: 5/13/2024  10:11:00  Build type: ",
    "=== Verbose logging started: ",
    "| Device State  |",
    "[HKEY_LOCAL_MACHINE\\A]",
    "Windows Registry Editor Version 5.00",
    "   Client Time : 2024-05-13 08:00:00.000 UTC",
    "\u{FEFF}",
    "0x80070005",
    "\u{E9}",
    "{",
    "2024-05-13 10:00:00:123 | IntuneMDM-Daemon | E | 12345 | A | ",
];

fn log() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => select(PIECES.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
        1 => (0..3000_usize).prop_map(|len| vec![b'x'; len]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_a_panic_and_places_are_in_their_records(log in log(), places in prop::collection::vec(any::<prop::sample::Index>(), 1..20)) {
        let mut places: Vec<usize> = places.iter().map(|place| place.index(log.len() + 1)).collect();
        let mut records = Records::new();
        for &place in &places {
            let record = records.at(&log, place);
            prop_assert!(record.range.end <= log.len());
            prop_assert!(place >= log.len() || record.range.contains(&place), "{place} in {:?}", record.range);
        }
        places.sort_unstable();
        // In order, with the log in pieces of whole lines.
        let mut records = Records::new();
        for line in log.split_inclusive(|byte| *byte == b'\n') {
            records.at(line, line.len() / 2);
            records.pass(line);
        }
        Head::of(&log);
    }

    #[test]
    fn a_log_of_less_than_the_look_back_tells_the_same_from_its_beginning_and_from_a_place(log in log(), place in any::<prop::sample::Index>()) {
        prop_assume!(log.len() < Records::LOOK_BACK && !log.is_empty());
        let place = place.index(log.len());
        let alone = Records::new().at(&log, place);
        let mut records = Records::new();
        let mut in_order = records.at(&log, 0);
        while !in_order.range.contains(&place) {
            in_order = records.at(&log, in_order.range.end);
        }
        prop_assert_eq!(in_order, alone);
    }
}

#[test]
fn many_records_without_an_end_take_no_longer_than_they_are() {
    // In time that grows with the square of it, this would take minutes.
    let log = "<![LOG[never ends 0x80070005\n".repeat(100_000);
    let mut records = Records::new();
    let places: Vec<usize> = log.match_indices("0x8").map(|(place, _)| place).collect();
    let headless = places.iter().filter(|place| records.at(log.as_bytes(), **place).head.time.is_none()).count();
    assert_eq!(headless, 100_000);
}

#[test]
fn many_places_on_one_long_line_are_one_record() {
    let log = format!("2024-05-13 10:00:00, Error  CSI  {}\n", "0x80070005 ".repeat(100_000));
    let mut records = Records::new();
    let heads = log.match_indices("0x8").filter(|(place, _)| records.at(log.as_bytes(), *place).head.component.as_deref() == Some("CSI"));
    assert_eq!(heads.count(), 100_000);
}
