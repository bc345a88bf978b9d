//! What a reader sees first: whose error, the reason, and the first step.

use std::io::{self, Write};

use super::escape::{Prose, Text};
use super::timeline::family_name;
use super::{Page, STANDARD_INPUT, moment, subject, target, whose};
use crate::Found;
use crate::answer::Answer;
use crate::context::Context;
use crate::grouped::Group;
use crate::report::overview::Row;
use crate::report::{WayOut, counted, guide_title, one_problem, shown};

/// How many cards there are.
const CARDS: usize = 3;

/// An error to begin with, and the section that it stands in.
struct Card<'r> {
    section: usize,
    row: &'r Row,
}

impl Page<'_> {
    /// The errors to begin with: of each app and phase the one that failed first.
    pub(super) fn first(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "<section aria-labelledby=\"first\">\n<h2 id=\"first\">What failed first</h2>")?;
        let cards = self.cards();
        if cards.is_empty() {
            let unread = match self.unread.total() {
                0 => String::new(),
                1 => " <a href=\"#unread\">1 thing was not read</a>, and an error can be in it.".to_owned(),
                number => format!(" <a href=\"#unread\">{number} things were not read</a>, and an error can be in them."),
            };
            writeln!(out, "<p><strong>No error was found.</strong>{unread}</p>\n</section>")?;
            return Ok(());
        }
        writeln!(out, "<ol class=\"cards\">")?;
        cards.iter().try_for_each(|card| self.card(out, card))?;
        writeln!(out, "</ol>")?;
        let left = self.overview.errors.len().saturating_sub(cards.len());
        if left > 0 {
            writeln!(out, "<p><a href=\"#errors\">{}</a> below.</p>", counted(left as u64, "further error"))?;
        }
        writeln!(out, "</section>")
    }

    fn cards(&self) -> Vec<Card<'_>> {
        let sections = &self.overview.sections;
        // In each group what failed first, unless nothing is known to do about it.
        let says_most = |section: usize| {
            let rows = &sections[section].rows;
            let row = rows.iter().find(|row| self.first_step(row).is_some()).or_else(|| rows.first())?;
            Some(Card { section, row })
        };
        let known = (0..sections.len()).filter(|at| !sections[*at].group.is_nobodys() || sections[*at].group.is_enrollment);
        let cards: Vec<Card<'_>> = known.filter_map(says_most).take(CARDS).collect();
        if !cards.is_empty() {
            return cards;
        }
        // Nobody's: those that something is known to do about.
        let all = || sections.iter().enumerate().flat_map(|(section, of)| of.rows.iter().map(move |row| Card { section, row }));
        let cards: Vec<Card<'_>> = all().filter(|card| self.first_step(card.row).is_some()).take(CARDS).collect();
        if cards.is_empty() { all().take(CARDS).collect() } else { cards }
    }

    fn card(&self, out: &mut impl Write, card: &Card<'_>) -> io::Result<()> {
        let Card { section, row } = card;
        let (count, answer) = &self.overview.errors[row.error];
        let of = &self.overview.sections[*section];
        let (who, phase) = if of.group.is_nobodys() && !of.group.is_enrollment {
            (self.log_of(of.group, count.what, row), None)
        } else {
            whose(&of.group, self.case.names())
        };
        let phase = phase.map(|phase| format!(" <span class=\"soft\">in {}</span>", Text(&phase))).unwrap_or_default();
        writeln!(out, "<li>\n<h3>{}{phase}</h3>\n<dl>", Text(&who))?;
        let problem = one_problem(answer);
        let code = format!("<a href=\"#{}\"><code>{}</code></a>", target(*section, row.error), Text(&subject(count, answer)));
        writeln!(out, "<div><dt>Reason</dt><dd>{} {code}</dd></div>", Prose(&problem))?;
        let step = match self.first_step(row) {
            Some(step) => Prose(&step).to_string(),
            None => format!("Read the lines around it: <code>{}</code>", Text(&self.place(&row.first.to_string()))),
        };
        writeln!(out, "<div><dt>First step</dt><dd>{step}</dd></div>\n</dl>")?;
        let mut facts = Vec::new();
        facts.extend(row.time.map(|time| format!("First failed {}.", moment(time))));
        facts.push(format!("Found {}.", counted(row.times, "time")));
        let others = of.rows.len() - 1;
        if others > 0 {
            facts.push(format!("{} here.", counted(others as u64, "further error")));
        }
        writeln!(out, "<p class=\"soft\">{}</p>\n</li>", Text(&facts.join(" ")))
    }

    /// Which log an error stands in that is nobody's: what writes it, or its name.
    fn log_of(&self, group: Group, what: Found, row: &Row) -> String {
        let spot = self.digest.sights().and_then(|sights| sights.of(group, what).or_else(|| sights.of_any(what))?.spots.first());
        let path = row.first.path.as_deref().unwrap_or(STANDARD_INPUT);
        let name = path.rsplit(['/', '\\', '!']).next().unwrap_or(path);
        spot.and_then(|spot| spot.family).map_or_else(|| super::cut(name).into_owned(), |family| family_name(family).to_owned())
    }

    /// What to do first about an error where it stands; nothing where nothing is known for there.
    fn first_step(&self, row: &Row) -> Option<String> {
        let (count, answer) = &self.overview.errors[row.error];
        first_step(answer, &self.digest.context(count.what))
    }
}

/// What to do first about an error in this context.
fn first_step(answer: &Answer, context: &Context) -> Option<String> {
    let (whole, _) = shown(answer, context);
    let of_guide = |guide: crate::table::Guide| guide.steps().next().map(|step| format!("{step} ({})", guide_title(guide)));
    match whole.first().map(|entry| (entry, WayOut::of(*entry))) {
        Some((entry, WayOut::Steps)) => entry.resolution().next().map(str::to_owned),
        Some((_, WayOut::Nothing(why))) => Some(format!("Nothing to do: {why}")),
        Some((_, WayOut::Guide(guide))) => of_guide(guide),
        Some((_, WayOut::None(_))) => None,
        None => answer.guide.filter(|_| answer.entries.is_empty()).and_then(of_guide),
    }
}
