//! A file of somebody's own records that was checked.

use std::collections::HashSet;
use std::io::{self, Write};

use serde::Serialize;

use super::writer::line;
use crate::own::RecordFault;
use crate::table::{Entry, OwnRecords};

/// A file of own records.
#[derive(Serialize)]
struct JsonChecked<'a> {
    file: &'a str,
    holds: Option<&'a Checked>,
    faults: Vec<JsonFault<'a>>,
}

#[derive(Serialize)]
struct JsonFault<'a> {
    line: usize,
    id: Option<&'a str>,
    what: &'a str,
}

/// What a file of own records holds.
///
/// ```
/// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
/// assert_eq!(intune_err::report::json::Checked::of(own).records, 0);
/// ```
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Checked {
    /// How many records there are.
    pub records: usize,
    /// How many distinct codes they have.
    pub codes: usize,
    /// How many distinct names.
    pub names: usize,
    /// How many distinct messages.
    pub messages: usize,
}

impl Checked {
    /// Counts records.
    ///
    /// ```
    /// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
    /// assert_eq!(intune_err::report::json::Checked::of(own).codes, 0);
    /// ```
    pub fn of(own: &'static OwnRecords) -> Self {
        Self {
            records: own.len(),
            codes: own.entries().flat_map(Entry::codes).collect::<HashSet<_>>().len(),
            names: own.entries().flat_map(Entry::names).collect::<HashSet<_>>().len(),
            messages: own.entries().flat_map(Entry::messages).collect::<HashSet<_>>().len(),
        }
    }
}

/// Writes the object of a file of own records that was checked: what it holds, or what is wrong with it.
///
/// ```
/// let faults = intune_err::OwnRecords::read(&[("a.toml", "[[entry]]\n")]).unwrap_err();
/// let mut out = Vec::new();
/// intune_err::report::json::checked(&mut out, "a.toml", None, &faults[..1]).unwrap();
/// assert!(out.starts_with(br#"{"file":"a.toml","holds":null,"faults":[{"line":1,"id":null,"what":"key `id` is missing"}]}"#));
/// ```
pub fn checked(out: &mut (impl Write + ?Sized), file: &str, holds: Option<&Checked>, faults: &[RecordFault]) -> io::Result<()> {
    let faults = faults.iter().map(|fault| JsonFault { line: fault.line, id: fault.id.as_deref(), what: &fault.what });
    line(out, &JsonChecked { file, holds, faults: faults.collect() })
}
