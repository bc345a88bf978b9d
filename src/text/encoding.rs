//! Which encoding a log has, where it changes, and UTF-16 as UTF-8.

/// The byte-order mark of UTF-8.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How bytes stand for text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Encoding {
    /// UTF-8, or anything else that is passed on byte for byte.
    Bytes,
    Utf16Le,
    Utf16Be,
}

/// How many units of UTF-16 decide about the encoding at the most.
const UNITS: usize = 512;
/// This many units of ASCII in a row are a part in UTF-16, in a text that wasn't.
const BEGINS_WIDE: usize = 4;
/// This many units in a row that are two characters of ASCII each are a part in ASCII, in a text in UTF-16.
const BEGINS_NARROW: usize = 12;
/// This many are enough if there is a line end among them that isn't a unit of UTF-16.
const NARROW_WITH_LINE_END: usize = 3;

impl Encoding {
    /// The encoding of a log that begins with `head`, and the length of its byte-order mark; `None` while more has to come.
    ///
    /// Without a mark it is UTF-16LE where most second bytes are zero and hardly any first ones. Windows PowerShell writes such files, and
    /// UTF-8 has no zeros.
    pub(crate) fn of(head: &[u8], ended: bool) -> Option<(Self, usize)> {
        match head {
            [0xFF, 0xFE, ..] => return Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => return Some((Self::Utf16Be, 2)),
            _ if head.starts_with(UTF8_MARK) => return Some((Self::Bytes, UTF8_MARK.len())),
            // Four bytes decide, or a line of plain text.
            _ if !ended && head.len() < 4 && (!head.ends_with(b"\n") || head.contains(&0)) => return None,
            _ => {}
        }
        let units = head.as_chunks::<2>().0;
        let zero = |which: usize| units.iter().take(UNITS).filter(|unit| unit[which] == 0).count();
        let seen = units.len().min(UNITS);
        let is_wide = seen >= 2 && zero(1) * 10 >= seen * 6 && zero(0) * 20 <= seen;
        Some((if is_wide { Self::Utf16Le } else { Self::Bytes }, 0))
    }
}

/// Whether a file that begins with `head` isn't text.
///
/// ```
/// assert!(intune_err::text::is_binary(b"\x7FELF\x02\x01\x01\0"));
/// assert!(!intune_err::text::is_binary(b"a\0 \0l\0o\0g\0"));
/// ```
pub fn is_binary(head: &[u8]) -> bool {
    head.contains(&0) && Encoding::of(head, true).is_none_or(|(encoding, _)| encoding == Encoding::Bytes)
}

/// Where UTF-16 begins in a text of bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wide {
    /// Nowhere.
    Nowhere,
    /// Perhaps here: more bytes are needed to tell.
    Perhaps(usize),
    /// Here, in this encoding, before it a byte-order mark of so many bytes.
    At(usize, Encoding, usize),
}

/// Looks for UTF-16 in `text` from `from` on: another program may have appended it. No text in another encoding has a zero in every second
/// byte.
pub(super) fn wide_from(text: &[u8], from: usize, ended: bool) -> Wide {
    for zero in memchr::memchr_iter(0, &text[from..]).map(|at| from + at) {
        let big_endian = text[from..zero].ends_with(b"\xFE\xFF");
        let (start, encoding) = if big_endian { (zero, Encoding::Utf16Be) } else { (zero.saturating_sub(1), Encoding::Utf16Le) };
        if start < from || start == zero && !big_endian {
            continue;
        }
        let ascii = text[start..].chunks(2).take(BEGINS_WIDE).take_while(|unit| match (encoding, unit) {
            (Encoding::Utf16Be, [high, low]) | (_, [low, high]) => *high == 0 && is_ascii_text(*low),
            _ => false,
        });
        let units = ascii.count();
        let mark = if text[from..start].ends_with(if big_endian { b"\xFE\xFF" } else { b"\xFF\xFE" }) { 2 } else { 0 };
        if units == BEGINS_WIDE {
            return Wide::At(start, encoding, mark);
        }
        // The units reach the end of what has come.
        if !ended && text.len() - start < 2 * BEGINS_WIDE && units * 2 + 1 >= text.len() - start {
            return Wide::Perhaps(start - mark);
        }
    }
    Wide::Nowhere
}

const fn is_ascii_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')
}

/// Decodes UTF-16 piece by piece; invalid units become U+FFFD.
#[derive(Default)]
pub(super) struct Utf16 {
    /// The first byte of a unit that was cut.
    half: Option<u8>,
    /// The first unit of a pair that was cut.
    high: Option<u16>,
    /// Units that are two characters of ASCII each, and may be the beginning of a part in ASCII.
    held: Vec<[u8; 2]>,
}

impl Utf16 {
    /// Adds the text of `bytes` to `text`. Where a part in another encoding begins, gives how many bytes were taken in before the rest of that
    /// part; its beginning is in `text` already.
    pub(super) fn decode(&mut self, bytes: &[u8], encoding: Encoding, ended: bool, text: &mut Vec<u8>) -> Option<usize> {
        let big_endian = encoding == Encoding::Utf16Be;
        let mut rest = bytes;
        if let (Some(first), [second, more @ ..]) = (self.half, rest) {
            self.half = None;
            rest = more;
            if self.unit([first, *second], big_endian, text) {
                return Some(bytes.len() - rest.len());
            }
        }
        let (units, half) = rest.as_chunks::<2>();
        let (low, high) = if big_endian { (1, 0) } else { (0, 1) };
        for (position, run) in units.chunks(32).enumerate() {
            // Most text is ASCII: every second byte of it.
            let others = run.iter().fold(0, |others, unit| others | unit[high] | unit[low] & 0x80);
            if others == 0 && self.high.is_none() && self.held.is_empty() {
                text.extend(run.iter().map(|unit| unit[low]));
                continue;
            }
            for (at, unit) in run.iter().enumerate() {
                if self.unit(*unit, big_endian, text) {
                    return Some(bytes.len() - rest.len() + (32 * position + at + 1) * 2);
                }
            }
        }
        if let [half] = half {
            self.half = Some(*half);
        }
        if ended { self.end(big_endian, bytes.len(), text) } else { None }
    }

    /// Adds what is left at the end of the input.
    fn end(&mut self, big_endian: bool, taken: usize, text: &mut Vec<u8>) -> Option<usize> {
        if self.held.len() >= NARROW_WITH_LINE_END && self.half == Some(b'\n') {
            self.narrow(text);
            text.push(b'\n');
            return Some(taken);
        }
        self.release(big_endian, text);
        if self.high.take().is_some() | self.half.take().is_some() {
            push(char::REPLACEMENT_CHARACTER, text);
        }
        None
    }

    /// Adds one unit, and says whether a part in ASCII has begun with it.
    fn unit(&mut self, unit: [u8; 2], big_endian: bool, text: &mut Vec<u8>) -> bool {
        if unit.into_iter().all(is_ascii_text) && self.high.is_none() {
            // As UTF-16 a line end would be a letter of Gurmukhi, Gujarati, Malayalam or Sinhala, alone in a word of another script.
            let ends_line = |unit: &[u8; 2]| matches!(unit[usize::from(!big_endian)], b'\r' | b'\n');
            let has_line_end = ends_line(&unit) && !self.held.iter().any(ends_line);
            self.held.push(unit);
            if self.held.len() >= BEGINS_NARROW || self.held.len() >= NARROW_WITH_LINE_END && has_line_end {
                self.narrow(text);
                return true;
            }
            return false;
        }
        self.release(big_endian, text);
        self.wide(unit, big_endian, text);
        false
    }

    /// Adds the held units as ASCII.
    fn narrow(&mut self, text: &mut Vec<u8>) {
        text.extend(self.held.drain(..).flatten());
        self.half = None;
    }

    /// Adds the held units as UTF-16.
    fn release(&mut self, big_endian: bool, text: &mut Vec<u8>) {
        for unit in std::mem::take(&mut self.held) {
            self.wide(unit, big_endian, text);
        }
    }

    fn wide(&mut self, unit: [u8; 2], big_endian: bool, text: &mut Vec<u8>) {
        let unit = if big_endian { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) };
        let pending = self.high.take();
        if (0xD800..0xDC00).contains(&unit) {
            if pending.is_some() {
                push(char::REPLACEMENT_CHARACTER, text);
            }
            self.high = Some(unit);
            return;
        }
        for decoded in char::decode_utf16(pending.into_iter().chain([unit])) {
            push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER), text);
        }
    }
}

fn push(c: char, text: &mut Vec<u8>) {
    text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn decoded(bytes: &[u8], big_endian: bool, cut: usize) -> String {
        let encoding = if big_endian { Encoding::Utf16Be } else { Encoding::Utf16Le };
        let (mut decoder, mut text) = (Utf16::default(), Vec::new());
        let (first, second) = bytes.split_at(cut);
        assert_eq!(decoder.decode(first, encoding, false, &mut text), None);
        assert_eq!(decoder.decode(second, encoding, true, &mut text), None);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn utf16_is_the_same_text_wherever_it_is_cut() {
        // The characters of some scripts are two of ASCII each.
        let long = "0x80180014 ".repeat(9);
        let gurmukhi = "\u{A17}\u{A41}\u{A30}\u{A2E}\u{A41}\u{A16}\u{A40}".repeat(2);
        for text in
            ["", "a", "h\u{e4}\u{df}lich \u{2212}2145910764", "\u{1F600}x\u{1F601}", "\u{4E2D}\u{6587}\u{4E0A}", &long, &gurmukhi[..33]]
        {
            for big_endian in [false, true] {
                let bytes = utf16(text, big_endian);
                for cut in 0..=bytes.len() {
                    assert_eq!(decoded(&bytes, big_endian, cut), text, "cut at {cut}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_utf16_becomes_a_replacement_character() {
        assert_eq!(decoded(&[0x3D, 0xD8, b'a', 0], false, 1), "\u{FFFD}a");
        assert_eq!(decoded(&[0x00, 0xDE, b'a', 0], false, 3), "\u{FFFD}a");
        assert_eq!(decoded(&[b'a', 0, 0x3D, 0xD8], false, 4), "a\u{FFFD}");
        assert_eq!(decoded(&[b'a', 0, b'b'], false, 0), "a\u{FFFD}");
        assert_eq!(decoded(&[0x3D, 0xD8, 0x3D, 0xD8, 0, 0xDE], false, 2), "\u{FFFD}\u{1F600}");
    }

    #[test]
    fn the_encoding_is_seen_by_the_mark_or_by_the_zeros() {
        assert_eq!(Encoding::of(&[0xFF, 0xFE], false), Some((Encoding::Utf16Le, 2)));
        assert_eq!(Encoding::of(&[0xFE, 0xFF, 0, b'a'], false), Some((Encoding::Utf16Be, 2)));
        assert_eq!(Encoding::of(b"\xEF\xBB\xBFabc", false), Some((Encoding::Bytes, 3)));
        assert_eq!(Encoding::of(b"0\0x\x008\x000\0", false), Some((Encoding::Utf16Le, 0)));
        assert_eq!(Encoding::of(b"0x80180014\n", false), Some((Encoding::Bytes, 0)));
        assert_eq!(Encoding::of(b"\0\0\0\0\0\0\0\0", false), Some((Encoding::Bytes, 0)));
    }

    #[test]
    fn nothing_is_decided_before_enough_has_come() {
        assert_eq!(Encoding::of(b"a", false), None);
        assert_eq!(Encoding::of(b"a\n", false), Some((Encoding::Bytes, 0)));
        assert_eq!(Encoding::of(b"a", true), Some((Encoding::Bytes, 0)));
        assert_eq!(Encoding::of(b"", true), Some((Encoding::Bytes, 0)));
    }

    #[test]
    fn utf16_in_other_text_begins_with_four_units_of_ascii() {
        let at = |start| Wide::At(start, Encoding::Utf16Le, 0);
        assert_eq!(wide_from(b"line\na\0b\0c\0d\0", 0, false), at(5));
        assert_eq!(wide_from(b"a\0b\0c\0d\0", 0, false), at(0));
        assert_eq!(wide_from(b"line\na\0b\0c\0", 0, true), Wide::Nowhere, "three units are no text");
        assert_eq!(wide_from(b"zero \0\0\0 a\0\0b\0c d", 0, false), Wide::Nowhere);
        assert_eq!(wide_from(b"x\xFF\xFEa\0b\0c\0d\0", 0, false), Wide::At(3, Encoding::Utf16Le, 2));
        assert_eq!(wide_from(b"x\xFE\xFF\0a\0b\0c\0d", 0, false), Wide::At(3, Encoding::Utf16Be, 2));
    }

    #[test]
    fn utf16_that_has_come_in_part_is_waited_for() {
        assert_eq!(wide_from(b"line\na\0b", 0, false), Wide::Perhaps(5));
        assert_eq!(wide_from(b"line\n\xFF\xFEa\0", 0, false), Wide::Perhaps(5));
        assert_eq!(wide_from(b"line\na\0b", 0, true), Wide::Nowhere);
        assert_eq!(wide_from(b"line\na\0bc", 0, false), Wide::Nowhere);
    }

    #[test]
    fn ascii_in_utf16_begins_with_many_units_or_a_line_end() {
        for (narrow, big_endian) in
            [("a line of twenty-four b", false), ("0x80180014\r\n", false), ("x0x80180014\r\n", false), ("0x80180014\r\n", true)]
        {
            let bytes = [utf16("wide \u{4E2D}\u{6587}", big_endian), narrow.as_bytes().to_vec(), b"tail".to_vec()].concat();
            let encoding = if big_endian { Encoding::Utf16Be } else { Encoding::Utf16Le };
            for cut in 0..bytes.len() {
                let (mut decoder, mut text) = (Utf16::default(), Vec::new());
                let mut taken = decoder.decode(&bytes[..cut], encoding, false, &mut text);
                if taken.is_none() {
                    taken = decoder.decode(&bytes[cut..], encoding, true, &mut text).map(|taken| cut + taken);
                }
                let taken = taken.unwrap_or_else(|| panic!("{narrow:?} cut at {cut}: {}", String::from_utf8_lossy(&text)));
                text.extend_from_slice(&bytes[taken..]);
                assert_eq!(String::from_utf8_lossy(&text), format!("wide \u{4E2D}\u{6587}{narrow}tail"), "cut at {cut}");
            }
        }
    }

    #[test]
    fn a_last_line_of_ascii_may_be_short() {
        let bytes = [utf16("wide\r\n", false), b"0x80180014\n".to_vec()].concat();
        let (mut decoder, mut text) = (Utf16::default(), Vec::new());
        assert_eq!(decoder.decode(&bytes, Encoding::Utf16Le, true, &mut text), Some(bytes.len()));
        assert_eq!(text, b"wide\r\n0x80180014\n");
    }
}
