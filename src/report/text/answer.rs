//! An answer: whole, or in short below a line of a log, and whose the error is.

use std::io::{self, Write};

use super::one_line::from;
use super::{SUBJECT, Text};
use crate::answer::{Answer, Reason};
use crate::context::Context;
use crate::log::{Names, Owner, OwnerKind};
use crate::report::{meaning, names, shown};
use crate::text::printable;

impl Text {
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

    pub(super) fn brief_with(
        &self,
        out: &mut (impl Write + ?Sized),
        answer: &Answer,
        context: &Context,
        occurrences: Option<&str>,
    ) -> io::Result<()> {
        let (whole, others) = shown(answer, context);
        if others.is_empty() && (!answer.is_generic() || !whole.is_empty()) {
            return self.with(out, answer, occurrences);
        }
        self.subject(out, answer)?;
        if let Some(occurrences) = occurrences {
            self.part(out, "Found:", occurrences)?;
        }
        self.head(out, answer)?;
        for best in whole {
            writeln!(out)?;
            self.entry(out, "Problem:", *best, &mut Vec::new())?;
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
}
