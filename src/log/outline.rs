//! What a piece of a log with framed records tells by itself: where its records begin, which of them have to be read, and what stands around
//! the errors in them. Any thread may find it out, so the one that follows the log has little left to do.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::around::{Around, Row};
use super::claims::{Claims, Does, Known, anywhere, beginning, may_tell_others};
use super::frame::{CLOSE, OPEN, blanks, can_begin, ends, whole_end};
use super::head::{LogFamily, Texts};
use super::shapes::shapes;
use crate::text::{Borders, Marks};

/// The outline of a piece.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    records: Vec<Begin>,
    errors: Vec<Ahead>,
    /// What stands around all places of these, by what their records say alone.
    around: Vec<Arc<Around>>,
}

/// An outline that is gone through from its beginning to its end.
pub(super) struct Walk<'o> {
    outline: &'o Outline,
    /// The positions of the record and of the one with errors that come next.
    record: usize,
    error: usize,
}

/// Where a record begins.
#[derive(Debug)]
struct Begin {
    at: u32,
    read: Read,
}

/// Whether a record has to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    /// It is whole, says nothing about others, and the next one follows.
    Never,
    /// The same, but something stands between it and the next one.
    ForGap,
    Always,
}

/// A whole record with errors.
#[derive(Debug)]
pub(super) struct Ahead {
    start: u32,
    pub(super) end: u32,
    /// The family that its head told, by which it was read.
    pub(super) family: LogFamily,
    /// Which places of [`Outline::around`] are in it.
    places: Range<u32>,
    /// Whether it says nothing about whose errors it has.
    pub(super) is_silent: bool,
}

impl Outline {
    /// A block of a framed log has a frame in so many bytes.
    const BEGINNING: usize = 16 << 10;

    /// The outline of a piece with whole lines and of the places in it, if it seems to have framed records. The marks are those of the piece.
    pub(crate) fn seen(text: &[u8], places: &[usize], marks: Marks<'_>) -> Option<Self> {
        memmem::find(&text[..text.len().min(Self::BEGINNING)], OPEN).map(|_| Self::by_marks(text, places, marks))
    }

    /// The outline of a piece, and of the places in it, where nobody has looked for its marks.
    pub(super) fn of(text: &[u8], places: &[usize]) -> Self {
        let borders = Borders::of(text);
        borders.marks(&(0..text.len())).map_or_else(Self::default, |marks| Self::by_marks(text, places, marks))
    }

    fn by_marks(text: &[u8], places: &[usize], mut marks: Marks<'_>) -> Self {
        // Most records are about as long.
        let mut outline = Self { records: Vec::with_capacity(text.len() / 256), ..Self::default() };
        let Some(first) = first_open(text, &mut marks).filter(|_| u32::try_from(text.len()).is_ok()) else { return outline };
        let mut errors = Errors { text, places, row: Row::default(), texts: [Texts::default(), Texts::default()], all: Vec::new() };
        // The record at hand, and where its message ends; none after something that is no record.
        let mut open = Some((first, None));
        let mut from = first + OPEN.len();
        // Both the beginning of a record and the end of its message have an exclamation mark, and little else does.
        while let Some(mark) = marks.next(from) {
            if let (Some((start, None)), Some((close, next, rest))) = (open, follower(text, marks)) {
                outline.whole(&mut errors, (start, close, next), true, Some(next));
                (open, from, marks) = (Some((next, None)), next + OPEN.len(), rest);
                continue;
            }
            from = mark + 1;
            if text[mark] != b'!' {
                continue;
            }
            if text[mark - 5..].starts_with(CLOSE) {
                open = match open {
                    Some((start, None)) => Some((start, Some(mark - 5))),
                    Some((start, Some(_))) => {
                        outline.begin(start, Read::Always);
                        None
                    }
                    None => None,
                };
                continue;
            }
            let next = mark - 1;
            if !text[next..].starts_with(OPEN) {
                continue;
            }
            let is_line = text[next - 1] == b'\n';
            match open {
                None if !is_line => continue,
                None => {}
                // A part of the message.
                Some((_, None)) if !is_line => continue,
                Some((start, None)) => outline.begin(start, Read::Always),
                Some((start, Some(close))) => {
                    let follows = ends(&text[close + CLOSE.len()..next]);
                    if !follows && !is_line {
                        if errors.next() < next {
                            errors.read(start, close, None);
                        }
                        outline.begin(start, Read::Always);
                        open = None;
                        continue;
                    }
                    outline.whole(&mut errors, (start, close, next), follows, None);
                }
            }
            open = Some((next, None));
        }
        if let Some((start, close)) = open {
            outline.begin(start, Read::Always);
            if let Some(close) = close {
                errors.read(start, close, None);
            }
        }
        (outline.errors, outline.around) = (errors.all, errors.row.0);
        outline
    }

    /// Takes in a whole record: where it begins, its message ends, and the next one begins, at once or after something else. `end` is where the
    /// record ends, if that is known.
    #[inline]
    fn whole(&mut self, errors: &mut Errors<'_>, (start, close, next): (usize, usize, usize), follows: bool, end: Option<usize>) {
        if errors.next() < next {
            errors.read(start, close, end);
        }
        let tells = may_tell_others(&errors.text[start + OPEN.len()..close]);
        let read = if tells {
            Read::Always
        } else if follows {
            Read::Never
        } else {
            Read::ForGap
        };
        self.begin(start, read);
    }

    fn begin(&mut self, at: usize, read: Read) {
        self.records.push(Begin { at: at as u32, read });
    }

    /// To go through it.
    pub(super) const fn walk(&self) -> Walk<'_> {
        Walk { outline: self, record: 0, error: 0 }
    }
}

impl<'o> Walk<'o> {
    /// From the record that begins at `from`, passes over records up to one that has to be read, since it says something about others, since it
    /// has something at `until`, or since it is not whole. Gives where that one begins. With `with_gaps`, what stands between records is
    /// passed over, too. `from` is never less than the last time.
    pub(super) fn pass_over(&mut self, from: usize, until: usize, with_gaps: bool) -> usize {
        let (from, until) = (from as u32, u32::try_from(until).unwrap_or(u32::MAX));
        let records = self.outline.records.as_slice();
        while records.get(self.record).is_some_and(|record| record.at < from) {
            self.record += 1;
        }
        if records.get(self.record).is_none_or(|record| record.at != from) {
            return from as usize;
        }
        let is_passed = |record: &Begin| record.read == Read::Never || with_gaps && record.read == Read::ForGap;
        let passed = records[self.record..].windows(2).take_while(|pair| is_passed(&pair[0]) && pair[1].at <= until).count();
        self.record += passed;
        records[self.record].at as usize
    }

    /// The record with errors that begins here, and what stands around them, if it was read.
    pub(super) fn errors(&mut self, start: usize) -> Option<(&'o Ahead, &'o [Arc<Around>])> {
        let start = start as u32;
        let errors = self.outline.errors.as_slice();
        while errors.get(self.error).is_some_and(|error| error.start < start) {
            self.error += 1;
        }
        let error = errors.get(self.error).filter(|error| error.start == start)?;
        Some((error, &self.outline.around[error.places.start as usize..error.places.end as usize]))
    }
}

/// Where the first record begins: at the beginning of the text or of a line, or after what can be the end of another one.
fn first_open(text: &[u8], marks: &mut Marks<'_>) -> Option<usize> {
    let mut from = 0;
    while let Some(mark) = marks.next(from) {
        from = mark + 1;
        // The mark is the second byte.
        let Some(start) = mark.checked_sub(1).filter(|start| text[*start..].starts_with(OPEN)) else { continue };
        if can_begin(&text[..start]) || blanks(text) == start {
            return Some(start);
        }
    }
    None
}

/// Where the message ends that the first mark may be the end of, where the next record begins, and the marks from about there on: if that is on
/// the line after the head, as nearly always, or on the same one.
#[inline]
fn follower<'m>(text: &[u8], marks: Marks<'m>) -> Option<(usize, usize, Marks<'m>)> {
    let ([mark, _, head, _], rest) = marks.ahead()?;
    let close = mark.checked_sub(5).filter(|close| text[*close..].starts_with(CLOSE) && text[head] == b'>')?;
    let next = match text[head + 1..] {
        [b'\r', b'\n', ..] => head + 3,
        [b'\n', ..] => head + 2,
        _ => head + 1 + blanks(&text[head + 1..]),
    };
    text[next..].starts_with(OPEN).then_some((close, next, rest))
}

/// Reads the records with errors.
struct Errors<'t> {
    text: &'t [u8],
    /// The places that are still to come.
    places: &'t [usize],
    row: Row,
    /// The component and the thread.
    texts: [Texts; 2],
    all: Vec<Ahead>,
}

impl Errors<'_> {
    /// Where the next one stands.
    fn next(&self) -> usize {
        self.places.first().copied().unwrap_or(usize::MAX)
    }

    /// Reads the record that begins at `start`, and whose message ends at `close`, if it has an error. One that tells about other records is
    /// left to who knows them. `end` is where the record ends, if that is known.
    fn read(&mut self, start: usize, close: usize, end: Option<usize>) {
        let before = self.places.iter().take_while(|place| **place < start).count();
        self.places = &self.places[before..];
        if self.places.is_empty() {
            return;
        }
        let Some(end) = end.or_else(|| whole_end(self.text, close)) else { return };
        let inside = &self.places[..self.places.iter().take_while(|place| **place < end).count()];
        if inside.is_empty() {
            return;
        }
        self.places = &self.places[inside.len()..];
        let Some((shape, found)) = shapes().end(&self.text[close..end]) else { return };
        let (Some(family), true) = (shape.family, found.date.is_some()) else { return };
        let message = start + OPEN.len()..close;
        let record = &self.text[message.clone()];
        let says = beginning(record, Some(family));
        let is_quiet = says.as_ref().is_none_or(|says| says.claimer.does == Does::Mentions && says.name().is_none());
        if !is_quiet || !anywhere(record, Some(family), true).is_empty() {
            return;
        }
        let claims = Claims::with(says.as_ref(), record, Some(family));
        let first = self.row.0.len() as u32;
        let head = shape.head(&found, None, &mut self.texts);
        self.row.record(head, &claims, &Known::default(), inside.iter().map(|place| place.saturating_sub(message.start)));
        let places = first..self.row.0.len() as u32;
        self.all.push(Ahead { start: start as u32, end: end as u32, family, places, is_silent: claims.is_silent() });
    }
}

#[cfg(test)]
mod tests {
    use super::Read::{Always, ForGap, Never};
    use super::*;

    const HEAD: &str = "<time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"A\" context=\"\" type=\"1\" thread=\"7\" file=\"\">";
    const APP: &str = "11111111-aaaa-4aaa-8aaa-111111111111";

    fn record(message: &str) -> String {
        format!("<![LOG[{message}]LOG]!>{HEAD}")
    }

    fn places(text: &str) -> Vec<usize> {
        text.match_indices("0x8").map(|(place, _)| place).collect()
    }

    /// The letter that a record begins with.
    fn letter(text: &str, start: u32) -> &str {
        &text[start as usize + OPEN.len()..][..1]
    }

    #[test]
    fn a_record_is_passed_over_where_it_is_whole_tells_nothing_and_the_next_one_follows() {
        let [a, b, c] = ["a", "b", "c"].map(record);
        let many: &[(&str, Read)] = &[("a", Never), ("b", Never), ("c", Always)];
        let two: &[(&str, Read)] = &[("a", Never), ("b", Always)];
        let apart: &[(&str, Read)] = &[("a", ForGap), ("b", Always)];
        let read: &[(&str, Read)] = &[("a", Always), ("b", Always)];
        for (name, text, expected) in [
            ("a record per line", format!("{a}\n{b}\n{c}\n"), many),
            ("lines of Windows", format!("{a}\r\n{b}\r\n{c}\r\n"), many),
            ("something before the first", format!("x!\n{a}\n{b}\n"), two),
            ("blank lines between", format!("{a}\n\r\n\n{b}\n"), two),
            ("two on one line", format!("{a}{b}\n"), two),
            ("blanks between two on one line", format!("{a} \t{b}\n"), two),
            ("all on one line, which begins and ends within others", format!("x]LOG]!>{HEAD} {a} {b} {c} <![LO"), many),
            ("a line that goes on with a blank", format!(" {a} {b}"), two),
            ("marks in the message", format!("{}\n{b}\n", record("a! b!")), two),
            ("a mark in the head", format!("{}\n{b}\n", a.replace("component=\"A\"", "component=\"A!\"")), two),
            ("a beginning in the message", format!("{}\n{b}\n", record("a <![LOG[ x")), two),
            ("a line between", format!("{a}\nx\n{b}\n"), apart),
            ("a line with a mark between", format!("{a}\nx!\n{b}\n"), apart),
            ("something after the head", format!("{a} x\n{b}\n"), apart),
            ("a head without an end", format!("<![LOG[a]LOG]!>\n{b}\n"), apart),
            ("one without an end", format!("<![LOG[a\n{b}\n"), read),
            ("one that ends twice", format!("<![LOG[a]LOG]!>x]LOG]!>\n{b}\n"), read),
            ("one within a line after one that ends twice", format!("<![LOG[a]LOG]!>x]LOG]!> {c}\n{b}\n"), read),
            ("something between two on one line", format!("{a} x {c}\n{b}\n"), read),
            ("no frame", "a!\nb!\n".to_owned(), &[]),
        ] {
            let outline = Outline::of(text.as_bytes(), &[]);
            let records: Vec<_> = outline.records.iter().map(|begin| (letter(&text, begin.at), begin.read)).collect();
            assert_eq!(records, expected, "{name}: {text}");
        }
        let told = record("EMS Agent Started") + "\n" + &b;
        assert_eq!(Outline::of(told.as_bytes(), &[]).records[0].read, Always);
    }

    #[test]
    fn errors_are_read_ahead_where_their_record_tells_nothing_about_others() {
        let [a, b, c] = ["a 0x8", "b", "c 0x8 0x8"].map(record);
        let named = record(&format!("[Win32App] ExecManager: processing targeted app (name='N', id='{APP}') with intent=3 0x8"));
        let about = record(&format!("b app with id: {APP}, 0x8"));
        let all: &[(&str, usize, bool)] = &[("a", 1, true), ("c", 2, true)];
        for (name, text, expected) in [
            ("each record by itself", format!("{a}\n{b}\n{c}\n"), all),
            ("errors between records", format!("0x8\n{a}\n0x8\n{b}\n0x8 0x8\n{c}\n0x8"), all),
            ("something between two on one line", format!("{a} x {b}\n{c}\n"), all),
            ("one that says whose it is", format!("{about}\n{c}\n"), &[("b", 1, false), ("c", 2, true)]),
            ("one that tells about others", format!("{named}\n{c}\n"), &[("c", 2, true)]),
            ("one without an end", format!("<![LOG[b 0x8\n{c}\n"), &[("c", 2, true)]),
            ("one with no head", format!("<![LOG[b 0x8]LOG]!><b>\n{c}\n"), &[("c", 2, true)]),
            ("a head without a date", format!("{}\n{c}\n", a.replace("5-13-2024", "?")), &[("c", 2, true)]),
        ] {
            let outline = Outline::of(text.as_bytes(), &places(&text));
            let mut walk = outline.walk();
            let of_walk = outline.records.iter().filter_map(|begin| walk.errors(begin.at as usize));
            let errors: Vec<_> = of_walk.map(|(ahead, around)| (letter(&text, ahead.start), around.len(), ahead.is_silent)).collect();
            assert_eq!(errors, expected, "{name}: {text}");
            assert!(
                outline
                    .errors
                    .iter()
                    .all(|ahead| text[..ahead.end as usize].ends_with('\n') || text[ahead.end as usize..].starts_with(" x"))
            );
        }
    }

    #[test]
    fn a_walk_stops_where_something_has_to_be_read() {
        let text = format!("{}\n{}\n{}\nx\n{}\n{}\n", record("a"), record("b"), record("c"), record("EMS Agent Started"), record("e"));
        let outline = Outline::of(text.as_bytes(), &[]);
        let at: Vec<usize> = outline.records.iter().map(|begin| begin.at as usize).collect();
        for (name, from, until, with_gaps, stop) in [
            ("what stands between two", at[0], text.len(), false, at[2]),
            ("one that tells about others", at[0], text.len(), true, at[3]),
            ("one that has a place", at[0], at[1] + 9, true, at[1]),
            ("one that begins with a place", at[0], at[1], true, at[1]),
            ("one that is behind others", at[1], text.len(), false, at[2]),
            ("no record", 5, text.len(), true, 5),
        ] {
            assert_eq!(outline.walk().pass_over(from, until, with_gaps), stop, "{name}");
        }
        let mut walk = outline.walk();
        assert_eq!((walk.pass_over(at[1], at[1], true), walk.pass_over(at[2], text.len(), true)), (at[1], at[3]));
    }

    #[test]
    fn the_next_record_follows_at_once_where_it_is_on_the_line_of_the_head_or_the_one_after_it() {
        for (head, next) in [
            ("<a>\n<![LOG[", Some(4)),
            ("<a>\r\n<![LOG[", Some(5)),
            ("<a>\r\r\n<![LOG[", None),
            ("<a>\n\n<![LOG[", None),
            ("<a>\n <![LOG[", None),
            ("<a>\nx<![LOG[", None),
            ("<a> \n<![LOG[", None),
            ("<a><![LOG[", Some(3)),
            ("<a> \t<![LOG[", Some(5)),
            ("<a> x<![LOG[", None),
            ("<!>\n<![LOG[", None),
            ("<a\n>\n<![LOG[", None),
            ("<a>\n", None),
            ("<a>", None),
            ("", None),
        ] {
            let before = "<![LOG[>\n]LOG]!>";
            let text = before.to_owned() + head + "!";
            let borders = Borders::of(text.as_bytes());
            let mut marks = borders.marks(&(0..text.len())).unwrap();
            marks.next(before.len() - 2);
            let found = follower(text.as_bytes(), marks).map(|(close, next, _)| (close, next));
            assert!(found.is_none_or(|(close, next)| whole_end(text.as_bytes(), close) == Some(next)), "{head:?}");
            assert_eq!(found, next.map(|next| (before.len() - CLOSE.len(), before.len() + next)), "{head:?}");
        }
    }

    #[test]
    fn a_piece_without_a_frame_near_its_beginning_has_no_outline() {
        let seen = |text: &str| Outline::seen(text.as_bytes(), &[], Borders::of(text.as_bytes()).marks(&(0..text.len())).unwrap());
        let near = "x".repeat(10_000) + "\n" + &record("a");
        let far = "x".repeat(20_000) + "\n" + &record("a");
        assert_eq!(seen(&near).unwrap().records.len(), 1);
        assert!(seen(&far).is_none());
    }
}
