//! The scan against a slow one that anybody can check, for codes of eight digits with their prefix; and lines together against each alone.
#![no_main]
#![forbid(unsafe_code)]

mod pieces;

use intune_err::{Code, Finding, Found, Scanner, is_known_error};
use libfuzzer_sys::fuzz_target;

/// Values that are masks before they are errors.
const MASKS: [u32; 3] = [0xFFFF_FFFF, 0x8000_0000, 0x8007_0000];

fuzz_target!(|input: &[u8]| {
    let text = pieces::text(input);
    let findings = Scanner::new().scan(&text);
    in_order(&text, &findings);
    let all = Scanner::new().all(true).scan(&text);
    in_order(&text, &all);

    let is_prefixed = |finding: &&Finding| finding.end - finding.start == 10 && text[finding.start + 1] | 0x20 == b'x';
    let fast: Vec<(usize, Code)> = findings
        .iter()
        .filter(is_prefixed)
        .filter_map(|finding| if let Found::Code(code) = finding.what { Some((finding.start, code)) } else { None })
        .collect();
    let slow = slow(&text);
    for found in &fast {
        assert!(slow.contains(found), "only the fast one finds {found:?} in {text:?}");
    }
    for found in slow.iter().filter(|found| !fast.contains(found)) {
        // A second spelling right beside the first is none of its own.
        let told = findings.iter().any(|finding| finding.start < found.0 + 10 && found.0 <= finding.end + 16);
        assert!(told || may_be_announced(&text[..found.0]), "only the slow one finds {found:?} in {text:?}");
    }

    let mut alone = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive(|b| matches!(b, b'\n' | b'\r')) {
        let line_end = line.len() - usize::from(line.ends_with(b"\n") || line.ends_with(b"\r"));
        alone.extend(
            Scanner::new().scan(&line[..line_end]).into_iter().map(|finding| (finding.start + begin, finding.end + begin, finding.what)),
        );
        begin += line.len();
    }
    let together: Vec<_> = findings.iter().map(|finding| (finding.start, finding.end, finding.what)).collect();
    // The domain of a number may stand some lines before it; nothing else reaches over a line.
    let (over, within): (Vec<_>, Vec<_>) = together.into_iter().partition(|found| !alone.contains(found));
    assert!(over.iter().all(|(_, _, what)| what.text().is_some_and(|known| known.text().contains("Domain"))), "{over:?} in {text:?}");
    alone.retain(|(start, end, _)| over.iter().all(|(from, to, _)| to <= start || end <= from));
    assert_eq!(within, alone, "{text:?}");
});

/// Findings are in order, apart, inside the text and each in one line.
fn in_order(text: &[u8], findings: &[Finding]) {
    let mut end = 0;
    for finding in findings {
        assert!(end <= finding.start && finding.start < finding.end && finding.end <= text.len(), "{findings:?} in {text:?}");
        assert!(!text[finding.start..finding.end].iter().any(|b| matches!(b, b'\n' | b'\r')), "{finding:?} in {text:?}");
        end = finding.end;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Every place where the rules see a known code of `0x` and eight digits, announcements left aside.
fn slow(text: &[u8]) -> Vec<(usize, Code)> {
    let mut found = Vec::new();
    for at in 0..text.len() {
        let (before, rest) = text.split_at(at);
        if rest.len() < 10 || rest[0] != b'0' || !matches!(rest[1], b'x' | b'X') || !rest[2..10].iter().all(u8::is_ascii_hexdigit) {
            continue;
        }
        let digits = std::str::from_utf8(&rest[2..10]).expect("digits are ASCII");
        let code = Code::new(u32::from_str_radix(digits, 16).expect("eight digits are a number"));
        let behind = unsuffixed(&rest[10..]);
        // After a backtick the number would go on, as an address of 64 bits does.
        let ends = behind.first().is_none_or(|b| !is_word(*b) && *b != b'`');
        if is_known_error(code) && !MASKS.contains(&code.bits()) && begins(before) && ends && !before.ends_with(b"+") && !is_guid(behind) {
            found.push((at, code));
        }
    }
    found
}

/// Whether a word may begin behind `before`: behind no character of a word, an escaped line end or tab, or a colour.
fn begins(before: &[u8]) -> bool {
    if before.last().is_none_or(|b| !is_word(*b)) || [&b"\\n"[..], b"\\r", b"\\t"].iter().any(|escape| before.ends_with(escape)) {
        return true;
    }
    (0..before.len()).any(|from| {
        before[from..].starts_with(b"\x1B[")
            && from + 2 < before.len()
            && before[from + 2..before.len() - 1].iter().all(|b| (b'0'..=b'?').contains(b))
    })
}

/// What is behind a number without C's suffix.
fn unsuffixed(behind: &[u8]) -> &[u8] {
    for suffix in ["UL", "Ul", "uL", "ul", "L", "l"] {
        if let Some(rest) = behind.strip_prefix(suffix.as_bytes()) {
            return rest;
        }
    }
    behind
}

/// Whether a number goes on as a GUID does in source code.
fn is_guid(behind: &[u8]) -> bool {
    let text = String::from_utf8_lossy(behind).to_ascii_lowercase();
    [",0x", ", 0x"].iter().filter_map(|start| text.strip_prefix(start)).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        (1..=4).contains(&digits) && rest[digits..].starts_with(',')
    })
}

/// Whether a word stands right before that may announce something else. These do not, whatever else does.
fn may_be_announced(before: &[u8]) -> bool {
    let joints = before.iter().rev().take(6).take_while(|b| b" \t:=\"'([#".contains(b)).count();
    let before = &before[..before.len() - joints];
    let word = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &before[before.len() - word..];
    joints > 0 && word.len() > 2 && ![&b"the"[..], b"error", b"code", b"decimal"].contains(&word)
}
