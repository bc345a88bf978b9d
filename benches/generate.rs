//! Writes a log to a file: `cargo bench --bench generate -- KIND MEGABYTES FILE`.

use std::fs::File;
use std::io::{self, BufWriter, Write};

mod logs;

#[allow(clippy::print_stderr)]
fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.as_slice() {
        [kind, megabytes, path] if logs::KINDS.iter().any(|(name, _)| name == kind) => {
            let megabytes: usize = megabytes.parse().map_err(io::Error::other)?;
            let mut file = BufWriter::new(File::create(path)?);
            logs::generate(kind, megabytes * 1_000_000, |piece| file.write_all(piece))?;
            file.flush()
        }
        // Also what `cargo bench` by itself comes to.
        _ => {
            eprintln!("usage: cargo bench --bench generate -- KIND MEGABYTES FILE");
            for (name, what) in logs::KINDS {
                eprintln!("  {name:8} {what}");
            }
            Ok(())
        }
    }
}
