//! The frame that `CMTrace` reads: `<![LOG[message]LOG]!>` and the head after it, over one line or many.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::{Finder, FinderRev};
use memchr::{memchr, memchr2};

/// How a framed record begins.
pub(super) const OPEN: &[u8] = b"<![LOG[";
/// How its message ends, and its head begins.
pub(super) const CLOSE: &[u8] = b"]LOG]!>";
/// How the next record begins on a line of its own, after the end of the line before.
const NEXT_OPEN: &[u8] = b"\n<![LOG[";

/// What is searched for, made ready once.
struct Finders {
    close: Finder<'static>,
    next_open: Finder<'static>,
    last_open: FinderRev<'static>,
}

fn finders() -> &'static Finders {
    static FINDERS: OnceLock<Finders> = OnceLock::new();
    FINDERS.get_or_init(|| Finders { close: Finder::new(CLOSE), next_open: Finder::new(NEXT_OPEN), last_open: FinderRev::new(NEXT_OPEN) })
}

/// A framed record, or what there is of it.
pub(super) enum Frame {
    /// Its message, its head with the frame's end, and where the next record or line begins.
    Whole { message: Range<usize>, head: Range<usize>, end: usize },
    /// Another record begins where it should have ended.
    Cut { end: usize },
    /// Its end is not in the text.
    Open,
}

/// The record whose message begins at this place.
pub(super) fn frame(text: &[u8], message: usize) -> Frame {
    let next = finders().next_open.find(&text[message..]).map(|len| message + len + 1);
    let until = next.unwrap_or(text.len());
    let Some(close) = finders().close.find(&text[message..until]).map(|len| message + len) else {
        return next.map_or(Frame::Open, |end| Frame::Cut { end });
    };
    let (head, end) = whole(text, close);
    Frame::Whole { message: message..close, head, end }
}

/// The head of a record whose message ends at `close`, with the frame's end, and where the next record or line begins.
pub(super) fn whole(text: &[u8], close: usize) -> (Range<usize>, usize) {
    let line = memchr(b'\n', &text[close..]).map_or(text.len(), |len| close + len + 1);
    // Another record can follow on the same line.
    let end = memchr(b'>', &text[close + CLOSE.len()..line]).map_or(line, |len| close + CLOSE.len() + len + 1);
    let end = if text[end..line].trim_ascii().is_empty() { line } else { end };
    (close..end, end)
}

/// Whether this is the rest of one record after its message, up to the beginning of the next one, and nothing else.
pub(super) fn ends(rest: &[u8]) -> bool {
    let Some(end) = memchr2(b'>', b'\n', rest).filter(|end| rest[*end] == b'>') else { return false };
    // The next one follows at once, or begins a line.
    match &rest[end + 1..] {
        b"" | b"\n" | b"\r\n" => true,
        after => after.ends_with(b"\n") && after.trim_ascii().is_empty(),
    }
}

/// Whether a record that began earlier ends here, before another one begins.
pub(super) fn closes(text: &[u8]) -> bool {
    let until = finders().next_open.find(text).unwrap_or(text.len());
    finders().close.find(&text[..until]).is_some()
}

/// Where the next record begins: here, or at the beginning of a later line.
pub(super) fn next_open(text: &[u8], from: usize) -> Option<usize> {
    let rest = &text[from..];
    if rest.starts_with(OPEN) { Some(from) } else { finders().next_open.find(rest).map(|len| from + len + 1) }
}

/// Where the last record begins that begins in these bytes, on a line of its own.
pub(super) fn last_open(text: &[u8], within: Range<usize>) -> Option<usize> {
    // The line end before it may be the byte before.
    let from = within.start.saturating_sub(1);
    let last = finders().last_open.rfind(&text[from..(within.end + OPEN.len()).min(text.len())]).map(|len| from + len + 1);
    last.or_else(|| (within.start == 0 && text.starts_with(OPEN)).then_some(0))
}
