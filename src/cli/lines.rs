//! Where findings stand in the lines of a block. The threads that scan see to it, while the text is at hand.

use std::ops::Range;

use intune_err::Finding;

/// A place in the lines of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// How many lines of the block end before it; 0 where lines are not counted.
    pub(super) lines: u64,
    /// Where the line begins that it is in, unless it does so before the block.
    pub(super) begin: Option<usize>,
}

/// What was found in a block, with the places, and that of the block's end.
pub(super) struct Located {
    pub(super) findings: Vec<(Finding, Place)>,
    pub(super) end: Place,
}

/// Takes the findings that begin in `core`, and finds their places in the lines of it.
pub(super) fn locate(text: &[u8], core: &Range<usize>, findings: &[Finding], counts_lines: bool) -> Located {
    let mut place = Place::default();
    let mut from = core.start;
    let mut advance = |to: usize| {
        let part = from..to;
        from = to;
        let end_of_last = match part.len() {
            0 => None,
            // A carriage return with a line feed behind it ends nothing yet.
            _ if text[..to].ends_with(b"\r") && text[to..].starts_with(b"\n") => memchr::memrchr2(b'\n', b'\r', &text[part.start..to - 1]),
            _ => memchr::memrchr2(b'\n', b'\r', &text[part.clone()]),
        };
        if let Some(last) = end_of_last {
            place.begin = Some(part.start + last + 1);
            if counts_lines {
                place.lines += count_line_ends(&text[part.clone()], &text[part.start + 1..]);
            }
        }
        place
    };
    let findings =
        findings.iter().filter(|finding| core.contains(&finding.start)).map(|finding| (*finding, advance(finding.start))).collect();
    Located { findings, end: advance(core.end) }
}

/// How many lines end in `part`, with a line feed or with a carriage return that none follows. `behind` is what follows each byte: the text
/// from the second byte of `part` on.
fn count_line_ends(part: &[u8], behind: &[u8]) -> u64 {
    // So few at a time that they can be counted in a byte, which the compiler makes vectors of.
    let counts = part.chunks(128).zip(behind.chunks(128)).map(|(bytes, behind)| {
        let ends =
            bytes.iter().zip(behind).map(|(&byte, &next)| u8::from(byte == b'\n') | (u8::from(byte == b'\r') & u8::from(next != b'\n')));
        u64::from(ends.sum::<u8>())
    });
    // The last byte of a text has none behind it.
    let last = part.last().filter(|last| behind.len() < part.len() && matches!(last, b'\n' | b'\r'));
    counts.sum::<u64>() + u64::from(last.is_some())
}

#[cfg(test)]
mod tests {
    use intune_err::Scanner;

    use super::{Place, count_line_ends, locate};

    const CODE: &str = "0x80180014";

    fn places(text: &str, counts_lines: bool) -> (Vec<Place>, Place) {
        let core = 0..text.len();
        let located = locate(text.as_bytes(), &core, &Scanner::new().scan(text.as_bytes()), counts_lines);
        (located.findings.into_iter().map(|(_, place)| place).collect(), located.end)
    }

    #[test]
    fn a_finding_is_in_the_line_that_begins_behind_the_last_line_end() {
        let place = |lines, begin| Place { lines, begin };
        let (found, end) = places(&format!("a {CODE}\r\nb\r{CODE} {CODE}\n\n{CODE}"), true);
        assert_eq!(found, [place(0, None), place(2, Some(16)), place(2, Some(16)), place(4, Some(39))]);
        assert_eq!(end, place(4, Some(39)));
    }

    #[test]
    fn lines_that_nobody_wants_are_not_counted_but_still_begin_somewhere() {
        let (found, end) = places(&format!("a\n{CODE}\nb"), false);
        assert_eq!(found, [Place { lines: 0, begin: Some(2) }]);
        assert_eq!(end, Place { lines: 0, begin: Some(13) });
    }

    #[test]
    fn only_what_begins_in_the_core_is_found() {
        let text = format!("{CODE} {CODE}\n{CODE}");
        let findings = Scanner::new().scan(text.as_bytes());
        let located = locate(text.as_bytes(), &(11..22), &findings, true);
        assert_eq!(located.findings.iter().map(|(finding, _)| finding.start).collect::<Vec<_>>(), [11]);
        assert_eq!(located.end, Place { lines: 1, begin: Some(22) });
    }

    #[test]
    fn lines_end_with_a_line_feed_or_a_lone_carriage_return() {
        for (text, lines) in [("", 0), ("a", 0), ("a\n", 1), ("a\r", 1), ("a\r\n", 1), ("\r\r\n\n", 3), ("a\rb\nc\r\nd", 3)] {
            let bytes = text.as_bytes();
            assert_eq!(count_line_ends(bytes, bytes.get(1..).unwrap_or_default()), lines, "{text:?}");
        }
    }

    #[test]
    fn a_carriage_return_is_told_by_what_follows_the_part() {
        assert_eq!(count_line_ends(b"a\r", b"\r\n"), 0);
        assert_eq!(count_line_ends(b"a\r", b"\rb"), 1);
    }

    #[test]
    fn many_lines_are_counted_as_few_are() {
        for len in [127, 128, 129, 255, 256, 257, 1000] {
            let text = vec![b'\n'; len];
            assert_eq!(count_line_ends(&text, &text[1..]), len as u64);
        }
    }
}
