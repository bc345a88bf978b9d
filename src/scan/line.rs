//! What the line of a number tells by what stands anywhere in it: a log or a system whose numbers have a meaning of their own.

use memchr::memmem;
use memchr::{memchr2, memrchr2};

use super::edges::{has_word, is_left_edge, is_like, is_word};
use crate::code::Code;
use crate::table::words;

/// How many bytes before and after a number are looked at.
pub(super) const REACH: usize = 256;

/// The part of the line before a number that is looked at.
#[inline(never)]
pub(super) fn line_before(before: &[u8]) -> &[u8] {
    let near = &before[before.len().saturating_sub(REACH)..];
    let begin = memrchr2(b'\n', b'\r', near).map_or(0, |at| at + 1);
    &near[begin..]
}

/// The part of the line after a number that is looked at.
#[inline(never)]
pub(super) fn line_after(after: &[u8]) -> &[u8] {
    let near = &after[..after.len().min(REACH)];
    let end = memchr2(b'\n', b'\r', near).unwrap_or(near.len());
    &near[..end]
}

/// Whether the line of a number has one of these words, before it or after it.
pub(super) fn has_one_of(before: &[u8], after: &[u8], mut words: impl Iterator<Item = &'static str>) -> bool {
    let parts = [line_before(before), line_after(after)];
    words.any(|word| parts.iter().any(|part| has_word(part, 0..part.len(), word)))
}

/// Whether the line of a number is one of a domain join (`NetSetup.log`), by the name of a function: `NetpDoDomainJoin: status: 0x54b`.
pub(super) fn is_of_domain_join(before: &[u8]) -> bool {
    let line = line_before(before);
    let begins = |at: usize| line[..at].last().is_none_or(|b| !is_word(*b));
    line.windows(5).enumerate().any(|(at, name)| name.starts_with(b"Netp") && name[4].is_ascii_uppercase() && begins(at))
}

/// Whether the line of a number tells of a connection to a domain controller, by its function: `NetUseAdd to \\dc1\IPC$ returned 64`.
pub(super) fn is_of_net_use(before: &[u8]) -> bool {
    memmem::find(line_before(before), b"NetUseAdd to ").is_some()
}

/// Whether the line of a number tells of a blue screen, whose numbers are no codes of Win32: `Blue screen with error code 0x7B`.
pub(super) fn is_of_blue_screen(before: &[u8], after: &[u8]) -> bool {
    has_one_of(before, after, words::blue_screens())
}

/// Whether a line tells of an error as the synchronization of Microsoft Entra Connect does: `BAIL: MMS(4924) 0x80230619`.
pub(super) fn is_bail(before: &[u8]) -> bool {
    memmem::find(line_before(before), b"BAIL: MMS(").is_some()
}

/// What stands before a number and the signs between: `Reason Code: `, `<Data Name="param4">`.
fn without_signs(before: &[u8]) -> &[u8] {
    let signs = before.iter().rev().take(32).take_while(|b| matches!(b, b' ' | b'\t' | b':' | b'=' | b'"' | b'\'' | b'>' | b'\\')).count();
    &before[..before.len() - signs]
}

/// Whether a number is the reason for which a computer was restarted or shut down, as Windows logs each time (event 1074).
pub(super) fn is_of_restart(before: &[u8]) -> bool {
    let told = without_signs(before);
    told.len() < before.len() && (told.ends_with(b"Reason Code") || told.strip_suffix(b"param4").is_some_and(is_left_edge))
}

/// Whether a number is the error of Kerberos that the events of sign-ins have: `Failure Code: 0x18`, with a capital as the name of a field has it, or
/// `Result Code: 0x6` in a line of its own.
pub(super) fn is_of_kerberos(before: &[u8]) -> bool {
    let told = without_signs(before);
    let is_alone = || line_before(told).trim_ascii_start() == b"Result Code";
    let near = &told[told.len().saturating_sub(b"failure code".len())..];
    let is_field = near.starts_with(b"F") && is_like(near, b"failure code");
    before.len() > told.len() && before[told.len()] == b':' && (is_field || is_alone())
}

/// Whether Windows Installer notes what it does in each installation that succeeds: it wrote nothing to the package, no other installation was going
/// on (`-2147287038`: no such file), or the package has no table of texts.
pub(super) fn is_installers_note(before: &[u8], code: Code) -> bool {
    let Some(told) = before.strip_suffix(b" 3: ") else { return false };
    let line = line_before(told);
    let note = memmem::rfind(line, b"Note: 1: ").map_or(line, |at| &line[at + b"Note: 1: ".len()..]);
    match code.bits() {
        0x8003_0005 => note == b"2265 2: ",
        0x8003_0002 => note.starts_with(b"2262 2: ") || note.ends_with(b"\\inprogressinstallinfo.ipi"),
        _ => false,
    }
}

/// Whether a code is what Windows logs again and again though nothing failed: the state of each license that nobody bought (`[(0 [0xC004F014, 0, 0]`),
/// and that the windows of a user who signs out are gone.
pub(super) fn is_routine(before: &[u8], code: Code) -> bool {
    match code.bits() {
        0xC004_F014 => before.ends_with(b" [(0 ["),
        0xD000_02FE => memmem::find(line_before(before), b"Desktop Window Manager").is_some(),
        _ => false,
    }
}

/// Whether the part of a line before a number is one of another system than Windows, or of Chromium, whose numbers are its own: with a process and
/// its number (`apsd[1326]: `, `apsd[1326:1b2c] `), a time of Android without a year, or a file of source code.
pub(super) fn is_of_another_system(line: &[u8]) -> bool {
    let is_tag = |(at, byte): (usize, &u8)| {
        let (told, rest) = line.split_at(at);
        let len = told.iter().rev().take(16).take_while(|b| b.is_ascii_hexdigit() || **b == b':').count();
        let (name, process) = told.split_at(told.len() - len);
        let is_closed = process.contains(&b':') || matches!(rest, [_, b':', b' ', ..] | [_, b' ', b'<', ..]);
        *byte == b']'
            && len > 2
            && process[0].is_ascii_digit()
            && is_closed
            && matches!(name, [.., last, b'['] if is_word(*last) || *last == b')')
    };
    let is_source = |part: &[u8]| matches!(part, [b'.', b'c', b'c', b'(' | b':', b'0'..=b'9']);
    let is_android = matches!(line, [b'0'..=b'9', b'0'..=b'9', b'-', b'0'..=b'9', b'0'..=b'9', b' ', b'0'..=b'9', b'0'..=b'9', b':', ..]);
    is_android && line.len() < REACH || line.iter().enumerate().any(is_tag) || line.windows(5).any(is_source)
}
