//! Every written form of a code that the contract names, and the values just outside each.
//!
//! Bare digits can be read in two ways: readings with an entry win, then those with a symbol, then eight digits are hex and fewer
//! are decimal. `--hex` and `--decimal` settle it.

use super::intune_err;
use super::strict::{answers, found, json, one};

/// Forms of 0x80180014, each with a name.
const FORMS: [(&str, &str); 60] = [
    ("prefixed hex", "0x80180014"),
    ("a capital X", "0X80180014"),
    ("bare hex", "80180014"),
    ("the suffix h", "80180014h"),
    ("the suffix H", "80180014H"),
    ("the prefix of Visual Basic", "&H80180014"),
    ("the prefix of Visual Basic in lower case", "&h80180014"),
    ("a number sign", "#80180014"),
    ("an underscore between the halves", "0x8018_0014"),
    ("a negative decimal", "-2145910764"),
    ("an unsigned decimal", "2149056532"),
    ("a message insert", "%%2149056532"),
    ("64 bits, the sign extended", "0xFFFFFFFF80180014"),
    ("64 bits in lower case", "0xffffffff80180014"),
    ("64 bits, the upper half zero", "0x0000000080180014"),
    ("64 bits without a prefix", "FFFFFFFF80180014"),
    ("64 bits as a decimal", "18446744071563640852"),
    ("the name of a value", "hr=0x80180014"),
    ("the name of a value, and bare hex", "hr=80180014"),
    ("the name of a value, and a decimal", "hr=-2145910764"),
    ("a name, and spaces around the sign", "hr = 0x80180014"),
    ("a name with a colon", "HRESULT: 0x80180014"),
    ("a name of two words", "Error code: 0x80180014"),
    ("a minus sign (U+2212)", "\u{2212}2145910764"),
    ("an en dash", "\u{2013}2145910764"),
    ("a named minus sign", "hr=\u{2212}2145910764"),
    ("quotes", "\"0x80180014\""),
    ("single quotes", "'0x80180014'"),
    ("backticks", "`0x80180014`"),
    ("curly quotes", "\u{201C}0x80180014\u{201D}"),
    ("single curly quotes", "\u{2018}0x80180014\u{2019}"),
    ("low quotes", "\u{201E}0x80180014\u{201C}"),
    ("guillemets", "\u{AB}0x80180014\u{BB}"),
    ("quotes around a negative decimal", "\"-2145910764\""),
    ("quotes around bare hex", "'80180014'"),
    ("round brackets", "(0x80180014)"),
    ("square brackets", "[0x80180014]"),
    ("curly brackets", "{0x80180014}"),
    ("angle brackets", "<0x80180014>"),
    ("brackets around a negative decimal", "(-2145910764)"),
    ("brackets around an en dash", "(\u{2013}2145910764)"),
    ("brackets and a full stop", "(0x80180014)."),
    ("brackets in quotes", "\"(0x80180014)\""),
    ("a full stop", "0x80180014."),
    ("a comma", "0x80180014,"),
    ("a semicolon", "0x80180014;"),
    ("a colon", "0x80180014:"),
    ("an exclamation mark", "0x80180014!"),
    ("a question mark", "0x80180014?"),
    ("dots", "0x80180014..."),
    ("a full stop after a decimal", "-2145910764."),
    ("a message insert in quotes", "\"%%2149056532\"."),
    ("spaces around", "  0x80180014  "),
    ("a tab and a line end around", "\t0x80180014\r\n"),
    ("no-break spaces around", "\u{A0}0x80180014\u{A0}"),
    ("narrow no-break spaces around", "\u{202F}0x80180014\u{202F}"),
    ("zero-width spaces around", "\u{200B}0x80180014\u{200B}"),
    ("a byte-order mark before", "\u{FEFF}0x80180014"),
    ("a no-break space before a minus sign", "\u{A0}\u{2212}2145910764"),
    ("a zero-width space before a decimal", "\u{200B}2149056532"),
];

#[test]
fn every_written_form_gives_the_same_answer() {
    let expected = found("0x80180014");
    assert_eq!((expected.hex(), expected.symbols.as_slice()), ("0x80180014", &["MENROLL_E_DEVICENOTSUPPORTED".to_owned()][..]));
    for (name, form) in FORMS {
        let answer = found(form);
        assert_eq!(answer.query, form, "{name}");
        assert_eq!(answer.code, expected.code, "{name}: {form:?}");
        assert_eq!(answer.symbols, expected.symbols, "{name}: {form:?}");
        assert_eq!(answer.anatomy, expected.anatomy, "{name}: {form:?}");
        assert_eq!(answer.entries, expected.entries, "{name}: {form:?}");
    }
}

#[test]
fn hex_letters_are_read_in_either_case() {
    for form in ["0x80cfd015", "0x80CFD015", "0x80cFd015", "80cfd015", "80CFD015H", "&h80cfd015", "ffffffff80cfd015", "-2133864427"] {
        assert_eq!(found(form).hex(), "0x80CFD015", "{form}");
    }
}

#[test]
fn a_negative_number_needs_no_separator_and_takes_one() {
    let answers = answers(&json(["-2145910764", "0x80CF0437", "-2133916617"]).output());
    let codes: Vec<&str> = answers.iter().map(super::strict::Answer::hex).collect();
    assert_eq!(codes, ["0x80180014", "0x80CF0437", "0x80CF0437"]);
    assert_eq!(one(json(["--", "-2145910764"])).hex(), "0x80180014");
}

/// What may be read, up to its very limits: the form, the code, and whether anything is known about it.
const LIMITS: [(&str, &str, &str); 17] = [
    ("one hex digit", "0x5", "0x00000005"),
    ("three hex digits", "0xAB2", "0x00000AB2"),
    ("seven hex digits", "0x8018001", "0x08018001"),
    ("all 32 bits", "0xFFFFFFFF", "0xFFFFFFFF"),
    ("no bit", "0x00000000", "0x00000000"),
    ("zero", "0", "0x00000000"),
    ("the largest unsigned decimal", "4294967295", "0xFFFFFFFF"),
    ("minus one", "-1", "0xFFFFFFFF"),
    ("the largest positive signed decimal", "2147483647", "0x7FFFFFFF"),
    ("the smallest decimal with the sign bit", "2147483648", "0x80000000"),
    ("the smallest signed decimal", "-2147483648", "0x80000000"),
    ("the smallest code in 64 bits", "0xFFFFFFFF00000000", "0x00000000"),
    ("the largest code in 64 bits", "0x00000000FFFFFFFF", "0xFFFFFFFF"),
    ("the smallest extended decimal", "18446744069414584320", "0x00000000"),
    ("the largest extended decimal", "18446744073709551615", "0xFFFFFFFF"),
    ("nine digits are a decimal", "180180014", "0x0ABD542E"),
    ("a prefixed zero", "0x0", "0x00000000"),
];

#[test]
fn the_outermost_values_of_each_form_are_codes() {
    for (name, form, code) in LIMITS {
        // Nothing needs to be known about them: the status is not the point.
        let (stdout, _) = {
            let call = json([form]);
            let known = super::command().args(["-q", form]).status().unwrap().code().unwrap();
            assert!(known < 2, "{name}: {form}");
            call.status(known).outputs()
        };
        assert_eq!(answers(&stdout)[0].hex(), code, "{name}: {form}");
    }
}

/// Just outside: the query, and what standard error says after its name.
const OUTSIDE: [(&str, &str, &str); 19] = [
    ("nine hex digits", "0x180180014", "9 hex digits, where a code has up to 8"),
    ("nine hex digits without a prefix", "18018001B", "9 hex digits, where a code has up to 8"),
    ("nine hex digits with a suffix", "180180014h", "9 hex digits, where a code has up to 8"),
    ("nine hex digits of Visual Basic", "&H180180014", "9 hex digits, where a code has up to 8"),
    ("ten hex digits without a prefix", "0080CF0437", "10 hex digits, where a code has up to 8"),
    ("fifteen hex digits", "0xFFFFFFF80180014", "15 hex digits, where a code has up to 8"),
    ("seventeen hex digits", "0xFFFFFFFFF80180014", "17 hex digits, where a code has up to 8"),
    (
        "16 hex digits with another upper half",
        "0x1234567880180014",
        "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)",
    ),
    (
        "16 hex digits, one of the upper half no F",
        "0xFFFFFFFE80180014",
        "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)",
    ),
    (
        "16 hex digits, one of the upper half no 0",
        "0x0000000180180014",
        "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)",
    ),
    (
        "16 bare hex digits with another upper half",
        "ABCDEF0080180014",
        "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)",
    ),
    ("a decimal of 33 bits", "4294967296", "the number has more than 32 bits"),
    ("a message insert of 33 bits", "%%4294967296", "the number has more than 32 bits"),
    ("a named decimal of 33 bits", "hr=4294967296", "the number has more than 32 bits"),
    ("one below the smallest signed decimal", "-2147483649", "the number has more than 32 bits"),
    ("one below it, with a minus sign (U+2212)", "\u{2212}2147483649", "the number has more than 32 bits"),
    ("one below the extended decimals", "18446744069414584319", "the number has more than 32 bits"),
    ("a decimal of 65 bits", "18446744073709551616", "the number has more than 32 bits"),
    ("a letter that is no digit", "0x8018001G", "unexpected 'G' at digit 8"),
];

#[test]
fn what_is_just_outside_a_form_can_mean_nothing() {
    for (name, query, fault) in OUTSIDE {
        let (stdout, stderr) = intune_err([query]).status(2).outputs();
        assert_eq!(stdout, "", "{name}");
        let (error, help) = stderr.split_once('\n').unwrap();
        assert_eq!(error, format!("error: `{query}` is not an error code: {fault}"), "{name}");
        assert!(help.starts_with("help: ") && help.lines().count() == 1, "{name}: {help}");
    }
}

#[test]
fn what_is_no_code_and_like_none_says_what_to_use() {
    intune_err(["0x1G"])
        .stderr(
            "error: `0x1G` is not an error code: unexpected 'G' at digit 2\n\
             help: use hex like 0x80180014 or a decimal number like -2145910764\n",
        )
        .status(2)
        .run();
}

#[test]
fn a_query_of_nothing_can_mean_nothing() {
    for query in ["", " ", "   ", "\t\r\n", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{200B} \u{A0}"] {
        let (stdout, stderr) = intune_err([query]).status(2).outputs();
        assert_eq!(stdout, "", "{query:?}");
        assert!(stderr.starts_with("error: the query `") && stderr.contains("` is empty\nhelp: "), "{query:?}: {stderr}");
    }
}

#[test]
fn a_prefix_without_digits_is_a_text_that_nothing_is_known_about() {
    for query in ["0x", "0X", "&H", "#", "%%", "-", "()", "hr="] {
        let (_, stderr) = intune_err(["--", query]).status(1).outputs();
        assert!(stderr.starts_with(&format!("error: `{query}` is neither a code nor a known name or message\n")), "{stderr}");
    }
}

/// The one answer to bare digits with these options: its code, and how it says that it read them.
#[track_caller]
fn reading(args: &[&str], status: i32) -> (String, String) {
    let (stdout, _) = json(args).status(status).outputs();
    let answers = answers(&stdout);
    assert_eq!(answers.len(), 1, "{args:?}");
    (answers[0].hex().to_owned(), answers[0].explanation.first().cloned().unwrap_or_default())
}

#[test]
fn the_reading_with_an_entry_wins() {
    assert_eq!(reading(&["3010"], 0), ("0x00000BC2".to_owned(), "Read as decimal: 0x00000BC2.".to_owned()));
    assert_eq!(reading(&["80043001"], 0), ("0x80043001".to_owned(), "Read as hex: 0x80043001.".to_owned()));
    assert_eq!(reading(&["240005"], 0), ("0x00240005".to_owned(), "Read as hex: 0x00240005.".to_owned()));
    let other = "Read as decimal: 0x00000AB2. As hex it is 0x00002738; --hex asks for that.";
    assert_eq!(reading(&["2738"], 0), ("0x00000AB2".to_owned(), other.to_owned()));
}

#[test]
fn where_both_readings_have_an_entry_both_are_shown_each_under_its_own() {
    // Decimal 32 has an entry in the whole table, hex 32 (Win32 code 50, 0x80070032) on the reference page already.
    let mut expected = Vec::new();
    for (option, said) in [("--decimal", "Read as decimal: 0x00000020."), ("--hex", "Read as hex: 0x00000032.")] {
        let answer = one(json([option, "32"]));
        if !answer.entries.is_empty() {
            expected.push((answer.code, answer.entries, said.to_owned()));
        }
    }
    let shown = answers(&json(["32"]).output());
    let shown: Vec<_> = shown.into_iter().map(|answer| (answer.code, answer.entries, answer.explanation[0].clone())).collect();
    assert_eq!(shown, expected);
    assert!(shown.iter().any(|(_, entries, _)| entries.iter().any(|entry| entry.id == "client-prerequisites-missing")));
}

#[test]
fn where_nothing_is_known_eight_digits_are_hex_and_fewer_are_decimal() {
    assert_eq!(
        reading(&["12345678"], 1),
        ("0x12345678".to_owned(), "Read as hex: 0x12345678. As decimal it is 0x00BC614E; --decimal asks for that.".to_owned())
    );
    assert_eq!(
        reading(&["1234567"], 1),
        ("0x0012D687".to_owned(), "Read as decimal: 0x0012D687. As hex it is 0x01234567; --hex asks for that.".to_owned())
    );
}

#[test]
fn digits_with_only_one_reading_need_no_explanation() {
    assert_eq!(found("5").hex(), "0x00000005");
    assert!(found("5").explanation.iter().all(|said| !said.starts_with("Read as")));
    assert_eq!(found("2161050679").explanation, Vec::<String>::new());
}

#[test]
fn hex_and_decimal_settle_it() {
    assert_eq!(reading(&["--hex", "80043001"], 0).0, "0x80043001");
    assert_eq!(reading(&["80043001", "--decimal"], 1).0, "0x04C55BF9");
    assert_eq!(reading(&["--decimal", "3010"], 0).0, "0x00000BC2");
    assert_eq!(reading(&["--decimal", "2161050679"], 0).0, "0x80CF0437");
    assert_eq!(reading(&["1234567", "--hex"], 1).0, "0x01234567");
}

#[test]
fn hex_brings_in_nothing_that_is_known_of_the_decimal_number() {
    // Records name 3010 and 1603 as return codes; a user who asks for hex means neither.
    for digits in ["3010", "1603"] {
        let (stdout, _) = json(["--hex", digits]).status(1).outputs();
        let answer = answers(&stdout).remove(0);
        assert_eq!((answer.hex(), answer.ids()), (format!("0x0000{digits}").as_str(), vec![]));
    }
}

#[test]
fn hex_makes_ten_digits_too_many() {
    let (_, stderr) = intune_err(["--hex", "2161050679"]).status(2).outputs();
    assert!(stderr.starts_with("error: `2161050679` is not an error code: 10 hex digits, where a code has up to 8\n"), "{stderr}");
}
