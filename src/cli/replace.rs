//! A file that is written whole or not at all: what comes goes to a new file beside it, which takes its place at the end.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

/// The new file that has not taken its place yet.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// How many names are tried for the new file.
const MOST_NAMES: u32 = 100;

/// A file that is made when the first bytes come: whatever stood there stays until all of it is written.
#[derive(Clone)]
pub(super) struct Replacement(Rc<RefCell<State>>);

struct State {
    path: PathBuf,
    target: Option<Target>,
}

/// Where the bytes go.
struct Target {
    file: File,
    /// The file to replace, where one beside it is written first.
    replaced: Option<PathBuf>,
}

impl Replacement {
    pub(super) fn new(path: &Path) -> Self {
        Self(Rc::new(RefCell::new(State { path: path.to_owned(), target: None })))
    }

    /// Puts the file in its place once everything has been written.
    pub(super) fn finish(&self) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        let finished = match state.target.take() {
            Some(Target { file, replaced: Some(replaced) }) => put(file, &replaced),
            _ => Ok(()),
        };
        state.named(finished)
    }

    fn target<T>(&self, act: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.0.borrow_mut();
        let target = match state.target.take() {
            Some(target) => Ok(target),
            None => Target::open(&state.path),
        };
        let done = target.and_then(|target| act(&mut state.target.insert(target).file));
        state.named(done)
    }
}

impl State {
    fn named<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", self.path.display())))
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.target(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.0.borrow().target.is_none() { Ok(()) } else { self.target(Write::flush) }
    }
}

impl Target {
    fn open(path: &Path) -> io::Result<Self> {
        let is_special = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
        let found = fs::metadata(path);
        let replaced = match &found {
            // The file that a link leads to is replaced, and not the link.
            Ok(found) if found.is_file() && !is_special => path.canonicalize().ok(),
            // A link that leads nowhere, and a device.
            _ if is_special || found.is_ok() || path.is_symlink() => None,
            _ => Some(path.to_owned()),
        };
        if let (Ok(_), Some(replaced)) = (&found, &replaced) {
            // One that is protected stays.
            OpenOptions::new().write(true).open(replaced)?;
        }
        // The folder can be closed to new files where its file is not.
        match replaced.as_deref().and_then(beside) {
            Some(file) => {
                if let Ok(found) = found {
                    let _ = file.set_permissions(found.permissions());
                }
                Ok(Self { file, replaced })
            }
            None => Ok(Self { file: File::create(path)?, replaced: None }),
        }
    }
}

/// A new file in the folder of another.
fn beside(path: &Path) -> Option<File> {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    (0..MOST_NAMES).find_map(|number| {
        let name = OsString::from(format!(".intune-err-{}-{number}.tmp", std::process::id()));
        let new = path.with_file_name(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&new).ok()?;
        *unfinished = Some(new);
        Some(file)
    })
}

/// Puts the new file, with all that was written, in the place of another.
fn put(file: File, replaced: &Path) -> io::Result<()> {
    file.sync_all()?;
    drop(file);
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(new) = unfinished.as_ref() else { return Ok(()) };
    // What is mounted or held open can be written and not replaced.
    if fs::rename(new, replaced).is_err() {
        fs::copy(new, replaced)?;
        fs::remove_file(new)?;
    }
    *unfinished = None;
    Ok(())
}

/// Removes the new file where it won't take its place any more.
pub(super) fn abandon() {
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(new) = unfinished {
        // If that fails, there is nobody to do it.
        let _ = fs::remove_file(new);
    }
}
