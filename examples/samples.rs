//! Writes a file of each kind of evidence to a folder: `cargo run --example samples -- FOLDER`. The tests of the page drop them on it.
#![forbid(unsafe_code)]

use std::path::Path;
use std::{env, fs, io};

use make::{Event, Value, Zip};

#[path = "../tests/support/bundle.rs"]
mod bundle;
#[path = "../tests/support/make.rs"]
mod make;

const LOG: &str = "2026-01-05 10:00:00 enrollment failed, hr = 0x80180014\r\n\
2026-01-05 10:00:01 all is well\r\n\
2026-01-05 10:00:02 DeviceCapReached, and -2145910764 at last\r\n\
2026-01-05 10:00:03 Ger\u{E4}t: error 0x8018ffff, which nobody knows\r\n";

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).unwrap_or_else(|| "target/samples".into());
    fs::create_dir_all(&folder)?;
    let write = |name: &str, content: &[u8]| fs::write(Path::new(&folder).join(name), content);
    let events = make::event_log(&[
        Event::new("Microsoft-Windows-AAD", 1084, &[("Error", Value::HexInt32(0x80CF_0437))]),
        Event::new("Contoso", 1, &[("Message", Value::Text("hr=0x80180014 & <b>".to_owned()))]),
    ]);
    let inner = make::zip(Zip::Deflate, &[("deep.log", LOG.as_bytes()), ("events.evtx", &events)]);
    let utf16 = [b"\xFF\xFE".to_vec(), make::utf16(LOG)].concat();
    write("plain.log", LOG.as_bytes())?;
    write("marked.log", &[b"\xEF\xBB\xBF", LOG.as_bytes()].concat())?;
    write("utf16.log", &utf16)?;
    write("utf16be.log", &[b"\xFE\xFF".to_vec(), make::utf16be(LOG)].concat())?;
    write("no-findings.log", b"all is well\n")?;
    write("empty.log", b"")?;
    write("packed.log.gz", &make::gzip(LOG.as_bytes()))?;
    write("stored.zip", &make::zip(Zip::Stored, &[("a.log", LOG.as_bytes()), ("folder/b.log", &utf16)]))?;
    write("deflated.zip", &make::zip(Zip::Deflate, &[("inner.zip", &inner), ("a.log", LOG.as_bytes())]))?;
    write("streamed.zip", &make::zip(Zip::Streamed, &[("a.log", LOG.as_bytes())]))?;
    write("mszip.cab", &make::cabinet(cab::CompressionType::MsZip, &[("a.log", LOG.as_bytes()), ("b.evtx", &events)]))?;
    write("lzx.cab", &make::lzx_cabinet("a.log", LOG.as_bytes()))?;
    write("events.evtx", &events)?;
    write("damaged.zip", &inner[..inner.len() / 2])?;
    write("picture.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR")?;
    write("DiagLogs-DESKTOP-1A2B3C-20260105T100500Z.zip", &bundle::collect_diagnostics())
}
