//! The errors of a scan by whose they are: phase of the Enrollment Status Page, and app or script.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::ledger::{Occurrence, Place};
use crate::log::{Case, Guid, Moment, OwnerKind, Phase, Time};
use crate::scan::Found;

/// Whose errors are together: a phase, an app or script, or neither.
///
/// ```
/// assert!(intune_err::Group::default().is_nobodys());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Group {
    /// The phase of the Enrollment Status Page.
    pub phase: Option<Phase>,
    /// The app or script, and what it is.
    pub subject: Option<(OwnerKind, Guid)>,
    /// Whether they are events of enrollment itself, of which `data/events.tsv` has the meaning; then there is neither of the two.
    pub is_enrollment: bool,
}

impl Group {
    /// Whether the evidence does not say whose the errors are.
    ///
    /// ```
    /// use intune_err::{Group, log::Phase};
    /// assert!(!Group { phase: Some(Phase::DeviceSetup), ..Group::default() }.is_nobodys());
    /// ```
    pub const fn is_nobodys(&self) -> bool {
        self.phase.is_none() && self.subject.is_none()
    }

    /// Whose a finding is.
    ///
    /// ```
    /// use intune_err::{Group, Scanner, Stream};
    /// Stream::new(Scanner::new()).push(b"hr = 0x80CF0437\n", |passage| {
    ///     assert!(Group::of(&passage.occurrences().next().unwrap()).is_nobodys());
    /// });
    /// ```
    pub fn of(found: &Occurrence<'_>) -> Self {
        let owner = found.around.as_deref().map(|around| &around.owner);
        let group = Self {
            phase: owner.and_then(|owner| owner.phase),
            subject: owner.and_then(|owner| owner.subject).map(|subject| (subject.kind, subject.id)),
            is_enrollment: false,
        };
        Self { is_enrollment: group.is_nobodys() && found.event.is_some_and(|event| event.meaning.is_some()), ..group }
    }
}

/// How often an error was found in one group, and where and when first.
///
/// ```
/// use intune_err::{Groups, Scanner, Stream};
/// let (mut stream, mut groups) = (Stream::new(Scanner::new()), Groups::default());
/// stream.push(b"hr = 0x80CF0437\n", |passage| {
///     for found in passage.occurrences() {
///         groups.add(&found, &intune_err::Place { path: None, line: found.line, is_record: false });
///     }
/// });
/// let of_all = groups.likeliest_first(&intune_err::log::Case::default());
/// assert_eq!((of_all[0].1[0].times, of_all[0].1[0].first.line, of_all[0].1[0].time), (1, 1, None));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Share {
    /// The error.
    pub what: Found,
    /// How often it was found in the group.
    pub times: u64,
    /// Where it stands first in the group: first in time, where the evidence has times.
    pub first: Place,
    /// When that was.
    pub time: Option<Time>,
}

/// One error in one group, while more can come.
#[derive(Clone, Debug)]
struct Counted {
    times: u64,
    /// Where it was met first.
    met: Place,
    /// The earliest by a clock whose zone is known, and the earliest by one whose zone is not: what comes later can tell the zone.
    instant: Option<(Time, Place)>,
    local: Option<(Time, Place)>,
    /// How many errors were met before.
    order: usize,
}

/// A share, and its place in the order of its group.
type Ordered = ((Moment, usize), Share);

/// Counts the errors of a scan by whose they are. Memory is bounded.
///
/// ```
/// assert!(!intune_err::Groups::default().any_known());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Groups {
    counted: HashMap<(Group, Found), Counted>,
    any_known: bool,
}

impl Groups {
    /// How many are kept apart; only a hostile log has more.
    const MOST: usize = 5_000;

    /// Counts one finding.
    ///
    /// ```
    /// # use intune_err::{Groups, Place, Scanner, Stream};
    /// # let (mut stream, mut groups) = (Stream::new(Scanner::new()), Groups::default());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| {
    ///     passage.occurrences().for_each(|found| groups.add(&found, &Place::default()));
    /// });
    /// ```
    pub fn add(&mut self, found: &Occurrence<'_>, place: &Place) {
        let around = found.around.as_deref();
        let group = Group::of(found);
        self.any_known |= !group.is_nobodys();
        let order = self.counted.len();
        if order >= Self::MOST && !self.counted.contains_key(&(group, found.what)) {
            return;
        }
        let new = || Counted { times: 0, met: place.clone(), instant: None, local: None, order };
        let counted = self.counted.entry((group, found.what)).or_insert_with(new);
        counted.times += 1;
        if let Some(time) = around.and_then(|around| around.head.time) {
            let earliest = if time.zone().is_some() { &mut counted.instant } else { &mut counted.local };
            if earliest.as_ref().is_none_or(|(known, _)| time.compare(*known) == Some(Ordering::Less)) {
                *earliest = Some((time, place.clone()));
            }
        }
    }

    /// Whether the evidence says of any finding whose it is.
    ///
    /// ```
    /// assert!(!intune_err::Groups::default().any_known());
    /// ```
    pub const fn any_known(&self) -> bool {
        self.any_known
    }

    /// The groups, and in each its errors: what failed first stands first, since the rest can follow from it. The events of enrollment
    /// come first, then groups with a phase in the order of the phases, then those with an app or script alone, then what the evidence
    /// says nothing of.
    ///
    /// ```
    /// # use intune_err::{Groups, log::Case};
    /// assert!(Groups::default().likeliest_first(&Case::default()).is_empty());
    /// ```
    pub fn likeliest_first(&self, case: &Case) -> Vec<(Group, Vec<Share>)> {
        let mut groups: HashMap<Group, Vec<Ordered>> = HashMap::new();
        for ((group, what), counted) in &self.counted {
            let moment = |(time, place): &(Time, Place)| (case.moment(Some(*time), place.path.as_deref()), *time, place.clone());
            let known = counted.instant.iter().chain(&counted.local).map(moment).min_by(|one, other| one.0.cmp(&other.0));
            let (moment, time, first) = match known {
                Some((moment, time, place)) => (moment, Some(case.resolve(time, place.path.as_deref())), place),
                None => (Moment::Unknown, None, counted.met.clone()),
            };
            let share = Share { what: *what, times: counted.times, first, time };
            groups.entry(*group).or_default().push(((moment, counted.order), share));
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        for (_, shares) in &mut groups {
            shares.sort_unstable_by_key(|(order, _)| *order);
        }
        // Each has one share at least, and no two have the same order.
        groups.sort_unstable_by_key(|(group, shares)| {
            (!group.is_enrollment, group.phase.is_none(), group.phase, group.subject.is_none(), shares[0].0)
        });
        let shares = |shares: Vec<Ordered>| shares.into_iter().map(|(_, share)| share).collect();
        groups.into_iter().map(|(group, of)| (group, shares(of))).collect()
    }
}
