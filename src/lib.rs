//! What an error of Microsoft Intune enrollment means and how to solve it: a table of curated problems, the look-up of what
//! people type or paste, and the scan that finds errors in logs. Everything works offline from what is compiled in.
//!
//! ```
//! let answers = intune_err::answer("-2133916617", intune_err::Base::Either).unwrap();
//! let entry = answers[0].entries[0];
//! assert_eq!(entry.problem(), "The client computer's clock is wrong.");
//! assert_eq!(entry.codes().next().unwrap().to_string(), "0x80CF0437");
//! ```
//!
//! # Scope
//!
//! Three layers answer a query, the best first: an **entry** (problem, causes, resolution, source), a **symbol** (the name of
//! a constant in the Windows headers), the **anatomy** of the code (severity, facility, value and what an HRESULT wraps).
//! Nothing is guessed: an answer that was reached by a conversion or from one of two readings says so. The crate reads no
//! file, opens no socket, and knows no error that no public page or header documents.
//!
//! To read a log, feed [`Scanner`] its bytes in UTF-8 and turn each [`Finding`] into an [`Answer`]; `examples/annotate.rs` is a whole
//! program of that kind.
//!
//! # What a version promises
//!
//! Versions follow semantic versioning. Fixed within a major version (before 1.0: a minor version) are the names, signatures and
//! traits of the public items, the meaning of their values, the ids of the entries, and what the `name` functions return. The enums
//! and structs marked non-exhaustive may get further variants and fields at any time.
//!
//! Data and words are not part of the promise and may change in a patch release: which entries and symbols there are, what they say
//! and in which order, the texts of explanations, suggestions and errors, the score of a [`Hit`], `Debug` output, and which text is a
//! [`Finding`]. The oldest compiler that builds the crate (`rust-version`) may rise in a minor version.
#![forbid(unsafe_code)]

#[cfg(feature = "own")]
#[allow(dead_code, reason = "the build compiles it, too, and asks more of it")]
#[path = "../build/anchor.rs"]
mod anchor;
mod answer;
mod calendar;
mod code;
mod context;
mod digest;
#[cfg(feature = "evidence")]
mod events;
#[cfg(feature = "evidence")]
pub mod evidence;
#[cfg(feature = "own")]
#[path = "../build/fields.rs"]
mod fields;
mod filter;
mod grouped;
#[path = "../build/key.rs"]
mod key;
mod known;
mod ledger;
pub mod log;
mod order;
#[cfg(feature = "own")]
mod own;
#[allow(dead_code, reason = "the build compiles it, too, and asks more of it")]
#[path = "../build/pattern/mod.rs"]
mod pattern;
#[cfg(feature = "own")]
#[path = "../build/plain.rs"]
mod plain;
#[cfg(feature = "own")]
#[allow(dead_code, reason = "the build compiles it, too, and asks more of it")]
#[path = "../build/record.rs"]
mod record;
mod redact;
mod redacted;
pub mod report;
mod scan;
mod seen;
mod spelling;
mod stream;
#[cfg_attr(not(feature = "own"), allow(dead_code, reason = "nothing reads own records"))]
mod table;
pub mod text;
mod timeline;

pub use answer::{Anatomy, Answer, Domain, Family, Field, Fit, Hit, Lookup, QueryError, Rank, Reason, SearchResult, answer, rank, search};
pub use code::{Code, Kind, Severity, Wraps};
pub use context::Context;
pub use digest::Digest;
#[cfg(feature = "evidence")]
pub use events::{EventLine, Events};
pub use filter::{Filter, LeftOut, When, WhenError};
pub use grouped::{Group, Groups, Share};
pub use known::is_known_error;
pub use ledger::{Count, EventHead, Occurrence, Place, Tally};
#[cfg(feature = "own")]
pub use own::RecordFault;
pub use redact::{Personal, Redacted, Redactor};
pub use redacted::RedactedLines;
pub use scan::{Finding, Found, KnownText, Scanner};
pub use spelling::{Base, ReadAs, Reading, Spelling, SpellingError, WrittenForm, spelling, written_forms};
pub use stream::{Passage, Places, Room, Scanned, Stream};
pub use table::{
    Area, ChecklistItem, ContextKind, Entry, EventMeaning, Guide, Meaning, OwnRecords, Platform, Symbol, Topic, UnknownName, checklist,
    checklist_source, facility_names,
};
pub use timeline::{Clock, ErrorAt, Happening, Timeline, TimelineSection};
