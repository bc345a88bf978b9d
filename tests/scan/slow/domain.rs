//! The domains of Apple: a name and its number, in one line, and the messages of their problems.

use std::sync::LazyLock;

use intune_err::Entry;

use super::lists::is_in;
use super::signs::{is_whole, is_word};

/// The names and messages of the table that are a domain and a number.
static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let texts = |entry: Entry| entry.names().chain(entry.messages()).filter(move |text| entry.lookup_only().all(|of| of != *text));
    Entry::all().flat_map(texts).filter(|text| text.contains(" Code=")).collect()
});

/// The messages of the same problems, if no code stands for any of these. Those that begin with a number are found by that.
static MESSAGES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let problems = Entry::all().filter(|entry| entry.names().chain(entry.messages()).any(|text| text.contains(" Code=")));
    let texts = problems.filter(|entry| entry.codes().len() == 0).flat_map(Entry::messages);
    texts.filter(|text| !text.contains(" Code=") && text.starts_with(|c: char| c.is_ascii_alphabetic())).collect()
});

/// The message that begins at `start`, and where it ends.
pub(super) fn message_at(line: &str, start: usize) -> Option<(usize, usize, String)> {
    let (before, rest) = line.split_at(start);
    let begins = |text: &&&str| {
        let literal = text.trim_end_matches('.');
        rest.get(..literal.len()).is_some_and(|of| of.eq_ignore_ascii_case(literal)) && is_whole(before, &rest[literal.len()..])
    };
    MESSAGES.iter().find(begins).map(|text| (start, start + text.trim_end_matches('.').len(), (*text).to_owned()))
}

/// Whether a text is one of these messages.
pub(super) fn is_message(text: &str) -> bool {
    MESSAGES.contains(&text)
}

/// Whether the number of a domain tells of each problem that has a message.
pub(super) fn tells_all(number: &str, message: &str) -> bool {
    let of = |entry: &Entry, text: &str| entry.names().chain(entry.messages()).any(|known| known == text);
    Entry::all().filter(|entry| of(entry, message)).all(|entry| of(&entry, number))
}

/// Whether a problem of this text has a code.
pub(super) fn has_codes(text: &str) -> bool {
    Entry::all().any(|entry| entry.codes().len() > 0 && entry.names().chain(entry.messages()).any(|known| known == text))
}

/// The domain that begins at `start` with its number: where both stand, and how the table writes them.
pub(super) fn domain_at(line: &str, start: usize) -> Option<(usize, usize, String)> {
    let (before, rest) = line.split_at(start);
    let name: String = rest.chars().take(80).take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let after = &rest[name.len()..];
    if !is_whole(before, after) || before.ends_with('_') {
        return None;
    }
    let known = |number: &str| {
        let wanted = format!("{name} Code={number}");
        KNOWN.iter().find(|text| text.eq_ignore_ascii_case(&wanted))
    };
    if let Some((from, to)) = number_after(after) {
        return known(&after[from..to]).map(|text| (start, start + name.len() + to, (*text).to_owned()));
    }
    let near = before.len().saturating_sub(256);
    let (from, to) = number_before(&before[near..])?;
    known(&before[near + from..near + to]).map(|text| (near + from, start + name.len(), (*text).to_owned()))
}

fn is_of_domain(word: &str) -> bool {
    is_in(&["code", "error", "domain", "filler", "measure"], word)
}

/// The word at the beginning of a text: none is longer than 24 characters.
fn word(text: &str) -> &str {
    &text[..text.chars().take(24).take_while(|c| is_word(*c)).count()]
}

fn number_after(after: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while at < after.len().min(64) {
        let next = &after[at..];
        let first = next.chars().next()?;
        if first.is_ascii_digit() {
            let len = next.chars().take_while(char::is_ascii_digit).count();
            let is_number = len <= 10 && is_whole("", &next[len..]);
            return is_number.then(|| (at - usize::from(after[..at].ends_with('-')), at + len));
        }
        match word(next) {
            "" if first == ';' || first == '}' => return None,
            "" => at += first.len_utf8(),
            word if is_of_domain(word) => at += word.len(),
            _ => return None,
        }
    }
    None
}

fn number_before(before: &str) -> Option<(usize, usize)> {
    let mut rest = before;
    let mut number: Option<(usize, usize)> = None;
    while let Some(last) = rest.chars().last() {
        let len = rest.chars().rev().take(24).take_while(|c| is_word(*c)).count();
        let word = &rest[rest.len() - len..];
        let shorter = &rest[..rest.len() - len.max(last.len_utf8())];
        if len == 0 && (last == '{' || last == '}' || last == ';' && number.is_some()) {
            return None;
        }
        if len > 0 && number.is_none() && rest.len() < before.len() && word.bytes().all(|b| b.is_ascii_digit()) {
            number = Some((shorter.len() - usize::from(shorter.ends_with('-')), rest.len()));
        } else if len > 0 && !is_of_domain(word) {
            return None;
        } else if number.is_some() && word.to_ascii_lowercase().ends_with("code") {
            return number;
        }
        rest = shorter;
    }
    None
}
