//! What `build.rs` makes of `data/logs/` and `data/device.tsv`: each table is one text, which is read on first use. A static that holds a text
//! per field would cost time at every start, as the loader puts an address into each.

use std::str::FromStr;
use std::sync::OnceLock;

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

impl HeadSource {
    /// All shapes.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        rows(HEADS).map(|[id, family, kind, general, pattern]| Self {
            id,
            family: number(family),
            kind: number(kind),
            general: general == "true",
            pattern,
        })
    }
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

impl OwnerSource {
    /// All patterns.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        rows(OWNERS).map(|[id, families, does, kind, phase, anywhere, within, reach, pattern]| Self {
            id,
            families: number(families),
            does: number(does),
            kind: number(kind),
            phase: number(phase),
            anywhere: anywhere == "true",
            within,
            reach,
            pattern,
        })
    }
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

impl SaidSource {
    /// All lines.
    pub(super) fn all() -> &'static [Self] {
        static ALL: OnceLock<Vec<SaidSource>> = OnceLock::new();
        ALL.get_or_init(|| {
            let read = |[fact, text, under, name, words]: [_; 5]| Self { fact: number(fact), text: number(text), under, name, words };
            rows(SAID).map(read).collect()
        })
    }
}

/// The fields of each line of a table.
fn rows<const FIELDS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; FIELDS]> {
    table.lines().map(|line| {
        let mut fields = line.split('\t');
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    })
}

/// A field that the build wrote as a number.
fn number<N: FromStr + Default>(field: &str) -> N {
    field.parse().unwrap_or_default()
}

include!(concat!(env!("OUT_DIR"), "/logs.rs"));
