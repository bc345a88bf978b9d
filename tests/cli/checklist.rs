//! `checklist`: what to confirm, ask, collect and try first, whole or for one platform.

use ::intune_err::{Topic, checklist_source};

use super::strict::{Point, json, points};
use super::{PAGE, intune_err};

/// The checklist, or that of a platform.
#[track_caller]
fn checklist(platform: Option<&str>) -> Vec<Point> {
    let args = platform.map(|platform| ["--platform", platform]);
    points(&json(["checklist"].iter().chain(args.iter().flatten())).output())
}

/// The texts of a topic, without and with the links.
fn texts<'a>(points: &'a [Point], topic: &str) -> Vec<&'a str> {
    points.iter().filter(|point| point.topic == topic).map(|point| point.text.as_str()).collect()
}

fn links<'a>(points: &'a [Point], topic: &str) -> Vec<&'a str> {
    points.iter().filter(|point| point.topic == topic).filter_map(|point| point.link.as_deref()).collect()
}

#[test]
fn all_eight_questions_are_asked() {
    assert_eq!(
        texts(&checklist(None), "questions"),
        [
            "What is the exact error message?",
            "Where is the error message shown?",
            "When did the problem start, and has enrollment ever worked?",
            "Which platform has the problem: Android, iOS/iPadOS or Windows?",
            "How many users are affected: all of them, or only some?",
            "How many devices are affected: all of them, or only some?",
            "What is the MDM authority?",
            "How are devices enrolled, for example bring your own device (BYOD), or Apple Automated Device Enrollment (ADE) with enrollment \
             profiles?",
        ]
    );
}

#[test]
fn the_configuration_to_confirm_has_the_links_of_the_page() {
    assert_eq!(
        links(&checklist(None), "configuration"),
        [
            "https://learn.microsoft.com/mem/intune/fundamentals/setup-steps",
            "https://learn.microsoft.com/mem/intune/enrollment/ios-enroll",
            "https://learn.microsoft.com/mem/intune/enrollment/macos-enroll",
            "https://learn.microsoft.com/mem/intune/enrollment/windows-enroll",
            "https://learn.microsoft.com/mem/intune/enrollment/android-enroll",
        ]
    );
}

#[test]
fn the_logs_that_a_user_can_send_have_their_links() {
    assert_eq!(
        links(&checklist(None), "logs")[..2],
        [
            "https://learn.microsoft.com/mem/intune/user-help/send-logs-to-your-it-admin-using-cable-android",
            "https://learn.microsoft.com/mem/intune/user-help/send-errors-to-your-it-admin-ios",
        ]
    );
}

#[test]
fn logs_are_collected_on_every_platform_of_the_page_and_after_its_own_points_each_has_its_source() {
    for (platform, expected) in [
        ("windows", &["Collect diagnostics", "mdmdiagnosticstool.exe", "dsregcmd /status", r"IntuneManagementExtension\Logs"][..]),
        ("macos", &["Help > Send diagnostic report", "/Library/Logs/Microsoft/Intune"]),
        ("ios", &["send the errors"]),
        ("android", &["send the enrollment errors"]),
    ] {
        let points = checklist(Some(platform));
        let texts = texts(&points, "logs");
        assert_eq!(texts.len(), expected.len(), "{texts:#?}");
        assert!(texts.iter().zip(expected).all(|(text, expected)| text.contains(expected)), "{texts:#?}");
    }
    let own: Vec<bool> =
        intune_err::checklist().filter(|point| point.topic() == Topic::Logs).map(|point| point.source() == checklist_source()).collect();
    assert_eq!(own, [true, true, false, false, false, false, false, false]);
    let others = intune_err::checklist().filter(|point| point.source() != checklist_source());
    assert!(others.filter(|point| point.topic() == Topic::Logs).all(|point| point.link() == Some(point.source())));
}

#[test]
fn the_clock_is_checked_in_three_steps_with_its_numbers() {
    let points = checklist(None);
    let steps = texts(&points, "clock");
    assert_eq!(steps.len(), 3);
    assert_eq!(steps[0], "Restart the device.");
    assert!(steps[1].contains("GMT") && steps[1].contains("+ or - 12 hours") && steps[1].contains("time zone"), "{}", steps[1]);
    assert!(steps[2].contains("reinstall") && steps[2].contains("Company Portal"), "{}", steps[2]);
}

#[test]
fn the_four_diagnostics_have_their_links() {
    assert_eq!(
        links(&checklist(None), "diagnostics"),
        [
            "https://aka.ms/admincenter",
            "https://aka.ms/IntuneWindowsEnrollment",
            "https://aka.ms/IntuneiOSEnrolmentAlchemyDiag",
            "https://aka.ms/IntuneAndroidEnrolmentAlchemyDiag",
            "https://aka.ms/IntuneMacOSEnrolmentAlchemyDiag",
        ]
    );
}

#[test]
fn the_clouds_without_diagnostics_are_named() {
    let points = checklist(None);
    let texts = texts(&points, "diagnostics").join("\n");
    for words in
        ["GCC High", "DoD", "21Vianet", "as an administrator", "Run tests", "change nothing in the tenant", "run the diagnostic again"]
    {
        assert!(texts.contains(words), "{words}: {texts}");
    }
}

#[test]
fn a_platform_narrows_it_to_what_applies() {
    let whole = checklist(None);
    for (platform, diagnostic) in [
        ("windows", "https://aka.ms/IntuneWindowsEnrollment"),
        ("ios", "https://aka.ms/IntuneiOSEnrolmentAlchemyDiag"),
        ("ipados", "https://aka.ms/IntuneiOSEnrolmentAlchemyDiag"),
        ("android", "https://aka.ms/IntuneAndroidEnrolmentAlchemyDiag"),
        ("macos", "https://aka.ms/IntuneMacOSEnrolmentAlchemyDiag"),
    ] {
        let points = checklist(Some(platform));
        let expected: Vec<&Point> = whole.iter().filter(|point| point.platforms.iter().any(|of| of == platform)).collect();
        assert_eq!(points.iter().collect::<Vec<_>>(), expected, "{platform}");
        assert_eq!(links(&points, "diagnostics"), ["https://aka.ms/admincenter", diagnostic], "{platform}");
        assert_eq!(texts(&points, "questions").len(), 8, "{platform}");
    }
}

#[test]
fn a_platform_that_the_page_does_not_name_gets_what_holds_for_all_and_is_told_so() {
    let about = "The page of the checklist has no point for Linux";
    let general: Vec<Point> = checklist(None).into_iter().filter(|point| point.platforms.len() == 5).collect();
    assert!(general.len() > 10, "{}", general.len());
    for (form, point) in [(&[][..], "  - "), (&["--markdown"], "- [ ] ")] {
        let output = intune_err(["checklist", "--platform", "linux"].iter().chain(form)).output();
        assert!(output.starts_with(&format!("{about}; these hold for every platform that it names.\n\n")), "{output}");
        let shown: Vec<&str> = output.lines().filter_map(|line| line.strip_prefix(point)).collect();
        assert_eq!(shown.len(), general.len(), "{output}");
        assert!(general.iter().zip(shown).all(|(general, shown)| shown.starts_with(&general.text)), "{output}");
        assert!(output.contains(PAGE), "{output}");
    }
    // Scripts get what applies, which is nothing.
    intune_err(["checklist", "--platform", "linux", "--json"]).stderr(&format!("note: {about}\n")).run();
    intune_err(["checklist", "--platform", "linux", "-q"]).run();
}

#[test]
fn the_topics_stand_together_in_the_order_to_work_through() {
    let mut topics: Vec<String> = checklist(None).into_iter().map(|point| point.topic).collect();
    topics.dedup();
    assert_eq!(topics, ["configuration", "questions", "logs", "clock", "diagnostics"]);
}

#[test]
fn people_read_it_under_headings_with_its_source() {
    let mut call = intune_err(["checklist"]);
    for heading in ["Confirm first:\n", "\n\nQuestions to ask:\n", "\n\nLogs to collect:\n", "\n\nSelf-help diagnostics:\n"] {
        call = call.stdout_holds(heading);
    }
    call.stdout_holds("\n  - What is the MDM authority?\n").stdout_holds(&format!("\nSource:     {PAGE}\n")).run();
}

#[test]
fn every_point_is_printed_in_every_form() {
    let (human, markdown) = (intune_err(["checklist"]).output(), intune_err(["checklist", "--markdown"]).output());
    for point in checklist(None) {
        assert!(human.contains(&format!("  - {}\n", point.text)), "{}", point.text);
        assert!(markdown.contains(&format!("\n- [ ] {}", point.text)), "{}", point.text);
        if let Some(link) = &point.link {
            assert!(human.contains(&format!("\n    {link}\n")) && markdown.contains(&format!(" <{link}>\n")), "{link}");
        }
    }
}

#[test]
fn an_unknown_platform_is_bad_usage_and_the_known_ones_are_named() {
    intune_err(["checklist", "--platform", "beos"])
        .stderr_holds("error: invalid value 'beos' for '--platform <PLATFORM>'\n")
        .stderr_holds("windows, ios, ipados, macos, android")
        .status(2)
        .run();
}
