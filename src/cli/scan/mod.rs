//! `scan`: blocks of text in, findings out, in the form that was asked for.

mod explained;
mod lines;
mod objects;
mod passthrough;
mod sink;
mod summary;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use intune_err::evidence::{Kind, Unread};
use intune_err::log::Case;
use intune_err::report::json;
use intune_err::text::printable;
use intune_err::{Occurrence, Places, Scanner};

use super::input::{self, Event};
use super::pipeline::{Output, Pipeline};
use super::progress::Progress;
use super::session::{Format, Session, Status, tell};
use lines::Lines;
use objects::Objects;
use passthrough::Passthrough;
use sink::{Quiet, Sink};
use summary::{Form, Summary};

/// What to look for, and how to print it.
// Four switches of the command line, each by itself.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Default)]
pub(super) struct Options {
    pub(super) known: bool,
    pub(super) all: bool,
    pub(super) summary: bool,
    pub(super) passthrough: bool,
}

/// Scans `paths`, or standard input where there are none.
pub(super) fn scan(session: &mut Session, paths: &[PathBuf], options: Options) -> io::Result<()> {
    let paths = if paths.is_empty() { vec![PathBuf::from("-")] } else { input::expanded(paths) };
    let several = paths.len() > 1 || paths[0].is_dir();
    let mut sink = sink(&session.format, options, several);
    let mut pipeline = Pipeline::start(
        paths,
        Scanner::new().known_only(options.known).all(options.all),
        options.all,
        options.passthrough && !options.summary,
    )?;
    let mut progress = Progress::new(session.is_quiet());
    let mut places = Places::default();
    let mut any = false;
    let mut case = Case::default();
    let mut unread: Vec<NotRead> = Vec::new();
    loop {
        match pipeline.next() {
            Output::Scanned(scanned, read) => {
                let passage = places.next(&scanned);
                any |= passage.has_findings();
                // The exit status alone needs nothing of what stands around an error.
                let passage = if session.is_quiet() { passage } else { passage.followed(&mut case) };
                sink.passage(&mut session.out, &passage, &case)?;
                progress.set(read);
                pipeline.recycle(scanned);
                // Whoever waits for the answer to the last line has it now.
                session.out.flush()?;
            }
            Output::Read(Event::Input(path, size)) => {
                let path: Option<Arc<str>> = path.map(|path| path.to_string_lossy().into());
                places = Places::default();
                progress.begin(path.as_deref(), size);
                case.begin(path.as_deref());
                sink.begin(path);
            }
            Output::Read(Event::Record(record)) => {
                any |= !record.findings.is_empty();
                let path: Arc<str> = record.place.as_str().into();
                sink.begin(Some(path));
                let mut found = Occurrence::of_event(&record.head, record.number, &record.line, &record.findings);
                sink.occurrences(&mut session.out, &mut found, &case)?;
                session.out.flush()?;
            }
            Output::Read(Event::Unread { place, why, is_named }) => {
                let is_fault = is_named || why.is_fault();
                if is_fault {
                    session.worsen(Status::Failed);
                }
                unread.push(NotRead { place, why, is_fault });
            }
            Output::Read(Event::Failed(error)) => {
                session.worsen(Status::Failed);
                say(session, &progress, "error:", &error);
            }
            Output::Read(Event::Mark(mark)) => sink.mark(&mut session.out, mark)?,
            // The scanners turn every block into what was scanned.
            Output::Read(Event::Block(..)) => {}
            Output::Read(Event::End) => break,
            Output::Interrupted => {
                session.interrupted = true;
                break;
            }
        }
    }
    progress.end();
    report_unread(session, &progress, &unread, options.all)?;
    if let Some(note) = sink.end(&mut session.out, unread.len() as u64, &case)? {
        say(session, &progress, "note:", &note);
    }
    if !any {
        session.worsen(Status::NotFound);
    }
    session.out.flush()
}

/// Something that was not read.
struct NotRead {
    place: String,
    why: Unread,
    /// Whether it gives the exit status of a failure.
    is_fault: bool,
}

/// Lists what was not read: in JSON an object each, else on standard error. What the collector itself could not collect is counted, and
/// listed with `all`.
fn report_unread(session: &mut Session, progress: &Progress, unread: &[NotRead], all: bool) -> io::Result<()> {
    let is_listed = |why: &Unread| all || !matches!(why, Unread::NotCollected(_));
    for NotRead { place, why, is_fault } in unread.iter().filter(|unread| is_listed(&unread.why)) {
        if matches!(session.format, Format::Json) {
            json::unread(&mut session.out, place, &why.to_string())?;
            continue;
        }
        say(session, progress, if *is_fault { "error:" } else { "note:" }, &format!("not read: {place}: {why}"));
        if let Unread::Kind(what) = why
            && let Some(advice) = Kind::Other(what).advice()
        {
            say(session, progress, "help:", advice);
        }
    }
    let missing = unread.iter().filter(|unread| !is_listed(&unread.why)).count();
    if missing > 0 {
        say(session, progress, "note:", &format!("not collected by the collector: {missing} items; --all lists them"));
    }
    Ok(())
}

/// The form of output that was asked for.
fn sink(format: &Format, options: Options, several: bool) -> Box<dyn Sink> {
    match format {
        Format::Quiet => Box::new(Quiet),
        Format::Json if options.summary => Box::new(Summary::new(Form::Json)),
        Format::Json => Box::new(Objects::default()),
        Format::Markdown => Box::new(Summary::new(Form::Markdown)),
        Format::Text(text) if options.summary => Box::new(Summary::new(Form::Text(*text))),
        Format::Text(text) if options.passthrough => Box::new(Passthrough::new(*text)),
        Format::Text(text) => Box::new(Lines::new(*text, several)),
    }
}

/// Says something on standard error. What was found before stands there already, since each block is flushed.
fn say(session: &Session, progress: &Progress, label: &str, what: &str) {
    if !session.is_quiet() {
        let text = format!("{} {}\n", session.messages.error(label), printable(what));
        progress.suspend(|| tell(&text));
    }
}
