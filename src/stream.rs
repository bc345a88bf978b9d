//! Errors of a log that comes piece by piece: blocks of text, what was found in them, and where each finding stands in the whole input.
//!
//! One thread drives all of it with [`Stream`]. Where several threads share the work, one cuts the input into [`Block`]s, each scans blocks
//! with [`Scanned::of`], and one puts what they found in its place with [`Places`], in the order of the input.

use std::ops::Range;
use std::sync::Arc;

use crate::ledger::Occurrence;
use crate::log::{Around, Case, Outline};
use crate::scan::{Finding, Found, Scanner};
use crate::text::{Block, Blocks, Borders, LineEnd};

/// Finds errors in a log whose bytes come piece by piece, in any encoding and in pieces of any size.
///
/// A finding is reported as soon as its line is whole, or, in a line of a quarter of a megabyte and more, as soon as nothing that may come can
/// change it. Memory is bounded for any input.
///
/// ```
/// use intune_err::{Scanner, Stream};
/// let mut stream = Stream::new(Scanner::new());
/// let mut places = Vec::new();
/// for piece in [&b"all is well\nhr = 0x8018"[..], b"0014, and -21339", b"16617\n"] {
///     stream.push(piece, |passage| places.extend(passage.occurrences().map(|found| (found.line, found.column, found.offset))));
/// }
/// stream.finish(|passage| assert_eq!(passage.occurrences().count(), 0));
/// assert_eq!(places, [(2, 6, 17), (2, 22, 33)]);
/// ```
pub struct Stream {
    scanner: Scanner,
    blocks: Blocks,
    places: Places,
    room: Room,
}

impl Stream {
    /// A stream in which `scanner` finds errors.
    ///
    /// ```
    /// use intune_err::{Scanner, Stream};
    /// let stream = Stream::new(Scanner::new().all(true));
    /// stream.finish(|_| panic!("nothing came"));
    /// ```
    pub fn new(scanner: Scanner) -> Self {
        Self { scanner, blocks: Blocks::new(Scanner::LOOK_AROUND), places: Places::default(), room: Room::default() }
    }

    /// Takes more bytes, and hands over each passage whose findings are certain by now.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"DeviceCapReach", |_| panic!("the line is not whole"));
    /// stream.push(b"ed\n", |passage| assert_eq!(passage.text(), b"DeviceCapReached\n"));
    /// ```
    pub fn push(&mut self, bytes: &[u8], mut take: impl FnMut(&Passage<'_>)) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let space = self.blocks.space();
            let len = space.len().min(rest.len());
            space[..len].copy_from_slice(&rest[..len]);
            self.blocks.filled(len);
            rest = &rest[len..];
            self.hand_over(&mut take);
        }
    }

    /// Ends the input, and hands over what is left.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"DeviceCapReached", |_| panic!("more may come"));
    /// stream.finish(|passage| assert_eq!(passage.occurrences().count(), 1));
    /// ```
    pub fn finish(mut self, mut take: impl FnMut(&Passage<'_>)) {
        self.blocks.finish();
        self.hand_over(&mut take);
    }

    fn hand_over(&mut self, take: &mut impl FnMut(&Passage<'_>)) {
        while let Some(block) = self.blocks.next_block() {
            let scanned = Scanned::with(self.scanner, block, &mut self.room);
            take(&self.places.next(&scanned));
            self.blocks.recycle(scanned.block.into_buffer());
        }
    }
}

/// A block and what was found in it.
///
/// ```
/// use intune_err::text::Blocks;
/// use intune_err::{Places, Scanned, Scanner};
/// let mut blocks = Blocks::new(Scanner::LOOK_AROUND);
/// blocks.push(b"a\nhr=0x80180014\n");
/// // Any thread may do this.
/// let scanned = Scanned::of(Scanner::new(), blocks.next_block().unwrap());
/// // And one does this, block by block.
/// let mut places = Places::default();
/// assert_eq!(places.next(&scanned).occurrences().next().unwrap().line, 2);
/// ```
pub struct Scanned {
    block: Block,
    /// Those that begin in the block's own text.
    findings: Vec<Located>,
    /// How many lines end in it.
    lines: u64,
    /// How many line feeds it has, where that is known.
    feeds: Option<u64>,
    /// What following the log will need of it, where that was looked for.
    outline: Option<Outline>,
}

/// Space for what is found in a block, used again from block to block.
///
/// ```
/// # use intune_err::{Room, Scanned, Scanner, text::Blocks};
/// # let mut blocks = Blocks::new(Scanner::LOOK_AROUND);
/// let mut room = Room::default();
/// for log in ["0x80180014\n", "0x80CF0437\n"] {
///     blocks.push(log.as_bytes());
///     let scanned = Scanned::with(Scanner::new(), blocks.next_block().unwrap(), &mut room);
///     assert_eq!(scanned.into_block().text(), log.as_bytes());
/// }
/// ```
#[derive(Debug, Default)]
pub struct Room {
    findings: Vec<Finding>,
    borders: Borders,
}

/// A finding and its line. The thread that scans sees to it, while the text is at hand.
///
/// A block has tens of thousands of them at the worst, and several blocks wait at a time: so all numbers are those of one block, and small.
struct Located {
    what: Found,
    /// Where it begins and ends in what surrounds the block.
    start: u32,
    end: u32,
    /// How many lines of the block end before it.
    lines: u32,
    /// Where its line begins; [`BEFORE`] where it does so before the block.
    begin: u32,
}

/// The beginning of a line that is none of the block's.
const BEFORE: u32 = u32::MAX;

impl Scanned {
    /// Within so many bytes, line ends are counted one by one.
    const NEAR: usize = 1024;

    /// Scans a block.
    ///
    /// ```
    /// # use intune_err::{Scanned, Scanner, text::Blocks};
    /// # let mut blocks = Blocks::new(Scanner::LOOK_AROUND);
    /// blocks.push(b"0x80180014\n");
    /// let scanned = Scanned::of(Scanner::new(), blocks.next_block().unwrap());
    /// blocks.recycle(scanned.into_block().into_buffer());
    /// ```
    pub fn of(scanner: Scanner, block: Block) -> Self {
        Self::with(scanner, block, &mut Room::default())
    }

    /// The same, with space that is used again from block to block.
    ///
    /// ```
    /// # use intune_err::{Places, Room, Scanned, Scanner, text::Blocks};
    /// # let mut blocks = Blocks::new(Scanner::LOOK_AROUND);
    /// blocks.push(b"0x80180014\n");
    /// let mut room = Room::default();
    /// let scanned = Scanned::with(Scanner::new(), blocks.next_block().unwrap(), &mut room);
    /// assert!(Places::default().next(&scanned).has_findings());
    /// ```
    pub fn with(scanner: Scanner, block: Block, room: &mut Room) -> Self {
        scanner.scan_into(block.surrounded(), &mut room.findings);
        Self::located(block, &room.findings, |block, range| block.count_ends(range) as u32)
    }

    /// The same, with all that following it needs and that it tells by itself. Where several threads share the work, the one that calls
    /// [`Passage::followed`] has less to do.
    ///
    /// ```
    /// # use intune_err::{Places, Room, Scanned, Scanner, log::Case, text::Blocks};
    /// # let mut blocks = Blocks::new(Scanner::LOOK_AROUND);
    /// blocks.push(b"<![LOG[0x80180014]LOG]!><time=\"10:00:00.1\" date=\"5-13-2024\" component=\"A\" context=\"\" type=\"1\" thread=\"7\" file=\"\">\n");
    /// let scanned = Scanned::outlined(Scanner::new(), blocks.next_block().unwrap(), &mut Room::default());
    /// let (mut places, mut case) = (Places::default(), Case::default());
    /// let passage = places.next(&scanned).followed(&mut case);
    /// assert_eq!(passage.occurrences().next().unwrap().around.unwrap().head.component.as_deref(), Some("A"));
    /// ```
    pub fn outlined(scanner: Scanner, block: Block, room: &mut Room) -> Self {
        let Room { findings, borders } = room;
        scanner.scan_with(block.surrounded(), findings, Some(borders));
        let mut scanned = Self::located(block, findings, |block, range| match block.line_end() {
            LineEnd::Lf => borders.feeds(block.surrounded(), range),
            LineEnd::Cr => block.count_ends(range) as u32,
        });
        let (text, core) = (scanned.block.surrounded(), scanned.block.core());
        let feeds = scanned.feeds.unwrap_or_else(|| u64::from(borders.feeds(text, core.clone())));
        let outline = borders.marks(core).and_then(|marks| Outline::seen(scanned.block.text(), &scanned.places(), marks));
        (scanned.feeds, scanned.outline) = (Some(feeds), outline);
        scanned
    }

    /// A block and the findings in what surrounds it, where `lines` counts the line ends in a part of that.
    fn located(block: Block, findings: &[Finding], lines: impl Fn(&Block, Range<usize>) -> u32) -> Self {
        let core = block.core();
        let (mut from, mut so_far, mut begin) = (core.start, 0, BEFORE);
        let mut located = Vec::with_capacity(findings.len());
        for &finding in findings.iter().filter(|finding| core.contains(&finding.start)) {
            let part = from..finding.start;
            // Most findings are near each other, or far apart.
            let (ends, last) = if part.len() < Self::NEAR { block.ends(part) } else { (lines(&block, part.clone()), block.last_end(part)) };
            so_far += ends;
            if let Some(last) = last {
                begin = last as u32;
            }
            from = finding.start;
            located.push(Located { what: finding.what, start: finding.start as u32, end: finding.end as u32, lines: so_far, begin });
        }
        let lines = u64::from(so_far + lines(&block, from..core.end));
        let feeds = (block.line_end() == LineEnd::Lf).then_some(lines);
        Self { block, findings: located, lines, feeds, outline: None }
    }

    /// Where in the text of the block each finding begins.
    fn places(&self) -> Vec<usize> {
        let start = self.block.core().start;
        self.findings.iter().map(|located| located.start as usize - start).collect()
    }

    /// The block.
    ///
    /// ```
    /// # use intune_err::{Scanned, Scanner, text::Blocks};
    /// # let mut blocks = Blocks::new(Scanner::LOOK_AROUND);
    /// blocks.push(b"0x80180014\n");
    /// let scanned = Scanned::of(Scanner::new(), blocks.next_block().unwrap());
    /// assert_eq!(scanned.into_block().text(), b"0x80180014\n");
    /// ```
    pub fn into_block(self) -> Block {
        self.block
    }
}

/// Where the next block of an input stands: in which line, and how far into it.
///
/// ```
/// assert_eq!(intune_err::Places::default().line(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Places {
    line: u64,
    /// How many bytes of that line came in earlier blocks.
    before: u64,
}

impl Default for Places {
    fn default() -> Self {
        Self { line: 1, before: 0 }
    }
}

impl Places {
    /// The block that comes next, with what was found in it in its place.
    ///
    /// ```
    /// # use intune_err::{Places, Scanned, Scanner, text::Blocks};
    /// # let (mut blocks, mut places) = (Blocks::new(Scanner::LOOK_AROUND), Places::default());
    /// blocks.push(b"one\n0x80180014\n");
    /// let scanned = Scanned::of(Scanner::new(), blocks.next_block().unwrap());
    /// assert_eq!(places.next(&scanned).occurrences().next().unwrap().line, 2);
    /// assert_eq!(places.line(), 3);
    /// ```
    pub fn next<'a>(&mut self, scanned: &'a Scanned) -> Passage<'a> {
        let passage = Passage { scanned, line: self.line, before: self.before, around: Vec::new(), kept: None };
        let core = scanned.block.core();
        self.line += scanned.lines;
        self.before = match scanned.block.last_end(core.clone()) {
            Some(end) => (core.end - end) as u64,
            None => self.before + core.len() as u64,
        };
        passage
    }

    /// The number of the line that the next block begins in.
    ///
    /// ```
    /// assert_eq!(intune_err::Places::default().line(), 1);
    /// ```
    pub const fn line(&self) -> u64 {
        self.line
    }
}

/// A piece of a log with what was found in it: whole lines, or a part of a line of a quarter of a megabyte and more.
///
/// All passages of an input, one after the other, are its text.
pub struct Passage<'a> {
    scanned: &'a Scanned,
    line: u64,
    before: u64,
    /// What stands around each finding; nothing where the log is not followed.
    around: Vec<Arc<Around>>,
    /// Which findings are kept; nothing where all are.
    kept: Option<Vec<bool>>,
}

impl<'a> Passage<'a> {
    /// The same passage, in which each finding knows what stands around it. Each passage of a log has to be followed once, in their order,
    /// also those without a finding: they can tell what later ones are about. It takes time; call it only if you need it.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// let mut case = intune_err::log::Case::default();
    /// case.begin(Some("CBS.log"));
    /// stream.push(b"2024-05-13 10:00:00, Error  CSI  failed with 0x80070002\n", |passage| {
    ///     let passage = passage.followed(&mut case);
    ///     let around = passage.occurrences().next().unwrap().around.unwrap();
    ///     assert_eq!(around.head.time.unwrap().to_string(), "2024-05-13T10:00:00");
    /// });
    /// ```
    #[must_use]
    pub fn followed(&self, case: &mut Case) -> Self {
        let places = self.scanned.places();
        let around = case.follow_lines(self.text(), &places, self.scanned.feeds, self.scanned.outline.as_ref());
        Passage { scanned: self.scanned, line: self.line, before: self.before, around, kept: self.kept.clone() }
    }

    /// The same passage, with those findings only that `keeps` wants.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"0x80180014\n0x80CF0437\n", |passage| {
    ///     let passage = passage.followed(&mut Default::default()).kept(|found| found.line == 2);
    ///     assert_eq!(passage.occurrences().map(|found| found.line).collect::<Vec<_>>(), [2]);
    /// });
    /// ```
    #[must_use]
    pub fn kept(mut self, mut keeps: impl FnMut(&Occurrence<'_>) -> bool) -> Self {
        let mut kept = vec![false; self.scanned.findings.len()];
        let positions: Vec<usize> = (0..kept.len()).filter(|position| self.is_kept(*position)).collect();
        for (position, found) in positions.into_iter().zip(self.occurrences()) {
            kept[position] = keeps(&found);
        }
        self.kept = Some(kept);
        self
    }

    /// The text, in UTF-8 or as it came.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"one\ntwo\nthr", |passage| assert_eq!(passage.text(), b"one\ntwo\n"));
    /// ```
    pub fn text(&self) -> &'a [u8] {
        self.scanned.block.text()
    }

    /// Whether the input ends with it. An input that ends with a line end may have no last passage.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"one\ntwo", |passage| assert!(!passage.is_last()));
    /// stream.finish(|passage| assert!(passage.is_last()));
    /// ```
    pub const fn is_last(&self) -> bool {
        self.scanned.block.is_last()
    }

    /// What ends the lines of it.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"one\r\ntwo", |passage| assert_eq!(passage.line_end(), intune_err::text::LineEnd::Lf));
    /// ```
    pub const fn line_end(&self) -> LineEnd {
        self.scanned.block.line_end()
    }

    /// How many lines end in it.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"one\ntwo\nthr", |passage| assert_eq!(passage.lines(), 2));
    /// ```
    pub const fn lines(&self) -> u64 {
        self.scanned.lines
    }

    /// Whether it begins in the middle of a line, whose beginning came before.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"one\n", |passage| assert!(!passage.continues()));
    /// ```
    pub const fn continues(&self) -> bool {
        self.before > 0
    }

    /// Whether anything was found in it.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"all is well\n", |passage| assert!(!passage.has_findings()));
    /// ```
    pub fn has_findings(&self) -> bool {
        self.kept.as_ref().map_or(!self.scanned.findings.is_empty(), |kept| kept.contains(&true))
    }

    /// Where a finding stands in [`Passage::text`]; one at the end of a part of a long line may go beyond it.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"one\n0x80180014\n", |passage| {
    ///     let found = passage.occurrences().next().unwrap();
    ///     assert_eq!(passage.range(&found), 4..14);
    /// });
    /// ```
    pub fn range(&self, found: &Occurrence<'_>) -> Range<usize> {
        let start = (found.offset - self.scanned.block.offset()) as usize;
        start..start + found.matched.len()
    }

    /// What was found in it, in its order.
    ///
    /// ```
    /// # let mut stream = intune_err::Stream::new(intune_err::Scanner::new());
    /// stream.push(b"0x80180014\n0x80CF0437\n", |passage| {
    ///     let lines: Vec<u64> = passage.occurrences().map(|found| found.line).collect();
    ///     assert_eq!(lines, [1, 2]);
    /// });
    /// ```
    pub fn occurrences(&self) -> impl Iterator<Item = Occurrence<'a>> {
        let block = &self.scanned.block;
        let (surrounded, core, line_end) = (block.surrounded(), block.core(), block.line_end());
        // Where the line begins that the passage begins in: it may be before the block does.
        let first = core.start as i64 - self.before as i64;
        let number = self.line;
        // The text at hand begins and ends in the middle of a line, but for the first and the last.
        let whole = if core.start == 0 { 0 } else { line_end.first(&surrounded[..core.start]).unwrap_or(core.start) };
        let until_last = if block.is_last() { surrounded.len() } else { block.last_end_around().unwrap_or(0) };
        let (mut lines, mut end) = (0, None);
        let findings = self.scanned.findings.iter().enumerate().filter(|(position, _)| self.is_kept(*position));
        findings.map(move |(position, &Located { what, start, end: until, lines: before, begin })| {
            if before > lines {
                (lines, end) = (before, None);
            }
            let (start, until) = (start as usize, until as usize);
            let begin = if begin == BEFORE { first } else { i64::from(begin) };
            // Of a line with many findings the end is looked for once.
            let end = *end.get_or_insert_with(|| block.first_end(start));
            let visible = usize::try_from(begin).unwrap_or(0)..end.unwrap_or(surrounded.len());
            Occurrence {
                what,
                line: number + u64::from(before),
                column: (start as i64 - begin + 1) as u64,
                offset: block.offset() + (start - core.start) as u64,
                text: line_end.strip(&surrounded[visible.clone()]),
                matched: start - visible.start..until - visible.start,
                begins: begin >= 0,
                ends: end.is_some() || block.is_last(),
                event: None,
                around: self.around.get(position).cloned(),
                before: &surrounded[whole.min(visible.start)..visible.start],
                after: &surrounded[visible.end.min(until_last)..until_last],
            }
        })
    }

    fn is_kept(&self, position: usize) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept[position])
    }
}
