//! Exit codes, tokens and numbers that stand with their own domain, each both ways.

use super::{found, silent};

/// The exit codes of installers.
const EXIT: &[(&str, &[&str])] = &[
    ("<![LOG[[Win32App] lpExitCode 1603]LOG]!>", &["exit code 1603"]),
    ("<![LOG[[Win32App] Admin did NOT set mapping for lpExitCode: 1618 of app: 5a7bd1e2]LOG]!>", &["exit code 1618"]),
    ("<![LOG[[Win32App] lpExitCode 3010 is mapped to soft reboot]LOG]!>", &["exit code 3010"]),
    ("AppEnforce: Process 8612 terminated with exitcode: 1618", &["exit code 1618"]),
    ("Matched exit code 1641 to a HardReboot entry in exit codes table.", &["exit code 1641"]),
    ("Installation of the program returned exit code 1603, expected 0", &["exit code 1603"]),
    ("MSI (c) (10:2C) [11:01:02:345]: MainEngineThread is returning 1603", &["exit code 1603"]),
    ("=== Verbose logging stopped === Installation success or error status: 1603.", &["exit code 1603"]),
    ("Installer failed with exit code: 1603", &["exit code 1603"]),
    ("[Installation] :: Install-ADTDeployment completed with exit code [60001].", &["exit code 60001"]),
    ("msiexec.exe exited with code 1619", &["exit code 1619"]),
    ("ExitCode 1602 (user cancelled)", &["exit code 1602"]),
    ("Der Installer wurde mit Exitcode 1603 beendet", &["exit code 1603"]),
    ("Code de retour : 1603", &["exit code 1603"]),
    ("c\u{F3}digo de salida 1603", &["exit code 1603"]),
    ("codice di uscita: 1603", &["exit code 1603"]),
    ("exit code 1603, reboot pending", &["exit code 1603"]),
    ("choco: The install of x was NOT successful. Exit code was '1603'.", &["exit code 1603"]),
    ("Return Code 1603", &["exit code 1603"]),
    ("rc=1603", &[]),
    ("Process exited with 1603.", &["exit code 1603"]),
    ("MSI returned error code 1603", &["exit code 1603"]),
    ("[Win32App] Exit code is: 1618, mapped to retry", &["exit code 1618"]),
    ("Deinstallation: Exitcode 1605", &["exit code 1605"]),
    ("valor de retorno 1603", &["exit code 1603"]),
    ("c\u{F3}digo de retorno: 3010", &["exit code 3010"]),
    ("codice di uscita 1619", &["exit code 1619"]),
];

/// Numbers after such words that are none.
const NO_EXIT: &[&str] = &[
    "returned 1603 rows in 5 ms",
    "exit code 0 after 1603 ms",
    "the script returned 16030",
    "exit code map has 3010 entries",
    "Error 1935. An error occurred during the installation of assembly",
    "waiting 1618 ms before exit",
    "exit code list: 0, 1707",
    "error log has 1603 lines",
    "returned 3010 of 4000 items",
    "exitcode = 0",
    "Exitcode 5",
];

/// Tokens of Microsoft Entra ID, known or not.
const TOKEN: &[(&str, &[&str])] = &[
    ("AADSTS700016: Application with identifier 'x' was not found in the directory 'Contoso'.", &["AADSTS700016"]),
    ("Server Message : AADSTS90002: Tenant 'contoso' not found.", &["AADSTS90002"]),
    ("       Server Error Description : AADSTS50155: Device authentication failed.", &["AADSTS50155"]),
    ("oauth error: invalid_grant, AADSTS65001", &["AADSTS65001"]),
    ("\"errorCode\":\"AADSTS530003\"", &["AADSTS530003"]),
    ("error_description=AADSTS50105%3A%20Your%20administrator", &["AADSTS50105"]),
    ("MSAL.NetCore.4.48 ErrorCode: interaction_required AADSTS50079", &["AADSTS50079"]),
    ("[AADSTS50126]", &["AADSTS50126"]),
    ("'AADSTS7000222'", &["AADSTS7000222"]),
    ("\"error_codes\":[700016],\"timestamp\":\"2026-11-24 10:00:00Z\"", &["AADSTS700016"]),
    ("{\"error\":\"invalid_client\",\"error_codes\":[ 7000222 ]}", &["AADSTS7000222"]),
    ("Fehler AADSTS50020: Benutzerkonto", &["AADSTS50020"]),
];

/// What only looks like one.
const NO_TOKEN: &[&str] = &[
    "AADSTS error",
    "AADSTS_50126x",
    "the AADSTS codes are documented",
    "AADSTS000",
    "https://login.microsoftonline.com/error?code=50126",
    "\"error_codes\": null",
    "\"errorCodes\":[1,2]",
    "MyAADSTS50126Handler",
    "AADSTS50126_retry",
    "AADSTS12",
];

/// The domains of Apple, in one line and in several.
const DOMAIN: &[(&str, &[&str])] = &[
    ("Error Domain=MCInstallationErrorDomain Code=4001 \"The payload could not be installed.\"", &["MCInstallationErrorDomain Code=4001"]),
    ("mdmclient: [ERROR] Profile install failed: MCProfileErrorDomain:1009", &["MCProfileErrorDomain Code=1009"]),
    ("ErrorChain = ({ ErrorCode = 12021; ErrorDomain = MCMDMErrorDomain; LocalizedDescription = x; })", &["MCMDMErrorDomain Code=12021"]),
    ("ErrorChain:[{\"ErrorCode\":12021,\"ErrorDomain\":\"MCMDMErrorDomain\"}]", &["MCMDMErrorDomain Code=12021"]),
    ("{\"ErrorDomain\":\"MCMDMErrorDomain\",\"ErrorCode\":12021,\"LocalizedDescription\":\"x\"}", &["MCMDMErrorDomain Code=12021"]),
    ("    ErrorCode = 12021;\n    ErrorDomain = MCMDMErrorDomain;", &["MCMDMErrorDomain Code=12021"]),
    ("    Domain : MCInstallationErrorDomain\n    Code   : 4001\n    Type   : MCFatalError", &["MCInstallationErrorDomain Code=4001"]),
    (
        "\t<key>ErrorCode</key>\n\t<integer>12021</integer>\n\t<key>ErrorDomain</key>\n\t<string>MCMDMErrorDomain</string>",
        &["MCMDMErrorDomain Code=12021"],
    ),
    ("  \"ErrorCode\": 12021,\n  \"ErrorDomain\": \"MCMDMErrorDomain\",", &["MCMDMErrorDomain Code=12021"]),
    ("Error Domain=MSALErrorDomain Code=-50002 UserInfo={MSALOAuthErrorKey=x}", &["MSALErrorDomain Code=-50002"]),
    ("MSALErrorDomain code -50005", &["MSALErrorDomain Code=-50005"]),
    ("IntuneMDMAgent | E | NSError MSALErrorDomain(-50000)", &["MSALErrorDomain Code=-50000"]),
    (
        "2026-11-24 10:00:00 mdmclient[123]: [ERROR] <MDMClientError:72> ErrorDomain=MCMDMErrorDomain ErrorCode=12021",
        &["MCMDMErrorDomain Code=12021"],
    ),
    (
        "    <key>ErrorCode</key>\n    <integer>1009</integer>\n    <key>ErrorDomain</key>\n    <string>MCProfileErrorDomain</string>\n    <key>LocalizedDescription</key>",
        &["MCProfileErrorDomain Code=1009"],
    ),
    (
        "US Sugg: The server certificate is invalid.\nDomain : MCInstallationErrorDomain\nCode   : 4001\nType   : MCFatalError",
        &["MCInstallationErrorDomain Code=4001"],
    ),
    (
        "ErrorChain =     (\n                {\n            ErrorCode = 12021;\n            ErrorDomain = MCMDMErrorDomain;\n            LocalizedDescription = \"x\";",
        &["MCMDMErrorDomain Code=12021"],
    ),
    (
        "Domain : NSCocoaErrorDomain\nCode   : 4001\n...Underlying error:\nDomain : MCInstallationErrorDomain\nCode   : 4001",
        &["MCInstallationErrorDomain Code=4001"],
    ),
];

/// Other domains and other numbers.
const NO_DOMAIN: &[&str] = &[
    "Error Domain=NSCocoaErrorDomain Code=-2147024891 \"x\"",
    "Domain : NSCocoaErrorDomain\nCode   : 4001",
    "<integer>1</integer><key>ErrorDomain</key><string>NSPOSIXErrorDomain</string>",
    "Domain=NSURLErrorDomain, Code=-1999",
    "ErrorDomain = MCMDMErrorDomain; Foo = 3;",
    "MCMDMErrorDomain is a domain; 12021 errors",
    "kCFErrorDomainCFNetwork error 1603",
    "NSOSStatusErrorDomain Code=-2147024891",
    "CKErrorDomain Code=1618",
    "Error Domain=AKAuthenticationError Code=-7034",
    "VPP license 9610 assigned",
    "\"ErrorCode\" : 1,\n\"ErrorDomain\" : \"NSPOSIXErrorDomain\"",
];

/// NTSTATUS values and warnings without a prefix.
const WARNING: &[(&str, &[&str])] = &[
    ("NTSTATUS: c0000034", &["0xC0000034"]),
    ("status: c000006d", &["0xC000006D"]),
    ("failed with status c0000022", &["0xC0000022"]),
    ("Exception code: c0000374", &["0xC0000374"]),
    ("process exited with -1073740940", &["0xC0000374"]),
    ("exit code 3221226356", &["0xC0000374"]),
    ("Exit code: 3221225786", &["0xC000013A"]),
    ("error 80000005 while reading", &["0x80000005"]),
    ("hr=80000003", &["0x80000003"]),
    ("returned 0x80000005", &["0x80000005"]),
    ("LastError=-2147483643", &["0x80000005"]),
    ("Fehler -2147483643", &["0x80000005"]),
    ("terminated with status -1073741502", &["0xC0000142"]),
    ("NT status 0xC00000BB (not supported)", &["0xC00000BB"]),
];

/// Round numbers that are none.
const NO_WARNING: &[&str] = &[
    "80000005 items",
    "balance: 80000003",
    "free 2147483651 bytes",
    "range -2147483643..0",
    "id 80000005",
    "offset -2147483643",
    "color c0000005",
    "x=c0000005",
    "VID_80000005",
    "port 80000005",
    "80000003/80000005",
];

/// Win32 codes in decimal that their domain announces.
const WIN32: &[(&str, &[&str])] = &[
    ("LogonUserW returned Win32 error 1326.", &["0x0000052E"]),
    ("GetMessage failed with Win32 error 5", &["0x00000005"]),
    ("AddDllDirectory failed with Win32 error 87", &["0x00000057"]),
    ("Failed to load 'aqProf.dll' (GetLastError=126)", &["0x0000007E"]),
    ("GetLastError returned 1400", &["0x00000578"]),
    ("DestroyWindow failed: GetLastError returned 1400.", &["0x00000578"]),
    ("GetLastError() = 1326", &["0x0000052E"]),
    ("GetLastError: 5", &["0x00000005"]),
    ("LastError: 1326", &["0x0000052E"]),
    ("WinHTTP error 12029", &["0x00002EFD"]),
    ("WinHttpSendRequest failed with error: 12029", &["0x00002EFD"]),
    ("WinHttpSendRequest failed (12007)", &["0x00002EE7"]),
    ("WinHttpSendRequest: 12007: The server name or address could not be resolved", &["0x00002EE7"]),
    ("HttpSendRequest error 12029", &["0x00002EFD"]),
    ("System error 5 has occurred.", &["0x00000005"]),
    ("System error 1326 has occurred.", &["0x0000052E"]),
    ("Systemfehler 5 aufgetreten.", &["0x00000005"]),
    ("Win32Exception (5): Access is denied.", &["0x00000005"]),
    ("System.ComponentModel.Win32Exception (1326): The user name or password is incorrect", &["0x0000052E"]),
    ("Win32 error code: 1326", &["0x0000052E"]),
    ("Windows error 1326", &["0x0000052E"]),
    ("NativeErrorCode: 1326", &["0x0000052E"]),
    ("NativeErrorCode=5", &["0x00000005"]),
    ("GetLastWin32Error 1008", &["0x000003F0"]),
    ("WTSQueryUserToken failed, GetLastError=1008", &["0x000003F0"]),
    ("CreateProcessAsUser failed. Win32 error: 740", &["0x000002E4"]),
    ("WSAGetLastError returned 10060", &["0x0000274C"]),
    ("RegOpenKeyEx failed, Win32 error = 2", &["0x00000002"]),
    ("Failed to connect to the registry (Win32 error: 53)", &["0x00000035"]),
    ("OpenSCManager failed with GetLastError() 1722", &["0x000006BA"]),
    ("[ERROR] GetLastError(): 32", &["0x00000020"]),
    ("System error 53 has occurred.", &["0x00000035"]),
    ("InternetOpenUrl failed with error 12007", &["0x00002EE7"]),
    ("Win32Exception: 1219", &["0x000004C3"]),
    ("failed to bind, WSAGetLastError() = 10048", &["0x00002740"]),
];

/// Other numbers beside the same words.
const NO_WIN32: &[&str] = &[
    "LogonUserA() failed. (Code=1326)",
    "GetLastError=0",
    "Win32 error 0",
    "GetLastError returned 1 instead of 0",
    "Win32 errors: 5",
    "5 Win32 errors",
    "Win32 API call 126",
    "Win32App 126 of 130",
    "WinHTTP status 200",
    "WinHttp: 12029 bytes",
    "GetLastError in line 126",
    "error 5",
    "Win32 error table has 1326 rows",
    "cudaGetLastError returned 2",
    "Win32 error 99999",
    "Get-LastError 5 entries",
    "System errors 5",
    "Windows 10 error 3 times",
    "Win32 error 5.2",
    "WinHTTP 12029 requests",
    "Native error code: 5",
];

#[test]
fn a_number_with_its_domain_is_found() {
    found(&[EXIT, TOKEN, DOMAIN, WARNING, WIN32]);
}

#[test]
fn the_same_number_without_it_stays_silent() {
    silent(&[NO_EXIT, NO_TOKEN, NO_DOMAIN, NO_WARNING, NO_WIN32]);
}
