//! What a summary in any form begins with: what is known about the device, and the errors by whose they are.

use std::collections::{HashMap, HashSet};

use crate::answer::{Answer, Lookup};
use crate::digest::Digest;
use crate::grouped::{Group, Groups, Share};
use crate::ledger::{Count, Place, Tally};
use crate::log::{Case, Device, Fact, Names, OwnerKind, Said, Time};
use crate::text::printable;

/// The errors of a scan, in the order in which a summary tells of them.
///
/// ```
/// use intune_err::log::Case;
/// use intune_err::report::Overview;
/// use intune_err::{Answer, Code, Found, Groups, Place, Tally};
/// let mut tally = Tally::default();
/// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
/// let overview = Overview::of(&tally, &Groups::default(), &Case::default(), |count| Answer::from(count.what));
/// assert_eq!((overview.errors.len(), overview.sections.len(), overview.sections[0].rows[0].error), (1, 1, 0));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Overview<'a> {
    /// Each error with its answer; its number is one more than its position.
    pub errors: Vec<(&'a Count, Answer)>,
    /// The same by whose they are.
    pub sections: Vec<Section>,
}

/// Errors that belong together.
///
/// ```
/// let section = intune_err::report::Section { heading: None, group: Default::default(), rows: Vec::new() };
/// assert!(section.group.is_nobodys());
/// ```
#[derive(Clone, Debug)]
pub struct Section {
    /// Whose they are; none where nothing is said of any error of the scan.
    pub heading: Option<String>,
    /// The same for programs.
    pub group: Group,
    /// The errors, what failed first in front.
    pub rows: Vec<Row>,
}

/// An error in a section.
///
/// ```
/// let row = intune_err::report::Row { error: 0, times: 3, first: Default::default(), time: None };
/// assert_eq!(row.times, 3);
/// ```
#[derive(Clone, Debug)]
pub struct Row {
    /// The position of the error among all.
    pub error: usize,
    /// How often it was found here.
    pub times: u64,
    /// Where it was found first here.
    pub first: Place,
    /// When that was, where the evidence says it.
    pub time: Option<Time>,
}

impl<'a> Overview<'a> {
    /// The order of a summary. Where the evidence says whose an error is, what failed first in its phase comes first; else the most
    /// frequent. `answer` answers an error.
    ///
    /// ```
    /// use intune_err::report::Overview;
    /// use intune_err::{Groups, Tally, log::Case};
    /// assert!(Overview::of(&Tally::default(), &Groups::default(), &Case::default(), |count| count.what.into()).errors.is_empty());
    /// ```
    pub fn of(tally: &'a Tally, groups: &Groups, case: &Case, answer: impl Fn(&Count) -> Answer) -> Self {
        let mut errors = Vec::new();
        let mut numbers: HashMap<_, usize> = HashMap::new();
        let mut sections = Vec::new();
        let counts = tally.counts();
        let by_error: HashMap<_, &Count> = counts.iter().map(|count| (count.what, *count)).collect();
        let mut number = |count: &'a Count| {
            *numbers.entry(count.what).or_insert_with(|| {
                errors.push((count, answer(count)));
                errors.len() - 1
            })
        };
        if groups.any_known() {
            for (group, shares) in groups.likeliest_first(case) {
                let heading = heading(&group, shares.first(), case.names());
                let row = |share: Share| {
                    let count = by_error.get(&share.what)?;
                    Some(Row { error: number(count), times: share.times, first: share.first, time: share.time })
                };
                let rows: Vec<Row> = shares.into_iter().filter_map(row).collect();
                sections.push(Section { heading: Some(heading), group, rows });
            }
        }
        // All errors where nothing is said of any, else those for which the groups had no room.
        let numbered = |section: &Section| section.rows.iter().map(|row| row.error).collect::<Vec<_>>();
        let known: HashSet<usize> = sections.iter().flat_map(numbered).collect();
        let further =
            counts.into_iter().map(|count| Row { error: number(count), times: count.times, first: count.first.clone(), time: None });
        let further: Vec<Row> = further.filter(|row| !known.contains(&row.error)).collect();
        let heading = groups.any_known().then(|| FURTHER.to_owned());
        sections.push(Section { heading, group: Group::default(), rows: further });
        sections.retain(|section| !section.rows.is_empty());
        Self { errors, sections }
    }

    /// The same of what a scan found. Where the first finding of an error stands decides what its answer begins with.
    ///
    /// ```
    /// use intune_err::{Digest, Lookup, log::Case, report::Overview};
    /// assert!(Overview::of_digest(&Digest::default(), &Case::default(), &Lookup::new()).sections.is_empty());
    /// ```
    pub fn of_digest(digest: &'a Digest, case: &Case, lookup: &Lookup) -> Self {
        Self::of(digest.tally(), digest.groups(), case, |count| lookup.finding(count.what, &digest.context(count.what)))
    }
}

/// The heading of the errors for which the groups had no room.
pub(super) const FURTHER: &str = "Further errors";

/// Whose errors a section has, and when the first of them failed.
fn heading(group: &Group, first: Option<&Share>, names: &Names) -> String {
    let subject = group.subject.map(|(kind, id)| {
        let kind = match kind {
            OwnerKind::App => "app",
            OwnerKind::Script => "script",
            OwnerKind::Policy => "policy",
        };
        match names.get(&id) {
            Some(name) => format!("{kind} {} ({id})", printable(&name.text)),
            None => format!("{kind} {id}"),
        }
    });
    let phase = group.phase.map(|phase| phase.name().to_owned());
    let whose = [phase, subject].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let whose = match (whose.is_empty(), group.is_enrollment) {
        (false, _) => whose,
        (true, true) => "Events of enrollment".to_owned(),
        (true, false) => "No app or phase is named".to_owned(),
    };
    match first.and_then(|share| share.time) {
        Some(time) => format!("{whose}: first failed {}", without_fraction(&time.to_string())),
        None => whose,
    }
}

/// A time without the parts of its second, which only programs need.
pub(super) fn without_fraction(time: &str) -> String {
    let Some((whole, rest)) = time.split_once('.') else { return time.to_owned() };
    whole.to_owned() + rest.trim_start_matches(|c: char| c.is_ascii_digit())
}

/// A line of what is known of the device: label, value, where it stands, and what contradicts it.
pub(super) struct DeviceLine<'a> {
    pub(super) fact: Fact,
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) said: &'a Said,
    pub(super) others: &'a [Said],
}

/// What is known of the device, line by line. The join states that agree are one.
pub(super) fn device_lines(device: &Device) -> Vec<DeviceLine<'_>> {
    let state = device.join_state();
    let mut lines = Vec::new();
    for (fact, said) in device.facts() {
        let [first, others @ ..] = said else { continue };
        let (label, value) = match (fact, state) {
            (Fact::EntraJoined, Some(state)) => ("Join state", state.to_owned()),
            (Fact::EnterpriseJoined | Fact::DomainJoined, Some(_)) => continue,
            (Fact::WorkplaceJoined, Some(_)) if first.value.eq_ignore_ascii_case("NO") && others.is_empty() => continue,
            _ => (fact.label(), first.value.clone()),
        };
        lines.push(DeviceLine { fact, label, value, said: first, others });
    }
    lines
}

/// The place of what a file says.
pub(super) fn place_of(said: &Said) -> String {
    Place { path: said.path.clone(), line: said.line, is_record: false }.to_string()
}

/// Why things were not read: each reason once, with how many there are and the first of them. Memory is bounded.
///
/// ```
/// use intune_err::report::{Reasons, text::Text};
/// let mut reasons = Reasons::default();
/// for (place, why) in [("a.etl", "an event trace"), ("b.log", "encrypted"), ("c.etl", "an event trace")] {
///     reasons.add(place, why);
/// }
/// let mut out = Vec::new();
/// Text::plain().unread(&mut out, &reasons).unwrap();
/// assert_eq!(out, b"\nNot read:\n  an event trace: 2, the first is a.etl\n  encrypted: b.log\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    reasons: Vec<Reason>,
    /// How many there was no room for.
    further: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) why: String,
    pub(super) times: u64,
    /// The first of them.
    pub(super) places: Vec<String>,
}

impl Reasons {
    /// Only an archive made to do harm has more.
    const MOST: usize = 200;
    /// How many things are named for each.
    const PLACES: usize = 20;

    /// Adds one thing that was not read.
    ///
    /// ```
    /// intune_err::report::Reasons::default().add("a.zip!b.log", "encrypted");
    /// ```
    pub fn add(&mut self, place: &str, why: &str) {
        if let Some(reason) = self.reasons.iter_mut().find(|reason| reason.why == why) {
            reason.times += 1;
            if reason.places.len() < Self::PLACES {
                reason.places.push(place.to_owned());
            }
        } else if self.reasons.len() < Self::MOST {
            self.reasons.push(Reason { why: why.to_owned(), times: 1, places: vec![place.to_owned()] });
        } else {
            self.further += 1;
        }
    }

    /// How many things there are.
    pub(super) fn total(&self) -> u64 {
        self.reasons.iter().map(|reason| reason.times).sum::<u64>() + self.further
    }

    pub(super) fn all(&self) -> &[Reason] {
        &self.reasons
    }

    /// How many have reasons that there was no room for.
    pub(super) const fn further(&self) -> u64 {
        self.further
    }

    /// A line per reason.
    pub(super) fn lines(&self) -> Vec<String> {
        let line = |reason: &Reason| {
            let first = printable(&reason.places[0]);
            if reason.times == 1 {
                format!("{}: {first}", reason.why)
            } else {
                format!("{}: {}, the first is {first}", reason.why, reason.times)
            }
        };
        let further = (self.further > 0).then(|| format!("for other reasons: {}", self.further));
        self.reasons.iter().map(line).chain(further).collect()
    }
}
