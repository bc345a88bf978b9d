//! `--markdown`: answers, searches, lists and the checklist, ready to paste into a ticket.

use super::{PAGE, intune_err};

#[test]
fn an_answer_is_a_heading_with_labelled_parts() {
    intune_err(["--markdown", "0x80cf0437"])
        .stdout(&format!(
            "### 0x80CF0437 (-2133916617)\n\n\
             **Problem:** The client computer's clock is wrong.\n\n\
             **Resolution:** Set the right time and the right time zone on the client computer.\n\n\
             **Codes:** `0x80CF0437`\n\n\
             **Platforms:** Windows\n\n\
             **Source:** <{PAGE}>\n"
        ))
        .run();
}

#[test]
fn a_code_is_in_hex_and_decimal_whatever_it_was_found_by() {
    for query in ["0x80CF0437", "-2133916617", "client-clock-wrong"] {
        let ticket = intune_err(["--markdown", query]).output();
        assert!(ticket.contains("0x80CF0437") && ticket.contains("(-2133916617)"), "{ticket}");
    }
    intune_err(["--markdown", "client-clock-wrong"]).stdout_holds("\n**Codes:** `0x80CF0437` (-2133916617)\n").run();
}

#[test]
fn several_steps_are_a_numbered_list() {
    intune_err(["--markdown", "0x80CF3005"])
        .stdout_holds(
            "\n\n**Resolution:**\n\n\
             1. Wait a few hours.\n\
             2. Remove older client software from the computer.\n\
             3. Retry the installation of the client software.\n\n",
        )
        .run();
}

#[test]
fn what_markdown_would_act_on_is_escaped() {
    intune_err(["--markdown", "device-cap-reached"]).stdout_holds("Devices > Enrollment > Device limit restriction").run();
    let (stdout, _) = intune_err(["--markdown", "see *this* <b> 0x80CF0437"]).outputs();
    assert!(!stdout.contains("*this*") && !stdout.contains("<b>"), "{stdout}");
}

#[test]
fn an_unknown_code_has_its_whole_anatomy() {
    intune_err(["--markdown", "0x12345678"]).stdout_holds("### 0x12345678 (305419896)\n\n").stdout_holds("facility 564").status(1).run();
    // As people and JSON get it: the names of the facility, and what the HRESULT wraps.
    intune_err(["--markdown", "0x80182345"]).stdout_holds("FACILITY_WINDOWS_CE").status(1).run();
    intune_err(["--markdown", "0x8007FFFE"]).stdout_holds("Win32 code 65534").status(1).run();
}

#[test]
fn two_readings_and_conversions_are_explained() {
    intune_err(["--markdown", "80043001"]).stdout_holds("\n\nRead as hex: 0x80043001.\n\n").run();
    intune_err(["--markdown", "0x80070BC2"])
        .stdout_holds("is Win32 error 3010 (0x00000BC2) as an HRESULT; the entries for both are shown.")
        .run();
}

#[test]
fn several_queries_are_several_headings() {
    let output = intune_err(["--markdown", "0x80CF0437", "company-name-special-characters"]).output();
    let headings: Vec<&str> = output.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["### 0x80CF0437 (-2133916617)", "### company-name-special-characters"]);
    assert!(output.contains("\n\n### company-name-special-characters\n\n**Problem:** "), "{output}");
}

#[test]
fn a_list_and_a_search_are_lists() {
    let clock = "- **client-clock-wrong** (`0x80CF0437`): The client computer's clock is wrong.\n";
    intune_err(["--markdown", "list"]).stdout_holds(clock).run();
    intune_err(["--markdown", "search", "clock", "zone", "client"]).stdout_holds(clock).run();
    let list = intune_err(["--markdown", "list"]).output();
    assert!(list.lines().all(|line| line.starts_with("- **")), "{list}");
}

#[test]
fn the_checklist_has_boxes_to_tick() {
    let output = intune_err(["--markdown", "checklist"]).output();
    assert!(output.contains("### Questions to ask\n\n- [ ] What is the exact error message?\n"), "{output}");
    assert!(output.ends_with(&format!("\n**Source:** <{PAGE}>\n")), "{output}");
}

#[test]
fn a_miss_is_told_on_standard_error_alone() {
    let (stdout, stderr) = intune_err(["--markdown", "qqqxyz"]).status(1).outputs();
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: `qqqxyz` is neither a code nor a known name or message\n"), "{stderr}");
}
