//! What the words before a number say of it.

use std::collections::BTreeSet;

use super::lists::is_in;
use super::signs::{Joint, identifier, is_apart, is_function, is_word, peel, without_pair, word_back, words_back};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    Prefixed,
    Plain,
    Signed,
}

#[derive(PartialEq)]
pub(super) enum Said {
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
    pub(super) fn is_error(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Other)
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
    let found = failures(rest, false);
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
    is_last && (found.contains("failed") || found.contains("error")) || is_first && fails
}
