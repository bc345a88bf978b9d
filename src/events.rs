//! Which events of an event log can hold an error, each as a line of text.

use std::fmt::Write;

use crate::code::Code;
use crate::evidence::{Event, Value};
use crate::known::is_known_error;
use crate::ledger::EventHead;
use crate::log::{Level, Time};
use crate::scan::{Finding, Scanner};
use crate::table::EventMeaning;

/// Providers whose events have codes and flags of their own, which say nothing of enrollment: failed logons, encryption types.
/// Where all is asked for, they are read like others.
const FOREIGN: [&str; 2] = ["Microsoft-Windows-Security-Auditing", "Microsoft-Windows-Sysmon"];

/// Picks the events that can hold an error. Most can't, and to render all of them would take most of the time.
///
/// ```
/// use intune_err::evidence::Event;
/// use intune_err::{Events, Finding, Scanner};
///
/// // `events` is made once per log: `Events::new(Scanner::new(), false)`.
/// fn errors(events: &mut Events, event: &Event<'_>) -> Vec<Finding> {
///     events.line(event).map_or_else(Vec::new, |line| Scanner::new().scan_event(&line.text, line.head.meaning))
/// }
/// # let _ = errors;
/// ```
pub struct Events {
    scanner: Scanner,
    all: bool,
    /// The texts of an event's fields, looked through before the event is rendered.
    words: String,
    findings: Vec<Finding>,
    /// The providers that were met, and the position of the last event's.
    providers: Vec<Provider>,
    provider: usize,
}

/// A provider of events.
struct Provider {
    name: String,
    is_foreign: bool,
    /// Whether the meanings of its events are known.
    is_known: bool,
}

impl Provider {
    fn of(name: &str) -> Self {
        Self { name: name.to_owned(), is_foreign: FOREIGN.contains(&name), is_known: EventMeaning::knows(name) }
    }
}

/// An event as a line of text, and what it says about itself. Its findings are those of [`Scanner::scan_event`] in the line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EventLine {
    /// The number of its record.
    pub number: u64,
    /// Its time, level, provider, id and meaning.
    pub head: EventHead,
    /// The event in one line.
    pub text: String,
}

impl Events {
    /// Picks the events in which `scanner` can find something; with `all` also those of providers that say nothing of enrollment.
    ///
    /// ```
    /// let events = intune_err::Events::new(intune_err::Scanner::new(), false);
    /// # let _ = events;
    /// ```
    pub fn new(scanner: Scanner, all: bool) -> Self {
        Self { scanner, all, words: String::new(), findings: Vec::new(), providers: Vec::new(), provider: 0 }
    }

    /// An event as a line; nothing if it holds no error.
    ///
    /// ```
    /// # use intune_err::{EventLine, Events, evidence::Event};
    /// fn errors(events: &mut Events, event: &Event<'_>) -> Option<u64> {
    ///     events.line(event).map(|line| line.number)
    /// }
    /// # let _ = errors;
    /// ```
    pub fn line(&mut self, event: &Event<'_>) -> Option<EventLine> {
        self.provider = self.position(&event.provider);
        let Provider { name, is_foreign, is_known } = &self.providers[self.provider];
        if !self.all && *is_foreign {
            return None;
        }
        let meaning = if *is_known { EventMeaning::by_id(name, event.id) } else { None };
        if !self.can_hold_error(event, meaning) {
            return None;
        }
        let head = EventHead {
            time: Time::from_filetime(event.time),
            level: Level::of(event.level),
            provider: self.providers[self.provider].name.clone(),
            id: event.id,
            meaning,
        };
        Some(EventLine { number: event.number, head, text: event.to_string() })
    }

    /// The position of a provider among those that were met.
    fn position(&mut self, provider: &Value<'_>) -> usize {
        /// No log has more that write often.
        const MOST: usize = 64;
        self.words.clear();
        // Text takes everything.
        let _ = write!(self.words, "{provider}");
        // Most logs have one provider, and most events of others follow one of the same.
        if self.providers.get(self.provider).is_some_and(|last| last.name == self.words) {
            return self.provider;
        }
        let known = self.providers.iter().position(|known| known.name == self.words);
        known.unwrap_or_else(|| {
            if self.providers.len() == MOST {
                self.providers.clear();
            }
            self.providers.push(Provider::of(&self.words));
            self.providers.len() - 1
        })
    }

    /// Adds a field to what is scanned.
    fn add(&mut self, name: &str, value: &Value<'_>) {
        self.words.push_str(name);
        self.words.push('=');
        let _ = write!(self.words, "{value}");
        self.words.push('\n');
    }

    fn can_hold_error(&mut self, event: &Event<'_>, meaning: Option<EventMeaning>) -> bool {
        self.words.clear();
        if meaning.is_some_and(EventMeaning::is_failure) {
            return true;
        }
        let mut is_code = false;
        for field in &event.fields {
            match &field.value {
                value @ (Value::Hex32(_) | Value::Signed(_) | Value::Unsigned(_)) => {
                    let code = value.bits().map(Code::new);
                    let is_failure = code.is_some_and(Code::is_failure);
                    is_code |= code.is_some_and(|code| is_failure && (is_known_error(code) || meaning.is_some() || self.all));
                    // Whether any other number is an error, its name decides: ErrorCode, ExitCode.
                    if is_failure || field.name.ends_with("ode") && code.is_some_and(|code| code.bits() != 0) {
                        self.add(field.name, value);
                    }
                }
                value @ (Value::Utf16(_) | Value::Ansi(_) | Value::Literal(_) | Value::List(_)) => {
                    self.add(field.name, value);
                }
                _ => {}
            }
        }
        if is_code {
            return true;
        }
        self.scanner.scan_into(self.words.as_bytes(), &mut self.findings);
        !self.findings.is_empty()
    }
}
