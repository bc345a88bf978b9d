//! The search: which words fit, what is found, and in which order.

use intune_err::{Field, Hit, SearchResult, search};

/// What a search finds, in its order: ids of entries, names of symbols.
fn found(text: &str) -> Vec<String> {
    search(text).iter().map(|hit| hit.result.query()).collect()
}

/// Whether a search finds a given entry or symbol.
fn finds(text: &str, wanted: &str) -> bool {
    found(text).iter().any(|found| found == wanted)
}

/// The hit of a search that is a given entry or symbol.
#[track_caller]
fn hit(text: &str, wanted: &str) -> Hit {
    search(text).into_iter().find(|hit| hit.result.query() == wanted).unwrap_or_else(|| panic!("{text:?} does not find {wanted}"))
}

#[test]
fn a_word_fits_as_a_whole_by_its_beginning_at_a_capital_inside_and_with_one_slip() {
    // A step of this entry has `SupportMultipleDomain`, and no other text has anything like it.
    for (word, fits) in [
        ("supportmultipledomain", true),
        ("SUPPORTMULTIPLEDOMAIN", true),
        ("supportmultiple", true),
        ("multipledomain", true),
        ("multipledom", true),
        ("upportmultiple", false),
        ("pportmultiple", false),
        ("ultipledomain", false),
        ("multipledomainx", false),
        ("supportmultipledoman", true),
        ("supportmultipledomainn", true),
        ("supportmultipledomian", true),
        ("supportmultiplexomain", true),
        ("xupportmultipledomain", false),
        ("supportmultipledoamn", false),
        ("supportmultipledomina", false),
        ("suxportmultiplexomain", false),
        ("supportmultipleoxmain", false),
        ("supportmultiplexdmain", false),
        ("suportmultipledoman", false),
        ("supportmultipledo", true),
        ("supprtmultipledo", false),
    ] {
        assert_eq!(finds(word, "multiple-verified-domains"), fits, "{word}");
    }
}

#[test]
fn every_word_has_to_fit() {
    assert!(finds("clock time zone", "client-clock-wrong"));
    assert!(!finds("clock time zone qqqxyz", "client-clock-wrong"));
    assert!(found("clock qqqxyz").is_empty() && found("0x80CF0437 qqqxyz").is_empty());
    assert!(found("").is_empty() && found(" - ").is_empty());
}

#[test]
fn the_best_match_comes_first() {
    let hits = search("certificate expired");
    assert!(hits.len() > 1 && hits.is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(found("expired certificates within management profile")[0], "ios-profile-signing-certificate-expired");
}

#[test]
fn a_name_tells_more_than_a_message_that_more_than_a_description_and_all_more_than_a_step() {
    let orders: [(&str, &[&str]); 13] = [
        // The very name, a message with both words, an id.
        ("access denied", &["ade-token-sync-access-denied", "ndes-plugin-403-forbidden", "update-access-denied"]),
        // Both words in one text, also where that is a message and one of the words the name of something else.
        ("device reached", &["device-cap-reached", "entra-device-quota-reached", "apple-device-registration-limit"]),
        // Both words in the title, which is what people type, before those in a message.
        ("device limit", &["device-cap-reached", "entra-device-quota-reached", "autopilot-device-reuse-blocked"]),
        (
            "certificate expired",
            &["pc-client-software-out-of-date", "connector-scep-challenge-expired", "ios-profile-signing-certificate-expired"],
        ),
        // All words in the id before the likeliest problem of which they are only told.
        ("certificate expired", &["ios-profile-signing-certificate-expired", "ios-apns-certificate-not-valid"]),
        ("app install failed", &["store-app-msi-install-failed", "mdm-app-license-install-failed", "android-app-failed-to-install"]),
        ("network connection", &["adal-internet-connection-aborted", "mdm-enrollment-network-error"]),
        // The whole word before the beginning of one.
        (
            "wifi profile",
            &["windows-wifi-profile-name-with-space", "windows-wifi-psk-false-remediation-error", "wifi-profiles-all-report-failing"],
        ),
        // The problem that has the code before one whose cause speaks of it.
        ("0x801C003A", &["hybrid-join-tenant-not-found", "hybrid-join-discovery-failed"]),
        // A problem before a constant of which nothing but its name is known.
        ("clock", &["client-clock-wrong", "NS_E_WMP_DRM_NO_SECURE_CLOCK"]),
        // A constant with the words in its name before a problem with a step that has words which begin so, and before a constant with such.
        ("smart card", &["ERROR_NO_SMART_CARD_READER", "hybrid-join-tpm-keyset-missing"]),
        ("lock", &["ERROR_DRIVE_LOCKED", "hybrid-join-tpm-keyset-missing"]),
        ("subscription", &["ERROR_EVT_SUBSCRIPTION_TO_DIRECT_CHANNEL", "NS_E_SUBSCRIPTIONSERVICE_LOGIN_FAILED"]),
    ];
    for (text, order) in orders {
        let found = found(text);
        let places: Vec<Option<usize>> = order.iter().map(|id| found.iter().position(|found| found == id)).collect();
        assert!(places.is_sorted() && !places.contains(&None), "{text:?}: {order:?} are found at {places:?}");
    }
}

#[test]
fn of_two_that_fit_equally_well_the_likelier_has_the_higher_score() {
    for (text, likelier, other) in [
        ("device limit reached", "device-cap-reached", "entra-device-quota-reached"),
        ("network connection", "hybrid-join-connection-aborted", "update-connection-aborted-bits"),
    ] {
        let (likelier, other) = (hit(text, likelier), hit(text, other));
        let rank = |hit: &Hit| if let SearchResult::Entry(entry) = hit.result { entry.rank() } else { u8::MAX };
        assert!(rank(&likelier) < rank(&other) && likelier.score > other.score, "{text:?}: {likelier:?}, {other:?}");
        assert!(likelier.score - other.score < 10, "{text:?}: a word that fits better counts for more: {likelier:?}, {other:?}");
    }
}

#[test]
fn a_hit_names_the_field_that_holds_most_of_the_words_best() {
    for (text, id, field, start) in [
        ("clock wrong", "client-clock-wrong", "id", "client-clock-wrong"),
        ("computer clock wrong", "client-clock-wrong", "problem", "The client computer's clock is wrong."),
        ("right time zone", "client-clock-wrong", "resolution", "Set the right time"),
        ("devicecapreached", "device-cap-reached", "name", "DeviceCapReached"),
        ("0x80CF0437", "client-clock-wrong", "code", "The client computer's clock is wrong."),
        ("80cf04", "client-clock-wrong", "code", "The client computer's clock is wrong."),
        ("80CF0437 clock", "client-clock-wrong", "id", "client-clock-wrong"),
    ] {
        let hit = hit(text, id);
        assert_eq!((hit.field.name(), hit.text.get(..start.len())), (field, Some(start)), "{text}");
    }
}

#[test]
fn a_code_is_found_by_its_beginning_from_four_digits_on() {
    assert!(finds("0x80CF", "client-clock-wrong") && finds("80cf", "client-clock-wrong"));
    assert!(!finds("80c", "client-clock-wrong") && !finds("0437", "client-clock-wrong"));
}

#[test]
fn a_symbol_is_found_where_it_has_no_entry_and_the_shorter_name_first() {
    assert!(finds("status access denied", "STATUS_ACCESS_DENIED"));
    assert!(!finds("menroll devicecapreached", "MENROLL_E_DEVICECAPREACHED"), "its entry is found");
    let symbols: Vec<Hit> = search("ns proxy").into_iter().filter(|hit| matches!(hit.result, SearchResult::Symbol(_))).collect();
    assert!(symbols.len() > 1, "{symbols:?}");
    let lengths: Vec<usize> = symbols.iter().filter(|hit| hit.score / 100 == symbols[0].score / 100).map(|hit| hit.text.len()).collect();
    assert!(lengths.is_sorted(), "{symbols:?}");
    assert!(symbols.iter().all(|hit| hit.field == Field::Name && hit.text == hit.result.query()));
}

#[test]
fn an_entry_that_has_the_code_is_not_behind_others_for_having_it_in_a_text_too() {
    // Its cause tells of the code as well as its list of codes.
    let both = "mdm-enrollment-user-canceled-mfa";
    assert_eq!(found("CAA2000C").first().map(String::as_str), Some(both));
    assert_eq!(hit("CAA2000C", both).field, Field::Code);
}

#[test]
fn every_written_form_of_a_code_finds_what_its_hex_finds() {
    for (hex, forms) in [
        (
            "0x80180014",
            &[
                "-2145910764",
                "2149056532",
                "80180014",
                "80180014h",
                "&H80180014",
                "#80180014",
                "0x8018_0014",
                "%%2149056532",
                "0xFFFFFFFF80180014",
                "18446744071563640852",
                "hr=0x80180014",
                "hr = -2145910764",
                "(0x80180014).",
                "\u{2212}2145910764",
                "2,149,056,532",
                "2 149 056 532",
                "-2.145.910.764",
                "dword:80180014",
                "\\u00220x80180014\\u0022",
                "&quot;0x80180014&quot;",
                "2149056532.0",
                "-0x7FE7FFEC",
                "MENROLL_E_DEVICENOTSUPPORTED",
                "menroll_e_devicenotsupported",
                "MENROLLEDEVICENOTSUPPORTED",
                "'MENROLL_E_DEVICENOTSUPPORTED',",
            ][..],
        ),
        ("0x80070005", &["-2147024891", "2147942405", "80070005", "E_ACCESSDENIED", "0x8007_0005"]),
        ("0x80CF0437", &["-2133916617", "2161050679", "80cf0437"]),
    ] {
        let wanted = found(hex);
        assert!(!wanted.is_empty(), "{hex}");
        for form in forms {
            let found = found(form);
            let missing: Vec<&String> = wanted.iter().filter(|id| !found.contains(id)).collect();
            assert!(is_text_alone(&missing, hex), "{form} does not find {missing:?}");
        }
    }
}

/// Whether records only tell of a code in a text, as no other form of it can.
fn is_text_alone(ids: &[&String], hex: &str) -> bool {
    ids.iter().all(|id| hit(hex, id).field != Field::Code)
}

#[test]
fn a_code_beside_words_is_found_in_any_form() {
    for form in ["0x80CF0437", "-2133916617", "2161050679", "80CF0437", "(0x80CF0437)"] {
        assert_eq!(found(&format!("{form} clock")), found("0x80CF0437 clock"), "{form}");
        assert_eq!(found(&format!("clock {form} {form}")), found("0x80CF0437 clock"), "{form}");
    }
    // A small number beside words is none.
    assert!(!finds("windows 5", "update-access-denied"));
}

#[test]
fn a_win32_code_finds_what_its_hresult_has() {
    let lists = |hit: &Hit| matches!(hit.result, SearchResult::Entry(entry) if entry.codes().any(|code| code.bits() == 0x8007_0005));
    let of_hresult: Vec<String> = search("0x80070005").into_iter().filter(lists).map(|hit| hit.result.query()).collect();
    assert!(of_hresult.len() > 1);
    for form in ["5", "0x5", "0x00000005", "ERROR_ACCESS_DENIED"] {
        let found = found(form);
        assert!(of_hresult.iter().all(|id| found.contains(id)), "{form}: {found:?}");
    }
}

#[test]
fn a_constant_or_a_meaning_without_an_entry_is_found_by_its_code() {
    for (form, name) in
        [("0x00000079", "ERROR_SEM_TIMEOUT"), ("0x80070079", "ERROR_SEM_TIMEOUT"), ("-1072877840", "NS_E_PROXY_DNS_TIMEOUT")]
    {
        assert!(finds(form, name), "{form}: {:?}", found(form));
    }
}
