//! `report`: one HTML file that is whole, safe and complete, whatever is in the logs.

use std::collections::HashSet;

#[cfg(feature = "evidence")]
use super::bundle::{self, VPN, collect_diagnostics};
use super::logs::Folder;
#[cfg(feature = "evidence")]
use super::make::{Zip, zip};
use super::{Call, intune_err};

/// The time that every report of these tests was made.
const MADE: (&str, &str) = ("SOURCE_DATE_EPOCH", "1767607500");

/// A call of `report` with these arguments.
fn report<'a>(args: impl IntoIterator<Item = &'a str>) -> Call {
    intune_err(["report"].into_iter().chain(args)).env(MADE.0, MADE.1)
}

/// The elements and attributes of a page.
const ELEMENTS: &str = "html head title body header main section aside h1 h2 h3 h4 p div dl dt dd ol ul li a code pre span mark strong details \
                        summary table thead tbody tr th td form label output button svg line text rect path circle article";
const VOID: &str = "meta input br";
const ATTRIBUTES: &str = "lang charset http-equiv content name class id aria-labelledby aria-label aria-hidden aria-live href rel hidden for \
                          type autocomplete spellcheck value tabindex role title width height x y x1 x2 y1 y2 r d text-anchor scope";

/// Whether a word stands in a list.
fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|of| of == word)
}

/// The attributes of a tag, each with its value.
#[track_caller]
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    let mut rest = tag.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_at(rest.find(['=', ' ']).unwrap_or(rest.len()));
        assert!(is_in(ATTRIBUTES, name), "{name} of <{tag}>");
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or_else(|| panic!("no end of {name} in <{tag}>")),
            None => ("", after),
        };
        attributes.push((name, value));
        rest = after.trim_start();
    }
    attributes
}

/// Reads a page as strictly as the program writes one, and panics at anything else: a tag, an attribute or a link that is not the program's
/// own, text that would be markup, a target that is missing. Gives the text that a reader sees.
#[track_caller]
fn read(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").expect("a style");
    let (_, rest) = rest.split_once("</style>").expect("the end of the style");
    let (body, rest) = rest.rsplit_once("<script>").expect("a script");
    let (_, end) = rest.rsplit_once("</script>").expect("the end of the script");
    let (sign, head) = head.split_once("-->").expect("the sign");
    assert_eq!(sign, "<!DOCTYPE html>\n<!-- A report of intune-err ");
    let markup = format!("{head}{body}{end}");
    let (mut open, mut ids, mut links, mut text) = (Vec::new(), HashSet::new(), Vec::new(), String::new());
    let mut rest = markup.as_str();
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("no end: {:.200}", &rest[at..]));
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "before {rest:.100}");
            continue;
        }
        let closes_itself = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        assert!(is_in(ELEMENTS, name) || is_in(VOID, name), "<{tag}>");
        for (attribute, value) in attributes(&tag[name.len()..]) {
            match attribute {
                "id" => assert!(ids.insert(value.to_owned()), "{value} twice"),
                "href" => links.push(value.to_owned()),
                _ => {}
            }
        }
        if !closes_itself && !is_in(VOID, name) {
            open.push(name.to_owned());
        }
    }
    assert_eq!(open, Vec::<String>::new());
    for link in links {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "#{id} leads nowhere"),
            None => assert!(link.starts_with("https://") || link.starts_with("http://"), "{link}"),
        }
    }
    let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}');
    assert!(!page.contains(hidden), "something invisible is in the page");
    for part in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| part.starts_with(name)), "&{part:.20}");
    }
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    names.iter().fold(text, |text, (name, c)| text.replace(name, c))
}

/// The page without what changes with each version and each new record.
#[cfg(feature = "evidence")]
fn stable(page: &str) -> String {
    let between = |text: &str, from: &str, to: &str| {
        let (before, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
        let (_, after) = rest.split_once(to).unwrap_or_else(|| panic!("no {to}"));
        format!("{before}{from}...{to}{after}")
    };
    let page = between(page, "<style>", "</style>");
    let page = between(&page, "style-src '", "'");
    let page = between(&page, "script-src '", "'");
    let page = between(&page, "<dt>Knows</dt><dd>", "</dd>");
    let page = between(&page, "<script>", "</script>");
    page.replace(env!("CARGO_PKG_VERSION"), "0.0.0")
}

#[cfg(feature = "evidence")]
#[test]
fn a_bundle_has_its_report() {
    let folder = Folder::new("report_bundle");
    let path = folder.write("DiagLogs.zip", collect_diagnostics());
    let page = report([path.as_str()]).stderr_holds("not read").output();
    let text = read(&page);
    for part in ["App Contoso VPN (x64) in DeviceSetup", "The client computer's clock is wrong.", "2026-01-05 10:05:00 UTC by intune-err"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let root = folder.at("").trim_end_matches(['/', '\\']).to_owned();
    let page = stable(&page).replace(&format!("{root}{}", std::path::MAIN_SEPARATOR), "");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("report", page));
}

#[cfg(feature = "evidence")]
#[test]
fn what_failed_the_reason_and_the_first_step_come_before_all_else() {
    let folder = Folder::new("report_first");
    let path = folder.write("DiagLogs.zip", collect_diagnostics());
    let page = report([path.as_str()]).stderr_holds("not read").output();
    let begin = page.find("<h3>App Contoso VPN (x64)").expect("the app");
    let card = &page[begin..begin + page[begin..].find("</li>").expect("its end")];
    let reason = card.find("<dt>Reason</dt><dd>The client computer&#39;s clock is wrong.").expect("the reason");
    let step = card.find("<dt>First step</dt><dd>Set the right time").expect("the first step");
    assert!(reason < step && begin < page.find("<h2 id=\"timeline\"").expect("the timeline"));
}

/// The numbers and codes of a summary or a report, in their order.
#[cfg(feature = "evidence")]
fn order(lines: &str, before: &str, between: &str) -> Vec<(String, String)> {
    let row = |rest: &str| {
        let (number, rest) = rest.split_once(between)?;
        Some((number.to_owned(), rest.get(..10)?.to_owned()))
    };
    lines.split(before).skip(1).filter_map(row).filter(|(_, code)| code.starts_with("0x")).collect()
}

#[cfg(feature = "evidence")]
#[test]
fn the_order_and_the_groups_are_those_of_the_summary() {
    let folder = Folder::new("report_order");
    let path = folder.write("DiagLogs.zip", collect_diagnostics());
    let page = report([path.as_str()]).stderr_holds("not read").output();
    let markdown = intune_err(["scan", "--markdown", &path]).stderr_holds("not read").output();
    let mut rows = Vec::new();
    for line in markdown.lines().filter(|line| line.starts_with("| ") && line.contains(" | 0x")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        rows.push((cells[0].trim_start_matches("| ").to_owned(), cells[2].to_owned()));
    }
    let (_, errors) = page.split_once("<h2 id=\"errors\"").expect("the errors");
    assert_eq!(order(errors, "<h4>", ". <code>"), rows);
    assert!(rows.len() > 5, "{rows:?}");
    let headings = markdown.lines().filter(|line| line.starts_with("**") && !line.contains(":** ") && !line.ends_with(":**")).count();
    assert_eq!(errors.matches("<h3 id=").count(), headings);
}

/// What somebody could put into a log to make it markup of the page, or to deceive its reader.
const HOSTILE: [&str; 12] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></pre></article></main><h1>All is well</h1>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "--> <!-- ]]> <![CDATA[",
    "javascript:alert(1) data:text/html,<script>",
    "&lt;b&gt; &amp;#60; &#x3C;script",
    "\u{202E}gnp.txt\u{2066} \u{200B}\u{FEFF}",
    "\0\u{1}\u{1B}[2J\u{9B}31m\u{7F}",
    "<svg/onload=alert(1)><style>*{display:none}</style>",
    "\u{FFFD}\u{E000}\u{10FFFF} \u{85}\u{2028}",
];

#[test]
fn nothing_of_a_log_becomes_markup() {
    let folder = Folder::new("report_hostile");
    let mut log = Vec::new();
    for (second, hostile) in HOSTILE.iter().enumerate() {
        log.extend(format!("<![LOG[{hostile} failed with 0x80CF0437 {hostile}]LOG]!>").bytes());
        let head = "date=\"1-5-2026\" component=\"Comp<b>\" context=\"\" type=\"3\" thread=\"5\" file=\"\">";
        log.extend(format!("<time=\"10:00:{second:02}.000+000\" {head}\r\n{hostile}\r\n").bytes());
        log.extend(format!("{hostile} Error 0x80C1F0{second:02X} {hostile}").bytes().chain(*b"\xFF\xC3\r\n"));
    }
    let path = folder.write("a&amp;'b.log", &log);
    for args in [vec![path.as_str()], vec![path.as_str(), "--redact"]] {
        let text = read(&report(args).output());
        assert!(text.contains("<img src=x onerror=alert(1)>") && text.contains("\\u{202e}gnp.txt"), "{text}");
    }
}

#[cfg(feature = "evidence")]
#[test]
fn nothing_of_a_bundle_becomes_markup() {
    for hostile in HOSTILE {
        let plain: String = hostile.chars().filter(|c| !c.is_control()).collect();
        let app =
            format!("[Win32App] ExecManager: processing targeted app (name='{}', id='{}') with intent=3", plain.replace('\'', ""), VPN.id);
        let log = bundle::ime(5, 7, 1, "[Win32App] The EspPhase: DeviceSetup in session")
            + &bundle::ime(6, 7, 1, &app)
            + &bundle::ime(20, 7, 3, &format!("[Win32App] {hostile} failed, hResultFromWin32 -2133916617"));
        let device = format!("| Device State |\r\n  AzureAdJoined : YES\r\n  Device Name : {plain}\r\n  TenantName : {plain}\r\n");
        let bundle = zip(
            Zip::Deflate,
            &[
                (&format!("{plain}.log"), log.as_bytes()),
                ("dsregcmd.txt", device.as_bytes()),
                (&format!("{plain}.exe"), b"MZ\x90\0\x03\0\0\0\x04\0"),
            ],
        );
        let page = report(["-"]).stdin(&bundle).stderr_holds("not read").output();
        let text = read(&page);
        assert!(text.contains("The client computer's clock is wrong."), "{hostile:?}: {text}");
    }
}

#[test]
fn nothing_is_asked_of_any_server_and_the_policy_forbids_it() {
    let page = report(["-"]).stdin(b"hr = 0x80CF0437\n").output();
    assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"), "{page:.600}");
    for asks in ["src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest", "import(", "<iframe", "<object", "unsafe-inline"] {
        assert!(!page.contains(asks), "{asks}");
    }
    let leads_out =
        page.split("<a href=\"http").skip(1).all(|link| link.split('>').next().is_some_and(|tag| tag.ends_with("rel=\"noreferrer\"")));
    assert!(leads_out);
}

#[test]
fn a_report_of_no_error_says_so_and_what_was_not_read() {
    let folder = Folder::new("report_nothing");
    folder.write("a.log", "all is well\n");
    folder.write("b.exe", b"MZ\x90\0\x03\0\0\0\x04\0");
    let text = read(&report([folder.at("").as_str()]).status(1).stderr_holds("a Windows program").output());
    assert!(text.contains("No error was found. 1 thing was not read, and an error can be in it."), "{text}");
    assert!(text.contains("a Windows program: b.exe"), "{text}");
    let text = read(&report(["-"]).stdin(b"all is well\n").status(1).output());
    assert!(text.contains("No error was found.") && text.contains("Nothing is known that was left out."), "{text}");
}

#[test]
fn an_input_that_cannot_be_read_is_named_in_the_report_and_gives_status_2() {
    let folder = Folder::new("report_missing");
    let (log, missing) = (folder.write("a.log", "hr=0x80CF0437\n"), folder.at("missing.log"));
    let text = read(&report([log.as_str(), missing.as_str()]).status(2).stderr_holds("cannot read").output());
    let (_, not_read) = text.split_once("\nNot read\n").expect("the section");
    assert!(not_read.contains(&missing), "{not_read}");
}

#[test]
fn it_goes_to_a_file_the_same_as_to_standard_output() {
    let folder = Folder::new("report_output");
    let log = folder.write("a.log", "hr=0x80CF0437\n");
    let output = folder.at("report.html");
    let page = report([log.as_str()]).output();
    for option in ["-o", "--output"] {
        report([log.as_str(), option, output.as_str()]).run();
        assert_eq!(std::fs::read_to_string(&output).unwrap(), page);
    }
    // Asked to be quiet, it writes the file all the same, and nothing else.
    std::fs::remove_file(&output).unwrap();
    report([log.as_str(), "-q", "-o", output.as_str()]).run();
    assert_eq!(std::fs::read_to_string(&output).unwrap(), page);
    report([log.as_str(), "-q"]).run();
}

#[test]
fn it_never_overwrites_what_it_reads() {
    let folder = Folder::new("report_overwrites");
    let log = folder.write("in/a.log", "hr=0x80CF0437\n");
    let said = format!("error: the report would overwrite {log}, which is to be read\nhelp: name another file with -o\n");
    for input in [log.as_str(), &folder.at("in"), &folder.at("")] {
        report([input, "-o", log.as_str()]).status(2).stderr(&said).run();
        assert_eq!(std::fs::read_to_string(&log).unwrap(), "hr=0x80CF0437\n");
    }
    let into = folder.at("in");
    report([log.as_str(), "-o", into.as_str()])
        .status(2)
        .stderr(&format!("error: {into} is a folder\nhelp: name another file with -o\n"))
        .run();
    let nowhere = folder.at("nowhere/r.html");
    report([log.as_str(), "-o", nowhere.as_str()]).status(2).stderr_holds("error: there is no folder ").run();
}

#[test]
fn an_earlier_report_is_overwritten_and_never_read() {
    let folder = Folder::new("report_earlier");
    folder.write("a.log", "hr=0x80CF0437\n");
    let (root, output) = (folder.at(""), folder.at("report.html"));
    report([root.as_str(), "-o", output.as_str()]).run();
    report([root.as_str(), "-o", output.as_str()]).stderr_holds("not read").run();
    let text = read(&std::fs::read_to_string(&output).unwrap());
    assert!(text.contains("1 finding of 1 error in 1 line of 1 file; 1 not read."), "{text}");
    // One of another name is known by its first bytes.
    std::fs::rename(&output, folder.at("old.html")).unwrap();
    intune_err(["scan", "--summary", &root]).stdout_holds("a report of intune-err: ").stderr_holds("a report of intune-err").run();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_with_the_file() {
    let said = "error: cannot write the output: /dev/full: No space left on device (os error 28)\n";
    report(["-", "-o", "/dev/full"]).stdin(b"hr=0x80CF0437\n").status(2).stderr(said).run();
}

#[cfg(unix)]
#[test]
fn an_earlier_file_stays_whole_where_the_new_one_cannot_be_written() {
    let folder = Folder::new("report_whole_or_not");
    let (log, output) = (folder.write("a.log", "hr=0x80CF0437\n"), folder.write("report.html", "earlier"));
    // As on a full disk: no file can be larger than this.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"";
    let said = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_intune-err"), "report", &log, "-o", &output])
        .output()
        .expect("there is a shell");
    let stderr = String::from_utf8(said.stderr).unwrap();
    assert!(said.status.code() == Some(2) && stderr.starts_with(&format!("error: cannot write the output: {output}: ")), "{stderr}");
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "earlier");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left in the folder");
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_the_file_that_it_leads_to_is_written_with_its_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new("report_link");
    let (log, output) = (folder.write("a.log", "hr=0x80CF0437\n"), folder.write("out/report.html", "earlier"));
    let page = report([log.as_str()]).output();
    std::fs::set_permissions(&output, std::fs::Permissions::from_mode(0o600)).unwrap();
    let (link, nowhere) = (folder.at("link.html"), folder.at("nowhere.html"));
    symlink(&output, &link).unwrap();
    symlink(folder.at("new.html"), &nowhere).unwrap();
    report([log.as_str(), "-o", link.as_str()]).run();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink() && std::fs::read_to_string(&output).unwrap() == page);
    assert_eq!(std::fs::metadata(&output).unwrap().permissions().mode() & 0o777, 0o600);
    report([log.as_str(), "-o", nowhere.as_str()]).run();
    assert!(std::fs::symlink_metadata(&nowhere).unwrap().is_symlink() && std::fs::read_to_string(folder.at("new.html")).unwrap() == page);
}

#[cfg(target_os = "linux")]
#[test]
fn it_can_go_to_a_device() {
    let log = b"hr=0x80CF0437\n";
    let page = report(["-"]).stdin(log).output();
    assert_eq!(report(["-", "-o", "/dev/stdout"]).stdin(log).output(), page);
    report(["-", "-o", "/dev/null"]).stdin(log).run();
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
    let folder = Folder::new("report_pipe");
    let pipe = folder.at("pipe");
    if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || std::fs::read_to_string(pipe)
        });
        report(["-", "-o", pipe.as_str()]).stdin(log).run();
        assert_eq!(reader.join().unwrap().unwrap(), page);
    }
}

#[test]
fn other_forms_and_a_bad_time_are_refused() {
    for form in ["--json", "--markdown"] {
        report(["-", form]).status(2).stderr_holds("a report is HTML, neither JSON nor Markdown").run();
    }
    intune_err(["report"]).status(2).stderr_holds("<PATH>...").run();
    let said = "error: SOURCE_DATE_EPOCH is not a number of seconds\nhelp: leave it out, or set it to seconds since 1970\n";
    intune_err(["report", "-"]).env("SOURCE_DATE_EPOCH", "today").status(2).stderr(said).run();
}

#[test]
fn what_is_personal_goes_and_the_report_says_that_it_is_no_promise() {
    let folder = Folder::new("report_redact");
    let log = "before jo@contoso.com\r\nuser jo@contoso.com on DESKTOP-4F7K2QX: hr = 0x80CF0437\r\nafter jo@contoso.com\r\n";
    let path = folder.write("Users/klarsson/DiagLogs-LT0042-20240513T080000Z.log", log);
    let plain = report([path.as_str()]).output();
    assert!(plain.contains("nothing was taken out; <code>--redact</code> does."), "{plain}");
    let text = read(&report([path.as_str(), "--redact"]).output());
    for value in ["jo@contoso.com", "4F7K2QX", "klarsson", "LT0042"] {
        assert!(plain.contains(value) && !text.contains(value), "{value}: {text}");
    }
    let user = text.split("before <").nth(1).and_then(|rest| rest.split('>').next()).expect("the line before");
    assert!(text.contains(&format!("after <{user}>")) && text.contains(&format!("user <{user}> on <host-")), "{text}");
    assert!(text.contains("That is help, not a promise"), "{text}");
}

#[test]
fn own_records_answer_and_are_counted() {
    let folder = Folder::new("report_own");
    let own = "[[entry]]\nid = \"contoso-proxy\"\ncodes = [0x8018F00D]\nnames = []\nmessages = []\nplatforms = [\"windows\"]\n\
               area = \"enrollment\"\nproblem = \"The proxy of Contoso <b>blocks</b> it.\"\ncauses = []\n\
               resolution = [\"Ask the network team.\"]\nsources = [\"https://intranet.contoso.example/kb/1\"]\n";
    let own = folder.write("own.toml", own);
    let text = read(&report(["-", "--data", own.as_str()]).stdin(b"Error 0x8018F00D\n").output());
    for part in ["The proxy of Contoso <b>blocks</b> it.", "Ask the network team.", "and 1 record of your own", "own.toml"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_log_made_to_fill_the_page_is_counted_instead() {
    let mut log = String::new();
    for number in 0..12_000_u32 {
        log += &format!(
            "2026-01-05 10:{:02}:{:02}, Error  CSI  Error 0x8{:07X}, {}\r\n",
            number / 60 % 60,
            number % 60,
            number * 7 + 0x00F0_0001,
            "\"<&>'".repeat(60)
        );
    }
    let page = report(["-"]).stdin(log.as_bytes()).output();
    assert!(page.len() < 3_000_000, "{}", page.len());
    let text = read(&page);
    assert!(text.contains("for which there is no room here: intune-err scan --summary has them."), "{text:.3000}");
}
