//! Every line shape of `data/logs/`, with and without what its head can say.

use intune_err::log::{Head, Level, LogFamily, Records, Zone};
use serde::Deserialize;

use super::data;

#[derive(Deserialize)]
struct Shape {
    id: String,
    family: Option<String>,
    kind: Option<String>,
    line: String,
    head: Told,
}

#[derive(Deserialize, Debug, PartialEq)]
struct Told {
    time: Option<String>,
    component: Option<String>,
    thread: Option<String>,
    level: Option<String>,
}

fn told(head: &Head) -> Told {
    Told {
        time: head.time.map(|time| time.to_string()),
        component: head.component.as_deref().map(str::to_owned),
        thread: head.thread.as_deref().map(str::to_owned),
        level: head.level.map(|level| level.name().to_owned()),
    }
}

fn shapes() -> Vec<Shape> {
    let shapes: Vec<Shape> = data("heads", "head");
    assert!(shapes.len() > 30, "{} shapes", shapes.len());
    shapes
}

#[test]
fn every_shape_tells_of_its_line_what_the_data_says() {
    for shape in shapes().iter().filter(|shape| shape.kind.as_deref() != Some("file")) {
        let head = Head::of(shape.line.as_bytes());
        assert_eq!(head.shape, Some(shape.id.as_str()));
        assert_eq!(told(&head), shape.head, "{}", shape.id);
        assert_eq!(head.family.map(LogFamily::name), shape.family.as_deref(), "{}", shape.id);
    }
}

#[test]
fn what_begins_a_text_tells_its_family() {
    for shape in shapes().iter().filter(|shape| shape.kind.as_deref() == Some("file")) {
        let text = format!("\u{FEFF}{}\r\n\r\nno head\r\n", shape.line);
        let head = Records::new().at(text.as_bytes(), text.len() - 5).head;
        assert_eq!(head.family.map(LogFamily::name), shape.family.as_deref(), "{}", shape.id);
        assert_eq!(head.time, None);
    }
}

#[test]
fn a_record_of_several_lines_has_the_head_of_its_first() {
    for shape in shapes().iter().filter(|shape| shape.kind.is_none()) {
        let record = format!("{}\r\n  and a second line: 0x80070005\r\n", shape.line);
        assert_eq!(Head::of(record.as_bytes()), Head::of(shape.line.as_bytes()), "{}", shape.id);
    }
}

#[test]
fn a_line_that_is_cut_short_has_no_head_or_that_of_a_more_general_shape() {
    for shape in shapes().iter().filter(|shape| shape.kind.is_none()) {
        let half = &shape.line.as_bytes()[..10];
        assert_eq!(Head::of(half).time, None, "{}", shape.id);
    }
}

/// Lines that look like a head, and what of them is none: the line, and the time that it must not have been given.
#[test]
fn what_can_be_read_in_two_ways_is_no_time() {
    for line in [
        // The day first, or the month first?
        "05/06/2024 10:00:00 failed",
        "5/11/2024 2:30:00 PM failed",
        "05/13/2024 2:30:00 PM failed",
        "13/5/2024 2:30:00 PM failed",
        // No such time, no such day.
        "2024-02-30 10:00:00 failed",
        "2023-02-29T10:00:00Z failed",
        "2024-13-01 10:00:00 failed",
        "2024-05-13 25:00:00 failed",
        "2024-05-13 10:61:00 failed",
        "5/13/2024 13:30:00 PM failed",
        "5/13/2024 0:30:00 AM failed",
        // No year, no day.
        "May 13 10:00:00 MacBook-Air mdmclient[111]: failed",
        "MSI (s) (34:50) [10:11:12:123]: failed",
        "10:00:00 failed",
        // A version, a count, a key.
        "2024-05-13",
        "10.0.22631.3593",
        "20240513100000",
        "[2024] failed",
    ] {
        assert_eq!(Head::of(line.as_bytes()).time, None, "{line}");
    }
}

#[test]
fn the_clock_of_twelve_hours_has_its_noon_and_midnight() {
    for (line, expected) in [
        ("5/13/2024 12:00:00 AM x", "2024-05-13T00:00:00"),
        ("5/13/2024 12:59:59 AM x", "2024-05-13T00:59:59"),
        ("5/13/2024 1:00:00 AM x", "2024-05-13T01:00:00"),
        ("5/13/2024 12:00:00 PM x", "2024-05-13T12:00:00"),
        ("5/13/2024 11:59:59 PM x", "2024-05-13T23:59:59"),
        // A number below 10 is written without a zero where the month comes first.
        ("5/6/2024 2:30:00 PM x", "2024-05-06T14:30:00"),
        ("12/6/2024 2:30:00 PM x", "2024-12-06T14:30:00"),
    ] {
        assert_eq!(Head::of(line.as_bytes()).time.unwrap().to_string(), expected, "{line}");
    }
}

#[test]
fn an_offset_is_read_however_it_is_written() {
    for (line, expected) in [
        ("2024-05-13T10:00:00Z x", Some(Zone::Utc)),
        ("2024-05-13T10:00:00+02:00 x", Some(Zone::Offset(120))),
        ("2024-05-13T10:00:00+0200 x", Some(Zone::Offset(120))),
        ("2024-05-13T10:00:00-05 x", Some(Zone::Offset(-300))),
        ("2024-05-13 10:00:00.123 +05:30 x", Some(Zone::Offset(330))),
        ("2024-05-13 10:00:00 -0330 x", Some(Zone::Offset(-210))),
        ("2024-05-13 10:00:00 UTC x", Some(Zone::Utc)),
        ("2024-05-13 10:00:00 x", None),
        // A dash is no offset, and neither is a number that follows.
        ("2024-05-13 10:00:00 - x", None),
        ("2024-05-13 10:00:00 -12 degrees", None),
        ("2024-05-13 10:00:00 -1200", Some(Zone::Offset(-720))),
        ("2024-05-13 10:00:00 +12345 x", None),
        ("2024-05-13 10:00:00 Zebra", None),
    ] {
        assert_eq!(Head::of(line.as_bytes()).time.unwrap().zone(), expected, "{line}");
    }
}

/// A record of `CMTrace` with these attributes.
fn framed(message: &str, time: &str, component: &str, file: &str) -> String {
    format!(
        "<![LOG[{message}]LOG]!><time=\"{time}\" date=\"5-13-2024\" component=\"{component}\" context=\"\" type=\"1\" thread=\"7\" file=\"{file}\">"
    )
}

#[test]
fn the_minutes_of_configuration_manager_are_west_of_utc() {
    for (bias, zone) in
        [("+000", "+00:00"), ("+300", "-05:00"), ("-120", "+02:00"), ("-330", "+05:30"), ("-60", "+01:00"), ("+060", "-01:00")]
    {
        let head = Head::of(framed("failed", &format!("10:00:00.123{bias}"), "CAS", "cas.cpp:12").as_bytes());
        assert_eq!(head.time.unwrap().to_string(), format!("2024-05-13T10:00:00.123{zone}"));
        assert_eq!(head.family, Some(LogFamily::Ccm));
    }
}

#[test]
fn the_family_of_a_framed_record_is_told_by_its_form() {
    let family = |record: &str| Head::of(record.as_bytes()).family.map(LogFamily::name);
    assert_eq!(family(&framed("x", "10:00:00.1234567", "IntuneManagementExtension", "")), Some("ime"));
    // Microsoft adds components now and then.
    assert_eq!(family(&framed("x", "10:00:00.1234567", "SomethingNew", "")), Some("ime"));
    assert_eq!(family(&framed("x", "10:00:00.123+060", "ccmexec", "ccm.cpp:1")), Some("ccm"));
    // Scripts write it, too; they are none of the two.
    assert_eq!(family(&framed("x", "10:00:00.123+060", "Install", "install.ps1")), None);
    assert_eq!(family(&framed("x", "10:00:00.123", "Install", "")), None);
}

#[test]
fn what_a_head_does_not_say_is_none() {
    let head = Head::of(framed("x", "10:00:00.1234567", "", "").replace("thread=\"7\"", "thread=\"\"").as_bytes());
    assert_eq!((head.component, head.thread), (None, None));
    assert!(head.time.is_some());
    let head = Head::of(framed("x", "10:00:00.1234567", "A", "").replace("type=\"1\"", "type=\"0\"").as_bytes());
    assert_eq!((head.level, head.time), (None, None));
}

#[test]
fn levels_are_named_and_ordered() {
    for (level, expected) in [("Info", Level::Info), ("Warning", Level::Warning), ("Error", Level::Error), ("Fatal Error", Level::Critical)]
    {
        let head = Head::of(format!("2024-05-13 10:00:00, {level}      SP  text").as_bytes());
        assert_eq!((head.level, head.component.as_deref()), (Some(expected), Some("SP")), "{level}");
    }
}
