//! What events, certificates, the token broker and Office log, line by line, both ways.

use super::{found, silent};

const EVENTS: &[(&str, &[&str])] = &[
    // SCEP: Windows prints a text in place of the code, and the service of the CA one before the code of any failure.
    ("SCEP: Certificate enroll failed. Result: (The string contains a non-printable character.)", &["0x80092021"]),
    ("SCEP: Certificate enroll failed. Result (The hash value is not correct.).", &["0x80091007"]),
    (
        "The Network Device Enrollment Service cannot submit the certificate request (The public key does not meet the minimum size required by the specified certificate template.).  0x80004005",
        &["0x80094811"],
    ),
    (
        "The Network Device Enrollment Service cannot submit the certificate request (The request subject name is invalid or too long.). 0x80004005",
        &["0x80094001"],
    ),
    (
        "The Network Device Enrollment Service cannot submit the certificate request (The certificate has an invalid name. The name is not included in the permitted list or is explicitly excluded.)  0x80004005",
        &["0x800B0114"],
    ),
    (
        "The Network Device Enrollment Service cannot submit the certificate request (0x800706ba). The RPC server is unavailable.",
        &["0x800706BA"],
    ),
    (
        "The Network Device Enrollment Service cannot submit the certificate request (The requested certificate template is not supported by this CA.).  0x80004005",
        &["0x80094800"],
    ),
    ("cannot submit the certificate request (The revocation server said no.). 0x80004005", &["0x80004005"]),
    ("The certificate request (0x80094800) failed. 0x80070005", &["0x80094800", "0x80070005"]),
    (
        "SCEP Certificate enrollment initialization for CONTOSO\\jane via https://ndes.contoso.com/certsrv/mscep/mscep.dll failed: GetCACaps Stage: GetCACaps A security error occurred 0x80072f8f (WinHttp: 12175 ERROR_WINHTTP_SECURE_FAILURE)",
        &["0x80072F8F"],
    ),
    // The registration of a device and the session of a management client.
    (" Exit code: Keyset does not exist ", &["0x80090016"]),
    ("Automatic registration failed at join phase.  Exit code: The server name or address could not be resolved.", &["0x00002EE7"]),
    ("Exit code: Access is denied. (0x80070005)", &["0x80070005"]),
    ("Exit code: Unknown HResult Error code: 0xcaa1000e   ", &["0xCAA1000E"]),
    ("MDM Session: OMA-DM session ended with status: (The server name or address could not be resolved).", &["0x00002EE7"]),
    // Windows Error Reporting: the code of an update stands before a GUID.
    (
        "0, WindowsUpdateFailure3, Not available, 0, 10.0.16299.522, 8024000b, 6FE34377-744E-4CB3-B041-5B1558786688, Download, 1, 0, 0, Update;taskhostw",
        &["0x8024000B"],
    ),
    ("10.0.19041.1, 80240017, 53C31B92-1B2C-4D5E-8F90-0123456789AB, Install", &["0x80240017"]),
    ("host.cpp,1386,C002001B;host.cpp,1470,80073CF6;deploymentmanager.cpp,681,80073CF6;", &["0xC002001B", "0x80073CF6", "0x80073CF6"]),
    // MSAL: the number belongs to a name.
    (" Error Code: WAM_aad_provider_error_2148008704", &["0x80080300"]),
    ("MsalServiceException: ErrorCode: WAM_provider_error_2147942405", &["0x80070005"]),
    ("wam_error_3221225506: denied", &["0xC0000022"]),
    // Events of services as XML and JSON.
    ("<Data Name=\"param1\">SQL Server (MSSQLSERVER)</Data><Data Name=\"param2\">%%2</Data>", &["0x00000002"]),
    ("<Data Name='param2'>%%1058</Data>", &["0x00000422"]),
    (r#""param1":"SENSE","param2":"%%1053""#, &["0x0000041D"]),
    (r#""param2": "%%1069""#, &["0x0000042D"]),
    // Office.
    (r#""Activity.Success": false, "Activity.Result.Code": 17004, "Activity.Result.Type": "x""#, &["exit code 17004"]),
    // What .NET prints of a code twice.
    ("System.Runtime.InteropServices.COMException (0x8000500C): Unknown error (0x8000500c)", &["0x8000500C"]),
    ("COMException (0x8000500C): Unknown error (0x80005000)", &["0x8000500C", "0x80005000"]),
];

/// The word after a number calls it an error.
const CALLED_AFTER: &[(&str, &[&str])] = &[
    ("clients report an 0x800CCC79 error when trying to send email.", &["0x800CCC79"]),
    ("it came back with an 0x8ABC0001 error", &["0x8ABC0001"]),
    ("We get the 0x8ABC0001 error.", &["0x8ABC0001"]),
    ("\"0x8ABC0001\" error", &["0x8ABC0001"]),
    ("an 0x8ABC0001 error code", &["0x8ABC0001"]),
    ("the 0x8ABC0001 error, again", &["0x8ABC0001"]),
    ("several 0x8ABC0001 errors in the log", &["0x8ABC0001"]),
    ("0x8ABC0001 exception: x", &["0x8ABC0001"]),
    ("'0x8ABC0001' failure\r", &["0x8ABC0001"]),
    ("[0x8ABC0001 error]", &["0x8ABC0001"]),
];

const NOT_CALLED: &[&str] = &[
    "register 0x8ABC0001 error bits",
    "0x8ABC0001 ERROR Failed to open",
    "0x8ABC0001 Error opening",
    "0x8ABC0001 error=5",
    "0x8ABC0001 error-free",
    "0x8ABC0001 error(5)",
    "0x8ABC0001 error[5]",
    "0x8ABC0001  error",
    "0x8ABC0001, error",
    "0x8ABC0001 errorlevel2",
    "0x8ABC0001 then an error",
    "the flags 0x8ABC0001 error",
    "8ABC0001 error",
    "2278686085 error",
];

/// Why a computer was restarted or shut down (event 1074): no error, though the numbers are those of some.
const RESTARTS: &[&str] = &[
    "The process C:\\Windows\\system32\\winlogon.exe (PC1) has initiated the restart of computer PC1 on behalf of user NT AUTHORITY\\SYSTEM for the following reason: Operating System: Upgrade (Planned) Reason Code: 0x80020003 Shutdown Type: restart Comment:",
    " Reason Code: 0x80020010",
    "Reason Code: 0x80020002 Shutdown Type: restart",
    "No title for this reason could be found\\n Reason Code: 0x80070015\\n Shutdown Type: shutdown",
    "\tReason Code:\t0x84020004",
    "Reason Code: 0x80040001",
    "Reason Code: 0x80030002",
    "Reason Code: 0x500ff",
    "<Data Name=\"param3\">Operating System: Upgrade (Planned)</Data><Data Name=\"param4\">0x80020003</Data>",
    "<Data Name='param4'>0x80020010</Data>",
    "Provider=User32 EventID=1074 param3=Operating System: Service pack (Planned) param4=0x80020010 param5=restart",
    r#""param4": "0x80020003""#,
    r#"\"param4\":\"0x80020003\""#,
];

/// Other numbers there, and these numbers elsewhere.
const NO_RESTARTS: &[(&str, &[&str])] = &[
    ("Reason Code: 0x80070005", &["0x80070005"]),
    ("Reason Code: 0x80040154", &["0x80040154"]),
    ("Reason Code: 0x80020025", &["0x80020025"]),
    ("Reason Code: 0xC0020003", &["0xC0020003"]),
    ("Reason Code: 0x8009030C", &["0x8009030C"]),
    ("Reason: 0x80020003", &["0x80020003"]),
    ("the reason code 0x80020003", &["0x80020003"]),
    ("<Data Name=\"param4\">0x80070005</Data>", &["0x80070005"]),
    ("<Data Name=\"param5\">0x80020003</Data>", &["0x80020003"]),
    ("myparam4=0x80020003", &["0x80020003"]),
    ("hr = 0x80020003", &["0x80020003"]),
    ("Reason Code 0x80070016", &["0x80070016"]),
];

/// The errors of Kerberos in the events of sign-ins have numbers of their own.
const KERBEROS: &[&str] = &[
    "\tFailure Code:\t\t0x18",
    "Failure Code: 0x18 Pre-Authentication Type: 2",
    "  - Failure code: 0x18 (wrong password)",
    "EventID=4771 Account Name: svc_backup    Failure Code: 0x18  Client Address: 203.0.113.45",
    "Failure Code: 0x6",
    "Failure Code:\t0x25",
    "Failure Code:0x12",
    "Failure Code:            0x17",
    "\tResult Code:\t\t0x6",
    "Result Code: 0x12",
    "  Result Code: 0x20",
    "Failure Code: 0x44",
];

/// A greater number is none of Kerberos, and a result within a sentence is one of Windows.
const NO_KERBEROS: &[(&str, &[&str])] = &[
    ("Failure Code: 0xC000006A", &["0xC000006A"]),
    ("Failure code: 0x5b4", &["0x000005B4"]),
    ("Failure Code: 0x54b", &["0x0000054B"]),
    ("Failure Code: 0x57", &["0x00000057"]),
    ("Failure code = 0x18 ", &["0x00000018"]),
    ("failed with error code 0x18", &["0x00000018"]),
    ("Result code: 0x5", &["0x00000005"]),
    ("The sync is over. Result Code: 0x5", &["0x00000005"]),
    ("Error Code: 0x6", &["0x00000006"]),
    ("failure code 0x20", &["0x00000020"]),
    ("The update ended with failure code: 0x20", &["0x00000020"]),
];

/// The same codes where they are errors.
const NO_ROUTINE: &[(&str, &[&str])] = &[
    ("MSI (c) (A5:65): Note: 1: 2203 2: c:\\test.mst 3: -2147287038 ", &["0x80030002"]),
    ("MSI (s)  Note: 1: 2203 2: I:\\xxxxxxx.msi 3: -2147287038", &["0x80030002"]),
    ("MSI (s) (58:9C): Note: 1: 2203 2: C:\\Windows\\Installer\\inprogressinstallinfo.ipi 3: -2147287035", &["0x80030005"]),
    ("Note: 1: 2265 2: x 3: -2147287035", &["0x80030005"]),
    ("Note: 1: 2262 2: Error 3: -2147024891", &["0x80070005"]),
    ("Database: 3082. Cannot open database file. System error -2147287038", &["0x80030002"]),
    ("License Activation failed with the following error code: hr=0xC004F014", &["0xC004F014"]),
    ("2: 176afa14-ca77-4cae-9ecc-ba2295540382, 1, 1 [(0 [0xC004F034, 5, 0], [(?)", &["0xC004F034"]),
    ("The Desktop Window Manager has exited with code (0x80070005)", &["0x80070005"]),
    ("the session ended with 0xd00002fe", &["0xD00002FE"]),
    ("0xC1900101 - 0x2000b", &["0xC1900101"]),
    ("0x80070070-0x50015", &["0x80070070"]),
    ("0x80070005-0x80070002", &["0x80070005", "0x80070002"]),
    ("0x80310000-0x8031FFF", &["0x80310000"]),
];

/// What else is no error.
const OTHERS: &[&str] = &[
    // Each installation that succeeds ends so: the package was open for reading.
    "MSI (s) (50:D8) [16:28:12:043]: Note: 1: 2265 2:  3: -2147287035 ",
    "MSI (s) (3C:A8) [17:10:02:607]: Note: 1: 2262 2: Error 3: -2147287038 ",
    "MSI (s) (20:A0) [16:28:31:810]: Note: 1: 2262 2: DigitalSignature 3: -2147287038",
    "MSI (s) (48:F4) [13:45:54:986]: Note: 1: 2203 2: C:\\WINDOWS\\Installer\\inprogressinstallinfo.ipi 3: -2147287038 ",
    "MSI (s) (50:D8) [16:28:12:041]: Note: 1: 1402 2: HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\Rollback\\Scripts 3: 2 ",
    "Executing op: RegOpenKey(Root=-2147483646,Key=SOFTWARE\\Microsoft\\Windows,,BinaryType=0,,)",
    // The state of each license that nobody bought, and the end of the windows of a user who signs out.
    "1: 0dc876e0-7ab8-41c1-b8ba-2237d484cd26, 1, 0 [(0 [0xC004F014, 0, 0], [(?)(?)(?)(?)(?)(?)(?)(?)])(1 )(2 )(3 )]",
    "The Desktop Window Manager has exited with code (0xd00002fe)",
    "Provider=Desktop Window Manager EventID=9009 Channel=Application 0xd00002fe",
    // The addresses of a device.
    "0xE0000000-0xEFFFFFFF\tPCI Express Root Complex\tOK",
    "0x80400000-0xBFFFFFFF\tPCI Express Root Complex\tOK",
    "Memory range 0x80310000 - 0x8031ffff",
    // The numbers of Visual Basic.
    "Object Model calls fail with a runtime error 1004 - Method of Object failed.",
    "Macro failed: Run-time error 1004",
    // A name that ends with a number.
    "session_2147942405",
    "WAM_aad_account_2148008704",
    "my_error_2147942405.log",
    "my_error_80070005",
    "errors_21479424050",
    "Thumbprint: 80180014 A94A8FE5 CCB19BA6",
    "80180014, A94A8FE5, CCB19BA6",
    "SCEP: Certificate enroll succeeded. Result: (The operation completed successfully.)",
    "Result (Access is denied to nobody.)",
    "MDM Session: OMA-DM session ended with status: (The operation completed successfully.).",
    "Exit code: The operation completed successfully.",
    "Exit code: Access is denied to nobody",
    "Exit code Access is denied",
    "\"param2\" : \"%%1060\"",
    "<Data Name='FailureReason'>%%2313</Data>",
    "\"Activity.Result.Code\": 0, \"Activity.Result.Type\": \"x\"",
];

#[test]
fn an_error_that_an_event_or_a_service_tells_of_is_found() {
    found(&[EVENTS, CALLED_AFTER, NO_RESTARTS, NO_KERBEROS, NO_ROUTINE]);
}

#[test]
fn what_events_tell_besides_stays_silent() {
    silent(&[NOT_CALLED, RESTARTS, KERBEROS, OTHERS]);
}
