//! What is in an archive, of any kind and at any depth.

use cab::CompressionType;

use super::make::{Member, Zip, cabinet, gzip, lzx_cabinet, utf16, zip, zip_of};
use super::{Told, file, stream};

const LOG: &[u8] = b"2026-01-05 10:00:00 hr=0x80180014\r\n";

#[track_caller]
fn holds(told: &Told, place: &str, content: &[u8]) {
    assert_eq!(told.texts, [(place.to_owned(), content.to_vec())]);
    assert_eq!(told.unread, []);
}

#[test]
fn a_text_is_handed_over_as_it_is() {
    for content in [LOG, b"", b"x", &utf16("hr=0x80180014"), &b"line\n".repeat(50_000)] {
        holds(&file("a.log", content), "a.log", content);
        holds(&stream("a.log", content), "a.log", content);
    }
}

#[test]
fn a_zip_is_read_by_its_directory_and_as_it_comes() {
    let long = LOG.repeat(10_000);
    for how in [Zip::Stored, Zip::Deflate, Zip::Streamed, Zip::Zip64] {
        for content in [LOG, &long] {
            let archive = zip(how, &[("logs/a.log", content)]);
            holds(&file("x.zip", &archive), "x.zip!logs/a.log", content);
            holds(&stream("x.zip", &archive), "x.zip!logs/a.log", content);
        }
    }
}

#[test]
fn the_members_come_in_the_order_of_the_archive_and_folders_are_none() {
    let archive = zip(Zip::Deflate, &[("b.log", LOG), ("folder/", b""), ("a.log", b"second")]);
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        let places: Vec<&str> = told.texts.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["x.zip!b.log", "x.zip!a.log"]);
    }
}

#[test]
fn names_are_utf_8_or_code_page_437_and_have_one_kind_of_slash() {
    for (name, flags, shown) in [
        ("Ger\u{E4}t.log".as_bytes(), 1 << 11, "Ger\u{E4}t.log"),
        (b"Ger\x84t.log", 0, "Ger\u{E4}t.log"),
        ("Ger\u{E4}t.log".as_bytes(), 0, "Ger\u{E4}t.log"),
        (br"(74) FoldersFiles temp_cab\mdmlogs.log", 0, "(74) FoldersFiles temp_cab/mdmlogs.log"),
    ] {
        let archive = zip_of(Zip::Deflate, &[Member { name, flags, method: None, content: LOG }]);
        let place = format!("x.zip!{shown}");
        holds(&file("x.zip", &archive), &place, LOG);
        holds(&stream("x.zip", &archive), &place, LOG);
    }
}

#[test]
fn a_path_in_an_archive_is_a_name_and_no_place() {
    for name in ["../../etc/passwd", "/etc/passwd", r"C:\Windows\a.log"] {
        let archive = zip(Zip::Stored, &[(name, LOG)]);
        holds(&file("x.zip", &archive), &format!("x.zip!{}", name.replace('\\', "/")), LOG);
    }
}

#[test]
fn a_cabinet_is_read_in_each_of_its_methods() {
    let long = LOG.repeat(5000);
    for method in [CompressionType::None, CompressionType::MsZip] {
        for content in [LOG, &long] {
            let archive = cabinet(method, &[("a.log", content)]);
            holds(&file("x.cab", &archive), "x.cab!a.log", content);
            holds(&stream("x.cab", &archive), "x.cab!a.log", content);
        }
    }
    let archive = lzx_cabinet("a.log", LOG);
    holds(&file("x.cab", &archive), "x.cab!a.log", LOG);
}

#[test]
fn the_files_of_a_cabinet_are_each_themselves() {
    let contents: Vec<(String, Vec<u8>)> =
        (0..50).map(|n| (format!("{n}.log"), format!("file {n}\n").repeat(n * 300).into_bytes())).collect();
    let files: Vec<(&str, &[u8])> = contents.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let told = stream("x.cab", &cabinet(CompressionType::MsZip, &files));
    let expected: Vec<(String, Vec<u8>)> = contents.iter().map(|(name, content)| (format!("x.cab!{name}"), content.clone())).collect();
    assert_eq!(told.texts, expected);
}

#[test]
fn what_a_gzip_file_holds_has_its_place() {
    let content = LOG.repeat(100);
    holds(&file("a.log.gz", &gzip(&content)), "a.log.gz", &content);
    let twice = [gzip(LOG), gzip(&content)].concat();
    holds(&stream("a.log.gz", &twice), "a.log.gz", &[LOG, &content].concat());
}

#[test]
fn archives_stand_in_one_another() {
    let log = gzip(LOG);
    let cab = cabinet(CompressionType::MsZip, &[("a.log.gz", &log)]);
    for how in [Zip::Stored, Zip::Deflate, Zip::Streamed] {
        let inner = zip(Zip::Deflate, &[("mdmlogs.cab", &cab)]);
        let outer = zip(how, &[("inner.zip", &inner)]);
        // A stored member of unknown size can't be told from what follows it; a directory tells it.
        holds(&file("x.zip", &outer), "x.zip!inner.zip!mdmlogs.cab!a.log.gz", LOG);
        holds(&stream("x.zip", &outer), "x.zip!inner.zip!mdmlogs.cab!a.log.gz", LOG);
    }
}

#[test]
fn what_was_not_collected_is_no_text() {
    let results = "<?xml version=\"1.0\"?>\r\n<Collection HRESULT=\"0\">\r\n<RegistryKey HRESULT=\"-2147024893\">HKLM\\x</RegistryKey>\r\n\
                   <Command HRESULT=\"0\">ipconfig /all</Command>\r\n</Collection>\r\n";
    let name = "(23) No Results - Error [0x80070002] FoldersFiles C_Windows_a";
    let archive = zip(Zip::Deflate, &[(name, b""), ("results.xml", results.as_bytes()), ("(24) Command output.log", LOG)]);
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        assert_eq!(told.texts, [("x.zip!(24) Command output.log".to_owned(), LOG.to_vec())]);
        assert_eq!(
            told.reasons(),
            [
                (format!("x.zip!{name}").as_str(), "not collected: Error [0x80070002] FoldersFiles C_Windows_a".to_owned()),
                ("x.zip!results.xml", r"not collected: HKLM\x (-2147024893)".to_owned()),
            ]
        );
        assert!(told.unread.iter().all(|(_, why)| !why.is_fault()));
    }
}

#[test]
fn a_member_that_is_not_read_is_named() {
    let mut trace = vec![0; 80];
    trace[..4].copy_from_slice(&65536_u32.to_le_bytes());
    trace[72..76].copy_from_slice(&[2, 0, 2, 0xC0]);
    let archive = zip(Zip::Deflate, &[("a.etl", &trace), ("a.log", LOG)]);
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        assert_eq!(told.texts.len(), 1);
        assert_eq!(told.reasons(), [("x.zip!a.etl", "an event trace (.etl)".to_owned())]);
        assert!(!told.unread[0].1.is_fault());
    }
}
