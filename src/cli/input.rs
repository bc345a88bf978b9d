//! Paths, folders and standard input as blocks of whole lines in UTF-8. Encodings live here and nowhere else.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender};

use intune_err::CONTEXT;

/// The size of a buffer: a longer line comes in several blocks.
const CAPACITY: usize = 1 << 18;
/// How much of a file in a folder is looked at to tell whether it is text.
const SNIFFED: usize = 8192;

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

/// Nobody wants any more of it.
struct Gone;

/// Reads inputs and sends what comes of them.
pub(super) struct Reader {
    events: SyncSender<Numbered>,
    sent: u64,
    returned: Receiver<Buffer>,
    at_hand: Vec<Buffer>,
}

impl Reader {
    /// A reader that fills so many buffers at the most before one of them has to come back.
    pub(super) fn new(events: SyncSender<Numbered>, returned: Receiver<Buffer>, buffers: usize) -> Self {
        Self { events, sent: 0, returned, at_hand: (0..buffers).map(|_| Buffer::default()).collect() }
    }

    /// Reads `paths` in their order; ends early where nobody wants any more of it.
    pub(super) fn all(&mut self, paths: &[PathBuf]) {
        // That nobody does is known to whoever ended it.
        let _ = self.paths(paths);
    }

    fn send(&mut self, event: Event) -> Result<(), Gone> {
        let number = self.sent;
        self.sent += 1;
        self.events.send((number, event)).map_err(|_| Gone)
    }

    /// An empty buffer; waits for one to come back if all are under way.
    fn buffer(&mut self) -> Result<Buffer, Gone> {
        let mut buffer = match self.at_hand.pop() {
            Some(buffer) => buffer,
            None => self.returned.recv().map_err(|_| Gone)?,
        };
        buffer.len = 0;
        Ok(buffer)
    }

    fn paths(&mut self, paths: &[PathBuf]) -> Result<(), Gone> {
        for path in paths {
            if path.as_os_str() == "-" {
                self.send(Event::Input(None, None))?;
                self.input(&mut io::stdin().lock(), &[], "standard input")?;
            } else if path.is_dir() {
                self.folder(path)?;
            } else {
                self.file(path, false)?;
            }
        }
        self.send(Event::End)
    }

    /// All files of a folder and its folders, in the order of their names. Symbolic links in it are not followed.
    fn folder(&mut self, folder: &Path) -> Result<(), Gone> {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => self.file(entry.path(), true)?,
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(folder).display().to_string();
                    self.send(Event::Failed(format!("cannot read {path}: {}", io::Error::from(error))))?;
                }
            }
        }
        Ok(())
    }

    /// One file; from a folder only if it is text.
    fn file(&mut self, path: &Path, from_folder: bool) -> Result<(), Gone> {
        let failed = |error: io::Error| Event::Failed(format!("cannot read {}: {error}", path.display()));
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.send(failed(error)),
        };
        let mut head = Vec::new();
        if from_folder {
            if let Err(error) = (&file).take(SNIFFED as u64).read_to_end(&mut head) {
                return self.send(failed(error));
            }
            if head.contains(&0) && Encoding::of(&head, true).is_none_or(|(encoding, _)| encoding == Encoding::Bytes) {
                return self.send(Event::Skipped(format!("{} is no text; skipped", path.display())));
            }
        }
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
        self.send(Event::Input(Some(path.to_owned()), size))?;
        self.input(&mut file, &head, &path.display().to_string())
    }

    /// Sends the text of one input, whose first bytes may have been read already.
    fn input(&mut self, input: &mut dyn Read, head: &[u8], name: &str) -> Result<(), Gone> {
        let mut raw = Buffer::default();
        raw.set(head);
        let mut ended = false;
        let mut fill = |reader: &mut Self, buffer: &mut Buffer, room| match buffer.fill(input, room) {
            Ok(received) => Ok(received == 0),
            Err(error) => reader.send(Event::Failed(format!("cannot read {name}: {error}"))).map(|()| true),
        };
        let (encoding, mark) = loop {
            match Encoding::of(raw.text(), ended) {
                Some(found) => break found,
                None => ended = fill(self, &mut raw, SNIFFED)?,
            }
        };
        let mut read = raw.len as u64;
        let mut decoder = Utf16::default();
        let mut part = Part { buffer: self.buffer()?, begin: 0, offset: 0 };
        let mut seen = 0;
        if encoding == Encoding::Bytes {
            if mark > 0 {
                self.send(Event::Mark(UTF8_MARK))?;
            }
            part.offset = mark as u64;
            part.buffer.add(&raw.text()[mark..]);
        } else {
            decoder.decode(&raw.text()[mark..], encoding, ended, &mut part.buffer);
        }
        loop {
            self.cut(&mut part, seen, ended, read)?;
            if ended {
                self.at_hand.push(part.buffer);
                return Ok(());
            }
            seen = part.buffer.len;
            let room = CAPACITY.saturating_sub(seen).max(CONTEXT);
            if encoding == Encoding::Bytes {
                ended = fill(self, &mut part.buffer, room)?;
                read += (part.buffer.len - seen) as u64;
            } else {
                raw.len = 0;
                ended = fill(self, &mut raw, room)?;
                read += raw.len as u64;
                decoder.decode(raw.text(), encoding, ended, &mut part.buffer);
            }
        }
    }

    /// Sends what is whole of a text of which nothing before `seen` is: up to the last line end, or a part of a line that is too long.
    fn cut(&mut self, part: &mut Part, seen: usize, ended: bool, read: u64) -> Result<(), Gone> {
        let text = part.buffer.text();
        let begin = part.begin;
        let end = match last_line_end(text, seen.max(begin)) {
            _ if ended => text.len(),
            Some(end) => end,
            None if text.len() >= CAPACITY => text.len() - CONTEXT,
            None => return Ok(()),
        };
        if end <= begin {
            return Ok(());
        }
        // What follows a line end is a new line and needs nothing of what came before; a part of a line does.
        let whole = ended || matches!(text[..end], [.., b'\n' | b'\r']);
        let keep = if whole { end } else { end.saturating_sub(CONTEXT) };
        let mut next = self.buffer()?;
        next.set(&text[keep..]);
        let mut buffer = std::mem::replace(&mut part.buffer, next);
        if whole {
            buffer.len = end;
        }
        let block = Block { buffer, core: begin..end, offset: part.offset, is_last: ended, read };
        part.begin = end - keep;
        part.offset += (end - begin) as u64;
        self.send(Event::Block(block))
    }
}

/// The text of an input that has not been sent yet.
struct Part {
    buffer: Buffer,
    /// What stands before it has been sent and is only context.
    begin: usize,
    /// Where `begin` is in the input's text.
    offset: u64,
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

/// The byte-order mark of UTF-8.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How an input's bytes stand for its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Encoding {
    /// UTF-8, or anything else that is passed on byte for byte.
    Bytes,
    Utf16Le,
    Utf16Be,
}

/// Whether so much has come that the encoding can be told: four bytes, or a line of plain text.
fn is_decidable(head: &[u8]) -> bool {
    head.len() >= 4 || head.ends_with(b"\n") && !head.contains(&0)
}

impl Encoding {
    /// The encoding of an input that begins with `head`, and the length of its byte-order mark; `None` while more has to come.
    ///
    /// Without a mark it is UTF-16LE where most second bytes are zero and hardly any first ones: so look the texts that Windows
    /// PowerShell writes, while text in UTF-8 has no zeros.
    fn of(head: &[u8], ended: bool) -> Option<(Self, usize)> {
        match head {
            [0xFF, 0xFE, ..] => return Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => return Some((Self::Utf16Be, 2)),
            _ if head.starts_with(UTF8_MARK) => return Some((Self::Bytes, UTF8_MARK.len())),
            _ if !ended && !is_decidable(head) => return None,
            _ => {}
        }
        let units = head.as_chunks::<2>().0;
        let zero = |which: usize| units.iter().take(512).filter(|unit| unit[which] == 0).count();
        let seen = units.len().min(512);
        let is_wide = seen >= 2 && zero(1) * 10 >= seen * 6 && zero(0) * 20 <= seen;
        Some((if is_wide { Self::Utf16Le } else { Self::Bytes }, 0))
    }
}

/// Decodes UTF-16 piece by piece; what is no text becomes U+FFFD.
#[derive(Default)]
struct Utf16 {
    /// The first byte of a unit that was cut.
    half: Option<u8>,
    /// The first unit of a pair that was cut.
    high: Option<u16>,
}

impl Utf16 {
    fn decode(&mut self, bytes: &[u8], encoding: Encoding, ended: bool, text: &mut Buffer) {
        text.bytes.truncate(text.len);
        self.decode_into(bytes, encoding == Encoding::Utf16Be, ended, &mut text.bytes);
        text.len = text.bytes.len();
    }

    fn decode_into(&mut self, bytes: &[u8], big_endian: bool, ended: bool, text: &mut Vec<u8>) {
        let mut bytes = bytes;
        if let (Some(first), [second, rest @ ..]) = (self.half, bytes) {
            self.half = None;
            bytes = rest;
            self.unit(if big_endian { [first, *second] } else { [*second, first] }, text);
        }
        let (units, rest) = bytes.as_chunks::<2>();
        let (low, high) = if big_endian { (1, 0) } else { (0, 1) };
        for run in units.chunks(32) {
            // Most text is ASCII: every second byte of it.
            let others = run.iter().fold(0, |others, unit| others | unit[high] | unit[low] & 0x80);
            if others == 0 && self.high.is_none() {
                text.extend(run.iter().map(|unit| unit[low]));
            } else {
                for unit in run {
                    self.unit([unit[high], unit[low]], text);
                }
            }
        }
        if let [half] = rest {
            self.half = Some(*half);
        }
        if ended && (self.high.take().is_some() | self.half.take().is_some()) {
            push(char::REPLACEMENT_CHARACTER, text);
        }
    }

    /// Adds one unit, given in big-endian order.
    fn unit(&mut self, unit: [u8; 2], text: &mut Vec<u8>) {
        let unit = u16::from_be_bytes(unit);
        let pending = self.high.take();
        if (0xD800..0xDC00).contains(&unit) {
            if pending.is_some() {
                push(char::REPLACEMENT_CHARACTER, text);
            }
            self.high = Some(unit);
            return;
        }
        for decoded in char::decode_utf16(pending.into_iter().chain([unit])) {
            push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER), text);
        }
    }
}

fn push(c: char, text: &mut Vec<u8>) {
    text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], big_endian: bool, cut: usize) -> String {
        let (mut decoder, mut text) = (Utf16::default(), Vec::new());
        let (first, second) = bytes.split_at(cut);
        decoder.decode_into(first, big_endian, false, &mut text);
        decoder.decode_into(second, big_endian, true, &mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn utf16_is_the_same_text_wherever_it_is_cut() {
        let long = "0x80180014 ".repeat(9);
        for text in ["", "a", "h\u{e4}\u{df}lich \u{2212}2145910764", "\u{1F600}x\u{1F601}", long.as_str()] {
            for big_endian in [false, true] {
                let bytes: Vec<u8> =
                    text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
                for cut in 0..=bytes.len() {
                    assert_eq!(decoded(&bytes, big_endian, cut), text, "cut at {cut}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_utf16_becomes_a_replacement_character() {
        assert_eq!(decoded(&[0x3D, 0xD8, b'a', 0], false, 1), "\u{FFFD}a");
        assert_eq!(decoded(&[0x00, 0xDE, b'a', 0], false, 3), "\u{FFFD}a");
        assert_eq!(decoded(&[b'a', 0, 0x3D, 0xD8], false, 4), "a\u{FFFD}");
        assert_eq!(decoded(&[b'a', 0, b'b'], false, 0), "a\u{FFFD}");
        assert_eq!(decoded(&[0x3D, 0xD8, 0x3D, 0xD8, 0, 0xDE], false, 2), "\u{FFFD}\u{1F600}");
    }

    #[test]
    fn the_encoding_is_told_by_the_mark_or_by_the_zeros() {
        assert_eq!(Encoding::of(&[0xFF, 0xFE], false), Some((Encoding::Utf16Le, 2)));
        assert_eq!(Encoding::of(&[0xFE, 0xFF, 0, b'a'], false), Some((Encoding::Utf16Be, 2)));
        assert_eq!(Encoding::of(b"\xEF\xBB\xBFabc", false), Some((Encoding::Bytes, 3)));
        assert_eq!(Encoding::of(b"0\0x\x008\x000\0", false), Some((Encoding::Utf16Le, 0)));
        assert_eq!(Encoding::of(b"0x80180014\n", false), Some((Encoding::Bytes, 0)));
        assert_eq!(Encoding::of(b"\0\0\0\0\0\0\0\0", false), Some((Encoding::Bytes, 0)));
    }

    #[test]
    fn nothing_is_decided_before_enough_has_come() {
        assert_eq!(Encoding::of(b"a", false), None);
        assert_eq!(Encoding::of(b"a\n", false), Some((Encoding::Bytes, 0)));
        assert_eq!(Encoding::of(b"a", true), Some((Encoding::Bytes, 0)));
        assert_eq!(Encoding::of(b"", true), Some((Encoding::Bytes, 0)));
    }

    #[test]
    fn a_line_ends_behind_a_line_feed_or_a_lone_carriage_return() {
        assert_eq!(last_line_end(b"ab\ncd", 0), Some(3));
        assert_eq!(last_line_end(b"ab\rcd", 0), Some(3));
        assert_eq!(last_line_end(b"ab\r", 0), None, "a line feed may follow");
        assert_eq!(last_line_end(b"ab\rc", 3), Some(3), "now it is seen that none does");
        assert_eq!(last_line_end(b"abcd", 0), None);
    }
}
