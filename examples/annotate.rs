//! Annotates a log through the library alone: each line as it is, below it what its errors mean.
//!
//! ```sh
//! cargo run --example annotate --no-default-features -- client.log
//! tail -f client.log | cargo run --example annotate --no-default-features
//! ```
//!
//! The log is taken as it comes, in UTF-8 or anything else that agrees with ASCII; UTF-16 would have to be converted first.
#![forbid(unsafe_code)]

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

use intune_err::{Answer, Scanner};

fn main() -> io::Result<()> {
    let out = BufWriter::new(io::stdout().lock());
    let written = match env::args_os().nth(1) {
        Some(path) => annotate(BufReader::new(File::open(path)?), out),
        None => annotate(io::stdin().lock(), out),
    };
    match written {
        // Whoever reads this has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Copies a log, and adds lines below each line that holds an error.
pub(crate) fn annotate(mut log: impl BufRead, mut out: impl Write) -> io::Result<()> {
    let scanner = Scanner::new();
    let (mut line, mut findings) = (Vec::new(), Vec::new());
    while log.read_until(b'\n', &mut line)? > 0 {
        out.write_all(&line)?;
        scanner.scan_into(&line, &mut findings);
        if !findings.is_empty() && !line.ends_with(b"\n") {
            writeln!(out)?;
        }
        for finding in &findings {
            explain(&mut out, &Answer::from(finding.what))?;
        }
        // Who follows a log wants to see an error at once.
        if !findings.is_empty() {
            out.flush()?;
        }
        line.clear();
    }
    out.flush()
}

/// Prints the likeliest problem with its steps, or else the names of the code.
fn explain(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let Some(entry) = answer.entries.first() else {
        let names: Vec<&str> = answer.symbols.iter().map(|symbol| symbol.name()).collect();
        return writeln!(out, "    {}: {}", answer.query(), names.join(", "));
    };
    writeln!(out, "    {}: {}", answer.query(), entry.problem())?;
    for (number, step) in entry.resolution().enumerate() {
        writeln!(out, "    {}. {step}", number + 1)?;
    }
    Ok(())
}
