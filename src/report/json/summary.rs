//! The summary of a scan: the errors with whose they are, the device, and what was not read.

use std::io::{self, Write};

use serde::Serialize;

use super::finding::{JsonApp, JsonPlace, JsonRecord};
use super::writer::line;
use crate::answer::Answer;
use crate::grouped::{Group, Share};
use crate::ledger::Count;
use crate::log::{Device, Names, Phase};

#[derive(Serialize)]
struct JsonTally<'a> {
    #[serde(flatten)]
    record: JsonRecord,
    #[serde(rename = "match")]
    matched: &'a str,
    count: u64,
    first: JsonPlace<'a>,
    last: JsonPlace<'a>,
    owners: Vec<JsonShare<'a>>,
}

/// How often an error is whose.
#[derive(Serialize)]
struct JsonShare<'a> {
    app: Option<JsonApp<'a>>,
    phase: Option<&'static str>,
    enrollment: bool,
    count: u64,
    time: Option<String>,
    first: JsonPlace<'a>,
}

/// What the files say of the device.
#[derive(Serialize)]
struct JsonDevice<'a> {
    device: JsonFacts<'a>,
}

#[derive(Serialize)]
struct JsonFacts<'a> {
    join: Option<&'static str>,
    facts: Vec<JsonFact<'a>>,
}

#[derive(Serialize)]
struct JsonFact<'a> {
    fact: &'static str,
    label: &'static str,
    values: Vec<JsonSaid<'a>>,
}

#[derive(Serialize)]
struct JsonSaid<'a> {
    value: &'a str,
    path: Option<&'a str>,
    line: u64,
}

#[derive(Serialize)]
struct JsonUnread<'a> {
    path: &'a str,
    unread: &'a str,
}

/// Writes the object of something that was not read, and why.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::json::unread(&mut out, "a.zip!b.etl", "an event trace (.etl)").unwrap();
/// assert_eq!(out, b"{\"path\":\"a.zip!b.etl\",\"unread\":\"an event trace (.etl)\"}\n");
/// ```
pub fn unread(out: &mut (impl Write + ?Sized), path: &str, why: &str) -> io::Result<()> {
    line(out, &JsonUnread { path, unread: why })
}

/// Writes the object of one error of a summary, with whose it is; nothing of that where the evidence does not say it.
///
/// ```
/// use intune_err::log::Names;
/// use intune_err::{Answer, Code, Found, Place, Tally, report::json};
/// let mut tally = Tally::default();
/// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
/// let (mut out, count) = (Vec::new(), tally.counts()[0]);
/// json::count(&mut out, &Answer::from(count.what), count, &[], &Names::default()).unwrap();
/// let end = br#""match":"80cf0437","count":1,"first":{"path":null,"line":7},"last":{"path":null,"line":7},"owners":[]}"#;
/// assert!(out.trim_ascii_end().ends_with(end));
/// ```
pub fn count(out: &mut (impl Write + ?Sized), answer: &Answer, count: &Count, owners: &[(Group, &Share)], names: &Names) -> io::Result<()> {
    let (first, last) = ((&count.first).into(), (&count.last).into());
    let owners = owners.iter().map(|(group, share)| JsonShare {
        app: group.subject.map(|(kind, id)| JsonApp::of(kind, id, None, names.get(&id))),
        phase: group.phase.map(Phase::name),
        enrollment: group.is_enrollment,
        count: share.times,
        time: share.time.map(|time| time.to_string()),
        first: (&share.first).into(),
    });
    let owners = owners.collect();
    line(out, &JsonTally { record: answer.into(), matched: &count.matched, count: count.times, first, last, owners })
}

/// Writes the object of what the files say of the device; nothing where they say nothing.
///
/// ```
/// use intune_err::{log::Device, report::json};
/// let (mut out, mut device) = (Vec::new(), Device::default());
/// device.begin(Some("ver.txt"));
/// device.push(b"Microsoft Windows [Version 10.0.22631.3593]\n");
/// json::device(&mut out, &device).unwrap();
/// let facts = br#"[{"fact":"os-version","label":"Windows version","values":[{"value":"10.0.22631.3593","path":"ver.txt","line":1}]}]"#;
/// assert_eq!(out, [br#"{"device":{"join":null,"facts":"#, &facts[..], b"}}\n"].concat());
/// ```
pub fn device(out: &mut (impl Write + ?Sized), device: &Device) -> io::Result<()> {
    let facts: Vec<JsonFact<'_>> = device
        .facts()
        .into_iter()
        .map(|(fact, said)| {
            let values = said.iter().map(|said| JsonSaid { value: &said.value, path: said.path.as_deref(), line: said.line });
            JsonFact { fact: fact.name(), label: fact.label(), values: values.collect() }
        })
        .collect();
    if facts.is_empty() {
        return Ok(());
    }
    line(out, &JsonDevice { device: JsonFacts { join: device.join_state(), facts } })
}
