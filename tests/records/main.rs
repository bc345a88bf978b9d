//! A faulty record stops the build: the checker of `build.rs` names file, record and fault, and all faults at once.

#[path = "../../build/mod.rs"]
#[allow(dead_code)]
mod build;
mod contexts;
mod guides;
mod lists;
mod logs;
mod meanings;
mod plain;
mod prose;
#[path = "../../src/table/unpack.rs"]
mod unpack;

/// A record without a fault, to be spoiled by the tests.
const SOUND: &str = r#"
[[entry]]
id = "clock-wrong"
codes = [0x80CF0437]
names = ["ClockWrong"]
messages = ["The clock is wrong."]
platforms = ["windows"]
area = "enrollment"
problem = "The clock is wrong."
causes = []
resolution = ["Set the clock."]
sources = ["https://learn.microsoft.com/x"]
"#;

/// The faults of files, as the build prints them.
#[track_caller]
fn faults(files: &[(&str, String)]) -> Vec<String> {
    let files: Vec<(String, String)> = files.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
    match build::compile(&files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// The faults of one file with the sound record in which `from` was replaced, without the lines.
#[track_caller]
fn spoiled(from: &str, to: &str) -> Vec<String> {
    assert!(SOUND.contains(from), "nothing to replace");
    faults(&[("a.toml", SOUND.replace(from, to))]).iter().map(|fault| without_line(fault)).collect()
}

/// A fault of a record without the line that it names.
#[track_caller]
fn without_line(fault: &str) -> String {
    let (before, after) = fault.split_once(": line ").unwrap_or_else(|| panic!("no line in {fault:?}"));
    let (line, what) = after.split_once(": ").unwrap_or_else(|| panic!("no line in {fault:?}"));
    assert!(line.parse().is_ok_and(|line: usize| line > 0), "{fault:?}");
    format!("{before}: {what}")
}

#[test]
fn a_fault_names_the_line_of_its_key() {
    for (from, to, expected) in [
        ("0x80CF0437", "0x180CF0437", "a.toml: clock-wrong: line 4: code 0x180CF0437 has more than 32 bits"),
        ("\"Set the clock.\"", "\"\"", "a.toml: clock-wrong: line 11: resolution has an empty text"),
        ("\"The clock is wrong.\"", "1", "a.toml: clock-wrong: line 9: problem is a number, not a text"),
        ("codes = [0x80CF0437]", "codes = [\"0x80CF0437\"]", "a.toml: clock-wrong: line 4: codes has a text, where only numbers can stand"),
        ("codes = [0x80CF0437]", "codes = 0x80CF0437", "a.toml: clock-wrong: line 4: codes is a number, not a list"),
        ("causes =", "id = \"twice\"\ncauses =", "a.toml: -: line 10: key `id` stands in the table twice"),
    ] {
        let from = if from.contains("clock is") { format!("problem = {from}") } else { from.to_owned() };
        let to = if from.starts_with("problem") { format!("problem = {to}") } else { to.to_owned() };
        assert!(SOUND.contains(&from), "{from}");
        assert_eq!(faults(&[("a.toml", SOUND.replace(&from, &to))]), [expected]);
    }
}

#[test]
fn all_faults_of_a_record_are_named_at_once_also_those_of_its_form() {
    let text = SOUND.replace("causes = []\n", "colour = 1\nlikelihood = 2\n").replace("area = \"enrollment\"", "area = 5");
    let text = text.replace("0x80CF0437", "0x180CF0437");
    let found = faults(&[("a.toml", text)]);
    let starts = [
        "a.toml: clock-wrong: line 2: key `causes` is missing",
        "a.toml: clock-wrong: line 4: code 0x180CF0437 has more than 32 bits",
        "a.toml: clock-wrong: line 8: area is a number, not a text",
        "a.toml: clock-wrong: line 10: unknown key `colour`: a record has id, codes, ",
        "a.toml: clock-wrong: line 11: unknown key `likelihood`: a record has id, ",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    assert!(found.iter().zip(starts).all(|(fault, start)| fault.starts_with(start)), "{found:#?}");
}

#[test]
fn a_fault_of_the_syntax_hides_none_in_the_other_records() {
    let broken = SOUND.replace("[\"windows\"]", "[\"windows\"");
    let other = SOUND.replace("clock-wrong", "Other");
    let found = faults(&[("a.toml", format!("{broken}{other}"))]);
    assert!(found.iter().any(|fault| fault.starts_with("a.toml: -: line ")), "{found:#?}");
    assert!(found.iter().any(|fault| fault.contains("Other: line 15: its id is no slug")), "{found:#?}");
    assert!(!found.iter().any(|fault| fault.contains("is missing")), "{found:#?}");
}

#[test]
fn a_sound_record_compiles() {
    assert_eq!(faults(&[("a.toml", SOUND.to_owned())]), Vec::<String>::new());
}

#[test]
fn a_repeated_id_is_a_fault_in_the_second_file() {
    let files = [("a.toml", SOUND.to_owned()), ("b.toml", SOUND.to_owned())];
    assert_eq!(faults(&files), ["b.toml: clock-wrong: line 3: its id stands in a.toml already"]);
}

#[test]
fn an_unknown_key_is_a_fault() {
    let found = spoiled("area =", "colour = \"red\"\narea =");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("a.toml: clock-wrong: unknown key `colour`"), "{found:?}");
}

#[test]
fn a_missing_key_is_a_fault() {
    assert_eq!(spoiled("causes = []\n", ""), ["a.toml: clock-wrong: key `causes` is missing"]);
}

#[test]
fn text_that_is_no_toml_is_a_fault_with_its_line() {
    let found = faults(&[("a.toml", "\n[[entry]\n".to_owned())]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("a.toml: -: line 2: "), "{found:?}");
}

#[test]
fn an_id_that_is_no_slug_is_a_fault() {
    for id in ["Clock-Wrong", "clock--wrong", "-clock", "clock wrong", ""] {
        let found = spoiled("\"clock-wrong\"", &format!("{id:?}"));
        assert_eq!(found, [format!("a.toml: {id}: its id is no slug of a-z, 0-9 and single hyphens")]);
    }
}

#[test]
fn a_code_of_more_than_32_bits_is_a_fault() {
    assert_eq!(spoiled("0x80CF0437", "0x180CF0437"), ["a.toml: clock-wrong: code 0x180CF0437 has more than 32 bits"]);
}

#[test]
fn a_code_twice_in_a_record_is_a_fault() {
    assert_eq!(spoiled("0x80CF0437", "0x80CF0437, 2161050679"), ["a.toml: clock-wrong: code 0x80CF0437 stands in it twice"]);
}

#[test]
fn an_empty_text_is_a_fault() {
    assert_eq!(spoiled("\"Set the clock.\"", "\" \""), ["a.toml: clock-wrong: resolution has an empty text"]);
    assert_eq!(spoiled("problem = \"The clock is wrong.\"", "problem = \"\""), ["a.toml: clock-wrong: problem is empty"]);
}

#[test]
fn a_text_twice_in_a_list_is_a_fault() {
    assert_eq!(spoiled("[\"Set the clock.\"]", "[\"Set it.\", \"Set it.\"]"), ["a.toml: clock-wrong: resolution has \"Set it.\" twice"]);
}

#[test]
fn no_source_is_a_fault() {
    assert_eq!(spoiled("[\"https://learn.microsoft.com/x\"]", "[]"), ["a.toml: clock-wrong: sources is empty"]);
}

#[test]
fn an_unknown_area_or_platform_is_a_fault() {
    assert!(spoiled("\"enrollment\"", "\"enrolment\"")[0].starts_with("a.toml: clock-wrong: area \"enrolment\" is none of enrollment, "));
    assert!(spoiled("\"windows\"", "\"beos\"")[0].starts_with("a.toml: clock-wrong: platform \"beos\" is none of windows, "));
    assert_eq!(spoiled("[\"windows\"]", "[]"), ["a.toml: clock-wrong: platforms is empty"]);
}

#[test]
fn a_rank_out_of_range_is_a_fault() {
    assert_eq!(spoiled("causes =", "rank = 100\ncauses ="), ["a.toml: clock-wrong: rank 100 is not between 1 and 99"]);
}

#[test]
fn a_record_that_nothing_finds_is_a_fault() {
    let text = SOUND.replace("0x80CF0437", "").replace("\"ClockWrong\"", "").replace("[\"The clock is wrong.\"]", "[]");
    assert_eq!(faults(&[("a.toml", text)]), ["a.toml: clock-wrong: line 2: nothing finds it: it has no code, name, message or title"]);
}

#[test]
fn a_lookup_only_text_that_the_record_does_not_have_is_a_fault() {
    assert_eq!(
        spoiled("causes =", "lookup_only = [\"Clock\"]\ncauses ="),
        ["a.toml: clock-wrong: lookup_only has \"Clock\", which is none of its names and messages"]
    );
}

#[test]
fn a_text_too_short_to_look_for_has_to_be_lookup_only() {
    assert_eq!(
        spoiled("\"ClockWrong\"", "\"E_FAIL\""),
        ["a.toml: clock-wrong: \"E_FAIL\" has no word that a log can be searched for: list it in lookup_only"]
    );
    assert_eq!(spoiled("\"ClockWrong\"]", "\"E_FAIL\"]\nlookup_only = [\"E_FAIL\"]"), Vec::<String>::new());
}

#[test]
fn all_faults_of_all_files_are_named_at_once() {
    let files = [
        ("a.toml", SOUND.replace("0x80CF0437", "0x80CF0437, 0x80CF0437").replace("\"Set the clock.\"", "\"\"")),
        ("b.toml", SOUND.replace("clock-wrong", "Clock").replace("causes = []\n", "")),
        ("c.toml", SOUND.replace("clock-wrong", "other").replace("\"enrollment\"", "\"e\"")),
        ("symbols.tsv", "0x80180014\thresult\n".to_owned()),
    ];
    let found = faults(&files);
    assert_eq!(found.len(), 6, "{found:#?}");
}

#[test]
fn a_record_with_steps_and_nothing_to_do_is_a_fault() {
    assert_eq!(
        spoiled("causes =", "nothing_to_do = \"This is a status.\"\ncauses ="),
        ["a.toml: clock-wrong: it has nothing_to_do and a resolution"]
    );
    assert_eq!(
        spoiled("resolution = [\"Set the clock.\"]", "resolution = []\nnothing_to_do = \" \""),
        ["a.toml: clock-wrong: nothing_to_do is empty"]
    );
}
