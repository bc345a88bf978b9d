//! A scan: files and pasted texts in, a summary or JSON out.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use intune_err::evidence::{Event, Limits, Source as Bytes, Unread, Visitor, walk};
use intune_err::log::Case;
use intune_err::report::json::{self, Record};
use intune_err::report::text::Text;
use intune_err::report::{Overview, Reasons, Totals};
use intune_err::{Context, Events, Found, Groups, Lookup, Occurrence, Passage, Place, Scanner, Stream, Tally};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;

use crate::html::{blocks, escaped};
use crate::source::{Source, fault};

/// A scan under way.
pub(crate) struct Scan {
    events: Events,
    /// The text that is being read.
    stream: Option<Stream>,
    path: Option<Arc<str>>,
    case: Case,
    form: Form,
}

/// What comes out of the scan.
enum Form {
    Summary(Box<Summary>),
    Json(Box<Objects>),
}

impl Scan {
    pub(crate) fn new(json: Option<Function>) -> Self {
        let form = match json {
            Some(take) => Form::Json(Box::new(Objects::new(take))),
            None => Form::Summary(Box::default()),
        };
        Self { events: Events::new(Scanner::new(), false), stream: None, path: None, case: Case::default(), form }
    }

    pub(crate) fn file(&mut self, name: &str, mut file: Source) -> io::Result<()> {
        walk(name, Bytes::File(&mut file), &Limits::default(), self)
    }

    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.begin(None);
        // In pieces, as from a file.
        text.as_bytes().chunks(1 << 16).try_for_each(|piece| self.piece(piece))?;
        self.end_text()
    }

    fn begin(&mut self, path: Option<&str>) {
        self.path = path.map(Arc::from);
        self.case.begin(path);
        if let Form::Summary(summary) = &mut self.form {
            summary.begin(self.path.as_ref());
        }
        self.stream = Some(Stream::new(Scanner::new()));
    }

    fn piece(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Self { stream: Some(stream), case, form, path, .. } = self else { return Ok(()) };
        let mut done = Ok(());
        stream.push(bytes, |passage| {
            if done.is_ok() {
                done = form.passage(path.as_ref(), passage, case);
            }
        });
        done
    }

    pub(crate) fn end(mut self) -> io::Result<String> {
        self.case.end();
        match self.form {
            Form::Summary(summary) => summary.html(&self.case),
            Form::Json(objects) => objects.end().map(|()| String::new()),
        }
    }
}

impl Form {
    fn passage(&mut self, path: Option<&Arc<str>>, passage: &Passage<'_>, case: &mut Case) -> io::Result<()> {
        let passage = passage.followed(case);
        if let Self::Summary(summary) = self {
            summary.pass(&passage);
        }
        self.occurrences(path, passage.occurrences(), case)
    }

    fn occurrences<'a>(&mut self, path: Option<&Arc<str>>, found: impl Iterator<Item = Occurrence<'a>>, case: &Case) -> io::Result<()> {
        match self {
            Self::Summary(summary) => found.for_each(|found| summary.add(path, &found)),
            Self::Json(objects) => return found.into_iter().try_for_each(|found| objects.write(path, &found, case)),
        }
        Ok(())
    }
}

impl Visitor for Scan {
    fn begin_text(&mut self, place: &str) -> io::Result<()> {
        self.begin(Some(place));
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.piece(bytes)
    }

    fn end_text(&mut self) -> io::Result<()> {
        let Some(stream) = self.stream.take() else { return Ok(()) };
        let Self { case, form, path, .. } = self;
        let mut done = Ok(());
        stream.finish(|passage| {
            if done.is_ok() {
                done = form.passage(path.as_ref(), passage, case);
            }
        });
        done
    }

    fn event(&mut self, place: &str, event: &Event<'_>) -> io::Result<()> {
        let Some(line) = self.events.line(event) else { return Ok(()) };
        if self.path.as_deref() != Some(place) {
            self.path = Some(Arc::from(place));
        }
        if let Form::Summary(summary) = &mut self.form {
            summary.begin(self.path.as_ref());
        }
        let findings = Scanner::new().scan_event(&line.text, line.head.meaning);
        let found = Occurrence::of_event(&line.head, line.number, &line.text, &findings);
        self.form.occurrences(self.path.as_ref(), found, &self.case)
    }

    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        match &mut self.form {
            Form::Summary(summary) => {
                summary.unread += 1;
                let why =
                    if matches!(why, Unread::NotCollected(_)) { "not collected by the collector".to_owned() } else { why.to_string() };
                summary.reasons.add(place, &why);
                Ok(())
            }
            // What the collector could not collect says nothing of the device.
            Form::Json(_) if matches!(why, Unread::NotCollected(_)) => Ok(()),
            Form::Json(objects) => {
                json::unread(&mut objects.out, place, &why.to_string())?;
                objects.hand_over(PIECE)
            }
        }
    }
}

/// How many bytes of JSON are handed over at once.
const PIECE: usize = 1 << 20;
/// How many bytes of records are kept; a log with more errors than fit has them written anew.
const MOST: usize = 3 << 20;

/// An object per finding.
struct Objects {
    take: Function,
    out: Vec<u8>,
    lookup: Lookup,
    records: HashMap<(Found, Context), Record>,
    /// Whether an error has no more than one entry.
    plain: HashMap<Found, bool>,
    /// The size of all records together.
    kept: usize,
}

impl Objects {
    fn new(take: Function) -> Self {
        Self { take, out: Vec::new(), lookup: Lookup::new(), records: HashMap::new(), plain: HashMap::new(), kept: 0 }
    }

    fn write(&mut self, path: Option<&Arc<str>>, found: &Occurrence<'_>, case: &Case) -> io::Result<()> {
        if self.kept > MOST {
            self.records.clear();
            self.plain.clear();
            self.kept = 0;
        }
        // Only where several entries can be meant does their order depend on where it stands.
        let plain = *self.plain.entry(found.what).or_insert_with(|| self.lookup.finding(found.what, &Context::default()).entries.len() < 2);
        let context = if plain { Context::default() } else { found.context() };
        let record = self.records.entry((found.what, context)).or_insert_with(|| {
            let record = Record::of(&self.lookup.finding(found.what, &context));
            self.kept += record.as_bytes().len() + size_of::<(Found, Context, Record)>();
            record
        });
        json::occurrence(&mut self.out, path.map(AsRef::as_ref), found, record, case.names(), json::EXCERPT)?;
        self.hand_over(PIECE)
    }

    /// Hands over what there is, if it is so much.
    fn hand_over(&mut self, least: usize) -> io::Result<()> {
        if self.out.len() < least {
            return Ok(());
        }
        self.take.call1(&JsValue::NULL, &Uint8Array::from(self.out.as_slice())).map_err(|thrown| fault(&thrown))?;
        self.out.clear();
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.hand_over(0)
    }
}

/// All errors, counted.
#[derive(Default)]
struct Summary {
    lookup: Lookup,
    tally: Tally,
    groups: Groups,
    /// Where each error's first finding stands.
    contexts: HashMap<Found, Context>,
    path: Option<Arc<str>>,
    files: u64,
    lines: u64,
    unread: u64,
    reasons: Reasons,
    /// Whether an archive is among the inputs.
    has_archive: bool,
}

impl Summary {
    fn begin(&mut self, path: Option<&Arc<str>>) {
        // The events of a log come one by one, each with the log's place.
        if path.is_none() || self.path.as_ref() != path {
            self.files += 1;
        }
        self.has_archive |= path.is_some_and(|path| path.contains('!'));
        self.path = path.cloned();
    }

    fn pass(&mut self, passage: &Passage<'_>) {
        // A last line without an end is one, too.
        let is_open = passage.is_last() && !passage.text().is_empty() && !passage.text().ends_with(b"\n");
        self.lines += passage.lines() + u64::from(is_open);
    }

    fn add(&mut self, path: Option<&Arc<str>>, found: &Occurrence<'_>) {
        let place = Place { path: path.cloned(), line: found.line, is_record: found.event.is_some() };
        if self.contexts.len() < Tally::MOST && !self.contexts.contains_key(&found.what) {
            self.contexts.insert(found.what, found.context());
        }
        self.groups.add(found, &place);
        self.tally.add(found.what, found.matched(), &place);
    }

    fn html(&self, case: &Case) -> io::Result<String> {
        let of = |what: Found| self.contexts.get(&what).copied().unwrap_or_default();
        let overview = Overview::of(&self.tally, &self.groups, case, |count| self.lookup.finding(count.what, &of(count.what)));
        let (errors, findings) = (overview.errors.len() as u64, self.tally.total());
        let totals = Totals { files: self.files, lines: self.lines, findings, errors, unread: self.unread };
        let text = Text::plain();
        let mut head = Vec::new();
        if self.has_archive || self.files > 1 {
            text.device(&mut head, case.device())?;
        }
        text.overview(&mut head, &overview, &totals)?;
        text.unread(&mut head, &self.reasons)?;
        let mut html = format!("<pre tabindex=\"0\">{}</pre>", escaped(&String::from_utf8_lossy(&head)));
        for (position, (count, answer)) in overview.errors.iter().enumerate() {
            let mut out = Vec::new();
            text.count(&mut out, position + 1, answer, count, &of(count.what))?;
            out.flush()?;
            html += &format!("<article>{}</article>", blocks(&String::from_utf8_lossy(&out)));
        }
        Ok(html)
    }
}
