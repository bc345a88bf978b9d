//! One block of text, and the buffer that it stands in.

use std::ops::Range;

use super::lines::LineEnd;

/// A piece of text: whole lines, or a part of a line too long for one block.
pub struct Block {
    pub(super) buffer: Buffer,
    pub(super) core: Range<usize>,
    pub(super) offset: u64,
    pub(super) is_last: bool,
    pub(super) line_end: LineEnd,
}

impl Block {
    /// The text that comes in this block and in no other.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"a line\nand more");
    /// assert_eq!(blocks.next_block().unwrap().text(), b"a line\n");
    /// ```
    pub fn text(&self) -> &[u8] {
        &self.buffer.as_bytes()[self.core.clone()]
    }

    /// The text with what surrounds it: the end of the lines before it, and more where it is a part of a long line.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(&[b'x'; 600_000]);
    /// let first = blocks.next_block().unwrap();
    /// assert_eq!(first.surrounded().len() - first.text().len(), 100);
    /// ```
    pub fn surrounded(&self) -> &[u8] {
        self.buffer.as_bytes()
    }

    /// Where the text stands in [`Block::surrounded`].
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(&[b'x'; 1_200_000]);
    /// assert_eq!(blocks.next_block().unwrap().core().start, 0);
    /// assert_eq!(blocks.next_block().unwrap().core().start, 100);
    /// ```
    pub const fn core(&self) -> &Range<usize> {
        &self.core
    }

    /// Where the text begins in that of the whole input, in bytes; a byte-order mark of UTF-8 counts.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"\xEF\xBB\xBFa line\n");
    /// assert_eq!(blocks.next_block().unwrap().offset(), 3);
    /// ```
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the input ends with it. An input that ends with a line end may have no last block.
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"no line end");
    /// blocks.finish();
    /// assert!(blocks.next_block().unwrap().is_last());
    /// ```
    pub const fn is_last(&self) -> bool {
        self.is_last
    }

    /// What ends the lines in it.
    ///
    /// ```
    /// # use intune_err::text::{Blocks, LineEnd};
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"old\rMac\r");
    /// blocks.finish();
    /// assert_eq!(blocks.next_block().unwrap().line_end(), LineEnd::Cr);
    /// ```
    pub const fn line_end(&self) -> LineEnd {
        self.line_end
    }

    /// Whether lines can end in it: a part of a long line, but the last one, has no end in it, and any other block ends with a line.
    fn has_ends(&self) -> bool {
        self.is_last || self.line_end.ends(self.text())
    }

    /// How many lines end in a part of its text; this and the next four search only what can have an end.
    pub(crate) fn count_ends(&self, part: Range<usize>) -> u64 {
        if self.has_ends() { self.line_end.count(&self.surrounded()[part]) } else { 0 }
    }

    /// Where the last line ends that ends in a part of its text.
    pub(crate) fn last_end(&self, part: Range<usize>) -> Option<usize> {
        if self.has_ends() { self.last(part) } else { None }
    }

    /// How many lines end in a short part of its text, and where the last one does.
    pub(crate) fn ends(&self, part: Range<usize>) -> (u32, Option<usize>) {
        if !self.has_ends() {
            return (0, None);
        }
        let start = part.start;
        let ends = self.line_end.each(&self.surrounded()[part]);
        ends.fold((0, None), |(count, _), end| (count + 1, Some(start + end)))
    }

    /// Where the last line ends that ends in the text with what surrounds it.
    pub(crate) fn last_end_around(&self) -> Option<usize> {
        let len = self.buffer.len;
        if self.has_ends() { self.last(0..len) } else { self.last(self.core.end..len).or_else(|| self.last(0..self.core.start)) }
    }

    /// Where the first line ends that ends behind a place in the text with what surrounds it.
    pub(crate) fn first_end(&self, from: usize) -> Option<usize> {
        let from = if self.has_ends() { from } else { from.max(self.core.end) };
        self.line_end.first(&self.surrounded()[from..]).map(|len| from + len)
    }

    fn last(&self, part: Range<usize>) -> Option<usize> {
        let start = part.start;
        self.line_end.last(&self.surrounded()[part]).map(|len| start + len)
    }

    /// Gives its buffer back, for [`Blocks::take`](super::Blocks::take) or [`Blocks::recycle`](super::Blocks::recycle).
    ///
    /// ```
    /// # use intune_err::text::Blocks;
    /// # let mut blocks = Blocks::new(100);
    /// blocks.push(b"a line\n");
    /// let buffer = blocks.next_block().unwrap().into_buffer();
    /// blocks.recycle(buffer);
    /// ```
    pub fn into_buffer(self) -> Buffer {
        self.buffer
    }
}

/// Bytes of a block. They keep their room, so that nothing is allocated or cleared before it is used again.
///
/// ```
/// let buffer = intune_err::text::Buffer::default();
/// assert!(format!("{buffer:?}").starts_with("Buffer"));
/// ```
#[derive(Default)]
pub struct Buffer {
    bytes: Vec<u8>,
    pub(super) len: usize,
}

impl std::fmt::Debug for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Buffer").field("len", &self.len).finish_non_exhaustive()
    }
}

impl Buffer {
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(super) fn set(&mut self, text: &[u8]) {
        self.len = 0;
        self.add(text);
    }

    pub(super) fn add(&mut self, text: &[u8]) {
        self.room(text.len())[..text.len()].copy_from_slice(text);
        self.len += text.len();
    }

    /// Room for this many bytes after its content.
    pub(super) fn room(&mut self, room: usize) -> &mut [u8] {
        let len = self.len + room;
        if self.bytes.is_empty() {
            // Room that nobody has written to costs nothing.
            self.bytes = vec![0; len];
        } else if self.bytes.len() < len {
            self.bytes.reserve_exact(len - self.bytes.len());
            self.bytes.resize(len, 0);
        }
        &mut self.bytes[self.len..self.len + room]
    }

    /// Lets `add` append to it as to a vector.
    pub(super) fn with_vec<T>(&mut self, add: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        self.bytes.truncate(self.len);
        let added = add(&mut self.bytes);
        self.len = self.bytes.len();
        added
    }
}
