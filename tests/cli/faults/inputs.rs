//! Inputs that cannot be read, change while they are read, or have no end.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};

use super::{around, end};
#[cfg(target_os = "linux")]
use super::{signal, start};
use crate::logs::Folder;
#[cfg(target_os = "linux")]
use crate::logs::run;
use crate::strict::{apart, findings};
use crate::{command, intune_err};

/// Runs the program as a user who can't read everything; `None` if root runs the tests and no other user is there.
fn without_rights<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, is_root: bool) -> Option<Output> {
    if !is_root {
        return Some(command().args(args).output().expect("the program runs"));
    }
    let mut nobody = Command::new("setpriv");
    nobody.env_clear().args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(env!("CARGO_BIN_EXE_intune-err"));
    nobody.args(args).stdin(Stdio::null());
    // Where a folder above the tests is closed to others, all is as if it could not be read.
    let is_open = |path: &std::path::Path| std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 1 == 1);
    let is_reachable = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).ancestors().all(is_open);
    // 126 and 127: it isn't allowed to, or the program is where no other user can reach it.
    let output = is_reachable.then(|| nobody.output().ok()).flatten();
    output.filter(|output| !matches!(output.status.code(), Some(126 | 127)))
}

#[test]
fn a_folder_that_may_not_be_read_is_reported_and_the_rest_goes_on() {
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
    let (found, unread) = apart(&String::from_utf8_lossy(&output.stdout));
    assert_eq!((status, findings(&found).len(), unread.len()), (Some(2), 2, 2));
    assert!(unread.iter().all(|unread| unread.unread == "Permission denied (os error 13)"), "{unread:?}");
}

/// More than the program reads ahead and a pipe takes: a reader that stops after one line holds the program up in the middle.
fn long_log() -> Vec<u8> {
    (0..300_000).flat_map(|number| format!("nothing of interest {number}\n").into_bytes()).collect()
}

fn passing_through(path: &str) -> Command {
    let mut command = command();
    command.args(["scan", "--passthrough", path]);
    command
}

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

#[test]
fn a_file_that_is_removed_while_it_is_read_is_read_to_its_end() {
    let folder = Folder::new("a_file_that_is_removed");
    let bytes = long_log();
    let log = folder.write("a.log", &bytes);
    let (first, rest, stderr, status) = around(passing_through(&log), |_| std::fs::remove_file(&log).unwrap());
    assert_eq!((stderr.as_str(), status.code()), ("", Some(1)));
    assert!([first.into_bytes(), rest].concat() == bytes);
}

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
    let zeros = vec![0; 4 << 20];
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
    // More has gone through it then than it may take of memory.
    let read = format!("/proc/{}/io", child.id());
    let has_read = || {
        let text = std::fs::read_to_string(&read).ok()?;
        text.lines().find_map(|line| line.strip_prefix("rchar: "))?.parse::<u64>().ok()
    };
    while has_read().is_some_and(|bytes| bytes < 17 << 20) {
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
