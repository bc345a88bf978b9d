//! The human output, whole, as it looks; the pictures lie in `snapshots/`. Their queries are such that no further record changes
//! the answer. An escape is shown as `<ESC>`. Look at what changed before you take it over: `INSTA_UPDATE=always cargo test`.
//!
//! A pipe gets unwrapped lines, so that these are the wide ones; how lines wrap is for the unit tests of the printer.

use super::intune_err;

/// Compares what a call prints, both streams and the status, with the picture of this name.
#[track_caller]
fn picture(name: &str, args: &[&str], status: i32) {
    let (stdout, stderr) = intune_err(args).status(status).outputs();
    let errors = if stderr.is_empty() { String::new() } else { format!("--- standard error\n{stderr}") };
    let text = format!("$ intune-err {}\n{stdout}{errors}--- exit status {status}\n", args.join(" "));
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text.replace('\u{1B}', "<ESC>")));
}

#[test]
fn found() {
    picture("found", &["0x80cf0437"], 0);
}

#[test]
fn found_by_its_id() {
    picture("found_by_its_id", &["company-name-special-characters"], 0);
}

#[test]
fn two_problems() {
    picture("two_problems", &["0x80CF0438"], 0);
}

#[test]
fn two_readings() {
    picture("two_readings", &["80043001"], 0);
}

#[test]
fn unknown() {
    picture("unknown", &["0x12345678"], 1);
}

#[test]
fn wraps_nothing_known() {
    picture("wraps_nothing_known", &["0x8007FFFE"], 1);
}

#[test]
fn not_a_code() {
    picture("not_a_code", &["0x1234567G"], 2);
}

#[test]
fn an_empty_query() {
    picture("an_empty_query", &[""], 2);
}

#[test]
fn several_queries() {
    picture("several_queries", &["0x80CF0440", "0x12345678", "0x80CF3009"], 1);
}

#[test]
fn checklist() {
    picture("checklist", &["checklist", "--platform", "android"], 0);
}

#[test]
fn found_coloured() {
    picture("found_coloured", &["--color", "always", "0x80CF0438"], 0);
}

#[test]
fn unknown_coloured() {
    picture("unknown_coloured", &["--color", "always", "0x12345678", "0x1234567G"], 2);
}

#[test]
fn checklist_coloured() {
    picture("checklist_coloured", &["--color", "always", "checklist", "--platform", "macos"], 0);
}

#[test]
fn found_as_markdown() {
    picture("found_as_markdown", &["--markdown", "0x80CF0438"], 0);
}

#[test]
fn unknown_as_markdown() {
    picture("unknown_as_markdown", &["--markdown", "0x12345678"], 1);
}

#[test]
fn checklist_as_markdown() {
    picture("checklist_as_markdown", &["--markdown", "checklist", "--platform", "ios"], 0);
}
