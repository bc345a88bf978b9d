//! The search over all texts of the table: entries, meanings and symbols that hold every word, best match first.

use std::collections::HashSet;
use std::fmt;

use super::settings::Lookup;
use crate::code::Code;
use crate::order::sort_by_number;
use crate::spelling::{Base, Spelling, spelling};
use crate::table::{Entry, Meaning, Symbol, Table};

/// Something that a search found.
///
/// ```
/// use intune_err::{SearchResult, search};
/// let hits = search("device cap reached");
/// assert!(hits.iter().any(|hit| matches!(hit.result, SearchResult::Entry(entry) if entry.id() == "device-cap-reached")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SearchResult {
    /// An entry of the table.
    Entry(Entry),
    /// The meaning of a code that no entry found has.
    Meaning(Meaning),
    /// A symbol without an entry.
    Symbol(Symbol),
}

/// Which field of a record matched a search. It prints as [`Field::name`].
///
/// ```
/// let hits = intune_err::search("computer clock wrong");
/// assert_eq!(hits[0].field.to_string(), "problem");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The id of an entry.
    Id,
    /// A symbolic name or an error token.
    Name,
    /// A message, or what Windows prints for a code.
    Message,
    /// The title of an entry.
    Title,
    /// The problem.
    Problem,
    /// A cause.
    Cause,
    /// A step of the resolution.
    Resolution,
    /// A note.
    Note,
    /// A code; the text beside it is the problem, or what the code says by itself.
    Code,
    /// What a code says by itself.
    Meaning,
}

impl Field {
    /// The name in the JSON output, such as `problem`.
    ///
    /// ```
    /// assert_eq!(intune_err::Field::Resolution.name(), "resolution");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Message => "message",
            Self::Title => "title",
            Self::Problem => "problem",
            Self::Cause => "cause",
            Self::Resolution => "resolution",
            Self::Note => "note",
            Self::Code => "code",
            Self::Meaning => "meaning",
        }
    }

    /// How much a word in the field counts.
    const fn weight(self) -> u32 {
        match self {
            Self::Name | Self::Code | Self::Title => 8,
            Self::Message => 7,
            Self::Id | Self::Problem => 6,
            Self::Cause | Self::Meaning => 3,
            Self::Resolution | Self::Note => 2,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A result of a search, and why it is one.
///
/// ```
/// let hits = intune_err::search("expired certificate");
/// assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
/// assert!(!hits[0].text.is_empty());
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// What was found.
    pub result: SearchResult,
    /// How well it fits; higher is better, and only good for comparing within one search.
    pub score: u32,
    /// The field that holds most of the words best.
    pub field: Field,
    /// The text of that field.
    pub text: &'static str,
}

impl SearchResult {
    /// A query that finds it: the id of an entry, the name of a symbol, the name or else the code of a meaning.
    ///
    /// ```
    /// let hits = intune_err::search("device cap reached");
    /// assert!(intune_err::answer(&hits[0].result.query(), intune_err::Base::Either).unwrap()[0].found());
    /// ```
    pub fn query(&self) -> String {
        match self {
            Self::Entry(entry) => entry.id().to_owned(),
            Self::Meaning(meaning) => match meaning.name().filter(|name| Symbol::by_name(name).len() > 0) {
                Some(name) => name.to_owned(),
                None => meaning.code().to_string(),
            },
            Self::Symbol(symbol) => symbol.name().to_owned(),
        }
    }
}

/// Finds the entries, meanings and symbols that hold all words of `text`, in any order, best match first.
///
/// A word fits a word of the table that it is, that it begins, or, with five letters and more, from which it differs by one
/// typing error. A code in any of its [written forms](crate::written_forms), or the name of a constant, finds what has the code.
///
/// ```
/// let hits = intune_err::search("signing certificate expired");
/// assert_eq!(hits[0].result.query(), "ios-profile-signing-certificate-expired");
/// ```
pub fn search(text: &str) -> Vec<Hit> {
    in_table(Table::ALONE, text)
}

/// The same with somebody's own records.
fn in_table(table: Table, text: &str) -> Vec<Hit> {
    let wanted = Wanted::all(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = table.all().filter_map(|entry| of_entry(entry, &wanted)).collect();
    let mut shown: HashSet<Code> = hits.iter().flat_map(Hit::codes).flat_map(|code| [Some(code), code.other_form()]).flatten().collect();
    let meanings = Meaning::all().filter(|meaning| !shown.contains(&meaning.code())).filter_map(|meaning| of_meaning(meaning, &wanted));
    hits.extend(meanings.collect::<Vec<_>>());
    shown.extend(hits.iter().flat_map(Hit::codes));
    let is_open = |symbol: &Symbol| !table.lists(symbol.code()) && !shown.contains(&symbol.code());
    hits.extend(Symbol::all().filter_map(|symbol| of_symbol(symbol, &wanted)).filter(|hit| match hit.result {
        SearchResult::Symbol(symbol) => is_open(&symbol),
        _ => true,
    }));
    // What fits equally well stays in the order of the table.
    sort_by_number(&mut hits, |hit| u64::from(!hit.is_own()) << 32 | u64::from(!hit.score));
    hits
}

impl Lookup {
    /// Finds what holds all words of `text`: [`search`] with somebody's own records, which come first.
    ///
    /// ```
    /// let hits = intune_err::Lookup::new().search("signing certificate expired");
    /// assert_eq!(hits[0].result.query(), "ios-profile-signing-certificate-expired");
    /// ```
    pub fn search(&self, text: &str) -> Vec<Hit> {
        in_table(self.table, text)
    }
}

impl Hit {
    /// Whether it is one of somebody's own records.
    fn is_own(&self) -> bool {
        matches!(self.result, SearchResult::Entry(entry) if entry.file().is_some())
    }

    /// The codes that it has.
    fn codes(&self) -> Vec<Code> {
        match self.result {
            SearchResult::Entry(entry) => entry.codes().collect(),
            SearchResult::Meaning(meaning) => vec![meaning.code()],
            SearchResult::Symbol(symbol) => vec![symbol.code()],
        }
    }
}

/// The words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What a record has to have: a word, or a code in one of its forms.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Wanted {
    /// Words of which all have to fit, in each of the ways to say it; in lower case.
    ways: Vec<Vec<String>>,
    /// The codes that are meant.
    codes: Vec<Code>,
}

impl Wanted {
    /// All that a text wants, each once.
    fn all(text: &str) -> Vec<Self> {
        // Digits in groups are several words, and a small number is a code only where nothing else is said.
        if let Some(code) = Self::code(text, |_| true) {
            return vec![code];
        }
        let is_sure = |code: &Code| code.is_failure();
        let of_part = |part| match Self::code(part, is_sure).or_else(|| Self::name(part)) {
            Some(wanted) => vec![wanted],
            None => words(part).map(|word| Self { ways: vec![vec![word.to_ascii_lowercase()]], codes: Vec::new() }).collect(),
        };
        let mut seen = HashSet::new();
        text.split_whitespace().flat_map(of_part).filter(|wanted| seen.insert(wanted.clone())).collect()
    }

    /// A code in any of its written forms, if one of its readings is sure.
    fn code(text: &str, is_sure: impl Fn(&Code) -> bool) -> Option<Self> {
        let Spelling::Code(readings) = spelling(text, Base::Either) else { return None };
        let codes: Vec<Code> = readings.iter().map(|reading| reading.code).collect();
        if !codes.iter().any(is_sure) {
            return None;
        }
        let mut ways: Vec<Vec<String>> = codes.iter().map(|code| vec![code.to_string().to_ascii_lowercase()]).collect();
        // Bare digits can be the number of something else, and the beginning of a longer code.
        let mut written = words(text);
        if let (Some(word), None) = (written.next(), written.next())
            && !ways.iter().any(|way| way[0].eq_ignore_ascii_case(word))
        {
            ways.push(vec![word.to_ascii_lowercase()]);
        }
        Some(Self { ways, codes })
    }

    /// The name of a constant, also without its underscores: its words, or its code.
    fn name(part: &str) -> Option<Self> {
        let name = part.trim_matches(|c: char| !c.is_alphanumeric());
        if !name.contains('_') && name.len() < SHORTEST_NAME {
            return None;
        }
        let symbols: Vec<Symbol> = Symbol::by_name(name).collect();
        let split = |name: &str| words(&name.replace('_', " ")).map(str::to_ascii_lowercase).collect::<Vec<_>>();
        let ways = symbols.iter().map(|symbol| split(symbol.name())).collect();
        (!symbols.is_empty()).then(|| Self { ways, codes: symbols.iter().map(|symbol| symbol.code()).collect() })
    }

    /// Whether it is this code, or the same error in its other form.
    fn is(&self, code: Code) -> bool {
        self.codes.contains(&code) || code.other_form().is_some_and(|other| self.codes.contains(&other))
    }

    /// How well it fits one of these codes: as the code, or as its beginning.
    fn fits_any(&self, codes: impl Iterator<Item = Code>) -> u32 {
        let begins = |code| self.ways.iter().any(|way| way.len() == 1 && begins_with(code, &way[0]));
        let fit = |code| {
            if self.is(code) {
                WHOLE
            } else if begins(code) {
                PREFIX
            } else {
                0
            }
        };
        codes.map(fit).max().unwrap_or_default()
    }
}

/// A shorter name without an underscore is a word.
const SHORTEST_NAME: usize = 8;

/// How well a record's fields hold words, of which each was in one of them so far.
struct Match {
    /// What each word is worth where it fits best.
    total: u32,
    /// What each field is worth for all words.
    fields: Vec<(Field, &'static str, u32)>,
}

impl Match {
    fn new(fields: impl Iterator<Item = (Field, &'static str)>) -> Self {
        Self { total: 0, fields: fields.map(|(field, text)| (field, text, 0)).collect() }
    }

    /// Counts what is wanted, and says whether any field has it.
    fn has(&mut self, wanted: &Wanted, of_code: u32) -> bool {
        let best = wanted.ways.iter().map(|way| self.way(way)).max().unwrap_or_default().max(of_code);
        self.total += best;
        best > 0
    }

    /// Counts one way to say it for each field, and says what it is worth: nothing where one of its words is in no field.
    fn way(&mut self, way: &[String]) -> u32 {
        let before: Vec<u32> = if way.len() > 1 { self.fields.iter().map(|(.., sum)| *sum).collect() } else { Vec::new() };
        let mut total = 0;
        for word in way {
            let mut best = 0;
            for (field, text, sum) in &mut self.fields {
                let score = field.weight() * fit(text, word);
                *sum += score;
                best = best.max(score);
            }
            if best == 0 {
                self.fields.iter_mut().zip(before).for_each(|((.., sum), before)| *sum = before);
                return 0;
            }
            total += best;
        }
        total
    }

    /// The field that holds most of the words best; the first of equals.
    fn reason(&self) -> (u32, Field, &'static str) {
        let first = (0, Field::Id, "");
        self.fields.iter().fold(first, |most, &(field, text, sum)| if sum > most.0 { (sum, field, text) } else { most })
    }

    /// What a record is worth that has all that is wanted, and why; `code` says how well its codes fit, for which `text` stands.
    fn of(mut self, wanted: &[Wanted], code: impl Fn(&Wanted) -> u32, text: &'static str) -> Option<(u32, (u32, Field, &'static str))> {
        let mut fits = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            let fit = code(wanted);
            fits.push(fit);
            if !self.has(wanted, Field::Code.weight() * fit) {
                return None;
            }
        }
        // Beside words, those tell more of why it was found.
        let best = fits.iter().copied().max().unwrap_or_default();
        let fit = if fits.contains(&0) { best.min(PREFIX) } else { best };
        let (of_code, reason) = (Field::Code.weight() * fit, self.reason());
        Some((self.total, if reason.0 < of_code { (of_code, Field::Code, text) } else { reason }))
    }
}

fn of_entry(entry: Entry, wanted: &[Wanted]) -> Option<Hit> {
    let texts = |field: Field, texts: Vec<&'static str>| texts.into_iter().map(move |text| (field, text));
    let matched = Match::new(
        texts(Field::Name, entry.names().collect())
            .chain(texts(Field::Message, entry.messages().collect()))
            .chain(texts(Field::Title, entry.title().into_iter().collect()))
            .chain([(Field::Id, entry.id()), (Field::Problem, entry.problem())])
            .chain(texts(Field::Cause, entry.causes().collect()))
            .chain(texts(Field::Resolution, entry.resolution().collect()))
            .chain(texts(Field::Note, entry.notes().collect())),
    );
    // The codes are numbers, not texts; they are compared as they are written.
    let (total, reason) = matched.of(wanted, |wanted| wanted.fits_any(entry.codes()), entry.problem())?;
    let score = total * 100 + reason.0 * 10 + u32::from(100 - entry.rank()) / 10;
    Some(Hit { result: SearchResult::Entry(entry), score, field: reason.1, text: reason.2 })
}

/// Whether a code's hex digits begin with a word, which has to have four of them.
fn begins_with(code: Code, word: &str) -> bool {
    let digits = word.strip_prefix("0x").unwrap_or(word);
    let is_hex = (4..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex && u32::from_str_radix(digits, 16).is_ok_and(|value| code.bits() >> (32 - 4 * digits.len()) == value)
}

fn of_meaning(meaning: Meaning, wanted: &[Wanted]) -> Option<Hit> {
    let texts = [(Field::Name, meaning.name()), (Field::Meaning, Some(meaning.text())), (Field::Message, meaning.printed())];
    let matched = Match::new(texts.into_iter().filter_map(|(field, text)| Some((field, text?))));
    let (total, (_, field, text)) = matched.of(wanted, |wanted| if wanted.is(meaning.code()) { WHOLE } else { 0 }, meaning.text())?;
    // It tells less than an entry, as a symbol does.
    let score = total / 4 * 100 + 50;
    Some(Hit { result: SearchResult::Meaning(meaning), score, field, text })
}

fn of_symbol(symbol: Symbol, wanted: &[Wanted]) -> Option<Hit> {
    let name = symbol.name();
    let of = |wanted: &Wanted| {
        let way = |way: &Vec<String>| way.iter().map(|word| Some(fit(name, word)).filter(|fit| *fit > 0)).sum::<Option<u32>>();
        let of_code = wanted.is(symbol.code()).then_some(WHOLE);
        wanted.ways.iter().filter_map(way).max().max(of_code)
    };
    let fits = wanted.iter().map(of).sum::<Option<u32>>()?;
    // A symbol tells less than an entry, and the shorter name tells it more exactly.
    let length = u32::try_from(name.len()).unwrap_or(u32::MAX).min(99);
    Some(Hit { result: SearchResult::Symbol(symbol), score: 2 * fits * 100 + 99 - length, field: Field::Name, text: name })
}

/// What a word is worth that is a word of the table, the beginning of one, or one with a typing error.
const WHOLE: u32 = 4;
const PREFIX: u32 = 2;
pub(super) const TYPO: u32 = 1;

/// How well `wanted`, in lower case, fits a word in `text`, or two that stand joined in it (`DeviceCapReached`).
pub(super) fn fit(text: &str, wanted: &str) -> u32 {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let mut best = 0;
    // The texts of the table are ASCII; other letters can only be wanted.
    for word in text.split(|b| !b.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        best = fit_word(word, wanted).max(best);
        if best == WHOLE {
            break;
        }
    }
    best
}

fn fit_word(word: &[u8], wanted: &[u8]) -> u32 {
    let begins = |part: &[u8]| part.len() >= wanted.len() && part[..wanted.len()].eq_ignore_ascii_case(wanted);
    if begins(word) {
        return if word.len() == wanted.len() { WHOLE } else { PREFIX };
    }
    // Names are words written together: the wanted one may begin at a capital letter.
    let is_inner = |at: usize| word[at].is_ascii_uppercase() && word[at - 1].is_ascii_lowercase() && begins(&word[at..]);
    if wanted.len() >= 3 && (1..=word.len().saturating_sub(wanted.len())).any(is_inner) {
        return PREFIX;
    }
    let may_slip = wanted.len() >= 5 && word.len().abs_diff(wanted.len()) <= 1 && word[0].eq_ignore_ascii_case(&wanted[0]);
    if may_slip && is_one_slip(word, wanted) { TYPO } else { 0 }
}

/// Whether two words differ by one letter more, less, changed or swapped with its neighbour.
fn is_one_slip(word: &[u8], wanted: &[u8]) -> bool {
    let same = |a: &u8, b: &u8| a.eq_ignore_ascii_case(b);
    let start = word.iter().zip(wanted).take_while(|(a, b)| same(a, b)).count();
    let (word, wanted) = (&word[start..], &wanted[start..]);
    let end = word.iter().rev().zip(wanted.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (word, wanted) = (&word[..word.len() - end], &wanted[..wanted.len() - end]);
    match (word, wanted) {
        (&[_] | &[], &[_] | &[]) => true,
        (&[a, b], &[c, d]) => same(&a, &d) && same(&b, &c),
        _ => false,
    }
}
