//! Contexts: their faults, and the place that the problem of a shared code begins with.

use super::prose::prose_of;
use super::{SOUND, faults};

/// The problems of the table that the files compile to.
#[track_caller]
fn problems_of(files: &[(&str, String)]) -> Vec<String> {
    prose_of(files).into_iter().map(|item| item[0].clone()).collect()
}

const CONTEXTS: &str = r#"
[[context]]
id = "setup"
name = "Windows Setup"
words = ["setupact"]
families = ["setupact"]
"#;

#[test]
fn a_context_that_is_not_in_the_list_is_a_fault() {
    let record = SOUND.replace("causes =", "seen_in = [\"setup\", \"nowhere\"]\ncauses =");
    let files = [("a.toml", record), ("contexts.toml", CONTEXTS.to_owned())];
    assert_eq!(faults(&files), ["a.toml: clock-wrong: seen_in has \"nowhere\", which contexts.toml does not have"]);
}

#[test]
fn a_faulty_context_is_a_fault() {
    let twice = format!("{CONTEXTS}{}", CONTEXTS.replace("Windows Setup", " ").replace("[\"setupact\"]\nf", "[\"a\", \"a\"]\nf"));
    assert_eq!(
        faults(&[("contexts.toml", twice)]),
        [
            "contexts.toml: setup: its id stands in the file already",
            "contexts.toml: setup: name is empty",
            "contexts.toml: setup: words has \"a\" twice"
        ]
    );
}

#[test]
fn a_table_of_another_kind_is_a_fault() {
    assert_eq!(faults(&[("contexts.toml", SOUND.to_owned())]), ["contexts.toml: -: has [[entry]], where only [[context]] can stand"]);
}

#[test]
fn the_problem_of_a_shared_code_begins_with_its_place() {
    let seen = SOUND.replace("causes =", "seen_in = [\"setup\"]\ncauses =").replace("\"The clock is wrong.\"\ncauses", "\"X\"\ncauses");
    let problem = |text: &str, problem: &str| text.replace("problem = \"The clock is wrong.\"", &format!("problem = {problem:?}"));
    let contexts = || ("contexts.toml", CONTEXTS.to_owned());
    let first = || ("a.toml", problem(&seen, "Setup stops."));

    assert_eq!(problems_of(&[first(), contexts()]), ["Setup stops."]);

    for (code, is_shared) in [("0x80CF0437", true), ("0x80CF0438", false)] {
        let other = problem(&SOUND.replace("clock-wrong", "other-one").replace("0x80CF0437", code), "Another one.");
        let expected = if is_shared { "Windows Setup: Setup stops." } else { "Setup stops." };
        assert_eq!(problems_of(&[first(), ("b.toml", other), contexts()]), [expected, "Another one."], "{code}");
    }
    // The Win32 code of the same HRESULT is the same code.
    let win32 = ("a.toml", problem(&seen, "Setup stops.").replace("0x80CF0437", "0x80070005"));
    let other = ("b.toml", problem(SOUND, "Another one.").replace("clock-wrong", "other-one").replace("0x80CF0437", "0x00000005"));
    assert_eq!(problems_of(&[win32, other, contexts()]), ["Windows Setup: Setup stops.", "Another one."]);
}

#[test]
fn a_problem_that_begins_with_its_place_stays_as_it_is() {
    let seen = SOUND.replace("causes =", "seen_in = [\"setup\"]\ncauses =");
    let other = || ("b.toml", SOUND.replace("clock-wrong", "other-one"));
    for (problem, expected) in [
        ("Windows Setup stops.", "Windows Setup stops."),
        ("Windows setup: no disk.", "Windows setup: no disk."),
        ("Windows Setups stop.", "Windows Setup: Windows Setups stop."),
    ] {
        let record = seen.replace("problem = \"The clock is wrong.\"", &format!("problem = {problem:?}"));
        let problems = problems_of(&[("a.toml", record), other(), ("contexts.toml", CONTEXTS.to_owned())]);
        assert_eq!(problems, [expected, "The clock is wrong."]);
    }
}

#[test]
fn a_context_names_families_that_there_are() {
    let contexts = CONTEXTS.replace("families = [\"setupact\"]", "families = [\"setup.log\"]");
    assert_ne!(contexts, CONTEXTS);
    assert_eq!(faults(&[("contexts.toml", contexts)]), ["contexts.toml: setup: there is no family \"setup.log\""]);
}

#[test]
fn the_words_of_a_context_are_ascii() {
    let contexts = CONTEXTS.replace("[\"setupact\"]\nf", "[\"setupact\", \"Einrichtung f\u{FC}r Ger\u{E4}te\"]\nf");
    assert_eq!(
        faults(&[("contexts.toml", contexts)]),
        ["contexts.toml: setup: \"Einrichtung f\u{FC}r Ger\u{E4}te\" has a letter that is no ASCII"]
    );
}
