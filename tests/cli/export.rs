//! `export`: the table as CSV by RFC 4180, as NDJSON and as a function of Kusto.

use std::collections::BTreeSet;

use super::intune_err;
use super::strict::{Entry, entries, objects};

const COLUMNS: [&str; 13] =
    ["hex", "unsigned", "signed", "id", "problem", "resolution", "area", "platforms", "names", "source", "rank", "meaning", "from"];

fn listed() -> Vec<Entry> {
    entries(&intune_err(["list", "--json"]).output())
}

/// CSV by the grammar of RFC 4180 and nothing beside it: every row ends with CRLF, quotes stand around a whole field, and a
/// field without them holds no quote, comma or line end.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut row = Vec::new();
        loop {
            let field;
            if let Some(quoted) = rest.strip_prefix('"') {
                let mut text = String::new();
                let mut inside = quoted;
                loop {
                    let (before, behind) = inside.split_once('"').expect("a quote is closed");
                    text += before;
                    let Some(more) = behind.strip_prefix('"') else {
                        inside = behind;
                        break;
                    };
                    text.push('"');
                    inside = more;
                }
                (field, rest) = (text, inside);
            } else {
                let end = rest.find([',', '\r', '\n', '"']).expect("a row is ended");
                field = rest[..end].to_owned();
                rest = &rest[end..];
            }
            row.push(field);
            if let Some(behind) = rest.strip_prefix(',') {
                rest = behind;
            } else {
                rest = rest.strip_prefix("\r\n").unwrap_or_else(|| panic!("neither a comma nor CRLF: {:?}", rest.get(..40)));
                break;
            }
        }
        rows.push(row);
    }
    rows
}

fn rows() -> Vec<Vec<String>> {
    let mut rows = csv(&intune_err(["export", "--format", "csv"]).output());
    assert_eq!(rows.remove(0), COLUMNS);
    assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    rows
}

#[test]
fn the_parser_of_these_tests_is_strict() {
    assert_eq!(csv("a,\"b, \"\"c\"\"\r\n\",\r\n"), [["a", "b, \"c\"\r\n", ""]]);
    for text in ["a", "a\n", "a\"b\r\n", "\"a\"b\r\n", "\"a\r\n"] {
        assert!(std::panic::catch_unwind(|| csv(text)).is_err(), "{text:?}");
    }
}

#[test]
fn csv_has_a_row_for_every_code_of_every_entry_and_no_other() {
    let rows = rows().into_iter().map(|row| (row[0].clone(), row[3].clone())).collect::<Vec<_>>();
    let expected: BTreeSet<_> =
        listed().into_iter().flat_map(|entry| entry.codes.into_iter().map(move |code| (code, entry.id.clone()))).collect();
    assert_eq!(rows.len(), expected.len());
    assert_eq!(rows.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_row_has_what_the_list_has() {
    let listed = listed();
    for row in rows() {
        let entry = listed.iter().find(|entry| entry.id == row[3]).unwrap();
        let bits = u32::from_str_radix(&row[0][2..], 16).unwrap();
        assert_eq!(row[1], bits.to_string());
        assert_eq!(row[2], bits.cast_signed().to_string());
        assert_eq!(row[4], entry.problem);
        assert_eq!(row[5], entry.resolution.join(" | "));
        assert_eq!(row[6], entry.area);
        assert_eq!(row[7], entry.platforms.join(" | "));
        assert_eq!(row[8], entry.names.join(" | "));
        assert_eq!(row[9], entry.source);
        assert_eq!(row[12], "");
    }
}

#[test]
fn rows_are_ordered_by_code_and_those_of_a_code_by_rank() {
    let order: Vec<(u32, u8)> = rows().iter().map(|row| (row[1].parse().unwrap(), row[10].parse().unwrap())).collect();
    assert!(order.is_sorted());
    assert!(order.iter().all(|(_, rank)| (1..=99).contains(rank)));
    let of_two_problems = order.iter().filter(|(code, _)| *code == 0x80CF_0438).count();
    assert!(of_two_problems >= 2, "{of_two_problems}");
}

#[test]
fn the_row_of_a_code_reads_like_this() {
    let csv = intune_err(["export", "--format", "csv"]).output();
    let row = csv.split("\r\n").find(|row| row.starts_with("0x80CF0437,")).unwrap();
    assert!(row.starts_with("0x80CF0437,2161050679,-2133916617,client-clock-wrong,"), "{row}");
    assert!(row.contains(&format!(",enrollment,windows,,{},", super::PAGE)), "{row}");
}

#[test]
fn no_text_is_a_formula_to_a_spreadsheet() {
    for row in rows() {
        let text = row.iter().enumerate().find(|(column, text)| *column != 2 && text.starts_with(['=', '+', '-', '@', '\t']));
        assert_eq!(text, None);
    }
}

#[test]
fn no_row_is_more_than_a_line() {
    let csv = intune_err(["export", "--format", "csv"]).output();
    assert_eq!(csv.lines().count(), rows().len() + 1);
}

#[test]
fn ndjson_has_the_records_of_the_list() {
    let exported = intune_err(["export", "--format", "ndjson"]).output();
    assert_eq!(entries(&exported), listed());
    intune_err(["list", "--json"]).stdout(&exported).run();
}

#[test]
fn json_is_one_document_with_the_records_of_the_list() {
    let text = intune_err(["export", "--format", "json"]).output();
    let [document] = objects(&text, "table.json").try_into().expect("it is one document");
    assert_eq!(document["version"], env!("CARGO_PKG_VERSION"));
    let records: String = document["entries"].as_array().unwrap().iter().map(|entry| format!("{entry}\n")).collect();
    assert_eq!(entries(&records), listed());
    // Every guide that a record names is in it.
    let ids: BTreeSet<&str> = document["guides"].as_array().unwrap().iter().map(|guide| guide["id"].as_str().unwrap()).collect();
    let named: BTreeSet<String> = listed().into_iter().filter_map(|entry| entry.guide).collect();
    assert!(!named.is_empty() && named.iter().all(|id| ids.contains(id.as_str())));
    assert!(document["meanings"].as_array().unwrap().iter().any(|meaning| meaning["code"]["hex"] == "0x00000005"));
}

/// The values of a line of the datatable: strings without their escapes, numbers as they stand.
fn values(line: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = line.strip_suffix(',').expect("a row ends with a comma").chars();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        let value = values.last_mut().expect("there is one");
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => value.push(match chars.next().expect("an escape has a letter") {
                c @ ('"' | '\\') => c,
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                c => panic!("unknown escape {c}: {line}"),
            }),
            ',' if !in_string => {
                assert_eq!(chars.next(), Some(' '));
                values.push(String::new());
            }
            c => value.push(c),
        }
    }
    assert!(!in_string, "{line}");
    values
}

#[test]
fn kql_is_a_function_with_the_rows_of_the_csv() {
    let kql = intune_err(["export", "--format", "kql"]).output();
    let begin = format!(
        "// Error codes of Microsoft Intune, from intune-err {}.\nlet IntuneErr = () {{\n\
         datatable(Hex:string, Unsigned:long, Signed:int, Id:string, Problem:string, Resolution:string, Area:string, Platforms:string, \
         Names:string, Source:string, Rank:int, Meaning:string, From:string)\n[\n",
        env!("CARGO_PKG_VERSION")
    );
    let table = kql.strip_prefix(&begin).unwrap_or_else(|| panic!("{:?}", kql.get(..400)));
    let table = table.strip_suffix("]\n};\nIntuneErr\n").expect("the function is called at the end");
    let rows = rows();
    assert_eq!(table.lines().count(), rows.len());
    for (line, row) in table.lines().zip(rows) {
        let mut values = values(line);
        // A negative number is a call.
        if let Some(number) = values[2].strip_prefix("int(").and_then(|number| number.strip_suffix(')')) {
            values[2] = number.to_owned();
        }
        assert_eq!(values, row);
    }
}

#[test]
fn an_export_has_no_other_form() {
    for format in ["csv", "json", "ndjson", "kql"] {
        intune_err(["-q", "export", "--format", format]).run();
        intune_err(["--markdown", "export", "--format", format])
            .stderr("error: --json and --markdown change nothing here\nhelp: leave them out; for JSON: intune-err export --format ndjson\n")
            .status(2)
            .run();
    }
}

#[test]
fn the_format_has_to_be_stated() {
    intune_err(["export"]).stderr_holds("--format <FORMAT>").status(2).run();
    intune_err(["export", "--format", "xml"]).stderr_holds("[possible values: csv, json, ndjson, kql]").status(2).run();
}
