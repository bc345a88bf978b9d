//! A code without an entry: its symbol, its anatomy, and, where nothing at all is known, the codes that may have been meant.

use super::strict::{Anatomy, Answer, Wraps, answers, found, json, one};
use super::{command, intune_err};

/// The anatomy of a code, whether or not anything is known about it.
#[track_caller]
fn anatomy(code: &str) -> Anatomy {
    let status = command().args(["-q", code]).status().expect("the program starts").code().expect("it exits");
    one(json([code]).status(status)).anatomy.expect("a code has an anatomy")
}

/// The one answer to a query that finds nothing, whose error text does not matter here.
#[track_caller]
fn missed(query: &str, status: i32) -> Answer {
    let (stdout, _) = json([query]).status(status).outputs();
    let mut answers = answers(&stdout);
    assert_eq!(answers.len(), 1, "{answers:#?}");
    assert!(!answers[0].found, "{query}");
    answers.remove(0)
}

fn wrapped(kind: &str, value: u32, name: Option<&str>) -> Wraps {
    Wraps { kind: kind.to_owned(), value, name: name.map(str::to_owned) }
}

#[test]
fn an_unknown_code_has_nothing_but_its_anatomy() {
    let answer = missed("0x12345678", 1);
    let anatomy = Anatomy {
        kind: "hresult".to_owned(),
        severity: Some("success".to_owned()),
        facility: Some(0x234),
        facility_name: None,
        value: 0x5678,
        wraps: None,
    };
    assert_eq!((answer.hex(), &answer.anatomy), ("0x12345678", &Some(anatomy)));
}

#[test]
fn an_unknown_failure_is_printed_with_both_decimals() {
    intune_err(["0x88888888"])
        .stdout(
            "0x88888888 (-2004318072, 2290649224)\n\
             Unknown:    No entry and no symbol is known for this code; its bits say:\n\
             Kind:       HRESULT\n\
             Severity:   failure\n\
             Facility:   136 (FACILITY_DRVSERVICING)\n\
             Value:      34952 (0x8888)\n",
        )
        .status(1)
        .run();
}

#[test]
fn facility_24_has_two_names() {
    assert_eq!(anatomy("0x80182345").facility, Some(24));
    let name = anatomy("0x80182345").facility_name.unwrap();
    assert!(name.contains("FACILITY_WINDOWS_CE") && name.contains("DEVICE_ENROLLER_FACILITY_CODE"), "{name}");
}

#[test]
fn a_facility_without_a_name_has_a_number() {
    let anatomy = anatomy("0x80CF0439");
    assert_eq!((anatomy.facility, anatomy.facility_name), (Some(207), None));
}

#[test]
fn an_hresult_of_facility_7_wraps_a_win32_code() {
    assert_eq!(anatomy("0x80070BC2").wraps, Some(wrapped("win32", 3010, Some("ERROR_SUCCESS_REBOOT_REQUIRED"))));
    assert_eq!(anatomy("0x80070005").wraps, Some(wrapped("win32", 5, Some("ERROR_ACCESS_DENIED"))));
    assert_eq!(anatomy("0x8007FFFE").wraps, Some(wrapped("win32", 0xFFFE, None)));
    assert_eq!(anatomy("0x00070005").wraps, None);
}

#[test]
fn an_hresult_with_the_nt_bit_wraps_an_ntstatus() {
    assert_eq!(anatomy("0xD0000022").wraps, Some(wrapped("ntstatus", 0xC000_0022, Some("STATUS_ACCESS_DENIED"))));
    assert_eq!(anatomy("0xD0000022").kind, "hresult");
    assert_eq!(anatomy("0xC0000022").kind, "ntstatus");
    assert_eq!(anatomy("0xC0000022").wraps, None);
}

#[test]
fn an_hresult_of_facility_25_wraps_an_http_status() {
    let http = anatomy("0x80190194").wraps.unwrap();
    assert_eq!((http.kind.as_str(), http.value), ("http", 404));
    assert_eq!(anatomy("0x80190001").wraps, None);
    intune_err(["0x80190194"]).stdout_holds("\nWraps:      HTTP status 404").run();
}

#[test]
fn a_win32_code_has_neither_severity_nor_facility() {
    let anatomy = anatomy("5");
    assert_eq!((anatomy.kind.as_str(), anatomy.severity, anatomy.facility, anatomy.value), ("win32", None, None, 5));
}

#[test]
fn an_answer_reached_by_conversion_says_so() {
    let answer = found("5");
    assert!(answer.symbols.contains(&"ERROR_ACCESS_DENIED".to_owned()), "{:?}", answer.symbols);
    assert!(answer.explanation.iter().any(|said| said.contains("0x80070005")), "{:?}", answer.explanation);
}

#[test]
fn a_code_with_a_symbol_alone_is_found_and_shows_its_bits() {
    intune_err(["0xC0000022"]).stdout_holds("\nSymbol:     STATUS_ACCESS_DENIED").run();
    assert_eq!(found("0xC0000022").symbols, ["STATUS_ACCESS_DENIED"]);
}

#[test]
fn a_digit_changed_swapped_added_or_lost_suggests_the_code_that_was_meant() {
    for (slip, query, status) in [
        ("changed", "0x80CF0447", 1),
        ("swapped", "0x80CF4037", 1),
        ("swapped at the end", "0x80CF0473", 1),
        ("added", "0x80CF00437", 2),
        ("doubled", "0x880CF0437", 2),
        ("lost", "0x80CF437", 1),
        ("lost without a prefix", "80CF437", 1),
    ] {
        let answer = missed(query, status);
        assert!(answer.suggestions.contains(&"0x80CF0437".to_owned()), "{slip}: {query}: {:?}", answer.suggestions);
    }
}

#[test]
fn microsofts_own_misprint_of_nine_digits_suggests_the_code_once_it_is_known() {
    let known = command().args(["-q", "0x8018002B"]).status().unwrap().success();
    for misprint in ["0x80180002b", "80180002b"] {
        let answer = missed(misprint, 2);
        assert_eq!(answer.suggestions.contains(&"0x8018002B".to_owned()), known, "{misprint}: {:?}", answer.suggestions);
    }
}

#[test]
fn a_name_with_a_slip_suggests_the_name() {
    for (query, name) in [
        ("DeviceCapReachd", "DeviceCapReached"),
        ("DeviceCpaReached", "DeviceCapReached"),
        ("MENROLL_E_DEVICENOTSUPORTED", "MENROLL_E_DEVICENOTSUPPORTED"),
    ] {
        let answer = missed(query, 1);
        assert!(answer.suggestions.contains(&name.to_owned()), "{query}: {:?}", answer.suggestions);
    }
}

#[test]
fn a_text_without_a_near_name_suggests_the_best_hits_of_the_search() {
    let answer = missed("company name characters", 1);
    assert!(answer.suggestions.contains(&"company-name-special-characters".to_owned()), "{:?}", answer.suggestions);
}

#[test]
fn every_suggestion_is_a_query_that_is_found() {
    for query in ["0x80CF0447", "DeviceCapReachd", "company name characters", "0x80043010"] {
        for suggestion in missed(query, 1).suggestions {
            assert!(found(&suggestion).found, "{query} suggests {suggestion}");
        }
    }
}

#[test]
fn a_miss_names_its_suggestions_on_standard_error() {
    let (stdout, stderr) = intune_err(["DeviceCapReachd"]).status(1).outputs();
    assert_eq!(stdout, "");
    assert!(
        stderr.starts_with("error: `DeviceCapReachd` is neither a code nor a known name or message\nhelp: did you mean: DeviceCapReached"),
        "{stderr}"
    );
}

#[test]
fn an_error_message_escapes_what_a_terminal_acts_on() {
    let (_, stderr) = intune_err(["qqq\u{1B}[31mxyz"]).status(1).outputs();
    assert!(stderr.starts_with("error: `qqq\\u{1b}[31mxyz` is neither"), "{stderr}");
}
