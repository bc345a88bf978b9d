//! Every command where something goes wrong around it: readers that go, disks that are full, inputs that change while they are read,
//! closed outputs, few file handles, signals and very many files.
//!
//! What the exit status has to be stands in `exit_status`, the common faults of a scan in `scan_faults`, queries without end in `long_queries`,
//! and what a terminal must never get raw in `hostile`.

#[cfg(unix)]
mod inputs;
mod outputs;
#[cfg(unix)]
mod signals;
mod system;

use std::process::{Child, Command, Output, Stdio};

#[cfg(unix)]
use std::io::{BufRead as _, BufReader};

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
pub(crate) fn end(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Sends a signal; false where there is nothing to send it with, or nothing would hear it.
#[cfg(unix)]
fn signal(which: &str, to: u32) -> bool {
    kill(which).is_some_and(|kill| Command::new(kill).args([which, &to.to_string()]).status().is_ok_and(|status| status.success()))
}

/// What sends a signal. None where the tests run with it ignored, as under `nohup` or in the background of a script: what they start ignores it,
/// too.
#[cfg(unix)]
pub(crate) fn kill(which: &str) -> Option<&'static str> {
    let number = match which {
        "-HUP" => 1,
        "-INT" => 2,
        _ => 15,
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    let is_heard = ignored.is_none_or(|ignored| ignored >> (number - 1) & 1 == 0);
    ["/bin/kill", "/usr/bin/kill"].into_iter().find(|path| is_heard && std::path::Path::new(path).exists())
}

/// The program, started by a line of shell that has it in `"$0" "$@"`; `None` if there is no shell.
#[cfg(unix)]
pub(crate) fn through_shell(line: &str, args: &[&str]) -> Option<Command> {
    let mut shell = Command::new("/bin/sh");
    shell.env_clear().stdin(Stdio::null()).args(["-c", line, env!("CARGO_BIN_EXE_intune-err")]).args(args);
    std::path::Path::new("/bin/sh").exists().then_some(shell)
}
