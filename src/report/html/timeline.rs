//! The timeline: a drawing with a lane for each app, phase or log, a mark for each error, long gaps cut out; and the same as a table.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::escape::{Counting, Text};
use super::{MOST_TIMELINE, Page, moment, subject, whose};
use crate::Found;
use crate::log::{Level, LogFamily, Moment, Names, Time};
use crate::report::{counted, one_problem};
use crate::seen::{Lane, Mark, Sights};

/// How wide the drawing is, in thousandths of a hundredth, and where in it the marks begin and end.
const LEFT: i64 = 1_500;
const RIGHT: i64 = 98_500;
/// How high a lane is, in pixels.
const LANE: usize = 32;
/// More lanes are put together in the last one.
const LANES: usize = 14;
/// More marks are drawn coarser.
const MARKS: usize = 1500;
/// How wide a gap is that was cut out.
const CUT: i64 = 4_000;
/// How many gaps are cut out at the most.
const CUTS: usize = 8;
/// No shorter gap is cut out.
const SHORT: i64 = 600 * SECOND;
/// How far two times on the axis are apart.
const APART: i64 = 11_000;
const SECOND: i64 = 10_000_000;
/// How many rows the table has.
const ROWS: usize = 300;

/// What is drawn of a mark, the one that catches the eye most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Error,
    Warning,
    Other,
}

impl Look {
    const fn of(level: Option<Level>) -> Self {
        match level {
            Some(Level::Critical | Level::Error) => Self::Error,
            Some(Level::Warning) => Self::Warning,
            _ => Self::Other,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Other => "other",
        }
    }
}

/// A stretch of time without a long gap: its first and last tick, and where in the drawing they are.
#[derive(Debug)]
struct Stretch {
    ticks: (i64, i64),
    places: (i64, i64),
}

/// A finding with its tick.
struct Point {
    tick: i64,
    mark: Mark,
}

impl Page<'_> {
    /// Writes the timeline, where any error has a time.
    pub(super) fn timeline(&self, out: &mut Counting<'_, impl Write + ?Sized>) -> io::Result<()> {
        let Some(sights) = self.digest.sights() else { return Ok(()) };
        let mut has_local = false;
        let mut points = Vec::new();
        for (moment, mark) in sights.marks(self.case) {
            has_local |= matches!(moment, Moment::Local(_));
            if let Moment::Instant(tick) | Moment::Local(tick) = moment {
                points.push(Point { tick, mark });
            }
        }
        points.sort_unstable_by_key(|point| (point.tick, point.mark.lane, point.mark.seen, point.mark.level, point.mark.times));
        if points.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Timeline</h2>")?;
        let lanes = lanes(&points, sights);
        let stretches = stretches(&points.iter().map(|point| point.tick).collect::<Vec<_>>());
        self.drawing(out, sights, &points, &lanes, &stretches)?;
        write!(out, "<p class=\"soft legend\">Square: error. Triangle: warning. Circle: another level, or none.")?;
        if stretches.len() > 1 {
            write!(out, " Dashed: a gap without any error is cut out; how long it is stands above.")?;
        }
        if lanes.len() > LANES {
            write!(out, " {} more lanes share the last one.", lanes.len() - LANES)?;
        }
        if has_local {
            write!(out, " Some times are those of a clock whose zone no log tells; they stand where the clock says.")?;
        }
        if sights.without_time > 0 {
            write!(out, " Without a time, so not drawn: {}.", counted(sights.without_time, "finding"))?;
        }
        if sights.further > 0 {
            write!(out, " No room for {}.", counted(sights.further, "more finding"))?;
        }
        writeln!(out, "</p>")?;
        self.table(out, sights, &points)?;
        writeln!(out, "</section>")
    }

    /// The code or text of an error, and its problem.
    fn names_of(&self) -> HashMap<Found, (String, String)> {
        self.overview.errors.iter().map(|(count, answer)| (count.what, (subject(count, answer), one_problem(answer)))).collect()
    }

    fn drawing(
        &self,
        out: &mut Counting<'_, impl Write + ?Sized>,
        sights: &Sights,
        points: &[Point],
        lanes: &[Lane],
        stretches: &[Stretch],
    ) -> io::Result<()> {
        let names = self.names_of();
        let shown = lanes.len().min(LANES);
        let lane_of: HashMap<Lane, usize> = lanes.iter().enumerate().map(|(at, lane)| (*lane, at.min(LANES - 1))).collect();
        writeln!(
            out,
            "<p class=\"zoom\" hidden><button type=\"button\" value=\"2\">Zoom in</button> <button type=\"button\" value=\"0.5\">Zoom \
             out</button></p>\n<div class=\"timeline\">\n<ul class=\"lanes\" aria-hidden=\"true\">"
        )?;
        for (at, lane) in lanes.iter().take(shown).enumerate() {
            let name = if at + 1 == LANES && lanes.len() > LANES { "all others".to_owned() } else { lane_name(lane, self.case.names()) };
            writeln!(out, "<li title=\"{0}\">{0}</li>", Text(&name))?;
        }
        let (bottom, height) = (24 + shown * LANE, 24 + shown * LANE + 44);
        writeln!(
            out,
            "</ul>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline; the table after it says the same\">\n\
             <svg width=\"100%\" height=\"{height}\" aria-hidden=\"true\">"
        )?;
        for lane in 0..shown {
            let y = 24 + lane * LANE + LANE / 2;
            writeln!(out, "<line class=\"lane\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>")?;
        }
        axis(out, stretches, bottom)?;
        let mut step = 250;
        let drawn = loop {
            let mut drawn: BTreeMap<(usize, i64, Look), (&Mark, u64)> = BTreeMap::new();
            for point in points {
                let lane = lane_of[&sights.lane_of(&point.mark)];
                let key = (lane, place(stretches, point.tick) / step * step, Look::of(point.mark.level));
                drawn.entry(key).or_insert((&point.mark, 0)).1 += u64::from(point.mark.times);
            }
            if drawn.len() <= MARKS || step > 20_000 {
                break drawn;
            }
            step *= 2;
        };
        let mut left = 0;
        for ((lane, x, look), (mark, times)) in &drawn {
            if out.written > MOST_TIMELINE / 2 {
                left += times;
                continue;
            }
            let (group, what) = sights.error(mark);
            let Some((subject, problem)) = names.get(&what) else { continue };
            let more = if *times > 1 { format!(" ({} in all here)", counted(*times, "finding")) } else { String::new() };
            let title = format!("{}: {subject} {problem}{more}", moment(mark.time));
            let y = 24 + lane * LANE + LANE / 2;
            let to = self.targets.get(group, what).unwrap_or("errors");
            write!(out, "<a href=\"#{to}\" tabindex=\"-1\"><svg x=\"{}\" y=\"{y}\" class=\"{}\">", percent(*x), look.name())?;
            let (shape, end) = match look {
                Look::Error => ("<rect x=\"-5\" y=\"-5\" width=\"10\" height=\"10\">", "rect"),
                Look::Warning => ("<path d=\"M0 -6l6 11h-12z\">", "path"),
                Look::Other => ("<circle r=\"5\">", "circle"),
            };
            writeln!(out, "{shape}<title>{}</title></{end}></svg></a>", Text(&title))?;
        }
        writeln!(out, "</svg>\n</div>\n</div>")?;
        if left > 0 { writeln!(out, "<p>Not drawn for want of room: {}.</p>", counted(left, "finding")) } else { Ok(()) }
    }

    /// The same as a table, for whoever can't see the drawing. Neighbours in time that are of one error are one row.
    fn table(&self, out: &mut Counting<'_, impl Write + ?Sized>, sights: &Sights, points: &[Point]) -> io::Result<()> {
        let names = self.names_of();
        writeln!(
            out,
            "<details><summary>The timeline as a table</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The \
             timeline as a table\">\n<table>\n<thead><tr><th scope=\"col\">Time</th><th scope=\"col\">Whose</th><th scope=\"col\">Level</th>\
             <th scope=\"col\">Error</th><th scope=\"col\">Count</th></tr></thead>\n<tbody>"
        )?;
        let is_same = |a: &Point, b: &Point| (a.mark.seen, a.mark.lane, a.mark.level) == (b.mark.seen, b.mark.lane, b.mark.level);
        let rows: Vec<&[Point]> = points.chunk_by(is_same).collect();
        let mut shown = 0;
        for row in &rows {
            if shown == ROWS || out.written > MOST_TIMELINE {
                break;
            }
            shown += 1;
            let mark = &row[0].mark;
            let times: u64 = row.iter().map(|point| u64::from(point.mark.times)).sum();
            let (group, what) = sights.error(mark);
            let Some((subject, problem)) = names.get(&what) else { continue };
            writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td><a href=\"#{}\">{}</a> {}</td><td>{times}</td></tr>",
                moment(mark.time),
                Text(&lane_name(&sights.lane_of(mark), self.case.names())),
                mark.level.map_or("none", Level::name),
                self.targets.get(group, what).unwrap_or("errors"),
                Text(subject),
                Text(problem)
            )?;
        }
        writeln!(out, "</tbody>\n</table>\n</div>")?;
        if rows.len() > shown {
            writeln!(out, "<p>and {} more rows</p>", rows.len() - shown)?;
        }
        writeln!(out, "</details>")
    }
}

/// What a lane is called.
fn lane_name(lane: &Lane, names: &Names) -> String {
    match lane.family {
        Some(family) => family_name(family).to_owned(),
        None if lane.group.is_nobodys() && !lane.group.is_enrollment => "other logs".to_owned(),
        None => whose(&lane.group, names).0,
    }
}

/// A family of logs, in words.
pub(super) const fn family_name(family: LogFamily) -> &'static str {
    match family {
        LogFamily::Ime => "Intune Management Extension",
        LogFamily::Ccm => "Configuration Manager",
        LogFamily::Cbs => "Windows servicing (CBS)",
        LogFamily::Setupact => "Windows Setup",
        LogFamily::Msi => "Windows Installer",
        LogFamily::Dsregcmd => "dsregcmd",
        LogFamily::Mdmdiag => "MDM diagnostics report",
        LogFamily::WindowsUpdate => "Windows Update",
        LogFamily::Winget => "winget",
        LogFamily::CompanyPortal => "Company Portal",
        LogFamily::MacosAgent => "Intune agent for macOS",
        LogFamily::Reg => "registry",
        LogFamily::Evtx => "event logs",
    }
}

/// The lanes: enrollment and phases, then apps and scripts, then logs; of each kind the one that failed first in front.
fn lanes(points: &[Point], sights: &Sights) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for point in points {
        let lane = sights.lane_of(&point.mark);
        if !lanes.contains(&lane) {
            lanes.push(lane);
        }
    }
    let kind = |lane: &Lane| match lane.group {
        group if group.is_enrollment => 0,
        group if group.phase.is_some() => 1,
        group if group.subject.is_some() => 2,
        _ if lane.family.is_some() => 3,
        _ => 4,
    };
    (0..5).flat_map(|of| lanes.iter().filter(move |lane| kind(lane) == of)).copied().collect()
}

/// Cuts out the gaps that would take most of the drawing.
fn stretches(ticks: &[i64]) -> Vec<Stretch> {
    let (Some(first), Some(last)) = (ticks.first(), ticks.last()) else { return Vec::new() };
    let mut left = last - first;
    // The positions of the cuts, in order; each is before the tick of that position.
    let mut cuts: Vec<usize> = Vec::new();
    while cuts.len() < CUTS {
        let gaps = (1..ticks.len()).filter(|at| !cuts.contains(at)).map(|at| (ticks[at] - ticks[at - 1], at));
        let Some((gap, at)) = gaps.max() else { break };
        // A gap stays where it takes less than a quarter of what is left, or is short anyway.
        if gap < left / 4 || gap < SHORT {
            break;
        }
        left -= gap;
        cuts.insert(cuts.partition_point(|cut| *cut < at), at);
    }
    // Each stretch has some room of its own, also one of a single moment.
    let count = cuts.len() as i64 + 1;
    let room = RIGHT - LEFT - (count - 1) * CUT;
    let own = room / (4 * count);
    let shared = room - own * count;
    let (mut stretches, mut from, mut x) = (Vec::new(), 0, LEFT);
    for end in cuts.into_iter().chain([ticks.len()]) {
        let (begin, end_tick) = (ticks[from], ticks[end - 1]);
        let share = if left == 0 { shared / count } else { (i128::from(end_tick - begin) * i128::from(shared) / i128::from(left)) as i64 };
        stretches.push(Stretch { ticks: (begin, end_tick), places: (x, x + own + share) });
        x += own + share + CUT;
        from = end;
    }
    stretches
}

/// Where in the drawing a tick is.
fn place(stretches: &[Stretch], tick: i64) -> i64 {
    let at = stretches.partition_point(|stretch| stretch.ticks.1 < tick).min(stretches.len() - 1);
    let Stretch { ticks: (begin, end), places: (from, to) } = stretches[at];
    // A single moment stands in the middle of its room.
    if end == begin {
        i64::midpoint(from, to)
    } else {
        from + (i128::from(tick - begin) * i128::from(to - from) / i128::from(end - begin)) as i64
    }
}

/// A place in the drawing as a part of its width.
fn percent(place: i64) -> String {
    format!("{}.{:03}%", place / 1000, place % 1000)
}

/// The times below the lanes, and the gaps that were cut out.
fn axis(out: &mut impl Write, stretches: &[Stretch], bottom: usize) -> io::Result<()> {
    let time = |tick: i64| Time::from_filetime(tick.max(0) as u64).to_string();
    let (mut free, mut day) = (0, String::new());
    for (at, stretch) in stretches.iter().enumerate() {
        let last = at + 1 == stretches.len();
        // The last time stands left of its place.
        let ends = if last { vec![0, 1] } else { vec![0] };
        for end in ends {
            let (tick, x) = if end == 0 { (stretch.ticks.0, stretch.places.0) } else { (stretch.ticks.1, stretch.places.1) };
            let x = if stretch.ticks.0 == stretch.ticks.1 { i64::midpoint(stretch.places.0, stretch.places.1) } else { x };
            let (begin, anchor) = if end == 0 { (x, "start") } else { (x - APART, "end") };
            if begin < free || end == 1 && stretch.ticks.0 == stretch.ticks.1 {
                continue;
            }
            free = begin + APART;
            let time = time(tick);
            let x = percent(x);
            writeln!(out, "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>", bottom + 18, &time[11..19])?;
            if time[..10] != day {
                time[..10].clone_into(&mut day);
                writeln!(out, "<text class=\"soft\" x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{day}</text>", bottom + 36)?;
            }
        }
        if let Some(next) = stretches.get(at + 1) {
            let middle = percent(stretch.places.1 + CUT / 2);
            let gap = (next.ticks.0 - stretch.ticks.1) / SECOND;
            let gap = match gap {
                172_800.. => format!("{} d", gap / 86_400),
                7200.. => format!("{} h", gap / 3600),
                _ => format!("{} min", gap / 60),
            };
            writeln!(out, "<line class=\"cut\" x1=\"{middle}\" x2=\"{middle}\" y1=\"20\" y2=\"{bottom}\"/>")?;
            writeln!(out, "<text class=\"soft\" x=\"{middle}\" y=\"13\" text-anchor=\"middle\">{gap}</text>")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60 * SECOND;

    #[test]
    fn long_gaps_are_cut_out_and_short_ones_stay() {
        let ticks: Vec<i64> = [0, 1, 2, 500, 501, 503].into_iter().map(|minutes| minutes * MINUTE).collect();
        let stretches = stretches(&ticks);
        let ends: Vec<(i64, i64)> = stretches.iter().map(|stretch| (stretch.ticks.0 / MINUTE, stretch.ticks.1 / MINUTE)).collect();
        assert_eq!(ends, [(0, 2), (500, 503)]);
    }

    #[test]
    fn every_tick_has_its_place_in_order_and_within_the_drawing() {
        for ticks in [vec![5], vec![5, 5, 5], vec![0, MINUTE], vec![0, 1, 400 * MINUTE, 90_000 * MINUTE, 90_001 * MINUTE]] {
            let stretches = stretches(&ticks);
            let places: Vec<i64> = ticks.iter().map(|tick| place(&stretches, *tick)).collect();
            assert!(places.is_sorted() && places.iter().all(|place| (LEFT..=RIGHT).contains(place)), "{ticks:?}: {places:?}");
        }
    }
}
