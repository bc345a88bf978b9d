//! `search`: entries and symbols that hold all the words, best match first.

use super::intune_err;
use super::strict::{Hit, hits, json};

/// What a search finds, in its order: ids of entries, names of symbols.
#[track_caller]
fn search(words: &[&str]) -> Vec<String> {
    hits(&json(["search"].iter().chain(words)).output())
        .into_iter()
        .map(|hit| match hit {
            Hit::Entry(entry, _) => entry.id,
            Hit::Symbol(symbol, matched) => {
                let is_name = matched.field == "name" && matched.text == symbol.symbols[0];
                assert!(is_name || matches!(matched.field.as_str(), "meaning" | "message"), "{matched:?}");
                symbol.symbols[0].clone()
            }
        })
        .collect()
}

#[track_caller]
fn finds(words: &[&str], wanted: &str) {
    let found = search(words);
    assert!(found.iter().any(|found| found == wanted), "{words:?} does not find {wanted}: {found:#?}");
}

#[test]
fn words_are_found_in_every_text_of_an_entry() {
    finds(&["clock", "time", "zone"], "client-clock-wrong");
    finds(&["DirSync"], "mdm-authority-not-defined");
    finds(&["safari", "cookies"], "profile-installation-failed");
    finds(&["SupportMultipleDomain"], "multiple-verified-domains");
    finds(&["conditional", "access", "enrollment", "manager"], "device-cap-reached");
    finds(&["hasn't", "given", "access"], "user-license-missing");
}

#[test]
fn the_order_of_the_words_and_their_case_do_not_matter() {
    let expected = search(&["certificate", "signing", "expired"]);
    assert_eq!(search(&["EXPIRED", "Certificate", "signing"]), expected);
    assert_eq!(search(&["expired signing certificate"]), expected);
}

#[test]
fn every_word_has_to_be_found() {
    finds(&["clock"], "client-clock-wrong");
    assert!(!search(&["clock", "time"]).contains(&"ios-profile-signing-certificate-expired".to_owned()));
    json(["search", "clock", "DirSync", "SupportMultipleDomain"]).status(1).run();
}

#[test]
fn the_best_match_comes_first() {
    assert_eq!(search(&["expired", "certificates", "within", "management", "profile"])[0], "ios-profile-signing-certificate-expired");
    assert_eq!(search(&["company", "name", "special", "characters"])[0], "company-name-special-characters");
}

#[test]
fn the_beginning_of_a_word_and_one_typing_error_are_found() {
    finds(&["prox", "sett"], "proxy-not-set-for-ie-and-local-system");
    finds(&["certifcate", "signing"], "ios-profile-signing-certificate-expired");
}

#[test]
fn a_symbol_without_an_entry_is_found_by_its_words() {
    finds(&["proxy", "dns", "timeout"], "NS_E_PROXY_DNS_TIMEOUT");
    finds(&["ns_e_proxy_dns_timeout"], "NS_E_PROXY_DNS_TIMEOUT");
}

#[test]
fn what_a_code_says_by_itself_is_found_and_shown() {
    finds(&["time", "wait", "lock", "ran", "out"], "ERROR_SEM_TIMEOUT");
    intune_err(["search", "wait lock answer ran"])
        .stdout_holds("0x00000079  ERROR_SEM_TIMEOUT\n  The time to wait for a lock or an answer ran out.\n")
        .run();
}

#[test]
fn a_code_is_found_as_it_is_written() {
    for written in ["0x80CF0437", "0x80cf0437", "80CF0437", "-2133916617", "2161050679", "-2133916617)", "hr=0x80CF0437"] {
        finds(&[written], "client-clock-wrong");
    }
}

#[test]
fn a_hit_by_its_code_gives_no_empty_reason() {
    let output = intune_err(["search", "0x80CF0437"]).output();
    assert!(output.lines().all(|line| line.trim() != ":"), "{output}");
}

#[test]
fn a_hit_is_an_id_with_its_codes_and_the_problem_below() {
    intune_err(["search", "clock", "time", "zone", "client"])
        .stdout_holds("client-clock-wrong  0x80CF0437\n  The client computer's clock is wrong.\n")
        .run();
}

#[test]
fn a_hit_says_what_matched_where_its_line_does_not_show_it() {
    for hit in hits(&json(["search", "DirSync"]).output()) {
        if let Hit::Entry(entry, matched) = hit {
            assert_ne!(matched.field, "problem", "{}", entry.id);
            assert!(matched.text.to_lowercase().contains("dirsync"), "{}: {matched:?}", entry.id);
        }
    }
    intune_err(["search", "DirSync"])
        .stdout_holds("\n  resolution: If the UPN does not match, turn off DirSync on the local server.\n")
        .run();
}

#[test]
fn nothing_found_says_so_on_standard_error() {
    intune_err(["search", "clock", "qqqxyz"])
        .stderr("error: no entry and no symbol holds all words of `clock qqqxyz`\nhelp: use fewer words, or their beginnings\n")
        .status(1)
        .run();
    json(["search", "qqqxyz"]).status(1).run();
}

#[test]
fn a_search_for_nothing_can_mean_nothing() {
    for words in ["", "  ", "\u{A0}"] {
        let (stdout, stderr) = intune_err(["search", words]).status(2).outputs();
        assert!(stdout.is_empty() && stderr.starts_with("error: "), "{stderr}");
    }
}

#[test]
fn the_list_has_an_id_and_a_problem_an_entry() {
    intune_err(["list"])
        .stdout_holds("client-clock-wrong  0x80CF0437\n  The client computer's clock is wrong.\n")
        .stdout_holds(
            "company-name-special-characters\n  Policies cannot be created or devices cannot be enrolled because the company name",
        )
        .run();
}

#[test]
fn a_list_of_nothing_says_so_and_scripts_get_nothing() {
    for form in [&[][..], &["--json"], &["--markdown"]] {
        let args = ["list", "--area", "autopilot", "--platform", "linux"];
        intune_err(args.iter().chain(form)).stderr("note: no entry matches this area and platform\n").run();
    }
    intune_err(["list", "--area", "autopilot", "--platform", "linux", "-q"]).run();
}
