//! Where certain bytes stand in a piece of text, as bits of a number: several bytes are looked at together, and no branch is guessed.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

/// The most bytes that a piece has.
pub(crate) const PIECE: usize = u64::BITS as usize;

/// A bit for each letter and digit of ASCII.
pub(crate) fn alphanumeric(piece: &[u8]) -> u64 {
    dispatch!(Level::baseline(), simd => {
        let bytes = vector(simd, piece);
        let (letter, digit) = ((bytes | 0x20) - b'a', bytes - b'0');
        (letter.simd_lt(26) | digit.simd_lt(10)).to_bitmask()
    })
}

/// A bit for each quote and backslash.
pub(crate) fn quotes(piece: &[u8]) -> u64 {
    dispatch!(Level::baseline(), simd => {
        let bytes = vector(simd, piece);
        (bytes.simd_eq(b'"') | bytes.simd_eq(b'\\')).to_bitmask()
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
            for len in [1, 2, 63, 64] {
                for at in 0..len {
                    let mut piece = vec![b'.'; len];
                    piece[at] = byte;
                    let bit = |is: bool| u64::from(is) << at;
                    assert_eq!(alphanumeric(&piece), bit(byte.is_ascii_alphanumeric()), "{byte} at {at} of {len}");
                    assert_eq!(quotes(&piece), bit(matches!(byte, b'"' | b'\\')), "{byte} at {at} of {len}");
                }
            }
        }
    }
}
