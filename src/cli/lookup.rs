//! Queries and their answers.

use std::io::{self, Write};
use std::path::Path;

use intune_err::report::{json, markdown};
use intune_err::text::{printable, quoted};
use intune_err::{Answer, Base, QueryError, Spelling};

use super::session::{Format, Session, Status};

/// Why a command ended early: writing failed.
type Written = io::Result<()>;

impl Session {
    pub(super) fn look_up(&mut self, queries: &[String], base: Base) -> Written {
        if let Some(answers) = join(queries, base) {
            return self.answers(&answers, true);
        }
        for (position, query) in queries.iter().enumerate() {
            if is_file(query) {
                self.file(query)?;
                continue;
            }
            match intune_err::answer(query, base) {
                Ok(answers) => self.answers(&answers, position == 0)?,
                Err(error) => self.bad_query(&error)?,
            }
        }
        Ok(())
    }

    fn answers(&mut self, answers: &[Answer], first: bool) -> Written {
        for (position, answer) in answers.iter().enumerate() {
            if !answer.found() {
                self.worsen(Status::NotFound);
            }
            let out = &mut self.out;
            match &self.format {
                Format::Quiet => {}
                Format::Json => json::answer(out, answer)?,
                _ if answer.code.is_none() && !answer.found() => self.unknown_text(answer),
                Format::Text(text) => {
                    if !(first && position == 0) {
                        writeln!(out)?;
                    }
                    text.answer(out, answer)?;
                }
                Format::Markdown => {
                    if !(first && position == 0) {
                        writeln!(out)?;
                    }
                    markdown::answer(out, answer)?;
                }
            }
        }
        Ok(())
    }

    fn unknown_text(&self, answer: &Answer) {
        let query = quoted(answer.query());
        let help = match answer.suggestions.as_slice() {
            [] => "search for its words: intune-err search WORD...".to_owned(),
            some => format!("did you mean: {}", some.join(", ")),
        };
        self.complain(&format!("{query} is neither a code nor a known name or message"), Some(&help));
    }

    /// A path is no query; but whoever gave one wants to know what is in the file.
    fn file(&mut self, path: &str) -> Written {
        self.worsen(Status::NotFound);
        let what = format!("{} is a file", quoted(path));
        if matches!(self.format, Format::Json) {
            json::no_query(&mut self.out, path, &what, &[])?;
        }
        if !self.is_quiet() {
            self.complain(&what, Some(&format!("scan it for errors: intune-err scan {}", printable(path))));
        }
        Ok(())
    }

    fn bad_query(&mut self, error: &QueryError) -> Written {
        self.worsen(Status::Failed);
        if matches!(self.format, Format::Json) {
            json::no_query(&mut self.out, &error.query, &error.to_string(), &error.suggestions)?;
        }
        if !self.is_quiet() {
            let help = match error.suggestions.as_slice() {
                [] => "use hex like 0x80180014 or a decimal number like -2145910764".to_owned(),
                some => format!("did you mean: {}", some.join(", ")),
            };
            self.complain(&error.to_string(), Some(&help));
        }
        Ok(())
    }
}

/// Whether a query is the path of a file and nothing that is looked up as a whole.
fn is_file(query: &str) -> bool {
    Path::new(query).is_file()
        && !matches!(intune_err::spelling(query, Base::Either), Spelling::Code(_))
        && intune_err::Entry::by_name(query).len() == 0
        && intune_err::Symbol::by_name(query).len() == 0
}

/// The answers to all queries as one text, where none of them is anything by itself.
fn join(queries: &[String], base: Base) -> Option<Vec<Answer>> {
    let alone = |query: &String| {
        intune_err::answer(query, base).is_ok_and(|answers| answers.iter().all(|answer| answer.code.is_none() && !answer.found()))
    };
    ((2..=64).contains(&queries.len()) && queries.iter().all(alone)).then(|| intune_err::answer_joined(queries)).flatten()
}
