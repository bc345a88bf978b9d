//! Makes evidence for the tests: ZIP archives, cabinets, gzip files and event logs, out of nothing.
#![allow(dead_code)]

use std::collections::HashMap;
use std::io::{Cursor, Write};

/// A gzip file.
pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

fn crc(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}

/// How the members of a ZIP archive are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zip {
    Stored,
    Deflate,
    /// Checksum and sizes follow the member, as a writer to a pipe does it.
    Streamed,
    /// Sizes stand in the extra field of large members.
    Zip64,
}

/// A member of a ZIP archive: the bytes of its name, flags beside those of the way it is written, method, and content.
pub(crate) struct Member<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) flags: u16,
    pub(crate) method: Option<u16>,
    pub(crate) content: &'a [u8],
}

/// A ZIP archive of these members.
pub(crate) fn zip(how: Zip, members: &[(&str, &[u8])]) -> Vec<u8> {
    let members: Vec<Member<'_>> =
        members.iter().map(|(name, content)| Member { name: name.as_bytes(), flags: 1 << 11, method: None, content }).collect();
    zip_of(how, &members)
}

/// A ZIP archive of members with flags and methods of their own. An unknown method only stands in the headers.
pub(crate) fn zip_of(how: Zip, members: &[Member<'_>]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for Member { name, flags, method, content } in members {
        let packed = if how == Zip::Stored { content.to_vec() } else { deflate(content) };
        let method = method.unwrap_or(if how == Zip::Stored { 0 } else { 8 });
        let flags = flags | if how == Zip::Streamed { 1 << 3 } else { 0 };
        let place = archive.len() as u32;
        let head = |sizes: [u32; 3]| {
            let mut head = vec![45, 0];
            head.extend(flags.to_le_bytes());
            head.extend(method.to_le_bytes());
            head.extend([0; 4]);
            head.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
            head.extend((name.len() as u16).to_le_bytes());
            head
        };
        let real = [crc(content), packed.len() as u32, content.len() as u32];
        let mut large = vec![1, 0, 16, 0];
        large.extend((content.len() as u64).to_le_bytes());
        large.extend((packed.len() as u64).to_le_bytes());
        let (sizes, extra) = match how {
            Zip::Streamed => ([0; 3], &[][..]),
            Zip::Zip64 => ([real[0], u32::MAX, u32::MAX], large.as_slice()),
            _ => (real, &[][..]),
        };
        archive.extend(b"PK\x03\x04");
        archive.extend(head(sizes));
        archive.extend((extra.len() as u16).to_le_bytes());
        archive.extend(*name);
        archive.extend(extra);
        archive.extend(&packed);
        if how == Zip::Streamed {
            archive.extend(b"PK\x07\x08");
            archive.extend(real.iter().flat_map(|size| size.to_le_bytes()));
        }
        let sizes = if how == Zip::Zip64 { sizes } else { real };
        directory.extend(b"PK\x01\x02\x2D\0");
        directory.extend(head(sizes));
        directory.extend((extra.len() as u16).to_le_bytes());
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes());
        directory.extend(*name);
        directory.extend(extra);
    }
    let begin = archive.len() as u32;
    archive.extend(&directory);
    if members.len() > usize::from(u16::MAX) {
        let end = archive.len() as u64;
        archive.extend(b"PK\x06\x06");
        archive.extend(44_u64.to_le_bytes());
        archive.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        archive
            .extend([members.len() as u64, members.len() as u64, directory.len() as u64, u64::from(begin)].map(u64::to_le_bytes).concat());
        archive.extend(b"PK\x06\x07\0\0\0\0");
        archive.extend(end.to_le_bytes());
        archive.extend(1_u32.to_le_bytes());
        archive.extend(b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0");
        return archive;
    }
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend((members.len() as u16).to_le_bytes());
    archive.extend((members.len() as u16).to_le_bytes());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(begin.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

/// A cabinet of these files in one folder.
pub(crate) fn cabinet(method: cab::CompressionType, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = cab::CabinetBuilder::new();
    let folder = builder.add_folder(method);
    for (name, _) in files {
        folder.add_file(*name);
    }
    let mut writer = builder.build(Cursor::new(Vec::new())).expect("memory takes everything");
    let mut contents = files.iter();
    while let Some(mut file) = writer.next_file().expect("memory takes everything") {
        file.write_all(contents.next().expect("a content each").1).expect("memory takes everything");
    }
    writer.finish().expect("memory takes everything").into_inner()
}

/// A cabinet with one file of less than 32 KiB in an LZX block that is not compressed.
pub(crate) fn lzx_cabinet(name: &str, content: &[u8]) -> Vec<u8> {
    // One bit for no translation of calls, three for the kind of the block, 24 for its length, then the three last distances.
    let bits = (0b011_u32 << 28 | (content.len() as u32) << 4).to_be_bytes();
    let mut block = vec![bits[1], bits[0], bits[3], bits[2]];
    block.extend([1_u32; 3].iter().flat_map(|distance| distance.to_le_bytes()));
    block.extend(content);
    if content.len() % 2 == 1 {
        block.push(0);
    }
    let (folder, file) = (36_u32, 36 + 8_u32);
    let data = file + 16 + name.len() as u32 + 1;
    let size = data + 8 + block.len() as u32;
    let mut cabinet = b"MSCF\0\0\0\0".to_vec();
    cabinet.extend([size, 0, file, 0].iter().flat_map(|number| number.to_le_bytes()));
    cabinet.extend([3, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(cabinet.len() as u32, folder);
    cabinet.extend(data.to_le_bytes());
    cabinet.extend([1, 0, 3, 15]);
    cabinet.extend([content.len() as u32, 0].iter().flat_map(|number| number.to_le_bytes()));
    cabinet.extend([0; 8]);
    cabinet.extend(name.as_bytes());
    cabinet.push(0);
    cabinet.extend([0; 4]);
    cabinet.extend((block.len() as u16).to_le_bytes());
    cabinet.extend((content.len() as u16).to_le_bytes());
    cabinet.extend(block);
    cabinet
}

/// A value of an event, with the type that it has in the log.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Int32(i32),
    UInt32(u32),
    HexInt32(u32),
}

impl Value {
    const fn kind(&self) -> u8 {
        match self {
            Self::Text(_) => 0x01,
            Self::Int32(_) => 0x07,
            Self::UInt32(_) => 0x08,
            Self::HexInt32(_) => 0x14,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => utf16(text),
            Self::Int32(number) => number.to_le_bytes().to_vec(),
            Self::UInt32(number) | Self::HexInt32(number) => number.to_le_bytes().to_vec(),
        }
    }
}

/// Text in UTF-16LE.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Text in UTF-16BE.
pub(crate) fn utf16be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// An event to be written.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) provider: String,
    pub(crate) channel: String,
    pub(crate) id: u16,
    pub(crate) level: u8,
    /// 100 nanoseconds since 1601.
    pub(crate) time: u64,
    pub(crate) fields: Vec<(String, Value)>,
}

impl Event {
    /// An event of level "error" on 2026-01-05 at 10:00 (UTC), in the channel `Admin` of its provider.
    pub(crate) fn new(provider: &str, id: u16, fields: &[(&str, Value)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let channel = format!("{provider}/Admin");
        Self { provider: provider.to_owned(), channel, id, level: 2, time: 134_120_808_000_000_000, fields }
    }
}

/// An event log of these events.
pub(crate) fn event_log(events: &[Event]) -> Vec<u8> {
    let mut log = vec![0; 4096];
    log[..8].copy_from_slice(b"ElfFile\0");
    log[32..44].copy_from_slice(&[128, 0, 0, 0, 1, 0, 3, 0, 0, 16, 1, 0]);
    let mut chunk = ChunkWriter::new();
    for (position, event) in events.iter().enumerate() {
        let number = position as u64 + 1;
        if chunk.bytes.len() > 60_000 {
            log.extend(std::mem::replace(&mut chunk, ChunkWriter::new()).finish());
        }
        chunk.record(number, event);
    }
    log.extend(chunk.finish());
    log
}

/// Writes a chunk: names and templates stand where they are used first, and are pointed at afterwards.
struct ChunkWriter {
    bytes: Vec<u8>,
    names: HashMap<String, u32>,
    templates: HashMap<String, u32>,
}

impl ChunkWriter {
    fn new() -> Self {
        let mut bytes = vec![0; 512];
        bytes[..8].copy_from_slice(b"ElfChnk\0");
        bytes[40..44].copy_from_slice(&128_u32.to_le_bytes());
        Self { bytes, names: HashMap::new(), templates: HashMap::new() }
    }

    fn four(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn name(&mut self, name: &str) {
        let here = self.bytes.len() as u32 + 4;
        if let Some(&place) = self.names.get(name) {
            return self.four(place);
        }
        self.names.insert(name.to_owned(), here);
        self.four(here);
        self.four(0);
        let hash = name.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(65599).wrapping_add(u32::from(unit)));
        self.bytes.extend((hash as u16).to_le_bytes());
        self.bytes.extend((name.encode_utf16().count() as u16).to_le_bytes());
        self.bytes.extend(utf16(name));
        self.bytes.extend([0, 0]);
    }

    /// Begins an element; `end` wants the place that this gives.
    fn begin(&mut self, name: &str, attribute: Option<(&str, &str)>) -> usize {
        self.bytes.push(if attribute.is_some() { 0x41 } else { 0x01 });
        self.bytes.extend([0xFF, 0xFF]);
        let size = self.bytes.len();
        self.four(0);
        self.name(name);
        if let Some((name, value)) = attribute {
            let list = self.bytes.len();
            self.four(0);
            self.bytes.push(0x06);
            self.name(name);
            self.text(value);
            self.set_size(list);
        }
        size
    }

    fn set_size(&mut self, place: usize) {
        let size = (self.bytes.len() - place - 4) as u32;
        self.bytes[place..place + 4].copy_from_slice(&size.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.bytes.extend([0x05, 0x01]);
        self.bytes.extend((text.encode_utf16().count() as u16).to_le_bytes());
        self.bytes.extend(utf16(text));
    }

    fn value(&mut self, number: u16, kind: u8) {
        self.bytes.push(0x0E);
        self.bytes.extend(number.to_le_bytes());
        self.bytes.push(kind);
    }

    fn content(&mut self) {
        self.bytes.push(0x02);
    }

    fn end(&mut self, size: usize, is_empty: bool) {
        self.bytes.push(if is_empty { 0x03 } else { 0x04 });
        self.set_size(size);
    }

    fn template(&mut self, event: &Event) {
        let root = self.begin("Event", Some(("xmlns", "http://schemas.microsoft.com/win/2004/08/events/event")));
        self.content();
        let system = self.begin("System", None);
        self.content();
        let provider = self.begin("Provider", Some(("Name", &event.provider)));
        self.end(provider, true);
        for (number, (name, kind)) in [("EventID", 6), ("Level", 4)].into_iter().enumerate() {
            let element = self.begin(name, None);
            self.content();
            self.value(number as u16, kind);
            self.end(element, false);
        }
        for (name, text) in [("Channel", event.channel.as_str()), ("Computer", "DESKTOP-TEST")] {
            let element = self.begin(name, None);
            self.content();
            self.text(text);
            self.end(element, false);
        }
        self.end(system, false);
        let data = self.begin("EventData", None);
        self.content();
        for (number, (name, value)) in event.fields.iter().enumerate() {
            let element = self.begin("Data", Some(("Name", name)));
            self.content();
            self.value(number as u16 + 2, value.kind());
            self.end(element, false);
        }
        self.end(data, false);
        self.end(root, false);
        self.bytes.push(0);
    }

    fn record(&mut self, number: u64, event: &Event) {
        let begin = self.bytes.len();
        self.bytes.extend(b"**\0\0\0\0\0\0");
        self.bytes.extend(number.to_le_bytes());
        self.bytes.extend(event.time.to_le_bytes());
        self.bytes.extend([0x0F, 1, 1, 0, 0x0C, 1]);
        let names: Vec<String> = event.fields.iter().map(|(name, value)| format!("{name}:{}", value.kind())).collect();
        let key = format!("{} {} {}", event.provider, event.channel, names.join(" "));
        self.four(7);
        if let Some(&place) = self.templates.get(&key) {
            self.four(place);
        } else {
            let place = self.bytes.len() as u32 + 4;
            self.templates.insert(key, place);
            self.four(place);
            self.bytes.extend([0; 20]);
            let size = self.bytes.len();
            self.four(0);
            self.bytes.extend([0x0F, 1, 1, 0]);
            self.template(event);
            self.set_size(size);
        }
        let mut values = vec![(6, event.id.to_le_bytes().to_vec()), (4, vec![event.level])];
        values.extend(event.fields.iter().map(|(_, value)| (value.kind(), value.bytes())));
        self.four(values.len() as u32);
        for (kind, bytes) in &values {
            self.bytes.extend((bytes.len() as u16).to_le_bytes());
            self.bytes.extend([*kind, 0]);
        }
        for (_, bytes) in &values {
            self.bytes.extend(bytes);
        }
        while !(self.bytes.len() - begin + 4).is_multiple_of(8) {
            self.bytes.push(0);
        }
        let size = (self.bytes.len() - begin + 4) as u32;
        self.four(size);
        self.bytes[begin + 4..begin + 8].copy_from_slice(&size.to_le_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        let end = self.bytes.len() as u32;
        self.bytes[48..52].copy_from_slice(&end.to_le_bytes());
        assert!(self.bytes.len() <= 65536, "an event is too large for a chunk");
        self.bytes.resize(65536, 0);
        self.bytes
    }
}
