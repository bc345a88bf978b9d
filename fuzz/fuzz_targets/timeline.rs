//! Whatever a log holds: its findings are all in the timeline or counted, in the order of time; and any text is a limit or no time.
#![no_main]
#![forbid(unsafe_code)]

mod pieces;

use intune_err::log::{Case, Time};
use intune_err::{Clock, Filter, Place, Scanner, Stream, Timeline, When};
use libfuzzer_sys::fuzz_target;

/// Heads of records, in many zones and without one; each is followed by its number of minutes.
const HEADS: [(&str, &str); 6] = [
    ("2026-01-05 10:", ":00, Error  CSI  "),
    ("2026-01-05T10:", ":00.5+02:00 "),
    ("<![LOG[0x80CF0437]LOG]!><time=\"10:", ":00.123+300\" date=\"01-05-2026\" component=\"CAS\" context=\"\" type=\"3\" thread=\"5\" file=\"\">"),
    ("<![LOG[0x80CF0437]LOG]!><time=\"10:", ":00.1234567\" date=\"1-5-2026\" component=\"IME\" context=\"\" type=\"3\" thread=\"5\" file=\"\">"),
    ("01/05/2026 10:", ":00 AM "),
    ("[", "] "),
];

fuzz_target!(|input: (u16, &str, Vec<(u8, u8, &[u8])>)| {
    let (room, limit, records) = input;
    let mut log = Vec::new();
    for (head, minute, text) in &records {
        let (before, behind) = HEADS[usize::from(*head) % HEADS.len()];
        log.extend(format!("{before}{:02}{behind}", minute % 60).into_bytes());
        log.extend(pieces::text(text));
        log.push(b'\n');
    }
    let now: Time = "2026-01-05T12:00:00Z".parse().expect("it is a time");
    let when = limit.parse::<When>();
    if let Ok(time) = limit.parse::<Time>() {
        assert!(when.is_ok(), "{limit:?}");
        assert_eq!(time.to_string().parse(), Ok(time), "{limit:?}");
        if let Some(utc) = time.in_utc() {
            assert_eq!((utc.instant(), utc.to_string().parse()), (time.instant(), Ok(utc)), "{limit:?}");
        }
    }
    let (mut since, mut until) = (Filter::default(), Filter::default());
    if let Ok(when) = when {
        (since, until) = (since.since(when, now), until.until(when, now));
    }

    let (mut case, mut stream) = (Case::default(), Stream::new(Scanner::new()));
    let mut timeline = Timeline::new(usize::from(room)).with_lines();
    let (mut found, mut both) = (0_u64, 0_u64);
    let mut take = |passage: &intune_err::Passage<'_>| {
        for occurrence in passage.followed(&mut case).occurrences() {
            found += 1;
            let place = Place { path: None, line: occurrence.line, is_record: false };
            timeline.add(&occurrence, &place);
            // What is in neither half has no time.
            let halves = [since.keeps(&occurrence, None, &case), until.keeps(&occurrence, None, &case)];
            let is_timed = occurrence.around.as_ref().is_some_and(|around| around.head.time.is_some());
            assert!(!is_timed || halves.contains(&true));
            both += u64::from(halves == [true, true]);
        }
    };
    stream.push(&log, &mut take);
    stream.finish(&mut take);
    assert!(both <= found);

    let sections = timeline.sections(&case);
    let kept: usize = sections.iter().map(|section| section.happenings.len()).sum();
    assert_eq!(kept as u64 + timeline.further(), found);
    for section in &sections {
        for (position, happening) in section.happenings.iter().enumerate() {
            assert!(happening.gap().is_none_or(|gap| gap.millis() >= 0));
            assert_eq!(happening.gap().is_some(), position > 0 && section.clock != Clock::None);
            assert_eq!(happening.utc().is_some(), section.clock == Clock::Utc);
            happening.occurrence(|found| assert_eq!(found.matched(), happening.matched()));
        }
    }
});
