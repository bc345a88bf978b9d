//! Logs that were made to harm, or by chance: nothing panics, and a place asked for alone has the same head as in a log read from its beginning.

use std::sync::Arc;

use intune_err::log::{Around, Case, Head, LogFamily, Names, Owner, Records, Trail};
use intune_err::text::Blocks;
use intune_err::{Places, Room, Scanned, Scanner};
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of records, whole and broken.
const PIECES: [&str; 26] = [
    "<![LOG[",
    "]LOG]!>",
    "]LOG]!><time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"A\" context=\"\" type=\"1\" thread=\"7\" file=\"\">",
    "<time=\"10:00:00.123+060\"",
    " date=\"5-13-2024\"",
    "\n",
    "\r\n",
    "\n",
    ">",
    "$$<A><05-13-2024 10:00:00.332+240><thread=4116 (0x1014)>",
    "$$<",
    "2024-05-13 10:00:00, Error  CSI  ",
    "2024-05-13 10:00:00",
    "5/13/2024 2:30:00 PM ",
    "MSI (s) (34:50) [10:11:12:123]: ",
    "=== Verbose logging started: 5/13/2024  10:11:00  Build type: ",
    "=== Verbose logging started: ",
    "| Device State  |",
    "[HKEY_LOCAL_MACHINE\\A]",
    "Windows Registry Editor Version 5.00",
    "   Client Time : 2024-05-13 08:00:00.000 UTC",
    "\u{FEFF}",
    "0x80070005",
    "\u{E9}",
    "{",
    "2024-05-13 10:00:00:123 | IntuneMDM-Daemon | E | 12345 | A | ",
];

fn log() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => select(PIECES.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
        1 => (0..3000_usize).prop_map(|len| vec![b'x'; len]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Messages of the Intune Management Extension that say something about those that follow, and errors.
const MESSAGES: [&str; 14] = [
    "[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\11111111-aaaa-4aaa-8aaa-111111111111_1",
    "---->>[Win32App] Processing app (id=22222222-bbbb-4bbb-8bbb-222222222222, name = Notes) with mode = DetectInstall",
    "[Win32App][DetectionActionHandler] Detection for policy with id: 22222222-bbbb-4bbb-8bbb-222222222222 resulted in 0x8",
    "[Win32App][V3Processor] Done processing subgraph.",
    "[Win32App] The EspPhase: DeviceSetup.",
    "[Win32App] The EspPhase: NotInEsp.",
    "EMS Agent Started",
    "[PowerShell] Processing policy with id = 33333333-cccc-4ccc-8ccc-333333333333 for user x",
    "Get policies = [{\"Id\":\"11111111-aaaa-4aaa-8aaa-111111111111\",\"Name\":\"VPN\",\"x\":\"0x8\"}]",
    "0x8",
    "0x8 and\r\n0x8 on\r\n lines",
    "\r\n",
    "app with id: 11111111-aaaa-4aaa-8aaa-111111111111, 0x8",
    "",
];

fn ime(message: &str, thread: u32) -> String {
    format!(
        "<![LOG[{message}]LOG]!><time=\"10:00:00.1234567\" date=\"5-13-2024\" component=\"A\" context=\"\" type=\"1\" thread=\"{thread}\" file=\"\">\r\n"
    )
}

/// Records with their threads.
fn messages() -> impl Strategy<Value = Vec<(&'static str, u32)>> {
    prop::collection::vec((select(MESSAGES.to_vec()), 1..4_u32), 0..30)
}

fn places(log: &str) -> Vec<usize> {
    log.match_indices("0x8").map(|(place, _)| place).collect()
}

fn whole(log: &str) -> Vec<Arc<Around>> {
    Trail::new(None).follow(&mut Names::default(), log.as_bytes(), &places(log))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn whose_error_it_is_does_not_hang_on_where_the_log_is_cut(records in messages(), cuts in prop::collection::vec(any::<bool>(), 100)) {
        let log: String = records.iter().map(|(message, thread)| ime(message, *thread)).collect();
        let mut trail = Trail::new(None);
        let mut names = Names::default();
        let (mut piece, mut told) = (String::new(), Vec::new());
        for (line, cut) in log.split_inclusive('\n').zip(cuts.iter().cycle()) {
            piece += line;
            if *cut {
                told.extend(trail.follow(&mut names, piece.as_bytes(), &places(&piece)));
                piece.clear();
            }
        }
        told.extend(trail.follow(&mut names, piece.as_bytes(), &places(&piece)));
        let whole = whole(&log);
        prop_assert_eq!(told.len(), whole.len());
        for (told, whole) in told.iter().zip(&whole) {
            // The head of a record that was cut is still to come where its first lines are told.
            prop_assert!(told.head.thread.is_none() || told == whole, "{:?} {:?}", told, whole);
            prop_assert!(told.owner.subject.is_none() || told.owner.subject == whole.owner.subject, "{:?} {:?}", told, whole);
        }
    }

    #[test]
    fn a_log_that_lost_its_line_ends_tells_the_same(
        records in messages(),
        between in select(vec![" ", "", "\t ", "\r"]),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let log = |between: &str| -> String {
            let records = records.iter().filter(|(message, _)| !message.contains('\n'));
            records.map(|(message, thread)| ime(message, *thread).replace("\r\n", between)).collect()
        };
        let (log, lost) = (log("\n"), log(between));
        let told = |around: Vec<Arc<Around>>| -> Vec<_> {
            // The lines have other numbers.
            let unnumbered = |owner: Owner| {
                let subject = owner.subject.map(|mut subject| {
                    subject.since = None;
                    subject
                });
                (subject, owner.phase, owner.step)
            };
            around.iter().map(|around| (around.head.thread.clone(), unnumbered(around.owner.clone()))).collect()
        };
        let whole = told(whole(&log));
        prop_assert_eq!(&told(self::whole(&lost)), &whole);
        // A line too long for one block comes in pieces that end anywhere. The first one tells the family.
        let first = lost.find('>').map_or(0, |close| close + lost[close + 1..].find('>').map_or(0, |head| head + 2));
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(lost.len() + 1)).collect();
        ends.retain(|end| *end >= first && places(&lost).iter().all(|place| !(place + 1..place + 3).contains(end)));
        ends.push(lost.len());
        ends.sort_unstable();
        let (mut trail, mut names, mut from, mut all) = (Trail::new(None), Names::default(), 0, Vec::new());
        for end in ends {
            let piece = &lost[from..end];
            all.extend(trail.follow(&mut names, piece.as_bytes(), &places(piece)));
            from = end;
        }
        for (told, whole) in told(all).into_iter().zip(whole) {
            // Less is known of a record whose head is still to come.
            let ((thread, (subject, phase, step)), (of_thread, of_all)) = (told, whole);
            prop_assert!(thread.is_none() || thread == of_thread, "{thread:?} {of_thread:?}");
            prop_assert!(subject.is_none_or(|told| of_all.0.is_some_and(|whole| told.id == whole.id)), "{subject:?} {of_all:?}");
            prop_assert!((phase.is_none() || phase == of_all.1) && (step.is_none() || step == of_all.2), "{phase:?} {of_all:?}");
        }
    }

    #[test]
    fn what_one_thread_does_is_nothing_to_the_others(records in messages()) {
        // An agent that starts anew is something to all.
        let records: Vec<_> = records.into_iter().filter(|(message, _)| !message.starts_with("EMS")).collect();
        let log = |wanted: &[u32]| -> String {
            records.iter().filter(|(_, thread)| wanted.contains(thread)).map(|(message, thread)| ime(message, *thread)).collect()
        };
        // The lines have other numbers.
        let told = |log: &str| -> Vec<(Option<Arc<str>>, Owner)> {
            let unnumbered = |around: Arc<Around>| {
                let mut around = Around::clone(&around);
                if let Some(subject) = &mut around.owner.subject {
                    subject.since = subject.since.map(|_| 0);
                }
                (around.head.thread, around.owner)
            };
            whole(log).into_iter().map(unnumbered).collect()
        };
        let all = told(&log(&[1, 2, 3]));
        for thread in 1..4 {
            let of_it: Vec<_> = all.iter().filter(|(of, _)| *of == Some(thread.to_string().into())).cloned().collect();
            prop_assert_eq!(of_it, told(&log(&[thread])));
        }
    }

    #[test]
    fn what_the_scanning_threads_find_out_ahead_changes_nothing(
        records in messages(),
        broken in prop::collection::vec((any::<prop::sample::Index>(), select(PIECES.to_vec())), 0..4),
        ends in select(vec!["\r\n", " ", ""]),
    ) {
        let mut pieces: Vec<String> = records.iter().map(|(message, thread)| ime(&message.replace("0x8", "0x80070005"), *thread)).collect();
        for (at, piece) in broken {
            pieces.insert(at.index(pieces.len() + 1), piece.to_owned());
        }
        let around = |is_ahead: bool| {
            let (mut blocks, mut places, mut case, mut all) = (Blocks::new(Scanner::LOOK_AROUND), Places::default(), Case::default(), Vec::new());
            blocks.push((ime("x", 1) + &pieces.concat()).replace("\r\n", ends).as_bytes());
            blocks.finish();
            while let Some(block) = blocks.next_block() {
                let mut room = Room::default();
                let scan = if is_ahead { Scanned::outlined } else { Scanned::with };
                let scanned = scan(Scanner::new(), block, &mut room);
                all.extend(places.next(&scanned).followed(&mut case).occurrences().map(|found| (found.offset, found.around)));
            }
            all
        };
        prop_assert_eq!(around(true), around(false));
    }

    #[test]
    fn any_text_is_followed_without_a_panic(log in log(), cut in any::<prop::sample::Index>()) {
        let cut = log.split_inclusive(|byte| *byte == b'\n').take(cut.index(10)).map(<[u8]>::len).sum::<usize>();
        let (mut names, mut trail) = (Names::default(), Trail::new(None));
        for piece in [&log[..cut], &log[cut..]] {
            let places: Vec<usize> = (0..piece.len()).step_by(7).collect();
            prop_assert_eq!(trail.follow(&mut names, piece, &places).len(), places.len());
        }
        Owner::of(&log, cut, Some(LogFamily::Ime));
    }

    #[test]
    fn any_text_is_read_without_a_panic_and_places_are_in_their_records(log in log(), places in prop::collection::vec(any::<prop::sample::Index>(), 1..20)) {
        let mut places: Vec<usize> = places.iter().map(|place| place.index(log.len() + 1)).collect();
        let mut records = Records::new();
        for &place in &places {
            let record = records.at(&log, place);
            prop_assert!(record.range.end <= log.len());
            prop_assert!(place >= log.len() || record.range.contains(&place), "{place} in {:?}", record.range);
        }
        places.sort_unstable();
        // In order, with the log in pieces of whole lines.
        let mut records = Records::new();
        for line in log.split_inclusive(|byte| *byte == b'\n') {
            records.at(line, line.len() / 2);
            records.pass(line);
        }
        Head::of(&log);
    }

    #[test]
    fn a_log_of_less_than_the_look_back_tells_the_same_from_its_beginning_and_from_a_place(log in log(), place in any::<prop::sample::Index>()) {
        prop_assume!(log.len() < Records::LOOK_BACK && !log.is_empty());
        let place = place.index(log.len());
        let mut alone = Records::new().at(&log, place);
        let mut records = Records::new();
        let mut in_order = records.at(&log, 0);
        while !in_order.range.contains(&place) {
            in_order = records.at(&log, in_order.range.end);
        }
        if alone.head.shape.is_none() {
            // A record without a head has the family of those that were seen.
            (alone.head.family, in_order.head.family) = (None, None);
        }
        prop_assert_eq!(in_order, alone);
    }
}

#[test]
fn many_records_without_an_end_take_no_longer_than_they_are() {
    // In time that grows with the square of it, this would take minutes.
    let log = "<![LOG[never ends 0x80070005\n".repeat(100_000);
    let mut records = Records::new();
    let places: Vec<usize> = log.match_indices("0x8").map(|(place, _)| place).collect();
    let headless = places.iter().filter(|place| records.at(log.as_bytes(), **place).head.time.is_none()).count();
    assert_eq!(headless, 100_000);
}

#[test]
fn many_places_on_one_long_line_are_one_record() {
    let log = format!("2024-05-13 10:00:00, Error  CSI  {}\n", "0x80070005 ".repeat(100_000));
    let mut records = Records::new();
    let heads = log.match_indices("0x8").filter(|(place, _)| records.at(log.as_bytes(), *place).head.component.as_deref() == Some("CSI"));
    assert_eq!(heads.count(), 100_000);
}

#[test]
fn a_log_of_records_that_never_end_is_followed_in_time_that_grows_with_it() {
    let mut log = ime("[Win32App] The EspPhase: DeviceSetup.", 1);
    log += &"<![LOG[never ends 0x8, app with id: 11111111-aaaa-4aaa-8aaa-111111111111\n".repeat(50_000);
    let around = whole(&log);
    assert_eq!(around.iter().filter(|around| around.owner.subject.is_some()).count(), 50_000);
    // One that never ends, line by line: no more of it is kept than a record can have.
    let (mut names, mut trail) = (Names::default(), Trail::new(None));
    trail.follow(&mut names, ime("x", 1).as_bytes(), &[]);
    trail.follow(&mut names, b"<![LOG[never ends\n", &[]);
    for _ in 0..300 {
        trail.follow(&mut names, "0x8 goes on\n".repeat(1000).as_bytes(), &[0]);
    }
    let last = trail.follow(&mut names, ime("0x8", 7).as_bytes(), &[7]);
    assert_eq!(last[0].head.thread.as_deref(), Some("7"));
}

#[test]
fn a_list_of_many_policies_with_an_error_in_each_is_one_record() {
    let policies: Vec<String> = (1..20_001)
        .map(|number| format!("{{\"Id\":\"{number:08}-aaaa-4aaa-8aaa-111111111111\",\"Name\":\"App {number}\",\"x\":\"0x8\"}}"))
        .collect();
    let log = ime(&format!("Get policies = [{}]", policies.join(",")), 1);
    let mut names = Names::default();
    let around = Trail::new(None).follow(&mut names, log.as_bytes(), &places(&log));
    assert_eq!((around.len(), names.len(), names.is_empty()), (20_000, 20_000, false));
    let last = around[19_999].owner.subject.unwrap();
    assert_eq!(names.get(&last.id).unwrap().text, "App 20000");
}

#[test]
fn of_a_very_long_line_what_is_near_an_error_tells_whose_it_is() {
    let app = "app with id: 11111111-aaaa-4aaa-8aaa-111111111111, ";
    let far = "nothing of interest, ".repeat(4000);
    let told = |line: &str| -> Vec<bool> { whole(&(ime("x", 1) + line)).iter().map(|around| around.owner.subject.is_some()).collect() };
    assert_eq!(told(&format!("{far}{app}0x8{far}0x8{far}{app}0x8\n")), [true, false, true]);
    // A line that a program writes in one piece tells it all over.
    assert_eq!(told(&format!("{}{app}0x8{}0x8\n", &far[..10_000], &far[..10_000])), [true, true]);
}
