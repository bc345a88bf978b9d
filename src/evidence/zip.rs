//! ZIP archives: by their directory if the file allows seeking, else member by member as the bytes come.
//!
//! Methods: stored and deflate. Names are UTF-8 or code page 437. The format is PKWARE's APPNOTE.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder};

use super::walk::{PIECE, ReadSeek, Unread, Walk, exact, inside, name_of, skip};

/// The bit of the flags that says that a member is encrypted.
const ENCRYPTED: u16 = 1;
/// The bit that says that sizes and checksum stand after the member.
const SIZES_FOLLOW: u16 = 1 << 3;
/// The bit that says that the name is UTF-8.
const IS_UTF8: u16 = 1 << 11;

const STORED: u16 = 0;
const DEFLATE: u16 = 8;

/// The words for methods that are met and not read.
const fn method_name(method: u16) -> &'static str {
    match method {
        1..=6 => "a method of the 1980s",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        98 => "PPMd",
        99 => "AES encryption",
        _ => "an unknown method",
    }
}

/// A member as the directory has it.
struct Listed {
    name: String,
    flags: u16,
    method: u16,
    size: u64,
    wayfinder: ZipArchiveEntryWayfinder,
}

/// Reads the members in the order of the directory. An archive without a readable directory is read member by member.
pub(super) fn by_directory(walk: &mut Walk<'_>, place: &str, file: &mut dyn ReadSeek) -> io::Result<()> {
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = match ZipArchive::from_seekable(&mut *file, &mut buffer) {
        Ok(archive) => archive,
        Err(error) => {
            walk.unread(place, Unread::Damaged(format!("no directory ({error}); read from the beginning")))?;
            file.rewind()?;
            return by_members(walk, place, &mut BufReader::with_capacity(PIECE, file), 0);
        }
    };
    let mut entries = archive.entries(&mut buffer);
    let mut used = BTreeMap::new();
    loop {
        let listed = match entries.next_entry() {
            Ok(Some(entry)) if entry.is_dir() => continue,
            Ok(Some(entry)) => Listed {
                name: name_of(entry.file_path().as_bytes()),
                flags: entry.flags().bits(),
                method: method_number(entry.compression_method()),
                size: entry.uncompressed_size_hint(),
                wayfinder: entry.wayfinder(),
            },
            Ok(None) => return Ok(()),
            Err(error) => return walk.unread(place, Unread::Damaged(format!("its directory: {error}"))),
        };
        let place = inside(place, &listed.name);
        if !walk.counts(&place)? {
            return Ok(());
        }
        if let Some(what) = not_collected(&listed.name, listed.size) {
            walk.unread(&place, Unread::NotCollected(what))?;
            continue;
        }
        if let Some(why) = refused(listed.flags, listed.method) {
            walk.unread(&place, why)?;
            continue;
        }
        let entry = match archive.get_entry(listed.wayfinder) {
            Ok(entry) => entry,
            Err(error) => {
                walk.unread(&place, Unread::Damaged(error.to_string()))?;
                continue;
            }
        };
        let (start, end) = entry.compressed_data_range();
        if end > start && overlaps(&mut used, start, end) {
            walk.unread(&place, Unread::Overlap)?;
            continue;
        }
        let packed = BufReader::with_capacity(PIECE, entry.reader());
        if listed.method == STORED {
            walk.member(&place, &mut entry.verifying_reader(packed), 1)?;
        } else {
            walk.member(&place, &mut entry.verifying_reader(DeflateDecoder::new(packed)), 1)?;
        }
    }
}

fn method_number(method: CompressionMethod) -> u16 {
    method.as_u16()
}

/// Whether a range of bytes overlaps one that was used before. If not, marks it as used.
fn overlaps(used: &mut BTreeMap<u64, u64>, start: u64, end: u64) -> bool {
    let meets = used.range(..end).next_back().is_some_and(|(_, &before)| before > start);
    if !meets {
        used.insert(start, end);
    }
    meets
}

/// Why a member with these flags and this method is not read.
fn refused(flags: u16, method: u16) -> Option<Unread> {
    if flags & ENCRYPTED != 0 {
        Some(Unread::Encrypted)
    } else if matches!(method, STORED | DEFLATE) {
        None
    } else {
        Some(Unread::Method(method_name(method)))
    }
}

/// Intune's "Collect diagnostics" leaves an empty member whose name says why something could not be collected:
/// `(23) No Results - Error [0x80070002] FoldersFiles ...`.
fn not_collected(name: &str, size: u64) -> Option<String> {
    let (_, what) = name.split_once(") No Results - ")?;
    (size == 0).then(|| what.trim().to_owned())
}

/// Reads the members as they come. Their own headers say what they are; the directory at the end is not needed.
pub(super) fn by_members(walk: &mut Walk<'_>, place: &str, source: &mut dyn BufRead, depth: u32) -> io::Result<()> {
    loop {
        let header = match Header::read(source) {
            Ok(Some(header)) => header,
            Ok(None) => return Ok(()),
            Err(error) => return walk.damaged(place, &error),
        };
        let is_folder = header.name.ends_with(['/', '\\']);
        let place = inside(place, &header.name);
        let mut why = None;
        if !is_folder {
            if !walk.counts(&place)? {
                return Ok(());
            }
            why = not_collected(&header.name, header.unpacked.unwrap_or(1)).map(Unread::NotCollected);
            why = why.or_else(|| refused(header.flags, header.method));
        }
        let is_passed_over = is_folder || why.is_some();
        if let Some(why) = why {
            walk.unread(&place, why)?;
        }
        let passed = match (header.packed, header.method) {
            (Some(packed), _) if is_passed_over => skip(source, packed),
            (Some(packed), STORED) => header.member(walk, &place, &mut source.take(packed), depth),
            (Some(packed), _) => {
                let mut packed = source.take(packed);
                let read = header.member(walk, &place, &mut DeflateDecoder::new(&mut packed), depth);
                // What the decoder left is no part of the next member.
                read.and_then(|()| io::copy(&mut packed, &mut io::sink()).map(|_| ()))
            }
            (None, DEFLATE) if header.flags & ENCRYPTED == 0 => {
                let mut unpacked = Checked::new(DeflateDecoder::new(&mut *source));
                walk.member(&place, &mut unpacked, depth + 1)
                    .and_then(|()| unpacked.finish())
                    .and_then(|checksum| header.sizes_after(source, checksum))
            }
            (None, _) => {
                return walk.unread(&place, Unread::Damaged("its size is not known in a stream: save the archive to a file".to_owned()));
            }
        };
        if let Err(error) = passed {
            // Where this member ends is not known, so neither is where the next begins.
            return walk.damaged(&place, &error);
        }
    }
}

/// The header before a member.
struct Header {
    name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    /// The sizes, unless they follow the member.
    packed: Option<u64>,
    unpacked: Option<u64>,
    is_zip64: bool,
}

impl Header {
    /// The next header; none where the directory begins.
    fn read(source: &mut dyn BufRead) -> io::Result<Option<Self>> {
        let mut signature = [0; 4];
        exact(source, &mut signature)?;
        // The marker of an archive that was to be split and fitted into one part.
        if matches!(&signature, b"PK\x07\x08" | b"PK00") {
            exact(source, &mut signature)?;
        }
        match &signature {
            b"PK\x03\x04" => {}
            b"PK\x01\x02" | b"PK\x05\x06" | b"PK\x06\x06" | b"PK\x06\x08" => return Ok(None),
            _ => return Err(io::Error::other("no member begins where one should")),
        }
        let mut fixed = [0; 26];
        exact(source, &mut fixed)?;
        let two = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let four = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
        let (flags, method, checksum) = (two(2), two(4), four(10));
        let (packed, unpacked) = (u64::from(four(14)), u64::from(four(18)));
        let mut name = vec![0; usize::from(two(22))];
        exact(source, &mut name)?;
        let mut extra = vec![0; usize::from(two(24))];
        exact(source, &mut extra)?;
        let name = if flags & IS_UTF8 != 0 { String::from_utf8_lossy(&name).into_owned() } else { name_of(&name) };
        let large = zip64(&extra);
        let (unpacked, packed) = match large {
            Some((large_unpacked, large_packed)) if packed == u64::from(u32::MAX) || unpacked == u64::from(u32::MAX) => {
                (large_unpacked, large_packed)
            }
            _ => (unpacked, packed),
        };
        let are_known = flags & SIZES_FOLLOW == 0 || packed > 0;
        Ok(Some(Self {
            name,
            flags,
            method,
            checksum,
            packed: are_known.then_some(packed),
            unpacked: are_known.then_some(unpacked),
            is_zip64: large.is_some(),
        }))
    }

    /// Reads a member of known size, and looks at its checksum.
    fn member(&self, walk: &mut Walk<'_>, place: &str, source: &mut dyn Read, depth: u32) -> io::Result<()> {
        let mut checked = Checked::new(source);
        walk.member(place, &mut checked, depth + 1)?;
        let found = checked.finish()?;
        if self.flags & SIZES_FOLLOW == 0 && found != self.checksum {
            return walk.unread(place, Unread::Damaged("its checksum is wrong".to_owned()));
        }
        Ok(())
    }

    /// Reads what follows a member of unknown size: checksum and sizes, mostly after a signature.
    fn sizes_after(&self, source: &mut dyn BufRead, found: u32) -> io::Result<()> {
        let mut first = [0; 4];
        exact(source, &mut first)?;
        if &first == b"PK\x07\x08" {
            exact(source, &mut first)?;
        }
        skip(source, if self.is_zip64 { 16 } else { 8 })?;
        if u32::from_le_bytes(first) == found { Ok(()) } else { Err(io::Error::other("its checksum is wrong")) }
    }
}

/// The sizes in the extra field of a large member, unpacked and packed.
fn zip64(mut extra: &[u8]) -> Option<(u64, u64)> {
    while let [a, b, c, d, rest @ ..] = extra {
        let len = usize::from(u16::from_le_bytes([*c, *d]));
        let field = rest.get(..len)?;
        if u16::from_le_bytes([*a, *b]) == 1 {
            let eight = |at: usize| field.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
            return Some((eight(0)?, eight(8)?));
        }
        extra = &rest[len..];
    }
    None
}

/// Computes the checksum of what is read through it.
struct Checked<R> {
    source: R,
    crc: Crc,
}

impl<R: Read> Checked<R> {
    fn new(source: R) -> Self {
        Self { source, crc: Crc::new() }
    }

    /// Reads to the end, which a visit may have left, and gives the checksum.
    fn finish(&mut self) -> io::Result<u32> {
        io::copy(self, &mut io::sink())?;
        Ok(self.crc.sum())
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.crc.update(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_overlaps_one_that_it_shares_a_byte_with() {
        let mut used = BTreeMap::new();
        assert!(!overlaps(&mut used, 10, 20));
        assert!(!overlaps(&mut used, 20, 30));
        assert!(!overlaps(&mut used, 0, 10));
        assert!(overlaps(&mut used, 29, 31));
        assert!(overlaps(&mut used, 5, 40));
        assert!(overlaps(&mut used, 12, 13));
    }

    #[test]
    fn the_sizes_of_a_large_member_stand_in_its_extra_field() {
        let mut extra = vec![0x55, 0x54, 1, 0, 9, 1, 0, 16, 0];
        extra.extend(5_u64.to_le_bytes());
        extra.extend(3_u64.to_le_bytes());
        assert_eq!(zip64(&extra), Some((5, 3)));
        assert_eq!(zip64(&extra[..20]), None);
    }

    #[test]
    fn what_was_not_collected_stands_in_the_name_of_an_empty_member() {
        let name = "(23) No Results - Error [0x80070002] FoldersFiles C_Windows";
        assert_eq!(not_collected(name, 0).as_deref(), Some("Error [0x80070002] FoldersFiles C_Windows"));
        assert_eq!(not_collected(name, 1), None);
        assert_eq!(not_collected("a.log", 0), None);
    }
}
