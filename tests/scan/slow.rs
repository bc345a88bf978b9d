//! The rules of the scan for numbers, written a second time, plainly and slowly: each place of a line is tried, and what stands before it is read
//! back sign by sign and word by word. Nothing here is shared with the scan but the lists in `data/words.toml` and what the table knows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use intune_err::{Area, Code, Entry, Kind, Symbol, facility_names, is_known_error};

/// The words of each list of `data/words.toml`.
static LISTS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let file: toml::Table = toml::from_str(include_str!("../../data/words.toml")).expect("the file is TOML");
    let texts = |value: &toml::Value| value.as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect();
    let words = |list: &toml::Value| -> BTreeSet<String> {
        let groups = list.get("groups").and_then(toml::Value::as_array).into_iter().flatten();
        groups.filter_map(|group| group.get("words")).flat_map(|words| -> Vec<String> { texts(words) }).collect()
    };
    file.iter().map(|(name, list)| (name.clone(), words(list))).collect()
});

fn list(name: &str) -> &'static BTreeSet<String> {
    &LISTS[name]
}

/// All words in ASCII of the lists that decide here. A low word has rows of its own, and everyday words decide about names.
pub(crate) fn listed() -> Vec<String> {
    let lists = LISTS.iter().filter(|(name, _)| !["low-word", "everyday", "everyday-field"].contains(&name.as_str()));
    lists.flat_map(|(_, words)| words).filter(|word| word.is_ascii()).cloned().collect()
}

fn is_in(lists: &[&str], word: &str) -> bool {
    let word = word.to_lowercase();
    lists.iter().any(|name| list(name).contains(&word))
}

/// What is found in one line of ASCII, in its order: where, and what.
pub(crate) fn scan(line: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for start in 0..line.len() {
        if let Some((end, code)) = code_at(line, start) {
            found.push((start, end, code.to_string()));
        } else if let Some((from, to, text)) = named_at(line, start) {
            found.push((from, to, text));
        }
    }
    found.sort();
    found.dedup();
    // Spellings of one error side by side are the first of them.
    let mut kept: Vec<(usize, usize, String)> = Vec::new();
    let mut reach = 0;
    for this in found {
        let is_again = kept.last().is_some_and(|last| {
            is_one_error(&last.2, &this.2)
                && !line[last.0..last.1].eq_ignore_ascii_case(&line[this.0..this.1])
                && is_beside(&line[reach..this.0])
        });
        reach = this.1;
        if !is_again {
            kept.push(this);
        }
    }
    kept
}

fn is_one_error(a: &str, b: &str) -> bool {
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

fn is_beside(gap: &str) -> bool {
    gap.len() <= 16 && gap.split(|c: char| !c.is_ascii_alphanumeric()).all(|word| word.is_empty() || is_in(&["between"], word))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn all_hex(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit())
}

/// The escape at the end of `text`: its length and the sign that it stands for. A colour stands for nothing.
fn escape(text: &str) -> Option<(usize, Option<char>)> {
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
    // ESC, a bracket, parameters, one letter.
    let begin = text.rfind("\u{1B}[")?;
    let inner = text.get(begin + 2..text.len() - 1)?;
    let last = text.chars().last()?;
    (('@'..='~').contains(&last) && inner.chars().all(|c| ('0'..='?').contains(&c))).then(|| (text.len() - begin, None))
}

/// Whether a word begins after `before`, and whether one ends before `after`.
fn is_whole(before: &str, after: &str) -> bool {
    (!before.ends_with(is_word) || escape(before).is_some()) && !after.starts_with(is_word)
}

/// The signs between a word and its number.
#[derive(Default)]
struct Joint {
    signs: String,
}

impl Joint {
    fn has(&self, signs: &str) -> bool {
        self.signs.contains(|c| signs.contains(c))
    }
}

/// Takes the signs from the end of `text`.
fn peel(text: &str) -> (Joint, &str) {
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
fn word_back(rest: &mut &str) -> Option<String> {
    for _ in 0..3 {
        if let Some(shorter) = rest.strip_suffix([' ', '_', '-', '.', '\'']) {
            *rest = shorter;
        }
    }
    let word = last_word(rest).to_owned();
    *rest = &rest[..rest.len() - word.len()];
    (!word.is_empty()).then_some(word)
}

fn identifier(text: &str) -> &str {
    &text[text.len() - text.chars().rev().take(64).take_while(char::is_ascii_alphanumeric).count()..]
}

fn is_function(text: &str) -> bool {
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

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Prefixed,
    Plain,
    Signed,
}

#[derive(PartialEq)]
enum Said {
    Nothing,
    Other,
    /// By a word of its own for an error; by a word for a code alone; by a word for a result or a failure.
    Error,
    Code,
    Result,
    /// As an error, by the name of an HRESULT.
    Hresult,
    Failed,
}

impl Said {
    fn is_error(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Other)
    }
}

/// The first code of a pair belongs to the second.
fn without_pair(before: &str) -> &str {
    let Some(text) = before.strip_suffix('/') else { return before };
    let word = &text[text.len() - text.chars().rev().take(24).take_while(|c| is_word(*c)).count()..];
    if is_code_like(word) { &text[..text.len() - word.len()] } else { before }
}

fn is_code_like(word: &str) -> bool {
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
    digits.len() == 8 && all_hex(digits) && digits.starts_with(|c: char| c >= '8')
}

fn said(before: &str, form: Form) -> (Said, Joint) {
    let before = without_pair(before);
    let (joint, after_joint) = peel(before);
    let mut rest = after_joint;
    if joint.signs.is_empty() {
        return (Said::Nothing, joint);
    }
    let Some(mut word) = word_back(&mut rest) else {
        let returned = joint.has("=") && after_joint.ends_with(')') && form == Form::Prefixed;
        return (if returned { Said::Result } else { Said::Nothing }, joint);
    };
    for _ in 0..3 {
        if !is_in(&["filler"], &word) {
            break;
        }
        rest = peel(rest).1;
        match word_back(&mut rest) {
            Some(next) => word = next,
            None => return (Said::Nothing, joint),
        }
    }
    let calls = ["error", "hresult", "result", "failed"];
    let near = before[before.len().saturating_sub(80)..].to_lowercase();
    if form != Form::Prefixed && (is_in(&calls, &word) || is_in(&["code"], &word)) && near.contains("errordomain") {
        return (Said::Other, joint);
    }
    if is_in(&["code"], &word) {
        let said = match word_back(&mut rest) {
            None => Said::Code,
            Some(of) if is_in(&["domain"], &of) => Said::Other,
            Some(of) if is_in(&calls, &of) || is_in(&["qualifier"], &of) => Said::Error,
            Some(of) if is_in(&["filler"], &of) => Said::Code,
            Some(of) if is_in(&["value", "thing", "measure", "bare"], &of) => Said::Other,
            Some(_) => Said::Nothing,
        };
        return (said, joint);
    }
    if is_in(&calls, &word) {
        let said = match word {
            _ if rest.ends_with('_') && !joint.has(":=([{") => Said::Nothing,
            word if is_in(&["error"], &word) => Said::Error,
            word if is_in(&["failed"], &word) => Said::Failed,
            word if is_in(&["hresult"], &word) => Said::Hresult,
            _ => Said::Result,
        };
        return (said, joint);
    }
    if joint.has(",|") {
        return (Said::Nothing, joint);
    }
    if is_in(&["id"], &word) {
        let said = match word_back(&mut rest) {
            Some(of) if is_in(&["error", "hresult"], &of) => Said::Error,
            None if form != Form::Plain => Said::Nothing,
            _ => Said::Other,
        };
        return (said, joint);
    }
    let nouns: &[&str] = match form {
        Form::Signed => &["value", "thing"],
        Form::Prefixed => &["value", "thing", "measure"],
        Form::Plain => &["value", "thing", "measure", "bare"],
    };
    if !is_in(nouns, &word) {
        return (Said::Nothing, joint);
    }
    if is_function(after_joint) {
        let is_given = joint.has("([{") && joint.signs.len() == 1;
        return (if joint.has("=") || is_given { Said::Nothing } else { Said::Result }, joint);
    }
    let clause = failures(rest, true);
    let failed = clause.contains("failed") || clause.contains("not");
    let any = failed || clause.contains("adverse");
    let gives_way = !joint.has("=#")
        && if is_in(&["value"], &word) {
            joint.has("([{") && any || joint.has(":") && failed
        } else if is_in(&["measure"], &word) && form == Form::Prefixed {
            any
        } else {
            joint.has(":([{D") && any
        };
    (if gives_way { Said::Error } else { Said::Other }, joint)
}

/// The places of the words before the end of `text`, the last one first, as far back as its clause or sentence goes. The parts of an
/// identifier are words of their own.
fn words_back(text: &str, clause: bool) -> Vec<Range<usize>> {
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
fn is_apart(text: &str, place: &Range<usize>) -> bool {
    !text[..place.start].ends_with(is_word) && !text[place.end..].starts_with(is_word)
}

/// The lists of failures that have a word before the end of `text`, as far back as its clause or sentence goes.
fn failures(text: &str, clause: bool) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for place in words_back(text, clause) {
        if is_apart(text, &place) {
            found.extend(FAILURES.into_iter().filter(|name| is_in(&[name], &text[place.clone()])));
        }
        if text[..place.end].ends_with("n't") {
            found.insert("not");
        }
    }
    found
}

/// Whether the number stands in brackets that a failure of one of these lists makes the error's.
fn in_failures_brackets(before: &str, after: &str, lists: &[&str]) -> bool {
    let before = without_pair(before);
    let (joint, rest) = peel(before);
    if !joint.has("([{") {
        return false;
    }
    let name = identifier(rest);
    let is_call = joint.signs.len() == 1
        && rest.len() + 1 == before.len()
        && !name.is_empty()
        && (rest[..rest.len() - name.len()].ends_with('.') || !name.chars().all(|c| c.is_ascii_lowercase()));
    let found = failures(rest, false);
    let next = after.strip_prefix([')', ']', '}']).and_then(|after| after.strip_prefix(' '));
    let next: String = next.unwrap_or_default().chars().take(24).take_while(|c| is_word(*c)).collect();
    !is_call && lists.iter().any(|list| found.contains(list)) || is_in(&["failed"], &next)
}

const FAILURES: [&str; 4] = ["failed", "not", "adverse", "error"];

fn is_of_a_family(code: Code) -> bool {
    code.bits() >> 27 == 16 && facility_names(Kind::Hresult, code.facility()).next().is_some()
}

/// Whether a failure stands in the sentence and the number at its end, or the number at its beginning and a failure after it.
fn may_be_failures(before: &str, after: &str) -> bool {
    let (_, rest) = peel(without_pair(before));
    let is_last = after.chars().find(|c| !")]\"'. ".contains(*c)).is_none_or(|c| "<|,".contains(c));
    let is_first = rest.chars().rev().find(|c| *c != ' ').is_none_or(|c| ">|]".contains(c));
    let found = failures(rest, false);
    let end = after.find(['.', ';', '|', '<']).unwrap_or(after.len()).min(64);
    let fails = after[..end.min(after.len())].split(|c: char| !c.is_ascii_alphanumeric()).any(|word| is_in(&["failed"], word));
    is_last && (found.contains("failed") || found.contains("error")) || is_first && fails
}

fn unsuffixed(after: &str) -> &str {
    let unsigned = after.strip_prefix(['U', 'u']).unwrap_or(after);
    unsigned.strip_prefix(['L', 'l']).unwrap_or(after)
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
    if len == 8 && !negative && !decimal_mark {
        let code = Code::new(u32::from_str_radix(digits, 16).expect("they are hex digits"));
        if line[end..].starts_with(['h', 'H']) {
            end += 1;
        }
        return is_bare(before, &line[end..], code, digits, in_url).then_some((end, code));
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
    is_decimal(before, unsuffixed(&line[end..]), Code::new(bits), form, len, in_url).then_some((end, Code::new(bits)))
}

fn is_small(before: &str, after: &str, code: Code) -> bool {
    if code.bits() < 2 || !is_whole(before, after) || before.ends_with('+') {
        return false;
    }
    let (said, joint) = said(before, Form::Plain);
    if said == Said::Other {
        return false;
    }
    if Entry::by_code(code).len() > 0 {
        return true;
    }
    let is_win32 = code.bits() <= 0xFFFF && Symbol::by_code(code).any(|symbol| symbol.kind() == Kind::Win32);
    let is_defined = joint.has("=") && (after.is_empty() || after.starts_with([',', ';']) || after.starts_with(" }"));
    let is_range = after.starts_with('-') && after[1..].starts_with(is_word);
    let called = matches!(said, Said::Error | Said::Failed);
    is_win32 && !is_defined && !is_range && !joint.has(",|") && (called || in_failures_brackets(before, after, &["error", "failed"]))
}

fn is_prefixed(before: &str, after: &str, code: Code, extended: bool) -> bool {
    let known = is_known_error(code);
    if !code.is_failure() && !known || is_never(code) || !known && is_round(code) {
        return false;
    }
    let is_guid = |after: &str| {
        let rest = after.strip_prefix(',').map(|rest| rest.strip_prefix(' ').unwrap_or(rest)).unwrap_or_default();
        let digits = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")).unwrap_or_default();
        let len = digits.chars().take_while(char::is_ascii_hexdigit).count();
        (1..=4).contains(&len) && digits[len..].starts_with(',')
    };
    let is_address = after.starts_with('`') && after[1..].starts_with(|c: char| c.is_ascii_hexdigit());
    if !is_whole(before, after) || before.ends_with('+') || is_guid(after) || is_address {
        return false;
    }
    let (said, _) = said(before, Form::Prefixed);
    let called =
        || said.is_error() || in_failures_brackets(before, after, &FAILURES) || is_of_a_family(code) && may_be_failures(before, after);
    let (left, right) = cells(before, after, true);
    said != Said::Other && (known || called()) && left + right <= usize::from(!extended)
}

fn is_bare(before: &str, after: &str, code: Code, digits: &str, in_url: bool) -> bool {
    if !code.is_failure() || is_never(code) || !is_known_error(code) || !is_whole(before, after) || before.ends_with('-') {
        return false;
    }
    let (said, joint) = said(before, Form::Plain);
    let called = said.is_error();
    let is_number = code.bits() >> 12 == 0x8_0000 && digits.bytes().all(|b| b.is_ascii_digit());
    if in_url && !called || is_number && !called && !in_failures_brackets(before, after, &FAILURES) {
        return false;
    }
    let is_mask = code.bits() >> 30 == 3 && said == Said::Nothing && joint.has("=");
    said != Said::Other && !is_mask && !is_joined(before, after, called) && !is_measured(after) && cells(before, after, false) == (0, 0)
}

fn is_decimal(before: &str, after: &str, code: Code, form: Form, len: usize, in_url: bool) -> bool {
    let known = is_known_error(code);
    if is_never(code) || !known && (len != 10 || is_round(code)) {
        return false;
    }
    let signed = form == Form::Signed;
    if before.ends_with('-') || signed && before.ends_with([')', ']', '}']) || !is_whole(before, after) || is_measured(after) {
        return false;
    }
    let (said, joint) = said(before, form);
    let called = said.is_error();
    if said == Said::Other || is_joined(before, after, called) || in_url && !called {
        return false;
    }
    let is_plain = known && (code.bits() >> 12 != 0x8_0000 || Entry::by_code(code).len() > 0) && (!joint.has("#") || called);
    is_plain || called && (signed || said != Said::Code) || (signed || known) && in_failures_brackets(before, after, &FAILURES)
}

fn is_measured(after: &str) -> bool {
    let word: String = after.strip_prefix(' ').unwrap_or(after).chars().take(24).take_while(|c| is_word(*c)).collect();
    list("unit").contains(&word)
}

/// Whether the number is joined to something longer: a path, a version, an address, a URL, base64.
fn is_joined(before: &str, after: &str, called: bool) -> bool {
    let word_after = |text: &str| text.chars().take(24).take_while(|c| is_word(*c)).collect::<String>();
    let left = match before.chars().last() {
        Some('.') => before[..before.len() - 1].ends_with(|c| is_word(c) || c == '.'),
        Some(':') => before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit()),
        Some('/') => without_pair(before) == before,
        Some('`') => before[..before.len() - 1].ends_with(|c: char| c.is_ascii_hexdigit()),
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
        Some('+' | '@' | '%') => true,
        _ => false,
    };
    left || right || is_range
}

/// How many hex cells that are no errors stand before and after a number, two at most on each side.
fn cells(before: &str, after: &str, prefixed: bool) -> (usize, usize) {
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
        if !is_cell(word) {
            break;
        }
        right += 1;
        text = &shorter[word.len()..];
    }
    (left, right)
}

/// The token or exit code whose words begin at `start`.
fn named_at(line: &str, start: usize) -> Option<(usize, usize, String)> {
    let (before, rest) = line.split_at(start);
    if before.ends_with(is_word) && escape(before).is_none() {
        return None;
    }
    let number = |text: &str, most: usize| {
        let len = text.chars().take_while(char::is_ascii_digit).count();
        ((1..=most).contains(&len) && !text[len..].starts_with(is_word)).then_some(len)
    };
    let lower = rest.to_ascii_lowercase();
    if lower.starts_with("aadsts") {
        let digits = rest[6..].trim_start_matches([' ', ':', '-']);
        let from = rest.len() - digits.len();
        let len = number(digits, 7).filter(|len| *len > 3 && from <= 8)?;
        return (!digits.starts_with('0') || from == 6).then(|| (start, start + from + len, format!("AADSTS{}", &digits[..len])));
    }
    let signs = [' ', '\t', ':', '=', '"', '\'', '\\', '(', '[', '#', '>', '*', '`'];
    for (name, weak) in [("exit", false), ("exit-weak", true)] {
        for phrase in list(name).iter().filter(|phrase| phrase.is_ascii() && lower.starts_with(phrase.as_str())) {
            let mut text = &rest[phrase.len()..];
            for _ in 0..4 {
                let taken = text.chars().take(6).take_while(|c| signs.contains(c)).count();
                text = &text[taken..];
                let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
                if word.starts_with(|c: char| c.is_ascii_digit()) || !is_in(&["filler", "code"], &word) {
                    break;
                }
                text = &text[word.len()..];
            }
            let from = rest.len() - text.len();
            // A short word has its number right after it.
            let joints = [" ", ": ", " : ", ":", "=", " = ", " (", "(", " [", " #"];
            if phrase.len() < 8 && !joints.contains(&&rest[phrase.len()..from]) {
                continue;
            }
            let Some(len) = number(text, 5).filter(|_| from > phrase.len() && !text.starts_with('0')) else { continue };
            let after = &text[len..];
            let is_part = after.starts_with(['.', '-', '/', ':']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
            let told = &line[..start + phrase.len()];
            let installs = words_back(told, false).iter().any(|place| is_apart(told, place) && is_in(&["installer"], &told[place.clone()]));
            if is_part || is_measured(after) || weak && (len < 4 || goes_on(after)) || len < 4 && !installs || !is_exit_code(&text[..len]) {
                continue;
            }
            return Some((start + from, start + from + len, format!("exit code {}", &text[..len])));
        }
    }
    None
}

fn goes_on(after: &str) -> bool {
    let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    if let Some(text) = after.strip_prefix(' ') {
        let word: String = text.chars().take(24).take_while(|c| is_word(*c)).collect();
        return !word.is_empty() && !is_in(&["clause"], &word);
    }
    after.strip_prefix('.').is_some_and(|text| letter(text) || text.strip_prefix(' ').is_some_and(letter))
        || after.strip_prefix(": ").is_some_and(letter)
}

fn is_exit_code(digits: &str) -> bool {
    Entry::by_name(digits)
        .any(|entry| entry.area() == Area::AppInstall && entry.names().any(|name| name == digits) && !entry.names().any(|name| name == "0"))
}
