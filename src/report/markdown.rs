//! Answers as Markdown, ready to paste into a ticket.

use std::io::{self, Write};

use super::overview::{Overview, Reasons, device_lines, place_of};
use super::timeline::{Teller, again, clock, rows, totals as totals_in_time};
use super::{
    GUIDE_FOLLOWS, Totals, WayOut, facility_names, found, guide_title, heading, meaning, names, one_problem, platforms, shown, wraps,
};
use crate::answer::{Answer, Hit, Reason, SearchResult};
use crate::code::{Code, Severity};
use crate::context::Context;
use crate::ledger::Count;
use crate::log::{Device, Names};
use crate::table::{ChecklistItem, Entry, Guide, Topic, checklist_source};
use crate::text::printable;
use crate::timeline::{Clock, Happening, TimelineSection};

/// Writes an answer.
///
/// ```
/// let mut out = Vec::new();
/// intune_err::report::markdown::answer(&mut out, &intune_err::Code::new(0x80CF_0437).into()).unwrap();
/// assert!(out.starts_with(b"### 0x80CF0437 (-2133916617)\n\n**Problem:** The client computer's clock is wrong.\n"));
/// ```
pub fn answer(out: &mut (impl Write + ?Sized), answer: &Answer) -> io::Result<()> {
    head(out, answer, None)?;
    body(out, answer)
}

/// Writes an answer, and how often and where a scan found it: the entry that fits best whole, the others with one line each.
///
/// ```
/// use intune_err::{Answer, Code, Found, Place, Tally, report::markdown};
/// let mut tally = Tally::default();
/// tally.add(Found::Code(Code::new(0x80CF_0437)), b"80cf0437", &Place { path: None, line: 7, is_record: false });
/// let (mut out, count) = (Vec::new(), tally.counts()[0]);
/// markdown::count(&mut out, 1, &Answer::from(count.what), count, &Default::default()).unwrap();
/// assert!(out.starts_with(b"### 1. 0x80CF0437 (-2133916617)\n\n**Found:** once, line 7\n"));
/// ```
pub fn count(out: &mut (impl Write + ?Sized), number: usize, answer: &Answer, count: &Count, context: &Context) -> io::Result<()> {
    let (whole, others) = shown(answer, context);
    head(out, answer, Some((number, &found(count))))?;
    if others.is_empty() && (!answer.is_generic() || !whole.is_empty()) {
        return body(out, answer);
    }
    for best in whole {
        entry(out, "Problem", *best, answer.code.is_none(), &mut Vec::new())?;
    }
    let other = |entry: &Entry| format!("{} (`intune-err {}`)", escaped(entry.problem()), entry.id());
    list(out, "Also", others.iter().map(other), false)
}

/// Writes the table that a summary begins with, a row per error, and the totals.
///
/// ```
/// use intune_err::{Groups, Tally, log::Case, report::{Overview, Totals, markdown}};
/// let (mut out, totals) = (Vec::new(), Totals { files: 1, lines: 9, findings: 0, errors: 0, unread: 0 });
/// let (tally, groups, case) = (Tally::default(), Groups::default(), Case::default());
/// markdown::overview(&mut out, &Overview::of(&tally, &groups, &case, |count| count.what.into()), &totals).unwrap();
/// assert_eq!(out, b"0 findings of 0 errors in 9 lines of 1 file\n");
/// ```
pub fn overview(out: &mut (impl Write + ?Sized), overview: &Overview<'_>, totals: &Totals) -> io::Result<()> {
    for section in &overview.sections {
        if let Some(heading) = &section.heading {
            writeln!(out, "**{}**\n", escaped(heading))?;
        }
        writeln!(out, "| # | Count | Error | Problem | First |\n| --- | --- | --- | --- | --- |")?;
        for row in &section.rows {
            let (count, answer) = &overview.errors[row.error];
            let of = answer.code.map_or_else(|| printable(&count.matched).into_owned(), |code| code.to_string());
            let (problem, first) = (cell(&one_problem(answer)), cell(&printable(&row.first.to_string())));
            writeln!(out, "| {} | {} | {} | {problem} | {first} |", row.error + 1, row.times, cell(&of))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", super::totals(totals))
}

/// Writes the findings of a scan in the order of time: a table per clock, and the totals. `answer` gives the answer to one.
///
/// ```
/// use intune_err::{Lookup, Place, Scanner, Stream, Timeline, log::Case, report::markdown};
/// let (mut case, mut stream, mut timeline) = (Case::default(), Stream::new(Scanner::new()), Timeline::default());
/// stream.push(b"2024-05-13 10:00:00, Error  CSI  0x80CF0437\n", |passage| {
///     passage.followed(&mut case).occurrences().for_each(|found| timeline.add(&found, &Place { line: 1, ..Place::default() }));
/// });
/// let (mut out, lookup) = (Vec::new(), Lookup::new());
/// markdown::timeline(&mut out, &timeline.sections(&case), case.names(), |of| lookup.finding(of.error().what, &of.error().context)).unwrap();
/// let row = "| 2024-05-13 10:00:00 | | 0x80CF0437 | The client computer's clock is wrong. | | line 1 |\n";
/// assert!(String::from_utf8(out).unwrap().contains(row));
/// ```
pub fn timeline(
    out: &mut (impl Write + ?Sized),
    sections: &[TimelineSection<'_>],
    names: &Names,
    answer: impl FnMut(&Happening<'_>) -> Answer,
) -> io::Result<()> {
    let mut teller = Teller::new(names, answer);
    for section in sections {
        let has_time = section.clock != Clock::None;
        let heading = clock(section.clock);
        writeln!(out, "**{}**\n", escaped(&if has_time { format!("Times in {heading}") } else { heading }))?;
        let head = if has_time { "| Time | Gap " } else { "" };
        let line = if has_time { "| --- | --- " } else { "" };
        writeln!(out, "{head}| Error | Problem | Whose | Place |\n{line}| --- | --- | --- | --- |")?;
        for (happening, further) in rows(section) {
            let told = teller.tell(happening);
            if has_time {
                write!(out, "| {} {} {}", told.date, told.time, filled(&told.gap))?;
            }
            let again = further.map(|(times, last)| format!("; {}", again(times, &told.date, &teller.tell(last)))).unwrap_or_default();
            let place = told.place + &again;
            let [subject, problem, whose, place] = [&told.subject, &told.problem, &told.whose, &place].map(|text| filled(&cell(text)));
            writeln!(out, "{subject}{problem}{whose}{place}|")?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", totals_in_time(sections))
}

/// A cell with what stands before it.
fn filled(cell: &str) -> String {
    if cell.is_empty() { "| ".to_owned() } else { format!("| {cell} ") }
}

/// Writes what the files of a bundle say of the device as a table; nothing where they say nothing.
///
/// ```
/// use intune_err::{log::Device, report::markdown};
/// let (mut out, mut device) = (Vec::new(), Device::default());
/// device.begin(Some("ver.txt"));
/// device.push(b"Microsoft Windows [Version 10.0.22631.3593]\n");
/// markdown::device(&mut out, &device).unwrap();
/// assert_eq!(out, b"| Device | | Found in |\n| --- | --- | --- |\n| Windows version | 10.0.22631.3593 | ver.txt:1 |\n\n");
/// ```
pub fn device(out: &mut (impl Write + ?Sized), device: &Device) -> io::Result<()> {
    let lines = device_lines(device);
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "| Device | | Found in |\n| --- | --- | --- |")?;
    for line in lines {
        let place = |said| cell(&printable(&place_of(said)));
        writeln!(out, "| {} | {} | {} |", line.label, cell(&printable(&line.value)), place(line.said))?;
        for other in line.others {
            writeln!(out, "| but also | {} | {} |", cell(&printable(&other.value)), place(other))?;
        }
    }
    writeln!(out)
}

/// Writes what was not read as a list; nothing where all was read.
///
/// ```
/// use intune_err::report::{Reasons, markdown};
/// let (mut out, mut reasons) = (Vec::new(), Reasons::default());
/// reasons.add("a.zip!b.log", "encrypted");
/// markdown::unread(&mut out, &reasons).unwrap();
/// assert_eq!(out, b"\n**Not read:**\n\n- encrypted: a.zip!b.log\n");
/// ```
pub fn unread(out: &mut (impl Write + ?Sized), unread: &Reasons) -> io::Result<()> {
    let lines = unread.lines();
    if !lines.is_empty() {
        writeln!(out, "\n**Not read:**\n")?;
    }
    lines.iter().try_for_each(|line| writeln!(out, "- {}", escaped(line)))
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}

/// What is known of the code or name itself.
fn head(out: &mut (impl Write + ?Sized), answer: &Answer, occurrences: Option<(usize, &str)>) -> io::Result<()> {
    let number = occurrences.map(|(number, _)| format!("{number}. ")).unwrap_or_default();
    match answer.code {
        Some(code) => writeln!(out, "### {number}{code} ({})", decimal(code))?,
        None => writeln!(out, "### {number}{}", escaped(&printable(answer.subject())))?,
    }
    if let Some((_, occurrences)) = occurrences {
        writeln!(out, "\n**Found:** {}", escaped(occurrences))?;
    }
    if let Some(meaning) = meaning(answer) {
        writeln!(out, "\n**Meaning:** {}", escaped(&meaning))?;
    }
    for reason in answer.reasons.iter().filter(|reason| **reason != Reason::Generic) {
        writeln!(out, "\n{}", escaped(&reason.to_string()))?;
    }
    let symbols = names(&answer.symbols);
    if !symbols.is_empty() {
        writeln!(out, "\n**Symbol:** `{}`", symbols.join("`, `"))?;
    }
    Ok(())
}

/// The entries, or else what the bits of the code say.
fn body(out: &mut (impl Write + ?Sized), answer: &Answer) -> io::Result<()> {
    let is_one = answer.entries.len() == 1;
    if !is_one {
        list(out, "Problems", answer.entries.iter().map(|entry| escaped(entry.problem())), true)?;
    }
    let mut guides = Vec::new();
    for (position, &entry) in answer.entries.iter().enumerate() {
        let label = if is_one { "Problem".to_owned() } else { format!("Problem {}", position + 1) };
        // The heading of a code says how it is written in decimal; that of a name or a message does not.
        self::entry(out, &label, entry, answer.code.is_none(), &mut guides)?;
    }
    if answer.entries.is_empty()
        && let Some(guide) = answer.guide
    {
        self::guide(out, guide)?;
    }
    if let Some(event) = answer.event.filter(|_| answer.entries.is_empty()) {
        list(out, "Source", std::iter::once(format!("<{}>", event.source())), false)?;
    }
    if answer.entries.is_empty()
        && let Some(anatomy) = &answer.anatomy
    {
        if !answer.found() {
            writeln!(out, "\nNo entry and no symbol is known for this code.")?;
        }
        let names = facility_names(anatomy);
        let wraps = wraps(anatomy).map(|wraps| format!(", wraps {wraps}")).unwrap_or_default();
        let severity = anatomy.severity.map_or("none", Severity::name);
        let facility = anatomy.facility.map_or_else(|| "none".to_owned(), |facility| facility.to_string());
        writeln!(
            out,
            "\n**Anatomy:** {}, severity {severity}, facility {facility}{}, value {}{}",
            anatomy.kind.name(),
            escaped(&names),
            anatomy.value,
            escaped(&wraps)
        )?;
    }
    if !answer.suggestions.is_empty() {
        writeln!(out, "\n**Similar:** {}", escaped(&answer.suggestions.join(", ")))?;
    }
    Ok(())
}

/// A code as decimal logs and portals show it.
fn decimal(code: Code) -> i64 {
    if code.is_failure() { i64::from(code.signed()) } else { i64::from(code.bits()) }
}

/// A guide: its title, its steps and where they come from.
fn guide(out: &mut (impl Write + ?Sized), guide: Guide) -> io::Result<()> {
    writeln!(out, "\n**Guide:** {}", escaped(&guide_title(guide)))?;
    writeln!(out)?;
    for (position, step) in guide.steps().enumerate() {
        writeln!(out, "{}. {}", position + 1, escaped(step))?;
    }
    list(out, "Note", guide.notes().map(escaped), false)?;
    list(out, "Source", guide.sources().map(|source| format!("<{source}>")), false)
}

/// Writes an entry. A guide that was written before is only named.
fn entry(out: &mut (impl Write + ?Sized), label: &str, entry: Entry, with_decimals: bool, guides: &mut Vec<Guide>) -> io::Result<()> {
    writeln!(out, "\n**{label}:** {}", escaped(entry.problem()))?;
    if let Some(file) = entry.file() {
        writeln!(out, "\n**From:** {}", escaped(file))?;
    }
    list(out, "Cause", entry.causes().map(escaped), false)?;
    match WayOut::of(entry) {
        WayOut::Steps => list(out, "Resolution", entry.resolution().map(escaped), true)?,
        WayOut::Nothing(why) => writeln!(out, "\n**Resolution:** Nothing to do: {}", escaped(why))?,
        WayOut::Guide(_) => writeln!(out, "\n**Resolution:** {}", escaped(GUIDE_FOLLOWS))?,
        WayOut::None(why) => writeln!(out, "\n**Resolution:** {}", escaped(why))?,
    }
    list(out, "Note", entry.notes().map(escaped), false)?;
    if let Some(legacy) = entry.legacy() {
        writeln!(out, "\n**Legacy:** {}", escaped(legacy))?;
    }
    let written = |code: Code| if with_decimals { format!("`{code}` ({})", decimal(code)) } else { format!("`{code}`") };
    let codes: Vec<String> = entry.codes().map(written).collect();
    let known_as: Vec<String> = entry.names().map(|name| format!("`{name}`")).collect();
    for (label, list) in [("Codes", codes), ("Names", known_as)] {
        if !list.is_empty() {
            writeln!(out, "\n**{label}:** {}", list.join(", "))?;
        }
    }
    list(out, "Message", entry.messages().map(escaped), false)?;
    writeln!(out, "\n**Platforms:** {}", platforms(entry.platforms()))?;
    list(out, "Source", entry.sources().map(|source| format!("<{source}>")), false)?;
    match WayOut::of(entry) {
        WayOut::Guide(of) if guides.contains(&of) => writeln!(out, "\n**Guide:** {}: see above.", escaped(&guide_title(of))),
        WayOut::Guide(of) => {
            guides.push(of);
            guide(out, of)
        }
        _ => Ok(()),
    }
}

/// One item after its label, several as a list below it.
fn list(out: &mut (impl Write + ?Sized), label: &str, items: impl ExactSizeIterator<Item = String>, numbered: bool) -> io::Result<()> {
    let count = items.len();
    for (position, item) in items.enumerate() {
        match (position, count, numbered) {
            (_, 1, _) => writeln!(out, "\n**{label}:** {item}")?,
            (0, _, true) => write!(out, "\n**{label}:**\n\n1. {item}\n")?,
            (0, _, false) => write!(out, "\n**{label}:**\n\n- {item}\n")?,
            (_, _, true) => writeln!(out, "{}. {item}", position + 1)?,
            (_, _, false) => writeln!(out, "- {item}")?,
        }
    }
    Ok(())
}

/// Writes a hit of a search as an item of a list.
///
/// ```
/// let (mut out, hits) = (Vec::new(), intune_err::search("client clock wrong"));
/// intune_err::report::markdown::hit(&mut out, &hits[0]).unwrap();
/// assert!(out.starts_with(b"- **client-clock-wrong** (`0x80CF0437`): "));
/// ```
pub fn hit(out: &mut (impl Write + ?Sized), hit: &Hit) -> io::Result<()> {
    match hit.result {
        SearchResult::Entry(entry) => row(out, entry),
        SearchResult::Meaning(meaning) => {
            let name = meaning.name().map(|name| format!(" `{name}`")).unwrap_or_default();
            writeln!(out, "- `{}`{name}: {}", meaning.code(), escaped(meaning.text()))
        }
        SearchResult::Symbol(symbol) => writeln!(out, "- `{}` `{}`", symbol.code(), symbol.name()),
    }
}

/// Writes an entry as an item of a list.
///
/// ```
/// let (mut out, entry) = (Vec::new(), intune_err::Entry::by_name("client-clock-wrong").next().unwrap());
/// intune_err::report::markdown::row(&mut out, entry).unwrap();
/// assert_eq!(out, b"- **client-clock-wrong** (`0x80CF0437`): The client computer's clock is wrong.\n");
/// ```
pub fn row(out: &mut (impl Write + ?Sized), entry: Entry) -> io::Result<()> {
    let mut known_as: Vec<String> = entry.codes().map(|code| format!("`{code}`")).collect();
    known_as.extend(entry.names().map(|name| format!("`{name}`")));
    let known_as = if known_as.is_empty() { String::new() } else { format!(" ({})", known_as.join(", ")) };
    let from = entry.file().map(|file| format!(" (from {})", escaped(file))).unwrap_or_default();
    writeln!(out, "- **{}**{known_as}: {}{from}", entry.id(), escaped(entry.problem()))
}

/// Writes the points of the checklist as boxes to tick, before them a sentence about them.
///
/// ```
/// let (mut out, points) = (Vec::new(), intune_err::checklist().collect::<Vec<_>>());
/// intune_err::report::markdown::checklist(&mut out, None, &points).unwrap();
/// assert!(out.starts_with(b"### Confirm first\n\n- [ ] "));
/// ```
pub fn checklist(out: &mut (impl Write + ?Sized), about: Option<&str>, points: &[ChecklistItem]) -> io::Result<()> {
    if let Some(about) = about {
        writeln!(out, "{}\n", escaped(about))?;
    }
    for topic in Topic::ALL {
        let mut points = points.iter().filter(|point| point.topic() == topic).peekable();
        if points.peek().is_some() {
            writeln!(out, "### {}\n", heading(topic))?;
        }
        let mut any = false;
        for point in points {
            any = true;
            let link = point.link().map(|link| format!(" <{link}>")).unwrap_or_default();
            writeln!(out, "- [ ] {}{link}", escaped(point.text()))?;
        }
        if any {
            writeln!(out)?;
        }
    }
    writeln!(out, "**Source:** <{}>", checklist_source())
}

/// A text in which only what stands in backticks is Markdown. Nothing is escaped that would not act: many tickets show the backslashes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let paired = text.matches('`').count().is_multiple_of(2);
    let (mut in_code, mut before) = (false, ' ');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let behind = rest.peek().copied().unwrap_or(' ');
        let acts = match c {
            '`' if paired => {
                in_code = !in_code;
                false
            }
            '`' | '*' | '<' => true,
            '_' => !before.is_alphanumeric() || !behind.is_alphanumeric(),
            '\\' => behind.is_ascii_punctuation(),
            '#' | '>' | '+' | '-' => escaped.is_empty(),
            _ => false,
        };
        if acts && !in_code {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn only_what_would_act_is_escaped() {
        for (text, expected) in [
            ("Devices > Enrollment > Apple", "Devices > Enrollment > Apple"),
            ("HKLM\\SOFTWARE\\X, REG_DWORD", "HKLM\\SOFTWARE\\X, REG_DWORD"),
            ("C:\\_x\\*", "C:\\\\\\_x\\\\\\*"),
            ("the value <hash> of `a <b> _c_`", "the value \\<hash> of `a <b> _c_`"),
            ("a _b_ ` c", "a \\_b\\_ \\` c"),
            ("# no heading", "\\# no heading"),
            ("- no item", "\\- no item"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
