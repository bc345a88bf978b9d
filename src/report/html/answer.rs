//! The errors by whose they are: each with its answer, as the terminal gives it, and its places.

use std::io::{self, Write};

use super::escape::{Counting, Prose, Text};
use super::{MOST_ANSWERS, MOST_ERRORS, Page, moment, subject, target, whose};
use crate::answer::{Anatomy, Answer, Reason};
use crate::code::{Kind, Severity};
use crate::ledger::Count;
use crate::report::overview::{FURTHER, Row, Section};
use crate::report::{GUIDE_FOLLOWS, WayOut, counted, facility_names, guide_title, meaning, names, one_problem, platforms, shown, wraps};
use crate::seen::Spot;
use crate::table::{Entry, Guide};

impl Page<'_> {
    pub(super) fn findings(&self, out: &mut Counting<'_, impl Write + ?Sized>) -> io::Result<()> {
        if self.overview.errors.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section aria-labelledby=\"errors\">\n<h2 id=\"errors\">Errors, by whose they are</h2>")?;
        writeln!(
            out,
            "<form class=\"filter\" hidden><label for=\"filter\">Filter</label> <input id=\"filter\" type=\"search\" autocomplete=\"off\" \
             spellcheck=\"false\"><output for=\"filter\" aria-live=\"polite\"></output></form>"
        )?;
        let mut answered = vec![None; self.overview.errors.len()];
        let mut left = 0;
        for (number, section) in self.overview.sections.iter().enumerate() {
            if out.written > MOST_ERRORS {
                left += section.rows.len();
                continue;
            }
            self.heading(out, number, section)?;
            for row in &section.rows {
                if out.written > MOST_ERRORS {
                    left += 1;
                } else if out.written > MOST_ANSWERS {
                    self.short(out, number, row)?;
                } else {
                    self.article(out, number, row, answered[row.error])?;
                    answered[row.error].get_or_insert(number);
                }
            }
            writeln!(out, "</section>")?;
        }
        if left > 0 {
            let left = counted(left as u64, "more error");
            writeln!(out, "<p>{left}, for which there is no room here: <code>intune-err scan --summary</code> has them.</p>")?;
        }
        let further = self.digest.tally().further();
        if further > 0 {
            writeln!(out, "<p>{} of further errors were counted only.</p>", counted(further, "finding"))?;
        }
        writeln!(out, "</section>")
    }

    /// Whose errors follow.
    fn heading(&self, out: &mut impl Write, number: usize, section: &Section) -> io::Result<()> {
        let number = number + 1;
        // Where nothing is said of any error there is one section, which needs no words.
        let (who, phase) = match &section.heading {
            None => ("All errors, the most frequent first".to_owned(), None),
            Some(heading) if heading == FURTHER => (FURTHER.to_owned(), None),
            Some(_) => whose(&section.group, self.case.names()),
        };
        writeln!(out, "<section class=\"group\">\n<h3 id=\"s{number}\">{}</h3>", Text(&who))?;
        let mut facts: Vec<String> = phase.into_iter().map(|phase| format!("In {phase}.")).collect();
        facts.extend(section.rows.first().and_then(|row| row.time).map(|time| format!("First failed {}.", moment(time))));
        if let Some((kind, id)) = section.group.subject {
            let whats = kind.name();
            facts.push(format!("The {whats}'s id is {id}."));
        }
        if facts.is_empty() { Ok(()) } else { writeln!(out, "<p class=\"soft\">{}</p>", Text(&facts.join(" "))) }
    }

    /// An error for whose answer there is no room.
    fn short(&self, out: &mut impl Write, number: usize, row: &Row) -> io::Result<()> {
        let (count, answer) = &self.overview.errors[row.error];
        writeln!(
            out,
            "<article id=\"{}\"><h4>{}</h4><p>{} ({}, first {})</p></article>",
            target(number, row.error),
            Text(&subject(count, answer)),
            Prose(&one_problem(answer)),
            counted(row.times, "time"),
            Text(&self.place(&row.first.to_string()))
        )
    }

    /// An error: its answer, unless it was given in an earlier section, and its places.
    fn article(&self, out: &mut impl Write, number: usize, row: &Row, answered: Option<usize>) -> io::Result<()> {
        let (count, answer) = &self.overview.errors[row.error];
        write!(
            out,
            "<article id=\"{}\">\n<h4>{}. <code>{}</code>",
            target(number, row.error),
            row.error + 1,
            Text(&subject(count, answer))
        )?;
        if let Some(code) = answer.code {
            let numbers = if code.is_failure() { format!("{}, {}", code.signed(), code.bits()) } else { code.bits().to_string() };
            write!(out, " <span class=\"soft\">({numbers})</span>")?;
        }
        writeln!(out, "</h4>\n<dl>")?;
        match answered {
            Some(earlier) => {
                part(out, "Problem", &one_problem(answer))?;
                let to = target(earlier, row.error);
                writeln!(out, "<div><dt>Answer</dt><dd><a href=\"#{to}\">above, where it was found first</a></dd></div>")?;
            }
            None => self.answer(out, count, answer)?,
        }
        let first = row.time.map(|time| format!(", first {}", moment(time))).unwrap_or_default();
        part(out, "Found", &format!("{}{first}", counted(row.times, "time")))?;
        writeln!(out, "</dl>")?;
        let group = self.overview.sections[number].group;
        let seen = self.digest.sights().and_then(|sights| sights.of(group, count.what).or_else(|| sights.of_any(count.what)));
        let spots = seen.map_or(&[][..], |seen| &seen.spots);
        spots.iter().try_for_each(|spot| self.spot(out, spot))?;
        let further = row.times.saturating_sub(spots.len() as u64);
        if further > 0 && !spots.is_empty() {
            writeln!(out, "<p class=\"soft\">and {} more</p>", counted(further, "time"))?;
        }
        writeln!(out, "</article>")
    }

    /// The answer: what fits best whole, the others with one line each.
    fn answer(&self, out: &mut impl Write, count: &Count, answer: &Answer) -> io::Result<()> {
        if let Some(meaning) = meaning(answer) {
            part(out, "Meaning", &meaning)?;
        }
        for reason in answer.reasons.iter().filter(|reason| **reason != Reason::Generic) {
            part(out, "Reading", &reason.to_string())?;
        }
        let symbols = names(&answer.symbols).join(", ");
        if !symbols.is_empty() {
            part(out, "Symbol", &symbols)?;
        }
        let (whole, others) = shown(answer, &self.digest.context(count.what));
        whole.iter().try_for_each(|entry| self::entry(out, *entry))?;
        if !others.is_empty() {
            write!(out, "<div><dt>Also</dt><dd><ul>")?;
            for entry in others {
                write!(out, "<li>{} <code>intune-err {}</code></li>", Prose(entry.problem()), Text(entry.id()))?;
            }
            writeln!(out, "</ul></dd></div>")?;
        }
        if answer.entries.is_empty() {
            answer.guide.map_or(Ok(()), |guide| self::guide(out, guide))?;
            answer.event.map_or(Ok(()), |event| source(out, event.source()))?;
            if let Some(anatomy) = &answer.anatomy {
                self::anatomy(out, anatomy, answer.found())?;
            }
        }
        if answer.suggestions.is_empty() { Ok(()) } else { part(out, "Similar", &answer.suggestions.join(", ")) }
    }

    /// A place of an error: where, when, and its line between its neighbours.
    fn spot(&self, out: &mut impl Write, spot: &Spot) -> io::Result<()> {
        let time = spot.time.map(|time| moment(self.case.resolve(time, spot.place.path.as_deref())));
        let event = spot.event.map(|(id, meaning)| format!("event {id}{}", meaning.map(|text| format!(": {text}")).unwrap_or_default()));
        let level = spot.level.map(|level| level.name().to_owned());
        let facts: Vec<String> = [time, spot.component.clone(), level, event].into_iter().flatten().collect();
        let facts = if facts.is_empty() { String::new() } else { format!(" <span class=\"soft\">{}</span>", Text(&facts.join(", "))) };
        writeln!(out, "<p class=\"place\"><code>{}</code>{facts}</p>", Text(&self.place(&spot.place.to_string())))?;
        let (before, rest) = spot.text.split_at(spot.matched.start);
        let (matched, after) = rest.split_at(spot.matched.len());
        let dots = |is_cut: bool| if is_cut { "..." } else { "" };
        write!(out, "<pre>")?;
        for line in &spot.before {
            writeln!(out, "<span class=\"near\">{}</span>", Text(line))?;
        }
        write!(out, "{}{}<mark>{}</mark>{}{}", dots(spot.is_cut.0), Text(before), Text(matched), Text(after), dots(spot.is_cut.1))?;
        for line in &spot.after {
            write!(out, "\n<span class=\"near\">{}</span>", Text(line))?;
        }
        writeln!(out, "</pre>")
    }
}

fn part(out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
    writeln!(out, "<div><dt>{label}</dt><dd>{}</dd></div>", Prose(text))
}

/// An entry of the table.
fn entry(out: &mut impl Write, entry: Entry) -> io::Result<()> {
    writeln!(out, "<div><dt>Problem</dt><dd><strong>{}</strong></dd></div>", Prose(entry.problem()))?;
    if let Some(file) = entry.file() {
        writeln!(out, "<div><dt>From</dt><dd>{}</dd></div>", Text(file))?;
    }
    entry.causes().try_for_each(|cause| part(out, "Cause", cause))?;
    match WayOut::of(entry) {
        WayOut::Steps => steps(out, "Resolution", entry.resolution())?,
        WayOut::Nothing(why) => part(out, "Resolution", &format!("Nothing to do: {why}"))?,
        WayOut::Guide(_) => part(out, "Resolution", GUIDE_FOLLOWS)?,
        WayOut::None(why) => part(out, "Resolution", why)?,
    }
    entry.notes().try_for_each(|note| part(out, "Note", note))?;
    entry.legacy().map_or(Ok(()), |legacy| part(out, "Legacy", legacy))?;
    let codes: Vec<String> = entry.codes().map(|code| code.to_string()).collect();
    let known_as: Vec<&str> = entry.names().collect();
    for (label, list) in [("Codes", codes.join(", ")), ("Names", known_as.join(", "))] {
        if !list.is_empty() {
            part(out, label, &list)?;
        }
    }
    entry.messages().try_for_each(|message| part(out, "Message", message))?;
    part(out, "Platforms", &platforms(entry.platforms()))?;
    entry.sources().try_for_each(|address| source(out, address))?;
    if let WayOut::Guide(guide) = WayOut::of(entry) { self::guide(out, guide) } else { Ok(()) }
}

/// A guide: its title, its steps and where they come from.
fn guide(out: &mut impl Write, guide: Guide) -> io::Result<()> {
    part(out, "Guide", &guide_title(guide))?;
    steps(out, "Steps", guide.steps())?;
    guide.notes().try_for_each(|note| part(out, "Note", note))?;
    guide.sources().try_for_each(|address| source(out, address))
}

fn steps<'s>(out: &mut impl Write, label: &str, steps: impl ExactSizeIterator<Item = &'s str>) -> io::Result<()> {
    let mut steps = steps.peekable();
    if let (1, Some(step)) = (steps.len(), steps.peek()) {
        return part(out, label, step);
    }
    write!(out, "<div><dt>{label}</dt><dd><ol>")?;
    for step in steps {
        write!(out, "<li>{}</li>", Prose(step))?;
    }
    writeln!(out, "</ol></dd></div>")
}

/// What the bits of a code say.
fn anatomy(out: &mut impl Write, anatomy: &Anatomy, is_known: bool) -> io::Result<()> {
    if !is_known {
        part(out, "Unknown", "No entry and no symbol is known for this code; its bits say:")?;
    }
    let kind = match anatomy.kind {
        Kind::Hresult => "HRESULT",
        Kind::Win32 => "Win32 code",
        Kind::Ntstatus => "NTSTATUS",
    };
    part(out, "Kind", kind)?;
    anatomy.severity.map(Severity::name).map_or(Ok(()), |severity| part(out, "Severity", severity))?;
    if let Some(facility) = anatomy.facility {
        part(out, "Facility", &format!("{facility}{}", facility_names(anatomy)))?;
    }
    part(out, "Value", &format!("{} (0x{:04X})", anatomy.value, anatomy.value))?;
    wraps(anatomy).map_or(Ok(()), |wraps| part(out, "Wraps", &wraps))
}

/// Where an answer comes from. Only an address of the web is a link: somebody's own record may have anything.
fn source(out: &mut impl Write, address: &str) -> io::Result<()> {
    let text = Text(address);
    if address.starts_with("https://") || address.starts_with("http://") {
        writeln!(out, "<div><dt>Source</dt><dd><a href=\"{text}\" rel=\"noreferrer\">{text}</a></dd></div>")
    } else {
        writeln!(out, "<div><dt>Source</dt><dd>{text}</dd></div>")
    }
}
