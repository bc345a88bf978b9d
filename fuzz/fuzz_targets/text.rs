//! A name or message of the table that is planted in any surroundings is found, in any case of its letters and with any quotes.
#![no_main]
#![forbid(unsafe_code)]

mod pieces;

use std::sync::LazyLock;

use intune_err::{Entry, Finding, Scanner};
use libfuzzer_sys::fuzz_target;

/// The names and messages that a scan looks for, those with variable parts left out.
static TEXTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let scanned = |entry: Entry| {
        let texts = entry.names().chain(entry.messages());
        texts.filter(move |text| !entry.lookup_only().any(|of| of == *text) && !is_number(text) && !text.contains('<'))
    };
    Entry::all().flat_map(scanned).collect()
});

fuzz_target!(|input: (u16, u64, &[u8], &[u8])| {
    let (which, cases, before, behind) = input;
    let known = TEXTS[usize::from(which) % TEXTS.len()];
    let planted = varied(known, cases);
    // The surroundings end before it and begin behind it, whatever they are.
    let before = [pieces::text(before), b" , ".to_vec()].concat();
    let behind = [b" , ".to_vec(), pieces::text(behind)].concat();
    let text = [before.as_slice(), &planted, &behind].concat();
    let (start, end) = (before.len(), before.len() + planted.len());
    let findings = Scanner::new().scan(&text);
    // Another spelling of it before or after it, or a longer message that holds it, can tell of it instead. So can its code elsewhere on the
    // line, however often its name is repeated between the two.
    let is_its_code = |finding: &Finding| {
        finding
            .what
            .code()
            .is_some_and(|code| Entry::by_code(code).any(|entry| entry.names().chain(entry.messages()).any(|of| of == known)))
    };
    let is_on_the_line = |finding: &Finding| {
        let between = if finding.end <= start { finding.end..start } else { end..finding.start.max(end) };
        !text[between].iter().any(|b| matches!(b, b'\n' | b'\r'))
    };
    let told = findings
        .iter()
        .any(|finding| finding.start < end + 32 && start <= finding.end + 32 || is_on_the_line(finding) && is_its_code(finding));
    assert!(told, "{:?} is not found in {:?}", String::from_utf8_lossy(&planted), String::from_utf8_lossy(&text));
});

/// A text with other cases of its letters, and curly quotes for some straight ones.
fn varied(text: &str, cases: u64) -> Vec<u8> {
    let mut varied = String::new();
    for (position, c) in text.chars().enumerate() {
        let is_set = cases >> (position % 64) & 1 == 1;
        varied.push(match c {
            '\'' if is_set => '\u{2019}',
            '"' if is_set => '\u{201C}',
            _ if is_set => c.to_ascii_uppercase(),
            _ => c.to_ascii_lowercase(),
        });
    }
    varied.into_bytes()
}
