//! The pieces of a pattern: fixed texts, blanks and fields; how they are written, and how long the fixed ones are in a text.

use std::iter::Peekable;

/// What a field of a pattern holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Date,
    Time,
    Zone,
    Level,
    /// A text, by its place in [`TEXTS`].
    Text(usize),
    /// Anything; it is skipped.
    Skipped,
}

/// The names of the fields that are texts.
pub(crate) const TEXTS: [&str; 8] = ["component", "thread", "id", "name", "phase", "step", "enrollment", "correlation"];

/// How a field is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 2024-05-13 or 2024/05/13.
    Ymd,
    /// 5-13-2024 or 05/13/2024.
    Mdy,
    /// 5/13/2024 as Windows writes it in the United States, and nowhere else.
    Us,
    /// 10:00:00 with or without a fraction.
    Clock,
    /// The same with a fraction of this many digits.
    ClockOf(usize),
    /// 2:00:00 PM.
    HalfDay,
    /// Z, UTC, +02, +0200 or +02:00.
    Offset,
    /// The same, or nothing.
    OffsetOrNone,
    /// Minutes west of UTC, with a sign.
    Bias,
    /// A word or letter for a level.
    LevelWord,
    /// 1, 2 or 3, as `CMTrace` counts.
    LevelNumber,
    /// Up to what follows in the pattern, or to the end of the line.
    Until,
    /// The same without a colon and a blank, which would be another field of the line.
    Plain,
    /// Letters, digits, `_`, `-` and `.`.
    Word,
    /// Two or more capitals, digits, `_` and `-`.
    Capitals,
    Digits,
    Hex,
    Guid,
    /// The inside of a JSON string.
    Json,
    /// A key of the registry with its root, up to the bracket.
    Key,
    /// Up to two blanks, a bar or the end of the line.
    Cell,
    OneOf(Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// One or more blanks and tabs.
    Blanks,
    /// The end of the line, with or without blanks before it.
    End,
    Field(Field, Form),
}

/// Reads the pieces of a pattern, or says what is wrong with it.
pub(super) fn read(source: &str) -> Result<Vec<Piece>, String> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let brace = rest.get(..2).filter(|two| matches!(*two, "{{" | "}}"));
        if let Some(two) = brace {
            text(&mut pieces, &two[1..]);
            rest = &rest[2..];
        } else if let Some(field) = rest.strip_prefix('{') {
            let (field, after) = field.split_once('}').ok_or("a brace is not closed")?;
            pieces.push(piece(field)?);
            rest = after;
        } else if c == '}' {
            return Err("a brace is closed that is not open; write }} for the character".to_owned());
        } else if let Some(after) = rest.strip_prefix(' ') {
            pieces.push(Piece::Blanks);
            rest = after.trim_start_matches(' ');
        } else {
            let len = rest.find(['{', '}', ' ']).unwrap_or(rest.len());
            text(&mut pieces, &rest[..len]);
            rest = &rest[len..];
        }
    }
    for (position, piece) in pieces.iter().enumerate() {
        let next = pieces.get(position + 1);
        if matches!(piece, Piece::Field(_, Form::Until | Form::Plain)) && matches!(next, Some(Piece::Field(..))) {
            return Err("a field that goes up to what follows is followed by a field".to_owned());
        }
        if *piece == Piece::End && next.is_some() {
            return Err("something follows {end}".to_owned());
        }
    }
    if pieces.is_empty() {
        return Err("is empty".to_owned());
    }
    Ok(pieces)
}

/// Appends text to the pieces.
fn text(pieces: &mut Vec<Piece>, more: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(text)) => text.push_str(more),
        _ => pieces.push(Piece::Text(more.to_owned())),
    }
}

/// The piece that is written in braces.
fn piece(source: &str) -> Result<Piece, String> {
    if source == "end" {
        return Ok(Piece::End);
    }
    let (name, form) = source.split_once(':').map_or((source, None), |(name, form)| (name, Some(form)));
    let field = match name {
        "date" => Field::Date,
        "time" => Field::Time,
        "zone" => Field::Zone,
        "level" => Field::Level,
        "_" => Field::Skipped,
        _ => Field::Text(TEXTS.iter().position(|text| *text == name).ok_or_else(|| format!("there is no field {name:?}"))?),
    };
    let form = match (field, form) {
        (Field::Date, None) => Form::Ymd,
        (Field::Date, Some("mdy")) => Form::Mdy,
        (Field::Date, Some("us")) => Form::Us,
        (Field::Time, None) => Form::Clock,
        (Field::Time, Some("12")) => Form::HalfDay,
        (Field::Time, Some(digits)) if ["3", "6", "7"].contains(&digits) => Form::ClockOf(usize::from(digits.as_bytes()[0] - b'0')),
        (Field::Zone, None) => Form::Offset,
        (Field::Zone, Some("maybe")) => Form::OffsetOrNone,
        (Field::Zone, Some("bias")) => Form::Bias,
        (Field::Level, None) => Form::LevelWord,
        (Field::Level, Some("number")) => Form::LevelNumber,
        (Field::Text(_) | Field::Skipped, None) => Form::Until,
        (Field::Text(_) | Field::Skipped, Some("plain")) => Form::Plain,
        (Field::Text(_) | Field::Skipped, Some("word")) => Form::Word,
        (Field::Text(_) | Field::Skipped, Some("capitals")) => Form::Capitals,
        (Field::Text(_) | Field::Skipped, Some("digits")) => Form::Digits,
        (Field::Text(_) | Field::Skipped, Some("hex")) => Form::Hex,
        (Field::Text(_) | Field::Skipped, Some("guid")) => Form::Guid,
        (Field::Text(_) | Field::Skipped, Some("json")) => Form::Json,
        (Field::Text(_) | Field::Skipped, Some("cell")) => Form::Cell,
        (Field::Text(_) | Field::Skipped, Some("key")) => Form::Key,
        (Field::Text(_) | Field::Skipped, Some(words)) if words.contains('|') => {
            let mut words: Vec<String> = words.split('|').map(str::to_owned).collect();
            if words.iter().any(String::is_empty) {
                return Err(format!("{name} has an empty word to choose from"));
            }
            // The longest that fits is meant.
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            Form::OneOf(words)
        }
        (_, Some(form)) => return Err(format!("{name} can't be written as {form:?}")),
    };
    Ok(Piece::Field(field, form))
}

/// Pieces of a pattern between two fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) pieces: Vec<Piece>,
    /// What they most often are; empty where that is not known.
    usual: Vec<u8>,
}

impl Fixed {
    /// Those that come next.
    pub(super) fn of(pieces: &mut Peekable<impl Iterator<Item = Piece>>) -> Self {
        let pieces: Vec<Piece> = std::iter::from_fn(|| pieces.next_if(|piece| !matches!(piece, Piece::Field(..)))).collect();
        Self { usual: usual(&pieces), pieces }
    }

    /// Their length at the beginning of `text`.
    pub(super) fn length(&self, text: &[u8]) -> Option<usize> {
        if !self.usual.is_empty() && text.starts_with(&self.usual) {
            return Some(self.usual.len());
        }
        fixed_length(&self.pieces, text)
    }
}

/// Whether a piece without a field can begin with this byte.
pub(super) fn begins(piece: &Piece, byte: u8) -> bool {
    match piece {
        Piece::Text(text) => text.as_bytes()[0] == byte,
        _ => matches!(byte, b' ' | b'\t' | b'\r' | b'\n'),
    }
}

/// What pieces without a field most often are: with one blank for blanks. A blank at their end could be one of several in a text, and so could
/// its end.
fn usual(pieces: &[Piece]) -> Vec<u8> {
    if pieces.len() < 2 || !matches!(pieces.last(), Some(Piece::Text(_))) {
        return Vec::new();
    }
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_bytes(),
        _ => b" ",
    });
    texts.collect::<Vec<_>>().concat()
}

/// The length of pieces without a field at the beginning of `text`.
fn fixed_length(pieces: &[Piece], text: &[u8]) -> Option<usize> {
    let mut at = 0;
    for piece in pieces {
        let rest = &text[at..];
        at += match piece {
            Piece::Text(text) => rest.starts_with(text.as_bytes()).then_some(text.len())?,
            Piece::Blanks => Some(blanks(rest)).filter(|len| *len > 0)?,
            _ => Some(blanks(rest)).filter(|len| matches!(rest.get(*len), None | Some(b'\r' | b'\n')))?,
        };
    }
    Some(at)
}

pub(super) fn blanks(text: &[u8]) -> usize {
    count(text, |byte| matches!(byte, b' ' | b'\t'))
}

/// How many bytes at the beginning are of a kind.
pub(super) fn count(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| is(**byte)).count()
}
