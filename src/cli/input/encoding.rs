//! Which encoding an input has, and UTF-16 as UTF-8.

use super::Buffer;

/// The byte-order mark of UTF-8.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How an input's bytes stand for its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// UTF-8, or anything else that is passed on byte for byte.
    Bytes,
    Utf16Le,
    Utf16Be,
}

/// Whether so much has come that the encoding can be told: four bytes, or a line of plain text.
fn is_decidable(head: &[u8]) -> bool {
    head.len() >= 4 || head.ends_with(b"\n") && !head.contains(&0)
}

impl Encoding {
    /// The encoding of an input that begins with `head`, and the length of its byte-order mark; `None` while more has to come.
    ///
    /// Without a mark it is UTF-16LE where most second bytes are zero and hardly any first ones: so look the texts that Windows
    /// PowerShell writes, while text in UTF-8 has no zeros.
    pub(super) fn of(head: &[u8], ended: bool) -> Option<(Self, usize)> {
        match head {
            [0xFF, 0xFE, ..] => return Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => return Some((Self::Utf16Be, 2)),
            _ if head.starts_with(UTF8_MARK) => return Some((Self::Bytes, UTF8_MARK.len())),
            _ if !ended && !is_decidable(head) => return None,
            _ => {}
        }
        let units = head.as_chunks::<2>().0;
        let zero = |which: usize| units.iter().take(512).filter(|unit| unit[which] == 0).count();
        let seen = units.len().min(512);
        let is_wide = seen >= 2 && zero(1) * 10 >= seen * 6 && zero(0) * 20 <= seen;
        Some((if is_wide { Self::Utf16Le } else { Self::Bytes }, 0))
    }
}

/// Decodes UTF-16 piece by piece; what is no text becomes U+FFFD.
#[derive(Default)]
pub(super) struct Utf16 {
    /// The first byte of a unit that was cut.
    half: Option<u8>,
    /// The first unit of a pair that was cut.
    high: Option<u16>,
}

impl Utf16 {
    pub(super) fn decode(&mut self, bytes: &[u8], encoding: Encoding, ended: bool, text: &mut Buffer) {
        text.bytes.truncate(text.len);
        self.decode_into(bytes, encoding == Encoding::Utf16Be, ended, &mut text.bytes);
        text.len = text.bytes.len();
    }

    fn decode_into(&mut self, bytes: &[u8], big_endian: bool, ended: bool, text: &mut Vec<u8>) {
        let mut bytes = bytes;
        if let (Some(first), [second, rest @ ..]) = (self.half, bytes) {
            self.half = None;
            bytes = rest;
            self.unit(if big_endian { [first, *second] } else { [*second, first] }, text);
        }
        let (units, rest) = bytes.as_chunks::<2>();
        let (low, high) = if big_endian { (1, 0) } else { (0, 1) };
        for run in units.chunks(32) {
            // Most text is ASCII: every second byte of it.
            let others = run.iter().fold(0, |others, unit| others | unit[high] | unit[low] & 0x80);
            if others == 0 && self.high.is_none() {
                text.extend(run.iter().map(|unit| unit[low]));
            } else {
                for unit in run {
                    self.unit([unit[high], unit[low]], text);
                }
            }
        }
        if let [half] = rest {
            self.half = Some(*half);
        }
        if ended && (self.high.take().is_some() | self.half.take().is_some()) {
            push(char::REPLACEMENT_CHARACTER, text);
        }
    }

    /// Adds one unit, given in big-endian order.
    fn unit(&mut self, unit: [u8; 2], text: &mut Vec<u8>) {
        let unit = u16::from_be_bytes(unit);
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

    fn decoded(bytes: &[u8], big_endian: bool, cut: usize) -> String {
        let (mut decoder, mut text) = (Utf16::default(), Vec::new());
        let (first, second) = bytes.split_at(cut);
        decoder.decode_into(first, big_endian, false, &mut text);
        decoder.decode_into(second, big_endian, true, &mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn utf16_is_the_same_text_wherever_it_is_cut() {
        let long = "0x80180014 ".repeat(9);
        for text in ["", "a", "h\u{e4}\u{df}lich \u{2212}2145910764", "\u{1F600}x\u{1F601}", long.as_str()] {
            for big_endian in [false, true] {
                let bytes: Vec<u8> =
                    text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
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
    fn the_encoding_is_told_by_the_mark_or_by_the_zeros() {
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
}
