//! `scan --timeline`, and `--since`, `--until`, `--family` and `--app` in every form of output.

use std::time::{SystemTime, UNIX_EPOCH};

use super::logs::{Folder, run};
use super::strict::{self, Happening, json};
use super::{Call, intune_err};

const VPN: &str = "48054978-39bd-40da-8d45-0d28004b4960";
const NOTES: &str = "9e309cc3-fc69-4906-a73b-c692aec58fa5";

/// A record of `CMTrace`: local time, and how many minutes UTC is later than that, where it says so.
fn record(date: &str, time: &str, bias: Option<i32>, message: &str) -> String {
    // Configuration Manager writes three digits and the offset, the Intune Management Extension seven digits.
    let fraction = bias.map_or("0000000".to_owned(), |bias| format!("000{bias:+04}"));
    format!(
        "<![LOG[{message}]LOG]!><time=\"{time}.{fraction}\" date=\"{date}\" component=\"AppWorkload\" context=\"\" type=\"3\" thread=\"7\" file=\"\">\r\n"
    )
}

fn begins(date: &str, time: &str, id: &str, name: &str) -> String {
    let message = format!("[Win32App] ExecManager: processing targeted app (name='{name}', id='{id}') with intent=3");
    record(date, time, None, &message)
}

/// An error of Configuration Manager at a local time with its offset.
fn zoned(date: &str, time: &str, bias: i32) -> String {
    record(date, time, Some(bias), "Failed, 0x80CF0437")
}

/// An error of the Intune Management Extension at a local time.
fn local(date: &str, time: &str) -> String {
    record(date, time, None, "Failed, 0x80CF0437")
}

fn happenings(args: &[&str]) -> Vec<Happening> {
    let args = ["scan", "--timeline"].iter().chain(args);
    strict::happenings(&json(args).output())
}

/// When each happened in UTC, and how long after the one before.
fn order(happenings: &[Happening]) -> Vec<(Option<&str>, Option<u64>)> {
    happenings.iter().map(|of| (of.utc.as_deref(), of.gap)).collect()
}

/// The lines that each finding stands in.
fn lines(happenings: &[Happening]) -> Vec<u64> {
    happenings.iter().map(|of| of.finding.line).collect()
}

/// A call of `scan` with these arguments, and the log on standard input.
fn scan(args: &[&str], log: &str) -> Call {
    intune_err(["scan"].iter().chain(args)).stdin(log.as_bytes())
}

fn in_time(args: &[&str], log: &str) -> Vec<Happening> {
    strict::happenings(&json(["scan", "--timeline"].iter().chain(args)).stdin(log.as_bytes()).output())
}

#[test]
fn findings_of_several_zones_are_in_the_order_of_utc() {
    let folder = Folder::new("timeline-zones");
    // 10:00 at -05:00 is 15:00, and 16:30 at +02:00 is 14:30.
    folder.write("a.log", zoned("1-5-2026", "10:00:00", 300));
    folder.write("b.log", zoned("1-5-2026", "16:30:00", -120) + &zoned("1-5-2026", "17:30:00", -120));
    let found = happenings(&[folder.path().to_str().unwrap()]);
    assert_eq!(
        order(&found),
        [
            (Some("2026-01-05T14:30:00.000Z"), None),
            (Some("2026-01-05T15:00:00.000Z"), Some(1_800_000)),
            (Some("2026-01-05T15:30:00.000Z"), Some(1_800_000))
        ]
    );
    assert_eq!(found[1].finding.time.as_deref(), Some("2026-01-05T10:00:00.000-05:00"), "as its log has it");
}

#[test]
fn an_hour_that_comes_twice_is_told_apart_by_its_offset() {
    // In New York, the clocks went back at 02:00 on 2025-11-02.
    let log = zoned("11-2-2025", "01:30:00", 300) + &zoned("11-2-2025", "01:45:00", 240) + &zoned("11-2-2025", "01:15:00", 240);
    let found = in_time(&[], &log);
    assert_eq!(lines(&found), [3, 2, 1]);
    assert_eq!(order(&found).iter().map(|(_, gap)| *gap).collect::<Vec<_>>(), [None, Some(1_800_000), Some(2_700_000)]);
}

#[test]
fn a_local_time_takes_the_offset_of_other_logs_of_its_device_alone() {
    let folder = Folder::new("timeline-offset");
    folder.write("ccm.log", zoned("1-5-2026", "10:00:00", 300));
    folder.write("ime.log", local("1-5-2026", "09:00:00"));
    let found = happenings(&[folder.path().to_str().unwrap()]);
    assert_eq!(
        order(&found),
        [(Some("2026-01-05T14:00:00.0000000Z"), None), (Some("2026-01-05T15:00:00.000Z"), Some(3_600_000))],
        "the log with the offset is read first, and the other one is earlier"
    );
    assert_eq!((found[0].finding.time.as_deref(), found[0].finding.zone.as_deref()), (Some("2026-01-05T09:00:00.0000000"), None));
}

#[test]
fn local_times_have_a_section_of_their_own_and_what_has_no_time_comes_last() {
    let log = "no time: 0x80CF0437\n\n".to_owned()
        + &"\n".repeat(200)
        + &local("1-5-2026", "10:00:05")
        + &local("1-5-2026", "10:00:00")
        + "<?xml version=\"1.0\"?>\n";
    let output = scan(&["--timeline"], &log).output();
    let expected = "\
2026-01-05 (local time, no zone is known)
10:00:00.000           0x80CF0437  The client computer's clock is wrong.
                       line 204
10:00:05.000      +5s  0x80CF0437  The client computer's clock is wrong.
                       line 203

Without a time, in the order of the input
0x80CF0437  The client computer's clock is wrong.
  line 1

3 findings: 2 in local time without a zone, 1 without a time
";
    assert_eq!(output, expected);
    let found = in_time(&[], &log);
    assert_eq!(order(&found), [(None, None), (None, Some(5000)), (None, None)]);
}

#[test]
fn what_happened_at_the_same_time_keeps_its_order() {
    let log = (0..50).map(|_| zoned("1-5-2026", "10:00:00", 0)).collect::<String>() + &zoned("1-5-2026", "09:00:00", 0);
    let found = in_time(&[], &log);
    assert_eq!(lines(&found), [51].into_iter().chain(1..=50).collect::<Vec<u64>>());
    assert!(found[2..].iter().all(|of| of.gap == Some(0)), "{found:?}");
}

#[test]
fn many_of_the_same_in_a_row_are_told_together() {
    let times = ["10:00:00", "10:00:01", "10:00:02", "10:00:03"];
    let log: String = times.iter().map(|time| zoned("1-5-2026", time, 0)).collect();
    let output = scan(&["--timeline"], &log).output();
    assert_eq!(output.matches("The client computer's clock is wrong.").count(), 4, "{output}");
    let log = log + &zoned("1-5-2026", "23:59:59", 0) + &zoned("1-6-2026", "00:00:01", 0);
    let expected = "\
2026-01-05 (UTC)
10:00:00.000           0x80CF0437  The client computer's clock is wrong.
                       line 1
                       the same 5 more times until 2026-01-06 00:00:01.000, last line 6

6 findings in UTC
";
    scan(&["--timeline"], &log).stdout(expected).run();
    let rows = scan(&["--timeline", "--markdown"], &log).output();
    assert!(rows.contains("| line 1; the same 5 more times until 2026-01-06 00:00:01.000, last line 6 |\n"), "{rows}");
}

#[test]
fn a_log_without_an_error_prints_nothing() {
    for form in [&["--timeline"][..], &["--timeline", "--markdown"], &["--timeline", "--json"]] {
        scan(form, "all is well\n").status(1).run();
    }
    scan(&["--timeline", "--quiet"], &local("1-5-2026", "10:00:00")).run();
    scan(&["--timeline", "--quiet"], "all is well\n").status(1).run();
}

#[test]
fn a_timeline_is_neither_a_summary_nor_the_log_itself() {
    for other in ["--summary", "--passthrough"] {
        let (_, errors) = scan(&["--timeline", other], "").status(2).outputs();
        assert!(errors.starts_with(&format!("error: the argument '--timeline' cannot be used with '{other}'\n")), "{errors}");
    }
}

#[test]
fn personal_data_is_replaced_in_a_timeline() {
    let log = record("1-5-2026", "10:00:00", Some(0), "jo@contoso.com on DESKTOP-4F7K2QX: 0x80CF0437");
    let folder = Folder::new("timeline-redact");
    let path = folder.write("Users/klarsson/a.log", &log);
    let output = intune_err(["scan", "--timeline", "--redact", &path]).output();
    assert!(output.contains("<user-") && !output.contains("klarsson"), "{output}");
    let output = intune_err(["scan", "--timeline", "--json", "--redact", &path]).output();
    let found = strict::happenings(&output);
    assert!(found[0].finding.text.contains("<user-2> on <host-1>: 0x80CF0437"), "{output}");
    assert!(!output.contains("klarsson") && !output.contains("jo@contoso.com") && !output.contains("4F7K2QX"), "{output}");
}

#[test]
fn own_records_answer_in_a_timeline() {
    let folder = Folder::new("timeline-own");
    let own = "[[entry]]\nid = \"contoso-vpn\"\ncodes = [0xE0C00005]\nnames = []\nmessages = []\nplatforms = [\"windows\"]\narea = \"policy\"\n\
               problem = \"The license server is gone.\"\ncauses = []\nresolution = []\nsources = [\"https://wiki.contoso.example/vpn\"]\n";
    let own = folder.write("own.toml", own);
    let log = record("1-5-2026", "10:00:00", Some(0), "Failed, hr = 0xE0C00005");
    scan(&["--timeline", "--data", &own], &log).stdout_holds("0xE0C00005  The license server is gone.\n").run();
}

#[test]
fn a_timeline_has_room_for_the_first_of_each_error() {
    let mut log = String::new();
    for second in 0..60_000 {
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        log += &format!("2026-01-05 {hour:02}:{minute:02}:{second:02}, Error  CSI  failed with 0x80070002\n");
    }
    log += "2026-01-04 00:00:00, Error  CSI  failed with 0x80CF0437\n";
    let output = run(["scan", "--timeline", "--json"], log.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("0x80CF0437") && lines[1].contains("\"line\":1,"), "{:.200}\n{:.200}", lines[0], lines[1]);
    let note = String::from_utf8(output.stderr).unwrap();
    let number: usize = note.split(' ').nth(1).unwrap().parse().unwrap();
    assert_eq!(number + lines.len(), 60_001, "{note}");
    assert!(note.starts_with("note: ") && note.contains(" findings are not in the timeline, which has no room for them"), "{note}");
}

/// A log with errors of two apps, of none, and of another day.
fn apps() -> String {
    begins("1-5-2026", "10:00:00", VPN, "Contoso VPN (x64)")
        + &local("1-5-2026", "10:00:05")
        + &begins("1-5-2026", "10:01:00", NOTES, "Contoso Notes")
        + &local("1-5-2026", "10:01:05")
        + "<![LOG[Failed, 0x80CF0437]LOG]!><time=\"10:02:00.0000000\" date=\"1-6-2026\" component=\"AppWorkload\" context=\"\" type=\"3\" thread=\"9\" file=\"\">\r\n"
}

#[test]
fn an_app_is_named_by_its_id_or_a_part_of_its_name() {
    let of = |app: &str| lines(&in_time_with_note(&["--app", app], &apps()));
    for app in ["contoso vpn", "VPN (X64)", VPN, &VPN.to_uppercase(), &format!("{{{VPN}}}"), &VPN[..8]] {
        assert_eq!(of(app), [2], "{app}");
    }
    assert_eq!(of("Contoso"), [2, 4]);
    let both = in_time_with_note(&["--app", "vpn", "--app", "notes"], &apps());
    assert_eq!(lines(&both), [2, 4]);
    // Fewer digits name no id.
    scan(&["--app", &VPN[..7]], &apps()).status(1).stderr("note: left out 3 findings of other apps or of none\n").run();
    let (_, errors) = scan(&["--app", ""], "").status(2).outputs();
    assert!(errors.contains("--app"), "{errors}");
}

/// The same as [`in_time`], where something is left out and said.
fn in_time_with_note(args: &[&str], log: &str) -> Vec<Happening> {
    let call = json(["scan", "--timeline"].iter().chain(args)).stdin(log.as_bytes());
    strict::happenings(&call.stderr_holds("note: left out ").output())
}

#[test]
fn a_name_that_comes_later_counts_for_files() {
    let folder = Folder::new("timeline-names");
    let mapping = format!("[Win32App] Admin did NOT set mapping for lpExitCode: 1603 of app: {VPN}");
    folder.write("a.log", record("1-5-2026", "10:00:00", None, &mapping));
    folder.write("b.log", begins("1-5-2026", "10:01:00", VPN, "Contoso VPN"));
    let path = folder.path().to_str().unwrap();
    for form in [&["--json"][..], &["--timeline", "--json"], &["--summary", "--json"]] {
        let output = intune_err(["scan", "--app", "contoso vpn", path].iter().chain(form)).output();
        assert_eq!(output.lines().count(), 1, "{form:?}: {output}");
    }
    let between = "nothing of interest\r\n".repeat(50_000);
    let log = record("1-5-2026", "10:00:00", None, &mapping) + &between + &begins("1-5-2026", "10:01:00", VPN, "Contoso VPN");
    // Standard input is read once.
    scan(&["--app", "contoso vpn"], &log).status(1).stderr("note: left out 1 finding of other apps or of none\n").run();
}

#[test]
fn filters_count_in_every_form_of_output() {
    let log = apps();
    let note = "note: left out 2 findings of other apps or of none\n";
    let plain = scan(&["--app", "vpn"], &log).stderr(note).output();
    assert_eq!(plain.matches("LOG]!>").count(), 1, "{plain}");
    let summary = scan(&["--app", "vpn", "--summary"], &log).stderr(note).output();
    assert!(summary.contains("1 finding of 1 error in 5 lines of 1 file\n"), "{summary}");
    let rows = scan(&["--app", "vpn", "--markdown"], &log).stderr(note).output();
    assert!(rows.contains("1 finding of 1 error in 5 lines of 1 file\n"), "{rows}");
    assert_eq!(strict::findings(&json(["scan", "--app", "vpn"]).stdin(log.as_bytes()).stderr(note).output()).len(), 1);
    scan(&["--app", "vpn", "--quiet"], &log).run();
    scan(&["--app", "nobody", "--quiet"], &log).status(1).run();
    // All lines pass, and only what is wanted is answered.
    let passed = scan(&["--app", "vpn", "--passthrough"], &log).stderr(note).output();
    let (added, rest): (Vec<&str>, Vec<&str>) = passed.split_inclusive('\n').partition(|line| line.starts_with("intune-err>"));
    assert_eq!(rest.concat(), log);
    assert_eq!(added.iter().filter(|line| line.contains("App:  ")).count(), 1, "{passed}");
}

#[test]
fn a_day_and_a_minute_are_included_to_their_end() {
    let log: String = ["00:00:00", "10:05:00", "10:05:59", "10:06:00", "23:59:59"].iter().map(|time| local("1-5-2026", time)).collect();
    let log = local("1-4-2026", "23:59:59") + &log + &local("1-6-2026", "00:00:00");
    let of = |args: &[&str]| lines(&in_time_with_note(args, &log));
    assert_eq!(of(&["--since", "2026-01-05", "--until", "2026-01-05"]), [2, 3, 4, 5, 6]);
    assert_eq!(of(&["--since", "2026-01-05 10:05", "--until", "2026-01-05 10:05"]), [3, 4]);
    assert_eq!(of(&["--since", "2026-01-05T10:05:30", "--until", "2026-01-05T10:06:00"]), [4, 5]);
    assert_eq!(of(&["--until", "2026-01-04"]), [1]);
    assert_eq!(of(&["--since", "2026-01-06"]), [7]);
}

#[test]
fn a_limit_with_a_zone_counts_by_the_instant() {
    let log = zoned("1-5-2026", "10:00:00", 300) + &zoned("1-5-2026", "16:30:00", -120);
    assert_eq!(lines(&in_time_with_note(&["--since", "2026-01-05T15:00:00Z"], &log)), [1]);
    assert_eq!(lines(&in_time_with_note(&["--until", "2026-01-05T16:30+02:00"], &log)), [2]);
    // Without a zone, by what each clock showed.
    assert_eq!(lines(&in_time_with_note(&["--since", "2026-01-05 15:00"], &log)), [2]);
}

#[test]
fn a_local_time_that_can_be_within_the_limits_is_kept_and_said() {
    let log = local("1-4-2026", "23:00:00") + &local("1-5-2026", "10:00:00") + &local("1-6-2026", "12:00:00");
    let (output, errors) = scan(&["--timeline", "--json", "--since", "2026-01-05T12:00:00Z"], &log).outputs();
    assert_eq!(lines(&strict::happenings(&output)), [2, 3]);
    assert_eq!(
        errors,
        "note: left out 1 finding at other times\n\
         note: kept 1 finding that can be outside the time: no log tells the zone of their clock\n"
    );
}

#[test]
fn a_time_ago_is_before_now() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let at = |ago: u64| {
        let (mut days, second) = ((now - ago) / 86_400, (now - ago) % 86_400);
        let leap = |year: u64| year.is_multiple_of(4);
        let mut year = 1970;
        while days >= if leap(year) { 366 } else { 365 } {
            days -= if leap(year) { 366 } else { 365 };
            year += 1;
        }
        let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut month = 0;
        while days >= lengths[month] {
            days -= lengths[month];
            month += 1;
        }
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        zoned(&format!("{}-{}-{year}", month + 1, days + 1), &format!("{hour:02}:{minute:02}:{second:02}"), 0)
    };
    let log = at(4 * 86_400) + &at(3 * 3600) + &at(600);
    assert_eq!(lines(&in_time_with_note(&["--since", "1h"], &log)), [3]);
    assert_eq!(lines(&in_time_with_note(&["--since", "1d"], &log)), [2, 3]);
    assert_eq!(lines(&in_time_with_note(&["--since", "1w", "--until", "2 hours"], &log)), [1, 2]);
    assert_eq!(lines(&in_time(&["--since", "5 days"], &log)), [1, 2, 3]);
}

#[test]
fn what_has_no_time_is_left_out_by_a_time_and_said() {
    let log = "0x80CF0437\n";
    scan(&["--since", "2026-01-05"], log).status(1).stderr("note: left out 1 finding without a time\n").run();
    scan(&["--until", "2026-01-05", "--quiet"], log).status(1).run();
}

#[test]
fn a_family_is_one_of_the_list() {
    let folder = Folder::new("timeline-family");
    folder.write("a.log", local("1-5-2026", "10:00:00"));
    folder.write("b.log", "2026-01-05 10:00:00, Error                 CBS    Failed [HRESULT = 0x80CF0437]\n");
    folder.write("c.log", "no family, 0x80CF0437\n");
    let path = folder.path().to_str().unwrap();
    let of = |args: &[&str], note: &str| {
        let found = strict::findings(&json(["scan", path].iter().chain(args)).stderr(note).output());
        found.into_iter().map(|found| found.family.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(of(&["--family", "cbs"], "note: left out 2 findings of other families of logs or of none\n"), ["cbs"]);
    assert_eq!(
        of(&["--family", "cbs", "--family", "ime"], "note: left out 1 finding of other families of logs or of none\n"),
        ["ime", "cbs"]
    );
    let note = "note: left out 3 findings: 2 of other families of logs or of none, 1 of other apps or of none\n";
    intune_err(["scan", path, "--family", "cbs", "--app", "vpn"]).status(1).stderr(note).run();
    let (_, errors) = intune_err(["scan", "--family", "notepad", path]).status(2).outputs();
    assert!(errors.starts_with("error: invalid value 'notepad' for '--family <NAME>'\n  [possible values: ime, ccm, "), "{errors}");
}

#[test]
fn a_text_that_is_no_time_is_refused_with_the_forms() {
    let forms = "use a form like 2026-11-29 14:05 or 2026-11-29T14:05:00+01:00, or how long ago: 30m, 2h, 3d\n";
    for (text, what) in [
        ("soon", "not a time"),
        ("14:05", "a time of day needs its date"),
        ("2026-13-01", "not a time"),
        ("11/29/2026", "not a time"),
        ("2h30", "not a time"),
        ("99999999999999999999d", "not a time"),
    ] {
        let (_, errors) = scan(&["--since", text], "").status(2).outputs();
        assert!(errors.starts_with(&format!("error: invalid value '{text}' for '--since <TIME>': {what}: {forms}")), "{errors}");
    }
    let (_, errors) = scan(&["--since", "1h", "--until", "2h"], "").status(2).outputs();
    assert!(errors.starts_with("error: --since is later than --until: nothing can be between them\n"), "{errors}");
}

#[cfg(feature = "evidence")]
mod evidence {
    use super::*;
    use crate::bundle::collect_diagnostics;
    use crate::bundles::{file, picture};
    use crate::make::{Event, Value, Zip, cabinet, event_log, gzip, zip};

    #[test]
    fn a_bundle_is_put_in_order() {
        let path = file("DiagLogs-timeline.zip", &collect_diagnostics());
        picture("bundle_in_time", &intune_err(["scan", "--timeline", &path]).stderr_holds("not read"));
        picture("bundle_in_time_as_markdown", &intune_err(["scan", "--timeline", "--markdown", &path]).stderr_holds("not read"));
        let wanted = ["scan", "--timeline", "--since", "2026-01-05 10:00", "--app", "notes", &path];
        picture("bundle_in_time_of_an_app", &intune_err(wanted).stderr_holds("note: left out "));
    }

    #[test]
    fn the_objects_of_a_bundle_are_in_order() {
        let bundle = collect_diagnostics();
        let path = file("DiagLogs-happenings.zip", &bundle);
        let objects = |call: Call| {
            let output = call.stderr_holds("not collected").output();
            strict::happenings(&strict::apart(&output).0)
        };
        let found = objects(json(["scan", "--timeline", &path]));
        let times: Vec<&str> = found.iter().filter_map(|of| of.utc.as_deref()).collect();
        assert!(times.len() == 10 && times.is_sorted(), "{times:?}");
        assert_eq!((found[0].gap, found[10].utc.as_deref(), found[10].gap), (None, None, None));
        assert_eq!(found[0].finding.event.as_ref().map(|event| event.id), Some(76));
        let streamed = objects(json(["scan", "--timeline"]).stdin(&bundle));
        assert_eq!(order(&streamed), order(&found));
    }

    #[test]
    fn local_times_of_two_devices_are_not_compared() {
        let folder = Folder::new("timeline-devices");
        for (name, time) in [("a.zip", "10:00:05"), ("b.zip", "10:00:00")] {
            folder.write(name, zip(Zip::Deflate, &[("ime.log", local("1-5-2026", time).as_bytes())]));
        }
        let path = folder.path().to_str().unwrap();
        let output = intune_err(["scan", "--timeline", path]).output();
        let headings: Vec<&str> = output.lines().filter(|line| line.starts_with("2026")).collect();
        let heading = |name| format!("2026-01-05 (local time in {}, no zone is known)", folder.at(name));
        assert_eq!(headings, [heading("a.zip"), heading("b.zip")]);
        assert!(!output.contains(" +"), "no gap from one to the other: {output}");
    }

    #[test]
    fn the_same_timeline_comes_out_of_every_packaging() {
        let log = zoned("1-5-2026", "10:00:00", 300) + &apps() + &zoned("1-4-2026", "10:00:00", 300);
        let bytes = log.as_bytes();
        let plain = in_time(&[], &log);
        assert_eq!(lines(&plain), [7, 1, 3, 5, 6], "{plain:?}");
        let cab = cabinet(cab::CompressionType::MsZip, &[("a.log", bytes)]);
        for (name, package) in [
            ("gz", gzip(bytes)),
            ("zip", zip(Zip::Deflate, &[("a.log", bytes)])),
            ("cab in zip", zip(Zip::Stored, &[("a.cab", &cab)])),
            ("cab", cab.clone()),
        ] {
            let found = strict::happenings(&json(["scan", "--timeline"]).stdin(&package).output());
            assert_eq!(order(&found), order(&plain), "{name}");
            let apps = |of: &[Happening]| of.iter().map(|of| of.finding.app.as_ref().map(|app| app.name.clone())).collect::<Vec<_>>();
            assert_eq!((lines(&found), apps(&found)), (lines(&plain), apps(&plain)), "{name}");
        }
    }

    #[test]
    fn an_event_in_utc_is_compared_with_what_the_clock_showed() {
        let provider = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";
        // At 10:00 in UTC.
        let events = event_log(&[Event::new(provider, 76, &[("HRESULT", Value::HexInt32(0x80CF_3002))])]);
        let clock = zoned("1-5-2026", "09:00:00", 300).replace("0x80CF0437", "nothing");
        let with_clock = zip(Zip::Deflate, &[("a.evtx", &events), ("ccm.log", clock.as_bytes())]);
        let folder = Folder::new("timeline-events");
        let path = folder.write("a.zip", with_clock);
        // There it was five.
        intune_err(["scan", "-q", "--since", "2026-01-05 05:00", "--until", "2026-01-05 05:00", &path]).run();
        intune_err(["scan", "-q", "--since", "2026-01-05 06:00", &path]).status(1).run();
        let path = folder.write("alone.evtx", events);
        let taken = "note: took the time for UTC to compare it with 1 finding in UTC: no log tells the zone of the device's clock\n";
        let (_, errors) = intune_err(["scan", "--since", "2026-01-05 10:00", "--until", "2026-01-05 10:00", &path]).outputs();
        assert_eq!(errors, taken);
    }
}
