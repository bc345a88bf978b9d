//! Which record of a log a place belongs to, and what the head of that record says.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::frame::{CLOSE, Frame, OPEN, blanks, closes, frame, last_open};
use super::head::{Head, LogFamily, Texts};
use super::shapes::{Kind, Shape, shapes};
use super::time::Time;
use crate::pattern::{Match, Pattern};

/// A record of a log, and its head.
///
/// ```
/// use intune_err::log::Records;
/// let log = b"2024-05-13 10:00:00, Error  CSI  failed\n  with 0x80070002\n";
/// let record = Records::new().at(log, 45);
/// assert_eq!((record.range, record.head.component.as_deref()), (0..58, Some("CSI")));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// Where it stands in the text at hand. A record that began earlier begins at 0 here, and one that goes on ends with the text.
    pub range: Range<usize>,
    /// What its head says.
    pub head: Head,
}

/// Finds the records of one log, whose text comes piece by piece, each piece with whole lines or a part of a very long one.
///
/// Asked for places in their order, it looks at most [`Records::LOOK_BACK`] bytes back for each, or goes on where it was. So it takes time
/// in proportion to the text between the places, and none for a log without any.
///
/// ```
/// use intune_err::log::Records;
/// let mut records = Records::new();
/// let piece = b"<![LOG[The app failed]LOG]!><time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"AppWorkload\" \
///     context=\"\" type=\"3\" thread=\"7\" file=\"\">\n";
/// let head = records.at(piece, 20).head;
/// assert_eq!(head.time.unwrap().to_string(), "2024-05-13T10:00:00.1234567");
/// assert_eq!(head.thread.as_deref(), Some("7"));
/// // No more is asked of this piece.
/// records.pass(piece);
/// assert_eq!(records.family().map(|family| family.name()), Some("ime"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The beginning of the log, which tells its family.
    beginning: Vec<u8>,
    /// The last lines of the pieces before.
    before: Vec<u8>,
    /// What is known of the log as a whole.
    whole: Whole,
    /// What is known where the next record begins.
    here: Here,
    /// Where that is in the piece at hand; none if nothing was asked of it.
    at: Option<usize>,
    /// Whether what is known here holds for the beginning of the piece that comes next.
    goes_on: bool,
    /// Whether the piece at hand begins within a line.
    in_line: bool,
    /// Up to where dates were looked for.
    dated: usize,
    /// The record that was found last.
    last: Option<Record>,
    /// The position of the shape that a line had last.
    shape: usize,
    /// The components and threads of the heads before.
    texts: [Texts; 2],
}

#[derive(Clone, Debug, Default)]
struct Whole {
    family: Option<LogFamily>,
    /// Whether it has records in a frame.
    is_framed: bool,
    /// Whether it has lines that give a date to those below.
    has_dates: bool,
    date: Option<Time>,
}

#[derive(Clone, Debug, Default)]
struct Here {
    /// The head of the record that goes on, and how long that is by now.
    head: Option<(Head, usize)>,
    /// Where that record begins.
    start: usize,
    /// The heading above.
    section: Option<Head>,
    /// Inside a framed record, whose end is still to come.
    is_open: bool,
}

impl Records {
    /// How far back it looks for the head of a record.
    pub const LOOK_BACK: usize = 16 << 10;
    /// How much of the log's beginning tells its family.
    const BEGINNING: usize = 4 << 10;
    /// A framed record of which the beginning was not seen ends within so many bytes.
    const LOOK_AHEAD: usize = 1 << 20;

    /// For a log that begins now.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Records::new().family(), None);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// The family of the log, as far as what was asked tells it.
    ///
    /// ```
    /// use intune_err::log::{LogFamily, Records};
    /// let mut records = Records::new();
    /// records.at(b"Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE]\r\n", 40);
    /// assert_eq!(records.family(), Some(LogFamily::Reg));
    /// ```
    pub const fn family(&self) -> Option<LogFamily> {
        self.whole.family
    }

    /// Whether its records are framed, as far as it is known.
    pub(super) const fn is_framed(&self) -> bool {
        self.whole.is_framed
    }

    /// The record at a place in the piece at hand.
    ///
    /// ```
    /// use intune_err::log::{Level, Records};
    /// let log = b"2024-05-13 10:00:00:123 | IntuneMDM-Daemon | E | 12345 | PkgInstaller | error -2016330908\n";
    /// let head = Records::new().at(log, 80).head;
    /// assert_eq!((head.level, head.family.unwrap().name()), (Some(Level::Error), "macos-agent"));
    /// ```
    pub fn at(&mut self, text: &[u8], at: usize) -> Record {
        self.find(text, at).clone()
    }

    /// The same, without a copy.
    pub(super) fn find(&mut self, text: &[u8], at: usize) -> &Record {
        if !self.last.as_ref().is_some_and(|last| last.range.contains(&at)) {
            self.look(text);
            let mut from = self.begin(text, at);
            loop {
                let record = self.next(text, from);
                from = record.range.end;
                self.at = Some(from);
                self.dated = self.dated.max(from);
                self.last = Some(record);
                if from > at || from >= text.len() {
                    break;
                }
            }
        }
        // There is one by now.
        self.last.get_or_insert_with(|| Record { range: at..at, head: Head::default() })
    }

    /// Passes over a whole framed record that was read already. It begins no earlier than what was asked before.
    pub(super) fn pass_frame(&mut self, text: &[u8], range: &Range<usize>, family: Option<LogFamily>) {
        self.whole.family = family.or(self.whole.family);
        self.find_date(text, range.start);
        self.whole.is_framed = true;
        self.here = Here::default();
        self.at = Some(range.end);
        self.dated = self.dated.max(range.end);
        self.last = None;
    }

    /// The same, and its head, found already.
    pub(super) fn head_of_frame(&mut self, text: &[u8], range: &Range<usize>, found: Option<&(&Shape, Match<'_>)>) -> Head {
        self.pass_frame(text, range, None);
        match found {
            Some((shape, found)) => self.head(shape, found),
            None => self.unknown(),
        }
    }

    /// Says that no more is asked of this piece, and that the next one follows it.
    ///
    /// ```
    /// use intune_err::log::Records;
    /// let mut records = Records::new();
    /// records.pass(b"2024-05-13 10:00:00, Error  CSI  failed\n");
    /// assert_eq!(records.at(b"  with 0x80070002\n", 7).head.component.as_deref(), Some("CSI"));
    /// ```
    pub fn pass(&mut self, text: &[u8]) {
        self.look(text);
        let room = Self::BEGINNING - self.beginning.len();
        self.beginning.extend_from_slice(&text[..text.len().min(room)]);
        self.find_date(text, text.len());
        let kept = text.len().saturating_sub(Self::LOOK_BACK);
        if kept > 0 {
            self.before.clear();
        }
        self.before.extend_from_slice(&text[line_after(text, kept)..]);
        if self.before.len() > 2 * Self::LOOK_BACK {
            let first = line_after(&self.before, self.before.len() - Self::LOOK_BACK);
            self.before.drain(..first);
        }
        self.goes_on = self.at == Some(text.len());
        self.in_line = text.last().map_or(self.in_line, |last| *last != b'\n');
        self.here.start = 0;
        (self.at, self.last, self.dated) = (None, None, 0);
    }

    /// Looks at the piece as far as the family of the log is not known yet, before anything is asked.
    ///
    /// ```
    /// use intune_err::log::{LogFamily, Records};
    /// let mut records = Records::new();
    /// records.look(b"2024-05-13 10:00:00:123 | IntuneMDM-Daemon | I | 12345 | Startup | Starting\n");
    /// assert_eq!(records.family(), Some(LogFamily::MacosAgent));
    /// ```
    pub fn look(&mut self, text: &[u8]) {
        if self.at.is_some() {
            return;
        }
        if self.beginning.len() < Self::BEGINNING {
            let known = self.beginning.len();
            self.beginning.extend_from_slice(&text[..text.len().min(Self::BEGINNING - known)]);
            let has = |what: &[u8]| memmem::find(&self.beginning, what).is_some();
            self.whole.is_framed |= has(OPEN) || has(CLOSE);
            self.whole.has_dates |= shapes().dates.iter().any(|date| has(date.as_bytes()));
            let is_in = |pattern: &Pattern| {
                let mut begins = memmem::find_iter(&self.beginning, pattern.literal());
                begins.any(|begin| pattern.matches(&self.beginning[begin..]).is_some())
            };
            let file = shapes().files.iter().find(|shape| is_in(&shape.pattern));
            self.whole.family = self.whole.family.or(file.and_then(|shape| shape.family));
            if self.whole.family.is_none() && !self.whole.is_framed {
                let lines = self.beginning.split(|byte| *byte == b'\n');
                let mut shape =
                    lines.filter_map(|line| shapes().line(line.trim_ascii_end(), &mut 0).or_else(|| shapes().mark(line.trim_ascii())));
                self.whole.family = shape.find_map(|(shape, _)| shape.family);
            }
            self.beginning.truncate(known);
        }
        if self.whole.family.is_none() && self.whole.is_framed {
            // The first record can be long.
            let mut ends = memmem::find_iter(text, CLOSE).take(16).filter_map(|close| shapes().end(&text[close..]));
            self.whole.family = ends.find_map(|(shape, _)| shape.family);
        }
    }

    /// The beginning of a line from where on the record of a place can be read, with what is known there.
    fn begin(&mut self, text: &[u8], at: usize) -> usize {
        let known = match self.at {
            Some(from) => Some(from).filter(|from| *from <= at),
            None => self.goes_on.then_some(0),
        };
        let floor = known.unwrap_or(0);
        // The first frame can stand after what told the family.
        if !self.whole.is_framed {
            self.whole.is_framed = last_open(text, floor.max(at.saturating_sub(Self::LOOK_BACK))..at).is_some();
        }
        if let Some(start) = self.last_head(text, floor, at).filter(|start| known.is_none_or(|known| *start > known)) {
            self.find_date(text, start);
            self.here = Here::default();
            return start;
        }
        if let Some(known) = known.filter(|known| at - known <= Self::LOOK_BACK || self.whole.is_framed) {
            return known;
        }
        self.here = Here::default();
        if at <= Self::LOOK_BACK {
            let before = std::mem::take(&mut self.before);
            let mut from = self.last_head(&before, 0, before.len()).unwrap_or(0);
            self.here.is_open = self.whole.is_framed && from == 0;
            while from < before.len() {
                from = self.next(&before, from).range.end;
            }
            self.here.is_open |= self.whole.is_framed && before.is_empty();
            self.before = before;
            self.here.start = 0;
            return 0;
        }
        let from = line_after(text, at - Self::LOOK_BACK).min(line_start(text, at));
        self.find_date(text, from);
        self.here.is_open = self.whole.is_framed;
        from
    }

    /// The last line up to a place from which on all is known: the head of a record, or a heading.
    fn last_head(&mut self, text: &[u8], floor: usize, at: usize) -> Option<usize> {
        if self.whole.is_framed {
            return last_open(text, floor..at);
        }
        let floor = floor.max(at.saturating_sub(Self::LOOK_BACK));
        let mut end = at;
        loop {
            let start = line_start(text, end);
            if start < floor {
                return None;
            }
            let (line, _) = line_at(text, start);
            let is_head = match shapes().mark(line.trim_ascii_start()) {
                Some((shape, _)) => matches!(shape.kind, Kind::Section | Kind::Date),
                None => shapes().line(line, &mut self.shape).is_some() || ended(line).is_some(),
            };
            if is_head {
                return Some(start);
            }
            end = start.checked_sub(1)?;
        }
    }

    /// Looks for the last line before a place that gives a date.
    fn find_date(&mut self, text: &[u8], to: usize) {
        let passed = text.get(self.dated..to).unwrap_or_default();
        let from = self.dated;
        self.dated = from.max(to);
        if !self.whole.has_dates {
            return;
        }
        let last = |date: &&str| {
            let mut until = passed.len();
            loop {
                until = memmem::rfind(&passed[..until], date.as_bytes())?;
                let start = line_start(text, from + until);
                if line_at(text, start).0.trim_ascii_start().starts_with(date.as_bytes()) {
                    return Some(start);
                }
            }
        };
        if let Some(start) = shapes().dates.iter().filter_map(last).max() {
            self.line(line_at(text, start).0, start..start);
            self.here = Here::default();
        }
    }

    /// The record that begins here, or the next line of the one that goes on.
    fn next(&mut self, text: &[u8], from: usize) -> Record {
        let rest = &text[from..];
        let before = match from {
            0 if rest.starts_with(MARK) => MARK.len(),
            0 => self.before_open(text),
            _ => 0,
        };
        if rest[before..].starts_with(OPEN) {
            return self.framed(text, from, from + before + OPEN.len());
        }
        if self.here.is_open && closes(&rest[..rest.len().min(Self::LOOK_AHEAD)]) {
            return self.framed(text, from, from);
        }
        self.here.is_open = false;
        let (line, end) = line_at(text, from);
        self.line(line, from..end)
    }

    /// How many blanks stand before the record that the piece begins with, if it begins within a line.
    pub(super) fn before_open(&self, text: &[u8]) -> usize {
        if self.in_line { blanks(text) } else { 0 }
    }

    /// The framed record that begins at `from`, its message at `message`.
    fn framed(&mut self, text: &[u8], from: usize, message: usize) -> Record {
        self.whole.is_framed = true;
        self.here = Here::default();
        match frame(text, message) {
            Frame::Whole { head, end, .. } => {
                let found = shapes().end(&text[head]).map(|(shape, found)| self.head(shape, &found));
                Record { range: from..end, head: found.unwrap_or_else(|| self.unknown()) }
            }
            Frame::Cut { end } => Record { range: from..end, head: self.unknown() },
            Frame::Open { .. } => {
                self.here.is_open = true;
                Record { range: from..text.len(), head: self.unknown() }
            }
        }
    }

    /// A line that is in no frame.
    fn line(&mut self, line: &[u8], range: Range<usize>) -> Record {
        if let Some((shape, found)) = shapes().mark(line.trim_ascii_start()) {
            return self.mark(shape, &found, range);
        }
        if let Some((shape, found)) = shapes().line(line, &mut self.shape) {
            let head = self.head(shape, &found);
            self.here = Here { head: Some((head.clone(), line.len())), start: range.start, ..Here::default() };
            return Record { range, head };
        }
        if self.whole.has_dates && shapes().dates.iter().any(|date| line.starts_with(date.as_bytes())) {
            // It gives a date in a form that could be read in two ways.
            self.whole.date = None;
        }
        if let Some((shape, found)) = ended(line) {
            let head = self.head(shape, &found);
            self.here = Here::default();
            return Record { range, head };
        }
        match (&mut self.here.head, &self.here.section) {
            (Some((head, len)), _) if *len + line.len() <= Self::LOOK_BACK => {
                *len += line.len();
                Record { range: self.here.start..range.end, head: head.clone() }
            }
            (None, Some(section)) => Record { range, head: section.clone() },
            _ => {
                self.here.head = None;
                Record { range, head: self.unknown() }
            }
        }
    }

    /// A line that tells something about those below it.
    fn mark(&mut self, shape: &Shape, found: &Match<'_>, range: Range<usize>) -> Record {
        let head = self.head(shape, found);
        match shape.kind {
            Kind::Date => {
                self.whole.date = head.time;
                self.here = Here::default();
            }
            Kind::Time => {
                let mut section = self.here.section.take().unwrap_or_else(|| Head { time: None, ..head.clone() });
                section.time = head.time;
                self.here = Here { section: Some(section.clone()), ..Here::default() };
                return Record { range, head: section };
            }
            _ => self.here = Here { section: Some(head.clone()), ..Here::default() },
        }
        Record { range, head }
    }

    /// What a shape found.
    fn head(&mut self, shape: &Shape, found: &Match<'_>) -> Head {
        self.whole.family = shape.family.or(self.whole.family);
        shape.head(found, self.whole.date, &mut self.texts)
    }

    /// The head where there is none.
    fn unknown(&self) -> Head {
        Head { family: self.whole.family, ..Head::default() }
    }
}

impl Head {
    /// The head of one whole record, of one line or more.
    ///
    /// ```
    /// use intune_err::log::{Head, Zone};
    /// let record = b"<![LOG[Failed,\nerror 0x87d00669]LOG]!><time=\"10:00:00.123+300\" date=\"05-13-2024\" component=\"CAS\" \
    ///     context=\"\" type=\"3\" thread=\"5432\" file=\"contentaccess.cpp:417\">";
    /// assert_eq!(Head::of(record).time.unwrap().zone(), Some(Zone::Offset(-300)));
    /// ```
    pub fn of(record: &[u8]) -> Self {
        Records::new().at(record, 0).head
    }
}

/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The head at the end of a line that is no frame.
fn ended(line: &[u8]) -> Option<(&'static Shape, Match<'_>)> {
    if !line.ends_with(b">") {
        return None;
    }
    shapes().end(&line[memmem::find(line, b"$$<")?..])
}

/// Where the line of a place begins.
fn line_start(text: &[u8], at: usize) -> usize {
    memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1)
}

/// Where the next line begins, from a place on; the place itself where it is the beginning.
fn line_after(text: &[u8], at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    memchr(b'\n', &text[at - 1..]).map_or(text.len(), |len| at + len)
}

/// The line that begins here, without its end and the byte-order mark of the log, and where the next one begins.
fn line_at(text: &[u8], from: usize) -> (&[u8], usize) {
    let end = memchr(b'\n', &text[from..]).map_or(text.len(), |len| from + len + 1);
    let line = &text[from..end];
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mark = if from == 0 { MARK } else { b"" };
    (line.strip_prefix(mark).unwrap_or(line), end)
}
