//! What a record says about whose error it is, by the patterns of `data/logs/owners*.toml`.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::Span;
use aho_corasick::packed::{Config, Searcher};
use memchr::{memchr2, memmem};

use super::generated::OwnerSource;
use super::head::{LogFamily, text_of};
use super::owner::{Guid, Owner, OwnerKind, Phase, Subject};
use crate::key::DOES;
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
    source: OwnerSource,
    pattern: Pattern,
    pub(super) does: Does,
    kind: Option<OwnerKind>,
    phase: Option<Phase>,
    /// Whether it gives a name to an id or to what is known.
    has_name: bool,
    /// Whether that name is the inside of a JSON string.
    is_json: bool,
}

/// The first bytes of a fixed text, compared at once.
#[derive(Clone, Copy)]
struct Beginning {
    bytes: u128,
    mask: u128,
}

impl Beginning {
    fn of(text: &[u8]) -> Self {
        let known = text.len().min(16);
        Self { bytes: first_bytes(text), mask: u128::MAX.checked_shr(128 - 8 * known as u32).unwrap_or(0) }
    }

    const fn fits(self, bytes: u128) -> bool {
        bytes & self.mask == self.bytes
    }
}

/// The first sixteen bytes of a text, and zeros after its end.
fn first_bytes(text: &[u8]) -> u128 {
    if let Some(bytes) = text.first_chunk() {
        return u128::from_le_bytes(*bytes);
    }
    let mut bytes = [0; 16];
    let known = text.len().min(16);
    bytes[..known].copy_from_slice(&text[..known]);
    u128::from_le_bytes(bytes)
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
    /// Whether it tells about other records, too.
    tells_others: bool,
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

/// The patterns that a record can begin with, by its first byte.
#[derive(Clone, Default)]
struct Candidates {
    all: Vec<Candidate>,
    /// Those whose second word can be any.
    open: Vec<Candidate>,
}

/// All patterns.
struct Claimers {
    beginnings: Vec<Claimer>,
    by_byte: Vec<Candidates>,
    /// A bit for each two bytes that the second word of one of these can begin with.
    seconds: Vec<u64>,
    anywhere: Vec<Search>,
    naming: Vec<Naming>,
    /// Whether each match of these has one of [`MARKS`] in it.
    have_marks: bool,
    /// What a match of these begins with, four bytes or more, and which of them that is. None is the beginning of another.
    starts: Vec<(Vec<u8>, usize)>,
    /// Finds the next of these; none where there are none.
    next_start: Option<Searcher>,
    /// A bit for each four bytes that a record can begin with that tells about others, by a hash.
    telling: Vec<u64>,
    /// The families in which every record has to be read, since it can say something about others.
    followed: u32,
}

/// Bytes of which most records have none: the hyphen of a GUID, and the quote of JSON.
const MARKS: [u8; 2] = [b'-', b'"'];

fn claimers() -> &'static Claimers {
    static CLAIMERS: OnceLock<Claimers> = OnceLock::new();
    CLAIMERS.get_or_init(|| {
        let mut claimers = Claimers {
            beginnings: Vec::new(),
            by_byte: vec![Candidates::default(); 256],
            seconds: vec![0; 1024],
            anywhere: Vec::new(),
            naming: Vec::new(),
            have_marks: true,
            starts: Vec::new(),
            next_start: None,
            telling: vec![0; 64],
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
        let within = within.map(|within| within.as_bytes().first_chunk().copied().into_iter().collect());
        let telling = claimers.beginnings.iter().filter(|claimer| claimer.tells_others());
        for starts in within.chain(telling.map(|claimer| claimer.pattern.starts())).collect::<Vec<Vec<_>>>() {
            if starts.is_empty() {
                claimers.telling.fill(u64::MAX);
            }
            for start in starts {
                let bit = bit_of(start);
                claimers.telling[bit >> 6] |= 1 << (bit & 63);
            }
        }
        let starts = claimers.starts.iter().map(|(start, _)| start);
        let without_vectors = || Config::new().only_rabin_karp(true).builder().extend(starts.clone()).build();
        claimers.next_start = Searcher::new(starts.clone()).or_else(without_vectors);
        claimers
    })
}

impl Claimers {
    fn add_beginning(&mut self, claimer: Claimer) {
        for second in claimer.pattern.seconds().into_iter().map(str::as_bytes) {
            let candidate = Candidate {
                words: [claimer.pattern.literal().as_bytes(), second].map(Beginning::of),
                position: self.beginnings.len(),
                tells_others: claimer.tells_others(),
            };
            for (byte, candidates) in (0..=u8::MAX).zip(&mut self.by_byte) {
                if claimer.pattern.begins(byte) {
                    candidates.all.push(candidate);
                    candidates.open.extend(second.is_empty().then_some(candidate));
                }
            }
            match *second {
                [] => {}
                [first] => (0..=u8::MAX).for_each(|next| self.add_second([first, next])),
                [first, next, ..] => self.add_second([first, next]),
            }
        }
        self.beginnings.push(claimer);
    }

    fn add_second(&mut self, bytes: [u8; 2]) {
        let bit = usize::from(u16::from_le_bytes(bytes));
        self.seconds[bit >> 6] |= 1 << (bit & 63);
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

    /// Where what is looked for anywhere can begin in a record: the position of its search and the place, by these.
    fn places(&self, record: &[u8]) -> Vec<(usize, usize)> {
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

/// What one pattern says.
pub(super) struct Claim<'t> {
    pub(super) claimer: &'static Claimer,
    found: Match<'t>,
    /// Where in the record it holds.
    holds: Range<usize>,
    /// Whether it holds for a part of the record alone.
    is_partial: bool,
}

impl<'t> Claim<'t> {
    fn new(claimer: &'static Claimer, found: Match<'t>, holds: Range<usize>, is_partial: bool) -> Self {
        Self { claimer, found, holds, is_partial }
    }

    pub(super) fn id(&self) -> Option<Guid> {
        Guid::of_bytes(self.found.text("id")?)
    }

    pub(super) fn subject(&self) -> Option<Subject> {
        Some(Subject { kind: self.claimer.kind?, id: self.id()?, told_by: self.claimer.source.id, since: None })
    }

    /// The name that it gives to its id, or to the app or script that is known already.
    pub(super) fn name(&self) -> Option<String> {
        let name = text_of(self.found.text("name")?);
        Some(if self.claimer.is_json { unescaped(&name) } else { name })
    }

    pub(super) fn phase(&self) -> Option<Phase> {
        self.claimer.phase.or_else(|| Phase::by_name(self.found.text("phase")?))
    }

    pub(super) fn enrollment(&self) -> Option<Guid> {
        Guid::of_bytes(self.found.text("enrollment")?)
    }

    fn text(&self, field: &str) -> Option<String> {
        Some(text_of(self.found.text(field)?))
    }
}

/// The patterns of any family that a record can begin with, by its first two words, and the record without the blanks before it.
fn fitting(record: &[u8]) -> (&[u8], impl Iterator<Item = (&'static Candidate, &'static Claimer)>) {
    let text = record.trim_ascii_start();
    let claimers = claimers();
    let (mut candidates, mut words) = (&[][..], [0, 0]);
    if let Some(by_byte) = text.first().map(|first| &claimers.by_byte[usize::from(*first)]).filter(|by_byte| !by_byte.all.is_empty()) {
        // No pattern has a longer first word.
        let start = &text[..text.len().min(64)];
        let second = memchr2(b' ', b'\t', start).map_or(&[][..], |end| text[end..].trim_ascii_start());
        words = [first_bytes(text), first_bytes(second)];
        let bit = usize::from(words[1] as u16);
        candidates = if claimers.seconds[bit >> 6] >> (bit & 63) & 1 == 1 { &by_byte.all } else { &by_byte.open };
    }
    let fits = move |candidate: &&Candidate| candidate.words[0].fits(words[0]) && candidate.words[1].fits(words[1]);
    (text, candidates.iter().filter(fits).map(|candidate| (candidate, &claimers.beginnings[candidate.position])))
}

/// The same for a family.
fn can_begin(record: &[u8], family: Option<LogFamily>) -> (&[u8], impl Iterator<Item = (&'static Candidate, &'static Claimer)>) {
    let (text, fitting) = fitting(record);
    (text, fitting.filter(move |(_, claimer)| claimer.is_for(family)))
}

/// Whether a record can say something that tells about others; most don't.
pub(super) fn tells_others(record: &[u8], family: Option<LogFamily>) -> bool {
    can_begin(record, family).1.any(|(candidate, _)| candidate.tells_others)
        || claimers().naming.iter().any(|naming| !naming.within.is_empty() && naming.fits(record, family))
}

/// What a record begins with.
pub(super) fn beginning(record: &[u8], family: Option<LogFamily>) -> Option<Claim<'_>> {
    let (text, mut fitting) = can_begin(record, family);
    // The first one in the data wins.
    let (claimer, found) = fitting.find_map(|(_, claimer)| Some((claimer, claimer.pattern.matches(text)?)))?;
    Some(Claim::new(claimer, found, 0..record.len(), false))
}

/// The same for logs of any family.
#[inline]
pub(super) fn may_tell_others(record: &[u8]) -> bool {
    // Nearly all records end here.
    match record.first_chunk() {
        Some(first) if !first[0].is_ascii_whitespace() => {
            let bit = bit_of(*first);
            claimers().telling[bit >> 6] >> (bit & 63) & 1 == 1 && begins_to_tell(record)
        }
        _ => begins_to_tell(record),
    }
}

#[inline(never)]
fn begins_to_tell(record: &[u8]) -> bool {
    let names = |naming: &Naming| record.first() == naming.within.as_bytes().first() && record.starts_with(naming.within.as_bytes());
    fitting(record).1.any(|(candidate, _)| candidate.tells_others) || claimers().naming.iter().any(names)
}

/// The bit of [`Claimers::telling`] for four bytes.
const fn bit_of(first: [u8; 4]) -> usize {
    (u32::from_le_bytes(first).wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// Where a text may give a name to an id, in no order, besides in records that [`tells_others`] knows.
pub(super) fn names_in(text: &[u8], family: Option<LogFamily>) -> Vec<usize> {
    let gives = |claimer: &Claimer| claimer.has_name && claimer.is_for(family) && claimer.source.within.is_empty();
    let searches = claimers().anywhere.iter().filter(|search| search.claimers.iter().any(gives));
    searches.flat_map(|search| search.finder.find_iter(text)).collect()
}

/// Only a hostile record says more.
const MOST: usize = 20_000;

/// What stands anywhere in a record, in its order. With `names`, what gives a name to an id alone.
pub(super) fn anywhere(record: &[u8], family: Option<LogFamily>, names: bool) -> Vec<Claim<'_>> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    if names && !claimers().naming.iter().any(|naming| naming.fits(record, family)) {
        return claims;
    }
    let fits = |claimer: &&'static Claimer| {
        (claimer.has_name || !names) && claimer.is_for(family) && record.starts_with(claimer.source.within.as_bytes())
    };
    for of_search in claimers().places(record).chunk_by(|(search, _), (next, _)| search == next) {
        let search = &claimers().anywhere[of_search[0].0];
        let mut from = 0;
        for &(_, start) in of_search {
            let mut fitting = search.claimers.iter().filter(fits).filter(|_| start >= from);
            let Some((claimer, found)) = fitting.find_map(|claimer| Some((claimer, claimer.pattern.matches(&record[start..])?))) else {
                continue;
            };
            from = start + found.len.max(1);
            let (end, is_partial) = match claimer.source.reach {
                "" => (record.len(), false),
                "next" => (record.len(), true),
                reach => (memmem::find(&record[from..], reach.as_bytes()).map_or(record.len(), |end| from + end), true),
            };
            if claimer.source.reach == "next"
                && let Some(last) = claims.iter_mut().rev().find(|last| std::ptr::eq(last.claimer, claimer))
            {
                last.holds.end = start;
            }
            claims.push(Claim::new(claimer, found, if is_partial { start..end } else { 0..end }, is_partial));
            if claims.len() >= MOST {
                return claims;
            }
        }
    }
    claims
}

impl Claimer {
    fn is_for(&self, family: Option<LogFamily>) -> bool {
        is_for(self.source.families, family)
    }

    /// Whether it tells about other records than its own.
    fn tells_others(&self) -> bool {
        self.does != Does::Mentions || self.has_name
    }
}

/// Whether a family is one of these, with a bit per family; none means all.
fn is_for(families: u32, family: Option<LogFamily>) -> bool {
    families == 0 || family.is_some_and(|family| families >> family as u32 & 1 == 1)
}

/// All that a record says.
pub(super) struct Claims<'t> {
    /// What holds for a part of the record, in the order of their beginnings.
    partial: Vec<Claim<'t>>,
    subject: One<Subject>,
    phase: One<Phase>,
    step: One<String>,
    enrollment: One<Guid>,
    correlation: One<String>,
}

impl<'t> Claims<'t> {
    /// Of the parts that begin before a place, so many are asked whether they reach it.
    const NEAR: usize = 16;

    pub(super) fn of(record: &'t [u8], family: Option<LogFamily>) -> Self {
        Self::with(beginning(record, family).as_ref(), record, family)
    }

    /// The same, where it is known what the record begins with.
    pub(super) fn with(beginning: Option<&Claim<'t>>, record: &'t [u8], family: Option<LogFamily>) -> Self {
        let (mut partial, whole): (Vec<_>, Vec<_>) = anywhere(record, family, false).into_iter().partition(|claim| claim.is_partial);
        partial.sort_by_key(|claim| claim.holds.start);
        let said = (beginning, whole.as_slice());
        Self {
            subject: One::of(said, Claim::subject, |a, b| a.id == b.id),
            phase: One::of(said, Claim::phase, |a, b| a == b),
            step: One::of(said, |claim| claim.text("step"), |a, b| a == b),
            enrollment: One::of(said, Claim::enrollment, |a, b| a == b),
            correlation: One::of(said, |claim| claim.text("correlation"), |a, b| a == b),
            partial,
        }
    }

    /// Whether it says nothing.
    pub(super) fn is_silent(&self) -> bool {
        let Self { partial, subject, phase, step, enrollment, correlation } = self;
        partial.is_empty()
            && matches!((subject, phase, step), (One::None, One::None, One::None))
            && matches!((enrollment, correlation), (One::None, One::None))
    }

    /// Whose error it is at a place in the record, with what is known from the records before.
    pub(super) fn owner(&self, at: usize, known: &Known) -> Owner {
        let before = self.partial.partition_point(|claim| claim.holds.start <= at);
        let near = &self.partial[before.saturating_sub(Self::NEAR)..before];
        let here: Vec<&Claim<'t>> = near.iter().rev().filter(|claim| claim.holds.contains(&at)).collect();
        let whole = match &self.subject {
            One::Of(subject) => Some(*subject),
            // Which of several it is, the record before can say.
            One::Several(subjects) => known.subject.filter(|known| subjects.iter().any(|subject| subject.id == known.id)),
            One::None => known.subject,
        };
        Owner {
            subject: here.iter().find_map(|claim| claim.subject()).or(whole),
            phase: here.iter().find_map(|claim| claim.phase()).or_else(|| self.phase.or(known.phase)),
            step: here.iter().find_map(|claim| claim.text("step")).or_else(|| self.step.or(None)),
            enrollment: here.iter().find_map(|claim| claim.enrollment()).or_else(|| self.enrollment.or(known.enrollment)),
            correlation: here.iter().find_map(|claim| claim.text("correlation")).or_else(|| self.correlation.or(None)),
        }
    }
}

/// What a whole record says about one thing.
enum One<T> {
    None,
    Of(T),
    Several(Vec<T>),
}

impl<T: Clone> One<T> {
    /// How many things that a record says are told apart.
    const MOST: usize = 16;

    /// What the beginning of a record says, or else what stands anywhere in it.
    fn of<'t>(
        (beginning, anywhere): (Option<&Claim<'t>>, &[Claim<'t>]),
        of: impl Fn(&Claim<'t>) -> Option<T>,
        same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        if let Some(said) = beginning.and_then(&of) {
            return Self::Of(said);
        }
        let mut all: Vec<T> = Vec::new();
        for said in anywhere.iter().filter_map(of) {
            if all.len() < Self::MOST && !all.iter().any(|known| same(known, &said)) {
                all.push(said);
            }
        }
        match all.len() {
            0 => Self::None,
            1 => all.pop().map_or(Self::None, Self::Of),
            _ => Self::Several(all),
        }
    }

    /// What it says, or what is known, but nothing where it says several things.
    fn or(&self, known: Option<T>) -> Option<T> {
        match self {
            Self::Of(said) => Some(said.clone()),
            Self::None => known,
            Self::Several(_) => None,
        }
    }
}

/// What is known from the records before, in one thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) subject: Option<Subject>,
    pub(super) phase: Option<Phase>,
    pub(super) enrollment: Option<Guid>,
}

impl Owner {
    /// Whose error it is at a place in one whole record, by that record alone: an event of an event log, or a line.
    ///
    /// ```
    /// use intune_err::log::{LogFamily, Owner, Phase};
    /// let text = br#"{"DeviceSetup.AppsSubcategory":{"subcategoryState":"failed","subcategoryStatusText":"0x81036502"}}"#;
    /// let owner = Owner::of(text, 85, Some(LogFamily::Evtx));
    /// assert_eq!((owner.phase, owner.step.as_deref()), (Some(Phase::DeviceSetup), Some("AppsSubcategory")));
    /// ```
    pub fn of(record: &[u8], at: usize, family: Option<LogFamily>) -> Self {
        Claims::of(record, family).owner(at, &Known::default())
    }
}

/// The text that the inside of a JSON string stands for.
fn unescaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut units = Vec::new();
    let mut chars = json.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next() {
                Some('u') => {
                    // Characters beyond 16 bits are written as two.
                    let digits: String = chars.by_ref().take(4).collect();
                    units.extend(u16::from_str_radix(&digits, 16));
                    continue;
                }
                Some('n' | 'r' | 't' | 'b' | 'f') => ' ',
                Some(other) => other,
                None => break,
            },
            other => other,
        };
        text.extend(char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        text.push(c);
    }
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn no_start_hides_another() {
        let starts = &super::claimers().starts;
        for (at, (start, _)) in starts.iter().enumerate() {
            assert!(starts[..at].iter().all(|(other, _)| !start.starts_with(other) && !other.starts_with(start)), "{start:?}");
        }
    }

    #[test]
    fn few_beginnings_of_records_can_tell_about_others() {
        let bits: u32 = super::claimers().telling.iter().map(|bits| bits.count_ones()).sum();
        assert!((1..512).contains(&bits), "{bits} of 4096");
        assert!(super::may_tell_others(b"EMS Agent Started") && !super::may_tell_others(b"Content cache manager size is 960096 bytes"));
    }

    #[test]
    fn names_are_what_their_json_stands_for() {
        for (json, text) in [
            ("Contoso VPN", "Contoso VPN"),
            (r#"Contoso \"VPN\" \u0026 more"#, "Contoso \"VPN\" & more"),
            (r"C:\\App\/x", r"C:\App/x"),
            (r"M\u00fcller \ud83d\ude00!", "M\u{fc}ller \u{1F600}!"),
            (r"\ud83d", "\u{FFFD}"),
            (r"a\nb", "a b"),
            (r"a\", "a"),
        ] {
            assert_eq!(unescaped(json), text, "{json}");
        }
    }
}
