//! Signals, and what was printed before them.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::{kill, signal, start, through_shell};
use crate::command;
use crate::strict::findings;

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

/// A scan of standard input that has printed its answer to the first line, and that the deed is done to.
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

#[test]
fn each_signal_that_ends_a_program_prints_what_was_found_so_far() {
    for name in ["-INT", "-TERM", "-HUP"].into_iter().filter(|name| kill(name).is_some()) {
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
    for (name, number) in [("HUP", 1), ("INT", 2), ("TERM", 15)].into_iter().filter(|(name, _)| kill(&format!("-{name}")).is_some()) {
        let line = format!("trap '' {name}; exec \"$0\" \"$@\"");
        let Some(shell) = through_shell(&line, &["scan", "--passthrough"]) else { return };
        let (text, status) = while_waiting(shell, b"hr=0x80CF0437\n", |stdin, id| {
            assert!(signal(&format!("-{name}"), id));
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
