//! Windows cabinets (CAB): read from front to back in one pass, each folder's blocks unpacked once.
//!
//! Methods: none, MSZIP and LZX. The format is Microsoft's "Cabinet File Format". The crate `cab` unpacks a folder anew for each of its
//! files, which takes time that grows with the square of their number.

use std::io::{self, BufRead, Read};

use lzxd::{Lzxd, WindowSize};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::walk::{Unread, Walk, ends_early, exact, inside, name_of, skip};
use crate::order::sort_by_number;

/// The most bytes of an unpacked block, and how far back a block can repeat earlier bytes.
const BLOCK: usize = 32 << 10;

/// A file of the cabinet.
struct Listed {
    name: String,
    folder: u16,
    start: u64,
    len: u64,
}

/// A folder: blocks that are unpacked one after the other, and hold files.
struct Folder {
    start: u64,
    blocks: u16,
    method: u16,
}

/// Counts the bytes that were read, since a cabinet names places by their distance from its beginning.
struct Counted<R> {
    source: R,
    at: u64,
}

impl<R: BufRead> Counted<R> {
    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.exactly(&mut bytes)?;
        Ok(bytes)
    }

    fn exactly(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        exact(&mut self.source, bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn two(&mut self) -> io::Result<u16> {
        self.bytes().map(u16::from_le_bytes)
    }

    fn four(&mut self) -> io::Result<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    /// Skips to this place, which must not be before the current one.
    fn go_to(&mut self, place: u64) -> io::Result<()> {
        let ahead = place.checked_sub(self.at).ok_or_else(|| io::Error::other("its parts are not in order"))?;
        skip(&mut self.source, ahead)?;
        self.at = place;
        Ok(())
    }

    /// A text with a zero at its end.
    fn text(&mut self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        loop {
            match self.bytes::<1>()? {
                [0] => return Ok(text),
                [byte] if text.len() < 1024 => text.push(byte),
                _ => return Err(io::Error::other("a name is too long")),
            }
        }
    }
}

pub(super) fn read(walk: &mut Walk<'_>, place: &str, source: impl BufRead, depth: u32) -> io::Result<()> {
    let mut source = Counted { source, at: 0 };
    let (folders, mut files, reserve) = match directory(&mut source, walk.members_left()) {
        Ok(directory) => directory,
        Err(error) => return walk.damaged(place, &error),
    };
    // A place in a folder has 32 bits.
    sort_by_number(&mut files, |file| u64::from(file.folder) << 32 | file.start);
    let mut order: Vec<usize> = (0..folders.len()).collect();
    sort_by_number(&mut order, |&position| folders[position].start);
    for file in files.iter().filter(|file| usize::from(file.folder) >= folders.len()) {
        walk.unread(&inside(place, &file.name), Unread::Continued)?;
    }
    for position in order {
        let folder = &folders[position];
        // In the order of the folders they stand together.
        let begin = files.partition_point(|file| usize::from(file.folder) < position);
        let end = files.partition_point(|file| usize::from(file.folder) <= position);
        let own = &files[begin..end];
        if own.is_empty() {
            continue;
        }
        if let Err(error) = source.go_to(folder.start) {
            return walk.damaged(place, &error);
        }
        let unpack = match Unpack::of(folder.method) {
            Ok(unpack) => unpack,
            Err(method) => {
                for file in own {
                    walk.unread(&inside(place, &file.name), Unread::Method(method))?;
                }
                continue;
            }
        };
        let mut blocks =
            Blocks { source: &mut source, left: folder.blocks, reserve, unpack, packed: Vec::new(), block: Vec::new(), at: 0, given: 0 };
        for file in own {
            let place = inside(place, &file.name);
            if !walk.counts(&place)? {
                return Ok(());
            }
            if let Err(error) = blocks.go_to(file.start) {
                walk.damaged(&place, &error)?;
                break;
            }
            let end = file.start + file.len;
            let mut whole = Whole { source: &mut blocks, left: file.len };
            walk.member(&place, &mut whole, depth + 1)?;
            // A visit may leave the rest, and damage shows again at the next file.
            let _ = blocks.go_to(end);
        }
    }
    Ok(())
}

type Directory = (Vec<Folder>, Vec<Listed>, u8);

/// Reads the header, the folders and the list of files. Keeps only this many files: a name can be long.
fn directory<R: BufRead>(source: &mut Counted<R>, most: u64) -> io::Result<Directory> {
    let header: [u8; 36] = source.bytes()?;
    let two = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
    let first_file = u32::from_le_bytes([header[16], header[17], header[18], header[19]]);
    let (folder_count, file_count, flags) = (two(26), two(28), two(30));
    let mut reserves = (0, 0, 0);
    if flags & 4 != 0 {
        reserves = (source.two()?, source.bytes::<1>()?[0], source.bytes::<1>()?[0]);
        let next = source.at + u64::from(reserves.0);
        source.go_to(next)?;
    }
    // The names of the cabinet before and of the next, each with that of its disk.
    for _ in 0..2 * (flags & 3).count_ones() {
        source.text()?;
    }
    let mut folders = Vec::new();
    for _ in 0..folder_count {
        folders.push(Folder { start: u64::from(source.four()?), blocks: source.two()?, method: source.two()? });
        let next = source.at + u64::from(reserves.1);
        source.go_to(next)?;
    }
    source.go_to(u64::from(first_file))?;
    let mut files = Vec::new();
    for _ in 0..file_count {
        let (len, start, folder) = (u64::from(source.four()?), u64::from(source.four()?), source.two()?);
        let [.., low, high]: [u8; 6] = source.bytes()?;
        let is_utf8 = u16::from_le_bytes([low, high]) & 0x80 != 0;
        let name = source.text()?;
        if files.len() as u64 > most {
            continue;
        }
        let name = if is_utf8 { String::from_utf8_lossy(&name).into_owned() } else { name_of(&name) };
        files.push(Listed { name, folder, start, len });
    }
    Ok((folders, files, reserves.2))
}

/// How the blocks of a folder are unpacked.
enum Unpack {
    Stored,
    Mszip { decoder: Box<DecompressorOxide>, window: Vec<u8> },
    Lzx(Box<Lzxd>),
}

impl Unpack {
    fn of(method: u16) -> Result<Self, &'static str> {
        match method & 0xF {
            0 => Ok(Self::Stored),
            1 => Ok(Self::Mszip { decoder: Box::default(), window: Vec::new() }),
            2 => Err("Quantum"),
            3 => {
                let window = match method >> 8 & 0x1F {
                    15 => WindowSize::KB32,
                    16 => WindowSize::KB64,
                    17 => WindowSize::KB128,
                    18 => WindowSize::KB256,
                    19 => WindowSize::KB512,
                    20 => WindowSize::MB1,
                    21 => WindowSize::MB2,
                    _ => return Err("LZX of an unknown window"),
                };
                Ok(Self::Lzx(Box::new(Lzxd::new(window))))
            }
            _ => Err("an unknown method"),
        }
    }

    /// Unpacks one block of this many bytes into `block`.
    fn block(&mut self, packed: &[u8], len: usize, block: &mut Vec<u8>) -> io::Result<()> {
        block.clear();
        match self {
            Self::Stored => block.extend_from_slice(packed),
            Self::Mszip { decoder, window } => {
                let deflated = packed.strip_prefix(b"CK").ok_or_else(|| io::Error::other("a block does not begin as it should"))?;
                // Each block is a stream of its own, which may repeat what came before it.
                decoder.init();
                let before = window.len();
                window.resize(before + len, 0);
                let (status, _, given) = decompress(decoder, deflated, window, before, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
                if status != TINFLStatus::Done || given != len {
                    return Err(io::Error::other("a block can't be unpacked"));
                }
                block.extend_from_slice(&window[before..]);
                window.drain(..window.len().saturating_sub(BLOCK));
            }
            Self::Lzx(decoder) => {
                let unpacked = decoder.decompress_next(packed, len).map_err(|error| io::Error::other(error.to_string()))?;
                block.extend_from_slice(unpacked);
            }
        }
        if block.len() == len { Ok(()) } else { Err(io::Error::other("a block has another length than it says")) }
    }
}

/// The unpacked bytes of a folder.
struct Blocks<'a, R> {
    source: &'a mut Counted<R>,
    left: u16,
    reserve: u8,
    unpack: Unpack,
    packed: Vec<u8>,
    block: Vec<u8>,
    /// How much of the block was given, and of the folder.
    at: usize,
    given: u64,
}

impl<R: BufRead> Blocks<'_, R> {
    /// Unpacks the next block. False where there is none.
    fn next(&mut self) -> io::Result<bool> {
        if self.left == 0 {
            return Ok(false);
        }
        self.left -= 1;
        let (checksum, packed, unpacked) = (self.source.four()?, self.source.two()?, usize::from(self.source.two()?));
        let mut reserve = vec![0; usize::from(self.reserve)];
        self.source.exactly(&mut reserve)?;
        self.packed.resize(usize::from(packed), 0);
        self.source.exactly(&mut self.packed)?;
        if unpacked == 0 {
            return Err(io::Error::other("a block goes on in another cabinet"));
        }
        if unpacked > BLOCK {
            return Err(io::Error::other("a block is too long"));
        }
        let sizes = u32::from(packed) | (unpacked as u32) << 16;
        if checksum != 0 && checksum != sum(&self.packed, 0) ^ sizes {
            self.left = 0;
            return Err(io::Error::other("a checksum is wrong"));
        }
        self.at = 0;
        let result = self.unpack.block(&self.packed, unpacked, &mut self.block);
        if result.is_err() {
            // The next blocks would repeat what is not there.
            self.left = 0;
            self.block.clear();
        }
        result.map(|()| true)
    }

    /// Skips to this place of the folder.
    fn go_to(&mut self, place: u64) -> io::Result<()> {
        let ahead = place.checked_sub(self.given).ok_or_else(|| io::Error::other("it lies over another file"))?;
        let skipped = io::copy(&mut self.take(ahead), &mut io::sink())?;
        if skipped == ahead { Ok(()) } else { Err(ends_early()) }
    }
}

impl<R: BufRead> Read for Blocks<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.block.len() {
            if !self.next()? {
                return Ok(0);
            }
        }
        let len = buffer.len().min(self.block.len() - self.at);
        buffer[..len].copy_from_slice(&self.block[self.at..self.at + len]);
        self.at += len;
        self.given += len as u64;
        Ok(len)
    }
}

/// A file of a known length: an early end is an error.
struct Whole<'a, R> {
    source: &'a mut R,
    left: u64,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        match self.source.read(&mut buffer[..most])? {
            0 => Err(ends_early()),
            read => {
                self.left -= read as u64;
                Ok(read)
            }
        }
    }
}

/// The checksum of a block: the exclusive or of all words of four bytes; the last bytes are in reverse order.
fn sum(bytes: &[u8], seed: u32) -> u32 {
    let (words, rest) = bytes.as_chunks::<4>();
    let sum = words.iter().fold(seed, |sum, word| sum ^ u32::from_le_bytes(*word));
    sum ^ rest.iter().fold(0, |last, byte| last << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bytes_of_a_checksum_stand_in_reverse_order() {
        assert_eq!(sum(&[1, 0, 0, 0], 0), 1);
        assert_eq!(sum(&[1, 0, 0, 0, 0xAA, 0xBB], 0), 0xAABB ^ 1);
        assert_eq!(sum(&[0xAA, 0xBB, 0xCC], 0), 0x00AA_BBCC);
    }
}
