//! From the command line to the exit status. The only place that handles a closed pipe.

mod args;
mod completions;
mod export;
mod human;
mod input;
mod json;
mod lines;
mod man;
mod markdown;
mod pipeline;
mod progress;
mod scan;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, ColorArg, Command, Output};
use human::{Human, Paint};
use scan::Options;

use intune_err::{Answer, Base, ChecklistItem, Platform, QueryError, Spelling, Symbol};

/// What the program says with its exit status; of several the worst wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Every query found an entry or a symbol; a search had a hit.
    Found = 0,
    /// A query found neither; a search had no hit.
    NotFound = 1,
    /// Bad usage, a query that can mean nothing, an input or output error.
    Failed = 2,
}

/// The exit status after Ctrl-C: 128 and the number of the signal, as shells count.
const INTERRUPTED: u8 = 130;

/// Why a command ended early: writing failed.
type Written = io::Result<()>;

/// Runs the program with these arguments, its own name first.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        // The message shows the argument, which a terminal must not act on.
        Err(error) if error.use_stderr() && args.iter().any(|arg| arg.to_string_lossy().contains(acts)) => {
            let message = error.render().to_string();
            tell(&message.lines().map(|line| human::printable(line) + "\n").collect::<String>());
            return ExitCode::from(Status::Failed as u8);
        }
        Err(error) => return usage(&error),
    };
    let mut session = Session::new(&cli.output);
    let written = session.command(&cli).and_then(|()| session.out.flush());
    let status = match written {
        Ok(()) => session.status,
        // The reader has seen enough: no message, and the status so far.
        Err(error) if is_closed_pipe(&error) => session.status,
        Err(error) => {
            session.complain(&format!("cannot write the output: {error}"), None);
            Status::Failed
        }
    };
    let code = if session.interrupted { INTERRUPTED } else { status as u8 };
    // What could not be written once must not be tried again on the way out.
    std::mem::forget(session.out);
    ExitCode::from(code)
}

/// Prints help, version or a usage error where it belongs.
fn usage(error: &clap::Error) -> ExitCode {
    let status = if error.use_stderr() { Status::Failed } else { Status::Found };
    match error.print() {
        Err(error) if !is_closed_pipe(&error) => {
            tell(&format!("error: cannot write the output: {error}\n"));
            ExitCode::from(Status::Failed as u8)
        }
        _ => ExitCode::from(status as u8),
    }
}

fn is_closed_pipe(error: &io::Error) -> bool {
    // 233, ERROR_PIPE_NOT_CONNECTED, is what some Windows pipes say instead.
    error.kind() == io::ErrorKind::BrokenPipe || cfg!(windows) && error.raw_os_error() == Some(233)
}

/// How results are printed.
enum Format {
    Human(Human),
    Json,
    Markdown,
    Quiet,
}

/// One run: where results go, in which form, and what the exit status will be.
struct Session {
    out: BufWriter<Box<dyn Write>>,
    format: Format,
    error_paint: Paint,
    status: Status,
    interrupted: bool,
}

impl Session {
    fn new(output: &Output) -> Self {
        let stdout = io::stdout();
        let paint = |is_terminal, enable: fn() -> bool| Paint::new(wants_color(output.color, is_terminal, enable));
        let format = if output.quiet {
            Format::Quiet
        } else if output.json {
            Format::Json
        } else if output.markdown {
            Format::Markdown
        } else {
            let is_terminal = stdout.is_terminal();
            Format::Human(Human {
                paint: paint(is_terminal, enable_on_stdout),
                width: if is_terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None },
                is_terminal,
                links: is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            })
        };
        Self {
            out: BufWriter::with_capacity(1 << 16, Box::new(stdout.lock())),
            format,
            error_paint: paint(io::stderr().is_terminal(), enable_on_stderr),
            status: Status::Found,
            interrupted: false,
        }
    }

    fn command(&mut self, cli: &Cli) -> Written {
        if cli.version {
            return self.version();
        }
        match &cli.command {
            None if cli.queries.is_empty() && !io::stdin().is_terminal() => self.scan(&[], Options::default()),
            None if cli.queries.is_empty() => {
                self.worsen(Status::Failed);
                tell(&Cli::command().render_help().to_string());
                Ok(())
            }
            None => self.look_up(&cli.queries, cli.base()),
            Some(Command::Scan { paths, all, summary, passthrough }) => {
                self.scan(paths, Options { all: *all, summary: *summary, passthrough: *passthrough })
            }
            Some(Command::Search { words }) => self.search(&words.join(" ")),
            Some(Command::List { area, platform }) => {
                let wanted = |entry: &intune_err::Entry| {
                    area.is_none_or(|area| entry.area() == area.0)
                        && platform.is_none_or(|platform| entry.platforms().any(|of| of == platform.0))
                };
                self.list(intune_err::Entry::all().filter(wanted))
            }
            Some(Command::Checklist { platform }) => self.checklist(platform.map(|platform| platform.0)),
            Some(Command::Export { format }) => self.document(|out| export::export(out, *format)),
            Some(Command::Completions { shell }) => self.document(|out| completions::script(out, *shell)),
            Some(Command::Names { prefix }) => self.document(|out| completions::names(out, prefix)),
            Some(Command::Man) => self.document(man::page),
        }
    }

    fn scan(&mut self, paths: &[PathBuf], options: Options) -> Written {
        self.interrupted = scan::scan(self, paths, options)?;
        Ok(())
    }

    fn version(&mut self) -> Written {
        match self.format {
            Format::Quiet => Ok(()),
            Format::Json => json::version(&mut self.out),
            _ => writeln!(self.out, "intune-err {}", env!("CARGO_PKG_VERSION")),
        }
    }

    fn worsen(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// Prints an error, and what to do about it, to standard error.
    fn complain(&self, error: &str, help: Option<&str>) {
        let mut text = format!("{} {error}\n", self.error_paint.error("error:"));
        if let Some(help) = help {
            text += &format!("{} {help}\n", self.error_paint.label("help:"));
        }
        tell(&text);
    }

    fn look_up(&mut self, queries: &[String], base: Base) -> Written {
        if let Some(answers) = join(queries, base) {
            return self.answers(&answers, true);
        }
        for (position, query) in queries.iter().enumerate() {
            if is_file(query) {
                self.file(query)?;
                continue;
            }
            match intune_err::answer(query, base) {
                Ok(answers) => self.answers(&answers, position == 0)?,
                Err(error) => self.bad_query(&error)?,
            }
        }
        Ok(())
    }

    fn answers(&mut self, answers: &[Answer], first: bool) -> Written {
        for (position, answer) in answers.iter().enumerate() {
            if !answer.found() {
                self.worsen(Status::NotFound);
            }
            let out = &mut self.out;
            match &self.format {
                Format::Quiet => {}
                Format::Json => json::answer(out, answer)?,
                _ if answer.code.is_none() && !answer.found() => self.unknown_text(answer),
                Format::Human(human) => {
                    if !(first && position == 0) {
                        writeln!(out)?;
                    }
                    human.answer(out, answer)?;
                }
                Format::Markdown => {
                    if !(first && position == 0) {
                        writeln!(out)?;
                    }
                    markdown::answer(out, answer)?;
                }
            }
        }
        Ok(())
    }

    fn unknown_text(&self, answer: &Answer) {
        let query = human::quoted(answer.query());
        let help = match answer.suggestions.as_slice() {
            [] => "search for its words: intune-err search WORD...".to_owned(),
            some => format!("did you mean: {}", some.join(", ")),
        };
        self.complain(&format!("{query} is neither a code nor a known name or message"), Some(&help));
    }

    /// A path is no query; but whoever gave one wants to know what is in the file.
    fn file(&mut self, path: &str) -> Written {
        self.worsen(Status::NotFound);
        let what = format!("{} is a file", human::quoted(path));
        if matches!(self.format, Format::Json) {
            json::no_query(&mut self.out, path, &what, &[])?;
        }
        if !matches!(self.format, Format::Quiet) {
            self.complain(&what, Some(&format!("scan it for errors: intune-err scan {}", human::printable(path))));
        }
        Ok(())
    }

    fn bad_query(&mut self, error: &QueryError) -> Written {
        self.worsen(Status::Failed);
        if matches!(self.format, Format::Json) {
            json::no_query(&mut self.out, &error.query, &error.to_string(), &error.suggestions)?;
        }
        if !matches!(self.format, Format::Quiet) {
            let help = match error.suggestions.as_slice() {
                [] => "use hex like 0x80180014 or a decimal number like -2145910764".to_owned(),
                some => format!("did you mean: {}", some.join(", ")),
            };
            self.complain(&error.to_string(), Some(&help));
        }
        Ok(())
    }

    fn search(&mut self, words: &str) -> Written {
        if !words.contains(char::is_alphanumeric) {
            self.worsen(Status::Failed);
            self.complain("there is no word to search for", Some("name one or more: intune-err search WORD..."));
            return Ok(());
        }
        let hits = intune_err::search(words);
        if hits.is_empty() {
            self.worsen(Status::NotFound);
        }
        let out = &mut self.out;
        match &self.format {
            Format::Quiet => {}
            Format::Json => {
                for hit in &hits {
                    json::hit(out, hit)?;
                }
            }
            _ if hits.is_empty() => {
                let error = format!("no entry and no symbol holds all words of {}", human::quoted(words));
                self.complain(&error, Some("use fewer words, or their beginnings"));
            }
            Format::Human(human) => {
                for hit in &hits {
                    human.hit(out, hit)?;
                }
            }
            Format::Markdown => {
                for hit in &hits {
                    markdown::hit(out, hit)?;
                }
            }
        }
        Ok(())
    }

    fn list(&mut self, entries: impl Iterator<Item = intune_err::Entry>) -> Written {
        let mut entries = entries.peekable();
        if entries.peek().is_none() && !matches!(self.format, Format::Quiet) {
            tell(&format!("{} no entry is of this area and this platform\n", self.error_paint.label("note:")));
        }
        let out = &mut self.out;
        for entry in entries {
            match &self.format {
                Format::Quiet => {}
                Format::Json => json::entry(out, entry)?,
                Format::Human(human) => human.row(out, entry)?,
                Format::Markdown => markdown::row(out, entry)?,
            }
        }
        Ok(())
    }

    fn checklist(&mut self, platform: Option<Platform>) -> Written {
        let applies = |point: &ChecklistItem, platform| point.platforms().any(|of| of == platform);
        let mut points: Vec<ChecklistItem> =
            intune_err::checklist().filter(|point| platform.is_none_or(|platform| applies(point, platform))).collect();
        let unnamed = platform.filter(|_| points.is_empty());
        let about = unnamed.map(|platform| format!("The page of the checklist has no point for {}", platform.display_name()));
        // JSON has what was asked for and nothing else.
        if let (Some(about), Format::Json) = (&about, &self.format) {
            tell(&format!("{} {about}\n", self.error_paint.label("note:")));
            return Ok(());
        }
        if unnamed.is_some() {
            let named: Vec<Platform> =
                Platform::ALL.into_iter().filter(|&platform| intune_err::checklist().any(|point| applies(&point, platform))).collect();
            points = intune_err::checklist().filter(|point| named.iter().all(|&platform| applies(point, platform))).collect();
        }
        let about = about.map(|about| about + "; these hold for every platform that it names.");
        let out = &mut self.out;
        match &self.format {
            Format::Quiet => Ok(()),
            Format::Json => points.iter().try_for_each(|&point| json::point(out, point)),
            Format::Human(human) => human.checklist(out, about.as_deref(), &points),
            Format::Markdown => markdown::checklist(out, about.as_deref(), &points),
        }
    }

    /// Prints what has one form of its own; `--json` would promise another, and must not get it.
    fn document(&mut self, print: impl FnOnce(&mut BufWriter<Box<dyn Write>>) -> Written) -> Written {
        match self.format {
            Format::Quiet => Ok(()),
            Format::Human(_) => print(&mut self.out),
            Format::Json | Format::Markdown => {
                self.worsen(Status::Failed);
                let help = "leave them out; for JSON: intune-err export --format ndjson";
                self.complain("--json and --markdown change nothing here", Some(help));
                Ok(())
            }
        }
    }
}

/// Whether a query is the path of a file and nothing that is looked up as a whole.
fn is_file(query: &str) -> bool {
    Path::new(query).is_file()
        && !matches!(intune_err::spelling(query, Base::Either), Spelling::Code(_))
        && intune_err::Entry::by_name(query).len() == 0
        && intune_err::Symbol::by_name(query).len() == 0
}

/// The answers to all queries as one text, where none of them is anything by itself.
fn join(queries: &[String], base: Base) -> Option<Vec<Answer>> {
    let alone = |query: &String| {
        intune_err::answer(query, base).is_ok_and(|answers| answers.iter().all(|answer| answer.code.is_none() && !answer.found()))
    };
    ((2..=64).contains(&queries.len()) && queries.iter().all(alone)).then(|| intune_err::answer_joined(queries)).flatten()
}

/// Whether to colour what goes to a stream that is a terminal or not. `enable` has the terminal understand colours, if it can.
fn wants_color(when: ColorArg, is_terminal: bool, enable: fn() -> bool) -> bool {
    let is_forced = match when {
        ColorArg::Always => true,
        ColorArg::Never => return false,
        ColorArg::Auto if anstyle_query::no_color() => return false,
        ColorArg::Auto => anstyle_query::clicolor_force(),
    };
    let understands = is_terminal && anstyle_query::term_supports_color() && enable();
    is_forced || understands
}

/// A Windows console has to be told to understand colours, and an old one cannot.
#[cfg(windows)]
fn enable_on_stdout() -> bool {
    console::Term::stdout().features().colors_supported()
}

#[cfg(windows)]
fn enable_on_stderr() -> bool {
    console::Term::stderr().features().colors_supported()
}

/// Elsewhere a terminal that says that it has colours has them.
#[cfg(not(windows))]
fn enable_on_stdout() -> bool {
    true
}

#[cfg(not(windows))]
fn enable_on_stderr() -> bool {
    true
}

/// Prints a text to standard error. If that cannot be written, nothing is left to tell it to.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether a terminal acts on a character: the controls of ASCII and C1, separators of lines and paragraphs, what turns the direction of
/// text (`Bidi_Control` in Unicode), and what stands between characters and cannot be seen.
fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The names of symbols, each once.
fn names(symbols: &[Symbol]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for symbol in symbols {
        if !names.contains(&symbol.name()) {
            names.push(symbol.name());
        }
    }
    names
}
