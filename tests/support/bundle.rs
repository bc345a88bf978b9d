//! Makes whole bundles for the tests, with the names that Intune's "Collect diagnostics" and mdmdiagnosticstool.exe give: all of it is ours.
#![allow(dead_code)]

use super::make::{Event, Value, Zip, cabinet, event_log, utf16, zip};

/// 100 nanoseconds from 1601 to 2026-01-05 at 10:00 (UTC).
const AT_TEN: u64 = 134_120_808_000_000_000;

/// An app as the bundle's logs know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct App {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) const VPN: App = App { id: "48054978-39bd-40da-8d45-0d28004b4960", name: "Contoso VPN (x64)" };
pub(crate) const NOTES: App = App { id: "9e309cc3-fc69-4906-a73b-c692aec58fa5", name: "Contoso Notes" };
/// An app that no log names.
pub(crate) const NAMELESS: App = App { id: "3dde4e19-3a18-4dec-b60e-720b919e1790", name: "" };

/// A record of the Intune Management Extension, so many seconds after ten.
pub(crate) fn ime(seconds: u32, thread: u32, level: u32, message: &str) -> String {
    let (minute, second) = (seconds / 60, seconds % 60);
    format!(
        "<![LOG[{message}]LOG]!><time=\"10:{minute:02}:{second:02}.1234567\" date=\"1-5-2026\" component=\"AppWorkload\" context=\"\" \
         type=\"{level}\" thread=\"{thread}\" file=\"\">\r\n"
    )
}

/// The record with which the Intune Management Extension begins with an app.
pub(crate) fn begins(seconds: u32, thread: u32, app: App) -> String {
    let App { id, name } = app;
    ime(seconds, thread, 1, &format!("[Win32App] ExecManager: processing targeted app (name='{name}', id='{id}') with intent=3"))
}

/// Apps that fail in the two phases of the Enrollment Status Page, on two threads at once.
fn app_workload() -> String {
    ime(0, 5, 1, "EMS Agent Started")
        + &ime(5, 7, 1, "[Win32App] The EspPhase: DeviceSetup in session")
        + &begins(6, 7, VPN)
        + &ime(8, 9, 1, "[Win32App] The EspPhase: DeviceSetup in session")
        + &begins(10, 9, NOTES)
        + &ime(20, 7, 3, "[Win32App] Installer failed, hResultFromWin32 -2133916617")
        + &ime(25, 9, 3, "[Win32App] Installer failed,\nhResultFromWin32 -2147209215")
        + &ime(30, 7, 3, "[Win32App] Installer failed again, hResultFromWin32 -2133916617")
        + &ime(40, 9, 3, "[Win32App] Installer failed, hResultFromWin32 -2133916617")
        + &ime(45, 9, 3, "[Win32App] Installer failed, hResultFromWin32 -2133916617")
        + &ime(70, 7, 1, "[Win32App] The EspPhase: AccountSetup in session")
        + &begins(71, 7, VPN)
        + &ime(80, 7, 3, "[Win32App] Installer failed, hResultFromWin32 -2147209215")
        + &ime(81, 5, 3, "[Win32App] Nobody says of whom: 0x80CF3001")
        + &ime(90, 7, 1, "[Win32App] The EspPhase: NotInEsp.")
        + &ime(95, 11, 3, &format!("Failed to send the status of the app with id: {}, 0x80CF0437", NAMELESS.id))
}

const DSREGCMD: &str = "\r\n\
+----------------------------------------------------------------------+\r\n\
| Device State                                                         |\r\n\
+----------------------------------------------------------------------+\r\n\r\n\
             AzureAdJoined : YES\r\n\
          EnterpriseJoined : NO\r\n\
              DomainJoined : NO\r\n\
               Device Name : DESKTOP-1A2B3C\r\n\r\n\
+----------------------------------------------------------------------+\r\n\
| Device Details                                                       |\r\n\
+----------------------------------------------------------------------+\r\n\r\n\
                  DeviceId : 0a1b2c3d-2222-3333-4444-555555555555\r\n\r\n\
+----------------------------------------------------------------------+\r\n\
| Tenant Details                                                       |\r\n\
+----------------------------------------------------------------------+\r\n\r\n\
                TenantName : Contoso\r\n\
                  TenantId : 11111111-2222-3333-4444-555555555555\r\n\
                    MdmUrl : https://enrollment.manage.microsoft.com/enrollmentserver/discovery.svc\r\n\r\n\
+----------------------------------------------------------------------+\r\n\
| User State                                                           |\r\n\
+----------------------------------------------------------------------+\r\n\r\n\
           WorkplaceJoined : NO\r\n\r\n\
+----------------------------------------------------------------------+\r\n\
| SSO State                                                            |\r\n\
+----------------------------------------------------------------------+\r\n\r\n\
                AzureAdPrt : NO\r\n";

const MSINFO32: &str = "System Information report written at: 01/05/26 10:04:00\r\nSystem Name: DESKTOP-1A2B3C\r\n[System Summary]\r\n\r\n\
Item\tValue\r\nOS Name\tMicrosoft Windows 11 Enterprise\r\nVersion\t10.0.22631 Build 22631\r\nSystem Name\tDESKTOP-1A2B3C\r\n\
System Model\tContoso Book 3\r\n\r\n[Hardware Resources]\r\n\r\nVersion\t1.0\r\n";

const RESULTS: &str = "<?xml version=\"1.0\"?>\r\n<Collection HRESULT=\"0\">\r\n<RegistryKey HRESULT=\"-2147024893\">HKLM\\x</RegistryKey>\r\n\
<Command HRESULT=\"0\">ipconfig /all</Command>\r\n<OutputFileFormat>flattened</OutputFileFormat></Collection>\r\n";

const AUTOPILOT: &str = "{\"CloudAssignedTenantDomain\":\"contoso.onmicrosoft.com\",\"CloudAssignedTenantId\":\"11111111-2222-3333-4444-555555555555\",\
\"CloudAssignedDomainJoinMethod\":0,\"CloudAssignedOobeConfig\":1308,\"DeploymentProfileName\":\"Contoso laptops\"}";

/// Of the registry, what mdmdiagnosticstool.exe writes down.
const REGISTRY: &str = "Windows Registry Editor Version 5.00\r\n\r\n\
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\18DCFFD4-37D6-4BC6-87E0-4266FDBB8E49]\r\n\
\"EnrollmentState\"=dword:00000001\r\n\"EnrollmentType\"=dword:00000001\r\n\r\n\
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\{11120759-7CE3-4683-AB59-46C27FF40D35}]\r\n\
\"DiscoveryServiceFullURL\"=\"https://enrollment.manage.microsoft.com/enrollmentserver/discovery.svc\"\r\n\
\"EnrollmentState\"=dword:00000001\r\n\"EnrollmentType\"=dword:00000006\r\n\"ProviderID\"=\"MS DM Server\"\r\n\"UPN\"=\"ada@contoso.com\"\r\n\r\n\
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\{11120759-7CE3-4683-AB59-46C27FF40D35}\\FirstSync]\r\n\
\"SkipDeviceStatusPage\"=dword:00000000\r\n\"SkipUserStatusPage\"=dword:ffffffff\r\n\"SyncFailureTimeout\"=dword:0000003c\r\n\
\"BlockInStatusPage\"=dword:00000003\r\n";

/// What the report of mdmdiagnosticstool.exe begins with. It is from a day when the device had another name.
const REPORT: &str = "<!DOCTYPE html><html lang=\"en\"><head>\r\n<title>MDM Diagnostic Report</title>\r\n</head><body>\r\n<table><tbody>\
<tr><td valign=\"top\" class=\"LabelColumn\">PC name</td><td valign=\"top\">OLD-NAME</td></tr>\
<tr><td valign=\"top\" class=\"LabelColumn\">OS Build</td><td valign=\"top\">10.0.22631.3593</td></tr>\
<tr><td valign=\"top\" class=\"LabelColumn\">Managed by</td><td valign=\"top\">Contoso &amp; Sons</td></tr></tbody></table>\r\n</body></html>\r\n";

/// The events of the MDM client: enrollment fails twice, long before any app does.
fn mdm_events() -> Vec<u8> {
    const MDM: &str = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";
    let event = |seconds: u64, id: u16, fields: &[(&str, Value)]| {
        let mut event = Event::new(MDM, id, fields);
        event.time = AT_TEN - 600 * 10_000_000 + seconds * 10_000_000;
        event
    };
    let failed = |seconds, code| event(seconds, 76, &[("HexInt1", Value::HexInt32(1)), ("HRESULT", Value::HexInt32(code))]);
    event_log(&[failed(0, 0x80CF_3002), event(5, 75, &[("HexInt1", Value::HexInt32(1))]), failed(10, 0x80CF_3002)])
}

/// A bundle as the admin center gives it: `DiagLogs-DESKTOP-1A2B3C-20260105T100500Z.zip`.
pub(crate) fn collect_diagnostics() -> Vec<u8> {
    let with_mark = |text: &str| [b"\xFF\xFE".to_vec(), utf16(text)].concat();
    let mut trace = vec![0; 80];
    trace[..4].copy_from_slice(&65536_u32.to_le_bytes());
    trace[72..76].copy_from_slice(&[2, 0, 2, 0xC0]);
    let licensing = cabinet(cab::CompressionType::MsZip, &[("Licensing.log", b"Activation failed, hr=0x80CF3004\r\n")]);
    let tool = cabinet(
        cab::CompressionType::MsZip,
        &[
            ("AutopilotDDSZTDFile.json", AUTOPILOT.as_bytes()),
            ("LicensingDiag.cab", &licensing),
            ("MDMDiagHtmlReport.html", REPORT.as_bytes()),
            ("MdmDiagReport_RegistryDump.reg", &with_mark(REGISTRY)),
            ("microsoft-windows-devicemanagement-enterprise-diagnostics-provider-admin.evtx", &mdm_events()),
            ("DiagnosticLogCSP_Collector_Autopilot_2026_1_5_10_4_0.etl", &trace),
        ],
    );
    // A clock with an offset, by which the times of the others are known: Configuration Manager writes it.
    let clock = "<![LOG[Nothing of interest]LOG]!><time=\"10:00:00.123+000\" date=\"01-05-2026\" component=\"CAS\" context=\"\" type=\"1\" \
                 thread=\"5\" file=\"\">\r\n";
    let ime_folder = "(60) FoldersFiles ProgramData_Microsoft_IntuneManagementExtension_Logs";
    let app_log = format!("{ime_folder}\\AppWorkload.log");
    zip(
        Zip::Deflate,
        &[
            ("(7) Command windir_system32_Dsregcmd_exe_status output.log", DSREGCMD.as_bytes()),
            ("(23) No Results - Error [0x80070002] FoldersFiles C_Windows_ccmsetup_Logs", b""),
            (
                "(41) Events Setup Events.evtx",
                &event_log(&[Event::new("Microsoft-Windows-Servicing", 2, &[("ErrorCode", Value::HexInt32(0))])]),
            ),
            (&app_log, app_workload().as_bytes()),
            ("(64) FoldersFiles windir_ccm_logs\\CAS.log", clock.as_bytes()),
            ("(66) FoldersFiles windir_temp_msinfo32_log\\msinfo32.log", &with_mark(MSINFO32)),
            ("(68) FoldersFiles ProgramData_Microsoft_DiagnosticLogCSP_Collectors\\a.etl", &trace),
            ("(70) FoldersFiles temp_MDMDiagnostics_mdmlogs_cab\\mdmlogs-2026-01-05-10-04-00.cab", &tool),
            ("results.xml", RESULTS.as_bytes()),
        ],
    )
}
