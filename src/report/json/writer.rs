//! A value as JSON that does no harm to a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::text::{acts_on_terminal, lossy, quotes};

/// JSON without spaces in which every character that a terminal acts on is escaped, and not only those that JSON forbids.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        // JSON forbids the controls of ASCII, which do not come here, but for the highest.
        if fragment.bytes().fold(0, u8::max) >= 0x7F {
            for (at, byte) in fragment.bytes().enumerate() {
                // That, or the first byte of U+0080 to U+00BF, of U+0600 to U+063F and of U+2000 to U+2FFF.
                if matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2)
                    && let Some(c) = fragment[at..].chars().next().filter(|&c| acts_on_terminal(c))
                {
                    write!(out, "{}\\u{:04x}", &fragment[from..at], u32::from(c))?;
                    from = at + c.len_utf8();
                }
            }
        }
        out.write_all(&fragment.as_bytes()[from..])
    }
}

/// Writes a value.
pub(super) fn write(out: &mut (impl Write + ?Sized), value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless)).map_err(io::Error::from)
}

/// Writes bytes as the text that they are: the same as [`write`], for what is written for each finding.
pub(super) fn bytes(out: &mut (impl Write + ?Sized), text: &[u8]) -> io::Result<()> {
    // Most texts have nothing to escape but quotes and backslashes.
    if !text.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')) {
        return write(out, &lossy(text));
    }
    out.write_all(b"\"")?;
    let mut from = 0;
    for at in quotes(text) {
        out.write_all(&text[from..at])?;
        out.write_all(b"\\")?;
        from = at;
    }
    out.write_all(&text[from..])?;
    out.write_all(b"\"")
}

/// Writes a number.
pub(super) fn number(out: &mut (impl Write + ?Sized), number: u64) -> io::Result<()> {
    // No number has more digits.
    let (mut digits, mut at, mut rest) = ([0; 20], 20, number);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            return out.write_all(&digits[at..]);
        }
    }
}

/// Writes a text or null.
pub(super) fn optional(out: &mut (impl Write + ?Sized), text: Option<&str>) -> io::Result<()> {
    match text {
        Some(text) => bytes(out, text.as_bytes()),
        None => out.write_all(b"null"),
    }
}

/// Writes one object and the end of its line.
pub(super) fn line(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    write(out, value)?;
    out.write_all(b"\n")
}
