//! One HTML file that tells a whole scan: what failed first, what is known of the device, a timeline, each error with its answer and its
//! places, and what was not read. It needs no script and asks nothing of any server; what comes from a log is text in it and never markup.

mod answer;
mod escape;
mod first;
mod timeline;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use super::overview::{DeviceLine, Overview, Reasons, device_lines, place_of, without_fraction};
use super::{Totals, counted, totals};
use crate::Found;
use crate::answer::{Answer, Lookup};
use crate::digest::Digest;
use crate::grouped::Group;
use crate::ledger::Count;
use crate::log::{Case, Fact, Names, OwnerKind, Phase, Said, Time};
use crate::table::{Entry, Meaning, Symbol};
use escape::{Counting, Text};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The hashes by which the page's policy knows its own style and script; nothing else is applied or run. A test computes them anew.
const STYLE_HASH: &str = "sha256-/OXVX6ufeeyg2/Fve0gwFbh/XLMX1rJDA+DWku4pGLo=";
const SCRIPT_HASH: &str = "sha256-+icNGoEUTpVauF0XcgLtUiMPMGus5UyvCYymxkQ4lPQ=";

/// What a report begins with. By this a scan knows one, and does not read it as a log.
pub const SIGN: &str = "<!DOCTYPE html>\n<!-- A report of intune-err -->\n";

/// How far each part may fill the page, in bytes: an input made to do harm has more than fits, and the rest is counted.
const MOST_TIMELINE: u64 = 900_000;
const MOST_ANSWERS: u64 = 2_000_000;
const MOST_ERRORS: u64 = 2_400_000;
const MOST_UNREAD: u64 = 2_600_000;
const MOST_INPUTS: u64 = 2_850_000;

/// What of the device is seen first.
const KEY_FACTS: [Fact; 8] = [
    Fact::OsName,
    Fact::OsVersion,
    Fact::DeviceName,
    Fact::Model,
    Fact::EntraJoined,
    Fact::MdmAuthority,
    Fact::EnrollmentType,
    Fact::AutopilotProfile,
];

/// What stands between the parts of a path.
const SEPARATORS: [char; 2] = ['/', '\\'];

/// The name of an input that has no path.
const STANDARD_INPUT: &str = "standard input";

/// What a report says of itself.
///
/// ```
/// let mut about = intune_err::report::html::About::new("2026-11-29T08:00:00Z");
/// about.inputs = vec!["DiagLogs.zip".to_owned()];
/// assert!(!about.is_redacted);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct About {
    /// When it was made.
    pub made: String,
    /// What was named to be read.
    pub inputs: Vec<String>,
    /// How many of the records are somebody's own.
    pub own_records: usize,
    /// Whether what is personal was taken out.
    pub is_redacted: bool,
    /// Whether the user ended the scan before everything was read.
    pub is_cut: bool,
    /// How many findings were found and not wanted, by their time, log or app.
    pub left_out: u64,
}

impl About {
    /// A report that was made at this time.
    ///
    /// ```
    /// assert_eq!(intune_err::report::html::About::new("2026-11-29T08:00:00Z").made, "2026-11-29T08:00:00Z");
    /// ```
    pub fn new(made: &str) -> Self {
        Self { made: made.to_owned(), ..Self::default() }
    }
}

/// Writes the report of what a scan found: [`Digest::for_report`] has to have kept it.
///
/// ```
/// use intune_err::report::{Reasons, html};
/// use intune_err::{Digest, Lookup, Scanner, Stream, log::Case};
/// let (mut stream, mut digest, mut out) = (Stream::new(Scanner::new()), Digest::for_report(), Vec::new());
/// digest.begin(None);
/// stream.push(b"<script>hr = 0x80CF0437\n", |passage| passage.occurrences().for_each(|found| digest.add(&found)));
/// let about = html::About::new("2026-11-29T08:00:00Z");
/// html::report(&mut out, &digest, &Case::default(), &Lookup::new(), &Reasons::default(), &about).unwrap();
/// let page = String::from_utf8(out).unwrap();
/// assert!(page.contains("&lt;script&gt;hr = <mark>0x80CF0437</mark>"), "{page}");
/// ```
pub fn report(
    out: &mut (impl Write + ?Sized),
    digest: &Digest,
    case: &Case,
    lookup: &Lookup,
    unread: &Reasons,
    about: &About,
) -> io::Result<()> {
    let mut out = Counting::new(out);
    let overview = Overview::of_digest(digest, case, lookup);
    let page = Page { digest, case, unread, about, targets: Targets::of(&overview), overview };
    page.begin(&mut out)?;
    writeln!(out, "<main>\n<div class=\"top\">")?;
    page.first(&mut out)?;
    page.about(&mut out)?;
    writeln!(out, "</div>")?;
    page.timeline(&mut out)?;
    page.findings(&mut out)?;
    page.facts(&mut out)?;
    page.inputs(&mut out)?;
    write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")
}

/// What a report is made of.
struct Page<'a> {
    digest: &'a Digest,
    case: &'a Case,
    unread: &'a Reasons,
    about: &'a About,
    targets: Targets,
    overview: Overview<'a>,
}

/// The name of an error's place in the page, for links to it.
fn target(section: usize, error: usize) -> String {
    format!("s{}e{}", section + 1, error + 1)
}

/// Where each error stands in the page, by whose it is, and first of all.
struct Targets {
    of: HashMap<(Group, Found), String>,
    first: HashMap<Found, String>,
}

impl Targets {
    fn of(overview: &Overview<'_>) -> Self {
        let mut targets = Self { of: HashMap::new(), first: HashMap::new() };
        for (number, section) in overview.sections.iter().enumerate() {
            for row in &section.rows {
                let what = overview.errors[row.error].0.what;
                targets.of.insert((section.group, what), target(number, row.error));
                targets.first.entry(what).or_insert_with(|| target(number, row.error));
            }
        }
        targets
    }

    fn get(&self, group: Group, what: Found) -> Option<&str> {
        self.of.get(&(group, what)).or_else(|| self.first.get(&what)).map(String::as_str)
    }
}

/// Whose errors a section has, in words: the app or script, and the phase that it failed in.
fn whose(group: &Group, names: &Names) -> (String, Option<String>) {
    let of_page = |phase: Phase| format!("{} of the Enrollment Status Page", phase.name());
    let Some((kind, id)) = group.subject else {
        return match group.phase {
            Some(phase) => (of_page(phase), None),
            None if group.is_enrollment => ("Enrollment".to_owned(), None),
            None => ("No app or phase is named".to_owned(), None),
        };
    };
    let kind = match kind {
        OwnerKind::App => "App",
        OwnerKind::Script => "Script",
        OwnerKind::Policy => "Policy",
    };
    let name = names.get(&id).map_or_else(|| id.to_string(), |name| name.text.clone());
    (format!("{kind} {name}"), group.phase.map(of_page))
}

/// A time as people read it.
fn moment(time: Time) -> String {
    let zone = if time.zone().is_none() { " (local)" } else { "" };
    let text = without_fraction(&time.to_string());
    // The zone stands apart.
    let text = text.replacen('T', " ", 1).replacen('Z', " UTC", 1).replacen("+00:00", " UTC", 1);
    match text.rfind(['+', '-']).filter(|at| *at > 10) {
        Some(at) => format!("{} {}", &text[..at], &text[at..]),
        None => text + zone,
    }
}

/// What an error is called: its code, or as much of its text as fits a line.
fn subject(count: &Count, answer: &Answer) -> String {
    const LONGEST: usize = 120;
    answer.code.map_or_else(|| count.matched.chars().take(LONGEST).collect(), |code| code.to_string())
}

impl Page<'_> {
    /// The head of the file, and of what is seen.
    fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        let name = |input: &String| input.rsplit(SEPARATORS).find(|part| !part.is_empty()).unwrap_or(input).to_owned();
        let more = match self.about.inputs.len() {
            0 | 1 => String::new(),
            len => format!(" and {} more", len - 1),
        };
        let title = self.about.inputs.first().map_or_else(|| "a scan".to_owned(), |first| name(first) + &more);
        write!(
            out,
            "{SIGN}<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"generator\" content=\"intune-err {}\">\n<title>Intune errors in {}</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n",
            env!("CARGO_PKG_VERSION"),
            Text(&title)
        )?;
        let found = Totals::of(self.digest, &self.overview, self.unread.total());
        writeln!(out, "<header>\n<h1>Intune errors in {}</h1>\n<p>{}.</p>", Text(&title), Text(&totals(&found)))?;
        if self.about.is_cut {
            writeln!(out, "<p><strong>The scan was ended before everything was read.</strong></p>")?;
        }
        if self.about.left_out > 0 {
            let left_out = counted(self.about.left_out, "finding");
            writeln!(out, "<p><strong>Left out by their time, log or app: {left_out}.</strong></p>")?;
        }
        writeln!(out, "</header>")
    }

    /// What is known of the device, and what the report is.
    fn about(&self, out: &mut Counting<'_, impl Write + ?Sized>) -> io::Result<()> {
        writeln!(out, "<aside aria-label=\"Device and report\">")?;
        let lines = self.device();
        if !lines.is_empty() {
            writeln!(out, "<h2>Device</h2>\n<dl>")?;
            for line in lines.iter().filter(|line| KEY_FACTS.contains(&line.fact)) {
                writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", line.label, Text(&line.value))?;
            }
            writeln!(out, "</dl>\n<p><a href=\"#device\">All that is known of it</a></p>")?;
        }
        writeln!(out, "<h2>This report</h2>\n<dl>")?;
        write!(out, "<div><dt>Read</dt><dd>")?;
        for (position, input) in self.about.inputs.iter().take(20).enumerate() {
            write!(out, "{}{}", if position > 0 { ", " } else { "" }, Text(&cut(input)))?;
        }
        writeln!(out, "</dd></div>")?;
        let not = match self.unread.total() {
            0 => "nothing is known that was left out".to_owned(),
            number => format!("<a href=\"#unread\">{}</a>", counted(number, "thing")),
        };
        writeln!(out, "<div><dt>Not read</dt><dd>{not}</dd></div>")?;
        let made = self.about.made.replacen('T', " ", 1).replacen('Z', " UTC", 1);
        writeln!(out, "<div><dt>Made</dt><dd>{} by intune-err {}</dd></div>", Text(&made), env!("CARGO_PKG_VERSION"))?;
        let own = match self.about.own_records {
            0 => String::new(),
            own => format!(", and {} of your own", counted(own as u64, "record")),
        };
        writeln!(
            out,
            "<div><dt>Knows</dt><dd>{}, {} and {}{own}</dd></div>",
            counted(Entry::all().len() as u64, "record"),
            counted(Meaning::all().len() as u64, "meaning"),
            counted(Symbol::all().len() as u64, "constant")
        )?;
        let personal = if self.about.is_redacted {
            "replaced where it was recognized. That is help, not a promise: read the report before you send it."
        } else {
            "nothing was taken out; <code>--redact</code> does."
        };
        writeln!(out, "<div><dt>Personal data</dt><dd>{personal}</dd></div>\n</dl>\n</aside>")
    }

    /// What is known of the device; one log speaks for itself.
    fn device(&self) -> Vec<DeviceLine<'_>> {
        if self.digest.is_bundle() { device_lines(self.case.device()) } else { Vec::new() }
    }

    /// All that is known of the device, and where it stands.
    fn facts(&self, out: &mut impl Write) -> io::Result<()> {
        let lines = self.device();
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<section aria-labelledby=\"device\">\n<h2 id=\"device\">Device</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" \
             aria-label=\"What is known of the device\">\n<table>\n<thead><tr><th scope=\"col\">Fact</th><th scope=\"col\">Value</th>\
             <th scope=\"col\">Found in</th></tr></thead>\n<tbody>"
        )?;
        let mut row = |label: &str, said: &Said, value: &str| {
            let place = place_of(said);
            writeln!(out, "<tr><td>{label}</td><td>{}</td><td><code>{}</code></td></tr>", Text(value), Text(&self.place(&place)))
        };
        for line in &lines {
            row(line.label, line.said, &line.value)?;
            line.others.iter().try_for_each(|other| row("but also", other, &other.value))?;
        }
        writeln!(out, "</tbody>\n</table>\n</div>\n</section>")
    }

    /// A place or path as it is shown: where one input was named, as the way from there.
    fn place<'t>(&self, name: &'t str) -> Cow<'t, str> {
        let inside = match self.about.inputs.as_slice() {
            [input] => name.strip_prefix(input.trim_end_matches(SEPARATORS)).and_then(|rest| rest.strip_prefix(['!', '/', '\\'])),
            _ => None,
        };
        cut(inside.unwrap_or(name))
    }

    /// What was read, and what was not and why.
    fn inputs(&self, out: &mut Counting<'_, impl Write + ?Sized>) -> io::Result<()> {
        writeln!(out, "<section aria-labelledby=\"unread\">\n<h2 id=\"unread\">Not read</h2>")?;
        if self.unread.total() == 0 {
            writeln!(out, "<p>Nothing is known that was left out.</p>")?;
        } else {
            writeln!(out, "<ul class=\"files\">")?;
            let mut left = self.unread.further();
            for reason in self.unread.all() {
                if out.written > MOST_UNREAD {
                    left += reason.times;
                    continue;
                }
                write!(out, "<li>{}: ", Text(&cut(&reason.why)))?;
                if let (1, [place]) = (reason.times, reason.places.as_slice()) {
                    writeln!(out, "<code>{}</code></li>", Text(&self.place(place)))?;
                    continue;
                }
                write!(out, "{}<ul>", reason.times)?;
                for place in &reason.places {
                    write!(out, "<li><code>{}</code></li>", Text(&self.place(place)))?;
                }
                more(out, reason.times - reason.places.len() as u64)?;
                writeln!(out, "</ul></li>")?;
            }
            more(out, left)?;
            writeln!(out, "</ul>")?;
        }
        writeln!(out, "</section>\n<section aria-labelledby=\"read\">\n<h2 id=\"read\">Read</h2>")?;
        let inputs = self.digest.sights().map_or(&[][..], |sights| &sights.inputs);
        writeln!(out, "<details><summary>{}</summary>\n<ul class=\"files\">", counted(self.digest.files(), "file"))?;
        let mut shown = 0;
        for input in inputs {
            if out.written > MOST_INPUTS {
                break;
            }
            writeln!(out, "<li><code>{}</code></li>", Text(&self.place(input.as_deref().unwrap_or(STANDARD_INPUT))))?;
            shown += 1;
        }
        more(out, self.digest.files().saturating_sub(shown))?;
        writeln!(out, "</ul></details>\n</section>")
    }
}

/// The last item of a list that goes on.
fn more(out: &mut impl Write, further: u64) -> io::Result<()> {
    if further == 0 { Ok(()) } else { writeln!(out, "<li>and {further} more</li>") }
}

/// A path or a name, of which only the end is shown where it is longer than any is.
fn cut(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 300;
    match text.char_indices().rev().nth(LONGEST) {
        Some((at, _)) => Cow::Owned(format!("...{}", &text[at..])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    /// The hash of a text as a policy writes it.
    fn hash(text: &str) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bytes = Sha256::digest(text.as_bytes());
        let mut hash = "sha256-".to_owned();
        for three in bytes.chunks(3) {
            let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            for at in 0..4 {
                hash.push(if at <= three.len() { char::from(DIGITS[(bits >> (18 - 6 * at)) as usize % 64]) } else { '=' });
            }
        }
        hash
    }

    #[test]
    fn the_policy_has_the_hashes_of_style_and_script() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!((STYLE_HASH, SCRIPT_HASH), (hash(STYLE).as_str(), hash(SCRIPT).as_str()));
    }

    #[test]
    fn a_time_is_read_by_people() {
        for (time, expected) in [
            ("2026-01-05T10:00:20.1234567+00:00", "2026-01-05 10:00:20 UTC"),
            ("2026-01-05T10:00:20Z", "2026-01-05 10:00:20 UTC"),
            ("2026-01-05T10:00:20-05:00", "2026-01-05 10:00:20 -05:00"),
            ("2026-01-05T10:00:20", "2026-01-05 10:00:20 (local)"),
        ] {
            assert_eq!(moment(time.parse().unwrap()), expected);
        }
    }
}
