//! Numbers that their own words make an error: exit codes, tokens of Microsoft Entra ID, the domains of Apple.

use super::{check, check_silent};

const EXIT_CODES: &[(&str, &[&str])] = &[
    ("[Win32App] lpExitCode 1603", &["exit code 1603"]),
    ("[Win32App] lpExitCode: 1618 of app", &["exit code 1618"]),
    ("Admin did NOT set mapping for lpExitCode: 1603 of app: 5a7bd1e2-1234-4f0c-9d3a-0123456789ab", &["exit code 1603"]),
    ("[Win32App] Installation is done. Exit code is: 1603", &["exit code 1603"]),
    ("the installer ended with exit code 1603.", &["exit code 1603"]),
    ("Exit Code: [60008]", &["exit code 60008"]),
    ("ExitCode: 60008", &["exit code 60008"]),
    ("Exit-Code 1603", &["exit code 1603"]),
    ("exit_code=1603", &["exit code 1603"]),
    (r#""exitCode": 1603,"#, &["exit code 1603"]),
    (r#""ExitCode":"1618""#, &["exit code 1618"]),
    ("<ExitCode>1603</ExitCode>", &["exit code 1603"]),
    ("[Installation] :: Execution failed with exit code [1639].", &["exit code 1639"]),
    ("Contoso_VPN_1.0 Installation completed with exit code [3010].", &["exit code 3010"]),
    ("returned 3010 (soft reboot)", &["exit code 3010"]),
    ("msiexec returned 3010 and wants a restart", &["exit code 3010"]),
    ("setup.exe returned 1618.", &["exit code 1618"]),
    ("Installer failed with exit code: 1603", &["exit code 1603"]),
    ("Uninstall failed with exit code: 1605", &["exit code 1605"]),
    ("Installer failed with exit code: 87", &["exit code 87"]),
    ("MSI (s) (A8:3C) [10:12:13:014]: MainEngineThread is returning 1603", &["exit code 1603"]),
    ("CustomAction CA_Service returned actual error code 1603 (note this may not be 100% accurate)", &["exit code 1603"]),
    ("Installation success or error status: 1603.", &["exit code 1603"]),
    ("Configuration failed, error status: 1625", &["exit code 1625"]),
    ("Action ended: return value 1603", &["exit code 1603"]),
    ("Return code: 1618", &["exit code 1618"]),
    ("ReturnCode = 1641", &["exit code 1641"]),
    ("Process 4711 terminated with exitcode: 1603", &["exit code 1603"]),
    ("Matched exit code 3010 to a PendingSoftReboot entry in exit codes table.", &["exit code 3010"]),
    ("Unmatched exit code (1603) is considered an execution failure.", &["exit code 1603"]),
    ("The program exited with code 1603", &["exit code 1603"]),
    ("exited with 1603", &["exit code 1603"]),
    ("exit status 1603", &["exit code 1603"]),
    ("%ERRORLEVEL% = 1603, errorlevel 1603", &["exit code 1603"]),
    ("Exit code was '1603'.", &["exit code 1603"]),
    ("failed with error code 1603", &["exit code 1603"]),
    ("installation failed with error 1618", &["exit code 1618"]),
    ("MSI error 1603", &["exit code 1603"]),
    ("Fehler 1603", &["exit code 1603"]),
    ("R\u{FC}ckgabewert 1603", &["exit code 1603"]),
    ("code de sortie : 1618", &["exit code 1618"]),
    ("exit code 1603 (0x80070643)", &["exit code 1603"]),
    ("exit code 0x80070643 (1603)", &["0x80070643"]),
    ("lpExitCode -2147023293", &["0x80070643"]),
    ("Exit code: -1073741510", &["0xC000013A"]),
    // The low word of an NTSTATUS, where the table has that and no such Win32 code.
    ("[Win32App] lpExitCode 3221225794, hResultFromWin32 -2147024574", &["0xC0000142", "low word of 0xC0000142"]),
    ("hResultFromWin32: 0x80070142", &["low word of 0xC0000142"]),
    ("hResultFromWin32 -2147023293", &["0x80070643"]),
    ("hResultFromWin32 -2147024891", &["0x80070005"]),
];

/// Numbers after the same words that are no exit codes of the table, and exit codes after other words.
const NO_EXIT_CODES: &[&str] = &[
    "exit code 0",
    "Exit code: 1",
    "exit code 1707",
    "exit code 259",
    "exit code 16030",
    "exit code 1603.5",
    "exit code 01603",
    "exit code of 1603 ms",
    "exit code 3010 ms",
    "exit codes 1 to 1603",
    "the exit code table has 1603",
    "exit code 1603a",
    "exitcode1603",
    "noexit code1603",
    "mmcs_server exited normally with exit code 13",
    "the shell ended with exit code 13",
    "script exit code: 87",
    "query returned 3010 rows",
    "returned 1603 records",
    "returned 1618 items in 3 s",
    "returned 13",
    "returned 87 rows",
    "search returned 3010 results",
    "Error 1606. Could not access network location",
    "Error 1618: other text",
    "error 1603 times",
    "Info 1603",
    "1603",
    "at 1603",
    "port 1603",
    "took 1603 ms",
    "1603 errors",
    "line 1603",
    "error in line 1603",
    "error 16031",
    "error 3010rows",
    "version 1.0.1603",
    "build 1603",
    "Windows 10 1607 (error 1)",
    "error 1404",
    "return value 3",
    "Return value 1.",
    "returning 0",
    "errorlevel 1",
    "error code 5",
    "error code: 404",
];

const TOKENS: &[(&str, &[&str])] = &[
    ("AADSTS50126: Error validating credentials", &["AADSTS50126"]),
    ("AADSTS50076", &["AADSTS50076"]),
    ("aadsts53003", &["AADSTS53003"]),
    ("AADSTS 53003", &["AADSTS53003"]),
    ("AADSTS: 53003", &["AADSTS53003"]),
    ("AADSTS:53003", &["AADSTS53003"]),
    ("AADSTS-53003", &["AADSTS53003"]),
    ("AADSTS9999999 is not known", &["AADSTS9999999"]),
    ("AADSTS1234 is not known", &["AADSTS1234"]),
    ("AADSTS7000218: The request body must contain", &["AADSTS7000218"]),
    ("error=invalid_grant&error_description=AADSTS50173%3a+The+grant+has+expired", &["AADSTS50173"]),
    (r#""error_description":"AADSTS50076: Due to a configuration change","error_codes":[50076]"#, &["AADSTS50076", "AADSTS50076"]),
    (r#"{"error":"invalid_grant","error_codes":[50126],"timestamp":"2026-11-24"}"#, &["AADSTS50126"]),
    (r#""error_codes": [ 50126, 50034 ]"#, &["AADSTS50126", "AADSTS50034"]),
    (r#"\"error_codes\":[53003]"#, &["AADSTS53003"]),
    ("error_codes=[7000215]", &["AADSTS7000215"]),
    ("(AADSTS50105)", &["AADSTS50105"]),
    ("code\u{FF1A}AADSTS50105", &["AADSTS50105"]),
];

const NO_TOKENS: &[&str] = &[
    "AADSTS",
    "AADSTS123",
    "AADSTS12345678",
    "xAADSTS50126",
    "AADSTS50126x",
    "AADSTSxxxxx",
    "AADSTS  50126",
    "AADSTS--50126",
    "AADSTS: 01234",
    r#""error_codes":[]"#,
    r#""error_codes":["x"]"#,
    r#""error_codes":[12]"#,
    r#""error_codes":[12345678]"#,
    r#""error_codes":50126"#,
    r#""status_codes":[50126]"#,
    "error_codes are 50126",
];

const DOMAINS: &[(&str, &[&str])] = &[
    ("ASDErrorDomain Code=506", &["ASDErrorDomain Code=506"]),
    ("Error Domain=ASDErrorDomain Code=506 \"(null)\"", &["ASDErrorDomain Code=506"]),
    ("{Error Domain=ASDErrorDomain Code=506 \"x\" UserInfo={NSLocalizedDescription=x}}", &["ASDErrorDomain Code=506"]),
    ("ASDErrorDomain, Code: 506", &["ASDErrorDomain Code=506"]),
    ("ASDErrorDomain (506)", &["ASDErrorDomain Code=506"]),
    ("ASDErrorDomain error 506.", &["ASDErrorDomain Code=506"]),
    ("ASDErrorDomain:506", &["ASDErrorDomain Code=506"]),
    (r#"{"Domain":"ASDErrorDomain","Code":506}"#, &["ASDErrorDomain Code=506"]),
    (r#"{"ErrorCode":506,"ErrorDomain":"ASDErrorDomain","LocalizedDescription":"x"}"#, &["ASDErrorDomain Code=506"]),
    (r#"\"ErrorCode\":506,\"ErrorDomain\":\"ASDErrorDomain\""#, &["ASDErrorDomain Code=506"]),
    (r"ErrorChain = (\n{\nErrorCode = 506;\nErrorDomain = ASDErrorDomain;", &[]),
    ("<key>ErrorCode</key><integer>506</integer><key>ErrorDomain</key><string>ASDErrorDomain</string>", &["ASDErrorDomain Code=506"]),
    ("asderrordomain code=506", &["ASDErrorDomain Code=506"]),
    ("Error Domain=MCInstallationErrorDomain Code=4001 \"(null)\"", &["MCInstallationErrorDomain Code=4001"]),
    ("NSError: Domain : MCInstallationErrorDomain, Code : 4001", &["MCInstallationErrorDomain Code=4001"]),
    ("<MCMDMErrorDomain:12021> Invalid request type", &["MCMDMErrorDomain Code=12021"]),
    (r#"{"ErrorChain":[{"ErrorCode":1009,"ErrorDomain":"MCProfileErrorDomain"}]}"#, &["MCProfileErrorDomain Code=1009"]),
    ("(MCPasscodeErrorDomain 5010)", &["MCPasscodeErrorDomain Code=5010"]),
    ("MSAL: could not acquire token: Error Domain=MSALErrorDomain Code=-50000 \"(null)\"", &["MSALErrorDomain Code=-50000"]),
    ("The operation couldn't be completed. (MSALErrorDomain error -50005.)", &["MSALErrorDomain Code=-50005"]),
    ("MSALErrorDomain -50002", &["MSALErrorDomain Code=-50002"]),
    ("Error Domain=NSURLErrorDomain Code=-1009 \"The Internet connection appears to be offline.\"", &["NSURLErrorDomain Code=-1009"]),
    ("Check-in failed: The request timed out. (NSURLErrorDomain:-1001)", &["NSURLErrorDomain Code=-1001"]),
    (
        "Error Domain=NSURLErrorDomain Code=-1202 \"(null)\" UserInfo={NSUnderlyingError=0x600002a4c0f0 {Error Domain=kCFErrorDomainCFNetwork Code=-1202}}",
        &["NSURLErrorDomain Code=-1202"],
    ),
    ("CompanyPortal: NSURLErrorCannotFindHost", &["NSURLErrorCannotFindHost"]),
];

/// Numbers of other domains, and of domains that the table knows with other numbers: no Windows codes.
const OTHER_DOMAINS: &[&str] = &[
    "NSPOSIXErrorDomain Code=1 \"Operation not permitted\"",
    "MSALErrorDomain Code=-60000",
    "Error Domain=NSURLErrorDomain Code=-999 \"cancelled\"",
    "Error Domain=NSURLErrorDomain Code=-10090",
    "MCInstallationErrorDomain Code=40010",
    "MyMCInstallationErrorDomain Code=4001",
    "MCInstallationErrorDomain and then 4001 bytes",
    "Error Domain=CKErrorDomain Code=9 \"Not authenticated\"",
    "ASDErrorDomain Code=50699",
    "ASDErrorDomain",
    "ASDErrorDomain and then 506 bytes",
    "Error Domain=NSOSStatusErrorDomain Code=-2147024891",
    "NSOSStatusErrorDomain error code 2147942405",
    r#"{"Domain":"NSOSStatusErrorDomain","Code":-2147024891}"#,
    "VPP error 9610",
    "Error Domain=XErrorDomain Code=1603",
    "XErrorDomain exited, code=1603",
    "MyASDErrorDomain Code=506",
];

/// NTSTATUS values and warnings without a prefix, whose digits are round.
const WARNINGS: &[(&str, &[&str])] = &[
    ("error 80000005", &["0x80000005"]),
    ("NTSTATUS 80000005", &["0x80000005"]),
    ("Exception code 80000003", &["0x80000003"]),
    ("ExceptionCode=80000003", &["0x80000003"]),
    ("failed (80000005)", &["0x80000005"]),
    ("hr = -2147483643", &["0x80000005"]),
    ("status: -2147483643", &["0x80000005"]),
    ("exit code -2147483645", &["0x80000003"]),
    ("exit code 2147483651", &["0x80000003"]),
    ("error 2147483653", &["0x80000005"]),
    ("failed with -2147483638", &["0x8000000A"]),
    ("Result: 0x8000000a", &["0x8000000A"]),
    ("Exit code: -1073741819", &["0xC0000005"]),
    ("exit code 3221225477", &["0xC0000005"]),
    ("NTSTATUS = c0000005", &["0xC0000005"]),
    ("status=c0000022", &["0xC0000022"]),
    ("Exception c0000005 at address 00007ff6", &["0xC0000005"]),
    ("error c0000135", &["0xC0000135"]),
];

const NO_WARNINGS: &[&str] = &[
    "found 80000001 of them",
    "80000005",
    "amount 80000005",
    "limit 2147483653",
    "at -2147483643",
    "value: 2147483651",
    "range -2147483648 to 2147483647",
    "80000001 files",
    "free=80000005",
    "mask c0000005",
    "bits=c0000005",
    "style: c0000022",
    "exit code -2147483648",
    "exit code 2147483648",
];

#[test]
fn an_exit_code_is_found_after_its_words_where_the_table_has_it() {
    check(EXIT_CODES);
}

#[test]
fn other_numbers_and_other_words_stay_silent() {
    check_silent(NO_EXIT_CODES);
}

#[test]
fn a_token_is_found_by_its_shape_known_or_not() {
    check(TOKENS);
    check_silent(NO_TOKENS);
}

#[test]
fn a_domain_and_its_number_are_one_name() {
    check(DOMAINS);
    check_silent(OTHER_DOMAINS);
}

#[test]
fn a_round_number_is_an_error_only_where_its_line_says_so() {
    check(WARNINGS);
    check_silent(NO_WARNINGS);
}
