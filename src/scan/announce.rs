//! What a line says of a number in it: that it is an error, that it is something else, or nothing.
//!
//! The words that decide stand in `data/words.toml`. Only the number's own line counts, mostly the part right before the number:
//!
//! 1. **The word right before it**, with nothing but blanks, signs, quotes and brackets between. `error`, `hr`, `result` and `failed` call the number
//!    an error. A word for code does so with the word before it (`exit code`) or after it (`code de sortie`), or where nothing before it names
//!    another (`with code`).
//!    Small words between change nothing (`failed with`, `size is`). An identifier is several words: `lastErrorCode` is last, error, code.
//! 2. **A noun right before it** says that it is something else: a mask, a size, a session. Which nouns do depends on the form: `0x` already
//!    says that a number is no date. A noun in the name of a function does not count: what follows `OpenSession:` is what the function returned.
//! 3. **A failure in the same clause** overrides the noun: `failed to create session: 0x80070005`. An equals sign does not let it: `failed,
//!    session=0x80070005`. The value of a mask or an address stays one unless brackets set the number apart: `bad flags (0x80070057)`.
//! 4. **Brackets after a failure** hold the error: `could not install the app (0x87D20FFF)`. So does what stands before a word for it alone: `an
//!    0x800CCC79 error`.

use memchr::memchr2_iter;

use super::edges::{self, escape, is_word};
use super::line::{REACH, line_after, line_before};
use crate::table::words::{self, Lists};

/// How a number is written, as far as that decides which nouns can name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With `0x`.
    Prefixed,
    /// With `0x` and too few digits for an HRESULT; or hex or decimal digits and nothing else.
    Plain,
    /// A decimal number with a minus sign: no size and no time.
    Signed,
}

/// What a line says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// The number is something else.
    Other,
    /// The number is an error.
    Error,
}

/// What stands right before a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Announcement {
    pub(super) said: Said,
    /// The lists of the word that decided.
    pub(super) by: Lists,
    pub(super) joint: Joint,
}

/// The lists whose words tell that something went wrong.
pub(super) const FAILURES: Lists = Lists::FAILED.and(Lists::NOT).and(Lists::ADVERSE).and(Lists::ERROR);

/// What stands right before the number whose text before it is `before`.
pub(super) fn announcement(before: &[u8], form: Form) -> Announcement {
    // Every search backwards from here stops at a line end.
    let before = edges::without_pair(&before[before.len().saturating_sub(REACH)..]);
    let (joint, rest) = Joint::before(before);
    let nothing = Announcement { said: Said::Nothing, by: Lists::default(), joint };
    let mut words = Words { rest };
    if !joint.any && rest.last().is_none_or(u8::is_ascii) {
        return nothing;
    }
    let Some(mut word) = words.next() else {
        // What a function returned: `Search() = 0x8024402c`.
        let said = if joint.equals && rest.ends_with(b")") && form == Form::Prefixed { Said::Error } else { Said::Nothing };
        return Announcement { said, by: Lists::RESULT, ..nothing };
    };
    if word.lists.has(Lists::LOW_WORD.and(Lists::FILLER)) {
        // `hResultFromWin32` as a whole; its last word is a filler.
        let lists = words::lists(identifier(rest));
        if lists.has(Lists::LOW_WORD) {
            return Announcement { said: Said::Error, by: lists, joint };
        }
    }
    for _ in 0..3 {
        if !word.lists.has(Lists::FILLER) {
            break;
        }
        // The name of an attribute or element stands before that of its value.
        words.rest = Joint::before(words.rest).1;
        match words.next() {
            Some(next) => word = next,
            None => return nothing,
        }
    }
    let decided = |said| Announcement { said, by: word.lists, joint };
    let calls = Lists::ERROR.and(Lists::HRESULT).and(Lists::RESULT).and(Lists::FAILED);
    let is_code_of = word.lists.has(Lists::CODE_OF) && is_after_code(words);
    if form != Form::Prefixed && (is_code_of || word.lists.has(Lists::CODE.and(calls))) && has_domain(before) {
        return Announcement { said: Said::Other, by: Lists::DOMAIN, joint };
    }
    if word.lists.has(Lists::CODE) {
        let (said, by) = code(words);
        return Announcement { said, by, joint };
    }
    if is_code_of {
        return Announcement { said: Said::Error, by: word.lists.and(Lists::ERROR), joint };
    }
    if word.lists.has(Lists::ERROR) && is_of_a_value(words) {
        return Announcement { said: Said::Other, by: Lists::VALUE, joint };
    }
    if word.lists.has(calls) {
        // `LEVEL_ERROR 0x2` defines a constant.
        let is_constant = words.rest.ends_with(b"_") && !(joint.colon || joint.equals || joint.open);
        return if is_constant { nothing } else { decided(Said::Error) };
    }
    // Brackets after a full stop belong to no noun before it.
    let is_sentence = joint.open && rest.ends_with(b".");
    if joint.apart || is_sentence {
        return nothing;
    }
    if word.lists.has(Lists::ID) {
        return match words.next() {
            Some(of) if of.lists.has(Lists::ERROR.and(Lists::HRESULT)) => decided(Said::Error),
            None if form != Form::Plain => nothing,
            _ => decided(if gives_way(Lists::VALUE, joint, form, words.rest) { Said::Error } else { Said::Other }),
        };
    }
    let nouns = match form {
        Form::Signed => Lists::VALUE.and(Lists::THING),
        Form::Prefixed => Lists::VALUE.and(Lists::THING).and(Lists::MEASURE),
        Form::Plain => Lists::VALUE.and(Lists::THING).and(Lists::MEASURE).and(Lists::BARE),
    };
    if !word.lists.has(nouns) {
        let other = || if gives_way(Lists::VALUE, joint, form, words.rest) { Said::Error } else { Said::Other };
        let is_hidden = form != Form::Signed && is_handle(identifier(rest)) || form == Form::Plain && words.has_part(nouns);
        return if is_hidden { Announcement { said: other(), by: Lists::VALUE, joint } } else { nothing };
    }
    if Word::is_function(rest) {
        // Brackets right after the name hold what it is given.
        let is_given = joint.open && rest.len() + 1 == before.len();
        return if joint.equals || is_given { nothing } else { Announcement { said: Said::Error, by: Lists::RESULT, joint } };
    }
    decided(if gives_way(word.lists, joint, form, words.rest) { Said::Error } else { Said::Other })
}

/// Whether a word for an error, which stands after `words`, belongs to a noun for a value: offset of error.
fn is_of_a_value(mut words: Words) -> bool {
    words.next().is_some_and(|of| of.lists.has(Lists::GENITIVE)) && words.next().is_some_and(|noun| noun.lists.has(Lists::VALUE))
}

/// Whether a word for code stands before what it is of: code de sortie, codice di uscita.
fn is_after_code(mut words: Words) -> bool {
    for _ in 0..2 {
        match words.next() {
            Some(word) if word.lists.has(Lists::CODE) => return true,
            Some(word) if word.lists.has(Lists::FILLER) => {}
            _ => return false,
        }
    }
    false
}

/// Whether an identifier is the name of a handle, as C programs write it: hFile.
fn is_handle(identifier: &[u8]) -> bool {
    matches!(identifier, [b'h', second, third, ..] if second.is_ascii_uppercase() && third.is_ascii_lowercase())
}

/// What a word for code says, which stands after `words`, and the lists of the word that decided.
fn code(mut words: Words) -> (Said, Lists) {
    let errors = Lists::ERROR.and(Lists::HRESULT).and(Lists::RESULT).and(Lists::QUALIFIER).and(Lists::FAILED);
    let nouns = Lists::VALUE.and(Lists::THING).and(Lists::MEASURE).and(Lists::BARE).and(Lists::DOMAIN);
    match words.next() {
        Some(of) if of.lists.has(Lists::DOMAIN) => (Said::Other, of.lists),
        Some(of) if of.lists.has(errors) => (Said::Error, of.lists.and(Lists::ERROR)),
        Some(of) if of.lists.has(Lists::FILLER) => (Said::Error, Lists::CODE),
        Some(of) if of.lists.has(nouns) => (Said::Other, of.lists),
        Some(_) => (Said::Nothing, Lists::CODE),
        None => (Said::Error, Lists::CODE),
    }
}

/// Whether the domain of a number stands shortly before it, as in `{"Domain":"NSOSStatusErrorDomain","Code":-2147413719`.
pub(super) fn has_domain(before: &[u8]) -> bool {
    let near = line_before(&before[before.len().saturating_sub(80)..]);
    // Few words have this letter.
    let begins = near.get(b"ErrorDo".len()..).unwrap_or_default();
    memchr2_iter(b'm', b'M', begins).any(|at| near.get(at..at + 11).is_some_and(|part| part.eq_ignore_ascii_case(b"ErrorDomain")))
}

/// Whether a noun before a number gives way to a failure in the clause that ends with `clause`.
fn gives_way(noun: Lists, joint: Joint, form: Form, clause: &[u8]) -> bool {
    if joint.equals || joint.hash {
        return false;
    }
    let failure = failures(clause, Until::Clause);
    let (failed, any) = (Lists::FAILED.and(Lists::NOT), Lists::FAILED.and(Lists::NOT).and(Lists::ADVERSE));
    if noun.has(Lists::VALUE) {
        joint.open && failure.has(any) || (joint.colon || joint.dash) && failure.has(failed)
    } else if noun.has(Lists::MEASURE) && form == Form::Prefixed {
        failure.has(any)
    } else {
        (joint.colon || joint.open || joint.dash) && failure.has(any)
    }
}

/// Whether a number stands in brackets whose sentence tells of a failure before them, by a word of `lists`; or whose next word does.
pub(super) fn is_failures_code(before: &[u8], after: &[u8], lists: Lists) -> bool {
    let before = edges::without_pair(line_before(before));
    let (joint, rest) = Joint::before(before);
    if !joint.open {
        return false;
    }
    let sentence = without_end(rest);
    // Brackets that are glued to the name of a function hold its argument.
    let is_call = rest.len() + 1 == before.len() && {
        let name = identifier(rest);
        !name.is_empty() && (rest[..rest.len() - name.len()].ends_with(b".") || !name.iter().all(u8::is_ascii_lowercase))
    };
    !is_call && failures(sentence, Until::Sentence).has(lists)
        || word_after_brackets(after).is_some_and(|word| words::lists(word).has(Lists::FAILED))
}

/// Whether the sentence of a number tells of a failure, and the number stands where the code of it does: at the very end or the beginning.
pub(super) fn may_be_failures_code(before: &[u8], after: &[u8]) -> bool {
    let (before, after) = (line_before(before), line_after(after));
    let rest = Joint::before(edges::without_pair(before)).1;
    let is_last =
        after.iter().find(|b| !matches!(b, b')' | b']' | b'"' | b'\'' | b'.' | b' ')).is_none_or(|b| matches!(b, b'<' | b'|' | b','));
    let is_first = rest.iter().rev().find(|b| **b != b' ').is_none_or(|b| matches!(b, b'>' | b'|' | b']'));
    let errors = Lists::FAILED.and(Lists::ERROR);
    // A code by itself tells how the sentence before it ended.
    let alone = rest.strip_suffix(b".").filter(|_| rest.len() < before.len());
    is_last && (failures(rest, Until::Sentence).has(errors) || alone.is_some_and(|last| failures(last, Until::Sentence).has(FAILURES)))
        || is_first && fails_after(after)
        || is_named_error(after)
}

/// Whether the word right after a number calls it an error and nothing more: `an 0x800CCC79 error when sending`.
pub(super) fn is_called_after(after: &[u8]) -> bool {
    let after = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after);
    let Some(rest) = after.strip_prefix(b" ") else { return false };
    let Some(word) = edges::first_word(rest).filter(|word| word.iter().all(u8::is_ascii_lowercase)) else { return false };
    let next = match &rest[word.len()..] {
        [b' ', next @ ..] => edges::first_word(next),
        [b'=' | b'-' | b'(' | b'[', ..] => return false,
        _ => None,
    };
    let goes_on = next.is_some_and(|next| !words::lists(next).has(Lists::CLAUSE.and(Lists::CODE)));
    words::lists(word).has(Lists::ERROR) && !goes_on
}

/// Whether what stands after a number and a sign is nothing but a name for an error: `0x80d03002 : unknown error`.
fn is_named_error(after: &[u8]) -> bool {
    let after = after.strip_prefix(b" ").unwrap_or(after);
    let Some(mut rest) = after.strip_prefix(b": ").or_else(|| after.strip_prefix(b"- ")) else { return false };
    for _ in 0..3 {
        let Some(word) = edges::first_word(rest) else { return false };
        rest = &rest[word.len()..];
        if words::lists(word).has(Lists::ERROR) {
            return rest.first().is_none_or(|b| !is_word(*b) && *b != b' ');
        }
        let Some(next) = rest.strip_prefix(b" ") else { return false };
        rest = next;
    }
    false
}

/// Whether one of the first words after a number says that something failed.
fn fails_after(after: &[u8]) -> bool {
    let end = after.iter().take(64).position(|b| matches!(b, b'.' | b';' | b'|' | b'<')).unwrap_or(after.len().min(64));
    after[..end].split(|b| !b.is_ascii_alphanumeric()).any(|word| words::lists(word).has(Lists::FAILED))
}

/// The word after the brackets that close right after a number: `AcquireToken(0xcaa70004) failed`.
fn word_after_brackets(after: &[u8]) -> Option<&[u8]> {
    let [b')' | b']' | b'}', rest @ ..] = line_after(after) else { return None };
    edges::first_word(rest.strip_prefix(b" ")?)
}

/// Whether the sentence that ends with `before` tells of a failure. Its full stop can stand there, too.
pub(super) fn tells_of_failure(before: &[u8]) -> bool {
    failures(without_end(line_before(before)), Until::Sentence).has(Lists::FAILED.and(Lists::ERROR))
}

/// Whether a call of Windows failed in the sentence before a number of `len` digits, of which `told` is before the word for an error. Few digits
/// can be anything, so its function stands there: `RegOpenKeyEx failed, error 2`. The numbers of an installer are others.
pub(super) fn tells_of_failed_call(told: &[u8], len: usize) -> bool {
    let line = line_before(told).trim_ascii_end();
    let sentence = without_end(line.strip_suffix(b". The").or_else(|| line.strip_suffix(b";")).unwrap_or(line));
    let lists = failures(sentence, Until::Sentence);
    let is_function =
        |name: &[u8]| name.first().is_some_and(u8::is_ascii_uppercase) && (Word::is_function(name) || name.ends_with(b"IoControl"));
    lists.has(Lists::FAILED.and(Lists::NOT))
        && !lists.has(Lists::INSTALLER)
        && (len > 3 || sentence.split(|b| !b.is_ascii_alphanumeric()).any(is_function))
}

/// Whether a call failed before the word for an error that `before` ends with: `Failed to open the key. Error = `. Constants have one equals sign
/// each. A number with a prefix needs no function, as one of four digits needs none.
pub(super) fn is_of_failed_call(before: &[u8]) -> bool {
    let rest = line_before(Joint::before(line_before(before)).1);
    let told = &rest[..rest.len() - identifier(rest).len()];
    !told.contains(&b'=') && tells_of_failed_call(told, 4)
}

/// A sentence without the blanks and full stops at its end: brackets after these belong to it.
fn without_end(sentence: &[u8]) -> &[u8] {
    let mut rest = sentence;
    loop {
        rest = match rest {
            [shorter @ .., b' ' | b'.' | b'!' | b'?'] => shorter,
            [shorter @ .., _, _, _] if matches!(wide(rest), Some((3, b';' | b' '))) => shorter,
            _ => return rest,
        };
    }
}

/// Whether the sentence that ends with `before` tells of a status, or of a failure.
pub(super) fn tells_how_it_ended(before: &[u8]) -> bool {
    failures(line_before(before), Until::Sentence).has(Lists::RESULT.and(Lists::FAILED).and(Lists::NOT))
}

/// Whether the sentence that ends with `before` tells of an installer.
pub(super) fn tells_of_installer(before: &[u8]) -> bool {
    failures(line_before(before), Until::Sentence).has(Lists::INSTALLER)
}

/// What stands between a number and the word before it.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Joint {
    /// Whether anything does.
    pub(super) any: bool,
    pub(super) colon: bool,
    pub(super) equals: bool,
    /// An opening bracket.
    pub(super) open: bool,
    /// A number sign right before the number.
    pub(super) hash: bool,
    /// A dash between blanks, or an arrow.
    pub(super) dash: bool,
    /// A comma or the border of a cell: only a word for an error reaches over it.
    pub(super) apart: bool,
}

impl Joint {
    /// What `before` ends with, and what stands before that.
    fn before(before: &[u8]) -> (Self, &[u8]) {
        let mut joint = Self::default();
        let mut rest = before;
        while rest.len() + 40 > before.len() {
            let (len, byte) = match rest {
                // A closing tag ends an element that has the name.
                [.., b'>'] => match closing_tag(rest) {
                    Some(len) => (len, b' '),
                    None => (1, b'>'),
                },
                // A hyphen joins; a dash stands between blanks, or in an arrow.
                [.., b'-'] => match (rest, before.get(rest.len())) {
                    ([.., b' ' | b'-', b'-'] | [b'-'], Some(b' ' | b'-')) | (_, Some(b'>')) => (1, b'-'),
                    _ => break,
                },
                [.., last] if last.is_ascii() && !is_word(*last) => match escape(rest) {
                    Some(escape) => escape,
                    None => (1, *last),
                },
                [.., last] if last.is_ascii() => match escape(rest) {
                    Some((_, b'\n' | b'\r')) | None => break,
                    Some(escape) => escape,
                },
                _ => match wide(rest) {
                    Some(wide) => wide,
                    None => break,
                },
            };
            match byte {
                b' ' | b'\t' | b'"' | b'\'' | b'`' | b'*' | b'<' | 0 => {}
                b'\\' if matches!(before.get(rest.len()), Some(b'"' | b'\'')) => {}
                b'>' => joint.dash |= matches!(rest, [.., b'-' | b'=', b'>']),
                b':' => joint.colon = true,
                // Of a comparison nothing is said.
                b'=' if matches!(rest, [.., b'<' | b'>' | b'!', _]) => {
                    rest = &rest[..rest.len() - 1];
                    joint.any = true;
                    break;
                }
                b'=' => joint.equals |= !matches!(before.get(rest.len()), Some(b'>')),
                b'(' | b'[' | b'{' => joint.open = true,
                b'#' => joint.hash |= rest.len() == before.len(),
                b'-' => joint.dash = true,
                b',' | b'|' => joint.apart = true,
                _ => break,
            }
            joint.any = true;
            rest = &rest[..rest.len() - len];
        }
        (joint, rest)
    }
}

/// The length of the closing tag that `text` ends with.
fn closing_tag(text: &[u8]) -> Option<usize> {
    let window = &text[text.len().saturating_sub(32)..];
    let open = window.iter().rposition(|b| *b == b'<')?;
    matches!(window[open..], [b'<', b'/', ..]).then(|| window.len() - open)
}

/// The sign of more than one byte that `text` ends with: its length, and the sign of ASCII that it is for. Blanks, quotes, and the wide signs of
/// Chinese and Japanese.
pub(super) fn wide(text: &[u8]) -> Option<(usize, u8)> {
    Some(match text {
        // No-break space and the quotes of French.
        [.., 0xC2, 0xA0 | 0xAB | 0xBB] => (2, b' '),
        // Dashes; then blanks and quotes of typographers.
        [.., 0xE2, 0x80, 0x90..=0x95] => (3, b'-'),
        [.., 0xE2, 0x80, 0x80..=0x8F | 0x98..=0x9F | 0xAF] => (3, b' '),
        // An arrow.
        [.., 0xE2, 0x86, 0x92] => (3, b'-'),
        // Wide blank, comma, full stop and brackets.
        [.., 0xE3, 0x80, 0x80] => (3, b' '),
        [.., 0xE3, 0x80, 0x81] => (3, b','),
        [.., 0xE3, 0x80, 0x82] => (3, b';'),
        [.., 0xE3, 0x80, 0x88 | 0x8A | 0x8C | 0x8E | 0x90 | 0x94] => (3, b'('),
        [.., 0xE3, 0x80, 0x89 | 0x8B | 0x8D | 0x8F | 0x91 | 0x95] => (3, b')'),
        [.., 0xEF, 0xBC, 0x88 | 0xBB] => (3, b'('),
        [.., 0xEF, 0xBC, 0x89 | 0xBD] => (3, b')'),
        [.., 0xEF, 0xBC, 0x8C] => (3, b','),
        [.., 0xEF, 0xBC, 0x9A] => (3, b':'),
        [.., 0xEF, 0xBC, 0x9D] => (3, b'='),
        [.., 0xEF, 0xBC, 0x81 | 0x9B | 0x9F] => (3, b';'),
        _ => return None,
    })
}

/// The identifier that `text` ends with.
fn identifier(text: &[u8]) -> &[u8] {
    let len = text.iter().rev().take(64).take_while(|b| b.is_ascii_alphanumeric()).count();
    &text[text.len() - len..]
}

/// A word of a line, with the lists that have it.
#[derive(Clone, Copy)]
struct Word {
    lists: Lists,
}

impl Word {
    /// Whether the identifier that ends `rest` is the name of a function: a verb and more words.
    fn is_function(rest: &[u8]) -> bool {
        let identifier = identifier(rest);
        let capitals = identifier.iter().take_while(|b| b.is_ascii_uppercase()).count();
        // Of several capitals the last begins the next word: `WTSQuery`.
        let begin = if capitals > 1 { capitals - 1 } else { capitals };
        let lower = identifier[begin..].iter().take_while(|b| !b.is_ascii_uppercase()).count();
        let first = if capitals > 1 { &identifier[..begin] } else { &identifier[..begin + lower] };
        first.len() < identifier.len() && words::lists(first).has(Lists::VERB)
    }
}

/// The words before a place, the nearest first, as long as nothing but blanks and what joins words stands between.
#[derive(Clone, Copy)]
struct Words<'a> {
    rest: &'a [u8],
}

impl Words<'_> {
    /// Whether one of the parts of the identifier before is in one of these lists: `expires_` of `expires_in`.
    fn has_part(mut self, lists: Lists) -> bool {
        for _ in 0..3 {
            if !self.rest.last().is_some_and(|b| is_word(*b)) {
                return false;
            }
            match self.next() {
                Some(part) if part.lists.has(lists) => return true,
                Some(_) => {}
                None => return false,
            }
        }
        false
    }

    fn next(&mut self) -> Option<Word> {
        // What may stand between two words of one name: blanks, and signs that join.
        let mut is_apart = false;
        for _ in 0..3 {
            match self.rest {
                // A full stop before a blank ends a sentence.
                [.., b'.'] if is_apart => return None,
                [rest @ .., b' '] | [rest @ .., 0xC2, 0xA0] => {
                    is_apart = true;
                    self.rest = rest;
                }
                [rest @ .., b'_' | b'-' | b'.' | b'\''] | [rest @ .., 0xE2, 0x80, 0x99] => self.rest = rest,
                _ => break,
            }
        }
        let (lists, len) = word_at_end(self.rest)?;
        self.rest = &self.rest[..self.rest.len() - len];
        Some(Word { lists })
    }
}

/// The lists and the length of the word that `text` ends with. An identifier of ASCII is several words: `lastHrResult`.
fn word_at_end(text: &[u8]) -> Option<(Lists, usize)> {
    const LONGEST: usize = 48;
    let len = text.iter().rev().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let (rest, token) = text.split_at(text.len() - len);
    let is_ascii = len == LONGEST || rest.last().is_none_or(u8::is_ascii) || wide(rest).is_some();
    if is_ascii {
        let word = &token[last_hump(token)..];
        return (len > 0).then(|| (words::lists(word), word.len()));
    }
    let mut start = rest.len();
    while let Some(&last) = text[..start].last()
        && (last.is_ascii_alphanumeric() || !last.is_ascii() && wide(&text[..start]).is_none())
        && text.len() - start < LONGEST
    {
        start -= 1;
    }
    let token = &text[start..];
    let whole = words::lists(token);
    let (lists, len) = if whole == Lists::default() { words::lists_at_end(token) } else { (whole, token.len()) };
    Some((lists, if len == 0 { token.len() } else { len }))
}

/// Where the last word of an identifier begins: at its last capital letter, or at the first of several.
fn last_hump(token: &[u8]) -> usize {
    let digits = token.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let letters = &token[..token.len() - digits];
    match letters.last() {
        Some(last) if last.is_ascii_lowercase() => {
            letters.iter().rposition(|b| !b.is_ascii_lowercase() && !b.is_ascii_digit()).unwrap_or_default()
        }
        _ => letters.iter().rposition(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).map_or(0, |at| at + 1),
    }
}

/// How far a search for a failure goes back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// To a comma or a colon at the latest.
    Clause,
    /// To the beginning of the sentence.
    Sentence,
}

/// The lists of the words before a place up to the beginning of its clause or sentence.
fn failures(text: &[u8], until: Until) -> Lists {
    let mut found = Lists::default();
    let mut at = text.len();
    // The word that was seen last.
    let mut next = at..at;
    while at > 0 {
        let before = &text[..at];
        if matches!(escape(before), Some((_, b'\n' | b'\r'))) {
            break;
        }
        if let Some((lists, len)) = word_at_end(before) {
            // The end of couldn't, isn't and the like.
            let is_negation = matches!(before, [.., b'n', b'\'', b't' | b'T'] | [.., b'n', 0xE2, 0x80, 0x99, b't' | b'T']);
            // A word inside an identifier is a part of a name.
            let is_whole = !before[..at - len].last().is_some_and(|b| is_word(*b)) && !text[at..].first().is_some_and(|b| is_word(*b));
            // The beginning of another word: non-compliant.
            let is_prefix = text.get(at) == Some(&b'-') && lists == Lists::NOT;
            if is_whole && !is_prefix {
                found = found.and(lists);
                // `error opening the key`; in capitals it is the level of a record.
                let is_doing = text[next.clone()].ends_with(b"ing") && next.start == at + 1 && text[at] == b' ';
                if is_doing && lists.has(Lists::ERROR) && before.last().is_some_and(u8::is_ascii_lowercase) {
                    found = found.and(Lists::FAILED);
                }
            }
            next = at - len..at;
            if is_negation {
                found = found.and(Lists::NOT);
            }
            if !before[at - len..].is_ascii() {
                found = found.and(words::lists_within(&before[at - len..]));
            }
            at -= len;
            continue;
        }
        let (len, byte) = wide(before).unwrap_or((1, before[at - 1]));
        let right = text.get(at).copied().unwrap_or(b' ');
        let ends = match byte {
            b';' | b'!' | b'?' | b'.' => len > 1 || matches!(right, b' ' | b'\t'),
            b'|' | b'<' | b'>' | b'\n' | b'\r' => true,
            b',' | b':' => until == Until::Clause && (len > 1 || right == b' '),
            _ => false,
        };
        if ends {
            break;
        }
        at -= len;
    }
    found
}
