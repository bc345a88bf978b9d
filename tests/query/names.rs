//! The names that scripts and the command line know: they are promised.

use intune_err::{Area, Kind, Platform, ReadAs, Severity, Topic};

#[test]
fn areas_have_their_names_in_the_order_of_enrollment() {
    let names = ["enrollment", "sign-in", "entra-join", "autopilot", "co-management", "policy", "app-install", "certificate", "update"];
    assert_eq!(Area::ALL.map(Area::name), names);
}

#[test]
fn platforms_have_a_name_for_programs_and_one_for_people() {
    assert_eq!(Platform::ALL.map(Platform::name), ["windows", "ios", "ipados", "macos", "android", "linux"]);
    assert_eq!(Platform::ALL.map(Platform::display_name), ["Windows", "iOS", "iPadOS", "macOS", "Android", "Linux"]);
}

#[test]
fn topics_have_their_names_in_the_order_of_the_checklist() {
    assert_eq!(Topic::ALL.map(Topic::name), ["configuration", "questions", "logs", "clock", "diagnostics"]);
}

#[test]
fn what_is_said_of_a_code_has_names() {
    assert_eq!([Kind::Hresult, Kind::Win32, Kind::Ntstatus].map(Kind::name), ["hresult", "win32", "ntstatus"]);
    assert_eq!([Severity::Success, Severity::Failure].map(Severity::name), ["success", "failure"]);
    assert_eq!([ReadAs::Hex, ReadAs::Decimal].map(ReadAs::name), ["hex", "decimal"]);
}

#[test]
fn the_checklist_has_its_points_in_the_order_of_its_topics_for_the_platforms_that_they_apply_to() {
    let points: Vec<_> = intune_err::checklist().collect();
    let place = |topic| Topic::ALL.iter().position(|of| *of == topic);
    assert!(points.is_sorted_by_key(|point| place(point.topic())) && place(points[0].topic()) == Some(0));
    assert!(Topic::ALL.iter().all(|topic| points.iter().any(|point| point.topic() == *topic)));
    assert!(points.iter().any(|point| point.link().is_none()), "a question has no page");
    assert!(points.iter().filter_map(|point| point.link()).all(|link| link.starts_with("https://")));
    assert!(points.iter().any(|point| point.platforms().eq([Platform::Windows])), "some are for Windows alone");
    assert!(intune_err::checklist_source().starts_with("https://learn.microsoft.com/"));
}

#[test]
fn an_entry_has_a_title_or_a_legacy_where_its_record_has_one_and_the_platforms_of_its_record() {
    let entry = |id| intune_err::Entry::by_name(id).find(|entry| entry.id() == id).expect("it is in the table");
    let titled = entry("compliant-but-user-blocked");
    assert_eq!(titled.title(), Some("Device is compliant but Conditional Access blocks the user"));
    assert_eq!((entry("client-clock-wrong").title(), titled.legacy()), (None, None));
    assert!(intune_err::Entry::all().filter_map(intune_err::Entry::legacy).any(|legacy| legacy.ends_with('.') && legacy.contains(' ')));
    let alone = |platform| intune_err::Entry::all().any(|entry| entry.platforms().eq([platform]));
    assert!([Platform::Windows, Platform::MacOs, Platform::Android, Platform::Linux].into_iter().all(alone));
}

#[test]
fn a_point_of_the_checklist_has_its_text_and_its_link() {
    let point = |text: &str| intune_err::checklist().find(|point| point.text() == text).expect("the checklist has the point");
    assert_eq!(point("What is the exact error message?").link(), None);
    let setup = point("Confirm that Intune is set up for enrollment.");
    assert_eq!(setup.link(), Some("https://learn.microsoft.com/mem/intune/fundamentals/setup-steps"));
}
