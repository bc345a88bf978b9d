//! Paths, folders and standard input as blocks of text.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use intune_err::evidence::{HEAD, Kind, Unread};
use intune_err::text::{Block, Blocks, Buffer};
use intune_err::{Room, Scanned, Scanner};

use super::evidence::{EventRecord, Job, Piece};
use super::session::Patient;

/// How much of a file in a folder is looked at to tell whether it is text.
const SNIFFED: usize = 8192;
/// How much a pipe is made to hold: what Linux grants to anybody.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// What comes from the inputs, in order.
pub(super) enum Event {
    /// An input begins; standard input has no path. The size is that of a regular file.
    Input(Option<PathBuf>, Option<u64>),
    /// An archive or event log begins, whose size is that of a regular file. What is in it follows.
    Package(String, Option<u64>),
    /// A text in an archive begins.
    Member(PathBuf),
    /// The byte-order mark of UTF-8 that the input begins with: bytes of the file, but no part of its first line.
    Mark(&'static [u8]),
    /// Text of the input, of which so many bytes have been read by now.
    Block(Block, u64),
    /// An event of an event log that can hold an error.
    Record(Box<EventRecord>),
    /// Something was not read, or not to its end. It is a fault, too, if it was named on the command line.
    Unread { place: String, why: Unread, is_named: bool },
    /// Something of this name could not be read; what else there is goes on.
    Failed(String, io::Error),
    /// An archive or event log for which no thread could start: the receiver reads it.
    Job(Box<Job>),
    /// All inputs have been read.
    End,
}

/// The end of a text that no block has yet, and how many events were told before it.
pub(super) type Rest = Arc<Mutex<Option<(u64, Block)>>>;

/// A message with its place in the order.
pub(super) type Numbered = (u64, Event);
/// Where buffers go that are done with.
pub(super) type Spent = Sender<Buffer>;

/// The paths that are meant: the shells of Windows leave `*` and `?` to the program.
///
/// A pattern that matches nothing stays as it is, and will be reported as missing. So will a folder that can't be read.
#[cfg(windows)]
pub(super) fn expanded(paths: &[PathBuf]) -> Vec<PathBuf> {
    let expanded = |path: &PathBuf| {
        let text = path.to_str()?;
        // Windows PowerShell makes `"C:\a b\"` of the path 'C:\a b\', whose last two characters are read as a quote in the path.
        if let Some(unquoted) = text.strip_suffix('"') {
            return Some(vec![PathBuf::from(unquoted)]);
        }
        // In the pattern, brackets would be wildcards as well; on Windows they are not.
        let pattern = Some(text).filter(|text| text.contains(['*', '?']))?.replace('[', "[[]");
        let options = glob::MatchOptions { case_sensitive: false, ..glob::MatchOptions::new() };
        let found = glob::glob_with(&pattern, options).ok()?;
        let found: Vec<PathBuf> = found.map(|found| found.unwrap_or_else(|error| error.path().to_owned())).collect();
        (!found.is_empty()).then_some(found)
    };
    paths.iter().flat_map(|path| expanded(path).unwrap_or_else(|| vec![path.clone()])).collect()
}

/// The paths that are meant: elsewhere the shell has seen to wildcards.
#[cfg(not(windows))]
pub(super) fn expanded(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.to_vec()
}

/// What is to be read, and how.
pub(super) struct Inputs {
    /// Files, folders with all that is in them, and `-` for standard input.
    pub(super) paths: Vec<PathBuf>,
    pub(super) looks: Looks,
    /// Whether events of providers are read that have nothing to do with enrollment.
    pub(super) all: bool,
    /// Whether the inputs are printed as they are.
    pub(super) passes_through: bool,
    /// The file that results go to, where that is not standard output.
    pub(super) output: Option<PathBuf>,
}

/// What is looked for in a block.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    pub(super) scanner: Scanner,
    /// Whether what stands around a finding is asked for.
    pub(super) follows: bool,
}

impl Looks {
    /// Looks at a block, with space that is used again.
    pub(super) fn at(self, block: Block, room: &mut Room) -> Scanned {
        if self.follows { Scanned::outlined(self.scanner, block, room) } else { Scanned::with(self.scanner, block, room) }
    }
}

/// Reads inputs one after the other, no further than it is asked to.
pub(super) struct Reader {
    paths: std::vec::IntoIter<PathBuf>,
    /// The folder that is being walked, and what is left of it.
    folder: Option<(PathBuf, walkdir::IntoIter)>,
    input: Option<Input>,
    /// An archive or event log, and what has been read of it.
    unpacked: Option<Receiver<Piece>>,
    /// The name of what is unpacked.
    unpacked_name: String,
    /// How much of it has been read.
    unpacked_read: Arc<AtomicU64>,
    scanner: Scanner,
    all: bool,
    passes_through: bool,
    /// Where results and messages go, to tell whether a file is one of these.
    outputs: Vec<same_file::Handle>,
    /// What is left where the user ends it in the middle of a line.
    rest: Rest,
    blocks: Blocks,
    /// What is to be told before anything more is read.
    due: VecDeque<Event>,
    has_ended: bool,
    /// How many events have been told.
    told: u64,
    returned: Receiver<Buffer>,
    at_hand: Vec<Buffer>,
}

impl Reader {
    /// A reader of the inputs in their order that fills at most so many buffers before one of them has to come back.
    pub(super) fn new(inputs: Inputs, returned: Receiver<Buffer>, buffers: usize, rest: Rest) -> Self {
        let Inputs { paths, looks, all, passes_through, output } = inputs;
        let scanner = looks.scanner;
        // A pipe by name would wait for its writer.
        let output = output.filter(|path| path.is_file()).map(same_file::Handle::from_path);
        let outputs = [same_file::Handle::stdout(), same_file::Handle::stderr()].into_iter().chain(output);
        Self {
            paths: paths.into_iter(),
            folder: None,
            input: None,
            unpacked: None,
            unpacked_name: String::new(),
            unpacked_read: Arc::default(),
            scanner,
            all,
            passes_through,
            outputs: outputs.flatten().collect(),
            rest,
            blocks: Blocks::new(Scanner::LOOK_AROUND),
            due: VecDeque::new(),
            has_ended: false,
            told: 0,
            returned,
            at_hand: (0..buffers).map(|_| Buffer::default()).collect(),
        }
    }

    /// What comes next, where nothing has to be waited for: something is due, or a regular file is being read and a buffer is at hand.
    pub(super) fn next_at_once(&mut self) -> Option<Numbered> {
        let is_file = |reader: &Self| reader.input.as_ref().is_some_and(|input| !input.is_live);
        while self.due.is_empty() && is_file(self) && self.has_buffer() {
            let input = self.input.take()?;
            self.advance(input)?;
        }
        if self.due.is_empty() { None } else { self.next() }
    }

    /// What comes next; `None` after the end, or where nobody gives buffers back any more.
    pub(super) fn next(&mut self) -> Option<Numbered> {
        loop {
            if let Some(event) = self.due.pop_front() {
                let number = self.told;
                self.told += 1;
                return Some((number, event));
            }
            if let Some(input) = self.input.take() {
                self.advance(input)?;
            } else if let Some(pieces) = self.unpacked.take() {
                self.unpack(pieces)?;
            } else if let Some((folder, mut entries)) = self.folder.take() {
                if let Some(entry) = entries.next() {
                    self.entry(&folder, entry);
                    self.folder = Some((folder, entries));
                }
            } else if let Some(path) = self.paths.next() {
                self.path(path);
            } else if self.has_ended {
                return None;
            } else {
                self.has_ended = true;
                self.due.push_back(Event::End);
            }
        }
    }

    fn path(&mut self, path: PathBuf) {
        if path.as_os_str() == "-" {
            widen(&io::stdin());
            self.standard_input();
        } else if path.is_dir() {
            // In the order of their names; symbolic links in it are not followed.
            let entries = walkdir::WalkDir::new(&path).sort_by_file_name().into_iter();
            self.folder = Some((path, entries));
        } else {
            self.file(&path, false);
        }
    }

    fn entry(&mut self, folder: &Path, entry: walkdir::Result<walkdir::DirEntry>) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => self.file(entry.path(), true),
            Ok(entry) if entry.path_is_symlink() => self.unread(entry.path().display().to_string(), Unread::Link, false),
            Ok(_) => {}
            Err(error) => {
                let (path, why) = (error.path().unwrap_or(folder).display().to_string(), error.to_string());
                // The system's message alone: the path is named already.
                let error = error.into_io_error().unwrap_or_else(|| io::Error::other(why));
                self.due.push_back(Event::Failed(path, error));
            }
        }
    }

    /// Begins with a file; with one from a folder only if it is text.
    fn file(&mut self, path: &Path, from_folder: bool) {
        let mut head = Vec::new();
        let opened = File::open(path).and_then(|file| {
            let sniffed = if from_folder { SNIFFED } else { HEAD };
            // A pipe or a device by name is read as it comes.
            if file.metadata().is_ok_and(|metadata| metadata.is_file()) {
                (&file).take(sniffed as u64).read_to_end(&mut head)?;
            }
            Ok(file)
        });
        let name = path.display().to_string();
        match opened {
            Err(error) => self.due.push_back(Event::Failed(name, error)),
            // Reading what the program writes would never end.
            Ok(file) if self.is_output(&file) => self.unread(name, Unread::Output, false),
            Ok(file) if is_evidence(&head) => self.begin_unpacking(Job::of_file(name, file, self.scanner, self.all)),
            Ok(_) if self.is_left_out(&head, &name, !from_folder) => {}
            Ok(file) => {
                let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
                self.due.push_back(Event::Input(Some(path.to_owned()), size));
                // A file that grows while it is read ends where it ended when it was opened.
                let source: Box<dyn Read + Send> = match size {
                    // The files of /proc have no size.
                    Some(size) if size > 0 => Box::new(file.take(size.saturating_sub(head.len() as u64))),
                    _ => Box::new(file),
                };
                self.begin(source, &head, name, size.is_none());
            }
        }
    }

    /// Begins with standard input, whose first bytes tell whether it is an archive or an event log.
    fn standard_input(&mut self) {
        let mut head = vec![0; HEAD];
        let name = "standard input".to_owned();
        let mut input = Input { source: Box::new(io::stdin()), name: name.clone(), read: 0, is_live: true, is_over: false };
        match input.read(&mut head) {
            Ok(len) => head.truncate(len),
            Err(error) => {
                self.due.push_back(Event::Failed(name, error));
                return;
            }
        }
        if is_evidence(&head) {
            let stream = io::Cursor::new(head).chain(Patient(io::stdin()));
            self.begin_unpacking(Job::of_stream(name, stream, self.scanner, self.all));
            return;
        }
        if self.is_left_out(&head, &name, true) {
            return;
        }
        self.due.push_back(Event::Input(None, None));
        let is_empty = head.is_empty();
        self.begin(Box::new(io::stdin()), &head, name, true);
        if is_empty {
            self.input = Some(Input { source: Box::new(io::empty()), name: String::new(), read: 0, is_live: false, is_over: false });
        }
    }

    fn unread(&mut self, place: String, why: Unread, is_named: bool) {
        self.due.push_back(Event::Unread { place, why, is_named });
    }

    /// Whether an input is of a kind that is not read, and tells so. What is passed through is searched as it is: there only a kind is told
    /// that can hide errors.
    fn is_left_out(&mut self, head: &[u8], name: &str, is_named: bool) -> bool {
        let kind = Kind::of(head);
        let Kind::Other(what) = kind else { return false };
        if !self.passes_through || kind.advice().is_some() {
            self.unread(name.to_owned(), Unread::Kind(what), is_named);
        }
        !self.passes_through
    }

    /// Whether a file is one that results or messages go to.
    fn is_output(&self, file: &File) -> bool {
        let is_one = |this: same_file::Handle| self.outputs.contains(&this);
        file.metadata().is_ok_and(|metadata| metadata.is_file())
            && file.try_clone().and_then(same_file::Handle::from_file).is_ok_and(is_one)
    }

    fn begin_unpacking(&mut self, job: Job) {
        self.unpacked_name.clone_from(&job.name);
        self.unpacked_read = Arc::clone(&job.read);
        self.due.push_back(Event::Package(job.name.clone(), job.size));
        match job.start() {
            Ok(pieces) => self.unpacked = Some(pieces),
            Err(job) => self.due.push_back(Event::Job(Box::new(job))),
        }
    }

    /// Takes what comes out of an archive or event log until there is something to tell, or nothing more.
    fn unpack(&mut self, pieces: Receiver<Piece>) -> Option<()> {
        while self.due.is_empty() {
            // The thread ends when it has sent everything.
            let Ok(piece) = pieces.recv() else { return Some(()) };
            match piece {
                Piece::Text(place) => {
                    self.blocks.reset();
                    self.due.push_back(Event::Member(PathBuf::from(place)));
                }
                Piece::Bytes(bytes) => {
                    self.blocks.push(&bytes);
                    self.cut_blocks(self.unpacked_read.load(Ordering::Relaxed), true)?;
                }
                Piece::End => {
                    self.blocks.finish();
                    self.cut_blocks(self.unpacked_read.load(Ordering::Relaxed), true)?;
                }
                Piece::Event(event) => self.due.push_back(Event::Record(event)),
                Piece::Unread(place, why) => self.unread(place, why, false),
                Piece::Failed(error) => self.due.push_back(Event::Failed(self.unpacked_name.clone(), error)),
            }
        }
        self.unpacked = Some(pieces);
        Some(())
    }

    /// Makes blocks of what has come, where that is enough: of all, or of as much as there are buffers at hand, but of something.
    fn cut_blocks(&mut self, read: u64, of_all: bool) -> Option<()> {
        self.due.extend(self.blocks.mark().map(Event::Mark));
        while self.blocks.is_ready() && (of_all || self.due.is_empty() || self.has_buffer()) {
            let buffer = self.buffer()?;
            let block = self.blocks.take(buffer);
            self.due.extend(block.map(|block| Event::Block(block, read)));
        }
        Some(())
    }

    /// Begins with an input whose first bytes may have been read already.
    fn begin(&mut self, source: Box<dyn Read + Send>, head: &[u8], name: String, is_live: bool) {
        self.blocks.reset();
        self.blocks.push(head);
        self.input = Some(Input { source, name, read: head.len() as u64, is_live, is_over: false });
    }

    /// Reads on in an input until there is something to tell, or nothing more.
    fn advance(&mut self, mut input: Input) -> Option<()> {
        // The bytes that told the kind of the input can be a whole line, whose answer must not wait.
        self.cut_blocks(input.read, input.is_live)?;
        while self.due.is_empty() && !input.is_over {
            if input.is_live {
                let rest = self.blocks.rest().map(|block| (self.told, block));
                *self.rest.lock().unwrap_or_else(PoisonError::into_inner) = rest;
            }
            let received = input.read(self.blocks.space());
            match received {
                Ok(len @ 1..) => self.blocks.filled(len),
                _ => self.blocks.finish(),
            }
            input.is_over = !matches!(received, Ok(1..));
            if let Err(error) = received {
                self.due.push_back(Event::Failed(input.name.clone(), error));
            }
            self.cut_blocks(input.read, input.is_live)?;
        }
        if !input.is_over || self.blocks.is_ready() {
            self.input = Some(input);
        }
        Some(())
    }

    /// Whether an empty buffer is at hand.
    fn has_buffer(&mut self) -> bool {
        self.at_hand.extend(self.returned.try_iter());
        !self.at_hand.is_empty()
    }

    /// An empty buffer; waits for one to come back if all are under way.
    fn buffer(&mut self) -> Option<Buffer> {
        // The one that came back last is the likeliest to be in a cache of the processor.
        if self.has_buffer() { self.at_hand.pop() } else { self.returned.recv().ok() }
    }
}

/// Whether a file with these first bytes is an archive or an event log.
fn is_evidence(head: &[u8]) -> bool {
    matches!(Kind::of(head), Kind::Zip | Kind::Cab | Kind::Gzip | Kind::Evtx)
}

/// Lets a pipe hold more, so that the program and the writer of the pipe wait less often for each other.
#[cfg(target_os = "linux")]
fn widen(input: &io::Stdin) {
    // Fails for anything but a pipe, and on a system that allows less.
    let _ = rustix::pipe::fcntl_setpipe_size(input, PIPE);
}

/// Lets a pipe hold more: elsewhere the system sees to that, or cannot.
#[cfg(not(target_os = "linux"))]
fn widen(_input: &io::Stdin) {}

/// One input, as far as it has been read.
struct Input {
    source: Box<dyn Read + Send>,
    name: String,
    /// How many bytes have been read.
    read: u64,
    /// Whether the next bytes can take long, so that the user might end the scan before.
    is_live: bool,
    /// Whether all of it has been read.
    is_over: bool,
}

impl Input {
    /// Reads once, and gives how many bytes have come; 0 at the end.
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        loop {
            // Some shells leave their terminal or pipe non-blocking; what is not there yet is waited for.
            match Patient(&mut self.source).read(space) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                received => {
                    self.read += received.as_ref().map_or(0, |&len| len as u64);
                    return received;
                }
            }
        }
    }
}
