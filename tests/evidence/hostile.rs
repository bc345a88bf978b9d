//! Archives made to do harm, of the kinds that are known: each is bounded, and says where it was cut.

use cab::CompressionType;
use intune_err::evidence::{Limits, Unread};

use super::make::{Event, Member, Value, Zip, cabinet, event_log, gzip, zip, zip_of};
use super::{Told, file, file_within, stream};

/// How many bytes of text came out.
fn came(told: &Told) -> usize {
    told.texts.iter().map(|(_, text)| text.len()).sum()
}

#[test]
fn a_hundred_thousand_members_end_at_the_limit() {
    let names: Vec<String> = (0..100_000).map(|number| format!("{number}.log")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"hr=0x80180014"[..])).collect();
    let archive = zip(Zip::Stored, &members);
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        assert_eq!(told.texts.len(), 10_000);
        assert_eq!(told.reasons(), [("x.zip!10000.log", "more than 10000 members: the rest was not read".to_owned())]);
    }
}

#[test]
fn the_limit_of_members_holds_over_all_archives() {
    let inner = zip(Zip::Stored, &(0..6).map(|_| ("a.log", &b"x"[..])).collect::<Vec<_>>());
    let outer = zip(Zip::Stored, &(0..6).map(|_| ("inner.zip", inner.as_slice())).collect::<Vec<_>>());
    let mut limits = Limits::default();
    limits.members = 20;
    let told = file_within("x.zip", &outer, &limits);
    assert!(told.texts.len() <= 20, "{}", told.texts.len());
    assert!(told.unread.iter().any(|(_, why)| *why == Unread::TooMany(20)), "{:?}", told.reasons());
}

#[test]
fn a_cabinet_of_very_many_folders_and_files_takes_no_time() {
    // Every folder is empty, every file is of no length and in the last folder.
    let (folders, files) = (u16::MAX, u16::MAX);
    let name = [b'n'; 200];
    let first_file = 36 + 8 * u32::from(folders);
    let mut archive = b"MSCF\0\0\0\0".to_vec();
    archive.extend([0, 0, first_file, 0].iter().flat_map(|number| number.to_le_bytes()));
    archive.extend([3, 1]);
    archive.extend([folders, files, 0, 0, 0].iter().flat_map(|number| number.to_le_bytes()));
    let data = first_file + u32::from(files) * (16 + name.len() as u32 + 1);
    for _ in 0..folders {
        archive.extend(data.to_le_bytes());
        // LZX with its largest window.
        archive.extend([0, 0, 3, 21]);
    }
    for _ in 0..files {
        archive.extend([0; 8]);
        archive.extend((folders - 1).to_le_bytes());
        archive.extend([0; 6]);
        archive.extend(name);
        archive.push(0);
    }
    let told = stream("x.cab", &archive);
    assert_eq!(told.texts.len(), 10_000);
    assert_eq!(told.unread.len(), 1);
    assert_eq!(told.unread[0].1, Unread::TooMany(10_000));
}

#[test]
fn files_of_a_cabinet_over_the_same_bytes_are_read_once() {
    let mut archive = cabinet(CompressionType::None, &[("a.log", b"0123456789"), ("b.log", b"abcdefghij")]);
    // The second file begins where the first does.
    let at = archive.windows(5).position(|bytes| bytes == b"b.log").expect("it is in the list") - 12;
    assert_eq!(archive[at..at + 4], 10_u32.to_le_bytes());
    archive[at..at + 4].copy_from_slice(&0_u32.to_le_bytes());
    let told = stream("x.cab", &archive);
    assert_eq!(told.texts, [("x.cab!a.log".to_owned(), b"0123456789".to_vec())]);
    assert_eq!(told.reasons(), [("x.cab!b.log", "damaged: it lies over another file".to_owned())]);
}

#[test]
fn a_bomb_of_bombs_ends_at_the_ratio() {
    // Of the kind of 42.zip: sixteen in each of sixteen in each.
    let mut package = zip(Zip::Deflate, &[("zeros.txt", &vec![b'0'; 8 << 20])]);
    for _ in 0..3 {
        let members: Vec<(&str, &[u8])> = (0..16).map(|_| ("inner.zip", package.as_slice())).collect();
        package = zip(Zip::Deflate, &members);
    }
    for told in [file("x.zip", &package), stream("x.zip", &package), file("x.zip.gz", &gzip(&package))] {
        assert!(came(&told) < 64 << 20, "{} bytes came out", came(&told));
        let last = told.unread.last().map(|(_, why)| why.clone());
        assert!(matches!(last, Some(Unread::Ratio(200) | Unread::TooDeep(4))), "{last:?}");
    }
}

#[test]
fn the_bound_of_all_bytes_holds_over_members() {
    let mut limits = Limits::default();
    (limits.total_bytes, limits.ratio) = (1 << 20, u64::MAX);
    let content = vec![b'0'; 300_000];
    let members: Vec<(&str, &[u8])> = (0..20).map(|_| ("a.log", content.as_slice())).collect();
    let told = file_within("x.zip", &zip(Zip::Deflate, &members), &limits);
    assert!(came(&told) < 2 << 20, "{} bytes came out", came(&told));
    assert_eq!(
        told.unread.last().map(|(_, why)| why.to_string()).as_deref(),
        Some("more than 1 MiB come out of it: the rest was not read")
    );
}

#[test]
fn a_directory_that_names_one_member_very_often_has_it_once() {
    let archive = zip(Zip::Deflate, &[("a.log", &b"0123456789\n".repeat(1000))]);
    let begin = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("it has a directory");
    let end = archive.windows(4).position(|bytes| bytes == b"PK\x05\x06").expect("the directory ends");
    let mut often = archive[..end].to_vec();
    let times = 5000_u16;
    for _ in 1..times {
        often.extend(&archive[begin..end]);
    }
    often.extend(b"PK\x05\x06\0\0\0\0");
    often.extend([times.to_le_bytes(), times.to_le_bytes()].concat());
    often.extend((u32::from(times) * (end - begin) as u32).to_le_bytes());
    often.extend((begin as u32).to_le_bytes());
    often.extend([0; 2]);
    let told = file("x.zip", &often);
    assert_eq!(told.texts.len(), 1);
    assert_eq!(told.unread.len(), usize::from(times) - 1);
    assert!(told.unread.iter().all(|(_, why)| *why == Unread::Overlap));
}

#[test]
fn names_are_names_whatever_is_in_them() {
    let long = "n".repeat(60_000);
    for (name, shown) in [
        ("../../../etc/cron.d/x", "../../../etc/cron.d/x"),
        ("/etc/passwd", "/etc/passwd"),
        (r"C:\Windows\System32\x.log", "C:/Windows/System32/x.log"),
        (r"\\server\share\x.log", "//server/share/x.log"),
        ("a\u{1B}[2Jb\nc\0d.log", "a\u{1B}[2Jb\nc\0d.log"),
        ("x!y#z:1.log", "x!y#z:1.log"),
        ("", ""),
    ] {
        let archive = zip(Zip::Stored, &[(name, b"hr=0x80180014\n")]);
        for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
            assert_eq!(told.texts.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>(), [format!("x.zip!{shown}")]);
            assert_eq!(told.unread, []);
        }
    }
    let archive = zip(Zip::Stored, &[(long.as_str(), b"x")]);
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        assert_eq!(told.texts.len(), 1);
        assert!(told.texts[0].0.len() < 10_000, "{}", told.texts[0].0.len());
    }
}

#[test]
fn every_member_that_is_damaged_is_named_and_the_others_are_read() {
    let log = b"0123456789abcdef hr=0x80180014\n".repeat(40);
    let names: Vec<String> = (0..50).map(|number| format!("{number}.log")).collect();
    let members: Vec<Member<'_>> = names
        .iter()
        .enumerate()
        .map(|(number, name)| Member { name: name.as_bytes(), flags: u16::from(number % 5 == 0), method: None, content: &log })
        .collect();
    let mut archive = zip_of(Zip::Stored, &members);
    // One byte of each third member that is not encrypted.
    let mut damaged = 0;
    for (number, name) in names.iter().enumerate().filter(|(number, _)| number % 3 == 1 && number % 5 != 0) {
        let at = archive.windows(name.len()).position(|bytes| bytes == name.as_bytes()).unwrap_or_else(|| panic!("{number}"));
        archive[at + name.len() + 20] ^= 1;
        damaged += 1;
    }
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        let of = |is: fn(&Unread) -> bool| told.unread.iter().filter(|(_, why)| is(why)).count();
        assert_eq!((of(|why| *why == Unread::Encrypted), of(|why| matches!(why, Unread::Damaged(_)))), (10, damaged));
        assert_eq!(told.texts.len(), 40);
    }
}

#[test]
fn an_event_log_in_an_archive_counts_against_the_bounds() {
    let events: Vec<Event> =
        (0..2000).map(|_| Event::new("Microsoft-Windows-AAD", 1084, &[("Error", Value::HexInt32(0x8007_2EE2))])).collect();
    let log = event_log(&events);
    let mut limits = Limits::default();
    limits.total_bytes = log.len() as u64 / 2;
    let told = file_within("x.zip", &zip(Zip::Deflate, &[("a.evtx", &log)]), &limits);
    assert!(!told.events.is_empty() && told.events.len() < 2000, "{}", told.events.len());
    assert!(told.unread.iter().any(|(_, why)| matches!(why, Unread::TooMuch(_))), "{:?}", told.reasons());
}
