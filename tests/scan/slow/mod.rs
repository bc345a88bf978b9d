//! The rules of the scan for numbers, written a second time, plainly and slowly: each place of a line is tried, and what stands before it is read
//! back sign by sign and word by word. Nothing here is shared with the scan but the lists in `data/words.toml` and what the table knows.

mod around;
mod before;
mod domain;
mod lists;
mod named;
mod signs;
mod wide;

pub(crate) use lists::listed;
pub(crate) use wide::{exit_codes, phrases};

use std::ops::Range;

use intune_err::{Code, Entry, Kind, Symbol, facility_names, is_known_error};

use around::{cells, is_joined, is_measured, unsuffixed};
use before::{FAILURES, Form, Said, failures, in_failures_brackets, is_decimals_hex, is_marked_win32, may_be_failures, said};
use domain::{domain_at, has_codes, is_message, message_at, tells_all};
use lists::{is_in, list};
use named::{is_known_win32, named_at, tells_of_failed_call};
use signs::{all_hex, identifier, is_apart, is_glued_name, is_numbered_error, is_whole, is_word, peel, words_back};

/// What is found in one line of ASCII, in its order: where, and what.
pub(crate) fn scan(line: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for start in 0..line.len() {
        if let Some((end, code)) = code_at(line, start) {
            found.push((start, end, code.to_string()));
        } else if let Some((from, to, text)) = named_at(line, start).or_else(|| domain_at(line, start)) {
            found.push((from, to, text));
        } else {
            found.extend(message_at(line, start));
        }
    }
    found.sort();
    // Of a code and an exit code the code stays.
    found.dedup_by_key(|of| (of.0, of.1));
    // Of two domains that share a number the longer stays.
    let mut at = 1;
    while at < found.len() {
        if found[at].0 >= found[at - 1].1 || !is_domain(&found[at].2) || !is_domain(&found[at - 1].2) {
            at += 1;
        } else if found[at].1 - found[at].0 > found[at - 1].1 - found[at - 1].0 {
            found.remove(at - 1);
            at = at.max(2) - 1;
        } else {
            found.remove(at);
        }
    }
    // Spellings of one error side by side are the first of them.
    let mut kept: Vec<(usize, usize, String)> = Vec::new();
    let mut reach = 0;
    for this in found {
        let pair = kept.last().filter(|last| {
            let code = if is_domain(&last.2) { &this.2 } else { &last.2 };
            is_pair(last, &this, &line[last.1..this.0]) && is_beside(&line[reach..this.0], code)
        });
        if let Some(last) = pair.cloned() {
            let (text, code) = if is_domain(&last.2) { (&last.2, &this.2) } else { (&this.2, &last.2) };
            reach = this.1;
            kept.pop();
            kept.push((last.0, this.1, format!("{text} with {code}")));
            continue;
        }
        let gap = &line[kept.last().map_or(0, |last| last.1)..this.0];
        let is_told_again = gap == "): Unknown error (" || gap.len() <= 256 && gap.ends_with("(Exception from HRESULT: ");
        if is_told_again && kept.last().is_some_and(|last| is_same_code(last, &this)) {
            continue;
        }
        let is_thrown = kept.last().is_some_and(|last| last.2 == "0x80004005" && line[..last.0].ends_with("xception ("));
        if is_thrown && gap == "): " && this.2.starts_with("0x") {
            reach = this.1;
            kept.pop();
            kept.push(this);
            continue;
        }
        let is_of_scep = kept.last().is_some_and(|last| line[..last.0].ends_with("certificate request (") && last.2.starts_with("0x"));
        if is_of_scep && this.2 == "0x80004005" && is_beside(&line[reach..this.0], &kept[kept.len() - 1].2) {
            reach = this.1;
            continue;
        }
        let is_again = kept.last().is_some_and(|last| {
            is_one_error(&last.2, &this.2)
                && !line[last.0..last.1].eq_ignore_ascii_case(&line[this.0..this.1])
                && is_beside(&line[reach..this.0], &last.2)
        });
        reach = this.1;
        if !is_again {
            kept.push(this);
        }
    }
    // What the number of a domain tells in its line, its message tells once more.
    let numbers: Vec<String> = kept.iter().filter_map(|of| of.2.split(" with ").next().map(str::to_owned)).collect();
    kept.retain(|of| !is_message(&of.2) || !numbers.iter().any(|number| number.contains(" Code=") && tells_all(number, &of.2)));
    kept
}

/// Whether a text is a number of a domain or a message of one, and no code stands beside it.
fn is_domain(text: &str) -> bool {
    (text.contains("Domain Code=") || is_message(text)) && !text.contains(" with ")
}

fn is_same_code(a: &(usize, usize, String), b: &(usize, usize, String)) -> bool {
    let code = |text: &str| text.rsplit(' ').next().filter(|code| code.starts_with("0x") && !text.starts_with("low")).map(str::to_owned);
    code(&a.2).zip(code(&b.2)).is_some_and(|(a, b)| is_one_error(&a, &b))
}

/// Whether one is the name of a domain and the other the code that it stands beside. A problem that has codes has none of those that stand here.
fn is_pair(a: &(usize, usize, String), b: &(usize, usize, String), gap: &str) -> bool {
    let is_apart = gap == "-" || gap.contains([',', ';', '/', '|', '.', '!', '?']);
    let code_first = is_domain(&b.2) && a.2.starts_with("0x");
    let in_brackets = [" [", " (", "[", "("].contains(&gap.strip_prefix('.').unwrap_or(gap));
    let text = if is_domain(&a.2) { &a.2 } else { &b.2 };
    let is_joined = !has_codes(text) && !is_apart && (!code_first || gap.contains([':', '(', '-', '[']));
    code_first && is_joined || is_domain(&a.2) && b.2.starts_with("0x") && (in_brackets || is_joined)
}

fn is_one_error(a: &str, b: &str) -> bool {
    if let Some((_, code)) = a.split_once(" with ") {
        return b.starts_with("0x") && is_one_error(code, b);
    }
    if is_domain(a) || is_domain(b) {
        return a == b;
    }
    let code = |text: &str| match text.strip_prefix("exit code ") {
        Some(number) => Code::new(number.parse().expect("an exit code is a number")),
        None => Code::new(u32::from_str_radix(text.trim_start_matches("0x"), 16).unwrap_or_default()),
    };
    if a.starts_with("AADSTS") || b.starts_with("AADSTS") {
        return a == b;
    }
    let both_exit_codes = a.starts_with('e') && b.starts_with('e');
    !both_exit_codes && (code(a) == code(b) || code(a).other_form() == Some(code(b)))
}

fn is_beside(gap: &str, error: &str) -> bool {
    let respells = |word: &&str| word.parse::<u32>().is_ok_and(|number| is_one_error(error, &Code::new(number).to_string()));
    let (again, others): (Vec<&str>, Vec<&str>) =
        gap.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).partition(respells);
    let far = gap.len() - again.concat().len();
    gap.len() <= 32 && far <= 17 && others.iter().all(|word| is_in(&["between"], word))
}

fn is_of_a_family(code: Code) -> bool {
    code.bits() >> 27 == 16 && facility_names(Kind::Hresult, code.facility()).next().is_some()
}

fn is_never(code: Code) -> bool {
    matches!(code.bits(), 0xFFFF_FFFF | 0x8000_0000 | 0x8007_0000)
}

fn is_round(code: Code) -> bool {
    code.value() == 0 || code.bits() >= 0xFFFF_0000
}

/// The code whose written form begins at `start`, and where it ends.
fn code_at(line: &str, start: usize) -> Option<(usize, Code)> {
    let (before, rest) = line.split_at(start);
    let run = |text: &str| text.chars().take_while(char::is_ascii_hexdigit).count();
    if let Some(digits) = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")) {
        let len = run(digits);
        let code = |text: &str| u32::from_str_radix(text, 16).ok().map(Code::new);
        let (code, extended) = match len {
            1..=8 => (code(&digits[..len])?, false),
            16 if digits[..8].eq_ignore_ascii_case("ffffffff") => (code(&digits[8..16])?, true),
            _ => return None,
        };
        let end = start + 2 + len;
        let is_full = len >= 8;
        let after = if is_full { unsuffixed(&line[end..]) } else { &line[end..] };
        let is_found =
            if is_full && code.bits() > 0xFFFF { is_prefixed(before, after, code, extended) } else { is_small(before, after, code) };
        return is_found.then_some((end, code));
    }
    // Digits without a prefix are a whole run of them; those of an escape before them belong to that.
    let mut from = start;
    let mut hex_mark = false;
    for mark in ["&H", "&h"] {
        if rest.starts_with(mark) {
            from += 2;
            hex_mark = true;
        }
    }
    let decimal_mark = rest.starts_with("%%");
    let negative = rest.starts_with('-');
    from += if decimal_mark { 2 } else { usize::from(negative) };
    let first = line[..from].len() - line[..from].chars().rev().take_while(char::is_ascii_hexdigit).count();
    let is_escape = |len: usize, mark: &str| from - first == len && line[..first].ends_with(mark);
    let in_url = from == start && is_escape(2, "%") && !line[..first].ends_with("%%");
    if from != first && !(from == start && is_escape(4, "\\u")) && !in_url || line[..first].ends_with("0x") || line[..first].ends_with("0X")
    {
        return None;
    }
    let len = run(&line[from..]);
    if in_url && len + 2 <= 9 {
        return None;
    }
    let digits = &line[from..from + len];
    let mut end = from + len;
    if decimal_mark && (1..=5).contains(&len) {
        let code = Code::new(digits.parse().ok()?);
        return is_inserted(before, digits, &line[end..], code).then_some((end, code));
    }
    let is_task = digits.starts_with("0000") && !hex_mark && !in_url;
    if len == 8 && !negative && !decimal_mark && is_task {
        let code = Code::new(u32::from_str_radix(digits, 16).expect("eight hex digits"));
        let after = &line[end..];
        let is_found = before.ends_with("(Error: ") && after.starts_with("; Source: ") && is_small(before, after, code);
        return is_found.then_some((end, code));
    }
    if len == 8 && !negative && !decimal_mark {
        let code = Code::new(u32::from_str_radix(digits, 16).expect("they are hex digits"));
        if line[end..].starts_with(['h', 'H']) {
            end += 1;
        }
        return is_bare(before, &line[end..], code, digits, in_url, hex_mark).then_some((end, code));
    }
    let number: u64 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()) && !hex_mark)?;
    let bits = match len {
        9 | 10 if negative && number < 1 << 31 => (number as u32).wrapping_neg(),
        10 if !negative && number > 1 << 31 && number >> 32 == 0 => number as u32,
        20 if !negative && number >> 31 == 0x1_FFFF_FFFF => number as u32,
        _ => return None,
    };
    let form = if negative { Form::Signed } else { Form::Plain };
    // A number that has a sign or a mark begins with it.
    if !negative && !decimal_mark && (before.ends_with('-') || before.ends_with("%%")) {
        return None;
    }
    let whole = line[end..].strip_prefix(".0").filter(|rest| is_whole("", rest) && !rest.starts_with('.'));
    let after = unsuffixed(whole.unwrap_or(&line[end..]));
    is_decimal(before, after, Code::new(bits), form, len, in_url).then_some((end, Code::new(bits)))
}

/// Whether a name such as `NetpDoDomainJoin` stands before a number, not far from it.
fn is_of_domain_join(before: &str) -> bool {
    let near = String::from_utf8_lossy(&before.as_bytes()[before.len().saturating_sub(256)..]).into_owned();
    let mut words = near.split(|c| !is_word(c));
    words.any(|word| word.strip_prefix("Netp").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())))
}

/// Whether the line of a number, as far as it is looked at, names a blue screen.
fn is_of_blue_screen(before: &str, after: &str) -> bool {
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let before = before[before.len().saturating_sub(256)..].rsplit(is_end).next().unwrap_or_default().to_lowercase();
    let after = after[..after.len().min(256)].split(is_end).next().unwrap_or_default().to_lowercase();
    let has = |text: &str, word: &str| text.match_indices(word).any(|(at, _)| is_whole(&text[..at], &text[at + word.len()..]));
    list("blue-screen").iter().any(|word| has(&before, word) || has(&after, word))
}

/// Whether `%%1060` stands after a word for an error, or is a field that has no name of its own.
fn is_inserted(before: &str, digits: &str, after: &str, code: Code) -> bool {
    let field = ["=", "\">", "'>", "\":\"", "\": \""].into_iter().find_map(|signs| before.strip_suffix(signs));
    let name = field.map(|name| name.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(name));
    let name = name.map(|name| name.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(name));
    let is_field = name.and_then(|name| name.strip_suffix("param")).is_some_and(|rest| is_whole(rest, ""));
    let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0') && is_whole("", after);
    is_number && !before.ends_with('%') && is_known_win32(code) && (is_field || said(before, Form::Plain).0 == Said::Error)
}

/// Whether a word for a result or a failure stands in the sentence before a number.
fn tells_how_it_ended(before: &str) -> bool {
    let found = failures(before, false);
    let is_result = |place: &Range<usize>| is_apart(before, place) && is_in(&["result"], &before[place.clone()]);
    found.contains("failed") || found.contains("not") || words_back(before, false).iter().any(is_result)
}

/// Whether a call failed before the word for an error that `before` ends with, and no equals sign is there.
fn is_of_failed_call(before: &str) -> bool {
    let near = &before[before.len().saturating_sub(256)..];
    let rest = peel(near.rsplit(['\n', '\r']).next().unwrap_or_default()).1;
    let told = &rest[..rest.len() - identifier(rest).len()];
    !told.contains('=') && tells_of_failed_call(told, 4)
}

fn is_small(before: &str, after: &str, code: Code) -> bool {
    if code.bits() < 2 || !is_whole(before, after) || before.ends_with('+') {
        return false;
    }
    if code.bits() <= 0x44 && is_of_kerberos(before) {
        return false;
    }
    let (said, joint) = said(before, Form::Plain);
    let is_step = joint.has(":") && is_of_domain_join(before) && tells_how_it_ended(before);
    if said == Said::Other && !is_step || is_decimals_hex(before, code.bits()) {
        return false;
    }
    let listed = Entry::by_code(code).len() > 0;
    if listed && code.bits() > 0x7FF && code.bits() != 0x0FFF_FFFF {
        return true;
    }
    let is_win32 = code.bits() <= 0xFFFF && Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
    let is_failed = said == Said::Error && is_of_failed_call(before);
    let is_defined = joint.has("=") && !is_failed && (after.is_empty() || after.starts_with([',', ';']) || after.starts_with(" }"));
    let is_range = after.starts_with('-') && after[1..].starts_with(is_word);
    let is_http = said == Said::Hresult && (12_000..=12_200).contains(&code.bits());
    let is_join = matches!(said, Said::Result | Said::Hresult) && is_of_domain_join(before) || is_step;
    let is_error = matches!(said, Said::Error | Said::Failed) || is_http || is_join;
    let called = listed && said.is_error() || is_error || is_marked_win32(before);
    (is_win32 || listed)
        && !is_defined
        && !is_range
        && !joint.has(",|")
        && (called || in_failures_brackets(before, after, &["error", "failed"]))
        && (code.bits() > 0x7FF || !is_of_blue_screen(before, after))
}

/// What stands before the signs between a word and its number.
fn without_signs(before: &str) -> &str {
    let signs = before.chars().rev().take(32).take_while(|c| " \t:=\"'>\\".contains(*c)).count();
    &before[..before.len() - signs]
}

/// Whether Windows tells why a computer was restarted.
fn is_of_restart(before: &str) -> bool {
    let told = without_signs(before);
    let is_field = told.strip_suffix("param4").is_some_and(|rest| is_whole(rest, ""));
    told != before && (is_field || told.ends_with("Reason Code"))
}

/// Whether Windows Installer tells by a code what each installation does that succeeds.
fn is_installers_note(before: &str, code: Code) -> bool {
    let Some(told) = before.strip_suffix(" 3: ") else { return false };
    let told = told.rsplit(['\n', '\r']).next().unwrap_or_default();
    let note = told.rsplit("Note: 1: ").next().unwrap_or_default();
    match code.bits() {
        0x8003_0005 => note == "2265 2: ",
        0x8003_0002 => note.starts_with("2262 2: ") || note.ends_with("\\inprogressinstallinfo.ipi"),
        _ => false,
    }
}

/// Whether a code is a planned restart for a part of the computer, or the one that old programs give.
fn is_restart(code: Code) -> bool {
    let [flags, part, high, low] = code.bits().to_be_bytes();
    flags >> 4 == 8 && high == 0 && ((1..7).contains(&part) && low < 0x25 || (part, low) == (7, 0x15))
}

/// Whether the event of a sign-in tells of an error of Kerberos.
fn is_of_kerberos(before: &str) -> bool {
    let told = without_signs(before);
    let is_alone = told.rsplit(['\n', '\r']).next().unwrap_or_default().trim_start() == "Result Code";
    let is_field = told.to_ascii_lowercase().ends_with("failure code") && told[told.len() - "failure code".len()..].starts_with('F');
    before[told.len()..].starts_with(':') && (is_alone || is_field)
}

/// Whether the next word calls a number an error, and the sentence ends there or says something else.
fn is_called_after(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['"', '\'']).unwrap_or(after).strip_prefix(' ') else { return false };
    let word: String = rest.chars().take(24).take_while(|c| is_word(*c)).collect();
    let behind = &rest[word.len()..];
    let next: String = behind.strip_prefix(' ').unwrap_or_default().chars().take(24).take_while(|c| is_word(*c)).collect();
    let is_lower = !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    is_lower
        && is_in(&["error"], &word)
        && !behind.starts_with(['=', '-', '(', '['])
        && (next.is_empty() || is_in(&["clause", "code"], &next))
}

fn is_prefixed(before: &str, after: &str, code: Code, extended: bool) -> bool {
    let known = is_known_error(code);
    if !code.is_failure() && !known || is_never(code) || !known && is_round(code) || is_restart(code) && is_of_restart(before) {
        return false;
    }
    let is_license = code.bits() == 0xC004_F014 && before.ends_with(" [(0 [");
    let last = after.strip_prefix("-0x").or_else(|| after.strip_prefix(" - 0x")).unwrap_or_default();
    let is_span = last.get(..8).is_some_and(|last| all_hex(last) && last.to_ascii_lowercase().ends_with("fff"));
    let is_longer = last.get(8..9).is_some_and(all_hex);
    if is_license || is_span && !is_longer || code.bits() == 0xD000_02FE && before.contains("Desktop Window Manager") {
        return false;
    }
    let is_guid = |after: &str| {
        let rest = after.strip_prefix(',').map(|rest| rest.strip_prefix(' ').unwrap_or(rest)).unwrap_or_default();
        let digits = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")).unwrap_or_default();
        let len = digits.chars().take_while(char::is_ascii_hexdigit).count();
        (1..=4).contains(&len) && digits[len..].starts_with(',')
    };
    let is_address = after.starts_with('`') && after[1..].starts_with(|c: char| c.is_ascii_hexdigit());
    let begins = is_whole(before, "") || is_glued_name(before, &["error", "code", "hresult"]);
    if !begins || !is_whole("", after) || before.ends_with('+') || is_guid(after) || is_address {
        return false;
    }
    let (said, _) = said(before, Form::Prefixed);
    let is_brokers = (0xCAA0_0000..=0xCAAF_FFFF).contains(&code.bits());
    let called = || {
        let ends = is_of_a_family(code) || is_brokers;
        said.is_error()
            || is_brokers && said == Said::AnyCode
            || code.bits() >> 16 == 0x8023 && before.contains("BAIL: MMS(")
            || in_failures_brackets(before, after, &FAILURES)
            || is_called_after(after)
            || ends && may_be_failures(before, after)
    };
    let (left, right) = cells(before, after, true);
    said != Said::Other && (known && code.bits() != 0x0FFF_FFFF || called()) && left + right <= usize::from(!extended)
}

fn is_bare(before: &str, after: &str, code: Code, digits: &str, in_url: bool, is_marked: bool) -> bool {
    let known = is_known_error(code);
    let begins = is_whole(before, "") || !is_marked && is_glued_name(before, &["error"]);
    let is_candidate = known || !is_round(code) && is_of_a_family(code);
    if !code.is_failure() || is_never(code) || !is_candidate || !begins || !is_whole("", after) || before.ends_with('-') {
        return false;
    }
    let (said, joint) = said(before, Form::Plain);
    let called = said.is_error();
    if !known && !in_failures_brackets(before, after, &["failed", "error"]) {
        return false;
    }
    let is_number = code.bits() >> 12 == 0x8_0000 && digits.bytes().all(|b| b.is_ascii_digit());
    if in_url && !called || is_number && !called && !in_failures_brackets(before, after, &FAILURES) {
        return false;
    }
    let is_mask = code.bits() >> 30 == 3 && matches!(said, Said::Nothing | Said::AnyCode) && joint.has("=") || joint.has("#") && !called;
    said != Said::Other && !is_mask && !is_joined(before, after, called) && !is_measured(after) && cells(before, after, false) == (0, 0)
}

fn is_decimal(before: &str, after: &str, code: Code, form: Form, len: usize, in_url: bool) -> bool {
    let known = is_known_error(code);
    if is_never(code) || !known && (len != 10 || is_round(code)) {
        return false;
    }
    let signed = form == Form::Signed;
    if is_installers_note(before, code) {
        return false;
    }
    let is_numbered = !signed && is_numbered_error(before);
    let is_alone = is_whole(before, after) || is_numbered && is_whole("", after);
    if before.ends_with('-') || signed && before.ends_with([')', ']', '}']) || !is_alone || is_measured(after) {
        return false;
    }
    let (said, joint) = said(before, form);
    let called = said.is_error() || is_numbered;
    if said == Said::Other || is_joined(before, after, called) || in_url && !called {
        return false;
    }
    let is_plain = known && (code.bits() >> 12 != 0x8_0000 || Entry::by_code(code).len() > 0) && (!joint.has("#") || called);
    is_plain || called && (signed || said != Said::Code) || (signed || known) && in_failures_brackets(before, after, &FAILURES)
}
