//! Annotates a log through the library alone: each line as it is, below it what its errors mean.
//!
//! ```sh
//! cargo run --example annotate --no-default-features -- client.log
//! tail -f client.log | cargo run --example annotate --no-default-features
//! ```
//!
//! The log may be in any encoding that Windows writes; what comes out is UTF-8.
#![forbid(unsafe_code)]

use std::env;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};

use intune_err::{Answer, Passage, Scanner, Stream};

fn main() -> io::Result<()> {
    let out = BufWriter::new(io::stdout().lock());
    let written = match env::args_os().nth(1) {
        Some(path) => annotate(File::open(path)?, out),
        None => annotate(io::stdin().lock(), out),
    };
    match written {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Copies a log, and adds lines below each line that holds an error.
pub(crate) fn annotate(mut log: impl Read, mut out: impl Write) -> io::Result<()> {
    let mut stream = Stream::new(Scanner::new());
    let (mut bytes, mut annotated) = (vec![0; 1 << 16], Vec::new());
    loop {
        let len = log.read(&mut bytes)?;
        if len == 0 {
            break;
        }
        stream.push(&bytes[..len], |passage| copy(passage, &mut annotated));
        // Who follows a log wants to see an error at once.
        out.write_all(&annotated)?;
        out.flush()?;
        annotated.clear();
    }
    stream.finish(|passage| copy(passage, &mut annotated));
    out.write_all(&annotated)?;
    out.flush()
}

/// Copies a passage, and adds the answers below each line with a finding.
fn copy(passage: &Passage<'_>, annotated: &mut Vec<u8>) {
    let (text, line_end) = (passage.text(), passage.line_end());
    let mut copied = 0;
    let mut found = passage.occurrences().peekable();
    while let Some(first) = found.next() {
        let start = passage.range(&first).start;
        let end = line_end.first(&text[start..]).map_or(text.len(), |len| start + len);
        annotated.extend_from_slice(&text[copied..end]);
        copied = end;
        // The last line of a log may have no end, and a part of a long line has none.
        if !line_end.ends(annotated) {
            annotated.push(b'\n');
        }
        annotated.extend_from_slice(explained(&Answer::from(first.what)).as_bytes());
        while let Some(next) = found.next_if(|next| next.line == first.line) {
            annotated.extend_from_slice(explained(&Answer::from(next.what)).as_bytes());
        }
    }
    annotated.extend_from_slice(&text[copied..]);
}

/// The likeliest problem with its steps, or else the names of the code.
fn explained(answer: &Answer) -> String {
    let Some(entry) = answer.entries.first() else {
        let names: Vec<&str> = answer.symbols.iter().map(|symbol| symbol.name()).collect();
        return format!("    {}: {}\n", answer.query(), names.join(", "));
    };
    let mut lines = format!("    {}: {}\n", answer.query(), entry.problem());
    for (number, step) in entry.resolution().enumerate() {
        lines += &format!("    {}. {step}\n", number + 1);
    }
    lines
}
