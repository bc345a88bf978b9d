//! The example under `examples/` does what it says.
#![forbid(unsafe_code)]

#[allow(dead_code, reason = "its main function is not for tests")]
#[path = "../examples/annotate.rs"]
mod example;

#[track_caller]
fn annotated(log: &[u8]) -> String {
    let mut out = Vec::new();
    example::annotate(log, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("the output is UTF-8")
}

#[test]
fn a_line_with_a_code_is_followed_by_problem_and_steps() {
    assert_eq!(
        annotated(b"Sync started\r\nSync failed with -2133916617\r\nSync ended\r\n"),
        "Sync started\r\nSync failed with -2133916617\r\n    0x80CF0437: The client computer's clock is wrong.\n    \
         1. Set the right time and the right time zone on the client computer.\nSync ended\r\n"
    );
}

#[test]
fn a_code_without_an_entry_is_followed_by_its_names() {
    assert_eq!(annotated(b"status 0xC0000022\n"), "status 0xC0000022\n    0xC0000022: STATUS_ACCESS_DENIED\n");
}

#[test]
fn a_last_line_without_its_end_gets_one_only_where_something_follows() {
    assert_eq!(annotated(b"nothing here"), "nothing here");
    assert!(annotated(b"0x80CF0437").starts_with("0x80CF0437\n    0x80CF0437: "));
}

#[test]
fn names_of_the_table_are_found_in_any_case() {
    assert!(annotated(b"result: devicecapreached\n").contains("\n    DeviceCapReached: The user has already enrolled "));
}

#[test]
fn utf16_comes_out_as_utf8() {
    let wide: Vec<u8> = "\u{FEFF}Sync failed with -2133916617\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(annotated(&wide).starts_with("Sync failed with -2133916617\r\n    0x80CF0437: "));
}
