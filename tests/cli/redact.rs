//! `--redact` in every form of output.

use super::logs::Folder;
use super::*;

const LINE: &str = "user jo@contoso.com on DESKTOP-4F7K2QX: hr = 0x80CF0437";
const REDACTED: &str = "user <user-1> on <host-1>: hr = 0x80CF0437";

/// A log with an error and what is personal in its line and its path.
fn log(test: &str) -> (Folder, String) {
    let folder = Folder::new(test);
    let path = folder.write("Users/klarsson/DiagLogs-LT0042-20240513T080000Z.log", format!("{LINE}\r\nof klarsson\r\n"));
    (folder, path)
}

#[track_caller]
fn holds_nothing_personal(text: &str) {
    for value in ["jo@contoso.com", "4F7K2QX", "klarsson", "LT0042"] {
        assert!(!text.contains(value), "{value}: {text}");
    }
}

#[test]
fn a_scan_shows_placeholders() {
    let output = intune_err(["scan", "--redact", "-"]).stdin(format!("{LINE}\n").as_bytes()).output();
    assert!(output.starts_with(&format!("{REDACTED}\n    0x80CF0437")), "{output}");
}

#[test]
fn paths_and_lines_of_json_have_placeholders_and_places_are_those_of_the_input() {
    let (_folder, path) = log("redact-json");
    let output = intune_err(["scan", "--json", "--redact", &path]).output();
    holds_nothing_personal(&output);
    let finding: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(finding["text"], REDACTED.replace("user-1", "user-2").replace("host-1", "host-2"));
    assert_eq!((finding["offset"].as_u64(), finding["match"].as_str()), (LINE.find("0x").map(|at| at as u64), Some("0x80CF0437")));
}

#[test]
fn a_summary_and_what_was_not_read_have_placeholders() {
    let (folder, _) = log("redact-summary");
    folder.write("Users/klarsson/trace.etl", b"\x00\x01\x02\x03ElfNot\x00\x00");
    for form in [&["--summary"][..], &["--markdown"], &["--summary", "--json"]] {
        let args = ["scan", "--redact"].iter().chain(form).copied().chain([folder.path().to_str().unwrap()]);
        let (output, errors) = intune_err(args).outputs();
        holds_nothing_personal(&output);
        holds_nothing_personal(&errors);
        assert!(output.contains("<host-1>") && (output + &errors).contains("trace.etl"), "{errors}");
    }
}

#[test]
fn a_log_that_is_passed_through_is_redacted_whole() {
    let (_folder, path) = log("redact-passthrough");
    let output = intune_err(["scan", "--redact", "--passthrough", &path]).output();
    let log: Vec<&str> = output.split_inclusive('\n').filter(|line| !line.starts_with("intune-err>")).collect();
    holds_nothing_personal(&output);
    assert_eq!(log.concat().lines().count(), 2);
    assert!(log[0].ends_with("\r\n") && log[1].starts_with("of <user-"), "{output}");
}

#[test]
fn the_rest_of_a_line_without_end_is_left_out_of_a_log_that_is_passed_through() {
    let mut line = "x".repeat(6 << 20).into_bytes();
    line.extend_from_slice(b" jo@contoso.com\r\nnext jo@contoso.com 0x80CF0437\n");
    let output = intune_err(["scan", "--redact", "--passthrough", "-"]).stdin(&line).output();
    assert!(output.contains("xxx ... (the rest of a line of more than 4 MiB is left out)\r\nnext <user-1> 0x80CF0437\n"));
}

#[test]
fn an_error_in_a_long_line_is_shown_in_a_redacted_excerpt() {
    let line = format!("{}{LINE} {}", "jo@contoso.com ".repeat(5000), "LT0042@contoso.com ".repeat(5000));
    let output = intune_err(["scan", "--redact", "-"]).stdin(line.as_bytes()).output();
    holds_nothing_personal(&output);
    assert!(
        output.starts_with("... ") && output.contains("user <user-1> on <host-") && output.contains(">: hr = 0x80CF0437 <user-"),
        "{output:.300}"
    );
}

#[test]
fn a_line_that_is_looked_up_is_shown_with_placeholders() {
    let output = intune_err(["--redact", "--json", LINE]).output();
    assert!(output.starts_with(&format!(r#"{{"query":"{REDACTED}","#)), "{output}");
    let refused = format!("`{}` is neither a code nor a known name or message", "<user-1>");
    intune_err(["--redact", "jo@contoso.com"]).status(1).stderr_holds(&refused).run();
}

#[test]
fn messages_have_no_user_in_their_paths() {
    let (_, errors) = intune_err(["scan", "--redact", "/home/klarsson/none.log"]).status(2).outputs();
    assert!(errors.contains("/home/<user-1>/none.log"), "{errors}");
}

#[test]
fn what_a_summary_says_of_the_device_has_placeholders() {
    let folder = Folder::new("redact-device");
    let dsregcmd = "| Device State                                                         |\r\n                Device Name : LT0042\r\n                 TenantName : Contoso Ltd\r\n                   TenantId : 11111111-2222-3333-4444-555555555555\r\n";
    folder.write("dsregcmd.txt", dsregcmd);
    folder.write("client.log", format!("{LINE}\r\n"));
    let output = intune_err(["scan", "--summary", "--redact", folder.path().to_str().unwrap()]).output();
    assert!(output.contains("<host-") && output.contains("<tenant-"), "{output}");
    for value in ["LT0042", "Contoso Ltd", "11111111-2222"] {
        assert!(!output.contains(value), "{value}: {output}");
    }
}

/// Records of `CMTrace` whose heads hold what is personal.
const HEADS: &str = r#"<![LOG[Error 0x80CF0437]LOG]!><time="10:00:00.000+000" date="01-05-2026" component="C:\Users\klarsson\tool.ps1" context="" type="3" thread="1" file="">
<![LOG[Error 0x80CF0437]LOG]!><time="10:00:01.000+000" date="01-05-2026" component="jo@contoso.com" context="" type="3" thread="S-1-5-21-1004336348-1177238915-682003330-512" file="">
<![LOG[Error 0x80CF0437]LOG]!><time="10:00:02.000+000" date="01-05-2026" component="DESKTOP-4F7K2QX" context="" type="3" thread="10.20.30.40" file="">
<![LOG[Error 0x80CF0437]LOG]!><time="10:00:03.000+000" date="01-05-2026" component="/Users/klarsson/agent" context="" type="3" thread="7 (0x7)" file="">
<![LOG[Error 0x80CF0437]LOG]!><time="10:00:04.000+000" date="01-05-2026" component="AppWorkload" context="" type="3" thread="12" file="">
"#;

#[test]
fn heads_of_records_have_placeholders_in_every_form() {
    let folder = Folder::new("redact-heads");
    let path = folder.write("a.log", HEADS);
    let forms = ["scan", "scan --json", "scan --summary", "scan --summary --json", "scan --markdown", "scan --timeline"];
    for form in forms.into_iter().chain(["scan --timeline --json", "scan --timeline --markdown", "report"]) {
        let output = intune_err(form.split(' ').chain(["--redact", &path])).output();
        holds_nothing_personal(&output);
        for value in ["1177238915", "10.20.30.40"] {
            assert!(!output.contains(value), "{form}: {output}");
        }
    }
    let output = intune_err(["scan", "--json", "--redact", &path]).output();
    let found = super::strict::findings(&output);
    let heads: Vec<_> = found.iter().map(|found| (found.component.as_deref().unwrap(), found.thread.as_deref().unwrap())).collect();
    let users = [r"C:\Users\<user-1>\tool.ps1", "<user-2>", "<host-1>", "/Users/<user-1>/agent", "AppWorkload"];
    assert_eq!(heads.iter().map(|head| head.0).collect::<Vec<_>>(), users);
    assert_eq!(heads.iter().map(|head| head.1).collect::<Vec<_>>(), ["1", "<sid-1>", "<ip-1>", "7 (0x7)", "12"]);
}

#[test]
fn the_name_of_an_app_has_placeholders_and_its_own_name_finds_it() {
    let folder = Folder::new("redact-apps");
    let path = folder.write(
        "a.log",
        "2024-05-13 10:00:00:200 | IntuneMDM-Daemon | I | 1 | A | Start PolicyID: 0b6e87b5-2e4b-4350-b551-bfb99d114c83, \
         BundleID: com.contoso.vpn, AppName: VPN of jo@contoso.com\n\
         2024-05-13 10:00:01:200 | IntuneMDM-Daemon | E | 1 | A | PolicyID: 0b6e87b5-2e4b-4350-b551-bfb99d114c83 failed with 0x80CF0437\n",
    );
    let forms =
        ["scan", "scan --json", "scan --summary", "scan --summary --json", "scan --markdown", "scan --timeline", "scan --passthrough"];
    for form in forms.into_iter().chain(["scan --timeline --json", "report"]) {
        for app in [&[][..], &["--app", "VPN of jo@contoso.com"]] {
            let output = intune_err(form.split(' ').chain(app.iter().copied()).chain(["--redact", &path])).output();
            assert!(output.contains("VPN of") && output.contains("user-1"), "{form} {app:?}: {output}");
            holds_nothing_personal(&output);
        }
    }
}
