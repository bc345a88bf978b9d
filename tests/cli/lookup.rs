//! What the look-up finds: all of the reference page, by code, token, message, id and title; in sentences and log lines; several
//! queries in one call, and several words as one query.

use super::strict::{answers, found, json, one};
use super::{PAGE, intune_err};

/// The table of enrollment error codes, row by row: the entry, its problem, and the codes that are aliases of each other.
const ROWS: [(&str, &str, &[&str]); 16] = [
    ("client-clock-wrong", "The client computer's clock is wrong.", &["0x80CF0437"]),
    (
        "client-cannot-connect-to-intune",
        "Intune PC client (retired): The client computer can't reach the Intune service.",
        &["0x80240438", "0x80CF0438", "0x80CF402C"],
    ),
    (
        "proxy-not-set-for-ie-and-local-system",
        "Intune PC client (retired): No proxy is set for Internet Explorer and the Local System account.",
        &["0x80240438", "0x80CF0438"],
    ),
    ("enrollment-package-out-of-date", "The enrollment package is outdated.", &["0x80043001", "0x80CF3001", "0x80043004", "0x80CF3004"]),
    (
        "account-in-maintenance-mode",
        "The Intune account is in maintenance mode, so no new client computers can be enrolled.",
        &["0x80043002", "0x80CF3002"],
    ),
    ("account-deleted", "The Intune account was deleted.", &["0x80043003", "0x80CF3003"]),
    ("client-computer-retired", "The computer was retired in Intune.", &["0x80043005", "0x80CF3005"]),
    ("account-seats-exhausted", "All seats of the Intune account are taken.", &["0x80043006", "0x80CF3006"]),
    (
        "client-certificate-file-not-found",
        "The installer doesn't find the certificate file in its own folder.",
        &["0x80043007", "0x80CF3007"],
    ),
    (
        "client-restart-pending",
        "Intune PC client (retired): The computer has to restart before the software can be installed.",
        &["0x8024D015", "0x00240005", "0x80070BC2", "0x80070BC9", "0x80CFD015"],
    ),
    (
        "client-prerequisites-missing",
        "Intune PC client (retired): Something that the client software needs is missing on the computer.",
        &["0x80070032"],
    ),
    (
        "online-management-updates-service-not-started",
        "The service Microsoft Online Management Updates didn't start.",
        &["0x80043008", "0x80CF3008"],
    ),
    ("client-already-enrolled", "The computer is already enrolled in the service.", &["0x80043009", "0x80CF3009"]),
    ("client-windows-version-not-supported", "The client software doesn't run on this version of Windows.", &["0x8004300B", "0x80CF300B"]),
    (
        "installer-vbscript-runtime-not-accessible",
        "Windows Installer can't reach the VBScript run time that a custom action needs.",
        &["0x00000AB2"],
    ),
    ("service-endpoint-connection-terminated", "The service endpoint ended the connection.", &["0x80CF0440"]),
];

#[test]
fn the_table_of_the_page_has_34_places_and_32_codes() {
    let mut codes: Vec<&str> = ROWS.iter().flat_map(|(_, _, codes)| codes.iter().copied()).collect();
    assert_eq!(codes.len(), 34);
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 32);
}

#[test]
fn each_code_of_the_page_finds_its_row_with_all_aliases_and_the_page_as_source() {
    for (id, problem, codes) in ROWS {
        for code in codes {
            let answer = found(code);
            assert_eq!(answer.hex(), *code);
            let entry = answer.entry(id);
            assert_eq!(entry.problem, problem, "{code}");
            assert_eq!(entry.codes, codes, "{code}");
            assert_eq!(entry.source, PAGE, "{code}");
            assert_eq!((entry.area.as_str(), entry.platforms.as_slice()), ("enrollment", &["windows".to_owned()][..]), "{code}");
            assert!(!entry.resolution.is_empty() || !entry.causes.is_empty(), "{code}: nothing to do and nothing to know");
        }
    }
}

#[test]
fn each_code_of_the_page_prints_problem_aliases_and_source_for_people() {
    for (_, problem, codes) in ROWS {
        for code in codes {
            intune_err([code])
                .stdout_holds(&format!("{code} ("))
                .stdout_holds(&format!(" {problem}\n"))
                .stdout_holds(&format!("\nCodes:      {}\n", codes.join(", ")))
                .stdout_holds("\nResolution: ")
                .stdout_holds(&format!("\nSource:     {PAGE}\n"))
                .run();
        }
    }
}

#[test]
fn codes_that_only_the_page_lists_find_nothing_else() {
    for (_, _, codes) in ROWS {
        for code in codes.iter().filter(|code| code.starts_with("0x80CF") || code.starts_with("0x8004300")) {
            let expected: Vec<&str> = ROWS.iter().filter(|(_, _, codes)| codes.contains(code)).map(|(id, _, _)| *id).collect();
            assert_eq!(found(code).ids(), expected, "{code}");
        }
    }
}

#[test]
fn a_code_in_two_rows_shows_both_problems() {
    let both = ["client-cannot-connect-to-intune", "proxy-not-set-for-ie-and-local-system"];
    assert_eq!(found("0x80CF0438").ids(), both);
    let ids = found("0x80240438");
    let ids: Vec<&str> = ids.ids().into_iter().filter(|id| both.contains(id)).collect();
    assert_eq!(ids, both);
}

/// What the page names, other than by a code: a query, and the entry that it has to find.
const NAMED: [(&str, &str); 27] = [
    ("DeviceCapReached", "device-cap-reached"),
    ("devicecapreached", "device-cap-reached"),
    ("DEVICECAPREACHED", "device-cap-reached"),
    ("Device_Cap_Reached", "device-cap-reached"),
    ("Device cap reached", "device-cap-reached"),
    ("device-cap-reached", "device-cap-reached"),
    ("Company Portal Temporarily Unavailable", "company-portal-temporarily-unavailable"),
    ("Company Portal Temporarily Unavailable", "device-cap-reached"),
    ("  company   portal\ttemporarily\nunavailable ", "company-portal-temporarily-unavailable"),
    ("company-portal-temporarily-unavailable", "company-portal-temporarily-unavailable"),
    ("MDM authority not defined", "mdm-authority-not-defined"),
    ("\"MDM AUTHORITY NOT DEFINED\"", "mdm-authority-not-defined"),
    ("mdm-authority-not-defined", "mdm-authority-not-defined"),
    ("company-name-special-characters", "company-name-special-characters"),
    ("Unable to create policy or enroll devices if the company name contains special characters", "company-name-special-characters"),
    ("SupportMultipleDomain", "multiple-verified-domains"),
    ("multiple-verified-domains", "multiple-verified-domains"),
    ("Unable to sign in or enroll devices when you have multiple verified domains", "multiple-verified-domains"),
    ("Profile installation failed", "profile-installation-failed"),
    ("profile-installation-failed", "profile-installation-failed"),
    ("IOSProfileSigning.manage.microsoft.com", "ios-profile-signing-certificate-expired"),
    ("Expired certificates within the management profile", "ios-profile-signing-certificate-expired"),
    ("Your IT admin hasn't given you access to use this app. Get help from your IT admin or try again later.", "user-license-missing"),
    (
        "Your IT admin hasn\u{2019}t given you access to use this app. Get help from your IT admin or try again later.",
        "user-license-missing",
    ),
    ("IT admin needs to assign license for access", "user-license-missing"),
    ("Looks like your IT admin hasn't set an MDM authority. Get help from your IT admin or try again later.", "mdm-authority-not-set"),
    ("IT admin needs to set MDM authority", "mdm-authority-not-set"),
];

#[test]
fn each_named_problem_is_found_by_token_message_title_and_id() {
    for (query, id) in NAMED {
        let answer = found(query);
        assert_eq!(answer.entry(id).source, PAGE, "{query}");
        assert_eq!((answer.query.as_str(), answer.code.as_ref(), answer.anatomy.as_ref()), (query, None, None));
    }
}

#[test]
fn the_device_cap_has_both_ways_out_and_the_caveat_of_the_enrollment_manager() {
    intune_err(["DeviceCapReached"])
        .stdout_holds("Devices > Enrollment > Device limit restriction")
        .stdout_holds("Users > All users > the user > Devices")
        .stdout_holds("https://learn.microsoft.com/mem/intune/remote-actions/devices-wipe")
        .stdout_holds("https://learn.microsoft.com/mem/intune/enrollment/enrollment-restrictions-set")
        .stdout_holds("https://learn.microsoft.com/mem/intune/enrollment/device-enrollment-manager-enroll")
        .stdout_holds("Conditional Access")
        .run();
}

#[test]
fn the_unavailable_company_portal_leads_on_to_the_device_cap() {
    let entry = found("company-portal-temporarily-unavailable");
    let steps = &entry.entry("company-portal-temporarily-unavailable").resolution;
    assert!(steps.last().unwrap().contains("intune-err DeviceCapReached"), "{steps:#?}");
}

#[test]
fn the_undefined_mdm_authority_has_the_steps_of_dirsync_in_their_order() {
    let answer = found("MDM authority not defined");
    let steps = answer.entry("mdm-authority-not-defined").resolution.join("\n");
    let places: Vec<usize> = ["turn off DirSync", "delete the mismatched user", "one hour", "Turn on DirSync again"]
        .iter()
        .map(|step| steps.find(step).unwrap_or_else(|| panic!("no step {step:?}: {steps}")))
        .collect();
    assert!(places.is_sorted(), "{steps}");
}

#[test]
fn the_expired_signing_certificate_is_no_fault() {
    let answer = found("IOSProfileSigning.manage.microsoft.com");
    let entry = answer.entry("ios-profile-signing-certificate-expired");
    assert!(entry.problem.contains("this is no fault"), "{}", entry.problem);
    assert!(!entry.causes.is_empty(), "no reason is given");
}

#[test]
fn what_the_page_says_about_retired_things_is_marked_as_legacy() {
    let answer = found("0x80CF0438");
    assert!(answer.entry("proxy-not-set-for-ie-and-local-system").legacy.as_deref().unwrap().contains("Internet Explorer"));
    assert!(found("0x80CF3005").entry("client-computer-retired").legacy.as_deref().unwrap().contains("retired"));
}

#[test]
fn a_symbolic_name_is_found_in_any_case_and_without_its_underscores() {
    for query in
        ["MENROLL_E_DEVICENOTSUPPORTED", "menroll_e_devicenotsupported", "MENROLLEDEVICENOTSUPPORTED", "MenrollE_DeviceNotSupported"]
    {
        assert_eq!(found(query).symbols, ["MENROLL_E_DEVICENOTSUPPORTED"], "{query}");
    }
}

#[test]
fn a_win32_code_and_its_hresult_find_the_same_entries_and_the_answer_says_so() {
    let hresult = found("0x80070BC2");
    assert!(hresult.ids().contains(&"client-restart-pending"));
    for form in ["3010", "0xBC2", "BC2", "0x00000BC2"] {
        let answer = found(form);
        let (mut ids, mut expected) = (answer.ids(), hresult.ids());
        ids.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{form}");
        assert_eq!(answer.symbols, ["ERROR_SUCCESS_REBOOT_REQUIRED"], "{form}");
        assert!(answer.explanation.iter().any(|said| said.contains("0x80070BC2")), "{form}: {:?}", answer.explanation);
    }
    assert!(hresult.explanation.iter().any(|said| said.contains("Win32 error 3010 (0x00000BC2)")), "{:?}", hresult.explanation);
}

/// Sentences and pasted log lines, and the codes (or ids, for what has no code) that they hold.
const SENTENCES: [(&str, &[&str]); 8] = [
    ("Enrollment failed with 0x80cf0437 this morning", &["0x80CF0437"]),
    ("The client says (0x80CF0437), then 0x80CF0440.", &["0x80CF0437", "0x80CF0440"]),
    ("Error -2133916617 while enrolling", &["0x80CF0437"]),
    ("HRESULT=80CF0437 in EnrollDevice", &["0x80CF0437"]),
    ("2024-09-18 10:12:01.123 [4711] ERROR failed (Unknown Win32 Error code: 0x80cf3009)", &["0x80CF3009"]),
    ("MDM Enroll: Failed (0x80CF0437), again 0x80cf0437", &["0x80CF0437"]),
    ("the portal shows DeviceCapReached for this user", &["device-cap-reached"]),
    ("the phone says Profile installation failed, what now", &["profile-installation-failed"]),
];

#[test]
fn a_sentence_or_log_line_is_answered_a_finding_at_a_time() {
    for (sentence, expected) in SENTENCES {
        let answers = answers(&json([sentence]).output());
        assert_eq!(answers.len(), expected.len(), "{sentence}: {answers:#?}");
        for (answer, expected) in answers.iter().zip(expected) {
            assert_eq!(answer.query, sentence);
            assert!(answer.found, "{sentence}");
            match &answer.code {
                Some(code) => assert_eq!(code.hex, *expected, "{sentence}"),
                None => assert!(answer.ids().contains(expected), "{sentence}: {:?}", answer.ids()),
            }
        }
    }
}

#[test]
fn several_queries_are_answered_in_their_order_with_a_blank_line_between() {
    let output = intune_err(["0x80CF0440", "company-name-special-characters", "0x80CF0437"]).output();
    let places: Vec<usize> = ["0x80CF0440 (", "\n\ncompany-name-special-characters\n", "\n\n0x80CF0437 ("]
        .iter()
        .map(|part| output.find(part).unwrap())
        .collect();
    assert!(places.is_sorted(), "{output}");
    assert!(output.starts_with("0x80CF0440 ("), "{output}");
}

#[test]
fn words_that_match_nothing_one_by_one_are_tried_joined() {
    for words in [&["device", "cap", "reached"][..], &["MDM", "authority", "not", "defined"], &["profile", "installation", "failed"]] {
        let answer = one(json(words));
        assert_eq!(answer.query, words.join(" "));
        assert!(answer.ids().iter().any(|id| *id == words.join("-").to_lowercase()), "{words:?}: {:?}", answer.ids());
    }
}

#[test]
fn words_of_which_one_is_a_query_are_not_joined() {
    let (stdout, stderr) = intune_err(["0x80CF0437", "qqqxyz"]).status(1).outputs();
    assert!(stdout.contains("client computer"), "{stdout}");
    assert!(stderr.starts_with("error: `qqqxyz` is neither a code nor a known name or message\n"), "{stderr}");
}

#[test]
fn the_path_of_an_existing_file_is_answered_with_the_advice_to_scan_it() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    intune_err([file]).stderr(&format!("error: `{file}` is a file\nhelp: scan it for errors: intune-err scan {file}\n")).status(1).run();
}

#[test]
fn a_file_whose_name_holds_a_code_is_a_file_all_the_same() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/enrollment 0x80CF0437.log");
    std::fs::write(file, "nothing").unwrap();
    intune_err([file]).stderr_holds("is a file\nhelp: scan it").status(1).run();
}

#[cfg(unix)]
#[test]
fn the_advice_for_a_file_holds_nothing_that_a_terminal_acts_on() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/a\u{1B}[31mred.log");
    std::fs::write(file, "nothing").unwrap();
    let (_, stderr) = intune_err([file]).status(1).outputs();
    assert!(!stderr.contains('\u{1B}'), "{stderr:?}");
}

#[test]
fn the_texts_that_windows_prints_lead_to_the_codes_that_they_stand_for() {
    for (text, code) in [
        ("Mobile Device Management (MDM) is not configured.", "0x8018002B"),
        ("Bad request (400).", "0x80190190"),
        ("Auto MDM Enroll: Device Credential (0x0), Failed (Bad request (400).)", "0x80190190"),
    ] {
        intune_err([text]).stdout_holds(code).run();
    }
}

#[test]
fn a_part_of_a_message_finds_it_and_says_so() {
    intune_err(["hasn't given you access to use this app"])
        .stdout_holds("Reading:    A part of the message \"Your IT admin hasn't given you access to use this app.")
        .stdout_holds("Problem:    The user has no license to enroll a device.")
        .run();
}
