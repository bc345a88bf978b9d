//! How each written form is read, and what stands just outside it.

use intune_err::{Base, Code, Reading, Spelling, SpellingError, spelling, written_forms};

/// The readings of a form, the likelier first; what is `perhaps` a code; the fault; or `text`.
fn read(form: &str, base: Base) -> String {
    let letter = |reading: &Reading| if reading.letter_o { " with O for 0" } else { "" };
    let told = |reading: &Reading| format!("{} {}{}", reading.base.name(), reading.code, letter(reading));
    match spelling(form, base) {
        Spelling::Code(readings) => readings.iter().map(told).collect::<Vec<_>>().join(", "),
        Spelling::MaybeCode(reading) => format!("perhaps {}", told(&reading)),
        Spelling::Faulty(fault) => fault.to_string(),
        Spelling::Text => "text".to_owned(),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(base: Base, rows: &[(&str, &str)]) {
    let wrong = rows.iter().map(|(form, expected)| (form, read(form, base), expected)).filter(|(_, read, expected)| read != *expected);
    let wrong: Vec<String> = wrong.map(|(form, read, expected)| format!("{form:?} is read as {read:?}, and not as {expected:?}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_prefix_or_suffix_promises_hex_digits() {
    check(
        Base::Either,
        &[
            ("0x5", "hex 0x00000005"),
            ("0X80cf0437", "hex 0x80CF0437"),
            ("&H80180014", "hex 0x80180014"),
            ("&h80180014", "hex 0x80180014"),
            ("#80180014", "hex 0x80180014"),
            ("80180014h", "hex 0x80180014"),
            ("5H", "hex 0x00000005"),
            ("0x8018_0014", "hex 0x80180014"),
            ("0x8018`0014", "hex 0x80180014"),
            ("0x80180014uL", "hex 0x80180014"),
            ("x80180014", "hex 0x80180014"),
            ("X80180014", "hex 0x80180014"),
            ("0x8018001G", "unexpected 'G' at digit 8"),
            ("0x1G", "unexpected 'G' at digit 2"),
            ("0x180180014", "9 hex digits, where a code has up to 8"),
            ("180180014h", "9 hex digits, where a code has up to 8"),
        ],
    );
}

#[test]
fn what_only_begins_or_ends_like_a_code_is_text() {
    check(
        Base::Either,
        &[
            ("", "text"),
            ("0x", "text"),
            ("0xyz", "text"),
            ("#wifi", "text"),
            ("#facade", "text"),
            ("&Hfacade", "text"),
            ("0x12 of 13", "text"),
            ("x8018001", "text"),
            ("xlsxlsxls", "text"),
            ("h", "text"),
            ("fadeh", "text"),
            ("12xyzh", "text"),
            ("-80180014h", "text"),
            ("%%", "text"),
            ("%%BC2", "text"),
            ("-%%2149056532", "text"),
            ("-", "text"),
            ("-BC2", "text"),
            ("xyz12", "text"),
        ],
    );
}

#[test]
fn a_sign_or_the_length_tells_a_decimal() {
    check(
        Base::Either,
        &[
            ("-5", "decimal 0xFFFFFFFB"),
            ("- 5", "decimal 0xFFFFFFFB"),
            ("-2147483648", "decimal 0x80000000"),
            ("-2147483649", "the number has more than 32 bits"),
            ("180180014", "decimal 0x0ABD542E"),
            ("4294967295", "decimal 0xFFFFFFFF"),
            ("4294967296", "the number has more than 32 bits"),
            ("%%5", "decimal 0x00000005"),
            ("%%2149056532", "decimal 0x80180014"),
            ("%%-2145910764", "decimal 0x80180014"),
            ("18446744069414584319", "the number has more than 32 bits"),
            ("18446744069414584320", "decimal 0x00000000"),
            ("18446744071563640852", "decimal 0x80180014"),
            ("18446744073709551616", "the number has more than 32 bits"),
        ],
    );
}

#[test]
fn a_negative_hex_number_is_read_as_far_as_32_bits_go() {
    check(
        Base::Either,
        &[
            ("-0x5", "hex 0xFFFFFFFB"),
            ("-0x7FE7FFEC", "hex 0x80180014"),
            ("-0x80000000", "hex 0x80000000"),
            ("-0x80000001", "the number has more than 32 bits"),
        ],
    );
}

#[test]
fn sixteen_hex_digits_are_a_code_where_the_upper_half_only_extends_it() {
    let fault = "16 hex digits are more than 32 bits (the first eight would have to be all F or all 0)";
    check(
        Base::Either,
        &[
            ("0xFFFFFFFF80180014", "hex 0x80180014"),
            ("ffffffff80180014", "hex 0x80180014"),
            ("0x0000000080180014", "hex 0x80180014"),
            ("0000000080180014", "hex 0x80180014"),
            ("0xFFFFFFFE80180014", fault),
            ("0x0000000180180014", fault),
            ("0x0000FFFF80180014", fault),
            ("1234567880180014", fault),
            ("0xFFFFFFF80180014", "15 hex digits, where a code has up to 8"),
            ("0xFFFFFFFFF80180014", "17 hex digits, where a code has up to 8"),
        ],
    );
}

#[test]
fn up_to_eight_bare_digits_have_two_readings_the_likelier_first() {
    check(
        Base::Either,
        &[
            ("3010", "decimal 0x00000BC2, hex 0x00003010"),
            ("8043001", "decimal 0x007AB9F9, hex 0x08043001"),
            ("80043001", "hex 0x80043001, decimal 0x04C55BF9"),
            ("5", "decimal 0x00000005"),
            ("00000005", "hex 0x00000005"),
        ],
    );
}

#[test]
fn bare_hex_letters_are_a_code_only_where_they_can_be_no_word() {
    check(
        Base::Either,
        &[
            ("80CF0437", "hex 0x80CF0437"),
            ("80cf_0437", "hex 0x80CF0437"),
            ("BC2", "perhaps hex 0x00000BC2"),
            ("facade1", "perhaps hex 0x0FACADE1"),
            ("facade", "text"),
            ("defaced", "text"),
            ("deadbeef", "perhaps hex 0xDEADBEEF"),
            ("18018001B", "9 hex digits, where a code has up to 8"),
        ],
    );
}

#[test]
fn hex_is_asked_for() {
    check(
        Base::Hex,
        &[
            ("3010", "hex 0x00003010"),
            ("BC2", "hex 0x00000BC2"),
            ("deadbeef", "hex 0xDEADBEEF"),
            ("180180014", "9 hex digits, where a code has up to 8"),
            ("2161050679", "10 hex digits, where a code has up to 8"),
            ("0000000080180014", "hex 0x80180014"),
            ("-5", "decimal 0xFFFFFFFB"),
        ],
    );
}

#[test]
fn a_decimal_is_asked_for() {
    check(
        Base::Decimal,
        &[
            ("5", "decimal 0x00000005"),
            ("3010", "decimal 0x00000BC2"),
            ("80043001", "decimal 0x04C55BF9"),
            ("0000000002149056532", "decimal 0x80180014"),
            ("0000000000003010", "decimal 0x00000BC2"),
            ("0x3010", "hex 0x00003010"),
            ("BC2", "perhaps hex 0x00000BC2"),
        ],
    );
}

#[test]
fn a_code_is_read_out_of_what_stands_around_it() {
    for form in [
        "hr=0x80180014",
        "hr = 0x80180014",
        "HRESULT: -2145910764",
        "Error code: 2149056532",
        "x.y_z-1=%%2149056532",
        "\"hr\": \"0x80180014\"",
        "(0x80180014).",
        "\"[0x80180014]\",",
        "\u{201E}0x80180014\u{201C}",
        "{80180014h}!",
        "<0x80180014>;",
        "  0x80180014\t",
        "\u{A0}\u{2212}2145910764\u{202F}",
        "\u{200B}\u{2013}2145910764\u{FEFF}",
        "0x8018\u{AD}0014",
    ] {
        let readings = read(form, Base::Either);
        assert!(readings.ends_with(" 0x80180014") && !readings.contains("perhaps"), "{form:?}: {readings}");
    }
}

#[test]
fn what_is_no_name_before_a_sign_keeps_its_value_from_being_a_code() {
    check(Base::Either, &[("1=0x80180014", "text"), ("a/b=0x80180014", "text"), ("10:80180014", "text"), ("=0x80180014", "text")]);
}

/// For each form, by its name: what is still read so, and what is just outside.
const BOUNDARIES: [(&str, &[&str], &[&str]); 17] = [
    ("hex with a prefix", &["0x5", "0X80180014", "0x80180014L"], &["0x", "0xg", "0x180180014"]),
    ("hex of Visual Basic", &["&h5", "&H80180014", "&HFFFFFFFE"], &["&H", "&Hello", "&Hpassword", "&H8018001G"]),
    ("hex after a number sign", &["#5", "#80180014", "#FACEFEED"], &["#", "#feature", "#password", "#180180014"]),
    ("hex whose prefix lost its zero", &["X80180014"], &["x8018001", "x801800140"]),
    ("hex with the suffix h", &["5h", "80180014H"], &["h", "fadeh", "180180014h"]),
    ("DWORD of a .reg file", &["dword:5", "DWORD:80180014", "\"Error\"=dword:80180014"], &["dword:", "dword:180180014", "qword:80180014g"]),
    ("message insert", &["%%5", "%%-2145910764"], &["%%", "%%-", "%%BC2", "%%4294967296"]),
    ("signed number", &["-5", "- 5", "-0x7FE7FFEC", "-2147483648"], &["-", "-2147483649", "-BC2", "-0x80000001"]),
    ("decimal number", &["180180014", "4294967295", "18446744071563640852"], &["4294967296", "18446744069414584319"]),
    ("bare digits", &["5", "80180014"], &["80180014x"]),
    ("hex without a prefix", &["80CF0437", "FFFFFFFF80180014", "BC2"], &["facade", "80CF04371", "FFFFFFFE80180014"]),
    (
        "digits apart",
        &["0x8018`0014", "8018_0014", "2_149_056_532", "0x8018 0014", "8018 0014"],
        &["0x8018-0014", "x_y", "7018 0014", "8018 001g", "801 80014", "0x8018 001g", "0x801 80014", "0\u{E9}345 6789"],
    ),
    ("suffix of C", &["-2145910764L", "2149056532u", "2149056532ull"], &["5L", "80180014L", "2149056532x", "UL"]),
    ("plus sign", &["+5", "+ 2149056532"], &["+", "+BC2", "+4294967296"]),
    (
        "fraction of zero",
        &["-2145910764.0", "-2,145,910,764.00", "2.149.056.532,00", "1603.0"],
        &["2149056532.5", "100.0", "2149056532.000"],
    ),
    (
        "digits in groups",
        &[
            "2.149.056.532",
            "2 149 056 532",
            "2'149'056'532",
            "-2,145,910,764",
            "-2.145.910.764",
            "2\u{202F}149\u{202F}056\u{202F}532",
            "3,010",
        ],
        &["1.2.3.4", "192.168.100.200", "2,14,056,532", "2149,056", "3.010", "100 200 300", "2,149.056,532", "4,294,967,296"],
    ),
    ("letter O for a zero", &["0x8O18OO14", "Ox80180014", "8O18OO14", "21490565O0"], &["FOOBAR", "O", "0xFOOBAR", "0x8o180014"]),
];

#[test]
fn every_form_has_its_row_its_example_and_its_boundary() {
    assert_eq!(written_forms().iter().map(|form| form.name).collect::<Vec<_>>(), BOUNDARIES.map(|(name, ..)| name));
    for (form, (name, inside, outside)) in written_forms().iter().zip(BOUNDARIES) {
        assert_eq!(form.example.parse(), Ok(Code::new(0x8018_0014)), "{name}");
        for text in inside.iter().chain(&[form.example]) {
            assert!(matches!(spelling(text, Base::Either), Spelling::Code(_) | Spelling::MaybeCode(_)), "{name}: {text:?} is no code");
        }
        for text in outside {
            assert!(matches!(spelling(text, Base::Either), Spelling::Faulty(_) | Spelling::Text), "{name}: {text:?} is a code");
        }
    }
}

#[test]
fn digits_in_groups_and_with_a_fraction_are_one_decimal_number() {
    check(
        Base::Either,
        &[
            ("2,149,056,532", "decimal 0x80180014"),
            ("2.149.056.532", "decimal 0x80180014"),
            ("2 149 056 532", "decimal 0x80180014"),
            ("-2,145,910,764", "decimal 0x80180014"),
            ("(\u{2212}2.145.910.764).", "decimal 0x80180014"),
            ("2,149,056,532.00", "decimal 0x80180014"),
            ("80180014.0", "decimal 0x04C7732E"),
            ("-2145910764.0", "decimal 0x80180014"),
            ("3,010", "decimal 0x00000BC2"),
            ("4,294,967,296", "the number has more than 32 bits"),
        ],
    );
}

#[test]
fn a_text_of_more_than_forty_bytes_is_not_rewritten() {
    let forms = |len: usize, groups: &str| {
        [
            format!("0x{:_>1$}", 5, len - 2),
            format!("{:0>1$}ULL", 5, len - 3),
            format!("{:0>1$}.0", 5, len - 2),
            format!("O{:0>1$}", 5, len - 1),
            format!("{groups}{}005", "000,".repeat(9)),
        ]
    };
    let read = |forms: [String; 5]| forms.map(|form| format!("{}: {}", form.len(), read(&form, Base::Either)));
    let shorter = ["hex 0x00000005", "decimal 0x00000005", "decimal 0x00000005", "decimal 0x00000005 with O for 0", "decimal 0xFFFFFFFB"];
    assert_eq!(read(forms(40, "-")), shorter.map(|expected| format!("40: {expected}")));
    assert_eq!(read(forms(41, "0,")), ["41: text"; 5]);
}

#[test]
fn a_letter_for_a_digit_is_said() {
    check(
        Base::Either,
        &[
            ("0x8O180014", "hex 0x80180014 with O for 0"),
            ("Ox80180014", "hex 0x80180014 with O for 0"),
            ("BCO2FE", "perhaps hex 0x00BC02FE with O for 0"),
            ("0x8o180014", "unexpected 'o' at digit 2, a letter; is the digit 0 meant?"),
            ("0x8018001l", "unexpected 'l' at digit 8, a letter; is the digit 1 meant?"),
            ("0x8018001I", "unexpected 'I' at digit 8, a letter; is the digit 1 meant?"),
            ("0x80180014l", "hex 0x80180014"),
            ("-2145910764x", "unexpected 'x' at digit 11"),
            ("2149056532x", "unexpected 'x' at digit 11"),
        ],
    );
}

#[test]
fn escapes_of_other_programs_around_a_code_are_taken_away() {
    for form in [
        "\\u00220x80180014\\u0022",
        "\\\"0x80180014\\\"",
        "\\u002D2145910764",
        "&quot;0x80180014&quot;",
        "&apos;0x80180014&apos;",
        "&#34;0x80180014&#x22;",
        "&lt;0x80180014&gt;",
        "&amp;H80180014",
        "&minus;2145910764",
        "&nbsp;0x80180014",
        "%200x80180014",
        "%220x80180014%22",
        "hr%3D0x80180014",
        "%2D2145910764",
        "0x80180014\\r\\n",
        "\\n0x80180014",
        "**0x80180014**",
        "(int)-2145910764",
        "\"(int)-2145910764\"",
        "'([uint32]2149056532)'",
        "\\r('''''0x80180014'",
        "(\\r('''''0x80180014')",
        "[uint32]2149056532",
        "(HRESULT)0x80180014",
        "| 0x80180014 |",
        "\u{FF10}\u{FF58}\u{FF18}\u{FF10}\u{FF11}\u{FF18}\u{FF10}\u{FF10}\u{FF11}\u{FF14}",
    ] {
        let readings = read(form, Base::Either);
        assert!(readings.ends_with(" 0x80180014"), "{form:?}: {readings}");
    }
    check(
        Base::Either,
        &[
            ("%41", "text"),
            ("%+95", "text"),
            ("&bogus;5", "text"),
            ("%%2149056532", "decimal 0x80180014"),
            // No type of C is in these brackets.
            ("(1)5", "text"),
            ("(a b)5", "text"),
        ],
    );
}

#[test]
fn several_names_may_stand_before_a_value() {
    check(
        Base::Either,
        &[
            ("{\"error\": {\"hr\": \"0x80180014\"}}", "hex 0x80180014"),
            ("Result: hr=0x80180014", "hex 0x80180014"),
            ("a: b: c: d: e: 0x80180014", "text"),
        ],
    );
}

#[test]
fn a_code_is_parsed_from_its_likelier_reading() {
    assert_eq!("80043001".parse(), Ok(Code::new(0x8004_3001)));
    assert_eq!("3010".parse(), Ok(Code::new(3010)));
    assert_eq!("BC2".parse(), Ok(Code::new(0xBC2)));
    assert_eq!("0x1G".parse::<Code>(), Err(SpellingError::NoDigit { found: 'G', position: 2 }));
    assert_eq!("".parse::<Code>(), Err(SpellingError::NoCode));
    let error: Box<dyn std::error::Error> = Box::new(SpellingError::NoCode);
    assert_eq!(error.to_string(), "it has no form that a code is written in");
}

#[test]
fn what_is_read_as_a_code_reads_the_same_within_further_quotes_and_brackets() {
    const BEFORE: [&str; 16] = ["", "\\r", "\\n", "\\", "(", "[", "'", "\"", "\r", "int)", "<", "*|", "a=", "hr: ", "-", "\u{201C}"];
    for number in 0..BEFORE.len().pow(3) {
        let before = [number / 256, number / 16 % 16, number % 16].map(|at| BEFORE[at]).concat();
        for (core, after) in [("#6", "'"), ("0x80180014", ")."), ("6", "\\n"), ("2149056532", "\\'")] {
            let text = format!("{before}{core}{after}");
            let read = spelling(&text, Base::Either);
            for (open, close) in [(" \u{201C}(", ")\u{201D}.\u{A0}"), ("'", "'"), ("\\r\\n[", "]\\r\\n")] {
                if matches!(read, Spelling::Code(_)) {
                    assert_eq!(spelling(&format!("{open}{text}{close}"), Base::Either), read, "{open}{text}{close}");
                }
            }
        }
    }
}
