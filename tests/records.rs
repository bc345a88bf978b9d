//! A faulty record stops the build: the checker of `build.rs` names file, record and fault, and all faults at once.

#[path = "../build/mod.rs"]
#[allow(dead_code)]
mod build;
#[path = "../src/table/unpack.rs"]
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
    assert_eq!(found.len(), 6, "{found:#?}");
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
fn a_faulty_alias_is_a_fault_with_its_number() {
    let rows = "# comment\nE_X\t0x80070002\thttps://x\nE_X\t0x80070003\thttps://x\nE_Y\t0x2\thttps://x\nE_Z\t0x80070002\n";
    assert_eq!(
        faults(&[("aliases.tsv", rows.to_owned())]),
        [
            "aliases.tsv: line 3: has a name that stands there already",
            "aliases.tsv: line 4: is not a name, a code of eight digits and an https address with tabs between",
            "aliases.tsv: line 5: is not a name, a code of eight digits and an https address with tabs between"
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

/// The prose of the table that the files compile to, a list an item.
#[track_caller]
fn prose_of(files: &[(&str, String)]) -> Vec<Vec<String>> {
    let files: Vec<(String, String)> = files.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
    let packed = build::compile(&files).expect("the files have no fault").prose;
    let items = packed.starts.windows(2).map(|range| range[0] as usize..range[1] as usize);
    let unpacked = items.map(|range| {
        let (text, ends) = unpack::unpack(&packed.parts, &packed.bytes, packed.one_byte, &packed.bytes[range]);
        let starts = [0].into_iter().chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| text[start..*end].to_owned()).collect()
    });
    unpacked.collect()
}

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

const MEANINGS: &str = r#"
[[family]]
title = "Files"
source = "https://learn.microsoft.com/x"
meanings = [
  { code = 0x00000005, name = "ERROR_ACCESS_DENIED", text = "Access is denied.", printed = "Access is denied.", generic = true },
  { code = 0x80180014, text = "The platform isn't allowed." },
]
"#;

/// The faults of the sound meanings in which `from` was replaced.
#[track_caller]
fn spoiled_meaning(from: &str, to: &str) -> Vec<String> {
    assert!(MEANINGS.contains(from), "nothing to replace");
    faults(&[("meanings.toml", MEANINGS.replace(from, to))])
}

#[test]
fn sound_meanings_compile() {
    assert_eq!(faults(&[("meanings.toml", MEANINGS.to_owned())]), Vec::<String>::new());
    let other = MEANINGS.replace("0x00000005", "6").replace("0x80180014", "0xC0000005");
    assert_eq!(faults(&[("meanings.toml", MEANINGS.to_owned()), ("meanings-kernel.toml", other)]), Vec::<String>::new());
}

#[test]
fn a_code_with_two_meanings_is_a_fault() {
    let other = MEANINGS.replace("0x80180014", "0x80180015");
    assert_eq!(
        faults(&[("meanings-a.toml", MEANINGS.to_owned()), ("meanings-b.toml", other)]),
        ["meanings-b.toml: ERROR_ACCESS_DENIED: code 0x00000005 has a meaning in meanings-a.toml already: ERROR_ACCESS_DENIED"]
    );
}

#[test]
fn a_meaning_of_a_wrapping_code_is_a_fault() {
    assert_eq!(
        spoiled_meaning("0x80180014", "0x80070005"),
        ["meanings.toml: 0x80070005: code 0x80070005 wraps 0x00000005: give the meaning of that"]
    );
    assert_eq!(
        spoiled_meaning("0x80180014", "0xD0000005"),
        ["meanings.toml: 0xD0000005: code 0xD0000005 wraps 0xC0000005: give the meaning of that"]
    );
}

#[test]
fn a_meaning_that_is_no_plain_sentence_is_a_fault() {
    assert_eq!(
        spoiled_meaning("text = \"Access is denied.\"", "text = \"Access is denied\""),
        ["meanings.toml: ERROR_ACCESS_DENIED: text \"Access is denied\" ends without a full stop"]
    );
    assert_eq!(
        spoiled_meaning("The platform isn't", "The platform isn\u{2019}t"),
        ["meanings.toml: 0x80180014: text \"The platform isn\u{2019}t allowed.\" is not printable ASCII"]
    );
    assert_eq!(
        spoiled_meaning("printed = \"Access is denied.\"", "printed = \"\""),
        [
            "meanings.toml: ERROR_ACCESS_DENIED: printed is empty or has blanks at its ends",
            "meanings.toml: ERROR_ACCESS_DENIED: printed has no letter or digit"
        ]
    );
    assert_eq!(spoiled_meaning("ERROR_ACCESS_DENIED", "ERROR-ACCESS"), ["meanings.toml: ERROR-ACCESS: name is no name of a constant"]);
}

#[test]
fn every_faulty_meaning_of_a_family_is_named() {
    let text = MEANINGS.replace("generic = true", "colour = true").replace("0x80180014", "0x180180014").replace("https", "http");
    let found = faults(&[("meanings.toml", text)]);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert_eq!(found[0], "meanings.toml: Files: source \"http://learn.microsoft.com/x\" is no https address");
    assert!(found[1].starts_with("meanings.toml: ERROR_ACCESS_DENIED: unknown field `colour`"), "{found:#?}");
    assert_eq!(found[2], "meanings.toml: 0x180180014: code 0x180180014 has more than 32 bits");
}

#[test]
fn a_family_without_meanings_is_a_fault() {
    let text = "[[family]]\ntitle = \"Files\"\nsource = \"https://x\"\nmeanings = []\n";
    assert_eq!(faults(&[("meanings.toml", text.to_owned())]), ["meanings.toml: Files: meanings is empty"]);
}

const GUIDES: &str = r#"
[[guide]]
id = "clocks"
title = "A clock is wrong"
kind = "repair"
steps = ["Set the clock."]
sources = ["https://learn.microsoft.com/x"]
codes = [[0x80CF0400, 0x80CF04FF], 0x80070005]
records = ["clock-*"]
except = [0x80CF0410]
"#;

/// The faults of the sound guide in which `from` was replaced, beside the sound record.
#[track_caller]
fn spoiled_guide(from: &str, to: &str) -> Vec<String> {
    assert!(GUIDES.contains(from), "nothing to replace");
    faults(&[("a.toml", SOUND.to_owned()), ("guides.toml", GUIDES.replace(from, to))])
}

#[test]
fn a_sound_guide_compiles() {
    assert_eq!(spoiled_guide("clocks", "clocks"), Vec::<String>::new());
}

#[test]
fn an_unknown_key_of_a_guide_is_a_fault() {
    let found = spoiled_guide("kind =", "colour = 1\nkind =");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("guides.toml: clocks: line 2: unknown field `colour`"), "{found:#?}");
}

#[test]
fn a_guide_that_says_nothing_is_a_fault() {
    assert_eq!(spoiled_guide("[\"Set the clock.\"]", "[]"), ["guides.toml: clocks: steps is empty"]);
    assert_eq!(spoiled_guide("[\"https://learn.microsoft.com/x\"]", "[]"), ["guides.toml: clocks: sources is empty"]);
    assert_eq!(spoiled_guide("A clock is wrong", ""), ["guides.toml: clocks: title is empty"]);
    assert_eq!(spoiled_guide("\"repair\"", "\"advice\""), ["guides.toml: clocks: kind \"advice\" is none of repair, diagnosis"]);
}

#[test]
fn a_range_that_is_none_is_a_fault() {
    assert_eq!(
        spoiled_guide("[0x80CF0400, 0x80CF04FF]", "[0x80CF04FF, 0x80CF0400]"),
        ["guides.toml: clocks: codes has the range 0x80CF04FF to 0x80CF0400, which ends before it begins"]
    );
    assert_eq!(
        spoiled_guide("except = [0x80CF0410]", "except = [0x180CF0410]"),
        ["guides.toml: clocks: except has 0x180CF0410 to 0x180CF0410, which is more than 32 bits"]
    );
    assert_eq!(
        spoiled_guide("[0x80CF0400, 0x80CF04FF]", "[0x80CF0400]"),
        ["guides.toml: clocks: line 2: codes are single codes and ranges of two, [first, last]"]
    );
}

#[test]
fn a_guide_for_no_record_is_a_fault() {
    assert_eq!(spoiled_guide("clock-*", "watch-*"), ["guides.toml: clocks: records has \"watch-*\", which is the id of no record"]);
    assert_eq!(spoiled_guide("clock-*", "clock"), ["guides.toml: clocks: records has \"clock\", which is the id of no record"]);
    let found = spoiled_guide("codes = [[0x80CF0400, 0x80CF04FF], 0x80070005]\nrecords = [\"clock-*\"]", "");
    assert_eq!(found, ["guides.toml: clocks: it covers nothing: it has no codes and no records"]);
}

#[test]
fn a_guide_twice_is_a_fault() {
    let files = [("a.toml", SOUND.to_owned()), ("guides.toml", format!("{GUIDES}{GUIDES}"))];
    assert_eq!(faults(&files), ["guides.toml: clocks: its id stands in the file already"]);
}

/// Whether the one record of the table has the guide of `guides.toml`.
#[track_caller]
fn is_guided(record: &str, guides: &str) -> bool {
    let files = [("a.toml".to_owned(), record.to_owned()), ("guides.toml".to_owned(), guides.to_owned())];
    let source = build::compile(&files).expect("the files have no fault").source;
    assert!(source.contains("guide:0,") != source.contains("guide:1,"), "the record names its guide once");
    source.contains("guide:1,")
}

#[test]
fn a_guide_is_for_records_without_steps() {
    let open = SOUND.replace("[\"Set the clock.\"]", "[]");
    let by_code = GUIDES.replace("records = [\"clock-*\"]", "");
    assert!(is_guided(&open, GUIDES) && is_guided(&open, &by_code));
    assert!(!is_guided(SOUND, GUIDES), "it has steps");
    assert!(!is_guided(&open.replace("causes =", "nothing_to_do = \"A status.\"\ncauses ="), GUIDES), "nothing is to be done");
    assert!(is_guided(&open.replace("0x80CF0437", "0x00000005"), &by_code), "the other form of a code");
    assert!(!is_guided(&open.replace("0x80CF0437", "0x80CF0410"), GUIDES), "an exception");
    assert!(!is_guided(&open.replace("0x80CF0437", "0x80CF0500"), &by_code), "a code that it does not cover");
    assert!(
        !is_guided(&open, &GUIDES.replace("except =", "except_records = [\"clock-wrong\"]\nexcept =")),
        "a record that it does not help"
    );
}

#[test]
fn the_codes_of_guides_are_ranges_that_do_not_overlap() {
    let second = GUIDES
        .replace("clocks", "others")
        .replace("0x80CF0400", "0x80CF0000")
        .replace("records = [\"clock-*\"]\nexcept = [0x80CF0410]", "");
    let files = [("a.toml".to_owned(), SOUND.to_owned()), ("guides.toml".to_owned(), format!("{GUIDES}{second}"))];
    let source = build::compile(&files).expect("the files have no fault").source;
    let ranges = "[(0x80070005,0x80070005,0),(0x80CF0000,0x80CF03FF,1),(0x80CF0400,0x80CF040F,0),(0x80CF0410,0x80CF0410,1),\
                  (0x80CF0411,0x80CF04FF,0)]";
    assert!(source.contains(ranges), "{}", source.split("GUIDE_CODES").nth(1).unwrap_or_default());
}

#[test]
fn an_event_has_six_columns_and_its_place_in_the_order() {
    let rows = "A\t2\terror\t-\tIt failed.\thttps://example.com\n\
                A\t1\terror\talone\tIt failed.\thttps://example.com\n\
                B\t1\tgrave\t-\tIt failed.\thttps://example.com\n\
                B\t2\terror\t-\tIt failed\thttps://example.com\n";
    assert_eq!(
        faults(&[("events.tsv", rows.to_owned())]),
        [
            "events.tsv: line 2: is not in the order of provider and id, or stands twice",
            "events.tsv: line 3: is not provider, id, level, `alone` or `-`, meaning and source, with tabs between",
            "events.tsv: line 4: its meaning is no ASCII sentence with a full stop",
        ]
    );
}

#[test]
fn packed_prose_unpacks_to_what_it_was() {
    // Words that repeat become rules; the texts are long enough for rules of rules, and one is in use three times.
    let words = ["device", "enrollment", "update", "a", "the server", "\u{2713} (0x80070005)", "certificate", "x"];
    let text = |seed: usize| (0..40).map(|at| words[(seed * 7 + at * at + at * seed) % words.len()]).collect::<Vec<_>>().join(" ");
    let mut records = String::new();
    let mut expected = Vec::new();
    for seed in 0..60 {
        let (problem, cause) = (text(seed), text(seed + 100));
        let steps = [text(seed / 3), "Same.".to_owned()];
        records += &format!(
            "[[entry]]\nid = \"r-{seed:02}\"\ncodes = [{seed}]\nnames = []\nmessages = []\nplatforms = [\"windows\"]\narea = \"policy\"\n\
             problem = {problem:?}\ncauses = [{cause:?}]\nresolution = {steps:?}\nsources = [\"https://x\"]\n"
        );
        let [first, second] = steps;
        expected.push(vec![problem, cause, first, second, "https://x".to_owned()]);
    }
    assert_eq!(prose_of(&[("a.toml", records)]), expected);
}

/// A line shape without a fault.
const SHAPE: &str = r#"
[[head]]
id = "plain"
family = "cbs"
pattern = "{date} {time}, {level} {component:word} "
line = "2024-05-13 10:00:00, Info  CBS  x"
head = { time = "2024-05-13T10:00:00", component = "CBS", level = "info" }
source = "https://learn.microsoft.com/x"
"#;

#[track_caller]
fn spoiled_shape(from: &str, to: &str) -> Vec<String> {
    assert!(SHAPE.contains(from), "nothing to replace");
    faults(&[("logs/heads.toml", SHAPE.replace(from, to))])
}

#[test]
fn a_shape_whose_pattern_is_wrong_or_does_not_fit_its_line_is_a_fault() {
    assert_eq!(faults(&[("logs/heads.toml", SHAPE.to_owned())]), Vec::<String>::new());
    for (from, to, fault) in [
        ("{date} {time}, ", "{date} {time}; ", "its pattern doesn't fit its line"),
        ("10:00:00, Info", "10:61:00, Info", "its pattern doesn't fit its line"),
        ("{level}", "{level", "pattern: there is no field \"level {component\""),
        ("{level} {component:word} ", "{level", "pattern: a brace is not closed"),
        ("{level} ", "{level}} ", "pattern: a brace is closed that is not open; write }} for the character"),
        ("{date}", "{day}", "pattern: there is no field \"day\""),
        ("{date}", "{date:dmy}", "pattern: date can't be written as \"dmy\""),
        ("{component:word} ", "{component}{time}", "pattern: a field that goes up to what follows is followed by a field"),
        ("{component:word} ", "{end} ", "pattern: something follows {end}"),
        ("{component:word}", "{id:word}", "a head has no id"),
        ("\"cbs\"", "\"csb\"", "there is no family \"csb\""),
        ("family =", "kind = \"tail\"\nfamily =", "there is no kind \"tail\""),
        ("family =", "kind = \"end\"\nfamily =", "its pattern begins with a field, and nothing can be searched for"),
        ("https:", "http:", "source is no https address"),
        ("\"plain\"", "\"Plain\"", "its id is no slug of a-z, 0-9 and single hyphens"),
    ] {
        let found = spoiled_shape(from, to);
        assert!(found.iter().any(|found| found.starts_with("logs/heads.toml: ") && found.contains(fault)), "{to}: {found:?}");
    }
}

#[test]
fn a_shape_that_does_not_tell_what_it_says_is_a_fault() {
    let told = |what: &str| format!("logs/heads.toml: plain: its head is HeadFound {{ time: Some(\"2024-05-13T10:00:00\"), {what} }}");
    assert_eq!(
        spoiled_shape("component = \"CBS\"", "component = \"CSI\""),
        [told("component: Some(\"CBS\"), thread: None, level: Some(\"info\")")]
    );
    assert_eq!(
        spoiled_shape("time = \"2024-05-13T10:00:00\", ", ""),
        ["logs/heads.toml: plain: its head has a time where the pattern finds none, or the other way round"]
    );
}

#[test]
fn a_line_that_fits_two_shapes_is_a_fault_unless_one_of_them_is_general() {
    let other = SHAPE.replace("\"plain\"", "\"other\"").replace("{component:word} ", "{component:CBS|CSI} ");
    let both = |other: &str| faults(&[("logs/heads-a.toml", SHAPE.to_owned()), ("logs/heads-b.toml", other.to_owned())]);
    assert_eq!(both(&other), ["logs/heads-a.toml: plain: its line fits other, too", "logs/heads-b.toml: other: its line fits plain, too"]);
    assert_eq!(both(&other.replace("pattern =", "general = true\npattern =")).len(), 1);
    assert_eq!(both(SHAPE)[0], "logs/heads-b.toml: plain: another shape has its id");
}

#[test]
fn a_context_names_families_that_there_are() {
    let contexts = CONTEXTS.replace("families = [\"setupact\"]", "families = [\"setup.log\"]");
    assert_ne!(contexts, CONTEXTS);
    assert_eq!(faults(&[("contexts.toml", contexts)]), ["contexts.toml: setup: there is no family \"setup.log\""]);
}

/// A pattern of an owner without a fault.
const OWNER: &str = r#"
[[owner]]
id = "plain"
families = ["ime"]
does = "starts"
kind = "app"
pattern = "App {id:guid} with name {name}{end}"
line = "App 3dde4e19-3a18-4dec-b60e-720b919e1790 with name Contoso VPN"
owner = { id = "3dde4e19-3a18-4dec-b60e-720b919e1790", name = "Contoso VPN" }
source = "https://learn.microsoft.com/x"
"#;

#[test]
fn an_owner_whose_pattern_is_wrong_or_does_not_fit_its_line_is_a_fault() {
    let spoiled = |from: &str, to: &str| {
        assert!(OWNER.contains(from), "nothing to replace");
        faults(&[("logs/owners.toml", OWNER.replace(from, to))])
    };
    assert_eq!(spoiled("plain", "plain"), Vec::<String>::new());
    for (from, to, fault) in [
        ("App {id", "app {id", "its pattern doesn't fit its line"),
        ("App 3dde4e19", "App 3dde4e1", "its pattern doesn't fit its line"),
        ("{name}", "{title}", "pattern: there is no field \"title\""),
        ("{name}", "{level}", "an owner has no level"),
        ("kind = \"app\"\n", "", "it has a kind and no id, or an id and no kind"),
        ("kind = \"app\"", "kind = \"game\"", "there is no kind \"game\""),
        ("[\"ime\"]", "[\"imes\"]", "there is no family \"imes\""),
        ("\"starts\"", "\"begins\"", "nothing is done that is called \"begins\""),
        ("kind =", "phase = \"Setup\"\nkind =", "there is no phase \"Setup\""),
        ("kind =", "reach = \"}\"\nkind =", "within and reach are for patterns that are looked for anywhere"),
        ("kind =", "anywhere = true\nwithin = \"Get\"\nkind =", "its line doesn't begin as the record has to"),
        ("\"App {id:guid} with", "\"{id:guid} with", "its pattern doesn't fit its line"),
        (
            "kind = \"app\"\npattern = \"App {id:guid} with",
            "kind = \"app\"\nanywhere = true\npattern = \"{id:guid} with",
            "and nothing can be searched for",
        ),
        (
            "name = \"Contoso VPN\"",
            "name = \"Contoso\"",
            "its owner is OwnerFound { id: Some(\"3dde4e19-3a18-4dec-b60e-720b919e1790\"), name: Some(\"Contoso VPN\")",
        ),
        ("https:", "http:", "source is no https address"),
        ("\"plain\"", "\"Plain\"", "its id is no slug of a-z, 0-9 and single hyphens"),
    ] {
        let found = spoiled(from, to);
        assert!(found.iter().any(|found| found.starts_with("logs/owners.toml: ") && found.contains(fault)), "{to}: {found:?}");
    }
    assert_eq!(
        faults(&[("logs/owners.toml", OWNER.to_owned()), ("logs/owners-b.toml", OWNER.to_owned())]),
        ["logs/owners-b.toml: plain: another owner has its id"]
    );
}
