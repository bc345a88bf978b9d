//! The findings of a scan in the order of time.

use std::io::{self, Write};

use super::wrap::{cut_left, cut_right};
use super::{SUBJECT, Text};
use crate::answer::Answer;
use crate::log::Names;
use crate::report::timeline::{Teller, again, clock, rows, totals};
use crate::timeline::{Clock, Happening, TimelineSection};

/// The width of a time of day with milliseconds, and that of a gap.
const TIME: usize = 12;
const GAP: usize = 8;

impl Text {
    /// Writes the findings of a scan in the order of time, two lines each: when, how long after the one before, the error and its problem;
    /// below, whose error it is and where it stands. `answer` gives the answer to one.
    ///
    /// ```
    /// use intune_err::{Lookup, Place, Scanner, Stream, Timeline, log::Case, report::text::Text};
    /// let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
    /// stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
    ///     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
    /// });
    /// let (mut out, lookup) = (Vec::new(), Lookup::new());
    /// Text::plain().timeline(&mut out, &timeline.sections(&case), case.names(), |of| lookup.finding(of.error().what, &of.error().context)).unwrap();
    /// let expected = "\
    /// 2024-05-13 (local time, no zone is known)
    /// 10:00:00               0x80CF0437  The client computer's clock is wrong.
    ///                        line 1
    ///
    /// 1 finding in local time without a zone
    /// ";
    /// assert_eq!(String::from_utf8(out).unwrap(), expected);
    /// ```
    pub fn timeline(
        &self,
        out: &mut (impl Write + ?Sized),
        sections: &[TimelineSection<'_>],
        names: &Names,
        answer: impl FnMut(&Happening<'_>) -> Answer,
    ) -> io::Result<()> {
        let mut teller = Teller::new(names, answer);
        let mut is_first = true;
        for section in sections {
            let indent = if section.clock == Clock::None { 0 } else { TIME + 1 + GAP + 2 };
            let room = self.width.map(|width| width.max(60) - indent);
            let mut date = None;
            for (happening, further) in rows(section) {
                let told = teller.tell(happening);
                if date.as_ref() != Some(&told.date) {
                    let clock = clock(section.clock);
                    let heading = if told.date.is_empty() { clock } else { format!("{} ({clock})", told.date) };
                    writeln!(out, "{}{}", if is_first { "" } else { "\n" }, self.label(&heading))?;
                    (date, is_first) = (Some(told.date.clone()), false);
                }
                if indent > 0 {
                    write!(out, "{:TIME$} {:>GAP$}  ", told.time, told.gap)?;
                }
                let subject = cut_right(&told.subject, 40);
                let width = subject.chars().count();
                let problem = room.map_or(told.problem.clone(), |room| cut_right(&told.problem, room.saturating_sub(width + 2).max(10)));
                writeln!(out, "{}  {problem}", self.paint(&subject, SUBJECT))?;
                let (whose, place) = match room {
                    None => (told.whose, told.place),
                    Some(room) => {
                        // The end of a place tells more than the end of a name.
                        let least = told.place.chars().count().min(room / 2);
                        let whose = cut_right(&told.whose, room - least - 2);
                        let left = if whose.is_empty() { room } else { room - 2 - whose.chars().count() };
                        (whose, cut_left(&told.place, left))
                    }
                };
                let between = if whose.is_empty() { "" } else { "  " };
                let indent = indent.max(2);
                writeln!(out, "{:indent$}{whose}{between}{place}", "")?;
                if let Some((times, last)) = further {
                    let again = again(times, &told.date, &teller.tell(last));
                    writeln!(out, "{:indent$}{}", "", room.map_or(again.clone(), |room| cut_right(&again, room)))?;
                }
            }
        }
        writeln!(out, "{}{}", if is_first { "" } else { "\n" }, totals(sections))
    }
}
