//! Times of different sources beside each other: an offset is kept, a local time is not taken for UTC, and gaps are told in plain units.

use std::cmp::Ordering;

use intune_err::log::{Moment, Offsets, Time, Zone};

#[track_caller]
fn time(text: &str) -> Time {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn a_time_comes_back_as_it_was_written() {
    for text in [
        "2024-05-13T10:00:00",
        "2024-05-13T10:00:00.1",
        "2024-05-13T10:00:00.1234567+02:00",
        "2024-02-29T23:59:59.000-11:30",
        "1601-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
    ] {
        assert_eq!(time(text).to_string(), text);
    }
    // What is left out is midnight; a finer fraction than Windows counts is cut.
    assert_eq!(time("2024-05-13").to_string(), "2024-05-13T00:00:00");
    assert_eq!(time("2024-05-13 10:00").to_string(), "2024-05-13T10:00:00");
    assert_eq!(time("2024-05-13t10:00:00.123456789z").to_string(), "2024-05-13T10:00:00.1234567Z");
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "today",
        "2024",
        "2024-5-13",
        "2024-02-30",
        "2023-02-29",
        "1600-12-31",
        "2024-05-13T",
        "2024-05-13T24:00:00",
        "2024-05-13T10:60:00",
        "2024-05-13T10",
        "2024-05-13T10:00:00.",
        "2024-05-13T10:00:00.x",
        "2024-05-13T10:00.5",
        "2024-05-13T10:00:00+2",
        "2024-05-13T10:00:00+24:00",
        "2024-05-13T10:00:00Zx",
        "5/13/2024",
        "2024-05-13T10:00:0\u{661}",
        "2024-05-1\u{e9}",
    ] {
        assert!(text.parse::<Time>().is_err(), "{text}");
    }
}

#[test]
fn a_leap_second_is_the_next_day_and_none_after_the_last() {
    assert_eq!(time("2016-12-31T23:59:60Z").to_string(), "2017-01-01T00:00:00Z");
    assert!("9999-12-31T23:59:60Z".parse::<Time>().is_err());
    assert_eq!(time("9999-12-31T23:59:59-01:00").in_utc(), None);
    assert_eq!(time("1601-01-01T00:30:00+01:00").in_utc(), None);
    // A clock that would show another year is not told.
    let mut offsets = Offsets::default();
    offsets.learn(time("9999-12-31T20:00:00+02:00"));
    assert_eq!(offsets.local(time("9999-12-31T23:00:00Z")), None);
    assert_eq!(offsets.local(time("9999-12-31T21:00:00Z")), Some(time("9999-12-31T23:00:00+02:00")));
}

#[test]
fn a_local_time_is_not_compared_with_an_instant() {
    let [utc, east, local] = ["2024-05-13T08:00:00Z", "2024-05-13T10:00:00+02:00", "2024-05-13T10:00:00"].map(time);
    assert_eq!(utc.compare(east), Some(Ordering::Equal));
    assert_eq!(utc.compare(local), None);
    assert_eq!(local.since(utc), None);
    assert_eq!(local.compare(time("2024-05-13T10:00:01")), Some(Ordering::Less));
    assert_eq!(east.since(utc).unwrap().millis(), 0);
    assert_eq!(time("2024-05-13T10:00:00-05:00").since(utc).unwrap().to_string(), "7 h");
}

#[test]
fn gaps_are_told_in_their_two_largest_units() {
    for (later, gap) in [
        ("2024-05-13T10:00:00", "0 s"),
        ("2024-05-13T10:00:00.0005", "0 s"),
        ("2024-05-13T10:00:00.001", "1 ms"),
        ("2024-05-13T10:00:59.9", "59 s"),
        ("2024-05-13T10:01:00", "1 min"),
        ("2024-05-13T11:00:30", "1 h"),
        ("2024-05-14T09:59:00", "23 h 59 min"),
        ("2024-05-14T10:00:00", "1 d"),
        ("2025-05-13T12:00:00", "365 d 2 h"),
        ("2024-05-13T09:59:30", "-30 s"),
    ] {
        assert_eq!(time(later).since(time("2024-05-13T10:00:00")).unwrap().to_string(), gap, "{later}");
    }
}

#[test]
fn the_clock_of_the_evidence_gives_local_times_their_offset() {
    let mut offsets = Offsets::default();
    // UTC tells nothing of the clock.
    offsets.learn(time("2024-10-20T10:00:00Z"));
    assert!(offsets.is_empty());
    for summer in ["2024-10-20T10:00:00+02:00", "2024-10-21T10:00:00+02:00", "2024-10-26T10:00:00+02:00"] {
        offsets.learn(time(summer));
    }
    offsets.learn(time("2024-10-28T10:00:00+01:00"));
    let resolved = |text| offsets.resolve(time(text)).zone();
    assert_eq!(resolved("2024-10-24T00:00:00"), Some(Zone::Offset(120)));
    // The clocks were changed in between, and nobody knows when.
    assert_eq!(resolved("2024-10-27T00:00:00"), None);
    assert_eq!(resolved("2024-10-28T20:00:00"), Some(Zone::Offset(60)));
    assert_eq!(resolved("2024-10-30T20:00:00"), None);
    assert_eq!(resolved("2024-10-19T20:00:00"), Some(Zone::Offset(120)));
    // What a record says of itself stays.
    assert_eq!(resolved("2024-10-24T00:00:00Z"), Some(Zone::Utc));
}

#[test]
fn offsets_are_few_however_many_records_tell_them() {
    let mut offsets = Offsets::default();
    for minute in (0..60).rev() {
        for hour in 0..24 {
            offsets.learn(time(&format!("2024-05-13T{hour:02}:{minute:02}:00+02:00")));
        }
    }
    assert!(format!("{offsets:?}").len() < 200, "{offsets:?}");
}

#[test]
fn the_order_is_instants_then_local_times_then_none() {
    let mut offsets = Offsets::default();
    let order = |offsets: &Offsets| {
        let mut texts = ["", "2024-05-13T10:30:00", "2024-05-13T09:00:00Z", "2024-05-13T10:00:00+02:00", "2024-05-13T10:15:00"];
        texts.sort_by_key(|text| Moment::of(text.parse().ok(), offsets));
        texts
    };
    assert_eq!(order(&offsets), ["2024-05-13T10:00:00+02:00", "2024-05-13T09:00:00Z", "2024-05-13T10:15:00", "2024-05-13T10:30:00", ""]);
    offsets.learn(time("2024-05-13T10:00:00+02:00"));
    assert_eq!(order(&offsets), ["2024-05-13T10:00:00+02:00", "2024-05-13T10:15:00", "2024-05-13T10:30:00", "2024-05-13T09:00:00Z", ""]);
}
