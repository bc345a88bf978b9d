//! When an error happened, in which component, and whose it is: as far as the log says it, and no further.

use super::intune_err;
use super::strict::{self, Finding, json};

const APP: &str = "48054978-39bd-40da-8d45-0d28004b4960";

/// A record of the Intune Management Extension.
fn ime(second: u32, thread: u32, message: &str) -> String {
    format!(
        "<![LOG[{message}]LOG]!><time=\"10:00:{second:02}.1234567\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"3\" \
         thread=\"{thread}\" file=\"\">\r\n"
    )
}

fn about(id: &str, name: &str) -> String {
    format!("[Win32App] ExecManager: processing targeted app (name='{name}', id='{id}') with intent=3")
}

fn findings(log: &str) -> Vec<Finding> {
    strict::findings(&json(["scan"]).stdin(log.as_bytes()).output())
}

#[test]
fn a_record_of_ime_says_when_where_and_whose() {
    let log = ime(1, 7, "[Win32App] The EspPhase: DeviceSetup in session")
        + &ime(2, 7, &about(APP, "Contoso VPN"))
        + &ime(3, 7, "[Win32App] Failed,\nhResultFromWin32 -2147023293");
    let found = findings(&log).remove(0);
    assert_eq!((found.time.as_deref(), found.zone.as_deref()), (Some("2024-05-13T10:00:03.1234567"), None));
    assert_eq!((found.level.as_deref(), found.family.as_deref()), (Some("error"), Some("ime")));
    assert_eq!((found.component.as_deref(), found.thread.as_deref()), (Some("AppWorkload"), Some("7")));
    let app = found.app.expect("the record before says it");
    assert_eq!((app.id.as_str(), app.name.as_deref(), app.kind.as_str(), app.line), (APP, Some("Contoso VPN"), "app", Some(2)));
    assert_eq!(app.named, Some(strict::Place { path: None, line: 2 }));
    assert_eq!(found.phase.as_deref(), Some("DeviceSetup"));
    assert_eq!((found.step, found.enrollment, found.correlation, found.event), (None, None, None, None));
}

#[test]
fn what_a_log_does_not_say_is_null() {
    let found = findings("hr = 0x80CF0437\n").remove(0);
    assert_eq!((found.time, found.zone, found.level, found.family, found.component, found.thread), (None, None, None, None, None, None));
    assert_eq!((found.app, found.phase, found.step, found.enrollment, found.correlation), (None, None, None, None, None));
    // Of another thread, and the name comes too late for a stream.
    let log = ime(1, 7, &format!("[Win32App] Admin did NOT set mapping for lpExitCode: 1603 of app: {APP}"))
        + &ime(2, 8, "[Win32App] hResultFromWin32 -2147023293")
        + &ime(3, 7, &about(APP, "Contoso VPN"));
    let found = findings(&log);
    let apps: Vec<Option<(String, Option<String>)>> = found.into_iter().map(|found| found.app.map(|app| (app.id, app.name))).collect();
    assert_eq!(apps, [Some((APP.to_owned(), None)), None]);
}

#[test]
fn a_time_with_an_offset_has_its_zone() {
    let log = "<![LOG[Failed, 0x87d00669]LOG]!><time=\"10:00:00.123+300\" date=\"05-13-2024\" component=\"CAS\" context=\"\" type=\"3\" \
               thread=\"5432\" file=\"contentaccess.cpp:417\">\n";
    let found = findings(log).remove(0);
    assert_eq!((found.time.as_deref(), found.zone.as_deref()), (Some("2024-05-13T10:00:00.123-05:00"), Some("-05:00")));
    assert_eq!(found.family.as_deref(), Some("ccm"));
}

#[test]
fn below_the_line_stands_whose_error_it_is() {
    let log = ime(1, 7, &about(APP, "Contoso VPN")) + &ime(2, 7, "[Win32App] hResultFromWin32 -2147023293");
    let output = intune_err(["scan"]).stdin(log.as_bytes()).output();
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines[1], format!("    App:        Contoso VPN ({APP})"), "{output}");
    let output = intune_err(["scan", "--passthrough"]).stdin(log.as_bytes()).output();
    assert!(output.contains(&format!("\r\nintune-err> App:        Contoso VPN ({APP})\n")), "{output}");
    let log = ime(1, 7, &about(APP, "Evil \u{1B}[31mVPN")) + &ime(2, 7, "[Win32App] hResultFromWin32 -2147023293");
    let output = intune_err(["scan"]).stdin(log.as_bytes()).output();
    assert!(!output.lines().nth(1).is_some_and(|line| line.contains('\u{1B}')), "{output:?}");
}

#[test]
fn the_kind_of_log_decides_which_entry_comes_first() {
    let first = |log: &str| findings(log).remove(0).entries.remove(0);
    // The line's own words say nothing of the place.
    let in_cbs = first("2024-05-13 10:00:00, Error                 CBS    Failed [HRESULT = 0x80070005]\n");
    let in_ime = first(&ime(1, 7, "Failed [HRESULT = 0x80070005]"));
    assert_ne!(in_cbs.id, in_ime.id);
    assert!(in_cbs.seen_in.contains(&"cbs".to_owned()) || in_cbs.seen_in.is_empty(), "{:?}", in_cbs.id);
}
