//! Which reading of a written form is answered, and what the answer says of the other.

use std::sync::Arc;

use super::layers::Answer;
use super::reason::Reason;
use super::settings::Lookup;
use super::suggest;
use crate::code::Code;
use crate::context::Context;
use crate::known::{is_known_error, is_known_in};
use crate::spelling::{ReadAs, Reading};
use crate::table::Table;

/// Chooses among readings: those with an entry win, then the first of those with a symbol, then the first.
pub(super) fn answers(lookup: &Lookup, query: &Arc<str>, written: &str, readings: &[Reading], context: &Context) -> Vec<Answer> {
    let mut answers: Vec<Answer> = readings.iter().map(|&reading| of_reading(lookup.table, query, written, reading, context)).collect();
    let has_entries = |answer: &Answer| !answer.entries.is_empty();
    if answers.len() > 1 {
        if answers.iter().any(has_entries) && !answers.iter().all(has_entries) {
            let (kept, other): (Vec<_>, Vec<_>) = answers.into_iter().partition(has_entries);
            answers = kept;
            say_reading(&mut answers, other.first().filter(|other| other.found()).and_then(|other| other.code));
        } else if answers.iter().all(has_entries) {
            say_reading(&mut answers, None);
        } else {
            let chosen = answers.iter().position(Answer::found).unwrap_or_default();
            let chosen = answers.remove(chosen);
            let other = answers.first().and_then(|other| other.code);
            answers = vec![chosen];
            say_reading(&mut answers, other);
        }
        if let Some(status) = http_status(readings) {
            answers[0].reasons.push(Reason::HttpStatus(status));
        }
    }
    if let [answer] = answers.as_mut_slice()
        && !answer.found()
    {
        let lost = lost_minus(readings, lookup.table);
        answer.reasons.extend(lost.map(Reason::LostMinus));
        if lookup.suggests {
            let meant = lost.or_else(|| needless_minus(readings, lookup.table)).map(|number| number.to_string());
            answer.suggestions = meant.into_iter().chain(suggest::codes_like(written, lookup.table)).collect();
        }
    }
    answers
}

fn of_reading(table: Table, query: &Arc<str>, written: &str, reading: Reading, context: &Context) -> Answer {
    let mut answer = Answer::of_code(table, query, reading.code, context);
    answer.read_as = Some(reading.base);
    if reading.letter_o {
        answer.reasons.insert(0, Reason::LetterO);
    }
    // A code that no log is searched for is the name of its problem.
    if answer.entries.is_empty() {
        answer.add_entries(table.by_name(&reading.code.to_string()), context);
    }
    // A decimal number may be a name, too: Windows Installer's 1603, an OMA DM status 1403.
    let digits = written.trim_matches(|c: char| !c.is_alphanumeric());
    if reading.base == ReadAs::Decimal && !written.contains('-') && answer.add_entries(table.by_name(digits), context) {
        answer.reasons.push(Reason::AlsoName(reading.code.bits().to_string()));
    }
    if reading.base == ReadAs::Decimal && digits.len() > 4 && answer.entries.is_empty() {
        // With a minus it is sooner an error of the sign-in library on Apple devices than a dash before a token's number.
        let of_library = written.contains('-').then(|| format!("MSALErrorDomain Code=-{digits}"));
        let mut tokens = of_library.into_iter().chain([format!("AADSTS{digits}")]);
        let token = tokens.find(|token| answer.add_entries(table.by_name(token), context));
        answer.reasons.extend(token.map(Reason::TokenOf));
    }
    answer
}

/// Has the answers say how each was read.
fn say_reading(answers: &mut [Answer], other: Option<Code>) {
    for answer in answers {
        if let (Some(code), Some(base)) = (answer.code, answer.read_as) {
            answer.reasons.insert(0, Reason::ReadAs { base, code, other });
        }
    }
}

/// Three digits that are an HTTP status which has a code of its own.
fn http_status(readings: &[Reading]) -> Option<u16> {
    let decimal = readings.iter().find(|reading| reading.base == ReadAs::Decimal)?;
    let status = u16::try_from(decimal.code.bits()).ok().filter(|status| (100..600).contains(status))?;
    is_known_error(Code::new(0x8019_0000 | u32::from(status))).then_some(status)
}

/// The number without its minus, if only that is known: an installer's code.
fn needless_minus(readings: &[Reading], table: Table) -> Option<i64> {
    let number = -i64::from(readings.first()?.code.signed());
    (1..=0xFFFF).contains(&number).then_some(number).filter(|number| table.by_name(&number.to_string()).next().is_some())
}

/// The negative number, if only that is a known error.
fn lost_minus(readings: &[Reading], table: Table) -> Option<i64> {
    let decimal = readings.iter().find(|reading| reading.base == ReadAs::Decimal && !reading.code.is_failure())?;
    let negative = -i64::from(decimal.code.bits());
    is_known_in(table, Code::new(negative as u32)).then_some(negative)
}
