//! The summary of a scan: its table, its errors, the device, and what was not read.

use std::io::{self, Write};

use super::Text;
use super::wrap::{cut_left, cut_right};
use crate::answer::Answer;
use crate::context::Context;
use crate::ledger::Count;
use crate::log::{Device, Said};
use crate::report::overview::{Overview, Reasons, Row, device_lines, place_of};
use crate::report::{Totals, found, one_problem};
use crate::text::printable;

impl Text {
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
        writeln!(out, "{}", crate::report::totals(totals))
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
}

/// The code, or the text that was found.
fn subject_of(count: &Count, answer: &Answer) -> String {
    answer.code.map_or_else(|| printable(&count.matched).into_owned(), |code| code.to_string())
}
