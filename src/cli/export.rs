//! The table in the forms that log engines take.
//!
//! The CSV is written without a crate: RFC 4180 is one rule for quoting and one for line ends, and nothing is read.

use std::io::{self, Write};

use intune_err::{Answer, Code, Entry, Platform};

use super::args::ExportFormat;
use intune_err::report::json;

/// Stands between the items of a list in one column. A line end would do as well by RFC 4180, but many engines take a row to
/// be a line unless told otherwise.
const BETWEEN: &str = " | ";

/// The columns, in CSV in lower case, with their types in Kusto.
const COLUMNS: [(&str, &str); 13] = [
    ("Hex", "string"),
    ("Unsigned", "long"),
    ("Signed", "int"),
    ("Id", "string"),
    ("Problem", "string"),
    ("Resolution", "string"),
    ("Area", "string"),
    ("Platforms", "string"),
    ("Names", "string"),
    ("Source", "string"),
    ("Rank", "int"),
    ("Meaning", "string"),
    ("From", "string"),
];

/// Prints the table in this form.
pub(super) fn export(out: &mut impl Write, format: ExportFormat, entries: &[Entry]) -> io::Result<()> {
    match format {
        ExportFormat::Csv => csv(out, entries),
        ExportFormat::Ndjson => entries.iter().try_for_each(|entry| json::entry(out, *entry)),
        ExportFormat::Json => json::table(out, entries),
        ExportFormat::Kql => kql(out, entries),
    }
}

/// Every code of every entry, by code, those of one code by rank, somebody's own first.
fn rows(entries: &[Entry]) -> Vec<(Code, Entry)> {
    let mut rows: Vec<(Code, Entry)> = entries.iter().flat_map(|entry| entry.codes().map(move |code| (code, *entry))).collect();
    // Stable: the entries come in their order.
    rows.sort_by_key(|(code, _)| *code);
    rows
}

/// A column of a row: a text or a number.
enum Field {
    Text(String),
    Number(i64),
}

fn fields(code: Code, entry: Entry) -> [Field; COLUMNS.len()] {
    let list = |texts: Vec<&str>| Field::Text(texts.join(BETWEEN));
    [
        Field::Text(code.to_string()),
        Field::Number(code.bits().into()),
        Field::Number(code.signed().into()),
        Field::Text(entry.id().to_owned()),
        Field::Text(entry.problem().to_owned()),
        list(entry.resolution().collect()),
        Field::Text(entry.area().name().to_owned()),
        list(entry.platforms().map(Platform::name).collect()),
        list(entry.names().collect()),
        Field::Text(entry.sources().next().unwrap_or_default().to_owned()),
        Field::Number(entry.rank().into()),
        Field::Text(Answer::from(code).meaning_text().unwrap_or_default()),
        Field::Text(entry.file().unwrap_or_default().to_owned()),
    ]
}

fn csv(out: &mut impl Write, entries: &[Entry]) -> io::Result<()> {
    write!(out, "{}\r\n", COLUMNS.map(|(name, _)| name.to_lowercase()).join(","))?;
    for (code, entry) in rows(entries) {
        let row = fields(code, entry).map(|field| match field {
            Field::Text(text) => csv_field(text),
            Field::Number(number) => number.to_string(),
        });
        write!(out, "{}\r\n", row.join(","))?;
    }
    Ok(())
}

/// A text as a field of CSV, in quotes where it needs them.
fn csv_field(text: String) -> String {
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn kql(out: &mut impl Write, entries: &[Entry]) -> io::Result<()> {
    let columns = COLUMNS.map(|(name, kind)| format!("{name}:{kind}"));
    writeln!(out, "// Error codes of Microsoft Intune, from intune-err {}.", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "let IntuneErr = () {{\ndatatable({})\n[", columns.join(", "))?;
    for (code, entry) in rows(entries) {
        let row = fields(code, entry).map(|field| match field {
            Field::Text(text) => kql_string(&text),
            // A minus alone is an operator, which a datatable does not take.
            Field::Number(number) if number < 0 => format!("int({number})"),
            Field::Number(number) => number.to_string(),
        });
        writeln!(out, "{},", row.join(", "))?;
    }
    writeln!(out, "]\n}};\nIntuneErr")
}

/// A text as a string literal of Kusto.
fn kql_string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_csv_is_quoted_where_it_needs_it() {
        for (text, field) in [
            ("plain", "plain"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("two\rlines", "\"two\rlines\""),
        ] {
            assert_eq!(csv_field(text.to_owned()), field);
        }
    }

    #[test]
    fn a_string_of_kusto_has_its_escapes() {
        for (text, literal) in [
            ("plain", "\"plain\""),
            ("C:\\Logs", "\"C:\\\\Logs\""),
            ("say \"no\"", "\"say \\\"no\\\"\""),
            ("it's", "\"it's\""),
            ("a\r\n\tb", "\"a\\r\\n\\tb\""),
        ] {
            assert_eq!(kql_string(text), literal);
        }
    }
}
