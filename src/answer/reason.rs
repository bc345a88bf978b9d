//! How an answer was reached, where that is not plain.

use std::fmt;

use super::domain::Domain;
use crate::code::{Code, Kind, Wraps};
use crate::spelling::ReadAs;
use crate::table::{ContextKind, Symbol};

/// How an answer was reached where that is not plain: which of two readings, by which conversion, and what to keep in mind. It prints as a
/// sentence.
///
/// ```
/// use intune_err::{Base, Code, ReadAs, Reason, answer};
/// let answer = &answer("80043001", Base::Either).unwrap()[0];
/// assert_eq!(answer.reasons[0], Reason::ReadAs { base: ReadAs::Hex, code: Code::new(0x8004_3001), other: None });
/// assert_eq!(answer.reasons[0].to_string(), "Read as hex: 0x80043001.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Digits that can be read in two ways were read in this one.
    ReadAs {
        /// The way that was chosen.
        base: ReadAs,
        /// The code that it gives.
        code: Code,
        /// The code of the other way; none where that has an answer of its own, or nothing is known of it.
        other: Option<Code>,
    },
    /// A letter O was read as the digit zero.
    LetterO,
    /// The minus sign of this number got lost, it seems: nothing is known of the number without one.
    LostMinus(i64),
    /// The number is an HTTP status, too.
    HttpStatus(u16),
    /// The decimal number is the name of a problem by itself, such as an installer's exit code.
    AlsoName(String),
    /// The decimal number is that of a token of Microsoft Entra ID without its letters.
    TokenOf(String),
    /// The code has another form, and what is known of that is in the answer.
    OtherForm {
        /// The code that was asked for.
        code: Code,
        /// Its other form.
        other: Code,
        /// Whether there are entries for one of the two.
        has_entries: bool,
    },
    /// The names of a code as one of several kinds of value.
    NamesAs {
        /// The kind of value.
        kind: Kind,
        /// Its names as such a value.
        names: Vec<Symbol>,
    },
    /// A name stands for a code.
    NameOf(Symbol),
    /// A name that another one is better known as stands for a code.
    AliasOf {
        /// The name.
        name: &'static str,
        /// The code that it stands for.
        code: Code,
    },
    /// Windows prints the text for a code.
    Printed(Code),
    /// The text is a part of a message.
    PartOf(&'static str),
    /// Many components return the code.
    Generic,
    /// The code wraps a Win32 code of zero, which is no error.
    WrapsZero,
    /// A small negative number of which nothing is known is what a program returns.
    SmallNegative(i32),
    /// A code of `FACILITY_ITF`: another interface can mean something else by it.
    OfInterface,
    /// The number belongs to a domain, and nothing is known of it there.
    NothingKnown {
        /// The domain that the number stands with.
        domain: Domain,
        /// The number.
        number: i64,
    },
    /// The log has only the low 16 bits of the code.
    LowWord(Code),
    /// Another word of the query told where the error stands, which decided the order.
    Context(ContextKind),
    /// The place or platform that was told is none of those that the entries are about.
    NoneFits(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadAs { base, code, other: None } => write!(f, "Read as {}: {code}.", base.name()),
            Self::ReadAs { base, code, other: Some(other) } => {
                let name = if *base == ReadAs::Hex { "decimal" } else { "hex" };
                write!(f, "Read as {}: {code}. As {name} it is {other}; --{name} asks for that.", base.name())
            }
            Self::LetterO => write!(f, "The letter O is read as the digit 0."),
            Self::LostMinus(number) => {
                let code = Code::new(*number as u32);
                write!(f, "Is {number} ({code}) meant? Nothing is known of the number without the minus.")
            }
            Self::HttpStatus(status) => {
                write!(f, "As an HTTP status it is {}; \"http {status}\" asks for that.", Code::new(0x8019_0000 | u32::from(*status)))
            }
            Self::AlsoName(name) => write!(f, "{name} is also the name of a problem by itself."),
            Self::TokenOf(token) if token.starts_with("MSAL") => write!(f, "The number alone is also that of {token}."),
            Self::TokenOf(token) => write!(f, "The number alone is also that of {token}, an error of Microsoft Entra ID."),
            Self::OtherForm { code, other, has_entries } => {
                let number = other.bits();
                match code.wraps() {
                    Some(Wraps::Win32(_)) => write!(f, "{code} is Win32 error {number} ({other}) as an HRESULT")?,
                    Some(Wraps::Ntstatus(_)) => write!(f, "{code} is the NTSTATUS {other} as an HRESULT")?,
                    _ if code.bits() <= 0xFFFF => write!(f, "Win32 error {} ({code}) is {other} as an HRESULT", code.bits())?,
                    _ => write!(f, "The NTSTATUS {code} is {other} as an HRESULT")?,
                }
                f.write_str(if *has_entries { "; the entries for both are shown." } else { "." })
            }
            Self::NamesAs { kind, names } => {
                let kind = match kind {
                    Kind::Hresult => "an HRESULT",
                    Kind::Win32 => "a Win32 code",
                    Kind::Ntstatus => "an NTSTATUS",
                };
                let names: Vec<&str> = names.iter().map(|symbol| symbol.name()).collect();
                write!(f, "As {kind} it is {}.", names.join(", "))
            }
            Self::NameOf(symbol) => write!(f, "{} is {}.", symbol.name(), symbol.code()),
            Self::AliasOf { name, code } => write!(f, "{name} is {code}."),
            Self::Printed(code) => write!(f, "Windows prints this text for {code}."),
            Self::PartOf(message) => write!(f, "A part of the message \"{message}\"."),
            Self::Generic => {
                write!(f, "The code alone does not name the cause: read the lines before it for the file, key or service.")
            }
            Self::WrapsZero => {
                write!(
                    f,
                    "It wraps Win32 error 0, which is success: the program that failed lost its error. Look for one in the lines before."
                )
            }
            Self::SmallNegative(number) => {
                write!(f, "{number} is too small a number for an error of Windows: programs return such numbers by their own rules.")
            }
            Self::OfInterface => {
                write!(f, "Codes that begin with 0x8004 mean what the interface says that returned them; the name is that of one of many.")
            }
            Self::NothingKnown { domain, number } => write!(f, "Nothing is known of {}.", domain.of(*number)),
            Self::LowWord(code) => write!(f, "The log has only the low 16 bits of the NTSTATUS {code}."),
            Self::Context(kind) => write!(f, "The order is for {}.", kind.name()),
            Self::NoneFits(place) => write!(f, "None of the problems below is about {place}; they show where else it is met."),
        }
    }
}
