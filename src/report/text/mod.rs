//! Answers as text for people. The only folder that knows how to colour.

mod answer;
mod entry;
mod listing;
mod log;
mod one_line;
mod summary;
mod timeline;
mod wrap;

pub use one_line::one_line;

use std::borrow::Cow;
use std::io::{self, Write};

/// The column in which text begins after its label.
const INDENT: usize = 12;
/// The least room for a text; a narrower terminal breaks the lines itself.
const NARROWEST: usize = 20;

/// The code or name that an answer is about.
const SUBJECT: &str = "1";
/// What was found in a log, and the word that says that something went wrong.
const RED: &str = "31;1";
/// The label of a part.
const LABEL: &str = "36";

/// How text for people looks: with colours or without, wrapped or not.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::text::Text::plain().answer(&mut out, &intune_err::Code::new(0x80CF_0437).into()).unwrap();
/// assert!(out.starts_with(b"0x80CF0437 (-2133916617, 2161050679)\n\nProblem:    The client computer's clock is wrong.\n"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text {
    /// Whether parts of it are coloured.
    pub colored: bool,
    /// The width to wrap at; none where lines are as long as they are.
    pub width: Option<usize>,
    /// Whether a terminal reads it, which would act on control characters in a log.
    pub is_terminal: bool,
    /// Whether addresses are marked as links (OSC 8).
    pub links: bool,
}

impl Text {
    /// Text as a file or another program gets it: no colours, no wrapping.
    ///
    /// ```
    /// assert_eq!(intune_err::report::text::Text::plain().width, None);
    /// ```
    pub const fn plain() -> Self {
        Self { colored: false, width: None, is_terminal: false, links: false }
    }

    /// The same with so much less room, for text that is indented.
    ///
    /// ```
    /// # use intune_err::report::text::Text;
    /// let mut text = Text::plain();
    /// text.width = Some(80);
    /// assert_eq!(text.narrowed(4).width, Some(76));
    /// ```
    #[must_use]
    pub fn narrowed(self, by: usize) -> Self {
        Self { width: self.width.map(|width| width.saturating_sub(by)), ..self }
    }

    fn paint<'a>(&self, text: &'a str, style: &str) -> Cow<'a, str> {
        if self.colored { Cow::Owned(format!("\x1B[{style}m{text}\x1B[0m")) } else { Cow::Borrowed(text) }
    }

    /// A label, in its colour.
    ///
    /// ```
    /// assert_eq!(intune_err::report::text::Text::plain().label("Source:"), "Source:");
    /// ```
    pub fn label<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.paint(text, LABEL)
    }

    /// The word that says that something went wrong, in its colour.
    ///
    /// ```
    /// assert_eq!(intune_err::report::text::Text::plain().error("error:"), "error:");
    /// ```
    pub fn error<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.paint(text, RED)
    }

    /// A text after its label; further lines stand below the text, or, in a narrow terminal, a little indented.
    fn part(&self, out: &mut (impl Write + ?Sized), label: &str, text: &str) -> io::Result<()> {
        self.item(out, label, "", text)
    }

    fn item(&self, out: &mut (impl Write + ?Sized), label: &str, number: &str, text: &str) -> io::Result<()> {
        let narrow = self.width.is_some_and(|width| width < INDENT + NARROWEST + 8);
        let indent = if narrow { 2 } else { INDENT };
        if narrow && !label.is_empty() {
            writeln!(out, "{}", self.label(label))?;
            write!(out, "{:indent$}", "")?;
        } else if label.is_empty() {
            write!(out, "{:indent$}", "")?;
        } else {
            write!(out, "{}{:pad$}", self.label(label), "", pad = indent.saturating_sub(label.len()).max(1))?;
        }
        write!(out, "{number}")?;
        let hang = indent + number.len();
        for (position, line) in self.wrap(text, hang).enumerate() {
            if position > 0 {
                write!(out, "{:hang$}", "")?;
            }
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Where an answer comes from.
    fn source(&self, out: &mut (impl Write + ?Sized), address: &str) -> io::Result<()> {
        // The marks of a link have no width, so they come after the wrapping, which breaks no address.
        let mut wrapped = Vec::new();
        self.part(&mut wrapped, "Source:", address)?;
        out.write_all(String::from_utf8_lossy(&wrapped).replacen(address, &self.link(address), 1).as_bytes())
    }

    /// An address, as a link where the terminal makes one of it (OSC 8).
    fn link<'a>(&self, address: &'a str) -> Cow<'a, str> {
        if self.links { Cow::Owned(format!("\x1B]8;;{address}\x1B\\{address}\x1B]8;;\x1B\\")) } else { Cow::Borrowed(address) }
    }

    /// The lines of a text that is indented so far.
    fn wrap<'a>(&self, text: &'a str, indent: usize) -> impl Iterator<Item = &'a str> {
        wrap::wrap(text, self.width.map_or(usize::MAX, |width| width.saturating_sub(indent).max(NARROWEST)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Entry;

    fn text(width: Option<usize>, is_terminal: bool, links: bool) -> Text {
        Text { colored: false, width, is_terminal, links }
    }

    fn printed(text: Text, query: &str) -> String {
        let mut out = Vec::new();
        for answer in crate::answer(query, crate::Base::Either).unwrap() {
            text.answer(&mut out, &answer).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_wraps_at_the_width_and_stands_below_itself() {
        insta::assert_snapshot!("wide_60", printed(text(Some(60), true, false), "0x80CF3005"));
        insta::assert_snapshot!("wide_120", printed(text(Some(120), true, false), "0x80CF3005"));
    }

    #[test]
    fn in_a_narrow_terminal_labels_have_lines_of_their_own() {
        insta::assert_snapshot!("narrow_30", printed(text(Some(30), true, false), "0x80CF3005"));
    }

    #[test]
    fn no_width_is_too_small() {
        for width in [0, 1, 2, 20, 500] {
            let text = printed(text(Some(width), true, false), "0x80CF3005");
            assert!(text.contains("Resolution:") && text.contains("Source:"), "{text}");
        }
    }

    #[test]
    fn lines_fit_the_width_but_for_what_cannot_be_broken() {
        for width in [40, 60, 80, 100, 200] {
            for entry in Entry::all() {
                let mut out = Vec::new();
                text(Some(width), true, false).entry(&mut out, "Problem:", entry, &mut Vec::new()).unwrap();
                let text = String::from_utf8(out).unwrap();
                let long = text.lines().find(|line| {
                    line.len() > width
                        && line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c)).contains(' ')
                        && line.split_whitespace().all(|word| word.len() < width / 3)
                });
                assert_eq!(long, None, "{} at {width}", entry.id());
            }
        }
    }

    #[test]
    fn an_address_is_a_link_where_the_terminal_makes_one_and_plain_elsewhere() {
        let source = Entry::by_name("client-clock-wrong").next().unwrap().sources().next().unwrap();
        let linked = printed(text(Some(80), true, true), "0x80CF0437");
        assert!(linked.ends_with(&format!("Source:     \x1B]8;;{source}\x1B\\{source}\x1B]8;;\x1B\\\n")), "{linked:?}");
        assert!(!printed(text(Some(80), true, false), "0x80CF0437").contains('\x1B'));
    }

    #[test]
    fn a_pipe_gets_the_bytes_of_a_log_unchanged() {
        let mut out = Vec::new();
        text(None, false, false).log(&mut out, b"\x1B]0;t\x07\xFF\r", &[]).unwrap();
        assert_eq!(out, b"\x1B]0;t\x07\xFF\r");
    }
}
