//! From the command line to the exit status. The only place that handles a closed pipe.

mod args;
mod argv;
mod completions;
mod evidence;
mod export;
mod input;
mod listing;
mod lookup;
mod man;
mod own;
mod pipeline;
mod progress;
mod redaction;
mod replace;
mod report;
mod scan;
mod session;
mod signals;
mod slips;
mod terminal;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;

use args::{Cli, Command};
use intune_err::Filter;
use intune_err::log::Time;
use intune_err::report::json;
use intune_err::text::{acts_on_terminal, printable};
use scan::Options;
use session::{Format, INTERRUPTED, Out, Session, Status, tell};

/// Why a command ended early: writing failed.
type Written = io::Result<()>;

/// Runs the program with these arguments, its own name first.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args = argv::prepared(&args.collect::<Vec<_>>());
    let read = slips::slashed(&args).map_or_else(|| Cli::read(&args), Err);
    let cli = match read.map_err(|error| slips::explained(error, &args)) {
        Ok(cli) => cli,
        // The message shows the argument, which a terminal must not act on.
        Err(error) if error.use_stderr() && args.iter().any(|arg| arg.to_string_lossy().contains(acts_on_terminal)) => {
            let message = error.render().to_string();
            tell(&message.lines().map(|line| printable(line).into_owned() + "\n").collect::<String>());
            return ExitCode::from(Status::Failed as u8);
        }
        Err(error) => return usage(&error),
    };
    if let Some(message) = cli.empty(now()) {
        return usage(&Cli::command().error(ErrorKind::ArgumentConflict, message));
    }
    if let Some((what, help)) = cli.idle() {
        let message = format!("{what}\n\n  tip: {help}");
        return usage(&Cli::command().error(ErrorKind::ArgumentConflict, message));
    }
    let mut session = Session::new(&cli.call.output);
    // Where nothing is answered, nothing is read.
    if !matches!(cli.command, Some(Command::Checklist { .. } | Command::Check { .. } | Command::Completions { .. } | Command::Man)) {
        match own::read(&session, &cli.call.data) {
            Ok(own) => {
                session.own = own;
                if let Some(own) = own {
                    session.redaction.own(own);
                }
            }
            Err(status) => return ExitCode::from(status as u8),
        }
    }
    let written = command(&mut session, &cli).and_then(|()| session.out.flush());
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

fn command(session: &mut Session, cli: &Cli) -> Written {
    if cli.call.version {
        return version(session);
    }
    match &cli.command {
        None if cli.call.queries.is_empty() && !io::stdin().is_terminal() => {
            scan::scan(session, &[], Options::default(), Filter::default())
        }
        None if cli.call.queries.is_empty() => {
            session.worsen(Status::Failed);
            tell(&Cli::command().render_help().to_string());
            Ok(())
        }
        None => session.look_up(&cli.call.queries, cli.base()),
        Some(Command::Scan { paths, known, all, summary, timeline, passthrough, wanted }) => {
            let (known, all, summary, timeline, passthrough) = (*known, *all, *summary, *timeline, *passthrough);
            scan::scan(session, paths, Options { known, all, summary, timeline, passthrough }, wanted.filter(now()))
        }
        Some(Command::Report { paths, output, known, all, wanted }) => {
            let options = Options { known: *known, all: *all, ..Options::default() };
            session.report(paths, output.as_deref(), options, wanted.filter(now()))
        }
        Some(Command::Check { files }) => session.check(files),
        Some(Command::Search { words }) => session.search(&words.join(" ")),
        Some(Command::List { area, platform }) => {
            let wanted = |entry: &intune_err::Entry| {
                area.is_none_or(|area| entry.area() == area) && platform.is_none_or(|platform| entry.platforms().any(|of| of == platform))
            };
            let entries = session.entries();
            session.list(entries.filter(wanted))
        }
        Some(Command::Checklist { platform }) => session.checklist(*platform),
        Some(Command::Export { format }) => {
            let entries: Vec<_> = session.entries().collect();
            document(session, |out| export::export(out, *format, &entries))
        }
        Some(Command::Completions { shell }) => document(session, |out| completions::script(out, *shell)),
        Some(Command::Names { prefix }) => {
            let entries: Vec<_> = session.entries().collect();
            document(session, |out| completions::names(out, prefix, &entries))
        }
        Some(Command::Man) => document(session, man::page),
    }
}

/// What the clock of this machine shows.
fn now() -> Time {
    /// Seconds from 1601 to 1970.
    const TO_1970: u64 = 11_644_473_600;
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Time::from_filetime((TO_1970 + since_1970.as_secs()) * 10_000_000 + u64::from(since_1970.subsec_nanos()) / 100)
}

fn version(session: &mut Session) -> Written {
    match session.format {
        Format::Quiet => Ok(()),
        Format::Json => json::version(&mut session.out),
        _ => writeln!(session.out, "intune-err {}", env!("CARGO_PKG_VERSION")),
    }
}

/// Prints what has one form of its own; `--json` would promise another, and must not get it.
fn document(session: &mut Session, print: impl FnOnce(&mut Out) -> Written) -> Written {
    match session.format {
        Format::Quiet => Ok(()),
        Format::Text(_) => print(&mut session.out),
        Format::Json | Format::Markdown => {
            session.worsen(Status::Failed);
            let help = "leave them out; for JSON: intune-err export --format ndjson";
            session.complain("--json and --markdown change nothing here", Some(help));
            Ok(())
        }
    }
}
