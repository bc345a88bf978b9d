//! Guides: procedures for whole families of codes.

use std::fmt;

use super::packed::{GuideRecord, generated, texts_of};
use crate::code::Code;

/// A procedure for a whole family of codes. It serves those that have no steps of their own.
///
/// ```
/// use intune_err::Guide;
/// assert!(Guide::all().all(|guide| guide.steps().len() > 0 && guide.sources().len() > 0));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guide(pub(super) u8);

impl Guide {
    /// All guides.
    ///
    /// ```
    /// assert!(intune_err::Guide::all().all(|guide| !guide.title().is_empty()));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..generated::GUIDES.len() as u8).map(Self)
    }

    /// The guide that covers a code in either of its forms. [`Entry::guide`](crate::Entry::guide) is the one of an entry.
    ///
    /// ```
    /// use intune_err::{Code, Guide};
    /// assert_eq!(Guide::by_code(Code::new(0)), None);
    /// ```
    pub fn by_code(code: Code) -> Option<Self> {
        let covering = |code: Code| {
            let at = generated::GUIDE_CODES.partition_point(|(_, last, _)| *last < code.bits());
            let (first, _, guide) = generated::GUIDE_CODES.get(at)?;
            (*first <= code.bits()).then_some(Self(*guide))
        };
        covering(code).or_else(|| covering(code.other_form()?))
    }

    /// The stable identifier, such as `windows-update-network`.
    ///
    /// ```
    /// assert!(intune_err::Guide::all().all(|guide| guide.id().is_ascii()));
    /// ```
    pub fn id(self) -> &'static str {
        self.record().id.get()
    }

    /// What it solves, such as "Windows Update can't reach its servers".
    ///
    /// ```
    /// assert!(intune_err::Guide::all().all(|guide| !guide.title().is_empty()));
    /// ```
    pub fn title(self) -> &'static str {
        self.record().title.get()
    }

    /// Whether it only finds the reason and repairs nothing.
    ///
    /// ```
    /// let diagnoses = intune_err::Guide::all().filter(|guide| guide.is_diagnosis());
    /// assert!(diagnoses.count() <= intune_err::Guide::all().len());
    /// ```
    pub fn is_diagnosis(self) -> bool {
        self.record().diagnosis
    }

    /// The steps, in the order to try.
    ///
    /// ```
    /// assert!(intune_err::Guide::all().all(|guide| guide.steps().len() > 0));
    /// ```
    pub fn steps(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.texts(0, self.record().steps)
    }

    /// Notes, such as what a step costs.
    ///
    /// ```
    /// assert!(intune_err::Guide::all().flat_map(|guide| guide.notes()).all(|note| !note.is_empty()));
    /// ```
    pub fn notes(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.texts(self.record().steps, self.record().notes)
    }

    /// The public pages that the procedure comes from.
    ///
    /// ```
    /// assert!(intune_err::Guide::all().flat_map(|guide| guide.sources()).all(|source| source.starts_with("https://")));
    /// ```
    pub fn sources(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.texts(self.record().steps + self.record().notes, self.record().sources)
    }

    /// Some of its prose: steps, notes, sources.
    fn texts(self, from: u8, count: u8) -> impl ExactSizeIterator<Item = &'static str> {
        texts_of(generated::FIRST_GUIDE + usize::from(self.0), usize::from(from), count)
    }

    fn record(self) -> &'static GuideRecord {
        &generated::GUIDES[usize::from(self.0)]
    }
}

impl fmt::Debug for Guide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guide").field(&self.id()).finish()
    }
}
