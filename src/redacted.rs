//! Findings in lines without what is personal, and what files say of the device.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::ledger::{EventHead, Occurrence};
use crate::log::{Around, Fact};
use crate::redact::{Personal, Redacted, Redactor};

/// The longest line that is taken whole. Of a longer one the part around a finding is, so that many findings in it cost no more.
const LONGEST: usize = 16_384;
/// The parts of a longer line begin at multiples of this.
const PART: usize = 8192;

/// Findings whose lines a [`Redactor`] has gone through.
pub struct RedactedLines<'a>(Vec<Line<'a>>);

/// The findings of one line, or of one part of a long line.
struct Line<'a> {
    found: Vec<Occurrence<'a>>,
    /// The events that the findings stand in, where their heads have something personal.
    events: Vec<Option<EventHead>>,
    part: Range<usize>,
    text: Redacted,
    /// The lines before it and after it, where somebody shows them.
    around: Option<(Redacted, Redacted)>,
}

impl RedactedLines<'_> {
    /// The findings, in their order.
    ///
    /// ```
    /// use intune_err::{Redactor, Scanner, Stream};
    /// let (mut stream, mut redactor) = (Stream::new(Scanner::new()), Redactor::default());
    /// stream.push(b"jo@contoso.com: 0x80180014\n", |passage| {
    ///     let lines = redactor.lines(&passage.occurrences().collect::<Vec<_>>(), |_| false);
    ///     assert_eq!(lines.occurrences().next().unwrap().text, b"<user-1>: 0x80180014");
    /// });
    /// ```
    pub fn occurrences(&self) -> impl Iterator<Item = Occurrence<'_>> {
        self.0.iter().flat_map(|line| {
            line.found.iter().zip(&line.events).map(move |(found, event)| {
                let mut occurrence = Redactor::occurrence(found, &line.text, &line.part);
                occurrence.event = event.as_ref().or(found.event);
                if let Some((before, after)) = &line.around {
                    (occurrence.before, occurrence.after) = (before.text(), after.text());
                }
                occurrence
            })
        })
    }
}

impl Redactor {
    /// Goes through the lines of findings, each line once, and through the lines around those of which somebody shows them.
    ///
    /// ```
    /// let lines = intune_err::Redactor::default().lines(&[], |_| true);
    /// assert_eq!(lines.occurrences().count(), 0);
    /// ```
    pub fn lines<'a>(&mut self, found: &[Occurrence<'a>], shows_lines: impl Fn(&Occurrence<'a>) -> bool) -> RedactedLines<'a> {
        let is_same = |a: &Occurrence<'_>, b: &Occurrence<'_>| std::ptr::eq(a.text, b.text) && part(a) == part(b);
        let mut last = None;
        let lines = found.chunk_by(is_same).map(|group| {
            let part = part(&group[0]);
            let inside = |at: usize| at.clamp(part.start, part.end) - part.start;
            let errors: Vec<Range<usize>> = group.iter().map(|found| inside(found.matched.start)..inside(found.matched.end)).collect();
            let text = self.bytes(&group[0].text[part.clone()], &errors);
            let around = group.iter().any(&shows_lines).then(|| {
                let (before, after) = neighbours(&group[0]);
                (self.bytes(before, &[]), self.bytes(after, &[]))
            });
            let events = group.iter().map(|found| found.event.and_then(|event| self.event(event))).collect();
            let mut found = group.to_vec();
            for found in &mut found {
                found.around = found.around.take().map(|around| self.around(around, &mut last));
            }
            Line { found, events, part, text, around }
        });
        RedactedLines(lines.collect())
    }

    /// The head of an event, where something in it is personal.
    fn event(&mut self, event: &EventHead) -> Option<EventHead> {
        match self.redact(&event.provider) {
            Cow::Borrowed(_) => None,
            Cow::Owned(provider) => Some(EventHead { provider, ..event.clone() }),
        }
    }

    /// What stands around a finding, in the words of its log. Neighbours share it, so the `last` one is kept.
    fn around(&mut self, around: Arc<Around>, last: &mut Option<[Arc<Around>; 2]>) -> Arc<Around> {
        if let Some([of, redacted]) = last
            && Arc::ptr_eq(of, &around)
        {
            return Arc::clone(redacted);
        }
        let mut redacted = Arc::clone(&around);
        let (head, owner) = (&around.head, &around.owner);
        let texts = [head.component.as_deref(), head.thread.as_deref(), owner.step.as_deref(), owner.correlation.as_deref()];
        let texts = texts.map(|text| text.map(|text| self.redact(text)));
        if texts.iter().any(|text| matches!(text, Some(Cow::Owned(_)))) {
            let [component, thread, step, correlation] = texts.map(|text| text.map(Cow::into_owned));
            let of = Arc::make_mut(&mut redacted);
            (of.head.component, of.head.thread) = (component.map(Into::into), thread.map(Into::into));
            (of.owner.step, of.owner.correlation) = (step, correlation);
        }
        *last = Some([around, Arc::clone(&redacted)]);
        redacted
    }

    /// What a file says of the device; some of that is personal whatever it looks like.
    ///
    /// ```
    /// use intune_err::{Redactor, log::Fact};
    /// assert_eq!(Redactor::default().fact(Fact::DeviceName, "LT0042"), "<host-1>");
    /// assert_eq!(Redactor::default().fact(Fact::OsVersion, "10.0.22631.3593"), "10.0.22631.3593");
    /// ```
    pub fn fact(&mut self, fact: Fact, value: &str) -> String {
        let kind = match fact {
            Fact::DeviceName | Fact::Domain => Personal::Host,
            Fact::TenantName | Fact::TenantId | Fact::AutopilotTenant => Personal::Tenant,
            Fact::DeviceId => Personal::Device,
            Fact::EnrollmentUser => Personal::User,
            _ => return self.redact(value).into_owned(),
        };
        self.value(kind, value)
    }
}

/// The part of a finding's line that is shown.
fn part(found: &Occurrence<'_>) -> Range<usize> {
    let len = found.text.len();
    if len <= LONGEST {
        return 0..len;
    }
    let start = found.matched.start / PART * PART;
    start.saturating_sub(PART / 2)..found.matched.end.max(start + PART).saturating_add(PART / 2).min(len)
}

/// The lines before and after a finding's own, as many as anybody shows.
fn neighbours<'a>(found: &Occurrence<'a>) -> (&'a [u8], &'a [u8]) {
    const LINES: usize = 2;
    let before: usize = found.before.split_inclusive(|byte| *byte == b'\n').rev().take(LINES).map(<[u8]>::len).sum();
    let after: usize = found.after.split_inclusive(|byte| *byte == b'\n').take(LINES).map(<[u8]>::len).sum();
    (&found.before[found.before.len() - before..], &found.after[..after])
}
