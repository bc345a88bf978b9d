//! The command line: options, commands and their help. No decisions here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::AnsiColor;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, StringValueParser, Styles, TypedValueParser};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use intune_err::log::{LogFamily, Time};
use intune_err::{Area, Base, Filter, Platform, When};

const EXAMPLES: &str = "\
intune-err 0x80cf0437               what a code means, how to solve it
intune-err device cap reached       the same for a name or a message
intune-err scan --summary DiagLogs  which errors stand in logs, how often";

/// The sections after the options, in the long help and in the manual page: heading and lines.
pub(super) const SECTIONS: [(&str, &str); 4] = [
    (
        "Written forms of a code",
        "\
0x80180014  80180014  80180014h  &H80180014  #80180014  0x8018_0014
-2145910764  2149056532  %%2149056532  0xFFFFFFFF80180014
18446744071563640852  hr=0x80180014, each also in quotes or brackets or
with punctuation after it.
Bare digits can be read in two ways: readings with an entry win, then
those with a symbol, then eight digits are hex and fewer are decimal.
--hex and --decimal settle it.",
    ),
    (
        "Exit status",
        "\
0  every query found an entry or a symbol; scan, search: at least one hit
1  at least one query found neither; scan, search: no hit
2  bad usage, a query that can mean nothing, an input or output error,
or a file of your own records with a fault
130  ended by Ctrl-C, TERM or HUP, after what was found so far",
    ),
    (
        "Environment",
        "\
NO_COLOR, CLICOLOR_FORCE and TERM=dumb are obeyed where --color is auto.
FORCE_HYPERLINK is 1 where a terminal makes links of addresses and is
not known for it, 0 for none.
INTUNE_ERR_DATA names a folder whose *.toml files are your own records,
as those of --data are.",
    ),
    ("Examples", EXAMPLES),
];

/// A section as the help prints it.
fn section((heading, lines): (&str, &str)) -> String {
    format!("{heading}:\n  {}", lines.replace('\n', "\n  "))
}

/// Says what a Microsoft Intune enrollment error means and how to solve it, offline.
#[derive(Parser)]
#[command(name = "intune-err", bin_name = "intune-err", version, about, styles = STYLES, disable_help_subcommand = true)]
#[command(after_help = section(("Examples", EXAMPLES)), after_long_help = SECTIONS.map(section).join("\n\n"))]
#[command(override_usage = "intune-err [OPTIONS] QUERY... | COMMAND", disable_version_flag = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) call: Call,
}

/// Queries, and the options that are no command's.
#[derive(Args)]
pub(super) struct Call {
    /// Codes, names, tokens, messages, ids, or sentences that hold any of these.
    #[arg(value_name = "QUERY", value_parser = unmarked(), hide_short_help = true)]
    pub(super) queries: Vec<String>,
    /// Read bare digits as hexadecimal.
    #[arg(long, conflicts_with = "decimal", hide_short_help = true)]
    hex: bool,
    /// Read bare digits as decimal.
    #[arg(long, hide_short_help = true)]
    decimal: bool,
    /// Print the version; with --json, also what the table holds.
    #[arg(short = 'V', long, hide_short_help = true)]
    pub(super) version: bool,
    #[command(flatten)]
    pub(super) output: Output,
    /// Add your own records, a file in the form of the table; may be repeated.
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(super) data: Vec<PathBuf>,
}

// The options of a command are made when it is the one that was called: most calls are queries.
#[derive(Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Find errors in logs, and answer each.
    Scan {
        /// Files, folders, and - for standard input, which is also read where no path is given.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Report known codes only, not those that just their line calls an error.
        #[arg(long, conflicts_with = "all")]
        known: bool,
        /// Also report prefixed failure codes that nothing is known about and no word calls an error.
        #[arg(long)]
        all: bool,
        /// Print one block per distinct error, most frequent first.
        #[arg(long)]
        summary: bool,
        /// Print the findings of all inputs in the order of time.
        #[arg(long, conflicts_with_all = ["summary", "passthrough"])]
        timeline: bool,
        /// Print the other lines, too; each line that is added begins with `intune-err>`.
        #[arg(long, conflicts_with = "summary")]
        passthrough: bool,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Write one HTML file: what failed first, a timeline, each error with its answer.
    Report {
        /// Files, folders, and - for standard input.
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,
        /// Write the report to this file instead of standard output.
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
        /// Report known codes only, not those that just their line calls an error.
        #[arg(long, conflicts_with = "all")]
        known: bool,
        /// Also report prefixed failure codes that nothing is known about and no word calls an error.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Find the entries and symbols that hold all the words, best match first.
    Search {
        /// Words, or beginnings of words, in any order.
        #[arg(value_name = "WORD", required = true, value_parser = unmarked())]
        words: Vec<String>,
    },
    /// List the entries of the table.
    List {
        /// Only entries of this area.
        #[arg(long, value_parser = one_of(&Area::ALL, Area::name), ignore_case = true)]
        area: Option<Area>,
        /// Only entries for this platform.
        #[arg(long, value_parser = one_of(&Platform::ALL, Platform::name), ignore_case = true)]
        platform: Option<Platform>,
    },
    /// What to collect and try first: questions to ask, logs, clock, self-help diagnostics.
    Checklist {
        /// Only what applies to this platform.
        #[arg(long, value_parser = one_of(&Platform::ALL, Platform::name), ignore_case = true)]
        platform: Option<Platform>,
    },
    /// Print the table in the form that a fleet's log engine takes.
    Export {
        /// The form.
        #[arg(long, value_enum, ignore_case = true)]
        format: ExportFormat,
    },
    /// Check files of your own records.
    Check {
        /// Files in the form of the table.
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Print the completion script of a shell.
    Completions {
        /// The shell.
        #[arg(value_enum, ignore_case = true)]
        shell: Shell,
    },
    /// Print the manual page.
    Man,
    /// Print the names that begin like this, one per line: what the completion scripts ask for.
    #[command(name = "__names", hide = true)]
    Names {
        /// The beginning of a name.
        prefix: String,
    },
}

// Which findings are wanted. A doc comment here would stand in the help in place of the command's own.
#[derive(Args)]
pub(super) struct Wanted {
    /// Only findings from this time on: 2026-11-29, "2026-11-29 14:05", or 2h for two hours ago.
    ///
    /// RFC 3339 (2026-11-29T14:05:00+01:00) and how long ago (90s, 30m, 2h, 3d, 1w) mean one moment everywhere. A time without an offset is what
    /// the clock of the device showed. A finding without any time is left out.
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// Only findings up to this time; a day or minute is included to its end.
    #[arg(long, value_name = "TIME")]
    until: Option<When>,
    /// Only findings in this family of logs; may be repeated.
    #[arg(long, value_parser = one_of(&LogFamily::ALL, LogFamily::name), ignore_case = true, value_name = "NAME")]
    #[arg(hide_possible_values = true, long_help = families())]
    family: Vec<LogFamily>,
    /// Only findings of this app or script, by its GUID or a part of its name; may be repeated.
    #[arg(long, value_name = "APP", value_parser = NonEmptyStringValueParser::new())]
    app: Vec<String>,
}

impl Wanted {
    /// What is wanted, at this time.
    pub(super) fn filter(&self, now: Time) -> Filter {
        let filter = self.family.iter().fold(Filter::default(), |filter, family| filter.family(*family));
        let filter = self.app.iter().fold(filter, |filter, app| filter.app(app));
        let filter = self.since.map_or(filter.clone(), |when| filter.since(when, now));
        self.until.map_or(filter.clone(), |when| filter.until(when, now))
    }
}

/// Options that every command takes, before or after it.
// Four switches of the command line, each by itself.
#[allow(clippy::struct_excessive_bools)]
#[derive(Args)]
pub(super) struct Output {
    /// Print JSON, one object per line.
    #[arg(long, global = true, conflicts_with = "markdown")]
    pub(super) json: bool,
    /// Print Markdown, ready to paste into a ticket.
    #[arg(long, global = true)]
    pub(super) markdown: bool,
    /// Whether to colour the output: auto, always or never.
    #[arg(long, global = true, value_enum, ignore_case = true, value_name = "WHEN", default_value_t = ColorArg::Auto)]
    #[arg(hide_possible_values = true, hide_default_value = true, hide_short_help = true)]
    pub(super) color: ColorArg,
    /// Replace what is personal (users, hosts, SIDs, serial numbers, addresses) by placeholders.
    #[arg(long, global = true, hide_short_help = true)]
    pub(super) redact: bool,
    /// Print nothing; only the exit status tells.
    #[arg(short, long, global = true, hide_short_help = true)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    /// Where standard output is a terminal that can, and the environment does not object.
    Auto,
    /// Always, also into files and pipes.
    Always,
    /// Never.
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// Comma-separated values by RFC 4180, one row per code.
    Csv,
    /// One document: the records of `list --json`, with the version of the table and of the form.
    Json,
    /// The records of `list --json`, one a line.
    Ndjson,
    /// A function of the Kusto query language with a row per code.
    Kql,
}

/// Takes one of the names that the library has for something, so that there is one list of them.
fn one_of<T: Copy + Send + Sync>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T> {
    let names = PossibleValuesParser::new(all.iter().map(|one| name(*one)));
    names.try_map(move |given| all.iter().copied().find(|one| name(*one).eq_ignore_ascii_case(&given)).ok_or("no such name"))
}

/// The help of the families, with their names.
fn families() -> String {
    let names: Vec<&str> = LogFamily::ALL.iter().map(|family| family.name()).collect();
    format!("Only findings in this family of logs; may be repeated: {}", names.join(", "))
}

/// Stands before an argument that begins like a negative number, so that it is not taken for an option. No argument can hold it.
pub(super) const MARK: char = '\0';

/// The commands whose arguments are no text that a number can stand in.
pub(super) const TAKE_NO_TEXT: [&str; 9] = ["scan", "report", "list", "checklist", "export", "check", "completions", "man", "__names"];

/// Whether a word is a command.
pub(super) fn is_command(word: &str) -> bool {
    word == "search" || TAKE_NO_TEXT.contains(&word)
}

/// Takes the mark off arguments.
fn unmarked() -> impl TypedValueParser<Value = String> {
    StringValueParser::new().map(|arg| arg.strip_prefix(MARK).map(str::to_owned).unwrap_or(arg))
}

impl Cli {
    /// What arguments say, the program's own name first, as [`argv::prepared`](super::argv::prepared) has them.
    pub(super) fn read(args: &[OsString]) -> Result<Self, clap::Error> {
        // Most calls name no command. To build the definitions of all commands would take half the time of such a call, and only help
        // and messages need them.
        if !args.iter().any(|arg| arg.to_str().is_some_and(is_command))
            && let Ok(matches) = Call::augment_args(clap::Command::new("intune-err").disable_help_flag(true)).try_get_matches_from(args)
            && let Ok(call) = Call::from_arg_matches(&matches)
        {
            return Ok(Self { command: None, call });
        }
        Self::try_parse_from(args)
    }

    /// What is wrong with limits in time between which nothing can be.
    pub(super) fn empty(&self, now: Time) -> Option<&'static str> {
        match &self.command {
            Some(Command::Scan { wanted, .. } | Command::Report { wanted, .. }) if wanted.filter(now).is_empty() => {
                Some("--since is later than --until: nothing can be between them")
            }
            _ => None,
        }
    }

    /// Options that are given and change nothing, and what to do about it.
    pub(super) fn idle(&self) -> Option<(&'static str, &'static str)> {
        let form = match (self.call.output.json, self.call.output.markdown) {
            (true, _) => Some(("--passthrough prints the log as it is, --json objects", "leave out --passthrough or --json")),
            (_, true) => Some(("--passthrough prints the log as it is, --markdown a summary", "leave out --passthrough or --markdown")),
            _ => None,
        };
        match &self.command {
            Some(Command::Scan { passthrough: true, .. }) if form.is_some() => form,
            Some(Command::Report { .. }) if form.is_some() => {
                Some(("a report is HTML, neither JSON nor Markdown", "for these: intune-err scan --summary"))
            }
            Some(_) if self.call.hex || self.call.decimal => {
                Some(("--hex and --decimal change nothing here: they say how to read the digits of a QUERY", "leave them out"))
            }
            Some(Command::Check { .. }) if !self.call.data.is_empty() => Some(("check reads the files it names", "leave out --data")),
            Some(Command::Completions { .. }) if !self.call.data.is_empty() => {
                Some(("the scripts ask the program for names when they run", "leave out --data, and name a folder in INTUNE_ERR_DATA"))
            }
            Some(Command::Checklist { .. } | Command::Man) if !self.call.data.is_empty() => {
                Some(("your own records change nothing here", "leave out --data"))
            }
            _ => None,
        }
    }

    /// How bare digits are to be read.
    pub(super) fn base(&self) -> Base {
        match (self.call.hex, self.call.decimal) {
            (true, _) => Base::Hex,
            (_, true) => Base::Decimal,
            _ => Base::Either,
        }
    }
}

/// The colours of help and usage errors.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_but_search_takes_no_text() {
        let commands = Cli::command();
        let names = commands.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "search");
        assert_eq!(names.collect::<Vec<_>>(), TAKE_NO_TEXT);
    }
}
