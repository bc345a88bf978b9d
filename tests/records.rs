//! A faulty record stops the build: the checker of `build.rs` names file, record and fault, and all faults at once.

#[path = "../build/table.rs"]
#[allow(dead_code)]
mod table;

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
    match table::compile(&files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// The faults of one file with the sound record in which `from` was replaced.
#[track_caller]
fn spoiled(from: &str, to: &str) -> Vec<String> {
    assert!(SOUND.contains(from), "nothing to replace");
    faults(&[("a.toml", SOUND.replace(from, to))])
}

#[test]
fn a_sound_record_compiles() {
    assert_eq!(faults(&[("a.toml", SOUND.to_owned())]), Vec::<String>::new());
}

#[test]
fn a_repeated_id_is_a_fault_in_the_second_file() {
    let files = [("a.toml", SOUND.to_owned()), ("b.toml", SOUND.to_owned())];
    assert_eq!(faults(&files), ["b.toml: clock-wrong: its id stands in a.toml already"]);
}

#[test]
fn an_unknown_key_is_a_fault() {
    let found = spoiled("area =", "colour = \"red\"\narea =");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("a.toml: clock-wrong: line 2: unknown field `colour`"), "{found:?}");
}

#[test]
fn a_missing_key_is_a_fault() {
    assert_eq!(spoiled("causes = []\n", ""), ["a.toml: clock-wrong: line 2: missing field `causes`"]);
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
    assert_eq!(faults(&[("a.toml", text)]), ["a.toml: clock-wrong: nothing finds it: it has no code, name, message or title"]);
}

#[test]
fn an_unscanned_text_that_the_record_does_not_have_is_a_fault() {
    assert_eq!(
        spoiled("causes =", "unscanned = [\"Clock\"]\ncauses ="),
        ["a.toml: clock-wrong: unscanned has \"Clock\", which is none of its names and messages"]
    );
}

#[test]
fn a_text_too_short_to_look_for_has_to_be_unscanned() {
    assert_eq!(
        spoiled("\"ClockWrong\"", "\"E_FAIL\""),
        ["a.toml: clock-wrong: \"E_FAIL\" has no word that a log can be searched for: list it in unscanned"]
    );
    assert_eq!(spoiled("\"ClockWrong\"]", "\"E_FAIL\"]\nunscanned = [\"E_FAIL\"]"), Vec::<String>::new());
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
    assert_eq!(found.len(), 5, "{found:#?}");
}

#[test]
fn a_faulty_line_of_constants_is_a_fault_with_its_number() {
    let rows = "# comment\n0x00000005\twin32\tERROR_ACCESS_DENIED\n0x00000002\twin32\tERROR_FILE_NOT_FOUND\n5\twin32\tX\n";
    assert_eq!(
        faults(&[("symbols.tsv", rows.to_owned())]),
        [
            "symbols.tsv: line 3: is not in the order of the values",
            "symbols.tsv: line 4: is not a value, a kind and a name with tabs between"
        ]
    );
}

#[test]
fn a_faulty_point_of_the_checklist_is_a_fault() {
    let text = "source = \"https://x\"\n[[point]]\ntopic = \"jokes\"\ntext = \"\"\nplatforms = []\n";
    let found = faults(&[("checklist.toml", text.to_owned())]);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[0].starts_with("checklist.toml: point 1: topic \"jokes\" is none of "), "{found:#?}");
}
