//! Somebody's own records: `--data`, the folder of `INTUNE_ERR_DATA`, and `check`.

use std::path::PathBuf;

use serde_json::Value;

use super::intune_err;

/// A record of a company: an exit code, a code that the table has, too, a token and a message with a variable part.
const CONTOSO: &str = r#"
[[entry]]
id = "contoso-vpn-license"
codes = [0xE0C00005, 0x80070005]
names = ["70001", "ContosoVpnNoLicense"]
messages = ["Contoso VPN: no license for <user> today"]
platforms = ["windows"]
area = "policy"
problem = "The license server of Contoso VPN can't be reached."
causes = []
resolution = ["Connect to the company network."]
sources = ["https://wiki.contoso.example/vpn"]
"#;

/// A folder of this test alone, with these files.
fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("own").join(test);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("the file can be written");
    }
    folder
}

/// The path of a file with the record.
fn contoso(test: &str) -> String {
    folder(test, &[("contoso.toml", CONTOSO)]).join("contoso.toml").to_string_lossy().into_owned()
}

const ANSWER: &str = "\
Problem:    The license server of Contoso VPN can't be reached.
From:       contoso.toml
Resolution: Connect to the company network.
Codes:      0xE0C00005, 0x80070005
Names:      70001, ContosoVpnNoLicense
Message:    Contoso VPN: no license for <user> today
Platforms:  Windows
Source:     https://wiki.contoso.example/vpn
";

#[test]
fn an_own_record_answers_and_says_whose_it_is() {
    let file = contoso("answers");
    for query in ["exit code 70001", "contoso vpn no license", "contoso-vpn-license"] {
        intune_err(["--data", &file, query]).stdout(&format!("{query}\n\n{ANSWER}")).run();
    }
    // Before or after the query.
    let code = format!("0xE0C00005 (-524287995, 3770679301)\n\n{ANSWER}");
    intune_err(["0xE0C00005", "--data", &file]).stdout(&code).run();
    intune_err(["0xE0C00005"]).stdout_holds("Unknown:").status(1).run();
}

#[test]
fn it_comes_before_the_records_of_the_table() {
    let file = contoso("first");
    let answer = intune_err(["--data", &file, "0x80070005", "--json"]).output();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let from: Vec<&Value> = answer["entries"].as_array().unwrap().iter().map(|entry| &entry["from"]).collect();
    assert_eq!(*from[0], "contoso.toml");
    assert!(from.len() > 1 && from[1..].iter().all(|from| from.is_null()), "{from:?}");
    // Also where the context speaks for another.
    let text = intune_err(["--data", &file, "Windows", "Update", "0x80070005"]).output();
    assert!(text.contains("Problem 1:  The license server"), "{text}");
    intune_err(["--data", &file, "0x80070005", "--markdown"]).stdout_holds("\n**From:** contoso.toml\n").run();
}

#[test]
fn a_scan_finds_its_codes_names_messages_and_exit_codes() {
    let file = contoso("scan");
    let log = "Installer ended with exit code 70001\nhr = 0xE0C00005\nx ContosoVpnNoLicense y\nContoso VPN: no license for joe today\n\
               exit code 70002\nlost ContosoVpnNoLicenseServer\nnot 0xE0C00006\n";
    let found = intune_err(["scan", "--json", "--data", &file]).stdin(log.as_bytes()).output();
    let found: Vec<Value> = found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let matches: Vec<&str> = found.iter().map(|found| found["match"].as_str().unwrap()).collect();
    assert_eq!(matches, ["70001", "0xE0C00005", "ContosoVpnNoLicense", "Contoso VPN: no license for joe today"]);
    for found in &found {
        assert_eq!(found["entries"][0]["id"], "contoso-vpn-license", "{found}");
    }
    let known: Vec<&str> = log.lines().take(4).collect();
    let indented = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    let explained: String = format!("exit code 70001\n\n{ANSWER}").lines().map(indented).collect();
    let explained = format!("{}\n{explained}{}\n", known[0], known[1]);
    let again = "The license server of Contoso VPN can't be reached. (from contoso.toml)\n";
    let text = intune_err(["--data", &file]).stdin(log.as_bytes()).output();
    assert!(text.starts_with(&explained), "{text}");
    assert!(text.ends_with(&format!("{}\n    Contoso VPN: no license for <user> today {again}", known[3])), "{text}");
    let summary = intune_err(["scan", "--summary", "--data", &file]).stdin(log.as_bytes()).output();
    assert!(summary.contains("From:       contoso.toml\n") && summary.contains("4 findings of 4 errors"), "{summary}");
    // Without the file nothing of it is known.
    intune_err(["scan", "--known"]).stdin(log.as_bytes()).status(1).run();
}

#[test]
fn a_scan_finds_names_that_look_like_numbers_too() {
    for (name, line) in [
        ("ACCEDE_DENIED", "install: ACCEDE_DENIED, giving up"),
        ("decade00", "state=decade00"),
        ("123456-CONTOSO", "error 123456-contoso at 10:00"),
        ("8A1B2C3D - 17", "it said 8a1b2c3d - 17."),
        ("0x8A1B2C3D - 0x17", "it said 0x8A1B2C3D - 0x17."),
        ("100001/2 no license", "100001/2 No license\n"),
        ("facade down", "the facade down again, and a facade"),
        ("1B2C3D4E-0017", "{1B2C3D4E-0017}"),
    ] {
        let records = CONTOSO.replace("ContosoVpnNoLicense", name);
        let file = folder("numbers", &[("contoso.toml", &records)]).join("contoso.toml").to_string_lossy().into_owned();
        let found = intune_err(["scan", "--json", "--data", &file]).stdin(line.as_bytes()).output();
        let found: Value = serde_json::from_str(&found).unwrap();
        assert_eq!(found["match"].as_str().unwrap().to_lowercase(), name.to_lowercase(), "{line}");
        assert_eq!(found["entries"][0]["id"], "contoso-vpn-license", "{line}");
    }
}

#[test]
fn search_list_and_export_have_it_first() {
    let file = contoso("lists");
    let row = "contoso-vpn-license  0xE0C00005, 0x80070005, 70001, ContosoVpnNoLicense\n  \
               The license server of Contoso VPN can't be reached.\n  From: contoso.toml\n";
    for args in [&["search", "license", "server"][..], &["list"], &["list", "--area", "policy"]] {
        let text = intune_err(args.iter().chain(&["--data", file.as_str()])).output();
        assert!(text.starts_with(row), "{args:?}: {text}");
    }
    assert!(!intune_err(["list", "--area", "update", "--data", &file]).output().contains("contoso"));
    let csv = intune_err(["export", "--format", "csv", "--data", &file]).output();
    let head = csv.lines().next().unwrap();
    assert!(head.ends_with(",meaning,from"), "{head}");
    assert_eq!(csv.lines().filter(|row| row.ends_with(",contoso.toml")).count(), 2);
    for format in ["ndjson", "json", "kql"] {
        let whole = intune_err(["export", "--format", format, "--data", &file]).output();
        assert!(whole.contains("contoso-vpn-license") && whole.contains("contoso.toml"), "{format}");
    }
}

#[test]
fn a_folder_of_the_environment_is_read_in_the_order_of_its_names() {
    let other = CONTOSO.replace("contoso-vpn-license", "fabrikam-vpn").replace("contoso", "fabrikam");
    let folder = folder("folder", &[("b.toml", CONTOSO), ("a.toml", &other), ("notes.txt", "no record")]);
    let folder = folder.to_string_lossy();
    let answer = intune_err(["exit code 70001"]).env("INTUNE_ERR_DATA", &folder).output();
    let order: Vec<usize> = ["From:       b.toml", "From:       a.toml"].iter().map(|from| answer.find(from).unwrap()).collect();
    // By id, since both have the same rank.
    assert!(order[0] < order[1], "{answer}");
    intune_err(["__names", "fabri"]).env("INTUNE_ERR_DATA", &folder).stdout("fabrikam-vpn\n").run();
    intune_err(["exit code 70001"]).env("INTUNE_ERR_DATA", "").stderr_holds("nothing is known of the exit code 70001").status(1).run();
    // What answers nothing needs no records.
    intune_err(["-q", "man"]).env("INTUNE_ERR_DATA", "no-such-folder").run();
    intune_err(["0x80180014"])
        .env("INTUNE_ERR_DATA", "no-such-folder")
        .stderr_holds("error: cannot read the folder `no-such-folder` of INTUNE_ERR_DATA: ")
        .status(2)
        .run();
}

#[test]
fn faulty_files_are_refused_with_all_their_faults() {
    let faulty = CONTOSO.replace("\"policy\"", "\"polcy\"").replace("causes = []\n", "").replace("0xE0C00005", "0x1E0C00005");
    let folder = folder("faulty", &[("faulty.toml", &faulty), ("broken.toml", "[[entry]]\nid = \"x\n")]);
    let [faulty, broken] = ["faulty.toml", "broken.toml"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let of_faulty = [
        format!("{faulty}:2: contoso-vpn-license: key `causes` is missing"),
        format!("{faulty}:4: contoso-vpn-license: code 0x1E0C00005 has more than 32 bits"),
        format!(
            "{faulty}:8: contoso-vpn-license: area \"polcy\" is none of enrollment, sign-in, entra-join, autopilot, co-management, policy, \
             app-install, certificate, update"
        ),
    ];
    let of_broken = format!("{broken}:2: invalid basic string");
    let lines: String = of_faulty.iter().chain([&of_broken]).map(|fault| format!("error: {fault}\n")).collect();
    let told = format!("{lines}help: docs/own-records.md says how a record is written\n");
    intune_err(["--data", &faulty, "--data", &broken, "0x80180014"]).stderr(&told).status(2).run();
    // The same of `check`, as its result.
    let result: String = of_faulty.iter().chain([&of_broken]).map(|fault| format!("{fault}\n")).collect();
    intune_err(["check", &faulty, &broken]).stdout(&result).status(2).run();
    let objects = intune_err(["check", "--json", &faulty]).status(2).output();
    let object: Value = serde_json::from_str(&objects).unwrap();
    assert_eq!(object["faults"][1]["line"], 4);
    assert!(object["holds"].is_null() && object["file"] == faulty.as_str(), "{objects}");
}

#[test]
fn a_report_has_it() {
    let file = contoso("report");
    let log = folder("report", &[("agent.log", "2026-11-24 10:00:00 hr = 0xE0C00005\n")]).join("agent.log");
    let page = intune_err(["report", "--data", &file, &log.to_string_lossy()]).output();
    assert!(page.contains("The license server of Contoso VPN can&#39;t be reached."));
    assert!(page.contains("contoso.toml"));
}

#[test]
fn redaction_leaves_their_names_whole() {
    let named = CONTOSO.replace("\"70001\"", "\"CT-AGENT-17\"").replace("platforms =", "lookup_only = [\"CT-AGENT-17\"]\nplatforms =");
    let file = folder("redact", &[("contoso.toml", &named)]).join("contoso.toml").to_string_lossy().into_owned();
    let log = b"host: CT-AGENT-17 of host: PC-17, error 0xE0C00005\n";
    let output = intune_err(["scan", "--redact", "--data", &file, "-"]).stdin(log).output();
    assert!(output.starts_with("host: CT-AGENT-17 of host: <host-1>, error 0xE0C00005\n"), "{output}");
    // Without the file nothing tells that it is no host.
    let output = intune_err(["scan", "--redact", "--all", "-"]).stdin(log).output();
    assert!(output.starts_with("host: <host-1> of host: <host-2>, error 0xE0C00005\n"), "{output}");
}

#[test]
fn check_says_what_a_file_holds() {
    let file = contoso("check");
    intune_err(["check", &file]).stdout(&format!("{file}: ok: 1 record with 2 codes, 2 names and 1 message\n")).run();
    intune_err(["check", "-q", &file]).run();
    let object = intune_err(["check", "--json", &file]).output();
    let expected = serde_json::json!({"file": file, "holds": {"records": 1, "codes": 2, "names": 2, "messages": 1}, "faults": []});
    assert_eq!(serde_json::from_str::<Value>(&object).unwrap(), expected);
    intune_err(["check", "no-such.toml"]).stderr_holds("error: cannot read `no-such.toml`: ").status(2).run();
}

#[test]
fn a_file_that_is_no_text_is_told_with_its_line() {
    let folder = folder("no-text", &[]);
    let file = folder.join("utf16.toml");
    std::fs::write(&file, b"# ok\n\xFF\xFE[\0").unwrap();
    let file = file.to_string_lossy();
    intune_err(["check", &file]).stderr(&format!("error: `{file}` is not UTF-8 text, from line 2 on\n")).status(2).run();
}

#[test]
fn options_that_change_nothing_together_are_told() {
    let file = contoso("idle");
    for (args, error) in [
        (&["scan", "--passthrough", "--json"][..], "error: --passthrough prints the log as it is, --json objects\n"),
        (&["--markdown", "scan", "--passthrough"], "error: --passthrough prints the log as it is, --markdown a summary\n"),
        (&["--hex", "list"], "error: --hex and --decimal change nothing here: "),
        (&["checklist", "--data", &file], "error: your own records change nothing here\n"),
        (&["check", &file, "--data", &file], "error: check reads the files it names\n"),
        (&["completions", "bash", "--data", &file], "error: the scripts ask the program for names when they run\n"),
    ] {
        intune_err(args).stderr_holds(error).stderr_holds("\n  tip: leave ").status(2).run();
    }
}
