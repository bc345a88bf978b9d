//! Finds errors in text: codes in any written form, and the names and messages of the table.
//!
//! A text is looked at in one pass, [`blocks`], that finds what is cheapest to see: eight hex digits in a row, the `x` of a prefix, the beginning of
//! a word that a name, a message or an announcement is known by. Only such a candidate is looked at closely, so clean text costs nothing:
//!
//! - [`digits`]: which digits are an error code, form by form. [`edges`]: where they begin and end, and what makes them a part of something longer.
//! - [`announce`]: what the words around them say of them; [`line`]: whose line it is.
//! - [`named`]: numbers that their own words make an error: AADSTS, exit codes, the domains of Apple.
//! - [`printed`]: what Windows prints for a code, in place of it or beside it.
//! - [`texts`]: names and messages of the table.
//! - [`resolve`]: what belongs together of what was found.

mod announce;
mod blocks;
mod digits;
mod edges;
mod finding;
mod line;
mod named;
mod printed;
mod resolve;
mod texts;

use crate::key::MOST_AROUND;
#[cfg(feature = "own")]
use crate::table::OwnRecords;
use crate::table::{EventMeaning, Table};
use crate::text::Borders;
pub use finding::{Finding, Found, KnownText, Scanner};

impl Scanner {
    /// Bytes before and after the beginning of a finding that can affect whether it counts, what it is and where it ends.
    ///
    /// To scan a line in parts, give each part this many bytes more on both sides, and keep the findings that begin in the part itself:
    /// they are those of the whole line. The end of a line is a limit, too: nothing beyond it has an effect, but for the name, the number or
    /// the message of one of Apple's domains in the lines right before.
    ///
    /// ```
    /// use intune_err::Scanner;
    /// let around = Scanner::LOOK_AROUND;
    /// let line = [".".repeat(3 * around).as_str(), "0x80180014"].concat();
    /// let second = &line.as_bytes()[2 * around..];
    /// assert_eq!(Scanner::new().scan(second)[0].start, around);
    /// ```
    pub const LOOK_AROUND: usize = MOST_AROUND;

    /// A scanner that finds codes that are known or that their line calls an error, and the names and messages of the table.
    ///
    /// ```
    /// let scanner = intune_err::Scanner::new();
    /// assert_eq!(scanner.scan(b"it was 0x80180014, then 0x87D20FFF").len(), 1);
    /// assert_eq!(scanner.scan(b"it failed with 0x80180014, then with error 0x87D20FFF").len(), 2);
    /// ```
    pub const fn new() -> Self {
        Self { all: false, known_only: false, table: Table::ALONE }
    }

    /// Whether to leave out codes that nothing is known of, even where the line calls them an error.
    ///
    /// ```
    /// let scanner = intune_err::Scanner::new().known_only(true);
    /// assert_eq!(scanner.scan(b"Error 0x80180014, then error 0x87D20FFF").len(), 1);
    /// ```
    #[must_use]
    pub const fn known_only(mut self, known_only: bool) -> Self {
        self.known_only = known_only;
        self
    }

    /// Whether to find, too, prefixed codes with the failure bit that are not known and that no word calls an error.
    ///
    /// ```
    /// let scanner = intune_err::Scanner::new().all(true);
    /// assert_eq!(scanner.scan(b"it was 0x80180014, then 0x87D20FFF").len(), 2);
    /// ```
    #[must_use]
    pub const fn all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// Finds, too, the codes, names, messages and exit codes of somebody's own records.
    ///
    /// ```
    /// let own: &'static _ = Box::leak(Box::new(intune_err::OwnRecords::read::<&str, &str>(&[]).unwrap()));
    /// assert!(intune_err::Scanner::new().own(own).scan(b"nothing").is_empty());
    /// ```
    #[cfg(feature = "own")]
    #[must_use]
    pub const fn own(mut self, own: &'static OwnRecords) -> Self {
        self.table = Table::with(own);
        self
    }

    /// The findings in `text`, in its order; they do not overlap, and none goes over the end of a line.
    ///
    /// `text` is UTF-8, or another encoding that contains ASCII. Convert UTF-16 first.
    ///
    /// ```
    /// let findings = intune_err::Scanner::new().scan(b"first 0x80180014, then 0x80CF0437");
    /// assert_eq!(findings.iter().map(|finding| finding.start).collect::<Vec<_>>(), [6, 23]);
    /// ```
    pub fn scan(&self, text: &[u8]) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.scan_into(text, &mut findings);
        findings
    }

    /// The findings in an event of an event log, written as one line. Where it has none, and its id alone says that something failed, the
    /// event is one itself: its id where that stands in the line, or else all of it.
    ///
    /// ```
    /// use intune_err::{EventMeaning, Found, Scanner};
    /// let meaning = EventMeaning::by_id("Microsoft-Windows-ModernDeployment-Diagnostics-Provider", 807);
    /// let findings = Scanner::new().scan_event("Error Microsoft-Windows-ModernDeployment-Diagnostics-Provider EventID=807", meaning);
    /// assert_eq!(findings[0].what, Found::Event(meaning.unwrap()));
    /// ```
    pub fn scan_event(&self, line: &str, meaning: Option<EventMeaning>) -> Vec<Finding> {
        let mut findings = self.scan(line.as_bytes());
        if let Some(meaning) = meaning.filter(|meaning| meaning.is_failure() && findings.is_empty()) {
            let id = format!(" EventID={}", meaning.id());
            let start = line.find(&id).map(|start| start + 1);
            let (start, end) = start.map_or((0, line.len()), |start| (start, start + id.len() - 1));
            findings.push(Finding { start, end, what: Found::Event(meaning) });
        }
        findings
    }

    /// Like [`Scanner::scan`], but clears and reuses `findings`.
    ///
    /// ```
    /// let (scanner, mut findings) = (intune_err::Scanner::new(), Vec::new());
    /// let mut total = 0;
    /// for block in [&b"0x80180014\n"[..], b"0x80CF0437\n"] {
    ///     scanner.scan_into(block, &mut findings);
    ///     total += findings.len();
    /// }
    /// assert_eq!(total, 2);
    /// ```
    pub fn scan_into(&self, text: &[u8], findings: &mut Vec<Finding>) {
        self.scan_with(text, findings, None);
    }

    /// The same, and where in the text records and lines can end, if that is wanted.
    pub(crate) fn scan_with(&self, text: &[u8], findings: &mut Vec<Finding>, borders: Option<&mut Borders>) {
        findings.clear();
        blocks::candidates(*self, text, findings, borders);
        if findings.len() > 1 {
            resolve::resolve(text, findings, self.table);
        }
    }
}
