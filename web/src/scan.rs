//! A scan: files and pasted texts in, a report or JSON out.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use intune_err::evidence::{Event, Limits, Source as Bytes, Unread, Visitor, walk};
use intune_err::log::Case;
use intune_err::report::Reasons;
use intune_err::report::html::{self, About};
use intune_err::report::json::{self, Record};
use intune_err::{Context, Digest, Events, Found, Lookup, Occurrence, Passage, Redactor, Scanner, Stream};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;

use crate::source::{Source, fault};

/// A scan under way.
pub(crate) struct Scan {
    events: Events,
    /// The text that is being read.
    stream: Option<Stream>,
    path: Option<Arc<str>>,
    case: Case,
    /// What takes out what is personal, if that was asked for.
    redactor: Option<Redactor>,
    form: Form,
}

/// What comes out of the scan.
enum Form {
    Report(Box<Report>),
    Json(Box<Objects>),
}

/// What a report is made of.
struct Report {
    digest: Digest,
    unread: Reasons,
    about: About,
}

impl Scan {
    /// A scan of these inputs whose end is a report that says it was made at this time.
    pub(crate) fn report(made: &str, inputs: Vec<String>, redacts: bool) -> Self {
        let mut redactor = redacts.then(Redactor::default);
        let mut about = About::new(made);
        about.inputs = inputs.into_iter().map(|input| redacted(redactor.as_mut(), &input).into_owned()).collect();
        about.is_redacted = redacts;
        Self::new(Form::Report(Box::new(Report { digest: Digest::for_report(), unread: Reasons::default(), about })), redactor)
    }

    /// A scan that hands over an object per finding.
    pub(crate) fn json(take: Function, redacts: bool) -> Self {
        Self::new(Form::Json(Box::new(Objects::new(take))), redacts.then(Redactor::default))
    }

    fn new(form: Form, redactor: Option<Redactor>) -> Self {
        Self { events: Events::new(Scanner::new(), false), stream: None, path: None, case: Case::default(), redactor, form }
    }

    pub(crate) fn file(&mut self, name: &str, mut file: Source) -> io::Result<()> {
        let walked = walk(name, Bytes::File(&mut file), &Limits::default(), self);
        if let (Err(error), Form::Report(report)) = (&walked, &mut self.form) {
            report.unread.add(&redacted(self.redactor.as_mut(), name), &error.to_string());
        }
        walked
    }

    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.begin(None);
        // In pieces, as from a file.
        text.as_bytes().chunks(1 << 16).try_for_each(|piece| self.piece(piece))?;
        self.end_text()
    }

    fn begin(&mut self, path: Option<&str>) {
        self.path = path.map(|path| redacted(self.redactor.as_mut(), path).into());
        self.case.begin(self.path.as_deref());
        if let Form::Report(report) = &mut self.form {
            report.digest.begin(self.path.clone());
        }
        self.stream = Some(Stream::new(Scanner::new()));
    }

    fn piece(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Self { stream: Some(stream), case, form, path, redactor, .. } = self else { return Ok(()) };
        let mut done = Ok(());
        stream.push(bytes, |passage| {
            if done.is_ok() {
                done = form.passage(path.as_ref(), passage, case, redactor.as_mut());
            }
        });
        done
    }

    pub(crate) fn end(mut self) -> io::Result<String> {
        self.case.end();
        if let Some(redactor) = &mut self.redactor {
            self.case.device_mut().say(|fact, value| redactor.fact(fact, value));
        }
        match self.form {
            Form::Report(report) => {
                let mut out = Vec::new();
                html::report(&mut out, &report.digest, &self.case, &Lookup::new(), &report.unread, &report.about)?;
                Ok(String::from_utf8_lossy(&out).into_owned())
            }
            Form::Json(objects) => objects.end().map(|()| String::new()),
        }
    }
}

impl Form {
    fn passage(
        &mut self,
        path: Option<&Arc<str>>,
        passage: &Passage<'_>,
        case: &mut Case,
        redactor: Option<&mut Redactor>,
    ) -> io::Result<()> {
        let passage = passage.followed(case);
        if let Self::Report(report) = self {
            report.digest.pass(&passage);
        }
        self.occurrences(path, passage.occurrences(), case, redactor)
    }

    /// Takes what was found, without what is personal if that was asked for.
    fn occurrences<'a>(
        &mut self,
        path: Option<&Arc<str>>,
        found: impl Iterator<Item = Occurrence<'a>>,
        case: &Case,
        redactor: Option<&mut Redactor>,
    ) -> io::Result<()> {
        let Some(redactor) = redactor else { return self.take(path, found, case) };
        let lines =
            redactor.lines(&found.collect::<Vec<_>>(), |found| matches!(&*self, Self::Report(report) if report.digest.keeps_lines(found)));
        self.take(path, lines.occurrences(), case)
    }

    fn take<'a>(&mut self, path: Option<&Arc<str>>, mut found: impl Iterator<Item = Occurrence<'a>>, case: &Case) -> io::Result<()> {
        match self {
            Self::Report(report) => {
                found.for_each(|found| report.digest.add(&found));
                Ok(())
            }
            Self::Json(objects) => found.try_for_each(|found| objects.write(path, &found, case)),
        }
    }
}

/// A text without what is personal, if that is to be taken out.
fn redacted<'t>(redactor: Option<&mut Redactor>, text: &'t str) -> Cow<'t, str> {
    redactor.map_or(Cow::Borrowed(text), |redactor| redactor.redact(text))
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
        let Self { case, form, path, redactor, .. } = self;
        let mut done = Ok(());
        stream.finish(|passage| {
            if done.is_ok() {
                done = form.passage(path.as_ref(), passage, case, redactor.as_mut());
            }
        });
        done
    }

    fn event(&mut self, place: &str, event: &Event<'_>) -> io::Result<()> {
        let Some(line) = self.events.line(event) else { return Ok(()) };
        self.path = Some(redacted(self.redactor.as_mut(), place).into());
        if let Form::Report(report) = &mut self.form {
            report.digest.begin(self.path.clone());
        }
        let findings = Scanner::new().scan_event(&line.text, line.head.meaning);
        let found = Occurrence::of_event(&line.head, line.number, &line.text, &findings);
        self.form.occurrences(self.path.as_ref(), found, &self.case, self.redactor.as_mut())
    }

    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        let of_collector = matches!(why, Unread::NotCollected(_));
        let place = redacted(self.redactor.as_mut(), place);
        let why = if of_collector { "not collected by the collector".to_owned() } else { why.to_string() };
        let why = redacted(self.redactor.as_mut(), &why);
        match &mut self.form {
            Form::Report(report) => {
                report.unread.add(&place, &why);
                Ok(())
            }
            // What the collector could not collect says nothing of the device.
            Form::Json(_) if of_collector => Ok(()),
            Form::Json(objects) => {
                json::unread(&mut objects.out, &place, &why)?;
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
