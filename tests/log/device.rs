//! What the files of a bundle say of the device.

use intune_err::log::{Device, Fact};

/// What a text says, by the names of the facts.
#[track_caller]
fn said(text: &str) -> Vec<(&'static str, Vec<String>)> {
    let mut device = Device::default();
    device.begin(Some("a.txt"));
    device.push(text.as_bytes());
    device.end();
    device.facts().into_iter().map(|(fact, said)| (fact.name(), said.iter().map(|said| said.value.clone()).collect())).collect()
}

/// How a text of a kind begins.
fn head(kind: &str) -> &'static str {
    match kind {
        "dsregcmd" => "+---+\r\n| Device State                                                         |\r\n+---+\r\n",
        "systeminfo" => "\r\nHost Name:                 \r\n",
        "msinfo32" => {
            "System Information report written at: 01/05/26 10:00:00\r\n[System Summary]\r\nItem\tValue\r\nOS Name\tMicrosoft\r\n"
        }
        "reg" => "Windows Registry Editor Version 5.00\r\n\r\n",
        "mdm-html" => "<title>MDM Diagnostic Report</title>\r\n",
        "mdm-xml" => "<?xml version=\"1.0\"?>\r\n<MDMEnterpriseDiagnosticsReport>\r\n",
        "autopilot-json" => "{\"CloudAssignedTenantId\":\"\",\r\n",
        "ver" => "\r\n",
        other => panic!("{other} is no kind of text"),
    }
}

#[test]
fn every_row_finds_what_it_says_in_its_test_line() {
    let mut faults = Vec::new();
    for row in include_str!("../../data/device.tsv").lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [fact, kind, under, _, _, line, expected, _] = columns[..] else { panic!("{row}") };
        let line = line.replace("\\t", "\t");
        let text = if under == "-" {
            format!("{}{line}\r\n", head(kind))
        } else {
            let key = format!("HKEY_LOCAL_MACHINE\\{}", under.replace('*', "{0A1B2C3D-0000-1111-2222-333344445555}"));
            let key = if line.starts_with('"') { format!("[{key}]") } else { key };
            // Only a key with a server or a user is an enrollment.
            let user = if under.ends_with('*') { "\"ProviderID\"=\"MS DM Server\"\r\n" } else { "" };
            format!("{}{key}\r\n{user}{line}\r\n", head(kind))
        };
        let found = said(&text).into_iter().find(|(name, _)| *name == fact);
        let found = found.map(|(_, values)| values);
        // msinfo32 needs the name of Windows to be known by.
        if !found.as_ref().is_some_and(|values| values.iter().any(|value| value == expected)) {
            faults.push(format!("{fact} in {kind}: {found:?}, not {expected}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_key_that_is_no_enrollment_says_nothing() {
    let key = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\18DCFFD4-37D6-4BC6-87E0-4266FDBB8E49";
    let own = format!("{}[{key}]\r\n\"EnrollmentState\"=dword:00000001\r\n\"EnrollmentType\"=dword:00000001\r\n", head("reg"));
    assert_eq!(said(&own), []);
    // The values of one key are not those of another.
    let two = format!("{own}\r\n[{key}\\FirstSync]\r\n\"ProviderID\"=\"MS DM Server\"\r\n");
    assert_eq!(said(&two), []);
    let real = format!("{own}\"UPN\"=\"ada@contoso.com\"\r\n");
    let expected = [("enrollment-type", "1"), ("enrollment-state", "1"), ("enrollment-user", "ada@contoso.com")];
    assert_eq!(said(&real), expected.map(|(fact, value)| (fact, vec![value.to_owned()])));
}

#[test]
fn the_first_value_comes_first_and_others_contradict_it_with_their_places() {
    let mut device = Device::default();
    for (path, name) in [("a.zip!dsregcmd.log", "DESKTOP-1"), ("b.log", "desktop-1.contoso.com"), ("c.log", "DESKTOP-2")] {
        device.begin(Some(path));
        device.push(format!("{}Device Name : {name}\r\n", head("dsregcmd")).as_bytes());
    }
    device.end();
    let facts = device.facts();
    let values: Vec<(&str, &str, u64)> =
        facts[0].1.iter().map(|said| (said.value.as_str(), said.path.as_deref().unwrap_or_default(), said.line)).collect();
    assert_eq!(values, [("DESKTOP-1", "a.zip!dsregcmd.log", 4), ("DESKTOP-2", "c.log", 4)]);
}

#[test]
fn a_longer_version_of_windows_says_more() {
    let mut device = Device::default();
    for text in ["Host Name:  A\r\nOS Version:   10.0.22631 N/A Build 22631\r\n", "Microsoft Windows [Version 10.0.22631.3593]\r\n"] {
        device.begin(None);
        device.push(text.as_bytes());
    }
    device.end();
    assert_eq!(device.get(Fact::OsVersion).map(|said| said.value.as_str()), Some("10.0.22631.3593"));
    assert_eq!(device.facts().iter().find(|(fact, _)| *fact == Fact::OsVersion).map(|(_, said)| said.len()), Some(1));
}

#[test]
fn join_states_are_those_of_the_documentation() {
    for (entra, enterprise, domain, state) in [
        ("YES", "NO", "NO", Some("Microsoft Entra joined")),
        ("NO", "NO", "YES", Some("domain joined, not Microsoft Entra joined")),
        ("YES", "NO", "YES", Some("Microsoft Entra hybrid joined")),
        ("NO", "YES", "YES", Some("joined to an on-premises registration service (DRS)")),
        ("NO", "NO", "NO", Some("not joined")),
        ("maybe", "NO", "NO", None),
    ] {
        let mut device = Device::default();
        let text = format!("{}AzureAdJoined : {entra}\r\nEnterpriseJoined : {enterprise}\r\nDomainJoined : {domain}\r\n", head("dsregcmd"));
        device.begin(None);
        device.push(text.as_bytes());
        assert_eq!(device.join_state(), state, "{text}");
        // Another device says something else: then nobody knows.
        device.begin(Some("b.log"));
        device.push(text.replace("YES", "x").replace("NO", "YES").replace('x', "NO").as_bytes());
        assert!(device.join_state().is_none(), "{text}");
    }
}

#[test]
fn pieces_of_any_size_say_the_same() {
    let text = format!("{}DomainJoined : YES\r\n\r\nMicrosoft Windows [Version 10.0.22631.3593]\r\nDevice Name : A", head("dsregcmd"));
    let whole = said(&text);
    // What gives the kind away comes in one piece: pieces are lines, or the parts of very long ones.
    let mut device = Device::default();
    device.begin(None);
    text.split_inclusive('\n').for_each(|line| device.push(line.as_bytes()));
    device.end();
    assert_eq!(device.facts().len(), whole.len());
    assert_eq!(device.get(Fact::DeviceName).map(|said| said.line), Some(7));
}

#[test]
fn a_log_that_only_speaks_of_such_things_says_nothing() {
    for text in [
        "2026-01-05 AzureAdJoined : YES\r\nDevice Name : A\r\n",
        "<![LOG[read [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\x] \"UPN\"=\"a@b.c\"]LOG]!>\r\n",
        "the <OSVersion>10.0</OSVersion> of a report\r\n",
        "",
    ] {
        assert_eq!(said(text), [], "{text}");
    }
}

#[test]
fn hostile_text_stays_bounded() {
    let mut device = Device::default();
    device.begin(Some("a.reg"));
    device.push(head("reg").as_bytes());
    device.push(b"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\X]\r\n");
    for number in 0..10_000 {
        device.push(format!("\"UPN\"=\"user{number}@contoso.com\"\r\n").as_bytes());
    }
    device.push(format!("\"ProviderID\"=\"{}\"", "x".repeat(1 << 20)).as_bytes());
    device.push(&vec![b'y'; 1 << 20]);
    device.end();
    for (_, said) in device.facts() {
        assert!(said.len() <= 4 && said.iter().all(|said| said.value.len() <= 200));
    }
}
