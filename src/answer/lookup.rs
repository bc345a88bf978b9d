//! The way of a query: what it is tried as, and in which order.

use std::sync::Arc;

use super::domain::{self, Domain, Number};
use super::layers::Answer;
use super::reason::Reason;
use super::settings::{Lookup, QueryError};
use super::{named, readings, sentence, suggest, words};
use crate::code::Code;
use crate::context::Context;
use crate::scan::Found;
use crate::spelling::{self, Base, ReadAs, Reading, Spelling, SpellingError};
use crate::table::{EventMeaning, Symbol};

/// Answers a query: [`Lookup::answer`] with bare digits read as `base` says.
///
/// # Errors
///
/// Fails if the query can mean nothing: it is empty, or written as a code of more than 32 bits.
///
/// ```
/// use intune_err::{Base, answer};
/// let answers = answer("Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b) today", Base::Either).unwrap();
/// assert_eq!(answers[0].code.unwrap().to_string(), "0x8018002B");
/// assert!(answer("0x80180002b", Base::Either).unwrap_err().suggestions.contains(&"0x8018002B".to_owned()));
/// ```
pub fn answer(query: &str, base: Base) -> Result<Vec<Answer>, QueryError> {
    Lookup::new().base(base).answer(query)
}

impl Lookup {
    /// Answers a query: a code in any written form, a number with its domain, a name, an id, a message, or a sentence or log line that holds
    /// any of these.
    ///
    /// Several answers come where bare digits have two readings with entries, and for a sentence one per finding. There is always at
    /// least one; where nothing was found it has suggestions.
    ///
    /// # Errors
    ///
    /// Fails if the query can mean nothing: it is empty, or written as a code of more than 32 bits.
    ///
    /// ```
    /// let answers = intune_err::Lookup::new().answer("First 0x80180014, then 0x80CF0437").unwrap();
    /// assert_eq!(answers.len(), 2);
    /// ```
    pub fn answer(&self, query: &str) -> Result<Vec<Answer>, QueryError> {
        self.answer_in(query, &self.context)
    }

    /// Answers the words of a command line, in their order: each is a query, except that
    ///
    /// - words that make a number (`exit code 1603`, `2 149 056 532`) are one query, and so are words that are nothing one by one;
    /// - beside a query, words that tell where the error stands (`ime`, `Windows Update`, `iPad`) decide the order of its entries, and
    ///   ordinary words (`error`, `failed`) are left out.
    ///
    /// ```
    /// use intune_err::Lookup;
    /// let lookup = Lookup::new();
    /// let mut answers = lookup.answer_words(&["device", "cap", "reached"]);
    /// assert_eq!(answers.next().unwrap().unwrap()[0].entries[0].id(), "device-cap-reached");
    /// assert_eq!(lookup.answer_words(&["0x80180014", "ime", "0x80CF0437"]).count(), 2);
    /// ```
    pub fn answer_words<'a, S: AsRef<str>>(&'a self, words: &'a [S]) -> impl Iterator<Item = Result<Vec<Answer>, QueryError>> + use<'a, S> {
        words::answers(self, words)
    }

    /// Answers what a scan found, in the context in which it stands: [`Answer::in_context`] with somebody's own records.
    ///
    /// ```
    /// use intune_err::{Context, Lookup, Scanner};
    /// let finding = Scanner::new().scan(b"hr = 0x80CF0437")[0];
    /// assert_eq!(Lookup::new().finding(finding.what, &Context::default()).entries[0].id(), "client-clock-wrong");
    /// ```
    pub fn finding(&self, found: Found, context: &Context) -> Answer {
        Answer::in_table(self.table, found, context)
    }

    /// Whether a query is, as a whole, an id, a name, a message or a title of an entry, or the name of a symbol.
    ///
    /// ```
    /// let lookup = intune_err::Lookup::new();
    /// assert!(lookup.knows("DeviceCapReached") && !lookup.knows("install.log"));
    /// ```
    pub fn knows(&self, query: &str) -> bool {
        self.table.by_name(query).next().is_some() || Symbol::by_name(query).len() > 0
    }

    /// Answers a query in a context.
    pub(super) fn answer_in(&self, query: &str, context: &Context) -> Result<Vec<Answer>, QueryError> {
        Ok(self.find(query, context)?.unwrap_or_else(|| vec![self.miss(query)]))
    }

    /// The answers to a query that is something; an unknown code is, too.
    pub(super) fn find(&self, query: &str, context: &Context) -> Result<Option<Vec<Answer>>, QueryError> {
        let plain = spelling::plain(query);
        let plain = plain.trim();
        if plain.is_empty() {
            return Err(QueryError { query: query.to_owned(), fault: None, suggestions: Vec::new() });
        }
        let (text, query) = (query, &Arc::from(query));
        // `ASDErrorDomain Code=506` is a name as a whole, though it looks like a value after its key.
        if plain.contains(['=', ':'])
            && let Some(answers) = named::whole(self.table, query, plain, context)
        {
            return Ok(Some(answers));
        }
        if let Some(number) = domain::read(plain) {
            return self.of_number(query, plain, &number, context).map(Some);
        }
        let spelled = spelling::spelling(text, self.base);
        if let Spelling::Code(readings) = &spelled {
            // What is written before the code may tell the place: `Attempt Status : 0x80072efd`.
            let context = context.and(Context::of_text(plain));
            let mut answers = readings::answers(self, query, plain, readings, &context);
            for answer in &mut answers {
                answer.say_if_none_fits(&context);
            }
            return Ok(Some(answers));
        }
        if let Some(answers) = named::whole(self.table, query, plain, context) {
            return Ok(Some(answers));
        }
        match spelled {
            Spelling::MaybeCode(reading) => return Ok(Some(readings::answers(self, query, plain, &[reading], context))),
            Spelling::Faulty(fault) => return Err(self.faulty(text, plain, fault)),
            Spelling::Code(_) | Spelling::Text => {}
        }
        let answers = sentence::answers(self, query, plain, context);
        if !answers.is_empty() {
            return Ok(Some(answers));
        }
        if let Some(answer) = named::part(self.table, query, plain, context) {
            return Ok(Some(vec![answer]));
        }
        Ok(words::in_place(self, query, plain, context))
    }

    /// The answer for a query that isn't anything known.
    pub(super) fn miss(&self, query: &str) -> Answer {
        let mut miss = Answer::of_text(&Arc::from(query), [].into_iter(), &self.context);
        if self.suggests {
            miss.suggestions = suggest::like(spelling::plain(query).trim(), self.table);
        }
        miss
    }

    /// The answers for a number that stands with words.
    fn of_number(&self, query: &Arc<str>, plain: &str, number: &Number<'_>, context: &Context) -> Result<Vec<Answer>, QueryError> {
        let of_readings = |written, readings: &[Reading]| Ok(readings::answers(self, query, written, readings, context));
        match number {
            Number::Of(domain, number) => {
                let known = EventMeaning::all().filter(|event| *domain == Domain::Event && i64::from(event.id()) == *number);
                let mut events: Vec<Answer> = known.map(|event| Answer::of_event(event, context)).collect();
                for answer in &mut events {
                    answer.query = Arc::clone(query);
                }
                Ok(if events.is_empty() { vec![self.of_domain(query, domain, *number, context)] } else { events })
            }
            Number::Http(status) => {
                let mut answer = Answer::of_code(self.table, query, Code::new(0x8019_0000 | u32::from(*status)), context);
                answer.add_entries(self.table.by_name(plain), context);
                Ok(vec![answer])
            }
            Number::Win32(code) => of_readings("", &[Reading::new(Code::new(u32::from(*code)), ReadAs::Decimal)]),
            Number::Code(written) => match spelling::spelling(written, self.base) {
                Spelling::Code(readings) => of_readings(written, &readings),
                Spelling::MaybeCode(reading) => of_readings(written, &[reading]),
                Spelling::Faulty(fault) => Err(self.faulty(query, written, fault)),
                Spelling::Text => Ok(vec![self.miss(query)]),
            },
        }
    }

    /// The error for a query that holds a text which is written as a code and is none.
    fn faulty(&self, query: &str, written: &str, fault: SpellingError) -> QueryError {
        let suggestions = if self.suggests { suggest::codes_like(written, self.table) } else { Vec::new() };
        QueryError { query: query.to_owned(), fault: Some(fault), suggestions }
    }

    fn of_domain(&self, query: &Arc<str>, domain: &Domain, number: i64, context: &Context) -> Answer {
        let mut answer = Answer::of_text(query, domain.entries(number, self.table).into_iter(), context);
        if !answer.found() {
            answer.reasons.push(Reason::NothingKnown { domain: domain.clone(), number });
            let win32 = u16::try_from(number).ok().filter(|_| self.suggests && *domain == Domain::ExitCode);
            let is_known = |code: Code| self.table.lists(code) || Symbol::by_code(code).len() > 0;
            let known = win32.filter(|&win32| is_known(Code::new(u32::from(win32))));
            answer.suggestions.extend(known.map(|code| format!("Win32 error {code}")));
        }
        answer
    }
}
