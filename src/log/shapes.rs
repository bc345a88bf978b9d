//! The shapes of log lines, as `data/logs/*.toml` list them, made ready once per process.

use std::sync::OnceLock;

use super::head::LogFamily;
use crate::pattern::{Match, Pattern};

/// A line shape as the build wrote it.
pub(super) struct HeadSource {
    id: &'static str,
    /// One more than the position of the family, or 0.
    family: u8,
    /// A position in the `KINDS` of `build/logs.rs`.
    kind: u8,
    pattern: &'static str,
}

/// What `build.rs` makes of `data/logs/`.
mod generated {
    use super::HeadSource;

    include!(concat!(env!("OUT_DIR"), "/logs.rs"));
}

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

/// All shapes by what they tell, the specific ones before the general ones.
pub(super) struct Shapes {
    lines: Vec<Shape>,
    /// What the shapes of lines can begin with, so that most lines are passed over at once.
    begins: [bool; 256],
    ends: Vec<Shape>,
    marks: Vec<Shape>,
    pub(super) files: Vec<Shape>,
    /// How the lines begin that give a date.
    pub(super) dates: Vec<&'static str>,
}

/// The shapes.
pub(super) fn shapes() -> &'static Shapes {
    static SHAPES: OnceLock<Shapes> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let mut shapes =
            Shapes { lines: Vec::new(), begins: [false; 256], ends: Vec::new(), marks: Vec::new(), files: Vec::new(), dates: Vec::new() };
        for source in &generated::HEADS {
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
        }
        for byte in 0..=255 {
            shapes.begins[usize::from(byte)] = shapes.lines.iter().any(|shape| shape.pattern.begins(byte));
        }
        shapes
    })
}

impl Shapes {
    /// The head that a line begins with.
    pub(super) fn line<'t>(&self, line: &'t [u8]) -> Option<(&Shape, Match<'t>)> {
        let first = *line.first()?;
        if !self.begins[usize::from(first)] {
            return None;
        }
        let mut shapes = self.lines.iter().filter(|shape| shape.pattern.begins(first));
        shapes.find_map(|shape| Some((shape, shape.pattern.matches(line)?)))
    }

    /// The head at the end of a record, which stands at the beginning of `text`.
    pub(super) fn end<'t>(&self, text: &'t [u8]) -> Option<(&Shape, Match<'t>)> {
        self.ends.iter().find_map(|shape| Some((shape, shape.pattern.matches(text)?)))
    }

    /// What a line tells about those below it. Blanks before it are none of its text.
    pub(super) fn mark<'t>(&self, line: &'t [u8]) -> Option<(&Shape, Match<'t>)> {
        let first = *line.first()?;
        let mut shapes = self.marks.iter().filter(|shape| shape.pattern.begins(first));
        shapes.find_map(|shape| Some((shape, shape.pattern.matches(line)?)))
    }
}
