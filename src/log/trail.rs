//! One log from its beginning to its end: the record around each error, and whose error it is.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};

use super::around::{Around, Row};
use super::claimers::{Does, is_followed, names_in, tells_others};
use super::claims::{Claim, Claims, Known, anywhere, beginning};
use super::frame::{CLOSE, FIRST, Frame, OPEN, frame, next_open};
use super::head::{LogFamily, within_bounds};
use super::outline::{Outline, Walk};
use super::owner::{Guid, Names, Owner};
use super::records::Records;
use super::shapes::{Shape, shapes};
use super::time::{Time, Zone};
use crate::pattern::Match;
use crate::text::lossy;

/// Follows one log, whose text comes piece by piece, each piece with whole lines or a part of a very long one.
///
/// Where the records of a log say what later ones are about, each of them is read; of other logs only the records around the errors. So a
/// piece has to be followed even where it has no error.
///
/// ```
/// use intune_err::log::{Names, Trail};
/// // One for all logs of the same evidence, and one trail for each log.
/// let (mut names, mut trail) = (Names::default(), Trail::new(Some("AppWorkload.log")));
/// let record = |message: &str| format!(
///     "<![LOG[{message}]LOG]!><time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"7\" file=\"\">\n"
/// );
/// let log = record("[Win32App] The EspPhase: DeviceSetup in session")
///     + &record("[Win32App] ExecManager: processing targeted app (name='Contoso VPN', id='48054978-39bd-40da-8d45-0d28004b4960') with intent=3")
///     + &record("[Win32App] lpExitCode 1603");
/// let around = trail.follow(&mut names, log.as_bytes(), &[log.find("1603").unwrap()]);
/// let owner = &around[0].owner;
/// let subject = owner.subject.unwrap();
/// assert_eq!(owner.phase.unwrap().name(), "DeviceSetup");
/// assert_eq!((subject.kind.name(), subject.since), ("app", Some(2)));
/// // The name may come later, from another log: ask for it at the end.
/// assert_eq!(names.get(&subject.id).unwrap().text, "Contoso VPN");
/// ```
#[derive(Debug, Default)]
pub struct Trail {
    path: Option<Arc<str>>,
    records: Records,
    /// By component and thread.
    threads: HashMap<Vec<u8>, Known>,
    /// A framed record that goes on in the next piece, and the number of its first line.
    open: Vec<u8>,
    open_line: u64,
    /// From where on its end is searched for.
    open_from: usize,
    lines: Lines,
    /// Times with an offset, and how many records in a row had none.
    clock: Vec<Time>,
    without_offset: usize,
    /// The component and thread of the record at hand.
    thread: Vec<u8>,
}

/// The numbers of lines, which are counted only where one is asked for.
#[derive(Debug, Default)]
struct Lines {
    /// How many lines end in the pieces before.
    before: u64,
    /// How many do in the piece at hand, where that is known.
    here: Option<u64>,
    /// How many do up to a place in it.
    counted: (usize, u64),
}

impl Lines {
    fn number(&mut self, text: &[u8], at: usize) -> u64 {
        if self.here == Some(0) {
            return self.before + 1;
        }
        let (from, count) = self.counted;
        let (from, count) = if at < from { (0, 0) } else { (from, count) };
        self.counted = (at, count + memchr_iter(b'\n', &text[from..at]).count() as u64);
        self.before + self.counted.1 + 1
    }

    fn at(&mut self, begins: &Begins<'_>) -> u64 {
        match *begins {
            Begins::Here(text, at) => self.number(text, at),
            Begins::Before(line) => line,
        }
    }

    /// The piece is done with.
    fn pass(&mut self, text: &[u8]) {
        self.before = match self.here.take() {
            Some(lines) => self.before + lines,
            None => self.number(text, text.len()) - 1,
        };
        self.counted = (0, 0);
    }
}

/// Where names stand in a piece, so that records without one are passed over.
#[derive(Default)]
struct NamesAt(Vec<usize>);

impl NamesAt {
    fn of(text: &[u8], family: LogFamily) -> Self {
        let mut at = names_in(text, Some(family));
        // The next one is the last of the list.
        at.sort_unstable_by(|a, b| b.cmp(a));
        Self(at)
    }

    /// The first one from a place on, which is no earlier than the last one asked about.
    fn next(&mut self, from: usize) -> Option<usize> {
        while self.0.pop_if(|at| *at < from).is_some() {}
        self.0.last().copied()
    }
}

/// Where a record begins: in the piece at hand, or in a line of an earlier one.
enum Begins<'t> {
    Here(&'t [u8], usize),
    Before(u64),
}

/// What the lines around the last place say: that with the place, and the first one of its record.
#[derive(Default)]
struct Said<'t> {
    first: Option<(usize, Claims<'t>)>,
    line: Option<Line<'t>>,
}

/// A line with a place.
struct Line<'t> {
    range: Range<usize>,
    /// The part of it that was asked: all of it, but of a very long one what is near the place.
    near: Range<usize>,
    claims: Claims<'t>,
}

impl<'t> Line<'t> {
    /// What stands further from a place than this, in a line of many times as many bytes, says nothing about it.
    const NEAR: usize = 4 << 10;

    fn of(text: &'t [u8], range: Range<usize>, place: usize, family: Option<LogFamily>) -> Self {
        let near = Self::near(&range, place);
        let says = beginning(&text[range.clone()], family);
        Self { claims: Claims::with(says.as_ref(), &text[near.clone()], family), range, near }
    }

    /// Neighbouring places have the same part, so no part of a line is asked more than three times.
    fn near(line: &Range<usize>, place: usize) -> Range<usize> {
        if line.len() <= 8 * Self::NEAR {
            return line.clone();
        }
        let part = line.start + (place - line.start) / Self::NEAR * Self::NEAR;
        part.saturating_sub(Self::NEAR).max(line.start)..(part + 2 * Self::NEAR).min(line.end)
    }
}

impl Trail {
    /// A record that goes on for longer is not put together.
    const LONGEST: usize = 1 << 20;
    /// Only a hostile log has more threads at once.
    const THREADS: usize = 1000;
    /// How many records are asked for the offset of the clock.
    const ASKED: usize = 8;

    /// For the log at this path, which begins now.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Trail::new(Some("a.log")).family(), None);
    /// ```
    pub fn new(path: Option<&str>) -> Self {
        Self { path: path.map(Arc::from), ..Self::default() }
    }

    /// The family of the log, as far as its records have told it.
    ///
    /// ```
    /// use intune_err::log::{LogFamily, Names, Trail};
    /// let mut trail = Trail::new(None);
    /// trail.follow(&mut Names::default(), b"2024-05-13 10:00:00, Info  CBS  started\n", &[]);
    /// assert_eq!(trail.family(), Some(LogFamily::Cbs));
    /// ```
    pub const fn family(&self) -> Option<LogFamily> {
        self.records.family()
    }

    /// Reads the next piece, and tells what stands around the places in it, which are in their order.
    ///
    /// ```
    /// # use intune_err::log::{Names, Trail};
    /// let (mut names, mut trail) = (Names::default(), Trail::new(None));
    /// assert_eq!(trail.follow(&mut names, b"2024-05-13 10:00:00, Info  CBS  started\n", &[]), []);
    /// assert_eq!(trail.follow(&mut names, b"  0x80070005\n", &[2])[0].head.component.as_deref(), Some("CBS"));
    /// ```
    pub fn follow(&mut self, names: &mut Names, text: &[u8], places: &[usize]) -> Vec<Arc<Around>> {
        self.follow_lines(names, text, places, None, None)
    }

    /// The same, where it is known how many line feeds the piece has, or where its outline is.
    pub(super) fn follow_lines(
        &mut self,
        names: &mut Names,
        text: &[u8],
        places: &[usize],
        lines: Option<u64>,
        outline: Option<&Outline>,
    ) -> Vec<Arc<Around>> {
        self.lines.here = lines;
        self.records.look(text);
        self.look_at_clock(text, 0);
        let family = self.family().filter(|family| is_followed(*family));
        let mut said = Said::default();
        let mut around = Row::default();
        match family {
            Some(family) if self.records.is_framed() => {
                let mut own = None;
                let outline = outline.unwrap_or_else(|| own.insert(Outline::of(text, places)));
                around = self.framed(names, family, text, places, &mut outline.walk());
            }
            Some(family) => around = self.lines(names, family, text, places),
            None => places.iter().for_each(|place| around.push(self.around(text, *place, &mut said, Known::default()))),
        }
        self.look_at_clock(text, text.len().saturating_sub(1));
        self.records.pass(text);
        if family.is_some() || self.family().is_none() {
            self.lines.pass(text);
        }
        around.0
    }

    /// The times that tell the offset of the device's clock, as far as they have come and were not taken. Records without an error are
    /// looked at here and there.
    ///
    /// ```
    /// use intune_err::log::{Names, Trail, Zone};
    /// let mut trail = Trail::new(None);
    /// let log = b"<![LOG[Started]LOG]!><time=\"10:00:00.123+300\" date=\"05-13-2024\" component=\"CAS\" context=\"\" type=\"1\" thread=\"5\" file=\"\">\n";
    /// trail.follow(&mut Names::default(), log, &[]);
    /// assert_eq!(trail.take_clock().next().unwrap().zone(), Some(Zone::Offset(-300)));
    /// assert_eq!(trail.take_clock().count(), 0);
    /// ```
    pub fn take_clock(&mut self) -> impl Iterator<Item = Time> {
        self.clock.drain(..)
    }

    /// Looks whether the record at a place tells the offset of the clock. A log whose first records don't is not asked again.
    fn look_at_clock(&mut self, text: &[u8], place: usize) {
        if text.is_empty() || self.without_offset >= Self::ASKED {
            return;
        }
        match self.records.find(text, place).head.time {
            Some(time) if matches!(time.zone(), Some(Zone::Offset(_))) => {
                self.without_offset = 0;
                self.clock.extend((self.clock.len() < Self::ASKED).then_some(time));
            }
            _ => self.without_offset += 1,
        }
    }

    /// What stands around a place that is in no frame. What its line doesn't say, the first line of its record can say.
    fn around<'t>(&mut self, text: &'t [u8], place: usize, said: &mut Said<'t>, known: Known) -> Around {
        let record = self.records.find(text, place);
        let (start, head) = (record.range.start, record.head.clone());
        let family = self.family();
        let range = match &said.line {
            Some(line) if line.range.contains(&place) => line.range.clone(),
            _ => memrchr(b'\n', &text[..place]).map_or(0, |end| end + 1)..line_end(text, place),
        };
        if said.line.as_ref().is_none_or(|line| line.range != range || line.near != Line::near(&range, place)) {
            said.line = Some(Line::of(text, range, place, family));
        }
        let mut known = known;
        if said.line.as_ref().is_some_and(|line| line.range.start != start) {
            if said.first.as_ref().is_none_or(|(first, _)| *first != start) {
                said.first = Some((start, Line::of(text, start..line_end(text, start), start, family).claims));
            }
            if let Some((_, claims)) = &said.first {
                let owner = claims.owner(0, &known);
                known = Known { subject: owner.subject, phase: owner.phase, enrollment: owner.enrollment };
            }
        }
        let owner = said.line.as_ref().map(|line| line.claims.owner(place - line.near.start, &known)).unwrap_or_default();
        Around { head, owner }
    }

    /// Reads lines, of which each can say something about those below it.
    fn lines(&mut self, names: &mut Names, family: LogFamily, text: &[u8], places: &[usize]) -> Row {
        let mut around = Row::default();
        let mut said = Said::default();
        let mut names_at = NamesAt::of(text, family);
        // Lines name no thread: all of them have the same.
        self.thread.clear();
        let mut from = 0;
        while from < text.len() {
            let end = line_end(text, from);
            let line = &text[from..end];
            let has_name = names_at.next(from).is_some_and(|at| at < end);
            if !has_name && places.get(around.0.len()).is_none_or(|place| *place >= end) && !tells_others(line, Some(family)) {
                from = end;
                continue;
            }
            let says = beginning(line, Some(family));
            let ends = says.as_ref().is_some_and(|claim| claim.claimer.does == Does::Ends);
            if let Some(says) = says {
                self.take(names, &Begins::Here(text, from), &says);
            }
            for says in anywhere(line, Some(family), true) {
                self.name(names, &Begins::Here(text, from), None, &says);
            }
            while let Some(place) = places.get(around.0.len()).filter(|place| **place < end) {
                let known = self.known();
                around.push(self.around(text, *place, &mut said, known));
            }
            if ends && let Some(known) = self.threads.get_mut(&self.thread) {
                known.subject = None;
            }
            from = end;
        }
        (around.0.len()..places.len()).for_each(|_| around.push(Around::default()));
        around
    }

    /// Reads framed records.
    fn framed(&mut self, names: &mut Names, family: LogFamily, text: &[u8], places: &[usize], outline: &mut Walk<'_>) -> Row {
        let mut around = Row::default();
        let mut said = Said::default();
        let mut names_at = NamesAt::of(text, family);
        let mut from =
            if self.open.is_empty() { self.records.before_open(text) } else { self.go_on(names, family, text, places, &mut around) };
        while from < text.len() {
            let start = next_open(text, from);
            let gap = from..start.unwrap_or(text.len());
            let between = text[gap.clone()].trim_ascii();
            if start.is_none() && OPEN.starts_with(between) && !text.ends_with(b"\n") {
                // The next piece shows whether a record begins here.
                self.open.extend_from_slice(between);
                self.open_line = self.lines.number(text, gap.start);
                self.open_from = OPEN.len();
                break;
            }
            // Something that is no record: two programs wrote at once, and what came before is not known to go on.
            if !between.is_empty() {
                self.threads.clear();
            }
            while let Some(place) = places.get(around.0.len()).filter(|place| gap.contains(place)) {
                around.push(self.around(text, *place, &mut said, Known::default()));
            }
            let Some(start) = start else { break };
            let next = places.get(around.0.len()).copied().unwrap_or(text.len()).min(names_at.next(start).unwrap_or(text.len()));
            let start = outline.pass_over(start, next, self.threads.is_empty());
            if let Some(end) = self.read_ahead(family, text, start, outline, &mut around) {
                from = end;
                continue;
            }
            from = match frame(text, start + OPEN.len()) {
                Frame::Whole { message, end, .. } if next >= end && !tells_others(&text[message.clone()], Some(family)) => end,
                Frame::Whole { message, head, end } => {
                    let inside = inside(&places[around.0.len()..], end);
                    let begins = Begins::Here(text, start);
                    let read = self.record(names, family, &begins, &text[message.clone()], &text[head], !inside.is_empty());
                    if let Some(Read { claims, known, found }) = read {
                        let head = self.records.head_of_frame(text, &(start..end), found.as_ref());
                        around.record(head, &claims, &known, inside.iter().map(|place| place.saturating_sub(message.start)));
                    }
                    end
                }
                Frame::Cut { end } => {
                    self.threads.clear();
                    self.unfinished(family, text, start..end, places, &mut around);
                    end
                }
                Frame::Open { close } => {
                    self.unfinished(family, text, start..text.len(), places, &mut around);
                    if text.len() - start <= Self::LONGEST {
                        self.open.extend_from_slice(&text[start..]);
                        self.open_line = self.lines.number(text, start);
                        self.open_from = Self::open_from(close.map(|close| close - start), self.open.len());
                    }
                    text.len()
                }
            };
        }
        for place in &places[around.0.len()..] {
            let head = self.records.find(text, *place).head.clone();
            around.push(Around { head, owner: Owner::default() });
        }
        around
    }

    /// Takes over what the outline tells of the record that begins at `start`, and gives where it ends. None where it has to be read.
    fn read_ahead(&mut self, family: LogFamily, text: &[u8], start: usize, outline: &mut Walk<'_>, around: &mut Row) -> Option<usize> {
        let (ahead, told) = outline.errors(start).filter(|(ahead, _)| ahead.family == family)?;
        let mut known = Known::default();
        if !self.threads.is_empty() {
            let head = &told.first()?.head;
            self.set_thread(head.component.as_deref(), head.thread.as_deref());
            known = self.known();
        }
        if known == Known::default() {
            around.0.extend_from_slice(told);
        } else if ahead.is_silent {
            let Known { subject, phase, enrollment } = known;
            let owner = Owner { subject, phase, enrollment, ..Owner::default() };
            let head = told.first()?.head.clone();
            around.push(Around { head, owner });
            for _ in &told[1..] {
                around.repeat();
            }
        } else {
            return None;
        }
        let end = ahead.end as usize;
        self.records.pass_frame(text, &(start..end), Some(family));
        Some(end)
    }

    /// Reads the rest of a record that began in an earlier piece, and gives where it ends.
    fn go_on(&mut self, names: &mut Names, family: LogFamily, text: &[u8], places: &[usize], around: &mut Row) -> usize {
        let mut whole = std::mem::take(&mut self.open);
        let known = whole.len();
        let mut taken = 0;
        let found = loop {
            let until = text.len().min(2 * taken + FIRST);
            whole.extend_from_slice(&text[taken..until]);
            taken = until;
            if !whole.starts_with(OPEN) {
                self.threads.clear();
                return 0;
            }
            let found = frame(&whole, self.open_from);
            let is_certain = match &found {
                // Blanks and the next record can follow.
                Frame::Whole { end, .. } => whole[*end..].trim_ascii_start().len() >= OPEN.len(),
                Frame::Cut { .. } => true,
                Frame::Open { .. } => false,
            };
            if is_certain || taken == text.len() {
                break found;
            }
        };
        match found {
            Frame::Whole { message, head, end } => {
                let message = OPEN.len()..message.end;
                let inside = inside(places, end.saturating_sub(known));
                let begins = Begins::Before(self.open_line);
                let read = self.record(names, family, &begins, &whole[message.clone()], &whole[head], !inside.is_empty());
                if let Some(Read { claims, known: before, .. }) = read {
                    for place in inside {
                        let owner = claims.owner((known + place).saturating_sub(message.start), &before);
                        around.push(Around { head: self.records.find(text, *place).head.clone(), owner });
                    }
                }
                end.saturating_sub(known)
            }
            Frame::Cut { end } => {
                let end = end.saturating_sub(known);
                self.threads.clear();
                self.unfinished(family, text, 0..end, places, around);
                end
            }
            Frame::Open { close } => {
                self.unfinished(family, text, 0..text.len(), places, around);
                if whole.len() <= Self::LONGEST {
                    self.open_from = Self::open_from(close, whole.len());
                    self.open = whole;
                }
                text.len()
            }
        }
    }

    /// From where on the end of a record is searched for of which so much has come: it can have begun.
    fn open_from(close: Option<usize>, len: usize) -> usize {
        close.unwrap_or_else(|| len.saturating_sub(CLOSE.len() - 1)).max(OPEN.len())
    }

    /// Whose errors they are in a record whose thread is not known.
    fn unfinished(&mut self, family: LogFamily, text: &[u8], range: Range<usize>, places: &[usize], around: &mut Row) {
        let inside = inside(&places[around.0.len()..], range.end);
        if !inside.is_empty() {
            let record = &text[range.clone()];
            let claims = Claims::of(record.strip_prefix(OPEN).unwrap_or(record), Some(family));
            for place in inside {
                let owner = claims.owner((place - range.start).saturating_sub(OPEN.len()), &Known::default());
                around.push(Around { head: self.records.find(text, *place).head.clone(), owner });
            }
        }
    }

    /// Reads a framed record: what it says about those that follow, and if it `has_places`, what the errors in it need.
    fn record<'t>(
        &mut self,
        names: &mut Names,
        family: LogFamily,
        begins: &Begins<'_>,
        message: &'t [u8],
        head: &'t [u8],
        has_places: bool,
    ) -> Option<Read<'t>> {
        let says = beginning(message, Some(family));
        let found = if has_places || says.is_some() { shapes().end(head) } else { None };
        if says.is_some() || has_places && !self.threads.is_empty() {
            let text = |name| found.as_ref()?.1.text(name).map(|text| lossy(within_bounds(text)));
            self.set_thread(text("component").as_deref(), text("thread").as_deref());
        }
        if let Some(says) = &says {
            self.take(names, begins, says);
        }
        for says in anywhere(message, Some(family), true) {
            self.name(names, begins, None, &says);
        }
        let ends = says.as_ref().is_some_and(|claim| claim.claimer.does == Does::Ends);
        let mut known = Known::default();
        if (has_places || ends)
            && let Some(of_thread) = self.threads.get_mut(&self.thread)
        {
            known = *of_thread;
            of_thread.subject = if ends { None } else { known.subject };
        }
        has_places.then(|| Read { claims: Claims::with(says.as_ref(), message, Some(family)), known, found })
    }

    /// What is known in the thread of the record at hand.
    fn known(&self) -> Known {
        self.threads.get(&self.thread).copied().unwrap_or_default()
    }

    /// The record at hand is of this thread.
    fn set_thread(&mut self, component: Option<&str>, number: Option<&str>) {
        self.thread.clear();
        self.thread.extend_from_slice(component.unwrap_or_default().as_bytes());
        self.thread.push(0);
        self.thread.extend_from_slice(number.unwrap_or_default().as_bytes());
    }

    /// Takes in what a record says about those that follow it.
    fn take(&mut self, names: &mut Names, begins: &Begins<'_>, says: &Claim<'_>) {
        let does = says.claimer.does;
        if does == Does::Resets {
            self.threads.clear();
            return;
        }
        if does == Does::Mentions && says.name().is_none() {
            return;
        }
        let mut known = self.known();
        self.name(names, begins, known.subject.map(|subject| subject.id), says);
        match does {
            Does::Mentions | Does::Ends | Does::Resets => return,
            Does::Starts => {
                if let Some(mut subject) = says.subject() {
                    subject.since = Some(self.lines.at(begins));
                    known.subject = Some(subject);
                }
                known.phase = says.phase().or(known.phase);
                known.enrollment = says.enrollment().or(known.enrollment);
            }
            Does::Clears => known.subject = None,
            Does::Leaves => known.phase = None,
            Does::Stops => known = Known::default(),
        }
        if let Some(of_thread) = self.threads.get_mut(&self.thread) {
            *of_thread = known;
        } else if self.threads.len() < Self::THREADS {
            self.threads.insert(self.thread.clone(), known);
        }
    }

    /// Learns the name that a record gives to its id, or else to the app or script that it goes on about.
    fn name(&mut self, names: &mut Names, begins: &Begins<'_>, known: Option<Guid>, says: &Claim<'_>) {
        if let (Some(id), Some(name)) = (says.id().or(known), says.name()) {
            let line = self.lines.at(begins);
            names.learn(id, name, self.path.as_ref(), line);
        }
    }
}

/// What a framed record with errors has for them.
struct Read<'t> {
    claims: Claims<'t>,
    /// What is known from the records before.
    known: Known,
    /// Its head.
    found: Option<(&'static Shape, Match<'t>)>,
}

/// The places before an end, of some in their order.
fn inside(places: &[usize], end: usize) -> &[usize] {
    &places[..places.iter().take_while(|place| **place < end).count()]
}

/// Where the line of a place ends, its line end included.
fn line_end(text: &[u8], place: usize) -> usize {
    memchr(b'\n', &text[place..]).map_or(text.len(), |len| place + len + 1)
}
