//! The records of problems and the points of the checklist.

use std::collections::HashMap;

use serde::Deserialize;

use super::key::TOPICS;
use super::record::{self, Record, check_platforms};
use super::{DataFault, Placed, fault, position_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Checklist {
    pub(super) source: String,
    pub(super) point: Vec<ChecklistPoint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecklistPoint {
    pub(super) topic: String,
    pub(super) text: String,
    pub(super) platforms: Vec<String>,
    pub(super) link: Option<String>,
    /// The page that it comes from, if it isn't the checklist's.
    pub(super) source: Option<String>,
}

/// Reads the records of a file and lists its faults.
pub(super) fn read(file: &str, content: &str, records: &mut Vec<Placed<Record>>, faults: &mut Vec<DataFault>) {
    let (read, found) = record::read(content, |record, _| record);
    records.extend(read.into_iter().map(|of| Placed { file: file.to_owned(), id: of.id.clone(), of }));
    for record::FaultAtLine { line, id, what } in found {
        faults.push(fault(file, id.as_deref().unwrap_or("-"), &format!("line {line}: {what}")));
    }
}

/// Finds what is wrong with the records beside each other.
pub(super) fn check(records: &[Placed<Record>], faults: &mut Vec<DataFault>) {
    let mut ids: HashMap<&str, &str> = HashMap::new();
    for Placed { file, of: record, .. } in records {
        if let Some(first) = ids.insert(&record.id, file) {
            faults.push(fault(file, &record.id, &format!("line {}: its id stands in {first} already", record.line("id"))));
        }
    }
    if records.len() > usize::from(u16::MAX) {
        faults.push(fault("*", "-", "there are more records than positions of 16 bits can name"));
    }
}

pub(super) fn check_checklist(list: &Checklist, faults: &mut Vec<DataFault>) {
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
