//! What is suggested where nothing was found: near codes and near names, the nearest first.
//!
//! A slow search that anybody can check says what is near; the library must name the first five of it.

use std::collections::BTreeSet;

use intune_err::{Base, Code, Entry, Meaning, Platform, Symbol, answer, is_known_error, search};

/// What a query that finds nothing is told to try, whether or not it can mean anything.
fn suggestions(query: &str) -> Vec<String> {
    match answer(query, Base::Either) {
        Ok(answers) => answers.into_iter().flat_map(|answer| answer.suggestions).collect(),
        Err(error) => error.suggestions,
    }
}

/// Every code that is a known error.
fn known_errors() -> Vec<(Code, String)> {
    let codes = Entry::all().flat_map(intune_err::Entry::codes).chain(Symbol::all().map(intune_err::Symbol::code));
    let codes = codes.chain(Meaning::all().map(intune_err::Meaning::code));
    let codes: BTreeSet<Code> =
        codes.flat_map(|code| [Some(code), code.other_form()]).flatten().filter(|code| is_known_error(*code)).collect();
    codes.into_iter().map(|code| (code, code.to_string()[2..].to_owned())).collect()
}

/// How small a slip it is to write `digits` for `code`: two digits swapped or one doubled or not (0), one too many (1), one lost (2), one
/// changed (3).
fn slip(digits: &str, code: &str) -> Option<u8> {
    let is_doubled = |text: &str, at: usize| at + 1 < text.len() && text[at..=at] == text[at + 1..at + 2];
    let slips = |long: &str, short: &str, other: u8| {
        let places = (0..long.len()).filter(|at| long[..*at] == short[..*at] && long[at + 1..] == short[*at..]);
        places.map(|at| if is_doubled(long, at) { 0 } else { other }).min()
    };
    match digits.len() {
        9 => slips(digits, code, 1),
        7 => slips(code, digits, 2),
        8 => {
            let other: Vec<usize> = (0..8).filter(|at| digits[*at..=*at] != code[*at..=*at]).collect();
            match other[..] {
                [_] => Some(3),
                [a, b] if b == a + 1 && digits[a..=a] == code[b..=b] && digits[b..=b] == code[a..=a] => Some(0),
                _ => None,
            }
        }
        _ => None,
    }
}

#[test]
fn the_nearest_codes_are_suggested_those_with_an_entry_first() {
    let known = known_errors();
    for query in [
        // Swapped, at each end and in the middle; changed; lost; too many; doubled; not doubled.
        "0x80CF4037",
        "0x80CF0473",
        "0x08CF0437",
        "0x80CF0447",
        "0x80CF0438F",
        "0x80CF437",
        "0x80CF04377",
        "0x880CF0437",
        "0x80CF00437",
        "0x8CF0437",
        "0x80CF043",
        "0x0CF0437",
        "80CF437",
        "0x80180002b",
        "0x8018002",
        "0x801800022",
        "0x8018FF14",
        "0x8018014",
        "0x80180114",
        "0x8018F014",
        "0x8007FF05",
        "0x800700055",
        "0x80070F05",
        "0xC00000222",
        "0xC000F022",
        "0x87D1041",
        "0x87D1F41C",
        "0x8018_0114",
        "0x80004F05",
        "0x800800F5",
        "0x8024044",
        "0x80CFFD15",
        "0x8024D0115",
        "0x8024DD15",
        "0x80CFD15",
    ] {
        let digits = query.trim_start_matches("0x").replace('_', "").to_ascii_uppercase();
        // The first digit says whether a code is an error at all, so the others are sooner wrong.
        let place = |code: &Code, of: &str, slip| (Entry::by_code(*code).len() == 0, slip, of[..1] != digits[..1], *code);
        let mut near: Vec<(bool, u8, bool, Code)> =
            known.iter().filter_map(|(code, of)| slip(&digits, of).map(|slip| place(code, of, slip))).collect();
        near.sort_unstable();
        let expected: Vec<String> = near.iter().take(5).map(|(.., code)| code.to_string()).collect();
        assert_eq!(suggestions(query), expected, "{query}");
    }
}

#[test]
fn a_slip_in_the_first_digit_is_the_least_likely() {
    assert_eq!(suggestions("0x8018001l")[0], "0x80180001");
    assert_eq!(suggestions("80180Ol4")[0], "0x80180014", "letters for two digits");
}

#[test]
fn a_number_in_a_text_that_nothing_fits_may_be_an_exit_code() {
    let suggested = suggestions("\u{443}\u{441}\u{442}\u{430}\u{43d}\u{43e}\u{432}\u{43a}\u{430}: 1603");
    assert_eq!(suggested, ["exit code 1603"]);
    assert_eq!(suggestions("-1603"), ["1603"], "the minus is one too many");
    assert_eq!(suggestions("2016281112 (Remediation Failed)")[0], "-2016281112", "the minus was lost");
    assert_eq!(suggestions("qqq 1603 xyz 1618"), Vec::<String>::new(), "which of two nobody knows");
}

#[test]
fn a_number_of_a_token_in_a_text_that_nothing_fits_may_be_that_token() {
    assert_eq!(suggestions("Something went wrong. 700003"), ["AADSTS700003"]);
    assert_eq!(suggestions("our tenant has 53003 users"), ["AADSTS53003"]);
    assert_eq!(suggestions("qqq 799999 xyz"), Vec::<String>::new());
}

#[test]
fn a_word_that_many_texts_hold_suggests_none_of_them() {
    for word in ["device", "intune", "hello", "autopilot", "failed", "profile"] {
        assert_eq!(suggestions(word), Vec::<String>::new(), "{word}");
    }
    assert_eq!(suggestions("device cap"), ["device-cap-reached"], "beginnings of other words are noise beside the whole words");
}

#[test]
fn nothing_is_near_to_six_digits_or_to_ten() {
    for query in ["0x80CF04", "0x80CF04377F", "0x80CF0437043"] {
        assert_eq!(suggestions(query), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn punctuation_around_a_code_does_not_change_what_is_near() {
    for query in ["(0x80CF0447).", " 0X80CF0447 ", "\"80CF0447\"", "0x80cf0447"] {
        assert_eq!(suggestions(query), suggestions("0x80CF0447"), "{query}");
    }
    assert!(suggestions("0x80CF0447").contains(&"0x80CF0437".to_owned()));
}

fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn the_nearest_names_are_suggested_or_else_what_holds_all_words() {
    let ours = Entry::all().flat_map(|entry| [entry.id()].into_iter().chain(entry.names())).map(|name| (false, name));
    let names = ours.chain(Symbol::all().map(|symbol| (true, symbol.name())));
    let names: Vec<(bool, &str, String)> = names.map(|(is_symbol, name)| (is_symbol, name, fold(name))).collect();
    for query in [
        "DeviceCapReachd",
        "DeviceCpaReached",
        "DeviceCapReachedXX",
        "DeviceCapReachedXXXX",
        "client-clock-wrng",
        "E_FALI",
        "X_FAIL",
        "XTATUS_PENDING",
        "STATUS_ACCESS_DENID",
        "certificate expird",
        "company name characters",
    ] {
        let wanted = fold(query);
        let slips = 1 + wanted.len() / 8;
        // A letter more or less is a slip each; most names need no closer look.
        let of_length = names.iter().filter(|(.., folded)| folded.len().abs_diff(wanted.len()) <= slips);
        // In a short name the first letter is right.
        let begins_alike = of_length.filter(|(.., folded)| slips > 1 || folded[..1] == wanted[..1]);
        let near = begins_alike.map(|(is_symbol, name, folded)| (strsim::osa_distance(folded, &wanted), *is_symbol, *name));
        let near: BTreeSet<(usize, bool, &str)> = near.filter(|(distance, ..)| *distance <= slips).collect();
        let mut near: Vec<&str> = near.into_iter().map(|(.., name)| name).collect();
        near.dedup();
        near.truncate(5);
        let suggested = suggestions(query);
        let (first, rest) = suggested.split_at(near.len().min(suggested.len()));
        assert_eq!(first, near, "{query}");
        let hits: Vec<String> = search(query).iter().map(|hit| hit.result.query()).collect();
        assert!(rest.iter().all(|name| hits.contains(name)) && suggested.len() <= 5, "{query}: {suggested:?}");
        assert!(near.is_empty() || rest.is_empty(), "{query}: {suggested:?}");
    }
}

#[test]
fn what_is_too_short_or_too_long_to_be_a_name_has_no_suggestions() {
    assert_eq!(suggestions("loc"), Vec::<String>::new());
    assert_ne!(suggestions("cloc"), Vec::<String>::new());
    let words = |last: &str| format!("{}{last}", "clock ".repeat(33));
    assert_eq!(words("zo").len(), 200);
    assert_ne!(suggestions(&words("zo")), Vec::<String>::new());
    assert_eq!(suggestions(&words("zon")), Vec::<String>::new());
}

#[test]
fn what_has_most_of_the_words_is_suggested_where_nothing_has_all() {
    for (query, id) in [
        // A word of another text, in the problem, misspelled, or one that tells the place.
        ("ndes url 403 forbidden", "ndes-plugin-403-forbidden"),
        ("managed google play app not showing", "managed-google-play-app-hidden"),
        ("filevault key not escrowed", "filevault-recovery-key-not-stored"),
        ("windows 11 upgrade safegaurd hold", "feature-update-alert-safeguard-hold"),
        ("dsregcmd Server ErrorSubCode : DirectoryError", "hybrid-join-directory-error"),
        ("laps password not rotating", "laps-account-not-found"),
        ("the user has no intune licence", "user-license-missing"),
    ] {
        assert!(suggestions(query).contains(&id.to_owned()), "{query}: {:?}", suggestions(query));
    }
}

#[test]
fn one_word_or_few_of_many_suggest_nothing() {
    for query in [
        "the cat sat on the certificate",
        "0-1011 (3) office",
        "certificate zebra violin trumpet",
        "was geht hier schief bei der Registrierung",
    ] {
        assert_eq!(suggestions(query), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn what_is_about_another_platform_than_the_query_is_no_suggestion() {
    let about = |query: &str, platform: Platform| {
        let ids = suggestions(query);
        assert!(!ids.is_empty(), "{query}");
        let entries = ids.iter().flat_map(|id| Entry::by_name(id));
        entries.filter(|entry| entry.platforms().any(|of| of == platform)).count() == ids.len()
    };
    assert!(about("managed google play app not showing", Platform::Android));
    assert!(about("macbook recovery key not escrowed", Platform::MacOs));
}
