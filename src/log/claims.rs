//! What a record says about whose error it is, by the patterns of `data/logs/owners*.toml`.

use std::ops::Range;

use memchr::memmem;

use super::claimers::{Claimer, begins_with, claimers};
pub(super) use super::claimers::{Does, may_tell_others};
use super::head::{LogFamily, text_of};
use super::owner::{Guid, Owner, Phase, Subject};
use crate::order::sort_by_number;
use crate::pattern::Match;

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

/// What a record begins with.
pub(super) fn beginning(record: &[u8], family: Option<LogFamily>) -> Option<Claim<'_>> {
    let (claimer, found) = begins_with(record, family)?;
    Some(Claim::new(claimer, found, 0..record.len(), false))
}

/// Only a hostile record says more.
const MOST: usize = 20_000;

/// What stands anywhere in a record, in its order. With `names`, what gives a name to an id alone.
pub(super) fn anywhere(record: &[u8], family: Option<LogFamily>, names: bool) -> Vec<Claim<'_>> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    if names && !claimers().can_name(record, family) {
        return claims;
    }
    let fits = |claimer: &&'static Claimer| {
        (claimer.has_name || !names) && claimer.is_for(family) && record.starts_with(claimer.source.within.as_bytes())
    };
    for of_search in claimers().places(record).chunk_by(|(search, _), (next, _)| search == next) {
        let claimers = claimers().of_search(of_search[0].0);
        let mut from = 0;
        for &(_, start) in of_search {
            let mut fitting = claimers.iter().filter(fits).filter(|_| start >= from);
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

/// All that a record says.
#[derive(Default)]
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
        let anywhere = anywhere(record, family, false);
        if beginning.is_none() && anywhere.is_empty() {
            return Self::default();
        }
        let (mut partial, whole): (Vec<_>, Vec<_>) = anywhere.into_iter().partition(|claim| claim.is_partial);
        sort_by_number(&mut partial, |claim| claim.holds.start as u64);
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
        if self.is_silent() {
            let Known { subject, phase, enrollment } = *known;
            return Owner { subject, phase, enrollment, ..Owner::default() };
        }
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
#[derive(Default)]
enum One<T> {
    #[default]
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
