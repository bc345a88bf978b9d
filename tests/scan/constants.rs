//! Constants of the Windows headers by their names alone: what is found, what is none, and what an answer to one is.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::{Row, check, check_silent, described};
use intune_err::{Answer, Code, Context, Entry, Found, Kind, Meaning, Scanner, Symbol};

const NAMED: &[Row<'_>] = &[
    ("NtOpenFile: STATUS_OBJECT_PATH_NOT_FOUND", &["STATUS_OBJECT_PATH_NOT_FOUND"]),
    ("call failed with ERROR_CLUSTER_NODE_NOT_FOUND", &["ERROR_CLUSTER_NODE_NOT_FOUND"]),
    ("hr = E_FAIL", &["E_FAIL"]),
    ("E_ABORT", &["E_ABORT"]),
    ("{\"status\":\"STATUS_NO_LOGON_SERVERS\",\"retry\":3}", &["STATUS_NO_LOGON_SERVERS"]),
    ("{\\\"status\\\":\\\"STATUS_NO_LOGON_SERVERS\\\"}", &["STATUS_NO_LOGON_SERVERS"]),
    ("first line\\nSTATUS_NO_LOGON_SERVERS\\r\\n", &["STATUS_NO_LOGON_SERVERS"]),
    ("\\u0027STATUS_NO_LOGON_SERVERS\\u0027", &["STATUS_NO_LOGON_SERVERS"]),
    ("STATUS_NO_LOGON_SERVERS_x000D__x000A_", &["STATUS_NO_LOGON_SERVERS"]),
    ("\u{1b}[31mSTATUS_NO_LOGON_SERVERS\u{1b}[0m", &["STATUS_NO_LOGON_SERVERS"]),
    ("WinError.ERROR_BAD_NETPATH, winerror::ERROR_BAD_NETPATH", &["ERROR_BAD_NETPATH", "ERROR_BAD_NETPATH"]),
    ("(SEC_E_UNTRUSTED_ROOT)/(CRYPT_E_NO_KEY_PROPERTY)", &["SEC_E_UNTRUSTED_ROOT", "CRYPT_E_NO_KEY_PROPERTY"]),
    ("0x80090322 at first, SEC_E_UNTRUSTED_ROOT at last", &["0x80090322", "SEC_E_UNTRUSTED_ROOT"]),
];

/// With its number in any form, in the same line, a constant is one error with it.
const WITH_NUMBER: &[Row<'_>] = &[
    ("status 0xC000003A (STATUS_OBJECT_PATH_NOT_FOUND)", &["0xC000003A"]),
    ("STATUS_OBJECT_PATH_NOT_FOUND (0xc000003a)", &["0xC000003A"]),
    (
        "CSI 00000011 (F) STATUS_OBJECT_PATH_NOT_FOUND #1234# from Rtl::SysCreateFile(flags = 1, path = 'x')[gle=0xd000003a]",
        &["0xD000003A"],
    ),
    ("Error 0x80070035: the call of the share returned after three attempts and a while ERROR_BAD_NETPATH", &["0x80070035"]),
    ("ERROR_INSTALL_PLATFORM_UNSUPPORTED, exit code 1633", &["exit code 1633"]),
    ("E_ABORT and E_ABORT", &["E_ABORT", "E_ABORT"]),
    ("RPC_S_ACCESS_DENIED / ERROR_ACCESS_DENIED", &["RPC_S_ACCESS_DENIED"]),
];

const NONE: &[&str] = &[
    // A part of a longer word, or in another case.
    "MY_ERROR_BAD_NETPATH",
    "ERROR_BAD_NETPATH_2",
    "ERROR_BAD_NETPATHS",
    "xERROR_BAD_NETPATH",
    "error_bad_netpath",
    "Error_Bad_NetPath",
    "_ERROR_BAD_NETPATH",
    // No error, or no constant.
    "ERROR_SUCCESS",
    "STATUS_SUCCESS",
    "S_OK S_FALSE NO_ERROR",
    "RegEnumKeyEx: ERROR_NO_MORE_ITEMS",
    "GetOverlappedResult: ERROR_IO_PENDING",
    "the buffer is too small: ERROR_MORE_DATA",
    "ERROR_SUCCESS_RESTART_REQUIRED",
    "GetUserTickets: No user tickets found. Returning WU_E_NO_USERTOKEN.",
    "STATUS_PENDING",
    "HKEY_LOCAL_MACHINE and PROCESSOR_ARCHITECTURE",
    "ERROR_LEVEL STATUS_CODE E_MAIL",
    "ERROR_",
    "E_",
    "_E_",
];

#[test]
fn a_constant_of_an_error_is_found_by_its_name_alone() {
    check(NAMED);
}

#[test]
fn a_constant_and_its_number_in_a_line_are_one_error() {
    check(WITH_NUMBER);
}

#[test]
fn other_names_in_capitals_are_no_error() {
    check_silent(NONE);
}

#[test]
fn a_name_that_no_header_has_or_that_people_use_for_another_code_is_its_code() {
    let found = |line: &str| Scanner::new().scan(line.as_bytes()).iter().map(|finding| finding.what).collect::<Vec<_>>();
    assert_eq!(found("open failed: E_FILENOTFOUND"), [Found::Code(Code::new(0x8007_0002))]);
    assert_eq!(found("System.TimeoutException COR_E_TIMEOUT"), [Found::Code(Code::new(0x8013_1505))]);
    assert_eq!(found("0x80131505 (COR_E_TIMEOUT), COR_E_TIMEOUTS, XCOR_E_TIMEOUT"), [Found::Code(Code::new(0x8013_1505))]);
    let named = Meaning::all().filter(|meaning| meaning.code().is_failure()).filter_map(|meaning| Some((meaning, meaning.name()?)));
    for (meaning, name) in named.filter(|(_, name)| name.contains('_') && *name != "WU_E_NO_USERTOKEN" && name.to_uppercase() == *name) {
        let line = format!("it came to {name} at last");
        assert_eq!(Scanner::new().scan(line.as_bytes()).len(), 1, "{name} of {}", meaning.code());
    }
}

/// The constant that a word is, told plainly.
fn is_error(word: &str) -> bool {
    let no_error = ["ERROR_NO_MORE_ITEMS", "ERROR_IO_PENDING", "ERROR_MORE_DATA"].contains(&word);
    let is_failure = |symbol: Symbol| if symbol.kind() == Kind::Win32 { symbol.code().bits() > 1 } else { symbol.code().is_failure() };
    !no_error && Symbol::all().any(|symbol| symbol.name() == word && is_failure(symbol))
}

const PIECES: &[&str] = &[
    "ERROR_BAD_NETPATH",
    "STATUS_NO_LOGON_SERVERS",
    "ERROR_NO_MORE_ITEMS",
    "ERROR_SUCCESS",
    "E_ABORT",
    "SEC_E_UNTRUSTED_ROOT",
    "HKEY_USERS",
    "_",
    "E",
    "X",
    "x",
    "7",
    " ",
    ": ",
    "-",
    ".",
    "/",
    "(",
    ")",
    "\"",
    ", ",
    "and",
    "\u{E4}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_whole_words_that_are_constants_are_found_and_no_others(pieces in prop::collection::vec(select(PIECES), 1..14)) {
        let line = pieces.concat();
        let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| word.contains('_') && is_error(word));
        let expected: BTreeSet<&str> = words.collect();
        let findings = Scanner::new().scan(line.as_bytes());
        let found: BTreeSet<String> = findings.iter().map(|finding| described(finding.what)).collect();
        prop_assert_eq!(found, expected.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), "{}", line);
    }
}

/// What is shown first of an answer: the problem that fits, or none where the code is generic.
fn first(line: &str) -> (Option<Entry>, bool) {
    let finding = Scanner::new().scan(line.as_bytes())[0];
    let answer = Answer::in_context(finding.what, &Context::of_text("the call failed"));
    (answer.entries.first().copied(), answer.is_generic())
}

/// `E_ACCESSDENIED` says no more than 0x80070005, so it has the same answer and not the one of the record that has the name.
#[test]
fn the_name_of_a_generic_code_is_answered_as_the_code() {
    for (name, code) in [
        ("E_ACCESSDENIED", "0x80070005"),
        ("ERROR_SHARING_VIOLATION", "0x80070020"),
        ("ERROR_FILE_NOT_FOUND", "0x80070002"),
        ("WININET_E_CANNOT_CONNECT", "0x80072EFD"),
        ("RPC_S_SERVER_UNAVAILABLE", "0x800706BA"),
        ("TRUST_E_NOSIGNATURE", "0x800B0100"),
    ] {
        let (of_name, of_code) = (first(&format!("the call failed: {name}")), first(&format!("the call failed: {code}")));
        assert_eq!(of_name, of_code, "{name}");
        assert!(of_name.1, "{name} is generic");
    }
}
