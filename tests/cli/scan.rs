//! `scan`: what it prints in each of its forms, and how it ends.

use super::intune_err;
use super::logs::{Folder, answer, clock, occurrences, summary, text, trimmed};
use super::strict::{Unread, apart, findings, tallies};

/// Three errors in seven lines, one of them three times.
const LOG: &[u8] = b"start\nhr = 0x80CF0437 (clock)\nok\n[Enroll] -2133916617\nDeviceCapReached\r\nhr=80043001; 80CF0437\nend\n";

#[test]
fn the_first_answer_is_whole_and_a_later_one_is_a_line() {
    let log = b"first 0x80CF0437\nnothing\nthen -2133916617 again\n";
    let clock = clock();
    let expected = format!("first 0x80CF0437\n{}then -2133916617 again\n    {clock}\n", answer("0x80CF0437", "    "));
    assert_eq!(trimmed(&text(["scan"], log)), expected);
}

#[test]
fn a_line_with_one_error_twice_has_one_answer() {
    let log = b"0x80CF0437 came before the other 0x80CF0437\n";
    let expected = format!("0x80CF0437 came before the other 0x80CF0437\n{}", answer("0x80CF0437", "    "));
    assert_eq!(trimmed(&text(["scan"], log)), expected);
}

#[test]
fn a_line_with_two_errors_is_printed_once_with_both_answers_in_order() {
    let log = b"0x80CF0437 came before the other 0x80CF0440\n";
    let expected = format!("0x80CF0437 came before the other 0x80CF0440\n{}{}", answer("0x80CF0437", "    "), answer("0x80CF0440", "    "));
    assert_eq!(trimmed(&text(["scan"], log)), expected);
}

#[test]
fn aliases_of_one_problem_have_the_whole_answer_once() {
    let found = trimmed(&text(["scan"], b"hr=0x80CF3001\nhr=0x80043001\n"));
    assert_eq!(found.matches("Resolution:").count(), 1, "{found}");
    assert!(found.contains("\nhr=0x80043001\n    0x80043001 "), "{found}");
}

#[test]
fn a_name_has_the_answer_of_its_entry() {
    let found = text(["scan"], b"x=DeviceCapReached;\n");
    assert!(found.starts_with("x=DeviceCapReached;\n    DeviceCapReached\n"), "{found}");
    assert!(found.contains("    Problem:    "), "{found}");
}

#[test]
fn one_input_has_no_place_and_several_have() {
    let folder = Folder::new("one_input_has_no_place");
    let (a, b) = (folder.write("a.log", "x\nhr=0x80CF0437\n"), folder.write("b.log", "hr=0x80CF0437"));
    let one = format!("hr=0x80CF0437\n{}", answer("0x80CF0437", "    "));
    assert_eq!(trimmed(&intune_err(["scan", &a]).output()), one);
    let clock = clock();
    let both = format!("{a}:2: hr=0x80CF0437\n{}{b}:1: hr=0x80CF0437\n    {clock}\n", answer("0x80CF0437", "    "));
    assert_eq!(trimmed(&intune_err(["scan", &a, &b]).output()), both);
}

#[test]
fn standard_input_stands_among_paths_as_a_hyphen() {
    let folder = Folder::new("standard_input_stands_among_paths");
    let a = folder.write("a.log", "hr=0x80CF0437\n");
    let found = trimmed(&text(["scan", &a, "-", &a], b"\nx 0x80CF0437\n"));
    let clock = clock();
    let expected = format!(
        "{a}:1: hr=0x80CF0437\n{}(standard input):2: x 0x80CF0437\n    {clock}\n{a}:1: hr=0x80CF0437\n    {clock}\n",
        answer("0x80CF0437", "    ")
    );
    assert_eq!(found, expected);
    let paths: Vec<_> = findings(&text(["--json", "scan", &a, "-"], b"\nx 0x80CF0437\n")).into_iter().map(|found| found.path).collect();
    assert_eq!(paths, [Some(a), None]);
}

#[test]
fn without_arguments_standard_input_is_scanned() {
    for (short, long) in [(&[][..], &["scan", "-"][..]), (&["--json"], &["scan", "--json"]), (&["--markdown"], &["scan", "--markdown"])] {
        assert_eq!(text(short, LOG), text(long, LOG), "{short:?}");
    }
    assert_eq!(text(["scan"], LOG), text(["scan", "-"], LOG));
}

#[test]
fn a_folder_is_walked_in_the_order_of_its_names_and_binary_files_are_skipped() {
    let folder = Folder::new("a_folder_is_walked_in_order");
    let names = ["a/2.log", "a/10.log", "b.txt", "c/d/e.log", "z.log"];
    for name in names.iter().rev() {
        folder.write(name, "hr=0x80CF0437\n");
    }
    let binary = folder.write("c/image.etl", b"\x01\x02\0\0\x80\x7F0x80CF0437\0\0\0\xFF\xFE");
    folder.write("empty.log", "");
    let path = folder.path().to_str().unwrap();
    let (stdout, stderr) = intune_err(["--json", "scan", path]).outputs();
    let (found, unread) = apart(&stdout);
    let found: Vec<_> = findings(&found).into_iter().map(|finding| finding.path.unwrap()).collect();
    assert_eq!(found, ["a/10.log", "a/2.log", "b.txt", "c/d/e.log", "z.log"].map(|name| folder.at(name)));
    assert_eq!((unread, stderr.as_str()), (vec![Unread { path: binary, unread: "a binary file".to_owned() }], ""));
}

#[test]
fn a_binary_file_that_is_named_itself_is_not_read_and_said_so() {
    let folder = Folder::new("a_binary_file_that_is_named");
    let binary = folder.write("x.bin", b"\x01\x02\0\0\x80\x7F 0x80CF0437 \0\0\0\xFF\xFE");
    let (stdout, stderr) = intune_err(["--json", "scan", &binary]).status(2).outputs();
    assert_eq!((stdout, stderr.as_str()), (format!("{{\"path\":{binary:?},\"unread\":\"a binary file\"}}\n"), ""));
    intune_err(["scan", &binary]).status(2).stderr(&format!("error: not read: {binary}: a binary file\n")).run();
}

#[test]
fn a_summary_has_the_most_frequent_first_then_in_the_order_of_the_log() {
    let found = summary(LOG);
    let rows: Vec<_> = found.iter().map(|tally| (tally.matched.as_str(), tally.count, tally.first.line, tally.last.line)).collect();
    assert_eq!(rows, [("0x80CF0437", 3, 2, 6), ("DeviceCapReached", 1, 5, 5), ("80043001", 1, 6, 6)]);
    assert!(found.iter().all(|tally| tally.first.path.is_none() && tally.last.path.is_none()));
    assert_eq!(found[0].entries[0].id, "client-clock-wrong");
    assert_eq!(found[1].code, None);
}

#[test]
fn a_summary_counts_over_all_inputs_and_gives_the_places() {
    let folder = Folder::new("a_summary_counts_over_all");
    let (a, b) = (folder.write("a.log", LOG), folder.write("b.log", LOG));
    let found = tallies(&intune_err(["scan", "--json", "--summary", &a, &b]).output());
    assert_eq!(found.iter().map(|tally| tally.count).collect::<Vec<_>>(), [6, 2, 2]);
    assert_eq!((found[0].first.path.as_deref(), found[0].first.line), (Some(a.as_str()), 2));
    assert_eq!((found[0].last.path.as_deref(), found[0].last.line), (Some(b.as_str()), 6));
}

#[test]
fn a_summary_is_a_table_then_the_look_ups_with_a_line_of_where_they_were_found() {
    let trimmed = |text: &str| {
        assert!(text.starts_with("       Count  Error"), "{text}");
        trimmed(&text[text.find("\n1. ").unwrap() + 1..])
    };
    let expected = |found: &str| format!("1. {}", answer("0x80CF0437", "").replacen('\n', &format!("\nFound:      {found}\n"), 1));
    assert_eq!(trimmed(&text(["scan", "--summary"], b"x\n0x80CF0437\n")), expected("once, line 2"));
    let several = b"x\n0x80CF0437\nx\nx 80CF0437\n-2133916617";
    assert_eq!(trimmed(&text(["scan", "--summary"], several)), expected("3 times, first line 2, last line 5"));
    let folder = Folder::new("a_summary_is_the_look_up");
    let (a, b) = (folder.write("a.log", "0x80CF0437"), folder.write("b.log", several));
    let of_both = trimmed(&intune_err(["scan", "--summary", &a, &b]).output());
    assert_eq!(of_both, expected(&format!("4 times, first {a}:1, last {b}:5")));
}

#[test]
fn markdown_is_the_summary() {
    let found = text(["scan", "--markdown"], LOG);
    assert_eq!(text(["scan", "--markdown", "--summary"], LOG), found);
    assert!(found.starts_with("| # | Count | Error | Problem | First |\n| --- |"), "{found}");
    assert!(found.contains("\n| 1 | 3 | 0x80CF0437 | The client computer's clock is wrong. | line 2 |\n"), "{found}");
    assert!(found.contains("\n### 1. 0x80CF0437 (-2133916617)\n\n**Found:** 3 times, first line 2, last line 6\n"), "{found}");
    let subjects: Vec<&str> = found.lines().filter(|line| line.starts_with("### ")).collect();
    assert_eq!(subjects, ["### 1. 0x80CF0437 (-2133916617)", "### 2. DeviceCapReached", "### 3. 0x80043001 (-2147209215)"]);
}

#[test]
fn an_occurrence_has_the_keys_of_the_contract_in_their_order() {
    let found = text(["scan", "--json"], b"a\nbc -2133916617 d\r\n");
    let of_query = intune_err(["--json", "0x80CF0437"]).output();
    let entries = &of_query[of_query.find("\"entries\":").unwrap()..of_query.find(",\"meaning\":").unwrap()];
    let expected = format!(
        "{{\"path\":null,\"line\":2,\"column\":4,\"offset\":5,\"match\":\"-2133916617\",\
         \"code\":{{\"hex\":\"0x80CF0437\",\"unsigned\":2161050679,\"signed\":-2133916617}},\
         \"symbols\":[],{entries},\"meaning\":null,\"text\":\"bc -2133916617 d\",\"time\":null,\"zone\":null,\"family\":null,\"component\":null,\
         \"event\":null,\"app\":null,\"phase\":null,\"level\":null,\"thread\":null,\"step\":null,\"enrollment\":null,\
         \"correlation\":null}}\n"
    );
    assert_eq!(found, expected);
}

#[test]
fn json_has_an_object_an_occurrence_in_the_order_of_the_log() {
    let found = occurrences(LOG);
    let rows: Vec<_> = found.iter().map(|found| (found.line, found.column, found.matched.as_str())).collect();
    let expected = [(2, 6, "0x80CF0437"), (4, 10, "-2133916617"), (5, 1, "DeviceCapReached"), (6, 4, "80043001"), (6, 14, "80CF0437")];
    assert_eq!(rows, expected);
    for finding in &found {
        let at = finding.offset as usize;
        assert_eq!(&LOG[at..at + finding.matched.len()], finding.matched.as_bytes());
        assert_eq!(&finding.text[finding.column as usize - 1..][..finding.matched.len()], finding.matched);
    }
    assert_eq!(found[2].text, "DeviceCapReached");
    assert!(found[2].entries.iter().any(|entry| entry.id == "device-cap-reached"));
}

#[test]
fn the_whole_row_of_status_and_output() {
    let folder = Folder::new("the_whole_row_of_status");
    let (some, none) = (folder.write("some.log", LOG), folder.write("none.log", "all is well\n"));
    let (empty, missing) = (folder.write("empty.log", ""), folder.at("missing.log"));
    let mut faults = Vec::new();
    for (paths, expected) in [
        (&[&some][..], 0),
        (&[&none], 1),
        (&[&empty], 1),
        (&[&none, &some, &empty], 0),
        (&[&missing], 2),
        (&[&some, &missing], 2),
        (&[&missing, &some], 2),
        (&[&none, &missing], 2),
    ] {
        for form in [&[][..], &["--json"], &["--markdown"], &["--summary"], &["--summary", "--json"], &["--passthrough"], &["-q"]] {
            let output = super::command().arg("scan").args(form).args(paths).output().unwrap();
            if output.status.code() != Some(expected) {
                faults.push(format!("{form:?} {paths:?}: {:?}, and not {expected}", output.status));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn quiet_prints_nothing_and_tells_by_the_status() {
    for form in [&["-q"][..], &["--quiet"], &["-q", "--json"], &["-q", "--summary"], &["-q", "--markdown"], &["-q", "--passthrough"]] {
        let output = super::logs::run(["scan"].iter().chain(form), LOG);
        assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), Vec::new(), Vec::new()), "{form:?}");
        let output = super::logs::run(["scan"].iter().chain(form), b"all is well\n");
        assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(1), Vec::new(), Vec::new()), "{form:?}");
    }
}

#[test]
fn quiet_says_nothing_of_a_missing_file_either() {
    intune_err(["-q", "scan", "/nowhere/missing.log"]).status(2).run();
}

#[test]
fn a_log_without_an_error_prints_nothing() {
    for form in [&[][..], &["--json"], &["--markdown"], &["--summary"], &["--summary", "--json"]] {
        intune_err(["scan"].iter().chain(form)).stdin(b"all is well\n0x0 and S_OK\n").status(1).run();
    }
}

#[test]
fn all_reports_unknown_failures_besides() {
    let log = b"it was 0x8018FFF0 then\nhr=0x80CF0437\nhr=8018FFF0\n";
    assert_eq!(occurrences(log).len(), 1);
    let found = findings(&text(["scan", "--all", "--json"], log));
    assert_eq!(found.iter().map(|found| found.matched.as_str()).collect::<Vec<_>>(), ["0x8018FFF0", "0x80CF0437"]);
    assert!(found[0].entries.is_empty() && found[0].symbols.is_empty());
    let plain = text(["scan", "--all"], b"hr=0x8018FFF0\n");
    assert!(plain.contains("No entry and no symbol is known for this code"), "{plain}");
}

#[test]
fn options_that_exclude_each_other_are_refused() {
    let (stdout, stderr) = intune_err(["scan", "--passthrough", "--summary"]).status(2).outputs();
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: the argument '--passthrough' cannot be used with '--summary'\n"), "{stderr}");
}

#[test]
fn colour_marks_the_match_and_changes_nothing_else() {
    let found = text(["scan", "--color", "always"], b"\x07 a 0x80CF0437 b\n");
    assert!(found.starts_with("\u{7} a \u{1B}["), "{found:?}");
    let marked = &found[..found.find('\n').unwrap()];
    let (before, behind) = marked.split_once("0x80CF0437").unwrap();
    assert!(before.ends_with('m') && behind.starts_with("\u{1B}["), "{marked:?}");
    assert!(!text(["scan"], b"a 0x80CF0437 b\n").contains('\u{1B}'));
}

#[test]
fn control_characters_are_untouched_in_a_pipe() {
    let log = b"\x07\x1B]0;title\x07 0x80CF0437 \x1B[2J\x08\n";
    assert!(super::logs::output(["scan"], log).starts_with(log));
}
