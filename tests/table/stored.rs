//! What `data/` says is what the table has, word for word: nothing is lost or mixed up while it is packed.

use std::collections::BTreeMap;
use std::path::Path;

use intune_err::{Code, Entry, Guide, Meaning, Symbol};

use super::assert_none;

/// The tables under `key` in the files of `data/` that `is_it` takes.
fn tables(key: &str, is_it: impl Fn(&str) -> bool) -> Vec<toml::Table> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut found = Vec::new();
    for file in std::fs::read_dir(data).expect("data/ is there") {
        let path = file.expect("a file").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".toml") && is_it(&name) {
            let content: toml::Table = std::fs::read_to_string(&path).expect("a text").parse().expect("the build has read it");
            let rows = content.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
            found.extend(rows.into_iter().filter_map(|row| row.as_table().cloned()));
        }
    }
    found
}

fn text<'a>(row: &'a toml::Table, key: &str) -> Option<&'a str> {
    row.get(key).and_then(toml::Value::as_str)
}

fn texts<'a>(row: &'a toml::Table, key: &str) -> Vec<&'a str> {
    row.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str).collect()
}

fn numbers(row: &toml::Table, key: &str) -> Vec<u32> {
    let values = row.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    values.filter_map(toml::Value::as_integer).filter_map(|number| u32::try_from(number).ok()).collect()
}

#[test]
fn the_table_has_all_records_word_for_word() {
    let others = ["checklist.toml", "contexts.toml", "guides.toml", "words.toml"];
    let rows = tables("entry", |name| !others.contains(&name) && !name.starts_with("meanings"));
    let entries: BTreeMap<&str, Entry> = Entry::all().map(|entry| (entry.id(), entry)).collect();
    assert_eq!(entries.len(), rows.len());
    let is_stored = |row: &toml::Table| {
        let Some(&entry) = text(row, "id").and_then(|id| entries.get(id)) else { return false };
        let problem = text(row, "problem").unwrap_or_default();
        let placed = format!("{}: {problem}", entry.place().unwrap_or_default());
        (entry.problem() == problem || entry.problem() == placed)
            && entry.codes().map(Code::bits).eq(numbers(row, "codes"))
            && entry.names().eq(texts(row, "names"))
            && entry.messages().eq(texts(row, "messages"))
            && entry.lookup_only().eq(texts(row, "lookup_only"))
            && entry.title() == text(row, "title")
            && entry.causes().eq(texts(row, "causes"))
            && entry.resolution().eq(texts(row, "resolution"))
            && entry.notes().eq(texts(row, "notes"))
            && entry.sources().eq(texts(row, "sources"))
            && entry.legacy() == text(row, "legacy")
            && entry.nothing_to_do() == text(row, "nothing_to_do")
            && entry.seen_in().map(intune_err::ContextKind::id).eq(texts(row, "seen_in"))
            && entry.platforms().map(intune_err::Platform::name).eq(texts(row, "platforms"))
            && entry.area().name() == text(row, "area").unwrap_or_default()
            && i64::from(entry.rank()) == row.get("rank").and_then(toml::Value::as_integer).unwrap_or(50)
    };
    let lost = rows.iter().filter(|row| !is_stored(row)).map(|row| text(row, "id").unwrap_or_default().to_owned());
    assert_none("a record is in the table as data/ has it", lost);
}

#[test]
fn the_table_has_all_guides_word_for_word() {
    let rows = tables("guide", |name| name == "guides.toml");
    assert_eq!(Guide::all().len(), rows.len());
    let is_stored = |(guide, row): &(Guide, &toml::Table)| {
        Some(guide.id()) == text(row, "id")
            && Some(guide.title()) == text(row, "title")
            && guide.is_diagnosis() == (text(row, "kind") == Some("diagnosis"))
            && guide.steps().eq(texts(row, "steps"))
            && guide.notes().eq(texts(row, "notes"))
            && guide.sources().eq(texts(row, "sources"))
    };
    let lost = Guide::all().zip(&rows).filter(|pair| !is_stored(pair)).map(|(guide, _)| guide.id().to_owned());
    assert_none("a guide is in the table as data/ has it", lost);
}

#[test]
fn the_table_has_all_meanings_word_for_word() {
    let mut lost = Vec::new();
    let mut count = 0;
    for family in tables("family", |name| name.starts_with("meanings")) {
        for row in family.get("meanings").and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_table) {
            let code = row.get("code").and_then(toml::Value::as_integer).and_then(|code| u32::try_from(code).ok()).map(Code::new);
            let is_stored = code.and_then(Meaning::by_code).is_some_and(|meaning| {
                Some(meaning.code()) == code
                    && meaning.name() == text(row, "name")
                    && Some(meaning.text()) == text(row, "text")
                    && meaning.printed() == text(row, "printed")
                    && meaning.is_generic() == row.get("generic").and_then(toml::Value::as_bool).unwrap_or_default()
                    && Some(meaning.source()) == text(&family, "source")
            });
            if !is_stored {
                lost.push(format!("{code:?}"));
            }
            count += 1;
        }
    }
    assert_none("a meaning is in the table as data/ has it", lost);
    assert_eq!(Meaning::all().len(), count);
}

#[test]
fn the_table_has_all_constants_and_finds_each_by_value_and_name() {
    let rows = include_str!("../../data/symbols.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<(u32, &str, &str)> = rows
        .map(|line| {
            let [value, kind, name] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
            (u32::from_str_radix(&value[2..], 16).expect("hex digits"), kind, name)
        })
        .collect();
    assert!(Symbol::all().map(|symbol| (symbol.code().bits(), symbol.kind().name(), symbol.name())).eq(rows.iter().copied()));
    let is_found = |symbol: Symbol| Symbol::by_code(symbol.code()).any(|found| found == symbol);
    let is_named = |symbol: Symbol| Symbol::by_name(&symbol.name().replace('_', " ").to_lowercase()).any(|found| found == symbol);
    let lost = Symbol::all().filter(|&symbol| !is_found(symbol) || !is_named(symbol));
    assert_none("a constant is found by its value and its name", lost.map(|symbol| symbol.name().to_owned()));
    assert_eq!(Symbol::by_code(Code::new(0x8765_4321)).len(), 0);
    assert_eq!(Symbol::by_name("E_NO_SUCH_CONSTANT").len(), 0);
}
