//! Unpacks prose. `build/grammar.rs` packs it.
//!
//! A text is a sequence of numbers, each of one or two bytes and each standing for a part of the text: up to eight letters, or
//! two other parts. The number 0 ends a text.

/// From this value on, a part is letters: their count less one in three bits, where they begin in 23.
const LETTERS: u32 = 0xFC00_0000;
/// The most letters of a part. It always copies this many, without a loop; the surplus is overwritten.
const MOST: usize = 8;
/// How many parts can wait. The build makes sure that this is enough.
const DEEPEST: usize = 128;

/// The texts that `packed` holds, one after the other, and where each ends.
///
/// `parts` says what each number stands for, `letters` has the letters. Numbers below `one_byte` take one byte, the others two.
pub(crate) fn unpack(parts: &[u32], letters: &[u8], one_byte: usize, packed: &[u8]) -> (String, Vec<usize>) {
    let (mut text, mut end) = (vec![0; packed.len() * 8 + MOST], 0);
    let mut ends = Vec::with_capacity(8);
    let (mut waiting, mut depth) = ([0_u16; DEEPEST], 0);
    let mut bytes = packed.iter().copied().map(usize::from);
    while let Some(lead) = bytes.next() {
        let mut number = lead;
        if lead >= one_byte {
            number = one_byte + (lead - one_byte) * 256 + bytes.next().unwrap_or_default();
        }
        if number == 0 {
            ends.push(end);
            continue;
        }
        loop {
            let part = parts[number];
            if part < LETTERS {
                waiting[depth] = (part >> 16) as u16;
                depth += 1;
                number = usize::from(part as u16);
                continue;
            }
            if text.len() < end + MOST {
                text.resize(text.len() * 2, 0);
            }
            let place = (part & 0x7F_FFFF) as usize;
            text[end..end + MOST].copy_from_slice(&letters[place..place + MOST]);
            end += (part >> 23 & 7) as usize + 1;
            if depth == 0 {
                break;
            }
            depth -= 1;
            number = usize::from(waiting[depth]);
        }
    }
    text.truncate(end);
    // The build packs nothing but text.
    (String::from_utf8(text).unwrap_or_default(), ends)
}
