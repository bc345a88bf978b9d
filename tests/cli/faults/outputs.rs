//! Readers that go, full disks, closed outputs.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

#[cfg(unix)]
use super::through_shell;
use super::{end, start};
use crate::command;
use crate::logs::Folder;

#[test]
fn a_reader_that_leaves_after_one_line_ends_every_command_quietly() {
    let many = ["0x80CF0437"; 500];
    for args in
        [&many[..], &["list"], &["list", "--json"], &["list", "--markdown"], &["search", "error"], &["search", "--markdown", "error"]]
            .into_iter()
            .chain([&["export", "--format", "csv"][..], &["export", "--format", "ndjson"], &["export", "--format", "kql"]])
    {
        let mut command = command();
        command.args(args);
        let mut child = start(command);
        let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).unwrap();
        drop(reader);
        assert!(line.ends_with(b"\n"), "{:?} prints nothing", &args[..args.len().min(3)]);
        assert_eq!(end(&child.wait_with_output().unwrap()), (Some(0), String::new()), "{:?}", &args[..args.len().min(3)]);
    }
}

#[test]
fn a_document_whose_reader_has_gone_before_is_no_fault() {
    for args in DOCUMENTS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = command().args(args).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        assert_eq!(end(&child.wait_with_output().unwrap()), (Some(0), String::new()), "{args:?}");
    }
}

/// Commands that print something of one form.
const DOCUMENTS: [&[&str]; 9] = [
    &["export", "--format", "csv"],
    &["export", "--format", "ndjson"],
    &["export", "--format", "kql"],
    &["completions", "bash"],
    &["completions", "zsh"],
    &["completions", "fish"],
    &["completions", "powershell"],
    &["man"],
    &["__names", "D"],
];

#[cfg(target_os = "linux")]
#[test]
fn a_document_onto_a_full_disk_is_reported() {
    let more: [&[&str]; 5] =
        [&["--version", "--json"], &["list", "--json"], &["list", "--markdown"], &["checklist", "--json"], &["search", "--json", "error"]];
    for args in DOCUMENTS.into_iter().chain(more) {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command().args(args).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let said = "error: cannot write the output: No space left on device (os error 28)\n".to_owned();
        assert_eq!(end(&output), (Some(2), said), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_error_loses_no_result() {
    let folder = Folder::new("a_full_disk_under_standard_error");
    let (missing, log) = (folder.at("missing.log"), folder.write("a.log", "hr=0x80CF0437\n"));
    for (args, status) in
        [(&["", "0x80CF0437"][..], 2), (&["qqqxyz", "0x80CF0437"], 1), (&["scan", &missing, &log], 2), (&["--nonsense"], 2), (&["-h"], 0)]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command().args(args).stdout(Stdio::piped()).stderr(full).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(args.len() == 1 || stdout.contains("Problem:"), "{args:?}: {stdout}");
    }
}

#[cfg(unix)]
#[test]
fn closed_outputs_neither_crash_it_nor_let_it_write_into_what_it_reads() {
    let folder = Folder::new("closed_outputs");
    let log = folder.write("a.log", "hr=0x80CF0437\n");
    let missing = folder.at("missing.log");
    for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "<&-"] {
        let line = format!("exec \"$0\" \"$@\" {closed}");
        for (args, status) in [
            (&["0x80CF0437"][..], 0),
            (&["--json", "0x12345678"], 1),
            (&[""], 2),
            (&["scan", &log], 0),
            (&["scan", "--passthrough", &log], 0),
            (&["scan", &missing, &log], 2),
            (&["list"], 0),
            (&["search", "clock"], 0),
            (&["checklist"], 0),
            (&["export", "--format", "csv"], 0),
            (&["completions", "bash"], 0),
            (&["man"], 0),
            (&["-h"], 0),
            (&["--nonsense"], 2),
        ] {
            let Some(mut shell) = through_shell(&line, args) else { return };
            let found = shell.output().unwrap().status.code();
            // A closed output may be told as an output error.
            assert!(found == Some(status) || found == Some(2) && closed.contains(">&-"), "{args:?} {closed}: {found:?}");
            assert_eq!(std::fs::read(&log).unwrap(), b"hr=0x80CF0437\n", "{args:?} {closed}");
        }
    }
    // What is not closed has all that it would have.
    let Some(mut shell) = through_shell("exec \"$0\" \"$@\" 2>&-", &["scan", &missing, &log]) else { return };
    assert!(String::from_utf8_lossy(&shell.output().unwrap().stdout).contains("Problem:"));
    let Some(mut shell) = through_shell("exec \"$0\" \"$@\" <&-", &["scan"]) else { return };
    assert_eq!(end(&shell.output().unwrap()), (Some(1), String::new()));
}

#[cfg(unix)]
#[test]
fn messages_wait_where_standard_error_would_block() {
    use std::os::unix::net::UnixStream;
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    theirs.set_nonblocking(true).unwrap();
    let missing: Vec<String> = (0..2_000).map(|number| format!("{}/{number}", "missing/".repeat(30))).collect();
    let theirs = std::os::fd::OwnedFd::from(theirs);
    let mut child = command().arg("scan").args(&missing).stdout(Stdio::null()).stderr(theirs).spawn().unwrap();
    // Nobody reads until it is full.
    std::thread::sleep(std::time::Duration::from_millis(200));
    let mut said = String::new();
    std::io::Read::read_to_string(&mut ours, &mut said).unwrap();
    assert_eq!((said.lines().count(), child.wait().unwrap().code()), (2_000, Some(2)));
}

#[test]
fn a_file_that_messages_go_to_is_not_read() {
    let folder = Folder::new("a_file_that_messages_go_to");
    folder.write("a.log", "hr=0x80CF0437\n");
    let messages = folder.write("err.log", "hr=0x80CF0437\n");
    let stderr = std::fs::OpenOptions::new().append(true).open(&messages).unwrap();
    let output = command().args(["scan", "--json"]).arg(folder.path()).stderr(stderr).output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let (unread, found): (Vec<&str>, Vec<&str>) = stdout.lines().partition(|line| line.contains("\"unread\":"));
    assert_eq!((found.len(), unread.len(), output.status.code()), (1, 1, Some(0)), "{stdout}");
    assert!(unread[0].contains("err.log"), "{unread:?}");
}
