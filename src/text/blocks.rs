//! Bytes of any size in, blocks of whole lines in UTF-8 out. A line too long for a block comes in several, each with what surrounds it.

use super::block::{Block, Buffer};
use super::encoding::{Encoding, UTF8_MARK, Utf16, Wide, wide_from};
use super::lines::LineEnd;

/// The size of a block. Not of whole pages: the system copies slowly where a file and a buffer lie nearly alike in theirs.
const CAPACITY: usize = (1 << 18) - 1000;
/// How much of the lines before a block it shows.
const LINES_BEFORE: usize = 384;
/// How many bytes decide about the encoding at the most.
const SNIFFED: usize = 8192;

/// Cuts the bytes of one log into blocks of whole lines in UTF-8. The bytes can come in any encoding and in pieces of any size.
///
/// It holds little more than one block of any input. [`Stream`](crate::Stream) does all this and scans the blocks, too.
///
/// ```
/// use intune_err::text::Blocks;
/// let mut blocks = Blocks::new(100);
/// let mut lines = Vec::new();
/// for piece in ["one\r\ntw", "o\r\nthree"] {
///     blocks.push(piece.as_bytes());
///     while let Some(block) = blocks.next_block() {
///         lines.push(String::from_utf8_lossy(block.text()).into_owned());
///     }
/// }
/// blocks.finish();
/// lines.extend(blocks.next_block().map(|block| String::from_utf8_lossy(block.text()).into_owned()));
/// assert_eq!(lines, ["one\r\n", "two\r\n", "three"]);
/// ```
pub struct Blocks {
    /// How much of a long line a block shows on both sides of its own part.
    overlap: usize,
    /// Unknown until enough has come to tell it.
    encoding: Option<Encoding>,
    /// The bytes that tell the encoding, then those that are to be decoded.
    raw: Buffer,
    decoder: Utf16,
    /// The text that is in no block yet, and before `begin` what has been in one and only surrounds the next.
    text: Buffer,
    begin: usize,
    /// The place of `begin` in the text of the input.
    offset: u64,
    /// How much of `text` certainly isn't UTF-16.
    certain: usize,
    /// How much of `text` needs no more search for line ends.
    seen: usize,
    /// Unknown until the first line feed, or until a block without one.
    line_end: Option<LineEnd>,
    has_mark: bool,
    is_finished: bool,
    next: Option<Cut>,
    spare: Vec<Buffer>,
}

/// Where a block ends, and what ends the lines in it.
#[derive(Clone, Copy)]
struct Cut {
    end: usize,
    line_end: LineEnd,
}

impl Blocks {
    /// Blocks that show `overlap` bytes of a long line on both sides of their part of it, but no more than a quarter of a block. Of the lines before
    /// a block they show a few hundred bytes.
    ///
    /// ```
    /// let mut blocks = intune_err::text::Blocks::new(intune_err::Scanner::LOOK_AROUND);
    /// assert!(blocks.next_block().is_none());
    /// ```
    pub fn new(overlap: usize) -> Self {
        Self {
            overlap: overlap.min(CAPACITY / 4),
            encoding: None,
            raw: Buffer::default(),
            decoder: Utf16::default(),
            text: Buffer::default(),
            begin: 0,
            offset: 0,
            certain: 0,
            seen: 0,
            line_end: None,
            has_mark: false,
            is_finished: false,
            next: None,
            spare: Vec::new(),
        }
    }

    /// Takes in all of `bytes`. Blocks should be taken out before more is pushed: it holds what nobody takes.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"half a li");
    /// assert!(blocks.next_block().is_none());
    /// blocks.push(b"ne\n");
    /// assert_eq!(blocks.next_block().unwrap().text(), b"half a line\n");
    /// ```
    pub fn push(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let space = self.space();
            let len = space.len().min(rest.len());
            space[..len].copy_from_slice(&rest[..len]);
            self.filled(len);
            rest = &rest[len..];
        }
    }

    /// Room for the next bytes of the input, so that they can be read right into place: never empty, and at most a block.
    /// Call [`Blocks::filled`] with how many were read.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.space()[..7].copy_from_slice(b"a line\n");
    /// blocks.filled(7);
    /// assert_eq!(blocks.next_block().unwrap().text(), b"a line\n");
    /// ```
    pub fn space(&mut self) -> &mut [u8] {
        let room = CAPACITY.saturating_sub(self.text.len).max(self.overlap.max(1));
        match self.encoding {
            None => self.raw.room(SNIFFED),
            Some(Encoding::Bytes) => self.text.room(room),
            Some(_) => {
                self.raw.len = 0;
                self.raw.room(room)
            }
        }
    }

    /// Takes in the first `len` bytes of what [`Blocks::space`] gave.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.space()[0] = b'\n';
    /// blocks.filled(1);
    /// assert_eq!(blocks.next_block().unwrap().text(), b"\n");
    /// ```
    pub fn filled(&mut self, len: usize) {
        match self.encoding {
            None => {
                self.raw.len += len;
                self.settle_encoding();
            }
            Some(Encoding::Bytes) => {
                self.text.len += len;
                self.look_for_wide();
            }
            Some(encoding) => {
                self.raw.len += len;
                self.take_in(encoding, 0);
            }
        }
    }

    /// Ends the input.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"the last line");
    /// blocks.finish();
    /// assert_eq!(blocks.next_block().unwrap().text(), b"the last line");
    /// ```
    pub fn finish(&mut self) {
        self.is_finished = true;
        match self.encoding {
            None => self.settle_encoding(),
            Some(Encoding::Bytes) => self.look_for_wide(),
            Some(encoding) => {
                self.raw.len = 0;
                self.take_in(encoding, 0);
            }
        }
    }

    /// Whether [`Blocks::take`] would give a block.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"half a li");
    /// assert!(!blocks.is_ready());
    /// ```
    pub fn is_ready(&mut self) -> bool {
        if self.next.is_none() {
            self.next = self.cut();
        }
        self.next.is_some()
    }

    /// The next block, if there is one; what comes after it is collected in `buffer`.
    ///
    /// ```
    /// use intune_err::text::{Blocks, Buffer};
    /// let mut blocks = Blocks::new(100);
    /// blocks.push(b"a line\n");
    /// assert_eq!(blocks.take(Buffer::default()).unwrap().text(), b"a line\n");
    /// ```
    pub fn take(&mut self, buffer: Buffer) -> Option<Block> {
        if !self.is_ready() {
            self.spare.push(buffer);
            return None;
        }
        let Cut { end, line_end } = self.next.take()?;
        let is_last = self.is_finished && end == self.text.len;
        let text = self.text.as_bytes();
        // A new line needs little of what came before it; a part of a line needs more.
        let is_whole = is_last || line_end.ends(&text[..end]);
        let before = if is_whole { self.overlap.min(LINES_BEFORE) } else { self.overlap };
        let keep = if is_last { end } else { end.saturating_sub(before) };
        let mut next = buffer;
        next.set(&text[keep..]);
        let mut buffer = std::mem::replace(&mut self.text, next);
        buffer.len = if is_whole { end } else { (end + self.overlap).min(self.certain) };
        let block = Block { buffer, core: self.begin..end, offset: self.offset, is_last, line_end };
        self.offset += (end - self.begin) as u64;
        self.begin = end - keep;
        self.certain = self.certain.saturating_sub(keep);
        self.seen = self.seen.saturating_sub(keep).max(self.begin);
        Some(block)
    }

    /// The next block, if there is one.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"one\ntwo\nthr");
    /// assert_eq!(blocks.next_block().unwrap().text(), b"one\ntwo\n");
    /// assert!(blocks.next_block().is_none());
    /// ```
    pub fn next_block(&mut self) -> Option<Block> {
        if !self.is_ready() {
            return None;
        }
        let buffer = self.spare.pop().unwrap_or_default();
        self.take(buffer)
    }

    /// What is in no block yet, as the last block of an input that ends here; it stays where it is. Use it to
    /// stop in the middle of a line.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"a line\nand half a li");
    /// assert_eq!(blocks.next_block().unwrap().text(), b"a line\n");
    /// assert_eq!(blocks.rest().unwrap().text(), b"and half a li");
    /// ```
    pub fn rest(&self) -> Option<Block> {
        if self.encoding.is_none() {
            let mut rest = Self::new(self.overlap);
            rest.push(self.raw.as_bytes());
            rest.finish();
            return rest.next_block();
        }
        let text = self.text.as_bytes();
        let core = self.begin..text.len();
        let mut buffer = Buffer::default();
        buffer.set(text);
        let line_end = self.line_end.unwrap_or(LineEnd::Cr);
        (!core.is_empty()).then_some(Block { buffer, core, offset: self.offset, is_last: true, line_end })
    }

    /// Takes back the buffer of a used block, for [`Blocks::next_block`].
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"one\n");
    /// let block = blocks.next_block().unwrap();
    /// blocks.recycle(block.into_buffer());
    /// ```
    pub fn recycle(&mut self, buffer: Buffer) {
        self.spare.push(buffer);
    }

    /// The byte-order mark of UTF-8 that the input begins with, once: it is a part of the input, and not of its first line.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"\xEF\xBB\xBFa line\n");
    /// assert_eq!(blocks.mark(), Some(&b"\xEF\xBB\xBF"[..]));
    /// assert_eq!(blocks.mark(), None);
    /// ```
    pub fn mark(&mut self) -> Option<&'static [u8]> {
        std::mem::take(&mut self.has_mark).then_some(UTF8_MARK)
    }

    /// Starts over with another input. Drops what was left of the last one and reuses its memory.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"the last line of a file");
    /// blocks.reset();
    /// blocks.push(b"the first of another\n");
    /// assert_eq!(blocks.next_block().unwrap().text(), b"the first of another\n");
    /// ```
    pub fn reset(&mut self) {
        let old = std::mem::replace(self, Self::new(self.overlap));
        (self.raw, self.text, self.spare) = (old.raw, old.text, old.spare);
        (self.raw.len, self.text.len) = (0, 0);
    }

    /// Settles the encoding if enough has come, and takes in the text of the bytes that it was settled by.
    fn settle_encoding(&mut self) {
        let Some((encoding, mark)) = Encoding::of(self.raw.as_bytes(), self.is_finished) else { return };
        self.encoding = Some(encoding);
        if encoding == Encoding::Bytes {
            self.has_mark = mark > 0;
            self.offset = mark as u64;
        }
        self.take_in(encoding, mark);
    }

    /// Looks for a part in UTF-16 in what was read right into the text.
    fn look_for_wide(&mut self) {
        match wide_from(self.text.as_bytes(), self.certain.max(self.begin), self.is_finished) {
            Wide::Nowhere => self.certain = self.certain_end(),
            Wide::Perhaps(start) => self.certain = start,
            Wide::At(start, encoding, mark) => {
                self.raw.set(&self.text.as_bytes()[start..]);
                self.text.len = start - mark;
                self.take_in(encoding, 0);
            }
        }
    }

    /// Adds the text of `raw` from `from` on. It begins in this encoding; other encodings may follow.
    fn take_in(&mut self, encoding: Encoding, from: usize) {
        let (mut encoding, mut from) = (encoding, from);
        loop {
            let rest = &self.raw.as_bytes()[from..];
            if encoding == Encoding::Bytes {
                let before = self.text.len;
                match wide_from(rest, 0, self.is_finished) {
                    Wide::At(start, wide, mark) => {
                        self.text.add(&rest[..start - mark]);
                        (encoding, from) = (wide, from + start);
                    }
                    found => {
                        self.text.add(rest);
                        self.certain = if let Wide::Perhaps(start) = found { before + start } else { self.certain_end() };
                        break;
                    }
                }
            } else {
                let (decoder, is_finished) = (&mut self.decoder, self.is_finished);
                let Some(taken) = self.text.with_vec(|text| decoder.decode(rest, encoding, is_finished, text)) else {
                    self.certain = self.text.len;
                    break;
                };
                (encoding, from) = (Encoding::Bytes, from + taken);
            }
        }
        self.encoding = Some(encoding);
    }

    /// How much of the text can't be UTF-16: a mark or half a unit could be at its end. A line end is neither, so a line that has come is
    /// never held back.
    fn certain_end(&self) -> usize {
        if self.is_finished {
            return self.text.len;
        }
        let text = self.text.as_bytes();
        let tail = text.len().saturating_sub(3).max(self.begin);
        text[tail..].iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(tail, |at| tail + at + 1).max(self.certain)
    }

    /// Where a block can end: after the last line end, in a line that is too long, or where the input ends.
    fn cut(&mut self) -> Option<Cut> {
        let text = &self.text.as_bytes()[..self.certain];
        if self.line_end.is_none() {
            // The beginning decides, however it comes: so nothing is cut before.
            let first = text.len().min(CAPACITY);
            if LineEnd::Lf.first(&text[self.seen.min(first)..first]).is_some() {
                self.line_end = Some(LineEnd::Lf);
            } else if text.len() >= CAPACITY || self.is_finished {
                self.line_end = Some(LineEnd::Cr);
                self.seen = self.begin;
            } else {
                self.seen = text.len();
                return None;
            }
        }
        // One search tells whether there is anything to look for.
        let from = self.seen.saturating_sub(1).max(self.begin);
        let can_end = self.line_end == Some(LineEnd::Lf) || LineEnd::is_any_in(&text[from..]);
        if self.line_end == Some(LineEnd::Cr)
            && can_end
            && let Some(len) = LineEnd::Lf.first(&text[self.seen..])
        {
            // The first line feed of all. The lines before that which it ends had other ends.
            self.line_end = Some(LineEnd::Lf);
            let before = &text[self.begin..(self.seen + len).saturating_sub(2).max(self.begin)];
            if let Some(last) = LineEnd::Cr.last(before) {
                return Some(Cut { end: self.begin + last, line_end: LineEnd::Cr });
            }
        }
        let line_end = self.line_end.unwrap_or_default();
        let last = match line_end {
            LineEnd::Lf => LineEnd::Lf.last(&text[self.seen..]).map(|len| self.seen + len),
            LineEnd::Cr if !can_end => None,
            // A line feed may follow the last carriage return, so that one is looked at again.
            LineEnd::Cr => {
                let to = text.len().saturating_sub(1).max(from);
                LineEnd::Cr.last(&text[from..to]).map(|len| from + len)
            }
        };
        self.seen = text.len();
        let end = match last {
            _ if self.is_finished => text.len(),
            Some(end) => end,
            None if text.len() >= CAPACITY => CAPACITY.saturating_sub(self.overlap),
            None => return None,
        };
        (end > self.begin).then_some(Cut { end, line_end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of all blocks of an input that comes in pieces of this size.
    fn texts(input: &[u8], piece: usize) -> Vec<Vec<u8>> {
        let mut blocks = Blocks::new(16);
        let mut texts = Vec::new();
        let mut take = |blocks: &mut Blocks| {
            while let Some(block) = blocks.next_block() {
                assert_eq!(block.text(), &block.surrounded()[block.core().clone()]);
                texts.push(block.text().to_vec());
                blocks.recycle(block.into_buffer());
            }
        };
        for piece in input.chunks(piece) {
            blocks.push(piece);
            take(&mut blocks);
        }
        blocks.finish();
        take(&mut blocks);
        texts
    }

    #[track_caller]
    fn check(input: &[u8], expected: &str) {
        for piece in (1..=input.len().min(40)).chain([input.len().max(1)]) {
            let text = texts(input, piece).concat();
            assert_eq!(String::from_utf8_lossy(&text), expected, "pieces of {piece}");
        }
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_block_ends_after_the_last_line_end() {
        assert_eq!(texts(b"one\ntwo\nthr", 100), [&b"one\ntwo\n"[..], b"thr"]);
        assert_eq!(texts(b"one\ntwo\n", 4), [&b"one\n"[..], b"two\n"]);
        assert_eq!(texts(b"", 1), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn a_carriage_return_ends_a_line_where_no_line_feed_is() {
        assert_eq!(texts(b"one\rtwo\rthr", 100), [&b"one\rtwo\rthr"[..]]);
        assert_eq!(texts(b"one\rtwo\nthr", 100), [&b"one\rtwo\n"[..], b"thr"]);
        let long = [b"x\r".repeat(CAPACITY / 2), b"y\rz\r\nlast\n".to_vec()].concat();
        let texts = texts(&long, 1000);
        assert!(texts.iter().take(texts.len() - 2).all(|text| text.ends_with(b"\r")), "{}", texts.len());
        assert_eq!(texts[texts.len() - 1], b"z\r\nlast\n", "the line feed ends the line before it");
        assert_eq!(texts.concat(), long);
    }

    #[test]
    fn blocks_do_not_depend_on_the_pieces_but_for_where_they_end() {
        let lines = "a line of a log with 0x80180014 in it\r\n".repeat(30_000);
        let line = "x".repeat(2 * CAPACITY + 12_345);
        for input in [&lines, &line] {
            for piece in [1 << 12, 65_537, CAPACITY, 3 * CAPACITY] {
                assert!(texts(input.as_bytes(), piece).concat() == input.as_bytes(), "{piece}");
            }
        }
    }

    #[test]
    fn a_long_line_comes_in_parts_that_show_what_is_around_them() {
        let mut blocks = Blocks::new(16);
        let line: Vec<u8> = (0..2 * CAPACITY + 5000).map(|number| b'a' + (number % 26) as u8).collect();
        blocks.push(&line);
        blocks.finish();
        let mut offset = 0;
        while let Some(block) = blocks.next_block() {
            let (core, offset_of) = (block.core().clone(), block.offset() as usize);
            assert_eq!(offset_of, offset);
            assert!(block.surrounded() == &line[offset_of - core.start..][..block.surrounded().len()]);
            assert!(core.start == if offset == 0 { 0 } else { 16 });
            assert!(block.is_last() || block.surrounded().len() >= core.end + 16);
            offset += core.len();
        }
        assert_eq!(offset, line.len());
    }

    #[test]
    fn utf16_in_bytes_is_read_part_by_part() {
        let narrow = "first line\r\n";
        let wide_part = "Fehler: 0x80180014 f\u{FC}r Ger\u{E4}t \u{4E2D}\u{6587}\r\n";
        check(&[narrow.as_bytes().to_vec(), wide(wide_part)].concat(), &format!("{narrow}{wide_part}"));
        let twice = [narrow.as_bytes().to_vec(), wide(wide_part), b"and again a line in ASCII\r\n".to_vec(), wide(wide_part)].concat();
        check(&twice, &format!("{narrow}{wide_part}and again a line in ASCII\r\n{wide_part}"));
    }

    #[test]
    fn a_mark_between_two_parts_is_no_text() {
        check(&[b"first\r\n\xFF\xFE".to_vec(), wide("second\r\n")].concat(), "first\r\nsecond\r\n");
        let big: Vec<u8> = "second\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&[b"first\r\n\xFE\xFF".to_vec(), big].concat(), "first\r\nsecond\r\n");
    }

    #[test]
    fn bytes_in_utf16_are_read_part_by_part() {
        let input = [wide("\u{FEFF}wide line \u{4E2D}\u{6587}\r\n"), b"0x80180014 in ASCII\r\n".to_vec(), wide("wide again\r\n")].concat();
        check(&input, "wide line \u{4E2D}\u{6587}\r\n0x80180014 in ASCII\r\nwide again\r\n");
        check(&[wide("\u{FEFF}wide\r\n"), b"short\n".to_vec()].concat(), "wide\r\nshort\n");
    }

    #[test]
    fn zeros_alone_are_no_utf16() {
        check(b"line a\0b\0\0\0c\0\n\0\0\0\0\0\0\0\0x", "line a\0b\0\0\0c\0\n\0\0\0\0\0\0\0\0x");
    }

    #[test]
    fn parts_by_turns_take_no_more_time_than_bytes() {
        // Many changes in one block: what follows a change must not be copied for each.
        let pair = [b"a line in ASCII of some length\r\n".to_vec(), wide("and one in UTF-16\r\n")].concat();
        let input = pair.repeat(20_000);
        let text = texts(&input, input.len()).concat();
        assert!(text == "a line in ASCII of some length\r\nand one in UTF-16\r\n".repeat(20_000).as_bytes());
    }
}
