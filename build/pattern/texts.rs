//! Levels and texts, as logs write them.

use memchr::{memchr2, memchr3};

use super::pieces::{Fixed, Form, Piece, begins, count};

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

pub(super) fn level(form: &Form, text: &[u8]) -> Option<(u8, usize)> {
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

/// No field is longer.
const LONGEST: usize = 1024;

/// The lengths of a text at the beginning of `rest` and of what `follows` it in the pattern.
pub(super) fn length(form: &Form, rest: &[u8], follows: &Fixed) -> Option<(usize, usize)> {
    let bounded = &rest[..rest.len().min(LONGEST)];
    let len = match form {
        Form::Until | Form::Plain => {
            let (len, behind) = until(bounded, rest.len() > LONGEST, follows)?;
            if *form == Form::Plain && bounded[..len].windows(2).any(|two| two == b": ") {
                return None;
            }
            // What ends with the bounded text may go on behind it.
            if len + behind < bounded.len() || bounded.len() == rest.len() {
                return Some((len, behind));
            }
            len
        }
        _ => own_length(form, rest, bounded)?,
    };
    Some((len, follows.length(&rest[len..])?))
}

/// The length of a text that ends by itself.
fn own_length(form: &Form, rest: &[u8], bounded: &[u8]) -> Option<usize> {
    let some = |len: usize| Some(len).filter(|len| *len > 0);
    match form {
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

/// The distance to the next literal part of the pattern, on the same line, and the length of that.
fn until(text: &[u8], is_cut: bool, follows: &Fixed) -> Option<(usize, usize)> {
    let is_end = |byte: u8| matches!(byte, b'\r' | b'\n');
    let mut at = 0;
    let line = loop {
        let rest = &text[at..];
        let len = match follows.pieces.first() {
            Some(Piece::Text(text)) => memchr3(text.as_bytes()[0], b'\r', b'\n', rest),
            Some(piece) => rest.iter().position(|byte| begins(piece, *byte) || is_end(*byte)),
            None => memchr2(b'\r', b'\n', rest),
        };
        let Some(len) = len else { break text.len() };
        at += len;
        if is_end(text[at]) {
            break at;
        }
        if let Some(behind) = follows.length(&text[at..]) {
            return Some((at, behind));
        }
        at += 1;
    };
    // The end of the text is the end of the line, unless the text was cut.
    if line == text.len() && is_cut {
        return None;
    }
    match follows.pieces.as_slice() {
        [] => Some((text[..line].trim_ascii_end().len(), 0)),
        _ => follows.length(&text[line..]).map(|behind| (line, behind)),
    }
}
