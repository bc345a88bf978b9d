//! The program as a user or a script meets it: the binary in a cleared environment, one file per behaviour.
//!
//! A test states the arguments and what comes of them. What it does not state is expected to be empty, and the status to be 0.
//! The expectations hold however many records the table has; only codes that nothing but the reference page lists
//! (0x80CF.... and 0x8004300x) have their answers asserted whole.
#![forbid(unsafe_code)]

#[cfg(feature = "evidence")]
#[path = "../support/bundle.rs"]
mod bundle;
#[cfg(feature = "evidence")]
mod bundles;
mod checklist;
mod color;
mod completions;
mod docs;
#[cfg(feature = "evidence")]
mod evidence;
mod exit_status;
mod export;
mod faults;
mod help;
mod hostile;
mod json;
mod logs;
mod long_queries;
mod lookup;
#[cfg(feature = "evidence")]
#[path = "../support/make.rs"]
mod make;
mod man;
mod markdown;
mod own;
mod picture;
mod readme;
mod redact;
mod report;
mod scan;
mod scan_encodings;
mod scan_faults;
mod scan_passthrough;
mod scan_stream;
mod search;
mod slips;
mod snapshots;
mod strict;
mod timeline;
mod unknown_code;
mod whose;
#[cfg(windows)]
mod windows;
mod written_forms;

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

/// The page that all of the reference table stands on.
const PAGE: &str = "https://learn.microsoft.com/troubleshoot/mem/intune/device-enrollment/troubleshoot-device-enrollment-in-intune";

/// What a stream has to hold.
enum Expected {
    /// This and nothing else.
    Whole(String),
    /// All of these, in any order.
    Parts(Vec<String>),
}

impl Expected {
    #[track_caller]
    fn check(&self, stream: &str, found: &str, args: &[OsString]) {
        match self {
            Self::Whole(whole) => assert_eq!(found, whole, "{stream} of {args:?}"),
            Self::Parts(parts) => {
                for part in parts {
                    assert!(found.contains(part.as_str()), "{stream} of {args:?} lacks {part:?}:\n{found}");
                }
            }
        }
    }

    fn part(&mut self, part: &str) {
        match self {
            Self::Whole(_) => *self = Self::Parts(vec![part.to_owned()]),
            Self::Parts(parts) => parts.push(part.to_owned()),
        }
    }
}

/// One call of the program and what is expected of it.
#[must_use = "a call does nothing until it is run"]
struct Call {
    args: Vec<OsString>,
    env: Vec<(String, String)>,
    stdin: Option<Vec<u8>>,
    stdout: Expected,
    stderr: Expected,
    status: i32,
}

/// A call of the program with these arguments.
fn intune_err<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Call {
    Call {
        args: args.into_iter().map(|arg| arg.as_ref().to_owned()).collect(),
        env: Vec::new(),
        stdin: None,
        stdout: Expected::Whole(String::new()),
        stderr: Expected::Whole(String::new()),
        status: 0,
    }
}

/// The program's command in an environment that holds nothing.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intune-err"));
    command.env_clear().stdin(Stdio::null());
    // Without it no Windows program finds its libraries.
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command
}

impl Call {
    /// Sets a variable in the otherwise empty environment.
    fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What standard input holds; else it is empty.
    fn stdin(mut self, bytes: &[u8]) -> Self {
        self.stdin = Some(bytes.to_owned());
        self
    }

    /// All of standard output.
    fn stdout(mut self, whole: &str) -> Self {
        self.stdout = Expected::Whole(whole.to_owned());
        self
    }

    /// A part of standard output; may be stated several times.
    fn stdout_holds(mut self, part: &str) -> Self {
        self.stdout.part(part);
        self
    }

    /// All of standard error.
    fn stderr(mut self, whole: &str) -> Self {
        self.stderr = Expected::Whole(whole.to_owned());
        self
    }

    /// A part of standard error; may be stated several times.
    fn stderr_holds(mut self, part: &str) -> Self {
        self.stderr.part(part);
        self
    }

    /// The exit status.
    fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    /// Runs the program and checks all that was stated.
    #[track_caller]
    fn run(self) {
        let (stdout, _) = self.start();
        self.stdout.check("stdout", &stdout, &self.args);
    }

    /// Runs the program, checks standard error and status, and gives standard output to the test.
    #[track_caller]
    fn output(self) -> String {
        self.start().0
    }

    /// Runs the program, checks the status alone, and gives both outputs to the test.
    #[track_caller]
    fn outputs(mut self) -> (String, String) {
        self.stderr = Expected::Parts(Vec::new());
        self.start()
    }

    #[track_caller]
    fn start(&self) -> (String, String) {
        let mut command = command();
        command.args(&self.args).envs(self.env.iter().map(|(name, value)| (name, value)));
        command.stdin(if self.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stdin = child.stdin.take();
        // The program can print before it has read all: one thread that writes first and reads then would wait for ever.
        let output = thread::scope(|scope| {
            if let (Some(bytes), Some(mut stdin)) = (&self.stdin, stdin) {
                // A look-up does not read it, and may have ended already.
                scope.spawn(move || drop(stdin.write_all(bytes)));
            }
            child.wait_with_output().expect("the program ends")
        });
        let stdout = String::from_utf8(output.stdout).expect("standard output is UTF-8");
        let stderr = String::from_utf8(output.stderr).expect("standard error is UTF-8");
        self.stderr.check("stderr", &stderr, &self.args);
        assert_eq!(output.status.code(), Some(self.status), "status of {:?}\nstdout: {stdout}\nstderr: {stderr}", self.args);
        (stdout, stderr)
    }
}
