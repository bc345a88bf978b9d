//! When something happened: times with the offset that a record gives them, local times without one, and how far they are apart.
//!
//! Own code, after a look at the crates `time` and `jiff`: each adds as much to the program as this file, neither keeps a record's digits or
//! a time without a zone beside one with it, and the calendar itself is needed for event logs anyway.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::calendar;

/// Ticks of 100 nanoseconds, in which Windows counts.
const SECOND: i64 = 10_000_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// What a record says about the zone of its time.
///
/// ```
/// use intune_err::log::Zone;
/// assert_eq!(Zone::Offset(-300).to_string(), "-05:00");
/// assert_eq!(Zone::Utc.to_string(), "Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The time is in UTC, no matter what the clock of the device shows.
    Utc,
    /// The time is that of a clock this many minutes east of UTC.
    Offset(i16),
}

impl Zone {
    const fn minutes(self) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Offset(minutes) => minutes as i64,
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utc => f.write_str("Z"),
            Self::Offset(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// When something happened: what a clock showed, and its zone where the record says it.
///
/// It displays as RFC 3339 with as many digits as the record has, without a zone where the record has none.
///
/// ```
/// use intune_err::log::{Time, Zone};
/// let time: Time = "2024-05-13T10:00:00.123+02:00".parse().unwrap();
/// assert_eq!(time.zone(), Some(Zone::Offset(120)));
/// assert_eq!(time.to_string(), "2024-05-13T10:00:00.123+02:00");
/// let local: Time = "2024-05-13 10:00:00".parse().unwrap();
/// assert_eq!((local.zone(), local.to_string().as_str()), (None, "2024-05-13T10:00:00"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// Ticks after the beginning of 1601 on the clock that wrote the record.
    wall: i64,
    /// How many digits of the second's fraction are shown.
    digits: u8,
    zone: Option<Zone>,
}

impl Time {
    /// Years beyond 9999 have no place in RFC 3339; a damaged record may hold one.
    const LAST: i64 = 2_650_467_743_999_999_999;

    /// The time of a Windows `FILETIME`, which is in UTC.
    ///
    /// ```
    /// use intune_err::log::Time;
    /// assert_eq!(Time::from_filetime(133_600_608_001_234_567).to_string(), "2024-05-13T08:00:00.1234567Z");
    /// ```
    pub fn from_filetime(ticks: u64) -> Self {
        Self { wall: ticks.min(Self::LAST as u64) as i64, digits: 7, zone: Some(Zone::Utc) }
    }

    /// The time of a date and a time of day with a fraction in decimal digits. `None` if there is no such time.
    pub(super) fn new((year, month, day): (u16, u8, u8), (hour, minute, second): (u8, u8, u8), fraction: &[u8]) -> Option<Self> {
        let days = calendar::days(year, month, day)?;
        // A leap second shows up as 60.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let digits = fraction.len().min(7);
        let read = |ticks: i64, digit: &u8| digit.is_ascii_digit().then(|| ticks * 10 + i64::from(digit - b'0'));
        let read = fraction[..digits].iter().try_fold(0, read)?;
        let ticks = read * 10_i64.pow(7 - digits as u32);
        let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        let wall = days as i64 * DAY + seconds * SECOND + ticks;
        // A leap second at the end of 9999 would be in a year that RFC 3339 has not.
        (wall <= Self::LAST).then_some(Self { wall, digits: digits as u8, zone: None })
    }

    /// The zone; none where the record doesn't say it, and the time is local to the device.
    ///
    /// ```
    /// let time: intune_err::log::Time = "2024-05-13T10:00:00".parse().unwrap();
    /// assert_eq!(time.zone(), None);
    /// ```
    pub const fn zone(self) -> Option<Zone> {
        self.zone
    }

    /// The same clock time in a zone. What the record itself says about the zone stays.
    ///
    /// ```
    /// use intune_err::log::{Time, Zone};
    /// let local: Time = "2024-05-13T10:00:00".parse().unwrap();
    /// assert_eq!(local.or_zone(Zone::Offset(120)).to_string(), "2024-05-13T10:00:00+02:00");
    /// let utc: Time = "2024-05-13T10:00:00Z".parse().unwrap();
    /// assert_eq!(utc.or_zone(Zone::Offset(120)), utc);
    /// ```
    #[must_use]
    pub const fn or_zone(self, zone: Zone) -> Self {
        let zone = match self.zone {
            Some(own) => own,
            None => zone,
        };
        Self { zone: Some(zone), ..self }
    }

    /// The next time from this one on at which a clock shows this time of day.
    pub(super) fn next_at(self, (hour, minute, second): (u8, u8, u8), fraction: &[u8]) -> Option<Self> {
        let (year, month, day) = calendar::date((self.wall / DAY) as u64);
        let same_day = Self::new((year as u16, month as u8, day as u8), (hour, minute, second), fraction)?;
        // A log's first line has no fraction.
        let is_later = same_day.wall / SECOND >= self.wall / SECOND;
        let wall = same_day.wall + if is_later { 0 } else { DAY };
        (wall <= Self::LAST).then_some(Self { wall, ..same_day })
    }

    /// Ticks of 100 nanoseconds after the beginning of 1601 in UTC; none for a local time.
    ///
    /// ```
    /// use intune_err::log::Time;
    /// let [a, b] = ["2024-05-13T10:00:00+02:00", "2024-05-13T08:00:00Z"].map(|time| time.parse::<Time>().unwrap());
    /// assert_eq!(a.instant(), b.instant());
    /// ```
    pub const fn instant(self) -> Option<i64> {
        match self.zone {
            Some(zone) => Some(self.wall - zone.minutes() * MINUTE),
            None => None,
        }
    }

    /// The same moment in UTC; none for a local time, and where UTC's calendar would leave the years that RFC 3339 can write.
    ///
    /// ```
    /// use intune_err::log::Time;
    /// let time = |text: &str| text.parse::<Time>().unwrap();
    /// assert_eq!(time("2024-05-13T10:00:00.5+02:00").in_utc(), Some(time("2024-05-13T08:00:00.5Z")));
    /// assert_eq!(time("2024-05-13T10:00:00").in_utc(), None);
    /// ```
    pub fn in_utc(self) -> Option<Self> {
        let wall = self.instant().filter(|wall| (0..=Self::LAST).contains(wall))?;
        Some(Self { wall, zone: Some(Zone::Utc), ..self })
    }

    /// How it compares to another time; none where one of the two is local, since nothing says which comes first.
    ///
    /// Two local times compare as the clocks showed them.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use intune_err::log::Time;
    /// let time = |text: &str| text.parse::<Time>().unwrap();
    /// assert_eq!(time("2024-05-13T10:00:00+02:00").compare(time("2024-05-13T09:00:00Z")), Some(Ordering::Less));
    /// assert_eq!(time("2024-05-13T10:00:00").compare(time("2024-05-13T09:00:00")), Some(Ordering::Greater));
    /// assert_eq!(time("2024-05-13T10:00:00").compare(time("2024-05-13T09:00:00Z")), None);
    /// ```
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self.instant(), other.instant()) {
            (Some(instant), Some(other)) => Some(instant.cmp(&other)),
            (None, None) => Some(self.wall.cmp(&other.wall)),
            _ => None,
        }
    }

    /// How long after another time it is; none where [`Time::compare`] has none.
    ///
    /// ```
    /// use intune_err::log::Time;
    /// let time = |text: &str| text.parse::<Time>().unwrap();
    /// let gap = time("2024-05-13T10:00:00").since(time("2024-05-13T09:58:30")).unwrap();
    /// assert_eq!(gap.to_string(), "1 min 30 s");
    /// ```
    pub fn since(self, earlier: Self) -> Option<Gap> {
        self.compare(earlier)?;
        let zone = |time: Self| time.zone.map_or(0, Zone::minutes) * MINUTE;
        Some(Gap((self.wall - zone(self)) - (earlier.wall - zone(earlier))))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = calendar::date((self.wall / DAY) as u64);
        let second = (self.wall % DAY / SECOND) as u64;
        // At once: the format machinery would take longer than all else that is told of a finding.
        let mut text = *b"00000-00-00T00:00:00.0000000";
        let begin = usize::from(year <= 9999);
        let clock = [second / 3600, second / 60 % 60, second % 60];
        let parts = [(0..5, year), (6..8, month), (9..11, day), (12..14, clock[0]), (15..17, clock[1]), (18..20, clock[2])];
        for (range, mut number) in parts.into_iter().chain([(21..28, (self.wall % SECOND) as u64)]) {
            for digit in text[range].iter_mut().rev() {
                *digit = b'0' + (number % 10) as u8;
                number /= 10;
            }
        }
        let end = if self.digits > 0 { 21 + usize::from(self.digits) } else { 20 };
        f.write_str(std::str::from_utf8(&text[begin..end]).unwrap_or_default())?;
        self.zone.map_or(Ok(()), |zone| zone.fmt(f))
    }
}

/// A text that is no time.
///
/// ```
/// let error = "yesterday".parse::<intune_err::log::Time>().unwrap_err();
/// assert_eq!(error.to_string(), "not a time: use a form like 2024-05-13, 2024-05-13T10:00:00 or 2024-05-13T10:00:00+02:00");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeError(());

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time: use a form like 2024-05-13, 2024-05-13T10:00:00 or 2024-05-13T10:00:00+02:00")
    }
}

impl std::error::Error for TimeError {}

impl FromStr for Time {
    type Err = TimeError;

    /// Reads RFC 3339, also with a blank for the `T`, without the zone, the seconds or the whole time of day, which is midnight then.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        parse(text).ok_or(TimeError(()))
    }
}

fn parse(text: &str) -> Option<Time> {
    let (date, rest) = text.split_at_checked(10)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date.as_bytes() else { return None };
    let date = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])? as u8, number(&[d1, d2])? as u8);
    if rest.is_empty() {
        return Time::new(date, (0, 0, 0), b"");
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, zone) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let (hour, minute, second) = match *clock.as_bytes() {
        [h1, h2, b':', m1, m2] if fraction.is_none() => (number(&[h1, h2])?, number(&[m1, m2])?, 0),
        [h1, h2, b':', m1, m2, b':', s1, s2] => (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?),
        _ => return None,
    };
    if fraction.is_some_and(str::is_empty) {
        return None;
    }
    let time = Time::new(date, (hour as u8, minute as u8, second as u8), fraction.unwrap_or_default().as_bytes())?;
    let zone = match zone.as_bytes() {
        b"" => return Some(time),
        b"Z" | b"z" => Zone::Utc,
        &[sign, h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number(&[h1, h2])?, number(&[m1, m2])?);
            let minutes = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)? as i16;
            Zone::Offset(if sign == b'-' { -minutes } else { minutes })
        }
        _ => return None,
    };
    Some(time.or_zone(zone))
}

/// The number that a few digits are.
fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0')))
}

/// How long one time is after another. It displays with its two largest units.
///
/// ```
/// use intune_err::log::Time;
/// let time = |text: &str| text.parse::<Time>().unwrap();
/// let gap = |later: &str, earlier: &str| time(later).since(time(earlier)).unwrap().to_string();
/// assert_eq!(gap("2024-05-15T12:30:00", "2024-05-13T10:00:00"), "2 d 2 h");
/// assert_eq!(gap("2024-05-13T10:00:00.25", "2024-05-13T10:00:00"), "250 ms");
/// assert_eq!(gap("2024-05-13T10:00:00", "2024-05-13T10:00:00"), "0 s");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap(i64);

impl Gap {
    /// Whole milliseconds; fewer than none where the other time is the later one.
    ///
    /// ```
    /// # use intune_err::log::Time;
    /// # let time = |text: &str| text.parse::<Time>().unwrap();
    /// assert_eq!(time("2024-05-13T10:00:01").since(time("2024-05-13T10:00:00")).unwrap().millis(), 1000);
    /// ```
    pub const fn millis(self) -> i64 {
        self.0 / (SECOND / 1000)
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let ticks = self.0.unsigned_abs();
        let units = [("d", DAY), ("h", 60 * MINUTE), ("min", MINUTE), ("s", SECOND)].map(|(name, ticks)| (name, ticks as u64));
        let Some(first) = units.iter().position(|(_, length)| ticks >= *length) else {
            let millis = self.millis().unsigned_abs();
            return if millis == 0 { f.write_str("0 s") } else { write!(f, "{millis} ms") };
        };
        let (name, length) = units[first];
        write!(f, "{} {name}", ticks / length)?;
        match units.get(first + 1) {
            Some((name, next)) if ticks % length >= *next => write!(f, " {} {name}", ticks % length / next),
            _ => Ok(()),
        }
    }
}

/// Where a time stands in the order of all: first those whose instant is known, then local ones, then those without a time.
///
/// ```
/// use intune_err::log::{Moment, Offsets, Time};
/// let offsets = Offsets::default();
/// let moment = |text: &str| Moment::of(text.parse::<Time>().ok(), &offsets);
/// let mut times = ["", "2024-05-13T10:00:00", "2024-05-13T12:00:00Z", "2024-05-13T13:00:00+02:00"];
/// times.sort_by_key(|text| moment(text));
/// assert_eq!(times, ["2024-05-13T13:00:00+02:00", "2024-05-13T12:00:00Z", "2024-05-13T10:00:00", ""]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Ticks of 100 nanoseconds after the beginning of 1601 in UTC.
    Instant(i64),
    /// The same, on a clock of which nobody knows the zone.
    Local(i64),
    /// There is no time.
    Unknown,
}

impl Moment {
    /// The moment of a time. A local one is an instant where the same evidence knows the offset of its clock.
    ///
    /// ```
    /// use intune_err::log::{Moment, Offsets, Time};
    /// let mut offsets = Offsets::default();
    /// let local: Time = "2024-05-13T10:00:00".parse().unwrap();
    /// assert!(matches!(Moment::of(Some(local), &offsets), Moment::Local(_)));
    /// offsets.learn("2024-05-13T11:00:00+02:00".parse().unwrap());
    /// assert!(matches!(Moment::of(Some(local), &offsets), Moment::Instant(_)));
    /// ```
    pub fn of(time: Option<Time>, offsets: &Offsets) -> Self {
        let Some(time) = time else { return Self::Unknown };
        match offsets.resolve(time).instant() {
            Some(instant) => Self::Instant(instant),
            None => Self::Local(time.wall),
        }
    }
}

/// The offsets that the clock of one device had, as its own records tell them.
///
/// A record in UTC tells nothing of the clock. Between two records with the same offset a clock has that offset, and for a day before
/// the first and after the last one; elsewhere it is unknown, since the clocks may have been changed in between.
///
/// ```
/// use intune_err::log::{Offsets, Time};
/// let time = |text: &str| text.parse::<Time>().unwrap();
/// let mut offsets = Offsets::default();
/// offsets.learn(time("2024-05-13T10:00:00+02:00"));
/// assert_eq!(offsets.resolve(time("2024-05-13T22:00:00")).to_string(), "2024-05-13T22:00:00+02:00");
/// assert_eq!(offsets.resolve(time("2024-06-13T22:00:00")).to_string(), "2024-06-13T22:00:00");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Offsets {
    /// By the clock: the offset that a record has. Of a run with the same offset only the ends are kept.
    known: BTreeMap<i64, i16>,
}

impl Offsets {
    /// A clock is changed twice a year; only a hostile log has more.
    const MOST: usize = 1000;

    /// Learns the offset of a record's time.
    ///
    /// ```
    /// # use intune_err::log::Offsets;
    /// let mut offsets = Offsets::default();
    /// offsets.learn("2024-05-13T10:00:00Z".parse().unwrap());
    /// assert!(offsets.is_empty());
    /// ```
    pub fn learn(&mut self, time: Time) {
        let Some(Zone::Offset(minutes)) = time.zone else { return };
        let has = |known: Option<(i64, i16)>| known.is_some_and(|(_, known)| known == minutes);
        let [before, after] = self.around(time.wall);
        if has(before) && has(after) || self.known.len() >= Self::MOST {
            return;
        }
        self.known.insert(time.wall, minutes);
        // The end of a run that got longer is inside it now.
        for (end, _) in [before, after].into_iter().flatten() {
            let [[before, _], [_, after]] = [self.around(end - 1), self.around(end + 1)];
            if has(before) && has(after) && self.known.get(&end) == Some(&minutes) {
                self.known.remove(&end);
            }
        }
    }

    /// Whether no offset is known.
    ///
    /// ```
    /// assert!(intune_err::log::Offsets::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The same time, with the offset where it was local and the offset is known.
    ///
    /// ```
    /// # use intune_err::log::{Offsets, Time};
    /// let time: Time = "2024-05-13T10:00:00".parse().unwrap();
    /// assert_eq!(Offsets::default().resolve(time), time);
    /// ```
    #[must_use]
    pub fn resolve(&self, time: Time) -> Time {
        let offset = match self.around(time.wall) {
            [Some((_, before)), Some((_, after))] => (before == after).then_some(before),
            [Some((at, minutes)), None] | [None, Some((at, minutes))] => ((time.wall - at).abs() <= DAY).then_some(minutes),
            [None, None] => None,
        };
        offset.map_or(time, |minutes| time.or_zone(Zone::Offset(minutes)))
    }

    /// What the clock showed at an instant; none where its offset is unknown or the time has no zone.
    ///
    /// ```
    /// # use intune_err::log::{Offsets, Time};
    /// let time = |text: &str| text.parse::<Time>().unwrap();
    /// let mut offsets = Offsets::default();
    /// offsets.learn(time("2024-05-13T10:00:00+02:00"));
    /// assert_eq!(offsets.local(time("2024-05-13T09:00:00Z")), Some(time("2024-05-13T11:00:00+02:00")));
    /// assert_eq!(offsets.local(time("2024-06-13T09:00:00Z")), None);
    /// ```
    pub fn local(&self, time: Time) -> Option<Time> {
        let instant = time.instant()?;
        // What a clock shows is never farther from UTC than a day.
        let near = [self.around(instant - DAY), self.around(instant), self.around(instant + DAY)];
        near.into_iter().flatten().flatten().find_map(|(_, minutes)| {
            let wall = Some(instant + i64::from(minutes) * MINUTE).filter(|wall| (0..=Time::LAST).contains(wall))?;
            let local = self.resolve(Time { wall, zone: None, ..time });
            (local.zone == Some(Zone::Offset(minutes))).then_some(local)
        })
    }

    /// The last known offset up to a clock time, and the first from it on.
    fn around(&self, wall: i64) -> [Option<(i64, i16)>; 2] {
        let of = |(at, minutes): (&i64, &i16)| (*at, *minutes);
        [self.known.range(..=wall).next_back().map(of), self.known.range(wall..).next().map(of)]
    }
}
