//! The quick reader of records takes only what the whole parser takes, and reads the same from it.

use proptest::prelude::*;

use super::build::{fields, plain};

/// Pieces that the quick reader takes, and such that it has to leave to the whole parser.
const PIECES: [&str; 58] = [
    "[[entry]]",
    "[[ entry ]]",
    "[entry]",
    "[[a.b]]",
    "[[\"a\"]]",
    "[[]]",
    "id",
    "codes",
    "a-b_9",
    "\"id\"",
    "a.b",
    " = ",
    "=",
    "\"a text\"",
    "\"\"",
    "\"\"\"",
    "\"\"\"two\nlines\"\"\"",
    "\"a \\u0041 \\n\"",
    "\"tab\there\"",
    "'raw'",
    "'a \\ \"b\"'",
    "''",
    "'''",
    "'",
    "\"",
    "\"a \\\" b\"",
    "\"C:\\\\x\"",
    "\\",
    "\"\u{E4}\u{20AC}\"",
    "\"\u{7F}\"",
    "0x80180014",
    "0X8",
    "0x",
    "0xG",
    "0x8_0",
    "-5",
    "+5",
    "05",
    "0",
    "-0",
    "99999999999999999999",
    "0xFFFFFFFFFFFFFFFFF",
    "1.5",
    "1e3",
    "true",
    "2026-11-24",
    "{ a = 1 }",
    "[",
    "]",
    ",",
    "# a comment",
    "# bad \u{1} one",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{FEFF}",
];

/// What the quick reader makes of a text, if it takes all of it.
fn quickly(text: &str) -> Option<Vec<fields::Table<'_>>> {
    plain::Tables::of(text).collect::<Result<_, _>>().ok()
}

/// Fails if the quick reader takes a text that the whole parser does not take, or reads something else from it.
fn same(text: &str) -> Result<bool, TestCaseError> {
    let Some(tables) = quickly(text).filter(|tables| tables.iter().all(|table| table.repeated().next().is_none())) else {
        return Ok(false);
    };
    prop_assert_eq!((tables, Vec::new()), fields::tables(text), "{:?}", text);
    Ok(true)
}

#[test]
fn all_records_of_the_table_are_read_quickly_and_alike() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut quick = 0;
    for entry in std::fs::read_dir(folder).expect("data can be listed") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).expect("a text");
            quick += usize::from(same(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())));
        }
    }
    assert!(quick > 60, "{quick} files were read by the quick reader");
}

#[test]
fn what_documents_show_is_read_quickly() {
    let text = "# own\r\n\n[[entry]] # one\n  id = \"a\"\ncodes = [0x80070005, -5, # two\n  0,\n]\nnames = []\n\n[[entry]]\nid=\"b\"";
    assert!(same(text).is_ok_and(|is_quick| is_quick));
    assert_eq!(quickly(text).map(|tables| tables[1].line), Some(10));
    for other in ["id = \"a\" \"b\"", "id = \"\\t\"", "[[entry]] id = 1", "id = 1.5", "a = [1, , 2]", "a = [1 2]", "a = \"x", "a\n= 1"] {
        assert_eq!(quickly(other), None, "{other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_quickly_is_read_alike(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14)) {
        same(&pieces.concat())?;
    }

    #[test]
    fn records_that_were_damaged_are_read_alike(at in 0..super::SOUND.len(), len in 0..4_usize, piece in prop::sample::select(&PIECES[..])) {
        let end = (at + len).min(super::SOUND.len());
        same(&format!("{}{piece}{}", &super::SOUND[..at], &super::SOUND[end..]))?;
    }
}
