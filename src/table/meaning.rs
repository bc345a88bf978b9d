//! Meanings: what a code says, no matter which component returned it.

use std::fmt;

use super::packed::{MeaningRecord, generated, listed, positions, prose};
use crate::code::Code;
use crate::key::{fold, hash_text};

/// What a code says, no matter which component returned it, in one sentence.
///
/// ```
/// use intune_err::{Code, Meaning};
/// for meaning in Meaning::all() {
///     assert_eq!(Meaning::by_code(meaning.code()), Some(meaning));
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meaning(u16);

impl Meaning {
    /// All meanings, in the order of their codes.
    ///
    /// ```
    /// assert!(intune_err::Meaning::all().is_sorted_by_key(|meaning| meaning.code()));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        positions(generated::MEANINGS.len()).map(Self)
    }

    /// The meaning of a code, or of its other form: of the Win32 code or NTSTATUS that an HRESULT wraps.
    ///
    /// ```
    /// use intune_err::{Code, Meaning};
    /// assert_eq!(Meaning::by_code(Code::new(0x8007_0005)), Meaning::by_code(Code::new(5)));
    /// ```
    pub fn by_code(code: Code) -> Option<Self> {
        let exact = |code: Code| generated::MEANINGS.binary_search_by_key(&code.bits(), |meaning| meaning.code).ok();
        exact(code).or_else(|| exact(code.other_form()?)).map(|position| Self(position as u16))
    }

    /// The meanings that Windows prints as this text. Case, white space and punctuation make no difference.
    ///
    /// ```
    /// use intune_err::Meaning;
    /// for meaning in Meaning::all() {
    ///     assert!(meaning.printed().is_none_or(|printed| Meaning::by_printed(printed).any(|found| found == meaning)));
    /// }
    /// ```
    pub fn by_printed(text: &str) -> impl ExactSizeIterator<Item = Self> {
        listed(generated::BY_PRINTED.get(fold(text).as_str())).map(Self)
    }

    /// The meaning of an error whose name, just so, no header of the table has.
    pub(crate) fn of_error(name: &str) -> Option<Self> {
        let names = &generated::MEANINGS_BY_NAME;
        let position = names.binary_search_by_key(&hash_text(name), |(hash, _)| *hash).ok()?;
        let meaning = Self(names[position].1);
        (meaning.name() == Some(name) && (meaning.code().is_failure() || meaning.code().bits() <= 0xFFFF)).then_some(meaning)
    }

    /// The code as the headers have it: the small number of a Win32 error, all eight digits of an HRESULT or NTSTATUS.
    ///
    /// ```
    /// let wraps_none = |meaning: intune_err::Meaning| !matches!(meaning.code().wraps(), Some(intune_err::Wraps::Win32(_)));
    /// assert!(intune_err::Meaning::all().all(wraps_none));
    /// ```
    pub fn code(self) -> Code {
        Code::new(self.record().code)
    }

    /// The symbolic name, such as `ERROR_ACCESS_DENIED`.
    ///
    /// ```
    /// assert!(intune_err::Meaning::all().all(|meaning| meaning.name() != Some("")));
    /// ```
    pub fn name(self) -> Option<&'static str> {
        self.record().name.non_empty()
    }

    /// What the code says, in our own words.
    ///
    /// ```
    /// assert!(intune_err::Meaning::all().all(|meaning| meaning.text().ends_with('.')));
    /// ```
    pub fn text(self) -> &'static str {
        self.prose()[0]
    }

    /// What Windows prints for the code, if people paste that.
    ///
    /// ```
    /// assert!(intune_err::Meaning::all().all(|meaning| meaning.printed() != Some("")));
    /// ```
    pub fn printed(self) -> Option<&'static str> {
        self.record().printed.non_empty()
    }

    /// The public page that has the code.
    ///
    /// ```
    /// assert!(intune_err::Meaning::all().all(|meaning| meaning.source().starts_with("https://")));
    /// ```
    pub fn source(self) -> &'static str {
        self.prose()[1]
    }

    /// Whether many components return the code, so that it doesn't name the cause by itself.
    ///
    /// ```
    /// let generic = intune_err::Meaning::all().filter(|meaning| meaning.is_generic());
    /// assert!(generic.count() <= intune_err::Meaning::all().len());
    /// ```
    pub fn is_generic(self) -> bool {
        self.record().generic
    }

    /// Its text and its source.
    fn prose(self) -> &'static [&'static str] {
        prose(generated::FIRST_MEANING + usize::from(self.0))
    }

    fn record(self) -> &'static MeaningRecord {
        &generated::MEANINGS[usize::from(self.0)]
    }
}

impl fmt::Debug for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Meaning").field(&self.text()).finish()
    }
}
