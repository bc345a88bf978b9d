//! Whose error it is: an app or script, a phase, an enrollment; and the names that the evidence gives them.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::key::{OWNER_KINDS, PHASES};

/// A GUID as text, in lower case and without braces.
///
/// ```
/// use intune_err::log::Guid;
/// let guid: Guid = Guid::of("3DDE4E19-3A18-4DEC-B60E-720B919E1790").unwrap();
/// assert_eq!(guid.as_str(), "3dde4e19-3a18-4dec-b60e-720b919e1790");
/// assert_eq!(Guid::of("no guid"), None);
/// // Nobody's.
/// assert_eq!(Guid::of("00000000-0000-0000-0000-000000000000"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid([u8; 36]);

impl Guid {
    /// The GUID that a text is; `None` if it is something else, or all zeros.
    ///
    /// ```
    /// assert!(intune_err::log::Guid::of("3dde4e19-3a18-4dec-b60e-720b919e1790").is_some());
    /// ```
    pub fn of(text: &str) -> Option<Self> {
        Self::of_bytes(text.as_bytes())
    }

    pub(super) fn of_bytes(text: &[u8]) -> Option<Self> {
        let mut guid: [u8; 36] = text.try_into().ok()?;
        guid.make_ascii_lowercase();
        let is_guid = guid.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
        let is_somebodys = guid.iter().any(|byte| !matches!(byte, b'0' | b'-'));
        (is_guid && is_somebodys).then_some(Self(guid))
    }

    /// Its text.
    ///
    /// ```
    /// # use intune_err::log::Guid;
    /// assert_eq!(Guid::of("3dde4e19-3a18-4dec-b60e-720b919e1790").unwrap().as_str().len(), 36);
    /// ```
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Guid({self})")
    }
}

/// What an id names.
///
/// ```
/// assert_eq!(intune_err::log::OwnerKind::Script.name(), "script");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OwnerKind {
    /// An app.
    App,
    /// A platform script or a remediation.
    Script,
    /// A policy of which the record doesn't say what it is: an app, a script or something else.
    Policy,
}

impl OwnerKind {
    pub(super) const ALL: [Self; OWNER_KINDS.len()] = [Self::App, Self::Script, Self::Policy];

    /// Its name in the data and in the JSON output.
    ///
    /// ```
    /// assert_eq!(intune_err::log::OwnerKind::App.name(), "app");
    /// ```
    pub const fn name(self) -> &'static str {
        OWNER_KINDS[self as usize]
    }
}

/// A phase of the Enrollment Status Page.
///
/// ```
/// assert_eq!(intune_err::log::Phase::DeviceSetup.name(), "DeviceSetup");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// TPM attestation, join, enrollment.
    DevicePreparation,
    /// What is assigned to the device.
    DeviceSetup,
    /// What is assigned to the user.
    AccountSetup,
}

impl Phase {
    pub(super) const ALL: [Self; PHASES.len()] = [Self::DevicePreparation, Self::DeviceSetup, Self::AccountSetup];

    /// Its name, as Windows writes it.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Phase::AccountSetup.name(), "AccountSetup");
    /// ```
    pub const fn name(self) -> &'static str {
        PHASES[self as usize]
    }

    pub(super) fn by_name(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.name().as_bytes() == name)
    }
}

/// The app or script that an error belongs to, and what says so.
///
/// ```
/// use intune_err::log::{LogFamily, Owner};
/// let record = b"[Win32App] Admin did NOT set mapping for lpExitCode: 1603 of app: 3dde4e19-3a18-4dec-b60e-720b919e1790";
/// let subject = Owner::of(record, 55, Some(LogFamily::Ime)).subject.unwrap();
/// assert_eq!(subject.id.as_str(), "3dde4e19-3a18-4dec-b60e-720b919e1790");
/// assert_eq!((subject.kind.name(), subject.told_by, subject.since), ("app", "ime-no-mapping", None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Subject {
    /// What it is.
    pub kind: OwnerKind,
    /// Its id. [`Names`](super::Names) may know its name.
    pub id: Guid,
    /// The id of the pattern in `data/logs/` that found it.
    pub told_by: &'static str,
    /// The number of the line that says so, where it is an earlier record of the same thread; none where the record itself does.
    pub since: Option<u64>,
}

/// Whose error it is. Nothing is guessed: what the log doesn't say is `None`.
///
/// ```
/// use intune_err::log::Owner;
/// let owner = Owner::of(b"failed with 0x80070005", 12, None);
/// assert_eq!(owner, Owner::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owner {
    /// The app or script.
    pub subject: Option<Subject>,
    /// The phase of the Enrollment Status Page.
    pub phase: Option<Phase>,
    /// What is done in that phase, such as `AppsSubcategory`.
    pub step: Option<String>,
    /// The enrollment on the device.
    pub enrollment: Option<Guid>,
    /// What tells this attempt from others: a correlation id or vector.
    pub correlation: Option<String>,
}

/// A name that the evidence gives an id, and where.
///
/// ```
/// use intune_err::log::{Names, Trail};
/// let mut names = Names::default();
/// let log = b"2024-05-13 10:00:00:200 | IntuneMDM-Daemon | I | 1 | A | Start PolicyID: 0b6e87b5-2e4b-4350-b551-bfb99d114c83, \
///     BundleID: com.contoso.vpn, AppName: Contoso VPN\n";
/// Trail::new(Some("a.log")).follow(&mut names, log, &[]);
/// let id = intune_err::log::Guid::of("0b6e87b5-2e4b-4350-b551-bfb99d114c83").unwrap();
/// let name = names.get(&id).unwrap();
/// assert_eq!((name.text.as_str(), name.path.as_deref(), name.line), ("Contoso VPN", Some("a.log"), 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name {
    /// The name, as it is to be shown.
    pub text: String,
    /// The name as the log has it, where it is shown in other words.
    in_log: Option<String>,
    /// The path of the log that has it.
    pub path: Option<Arc<str>>,
    /// The number of the line that has it.
    pub line: u64,
}

impl Name {
    /// The name as the log has it. [`Names::say`] can have other words for it.
    ///
    /// ```
    /// use intune_err::log::{Guid, Names, Trail};
    /// let mut names = Names::default();
    /// let log = b"2024-05-13 10:00:00:200 | IntuneMDM-Daemon | I | 1 | A | Start PolicyID: 0b6e87b5-2e4b-4350-b551-bfb99d114c83, \
    ///     BundleID: com.contoso.vpn, AppName: VPN of Jo\n";
    /// Trail::new(None).follow(&mut names, log, &[]);
    /// names.say(|name| name.replace("Jo", "<user-1>"));
    /// let name = names.get(&Guid::of("0b6e87b5-2e4b-4350-b551-bfb99d114c83").unwrap()).unwrap();
    /// assert_eq!((name.text.as_str(), name.in_log()), ("VPN of <user-1>", "VPN of Jo"));
    /// ```
    pub fn in_log(&self) -> &str {
        self.in_log.as_deref().unwrap_or(&self.text)
    }
}

/// The names of apps that the evidence gives, by their ids. One for all logs of the same evidence: a name that one log has counts for all,
/// also for those that came before.
///
/// Of several names for one id the last one counts: an app can be renamed.
///
/// ```
/// assert!(intune_err::log::Names::default().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: HashMap<Guid, Name>,
    /// Whether names have come since they were last said in other words.
    has_new: bool,
}

impl Names {
    /// Only a hostile log has more.
    const MOST: usize = 20_000;

    /// The name of an id, if it has come.
    ///
    /// ```
    /// # use intune_err::log::{Guid, Names};
    /// assert_eq!(Names::default().get(&Guid::of("0b6e87b5-2e4b-4350-b551-bfb99d114c83").unwrap()), None);
    /// ```
    pub fn get(&self, id: &Guid) -> Option<&Name> {
        self.known.get(id)
    }

    /// All ids with their names, in no order.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Names::default().iter().count(), 0);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&Guid, &Name)> {
        self.known.iter()
    }

    /// How many names are known.
    ///
    /// ```
    /// assert_eq!(intune_err::log::Names::default().len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether no name is known.
    ///
    /// ```
    /// assert!(intune_err::log::Names::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Shows the names that have come since the last call in other words, such as without what is personal.
    ///
    /// ```
    /// intune_err::log::Names::default().say(str::to_uppercase);
    /// ```
    pub fn say(&mut self, mut words: impl FnMut(&str) -> String) {
        if std::mem::take(&mut self.has_new) {
            for name in self.known.values_mut().filter(|name| name.in_log.is_none()) {
                let said = words(&name.text);
                name.in_log = Some(std::mem::replace(&mut name.text, said));
            }
        }
    }

    pub(super) fn learn(&mut self, id: Guid, text: String, path: Option<&Arc<str>>, line: u64) {
        if text.is_empty() || self.known.get(&id).is_some_and(|name| name.in_log() == text) {
            return;
        }
        if self.known.len() < Self::MOST || self.known.contains_key(&id) {
            self.known.insert(id, Name { text, in_log: None, path: path.cloned(), line });
            self.has_new = true;
        }
    }
}
