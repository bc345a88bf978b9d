//! The sights of a report: the first lines in which each error stands, and a mark for each finding on the timeline. Bounded.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::grouped::Group;
use crate::ledger::{Occurrence, Place};
use crate::log::{Case, Level, LogFamily, Moment, Time};
use crate::scan::Found;
use crate::table::EventMeaning;

/// A lane of the timeline: whose the findings on it are, or where nothing says that, what wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Lane {
    pub(crate) group: Group,
    /// Only where nothing says whose they are.
    pub(crate) family: Option<LogFamily>,
}

impl Lane {
    fn of(group: Group, family: Option<LogFamily>) -> Self {
        // An app has one lane, whatever phase it failed in.
        let phase = group.phase.filter(|_| group.subject.is_none());
        let is_known = !group.is_nobodys() || group.is_enrollment;
        Self { group: Group { phase, ..group }, family: family.filter(|_| !is_known) }
    }
}

/// A place in which an error was found, with its line or the part of it around the error.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) place: Place,
    pub(crate) time: Option<Time>,
    /// The part of the program that logged it, and how bad it calls it.
    pub(crate) component: Option<String>,
    pub(crate) level: Option<Level>,
    pub(crate) family: Option<LogFamily>,
    pub(crate) text: String,
    /// Where the error stands in the text.
    pub(crate) matched: Range<usize>,
    /// Whether the line begins before the text, and whether it goes on after it.
    pub(crate) is_cut: (bool, bool),
    /// The lines before and after it.
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    /// The event that it stands in, and what that means.
    pub(crate) event: Option<(u32, Option<&'static str>)>,
}

/// An error of one group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// The first places.
    pub(crate) spots: Vec<Spot>,
}

/// When an error was found, or several times that lie side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) time: Time,
    /// The archive that its log is in, as a position in the list of them.
    archive: u32,
    /// A position in the list of lanes.
    pub(crate) lane: u32,
    /// A position in the list of errors.
    pub(crate) seen: u32,
    pub(crate) level: Option<Level>,
    pub(crate) times: u32,
}

/// What a report shows besides what a summary does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sights {
    /// The names of the first inputs; standard input has none.
    pub(crate) inputs: Vec<Option<Arc<str>>>,
    archives: Vec<Box<str>>,
    index: HashMap<(Group, Found), u32>,
    seen: Vec<((Group, Found), Seen)>,
    lanes: Vec<Lane>,
    lane_index: HashMap<Lane, u32>,
    marks: Vec<Mark>,
    is_full: bool,
    /// Findings that have no time, and those for which there was no room.
    pub(crate) without_time: u64,
    pub(crate) further: u64,
}

impl Sights {
    /// How many errors have their lines kept; a report of more has no room for them.
    const ERRORS: usize = 2000;
    /// How many places of each.
    const SPOTS: usize = 3;
    pub(crate) const INPUTS: usize = 1000;
    const LANES: usize = 1000;
    const MARKS: usize = 20_000;
    /// So much of a line is kept, and of one around it.
    const EXCERPT: usize = 480;
    const NEIGHBOUR: usize = 200;
    /// How many lines before it are kept, and how many after it.
    const BEFORE: usize = 2;
    const AFTER: usize = 1;

    /// An input begins.
    pub(crate) fn begin(&mut self, path: Option<&Arc<str>>) {
        if self.inputs.len() < Self::INPUTS {
            self.inputs.push(path.cloned());
        }
        let archive = path.and_then(|path| path.split_once('!')).map_or("", |(archive, _)| archive);
        if self.archives.last().is_none_or(|last| **last != *archive) && self.archives.len() < Self::INPUTS {
            self.archives.push(archive.into());
        }
    }

    /// Whether there is room for the lines of one more finding.
    pub(crate) fn keeps_lines(&self, group: Group, what: Found) -> bool {
        match self.index.get(&(group, what)) {
            Some(position) => self.seen[*position as usize].1.spots.len() < Self::SPOTS,
            None => self.seen.len() < Self::ERRORS,
        }
    }

    /// Takes in a finding.
    pub(crate) fn add(&mut self, found: &Occurrence<'_>, place: &Place) {
        let key = (Group::of(found), found.what);
        let position = match self.index.get(&key) {
            Some(position) => *position,
            None if self.seen.len() == Self::ERRORS => {
                self.further += 1;
                return;
            }
            None => {
                let position = self.seen.len() as u32;
                self.seen.push((key, Seen::default()));
                self.index.insert(key, position);
                position
            }
        };
        let seen = &mut self.seen[position as usize].1;
        if seen.spots.len() < Self::SPOTS && seen.spots.last().is_none_or(|spot| spot.place != *place) {
            seen.spots.push(spot(found, place));
        }
        let head = found.around.as_deref().map(|around| &around.head);
        match head.and_then(|head| head.time) {
            Some(time) => {
                let lane = self.lane(Lane::of(key.0, head.and_then(|head| head.family)));
                self.mark(time, lane, position, head.and_then(|head| head.level));
            }
            None => self.without_time += 1,
        }
    }

    /// The position of a lane; more than there is room for are one.
    fn lane(&mut self, lane: Lane) -> u32 {
        if let Some(position) = self.lane_index.get(&lane) {
            return *position;
        }
        if self.lanes.len() == Self::LANES {
            return (Self::LANES - 1) as u32;
        }
        let position = self.lanes.len() as u32;
        self.lanes.push(lane);
        self.lane_index.insert(lane, position);
        position
    }

    fn mark(&mut self, time: Time, lane: u32, seen: u32, level: Option<Level>) {
        // Where that makes too little room, it would be done again and again.
        if self.marks.len() == Self::MARKS && !self.is_full {
            self.thin_out();
            self.is_full = self.marks.len() > Self::MARKS / 4 * 3;
        }
        if self.marks.len() == Self::MARKS {
            self.further += 1;
            return;
        }
        let archive = self.archives.len().saturating_sub(1) as u32;
        self.marks.push(Mark { time, archive, lane, seen, level, times: 1 });
    }

    /// Makes one mark of two that follow each other in one log and are of the same error.
    fn thin_out(&mut self) {
        let mut single: HashMap<(u32, u32, u32), usize> = HashMap::new();
        let mut thinned: Vec<Mark> = Vec::with_capacity(Self::MARKS);
        for mark in self.marks.drain(..) {
            let key = (mark.seen, mark.archive, mark.lane);
            if let Some(position) = single.remove(&key) {
                let first = &mut thinned[position];
                first.times = first.times.saturating_add(mark.times);
                first.level = first.level.into_iter().chain(mark.level).min();
            } else {
                single.insert(key, thinned.len());
                thinned.push(mark);
            }
        }
        self.marks = thinned;
    }

    /// What was kept of an error of a group.
    pub(crate) fn of(&self, group: Group, what: Found) -> Option<&Seen> {
        self.index.get(&(group, what)).map(|position| &self.seen[*position as usize].1)
    }

    /// What was kept of an error, whosever it is.
    pub(crate) fn of_any(&self, what: Found) -> Option<&Seen> {
        self.seen.iter().find(|((_, of), _)| *of == what).map(|(_, seen)| seen)
    }

    /// The error of a mark.
    pub(crate) fn error(&self, mark: &Mark) -> (Group, Found) {
        self.seen[mark.seen as usize].0
    }

    /// The lane of a mark.
    pub(crate) fn lane_of(&self, mark: &Mark) -> Lane {
        self.lanes[mark.lane as usize]
    }

    /// The marks with their moments and times. What the logs tell of the offsets of clocks is known by now.
    pub(crate) fn marks(&self, case: &Case) -> impl Iterator<Item = (Moment, Mark)> {
        self.marks.iter().map(|mark| {
            let archive = self.archives.get(mark.archive as usize).filter(|archive| !archive.is_empty());
            let path = archive.map(|path| format!("{path}!"));
            let time = case.resolve(mark.time, path.as_deref());
            (case.moment(Some(time), path.as_deref()), Mark { time, ..*mark })
        })
    }
}

/// A place with the part of its line that is shown.
fn spot(found: &Occurrence<'_>, place: &Place) -> Spot {
    let shown = found.excerpt(Sights::EXCERPT);
    let text = |range: Range<usize>| String::from_utf8_lossy(&found.text[range]).into_owned();
    let end = found.matched.end.min(shown.end).max(found.matched.start);
    let (before, matched) = (text(shown.start..found.matched.start), text(found.matched.start..end));
    let after = text(end..shown.end.max(end));
    let head = found.around.as_deref().map(|around| &around.head);
    let neighbour = |line: &[u8]| {
        let cut = &line[..line.len().min(Sights::NEIGHBOUR)];
        String::from_utf8_lossy(cut).trim_end().to_owned() + if cut.len() < line.len() { "..." } else { "" }
    };
    // Lines end with carriage returns only where there is no line feed.
    let line_end = if found.before.contains(&b'\n') || found.after.contains(&b'\n') { b'\n' } else { b'\r' };
    let last = found.before.split_inclusive(|byte| *byte == line_end).rev().take(Sights::BEFORE);
    let mut lines_before: Vec<String> = last.map(|line| neighbour(line.trim_ascii_end())).collect();
    lines_before.reverse();
    let next = found.after.split_inclusive(|byte| *byte == line_end).take(Sights::AFTER);
    Spot {
        place: place.clone(),
        time: head.and_then(|head| head.time),
        component: head.and_then(|head| head.component.as_deref()).map(str::to_owned),
        level: head.and_then(|head| head.level),
        family: head.and_then(|head| head.family),
        matched: before.len()..before.len() + matched.len(),
        text: before + &matched + &after,
        is_cut: (shown.start > 0 || !found.begins, shown.end < found.text.len() || !found.ends),
        before: lines_before,
        after: next.map(|line| neighbour(line.trim_ascii_end())).collect(),
        event: found.event.map(|event| (event.id, event.meaning.map(EventMeaning::text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Digest, Scanner, Stream};

    /// Reads a log.
    fn read(digest: &mut Digest, case: &mut Case, path: Option<Arc<str>>, log: &str) {
        case.begin(path.as_deref());
        digest.begin(path);
        let mut stream = Stream::new(Scanner::new());
        stream.push(log.as_bytes(), |passage| passage.followed(case).occurrences().for_each(|found| digest.add(&found)));
    }

    /// What is kept of a log, and what its records tell.
    fn kept(log: &str) -> (Digest, Case) {
        let (mut digest, mut case) = (Digest::for_report(), Case::default());
        read(&mut digest, &mut case, None, log);
        (digest, case)
    }

    fn record(level: &str, code: u32) -> String {
        format!("2024-05-13 10:00:00, {level}  CSI  Error 0x{code:08X}\n")
    }

    #[test]
    fn a_long_line_is_cut_where_it_is_long() {
        let long = "x".repeat(Sights::EXCERPT);
        for (before, after) in [("", ""), (&*long, ""), ("", &*long), (&*long, &*long)] {
            let (digest, _) = kept(&format!("{before} Error 0x80CF0437 {after}\n"));
            let spot = &digest.sights().unwrap().seen[0].1.spots[0];
            assert_eq!((spot.is_cut, &spot.text[spot.matched.clone()]), ((before == long, after == long), "0x80CF0437"));
        }
    }

    #[test]
    fn marks_of_one_error_become_one_by_twos_where_there_is_no_room_for_more() {
        let by_turns = |number| record(if number % 2 == 0 { "Warning" } else { "Error" }, 0x80CF_0437);
        let (digest, case) = kept(&(0..=Sights::MARKS / 2 * 3).map(by_turns).collect::<String>());
        let sights = digest.sights().unwrap();
        let marks: Vec<(u32, Option<Level>)> = sights.marks(&case).map(|(_, mark)| (mark.times, mark.level)).collect();
        let quarter = Sights::MARKS / 4;
        let expected = [(quarter, 4, Level::Error), (quarter, 2, Level::Error), (1, 1, Level::Warning)];
        let expected: Vec<_> = expected.into_iter().flat_map(|(count, times, level)| vec![(times, Some(level)); count]).collect();
        assert!(marks == expected, "{} marks", marks.len());
        assert_eq!((sights.further, sights.without_time, sights.seen[0].1.spots.len()), (0, 0, Sights::SPOTS));
    }

    #[test]
    fn marks_of_different_archives_stay_and_further_ones_are_counted() {
        let (mut digest, mut case) = (Digest::for_report(), Case::default());
        let errors = (Sights::MARKS / Sights::INPUTS) as u32;
        let log: String = (0..errors).map(|number| record("Error", 0x80F0_0001 + number)).collect();
        for number in 0..=Sights::INPUTS {
            read(&mut digest, &mut case, Some(format!("{number}.zip!a.log").into()), &log);
        }
        let sights = digest.sights().unwrap();
        assert_eq!((sights.marks.len(), sights.further), (Sights::MARKS, u64::from(errors)));
        assert!(sights.marks.iter().all(|mark| mark.times == 1));
    }

    #[test]
    fn what_there_is_no_room_for_is_counted() {
        let known = 0x80F0_0001;
        let codes = (known..).take(Sights::ERRORS + 1).chain([known; Sights::SPOTS - 1]);
        let (digest, case) = kept(&codes.map(|code| record("Error", code)).collect::<String>());
        let sights = digest.sights().unwrap();
        let found = |code: u32| Found::Code(Code::new(code));
        let last = known + Sights::ERRORS as u32;
        assert_eq!((sights.further, sights.marks(&case).count()), (1, Sights::ERRORS + Sights::SPOTS - 1));
        let keeps = |code| sights.keeps_lines(Group::default(), found(code));
        assert!(!keeps(known) && keeps(last - 1) && !keeps(last));
        assert!(sights.of_any(found(last - 1)).is_some() && sights.of_any(found(last)).is_none());
    }

    #[test]
    fn so_many_inputs_have_their_names_kept_and_so_many_archives_are_told_apart() {
        let mut sights = Sights::default();
        for number in 0..=Sights::INPUTS {
            for member in ["a.log", "b.log"] {
                sights.begin(Some(&format!("{number}.zip!{member}").into()));
            }
        }
        assert_eq!((sights.inputs.len(), sights.inputs[1].as_deref()), (Sights::INPUTS, Some("0.zip!b.log")));
        assert_eq!((sights.archives.len(), &*sights.archives[1]), (Sights::INPUTS, "1.zip"));
    }

    #[test]
    fn further_lanes_are_one() {
        let app = |number: usize| {
            format!(
                "<![LOG[[Win32App] Admin did NOT set mapping for lpExitCode: 1603 of app: 3dde4e19-3a18-4dec-b60e-{number:012}]LOG]!>\
                 <time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"A\" context=\"\" type=\"3\" thread=\"7\" file=\"\">\r\n"
            )
        };
        let (digest, case) = kept(&(0..Sights::LANES + 2).chain([0]).map(app).collect::<String>());
        let lanes: Vec<u32> = digest.sights().unwrap().marks(&case).map(|(_, mark)| mark.lane).collect();
        let last = Sights::LANES as u32 - 1;
        assert_eq!(lanes, (0..=last).chain([last, last, 0]).collect::<Vec<_>>());
    }
}
