//! The table as the build packed it. No other file knows how.
//!
//! All strings are parts of one text and all lists parts of a few arrays, so that the table holds no address: nothing of it is
//! relocated when the program starts, however large it grows.

use std::ops::Range;

use crate::code::Kind;
use crate::key::fold;

/// A part of the table's text: start and length in bytes.
#[derive(Clone, Copy)]
pub(super) struct Text(u32, u32);

impl Text {
    pub(super) fn get(self) -> &'static str {
        &generated::TEXT[self.0 as usize..][..self.1 as usize]
    }

    pub(super) fn non_empty(self) -> Option<&'static str> {
        Some(self.get()).filter(|text| !text.is_empty())
    }
}

/// A key of the maps by text: equal to what folds to the same.
impl phf::PhfEq<str> for Text {
    fn phf_eq(&self, folded: &str) -> bool {
        fold(self.get()) == folded
    }
}

/// A part of one of the table's arrays: start and length.
#[derive(Clone, Copy)]
pub(super) struct List(pub(super) u32, pub(super) u16);

impl List {
    pub(super) fn of<T>(self, array: &'static [T]) -> &'static [T] {
        &array[self.0 as usize..][..usize::from(self.1)]
    }

    pub(super) fn texts(self) -> impl ExactSizeIterator<Item = &'static str> {
        self.of(&generated::TEXTS).iter().map(|text| text.get())
    }
}

/// The positions in a list that a map gave.
pub(super) fn listed(list: Option<&List>) -> impl ExactSizeIterator<Item = u16> + use<> {
    let list = list.copied().unwrap_or(List(0, 0));
    list.of(&generated::POSITIONS).iter().copied()
}

/// The positions of an array. The build has made sure that 16 bits are enough.
pub(super) fn positions(len: usize) -> Range<u16> {
    0..len as u16
}

pub(super) struct Record {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) problem: Text,
    pub(super) legacy: Text,
    pub(super) nothing_to_do: Text,
    pub(super) codes: List,
    pub(super) names: List,
    pub(super) messages: List,
    pub(super) unscanned: List,
    pub(super) causes: List,
    pub(super) resolution: List,
    pub(super) notes: List,
    pub(super) sources: List,
    pub(super) seen_in: List,
    /// One more than the position of the guide, or 0.
    pub(super) guide: u8,
    pub(super) area: u8,
    pub(super) platforms: u8,
    pub(super) rank: u8,
}

pub(super) struct ConstantRecord {
    pub(super) value: u32,
    pub(super) kind: u8,
    pub(super) name: Text,
}

impl ConstantRecord {
    pub(super) fn kind(&self) -> Kind {
        [Kind::Hresult, Kind::Win32, Kind::Ntstatus][usize::from(self.kind)]
    }
}

pub(super) struct ContextRecord {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) words: List,
    pub(super) families: List,
}

pub(super) struct MeaningRecord {
    pub(super) code: u32,
    pub(super) name: Text,
    pub(super) text: Text,
    pub(super) printed: Text,
    pub(super) source: Text,
    pub(super) generic: bool,
}

pub(super) struct GuideRecord {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) steps: List,
    pub(super) notes: List,
    pub(super) sources: List,
    pub(super) diagnosis: bool,
}

pub(super) struct EventRecord {
    pub(super) provider: Text,
    pub(super) id: u16,
    pub(super) level: u8,
    pub(super) failure: bool,
    pub(super) meaning: Text,
    pub(super) source: Text,
}

pub(super) struct PointRecord {
    pub(super) topic: u8,
    pub(super) text: Text,
    pub(super) link: Text,
    pub(super) source: Text,
    pub(super) platforms: u8,
}

/// What `build.rs` makes of `data/`.
#[allow(clippy::unreadable_literal)]
pub(super) mod generated {
    use super::super::anchors::{Gram, Pattern};
    use super::super::words::Word;
    use super::{ConstantRecord, ContextRecord, EventRecord, GuideRecord, List, MeaningRecord, PointRecord, Record, Text};

    pub(super) static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text.txt"));
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}
