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
    // After the full stop of the sentence that they belong to.
    ("MIG    An error occurred while the profile was moved.[gle=0x00000490]", &["0x00000490"]),
    ("SP     The copy of the hive was aborted![gle=0x00000020]", &["0x00000020"]),
    ("SP     Cannot go on with the upgrade. [gle=0x00000079]", &["0x00000079"]),
];

const NOT_MARKED: &[&str] = &[
    "2026-11-24 10:00:00, Info                  SP     Opened the image [gle=0x00000002]",
    "Info  MIG    Gathered 12 units [gle=0x00000012]",
    "Failed to flush the hive [gle=0x00000000]",
    "SP     Cleanup of the folder is done.[gle=0x00000490]",
    "Copying failed at first. The second try went well.[gle=0x00000490]",
    "WER report 2 was sent! [gle=0x000000b7]",
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

/// Where a code stands before the mark, that is the error, and the mark holds what an earlier call left.
const AFTER_A_CODE: &[(&str, &[&str])] = &[
    ("The copy failed (0x80070003) [gle=0x00000003]", &["0x80070003"]),
    ("The copy failed. hr = [0x80070003] [gle=0x000003f0]", &["0x80070003"]),
    ("The copy failed: 0x80070003 [gle=0x000000b7]", &["0x80070003"]),
];

/// Brackets after a full stop belong to the sentence that it ends.
const OWN_SENTENCE: &[(&str, &[&str])] = &[
    ("The package isn't one of the selected app type. (0x87D1041C)", &["0x87D1041C"]),
    ("The device doesn't have the required key.(0x80070005)", &["0x80070005"]),
    ("Windows can't read the size. (0x80070057)", &["0x80070057"]),
    ("The profile cannot be loaded. [0x000007E7]", &["0x000007E7"]),
    ("The import failed... (0x8ABC0001)", &["0x8ABC0001"]),
    ("Das Paket konnte nicht installiert werden. (0x8ABC0001)", &["0x8ABC0001"]),
    ("\u{90E8}\u{7F72}\u{5931}\u{8D25}\u{3002}\u{FF08}0x8ABC0001\u{FF09}", &["0x8ABC0001"]),
];

const NO_FAILED_SENTENCE: &[&str] = &[
    "The import is done. (0x8ABC0001)",
    "The first try failed; the second one is done. (0x8ABC0001)",
    "The profile is loaded. [0x000007E7]",
    "\u{90E8}\u{7F72}\u{6210}\u{529F}\u{3002}\u{FF08}0x8ABC0001\u{FF09}",
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
    ("Chybov\u{fd} k\u{f3}d: 0x8ABC0001", &["0x8ABC0001"]),
    ("Instalace skon\u{10d}ila s chybou 0x8ABC0002", &["0x8ABC0002"]),
    ("Bal\u{ed}\u{10d}ek se nepoda\u{159}ilo nainstalovat (0x8ABC0003)", &["0x8ABC0003"]),
    ("N\u{e1}vratov\u{fd} k\u{f3}d 0x8ABC0004", &["0x8ABC0004"]),
    ("Instalacja zako\u{144}czona niepowodzeniem (0x8ABC0005)", &["0x8ABC0005"]),
    ("Proces zako\u{144}czy\u{142} si\u{119} z kodem b\u{142}\u{119}du 0x8ABC0006", &["0x8ABC0006"]),
    ("\u{d6}zel durum kodu: 0xe0fe4352", &["0xE0FE4352"]),
    ("Y\u{fc}kleme hatas\u{131} 0x8ABC0009", &["0x8ABC0009"]),
    ("\u{c7}\u{131}k\u{131}\u{15f} kodu: 0x8ABC000A", &["0x8ABC000A"]),
    ("Installationen kunde inte slutf\u{f6}ras (0x8ABC000B)", &["0x8ABC000B"]),
    ("Det gick fel med felkoden 0x8ABC000C", &["0x8ABC000C"]),
    ("Installationen er mislykket (0x8ABC000D)", &["0x8ABC000D"]),
    ("Oppdateringen ble ikke installert, feilkoden er 0x8ABC000E", &["0x8ABC000E"]),
    ("A telep\u{ed}t\u{e9}s nem siker\u{fc}lt (0x8ABC000F)", &["0x8ABC000F"]),
    ("Kiv\u{e9}telk\u{f3}d: 0xe0fe4352", &["0xE0FE4352"]),
    ("Instalarea s-a terminat cu eroarea 0x8ABC0011", &["0x8ABC0011"]),
    (
        "\u{41f}\u{440}\u{43e}\u{446}\u{435}\u{441}\u{441} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{438}\u{43b}\u{441}\u{44f} \u{441} \u{43e}\u{448}\u{438}\u{431}\u{43a}\u{43e}\u{439} 0x8ABC0012",
        &["0x8ABC0012"],
    ),
    ("\u{441} \u{43a}\u{43e}\u{434}\u{43e}\u{43c} \u{43e}\u{448}\u{438}\u{431}\u{43a}\u{438} 0x8ABC0014", &["0x8ABC0014"]),
    (
        "\u{39a}\u{3c9}\u{3b4}\u{3b9}\u{3ba}\u{3cc}\u{3c2} \u{3b5}\u{3be}\u{3b1}\u{3af}\u{3c1}\u{3b5}\u{3c3}\u{3b7}\u{3c2}: 0xe0fe4352",
        &["0xE0FE4352"],
    ),
    ("\u{4f8b}\u{5916}\u{72c0}\u{6cc1}\u{4ee3}\u{78bc}: 0xe0fe4352", &["0xE0FE4352"]),
    ("\u{9000}\u{51fa}\u{4ee3}\u{7801}\u{ff1a}0x8ABC0017", &["0x8ABC0017"]),
    ("\u{51fd}\u{6570}\u{8fd4}\u{56de} 0x8ABC0018", &["0x8ABC0018"]),
    ("\u{8fd4}\u{56de}\u{503c}: 0x8ABC0019", &["0x8ABC0019"]),
    ("\u{66f4}\u{65b0}\u{51fa}\u{9519} (0x8ABC001A)", &["0x8ABC001A"]),
    ("\u{7d42}\u{4e86}\u{30b3}\u{30fc}\u{30c9} 0x8ABC001B \u{3067}\u{7d42}\u{4e86}\u{3057}\u{307e}\u{3057}\u{305f}", &["0x8ABC001B"]),
    ("\u{623b}\u{308a}\u{5024}: 0x8ABC001C", &["0x8ABC001C"]),
    ("\u{c885}\u{b8cc} \u{cf54}\u{b4dc} 0x8ABC001D", &["0x8ABC001D"]),
    ("\u{bc18}\u{d658}\u{ac12}: 0x8ABC001E", &["0x8ABC001E"]),
];

/// A word after the one for code says what it is of.
const CODES_OF: &[(&str, &[&str])] = &[
    ("Code de sortie : 0x8ABC0001", &["0x8ABC0001"]),
    ("le code de retour est 0x8ABC0002", &["0x8ABC0002"]),
    ("C\u{F3}digo de salida: 0x8ABC0003", &["0x8ABC0003"]),
    ("c\u{F3}digo de sa\u{ED}da 0x8ABC0004", &["0x8ABC0004"]),
    ("codice di uscita 0x8ABC0005", &["0x8ABC0005"]),
    ("codice di ritorno: -1978330001", &["0x8A15146F"]),
    ("kod wyj\u{15B}cia 0x8ABC0007", &["0x8ABC0007"]),
    ("z kodem zako\u{144}czenia 0x8ABC0008", &["0x8ABC0008"]),
    ("K\u{F3}d ukon\u{10D}en\u{ED}: 0x8ABC0009", &["0x8ABC0009"]),
    (
        "\u{441} \u{43A}\u{43E}\u{434}\u{43E}\u{43C} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{435}\u{43D}\u{438}\u{44F} 0x8ABC000A",
        &["0x8ABC000A"],
    ),
    ("\u{41A}\u{43E}\u{434} \u{432}\u{44B}\u{445}\u{43E}\u{434}\u{430}: -532462766", &["0xE0434352"]),
];

const NO_CODES_OF: &[&str] = &[
    "\u{E9}tat 0x8ABC0001 lu",
    "la salida 0x8ABC0003 del texto",
    "sortie 0x8ABC0004 du module",
    "punkt wyj\u{15B}cia 0x8ABC0005",
    "ritorno a 0x8ABC0006",
    "code de la page 0x8ABC0007",
    "code postal de sortie 0x8ABC0008",
    "\u{434}\u{430}\u{442}\u{430} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{435}\u{43D}\u{438}\u{44F} 0x8ABC000A",
    "Error Domain=XErrorDomain code de sortie -1978330001",
    "page de retour 2327576577",
];

const NO_FAILURE: &[&str] = &[
    "Registrazione riuscita (0x8ABC0021)",
    "a non-paged pool tag (0x8ABC0022)",
    "La tarea se ha completado (0x8ABC0023)",
    "\u{90e8}\u{7f72}\u{6210}\u{529f} (0x8ABC0026)",
    "Nainstalov\u{e1}no bez chyb (0x8ABC0001)",
    "Instalacja zako\u{144}czona (0x8ABC0005)",
    "Durum 0x8ABC0008 okundu",
    "Installationen \u{e4}r klar (0x8ABC000B)",
    "Installationen er ferdig (0x8ABC000D)",
    "\u{423}\u{441}\u{442}\u{430}\u{43d}\u{43e}\u{432}\u{43a}\u{430} \u{437}\u{430}\u{432}\u{435}\u{440}\u{448}\u{435}\u{43d}\u{430} (0x8ABC0012)",
    "\u{41a}\u{43e}\u{434} \u{443}\u{441}\u{442}\u{440}\u{43e}\u{439}\u{441}\u{442}\u{432}\u{430} 0x8ABC0013",
    "\u{30c7}\u{30d0}\u{30a4}\u{30b9} \u{30b3}\u{30fc}\u{30c9} 0x8ABC001B",
    "\u{8bbe}\u{5907}\u{4ee3}\u{7801} 0x8ABC0017",
    "\u{c7a5}\u{ce58} \u{cf54}\u{b4dc} 0x8ABC001D",
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
    ("ConditionalAccessStatus: failure, errorCode: 53003, failureReason: Blocked.", &["AADSTS53003"]),
    (r#""resultType":"50158","resultSignature":"None""#, &["AADSTS50158"]),
    ("ResultType: 65001", &["AADSTS65001"]),
    (r#""api_error_code":"3399614475","server_error_code":"50076","is_successful":"0""#, &["0xCAA2000B", "AADSTS50076"]),
    ("Sign-in error 50126", &["AADSTS50126"]),
    ("SIGNIN ERROR: 50126", &["AADSTS50126"]),
    ("Sign-in error=50053", &["AADSTS50053"]),
    ("sign-in failed with 50076", &["AADSTS50076"]),
    ("Sign in failed with error 50126", &["AADSTS50126"]),
    ("Login failed with error code: 50126, user ada", &["AADSTS50126"]),
    ("the user's sign-in to Teams ended with error 53003.", &["AADSTS53003"]),
    ("Error 53003 during sign-in", &["AADSTS53003"]),
    ("Error code 50105 when signing in to the portal", &["AADSTS50105"]),
    ("Entra ID error code 50105", &["AADSTS50105"]),
    ("[AAD] token request: error (50173)", &["AADSTS50173"]),
    ("MSAL returned 65001", &["AADSTS65001"]),
    ("Azure AD: error #700016", &["AADSTS700016"]),
    ("Anmeldung fehlgeschlagen: Fehler 50126", &["AADSTS50126"]),
    ("Erreur 50126 lors de la connexion", &["AADSTS50126"]),
    ("sign-in error 1603", &["exit code 1603"]),
    ("Error Code: 53003 Request Id: 5a7bd1e2-1234-4f0c-9d3a-0123456789ab Correlation Id: x", &["AADSTS53003"]),
];

const NO_SIGN_IN: &[&str] = &[
    r#""errorCode":0,"failureReason":"Other.""#,
    r#""errorCode":53003,"length":12"#,
    r#""errorCode":12345,"failureReason":"x""#,
    "Error code: 53003",
    "Error code: 53003 requests sent",
    "Error code: 12345 Request Id: 5a7bd1e2-1234-4f0c-9d3a-0123456789ab",
    "resultType 0",
    r#""server_error_code":"0""#,
    "server_error_code: 12345",
    "ResultType 53003x",
    "resultTypes 53003",
    "design in error 53003",
    "the central error 50126",
    "loginfo error 50126",
    "plugins error 50126",
    "error 50126",
    "Sign-in worked. Error 50126",
    "Sign-in worked; error 50126",
    "error 50126. Sign-in worked",
    "sign-in | error 50126",
    "sign-in 50126",
    "sign-in error 50127 users",
    "sign-in error 12345",
    "sign-in error 501260",
    "chyba 50126 authentication",
    "login, then a long while in which nothing of it is told to the user: error 50126",
];

/// What Windows prints in place of a code where it knows a text for it.
const PRINTED: &[(&str, &[&str])] = &[
    (
        "MDM ConfigurationManager: Command failure status. CSP URI: (./Device/Vendor/MSFT/Policy/Config), Result: (The system cannot find the file specified.).",
        &["0x00000002"],
    ),
    ("Provider Name: (RemoteWipe), Command Type: (CmdType_Execute), Result: (The request is not supported.).", &["0x00000032"]),
    ("SCEP: CspExecute for UniqueId : (x) Result : (Access is denied.).", &["0x00000005"]),
    ("RESULT: (ACCESS IS DENIED)", &["0x00000005"]),
    ("Auto MDM Enroll: Device Credential (0x0), Failed (The parameter is incorrect.)", &["0x00000057"]),
    ("MDM Session: OMA-DM message failed to be sent. Result: (The server name or address could not be resolved).", &["0x00002EE7"]),
    ("Failed to get AAD Token for sync session User Token: (Access is denied.) Device Token: (Incorrect function.)", &["0x00000005"]),
    (r"Result: (The system cannot find the path specified.)\r\n", &["0x00000003"]),
];

const NO_PRINTED: &[&str] = &[
    "Access is denied.",
    "Result: Access is denied.",
    "Result: [Access is denied.]",
    "Results: (Access is denied.)",
    "MyResult: (Access is denied.)",
    "Result: (Access is denied",
    "Result: (Access is denied to nobody.)",
    "Result: (x)",
    "Result: ()",
    "Device Token: (Incorrect function.)",
    "Result: (The operation completed successfully.)",
    "Result: (The requested operation is successful. Changes will not be effective until the system is rebooted.)",
];

/// What task sequences of Configuration Manager print.
const TASKS: &[(&str, &[&str])] = &[
    ("The system cannot find the file specified. (Error: 80070002; Source: Windows)", &["0x80070002"]),
    ("The code segment cannot be greater than or equal to 64K. (Error: 000000C8; Source: Windows)", &["0x000000C8"]),
    ("Access is denied. (Error: 00000005; Source: Windows)", &["0x00000005"]),
    ("Fatal error during installation. (Error: 00000643; Source: Windows)", &["0x00000643"]),
    ("Unknown error (Error: 00000102; Source: Unknown)", &["0x00000102"]),
];

const NO_TASKS: &[&str] = &[
    "Incorrect function. (Error: 00000001; Source: Windows)",
    "The operation completed successfully. (Error: 00000000; Source: Windows)",
    "Access is denied. (Error: 00000005)",
    "Access is denied. Error: 00000005; Source: Windows",
    "(Mask: 00000005; Source: Windows)",
    "(Error: 00010005; Source: Windows)",
    "(Error: 0000FFFE; Source: Windows)",
    "00000005; Source: Windows",
];

/// What the synchronization of Microsoft Entra Connect logs.
const BAIL: &[(&str, &[&str])] = &[
    (r"BAIL: MMS(3160): ..\tower.cpp(10789): 0x80230306 (The dimage has an anchor that is different than the image.)", &["0x80230306"]),
    (r"ERR_: x BAIL: MMS(1896): d:\bt\32669\utils.cpp(242): 0x80230709 (The connector is gone)", &["0x80230709"]),
    (r#""BAIL: MMS(4984): ..\dnutils.cpp(1341): 0x800700b7 (Cannot create a file when that file already exists.)"#, &["0x800700B7"]),
];

const NO_BAIL: &[&str] = &[
    r"MMS(3160): ..\tower.cpp(10789): 0x80230306 read",
    "BAIL: 0x80230306 of x",
    r"BAIL: MMS(3160): ..\tower.cpp(10789): 0x80D90306 of x",
    r"BAIL: MMS(3160): ..\tower.cpp(10789): flags 0x80230306",
];

/// What Windows logs of a domain join: NetSetup.log.
const JOINS: &[(&str, &[&str])] = &[
    ("05/21/2026 10:11:12:345 NetpDoDomainJoin: status: 0x54b", &["0x0000054B"]),
    ("05/21/2026 10:11:12:345 NetpJoinDomainOnDs: Function exits with status of: 0x5", &["0x00000005"]),
    ("05/21/2026 10:11:12:345 NetpJoinDomainOnDs: NetpDsGetDcName returned: 0x54b", &["0x0000054B"]),
    ("05/21/2026 10:11:12:345 NetpProvisionComputerAccount: retry status of creating account: 0x8b0", &["0x000008B0"]),
    (r"05/21/2026 10:11:12:345 NetpJoinDomain: status of connecting to dc '\\dc01': 0x569", &["0x00000569"]),
    (r"NetpGetComputerObjectDn: Unable to bind to DS on '\\dc01': 0x6ba", &["0x000006BA"]),
    ("NetpCheckIfAccountShouldBeReused: NetStatus:0x2", &["0x00000002"]),
];

const NO_JOINS: &[&str] = &[
    "05/21/2026 10:11:12:345 NetpDoDomainJoin: status: 0x0",
    "05/21/2026 10:11:12:345 NetpJoinDomain: options: 0x27",
    "NetpGetLsaPrimaryDomain: account: 0x6ba",
    r"NetpJoinDomainOnDs: status of disconnecting from '\\dc01': 0x0",
    "NetpLoadParameters: status of x, flags 0x6ba",
    "05/21/2026 10:11:12:345 NetpLoadParameters: DNSNameResolutionRequired not found, defaulting to '1' 0x2",
    "DoDomainJoin: status: 0x54b",
    "MyNetpDoDomainJoin: status: 0x54b",
    "Netplan: status: 0x54b",
    "status: 0x54b of NetpDoDomainJoin",
];

/// What `sc.exe` prints, and `WinGet` of an installer.
const PHRASES: &[(&str, &[&str])] = &[
    ("[SC] StartService FAILED 1053:", &["0x0000041D"]),
    ("[SC] OpenService FAILED 1060:", &["0x00000424"]),
    ("[SC] EnumQueryServicesStatus:OpenService FAILED 1060:", &["0x00000424"]),
    ("[SC] OpenSCManager FAILED 1722:", &["0x000006BA"]),
    // In other languages of Windows.
    ("[SC] OpenService FEHLER 5:", &["0x00000005"]),
    ("[SC] OpenService \u{E9}chec(s) 5\u{A0}:", &["0x00000005"]),
    ("[SC] StartService : OpenService \u{C9}CHEC(S) 1060 :", &["0x00000424"]),
    ("[SC] StartService OPERAZIONI NON RIUSCITE 1060:", &["0x00000424"]),
    ("[SC] OpenService FALHA 5:", &["0x00000005"]),
    ("[SC] OpenService MISLUKT 5:", &["0x00000005"]),
    ("[SC] OpenService \u{41E}\u{428}\u{418}\u{411}\u{41A}\u{410} 5:", &["0x00000005"]),
    ("[SC] OpenService \u{5931}\u{8D25} 5:", &["0x00000005"]),
    ("[SC] OpenService NE\u{DA}SP\u{11A}\u{160}N\u{C9} 5:", &["0x00000005"]),
    // What other tools of Windows print.
    ("Installer: Service Installer with HRESULT HRESULT_FROM_WIN32(14109)  Failure will not be ignored", &["0x0000371D"]),
    ("REAGENTC.EXE: Operation failed: 3", &["0x00000003"]),
    ("More help is available by typing NET HELPMSG 2186.", &["0x0000088A"]),
    ("LDAP error 81 (Server Down) Win32 Err 58.", &["0x0000003A"]),
    ("Conditional Access error 53003", &["AADSTS53003"]),
    // A function that failed.
    ("CreateProcess failed: 740", &["0x000002E4"]),
    ("CreateProcessW failed: 740", &["0x000002E4"]),
    ("CreateProcess() failed: 740", &["0x000002E4"]),
    ("RegOpenKeyEx failed error:5", &["0x00000005"]),
    ("RegOpenKeyExW failed (5)", &["0x00000005"]),
    ("CreateFile error = 32", &["0x00000020"]),
    ("LoadLibrary failed with 126", &["0x0000007E"]),
    ("LogonUser failed, error 1326", &["0x0000052E"]),
    ("CreateProcess failed; code 740.", &["0x000002E4"]),
    ("ShellExecuteEx failed; code 1223.", &["0x000004C7"]),
    // What Java and Python print.
    (
        r"Could not open/create prefs root node Software\JavaSoft\Prefs at root 0x80000002. Windows RegCreateKeyEx(...) returned error code 5.",
        &["0x00000005"],
    ),
    ("RegOpenKeyExW(HKLM) error 5", &["0x00000005"]),
    ("RegOpenKeyEx(error 5)", &["0x00000005"]),
    ("pywintypes.error: (5, 'OpenSCManager', 'Access is denied.')", &["0x00000005"]),
    (r"WindowsError: [Error 5] Access is denied: 'D:\\x'", &["0x00000005"]),
    // What Inno Setup prints in its languages.
    ("DeleteFile failed; code 5. Access is denied.", &["0x00000005"]),
    ("MoveFile failed: code 5.", &["0x00000005"]),
    ("CreateProcess schlug fehl; Code 740.", &["0x000002E4"]),
    ("CreateProcess a \u{E9}chou\u{E9} ; code 740", &["0x000002E4"]),
    ("CreateProcess \u{5931}\u{8D25}\u{FF1B}\u{4EE3}\u{7801} 5", &["0x00000005"]),
    ("CreateProcess \u{5931}\u{8D25}\u{FF1B}\u{9519}\u{8BEF}\u{4EE3}\u{7801} 5", &["0x00000005"]),
    ("CreateProcess \u{5931}\u{6557}\u{FF1B}\u{932F}\u{8AA4}\u{4EE3}\u{78BC} 5", &["0x00000005"]),
    ("MoveFile: \u{441}\u{431}\u{43E}\u{439}; \u{43A}\u{43E}\u{434} 5.", &["0x00000005"]),
    ("CreateProcess() failed: error 2: The system cannot find the file specified.", &["0x00000002"]),
    ("2026-11-24 10:00:00.000 [CLI ] ShellExecute installer failed: 1603", &["exit code 1603"]),
    ("2026-11-24 10:00:00.000 [CLI ] Installation failed: 1618", &["exit code 1618"]),
    ("msiexec.exe failed with 1603", &["exit code 1603"]),
    ("The package failed with code 1618, next try in 5 minutes", &["exit code 1618"]),
    ("msiexec failed, code 1619.", &["exit code 1619"]),
    ("Setup failed (1603)", &["exit code 1603"]),
    ("Upgrade failed: 1638", &["exit code 1638"]),
    ("OSError: [WinError 1450] No resources", &["0x000005AA"]),
    ("System.Net.Http.WinHttpException: Error 12007: The server name or address could not be resolved", &["0x00002EE7"]),
    ("WinHttpException: Error 12030 calling WINHTTP_CALLBACK_STATUS_REQUEST_ERROR", &["0x00002EFE"]),
    ("x dialed a connection named Contoso VPN which has failed. The error code returned on failure is 809.", &["0x00000329"]),
    ("The error code returned on failure is 13801.", &["0x000035E9"]),
    ("Remote Access error 691 - The remote connection was denied", &["0x000002B3"]),
    ("ExitCode         : 1603", &["exit code 1603"]),
    ("ReturnCode                     : 1618", &["exit code 1618"]),
    (r#"Activity.Result.Type": "MATS", "Activity.Result.Code": 17004,"#, &["exit code 17004"]),
    ("PermissionError: [WinError 5] 'C:/x'", &["0x00000005"]),
    ("System.Net.Sockets.SocketException (10061): No connection", &["0x0000274D"]),
    ("ProcessGPOs: The DC for contoso.com is not available. aborting: error 1355", &["0x0000054B"]),
];

const NO_PHRASES: &[&str] = &[
    "[SC] StartService SUCCESS",
    "HRESULT_FROM_WIN32(0)",
    "HRESULT_FROM_WIN32(ERROR_SUCCESS)",
    "REAGENTC.EXE: Operation Successful.",
    "Operation failed: 3",
    "by typing NET HELPMSG 0",
    "see NET HELPMSG 2186",
    "Win32 Errs 58",
    "conditional access to room 53003",
    "[SC] OpenService \u{E9}chec(s) 0 :",
    "[SC] OpenService \u{441}\u{442}\u{430}\u{442}\u{443}\u{441} 5:",
    "CreateProcess: 740",
    "CreateProcessW 740",
    // Whatever the name begins with, and however it is written.
    "On Windows '!ShellExecute 400 %i' is used",
    "DeviceIoControl 1117",
    "NetJoinDomain 1355",
    "DsGetDcName: 1355",
    "createprocess 740",
    "regopenkeyex = 1018",
    "logonuser(1326)",
    "startservice 1053",
    "CreateProcessX failed: 740",
    "MyCreateProcess failed: 740",
    "CreateFile 5",
    "CreateFile = 32",
    "OpenProcess(1326)",
    "OpenProcess returned 1326",
    "LogonUser took 1326 ms",
    "CreateProcess failed: 740 ms",
    "CreateFile failed 5 times",
    "CreateFile failed 32 retries",
    "\\nCreateFile 5",
    "CreateProcess failed; 740 more to go",
    "the copy failed; code 740",
    "DeleteFile failed 5 times",
    r"WARNING: Trying to recreate Windows registry node Software\JavaSoft\Prefs at root 0x80000002.",
    "CreateFile(x) 5",
    "CreateFile(x) failed 5 times",
    "CreateFile(x\n) failed 5",
    "blind(...) returned error code 5",
    "pywintypes.error: (0, 'x', 'y')",
    "pywintypes.errors: (5)",
    "WindowsErrors: 5",
    "DeleteFile failed; 5 left",
    "DeleteFile; code page 1252",
    "DeleteFile failed. It is open; code 5",
    "DeleteFile failed for one of the many files in the folder; code 5",
    "MoveFile 5",
    "RegOpenKeyEx failed: 0",
    "LoadLibrary failed in line 126",
    "StartService took 1053 ms",
    "installer failed: 12",
    "installer failed 1603 times",
    "sync failed with 1603 devices",
    "failed with 1700 retries left",
    "failed with code 12",
    "setup failed 1618 times",
    "the upgrade failed 1603 rows",
    "failed, codepage 1603",
    "update failed (16031)",
    "WinErrors 1450",
    "WinHttpException: Error in line 126",
    "the error code returned on failure is described below",
    "Remote Access errors 691",
    "ExitCode         : 12",
    "no WinError here, 1450",
    "SocketException count (10061) since start",
    "SocketExceptions: 10061",
    "passed: 10, failed: 1603",
];

#[test]
fn a_mark_or_a_phrase_makes_a_number_an_error_and_nothing_else_does() {
    for (found, silent) in [
        (MARKED, NOT_MARKED),
        (IN_DECIMAL, ONLY_IN_DECIMAL),
        (AFTER_A_CODE, &[]),
        (OWN_SENTENCE, NO_FAILED_SENTENCE),
        (OWN_SENTENCE, OF_A_NOUN),
        (LANGUAGES, NO_FAILURE),
        (CODES_OF, NO_CODES_OF),
        (SIGN_IN, NO_SIGN_IN),
        (PRINTED, NO_PRINTED),
        (BAIL, NO_BAIL),
        (JOINS, NO_JOINS),
        (TASKS, NO_TASKS),
        (PHRASES, NO_PHRASES),
    ] {
        check(found);
        check_silent(silent);
    }
}
