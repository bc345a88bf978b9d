//! Numbers that a mark, a field or a phrase makes an error, and the same numbers without: both ways.

use super::{check, check_silent};

/// Marks of Windows: `[gle=...]` and `WIN32[...]`.
const MARKED: &[(&str, &[&str])] = &[
    ("2026-11-24 10:00:00, Error                 CSI    0000002a (F) Failed to flush the hive [gle=0x00000570]", &["0x00000570"]),
    ("2026-11-24 10:00:00, Error                 CBS    Failed to stage the payload [gle=0x00000005]", &["0x00000005"]),
    ("SP     Cannot remove the folder. Error: 5[gle=0x00000005]", &["0x00000005"]),
    ("MOUPG  Error while opening the image [gle=0x00000003]", &["0x00000003"]),
    (
        "2026/11/24 10:00:00.0000001 1234 5678 WebServices     WS error: the endpoint could not be reached WIN32[0x00002EE7]",
        &["0x00002EE7"],
    ),
    ("*FAILED* [80072F78] WIN32[0x00002F78]", &["0x80072F78"]),
];

const NOT_MARKED: &[&str] = &[
    "2026-11-24 10:00:00, Info                  SP     Opened the image [gle=0x00000002]",
    "Info  MIG    Gathered 12 units [gle=0x00000012]",
    "Failed to flush the hive [gle=0x00000000]",
    "WIN32[0x00000000]",
    "MYWIN32[0x000005AA]",
    "TABLE[0x000005AA]",
];

/// The same number in decimal before the brackets decides.
const IN_DECIMAL: &[(&str, &[&str])] = &[
    ("Failed to open the file, error 5 (0x5)", &["0x00000005"]),
    ("Setup failed with exit code 1603 (0x643)", &["exit code 1603"]),
    ("Failed to start, hr=0x80070422\tSMSTSClient\t11/24/2026 10:00:00 AM\t1058 (0x0422)", &["0x80070422"]),
];

const ONLY_IN_DECIMAL: &[&str] = &[
    "Encryption failed\tRunScript\t11/24/2026 10:00:00 AM\t1424 (0x0590)",
    "Failed to send the message\tCcmMessaging\t11/24/2026 10:00:00 AM\t2738 (0xAB2)",
    "Cleanup failed in thread 1450 (0x05AA)",
    "Retry failed\tDataTransferService\t11/24/2026 10:00:00 AM\t87 (0x57)",
];

/// Brackets after a full stop are a sentence of their own.
const OWN_SENTENCE: &[(&str, &[&str])] = &[
    ("The package isn't one of the selected app type. (0x87D1041C)", &["0x87D1041C"]),
    ("The device doesn't have the required key.(0x80070005)", &["0x80070005"]),
    ("Windows can't read the size. (0x80070057)", &["0x80070057"]),
];

const OF_A_NOUN: &[&str] = &["the selected app type (0x87D1041C)", "read the flags (0x80070005)", "at address. Type=0x80070005"];

/// Failures in other languages.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("Registrazione non riuscita (0x8ABC0021)", &["0x8ABC0021"]),
    ("Il comando non \u{e8} stato eseguito (0x8ABC0022)", &["0x8ABC0022"]),
    ("No se pudo inscribir el dispositivo (0x8ABC0023)", &["0x8ABC0023"]),
    ("No se ha podido completar la tarea (0x8ABC0024)", &["0x8ABC0024"]),
    ("\u{672a}\u{80fd}\u{6ce8}\u{518c}\u{8bbe}\u{5907} (0x8ABC0025)", &["0x8ABC0025"]),
    ("\u{90e8}\u{7f72}\u{672a}\u{6210}\u{529f} (0x8ABC0026)", &["0x8ABC0026"]),
    ("\u{c7a5}\u{ce58}\u{b97c} \u{b4f1}\u{b85d}\u{d558}\u{c9c0} \u{babb}\u{d588}\u{c2b5}\u{b2c8}\u{b2e4} (0x8ABC0027)", &["0x8ABC0027"]),
];

const NO_FAILURE: &[&str] = &[
    "Registrazione riuscita (0x8ABC0021)",
    "a non-paged pool tag (0x8ABC0022)",
    "La tarea se ha completado (0x8ABC0023)",
    "\u{90e8}\u{7f72}\u{6210}\u{529f} (0x8ABC0026)",
];

/// Numbers of tokens of Microsoft Entra ID without their letters.
const SIGN_IN: &[(&str, &[&str])] = &[
    ("Sign-in error code: 50126", &["AADSTS50126"]),
    ("Sign-in error code\t53003", &["AADSTS53003"]),
    ("the user gets sign-in error code 50105 since Monday", &["AADSTS50105"]),
    ("sign in error code 700016", &["AADSTS700016"]),
    (r#""status":{"errorCode":53003,"failureReason":"Blocked."}"#, &["AADSTS53003"]),
    (r#""errorCode": 50076, "failureReason": "A second factor is needed.""#, &["AADSTS50076"]),
    (r#"{\"errorCode\":50053,\"failureReason\":\"Locked.\"}"#, &["AADSTS50053"]),
    (r#""resultType":"50158","resultSignature":"None""#, &["AADSTS50158"]),
    ("ResultType: 65001", &["AADSTS65001"]),
];

const NO_SIGN_IN: &[&str] = &[
    r#""errorCode":0,"failureReason":"Other.""#,
    r#""errorCode":53003,"length":12"#,
    r#""errorCode":12345,"failureReason":"x""#,
    "Error code: 53003",
    "resultType 0",
    "ResultType 53003x",
    "resultTypes 53003",
    "design in error 53003",
];

/// What `sc.exe` prints, and `WinGet` of an installer.
const PHRASES: &[(&str, &[&str])] = &[
    ("[SC] StartService FAILED 1053:", &["0x0000041D"]),
    ("[SC] OpenService FAILED 1060:", &["0x00000424"]),
    ("[SC] EnumQueryServicesStatus:OpenService FAILED 1060:", &["0x00000424"]),
    ("[SC] OpenSCManager FAILED 1722:", &["0x000006BA"]),
    ("2026-11-24 10:00:00.000 [CLI ] ShellExecute installer failed: 1603", &["exit code 1603"]),
    ("2026-11-24 10:00:00.000 [CLI ] Installation failed: 1618", &["exit code 1618"]),
];

const NO_PHRASES: &[&str] = &[
    "[SC] StartService SUCCESS",
    "StartService took 1053 ms",
    "installer failed: 12",
    "installer failed 1603 times",
    "passed: 10, failed: 1603",
];

#[test]
fn a_mark_or_a_phrase_makes_a_number_an_error_and_nothing_else_does() {
    for (found, silent) in [
        (MARKED, NOT_MARKED),
        (IN_DECIMAL, ONLY_IN_DECIMAL),
        (OWN_SENTENCE, OF_A_NOUN),
        (LANGUAGES, NO_FAILURE),
        (SIGN_IN, NO_SIGN_IN),
        (PHRASES, NO_PHRASES),
    ] {
        check(found);
        check_silent(silent);
    }
}
