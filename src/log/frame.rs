//! The frame that `CMTrace` reads: `<![LOG[message]LOG]!>` and the head after it, over one line or many.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memchr2;
use memchr::memmem::{Finder, FinderRev};

/// How a framed record begins.
pub(super) const OPEN: &[u8] = b"<![LOG[";
/// How its message ends, and its head begins.
pub(super) const CLOSE: &[u8] = b"]LOG]!>";
/// How the next record begins on a line of its own, after the end of the line before.
const NEXT_OPEN: &[u8] = b"\n<![LOG[";

/// How much of a record is searched first; where its end isn't in it, twice as much.
pub(super) const FIRST: usize = 2 << 10;

/// What is searched for, made ready once.
struct Finders {
    close: Finder<'static>,
    open: Finder<'static>,
    next_open: Finder<'static>,
    last_open: FinderRev<'static>,
}

fn finders() -> &'static Finders {
    static FINDERS: OnceLock<Finders> = OnceLock::new();
    FINDERS.get_or_init(|| Finders {
        close: Finder::new(CLOSE),
        open: Finder::new(OPEN),
        next_open: Finder::new(NEXT_OPEN),
        last_open: FinderRev::new(NEXT_OPEN),
    })
}

/// A framed record, or what there is of it.
pub(super) enum Frame {
    /// Its message, its head with the frame's end, and where the next record or line begins.
    Whole { message: Range<usize>, head: Range<usize>, end: usize },
    /// Another record begins where it should have ended.
    Cut { end: usize },
    /// Its end is not in the text, but what is given may be the end of its message.
    Open { close: Option<usize> },
}

/// The record whose message begins at this place.
pub(super) fn frame(text: &[u8], message: usize) -> Frame {
    let (mut from, mut len) = (message, FIRST);
    loop {
        let until = text.len().min(from + len);
        let next = finders().next_open.find(&text[from..until]).map(|len| from + len + 1);
        if let Some(close) = finders().close.find(&text[from..next.unwrap_or(until)]).map(|len| from + len) {
            return whole_end(text, close).map_or(Frame::Open { close: Some(close) }, |end| Frame::Whole {
                message: message..close,
                head: close..end,
                end,
            });
        }
        match next {
            Some(end) => return Frame::Cut { end },
            None if until == text.len() => return Frame::Open { close: None },
            // What is searched for can go over the border.
            None => (from, len) = (until + 1 - NEXT_OPEN.len(), 2 * len),
        }
    }
}

/// Where the next record or line begins after the head of a record whose message ends at `close`. None where the head goes on behind the text.
pub(super) fn whole_end(text: &[u8], close: usize) -> Option<usize> {
    let head = close + CLOSE.len();
    let end = memchr2(b'>', b'\n', &text[head..]).map(|len| head + len + 1)?;
    if text[end - 1] == b'\n' {
        return Some(end);
    }
    // Another record can follow on the same line.
    Some(match text[end..].iter().position(|byte| *byte == b'\n' || !byte.is_ascii_whitespace()).map(|len| end + len) {
        Some(line) if text[line] == b'\n' => line + 1,
        Some(_) => end + blanks(&text[end..]),
        None => text.len(),
    })
}

/// Whether this is the rest of one record after its message, up to the beginning of the next one, and nothing else.
pub(super) fn ends(rest: &[u8]) -> bool {
    let Some(end) = memchr2(b'>', b'\n', rest).filter(|end| rest[*end] == b'>') else { return false };
    // The next one is on the same line, or begins one.
    let after = &rest[end + 1..];
    after.trim_ascii().is_empty() && (after.ends_with(b"\n") || !after.contains(&b'\n'))
}

/// Whether a record that began earlier ends here, before another one begins.
pub(super) fn closes(text: &[u8]) -> bool {
    matches!(frame(text, 0), Frame::Whole { .. })
}

/// How many blanks stand before a record that begins after one on the same line; none where none begins.
pub(super) fn blanks(text: &[u8]) -> usize {
    let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace() && **byte != b'\n').count();
    if text[blanks..].starts_with(OPEN) { blanks } else { 0 }
}

/// Where the next record begins: here, at the beginning of a later line, or after what can be the end of another record.
pub(super) fn next_open(text: &[u8], from: usize) -> Option<usize> {
    let rest = &text[from..];
    if rest.starts_with(OPEN) {
        return Some(from);
    }
    finders().open.find_iter(rest).find(|start| can_begin(&rest[..*start])).map(|start| from + start)
}

/// Whether a record can begin after this: at the beginning of a line, or on the line of another one.
pub(super) fn can_begin(before: &[u8]) -> bool {
    matches!(before, [] | [.., b'\n']) || before.trim_ascii_end().ends_with(b">")
}

/// Where the last record begins that begins in these bytes, on a line of its own.
pub(super) fn last_open(text: &[u8], within: Range<usize>) -> Option<usize> {
    // The line end before it may be the byte before.
    let from = within.start.saturating_sub(1);
    let last = finders().last_open.rfind(&text[from..(within.end + OPEN.len()).min(text.len())]).map(|len| from + len + 1);
    last.or_else(|| (within.start == 0 && text.starts_with(OPEN)).then_some(0))
}
