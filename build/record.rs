//! A record of the table: how it is read and what makes it wrong. What makes it poor is for `tests/table`.
//!
//! The build script and the library both compile this file, so that somebody's own records are checked as ours are.

use std::collections::BTreeSet;

use super::anchor::{anchors, longest, scanned};
use super::fields::{self, Field, Table, Value};
use super::key::{AREAS, MOST_AROUND, PLATFORMS, folded};
use super::plain::Tables;

/// One problem, as `data/README.md` describes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) codes: Vec<i64>,
    pub(crate) names: Vec<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) lookup_only: Vec<String>,
    pub(crate) title: Option<String>,
    pub(crate) platforms: Vec<String>,
    pub(crate) area: String,
    pub(crate) problem: String,
    pub(crate) causes: Vec<String>,
    pub(crate) resolution: Vec<String>,
    pub(crate) nothing_to_do: Option<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) seen_in: Vec<String>,
    pub(crate) legacy: Option<String>,
    pub(crate) rank: i64,
    /// The line of each of [`KEYS`], 0 where it has none, and that of its header.
    lines: [u32; KEYS.len() + 1],
}

/// The keys of a record, and whether it needs them.
const KEYS: [(&str, bool); 17] = [
    ("id", true),
    ("codes", true),
    ("names", true),
    ("messages", true),
    ("lookup_only", false),
    ("title", false),
    ("platforms", true),
    ("area", true),
    ("seen_in", false),
    ("problem", true),
    ("causes", true),
    ("resolution", true),
    ("nothing_to_do", false),
    ("notes", false),
    ("sources", true),
    ("legacy", false),
    ("rank", false),
];

/// The place among others where a record says none.
const MIDDLE: i64 = 50;
/// The table counts the texts of a list in a byte.
const MOST_TEXTS: usize = 255;

/// What is wrong with a record, or with the file where no record is named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FaultAtLine {
    pub(crate) line: usize,
    /// The id of the record.
    pub(crate) id: Option<String>,
    pub(crate) what: String,
}

impl Record {
    /// The names and messages that a log is searched for.
    pub(crate) fn scanned(&self) -> impl Iterator<Item = &String> {
        self.names.iter().chain(&self.messages).filter(|text| !self.lookup_only.contains(text))
    }

    /// The line of a key, or that of the header.
    pub(crate) fn line(&self, key: &str) -> usize {
        let place = KEYS.iter().position(|(known, _)| *known == key).unwrap_or(KEYS.len());
        let line = [self.lines[place], self.lines[KEYS.len()]].into_iter().find(|line| *line > 0);
        line.map_or(1, |line| line as usize)
    }

    /// A fault of this record.
    pub(crate) fn fault(&self, key: &str, what: String) -> FaultAtLine {
        FaultAtLine { line: self.line(key), id: Some(self.id.clone()), what }
    }
}

/// What `keep` makes of the records of a file that have the right keys, and all faults of the file but those that other files decide about.
/// `keep` can add faults. It can be called twice for a record; what it returned first is gone then.
pub(crate) fn read<T>(text: &str, mut keep: impl FnMut(Record, &mut Vec<FaultAtLine>) -> T) -> (Vec<T>, Vec<FaultAtLine>) {
    if let Some(read) = read_plain(text, &mut keep) {
        return read;
    }
    let (mut records, mut faults) = (Vec::new(), Vec::new());
    let mut keep = |record: Record, faults: &mut Vec<FaultAtLine>| {
        let kept = keep(record, faults);
        records.push(kept);
    };
    let (tables, syntax) = fields::tables(text);
    if syntax.is_empty() {
        for table in tables {
            read_table(table, 0, &mut keep, &mut faults);
        }
    } else {
        // One bracket that is missing makes nonsense of all that follows: each record by itself, and the first fault of each.
        let mut before = 0;
        for part in parts(text) {
            let (tables, syntax) = fields::tables(part);
            match syntax.into_iter().min() {
                Some((line, what)) => faults.push(FaultAtLine { line: before + line, id: None, what }),
                None => tables.into_iter().for_each(|table| read_table(table, before, &mut keep, &mut faults)),
            }
            before += part.matches('\n').count();
        }
    }
    sort_by_line(&mut faults);
    (records, faults)
}

fn sort_by_line(faults: &mut [FaultAtLine]) {
    // Stable: the faults of one line stay in the order of the keys.
    faults.sort_by_key(|fault| fault.line);
}

/// The same of a text that is written as ours are, in a quarter of the time.
fn read_plain<T>(text: &str, keep: &mut impl FnMut(Record, &mut Vec<FaultAtLine>) -> T) -> Option<(Vec<T>, Vec<FaultAtLine>)> {
    let (mut records, mut faults) = (Vec::new(), Vec::new());
    for table in Tables::of(text) {
        let table = table.ok().filter(|table| table.repeated().next().is_none())?;
        read_table(table, 0, &mut |record, faults| records.push(keep(record, faults)), &mut faults);
    }
    sort_by_line(&mut faults);
    Some((records, faults))
}

/// A text in parts, each of which begins with the header of a record; the first one may have none.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("[[") && at > start {
            parts.push(&text[start..at]);
            start = at;
        }
        at += line.len();
    }
    parts.push(&text[start..]);
    parts
}

/// Reads a table as a record, in a text before which there are so many lines, and hands it on if nothing is wrong with it.
fn read_table(mut table: Table<'_>, before: usize, keep: &mut impl FnMut(Record, &mut Vec<FaultAtLine>), faults: &mut Vec<FaultAtLine>) {
    table.line += before;
    table.fields.iter_mut().for_each(|field| field.line += before);
    if table.header != "[[entry]]" {
        let has = if table.header.is_empty() { "keys outside a record" } else { &table.header };
        faults.push(FaultAtLine { line: table.line, id: None, what: format!("has {has}, where only [[entry]] can stand") });
        return;
    }
    let mut reading = Reading::of(table, faults);
    let record = reading.record();
    // What is wrong with the form of a key is wrong with nothing else of it.
    let spoiled = reading.spoiled;
    let before = faults.len();
    check(&record, &spoiled, faults);
    if spoiled.is_empty() && faults.len() == before {
        keep(record, faults);
    }
}

/// A table that is being read as a record.
struct Reading<'a> {
    fields: Vec<Field<'a>>,
    /// The position of the field with each of [`KEYS`], `usize::MAX` where there is none.
    places: [usize; KEYS.len()],
    line: usize,
    id: Option<String>,
    faults: &'a mut Vec<FaultAtLine>,
    /// The keys that are missing, unknown or of another kind.
    spoiled: Vec<String>,
}

impl<'a> Reading<'a> {
    fn of(table: Table<'a>, faults: &'a mut Vec<FaultAtLine>) -> Self {
        let id = table.fields.iter().find(|field| field.key == "id").and_then(|field| match &field.value {
            Value::Text(id) => Some(id.clone()),
            _ => None,
        });
        Self { fields: table.fields, places: [usize::MAX; KEYS.len()], line: table.line, id, faults, spoiled: Vec::new() }
    }

    fn say(&mut self, key: &str, line: usize, what: String) {
        self.spoiled.push(key.to_owned());
        self.faults.push(FaultAtLine { line, id: self.id.clone(), what });
    }

    fn record(&mut self) -> Record {
        let mut lines = [0; KEYS.len() + 1];
        lines[KEYS.len()] = self.line as u32;
        for at in 0..self.fields.len() {
            let Field { key, line, .. } = &self.fields[at];
            if let Some(place) = place_of(key, at) {
                lines[place] = *line as u32;
                self.places[place] = at;
            } else {
                let (key, line) = (key.clone().into_owned(), *line);
                let known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
                let what = format!("unknown key `{key}`: a record has {}", known.join(", "));
                self.say(&key, line, what);
            }
        }
        for ((key, _), _) in KEYS.iter().zip(lines).filter(|((_, is_needed), line)| *is_needed && *line == 0) {
            self.say(key, self.line, format!("key `{key}` is missing"));
        }
        Record {
            id: self.text("id").unwrap_or_default(),
            codes: self.numbers("codes"),
            names: self.texts("names"),
            messages: self.texts("messages"),
            lookup_only: self.texts("lookup_only"),
            title: self.text("title"),
            platforms: self.texts("platforms"),
            area: self.text("area").unwrap_or_default(),
            problem: self.text("problem").unwrap_or_default(),
            causes: self.texts("causes"),
            resolution: self.texts("resolution"),
            nothing_to_do: self.text("nothing_to_do"),
            notes: self.texts("notes"),
            sources: self.texts("sources"),
            seen_in: self.texts("seen_in"),
            legacy: self.text("legacy"),
            rank: self
                .one("rank", "a number", |value| if let Value::Number(number) = value { Ok(number) } else { Err(value) })
                .unwrap_or(MIDDLE),
            lines,
        }
    }

    /// The value of a key, if it has one of the right kind.
    fn one<T>(&mut self, key: &str, kind: &str, of: impl Fn(Value) -> Result<T, Value>) -> Option<T> {
        let place = KEYS.iter().position(|(known, _)| *known == key)?;
        let field = self.fields.get_mut(self.places[place])?;
        let line = field.line;
        match of(std::mem::replace(&mut field.value, Value::Other("nothing"))) {
            Ok(value) => Some(value),
            Err(value) => {
                self.say(key, line, format!("{key} is {}, not {kind}", value.kind()));
                None
            }
        }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        self.one(key, "a text", |value| if let Value::Text(text) = value { Ok(text) } else { Err(value) })
    }

    /// A list of one kind of value.
    fn list<T>(&mut self, key: &str, kind: &str, of: impl Fn(Value) -> Result<T, Value>) -> Vec<T> {
        let list = self.one(key, "a list", |value| if let Value::List(list) = value { Ok(list) } else { Err(value) });
        let list = list.unwrap_or_default();
        let mut items = Vec::with_capacity(list.len());
        for value in list {
            match of(value) {
                Ok(item) => items.push(item),
                Err(value) => {
                    let line = self.fields.iter().find(|field| field.key == key).map_or(self.line, |field| field.line);
                    self.say(key, line, format!("{key} has {}, where only {kind} can stand", value.kind()));
                }
            }
        }
        items
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key, "texts", |value| if let Value::Text(text) = value { Ok(text) } else { Err(value) })
    }

    fn numbers(&mut self, key: &str) -> Vec<i64> {
        self.list(key, "numbers", |value| if let Value::Number(number) = value { Ok(number) } else { Err(value) })
    }
}

/// The place of a key among [`KEYS`]. It is looked for from the one on where it most often is.
fn place_of(key: &str, likely: usize) -> Option<usize> {
    let is = |place: &usize| KEYS[*place].0 == key;
    (likely..KEYS.len()).chain(0..likely.min(KEYS.len())).find(is)
}

/// Finds what is wrong with a record by itself, but for the keys whose form is spoiled.
fn check(record: &Record, spoiled: &[String], faults: &mut Vec<FaultAtLine>) {
    let is_spoiled = |key: &str| spoiled.iter().any(|of| of == key);
    let has_all = !["codes", "names", "messages", "title", "lookup_only"].iter().any(|key| is_spoiled(key));
    let mut say = |key: &str, what: String| {
        if !is_spoiled(key) && (has_all || !matches!(key, "" | "lookup_only")) {
            faults.push(record.fault(key, what));
        }
    };
    if !is_slug(&record.id) {
        say("id", "its id is no slug of a-z, 0-9 and single hyphens".to_owned());
    }
    for (position, &code) in record.codes.iter().enumerate() {
        if u32::try_from(code).is_err() {
            say("codes", format!("code {code:#X} has more than 32 bits"));
        }
        if record.codes[..position].contains(&code) {
            say("codes", format!("code 0x{code:08X} stands in it twice"));
        }
    }
    let lists = [
        ("names", &record.names),
        ("messages", &record.messages),
        ("causes", &record.causes),
        ("resolution", &record.resolution),
        ("notes", &record.notes),
        ("sources", &record.sources),
        ("seen_in", &record.seen_in),
    ];
    for (key, list) in lists {
        check_list(key, list, &mut |what| say(key, what));
    }
    for (key, len) in lists.iter().map(|(key, list)| (*key, list.len())).chain([("codes", record.codes.len())]) {
        if len > MOST_TEXTS {
            say(key, format!("{key} has more than {MOST_TEXTS} items"));
        }
    }
    check_searched(record, &mut say);
    let alone = [
        ("problem", Some(&record.problem)),
        ("title", record.title.as_ref()),
        ("legacy", record.legacy.as_ref()),
        ("nothing_to_do", record.nothing_to_do.as_ref()),
    ];
    for (key, text) in alone {
        if text.is_some_and(|text| text.trim().is_empty()) {
            say(key, format!("{key} is empty"));
        }
    }
    if record.nothing_to_do.is_some() && !record.resolution.is_empty() {
        say("nothing_to_do", "it has nothing_to_do and a resolution".to_owned());
    }
    if record.codes.is_empty() && record.names.is_empty() && record.messages.is_empty() && record.title.is_none() {
        say("", "nothing finds it: it has no code, name, message or title".to_owned());
    }
    if record.sources.is_empty() {
        say("sources", "sources is empty".to_owned());
    }
    if !AREAS.contains(&record.area.as_str()) {
        say("area", format!("area {:?} is none of {}", record.area, AREAS.join(", ")));
    }
    if !(1..=99).contains(&record.rank) {
        say("rank", format!("rank {} is not between 1 and 99", record.rank));
    }
    check_platforms(&record.platforms, &mut |what| say("platforms", what));
}

/// Finds what is wrong with the texts that a query or a log is searched for.
fn check_searched(record: &Record, say: &mut impl FnMut(&str, String)) {
    let lists = [("names", &record.names), ("messages", &record.messages)];
    for (key, list) in lists {
        for text in list.iter().filter(|text| !has_letter_or_digit(text) && !text.trim().is_empty()) {
            say(key, format!("{key} has {text:?}, without a letter or digit"));
        }
    }
    for text in &record.lookup_only {
        if !record.names.contains(text) && !record.messages.contains(text) {
            say("lookup_only", format!("lookup_only has {text:?}, which is none of its names and messages"));
        }
    }
    for (key, list) in lists {
        for text in list.iter().filter(|text| !record.lookup_only.contains(text)) {
            let Some(searched) = scanned(text) else { continue };
            if anchors(searched).next().is_none() {
                say(key, format!("{text:?} has no word that a log can be searched for: list it in lookup_only"));
            } else if longest(searched) > MOST_AROUND {
                say(key, format!("{text:?} can be longer than {MOST_AROUND} bytes: list it in lookup_only"));
            }
        }
    }
}

fn has_letter_or_digit(text: &str) -> bool {
    // Most begin with one.
    text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) || folded(text).next().is_some()
}

/// Whether `id` is made of a-z, 0-9 and single hyphens.
pub(crate) fn is_slug(id: &str) -> bool {
    id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Checks a list of texts: none is empty, and none stands in it twice.
pub(crate) fn check_list(key: &str, list: &[String], say: &mut impl FnMut(String)) {
    let mut seen = BTreeSet::new();
    // A set costs more than to compare a few.
    let is_short = list.len() <= 8;
    for (position, text) in list.iter().enumerate() {
        if text.trim().is_empty() {
            say(format!("{key} has an empty text"));
        } else if is_short && list[..position].contains(text) || !is_short && !seen.insert(text) {
            say(format!("{key} has {text:?} twice"));
        }
    }
}

/// Checks a list of platforms: it names some, known ones, and each once.
pub(crate) fn check_platforms(platforms: &[String], say: &mut impl FnMut(String)) {
    if platforms.is_empty() {
        say("platforms is empty".to_owned());
    }
    for (position, platform) in platforms.iter().enumerate() {
        if !PLATFORMS.contains(&platform.as_str()) {
            say(format!("platform {platform:?} is none of {}", PLATFORMS.join(", ")));
        }
        if platforms[..position].contains(platform) {
            say(format!("platform {platform:?} stands in it twice"));
        }
    }
}

/// The problem, after its place unless it begins with that anyway.
pub(crate) fn placed(place: &str, problem: &str) -> String {
    let begins = problem.get(..place.len()).is_some_and(|start| start.eq_ignore_ascii_case(place))
        && !problem[place.len()..].starts_with(|c: char| c.is_alphanumeric());
    if begins { problem.to_owned() } else { format!("{place}: {problem}") }
}
