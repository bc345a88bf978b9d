//! What is found in a text, and the scanner with what it was asked for.

use crate::code::Code;
use crate::table::{Entry, EventMeaning, SearchedText, Symbol, Table};

/// An error that stands in a text.
///
/// ```
/// let log = b"Sync failed with -2133916617";
/// let finding = intune_err::Scanner::new().scan(log)[0];
/// assert_eq!((finding.start, finding.end), (17, 28));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// What it is.
    pub what: Found,
}

/// What a [`Finding`] is. Two findings with the same value are the same error.
///
/// ```
/// use intune_err::{Code, Found, Scanner};
/// let found: Vec<Found> = Scanner::new().scan(b"0x80180014\nDeviceCapReached").iter().map(|finding| finding.what).collect();
/// assert_eq!(found[0], Found::Code(Code::new(0x8018_0014)));
/// assert!(matches!(found[1], Found::Text(text) if text.text() == "DeviceCapReached"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Found {
    /// A code, in any of its written forms: known, or called an error by its line. Also a code with its own name beside it, and the name alone
    /// where no header of the table has it or people mean another code by it.
    Code(Code),
    /// A name, token or message of the table.
    Text(KnownText),
    /// A name, token or message with a code beside it, which together say more than the code: one error.
    TextWithCode(KnownText, Code),
    /// An error of Microsoft Entra ID: `AADSTS` and four to seven digits, known or not.
    Aadsts(u32),
    /// The exit code of an installer or process, where the table has that number as one (1603, 60008). Not a Windows constant.
    ExitCode(u32),
    /// The NTSTATUS that a program ended with. The log has only its low 16 bits, inside an HRESULT: 0xC0000142 is
    /// `hResultFromWin32 -2147024574` in the log of the Intune Management Extension.
    LowWordOf(Code),
    /// A constant of the Windows headers, by its name alone: `STATUS_OBJECT_NAME_NOT_FOUND`. One that an entry has as a name is a text.
    Symbol(Symbol),
    /// An event of an event log whose id alone says that something failed. [`Scanner::scan_event`] finds it.
    Event(EventMeaning),
}

impl Found {
    /// The code, where there is one.
    ///
    /// ```
    /// use intune_err::{Code, Scanner};
    /// let code = |log: &str| Scanner::new().scan(log.as_bytes())[0].what.code();
    /// assert_eq!(code("hr = 0x80180014"), Some(Code::new(0x8018_0014)));
    /// assert_eq!(code("result: DeviceCapReached"), None);
    /// ```
    pub const fn code(self) -> Option<Code> {
        match self {
            Self::Code(code) | Self::TextWithCode(_, code) | Self::LowWordOf(code) => Some(code),
            Self::Text(_) | Self::Aadsts(_) | Self::ExitCode(_) | Self::Symbol(_) | Self::Event(_) => None,
        }
    }

    /// The name, token or message of the table, where there is one.
    ///
    /// ```
    /// let findings = intune_err::Scanner::new().scan(b"result: devicecapreached");
    /// assert_eq!(findings[0].what.text().unwrap().text(), "DeviceCapReached");
    /// ```
    pub const fn text(self) -> Option<KnownText> {
        match self {
            Self::Text(text) | Self::TextWithCode(text, _) => Some(text),
            Self::Code(_) | Self::Aadsts(_) | Self::ExitCode(_) | Self::LowWordOf(_) | Self::Symbol(_) | Self::Event(_) => None,
        }
    }
}

impl Found {
    /// The constants of the Windows headers of which this is the name alone.
    pub(crate) fn constants(self) -> Vec<Symbol> {
        match self {
            Self::Symbol(symbol) => vec![symbol],
            Self::Text(known) if known.text().contains('_') => {
                Symbol::by_name(known.text()).filter(|symbol| symbol.name().eq_ignore_ascii_case(known.text())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What tells in which place it stands, of a text in which it is at `matched`: all of it, but for the name of a constant, which programs of
    /// any place print.
    pub(crate) fn telling(self, text: &[u8], matched: std::ops::Range<usize>) -> [&[u8]; 2] {
        let end = text.len();
        if self.constants().is_empty() { [text, b""] } else { [&text[..matched.start.min(end)], &text[matched.end.min(end)..]] }
    }
}

/// A name or message of the table that was found in a text.
///
/// ```
/// use intune_err::{Found, Scanner};
/// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
/// assert_eq!(format!("{known:?}"), r#"KnownText("DeviceCapReached")"#);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownText(pub(super) SearchedText);

impl KnownText {
    /// The name or message as the table has it.
    ///
    /// ```
    /// use intune_err::{Found, Scanner};
    /// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
    /// assert_eq!(known.text(), "DeviceCapReached");
    /// ```
    pub fn text(self) -> &'static str {
        self.0.text()
    }

    /// The entries that have it, likeliest first, somebody's own before all others.
    ///
    /// ```
    /// use intune_err::{Found, Scanner};
    /// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
    /// assert!(known.entries().any(|entry| entry.id() == "device-cap-reached"));
    /// ```
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry> {
        self.0.entries()
    }
}

impl std::fmt::Debug for KnownText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("KnownText").field(&self.text()).finish()
    }
}

/// Finds errors in text.
///
/// ```
/// use intune_err::{Code, Found, Scanner};
/// let log = b"Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)";
/// let findings = Scanner::new().scan(log);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].what, Found::Code(Code::new(0x8018_002B)));
/// assert_eq!(&log[findings[0].start..findings[0].end], b"0x8018002b");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Scanner {
    pub(super) all: bool,
    pub(super) known_only: bool,
    pub(super) table: Table,
}
