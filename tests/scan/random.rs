//! Random lines of pieces that decide: the scan agrees with a slow one, and a long line may be cut anywhere.

use proptest::prelude::*;
use proptest::sample::select;

use super::{described, slow};
use intune_err::Scanner;

/// Numbers in all forms, known and unknown, and what looks like them.
const NUMBERS: &[&str] = &[
    "0x80070005",
    "0X80180014",
    "80070005",
    "80180014",
    "-2147024891",
    "2147942405",
    "%%2147942405",
    "18446744071562526725",
    "0xFFFFFFFF80070005",
    "&H80070005",
    "80070005h",
    "80070005L",
    "0x8ABC0001",
    "0xCAA5009D",
    "0x87D20FFF",
    "0x8018FE21",
    "-2016281211",
    "2278686085",
    "8ABC0001",
    "0xFFFFFFFF",
    "4294967295",
    "0x80000000",
    "-2147483648",
    "0x80070000",
    "-2147024896",
    "0x80000005",
    "80000005",
    "-2147483643",
    "2147483653",
    "c0000005",
    "0xC0000005",
    "c0000700",
    "0x12345678",
    "12345678",
    "0x54b",
    "0x2ee7",
    "0x5",
    "0x1",
    "0xAB2",
    "0x00000005",
    "0x00240005",
    "0x409",
    "0x00000411",
    "0x0FFFFFFF",
    "-2147024891.0",
    "1603",
    "126",
    "12029",
    "506",
    "12021",
    "-50000",
    "8024FEEE",
    "81036FF2",
    "3010",
    "60008",
    "87",
    "5",
    "50126",
    "53003",
    "1722",
    "0x80070005, 0x1234, 0x4f0c, {",
    "9abcdef0",
    "0x9abcdef012345678",
];

/// Signs, escapes and brackets.
const SIGNS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    ": ",
    ":",
    " = ",
    "=",
    " (",
    "(",
    ")",
    ") ",
    " [",
    "]",
    "{",
    "}",
    ", ",
    ",",
    "; ",
    ". ",
    "...",
    "..",
    ".",
    "! ",
    "? ",
    " - ",
    "-",
    " -> ",
    " => ",
    "/",
    "\\",
    "|",
    " | ",
    "#",
    "\"",
    "'",
    "`",
    "*",
    "~",
    "+",
    "@",
    "%",
    "_",
    "<",
    ">",
    "</key>",
    "<=",
    "\t",
    "\\n",
    "\\t",
    "\\u0022",
    "\\u003e",
    "\\r",
    "_x000A_",
    "_x0022_",
    "&nbsp;",
    "&#39;",
    " / ",
    " of ",
    "$",
    ";",
    "\\u0020",
    "%20",
    "%3D",
    "&quot;",
    "&lt;",
    "&gt;",
    "\\\"",
    "\u{1B}[31m",
    "\u{1B}[0m",
    "bytes",
    "&",
    "          : ",
    " ms",
];

/// Words beside those of the lists.
const WORDS: &[&str] = &[
    "the app",
    "lastHrResult",
    "ErrorCode",
    "exitCode",
    "CreateProcess",
    "OpenSession",
    "GetFlags",
    "couldn't",
    "FAIL",
    "Failed",
    "NSOSStatusErrorDomain",
    "XErrorDomain Code=",
    "ASDErrorDomain",
    "MCMDMErrorDomain",
    "MSALErrorDomain",
    "ErrorDomain",
    "\"ErrorCode\":",
    "Win32 error ",
    "GetLastError",
    "WinHttpSendRequest failed",
    "hFile",
    "expires_in",
    "offset of error",
    "AADSTS50126",
    "AADSTS 53003",
    "AADSTS",
    "LEVEL_ERROR",
    "Installer",
    "rows",
    "and",
    "x",
    "Search()",
    "Non",
    "Foo.Bar",
    "status code",
    "exit code",
    "error code",
    "returned",
    "exit status",
    " Request Id:",
    "WinHttpException",
    "error",
    "(Win32: ",
    "AAD code",
    "proxy error ",
    "Result: (",
    "Access is denied.)",
    "error 5 (",
    "NetpDoDomainJoin: status: 0x5",
    "NetpJoin",
    "status: 0x54b",
    "error 1618: ",
    "Another installation is already in progress",
    "(Error: 00000005; Source: ",
    "Sign-in error ",
    "failed (Win32=",
    "LoadLibrary failed with error ",
    "failed. The error code was 1326",
    "failed, error 1053",
    "Access is denied. (5)",
    "Access is denied. (os error 5",
    "ErrorCode=5, ErrorDescription=\"",
    "ErrorMessage",
    "VPN error 809",
    "error: %%1060",
    "param2=%%1053",
    "%%1060",
    "SocketException (10061",
    "BAIL: MMS(",
    "0x80230306",
    "NetUseAdd to x returned 64",
    "NetpJoin: status of x: ",
    "MySQL failed, error 1062",
    "failed, error 1053 (HY000)",
    "failed, error 1053 (28000",
    "failed, error 1225, Severity",
    "apsd[1326]: ",
    "apsd[1326:1b2c] ",
    "(x)[1326] <Error>: ",
    "com.apple.x failed, error 1053",
    "x.cc(12)] failed, error 1053",
    "11-24 10:00 failed, error 1053",
    "service",
    "provider:",
    "CreateProcess",
    "RegOpenKeyExW failed",
    "LogonUserA ",
    "failed (s) 5",
    "CreateFile failed; code 32",
    "RegOpenKeyEx(",
    "RegCreateKeyEx(...) returned error code 5",
    "pywintypes.error: (5, ",
    "DeleteFile schlug fehl; Code 5",
    "CreateProcess: some words (x); ",
    "; code 32",
    "(5) Access is denied: [",
    "blue screen",
    "Error 1067: Der Prozess",
    "\"server_error_code\":50076",
    "OpenService FAILED(S) 1060",
    "provider_error_",
    "error_2147942405",
    "80070005, 6FE34377-744E",
    "Reason Code: ",
    "param4\">",
    "0x80020003",
    "0x80070015",
    "Failure Code: ",
    "Result Code: ",
    "0x18",
    "0x6",
    "Note: 1: 2265 2:  3: -2147287035",
    "status: (",
    "Exit code: Access is denied",
    "Note: 1: 2262 2: ",
    " 3: -2147287038",
    "\\inprogressinstallinfo.ipi",
    " [(0 [0xC004F014",
    "Desktop Window Manager",
    "0xd00002fe",
    "0xE0000000-0xEFFFFFFF",
    "-0x8031FFFF",
    "Result (",
    "submit the certificate request (",
    "The hash value is not correct.)",
    "param2\">%%1053",
    "runtime error 1004",
    "an 0x8ABC0001 error",
    "0x8ABC0001 errors in",
];

/// What tells of one error together.
const TOGETHER: &[&str] = &[
    "Win32Exception (0x80004005): ",
    "SocketException: ",
    "Access is denied",
    "Access is denied 1",
    "IOException (0x80004005): ",
    "(Exception from HRESULT: ",
    "PKInstallErrorDomain Code=112",
    "An error occurred while running scripts from the package",
    "MCInstallationErrorDomain 4001",
    "Profile Installation Failed",
    "ASDErrorDomain Code=506",
    "Install request is a duplicate",
    "MCMDMErrorDomain:12021",
    "An error occurred while running scripts from the package",
    "Profile Installation Failed",
    "0x80004005",
    "0x80070005",
    "-2147024891",
    "ERROR",
    "5",
    " ",
    " (",
    "(",
    ")",
    "): ",
    "): Unknown error (",
    "submit the certificate request (",
    "The hash value is not correct",
    "\"",
    ": ",
    ". ",
    ", ",
    "{",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(NUMBERS).prop_map(str::to_owned),
        5 => select(SIGNS).prop_map(str::to_owned),
        1 => select(WORDS).prop_map(str::to_owned),
        3 => select(slow::listed()),
    ]
}

fn line(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 1..most).prop_map(|pieces| pieces.concat())
}

/// How many random lines both scanners read; `INTUNE_ERR_LINES` asks for more.
fn cases() -> u32 {
    std::env::var("INTUNE_ERR_LINES").ok().and_then(|lines| lines.parse().ok()).unwrap_or(3000)
}

/// Where what stands in a line.
fn found(line: &str) -> Vec<(usize, usize, String)> {
    let findings = Scanner::new().scan(line.as_bytes());
    findings.iter().map(|finding| (finding.start, finding.end, described(finding.what))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_slow_scanner_finds_the_same(line in line(12)) {
        prop_assume!(line.len() < 250);
        prop_assert_eq!(found(&line), slow::scan(&line), "{:?}", line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_slow_scanner_finds_the_same_of_what_stands_together(pieces in prop::collection::vec(select(TOGETHER), 1..9)) {
        let line = pieces.concat();
        prop_assert_eq!(found(&line), slow::scan(&line), "{:?}", line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_long_line_has_the_same_findings_in_parts(first in line(60), second in line(60), place in 0_usize..1000) {
        const AROUND: usize = Scanner::LOOK_AROUND;
        let fill = "some other text, ".repeat(2 * AROUND / 17);
        let line = format!("{fill}{first} {second}{fill}");
        let cut = fill.len() + (first.len() + second.len()) * place / 1000;
        let whole = found(&line);
        let mut parts: Vec<_> = found(&line[..cut + AROUND]).into_iter().filter(|(start, ..)| *start < cut).collect();
        let begin = cut - AROUND;
        parts.extend(found(&line[begin..]).into_iter().map(|(start, end, what)| (start + begin, end + begin, what)).filter(|(start, ..)| *start >= cut));
        prop_assert_eq!(parts, whole, "{:?} {:?} at {}", first, second, cut);
    }
}
