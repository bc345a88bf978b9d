//! Control characters that a terminal would act on, and how to escape them.

use std::borrow::Cow;
use std::io::{self, Write};

/// Whether a terminal acts on a character, or shows nothing of it: the controls of ASCII and C1, separators of lines and paragraphs,
/// what turns the direction of text (`Bidi_Control` in Unicode), and invisible characters between others.
///
/// ```
/// use intune_err::text::acts_on_terminal;
/// assert!(acts_on_terminal('\u{1B}') && acts_on_terminal('\u{202E}'));
/// assert!(!acts_on_terminal('a') && !acts_on_terminal('\u{E4}'));
/// ```
pub fn acts_on_terminal(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text from outside in which everything that a terminal would act on is escaped.
///
/// ```
/// assert_eq!(intune_err::text::printable("a\u{1B}[2Jb"), "a\\u{1b}[2Jb");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(acts_on_terminal) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if acts_on_terminal(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

/// A text from outside, in which bytes that are no UTF-8 become U+FFFD.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // Most texts are UTF-8, which is quicker to tell than to mend.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The most characters of a query that a message shows.
const LONGEST_QUOTE: usize = 80;

/// A query as a message shows it: in backticks, escaped, and no longer than a line.
///
/// ```
/// assert_eq!(intune_err::text::quoted("0x1G"), "`0x1G`");
/// ```
pub fn quoted(query: &str) -> String {
    let end = query.char_indices().nth(LONGEST_QUOTE).map(|(at, _)| at);
    format!("`{}{}`", printable(&query[..end.unwrap_or(query.len())]), if end.is_some() { "..." } else { "" })
}

/// Writes bytes of a log for a terminal: what it would act on is escaped, colours (SGR), tabs and line ends excepted, and bytes that are no
/// UTF-8 become U+FFFD.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::text::write_printable(&mut out, b"\x1B[31mred\x1B[0m \x1B]0;title\x07\r\n").unwrap();
/// assert_eq!(out, b"\x1B[31mred\x1B[0m \\u{1b}]0;title\\u{7}\r\n");
/// ```
pub fn write_printable(out: &mut (impl Write + ?Sized), bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| b.is_ascii_control() && !matches!(b, b'\t' | b'\n') || !b.is_ascii()) {
        out.write_all(&rest[..at])?;
        rest = &rest[at..];
        let harmless = match rest {
            [b'\r', b'\n', ..] => 1,
            _ => colour(rest).unwrap_or(0),
        };
        if harmless > 0 {
            out.write_all(&rest[..harmless])?;
            rest = &rest[harmless..];
            continue;
        }
        let run = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
        if run == 0 {
            write!(out, "{}", char::from(rest[0]).escape_default())?;
            rest = &rest[1..];
        } else {
            out.write_all(printable(&String::from_utf8_lossy(&rest[..run])).as_bytes())?;
            rest = &rest[run..];
        }
    }
    out.write_all(rest)
}

/// The length of the colour sequence (SGR) that `bytes` begin with.
fn colour(bytes: &[u8]) -> Option<usize> {
    let parameters = bytes.strip_prefix(b"\x1B[")?;
    let end = parameters.iter().position(|b| !matches!(b, b'0'..=b'9' | b';' | b':'))?;
    (parameters[end] == b'm').then_some(end + 3)
}

/// Whether a terminal that has printed `bytes` is left in a colour: its last colour sequence is no reset, or has no end yet; a line end is none. `None` where there
/// is no sequence.
///
/// ```
/// use intune_err::text::leaves_colour;
/// assert_eq!(leaves_colour(b"\x1B[8mhidden"), Some(true));
/// assert_eq!(leaves_colour(b"\x1B[31mred\x1B[0m"), Some(false));
/// assert_eq!(leaves_colour(b"plain"), None);
/// ```
pub fn leaves_colour(bytes: &[u8]) -> Option<bool> {
    memchr::memrchr_iter(0x1B, bytes).find_map(|at| {
        let rest = &bytes[at..];
        let is_cut = rest.iter().skip(1).all(|b| matches!(b, b'[' | b'0'..=b'9' | b';' | b':' | b'\r' | b'\n'));
        let colours = || colour(rest).map(|len| rest[..len].iter().any(|b| matches!(b, b'1'..=b'9')));
        if is_cut { Some(true) } else { colours() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        write_printable(&mut out, bytes).unwrap();
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_a_terminal_would_act_on_is_escaped_colours_excepted() {
        assert_eq!(safe(b"a\x1B[31mred\x1B[0m\tb"), "a\x1B[31mred\x1B[0m\tb");
        assert_eq!(safe(b"\x1B]0;title\x07"), "\\u{1b}]0;title\\u{7}");
        assert_eq!(safe(b"\x1B]8;;http://x\x1B\\"), "\\u{1b}]8;;http://x\\u{1b}\\");
        assert_eq!(safe(b"\x1B[2J\x1B[1A\x08"), "\\u{1b}[2J\\u{1b}[1A\\u{8}");
        assert_eq!(safe("h\u{e4}\u{9b}31m\u{202e}\u{61c}".as_bytes()), "h\u{e4}\\u{9b}31m\\u{202e}\\u{61c}");
        assert_eq!(safe(b"\xFFx"), "\u{FFFD}x");
        assert_eq!(safe(b"a\r\nb\rc"), "a\r\nb\\rc");
    }

    #[test]
    fn a_colour_is_left_until_it_is_reset() {
        for (bytes, left) in [
            (&b"\x1B[0;1;31mx"[..], Some(true)),
            (b"\x1B[31mx\x1B[m", Some(false)),
            (b"\x1B[31mx\x1B[2J", Some(true)),
            (b"\x1B[00m", Some(false)),
            (b"\x1B[31", Some(true)),
            (b"\x1B", Some(true)),
            (b"\x1B[31\n", Some(true)),
            (b"\x1B[0m\x1B[7\r\n", Some(true)),
            (b"\x1B[31x\n", None),
            (b"", None),
        ] {
            assert_eq!(leaves_colour(bytes), left, "{bytes:?}");
        }
    }

    #[test]
    fn a_long_query_is_quoted_in_part() {
        assert_eq!(quoted(&"\u{E4}".repeat(80)), format!("`{}`", "\u{E4}".repeat(80)));
        assert_eq!(quoted(&"\u{E4}".repeat(81)), format!("`{}...`", "\u{E4}".repeat(80)));
    }
}
