//! Lines of logs, reports and exports that must be found, with what is found in them, in order.

use super::{check_names, findings};

/// Where each line comes from, the line, and what is to be found: `0x` and eight digits is a code, all else a name or message.
pub(crate) const LINES: &[(&str, &str, &[&str])] = &[
    // Intune Management Extension and other logs that CMTrace reads.
    (
        "a CMTrace record",
        r#"<![LOG[[Win32App] Failed to get AAD token. Error code: 0xcaa2000c]LOG]!><time="11:02:13.5512345" date="11-24-2026" component="IntuneManagementExtension" context="" type="3" thread="14" file="">"#,
        &["0xCAA2000C"],
    ),
    (
        "a CMTrace record with a signed number",
        r#"<![LOG[[StatusService] app enforcement error -2147023293 for user]LOG]!><time="08:00:01.0000000" date="3-7-2026" component="IME" thread="2738">"#,
        &["0x80070643"],
    ),
    ("the code at the record's very beginning", "<![LOG[0x87D1041C returned by the detection]LOG]!>", &["0x87D1041C"]),
    ("the code at the record's very end", "<![LOG[lastHrResult = 80070002]LOG]!>", &["0x80070002"]),
    ("the first line of a record of several", "<![LOG[Download failed with 0x80072EE7,", &["0x80072EE7"]),
    ("the last line of a record of several", r#"   inner exception 0x80072efd]LOG]!><time="1:2:3.4" date="1-1-2026">"#, &["0x80072EFD"]),
    ("an enforcement state", "[Win32App] Completed enforcement, ErrorCode=-2016345060 (decimal)", &["0x87D1041C"]),
    ("an exit code in hex and decimal", "[Win32App] lpExitCode 0x80070643 (-2147023293) is defined as failed", &["0x80070643"]),
    ("a PowerShell remediation", "[HS] error from script =  , hr = -2147024891;", &["0x80070005"]),
    ("a proxy check", "[ProxyPoller] WinHttpGetProxyForUrl failed 80072F8F, trying direct", &["0x80072F8F"]),
    ("a report as JSON in a record", r#"<![LOG[{"AppId":"a8d1","ErrorCode":-2016345060,"Attempts":3}]LOG]!>"#, &["0x87D1041C"]),
    // The event log of MDM enrollment.
    ("MDM enroll, Win32 wording", "MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)", &["0x8018002B"]),
    (
        "MDM enroll, another code",
        "Auto MDM Enroll: Device Credential (0x0), Failed (Unknown Win32 Error code: 0x80180026)",
        &["0x80180026"],
    ),
    (
        "MDM enroll, server fault",
        "MDM Enroll: Server Returned Fault/Code/Subcode/Value=(DeviceCapReached) Fault/Reason/Text=(x).",
        &["DeviceCapReached"],
    ),
    (
        "a message that Windows shows with many codes",
        "Something went wrong. Confirm you are using the correct sign-in information and that your organization uses this feature. Error code: 80180014.",
        &["0x80180014"],
    ),
    ("the name after a colon in quotes", r#"s:Fault Subcode "InternalServiceFault" received"#, &["InternalServiceFault"]),
    (
        "a raw result",
        "MDM ConfigurationManager: Command failure status. CSP URI: (./Vendor/MSFT/BitLocker), Result: (80310059).",
        &["0x80310059"],
    ),
    ("an XML event", "<Data Name='HRESULT'>0x80190190</Data>", &["0x80190190"]),
    ("an event with a signed number", "<Data Name=\"Message\">-2145910764</Data><Data Name=\"Param1\">5</Data>", &["0x80180014"]),
    ("an event with an unsigned number", "<Data Name=\"ErrorCode\">2149056552</Data>", &["0x80180028"]),
    ("a message number of an event template", "The operation failed: %%2149056522", &["0x8018000A"]),
    ("two of them in a sentence", "The reason: %%2149056532, %%2149056536.", &["0x80180014", "0x80180018"]),
    (
        "a WAP provisioning document",
        r#"<characteristic type="ERROR"><parm name="hr" value="0x80180018"/></characteristic>"#,
        &["0x80180018"],
    ),
    // dsregcmd and the join.
    ("dsregcmd, client code", "         Client ErrorCode : 0x801c03f2", &["0x801C03F2"]),
    ("dsregcmd, attempt status", "       Attempt Status : 0xc000006d", &["0xC000006D"]),
    ("dsregcmd, name and code", "  Error Phase : join | Client ErrorCode : 0x801c03f3 | Server Operation : DeviceJoin", &["0x801C03F3"]),
    ("dsregcmd, two codes with a slash", "Discovery failed [0x801c0021/0x801c000c].", &["0x801C0021", "0x801C000C"]),
    ("a pair of client and network code", "AD Configuration Test [0x801c03f2/0x80072ee7]", &["0x801C03F2", "0x80072EE7"]),
    ("a pair without prefixes", "Join fault 801c0021/80072ee7 after 3 tries", &["0x801C0021", "0x80072EE7"]),
    ("a diagnostic summary", "DRS Connectivity Test : FAIL [0x80072efd]", &["0x80072EFD"]),
    (
        "the user device registration event",
        "The registration failed. Exit code: Unknown HResult Error code: 0x801c001d. Server error: .",
        &["0x801C001D"],
    ),
    ("an AAD event", "Error: 0xCAA20003 Authorization grant failed for this assertion.", &["0xCAA20003"]),
    ("a token broker event", "Http request status: 400. Method: POST, Code: 0xCAA82EE2; URL: none", &["0xCAA82EE2"]),
    ("the code right in parentheses", "AcquireToken(0xcaa70004) failed", &["0xCAA70004"]),
    // Autopilot and the enrollment status page.
    ("ESP, the screen's text", "Exceeded the time limit set by your organization. 0x800705b4", &["0x800705B4"]),
    ("ESP, a step", "Joining your organization's network (Failed: 0x801c03ed)", &["0x801C03ED"]),
    ("ESP, a step with two numbers", "Registering your device for mobile management (Failed: 3, 0x80180014)", &["0x80180014"]),
    ("a TPM attestation", "AIK enrollment: GetAIK hr=0x81039001", &["0x81039001"]),
    ("a hash upload result", "Import status,ZtdDeviceAlreadyAssigned,contoso", &["ZtdDeviceAlreadyAssigned"]),
    ("an offline domain join", "ODJ blob not received. ErrorCode 80070774!", &["0x80070774"]),
    ("Get-AutopilotDiagnostics", "Apps: 1 of 4 - Contoso VPN - Failed  ( error 80070643 )", &["0x80070643"]),
    // Servicing: CBS, DISM, Windows Update, setup.
    ("CBS, HRESULT with an equals sign", "CBS    Failed to pin package. [HRESULT = 0x800f0831 - CBS_E_STORE_CORRUPTION]", &["0x800F0831"]),
    ("CBS, HRESULT glued", "2026-11-24 07:15:36, Error  CBS  Doqe: HRESULT=8007000e (", &["0x8007000E"]),
    ("DISM", "DISM   Package Manager: PID=4620 TID=5168 Failed finalizing changes. - (hr:0x80070490)", &["0x80070490"]),
    ("DISM on the screen", "Error: 0x80073712", &["0x80073712"]),
    ("WindowsUpdate.log", "2026/11/24 10:11:12.1234567 1044  5524  Agent  *FAILED* [80240438] file = x.cpp, line = 1230", &["0x80240438"]),
    (
        "WindowsUpdate.log, old",
        "2026-11-24\t10:11:12:123\t1044\t5524\tPT\tWARNING: SendRequest failed with hr = 8024402c. Proxy used",
        &["0x8024402C"],
    ),
    ("an update that needs a restart", "Install completed, hr = 0x00240005", &["0x00240005"]),
    ("a client result of delivery optimization", "DO Job 2 failed: 0x80d02002 (temporary)", &["0x80D02002"]),
    ("setup, code and extension", "Upgrade failed: 0xC1900101 - 0x2000b", &["0xC1900101"]),
    ("setup, code and extension glued", "SetupDiag: Error 0x80070070-0x50015", &["0x80070070"]),
    ("setupact with a bare code", "SP     Operation failed: Apply. Error: 0x800704C7[gle=0x000003e5]", &["0x800704C7"]),
    ("a history row", "| Failed to install on 24/11/2026 | 0x80240022 |", &["0x80240022"]),
    ("a BITS job", "BITS job \"Intune\" error: -2147012867 (context BG_ERROR_CONTEXT_REMOTE_FILE)", &["0x80072EFD"]),
    ("BITS, hex in braces", "BITS transfer error {80072ee2}", &["0x80072EE2"]),
    // Windows Installer and MSIX.
    ("MSI, result in hex and decimal", "result 80070641 = 1601", &["0x80070641"]),
    ("MSI verbose", "MSI (s) (A8:3C) [10:12:13:014]: Note: 1: 1708 hr=80004005", &["0x80004005"]),
    (
        "MSI custom action",
        "CustomAction CA_Register returned actual error code -2147467259 (note this may not be accurate)",
        &["0x80004005"],
    ),
    ("the short code of a script engine", "Error 0xAB2 while running the VBScript custom action", &["0x00000AB2"]),
    ("burn", "[1A2C:0B44][2026-11-24T10:12:13]e000: Error 0x80070642: Failed to execute MSI package.", &["0x80070642"]),
    ("MSIX deployment", "AppX Deployment operation failed with error 0x80073CF3 from API", &["0x80073CF3"]),
    ("winget", "Installer hash does not match : 0x8a150011", &["0x8A150011"]),
    ("the name of the installer's error", "returned ERROR_INSTALL_SERVICE_FAILURE to the caller", &["ERROR_INSTALL_SERVICE_FAILURE"]),
    // Company Portal on other platforms.
    (
        "Company Portal on Android",
        "11-24 10:11:12.123  4321  4399 E CompanyPortal: Enrollment failed: MENROLL_E_DEVICECAPREACHED",
        &["MENROLL_E_DEVICECAPREACHED"],
    ),
    (
        "Company Portal on iOS",
        "2026-11-24 10:11:12 +0000 <Error> [Enroll] NoEnrollmentPolicy returned by the service",
        &["NoEnrollmentPolicy"],
    ),
    ("Company Portal on macOS", "CompanyPortal[812]: DeviceTypeNotSupported, giving up", &["DeviceTypeNotSupported"]),
    ("a token in JSON", r#"{"error":{"code":"APNSCertificateNotValid","message":""}}"#, &["APNSCertificateNotValid"]),
    ("a token in a URL's query", "ms-device-enrollment:?mode=mdm&error=UserLicenseTypeInvalid&x=1", &["UserLicenseTypeInvalid"]),
    ("an Entra code", "interaction: AADSTS50076 trace", &["AADSTS50076"]),
    ("a message in mixed case", "Portal says: MDM Authority Not Defined", &["MDM authority not defined"]),
    ("a message at the end of a sentence", "the dialog shows Device cap reached.", &["Device cap reached"]),
    ("a message between quotes", "popup \"Company Portal Temporarily Unavailable\" at 10:11", &["Company Portal Temporarily Unavailable"]),
    (
        "a message with a curly apostrophe",
        "Looks like your IT admin hasn\u{2019}t set an MDM authority. Get help from your IT admin or try again later.",
        &["Looks like your IT admin hasn't set an MDM authority. Get help from your IT admin or try again later"],
    ),
    (
        "a message with a variable part",
        "AADSTS50034: The user account jane@contoso.example does not exist in the Contoso directory",
        &["AADSTS50034"],
    ),
    (
        "a message with a variable part of several words",
        "ODJ: MSA account msaODJ 12 (new)$ is not valid, stopping",
        &["MSA account <accountName> is not valid"],
    ),
    (
        "a message whose variable part is a number",
        "Skipping Wifi profile 7 because it is pending certificates.",
        &["Skipping Wifi profile <profile> because it is pending certificates"],
    ),
    // Graph, reports, exports.
    ("Graph, a failed app", r#"      "errorCode": -2016281112,"#, &["0x87D1FDE8"]),
    ("Graph, compact", r#"{"state":"failed","errorCode":-2016281112,"userName":"x"}"#, &["0x87D1FDE8"]),
    ("Graph, hex as a string", r#""hexErrorCode":"0x87D1041C""#, &["0x87D1041C"]),
    ("Graph, unsigned", r#""errorCode":2278622236}"#, &["0x87D1041C"]),
    ("a CSV row", "PC-0815,jane@contoso.example,Failed,-2016345060,2026-11-24", &["0x87D1041C"]),
    ("a CSV row with quotes", r#""PC-0815","Failed","80180014","""#, &["0x80180014"]),
    ("a CSV row with semicolons", "PC-0815;Failed;0x80070002;3", &["0x80070002"]),
    ("a column of which some are missing", "PC-0815,Failed,-2016345060.0,7-Zip", &["0x87D1041C"]),
    ("a diagnostic code of the certificate connector", "DiagnosticCode: 0x00000402", &["0x00000402"]),
    ("a status that a failure came to", "issuance failed with status 0x00000408", &["0x00000408"]),
    ("an HRESULT that an entry lists", "hr = 0x411 for the request", &["0x00000411"]),
    ("another, which looks like a mask", "DiagnosticCode: 0x0FFFFFFF", &["0x0FFFFFFF"]),
    ("a row with tabs", "PC-0815\t80070005\tFailed", &["0x80070005"]),
    ("an XML element", "<HResult>80070005</HResult>", &["0x80070005"]),
    ("an XML attribute", r#"<Result code="80070490" phase="2"/>"#, &["0x80070490"]),
    ("a cell of a table", "|80180018|License|", &["0x80180018"]),
    ("a cell of a Markdown table", "| `0x80180018` | license |", &["0x80180018"]),
    ("HTML with an entity after", "<td>0x80180018&nbsp;</td>", &["0x80180018"]),
    ("key and value of an ini file", "LastError=0x80180001", &["0x80180001"]),
    ("YAML", "  hresult: 0x80070057 # last", &["0x80070057"]),
    ("a registry export", "\"LastErrorHr\"=dword:80070005", &["0x80070005"]),
    // Spellings.
    ("upper-case prefix", "0X80180014", &["0x80180014"]),
    ("the code and nothing else", "80180014", &["0x80180014"]),
    ("the signed code and nothing else", "-2145910764", &["0x80180014"]),
    ("the unsigned code and nothing else", "2149056532", &["0x80180014"]),
    ("Visual Basic", "Err.Number = &H80070005", &["0x80070005"]),
    ("assembler", "mov eax, 80070005h", &["0x80070005"]),
    ("sign-extended hex", "status 0xFFFFFFFF80180014", &["0x80180014"]),
    ("sign-extended hex in lower case", "rc=0xffffffff87d1041c;", &["0x87D1041C"]),
    ("sign-extended decimal", "rc=18446744071563640852;", &["0x80180014"]),
    ("an en dash for the minus", "error \u{2013}2145910764 in the mail", &["0x80180014"]),
    ("the minus sign", "error \u{2212}2145910764 in the mail", &["0x80180014"]),
    ("a number sign", "error #80180014", &["0x80180014"]),
    ("curly quotes around", "code \u{201C}80180014\u{201D}", &["0x80180014"]),
    ("punctuation after", "It was 0x80180014! Or 80180018? Yes: 80180026.", &["0x80180014", "0x80180018", "0x80180026"]),
    ("a full stop after a number", "It was -2145910764. Then it stopped.", &["0x80180014"]),
    ("a full stop before", "hr .80070005", &["0x80070005"]),
    ("a colon after bare digits", "80070005: denied", &["0x80070005"]),
    ("an equals sign and a value after", "80070005=denied", &["0x80070005"]),
    ("an equals sign and a blank after", "80070005= denied", &["0x80070005"]),
    ("bare digits of which one is a letter", "hr 8000000A there", &["0x8000000A"]),
    ("another number after a comma", "(0x80180014, 0x1234)", &["0x80180014"]),
    ("an ellipsis after", "Failed with 0x80180014...", &["0x80180014"]),
    ("a no-break space before", "Fehler\u{A0}0x80180014", &["0x80180014"]),
    ("letters of another script before", "\u{9519}\u{8BEF}0x80180014\u{3002}", &["0x80180014"]),
    // Two spellings of one error are one finding.
    ("hex and decimal with a hyphen", "0x80180026 - 2149056550", &["0x80180026"]),
    ("hex and signed decimal glued", "0x87D1041C(-2016345060)", &["0x87D1041C"]),
    ("decimal and hex", "-2016345060 (0x87D1041C)", &["0x87D1041C"]),
    ("hex with and without prefix", "0x80070005 [80070005]", &["0x80070005"]),
    ("with a word between", "0x80180014 (decimal -2145910764)", &["0x80180014"]),
    ("name and code", "DeviceCapReached (0x80180013)", &["0x80180013"]),
    ("a code in both its forms", "0xC0000022 (0xD0000022)", &["0xC0000022"]),
    ("a code and the Win32 code in it", "0x80070AB2 = 0xAB2", &["0x80070AB2"]),
    ("code and name", "0x80180013 (DeviceCapReached)", &["0x80180013"]),
    ("a name twice, once in lower case", "DeviceCapReached = devicecapreached", &["DeviceCapReached", "DeviceCapReached"]),
    ("a name and the code of another error", "MENROLL_E_DEVICECAPREACHED: 0x80180014", &["MENROLL_E_DEVICECAPREACHED", "0x80180014"]),
    ("two names side by side", "DeviceCapReached, NoEnrollmentPolicy", &["DeviceCapReached", "NoEnrollmentPolicy"]),
    ("two errors are two", "0x80180026 - 2149056551", &["0x80180026", "0x80180027"]),
    ("two spellings with another word between", "0x80180014 then -2145910764", &["0x80180014", "0x80180014"]),
    ("two spellings far apart", "0x80180014 ................ -2145910764", &["0x80180014", "0x80180014"]),
    ("two spellings in two lines", "0x80180014\n-2145910764", &["0x80180014", "0x80180014"]),
    ("one error twice in a sentence", "0x80180014 came first, and at the end 0x80180014 again", &["0x80180014", "0x80180014"]),
    // What stands around in real files.
    ("colours around", "\u{1B}[31m0x80180014\u{1B}[0m failed", &["0x80180014"]),
    ("colours around bare digits", "\u{1B}[1;31m80180014\u{1B}[0m", &["0x80180014"]),
    ("colours around a name", "\u{1B}[38;5;9mDeviceCapReached\u{1B}[39m", &["DeviceCapReached"]),
    ("an escaped line end before", r#""log":"first\n0x80180014\nlast""#, &["0x80180014"]),
    ("an escaped line end before bare digits", r#""log":"first\r\n80180014\r\n""#, &["0x80180014"]),
    ("an escaped tab before a name", r"a\tDeviceCapReached\tb", &["DeviceCapReached"]),
    ("an escaped quote after", r#"{\"hr\":\"80180014\"}"#, &["0x80180014"]),
    ("a carriage return after", "hr = 80070002\r", &["0x80070002"]),
    ("two lines of Windows", "hr = 80070002\r\nhr = 80070005\r\n", &["0x80070002", "0x80070005"]),
    ("NUL bytes around", "\0\u{0}80070002\0", &["0x80070002"]),
    ("one per line, side by side", "0x80070005\n0x80070005\n", &["0x80070005", "0x80070005"]),
    ("a list with commas", "80070002,80070005,80070057", &["0x80070002", "0x80070005", "0x80070057"]),
    ("a list with blanks", "80070002 80070005 80070057", &["0x80070002", "0x80070005", "0x80070057"]),
    ("a syslog record", "<13>1 2026-11-24T10:11:12Z PC-0815 IME 4711 - - hr=0x80070005", &["0x80070005"]),
    ("a code after a GUID", "{5A7BD1E2-1234-4F0C-9D3A-0123456789AB}: 0x80070005", &["0x80070005"]),
    ("a code after a thread column", "2026-11-24 10:11:12.123 [0x0a4c] 0x80070005 access", &["0x80070005"]),
    ("an interface's result", "IUpdateSearcher::Search() = 0x8024402c", &["0x8024402C"]),
    ("a thrown exception", "System.Runtime.InteropServices.COMException (0x80070005): Access", &["0x80070005"]),
    ("PowerShell", "+ FullyQualifiedErrorId : HRESULT 0x80070002,Microsoft.Management", &["0x80070002"]),
    ("Event Viewer's words", "Failure: Win32 error code 0x80070005, NTSTATUS 0xC0000022", &["0x80070005", "0xC0000022"]),
    ("a question in a forum", "Anyone seen (80180014)?? please help", &["0x80180014"]),
];

#[test]
fn there_are_at_least_110_lines_of_different_names() {
    check_names(LINES.iter().map(|(name, ..)| *name));
}

#[test]
fn every_line_has_its_findings_in_order() {
    let mut faults = Vec::new();
    for (name, line, expected) in LINES {
        let found = findings(line);
        let is_code = |text: &&str| text.len() == 10 && text.starts_with("0x");
        let codes = |texts: &[&str]| texts.iter().copied().filter(is_code).map(str::to_owned).collect::<Vec<_>>();
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        // All codes and no other, and the names among whatever other names the table may have.
        let mut rest = found.iter();
        let is_there = expected.iter().all(|text| rest.any(|found| found.eq_ignore_ascii_case(text)));
        if !is_there || codes(&found) != codes(expected) {
            faults.push(format!("{name}: {line:?} has {found:?}, and not {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_line_is_found_in_the_same_way_in_the_middle_of_a_log() {
    let before = "2026-11-24 10:11:12 nothing of interest\r\n";
    for (name, line, _) in LINES {
        let alone = findings(line);
        assert_eq!(findings(&format!("{before}{line}")), alone, "{name}, behind another line");
        assert_eq!(findings(&format!("{line}\r\n{before}")), alone, "{name}, before another line");
        assert_eq!(findings(&line.replace('\n', "\r")), alone, "{name}, with lone carriage returns");
    }
}

#[test]
fn the_marks_of_a_code_belong_to_it() {
    for form in
        ["0x80180014", "0XFFFFFFFF80180014", "80180014", "80180014h", "&H80180014", "-2145910764", "\u{2212}2145910764", "%%2149056532"]
    {
        let found = intune_err::Scanner::new().scan(format!("it said ({form}) then").as_bytes());
        assert_eq!(found.iter().map(|finding| (finding.start, finding.end)).collect::<Vec<_>>(), [(9, 9 + form.len())], "{form}");
    }
}

#[test]
fn of_what_overlaps_a_code_stays_then_the_longer_text_then_the_first() {
    for (line, expected) in [
        // A message with its own code.
        ("MDM Enroll: it said (Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)).", &["0x8018002B"][..]),
        ("2026-11-24 Agent *FAILED* [80070426] GetDeviceTickets", &["0x80070426"]),
        // Two messages that share a word.
        ("1005:Empty profile installation failed", &["Profile installation failed"]),
        ("12009:Invalid replacement profile installation failed", &["12009:Invalid replacement profile"]),
        ("12062:Update install failed to evaluate the rule", &["12062:Update install failed"]),
        // Side by side is not one over the other.
        ("4016:(Internal error)0x80180014", &["4016:(Internal error)", "0x80180014"]),
    ] {
        assert_eq!(findings(line), expected, "{line}");
        assert_eq!(findings(&format!("then it said {line}")), expected, "{line}, behind something else");
    }
}
