//! The patterns of `data/logs/owners*.toml`, made ready: which of them a record can begin with or have in it.

use std::sync::OnceLock;

use aho_corasick::Span;
use aho_corasick::packed::{Config, Searcher};
use memchr::{memchr2, memmem};

use super::generated::OwnerSource;
use super::head::LogFamily;
use super::owner::{OwnerKind, Phase};
use super::telling::{Beginning, Start, Telling, first_bytes};
use crate::key::{DOES, hash};
use crate::pattern::{Match, Pattern};

/// What a pattern does besides saying what its record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    Mentions,
    /// What it says holds from this record on.
    Starts,
    /// After this record nothing is known of the app or script.
    Ends,
    /// From this record on nothing is known of the app or script.
    Clears,
    /// The Enrollment Status Page is over.
    Leaves,
    /// From this record on nothing is known.
    Stops,
    /// The same for all threads.
    Resets,
}

impl Does {
    const ALL: [Self; DOES.len()] = [Self::Mentions, Self::Starts, Self::Ends, Self::Clears, Self::Leaves, Self::Stops, Self::Resets];
}

/// A pattern, ready to be matched.
pub(super) struct Claimer {
    pub(super) source: OwnerSource,
    pub(super) pattern: Pattern,
    pub(super) does: Does,
    pub(super) kind: Option<OwnerKind>,
    pub(super) phase: Option<Phase>,
    /// Whether it gives a name to an id or to what is known.
    pub(super) has_name: bool,
    /// Whether that name is the inside of a JSON string.
    pub(super) is_json: bool,
}

impl Claimer {
    pub(super) fn is_for(&self, family: Option<LogFamily>) -> bool {
        is_for(self.source.families, family)
    }

    /// Whether it tells about other records than its own.
    fn tells_others(&self) -> bool {
        self.does != Does::Mentions || self.has_name
    }
}

/// Patterns that are looked for anywhere, by the text that they begin with.
struct Search {
    finder: memmem::Finder<'static>,
    claimers: Vec<Claimer>,
}

/// A pattern that records can begin with.
#[derive(Clone, Copy)]
struct Candidate {
    /// What its first two words begin with.
    words: [Beginning; 2],
    /// Its position among all of them.
    position: usize,
}

/// Records that can give names anywhere in them: those of families, with a bit per family, that begin with a text.
struct Naming {
    families: u32,
    within: &'static str,
}

impl Naming {
    fn fits(&self, record: &[u8], family: Option<LogFamily>) -> bool {
        let within = self.within.as_bytes();
        // Most records differ in the first byte.
        is_for(self.families, family) && (within.is_empty() || record.first() == within.first() && record.starts_with(within))
    }
}

/// Whether a family is one of these, with a bit per family; none means all.
fn is_for(families: u32, family: Option<LogFamily>) -> bool {
    families == 0 || family.is_some_and(|family| families >> family as u32 & 1 == 1)
}

/// Patterns that a record can begin with: first by its first byte, then by what its second word begins with.
struct Candidates {
    by_byte: Vec<OfByte>,
    /// A bit for the first four bytes of one of them with each two bytes that its second word can begin with, by a hash.
    seconds: Vec<u64>,
}

/// Those for a first byte.
#[derive(Clone, Default)]
struct OfByte {
    all: Vec<Candidate>,
    /// Those whose second word can be any, or whose first four bytes can.
    open: Vec<Candidate>,
}

impl Default for Candidates {
    fn default() -> Self {
        Self { by_byte: vec![OfByte::default(); 256], seconds: vec![0; 1024] }
    }
}

impl Candidates {
    fn add(&mut self, pattern: &Pattern, second: &[u8], candidate: Candidate) {
        let first = pattern.literal().as_bytes().first_chunk().copied();
        let is_open = second.is_empty() || first.is_none();
        let bytes = pattern.literal().as_bytes().first().map_or(0..=u8::MAX, |byte| *byte..=*byte);
        for byte in bytes.filter(|byte| pattern.begins(*byte)) {
            let of_byte = &mut self.by_byte[usize::from(byte)];
            of_byte.all.push(candidate);
            of_byte.open.extend(is_open.then_some(candidate));
        }
        match (first, second) {
            (Some(first), [one]) => (0..=u8::MAX).for_each(|next| self.add_second(first, [*one, next])),
            (Some(first), [one, next, ..]) => self.add_second(first, [*one, *next]),
            _ => {}
        }
    }

    fn add_second(&mut self, first: [u8; 4], second: [u8; 2]) {
        let bit = Self::second_bit(u32::from_le_bytes(first), u16::from_le_bytes(second));
        self.seconds[bit >> 6] |= 1 << (bit & 63);
    }

    /// The bit of [`Candidates::seconds`] for the first bytes of two words.
    const fn second_bit(first: u32, second: u16) -> usize {
        (hash((first as u64) << 16 | second as u64) >> 48) as usize
    }

    /// Those whose first two words a text begins with.
    #[inline]
    fn fitting(&self, text: &[u8]) -> impl Iterator<Item = &Candidate> {
        let (mut candidates, mut words) = (&[][..], [0, 0]);
        if let Some(of_byte) = text.first().map(|first| &self.by_byte[usize::from(*first)]).filter(|of_byte| !of_byte.all.is_empty()) {
            // No pattern has a longer first word.
            let start = &text[..text.len().min(64)];
            let second = memchr2(b' ', b'\t', start).map_or(&[][..], |end| text[end..].trim_ascii_start());
            words = [first_bytes(text), first_bytes(second)];
            let bit = Self::second_bit(words[0] as u32, words[1] as u16);
            candidates = if self.seconds[bit >> 6] >> (bit & 63) & 1 == 1 { &of_byte.all } else { &of_byte.open };
        }
        candidates.iter().filter(move |candidate| candidate.words[0].fits(words[0]) && candidate.words[1].fits(words[1]))
    }
}

/// All patterns.
pub(super) struct Claimers {
    beginnings: Vec<Claimer>,
    candidates: Candidates,
    /// Those of them that tell about other records, too.
    tellers: Candidates,
    anywhere: Vec<Search>,
    naming: Vec<Naming>,
    /// Whether each match of these has one of [`MARKS`] in it.
    have_marks: bool,
    /// What a match of these begins with, four bytes or more, and which of them that is. None is the beginning of another.
    starts: Vec<(Vec<u8>, usize)>,
    /// Finds the next of these; none where there are none.
    next_start: Option<Searcher>,
    /// How the records begin that tell about others.
    telling: Telling,
    /// The families in which every record has to be read, since it can say something about others.
    followed: u32,
}

/// Bytes of which most records have none: the hyphen of a GUID, and the quote of JSON.
const MARKS: [u8; 2] = [b'-', b'"'];

pub(super) fn claimers() -> &'static Claimers {
    static CLAIMERS: OnceLock<Claimers> = OnceLock::new();
    CLAIMERS.get_or_init(|| {
        let mut claimers = Claimers {
            beginnings: Vec::new(),
            candidates: Candidates::default(),
            tellers: Candidates::default(),
            anywhere: Vec::new(),
            naming: Vec::new(),
            have_marks: true,
            starts: Vec::new(),
            next_start: None,
            telling: Telling::of(&[]),
            followed: 0,
        };
        for source in OwnerSource::all() {
            // The build has checked every pattern.
            let Ok(pattern) = Pattern::new(source.pattern) else { continue };
            let does = Does::ALL[usize::from(source.does)];
            let has_name = pattern.fields().contains(&"name");
            let optional = |position: u8| usize::from(position).checked_sub(1);
            let claimer = Claimer {
                does,
                kind: optional(source.kind).map(|position| OwnerKind::ALL[position]),
                phase: optional(source.phase).map(|position| Phase::ALL[position]),
                has_name,
                is_json: source.pattern.contains("{name:json}"),
                source,
                pattern,
            };
            if claimer.tells_others() {
                claimers.followed |= claimer.source.families;
            }
            if claimer.source.anywhere { claimers.add_anywhere(claimer) } else { claimers.add_beginning(claimer) }
        }
        let within = claimers.naming.iter().map(|naming| naming.within).filter(|within| !within.is_empty());
        let telling = claimers.beginnings.iter().filter(|claimer| claimer.tells_others());
        let starts = telling.map(|claimer| Start::of(&claimer.pattern)).chain(within.map(|within| Start::text(within.as_bytes())));
        claimers.telling = Telling::of(&starts.collect::<Vec<_>>());
        let starts = claimers.starts.iter().map(|(start, _)| start);
        let without_vectors = || Config::new().only_rabin_karp(true).builder().extend(starts.clone()).build();
        claimers.next_start = Searcher::new(starts.clone()).or_else(without_vectors);
        claimers
    })
}

impl Claimers {
    fn add_beginning(&mut self, claimer: Claimer) {
        for second in claimer.pattern.seconds().into_iter().map(str::as_bytes) {
            let candidate =
                Candidate { words: [claimer.pattern.literal().as_bytes(), second].map(Beginning::of), position: self.beginnings.len() };
            self.candidates.add(&claimer.pattern, second, candidate);
            if claimer.tells_others() {
                self.tellers.add(&claimer.pattern, second, candidate);
            }
        }
        self.beginnings.push(claimer);
    }

    fn add_anywhere(&mut self, claimer: Claimer) {
        let OwnerSource { families, within, .. } = claimer.source;
        if claimer.has_name && !self.naming.iter().any(|naming| (naming.families, naming.within) == (families, within)) {
            self.naming.push(Naming { families, within });
        }
        self.have_marks &= MARKS.iter().any(|mark| claimer.pattern.needs(*mark));
        let literal = claimer.pattern.literal().as_bytes();
        let known = self.anywhere.iter().position(|search| search.finder.needle() == literal);
        let position = known.unwrap_or(self.anywhere.len());
        for start in claimer.pattern.starts() {
            let start = if literal.len() < start.len() { start.to_vec() } else { literal.to_vec() };
            if !self.starts.contains(&(start.clone(), position)) {
                self.starts.push((start, position));
            }
        }
        if known.is_none() {
            self.anywhere.push(Search { finder: memmem::Finder::new(literal).into_owned(), claimers: Vec::new() });
        }
        self.anywhere[position].claimers.push(claimer);
    }

    /// The patterns of a search, by its position.
    pub(super) fn of_search(&self, position: usize) -> &[Claimer] {
        &self.anywhere[position].claimers
    }

    /// Whether what stands anywhere in a record can give a name.
    pub(super) fn can_name(&self, record: &[u8], family: Option<LogFamily>) -> bool {
        self.naming.iter().any(|naming| naming.fits(record, family))
    }

    /// Where what is looked for anywhere can begin in a record: the position of its search and the place, by these.
    pub(super) fn places(&self, record: &[u8]) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        if self.have_marks && memchr2(MARKS[0], MARKS[1], record).is_none() {
            return places;
        }
        let next = |from| self.next_start.as_ref()?.find_in(record, Span { start: from, end: record.len() });
        let mut from = 0;
        while let Some(found) = next(from) {
            let (_, search) = self.starts[found.pattern().as_usize()];
            places.push((search, found.start()));
            from = found.start() + 1;
        }
        // Those of each search stay in their order.
        places.sort_by_key(|(search, _)| *search);
        places
    }
}

/// Whether every record of a family's logs has to be read.
pub(super) fn is_followed(family: LogFamily) -> bool {
    claimers().followed >> family as u32 & 1 == 1
}

/// The patterns of a family among candidates that a text begins with by its first two words.
fn of_family(candidates: &'static Candidates, text: &[u8], family: Option<LogFamily>) -> impl Iterator<Item = &'static Claimer> {
    let claimers = candidates.fitting(text).map(|candidate| &claimers().beginnings[candidate.position]);
    claimers.filter(move |claimer| claimer.is_for(family))
}

/// The pattern that a record begins with, and what it finds there.
pub(super) fn begins_with(record: &[u8], family: Option<LogFamily>) -> Option<(&'static Claimer, Match<'_>)> {
    let text = record.trim_ascii_start();
    // The first one in the data wins.
    of_family(&claimers().candidates, text, family).find_map(|claimer| Some((claimer, claimer.pattern.matches(text)?)))
}

/// Whether a record can say something that tells about others; most don't.
pub(super) fn tells_others(record: &[u8], family: Option<LogFamily>) -> bool {
    of_family(&claimers().tellers, record.trim_ascii_start(), family).next().is_some()
        || claimers().naming.iter().any(|naming| !naming.within.is_empty() && naming.fits(record, family))
}

/// The same for logs of any family.
#[inline]
pub(super) fn may_tell_others(record: &[u8]) -> bool {
    claimers().telling.may_tell(record) && begins_to_tell(record)
}

#[inline(never)]
fn begins_to_tell(record: &[u8]) -> bool {
    let names = |naming: &Naming| record.first() == naming.within.as_bytes().first() && record.starts_with(naming.within.as_bytes());
    claimers().tellers.fitting(record.trim_ascii_start()).next().is_some() || claimers().naming.iter().any(names)
}

/// Where a text may give a name to an id, in no order, besides in records that [`tells_others`] knows.
pub(super) fn names_in(text: &[u8], family: Option<LogFamily>) -> Vec<usize> {
    let gives = |claimer: &Claimer| claimer.has_name && claimer.is_for(family) && claimer.source.within.is_empty();
    let searches = claimers().anywhere.iter().filter(|search| search.claimers.iter().any(gives));
    searches.flat_map(|search| search.finder.find_iter(text)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_start_hides_another() {
        let starts = &super::claimers().starts;
        for (at, (start, _)) in starts.iter().enumerate() {
            assert!(starts[..at].iter().all(|(other, _)| !start.starts_with(other) && !other.starts_with(start)), "{start:?}");
        }
    }

    #[test]
    fn few_beginnings_of_records_can_tell_about_others() {
        let known = super::claimers().telling.beginnings();
        assert!((1..512).contains(&known), "{known} of 4096");
        assert!(super::may_tell_others(b"EMS Agent Started") && !super::may_tell_others(b"Content cache manager size is 960096 bytes"));
    }
}
