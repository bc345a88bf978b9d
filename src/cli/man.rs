//! The manual page, made from the definition of the command line: one page for all commands.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::{Cli, SECTIONS};

/// Prints the manual page.
pub(super) fn page(out: &mut impl Write) -> io::Result<()> {
    // The short help leaves some options out; the page has them all.
    let whole = Cli::command().mut_args(|arg| arg.hide_short_help(false));
    let commands: Vec<Command> = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    let man = Man::new(whole);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    Roff::new().control("SH", ["COMMANDS"]).to_writer(&mut page)?;
    for command in commands {
        self::command(&mut page, command)?;
    }
    for (title, lines) in SECTIONS {
        section(&mut page, title, lines)?;
    }
    // Each part defines how an apostrophe is printed; once is enough.
    let is_definition = |line: &str| line.starts_with(".ie ") || line.starts_with(".el ");
    let page = String::from_utf8_lossy(&page);
    page.lines().enumerate().filter(|(number, line)| *number < 2 || !is_definition(line)).try_for_each(|(_, line)| writeln!(out, "{line}"))
}

/// The ways to call the program, one a line.
fn synopsis(page: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    for (position, way) in [" [OPTIONS] QUERY...", " [OPTIONS] < LOG", " COMMAND [OPTIONS] ..."].into_iter().enumerate() {
        if position > 0 {
            roff.control("br", []);
        }
        roff.text([bold("intune-err"), roman(way)]);
    }
    roff.to_writer(page)
}

/// A command with its usage and those of its options that are its own.
fn command(page: &mut Vec<u8>, command: Command) -> io::Result<()> {
    let name = command.get_name().to_owned();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut command = command.disable_help_flag(true).bin_name(format!("intune-err {name}"));
    let usage = command.render_usage().to_string();
    let mut roff = Roff::new();
    roff.control("SS", [name.as_str()]).text([bold(usage.trim_start_matches("Usage: "))]);
    roff.control("PP", []).text([roman(format!("{about}."))]);
    roff.to_writer(page)?;
    let mut options = Vec::new();
    Man::new(command).render_options_section(&mut options)?;
    // The options stand below their command, not in a section.
    let options = String::from_utf8_lossy(&options);
    page.extend_from_slice(options.split_once(".SH OPTIONS\n").map_or("", |(_, options)| options).as_bytes());
    Ok(())
}

/// A section whose lines are kept as they are.
fn section(page: &mut Vec<u8>, title: &str, lines: &str) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [title.to_uppercase().as_str()]).control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []).to_writer(page)
}
