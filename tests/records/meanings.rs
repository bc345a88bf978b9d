//! Faults in the meanings of codes.

use super::faults;

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
