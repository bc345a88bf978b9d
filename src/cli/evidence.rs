//! Archives and event logs: a thread of their own reads them, and hands over texts piece by piece and events one by one.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use intune_err::evidence::{Event, Limits, Source, Unread, Value, Visitor, walk};
use intune_err::log::{Level, Time};
use intune_err::{Code, EventHead, EventMeaning, Finding, Scanner, is_known_error};

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
    Event(Box<EventLine>),
    /// Something was not read, or not to its end.
    Unread(String, Unread),
    /// The file can't be read any further.
    Failed(io::Error),
}

/// An event as a line of text, and where it stands.
pub(super) struct EventLine {
    pub(super) place: String,
    pub(super) number: u64,
    pub(super) head: EventHead,
    pub(super) line: String,
    /// What the line holds, once it was scanned.
    pub(super) findings: Vec<Finding>,
}

impl EventLine {
    /// Scans the line.
    pub(super) fn scan(&mut self, scanner: Scanner) {
        self.findings = scanner.scan_event(&self.line, self.head.meaning);
    }
}

/// Providers whose events have codes and flags of their own, which say nothing of enrollment: failed logons, encryption types.
/// With `--all` they are read like others.
const FOREIGN: [&str; 2] = ["Microsoft-Windows-Security-Auditing", "Microsoft-Windows-Sysmon"];

/// Begins to read `file`, whose place is `place`.
pub(super) fn of_file(place: String, file: File, scanner: Scanner, all: bool) -> io::Result<Receiver<Piece>> {
    start(place, file, scanner, all, |file, place, pieces| {
        file.rewind()?;
        walk(place, Source::File(file), &Limits::default(), pieces)
    })
}

/// Begins to read a stream.
pub(super) fn of_stream(place: String, stream: impl Read + Send + 'static, scanner: Scanner, all: bool) -> io::Result<Receiver<Piece>> {
    start(place, BufReader::new(stream), scanner, all, |stream, place, pieces| {
        walk(place, Source::Stream(stream), &Limits::default(), pieces)
    })
}

fn start<S: Send + 'static>(
    place: String,
    mut source: S,
    scanner: Scanner,
    all: bool,
    read: fn(&mut S, &str, &mut Pieces) -> io::Result<()>,
) -> io::Result<Receiver<Piece>> {
    let (sender, receiver) = sync_channel(WAITING);
    thread::Builder::new().name("unpacker".to_owned()).spawn(move || {
        let mut pieces = Pieces { sender, scanner, all, words: String::new() };
        if let Err(error) = read(&mut source, &place, &mut pieces) {
            // Nobody takes it any more if the user ended the scan.
            let _ = pieces.sender.send(Piece::Failed(error));
        }
    })?;
    Ok(receiver)
}

/// Sends on what a walk finds.
struct Pieces {
    sender: SyncSender<Piece>,
    scanner: Scanner,
    all: bool,
    /// The texts of an event's fields, looked through before the event is rendered.
    words: String,
}

impl Pieces {
    fn send(&self, piece: Piece) -> io::Result<()> {
        self.sender.send(piece).map_err(|_| io::Error::other("nobody reads on"))
    }

    /// Whether an event can hold an error. Most can't, and rendering them would take most of the time.
    fn can_hold_error(&mut self, event: &Event<'_>, meaning: Option<EventMeaning>) -> bool {
        self.words.clear();
        let mut is_code = meaning.is_some_and(EventMeaning::is_failure);
        for field in &event.fields {
            match &field.value {
                value @ (Value::Hex32(_) | Value::Signed(_) | Value::Unsigned(_)) => {
                    let code = value.bits().map(Code::new);
                    let is_failure = code.is_some_and(Code::is_failure);
                    is_code |= code.is_some_and(|code| is_failure && (is_known_error(code) || meaning.is_some() || self.all));
                    // Whether any other number is an error, its name decides: ErrorCode, ExitCode.
                    if is_failure || field.name.ends_with("ode") && code.is_some_and(|code| code.bits() != 0) {
                        let _ = writeln!(self.words, "{}={value}", field.name);
                    }
                }
                value @ (Value::Utf16(_) | Value::Ansi(_) | Value::Literal(_) | Value::List(_)) => {
                    // Text takes everything.
                    let _ = writeln!(self.words, "{}={value}", field.name);
                }
                _ => {}
            }
        }
        is_code || !self.scanner.scan(self.words.as_bytes()).is_empty()
    }
}

impl Visitor for Pieces {
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
        let provider = event.provider.to_string();
        if !self.all && FOREIGN.contains(&provider.as_str()) {
            return Ok(());
        }
        let meaning = EventMeaning::by_id(&provider, event.id);
        if !self.can_hold_error(event, meaning) {
            return Ok(());
        }
        let head = EventHead { time: Time::from_filetime(event.time), level: Level::of(event.level), provider, id: event.id, meaning };
        let line = event.to_string();
        self.send(Piece::Event(Box::new(EventLine { place: place.to_owned(), number: event.number, head, line, findings: Vec::new() })))
    }

    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        self.send(Piece::Unread(place.to_owned(), why))
    }
}
