//! Patterns of log lines: a text with named fields in braces, as `data/logs/*.toml` hold them. `data/README.md` describes the language.
//!
//! The build script and the library both compile this file. Nothing is tried twice at a place: a match takes time in proportion to the text
//! that it covers.

mod pieces;
mod texts;
mod time;

use pieces::{Fixed, Form, Piece};
use texts::{length, level};
use time::{clock, date, spaced_zone, zone};

pub(crate) use pieces::{Field, TEXTS};
pub(crate) use time::{Clock, ZoneFound};

/// A pattern, ready to be matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// What stands before the first field.
    begin: Fixed,
    /// The fields, each with what stands between it and the next one.
    fields: Vec<(Field, Form, Fixed)>,
}

/// What a match found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Match<'t> {
    /// Year, month, day.
    pub(crate) date: Option<(u16, u8, u8)>,
    pub(crate) time: Option<Clock<'t>>,
    pub(crate) zone: Option<ZoneFound>,
    /// As event logs count: 1 critical, 2 error, 3 warning, 4 information, 5 verbose.
    pub(crate) level: Option<u8>,
    /// What it was looked for in.
    text: &'t [u8],
    /// Where each text in it begins, and its length.
    texts: [(u32, u32); TEXTS.len()],
    /// How many bytes it covers.
    pub(crate) len: usize,
}

impl<'t> Match<'t> {
    /// The text of a field, if there is any.
    pub(crate) fn text(&self, name: &str) -> Option<&'t [u8]> {
        let (start, len) = self.texts[TEXTS.iter().position(|text| *text == name)?];
        (len > 0).then(|| &self.text[start as usize..][..len as usize])
    }
}

impl Pattern {
    /// Reads a pattern, or says what is wrong with it.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let mut pieces = pieces::read(source)?.into_iter().peekable();
        let begin = Fixed::of(&mut pieces);
        let mut fields = Vec::new();
        while let Some(Piece::Field(field, form)) = pieces.next() {
            fields.push((field, form, Fixed::of(&mut pieces)));
        }
        Ok(Self { begin, fields })
    }

    /// The fixed text that it begins with; empty where it begins with a field.
    pub(crate) fn literal(&self) -> &str {
        match self.begin.pieces.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// The four bytes that it can begin with; none where its beginning is not as fixed. A blank counts where one follows its first word.
    pub(crate) fn starts(&self) -> Vec<[u8; 4]> {
        let literal = self.literal().as_bytes();
        match (literal.first_chunk(), literal, self.begin.pieces.get(1)) {
            (Some(start), ..) => vec![*start],
            (None, &[first, second, third], Some(Piece::Blanks)) => [b' ', b'\t'].map(|blank| [first, second, third, blank]).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether it can begin with this byte.
    pub(crate) fn begins(&self, byte: u8) -> bool {
        match (self.begin.pieces.first(), self.fields.first()) {
            (Some(Piece::Text(text)), _) => text.as_bytes()[0] == byte,
            (None, Some((Field::Date | Field::Time, ..))) => byte.is_ascii_digit(),
            _ => true,
        }
    }

    /// The fixed texts that its second word can begin with; an empty one where its first word is not fixed or the second can be any.
    pub(crate) fn seconds(&self) -> Vec<&str> {
        match (self.begin.pieces.as_slice(), self.fields.first()) {
            ([Piece::Text(_), Piece::Blanks, Piece::Text(second), ..], _) => vec![second],
            ([Piece::Text(_), Piece::Blanks], Some((_, Form::OneOf(seconds), _))) => seconds.iter().map(String::as_str).collect(),
            _ => vec![""],
        }
    }

    /// Whether a text that it fits always has this byte in it.
    pub(crate) fn needs(&self, byte: u8) -> bool {
        let has = |fixed: &Fixed| fixed.pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if text.as_bytes().contains(&byte)));
        has(&self.begin) || self.fields.iter().any(|(_, form, follows)| *form == Form::Guid && byte == b'-' || has(follows))
    }

    /// The names of its fields, as it has them.
    pub(crate) fn fields(&self) -> Vec<&'static str> {
        let name = |field: &Field| match field {
            Field::Date => Some("date"),
            Field::Time => Some("time"),
            Field::Zone => Some("zone"),
            Field::Level => Some("level"),
            Field::Text(at) => Some(TEXTS[*at]),
            Field::Skipped => None,
        };
        self.fields.iter().filter_map(|(field, ..)| name(field)).collect()
    }

    /// What it finds at the beginning of `text`.
    pub(crate) fn matches<'t>(&self, text: &'t [u8]) -> Option<Match<'t>> {
        // Most texts end here.
        let mut at = self.begin.length(text)?;
        let mut found = Match { text, ..Match::default() };
        for (field, form, follows) in &self.fields {
            at = found.take(*field, form, at, follows)?;
        }
        found.len = at;
        Some(found)
    }
}

impl Match<'_> {
    /// Reads a field that begins at a place, and what `follows` in the pattern. Gives where that ends.
    fn take(&mut self, field: Field, form: &Form, at: usize, follows: &Fixed) -> Option<usize> {
        let rest = &self.text[at..];
        let len = match field {
            Field::Date => {
                let (date, len) = date(form, rest)?;
                self.date = Some(date);
                len
            }
            Field::Time => {
                let (time, len) = clock(form, rest)?;
                self.time = Some(time);
                len
            }
            Field::Zone => {
                let found = zone(form, rest).or_else(|| spaced_zone(form, rest));
                if found.is_none() && *form != Form::OffsetOrNone {
                    return None;
                }
                self.zone = found.map(|(zone, _)| zone);
                found.map_or(0, |(_, len)| len)
            }
            Field::Level => {
                let (level, len) = level(form, rest)?;
                self.level = Some(level);
                len
            }
            Field::Text(_) | Field::Skipped => {
                let (len, behind) = length(form, rest, follows)?;
                if let Field::Text(text) = field {
                    self.texts[text] = (at as u32, len as u32);
                }
                return Some(at + len + behind);
            }
        };
        Some(at + len + follows.length(&rest[len..])?)
    }
}
