//! Contexts: the components, phases and logs in which a problem can be met.

use std::fmt;

use super::packed::{ContextRecord, generated};
use crate::key::marker_bucket;

/// A place where an error can stand: a component, a phase or a kind of log.
///
/// ```
/// use intune_err::ContextKind;
/// assert!(ContextKind::all().all(|context| ContextKind::by_id(context.id()) == Some(context)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContextKind(pub(super) u8);

impl ContextKind {
    /// All contexts that entries can be seen in.
    ///
    /// ```
    /// assert!(intune_err::ContextKind::all().all(|context| !context.name().is_empty()));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..generated::CONTEXTS.len() as u8).map(Self)
    }

    /// The context with this id.
    ///
    /// ```
    /// assert_eq!(intune_err::ContextKind::by_id("no-such-context"), None);
    /// ```
    pub fn by_id(id: &str) -> Option<Self> {
        Self::all().find(|context| context.id() == id)
    }

    /// The identifier in the data and in the JSON output, such as `windows-update`.
    ///
    /// ```
    /// assert!(intune_err::ContextKind::all().all(|context| context.id().is_ascii()));
    /// ```
    pub fn id(self) -> &'static str {
        self.record().id.get()
    }

    /// The name that people call it by, such as "Windows Update".
    ///
    /// ```
    /// assert!(intune_err::ContextKind::all().all(|context| !context.name().is_empty()));
    /// ```
    pub fn name(self) -> &'static str {
        self.record().name.get()
    }

    /// Words that give it away when they stand beside an error.
    ///
    /// ```
    /// assert!(intune_err::ContextKind::all().flat_map(|context| context.words()).all(|word| !word.is_empty()));
    /// ```
    pub fn words(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.record().words.texts()
    }

    /// The log families that it stands in, such as `ime`.
    ///
    /// ```
    /// assert!(intune_err::ContextKind::all().flat_map(|context| context.families()).all(|family| !family.is_empty()));
    /// ```
    pub fn families(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.record().families.texts()
    }

    /// Its position in [`ContextKind::all`], which is below 128: a set of contexts fits into 128 bits.
    ///
    /// ```
    /// assert!(intune_err::ContextKind::all().enumerate().all(|(position, context)| context.index() == position));
    /// ```
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    fn record(self) -> &'static ContextRecord {
        &generated::CONTEXTS[usize::from(self.0)]
    }
}

/// Whether a word in any case may be the first of what gives a context away; a `false` is certain.
#[inline]
pub(crate) fn may_begin_marker(word: &str) -> bool {
    let (_, bit) = marker_bucket(word.as_bytes());
    generated::MARKER_FILTER[bit >> 6] >> (bit & 63) & 1 == 1
}

/// What a word in any case gives away: contexts, each with the words that have to follow, in lower case.
pub(crate) fn markers(first: &str) -> impl Iterator<Item = (ContextKind, impl ExactSizeIterator<Item = &'static str>)> {
    let (bucket, _) = marker_bucket(first.as_bytes());
    let in_bucket = usize::from(generated::MARKER_BUCKETS[bucket])..usize::from(generated::MARKER_BUCKETS[bucket + 1]);
    let fitting = generated::MARKERS[in_bucket].iter().filter(move |marker| is_same_word(first, marker.first.get()));
    fitting.map(|marker| (ContextKind(marker.kind), marker.others.texts()))
}

/// Whether a word in any case is one of a marker.
#[inline]
pub(crate) fn is_same_word(word: &str, lower: &str) -> bool {
    // These are letters and digits of ASCII. The bit that tells lower case is set in each digit, too.
    word.len() == lower.len() && word.bytes().zip(lower.bytes()).all(|(a, b)| a | 0x20 == b)
}

impl fmt::Debug for ContextKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ContextKind").field(&self.id()).finish()
    }
}
