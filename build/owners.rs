//! Whose error a record is: `logs/owners*.toml`.

use std::collections::HashSet;

use serde::Deserialize;

use super::key::{DOES, FAMILIES, OWNER_KINDS, PHASES};
use super::pattern::Pattern;
use super::{DataFault, Placed, fault, is_field, is_slug, position_of, rows_source, tables};

/// What a record says about the app, script, phase or enrollment that it belongs to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Owner {
    id: String,
    families: Vec<String>,
    does: String,
    kind: Option<String>,
    /// Looked for in the whole record, not only at its beginning.
    #[serde(default)]
    anywhere: bool,
    /// How the record has to begin, if the pattern can be anywhere in it.
    #[serde(default)]
    within: String,
    /// How far it holds, if the pattern can be anywhere: up to this text, or with `next` up to the next match.
    #[serde(default)]
    reach: String,
    pattern: String,
    phase: Option<String>,
    line: String,
    #[serde(rename = "owner")]
    told: OwnerFound,
    source: String,
}

/// What the pattern finds in its test line.
#[derive(Deserialize, Default, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct OwnerFound {
    id: Option<String>,
    name: Option<String>,
    phase: Option<String>,
    step: Option<String>,
    enrollment: Option<String>,
    correlation: Option<String>,
}

/// All patterns.
#[derive(Default)]
pub(super) struct Owners(Vec<Placed<Owner>>);

impl Owners {
    /// Reads a file.
    pub(super) fn read(&mut self, file: &str, content: &str, faults: &mut Vec<DataFault>) {
        self.0.extend(tables(file, content, "owner", faults));
    }

    pub(super) fn check(&self, faults: &mut Vec<DataFault>) {
        let mut ids = HashSet::new();
        for owner in &self.0 {
            if !ids.insert(&owner.of.id) {
                faults.push(fault(&owner.file, &owner.id, "another owner has its id"));
            }
            check_owner(owner, faults);
        }
    }

    /// Writes them as the library compiles them in.
    pub(super) fn write(&self) -> String {
        rows_source(
            "OWNERS",
            self.0.iter().map(|Placed { of, .. }| {
                let families =
                    of.families.iter().filter_map(|family| position_of(&FAMILIES, family)).fold(0_u32, |bits, at| bits | 1 << at);
                let does = position_of(&DOES, &of.does).unwrap_or_default();
                let optional = |names: &[&str], name: &Option<String>| {
                    name.as_ref().and_then(|name| position_of(names, name)).map_or(0, |position| position + 1)
                };
                let (kind, phase) = (optional(&OWNER_KINDS, &of.kind), optional(&PHASES, &of.phase));
                format!("{}\t{families}\t{does}\t{kind}\t{phase}\t{}\t{}\t{}\t{}", of.id, of.anywhere, of.within, of.reach, of.pattern)
            }),
        )
    }
}

fn check_owner(owner: &Placed<Owner>, faults: &mut Vec<DataFault>) {
    let of = &owner.of;
    let mut say = |what: String| faults.push(fault(&owner.file, &owner.id, &what));
    if !is_slug(&of.id) {
        say("its id is no slug of a-z, 0-9 and single hyphens".to_owned());
    }
    if ![&of.within, &of.reach, &of.pattern].into_iter().all(|text| is_field(text)) {
        say("within, reach or pattern has a tab or a line end".to_owned());
    }
    if !of.source.starts_with("https://") {
        say("source is no https address".to_owned());
    }
    for family in of.families.iter().filter(|family| position_of(&FAMILIES, family).is_none()) {
        say(format!("there is no family {family:?}"));
    }
    if position_of(&DOES, &of.does).is_none() {
        say(format!("nothing is done that is called {:?}", of.does));
    }
    if let Some(kind) = of.kind.as_ref().filter(|kind| position_of(&OWNER_KINDS, kind).is_none()) {
        say(format!("there is no kind {kind:?}"));
    }
    if let Some(phase) = of.phase.as_ref().filter(|phase| position_of(&PHASES, phase).is_none()) {
        say(format!("there is no phase {phase:?}"));
    }
    let pattern = match Pattern::new(&of.pattern) {
        Ok(pattern) => pattern,
        Err(what) => return say(format!("pattern: {what}")),
    };
    let fields = pattern.fields();
    if let Some(field) = fields.iter().find(|field| ["date", "time", "zone", "level", "component", "thread"].contains(field)) {
        say(format!("an owner has no {field}"));
    }
    if fields.contains(&"id") != of.kind.is_some() {
        say("it has a kind and no id, or an id and no kind".to_owned());
    }
    if of.anywhere && pattern.starts().is_empty() {
        say("the beginning of its pattern is too short to be searched for: four characters are needed, the blank after a word counts"
            .to_owned());
    }
    let is_bounded = !of.within.is_empty() || !of.reach.is_empty();
    if is_bounded && !of.anywhere {
        say("within and reach are for patterns that are looked for anywhere".to_owned());
    }
    if !of.line.starts_with(&of.within) {
        say("its line doesn't begin as the record has to".to_owned());
    }
    let line = of.line.as_bytes();
    let found = if of.anywhere {
        of.line.match_indices(pattern.literal()).find_map(|(start, _)| pattern.matches(&line[start..]))
    } else {
        pattern.matches(line.trim_ascii_start())
    };
    let Some(found) = found else { return say("its pattern doesn't fit its line".to_owned()) };
    let text = |name: &str| found.text(name).map(|text| String::from_utf8_lossy(text).into_owned());
    let phase = text("phase").or_else(|| of.phase.clone());
    if let Some(phase) = phase.as_ref().filter(|phase| position_of(&PHASES, phase).is_none()) {
        say(format!("there is no phase {phase:?}"));
    }
    let is_told = OwnerFound {
        id: text("id"),
        name: text("name"),
        phase,
        step: text("step"),
        enrollment: text("enrollment"),
        correlation: text("correlation"),
    };
    if is_told != of.told {
        say(format!("its owner is {is_told:?}"));
    }
}
