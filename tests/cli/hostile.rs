//! What must never reach a terminal raw: control sequences and characters of direction from a log, a query or the name of a file.
#![cfg(unix)]

#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};

use super::intune_err;
use super::json::acts;
use super::logs::Folder;

/// What ends a terminal's patience: a title, a link, the clipboard, a cleared screen, C1 controls, text that runs backwards, a separator of
/// lines and DEL.
const HOSTILE: &str = "\u{1B}]0;title\u{7}\u{1B}]8;;x:y\u{1B}\\\u{1B}]52;c;eA==\u{7}\u{1B}[2J\u{1B}[31m\u{9B}1A\u{85}\u{202E}\u{2067}\u{200F}\u{61C}\u{2028}\u{8}\u{7F}";

/// Fails where a text holds what a terminal would act on.
#[track_caller]
fn check_harmless(what: &str, text: &str) {
    assert_eq!(text.chars().find(|c| *c != '\n' && acts(*c)), None, "{what}: {text:?}");
}

#[test]
fn a_name_of_a_file_never_reaches_an_output_raw() {
    let folder = Folder::new("a_name_of_a_file");
    let name = HOSTILE.replace('/', "");
    let (log, binary, missing) = (folder.at(&format!("{name}.log")), folder.at(&format!("{name}.bin")), folder.at(&format!("{name}.none")));
    std::fs::write(&log, "hr=0x80CF0437\n").unwrap();
    std::fs::write(&binary, b"\0\x01\x02\0hr=0x80CF0437\n").unwrap();
    std::os::unix::fs::symlink("nowhere", folder.at(&format!("{name}.link"))).unwrap();
    let all = folder.path().to_str().unwrap();
    for (args, status) in [
        (&["scan", &log, &log][..], 0),
        (&["scan", "--summary", &log], 0),
        (&["scan", "--markdown", &log], 0),
        (&["scan", "--json", &log], 0),
        (&["scan", "--json", "--summary", &log], 0),
        (&["scan", all], 0),
        (&["scan", &missing], 2),
        (&["scan", "--json", &folder.at(&format!("{name}.link"))], 2),
        (&[&log], 1),
        (&["--json", &log], 1),
        (&[&missing], 1),
        (&["--json", &missing], 1),
        (&["search", &missing], 1),
    ] {
        let (stdout, stderr) = intune_err(args).status(status).outputs();
        check_harmless("stdout", &stdout);
        check_harmless("stderr", &stderr);
    }
}

/// What the program shows in a terminal of so many columns, both outputs together; none where there is no `script` of util-linux to make
/// one. The arguments are words of a shell.
#[cfg(target_os = "linux")]
fn in_terminal(columns: u32, args: &str) -> Option<String> {
    let line = format!("stty cols {columns} rows 50 -onlcr && exec {} {args}", env!("CARGO_BIN_EXE_intune-err"));
    let mut script = Command::new("script");
    script.env_clear().env("PATH", "/usr/bin:/bin").env("TERM", "xterm").env("SHELL", "/bin/sh").stdin(Stdio::null());
    let output = script.args(["-q", "-e", "-c", &line, "/dev/null"]).output().ok()?;
    // BSD's takes other options, and stty may be missing.
    let has_run = matches!(output.status.code(), Some(0..=2)) && !output.stdout.is_empty();
    has_run.then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Fails where a terminal gets what it acts on, colours excepted.
#[cfg(target_os = "linux")]
#[track_caller]
fn check_screen(what: &str, screen: &str) {
    let mut rest = screen;
    while let Some(at) = rest.find(|c: char| c != '\n' && acts(c)) {
        let colour = rest[at..].strip_prefix("\u{1B}[").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        let Some(behind) = colour.and_then(|rest| rest.strip_prefix('m')) else {
            panic!("{what}: {:?} in {screen:?}", rest[at..].chars().take(20).collect::<String>())
        };
        rest = behind;
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_of_any_width_gets_no_control_sequence_of_a_log_but_colours() {
    let folder = Folder::new("a_terminal_of_any_width");
    let log =
        folder.write("a.log", format!("{HOSTILE} \u{1B}[1;31mhr=0x80CF0437\u{1B}[0m {HOSTILE}\u{1B}P\u{1B}_x\u{1B}\\\r\x0B\x0C\x7F\n"));
    for columns in [1, 20, 500] {
        for args in ["scan", "scan --passthrough", "scan --summary", "scan --markdown"] {
            let Some(screen) = in_terminal(columns, &format!("{args} {log}")) else { return };
            let labels = if args.ends_with("down") { ["**Problem:**", "**Source:**"] } else { ["Problem:", "Source:"] };
            assert!(labels.iter().all(|label| screen.contains(label)), "{args} at {columns}: {screen:?}");
            check_screen(&format!("{args} at {columns}"), &screen);
        }
        let Some(screen) = in_terminal(columns, &format!("--json scan {log}")) else { return };
        check_harmless("--json", &screen);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_no_control_sequence_of_a_query() {
    for (query, shown) in [
        ("0x80CF0437", "client-clock-wrong"),
        (" 0x80CF0437", "client-clock-wrong"),
        (" DeviceCapReached", "device-cap-reached"),
        ("qqqxyz", "qqqxyz"),
        ("", ""),
    ] {
        for form in ["", "--json", "--markdown", "search"] {
            let what = format!("{form} {query}");
            // In single quotes a shell leaves everything as it is.
            let Some(screen) = in_terminal(80, &format!("{form} -- '{HOSTILE}{query}'")) else { return };
            check_screen(&what, &screen);
            assert!(form != "--json" || screen.contains(shown), "{what}: {screen:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn every_command_has_all_its_words_in_a_terminal_of_any_width() {
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for args in ["0x80CF3005", "0x12345678", "search clock", "list --area certificate", "checklist"] {
        let expected = words(&super::command().args(args.split(' ')).output().unwrap().stdout);
        for columns in [1, 20, 500] {
            let Some(screen) = in_terminal(columns, &format!("--color never {args}")) else { return };
            assert_eq!(words(screen.as_bytes()), expected, "{args} at {columns}");
        }
    }
}

/// What stands before the first answer line below the line of a log that leaves a colour.
fn answer_after(args: &[&str], log: &str) -> String {
    let output = super::logs::text(args.iter().copied(), log.as_bytes());
    let line = output.lines().find(|line| line.contains("(-2133916617, ")).unwrap_or_else(|| panic!("{args:?}: {output:?}"));
    line[..line.find("0x80CF0437").expect("the code stands there")].to_owned()
}

#[test]
fn a_colour_of_a_log_ends_before_the_answer() {
    const RESET: &str = "\u{1B}[0m";
    for colour in ["always", "never"] {
        for (form, before) in [(&["scan"][..], "    "), (&["scan", "--passthrough"], "intune-err> ")] {
            let args = [&["--color", colour], form].concat();
            for (log, is_reset) in [
                ("\u{1B}[8mhidden hr=0x80CF0437\n", true),
                ("\u{1B}[31;1mred\u{1B}[0m, then \u{1B}[8mhr=0x80CF0437\r\n", true),
                // The answer to a last line without an end stands before it where the log passes through.
                ("hr=0x80CF0437 \u{1B}[7", form.len() == 1),
                ("\u{1B}[31mhr=0x80CF0437\u{1B}[0m\n", false),
                ("\u{1B}[31mhr=0x80CF0437\u{1B}[m\n", false),
                ("\u{1B}[2Jhr=0x80CF0437\n", false),
                ("hr=0x80CF0437\n", false),
            ] {
                let found = answer_after(&args, log);
                let expected = if is_reset { format!("{before}{RESET}") } else { before.to_owned() };
                let bold = if colour == "always" { "\u{1B}[1m" } else { "" };
                assert_eq!(found, format!("{expected}{bold}"), "{args:?} {log:?}");
            }
        }
    }
    // A line that nothing was found in leaves its colour to the next.
    let found = answer_after(&["scan", "--passthrough"], "\u{1B}[8mnothing\nmore\nhr=0x80CF0437\n");
    assert_eq!(found, format!("intune-err> {RESET}"));
}
