//! Sentences and log lines: what the scan finds in them, or else everything that is written like a code.

use std::collections::HashSet;
use std::sync::Arc;

use super::layers::Answer;
use super::settings::Lookup;
use super::{domain, named, readings, suggest};
use crate::code::Code;
use crate::context::Context;
use crate::scan::Finding;
use crate::spelling::{self, Spelling};
use crate::table::Table;

/// The answers for what a sentence holds; its words are the context of each.
pub(super) fn answers(lookup: &Lookup, query: &Arc<str>, plain: &str, context: &Context) -> Vec<Answer> {
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut findings = lookup.scanner.scan(text.as_bytes());
    // A line that tells one error twice gets one answer, and so do two texts of the same entries.
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(finding.what));
    let mut seen_entries: HashSet<Vec<&str>> = HashSet::new();
    let mut answers: Vec<Answer> = Vec::new();
    for finding in findings {
        let given = *context;
        let context = around(&text, &finding).and(given);
        let mut answer = lookup.finding(finding.what, &context);
        // What a text of the table says itself doesn't speak against its own entry.
        answer.say_if_none_fits(&beside(&text, &finding).and(given));
        let is_text = answer.code.is_none();
        if !is_text || seen_entries.insert(answer.entries.iter().map(|entry| entry.id()).collect()) {
            answer.query = Arc::clone(query);
            answers.push(answer);
        }
    }
    if answers.is_empty() && text.contains(' ') {
        let is_marked = |word: &&str| word.len() > 8 && word.contains(|c: char| c.is_ascii_digit());
        let context = context.and(Context::of_text(&text));
        let mut seen = HashSet::new();
        for word in text.split(' ') {
            if let Some(Spelling::Code(readings)) = is_marked(&word).then(|| spelling::spelling(word, lookup.base)) {
                if seen.insert(readings[0].code) {
                    answers.extend(readings::answers(lookup, query, word, &readings, &context));
                }
            } else if word.contains('_') {
                answers.extend(constant(lookup.table, query, word, &context));
            }
        }
        if let Some(status) = domain::http_status_in(&text).filter(|_| answers.is_empty()) {
            answers.push(Answer::of_code(lookup.table, query, Code::new(0x8019_0000 | u32::from(status)), &context));
        }
    }
    for answer in answers.iter_mut().filter(|answer| !answer.found() && answer.suggestions.is_empty() && lookup.suggests) {
        answer.suggestions = answer.code.map(|code| suggest::codes_like(&code.to_string(), lookup.table)).unwrap_or_default();
    }
    answers
}

/// The answer for a word that is the name of a constant, also of one that is no error: `ERROR_MORE_DATA` in a sentence.
fn constant(table: Table, query: &Arc<str>, word: &str, context: &Context) -> Vec<Answer> {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let mut answers = named::whole(table, query, word, context).unwrap_or_default();
    for answer in &mut answers {
        answer.subject = word.into();
    }
    answers
}

/// How far the words around a finding tell its context, in bytes. A line of a log is seldom longer.
const REACH: usize = 512;

/// The context that a finding and the words around it tell.
fn around(text: &str, finding: &Finding) -> Context {
    let (start, end) = reach(text, finding);
    Context::of_parts(finding.what.telling(&text.as_bytes()[start..end], finding.start - start..finding.end - start))
}

/// The context that only the words around a finding tell.
fn beside(text: &str, finding: &Finding) -> Context {
    let (start, end) = reach(text, finding);
    let bytes = text.as_bytes();
    Context::of_parts([&bytes[start..finding.start], &bytes[finding.end..end]])
}

/// Where the words around a finding begin and end.
fn reach(text: &str, finding: &Finding) -> (usize, usize) {
    let (mut start, mut end) = (finding.start.saturating_sub(REACH), text.len().min(finding.end + REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (start, end)
}
