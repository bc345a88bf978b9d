//! What an unknown code is near to: the codes that begin with the same four hex digits.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, Mutex, PoisonError};

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

/// The families that were asked for, by how their codes begin: 65,536 at the most.
static SEEN: LazyLock<Mutex<HashMap<u16, Option<Family>>>> = LazyLock::new(Mutex::default);

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
        let begin = (code.bits() >> 16) as u16;
        // Win32 codes by themselves and wrapped, the general HRESULTs, those of any interface, and the general NTSTATUS values.
        if matches!(begin, 0 | 0x8000 | 0x8004 | 0x8007 | 0xC000 | 0xD000) {
            return None;
        }
        // The whole table is gone through for a family, and a log can have a million codes of a few.
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        *seen.entry(begin).or_insert_with(|| {
            let (place, prefix) = (place(begin), prefix(begin));
            (place.is_some() || prefix.is_some()).then_some(Self { begin, place, prefix })
        })
    }
}

/// The place that at least three in five of the entries are about whose codes begin so.
fn place(begin: u16) -> Option<ContextKind> {
    let begins = |code: Code| (code.bits() >> 16) as u16 == begin;
    let places: Vec<Option<ContextKind>> =
        Entry::all().filter(|entry| entry.codes().any(begins)).map(|entry| entry.seen_in().next()).collect();
    let count = |place: &ContextKind| places.iter().filter(|of| **of == Some(*place)).count();
    let most = places.iter().flatten().max_by_key(|place| (count(place), Reverse(place.index())))?;
    (places.len() >= FEWEST && 5 * count(most) >= 3 * places.len()).then_some(*most)
}

/// What the names of all constants begin with whose values begin so, up to an underscore.
fn prefix(begin: u16) -> Option<&'static str> {
    let begin_of = |symbol: &Symbol| (symbol.code().bits() >> 16) as u16;
    // Symbols are in the order of their values.
    let family = Symbol::all().skip_while(|symbol| begin_of(symbol) < begin).take_while(|symbol| begin_of(symbol) == begin);
    let names: Vec<&str> = family.map(Symbol::name).collect();
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
