//! The JSON output read back: each object against its JSON Schema in `tests/schema/`, and into structs that refuse a key they do
//! not know and miss one that is not there. A renamed, dropped or added key breaks a test here before it breaks a script.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Call, intune_err};

/// Reads a value that may be `null` but has to be there; serde alone takes a missing key for `null`.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(value)
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Code {
    pub(crate) hex: String,
    pub(crate) unsigned: u32,
    pub(crate) signed: i32,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) problem: String,
    pub(crate) causes: Vec<String>,
    pub(crate) resolution: Vec<String>,
    pub(crate) codes: Vec<String>,
    pub(crate) names: Vec<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) platforms: Vec<String>,
    pub(crate) area: String,
    pub(crate) source: String,
    pub(crate) sources: Vec<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) title: Option<String>,
    pub(crate) notes: Vec<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) legacy: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) place: Option<String>,
    pub(crate) seen_in: Vec<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) nothing_to_do: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) guide: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) from: Option<String>,
}

/// A procedure for a whole family of codes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Guide {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) steps: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) sources: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wraps {
    pub(crate) kind: String,
    pub(crate) value: u32,
    #[serde(deserialize_with = "there")]
    pub(crate) name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Anatomy {
    pub(crate) kind: String,
    #[serde(deserialize_with = "there")]
    pub(crate) severity: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) facility: Option<u16>,
    #[serde(deserialize_with = "there")]
    pub(crate) facility_name: Option<String>,
    pub(crate) value: u16,
    #[serde(deserialize_with = "there")]
    pub(crate) wraps: Option<Wraps>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) query: String,
    pub(crate) found: bool,
    #[serde(deserialize_with = "there")]
    pub(crate) code: Option<Code>,
    pub(crate) symbols: Vec<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) anatomy: Option<Anatomy>,
    pub(crate) entries: Vec<Entry>,
    #[serde(deserialize_with = "there")]
    pub(crate) meaning: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) guide: Option<Guide>,
    pub(crate) explanation: Vec<String>,
    pub(crate) suggestions: Vec<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) error: Option<String>,
}

impl Answer {
    /// The ids of its entries.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.id.as_str()).collect()
    }

    /// The entry with this id.
    #[track_caller]
    pub(crate) fn entry(&self, id: &str) -> &Entry {
        let entry = self.entries.iter().find(|entry| entry.id == id);
        entry.unwrap_or_else(|| panic!("`{}` finds {:?}, and not {id}", self.query, self.ids()))
    }

    /// Its code as the program prints it.
    #[track_caller]
    pub(crate) fn hex(&self) -> &str {
        &self.code.as_ref().unwrap_or_else(|| panic!("`{}` is no code", self.query)).hex
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Matched {
    pub(crate) field: String,
    pub(crate) text: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SymbolRecord {
    pub(crate) code: Code,
    pub(crate) symbols: Vec<String>,
}

/// What `search` prints a hit: a record, and why it is a hit.
#[derive(Debug)]
pub(crate) enum Hit {
    Entry(Box<Entry>, Matched),
    Symbol(SymbolRecord, Matched),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Point {
    pub(crate) topic: String,
    pub(crate) text: String,
    pub(crate) platforms: Vec<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) link: Option<String>,
}

/// What a scan prints an occurrence.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finding {
    #[serde(deserialize_with = "there")]
    pub(crate) path: Option<String>,
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) offset: u64,
    #[serde(rename = "match")]
    pub(crate) matched: String,
    #[serde(deserialize_with = "there")]
    pub(crate) code: Option<Code>,
    pub(crate) symbols: Vec<String>,
    pub(crate) entries: Vec<Entry>,
    #[serde(deserialize_with = "there")]
    pub(crate) meaning: Option<String>,
    pub(crate) text: String,
    #[serde(deserialize_with = "there")]
    pub(crate) time: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) zone: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) level: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) family: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) component: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) thread: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) event: Option<Event>,
    #[serde(deserialize_with = "there")]
    pub(crate) app: Option<App>,
    #[serde(deserialize_with = "there")]
    pub(crate) phase: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) step: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) enrollment: Option<String>,
    #[serde(deserialize_with = "there")]
    pub(crate) correlation: Option<String>,
}

/// The app or script that a finding belongs to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) id: String,
    #[serde(deserialize_with = "there")]
    pub(crate) name: Option<String>,
    pub(crate) kind: String,
    #[serde(deserialize_with = "there")]
    pub(crate) line: Option<u64>,
    #[serde(deserialize_with = "there")]
    pub(crate) named: Option<Place>,
}

/// The event that a finding stands in.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) provider: String,
    pub(crate) id: u32,
    #[serde(deserialize_with = "there")]
    pub(crate) meaning: Option<String>,
}

/// What was not read, and why.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unread {
    pub(crate) path: String,
    pub(crate) unread: String,
}

/// What the summary of a scan prints a distinct error.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tally {
    #[serde(deserialize_with = "there")]
    pub(crate) code: Option<Code>,
    pub(crate) symbols: Vec<String>,
    pub(crate) entries: Vec<Entry>,
    #[serde(deserialize_with = "there")]
    pub(crate) meaning: Option<String>,
    #[serde(rename = "match")]
    pub(crate) matched: String,
    pub(crate) count: u64,
    pub(crate) first: Place,
    pub(crate) last: Place,
    pub(crate) owners: Vec<Share>,
}

/// How often an error is whose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Share {
    #[serde(deserialize_with = "there")]
    pub(crate) app: Option<App>,
    #[serde(deserialize_with = "there")]
    pub(crate) phase: Option<String>,
    pub(crate) enrollment: bool,
    pub(crate) count: u64,
    #[serde(deserialize_with = "there")]
    pub(crate) time: Option<String>,
    pub(crate) first: Place,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    #[serde(deserialize_with = "there")]
    pub(crate) path: Option<String>,
    pub(crate) line: u64,
}

/// The schemas, by the name that they refer to each other with.
const SCHEMAS: [(&str, &str); 11] = [
    ("answer.json", include_str!("../schema/answer.json")),
    ("code.json", include_str!("../schema/code.json")),
    ("entry.json", include_str!("../schema/entry.json")),
    ("finding.json", include_str!("../schema/finding.json")),
    ("happening.json", include_str!("../schema/happening.json")),
    ("hit.json", include_str!("../schema/hit.json")),
    ("point.json", include_str!("../schema/point.json")),
    ("device.json", include_str!("../schema/device.json")),
    ("table.json", include_str!("../schema/table.json")),
    ("tally.json", include_str!("../schema/tally.json")),
    ("unread.json", include_str!("../schema/unread.json")),
];

/// What judges by each of the schemas. Making it takes longer than most of what it judges.
static VALIDATORS: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
    let mut registry = Registry::new();
    for (name, text) in SCHEMAS {
        let schema: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("tests/schema/{name}: {error}"));
        registry = registry.add(format!("json-schema:///{name}"), schema).expect("the schema has a usable id");
    }
    let registry = registry.prepare().expect("the schemas refer to each other only");
    let validator = |name| {
        let wanted = serde_json::json!({ "$ref": format!("json-schema:///{name}") });
        jsonschema::options().with_registry(&registry).build(&wanted).expect("the schema is one")
    };
    SCHEMAS.iter().map(|(name, _)| (*name, validator(name))).collect()
});

/// The objects of an output, one per line, each valid by the schema of this name.
#[track_caller]
pub(crate) fn objects(output: &str, schema: &str) -> Vec<Value> {
    let validator = &VALIDATORS[schema];
    assert!(output.is_empty() || output.ends_with('\n'), "the last line has no end: {output}");
    output
        .lines()
        .map(|line| {
            let object: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            let faults: Vec<String> = validator.iter_errors(&object).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(faults.is_empty(), "{faults:#?}\n{line}");
            object
        })
        .collect()
}

/// An object read into a struct that knows each of its keys.
#[track_caller]
fn strict<T: for<'de> Deserialize<'de>>(object: &Value) -> T {
    serde_json::from_value(object.clone()).unwrap_or_else(|error| panic!("{error}: {object}"))
}

/// The answers of a look-up that was called with `--json`.
#[track_caller]
pub(crate) fn answers(output: &str) -> Vec<Answer> {
    objects(output, "answer.json").iter().map(strict).collect()
}

/// The records of `list --json`.
#[track_caller]
pub(crate) fn entries(output: &str) -> Vec<Entry> {
    objects(output, "entry.json").iter().map(strict).collect()
}

/// The points of `checklist --json`.
#[track_caller]
pub(crate) fn points(output: &str) -> Vec<Point> {
    objects(output, "point.json").iter().map(strict).collect()
}

/// The occurrences of `scan --json`.
#[track_caller]
pub(crate) fn findings(output: &str) -> Vec<Finding> {
    objects(output, "finding.json").iter().map(strict).collect()
}

/// The objects of what was not read, apart from all others of a scan.
#[track_caller]
pub(crate) fn apart(output: &str) -> (String, Vec<Unread>) {
    let (unread, rest): (Vec<&str>, Vec<&str>) = output.split_inclusive('\n').partition(|line| line.contains("\"unread\":"));
    (rest.concat(), objects(&unread.concat(), "unread.json").iter().map(strict).collect())
}

/// What `scan --timeline --json` prints an occurrence: a finding, and where it stands in time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Happening {
    pub(crate) finding: Finding,
    pub(crate) utc: Option<String>,
    pub(crate) gap: Option<u64>,
}

/// The findings of `scan --timeline --json`.
#[track_caller]
pub(crate) fn happenings(output: &str) -> Vec<Happening> {
    objects(output, "happening.json")
        .into_iter()
        .map(|mut object| {
            let members = object.as_object_mut().expect("a finding is an object");
            let utc = members.remove("utc").expect("it is there").as_str().map(str::to_owned);
            let gap = members.remove("gap").expect("it is there").as_u64();
            Happening { finding: strict(&object), utc, gap }
        })
        .collect()
}

/// The distinct errors of `scan --summary --json`.
#[track_caller]
pub(crate) fn tallies(output: &str) -> Vec<Tally> {
    objects(output, "tally.json").iter().map(strict).collect()
}

/// The hits of `search --json`.
#[track_caller]
pub(crate) fn hits(output: &str) -> Vec<Hit> {
    objects(output, "hit.json")
        .into_iter()
        .map(|mut object| {
            let matched = strict(&object.as_object_mut().expect("a hit is an object").remove("matched").expect("a hit has a reason"));
            if object.get("id").is_some() { Hit::Entry(Box::new(strict(&object)), matched) } else { Hit::Symbol(strict(&object), matched) }
        })
        .collect()
}

/// A call with `--json` before its arguments.
pub(crate) fn json<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Call {
    let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
    intune_err(["--json".into()].into_iter().chain(args))
}

/// The one answer to a query that finds something.
#[track_caller]
pub(crate) fn found(query: &str) -> Answer {
    one(json([query]))
}

/// The one answer of a call.
#[track_caller]
pub(crate) fn one(call: Call) -> Answer {
    let mut answers = answers(&call.output());
    assert_eq!(answers.len(), 1, "{answers:#?}");
    answers.remove(0)
}
