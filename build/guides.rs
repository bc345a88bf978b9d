//! Procedures for whole families of codes: `guides.toml`.

use std::collections::{BTreeSet, HashSet};

use serde::Deserialize;

use super::{Data, DataFault, Record, check_list, check_texts, fault, is_slug, key, position_of};

/// The kinds of guides: one repairs, the other only finds the reason.
const GUIDE_KINDS: [&str; 2] = ["repair", "diagnosis"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guide {
    pub(super) id: String,
    pub(super) title: String,
    kind: String,
    pub(super) steps: Vec<String>,
    #[serde(default)]
    pub(super) notes: Vec<String>,
    pub(super) sources: Vec<String>,
    #[serde(default)]
    codes: Vec<Codes>,
    #[serde(default)]
    records: Vec<String>,
    #[serde(default)]
    except: Vec<Codes>,
    #[serde(default)]
    except_records: Vec<String>,
}

/// One code, or the first and last of a range.
#[derive(Deserialize)]
#[serde(untagged, expecting = "codes are single codes and ranges of two, [first, last]")]
enum Codes {
    One(i64),
    Range([i64; 2]),
}

impl Codes {
    fn ends(&self) -> [i64; 2] {
        match *self {
            Self::One(code) => [code, code],
            Self::Range(ends) => ends,
        }
    }
}

/// Whether one of `codes` is, or contains, either form of this code.
fn hold(codes: &[Codes], code: u32) -> bool {
    let is_in = |code: u32| codes.iter().map(Codes::ends).any(|[first, last]| (first..=last).contains(&i64::from(code)));
    is_in(code) || key::other_form(code).is_some_and(is_in)
}

/// Whether a pattern, an id or its beginning with `*` at the end, matches an id.
fn matches(pattern: &str, id: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == id, |start| id.starts_with(start))
}

impl Guide {
    pub(super) fn is_diagnosis(&self) -> bool {
        self.kind == GUIDE_KINDS[1]
    }

    fn covers(&self, code: u32) -> bool {
        hold(&self.codes, code) && !hold(&self.except, code)
    }

    fn excepts(&self, record: &Record) -> bool {
        self.except_records.iter().any(|pattern| matches(pattern, &record.id))
            || record.codes.iter().any(|&code| hold(&self.except, code as u32))
    }
}

/// The position of the guide for a record without steps of its own: the first that lists its id, or else the first that covers one of
/// its codes.
pub(super) fn of_record(guides: &[&Guide], record: &Record) -> Option<usize> {
    if !record.resolution.is_empty() || record.nothing_to_do.is_some() {
        return None;
    }
    let first = |fits: &dyn Fn(&Guide) -> bool| guides.iter().position(|guide| !guide.excepts(record) && fits(guide));
    first(&|guide| guide.records.iter().any(|pattern| matches(pattern, &record.id)))
        .or_else(|| first(&|guide| record.codes.iter().any(|&code| guide.covers(code as u32))))
}

/// The codes that guides cover, as sorted ranges that do not overlap, each with the position of the first guide that covers it.
pub(super) fn ranges(guides: &[&Guide]) -> Vec<(u32, u32, usize)> {
    // Between two neighbouring numbers, no guide's range begins or ends.
    let mut borders: BTreeSet<i64> = BTreeSet::new();
    for guide in guides {
        for [first, last] in guide.codes.iter().chain(&guide.except).map(Codes::ends) {
            borders.extend([first, last + 1]);
        }
    }
    let borders: Vec<i64> = borders.into_iter().collect();
    let is_in = |codes: &[Codes], code: i64| codes.iter().map(Codes::ends).any(|[first, last]| (first..=last).contains(&code));
    let mut ranges: Vec<(u32, u32, usize)> = Vec::new();
    for pair in borders.windows(2) {
        let guide = guides.iter().position(|guide| is_in(&guide.codes, pair[0]) && !is_in(&guide.except, pair[0]));
        let Some(guide) = guide else { continue };
        let (first, last) = (pair[0] as u32, (pair[1] - 1) as u32);
        match ranges.last_mut() {
            Some(before) if before.2 == guide && i64::from(before.1) + 1 == pair[0] => before.1 = last,
            _ => ranges.push((first, last, guide)),
        }
    }
    ranges
}

/// Checks the guides by themselves and against the records.
pub(super) fn check(data: &Data, faults: &mut Vec<DataFault>) {
    if data.guides.len() >= usize::from(u8::MAX) {
        faults.push(fault("guides.toml", "-", "has more guides than positions of 8 bits can name"));
    }
    let mut ids = HashSet::new();
    for guide in &data.guides {
        let mut say = |what: String| faults.push(fault(&guide.file, &guide.id, &what));
        let guide = &guide.of;
        if !is_slug(&guide.id) {
            say("its id is no slug of a-z, 0-9 and single hyphens".to_owned());
        }
        if !ids.insert(guide.id.as_str()) {
            say("its id stands in the file already".to_owned());
        }
        if position_of(&GUIDE_KINDS, &guide.kind).is_none() {
            say(format!("kind {:?} is none of {}", guide.kind, GUIDE_KINDS.join(", ")));
        }
        check_texts([("title", Some(&guide.title))], &mut say);
        for (key, list) in [("steps", &guide.steps), ("notes", &guide.notes), ("sources", &guide.sources)] {
            check_list(key, list, &mut say);
            if list.is_empty() && key != "notes" {
                say(format!("{key} is empty"));
            }
        }
        for (key, codes) in [("codes", &guide.codes), ("except", &guide.except)] {
            for [first, last] in codes.iter().map(Codes::ends) {
                if u32::try_from(first).is_err() || u32::try_from(last).is_err() {
                    say(format!("{key} has {first:#X} to {last:#X}, which is more than 32 bits"));
                } else if first > last {
                    say(format!("{key} has the range 0x{first:08X} to 0x{last:08X}, which ends before it begins"));
                }
            }
        }
        if guide.codes.is_empty() && guide.records.is_empty() {
            say("it covers nothing: it has no codes and no records".to_owned());
        }
        for (key, patterns) in [("records", &guide.records), ("except_records", &guide.except_records)] {
            check_list(key, patterns, &mut say);
            for pattern in patterns.iter().filter(|pattern| !data.records.iter().any(|record| matches(pattern, &record.of.id))) {
                say(format!("{key} has {pattern:?}, which is the id of no record"));
            }
        }
    }
}
