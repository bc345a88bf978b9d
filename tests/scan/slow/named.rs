//! Errors without a code: tokens of Microsoft Entra ID and exit codes.

use intune_err::{Area, Code, Entry, Kind, Meaning, Symbol};

use super::around::is_measured;
use super::before::{failures, without_end};
use super::lists::{is_in, list};
use super::signs::{escape, is_apart, is_function, is_whole, is_word, words_back};

/// The token or exit code whose words begin at `start`.
pub(super) fn named_at(line: &str, start: usize) -> Option<(usize, usize, String)> {
    let (before, rest) = line.split_at(start);
    if let Some((from, to, code)) = bracketed(before, rest).or_else(|| numbered(rest)) {
        return Some((start + from, start + to, code.to_string()));
    }
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
    if let Some((from, to, code)) = printed_in_place(rest).or_else(|| thrown(rest)) {
        return Some((start + from, start + to, code.to_string()));
    }
    for name in ["exit", "exit-weak", "win32", "win32-function", "winhttp", "sign-in"] {
        let (weak, windows) = (name == "exit-weak", name.starts_with("win"));
        let signs = [' ', '\t', ':', '=', '"', '\'', '\\', '(', '[', '#', '>', '*', '`'];
        let is_sign = |c: &char| signs.contains(c) || windows && *c == ')';
        let between: &[&str] = if windows { &["filler", "code", "error", "result", "failed"] } else { &["filler", "code"] };
        for phrase in list(name).iter().filter(|phrase| phrase.is_ascii() && lower.starts_with(phrase.as_str())) {
            let mut text = after_name(&rest[phrase.len()..], name, between);
            let end = rest.len() - text.len();
            let failed;
            (text, failed) = match after_semicolon(text).filter(|_| windows) {
                Some(code) => (after_words(code, is_sign, between).0, true),
                None => after_words(text, is_sign, between),
            };
            let from = rest.len() - text.len();
            let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_count = behind.starts_with(' ') && goes_on(behind);
            if name == "win32-function" && (!failed || is_count) {
                continue;
            }
            // A short word has its number right after it.
            let joints = [" ", ": ", " : ", ":", "=", " = ", " (", "(", " [", " #"];
            let between = &rest[end..from];
            let is_field = [": ", " : ", "=", " = "].contains(&between);
            if phrase.len() < 8 && (!joints.contains(&between) || windows && !is_field) {
                continue;
            }
            let Some(len) = number(text, 9).filter(|_| from > end && !text.starts_with('0')) else { continue };
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
                if is_of_windows(name, code) && (phrase != "win32" || is_of_win32(before, len, after) || is_told_by_text(code, after)) {
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
            if is_long && is_http && tells_of("network-word", told, after) && !is_anothers(told, len, after) {
                return Some((start + from, start + from + len, code.to_string()));
            }
            // One digit is looked for after a blank and some more, with a sign after it.
            let ends = after.is_empty() || after.starts_with(|c| " :.,)]};\"'|\\*-\t\n\r\u{1B}".contains(c));
            let is_seen = len > 1 || [": ", " : ", " = ", " (", " [", " #"].contains(&between) || between == " " && ends;
            let may_be_any = phrase.len() >= 8 || (phrase.len() > 5 || phrase == "error" && is_seen) && between != "(";
            if may_be_any && is_told_by_text(code, after) {
                let what = if is_exit_code(&text[..len]) { format!("exit code {}", &text[..len]) } else { code.to_string() };
                return Some((start + from, start + from + len, what));
            }
            let goes_on = weak && goes_on(after);
            if may_be_any && weak && is_failed_calls(before, phrase, told, len, code, after) {
                let is_exit_code = len > 3 && is_exit_code(&text[..len]);
                let what = if is_exit_code { format!("exit code {}", &text[..len]) } else { code.to_string() };
                return Some((start + from, start + from + len, what));
            }
            if goes_on || len < 4 && (weak || !installs) || !is_exit_code(&text[..len]) {
                continue;
            }
            return Some((start + from, start + from + len, format!("exit code {}", &text[..len])));
        }
    }
    None
}

/// What comes after at most four words of these lists and the signs before each, and whether one of them tells of a failure.
fn after_words<'a>(text: &'a str, is_sign: impl Fn(&char) -> bool, lists: &[&str]) -> (&'a str, bool) {
    let (mut text, mut failed) = (text, false);
    for _ in 0..4 {
        let taken = text.chars().take(32).take_while(|c| is_sign(c)).count();
        text = &text[taken..];
        let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
        if word.starts_with(|c: char| c.is_ascii_digit()) || !is_in(lists, &word) {
            break;
        }
        failed |= is_in(&["error", "failed"], &word);
        text = &text[word.len()..];
        text = if text.to_ascii_lowercase().starts_with("(s)") { &text[3..] } else { text };
    }
    (text, failed)
}

/// What comes after the name of a function, the letter of its form and what it was given.
fn after_name<'a>(text: &'a str, name: &str, between: &[&str]) -> &'a str {
    let is_form = name.starts_with("win") && text.starts_with(['A', 'W']) && text.len() > 1 && !text[1..].starts_with(is_word);
    let text = if is_form { &text[1..] } else { text };
    if name == "win32-function" { past_arguments(text, between) } else { text }
}

/// What comes after the brackets with what a function was given.
fn past_arguments<'a>(text: &'a str, between: &[&str]) -> &'a str {
    let Some((given, rest)) = text.strip_prefix('(').and_then(|text| text.split_once(')')) else { return text };
    let word: String = given.chars().take_while(|c| is_word(*c)).collect();
    if given.len() < 80 && !given.contains(['\n', '\r']) && !is_in(between, &word) { rest } else { text }
}

/// What comes after a few words, a semicolon and a word for code.
fn after_semicolon(text: &str) -> Option<&str> {
    let told: String = text.chars().take(40).take_while(|c| c.is_ascii_alphabetic() || " :()".contains(*c)).collect();
    let rest = text[told.len()..].strip_prefix(';')?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let word: String = rest.chars().take(32).take_while(|c| is_word(*c)).collect();
    let after = &rest[word.len()..];
    let after = if after.to_ascii_lowercase().starts_with("(s)") { &after[3..] } else { after };
    is_in(&["code", "error"], &word).then_some(after)
}

/// What Windows prints in place of a code, in brackets after a word that `rest` begins with.
fn printed_in_place(rest: &str) -> Option<(usize, usize, Code)> {
    let begins = |begin: &str| rest.get(..begin.len()).is_some_and(|of| of.eq_ignore_ascii_case(begin));
    let words = ["result: (", "result : (", "result (", "status: (", "failed (", "token: (", "submit the certificate request ("];
    let begin = words.into_iter().find(|begin| begins(begin))?;
    let inside = &rest[begin.len()..];
    let printed = inside.split_once(')')?.0.trim_end_matches('.');
    let code = of_printed(printed).filter(|_| inside.starts_with(|c: char| c.is_ascii_uppercase()))?;
    Some((begin.len(), begin.len() + printed.len(), code))
}

/// The code that Windows prints this text for.
fn of_printed(printed: &str) -> Option<Code> {
    let no_error = |meaning: &Meaning| meaning.code().bits() < 2 || meaning.name().is_some_and(|name| is_in(&["no-error"], name));
    Meaning::by_printed(printed).find(|of| !no_error(of)).map(Meaning::code)
}

/// The text of the code that an exception of .NET stands for, with the code of any failure before it or without.
/// The one after `Exit code` is none where a code with `0x` stands close behind, which is found itself.
fn thrown(rest: &str) -> Option<(usize, usize, Code)> {
    let names = ["win32", "winhttp"].into_iter().flat_map(list).filter(|name| name.ends_with("exception"));
    let names = names.map(String::as_str).chain(["exit code"]);
    let name = names.filter(|name| rest.to_ascii_lowercase().starts_with(name)).max_by_key(|name| name.len())?;
    let after = &rest[name.len()..];
    let is_before_code = after.bytes().take(24).find(u8::is_ascii_digit) == Some(b'0');
    if name == "exit code" && is_before_code {
        return None;
    }
    let inside = after.strip_prefix(" (0x80004005)").unwrap_or(after).strip_prefix(": ")?;
    let is_end = |at: usize, c: char| {
        let next = inside[at..].chars().nth(1);
        ".]\"\\<\n\r".contains(c) || c == ' ' && next.is_some_and(|next| " -([".contains(next) || next.is_ascii_digit())
    };
    let end = inside.char_indices().find(|(at, c)| is_end(*at, *c)).map_or(inside.len(), |(at, _)| at);
    let from = rest.len() - inside.len();
    of_printed(&inside[..end]).map(|code| (from, from + end, code))
}

/// Whether a code is an error of Win32, or of the part of it that a list is for.
fn is_of_windows(name: &str, code: Code) -> bool {
    let is_win32 = Entry::by_code(code).len() > 0 || Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
    let of = if name == "winhttp" { 12_000..=12_200 } else { 2..=0xFFFF };
    is_win32 && of.contains(&code.bits()) && !is_no_error(code)
}

/// Whether a code is the number of a constant that is no error.
fn is_no_error(code: Code) -> bool {
    let mut meanings = Meaning::all().filter(|meaning| meaning.code() == code);
    meanings.any(|meaning| meaning.name().is_some_and(|name| is_in(&["no-error"], name)))
}

/// What Windows prints for this code, in lower case and without its full stop.
fn printed(code: Code) -> Option<String> {
    let no_error = |meaning: &Meaning| meaning.name().is_some_and(|name| is_in(&["no-error"], name));
    let meaning = Meaning::all().find(|meaning| meaning.code() == code && code.bits() > 1 && !no_error(meaning))?;
    meaning.printed().map(|printed| printed.trim_end_matches('.').to_lowercase())
}

/// The number in brackets after what Windows prints for it, where `rest` begins with that.
fn bracketed(before: &str, rest: &str) -> Option<(usize, usize, Code)> {
    // No text has a bracket.
    let (told, after) = rest.split_once('(')?;
    let from = told.len() + 1 + if after.starts_with("os error ") { 9 } else { 0 };
    let (digits, _) = rest[from..].split_once(')')?;
    let text = told.strip_suffix(". ")?;
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let code = Code::new(digits.parse().ok().filter(|_| is_number)?);
    let is_it = printed(code)? == text.to_lowercase();
    (is_it && is_whole(before, "")).then_some((from, from + digits.len(), code))
}

/// The number in brackets that `rest` begins with, before what Windows prints for it.
fn numbered(rest: &str) -> Option<(usize, usize, Code)> {
    let (digits, told) = rest.strip_prefix('(')?.split_once(") ")?;
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let code = Code::new(digits.parse().ok().filter(|_| is_number)?);
    let text = printed(code)?;
    let is_it = told.to_lowercase().strip_prefix(&text)?.starts_with(": [");
    is_it.then_some((1, 1 + digits.len(), code))
}

/// Whether the text that Windows prints for this code stands after the number and signs, or after the name of its field besides.
fn is_told_by_text(code: Code, after: &str) -> bool {
    let signs = |text: &str| text.chars().take(8).take_while(|c| " \t:;,.-=\"'\\(".contains(*c)).count();
    let text = &after[signs(after)..];
    let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
    let lower = word.to_ascii_lowercase();
    let is_name = ["description", "message", "text"].iter().any(|name| lower.ends_with(name));
    let text = if is_name { &text[word.len()..] } else { text };
    let text = if is_name { &text[signs(text)..] } else { text };
    let is_text = text.len() < after.len() && word.starts_with(|c: char| c.is_ascii_alphabetic());
    is_text && printed(code).is_some_and(|of| text.to_lowercase().strip_prefix(&of).is_some_and(|rest| is_whole("", rest)))
}

/// Whether the number after a word for an error is that of a call that failed, of a VPN connection or of a connection to a domain controller.
fn is_failed_calls(before: &str, phrase: &str, told: &str, len: usize, code: Code, after: &str) -> bool {
    let listed = Entry::by_code(code).len() > 0;
    let is_win32 = listed || Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
    let goes_on = goes_on(after);
    if phrase == "returned" && !goes_on && before.contains("NetUseAdd to ") {
        return code.bits() > 1 && is_win32;
    }
    let word = phrase.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if !is_in(&["error"], word) || code.bits() < 2 {
        return false;
    }
    let is_vpn = (600..=869).contains(&code.bits()) || (13_800..=13_999).contains(&code.bits());
    let is_told = !goes_on || after.strip_prefix(": ").is_some_and(|text| text.starts_with(|c: char| c.is_ascii_uppercase()));
    let is_process = code.bits() == 1067 && tells_of("process-word", "", after);
    let is_service = is_process || (1051..=1079).contains(&code.bits()) && tells_of("service-word", "", after);
    let is_calls = !goes_on && is_known_win32(code) && !(400..600).contains(&code.bits()) && tells_of_failed_call(before, len);
    (is_calls || is_told && is_win32 && (is_service || is_vpn && tells_of("vpn-word", told, after))) && !is_anothers(told, len, after)
}

/// Whether the line of a number says that it is one of another system or program.
fn is_anothers(told: &str, len: usize, after: &str) -> bool {
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let (line, rest) = (told.rsplit(is_end).next().unwrap_or_default(), after.split(is_end).next().unwrap_or_default());
    let has_in = |text: &str, word: &str| {
        let lower = text.to_ascii_lowercase();
        lower.match_indices(word).any(|(at, _)| is_whole(&text[..at], &text[at + word.len()..]))
    };
    let has = |word: &str| has_in(line, word) || has_in(rest, word);
    let is_programs = len > 3
        && list("other-word").iter().any(|word| has(word))
        && !list("service-word").iter().any(|word| has(word))
        && !has("provider:");
    is_programs || is_of_another_system(line)
}

fn is_of_another_system(line: &str) -> bool {
    let shape: String = line.chars().take(9).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_android = shape == "00-00 00:" && line.len() < 256;
    let is_source =
        [".cc(", ".cc:"].iter().flat_map(|mark| line.split(mark).skip(1)).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_tag = |open: usize| {
        let inside: String = line[open + 1..].chars().take_while(|c| c.is_ascii_hexdigit() || *c == ':').collect();
        let rest = &line[open + 1 + inside.len()..];
        let closes = rest.starts_with(']') && inside.contains(':') || rest.starts_with("]: ") || rest.starts_with("] <");
        let is_name = line[..open].ends_with(|c: char| is_word(c) || c == ')');
        (3..=16).contains(&inside.len()) && inside.starts_with(|c: char| c.is_ascii_digit()) && closes && is_name
    };
    is_android || is_source || line.match_indices('[').any(|(at, _)| is_tag(at))
}

/// Whether a Win32 code has a record, or a meaning that is an error.
pub(super) fn is_known_win32(code: Code) -> bool {
    let is_error = |meaning: &Meaning| !meaning.name().is_some_and(|name| is_in(&["no-error"], name));
    let has_meaning = || Meaning::all().any(|meaning| meaning.code() == code && is_error(&meaning));
    (2..=0xFFFF).contains(&code.bits()) && (Entry::by_code(code).len() > 0 || has_meaning())
}

/// Whether a failure stands in the sentence before, and a function of Windows where the number is short.
pub(super) fn tells_of_failed_call(before: &str, len: usize) -> bool {
    let text = before.trim_ascii_end();
    let text = without_end(text.strip_suffix(". The").or_else(|| text.strip_suffix(';')).unwrap_or(text));
    let found = failures(text, false);
    let installs = words_back(text, false).iter().any(|place| is_apart(text, place) && is_in(&["installer"], &text[place.clone()]));
    let mut names = text.split(|c: char| !c.is_ascii_alphanumeric());
    let has_function =
        names.any(|name| name.starts_with(|c: char| c.is_ascii_uppercase()) && (is_function(name) || name.ends_with("IoControl")));
    (found.contains("failed") || found.contains("not")) && !installs && (len > 3 || has_function)
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
    if let Some(state) = after.strip_prefix(" (")
        && state.find(')') == Some(5)
    {
        return state[..5].chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    }
    if let Some(text) = after.strip_prefix(", ") {
        let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
        return word.eq_ignore_ascii_case("severity");
    }
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
