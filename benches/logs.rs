//! Log text of a known shape, the same bytes for the same arguments: what the benches scan and what the whole programs are compared on.

use std::fmt::Write;

/// The shapes of text, with what is in them.
pub(crate) const KINDS: [(&str, &str); 8] = [
    ("ime", "CMTrace records as the Intune Management Extension writes them, a finding about every 200 lines"),
    ("clean", "the same with no finding"),
    ("dense", "the same with a finding in every line"),
    ("guid", "lines full of GUIDs, no finding"),
    ("hexdump", "lines of hex words, no finding"),
    ("digits", "decimal numbers of 4 to 8 digits, no finding"),
    ("oneline", "the ime text with a blank for every line end"),
    ("utf16", "the ime text in UTF-16LE with a byte-order mark"),
];

/// Numbers that look random and are the same every time: Knuth's linear congruential generator of 64 bits, its upper half.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as u32
    }

    fn below(&mut self, limit: u32) -> u32 {
        ((u64::from(self.next()) * u64::from(limit)) >> 32) as u32
    }

    fn guid(&mut self) -> String {
        let (a, b, c, d) = (self.next(), self.next(), self.next(), self.next());
        format!("{a:08x}-{:04x}-4{:03x}-8{:03x}-{:04x}{d:08x}", b >> 16, b & 0xFFF, c >> 20, c & 0xFFFF)
    }
}

const CODES: [&str; 10] = [
    "0x80CF0437",
    "0x80240438",
    "0x80CF402C",
    "0x80043001",
    "0x8018002b",
    "80180014",
    "-2145910764",
    "0x801c03ea",
    "0x80070032",
    "2149056522",
];

fn line(numbers: &mut Numbers, kind: &str, text: &mut String) {
    let _ = match kind {
        "guid" => (0..5).try_for_each(|at| write!(text, "{}{}", if at > 0 { " " } else { "" }, numbers.guid())),
        // No word begins with 8 or more, so none is a failure code.
        "hexdump" => (0..9).try_for_each(|at| write!(text, "{:08x}{}", numbers.below(0x7FFF_FFFF), if at == 0 { ": " } else { " " })),
        "digits" => (0..16).try_for_each(|_| {
            let limit = 10_u32.pow(4 + numbers.below(5));
            write!(text, "{} ", numbers.below(limit))
        }),
        _ => record(numbers, kind, text),
    };
}

fn record(numbers: &mut Numbers, kind: &str, text: &mut String) -> std::fmt::Result {
    let failing = kind == "dense" || kind != "clean" && numbers.below(200) == 0;
    let (guid, number, digit) = (numbers.guid(), numbers.below(1_000_000), numbers.below(10));
    text.push_str("<![LOG[");
    if failing {
        let code = CODES[numbers.below(10) as usize];
        write!(text, "Auto MDM Enroll: Device Credential (0x0), Failed (Unknown Win32 Error code: {code})")?;
    } else {
        match numbers.below(6) {
            0 => write!(text, "[Win32App] Processing app (id={guid}, name = Contoso Tool {number}) with mode = DetectInstall")?,
            1 => write!(text, "Requirement rule applicability state is Applicable for app {guid}")?,
            2 => write!(text, "[StatusService] No subscribers to SendUpdate. appId {guid} status {number}")?,
            3 => write!(text, "Content cache manager size is {number} bytes, elapsed 00:00:0{digit}.{number}")?,
            4 => write!(text, "Starting DO download job {guid} for /{number}/intunewin-bin.manage.example.com")?,
            _ => write!(
                text,
                "OMA-DM message sent to https://r.manage.example.com/cimhandler.ashx?mode=Maintenance&Platform=WoA length {number}"
            )?,
        }
    }
    let (hour, minute, second, fraction) = (numbers.below(24), numbers.below(60), numbers.below(60), numbers.below(10_000_000));
    let (day, severity, thread) = (1 + numbers.below(28), 1 + numbers.below(3), 1 + numbers.below(98));
    write!(
        text,
        "]LOG]!><time=\"{hour:02}:{minute:02}:{second:02}.{fraction:07}\" date=\"11-{day}-2026\" component=\"IntuneManagementExtension\" \
         context=\"\" type=\"{severity}\" thread=\"{thread}\" file=\"\">"
    )
}

/// Text of a kind, at least so many bytes long and ending with a whole line, given to `write` in pieces.
pub(crate) fn generate<E>(kind: &str, bytes: usize, mut write: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
    let mut numbers = Numbers(7);
    let mut written = 0;
    if kind == "utf16" {
        write(&[0xFF, 0xFE])?;
        written += 2;
    }
    while written < bytes {
        let mut text = String::new();
        for _ in 0..1000 {
            line(&mut numbers, kind, &mut text);
            text.push_str(if kind == "oneline" { " " } else { "\r\n" });
        }
        let piece = if kind == "utf16" { text.bytes().flat_map(|byte| [byte, 0]).collect() } else { text.into_bytes() };
        write(&piece)?;
        written += piece.len();
    }
    Ok(())
}
