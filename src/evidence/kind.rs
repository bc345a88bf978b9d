//! What a file is, told by its first bytes and never by its name.

/// The kind of a file, by its first bytes.
///
/// ```
/// use intune_err::evidence::Kind;
/// assert_eq!(Kind::of(b"PK\x03\x04..."), Kind::Zip);
/// assert_eq!(Kind::of(b"2026-11-29 hr=0x80180014"), Kind::Text);
/// assert_eq!(Kind::of(b"MZ\x90\0\x03\0\0\0\x04\0"), Kind::Other("a Windows program"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Text, in any encoding.
    Text,
    /// A ZIP archive.
    Zip,
    /// A Windows cabinet (CAB).
    Cab,
    /// A gzip file.
    Gzip,
    /// A Windows event log (EVTX).
    Evtx,
    /// Something that is not read, with words for it: `an event trace (.etl)`.
    Other(&'static str),
}

/// How many of the first bytes tell the kind.
pub const HEAD: usize = 512;

/// First bytes, and what they tell. The sources are the formats' own documents.
const SIGNATURES: [(&[u8], Kind); 27] = [
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"PK\x07\x08", Kind::Zip),
    (b"MSCF\0\0\0\0", Kind::Cab),
    (b"\x1F\x8B\x08", Kind::Gzip),
    (b"ElfFile\0", Kind::Evtx),
    (b"7z\xBC\xAF\x27\x1C", Kind::Other("a 7z archive")),
    (b"\xFD7zXZ\0", Kind::Other("an xz file")),
    (b"\x28\xB5\x2F\xFD", Kind::Other("a Zstandard file")),
    (b"BZh", Kind::Other("a bzip2 file")),
    (b"Rar!\x1A\x07", Kind::Other("a RAR archive")),
    (b"MZ", Kind::Other("a Windows program")),
    (b"\x7FELF", Kind::Other("a Linux program")),
    (b"\xCF\xFA\xED\xFE", Kind::Other("a macOS program")),
    (b"\xCE\xFA\xED\xFE", Kind::Other("a macOS program")),
    (b"\xCA\xFE\xBA\xBE", Kind::Other("a macOS program or a Java class")),
    (b"SQLite format 3\0", Kind::Other("an SQLite database")),
    (b"regf", Kind::Other("a registry hive")),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Other("an OLE file, such as an .msi or an old Office document")),
    (b"%PDF-", Kind::Other("a PDF document")),
    (b"\x89PNG\r\n\x1A\n", Kind::Other("a PNG picture")),
    (b"\xFF\xD8\xFF", Kind::Other("a JPEG picture")),
    (b"GIF8", Kind::Other("a GIF picture")),
    (b"MDMP", Kind::Other("a memory dump")),
    (b"PAGEDU64", Kind::Other("a memory dump")),
    (b"xar!", Kind::Other("a macOS package")),
    // What it tells was found elsewhere, and would be found twice.
    (b"<!DOCTYPE html>\n<!-- A report of intune-err -->", Kind::Other("a report of intune-err")),
];

impl Kind {
    /// The kind of a file that begins with `head`: its first [`HEAD`] bytes, or all of a shorter one.
    ///
    /// ```
    /// use intune_err::evidence::Kind;
    /// assert_eq!(Kind::of(b"ElfFile\0"), Kind::Evtx);
    /// assert_eq!(Kind::of(b"\x1F\x8B\x08\0"), Kind::Gzip);
    /// ```
    pub fn of(head: &[u8]) -> Self {
        if let Some((_, kind)) = SIGNATURES.iter().find(|(bytes, kind)| head.starts_with(bytes) && is_plausible(*kind, head)) {
            return *kind;
        }
        if is_event_trace(head) {
            return Self::Other("an event trace (.etl)");
        }
        if is_tar(head) {
            return Self::Other("a tar archive");
        }
        if is_binary(head) { Self::Other("a binary file") } else { Self::Text }
    }

    /// How the user can go on with a file that isn't read; `None` if nothing in it is worth a look.
    ///
    /// ```
    /// use intune_err::evidence::Kind;
    /// assert!(Kind::of(b"7z\xBC\xAF\x27\x1C").advice().unwrap().contains("unpack it"));
    /// assert_eq!(Kind::Text.advice(), None);
    /// ```
    pub fn advice(self) -> Option<&'static str> {
        let Self::Other(what) = self else { return None };
        Some(match what {
            "an event trace (.etl)" => {
                "turn it into text on Windows: `tracerpt FILE -of CSV`, or `Get-WindowsUpdateLog` for the logs of Windows Update"
            }
            "a 7z archive" | "an xz file" | "a Zstandard file" | "a bzip2 file" | "a RAR archive" | "a tar archive" | "a macOS package" => {
                "unpack it, then scan the folder"
            }
            "a registry hive" => "export its keys with `reg export` on Windows, then scan the .reg file",
            "an SQLite database" => "dump it as text with `sqlite3 FILE .dump`, then scan that",
            _ => return None,
        })
    }

    /// Whether [`walk`](super::walk()) looks inside such a file.
    ///
    /// ```
    /// use intune_err::evidence::Kind;
    /// assert!(Kind::Cab.is_read() && !Kind::Other("a registry hive").is_read());
    /// ```
    pub const fn is_read(self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// Whether text could begin with the same bytes: short signatures of letters need more.
fn is_plausible(kind: Kind, head: &[u8]) -> bool {
    match kind {
        // `MZ`, `regf`, `BZh`, `GIF8`, `xar!` and `MDMP` are letters; a real one has bytes that no text has.
        Kind::Other(_) if head.first().is_some_and(u8::is_ascii_alphabetic) => is_binary(head),
        _ => true,
    }
}

/// An event trace has no signature. Its first buffer has a header of 72 bytes, then the trace's own first event of 0x20 flags.
fn is_event_trace(head: &[u8]) -> bool {
    let Some((header, rest)) = head.split_at_checked(72) else { return false };
    let size = u32::from_le_bytes([header[0], header[1], header[2], header[3]]);
    // The size of a buffer is a multiple of 1 KiB; the system's header event follows with version 2 and its marker 0xC0.
    (1024..=16 << 20).contains(&size) && size % 1024 == 0 && matches!(rest, [2, 0, 1 | 2, 0xC0, ..])
}

fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// Whether `head` is neither text in UTF-8 or a code page, nor UTF-16: control characters that no log has.
fn is_binary(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return false;
    }
    let controls = head.iter().filter(|byte| matches!(byte, 0..=6 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    if controls == 0 {
        return false;
    }
    // UTF-16 of ASCII text has a zero in every second byte, and other controls are rare in it.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    // A few bytes tell too little.
    if head.len() < 8 {
        return false;
    }
    let half = head.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    let is_utf16 = half > 0 && (odd * 10 >= half * 7 && even * 10 <= half || even * 10 >= half * 7 && odd * 10 <= half);
    // Text that somebody made to be hostile can be full of controls; a binary file has zeros.
    let is_dense = controls * 3 > head.len() || head.contains(&0) && controls * 32 > head.len();
    !is_utf16 && is_dense
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_in_every_encoding() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let utf16be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for head in [
            b"".to_vec(),
            b"MZ is how a program begins, says this line".to_vec(),
            b"regf, BZh and GIF8 are words here".to_vec(),
            "\u{FEFF}with a mark".as_bytes().to_vec(),
            utf16("hr = 0x80180014\r\n"),
            utf16be("hr = 0x80180014\r\n"),
            b"\x1B[31mred\x1B[0m\r\n".to_vec(),
            b"caf\xE9 in a code page".to_vec(),
        ] {
            assert_eq!(Kind::of(&head), Kind::Text, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn binary_files_are_told_apart() {
        let mut trace = vec![0; 80];
        trace[..4].copy_from_slice(&65536_u32.to_le_bytes());
        trace[72..76].copy_from_slice(&[2, 0, 2, 0xC0]);
        assert_eq!(Kind::of(&trace), Kind::Other("an event trace (.etl)"));
        assert_eq!(Kind::of(&[0x13, 0x00, 0x01, 0x02, 0xFF, 0xFE, 0x00, 0x01]), Kind::Other("a binary file"));
        let mut tar = vec![b'a'; 512];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(Kind::of(&tar), Kind::Other("a tar archive"));
        for (bytes, kind) in SIGNATURES {
            assert_eq!(Kind::of(&[bytes, &[0_u8; 64][..]].concat()), kind, "{}", bytes.escape_ascii());
        }
    }
}
