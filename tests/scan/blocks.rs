//! A log is looked at in blocks of 64 bytes, sixteen of them at a time: nobody may notice where one ends.

use intune_err::{Finding, Scanner};

/// The findings in `log` behind `before`, counted from the beginning of `log`.
fn behind(before: &str, log: &str) -> Vec<Finding> {
    let mut findings = Scanner::new().scan(format!("{before}{log}").as_bytes());
    for finding in &mut findings {
        finding.start -= before.len();
        finding.end -= before.len();
    }
    findings
}

/// The lines of the other files in one log, and each name and message of the table.
fn log() -> String {
    let lines = super::found::LINES.iter().map(|(_, line, _)| (*line).to_owned());
    let silent = super::silent::LINES.iter().map(|(_, line)| (*line).to_owned());
    let texts = super::table::texts().into_iter().map(|(text, _)| super::table::filled(text));
    lines.chain(silent).chain(texts).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_stands_before_a_log_moves_its_findings_and_changes_none() {
    let log = log();
    let alone = behind("", &log);
    assert!(alone.len() > 1000, "{}", alone.len());
    for moved in 1..64 {
        let found = behind(&format!("{}\n", "-".repeat(moved - 1)), &log);
        let first = found.iter().zip(&alone).find(|(found, alone)| found != alone);
        assert!(found.len() == alone.len() && first.is_none(), "moved by {moved}: {first:?}");
    }
}

#[test]
fn an_error_is_found_behind_a_word_or_a_number_of_several_blocks() {
    for form in [
        "0x80180014",
        "80180014",
        "-2145910764",
        "18446744071563640852",
        "0xFFFFFFFF80180014",
        "0xAB2",
        "DeviceCapReached",
        "\\nDeviceCapReached",
        "\u{1B}[31mDeviceCapReached",
        "None of the installers are applicable for the current system",
    ] {
        let alone = behind("", form);
        for long in ["0", "f", "w"] {
            for moved in 127..191 {
                assert_eq!(behind(&format!("{}\n", long.repeat(moved)), form), alone, "{form:?} behind {moved} times {long:?}");
            }
        }
    }
}

/// A log that is followed comes line by line.
#[test]
fn a_domain_and_its_number_are_found_in_two_lines_wherever_a_block_ends() {
    for (lines, place) in [
        (&["Sugg : x\n", "Domain : MCInstallationErrorDomain\n", "Code   : 4001\n", "Type : MCFatalError\n"][..], (3, 10)),
        (
            &["<key>ErrorCode</key>\n", "<integer>12021</integer>\n", "<key>ErrorDomain</key>\n", "<string>MCMDMErrorDomain</string>\n"],
            (4, 9),
        ),
        (&["{\n", "\"ErrorCode\": 12021,\r\n", "\"ErrorDomain\": \"MCMDMErrorDomain\"\r\n"], (3, 17)),
    ] {
        for together in 1..=lines.len() {
            let mut places = Vec::new();
            let mut stream = intune_err::Stream::new(Scanner::new());
            let mut take = |passage: &intune_err::Passage| places.extend(passage.occurrences().map(|found| (found.line, found.column)));
            lines.chunks(together).for_each(|piece| stream.push(piece.concat().as_bytes(), &mut take));
            stream.finish(&mut take);
            assert_eq!(places, [place], "{lines:?}, {together} at a time");
        }
    }
}
