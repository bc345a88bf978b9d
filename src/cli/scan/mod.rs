//! `scan`: blocks of text in, findings out, in the form that was asked for.

mod explained;
mod lines;
mod objects;
mod passthrough;
mod redacting;
mod sink;
mod summary;
mod unread;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::text::{Blocks, printable};
use intune_err::{Occurrence, Places, Scanned, Scanner};

use super::evidence::{Job, Piece};
use super::input::{self, Event};
use super::pipeline::{Output, Pipeline};
use super::progress::Progress;
use super::session::{Format, Session, Status, tell};
use lines::Lines;
use objects::Objects;
use passthrough::Passthrough;
use redacting::Redacting;
use sink::{Quiet, Sink};
use summary::{Form, Summary};
use unread::NotRead;

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
    let sink = sink(session, options, several);
    let scanner = session.scanner().known_only(options.known).all(options.all);
    let mut pipeline = Pipeline::start(paths, scanner, options.all, options.passthrough && !options.summary);
    let progress = Progress::new(session.is_quiet());
    let (places, case, unread) = (Places::default(), Case::default(), NotRead::default());
    let mut run = Run { session, options, scanner, sink, progress, places, case, any: false, unread };
    loop {
        match pipeline.next() {
            Output::Scanned(scanned, read) => {
                run.passage(&scanned, read)?;
                pipeline.recycle(scanned);
            }
            Output::Read(Event::End) => break,
            Output::Read(event) => run.event(event)?,
            Output::Interrupted => {
                run.session.interrupted = true;
                if let Some(rest) = pipeline.rest() {
                    run.passage(&rest, 0)?;
                }
                break;
            }
        }
    }
    run.end()
}

/// A scan under way.
struct Run<'a> {
    session: &'a mut Session,
    options: Options,
    scanner: Scanner,
    sink: Box<dyn Sink>,
    progress: Progress,
    places: Places,
    case: Case,
    /// Whether anything was found.
    any: bool,
    unread: NotRead,
}

impl Run<'_> {
    fn passage(&mut self, scanned: &Scanned, read: u64) -> io::Result<()> {
        let passage = self.places.next(scanned);
        self.any |= passage.has_findings();
        // The exit status alone needs nothing of what stands around an error.
        let passage = if self.session.is_quiet() { passage } else { passage.followed(&mut self.case) };
        self.sink.passage(&mut self.session.out, &passage, &self.case)?;
        self.progress.set(read);
        // The answer to the last line is out now, for a reader who waits for it.
        self.session.out.flush()
    }

    /// An input begins, or a text in an archive.
    fn begin(&mut self, path: Option<&Path>) {
        let path: Option<Arc<str>> = path.map(|path| self.session.redaction.text(&path.to_string_lossy()).into());
        self.places = Places::default();
        self.case.begin(path.as_deref());
        self.sink.begin(path);
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Input(path, size) => {
                let name = path.as_deref().map(Path::to_string_lossy);
                let name = name.as_deref().map(|name| self.session.redaction.text(name));
                self.progress.begin(name.as_deref(), size);
                self.begin(path.as_deref());
            }
            Event::Package(name, size) => self.progress.begin(Some(&self.session.redaction.text(&name)), size),
            Event::Member(path) => self.begin(Some(&path)),
            Event::Record(record) => {
                self.any |= !record.findings.is_empty();
                self.progress.set(record.read);
                let path: Arc<str> = self.session.redaction.text(&record.place).into();
                self.sink.begin(Some(path));
                let mut found = Occurrence::of_event(&record.line.head, record.line.number, &record.line.text, &record.findings);
                self.sink.occurrences(&mut self.session.out, &mut found, &self.case)?;
                self.session.out.flush()?;
            }
            Event::Unread { place, why, is_named } => {
                let is_fault = is_named || why.is_fault();
                if is_fault {
                    self.session.worsen(Status::Failed);
                }
                self.unread.add(self.session, &place, &why, is_fault, self.options.all)?;
            }
            Event::Failed(error) => {
                self.session.worsen(Status::Failed);
                say(self.session, &self.progress, "error:", &error);
            }
            Event::Mark(mark) => self.sink.mark(&mut self.session.out, mark)?,
            Event::Job(job) => self.job(*job)?,
            // The scanners turn every block into what was scanned, and the end is seen to.
            Event::Block(..) | Event::End => {}
        }
        Ok(())
    }

    /// Reads an archive or event log that no thread can be had for.
    fn job(&mut self, job: Job) -> io::Result<()> {
        let (name, mut blocks) = (job.name.clone(), Blocks::new(Scanner::LOOK_AROUND));
        let mut fault = None;
        job.run(&mut |piece| {
            if fault.is_some() {
                return Ok(());
            }
            self.piece(piece, &name, &mut blocks).map_err(|error| {
                fault = Some(error);
                io::Error::other("the output has gone")
            })
        });
        fault.map_or(Ok(()), Err)
    }

    fn piece(&mut self, piece: Piece, name: &str, blocks: &mut Blocks) -> io::Result<()> {
        match piece {
            Piece::Text(place) => {
                blocks.reset();
                return self.event(Event::Member(PathBuf::from(place)));
            }
            Piece::Bytes(bytes) => blocks.push(&bytes),
            Piece::End => blocks.finish(),
            Piece::Event(mut record) => {
                record.scan(self.scanner);
                return self.event(Event::Record(record));
            }
            Piece::Unread(place, why) => return self.event(Event::Unread { place, why, is_named: false }),
            Piece::Failed(error) => return self.event(Event::Failed(format!("cannot read {name}: {error}"))),
        }
        if let Some(mark) = blocks.mark() {
            self.event(Event::Mark(mark))?;
        }
        while let Some(block) = blocks.next_block() {
            let scanned = Scanned::of(self.scanner, block);
            self.passage(&scanned, 0)?;
            blocks.recycle(scanned.into_block().into_buffer());
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.progress.end();
        self.case.end();
        if self.session.redaction.is_on() {
            self.case.device_mut().say(|fact, value| self.session.redaction.fact(fact, value));
        }
        for note in self.sink.end(&mut self.session.out, &self.unread, &self.case)? {
            say(self.session, &self.progress, "note:", &note);
        }
        self.unread.report(|label, what| say(self.session, &self.progress, label, what));
        if !self.any {
            self.session.worsen(Status::NotFound);
        }
        self.session.out.flush()
    }
}

/// The form of output that was asked for.
fn sink(session: &Session, options: Options, several: bool) -> Box<dyn Sink> {
    let lookup = session.lookup();
    let sink: Box<dyn Sink> = match &session.format {
        Format::Quiet => Box::new(Quiet),
        Format::Json if options.summary => Box::new(Summary::new(Form::Json, lookup)),
        Format::Json => Box::new(Objects::new(lookup)),
        Format::Markdown => Box::new(Summary::new(Form::Markdown, lookup)),
        Format::Text(text) if options.summary => Box::new(Summary::new(Form::Text(*text), lookup)),
        Format::Text(text) if options.passthrough => return Box::new(Passthrough::new(*text, session.redaction.clone(), lookup)),
        Format::Text(text) => Box::new(Lines::new(*text, several, lookup)),
    };
    if session.redaction.is_on() { Box::new(Redacting::new(sink, session.redaction.clone())) } else { sink }
}

/// Writes a message to standard error. What was found before stands there already, since each block is flushed.
fn say(session: &Session, progress: &Progress, label: &str, what: &str) {
    if !session.is_quiet() {
        let text = format!("{} {}\n", session.messages.error(label), printable(&session.redaction.text(what)));
        progress.suspend(|| tell(&text));
    }
}
