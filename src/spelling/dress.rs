//! Removes what stands around a code: invisible characters, escapes of JSON, HTML and URLs, quotes, brackets, the name of a value.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

/// `text` with one kind of minus sign, full-width forms as ASCII, no invisible characters, and decoded escapes that other programs put
/// around a value.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    // Most texts have nothing of it, and some are long.
    if text.is_ascii() && memchr3(b'\\', b'&', b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let dash = |c| matches!(c, '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}');
    let unseen = |c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    let full_width = |c: char| matches!(c, '\u{FF01}'..='\u{FF5E}').then(|| char::from((u32::from(c) - 0xFF01 + 0x21) as u8));
    let seen = text.chars().filter(|&c| !unseen(c));
    let text: String = seen.map(|c| if dash(c) { '-' } else { full_width(c).unwrap_or(c) }).collect();
    if !text.contains(['\\', '&', '%']) {
        return Cow::Owned(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['\\', '&', '%']) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let before = decoded.chars().next_back();
        let (c, len) = json(rest).or_else(|| html(rest)).or_else(|| url(rest, before)).unwrap_or_else(|| {
            let c = rest.chars().next().unwrap_or_default();
            (c, c.len_utf8())
        });
        decoded.push(if dash(c) { '-' } else { c });
        rest = &rest[len..];
    }
    Cow::Owned(decoded + rest)
}

/// The character of the JSON escape at the beginning of `text`, and the length of the escape: `\u0022`, `\"`.
fn json(text: &str) -> Option<(char, usize)> {
    let escape = text.strip_prefix('\\')?;
    if escape.starts_with(['"', '\'']) {
        return Some((escape.chars().next()?, 2));
    }
    let digits = escape.strip_prefix('u')?.get(..4).filter(|digits| is_hex(digits))?;
    Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, 6))
}

/// The character that an HTML entity stands for: `&quot;`, `&#34;`, `&#x22;`.
fn html(text: &str) -> Option<(char, usize)> {
    let entity = text.strip_prefix('&')?;
    let entity = &entity[..entity.bytes().take(8).position(|b| b == b';')?];
    let c = match entity.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            char::from_u32(hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?)?
        }
        None => match entity {
            "quot" => '"',
            "apos" => '\'',
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "nbsp" => ' ',
            "minus" | "ndash" => '-',
            _ => return None,
        },
    };
    Some((c, entity.len() + 2))
}

/// The character that a URL escape stands for, among those that can stand around a value: `%20`, `%22`. Percent signs in pairs mark a message
/// insert (`%%2149056532`) and are no escapes.
fn url(text: &str, before: Option<char>) -> Option<(char, usize)> {
    let digits = text.strip_prefix('%').filter(|_| before != Some('%'))?.get(..2).filter(|digits| is_hex(digits))?;
    let c = char::from(u8::from_str_radix(digits, 16).ok()?);
    matches!(c, '\t' | '\n' | '\r' | ' ' | '"' | '\'' | '(' | ')' | ',' | '-' | ':' | ';' | '<' | '=' | '>' | '[' | ']' | '{' | '}')
        .then_some((c, 3))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// `text` without white space, quotes, brackets and punctuation around it.
pub(super) fn undress(mut text: &str) -> &str {
    let quote = |c| matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}' | '\u{2039}' | '\u{203A}');
    // Markdown and tables have asterisks and bars around a value, escaped text a backslash.
    let around = |c: char| c.is_whitespace() || quote(c) || matches!(c, '*' | '|' | '\\');
    let opening = |c: char| around(c) || matches!(c, '(' | '[' | '{' | '<');
    let closing = |c: char| around(c) || matches!(c, ')' | ']' | '}' | '>' | '.' | ',' | ';' | ':' | '!' | '?');
    // The line ends of escaped text, whose backslash doesn't go alone.
    let ends = ["\\r", "\\n", "\\t"];
    loop {
        let bare = ends.iter().find_map(|end| text.strip_prefix(end)).or_else(|| without_cast(text)).or_else(|| text.strip_prefix(opening));
        let bare = bare.unwrap_or(text).trim_end_matches(closing);
        let bare = ends.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
        if bare.len() == text.len() {
            return bare;
        }
        text = bare;
    }
}

/// The number after a cast in C or PowerShell: `(int)-2145910764`, `[uint32]2149056532`.
fn without_cast(text: &str) -> Option<&str> {
    const LONGEST: usize = 20;
    let inside = text.strip_prefix(['(', '['])?;
    let len = inside.bytes().take(LONGEST).position(|b| matches!(b, b')' | b']'))?;
    let (kind, number) = (&inside[..len], &inside[len + 1..]);
    let is_type = kind.starts_with(|c: char| c.is_ascii_alphabetic()) && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_type && number.starts_with(|c: char| c == '-' || c.is_ascii_digit())).then_some(number)
}

/// What stands after the first `=` or `:` if a name of a value stands before it, such as `hr` or `Error code`.
pub(super) fn after_key(text: &str) -> Option<&str> {
    let at = memchr2(b'=', b':', text.as_bytes())?;
    let key = text[..at].trim().trim_matches(['"', '\'']);
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'));
    is_key.then(|| &text[at + 1..])
}
