//! Every command where something goes wrong around it: readers that go, disks that are full, inputs that change while they are read,
//! closed outputs, few file handles, signals and very many files.
//!
//! What the exit status has to be stands in `exit_status`, the common faults of a scan in `scan_faults`, queries without end in `long_queries`,
//! and what a terminal must never get raw in `hostile`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};

#[cfg(unix)]
use std::ffi::OsStr;
#[cfg(unix)]
use std::os::unix::ffi::OsStrExt as _;

use super::logs::{Folder, occurrences, run};
#[cfg(unix)]
use super::strict::findings;
use super::strict::tallies;
use super::{command, intune_err};

/// A program at work whose outputs are pipes.
#[track_caller]
fn start(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// The first line that a program prints, what else it prints, what it says on standard error and its status, with a deed done in between.
#[cfg(unix)]
#[track_caller]
fn around(command: Command, deed: impl FnOnce(&mut Child)) -> (String, Vec<u8>, String, std::process::ExitStatus) {
    let mut child = start(command);
    let mut stdout = BufReader::with_capacity(64, child.stdout.take().expect("it has a standard output"));
    let mut first = String::new();
    stdout.read_line(&mut first).expect("it prints a line");
    deed(&mut child);
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut stdout, &mut rest).expect("its output can be read");
    let output = child.wait_with_output().expect("the program ends");
    (first, rest, String::from_utf8(output.stderr).expect("standard error is UTF-8"), output.status)
}

/// Standard error and status of an output.
fn end(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

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

/// Runs the program as a user who can't read everything; `None` if root runs the tests and no other user is there.
#[cfg(unix)]
fn without_rights<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, is_root: bool) -> Option<Output> {
    if !is_root {
        return Some(command().args(args).output().expect("the program runs"));
    }
    let mut nobody = Command::new("setpriv");
    nobody.env_clear().args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(env!("CARGO_BIN_EXE_intune-err"));
    nobody.args(args).stdin(Stdio::null());
    // 126 and 127: it isn't allowed to, or the program is where no other user can reach it.
    nobody.output().ok().filter(|output| !matches!(output.status.code(), Some(126 | 127)))
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_reported_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("a_folder_that_may_not_be_read");
    folder.write("a.log", "hr=0x80CF0437\n");
    folder.write("b/inner.log", "hr=0x80CF0437\n");
    let file = folder.write("c.log", "hr=0x80CF0437\n");
    folder.write("d.log", "hr=0x80CF0437\n");
    let mode = |path: &str, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(&folder.at("b"), 0o0);
    mode(&file, 0o0);
    let output = without_rights(["--json", "scan", folder.path().to_str().unwrap()], std::fs::read_dir(folder.at("b")).is_ok());
    mode(&folder.at("b"), 0o755);
    let Some(output) = output else { return };
    let (status, stderr) = end(&output);
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(lines.len() == 2 && lines.iter().all(|line| line.contains("Permission denied")), "{stderr}");
    assert!(lines[0].starts_with(&format!("error: cannot read {}: ", folder.at("b"))), "{stderr}");
    assert!(lines[1].starts_with(&format!("error: cannot read {file}: ")), "{stderr}");
    assert_eq!((status, findings(&String::from_utf8_lossy(&output.stdout)).len()), (Some(2), 2));
}

/// More than the program reads ahead and a pipe takes: a reader that stops after one line holds the program up in the middle.
#[cfg(unix)]
fn long_log() -> Vec<u8> {
    (0..300_000).flat_map(|number| format!("nothing of interest {number}\n").into_bytes()).collect()
}

#[cfg(unix)]
fn passing_through(path: &str) -> Command {
    let mut command = command();
    command.args(["scan", "--passthrough", path]);
    command
}

#[cfg(unix)]
#[test]
fn a_file_that_grows_while_it_is_read_is_read_to_the_size_that_it_had() {
    use std::io::Write as _;
    let folder = Folder::new("a_file_that_grows");
    let log = folder.write("a.log", long_log());
    let (_, rest, stderr, status) = around(passing_through(&log), |_| {
        let mut file = std::fs::OpenOptions::new().append(true).open(&log).unwrap();
        file.write_all(b"hr=0x80CF0437\n").unwrap();
    });
    assert_eq!((stderr.as_str(), status.code()), ("", Some(1)));
    let rest = String::from_utf8(rest).unwrap();
    assert!(rest.ends_with("\nnothing of interest 299999\n"), "{}", &rest[rest.len() - 400..]);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_truncated_while_it_is_read_ends_there() {
    let folder = Folder::new("a_file_that_is_truncated");
    let bytes = long_log();
    let log = folder.write("a.log", &bytes);
    let (first, rest, stderr, status) = around(passing_through(&log), |_| {
        std::fs::OpenOptions::new().write(true).open(&log).unwrap().set_len(100).unwrap();
    });
    assert_eq!((stderr.as_str(), status.code()), ("", Some(1)));
    let printed = [first.into_bytes(), rest].concat();
    assert!(printed.len() < bytes.len() && bytes.starts_with(&printed), "{} bytes are printed", printed.len());
}

#[cfg(unix)]
#[test]
fn a_file_that_is_removed_while_it_is_read_is_read_to_its_end() {
    let folder = Folder::new("a_file_that_is_removed");
    let bytes = long_log();
    let log = folder.write("a.log", &bytes);
    let (first, rest, stderr, status) = around(passing_through(&log), |_| std::fs::remove_file(&log).unwrap());
    assert_eq!((stderr.as_str(), status.code()), ("", Some(1)));
    assert!([first.into_bytes(), rest].concat() == bytes);
}

#[cfg(unix)]
#[test]
fn a_file_that_vanishes_from_a_folder_is_reported_and_the_rest_goes_on() {
    let folder = Folder::new("a_file_that_vanishes");
    folder.write("a.log", long_log());
    let (b, _) = (folder.write("b.log", "hr=0x80CF0437\n"), folder.write("c.log", "hr=0x80CF0437\n"));
    let (_, rest, stderr, status) = around(passing_through(folder.path().to_str().unwrap()), |_| std::fs::remove_file(&b).unwrap());
    assert_eq!(stderr, format!("error: cannot read {b}: No such file or directory (os error 2)\n"));
    let rest = String::from_utf8(rest).unwrap();
    assert!(status.code() == Some(2) && rest.contains("\nhr=0x80CF0437\nintune-err> 0x80CF0437 ("), "{status}");
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_reported_and_one_to_its_own_folder_is_walked_once() {
    let folder = Folder::new("a_link_to_itself");
    folder.write("in/a.log", "hr=0x80CF0437\n");
    let (itself, entrance) = (folder.at("itself"), folder.at("in/entrance"));
    std::os::unix::fs::symlink("itself", &itself).unwrap();
    std::os::unix::fs::symlink("../in", &entrance).unwrap();
    let (stdout, stderr) = intune_err(["--json", "scan", &itself, &entrance]).status(2).outputs();
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with(&format!("error: cannot read {itself}: ")), "{stderr}");
    // The link inside is named, and not followed.
    let (unread, found): (Vec<&str>, Vec<&str>) = stdout.split_inclusive('\n').partition(|line| line.contains("\"unread\":"));
    assert_eq!(findings(&found.concat()).len(), 1);
    assert!(unread.contains(&format!("{{\"path\":\"{entrance}/entrance\",\"unread\":\"a symbolic link\"}}\n").as_str()), "{unread:?}");
}

#[cfg(unix)]
#[test]
fn a_named_pipe_whose_writer_goes_without_a_word_is_empty() {
    let folder = Folder::new("a_named_pipe_whose_writer_goes");
    let (pipe, log) = (folder.at("pipe"), folder.write("a.log", "hr=0x80CF0437\n"));
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        return;
    }
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::write(pipe, "")
    });
    assert_eq!(findings(&intune_err(["--json", "scan", &pipe, &log]).output()).len(), 1);
    writer.join().unwrap().unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn zeros_without_a_line_end_come_out_as_they_are() {
    let zeros = vec![0; 16 << 20];
    let passed = run(["scan", "--passthrough"], &zeros);
    assert_eq!(end(&passed), (Some(1), String::new()));
    assert!(passed.stdout == zeros);
    let (status, said) = end(&run(["scan", "--summary"], &zeros));
    assert_eq!((status, said.as_str()), (Some(2), "error: not read: standard input: a binary file\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_input_without_end_takes_no_more_memory_and_can_be_interrupted() {
    let mut command = command();
    command.args(["scan", "--json", "/dev/zero"]);
    let mut child = start(command);
    // A hundred buffers have gone through it then.
    let read = format!("/proc/{}/io", child.id());
    let has_read = || {
        let text = std::fs::read_to_string(&read).ok()?;
        text.lines().find_map(|line| line.strip_prefix("rchar: "))?.parse::<u64>().ok()
    };
    while has_read().is_some_and(|bytes| bytes < 32 << 20) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap().trim().strip_suffix(" kB").unwrap();
    assert!(peak.parse::<u32>().unwrap() <= 16 * 1024, "{peak} KiB");
    let interrupted = signal("-INT", child.id());
    if !interrupted {
        child.kill().unwrap();
    }
    let output = child.wait_with_output().unwrap();
    assert!(!interrupted || end(&output) == (Some(130), String::new()), "{output:?}");
}

/// Sends a signal; false where there is nothing to send it with.
#[cfg(unix)]
fn signal(which: &str, to: u32) -> bool {
    let kill = ["/bin/kill", "/usr/bin/kill"].into_iter().find(|path| std::path::Path::new(path).exists());
    kill.is_some_and(|kill| Command::new(kill).args([which, &to.to_string()]).status().is_ok_and(|status| status.success()))
}

#[cfg(unix)]
#[test]
fn a_signal_to_end_ends_it_and_what_was_printed_is_whole() {
    // A signal that ends a program by default, and that isn't ignored where the tests run.
    let (name, number) = ("-TERM", 15);
    let mut command = command();
    command.args(["scan", "--json"]).stdin(Stdio::piped());
    let mut child = start(command);
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"hr=0x80CF0437\n").unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    if !signal(name, child.id()) {
        child.kill().unwrap();
        child.wait().unwrap();
        return;
    }
    // The input stays open, so that only the signal can end it. If the signal does nothing, the end of the input ends it at last, and the
    // status tells.
    for _ in 0..2000 {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    drop(stdin);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut stdout, &mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((findings(&line).len(), rest.as_str(), output.status.code()), (1, "", Some(130)), "{name} ({number})");
    assert!(output.stderr.is_empty(), "{name}");
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_utf_8_is_read_and_named_all_the_same() {
    let folder = Folder::new("a_path_that_is_no_utf_8");
    let path = folder.path().join(OsStr::from_bytes(b"a\xFF.log"));
    if std::fs::write(&path, "hr=0x80CF0437\n").is_err() {
        // Some systems have no such names.
        return;
    }
    let shown = folder.at("a\u{FFFD}.log");
    for scanned in [path.as_path(), folder.path()] {
        let output = command().args(["--json", "scan"]).arg(scanned).output().unwrap();
        assert_eq!(end(&output), (Some(0), String::new()));
        let found = findings(&String::from_utf8(output.stdout).unwrap());
        assert_eq!((found.len(), found[0].path.as_deref()), (1, Some(shown.as_str())));
    }
    let output = command().arg("scan").args([&path, &path]).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with(&format!("{shown}:1: hr=0x80CF0437\n")));
    let output = command().args(["scan", "--summary"]).arg(&path).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(&format!("Found:      once, {shown}:1\n")));
    std::fs::remove_file(&path).unwrap();
    let output = command().arg("scan").arg(&path).output().unwrap();
    assert_eq!(end(&output), (Some(2), format!("error: cannot read {shown}: No such file or directory (os error 2)\n")));
}

#[test]
fn ten_thousand_files_are_read_in_the_order_of_their_names() {
    let folder = Folder::new("ten_thousand_files");
    for number in 0..10_000 {
        std::fs::write(folder.path().join(format!("{number:05}.log")), format!("{number} hr=0x80CF0437\n")).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let tally = &tallies(&intune_err(["--json", "scan", "--summary", path]).output())[0];
    let ends = (tally.first.path.as_deref(), tally.last.path.as_deref());
    assert_eq!((tally.count, ends), (10_000, (Some(folder.at("00000.log").as_str()), Some(folder.at("09999.log").as_str()))));
    let stdout = intune_err(["scan", path]).output();
    let order: Vec<&str> = stdout.lines().filter_map(|line| line.strip_suffix(" hr=0x80CF0437")?.rsplit(' ').next()).collect();
    assert!(order.len() == 10_000 && order.iter().enumerate().all(|(number, name)| number.to_string() == **name));
}

/// The program, started by a line of shell that has it in `"$0" "$@"`; `None` if there is no shell.
#[cfg(unix)]
pub(crate) fn through_shell(line: &str, args: &[&str]) -> Option<Command> {
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().stdin(Stdio::null()).args(["-c", line, env!("CARGO_BIN_EXE_intune-err")]).args(args);
    std::path::Path::new("/bin/sh").exists().then_some(shell)
}

#[cfg(unix)]
#[test]
fn sixteen_file_handles_are_enough_for_deep_folders_and_many_files() {
    let folder = Folder::new("sixteen_file_handles");
    let mut deep = String::new();
    for level in 0..30 {
        deep += &format!("{level}/");
        for name in ["a.log", "z.log"] {
            folder.write(&format!("{deep}{name}"), "hr=0x80CF0437\n");
        }
    }
    for number in 0..100 {
        folder.write(&format!("wide/{number}.log"), "hr=0x80CF0437\n");
    }
    let args = ["--json", "scan", "--summary", folder.path().to_str().unwrap()];
    let Some(mut shell) = through_shell("ulimit -n 16 && exec \"$0\" \"$@\"", &args) else { return };
    let output = shell.output().unwrap();
    assert_eq!(end(&output), (Some(0), String::new()));
    assert_eq!(tallies(&String::from_utf8(output.stdout).unwrap())[0].count, 160);
    // All in one list, and an input in a pipe.
    let files: Vec<String> = (0..100).map(|number| folder.at(&format!("wide/{number}.log"))).collect();
    let args: Vec<&str> = ["--json", "scan", "--summary"].into_iter().chain(files.iter().map(String::as_str)).chain(["-"]).collect();
    let Some(mut shell) = through_shell("ulimit -n 16 && exec \"$0\" \"$@\"", &args) else { return };
    let output = shell.output().unwrap();
    assert_eq!(end(&output), (Some(0), String::new()));
    assert_eq!(tallies(&String::from_utf8(output.stdout).unwrap())[0].count, 100);
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

#[test]
fn the_locale_changes_nothing() {
    let log = "h\u{E4}\u{DF}lich \u{2212}2133916617 und Uhr\n";
    let expected = run(["scan"], log.as_bytes()).stdout;
    assert!(!expected.is_empty());
    for locale in ["C", "POSIX", "de_DE.ISO-8859-1", "tr_TR.UTF-8", "no such locale"] {
        let call = |args: &[&str]| intune_err(args).env("LANG", locale).env("LC_ALL", locale);
        assert_eq!(call(&["scan"]).stdin(log.as_bytes()).output().as_bytes(), expected, "{locale}");
        assert_eq!(call(&["\u{2212}2133916617"]).output(), intune_err(["0x80CF0437"]).output(), "{locale}");
        assert_eq!(call(&["DEVICECAPREACHED"]).output(), intune_err(["DEVICECAPREACHED"]).output(), "{locale}");
        call(&["\u{130}\u{131}\u{DF}"]).status(1).outputs();
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

/// No thread can start with a stack that is larger than all addresses: the same as where the system has no room for more threads, which
/// no limit brings about for root.
#[cfg(target_os = "linux")]
#[test]
fn without_any_thread_a_scan_finds_the_same() {
    let folder = Folder::new("without_any_thread");
    let line = "hr=0x80CF0437 and 0x80180014\n";
    folder.write("a.log", line.repeat(50_000));
    folder.write("b/c.log", "DeviceCapReached\nlast 0x80CF0437");
    folder.write("b/d.bin", b"\0\x01\x02\0");
    #[cfg(feature = "evidence")]
    {
        let zip = super::make::zip(
            super::make::Zip::Stored,
            &[("in/a.log", line.repeat(50_000).as_bytes()), ("in/b.etl", b"\0\x01\0\x01"), ("c.log", line.as_bytes())],
        );
        folder.write("e.zip", zip);
    }
    let path = folder.path().to_str().unwrap();
    let alone = ("RUST_MIN_STACK", (usize::MAX / 4).to_string());
    for form in [&[][..], &["--json"], &["--summary"], &["--passthrough"]] {
        let args = [&["scan"], form, &[path]].concat();
        let expected = intune_err(&args).outputs();
        assert!(expected.0.contains("0x80CF0437"), "{form:?}");
        assert!(intune_err(&args).env(alone.0, &alone.1).outputs() == expected, "{form:?}");
    }
    let expected = intune_err(["scan", "--json"]).stdin(line.as_bytes()).output();
    assert_eq!(intune_err(["scan", "--json"]).env(alone.0, &alone.1).stdin(line.as_bytes()).output(), expected);
    // A reader that goes ends it quietly.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let child = command().args(["scan", path]).env(alone.0, &alone.1).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    assert_eq!(end(&child.wait_with_output().unwrap()), (Some(0), String::new()));
}

/// A scan of standard input that has printed its answer to the first line, and that the deed is done to.
#[cfg(unix)]
fn while_waiting(mut command: Command, input: &[u8], deed: impl FnOnce(&mut std::process::ChildStdin, u32)) -> (String, Option<i32>) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    std::io::Write::write_all(&mut stdin, input).expect("it reads");
    let mut stdout = BufReader::new(child.stdout.take().expect("it has an output"));
    let mut text = String::new();
    stdout.read_line(&mut text).expect("it answers");
    deed(&mut stdin, child.id());
    std::io::Read::read_to_string(&mut stdout, &mut text).expect("it goes on");
    drop(stdin);
    (text, child.wait().expect("it ends").code())
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_without_its_end_is_kept_when_the_user_ends_it() {
    for (form, expected) in [
        (&["--passthrough"][..], "first\nintune-err> 0x80CF0437 The client computer's clock is wrong.\nand half hr=0x80CF0437 a li"),
        (&[], "and half hr=0x80CF0437 a li\n    0x80CF0437 The client computer's clock is wrong.\n"),
    ] {
        let mut command = command();
        command.arg("scan").args(form);
        let mut is_sent = true;
        let (text, status) = while_waiting(command, b"hr=0x80CF0437\nfirst\n", |stdin, id| {
            let half = b"and half hr=0x80CF0437 a li";
            let io = |id: u32| std::fs::read_to_string(format!("/proc/{id}/io")).unwrap_or_default();
            let before = io(id);
            std::io::Write::write_all(stdin, half).unwrap();
            while io(id) == before {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            // It has been read; a moment later it waits for more.
            std::thread::sleep(std::time::Duration::from_millis(200));
            is_sent = signal("-INT", id);
            if !is_sent {
                let _ = Command::new("/bin/sh").args(["-c", &format!("kill -9 {id}")]).status();
            }
        });
        if is_sent {
            assert_eq!(status, Some(130));
            assert!(text.ends_with(expected), "{form:?}: {text:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn each_signal_that_ends_a_program_prints_what_was_found_so_far() {
    for name in ["-INT", "-TERM", "-HUP"] {
        // One might be ignored where the tests run.
        let Some(mut shell) = through_shell("trap - INT TERM HUP; exec \"$0\" \"$@\"", &["scan", "--passthrough"]) else { return };
        shell.env_remove("PATH");
        let mut is_sent = true;
        let (text, status) = while_waiting(shell, b"hr=0x80CF0437\nlast\n", |stdin, id| {
            is_sent = signal(name, id);
            if !is_sent {
                let _ = std::io::Write::write_all(stdin, b"\n");
            }
        });
        assert!(!is_sent || text.contains("Problem:") && matches!(status, Some(130)), "{name}: {status:?} {text}");
        if !is_sent {
            return;
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_stays_ignored() {
    for (name, number) in [("HUP", 1), ("INT", 2), ("TERM", 15)] {
        let line = format!("trap '' {name}; exec \"$0\" \"$@\"");
        let Some(shell) = through_shell(&line, &["scan", "--passthrough"]) else { return };
        let (text, status) = while_waiting(shell, b"hr=0x80CF0437\n", |stdin, id| {
            assert!(signal(&format!("-{name}"), id) || !std::path::Path::new("/bin/kill").exists());
            let mask = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
            let mask = mask.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap().trim().to_owned();
            assert_eq!(u64::from_str_radix(&mask, 16).unwrap() >> (number - 1) & 1, 1, "{name}: {mask}");
            std::io::Write::write_all(stdin, b"then 0x80180014\n").unwrap();
            let end = std::mem::replace(stdin, Command::new("true").stdin(Stdio::piped()).spawn().unwrap().stdin.take().unwrap());
            drop(end);
        });
        assert!(status == Some(0) && text.contains("then 0x80180014\n"), "{name}: {status:?} {text}");
    }
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
