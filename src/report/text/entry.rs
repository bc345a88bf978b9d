//! What the table has of an error: an entry, a guide, the bits of a code.

use std::io::{self, Write};

use super::Text;
use crate::answer::Anatomy;
use crate::code::{Kind, Severity};
use crate::report::{GUIDE_FOLLOWS, WayOut, facility_names, guide_title, platforms, wraps};
use crate::table::{Entry, Guide};
use crate::text::printable;

impl Text {
    /// Writes an entry. A guide that was written before is only named.
    pub(super) fn entry(&self, out: &mut (impl Write + ?Sized), label: &str, entry: Entry, guides: &mut Vec<Guide>) -> io::Result<()> {
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

    /// A guide: its title, its steps and where they come from.
    pub(super) fn guide(&self, out: &mut (impl Write + ?Sized), guide: Guide) -> io::Result<()> {
        self.part(out, "Guide:", &guide_title(guide))?;
        for (position, step) in guide.steps().enumerate() {
            self.item(out, "", &format!("{}. ", position + 1), step)?;
        }
        for note in guide.notes() {
            self.part(out, "Note:", note)?;
        }
        guide.sources().try_for_each(|source| self.source(out, source))
    }

    pub(super) fn anatomy(&self, out: &mut (impl Write + ?Sized), anatomy: &Anatomy, is_known: bool) -> io::Result<()> {
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
}
