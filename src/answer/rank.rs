//! Which of several entries fits the case best. Pure: an entry and a context in, a rank out.

use std::cmp::Reverse;

use crate::context::Context;
use crate::table::Entry;

/// An entry with this rank or more is known only from a third party's list.
const LAST: u8 = 90;

/// The place of an entry among others; the least comes first.
///
/// What decides, in this order: whether it is one of somebody's own records; whether the context is that of the entry, and how closely; whether more than a third party's list knows
/// it; whether it has a way out; the entry's own rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    is_of_table: bool,
    fit: Reverse<Fit>,
    is_last: bool,
    has_no_way_out: bool,
    own: u8,
}

/// How an entry fits a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The entry is about another place or platform than the one that is known.
    Elsewhere,
    /// Nothing speaks for the entry or against it.
    Open,
    /// The entry is about the place. The more telling that place is for it, and the more of its places are known, the closer it fits.
    Fits {
        /// How telling the place is for the entry: 255 for its first, less for each further.
        telling: u8,
        /// How many of its places are known.
        places: u8,
    },
}

impl Fit {
    /// How `entry` fits `context`.
    pub fn of(entry: Entry, context: &Context) -> Self {
        if context.is_elsewhere(entry) {
            return Self::Elsewhere;
        }
        let known = |place: &(usize, crate::table::ContextKind)| context.has(place.1);
        let mut places = entry.seen_in().enumerate().filter(known).map(|(position, _)| position);
        match places.next() {
            Some(first) => Self::Fits {
                telling: u8::MAX - u8::try_from(first).unwrap_or(u8::MAX),
                places: u8::try_from(1 + places.count()).unwrap_or(u8::MAX),
            },
            None if context.is_placeless() || entry.seen_in().len() == 0 => Self::Open,
            None => Self::Elsewhere,
        }
    }
}

/// The rank of `entry` for an error that stands in `context`.
pub fn rank(entry: Entry, context: &Context) -> Rank {
    let has_way_out = entry.resolution().len() > 0 || entry.nothing_to_do().is_some();
    Rank {
        is_of_table: entry.file().is_none(),
        fit: Reverse(Fit::of(entry, context)),
        is_last: entry.rank() >= LAST,
        has_no_way_out: !has_way_out,
        own: entry.rank(),
    }
}

/// Whether `entry` can be about what is known of the place: one of somebody's own records can wherever its code stands.
pub(super) fn can_fit(entry: Entry, context: &Context) -> bool {
    entry.file().is_some() || Fit::of(entry, context) != Fit::Elsewhere
}

/// Whether `entry` is about the place that is known, and about no other platform.
pub(super) fn is_about(entry: Entry, context: &Context) -> bool {
    matches!(Fit::of(entry, context), Fit::Fits { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str) -> Entry {
        Entry::by_name(id).next().unwrap_or_else(|| panic!("there is no {id}"))
    }

    #[test]
    fn the_place_decides_before_all_else() {
        let context = Context::of_text("Windows Update failed with 0x80070005");
        let windows_update = entry("update-access-denied");
        for other in Entry::all().filter(|other| other.codes().any(|code| code.bits() == 0x8007_0005) && *other != windows_update) {
            if !other.seen_in().any(|kind| context.has(kind)) {
                assert!(rank(windows_update, &context) < rank(other, &context), "{other:?}");
            }
        }
        assert_eq!(Fit::of(windows_update, &Context::of_text("NDES")), Fit::Elsewhere);
        assert_eq!(Fit::of(windows_update, &Context::default()), Fit::Open);
    }

    #[test]
    fn an_entry_fits_closer_where_more_of_its_places_and_more_telling_ones_are_known() {
        let invalid = entry("msi-invalid-parameter");
        let fit = |place: &str| Fit::of(invalid, &Context::of_text(place));
        // Its places are msi, app, win32-app and ime, in this order.
        assert_eq!(fit("AgentExecutor"), Fit::Fits { telling: 252, places: 1 });
        assert_eq!(fit("InstallExecuteSequence"), Fit::Fits { telling: 255, places: 1 });
        assert_eq!(fit("AgentExecutor InstallExecuteSequence"), Fit::Fits { telling: 255, places: 2 });
        assert!(
            fit("AgentExecutor") < fit("InstallExecuteSequence")
                && fit("InstallExecuteSequence") < fit("AgentExecutor InstallExecuteSequence")
        );
    }

    #[test]
    fn the_platform_of_the_case_is_one_of_the_entry() {
        let context = Context::of_text("on my iPhone");
        assert_eq!(Fit::of(entry("update-access-denied"), &context), Fit::Elsewhere);
        assert_eq!(Fit::of(entry("ios-profile-signing-certificate-expired"), &context), Fit::Open);
    }

    #[test]
    fn without_a_context_an_entry_with_a_way_out_comes_first() {
        let none = Context::default();
        let has = |entry: Entry| entry.resolution().len() > 0 || entry.nothing_to_do().is_some();
        for (a, b) in Entry::all().zip(Entry::all().skip(1)).filter(|(a, b)| a.rank() < LAST && b.rank() < LAST) {
            assert_eq!(has(a) && !has(b), has(a) && !has(b) && rank(a, &none) < rank(b, &none), "{a:?} {b:?}");
        }
    }
}
