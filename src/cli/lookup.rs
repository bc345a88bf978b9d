//! Queries and their answers.

use std::io::{self, Write};
use std::path::Path;

use intune_err::report::{json, markdown};
use intune_err::text::{printable, quoted};
use intune_err::{Answer, Base, Lookup, QueryError, Reason, Spelling};

use super::session::{Format, Session, Status};
use super::slips;

/// Why a command ended early: writing failed.
type Written = io::Result<()>;

impl Session {
    pub(super) fn look_up(&mut self, words: &[String], base: Base) -> Written {
        let lookup = self.lookup().base(base).suggestions(!self.is_quiet());
        let mut rest = words;
        let mut first = true;
        while !rest.is_empty() {
            // A path stands for itself; the words before it belong together.
            let end = rest.iter().position(|word| is_path(&lookup, word, words.len())).unwrap_or(rest.len());
            for answered in lookup.answer_words(&rest[..end]) {
                match answered {
                    Ok(answers) => self.answers(&answers, &words[0], &mut first)?,
                    Err(error) => self.bad_query(&error)?,
                }
            }
            rest = &rest[end..];
            if let [path, after @ ..] = rest {
                self.path(path)?;
                rest = after;
            }
        }
        Ok(())
    }

    /// Writes answers, with an empty line between them and what stands before. The first word of the call can be meant as a command.
    fn answers(&mut self, answers: &[Answer], first_word: &str, first: &mut bool) -> Written {
        for answer in answers {
            let redacted;
            let answer = if self.redaction.is_on() {
                redacted = answer.clone().asked_as(&self.redaction.text(answer.query()), &self.redaction.text(answer.subject()));
                &redacted
            } else {
                answer
            };
            if !answer.found() {
                self.worsen(Status::NotFound);
            }
            let out = &mut self.out;
            match &self.format {
                Format::Quiet => {}
                Format::Json => json::answer(out, answer)?,
                _ if answer.code.is_none() && !answer.found() => self.unknown_text(answer, first_word),
                Format::Text(text) => {
                    if !std::mem::take(first) {
                        writeln!(out)?;
                    }
                    text.answer(out, answer)?;
                }
                Format::Markdown => {
                    if !std::mem::take(first) {
                        writeln!(out)?;
                    }
                    markdown::answer(out, answer)?;
                }
            }
        }
        Ok(())
    }

    fn unknown_text(&self, answer: &Answer, first_word: &str) {
        let query = quoted(answer.query());
        let of_domain = answer.reasons.iter().find(|reason| matches!(reason, Reason::NothingKnown { .. }));
        let what = match of_domain {
            Some(reason) => reason.to_string().trim_end_matches('.').replacen('N', "n", 1),
            None => format!("{query} is neither a code nor a known name or message"),
        };
        let mut words = answer.query().split_whitespace();
        let is_first = words.next().is_some_and(|word| first_word.split_whitespace().next() == Some(word));
        let (is_alone, is_like_others) = (words.next().is_none(), !answer.suggestions.is_empty());
        let command = (is_first && (is_alone || !is_like_others)).then(|| slips::command_meant(first_word, is_like_others)).flatten();
        let help = match answer.suggestions.as_slice() {
            _ if command.is_some() => command,
            [] if of_domain.is_some() => None,
            [] => Some("search for its words: intune-err search WORD...".to_owned()),
            some => Some(format!("did you mean: {}", some.join(", "))),
        };
        self.complain(&what, help.as_deref());
    }

    /// A path isn't a query, but the user wants to know what is in it.
    fn path(&mut self, path: &str) -> Written {
        self.worsen(Status::NotFound);
        let kind = if Path::new(path).is_dir() { "folder" } else { "file" };
        let what = format!("{} is a {kind}", quoted(path));
        if matches!(self.format, Format::Json) {
            json::no_query(&mut self.out, &self.redaction.text(path), &self.redaction.text(&what), &[])?;
        }
        if !self.is_quiet() {
            self.complain(&what, Some(&format!("scan it for errors: intune-err scan {}", printable(path))));
        }
        Ok(())
    }

    fn bad_query(&mut self, error: &QueryError) -> Written {
        self.worsen(Status::Failed);
        if matches!(self.format, Format::Json) {
            let (query, what) = (self.redaction.text(&error.query), self.redaction.text(&error.to_string()).into_owned());
            json::no_query(&mut self.out, &query, &what, &error.suggestions)?;
        }
        if !self.is_quiet() {
            let help = match error.suggestions.as_slice() {
                [] if error.query.trim().is_empty() => {
                    "name a code, a name or a message, such as 0x80180014. If a variable stands there, it has no value".to_owned()
                }
                [] => "use hex like 0x80180014 or a decimal number like -2145910764".to_owned(),
                some => format!("did you mean: {}", some.join(", ")),
            };
            self.complain(&error.to_string(), Some(&help));
        }
        Ok(())
    }
}

/// Whether a query is the path of a file or folder and nothing that is looked up as a whole. One of several words that looks like no path
/// is a word, though a file may have its name.
fn is_path(lookup: &Lookup, query: &str, words: usize) -> bool {
    (words == 1 || query.contains(['/', '\\', '.']))
        && Path::new(query).exists()
        && !matches!(intune_err::spelling(query, Base::Either), Spelling::Code(_))
        && !lookup.knows(query)
}
