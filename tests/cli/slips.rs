//! What people type who know other programs, whose variable is empty, or who paste from a web page.

use std::path::PathBuf;

use super::{command, intune_err};

/// Commands, each with the line that its help has.
const COMMANDS: [(&str, &str); 9] = [
    ("scan", "Usage: intune-err scan [OPTIONS] [PATH]...\n"),
    ("report", "Usage: intune-err report [OPTIONS] <PATH>...\n"),
    ("search", "Usage: intune-err search [OPTIONS] <WORD>...\n"),
    ("list", "Usage: intune-err list [OPTIONS]\n"),
    ("checklist", "Usage: intune-err checklist [OPTIONS]\n"),
    ("export", "Usage: intune-err export [OPTIONS] --format <FORMAT>\n"),
    ("check", "Usage: intune-err check [OPTIONS] <FILE>...\n"),
    ("completions", "Usage: intune-err completions [OPTIONS] <SHELL>\n"),
    ("man", "Usage: intune-err man [OPTIONS]\n"),
];

#[test]
fn help_is_asked_for_as_in_other_programs() {
    let short = intune_err(["-h"]).output();
    for help in ["/?", "-?", "--?", "?", "/h", "/H", "/help", "/HELP", "-help"] {
        intune_err([help]).stdout(&short).run();
    }
    for (command, usage) in COMMANDS {
        let short = intune_err([command, "-h"]).stdout_holds(usage).output();
        for help in ["/?", "-?", "/h", "/help"] {
            intune_err([command, help]).stdout(&short).run();
        }
        intune_err(["-h", command]).stdout(&short).run();
        let long = intune_err([command, "--help"]).output();
        intune_err(["--help", command]).stdout(&long).run();
        intune_err(["help", command]).stdout(&long).run();
        intune_err(["HELP", &command.to_uppercase()]).stdout(&long).run();
    }
    let long = intune_err(["--help"]).output();
    intune_err(["Help"]).stdout(&long).run();
    intune_err(["help", "help"]).stdout(&long).run();
}

/// A new folder of this name with a file that holds an error.
fn folder_with(name: &str, file: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join(file), "failed: 0x80180014\n").expect("a file can be written");
    folder
}

#[test]
fn a_file_that_is_named_like_help_is_a_file() {
    let folder = folder_with("slips_help", "help");
    let found = |args: &[&str]| {
        let output = command().args(args).current_dir(&folder).output().expect("the program runs");
        String::from_utf8(output.stdout).expect("it is UTF-8").contains("failed: 0x80180014")
    };
    assert!(found(&["scan", "help"]));
    intune_err(["scan", "help"]).stdout_holds("Usage: intune-err scan ").run();
    // Windows has no file of this name.
    if cfg!(unix) {
        folder_with("slips_help", "?");
        assert!(found(&["scan", "?"]));
    }
}

#[test]
fn an_empty_argument_says_where_it_stands_and_what_to_put_there() {
    const FILE: &str = "names no file\n\n  tip: name a file";
    const VALUE: &str = "is none of its values\n\n  tip: use one of ";
    for (args, what) in [
        (&["scan", ""][..], format!("PATH is empty: '' {FILE} or folder, or - for standard input. ")),
        (&["scan", "a.log", ""], format!("PATH is empty: '' {FILE} or folder, or - for standard input. ")),
        (&["report", ""], format!("PATH is empty: '' {FILE} or folder, or - for standard input. ")),
        (&["report", "a.log", "-o", ""], format!("--output FILE is empty: '' {FILE}. ")),
        (&["check", ""], format!("FILE is empty: '' {FILE}. ")),
        (&["--data", "", "5"], format!("--data FILE is empty: '' {FILE}. ")),
        (&["--data=", "5"], format!("--data FILE is empty: '' {FILE}. ")),
        (
            &["scan", "--app", ""],
            "--app APP is empty: '' names no app\n\n  tip: name an app by its GUID or a part of its name. ".to_owned(),
        ),
        (&["scan", "--family", ""], format!("--family NAME is empty: '' {VALUE}ime, ")),
        (&["list", "--area", ""], format!("--area AREA is empty: '' {VALUE}enrollment, ")),
        (&["checklist", "--platform", ""], format!("--platform PLATFORM is empty: '' {VALUE}windows, ")),
        (&["export", "--format", ""], format!("--format FORMAT is empty: '' {VALUE}csv, ")),
        (&["completions", ""], format!("SHELL is empty: '' {VALUE}bash, ")),
        (&["--color", "", "5"], format!("--color WHEN is empty: '' {VALUE}auto, always, never. ")),
    ] {
        let call = intune_err(args).stderr_holds(&format!("error: {what}")).stderr_holds("If a variable stands there, it has no value\n");
        call.stderr_holds("\nUsage: intune-err ").status(2).run();
    }
    for query in ["", "  "] {
        let help = "name a code, a name or a message, such as 0x80180014. If a variable stands there, it has no value";
        intune_err([query]).stderr(&format!("error: the query `{query}` is empty\nhelp: {help}\n")).status(2).run();
    }
    intune_err(["scan", "--since", ""]).stderr_holds("invalid value '' for '--since <TIME>': not a time: use a form like").status(2).run();
    // A value that is missing is not an empty one.
    intune_err(["5", "--data"]).stderr_holds("a value is required for '--data <FILE>' but none was supplied").status(2).run();
}

#[test]
fn an_option_in_another_programs_form_says_how_it_is_written() {
    for (args, named, tip) in [
        (&["--JSON", "5"][..], "--JSON", "it is written --json"),
        (&["-json", "5"], "-j", "it is written --json"),
        (&["/json", "5"], "/json", "it is written --json"),
        (&["5", "/JSON"], "/JSON", "it is written --json"),
        (&["scan", "a.log", "--Summary"], "--Summary", "it is written --summary"),
        (&["scan", "/summary", "a.log"], "/summary", "it is written --summary"),
        (&["scan", "a.log", "-since", "2h"], "-s", "it is written --since"),
        (&["export", "/format:csv"], "/format:csv", "it is written --format"),
        (&["-v"], "-v", "is -V meant?"),
        (&["-H"], "-H", "is -h meant?"),
        (&["5", "-?"], "-?", "for help: -h"),
        (&["--summary", "a.log"], "--summary", "--summary is an option of scan"),
        (&["--since=2h", "a.log"], "--since", "--since is an option of scan and report"),
        (&["list", "Windows"], "Windows", "it is written --platform windows"),
        (&["list", "policy"], "policy", "it is written --area policy"),
        (&["checklist", "iOS"], "iOS", "it is written --platform ios"),
        (&["export", "CSV"], "CSV", "it is written --format csv"),
    ] {
        let message = format!("error: unexpected argument '{named}' found\n\n  tip: {tip}\n\nUsage: intune-err ");
        intune_err(args).stderr_holds(&message).status(2).run();
    }
}

#[test]
fn what_can_be_the_path_of_a_file_is_no_option() {
    let not_found = |path: &str| format!("error: cannot read `{path}`: ");
    intune_err(["--data", "/json", "5"]).stderr_holds(&not_found("/json")).status(2).run();
    intune_err(["scan", "/summary/json"]).stderr_holds("error: cannot read /summary/json: ").status(2).run();
    intune_err(["scan", "--", "/json"]).stderr_holds("error: cannot read /json: ").status(2).run();
}

#[test]
fn the_values_of_options_are_taken_in_any_case() {
    for (any, lower) in [
        (["list", "--area", "Policy"], ["list", "--area", "policy"]),
        (["list", "--platform", "iOS"], ["list", "--platform", "ios"]),
        (["checklist", "--platform", "macOS"], ["checklist", "--platform", "macos"]),
        (["export", "--format", "CSV"], ["export", "--format", "csv"]),
        (["--color", "NEVER", "5"], ["--color", "never", "5"]),
    ] {
        intune_err(any).stdout(&intune_err(lower).output()).run();
    }
    intune_err(["completions", "PowerShell"]).stdout(&intune_err(["completions", "powershell"]).output()).run();
    let log = b"hr = 0x80180014\n";
    let left_out = "note: left out 1 finding of other families of logs or of none\n";
    intune_err(["scan", "--family", "IME"]).stdin(log).stderr(left_out).status(1).run();
}

#[test]
fn dashes_of_a_web_page_are_hyphens_before_the_name_of_an_option() {
    let json = intune_err(["--json", "0x80180014"]).output();
    for option in ["\u{2013}json", "\u{2014}json", "\u{2013}\u{2013}json", "-\u{2011}json", "\u{2212}\u{2212}json"] {
        intune_err([option, "0x80180014"]).stdout(&json).run();
        intune_err(["0x80180014", option]).stdout(&json).run();
    }
    intune_err(["\u{2013}q", "0x80180014"]).run();
    let signed = intune_err(["-2145910764"]).output();
    intune_err(["\u{2013}2145910764"]).stdout(&signed).run();
    intune_err(["\u{2013}nonsense"]).stderr_holds("`\u{2013}nonsense` is neither a code nor a known name or message").status(1).run();
    // What is the name of a file stays one.
    let folder = folder_with("slips_dashes", "\u{2013}summary");
    let output = command().args(["scan", "\u{2013}summary"]).current_dir(folder).output().expect("the program runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("failed: 0x80180014\n"), "{output:?}");
}

#[test]
fn a_word_that_is_meant_as_a_command_says_which() {
    for (args, help) in [
        (&["SCAN", "nonsense.log"][..], "for the command: intune-err scan\n"),
        (&["Report"], "for the command: intune-err report\n"),
        (&["scna", "nonsense.log"], "for the command: intune-err scan\n"),
        (&["serach", "qqqxyz"], "for the command: intune-err search\n"),
        (&["find", "qqqxyz"], "to search the table for words: intune-err search WORD...\n"),
        (&["lookup", "qqqxyz"], "a look-up needs no command: intune-err 0x80180014\n"),
        (&["-"], "to read standard input: intune-err scan -\n"),
        (&["--", "--json"], "what stands after -- is no option: write options before it\n"),
    ] {
        intune_err(args).stderr_holds(&format!("help: {help}")).status(1).run();
    }
    // `man` is too short: other words are as near to it.
    intune_err(["many", "qqqxyz"]).stderr_holds("\nhelp: search for its words: intune-err search WORD...\n").status(1).run();
    // The code beside it is answered all the same.
    let (stdout, stderr) = intune_err(["explain", "0x80180014"]).status(1).outputs();
    assert!(stdout.starts_with("0x80180014 (-2145910764, 2149056532)\n"), "{stdout}");
    assert!(stderr.ends_with("help: a look-up needs no command: intune-err 0x80180014\n"), "{stderr}");
}

#[test]
fn a_code_is_read_with_what_was_copied_along_with_it() {
    let hex = intune_err(["0x80180014"]).output();
    for copied in [
        "0x80180014.",
        "0x80180014,",
        "0x80180014:",
        "\"0x80180014\"",
        "'0x80180014'",
        "\u{201C}0x80180014\u{201D}",
        "\u{2018}0x80180014\u{2019}.",
        "\u{201E}0x80180014\u{201C}",
        "\u{AB}\u{A0}0x80180014\u{A0}\u{BB}",
        "\u{FEFF}0x80180014",
        "\u{A0}0x80180014\u{200B}",
        "0x8018\u{200B}0014",
        "0x8018\u{AD}0014",
        "\u{202A}0x80180014\u{202C}",
        "0\u{D7}80180014",
    ] {
        intune_err([copied]).stdout(&hex).run();
    }
}
