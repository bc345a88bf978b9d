//! What a record says about whose error it is, by the patterns of `data/logs/owners*.toml`.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::{memchr2, memmem};

use super::generated::{OWNERS, OwnerSource};
use super::head::{LogFamily, within_bounds};
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
    source: &'static OwnerSource,
    pattern: Pattern,
    pub(super) does: Does,
    kind: Option<OwnerKind>,
    phase: Option<Phase>,
    /// Whether it gives a name to an id or to what is known.
    has_name: bool,
    /// Whether that name is the inside of a JSON string.
    is_json: bool,
    /// What its first two words begin with.
    words: [Beginning; 2],
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
    let mut bytes = [0; 16];
    let known = text.len().min(16);
    bytes[..known].copy_from_slice(&text[..known]);
    u128::from_le_bytes(bytes)
}

/// Patterns that are looked for anywhere, by the text that they begin with.
struct Search {
    finder: memmem::Finder<'static>,
    claimers: Vec<Claimer>,
    has_names: bool,
}

/// All patterns.
struct Claimers {
    beginnings: Vec<Claimer>,
    /// By the first byte of a record: the positions of those that can begin with it.
    by_byte: Vec<Vec<usize>>,
    anywhere: Vec<Search>,
    /// A bit for the hash of the four bytes that each of these begins with: so many bits that few others share one.
    starts: Vec<u64>,
    /// The families in which every record has to be read, since it can say something about others.
    followed: u32,
}

fn claimers() -> &'static Claimers {
    static CLAIMERS: OnceLock<Claimers> = OnceLock::new();
    CLAIMERS.get_or_init(|| {
        let mut claimers =
            Claimers { beginnings: Vec::new(), by_byte: vec![Vec::new(); 256], anywhere: Vec::new(), starts: vec![0; 1024], followed: 0 };
        for source in &OWNERS {
            // The build has checked every pattern.
            let Ok(pattern) = Pattern::new(source.pattern) else { continue };
            let does = Does::ALL[usize::from(source.does)];
            let has_name = pattern.fields().contains(&"name");
            if does != Does::Mentions || has_name {
                claimers.followed |= source.families;
            }
            let optional = |position: u8| usize::from(position).checked_sub(1);
            let claimer = Claimer {
                source,
                does,
                kind: optional(source.kind).map(|position| OwnerKind::ALL[position]),
                phase: optional(source.phase).map(|position| Phase::ALL[position]),
                has_name,
                is_json: source.pattern.contains("{name:json}"),
                words: [pattern.literal(), pattern.second()].map(|text| Beginning::of(text.as_bytes())),
                pattern,
            };
            if !source.anywhere {
                let position = claimers.beginnings.len();
                for (byte, positions) in (0..=u8::MAX).zip(&mut claimers.by_byte) {
                    positions.extend(claimer.pattern.begins(byte).then_some(position));
                }
                claimers.beginnings.push(claimer);
                continue;
            }
            let literal = claimer.pattern.literal().as_bytes().to_vec();
            match literal.first_chunk() {
                Some(start) => {
                    let bit = bit(*start);
                    claimers.starts[bit >> 6] |= 1 << (bit & 63);
                }
                // Nothing can be told from so few bytes.
                None => claimers.starts.fill(u64::MAX),
            }
            let known = claimers.anywhere.iter_mut().find(|search| search.finder.needle() == literal);
            if let Some(search) = known {
                search.has_names |= has_name;
                search.claimers.push(claimer);
            } else {
                let finder = memmem::Finder::new(&literal).into_owned();
                claimers.anywhere.push(Search { finder, claimers: vec![claimer], has_names: has_name });
            }
        }
        claimers
    })
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
        let name = String::from_utf8_lossy(within_bounds(self.found.text("name")?));
        Some(if self.claimer.is_json { unescaped(&name) } else { name.into_owned() })
    }

    pub(super) fn phase(&self) -> Option<Phase> {
        self.claimer.phase.or_else(|| Phase::by_name(self.found.text("phase")?))
    }

    pub(super) fn enrollment(&self) -> Option<Guid> {
        Guid::of_bytes(self.found.text("enrollment")?)
    }

    fn text(&self, field: &str) -> Option<String> {
        Some(String::from_utf8_lossy(within_bounds(self.found.text(field)?)).into_owned())
    }
}

/// The patterns that a record can begin with, by its first two words, and the record without the blanks before it.
fn can_begin(record: &[u8], family: Option<LogFamily>) -> (&[u8], impl Iterator<Item = &'static Claimer>) {
    let text = record.trim_ascii_start();
    let claimers = claimers();
    let positions = text.first().map_or(&[][..], |first| &claimers.by_byte[usize::from(*first)]);
    let words = if positions.is_empty() {
        [0, 0]
    } else {
        // No pattern has a longer first word.
        let start = &text[..text.len().min(64)];
        let second = memchr2(b' ', b'\t', start).map_or(&[][..], |end| text[end..].trim_ascii_start());
        [first_bytes(text), first_bytes(second)]
    };
    let fits = move |claimer: &&Claimer| claimer.words[0].fits(words[0]) && claimer.words[1].fits(words[1]) && claimer.is_for(family);
    (text, positions.iter().map(|position| &claimers.beginnings[*position]).filter(fits))
}

/// Whether a record can begin with something that tells about others; most don't.
pub(super) fn tells_others(record: &[u8], family: Option<LogFamily>) -> bool {
    can_begin(record, family).1.any(|claimer| claimer.does != Does::Mentions || claimer.has_name)
}

/// What a record begins with.
pub(super) fn beginning(record: &[u8], family: Option<LogFamily>) -> Option<Claim<'_>> {
    let (text, mut fitting) = can_begin(record, family);
    // The first one in the data wins.
    let (claimer, found) = fitting.find_map(|claimer| Some((claimer, claimer.pattern.matches(text)?)))?;
    Some(Claim::new(claimer, found, 0..record.len(), false))
}

/// Where a text may give a name to an id, in no order.
pub(super) fn names_in(text: &[u8], family: Option<LogFamily>) -> Vec<usize> {
    let gives = |claimer: &Claimer| claimer.has_name && claimer.is_for(family);
    let searches = claimers().anywhere.iter().filter(|search| search.claimers.iter().any(gives));
    searches.flat_map(|search| search.finder.find_iter(text)).collect()
}

/// The place of four bytes among the bits of [`Claimers::starts`].
fn bit(bytes: [u8; 4]) -> usize {
    (u32::from_le_bytes(bytes).wrapping_mul(0x9E37_79B1) >> 16) as usize
}

impl Claimers {
    /// Whether what is looked for anywhere can begin in a record. It costs one pass, and most records have none.
    fn may_be_in(&self, record: &[u8]) -> bool {
        record.windows(4).any(|window| {
            let bit = window.try_into().map_or(0, bit);
            self.starts[bit >> 6] >> (bit & 63) & 1 == 1
        })
    }
}

/// Only a hostile record says more.
const MOST: usize = 20_000;

/// What stands anywhere in a record, in its order. With `names`, what gives a name to an id alone.
pub(super) fn anywhere(record: &[u8], family: Option<LogFamily>, names: bool) -> Vec<Claim<'_>> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    if !claimers().may_be_in(record) {
        return claims;
    }
    for search in claimers().anywhere.iter().filter(|search| search.has_names || !names) {
        let fits = |claimer: &&'static Claimer| {
            (claimer.has_name || !names) && claimer.is_for(family) && record.starts_with(claimer.source.within.as_bytes())
        };
        if !search.claimers.iter().any(|claimer| fits(&claimer)) {
            continue;
        }
        let mut from = 0;
        while let Some(start) = search.finder.find(&record[from..]).map(|start| from + start) {
            let mut fitting = search.claimers.iter().filter(fits);
            let Some((claimer, found)) = fitting.find_map(|claimer| Some((claimer, claimer.pattern.matches(&record[start..])?))) else {
                from = start + 1;
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
        self.source.families == 0 || family.is_some_and(|family| self.source.families >> family as u32 & 1 == 1)
    }
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
        let (mut partial, whole): (Vec<_>, Vec<_>) = anywhere(record, family, false).into_iter().partition(|claim| claim.is_partial);
        partial.sort_by_key(|claim| claim.holds.start);
        let beginning = beginning(record, family);
        let said = (beginning.as_ref(), whole.as_slice());
        Self {
            subject: One::of(said, Claim::subject, |a, b| a.id == b.id),
            phase: One::of(said, Claim::phase, |a, b| a == b),
            step: One::of(said, |claim| claim.text("step"), |a, b| a == b),
            enrollment: One::of(said, Claim::enrollment, |a, b| a == b),
            correlation: One::of(said, |claim| claim.text("correlation"), |a, b| a == b),
            partial,
        }
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
#[derive(Clone, Copy, Debug, Default)]
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
