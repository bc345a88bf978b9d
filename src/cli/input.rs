//! Paths, folders and standard input as blocks of whole lines in UTF-8. Encodings live here, in [`encoding`], and nowhere else.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};

use intune_err::Scanner;

mod encoding;

use encoding::{Encoding, UTF8_MARK, Utf16};

/// How much of a long line is shown to the scan on both sides of a part of it.
const CONTEXT: usize = Scanner::LOOK_AROUND;
/// The size of a buffer: a longer line comes in several blocks. The tests of the encodings look closely at where the first ends.
const CAPACITY: usize = 1 << 19;
/// How much of a file in a folder is looked at to tell whether it is text.
const SNIFFED: usize = 8192;
/// How much a pipe is made to hold: what Linux grants to anybody.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// What comes from the inputs, in order.
pub(super) enum Event {
    /// An input begins; standard input has no path. The size is that of a regular file.
    Input(Option<PathBuf>, Option<u64>),
    /// The byte-order mark of UTF-8 that the input begins with: bytes of the file, but no part of its first line.
    Mark(&'static [u8]),
    /// Text of the input.
    Block(Block),
    /// Something could not be read; what else there is goes on.
    Failed(String),
    /// A file was passed over.
    Skipped(String),
    /// All inputs have been read.
    End,
}

/// A piece of text: whole lines, or a part of a line too long for one buffer.
pub(super) struct Block {
    buffer: Buffer,
    /// What has not come before and will not come again.
    pub(super) core: Range<usize>,
    /// Where `core` begins in the input's text.
    pub(super) offset: u64,
    /// Whether the input ends with it.
    pub(super) is_last: bool,
    /// How many bytes of the input have been read so far.
    pub(super) read: u64,
}

impl Block {
    /// The text, with what surrounds `core` where that is a part of a line.
    pub(super) fn text(&self) -> &[u8] {
        self.buffer.text()
    }

    /// Gives the block's buffer back.
    pub(super) fn recycle(self, spent: &Spent) {
        // Where the reader is done, nobody needs it.
        let _ = spent.send(self.buffer);
    }
}

/// A message with its place in the order.
pub(super) type Numbered = (u64, Event);
/// Where buffers go that are done with.
pub(super) type Spent = Sender<Buffer>;

/// Bytes that keep their room, so that none has to be cleared before it is read into again.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
}

impl Buffer {
    fn text(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn set(&mut self, text: &[u8]) {
        self.len = 0;
        self.add(text);
    }

    fn add(&mut self, text: &[u8]) {
        self.make_room(text.len());
        self.bytes[self.len..self.len + text.len()].copy_from_slice(text);
        self.len += text.len();
    }

    fn make_room(&mut self, room: usize) {
        if self.bytes.len() < self.len + room {
            self.bytes.resize(self.len + room, 0);
        }
    }

    /// Reads once, at most `room` bytes, and says how many have come; 0 at the end.
    fn fill(&mut self, input: &mut dyn Read, room: usize) -> io::Result<usize> {
        self.make_room(room);
        loop {
            match input.read(&mut self.bytes[self.len..self.len + room]) {
                Ok(received) => {
                    self.len += received;
                    return Ok(received);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The paths that are meant: the shells of Windows leave `*` and `?` to the program.
///
/// What nothing matches stays as it is, and will be missing. So will what cannot be looked into, for another reason.
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

/// Reads inputs one after the other, no further than it is asked to.
pub(super) struct Reader {
    paths: std::vec::IntoIter<PathBuf>,
    /// The folder that is being walked, and what is left of it.
    folder: Option<(PathBuf, walkdir::IntoIter)>,
    input: Option<Input>,
    /// What is to be told before anything more is read.
    due: VecDeque<Event>,
    has_ended: bool,
    /// How many events have been told.
    told: u64,
    returned: Receiver<Buffer>,
    at_hand: Vec<Buffer>,
}

impl Reader {
    /// A reader of `paths` in their order that fills so many buffers at the most before one of them has to come back.
    pub(super) fn new(paths: Vec<PathBuf>, returned: Receiver<Buffer>, buffers: usize) -> Self {
        Self {
            paths: paths.into_iter(),
            folder: None,
            input: None,
            due: VecDeque::new(),
            has_ended: false,
            told: 0,
            returned,
            at_hand: (0..buffers).map(|_| Buffer::default()).collect(),
        }
    }

    /// What comes next; `None` behind the end, or where nobody gives buffers back any more.
    pub(super) fn next(&mut self) -> Option<Numbered> {
        loop {
            if let Some(event) = self.due.pop_front() {
                let number = self.told;
                self.told += 1;
                return Some((number, event));
            }
            if let Some(input) = self.input.take() {
                self.advance(input)?;
            } else if let Some((folder, mut entries)) = self.folder.take() {
                if let Some(entry) = entries.next() {
                    self.entry(&folder, entry)?;
                    self.folder = Some((folder, entries));
                }
            } else if let Some(path) = self.paths.next() {
                self.path(path)?;
            } else if self.has_ended {
                return None;
            } else {
                self.has_ended = true;
                self.due.push_back(Event::End);
            }
        }
    }

    fn path(&mut self, path: PathBuf) -> Option<()> {
        if path.as_os_str() == "-" {
            self.due.push_back(Event::Input(None, None));
            widen(&io::stdin());
            self.input = Some(Input::new(Box::new(io::stdin()), &[], "standard input".to_owned(), self.buffer()?));
        } else if path.is_dir() {
            // In the order of their names; symbolic links in it are not followed.
            let entries = walkdir::WalkDir::new(&path).sort_by_file_name().into_iter();
            self.folder = Some((path, entries));
        } else {
            self.file(&path, false)?;
        }
        Some(())
    }

    fn entry(&mut self, folder: &Path, entry: walkdir::Result<walkdir::DirEntry>) -> Option<()> {
        match entry {
            Ok(entry) if entry.file_type().is_file() => self.file(entry.path(), true)?,
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).display().to_string();
                self.due.push_back(Event::Failed(format!("cannot read {path}: {}", io::Error::from(error))));
            }
        }
        Some(())
    }

    /// Begins with a file; with one from a folder only if it is text.
    fn file(&mut self, path: &Path, from_folder: bool) -> Option<()> {
        let mut head = Vec::new();
        let opened = File::open(path).and_then(|file| {
            if from_folder {
                (&file).take(SNIFFED as u64).read_to_end(&mut head)?;
            }
            Ok(file)
        });
        let name = path.display().to_string();
        match opened {
            Err(error) => self.due.push_back(Event::Failed(format!("cannot read {name}: {error}"))),
            Ok(_) if head.contains(&0) && Encoding::of(&head, true).is_none_or(|(encoding, _)| encoding == Encoding::Bytes) => {
                self.due.push_back(Event::Skipped(format!("{name} is no text; skipped")));
            }
            Ok(file) => {
                let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
                self.due.push_back(Event::Input(Some(path.to_owned()), size));
                self.input = Some(Input::new(Box::new(file), &head, name, self.buffer()?));
            }
        }
        Some(())
    }

    /// Reads on in an input until there is something to tell, or nothing more.
    fn advance(&mut self, mut input: Input) -> Option<()> {
        while self.due.is_empty() && !input.has_ended {
            if let Err(error) = input.read() {
                self.due.push_back(Event::Failed(format!("cannot read {}: {error}", input.name)));
            }
            if std::mem::take(&mut input.has_mark) {
                self.due.push_back(Event::Mark(UTF8_MARK));
            }
            if let Some(end) = input.end_of_block() {
                let next = self.buffer()?;
                self.due.push_back(Event::Block(input.cut(end, next)));
            }
            input.seen = input.text.len;
        }
        if input.has_ended {
            self.at_hand.push(input.text);
        } else {
            self.input = Some(input);
        }
        Some(())
    }

    /// An empty buffer; waits for one to come back if all are under way.
    fn buffer(&mut self) -> Option<Buffer> {
        // The one that came back last is the likeliest to be in a cache of the processor.
        self.at_hand.extend(self.returned.try_iter());
        let mut buffer = match self.at_hand.pop() {
            Some(buffer) => buffer,
            None => self.returned.recv().ok()?,
        };
        buffer.len = 0;
        Some(buffer)
    }
}

/// Lets a pipe hold more, so that whoever writes into it and the program wait less often for each other.
#[cfg(target_os = "linux")]
fn widen(input: &io::Stdin) {
    // What is no pipe refuses, and so does a system that allows less.
    let _ = rustix::pipe::fcntl_setpipe_size(input, PIPE);
}

/// Lets a pipe hold more: elsewhere the system sees to that, or cannot.
#[cfg(not(target_os = "linux"))]
fn widen(_input: &io::Stdin) {}

/// One input, as far as it has been read.
struct Input {
    source: Box<dyn Read + Send>,
    name: String,
    /// Unknown until enough has come to tell it.
    encoding: Option<Encoding>,
    /// The bytes that tell it, then those that are to be decoded.
    raw: Buffer,
    decoder: Utf16,
    /// The text that is in no block yet, and before `begin` what has been in one and is only context.
    text: Buffer,
    begin: usize,
    /// Where `begin` is in the input's text.
    offset: u64,
    /// How much of `text` has no line end that is worth a look.
    seen: usize,
    /// Whether it begins with the byte-order mark of UTF-8 and that has not been told yet.
    has_mark: bool,
    has_ended: bool,
    /// How many bytes have been read.
    read: u64,
}

impl Input {
    /// An input whose first bytes may have been read already.
    fn new(source: Box<dyn Read + Send>, head: &[u8], name: String, text: Buffer) -> Self {
        let mut input = Self {
            source,
            name,
            encoding: None,
            raw: Buffer::default(),
            decoder: Utf16::default(),
            text,
            begin: 0,
            offset: 0,
            seen: 0,
            has_mark: false,
            has_ended: false,
            read: head.len() as u64,
        };
        input.raw.set(head);
        input.tell_encoding();
        input
    }

    /// Reads once; what could not be read is the end.
    fn read(&mut self) -> io::Result<()> {
        let room = CAPACITY.saturating_sub(self.text.len).max(CONTEXT);
        let received = match self.encoding {
            None => self.raw.fill(&mut *self.source, SNIFFED),
            Some(Encoding::Bytes) => self.text.fill(&mut *self.source, room),
            Some(_) => {
                self.raw.len = 0;
                self.raw.fill(&mut *self.source, room)
            }
        };
        self.has_ended = !matches!(received, Ok(1..));
        self.read += received.as_ref().map_or(0, |&received| received as u64);
        match self.encoding {
            None => self.tell_encoding(),
            Some(Encoding::Bytes) => {}
            Some(encoding) => self.decoder.decode(self.raw.text(), encoding, self.has_ended, &mut self.text),
        }
        received.map(|_| ())
    }

    /// Tells the encoding if so much has come, and takes in the text of the bytes that told it.
    fn tell_encoding(&mut self) {
        let Some((encoding, mark)) = Encoding::of(self.raw.text(), self.has_ended) else { return };
        self.encoding = Some(encoding);
        let behind = &self.raw.text()[mark..];
        if encoding == Encoding::Bytes {
            self.has_mark = mark > 0;
            self.offset = mark as u64;
            self.text.add(behind);
        } else {
            self.decoder.decode(behind, encoding, self.has_ended, &mut self.text);
        }
    }

    /// Where a block can end: behind the last line end, in a line that is too long, or where the input ends.
    fn end_of_block(&self) -> Option<usize> {
        let text = self.text.text();
        let end = match last_line_end(text, self.seen.max(self.begin)) {
            _ if self.has_ended => text.len(),
            Some(end) => end,
            None if text.len() >= CAPACITY => text.len() - CONTEXT,
            None => return None,
        };
        (end > self.begin).then_some(end)
    }

    /// Makes a block of the text up to `end`; what is left goes into `next`.
    fn cut(&mut self, end: usize, mut next: Buffer) -> Block {
        let text = self.text.text();
        // What follows a line end is a new line and needs nothing of what came before; a part of a line does.
        let whole = self.has_ended || matches!(text[..end], [.., b'\n' | b'\r']);
        let keep = if whole { end } else { end.saturating_sub(CONTEXT) };
        next.set(&text[keep..]);
        let mut buffer = std::mem::replace(&mut self.text, next);
        if whole {
            buffer.len = end;
        }
        let block = Block { buffer, core: self.begin..end, offset: self.offset, is_last: self.has_ended, read: self.read };
        self.offset += (end - self.begin) as u64;
        self.begin = end - keep;
        block
    }
}

/// The end of the last line that is whole, not before `from`: behind a line feed, or behind a carriage return that is seen to have none.
fn last_line_end(text: &[u8], from: usize) -> Option<usize> {
    if let Some(at) = memchr::memrchr(b'\n', &text[from..]) {
        return Some(from + at + 1);
    }
    // One that stood last when the text before `from` was looked at is told by what follows it.
    let from = from.saturating_sub(1);
    let last = text.len().checked_sub(1)?;
    (from < last).then(|| memchr::memrchr(b'\r', &text[from..last])).flatten().map(|at| from + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_behind_a_line_feed_or_a_lone_carriage_return() {
        assert_eq!(last_line_end(b"ab\ncd", 0), Some(3));
        assert_eq!(last_line_end(b"ab\rcd", 0), Some(3));
        assert_eq!(last_line_end(b"ab\r", 0), None, "a line feed may follow");
        assert_eq!(last_line_end(b"ab\rc", 3), Some(3), "now it is seen that none does");
        assert_eq!(last_line_end(b"abcd", 0), None);
    }
}
