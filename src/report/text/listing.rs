//! Lists: the hits of a search, entries, the points of the checklist.

use std::io::{self, Write};

use super::{SUBJECT, Text};
use crate::answer::{Field, Hit, SearchResult};
use crate::report::heading;
use crate::table::{ChecklistItem, Entry, Topic, checklist_source};
use crate::text::printable;

impl Text {
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
