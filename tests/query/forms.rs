//! How each written form is read, and what stands just outside it.

use intune_err::{Base, Reading, Spelling, spelling};

/// The readings of a form, the likelier first; what is `perhaps` a code; the fault; or `text`.
fn read(form: &str, base: Base) -> String {
    let told = |reading: &Reading| format!("{} {}", reading.base.name(), reading.code);
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
