//! The scan through the library: lines that must be found, lines that must stay silent, and the whole table.
//!
//! The rows hold however many records the table has: they use codes of the Windows headers and of the reference page, and a
//! message that is added later may be found in them besides.
#![forbid(unsafe_code)]

mod blocks;
mod called;
mod constants;
mod decimals;
mod found;
mod glue;
mod marked;
mod named;
mod nouns;
mod random;
mod real;
mod silent;
mod slow;
mod table;
mod together;
mod wide;

use std::collections::BTreeSet;

use intune_err::{Base, Code, Finding, Found, Meaning, Scanner, Spelling, Stream, spelling};

/// What was found in `line`, as its rows write it: codes in their canonical form, names and messages as the table has them.
#[track_caller]
fn findings(line: &str) -> Vec<String> {
    let findings = Scanner::new().scan(line.as_bytes());
    check_places(line, &findings);
    findings.iter().map(|finding| described(finding.what)).collect()
}

fn described(found: Found) -> String {
    match found {
        Found::Code(code) => code.to_string(),
        Found::Text(known) => known.text().to_owned(),
        Found::TextWithCode(known, code) => format!("{} with {code}", known.text()),
        Found::Aadsts(number) => format!("AADSTS{number}"),
        Found::ExitCode(number) => format!("exit code {number}"),
        Found::LowWordOf(code) => format!("low word of {code}"),
        Found::Symbol(symbol) => symbol.name().to_owned(),
        other => format!("{other:?}"),
    }
}

/// What is marked in the text is the code itself and nothing around it, and findings are in order and apart.
#[track_caller]
fn check_places(line: &str, findings: &[Finding]) {
    let mut end = 0;
    for finding in findings {
        assert!(end <= finding.start && finding.start < finding.end, "{findings:?} in {line:?}");
        end = finding.end;
        let marked = line.get(finding.start..finding.end).unwrap_or_else(|| panic!("{finding:?} cuts a character of {line:?}"));
        if let Found::Code(code) = finding.what {
            let is_printed = Meaning::by_printed(marked).any(|meaning| meaning.code() == code);
            assert!(is_printed || readings(marked).contains(&code), "{marked:?} of {line:?}");
        }
    }
}

/// The codes that a written form can stand for: of few digits the one in hex and the one in decimal.
fn readings(form: &str) -> Vec<Code> {
    match spelling(form, Base::Either) {
        Spelling::Code(readings) => readings.iter().map(|reading| reading.code).collect(),
        _ => Vec::new(),
    }
}

/// Lines that tell much by being many: at least 110, each with a name of its own.
#[track_caller]
fn check_names<'a>(names: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = names.collect();
    let different: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(different.len(), names.len(), "two lines have one name");
    assert!(names.len() >= 110, "{}", names.len());
}

/// A line and what is found in it.
type Row<'a> = (&'a str, &'a [&'a str]);

/// The same, where each line comes by itself.
fn findings_line_by_line(text: &str) -> Vec<String> {
    let (mut stream, mut found) = (Stream::new(Scanner::new()), Vec::new());
    for line in text.split_inclusive('\n') {
        stream.push(line.as_bytes(), |passage| found.extend(passage.occurrences().map(|found| described(found.what))));
    }
    stream.finish(|passage| found.extend(passage.occurrences().map(|found| described(found.what))));
    found
}

/// Each line has these findings and no others, alone and in the middle of a log.
#[track_caller]
fn check(rows: &[Row<'_>]) {
    let mut faults = Vec::new();
    for (line, expected) in rows {
        let alone = findings(line);
        if alone != *expected {
            faults.push(format!("{line:?} has {alone:?}, and not {expected:?}"));
        }
        let around = format!("something else failed here\r\n{line}\r\n0: error, failed");
        assert_eq!(findings(&around), alone, "{line:?} between other lines");
        assert_eq!(findings_line_by_line(&around), alone, "{line:?} line by line");
    }
    assert!(faults.is_empty(), "{} lines:\n{}", faults.len(), faults.join("\n"));
}

/// In each line nothing is found.
#[track_caller]
fn check_silent(lines: &[&str]) {
    let rows: Vec<Row<'_>> = lines.iter().map(|line| (*line, &[][..])).collect();
    check(&rows);
}
