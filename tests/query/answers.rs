//! What a query is answered with: which codes, names and entries, and how the answer says that it was reached.

use intune_err::{Answer, Base, Code, Lookup, Reason, answer};

/// The answers to a query that can mean something.
#[track_caller]
fn answers(query: &str) -> Vec<Answer> {
    answer(query, Base::Either).unwrap_or_else(|error| panic!("{query:?}: {error}"))
}

/// The one answer to a query.
#[track_caller]
fn one(query: &str) -> Answer {
    let mut answers = answers(query);
    assert_eq!(answers.len(), 1, "{query:?}: {answers:#?}");
    answers.remove(0)
}

/// How an answer says that it was reached.
fn said(answer: &Answer) -> Vec<String> {
    answer.reasons.iter().map(Reason::to_string).collect()
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.entries.iter().map(|entry| entry.id()).collect()
}

fn names(answer: &Answer) -> Vec<&str> {
    answer.symbols.iter().map(|symbol| symbol.name()).collect()
}

/// The codes of the answers to a query.
fn codes(query: &str) -> Vec<String> {
    answers(query).iter().map(|answer| answer.code.map_or_else(|| "none".to_owned(), |code| code.to_string())).collect()
}

#[test]
fn something_is_found_where_there_is_an_entry_or_a_symbol() {
    let entry = one("0x80CF0437");
    assert!(entry.found() && entry.symbols.is_empty(), "{entry:#?}");
    let symbol = one("0xC0000022");
    assert!(symbol.found() && symbol.entries.is_empty(), "{symbol:#?}");
    assert!(!one("0x8018F00D").found());
}

#[test]
fn an_answer_by_the_other_form_of_a_code_says_which_form_that_is() {
    for (query, said) in [
        ("0x80070005", "0x80070005 is Win32 error 5 (0x00000005) as an HRESULT; the entries for both are shown."),
        ("5", "Win32 error 5 (0x00000005) is 0x80070005 as an HRESULT; the entries for both are shown."),
        ("0xBC2", "Win32 error 3010 (0x00000BC2) is 0x80070BC2 as an HRESULT; the entries for both are shown."),
        ("0xD0000022", "0xD0000022 is the NTSTATUS 0xC0000022 as an HRESULT."),
    ] {
        let answer = one(query);
        assert!(self::said(&answer).iter().any(|line| line == said), "{query}: {:#?}", answer.reasons);
        assert!(answer.found(), "{query}");
    }
}

#[test]
fn an_answer_says_nothing_of_the_other_form_where_nothing_is_known_of_it() {
    for query in ["0xC0000022", "0x8007FFFE", "0x0000FFFE", "0x80CF0437"] {
        assert_eq!(said(&one(query)), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn both_forms_of_a_code_have_the_same_entries_each_once() {
    for (code, other) in [("0x80070BC2", "0xBC2"), ("0x80070005", "0x5"), ("0x80070032", "0x32")] {
        let (code, other) = (one(code), one(other));
        assert_eq!(ids(&code), ids(&other));
        let mut unique = ids(&code);
        unique.sort_unstable();
        unique.dedup();
        assert!(!unique.is_empty() && unique.len() == code.entries.len(), "{:?}", ids(&code));
    }
}

#[test]
fn the_win32_name_of_a_code_of_facility_7_comes_first() {
    for (query, name) in [("0x80070002", "ERROR_FILE_NOT_FOUND"), ("2", "ERROR_FILE_NOT_FOUND"), ("0x80070005", "ERROR_ACCESS_DENIED")] {
        let answer = one(query);
        assert_eq!(names(&answer)[0], name, "{query}: {:?}", names(&answer));
        let wrapped = answer.anatomy.as_ref().and_then(|anatomy| anatomy.wraps_name);
        assert_eq!(wrapped, query.starts_with("0x").then_some(name), "{query}");
    }
}

#[test]
fn names_of_several_kinds_say_which_is_which() {
    let lines = said(&one("0x00000002"));
    for line in ["As a Win32 code it is ERROR_FILE_NOT_FOUND.", "As an NTSTATUS it is STATUS_WAIT_2."] {
        assert!(lines.iter().any(|said| said == line), "{lines:#?}");
    }
    // Three names, all of a Win32 code.
    assert!(said(&one("0x0000000E")).iter().all(|said| !said.contains(" code it is ")));
}

/// The explanations of the answers to bare digits.
fn readings(query: &str) -> Vec<String> {
    answers(query).iter().map(|answer| said(answer).first().cloned().unwrap_or_default()).collect()
}

#[test]
fn readings_with_an_entry_win_then_those_with_a_symbol_then_the_likelier() {
    assert_eq!(readings("80043001"), ["Read as hex: 0x80043001."]);
    assert_eq!(readings("3010"), ["Read as decimal: 0x00000BC2."]);
    assert_eq!(readings("240005"), ["Read as hex: 0x00240005."]);
    // STG_S_CONVERTED has no entry, decimal 30200 nothing at all; of 1234567 nothing is known either way.
    assert_eq!(readings("0030200"), ["Read as hex: 0x00030200. As decimal it is 0x000075F8; --decimal asks for that."]);
    assert_eq!(readings("1234567"), ["Read as decimal: 0x0012D687. As hex it is 0x01234567; --hex asks for that."]);
    assert_eq!(readings("12345678"), ["Read as hex: 0x12345678. As decimal it is 0x00BC614E; --decimal asks for that."]);
}

#[test]
fn where_both_readings_have_an_entry_each_has_its_answer() {
    assert_eq!(codes("32"), ["0x00000020", "0x00000032"]);
    assert_eq!(readings("32"), ["Read as decimal: 0x00000020.", "Read as hex: 0x00000032."]);
}

#[test]
fn hex_letters_without_a_prefix_are_a_code_where_they_are_no_name() {
    assert_eq!(codes("BC2"), ["0x00000BC2"]);
}

#[test]
fn a_number_that_is_the_name_of_a_problem_brings_that_problem_in() {
    let said = "1603 is also the name of a problem by itself.";
    for (query, base, expected) in
        [("1603", Base::Either, true), (" 1603 ", Base::Decimal, true), ("1603", Base::Hex, false), ("0x643", Base::Either, false)]
    {
        let answers = answer(query, base).expect("it is a code");
        assert_eq!(answers.iter().any(|answer| self::said(answer).iter().any(|line| line == said)), expected, "{query:?} as {base:?}");
    }
}

#[test]
fn only_a_code_that_nothing_is_known_about_has_suggestions() {
    assert!(one("0x80CF0447").suggestions.contains(&"0x80CF0437".to_owned()));
    assert!(one("80180114").suggestions.contains(&"0x80180014".to_owned()), "also where two readings were tried");
    for query in ["0x80CF0437", "0xC0000022", "80043001", "0030200", "DeviceCapReached"] {
        assert_eq!(one(query).suggestions, Vec::<String>::new(), "{query}");
    }
}

#[test]
fn a_name_has_its_entry_and_its_code_without_being_one() {
    let answer = one("menroll e devicecapreached");
    assert_eq!((answer.code, names(&answer)), (None, vec!["MENROLL_E_DEVICECAPREACHED"]));
    assert!(ids(&answer).contains(&"device-cap-reached"), "{:?}", ids(&answer));
    assert_eq!(said(&answer), ["MENROLL_E_DEVICECAPREACHED is 0x80180013."]);
    assert!(ids(&one("device-cap-reached")).contains(&"device-cap-reached"));
}

#[test]
fn a_sentence_has_an_answer_an_error() {
    assert_eq!(codes("First 0x80180014, then 0x80CF0437."), ["0x80180014", "0x80CF0437"]);
    assert_eq!(codes("Failed with 0x80180014"), ["0x80180014"]);
    assert_eq!(codes("DeviceCapReached after 0x80CF0437"), ["none", "0x80CF0437"]);
}

#[test]
fn an_error_that_a_sentence_tells_twice_has_one_answer_and_two_errors_of_one_problem_have_two() {
    assert_eq!(codes("0x80180014 at first, and in the end it was 0x80180014 once more"), ["0x80180014"]);
    assert_eq!(codes("DeviceCapReached at first, and in the end it was DeviceCapReached once more"), ["none"]);
    assert_eq!(codes("First it was 0x80043001, and in the end it was 0x80CF3001"), ["0x80043001", "0x80CF3001"]);
    assert_eq!(codes("DeviceCapReached at first, and in the end NoEnrollmentPolicy"), ["none", "none"]);
}

#[test]
fn a_sentence_in_which_no_error_is_known_is_answered_for_what_is_written_as_a_code() {
    let answer = one("it failed with 0x87D20FFF and stopped");
    assert_eq!((answer.code.map(intune_err::Code::bits), answer.found()), (Some(0x87D2_0FFF), false));
    assert_eq!(codes("it failed with 987654321 and stopped"), ["0x3ADE68B1"]);
    for sentence in ["it failed on 20261124 and stopped", "the colour is #deadbeef now", "it failed 12 times"] {
        assert_eq!(codes(sentence), ["none"], "{sentence}");
    }
    assert!(one("it failed with 0x8F180014 and stopped").suggestions.contains(&"0x80180014".to_owned()));
    assert!(!one("it failed with 0xC0000022 and stopped").found() || one("it failed with 0xC0000022 and stopped").suggestions.is_empty());
}

#[test]
fn a_part_of_a_message_is_found_from_sixteen_letters_on() {
    // "Looks like your IT admin hasn't set an MDM authority", by a part that no other message has.
    let answer = one("admin hasn't set an MDM auth");
    assert!(ids(&answer).contains(&"mdm-authority-not-set"), "{:?}", ids(&answer));
    assert!(said(&answer)[0].starts_with("A part of the message \"Looks like your IT admin hasn't set an MDM authority."), "{answer:#?}");
    assert!(one("asn't set an MDM auth").found(), "sixteen letters");
    assert!(!one("asn't set an MDM aut").found(), "fifteen letters");
}

#[test]
fn one_message_of_several_entries_is_explained_once() {
    for answer in [one("admin hasn't set an MDM auth"), one("get help from your IT admin or try again")] {
        let mut unique = said(&answer);
        unique.sort_unstable();
        unique.dedup();
        assert!(!unique.is_empty() && unique.len() == answer.reasons.len(), "{:#?}", answer.reasons);
    }
}

/// The queries that the words of a call are, each with the ids of its entries.
fn by_words(words: &[&str]) -> Vec<(String, Vec<String>)> {
    let lookup = Lookup::new();
    let answers = lookup.answer_words(words).flat_map(|answered| answered.unwrap_or_else(|error| panic!("{words:?}: {error}")));
    answers.map(|answer| (answer.query().to_owned(), ids(&answer).into_iter().map(str::to_owned).collect())).collect()
}

#[test]
fn a_number_before_the_words_for_its_domain_is_of_that_domain() {
    for (words, entry) in [
        (&["9610", "vpp"][..], "vpp-license-not-found"),
        (&["VPP", "9616"], "vpp-license-already-assigned"),
        (&["50105", "sign-in"], "aadsts-50105"),
        (&["sign-in", "error", "code", "53003"], "aadsts-53003"),
        (&["404", "syncml"], "syncml-target-not-found"),
    ] {
        for words in [words.to_vec(), vec![&words.join(" ")[..]]] {
            let answers: Vec<Answer> = Lookup::new().answer_words(&words).flat_map(Result::unwrap).collect();
            assert_eq!(answers.len(), 1, "{words:?}");
            assert_eq!(answers[0].entries[0].id(), entry, "{words:?}");
        }
    }
}

#[test]
fn a_number_beside_its_place_is_one_query_too_where_an_entry_is_about_that_place() {
    let expected = ids(&one("error 809")).into_iter().map(str::to_owned).collect::<Vec<_>>();
    for text in [
        "VPN error 809",
        "RAS error 809",
        "Error 809 VPN",
        "rasclient 809",
        "809 vpn",
        "VPN: error 809.",
        "VPN-error 809",
        "VPN connection error 809",
        "VPN failed with error 809",
        "error 809 when connecting to VPN",
        "Always On VPN error 809",
        "VPN Fehler 809",
    ] {
        assert_eq!(ids(&one(text)), expected, "{text}");
        assert_eq!(one(text).query(), text);
    }
    let update = one("Windows Update error 5");
    assert_eq!(update.entries[0].id(), "update-access-denied");
}

#[test]
fn a_number_beside_a_part_of_windows_is_a_win32_code() {
    for (text, code) in [
        ("net use error 1219", 1219),
        ("net use 1219", 1219),
        ("Error 1219 net use", 1219),
        ("sc 1060", 1060),
        ("sc.exe error 1060", 1060),
        ("error 1069 service logon failure", 1069),
        ("service error 1053", 1053),
        ("robocopy error 5", 5),
        ("mapped drive error 1219", 1219),
    ] {
        assert_eq!(one(text).code, Some(Code::new(code)), "{text}");
        let words: Vec<&str> = text.split(' ').collect();
        let answers: Vec<Answer> = Lookup::new().answer_words(&words).flat_map(Result::unwrap).collect();
        assert!(matches!(answers.as_slice(), [one] if one.code == Some(Code::new(code))), "{text}");
    }
    for text in [
        "mysql service error 1062",
        "docker net use error 1219",
        "service error 1219",
        "scan error 1219",
        "netuse 1219",
        "sc 12",
        "sc 99999",
        "net use 1219 times",
        "net use 3 drives",
    ] {
        assert!(!one(text).found(), "{text}: {:?}", one(text).code);
    }
}

#[test]
fn a_number_beside_conditional_access_is_that_of_a_token() {
    for text in ["conditional access blocked 53000", "Conditional Access 53000", "53000 conditional access"] {
        assert_eq!(ids(&one(text)), ids(&one("AADSTS53000")), "{text}");
    }
    for text in ["access 53000", "blocked 53000 times", "access 12"] {
        assert!(!one(text).found(), "{text}");
    }
}

#[test]
fn a_code_that_a_blank_splits_is_one() {
    for (text, code) in [("8018 0014", 0x8018_0014), ("80CF 0437", 0x80CF_0437), ("c000 0005", 0xC000_0005)] {
        assert_eq!(one(text).code, Some(Code::new(code)), "{text}");
        let words: Vec<&str> = text.split(' ').collect();
        let answers: Vec<Answer> = Lookup::new().answer_words(&words).flat_map(Result::unwrap).collect();
        assert!(matches!(answers.as_slice(), [one] if one.code == Some(Code::new(code))), "{text}");
    }
    for text in ["8000 1234", "9123 4567", "7018 0014", "8018 014", "8018 00145"] {
        assert!(!one(text).found(), "{text}");
    }
    assert_eq!(Lookup::new().answer_words(&["8000", "1234"]).count(), 2);
}

#[test]
fn a_number_beside_another_place_or_a_count_is_no_query() {
    for text in [
        "Autopilot error 809",
        "windows update error 809",
        "Outlook error 809",
        "VPN error 809 users",
        "VPN error 12 times",
        "809 VPN users",
        "VPN connection 809",
        "VPN error 5",
        "VPN error 99999",
        "VPN event 809",
        "VPN error",
        "VPN 2",
        "Windows 11",
        "iOS error 809",
        "PowerShell 5",
        "Office 365",
        "iPhone 15",
        "the VPN of our users in the branches. It had the error 809",
    ] {
        assert!(!one(text).found(), "{text}: {:?}", ids(&one(text)));
    }
}

#[test]
fn a_sentence_on_a_place_has_all_its_numbers() {
    assert_eq!(ids(&one("the VPN of our users in the branches had the error 809")), ["vpn-server-does-not-respond"]);
    let answers = answer("VPN error 809 or error 812", Base::Either).unwrap();
    let codes: Vec<Option<u32>> = answers.iter().map(|answer| answer.code.map(intune_err::Code::bits)).collect();
    assert_eq!(codes, [Some(809), Some(812)]);
}

#[test]
fn a_bare_number_that_is_a_tokens_says_so() {
    let answer = &answer("53003", Base::Either).unwrap()[0];
    assert_eq!(answer.entries[0].id(), "aadsts-53003");
    assert!(answer.reasons.contains(&Reason::TokenOf("AADSTS53003".to_owned())), "{:?}", answer.reasons);
}

#[test]
fn a_number_with_a_minus_is_that_of_the_sign_in_library_on_apple_devices_before_that_of_a_token() {
    for (query, id, token) in [
        ("MSAL -50005", "msal-apple-user-canceled", "MSALErrorDomain Code=-50005"),
        ("-50002", "msal-apple-interaction-required", "MSALErrorDomain Code=-50002"),
        ("sign-in failed: -50126", "prt-invalid-username-or-password", "AADSTS50126"),
    ] {
        let answer = one(query);
        assert_eq!(ids(&answer), [id], "{query}");
        assert!(answer.reasons.contains(&Reason::TokenOf(token.to_owned())), "{query}: {:?}", answer.reasons);
    }
}

#[test]
fn words_that_mean_nothing_one_by_one_may_mean_something_together() {
    assert!(by_words(&["device", "cap", "reached"])[0].1.contains(&"device-cap-reached".to_owned()));
    assert_eq!(by_words(&["qqq", "xyz"]), [("qqq xyz".to_owned(), vec![])]);
}

#[test]
fn the_answers_of_a_sentence_are_about_what_was_found_in_it() {
    let sentence = "First AADSTS50105, then AADSTS700016, and the installer ended with exit code 1603";
    let answers = answers(sentence);
    let subjects: Vec<&str> = answers.iter().map(Answer::subject).collect();
    assert_eq!(subjects, ["AADSTS50105", "AADSTS700016", "exit code 1603"]);
    assert!(answers.iter().all(|answer| answer.query() == sentence));
    assert_eq!(one("device cap reached").subject(), "device cap reached");
}

#[test]
fn a_constant_in_a_sentence_is_answered_also_where_it_is_no_error_in_a_log() {
    for (sentence, name) in [
        ("ERROR_BAD_NETPATH (53)", "ERROR_BAD_NETPATH"),
        ("OpenSCManager failed: ERROR_DATABASE_DOES_NOT_EXIST.", "ERROR_DATABASE_DOES_NOT_EXIST"),
        ("it returned 'STATUS_NO_LOGON_SERVERS' twice", "STATUS_NO_LOGON_SERVERS"),
        ("RegEnumKeyEx gave ERROR_NO_MORE_ITEMS", "ERROR_NO_MORE_ITEMS"),
    ] {
        let answer = one(sentence);
        assert_eq!((answer.subject(), names(&answer), answer.query()), (name, vec![name], sentence));
    }
    assert!(!one("the variable MY_OWN_NAME is empty").found());
}

#[test]
fn the_http_status_in_a_sentence_is_its_error() {
    for (sentence, code) in [
        ("The remote server returned an error: (403) Forbidden.", "0x80190193"),
        ("Response: HTTP/1.1 502 Bad Gateway", "0x801901F6"),
        ("the request failed with HTTP status code 404", "0x80190194"),
        ("got HTTP 500 from the server", "0x801901F4"),
    ] {
        assert_eq!(codes(sentence), [code], "{sentence}");
    }
    for sentence in ["the server answered HTTP 200", "HTTP 5000 requests", "no http at all"] {
        assert_eq!(codes(sentence), ["none"], "{sentence}");
    }
}

#[test]
fn the_id_of_an_event_says_what_the_event_means() {
    let answer = one("event id 76");
    assert_eq!(answer.subject(), "Event 76 of Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider");
    assert!(answer.found() && answer.meaning_text().is_some_and(|text| text.starts_with("Automatic enrollment failed")));
    assert_eq!(answer.query(), "event id 76");
    assert_eq!(said(&one("event 4624")), ["Nothing is known of the event id 4624."]);
}

#[test]
fn a_message_with_variable_parts_is_found_with_any_text_in_their_place() {
    for (query, id) in [
        ("Autopilot policy Contoso Standard not found.", "autopilot-policy-not-found-yet"),
        ("Unable to save group assignment for Contoso Devices.", "device-preparation-assignment-permission"),
        ("Updating security group for device preparation setting Kiosk failed.", "device-preparation-group-owner-missing"),
    ] {
        assert!(ids(&one(query)).contains(&id), "{query}: {:?}", ids(&one(query)));
    }
    for query in ["Autopilot policy Contoso Standard was found.", "The policy was not found.", "the device isn't there"] {
        assert!(!one(query).found(), "{query}");
    }
}

#[test]
fn a_name_that_only_a_meaning_has_is_found() {
    let answer = one("om_e_install_not_allowed");
    assert_eq!(answer.code.map(|code| code.to_string()).as_deref(), Some("0x80CF0016"));
    assert!(answer.meaning_text().is_some_and(|text| text.starts_with("Another installation is running")));
    assert!(!one("OM_E_NO_SUCH_NAME").found());
}

#[test]
fn a_code_that_no_log_is_searched_for_is_found_all_the_same() {
    for (query, id) in [("0x00020100", "admx-setting-not-configured"), ("131329", "admx-file-not-sent")] {
        assert!(answers(query).iter().any(|answer| ids(answer).contains(&id)), "{query}");
    }
    assert!(intune_err::Scanner::new().all(true).scan(b"flags 0x00020100, error 0x00020101").is_empty());
}

#[test]
fn what_everybody_calls_access_denied_is_that_before_it_is_a_token_of_apples() {
    let answer = &answers("Access denied")[0];
    assert_eq!(answer.code.map(|code| code.to_string()).as_deref(), Some("0x80070005"));
    assert!(answer.is_generic());
    assert_eq!(ids(answer).last(), Some(&"ade-token-sync-access-denied"));
}

#[test]
fn words_of_a_sentence_beside_a_code_are_no_queries() {
    let one_query = |words: &[&str]| by_words(words).into_iter().map(|(query, _)| query).collect::<Vec<_>>();
    for words in [
        &["device", "enrollment", "failed", "0x80180014"][..],
        &["my", "laptop", "shows", "0x80180014", "today"],
        &["Fehler", "0x80180014", "beim", "Einrichten"],
        &["Autopilot", "Laptop", "0x80180014"],
        &["l'installation", "a", "\u{e9}chou\u{e9}:", "0x80180014"],
    ] {
        assert_eq!(one_query(words).len(), 1, "{words:?}: {:?}", one_query(words));
    }
    // In a list of queries, and where it looks like a name, a word is asked for.
    assert_eq!(one_query(&["0x80180014", "nonsense"]), ["0x80180014", "nonsense"]);
    assert_eq!(one_query(&["failed", "DeviceCapReachd", "0x80180014"]), ["DeviceCapReachd", "0x80180014"]);
    assert_eq!(one_query(&["ERROR_INSTALL_FAILURE", "0x80070644"]), ["ERROR_INSTALL_FAILURE", "0x80070644"]);
}

#[test]
fn a_text_that_nothing_fits_has_one_answer_with_suggestions() {
    let answer = one("company name characters");
    assert_eq!((answer.code, answer.found()), (None, false));
    assert!(answer.suggestions.contains(&"company-name-special-characters".to_owned()), "{:?}", answer.suggestions);
}

#[test]
fn a_query_that_can_mean_nothing_is_an_error_that_shows_it_on_one_line() {
    let error = |query: &str| answer(query, Base::Either).expect_err("it means nothing").to_string();
    assert_eq!(error(""), "the query `` is empty");
    assert_eq!(error("\t\u{200B}"), "the query `\\t\\u{200b}` is empty");
    assert_eq!(error("0x8018001G"), "`0x8018001G` is not an error code: unexpected 'G' at digit 8");
    let digits = "1".repeat(80);
    assert_eq!(error(&digits), format!("`{digits}` is not an error code: the number has more than 32 bits"));
    assert_eq!(error(&format!("{digits}1")), format!("`{digits}...` is not an error code: the number has more than 32 bits"));
}

#[test]
fn what_is_found_names_itself_where_a_program_is_debugged() {
    let found = one("device-cap-reached");
    assert_eq!(format!("{:?}", found.entries[0]), r#"Entry("device-cap-reached")"#);
    assert_eq!(format!("{:?}", one("0xC0000022").symbols), r#"[Symbol("STATUS_ACCESS_DENIED")]"#);
    let point = intune_err::checklist().next().expect("the checklist has points");
    assert_eq!(format!("{point:?}"), format!("ChecklistItem({:?})", point.text()));
    let in_log = intune_err::Scanner::new().scan(b"result: devicecapreached");
    assert!(format!("{in_log:?}").ends_with(r#"what: Text(KnownText("DeviceCapReached")) }]"#), "{in_log:?}");
}
