//! One of somebody's own records, as the table's entries have theirs: texts, numbers and how many there are of each.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::{ptr, slice};

use super::kinds::Area;
use super::packed::Counts;

/// A record that was read at run time.
pub(crate) struct OwnRecord {
    /// The name of the file that it is in.
    pub(super) file: Arc<str>,
    pub(super) id: String,
    /// Title, names, messages, and those of them that are not scanned for; then the prose: problem, causes, steps, notes, sources, why it
    /// is legacy, why there is nothing to do. One after the other, since an allocation for each would take most of the time of reading.
    text: String,
    /// Where each of them ends.
    ends: Vec<u32>,
    /// How many of them are no prose.
    known_as: usize,
    pub(crate) codes: Vec<u32>,
    /// The positions of contexts.
    pub(crate) seen_in: Vec<u8>,
    pub(super) counts: Counts,
    /// Its place among the records that were read with it.
    pub(super) position: usize,
}

/// What a record has, before it is put in order.
pub(crate) struct Parts<'a> {
    pub(crate) file: &'a Arc<str>,
    pub(crate) id: String,
    pub(crate) title: Option<&'a String>,
    pub(crate) names: &'a [String],
    pub(crate) messages: &'a [String],
    pub(crate) lookup_only: &'a [String],
    pub(crate) codes: Vec<u32>,
    pub(crate) seen_in: Vec<u8>,
    pub(crate) problem: &'a String,
    pub(crate) causes: &'a [String],
    pub(crate) resolution: &'a [String],
    pub(crate) notes: &'a [String],
    pub(crate) sources: &'a [String],
    pub(crate) legacy: Option<&'a String>,
    pub(crate) nothing_to_do: Option<&'a String>,
    pub(crate) area: Option<Area>,
    pub(crate) platforms: u8,
    pub(crate) rank: u8,
}

impl From<Parts<'_>> for OwnRecord {
    /// The checker of records makes sure that each list has fewer than 256 items.
    fn from(of: Parts<'_>) -> Self {
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
            platforms: of.platforms,
            rank: of.rank,
        };
        let known_as = [of.title.map_or(&[][..], slice::from_ref), of.names, of.messages, of.lookup_only];
        let prose = [slice::from_ref(of.problem), of.causes, of.resolution, of.notes, of.sources];
        let last = [of.legacy, of.nothing_to_do].map(|text| text.map_or(&[][..], slice::from_ref));
        let texts = || known_as.into_iter().chain(prose).chain(last).flatten();
        let mut text = String::with_capacity(texts().map(String::len).sum());
        let mut ends = Vec::with_capacity(texts().count());
        for one in texts() {
            text.push_str(one);
            ends.push(text.len() as u32);
        }
        let known_as = known_as.iter().map(|texts| texts.len()).sum();
        Self { file: Arc::clone(of.file), id: of.id, text, ends, known_as, codes: of.codes, seen_in: of.seen_in, counts, position: 0 }
    }
}

impl OwnRecord {
    /// One of its names, messages and the like.
    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// One of the texts of its prose.
    pub(super) fn prose(&self, at: usize) -> &str {
        self.text(self.known_as + at)
    }

    /// How many texts it has that are no prose.
    pub(super) const fn known_as(&self) -> usize {
        self.known_as
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The problem, as it is written.
    pub(crate) fn problem(&self) -> &str {
        self.prose(0)
    }

    /// Puts another problem in the place of its own.
    pub(crate) fn set_problem(&mut self, problem: &str) {
        let end = self.ends[self.known_as] as usize;
        let start = end - self.problem().len();
        self.text.replace_range(start..end, problem);
        for end_of in &mut self.ends[self.known_as..] {
            *end_of = *end_of - (end - start) as u32 + problem.len() as u32;
        }
    }

    /// How many of the names and messages are not scanned for.
    fn lookup_only(&self) -> usize {
        self.known_as - usize::from(self.counts.titles) - usize::from(self.counts.names) - usize::from(self.counts.messages)
    }

    /// What a query can be to find it: its title, names, messages and id.
    pub(super) fn found_by(&self) -> impl Iterator<Item = &str> {
        (0..self.known_as - self.lookup_only()).map(|at| self.text(at)).chain([self.id.as_str()])
    }

    /// The names and messages that a log is searched for.
    pub(super) fn searched(&self) -> impl Iterator<Item = &str> {
        let end = self.known_as - self.lookup_only();
        let texts = (self.counts.titles.into()..end).map(|at| self.text(at));
        texts.filter(move |text| !(end..self.known_as).any(|at| self.text(at) == *text))
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
