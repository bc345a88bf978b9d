//! The words that decide in a scan, as `data/words.toml` lists them.

use super::packed::{Word, generated};
use crate::key::{WORD_LISTS, hash};

impl Word {
    fn text(&self) -> &'static [u8] {
        &generated::WORD_TEXT.as_bytes()[usize::from(self.start)..][..usize::from(self.len)]
    }
}

/// The lists that have a word, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists(u32);

impl Lists {
    pub(crate) const ERROR: Self = Self::named("error");
    pub(crate) const HRESULT: Self = Self::named("hresult");
    pub(crate) const RESULT: Self = Self::named("result");
    pub(crate) const CODE: Self = Self::named("code");
    pub(crate) const QUALIFIER: Self = Self::named("qualifier");
    pub(crate) const CODE_OF: Self = Self::named("code-of");
    pub(crate) const FILLER: Self = Self::named("filler");
    pub(crate) const GENITIVE: Self = Self::named("genitive");
    pub(crate) const FAILED: Self = Self::named("failed");
    pub(crate) const NOT: Self = Self::named("not");
    pub(crate) const ADVERSE: Self = Self::named("adverse");
    pub(crate) const VALUE: Self = Self::named("value");
    pub(crate) const THING: Self = Self::named("thing");
    pub(crate) const MEASURE: Self = Self::named("measure");
    pub(crate) const BARE: Self = Self::named("bare");
    pub(crate) const ID: Self = Self::named("id");
    pub(crate) const DOMAIN: Self = Self::named("domain");
    pub(crate) const VERB: Self = Self::named("verb");
    pub(crate) const CLAUSE: Self = Self::named("clause");
    pub(crate) const LOW_WORD: Self = Self::named("low-word");
    pub(crate) const INSTALLER: Self = Self::named("installer");
    pub(crate) const BETWEEN: Self = Self::named("between");
    pub(crate) const ORDINARY: Self = Self::named("ordinary");

    /// The bit of a list. A wrong name doesn't compile.
    const fn named(name: &str) -> Self {
        let mut position = 0;
        while !equal(WORD_LISTS[position].as_bytes(), name.as_bytes()) {
            position += 1;
        }
        Self(1 << position)
    }

    /// These lists and the others.
    pub(crate) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether one of `lists` has the word.
    pub(crate) const fn has(self, lists: Self) -> bool {
        self.0 & lists.0 != 0
    }
}

const fn equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The lists that have a word, in any case.
pub(crate) fn lists(word: &[u8]) -> Lists {
    let head = lower_head(word);
    let buckets = &generated::WORD_BUCKETS;
    // There is one more border than buckets; the logarithm rounds it off.
    let bucket = (hash(head) >> (64 - buckets.len().ilog2())) as usize;
    let words = &generated::WORDS[usize::from(buckets[bucket])..usize::from(buckets[bucket + 1])];
    let is_it = |of: &&Word| {
        of.head == head && usize::from(of.len) == word.len() && (word.len() <= 8 || of.text()[8..].eq_ignore_ascii_case(&word[8..]))
    };
    words.iter().find(is_it).map_or(Lists(0), |of| Lists(of.lists))
}

/// The first eight bytes of a word as a number, letters in lower case, with zeros after a shorter one.
fn lower_head(word: &[u8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x80 * ONES;
    let head = match word.first_chunk::<8>() {
        Some(head) => u64::from_le_bytes(*head),
        None => word.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    };
    // All bytes at once: a byte of A to Z gets the bit of a small letter.
    let low = head & !TOPS;
    let from_a = low + (0x80 - u64::from(b'A')) * ONES;
    let past_z = low + (0x80 - u64::from(b'Z') - 1) * ONES;
    head | (from_a & !past_z & !head & TOPS) >> 2
}

/// The lists of the longest word at the end of `text`, of those that are written without blanks: Japanese, Chinese, Korean.
pub(crate) fn lists_at_end(text: &[u8]) -> (Lists, usize) {
    let longest = generated::UNSPACED_WORDS.iter().filter(|of| text.ends_with(of.text())).max_by_key(|of| of.len);
    longest.map_or((Lists(0), 0), |of| (Lists(of.lists), usize::from(of.len)))
}

/// The lists of all such words in `text`.
pub(crate) fn lists_within(text: &[u8]) -> Lists {
    let is_within = |of: &&Word| text.windows(usize::from(of.len)).any(|part| part == of.text());
    Lists(generated::UNSPACED_WORDS.iter().filter(is_within).fold(0, |lists, of| lists | of.lists))
}

/// Whether the name of a constant is that of no error, though its number is.
pub(crate) fn is_no_error(constant: &str) -> bool {
    generated::NO_ERRORS.split('\n').any(|name| name.eq_ignore_ascii_case(constant))
}

/// Whether a word is a unit, in the case that it has.
pub(crate) fn is_unit(word: &[u8]) -> bool {
    generated::UNITS.iter().any(|unit| unit.text() == word)
}

/// What a phrase says of the decimal number after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Announces {
    /// An exit code.
    Exit,
    /// An exit code, or many another number.
    Perhaps,
    /// A Win32 code.
    Win32,
    /// The same, where the function failed.
    Function,
    /// A code of the HTTP clients of Windows.
    WinHttp,
    /// The number of a token of Microsoft Entra ID.
    SignIn,
}

impl Announces {
    /// Whether it is a code of Windows.
    pub(crate) const fn is_of_windows(self) -> bool {
        matches!(self, Self::Win32 | Self::Function | Self::WinHttp)
    }
}

/// The phrase at this position, and what it announces.
pub(crate) fn phrase(position: u16) -> (&'static [u8], Announces) {
    let phrase = &generated::PHRASES[usize::from(position)];
    let announces = match phrase.lists {
        0 => Announces::Exit,
        1 => Announces::Perhaps,
        2 => Announces::Win32,
        3 => Announces::Function,
        4 => Announces::WinHttp,
        _ => Announces::SignIn,
    };
    (phrase.text(), announces)
}

/// The longest phrase of another alphabet that `text` ends with, and what it announces.
pub(crate) fn wide_phrase(text: &[u8]) -> Option<(&'static [u8], Announces)> {
    let end = text.last_chunk::<2>()?.map(|byte| byte.to_ascii_lowercase());
    let ending = generated::WIDE_PHRASES.iter().filter(|(of, _)| *of == end).map(|(_, position)| phrase(*position));
    let is_there = |phrase: &[u8]| text.len() >= phrase.len() && text[text.len() - phrase.len()..].eq_ignore_ascii_case(phrase);
    ending.filter(|(phrase, _)| is_there(phrase)).max_by_key(|(phrase, _)| phrase.len())
}

/// The phrases that announce a number, in the order of their positions.
pub(crate) fn phrases() -> impl Iterator<Item = &'static str> {
    // The build writes them from texts.
    generated::PHRASES.iter().map(|phrase| std::str::from_utf8(phrase.text()).unwrap_or_default())
}

/// The words that tell of HTTP.
pub(crate) fn network_words() -> impl Iterator<Item = &'static str> {
    generated::NETWORK_WORDS.split('\n')
}

/// The words that tell of a VPN connection.
pub(crate) fn vpn_words() -> impl Iterator<Item = &'static str> {
    generated::VPN_WORDS.split('\n')
}

/// The words for a service of Windows.
pub(crate) fn service_words() -> impl Iterator<Item = &'static str> {
    generated::SERVICE_WORDS.split('\n')
}

/// The words for the process of a service.
pub(crate) fn process_words() -> impl Iterator<Item = &'static str> {
    generated::PROCESS_WORDS.split('\n')
}

/// What a blue screen of Windows is called.
pub(crate) fn blue_screens() -> impl Iterator<Item = &'static str> {
    generated::BLUE_SCREENS.split('\n')
}

/// The words that make a number beside them in a look-up a Win32 code.
pub(crate) fn windows_words() -> impl Iterator<Item = &'static str> {
    generated::WINDOWS_WORDS.split('\n')
}

/// The words that tell of another program, or of a system that is not Windows.
pub(crate) fn other_words() -> impl Iterator<Item = &'static str> {
    generated::OTHER_WORDS.split('\n')
}

/// The words that tell of a sign-in.
pub(crate) fn sign_in_words() -> impl Iterator<Item = &'static str> {
    generated::SIGN_IN_WORDS.split('\n')
}

/// The phrases that the HTTP status of a failure stands after, the longer ones first.
pub(crate) fn http_phrases() -> impl Iterator<Item = &'static str> {
    generated::HTTP_PHRASES.split('\n')
}

/// The beginnings of words that logs are full of.
pub(crate) fn everyday() -> impl Iterator<Item = &'static str> {
    generated::EVERYDAY.split('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_in_lower_case_whatever_the_bytes() {
        for byte in 0..=u8::MAX {
            for word in [&[byte][..], &[b'Q', byte, b'z'], &[byte; 8], &[b'[', byte, b'@', byte, 0xC3, byte, b'`', byte, b'X']] {
                let mut expected = [0; 8];
                expected.iter_mut().zip(word).for_each(|(to, from)| *to = from.to_ascii_lowercase());
                assert_eq!(lower_head(word), u64::from_le_bytes(expected), "{}", word.escape_ascii());
            }
        }
    }

    #[test]
    fn a_word_is_found_in_any_case_and_no_beginning_of_it() {
        assert!(lists(b"ErrorCode").has(Lists::ERROR) && lists(b"ERROR").has(Lists::ERROR) && lists(b"error").has(Lists::ERROR));
        for word in [&b"erron"[..], b"errorcod", b"errorcodes", b"", b"x"] {
            assert!(!lists(word).has(Lists::ERROR), "{}", word.escape_ascii());
        }
    }
}
