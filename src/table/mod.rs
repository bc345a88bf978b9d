//! The table: entries, constants, meanings and guides, found by code, name and message.

mod anchors;
mod checklist;
mod context;
mod entry;
mod event;
mod guide;
mod kinds;
mod meaning;
mod own;
mod packed;
mod records;
mod symbol;
mod unpack;
pub(crate) mod words;

pub(crate) use anchors::{Gram, grams, may_be_gram};
pub use checklist::{ChecklistItem, checklist, checklist_source};
pub use context::ContextKind;
pub(crate) use context::markers;
pub use entry::Entry;
pub use event::EventMeaning;
pub use guide::Guide;
pub use kinds::{Area, Platform, Topic, UnknownName};
pub use meaning::Meaning;
pub(crate) use own::Parts;
pub use records::OwnRecords;
pub(crate) use records::{GramFilter, MOST_OWN_TEXTS, OwnPattern, SearchedText, Table};
pub(crate) use symbol::alias;
pub use symbol::{Symbol, facility_names};

use crate::code::Code;
use crate::key::hash;
use packed::generated;

/// Whether a code can have an entry, a symbol or a meaning in one of its forms. A `false` is certain.
#[inline]
pub(crate) fn may_be_known(code: Code) -> bool {
    is_set(&generated::CODE_FILTER, u64::from(code.bits()))
}

/// Whether the bit of a number is set in a filter.
#[inline]
fn is_set<const WORDS: usize>(filter: &[u64; WORDS], number: u64) -> bool {
    let bit = hash(number) >> (64 - 6 - WORDS.trailing_zeros());
    filter[(bit >> 6) as usize & (WORDS - 1)] >> (bit & 63) & 1 == 1
}
