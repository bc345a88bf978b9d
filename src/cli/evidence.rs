//! Archives and event logs: a thread of their own reads them, and hands over texts piece by piece and events one by one. Where no thread can
//! start, the one that prints does it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use intune_err::evidence::{Event, Limits, Source, Unread, Visitor, walk};
use intune_err::{EventLine, Events, Finding, Scanner};

/// How many pieces wait to be taken; each has 64 KiB at the most.
const WAITING: usize = 16;

/// What comes out of an archive or event log, in order.
pub(super) enum Piece {
    /// A text begins, at this place.
    Text(String),
    /// More of the text.
    Bytes(Vec<u8>),
    /// The text ends.
    End,
    /// An event that can hold an error.
    Event(Box<EventRecord>),
    /// Something was not read, or not to its end.
    Unread(String, Unread),
    /// The file can't be read any further.
    Failed(io::Error),
}

/// An event as a line of text, and where it stands.
pub(super) struct EventRecord {
    pub(super) place: String,
    pub(super) line: EventLine,
    /// How much of the file was read by then.
    pub(super) read: u64,
    /// What the line holds, once it was scanned.
    pub(super) findings: Vec<Finding>,
}

impl EventRecord {
    /// Scans the line.
    pub(super) fn scan(&mut self, scanner: Scanner) {
        self.findings = scanner.scan_event(&self.line.text, self.line.head.meaning);
    }
}

/// A function that reads an archive or event log of this name, and hands over its pieces.
type Walk = dyn FnOnce(&str, &mut Pieces<'_>) -> io::Result<()> + Send;

/// A way through an archive or event log that has not begun.
pub(super) struct Job {
    /// The name of what is read.
    pub(super) name: String,
    /// How many bytes it has, if that is known.
    pub(super) size: Option<u64>,
    /// How many of them have been read by now: somewhat more than what came out of them.
    pub(super) read: Arc<AtomicU64>,
    walk: Box<Walk>,
    scanner: Scanner,
    all: bool,
}

/// Counts what is read.
struct Counted<S> {
    source: S,
    read: Arc<AtomicU64>,
}

impl<S: Read> Read for Counted<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<S: Seek> Seek for Counted<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

impl Job {
    /// Through a file.
    pub(super) fn of_file(name: String, file: File, scanner: Scanner, all: bool) -> Self {
        let size = file.metadata().ok().map(|metadata| metadata.len());
        let read = Arc::new(AtomicU64::new(0));
        let mut file = Counted { source: file, read: Arc::clone(&read) };
        let walk = move |place: &str, pieces: &mut Pieces<'_>| {
            file.rewind()?;
            walk(place, Source::File(&mut file), &Limits::default(), pieces)
        };
        Self { name, size, read, walk: Box::new(walk), scanner, all }
    }

    /// Through a stream.
    pub(super) fn of_stream(name: String, stream: impl Read + Send + 'static, scanner: Scanner, all: bool) -> Self {
        let walk = move |place: &str, pieces: &mut Pieces<'_>| {
            walk(place, Source::Stream(&mut BufReader::new(stream)), &Limits::default(), pieces)
        };
        Self { name, size: None, read: Arc::default(), walk: Box::new(walk), scanner, all }
    }

    /// Reads on a thread of its own; gives the job back where no thread can start.
    pub(super) fn start(self) -> Result<Receiver<Piece>, Self> {
        let (sender, receiver) = sync_channel(WAITING);
        let job = Arc::new(Mutex::new(Some(self)));
        let take = |job: &Mutex<Option<Self>>| job.lock().unwrap_or_else(PoisonError::into_inner).take();
        let run = {
            let job = Arc::clone(&job);
            move || {
                if let Some(job) = take(&job) {
                    job.run(&mut |piece| sender.send(piece).map_err(|_| io::Error::other("nobody reads on")));
                }
            }
        };
        let begun = thread::Builder::new().name("unpacker".to_owned()).spawn(run);
        match begun.err().and_then(|_| take(&job)) {
            Some(job) => Err(job),
            None => Ok(receiver),
        }
    }

    /// Reads here and now, and hands over each piece.
    pub(super) fn run(self, take: &mut dyn FnMut(Piece) -> io::Result<()>) {
        let mut pieces = Pieces { take, events: Events::new(self.scanner, self.all), read: self.read };
        if let Err(error) = (self.walk)(&self.name, &mut pieces) {
            // This fails if the user has ended the scan.
            let _ = (pieces.take)(Piece::Failed(error));
        }
    }
}

/// Sends on what a walk finds.
struct Pieces<'a> {
    take: &'a mut dyn FnMut(Piece) -> io::Result<()>,
    events: Events,
    /// How much of the file has been read.
    read: Arc<AtomicU64>,
}

impl Pieces<'_> {
    fn send(&mut self, piece: Piece) -> io::Result<()> {
        (self.take)(piece)
    }
}

impl Visitor for Pieces<'_> {
    fn begin_text(&mut self, place: &str) -> io::Result<()> {
        self.send(Piece::Text(place.to_owned()))
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.send(Piece::Bytes(bytes.to_vec()))
    }

    fn end_text(&mut self) -> io::Result<()> {
        self.send(Piece::End)
    }

    fn event(&mut self, place: &str, event: &Event<'_>) -> io::Result<()> {
        let Some(line) = self.events.line(event) else { return Ok(()) };
        let (place, read) = (place.to_owned(), self.read.load(Ordering::Relaxed));
        self.send(Piece::Event(Box::new(EventRecord { place, line, read, findings: Vec::new() })))
    }

    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        self.send(Piece::Unread(place.to_owned(), why))
    }
}
