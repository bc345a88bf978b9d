//! What holds for any text: spellings come back as the code that was written, the scan finds what is planted, agrees with a slow
//! scanner that anybody can check, and does not care where in a text something stands.
#![forbid(unsafe_code)]

use intune_err::{Base, Code, Entry, Finding, Found, Scanner, Spelling, Symbol, is_known_error, spelling};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Few enough for a debug build to be done within seconds.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, ..ProptestConfig::default() }
}

/// Failure codes that a scan reports in all their written forms.
fn failures() -> Vec<Code> {
    let codes = Entry::all().flat_map(Entry::codes).chain(Symbol::all().map(intune_err::Symbol::code));
    // The limits of integers are no errors as numbers.
    codes.filter(|code| (0x8000_1000..0xFA00_0000).contains(&code.bits()) && is_known_error(*code)).collect()
}

/// Names of the table that are one word and looked for.
fn names() -> Vec<&'static str> {
    let is_word = |text: &&str| text.len() >= 8 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    Entry::all()
        .flat_map(|entry| entry.names().filter(move |name| !entry.lookup_only().any(|of| of == *name)))
        .filter(is_word)
        .filter(|name| !is_number(name))
        .collect()
}

/// A code as one of the forms that logs write.
fn written(code: Code, form: usize) -> String {
    let bits = code.bits();
    match form % 13 {
        0 => format!("0x{bits:08x}"),
        1 => format!("0x{bits:08X}"),
        2 => format!("0X{bits:08X}"),
        3 => format!("{bits:08x}"),
        4 => format!("{bits:08X}"),
        5 => code.signed().to_string(),
        6 => bits.to_string(),
        7 => format!("%%{bits}"),
        8 => format!("\u{2212}{}", code.signed().unsigned_abs()),
        9 => format!("\u{2013}{}", code.signed().unsigned_abs()),
        10 => format!("&H{bits:08X}"),
        11 => format!("{bits:08X}h"),
        _ => format!("0xFFFFFFFF{bits:08X}"),
    }
}

/// Words that say nothing about a number beside them, and are none.
const NEUTRAL: [&str; 12] = ["the", "call", "failed", "with", "and", "then", "again,", "for", "user", "result:", "\u{FC}ber", "(see"];
/// What may stand around a planted code.
const AROUND: [(&str, &str); 10] = [
    (" ", " "),
    (" (", ") "),
    (" [", "] "),
    (" \"", "\" "),
    (" hr=", "; "),
    (">", "<"),
    ("|", "|"),
    ("\t", "\t"),
    (" ", "\r\n"),
    (" <![LOG[", "]LOG]!> "),
];

/// Pieces that may be taken for a code or a name, or hide one.
const HOSTILE: [&str; 40] = [
    "0x",
    "0X",
    "x",
    "80070005",
    "80180014",
    "8018001",
    "801800145",
    "0x80070005",
    "0x80180014",
    "0xFFFFFFFF",
    "FFFFFFFF",
    "00000000",
    "-2147024891",
    "2147942405",
    "%%2147942405",
    "DeviceCapReached",
    "NoEnrollmentPolicy",
    "menroll_e_devicecapreached",
    "_",
    "-",
    ".",
    ":",
    "/",
    "\\",
    "\\n",
    " ",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u{1B}[31m",
    "\u{1B}[0m",
    "(",
    ")",
    "{",
    "}",
    "\u{2212}",
    "\u{E9}",
    "a",
    "9",
];

/// What short texts are made of: digits, what can stand among them, and letters of two, three and four bytes.
const SHORT: [&str; 28] = [
    "0",
    "8",
    "f",
    "0x",
    "0X",
    "x",
    " ",
    "_",
    "`",
    "-",
    "+",
    ".",
    ",",
    "%",
    "&H",
    "#",
    "L",
    "O",
    "'",
    "h",
    "34",
    "678",
    "\u{E9}",
    "\u{DF}",
    "\u{4E00}",
    "\u{2019}",
    "\u{A0}",
    "\u{1F600}",
];

fn hostile(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(&HOSTILE[..]), 0..most).prop_map(|pieces| pieces.concat())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a word can begin at `at`: not after a character of a word, but after an escaped line end, a tab or a colour.
fn begins(text: &[u8], at: usize) -> bool {
    if at == 0 || !is_word(text[at - 1]) {
        return true;
    }
    if at >= 2 && text[at - 2] == b'\\' && b"nrt".contains(&text[at - 1]) {
        return true;
    }
    // A colour is ESC, a bracket, parameters and one letter.
    for from in 0..at {
        if text[from..].starts_with(b"\x1B[") && from + 2 < at {
            let inner = &text[from + 2..at - 1];
            if inner.iter().all(|b| (b'0'..=b'?').contains(b)) {
                return true;
            }
        }
    }
    false
}

/// The slow scanner for `0x` and eight digits: every place is looked at, with nothing to help.
fn slow_prefixed(text: &[u8]) -> Vec<(usize, usize, Code)> {
    let mut found = Vec::new();
    for at in 0..text.len() {
        let rest = &text[at..];
        if rest.len() < 10 || rest[0] != b'0' || !matches!(rest[1], b'x' | b'X') || !rest[2..10].iter().all(u8::is_ascii_hexdigit) {
            continue;
        }
        let ends = rest.len() == 10 || !is_word(rest[10]);
        let digits = std::str::from_utf8(&rest[2..10]).expect("digits are ASCII");
        let code = Code::new(u32::from_str_radix(digits, 16).expect("eight digits are a number"));
        if begins(text, at) && ends && is_known_error(code) && code.bits() != u32::MAX {
            found.push((at, at + 10, code));
        }
    }
    found
}

/// The slow scanner for names of one word.
fn slow_names(text: &[u8], names: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..text.len() {
        for name in names {
            let Some(here) = text.get(at..at + name.len()) else { continue };
            let ends = text.get(at + name.len()).is_none_or(|b| !is_word(*b));
            if here.eq_ignore_ascii_case(name.as_bytes()) && begins(text, at) && ends {
                found.push((at, at + name.len()));
            }
        }
    }
    found
}

fn check(text: &[u8], findings: &[Finding]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for finding in findings {
        prop_assert!(end <= finding.start && finding.start < finding.end && finding.end <= text.len(), "{findings:?}");
        let marked = &text[finding.start..finding.end];
        prop_assert!(!marked.iter().any(|b| matches!(b, b'\n' | b'\r')), "{marked:?} goes over the end of a line");
        end = finding.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn a_code_is_read_from_what_it_prints(bits: u32) {
        let code = Code::new(bits);
        let Spelling::Code(readings) = spelling(&code.to_string(), Base::Either) else { panic!("{code} is no code") };
        prop_assert_eq!(readings.iter().map(|reading| reading.code).collect::<Vec<_>>(), [code]);
    }

    #[test]
    fn a_failure_is_read_from_each_of_its_forms(bits in 0x8000_0000_u32.., form: usize) {
        let code = Code::new(bits);
        let text = written(code, form);
        // Eight letters could as well be a word.
        prop_assume!(text.contains(|c: char| c.is_ascii_digit()));
        let Spelling::Code(readings) = spelling(&text, Base::Either) else { panic!("{text} is no code") };
        prop_assert!(readings[0].code == code, "{text} is sooner {readings:?}");
    }

    #[test]
    fn any_bytes_are_scanned_in_order_and_within_their_lines(bytes in prop::collection::vec(any::<u8>(), 0..400), all: bool) {
        check(&bytes, &Scanner::new().all(all).scan(&bytes))?;
    }

    #[test]
    fn any_hostile_text_is_scanned_in_order_and_within_its_lines(text in hostile(60), all: bool) {
        check(text.as_bytes(), &Scanner::new().all(all).scan(text.as_bytes()))?;
    }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn planted_codes_are_found_in_order(
        plants in prop::collection::vec((any::<Index>(), any::<usize>(), select(&AROUND[..]), prop::collection::vec(select(&NEUTRAL[..]), 3..8)), 0..12),
        last in prop::collection::vec(select(&NEUTRAL[..]), 1..4),
    ) {
        let codes = failures();
        let (mut text, mut expected) = (String::new(), Vec::new());
        for (index, form, (before, behind), words) in plants {
            let code = *index.get(&codes);
            text += &words.join(" ");
            text += before;
            let start = text.len();
            text += &written(code, form);
            expected.push((start, text.len(), Found::Code(code)));
            text += behind;
        }
        text += &last.join(" ");
        let found: Vec<_> = Scanner::new().scan(text.as_bytes()).iter().map(|finding| (finding.start, finding.end, finding.what)).collect();
        prop_assert_eq!(found, expected, "{:?}", text);
    }

    #[test]
    fn a_slow_scanner_finds_the_same_prefixed_codes(text in hostile(50)) {
        let bytes = text.as_bytes();
        let fast: Vec<(usize, usize, Code)> = Scanner::new()
            .scan(bytes)
            .iter()
            .filter_map(|finding| match finding.what {
                Found::Code(code) if finding.end - finding.start == 10 && bytes[finding.start + 1] | 0x20 == b'x' => Some((finding.start, finding.end, code)),
                _ => None,
            })
            .collect();
        let slow = slow_prefixed(bytes);
        prop_assert!(fast.iter().all(|found| slow.contains(found)), "fast {fast:?}, slow {slow:?} in {text:?}");
        // What the fast one leaves out is a further spelling beside one that is told, a GUID's beginning or announced as something else.
        let findings = Scanner::new().scan(bytes);
        let mut told: Vec<(usize, usize)> = findings.iter().map(|finding| (finding.start, finding.end)).collect();
        for missing in slow.iter().filter(|found| !fast.contains(found)) {
            let is_told = told.iter().any(|(start, end)| *start < missing.1 && missing.0 <= end + 32);
            prop_assert!(is_told, "{missing:?} is not told in {text:?}: {findings:?}");
            told.push((missing.0, missing.1));
        }
    }

    #[test]
    fn a_slow_scanner_finds_the_same_names(text in hostile(50)) {
        let names = names();
        let bytes = text.as_bytes();
        let findings = Scanner::new().scan(bytes);
        let fast: Vec<(usize, usize)> = findings.iter().filter(|finding| matches!(finding.what, Found::Text(_))).map(|finding| (finding.start, finding.end)).collect();
        let slow = slow_names(bytes, &names);
        for found in &fast {
            prop_assert!(slow.contains(found), "{found:?} is no name in {text:?}");
        }
        for missing in slow.iter().filter(|found| !fast.contains(found)) {
            // The code that it is the name of stands right before it.
            let told = findings.iter().any(|finding| finding.start < missing.1 && missing.0 <= finding.end + 16);
            prop_assert!(told, "{missing:?} is not told in {text:?}: {findings:?}");
        }
    }

    #[test]
    fn a_text_has_the_same_findings_wherever_it_begins(text in hostile(40), blanks in 0_usize..70, all: bool) {
        let scanner = Scanner::new().all(all);
        let shifted = format!("{}{text}", "\n".repeat(blanks));
        let expected: Vec<_> = scanner.scan(text.as_bytes()).iter().map(|finding| (finding.start + blanks, finding.end + blanks, finding.what)).collect();
        let found: Vec<_> = scanner.scan(shifted.as_bytes()).iter().map(|finding| (finding.start, finding.end, finding.what)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_scanned_together_as_they_are_alone(lines in prop::collection::vec(hostile(12), 0..8)) {
        let lines: Vec<String> = lines.iter().map(|line| line.replace(['\n', '\r'], " ")).collect();
        let scanner = Scanner::new();
        let mut expected = Vec::new();
        let mut begin = 0;
        for line in &lines {
            expected.extend(scanner.scan(line.as_bytes()).iter().map(|finding| (finding.start + begin, finding.end + begin, finding.what)));
            begin += line.len() + 2;
        }
        let text = lines.join("\r\n");
        let found: Vec<_> = scanner.scan(text.as_bytes()).iter().map(|finding| (finding.start, finding.end, finding.what)).collect();
        prop_assert_eq!(found, expected, "{:?}", text);
    }

    #[test]
    fn nothing_that_is_found_without_all_is_lost_with_it(text in hostile(40)) {
        let few = Scanner::new().scan(text.as_bytes());
        let many = Scanner::new().all(true).scan(text.as_bytes());
        // A code that comes besides can stand beside a text and make one finding with it.
        let is_there = |finding: &Finding| many.iter().any(|of| of == finding || of.start <= finding.start && finding.end <= of.end && of.what.text() == finding.what.text());
        prop_assert!(few.iter().all(is_there), "{few:?} is not in {many:?}");
    }
}

proptest! {
    // Texts that are nearly a code are few among all.
    #![proptest_config(config(20_000))]

    #[test]
    fn a_text_as_short_as_a_code_is_read_whatever_its_letters(pieces in prop::collection::vec(select(SHORT.to_vec()), 3..10)) {
        for base in [Base::Either, Base::Hex, Base::Decimal] {
            spelling(&pieces.concat(), base);
        }
    }
}

proptest! {
    // A miss goes through the whole table for suggestions.
    #![proptest_config(config(4))]

    #[test]
    fn any_sentence_is_answered(text in hostile(12)) {
        // It must not panic; what it says is other tests' business.
        let _ = intune_err::answer(&text, Base::Either);
    }
}

#[test]
fn a_line_is_scanned_as_it_is_alone_whatever_stands_at_its_end() {
    // A tool finds this sooner or later; here it is found always.
    let (scanner, mut faults) = (Scanner::new(), Vec::new());
    for form in ["80070005", "0x80070005", "-2147024891", "DeviceCapReached"] {
        for last in ["\\", "=", "-", ".", ":", "/", "+", "%", "@", "~", "&", "h", " ", "(", "\u{2212}"] {
            let line = format!("{form}{last}");
            let alone = scanner.scan(line.as_bytes());
            for end in ["\n", "\r\n", "\r", "\n80070005", "\r\nx", "\rx"] {
                let mut found = scanner.scan(format!("{line}{end}").as_bytes());
                found.retain(|finding| finding.start < line.len());
                if found != alone {
                    faults.push(format!("{line:?} before {end:?}: {found:?}, and alone {alone:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_name_is_found_at_every_place_of_a_block() {
    let scanner = Scanner::new();
    for name in names() {
        for before in 0..70 {
            let text = format!("{}{name}", " ".repeat(before));
            let found = scanner.scan(text.as_bytes());
            assert!(found.len() == 1 && (found[0].start, found[0].end) == (before, text.len()), "{name} behind {before} blanks: {found:?}");
        }
    }
}
