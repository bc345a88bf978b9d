//! The findings of a scan in one order in time.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::context::Context;
use crate::ledger::{EventHead, Occurrence, Place};
use crate::log::{Around, Case, Head, Moment, Time};
use crate::scan::Found;

mod happening;

pub use happening::{Clock, ErrorAt, Happening, TimelineSection};

use happening::Kept;

/// The findings of a scan, kept until all have come, then told in the order of time.
///
/// Times that are local to a device and have no zone are never mixed with those whose instant is known: they have sections of their own, one
/// per device, since nothing says how its clock stood to others. Memory is bounded: where a log has more than fits, the first findings of
/// each error are kept, and [`Timeline::further`] counts the others.
///
/// ```
/// use intune_err::log::Case;
/// use intune_err::{Place, Scanner, Stream, Timeline};
/// let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
/// case.begin(None);
/// let log = b"2024-05-13 10:00:05, Error  CSI  0x80070002\n2024-05-13 10:00:00, Error  CSI  0x80070005\n";
/// stream.push(log, |passage| {
///     for found in passage.followed(&mut case).occurrences() {
///         timeline.add(&found, &Place { path: None, line: found.line, is_record: false });
///     }
/// });
/// let sections = timeline.sections(&case);
/// let of: Vec<(u64, Option<String>)> = sections[0].happenings.iter().map(|of| (of.place().line, of.gap().map(|gap| gap.to_string()))).collect();
/// assert_eq!(of, [(2, None), (1, Some("5 s".to_owned()))]);
/// ```
#[derive(Clone, Debug)]
pub struct Timeline {
    most: usize,
    keeps_lines: bool,
    kept: Vec<Kept>,
    /// The size of all that is kept.
    size: usize,
    /// How many findings of each error are kept per input.
    each: u32,
    counts: HashMap<(Found, u32), u32>,
    /// The number of the input that the last finding stands in, and its path.
    input: u32,
    path: Option<Arc<str>>,
    /// What stood around the last ones: neighbours have most of it in common.
    arounds: Recent<Around>,
    events: Recent<EventHead>,
    contexts: Vec<Context>,
    /// The context of the last line, and which that was: a line can have many findings.
    line: Option<(u32, u64, usize, usize)>,
    line_context: u32,
    further: u64,
}

/// The last few different things.
#[derive(Clone, Debug)]
struct Recent<T>(VecDeque<Arc<T>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Recent<T> {
    /// The threads of a log take turns; more than these seldom do.
    const MOST: usize = 16;

    /// The one that is the same, or this one, and whether it is new.
    fn share(&mut self, same: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> (Arc<T>, bool) {
        if let Some(known) = self.0.iter().find(|known| same(known)) {
            return (Arc::clone(known), false);
        }
        let new = Arc::new(new());
        if self.0.len() == Self::MOST {
            self.0.pop_front();
        }
        self.0.push_back(Arc::clone(&new));
        (new, true)
    }
}

impl Default for Timeline {
    fn default() -> Self {
        Self::new(Self::MOST)
    }
}

impl Timeline {
    /// How many bytes are kept by default.
    pub const MOST: usize = 8 << 20;
    /// How much of a line is kept where lines are, the match in the middle.
    const LINE: usize = 4096;
    /// How many contexts are told apart; there are few.
    const CONTEXTS: usize = 4096;

    /// A timeline that keeps about so many bytes.
    ///
    /// ```
    /// assert!(intune_err::Timeline::new(1 << 20).is_empty());
    /// ```
    pub fn new(most: usize) -> Self {
        Self {
            most,
            keeps_lines: false,
            kept: Vec::new(),
            size: 0,
            each: u32::MAX,
            counts: HashMap::new(),
            input: 0,
            path: None,
            arounds: Recent::default(),
            events: Recent::default(),
            contexts: Vec::new(),
            line: None,
            line_context: 0,
            further: 0,
        }
    }

    /// The same, which keeps the line of each finding, too, for whoever prints it.
    ///
    /// ```
    /// use intune_err::{Place, Scanner, Stream, Timeline, log::Case};
    /// let (mut stream, mut timeline) = (Stream::new(Scanner::new()), Timeline::default().with_lines());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| timeline.add(&found, &Place::default())));
    /// let sections = timeline.sections(&Case::default());
    /// sections[0].happenings[0].occurrence(|found| assert_eq!(found.text, b"hr = 0x80CF0437"));
    /// ```
    #[must_use]
    pub fn with_lines(self) -> Self {
        Self { keeps_lines: true, ..self }
    }

    /// Whether nothing is kept.
    ///
    /// ```
    /// assert!(intune_err::Timeline::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many findings there was no room for.
    ///
    /// ```
    /// assert_eq!(intune_err::Timeline::default().further(), 0);
    /// ```
    pub const fn further(&self) -> u64 {
        self.further
    }

    /// How many findings of each error are kept per input; none where there was room for all.
    ///
    /// ```
    /// assert_eq!(intune_err::Timeline::default().each(), None);
    /// ```
    pub fn each(&self) -> Option<u32> {
        (self.each < u32::MAX).then_some(self.each)
    }

    /// Keeps a finding at this place.
    ///
    /// ```
    /// # use intune_err::{Place, Scanner, Stream, Timeline};
    /// # let (mut stream, mut timeline) = (Stream::new(Scanner::new()), Timeline::default());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| timeline.add(&found, &Place::default())));
    /// assert!(!timeline.is_empty());
    /// ```
    pub fn add(&mut self, found: &Occurrence<'_>, place: &Place) {
        if self.path != place.path {
            self.path.clone_from(&place.path);
            self.input += 1;
            self.size += place.path.as_deref().map_or(0, str::len);
        }
        let count = self.counts.get(&(found.what, self.input)).copied().unwrap_or(0);
        if count >= self.each || (count == 0 && self.each == 1 && self.size >= self.most) {
            self.further += 1;
            return;
        }
        self.size += if count == 0 { COUNT } else { 0 };
        self.counts.insert((found.what, self.input), count + 1);
        let kept = self.copied(found, place);
        self.size += size_of::<Kept>() + kept.text.len() + 16;
        self.kept.push(kept);
        while self.size > self.most && self.each > 1 {
            self.thin_out();
        }
    }

    fn copied(&mut self, found: &Occurrence<'_>, place: &Place) -> Kept {
        let shown = if self.keeps_lines { found.excerpt(Self::LINE) } else { found.matched.clone() };
        let time = found.around.as_ref().and_then(|around| around.head.time);
        let around = found.around.as_deref().map(|around| {
            let same = |known: &Around| known.owner == around.owner && is_same_but_for_time(&known.head, &around.head);
            let mut new = around.clone();
            new.head.time = None;
            let (around, is_new) = self.arounds.share(same, || new);
            self.size += if is_new { size_of_around(&around) } else { 0 };
            around
        });
        let event = found.event.map(|event| {
            let same = |known: &EventHead| {
                (known.id, known.level, known.meaning) == (event.id, event.level, event.meaning) && known.provider == event.provider
            };
            let (event, is_new) = self.events.share(same, || event.clone());
            self.size += if is_new { size_of::<EventHead>() + event.provider.len() } else { 0 };
            event
        });
        let context = self.context(found);
        let at = |at: usize| at.clamp(shown.start, shown.end) - shown.start;
        Kept {
            what: found.what,
            input: self.input,
            path: place.path.clone(),
            line: found.line,
            column: found.column,
            offset: found.offset,
            time,
            around,
            event,
            context,
            matched: (at(found.matched.start) as u32, at(found.matched.end) as u32),
            begins: found.begins && shown.start == 0,
            ends: found.ends && shown.end == found.text.len(),
            text: found.text[shown].into(),
        }
    }

    /// The position of a finding's context.
    fn context(&mut self, found: &Occurrence<'_>) -> u32 {
        let address = found.around.as_ref().map_or(0, |around| Arc::as_ptr(around).addr());
        let line = (self.input, found.offset.wrapping_sub(found.matched.start as u64), found.text.len(), address);
        if self.line == Some(line) {
            return self.line_context;
        }
        let context = found.context();
        let known = self.contexts.iter().position(|known| *known == context);
        let position = known.unwrap_or_else(|| {
            if self.contexts.len() < Self::CONTEXTS {
                self.contexts.push(context);
            }
            self.contexts.len() - 1
        });
        (self.line, self.line_context) = (Some(line), position as u32);
        self.line_context
    }

    /// Makes room: of each error in each input only the first ones stay, so many that about a half of all does.
    fn thin_out(&mut self) {
        let mut counts: Vec<u32> = self.counts.values().copied().collect();
        counts.sort_unstable();
        // How many stay if so many of each do.
        let stay = |each: u32| counts.iter().map(|count| (*count).min(each) as usize).sum::<usize>();
        let half = self.kept.len() / 2;
        let (mut least, mut most) = (1, self.each.min(counts.last().copied().unwrap_or(1)));
        while least < most {
            let middle = most - (most - least) / 2;
            if stay(middle) <= half {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        self.each = least;
        let mut seen: HashMap<(Found, u32), u32> = HashMap::new();
        let before = self.kept.len();
        self.kept.retain(|kept| {
            let seen = seen.entry((kept.what, kept.input)).or_default();
            *seen += 1;
            *seen <= least
        });
        self.kept.shrink_to(self.kept.len() * 2);
        self.further += (before - self.kept.len()) as u64;
        self.counts = seen.into_iter().map(|(of, count)| (of, count.min(least))).collect();
        self.size = self.measured();
    }

    /// The size of all that is kept.
    fn measured(&self) -> usize {
        let (mut arounds, mut events) = (HashSet::new(), HashSet::new());
        let mut size = self.counts.len() * COUNT;
        let mut input = None;
        for kept in &self.kept {
            size += size_of::<Kept>() + kept.text.len() + 16;
            if input.replace(kept.input) != Some(kept.input) {
                size += kept.path.as_deref().map_or(0, str::len);
            }
            if let Some(around) = kept.around.as_ref().filter(|around| arounds.insert(Arc::as_ptr(around))) {
                size += size_of_around(around);
            }
            if let Some(event) = kept.event.as_ref().filter(|event| events.insert(Arc::as_ptr(event))) {
                size += size_of::<EventHead>() + event.provider.len();
            }
        }
        size
    }

    /// All that is kept, in the order of time: first what has a known instant, then what has a local time, a section per device, then what
    /// has no time. What happened at the same time keeps its order. The case has what all logs of the scan tell about the clocks.
    ///
    /// ```
    /// use intune_err::{Timeline, log::Case};
    /// assert!(Timeline::default().sections(&Case::default()).is_empty());
    /// ```
    pub fn sections(&self, case: &Case) -> Vec<TimelineSection<'_>> {
        let resolved = |kept: &Kept| kept.time.map(|time| case.resolve(time, kept.path.as_deref()));
        let mut devices: HashMap<&str, usize> = HashMap::new();
        // What cannot be compared has another first number.
        let mut order: Vec<((usize, Moment), usize)> = Vec::with_capacity(self.kept.len());
        for (position, kept) in self.kept.iter().enumerate() {
            let moment = case.moment(kept.time, kept.path.as_deref());
            let section = match moment {
                Moment::Instant(_) => 0,
                Moment::Local(_) => {
                    let next = devices.len() + 1;
                    *devices.entry(Case::device_of(kept.path.as_deref())).or_insert(next)
                }
                Moment::Unknown => usize::MAX,
            };
            order.push(((section, moment), position));
        }
        order.sort_unstable();
        let mut sections: Vec<TimelineSection<'_>> = Vec::new();
        for of in order.chunk_by(|one, other| one.0.0 == other.0.0) {
            let first = &self.kept[of[0].1];
            let clock = match of[0].0.1 {
                Moment::Instant(_) => Clock::Utc,
                Moment::Local(_) => Clock::Local(Some(Case::device_of(first.path.as_deref())).filter(|device| !device.is_empty())),
                Moment::Unknown => Clock::None,
            };
            let mut before: Option<Time> = None;
            let happenings = of.iter().map(|(_, position)| {
                let kept = &self.kept[*position];
                let time = resolved(kept);
                let gap = time.and_then(|time| time.since(before?));
                before = time;
                Happening { kept, context: self.contexts[kept.context as usize], time, gap }
            });
            let happenings = happenings.collect();
            sections.push(TimelineSection { clock, happenings });
        }
        sections
    }
}

/// The size of one count, with the room that a map keeps free.
const COUNT: usize = 3 * size_of::<((Found, u32), u32)>();

/// Whether two records differ in nothing but the time.
fn is_same_but_for_time(one: &Head, other: &Head) -> bool {
    (one.family, one.level, one.shape) == (other.family, other.level, other.shape)
        && (&one.component, &one.thread) == (&other.component, &other.thread)
}

/// About how many bytes it takes.
fn size_of_around(around: &Around) -> usize {
    let (head, owner) = (&around.head, &around.owner);
    let texts = [head.component.as_deref(), head.thread.as_deref(), owner.step.as_deref(), owner.correlation.as_deref()];
    size_of::<Around>() + 16 + texts.into_iter().flatten().map(|text| text.len() + 16).sum::<usize>()
}
