//! Windows event logs (EVTX): chunks of 64 KiB, each read by itself, so that a damaged one costs no other.
//!
//! A record is a template, which its chunk holds once, and the values that go into it. A template is compiled once per chunk, and an
//! event gives its values typed: a search for errors need not render the many events without one. The crate `evtx` renders each
//! record whole, and would bring 48 crates. The format is described by libyal's documentation of it.

mod binxml;
pub(super) mod record;
mod value;

use std::fmt;
use std::io::{self, Read};

use super::walk::{Unread, Walk, fill};
use binxml::Chunk;
pub use record::{Event, Field};
pub use value::Value;

/// The size of the file's header, and of a chunk.
const FILE_HEADER: usize = 4096;
const CHUNK: usize = 64 << 10;
/// Where the records of a chunk begin.
const RECORDS: usize = 512;
/// A record's header: magic, size, number, time. Its size stands once more at its end.
const RECORD_HEADER: usize = 24;
const MAGIC: [u8; 4] = *b"**\0\0";

/// What could not be read of a log.
#[derive(Default)]
struct Damage {
    chunks: u64,
    records: u64,
    is_cut: bool,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (count, one, many) in [(self.chunks, "chunk", "chunks"), (self.records, "record", "records")] {
            if count > 0 {
                parts.push(format!("{count} {} can't be read", if count == 1 { one } else { many }));
            }
        }
        if self.is_cut {
            parts.push("it ends early".to_owned());
        }
        f.write_str(&parts.join(", "))
    }
}

/// Reads all records that can be read, also of a log that was not closed or is damaged.
pub(super) fn read(walk: &mut Walk<'_>, place: &str, source: &mut dyn Read, depth: u32) -> io::Result<()> {
    let mut damage = Damage::default();
    let mut bytes = vec![0; CHUNK];
    match fill(source, &mut bytes[..FILE_HEADER]) {
        Ok(FILE_HEADER) => {}
        Ok(_) => damage.is_cut = true,
        Err(error) => return walk.damaged(place, &error),
    }
    while !damage.is_cut {
        let len = match fill(source, &mut bytes) {
            Ok(0) => break,
            Ok(len) => len,
            Err(error) => {
                walk.damaged(place, &error)?;
                break;
            }
        };
        if depth > 0 && walk.give(place, len as u64).is_err() {
            return Err(io::Error::other("stopped"));
        }
        damage.is_cut = len < CHUNK;
        chunk(walk, place, &bytes[..len], &mut damage)?;
    }
    if damage.chunks > 0 || damage.records > 0 || damage.is_cut {
        walk.unread(place, Unread::Damaged(damage.to_string()))?;
    }
    Ok(())
}

fn chunk(walk: &mut Walk<'_>, place: &str, bytes: &[u8], damage: &mut Damage) -> io::Result<()> {
    if !bytes.starts_with(b"ElfChnk\0") || bytes.len() < RECORDS {
        // The last chunks of a log are made before they are needed, and hold zeros.
        if bytes.iter().any(|byte| *byte != 0) {
            damage.chunks += 1;
        }
        return Ok(());
    }
    let mut chunk = Chunk::new(bytes);
    let mut at = RECORDS;
    let mut last = 0;
    // The end of the records by the header. It can be out of date, and old content of the chunk can follow it.
    let free = u32::from_le_bytes([bytes[48], bytes[49], bytes[50], bytes[51]]) as usize;
    let free = if (RECORDS..=bytes.len()).contains(&free) { free } else { bytes.len() };
    loop {
        let record = if at < free {
            Record::at_or_after(bytes, at, &mut damage.records)
        } else {
            Record::at(bytes, at).filter(|record| record.number == last + 1)
        };
        let Some(record) = record else { return Ok(()) };
        last = record.number;
        at = record.end;
        let Some(instance) = chunk.instance(record.begin + RECORD_HEADER, record.end - 4) else {
            damage.records += 1;
            continue;
        };
        let event = instance.event(record.number, record.time);
        let visited = walk.visitor.event(place, &event);
        walk.checked(visited)?;
    }
}

/// Where a record lies in its chunk.
struct Record {
    begin: usize,
    end: usize,
    number: u64,
    time: u64,
}

impl Record {
    /// The record at `at`, or the next that can be found after something damaged.
    fn at_or_after(bytes: &[u8], at: usize, damaged: &mut u64) -> Option<Self> {
        if let Some(record) = Self::at(bytes, at) {
            return Some(record);
        }
        let rest = bytes.get(at..)?;
        // Records begin at any multiple of 8; the size at the end of a found one has to be that at its beginning.
        let found = (at + 1..bytes.len()).filter(|at| bytes[*at..].starts_with(&MAGIC)).find_map(|at| {
            let record = Self::at(bytes, at)?;
            let size = (record.end - record.begin) as u32;
            (bytes[record.end - 4..record.end] == size.to_le_bytes()).then_some(record)
        });
        if rest.starts_with(&MAGIC) || found.is_some() {
            *damaged += 1;
        }
        found
    }

    fn at(bytes: &[u8], begin: usize) -> Option<Self> {
        let header = bytes.get(begin..begin + RECORD_HEADER)?;
        let eight = |at: usize| header[at..at + 8].try_into().map(u64::from_le_bytes).unwrap_or_default();
        let size = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        let end = begin.checked_add(size)?;
        (header.starts_with(&MAGIC) && size >= RECORD_HEADER + 4 && end <= bytes.len()).then(|| Self {
            begin,
            end,
            number: eight(8),
            time: eight(16),
        })
    }
}
