//! What the head of a record says, and what the families of logs are.

use std::sync::Arc;

use super::time::Time;
use crate::key::FAMILIES;
use crate::text::lossy;

/// A family of logs: all logs that one program, or one part of Windows, writes in the same form.
///
/// ```
/// use intune_err::log::LogFamily;
/// assert_eq!(LogFamily::by_name("ime"), Some(LogFamily::Ime));
/// assert!(LogFamily::ALL.iter().all(|family| LogFamily::by_name(family.name()) == Some(*family)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LogFamily {
    /// The Intune Management Extension.
    Ime,
    /// Configuration Manager.
    Ccm,
    /// Windows servicing.
    Cbs,
    /// Windows Setup.
    Setupact,
    /// Windows Installer.
    Msi,
    /// The output of dsregcmd.
    Dsregcmd,
    /// The report of the MDM diagnostics tool.
    Mdmdiag,
    /// Windows Update.
    WindowsUpdate,
    /// `winget`, the package manager.
    Winget,
    /// Company Portal on any platform.
    CompanyPortal,
    /// Intune's agent on Macs.
    MacosAgent,
    /// An export of the registry.
    Reg,
    /// Windows event logs.
    Evtx,
}

impl LogFamily {
    /// All families.
    pub const ALL: [Self; FAMILIES.len()] = [
        Self::Ime,
        Self::Ccm,
        Self::Cbs,
        Self::Setupact,
        Self::Msi,
        Self::Dsregcmd,
        Self::Mdmdiag,
        Self::WindowsUpdate,
        Self::Winget,
        Self::CompanyPortal,
        Self::MacosAgent,
        Self::Reg,
        Self::Evtx,
    ];

    /// Its name in the data and in the JSON output.
    ///
    /// ```
    /// assert_eq!(intune_err::log::LogFamily::CompanyPortal.name(), "company-portal");
    /// ```
    pub fn name(self) -> &'static str {
        FAMILIES[self as usize]
    }

    /// The family with this name.
    ///
    /// ```
    /// assert_eq!(intune_err::log::LogFamily::by_name("notepad"), None);
    /// ```
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}

/// How bad a record calls what it tells.
///
/// ```
/// use intune_err::log::Level;
/// assert!(Level::Error < Level::Info);
/// assert_eq!(Level::Warning.name(), "warning");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The program can't go on.
    Critical,
    /// Something failed.
    Error,
    /// Something may fail.
    Warning,
    /// Something happened.
    Info,
    /// For a developer who looks for a bug in the program.
    Verbose,
}

impl Level {
    const ALL: [Self; 5] = [Self::Critical, Self::Error, Self::Warning, Self::Info, Self::Verbose];

    /// The level with this number in an event log, which counts from 1; `None` for other numbers.
    ///
    /// ```
    /// use intune_err::log::Level;
    /// assert_eq!((Level::of(2), Level::of(0)), (Some(Level::Error), None));
    /// ```
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }

    /// Its name in the JSON output.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Level::Critical.name(), "critical");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Verbose => "verbose",
        }
    }
}

/// What the head of a record says. Nothing is guessed: what it doesn't say is `None`.
///
/// ```
/// use intune_err::log::Head;
/// let head = Head::of(b"2024-05-13 10:00:00.123 <E> [CLI ] Terminating context: 0x8a150011");
/// assert_eq!(head.time.unwrap().to_string(), "2024-05-13T10:00:00.123");
/// assert_eq!((head.component.as_deref(), head.family.unwrap().name()), (Some("CLI"), "winget"));
/// assert_eq!(Head::of(b"no head at all"), Head::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// When it was written.
    pub time: Option<Time>,
    /// The part of the program that wrote it: a component, a source, the heading or registry key above.
    pub component: Option<Arc<str>>,
    /// The thread that wrote it, as the record has it.
    pub thread: Option<Arc<str>>,
    /// How bad it calls what it tells.
    pub level: Option<Level>,
    /// The family of the log; where the record has no head of its own, the family of the log's other records.
    pub family: Option<LogFamily>,
    /// The id of the line shape in `data/logs/` that told all this.
    pub shape: Option<&'static str>,
}

/// A text of a log that is kept or printed with each finding, cut if it is too long: only a hostile log has such a text.
pub(super) fn within_bounds(text: &[u8]) -> &[u8] {
    const LONGEST: usize = 512;
    if text.len() <= LONGEST {
        return text;
    }
    // No character is cut in two.
    let end = (LONGEST - 3..=LONGEST).rev().find(|end| text[*end] & 0xC0 != 0x80);
    &text[..end.unwrap_or(LONGEST)]
}

/// Such a text in UTF-8.
pub(super) fn text_of(bytes: &[u8]) -> String {
    lossy(within_bounds(bytes)).into_owned()
}

/// Texts that records repeat: those of the same words share one.
#[derive(Clone, Debug)]
pub(super) struct Texts([Option<Arc<str>>; 256]);

impl Default for Texts {
    fn default() -> Self {
        Self([const { None }; 256])
    }
}

impl Texts {
    /// The text of these bytes.
    pub(super) fn of(&mut self, bytes: &[u8]) -> Arc<str> {
        // Texts of the same kind mostly differ in their last two bytes: the number of a thread.
        let byte = |back: usize| bytes.len().checked_sub(back).map_or(0, |at| usize::from(bytes[at]) % 16);
        let slot = &mut self.0[16 * byte(2) + byte(1)];
        match slot {
            Some(text) if text.as_bytes() == bytes => Arc::clone(text),
            _ => Arc::clone(slot.insert(lossy(within_bounds(bytes)).into())),
        }
    }
}
