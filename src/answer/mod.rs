//! From a query or a finding to its answers: entries, meaning, symbols, anatomy, and what may have been meant.
//!
//! [`lookup`] is the way of a query; the other files are its steps. [`rank`](mod@rank) says in which order entries stand.

mod anatomy;
mod domain;
mod family;
mod layers;
mod lookup;
mod named;
mod rank;
mod readings;
mod reason;
mod search;
mod sentence;
mod settings;
mod suggest;
mod texts;
mod words;

pub use anatomy::Anatomy;
pub use domain::Domain;
pub use family::Family;
pub use layers::Answer;
pub use lookup::answer;
pub use rank::{Fit, Rank, rank};
pub use reason::Reason;
pub use search::{Field, Hit, SearchResult, search};
pub use settings::{Lookup, QueryError};
