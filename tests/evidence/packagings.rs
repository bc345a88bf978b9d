//! The same findings come out of a log in every packaging, for any log.

use std::io::{self, Cursor};

use cab::CompressionType;
use intune_err::evidence::{Event, Limits, Source, Unread, Visitor, walk};
use intune_err::{Found, Scanner, Stream};
use proptest::prelude::*;
use proptest::sample::select;

use super::make::{Zip, cabinet, gzip, lzx_cabinet, utf16, utf16be, zip};

/// Line, column, what was found, and the text of its line.
type Finding = (u64, u64, Found, Vec<u8>);

/// Scans each text that a walk finds, as it comes.
#[derive(Default)]
struct Scanning {
    stream: Option<Stream>,
    texts: usize,
    findings: Vec<Finding>,
    unread: Vec<(String, Unread)>,
}

fn take(findings: &mut Vec<Finding>, passage: &intune_err::Passage<'_>) {
    findings.extend(passage.occurrences().map(|found| (found.line, found.column, found.what, found.text.to_vec())));
}

impl Visitor for Scanning {
    fn begin_text(&mut self, _place: &str) -> io::Result<()> {
        self.texts += 1;
        self.stream = Some(Stream::new(Scanner::new()));
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        let stream = self.stream.as_mut().expect("a text has begun");
        stream.push(bytes, |passage| take(&mut self.findings, passage));
        Ok(())
    }

    fn end_text(&mut self) -> io::Result<()> {
        let stream = self.stream.take().expect("a text has begun");
        stream.finish(|passage| take(&mut self.findings, passage));
        Ok(())
    }

    fn event(&mut self, place: &str, _event: &Event<'_>) -> io::Result<()> {
        panic!("an event in {place}");
    }

    fn unread(&mut self, place: &str, why: Unread) -> io::Result<()> {
        self.unread.push((place.to_owned(), why));
        Ok(())
    }
}

/// What is found in a file of these bytes, as a file and as a stream that comes in pieces.
fn scanned(bytes: &[u8]) -> [Scanning; 2] {
    let mut told = [Scanning::default(), Scanning::default()];
    let [file, stream] = &mut told;
    walk("x", Source::File(&mut Cursor::new(bytes)), &Limits::default(), file).expect("memory can be read");
    walk("x", Source::Stream(&mut super::Pieces(bytes)), &Limits::default(), stream).expect("memory can be read");
    told
}

/// What may stand in a log. Codes, names and messages among words, numbers that are no codes, and letters that are no ASCII.
const PIECES: [&str; 30] = [
    "2026-01-05 10:00:00 ",
    "MDM Enroll: Failed (0x80CF0437) ",
    "hr=0x80180014 ",
    "-2145910764 ",
    "%%2149056532 ",
    "0x8018002B - 2149056555 ",
    "exit code 1603 ",
    "DeviceCapReached ",
    "menroll_e_devicecapreached ",
    "MDM authority not defined ",
    "[0x801c0021/0x801c000c] ",
    "0x0 ",
    "thread 0x80070005 ",
    "{80070005-8018-0014-8007-000580180014} ",
    "Fehler 0x80070005: Zugriff verweigert f\u{FC}r M\u{FC}ller ",
    "\u{2018}quoted\u{2019} ",
    "<![LOG[The app failed with 0x87D1041C]LOG]!><time=\"10:00:00.0000000\" date=\"1-5-2026\" component=\"Win32App\" ",
    "context=\"\" type=\"3\" thread=\"12\" file=\"\">",
    "failed to set registry key (0x80070005) ",
    "\t",
    "a word ",
    "and one more line of nothing in particular, ",
    "ErrorCode: 80CF0437 ",
    "0x80CF0437",
    "\"HRESULT\":\"0x80180014\" ",
    "dword:80180014 ",
    "\r\n",
    "\n",
    "\r\n",
    "\n",
];

/// A log of these pieces, long enough for several reads and blocks in one case of a few.
fn log() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat());
    (line, 0..4_usize, prop::bool::ANY).prop_map(|(text, times, ends)| {
        let text = format!("a log begins\r\n{text}");
        let text = if times == 0 { text.repeat(40) } else { text };
        if ends { format!("{text}\r\n") } else { text }
    })
}

/// The log as bytes of each encoding that Windows writes.
fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16LE with a mark", [b"\xFF\xFE".to_vec(), utf16(text)].concat()),
        ("UTF-16LE", utf16(text)),
        ("UTF-16BE with a mark", [b"\xFE\xFF".to_vec(), utf16be(text)].concat()),
    ]
}

/// The bytes in each packaging, one in another as well.
fn packagings(log: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let name = "(7) FoldersFiles temp_logs/a.log";
    let cab = cabinet(CompressionType::MsZip, &[("a.log", log)]);
    let gz = gzip(log);
    let inner = zip(Zip::Deflate, &[(name, log)]);
    let mut packed = vec![
        ("plain", log.to_vec()),
        ("zip, stored", zip(Zip::Stored, &[(name, log)])),
        ("zip, deflate", inner.clone()),
        ("zip, streamed", zip(Zip::Streamed, &[(name, log)])),
        ("zip64", zip(Zip::Zip64, &[(name, log)])),
        ("cab, stored", cabinet(CompressionType::None, &[("a.log", log)])),
        ("cab in zip", zip(Zip::Deflate, &[("(70) FoldersFiles temp_cab\\mdmlogs.cab", &cab)])),
        ("cab in stored zip", zip(Zip::Stored, &[("mdmlogs.cab", &cab)])),
        ("cab in cab in zip", {
            let outer = cabinet(CompressionType::MsZip, &[("LicensingDiag.cab", &cab)]);
            zip(Zip::Deflate, &[("mdmlogs.cab", &outer)])
        }),
        ("zip in zip", zip(Zip::Deflate, &[("inner.zip", &inner)])),
        ("streamed zip in zip64", zip(Zip::Zip64, &[("inner.zip", &zip(Zip::Streamed, &[(name, log)]))])),
        ("gz in zip", zip(Zip::Stored, &[("a.log.gz", &gz)])),
        ("zip in gz", gzip(&inner)),
        ("gz of two parts", [gzip(&log[..log.len() / 2]), gzip(&log[log.len() / 2..])].concat()),
        ("gz", gz),
        ("cab, MSZIP", cab),
    ];
    if log.len() < 32_000 {
        packed.push(("cab, LZX", lzx_cabinet("a.log", log)));
        packed.push(("cab with LZX in zip", zip(Zip::Deflate, &[("a.cab", &lzx_cabinet("a.log", log))])));
    }
    packed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_same_findings_come_out_of_a_log_in_every_packaging(text in log()) {
        let [plain, _] = scanned(text.as_bytes());
        for (encoding, bytes) in encodings(&text) {
            for (packaging, package) in packagings(&bytes) {
                for told in scanned(&package) {
                    prop_assert_eq!(&told.unread, &[], "{} in {}", encoding, packaging);
                    prop_assert_eq!(told.texts, 1, "{} in {}", encoding, packaging);
                    prop_assert_eq!(&told.findings, &plain.findings, "{} in {}", encoding, packaging);
                }
            }
        }
    }
}

#[test]
fn a_log_of_the_property_has_findings() {
    let text = PIECES.concat();
    let [told, _] = scanned(text.as_bytes());
    assert!(told.findings.len() >= 12, "{:?}", told.findings);
}
