//! Judges the content of the table through the public API: what is poor in a record, not what is faulty in its form.
//!
//! Every rule of `data/README.md` that a program can check is a test that names all offenders by their ids. What is tolerated is a list
//! beside the test, each exception with its reason; an exception that nothing needs any more fails, too.

#[path = "table/codes.rs"]
mod codes;
#[path = "table/guides.rs"]
mod guides;
#[path = "table/lookup.rs"]
mod lookup;
#[path = "table/meanings.rs"]
mod meanings;
#[path = "table/overlap.rs"]
mod overlap;
#[path = "table/sources.rs"]
mod sources;
#[path = "table/steps.rs"]
mod steps;
#[path = "table/stored.rs"]
mod stored;
#[path = "table/text.rs"]
mod text;

use std::collections::BTreeSet;

use intune_err::{Code, Entry};

/// Fails with all offenders if there are any.
#[track_caller]
fn assert_none(rule: &str, offenders: impl IntoIterator<Item = String>) {
    let offenders: BTreeSet<String> = offenders.into_iter().collect();
    let list: Vec<&str> = offenders.iter().map(String::as_str).collect();
    assert!(list.is_empty(), "{rule}; {} offend:\n  {}", list.len(), list.join("\n  "));
}

/// An exception to a rule: what is tolerated, as the offender begins, and why.
type Exception = (&'static str, &'static str);

/// Fails with all offenders that are no exceptions, and with all exceptions that are no offenders.
#[track_caller]
fn assert_none_but(exceptions: &[Exception], rule: &str, offenders: impl IntoIterator<Item = String>) {
    let offenders: BTreeSet<String> = offenders.into_iter().collect();
    let unneeded = exceptions.iter().filter(|(what, _)| !offenders.iter().any(|offender| offender.starts_with(what)));
    let unneeded = unneeded.map(|(what, _)| format!("(exception without need) {what}"));
    let left = offenders.iter().filter(|offender| !exceptions.iter().any(|(what, _)| offender.starts_with(what))).cloned();
    assert_none(rule, left.chain(unneeded));
}

/// `fold` of the table: letters and digits in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The texts that a record says in its own words, each with the key that it stands under.
fn prose(entry: Entry) -> Vec<(&'static str, &'static str)> {
    let mut texts = vec![("problem", entry.problem())];
    texts.extend(entry.causes().map(|text| ("causes", text)));
    texts.extend(entry.resolution().map(|text| ("resolution", text)));
    texts.extend(entry.notes().map(|text| ("notes", text)));
    texts.extend(entry.nothing_to_do().map(|text| ("nothing_to_do", text)));
    texts.extend(entry.legacy().map(|text| ("legacy", text)));
    texts
}

/// The texts that a record has as others print them, each with the key that it stands under.
fn quoted(entry: Entry) -> Vec<(&'static str, &'static str)> {
    let names = entry.names().map(|text| ("names", text));
    names.chain(entry.messages().map(|text| ("messages", text))).chain(entry.title().map(|text| ("title", text))).collect()
}

/// The names and messages that the scan looks for.
fn scanned(entry: Entry) -> impl Iterator<Item = &'static str> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    entry
        .names()
        .chain(entry.messages())
        .filter(move |text| !is_number(text) && entry.lookup_only().all(|lookup_only| lookup_only != *text))
}

/// The parts of a message between its variable parts, `<...>` with words inside.
fn literals(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(open) = rest[from..].find('<').map(|at| from + at) {
        let Some(close) = rest[open..].find('>').map(|at| open + at) else { break };
        let name = &rest[open + 1..close];
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-')) {
            parts.push(&rest[..open]);
            (rest, from) = (&rest[close + 1..], 0);
        } else {
            from = open + 1;
        }
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// What offends among the texts of all entries, with key and text.
fn offending<'a>(
    texts: impl Fn(Entry) -> Vec<(&'static str, &'static str)> + 'a,
    offends: impl Fn(&'static str, &'static str) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    Entry::all().flat_map(move |entry| {
        let found = texts(entry).into_iter().filter(|(key, text)| offends(key, text));
        found.map(|(key, text)| format!("{}: {key}: {text}", entry.id())).collect::<Vec<_>>()
    })
}

/// The codes of an entry in both their forms.
fn both_forms(entry: Entry) -> BTreeSet<Code> {
    entry.codes().flat_map(|code| [Some(code), code.other_form()]).flatten().collect()
}
