//! What the words before a number say of it.

use std::collections::BTreeSet;

use super::lists::is_in;
use super::signs::{Joint, identifier, is_apart, is_function, is_whole, is_word, peel, without_pair, word_back, words_back};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    Prefixed,
    Plain,
    Signed,
}

#[derive(PartialEq)]
pub(super) enum Said {
    Nothing,
    /// By a word for a code of something that no list has.
    AnyCode,
    Other,
    /// By a word of its own for an error; by a word for a code alone; by a word for a result or a failure.
    Error,
    Code,
    Result,
    /// As an error, by the name of an HRESULT.
    Hresult,
    Failed,
    /// As an error, but not by the word right before it: a noun gives way to a failure, or is the id of an error.
    Indirect,
}

impl Said {
    pub(super) fn is_error(&self) -> bool {
        !matches!(self, Self::Nothing | Self::AnyCode | Self::Other)
    }
}

pub(super) fn said(before: &str, form: Form) -> (Said, Joint) {
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
    let is_code_of = is_in(&["code-of"], &word) && is_after_code(rest);
    if form != Form::Prefixed && (is_code_of || is_in(&calls, &word) || is_in(&["code"], &word)) && near.contains("errordomain") {
        return (Said::Other, joint);
    }
    if is_in(&["code"], &word) {
        let said = match word_back(&mut rest) {
            None => Said::Code,
            Some(of) if is_in(&["domain"], &of) => Said::Other,
            Some(of) if is_in(&calls, &of) || is_in(&["qualifier"], &of) => Said::Error,
            Some(of) if is_in(&["filler"], &of) => Said::Code,
            Some(of) if is_in(&["value", "thing", "measure", "bare"], &of) => Said::Other,
            Some(_) => Said::AnyCode,
        };
        return (said, joint);
    }
    if is_code_of {
        return (Said::Error, joint);
    }
    if is_in(&["error"], &word) && is_of_a_value(rest) {
        return (Said::Other, joint);
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
    let is_sentence = joint.has("([{") && after_joint.ends_with('.');
    if joint.has(",|") || is_sentence {
        return (Said::Nothing, joint);
    }
    if is_in(&["id"], &word) {
        let said = match word_back(&mut rest) {
            Some(of) if is_in(&["error", "hresult"], &of) => Said::Indirect,
            None if form != Form::Plain => Said::Nothing,
            _ => value_gives_way(&joint, rest),
        };
        return (said, joint);
    }
    let nouns: &[&str] = match form {
        Form::Signed => &["value", "thing"],
        Form::Prefixed => &["value", "thing", "measure"],
        Form::Plain => &["value", "thing", "measure", "bare"],
    };
    if !is_in(nouns, &word) {
        let mut letters = identifier(after_joint).chars();
        let is_handle = letters.next() == Some('h')
            && letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.next().is_some_and(|c| c.is_ascii_lowercase());
        let mut back = rest;
        let mut has_part = false;
        for _ in 0..3 {
            if has_part || !back.ends_with(is_word) {
                break;
            }
            let Some(part) = word_back(&mut back) else { break };
            has_part = is_in(nouns, &part);
        }
        let is_hidden = is_handle && form != Form::Signed || has_part && form == Form::Plain;
        return (if is_hidden { value_gives_way(&joint, rest) } else { Said::Nothing }, joint);
    }
    if is_function(after_joint) {
        let is_given = joint.has("([{") && joint.signs.len() == 1;
        return (if joint.has("=") || is_given { Said::Nothing } else { Said::Result }, joint);
    }
    if is_in(&["value"], &word) {
        return (value_gives_way(&joint, rest), joint);
    }
    let clause = failures(rest, true);
    let any = clause.contains("failed") || clause.contains("not") || clause.contains("adverse");
    let gives_way = !joint.has("=#") && if is_in(&["measure"], &word) && form == Form::Prefixed { any } else { joint.has(":([{D") && any };
    (if gives_way { Said::Indirect } else { Said::Other }, joint)
}

/// Whether a word for code stands before the end of `rest`, at most one small word between.
fn is_after_code(mut rest: &str) -> bool {
    let mut of = || word_back(&mut rest).unwrap_or_default();
    let first = of();
    is_in(&["code"], &first) || is_in(&["filler"], &first) && is_in(&["code"], &of())
}

/// Whether `rest` ends with a noun for a value and the word that makes what comes next its own.
fn is_of_a_value(mut rest: &str) -> bool {
    word_back(&mut rest).is_some_and(|of| is_in(&["genitive"], &of)) && word_back(&mut rest).is_some_and(|noun| is_in(&["value"], &noun))
}

/// What is said of a number after a noun for a value: it is one, unless something failed in its clause.
fn value_gives_way(joint: &Joint, rest: &str) -> Said {
    let clause = failures(rest, true);
    let failed = clause.contains("failed") || clause.contains("not");
    let gives_way = joint.has("([{") && (failed || clause.contains("adverse")) || joint.has(":D") && failed;
    if gives_way && !joint.has("=#") { Said::Indirect } else { Said::Other }
}

/// The lists of failures that have a word before the end of `text`, as far back as its clause or sentence goes.
pub(super) fn failures(text: &str, clause: bool) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut next = "";
    let mut begin = usize::MAX;
    for place in words_back(text, clause) {
        let word = &text[place.clone()];
        if is_apart(text, &place) {
            let of: Vec<_> = FAILURES.into_iter().filter(|name| is_in(&[name], word)).collect();
            // The beginning of another word: non-compliant.
            let is_prefix = text[place.end..].starts_with('-') && of == ["not"];
            found.extend(of.into_iter().filter(|_| !is_prefix));
            let is_doing = next.ends_with("ing") && place.end + 1 == begin && text[place.end..].starts_with(' ');
            if is_doing && is_in(&["error"], word) && word.ends_with(|c: char| c.is_ascii_lowercase()) {
                found.insert("failed");
            }
        }
        (next, begin) = (word, place.start);
        if text[..place.end].ends_with("n't") {
            found.insert("not");
        }
    }
    found
}

/// Whether `[gle=` or `WIN32[` stands before a number and makes it the code of its sentence.
pub(super) fn is_marked_win32(before: &str) -> bool {
    if let Some(rest) = before.strip_suffix("WIN32[") {
        return is_whole(rest, "");
    }
    let Some(rest) = before.strip_suffix("[gle=") else { return false };
    let found = failures(without_end(rest), false);
    let last = rest.trim_ascii_end().rsplit([' ', '(', '[']).next().unwrap_or_default();
    !last.starts_with("0x") && (found.contains("failed") || found.contains("error"))
}

/// Brackets after a full stop belong to the sentence that it ends.
pub(super) fn without_end(text: &str) -> &str {
    text.trim_end_matches([' ', '.', '!', '?'])
}

/// Whether the number is the one in decimal that stands before its brackets, and is no error there.
pub(super) fn is_decimals_hex(before: &str, code: u32) -> bool {
    let Some(rest) = before.strip_suffix('(') else { return false };
    let rest = rest.strip_suffix(' ').unwrap_or(rest);
    let len = rest.chars().rev().take(5).take_while(char::is_ascii_digit).count();
    let (told, digits) = rest.split_at(rest.len() - len);
    digits.parse() == Ok(code) && !said(told, Form::Plain).0.is_error()
}

/// Whether the number stands in brackets that a failure of one of these lists makes the error's.
pub(super) fn in_failures_brackets(before: &str, after: &str, lists: &[&str]) -> bool {
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
    let found = failures(without_end(rest), false);
    let next = after.strip_prefix([')', ']', '}']).and_then(|after| after.strip_prefix(' '));
    let next: String = next.unwrap_or_default().chars().take(24).take_while(|c| is_word(*c)).collect();
    !is_call && lists.iter().any(|list| found.contains(list)) || is_in(&["failed"], &next)
}

pub(super) const FAILURES: [&str; 4] = ["failed", "not", "adverse", "error"];

/// Whether a failure stands in the sentence and the number at its end, or the number at its beginning and a failure after it.
pub(super) fn may_be_failures(before: &str, after: &str) -> bool {
    let (_, rest) = peel(without_pair(before));
    let is_last = after.chars().find(|c| !")]\"'. ".contains(*c)).is_none_or(|c| "<|,".contains(c));
    let is_first = rest.chars().rev().find(|c| *c != ' ').is_none_or(|c| ">|]".contains(c));
    let found = failures(rest, false);
    let end = after.find(['.', ';', '|', '<']).unwrap_or(after.len()).min(64);
    let fails = after[..end.min(after.len())].split(|c: char| !c.is_ascii_alphanumeric()).any(|word| is_in(&["failed"], word));
    let alone = rest.strip_suffix('.').filter(|_| rest.len() < before.len());
    let after_failure = alone.is_some_and(|text| !failures(text, false).is_empty());
    is_last && (found.contains("failed") || found.contains("error") || after_failure) || is_first && fails || is_named_error(after)
}

/// Whether a sign and at most three words stand after the number, the last of them a word for an error.
fn is_named_error(after: &str) -> bool {
    let after = after.strip_prefix(' ').unwrap_or(after);
    let Some(mut rest) = after.strip_prefix(": ").or_else(|| after.strip_prefix("- ")) else { return false };
    for _ in 0..3 {
        let word: String = rest.chars().take(24).take_while(|c| is_word(*c)).collect();
        rest = &rest[word.len()..];
        if word.is_empty() || is_in(&["error"], &word) {
            return !word.is_empty() && !rest.starts_with(is_word) && !rest.starts_with(' ');
        }
        let Some(next) = rest.strip_prefix(' ') else { return false };
        rest = next;
    }
    false
}
