//! Events: what a provider's event id means. The file of an event log has no texts.

use std::fmt;

use super::packed::{EventRecord, generated, positions, prose};

/// What an event of a Windows event log means.
///
/// Source: the public page or manifest that [`EventMeaning::source`] names.
///
/// ```
/// use intune_err::EventMeaning;
/// let provider = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";
/// let event = EventMeaning::by_id(provider, 76).unwrap();
/// assert!(event.text().starts_with("Automatic enrollment failed"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventMeaning(u16);

impl EventMeaning {
    /// All events, in the order of provider and id.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::all().is_sorted_by_key(|event| (event.provider(), event.id())));
    /// ```
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        positions(generated::EVENTS.len()).map(Self)
    }

    /// The event of a provider with this id. The case of the provider's name doesn't matter.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::by_id("microsoft-windows-aad", 1084).is_some());
    /// assert!(intune_err::EventMeaning::by_id("Microsoft-Windows-AAD", 1).is_none());
    /// ```
    pub fn by_id(provider: &str, id: u32) -> Option<Self> {
        Self::all().find(|event| u32::from(event.id()) == id && event.provider().eq_ignore_ascii_case(provider))
    }

    /// Whether the table has events of a provider.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::knows("Microsoft-Windows-AAD"));
    /// assert!(!intune_err::EventMeaning::knows("Microsoft-Windows-Security-Auditing"));
    /// ```
    pub fn knows(provider: &str) -> bool {
        Self::all().any(|event| event.provider().eq_ignore_ascii_case(provider))
    }

    /// The provider's name.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::all().all(|event| event.provider().starts_with("Microsoft-Windows-")));
    /// ```
    pub fn provider(self) -> &'static str {
        self.record().provider.get()
    }

    /// The event's id.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::all().any(|event| event.id() == 76));
    /// ```
    pub fn id(self) -> u16 {
        self.record().id
    }

    /// What happened, in one sentence.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::all().all(|event| event.text().ends_with('.')));
    /// ```
    pub fn text(self) -> &'static str {
        self.prose()[0]
    }

    /// The level that the provider gives it, as event logs count: 2 error, 3 warning, 4 information.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::all().all(|event| (1..=5).contains(&event.level())));
    /// ```
    pub fn level(self) -> u8 {
        self.record().level
    }

    /// Whether the id alone says that something failed: such an event has no code.
    ///
    /// ```
    /// let autopilot = "Microsoft-Windows-ModernDeployment-Diagnostics-Provider";
    /// assert!(intune_err::EventMeaning::by_id(autopilot, 807).unwrap().is_failure());
    /// ```
    pub fn is_failure(self) -> bool {
        self.record().failure
    }

    /// The public page or manifest that says so.
    ///
    /// ```
    /// assert!(intune_err::EventMeaning::all().all(|event| event.source().starts_with("https://")));
    /// ```
    pub fn source(self) -> &'static str {
        self.prose()[1]
    }

    /// Its meaning and its source.
    fn prose(self) -> &'static [&'static str] {
        prose(generated::FIRST_EVENT + usize::from(self.0))
    }

    fn record(self) -> &'static EventRecord {
        &generated::EVENTS[usize::from(self.0)]
    }
}

impl fmt::Debug for EventMeaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventMeaning").field(&self.provider()).field(&self.id()).finish()
    }
}
