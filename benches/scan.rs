//! How fast the library scans text in memory, on one thread: `cargo bench --bench scan`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use intune_err::Scanner;

mod logs;

const MEGABYTES: usize = 8;

fn main() {
    divan::main();
}

fn text(kind: &str) -> Vec<u8> {
    let mut text = Vec::new();
    let written: Result<(), std::convert::Infallible> = logs::generate(kind, MEGABYTES * 1_000_000, |piece| {
        text.extend_from_slice(piece);
        Ok(())
    });
    match written {
        Ok(()) => text,
    }
}

/// In blocks of the size that the program reads.
#[divan::bench(args = logs::KINDS.map(|(kind, _)| kind).into_iter().filter(|kind| *kind != "utf16"), sample_count = 20)]
fn scan(bencher: Bencher, kind: &str) {
    let text = text(kind);
    let scanner = Scanner::new();
    let mut findings = Vec::new();
    bencher.counter(BytesCount::of_slice(&text)).bench_local(|| {
        let mut count = 0;
        for block in black_box(&text).chunks(1 << 19) {
            scanner.scan_into(block, &mut findings);
            count += findings.len();
        }
        count
    });
}
