//! What may have been meant by a query that found nothing: codes that differ in a digit, names that differ in a letter.

use super::search;
use crate::code::Code;
use crate::key;
use crate::known::is_known_error;
use crate::table::{Entry, Symbol};

/// How many suggestions are worth reading.
const MOST: usize = 5;

/// Known codes whose hex digits differ from those in `text` by one digit more, less, changed or swapped with its neighbour.
/// Those with an entry come first, then the smaller slips.
pub(crate) fn codes_like(text: &str) -> Vec<String> {
    let text = text.trim().trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let digits = ["0x", "0X"].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    let digits: Vec<u8> = digits.bytes().filter(|b| *b != b'_').collect();
    if !(6..=10).contains(&digits.len()) {
        return Vec::new();
    }
    let mut found: Vec<(bool, u8, Code)> = Vec::new();
    let mut consider = |digits: &[u8], slip: u8| {
        let code = std::str::from_utf8(digits)
            .ok()
            .filter(|digits| digits.len() == 8)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .map(Code::new);
        if let Some(code) = code.filter(|&code| is_known_error(code) && !found.iter().any(|(_, _, known)| *known == code)) {
            found.push((Entry::by_code(code).len() == 0, slip, code));
        }
    };
    for position in 0..digits.len() {
        let mut other = digits.clone();
        if position + 1 < digits.len() {
            other.swap(position, position + 1);
            consider(&other, 0);
            other.swap(position, position + 1);
        }
        other.remove(position);
        // A digit that stands twice was sooner doubled than another was added.
        consider(&other, u8::from(!(position + 1 < digits.len() && digits[position] == digits[position + 1])));
    }
    for position in 0..=digits.len() {
        for digit in *b"0123456789ABCDEF" {
            let mut other = digits.clone();
            other.insert(position, digit);
            consider(&other, if digits.get(position) == Some(&digit) { 0 } else { 2 });
            if position < digits.len() {
                other.remove(position + 1);
                consider(&other, 3);
            }
        }
    }
    found.sort();
    found.into_iter().take(MOST).map(|(_, _, code)| code.to_string()).collect()
}

/// Names that differ from `text` in a few letters, or else the best hits of a search.
pub(crate) fn texts_like(text: &str) -> Vec<String> {
    let wanted = key::fold(text);
    if wanted.len() < 4 || text.len() > 200 {
        return Vec::new();
    }
    let slips = 1 + wanted.len() / 8;
    let entry_names = Entry::all().flat_map(|entry| [entry.id()].into_iter().chain(entry.names()));
    let names = entry_names.map(|name| (false, name)).chain(Symbol::all().map(|symbol| (true, symbol.name())));
    let mut near: Vec<(usize, bool, &str)> = names
        .filter(|(_, name)| name.len() + slips >= wanted.len() && name.len() <= 2 * wanted.len() + slips)
        .filter_map(|(is_symbol, name)| {
            let folded = key::fold(name);
            let far = folded.len().abs_diff(wanted.len()) > slips || folded.bytes().next()? != wanted.bytes().next()? && slips < 2;
            let distance = (!far).then(|| strsim::osa_distance(&folded, &wanted))?;
            (distance <= slips).then_some((distance, is_symbol, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|(_, _, name)| *name);
    let mut suggestions: Vec<String> = near.into_iter().take(MOST).map(|(_, _, name)| name.to_owned()).collect();
    for hit in best_hits(text, MOST) {
        if suggestions.len() < MOST && !suggestions.contains(&hit) {
            suggestions.push(hit);
        }
    }
    suggestions
}

/// The best hits of a search, each as a query that finds it.
fn best_hits(text: &str, most: usize) -> Vec<String> {
    search::search(text).into_iter().take(most).map(|hit| hit.result.query().to_owned()).collect()
}
