//! Every written form of a code, and how it can be read. Doesn't use the table.
//!
//! Bare digits can be read in two ways: readings with an entry win, then those with a symbol, then eight digits are hex
//! and fewer are decimal. This module gives both readings; [`answer`](crate::answer()) chooses.
//!
//! [`forms`] has a row per form; [`dress`] removes what stands around one.

mod dress;
mod forms;
mod reading;

use std::str::FromStr;

pub(crate) use dress::plain;
pub use forms::{WrittenForm, written_forms};
pub use reading::{Base, ReadAs, Reading, Spelling, SpellingError};

use crate::code::Code;

/// Reads a written form of a code, one of [`written_forms`], also inside quotes, brackets or white space, after a name with `=` or `:`, and
/// with the escapes of JSON, HTML and URLs around it.
///
/// ```
/// use intune_err::{Base, Code, Spelling, spelling};
/// let forms = ["0x80180014", "80180014h", "&H80180014", "%%2149056532", "(-2145910764).", "hr=0x8018_0014", "2,149,056,532"];
/// for form in forms {
///     let Spelling::Code(readings) = spelling(form, Base::Either) else { panic!("{form}") };
///     assert_eq!(readings[0].code, Code::new(0x8018_0014), "{form}");
/// }
/// ```
pub fn spelling(text: &str, base: Base) -> Spelling {
    let plain = plain(text);
    let mut bare = dress::undress(&plain);
    // `"result": {"hr": "0x80180014"}` has two names of values; more stand in a sentence.
    for _ in 0..4 {
        match (forms::read(bare, base), dress::after_key(bare)) {
            (Spelling::Text, Some(value)) => bare = dress::undress(value),
            (read, _) => return read,
        }
    }
    Spelling::Text
}

impl FromStr for Code {
    type Err = SpellingError;

    /// Reads any of the [`written_forms`]. Bare digits that can be read in two ways are hex where there are eight, else decimal.
    ///
    /// ```
    /// use intune_err::{Code, SpellingError};
    /// assert_eq!("-2145910764".parse(), Ok(Code::new(0x8018_0014)));
    /// assert_eq!("3010".parse(), Ok(Code::new(3010)));
    /// assert_eq!("DeviceCapReached".parse::<Code>(), Err(SpellingError::NoCode));
    /// ```
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        match spelling(text, Base::Either) {
            Spelling::Code(readings) => readings.first().map(|reading| reading.code).ok_or(SpellingError::NoCode),
            Spelling::MaybeCode(reading) => Ok(reading.code),
            Spelling::Faulty(error) => Err(error),
            Spelling::Text => Err(SpellingError::NoCode),
        }
    }
}
