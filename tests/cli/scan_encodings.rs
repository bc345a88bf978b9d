//! What `scan` reads: UTF-8 with and without a mark, UTF-16, anything else, any ends of lines, lines of any length, and all of it
//! at the borders of its buffers.

use intune_err::{Finding, Scanner};

use super::logs::{Folder, occurrences, offsets, output, summary, text};
use super::strict::findings;

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// Line, column, offset and match of each finding.
fn rows(log: &[u8]) -> Vec<(u64, u64, u64, String)> {
    occurrences(log).into_iter().map(|found| (found.line, found.column, found.offset, found.matched)).collect()
}

fn row(line: u64, column: u64, offset: u64, matched: &str) -> (u64, u64, u64, String) {
    (line, column, offset, matched.to_owned())
}

#[test]
fn a_mark_of_utf8_is_no_part_of_the_first_line_but_of_the_offset() {
    assert_eq!(rows(b"\xEF\xBB\xBF0x80CF0437\nx 80CF0437"), [row(1, 1, 3, "0x80CF0437"), row(2, 3, 16, "80CF0437")]);
    assert_eq!(rows(b"\xEF\xBB\xBFDeviceCapReached"), [row(1, 1, 3, "DeviceCapReached")]);
    assert_eq!(occurrences(b"\xEF\xBB\xBFa 0x80CF0437\n")[0].text, "a 0x80CF0437");
}

#[test]
fn columns_and_offsets_count_bytes() {
    assert_eq!(
        rows("h\u{E4}\u{DF}lich 0x80CF0437\n\u{1F600} 80CF0437\n".as_bytes()),
        [row(1, 11, 10, "0x80CF0437"), row(2, 6, 26, "80CF0437")]
    );
}

#[test]
fn utf16_with_and_without_a_mark_is_read_as_utf8() {
    let log = "Zeit f\u{FC}r 0x80CF0437 \u{2212}2133916617x\r\nx \u{1F600} DeviceCapReached\r\nlast 80CF0437";
    let expected = rows(log.as_bytes());
    assert_eq!(expected.len(), 3);
    for (name, bytes) in [
        ("little-endian with a mark", utf16(&format!("\u{FEFF}{log}"), false)),
        ("big-endian with a mark", utf16(&format!("\u{FEFF}{log}"), true)),
        ("little-endian without", utf16(log, false)),
    ] {
        assert_eq!(rows(&bytes), expected, "{name}");
        let [passed, plain] = [&bytes[..], log.as_bytes()].map(|bytes| output(["scan", "--passthrough"], bytes));
        assert!(passed == plain, "{name}: {}", String::from_utf8_lossy(&passed));
    }
}

#[test]
fn an_odd_byte_at_the_end_of_utf16_does_no_harm() {
    for mark in ["\u{FEFF}", ""] {
        let mut bytes = utf16(&format!("{mark}a 0x80CF0437 b\r\n0x80CF0440"), false);
        bytes.push(b'\n');
        assert_eq!(rows(&bytes), [row(1, 3, 2, "0x80CF0437"), row(2, 1, 16, "0x80CF0440")], "{mark:?}");
    }
}

#[test]
fn a_mark_alone_or_half_of_one_is_a_log_without_errors() {
    for bytes in [&b"\xFF\xFE"[..], b"\xFE\xFF", b"\xEF\xBB\xBF", b"\xFF", b"\xEF\xBB", b"\xFF\xFEa", b"\0"] {
        let output = super::logs::run(["scan"], bytes);
        assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(1), Vec::new(), Vec::new()), "{bytes:?}");
    }
}

#[test]
fn a_folder_reads_utf16_and_takes_it_for_text() {
    let folder = Folder::new("a_folder_reads_utf16");
    folder.write("be.log", utf16("\u{FEFF}hr=0x80CF0437\r\n", true));
    folder.write("le.log", utf16("\u{FEFF}hr=0x80CF0437\r\n", false));
    folder.write("none.log", utf16("hr=0x80CF0437\r\n", false));
    let found = findings(&super::intune_err(["--json", "scan", folder.path().to_str().unwrap()]).output());
    assert_eq!(found.iter().map(|found| (found.line, found.column, found.offset)).collect::<Vec<_>>(), [(1, 4, 3); 3]);
}

#[test]
fn latin_1_is_read_byte_for_byte() {
    let found = &occurrences(b"f\xFCr 0x80CF0437 \xE4\n")[0];
    assert_eq!((found.column, found.offset, found.text.as_str()), (5, 4, "f\u{FFFD}r 0x80CF0437 \u{FFFD}"));
}

#[test]
fn every_kind_of_line_end_is_counted_once() {
    for (name, end, len) in [("LF", "\n", 1), ("CRLF", "\r\n", 2), ("lone CR", "\r", 1)] {
        let log = ["a", "", "0x80CF0437", "b 0x80CF0440"].join(end);
        let expected = [row(3, 1, 1 + 2 * len, "0x80CF0437"), row(4, 3, 13 + 3 * len, "0x80CF0440")];
        assert_eq!(rows(log.as_bytes()), expected, "{name}");
        assert!(occurrences(log.as_bytes()).iter().all(|found| !found.text.contains(['\r', '\n'])), "{name}");
    }
    // Where there are line feeds, a carriage return alone ends nothing: so do grep and editors count.
    let places: Vec<_> = rows(b"\r\n\r\r\n\n\r0x80CF0437\r\r\n0x80CF0437").into_iter().map(|(line, column, ..)| (line, column)).collect();
    assert_eq!(places, [(4, 2), (5, 1)]);
}

#[test]
fn lines_are_counted_over_all_blocks() {
    for end in ["\n", "\r\n", "\r"] {
        let mut log = String::new();
        let mut expected = Vec::new();
        for number in 1..=50_000_u64 {
            if number % 4_999 == 0 {
                expected.push(number);
            }
            log += &format!("{number:>8} {}{end}", if number % 4_999 == 0 { "0x80CF0437" } else { "nothing" });
        }
        let found = occurrences(log.as_bytes());
        assert_eq!(found.iter().map(|found| found.line).collect::<Vec<_>>(), expected, "{end:?}");
        assert!(found.iter().all(|found| found.column == 10), "{end:?}");
        let tally = &summary(log.as_bytes())[0];
        assert_eq!((tally.first.line, tally.last.line, tally.count), (4_999, 49_990, 10), "{end:?}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_match_in_json() {
    for (before, behind) in [(0, 10_000), (10_000, 0), (10_000, 10_000), (4_080, 4_080), (2_043, 2_043), (2_044, 2_043)] {
        let log = format!("{} 0x80CF0437 {}\n", "a".repeat(before), "b".repeat(behind));
        let found = &occurrences(log.as_bytes())[0];
        assert!(found.text.contains(" 0x80CF0437"), "{before} before, {behind} behind");
        assert!(found.text.len() <= 4_096, "{before} before, {behind} behind: {} bytes", found.text.len());
        assert!(log.contains(&found.text), "{before} before, {behind} behind");
        assert_eq!(found.text.len(), 4_096.min(log.len() - 1), "{before} before, {behind} behind");
        assert_eq!(found.column, before as u64 + 2);
    }
}

#[test]
fn a_line_of_4096_bytes_is_whole_in_json() {
    for (len, whole) in [(4_095, true), (4_096, true), (4_097, false)] {
        let line = format!("0x80CF0437 {}", "z".repeat(len - 11));
        assert_eq!(occurrences(line.as_bytes())[0].text == line, whole, "{len}");
    }
}

#[test]
fn a_cut_in_the_middle_of_a_character_stands_as_a_replacement_character() {
    for shift in 0..3 {
        let log = format!("{}{} 0x80CF0437 {}\n", "x".repeat(shift), "\u{20AC}".repeat(4_000), "\u{20AC}".repeat(4_000));
        let text = &occurrences(log.as_bytes())[0].text;
        let inner = text.trim_matches('\u{FFFD}');
        assert!(log.contains(inner) && inner.contains("0x80CF0437") && text.chars().count() - inner.chars().count() <= 4, "{shift}");
    }
}

#[test]
fn a_line_of_three_megabytes_has_all_its_findings() {
    let places = [0_usize, 40, 1_000, BLOCK - 4, BLOCK + 36, 1_500_000, 2_345_678, 2_999_990];
    let mut log = vec![b'.'; 3_000_000];
    for place in places {
        log[place..place + 9].copy_from_slice(b" 80CF0437");
    }
    for end in ["", "\n", "\r\nx 0x80CF0437\n"] {
        let log = [&log[..], end.as_bytes()].concat();
        let found = occurrences(&log);
        let (long, rest) = found.split_at(places.len());
        assert_eq!(offsets(long), places.map(|place| place as u64 + 1), "{end:?}");
        assert!(long.iter().all(|found| found.line == 1 && found.column == found.offset + 1 && found.text.contains("80CF0437")), "{end:?}");
        assert!(long.iter().all(|found| found.text.len() <= 4_096), "{end:?}");
        assert_eq!(
            rest.iter().map(|found| (found.line, found.column)).collect::<Vec<_>>(),
            if end.len() > 2 { vec![(2, 3)] } else { vec![] }
        );
        let plain = text(["scan"], &log);
        assert!(plain.len() < 40_000, "{} bytes for one long line", plain.len());
        assert_eq!(plain.lines().filter(|line| line.contains(".. 80CF0437") || line.contains(" 80CF0437..")).count(), 1, "{end:?}");
    }
}

/// The size of the program's blocks.
const BLOCK: usize = 524_288;
/// Where the first block of a long line ends and begins, and some bytes before and behind.
const BORDER: std::ops::Range<usize> = BLOCK - 2_148..BLOCK + 2_148;
/// Errors in all their forms, each behind a blank and as long as the others, so that all places come about.
const FORMS: [&str; 6] = [
    "                    0x80CF0437, ",
    "                   (-2133916617) ",
    "                 DeviceCapReached, ",
    "                     80180014! ",
    "MSA account some very long thing (x) is not valid; ",
    "          0x80180026 - 2149056550 ",
];

/// A log that is dense with errors around the border of the first two blocks, and again later.
fn dense(shift: usize, end: &str) -> Vec<u8> {
    let mut log = vec![b'-'; BORDER.start - shift];
    for at in (99..log.len()).step_by(100) {
        log.splice(at..(at + end.len()).min(log.len()), end.bytes());
    }
    for number in 0.. {
        if log.len() >= BORDER.end {
            break;
        }
        log.extend_from_slice(FORMS[number % FORMS.len()].as_bytes());
        if number % 5 == 4 {
            log.extend_from_slice(end.as_bytes());
        }
    }
    log.extend(std::iter::repeat_n(b'-', BLOCK - 4_000));
    log.extend_from_slice(FORMS.concat().repeat(40).as_bytes());
    log
}

#[track_caller]
fn check_dense(log: &[u8], shift: usize, end: &str) {
    let place = |found: &Finding| (found.start as u64, String::from_utf8_lossy(&log[found.start..found.end]).into_owned());
    let expected: Vec<_> = Scanner::new().scan(log).iter().map(place).collect();
    assert!(expected.len() > 300, "{}", expected.len());
    let printed = text(["scan", "--json"], log);
    // Reading all of it against the schema would take most of the test's time; others do that.
    let found: Vec<_> = printed
        .lines()
        .map(|line| {
            let object: serde_json::Value = serde_json::from_str(line).expect("a line is an object");
            (object["offset"].as_u64().unwrap_or(u64::MAX), object["match"].as_str().unwrap_or_default().to_owned())
        })
        .collect();
    let first = found.iter().zip(&expected).position(|(a, b)| a != b).unwrap_or(found.len().min(expected.len()));
    assert!(found == expected, "shift {shift}, end {end:?}: found {:?}, expected {:?}", found.get(first), expected.get(first));
}

#[test]
fn findings_at_the_borders_of_blocks_are_those_of_the_whole_text_in_one_line() {
    for shift in 0..52 {
        check_dense(&dense(shift, ""), shift, "");
    }
}

#[test]
fn findings_at_the_borders_of_blocks_are_those_of_the_whole_text_in_lines() {
    for (shift, end) in (0..52).zip(["\n", "\r\n", "\r"].into_iter().cycle()) {
        check_dense(&dense(shift, end), shift, end);
    }
}

#[test]
fn utf16_is_the_same_text_at_the_borders_of_blocks() {
    for (shift, end) in (0..8).zip(["\n", "", "\r\n", "\r"].into_iter().cycle()) {
        let log = dense(shift, end);
        let wide = utf16(std::str::from_utf8(&log).unwrap(), false);
        assert!(rows(&log) == rows(&wide), "shift {shift}, end {end:?}");
    }
}

#[test]
fn surrogates_of_utf_16_without_end_keep_their_places() {
    let code: Vec<u16> = " 0x80CF0437 ".encode_utf16().collect();
    let many = 200_000;
    for (name, units, bytes) in [
        ("high ones alone", &[0xD83D][..], 3 * many),
        ("low ones alone", &[0xDE00], 3 * many),
        ("pairs", &[0xD83D, 0xDE00], 4 * many),
        // Between the first and the last they are pairs.
        ("pairs the wrong way round", &[0xDE00, 0xD83D], 4 * (many - 1) + 6),
        ("a high one before each pair", &[0xD83D, 0xD83D, 0xDE00], 7 * many),
    ] {
        let run: Vec<u16> = units.iter().copied().cycle().take(units.len() * many).collect();
        for big_endian in [false, true] {
            let text = [&[0xFEFF][..], &run, &code, &run].concat();
            let log: Vec<u8> = text.iter().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            // The byte-order mark counts as the text that it becomes.
            let found = occurrences(&log);
            assert_eq!((found.len(), found[0].offset, found[0].line), (1, bytes as u64 + 1, 1), "{name}");
        }
    }
}
