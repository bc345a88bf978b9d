//! Where certain bytes stand in a text. Several are looked at together, and each has a bit of a number, since a branch at each would mostly be a
//! wrong guess.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

/// The bytes that are looked at together.
const PIECE: usize = u64::BITS as usize;

/// The places of quotes and backslashes.
pub(crate) fn quotes(text: &[u8]) -> impl Iterator<Item = usize> {
    places(text, |piece| {
        dispatch!(Level::baseline(), simd => {
            let bytes = vector(simd, piece);
            (bytes.simd_eq(b'"') | bytes.simd_eq(b'\\')).to_bitmask()
        })
    })
}

/// Where a run of letters and digits of ASCII begins, where it ends, where the next one begins, and so on. None is the end of the text.
pub(crate) fn word_borders(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut last = 0;
    let borders = places(text, move |piece| {
        let words = dispatch!(Level::baseline(), simd => {
            let bytes = vector(simd, piece);
            let (letter, digit) = ((bytes | 0x20) - b'a', bytes - b'0');
            (letter.simd_lt(26) | digit.simd_lt(10)).to_bitmask()
        });
        words ^ (words << 1 | std::mem::replace(&mut last, words >> (PIECE - 1)))
    });
    borders.take_while(|place| *place < text.len())
}

/// The places of the bits that `of` gives for each piece of a text.
fn places(text: &[u8], mut of: impl FnMut(&[u8]) -> u64) -> impl Iterator<Item = usize> {
    text.chunks(PIECE).zip((0..).step_by(PIECE)).flat_map(move |(piece, start)| {
        let mut bits = of(piece);
        std::iter::from_fn(move || {
            let place = start + bits.trailing_zeros() as usize;
            (bits != 0).then(|| {
                bits &= bits - 1;
                place
            })
        })
    })
}

/// A piece with nothing after it.
#[allow(clippy::inline_always)]
#[inline(always)]
fn vector<S: Simd>(simd: S, piece: &[u8]) -> u8x64<S> {
    let mut padded = [0; PIECE];
    let piece = piece.first_chunk().unwrap_or_else(|| {
        padded[..piece.len()].copy_from_slice(piece);
        &padded
    });
    u8x64::simd_from(simd, *piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for len in [1, 2, 63, 64, 65, 130] {
                for at in 0..len {
                    let mut text = vec![b'.'; len];
                    text[at] = byte;
                    let (is_word, is_quote) = (byte.is_ascii_alphanumeric(), matches!(byte, b'"' | b'\\'));
                    let borders = [at, at + 1].into_iter().filter(|border| is_word && *border < len);
                    assert!(word_borders(&text).eq(borders), "{byte} at {at} of {len}");
                    assert!(quotes(&text).eq(is_quote.then_some(at)), "{byte} at {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn a_word_can_go_on_from_piece_to_piece() {
        for from in [0, 1, 60, 63, 64] {
            for len in [1, 4, 64, 65, 128, 200] {
                let text = [".".repeat(from), "a".repeat(len), ".".into()].concat();
                assert!(word_borders(text.as_bytes()).eq([from, from + len]), "{from} {len}");
                assert!(word_borders(&text.as_bytes()[..from + len]).eq([from]), "{from} {len}");
            }
        }
    }
}
