//! One of somebody's own records, as the table's entries have theirs: texts, numbers and how many there are of each.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ptr;

use super::kinds::{Area, Platform};
use super::packed::Counts;

/// A record that was read at run time.
pub(crate) struct OwnRecord {
    /// The name of the file that it is in.
    pub(super) file: String,
    pub(super) id: String,
    /// Title, names, messages, and those of them that are not scanned for.
    pub(super) texts: Vec<String>,
    /// Problem, causes, steps, notes, sources, why it is legacy, why there is nothing to do.
    pub(super) prose: Vec<String>,
    pub(super) codes: Vec<u32>,
    /// The positions of contexts.
    pub(super) seen_in: Vec<u8>,
    pub(super) counts: Counts,
    /// Its place among the records that were read with it.
    pub(super) position: usize,
}

/// What a record has, before it is put in order.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) file: String,
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) names: Vec<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) lookup_only: Vec<String>,
    pub(crate) codes: Vec<u32>,
    pub(crate) seen_in: Vec<usize>,
    pub(crate) problem: String,
    pub(crate) causes: Vec<String>,
    pub(crate) resolution: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) legacy: Option<String>,
    pub(crate) nothing_to_do: Option<String>,
    pub(crate) area: Option<Area>,
    pub(crate) platforms: Vec<Platform>,
    pub(crate) rank: u8,
}

impl From<Parts> for OwnRecord {
    /// The checker of records makes sure that each list has fewer than 256 items.
    fn from(of: Parts) -> Self {
        let platform = |platform: &Platform| Platform::ALL.iter().position(|known| known == platform);
        let counts = Counts {
            titles: of.title.is_some().into(),
            names: of.names.len() as u8,
            messages: of.messages.len() as u8,
            causes: of.causes.len() as u8,
            steps: of.resolution.len() as u8,
            notes: of.notes.len() as u8,
            sources: of.sources.len() as u8,
            legacy: of.legacy.is_some(),
            nothing_to_do: of.nothing_to_do.is_some(),
            area: of.area.and_then(|area| Area::ALL.iter().position(|known| *known == area)).unwrap_or_default() as u8,
            platforms: of.platforms.iter().filter_map(platform).fold(0, |bits, position| bits | 1 << position),
            rank: of.rank,
        };
        let lists = of.causes.into_iter().chain(of.resolution).chain(of.notes).chain(of.sources);
        Self {
            file: of.file,
            id: of.id,
            texts: of.title.into_iter().chain(of.names).chain(of.messages).chain(of.lookup_only).collect(),
            prose: [of.problem].into_iter().chain(lists).chain(of.legacy).chain(of.nothing_to_do).collect(),
            codes: of.codes,
            seen_in: of.seen_in.into_iter().map(|position| position as u8).collect(),
            counts,
            position: 0,
        }
    }
}

impl OwnRecord {
    /// How many of the names and messages are not scanned for.
    pub(super) fn lookup_only(&self) -> usize {
        self.texts.len() - usize::from(self.counts.titles) - usize::from(self.counts.names) - usize::from(self.counts.messages)
    }

    /// What a query can be to find it: its title, names, messages and id.
    pub(super) fn found_by(&self) -> impl Iterator<Item = &String> {
        self.texts[..self.texts.len() - self.lookup_only()].iter().chain([&self.id])
    }

    /// The names and messages that a log is searched for.
    pub(super) fn searched(&self) -> impl Iterator<Item = &str> {
        let (known_as, lookup_only) = self.texts.split_at(self.texts.len() - self.lookup_only());
        let texts = &known_as[usize::from(self.counts.titles)..];
        texts.iter().filter(|text| !lookup_only.contains(text)).map(String::as_str)
    }
}

// A record is one and the same thing or another; in order they stand as they were read.
impl PartialEq for OwnRecord {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self, other)
    }
}

impl Eq for OwnRecord {}

impl Ord for OwnRecord {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.position, ptr::from_ref(self)).cmp(&(other.position, ptr::from_ref(other)))
    }
}

impl PartialOrd for OwnRecord {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for OwnRecord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::from_ref(self).hash(state);
    }
}
