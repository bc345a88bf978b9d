//! What a written form stands for: one reading, two, or the reason why it isn't a code.

use std::fmt;

use crate::code::Code;

/// How to read bare digits, which have no prefix that tells.
///
/// ```
/// use intune_err::{Base, Code, answer};
/// let code = |base| answer("80043001", base).unwrap()[0].code.unwrap();
/// assert_eq!(code(Base::Hex), Code::new(0x8004_3001));
/// assert_eq!(code(Base::Decimal), Code::new(80_043_001));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// In both ways.
    #[default]
    Either,
    /// As hexadecimal digits only.
    Hex,
    /// As a decimal number only.
    Decimal,
}

/// One way to read a written form.
///
/// ```
/// use intune_err::{Base, ReadAs, Spelling, spelling};
/// let Spelling::Code(readings) = spelling("3010", Base::Either) else { panic!() };
/// assert_eq!(readings.len(), 2);
/// assert_eq!((readings[0].base, readings[0].code.bits()), (ReadAs::Decimal, 3010));
/// assert_eq!((readings[1].base, readings[1].code.bits()), (ReadAs::Hex, 0x3010));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The code that it stands for.
    pub code: Code,
    /// Whether it was read as hexadecimal digits or as a decimal number.
    pub base: ReadAs,
    /// Whether a letter O was read as the digit zero.
    pub letter_o: bool,
}

impl Reading {
    pub(crate) const fn new(code: Code, base: ReadAs) -> Self {
        Self { code, base, letter_o: false }
    }
}

/// How a [`Reading`] took the digits.
///
/// ```
/// use intune_err::{Base, ReadAs, Spelling, spelling};
/// let Spelling::Code(readings) = spelling("-2145910764", Base::Either) else { panic!() };
/// assert_eq!(readings[0].base, ReadAs::Decimal);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadAs {
    /// As hexadecimal digits.
    Hex,
    /// As a decimal number.
    Decimal,
}

impl ReadAs {
    /// `hex` or `decimal`.
    ///
    /// ```
    /// assert_eq!(intune_err::ReadAs::Hex.name(), "hex");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::Decimal => "decimal",
        }
    }
}

/// What a written form can mean.
///
/// ```
/// use intune_err::{Base, Spelling, spelling};
/// assert!(matches!(spelling("0x80180014", Base::Either), Spelling::Code(_)));
/// assert!(matches!(spelling("BC2", Base::Either), Spelling::MaybeCode(_)));
/// assert!(matches!(spelling("0x8018001G", Base::Either), Spelling::Faulty(_)));
/// assert!(matches!(spelling("DeviceCapReached", Base::Either), Spelling::Text));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Spelling {
    /// A code: one reading, or two where the digits allow both; the likelier first.
    Code(Vec<Reading>),
    /// Hexadecimal digits without a prefix that could just as well be a word (`BC2`, `facade1`).
    MaybeCode(Reading),
    /// Written like a code, but not one.
    Faulty(SpellingError),
    /// No code at all: a name, a message or a sentence.
    Text,
}

/// Why something that is written like a code isn't one.
///
/// ```
/// use intune_err::{Base, SpellingError, Spelling, spelling};
/// let fault = SpellingError::NoDigit { found: 'G', position: 8 };
/// assert_eq!(fault.to_string(), "unexpected 'G' at digit 8");
/// assert_eq!(spelling("0x8018001G", Base::Either), Spelling::Faulty(fault));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpellingError {
    /// More hexadecimal digits than a code has.
    HexTooLong {
        /// How many digits there are.
        digits: usize,
    },
    /// A decimal number that does not fit into 32 bits.
    DecimalTooLarge,
    /// A character that isn't a digit, where only digits belong.
    NoDigit {
        /// The character.
        found: char,
        /// Its place among the digits, counted from 1.
        position: usize,
    },
    /// Not written like a code.
    NoCode,
}

impl fmt::Display for SpellingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HexTooLong { digits: 16 } => {
                write!(f, "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)")
            }
            Self::HexTooLong { digits } => write!(f, "{digits} hex digits, where a code has up to 8"),
            Self::DecimalTooLarge => write!(f, "the number has more than 32 bits"),
            Self::NoDigit { found, position } => {
                write!(f, "unexpected '{}' at digit {position}", found.escape_default())?;
                match found {
                    'l' | 'I' | 'i' => write!(f, ", a letter; is the digit 1 meant?"),
                    'o' | 'O' => write!(f, ", a letter; is the digit 0 meant?"),
                    _ => Ok(()),
                }
            }
            Self::NoCode => write!(f, "it has no form that a code is written in"),
        }
    }
}

impl std::error::Error for SpellingError {}
