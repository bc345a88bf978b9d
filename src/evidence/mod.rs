//! Evidence as Windows and Intune hand it over: archives and event logs, read without unpacking anything.
//!
//! [`walk`] takes a file's bytes, tells by the first of them what it is, and hands each text and each event in it to a [`Visitor`], with
//! its place (`DiagLogs.zip!mdmlogs.cab!aad-operational.evtx`). Archives can be nested up to a limit. Nothing is written anywhere:
//! a path in an archive is only a name. [`Limits`] stop a hostile archive, and everything that isn't read is reported with the reason.

mod cab;
mod event;
mod gzip;
mod kind;
mod walk;
mod zip;

use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

pub use event::{Event, Field, Value};
pub use kind::{HEAD, Kind};
pub use walk::{Limits, ReadSeek, Unread, Visitor};
use walk::{PIECE, Stop, Walk, fill, is_list_of_results};

/// Where the bytes come from.
pub enum Source<'a> {
    /// A file. A ZIP archive is read by its directory.
    File(&'a mut dyn ReadSeek),
    /// A stream. A ZIP archive is read member by member as they come.
    Stream(&'a mut dyn Read),
}

/// Hands all texts and events of `source` to `visitor`; `place` is its name.
///
/// # Errors
///
/// Fails if `source` can't be read, or if the visitor returns an error. Damage inside an archive isn't an error: the visitor gets to know,
/// and the rest is read.
///
/// ```
/// use std::io;
/// use intune_err::evidence::{Event, Limits, Source, Unread, Visitor, walk};
///
/// struct Lengths(Vec<(String, usize)>);
///
/// impl Visitor for Lengths {
///     fn begin_text(&mut self, place: &str) -> io::Result<()> {
///         self.0.push((place.to_owned(), 0));
///         Ok(())
///     }
///     fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
///         self.0.last_mut().unwrap().1 += bytes.len();
///         Ok(())
///     }
///     fn end_text(&mut self) -> io::Result<()> {
///         Ok(())
///     }
///     fn event(&mut self, _: &str, _: &Event<'_>) -> io::Result<()> {
///         Ok(())
///     }
///     fn unread(&mut self, _: &str, _: Unread) -> io::Result<()> {
///         Ok(())
///     }
/// }
///
/// let mut lengths = Lengths(Vec::new());
/// walk("a.log", Source::Stream(&mut &b"hr=0x80180014"[..]), &Limits::default(), &mut lengths)?;
/// assert_eq!(lengths.0, [("a.log".to_owned(), 13)]);
/// # Ok::<(), io::Error>(())
/// ```
pub fn walk(place: &str, source: Source<'_>, limits: &Limits, visitor: &mut dyn Visitor) -> io::Result<()> {
    let taken = Cell::new(0);
    let mut walk = Walk { limits, visitor, members: 0, taken: &taken, given: 0, read: member, broken: None };
    let result = match source {
        Source::File(file) => by_name(&mut walk, place, &mut Taking { source: file, taken: &taken }),
        Source::Stream(stream) => member(&mut walk, place, &mut Taking { source: stream, taken: &taken }, 0),
    };
    match (result, walk.broken) {
        // The limit was reported where it was met.
        (Err(_), Some(Stop::Limit)) => Ok(()),
        (Err(_), Some(Stop::Error(error))) => Err(error),
        (result, _) => result,
    }
}

/// Counts what is taken from the source.
struct Taking<'a, S: ?Sized> {
    source: &'a mut S,
    taken: &'a Cell<u64>,
}

impl<S: Read + ?Sized> Read for Taking<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

impl<S: Seek + ?Sized> Seek for Taking<'_, S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

/// Reads a file that was named. A ZIP archive is read by its directory.
fn by_name(walk: &mut Walk<'_>, place: &str, file: &mut dyn ReadSeek) -> io::Result<()> {
    let mut head = [0; HEAD];
    let len = fill(file, &mut head)?;
    file.rewind()?;
    if Kind::of(&head[..len]) == Kind::Zip {
        return zip::by_directory(walk, place, file);
    }
    member(walk, place, file, 0)
}

/// Reads one file: what was named, or a member of an archive. Takes no more than it needs; the caller skips the rest.
fn member(walk: &mut Walk<'_>, place: &str, source: &mut dyn Read, depth: u32) -> io::Result<()> {
    let mut head = vec![0; HEAD];
    let len = match fill(source, &mut head) {
        Ok(len) => len,
        Err(error) => return walk.damaged(place, &error),
    };
    head.truncate(len);
    let kind = Kind::of(&head);
    if depth >= walk.limits.depth && matches!(kind, Kind::Zip | Kind::Cab | Kind::Gzip) {
        return walk.unread(place, Unread::TooDeep(walk.limits.depth));
    }
    let is_list = depth > 0 && is_list_of_results(&head);
    let mut whole = head.as_slice().chain(source);
    match kind {
        Kind::Text if is_list => walk.results(place, &mut whole),
        Kind::Text => walk.text(place, &mut whole, depth),
        Kind::Gzip => gzip::read(walk, place, BufReader::with_capacity(PIECE, whole), depth),
        Kind::Zip => zip::by_members(walk, place, &mut BufReader::with_capacity(PIECE, whole), depth),
        Kind::Cab => cab::read(walk, place, BufReader::with_capacity(PIECE, whole), depth),
        Kind::Evtx => event::read(walk, place, &mut whole, depth),
        Kind::Other(what) => walk.unread(place, Unread::Kind(what)),
    }
}
