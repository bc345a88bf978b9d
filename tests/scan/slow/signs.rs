//! Signs and words, read back from the end of a text.

use std::ops::Range;

use super::lists::is_in;

pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

pub(super) fn all_hex(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit())
}

/// The escape at the end of `text`: its length and the sign that it stands for. A colour stands for nothing.
pub(super) fn escape(text: &str) -> Option<(usize, Option<char>)> {
    for (written, sign) in
        [("\\n", '\n'), ("\\r", '\r'), ("\\t", '\t'), ("&quot;", '"'), ("&gt;", '>'), ("&lt;", '<'), ("&#39;", '\''), ("&nbsp;", ' ')]
    {
        if text.ends_with(written) {
            return Some((written.len(), Some(sign)));
        }
    }
    let tail = |len: usize| text.len().checked_sub(len).and_then(|at| text.get(at..));
    if let Some(unicode) = tail(6).filter(|tail| tail.starts_with("\\u") && all_hex(&tail[2..])) {
        let value = u32::from_str_radix(&unicode[2..], 16).expect("they are hex digits");
        return Some((6, char::from_u32(value).filter(char::is_ascii)));
    }
    if let Some(percent) = tail(3).filter(|tail| tail.starts_with('%') && all_hex(&tail[1..])) {
        let value = u32::from_str_radix(&percent[1..], 16).expect("they are hex digits");
        return Some((3, char::from_u32(value).filter(char::is_ascii)));
    }
    if let Some(serialized) = tail(7).filter(|tail| tail.starts_with("_x") && tail.ends_with('_') && all_hex(&tail[2..6])) {
        let value = u32::from_str_radix(&serialized[2..6], 16).expect("hex digits");
        return Some((7, char::from_u32(value).filter(char::is_ascii)));
    }
    // ESC, a bracket, parameters, one letter.
    let begin = text.rfind("\u{1B}[")?;
    let inner = text.get(begin + 2..text.len() - 1)?;
    let last = text.chars().last()?;
    (('@'..='~').contains(&last) && inner.chars().all(|c| ('0'..='?').contains(&c))).then(|| (text.len() - begin, None))
}

/// Whether a word begins after `before`, and whether one ends before `after`.
pub(super) fn is_whole(before: &str, after: &str) -> bool {
    let is_escape = |text: &str| text.starts_with("_x") && text[6..].starts_with('_') && all_hex(&text[2..6]);
    (!before.ends_with(is_word) || escape(before).is_some()) && (!after.starts_with(is_word) || after.get(..7).is_some_and(is_escape))
}

/// Whether a word of these lists that stands alone is glued to what comes next.
pub(super) fn is_glued_name(before: &str, lists: &[&str]) -> bool {
    let told = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    is_in(lists, &before[told.len()..]) && told.chars().last().is_none_or(|c| " \t\r\n([\",:".contains(c))
}

/// Whether a word for an error and an underscore stand right before.
pub(super) fn is_numbered_error(before: &str) -> bool {
    let name = before.strip_suffix('_').unwrap_or_default();
    is_in(&["error"], &name[name.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()..])
}

/// The signs between a word and its number.
#[derive(Default)]
pub(super) struct Joint {
    pub(super) signs: String,
}

impl Joint {
    pub(super) fn has(&self, signs: &str) -> bool {
        self.signs.contains(|c| signs.contains(c))
    }
}

/// Takes the signs from the end of `text`.
pub(super) fn peel(text: &str) -> (Joint, &str) {
    let mut joint = Joint::default();
    let mut rest = text;
    while rest.len() + 40 > text.len() {
        let right = text[rest.len()..].chars().next();
        if rest.ends_with('>')
            && let Some(open) = rest.rfind('<').filter(|open| rest.len() - open <= 32 && rest[*open..].starts_with("</"))
        {
            joint.signs.push(' ');
            rest = &rest[..open];
            continue;
        }
        let Some(last) = rest.chars().last() else { break };
        let (len, sign) = match escape(rest) {
            Some((len, sign)) => (len, sign.unwrap_or(' ')),
            None if is_word(last) => break,
            None => (1, last),
        };
        let is_plain = len == 1;
        match sign {
            '-' if is_plain => {
                let dashed = matches!(right, Some(' ' | '-')) && (rest == "-" || rest.ends_with(" -") || rest.ends_with("--"));
                if !dashed && right != Some('>') {
                    break;
                }
                joint.signs.push('D');
            }
            '\\' if matches!(right, Some('"' | '\'')) => joint.signs.push(' '),
            '>' => joint.signs.push(if is_plain && (rest.ends_with("->") || rest.ends_with("=>")) { 'D' } else { ' ' }),
            '=' if is_plain && ["<=", ">=", "!="].iter().any(|sign| rest.ends_with(sign)) => {
                joint.signs.push(' ');
                return (joint, &rest[..rest.len() - 1]);
            }
            '=' => joint.signs.push(if right == Some('>') { ' ' } else { '=' }),
            '#' => joint.signs.push(if rest.len() == text.len() { '#' } else { ' ' }),
            ' ' | '\t' | '"' | '\'' | '`' | '*' | '<' => joint.signs.push(' '),
            ':' | '(' | '[' | '{' | ',' | '|' => joint.signs.push(sign),
            _ => break,
        }
        rest = &rest[..rest.len() - len];
    }
    (joint, rest)
}

/// The last word of `text`: of an identifier the part from its last capital on.
fn last_word(text: &str) -> &str {
    let token = text.len() - text.chars().rev().take(48).take_while(char::is_ascii_alphanumeric).count();
    let token = &text[token..];
    let mut start = token.len();
    let chars: Vec<char> = token.chars().collect();
    while start > 0 && chars[start - 1].is_ascii_digit() {
        start -= 1;
    }
    if start > 0 && chars[start - 1].is_ascii_lowercase() {
        while start > 0 && (chars[start - 1].is_ascii_lowercase() || chars[start - 1].is_ascii_digit()) {
            start -= 1;
        }
        start = start.saturating_sub(1);
    } else {
        while start > 0 && chars[start - 1].is_ascii_uppercase() {
            start -= 1;
        }
    }
    &token[start..]
}

/// The word before, if only what joins words stands between.
pub(super) fn word_back(rest: &mut &str) -> Option<String> {
    let mut is_apart = false;
    for _ in 0..3 {
        if is_apart && rest.ends_with('.') {
            return None;
        }
        is_apart |= rest.ends_with(' ');
        if let Some(shorter) = rest.strip_suffix([' ', '_', '-', '.', '\'']) {
            *rest = shorter;
        }
    }
    let word = last_word(rest).to_owned();
    *rest = &rest[..rest.len() - word.len()];
    (!word.is_empty()).then_some(word)
}

pub(super) fn identifier(text: &str) -> &str {
    &text[text.len() - text.chars().rev().take(64).take_while(char::is_ascii_alphanumeric).count()..]
}

pub(super) fn is_function(text: &str) -> bool {
    let identifier = identifier(text);
    let capitals = identifier.chars().take_while(char::is_ascii_uppercase).count();
    let first = if capitals > 1 {
        &identifier[..capitals - 1]
    } else {
        let rest = identifier[capitals..].chars().take_while(|c| !c.is_ascii_uppercase()).count();
        &identifier[..capitals + rest]
    };
    first.len() < identifier.len() && is_in(&["verb"], first)
}

/// The first code of a pair belongs to the second.
pub(super) fn without_pair(before: &str) -> &str {
    let Some(text) = before.strip_suffix('/') else { return before };
    let word = &text[text.len() - text.chars().rev().take(24).take_while(|c| is_word(*c)).count()..];
    if is_code_like(word) { &text[..text.len() - word.len()] } else { before }
}

pub(super) fn is_code_like(word: &str) -> bool {
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
    digits.len() == 8 && all_hex(digits) && digits.starts_with(|c: char| c >= '8')
}

/// The places of the words before the end of `text`, the last one first, as far back as its clause or sentence goes. The parts of an
/// identifier are words of their own.
pub(super) fn words_back(text: &str, clause: bool) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = text.len();
    while at > 0 {
        let before = &text[..at];
        if matches!(escape(before), Some((_, Some('\n' | '\r')))) {
            break;
        }
        let word = last_word(before);
        if !word.is_empty() {
            places.push(at - word.len()..at);
            at -= word.len();
            continue;
        }
        let last = before.chars().last().expect("it is not empty");
        let next = text[at..].chars().next().unwrap_or(' ');
        match last {
            ';' | '!' | '?' | '.' if matches!(next, ' ' | '\t') => break,
            '|' | '<' | '>' => break,
            ',' | ':' if clause && next == ' ' => break,
            _ => at -= last.len_utf8(),
        }
    }
    places
}

/// Whether the word there is a whole one, and no part of an identifier.
pub(super) fn is_apart(text: &str, place: &Range<usize>) -> bool {
    !text[..place.start].ends_with(is_word) && !text[place.end..].starts_with(is_word)
}
