//! Event logs: each record as one line, also where the log is damaged.

use super::make::{Event, Value, Zip, event_log, zip};
use super::{file, stream};

const MDM: &str = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";

fn failed(code: u32) -> Event {
    Event::new(MDM, 76, &[("HexInt1", Value::HexInt32(1)), ("HRESULT", Value::HexInt32(code))])
}

#[test]
fn an_event_is_one_line_with_all_its_fields() {
    let registration = Event::new(
        "Microsoft-Windows-User Device Registration",
        304,
        &[("ExitCode", Value::Int32(-2_145_648_611)), ("Message", Value::Text("two\r\nlines".to_owned())), ("Status", Value::UInt32(400))],
    );
    let log = event_log(&[failed(0x8018_002B), registration, failed(0x8018_0014)]);
    for told in [file("a.evtx", &log), stream("a.evtx", &log)] {
        let lines: Vec<(u64, &str)> = told.events.iter().map(|(_, number, line)| (*number, line.as_str())).collect();
        let mdm =
            |code: &str| format!("2026-01-05T10:00:00.0000000Z Error {MDM} EventID=76 Channel={MDM}/Admin HexInt1=0x1 HRESULT={code}");
        let udr = "2026-01-05T10:00:00.0000000Z Error Microsoft-Windows-User Device Registration EventID=304 \
                   Channel=Microsoft-Windows-User Device Registration/Admin ExitCode=-2145648611 Message=two  lines Status=400";
        assert_eq!(lines, [(1, mdm("0x8018002b").as_str()), (2, udr), (3, mdm("0x80180014").as_str())]);
        assert_eq!(told.unread, []);
        assert!(told.events.iter().all(|(place, _, _)| place == "a.evtx"));
    }
}

#[test]
fn a_log_of_many_chunks_is_read_to_its_end() {
    let events: Vec<Event> = (0..3000).map(|n| failed(0x8018_0000 + n)).collect();
    let told = stream("x.zip", &zip(Zip::Deflate, &[("a.evtx", &event_log(&events))]));
    assert_eq!(told.events.len(), 3000);
    assert!(told.events.iter().enumerate().all(|(at, (place, number, _))| *number == at as u64 + 1 && place == "x.zip!a.evtx"));
    assert!(told.events[2999].2.ends_with("HRESULT=0x80180bb7"));
}

#[test]
fn a_damaged_chunk_costs_no_other() {
    let events: Vec<Event> = (0..3000).map(failed).collect();
    let log = event_log(&events);
    let chunks = (log.len() - 4096) / 65536;
    assert!(chunks >= 3);
    let mut damaged = log.clone();
    damaged[4096 + 65536] = b'X';
    let told = file("a.evtx", &damaged);
    let per_chunk = told.events[0..].iter().take_while(|(_, number, _)| *number < 3000).count();
    assert!(told.events.len() > 1500 && told.events.len() < 3000 && per_chunk > 0);
    assert_eq!(told.reasons(), [("a.evtx", "damaged: 1 chunk can't be read".to_owned())]);
}

#[test]
fn a_damaged_record_costs_no_other() {
    let log = event_log(&(0..10).map(failed).collect::<Vec<_>>());
    let records: Vec<usize> = log.windows(4).enumerate().filter(|(_, bytes)| *bytes == b"**\0\0").map(|(at, _)| at).collect();
    assert_eq!(records.len(), 10);
    for size in [0_u8, 3, 0xFF] {
        let mut damaged = log.clone();
        damaged[records[4] + 4..records[4] + 8].copy_from_slice(&[size, 0, 0, size]);
        let told = file("a.evtx", &damaged);
        assert_eq!(told.events.len(), 9, "size {size}");
        assert_eq!(told.reasons(), [("a.evtx", "damaged: 1 record can't be read".to_owned())]);
    }
}

#[test]
fn a_log_that_ends_early_gives_what_it_has() {
    let log = event_log(&(0..100).map(failed).collect::<Vec<_>>());
    let told = file("a.evtx", &log[..4096 + 4000]);
    assert!(told.events.len() > 10 && told.events.len() < 100);
    assert!(told.reasons()[0].1.contains("it ends early"), "{:?}", told.reasons());
}

#[test]
fn chunks_that_were_never_used_are_no_damage() {
    let mut log = event_log(&[failed(1)]);
    log.extend(vec![0; 65536]);
    assert_eq!(file("a.evtx", &log).unread, []);
}

#[test]
fn what_a_chunk_held_before_it_was_used_anew_is_not_read() {
    let old = event_log(&(0..20).map(failed).collect::<Vec<_>>());
    let new = event_log(&(0..25).map(failed).collect::<Vec<_>>());
    // The records of the old chunk with lower numbers stand after those of the new one.
    let mut log = new.clone();
    let end = u32::from_le_bytes(new[4096 + 48..4096 + 52].try_into().unwrap()) as usize;
    let from = old.windows(4).rposition(|bytes| bytes == b"**\0\0").unwrap();
    let stale = old[from..4096 + u32::from_le_bytes(old[4096 + 48..4096 + 52].try_into().unwrap()) as usize].to_vec();
    log[4096 + end..4096 + end + stale.len()].copy_from_slice(&stale);
    assert_eq!(file("a.evtx", &log).events.len(), 25);
}

#[test]
fn no_damage_ends_in_a_panic() {
    let log = event_log(&[failed(1), failed(2)]);
    for at in (0..4096 + 2200).step_by(1) {
        let mut damaged = log.clone();
        damaged[at] = damaged[at].wrapping_add(0x7F);
        file("a.evtx", &damaged);
    }
}
