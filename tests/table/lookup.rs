//! Everything is found: by look-up, by a query, in a log.

use intune_err::{Base, Entry, Found, Scanner, answer};

use super::{Exception, assert_none, assert_none_but, both_forms, literals, quoted, scanned};

#[test]
fn every_code_finds_its_entry() {
    let lost = Entry::all().flat_map(|entry| {
        entry
            .codes()
            .filter(move |code| !Entry::by_code(*code).any(|found| found == entry))
            .map(move |code| format!("{}: {code}", entry.id()))
    });
    assert_none("a code finds its entry", lost);
}

#[test]
fn every_name_message_title_and_id_finds_its_entry() {
    let lost = Entry::all().flat_map(|entry| {
        let texts = quoted(entry).into_iter().map(|(_, text)| text).chain([entry.id()]);
        texts
            .filter(|text| !Entry::by_name(text).any(|found| found == entry))
            .map(|text| format!("{}: {text}", entry.id()))
            .collect::<Vec<_>>()
    });
    assert_none("a name, message, title or id finds its entry", lost);
}

/// Names and messages that no query finds.
const NO_QUERY: [Exception; 0] = [];

#[test]
fn every_name_message_title_and_id_is_a_query_that_finds_its_entry() {
    let lost = Entry::all().flat_map(|entry| {
        let texts = quoted(entry).into_iter().map(|(_, text)| text).chain([entry.id()]);
        let finds =
            |query: &str| answer(query, Base::Either).is_ok_and(|answers| answers.iter().any(|answer| answer.entries.contains(&entry)));
        texts.filter(|text| !finds(text)).map(|text| format!("{}: {text}", entry.id())).collect::<Vec<_>>()
    });
    assert_none_but(&NO_QUERY, "a name, message, title or id, put as a query, finds its entry", lost);
}

#[test]
fn every_scanned_text_is_found_in_a_line() {
    let scanner = Scanner::new();
    let mut lost = Vec::new();
    for entry in Entry::all() {
        for text in scanned(entry) {
            let line = format!("2026-05-04 10:11:12 [agent] {} (tid 77)\r\n", literals(text).join("Contoso"));
            // A message that holds its own code is reported as the code.
            let is_found = scanner.scan(line.as_bytes()).into_iter().any(|finding| match finding.what {
                Found::Text(known) => known.entries().any(|found| found == entry),
                Found::Code(code) => both_forms(entry).contains(&code),
                Found::Aadsts(number) => text.starts_with(&format!("AADSTS{number}")),
                _ => false,
            });
            if !is_found {
                lost.push(format!("{}: {text}", entry.id()));
            }
        }
    }
    assert_none("the scan finds a name or message in a line", lost);
}
