//! What an unknown code is near to: the codes that begin with the same four hex digits.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

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

/// All families, by how their codes begin: a log can have a million codes of a few.
static FAMILIES: LazyLock<HashMap<u16, Family>> = LazyLock::new(families);

/// Fewer codes don't make a family.
const FEWEST: usize = 3;

impl Family {
    /// The family of a code; none where its first half tells nothing, as in codes that wrap others.
    ///
    /// ```
    /// use intune_err::{Code, Family};
    /// assert_eq!(Family::of(Code::new(0x8024_7FFF)).unwrap().prefix, Some("WU_E_"));
    /// ```
    pub fn of(code: Code) -> Option<Self> {
        FAMILIES.get(&begin(code)).copied()
    }
}

/// How a code begins.
const fn begin(code: Code) -> u16 {
    (code.bits() >> 16) as u16
}

/// Goes through the table once for all families.
fn families() -> HashMap<u16, Family> {
    // Win32 codes by themselves and wrapped, the general HRESULTs, those of any interface, and the general NTSTATUS values.
    let tells = |begin: &u16| !matches!(begin, 0 | 0x8000 | 0x8004 | 0x8007 | 0xC000 | 0xD000);
    let mut known: HashMap<u16, (Vec<Option<ContextKind>>, Vec<&str>)> = HashMap::new();
    for entry in Entry::all() {
        for begin in entry.codes().map(begin).filter(tells).collect::<HashSet<_>>() {
            known.entry(begin).or_default().0.push(entry.seen_in().next());
        }
    }
    for symbol in Symbol::all().filter(|symbol| tells(&begin(symbol.code()))) {
        known.entry(begin(symbol.code())).or_default().1.push(symbol.name());
    }
    let of = known.into_iter().map(|(begin, (places, names))| Family { begin, place: place(&places), prefix: prefix(&names) });
    of.filter(|of| of.place.is_some() || of.prefix.is_some()).map(|of| (of.begin, of)).collect()
}

/// The place that at least three in five of the entries are about.
fn place(places: &[Option<ContextKind>]) -> Option<ContextKind> {
    let count = |place: &ContextKind| places.iter().filter(|of| **of == Some(*place)).count();
    let most = places.iter().flatten().max_by_key(|place| (count(place), Reverse(place.index())))?;
    (places.len() >= FEWEST && 5 * count(most) >= 3 * places.len()).then_some(*most)
}

/// What all names begin with, up to an underscore.
fn prefix(names: &[&'static str]) -> Option<&'static str> {
    let first = names.first().filter(|_| names.len() >= FEWEST)?;
    let same = |name: &&str| first.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
    let common = names.iter().map(same).min()?;
    first[..common].rfind('_').map(|end| &first[..=end])
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
