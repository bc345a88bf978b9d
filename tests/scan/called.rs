//! Codes that nothing is known of: found where the line calls them an error, and silent where it does not.

use super::{check, check_silent};

/// The line calls a number an error that the table does not know.
const CALLED: &[(&str, &[&str])] = &[
    // A field or a word right before it.
    ("MDM ConfigurationManager: Command failure status. Configuration Source ID: (x), Result: (0x82ac0299).", &["0x82AC0299"]),
    ("Error: 0xCAA9FE56 Renew token failed. Logged at clientcache.cpp, line: 374", &["0xCAA9FE56"]),
    ("Command failure status. Result: (0x8600FE02)", &["0x8600FE02"]),
    ("2026-11-24 10:00:01:123 1044 1a2c Handler FATAL: Error = 0x87d0fe92.", &["0x87D0FE92"]),
    ("CSI 00000012 (F) HRESULT_FROM_WIN32 hr = 0x8FF31234 [gle=0x80004005]", &["0x8FF31234", "0x80004005"]),
    ("setup.exe: hrResult=0x82345678", &["0x82345678"]),
    ("RAWResult 0x87D10FFE reported by the agent", &["0x87D10FFE"]),
    ("lastHrResult: 0x8D5A0001", &["0x8D5A0001"]),
    ("the status code 0x8ABC0001 was returned", &["0x8ABC0001"]),
    ("NTSTATUS: 0xC0FE0123", &["0xC0FE0123"]),
    ("Win32 error 0x8ABC0001", &["0x8ABC0001"]),
    ("Exit code: 0x8ABC0001", &["0x8ABC0001"]),
    ("process exited with code 0xE0FE4352", &["0xE0FE4352"]),
    ("Execution returned 0x8ABC0001.", &["0x8ABC0001"]),
    ("failed with 0x8ABC0001", &["0x8ABC0001"]),
    ("failed, 0x8ABC0001", &["0x8ABC0001"]),
    ("Installation failed: 0x8ABC0001", &["0x8ABC0001"]),
    ("Installation failed -> 0x8ABC0001", &["0x8ABC0001"]),
    ("sync failed - 0x8ABC0001", &["0x8ABC0001"]),
    ("Exception code: 0xe0fe4352", &["0xE0FE4352"]),
    ("an unhandled exception 0xE0FE4352 was raised", &["0xE0FE4352"]),
    ("error number 0x8ABC0001", &["0x8ABC0001"]),
    ("error #0x8ABC0001", &["0x8ABC0001"]),
    ("errorCode=0x8ABC0001;retry=3", &["0x8ABC0001"]),
    ("LastError: 0x8ABC0001", &["0x8ABC0001"]),
    ("stop code 0x8ABC0001", &["0x8ABC0001"]),
    ("Reason: 0x8ABC0001", &["0x8ABC0001"]),
    ("completed with code 0x8ABC0001", &["0x8ABC0001"]),
    ("Method: POST, Code: 0xCAA8FEE2; URL: none", &["0xCAA8FEE2"]),
    ("IUpdateSearcher::Search() = 0x8024FEEE", &["0x8024FEEE"]),
    ("Get-AppxPackage : error 0x8ABC0001 from API", &["0x8ABC0001"]),
    ("The operation completed. Client ErrorCode : 0x801cfe21", &["0x801CFE21"]),
    ("*FAILED* [8024FEEE]", &["0x8024FEEE"]),
    ("*FAILED* [0x8024FEEE] GetDeviceTickets", &["0x8024FEEE"]),
    ("[HRESULT = 0x800fFE1f - CBS_E_SOMETHING_NEW]", &["0x800FFE1F"]),
    ("status 0xFFFFFFFF8ABC0001", &["0x8ABC0001"]),
    // In the markup of reports and exports.
    (r#"<Data Name="ErrorCode">0x8ABC0001</Data>"#, &["0x8ABC0001"]),
    (r"<Data Name='HRESULT'>0x8ABC0001</Data>", &["0x8ABC0001"]),
    ("<ErrorCode>0x8ABC0001</ErrorCode>", &["0x8ABC0001"]),
    ("<HResult>0x8ABC0001</HResult>", &["0x8ABC0001"]),
    ("<key>ErrorCode</key><string>0x8ABC0001</string>", &["0x8ABC0001"]),
    ("<td>Error code</td><td>0x8ABC0001</td>", &["0x8ABC0001"]),
    (r#"<parm name="hr" value="0x8ABC0001"/>"#, &["0x8ABC0001"]),
    (r#""errorCode": "0x8ABC0001","#, &["0x8ABC0001"]),
    (r#""ErrorCode": -2016281211,"#, &["0x87D1FD85"]),
    (r#"{"state":"failed","errorCode":-2016281211}"#, &["0x87D1FD85"]),
    (r#"{\"hresult\":\"0x8ABC0001\"}"#, &["0x8ABC0001"]),
    ("| Error code | 0x8ABC0001 |", &["0x8ABC0001"]),
    ("ErrorCode\t0x8ABC0001\tx", &["0x8ABC0001"]),
    ("**Error code:** `0x8ABC0001`", &["0x8ABC0001"]),
    // In brackets after a failure, and before one.
    ("Could not install the app (0x87D20FFF)", &["0x87D20FFF"]),
    ("could not install the app, gave up after 3 tries (0x87D20FFF).", &["0x87D20FFF"]),
    ("Failed to apply the profile Contoso Wi-Fi [0x87D20FFF]", &["0x87D20FFF"]),
    ("The application was not found on this device (0x87D20FFF)", &["0x87D20FFF"]),
    ("Couldn't sign in (0x8ABC0001)", &["0x8ABC0001"]),
    ("can\u{2019}t sync (0x8ABC0001)", &["0x8ABC0001"]),
    ("AcquireToken(0xcaa7fe04) failed", &["0xCAA7FE04"]),
    ("[0x8ABC0001] failed to load", &["0x8ABC0001"]),
    ("AD Connectivity Test : FAIL [0x801cfe21/0x80072efd]", &["0x801CFE21", "0x80072EFD"]),
    ("AD Connectivity Test : FAIL [0x80072efd/0x801cfe21]", &["0x80072EFD", "0x801CFE21"]),
    ("Failed to get the device's state from the service 0x8018FE21", &["0x8018FE21"]),
    ("0x8018FE21: the enrollment failed", &["0x8018FE21"]),
    // Signed and unsigned.
    ("installer failed with exit code: 3762508130", &["0xE0435162"]),
    ("Installer failed with exit code: -1978330001", &["0x8A15146F"]),
    ("error -2016281211", &["0x87D1FD85"]),
    ("error 2278686085", &["0x87D1FD85"]),
    ("Result=-2016281211", &["0x87D1FD85"]),
    ("failed (-2016281211)", &["0x87D1FD85"]),
    ("app enforcement failed with -2016281211 for user", &["0x87D1FD85"]),
    ("HRESULT: 2278686085", &["0x87D1FD85"]),
    ("failed (2278686085)", &["0x87D1FD85"]),
    // In the languages of Windows.
    ("Ausnahmecode: 0xe0fe4352", &["0xE0FE4352"]),
    ("Fehler 0x8ABC0001 beim Herunterladen", &["0x8ABC0001"]),
    ("Fehlercode: 0x8ABC0001. Weitere Informationen", &["0x8ABC0001"]),
    ("Die Installation ist fehlgeschlagen (0x8ABC0001)", &["0x8ABC0001"]),
    ("Das Paket konnte nicht installiert werden (0x8ABC0001).", &["0x8ABC0001"]),
    ("Unbekannter Win32-Fehlercode: 0x8ABC0001", &["0x8ABC0001"]),
    ("R\u{FC}ckgabewert: 0x8ABC0001", &["0x8ABC0001"]),
    ("code d'erreur 0x8ABC0001", &["0x8ABC0001"]),
    ("Code d\u{2019}erreur\u{A0}: 0x8ABC0001", &["0x8ABC0001"]),
    ("Code d'exception : 0xe0fe4352", &["0xE0FE4352"]),
    ("\u{C9}chec de l\u{2019}installation (0x8ABC0001)", &["0x8ABC0001"]),
    ("C\u{F3}digo de error: 0x8ABC0001", &["0x8ABC0001"]),
    ("C\u{D3}DIGO DE ERROR: 0x8ABC0001", &["0x8ABC0001"]),
    ("C\u{F3}digo de erro: 0x8ABC0001", &["0x8ABC0001"]),
    ("C\u{F3}digo de excepci\u{F3}n: 0xe0fe4352", &["0xE0FE4352"]),
    ("codice errore 0x8ABC0001", &["0x8ABC0001"]),
    ("Codice di errore: 0x8ABC0001", &["0x8ABC0001"]),
    ("Foutcode: 0x8ABC0001", &["0x8ABC0001"]),
    ("kod b\u{142}\u{119}du: 0x8ABC0001", &["0x8ABC0001"]),
    ("Felkod: 0x8ABC0001", &["0x8ABC0001"]),
    ("\u{41A}\u{43E}\u{434} \u{43E}\u{448}\u{438}\u{431}\u{43A}\u{438}: 0x8ABC0001", &["0x8ABC0001"]),
    ("\u{9519}\u{8BEF}\u{4EE3}\u{7801}\u{FF1A}0x8ABC0001", &["0x8ABC0001"]),
    ("\u{9519}\u{8BEF} 0x8ABC0001", &["0x8ABC0001"]),
    ("\u{932F}\u{8AA4}\u{78BC}: 0x8ABC0001", &["0x8ABC0001"]),
    ("\u{6253}\u{5F00}\u{5931}\u{8D25}\u{FF08}0x8ABC0001\u{FF09}", &["0x8ABC0001"]),
    ("\u{30A8}\u{30E9}\u{30FC} \u{30B3}\u{30FC}\u{30C9}: 0x8ABC0001", &["0x8ABC0001"]),
    ("\u{4F8B}\u{5916}\u{30B3}\u{30FC}\u{30C9}: 0xe0fe4352", &["0xE0FE4352"]),
    (
        "\u{30A4}\u{30F3}\u{30B9}\u{30C8}\u{30FC}\u{30EB}\u{306B}\u{5931}\u{6557}\u{3057}\u{307E}\u{3057}\u{305F} (0x8ABC0001)",
        &["0x8ABC0001"],
    ),
    ("\u{C624}\u{B958} \u{CF54}\u{B4DC}: 0x8ABC0001", &["0x8ABC0001"]),
];

/// The token broker's codes tell by how they begin that they are errors: a word for a code is enough, or a failure in their sentence.
const BROKERS: &[(&str, &[&str])] = &[
    ("Code: 0xCAA5009D", &["0xCAA5009D"]),
    ("Status: 0xCAA20FFF", &["0xCAA20FFF"]),
    ("AAD Code: 0xCAA5009D", &["0xCAA5009D"]),
    ("Broker code 0xCAA5009D", &["0xCAA5009D"]),
    ("WAM-Code: 0xCAA90FFF", &["0xCAA90FFF"]),
    ("Tag: 4s8qh Code: 0xcaa82fff", &["0xCAA82FFF"]),
    ("Logged at ClientCache.cpp, line: 374, method: ClientCache::Load Code: 0xCAA5009D", &["0xCAA5009D"]),
    ("AADSTS error tag 4q2v1 code 0xCAA5009D", &["0xCAA5009D"]),
    (r#""brokerCode":"0xCAA5009D""#, &["0xCAA5009D"]),
    ("GetToken failed for scope openid. 0xCAA5009D", &["0xCAA5009D"]),
    ("0xCAA5009D the request failed", &["0xCAA5009D"]),
    ("Could not renew the token - 0xCAA5009D: unknown error", &["0xCAA5009D"]),
];

const NO_BROKERS: &[&str] = &[
    "AAD Code: 0xCBA5009D",
    "AAD Code: 0xCA95009D",
    "AAD Code: CAA5009D",
    "AAD 0xCAA5009D",
    "Broker: 0xCAA5009D",
    "(0xCAA5009D)",
    "session code: 0xCAA5009D",
    "hash code: 0xCAA5009D",
    "ioctl code 0xCAA5009D",
    "AAD Code, 0xCAA5009Dx",
    "0xCAA5009D was asked for",
    "the code of the page is at 0xCAA5009D",
];

/// No word calls it one.
const UNCALLED: &[&str] = &[
    "it was 0x8ABC0001 then",
    "0x8ABC0001",
    "Value 0x8ABC0001 read",
    "Module 0x8ABC0001 loaded",
    "device 0x8ABC0001, vendor 0x9ABC0001",
    "const MAGIC = 0x8ABC0001;",
    "#define ERROR_LEVEL 0x8ABC0001",
    "if (size >= 0x8ABC0001) return;",
    "register 0x8ABC0001 = 5",
    "sent packet 0x8ABC0001 to host",
    "control code 0x8ABC0001",
    "ioctl code: 0x8ABC0001",
    "operation code 0x8ABC0001",
    "language code: 0x8ABC0001",
    "hash code 0x8ABC0001",
    "key code: 0x8ABC0001",
    "error flags: 0x8ABC0001",
    "error mask = 0x8ABC0001",
    "error at 0x8ABC0001",
    "fault address 0x8ABC0001",
    "exception at address 0x8ABC0001",
    "error in thread 0x8ABC0001",
    "failed session=0x8ABC0001",
    "error, timestamp: 0x8ABC0001",
    "Faulting process id: 0x8ABC0001",
    "Exception offset: 0x8ABC0001",
    "status flags: 0x8ABC0001",
    "result handle: 0x8ABC0001",
    "GetFlags(0x8ABC0001)",
    "Assert.NotEqual(Color.FromRgb(0x8ABC0001))",
    // Masks, limits and small negative numbers, whatever calls them errors.
    "hr = 0xFFFFFFFF",
    "exit code 0xFFFFFFFF",
    "exit code 4294967295",
    "Error: 0x80000000",
    "Error -2147483648",
    "Result: 0x80070000",
    "lastHResult -2147024896",
    "error 2147942400",
    "exit code: 0xFFFFFFFE",
    "exit code: 4294967294",
    "error mask 0xFFFF0000",
    "status: 0xC0000000",
    // Decimals that no word for an error announces.
    "size: 2278686085",
    "2278686085 bytes failed",
    "Your code: 2345678901",
    "code 2345678901",
    "on 2278686085 an error came",
    "expires_on=2278686085",
    r#"{"error":"invalid_grant","expires_on":2278686085}"#,
    r#"{"error":{"code":"x"},"ts":2278686085}"#,
    "error count: 2278686085",
    "errors since 2278686085",
    "timediff(@SystemTime) <= 2592000000",
    "if (now > 2592000000) error",
    // Eight hex digits without a prefix that nothing is known of.
    "hr = 87d20fff",
    "error 8ABC0001",
    "failed (8ABC0001)",
    "CRC error 8ABC0001",
];

#[test]
fn a_code_is_found_where_its_line_calls_it_an_error() {
    check(CALLED);
}

#[test]
fn a_code_is_silent_where_no_word_calls_it_an_error() {
    check_silent(UNCALLED);
}

#[test]
fn the_codes_of_these_lines_are_not_known() {
    for bits in [0x8ABC_0001, 0x87D2_0FFF, 0xE0FE_4352, 0x8018_FE21, 0x87D1_FD85, 0xE043_5162, 0x8A15_146F, 0x82AC_0299] {
        assert!(!intune_err::is_known_error(bits.into()), "{bits:#X}");
    }
}

#[test]
fn a_code_of_the_token_broker_is_an_error_after_any_code() {
    check(BROKERS);
    check_silent(NO_BROKERS);
}
