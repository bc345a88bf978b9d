//! A company's own records: the files of `--data`, those in the folder that `INTUNE_ERR_DATA` names, and the command `check`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use intune_err::report::counted;
use intune_err::report::json::{self, Checked};
use intune_err::text::{printable, quoted};
use intune_err::{OwnRecords, RecordFault};

use super::session::{Format, Session, Status, tell};

/// The variable that names a folder of own records.
const FOLDER: &str = "INTUNE_ERR_DATA";

/// Reads the records of these files and of the folder. Whatever is wrong is told, all at once, and then there are none.
pub(super) fn read(session: &Session, named: &[PathBuf]) -> Result<Option<&'static OwnRecords>, Status> {
    let folder = env::var_os(FOLDER).filter(|folder| !folder.is_empty());
    if named.is_empty() && folder.is_none() {
        return Ok(None);
    }
    let mut paths = named.to_vec();
    if let Some(folder) = folder {
        match files_in(Path::new(&folder)) {
            Ok(files) => paths.extend(files),
            Err(error) => {
                let what = format!("cannot read the folder {} of {FOLDER}: {error}", quoted(&folder.to_string_lossy()));
                session.complain(&what, Some("name a folder with *.toml files, or unset it"));
                return Err(Status::Failed);
            }
        }
    }
    let mut files = Vec::new();
    let mut is_whole = true;
    for path in &paths {
        let name = path.to_string_lossy().into_owned();
        match text_of(path) {
            Ok(text) => files.push((name, text)),
            Err(fault) => {
                is_whole = false;
                session.complain(&fault, None);
            }
        }
    }
    match OwnRecords::read(&files) {
        // Entries are copied all over the program, so the records live as long as it does.
        Ok(own) if is_whole => Ok(Some(Box::leak(Box::new(own)))),
        Ok(_) => Err(Status::Failed),
        Err(faults) => {
            let lines: String = faults.iter().map(|fault| format!("{} {fault}\n", session.messages.error("error:"))).collect();
            tell(&format!("{lines}{} docs/own-records.md says how a record is written\n", session.messages.label("help:")));
            Err(Status::Failed)
        }
    }
}

/// The files of a folder that end in `.toml`, by name.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new("toml")) && path.is_file() {
            files.push(path);
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// The text of a file, or why there is none.
fn text_of(path: &Path) -> Result<String, String> {
    let name = quoted(&path.to_string_lossy());
    let bytes = fs::read(path).map_err(|error| format!("cannot read {name}: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|byte| *byte == b'\n').count();
        format!("{name} is not UTF-8 text, from line {line} on")
    })
}

impl Session {
    /// Checks files of own records, each by itself, and says what is in them or what is wrong with them.
    pub(super) fn check(&mut self, paths: &[PathBuf]) -> io::Result<()> {
        for path in paths {
            let text = match text_of(path) {
                Ok(text) => text,
                Err(fault) => {
                    self.worsen(Status::Failed);
                    self.complain(&fault, None);
                    continue;
                }
            };
            let name = path.to_string_lossy();
            let read = OwnRecords::read(&[(name.as_ref(), text)]);
            if read.is_err() {
                self.worsen(Status::Failed);
            }
            self.checked(&name, read)?;
        }
        Ok(())
    }

    fn checked(&mut self, name: &str, read: Result<OwnRecords, Vec<RecordFault>>) -> io::Result<()> {
        use std::io::Write;
        let read = read.map(|own| Checked::of(Box::leak(Box::new(own))));
        match (&self.format, read) {
            (Format::Quiet, _) => Ok(()),
            (Format::Json, Ok(counts)) => json::checked(&mut self.out, name, Some(&counts), &[]),
            (Format::Json, Err(faults)) => json::checked(&mut self.out, name, None, &faults),
            (Format::Text(_) | Format::Markdown, Ok(Checked { records, codes, names, messages, .. })) => {
                let counts = [(records, "record"), (codes, "code"), (names, "name"), (messages, "message")];
                let [records, codes, names, messages] = counts.map(|(number, one)| counted(number as u64, one));
                writeln!(self.out, "{}: ok: {records} with {codes}, {names} and {messages}", printable(name))
            }
            (Format::Text(_) | Format::Markdown, Err(faults)) => faults.iter().try_for_each(|fault| writeln!(self.out, "{fault}")),
        }
    }
}
