//! The bytes of a log, what was found in them marked.

use std::io::{self, Write};
use std::ops::Range;

use super::{RED, Text};
use crate::text::write_printable;

impl Text {
    /// Writes bytes of a log, these parts of them marked. A terminal gets nothing that it would act on but colours.
    ///
    /// ```
    /// # use intune_err::report::text::Text;
    /// let mut out = Vec::new();
    /// Text::plain().log(&mut out, b"hr = 0x80CF0437", &[5..15]).unwrap();
    /// assert_eq!(out, b"hr = 0x80CF0437");
    /// ```
    pub fn log(&self, out: &mut (impl Write + ?Sized), bytes: &[u8], marked: &[Range<usize>]) -> io::Result<()> {
        if !self.is_terminal && !self.colored {
            return out.write_all(bytes);
        }
        let mut from = 0;
        for mark in marked {
            self.safe(out, &bytes[from..mark.start])?;
            let mut match_text = Vec::new();
            self.safe(&mut match_text, &bytes[mark.clone()])?;
            out.write_all(self.paint(&String::from_utf8_lossy(&match_text), RED).as_bytes())?;
            from = mark.end;
        }
        self.safe(out, &bytes[from..])
    }

    fn safe(&self, out: &mut (impl Write + ?Sized), bytes: &[u8]) -> io::Result<()> {
        if self.is_terminal { write_printable(out, bytes) } else { out.write_all(bytes) }
    }
}
