//! How queries are looked up, and why one can mean nothing.

use std::fmt;

use crate::context::Context;
use crate::scan::Scanner;
use crate::spelling::{Base, SpellingError};
#[cfg(feature = "own")]
use crate::table::OwnRecords;
use crate::table::Table;
use crate::text::quoted;

/// Looks queries up.
///
/// ```
/// use intune_err::{Base, Lookup};
/// let lookup = Lookup::new().base(Base::Hex);
/// assert_eq!(lookup.answer("80043001").unwrap()[0].entries[0].id(), "enrollment-package-out-of-date");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Lookup {
    pub(super) base: Base,
    pub(super) suggests: bool,
    pub(super) context: Context,
    pub(super) table: Table,
    /// What sentences are searched with.
    pub(super) scanner: Scanner,
}

impl Default for Lookup {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a query can mean nothing.
///
/// ```
/// let error = intune_err::answer("0x8018001G", intune_err::Base::Either).unwrap_err();
/// assert_eq!(error.to_string(), "`0x8018001G` is not an error code: unexpected 'G' at digit 8");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryError {
    /// The query as it was put.
    pub query: String,
    /// What is wrong with it; none where the query is empty.
    pub fault: Option<SpellingError>,
    /// Codes that may have been meant; each will be found.
    pub suggestions: Vec<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            Some(fault) => write!(f, "{} is not an error code: {fault}", quoted(&self.query)),
            None => write!(f, "the query {} is empty", quoted(&self.query)),
        }
    }
}

impl std::error::Error for QueryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.fault.as_ref().map(|fault| fault as _)
    }
}

impl Lookup {
    /// A look-up that reads bare digits in both ways, makes suggestions, and knows nothing of the place where an error stands.
    ///
    /// ```
    /// assert!(intune_err::Lookup::new().answer("DeviceCapReached").unwrap()[0].found());
    /// ```
    pub const fn new() -> Self {
        Self { base: Base::Either, suggests: true, context: Context::none(), table: Table::ALONE, scanner: Scanner::new().all(true) }
    }

    /// How to read bare digits.
    ///
    /// ```
    /// use intune_err::{Base, Lookup};
    /// let answers = Lookup::new().base(Base::Hex).answer("5").unwrap();
    /// assert_eq!(answers[0].code.unwrap().bits(), 5);
    /// ```
    #[must_use]
    pub const fn base(mut self, base: Base) -> Self {
        self.base = base;
        self
    }

    /// Whether to look for suggestions where nothing is found, which takes longer than the rest.
    ///
    /// ```
    /// let quick = intune_err::Lookup::new().suggestions(false);
    /// assert!(quick.answer("DeviceCapReachd").unwrap()[0].suggestions.is_empty());
    /// ```
    #[must_use]
    pub const fn suggestions(mut self, suggests: bool) -> Self {
        self.suggests = suggests;
        self
    }

    /// What is known of the place where the error stands; it decides the order of entries.
    ///
    /// ```
    /// use intune_err::{Context, Lookup};
    /// let lookup = Lookup::new().context(Context::of_text("NDES"));
    /// assert!(lookup.answer("0x80070005").unwrap()[0].found());
    /// ```
    #[must_use]
    pub const fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// Somebody's own records, which come before those of the table.
    ///
    /// ```
    /// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
    /// assert!(intune_err::Lookup::new().own(own).answer("DeviceCapReached").unwrap()[0].found());
    /// ```
    #[cfg(feature = "own")]
    #[must_use]
    pub const fn own(mut self, own: &'static OwnRecords) -> Self {
        self.table = Table::with(own);
        self.scanner = self.scanner.own(own);
        self
    }
}
