//! Patterns of log lines: a text with named fields in braces, as `data/logs/*.toml` hold them. `data/README.md` describes the language.
//!
//! The build script and the library both compile this file. It uses nothing but the standard library. Nothing is tried twice at a place:
//! a match takes time in proportion to the text that it covers.

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
enum Form {
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
enum Piece {
    Text(String),
    /// One or more blanks and tabs.
    Blanks,
    /// The end of the line, with or without blanks before it.
    End,
    Field(Field, Form),
}

/// A pattern, ready to be matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pieces: Vec<Piece>,
    /// For each piece what it and those up to the next field most often are, if that is a text: with one blank for blanks.
    usual: Vec<Vec<u8>>,
}

/// The zone that a match found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneFound {
    Utc,
    /// Minutes east of UTC.
    Offset(i16),
}

/// Hour, minute and second, and the digits of the fraction.
pub(crate) type Clock<'t> = ((u8, u8, u8), &'t [u8]);

/// What a match found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Match<'t> {
    /// Year, month, day.
    pub(crate) date: Option<(u16, u8, u8)>,
    pub(crate) time: Option<Clock<'t>>,
    pub(crate) zone: Option<ZoneFound>,
    /// As event logs count: 1 critical, 2 error, 3 warning, 4 information, 5 verbose.
    pub(crate) level: Option<u8>,
    texts: [Option<&'t [u8]>; TEXTS.len()],
    /// How many bytes it covers.
    pub(crate) len: usize,
}

impl<'t> Match<'t> {
    /// The text of a field, if there is any.
    pub(crate) fn text(&self, name: &str) -> Option<&'t [u8]> {
        self.texts[TEXTS.iter().position(|text| *text == name)?].filter(|text| !text.is_empty())
    }
}

/// No field is longer.
const LONGEST: usize = 1024;

impl Pattern {
    /// Reads a pattern, or says what is wrong with it.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
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
                let len = c.len_utf8();
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
        let usual = (0..pieces.len()).map(|at| usual(&pieces[at..])).collect();
        Ok(Self { pieces, usual })
    }

    /// The fixed text that it begins with; empty where it begins with a field.
    pub(crate) fn literal(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// The four bytes that it can begin with; none where its beginning is not as fixed. A blank counts where one follows its first word.
    pub(crate) fn starts(&self) -> Vec<[u8; 4]> {
        let literal = self.literal().as_bytes();
        match (literal.first_chunk(), literal, self.pieces.get(1)) {
            (Some(start), ..) => vec![*start],
            (None, &[first, second, third], Some(Piece::Blanks)) => [b' ', b'\t'].map(|blank| [first, second, third, blank]).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether it can begin with this byte.
    pub(crate) fn begins(&self, byte: u8) -> bool {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text.as_bytes()[0] == byte,
            Some(Piece::Field(Field::Date | Field::Time, _)) => byte.is_ascii_digit(),
            _ => true,
        }
    }

    /// The fixed texts that its second word can begin with; an empty one where its first word is not fixed or the second can be any.
    pub(crate) fn seconds(&self) -> Vec<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(_), Piece::Blanks, Piece::Text(second), ..] => vec![second],
            [Piece::Text(_), Piece::Blanks, Piece::Field(_, Form::OneOf(seconds)), ..] => seconds.iter().map(String::as_str).collect(),
            _ => vec![""],
        }
    }

    /// Whether a text that it fits always has this byte in it.
    pub(crate) fn needs(&self, byte: u8) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Text(text) => text.as_bytes().contains(&byte),
            Piece::Field(_, Form::Guid) => byte == b'-',
            _ => false,
        })
    }

    /// The names of its fields, as it has them.
    pub(crate) fn fields(&self) -> Vec<&'static str> {
        let name = |piece: &Piece| match piece {
            Piece::Field(Field::Date, _) => Some("date"),
            Piece::Field(Field::Time, _) => Some("time"),
            Piece::Field(Field::Zone, _) => Some("zone"),
            Piece::Field(Field::Level, _) => Some("level"),
            Piece::Field(Field::Text(at), _) => Some(TEXTS[*at]),
            _ => None,
        };
        self.pieces.iter().filter_map(name).collect()
    }

    /// What it finds at the beginning of `text`.
    pub(crate) fn matches<'t>(&self, text: &'t [u8]) -> Option<Match<'t>> {
        let mut next = self.fixed(0);
        // Most texts end here.
        let mut at = next.length(text)?;
        let mut found = Match::default();
        while let Some(Piece::Field(field, form)) = self.pieces.get(next.end) {
            next = self.fixed(next.end + 1);
            at += found.take(*field, form, &text[at..], &next)?;
            at += next.length(&text[at..])?;
        }
        found.len = at;
        Some(found)
    }
}

impl Pattern {
    /// The pieces from one on that are no field.
    fn fixed(&self, from: usize) -> Fixed<'_> {
        let pieces = fixed(&self.pieces[from..]);
        Fixed { pieces, usual: self.usual.get(from).map_or(&[], Vec::as_slice), end: from + pieces.len() }
    }
}

/// Pieces of a pattern between two fields.
struct Fixed<'p> {
    pieces: &'p [Piece],
    /// What they most often are; empty where that is not known.
    usual: &'p [u8],
    /// The position of the field after them.
    end: usize,
}

impl Fixed<'_> {
    /// Their length at the beginning of `text`.
    fn length(&self, text: &[u8]) -> Option<usize> {
        if !self.usual.is_empty() && text.starts_with(self.usual) {
            return Some(self.usual.len());
        }
        fixed_length(self.pieces, text)
    }
}

impl<'t> Match<'t> {
    /// Reads a field at the beginning of `rest`, before what `follows` in the pattern, and gives its length.
    fn take(&mut self, field: Field, form: &Form, rest: &'t [u8], follows: &Fixed<'_>) -> Option<usize> {
        match field {
            Field::Date => {
                let (date, len) = date(form, rest)?;
                self.date = Some(date);
                Some(len)
            }
            Field::Time => {
                let (time, len) = clock(form, rest)?;
                self.time = Some(time);
                Some(len)
            }
            Field::Zone => {
                let found = zone(form, rest).or_else(|| spaced_zone(form, rest));
                if found.is_none() && *form != Form::OffsetOrNone {
                    return None;
                }
                self.zone = found.map(|(zone, _)| zone);
                Some(found.map_or(0, |(_, len)| len))
            }
            Field::Level => {
                let (level, len) = level(form, rest)?;
                self.level = Some(level);
                Some(len)
            }
            Field::Text(at) => {
                let len = length(form, rest, follows)?;
                self.texts[at] = Some(&rest[..len]);
                Some(len)
            }
            Field::Skipped => length(form, rest, follows),
        }
    }
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

fn blanks(text: &[u8]) -> usize {
    count(text, |byte| matches!(byte, b' ' | b'\t'))
}

/// How many bytes at the beginning are of a kind.
fn count(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| is(**byte)).count()
}

/// A number of this many digits at the beginning, and how many it has.
fn number(text: &[u8], digits: std::ops::RangeInclusive<usize>) -> Option<(u16, usize)> {
    let len = count(&text[..text.len().min(5)], |byte| byte.is_ascii_digit());
    let value = text[..len].iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
    digits.contains(&len).then_some((value as u16, len))
}

fn date(form: &Form, text: &[u8]) -> Option<((u16, u8, u8), usize)> {
    let digits = if *form == Form::Ymd { [4..=4, 2..=2, 2..=2] } else { [1..=2, 1..=2, 4..=4] };
    let (mut parts, mut lengths, mut at) = ([0; 3], [0; 3], 0);
    let separator = text[..text.len().min(5)].iter().find(|byte| matches!(byte, b'-' | b'/'))?;
    for (position, digits) in digits.into_iter().enumerate() {
        if position > 0 {
            (text.get(at) == Some(separator)).then_some(())?;
            at += 1;
        }
        let (part, len) = number(&text[at..], digits)?;
        (parts[position], lengths[position]) = (part, len);
        at += len;
    }
    let [year, month, day] = match form {
        Form::Ymd => parts,
        _ => [parts[2], parts[0], parts[1]],
    };
    if *form == Form::Us {
        // Elsewhere the day comes first, or a number below 10 has a zero. So the second number is a day where it is written without a
        // zero, or is no month; a date of which neither is true could be either.
        let has_zero = text[0] == b'0' || text[lengths[0] + 1] == b'0';
        (*separator == b'/' && !has_zero && !(10..=12).contains(&day)).then_some(())?;
    }
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(((year, month as u8, day as u8), at))
}

fn clock<'t>(form: &Form, text: &'t [u8]) -> Option<(Clock<'t>, usize)> {
    let (mut hour, mut at) = number(text, 1..=2)?;
    let mut part = || {
        (text.get(at) == Some(&b':')).then_some(())?;
        let (part, len) = number(&text[at + 1..], 2..=2)?;
        at += 1 + len;
        Some(part)
    };
    let (minute, second) = (part()?, part()?);
    let digits = |from: usize| count(text.get(from..).unwrap_or_default(), |byte| byte.is_ascii_digit());
    let fraction = match text.get(at) {
        Some(b'.' | b',') => digits(at + 1),
        // After a third colon it is always milliseconds.
        Some(b':') if digits(at + 1) == 3 => 3,
        _ => 0,
    };
    let fraction = if fraction > 0 {
        at += 1 + fraction;
        &text[at - fraction..at]
    } else {
        &[]
    };
    match form {
        Form::ClockOf(digits) if fraction.len() != *digits => return None,
        Form::HalfDay => {
            at += blanks(&text[at..]);
            let is_afternoon = match text.get(at..at + 2)? {
                b"AM" | b"am" => false,
                b"PM" | b"pm" => true,
                _ => return None,
            };
            (1..=12).contains(&hour).then_some(())?;
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
            at += 2;
        }
        _ => {}
    }
    (hour < 24 && minute < 60 && second < 61).then_some((((hour as u8, minute as u8, second as u8), fraction), at))
}

fn zone(form: &Form, text: &[u8]) -> Option<(ZoneFound, usize)> {
    let sign = match text.first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(b'Z') if *form != Form::Bias => return Some((ZoneFound::Utc, 1)),
        _ if text.starts_with(b"UTC") && *form != Form::Bias => return Some((ZoneFound::Utc, 3)),
        _ => return None,
    };
    if *form == Form::Bias {
        let (minutes, len) = number(&text[1..], 1..=4)?;
        return (minutes < 24 * 60).then_some((ZoneFound::Offset(-sign * minutes as i16), 1 + len));
    }
    let (hours, minutes, len) = match number(&text[1..], 2..=4)? {
        (hours, 2) => match text.get(3..).and_then(|rest| rest.strip_prefix(b":")).and_then(|rest| number(rest, 2..=2)) {
            Some((minutes, _)) => (hours, minutes, 6),
            None => (hours, 0, 3),
        },
        (both, 4) => (both / 100, both % 100, 5),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some((ZoneFound::Offset(sign * (hours * 60 + minutes) as i16), len))
}

/// An offset after a blank. It is written in full: a sign and two digits could be anything there.
fn spaced_zone(form: &Form, text: &[u8]) -> Option<(ZoneFound, usize)> {
    (*form == Form::OffsetOrNone).then_some(())?;
    let (zone, len) = zone(form, text.strip_prefix(b" ")?)?;
    let ends = !text.get(1 + len).is_some_and(u8::is_ascii_alphanumeric);
    (ends && (len > 3 || zone == ZoneFound::Utc)).then_some((zone, 1 + len))
}

/// The words for levels. Those that are written as one word are matched in any case, letters as capitals.
const LEVELS: [(&str, u8); 24] = [
    ("fatal error", 1),
    ("fatal", 1),
    ("critical", 1),
    ("fault", 1),
    ("error", 2),
    ("err", 2),
    ("warning", 3),
    ("warn", 3),
    ("information", 4),
    ("info", 4),
    ("notice", 4),
    ("default", 4),
    ("perf", 4),
    ("verbose", 5),
    ("verb", 5),
    ("debug", 5),
    ("trace", 5),
    ("C", 1),
    ("F", 1),
    ("E", 2),
    ("W", 3),
    ("I", 4),
    ("D", 5),
    ("V", 5),
];

fn level(form: &Form, text: &[u8]) -> Option<(u8, usize)> {
    if *form == Form::LevelNumber {
        let level = [b'3', b'2', b'1'].iter().position(|digit| text.first() == Some(digit))?;
        return Some((level as u8 + 2, 1));
    }
    let is = |word: &str| {
        let found = text.get(..word.len())?;
        let fits = if word.len() == 1 { found == word.as_bytes() } else { found.eq_ignore_ascii_case(word.as_bytes()) };
        let ends = !text.get(word.len()).is_some_and(u8::is_ascii_alphanumeric);
        (fits && ends).then_some(word.len())
    };
    LEVELS.iter().find_map(|(word, level)| Some((*level, is(word)?)))
}

/// The length of a text at the beginning of `rest`.
fn length(form: &Form, rest: &[u8], follows: &Fixed<'_>) -> Option<usize> {
    let bounded = &rest[..rest.len().min(LONGEST)];
    let some = |len: usize| Some(len).filter(|len| *len > 0);
    match form {
        Form::Until => until(bounded, rest.len() > LONGEST, follows),
        Form::Plain => {
            let len = until(bounded, rest.len() > LONGEST, follows)?;
            (!bounded[..len].windows(2).any(|two| two == b": ")).then_some(len)
        }
        Form::Word => some(count(bounded, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))),
        Form::Capitals => {
            let len = count(bounded, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
            some(len).filter(|len| *len > 1 && rest[0].is_ascii_uppercase())
        }
        Form::Digits => some(count(bounded, |byte| byte.is_ascii_digit())),
        Form::Hex => some(count(bounded, |byte| byte.is_ascii_hexdigit())),
        Form::Guid => {
            let guid = rest.get(..36)?;
            let fits = guid.iter().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => *byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
            let goes_on = rest.get(36).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
            (fits && !goes_on).then_some(36)
        }
        Form::Json => {
            let mut at = 0;
            loop {
                match bounded.get(at)? {
                    b'"' => return Some(at),
                    b'\\' => at += 2,
                    b'\r' | b'\n' => return None,
                    _ => at += 1,
                }
            }
        }
        Form::Cell => {
            let end = bounded.windows(2).position(|two| two == b"  ");
            let bar = bounded.iter().position(|byte| matches!(byte, b'|' | b'\r' | b'\n' | b'\t'));
            let len = end.unwrap_or(bounded.len()).min(bar.unwrap_or(bounded.len()));
            some(bounded[..len].trim_ascii_end().len())
        }
        Form::Key => {
            let len = count(bounded, |byte| !matches!(byte, b']' | b'\r' | b'\n'));
            (bounded.starts_with(b"HKEY_") && bounded.get(len) == Some(&b']')).then_some(len)
        }
        Form::OneOf(words) => words.iter().find(|word| rest.starts_with(word.as_bytes())).map(String::len),
        _ => None,
    }
}

/// The distance to the next literal part of the pattern, on the same line.
fn until(text: &[u8], is_cut: bool, follows: &Fixed<'_>) -> Option<usize> {
    let is_end = |byte: u8| matches!(byte, b'\r' | b'\n');
    let mut at = 0;
    let line = loop {
        let rest = &text[at..];
        let len = match follows.pieces.first() {
            Some(Piece::Text(first)) => {
                let first = first.as_bytes()[0];
                rest.iter().position(|byte| *byte == first || is_end(*byte))
            }
            Some(first) => rest.iter().position(|byte| begins(first, *byte) || is_end(*byte)),
            None => rest.iter().position(|byte| is_end(*byte)),
        };
        let Some(len) = len else { break text.len() };
        at += len;
        if is_end(text[at]) {
            break at;
        }
        if follows.length(&text[at..]).is_some() {
            return Some(at);
        }
        at += 1;
    };
    // The end of the text is the end of the line, unless the text was cut.
    if line == text.len() && is_cut {
        return None;
    }
    match follows.pieces {
        [] => Some(text[..line].trim_ascii_end().len()),
        _ => follows.length(&text[line..]).map(|_| line),
    }
}

/// Whether a piece without a field can begin with this byte.
fn begins(piece: &Piece, byte: u8) -> bool {
    match piece {
        Piece::Text(text) => text.as_bytes()[0] == byte,
        _ => matches!(byte, b' ' | b'\t' | b'\r' | b'\n'),
    }
}

/// The pieces before the first field.
fn fixed(pieces: &[Piece]) -> &[Piece] {
    &pieces[..pieces.iter().position(|piece| matches!(piece, Piece::Field(..))).unwrap_or(pieces.len())]
}

/// What several pieces up to the first field most often are. A blank at their end could be one of several in a text, and so could its end.
fn usual(pieces: &[Piece]) -> Vec<u8> {
    let fixed = fixed(pieces);
    if fixed.len() < 2 || !matches!(fixed.last(), Some(Piece::Text(_))) {
        return Vec::new();
    }
    let texts = fixed.iter().map(|piece| match piece {
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
