//! Archives that were made to do harm are cut short, and say so.

use intune_err::evidence::{Limits, Unread};

use super::make::{Zip, gzip, zip};
use super::{file, file_within, stream};

#[test]
fn archives_in_archives_end_at_a_depth() {
    let mut package = b"hr=0x80180014\n".to_vec();
    for _ in 0..5 {
        package = zip(Zip::Deflate, &[("inner.zip", &package)]);
    }
    for told in [file("x.zip", &package), stream("x.zip", &package)] {
        assert_eq!(told.texts, []);
        assert_eq!(told.unread.len(), 1);
        assert_eq!(told.unread[0].1, Unread::TooDeep(4));
    }
}

#[test]
fn more_members_than_the_limit_are_left() {
    let names: Vec<String> = (0..12).map(|n| format!("{n}.log")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let mut limits = Limits::default();
    limits.members = 10;
    let told = file_within("x.zip", &zip(Zip::Stored, &members), &limits);
    assert_eq!(told.texts.len(), 10);
    assert_eq!(told.reasons(), [("x.zip!10.log", "more than 10 members: the rest was not read".to_owned())]);
}

#[test]
fn a_member_that_is_too_large_is_read_to_the_limit() {
    let mut limits = Limits::default();
    limits.member_bytes = 1 << 20;
    let content = b"0123456789\n".repeat(200_000);
    let archive = zip(Zip::Stored, &[("a.log", &content), ("b.log", b"x")]);
    let told = file_within("x.zip", &archive, &limits);
    assert!(told.texts[0].1.len() >= 1 << 20 && told.texts[0].1.len() < (1 << 20) + (1 << 17));
    assert_eq!(told.texts.len(), 2);
    assert_eq!(told.reasons()[0], ("x.zip!a.log", "larger than 1 MiB: the rest was not read".to_owned()));
}

#[test]
fn a_bomb_of_few_bytes_is_cut_short() {
    let bomb = gzip(&vec![b'a'; 64 << 20]);
    let told = stream("a.gz", &bomb);
    let came: usize = told.texts.iter().map(|(_, text)| text.len()).sum();
    assert!(came < 40 << 20, "{came} bytes came out");
    assert_eq!(told.unread.last().unwrap().1, Unread::Ratio(200));
    let inner = zip(Zip::Deflate, &[("a.log", &vec![b'a'; 64 << 20])]);
    let told = file("x.zip", &zip(Zip::Deflate, &[("inner.zip", &inner), ("b.log", b"never reached")]));
    assert_eq!(told.unread.last().unwrap().1, Unread::Ratio(200));
    assert_eq!(told.texts.len(), 1);
}

#[test]
fn members_over_the_same_bytes_are_read_once() {
    let archive = zip(Zip::Stored, &[("a.log", b"0123456789")]);
    // The directory lists the one member twice.
    let begin = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = archive.windows(4).position(|bytes| bytes == b"PK\x05\x06").unwrap();
    let mut twice = archive[..end].to_vec();
    twice.extend(&archive[begin..end]);
    twice.extend(b"PK\x05\x06\0\0\0\0\x02\0\x02\0");
    twice.extend((2 * (end - begin) as u32).to_le_bytes());
    twice.extend((begin as u32).to_le_bytes());
    twice.extend([0; 2]);
    let told = file("x.zip", &twice);
    assert_eq!(told.texts.len(), 1);
    assert_eq!(told.unread, [("x.zip!a.log".to_owned(), Unread::Overlap)]);
}
