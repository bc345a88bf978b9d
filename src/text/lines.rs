//! Where lines end. No other file knows.

use memchr::{memchr, memchr_iter, memchr2, memrchr};

/// What ends the lines of a text.
///
/// A text with a line feed in it has lines that end with one, as grep and editors count them: a carriage return is then part of its line.
/// Only a text without any line feed has lines that end with a carriage return.
///
/// ```
/// use intune_err::text::LineEnd;
/// assert_eq!(LineEnd::Lf.count(b"a\r\nb\rc\n"), 2);
/// assert_eq!(LineEnd::Cr.count(b"a\rb\rc"), 2);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// A line feed, also one after a carriage return.
    #[default]
    Lf,
    /// A carriage return.
    Cr,
}

impl LineEnd {
    const fn byte(self) -> u8 {
        match self {
            Self::Lf => b'\n',
            Self::Cr => b'\r',
        }
    }

    /// Whether anything that can end a line is in `text`.
    pub(super) fn is_any_in(text: &[u8]) -> bool {
        memchr2(Self::Lf.byte(), Self::Cr.byte(), text).is_some()
    }

    /// Where each line in `text` ends.
    pub(super) fn each(self, text: &[u8]) -> impl Iterator<Item = usize> {
        memchr_iter(self.byte(), text).map(|at| at + 1)
    }

    /// How many lines end in `text`.
    ///
    /// ```
    /// assert_eq!(intune_err::text::LineEnd::Lf.count(b"one\ntwo\nthree"), 2);
    /// ```
    pub fn count(self, text: &[u8]) -> u64 {
        memchr_iter(self.byte(), text).count() as u64
    }

    /// The length of the first line of `text` with its end, if it has one.
    ///
    /// ```
    /// assert_eq!(intune_err::text::LineEnd::Lf.first(b"one\r\ntwo"), Some(5));
    /// ```
    pub fn first(self, text: &[u8]) -> Option<usize> {
        memchr(self.byte(), text).map(|at| at + 1)
    }

    /// The length of all whole lines of `text`, if there are any.
    ///
    /// ```
    /// assert_eq!(intune_err::text::LineEnd::Lf.last(b"one\ntwo\nthr"), Some(8));
    /// ```
    pub fn last(self, text: &[u8]) -> Option<usize> {
        memrchr(self.byte(), text).map(|at| at + 1)
    }

    /// Whether `text` ends with a line end.
    ///
    /// ```
    /// assert!(intune_err::text::LineEnd::Lf.ends(b"one\r\n"));
    /// ```
    pub fn ends(self, text: &[u8]) -> bool {
        text.last() == Some(&self.byte())
    }

    /// A line without its line end.
    ///
    /// ```
    /// use intune_err::text::LineEnd;
    /// assert_eq!(LineEnd::Lf.strip(b"one\r\n"), b"one");
    /// assert_eq!(LineEnd::Lf.strip(b"cut in the mid"), b"cut in the mid");
    /// ```
    pub fn strip(self, line: &[u8]) -> &[u8] {
        match line.strip_suffix(&[self.byte()]) {
            Some(line) if self == Self::Lf => line.strip_suffix(b"\r").unwrap_or(line),
            Some(line) => line,
            None => line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LineEnd::{Cr, Lf};

    #[test]
    fn lines_end_with_the_one_or_the_other() {
        for (text, lf, cr) in [("", 0, 0), ("a", 0, 0), ("a\n", 1, 0), ("a\r", 0, 1), ("a\r\n", 1, 1), ("a\rb\nc\r\nd", 2, 2)] {
            assert_eq!((Lf.count(text.as_bytes()), Cr.count(text.as_bytes())), (lf, cr), "{text:?}");
        }
    }

    #[test]
    fn a_line_loses_one_end_and_no_more() {
        for (line, lf, cr) in
            [("a\r\n", "a", "a\r\n"), ("a\n", "a", "a\n"), ("a\r", "a\r", "a"), ("a\r\r\n", "a\r", "a\r\r\n"), ("", "", "")]
        {
            assert_eq!((Lf.strip(line.as_bytes()), Cr.strip(line.as_bytes())), (lf.as_bytes(), cr.as_bytes()), "{line:?}");
        }
    }

    #[test]
    fn first_and_last_end_lie_after_their_byte() {
        assert_eq!((Lf.first(b"a\nb\nc"), Lf.last(b"a\nb\nc")), (Some(2), Some(4)));
        assert_eq!((Cr.first(b"a\rb\rc"), Cr.last(b"a\rb\rc")), (Some(2), Some(4)));
        assert_eq!((Lf.first(b"a\rb"), Lf.last(b"")), (None, None));
    }
}
