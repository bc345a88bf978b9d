//! What a number is a part of: a measure, a path, a row of cells.

use intune_err::{Code, is_known_error};

use super::is_of_a_family;
use super::lists::{is_in, list};
use super::signs::{all_hex, is_code_like, is_word, without_pair};

pub(super) fn unsuffixed(after: &str) -> &str {
    let unsigned = after.strip_prefix(['U', 'u']).unwrap_or(after);
    unsigned.strip_prefix(['L', 'l']).unwrap_or(after)
}

pub(super) fn is_measured(after: &str) -> bool {
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let word: String = rest.chars().take(24).take_while(|c| is_word(*c)).collect();
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let is_part = after.starts_with(' ') && is_in(&["genitive"], &word) && rest[word.len()..].strip_prefix(' ').is_some_and(digit);
    list("unit").contains(&word) || is_part || rest.strip_prefix("/ ").is_some_and(digit)
}

/// Whether the number is joined to something longer: a path, a version, an address, a URL, base64.
pub(super) fn is_joined(before: &str, after: &str, called: bool) -> bool {
    let word_after = |text: &str| text.chars().take(24).take_while(|c| is_word(*c)).collect::<String>();
    let left = match before.chars().last() {
        Some('.') => before[..before.len() - 1].ends_with(|c| is_word(c) || c == '.'),
        Some(':') => before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit()),
        Some('/') => without_pair(before) == before,
        Some('`') => before[..before.len() - 1].ends_with(|c: char| c.is_ascii_hexdigit()),
        Some('&') => before[..before.len() - 1].ends_with(|c: char| c.is_ascii_hexdigit()),
        Some('~') => before[..before.len() - 1].ends_with(is_word),
        Some('\\' | '+' | '@' | '$' | '%') => true,
        _ => false,
    };
    let range = |text: &str| text.starts_with(is_word);
    let is_range = before.strip_suffix("..").is_some_and(|text| text.ends_with(is_word)) || after.strip_prefix("..").is_some_and(range);
    let next = after.get(1..).unwrap_or_default();
    let right = match after.chars().next() {
        Some('-' | '.' | '`' | '~') if next.starts_with(is_word) => true,
        Some(':') if next.starts_with(['\\', '/']) => true,
        Some(':') => !called && !word_after(next).is_empty() && word_after(next).len() < 6 && all_hex(&word_after(next)),
        Some('/') => !is_code_like(&word_after(next)),
        Some('=') => next.is_empty() || !next.starts_with(is_word) && !next.starts_with(' '),
        Some('\\') if next.starts_with('u') => !next.get(1..5).is_some_and(all_hex),
        Some('\\') if next.starts_with('\\') => !next.trim_start_matches('\\').starts_with(['"', '\'']),
        Some('\\') => !next.is_empty() && !next.starts_with(['n', 'r', 't', '"', '\'']),
        Some('%') if next.get(..2).is_some_and(all_hex) => !called,
        Some('+' | '@' | '%' | '$') => true,
        _ => false,
    };
    let is_middle =
        !called && before.strip_suffix(':').is_some_and(|text| text.ends_with(is_word)) && after.starts_with(':') && range(next);
    left || right || is_range || is_middle
}

/// How many hex cells that are no errors stand before and after a number, two at most on each side.
pub(super) fn cells(before: &str, after: &str, prefixed: bool) -> (usize, usize) {
    let is_cell = |word: &str| {
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
        let Some(digits) = (if prefixed { digits } else { Some(word).filter(|_| digits.is_none()) }) else { return false };
        let code = || Code::new(u32::from_str_radix(digits, 16).expect("eight hex digits"));
        all_hex(digits) && (digits.len() == 16 || digits.len() == 8 && !is_known_error(code()) && !(prefixed && is_of_a_family(code())))
    };
    let (mut left, mut text) = (0, before);
    while left < 2 {
        let Some(shorter) = text.strip_suffix(' ') else { break };
        let shorter = shorter.strip_suffix(',').unwrap_or(shorter);
        let word = &shorter[shorter.len() - shorter.chars().rev().take(24).take_while(|c| is_word(*c)).count()..];
        if !is_cell(word) {
            break;
        }
        left += 1;
        text = &shorter[..shorter.len() - word.len()];
    }
    let (mut right, mut text) = (0, after);
    while right < 2 {
        let Some(shorter) = text.strip_prefix(',').unwrap_or(text).strip_prefix(' ') else { break };
        let word = &shorter[..shorter.chars().take(24).take_while(|c| is_word(*c)).count()];
        let is_of_guid = shorter[word.len()..].strip_prefix('-').is_some_and(|rest| rest.starts_with(is_word));
        if !is_cell(word) || is_of_guid {
            break;
        }
        right += 1;
        text = &shorter[word.len()..];
    }
    (left, right)
}
