//! What a piece of a log with framed records tells by itself: where its records begin, which of them have to be read, and what stands around
//! the errors in them. Any thread may find it out, so the one that follows the log has little left to do.

use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr3, memmem};

use super::around::{Around, Row};
use super::claims::{Claims, Does, Known, anywhere, beginning, may_tell_others};
use super::frame::{CLOSE, OPEN, ends, next_open, whole};
use super::head::{LogFamily, Texts};
use super::shapes::shapes;

/// The outline of a piece.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    records: Vec<Begin>,
    errors: Vec<Ahead>,
    /// What stands around all places of these, by what their records say alone.
    around: Vec<Arc<Around>>,
}

/// An outline that is gone through from its beginning to its end.
pub(super) struct Walk<'o> {
    outline: &'o Outline,
    /// The positions of the record and of the one with errors that come next.
    record: usize,
    error: usize,
}

/// Where a record begins.
#[derive(Debug)]
struct Begin {
    at: u32,
    read: Read,
}

/// Whether a record has to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    /// It is whole, says nothing about others, and the next one follows.
    Never,
    /// The same, but something stands between it and the next one.
    ForGap,
    Always,
}

/// A whole record with errors.
#[derive(Debug)]
pub(super) struct Ahead {
    start: u32,
    pub(super) end: u32,
    /// The family that its head told, by which it was read.
    pub(super) family: LogFamily,
    /// Which places of [`Outline::around`] are in it.
    places: Range<u32>,
    /// Whether it says nothing about whose errors it has.
    pub(super) is_silent: bool,
}

impl Outline {
    /// A block of a framed log has a frame in so many bytes.
    const BEGINNING: usize = 16 << 10;

    /// The outline of a piece with whole lines and of the places in it, if it seems to have framed records.
    pub(crate) fn seen(text: &[u8], places: &[usize]) -> Option<Self> {
        memmem::find(&text[..text.len().min(Self::BEGINNING)], OPEN).map(|_| Self::of(text, places))
    }

    /// The outline of a piece, and of the places in it.
    pub(super) fn of(text: &[u8], places: &[usize]) -> Self {
        let mut outline = Self::default();
        let Some(first) = next_open(text, 0).filter(|_| u32::try_from(text.len()).is_ok()) else { return outline };
        let mut errors = Errors { text, places, row: Row::default(), texts: [Texts::default(), Texts::default()], all: Vec::new() };
        // The record at hand, and where its message ends; none after something that is no record.
        let mut open = Some((first, None));
        let mut from = first + OPEN.len();
        // Both the beginning of a record and the end of its message have a mark, and little else does.
        while let Some(mark) = memchr(b'!', &text[from..]).map(|len| from + len) {
            from = mark + 1;
            if text[mark - 5..].starts_with(CLOSE) {
                open = match open {
                    Some((start, None)) => match follower(text, mark + 2) {
                        Some(next) => {
                            outline.whole(&mut errors, start, mark - 5, next, true);
                            from = next + OPEN.len();
                            Some((next, None))
                        }
                        None => Some((start, Some(mark - 5))),
                    },
                    Some((start, Some(_))) => {
                        outline.begin(start, Read::Always);
                        None
                    }
                    None => None,
                };
                continue;
            }
            let next = mark - 1;
            if !text[next..].starts_with(OPEN) {
                continue;
            }
            let is_line = text[next - 1] == b'\n';
            match open {
                None if !is_line => continue,
                None => {}
                // A part of the message.
                Some((_, None)) if !is_line => continue,
                Some((start, None)) => outline.begin(start, Read::Always),
                Some((start, Some(close))) => {
                    let follows = ends(&text[close + CLOSE.len()..next]);
                    if !follows && !is_line {
                        if errors.next() < next {
                            errors.read(start, close);
                        }
                        outline.begin(start, Read::Always);
                        open = None;
                        continue;
                    }
                    outline.whole(&mut errors, start, close, next, follows);
                }
            }
            open = Some((next, None));
        }
        if let Some((start, close)) = open {
            outline.begin(start, Read::Always);
            if let Some(close) = close {
                errors.read(start, close);
            }
        }
        (outline.errors, outline.around) = (errors.all, errors.row.0);
        outline
    }

    /// Takes in a whole record, whose message ends at `close`, and after which the next one begins, at once or after something else.
    #[inline]
    fn whole(&mut self, errors: &mut Errors<'_>, start: usize, close: usize, next: usize, follows: bool) {
        if errors.next() < next {
            errors.read(start, close);
        }
        let tells = may_tell_others(&errors.text[start + OPEN.len()..close]);
        let read = if tells {
            Read::Always
        } else if follows {
            Read::Never
        } else {
            Read::ForGap
        };
        self.begin(start, read);
    }

    fn begin(&mut self, at: usize, read: Read) {
        self.records.push(Begin { at: at as u32, read });
    }

    /// To go through it.
    pub(super) const fn walk(&self) -> Walk<'_> {
        Walk { outline: self, record: 0, error: 0 }
    }
}

impl<'o> Walk<'o> {
    /// From the record that begins at `from`, passes over records up to one that has to be read, since it says something about others, since it
    /// has something at `until`, or since it is not whole. Gives where that one begins. With `with_gaps`, what stands between records is
    /// passed over, too. `from` is never less than the last time.
    pub(super) fn pass_over(&mut self, from: usize, until: usize, with_gaps: bool) -> usize {
        let (from, until) = (from as u32, u32::try_from(until).unwrap_or(u32::MAX));
        let records = self.outline.records.as_slice();
        while records.get(self.record).is_some_and(|record| record.at < from) {
            self.record += 1;
        }
        if records.get(self.record).is_none_or(|record| record.at != from) {
            return from as usize;
        }
        let is_passed = |record: &Begin| record.read == Read::Never || with_gaps && record.read == Read::ForGap;
        let passed = records[self.record..].windows(2).take_while(|pair| is_passed(&pair[0]) && pair[1].at <= until).count();
        self.record += passed;
        records[self.record].at as usize
    }

    /// The record with errors that begins here, and what stands around them, if it was read.
    pub(super) fn errors(&mut self, start: usize) -> Option<(&'o Ahead, &'o [Arc<Around>])> {
        let start = start as u32;
        let errors = self.outline.errors.as_slice();
        while errors.get(self.error).is_some_and(|error| error.start < start) {
            self.error += 1;
        }
        let error = errors.get(self.error).filter(|error| error.start == start)?;
        Some((error, &self.outline.around[error.places.start as usize..error.places.end as usize]))
    }
}

/// Where the next record begins, if that is on the line after the head that begins here, as nearly always.
fn follower(text: &[u8], head: usize) -> Option<usize> {
    let len = memchr3(b'>', b'\n', b'!', &text[head..]).filter(|len| text[head + len] == b'>')?;
    let line = head + len + 1;
    let next = line + text[line..].iter().take(2).position(|byte| *byte != b'\r').filter(|at| text[line + at] == b'\n')? + 1;
    text[next..].starts_with(OPEN).then_some(next)
}

/// Reads the records with errors.
struct Errors<'t> {
    text: &'t [u8],
    /// The places that are still to come.
    places: &'t [usize],
    row: Row,
    /// The component and the thread.
    texts: [Texts; 2],
    all: Vec<Ahead>,
}

impl Errors<'_> {
    /// Where the next one stands.
    fn next(&self) -> usize {
        self.places.first().copied().unwrap_or(usize::MAX)
    }

    /// Reads the record that begins at `start`, and whose message ends at `close`, if it has an error. One that tells about other records is
    /// left to who knows them.
    fn read(&mut self, start: usize, close: usize) {
        let before = self.places.iter().take_while(|place| **place < start).count();
        self.places = &self.places[before..];
        if self.places.is_empty() {
            return;
        }
        let (head, end) = whole(self.text, close);
        let inside = &self.places[..self.places.iter().take_while(|place| **place < end).count()];
        if inside.is_empty() {
            return;
        }
        self.places = &self.places[inside.len()..];
        let Some((shape, found)) = shapes().end(&self.text[head]) else { return };
        let (Some(family), true) = (shape.family, found.date.is_some()) else { return };
        let message = start + OPEN.len()..close;
        let record = &self.text[message.clone()];
        let says = beginning(record, Some(family));
        let is_quiet = says.as_ref().is_none_or(|says| says.claimer.does == Does::Mentions && says.name().is_none());
        if !is_quiet || !anywhere(record, Some(family), true).is_empty() {
            return;
        }
        let claims = Claims::with(says.as_ref(), record, Some(family));
        let first = self.row.0.len() as u32;
        let head = shape.head(&found, None, &mut self.texts);
        self.row.record(head, &claims, &Known::default(), inside.iter().map(|place| place.saturating_sub(message.start)));
        let places = first..self.row.0.len() as u32;
        self.all.push(Ahead { start: start as u32, end: end as u32, family, places, is_silent: claims.is_silent() });
    }
}
