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

pub(crate) use anchors::{grams, may_be_gram};
pub use checklist::{ChecklistItem, checklist, checklist_source};
pub use context::ContextKind;
pub(crate) use context::{is_same_word, markers, may_begin_marker};
pub use entry::Entry;
pub use event::EventMeaning;
pub use guide::Guide;
pub use kinds::{Area, Platform, Topic, UnknownName};
pub use meaning::Meaning;
#[cfg(feature = "own")]
pub(crate) use own::{OwnRecord, Parts};
pub(crate) use packed::{Gram, GramFilter, may_begin_constant};
pub use records::OwnRecords;
#[cfg(feature = "own")]
pub(crate) use records::{MOST_OWN_TEXTS, OwnPattern, SearchedFor};
pub(crate) use records::{SearchedText, Table};
pub(crate) use symbol::alias;
pub use symbol::{Symbol, facility_names};
