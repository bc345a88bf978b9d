//! Text that becomes part of the page and never markup, and how much has been written.

use std::fmt::{self, Display};
use std::io::{self, Write};

use crate::text::acts_on_terminal;

/// Text from outside: no markup of its own, and nothing in it that is invisible or turns its direction. Fit for attributes, too.
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut from = 0;
        for (at, c) in self.0.char_indices() {
            let escaped = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' => continue,
                // A browser skips it, and it would tear words of a log apart unseen.
                '\u{FEFF}' => "\\u{feff}",
                c if acts_on_terminal(c) => "",
                _ => continue,
            };
            f.write_str(&self.0[from..at])?;
            f.write_str(escaped)?;
            if escaped.is_empty() {
                write!(f, "{}", c.escape_default())?;
            }
            from = at + c.len_utf8();
        }
        f.write_str(&self.0[from..])
    }
}

/// The same for a text of the table, in which backticks mark what is typed or shown as it is.
pub(super) struct Prose<'a>(pub(super) &'a str);

impl Display for Prose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.matches('`').count().is_multiple_of(2) {
            return Text(self.0).fmt(f);
        }
        for (position, part) in self.0.split('`').enumerate() {
            if position % 2 == 0 {
                Text(part).fmt(f)?;
            } else {
                write!(f, "<code>{}</code>", Text(part))?;
            }
        }
        Ok(())
    }
}

/// Bytes on their way, and how many they are.
pub(super) struct Counting<'o, W: ?Sized> {
    out: &'o mut W,
    pub(super) written: u64,
}

impl<'o, W: Write + ?Sized> Counting<'o, W> {
    pub(super) fn new(out: &'o mut W) -> Self {
        Self { out, written: 0 }
    }
}

impl<W: Write + ?Sized> Write for Counting<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = self.out.write(bytes)?;
        self.written += len as u64;
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_log_is_markup() {
        for (text, expected) in [
            ("</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload='x' & `", "&quot; onload=&#39;x&#39; &amp; `"),
            ("--> <!-- ]]>", "--&gt; &lt;!-- ]]&gt;"),
            ("a\u{202E}b\u{2066}c\u{200B}d", "a\\u{202e}b\\u{2066}c\\u{200b}d"),
            ("\0\u{1B}[2J\r\n\tx\u{FEFF}", "\\u{0}\\u{1b}[2J\\r\\n\tx\\u{feff}"),
            ("\u{E4}\u{4E2D} plain", "\u{E4}\u{4E2D} plain"),
        ] {
            assert_eq!(Text(text).to_string(), expected, "{text:?}");
        }
    }

    #[test]
    fn backticks_of_the_table_mark_code_where_they_are_pairs() {
        assert_eq!(Prose("run `a <b>` now").to_string(), "run <code>a &lt;b&gt;</code> now");
        assert_eq!(Prose("one ` alone").to_string(), "one ` alone");
    }
}
