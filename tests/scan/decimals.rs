//! Decimal numbers that a call, a connection or their own text makes Win32 codes, row by row; and numbers beside the same words that are none.

use super::{check, check_silent};

/// Win32 codes after the name of their domain alone.
const WIN32: &[(&str, &[&str])] = &[
    ("RPC failed (Win32: 1722)", &["0x000006BA"]),
    ("The call failed (Win32 error: 5)", &["0x00000005"]),
    ("logon failed [Win32: 1326]", &["0x0000052E"]),
    ("Access is denied (Win32: 5)", &["0x00000005"]),
    ("The RPC server is unavailable (Win32=1722)", &["0x000006BA"]),
    ("It doesn't answer (WIN32: 1460).", &["0x000005B4"]),
    ("The service failed (Win32: 1053, state 3)", &["0x0000041D"]),
    ("failed to connect, win32=1231", &["0x000004CF"]),
    ("RPC failed, Win32: 1722.", &["0x000006BA"]),
    ("The copy failed: Win32 = 32 (x)", &[]),
    ("CreateFile failed [Win32 = 32]", &["0x00000020"]),
    ("Could not open the service (Win32 code: 1060)", &["0x00000424"]),
    ("Win32 return code 1062", &["0x00000426"]),
    ("failed [Win32Status=1460]", &["0x000005B4"]),
    ("failed [Win32=5]", &["0x00000005"]),
    ("        WIN32_EXIT_CODE    : 1067  (0x42b)", &["0x0000042B"]),
    ("WIN32_EXIT_CODE : 5", &["0x00000005"]),
];

const NO_WIN32: &[&str] = &[
    "Win32: 1722",
    "Platforms (Win32: 64, x64: 32)",
    "Platforms [Win32: 5]",
    "Built for Win32: 12 warnings",
    "msbuild failed for Win32: 126 warnings",
    "failed, Win32: 32",
    "failed, Win32=5)",
    "(Win32 1722)",
    "failed [Win32->1722]",
    "failed (Win32: 1722.5)",
    "failed (Win32: 65535)",
    "failed (MyWin32: 1722)",
    "failed (Win32: 0)",
    "failed (Win32: 1)",
    "failed (Win321722)",
    "        WIN32_EXIT_CODE    : 0  (0x0)",
    "        WIN32_EXIT_CODE    : 1077  (0x435)",
    "        SERVICE_EXIT_CODE  : 5  (0x5)",
    "MY_WIN32_EXIT_CODE : 1067",
    "GetLastError() = 259",
];

/// Codes of `WinHTTP` in the logs of `dsregcmd` and of agents.
const HTTP: &[(&str, &[&str])] = &[
    ("AdalLog:  HRESULT: 0x2ee7", &["0x00002EE7"]),
    ("AdalLog: HRESULT: 0x2f8f", &["0x00002F8F"]),
    ("hr=0x2ee2", &["0x00002EE2"]),
    ("AdalErrorCode: 0x2ee6", &["0x00002EE6"]),
    ("Failed to get proxy for https://manage.microsoft.com, error 12180", &["0x00002F94"]),
    ("Failed to send to server winatp-gw-weu.microsoft.com, HTTP error: 12029", &["0x00002EFD"]),
    ("Failed to connect (error 12007)", &["0x00002EE7"]),
    ("Error 12002 while the download ran", &["0x00002EE2"]),
    ("Internet: returned 12152", &["0x00002F78"]),
    ("Fehler 12029 bei https://x.example/", &["0x00002EFD"]),
];

const NO_HTTP: &[&str] = &[
    "AdalLog:  HRESULT: 0x0",
    "AdalLog:  HRESULT: 0x2ee",
    "hr=0x2f00",
    "hresult 0x5",
    "flags: 0x2ee7",
    "error 12029",
    "HTTP 12029",
    "the server has 12029 users",
    "SQL Server: Error: 12012, Severity: 16, State: 1.",
    "proxy error 12029 times, 12029 ms",
    "proxy error 12999",
    "proxy error 11999",
    "The connection is up. Error 12029",
    "httpd error 12029",
    "Error Domain=MCMDMErrorDomain, proxy error 12029",
];

/// A number and, after it, what Windows prints for it.
const TEXTED: &[(&str, &[&str])] = &[
    ("Failed to start SENSE, error 1060: The specified service does not exist as an installed service.", &["0x00000424"]),
    ("Failed to create installer process with error 5 (Access is denied.)", &["0x00000005"]),
    ("error 5 (access is denied)", &["0x00000005"]),
    ("ERROR 740: The requested operation requires elevation.", &["0x000002E4"]),
    ("MoveFile error 2 - The system cannot find the file specified", &["0x00000002"]),
    ("CopyFile failed with 32 (The process cannot access the file because it is being used by another process.)", &["0x00000020"]),
    ("exit code 1223: The operation was canceled by the user.", &["0x000004C7"]),
    ("Error 1618. Another installation is already in progress. Complete that installation first.", &["exit code 1618"]),
    ("error 1603: Fatal error during installation.", &["exit code 1603"]),
    ("error code: 53, The network path was not found", &["0x00000035"]),
    ("Error 1069: The service did not start due to a logon failure.", &["0x0000042D"]),
    ("error 5 Access is denied.", &["0x00000005"]),
    ("error 5; Access is denied.", &["0x00000005"]),
    ("error: 5 (Access is denied.)", &["0x00000005"]),
    (r#"Event 7023: ErrorCode=5, ErrorDescription="Access is denied.""#, &["0x00000005"]),
    (r#"{"ErrorCode":3,"ErrorMessage":"The system cannot find the path specified."}"#, &["0x00000003"]),
    (r#"{\"errorCode\":2,\"message\":\"The system cannot find the file specified\"}"#, &["0x00000002"]),
    ("LogonUserExEx win32=1317 (The specified account does not exist.)", &["0x00000525"]),
    ("Error 13801: IKE authentication credentials are unacceptable.", &["0x000035E9"]),
];

/// What Windows prints for a number, and the number in brackets after it.
const BRACKETED: &[(&str, &[&str])] = &[
    ("Error connecting to the Service Control Manager: Access is denied. (5)", &["0x00000005"]),
    ("CreateProcess: The system cannot find the file specified. (2)", &["0x00000002"]),
    ("THE SYSTEM CANNOT FIND THE PATH SPECIFIED. (3)", &["0x00000003"]),
    ("Error: Access is denied. (os error 5)", &["0x00000005"]),
    ("The process cannot access the file because it is being used by another process. (32)", &["0x00000020"]),
    ("The RPC server is unavailable. (1722), next try in 5 minutes", &["0x000006BA"]),
    ("The directory of DC2 says: The user name or password is incorrect. (1326)", &["0x0000052E"]),
];

const NOT_BRACKETED: &[&str] = &[
    "Access is denied (5)",
    "Access is denied. (6)",
    "Access is denied. (5 times)",
    "Access is denied. [5]",
    "Access is denied.  (5)",
    "Access is denied: (5)",
    "Access is denied. (500005)",
    "Access is denied. (see page 5)",
    "Access is denied to nobody. (5)",
    "NoAccess is denied. (5)",
    "Incorrect function. (1)",
    "The operation completed successfully. (0)",
    "Step 5 (Access is denied dialog) skipped",
];

/// The number of a call of Windows that failed, after a word for an error and with no text after it.
const FAILED_CALLS: &[(&str, &[&str])] = &[
    ("NETLOGON: DsGetDcName failed error 1355", &["0x0000054B"]),
    (r"LookupAccountName for CONTOSO\ada failed with error 1332.", &["0x00000534"]),
    ("The machine PC8 attempted to join the domain contoso.local but failed. The error code was 1326.", &["0x0000052E"]),
    ("Failed to stop service dmwappushservice. Error 1060", &["0x00000424"]),
    ("Unable to start service CcmExec, error 1053", &["0x0000041D"]),
    ("Couldn't start the service (error 1058)", &["0x00000422"]),
    ("CreateProcessAsUser failed with error: 1450", &["0x000005AA"]),
    ("LogonUser failed, error = 1326", &["0x0000052E"]),
    ("WNetAddConnection2 failed, error code 1219", &["0x000004C3"]),
    ("RPC call to the certificate authority failed with error code 1722.", &["0x000006BA"]),
    ("RegOpenKeyEx failed, error 2", &["0x00000002"]),
    ("RegOpenKeyEx failed, error 2\r", &["0x00000002"]),
    ("CreateFile failed (error 5)", &["0x00000005"]),
    ("DsGetDcName failed, error:1355", &["0x0000054B"]),
    ("DsGetDcName failed, Error:1355.", &["0x0000054B"]),
    ("CreateProcess failed; error 740", &["0x000002E4"]),
    ("DeviceIoControl failed, error 87", &["0x00000057"]),
    ("Der Beitritt zur Dom\u{E4}ne ist fehlgeschlagen. Fehler 1355", &["0x0000054B"]),
    ("Der Dienst \"SMS Agent Host\" konnte nicht gestartet werden. Fehler: 1069", &["0x0000042D"]),
    ("Windows n'a pas pu d\u{E9}marrer le service Agent SMS sur Ordinateur local. Erreur 1053", &["0x0000041D"]),
    ("Accesso negato: errore 1326", &["0x0000052E"]),
    ("RegOpenKeyEx fehlgeschlagen, Fehler 5", &["0x00000005"]),
    (
        "\u{30B5}\u{30FC}\u{30D3}\u{30B9}\u{3092}\u{958B}\u{59CB}\u{3067}\u{304D}\u{307E}\u{305B}\u{3093}\u{3067}\u{3057}\u{305F}\u{3002}\u{30A8}\u{30E9}\u{30FC} 1053",
        &["0x0000041D"],
    ),
    ("LoadLibrary failed with error 126", &["0x0000007E"]),
    ("\u{670D}\u{52A1}\u{65E0}\u{6CD5}\u{542F}\u{52A8}\u{FF0C}\u{9519}\u{8BEF}1053\u{3002}", &["0x0000041D"]),
    ("MoveFileEx failed with error 32.", &["0x00000020"]),
    (r"05/21/2026 10:11:12:345 NetUseAdd to \\dc1.contoso.com\IPC$ returned 64", &["0x00000040"]),
    (r"05/21/2026 10:11:12:345 NetUseAdd to \\dc1\IPC$ returned 1385", &["0x00000569"]),
];

const NO_FAILED_CALLS: &[&str] = &[
    "error 1355",
    "The error code was 1326.",
    "The service started. The error code was 1326.",
    "Failed at first; then it went well. error 1355",
    "failed with error 1355 of 1722",
    "failed with error 1355: other text",
    "failed with error 1355 pages",
    "failed with error 1355 ms",
    "failed: 3, errors: 1326",
    "The installation failed with error 1722",
    "Setup failed. Error 1311",
    "The query failed with error 9999",
    "read failed with error 5",
    "connection failed, error 111",
    "open failed with error 2",
    "SendRequest failed with error 404",
    "SendRequest failed with error 500",
    "OpenDocument: no error 2",
    "RegOpenKeyEx failed, error 1",
    "RegOpenKeyEx failed, error 0",
    "GetList failed with error 259",
    r"NetUseAdd to \\dc1\IPC$ returned 0",
    r"NetUseDel to \\dc1\IPC$ returned 64",
    "NetUseEnum returned 64",
    "error:1355",
    "Fehler 1355",
    "Fehler 1355 von 2000 behoben, der Rest ist fehlgeschlagen",
    "Der Test ist fehlgeschlagen, Fehler 1355150",
    "Der Test ist fehlgeschlagen; es war ein anderer. Fehler 1355",
    "Der Test ist fehlgeschlagen, Fehler 5",
    "La page n'a pas \u{E9}t\u{E9} trouv\u{E9}e. Erreur 404",
    "MySQL: Abfrage fehlgeschlagen, Fehler 1072",
    "kernel: CreateProcess failed; then error 740 pages",
    "PowerShell failed, error 87",
    "\u{30A8}\u{30E9}\u{30FC} 1053",
];

/// The number of a service, with what Windows prints after it in a language that the table has no texts of.
const SERVICES: &[(&str, &[&str])] = &[
    ("Fehler 1053: Der Dienst antwortete nicht rechtzeitig auf die Start- oder Steuerungsanforderung.", &["0x0000041D"]),
    ("Erreur 1053 : Le service n'a pas r\u{E9}pondu assez vite \u{E0} la demande.", &["0x0000041D"]),
    ("Errore 1068: Impossibile avviare il gruppo o il servizio di dipendenza.", &["0x0000042C"]),
    ("Error 1058: El servicio no se puede iniciar.", &["0x00000422"]),
    ("Error 1051: A stop control has been sent to a service.", &["0x0000041B"]),
    ("Failed to start SENSE, error 1060: The specified service does not exist.", &["0x00000424"]),
    ("Error 1079: The account of this service is another.", &["0x00000437"]),
    ("B\u{142}\u{105}d 1053: Us\u{142}uga nie odpowiada na sygna\u{142} uruchomienia.", &["0x0000041D"]),
    (
        "\u{41E}\u{448}\u{438}\u{431}\u{43A}\u{430} 1053: \u{421}\u{43B}\u{443}\u{436}\u{431}\u{430} \u{43D}\u{435} \u{43E}\u{442}\u{432}\u{435}\u{442}\u{438}\u{43B}\u{430}",
        &["0x0000041D"],
    ),
    ("\u{9519}\u{8BEF} 1053: \u{670D}\u{52A1}\u{6CA1}\u{6709}\u{53CA}\u{65F6}\u{54CD}\u{5E94}\u{542F}\u{52A8}", &["0x0000041D"]),
    ("Fehler 1067: Der Prozess wurde unerwartet beendet.", &["0x0000042B"]),
    ("Erreur 1067 : Le processus s'est arr\u{EA}t\u{E9} inopin\u{E9}ment.", &["0x0000042B"]),
];

const NO_SERVICES: &[&str] = &[
    "Fehler 1053: Der Drucker antwortete nicht.",
    "Fehler 1053: der Dienst x",
    "Fehler 1053. Der Dienst x",
    "Fehler 1053 Der Dienst x",
    "Fehler 1050: Der Dienst x",
    "Fehler 1080: Der Dienst x",
    "The service is up. Error 1062: Duplicate entry",
    "Error 1053: It ends here. Der Dienst x",
    "Fehler 1053: Der Dienstplan x",
    "Fehler 1066: Der Prozess wurde unerwartet beendet.",
    "Error 1067: Invalid default value for 'created' of the process",
];

/// The text of the error that a `Win32Exception` of .NET stands for, after the code of any failure.
const THROWN: &[(&str, &[&str])] = &[
    ("System.ComponentModel.Win32Exception (0x80004005): The system cannot find the file specified", &["0x00000002"]),
    ("exception is System.ComponentModel.Win32Exception (0x80004005): Access is denied]LOG]!>", &["0x00000005"]),
    ("Win32Exception (0x80004005): Access is denied.\r\n   at x", &["0x00000005"]),
    ("Win32Exception (0x80004005): The operation was canceled by the user\" in x", &["0x000004C7"]),
    ("Win32Exception (0x80004005): Something else happened", &["0x80004005"]),
    ("Win32Exception (0x80004005): Access is denied to you", &["0x80004005"]),
    ("Win32Exception (0x80004005): The operation completed successfully", &["0x80004005"]),
    ("SqlException (0x80004005): Access is denied", &["0x80004005"]),
    ("SocketException (0x80004005): An attempt was made to access a socket in a way forbidden by its access permissions", &["0x0000271D"]),
    ("MyWin32Exception (0x80004005): Access is denied", &["0x80004005"]),
    ("Win32 error (0x80004005): Access is denied", &["0x80004005"]),
    ("GetLastError (0x80004005): Access is denied", &["0x80004005"]),
    ("[Win32App] lastWin32Error 2 after CreateProcess", &["0x00000002"]),
    ("[Win32App] lastWin32Error 0 after CreateProcess", &[]),
];

/// The number of another program or system, as its line says; and, of the same kind, those of Windows.
const NO_OTHERS: &[&str] = &[
    "MySQL query failed with error 1072: Key column 'device' doesn't exist in table",
    "MySQL query failed with error 1062.",
    "2026-11-24 10:00:00 [ERROR] [MY-013183] InnoDB: Operation failed with error 1072",
    "Warning: mysql_connect() failed, error 1040",
    "WordPress database error: query failed, error 1062",
    "The insert failed, error 1062 (mysql)",
    "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
    "ERROR 1062 (23000) at line 14: Duplicate entry '5' for key 'PRIMARY'",
    "The query failed: Error 1396 (HY000): Operation CREATE USER failed for 'x'@'%'",
    "The statement failed, error 1603 (HY000)",
    "Failed to run the statement, error 1213 (40001)",
    "PostgreSQL connection failed, error 1053",
    "Oracle: connection failed with error 12154",
    "ORA-12541: TNS: connection failed with error 12541",
    "2026-11-24 10:00:00.00 Logon       Error: 18456, Severity: 14, State: 38.",
    "SQL Server login failed with error 18456",
    "SQL Server query failed with error 1222",
    "Failed to connect to the site database. Error: 1225, Severity: 16",
    "CSqlConnection failed, SQL Error 1222",
    "Cannot open database x (.Net SqlClient Data Provider, Error: 1205)",
    "Command failed with error 1053 (13053): 'x' on server db1:27017",
    "nginx: upstream failed, error 1232",
    "curl failed with error 1060",
    "docker: the driver failed programming external connectivity, error 1072",
    "Terraform apply failed, error 1355",
    "mdmclient[1326]: connection failed, error 1231",
    "2026-11-24 10:00:00.000 Df apsd[1326:1b2c] Failed to connect, error 1231",
    "Nov 24 10:00:00 iPad profiled(ManagedConfiguration)[132] <Error>: MDM connection failed, error 12029",
    "iPad <Notice>: MDM connection failed, error 12029",
    "2026-11-24 10:00:00 [com.apple.ManagedClient] sync failed, error 1326",
    "11-24 10:00:00.000  1062  1072 W WifiStateMachine: connect failed, error 1231",
    "11-24 10:00:00.000  1062  1072 W Vpn: CreateTunnel failed, error 22",
    "E com.android.vending: download failed, error 1072",
    "[1326:1450:1124/100000.000:ERROR:gpu_process_host.cc(947)] GPU process launch failed: error_code=1002",
    "[1326:1450:1124/100000.000:ERROR:content/browser/gpu_process_host.cc:958] Launch failed: error_code=1003",
    "charon[809]: VPN error 809",
];

const WINDOWS_OWN: &[(&str, &[&str])] = &[
    ("Failed to start the MySQL service, error 1053", &["0x0000041D"]),
    ("Der Dienst \"MySQL\" konnte nicht gestartet werden. Fehler: 1069", &["0x0000042D"]),
    ("El servicio MySQL no se pudo iniciar. Error 1053", &["0x0000041D"]),
    ("OpenService(MSSQLSERVER) failed with error 1060", &["0x00000424"]),
    ("Couldn't start the service MSSQL$WSUS, error 1069", &["0x0000042D"]),
    (
        "(provider: Named Pipes Provider, error: 40 - Could not open a connection to SQL Server) (Microsoft SQL Server, Error: 1326)",
        &["0x0000052E"],
    ),
    (r"CreateFile(C:\ProgramData\MySQL\my.ini) failed with error 32", &["0x00000020"]),
    ("The RPC call to SQL01 failed with error 1722", &["0x000006BA"]),
    ("The RPC call to mysql01 failed with error 1722", &["0x000006BA"]),
    ("MySQL is up\nThe RPC call failed with error 1722\nMySQL is up", &["0x000006BA"]),
    ("2026-11-24 10:00:00.000 The RPC call failed with error 1722", &["0x000006BA"]),
    ("11-24-2026 10:00:00.000 The RPC call failed with error 1722", &["0x000006BA"]),
    ("[1326] The RPC call failed with error 1722", &["0x000006BA"]),
    ("worker[7]: The RPC call failed with error 1722", &["0x000006BA"]),
    ("worker[1326] The RPC call failed with error 1722", &["0x000006BA"]),
    ("worker.cc The RPC call failed with error 1722", &["0x000006BA"]),
    ("<Error>The RPC call failed with error 1722</Error>", &["0x000006BA"]),
    ("The RPC call failed with error 1722 (0x6BA)", &["0x000006BA"]),
    ("The RPC call failed with error 1722 (next try in 5 minutes)", &["0x000006BA"]),
    ("The RPC call failed with error 1722, several times", &["0x000006BA"]),
    ("The installer of MySQL failed with error 1603", &["exit code 1603"]),
    ("Failed to connect to the proxy, error 12029", &["0x00002EFD"]),
];

/// The number of a VPN connection.
const VPN: &[(&str, &[&str])] = &[
    ("IKE failed to find a valid machine certificate: error 13806", &["0x000035EE"]),
    ("VPN connection Contoso VPN failed with error 13801", &["0x000035E9"]),
    ("Can't connect to Contoso VPN, error 809", &["0x00000329"]),
    ("Rasdial: error 691 while dialing Contoso", &["0x000002B3"]),
    ("VPN error code: 789", &["0x00000315"]),
    ("IKEv2 error 13868", &["0x0000362C"]),
    ("Error 807: The network connection between your computer and the VPN server was interrupted.", &["0x00000327"]),
    ("Erreur 809 : La connexion entre votre ordinateur et le serveur VPN", &["0x00000329"]),
    ("VPN-Fehler 720: Es konnte keine Verbindung hergestellt werden.", &["0x000002D0"]),
];

const NO_VPN: &[&str] = &[
    "VPN profile 13806 bytes long",
    "VPN server 10.13.80.6, port 13806",
    "The VPN error page has 809 visitors",
    "VPN error 809 times",
    "VPN error 809 pages",
    "Tunnel up, 809 packets, 691 acks, no error",
    "VPN error 599",
    "VPN error 870",
    "error 809",
    "The VPN is up. Error 809",
    "MyVPNs error 809",
    "the bike error 809",
    "Error 807: the VPN server was busy",
    "Error 807. The VPN server was busy",
    "Error 807: The connection is lost. The VPN server was busy",
];

/// The number of a text that the reader of an event log fills in.
const INSERTED: &[(&str, &[&str])] = &[
    ("The dmwappushservice service terminated with the following error: %%1060", &["0x00000424"]),
    ("The ADSync service terminated with the following error: %%1069.", &["0x0000042D"]),
    ("Error Service Control Manager EventID=7000 Channel=System param1=SENSE param2=%%1053", &["0x0000041D"]),
    ("param2=%%5", &["0x00000005"]),
    ("param12=%%1060", &["0x00000424"]),
    ("the error %%1060 of x", &["0x00000424"]),
];

const NOT_INSERTED: &[&str] = &[
    "FailureReason=%%2313 Status=x",
    "ImpersonationLevel=%%1833",
    "Failure Reason: %%2304",
    "param=%%%1060",
    "myparam2=%%1060",
    "param2: %%1060",
    "param2=%%0060",
    "param2=%%1060x",
    "param2=%%1",
    "error: %%9999",
    "error: %%3010",
    "100%%1060",
];

const NO_TEXTED: &[&str] = &[
    "Failed to start SENSE, error 1722: The RPC server is.",
    "error 5: Access is deniedly",
    "error 6 (Access is denied.)",
    "error 5",
    "error 5.. Access is allowed",
    "error 5, Code=\"Access is denied.\"",
    "error 5, ErrorTexts=\"Access is denied.\"",
    "ErrorCode=6, ErrorDescription=\"Access is denied.\"",
    "ErrorCode=0, ErrorDescription=\"The operation completed successfully.\"",
    "ErrorCode=5         , ErrorDescription=\"Access is denied.\"",
    "rule 5 (Access is denied.)",
    "error 5.5 (Access is denied.)",
    "myerror 5 (Access is denied.)",
    "error 3010: The requested operation is successful. Changes will not be effective until the system is rebooted.",
];

#[test]
fn a_decimal_number_is_a_code_of_windows_where_its_line_says_so_and_nowhere_else() {
    for (found, silent) in [
        (WIN32, NO_WIN32),
        (HTTP, NO_HTTP),
        (TEXTED, NO_TEXTED),
        (BRACKETED, NOT_BRACKETED),
        (FAILED_CALLS, NO_FAILED_CALLS),
        (SERVICES, NO_SERVICES),
        (THROWN, &[]),
        (WINDOWS_OWN, NO_OTHERS),
        (VPN, NO_VPN),
        (INSERTED, NOT_INSERTED),
    ] {
        check(found);
        check_silent(silent);
    }
}
