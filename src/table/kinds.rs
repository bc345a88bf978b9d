//! What entries and points are sorted by: area, platform, topic.

use std::fmt;
use std::str::FromStr;

use crate::key::{AREAS, PLATFORMS, TOPICS};

/// What a problem is about.
///
/// ```
/// use intune_err::{Area, Entry};
/// assert!(Entry::all().any(|entry| entry.area() == Area::Autopilot));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Area {
    /// Enrollment in mobile device management.
    Enrollment,
    /// Sign-in with Microsoft Entra ID.
    SignIn,
    /// Joining or registering a device with Microsoft Entra ID.
    EntraJoin,
    /// Windows Autopilot.
    Autopilot,
    /// Co-management with Microsoft Configuration Manager.
    CoManagement,
    /// Configuration and compliance policies.
    Policy,
    /// Installation of apps.
    AppInstall,
    /// Certificates.
    Certificate,
    /// Windows updates.
    Update,
}

/// A platform that a device can have.
///
/// ```
/// use intune_err::{Platform, Entry};
/// let mac = Entry::all().filter(|entry| entry.platforms().any(|platform| platform == Platform::MacOs));
/// assert!(mac.count() > 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Platform {
    /// Windows.
    Windows,
    /// iOS.
    Ios,
    /// iPadOS.
    IpadOs,
    /// macOS.
    MacOs,
    /// Android.
    Android,
    /// Linux.
    Linux,
}

/// The part of the checklist that a [`ChecklistItem`](crate::ChecklistItem) belongs to.
///
/// ```
/// use intune_err::{Topic, checklist};
/// assert!(checklist().any(|point| point.topic() == Topic::Questions));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// The configuration to confirm first.
    Configuration,
    /// The questions to ask.
    Questions,
    /// The logs that a user can send.
    Logs,
    /// The check of date and time.
    Clock,
    /// The self-help diagnostics.
    Diagnostics,
}

impl Area {
    /// All areas, in the order of enrollment's steps.
    pub const ALL: [Self; 9] = [
        Self::Enrollment,
        Self::SignIn,
        Self::EntraJoin,
        Self::Autopilot,
        Self::CoManagement,
        Self::Policy,
        Self::AppInstall,
        Self::Certificate,
        Self::Update,
    ];

    /// The name in the data, on the command line and in the JSON output, such as `entra-join`.
    ///
    /// ```
    /// assert_eq!(intune_err::Area::EntraJoin.name(), "entra-join");
    /// assert!(intune_err::Area::ALL.iter().any(|area| area.name() == "autopilot"));
    /// ```
    pub const fn name(self) -> &'static str {
        AREAS[self as usize]
    }

    /// The one with this name.
    ///
    /// ```
    /// use intune_err::Area;
    /// assert_eq!(Area::from_name("entra-join"), Some(Area::EntraJoin));
    /// assert_eq!(Area::from_name("none of them"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

impl Platform {
    /// All platforms.
    pub const ALL: [Self; 6] = [Self::Windows, Self::Ios, Self::IpadOs, Self::MacOs, Self::Android, Self::Linux];

    /// The name in the data, on the command line and in the JSON output, such as `ipados`.
    ///
    /// ```
    /// assert_eq!(intune_err::Platform::IpadOs.name(), "ipados");
    /// ```
    pub const fn name(self) -> &'static str {
        PLATFORMS[self as usize]
    }

    /// The one with this name.
    ///
    /// ```
    /// use intune_err::Platform;
    /// assert_eq!(Platform::from_name("ipados"), Some(Platform::IpadOs));
    /// assert_eq!(Platform::from_name("none of them"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The name as its maker writes it, such as `iPadOS`.
    ///
    /// ```
    /// assert_eq!(intune_err::Platform::IpadOs.display_name(), "iPadOS");
    /// ```
    pub const fn display_name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::Ios => "iOS",
            Self::IpadOs => "iPadOS",
            Self::MacOs => "macOS",
            Self::Android => "Android",
            Self::Linux => "Linux",
        }
    }

    pub(super) fn among(bits: u8) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().enumerate().filter(move |(position, _)| bits >> position & 1 == 1).map(|(_, platform)| platform)
    }
}

impl Topic {
    /// All topics, in the order of the checklist.
    pub const ALL: [Self; 5] = [Self::Configuration, Self::Questions, Self::Logs, Self::Clock, Self::Diagnostics];

    /// The name in the JSON output, such as `questions`.
    ///
    /// ```
    /// assert_eq!(intune_err::Topic::Questions.name(), "questions");
    /// ```
    pub const fn name(self) -> &'static str {
        TOPICS[self as usize]
    }

    /// The one with this name.
    ///
    /// ```
    /// use intune_err::Topic;
    /// assert_eq!(Topic::from_name("questions"), Some(Topic::Questions));
    /// assert_eq!(Topic::from_name("none of them"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The error for a name that isn't one of an area, platform or topic.
///
/// ```
/// let error = "beos".parse::<intune_err::Platform>().unwrap_err();
/// assert_eq!(error.to_string(), "`beos` is none of windows, ios, ipados, macos, android, linux");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownName {
    name: String,
    known: &'static [&'static str],
}

impl UnknownName {
    /// The names that there are.
    ///
    /// ```
    /// let error = "beos".parse::<intune_err::Platform>().unwrap_err();
    /// assert_eq!(error.known().len(), intune_err::Platform::ALL.len());
    /// ```
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of {}", self.name.escape_debug(), self.known.join(", "))
    }
}

impl std::error::Error for UnknownName {}

impl FromStr for Area {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::from_name(name).ok_or_else(|| UnknownName { name: name.to_owned(), known: &AREAS })
    }
}

impl FromStr for Platform {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::from_name(name).ok_or_else(|| UnknownName { name: name.to_owned(), known: &PLATFORMS })
    }
}

impl FromStr for Topic {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::from_name(name).ok_or_else(|| UnknownName { name: name.to_owned(), known: &TOPICS })
    }
}
