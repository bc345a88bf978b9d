//! Findings are in order and within their lines, whatever the text; and lines together have those that each has alone. What has to be found,
//! the slow scanner of `tests/scan` says.
#![no_main]
#![forbid(unsafe_code)]

mod pieces;

use intune_err::{Finding, Scanner};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = pieces::text(input);
    let findings = Scanner::new().scan(&text);
    in_order(&text, &findings);
    let all = Scanner::new().all(true).scan(&text);
    in_order(&text, &all);

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
