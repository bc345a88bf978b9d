//! Turns the files in `data/` into the source of the table, or into the list of everything that is wrong with them.
//!
//! Compiled twice: by the build script, and by the test that feeds it faulty records.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::de::DeserializeOwned;

mod anchor;
mod anchors;
mod constants;
mod contexts;
mod device;
mod events;
pub(crate) mod fields;
pub(crate) mod grammar;
mod guides;
mod key;
mod logs;
mod meanings;
mod owners;
mod pack;
#[allow(dead_code, reason = "the library compiles it, too, and uses all of it")]
mod pattern;
pub(crate) mod plain;
mod record;
mod records;
mod words;

use constants::Constant;
use contexts::Context;
use events::Event;
use grammar::Packed;
use guides::Guide;
use logs::Logs;
use meanings::Meaning;
use owners::Owners;
use record::{Record, check_list, is_slug, placed};
use records::Checklist;
use words::Words;

/// One thing that is wrong: file, record and fault.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DataFault {
    file: String,
    id: String,
    what: String,
}

impl Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.id, self.what)
    }
}

fn fault(file: &str, id: &str, what: &str) -> DataFault {
    DataFault { file: file.to_owned(), id: id.to_owned(), what: what.to_owned() }
}

/// The source of the table, the text that its positions point into, and the packed prose.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) source: String,
    pub(crate) text: String,
    pub(crate) prose: Packed,
    /// The source of the shapes of log lines.
    pub(crate) logs: String,
}

/// A record of any kind, with its file and the name that a fault gives it.
struct Placed<T> {
    file: String,
    id: String,
    of: T,
}

/// Everything that `data/` holds.
#[derive(Default)]
struct Data {
    records: Vec<Placed<Record>>,
    /// `None` if there is no such file; then `seen_in` isn't checked.
    contexts: Option<Vec<Placed<Context>>>,
    meanings: Vec<Placed<Meaning>>,
    guides: Vec<Placed<Guide>>,
    checklist: Option<Checklist>,
    symbols: Vec<Constant>,
    facilities: Vec<Constant>,
    aliases: Vec<(String, u32)>,
    events: Vec<Event>,
    device: Vec<device::Said>,
    words: Words,
    logs: Logs,
    owners: Owners,
}

/// Compiles `files`, pairs of name and content, or lists every fault in them. `data/README.md` says what each file holds.
pub(crate) fn compile(files: &[(String, String)]) -> Result<Compiled, Vec<DataFault>> {
    let mut faults = Vec::new();
    let mut data = Data::default();
    for (file, content) in files {
        match file.as_str() {
            "checklist.toml" => match toml::from_str::<Checklist>(content) {
                Ok(list) => data.checklist = Some(list),
                Err(error) => faults.push(fault(file, "-", &toml_fault(&error, content))),
            },
            "contexts.toml" => data.contexts = Some(tables(file, content, "context", &mut faults)),
            "guides.toml" => data.guides = tables(file, content, "guide", &mut faults),
            "words.toml" => data.words = words::read(file, content, &mut faults),
            "symbols.tsv" => data.symbols = constants::read(file, content, &mut faults),
            "events.tsv" => data.events = events::read(file, content, &mut faults),
            "device.tsv" => data.device = device::read(file, content, &mut faults),
            "aliases.tsv" => data.aliases = constants::read_aliases(file, content, &mut faults),
            "facilities.tsv" => data.facilities = constants::read(file, content, &mut faults),
            _ if file.starts_with("logs/owners") => data.owners.read(file, content, &mut faults),
            _ if file.starts_with("logs/") => data.logs.read(file, content, &mut faults),
            _ if file.starts_with("meanings") && file.ends_with(".toml") => meanings::read(file, content, &mut data.meanings, &mut faults),
            _ if file.ends_with(".toml") => records::read(file, content, &mut data.records, &mut faults),
            _ => faults.push(fault(file, "-", "is no file of the table")),
        }
    }
    records::check(&data.records, &mut faults);
    contexts::check(&data, &mut faults);
    meanings::check(&data.meanings, &mut faults);
    guides::check(&data, &mut faults);
    data.logs.check(&mut faults);
    data.owners.check(&mut faults);
    if let Some(list) = &data.checklist {
        records::check_checklist(list, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // The order of the table: likeliest first, so that every list of positions is in that order.
    data.records.sort_by(|a, b| (a.of.rank, &a.id).cmp(&(b.of.rank, &b.id)));
    data.meanings.sort_by_key(|meaning| meaning.of.code);
    pack::generate(&data)
}

/// One line for an error of the TOML reader, with the line of the file it stands in.
fn toml_fault(error: &toml::de::Error, content: &str) -> String {
    let at = error.span().map_or(0, |span| span.start);
    let line = content.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", one_line(error))
}

fn one_line(error: &toml::de::Error) -> String {
    error.message().trim().replace('\n', " ")
}

/// Reads the tables `[[key]]` of a file, each by itself, so that a fault in one does not hide those of the others.
fn tables<T: DeserializeOwned>(file: &str, content: &str, key: &str, faults: &mut Vec<DataFault>) -> Vec<Placed<T>> {
    let mut read = Vec::new();
    let parsed: BTreeMap<String, Vec<toml::Spanned<toml::Value>>> = match toml::from_str(content) {
        Ok(parsed) => parsed,
        Err(error) => {
            faults.push(fault(file, "-", &toml_fault(&error, content)));
            return read;
        }
    };
    for (name, values) in parsed {
        if name != key {
            faults.push(fault(file, "-", &format!("has [[{name}]], where only [[{key}]] can stand")));
            continue;
        }
        for value in values {
            let line = content[..value.span().start].matches('\n').count() + 1;
            let value = value.into_inner();
            let name = ["id", "title"].iter().find_map(|key| value.get(key)).and_then(toml::Value::as_str);
            let id = name.unwrap_or("(no id)").to_owned();
            match value.try_into() {
                Ok(of) => read.push(Placed { file: file.to_owned(), id, of }),
                Err(error) => faults.push(fault(file, &id, &format!("line {line}: {}", one_line(&error)))),
            }
        }
    }
    read
}

/// Checks texts that stand alone: none is empty.
fn check_texts<'a>(texts: impl IntoIterator<Item = (&'static str, Option<&'a String>)>, say: &mut impl FnMut(String)) {
    for (key, text) in texts {
        if text.is_some_and(|text| text.trim().is_empty()) {
            say(format!("{key} is empty"));
        }
    }
}

/// The source of a table as one text: a line per row, with tabs between its fields.
fn rows_source(name: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    format!("const {name}: &str = {:?};\n", rows.join("\n"))
}

/// Whether a text can be a field of such a table.
fn is_field(text: &str) -> bool {
    !text.contains(['\t', '\n', '\r'])
}

fn position_of(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}
