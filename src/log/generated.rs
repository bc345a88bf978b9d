//! What `build.rs` makes of `data/logs/`.

/// A line shape.
pub(super) struct HeadSource {
    pub(super) id: &'static str,
    /// One more than the position of the family, or 0.
    pub(super) family: u8,
    /// A position in the `KINDS` of `build/logs.rs`.
    pub(super) kind: u8,
    pub(super) general: bool,
    pub(super) pattern: &'static str,
}

/// A pattern for whose error a record is.
pub(super) struct OwnerSource {
    pub(super) id: &'static str,
    /// A bit per family; none means all.
    pub(super) families: u32,
    /// A position in `DOES`.
    pub(super) does: u8,
    /// One more than a position in `OWNER_KINDS`, or 0.
    pub(super) kind: u8,
    /// One more than a position in `PHASES`, or 0.
    pub(super) phase: u8,
    pub(super) anywhere: bool,
    pub(super) within: &'static str,
    pub(super) reach: &'static str,
    pub(super) pattern: &'static str,
}

/// A line of a file that says something about the device.
pub(super) struct SaidSource {
    /// A position in `FACTS`.
    pub(super) fact: u8,
    /// A position in `FACT_TEXTS`.
    pub(super) text: u8,
    /// The end of the registry key; empty outside the registry.
    pub(super) under: &'static str,
    pub(super) name: &'static str,
    /// What values mean: `value=word`, with semicolons between.
    pub(super) words: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/logs.rs"));
