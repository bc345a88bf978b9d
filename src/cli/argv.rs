//! Arguments as the parser takes them: what people type in other programs' ways, and negative numbers.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;

use super::args::{Cli, MARK, is_command};

/// Help as other programs are asked for it.
const HELP: [&str; 7] = ["/?", "-?", "--?", "?", "/h", "/help", "-help"];

/// The dashes that a word processor or a web page makes of hyphens.
const DASHES: [char; 7] = ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];

/// Arguments, the program's own name first, as they are meant: a negative number, with anything after it, is no option, `help` and
/// `version` are what they say, and so are `/?` and an option with dashes for hyphens.
pub(super) fn prepared(args: &[OsString]) -> Vec<OsString> {
    let mut prepared = args.to_vec();
    let is_number = |arg: &str| arg.strip_prefix('-').is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let is_option = |arg: &str| arg.len() > 1 && arg.starts_with('-') && !is_number(arg);
    let mut texts: Vec<Cow<'_, str>> = args.iter().skip(1).map(|arg| arg.to_string_lossy()).collect();
    let options = texts.iter().position(|text| text == "--").unwrap_or(texts.len());
    for at in 0..options {
        if let Some(option) = with_hyphens(&texts[at]) {
            prepared[at + 1] = option.clone().into();
            texts[at] = option.into();
        }
    }
    if let Some(call) = asks_for_help(&texts) {
        prepared.truncate(1);
        prepared.extend(call.map(OsString::from));
        return prepared;
    }
    let mut words = (0..texts.len()).filter(|&at| !is_option(&texts[at]) && (at == 0 || !matches!(&*texts[at - 1], "--color" | "--data")));
    let (first, second, third) = (words.next(), words.next(), words.next());
    let is = |at: Option<usize>, word: &str| at.is_some_and(|at| texts[at].eq_ignore_ascii_case(word));
    let names_command = |at: Option<usize>| at.is_some_and(|at| is_command(&texts[at].to_ascii_lowercase()));
    let is_search = first.is_some_and(|at| texts[at] == "search");
    if is(first, "help") && third.is_none() && (second.is_none() || is(second, "help") || names_command(second)) {
        // The command that help is asked for stays.
        if let Some(second) = second {
            prepared[1 + second] = texts[second].to_ascii_lowercase().into();
        }
        prepared.retain(|arg| !arg.eq_ignore_ascii_case("help"));
        prepared.push("--help".into());
    } else if is(first, "version") && second.is_none() {
        prepared[1 + first.unwrap_or_default()] = "--version".into();
    } else if is_search || !first.is_some_and(|at| is_command(&texts[at])) {
        for at in (0..options).filter(|&at| is_number(&texts[at])) {
            let mut marked = OsString::from(MARK.to_string());
            marked.push(&args[at + 1]);
            prepared[at + 1] = marked;
        }
    }
    prepared
}

/// The call for the help that arguments ask for as in other programs, or before the command. A file of that name goes before.
fn asks_for_help<'a>(texts: &'a [Cow<'_, str>]) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
    let is_asked = |text: &str| HELP.iter().any(|help| text.eq_ignore_ascii_case(help)) && !Path::new(text).exists();
    let is_help_of = |command: &str, text: &str| is_asked(text) || command != "search" && text == "help" && !Path::new(text).exists();
    let call = match texts {
        [one] if is_asked(one) => [None, Some("-h")],
        [command, one] if is_command(command) && is_help_of(command, one) => [Some(&**command), Some("-h")],
        [help, command] if matches!(&**help, "-h" | "--help") && is_command(command) => [Some(&**command), Some(&**help)],
        _ => return None,
    };
    Some(call.into_iter().flatten())
}

/// An option that has other dashes than hyphens, with hyphens. None where no option has this name, or a file has.
fn with_hyphens(arg: &str) -> Option<String> {
    let name = arg.trim_start_matches(|c| c == '-' || DASHES.contains(&c));
    let dashes = &arg[..arg.len() - name.len()];
    // Most arguments end here.
    if dashes.is_ascii() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = name.find('=').unwrap_or(name.len());
    let is_known = has_option(&Cli::command(), &name[..end]);
    (is_known && !Path::new(arg).exists()).then(|| format!("{}{name}", if end == 1 { "-" } else { "--" }))
}

/// Whether a command or one under it has an option of this name, a long one or a letter.
fn has_option(command: &clap::Command, name: &str) -> bool {
    let mut command = command.clone();
    command.build();
    let is_letter = |short: char| name.strip_prefix(short) == Some("");
    command.get_arguments().any(|arg| arg.get_long() == Some(name) || arg.get_short().is_some_and(is_letter))
        || command.get_subcommands().any(|command| has_option(command, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(args: &[&str], expected: &[&str]) {
        let args: Vec<OsString> = ["intune-err"].iter().chain(args).map(OsString::from).collect();
        let prepared: Vec<String> = prepared(&args).iter().skip(1).map(|arg| arg.to_string_lossy().replace(MARK, "MARK")).collect();
        assert_eq!(prepared, expected);
    }

    #[test]
    fn what_begins_like_a_negative_number_is_marked_where_it_can_be_a_query() {
        check(&["-2145910764)"], &["MARK-2145910764)"]);
        check(&["-0x7FE7FFEC", "-q", "-5L"], &["MARK-0x7FE7FFEC", "-q", "MARK-5L"]);
        check(&["- 5", "-", "-x5"], &["MARK- 5", "-", "-x5"]);
        check(&["search", "-5"], &["search", "MARK-5"]);
        check(&["--color", "never", "-5"], &["--color", "never", "MARK-5"]);
        check(&["--data", "own.toml", "scan", "-5"], &["--data", "own.toml", "scan", "-5"]);
        check(&["scan", "-5"], &["scan", "-5"]);
        check(&["--", "-5"], &["--", "-5"]);
    }

    #[test]
    fn help_and_version_are_asked_for_in_words_that_stand_alone() {
        check(&["help"], &["--help"]);
        check(&["Help"], &["--help"]);
        check(&["help", "help"], &["--help"]);
        check(&["help", "scan"], &["scan", "--help"]);
        check(&["help", "SCAN"], &["scan", "--help"]);
        check(&["-q", "version"], &["-q", "--version"]);
        check(&["VERSION"], &["--version"]);
        check(&["help", "me"], &["help", "me"]);
        check(&["help", "-"], &["help", "-"]);
        check(&["help", "scan", "logs"], &["help", "scan", "logs"]);
        check(&["version", "5"], &["version", "5"]);
    }

    #[test]
    fn help_is_asked_for_as_in_other_programs() {
        for help in ["/?", "-?", "/help", "/HELP", "-help", "/h", "/H"] {
            check(&[help], &["-h"]);
            check(&["scan", help], &["scan", "-h"]);
            check(&["search", help], &["search", "-h"]);
            check(&["0x5", help], &["0x5", help]);
            check(&["--", help], &["--", help]);
        }
        check(&["--help", "scan"], &["scan", "--help"]);
        check(&["-h", "report"], &["report", "-h"]);
        check(&["scan", "help"], &["scan", "-h"]);
        check(&["search", "help"], &["search", "help"]);
    }

    #[test]
    fn dashes_before_the_name_of_an_option_are_hyphens() {
        check(&["\u{2013}json", "5"], &["--json", "5"]);
        check(&["scan", "\u{2014}summary", "\u{2013}\u{2013}all"], &["scan", "--summary", "--all"]);
        check(&["-\u{2013}color=never", "\u{2212}q"], &["--color=never", "-q"]);
        check(&["\u{2013}h"], &["-h"]);
        check(&["\u{2013}2145910764", "\u{2013}nonsense"], &["\u{2013}2145910764", "\u{2013}nonsense"]);
        check(&["--", "\u{2013}json"], &["--", "\u{2013}json"]);
    }
}
