//! Every written form of a code, and the readings that it allows. Knows no table.
//!
//! Bare digits can be read in two ways: readings with an entry win, then those with a symbol, then eight digits are hex
//! and fewer are decimal. This module gives both readings; [`answer`](crate::answer()) chooses.

use std::fmt;

use crate::code::Code;

/// How bare digits, without a prefix that tells, are to be read.
///
/// ```
/// use intune_err::{Base, Code, answer};
/// let code = |base| answer("80043001", base).unwrap()[0].code.unwrap();
/// assert_eq!(code(Base::Hex), Code::new(0x8004_3001));
/// assert_eq!(code(Base::Decimal), Code::new(80_043_001));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
}

/// How a [`Reading`] took the digits.
///
/// ```
/// use intune_err::{Base, ReadAs, Spelling, spelling};
/// let Spelling::Code(readings) = spelling("-2145910764", Base::Either) else { panic!() };
/// assert_eq!(readings[0].base, ReadAs::Decimal);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Hexadecimal digits without a prefix that could as well be a word (`BC2`, `facade1`).
    MaybeCode(Reading),
    /// Written as a code, but none.
    Faulty(SpellingError),
    /// No code at all: a name, a message or a sentence.
    Text,
}

/// Why something that is written as a code is none.
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
    /// A character that is no digit, behind a prefix that promises digits.
    NoDigit {
        /// The character.
        found: char,
        /// Its place among the digits, counted from 1.
        position: usize,
    },
}

impl fmt::Display for SpellingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HexTooLong { digits: 16 } => {
                write!(f, "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)")
            }
            Self::HexTooLong { digits } => write!(f, "{digits} hex digits, where a code has up to 8"),
            Self::DecimalTooLarge => write!(f, "the number has more than 32 bits"),
            Self::NoDigit { found, position } => write!(f, "unexpected '{}' at digit {position}", found.escape_default()),
        }
    }
}

/// Reads a written form of a code: hex with and without prefix, signed and unsigned decimals, 64-bit values whose upper half
/// only extends the sign, each inside quotes, brackets, white space, or behind a name with `=` or `:`.
///
/// ```
/// use intune_err::{Base, Code, Spelling, spelling};
/// let forms = ["0x80180014", "80180014h", "&H80180014", "%%2149056532", "(-2145910764).", "hr=0x8018_0014"];
/// for form in forms {
///     let Spelling::Code(readings) = spelling(form, Base::Either) else { panic!("{form}") };
///     assert_eq!(readings[0].code, Code::new(0x8018_0014), "{form}");
/// }
/// ```
pub fn spelling(text: &str, base: Base) -> Spelling {
    let plain = plain(text);
    let undressed = undress(&plain);
    let bare = undress(undressed.rfind(['=', ':']).filter(|&at| is_key(&undressed[..at])).map_or(undressed, |at| &undressed[at + 1..]));
    digits(bare, base)
}

/// `text` with one kind of minus sign and without characters that cannot be seen.
pub(crate) fn plain(text: &str) -> String {
    let dash = |c| matches!(c, '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}');
    let unseen = |c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    text.chars().filter(|&c| !unseen(c)).map(|c| if dash(c) { '-' } else { c }).collect()
}

/// `text` without white space, quotes, brackets and punctuation around it.
fn undress(text: &str) -> &str {
    let quote = |c| matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}' | '\u{2039}' | '\u{203A}');
    let opening = |c: char| c.is_whitespace() || quote(c) || matches!(c, '(' | '[' | '{' | '<');
    let closing = |c: char| c.is_whitespace() || quote(c) || matches!(c, ')' | ']' | '}' | '>' | '.' | ',' | ';' | ':' | '!' | '?');
    text.trim_start_matches(opening).trim_end_matches(closing)
}

/// Whether `text` can stand before `=` or `:` as the name of a value, such as `hr` or `Error code`.
fn is_key(text: &str) -> bool {
    let key = text.trim().trim_matches(['"', '\'']);
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'))
}

fn digits(text: &str, base: Base) -> Spelling {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    if let Some(decimal) = rest.strip_prefix("%%").filter(|_| !negative) {
        return if is_decimal(decimal) { decimal_code(decimal, false) } else { Spelling::Text };
    }
    if let Some(hex) = strip_hex_prefix(rest) {
        return hex_code(hex, negative);
    }
    if let Some(hex) = rest.strip_suffix(['h', 'H']).filter(|hex| !negative && is_hex(hex) && hex.contains(|c: char| c.is_ascii_digit())) {
        return hex_code(hex, false);
    }
    if is_decimal(rest) && (negative || base == Base::Decimal || (base == Base::Either && rest.len() != 16 && rest.len() > 8)) {
        return decimal_code(rest, negative);
    }
    if is_decimal(rest) && base == Base::Either && rest.len() <= 8 {
        return both(rest);
    }
    let hex = rest.replace(['_', '`'], "");
    if negative || !is_hex(&hex) || !hex.contains(|c: char| c.is_ascii_digit()) && hex.len() < 8 {
        return Spelling::Text;
    }
    match hex_value(&hex) {
        Ok(code) if hex.len() < 8 && base != Base::Hex => Spelling::MaybeCode(Reading { code, base: ReadAs::Hex }),
        Ok(code) if hex.bytes().any(|b| b.is_ascii_digit()) || base == Base::Hex => {
            Spelling::Code(vec![Reading { code, base: ReadAs::Hex }])
        }
        Ok(code) => Spelling::MaybeCode(Reading { code, base: ReadAs::Hex }),
        // So many hex digits and no prefix: a hash, unless its decimal digits alone made it one.
        Err(fault) => Spelling::Faulty(fault),
    }
}

/// What stands behind one of the prefixes that promise hex digits.
fn strip_hex_prefix(text: &str) -> Option<&str> {
    let prefixed = ["0x", "0X", "&H", "&h", "#"].iter().find_map(|prefix| text.strip_prefix(prefix));
    let prefixed = prefixed.filter(|digits| digits.starts_with(|c: char| c.is_ascii_hexdigit()));
    // Microsoft's own misprint: the zero of the prefix got lost.
    prefixed.or_else(|| text.strip_prefix(['x', 'X']).filter(|digits| digits.len() == 8 && is_hex(digits)))
}

fn hex_code(text: &str, negative: bool) -> Spelling {
    let hex = text.replace(['_', '`'], "");
    let hex = hex.trim_end_matches(['u', 'U', 'l', 'L']);
    // One word that begins with hex digits was meant as a code; a text of several words is for the scan.
    if let Some((position, found)) = hex.chars().enumerate().find(|(_, c)| !c.is_ascii_hexdigit()) {
        let word = hex.chars().all(char::is_alphanumeric);
        return if word { Spelling::Faulty(SpellingError::NoDigit { found, position: position + 1 }) } else { Spelling::Text };
    }
    match hex_value(hex) {
        Ok(code) if negative && code.bits() <= 1 << 31 => {
            Spelling::Code(vec![Reading { code: Code::new(code.bits().wrapping_neg()), base: ReadAs::Hex }])
        }
        Ok(_) if negative => Spelling::Faulty(SpellingError::DecimalTooLarge),
        Ok(code) => Spelling::Code(vec![Reading { code, base: ReadAs::Hex }]),
        Err(fault) => Spelling::Faulty(fault),
    }
}

/// The value of 1 to 8 hex digits, or of 16 whose upper half is all F or all 0.
fn hex_value(hex: &str) -> Result<Code, SpellingError> {
    let lower = match hex.len() {
        0..=8 => hex,
        16 if hex[..8].bytes().all(|b| b == b'0') || hex[..8].bytes().all(|b| b.eq_ignore_ascii_case(&b'f')) => &hex[8..],
        digits => return Err(SpellingError::HexTooLong { digits }),
    };
    u32::from_str_radix(lower, 16).map(Code::new).map_err(|_| SpellingError::HexTooLong { digits: hex.len() })
}

/// A decimal number of 32 bits, signed or unsigned, or of 64 bits whose upper half only extends the sign.
fn decimal_code(digits: &str, negative: bool) -> Spelling {
    let wide = digits.parse::<u64>().ok();
    let bits = match wide {
        Some(number) if negative => (number <= 1 << 31).then(|| (number as u32).wrapping_neg()),
        Some(number) if number >> 32 == 0xFFFF_FFFF => Some(number as u32),
        Some(number) => u32::try_from(number).ok(),
        None => None,
    };
    match bits {
        Some(bits) => Spelling::Code(vec![Reading { code: Code::new(bits), base: ReadAs::Decimal }]),
        None => Spelling::Faulty(SpellingError::DecimalTooLarge),
    }
}

/// Both readings of up to eight bare digits, the likelier first: eight digits are hex, fewer are decimal.
fn both(digits: &str) -> Spelling {
    let read = |radix, base| u32::from_str_radix(digits, radix).ok().map(|bits| Reading { code: Code::new(bits), base });
    let mut readings: Vec<Reading> = [read(10, ReadAs::Decimal), read(16, ReadAs::Hex)].into_iter().flatten().collect();
    if digits.len() == 8 {
        readings.reverse();
    }
    readings.dedup_by_key(|reading| reading.code);
    Spelling::Code(readings)
}

fn is_decimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit())
}
