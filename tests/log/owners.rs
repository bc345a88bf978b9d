//! Whose error it is: every pattern of `data/logs/`, and whole logs in which an app, a script or a phase holds for the lines below.
//!
//! Precision goes before all else: where a log could mean two things, nothing is said.

use std::fmt::Write;

use std::sync::Arc;

use intune_err::log::{Around, Case, Guid, LogFamily, Names, Owner, Phase, Trail};
use intune_err::{Groups, Place, Scanner, Stream};
use serde::Deserialize;

use super::data;

const VPN: &str = "11111111-aaaa-4aaa-8aaa-111111111111";
const NOTES: &str = "22222222-bbbb-4bbb-8bbb-222222222222";
const SCRIPT: &str = "33333333-cccc-4ccc-8ccc-333333333333";
const USER: &str = "81a25b05-0a31-42cc-93d8-d9e462961f61";

/// A record of the Intune Management Extension.
fn ime(thread: u32, message: &str) -> String {
    by("AppWorkload", thread, message)
}

fn by(component: &str, thread: u32, message: &str) -> String {
    format!(
        "<![LOG[{message}]LOG]!><time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"{component}\" context=\"\" type=\"1\" thread=\"{thread}\" file=\"\">\r\n"
    )
}

/// The places of all marks `0x8...` in a log.
fn places(log: &str) -> Vec<usize> {
    log.match_indices("0x8").map(|(place, _)| place).collect()
}

/// What stands around the marks of a log.
fn around(names: &mut Names, log: &str) -> Vec<Arc<Around>> {
    Trail::new(Some("a.log")).follow(names, log.as_bytes(), &places(log))
}

/// Whose errors the marks of a log are: the name of the app if it has one, else its id; the phase after it.
#[track_caller]
fn told(log: &str) -> Vec<String> {
    let mut names = Names::default();
    let around = around(&mut names, log);
    assert_eq!(around.len(), places(log).len());
    around.iter().map(|around| line(&around.owner, &names)).collect()
}

fn line(owner: &Owner, names: &Names) -> String {
    let mut line = String::new();
    match owner.subject {
        Some(subject) => {
            let name = names.get(&subject.id).map_or(subject.id.as_str(), |name| &name.text);
            let _ = write!(line, "{} {name}", subject.kind.name());
        }
        None => line.push('-'),
    }
    if let Some(phase) = owner.phase {
        let _ = write!(line, " in {}", phase.name());
    }
    if let Some(step) = &owner.step {
        let _ = write!(line, ".{step}");
    }
    line
}

#[derive(Deserialize)]
struct Pattern {
    id: String,
    families: Vec<String>,
    does: String,
    kind: Option<String>,
    line: String,
    owner: Told,
}

#[derive(Deserialize, Debug, PartialEq)]
struct Told {
    id: Option<String>,
    name: Option<String>,
    phase: Option<String>,
    step: Option<String>,
    enrollment: Option<String>,
    correlation: Option<String>,
}

/// The line in a log of its family, and what follows it there.
fn in_its_log(pattern: &Pattern) -> (String, String) {
    let mut log = match pattern.families.first().map(String::as_str) {
        Some("ime") => return (ime(7, "Agent version is: 1.2.3") + &ime(7, &pattern.line), ime(7, "0x8 follows")),
        Some("reg") => "Windows Registry Editor Version 5.00\r\n\r\n".to_owned(),
        Some("mdmdiag") => "<?xml version=\"1.0\"?>\n<MDMEnterpriseDiagnosticsReport>\n".to_owned(),
        _ => String::new(),
    };
    log += &pattern.line;
    // On a Mac a line without a head belongs to the one above.
    let head = if pattern.families == ["macos-agent"] { "2024-05-13 10:00:00:200 | IntuneMDM-Daemon | E | 1 | A | " } else { "" };
    (log + "\n", format!("{head}\"Result\"=0x8\n"))
}

#[test]
fn every_pattern_finds_in_its_line_what_the_data_says() {
    let patterns: Vec<Pattern> = data("owners", "owner");
    assert!(patterns.len() > 80, "{} patterns", patterns.len());
    for pattern in &patterns {
        let (log, _) = in_its_log(pattern);
        let start = log.find(&pattern.line).unwrap();
        let place = ["0x8", "-2147", "-2016"].iter().find_map(|mark| pattern.line.find(mark));
        let place = place.unwrap_or_else(|| pattern.line.rfind(|c: char| c.is_alphanumeric()).unwrap());
        let mut names = Names::default();
        let owner = Trail::new(None).follow(&mut names, log.as_bytes(), &[start + place]).remove(0).owner.clone();
        let told = &pattern.owner;
        let guid = |text: &Option<String>| text.as_ref().map(|text| Guid::of(text).unwrap());
        assert_eq!(owner.subject.map(|subject| subject.id), guid(&told.id), "{}", pattern.id);
        assert_eq!(owner.subject.map(|subject| subject.kind.name()), pattern.kind.as_deref(), "{}", pattern.id);
        if owner.subject.is_some() {
            assert_eq!(owner.subject.map(|subject| subject.told_by), Some(pattern.id.as_str()));
        }
        assert_eq!(owner.phase.map(Phase::name), told.phase.as_deref(), "{}", pattern.id);
        assert_eq!(
            (owner.step, owner.enrollment, owner.correlation),
            (told.step.clone(), guid(&told.enrollment), told.correlation.clone())
        );
        match (&told.id, &told.name) {
            (Some(id), Some(name)) => {
                let learned = &names.get(&Guid::of(id).unwrap()).unwrap_or_else(|| panic!("{}", pattern.id)).text;
                assert_eq!(*learned, name.replace("\\\"", "\"").replace("\\u0026", "&"), "{}", pattern.id);
            }
            _ => assert!(names.is_empty(), "{}", pattern.id),
        }
    }
}

#[test]
fn a_pattern_holds_for_the_lines_below_where_it_starts_something_and_nowhere_else() {
    for pattern in data::<Pattern>("owners", "owner") {
        let (log, follows) = in_its_log(&pattern);
        let log = log + &follows;
        let owner = Trail::new(None).follow(&mut Names::default(), log.as_bytes(), &[log.rfind("0x8").unwrap()]).remove(0).owner.clone();
        let starts = pattern.does == "starts";
        assert_eq!(owner.subject.is_some(), starts && pattern.owner.id.is_some(), "{}", pattern.id);
        assert_eq!(owner.phase.is_some(), starts && pattern.owner.phase.is_some(), "{}", pattern.id);
        assert_eq!(owner.enrollment.is_some(), starts && pattern.owner.enrollment.is_some(), "{}", pattern.id);
        assert_eq!((owner.step, owner.correlation), (None, None), "{}", pattern.id);
    }
}

#[test]
fn the_lines_of_an_installation_belong_to_the_app_whose_handler_was_invoked() {
    let log = [
        ime(7, "[Win32App] ----------------------------------------------------- application poller starts. ---------------- "),
        ime(7, "0x8 before anything is known"),
        ime(7, "[Win32App] The EspPhase: DeviceSetup in session"),
        ime(
            7,
            &format!(
                "Get policies = [{{\"Id\":\"{VPN}\",\"Name\":\"Contoso VPN\",\"Version\":1}},{{\"Id\":\"{NOTES}\",\"Name\":\"Notes\",\"Version\":3}}]"
            ),
        ),
        ime(7, &format!("[Win32App][V3Processor] Processing subgraph with app ids: {VPN}, {NOTES}")),
        ime(7, "[Win32App] which of the two? 0x8"),
        ime(7, &format!("[Win32App][DetectionActionHandler] Detection for policy with id: {VPN} resulted in action status: Failed, 0x8")),
        ime(7, "[Win32App] detection of the other one, nobody says so 0x8"),
        ime(
            7,
            &format!(
                "[Win32App][ExecutionActionHandler] Handler invoked with execution type: Install for policy with id: {NOTES} and version: 1."
            ),
        ),
        ime(7, "[Win32App] lpExitCode 1603, 0x8"),
        ime(7, &format!("[Win32App][ReportingManager] Execution state for app with id: {VPN} has been updated. Report delta: 0x8")),
        ime(7, "[Win32App] hResultFromWin32 0x8"),
        ime(7, "[Win32App][V3Processor] Done processing subgraph."),
        ime(7, "[Win32App] 0x8"),
        ime(7, "[Win32App] ----------------------------------------------------- application poller stopped. ---------------- "),
        ime(7, "0x8 in a thread that does something else now"),
    ];
    assert_eq!(
        told(&log.concat()),
        [
            "-",
            "- in DeviceSetup",
            "app Contoso VPN in DeviceSetup",
            "- in DeviceSetup",
            "app Notes in DeviceSetup",
            "app Contoso VPN in DeviceSetup",
            "app Notes in DeviceSetup",
            "- in DeviceSetup",
            "-",
        ]
    );
}

#[test]
fn the_lines_of_an_older_agent_belong_to_the_app_that_is_processed() {
    let log = [
        ime(5, &format!("[Win32App] ExecManager: processing targeted app (name='Notes', id='{NOTES}') with intent=3")),
        ime(5, &format!("[Win32App] ProcessAppWithDependencies starts for {NOTES} with name Notes")),
        ime(5, "[Win32App] 0x8"),
        ime(5, &format!("---->>[Win32App] Processing app (id={VPN}, name = Contoso VPN (x64)) with mode = DetectInstall")),
        ime(5, "[Win32App] lpExitCode 0x8"),
        ime(5, &format!("[Win32App] added new report for {VPN}, Contoso VPN (x64)")),
        ime(5, "[Win32App] 0x8"),
    ];
    assert_eq!(told(&log.concat()), ["app Notes", "app Contoso VPN (x64)", "-"]);
}

#[test]
fn each_thread_has_its_own_app() {
    let log = [
        ime(5, &format!("[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\{VPN}_1")),
        ime(6, &format!("[PowerShell] Processing policy with id = {SCRIPT} for user {USER}")),
        ime(5, "[Win32App] lpExitCode 0x8"),
        ime(6, "Powershell execution is done, exitCode = 0x8"),
        by("IntuneManagementExtension", 5, "thread 5 of another log 0x8"),
        ime(7, "0x8"),
        ime(6, &format!("[PowerShell] User Id = {USER}, Policy id = {SCRIPT}, policy result = Failed")),
        ime(6, "[PowerShell] Fail, the details are {\"ErrorCode\":0x8}"),
        ime(6, "0x8"),
    ];
    let script = format!("script {SCRIPT}");
    assert_eq!(told(&log.concat()), [&format!("app {VPN}"), &script, "-", "-", &script, "-"]);
}

#[test]
fn an_agent_that_starts_anew_knows_nothing() {
    let set = ime(5, &format!("[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\{VPN}_1"));
    for end in ["EMS Agent Started", "EMS Agent received shutdown signal"] {
        assert_eq!(told(&(set.clone() + &ime(9, end) + &ime(5, "0x8"))), ["-"], "{end}");
    }
    assert_eq!(told(&(set + &ime(5, "0x8"))), [format!("app {VPN}")]);
}

#[test]
fn the_page_is_over_where_the_agent_says_so() {
    let log = [
        ime(5, "[Win32App] The EspPhase: AccountSetup."),
        ime(5, "0x8"),
        ime(6, "0x8"),
        ime(5, "[Win32App] The EspPhase: NotInEsp in session"),
        ime(5, "0x8"),
    ];
    assert_eq!(told(&log.concat()), ["- in AccountSetup", "-", "-"]);
}

#[test]
fn executors_in_one_log_are_told_apart_or_not_at_all() {
    let argument = format!(
        "Adding argument remediationScript with value C:\\Windows\\IMECache\\HealthScripts\\{SCRIPT}_1\\detect.ps1 to the named argument list."
    );
    let detection =
        format!("Adding argument powershellDetection with value C:\\x\\Content\\DetectionScripts\\{VPN}_2.ps1 to the named argument list.");
    let run =
        |argument: &str| [by("AgentExecutor", 1, "ExecutorLog AgentExecutor gets invoked"), by("AgentExecutor", 1, argument)].concat();
    let exit = by("AgentExecutor", 1, "Powershell exit code is 0x8");
    let script = format!("script {SCRIPT}");
    assert_eq!(
        told(&[run(&argument), exit.clone(), by("AgentExecutor", 1, "Agent executor completed."), exit.clone()].concat()),
        [&script, "-"]
    );
    assert_eq!(told(&[run(&argument), run(&detection), exit.clone()].concat()), [format!("app {VPN}")]);
    // Two programs wrote at the same place: what is left of the lines belongs to nobody knows whom.
    let torn = &exit[exit.len() / 2..];
    assert_eq!(told(&[run(&argument), torn.to_owned(), exit.clone()].concat()), ["-"]);
    // An argument that names no script.
    assert_eq!(told(&[run(&argument), run("Adding argument x with value y"), exit].concat()), ["-"]);
}

#[test]
fn a_record_that_names_several_apps_is_about_none_unless_the_thread_says_which() {
    let several = format!("App with id: {VPN} depends on app with id: {NOTES}: 0x8");
    assert_eq!(told(&ime(5, &several)), ["-"]);
    let set = |id: &str| ime(5, &format!("[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\{id}_1"));
    assert_eq!(told(&(set(NOTES) + &ime(5, &several))), [format!("app {NOTES}")]);
    assert_eq!(told(&(set(SCRIPT) + &ime(5, &several))), ["-"]);
    // The same app twice is one.
    assert_eq!(told(&ime(5, &format!("App with id: {VPN}, policy with id: {}: 0x8", VPN.to_uppercase()))), [format!("app {VPN}")]);
    // A user is no app, and nobody's id is none.
    let user = format!("User {USER} and app with id: 00000000-0000-0000-0000-000000000000: 0x8");
    assert_eq!(told(&ime(5, &user)), ["-"]);
}

#[test]
fn an_error_in_the_list_of_policies_belongs_to_the_app_before_it() {
    let log = ime(
        5,
        &format!(
            "Get policies = [0x8{{\"Id\":\"{VPN}\",\"Name\":\"Contoso VPN\",\"Code\":\"0x8\"}},{{\"Id\":\"{NOTES}\",\"Name\":\"Notes\",\"Code\":\"0x8\"}}]"
        ),
    );
    assert_eq!(told(&log), ["-", "app Contoso VPN", "app Notes"]);
}

#[test]
fn a_name_is_known_wherever_in_the_evidence_it_stands() {
    let mut names = Names::default();
    // The log with the error comes first.
    let first = around(&mut names, &ime(5, &format!("[Win32App] Admin did NOT set mapping for lpExitCode: 0 of app: {VPN} 0x8")));
    let id = first[0].owner.subject.unwrap().id;
    assert_eq!(names.get(&id), None);
    let later = format!(
        "{}{}",
        ime(1, "x"),
        ime(1, &format!("[StatusService] Downloading app (id = {VPN}, name Contoso VPN) via DO, bytes 1/2 for user {USER}"))
    );
    Trail::new(Some("b.log")).follow(&mut names, later.as_bytes(), &[]);
    let name = names.get(&id).unwrap();
    assert_eq!((name.text.as_str(), name.path.as_deref(), name.line), ("Contoso VPN", Some("b.log"), 2));
    // An app can be renamed.
    Trail::new(Some("c.log")).follow(&mut names, later.replace("Contoso VPN", "Contoso VPN 2").as_bytes(), &[]);
    assert_eq!(names.get(&id).unwrap().text, "Contoso VPN 2");
}

#[test]
fn an_app_without_a_name_in_the_evidence_has_none() {
    let mut names = Names::default();
    around(&mut names, &ime(5, &format!("[Win32App] ExecManager: processing targeted app (name='', id='{VPN}') with intent=3, 0x8")));
    assert!(names.is_empty());
}

#[test]
fn a_value_of_the_registry_belongs_to_the_app_of_its_key() {
    let msi = "23170f69-40c1-2702-1900-000001000000";
    let log = format!(
        "Windows Registry Editor Version 5.00\r\n\r\n\
         [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\{USER}\\{VPN}_1\\EnforcementStateMessage]\r\n\
         \"EnforcementStateMessage\"=\"{{\\\"ErrorCode\\\":0x8}}\"\r\n\r\n\
         [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\{USER}\\GRS\\x=]\r\n\
         \"a\"=0x8\r\n\r\n\
         [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\EnterpriseDesktopAppManagement\\S-0-0-00-0000000000-0000000000-000000000-000\\MSI\\{{{msi}}}]\r\n\
         \"LastError\"=0x8\r\n\r\n\
         [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{{{msi}}}]\r\n\
         \"DisplayName\"=\"Contoso \\\"Zip\\\"\"\r\n\r\n\
         [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other]\r\n\
         \"DisplayName\"=\"Other\"\r\n"
    );
    assert_eq!(told(&log), [&format!("app {VPN}"), "-", "app Contoso \"Zip\""]);
}

#[test]
fn the_state_of_the_page_tells_phase_and_step() {
    let json = r#"{"DevicePreparation.TpmAttestationSubcategory":{"subcategoryState":"succeeded","subcategoryStatusText":"0x8"},"DevicePreparation.MdmEnrollmentSubcategory":{"subcategoryState":"failed","subcategoryStatusText":"0x8"},"categoryState":"failed","categoryStatusText":"0x8"}"#;
    let steps = ["- in DevicePreparation.TpmAttestationSubcategory", "- in DevicePreparation.MdmEnrollmentSubcategory"];
    // The steps alone don't say what the text after them is about.
    assert_eq!(told(json), [steps[0], steps[1], "-"]);
    let reg = format!(
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Provisioning\\AutopilotSettings]\r\n\
         \"DevicePreparationCategory.Status\"=\"{}\"\r\n\"AccountSetupCategory.Status\"=\"{{\\\"categoryStatusText\\\":\\\"0x8\\\"}}\"\r\n\"x\"=0x8\r\n",
        json.replace('"', "\\\"")
    );
    assert_eq!(told(&reg), [steps[0], steps[1], "- in DevicePreparation", "- in AccountSetup", "-"]);
}

#[test]
fn msi_apps_of_the_report_are_told_however_it_is_laid_out() {
    let code = "23170f69-40c1-2702-1900-000001000000";
    let lines = format!(
        "<MDMEnterpriseDiagnosticsReport>\n  <Details>\n    <PackageId>{{{code}}}</PackageId>\n    <LastError>0x8</LastError>\n  </Details>\n  <LastError>0x8</LastError>\n"
    );
    assert_eq!(told(&lines), [format!("app {code}"), "-".to_owned()]);
    let one = lines.lines().map(str::trim).collect::<String>();
    assert_eq!(told(&one), [format!("app {code}"), "-".to_owned()]);
}

#[test]
fn a_record_of_a_mac_names_its_policy_also_for_the_lines_that_follow() {
    let head = |policy: &str| {
        format!("2024-05-13 10:00:00:200 | IntuneMDM-Daemon | E | 1 | PkgInstaller | Failed{policy}\n  underlying error 0x8\n")
    };
    let log = head(&format!(" PolicyID: {VPN}, BundleID: com.contoso.vpn, AppName: Contoso VPN"))
        + &head("")
        + &head(&format!(" PolicyID: {SCRIPT}"));
    assert_eq!(told(&log), ["app Contoso VPN".to_owned(), "-".to_owned(), format!("policy {SCRIPT}")]);
}

#[test]
fn a_name_on_a_mac_ends_where_the_next_field_begins() {
    let named = |fields: &str| {
        let mut names = Names::default();
        around(&mut names, &format!("2024-05-13 10:00:00:200 | IntuneMDM-Daemon | I | 1 | A | Done. PolicyID: {VPN}, {fields}\n"));
        names.get(&Guid::of(VPN).unwrap()).map(|name| name.text.clone())
    };
    for (fields, name) in [
        ("AppName: Contoso, the VPN, BundleID: com.contoso.vpn", Some("Contoso, the VPN")),
        ("AppName: Contoso VPN, AppType: PKG, BundleID: com.contoso.vpn", Some("Contoso VPN")),
        ("BundleID: com.contoso.vpn, AppName: Contoso VPN", Some("Contoso VPN")),
        // A field that is not known ends the name nobody knows where.
        ("AppName: Contoso VPN, Color: red, BundleID: com.contoso.vpn", None),
        ("AppName: Contoso VPN, Color: red", None),
        ("AppName: , BundleID: com.contoso.vpn", None),
    ] {
        assert_eq!(named(fields).as_deref(), name, "{fields}");
    }
}

#[test]
fn a_log_in_pieces_tells_the_same() {
    let log = [
        ime(5, "[Win32App] The EspPhase: DeviceSetup in session"),
        ime(5, &format!("[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\{VPN}_1")),
        ime(6, "several\r\nlines 0x8\r\n"),
        ime(5, "[Win32App]\r\n lpExitCode\r\n 0x8\r\nand more"),
        ime(5, &format!("[Win32App][WinGetApp][A] Completed execution for app with id: {VPN}.\r\n 0x8\r\n")),
        ime(5, "0x8"),
    ]
    .concat();
    let mut names = Names::default();
    let whole = around(&mut names, &log);
    assert_eq!(whole.iter().map(|around| line(&around.owner, &names)).collect::<Vec<_>>()[1], format!("app {VPN} in DeviceSetup"));
    for size in [1, 2, 3, 5] {
        let lines: Vec<&str> = log.split_inclusive('\n').collect();
        let mut trail = Trail::new(None);
        let mut in_pieces = Vec::new();
        for piece in lines.chunks(size) {
            let piece = piece.concat();
            in_pieces.extend(trail.follow(&mut names, piece.as_bytes(), &places(&piece)));
        }
        for (whole, piece) in whole.iter().zip(&in_pieces) {
            // Where the head is still to come, the thread is not known, and nothing of it is said.
            let is_late = piece.head.thread.is_none() && piece.owner.subject.is_none_or(|subject| subject.since.is_none());
            assert!(is_late || piece == whole, "{size}: {piece:?} {whole:?}");
        }
        // What a record says about the later ones is not lost, wherever it is cut.
        assert_eq!(in_pieces.last(), whole.last());
    }
}

#[test]
fn an_event_is_told_by_itself_alone() {
    let event = format!("Message5=./Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/{{{VPN}}}/DownloadInstall HexInt1=0x8");
    let owner = Owner::of(event.as_bytes(), event.find("0x8").unwrap(), Some(LogFamily::Evtx));
    assert_eq!(owner.subject.map(|subject| subject.id.to_string()), Some(VPN.to_owned()));
}

#[test]
fn five_thousand_errors_are_kept_apart_and_those_are_still_counted() {
    let code = |number: u32| format!("Error 0x{:08X}\n", 0x80F0_0001 + number);
    let (mut stream, mut groups) = (Stream::new(Scanner::new()), Groups::default());
    stream.push((0..5001).chain([0, 4999]).map(code).collect::<String>().as_bytes(), |passage| {
        passage.occurrences().for_each(|found| groups.add(&found, &Place::default()));
    });
    let shares = &groups.likeliest_first(&Case::default())[0].1;
    assert_eq!((shares.len(), shares[0].times, shares[4998].times, shares[4999].times), (5000, 2, 1, 2));
    assert!(!groups.any_known());
}
