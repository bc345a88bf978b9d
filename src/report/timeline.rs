//! What a timeline in any form tells of each finding.

use std::collections::HashMap;

use super::{counted, one_problem};
use crate::answer::Answer;
use crate::log::{Gap, Names, OwnerKind, Time};
use crate::text::printable;
use crate::timeline::{Clock, ErrorAt, Happening, TimelineSection};

/// A finding in words.
pub(super) struct Told {
    pub(super) date: String,
    pub(super) time: String,
    pub(super) gap: String,
    /// The code, or the text that was found.
    pub(super) subject: String,
    pub(super) problem: String,
    /// The phase and the app, or the event; may be empty.
    pub(super) whose: String,
    pub(super) place: String,
}

/// Tells findings, each error's answer once.
pub(super) struct Teller<'n, A> {
    names: &'n Names,
    answer: A,
    known: HashMap<ErrorAt, (Option<String>, String)>,
}

impl<'n, A: FnMut(&Happening<'_>) -> Answer> Teller<'n, A> {
    /// So many errors in their contexts are remembered.
    const MOST: usize = 4096;

    pub(super) fn new(names: &'n Names, answer: A) -> Self {
        Self { names, answer, known: HashMap::new() }
    }

    pub(super) fn tell(&mut self, happening: &Happening<'_>) -> Told {
        if self.known.len() >= Self::MOST {
            self.known.clear();
        }
        let (code, problem) = self.known.entry(happening.error()).or_insert_with(|| {
            let answer = (self.answer)(happening);
            (answer.code.map(|code| code.to_string()), one_problem(&answer))
        });
        let subject = code.clone().unwrap_or_else(|| printable(&String::from_utf8_lossy(happening.matched())).into_owned());
        let time = happening.utc().or(happening.time());
        let (date, time) = time.map(parts).unwrap_or_default();
        Told {
            date,
            time,
            gap: happening.gap().map(gap).unwrap_or_default(),
            subject,
            problem: problem.clone(),
            whose: whose(happening, self.names),
            place: printable(&happening.place().to_string()).into_owned(),
        }
    }
}

/// The date and the time of day, to milliseconds.
fn parts(time: Time) -> (String, String) {
    let text = time.to_string();
    let (date, clock) = text.split_once('T').unwrap_or((&text, ""));
    let clock = clock.split(['Z', '+', '-']).next().unwrap_or_default();
    (date.to_owned(), clock.get(..12).unwrap_or(clock).to_owned())
}

/// How long after the one before: `+3m12s`.
fn gap(gap: Gap) -> String {
    let millis = gap.millis();
    let seconds = millis / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let two = |first: i64, one: &str, second: i64, other: &str| {
        if second == 0 { format!("+{first}{one}") } else { format!("+{first}{one}{second}{other}") }
    };
    match millis {
        1..1000 => format!("+{millis}ms"),
        1000..10_000 if millis % 1000 >= 100 => format!("+{seconds}.{}s", millis % 1000 / 100),
        _ if days > 0 => two(days, "d", hours % 24, "h"),
        _ if hours > 0 => two(hours, "h", minutes % 60, "m"),
        _ if minutes > 0 => two(minutes, "m", seconds % 60, "s"),
        _ => format!("+{seconds}s"),
    }
}

/// Whose error it is, or which event tells it.
fn whose(happening: &Happening<'_>, names: &Names) -> String {
    let owner = happening.owner();
    let phase = owner.and_then(|owner| owner.phase).map(|phase| phase.name().to_owned());
    let subject = owner.and_then(|owner| owner.subject).map(|subject| {
        let kind = match subject.kind {
            OwnerKind::App => "app",
            OwnerKind::Script => "script",
            OwnerKind::Policy => "policy",
        };
        names.get(&subject.id).map_or_else(|| format!("{kind} {}", subject.id), |name| format!("{kind} {}", printable(&name.text)))
    });
    let event = happening.event().map(|event| match event.meaning.filter(|_| !happening.is_event()) {
        Some(meaning) => format!("event {}: {}", event.id, meaning.text().trim_end_matches('.')),
        None => format!("event {}", event.id),
    });
    [phase, subject, event].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Findings in a row that say the same, and how many there are: only many of them are told together.
pub(super) fn rows<'s, 't>(
    section: &'s TimelineSection<'t>,
) -> impl Iterator<Item = (&'s Happening<'t>, Option<(usize, &'s Happening<'t>)>)> {
    /// Fewer are told one by one.
    const MANY: usize = 5;
    section.happenings.chunk_by(|one, next| next.repeats(one)).flat_map(|run| {
        let (first, last) = (&run[0], &run[run.len() - 1]);
        let shown = if run.len() < MANY { run } else { &run[..1] };
        let further = (run.len() >= MANY).then_some((run.len() - 1, last));
        shown.iter().map(move |happening| (happening, further.filter(|_| std::ptr::eq(happening, first))))
    })
}

/// How often the same came again, until when and where.
pub(super) fn again(times: usize, date: &str, last: &Told) -> String {
    let until = match (last.time.is_empty(), last.date == date) {
        (true, _) => String::new(),
        (_, true) => format!(" until {}", last.time),
        (_, false) => format!(" until {} {}", last.date, last.time),
    };
    format!("the same {times} more times{until}, last {}", last.place)
}

/// The clock of a section.
pub(super) fn clock(clock: Clock<'_>) -> String {
    match clock {
        Clock::Utc => "UTC".to_owned(),
        Clock::Local(None) => "local time, no zone is known".to_owned(),
        Clock::Local(Some(device)) => format!("local time in {}, no zone is known", printable(device)),
        Clock::None => "Without a time, in the order of the input".to_owned(),
    }
}

/// How many findings there are, and of which clocks.
pub(super) fn totals(sections: &[TimelineSection<'_>]) -> String {
    let of = |is: fn(&Clock<'_>) -> bool| -> usize {
        sections.iter().filter(|section| is(&section.clock)).map(|section| section.happenings.len()).sum()
    };
    let counts = [
        (of(|clock| matches!(clock, Clock::Utc)), "in UTC"),
        (of(|clock| matches!(clock, Clock::Local(_))), "in local time without a zone"),
        (of(|clock| matches!(clock, Clock::None)), "without a time"),
    ];
    let all: usize = counts.iter().map(|(count, _)| count).sum();
    let parts: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let all = counted(all as u64, "finding");
    match counts.into_iter().filter(|(count, _)| *count > 0).collect::<Vec<_>>()[..] {
        [] => all,
        [(_, what)] => format!("{all} {what}"),
        [..] => format!("{all}: {}", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_short() {
        let time = |text: &str| text.parse::<Time>().unwrap();
        for (later, expected) in [
            ("2026-01-05T10:00:00", "+0s"),
            ("2026-01-05T10:00:00.25", "+250ms"),
            ("2026-01-05T10:00:01.5", "+1.5s"),
            ("2026-01-05T10:00:02.05", "+2s"),
            ("2026-01-05T10:00:59.9", "+59s"),
            ("2026-01-05T10:03:12", "+3m12s"),
            ("2026-01-05T10:03:00", "+3m"),
            ("2026-01-05T12:05:59", "+2h5m"),
            ("2026-01-08T13:00:00", "+3d3h"),
            ("2027-01-05T10:00:00", "+365d"),
        ] {
            assert_eq!(gap(time(later).since(time("2026-01-05T10:00:00")).unwrap()), expected, "{later}");
        }
    }
}
