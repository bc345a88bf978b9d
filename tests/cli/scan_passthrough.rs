//! `scan --passthrough`: without the lines that it adds, the output is the input byte for byte.

use proptest::prelude::*;
use proptest::sample::select;

use super::logs::{answer, clock, output, run, text, trimmed};

/// The output without its added lines: each begins with `intune-err> `, or is `intune-err>` alone.
fn taken_away(output: &[u8]) -> Vec<u8> {
    let mut rest = Vec::new();
    let mut at = 0;
    while at < output.len() {
        let begins = at == 0 || matches!(output[at - 1], b'\n' | b'\r');
        if begins && (output[at..].starts_with(b"intune-err> ") || output[at..].starts_with(b"intune-err>\n")) {
            at += output[at..].iter().position(|b| *b == b'\n').map_or(output.len() - at, |end| end + 1);
        } else {
            rest.push(output[at]);
            at += 1;
        }
    }
    rest
}

#[track_caller]
fn check(name: &str, log: &[u8]) {
    let output = run(["scan", "--passthrough"], log);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
    let back = taken_away(&output.stdout);
    let differs = back.iter().zip(log).position(|(a, b)| a != b).unwrap_or(back.len().min(log.len()));
    let near = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[differs.min(bytes.len())..][..60.min(bytes.len() - differs.min(bytes.len()))]).into_owned()
    };
    assert!(
        back == log,
        "{name}: {} bytes in, {} bytes back, different from {differs} on: {:?}, and not {:?}",
        log.len(),
        back.len(),
        near(&back),
        near(log)
    );
}

#[test]
fn the_lines_that_are_added_stand_behind_the_line_they_are_of() {
    let found = text(["scan", "--passthrough"], b"first\nhr=0x80CF0437\r\nthird\n80CF0437\nlast\n");
    let clock = clock();
    let expected = format!("first\nhr=0x80CF0437\n{}third\n80CF0437\nintune-err> {clock}\nlast\n", answer("0x80CF0437", "intune-err> "));
    assert_eq!(trimmed(&found.replace("\r\n", "\n")), expected);
}

#[test]
fn a_log_without_an_error_comes_out_as_it_is() {
    for log in [&b""[..], b"a", b"a\r\nb", b"\xFF\0\r\r\n"] {
        assert_eq!(run(["scan", "--passthrough"], log).stdout, log);
    }
}

#[test]
fn every_byte_is_back_whatever_the_ends_of_its_lines() {
    let lines = ["start", "hr = 0x80CF0437", "", "x -2133916617 and 80043001", "DeviceCapReached", "end"];
    for (name, end) in
        [("LF", "\n"), ("CRLF", "\r\n"), ("lone CR", "\r"), ("blank and LF", " \n"), ("CR CR LF", "\r\r\n"), ("LF CR", "\n\r")]
    {
        check(name, lines.join(end).as_bytes());
        check(&format!("{name}, with a last one"), format!("{}{end}", lines.join(end)).as_bytes());
        check(&format!("{name}, an error in the last line"), lines[..4].join(end).as_bytes());
        check(&format!("{name}, an error in the last line, with its end"), format!("{}{end}", lines[..4].join(end)).as_bytes());
        check(&format!("{name}, nothing but an error"), lines[1].as_bytes());
    }
}

#[test]
fn every_byte_is_back_where_the_input_is_no_text() {
    check("bad UTF-8", b"\xFD\xFE\xFF bad\n\xC3\x28 0x80CF0437 \xE2\x82\nrest \xF0\n");
    check("NUL bytes", b"a\0b\n\0 0x80CF0437 \0\n\0\0\0");
    check("control characters", b"\x07\x1B[2J 0x80CF0437 \x1B]0;x\x07\n\x0B\x0C\n");
    check("colours", b"\x1B[31m0x80CF0437\x1B[0m\n");
    let all: Vec<u8> = (0..=255).collect();
    check("every byte there is", &[&all[..], b"\nhr=0x80CF0437\n", &all].concat());
}

#[test]
fn what_could_hide_errors_is_back_and_named() {
    let packed = b"\xFD7zXZ\0 hr=0x80CF0437\n\0\n";
    let output = run(["scan", "--passthrough"], packed);
    let said = "error: not read: standard input: an xz file\nhelp: unpack it, then scan the folder\n";
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(2), said));
    assert!(taken_away(&output.stdout) == packed && output.stdout.len() > packed.len());
}

#[test]
fn a_byte_order_mark_of_utf8_is_back() {
    check("a mark and an error in the first line", b"\xEF\xBB\xBFhr=0x80CF0437\nend\n");
    check("a mark and an error in another line", b"\xEF\xBB\xBFstart\nhr=0x80CF0437\n");
}

#[test]
fn every_byte_of_a_long_log_is_back() {
    let mut log = Vec::new();
    for number in 0..20_000 {
        let end = ["\n", "\r\n", "\r"][number % 3];
        let error = if number % 77 == 0 { "0x80CF0437" } else { "ok" };
        log.extend_from_slice(format!("{number:>9} some line of a log, result {error}{end}").as_bytes());
    }
    check("20,000 lines", &log);
    log.truncate(log.len() - 1);
    check("20,000 lines without the last byte", &log);
}

/// A line of three million bytes with an error at these places.
fn long_line(places: &[usize]) -> Vec<u8> {
    let mut line = vec![b'.'; 3_000_000];
    for &place in places {
        line[place..place + 12].copy_from_slice(b" 0x80CF0437 ");
    }
    line
}

#[test]
fn every_byte_of_an_endless_line_is_back() {
    for places in [&[0][..], &[1_500_000], &[2_999_988], &[10, 262_140, 524_280, 2_000_000]] {
        let line = long_line(places);
        for end in ["\n", "\r\n", "\r"] {
            check(&format!("errors at {places:?}, ended by {end:?}"), &[&line, end.as_bytes()].concat());
            check(
                &format!("errors at {places:?}, ended by {end:?}, and more"),
                &[b"before\n", &line[..], end.as_bytes(), b"0x80CF0440\nbehind"].concat(),
            );
        }
    }
}

#[test]
fn every_byte_of_an_endless_line_without_an_end_is_back() {
    for places in [&[0][..], &[1_500_000], &[2_999_988], &[10, 262_140, 524_280, 2_000_000]] {
        check(&format!("errors at {places:?}"), &long_line(places));
    }
}

#[test]
fn the_answers_to_an_endless_line_stand_behind_it() {
    let log = [&long_line(&[10, 2_000_000])[..], b"\nend\n"].concat();
    let found = String::from_utf8(output(["scan", "--passthrough"], &log)).unwrap();
    let expected = format!("{}\n{}end\n", String::from_utf8_lossy(&log[..3_000_000]), answer("0x80CF0437", "intune-err> "));
    assert!(trimmed(&found) == trimmed(&expected), "{}", &found[3_000_000..]);
}

/// Pieces of logs, with all that may be taken for the end of a line or for an error.
const PIECES: [&[u8]; 20] = [
    b"some words of a log ",
    b"0x80CF0437",
    b" 80CF0437 ",
    b"-2133916617",
    b"DeviceCapReached",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"\n\n",
    b" ",
    b"\xFF\xFE",
    b"\xC3",
    b"\xE2\x82\xAC",
    b"a \0 byte",
    b"\x1B[31m",
    b"\x1B]0;",
    b"intune-err",
    b"> ",
    b"\t",
];

proptest! {
    // Each case starts the program.
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_of_any_log_is_back(pieces in prop::collection::vec(select(&PIECES[..]), 0..60)) {
        // A line that looks like an added one could not be told from it.
        let log = pieces.concat();
        prop_assume!(!log.split(|b| matches!(b, b'\n' | b'\r')).any(|line| line.starts_with(b"intune-err")));
        let output = run(["scan", "--passthrough"], &[b"a log begins\n", &log[..]].concat());
        prop_assert_eq!(taken_away(&output.stdout), [b"a log begins\n", &log[..]].concat());
    }
}

/// A finding that began in one block and ended in the next was once compared with the end of the first.
#[test]
fn a_finding_over_the_border_of_two_blocks_passes_through() {
    for before in 260_080..260_100 {
        let log = [vec![b'-'; before], b" 0x80CF0437 ".to_vec(), vec![b'-'; 5_000], b"\n".to_vec()].concat();
        assert!(output(["scan", "--passthrough"], &log).starts_with(&log), "{before}");
    }
}
