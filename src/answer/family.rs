//! What an unknown code is near to: the codes that begin with the same four hex digits.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use crate::code::Code;
use crate::table::{ContextKind, Entry, Symbol};

/// The codes that begin with the same four hex digits, and what they have in common. It prints as `0x87D0xxxx: Configuration Manager client`.
///
/// ```
/// use intune_err::{Code, Family};
/// let family = Family::of(Code::new(0x87D0_0FFF)).unwrap();
/// assert_eq!(family.to_string(), "0x87D0xxxx: Configuration Manager client");
/// assert_eq!(Family::of(Code::new(0x8007_FFFE)), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Family {
    /// The upper 16 bits that they share.
    pub begin: u16,
    /// Where most of those that the table knows are met.
    pub place: Option<ContextKind>,
    /// How the names of all of them in the Windows headers begin, such as `WU_E_`.
    pub prefix: Option<&'static str>,
}

/// So few codes make no family.
const FEWEST: usize = 3;

impl Family {
    /// The family of a code; none where its first half tells nothing, as in codes that wrap others.
    ///
    /// ```
    /// use intune_err::{Code, Family};
    /// assert_eq!(Family::of(Code::new(0x8024_7FFF)).unwrap().prefix, Some("WU_E_"));
    /// ```
    pub fn of(code: Code) -> Option<Self> {
        let begin = (code.bits() >> 16) as u16;
        // Win32 codes by themselves and wrapped, the general HRESULTs, those of any interface, and the general NTSTATUS values.
        if matches!(begin, 0 | 0x8000 | 0x8004 | 0x8007 | 0xC000 | 0xD000) {
            return None;
        }
        let families = families();
        families.binary_search_by_key(&begin, |family| family.begin).ok().map(|at| families[at])
    }
}

/// All families by their beginning, found once per process.
fn families() -> &'static [Family] {
    static FAMILIES: OnceLock<Vec<Family>> = OnceLock::new();
    FAMILIES.get_or_init(|| {
        let (places, prefixes) = (places(), prefixes());
        let begins: BTreeSet<u16> = places.keys().chain(prefixes.keys()).copied().collect();
        let family = |begin| Family { begin, place: places.get(&begin).copied(), prefix: prefixes.get(&begin).copied() };
        begins.into_iter().map(family).collect()
    })
}

/// The place that at least three in five of the entries are about whose codes begin so.
fn places() -> BTreeMap<u16, ContextKind> {
    let mut entries: BTreeMap<u16, Vec<Option<ContextKind>>> = BTreeMap::new();
    for entry in Entry::all() {
        let begins: BTreeSet<u16> = entry.codes().map(|code| (code.bits() >> 16) as u16).collect();
        for begin in begins {
            entries.entry(begin).or_default().push(entry.seen_in().next());
        }
    }
    let most = |places: Vec<Option<ContextKind>>| {
        let count = |place: &ContextKind| places.iter().filter(|of| **of == Some(*place)).count();
        let place = places.iter().flatten().max_by_key(|place| (count(place), Reverse(place.index())))?;
        (places.len() >= FEWEST && 5 * count(place) >= 3 * places.len()).then_some(*place)
    };
    entries.into_iter().filter_map(|(begin, places)| Some((begin, most(places)?))).collect()
}

/// What the names of all constants begin with whose values begin so, up to an underscore.
fn prefixes() -> BTreeMap<u16, &'static str> {
    let mut prefixes: BTreeMap<u16, (usize, &str)> = BTreeMap::new();
    for symbol in Symbol::all() {
        let (count, common) = prefixes.entry((symbol.code().bits() >> 16) as u16).or_insert((0, symbol.name()));
        *count += 1;
        let same = common.bytes().zip(symbol.name().bytes()).take_while(|(a, b)| a == b).count();
        *common = &common[..same];
    }
    let whole = |(begin, (count, common)): (u16, (usize, &'static str))| {
        let end = common.rfind('_').filter(|_| count >= FEWEST)?;
        Some((begin, &common[..=end]))
    };
    prefixes.into_iter().filter_map(whole).collect()
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:04X}xxxx: ", self.begin)?;
        match (self.place, self.prefix) {
            (Some(place), Some(prefix)) => write!(f, "{}, names that begin with {prefix}", place.name()),
            (Some(place), None) => write!(f, "{}", place.name()),
            (None, prefix) => write!(f, "names that begin with {}", prefix.unwrap_or_default()),
        }
    }
}
