//! The records of problems and the points of the checklist.

use std::collections::HashMap;

use serde::Deserialize;

use super::anchors::{Common, anchor, scanned};
use super::key::{AREAS, PLATFORMS, TOPICS, fold};
use super::{Fault, Placed, check_list, check_texts, fault, is_slug, position_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) codes: Vec<i64>,
    pub(super) names: Vec<String>,
    pub(super) messages: Vec<String>,
    #[serde(default)]
    pub(super) unscanned: Vec<String>,
    pub(super) title: Option<String>,
    pub(super) platforms: Vec<String>,
    pub(super) area: String,
    pub(super) problem: String,
    pub(super) causes: Vec<String>,
    pub(super) resolution: Vec<String>,
    pub(super) nothing_to_do: Option<String>,
    #[serde(default)]
    pub(super) notes: Vec<String>,
    pub(super) sources: Vec<String>,
    #[serde(default)]
    pub(super) seen_in: Vec<String>,
    pub(super) legacy: Option<String>,
    #[serde(default = "middle")]
    pub(super) rank: i64,
}

fn middle() -> i64 {
    50
}

impl Record {
    /// The names and messages that a log is searched for.
    pub(super) fn scanned(&self) -> impl Iterator<Item = &String> {
        self.names.iter().chain(&self.messages).filter(|text| !self.unscanned.contains(text))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Checklist {
    pub(super) source: String,
    pub(super) point: Vec<Point>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    pub(super) topic: String,
    pub(super) text: String,
    pub(super) platforms: Vec<String>,
    pub(super) link: Option<String>,
    /// The page that it comes from, if it isn't the checklist's.
    pub(super) source: Option<String>,
}

/// Finds what makes the table wrong. What makes it poor is for `tests/table.rs`.
pub(super) fn check(records: &[Placed<Record>], faults: &mut Vec<Fault>) {
    let mut ids: HashMap<&str, &str> = HashMap::new();
    for Placed { file, of: record, .. } in records {
        let mut say = |what: String| faults.push(fault(file, &record.id, &what));
        if !is_slug(&record.id) {
            say("its id is no slug of a-z, 0-9 and single hyphens".to_owned());
        }
        if let Some(first) = ids.insert(&record.id, file) {
            say(format!("its id stands in {first} already"));
        }
        check_record(record, &mut say);
    }
    if records.len() > usize::from(u16::MAX) {
        faults.push(fault("*", "-", "there are more records than positions of 16 bits can name"));
    }
}

fn check_record(record: &Record, say: &mut impl FnMut(String)) {
    for (position, &code) in record.codes.iter().enumerate() {
        if u32::try_from(code).is_err() {
            say(format!("code {code:#X} has more than 32 bits"));
        }
        if record.codes[..position].contains(&code) {
            say(format!("code 0x{code:08X} stands in it twice"));
        }
    }
    for (key, list) in [
        ("names", &record.names),
        ("messages", &record.messages),
        ("causes", &record.causes),
        ("resolution", &record.resolution),
        ("notes", &record.notes),
        ("sources", &record.sources),
        ("seen_in", &record.seen_in),
    ] {
        check_list(key, list, say);
    }
    for (key, list) in [("names", &record.names), ("messages", &record.messages)] {
        for text in list.iter().filter(|text| !text.trim().is_empty() && fold(text).is_empty()) {
            say(format!("{key} has {text:?}, without a letter or digit"));
        }
    }
    for text in &record.unscanned {
        if !record.names.contains(text) && !record.messages.contains(text) {
            say(format!("unscanned has {text:?}, which is none of its names and messages"));
        }
    }
    for text in record.scanned() {
        if scanned(text).is_some_and(|text| anchor(&text, &Common::default()).is_none()) {
            say(format!("{text:?} has no word that a log can be searched for: list it in unscanned"));
        }
    }
    check_texts(
        [
            ("problem", Some(&record.problem)),
            ("title", record.title.as_ref()),
            ("legacy", record.legacy.as_ref()),
            ("nothing_to_do", record.nothing_to_do.as_ref()),
        ],
        say,
    );
    if record.nothing_to_do.is_some() && !record.resolution.is_empty() {
        say("it has nothing_to_do and a resolution".to_owned());
    }
    if record.codes.is_empty() && record.names.is_empty() && record.messages.is_empty() && record.title.is_none() {
        say("nothing finds it: it has no code, name, message or title".to_owned());
    }
    if record.sources.is_empty() {
        say("sources is empty".to_owned());
    }
    if position_of(&AREAS, &record.area).is_none() {
        say(format!("area {:?} is none of {}", record.area, AREAS.join(", ")));
    }
    if !(1..=99).contains(&record.rank) {
        say(format!("rank {} is not between 1 and 99", record.rank));
    }
    check_platforms(&record.platforms, say);
}

fn check_platforms(platforms: &[String], say: &mut impl FnMut(String)) {
    if platforms.is_empty() {
        say("platforms is empty".to_owned());
    }
    for (position, platform) in platforms.iter().enumerate() {
        if position_of(&PLATFORMS, platform).is_none() {
            say(format!("platform {platform:?} is none of {}", PLATFORMS.join(", ")));
        }
        if platforms[..position].contains(platform) {
            say(format!("platform {platform:?} stands in it twice"));
        }
    }
}

pub(super) fn check_checklist(list: &Checklist, faults: &mut Vec<Fault>) {
    for (position, point) in list.point.iter().enumerate() {
        let mut say = |what: String| faults.push(fault("checklist.toml", &format!("point {}", position + 1), &what));
        if position_of(&TOPICS, &point.topic).is_none() {
            say(format!("topic {:?} is none of {}", point.topic, TOPICS.join(", ")));
        }
        if point.text.trim().is_empty() {
            say("text is empty".to_owned());
        }
        check_platforms(&point.platforms, &mut say);
    }
}
