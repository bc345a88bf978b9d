//! Answers as text for people, to any writer. The only file that knows how to colour.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use owo_colors::{OwoColorize, Style};

use intune_err::{Anatomy, Answer, ChecklistItem, Entry, Hit, Kind, SearchResult, Topic, Wraps};

use super::{acts, names};

/// Colours, or none.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    colored: bool,
}

impl Paint {
    pub(super) const fn new(colored: bool) -> Self {
        Self { colored }
    }

    fn with(self, text: &str, style: Style) -> Cow<'_, str> {
        if self.colored { Cow::Owned(text.style(style).to_string()) } else { Cow::Borrowed(text) }
    }

    /// The code or name that an answer is about.
    fn subject(self, text: &str) -> Cow<'_, str> {
        self.with(text, Style::new().bold())
    }

    /// What was found in a log.
    fn matched(self, text: &str) -> Cow<'_, str> {
        self.with(text, Style::new().red().bold())
    }

    /// The label of a part.
    pub(super) fn label(self, text: &str) -> Cow<'_, str> {
        self.with(text, Style::new().cyan())
    }

    /// The word that says that something went wrong.
    pub(super) fn error(self, text: &str) -> Cow<'_, str> {
        self.with(text, Style::new().red().bold())
    }
}

/// How far the text stands behind its label.
const INDENT: usize = 12;
/// The least room for a text; a narrower terminal breaks the lines itself.
const NARROWEST: usize = 20;

/// Prints for people.
#[derive(Clone, Copy)]
pub(super) struct Human {
    pub(super) paint: Paint,
    /// The width to wrap at; a pipe has none.
    pub(super) width: Option<usize>,
    /// Whether it is a terminal, which would act on control characters in a log.
    pub(super) is_terminal: bool,
    /// Whether the terminal makes links of addresses that are marked as such (OSC 8).
    pub(super) links: bool,
}

impl Human {
    /// The same with so much less room, for text that is indented.
    pub(super) fn narrowed(&self, by: usize) -> Self {
        Self { width: self.width.map(|width| width.saturating_sub(by)), ..*self }
    }

    /// A text behind its label; further lines stand below the text, or, in a narrow terminal, a little indented.
    fn part(&self, out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
        self.item(out, label, "", text)
    }

    fn item(&self, out: &mut impl Write, label: &str, number: &str, text: &str) -> io::Result<()> {
        let narrow = self.width.is_some_and(|width| width < INDENT + NARROWEST + 8);
        let indent = if narrow { 2 } else { INDENT };
        let first = if label.is_empty() || narrow { indent } else { label.len() + 1 };
        if narrow && !label.is_empty() {
            writeln!(out, "{}", self.paint.label(label))?;
            write!(out, "{:indent$}", "")?;
        } else if label.is_empty() {
            write!(out, "{:indent$}", "")?;
        } else {
            write!(out, "{}{:pad$}", self.paint.label(label), "", pad = indent.saturating_sub(first - 1).max(1))?;
        }
        write!(out, "{number}")?;
        let hang = indent + number.len();
        for (position, line) in self.wrap(text, hang).iter().enumerate() {
            if position > 0 {
                write!(out, "{:hang$}", "")?;
            }
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Where an answer comes from.
    fn source(&self, out: &mut impl Write, address: &str) -> io::Result<()> {
        // The marks of a link have no width, so they come after the wrapping, which breaks no address.
        let mut wrapped = Vec::new();
        self.part(&mut wrapped, "Source:", address)?;
        out.write_all(String::from_utf8_lossy(&wrapped).replacen(address, &self.link(address), 1).as_bytes())
    }

    /// An address, as a link where the terminal makes one of it (OSC 8).
    fn link<'a>(&self, address: &'a str) -> Cow<'a, str> {
        if self.links { Cow::Owned(format!("\x1B]8;;{address}\x1B\\{address}\x1B]8;;\x1B\\")) } else { Cow::Borrowed(address) }
    }

    fn wrap<'a>(&self, text: &'a str, indent: usize) -> Vec<Cow<'a, str>> {
        match self.width {
            None => vec![Cow::Borrowed(text)],
            Some(width) => {
                let options = textwrap::Options::new(width.saturating_sub(indent).max(NARROWEST))
                    .break_words(false)
                    .word_splitter(textwrap::WordSplitter::NoHyphenation);
                textwrap::wrap(text, options)
            }
        }
    }

    pub(super) fn answer(&self, out: &mut impl Write, answer: &Answer) -> io::Result<()> {
        self.answer_with(out, answer, None)
    }

    /// An answer with the occurrences that a scan counted.
    pub(super) fn answer_with(&self, out: &mut impl Write, answer: &Answer, occurrences: Option<&str>) -> io::Result<()> {
        let symbols = names(&answer.symbols).join(", ");
        match answer.code {
            Some(code) => {
                let numbers = if code.is_failure() { format!("{}, {}", code.signed(), code.bits()) } else { code.bits().to_string() };
                writeln!(out, "{} ({numbers})", self.paint.subject(&code.to_string()))?;
            }
            None => writeln!(out, "{}", self.paint.subject(&printable(answer.query())))?,
        }
        if let Some(occurrences) = occurrences {
            self.part(out, "Found:", occurrences)?;
        }
        for explanation in &answer.explanation {
            self.part(out, "Reading:", explanation)?;
        }
        if !symbols.is_empty() {
            self.part(out, "Symbol:", &symbols)?;
        }
        for &entry in &answer.entries {
            writeln!(out)?;
            self.entry(out, entry)?;
        }
        if answer.entries.is_empty() {
            self.anatomy(out, answer)?;
        }
        if !answer.suggestions.is_empty() {
            self.part(out, "Similar:", &answer.suggestions.join(", "))?;
        }
        Ok(())
    }

    fn entry(&self, out: &mut impl Write, entry: Entry) -> io::Result<()> {
        self.part(out, "Problem:", entry.problem())?;
        for cause in entry.causes() {
            self.part(out, "Cause:", cause)?;
        }
        match entry.resolution().len() {
            0 => self.part(out, "Resolution:", "No source documents one.")?,
            1 => self.part(out, "Resolution:", entry.resolution().next().unwrap_or_default())?,
            _ => {
                for (position, step) in entry.resolution().enumerate() {
                    let label = if position == 0 { "Resolution:" } else { "" };
                    self.item(out, label, &format!("{}. ", position + 1), step)?;
                }
            }
        }
        for note in entry.notes() {
            self.part(out, "Note:", note)?;
        }
        if let Some(legacy) = entry.legacy() {
            self.part(out, "Legacy:", legacy)?;
        }
        let codes: Vec<String> = entry.codes().map(|code| code.to_string()).collect();
        let known_as: Vec<&str> = entry.names().collect();
        for (label, list) in [("Codes:", codes.join(", ")), ("Names:", known_as.join(", "))] {
            if !list.is_empty() {
                self.part(out, label, &list)?;
            }
        }
        for message in entry.messages() {
            self.part(out, "Message:", message)?;
        }
        self.part(out, "Platforms:", &platforms(entry.platforms()))?;
        entry.sources().try_for_each(|source| self.source(out, source))
    }

    fn anatomy(&self, out: &mut impl Write, answer: &Answer) -> io::Result<()> {
        let Some(anatomy) = &answer.anatomy else { return Ok(()) };
        if !answer.found() {
            self.part(out, "Unknown:", "No entry and no symbol is known for this code; its bits say:")?;
        }
        let kind = match anatomy.kind {
            Kind::Hresult => "HRESULT",
            Kind::Win32 => "Win32 code",
            _ => "NTSTATUS",
        };
        self.part(out, "Kind:", kind)?;
        if let Some(severity) = anatomy.severity {
            self.part(out, "Severity:", severity.name())?;
        }
        if let Some(facility) = anatomy.facility {
            let names =
                if anatomy.facility_names.is_empty() { String::new() } else { format!(" ({})", anatomy.facility_names.join(" or ")) };
            self.part(out, "Facility:", &format!("{facility}{names}"))?;
        }
        self.part(out, "Value:", &format!("{} (0x{:04X})", anatomy.value, anatomy.value))?;
        wraps(anatomy).map_or(Ok(()), |wraps| self.part(out, "Wraps:", &wraps))
    }

    pub(super) fn hit(&self, out: &mut impl Write, hit: &Hit) -> io::Result<()> {
        match hit.result {
            SearchResult::Entry(entry) => {
                self.row(out, entry)?;
                if !matches!(hit.field, "problem" | "id" | "code") {
                    self.reason(out, hit)?;
                }
                Ok(())
            }
            SearchResult::Symbol(symbol) => writeln!(out, "{}  {}", self.paint.subject(&symbol.code().to_string()), symbol.name()),
            _ => Ok(()),
        }
    }

    /// Why an entry was found, where its own line does not show it.
    fn reason(&self, out: &mut impl Write, hit: &Hit) -> io::Result<()> {
        for (position, line) in self.wrap(&format!("{}: {}", hit.field, hit.text), 4).iter().enumerate() {
            writeln!(out, "{:indent$}{line}", "", indent = if position == 0 { 2 } else { 4 })?;
        }
        Ok(())
    }

    /// An entry as two lines of a list: its id with codes and names, and its problem.
    pub(super) fn row(&self, out: &mut impl Write, entry: Entry) -> io::Result<()> {
        let mut known_as: Vec<String> = entry.codes().map(|code| code.to_string()).collect();
        known_as.extend(entry.names().map(str::to_owned));
        write!(out, "{}", self.paint.subject(entry.id()))?;
        let known_as = known_as.join(", ");
        for (position, line) in self.wrap(&known_as, 4).iter().enumerate() {
            let fits = position == 0 && self.width.is_none_or(|width| entry.id().len() + 2 + line.len() <= width);
            match (fits, line.is_empty()) {
                (_, true) => {}
                (true, _) => write!(out, "  {line}")?,
                (false, _) => write!(out, "\n    {line}")?,
            }
        }
        writeln!(out)?;
        for line in self.wrap(entry.problem(), 2) {
            writeln!(out, "  {line}")?;
        }
        Ok(())
    }

    /// Bytes of a log, the given parts of them marked; what a terminal would act on is escaped where one reads it, colours excepted.
    pub(super) fn log(&self, out: &mut impl Write, bytes: &[u8], marked: &[Range<usize>]) -> io::Result<()> {
        if !self.is_terminal && !self.paint.colored {
            return out.write_all(bytes);
        }
        let mut from = 0;
        for mark in marked {
            self.safe(out, &bytes[from..mark.start])?;
            let mut match_text = Vec::new();
            self.safe(&mut match_text, &bytes[mark.clone()])?;
            write!(out, "{}", self.paint.matched(&String::from_utf8_lossy(&match_text)))?;
            from = mark.end;
        }
        self.safe(out, &bytes[from..])
    }

    fn safe(&self, out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
        if !self.is_terminal {
            return out.write_all(bytes);
        }
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|b| b.is_ascii_control() && !matches!(b, b'\t' | b'\n') || !b.is_ascii()) {
            out.write_all(&rest[..at])?;
            rest = &rest[at..];
            let len = match rest {
                [b'\r', b'\n', ..] => 1,
                [0x1B, b'[', parameters @ ..] => match parameters.iter().position(|b| !matches!(b, b'0'..=b'9' | b';' | b':')) {
                    Some(end) if parameters[end] == b'm' => end + 3,
                    _ => 0,
                },
                _ => 0,
            };
            if len > 0 {
                out.write_all(&rest[..len])?;
                rest = &rest[len..];
                continue;
            }
            let run = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
            if run == 0 {
                write!(out, "{}", char::from(rest[0]).escape_default())?;
                rest = &rest[1..];
            } else {
                write!(out, "{}", printable(&String::from_utf8_lossy(&rest[..run])))?;
                rest = &rest[run..];
            }
        }
        out.write_all(rest)
    }

    /// The checklist; before it what there is to say about it.
    pub(super) fn checklist(&self, out: &mut impl Write, about: Option<&str>, points: &[ChecklistItem]) -> io::Result<()> {
        if let Some(about) = about {
            for line in self.wrap(about, 0) {
                writeln!(out, "{line}")?;
            }
            writeln!(out)?;
        }
        for topic in Topic::ALL {
            let points: Vec<&ChecklistItem> = points.iter().filter(|point| point.topic() == topic).collect();
            if points.is_empty() {
                continue;
            }
            writeln!(out, "{}", self.paint.subject(heading(topic)))?;
            for point in points {
                let wrapped = self.wrap(point.text(), 4);
                for (position, line) in wrapped.iter().enumerate() {
                    writeln!(out, "  {} {line}", if position == 0 { "-" } else { " " })?;
                }
                if let Some(link) = point.link() {
                    writeln!(out, "    {}", self.link(link))?;
                }
            }
            writeln!(out)?;
        }
        self.source(out, intune_err::checklist_source())
    }
}

/// An answer in one line, for an error that has been explained before.
pub(super) fn short(answer: &Answer) -> String {
    let subject = answer.code.map_or_else(|| printable(answer.query()), |code| code.to_string());
    let what = match answer.entries.as_slice() {
        [] => names(&answer.symbols).join(", "),
        [entry] => entry.problem().to_owned(),
        [entry, more @ ..] => format!("{} ({} more)", entry.problem(), more.len()),
    };
    format!("{subject} {what}\n")
}

/// What an HRESULT carries, with its name.
pub(super) fn wraps(anatomy: &Anatomy) -> Option<String> {
    let name = anatomy.wraps_name.map(|name| format!(" ({name})")).unwrap_or_default();
    match anatomy.wraps? {
        Wraps::Win32(code) => Some(format!("Win32 code {}{name}", code.bits())),
        Wraps::Ntstatus(code) => Some(format!("NTSTATUS {code}{name}")),
        Wraps::Http(status) => Some(format!("HTTP status {status}")),
        _ => None,
    }
}

/// The heading of a part of the checklist.
pub(super) const fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::Configuration => "Confirm first:",
        Topic::Questions => "Questions to ask:",
        Topic::Logs => "Logs to collect:",
        Topic::Clock => "Date and time of the device:",
        _ => "Self-help diagnostics:",
    }
}

/// The names of platforms, with commas between; iOS and iPadOS, as Microsoft writes them, together.
pub(super) fn platforms(platforms: impl Iterator<Item = intune_err::Platform>) -> String {
    let names: Vec<&str> = platforms.map(intune_err::Platform::display_name).collect();
    names.join(", ").replace("iOS, iPadOS", "iOS/iPadOS")
}

/// A query as a message shows it: in backticks, escaped, and not longer than a line.
pub(super) fn quoted(query: &str) -> String {
    let short: String = query.chars().take(80).collect();
    format!("`{}{}`", printable(&short), if short.len() < query.len() { "..." } else { "" })
}

/// A text from outside without anything that a terminal could act on.
pub(super) fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut text, c| {
        if acts(c) {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn human(width: Option<usize>, is_terminal: bool, links: bool) -> Human {
        Human { paint: Paint::new(false), width, is_terminal, links }
    }

    fn printed(human: Human, query: &str) -> String {
        let mut out = Vec::new();
        for answer in intune_err::answer(query, intune_err::Base::Either).unwrap() {
            human.answer(&mut out, &answer).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    fn logged(human: Human, bytes: &[u8]) -> String {
        let mut out = Vec::new();
        human.log(&mut out, bytes, &[]).unwrap();
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn text_wraps_at_the_width_and_stands_below_itself() {
        insta::assert_snapshot!("wide_60", printed(human(Some(60), true, false), "0x80CF3005"));
        insta::assert_snapshot!("wide_120", printed(human(Some(120), true, false), "0x80CF3005"));
    }

    #[test]
    fn in_a_narrow_terminal_labels_have_lines_of_their_own() {
        insta::assert_snapshot!("narrow_30", printed(human(Some(30), true, false), "0x80CF3005"));
    }

    #[test]
    fn no_width_is_too_small() {
        for width in [0, 1, 2, 20, 500] {
            let text = printed(human(Some(width), true, false), "0x80CF3005");
            assert!(text.contains("Resolution:") && text.contains("Source:"), "{text}");
        }
    }

    #[test]
    fn lines_fit_the_width_but_for_what_cannot_be_broken() {
        for width in [40, 60, 80, 100, 200] {
            for entry in intune_err::Entry::all() {
                let mut out = Vec::new();
                human(Some(width), true, false).entry(&mut out, entry).unwrap();
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
        let source = intune_err::Entry::by_name("client-clock-wrong").next().unwrap().sources().next().unwrap();
        let linked = printed(human(Some(80), true, true), "0x80CF0437");
        assert!(linked.ends_with(&format!("Source:     \x1B]8;;{source}\x1B\\{source}\x1B]8;;\x1B\\\n")), "{linked:?}");
        assert!(!printed(human(Some(80), true, false), "0x80CF0437").contains('\x1B'));
    }

    #[test]
    fn what_a_terminal_would_act_on_is_escaped_colours_excepted() {
        let terminal = human(Some(80), true, false);
        assert_eq!(logged(terminal, b"a\x1B[31mred\x1B[0m\tb"), "a\x1B[31mred\x1B[0m\tb");
        assert_eq!(logged(terminal, b"\x1B]0;title\x07"), "\\u{1b}]0;title\\u{7}");
        assert_eq!(logged(terminal, b"\x1B]8;;http://x\x1B\\"), "\\u{1b}]8;;http://x\\u{1b}\\");
        assert_eq!(logged(terminal, b"\x1B[2J\x1B[1A\x08"), "\\u{1b}[2J\\u{1b}[1A\\u{8}");
        assert_eq!(logged(terminal, "h\u{e4}\u{9b}31m\u{202e}\u{61c}".as_bytes()), "h\u{e4}\\u{9b}31m\\u{202e}\\u{61c}");
        assert_eq!(logged(terminal, b"\xFFx"), "\u{FFFD}x");
        assert_eq!(logged(terminal, b"a\r\nb\rc"), "a\r\nb\\rc");
    }

    #[test]
    fn a_pipe_gets_the_bytes_of_a_log_unchanged() {
        let mut out = Vec::new();
        human(None, false, false).log(&mut out, b"\x1B]0;t\x07\xFF\r", &[]).unwrap();
        assert_eq!(out, b"\x1B]0;t\x07\xFF\r");
    }
}
