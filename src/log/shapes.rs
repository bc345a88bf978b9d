//! The shapes of log lines, as `data/logs/*.toml` list them, made ready once per process.

use std::sync::OnceLock;

use super::generated::HeadSource;
use super::head::{Head, Level, LogFamily, Texts};
use super::time::{Time, Zone};
use crate::pattern::{Match, Pattern, ZoneFound};

/// What a shape tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A record begins.
    Line,
    /// A record ends.
    End,
    /// A heading, whose text is the component of what follows.
    Section,
    /// The time of the rows below.
    Time,
    /// The date of the records below, which have a time of day alone.
    Date,
    /// The family of the whole text.
    File,
}

/// A shape, ready to be matched.
pub(super) struct Shape {
    pub(super) id: &'static str,
    pub(super) family: Option<LogFamily>,
    pub(super) kind: Kind,
    pub(super) pattern: Pattern,
}

impl Shape {
    /// The head that it found. A time of day alone is one after `date`. The component and the thread are shared with those before.
    pub(super) fn head(&self, found: &Match<'_>, date: Option<Time>, [components, threads]: &mut [Texts; 2]) -> Head {
        let time = found.time.and_then(|(clock, fraction)| match (found.date, date) {
            (Some(date), _) => Time::new(date, clock, fraction),
            // Only the records of the family that writes such dates have a time of day alone.
            (None, Some(date)) if self.family == Some(LogFamily::Msi) => date.next_at(clock, fraction),
            _ => None,
        });
        let time = match found.zone {
            Some(ZoneFound::Utc) => time.map(|time| time.or_zone(Zone::Utc)),
            Some(ZoneFound::Offset(minutes)) => time.map(|time| time.or_zone(Zone::Offset(minutes))),
            None => time,
        };
        Head {
            time,
            component: found.text("component").map(|text| components.of(text)),
            thread: found.text("thread").map(|text| threads.of(text)),
            level: found.level.and_then(Level::of),
            family: self.family,
            shape: Some(self.id),
        }
    }
}

/// All shapes by what they tell, the specific ones before the general ones.
pub(super) struct Shapes {
    lines: Vec<Shape>,
    /// How many of those are specific: no two of them fit the same line.
    specific: usize,
    /// What lines can begin with that fit a shape, so that most are passed over at once.
    line_begins: [bool; 256],
    ends: Vec<Shape>,
    marks: Vec<Shape>,
    mark_begins: [bool; 256],
    pub(super) files: Vec<Shape>,
    /// How the lines begin that give a date.
    pub(super) dates: Vec<&'static str>,
}

/// The shapes.
pub(super) fn shapes() -> &'static Shapes {
    static SHAPES: OnceLock<Shapes> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let none = || [false; 256];
        let (lines, ends, marks, files, dates) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut shapes = Shapes { lines, specific: 0, line_begins: none(), ends, marks, mark_begins: none(), files, dates };
        for source in HeadSource::all() {
            // The build has checked every pattern.
            let Ok(pattern) = Pattern::new(source.pattern) else { continue };
            let kinds = [Kind::Line, Kind::End, Kind::Section, Kind::Time, Kind::Date, Kind::File];
            let kind = kinds[usize::from(source.kind)];
            if kind == Kind::Date {
                shapes.dates.push(source.pattern.split('{').next().unwrap_or_default());
            }
            let of_kind = match kind {
                Kind::Line => &mut shapes.lines,
                Kind::End => &mut shapes.ends,
                Kind::Section | Kind::Time | Kind::Date => &mut shapes.marks,
                Kind::File => &mut shapes.files,
            };
            let family = usize::from(source.family).checked_sub(1).map(|position| LogFamily::ALL[position]);
            of_kind.push(Shape { id: source.id, family, kind, pattern });
            if !source.general {
                shapes.specific = shapes.lines.len();
            }
        }
        for byte in 0..=255 {
            let begins = |of: &[Shape]| of.iter().any(|shape| shape.pattern.begins(byte));
            shapes.line_begins[usize::from(byte)] = begins(&shapes.lines);
            shapes.mark_begins[usize::from(byte)] = begins(&shapes.marks);
        }
        shapes
    })
}

impl Shapes {
    /// The head that a line begins with. Most lines of a log have the shape of the line before: `last` is its position.
    pub(super) fn line<'t>(&self, line: &'t [u8], last: &mut usize) -> Option<(&Shape, Match<'t>)> {
        let first = *line.first()?;
        if !self.line_begins[usize::from(first)] {
            return None;
        }
        let fits = |position: usize| {
            let shape = self.lines.get(position).filter(|shape| shape.pattern.begins(first))?;
            Some((position, shape.pattern.matches(line)?))
        };
        let found = if *last < self.specific { fits(*last) } else { None };
        let (position, found) = found.or_else(|| (0..self.lines.len()).find_map(fits))?;
        *last = position;
        Some((&self.lines[position], found))
    }

    /// The head at the end of a record, which stands at the beginning of `text`.
    pub(super) fn end<'t>(&self, text: &'t [u8]) -> Option<(&Shape, Match<'t>)> {
        self.ends.iter().find_map(|shape| Some((shape, shape.pattern.matches(text)?)))
    }

    /// What a line tells about those below it. Blanks before it are none of its text.
    pub(super) fn mark<'t>(&self, line: &'t [u8]) -> Option<(&Shape, Match<'t>)> {
        let first = *line.first()?;
        if !self.mark_begins[usize::from(first)] {
            return None;
        }
        self.marks.iter().find_map(|shape| Some((shape, shape.pattern.matches(line)?)))
    }
}
