//! Where in a piece of a log records and lines can end. The scan sees these bytes in passing, so nobody has to look for them again.

use std::ops::Range;

use memchr::memchr3_iter;

use super::lines::LineEnd;

/// The places of each `!`, `>` and line feed of a text, and how many of the latter come before each step.
#[derive(Debug, Default)]
pub(crate) struct Borders {
    /// The first `len` are in use.
    places: Vec<u32>,
    len: usize,
    /// How many line feeds there are before each step.
    lines: Vec<u32>,
    /// More are not kept: a text with so many is no log.
    most: usize,
}

impl Borders {
    /// How many bytes the scan looks at together.
    pub(crate) const BLOCK: usize = 56;

    /// A step: how much of a text is taken in at a time.
    pub(crate) const STEP: usize = 16 * Self::BLOCK;

    /// Begins with another text of this length.
    pub(crate) fn begin(&mut self, len: usize) {
        (self.len, self.most) = (0, len / 8);
        self.lines.clear();
        self.lines.push(0);
        if self.places.len() < self.most + Self::STEP {
            self.places.resize(self.most + Self::STEP, 0);
        }
    }

    /// The places of a text, however many, where no scan has seen them.
    pub(crate) fn of(text: &[u8]) -> Self {
        let places: Vec<u32> = memchr3_iter(b'!', b'>', b'\n', text).map(|place| place as u32).collect();
        Self { len: places.len(), most: places.len(), places, lines: Vec::new() }
    }

    /// Takes in the next step: the places in each of its blocks and the line feeds among them, a bit a byte. The first block begins at `at`.
    #[inline]
    pub(crate) fn add(&mut self, at: usize, blocks: impl Iterator<Item = (u64, u64)> + Clone) {
        let lines: u32 = blocks.clone().map(|(_, feeds)| feeds.count_ones()).sum();
        self.lines.push(self.lines.last().copied().unwrap_or(0) + lines);
        if self.len > self.most {
            return;
        }
        let mut at = at as u32;
        for (mut bits, _) in blocks {
            let count = bits.count_ones() as usize;
            let mut keep = |place: &mut u32| {
                *place = at.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            };
            let Some(room) = self.places.get_mut(self.len..self.len + Self::BLOCK) else { break };
            // Few blocks have more, and to write four takes less time than to ask how many.
            room[..4].iter_mut().for_each(&mut keep);
            if count > 4 {
                room[4..count].iter_mut().for_each(&mut keep);
            }
            self.len += count;
            at = at.wrapping_add(Self::BLOCK as u32);
        }
    }

    /// How many line feeds a part of the text has.
    pub(crate) fn feeds(&self, text: &[u8], part: Range<usize>) -> u32 {
        let count = |part: Range<usize>| LineEnd::Lf.count(&text[part]) as u32;
        let steps = part.start.div_ceil(Self::STEP)..part.end / Self::STEP;
        match (self.lines.get(steps.start), self.lines.get(steps.end)) {
            (Some(start), Some(end)) if steps.start < steps.end => {
                end - start + count(part.start..steps.start * Self::STEP) + count(steps.end * Self::STEP..part.end)
            }
            _ => count(part),
        }
    }

    /// The places in a part of the text, counted from its beginning; none where they are too many.
    pub(crate) fn marks(&self, of: &Range<usize>) -> Option<Marks<'_>> {
        let places = self.places.get(..self.len).filter(|_| self.len <= self.most)?;
        let len = places.len() - places.iter().rev().take_while(|place| **place as usize >= of.end).count();
        Some(Marks { places: &places[..len], from: of.start as u32 })
    }
}

/// Places that are gone through from the first to the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks<'b> {
    places: &'b [u32],
    from: u32,
}

impl Marks<'_> {
    /// The next place from one on, which is never less than the last time.
    #[inline]
    pub(crate) fn next(&mut self, at: usize) -> Option<usize> {
        let at = at as u32 + self.from;
        while let [first, rest @ ..] = self.places {
            if *first >= at {
                return Some((first - self.from) as usize);
            }
            self.places = rest;
        }
        None
    }

    /// The next places and what comes after them; the first is what was found last. None where there are not so many.
    #[inline]
    pub(crate) fn ahead<const COUNT: usize>(&self) -> Option<([usize; COUNT], Self)> {
        let (places, rest) = self.places.split_first_chunk()?;
        Some((places.map(|place: u32| (place - self.from) as usize), Self { places: rest, from: self.from }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bits of a block.
    fn bits(block: &[u8], is_one: fn(u8) -> bool) -> u64 {
        (0..).zip(block).filter(|(_, byte)| is_one(**byte)).fold(0, |bits, (at, _)| bits | 1 << at)
    }

    fn borders(text: &[u8]) -> Borders {
        let mut borders = Borders::default();
        borders.begin(text.len());
        for (step, at) in text.chunks(Borders::STEP).zip((0..).step_by(Borders::STEP)) {
            let blocks = step.chunks(Borders::BLOCK);
            borders
                .add(at, blocks.map(|block| (bits(block, |byte| matches!(byte, b'!' | b'>' | b'\n')), bits(block, |byte| byte == b'\n'))));
        }
        borders
    }

    #[test]
    fn each_place_is_kept_and_each_line_counted() {
        let text: Vec<u8> = (0..40_000_usize).map(|at| if at * at % 89 < 9 { [b'!', b'>', b'\n'][at % 3] } else { b'a' }).collect();
        let borders = borders(&text);
        assert_eq!(Borders::of(&text).places, borders.places[..borders.len]);
        for place in [0, 1, 63, 64, 1000, 1024, 20_000, 39_999, 40_000] {
            for part in [place..text.len(), 0..place, place / 2..place, place..text.len().min(place + 1100)] {
                assert_eq!(borders.feeds(&text, part.clone()), LineEnd::Lf.count(&text[part.clone()]) as u32, "{part:?}");
                let mut marks = borders.marks(&part).unwrap();
                let mut at = 0;
                let found = std::iter::from_fn(|| marks.next(at).inspect(|found| at = found + 1));
                let expected = (0..).zip(&text[part.clone()]).filter(|(_, byte)| **byte != b'a').map(|(at, _)| at);
                assert!(found.eq(expected), "{part:?}");
            }
        }
    }

    #[test]
    fn a_text_of_borders_alone_has_no_marks_and_all_of_its_lines() {
        let text = b"\n".repeat(5000);
        let borders = borders(&text);
        assert!(borders.marks(&(0..5000)).is_none());
        assert_eq!(borders.feeds(&text, 0..5000), 5000);
        assert!(borders.places.len() < 5000);
    }
}
