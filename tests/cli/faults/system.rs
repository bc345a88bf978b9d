//! Very many files, few file handles, no threads, other locales.

#[cfg(target_os = "linux")]
use std::process::Stdio;

#[cfg(unix)]
use super::{end, through_shell};
#[cfg(target_os = "linux")]
use crate::command;
use crate::intune_err;
use crate::logs::{Folder, run};
use crate::strict::tallies;

#[test]
fn thousands_of_files_are_read_in_the_order_of_their_names() {
    let folder = Folder::new("thousands_of_files");
    for number in 0..2_500 {
        std::fs::write(folder.path().join(format!("{number:05}.log")), format!("{number} hr=0x80CF0437\n")).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let tally = &tallies(&intune_err(["--json", "scan", "--summary", path]).output())[0];
    let ends = (tally.first.path.as_deref(), tally.last.path.as_deref());
    assert_eq!((tally.count, ends), (2_500, (Some(folder.at("00000.log").as_str()), Some(folder.at("02499.log").as_str()))));
    let stdout = intune_err(["scan", path]).output();
    let order: Vec<&str> = stdout.lines().filter_map(|line| line.strip_suffix(" hr=0x80CF0437")?.rsplit(' ').next()).collect();
    assert!(order.len() == 2_500 && order.iter().enumerate().all(|(number, name)| number.to_string() == **name));
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

/// No thread can start with a stack that is larger than all addresses: the same as where the system has no room for more threads, which
/// no limit brings about for root.
#[cfg(target_os = "linux")]
#[test]
fn without_any_thread_a_scan_finds_the_same() {
    let folder = Folder::new("without_any_thread");
    let line = "hr=0x80CF0437 and 0x80180014\n";
    // Several blocks.
    let log = format!("{line}{}\n", "a line without an error ".repeat(12)).repeat(2_000);
    folder.write("a.log", &log);
    folder.write("b/c.log", "DeviceCapReached\nlast 0x80CF0437");
    folder.write("b/d.bin", b"\0\x01\x02\0");
    #[cfg(feature = "evidence")]
    {
        let zip = crate::make::zip(
            crate::make::Zip::Stored,
            &[("in/a.log", log.as_bytes()), ("in/b.etl", b"\0\x01\0\x01"), ("c.log", line.as_bytes())],
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
