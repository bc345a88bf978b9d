//! From a query to its answers: entries, symbols, anatomy and suggestions.

mod rank;
mod search;
mod suggest;

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use crate::code::{Code, Kind, Severity, Wraps};
use crate::key;
use crate::scan::{Found, KnownText, Scanner};
pub use rank::{Fit, Rank, rank};
pub use search::{Hit, SearchResult, search};

use crate::spelling::{self, Base, ReadAs, Reading, Spelling, SpellingError};
use crate::table::{self, Entry, Symbol};
use crate::text::quoted;

/// The answer to a query, in up to three layers: entries, symbols, and the anatomy of the code.
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
    query: Arc<str>,
    /// The code that the query, or the finding in it, stands for; none where it is a name or a message.
    pub code: Option<Code>,
    /// The constants of the Windows headers with this value or name, also in the code's other form.
    pub symbols: Vec<Symbol>,
    /// What the bits of the code say.
    pub anatomy: Option<Anatomy>,
    /// The curated problems, likeliest first.
    pub entries: Vec<Entry>,
    /// How the answer was reached where that is not plain: which of two readings, by which conversion.
    pub explanation: Vec<String>,
    /// Where neither entry nor symbol was found: queries that will be.
    pub suggestions: Vec<String>,
}

/// What the bits of a code say.
///
/// ```
/// use intune_err::{Anatomy, Code};
/// let anatomy = Anatomy::of(Code::new(0x8007_0643));
/// assert_eq!((anatomy.facility, anatomy.value), (Some(7), 1603));
/// assert_eq!(anatomy.wraps_name, Some("ERROR_INSTALL_FAILURE"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Anatomy {
    /// HRESULT, Win32 code or NTSTATUS.
    pub kind: Kind,
    /// The severity; a Win32 code has none.
    pub severity: Option<Severity>,
    /// The facility: bits 16 to 26 of an HRESULT, bits 16 to 27 of an NTSTATUS; a Win32 code has none.
    pub facility: Option<u16>,
    /// The names of the facility in the Windows headers; facility 24 has two.
    pub facility_names: Vec<&'static str>,
    /// The low 16 bits.
    pub value: u16,
    /// What an HRESULT carries.
    pub wraps: Option<Wraps>,
    /// The symbolic name of what it carries.
    pub wraps_name: Option<&'static str>,
}

/// A query that can mean nothing.
///
/// ```
/// let error = intune_err::answer("0x8018001G", intune_err::Base::Either).unwrap_err();
/// assert_eq!(error.to_string(), "`0x8018001G` is not an error code: unexpected 'G' at digit 8");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryError {
    /// The query as it was put.
    pub query: String,
    /// What is wrong with it; none where the query is empty.
    pub fault: Option<SpellingError>,
    /// Codes that may have been meant; each will be found.
    pub suggestions: Vec<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            Some(fault) => write!(f, "{} is not an error code: {fault}", quoted(&self.query)),
            None => write!(f, "the query {} is empty", quoted(&self.query)),
        }
    }
}

impl std::error::Error for QueryError {}

/// The symbols of a code. A number of 16 bits is a Win32 code sooner than anything else.
fn names_of(code: Code) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Symbol::by_code(code).collect();
    if code.bits() <= 0xFFFF {
        symbols.sort_by_key(|symbol| symbol.kind() != Kind::Win32);
    }
    symbols
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

    /// Whether an entry or a symbol was found.
    ///
    /// ```
    /// use intune_err::{Answer, Code};
    /// assert!(Answer::from(Code::new(0x8018_0013)).found());
    /// assert!(!Answer::from(Code::new(0x8018_F00D)).found());
    /// ```
    pub fn found(&self) -> bool {
        !self.entries.is_empty() || !self.symbols.is_empty()
    }

    fn of_text(query: &Arc<str>, entries: Vec<Entry>) -> Self {
        Self {
            query: Arc::clone(query),
            code: None,
            symbols: Vec::new(),
            anatomy: None,
            entries,
            explanation: Vec::new(),
            suggestions: Vec::new(),
        }
    }

    /// The answer for a number with its domain, which is a name as a whole.
    fn of_number(name: &str) -> Self {
        Self::of_text(&name.into(), Entry::by_name(name).collect())
    }

    fn of_code(query: &Arc<str>, code: Code) -> Self {
        let mut answer = Self::of_text(query, Entry::by_code(code).collect());
        answer.code = Some(code);
        answer.symbols = names_of(code);
        answer.anatomy = Some(Anatomy::of(code));
        if let Some(other) = code.other_form() {
            let forms = match code.wraps() {
                Some(Wraps::Win32(_)) => "HRESULT of the Win32 code",
                Some(Wraps::Ntstatus(_)) => "HRESULT of the NTSTATUS",
                _ if code.bits() <= 0xFFFF => "Win32 code of the HRESULT",
                _ => "NTSTATUS of the HRESULT",
            };
            let entries = answer.add_entries(Entry::by_code(other));
            let symbols = names_of(other);
            if entries || !symbols.is_empty() {
                answer.explanation.push(format!("{code} is the {forms} {other}; what is known of both is given."));
            }
            // The Win32 name of facility 7 is the one that everybody knows; other headers have used its values for their own.
            if matches!(code.wraps(), Some(Wraps::Win32(_))) {
                answer.symbols.splice(0..0, symbols);
            } else {
                answer.symbols.extend(symbols);
            }
        }
        let same = || Symbol::by_code(code);
        if same().any(|symbol| Some(symbol.kind()) != same().next().map(Symbol::kind)) {
            for symbol in same() {
                let kind = ["an HRESULT", "a Win32 code", "an NTSTATUS"][symbol.kind() as usize];
                answer.explanation.push(format!("{} is its name as {kind}.", symbol.name()));
            }
        }
        answer
    }

    /// Adds what is not there yet, and says whether anything was.
    fn add_entries(&mut self, entries: impl Iterator<Item = Entry>) -> bool {
        let before = self.entries.len();
        for entry in entries {
            if !self.entries.contains(&entry) {
                self.entries.push(entry);
            }
        }
        self.entries.len() > before
    }
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
        Self::of_code(&code.to_string().into(), code)
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
        Self::of_text(&known.text().into(), known.entries().collect())
    }
}

impl From<Found> for Answer {
    /// The answer for what a scan found.
    ///
    /// ```
    /// let findings = intune_err::Scanner::new().scan(b"hr = 0x80CF0437");
    /// assert_eq!(intune_err::Answer::from(findings[0].what).entries[0].id(), "client-clock-wrong");
    /// ```
    fn from(found: Found) -> Self {
        match found {
            Found::Code(code) | Found::LowWordOf(code) => Self::from(code),
            Found::Text(known) => Self::from(known),
            Found::TextWithCode(known, code) => {
                let mut answer = Self::of_code(&known.text().into(), code);
                let of_code = std::mem::replace(&mut answer.entries, known.entries().collect());
                answer.add_entries(of_code.into_iter());
                answer
            }
            Found::Aadsts(number) => Self::of_number(&format!("AADSTS{number}")),
            Found::ExitCode(number) => Self::of_number(&number.to_string()),
        }
    }
}

impl Anatomy {
    /// What the bits of `code` say.
    ///
    /// ```
    /// use intune_err::{Anatomy, Code};
    /// assert_eq!(Anatomy::of(Code::new(0x8018_0014)).facility, Some(24));
    /// assert_eq!(Anatomy::of(Code::new(5)).facility, None);
    /// ```
    pub fn of(code: Code) -> Self {
        let nt_facility = (code.bits() >> 16 & 0xFFF) as u16;
        let wraps = code.wraps();
        // A header may have another name for the same number, as an HRESULT: DI_POLLEDDEVICE beside ERROR_FILE_NOT_FOUND.
        let name_as = |kind, code| Symbol::by_code(code).find(|symbol| symbol.kind() == kind).map(Symbol::name);
        let wraps_name = match wraps {
            Some(Wraps::Win32(code)) => name_as(Kind::Win32, code),
            Some(Wraps::Ntstatus(code)) => name_as(Kind::Ntstatus, code),
            _ => None,
        };
        let plain =
            Self { kind: Kind::Win32, severity: None, facility: None, facility_names: Vec::new(), value: code.value(), wraps, wraps_name };
        // Severity 3 with the bits for customers and NT clear is an NTSTATUS where the headers know such a facility; where not, it
        // is an HRESULT with its reserved bit set, as Microsoft Entra and Intune use them (0xCAA20003, 0xC7D14FB5).
        let is_ntstatus =
            code.bits() >> 28 == 0xC && (nt_facility == 0 || table::facility_names(Kind::Ntstatus, nt_facility).next().is_some());
        if code.bits() <= 0xFFFF && code.bits() != 0 {
            plain
        } else if is_ntstatus {
            let facility_names = table::facility_names(Kind::Ntstatus, nt_facility).collect();
            Self { kind: Kind::Ntstatus, severity: Some(code.severity()), facility: Some(nt_facility), facility_names, ..plain }
        } else {
            let facility_names = table::facility_names(Kind::Hresult, code.facility()).collect();
            Self { kind: Kind::Hresult, severity: Some(code.severity()), facility: Some(code.facility()), facility_names, ..plain }
        }
    }
}

/// Answers a query: a code in any written form, a name, an id, a message, or a sentence or log line that holds any of these.
///
/// Several answers come where bare digits have two readings with entries, and for a sentence one a finding. There is always at
/// least one; where nothing was found it has suggestions.
///
/// # Errors
///
/// Where the query can mean nothing: empty, or written as a code of more than 32 bits.
///
/// ```
/// use intune_err::{Base, answer};
/// let answers = answer("Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b) today", Base::Either).unwrap();
/// assert_eq!(answers[0].code.unwrap().to_string(), "0x8018002B");
/// assert!(answer("0x80180002b", Base::Either).unwrap_err().suggestions.contains(&"0x8018002B".to_owned()));
/// ```
pub fn answer(query: &str, base: Base) -> Result<Vec<Answer>, QueryError> {
    let plain = spelling::plain(query);
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(QueryError { query: query.to_owned(), fault: None, suggestions: Vec::new() });
    }
    let (text, query) = (query, &Arc::from(query));
    // `ASDErrorDomain Code=506` is a name as a whole, though it looks like a value behind its key.
    if plain.contains(['=', ':'])
        && let Some(answer) = named(query, plain)
    {
        return Ok(vec![answer]);
    }
    let spelled = spelling::spelling(text, base);
    if let Spelling::Code(readings) = &spelled {
        return Ok(of_readings(query, readings));
    }
    if let Some(answer) = named(query, plain) {
        return Ok(vec![answer]);
    }
    match spelled {
        Spelling::MaybeCode(reading) => return Ok(of_readings(query, &[reading])),
        Spelling::Faulty(fault) => {
            return Err(QueryError { query: text.to_owned(), suggestions: suggest::codes_like(plain), fault: Some(fault) });
        }
        _ => {}
    }
    let answers = of_sentence(query, plain);
    if !answers.is_empty() {
        return Ok(answers);
    }
    if let Some(answer) = part_of_message(query, plain) {
        return Ok(vec![answer]);
    }
    let mut miss = Answer::of_text(query, Vec::new());
    miss.suggestions = suggest::texts_like(plain);
    Ok(vec![miss])
}

/// Answers words that match nothing one by one as one text: `device cap reached` is `DeviceCapReached`.
///
/// None where they match nothing together either.
///
/// ```
/// let answers = intune_err::answer_joined(&["device", "cap", "reached"]).unwrap();
/// assert_eq!(answers[0].entries[0].id(), "device-cap-reached");
/// ```
pub fn answer_joined<S: AsRef<str>>(words: &[S]) -> Option<Vec<Answer>> {
    let joined = Arc::from(words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" "));
    let plain = spelling::plain(&joined);
    named(&joined, &plain).map(|answer| vec![answer]).or_else(|| Some(of_sentence(&joined, &plain)).filter(|answers| !answers.is_empty()))
}

/// Chooses among readings: those with an entry win, then the first of those with a symbol, then the first.
fn of_readings(query: &Arc<str>, readings: &[Reading]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = readings.iter().map(|reading| Answer::of_code(query, reading.code)).collect();
    for (answer, reading) in answers.iter_mut().zip(readings) {
        // A decimal number may be a name, too: Windows Installer's 1603, an OMA DM status 1403.
        if reading.base == ReadAs::Decimal && answer.add_entries(Entry::by_name(query)) {
            answer.explanation.push(format!("{} is also the name of a problem by itself.", bare(query)));
        }
    }
    if answers.len() < 2 {
        if let Some(answer) = answers.first_mut().filter(|answer| !answer.found()) {
            answer.suggestions = suggest::codes_like(query);
        }
        return answers;
    }
    for (answer, reading) in answers.iter_mut().zip(readings) {
        answer.explanation.insert(0, format!("Read as {}: {}.", reading.base.name(), reading.code));
    }
    if answers.iter().any(|answer| !answer.entries.is_empty()) {
        answers.retain(|answer| !answer.entries.is_empty());
        return answers;
    }
    let best = answers.iter().position(|answer| !answer.symbols.is_empty()).unwrap_or_default();
    let mut chosen = answers.swap_remove(best);
    let (reading, other) = (readings[best], readings[1 - best]);
    chosen.explanation[0] = format!(
        "Read as {}: {}. As {} it is {}; --{} asks for that.",
        reading.base.name(),
        reading.code,
        other.base.name(),
        other.code,
        other.base.name()
    );
    if !chosen.found() {
        chosen.suggestions = suggest::codes_like(query);
    }
    vec![chosen]
}

/// A query without what stands around it.
fn bare(query: &str) -> &str {
    query.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The answer for a query that is, as a whole, an id, a name, a message, a title or the name of a symbol.
fn named(query: &Arc<str>, plain: &str) -> Option<Answer> {
    let mut answer = Answer::of_text(query, Entry::by_name(plain).collect());
    answer.symbols = Symbol::by_name(plain).collect();
    for symbol in answer.symbols.clone() {
        let of_code = Answer::of_code(query, symbol.code());
        answer.add_entries(of_code.entries.into_iter());
        answer.explanation.push(format!("{} is {}.", symbol.name(), symbol.code()));
    }
    answer.found().then_some(answer)
}

/// A part of a message that is shorter says too little.
const SHORTEST_PART: usize = 16;

/// The answer for a query that is a part of a message, as people type or a window cuts it.
fn part_of_message(query: &Arc<str>, plain: &str) -> Option<Answer> {
    let part = key::fold(plain);
    if part.len() < SHORTEST_PART {
        return None;
    }
    let holding = |entry: &Entry| entry.messages().find(|message| key::fold(message).contains(&part));
    let mut answer = Answer::of_text(query, Entry::all().filter(|entry| holding(entry).is_some()).collect());
    for entry in &answer.entries {
        let explanation = format!("A part of the message \"{}\".", holding(entry).unwrap_or_default());
        if !answer.explanation.contains(&explanation) {
            answer.explanation.push(explanation);
        }
    }
    answer.found().then_some(answer)
}

/// The answers for what a sentence or a log line holds: what the scan finds, or else whatever is written as a code.
fn of_sentence(query: &Arc<str>, plain: &str) -> Vec<Answer> {
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut findings = Scanner::new().all(true).scan(text.as_bytes());
    // A line that tells one error twice gets one answer, and so do two texts of the same entries.
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(finding.what));
    let mut seen_entries: HashSet<Vec<&str>> = HashSet::new();
    let mut answers: Vec<Answer> = Vec::new();
    for finding in findings {
        let mut answer = Answer::from(finding.what);
        let is_text = answer.code.is_none();
        if !is_text || seen_entries.insert(answer.entries.iter().map(|entry| entry.id()).collect()) {
            answer.query = Arc::clone(query);
            answers.push(answer);
        }
    }
    if answers.is_empty() && text.contains(' ') {
        let is_marked = |word: &&str| word.len() > 8 && word.contains(|c: char| c.is_ascii_digit());
        let mut seen = HashSet::new();
        for word in text.split(' ').filter(is_marked) {
            if let Spelling::Code(readings) = spelling::spelling(word, Base::Either)
                && seen.insert(readings[0].code)
            {
                answers.push(Answer::of_code(query, readings[0].code));
            }
        }
    }
    for answer in answers.iter_mut().filter(|answer| !answer.found()) {
        answer.suggestions = answer.code.map(|code| suggest::codes_like(&code.to_string())).unwrap_or_default();
    }
    answers
}
