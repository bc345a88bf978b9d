//! The shapes of log lines: `logs/heads*.toml`.

use std::collections::HashSet;

use serde::Deserialize;

use super::key::FAMILIES;
use super::pattern::{Match, Pattern};
use super::{DataFault, Placed, fault, is_field, is_slug, position_of, rows_source, tables};

/// A line shape: how a record begins or ends, and what its head says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    id: String,
    family: Option<String>,
    #[serde(default = "line")]
    kind: String,
    /// Tried only if no other shape fits.
    #[serde(default)]
    general: bool,
    pattern: String,
    line: String,
    #[serde(rename = "head")]
    told: HeadFound,
    source: String,
}

fn line() -> String {
    "line".to_owned()
}

/// What the head of the test line says. The tests compare the time.
#[derive(Deserialize, Default, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct HeadFound {
    time: Option<String>,
    component: Option<String>,
    thread: Option<String>,
    level: Option<String>,
}

/// What a shape is, in the order of src/log/shapes.rs: a head at the beginning or end of a record, a heading, a row with the time of the
/// rows below it, a row with the date of the records below it, or a sign of the family of the whole text.
const KINDS: [&str; 6] = ["line", "end", "section", "time", "date", "file"];

/// The names of the levels, in the order of their numbers, which begin at 1.
const LEVELS: [&str; 5] = ["critical", "error", "warning", "info", "verbose"];

/// All shapes.
#[derive(Default)]
pub(super) struct Logs {
    heads: Vec<Placed<Head>>,
}

impl Logs {
    /// Reads a file.
    pub(super) fn read(&mut self, file: &str, content: &str, faults: &mut Vec<DataFault>) {
        self.heads.extend(tables(file, content, "head", faults));
    }

    pub(super) fn check(&self, faults: &mut Vec<DataFault>) {
        let mut ids = HashSet::new();
        for head in &self.heads {
            let mut say = |what: &str| faults.push(fault(&head.file, &head.id, what));
            if !is_slug(&head.of.id) {
                say("its id is no slug of a-z, 0-9 and single hyphens");
            }
            if !ids.insert(&head.of.id) {
                say("another shape has its id");
            }
            if !head.of.source.starts_with("https://") {
                say("source is no https address");
            }
        }
        let patterns: Vec<(&Placed<Head>, Pattern)> = self.heads.iter().filter_map(|head| check_head(head, faults)).collect();
        for (head, _) in &patterns {
            let fits = |(other, pattern): &&(&Placed<Head>, Pattern)| {
                let is_rival = other.of.id != head.of.id && !other.of.general && stage(&other.of.kind) == stage(&head.of.kind);
                is_rival && found(&other.of.kind, pattern, &head.of.line).is_some()
            };
            if let Some((other, _)) = patterns.iter().find(fits) {
                faults.push(fault(&head.file, &head.id, &format!("its line fits {}, too", other.of.id)));
            }
        }
    }

    /// Writes them as the library compiles them in: specific shapes before general ones, and of those the ones without a family last.
    pub(super) fn write(&self) -> String {
        let mut heads: Vec<&Head> = self.heads.iter().map(|head| &head.of).collect();
        heads.sort_by_key(|head| (head.general, head.general && head.family.is_none()));
        rows_source(
            "HEADS",
            heads.into_iter().map(|head| {
                let family = head.family.as_ref().and_then(|family| position_of(&FAMILIES, family)).map_or(0, |position| position + 1);
                let kind = position_of(&KINDS, &head.kind).unwrap_or_default();
                format!("{}\t{family}\t{kind}\t{}\t{}", head.id, head.general, head.pattern)
            }),
        )
    }
}

/// Shapes of one stage are tried one after the other on the same line.
fn stage(kind: &str) -> &str {
    if kind == "line" || kind == "end" { kind } else { "mark" }
}

/// What a shape finds in a line.
fn found<'t>(kind: &str, pattern: &Pattern, line: &'t str) -> Option<Match<'t>> {
    let start = match kind {
        "end" | "file" => line.find(pattern.literal())?,
        "line" => 0,
        _ => line.len() - line.trim_start_matches([' ', '\t']).len(),
    };
    pattern.matches(&line.as_bytes()[start..])
}

/// The pattern of a shape that has no fault in its form.
fn check_head<'a>(head: &'a Placed<Head>, faults: &mut Vec<DataFault>) -> Option<(&'a Placed<Head>, Pattern)> {
    let of = &head.of;
    let mut say = |what: String| faults.push(fault(&head.file, &head.id, &what));
    if let Some(family) = of.family.as_ref().filter(|family| position_of(&FAMILIES, family).is_none()) {
        say(format!("there is no family {family:?}"));
    }
    if position_of(&KINDS, &of.kind).is_none() {
        say(format!("there is no kind {:?}", of.kind));
    }
    let pattern = match Pattern::new(&of.pattern) {
        Ok(pattern) => pattern,
        Err(what) => {
            say(format!("pattern: {what}"));
            return None;
        }
    };
    if !is_field(&of.pattern) {
        say("its pattern has a tab or a line end".to_owned());
    }
    if matches!(of.kind.as_str(), "end" | "file" | "date") && pattern.literal().is_empty() {
        say("its pattern begins with a field, and nothing can be searched for".to_owned());
    }
    if let Some(field) = pattern.fields().iter().find(|field| !["date", "time", "zone", "level", "component", "thread"].contains(field)) {
        say(format!("a head has no {field}"));
    }
    let Some(found) = found(&of.kind, &pattern, &of.line) else {
        say("its pattern doesn't fit its line".to_owned());
        return None;
    };
    let text = |name: &str| found.text(name).map(|text| String::from_utf8_lossy(text).into_owned());
    let level = found.level.and_then(|level| LEVELS.get(usize::from(level) - 1)).map(|level| (*level).to_owned());
    // A time without a date is no time.
    let is_told = HeadFound { time: of.told.time.clone(), component: text("component"), thread: text("thread"), level };
    if is_told != of.told {
        say(format!("its head is {is_told:?}"));
    }
    if of.told.time.is_some() != (found.date.is_some() && found.time.is_some()) {
        say("its head has a time where the pattern finds none, or the other way round".to_owned());
    }
    Some((head, pattern))
}
