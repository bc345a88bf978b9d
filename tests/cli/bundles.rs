//! Whole bundles of diagnostics: what a summary says of the device, whose errors they are, what failed first, and what was not read.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;

use super::bundle::{App, NAMELESS, NOTES, VPN, begins, collect_diagnostics, ime};
use super::make::{Zip, zip};
use super::strict::{self, json};
use super::{Call, intune_err};

/// A file of this name with this content.
pub(crate) fn file(name: &str, content: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).expect("the folder for tests can be written");
    path.to_str().expect("its path is UTF-8").to_owned()
}

/// Compares what a call prints with the picture of this name; the folder of the tests is left out of the paths.
#[track_caller]
pub(crate) fn picture(name: &str, call: &Call) {
    let (stdout, stderr) = call.start();
    assert_eq!(stderr.matches("error:").count(), 0, "{stderr}");
    let folder = format!("{}{}", env!("CARGO_TARGET_TMPDIR"), std::path::MAIN_SEPARATOR);
    let text = stdout.replace(&folder, "");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_bundle_is_summed_up() {
    let path = file("DiagLogs-summary.zip", &collect_diagnostics());
    picture("bundle", &intune_err(["scan", "--summary", &path]).stderr_holds("not read"));
    picture("bundle_as_markdown", &intune_err(["scan", "--markdown", &path]).stderr_holds("not read"));
}

#[test]
fn a_bundle_on_standard_input_says_the_same() {
    let bundle = collect_diagnostics();
    let path = file("DiagLogs-input.zip", &bundle);
    let text = |call: Call| call.stderr_holds("not read").output();
    let from_file = text(intune_err(["scan", "--summary", &path])).replace(&path, "standard input");
    let streamed = text(intune_err(["scan", "--summary"]).stdin(&bundle));
    // The table shows the ends of long places only.
    let whole = |output: &str| output.lines().filter(|line| !line.contains("...")).map(ToOwned::to_owned).collect::<Vec<_>>();
    assert_eq!(whole(&streamed), whole(&from_file));
}

#[test]
fn the_objects_of_a_bundle_are_errors_with_their_owners_then_the_device() {
    let path = file("DiagLogs-json.zip", &collect_diagnostics());
    let output = intune_err(["scan", "--summary", "--json", &path]).stderr_holds("not collected").output();
    let (rest, unread) = strict::apart(&output);
    let rest: Vec<&str> = rest.split_inclusive('\n').collect();
    let [errors @ .., device] = rest.as_slice() else { panic!("{output}") };
    let tallies = strict::tallies(&errors.concat());
    assert!(tallies.is_sorted_by_key(|tally| std::cmp::Reverse(tally.count)), "{tallies:?}");
    let clock = tallies.iter().find(|tally| tally.matched.contains("2133916617")).expect("it is in the logs");
    let owners: Vec<(Option<&str>, Option<&str>, u64)> = clock
        .owners
        .iter()
        .map(|share| (share.phase.as_deref(), share.app.as_ref().and_then(|app| app.name.as_deref()), share.count))
        .collect();
    assert_eq!(owners[..2], [(Some("DeviceSetup"), Some(VPN.name), 2), (Some("DeviceSetup"), Some(NOTES.name), 2)]);
    assert_eq!(clock.owners.iter().map(|share| share.count).sum::<u64>(), clock.count);
    assert_eq!(clock.owners[0].time.as_deref(), Some("2026-01-05T10:00:20.1234567+00:00"), "the clock of another log tells the zone");
    strict::objects(device, "device.json");
    assert_eq!(unread.len(), 2, "what the collector could not collect is counted: {unread:?}");
}

#[test]
fn one_log_alone_says_nothing_of_the_device() {
    let log = "| Device State |\r\n AzureAdJoined : YES\r\n DomainJoined : NO\r\n Client ErrorCode : 0x80CF0437\r\n";
    let output = intune_err(["scan", "--summary"]).stdin(log.as_bytes()).output();
    assert!(!output.contains("Device\n") && output.contains("0x80CF0437"), "{output}");
    let path = file("device-only.zip", &zip(Zip::Deflate, &[("dsregcmd.log", log.as_bytes())]));
    intune_err(["scan", "--summary", &path]).stdout_holds("Device\n  Join state:             Microsoft Entra joined  (").run();
    // A bundle without an error says what it knows all the same.
    let path = file("no-error.zip", &zip(Zip::Deflate, &[("dsregcmd.log", log.replace("0x80CF0437", "0x0").as_bytes())]));
    intune_err(["scan", "--summary", &path]).status(1).stdout_holds("Microsoft Entra joined").run();
}

/// What a log of random apps on random threads says: each error line, and the name and id of the app that it has to have.
fn interleaved() -> impl Strategy<Value = (String, Vec<Option<App>>)> {
    let step = (0..4_u32, 0..3_usize, prop::bool::ANY);
    prop::collection::vec(step, 1..60).prop_map(|steps| {
        let mut log = ime(0, 1, 1, "EMS Agent Started");
        let mut on_thread: [Option<App>; 4] = [None; 4];
        let mut expected = Vec::new();
        for (at, (thread, app, fails)) in steps.into_iter().enumerate() {
            let seconds = at as u32 + 1;
            if fails {
                log += &ime(seconds, thread + 20, 3, "[Win32App] Installer failed, hResultFromWin32 -2133916617");
                expected.push(on_thread[thread as usize]);
            } else {
                let app = [VPN, NOTES, NAMELESS][app];
                log += &begins(seconds, thread + 20, app);
                on_thread[thread as usize] = Some(app);
            }
        }
        (log, expected)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn an_error_has_the_app_that_its_thread_is_about_and_no_other((log, expected) in interleaved(), how in select(vec![Zip::Stored, Zip::Deflate])) {
        let archive = zip(how, &[("AppWorkload.log", log.as_bytes())]);
        let status = i32::from(expected.is_empty());
        let found = strict::findings(&json(["scan"]).stdin(&archive).status(status).output());
        let apps: Vec<Option<(String, String)>> =
            found.into_iter().map(|found| found.app.map(|app| (app.id, app.name.unwrap_or_default()))).collect();
        let expected: Vec<_> = expected.into_iter().map(|app| app.map(|app| (app.id.to_owned(), app.name.to_owned()))).collect();
        prop_assert_eq!(apps, expected);
    }
}
