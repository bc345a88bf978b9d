//! `scan`: blocks of text in, findings out, in the form that was asked for.

mod explained;
mod lines;
mod objects;
mod passthrough;
mod redacting;
mod report;
mod sink;
mod summary;
mod timeline;
mod unread;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use intune_err::log::Case;
use intune_err::report::counted;
use intune_err::report::html::About;
use intune_err::text::{Blocks, printable};
use intune_err::{Filter, Occurrence, Places, Scanned, Scanner};

use super::evidence::{Job, Piece};
use super::input::{self, Event, Inputs, Looks};
use super::pipeline::{Output, Pipeline};
use super::progress::Progress;
use super::session::{Format, Session, Status, tell};
use lines::Lines;
use objects::Objects;
use passthrough::Passthrough;
use redacting::Redacting;
use report::Report;
use sink::{Quiet, Sink};
use summary::{Form, Summary};
use timeline::InTime;
use unread::NotRead;

/// What to look for, and how to print it.
// Five switches of the command line, each by itself.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Default)]
pub(super) struct Options {
    pub(super) known: bool,
    pub(super) all: bool,
    pub(super) summary: bool,
    pub(super) timeline: bool,
    pub(super) passthrough: bool,
}

/// Scans `paths`, or standard input where there are none, for what the filter wants.
pub(super) fn scan(session: &mut Session, paths: &[PathBuf], options: Options, filter: Filter) -> io::Result<()> {
    let paths = if paths.is_empty() { vec![PathBuf::from("-")] } else { input::expanded(paths) };
    let several = paths.len() > 1 || paths[0].is_dir();
    let sink = sink(session, options, several);
    drive(session, paths, options, filter, sink, None)
}

/// Scans `paths` for what the filter wants and writes a report, which may go to this file.
pub(super) fn report(
    session: &mut Session,
    paths: &[PathBuf],
    options: Options,
    filter: Filter,
    about: About,
    output: Option<&Path>,
) -> io::Result<()> {
    let is_wanted = output.is_some() || !session.is_quiet();
    let lookup = session.lookup();
    let sink: Box<dyn Sink> = if is_wanted { Box::new(Report::new(about, lookup)) } else { Box::new(Quiet) };
    let sink = redacting(session, sink);
    drive(session, input::expanded(paths), options, filter, sink, output)
}

/// Scans `paths` for what the filter wants. Results go to the sink, which may write to this file.
fn drive(
    session: &mut Session,
    mut paths: Vec<PathBuf>,
    options: Options,
    mut filter: Filter,
    sink: Box<dyn Sink>,
    output: Option<&Path>,
) -> io::Result<()> {
    let mut case = Case::default();
    // A pipe can be read once.
    let files: Vec<PathBuf> = paths.iter().filter(|path| path.is_dir() || path.is_file()).cloned().collect();
    let mut most = None;
    if filter.looks_ahead() && !files.is_empty() {
        let steps;
        (case, steps) = Run::new(session, options, Box::new(Quiet), Filter::default()).looking_ahead().through(files.clone(), output)?;
        filter.foresee(&case);
        if session.interrupted {
            // What was found so far has not been printed: it is read once more, up to here.
            (paths, most) = (files, Some(steps));
        }
    }
    let mut run = Run::new(session, options, sink, filter);
    run.most = most;
    run.follows |= output.is_some();
    run.case = case.again();
    run.through(paths, output)?;
    Ok(())
}

/// A scan under way.
struct Run<'a> {
    session: &'a mut Session,
    options: Options,
    scanner: Scanner,
    sink: Box<dyn Sink>,
    filter: Filter,
    /// Whether anything is needed of what stands around an error: the exit status alone needs nothing.
    follows: bool,
    progress: Progress,
    places: Places,
    case: Case,
    /// The path of the input or text that is read.
    path: Option<Arc<str>>,
    /// Whether anything was found that is wanted.
    any: bool,
    unread: NotRead,
    /// Whether nothing is printed, since the same inputs are read once more.
    is_ahead: bool,
    /// How many blocks and other events have been handled, and how many may be.
    steps: u64,
    most: Option<u64>,
}

impl<'a> Run<'a> {
    fn new(session: &'a mut Session, options: Options, sink: Box<dyn Sink>, filter: Filter) -> Self {
        let scanner = session.scanner().known_only(options.known).all(options.all);
        let progress = Progress::new(session.is_quiet());
        let (places, case, unread) = (Places::default(), Case::default(), NotRead::default());
        let follows = !session.is_quiet() || filter.is_any();
        Self {
            session,
            options,
            scanner,
            sink,
            filter,
            follows,
            progress,
            places,
            case,
            path: None,
            any: false,
            unread,
            is_ahead: false,
            steps: 0,
            most: None,
        }
    }

    /// The same, for what all logs tell together and nothing else.
    fn looking_ahead(self) -> Self {
        Self { is_ahead: true, follows: true, ..self }
    }

    /// Goes through all inputs, and gives what their logs tell together, and how far it came.
    fn through(mut self, paths: Vec<PathBuf>, output: Option<&Path>) -> io::Result<(Case, u64)> {
        let passes_through = self.options.passthrough && !self.options.summary && !self.is_ahead;
        let looks = Looks { scanner: self.scanner, follows: self.follows };
        let (all, output) = (self.options.all, output.map(Path::to_owned));
        let mut pipeline = Pipeline::start(Inputs { paths, looks, all, passes_through, output });
        while self.most != Some(self.steps) {
            self.steps += 1;
            match pipeline.next() {
                Output::Scanned(scanned, read) => {
                    self.passage(&scanned, read)?;
                    pipeline.recycle(scanned);
                }
                Output::Read(Event::End) => break,
                Output::Read(event) => self.event(event)?,
                Output::Interrupted => {
                    self.session.interrupted = true;
                    if let Some(rest) = pipeline.rest() {
                        self.passage(&rest, 0)?;
                    }
                    break;
                }
            }
        }
        self.end()
    }

    fn passage(&mut self, scanned: &Scanned, read: u64) -> io::Result<()> {
        let passage = self.places.next(scanned);
        let mut passage = if self.follows { passage.followed(&mut self.case) } else { passage };
        if self.filter.is_any() {
            passage = passage.kept(|found| self.filter.keeps(found, self.path.as_deref(), &self.case));
        }
        self.any |= passage.has_findings();
        self.session.redaction.names(&mut self.case);
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
        self.path.clone_from(&path);
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
                self.progress.set(record.read);
                let path: Arc<str> = self.session.redaction.text(&record.place).into();
                self.sink.begin(Some(Arc::clone(&path)));
                let found = Occurrence::of_event(&record.line.head, record.line.number, &record.line.text, &record.findings);
                let mut found = found.filter(|found| self.filter.keeps(found, Some(&path), &self.case)).peekable();
                if found.peek().is_some() {
                    self.any = true;
                    self.sink.occurrences(&mut self.session.out, &mut found, &self.case)?;
                    self.session.out.flush()?;
                }
            }
            // All of it is told when the inputs are read for good.
            Event::Unread { .. } | Event::Failed(..) | Event::Mark(_) if self.is_ahead => {}
            Event::Unread { place, why, is_named } => {
                let is_fault = is_named || why.is_fault();
                if is_fault {
                    self.session.worsen(Status::Failed);
                }
                self.unread.add(self.session, &place, &why, is_fault, self.options.all)?;
            }
            Event::Failed(name, error) => {
                self.session.worsen(Status::Failed);
                say(self.session, &self.progress, "error:", &format!("cannot read {name}: {error}"));
                self.unread.failed(self.session, &name, &error)?;
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
            Piece::Failed(error) => return self.event(Event::Failed(name.to_owned(), error)),
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

    fn end(mut self) -> io::Result<(Case, u64)> {
        self.progress.end();
        self.case.end();
        if self.is_ahead {
            return Ok((self.case, self.steps));
        }
        self.unread.is_cut = self.session.interrupted;
        self.unread.left_out = self.filter.left_out().total();
        if self.session.redaction.is_on() {
            self.session.redaction.names(&mut self.case);
            self.case.device_mut().say(|fact, value| self.session.redaction.fact(fact, value));
        }
        let notes = self.sink.end(&mut self.session.out, &self.unread, &self.case)?;
        for note in notes.into_iter().chain(left_out(&self.filter)) {
            say(self.session, &self.progress, "note:", &note);
        }
        self.unread.report(|label, what| say(self.session, &self.progress, label, what));
        if !self.any {
            self.session.worsen(Status::NotFound);
        }
        self.session.out.flush()?;
        Ok((self.case, self.steps))
    }
}

/// What there is to say about what the filter left out, and about what it could not decide.
fn left_out(filter: &Filter) -> Vec<String> {
    let left_out = filter.left_out();
    let reasons = [
        (left_out.families, "of other families of logs or of none"),
        (left_out.apps, "of other apps or of none"),
        (left_out.times, "at other times"),
        (left_out.timeless, "without a time"),
    ];
    let reasons: Vec<(u64, &str)> = reasons.into_iter().filter(|(count, _)| *count > 0).collect();
    let all = counted(left_out.total(), "finding");
    let mut notes = Vec::new();
    match reasons[..] {
        [] => {}
        [(_, why)] => notes.push(format!("left out {all} {why}")),
        [..] => {
            let reasons: Vec<String> = reasons.iter().map(|(count, why)| format!("{count} {why}")).collect();
            notes.push(format!("left out {all}: {}", reasons.join(", ")));
        }
    }
    if filter.doubtful() > 0 {
        let doubtful = counted(filter.doubtful(), "finding");
        notes.push(format!("kept {doubtful} that can be outside the time: no log tells the zone of their clock"));
    }
    if filter.taken_for_utc() > 0 {
        let taken = counted(filter.taken_for_utc(), "finding");
        notes.push(format!("took the time for UTC to compare it with {taken} in UTC: no log tells the zone of the device's clock"));
    }
    notes
}

/// The form of output that was asked for.
fn sink(session: &Session, options: Options, several: bool) -> Box<dyn Sink> {
    let lookup = session.lookup();
    let sink: Box<dyn Sink> = match &session.format {
        Format::Quiet => Box::new(Quiet),
        Format::Json if options.timeline => Box::new(InTime::new(Form::Json, lookup)),
        Format::Markdown if options.timeline => Box::new(InTime::new(Form::Markdown, lookup)),
        Format::Text(text) if options.timeline => Box::new(InTime::new(Form::Text(*text), lookup)),
        Format::Json if options.summary => Box::new(Summary::new(Form::Json, lookup)),
        Format::Json => Box::new(Objects::new(lookup)),
        Format::Markdown => Box::new(Summary::new(Form::Markdown, lookup)),
        Format::Text(text) if options.summary => Box::new(Summary::new(Form::Text(*text), lookup)),
        Format::Text(text) if options.passthrough => return Box::new(Passthrough::new(*text, session.redaction.clone(), lookup)),
        Format::Text(text) => Box::new(Lines::new(*text, several, lookup)),
    };
    redacting(session, sink)
}

/// The same sink without what is personal, if that was asked for.
fn redacting(session: &Session, sink: Box<dyn Sink>) -> Box<dyn Sink> {
    if session.redaction.is_on() { Box::new(Redacting::new(sink, session.redaction.clone())) } else { sink }
}

/// Writes a message to standard error. What was found before stands there already, since each block is flushed.
fn say(session: &Session, progress: &Progress, label: &str, what: &str) {
    if !session.is_quiet() {
        let text = format!("{} {}\n", session.messages.error(label), printable(&session.redaction.text(what)));
        progress.suspend(|| tell(&text));
    }
}
