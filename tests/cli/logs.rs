//! Logs to scan: a folder of their own for a test, and calls whose bytes are not all text.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use super::command;
use super::strict::{Finding, Tally, findings, tallies};

/// What `0x80CF0437` means, in one line, as a later occurrence has it.
pub(crate) fn clock() -> String {
    let entry = intune_err::Entry::by_code(0x80CF_0437.into()).next().expect("the table has it");
    format!("0x80CF0437 {}", entry.problem())
}

/// A folder that goes with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder for the test of this name.
    pub(crate) fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file in it, as an argument.
    pub(crate) fn at(&self, name: &str) -> String {
        // With the separators of the system.
        name.split('/').fold(self.0.clone(), |path, part| path.join(part)).to_str().expect("the path is UTF-8").to_owned()
    }

    /// Writes a file, and the folders on the way to it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = PathBuf::from(self.at(name));
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        self.at(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays behind stays below the folder of the build.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the program with these bytes on standard input, and gives what comes of it.
#[track_caller]
pub(crate) fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, stdin: &[u8]) -> Output {
    let mut child =
        command().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut pipe = child.stdin.take().expect("it has a standard input");
    std::thread::scope(|scope| {
        // It writes while it reads, so somebody else has to feed it; and it may have ended already.
        scope.spawn(move || pipe.write_all(stdin));
        child.wait_with_output().expect("the program ends")
    })
}

/// The bytes on standard output of a call that finds something and complains about nothing.
#[track_caller]
pub(crate) fn output<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, stdin: &[u8]) -> Vec<u8> {
    let output = run(args, stdin);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    output.stdout
}

/// The same as text.
#[track_caller]
pub(crate) fn text<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, stdin: &[u8]) -> String {
    String::from_utf8(output(args, stdin)).expect("the output is UTF-8")
}

/// The occurrences in what is on standard input.
#[track_caller]
pub(crate) fn occurrences(stdin: &[u8]) -> Vec<Finding> {
    findings(&text(["scan", "--json"], stdin))
}

/// The distinct errors in what is on standard input.
#[track_caller]
pub(crate) fn summary(stdin: &[u8]) -> Vec<Tally> {
    tallies(&text(["scan", "--json", "--summary"], stdin))
}

/// Where each of the findings begins.
pub(crate) fn offsets(findings: &[Finding]) -> Vec<u64> {
    findings.iter().map(|finding| finding.offset).collect()
}

/// The whole answer to a query, as a look-up prints it, with this before each line.
#[track_caller]
pub(crate) fn answer(query: &str, before: &str) -> String {
    let answer = super::intune_err([query]).output();
    answer.lines().map(|line| format!("{before}{line}").trim_end().to_owned() + "\n").collect()
}

/// A text without white space at the ends of its lines: the empty lines of an indented answer are not looked at.
pub(crate) fn trimmed(text: &str) -> String {
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}
