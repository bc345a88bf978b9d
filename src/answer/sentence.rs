//! Sentences and log lines: what the scan finds in them, or else whatever is written as a code.

use std::collections::HashSet;
use std::sync::Arc;

use super::layers::Answer;
use super::settings::Lookup;
use super::suggest;
use crate::context::Context;
use crate::scan::{Finding, Scanner};
use crate::spelling::{self, Base, Spelling};

/// The answers for what a sentence holds; its words are the context of each.
pub(super) fn answers(lookup: &Lookup, query: &Arc<str>, plain: &str, context: &Context) -> Vec<Answer> {
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut findings = Scanner::new().all(true).scan(text.as_bytes());
    // A line that tells one error twice gets one answer, and so do two texts of the same entries.
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(finding.what));
    let mut seen_entries: HashSet<Vec<&str>> = HashSet::new();
    let mut answers: Vec<Answer> = Vec::new();
    for finding in findings {
        let mut answer = Answer::in_context(finding.what, &around(&text, &finding).and(*context));
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
        for word in text.split(' ').filter(is_marked) {
            if let Spelling::Code(readings) = spelling::spelling(word, Base::Either)
                && seen.insert(readings[0].code)
            {
                answers.push(Answer::of_code(query, readings[0].code, &context));
            }
        }
    }
    for answer in answers.iter_mut().filter(|answer| !answer.found() && lookup.suggests) {
        answer.suggestions = answer.code.map(|code| suggest::codes_like(&code.to_string())).unwrap_or_default();
    }
    answers
}

/// How far the words around a finding tell its context, in bytes. A line of a log is seldom longer.
const REACH: usize = 512;

/// The context that the words around a finding tell.
fn around(text: &str, finding: &Finding) -> Context {
    let (mut start, mut end) = (finding.start.saturating_sub(REACH), text.len().min(finding.end + REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Context::of_text(&text[start..end])
}
