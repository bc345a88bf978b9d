//! The stream: blocks in, findings out, with line numbers, summary and the rest of the log where it is wanted.
//! Never alters a byte that was read.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use intune_err::{Answer, Entry, Finding, Found, Scanner};

use super::input::{self, Block, Event};
use super::lines::Located;
use super::pipeline::{Output, Pipeline};
use super::progress::Progress;
use super::{Format, Session, Status, Written, human, json, markdown};

/// What to do with the findings.
#[derive(Clone, Copy, Default)]
pub(super) struct Options {
    pub(super) all: bool,
    pub(super) summary: bool,
    pub(super) passthrough: bool,
}

/// What stands before each line that `--passthrough` adds, so that the log can be had back.
const ADDED: &str = "intune-err> ";
/// What stands before each line of an answer otherwise.
const INDENT: &str = "    ";
/// The longest line that is shown whole, in bytes.
const LONGEST: usize = 16_384;
/// How much of a line that is longer is shown around a finding; the JSON output cuts at this length.
const EXCERPT: usize = 4096;
/// How many distinct errors are kept apart in a summary; only a hostile log has more.
const MOST_DISTINCT: usize = 20_000;

/// Where a finding stands.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) path: Option<Arc<str>>,
    pub(super) line: u64,
}

/// One distinct error of a summary.
pub(super) struct Tally {
    key: Found,
    /// How many errors were met before it.
    order: usize,
    pub(super) matched: String,
    pub(super) count: u64,
    pub(super) first: Place,
    pub(super) last: Place,
}

/// What was made once of an error that may come often.
struct Rendered {
    /// One line for people.
    short: Vec<u8>,
    /// What the JSON object of an occurrence has of it.
    json: Vec<u8>,
    shown: bool,
}

/// A line as far as its block shows it.
struct Line {
    /// Where the visible part lies in the text of the block.
    visible: Range<usize>,
    /// Whether the beginning is in an earlier block.
    continues: bool,
    /// Whether its end is in this block.
    ends: bool,
}

/// A line that goes over several blocks, as far as it has come. It is held back, so that the answers can go before it should it turn out to
/// be the last one and have no end; but only so much of it.
#[derive(Default)]
struct OpenLine {
    held: Vec<u8>,
    /// Whether its beginning has been printed.
    is_begun: bool,
    keys: Vec<Found>,
}

/// How much of a line is held back.
const HELD: usize = 4 << 20;

struct Scan<'a> {
    session: &'a mut Session,
    options: Options,
    /// Whether more than one input is read, so that each line needs its place.
    several: bool,
    rendered: HashMap<Found, Rendered>,
    /// The entries whose whole answer has been printed.
    shown: Vec<Entry>,
    tallies: HashMap<Found, Tally>,
    /// Findings that the summary had no room for.
    overflow: u64,
    any: bool,
    path: Option<Arc<str>>,
    /// The number of the line that the next block begins in.
    line: u64,
    /// How many bytes of that line came in earlier blocks.
    before: u64,
    /// What `--passthrough` has yet to print and to answer of a line whose end has not come.
    open: OpenLine,
    progress: Progress,
}

/// Scans `paths`, or standard input where there are none. Says whether the user interrupted it.
pub(super) fn scan(session: &mut Session, paths: &[PathBuf], options: Options) -> io::Result<bool> {
    let paths = if paths.is_empty() { vec![PathBuf::from("-")] } else { input::expanded(paths) };
    let several = paths.len() > 1 || paths[0].is_dir();
    let options = Options { summary: options.summary || matches!(session.format, Format::Markdown), ..options };
    let counts_lines = several || options.summary || matches!(session.format, Format::Json);
    let pipeline = Pipeline::start(paths, Scanner::new().all(options.all), counts_lines)?;
    let mut scan = Scan {
        options,
        progress: Progress::new(matches!(session.format, Format::Quiet)),
        session,
        several,
        rendered: HashMap::new(),
        shown: Vec::new(),
        tallies: HashMap::new(),
        overflow: 0,
        any: false,
        path: None,
        line: 1,
        before: 0,
        open: OpenLine::default(),
    };
    scan.run(pipeline)
}

impl Scan<'_> {
    fn run(&mut self, mut pipeline: Pipeline) -> io::Result<bool> {
        let interrupted = loop {
            match pipeline.next() {
                Output::Scanned(block, located) => {
                    self.block(&block, &located)?;
                    self.progress.set(block.read);
                    pipeline.recycle(block);
                    // Whoever waits for the answer to the last line has it now.
                    self.session.out.flush()?;
                }
                Output::Read(Event::Input(path, size)) => {
                    self.path = path.map(|path| path.to_string_lossy().into());
                    (self.line, self.before) = (1, 0);
                    self.progress.begin(self.path.as_deref(), size);
                }
                Output::Read(Event::Failed(error)) => {
                    self.session.worsen(Status::Failed);
                    self.tell("error:", &error);
                }
                Output::Read(Event::Skipped(what)) => self.tell("note:", &what),
                Output::Read(Event::Mark(mark)) if self.passes_through() => self.session.out.write_all(mark)?,
                Output::Read(Event::Mark(_)) => {}
                Output::Read(Event::End) => break false,
                Output::Interrupted => break true,
                // The scanners turn every block into what was scanned.
                Output::Read(Event::Block(_)) => {}
            }
        };
        self.progress.end();
        if self.options.summary {
            self.summary()?;
        }
        if !self.any {
            self.session.worsen(Status::NotFound);
        }
        self.session.out.flush()?;
        Ok(interrupted)
    }

    /// Whether the lines without a finding are printed, too.
    fn passes_through(&self) -> bool {
        self.options.passthrough && !self.options.summary && matches!(self.session.format, Format::Human(_))
    }

    /// Says something on standard error. What was found before stands there already, since each block is flushed.
    fn tell(&self, label: &str, what: &str) {
        if matches!(self.session.format, Format::Quiet) {
            return;
        }
        let text = format!("{} {}\n", self.session.error_paint.error(label), human::printable(what));
        self.progress.suspend(|| super::tell(&text));
    }

    fn block(&mut self, block: &Block, located: &Located) -> Written {
        let (text, core) = (block.text(), block.core.clone());
        let passes_through = self.passes_through();
        // Where a line begins; it may be before the block does.
        let first = core.start as i64 - self.before as i64;
        let begin_of = |begin: Option<usize>| begin.map_or(first, |begin| begin as i64);
        let number = self.line;
        let mut written = core.start;
        let mut findings = located.findings.iter().peekable();
        self.any |= !located.findings.is_empty();
        while let Some((finding, place)) = findings.next() {
            self.line = number + place.lines;
            if self.options.summary {
                self.tally(text, finding);
                continue;
            }
            if matches!(self.session.format, Format::Quiet) {
                break;
            }
            let begin = begin_of(place.begin);
            let line = line_around(text, begin, finding.start, block.is_last);
            if matches!(self.session.format, Format::Json) {
                let column = (finding.start as i64 - begin + 1) as u64;
                let offset = block.offset + (finding.start - core.start) as u64;
                self.occurrence(text, finding, &line, column, offset)?;
                continue;
            }
            let mut group = vec![*finding];
            // A line that is shown whole is shown once.
            if passes_through || line.visible.len() <= LONGEST {
                while let Some((next, _)) = findings.next_if(|(next, _)| next.start < line.visible.end) {
                    group.push(*next);
                }
            }
            if passes_through {
                written = self.pass(text, &core, written, line.visible.start, &group)?;
            } else {
                self.show(text, &line, &group)?;
            }
        }
        if passes_through {
            written = self.pass(text, &core, written, core.end, &[])?;
            if block.is_last {
                self.finish(&text[written..core.end])?;
            } else {
                self.hold(&text[written..core.end])?;
            }
        }
        self.line = number + located.end.lines;
        self.before = (core.end as i64 - begin_of(located.end.begin)) as u64;
        Ok(())
    }

    /// Prints the log from `written` on: up to `start`, where the line of the findings in `group` begins, and that line with its answers,
    /// if its end has come. Gives how far it got.
    fn pass(&mut self, text: &[u8], core: &Range<usize>, written: usize, start: usize, group: &[Finding]) -> io::Result<usize> {
        let mut written = written;
        if start > written {
            // The line that came first may have been waiting for its answers.
            if !self.open.keys.is_empty()
                && let Some(end) = line_end(text, written, start)
            {
                self.print(&text[written..end], &[], written)?;
                let keys = std::mem::take(&mut self.open).keys;
                self.answers(&keys, ADDED)?;
                written = end;
            }
            // Whole lines are printed; what is behind the last of them is the beginning of one.
            let end = if group.is_empty() { last_line_end(&text[written..start]).map_or(written, |len| written + len) } else { start };
            if end > written {
                self.print(&text[written..end], &[], written)?;
                self.open = OpenLine::default();
                written = end;
            }
        }
        for key in group.iter().map(|finding| finding.what) {
            if !self.open.keys.contains(&key) {
                self.open.keys.push(key);
            }
        }
        // A finding may go over the end of the block; then its line does, too.
        let last = group.last().filter(|last| last.end <= core.end);
        if let Some(end) = last.and_then(|last| line_end(text, last.end, core.end)) {
            self.print(&text[written..end], group, written)?;
            let keys = std::mem::take(&mut self.open).keys;
            self.answers(&keys, ADDED)?;
            written = end;
        }
        Ok(written)
    }

    /// Prints bytes of the log, what was held back first.
    fn print(&mut self, bytes: &[u8], group: &[Finding], start: usize) -> Written {
        let held = std::mem::take(&mut self.open.held);
        self.raw(&held, &[], 0)?;
        self.raw(bytes, group, start)?;
        self.open.is_begun |= !held.is_empty() || !bytes.is_empty();
        Ok(())
    }

    /// Takes in the beginning of a line, or more of one whose end has not come.
    fn hold(&mut self, bytes: &[u8]) -> Written {
        if self.open.is_begun || self.open.held.len() + bytes.len() > HELD {
            return self.print(bytes, &[], 0);
        }
        self.open.held.extend_from_slice(bytes);
        Ok(())
    }

    /// Prints the last line, which has no end. An answer behind it would give it one, so it goes before, unless the line is so long that its
    /// beginning has been printed: then a line end is added.
    fn finish(&mut self, bytes: &[u8]) -> Written {
        let open = std::mem::take(&mut self.open);
        if !open.is_begun {
            self.answers(&open.keys, ADDED)?;
        }
        self.raw(&open.held, &[], 0)?;
        self.raw(bytes, &[], 0)?;
        if open.is_begun && !open.keys.is_empty() {
            self.session.out.write_all(b"\n")?;
            self.answers(&open.keys, ADDED)?;
        }
        Ok(())
    }

    /// A line with findings in it, with its place where that is not plain, and its answers.
    fn show(&mut self, text: &[u8], line: &Line, group: &[Finding]) -> Written {
        let Format::Human(human) = &self.session.format else { return Ok(()) };
        let out = &mut self.session.out;
        if self.several {
            let place = format!("{}:{}:", human::printable(self.path.as_deref().unwrap_or("(standard input)")), self.line);
            write!(out, "{} ", human.paint.label(&place))?;
        }
        let range = if line.visible.len() <= LONGEST { line.visible.clone() } else { excerpt(line, &group[0]) };
        if range.start > line.visible.start || line.continues {
            write!(out, "... ")?;
        }
        let spans: Vec<Range<usize>> =
            group.iter().map(|finding| finding.start - range.start..finding.end.min(range.end) - range.start).collect();
        human.log(out, &text[range.clone()], &spans)?;
        if range.end < line.visible.end || !line.ends {
            write!(out, " ...")?;
        }
        writeln!(out)?;
        let keys: Vec<Found> = group.iter().map(|finding| finding.what).collect();
        self.answers(&keys, INDENT)
    }

    /// Bytes of the log as they are, from `start` of the block, with the findings in them marked where there is colour.
    fn raw(&mut self, bytes: &[u8], group: &[Finding], start: usize) -> Written {
        let Format::Human(human) = &self.session.format else { return Ok(()) };
        let spans: Vec<Range<usize>> = group
            .iter()
            .filter(|finding| finding.start >= start && finding.start < start + bytes.len())
            .map(|finding| finding.start - start..(finding.end - start).min(bytes.len()))
            .collect();
        human.log(&mut self.session.out, bytes, &spans)
    }

    /// The answers to the findings of a line: whole the first time, one line afterwards.
    fn answers(&mut self, keys: &[Found], before: &str) -> Written {
        for (position, key) in keys.iter().enumerate() {
            if keys[..position].contains(key) {
                continue;
            }
            let rendered = rendered(&mut self.rendered, *key);
            if rendered.shown {
                self.session.out.write_all(before.as_bytes())?;
                self.session.out.write_all(&rendered.short)?;
                continue;
            }
            rendered.shown = true;
            let Format::Human(human) = &self.session.format else { return Ok(()) };
            let answer = Answer::from(*key);
            let mut lines = Vec::new();
            if answer.entries.iter().all(|entry| self.shown.contains(entry)) && !answer.entries.is_empty() {
                lines.extend_from_slice(&rendered.short);
            } else {
                human.narrowed(before.len()).answer(&mut lines, &answer)?;
                self.shown.extend(answer.entries.iter().filter(|entry| !self.shown.contains(entry)).copied().collect::<Vec<_>>());
            }
            for line in lines.split_inclusive(|b| *b == b'\n') {
                self.session.out.write_all(if line == b"\n" { before.trim_end() } else { before }.as_bytes())?;
                self.session.out.write_all(line)?;
            }
        }
        Ok(())
    }

    fn occurrence(&mut self, text: &[u8], finding: &Finding, line: &Line, column: u64, offset: u64) -> Written {
        let shown = if line.visible.len() <= EXCERPT { line.visible.clone() } else { excerpt(line, finding) };
        let rendered = rendered(&mut self.rendered, finding.what);
        json::occurrence(
            &mut self.session.out,
            &json::Occurrence {
                path: self.path.as_deref(),
                line: self.line,
                column,
                offset,
                matched: &String::from_utf8_lossy(&text[finding.start..finding.end]),
                record: &rendered.json,
                text: &String::from_utf8_lossy(&text[shown]),
            },
        )
    }

    fn tally(&mut self, text: &[u8], finding: &Finding) {
        let key = finding.what;
        let place = Place { path: self.path.clone(), line: self.line };
        if let Some(tally) = self.tallies.get_mut(&key) {
            tally.count += 1;
            tally.last = place;
        } else if self.tallies.len() < MOST_DISTINCT {
            let matched = String::from_utf8_lossy(&text[finding.start..finding.end]).into_owned();
            let order = self.tallies.len();
            self.tallies.insert(key, Tally { key, order, matched, count: 1, first: place.clone(), last: place });
        } else {
            self.overflow += 1;
        }
    }

    /// One block a distinct error, most frequent first.
    fn summary(&mut self) -> Written {
        let mut tallies: Vec<Tally> = std::mem::take(&mut self.tallies).into_values().collect();
        tallies.sort_by_key(|tally| (std::cmp::Reverse(tally.count), tally.order));
        for (position, tally) in tallies.iter().enumerate() {
            let answer = Answer::from(tally.key);
            let out = &mut self.session.out;
            match &self.session.format {
                Format::Quiet => {}
                Format::Json => json::tally(out, &answer, tally)?,
                Format::Markdown => {
                    if position > 0 {
                        writeln!(out)?;
                    }
                    markdown::answer_with(out, &answer, Some(&occurrences(tally)))?;
                }
                Format::Human(human) => {
                    if position > 0 {
                        writeln!(out)?;
                    }
                    human.answer_with(out, &answer, Some(&occurrences(tally)))?;
                }
            }
        }
        if self.overflow > 0 {
            let what =
                format!("{} findings of further errors are not in the summary: it keeps {MOST_DISTINCT} errors apart", self.overflow);
            self.tell("note:", &what);
        }
        Ok(())
    }
}

/// How often an error was found, and where first and last.
fn occurrences(tally: &Tally) -> String {
    let place = |place: &Place| match &place.path {
        Some(path) => format!("{}:{}", human::printable(path), place.line),
        None => format!("line {}", place.line),
    };
    if tally.count == 1 {
        return format!("once, {}", place(&tally.first));
    }
    format!("{} times, first {}, last {}", tally.count, place(&tally.first), place(&tally.last))
}

fn rendered(all: &mut HashMap<Found, Rendered>, key: Found) -> &mut Rendered {
    all.entry(key).or_insert_with(|| {
        let answer = Answer::from(key);
        Rendered { short: human::short(&answer).into_bytes(), json: json::record(&answer), shown: false }
    })
}

/// The line that `at` is in and that begins at `begin`, which may be before the text.
fn line_around(text: &[u8], begin: i64, at: usize, is_last: bool) -> Line {
    let end = memchr::memchr2(b'\n', b'\r', &text[at..]).map(|len| at + len);
    Line { visible: usize::try_from(begin).unwrap_or(0)..end.unwrap_or(text.len()), continues: begin < 0, ends: end.is_some() || is_last }
}

/// Where the line ends that `from` is in, behind its line end, if that stands before `to`.
fn line_end(text: &[u8], from: usize, to: usize) -> Option<usize> {
    let at = from + memchr::memchr2(b'\n', b'\r', &text[from..to])?;
    Some(if text[at..to].starts_with(b"\r\n") { at + 2 } else { at + 1 })
}

/// The length of all whole lines of a text.
fn last_line_end(text: &[u8]) -> Option<usize> {
    memchr::memrchr2(b'\n', b'\r', text).map(|at| at + 1)
}

/// So much of a long line as is shown around a finding.
fn excerpt(line: &Line, finding: &Finding) -> Range<usize> {
    let room = EXCERPT.saturating_sub(finding.end - finding.start);
    let start = finding.start.saturating_sub(room / 2).max(line.visible.start);
    let end = (start + EXCERPT).min(line.visible.end);
    end.saturating_sub(EXCERPT).max(line.visible.start).min(start)..end
}
