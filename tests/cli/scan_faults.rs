//! `scan` where something goes wrong: readers that go, disks that are full, files that are not there, loops, and Ctrl-C.

#[cfg(unix)]
use std::io::Read as _;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

#[cfg(unix)]
use super::faults::kill;
use super::logs::{Folder, clock, trimmed};
use super::strict::{Unread, apart, findings, tallies};
use super::{command, intune_err};

#[test]
fn a_reader_that_goes_ends_it_quietly_with_the_status_so_far() {
    let folder = Folder::new("a_reader_that_goes");
    let log = folder.write("a.log", "hr=0x80CF0437 and some more text\n".repeat(60_000));
    for form in [&[][..], &["--json"], &["--passthrough"]] {
        let mut child =
            command().arg("scan").args(form).arg(&log).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert!(line.contains("hr=0x80CF0437"), "{form:?}: {line:?}");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{form:?}");
    }
}

#[test]
fn a_reader_that_has_gone_before_is_no_fault_either() {
    let folder = Folder::new("a_reader_that_has_gone_before");
    let log = folder.write("a.log", "hr=0x80CF0437\n");
    for form in [&[][..], &["--json"], &["--passthrough"], &["--summary"], &["--markdown"], &["--summary", "--json"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = command().arg("scan").args(form).arg(&log).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{form:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let folder = Folder::new("a_full_disk");
    let log = folder.write("a.log", "hr=0x80CF0437\n");
    for form in [&[][..], &["--json"], &["--passthrough"], &["--summary"], &["--markdown"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = command().arg("scan").args(form).arg(&log).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        let said = "error: cannot write the output: No space left on device (os error 28)\n";
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(2), said), "{form:?}");
    }
}

#[test]
fn a_missing_file_is_reported_and_the_rest_goes_on() {
    let folder = Folder::new("a_missing_file");
    let (a, missing, b) = (folder.write("a.log", "hr=0x80CF0437\n"), folder.at("missing.log"), folder.write("b.log", "hr=0x80CF0437\n"));
    let why = std::fs::File::open(&missing).unwrap_err();
    let said = format!("error: cannot read {missing}: {why}\n");
    let (stdout, stderr) = intune_err(["scan", "--json", &a, &missing, &b]).status(2).outputs();
    assert_eq!(stderr, said);
    let not_read = [Unread { path: missing.clone(), unread: why.to_string() }];
    let (found, unread) = apart(&stdout);
    assert_eq!(findings(&found).into_iter().map(|found| found.path.unwrap()).collect::<Vec<_>>(), [a.clone(), b.clone()]);
    assert_eq!(unread, not_read);
    let (stdout, stderr) = intune_err(["scan", "--json", "--summary", &a, &missing, &b]).status(2).outputs();
    let (found, unread) = apart(&stdout);
    assert_eq!((stderr, tallies(&found)[0].count, unread.as_slice()), (said.clone(), 2, &not_read[..]));
    // Read twice, it is named once.
    let (stdout, stderr) = intune_err(["scan", "--json", "--timeline", "--since", "2020-01-01", &a, &missing]).status(2).outputs();
    assert!(stderr.contains(&said) && stderr.matches("cannot read").count() == 1, "{stderr}");
    assert_eq!(apart(&stdout), (String::new(), not_read.to_vec()));
    let (stdout, stderr) = intune_err(["scan", &a, &missing, &b]).status(2).outputs();
    let clock = clock();
    assert!(stderr == said && trimmed(&stdout).ends_with(&format!("{b}:1: hr=0x80CF0437\n    {clock}\n")), "{stdout}");
}

#[test]
fn a_name_is_escaped_where_it_is_reported() {
    let (_, stderr) = intune_err(["scan", "no\u{1B}[31m\nsuch.log"]).status(2).outputs();
    assert!(stderr.starts_with("error: cannot read no\\u{1b}[31m\\nsuch.log: ") && stderr.lines().count() == 1, "{stderr:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_reported_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("a_file_that_may_not_be_read");
    let a = folder.write("a.log", "hr=0x80CF0437\n");
    folder.write("b.log", "hr=0x80CF0437\n");
    std::fs::set_permissions(&a, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::File::open(&a).is_ok() {
        // Root may read it all the same.
        return;
    }
    let (stdout, stderr) = intune_err(["--json", "scan", folder.path().to_str().unwrap()]).status(2).outputs();
    assert!(stderr.starts_with(&format!("error: cannot read {a}: ")), "{stderr}");
    let (found, unread) = apart(&stdout);
    assert_eq!((findings(&found).len(), unread.len(), unread[0].path.as_str()), (1, 1, a.as_str()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read_is_reported_and_the_rest_goes_on() {
    let folder = Folder::new("a_file_that_fails");
    let a = folder.write("a.log", "hr=0x80CF0437\n");
    let (stdout, stderr) = intune_err(["--json", "scan", "/proc/self/mem", &a]).status(2).outputs();
    assert_eq!(stderr, "error: cannot read /proc/self/mem: Input/output error (os error 5)\n");
    let (found, unread) = apart(&stdout);
    let why = "Input/output error (os error 5)".to_owned();
    assert_eq!((findings(&found).len(), unread), (1, vec![Unread { path: "/proc/self/mem".to_owned(), unread: why }]));
}

#[cfg(unix)]
#[test]
fn an_input_that_is_no_file_has_an_object_too() {
    let folder = Folder::new("an_input_that_is_no_file");
    let log = folder.write("a.log", "hr=0x80CF0437\n");
    let in_file = format!("{log}/a.log");
    let (stdout, _) = intune_err(["scan", "--json", &in_file]).status(2).outputs();
    assert_eq!(apart(&stdout), (String::new(), vec![Unread { path: in_file.clone(), unread: "Not a directory (os error 20)".to_owned() }]));
    let directory = std::fs::File::open(folder.path()).unwrap();
    let output = command().args(["scan", "--json", "-"]).stdin(directory).output().unwrap();
    let unread = vec![Unread { path: "standard input".to_owned(), unread: "Is a directory (os error 21)".to_owned() }];
    assert_eq!((output.status.code(), apart(std::str::from_utf8(&output.stdout).unwrap())), (Some(2), (String::new(), unread)));
}

#[test]
fn the_place_of_what_cannot_be_read_is_redacted() {
    let (stdout, stderr) = intune_err(["scan", "--json", "--redact", "/Users/jane.doe@contoso.com/a.log"]).status(2).outputs();
    assert!(!stdout.contains("jane") && !stderr.contains("jane"), "{stdout}{stderr}");
    assert_eq!(apart(&stdout).1.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_loop_of_folders_is_walked_once() {
    let folder = Folder::new("a_loop_of_folders");
    folder.write("a/b/c.log", "hr=0x80CF0437\n");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/b/up")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("a/broken")).unwrap();
    let output = intune_err(["--json", "scan", folder.path().to_str().unwrap()]).output();
    let (found, unread) = apart(&output);
    let found = findings(&found);
    assert_eq!(found.into_iter().map(|found| found.path.unwrap()).collect::<Vec<_>>(), [folder.at("a/b/c.log")]);
    assert_eq!(unread.len(), 2, "both links are named: {unread:?}");
}

/// A named pipe in `folder`; none where the system has no command to make one.
#[cfg(unix)]
fn named_pipe(folder: &Folder) -> Option<String> {
    let path = folder.at("pipe");
    std::process::Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()).then_some(path)
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_read_like_a_file_and_not_waited_for_in_a_folder() {
    let folder = Folder::new("a_named_pipe");
    folder.write("a.log", "hr=0x80CF0437\n");
    let Some(pipe) = named_pipe(&folder) else { return };
    assert_eq!(findings(&intune_err(["--json", "scan", folder.path().to_str().unwrap()]).output()).len(), 1);
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::write(pipe, "x\nhr=0x80CF0437\n")
    });
    let found = findings(&intune_err(["--json", "scan", &pipe]).output());
    writer.join().unwrap().unwrap();
    assert_eq!((found.len(), found[0].line, found[0].path.as_deref()), (1, 2, Some(pipe.as_str())));
}

/// Runs `scan` of a log and of an input that does not end, interrupts it when the log has been read, and gives what comes of it.
#[cfg(unix)]
fn interrupted(form: &[&str]) -> Option<(Option<i32>, String, String)> {
    let kill = kill("-INT")?;
    let folder = Folder::new(&format!("interrupted{}", form.concat()));
    let (log, missing) = (folder.write("a.log", "hr=0x80CF0437\n"), folder.at("missing.log"));
    let mut child = command()
        .arg("scan")
        .args(form)
        .args([&log, &missing, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stderr = BufReader::new(child.stderr.take().expect("it has a standard error"));
    let mut said = String::new();
    // What is missing is told when what comes before it has been read.
    stderr.read_line(&mut said).expect("it says something");
    assert!(said.contains("missing.log"), "{said}");
    assert!(std::process::Command::new(kill).args(["-INT", &child.id().to_string()]).status().is_ok_and(|status| status.success()));
    let mut stdout = String::new();
    child.stdout.take().expect("it has a standard output").read_to_string(&mut stdout).expect("it is UTF-8");
    let status = child.wait().expect("the program ends").code();
    stderr.read_to_string(&mut said).expect("it is UTF-8");
    Some((status, stdout, said.lines().skip(1).collect()))
}

#[cfg(unix)]
#[test]
fn ctrl_c_prints_what_was_found_so_far() {
    let Some((status, stdout, said)) = interrupted(&["--json"]) else { return };
    let (found, unread) = apart(&stdout);
    assert_eq!((status, findings(&found).len(), unread.len(), said.as_str()), (Some(130), 1, 1, ""));
}

#[cfg(unix)]
#[test]
fn ctrl_c_prints_the_summary_so_far() {
    let Some((status, stdout, said)) = interrupted(&["--summary", "--json"]) else { return };
    assert_eq!((status, tallies(&apart(&stdout).0)[0].count, said.as_str()), (Some(130), 1, ""));
    let Some((status, stdout, said)) = interrupted(&["--summary"]) else { return };
    assert_eq!((status, said.as_str()), (Some(130), ""));
    assert!(stdout.contains("0x80CF0437") && stdout.contains("Found:      once, "), "{stdout}");
}

/// A log with an error, then one that takes very long to read; and a call that reads both twice, ended by a signal while it reads them for the
/// first time.
#[cfg(target_os = "linux")]
fn ended_ahead(test: &str, signal: &str, args: &[&str]) -> Option<(Folder, std::process::Output)> {
    let kill = kill(signal)?;
    let folder = Folder::new(test);
    let first = folder.write("in/a.log", "2026-01-05 10:00:00 hr=0x80CF0437\n");
    let endless = folder.write("in/b.log", "nothing\n".repeat(10_000));
    // A hole takes no room on the disk.
    let hole = std::fs::OpenOptions::new().write(true).open(&endless).expect("the log is there");
    hole.set_len(1 << 38).expect("a file can be as long");
    let child = command()
        .args(args)
        .args(["--since", "2020-01-01", &first, &endless])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // When so much has been read, the first log has been seen to.
    let read = || std::fs::read_to_string(format!("/proc/{}/io", child.id())).ok()?.lines().next()?.strip_prefix("rchar: ")?.parse().ok();
    while read().is_some_and(|read: u64| read < 3 << 20) {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let is_told = std::process::Command::new(kill).args([signal, &child.id().to_string()]).status().is_ok_and(|status| status.success());
    assert!(is_told, "{signal}");
    Some((folder, child.wait_with_output().expect("the program ends")))
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_while_the_files_are_read_ahead_prints_what_was_found_so_far() {
    for (signal, args) in
        [("-INT", &["scan", "--json"][..]), ("-TERM", &["scan", "--summary"]), ("-HUP", &["scan", "--timeline", "--json"])]
    {
        let Some((_, output)) = ended_ahead(&format!("ahead{signal}"), signal, args) else { continue };
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(130), ""), "{signal}");
        assert!(stdout.contains("0x80CF0437") && stdout.contains("client computer's clock"), "{signal}: {stdout}");
    }
    let Some((folder, output)) = ended_ahead("ahead-report", "-INT", &["report", "-o", "r.html"]) else { return };
    let page = std::fs::read_to_string(folder.at("r.html")).unwrap();
    assert!(output.status.code() == Some(130) && page.contains("0x80CF0437") && page.ends_with("</html>\n"), "{page}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left in the folder");
}

/// A line of so many unknown codes.
fn line_of(codes: u32) -> String {
    (0..codes).map(|number| format!("error 0x{:08X}, then ", 0x8ABC_0001 + number)).collect::<Vec<_>>().concat()
}

#[test]
fn a_line_of_very_many_errors_is_shown_once_and_says_what_was_left_out() {
    let line = line_of(20_500);
    for (args, most) in [(&["scan"][..], 20 * line.len()), (&["scan", "--passthrough"], 21 * line.len())] {
        let output = super::logs::run(args, line.as_bytes());
        let said = "note: 500 findings are not answered: a line has answers to 20000 errors at the most\n";
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), said), "{args:?}");
        assert!(output.stdout.len() < most, "{args:?}: {} bytes of {}", output.stdout.len(), line.len());
    }
    // The same few errors over and over have their answers once.
    let line = "error 0x80CF0437, then error 0x80180014, ".repeat(5_000);
    let output = super::logs::run(["scan"], line.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.stdout.len() < 20_000, "{} bytes", output.stdout.len());
}

#[test]
fn more_unknown_codes_than_fit_in_memory_are_answered_in_one_line_each_and_that_is_said() {
    let log = (0..70_000).map(|number| format!("0x{:08X}\n", 0x8ABC_0001_u32 + number)).collect::<Vec<_>>().concat();
    let output = super::logs::run(["scan", "--all"], log.as_bytes());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("note: after ") && said.lines().count() == 1, "{said}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.ends_with("0x8ABD1170\n    0x8ABD1170 \n"), "{:?}", &stdout[stdout.len() - 100..]);
}

#[test]
fn very_many_unread_files_are_counted_and_json_names_each() {
    let folder = Folder::new("very_many_unread_files");
    let name = "n".repeat(200);
    for number in 0..6_000 {
        folder.write(&format!("{name}{number:05}.png"), b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0");
    }
    let path = folder.path().to_str().unwrap();
    let (stdout, stderr) = intune_err(["scan", path]).status(1).outputs();
    let (named, rest): (Vec<&str>, Vec<&str>) = stderr.lines().partition(|line| line.contains(".png"));
    assert_eq!(stdout, "");
    let said = format!("note: not read: {} more; --json names each", 6_000 - named.len());
    assert!(named.len() > 1_000 && named.len() < 6_000 && rest == [said], "{} {rest:?}", named.len());
    assert_eq!(intune_err(["scan", "--json", path]).status(1).output().lines().count(), 6_000);
}
