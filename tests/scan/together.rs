//! A message or a name and the code beside it: one finding, with both; and two where they are two errors.

use super::{check, findings};
use intune_err::{Found, Scanner};

const TOGETHER: &[(&str, &[&str])] = &[
    // A name beside a constant or a token that is not its own.
    ("DeviceCapReached (ERROR_ACCESS_DENIED)", &["DeviceCapReached", "ERROR_ACCESS_DENIED"]),
    ("ERROR_ACCESS_DENIED (DeviceCapReached)", &["ERROR_ACCESS_DENIED", "DeviceCapReached"]),
    ("DeviceAuthenticationRequired (AADSTS50105)", &["DeviceAuthenticationRequired", "AADSTS50105"]),
    ("AADSTS50105: DeviceAuthenticationRequired", &["AADSTS50105", "DeviceAuthenticationRequired"]),
    ("DeviceAuthenticationRequired (AADSTS50097)", &["AADSTS50097"]),
    // A message, its full stop, and its code.
    (
        "The application was not detected after installation completed successfully. (0x87D13B62)",
        &["The application was not detected after installation completed successfully with 0x87D13B62"],
    ),
    (
        "The application was not detected after installation completed successfully.[0x80070002]",
        &["The application was not detected after installation completed successfully with 0x80070002"],
    ),
    (
        "The application was not detected after installation completed successfully. Then 0x80070002 came",
        &["The application was not detected after installation completed successfully", "0x80070002"],
    ),
    // A message and its code, which other problems have, too.
    (
        "The application was not detected after installation completed successfully (0x87D1041C)",
        &["The application was not detected after installation completed successfully with 0x87D1041C"],
    ),
    (
        "The Application was not detected after installation completed successfully(0x87D1041C)",
        &["The application was not detected after installation completed successfully with 0x87D1041C"],
    ),
    (
        "0x87D1041C: The application was not detected after installation completed successfully.",
        &["The application was not detected after installation completed successfully with 0x87D1041C"],
    ),
    (
        "0x87D1041C The application was not detected after installation completed successfully",
        &["The application was not detected after installation completed successfully with 0x87D1041C"],
    ),
    // A name and the code that it is the name of, in either order.
    ("MENROLL_E_DEVICECAPREACHED (0x80180013)", &["0x80180013"]),
    ("MENROLL_E_DEVICECAPREACHED: 0x80180013", &["0x80180013"]),
    ("MENROLL_E_DEVICECAPREACHED = 80180013", &["0x80180013"]),
    ("MENROLL_E_DEVICECAPREACHED (-2145910765)", &["0x80180013"]),
    ("0x80180013 (MENROLL_E_DEVICECAPREACHED)", &["0x80180013"]),
    ("0x80180013 MENROLL_E_DEVICECAPREACHED", &["0x80180013"]),
    ("0x80180013 - MENROLL_E_DEVICECAPREACHED", &["0x80180013"]),
    ("0x80180013 -2145910765 MENROLL_E_DEVICECAPREACHED", &["0x80180013"]),
    ("| 0x80180013 | -2145910765 | MENROLL_E_DEVICECAPREACHED |", &["0x80180013"]),
    ("DeviceCapReached (0x80180013)", &["0x80180013"]),
    ("DeviceCapReached (MENROLL_E_DEVICECAPREACHED, 0x80180013)", &["DeviceCapReached", "0x80180013"]),
    // Between them the number in another form, as certutil writes it.
    ("CertUtil: -ping command FAILED: 0x800706ba (WIN32: 1722 RPC_S_SERVER_UNAVAILABLE)", &["0x800706BA"]),
    ("CCertRequest::Submit: 0x800706ba (WIN32/HTTP: 1722 RPC_S_SERVER_UNAVAILABLE)", &["0x800706BA"]),
    ("0x80070643 / 1603 / ERROR_INSTALL_FAILURE", &["0x80070643"]),
    ("ERROR_INSTALL_FAILURE 1603 (0x80070643)", &["0x80070643"]),
    ("The post failed with 0x80072ee7. GetLastError: 12007", &["0x80072EE7"]),
    ("The copy failed, 0x80070020 (LastError 32)", &["0x80070020"]),
    ("The post failed with 0x80072ee7. GetLastError: 12029", &["0x80072EE7", "0x00002EFD"]),
    ("0x800706ba (WIN32: 1721 RPC_S_OUT_OF_RESOURCES)", &["0x800706BA", "RPC_S_OUT_OF_RESOURCES"]),
    // A token of Microsoft Entra ID and its name, which is the same error.
    ("AADSTS50097: DeviceAuthenticationRequired, said the service", &["AADSTS50097"]),
    ("| AADSTS50097 | DeviceAuthenticationRequired |", &["AADSTS50097"]),
    ("DeviceAuthenticationRequired (AADSTS50097)", &["AADSTS50097"]),
    ("AADSTS50105: DeviceAuthenticationRequired", &["AADSTS50105", "DeviceAuthenticationRequired"]),
    // A name that says which problem of a code it is.
    ("DeviceNotSupported (0x80180014)", &["DeviceNotSupported with 0x80180014"]),
    ("MENROLL_E_DEVICENOTSUPPORTED (0x80180014)", &["0x80180014"]),
    ("0x80180014: DeviceNotSupported", &["DeviceNotSupported with 0x80180014"]),
    ("DeviceNotSupported, error code 0x80180014", &["DeviceNotSupported with 0x80180014"]),
    // A pair: the second code is an error of its own.
    ("DRS Discovery Test : FAIL [0x801c0021/0x801c000c]", &["0x801C0021", "0x801C000C"]),
    ("DRS Discovery Test : FAIL [0x80072efd]", &["DRS Discovery Test : FAIL with 0x80072EFD"]),
    // Two errors are two.
    // Only a domain's number tells all of its message: other names with a number and a message are two.
    ("MobileAssetError:29, XPC_TYPE_ERROR Connection invalid", &["MobileAssetError:29", "XPC_TYPE_ERROR Connection invalid"]),
    ("MENROLL_E_DEVICECAPREACHED: 0x80180014", &["MENROLL_E_DEVICECAPREACHED", "0x80180014"]),
    ("DeviceCapReached, then 0x80180013", &["DeviceCapReached", "0x80180013"]),
    ("DeviceCapReached. The next try came to 0x80180013", &["DeviceCapReached", "0x80180013"]),
    ("DeviceCapReached\n0x80180013", &["DeviceCapReached", "0x80180013"]),
    ("NoEnrollmentPolicy, 0x80180014", &["NoEnrollmentPolicy", "0x80180014"]),
    ("0x80180014 NoEnrollmentPolicy", &["0x80180014", "NoEnrollmentPolicy"]),
];

/// The number of a domain of Apple and its message.
const NUMBERS: &[(&str, &[&str])] = &[
    ("NSError MCInstallationErrorDomain Code=4001 \"Profile Installation Failed\"", &["MCInstallationErrorDomain Code=4001"]),
    ("Profile Installation Failed (MCInstallationErrorDomain 4001)", &["MCInstallationErrorDomain Code=4001"]),
    ("Profile Installation Failed. (MCInstallationErrorDomain error 4001.)", &["MCInstallationErrorDomain Code=4001"]),
    (
        r#"{"ErrorCode":4001,"ErrorDomain":"MCInstallationErrorDomain","LocalizedDescription":"Profile Installation Failed"}"#,
        &["MCInstallationErrorDomain Code=4001"],
    ),
    (
        r#"{"LocalizedDescription":"Profile Installation Failed","ErrorCode":4001,"ErrorDomain":"MCInstallationErrorDomain"}"#,
        &["MCInstallationErrorDomain Code=4001"],
    ),
    // As Apple's installer prints it: three times.
    (
        "Error Domain=PKInstallErrorDomain Code=112 \"An error occurred while running scripts from the package \u{201C}x.pkg\u{201D}.\" UserInfo={NSFilePath=./preinstall, NSURL=file:///tmp/x.pkg, NSLocalizedDescription=An error occurred while running scripts from the package \u{201C}x.pkg\u{201D}.} {\n    NSFilePath = \"./preinstall\";\n    NSLocalizedDescription = \"An error occurred while running scripts from the package x.pkg\";",
        &["PKInstallErrorDomain Code=112"],
    ),
    // In two lines, of which the first tells it.
    (
        "  \"ErrorCode\" : 34006,\n  \"ErrorDomain\" : \"MCCloudConfigurationErrorDomain\",\n  \"LocalizedDescription\" : \"The cloud configuration server is unavailable.\"",
        &["MCCloudConfigurationErrorDomain Code=34006"],
    ),
    (
        "<key>ErrorDomain</key>\n<string>MCInstallationErrorDomain</string>\n<key>ErrorCode</key>\n<integer>4001</integer>\n<key>LocalizedDescription</key>\n<string>Profile Installation Failed</string>",
        &["Profile installation failed"],
    ),
    (
        "NSError:\n    Desc   : The cloud configuration server is unavailable.\n    US Desc: The cloud configuration server is unavailable.\n    Domain : MCCloudConfigurationErrorDomain\n    Code   : 34006",
        &["The cloud configuration server is unavailable"],
    ),
    // Two errors are two, each with its message.
    (
        "[{MCInstallationErrorDomain 4001: Profile Installation Failed}, {MCInstallationErrorDomain 4001: Profile Installation Failed}]",
        &["MCInstallationErrorDomain Code=4001", "MCInstallationErrorDomain Code=4001"],
    ),
    (
        "{\n \"Desc\": \"Install request is a duplicate\",\n \"ErrorDomain\": \"ASDErrorDomain\", \"Code\": 506\n},\n{\n \"Desc\": \"Install request is a duplicate\",\n \"ErrorDomain\": \"ASDErrorDomain\", \"Code\": 506\n}",
        &["Install request is a duplicate", "Install request is a duplicate"],
    ),
    (
        "Desc   : The cloud configuration server is unavailable.\n\
         Domain : MCCloudConfigurationErrorDomain\n\
         Code   : 34006\n\
         Desc   : The cloud configuration server is unavailable.\n\
         Domain : MCCloudConfigurationErrorDomain\n\
         Code   : 34006",
        &["The cloud configuration server is unavailable", "The cloud configuration server is unavailable"],
    ),
    // The same message in a line below is another error.
    (
        "enrollment ended: DeviceCapReached\n  result: \"DeviceCapReached\"\n  state: DeviceCapReached",
        &["DeviceCapReached", "DeviceCapReached", "DeviceCapReached"],
    ),
    (
        "it said: Profile Installation Failed\n  result: Profile Installation Failed",
        &["Profile installation failed", "Profile installation failed"],
    ),
    ("NTE_NOT_SUPPORTED\n  text: NTE_NOT_SUPPORTED", &["NTE_NOT_SUPPORTED", "NTE_NOT_SUPPORTED"]),
    // Too far from the number to be told by it, wherever what is read begins.
    (
        "Error Domain=PKInstallErrorDomain Code=112 UserInfo={\n    \
         NSFilePath = \"./preinstall-of-the-agent-that-has-a-very-long-name\";\n    \
         NSURL = \"file:///Library/Application%20Support/Contoso/Packages/2024/05/13/10-00-00/contoso-agent-for-all-desks.pkg\";\n    \
         PKInstallPackageIdentifier = \"com.contoso.agent.for.all.desks.in.all.rooms.of.all.houses.of.the.whole.company\";\n    \
         NSRecoverySuggestion = \"Ask those who made the package, or look for what it wrote to its own log in the folder of the agent\";\n    \
         NSLocalizedDescription = \"An error occurred while running scripts from the package x.pkg\";",
        &["PKInstallErrorDomain Code=112", "An error occurred while running scripts from the package"],
    ),
    // The message of another problem, and one that tells more than the number.
    (
        "MCInstallationErrorDomain Code=4001 \"The cloud configuration server is unavailable.\"",
        &["MCInstallationErrorDomain Code=4001", "The cloud configuration server is unavailable"],
    ),
    (
        "ASDErrorDomain Code=506 \"Profile Installation Failed\" (MCInstallationErrorDomain 4000)",
        &["ASDErrorDomain Code=506", "Profile installation failed", "MCInstallationErrorDomain Code=4000"],
    ),
    (
        "Desc   : Profile Installation Failed\nDomain : MCInstallationErrorDomain\nCode   : 4001",
        &["Profile installation failed", "MCInstallationErrorDomain Code=4001"],
    ),
    // In one line the number stays, also behind the name of a field.
    ("Desc: Install request is a duplicate (ASDErrorDomain Code=506)", &["ASDErrorDomain Code=506"]),
    // Records of their own.
    (
        "{ \"Desc\": \"Install request is a duplicate\" },\n{ \"ErrorDomain\": \"ASDErrorDomain\", \"Code\": 506 }",
        &["Install request is a duplicate", "ASDErrorDomain Code=506"],
    ),
    (
        "10:00:01 PKInstallErrorDomain Code=112\n10:00:02 An error occurred while running scripts from the package x.pkg",
        &["PKInstallErrorDomain Code=112", "An error occurred while running scripts from the package"],
    ),
    (
        "10:00:01 The cloud configuration server is unavailable.\n10:00:02 MCCloudConfigurationErrorDomain Code=34006",
        &["The cloud configuration server is unavailable", "MCCloudConfigurationErrorDomain Code=34006"],
    ),
    (
        "Desc: The cloud configuration server is unavailable.\nDesc: The cloud configuration server is unavailable.",
        &["The cloud configuration server is unavailable", "The cloud configuration server is unavailable"],
    ),
    // A code besides.
    (
        "PKInstallErrorDomain Code=112 \"An error occurred while running scripts from the package (0x80070005)\"",
        &["PKInstallErrorDomain Code=112", "An error occurred while running scripts from the package with 0x80070005"],
    ),
];

/// What .NET prints of an exception.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    ("Win32Exception (0x80004005): Access is denied", &["0x00000005"]),
    ("System.ComponentModel.Win32Exception (0x80004005): The system cannot find the file specified", &["0x00000002"]),
    ("---> System.ComponentModel.Win32Exception (0x80004005): Access is denied --- End of inner exception stack trace", &["0x00000005"]),
    ("Win32Exception (0x80004005): Access is denied   at System.Diagnostics.Process.Start()", &["0x00000005"]),
    ("Unhandled Exception: System.ComponentModel.Win32Exception: The system cannot find the file specified", &["0x00000002"]),
    ("<Message>System.ComponentModel.Win32Exception: Access is denied</Message>", &["0x00000005"]),
    ("Win32Exception: Access is denied (5)", &["0x00000005"]),
    (
        "SocketException (0x80004005): No connection could be made because the target machine actively refused it 10.0.0.1:443",
        &["0x0000274D"],
    ),
    ("SocketException (0x80004005): No connection could be made because the target machine actively refused it [::1]:443", &["0x0000274D"]),
    ("Win32Exception (0x80004005): 0x80070005", &["0x80070005"]),
    ("Win32Exception (0x80004005): Zugriff verweigert", &["0x80004005"]),
    ("Win32Exception (0x80004005): Access is denied to all", &["0x80004005"]),
    ("ExternalException (0x80004005): A generic error occurred in GDI+.", &["0x80004005"]),
    ("hr (0x80004005): 0x80070005", &["0x80004005", "0x80070005"]),
    ("Win32Exception: The operation completed successfully", &[]),
    ("Win32Exception: other words", &[]),
    // The same code again, after the text.
    ("COMException (0x80070005): Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))", &["0x80070005"]),
    ("Error 0x80070005: Access is denied. (Exception from HRESULT: 0x80070005)", &["0x80070005"]),
    ("COMException (0x80070005): x (Exception from HRESULT: 0x80070002)", &["0x80070005", "0x80070002"]),
    ("COMException (0x80070005): x\n(Exception from HRESULT: 0x80070005)", &["0x80070005", "0x80070005"]),
    ("COMException (0x80070005): x (HRESULT: 0x80070005)", &["0x80070005", "0x80070005"]),
];

/// The summary counts equal findings as one error.
#[test]
fn a_name_with_its_own_code_is_the_same_error_as_the_code_alone() {
    let found = |line: &str| Scanner::new().scan(line.as_bytes()).iter().map(|finding| finding.what).collect::<Vec<_>>();
    let alone = found("hr = 0x80180013");
    for line in ["MENROLL_E_DEVICECAPREACHED (0x80180013)", "0x80180013 (DeviceCapReached)", "-2145910765 MENROLL_E_DEVICECAPREACHED"] {
        assert_eq!(found(line), alone, "{line}");
    }
}

#[test]
fn a_message_and_its_code_are_one_finding_with_both() {
    check(TOGETHER);
    check(NUMBERS);
    check(EXCEPTIONS);
}

#[test]
fn one_finding_of_two_parts_covers_both() {
    let line = "then DeviceNotSupported (0x80180014) came";
    let finding = Scanner::new().scan(line.as_bytes())[0];
    assert_eq!(&line[finding.start..finding.end], "DeviceNotSupported (0x80180014");
    assert!(matches!(finding.what, Found::TextWithCode(text, code) if text.text() == "DeviceNotSupported" && code.bits() == 0x8018_0014));
    assert_eq!(findings(line).len(), 1);
}
