//! What is different on Windows: wildcards that no shell expands, its separators, long paths, its devices.

use super::intune_err;
use super::logs::Folder;
use super::strict::findings;

/// The names of the files, in order, that a scan of these paths finds something in.
#[track_caller]
fn names(paths: &[&str]) -> Vec<String> {
    let stdout = intune_err(["--json", "scan"].iter().chain(paths)).output();
    let paths = findings(&stdout).into_iter().map(|finding| finding.path.expect("it is in a file"));
    paths.map(|path| path.rsplit(['\\', '/']).next().expect("it has a name").to_owned()).collect()
}

/// A folder with some logs, each with one error.
fn logs(test: &str) -> Folder {
    let folder = Folder::new(test);
    for name in ["b.log", "a.LOG", "c1.txt", "c2.txt", "c10.txt", "d[1].txt", "sub1/x.log", "sub2/x.log", "sub2/y.txt"] {
        folder.write(name, "hr=0x80CF0437\r\n");
    }
    folder
}

#[test]
fn wildcards_are_expanded_in_the_order_of_the_names() {
    let folder = logs("wildcards_are_expanded");
    assert_eq!(names(&[&folder.at("*.log")]), ["a.LOG", "b.log"]);
    assert_eq!(names(&[&folder.at("*.LOG")]), ["a.LOG", "b.log"]);
    assert_eq!(names(&[&folder.at("c?.txt")]), ["c1.txt", "c2.txt"]);
    assert_eq!(names(&[&folder.at("sub*/*.log")]), ["x.log", "x.log"]);
    assert_eq!(names(&[&format!("{}/c*.txt", folder.path().display())]), ["c1.txt", "c10.txt", "c2.txt"]);
}

#[test]
fn a_pattern_stands_among_paths_in_its_place() {
    let folder = logs("a_pattern_stands_among_paths");
    assert_eq!(names(&[&folder.at("c2.txt"), &folder.at("*.log"), &folder.at("c1.txt")]), ["c2.txt", "a.LOG", "b.log", "c1.txt"]);
}

#[test]
fn a_folder_that_a_pattern_matches_is_walked() {
    let folder = logs("a_folder_that_a_pattern_matches");
    assert_eq!(names(&[&folder.at("sub*")]), ["x.log", "x.log", "y.txt"]);
}

#[test]
fn brackets_are_no_wildcards() {
    let folder = logs("brackets_are_no_wildcards");
    assert_eq!(names(&[&folder.at("d[1].txt")]), ["d[1].txt"]);
    assert_eq!(names(&[&folder.at("d[1]*")]), ["d[1].txt"]);
    let (_, stderr) = intune_err(["scan", &folder.at("c[12].*")]).status(2).outputs();
    assert!(stderr.starts_with("error: cannot read "), "{stderr}");
}

#[test]
fn a_pattern_that_nothing_matches_is_a_missing_file() {
    let folder = logs("a_pattern_that_nothing_matches");
    let (none, b) = (folder.at("*.evtx"), folder.at("b.log"));
    let (stdout, stderr) = intune_err(["--json", "scan", &none, &b]).status(2).outputs();
    assert!(stderr.starts_with(&format!("error: cannot read {none}: ")) && stderr.lines().count() == 1, "{stderr}");
    let (found, unread) = super::strict::apart(&stdout);
    assert_eq!((findings(&found).len(), unread.len()), (1, 1));
    let (_, stderr) = intune_err(["scan", &folder.at("**b.log")]).status(2).outputs();
    assert!(stderr.starts_with("error: cannot read "), "{stderr}");
}

#[test]
fn one_file_of_a_pattern_has_no_place_and_several_have() {
    let folder = logs("one_file_of_a_pattern");
    let one = intune_err(["scan", &folder.at("b*.log")]).output();
    assert!(one.starts_with("hr=0x80CF0437\n"), "{one:?}");
    let two = intune_err(["scan", &folder.at("*.log")]).output();
    assert!(two.lines().next().is_some_and(|line| line.ends_with("\\a.LOG:1: hr=0x80CF0437")), "{two:?}");
}

#[test]
fn a_quote_that_a_shell_left_at_the_end_of_a_folder_does_no_harm() {
    let folder = logs("a_quote_that_a_shell_left");
    assert_eq!(names(&[&format!("{}\"", folder.at("sub2"))]), ["x.log", "y.txt"]);
}

#[test]
fn a_long_path_is_read() {
    let folder = Folder::new("a_long_path");
    let below = vec!["a_folder_with_a_name_of_some_length_so_that_it_adds_up"; 8].join("/");
    let log = folder.write(&format!("{below}/a.log"), "hr=0x80CF0437\r\n");
    assert!(log.len() > 400, "{log}");
    assert_eq!(names(&[&log]), ["a.log"]);
    assert_eq!(names(&[&folder.at("")]), ["a.log"]);
    assert_eq!(names(&[&log.replace("a.log", "*.log")]), ["a.log"]);
}

#[test]
fn a_path_with_backslashes_is_shown_as_it_is() {
    let folder = Folder::new("a_path_with_backslashes");
    let log = folder.write("a.log", "hr=0x80CF0437\r\n").replace('/', "\\");
    intune_err([&log]).stderr_holds(&format!("\nhelp: scan it for errors: intune-err scan {log}\n")).status(1).run();
    let found = intune_err(["scan", "--summary", &log]).output();
    assert!(found.contains(&format!("Found:      once, {log}:1\n")), "{found}");
    let (_, stderr) = intune_err(["scan", "\\nowhere\\missing.log"]).status(2).outputs();
    assert!(stderr.starts_with("error: cannot read \\nowhere\\missing.log: "), "{stderr}");
}

#[test]
fn the_device_that_is_always_empty_holds_no_error() {
    intune_err(["scan", "NUL"]).status(1).run();
}

#[test]
fn the_output_has_the_line_ends_of_the_program_and_the_log_keeps_its_own() {
    assert!(!intune_err(["0x80CF0437"]).output().contains('\r'));
    let found = intune_err(["scan", "--passthrough"]).stdin(b"a\r\nhr=0x80CF0437\r\nb\n").output();
    let log: String = found.split_inclusive('\n').filter(|line| !line.starts_with("intune-err>")).collect();
    assert_eq!(log, "a\r\nhr=0x80CF0437\r\nb\n");
}
