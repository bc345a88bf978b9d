//! What to do about a call that the parser can't take, or that is no query: what was typed, and what is meant by it.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::args::{Cli, TAKE_NO_TEXT, is_command};

/// A usage error that says what to do where the parser's own words don't.
pub(super) fn explained(mut error: clap::Error, args: &[OsString]) -> clap::Error {
    let given = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let Some(arg) = given(ContextKind::InvalidArg) else { return error };
    let mut command = called(args);
    match error.kind() {
        ErrorKind::InvalidValue if given(ContextKind::InvalidValue).as_deref() == Some("") && has_empty(args) => {
            let values = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) => values.join(", "),
                _ => String::new(),
            };
            let (what, help) = empty(&arg, &values);
            command.error(ErrorKind::InvalidValue, format!("{what}\n\n  tip: {help}"))
        }
        ErrorKind::UnknownArgument => {
            if let Some(tip) = typed(&arg, args).and_then(|typed| meant(&command, &typed)) {
                error.remove(ContextKind::SuggestedArg);
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
            }
            error
        }
        _ => error,
    }
}

/// The error of an option that begins as those of Windows do, such as `/json`. One that is the path of a file is none, nor is one that can
/// be an option's value.
pub(super) fn slashed(args: &[OsString]) -> Option<clap::Error> {
    let is_typed = |arg: &&str| arg.starts_with('/') && !arg[1..].contains('/') && !Path::new(arg).exists();
    let mut is_after_option = false;
    let free = before_end(args).filter(|arg| !std::mem::replace(&mut is_after_option, arg.starts_with('-')));
    let mut slashed = free.filter(is_typed).peekable();
    slashed.peek()?;
    let mut command = called(args);
    let (arg, tip) = slashed.find_map(|arg| Some((arg, written(&command, &arg[1..])?)))?;
    Some(command.error(ErrorKind::UnknownArgument, format!("unexpected argument '{arg}' found\n\n  tip: {tip}")))
}

/// What to do about a word that begins a call and is nothing that is known. What is not quite a command is none where `is_like_others`.
pub(super) fn command_meant(word: &str, is_like_others: bool) -> Option<String> {
    /// No command is longer, and to compare a long text with each takes long.
    const LONGEST: usize = 16;
    /// Words for what is done without a command.
    const LOOK_UP: [&str; 7] = ["decode", "describe", "explain", "look-up", "lookup", "query", "show"];
    let lower = word.split_whitespace().next().filter(|word| word.len() <= LONGEST)?.to_ascii_lowercase();
    if word.starts_with("--") {
        return Some("what stands after -- is no option: write options before it".to_owned());
    }
    if word == "-" {
        return Some("to read standard input: intune-err scan -".to_owned());
    }
    if LOOK_UP.contains(&lower.as_str()) {
        return Some("a look-up needs no command: intune-err 0x80180014".to_owned());
    }
    if lower == "find" {
        return Some("to search the table for words: intune-err search WORD...".to_owned());
    }
    let mut commands = TAKE_NO_TEXT.into_iter().chain(["search"]).filter(|command| !command.starts_with('_'));
    let is_near = |command: &&str| *command == lower || !is_like_others && command.len() > 3 && strsim::osa_distance(command, &lower) == 1;
    commands.find(is_near).map(|command| format!("for the command: intune-err {command}"))
}

/// The arguments that can be options.
fn before_end(args: &[OsString]) -> impl Iterator<Item = &str> {
    args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--")
}

fn has_empty(args: &[OsString]) -> bool {
    args.iter().any(|arg| arg.is_empty() || arg.to_str().is_some_and(|arg| arg.starts_with('-') && arg.ends_with('=')))
}

/// The command that is called, or the program without one.
fn called(args: &[OsString]) -> Command {
    let mut program = Cli::command();
    program.build();
    before_end(args).find(|arg| is_command(arg)).and_then(|name| program.find_subcommand(name).cloned()).unwrap_or(program)
}

/// What is wrong with an empty argument, and what to do about it.
fn empty(arg: &str, values: &str) -> (String, String) {
    let name = arg.trim_end_matches("...").trim_start_matches(['[', '<']).trim_end_matches([']', '>']);
    let name = name.replace(" <", " ");
    let (what, help) = match name.rsplit(' ').next() {
        Some("PATH") => ("names no file", "name a file or folder, or - for standard input".to_owned()),
        Some("FILE") => ("names no file", "name a file".to_owned()),
        Some("APP") => ("names no app", "name an app by its GUID or a part of its name".to_owned()),
        _ => ("is none of its values", format!("use one of {values}")),
    };
    (format!("{name} is empty: '' {what}"), format!("{help}. If a variable stands there, it has no value"))
}

/// The whole argument that the parser names, which can be the first letter of several.
fn typed(named: &str, args: &[OsString]) -> Option<String> {
    before_end(args).find(|arg| arg.starts_with(named)).map(str::to_owned)
}

/// What is meant by an argument that a command does not take.
fn meant(command: &Command, typed: &str) -> Option<String> {
    if typed == "-?" || typed == "--?" {
        return Some("for help: -h".to_owned());
    }
    let Some(name) = Some(typed.trim_start_matches('-')).filter(|name| *name != typed) else {
        return of_values(command, typed);
    };
    written(command, name).or_else(|| of_other_command(name))
}

/// How an option is written that was typed as `name`, with a value or without.
fn written(command: &Command, name: &str) -> Option<String> {
    let name = name.split(['=', ':']).next().unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    let longs = || command.get_arguments().filter_map(clap::Arg::get_long);
    if longs().any(|long| long == lower) {
        return Some(format!("it is written --{lower}"));
    }
    let mut letters = name.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    let is_other_case = |of: &char| *of != letter && of.eq_ignore_ascii_case(&letter);
    command.get_arguments().filter_map(clap::Arg::get_short).find(is_other_case).map(|of| format!("is -{of} meant?"))
}

/// The option that has a value by this name.
fn of_values(command: &Command, value: &str) -> Option<String> {
    command.get_arguments().find_map(|arg| {
        let long = arg.get_long()?;
        let values = arg.get_possible_values();
        let found = values.iter().find(|of| of.get_name().eq_ignore_ascii_case(value))?;
        Some(format!("it is written --{long} {}", found.get_name()))
    })
}

/// The commands that have an option which stands without one.
fn of_other_command(name: &str) -> Option<String> {
    let name = name.split('=').next().unwrap_or(name);
    let mut program = Cli::command();
    program.build();
    let has = |command: &&Command| !command.is_hide_set() && command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let commands: Vec<&str> = program.get_subcommands().filter(has).map(Command::get_name).collect();
    (!commands.is_empty()).then(|| format!("--{name} is an option of {}", commands.join(" and ")))
}
