//! Help and version, and where options may stand.

use super::intune_err;

#[test]
fn short_help_fits_one_screen() {
    let help = intune_err(["-h"]).output();
    assert!(help.lines().count() <= 24, "{} lines:\n{help}", help.lines().count());
    assert!(help.lines().all(|line| line.len() <= 100), "{help}");
}

#[test]
fn short_help_has_three_examples() {
    let help = intune_err(["-h"]).output();
    let (_, examples) = help.split_once("Examples:\n").unwrap();
    let examples: Vec<&str> = examples.lines().filter(|line| line.trim_start().starts_with("intune-err ")).collect();
    assert_eq!(examples.len(), 3, "{examples:#?}");
}

#[test]
fn short_help_says_what_the_program_is_and_how_it_is_called() {
    intune_err(["-h"])
        .stdout_holds("what a Microsoft Intune enrollment error means and how to solve it")
        .stdout_holds("Usage: intune-err ")
        .run();
}

#[test]
fn long_help_states_every_exit_status() {
    intune_err(["--help"])
        .stdout_holds("Exit status:\n")
        .stdout_holds("\n  0  every query found an entry or a symbol")
        .stdout_holds("\n  1  at least one query found neither")
        .stdout_holds("\n  2  bad usage, a query that can mean nothing")
        .run();
}

#[test]
fn long_help_states_the_rule_of_bare_digits() {
    let help = intune_err(["--help"]).output();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let rule = "Bare digits can be read in two ways: readings with an entry win, then those with a symbol, then eight digits are hex \
                and fewer are decimal. --hex and --decimal settle it.";
    assert!(help.contains(rule), "{help}");
}

#[test]
fn long_help_names_every_command_option_and_written_form() {
    let mut call = intune_err(["--help"]);
    for part in [
        "search",
        "list",
        "checklist",
        "--hex",
        "--decimal",
        "--json",
        "--markdown",
        "--color",
        "--quiet",
        "-q",
        "--help",
        "--version",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "TERM=dumb",
        "0x80180014",
        "80180014h",
        "&H80180014",
        "#80180014",
        "0x8018_0014",
        "-2145910764",
        "2149056532",
        "%%2149056532",
        "0xFFFFFFFF80180014",
        "18446744071563640852",
        "hr=0x80180014",
    ] {
        call = call.stdout_holds(part);
    }
    call.run();
}

#[test]
fn each_command_has_its_help() {
    for (command, option) in [("search", "<WORD>"), ("list", "--area"), ("list", "--platform"), ("checklist", "--platform")] {
        intune_err([command, "-h"]).stdout_holds(&format!("Usage: intune-err {command}")).stdout_holds(option).run();
        intune_err([command, "--help"]).stdout_holds(&format!("Usage: intune-err {command}")).stdout_holds(option).run();
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = concat!("intune-err ", env!("CARGO_PKG_VERSION"), "\n");
    intune_err(["-V"]).stdout(version).run();
    intune_err(["--version"]).stdout(version).run();
}

#[test]
fn options_stand_before_or_after_a_query() {
    let json = intune_err(["--json", "0x80CF0437"]).output();
    intune_err(["0x80CF0437", "--json"]).stdout(&json).run();
    let both = intune_err(["--json", "0x80CF0437", "-2133916608"]).output();
    intune_err(["0x80CF0437", "--json", "-2133916608"]).stdout(&both).run();
    intune_err(["0x80CF0437", "-2133916608", "--json"]).stdout(&both).run();
}

#[test]
fn options_stand_before_or_after_a_command() {
    for rest in [&["checklist"][..], &["list", "--area", "certificate"], &["search", "signing", "certificate"]] {
        for option in [&["--json"][..], &["--markdown"], &["--color", "always"], &["-q"]] {
            let before = intune_err(option.iter().chain(rest)).output();
            let after = intune_err(rest.iter().chain(option)).output();
            assert_eq!(before, after, "{option:?} {rest:?}");
        }
    }
}

#[test]
fn a_wrong_option_says_which_and_how_it_is_called() {
    intune_err(["--nonsense"])
        .stderr_holds("error: unexpected argument '--nonsense' found\n")
        .stderr_holds("Usage: intune-err ")
        .status(2)
        .run();
}

#[test]
fn help_and_data_are_plain_ascii() {
    for args in [&["-h"][..], &["--help"], &["search", "--help"], &["list", "--help"], &["checklist", "--help"], &["checklist"], &["list"]]
    {
        let output = intune_err(args).output();
        let line = output.lines().find(|line| !line.is_ascii());
        assert_eq!(line, None, "{args:?}");
    }
    let json = intune_err(["list", "--json"]).output();
    assert_eq!(json.lines().find(|line| !line.is_ascii()), None);
}

/// The commands as the help lists them.
pub(crate) fn commands() -> Vec<String> {
    let help = intune_err(["-h"]).output();
    let (_, list) = help.split_once("Commands:\n").expect("there are commands");
    let commands = list.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    commands.map(str::to_owned).collect()
}

/// The long options of a command, or of the program, as its help lists them.
pub(crate) fn options(command: Option<&str>) -> Vec<String> {
    let help = intune_err(command.into_iter().chain(["--help"])).output();
    let (_, list) = help.split_once("Options:\n").expect("there are options");
    let list = list.split("\nWritten forms").next().unwrap_or_default();
    let headers = list.lines().map(str::trim_start).filter(|line| line.starts_with('-') && !line.starts_with("- "));
    headers.filter_map(|line| line.split([' ', ',']).find(|word| word.starts_with("--"))).map(str::to_owned).collect()
}

#[test]
fn help_of_a_command_begins_with_what_the_command_does() {
    let help = intune_err(["-h"]).output();
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let commands: Vec<_> = list.lines().map_while(|line| line.strip_prefix("  ")?.split_once(' ')).collect();
    assert!(commands.len() >= 9, "{help}");
    for (command, does) in commands.into_iter().filter(|(command, _)| *command != "help") {
        let help = intune_err([command, "--help"]).output();
        assert_eq!(help.lines().next(), Some(does.trim()), "{command}");
    }
}
