//! What the files of a bundle say about the device: `device.tsv`.

use super::key::{FACT_TEXTS, FACTS};
use super::{DataFault, fault, position_of, rows_source};

/// A line of a file that says something about the device.
#[derive(Debug)]
pub(super) struct Said {
    fact: usize,
    text: usize,
    /// The registry key that holds the name; empty for other files.
    under: String,
    name: String,
    words: String,
}

/// Reads lines of eight columns with tabs between.
pub(super) fn read(file: &str, content: &str, faults: &mut Vec<DataFault>) -> Vec<Said> {
    let mut rows: Vec<Said> = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut say = |what: &str| faults.push(fault(file, &format!("line {}", number + 1), what));
        let columns: Vec<&str> = line.split('\t').collect();
        let [fact, text, under, name, words, test, said, source] = columns[..] else {
            say("is not fact, kind of text, key, name, words, test line, what it says and source, with tabs between");
            continue;
        };
        let (Some(fact), Some(text)) = (position_of(&FACTS, fact), position_of(&FACT_TEXTS, text)) else {
            say("has a fact or a kind of text that is not in build/key.rs");
            continue;
        };
        if !line.is_ascii() || name.is_empty() || test.is_empty() || said.is_empty() {
            say("has an empty column, or is no ASCII");
        }
        if !source.starts_with("https://") {
            say("source is no https address");
        }
        if (under != "-") != (FACT_TEXTS[text] == "reg") {
            say("names a key outside the registry, or none in it");
        }
        let is_word = |word: &str| word.split_once('=').is_some_and(|(value, word)| !value.is_empty() && !word.is_empty());
        if words != "-" && !words.split(';').all(is_word) {
            say("words are no value=word with semicolons between");
        }
        let none = |column: &str| if column == "-" { String::new() } else { column.to_owned() };
        rows.push(Said { fact, text, under: none(under), name: name.to_owned(), words: none(words) });
    }
    // The reader of the registry has a bit for each.
    if rows.len() > 64 {
        faults.push(fault(file, "-", "has more than 64 rows"));
    }
    rows
}

/// The source of the rows.
pub(super) fn write(rows: &[Said]) -> String {
    let row = |Said { fact, text, under, name, words }: &Said| format!("{fact}\t{text}\t{under}\t{name}\t{words}");
    rows_source("SAID", rows.iter().map(row))
}
