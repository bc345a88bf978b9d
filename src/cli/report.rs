//! `report`: where the page goes, and what it says of itself. The scan does the rest.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use intune_err::evidence::{HEAD, Kind};
use intune_err::log::Time;
use intune_err::report::html::{About, SIGN};
use intune_err::{Filter, OwnRecords};

use super::replace::{self, Replacement};
use super::scan::{self, Options};
use super::session::{Out, Session, Status};

/// Seconds from the beginning of 1601, where Windows counts from, to that of 1970.
const UNIX: u64 = 11_644_473_600;

impl Session {
    /// Scans `paths` and writes the report to `output`, or to standard output.
    pub(super) fn report(&mut self, paths: &[PathBuf], output: Option<&Path>, options: Options, filter: Filter) -> io::Result<()> {
        let made = match now() {
            Ok(made) => made,
            Err(fault) => {
                self.refuse(&fault, "leave it out, or set it to seconds since 1970");
                return Ok(());
            }
        };
        let replacement = output.map(Replacement::new);
        if let (Some(output), Some(replacement)) = (output, &replacement) {
            if let Err(fault) = check(output, paths) {
                self.refuse(&fault, "name another file with -o");
                return Ok(());
            }
            self.out = Out::with_capacity(1 << 16, Box::new(replacement.clone()));
        }
        let mut about = About::new(&made);
        let name = |path: &PathBuf| if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
        about.inputs = paths.iter().map(|path| self.redaction.text(&name(path)).into_owned()).collect();
        about.own_records = self.own.map_or(0, |own| OwnRecords::entries(own).count());
        about.is_redacted = self.redaction.is_on();
        let written = scan::report(self, paths, options, filter, about, output).and_then(|()| self.out.flush());
        let finished = written.and_then(|()| replacement.map_or(Ok(()), |replacement| replacement.finish()));
        if finished.is_err() {
            replace::abandon();
        }
        finished
    }

    fn refuse(&mut self, fault: &str, help: &str) {
        self.worsen(Status::Failed);
        self.complain(fault, Some(help));
    }
}

/// The time that a report says it was made, in UTC: now, or what `SOURCE_DATE_EPOCH` says, so that the same input gives the same bytes.
fn now() -> Result<String, String> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.parse().map_err(|_| "SOURCE_DATE_EPOCH is not a number of seconds".to_owned())?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
    };
    let time = Time::from_filetime(seconds.saturating_add(UNIX).saturating_mul(10_000_000)).to_string();
    // Nobody needs the parts of its second.
    Ok(time.split_once('.').map_or(time.clone(), |(whole, _)| format!("{whole}Z")))
}

/// Whether a report can go to `output`: not where it would destroy what it tells of.
fn check(output: &Path, inputs: &[PathBuf]) -> Result<(), String> {
    let name = output.display();
    if output.is_dir() {
        return Err(format!("{name} is a folder"));
    }
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(format!("there is no folder {}", folder.display()));
    }
    let Ok(place) = output.canonicalize() else { return Ok(()) };
    if !place.is_file() || is_report(&place) {
        return Ok(());
    }
    let is_input = |input: &PathBuf| {
        same_file::is_same_file(input, output).unwrap_or(false)
            || input.is_dir() && input.canonicalize().is_ok_and(|input| place.starts_with(input))
    };
    if inputs.iter().any(is_input) { Err(format!("the report would overwrite {name}, which is to be read")) } else { Ok(()) }
}

/// Whether a file is a report of an earlier run.
fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && head.starts_with(SIGN.as_bytes()) && !Kind::of(&head).is_read()
}
