//! The search over all texts of the table: entries and symbols that hold every word, best match first.

use crate::table::{Entry, Symbol};

/// Something that a search found.
///
/// ```
/// use intune_err::{SearchResult, search};
/// let hits = search("device cap reached");
/// assert!(hits.iter().any(|hit| matches!(hit.result, SearchResult::Entry(entry) if entry.id() == "device-cap-reached")));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SearchResult {
    /// An entry of the table.
    Entry(Entry),
    /// A symbol without an entry.
    Symbol(Symbol),
}

/// A result of a search, and why it is one.
///
/// ```
/// let hits = intune_err::search("expired certificate");
/// assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
/// assert!(!hits[0].field.is_empty() && !hits[0].text.is_empty());
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// What was found.
    pub result: SearchResult,
    /// How well it fits; higher is better, and only good for comparing within one search.
    pub score: u32,
    /// The field that holds most of the words best, such as `problem`.
    pub field: &'static str,
    /// The text of that field.
    pub text: &'static str,
}

impl SearchResult {
    /// A query that finds it: the id of an entry, the name of a symbol.
    ///
    /// ```
    /// let hits = intune_err::search("device cap reached");
    /// assert!(intune_err::answer(hits[0].result.query(), intune_err::Base::Either).unwrap()[0].found());
    /// ```
    pub fn query(&self) -> &'static str {
        match self {
            Self::Entry(entry) => entry.id(),
            Self::Symbol(symbol) => symbol.name(),
        }
    }
}

/// Finds the entries and symbols that hold all words of `text`, in any order, best match first.
///
/// A word fits a word of the table that it is, that it begins, or, with five letters and more, from which it differs by one
/// typing error.
///
/// ```
/// let hits = intune_err::search("signing certificate expired");
/// assert_eq!(hits[0].result.query(), "ios-profile-signing-certificate-expired");
/// ```
pub fn search(text: &str) -> Vec<Hit> {
    let wanted: Vec<String> = words(text).map(str::to_ascii_lowercase).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = Entry::all().filter_map(|entry| of_entry(entry, &wanted)).collect();
    let with_entry = |symbol: &Symbol| Entry::by_code(symbol.code()).len() > 0;
    hits.extend(Symbol::all().filter(|symbol| !with_entry(symbol)).filter_map(|symbol| of_symbol(symbol, &wanted)));
    // Stable: what fits equally well stays in the order of the table.
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits
}

/// The words of a text: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn of_entry(entry: Entry, wanted: &[String]) -> Option<Hit> {
    // What each word is worth where it fits best, and how much each field brought.
    let mut best = vec![0; wanted.len()];
    let mut reason = (0, "", "");
    let mut field = |name: &'static str, text: &'static str, weight: u32| {
        let mut sum = 0;
        for (wanted, best) in wanted.iter().zip(&mut best) {
            let score = weight * fit_in(text, wanted);
            *best = score.max(*best);
            sum += score;
        }
        if sum > reason.0 {
            reason = (sum, name, text);
        }
    };
    for name in entry.names() {
        field("name", name, 8);
    }
    for message in entry.messages() {
        field("message", message, 7);
    }
    if let Some(title) = entry.title() {
        field("title", title, 7);
    }
    field("id", entry.id(), 6);
    field("problem", entry.problem(), 6);
    for cause in entry.causes() {
        field("cause", cause, 3);
    }
    for step in entry.resolution() {
        field("resolution", step, 2);
    }
    for note in entry.notes() {
        field("note", note, 2);
    }
    // The codes are numbers, not texts; they are compared as they are written.
    for (wanted, best) in wanted.iter().zip(&mut best) {
        let digits = wanted.strip_prefix("0x").unwrap_or(wanted);
        if digits.len() >= 4 && entry.codes().any(|code| code.to_string()[2..].to_ascii_lowercase().starts_with(digits)) {
            *best = (*best).max(8 * PREFIX);
            if reason.0 < 8 * PREFIX {
                reason = (8 * PREFIX, "code", entry.problem());
            }
        }
    }
    let score = best.iter().all(|score| *score > 0).then(|| best.iter().sum::<u32>())?;
    Some(Hit {
        result: SearchResult::Entry(entry),
        score: score * 100 + reason.0 * 10 + u32::from(100 - entry.rank()) / 10,
        field: reason.1,
        text: reason.2,
    })
}

fn of_symbol(symbol: Symbol, wanted: &[String]) -> Option<Hit> {
    let fits: Vec<u32> = wanted.iter().map(|wanted| fit_in(symbol.name(), wanted)).collect();
    // A symbol tells less than an entry, and the shorter name tells it more exactly.
    let score = fits.iter().all(|fit| *fit > 0).then(|| 2 * fits.iter().sum::<u32>())?;
    let length = u32::try_from(symbol.name().len()).unwrap_or(u32::MAX).min(99);
    Some(Hit { result: SearchResult::Symbol(symbol), score: score * 100 + 99 - length, field: "name", text: symbol.name() })
}

/// What a word is worth that is a word of the table, the beginning of one, or one with a typing error.
const WHOLE: u32 = 4;
const PREFIX: u32 = 2;
const TYPO: u32 = 1;

/// How well `wanted`, in lower case, fits a word in `text`, or two that stand joined in it (`DeviceCapReached`).
fn fit_in(text: &str, wanted: &str) -> u32 {
    let mut best = 0;
    for word in words(text) {
        let fit = fit(word, wanted);
        if fit == WHOLE {
            return WHOLE;
        }
        best = fit.max(best);
    }
    best
}

fn fit(word: &str, wanted: &str) -> u32 {
    let (word, wanted) = (word.as_bytes(), wanted.as_bytes());
    if word.len() >= wanted.len() && word[..wanted.len()].eq_ignore_ascii_case(wanted) {
        return if word.len() == wanted.len() { WHOLE } else { PREFIX };
    }
    // Names are words written together: the wanted one may begin at a capital letter.
    let inner = |at: usize| {
        word[at].is_ascii_uppercase()
            && word[at - 1].is_ascii_lowercase()
            && word[at..].len() >= wanted.len()
            && word[at..][..wanted.len()].eq_ignore_ascii_case(wanted)
    };
    if wanted.len() >= 3 && (1..word.len()).any(inner) {
        return PREFIX;
    }
    if wanted.len() >= 5 && word.len().abs_diff(wanted.len()) <= 1 && word[0].eq_ignore_ascii_case(&wanted[0]) && is_one_slip(word, wanted)
    {
        TYPO
    } else {
        0
    }
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
