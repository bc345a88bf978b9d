//! The exit status: 0 found, 1 not found, 2 for what can mean nothing, bad usage, and input or output errors. The worst wins.

use std::io::{BufRead, BufReader};
use std::process::{Output, Stdio};

use super::{command, intune_err};

/// Arguments and the status that they end with.
const STATUS: [(&str, &[&str], i32); 36] = [
    ("an entry", &["0x80CF0437"], 0),
    ("a symbol without a code", &["STATUS_ACCESS_DENIED"], 0),
    ("a symbol of a code", &["0xC0000022"], 0),
    ("a token", &["DeviceCapReached"], 0),
    ("an id", &["company-name-special-characters"], 0),
    ("a sentence with an entry", &["it says 0x80CF0437 again"], 0),
    ("joined words", &["device", "cap", "reached"], 0),
    ("two that are found", &["0x80CF0437", "0x80CF0440"], 0),
    ("an unknown code", &["0x12345678"], 1),
    ("an unknown text", &["qqqxyz"], 1),
    ("an unknown sentence", &["nothing of interest stands here"], 1),
    ("a text that is no code", &["0x"], 1),
    ("an empty query", &[""], 2),
    ("a blank query", &["  "], 2),
    ("nine hex digits", &["0x180180014"], 2),
    ("a decimal of 33 bits", &["4294967296"], 2),
    ("found, then unknown", &["0x80CF0437", "0x12345678"], 1),
    ("unknown, then found", &["0x12345678", "0x80CF0437"], 1),
    ("found, then meaningless", &["0x80CF0437", ""], 2),
    ("meaningless, then found", &["", "0x80CF0437"], 2),
    ("meaningless, then unknown", &["0x180180014", "0x12345678"], 2),
    ("all three", &["0x12345678", "", "0x80CF0437"], 2),
    ("an unknown option", &["--nonsense"], 2),
    ("both bases", &["--hex", "--decimal", "3010"], 2),
    ("a search with a hit", &["search", "clock"], 0),
    ("a search with a symbol alone", &["search", "NS_E_PROXY_DNS_TIMEOUT"], 0),
    ("a search without a hit", &["search", "qqqxyz"], 1),
    ("a search of which one word has no hit", &["search", "clock", "qqqxyz"], 1),
    ("a search without a word", &["search"], 2),
    ("a search for nothing", &["search", ""], 2),
    ("a list", &["list"], 0),
    ("a list of an unknown area", &["list", "--area", "nonsense"], 2),
    ("a checklist", &["checklist"], 0),
    ("a checklist of an unknown platform", &["checklist", "--platform", "beos"], 2),
    ("help", &["--help"], 0),
    ("the version", &["--version"], 0),
];

#[test]
fn every_outcome_has_its_status() {
    let mut faults = Vec::new();
    for (name, args, expected) in STATUS {
        let status = command().args(args).output().unwrap().status.code();
        if status != Some(expected) {
            faults.push(format!("{name}: {args:?} ends with {status:?}, and not with {expected}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn json_and_markdown_end_with_the_same_status() {
    for format in ["--json", "--markdown"] {
        for (name, args, expected) in STATUS.iter().filter(|(_, args, _)| args[0] != "--nonsense" && !args.contains(&"")) {
            let status = command().arg(format).args(*args).output().unwrap().status.code();
            assert_eq!(status, Some(*expected), "{name}: {format} {args:?}");
        }
    }
}

#[test]
fn all_queries_are_answered_before_it_ends() {
    let (stdout, stderr) = intune_err(["", "0x12345678", "0x180180014", "0x80CF0437"]).status(2).outputs();
    assert!(stdout.contains("0x12345678 (305419896)") && stdout.contains("0x80CF0437 (-2133916617"), "{stdout}");
    assert_eq!(stderr.lines().filter(|line| line.starts_with("error: ")).count(), 2, "{stderr}");
}

#[test]
fn quiet_says_nothing_and_ends_with_the_same_status() {
    for quiet in ["-q", "--quiet"] {
        for (name, args, expected) in STATUS {
            // Usage errors, help and version are what somebody reads who calls it wrong, or asks.
            let is_usage = args.iter().any(|arg| arg.starts_with("--")) || args == ["search"];
            if !is_usage && args != ["search", ""] {
                let Output { status, stdout, stderr } = command().arg(quiet).args(args).output().unwrap();
                assert_eq!((status.code(), stdout.as_slice(), stderr.as_slice()), (Some(expected), &b""[..], &b""[..]), "{name}");
            }
        }
    }
}

/// The output of a call whose reader has gone before it starts.
#[track_caller]
fn into_closed_pipe(args: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let child = command().args(args).stdout(writer).stderr(Stdio::piped()).spawn().expect("the program starts");
    child.wait_with_output().expect("the program ends")
}

#[test]
fn a_reader_that_has_gone_ends_it_quietly_with_the_status_so_far() {
    for (args, status) in [
        (&["0x80CF0437"][..], 0),
        (&["0x12345678"], 1),
        (&["--json", "0x80CF0437"], 0),
        (&["--markdown", "0x80CF0437"], 0),
        (&["list"], 0),
        (&["checklist"], 0),
        (&["search", "clock"], 0),
        (&["-h"], 0),
        (&["--help"], 0),
        (&["-V"], 0),
    ] {
        let output = into_closed_pipe(args);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(status), "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_after_one_line_ends_it_quietly() {
    // Thousands of symbols: more than any pipe holds.
    let mut child = command().args(["--json", "search", "error"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert!(line.starts_with('{') && line.ends_with("}\n"), "{line}");
    drop(reader);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// The output of a call that writes to a full disk.
#[cfg(target_os = "linux")]
#[track_caller]
fn onto_full_disk(args: &[&str]) -> (Option<i32>, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has /dev/full");
    let output = command().args(args).stdout(full).stderr(Stdio::piped()).output().expect("the program runs");
    (output.status.code(), String::from_utf8(output.stderr).expect("standard error is UTF-8"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported_and_gives_2() {
    for args in
        [&["0x80CF0437"][..], &["--json", "0x12345678"], &["--markdown", "0x80CF0437"], &["list"], &["checklist"], &["search", "error"]]
    {
        let expected = "error: cannot write the output: No space left on device (os error 28)\n".to_owned();
        assert_eq!(onto_full_disk(args), (Some(2), expected), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn help_and_version_onto_a_full_disk_are_reported_too() {
    for args in ["-h", "--help", "-V"] {
        let (status, stderr) = onto_full_disk(&[args]);
        assert_eq!(status, Some(2), "{args}");
        assert!(stderr.starts_with("error: "), "{args}: nothing is reported");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn quiet_writes_nothing_and_so_cannot_fail_at_it() {
    assert_eq!(onto_full_disk(&["-q", "0x80CF0437"]), (Some(0), String::new()));
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_unicode_is_bad_usage_and_no_crash() {
    use std::os::unix::ffi::OsStrExt as _;
    let (stdout, stderr) = intune_err([std::ffi::OsStr::from_bytes(b"0x80CF0437\xFF")]).status(2).outputs();
    assert!(stdout.is_empty() && stderr.starts_with("error: "), "{stderr}");
}

#[test]
fn a_look_up_does_not_touch_standard_input() {
    intune_err(["0x80CF0437"]).stdin(b"0x80CF0440\n").stdout_holds("0x80CF0437 (").run();
}

#[test]
fn a_usage_error_shows_nothing_that_a_terminal_acts_on() {
    let (_, stderr) = intune_err(["--\u{1B}]0;title\u{7}"]).status(2).outputs();
    assert!(stderr.starts_with("error: ") && !stderr.contains('\u{1B}'), "{stderr:?}");
}
