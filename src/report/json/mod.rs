//! Answers and findings as JSON, one object per line. The form is a contract: the structs here are its own, and a key once written stays.

mod answer;
#[cfg(feature = "own")]
mod checked;
mod entry;
mod finding;
mod listing;
mod summary;
mod table;
mod writer;

pub use answer::{answer, no_query};
#[cfg(feature = "own")]
pub use checked::{Checked, checked};
pub use entry::entry;
pub use finding::{EXCERPT, Record, happening, occurrence};
pub use listing::{hit, point};
pub use summary::{count, device, unread};
pub use table::{table, version};
