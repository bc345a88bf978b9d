//! Queries as long and as many as a call takes: answered in order, in bounded memory, and refused in a line where they mean nothing.

#[cfg(target_os = "linux")]
use std::collections::BTreeSet;

#[cfg(unix)]
use super::command;
#[cfg(unix)]
use super::faults::end;
#[cfg(target_os = "linux")]
use super::faults::through_shell;
use super::intune_err;
#[cfg(target_os = "linux")]
use super::strict::answers;

/// What long queries are made of.
#[cfg(unix)]
const PIECES: [&str; 14] = ["a", "7", "F", "0x", "-", " ", "\u{1F600}", "(", "=", "a ", "_", ":1", "\u{1B}[", "device cap "];

#[cfg(unix)]
#[test]
fn a_query_as_long_as_an_argument_can_be_is_answered() {
    for piece in PIECES.into_iter().chain(["0x80CF0438 "]) {
        let output = command().arg("--").arg(piece.repeat(120_000 / piece.len())).output().unwrap();
        let (status, stderr) = end(&output);
        assert!(matches!(status, Some(0..=2)), "{piece:?}: {status:?}");
        assert!(stderr.len() < 1_000 && !stderr.contains('\u{1B}'), "{piece:?}: {} bytes of error", stderr.len());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_megabyte_of_queries_in_one_call_is_answered() {
    let queries: Vec<String> = PIECES.iter().cycle().take(8).map(|piece| piece.repeat(120_000 / piece.len())).collect();
    let queries: Vec<String> = queries.into_iter().map(|query| query + " 0x80CF0437").collect();
    let output = command().args(["--json", "--"]).args(&queries).output().unwrap();
    let (status, stderr) = end(&output);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    let answered: Vec<String> = answers(&String::from_utf8(output.stdout).unwrap()).into_iter().map(|answer| answer.query).collect();
    assert_eq!(answered, queries);
}

#[test]
fn a_line_of_a_megabyte_on_standard_input_is_answered() {
    for piece in ["7", "0x", " ", "\u{1F600}", "device cap ", "=", "_"] {
        let line = piece.repeat((1 << 20) / piece.len()) + " hr=0x80CF0437\n";
        assert_eq!(super::logs::occurrences(line.as_bytes()).len(), 1, "{piece:?}");
    }
}

#[test]
fn a_query_of_a_megabyte_is_answered() {
    // More than an argument can be on most systems, so it goes to the library.
    for piece in ["7", "0x", " ", "\u{1F600}", "device cap "] {
        // It is answered or refused, and the refusal is no longer than a line.
        if let Err(error) = intune_err::answer(&piece.repeat((1 << 20) / piece.len()), intune_err::Base::Either) {
            assert!(error.to_string().len() < 1_000, "{piece:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn as_many_queries_as_a_call_takes_are_answered_in_order() {
    // With the pointer to each this is a little over a megabyte, of the two that Linux takes.
    let output = command().arg("-q").args(std::iter::repeat_n("0x80CF0437", 60_000)).output().unwrap();
    assert_eq!(end(&output), (Some(0), String::new()));
    let queries: Vec<String> = (0..5_000).map(|number| format!("0x{:08X}", 0x1234_0000 + number)).collect();
    let output = command().args(&queries).output().unwrap();
    assert_eq!(end(&output), (Some(1), String::new()));
    let stdout = String::from_utf8(output.stdout).unwrap();
    let answered = stdout.lines().filter_map(|line| line.strip_prefix("0x12")?.split(' ').next().map(|digits| format!("0x12{digits}")));
    assert!(answered.eq(queries));
}

/// So many distinct codes in one text.
#[cfg(target_os = "linux")]
fn distinct_codes(count: u32) -> String {
    (0..count).map(|number| format!("0x{:08X}", 0x8007_0000 + number)).collect::<Vec<_>>().join(" ")
}

#[cfg(target_os = "linux")]
#[test]
fn thousands_of_codes_in_one_query_take_less_than_64_mib() {
    // 44 KB, and with it in each of 4,000 answers 176 MB, were they kept.
    let query = distinct_codes(4_000);
    for args in [&["-q", &query][..], &[&query], &["--markdown", &query]] {
        let Some(mut shell) = through_shell("ulimit -v 65536 && exec \"$0\" \"$@\"", args) else { return };
        let output = shell.output().unwrap();
        assert_eq!(end(&output), (Some(1), String::new()), "{:?}", &args[..args.len() - 1]);
        let stdout = String::from_utf8(output.stdout).unwrap();
        let heads: BTreeSet<&str> = stdout.split_whitespace().filter(|word| word.starts_with("0x8007") && word.len() == 10).collect();
        assert!(args[0] == "-q" || heads.len() >= 4_000, "{} answers", heads.len());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_json_of_a_long_query_goes_out_answer_by_answer() {
    use std::io::BufRead as _;
    // All of it would be 176 MB, so the reader leaves.
    let query = distinct_codes(4_000);
    let Some(mut shell) = through_shell("ulimit -v 65536 && exec \"$0\" \"$@\"", &["--json", &query]) else { return };
    let mut child = shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    for number in 0..100 {
        let answer = &answers(&(lines.next().unwrap() + "\n"))[0];
        assert_eq!((answer.query.as_str(), answer.code.as_ref().unwrap().unsigned), (query.as_str(), 0x8007_0000 + number));
    }
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stderr, b"");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", output.status);
}

#[test]
fn what_stands_twice_in_a_query_is_answered_once() {
    // The last is no error that a log is searched for, and a code all the same.
    for (query, answered) in [
        ("0x80CF0437, -2133916617 and 0x80CF0437", 1),
        ("DeviceCapReached, devicecapreached", 1),
        ("123456789 or 123456789", 1),
        ("123456789 or 123456780", 2),
    ] {
        let (stdout, _) = intune_err(["--json", query]).status(i32::from(query.starts_with('1'))).outputs();
        assert_eq!(stdout.lines().count(), answered, "{query}");
    }
}
