//! Which findings of a scan are wanted: those of a time, of a family of logs, of an app.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use crate::ledger::Occurrence;
use crate::log::{Case, Guid, LogFamily, Moment, Offsets, Time, Zone};

/// Ticks of 100 nanoseconds.
const SECOND: i64 = 10_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The farthest that a clock is before UTC, and after it.
const EAST: i64 = 14 * HOUR;
const WEST: i64 = 12 * HOUR;

/// A limit in time as people write it: RFC 3339, `2026-11-29`, `2026-11-29 14:05`, or how long ago: `90s`, `30m`, `2h`, `3d`, `1w`.
///
/// ```
/// use intune_err::When;
/// for text in ["2026-11-29", "2026-11-29 14:05", "2026-11-29T14:05:30.25+01:00", "30m", "2h", "3 days"] {
///     assert!(text.parse::<When>().is_ok(), "{text}");
/// }
/// assert_eq!(
///     "14:05".parse::<When>().unwrap_err().to_string(),
///     "a time of day needs its date: use a form like 2026-11-29 14:05 or 2026-11-29T14:05:00+01:00, or how long ago: 30m, 2h, 3d"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A time, and how long its last unit is: a day, a minute, a second or a part of one.
    At(Time, i64),
    /// So many ticks before now.
    Ago(i64),
}

/// A text that says no time.
///
/// ```
/// let error = "soon".parse::<intune_err::When>().unwrap_err();
/// assert!(error.to_string().starts_with("not a time: use a form like 2026-11-29 14:05"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhenError {
    is_time_of_day: bool,
}

impl fmt::Display for WhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_time_of_day { "a time of day needs its date" } else { "not a time" })?;
        f.write_str(": use a form like 2026-11-29 14:05 or 2026-11-29T14:05:00+01:00, or how long ago: 30m, 2h, 3d")
    }
}

impl std::error::Error for WhenError {}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        if let Some(ago) = ago(text) {
            return Ok(Self(Kind::Ago(ago)));
        }
        if let Ok(time) = text.parse::<Time>() {
            return Ok(Self(Kind::At(time, unit(text))));
        }
        let is_time_of_day = text.len() >= 4 && text.contains(':') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        Err(WhenError { is_time_of_day })
    }
}

/// How long the last unit of a time is that is written like this.
fn unit(text: &str) -> i64 {
    let clock = text.get(10..).unwrap_or_default();
    let clock = clock.trim_end_matches(['Z', 'z']);
    let clock = clock.split(['+', '-']).next().unwrap_or_default();
    match (clock.split_once('.'), clock.matches(':').count()) {
        (Some((_, fraction)), _) => 10_i64.pow(7_u32.saturating_sub(fraction.len() as u32)),
        (None, 0) => DAY,
        (None, 1) => MINUTE,
        (None, _) => SECOND,
    }
}

/// How many ticks a text like `2h` or `3 days` says.
fn ago(text: &str) -> Option<i64> {
    let (number, name) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = match name.trim_start().to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => SECOND,
        "m" | "min" | "minute" | "minutes" => MINUTE,
        "h" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7 * DAY,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(unit)
}

/// A limit: ticks after the beginning of 1601.
#[derive(Clone, Copy, Debug)]
struct Limit {
    ticks: i64,
    /// Whether they count in UTC, and not by the clock of the device.
    is_instant: bool,
}

impl Limit {
    /// A time as a limit, and the end of its last unit as one.
    fn of(when: When, now: Time) -> (Self, Self) {
        let (time, unit) = match when.0 {
            Kind::At(time, unit) => (time, unit),
            Kind::Ago(ticks) => {
                let ticks = now.instant().unwrap_or_default().saturating_sub(ticks);
                return (Self { ticks, is_instant: true }, Self { ticks: ticks.saturating_add(1), is_instant: true });
            }
        };
        let (ticks, is_instant) = match Moment::of(Some(time), &Offsets::default()) {
            Moment::Instant(ticks) => (ticks, true),
            Moment::Local(ticks) => (ticks, false),
            Moment::Unknown => (0, false),
        };
        (Self { ticks, is_instant }, Self { ticks: ticks + unit, is_instant })
    }
}

/// Why findings were left out, and how many of them.
///
/// ```
/// let left_out = intune_err::LeftOut { apps: 2, timeless: 1, ..Default::default() };
/// assert_eq!(left_out.total(), 3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// They are of another family of logs, or of none that is known.
    pub families: u64,
    /// They are of other apps, or nothing says of which.
    pub apps: u64,
    /// They are from another time.
    pub times: u64,
    /// They have no time.
    pub timeless: u64,
}

impl LeftOut {
    /// How many there are in all.
    ///
    /// ```
    /// assert_eq!(intune_err::LeftOut::default().total(), 0);
    /// ```
    pub const fn total(&self) -> u64 {
        self.families + self.apps + self.times + self.timeless
    }
}

/// Which findings of a scan are wanted.
///
/// ```
/// use intune_err::log::{Case, LogFamily};
/// use intune_err::{Filter, Scanner, Stream};
/// let now = "2024-05-14T08:00:00Z".parse().unwrap();
/// let mut filter = Filter::default().family(LogFamily::Cbs).since("2024-05-13 10:00".parse().unwrap(), now);
/// let (mut case, mut stream, mut kept) = (Case::default(), Stream::new(Scanner::new()), Vec::new());
/// case.begin(Some("CBS.log"));
/// stream.push(b"2024-05-13 09:59:59, Error  CSI  0x80070002\n2024-05-13 10:00:00, Error  CSI  0x80070005\n", |passage| {
///     for found in passage.followed(&mut case).occurrences() {
///         kept.extend(filter.keeps(&found, Some("CBS.log"), &case).then_some(found.line));
///     }
/// });
/// assert_eq!((kept, filter.left_out().times), (vec![2], 1));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Filter {
    since: Option<Limit>,
    until: Option<Limit>,
    families: Vec<LogFamily>,
    /// In lower case, without braces.
    apps: Vec<String>,
    /// The ids of apps with such a name.
    ids: HashSet<Guid>,
    left_out: LeftOut,
    doubtful: u64,
    taken_for_utc: u64,
}

impl Filter {
    /// The same, for findings from this time on. A time without a zone is what the clock of the device showed.
    ///
    /// ```
    /// let now = "2026-11-29T12:00:00Z".parse().unwrap();
    /// assert!(intune_err::Filter::default().since("2h".parse().unwrap(), now).is_any());
    /// ```
    #[must_use]
    pub fn since(self, when: When, now: Time) -> Self {
        Self { since: Some(Limit::of(when, now).0), ..self }
    }

    /// The same, for findings up to this time, its last unit included: `2026-11-29` ends with that day.
    ///
    /// ```
    /// let now = "2026-11-29T12:00:00Z".parse().unwrap();
    /// assert!(intune_err::Filter::default().until("2026-11-29".parse().unwrap(), now).is_any());
    /// ```
    #[must_use]
    pub fn until(self, when: When, now: Time) -> Self {
        Self { until: Some(Limit::of(when, now).1), ..self }
    }

    /// The same, for findings of this family of logs; called again, also of that one.
    ///
    /// ```
    /// use intune_err::{Filter, log::LogFamily};
    /// assert!(Filter::default().family(LogFamily::Ime).is_any());
    /// ```
    #[must_use]
    pub fn family(mut self, family: LogFamily) -> Self {
        self.families.push(family);
        self
    }

    /// The same, for findings of this app or script: its id, the first eight digits of it or more, or a part of its name in any case. Called
    /// again, also of that one.
    ///
    /// ```
    /// assert!(intune_err::Filter::default().app("contoso vpn").is_any());
    /// ```
    #[must_use]
    pub fn app(mut self, app: &str) -> Self {
        self.apps.push(app.trim().trim_start_matches('{').trim_end_matches('}').to_lowercase());
        self
    }

    /// Whether anything is asked for.
    ///
    /// ```
    /// assert!(!intune_err::Filter::default().is_any());
    /// ```
    pub fn is_any(&self) -> bool {
        self.since.is_some() || self.until.is_some() || !self.families.is_empty() || !self.apps.is_empty()
    }

    /// Whether nothing can be between its limits.
    ///
    /// ```
    /// let (now, when) = ("2026-11-29T12:00:00Z".parse().unwrap(), |text: &str| text.parse().unwrap());
    /// assert!(intune_err::Filter::default().since(when("1h"), now).until(when("2h"), now).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        let both = self.since.zip(self.until).filter(|(since, until)| since.is_instant == until.is_instant);
        both.is_some_and(|(since, until)| since.ticks >= until.ticks)
    }

    /// Whether it depends on what later logs can tell: the names of apps, and the offsets of clocks. Whoever can read the logs twice does so,
    /// and gives what they told to [`Filter::foresee`].
    ///
    /// ```
    /// use intune_err::{Filter, log::LogFamily};
    /// assert!(Filter::default().app("contoso vpn").looks_ahead() && !Filter::default().family(LogFamily::Ime).looks_ahead());
    /// ```
    pub fn looks_ahead(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.apps.iter().any(|app| Guid::of(app).is_none())
    }

    /// Learns what all logs told together.
    ///
    /// ```
    /// let mut filter = intune_err::Filter::default().app("contoso vpn");
    /// filter.foresee(&intune_err::log::Case::default());
    /// ```
    pub fn foresee(&mut self, case: &Case) {
        let named = case.names().iter().filter(|(_, name)| self.is_named(name.in_log()));
        let ids: Vec<Guid> = named.map(|(id, _)| *id).collect();
        self.ids.extend(ids);
    }

    /// Whether a finding of the log at this path is wanted; else it is counted among those that are left out.
    ///
    /// ```
    /// # use intune_err::{Filter, Scanner, Stream, log::Case};
    /// # let mut stream = Stream::new(Scanner::new());
    /// stream.push(b"hr = 0x80CF0437\n", |passage| {
    ///     let found = passage.occurrences().next().unwrap();
    ///     assert!(Filter::default().keeps(&found, None, &Case::default()));
    ///     assert!(!Filter::default().app("vpn").keeps(&found, None, &Case::default()));
    /// });
    /// ```
    pub fn keeps(&mut self, found: &Occurrence<'_>, path: Option<&str>, case: &Case) -> bool {
        let around = found.around.as_deref();
        if !self.families.is_empty() && !around.and_then(|around| around.head.family).is_some_and(|family| self.families.contains(&family))
        {
            self.left_out.families += 1;
            return false;
        }
        let subject = around.and_then(|around| around.owner.subject);
        if !self.apps.is_empty() && !subject.is_some_and(|subject| self.is_wanted(&subject.id, case)) {
            self.left_out.apps += 1;
            return false;
        }
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(time) = around.and_then(|around| around.head.time) else {
            self.left_out.timeless += 1;
            return false;
        };
        let (mut is_doubtful, mut is_taken_for_utc) = (false, false);
        let time = case.resolve(time, path);
        for (limit, is_since) in self.since.map(|limit| (limit, true)).into_iter().chain(self.until.map(|limit| (limit, false))) {
            let (earliest, latest, for_utc) = range(time, limit, path, case);
            is_taken_for_utc |= for_utc;
            let (inside, outside) =
                if is_since { (earliest >= limit.ticks, latest < limit.ticks) } else { (latest < limit.ticks, earliest >= limit.ticks) };
            if outside {
                self.left_out.times += 1;
                self.taken_for_utc += u64::from(is_taken_for_utc);
                return false;
            }
            is_doubtful |= !inside;
        }
        self.doubtful += u64::from(is_doubtful);
        self.taken_for_utc += u64::from(is_taken_for_utc);
        true
    }

    /// How many findings were left out, and why.
    ///
    /// ```
    /// assert_eq!(intune_err::Filter::default().left_out().total(), 0);
    /// ```
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// How many findings were kept though they can be outside of the limits: their time is local, and nothing tells its zone.
    ///
    /// ```
    /// assert_eq!(intune_err::Filter::default().doubtful(), 0);
    /// ```
    pub const fn doubtful(&self) -> u64 {
        self.doubtful
    }

    /// How many findings have a time in UTC that was compared with a limit without a zone as if that were in UTC, too: nothing tells what the
    /// clock of their device showed.
    ///
    /// ```
    /// assert_eq!(intune_err::Filter::default().taken_for_utc(), 0);
    /// ```
    pub const fn taken_for_utc(&self) -> u64 {
        self.taken_for_utc
    }

    fn is_wanted(&self, id: &Guid, case: &Case) -> bool {
        /// So many digits of an id tell it from others.
        const DIGITS: usize = 8;
        self.ids.contains(id)
            || self.apps.iter().any(|app| app.len() >= DIGITS && id.as_str().starts_with(app.as_str()))
            || case.names().get(id).is_some_and(|name| self.is_named(name.in_log()))
    }

    fn is_named(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.apps.iter().any(|app| name.contains(app.as_str()))
    }
}

/// Between which ticks a time is on the clock of a limit, and whether it is in UTC and was taken for that clock's.
fn range(time: Time, limit: Limit, path: Option<&str>, case: &Case) -> (i64, i64, bool) {
    match (limit.is_instant, time.zone(), time.instant()) {
        (true, _, Some(instant)) => (instant, instant, false),
        // A clock in the east shows more than UTC.
        (true, _, None) => {
            let wall = wall(time);
            (wall - EAST, wall + WEST, false)
        }
        (false, Some(Zone::Utc), _) => match case.local(time, path) {
            Some(local) => (wall(local), wall(local), false),
            None => (wall(time), wall(time), true),
        },
        (false, ..) => (wall(time), wall(time), false),
    }
}

/// What the clock showed that wrote a time: ticks after the beginning of 1601.
fn wall(time: Time) -> i64 {
    match (Moment::of(Some(time), &Offsets::default()), time.zone()) {
        (Moment::Instant(instant), Some(Zone::Offset(minutes))) => instant + i64::from(minutes) * MINUTE,
        (Moment::Instant(ticks) | Moment::Local(ticks), _) => ticks,
        (Moment::Unknown, _) => 0,
    }
}
