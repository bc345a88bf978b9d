//! Answers as text for people. The only file that knows how to colour.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use super::overview::{Overview, Reasons, Row, device_lines, place_of};
use super::{GUIDE_FOLLOWS, Totals, WayOut, facility_names, found, guide_title, heading, meaning, names, one_problem, platforms, wraps};
use crate::answer::{Anatomy, Answer, Field, Fit, Hit, Reason, SearchResult};
use crate::code::{Kind, Severity};
use crate::context::Context;
use crate::ledger::Count;
use crate::log::{Device, Names, Owner, OwnerKind, Said};
use crate::table::{ChecklistItem, Entry, Guide, Topic, checklist_source};
use crate::text::{printable, write_printable};

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
        wrap(text, self.width.map_or(usize::MAX, |width| width.saturating_sub(indent).max(NARROWEST)))
    }

    /// Writes an answer.
    ///
    /// ```
    /// # use intune_err::report::text::Text;
    /// let mut out = Vec::new();
    /// Text::plain().answer(&mut out, &intune_err::Code::new(0x80CF_0437).into()).unwrap();
    /// assert!(out.starts_with(b"0x80CF0437 (-2133916617, 2161050679)\n"));
    /// ```
    pub fn answer(&self, out: &mut (impl Write + ?Sized), answer: &Answer) -> io::Result<()> {
        self.with(out, answer, None)
    }

    /// Writes an answer, and how often and where a scan found it.
    ///
    /// ```
    /// use intune_err::{Answer, Code, Found, Place, Tally, report::text::Text};
    /// let mut tally = Tally::default();
    /// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
    /// let (mut out, count) = (Vec::new(), tally.counts()[0]);
    /// Text::plain().count(&mut out, 1, &Answer::from(count.what), count, &Default::default()).unwrap();
    /// assert!(out.starts_with(b"1. 0x80CF0437 (-2133916617, 2161050679)\nFound:      once, line 7\n"));
    /// ```
    pub fn count(
        &self,
        out: &mut (impl Write + ?Sized),
        number: usize,
        answer: &Answer,
        count: &Count,
        context: &Context,
    ) -> io::Result<()> {
        write!(out, "{number}. ")?;
        self.brief_with(out, answer, context, Some(&found(count)))
    }

    /// Writes the table that a summary begins with, a row per error, and the totals.
    ///
    /// ```
    /// # use intune_err::{Code, Found, Groups, Place, Tally, log::Case, report::{Overview, Totals, text::Text}};
    /// let mut tally = Tally::default();
    /// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
    /// let (mut out, totals) = (Vec::new(), Totals { files: 1, lines: 9, findings: 1, errors: 1, unread: 0 });
    /// let overview = Overview::of(&tally, &Groups::default(), &Case::default(), |count| count.what.into());
    /// Text::plain().overview(&mut out, &overview, &totals).unwrap();
    /// let text = String::from_utf8(out).unwrap();
    /// assert!(text.lines().all(|line| line.len() <= 80) && text.ends_with("1 finding of 1 error in 9 lines of 1 file\n"), "{text}");
    /// ```
    pub fn overview(&self, out: &mut (impl Write + ?Sized), overview: &Overview<'_>, totals: &Totals) -> io::Result<()> {
        let width = self.width.unwrap_or(80).max(60);
        let subjects: Vec<String> = overview.errors.iter().map(|(count, answer)| subject_of(count, answer)).collect();
        let place = |row: &Row| cut_left(&printable(&row.first.to_string()), width / 4);
        let rows = || overview.sections.iter().flat_map(|section| &section.rows);
        let subject = subjects.iter().map(|text| text.chars().count()).max().unwrap_or(0).clamp(5, 18);
        let widest = rows().map(|row| place(row).chars().count()).max().unwrap_or(0).max(5);
        let room = width.saturating_sub(18 + subject + widest);
        if rows().next().is_some() {
            let head = format!("{:>4}  {:>6}  {:subject$}  {:room$}  First", "", "Count", "Error", "Problem");
            writeln!(out, "{}", self.label(head.trim_end()))?;
        }
        for section in &overview.sections {
            if let Some(heading) = &section.heading {
                writeln!(out, "{}", self.label(heading))?;
            }
            for row in &section.rows {
                let problem = cut_right(&one_problem(&overview.errors[row.error].1), room);
                let of = cut_right(&subjects[row.error], subject);
                writeln!(out, "{:>4}. {:>6}  {of:subject$}  {problem:room$}  {}", row.error + 1, row.times, place(row))?;
            }
        }
        if rows().next().is_some() {
            writeln!(out)?;
        }
        writeln!(out, "{}", super::totals(totals))
    }

    /// Writes what the files of a bundle say of the device, each with its place; nothing where they say nothing.
    ///
    /// ```
    /// use intune_err::{log::Device, report::text::Text};
    /// let (mut out, mut device) = (Vec::new(), Device::default());
    /// device.begin(Some("ver.txt"));
    /// device.push(b"Microsoft Windows [Version 10.0.22631.3593]\n");
    /// Text::plain().device(&mut out, &device).unwrap();
    /// assert_eq!(out, b"Device\n  Windows version:        10.0.22631.3593  (ver.txt:1)\n\n");
    /// ```
    pub fn device(&self, out: &mut (impl Write + ?Sized), device: &Device) -> io::Result<()> {
        let lines = device_lines(device);
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(out, "{}", self.label("Device"))?;
        let shown = |value: &str, said: &Said| {
            let (value, place) = (printable(value).into_owned(), printable(&place_of(said)).into_owned());
            // A pipe gets the whole place.
            let room = self.width.map(|width| width.saturating_sub(30 + value.chars().count()).max(20));
            let place = room.map_or(place.clone(), |room| cut_left(&place, room));
            format!("{value}  ({place})")
        };
        for line in lines {
            writeln!(out, "  {}{}", self.label(&format!("{:<24}", format!("{}:", line.label))), shown(&line.value, line.said))?;
            for other in line.others {
                writeln!(out, "  {:<24}{}", "  but also:", shown(&other.value, other))?;
            }
        }
        writeln!(out)
    }

    /// Writes what was not read, a line per reason; nothing where all was read.
    ///
    /// ```
    /// use intune_err::report::{Reasons, text::Text};
    /// let (mut out, mut reasons) = (Vec::new(), Reasons::default());
    /// reasons.add("a.zip!b.log", "encrypted");
    /// Text::plain().unread(&mut out, &reasons).unwrap();
    /// assert_eq!(out, b"\nNot read:\n  encrypted: a.zip!b.log\n");
    /// ```
    pub fn unread(&self, out: &mut (impl Write + ?Sized), unread: &Reasons) -> io::Result<()> {
        let lines = unread.lines();
        if !lines.is_empty() {
            writeln!(out, "\n{}", self.label("Not read:"))?;
        }
        lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
    }

    fn with(&self, out: &mut (impl Write + ?Sized), answer: &Answer, occurrences: Option<&str>) -> io::Result<()> {
        self.subject(out, answer)?;
        if let Some(occurrences) = occurrences {
            self.part(out, "Found:", occurrences)?;
        }
        self.head(out, answer)?;
        if let entries @ [_, _, ..] = answer.entries.as_slice() {
            writeln!(out)?;
            for (position, entry) in entries.iter().enumerate() {
                self.item(
                    out,
                    if position == 0 { "Problems:" } else { "" },
                    &format!("{}. ", position + 1),
                    &format!("{}{}", entry.problem(), from(*entry)),
                )?;
            }
        }
        let mut guides = Vec::new();
        for (position, &entry) in answer.entries.iter().enumerate() {
            writeln!(out)?;
            let label = if answer.entries.len() > 1 { format!("Problem {}:", position + 1) } else { "Problem:".to_owned() };
            self.entry(out, &label, entry, &mut guides)?;
        }
        if answer.entries.is_empty()
            && let Some(guide) = answer.guide
        {
            writeln!(out)?;
            self.guide(out, guide)?;
        }
        if let Some(event) = answer.event.filter(|_| answer.entries.is_empty()) {
            self.source(out, event.source())?;
        }
        if answer.entries.is_empty()
            && let Some(anatomy) = &answer.anatomy
        {
            self.anatomy(out, anatomy, answer.found())?;
        }
        if !answer.suggestions.is_empty() {
            self.part(out, "Similar:", &answer.suggestions.join(", "))?;
        }
        Ok(())
    }

    /// What is known of the code or name itself: its meaning, how the answer was reached, its symbolic names.
    fn head(&self, out: &mut (impl Write + ?Sized), answer: &Answer) -> io::Result<()> {
        if let Some(meaning) = meaning(answer) {
            self.part(out, "Meaning:", &meaning)?;
        }
        for reason in answer.reasons.iter().filter(|reason| **reason != Reason::Generic) {
            self.part(out, "Reading:", &reason.to_string())?;
        }
        let symbols = names(&answer.symbols).join(", ");
        if symbols.is_empty() { Ok(()) } else { self.part(out, "Symbol:", &symbols) }
    }

    /// Writes an answer below a line of a log: the entry that fits best whole, the others with one line each and the words to look them
    /// up. Where many components return the code and nothing tells which, no entry is whole.
    ///
    /// ```
    /// # use intune_err::{Context, report::text::Text};
    /// let mut out = Vec::new();
    /// Text::plain().brief(&mut out, &intune_err::Code::new(0x8007_0005).into(), &Context::default()).unwrap();
    /// let text = String::from_utf8(out).unwrap();
    /// assert!(text.contains("\nMeaning:    Access is denied (Win32 error 5).") && !text.contains("\nResolution:"));
    /// ```
    pub fn brief(&self, out: &mut (impl Write + ?Sized), answer: &Answer, context: &Context) -> io::Result<()> {
        self.brief_with(out, answer, context, None)
    }

    fn brief_with(&self, out: &mut (impl Write + ?Sized), answer: &Answer, context: &Context, occurrences: Option<&str>) -> io::Result<()> {
        // Somebody's own record fits wherever its code stands.
        let fits =
            answer.entries.first().is_some_and(|entry| entry.file().is_some() || matches!(Fit::of(*entry, context), Fit::Fits { .. }));
        if answer.entries.len() < 2 && (fits || !answer.is_generic()) {
            return self.with(out, answer, occurrences);
        }
        self.subject(out, answer)?;
        if let Some(occurrences) = occurrences {
            self.part(out, "Found:", occurrences)?;
        }
        self.head(out, answer)?;
        let mut others = answer.entries.as_slice();
        if let [best, rest @ ..] = others
            && (fits || !answer.is_generic())
        {
            writeln!(out)?;
            self.entry(out, "Problem:", *best, &mut Vec::new())?;
            others = rest;
        }
        if !others.is_empty() {
            writeln!(out)?;
        }
        for (position, entry) in others.iter().enumerate() {
            let label = if position == 0 { "Also:" } else { "" };
            self.part(out, label, &format!("{}{} (intune-err {})", entry.problem(), from(*entry), entry.id()))?;
        }
        Ok(())
    }

    /// Writes whose error it is, as one line; nothing where that is not known.
    ///
    /// ```
    /// use intune_err::log::{LogFamily, Names, Owner};
    /// # use intune_err::report::text::Text;
    /// let record = b"[Win32App] Admin did NOT set mapping for lpExitCode: 1603 of app: 3dde4e19-3a18-4dec-b60e-720b919e1790";
    /// let (mut out, owner) = (Vec::new(), Owner::of(record, 55, Some(LogFamily::Ime)));
    /// Text::plain().owner(&mut out, &owner, &Names::default()).unwrap();
    /// assert_eq!(out, b"App:        3dde4e19-3a18-4dec-b60e-720b919e1790\n");
    /// ```
    pub fn owner(&self, out: &mut (impl Write + ?Sized), owner: &Owner, names: &Names) -> io::Result<()> {
        let phase =
            owner.phase.map(|phase| [Some(phase.name()), owner.step.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", "));
        let phase = phase.map(|phase| printable(&phase).into_owned());
        let Some(subject) = owner.subject else {
            return phase.map_or(Ok(()), |phase| self.part(out, "Phase:", &phase));
        };
        let label = match subject.kind {
            OwnerKind::App => "App:",
            OwnerKind::Script => "Script:",
            OwnerKind::Policy => "Policy:",
        };
        let name = names.get(&subject.id).map(|name| printable(&name.text));
        let of = name.map_or_else(|| subject.id.to_string(), |name| format!("{name} ({})", subject.id));
        self.part(out, label, &phase.map_or_else(|| of.clone(), |phase| format!("{of}, in {phase}")))
    }

    /// The line that an answer begins with: the code in its forms, or the name.
    fn subject(&self, out: &mut (impl Write + ?Sized), answer: &Answer) -> io::Result<()> {
        match answer.code {
            Some(code) => {
                let numbers = if code.is_failure() { format!("{}, {}", code.signed(), code.bits()) } else { code.bits().to_string() };
                writeln!(out, "{} ({numbers})", self.paint(&code.to_string(), SUBJECT))
            }
            None => writeln!(out, "{}", self.paint(&printable(answer.subject()), SUBJECT)),
        }
    }

    /// A guide: its title, its steps and where they come from.
    fn guide(&self, out: &mut (impl Write + ?Sized), guide: Guide) -> io::Result<()> {
        self.part(out, "Guide:", &guide_title(guide))?;
        for (position, step) in guide.steps().enumerate() {
            self.item(out, "", &format!("{}. ", position + 1), step)?;
        }
        for note in guide.notes() {
            self.part(out, "Note:", note)?;
        }
        guide.sources().try_for_each(|source| self.source(out, source))
    }

    /// Writes an entry. A guide that was written before is only named.
    fn entry(&self, out: &mut (impl Write + ?Sized), label: &str, entry: Entry, guides: &mut Vec<Guide>) -> io::Result<()> {
        self.part(out, label, entry.problem())?;
        if let Some(file) = entry.file() {
            self.part(out, "From:", &printable(file))?;
        }
        for cause in entry.causes() {
            self.part(out, "Cause:", cause)?;
        }
        match (WayOut::of(entry), entry.resolution().len()) {
            (WayOut::Nothing(why), _) => self.part(out, "Resolution:", &format!("Nothing to do: {why}"))?,
            (WayOut::Guide(_), _) => self.part(out, "Resolution:", GUIDE_FOLLOWS)?,
            (WayOut::None(why), _) => self.part(out, "Resolution:", why)?,
            (WayOut::Steps, 1) => self.part(out, "Resolution:", entry.resolution().next().unwrap_or_default())?,
            (WayOut::Steps, _) => {
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
        entry.sources().try_for_each(|source| self.source(out, source))?;
        match WayOut::of(entry) {
            WayOut::Guide(guide) if guides.contains(&guide) => self.part(out, "Guide:", &format!("{}: see above.", guide_title(guide))),
            WayOut::Guide(guide) => {
                guides.push(guide);
                self.guide(out, guide)
            }
            _ => Ok(()),
        }
    }

    fn anatomy(&self, out: &mut (impl Write + ?Sized), anatomy: &Anatomy, is_known: bool) -> io::Result<()> {
        if !is_known {
            self.part(out, "Unknown:", "No entry and no symbol is known for this code; its bits say:")?;
        }
        let kind = match anatomy.kind {
            Kind::Hresult => "HRESULT",
            Kind::Win32 => "Win32 code",
            Kind::Ntstatus => "NTSTATUS",
        };
        self.part(out, "Kind:", kind)?;
        if let Some(severity) = anatomy.severity.map(Severity::name) {
            self.part(out, "Severity:", severity)?;
        }
        if let Some(facility) = anatomy.facility {
            self.part(out, "Facility:", &format!("{facility}{}", facility_names(anatomy)))?;
        }
        self.part(out, "Value:", &format!("{} (0x{:04X})", anatomy.value, anatomy.value))?;
        wraps(anatomy).map_or(Ok(()), |wraps| self.part(out, "Wraps:", &wraps))
    }

    /// Writes a hit of a search, and why it is one where its own lines do not show it.
    ///
    /// ```
    /// # use intune_err::report::text::Text;
    /// let (mut out, hits) = (Vec::new(), intune_err::search("client clock wrong"));
    /// Text::plain().hit(&mut out, &hits[0]).unwrap();
    /// assert!(out.starts_with(b"client-clock-wrong  0x80CF0437\n"));
    /// ```
    pub fn hit(&self, out: &mut (impl Write + ?Sized), hit: &Hit) -> io::Result<()> {
        match hit.result {
            SearchResult::Entry(entry) => {
                self.row(out, entry)?;
                if matches!(hit.field, Field::Problem | Field::Id | Field::Code) {
                    return Ok(());
                }
                for (position, line) in self.wrap(&format!("{}: {}", hit.field, hit.text), 4).enumerate() {
                    writeln!(out, "{:indent$}{line}", "", indent = if position == 0 { 2 } else { 4 })?;
                }
                Ok(())
            }
            SearchResult::Meaning(meaning) => {
                let name = meaning.name().map(|name| format!("  {name}")).unwrap_or_default();
                writeln!(out, "{}{name}", self.paint(&meaning.code().to_string(), SUBJECT))?;
                self.wrap(meaning.text(), 2).try_for_each(|line| writeln!(out, "  {line}"))
            }
            SearchResult::Symbol(symbol) => {
                writeln!(out, "{}  {}", self.paint(&symbol.code().to_string(), SUBJECT), symbol.name())
            }
        }
    }

    /// Writes an entry as two lines of a list: its id with codes and names, and its problem.
    ///
    /// ```
    /// # use intune_err::report::text::Text;
    /// let (mut out, entry) = (Vec::new(), intune_err::Entry::by_name("client-clock-wrong").next().unwrap());
    /// Text::plain().row(&mut out, entry).unwrap();
    /// assert_eq!(out, b"client-clock-wrong  0x80CF0437\n  The client computer's clock is wrong.\n");
    /// ```
    pub fn row(&self, out: &mut (impl Write + ?Sized), entry: Entry) -> io::Result<()> {
        let mut known_as: Vec<String> = entry.codes().map(|code| code.to_string()).collect();
        known_as.extend(entry.names().map(str::to_owned));
        write!(out, "{}", self.paint(entry.id(), SUBJECT))?;
        let known_as = known_as.join(", ");
        for (position, line) in self.wrap(&known_as, 4).enumerate() {
            let fits = position == 0 && self.width.is_none_or(|width| entry.id().len() + 2 + line.len() <= width);
            match (fits, line.is_empty()) {
                (_, true) => {}
                (true, _) => write!(out, "  {line}")?,
                (false, _) => write!(out, "\n    {line}")?,
            }
        }
        writeln!(out)?;
        self.wrap(entry.problem(), 2).try_for_each(|line| writeln!(out, "  {line}"))?;
        entry.file().map_or(Ok(()), |file| writeln!(out, "  From: {}", printable(file)))
    }

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

    /// Writes the points of the checklist, before them a sentence about them.
    ///
    /// ```
    /// # use intune_err::report::text::Text;
    /// let (mut out, points) = (Vec::new(), intune_err::checklist().collect::<Vec<_>>());
    /// Text::plain().checklist(&mut out, None, &points).unwrap();
    /// assert!(out.starts_with(b"Confirm first:\n  - "));
    /// ```
    pub fn checklist(&self, out: &mut (impl Write + ?Sized), about: Option<&str>, points: &[ChecklistItem]) -> io::Result<()> {
        if let Some(about) = about {
            self.wrap(about, 0).try_for_each(|line| writeln!(out, "{line}"))?;
            writeln!(out)?;
        }
        for topic in Topic::ALL {
            let points: Vec<&ChecklistItem> = points.iter().filter(|point| point.topic() == topic).collect();
            if points.is_empty() {
                continue;
            }
            writeln!(out, "{}", self.paint(&format!("{}:", heading(topic)), SUBJECT))?;
            for point in points {
                for (position, line) in self.wrap(point.text(), 4).enumerate() {
                    writeln!(out, "  {} {line}", if position == 0 { "-" } else { " " })?;
                }
                if let Some(link) = point.link() {
                    writeln!(out, "    {}", self.link(link))?;
                }
            }
            writeln!(out)?;
        }
        self.source(out, checklist_source())
    }
}

/// An answer in one line, for an error that has been explained before.
///
/// ```
/// let answer = intune_err::Code::new(0x80CF_0437).into();
/// assert_eq!(intune_err::report::text::one_line(&answer), "0x80CF0437 The client computer's clock is wrong.");
/// ```
pub fn one_line(answer: &Answer) -> String {
    let subject = answer.code.map_or_else(|| printable(answer.query()).into_owned(), |code| code.to_string());
    let what = match answer.entries.as_slice() {
        [] if answer.symbols.is_empty() => answer.meaning_text().unwrap_or_default(),
        [] => names(&answer.symbols).join(", "),
        [entry] => format!("{}{}", entry.problem(), from(*entry)),
        [entry, more @ ..] => format!("{}{} ({} more)", entry.problem(), from(*entry), more.len()),
    };
    format!("{subject} {what}")
}

/// The file of one of somebody's own records, in brackets.
fn from(entry: Entry) -> String {
    entry.file().map(|file| format!(" (from {})", printable(file))).unwrap_or_default()
}

/// The code, or the text that was found.
fn subject_of(count: &Count, answer: &Answer) -> String {
    answer.code.map_or_else(|| printable(&count.matched).into_owned(), |code| code.to_string())
}

/// A text of so many characters at the most; three points stand for what is cut off at its end.
fn cut_right(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(3)).chain("...".chars()).collect()
}

/// The same, cut at its beginning: the end of a path tells more.
fn cut_left(text: &str, most: usize) -> String {
    let len = text.chars().count();
    if len <= most {
        return text.to_owned();
    }
    "...".chars().chain(text.chars().skip(len - most.saturating_sub(3))).collect()
}

/// The lines of a text, broken at blanks and nowhere else; always at least one.
fn wrap(text: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        // A line is as many words as fit, and one where none does.
        let (mut end, mut next, mut columns) = (0, None, 0);
        for word in text.split_inclusive(' ') {
            let visible = word.trim_end_matches(' ');
            columns += visible.chars().count();
            if end > 0 && columns > width {
                break;
            }
            let begin = next.unwrap_or(0);
            (end, next) = (if visible.is_empty() { end } else { begin + visible.len() }, Some(begin + word.len()));
            columns += word.len() - visible.len();
        }
        let next = next.unwrap_or(text.len());
        rest = (next < text.len()).then(|| &text[next..]);
        Some(&text[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn lines_are_broken_at_blanks_alone() {
        let wrapped = |text: &'static str, width| wrap(text, width).collect::<Vec<_>>();
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 6), ["one", "two", "three"]);
        assert_eq!(wrapped("a-long-word and more", 4), ["a-long-word", "and", "more"]);
        assert_eq!(wrapped("two  blanks ", 20), ["two  blanks"]);
        assert_eq!(wrapped("two  blanks", 4), ["two", "blanks"]);
        assert_eq!(wrapped("\u{E4}\u{F6} \u{FC}", 4), ["\u{E4}\u{F6} \u{FC}"]);
        assert_eq!(wrapped("", 4), [""]);
    }
}
