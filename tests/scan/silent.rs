//! Lines that look as if an error stood in them and that must stay silent: every trap of real logs, in several shapes.
//!
//! Nearly all hold the digits of a code that is known, so that nothing but its surroundings keeps it from being found.

use super::{check_names, findings};
use intune_err::{Scanner, is_known_error};

/// The trap, and the line.
pub(crate) const LINES: &[(&str, &str)] = &[
    // Parts of GUIDs.
    ("the first part of a GUID", "Policy {80180014-1234-4f0c-9d3a-0123456789ab} applied"),
    ("a GUID without braces", "PolicyId: 80180014-1234-4f0c-9d3a-0123456789ab"),
    ("a GUID in upper case", "CLSID\\{80070005-AB12-4F0C-9D3A-0123456789AB}\\InprocServer32"),
    ("a GUID with a code at its end", "{5a7bd1e2-1234-4f0c-9d3a-012380180014}"),
    ("a GUID that ends with twelve digits of which eight are a code", "App 5a7bd1e2-1234-4f0c-9d3a-801800140000 detected"),
    ("a GUID in C", "{0x80180014, 0x1234, 0x4f0c, {0x9d, 0x3a, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab}}"),
    ("DEFINE_GUID", "DEFINE_GUID(IID_IFoo, 0x80180014, 0x1234, 0x4f0c, 0x9d, 0x3a, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab);"),
    ("a GUID without hyphens", "8018001412344f0c9d3a0123456789ab"),
    ("a GUID in a path", "C:\\Windows\\IMECache\\80180014-1234-4f0c-9d3a-0123456789ab_1\\setup.exe"),
    ("a GUID in a registry path", "HKLM\\SOFTWARE\\Microsoft\\Enrollments\\80070005-1234-4F0C-9D3A-0123456789AB\\FirstSync"),
    ("a GUID in a URL", "https://graph.microsoft.com/beta/devices/80180014-1234-4f0c-9d3a-0123456789ab"),
    ("a GUID in an XML attribute", "<Correlation ActivityID=\"{80180014-1234-4f0c-9d3a-0123456789ab}\"/>"),
    ("a GUID with underscores", "80180014_1234_4f0c_9d3a_0123456789ab"),
    // SIDs, MAC and IP addresses.
    ("a SID of an Entra account", "S-1-12-1-2149056532-1234567890-2147942405-2147942402"),
    ("a SID of a domain", "InstallUserSid : (S-1-5-21-2147942405-2149056532-2147942402-1001)"),
    ("a SID in a registry path", "HKEY_USERS\\S-1-12-1-2147942405-1111111111-2222222222-3333333333\\Software"),
    ("a MAC address with colons", "adapter 80:18:00:14:ab:cd up"),
    ("a MAC address with hyphens", "adapter 80-18-00-14-AB-CD up"),
    ("a MAC address with points", "adapter 8018.0014.abcd up"),
    ("an IPv4 address", "connect 80.18.0.14:8018 ok"),
    ("an IPv6 address", "connect [2001:db8:80180014:80070005::1]:443"),
    ("an IPv6 address in full", "2001:0db8:8018:0014:8007:0005:0000:0001"),
    ("an address and a port", "10.0.0.5:2147942405 refused"),
    // Hashes, thumbprints, base64.
    ("SHA-1", "Thumbprint a94a8fe5ccb19ba61c4c0873d391e98780180014"),
    ("SHA-1 that begins with a code", "80180014a94a8fe5ccb19ba61c4c0873d391e987"),
    ("SHA-256", "hash: 9f86d081884c7d659a2feaa080180014a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("a thumbprint in groups of eight", "Thumbprint: 80180014 A94A8FE5 CCB19BA6 1C4C0873 D391E987"),
    ("MD5", "md5=80180014098f6bcd4621d373cade4e83"),
    ("CRC-32", "crc32 0x80070005 ok"),
    ("CRC-32 without a prefix", "CRC: 80070005"),
    ("a checksum", "checksum=0x80180014"),
    ("a git hash", "commit 80180014 (HEAD -> main)"),
    ("a git hash of forty digits", "Build of 80180014f6a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9"),
    ("a git range", "80180014..80070005 main -> origin/main"),
    ("base64", "MIIC80070005+AbCdEf/80180014=="),
    ("base64 at its end", "token: abc/80070005="),
    ("base64 in a header", "Authorization: Bearer eyJ0.80070005.abcdefg"),
    ("a serial number", "certificate serial 80180014"),
    ("a fingerprint", "fingerprint: 80180014"),
    // Addresses, flags, memory.
    ("an address of 64 bits", "module at 0x8018001480070005"),
    ("an address of 64 bits with a sign", "faulting address 0xFFFFF80080070005"),
    ("a keyword of an event", "Keywords 0x8018001400000000"),
    ("the keyword of audit success", "<Keywords>0x8020000000000000</Keywords>"),
    ("twelve digits", "handle 0x000180180014"),
    ("a dump in words of four bytes", "00000010  80180014 00000000 0012f4a0 80070005"),
    ("a hex dump", "0000: 80 18 00 14 80 07 00 05 80 07 00 02"),
    ("an access mask", "AccessMask: 0x80070005"),
    ("an access mask in words", "Access Mask = 0x80180014"),
    ("the desired access", "CreateFile DesiredAccess=0x80070005"),
    ("flags", "dwFlags: 0x80070005"),
    ("flags with an equals sign", "flags=0x80070005"),
    ("a pointer", "ptr 0x80070005"),
    ("an address in words", "at address 80070005"),
    ("a base address", "Base: 80180014"),
    ("an offset", "Fault offset: 0x80070005"),
    // Time.
    ("a crash report's time stamp", "Faulting module name: x.dll, version: 1.0.0.1, time stamp: 0x80070005"),
    ("a crash report's time stamp, first", "Faulting application name: y.exe, version: 10.0.1.2, time stamp: 0x87d1041c"),
    ("a time stamp in one word", "timestamp 0x80070005"),
    ("a linker's time stamp", "TimeDateStamp: 0x80180014"),
    ("epoch seconds", "started 1795478400, ended 1795478460"),
    ("epoch milliseconds", "ts=1795478400123"),
    ("a file time", "134087520000000000"),
    ("a date", "20261124"),
    ("a date with a time", "20261124101112"),
    ("a date after a file's name", "backup-20261124.log"),
    ("ticks", "elapsed 2147942405 ticks"),
    ("a duration", "Duration: 2147942405"),
    ("milliseconds", "took 2147942405 ms"),
    // Threads, processes, sessions, sequences, builds.
    ("a thread of a CMTrace record", r#"<![LOG[ready]LOG]!><time="11:02:13.551" component="IME" type="1" thread="2738" file="">"#),
    ("a thread as large as a code", r#"<![LOG[ready]LOG]!><time="11:02:13.551" component="IME" type="1" thread="2147942405" file="">"#),
    ("a thread in hex", "thread=0x80070005 entered"),
    ("a thread's id", "ThreadId: 80070005"),
    ("columns of process and thread", "2026/11/24 10:11:12.1234567 1044  2738  Agent  ready"),
    ("a process id", "ProcessId=2147942405"),
    ("a pid in hex", "pid: 0x80180014"),
    ("a session", "session 80180014 closed"),
    ("a session with an underscore", "session_80180014 closed"),
    ("a session in front", "80180014_session closed"),
    ("a session's id in JSON", r#""sessionId":"80180014""#),
    ("a correlation id", "CorrelationId: 80070005"),
    ("an id", "Id=80070005"),
    ("a request's id in JSON", r#"{"requestId": "80070005"}"#),
    ("a sequence number", "seq 80070005"),
    ("a sequence number in words", "Sequence: 2147942405"),
    ("a build", "Build 80070005"),
    ("a build of Windows", "OS version 10.0.26100.4061 (build 26100)"),
    ("a version", "version 1.0.80070005.3"),
    ("a version at the end", "app 5.80070005"),
    ("an issue", "see issue #80070005"),
    ("an article", "KB 80070005"),
    ("a knowledge base number", "KB5034441 installed"),
    ("a phone number", "Tel: 8007000512"),
    ("a phone number with an international prefix", "call +2147942405"),
    ("a row", "row 80070005"),
    // Sizes and counts.
    ("a byte count", "read 2147942405 bytes"),
    ("a byte count in front", "Bytes: 2147942405"),
    ("a size", "size=2147942405"),
    ("a size with a unit", "downloaded 2147942405B"),
    ("a count", "count: 2147942405"),
    ("a content length", "Content-Length: 2147942405"),
    ("a total", "total 2147942405"),
    ("kilobytes", "2147942405 KB free"),
    ("a length", "Length 0x80070005"),
    // Limits and success.
    ("the least 32-bit integer", "exit code -2147483648"),
    ("the greatest 32-bit integer", "limit 2147483647"),
    ("the least 32-bit integer, unsigned", "limit 2147483648"),
    ("all bits", "mask of 4294967295"),
    ("all bits but one", "last block 0xFFFFFFFE"),
    ("28 bits", "limit 0x0FFFFFFF, x & 0xfffffff"),
    ("the sign bit", "style 0x80000000"),
    ("a round number that is a code as hex", "found 80000001 of them"),
    ("a negative number of more than 32 bits", "error -2149056532"),
    ("the digits of a negative number without its sign", "error 2145910764"),
    ("64 bits, the upper half no extension", "error 17293822571251761172"),
    ("64 bits and a sign", "error -18446744071563640852"),
    ("a difference", "f(x)-2147024891"),
    ("two signs", "--2147024891"),
    ("a sign before a message insert", "error -%%2147942405"),
    ("success", "hr = 0x0"),
    ("success in eight digits", "Result: 0x00000000"),
    ("success by name", "returned S_OK"),
    ("false", "returned 0x1"),
    ("false in eight digits", "S_FALSE 0x00000001"),
    ("a success code of the headers", "WER status 0x001B0002"),
    ("a code of customers", "custom 0x20000001"),
    ("a small value in hex", "Value 0x05 read, 0x2738 next"),
    ("a small value in eight digits", "gle=0x000003e5"),
    ("a short code inside a word", "a0xAB2"),
    ("a short code with more after", "0xAB2G"),
    ("flags as short as a code", "flags=0xAB2"),
    ("an offset as short as a code", "offset: 0xAB2"),
    ("a language", "Language: 0x409, lcid 0x410"),
    ("the message of a window", "Windows message 0x401 received"),
    ("a flag in source code", "#define DEBUG_BM 0x400"),
    ("a language in eight digits", "keyboard layout 0x00000411"),
    // Misprints, which are never cut to eight digits.
    ("nine digits", "error 0x80180002b"),
    ("nine digits without a prefix", "error 80180002b"),
    ("seven digits", "error 0x8018014"),
    ("seven digits without a prefix", "error 8018014"),
    ("ten digits in hex", "error 0x8018001400"),
    ("a letter too many", "error 0x80180014G"),
    ("a letter O for a zero", "error 0x8018OO14"),
    ("a prefix twice", "error 0x0x80180014"),
    ("eleven digits", "error 21490565320"),
    ("an eleven-digit negative", "error -21490565320"),
    ("a range of numbers", "from 1-2147024891 on"),
    ("a number with a fraction", "load -2147024891.5"),
    ("a version whose second part is zero", "version 2147942405.0.1"),
    // Longer words, files, addresses of the web.
    ("a longer identifier", "MyDeviceCapReachedHandler registered"),
    ("an identifier with an underscore", "On_DeviceCapReached fired"),
    ("an identifier with a digit after", "NoEnrollmentPolicy2"),
    ("a constant with more after", "MENROLL_E_DEVICECAPREACHED_EX"),
    ("a variable", "var id_80070005 = 1"),
    ("a constant of a language", "E80070005"),
    ("a digit group with an underscore in front", "_0x80070005"),
    ("a file's name", "opened 80070005.log"),
    ("a file in a folder", "C:\\Temp\\80070005\\setup.log"),
    ("a file in a Unix folder", "/var/log/80070005/setup"),
    ("a file with a hyphen", "80180014-setup.exe"),
    ("a file with a hyphen in front", "setup-80180014.exe"),
    ("a folder after a zero and a backslash", "C:\\0\\AB2"),
    ("an escape after a zero", "0\u{1B}AB2"),
    ("a folder before a backslash", "80070005\\setup.log"),
    ("a folder with a backslash at its end", "C:\\Temp\\80070005\\"),
    ("a folder before a slash", "80070005/setup.log"),
    ("a host and a port", "80070005:443 refused"),
    ("a scheme", "80070005://setup"),
    ("dots before", "from ...80070005"),
    ("padding after", "blob 80070005==x"),
    ("padding at the end", "blob 80070005="),
    ("half an escape at the beginning", "[31m80180014"),
    ("a message over two lines", "Skipping Wifi profile 7\n8 because it is pending certificates."),
    ("a page", "https://support.example/articles/80180014"),
    ("a page with a query", "GET /kb?x=1%2080070005 HTTP/1.1"),
    ("percent-encoding in front", "a%80070005"),
    ("percent-encoding after", "q=80070005%20x"),
    ("an e-mail address", "80070005@contoso.example"),
    ("an address of a host", "80070005.contoso.example"),
    ("a device's name", "DESKTOP-80070005"),
    ("a product code's part", "ABC-80070005-XYZ"),
    ("a colour", "color: 0x80070005"),
    ("a nonce", "nonce=80070005"),
    ("a cookie", "cookie: 0x80070005"),
];

#[test]
fn there_are_at_least_110_lines_of_different_names() {
    check_names(LINES.iter().map(|(name, _)| *name));
}

#[test]
fn every_line_stays_silent() {
    let faults: Vec<String> = LINES
        .iter()
        .map(|(name, line)| (name, line, findings(line)))
        .filter(|(.., found)| !found.is_empty())
        .map(|(name, line, found)| format!("{name}: {line:?} has {found:?}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_line_stays_silent_in_the_middle_of_a_log() {
    let all = LINES.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\r\n");
    let found = findings(&all);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn with_all_prefixed_failures_come_besides_that_no_word_calls_errors() {
    for (line, default, all, known_only) in [
        ("hr = 0x87D20FFF", 1, 1, 0),
        ("it was 0x8018FFF0 then", 0, 1, 0),
        ("it was 0x9ABCDEF1 then", 0, 1, 0),
        ("it was 8018FFF0 then", 0, 0, 0),
        ("hr = 8018FFF0", 0, 0, 0),
        ("failed [8018FFF0]", 1, 1, 0),
        ("failed [8ABC0001]", 0, 0, 0),
        ("time stamp: 0x8018FFF0", 0, 0, 0),
        ("it was 0x0018FFF0 then", 0, 0, 0),
        ("hr = 0x0018FFF0", 0, 0, 0),
        ("hr = 0x80180014", 1, 1, 1),
        ("hr = -2016288769", 1, 1, 0),
    ] {
        for (scanner, count) in [(Scanner::new(), default), (Scanner::new().all(true), all), (Scanner::new().known_only(true), known_only)]
        {
            assert_eq!(scanner.scan(line.as_bytes()).len(), count, "{line} with {scanner:?}");
        }
    }
}

#[test]
fn the_digits_of_the_lines_are_known_errors() {
    for bits in [0x8018_0014, 0x8007_0005, 0x87D1_041C, 0x8007_0002] {
        assert!(is_known_error(bits.into()), "{bits:#X}");
    }
}
