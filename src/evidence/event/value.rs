//! The values of an event's fields, and their text.

use std::fmt::{self, Display, Write};

use crate::calendar::date;

/// A value of a field, of the type that the event gives it. It displays as Event Viewer's XML shows it, on one line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A text of the template.
    Literal(&'a str),
    /// A text of the record, in UTF-16 of little-endian bytes.
    Utf16(&'a [u8]),
    /// A text of the record in a code page.
    Ansi(&'a [u8]),
    /// A signed number of at most 64 bits.
    Signed(i64),
    /// An unsigned number of at most 64 bits.
    Unsigned(u64),
    /// A number of 32 bits that is shown in hex, as codes and flags are.
    Hex32(u32),
    /// A number of 64 bits that is shown in hex.
    Hex64(u64),
    /// A number with a fraction.
    Real(f64),
    /// True or false.
    Boolean(bool),
    /// A GUID, in the order of its bytes in memory.
    Guid([u8; 16]),
    /// A security identifier.
    Sid(&'a [u8]),
    /// A time in 100 nanoseconds since 1601 (UTC).
    FileTime(u64),
    /// A time by its parts: year, month, day of the week, day, hour, minute, second, millisecond.
    SystemTime([u16; 8]),
    /// Bytes.
    Binary(&'a [u8]),
    /// Several values of one type.
    List(Vec<Value<'a>>),
}

/// How many bytes of a binary value are shown.
const SHOWN: usize = 64;

impl<'a> Value<'a> {
    /// Whether it has no text.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Literal(text) => text.is_empty(),
            Self::Utf16(bytes) | Self::Ansi(bytes) | Self::Binary(bytes) => bytes.iter().all(|byte| *byte == 0),
            Self::List(values) => values.iter().all(Self::is_empty),
            _ => false,
        }
    }

    /// The number in it, if it is one of at most 32 bits, as a code would be.
    pub fn bits(&self) -> Option<u32> {
        match *self {
            Self::Hex32(number) => Some(number),
            Self::Unsigned(number) => u32::try_from(number).ok(),
            Self::Signed(number) => i32::try_from(number).ok().map(i32::cast_unsigned),
            _ => None,
        }
    }

    /// The value of this type in these bytes; `None` if they are too few. Types with their top bit set are lists.
    pub(super) fn of(kind: u8, bytes: &'a [u8]) -> Option<Self> {
        if kind & 0x80 != 0 {
            return Some(Self::List(list(kind & 0x7F, bytes)));
        }
        let eight = || bytes.get(..8)?.try_into().ok();
        let four = || bytes.get(..4)?.try_into().ok();
        let two = || bytes.get(..2)?.try_into().ok();
        Some(match kind {
            0x01 => Self::Utf16(bytes),
            0x02 => Self::Ansi(bytes),
            0x03 => Self::Signed(i64::from(bytes.first()?.cast_signed())),
            0x04 => Self::Unsigned(u64::from(*bytes.first()?)),
            0x05 => Self::Signed(i64::from(i16::from_le_bytes(two()?))),
            0x06 => Self::Unsigned(u64::from(u16::from_le_bytes(two()?))),
            0x07 => Self::Signed(i64::from(i32::from_le_bytes(four()?))),
            0x08 => Self::Unsigned(u64::from(u32::from_le_bytes(four()?))),
            0x09 => Self::Signed(i64::from_le_bytes(eight()?)),
            0x0A => Self::Unsigned(u64::from_le_bytes(eight()?)),
            0x0B => Self::Real(f64::from(f32::from_le_bytes(four()?))),
            0x0C => Self::Real(f64::from_le_bytes(eight()?)),
            0x0D => Self::Boolean(bytes.iter().any(|byte| *byte != 0)),
            0x0E => Self::Binary(bytes),
            0x0F => Self::Guid(bytes.get(..16)?.try_into().ok()?),
            0x10 if bytes.len() == 4 => Self::Hex32(u32::from_le_bytes(four()?)),
            0x10 | 0x15 => Self::Hex64(u64::from_le_bytes(eight()?)),
            0x11 => Self::FileTime(u64::from_le_bytes(eight()?)),
            0x12 => {
                let mut parts = [0; 8];
                for (part, bytes) in parts.iter_mut().zip(bytes.get(..16)?.as_chunks::<2>().0) {
                    *part = u16::from_le_bytes(*bytes);
                }
                Self::SystemTime(parts)
            }
            0x13 => Self::Sid(bytes),
            0x14 => Self::Hex32(u32::from_le_bytes(four()?)),
            _ => Self::Null,
        })
    }
}

/// The values of a list: texts by the zeros between them, all else by its length.
fn list(kind: u8, bytes: &[u8]) -> Vec<Value<'_>> {
    let size = match kind {
        0x01 => {
            let mut values = Vec::new();
            let mut rest = bytes;
            while !rest.is_empty() {
                let units = rest.as_chunks::<2>().0;
                let len = units.iter().position(|unit| *unit == [0, 0]).unwrap_or(units.len());
                values.push(Value::Utf16(&rest[..2 * len]));
                rest = rest.get(2 * len + 2..).unwrap_or_default();
            }
            return values;
        }
        0x03 | 0x04 => 1,
        0x05 | 0x06 => 2,
        0x07 | 0x08 | 0x0B | 0x0D | 0x14 => 4,
        0x09 | 0x0A | 0x0C | 0x11 | 0x15 => 8,
        0x0F | 0x12 => 16,
        _ => return vec![Value::Binary(bytes)],
    };
    bytes.chunks_exact(size).filter_map(|bytes| Value::of(kind, bytes)).collect()
}

impl Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Literal(text) if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => f.write_str(text),
            Self::Literal(text) => on_one_line(f, text.chars()),
            Self::Utf16(bytes) => utf16_on_one_line(f, bytes.as_chunks::<2>().0),
            Self::Ansi(bytes) => on_one_line(f, String::from_utf8_lossy(bytes).chars()),
            Self::Signed(number) => write!(f, "{number}"),
            Self::Unsigned(number) => write!(f, "{number}"),
            Self::Hex32(number) => write!(f, "{number:#x}"),
            Self::Hex64(number) => write!(f, "{number:#x}"),
            Self::Real(number) => write!(f, "{number}"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Guid(bytes) => guid(f, bytes),
            Self::Sid(bytes) => sid(f, bytes),
            Self::FileTime(time) => Time(*time).fmt(f),
            Self::SystemTime([year, month, _, day, hour, minute, second, milli]) => {
                write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
            }
            Self::Binary(bytes) => {
                bytes.iter().take(SHOWN).try_for_each(|byte| write!(f, "{byte:02X}"))?;
                if bytes.len() > SHOWN { f.write_str("...") } else { Ok(()) }
            }
            Self::List(values) => values.iter().enumerate().try_for_each(|(position, value)| {
                if position > 0 {
                    f.write_str(", ")?;
                }
                value.fmt(f)
            }),
        }
    }
}

/// Writes a text in UTF-16 on one line. Most is ASCII, which goes over in runs.
fn utf16_on_one_line(f: &mut fmt::Formatter<'_>, mut units: &[[u8; 2]]) -> fmt::Result {
    let mut run = [0; 64];
    loop {
        let mut len = 0;
        for (unit, to) in units.iter().zip(&mut run) {
            let [low @ b' '..=b'~', 0] = *unit else { break };
            *to = low;
            len += 1;
        }
        f.write_str(std::str::from_utf8(&run[..len]).unwrap_or_default())?;
        units = &units[len..];
        if len < run.len() {
            // Here it ends, or something else begins.
            let end = units.iter().position(|unit| matches!(unit, [b' '..=b'~', 0])).unwrap_or(units.len());
            let (other, rest) = units.split_at(end);
            // Zeros at the end are left out, and blanks before more text.
            let is_end = rest.is_empty();
            let decoded = char::decode_utf16(other.iter().map(|unit| u16::from_le_bytes(*unit)));
            on_one_line(f, decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)))?;
            if is_end {
                return Ok(());
            }
            for _ in other.iter().rev().take_while(|unit| **unit == [0, 0]) {
                f.write_char(' ')?;
            }
            units = rest;
        }
    }
}

/// Writes a text without the zeros at its end, line ends and other controls as blanks.
fn on_one_line(f: &mut fmt::Formatter<'_>, text: impl Iterator<Item = char>) -> fmt::Result {
    let mut zeros = 0;
    for c in text {
        if c == '\0' {
            zeros += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut zeros) {
            f.write_char(' ')?;
        }
        f.write_char(if matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}') { ' ' } else { c })?;
    }
    Ok(())
}

fn guid(f: &mut fmt::Formatter<'_>, bytes: &[u8; 16]) -> fmt::Result {
    let data1 = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    let (data2, data3) = (u16::from_le_bytes([bytes[4], bytes[5]]), u16::from_le_bytes([bytes[6], bytes[7]]));
    write!(f, "{{{data1:08X}-{data2:04X}-{data3:04X}-{:02X}{:02X}-", bytes[8], bytes[9])?;
    bytes[10..].iter().try_for_each(|byte| write!(f, "{byte:02X}"))?;
    f.write_char('}')
}

/// Writes a security identifier: revision, authority, and the parts of 32 bits that are there.
fn sid(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    let [revision, _, authority @ ..] = bytes else { return Ok(()) };
    let Some((authority, parts)) = authority.split_at_checked(6) else { return Ok(()) };
    let authority = authority.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    write!(f, "S-{revision}-{authority}")?;
    parts.as_chunks::<4>().0.iter().try_for_each(|part| write!(f, "-{}", u32::from_le_bytes(*part)))
}

/// A time in 100 nanoseconds since 1601; it displays as RFC 3339 in UTC.
pub(super) struct Time(pub(super) u64);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const PER_SECOND: u64 = 10_000_000;
        let (seconds, fraction) = (self.0 / PER_SECOND, self.0 % PER_SECOND);
        let (days, second) = (seconds / 86_400, seconds % 86_400);
        let (year, month, day) = date(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        // Seconds since 1970, as `date -u -d ... +%s` gives them.
        for (unix, expected) in [
            (-11_644_473_600_i64, "1601-01-01T00:00:00.0000000Z"),
            (0, "1970-01-01T00:00:00.0000000Z"),
            (951_782_399, "2000-02-28T23:59:59.0000000Z"),
            (951_782_400, "2000-02-29T00:00:00.0000000Z"),
            (951_868_800, "2000-03-01T00:00:00.0000000Z"),
            (1_735_689_599, "2024-12-31T23:59:59.0000000Z"),
            (1_795_910_400, "2026-11-29T00:00:00.0000000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.0000000Z"),
        ] {
            let time = (unix + 11_644_473_600) as u64 * 10_000_000;
            assert_eq!(Time(time).to_string(), expected);
        }
    }

    #[test]
    fn runs_of_ascii_change_nothing_in_a_text() {
        struct Slow<'a>(&'a [u16]);
        impl Display for Slow<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                on_one_line(f, char::decode_utf16(self.0.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)))
            }
        }
        let of = [0, 0, 10, 13, 9, 32, 65, 97, 126, 127, 0xE9, 0x2028, 0xD83D, 0xDE00, 0xDC00, 0xFFFF];
        let mut state = 7_u32;
        for len in 0..400 {
            let units: Vec<u16> = (0..len)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    // Long runs of ASCII between the others.
                    if state >> 29 == 0 { of[(state >> 20 & 15) as usize] } else { u16::from(b'a' + (state >> 24 & 15) as u8) }
                })
                .collect();
            let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            assert_eq!(Value::Utf16(&bytes).to_string(), Slow(&units).to_string(), "{units:?}");
        }
    }

    #[test]
    fn values_have_the_text_that_event_viewer_shows() {
        let text: Vec<u8> = "a\r\nb\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (kind, bytes, expected) in [
            (0x01, text.as_slice(), "a  b"),
            (0x07, &[0x13, 0, 0x18, 0x80], "-2145910765"),
            (0x08, &[0x13, 0, 0x18, 0x80], "2149056531"),
            (0x14, &[0x13, 0, 0x18, 0x80], "0x80180013"),
            (0x0D, &[1, 0, 0, 0], "true"),
            (0x13, &[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0], "S-1-5-32-544"),
            (0x0F, &[1, 0, 0, 0, 2, 0, 3, 0, 4, 5, 6, 7, 8, 9, 10, 11], "{00000001-0002-0003-0405-060708090A0B}"),
            (0x87, &[1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], "1, -2"),
            (0x81, &[b'a', 0, 0, 0, b'b', 0, 0, 0], "a, b"),
        ] {
            assert_eq!(Value::of(kind, bytes).unwrap().to_string(), expected);
        }
        assert_eq!(Value::of(0x07, &[1, 2]), None);
    }
}
