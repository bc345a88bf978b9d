//! What the events of Windows event logs mean: `events.tsv`.

use super::{DataFault, fault, position_of};

/// The levels, in the order of the numbers that event logs have for them.
const LEVELS: [&str; 6] = ["-", "critical", "error", "warning", "information", "verbose"];

/// An event: provider, id, level, whether its id alone says that something failed, meaning and source.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) provider: String,
    pub(super) id: u16,
    pub(super) level: usize,
    pub(super) is_failure: bool,
    pub(super) meaning: String,
    pub(super) source: String,
}

/// Reads lines of six columns with tabs between, in the order of provider and id.
pub(super) fn read(file: &str, content: &str, faults: &mut Vec<DataFault>) -> Vec<Event> {
    let mut rows: Vec<Event> = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut say = |what: &str| faults.push(fault(file, &format!("line {}", number + 1), what));
        let Some(row) = row(line) else {
            say("is not provider, id, level, `alone` or `-`, meaning and source, with tabs between");
            continue;
        };
        if !row.meaning.ends_with('.') || !row.meaning.is_ascii() {
            say("its meaning is no ASCII sentence with a full stop");
        }
        if rows.last().is_some_and(|last| (&last.provider, last.id) >= (&row.provider, row.id)) {
            say("is not in the order of provider and id, or stands twice");
        }
        rows.push(row);
    }
    rows
}

fn row(line: &str) -> Option<Event> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [provider, id, level, alone, meaning, source] = columns[..] else { return None };
    let is_failure = match alone {
        "alone" => true,
        "-" => false,
        _ => return None,
    };
    (!provider.is_empty() && source.starts_with("https://")).then_some(())?;
    Some(Event {
        provider: provider.to_owned(),
        id: id.parse().ok()?,
        level: position_of(&LEVELS, level)?,
        is_failure,
        meaning: meaning.to_owned(),
        source: source.to_owned(),
    })
}
