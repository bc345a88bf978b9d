//! What every reader of evidence needs: the limits, the visitor, the state of the walk, and a few ways to read bytes.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, ErrorKind, Read, Seek};

use super::event::record::Event;

/// Limits on what is read of an archive. The defaults are far beyond any package of diagnostics.
///
/// ```
/// let limits = intune_err::evidence::Limits::default();
/// assert_eq!((limits.depth, limits.members), (4, 10_000));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep archives can be nested.
    pub depth: u32,
    /// How many members are read, in all archives together.
    pub members: u64,
    /// How many bytes of one member are read.
    pub member_bytes: u64,
    /// How many bytes of all members are read.
    pub total_bytes: u64,
    /// How many bytes can come out per byte that goes in, once more than [`Limits::FREE`] have come out.
    pub ratio: u64,
}

impl Limits {
    /// How many bytes can come out of a small archive before the ratio counts.
    pub const FREE: u64 = 16 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 4, members: 10_000, member_bytes: 1 << 30, total_bytes: 8 << 30, ratio: 200 }
    }
}

/// Why something was not read, or not to its end. It displays as words: `encrypted`, `a registry hive`.
///
/// ```
/// use intune_err::evidence::Unread;
/// assert_eq!(Unread::Kind("an event trace (.etl)").to_string(), "an event trace (.etl)");
/// assert!(Unread::Encrypted.is_fault() && !Unread::Kind("a PNG picture").is_fault());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unread {
    /// It is of a kind that is not read.
    Kind(&'static str),
    /// It needs a password.
    Encrypted,
    /// It is compressed by an unsupported method.
    Method(&'static str),
    /// It is damaged or ends early; what came before was read.
    Damaged(String),
    /// It is larger than [`Limits::member_bytes`]; this many bytes were read.
    TooLarge(u64),
    /// More than [`Limits::total_bytes`] would come out of all; the rest was left.
    TooMuch(u64),
    /// It is inside more than [`Limits::depth`] archives.
    TooDeep(u32),
    /// There are more than [`Limits::members`] members.
    TooMany(u64),
    /// More than [`Limits::ratio`] bytes come out per byte that goes in.
    Ratio(u64),
    /// Its bytes belong to another member, too.
    Overlap,
    /// It goes on in another file.
    Continued,
    /// The collector could not collect it, and left an error in its place.
    NotCollected(String),
    /// A symbolic link in a folder, which is not followed.
    Link,
    /// The file that the results of this run go to.
    Output,
}

impl Unread {
    /// Whether this is a fault of the input (damage, a password, a limit), which gives exit status 2, and not just a file of a kind that
    /// is not read.
    ///
    /// ```
    /// assert!(intune_err::evidence::Unread::Overlap.is_fault());
    /// ```
    pub const fn is_fault(&self) -> bool {
        !matches!(self, Self::Kind(_) | Self::NotCollected(_) | Self::Link | Self::Output)
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: &u64| bytes >> 20;
        match self {
            Self::Kind(what) => f.write_str(what),
            Self::Encrypted => f.write_str("encrypted"),
            Self::Method(method) => write!(f, "compressed with {method}"),
            Self::Damaged(what) => write!(f, "damaged: {what}"),
            Self::TooLarge(bytes) => write!(f, "larger than {} MiB: the rest was not read", mib(bytes)),
            Self::TooMuch(bytes) => write!(f, "more than {} MiB come out of it: the rest was not read", mib(bytes)),
            Self::TooDeep(depth) => write!(f, "inside more than {depth} archives"),
            Self::TooMany(members) => write!(f, "more than {members} members: the rest was not read"),
            Self::Ratio(ratio) => write!(f, "more than {ratio} bytes come out of each byte: the rest was not read"),
            Self::Overlap => f.write_str("its bytes belong to another member, too"),
            Self::Continued => f.write_str("it goes on in another file"),
            Self::NotCollected(what) => write!(f, "not collected: {what}"),
            Self::Link => f.write_str("a symbolic link"),
            Self::Output => f.write_str("the output of this run"),
        }
    }
}

/// Takes what [`walk`](super::walk()) finds. An error of one of these functions ends the walk and comes back from it.
pub trait Visitor {
    /// A text begins at this place; its pieces follow.
    fn begin_text(&mut self, place: &str) -> io::Result<()>;
    /// The next bytes of the text, in any encoding.
    fn text(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// The text ends.
    fn end_text(&mut self) -> io::Result<()>;
    /// An event of the event log at this place, in the order of the file.
    fn event(&mut self, place: &str, event: &Event<'_>) -> io::Result<()>;
    /// Something was not read, or not to its end.
    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()>;
}

/// Something that can be read and has a position to seek: a file, or bytes in memory.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Why a walk ends early. The readers in between only see an error.
pub(super) enum Stop {
    Limit,
    Error(io::Error),
}

/// Reads a file or a member of an archive: its place, its bytes, and how many archives it is in.
pub(super) type ReadMember = fn(&mut Walk<'_>, &str, &mut dyn Read, u32) -> io::Result<()>;

/// The state of a walk: limits, counts, and the visitor.
pub(super) struct Walk<'a> {
    pub(super) limits: &'a Limits,
    pub(super) visitor: &'a mut dyn Visitor,
    pub(super) members: u64,
    /// How many bytes were taken from the source, and how many came out of archives.
    pub(super) taken: &'a Cell<u64>,
    pub(super) given: u64,
    /// Reads a member of an archive. The readers of archives call it, and it calls them.
    pub(super) read: ReadMember,
    pub(super) broken: Option<Stop>,
}

/// How many bytes of a text are handed over at once.
pub(super) const PIECE: usize = 64 << 10;

impl Walk<'_> {
    /// Reads a member of an archive.
    pub(super) fn member(&mut self, place: &str, source: &mut dyn Read, depth: u32) -> io::Result<()> {
        (self.read)(self, place, source, depth)
    }

    pub(super) fn text(&mut self, place: &str, source: &mut dyn Read, depth: u32) -> io::Result<()> {
        let begun = self.visitor.begin_text(place);
        self.checked(begun)?;
        let mut piece = vec![0; PIECE];
        let mut length = 0;
        let why = loop {
            let read = match source.read(&mut piece) {
                Ok(0) => break None,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if depth == 0 => return Err(error),
                Err(error) => break Some(error),
            };
            let taken = self.visitor.text(&piece[..read]);
            self.checked(taken)?;
            if depth > 0 {
                length += read as u64;
                if let Err(error) = self.give(place, read as u64) {
                    break Some(error);
                }
                if length >= self.limits.member_bytes {
                    self.unread(place, Unread::TooLarge(self.limits.member_bytes))?;
                    break None;
                }
            }
        };
        let ended = self.visitor.end_text();
        self.checked(ended)?;
        why.map_or(Ok(()), |error| self.damaged(place, &error))
    }

    /// The list of what the collector collected: a failure to collect isn't a problem of the device.
    pub(super) fn results(&mut self, place: &str, source: &mut dyn Read) -> io::Result<()> {
        let mut text = Vec::new();
        if let Err(error) = source.take(1 << 20).read_to_end(&mut text) {
            return self.damaged(place, &error);
        }
        for line in without_zeros(&text).lines() {
            let Some((_, rest)) = line.split_once("HRESULT=\"") else { continue };
            let Some((result, rest)) = rest.split_once('"') else { continue };
            let what = rest.split_once('>').and_then(|(_, rest)| rest.split_once('<')).map_or("", |(what, _)| what.trim());
            if result != "0" && !what.is_empty() {
                self.unread(place, Unread::NotCollected(format!("{what} ({result})")))?;
            }
        }
        Ok(())
    }

    /// Counts a member of an archive. False where there are too many, which is reported once.
    pub(super) fn counts(&mut self, place: &str) -> io::Result<bool> {
        self.members += 1;
        if self.members == self.limits.members + 1 {
            self.unread(place, Unread::TooMany(self.limits.members))?;
        }
        Ok(self.members <= self.limits.members)
    }

    /// How many more members may be read.
    pub(super) fn members_left(&self) -> u64 {
        self.limits.members.saturating_sub(self.members)
    }

    /// Counts bytes that came out of an archive, against the limits of all.
    pub(super) fn give(&mut self, place: &str, bytes: u64) -> io::Result<()> {
        self.given += bytes;
        let why = if self.given > self.limits.total_bytes {
            Unread::TooMuch(self.limits.total_bytes)
        } else if self.given > Limits::FREE.saturating_add(self.taken.get().saturating_mul(self.limits.ratio)) {
            Unread::Ratio(self.limits.ratio)
        } else {
            return Ok(());
        };
        self.unread(place, why)?;
        Err(self.stop(Stop::Limit))
    }

    pub(super) fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        let told = self.visitor.unread(place, why);
        self.checked(told)
    }

    /// Reports damage, unless the error is what ends the walk.
    pub(super) fn damaged(&mut self, place: &str, error: &io::Error) -> io::Result<()> {
        if self.broken.is_some() {
            return Err(io::Error::other("stopped"));
        }
        self.unread(place, Unread::Damaged(error.to_string()))
    }

    /// Keeps an error of the visitor, so that no reader takes it for damage on its way out.
    pub(super) fn checked(&mut self, result: io::Result<()>) -> io::Result<()> {
        result.map_err(|error| self.stop(Stop::Error(error)))
    }

    fn stop(&mut self, why: Stop) -> io::Error {
        self.broken.get_or_insert(why);
        io::Error::other("stopped")
    }
}

/// Whether a text is results.xml of Intune's "Collect diagnostics".
pub(super) fn is_list_of_results(head: &[u8]) -> bool {
    let text = without_zeros(head);
    text.contains("<Collection") && text.contains("HRESULT=\"")
}

/// The text of ASCII in UTF-8 or UTF-16.
fn without_zeros(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "")
}

/// Reads until `buffer` is full or the source ends, and gives how much there is.
pub(super) fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut len = 0;
    while len < buffer.len() {
        match source.read(&mut buffer[len..]) {
            Ok(0) => break,
            Ok(read) => len += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(len)
}

/// Reads just `buffer`, or says that the file ends early.
pub(super) fn exact(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<()> {
    if fill(source, buffer)? == buffer.len() { Ok(()) } else { Err(ends_early()) }
}

pub(super) fn ends_early() -> io::Error {
    io::Error::new(ErrorKind::UnexpectedEof, "the file ends early")
}

/// Skips this many bytes.
pub(super) fn skip(source: &mut dyn BufRead, bytes: u64) -> io::Result<()> {
    let skipped = io::copy(&mut source.take(bytes), &mut io::sink())?;
    if skipped == bytes { Ok(()) } else { Err(ends_early()) }
}

/// The place of a member. Both kinds of slashes stand in names; `\` becomes `/`.
pub(super) fn inside(place: &str, name: &str) -> String {
    let name: String = name.chars().take(NAME).map(|c| if c == '\\' { '/' } else { c }).collect();
    format!("{place}!{name}")
}

/// A name is not longer than this.
const NAME: usize = 4096;

/// A name of an old archive: each byte is a character of code page 437, unless all of it is UTF-8.
pub(super) fn name_of(bytes: &[u8]) -> String {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => bytes
            .iter()
            .map(|&byte| if byte < 0x80 { char::from(byte) } else { UPPER.chars().nth(usize::from(byte) - 0x80).unwrap_or('\u{FFFD}') })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_old_archives_are_in_code_page_437() {
        assert_eq!(name_of(b"M\x81ller.log"), "Müller.log");
        assert_eq!(name_of("Müller.log".as_bytes()), "Müller.log");
        assert_eq!(name_of(&[0xFF]), "\u{A0}");
    }

    #[test]
    fn a_name_is_never_a_place_to_write_and_has_one_kind_of_slash() {
        assert_eq!(inside("a.zip", r"..\b\c.log"), "a.zip!../b/c.log");
    }
}
