//! The manual page: made from the definition of the command line, whole and current.

#[cfg(unix)]
use super::completions::feed;
use super::help::{commands, options};
use super::intune_err;

/// The page as it reads, its few escapes undone.
fn page() -> String {
    let page = intune_err(["man"]).output();
    page.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "").replace("\\*(Aq", "'")
}

/// The part of the page below a heading.
fn section(page: &str, heading: &str) -> String {
    let (_, rest) = page.split_once(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}:\n{page}"));
    rest.split("\n.SH ").next().unwrap_or_default().to_owned()
}

#[test]
fn every_command_and_option_is_on_the_page() {
    let page = page();
    for option in options(None) {
        assert!(section(&page, ".SH OPTIONS").contains(&option), "{option}");
    }
    for command in commands() {
        let below = section(&page, &format!(".SS {command}"));
        let below = below.split("\n.SS ").next().unwrap_or_default();
        assert!(below.starts_with(&format!("intune-err {command}")), "{command}: {below}");
        // Options that every command takes stand with the program's.
        for option in options(Some(&command)).iter().filter(|option| !options(None).contains(option)) {
            assert!(below.contains(option.as_str()), "{command} {option}: {below}");
        }
    }
}

#[test]
fn every_option_has_its_text() {
    let page = page();
    for text in ["Read bare digits as hexadecimal", "Read bare digits as decimal", "Print the version", "Codes, names, tokens, messages"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn it_has_the_sections_of_the_long_help() {
    let page = page();
    let help = intune_err(["--help"]).output();
    for heading in ["Written forms of a code", "Exit status", "Environment", "Examples"] {
        let (_, lines) = help.split_once(&format!("{heading}:\n")).unwrap();
        let lines: Vec<&str> = lines.split("\n\n").next().unwrap().lines().map(str::trim_start).collect();
        let quote = if heading.contains(' ') { "\"" } else { "" };
        let below = section(&page, &format!(".SH {quote}{}{quote}", heading.to_uppercase()));
        assert_eq!(below.trim(), format!(".nf\n{}\n.fi", lines.join("\n")), "{heading}");
    }
}

#[test]
fn it_is_a_page_of_section_one_with_the_version() {
    let page = intune_err(["man"]).output();
    assert!(page.contains(&format!(".TH intune-err 1  \"intune-err {}\"", env!("CARGO_PKG_VERSION"))), "{page}");
    assert!(page.is_ascii() && !page.contains("__names"));
}

#[test]
fn it_is_the_same_in_a_terminal_of_any_width_and_has_no_other_form() {
    let page = intune_err(["man"]).output();
    intune_err(["man", "--color", "always"]).env("COLUMNS", "40").stdout(&page).run();
    intune_err(["-q", "man"]).run();
    intune_err(["--json", "man"]).stderr_holds("error: --json and --markdown change nothing here\n").status(2).run();
}

#[test]
fn the_synopsis_names_the_ways_to_call_the_program() {
    let ways = "intune-err [OPTIONS] QUERY...\n.br\nintune-err [OPTIONS] < LOG\n.br\nintune-err COMMAND [OPTIONS] ...";
    assert_eq!(section(&page(), ".SH SYNOPSIS").trim(), ways);
}

#[test]
fn lines_that_are_kept_as_they_are_fit_80_columns() {
    let page = page();
    let kept = page.split("\n.nf\n").skip(1).flat_map(|rest| rest.split("\n.fi").next().unwrap_or_default().lines());
    // The page is indented by seven.
    let long: Vec<&str> = kept.filter(|line| line.len() > 73).collect();
    assert!(long.is_empty() && page.contains("\n130  ended by Ctrl-C"), "{long:#?}");
}

#[test]
#[cfg(unix)]
fn groff_formats_it_without_a_warning() {
    feed("groff", &["-man", "-Tascii", "-ww", "-z"], &intune_err(["man"]).output());
}
