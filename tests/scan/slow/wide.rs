//! Exit codes after phrases of another alphabet, read back from the number.

use super::around::is_measured;
use super::lists::list;
use super::named::{goes_on, is_exit_code};
use super::signs::is_whole;

/// The phrases of both lists, with whether other numbers stand after them, too.
pub(crate) fn phrases() -> Vec<(&'static str, bool)> {
    let of = |name: &'static str| list(name).iter().map(move |phrase| (phrase.as_str(), name == "exit-weak"));
    of("exit").chain(of("exit-weak")).filter(|(phrase, _)| is_wide(phrase)).collect()
}

/// Whether no long word of ASCII stands right after the last letter of another alphabet.
fn is_wide(phrase: &str) -> bool {
    let last = phrase.char_indices().rfind(|(_, c)| !c.is_ascii());
    last.is_some_and(|(at, c)| phrase[at + c.len_utf8()..].chars().take_while(char::is_ascii_alphanumeric).count() < 5)
}

/// The exit codes of a line that has numbers of other kinds nowhere.
pub(crate) fn exit_codes(line: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for (start, _) in line.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let (before, rest) = line.split_at(start);
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let after = &rest[number.len()..];
        if !is_whole(before, "") || !is_whole("", after) || number.starts_with('0') {
            continue;
        }
        let is_sign = |c: char| " \t:=\"'([#\u{A0}\u{FF1A}\u{FF1D}\u{FF08}\u{3000}".contains(c);
        let signs = before.chars().rev().take(6).take_while(|c| is_sign(*c)).map(char::len_utf8).sum::<usize>();
        let told = &before[..before.len() - signs];
        let said = phrases().into_iter().filter(|(phrase, _)| told.to_lowercase().ends_with(phrase)).max_by_key(|(phrase, _)| phrase.len());
        let Some((_, weak)) = said.filter(|(phrase, _)| signs > 0 || !phrase.ends_with(|c: char| c.is_ascii())) else { continue };
        let is_part = after.starts_with(['.', '-', '/', ':']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
        let is_count = is_measured(after) || weak && goes_on(after);
        if number.len() > 3 && !is_part && !is_count && is_exit_code(&number) {
            found.push((start, start + number.len(), format!("exit code {number}")));
        }
    }
    found
}
