//! The words of a call: which are queries by themselves, which belong together, and which only tell where the error stands.

use std::ops::Range;
use std::sync::Arc;

use super::domain;
use super::layers::Answer;
use super::rank;
use super::reason::Reason;
use super::settings::{Lookup, QueryError};
use crate::context::{self, Context};
use crate::known::is_known_error;
use crate::order::sort_by_number;
use crate::spelling::{self, Base, Spelling};
use crate::table::words;
use crate::table::{Meaning, Symbol};

/// More words than these are a list, and not one text.
const MOST_JOINED: usize = 64;

/// The queries among the words of a call, and what the other words tell of all of them.
struct Queries {
    ranges: Vec<Range<usize>>,
    context: Context,
    /// Words that are nothing by themselves.
    others: Vec<usize>,
    /// Whether some of the words are no queries but tell something, as in a sentence.
    is_sentence: bool,
}

/// Answers the words of a call, a query at a time.
pub(super) fn answers<'a, S: AsRef<str>>(
    lookup: &'a Lookup,
    words: &'a [S],
) -> impl Iterator<Item = Result<Vec<Answer>, QueryError>> + use<'a, S> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let Queries { ranges, context, .. } = queries(lookup, &words);
    ranges.into_iter().flat_map(move |range| answer(lookup, &words[range], context))
}

/// The most words that can be a number and its place.
const MOST_OF_PLACE: usize = 8;

/// The answers for a text that is a number and the place where it stands: `VPN error 809`, `809 rasclient`. Only an entry of that place counts, or
/// what Windows says of the number where the words name a part of it: `net use error 1219`, `error 1069 service logon failure`.
pub(super) fn in_place(lookup: &Lookup, query: &Arc<str>, plain: &str, context: &Context) -> Option<Vec<Answer>> {
    let words: Vec<&str> = plain.split_whitespace().take(MOST_OF_PLACE + 1).collect();
    if !(2..=MOST_OF_PLACE).contains(&words.len()) {
        return None;
    }
    let Queries { ranges, context: told, others, .. } = queries(lookup, &words);
    let [range] = ranges.as_slice() else { return None };
    let is_measured = words.get(range.end).is_some_and(|next| words::is_unit(next.as_bytes()));
    // Without a word for an error it is one of nothing but the place: no version and no count.
    let is_windows = names_windows(plain, words[range.end - 1]);
    let is_error = range.len() > 1 || (others.is_empty() || is_windows) && words[range.start].len() > 2;
    if range.len() == words.len() || told.is_placeless() && !is_windows || is_measured || !is_error {
        return None;
    }
    let mut answers = answer(lookup, &words[range.clone()], told.and(*context)).pop()?.ok()?;
    let is_of_windows = |answer: &Answer| is_windows && answer.found() && answer.code.is_some_and(|code| code.bits() <= 0xFFFF);
    let is_about = |answer: &Answer| answer.entries.iter().any(|entry| rank::is_about(*entry, &told));
    answers.retain(|answer| answer.code.is_some() && (is_about(answer) || is_of_windows(answer)));
    for answer in &mut answers {
        answer.query = Arc::clone(query);
    }
    (!answers.is_empty()).then_some(answers)
}

/// Whether a text names a tool of Windows, or a service of it beside one of its numbers, and no other program.
fn names_windows(text: &str, number: &str) -> bool {
    let text = format!(" {} ", text.to_ascii_lowercase());
    let has = |word: &str| text.contains(&format!(" {word} "));
    let is_services = number.parse().is_ok_and(|number: u32| (1051..=1079).contains(&number));
    let names = words::windows_words().any(has) || is_services && words::service_words().any(has);
    names && !words::other_words().any(has)
}

/// The answers of one query of one word or several.
fn answer(lookup: &Lookup, words: &[&str], context: Context) -> Vec<Result<Vec<Answer>, QueryError>> {
    let tell = |mut answers: Vec<Answer>| {
        for answer in &mut answers {
            if answer.entries.len() > 1 && answer.fits(&context) {
                answer.reasons.extend(context.kinds().map(Reason::Context));
            }
            answer.say_if_none_fits(&context);
        }
        answers
    };
    let context = context.and(lookup.context);
    if let [word] = words {
        return vec![lookup.answer_in(word, &context).map(tell)];
    }
    let joined = words.join(" ");
    let is_plain = |word: &&str| word.chars().all(char::is_alphabetic);
    match lookup.find(&joined, &context) {
        Ok(Some(answers)) => vec![Ok(tell(answers))],
        // Words are one text that nothing fits; identifiers and the like are each a query.
        Ok(None) if words.iter().all(is_plain) => vec![Ok(vec![lookup.miss(&joined)])],
        _ => words.iter().map(|word| lookup.answer_in(word, &context)).collect(),
    }
}

/// Finds the queries among words. Numbers with their words, and what is something by itself, come first; the rest means something only
/// beside them.
fn queries(lookup: &Lookup, words: &[&str]) -> Queries {
    let mut found = Queries { ranges: Vec::new(), context: Context::default(), others: Vec::new(), is_sentence: false };
    let (mut at, mut rest) = (0, 0);
    while at < words.len() && words.len() > 1 {
        let len = number_at(lookup, words, at).unwrap_or(usize::from(is_query(lookup, words[at])));
        if len > 0 {
            found.is_sentence |= len > 1;
            found.add_rest(lookup, words, rest..at);
            found.ranges.push(at..at + len);
            rest = at + len;
        }
        at += len.max(1);
    }
    if rest > 0 {
        found.add_rest(lookup, words, rest..words.len());
        if words.len() > MOST_OF_PLACE || !names_windows(&words.join(" "), words[rest - 1]) {
            found.add_others(words);
        }
    } else if words.len() <= MOST_JOINED {
        found.ranges.push(0..words.len());
    } else {
        found.ranges.extend((0..words.len()).map(|at| at..at + 1));
    }
    found
}

impl Queries {
    /// Adds words beside a query that are none by themselves. Several that are a name together are one; those that tell a context, and
    /// ordinary ones, are not asked for.
    fn add_rest(&mut self, lookup: &Lookup, words: &[&str], range: Range<usize>) {
        if (2..=MOST_JOINED).contains(&range.len()) && is_named(lookup, &words[range.clone()].join(" ")) {
            self.ranges.push(range);
            return;
        }
        let told = context::told_by(&words[range.clone()]);
        self.context = self.context.and(told.context);
        let is_silent = |at: &usize| told.tells[at - range.start] || domain::is_ordinary(words[*at]);
        let others = self.others.len();
        self.others.extend(range.clone().filter(|at| !is_silent(at)));
        self.is_sentence |= self.others.len() - others < range.len();
    }

    /// Makes queries of the words that are nothing by themselves, and will find nothing: of all in a list, and in a sentence of those that
    /// look like a name.
    fn add_others(&mut self, words: &[&str]) {
        let asked = self.others.iter().filter(|&&at| !self.is_sentence || !is_plain_word(words[at])).map(|&at| at..at + 1);
        self.ranges.extend(asked);
        sort_by_number(&mut self.ranges, |range| range.start as u64);
    }
}

/// Whether a word is written as those of a sentence in any language are: letters, a capital only as the first or in all places.
fn is_plain_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut letters = word.chars();
    letters.next();
    let rest = letters.as_str();
    word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-'))
        && word.matches('-').count() < 2
        && (!rest.contains(char::is_uppercase) || !word.contains(char::is_lowercase))
}

/// How many words from `at` on are one number: `exit code 1603`, `2 149 056 532`.
fn number_at(lookup: &Lookup, words: &[&str], at: usize) -> Option<usize> {
    let mut lengths = 2..=words[at..].len().min(6);
    let is_before_domain = |len: &usize| domain::read(&words[at..at + len].join(" ")).is_some();
    if words[at].len() < 8
        && words[at].bytes().all(|b| b.is_ascii_digit())
        && let Some(len) = lengths.clone().rfind(is_before_domain)
    {
        return Some(len);
    }
    if domain::can_begin(words[at]) && !is_named(lookup, words[at]) {
        return lengths.find(|len| domain::read(&words[at..at + len].join(" ")).is_some());
    }
    let is_half = words[at].len() == 4 && words[at].bytes().all(|b| b.is_ascii_hexdigit());
    let is_group = is_half || words[at].len() <= 4 && words[at].ends_with(|c: char| c.is_ascii_digit());
    let is_failure = |len: &usize| match spelling::spelling(&words[at..at + len].join(" "), Base::Decimal) {
        Spelling::Code(readings) => readings.iter().any(|reading| reading.code.is_failure()),
        Spelling::MaybeCode(reading) => is_known_error(reading.code),
        _ => false,
    };
    lengths.find(|len| is_group && is_failure(len))
}

/// Whether a word is a query by itself: a code, or a text of the table, or one that holds such.
fn is_query(lookup: &Lookup, word: &str) -> bool {
    let is_text = word.trim().is_empty() || word.trim().contains(char::is_whitespace);
    is_text
        || !matches!(spelling::spelling(word, lookup.base), Spelling::Text)
        || is_named(lookup, word)
        || word.len() > 7 && !lookup.scanner.scan(word.as_bytes()).is_empty()
}

/// Whether a text is one of the table as a whole.
fn is_named(lookup: &Lookup, text: &str) -> bool {
    let plain = spelling::plain(text);
    lookup.table.by_name(&plain).next().is_some() || Symbol::by_name(&plain).len() > 0 || Meaning::by_printed(&plain).len() > 0
}
