//! `--json`: one object per line and nothing else, each valid by the schemas in `tests/schema/`, with every key present.

use serde_json::Value;

use super::logs::{Folder, run};
use super::strict::{Code, answers, entries, findings, found, json, objects, one, points, tallies};
use super::{PAGE, intune_err};

#[test]
fn an_answer_has_the_keys_of_the_contract_in_their_order() {
    intune_err(["--json", "0x80cf0437"])
        .stdout(&format!(
            "{{\"query\":\"0x80cf0437\",\"found\":true,\
             \"code\":{{\"hex\":\"0x80CF0437\",\"unsigned\":2161050679,\"signed\":-2133916617}},\
             \"symbols\":[],\
             \"anatomy\":{{\"kind\":\"hresult\",\"severity\":\"failure\",\"facility\":207,\"facility_name\":null,\"value\":1079,\"wraps\":null}},\
             \"entries\":[{{\"id\":\"client-clock-wrong\",\
             \"problem\":\"The client computer's clock is wrong.\",\
             \"causes\":[],\
             \"resolution\":[\"Set the right time and the right time zone on the client computer.\"],\
             \"codes\":[\"0x80CF0437\"],\"names\":[],\"messages\":[],\"platforms\":[\"windows\"],\"area\":\"enrollment\",\
             \"source\":\"{PAGE}\",\"sources\":[\"{PAGE}\"],\"title\":null,\"notes\":[],\"legacy\":null,\
             \"place\":\"Intune PC client (retired)\",\"seen_in\":[\"pc-client\"],\"nothing_to_do\":null,\"guide\":null,\"from\":null}}],\
             \"meaning\":null,\"guide\":null,\"explanation\":[],\"suggestions\":[],\"error\":null}}\n"
        ))
        .run();
}

#[test]
fn the_three_forms_of_a_code_are_of_one_value() {
    for (query, hex, unsigned, signed) in [
        ("0x80CF0437", "0x80CF0437", 2_161_050_679, -2_133_916_617),
        ("5", "0x00000005", 5, 5),
        ("-1", "0xFFFFFFFF", u32::MAX, -1),
        ("0x80004005", "0x80004005", 0x8000_4005, -2_147_467_259),
    ] {
        let hex = hex.to_owned();
        assert_eq!(found(query).code, Some(Code { hex, unsigned, signed }));
    }
}

#[test]
fn a_text_has_neither_code_nor_anatomy() {
    let answer = found("company-name-special-characters");
    assert_eq!((answer.code.as_ref(), answer.anatomy.as_ref(), answer.error.as_ref()), (None, None, None));
    assert_eq!(answer.ids(), ["company-name-special-characters"]);
}

#[test]
fn a_miss_is_an_object_with_empty_lists() {
    let (stdout, _) = intune_err(["--json", "qqqxyz"]).status(1).outputs();
    let keys = "\"code\":null,\"symbols\":[],\"anatomy\":null,\"entries\":[],\"meaning\":null,\"guide\":null,\
                \"explanation\":[],\"suggestions\":[],\"error\":null";
    assert_eq!(stdout, format!("{{\"query\":\"qqqxyz\",\"found\":false,{keys}}}\n"));
}

#[test]
fn a_query_that_can_mean_nothing_is_an_object_too_and_an_error() {
    let (stdout, stderr) = json(["", "0x180180014", "4294967296", "0x1G"]).status(2).outputs();
    let answers = answers(&stdout);
    assert_eq!(answers.len(), 4);
    for (answer, line) in answers.iter().zip(stderr.lines().filter(|line| line.starts_with("error: "))) {
        assert!(!answer.found && answer.code.is_none());
        assert_eq!(format!("error: {}", answer.error.as_deref().unwrap()), line);
    }
}

#[test]
fn there_is_an_object_a_query_in_the_order_of_the_queries() {
    let queries = ["0x80CF0437", "qqqxyz", "", "-2133916608", "company-name-special-characters", "0x12345678"];
    let (stdout, _) = json(queries).status(2).outputs();
    let answers = answers(&stdout);
    assert_eq!(answers.iter().map(|answer| answer.query.as_str()).collect::<Vec<_>>(), queries);
    assert_eq!(answers.iter().map(|answer| answer.found).collect::<Vec<_>>(), [true, false, false, true, true, false]);
}

#[test]
fn a_sentence_has_an_object_a_finding_each_with_the_whole_sentence() {
    let sentence = "first 0x80CF0437, then DeviceCapReached";
    let answers = answers(&json([sentence]).output());
    assert_eq!(answers.len(), 2);
    assert!(answers.iter().all(|answer| answer.query == sentence));
    assert_eq!(answers[0].hex(), "0x80CF0437");
    assert!(answers[1].code.is_none() && answers[1].ids().contains(&"device-cap-reached"));
}

#[test]
fn a_query_comes_back_as_it_was_put() {
    for query in ["  0x80CF0437 ", "\u{2212}2133916617", "\"0x80cf0437\"", "0x80CF0437\n", "\u{1F4A5} 0x80CF0437 \u{1B}[31m"] {
        assert_eq!(one(json([query])).query, query);
    }
}

/// Whether a terminal acts on a character, or shows nothing of it.
pub(crate) fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Every such character that an argument can hold, with an innocent one before it.
fn hostile() -> String {
    ('\u{1}'..='\u{FFFF}').filter(|c| acts(*c)).flat_map(|c| ['\u{E4}', c]).collect()
}

#[test]
fn what_a_terminal_acts_on_is_escaped_and_keeps_its_value() {
    let (hostile, folder) = (hostile(), Folder::new("what_a_terminal_acts_on"));
    assert_eq!(hostile.chars().count(), 2 * (31 + 1 + 32 + 1 + 5 + 7 + 4));
    let is_plain = |output: &str| !output.contains(|c: char| c != '\n' && acts(c));
    // A look-up: found, not found, and what can mean nothing.
    for (query, status) in [(format!("{hostile} 0x80CF0437"), 0), (format!("qqqxyz {hostile}"), 1), ("\u{200F}0x1G\u{200B}".to_owned(), 2)]
    {
        let (stdout, stderr) = json([&query]).status(status).outputs();
        assert!(is_plain(&stdout) && is_plain(&stderr), "{stdout}\n{stderr}");
        assert_eq!(answers(&stdout)[0].query, query);
    }
    // A scan: the text of the line, and the names of files where the system has such names.
    let log = format!("{hostile} hr=0x80CF0437 {hostile}\n").replace(['\n', '\r'], "") + "\n";
    let stdout = String::from_utf8(run(["--json", "scan"], log.as_bytes()).stdout).unwrap();
    assert!(is_plain(&stdout), "{stdout}");
    assert_eq!(findings(&stdout)[0].text, log.trim_end_matches('\n'));
    let path = folder.path().join("\u{E4}\u{9B}\u{202E}\u{7F}.log");
    if std::fs::write(&path, &log).is_ok() {
        for form in [&["--json", "scan"][..], &["--json", "scan", "--summary"]] {
            let stdout = intune_err(form.iter().copied().chain([path.to_str().unwrap()])).output();
            assert!(is_plain(&stdout), "{stdout}");
            let named = if form.len() == 2 { findings(&stdout)[0].path.clone() } else { tallies(&stdout)[0].first.path.clone() };
            assert_eq!(named.as_deref(), path.to_str());
        }
    }
}

#[test]
fn what_is_said_of_a_query_repeats_nothing_that_a_terminal_acts_on() {
    for query in ["(\u{85}1603\u{200F})", "\u{202E}0x8018001G", "\u{202E}qqqxyz", "--\u{202E}", "\u{61C}", "qqqxyz\u{61C} and so on"] {
        for form in [&["--json"][..], &["--markdown"], &[]] {
            let output = super::command().args(form).arg(query).output().unwrap();
            for text in [output.stdout, output.stderr] {
                let text = String::from_utf8(text).unwrap();
                assert!(!text.contains(|c: char| c != '\n' && acts(c)), "{query:?} {form:?}: {text:?}");
            }
        }
    }
}

#[test]
fn every_record_of_the_list_is_valid_and_no_id_comes_twice() {
    let entries = entries(&intune_err(["list", "--json"]).output());
    let mut ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert!(ids.contains(&"client-clock-wrong") && ids.contains(&"mdm-authority-not-set"));
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(entries.iter().all(|entry| entry.source == entry.sources[0]));
}

#[test]
fn the_entry_of_an_answer_is_the_record_of_the_list() {
    let listed = entries(&intune_err(["list", "--json"]).output());
    for id in ["client-clock-wrong", "company-name-special-characters", "client-restart-pending"] {
        let answer = found(id);
        assert_eq!(Some(answer.entry(id)), listed.iter().find(|entry| entry.id == id));
    }
}

#[test]
fn the_list_is_narrowed_by_area_and_platform() {
    let of_area = entries(&json(["list", "--area", "certificate"]).output());
    assert!(of_area.iter().any(|entry| entry.id == "ios-profile-signing-certificate-expired"));
    assert!(of_area.iter().all(|entry| entry.area == "certificate"));
    let of_platform = entries(&json(["list", "--platform", "macos"]).output());
    assert!(of_platform.iter().any(|entry| entry.id == "device-cap-reached"));
    assert!(of_platform.iter().all(|entry| entry.platforms.contains(&"macos".to_owned())));
    let of_both = entries(&json(["list", "--area", "certificate", "--platform", "ios"]).output());
    assert!(of_both.iter().all(|entry| entry.area == "certificate" && entry.platforms.contains(&"ios".to_owned())));
    assert!(of_both.iter().any(|entry| entry.id == "ios-profile-signing-certificate-expired"));
}

#[test]
fn every_point_of_the_checklist_is_valid() {
    assert!(points(&json(["checklist"]).output()).len() >= 20);
}

#[test]
fn json_has_no_colour_even_where_colour_is_asked_for() {
    for args in [&["--json", "--color", "always", "0x80CF0437"][..], &["checklist", "--json", "--color=always"]] {
        let output = intune_err(args).output();
        assert!(!output.contains('\u{1B}') && !output.contains("\\u001b"), "{output}");
    }
}

#[test]
fn json_and_markdown_exclude_each_other() {
    let (stdout, stderr) = intune_err(["--json", "--markdown", "0x80CF0437"]).status(2).outputs();
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: the argument '--json' cannot be used with '--markdown'\n"), "{stderr}");
}

#[test]
fn the_schemas_refuse_an_object_without_one_of_its_keys() {
    let whole: Value = serde_json::from_str(&intune_err(["--json", "0x80cf0437"]).output()).unwrap();
    for key in whole.as_object().unwrap().keys() {
        let mut object = whole.clone();
        object.as_object_mut().unwrap().remove(key);
        let judged = std::panic::catch_unwind(|| objects(&format!("{object}\n"), "answer.json"));
        assert!(judged.is_err(), "the schema does not require {key}");
    }
}
