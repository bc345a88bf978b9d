//! Which record a place belongs to, in whole logs and in logs that come piece by piece.

use intune_err::log::{Head, LogFamily, Record, Records};

/// The record at the place of `what` in `log`.
#[track_caller]
fn at(log: &str, what: &str) -> Record {
    Records::new().at(log.as_bytes(), log.find(what).expect("it is in the log"))
}

/// The text of the record at the place of `what`, and its time.
#[track_caller]
fn told<'a>(log: &'a str, what: &str) -> (&'a str, Option<String>) {
    let record = at(log, what);
    (&log[record.range], record.head.time.map(|time| time.to_string()))
}

const IME: &str = "<![LOG[[Win32App] one 0x1]LOG]!><time=\"10:00:01.0000000\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"7\" file=\"\">\r\n\
    <![LOG[[Win32App] two\r\n0x2\r\n]LOG]!><time=\"10:00:02.0000000\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"3\" thread=\"8\" file=\"\">\r\n\
    <![LOG[three 0x3]LOG]!><time=\"10:00:03.0000000\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"9\" file=\"\"><![LOG[four 0x4]LOG]!><time=\"10:00:04.0000000\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"10\" file=\"\">\r\n";

#[test]
fn a_framed_record_goes_over_lines_and_has_its_head_at_the_end() {
    for (what, thread, second) in [("0x1", "7", 1), ("two", "8", 2), ("0x2", "8", 2), ("0x3", "9", 3), ("0x4", "10", 4)] {
        let head = at(IME, what).head;
        assert_eq!(head.thread.as_deref(), Some(thread), "{what}");
        assert_eq!(head.time.unwrap().to_string(), format!("2024-05-13T10:00:0{second}.0000000"));
    }
    assert!(IME[at(IME, "0x2").range].starts_with("<![LOG[[Win32App] two"));
}

#[test]
fn framed_records_follow_one_another_on_a_line_also_after_blanks() {
    for between in ["", " ", " \t"] {
        let log = IME.replace("\r\n", between);
        for (what, thread) in [("0x1", "7"), ("0x2", "8"), ("0x3", "9"), ("0x4", "10")] {
            assert_eq!(at(&log, what).head.thread.as_deref(), Some(thread), "{what} after {between:?}");
            assert!(log[at(&log, what).range].starts_with("<![LOG["));
        }
    }
    let apart = IME.replace("\r\n", " x ");
    assert_eq!(at(&apart, "0x1").head.thread.as_deref(), Some("7"));
    assert_eq!(at(&apart, "0x2").head.thread, None, "what stands between two is no record");
}

#[test]
fn a_framed_record_can_begin_in_the_part_of_a_line_that_comes_next() {
    let log = IME.replace("\r\n", "");
    let (one, two) = log.split_at(log.find("<![LOG[[Win32App] two").unwrap());
    for (one, two) in [(one.to_owned(), format!(" {two}")), (format!("{one} "), two.to_owned())] {
        let mut records = Records::new();
        assert_eq!(records.at(one.as_bytes(), 20).head.thread.as_deref(), Some("7"));
        records.pass(one.as_bytes());
        assert_eq!(records.at(two.as_bytes(), two.find("0x2").unwrap()).head.thread.as_deref(), Some("8"));
    }
}

#[test]
fn places_are_asked_for_in_their_order_or_not() {
    let places: Vec<usize> = ["0x1", "0x2", "0x3", "0x4"].iter().map(|what| IME.find(what).unwrap()).collect();
    let fresh: Vec<Record> = places.iter().map(|place| Records::new().at(IME.as_bytes(), *place)).collect();
    let mut records = Records::new();
    let in_order: Vec<Record> = places.iter().map(|place| records.at(IME.as_bytes(), *place)).collect();
    assert_eq!(in_order, fresh);
    let backwards: Vec<Record> = places.iter().rev().map(|place| records.at(IME.as_bytes(), *place)).collect();
    assert_eq!(backwards.into_iter().rev().collect::<Vec<_>>(), fresh);
}

#[test]
fn a_log_that_comes_line_by_line_tells_the_same_where_the_head_comes_first() {
    let log = "2024-05-13 10:00:00, Info   CBS    one 0x1\n  more 0x2\n\n2024-05-13 10:00:05, Error  CSI    two 0x3\n  more 0x4\n";
    let mut records = Records::new();
    for line in log.split_inclusive('\n') {
        if let Some(place) = line.find("0x") {
            let head = records.at(line.as_bytes(), place).head;
            assert_eq!(head, at(log, &line[place..place + 3]).head, "{line}");
        }
        records.pass(line.as_bytes());
    }
}

#[test]
fn a_framed_record_that_ends_in_the_next_piece_has_its_head_there() {
    let border = IME.find("0x2").unwrap();
    let (one, two) = IME.as_bytes().split_at(border);
    let mut records = Records::new();
    // The head is still to come.
    let head = records.at(one, border - 3).head;
    assert_eq!((head.time, head.family), (None, Some(LogFamily::Ime)));
    records.pass(one);
    let head = records.at(two, 0).head;
    assert_eq!(head.thread.as_deref(), Some("8"));
    assert_eq!(records.at(two, two.windows(3).position(|three| three == b"0x3").unwrap()).head.thread.as_deref(), Some("9"));
}

#[test]
fn a_record_that_was_cut_off_has_no_head_of_another_record() {
    let log = format!("<![LOG[cut 0x9\n{IME}");
    let head = at(&log, "0x9").head;
    assert_eq!((head.time, head.component), (None, None));
    assert_eq!(at(&log, "0x1").head.thread.as_deref(), Some("7"));
}

#[test]
fn lines_without_a_head_belong_to_the_record_above() {
    let log = "no head 0x0\n2024-05-13 10:00:00, Error  CSI  failed\n  0x1\n\tat x\n\n0x2\n2024-05-13 10:00:09, Info  CBS  0x3\n";
    assert_eq!(told(log, "0x0").1, None);
    assert_eq!(told(log, "0x1"), ("2024-05-13 10:00:00, Error  CSI  failed\n  0x1\n", Some("2024-05-13T10:00:00".to_owned())));
    assert_eq!(told(log, "0x2").1.as_deref(), Some("2024-05-13T10:00:00"));
    assert_eq!(told(log, "0x3").1.as_deref(), Some("2024-05-13T10:00:09"));
}

#[test]
fn a_head_far_above_is_none() {
    let log = format!("2024-05-13 10:00:00, Error  CSI  failed\n{}0x1\n", "a line of some thirty letters\n".repeat(1000));
    assert_eq!(told(&log, "0x1").1, None);
    assert_eq!(at(&log, "0x1").head.component, None);
}

#[test]
fn a_head_far_away_on_the_same_line_is_found() {
    let json = "{\"Id\":\"x\"},".repeat(40_000);
    let log = format!(
        "{IME}<![LOG[Get policies = [{json}0x5{json}]]LOG]!><time=\"10:00:05.0000000\" date=\"5-13-2024\" component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"11\" file=\"\">\n"
    );
    assert_eq!(at(&log, "0x5").head.thread.as_deref(), Some("11"));
}

const DSREGCMD: &str = "\
+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : NO

+----------------------------------------------------------------------+
| SSO State                                                            |
+----------------------------------------------------------------------+

                AzureAdPrt : NO
     Acquire Prt Diagnostics : PRESENT
        Previous Prt Attempt : 2024-05-13 07:00:00.789 UTC
            Attempt Status : 0xc000006d

+----------------------------------------------------------------------+
| Diagnostic Data                                                      |
+----------------------------------------------------------------------+

     Diagnostics Reference : www.microsoft.com/aadjerrors
              User Context : UN-ELEVATED User
               Client Time : 2024-05-13 08:00:00.000 UTC
      AD Connectivity Test : PASS
        DRS Discovery Test : FAIL [0x801c0021/0x801c000c]
     Previous Registration : 2024-05-12 09:16:43.000 UTC
               Error Phase : discover
          Client ErrorCode : 0x801c001d
";

#[test]
fn dsregcmd_tells_the_section_and_the_time_that_stands_above() {
    for (what, section, time) in [
        ("AzureAdJoined", "Device State", None),
        ("AzureAdPrt :", "SSO State", None),
        ("0xc000006d", "SSO State", Some("2024-05-13T07:00:00.789Z")),
        ("Diagnostics Reference", "Diagnostic Data", None),
        ("0x801c0021", "Diagnostic Data", Some("2024-05-13T08:00:00.000Z")),
        ("0x801c001d", "Diagnostic Data", Some("2024-05-12T09:16:43.000Z")),
    ] {
        let head = at(DSREGCMD, what).head;
        assert_eq!((head.component.as_deref(), head.family), (Some(section), Some(LogFamily::Dsregcmd)), "{what}");
        assert_eq!(head.time.map(|time| time.to_string()).as_deref(), time, "{what}");
    }
}

#[test]
fn a_time_keeps_its_section_whatever_stands_after_it() {
    let log =
        "| Device State  |\n   Client Time : 2024-05-13 08:00:00.000 UTC $$<A><05-13-2024 10:00:00.332+240><thread=4116 (0x1014)>\n0x1\n";
    for what in ["UTC", "0x1"] {
        let head = at(log, what).head;
        assert_eq!(
            (head.component.as_deref(), head.time.unwrap().to_string().as_str()),
            (Some("Device State"), "2024-05-13T08:00:00.000Z")
        );
    }
}

#[test]
fn a_value_of_the_registry_has_its_key() {
    let log = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n\"Result\"=dword:80070005\r\n\r\n\
        [HKEY_LOCAL_MACHINE\\SOFTWARE\\B]\r\n\"LastError\"=dword:80070643\r\n";
    for (what, key) in [("80070005", "HKEY_LOCAL_MACHINE\\SOFTWARE\\A"), ("80070643", "HKEY_LOCAL_MACHINE\\SOFTWARE\\B")] {
        let head = at(log, what).head;
        assert_eq!((head.component.as_deref(), head.family, head.time), (Some(key), Some(LogFamily::Reg), None));
    }
}

#[test]
fn an_installer_log_has_its_date_in_the_first_line() {
    let log = "=== Verbose logging started: 5/13/2024  23:58:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: x ===\r\n\
        MSI (c) (10:E0) [23:58:00:961]: Resetting 0x1\r\n\
        Action start 23:59:00: InstallFiles.\r\n\
        InstallFiles: 0x2\r\n\
        MSI (s) (34:50) [00:01:12:123]: 0x3\r\n\
        === Verbose logging started: 5/20/2024  10:00:00  Build type: x ===\r\n\
        MSI (s) (34:50) [10:11:12:123]: 0x4\r\n\
        === Verbose logging started: 05/11/2024  10:00:00  Build type: x ===\r\n\
        MSI (s) (34:50) [10:11:12:123]: 0x5\r\n";
    for (what, time) in [
        ("0x1", Some("2024-05-13T23:58:00.961")),
        ("0x2", Some("2024-05-13T23:59:00")),
        // After midnight.
        ("0x3", Some("2024-05-14T00:01:12.123")),
        ("0x4", Some("2024-05-20T10:11:12.123")),
        // May 11 or November 5: the device's region decides, and the log doesn't say it.
        ("0x5", None),
    ] {
        assert_eq!(told(log, what).1.as_deref(), time, "{what}");
    }
    assert_eq!(at(log, "0x2").head.component.as_deref(), Some("InstallFiles"));
}

#[test]
fn the_date_of_an_installer_log_holds_however_far_it_is_away() {
    let line = "MSI (s) (34:50) [10:11:12:123]: Property(S): X = Y\r\n";
    let started = |day| format!("=== Verbose logging started: 5/{day}/2024  10:00:00  Build type: x ===\r\n");
    let far = line.repeat(2000);
    let log = format!("{}{far}{}{far}MSI (s) (34:50) [10:11:12:123]: 0x1\r\n", started(13), started(20));
    assert_eq!(told(&log, "0x1").1.as_deref(), Some("2024-05-20T10:11:12.123"));
    // A line that has the words twice is one.
    let log = format!("{}{}{far}MSI (s) (34:50) [10:11:12:123]: 0x1\r\n", started(13).trim_ascii_end(), started(20));
    assert_eq!(told(&log, "0x1").1.as_deref(), Some("2024-05-13T10:11:12.123"));
    // The same, piece by piece.
    let mut records = Records::new();
    for piece in [started(13), far.clone(), started(20) + &far, far.clone()] {
        records.pass(piece.as_bytes());
    }
    let head = records.at(b"MSI (s) (34:50) [10:11:12:123]: 0x1\r\n", 33).head;
    assert_eq!(head.time.unwrap().to_string(), "2024-05-20T10:11:12.123");
}

#[test]
fn the_form_of_the_site_servers_ends_a_line() {
    let log = "Starting~  $$<SMS_A><05-13-2024 10:00:00.332+240><thread=4116 (0x1014)>\r\nFailed 0x80070005~  $$<SMS_B><05-13-2024 10:00:01.332+240><thread=4117 (0x1015)>\r\n";
    let head = at(log, "0x80070005").head;
    assert_eq!((head.component.as_deref(), head.thread.as_deref()), (Some("SMS_B"), Some("4117")));
    assert_eq!(head.time.unwrap().to_string(), "2024-05-13T10:00:01.332-04:00");
    assert_eq!(head.family, Some(LogFamily::Ccm));
}

#[test]
fn a_frame_far_from_the_beginning_is_one_also_where_only_a_place_in_it_is_asked_for() {
    let frame = "<![LOG[Cut off\n2024-05-13 10:00:00, Error  CSI  0x1 is text]LOG]!><time=\"10:00:00.1234567\" date=\"5-14-2024\" \
        component=\"A\" context=\"\" type=\"1\" thread=\"7\" file=\"\">\n";
    for before in [0, 100, 4000, 4090, 4095, 4096, 5000, 16_000] {
        let log = "x\n".repeat(before / 2) + frame;
        let record = at(&log, "0x1");
        assert_eq!((record.range.start, record.head.component.as_deref()), (before / 2 * 2, Some("A")), "{before}");
        // The same, from its beginning.
        let mut records = Records::new();
        records.at(log.as_bytes(), 0);
        assert_eq!(records.at(log.as_bytes(), log.find("0x1").unwrap()), record, "{before}");
    }
}

#[test]
fn the_words_of_a_file_s_beginning_alone_make_no_file_of_its_kind() {
    assert_eq!(at("Windows 11, C:\\Windows\\Registry Editor 0x1\n", "0x1").head.family, None);
}

#[test]
fn a_text_without_heads_tells_nothing() {
    assert_eq!(at("a\nb 0x80070005\n", "0x8").head, Head::default());
    assert_eq!(Records::new().at(b"", 0).head, Head::default());
}
