//! Archives and event logs as an admin has them: `scan` answers what is in them, and names what it does not read.

use std::fs;

use tempdir::Folder;

use super::make::{Event, Member, Value, Zip, cabinet, event_log, gzip, utf16, zip, zip_of};
use super::{intune_err, strict};

mod tempdir {
    //! A folder of its own for a test, which goes with it.

    use std::path::{Path, PathBuf};

    pub(super) struct Folder(PathBuf);

    impl Folder {
        pub(super) fn new(name: &str) -> Self {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("evidence-{name}"));
            let _ = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).expect("the folder for tests can be written");
            Self(path)
        }

        pub(super) fn file(&self, name: &str, content: &[u8]) -> String {
            let path = self.0.join(name);
            std::fs::write(&path, content).expect("the folder for tests can be written");
            path.to_str().expect("its path is UTF-8").to_owned()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

const MDM: &str = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";
const LOG: &[u8] = b"start\r\n2026-01-05 10:00:00 MDM Enroll: Failed (0x80CF0437)\r\n";

fn failed(code: u32) -> Event {
    Event::new(MDM, 76, &[("HexInt1", Value::HexInt32(1)), ("HRESULT", Value::HexInt32(code))])
}

/// Place, line and code of each finding, and what was not read.
fn findings(output: &str) -> (Vec<(String, u64, String)>, Vec<strict::Unread>) {
    let (found, unread) = strict::apart(output);
    let found = strict::findings(&found);
    let of =
        |finding: strict::Finding| (finding.path.unwrap_or_default(), finding.line, finding.code.map_or(finding.matched, |code| code.hex));
    (found.into_iter().map(of).collect(), unread)
}

#[test]
fn the_same_findings_come_out_of_every_packaging() {
    let folder = Folder::new("packagings");
    let text = std::str::from_utf8(LOG).expect("the log is ASCII");
    let wide = [b"\xFF\xFE".to_vec(), utf16(text)].concat();
    let cab = cabinet(cab::CompressionType::MsZip, &[("a.log", LOG)]);
    let inner = zip(Zip::Deflate, &[("a.log", LOG)]);
    for (name, content, place) in [
        ("a.log", LOG.to_vec(), ""),
        ("wide.log", wide.clone(), ""),
        ("a.log.gz", gzip(LOG), ""),
        ("a.zip", zip(Zip::Deflate, &[("logs/a.log", LOG)]), "!logs/a.log"),
        ("streamed.zip", zip(Zip::Streamed, &[("a.log", LOG)]), "!a.log"),
        ("wide.zip", zip(Zip::Stored, &[("a.log", &wide)]), "!a.log"),
        ("a.cab", cab.clone(), "!a.log"),
        ("cab.zip", zip(Zip::Deflate, &[("mdmlogs.cab", &cab)]), "!mdmlogs.cab!a.log"),
        ("zip.zip", zip(Zip::Deflate, &[("inner.zip", &inner)]), "!inner.zip!a.log"),
    ] {
        let path = folder.file(name, &content);
        let (found, unread) = findings(&intune_err(["scan", "--json", &path]).output());
        assert_eq!(found, [(format!("{path}{place}"), 2, "0x80CF0437".to_owned())], "{name}");
        assert_eq!(unread, [], "{name}");
        let (found, _) = findings(&intune_err(["scan", "--json"]).stdin(&content).output());
        assert_eq!(found.len(), 1, "{name} on standard input");
        assert_eq!((found[0].1, found[0].2.as_str()), (2, "0x80CF0437"));
    }
}

#[test]
fn an_event_is_found_by_its_code_and_says_what_it_means() {
    let folder = Folder::new("events");
    let log = event_log(&[failed(0), failed(0x80CF_0437)]);
    let path = folder.file("admin.evtx", &log);
    let output = intune_err(["scan", "--json", &path]).output();
    let found = strict::findings(&output);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].time.as_deref()), (2, Some("2026-01-05T10:00:00.0000000Z")));
    assert_eq!((found[0].family.as_deref(), found[0].zone.as_deref()), (Some("evtx"), Some("Z")));
    let event = found[0].event.clone().expect("it stands in an event");
    assert_eq!((event.provider.as_str(), event.id), (MDM, 76));
    assert!(event.meaning.is_some_and(|meaning| meaning.starts_with("Automatic enrollment failed")));

    let output = intune_err(["scan", &path]).output();
    assert!(output.starts_with(&format!("{path}#2: 2026-01-05T10:00:00.0000000Z Error {MDM} EventID=76 ")), "{output}");
    assert!(output.contains("\n    Event:      Automatic enrollment failed"), "{output}");
    assert!(output.contains("\n    0x80CF0437 "), "{output}");
}

#[test]
fn a_service_that_failed_has_the_number_of_a_text_that_the_reader_fills_in() {
    let folder = Folder::new("services");
    let text = |text: &str| Value::Text(text.to_owned());
    let events = [
        Event::new("Service Control Manager", 7000, &[("param1", text("SENSE")), ("param2", text("%%1053"))]),
        Event::new("Service Control Manager", 7040, &[("param1", text("SENSE")), ("param2", text("demand start"))]),
        Event::new("Contoso", 1, &[("Access", text("%%1833"))]),
    ];
    let path = folder.file("system.evtx", &event_log(&events));
    let found = strict::findings(&intune_err(["scan", "--json", &path]).output());
    let rows: Vec<(u64, &str)> = found.iter().map(|found| (found.line, found.matched.as_str())).collect();
    assert_eq!(rows, [(1, "%%1053")]);
    assert_eq!(found[0].code.as_ref().map(|code| code.hex.as_str()), Some("0x0000041D"));
}

#[test]
fn logons_that_failed_are_no_enrollment_errors_unless_all_is_asked_for() {
    let folder = Folder::new("security");
    let logon = Event::new("Microsoft-Windows-Security-Auditing", 4625, &[("Status", Value::HexInt32(0xC000_006D))]);
    let path = folder.file("security.evtx", &event_log(&[logon]));
    intune_err(["scan", &path]).status(1).run();
    let (found, _) = findings(&intune_err(["scan", "--all", "--json", &path]).output());
    assert_eq!(found.len(), 1);
}

#[test]
fn what_is_not_read_is_named_and_changes_no_status() {
    let folder = Folder::new("unread");
    let mut trace = vec![0; 80];
    trace[..4].copy_from_slice(&65536_u32.to_le_bytes());
    trace[72..76].copy_from_slice(&[2, 0, 2, 0xC0]);
    let missing = "(23) No Results - Error [0x80070002] FoldersFiles C_Windows_a";
    let archive = zip(Zip::Deflate, &[("a.etl", &trace), (missing, b""), ("a.log", LOG)]);
    let path = folder.file("a.zip", &archive);
    let (found, unread) = findings(&intune_err(["scan", "--json", &path]).stderr_holds("1 item; --all lists them").output());
    assert_eq!(found.len(), 1);
    assert_eq!(unread, [strict::Unread { path: format!("{path}!a.etl"), unread: "an event trace (.etl)".to_owned() }]);
    let (_, unread) = findings(&intune_err(["scan", "--json", "--all", &path]).output());
    assert_eq!(unread.len(), 2);
    intune_err(["scan", "-q", &path]).run();
}

#[test]
fn damage_and_passwords_give_status_2_and_the_rest_is_read() {
    let folder = Folder::new("damage");
    let secret = [
        Member { name: b"secret.log", flags: 1, method: None, content: LOG },
        Member { name: b"a.log", flags: 0, method: None, content: LOG },
    ];
    let path = folder.file("secret.zip", &zip_of(Zip::Deflate, &secret));
    let message = format!("error: not read: {path}!secret.log: encrypted\n");
    let call = intune_err(["scan", "--json", &path]).status(2).stderr("");
    let (found, unread) = findings(&call.output());
    assert_eq!((found.len(), unread.len()), (1, 1));
    intune_err(["scan", "--summary", &path]).status(2).stdout_holds("0x80CF0437").stderr(&message).run();

    let whole = gzip(&LOG.repeat(5000));
    let path = folder.file("cut.gz", &whole[..whole.len() / 2]);
    intune_err(["scan", "--summary", &path]).status(2).stdout_holds("0x80CF0437").stderr_holds("damaged: ").run();
}

#[test]
fn a_folder_of_archives_is_walked() {
    let folder = Folder::new("folder");
    folder.file("b.zip", &zip(Zip::Deflate, &[("a.log", LOG)]));
    let path = folder.file("a.evtx", &event_log(&[failed(0x80CF_0437)]));
    let root = fs::canonicalize(&path).expect("it was written").parent().expect("it is in a folder").to_owned();
    let (found, unread) = findings(&intune_err(["scan".as_ref(), "--json".as_ref(), root.as_os_str()]).output());
    assert_eq!(found.len(), 2);
    assert!(found[0].0.ends_with("a.evtx") && found[1].0.ends_with("b.zip!a.log"), "{found:?}");
    assert_eq!(unread, []);
}

const AUTOPILOT: &str = "Microsoft-Windows-ModernDeployment-Diagnostics-Provider";

#[test]
fn an_event_whose_id_alone_says_that_something_failed_is_a_finding() {
    let folder = Folder::new("alone");
    // Its level says nothing of it; one with a code is found by the code, and one that only informs is none.
    let events = [
        Event::new(AUTOPILOT, 809, &[]),
        Event::new(AUTOPILOT, 807, &[("HRESULT", Value::HexInt32(0x80CF_0437))]),
        Event::new(AUTOPILOT, 153, &[]),
        Event::new(MDM, 96, &[("Name", Value::Text("Contoso".to_owned()))]),
    ];
    let path = folder.file("autopilot.evtx", &event_log(&events));
    let found = strict::findings(&intune_err(["scan", "--json", &path]).output());
    let rows: Vec<(u64, &str, Option<&str>)> =
        found.iter().map(|found| (found.line, found.matched.as_str(), found.meaning.as_deref())).collect();
    let meaning = |provider: &str, id: u32| intune_err::EventMeaning::by_id(provider, id).map(intune_err::EventMeaning::text);
    assert_eq!(rows, [(1, "EventID=809", meaning(AUTOPILOT, 809)), (2, "0x80cf0437", None), (4, "EventID=96", meaning(MDM, 96))]);
    assert_eq!((found[0].code.clone(), found[0].symbols.len()), (None, 0));
    // The name in its meaning finds the entries, and the event tells which is meant.
    assert!(found[0].entries[0].problem.contains("(event 809)") && found[0].entries.len() > 1, "{:?}", found[0].entries);
    assert_eq!(found[2].entries, []);

    let output = intune_err(["scan", &path]).output();
    assert!(output.contains(&format!("\n    Event 96 of {MDM}\n    Meaning:    Cannot enroll: ")), "{output}");
    assert!(output.contains("\n    Source:     https://"), "{output}");
    assert_eq!(output.matches("Event:      ").count(), 1, "what is the finding itself is said once: {output}");
    let tallies = strict::tallies(&intune_err(["scan", "--summary", "--json", &path]).output());
    assert_eq!(tallies.len(), 3);
    intune_err(["scan", "--summary", &path]).stdout_holds("EventID=96").stdout_holds("Event 96 of ").run();
    intune_err(["--markdown", "scan", &path]).stdout_holds("### 3. Event 96 of ").stdout_holds("**Source:**").run();

    let path = folder.file("alone.evtx", &event_log(&events[..1]));
    intune_err(["scan", "-q", &path]).run();
}

#[test]
fn fields_with_the_names_of_codes_are_codes_in_decimal_as_well() {
    let folder = Folder::new("decimal");
    let events = [
        Event::new(MDM, 76, &[("HRESULT", Value::UInt32(0x8007_0057))]),
        Event::new("Microsoft-Windows-User Device Registration", 304, &[("ExitCode", Value::Int32(-2_145_648_611))]),
        // Of a provider that nothing is known of: the name of the field makes it an error, or not.
        Event::new("Contoso", 7, &[("ErrorCode", Value::UInt32(0x87D2_0FFF)), ("ThreadId", Value::UInt32(0x87D2_0FFE))]),
        Event::new("Contoso", 8, &[("ExitCode", Value::UInt32(1603))]),
        Event::new("Contoso", 9, &[("Size", Value::UInt32(0x87D2_0FFF)), ("ExitCode", Value::UInt32(0))]),
    ];
    let path = folder.file("decimal.evtx", &event_log(&events));
    let (found, _) = findings(&intune_err(["scan", "--json", &path]).output());
    let rows: Vec<(u64, &str)> = found.iter().map(|(_, line, what)| (*line, what.as_str())).collect();
    assert_eq!(rows, [(1, "0x80070057"), (2, "0x801C001D"), (3, "0x87D20FFF"), (4, "1603")]);
}

#[test]
fn an_event_tells_its_level_its_provider_and_the_phase_in_its_text() {
    let folder = Folder::new("phase");
    let status = r#"{"DeviceSetup.AppsSubcategory":{"subcategoryState":"failed","subcategoryStatusText":"0x87D1041C"}}"#;
    let path = folder.file("esp.evtx", &event_log(&[Event::new(AUTOPILOT, 153, &[("Status", Value::Text(status.to_owned()))])]));
    let found = strict::findings(&intune_err(["scan", "--json", &path]).output()).remove(0);
    assert_eq!((found.level.as_deref(), found.component.as_deref()), (Some("error"), Some(AUTOPILOT)));
    assert_eq!((found.phase.as_deref(), found.step.as_deref()), (Some("DeviceSetup"), Some("AppsSubcategory")));
    intune_err(["scan", &path]).stdout_holds("\n    Phase:      DeviceSetup, AppsSubcategory\n").run();
}

#[test]
fn what_a_bomb_held_back_gives_status_2_and_is_said() {
    let folder = Folder::new("bomb");
    let inner = gzip(&vec![b'0'; 48 << 20]);
    let path = folder.file("bomb.zip", &zip(Zip::Stored, &[("a.log", LOG), ("zeros.gz", &inner)]));
    let why = "more than 200 bytes come out of each byte: the rest was not read";
    let message = format!("error: not read: {path}!zeros.gz: {why}\n");
    intune_err(["scan", "--summary", &path]).status(2).stdout_holds("0x80CF0437").stdout_holds(why).stderr(&message).run();
    let (found, unread) = findings(&intune_err(["scan", "--json", &path]).status(2).output());
    assert_eq!((found.len(), unread.len()), (1, 1));
}

#[test]
fn a_name_in_an_archive_acts_on_no_terminal_and_breaks_no_line() {
    let folder = Folder::new("names");
    let name = "a\u{1B}]0;title\u{7}\u{1B}[2Jb\nc.log";
    let members = [
        Member { name: name.as_bytes(), flags: 1 << 11, method: None, content: LOG },
        Member { name: b"secret\x1B[31m.log", flags: 1, method: None, content: LOG },
    ];
    let path = folder.file("names.zip", &zip_of(Zip::Deflate, &members));
    for args in [&["scan"][..], &["scan", "--summary"], &["scan", "--markdown"], &["scan", "--json"]] {
        let call = [args, &[path.as_str()]].concat();
        let (stdout, stderr) = intune_err(call).status(2).outputs();
        for output in [&stdout, &stderr] {
            assert!(!output.contains(['\u{1B}', '\u{7}']), "{args:?}: {output:?}");
            assert!(!output.lines().any(|line| line.starts_with("c.log")), "{args:?}: {output:?}");
        }
        assert!(stdout.contains("0x80CF0437"), "{args:?}: {stdout}");
    }
}
