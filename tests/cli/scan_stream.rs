//! `scan` of what comes slowly: a line is answered before the next one is waited for, no matter in which pieces it comes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::command;
use super::logs::clock;

/// How long an answer may take on a machine that has much else to do; it is never waited for where all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program at work, that is written to and read from by turns.
struct Conversation {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Conversation {
    fn start(args: &[&str]) -> Self {
        let mut child =
            command().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("it has a standard output"));
        let (sender, lines) = channel();
        // It ends with the program.
        std::thread::spawn(move || {
            stdout.split(b'\n').map_while(Result::ok).try_for_each(|line| sender.send(String::from_utf8_lossy(&line).into_owned()))
        });
        let stdin = child.stdin.take();
        Self { child, stdin, lines }
    }

    fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("it has not been closed");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the program reads");
    }

    /// The next line that holds this; what comes before goes.
    #[track_caller]
    fn wait_for(&mut self, part: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(part) => return line,
                Ok(_) => {}
                Err(error) => {
                    let _ = self.child.kill();
                    panic!("{part:?} does not come: {error}");
                }
            }
        }
    }

    /// Closes its input, and gives the rest of its output and the status.
    #[track_caller]
    fn end(mut self) -> (Vec<String>, Option<i32>) {
        drop(self.stdin.take());
        let rest = self.lines.iter().collect();
        let output = self.child.wait_with_output().expect("the program ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        (rest, output.status.code())
    }
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    for args in [&[][..], &["scan"], &["scan", "-"], &["scan", "--passthrough"]] {
        let mut log = Conversation::start(args);
        log.write(b"first 0x80CF0437\n");
        log.wait_for("Problem:");
        log.wait_for("Source:");
        for number in 0..20 {
            log.write(format!("{number} 0x80CF0437\n").as_bytes());
            log.wait_for(&clock());
        }
        assert_eq!(log.end().1, Some(0), "{args:?}");
    }
}

#[test]
fn json_streams_too() {
    let mut log = Conversation::start(&["--json", "scan"]);
    for number in 1..20 {
        log.write(b"hr=0x80CF0437\n");
        log.wait_for(&format!("\"line\":{number},\"column\":4,\"offset\":{}", number * 14 - 11));
    }
    assert_eq!(log.end(), (Vec::new(), Some(0)));
}

#[test]
fn other_lines_of_a_passthrough_come_at_once() {
    let mut log = Conversation::start(&["scan", "--passthrough"]);
    for number in 0..20 {
        log.write(format!("nothing {number}\r\n").as_bytes());
        assert_eq!(log.wait_for("nothing"), format!("nothing {number}\r"));
    }
    assert_eq!(log.end(), (Vec::new(), Some(1)));
}

#[test]
fn a_line_in_pieces_is_one_line() {
    let mut log = Conversation::start(&["--json", "scan"]);
    for piece in ["0x8", "0CF0", "43", "7 ", "De", "viceCap", "Reached\n"] {
        log.write(piece.as_bytes());
        std::thread::sleep(Duration::from_millis(5));
    }
    log.wait_for("\"column\":1,\"offset\":0,\"match\":\"0x80CF0437\"");
    log.wait_for("\"column\":12,\"offset\":11,\"match\":\"DeviceCapReached\"");
    assert_eq!(log.end(), (Vec::new(), Some(0)));
}

#[test]
fn a_last_line_without_an_end_is_answered_when_the_input_ends() {
    let mut log = Conversation::start(&["scan"]);
    log.write(b"nothing\nhr=0x80CF0437");
    let (rest, status) = log.end();
    assert!(rest[0] == "hr=0x80CF0437" && rest.iter().any(|line| line.contains("Problem:")), "{rest:?}");
    assert_eq!(status, Some(0));
}

#[test]
fn the_halves_of_a_line_end_are_one_end() {
    let mut log = Conversation::start(&["--json", "scan"]);
    log.write(b"a\r");
    std::thread::sleep(Duration::from_millis(20));
    log.write(b"\n0x80CF0437\r");
    std::thread::sleep(Duration::from_millis(20));
    log.write(b"\n0x80CF0437\r\n");
    log.wait_for("\"line\":2,");
    log.wait_for("\"line\":3,");
    assert_eq!(log.end(), (Vec::new(), Some(0)));
}

#[test]
fn the_halves_of_a_unit_of_utf16_are_one_unit() {
    let mut log = Conversation::start(&["--json", "scan"]);
    let bytes: Vec<u8> = "\u{FEFF}hr=0x80CF0437\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for piece in bytes.chunks(3) {
        log.write(piece);
        std::thread::sleep(Duration::from_millis(2));
    }
    log.wait_for("\"line\":1,\"column\":4,\"offset\":3,");
    assert_eq!(log.end(), (Vec::new(), Some(0)));
}

#[test]
fn a_long_line_in_small_pieces_has_all_its_findings() {
    let mut line = "-".repeat(600_000);
    for at in (0..590_000).step_by(50_021) {
        line.replace_range(at..at + 12, " 0x80CF0437 ");
    }
    let mut log = Conversation::start(&["--json", "scan"]);
    for piece in line.as_bytes().chunks(4_093) {
        log.write(piece);
    }
    let (rest, status) = log.end();
    assert_eq!((rest.len(), status), (12, Some(0)));
    for (number, line) in rest.iter().enumerate() {
        assert!(
            line.contains(&format!("\"line\":1,\"column\":{0},\"offset\":{1},", number * 50_021 + 2, number * 50_021 + 1)),
            "{line:.100}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_bounded_for_a_line_without_end() {
    let mut log = Conversation::start(&["scan", "--json", "--summary"]);
    let piece = [b" 0x80CF0437 ".to_vec(), vec![b'-'; 65_524]].concat();
    for _ in 0..512 {
        log.write(&piece);
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", log.child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap().trim().strip_suffix(" kB").unwrap();
    let (rest, status) = log.end();
    assert!(rest.len() == 1 && rest[0].contains("\"count\":512,") && status == Some(0), "{rest:?}");
    assert!(peak.parse::<u32>().unwrap() <= 16 * 1024, "{peak} KiB");
}
