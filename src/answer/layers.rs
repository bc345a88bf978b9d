//! An answer and its layers: entries, meaning, symbols, anatomy, and what may have been meant.

use std::sync::Arc;

use super::anatomy::Anatomy;
use super::domain::Domain;
use super::family::Family;
use super::rank::{can_fit, rank};
use super::reason::Reason;
use crate::code::{Code, Kind, Wraps};
use crate::context::Context;
use crate::order::sort_by_number;
use crate::scan::{Found, KnownText, Scanner};
use crate::spelling::ReadAs;
use crate::table::{ContextKind, Entry, EventMeaning, Guide, Meaning, Platform, Symbol, Table};

/// The answer to a query or a finding, in layers: entries, the meaning and the symbols of the code, and what its bits say.
///
/// ```
/// use intune_err::{Base, answer};
/// let answer = &answer("0x80180013", Base::Either).unwrap()[0];
/// assert_eq!(answer.entries[0].id(), "device-cap-reached");
/// assert_eq!(answer.symbols[0].name(), "MENROLL_E_DEVICECAPREACHED");
/// assert_eq!(answer.anatomy.as_ref().unwrap().facility, Some(24));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// Shared by the answers of one query: a long one has thousands.
    pub(super) query: Arc<str>,
    /// The query, or the part of it that the answer is about.
    pub(super) subject: Arc<str>,
    /// The code that the query, or the finding in it, stands for; none where it is a name or a message.
    pub code: Option<Code>,
    /// What the code says by itself, no matter which component returned it.
    pub meaning: Option<Meaning>,
    /// The event that it is about, where the event itself is the finding.
    pub event: Option<EventMeaning>,
    /// The constants of the Windows headers with this value or name, also in the code's other form.
    pub symbols: Vec<Symbol>,
    /// What the bits of the code say.
    pub anatomy: Option<Anatomy>,
    /// What the code is near to, where nothing else is known of it.
    pub family: Option<Family>,
    /// The curated problems: those of somebody's own records first, then those that fit the context, then the likeliest.
    pub entries: Vec<Entry>,
    /// How many of the entries, from the first on, are not known to be about another place or platform than the context.
    pub fitting: usize,
    /// The procedure for the code's family, where no entry has steps of its own.
    pub guide: Option<Guide>,
    /// How the answer was reached where that is not plain, and what to keep in mind.
    pub reasons: Vec<Reason>,
    /// Where nothing was found: queries that will find something.
    pub suggestions: Vec<String>,
    /// How the digits of the query were read.
    pub(super) read_as: Option<ReadAs>,
}

impl Answer {
    /// The query as it was put.
    ///
    /// ```
    /// let answers = intune_err::answer("0x80CF0437, then DeviceCapReached", intune_err::Base::Either).unwrap();
    /// assert_eq!(answers[0].query(), "0x80CF0437, then DeviceCapReached");
    /// ```
    pub fn query(&self) -> &str {
        &self.query
    }

    /// What the answer is about: the query, or the name or message that was found in it.
    ///
    /// ```
    /// let answers = intune_err::answer("Sign-in failed: AADSTS53003 (blocked).", intune_err::Base::Either).unwrap();
    /// assert_eq!(answers[0].subject(), "AADSTS53003");
    /// ```
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The same answer to the query, and about a subject, in other words, such as those without what is personal.
    ///
    /// ```
    /// let answer = intune_err::answer("jo@contoso.com: 0x80CF0437", intune_err::Base::Either).unwrap().remove(0);
    /// let query = intune_err::Redactor::default().redact(answer.query()).into_owned();
    /// assert_eq!(answer.asked_as(&query, "0x80CF0437").query(), "<user-1>: 0x80CF0437");
    /// ```
    #[must_use]
    pub fn asked_as(self, query: &str, subject: &str) -> Self {
        Self { query: query.into(), subject: subject.into(), ..self }
    }

    /// Whether an entry, a meaning, a symbol or an event was found.
    ///
    /// ```
    /// use intune_err::{Answer, Code};
    /// assert!(Answer::from(Code::new(0x8018_0013)).found());
    /// assert!(!Answer::from(Code::new(0x8018_F00D)).found());
    /// ```
    pub fn found(&self) -> bool {
        !self.entries.is_empty() || !self.symbols.is_empty() || self.meaning.is_some() || self.event.is_some()
    }

    /// Whether many components return the code, so that it doesn't name the cause by itself.
    ///
    /// ```
    /// use intune_err::{Answer, Code};
    /// assert!(Answer::from(Code::new(0x8007_0005)).is_generic());
    /// assert!(!Answer::from(Code::new(0x8018_0014)).is_generic());
    /// ```
    pub fn is_generic(&self) -> bool {
        self.reasons.contains(&Reason::Generic)
    }

    /// What the code or the event says by itself, as one sentence, for a code with the number of the Win32 error that it is.
    ///
    /// ```
    /// use intune_err::{Answer, Code};
    /// let said = Answer::from(Code::new(0x8007_0005)).meaning_text();
    /// assert_eq!(said.as_deref(), Some("Access is denied (Win32 error 5)."));
    /// ```
    pub fn meaning_text(&self) -> Option<String> {
        if let Some(event) = self.event {
            return Some(event.text().to_owned());
        }
        let meaning = self.meaning?;
        let text = meaning.text();
        Some(match meaning.code().bits() {
            code @ 1..=0xFFFF => format!("{} (Win32 error {code}).", text.trim_end_matches('.')),
            _ => text.to_owned(),
        })
    }

    /// The answer for what a scan found, in the context in which it stands.
    ///
    /// ```
    /// use intune_err::{Answer, Context, Scanner};
    /// let line = "GetNDESAccountName: Error 0x80070005: ADsGetObject failed.";
    /// let finding = Scanner::new().scan(line.as_bytes())[0];
    /// assert!(Answer::in_context(finding.what, &Context::of_text(line)).is_generic());
    /// ```
    pub fn in_context(found: Found, context: &Context) -> Self {
        Self::in_table(Table::ALONE, found, context)
    }

    /// The same with somebody's own records.
    pub(super) fn in_table(table: Table, found: Found, context: &Context) -> Self {
        match found {
            Found::Code(code) => Self::of_code(table, &code.to_string().into(), code, context),
            Found::LowWordOf(code) => {
                let mut answer = Self::of_code(table, &code.to_string().into(), code, context);
                answer.reasons.insert(0, Reason::LowWord(code));
                answer
            }
            Found::Text(known) => {
                let mut answer = Self::of_text(&known.text().into(), known.entries(), context);
                // The name of a constant is no text that says more than its code.
                answer.add_symbols(table, found.constants(), context);
                answer
            }
            Found::TextWithCode(known, code) => {
                let mut answer = Self::of_code(table, &known.text().into(), code, context);
                // The text says more than the code.
                let of_text = Self::of_text(&answer.query, known.entries(), context);
                let of_code = std::mem::replace(&mut answer.entries, of_text.entries);
                answer.append_entries(of_code);
                answer
            }
            Found::Aadsts(number) => Self::of_domain(table, &Domain::Aadsts, number, context),
            Found::ExitCode(number) => Self::of_domain(table, &Domain::ExitCode, number, context),
            Found::Symbol(symbol) => {
                let mut answer = Self::of_text(&symbol.name().into(), table.by_name(symbol.name()), context);
                answer.add_symbols(table, found.constants(), context);
                answer
            }
            Found::Event(event) => Self::of_event(event, context),
        }
    }

    /// The answer for an event that is a finding itself. The names in its meaning find the entries, those about just this event first.
    pub(super) fn of_event(event: EventMeaning, context: &Context) -> Self {
        let id = event.id();
        let names = Scanner::new().scan(event.text().as_bytes());
        let entries = names.into_iter().filter_map(|finding| finding.what.text()).flat_map(KnownText::entries);
        let mut answer = Self::of_text(&format!("Event {id} of {}", event.provider()).into(), entries, context);
        let name = format!("event {id}");
        sort_by_number(&mut answer.entries, |entry| u64::from(!entry.problem().contains(&name)));
        answer.event = Some(event);
        answer
    }

    /// The answer for a number of a domain that a scan found.
    pub(super) fn of_domain(table: Table, domain: &Domain, number: u32, context: &Context) -> Self {
        let number = i64::from(number);
        let name = if *domain == Domain::Aadsts { format!("{domain}{number}") } else { format!("{domain} {number}") };
        let mut answer = Self::of_text(&name.into(), domain.entries(number, table).into_iter(), context);
        if !answer.found() {
            answer.reasons.push(Reason::NothingKnown { domain: domain.clone(), number });
        }
        answer
    }

    pub(super) fn of_text(query: &Arc<str>, entries: impl Iterator<Item = Entry>, context: &Context) -> Self {
        let mut answer = Self {
            query: Arc::clone(query),
            subject: Arc::clone(query),
            code: None,
            meaning: None,
            event: None,
            symbols: Vec::new(),
            anatomy: None,
            family: None,
            entries: Vec::new(),
            fitting: 0,
            guide: None,
            reasons: Vec::new(),
            suggestions: Vec::new(),
            read_as: None,
        };
        answer.add_entries(entries, context);
        answer
    }

    pub(super) fn of_code(table: Table, query: &Arc<str>, code: Code, context: &Context) -> Self {
        let mut answer = Self::of_text(query, table.by_code(code), context);
        answer.code = Some(code);
        answer.meaning = Meaning::by_code(code);
        answer.symbols = names_of(code);
        answer.anatomy = Some(Anatomy::of(code));
        if let Some(other) = code.other_form() {
            let entries = answer.add_entries(table.by_code(other), context);
            let kind = code.wraps().map(|wraps| if matches!(wraps, Wraps::Win32(_)) { Kind::Win32 } else { Kind::Ntstatus });
            // Other headers have used the small numbers for their own: only those of the kind that is wrapped are names of the code.
            let symbols: Vec<Symbol> = names_of(other).into_iter().filter(|symbol| kind.is_none_or(|kind| symbol.kind() == kind)).collect();
            if entries || !symbols.is_empty() {
                answer.reasons.push(Reason::OtherForm { code, other, has_entries: !answer.entries.is_empty() });
            }
            // The Win32 name of facility 7 is the one that everybody knows.
            let at = if kind == Some(Kind::Win32) { 0 } else { answer.symbols.len() };
            answer.symbols.splice(at..at, symbols);
        }
        let own: Vec<Symbol> = Symbol::by_code(code).collect();
        if code.bits() != 0 && own.iter().any(|symbol| symbol.kind() != own[0].kind()) {
            for kind in [Kind::Win32, Kind::Hresult, Kind::Ntstatus] {
                let names: Vec<Symbol> = own.iter().copied().filter(|symbol| symbol.kind() == kind).collect();
                answer.reasons.extend((!names.is_empty()).then_some(Reason::NamesAs { kind, names }));
            }
        }
        if answer.meaning.is_some_and(Meaning::is_generic) {
            answer.reasons.push(Reason::Generic);
        }
        if code.bits() == 0x8007_0000 {
            answer.reasons.push(Reason::WrapsZero);
        }
        let is_of_interface = code.bits() >> 16 == 0x8004 && answer.entries.is_empty() && answer.meaning.is_none();
        if is_of_interface && !answer.symbols.is_empty() {
            answer.reasons.push(Reason::OfInterface);
        }
        if answer.entries.is_empty() {
            answer.guide = Guide::by_code(code);
        }
        if !answer.found() {
            answer.family = Family::of(code);
            answer.reasons.extend(code.is_small_negative().then_some(Reason::SmallNegative(code.signed())));
        }
        answer
    }

    /// Adds what is known of the codes that are called so.
    pub(super) fn add_symbols(&mut self, table: Table, symbols: Vec<Symbol>, context: &Context) {
        for symbol in &symbols {
            let of_code = Self::of_code(table, &self.query, symbol.code(), context);
            self.add_entries(of_code.entries.into_iter(), context);
            self.meaning = self.meaning.or(of_code.meaning);
            self.guide = self.guide.or(of_code.guide);
            self.reasons.push(Reason::NameOf(*symbol));
            self.reasons.extend(of_code.reasons.into_iter().filter(|reason| matches!(reason, Reason::Generic)));
        }
        self.symbols = symbols;
    }

    /// Adds entries that are not there yet, brings all in their order, and says whether there were any.
    pub(super) fn add_entries(&mut self, entries: impl Iterator<Item = Entry>, context: &Context) -> bool {
        let before = self.entries.len();
        self.append_entries(entries);
        self.put_in_order(context);
        self.entries.len() > before
    }

    fn put_in_order(&mut self, context: &Context) {
        self.entries.sort_unstable_by_key(|&entry| (rank(entry, context), entry));
        self.fitting = self.entries.iter().filter(|entry| can_fit(**entry, context)).count();
    }

    /// Whether an entry can be about the place and platform that are known.
    pub(super) fn fits(&self, context: &Context) -> bool {
        self.entries.iter().any(|entry| can_fit(*entry, context))
    }

    /// Says so where none of the entries is about the place or platform that is known.
    pub(super) fn say_if_none_fits(&mut self, context: &Context) {
        let is_said = |reason: &Reason| matches!(reason, Reason::NoneFits(_));
        if self.fits(context) || self.entries.is_empty() || self.reasons.iter().any(is_said) {
            return;
        }
        // A platform that an entry is for is none that the problems are not about.
        let is_open = |platform: &Platform| !self.entries.iter().any(|entry| entry.platforms().any(|of| of == *platform));
        let platforms = Platform::ALL.into_iter().filter(|platform| context.is_on(*platform) && is_open(platform));
        let platforms = platforms.map(Platform::display_name);
        // Every program has an exit code: that is no place.
        let kinds = context.kinds().filter(|kind| kind.id() != "process").map(ContextKind::name);
        let places: Vec<&str> = kinds.chain(platforms).collect();
        if places.is_empty() {
            return;
        }
        self.reasons.push(Reason::NoneFits(places.join(", ")));
    }

    /// Adds entries that are not there yet after the others; somebody's own stay before them.
    pub(super) fn append_entries(&mut self, entries: impl IntoIterator<Item = Entry>) {
        for entry in entries {
            if !self.entries.contains(&entry) {
                self.entries.push(entry);
            }
        }
        self.put_own_first();
    }

    fn put_own_first(&mut self) {
        sort_by_number(&mut self.entries, |entry| u64::from(entry.file().is_none()));
        let has_way_out = |entry: &Entry| entry.resolution().len() > 0 || entry.nothing_to_do().is_some();
        let without = || self.entries.iter().find_map(|entry| entry.guide());
        self.guide = if self.entries.iter().any(has_way_out) { None } else { without() };
    }
}

/// The symbols of a code. A number of 16 bits is most likely a Win32 code; zero is success for every component.
fn names_of(code: Code) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Symbol::by_code(code).collect();
    if code.bits() <= 0xFFFF {
        sort_by_number(&mut symbols, |symbol| match symbol.name() {
            "S_OK" => 0,
            "ERROR_SUCCESS" => 1,
            name => 2 + 2 * u64::from(symbol.kind() != Kind::Win32) + u64::from(!name.starts_with("ERROR_")),
        });
    }
    symbols
}

impl From<Code> for Answer {
    /// The answer for a code; its query is the code's canonical form.
    ///
    /// ```
    /// let answer = intune_err::Answer::from(intune_err::Code::new(0x80CF_0437));
    /// assert_eq!(answer.query(), "0x80CF0437");
    /// assert_eq!(answer.entries[0].id(), "client-clock-wrong");
    /// ```
    fn from(code: Code) -> Self {
        Self::from(Found::Code(code))
    }
}

impl From<KnownText> for Answer {
    /// The answer for a name or message that a scan found; its query is that text.
    ///
    /// ```
    /// use intune_err::{Answer, Found, Scanner};
    /// let Found::Text(known) = Scanner::new().scan(b"result: devicecapreached")[0].what else { panic!() };
    /// assert_eq!(Answer::from(known).entries[0].id(), "device-cap-reached");
    /// ```
    fn from(known: KnownText) -> Self {
        Self::from(Found::Text(known))
    }
}

impl From<Found> for Answer {
    /// The answer for what a scan found, without a context.
    ///
    /// ```
    /// let findings = intune_err::Scanner::new().scan(b"hr = 0x80CF0437");
    /// assert_eq!(intune_err::Answer::from(findings[0].what).entries[0].id(), "client-clock-wrong");
    /// ```
    fn from(found: Found) -> Self {
        Self::in_context(found, &Context::default())
    }
}
