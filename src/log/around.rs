//! What stands around an error: the head of its record, and whose error it is.

use std::sync::Arc;

use super::claims::{Claims, Known};
use super::head::Head;
use super::owner::Owner;

/// What stands around an error.
///
/// ```
/// use intune_err::log::{Names, Trail};
/// let log = b"2024-05-13 10:00:00, Error  CSI  failed\n  with 0x80070002\n";
/// let around = Trail::new(None).follow(&mut Names::default(), log, &[47]);
/// assert_eq!(around[0].head.component.as_deref(), Some("CSI"));
/// assert_eq!(around[0].owner.subject, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Around {
    /// What the head of its record says.
    pub head: Head,
    /// Whose error it is.
    pub owner: Owner,
}

impl Around {
    /// What stands around places in one whole record whose head is known already: an event of an event log. Neighbours share what is the
    /// same.
    ///
    /// ```
    /// use intune_err::log::{Around, Head};
    /// let around = Around::in_record(&Head::default(), b"0x80070005, then 0x80070002", &[0, 17]);
    /// assert_eq!((around.len(), around[0].owner.subject), (2, None));
    /// ```
    pub fn in_record(head: &Head, record: &[u8], places: &[usize]) -> Vec<Arc<Self>> {
        let mut row = Row::default();
        if !places.is_empty() {
            row.record(head.clone(), &Claims::of(record, head.family), &Known::default(), places.iter().copied());
        }
        row.0
    }
}

/// What stands around places in a row. Neighbours are often the same: those share one.
#[derive(Default)]
pub(super) struct Row(pub(super) Vec<Arc<Around>>);

impl Row {
    pub(super) fn push(&mut self, next: Around) {
        let same = self.0.last().filter(|last| ***last == next).cloned();
        self.0.push(same.unwrap_or_else(|| Arc::new(next)));
    }

    /// Another place with the same around it as the last one.
    pub(super) fn repeat(&mut self) {
        self.0.extend(self.0.last().cloned());
    }

    /// All places in one record.
    pub(super) fn record(&mut self, head: Head, claims: &Claims<'_>, known: &Known, mut places: impl Iterator<Item = usize>) {
        if let Some(first) = places.next() {
            self.push(Around { head, owner: claims.owner(first, known) });
        }
        for place in places {
            let owner = claims.owner(place, known);
            let next = self
                .0
                .last()
                .map(|last| if last.owner == owner { Arc::clone(last) } else { Arc::new(Around { head: last.head.clone(), owner }) });
            self.0.extend(next);
        }
    }
}
