//! What may have been meant by a query that found nothing: codes that differ in a digit, names that differ in a few letters or hold its words.

use super::domain::{self, Domain};
use super::search::{TYPO, fit, words};
use super::texts::{self, Letters};
use crate::code::Code;
use crate::context::Context;
use crate::key;
use crate::known::is_known_in;
use crate::order::sort_by_number;
use crate::table::{Entry, Symbol, Table};

/// How many suggestions are worth reading.
const MOST: usize = 5;

/// Known codes whose digits differ from those in `text` by one digit more, less, changed or swapped with its neighbour. Those with an entry
/// come first, then the smaller slips.
pub(super) fn codes_like(text: &str, table: Table) -> Vec<String> {
    let text = text.trim().trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let text = text.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = (9..=11).contains(&unsigned.len()) && unsigned.bytes().all(|b| b.is_ascii_digit());
    // Nine digits are a failure's number only where a minus stands before them.
    if is_decimal && (unsigned.len() < text.len() || unsigned.len() > 9) {
        let sign = &text[..text.len() - unsigned.len()];
        let value = |digits: &str| {
            let number: i64 = format!("{sign}{digits}").parse().ok()?;
            i32::try_from(number).map(i32::cast_unsigned).or_else(|_| u32::try_from(number)).ok()
        };
        return near(unsigned, b"0123456789", value, table);
    }
    let digits = ["0x", "0X"].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    // Letters that look like a digit are that digit. One more than a code has is too many.
    let digits: String = digits.chars().filter(|c| *c != '_').take(11).map(|c| if "lIi".contains(c) { '1' } else { c }).collect();
    let digits = digits.replace(['o', 'O'], "0").to_ascii_uppercase();
    if !(6..=10).contains(&digits.len()) || !digits.is_ascii() {
        return Vec::new();
    }
    let value = |digits: &str| (digits.len() == 8).then(|| u32::from_str_radix(digits, 16).ok()).flatten();
    near(&digits, b"0123456789ABCDEF", value, table)
}

/// The known codes that differ from `digits` by one slip.
fn near(digits: &str, alphabet: &[u8], value: impl Fn(&str) -> Option<u32>, table: Table) -> Vec<String> {
    let digits = digits.as_bytes();
    // The first digit says whether it is an error at all, so it is sooner right than the others.
    let mut found: Vec<(bool, u8, bool, Code)> = Vec::new();
    let first = digits.first().copied();
    let mut consider = |digits: &[u8], slip: u8| {
        let code = std::str::from_utf8(digits).ok().and_then(&value).map(Code::new);
        if let Some(code) = code.filter(|&code| is_known_in(table, code) && !found.iter().any(|(.., known)| *known == code)) {
            found.push((!table.lists(code), slip, digits.first().copied() != first, code));
        }
    };
    consider(digits, 0);
    for position in 0..digits.len() {
        let mut other = digits.to_vec();
        if position + 1 < digits.len() {
            other.swap(position, position + 1);
            consider(&other, 0);
            other.swap(position, position + 1);
        }
        other.remove(position);
        // A digit that stands twice was sooner doubled than another was added.
        consider(&other, u8::from(!(position + 1 < digits.len() && digits[position] == digits[position + 1])));
    }
    for position in 0..=digits.len() {
        let mut other = digits.to_vec();
        other.insert(position, 0);
        for &digit in alphabet {
            other[position] = digit;
            consider(&other, if digits.get(position) == Some(&digit) { 0 } else { 2 });
        }
        if position < digits.len() {
            other.remove(position);
            for &digit in alphabet {
                other[position] = digit;
                consider(&other, 3);
            }
        }
    }
    found.sort_unstable();
    found.into_iter().take(MOST).map(|(.., code)| code.to_string()).collect()
}

/// What may have been meant by a text that is nothing: the codes near to one with a wrong letter, the exit code in a sentence, or texts.
pub(super) fn like(text: &str, table: Table) -> Vec<String> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if (8..=11).contains(&text.len()) && 2 * digits > text.len() && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return codes_like(text, table);
    }
    let is_exit_code = |word: &&str| (3..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let is_known = |number: i64| !Domain::ExitCode.entries(number, table).is_empty();
    let mut exit_codes = words(text).filter(is_exit_code).filter_map(|word| word.parse().ok()).filter(|number| is_known(*number));
    let is_of_token = |word: &&str| (5..=7).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let is_token = |number: i64| !Domain::Aadsts.entries(number, table).is_empty();
    let mut tokens = words(text).filter(is_of_token).filter_map(|word| word.parse().ok()).filter(|number| is_token(*number));
    match (exit_codes.next(), exit_codes.next(), tokens.next()) {
        _ if !text.contains(' ') => texts_like(text, table),
        (Some(number), None, _) => vec![format!("exit code {number}")],
        (.., Some(number)) => vec![format!("AADSTS{number}")],
        _ => texts_like(text, table),
    }
}

/// Names that differ from `text` in a few letters, or else those that hold all its words.
fn texts_like(text: &str, table: Table) -> Vec<String> {
    let wanted = key::fold(text);
    if wanted.len() < 4 || text.len() > 200 {
        return Vec::new();
    }
    let slips = 1 + wanted.len() / 8;
    // In a short name the first letter is right.
    let begins_alike = |name: &str| slips > 1 || key::fold(name).bytes().next() == wanted.bytes().next();
    let near = texts::names_like(&wanted, slips, table).into_iter().filter(|near| begins_alike(near.name));
    let near: Vec<&str> = near.take(MOST).map(|near| near.name).collect();
    let mut like = if near.is_empty() { with_words(text, table) } else { near };
    if like.is_empty() {
        like = with_most_words(text, table);
    }
    like.into_iter().map(str::to_owned).collect()
}

/// The ids of entries that have most of the words of a text, in their texts or as their place: a word too many hides nothing then.
fn with_most_words(text: &str, table: Table) -> Vec<&'static str> {
    let mut wanted: Vec<(Context, String)> = Vec::new();
    // A platform is no word of the texts; it leaves out what is about others.
    let mut platform = Context::default();
    for word in words(text).filter(|word| word.len() > 2).map(str::to_ascii_lowercase) {
        let place = Context::of_text(&word);
        if place.is_of_platform() {
            platform = platform.and(place);
        } else if (place != Context::default() || !domain::is_ordinary(&word)) && !wanted.iter().any(|(_, of)| *of == word) {
            wanted.push((place, word));
        }
    }
    if !(2..=MOST_WORDS).contains(&wanted.len()) {
        return Vec::new();
    }
    let entries: Vec<Entry> = table.all().filter(|entry| !platform.is_elsewhere(*entry)).collect();
    // How well each entry fits the words so far, and how many of them it has.
    let mut scores = vec![(0, 0); entries.len()];
    let mut whole = 0;
    for (place, word) in &wanted {
        let fits: Vec<u32> = entries.iter().map(|entry| fit_of(*entry, place, word)).collect();
        let having = fits.iter().filter(|fit| **fit > 0).count();
        // The rarer a word, the more it is worth, by the powers of two.
        let worth = entries.len().checked_div(having).map_or(UNKNOWN, usize::ilog2);
        whole += WORD * worth;
        for (score, fit) in scores.iter_mut().zip(fits) {
            *score = (score.0 + fit * worth, score.1 + u32::from(fit * worth > 0));
        }
    }
    // One word is no more than a coincidence, however rare it is.
    let best = scores.iter().filter(|(_, words)| *words > 1).map(|(score, _)| *score).max().unwrap_or_default();
    let is_hit = |score: u32, words: u32| words > 1 && 5 * score >= 3 * whole && 8 * score >= 7 * best;
    let hits = entries.iter().zip(scores).filter(|(_, (score, words))| is_hit(*score, *words));
    let mut hits: Vec<(u32, &'static str)> = hits.map(|(entry, (score, _))| (score, entry.id())).collect();
    best_first(&mut hits);
    hits.into_iter().take(MOST).map(|(_, id)| id).collect()
}

/// How well an entry fits a word that can tell a place.
fn fit_of(entry: Entry, place: &Context, word: &str) -> u32 {
    // What a word with a typing error fits is sooner meant than what begins with another.
    let of_text = match best_fit(entry, word, true).max(fit(entry.problem(), word)) {
        TYPO => MISSPELLED,
        fit => fit,
    };
    of_text.max(if entry.seen_in().any(|kind| place.has(kind)) { PLACE } else { 0 })
}

/// How well a word fits an id, a name, a title or, if wanted, a message of an entry.
fn best_fit(entry: Entry, word: &str, with_messages: bool) -> u32 {
    let mut best = fit(entry.id(), word);
    let messages = entry.messages().take(if with_messages { usize::MAX } else { 0 });
    for text in entry.names().chain(entry.title()).chain(messages) {
        best = best.max(fit(text, word));
    }
    best
}

/// Brings the best first. What fits equally well stays in the order of the table.
fn best_first(hits: &mut Vec<(u32, &'static str)>) {
    sort_by_number(hits, |(score, _)| u64::from(!score));
}

/// What a word that no entry has counts, beside those that some have.
const UNKNOWN: u32 = 4;

/// How well a word fits that is one of the entry as a whole, and one that tells its place.
const WORD: u32 = 4;
const PLACE: u32 = 3;

/// How well one fits that is misspelled.
const MISSPELLED: u32 = 3;

/// A word that more texts hold is no attempt at a name.
const MOST_OF_ONE: usize = 12;

/// Texts of more words are no attempt at a name.
const MOST_WORDS: usize = 12;

/// The ids of entries, or else the names of symbols, that hold all words of a text but the ordinary ones, the best match first.
fn with_words(text: &str, table: Table) -> Vec<&'static str> {
    let mut wanted: Vec<(String, Letters)> = Vec::new();
    for word in words(text).filter(|word| word.len() > 2 && !domain::is_ordinary(word)).map(str::to_ascii_lowercase) {
        if !wanted.iter().any(|(of, _)| *of == word) {
            let letters = Letters::of(&word);
            wanted.push((word, letters));
        }
    }
    if wanted.is_empty() || wanted.len() > MOST_WORDS || wanted.len() == 1 && wanted[0].0.len() < 4 {
        return Vec::new();
    }
    let may_fit = |letters: Letters| wanted.iter().all(|(_, word)| letters.may_fit(*word));
    // What the words are worth, each where it fits best; none where one fits nowhere.
    let score = |best: &dyn Fn(&str) -> u32| wanted.iter().map(|(word, _)| Some(best(word)).filter(|fit| *fit > 0)).sum::<Option<u32>>();
    // One word of a message says nothing of the message.
    let with_messages = wanted.len() > 1;
    let mut hits: Vec<(u32, &'static str)> = Vec::new();
    let of_table = Entry::all().zip(texts::letters_of_entries(with_messages)).filter(|(_, letters)| may_fit(**letters));
    for entry in table.own().chain(of_table.map(|(entry, _)| entry)) {
        hits.extend(score(&|word| best_fit(entry, word, with_messages)).map(|score| (score, entry.id())));
    }
    // A word that stands in many texts tells nothing by itself.
    if wanted.len() == 1 && hits.len() > MOST_OF_ONE {
        return Vec::new();
    }
    best_first(&mut hits);
    // Beside texts with the whole words, those with beginnings of other words are noise.
    let best = hits.first().map_or(0, |(score, _)| *score);
    hits.retain(|(score, _)| 4 * score > 3 * best);
    if hits.is_empty() && wanted.len() > 1 {
        let names =
            Symbol::all().zip(texts::letters_of_symbols()).filter(|(_, letters)| may_fit(**letters)).map(|(symbol, _)| symbol.name());
        let mut symbols: Vec<(u32, &'static str)> = names.filter_map(|name| Some((score(&|word| fit(name, word))?, name))).collect();
        sort_by_number(&mut symbols, |(score, name)| u64::from(!score) << 32 | name.len() as u64);
        hits.extend(symbols.into_iter().take(MOST));
    }
    hits.into_iter().take(MOST).map(|(_, name)| name).collect()
}
