//! Look-ups: a query is what one argument of the command line is.

use std::io::Write;

use intune_err::report::{counted, json, markdown, text::Text};
use intune_err::text::quoted;
use intune_err::{Answer, Entry, Lookup, QueryError, Reason, SearchResult};

use crate::html::{blocks, escaped, link, prose};

/// How many hits of a search stand below a query that is nothing by itself.
const HITS: usize = 12;
/// How many letters and digits a query has to have until it is searched for: fewer begin too many words.
const LETTERS: usize = 3;

/// Everything that a query is answered with.
fn answers(query: &str) -> Vec<Result<Vec<Answer>, QueryError>> {
    Lookup::new().answer_words(&[query]).collect()
}

/// What a function writes; memory takes everything.
fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    let _ = write(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

pub(crate) fn json(query: &str) -> String {
    written(|out| {
        for answered in answers(query) {
            match answered {
                Ok(answers) => answers.iter().try_for_each(|answer| json::answer(out, answer))?,
                Err(error) => json::no_query(out, &error.query, &error.to_string(), &error.suggestions)?,
            }
        }
        Ok(())
    })
}

pub(crate) fn markdown(query: &str) -> String {
    written(|out| {
        let answers = answers(query).into_iter().flatten().flatten().filter(is_something);
        for (position, answer) in answers.enumerate() {
            if position > 0 {
                writeln!(out)?;
            }
            markdown::answer(out, &answer)?;
        }
        Ok(())
    })
}

pub(crate) fn html(query: &str) -> String {
    let mut html = String::new();
    for answered in answers(query) {
        match answered {
            Ok(answers) => {
                for answer in answers {
                    if is_something(&answer) {
                        html += &format!("<article>{}</article>", blocks(&written(|out| Text::plain().answer(out, &answer))));
                    } else {
                        html += &miss(query, &unknown(&answer), &answer.suggestions);
                    }
                }
            }
            Err(error) => html += &miss(query, &error.to_string(), &error.suggestions),
        }
    }
    html
}

/// Whether an answer says anything of its query.
fn is_something(answer: &Answer) -> bool {
    answer.code.is_some() || answer.found()
}

fn unknown(answer: &Answer) -> String {
    let of_domain = answer.reasons.iter().find(|reason| matches!(reason, Reason::NothingKnown { .. }));
    of_domain.map_or_else(
        || format!("{} is neither a code nor a known name or message", quoted(answer.query())),
        |reason| reason.to_string().trim_end_matches('.').to_owned(),
    )
}

/// A query that is nothing: what is like it, and what holds its words.
fn miss(query: &str, what: &str, suggestions: &[String]) -> String {
    let mut html = format!("<article><p>{}.</p>", prose(what));
    if !suggestions.is_empty() {
        let links: Vec<String> = suggestions.iter().map(|query| link(query)).collect();
        html += &format!("<p>Did you mean: {}?</p>", links.join(", "));
    }
    let is_enough = query.chars().filter(|c| c.is_alphanumeric()).count() >= LETTERS;
    let hits = if is_enough { Lookup::new().search(query) } else { Vec::new() };
    if !hits.is_empty() {
        html += "<h2>What holds these words</h2><ul>";
        for hit in hits.iter().take(HITS) {
            let what = match hit.result {
                SearchResult::Entry(entry) => entry.problem().to_owned(),
                SearchResult::Meaning(meaning) => meaning.text().to_owned(),
                _ => hit.text.to_owned(),
            };
            html += &format!("<li>{}: {}</li>", link(&hit.result.query()), escaped(&what));
        }
        html += "</ul>";
        if hits.len() > HITS {
            html += &format!("<p>{} more. Type another word to see fewer.</p>", hits.len() - HITS);
        }
    }
    html + "</article>"
}

pub(crate) fn about() -> String {
    format!("{} from Microsoft's pages and headers.", counted(Entry::all().count() as u64, "record"))
}
