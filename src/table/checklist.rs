//! The checklist: what to confirm, ask, collect and try first.

use std::fmt;

use super::kinds::{Platform, Topic};
use super::packed::{PointRecord, generated, positions, prose};

/// One point of the checklist: what to confirm, ask, collect or try first.
///
/// ```
/// let point = intune_err::checklist().next().unwrap();
/// assert_eq!(point.topic(), intune_err::Topic::Configuration);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChecklistItem(u16);

impl ChecklistItem {
    /// The part of the checklist that it belongs to.
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert_eq!(point.topic().name(), "configuration");
    /// ```
    pub fn topic(self) -> Topic {
        Topic::ALL[usize::from(self.record().topic)]
    }

    /// What to do or to ask.
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert_eq!(point.text(), "Confirm that Intune is set up for enrollment.");
    /// ```
    pub fn text(self) -> &'static str {
        prose(generated::FIRST_POINT + usize::from(self.0))[0]
    }

    /// The platforms that it applies to.
    ///
    /// ```
    /// assert!(intune_err::checklist().all(|point| point.platforms().count() > 0));
    /// ```
    pub fn platforms(self) -> impl Iterator<Item = Platform> {
        Platform::among(self.record().platforms)
    }

    /// Where to read or do it: the link of the page, or its own page where that is another than [`checklist_source`].
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert!(point.link().unwrap().starts_with("https://"));
    /// ```
    pub fn link(self) -> Option<&'static str> {
        self.record().link.non_empty()
    }

    /// The public page that it comes from.
    ///
    /// ```
    /// let point = intune_err::checklist().next().unwrap();
    /// assert_eq!(point.source(), intune_err::checklist_source());
    /// ```
    pub fn source(self) -> &'static str {
        self.record().source.non_empty().unwrap_or_else(checklist_source)
    }

    fn record(self) -> &'static PointRecord {
        &generated::POINTS[usize::from(self.0)]
    }
}

impl fmt::Debug for ChecklistItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChecklistItem").field(&self.text()).finish()
    }
}

/// The points of the checklist, in the order to go through them.
///
/// ```
/// assert!(intune_err::checklist().len() > 0);
/// ```
pub fn checklist() -> impl ExactSizeIterator<Item = ChecklistItem> {
    positions(generated::POINTS.len()).map(ChecklistItem)
}

/// The public page that the checklist comes from, but for the points that have a page of their own.
///
/// ```
/// assert!(intune_err::checklist_source().starts_with("https://learn.microsoft.com/"));
/// ```
pub fn checklist_source() -> &'static str {
    generated::CHECKLIST_SOURCE.get()
}
