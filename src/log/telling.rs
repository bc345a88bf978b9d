//! Whether a record may tell about others, by how it begins. Every record of a log is asked, and most tell nothing.

use crate::pattern::Pattern;

/// The beginnings of all records that tell about others.
pub(super) struct Telling {
    /// By a hash of the first four bytes of a record: the position of its group, from 1 on; 0 where none begins so.
    by_start: Vec<u8>,
    groups: Vec<Group>,
}

/// The beginnings with the same hash.
#[derive(Clone, Default)]
struct Group {
    /// The first word of most of them, and its length; none where no second word is fixed.
    first: Option<(Beginning, usize)>,
    /// What the second word after that begins with, and a bit for each two bytes of it by a hash.
    seconds: Vec<Beginning>,
    bits: u64,
    /// Whether one fits whatever the second word is.
    is_open: bool,
}

/// The first bytes of a fixed text, compared at once.
#[derive(Clone, Copy)]
pub(super) struct Beginning {
    bytes: u128,
    mask: u128,
}

impl Beginning {
    pub(super) fn of(text: &[u8]) -> Self {
        let known = text.len().min(16);
        Self { bytes: first_bytes(text), mask: u128::MAX.checked_shr(128 - 8 * known as u32).unwrap_or(0) }
    }

    pub(super) const fn fits(self, bytes: u128) -> bool {
        bytes & self.mask == self.bytes
    }
}

/// The first sixteen bytes of a text, and zeros after its end.
pub(super) fn first_bytes(text: &[u8]) -> u128 {
    if let Some(bytes) = text.first_chunk() {
        return u128::from_le_bytes(*bytes);
    }
    let mut bytes = [0; 16];
    let known = text.len().min(16);
    bytes[..known].copy_from_slice(&text[..known]);
    u128::from_le_bytes(bytes)
}

/// How a record can begin that tells about others: the fixed text, and the second words, where these are fixed, too, and follow it.
pub(super) struct Start<'p> {
    literal: &'p [u8],
    seconds: Vec<&'p [u8]>,
    /// The first four bytes; none where they can be any.
    bytes: Vec<[u8; 4]>,
}

impl<'p> Start<'p> {
    pub(super) fn of(pattern: &'p Pattern) -> Self {
        let seconds = pattern.seconds().into_iter().map(str::as_bytes).filter(|second| !second.is_empty()).collect();
        Self { literal: pattern.literal().as_bytes(), seconds, bytes: pattern.starts() }
    }

    /// A fixed text, whatever follows it.
    pub(super) fn text(text: &'p [u8]) -> Self {
        Self { literal: text, seconds: Vec::new(), bytes: text.first_chunk().copied().into_iter().collect() }
    }
}

impl Telling {
    pub(super) fn of(starts: &[Start<'_>]) -> Self {
        let mut by_hash: Vec<Vec<&Start<'_>>> = vec![Vec::new(); HASHES];
        for start in starts {
            start.bytes.iter().for_each(|bytes| by_hash[hash(*bytes)].push(start));
        }
        // One that can begin with anything is in every group.
        if starts.iter().any(|start| start.bytes.is_empty()) {
            return Self { by_start: vec![1; HASHES], groups: vec![Group { is_open: true, ..Group::default() }] };
        }
        let mut telling = Self { by_start: vec![0; HASHES], groups: Vec::new() };
        for (position, starts) in telling.by_start.iter_mut().zip(&by_hash) {
            if !starts.is_empty() {
                telling.groups.push(Group::of(starts));
                *position = u8::try_from(telling.groups.len()).expect("the patterns begin in fewer ways");
            }
        }
        telling
    }

    /// How many hashes of four bytes some of them have.
    #[cfg(test)]
    pub(super) fn beginnings(&self) -> usize {
        self.by_start.iter().filter(|group| **group > 0).count()
    }

    /// Whether a record may be one of these; a `false` is certain.
    #[inline]
    pub(super) fn may_tell(&self, record: &[u8]) -> bool {
        match record.first_chunk() {
            // Nearly all records end here.
            Some(bytes) if !bytes[0].is_ascii_whitespace() => match usize::from(self.by_start[hash(*bytes)]).checked_sub(1) {
                Some(group) => self.groups[group].may_tell(record),
                None => false,
            },
            _ => true,
        }
    }
}

impl Group {
    fn of(starts: &[&Start<'_>]) -> Self {
        let with_seconds = starts.iter().filter(|start| !start.seconds.is_empty());
        let Some(word) = with_seconds.max_by_key(|start| starts.iter().filter(|other| other.literal == start.literal).count()) else {
            return Self::default();
        };
        let word = word.literal;
        let mut group = Self { first: Some((Beginning::of(word), word.len())), ..Self::default() };
        for start in starts {
            if start.literal == word && !start.seconds.is_empty() {
                for second in &start.seconds {
                    group.seconds.push(Beginning::of(second));
                    match **second {
                        [one] => (0..=u8::MAX).for_each(|next| group.bits |= bit([one, next])),
                        [one, next, ..] => group.bits |= bit([one, next]),
                        [] => {}
                    }
                }
            } else {
                // Another text fits after the word only where it is the beginning of that.
                group.is_open |= [word, b" "].concat().starts_with(start.literal);
            }
        }
        group.is_open |= word.len() > 16;
        group
    }

    fn may_tell(&self, record: &[u8]) -> bool {
        let Some((first, len)) = self.first.filter(|_| !self.is_open) else { return true };
        match record.get(len..) {
            Some([b' ', second @ ..]) if first.fits(first_bytes(record)) => match second {
                [one, next, ..] if !matches!(one, b' ' | b'\t') => {
                    let is_known = |second: u128| self.seconds.iter().any(|known| known.fits(second));
                    self.bits & bit([*one, *next]) != 0 && is_known(first_bytes(second))
                }
                _ => true,
            },
            _ => true,
        }
    }
}

/// How many hashes there are of four bytes.
const HASHES: usize = 4096;

const fn hash(first: [u8; 4]) -> usize {
    (u32::from_le_bytes(first).wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// The bit of [`Group::bits`] for two bytes.
const fn bit(second: [u8; 2]) -> u64 {
    1 << (u16::from_le_bytes(second).wrapping_mul(0x9E37) >> 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text begins as one of these patterns, word by word.
    fn begins(text: &[u8], pattern: &Pattern) -> bool {
        let second = |after: &[u8]| {
            let word = after.trim_ascii_start();
            word.len() < after.len() && pattern.seconds().iter().any(|second| word.starts_with(second.as_bytes()))
        };
        let literal = pattern.literal().as_bytes();
        let is_open = pattern.seconds() == [""];
        text.strip_prefix(literal).is_some_and(|after| is_open || second(after))
    }

    fn patterns(sources: &[&str]) -> Vec<Pattern> {
        sources.iter().map(|source| Pattern::new(source).unwrap()).collect()
    }

    #[test]
    fn a_record_is_passed_over_where_no_pattern_begins_with_its_first_two_words() {
        let patterns = patterns(&[
            "[Win32App] The app {id:guid} is here",
            "[Win32App] - {name} x",
            "[Win32App] ExecManager: {name} x",
            "[Win32App][Part] {name} x",
            "[PowerShell] Polling {id:guid}",
            "Poll",
            "AFirstWordOfManyLetters then {id:guid}",
        ]);
        let telling = Telling::of(&patterns.iter().map(Start::of).collect::<Vec<_>>());
        let (mut passed, mut kept) = (0, 0);
        let firsts = [
            "[Win32App]",
            "[Win32App][Part]",
            "[Win32Apps]",
            "[PowerShell]",
            "[Pow",
            "Poll",
            "Polling",
            "AFirstWordOfManyLetters",
            "",
            "[Win",
        ];
        let seconds = ["The", "Th", "T", "-", "- x", "-x", "ExecManager:", "Exec", "Polling", "Poll", "", "a", "then", "that"];
        for first in firsts {
            for second in seconds {
                for blank in [" ", "  ", "\t", ""] {
                    for before in ["", " "] {
                        let text = format!("{before}{first}{blank}{second}");
                        let fits = patterns.iter().any(|pattern| begins(text.trim_ascii_start().as_bytes(), pattern));
                        let may = telling.may_tell(text.as_bytes());
                        assert!(may || !fits, "{text:?}");
                        *(if may { &mut kept } else { &mut passed }) += 1;
                    }
                }
            }
        }
        assert!(passed > 10 && kept > 200, "{passed}, {kept}");
        for (text, may) in [
            ("[Win32App] Processing app", false),
            ("[Win32App] The app", true),
            ("[Win32App] Then", true),
            ("[Win32App] T", true),
            ("[Win32App] ExecMan", false),
            ("[PowerShell] Polls", false),
            ("[StatusService] Polling", false),
        ] {
            assert_eq!(telling.may_tell(text.as_bytes()), may, "{text}");
        }
    }

    #[test]
    fn a_group_passes_over_only_what_none_of_its_patterns_fits() {
        for (sources, text, may) in [
            // The first word of most is the one that is known.
            (&["[Win32Two] Only {name} x", "[Win32App] The {name} x", "[Win32App] An {name} x"][..], "[Win32App] Zed", false),
            (&["[Win32App] The {name} x", "[Win32App] An {name} x", "[Win32Two] Only {name} x"], "[Win32App] Zed", false),
            (&["[Win32App] The {name} x", "[Win32App] An {name} x", "[Win32Two] Only {name} x"], "[Win32Two] Only", true),
            // Its second word can be any, or the pattern ends in the word.
            (&["[Win32App] The {name} x", "[Win32App] {name} x"], "[Win32App] Zed", true),
            (&["[Win32App] The {name} x", "[Win3{name} x"], "[Win32App] Zed", true),
            (&["[Win32App] The {name} x", "[Win32App][{name} x"], "[Win32App] Zed", false),
            (&["[Win32App][{name} x"], "[Win32App] Zed", true),
            // Sixteen bytes of a word are compared.
            (&["SixteenBytesLong then {name} x"], "SixteenBytesLong that", false),
            (&["SeventeenBytesLongA then {name} x", "SeventeenBytesLongB now {name} x"], "SeventeenBytesLongB now", true),
            (&["SeventeenBytesLongB now {name} x", "SeventeenBytesLongA then {name} x"], "SeventeenBytesLongA then", true),
        ] {
            let patterns = patterns(sources);
            let telling = Telling::of(&patterns.iter().map(Start::of).collect::<Vec<_>>());
            assert_eq!(telling.may_tell(text.as_bytes()), may, "{sources:?}: {text}");
        }
    }

    #[test]
    fn where_a_pattern_can_begin_with_anything_each_record_may_tell() {
        let patterns = patterns(&["[Win32App] The app {id:guid}", "{name} x"]);
        let telling = Telling::of(&patterns.iter().map(Start::of).collect::<Vec<_>>());
        assert!(telling.may_tell(b"[Win32App] Processing app") && telling.may_tell(b"x"));
    }
}
