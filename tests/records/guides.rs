//! Guides: their faults, and which records they are for.

use super::{SOUND, build, faults};

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
