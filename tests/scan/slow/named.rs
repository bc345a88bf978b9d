//! Errors without a code: tokens of Microsoft Entra ID and exit codes.

use intune_err::{Area, Code, Entry, Kind, Meaning, Symbol};

use super::around::is_measured;
use super::before::{failures, without_end};
use super::lists::{is_in, list};
use super::signs::{escape, is_apart, is_whole, is_word, words_back};

/// The token or exit code whose words begin at `start`.
pub(super) fn named_at(line: &str, start: usize) -> Option<(usize, usize, String)> {
    let (before, rest) = line.split_at(start);
    // No word is looked for after an escape that ends with an underscore.
    if before.ends_with('_') || before.ends_with(is_word) && escape(before).is_none() {
        return None;
    }
    let number = |text: &str, most: usize| {
        let len = text.chars().take_while(char::is_ascii_digit).count();
        ((1..=most).contains(&len) && is_whole("", &text[len..])).then_some(len)
    };
    let lower = rest.to_ascii_lowercase();
    if lower.starts_with("aadsts") {
        let digits = rest[6..].trim_start_matches([' ', ':', '-']);
        let from = rest.len() - digits.len();
        let is_joint = ["", " ", ":", "-", ": "].contains(&&rest[6..from]);
        let len = number(digits, 7).filter(|len| *len > 3 && is_joint)?;
        return (!digits.starts_with('0') || from == 6).then(|| (start, start + from + len, format!("AADSTS{}", &digits[..len])));
    }
    for begin in ["result: (", "result : (", "failed (", "token: ("] {
        let inside =
            rest.get(begin.len()..).filter(|inside| lower.starts_with(begin) && inside.starts_with(|c: char| c.is_ascii_uppercase()));
        let printed = inside.and_then(|inside| inside.split_once(')')).map(|(printed, _)| printed.trim_end_matches('.'));
        let no_error = |meaning: &Meaning| meaning.code().bits() < 2 || meaning.name().is_some_and(|name| is_in(&["no-error"], name));
        if let Some((printed, meaning)) = printed.and_then(|text| Some((text, Meaning::by_printed(text).find(|of| !no_error(of))?))) {
            let from = start + begin.len();
            return Some((from, from + printed.len(), meaning.code().to_string()));
        }
    }
    for name in ["exit", "exit-weak", "win32", "winhttp", "sign-in"] {
        let (weak, windows) = (name == "exit-weak", name.starts_with("win"));
        let signs = [' ', '\t', ':', '=', '"', '\'', '\\', '(', '[', '#', '>', '*', '`'];
        let is_sign = |c: &char| signs.contains(c) || windows && *c == ')';
        let between: &[&str] = if windows { &["filler", "code", "error", "result", "failed"] } else { &["filler", "code"] };
        for phrase in list(name).iter().filter(|phrase| phrase.is_ascii() && lower.starts_with(phrase.as_str())) {
            let mut text = &rest[phrase.len()..];
            for _ in 0..4 {
                let taken = text.chars().take(32).take_while(is_sign).count();
                text = &text[taken..];
                let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
                if word.starts_with(|c: char| c.is_ascii_digit()) || !is_in(between, &word) {
                    break;
                }
                text = &text[word.len()..];
            }
            let from = rest.len() - text.len();
            // A short word has its number right after it.
            let joints = [" ", ": ", " : ", ":", "=", " = ", " (", "(", " [", " #"];
            let between = &rest[phrase.len()..from];
            let is_field = [": ", " : ", "=", " = "].contains(&between);
            if phrase.len() < 8 && (!joints.contains(&between) || windows && !is_field) {
                continue;
            }
            let Some(len) = number(text, 9).filter(|_| from > phrase.len() && !text.starts_with('0')) else { continue };
            let after = &text[len..];
            let is_part = after.starts_with(['.', '-', '/', ':']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
            let told = &line[..start + phrase.len()];
            let installs = words_back(told, false).iter().any(|place| is_apart(told, place) && is_in(&["installer"], &told[place.clone()]));
            let near = told[told.len().saturating_sub(80)..].to_lowercase();
            if is_part || is_measured(after) || near.contains("errordomain") {
                continue;
            }
            if windows {
                let code = Code::new(text[..len].parse().expect("it is a number"));
                let is_win32 = Entry::by_code(code).len() > 0 || Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
                let is_there =
                    if name == "winhttp" { (12_000..=12_200).contains(&code.bits()) } else { (2..=0xFFFF).contains(&code.bits()) };
                if is_there && is_win32 && (phrase != "win32" || is_of_win32(before, len, after)) {
                    return Some((start + from, start + from + len, code.to_string()));
                }
                continue;
            }
            let is_long = weak && (phrase == "error" || phrase.len() > 5);
            let is_told = is_long && (tells_of("sign-in-word", told, after) || is_sign_in(after));
            let token = format!("AADSTS{}", &text[..len]);
            if (name == "sign-in" || is_told) && len > 4 && Entry::by_name(&token).next().is_some() {
                return Some((start + from, start + from + len, token));
            }
            if name == "sign-in" {
                continue;
            }
            let code = Code::new(text[..len].parse().expect("it is a number"));
            let is_win32 = Entry::by_code(code).len() > 0 || Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
            let is_http = (12_000..=12_200).contains(&code.bits()) && is_win32;
            if is_long && is_http && tells_of("network-word", told, after) {
                return Some((start + from, start + from + len, code.to_string()));
            }
            let may_have_text = phrase.len() >= 8 || phrase == "error" && between == " ";
            if may_have_text && is_told_by_text(code, after) {
                let what = if is_exit_code(&text[..len]) { format!("exit code {}", &text[..len]) } else { code.to_string() };
                return Some((start + from, start + from + len, what));
            }
            if weak && (len < 4 || goes_on(after)) || len < 4 && !installs || !is_exit_code(&text[..len]) {
                continue;
            }
            return Some((start + from, start + from + len, format!("exit code {}", &text[..len])));
        }
    }
    None
}

/// Whether the text that Windows prints for this code, and a sign before it, stand after the number.
fn is_told_by_text(code: Code, after: &str) -> bool {
    let text = after.split_once(|c: char| c.is_ascii_alphanumeric()).map_or("", |(signs, _)| &after[signs.len()..]);
    let is_sign = [": ", " (", ". ", ", ", " - ", " : "].contains(&&after[..after.len() - text.len()]);
    let no_error = |meaning: &Meaning| meaning.name().is_some_and(|name| is_in(&["no-error"], name));
    let printed = |meaning: Meaning| meaning.printed().map(|printed| printed.trim_end_matches('.').to_lowercase());
    let mut texts = Meaning::all().filter(|meaning| meaning.code() == code && !no_error(meaning)).filter_map(printed);
    is_sign && texts.any(|of| text.to_lowercase().strip_prefix(&of).is_some_and(|rest| is_whole("", rest)))
}

/// Whether a number of `len` digits after the name of a domain and a colon or an equals sign is one of that domain.
fn is_of_win32(before: &str, len: usize, after: &str) -> bool {
    let found = failures(without_end(before), false);
    let fails = (found.contains("failed") || found.contains("error")) && !goes_on(after);
    let is_inside = before.ends_with(['(', '[']) && after.starts_with([')', ']', ',', ';']);
    match len {
        1 => is_inside && after.starts_with([')', ']']) && fails,
        2 => is_inside && fails,
        _ => is_inside || fails,
    }
}

/// Whether a whole word of a list stands in the sentence of a number, at most 64 bytes from it.
fn tells_of(name: &str, told: &str, after: &str) -> bool {
    let is_end = |text: &str, at: usize| {
        let next = text[at..].chars().nth(1);
        text[at..].starts_with(['|', '\n', '\r']) && next.is_some() || text[at..].starts_with(['.', ';', '!', '?']) && next == Some(' ')
    };
    let ends = |text: &str| -> Vec<usize> { text.char_indices().map(|(at, _)| at).filter(|at| is_end(text, *at)).collect() };
    let begin = told.len().saturating_sub(64);
    let from = ends(told).pop().map_or(begin, |at| begin.max(at + 1));
    let near = &after[..after.len().min(64)];
    let to = ends(near).first().copied().unwrap_or(near.len());
    let has = |text: &str, from: usize, to: usize, word: &str| {
        let lower = text.to_ascii_lowercase();
        (from..to).any(|at| at + word.len() <= to && lower[at..].starts_with(word) && is_whole(&text[..at], &text[at + word.len()..]))
    };
    list(name).iter().any(|word| has(told, from, told.len(), word) || has(after, 0, to, word))
}

/// Whether the key of a sign-in log stands after the number.
fn is_sign_in(after: &str) -> bool {
    if after.to_ascii_lowercase().starts_with(" request id:") {
        return true;
    }
    let rest = after.trim_ascii_start().strip_prefix(',').unwrap_or_default().trim_ascii_start();
    let rest = rest.strip_prefix('\\').unwrap_or(rest);
    rest.strip_prefix('"').unwrap_or(rest).to_ascii_lowercase().starts_with("failurereason")
}

pub(super) fn goes_on(after: &str) -> bool {
    let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    if let Some(text) = after.strip_prefix(' ') {
        let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
        return !word.is_empty() && !is_in(&["clause"], &word);
    }
    after.strip_prefix('.').is_some_and(|text| letter(text) || text.strip_prefix(' ').is_some_and(letter))
        || after.strip_prefix(": ").is_some_and(letter)
}

pub(super) fn is_exit_code(digits: &str) -> bool {
    Entry::by_name(digits)
        .any(|entry| entry.area() == Area::AppInstall && entry.names().any(|name| name == digits) && !entry.names().any(|name| name == "0"))
}
