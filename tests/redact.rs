//! `--redact`: what is personal goes, and nothing that tells of the error does.
#![forbid(unsafe_code)]

use intune_err::{Entry, Redactor, Symbol};
use proptest::prelude::*;

/// A line of the corpus: as the log has it, what in it has to go and what has to stay.
struct Line {
    text: String,
    personal: Vec<String>,
    kept: Vec<String>,
}

/// The parts of a text between these marks.
fn between(text: &str, open: &str, close: &str) -> Vec<String> {
    let parts = text.split(open).skip(1).map(|part| part.split(close).next().expect("a mark that opens is closed").to_owned());
    parts.collect()
}

fn corpus() -> Vec<Line> {
    let lines = include_str!("data/redact.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let line = |line: &str| Line {
        text: ["[-", "-]", "{+", "+}"].iter().fold(line.to_owned(), |text, mark| text.replace(mark, "")),
        personal: between(line, "[-", "-]"),
        kept: between(line, "{+", "+}"),
    };
    lines.map(line).collect()
}

#[test]
fn of_what_is_personal_99_in_100_go_and_nothing_else_is_damaged() {
    let lines = corpus();
    let (mut all, mut left, mut damaged) = (0, Vec::new(), Vec::new());
    for line in &lines {
        // Each line by itself, so that none is helped by what another one tells.
        let redacted = Redactor::default().redact(&line.text).into_owned();
        all += line.personal.len();
        left.extend(line.personal.iter().filter(|value| redacted.contains(*value)).map(|value| format!("{value}: {redacted}")));
        damaged.extend(line.kept.iter().filter(|value| !redacted.contains(*value)).map(|value| format!("{value}: {redacted}")));
    }
    assert!(lines.len() >= 200 && all >= 180, "{} lines, {all} values", lines.len());
    assert!(damaged.is_empty(), "{} damaged:\n{}", damaged.len(), damaged.join("\n"));
    assert!(left.len() * 100 <= all, "{} of {all} left:\n{}", left.len(), left.join("\n"));
}

#[test]
fn one_redactor_for_all_lines_damages_no_more() {
    let mut redactor = Redactor::default();
    for _ in 0..2 {
        for line in corpus() {
            let redacted = redactor.redact(&line.text);
            let damaged: Vec<&String> = line.kept.iter().filter(|value| !redacted.contains(*value)).collect();
            assert!(damaged.is_empty(), "{damaged:?}: {redacted}");
        }
    }
}

#[test]
fn what_the_table_says_stays_whole() {
    let mut redactor = Redactor::default();
    // A log that tells names which are words of the table, too.
    redactor.redact(r"C:\Users\enrollment\a, user: device, C:\Users\Error\b, host: certificate, UserName=Company Portal");
    let mut damaged = Vec::new();
    for entry in Entry::all() {
        let codes = entry.codes().map(|code| code.to_string());
        let texts = entry.names().chain(entry.messages()).chain([entry.id()]).map(str::to_owned);
        for text in codes.chain(texts) {
            let redacted = redactor.redact(&text).into_owned();
            if redacted != text {
                damaged.push(format!("{text}: {redacted}"));
            }
        }
    }
    damaged.extend(Symbol::all().map(Symbol::name).filter(|name| redactor.redact(name) != *name).map(str::to_owned));
    assert!(damaged.is_empty(), "{}", damaged.join("\n"));
}

#[test]
fn the_same_value_has_the_same_placeholder_whatever_its_case() {
    let mut redactor = Redactor::default();
    assert_eq!(redactor.redact("a@contoso.com b@contoso.com A@Contoso.com"), "<user-1> <user-2> <user-1>");
    assert_eq!(redactor.redact("B@CONTOSO.COM 10.1.2.3"), "<user-2> <ip-1>");
}

#[test]
fn a_name_that_its_place_gave_away_is_known_from_then_on() {
    let mut redactor = Redactor::default();
    assert_eq!(redactor.redact("klarsson logged on to LT0042"), "klarsson logged on to LT0042");
    assert_eq!(redactor.redact(r"C:\Users\klarsson\x.log on computer: LT0042"), r"C:\Users\<user-1>\x.log on computer: <host-1>");
    assert_eq!(redactor.redact("klarsson logged on to LT0042"), "<user-1> logged on to <host-1>");
    assert_eq!(redactor.redact(r"FABRIKAM\klarsson"), "<user-1>");
}

#[test]
fn past_the_bound_values_go_without_a_number() {
    let mut redactor = Redactor::default();
    for number in 0..Redactor::MOST + 10 {
        let text = format!("S-1-5-21-1-2-3-{number}");
        let redacted = redactor.redact(&text);
        assert!(redacted == format!("<sid-{}>", number + 1) || number >= Redactor::MOST && redacted == "<sid>", "{number}: {redacted}");
    }
    assert_eq!(redactor.redact("jo@contoso.com S-1-5-21-1-2-3-0"), "<user> <sid-1>");
}

#[test]
fn bytes_that_are_no_text_stay_as_they_are() {
    assert_eq!(Redactor::default().bytes(b"\xFF\xFE jo@contoso.com \x80\x00", &[]).text(), b"\xFF\xFE <user-1> \x80\x00");
}

proptest! {
    /// Pieces that look like something personal, cut and joined anyhow: no panic, and the parts of the text keep their order.
    #[test]
    fn parts_of_any_text_keep_their_order(pieces in proptest::collection::vec(proptest::sample::select(&[
        "a@b.c", "@", "%40", "10.1.2.3", "fe80::1", "::", ":", "C:\\Users\\", "\\\\", "\\", "/home/", "user", "host", " ", ": ", "=", "\"", "DESKTOP-ABC1234",
        "S-1-5-21-1-2-3-4", "3dde4e19-3a18-4dec-b60e-720b919e1790", "tenant", "_", "-", ".", "\u{e4}", "\n", "0x80180014", "pc-1.contoso.com", "00-15-5D-01-02-03",
    ][..]), 0..24)) {
        let text = pieces.concat();
        let keep: Vec<_> = text.match_indices("0x80180014").map(|(at, found)| at..at + found.len()).collect();
        let redacted = Redactor::default().bytes(text.as_bytes(), &keep);
        let places: Vec<usize> = (0..=text.len()).map(|at| redacted.range(&(at..at)).start).collect();
        prop_assert!(places.is_sorted());
        prop_assert_eq!(places.last(), Some(&redacted.text().len()));
        prop_assert!(std::str::from_utf8(redacted.text()).is_ok());
    }
}
