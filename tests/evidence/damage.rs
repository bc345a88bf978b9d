//! What is damaged, encrypted or cut short is named, and the rest is read.

use cab::CompressionType;

use super::make::{Member, Zip, cabinet, gzip, zip, zip_of};
use super::{file, stream};

const LOG: &[u8] = b"hr=0x80180014\n";

/// Content that hardly compresses, so that damage hits it.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 1_u32;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"0123456789abcdef"[(state >> 28) as usize]
        })
        .collect()
}

#[test]
fn an_encrypted_member_is_named_and_the_next_is_read() {
    let members = [
        Member { name: b"secret.log", flags: 1, method: None, content: LOG },
        Member { name: b"a.log", flags: 0, method: None, content: LOG },
    ];
    for how in [Zip::Stored, Zip::Deflate] {
        let archive = zip_of(how, &members);
        for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
            assert_eq!(told.reasons(), [("x.zip!secret.log", "encrypted".to_owned())]);
            assert!(told.unread[0].1.is_fault());
            assert_eq!(told.texts.len(), 1);
        }
    }
}

#[test]
fn a_method_that_is_not_known_is_named() {
    let members = [
        Member { name: b"new.log", flags: 0, method: Some(93), content: LOG },
        Member { name: b"a.log", flags: 0, method: None, content: LOG },
    ];
    let archive = zip_of(Zip::Deflate, &members);
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        assert_eq!(told.reasons(), [("x.zip!new.log", "compressed with Zstandard".to_owned())]);
        assert_eq!(told.texts.len(), 1);
    }
}

#[test]
fn a_wrong_checksum_is_named_and_the_next_member_is_read() {
    let content = noise(5000);
    let mut archive = zip(Zip::Stored, &[("a.log", &content), ("b.log", LOG)]);
    archive[200] ^= 1;
    for told in [file("x.zip", &archive), stream("x.zip", &archive)] {
        assert_eq!(told.texts.len(), 2);
        assert_eq!(told.unread.len(), 1);
        assert!(told.reasons()[0].1.starts_with("damaged: "), "{:?}", told.reasons());
        assert_eq!(told.reasons()[0].0, "x.zip!a.log");
    }
}

#[test]
fn a_zip_that_ends_early_gives_what_it_has() {
    let (first, second) = (noise(3000), noise(90_000));
    let archive = zip(Zip::Deflate, &[("a.log", &first), ("b.log", &second)]);
    let cut = &archive[..archive.len() - 30_000];
    for told in [file("x.zip", cut), stream("x.zip", cut)] {
        assert_eq!(told.texts[0], ("x.zip!a.log".to_owned(), first.clone()));
        assert!(second.starts_with(&told.texts[1].1) && !told.texts[1].1.is_empty());
        assert!(told.unread.iter().any(|(_, why)| why.is_fault()), "{:?}", told.reasons());
    }
}

#[test]
fn a_gzip_file_that_ends_early_gives_what_it_has() {
    let content = noise(90_000);
    let whole = gzip(&content);
    let told = stream("a.gz", &whole[..whole.len() / 2]);
    assert!(content.starts_with(&told.texts[0].1) && told.texts[0].1.len() > 10_000);
    assert!(told.reasons()[0].1.starts_with("damaged: "));
}

#[test]
fn a_damaged_block_of_a_cabinet_ends_its_folder() {
    let (first, second) = (noise(20_000), noise(100_000));
    let mut archive = cabinet(CompressionType::MsZip, &[("a.log", &first), ("b.log", &second)]);
    let middle = archive.len() / 2;
    archive[middle] ^= 0x55;
    let told = stream("x.cab", &archive);
    assert_eq!(told.texts[0].1, first);
    assert!(second.starts_with(&told.texts[1].1));
    assert_eq!(told.reasons(), [("x.cab!b.log", "damaged: a checksum is wrong".to_owned())]);
}

#[test]
fn no_byte_that_is_changed_or_missing_ends_in_a_panic_or_in_silence() {
    let content = noise(600);
    let packages = [
        zip(Zip::Deflate, &[("a.log", &content), ("b.log", LOG)]),
        zip(Zip::Streamed, &[("a.log", &content)]),
        cabinet(CompressionType::MsZip, &[("a.log", &content), ("b.log", LOG)]),
        gzip(&content),
    ];
    for package in packages {
        let whole = file("x", &package).texts;
        for at in 0..package.len() {
            let cut = &package[..at];
            for told in [file("x", cut), stream("x", cut)] {
                assert!(told.texts != whole || !told.unread.is_empty() || told == file("x", &package), "cut at {at} and nobody knows");
            }
            let mut changed = package.clone();
            changed[at] ^= 0xFF;
            file("x", &changed);
            stream("x", &changed);
        }
    }
}
