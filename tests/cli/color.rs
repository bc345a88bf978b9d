//! Colour: never where nobody asked for it and the output is a pipe; by flag; by the environment.

use super::{Call, intune_err};

/// Whether a call's standard output has escapes.
#[track_caller]
fn colored(call: Call) -> bool {
    call.output().contains('\u{1B}')
}

/// Every kind of output for people.
const ALL: [&[&str]; 5] =
    [&["0x80CF0437"], &["company-name-special-characters"], &["search", "clock"], &["list", "--area", "certificate"], &["checklist"]];

#[test]
fn a_pipe_has_no_escapes() {
    for args in ALL {
        assert!(!colored(intune_err(args)), "{args:?}");
        assert!(!colored(intune_err(args).env("TERM", "xterm-256color").env("COLORTERM", "truecolor")), "{args:?}");
    }
}

#[test]
fn a_pipe_has_no_escapes_on_standard_error_either() {
    for args in [&["0x1G"][..], &["qqqxyz"], &["--nonsense"], &["search"]] {
        let (_, stderr) = intune_err(args).env("TERM", "xterm").status(if args == ["qqqxyz"] { 1 } else { 2 }).outputs();
        assert!(!stderr.is_empty() && !stderr.contains('\u{1B}'), "{stderr:?}");
    }
}

#[test]
fn always_colours_a_pipe() {
    for args in ALL {
        assert!(colored(intune_err(args.iter().chain(&["--color", "always"]))), "{args:?}");
    }
    let (_, stderr) = intune_err(["--color", "always", "0x1G"]).status(2).outputs();
    assert!(stderr.starts_with("\u{1B}["), "{stderr:?}");
}

#[test]
fn always_wins_over_the_environment() {
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
        assert!(colored(intune_err(["--color", "always", "0x80CF0437"]).env(name, value)), "{name}");
    }
}

#[test]
fn never_wins_over_the_environment() {
    assert!(!colored(intune_err(["--color", "never", "0x80CF0437"]).env("CLICOLOR_FORCE", "1")));
}

#[test]
fn clicolor_force_colours_a_pipe() {
    assert!(colored(intune_err(["0x80CF0437"]).env("CLICOLOR_FORCE", "1")));
    assert!(colored(intune_err(["--color", "auto", "0x80CF0437"]).env("CLICOLOR_FORCE", "1")));
}

#[test]
fn no_color_wins_over_clicolor_force() {
    assert!(!colored(intune_err(["0x80CF0437"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
}

#[test]
fn an_empty_no_color_says_nothing() {
    assert!(colored(intune_err(["0x80CF0437"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "")));
}

#[test]
fn a_dumb_terminal_gets_no_escapes() {
    assert!(!colored(intune_err(["0x80CF0437"]).env("TERM", "dumb")));
}

#[test]
fn markdown_has_no_escapes_even_where_colour_is_asked_for() {
    assert!(!colored(intune_err(["--markdown", "--color", "always", "0x80CF0437"])));
}

#[test]
fn colour_adds_escapes_and_nothing_else() {
    for args in ALL {
        let plain = intune_err(args).output();
        let colored = intune_err(args).env("CLICOLOR_FORCE", "1").output();
        assert_eq!(without_escapes(&colored), plain, "{args:?}");
    }
}

/// A text without its colours.
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1B}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (numbers, rest) = part.split_once('m').expect("an escape ends");
        assert!(numbers.bytes().all(|b| b.is_ascii_digit() || b == b';'), "no colour: {numbers:?}");
        plain.push_str(rest);
    }
    plain
}

#[test]
fn a_wrong_word_for_when_is_bad_usage() {
    intune_err(["--color", "sometimes", "0x80CF0437"])
        .stderr_holds("error: invalid value 'sometimes' for '--color <WHEN>'\n")
        .stderr_holds("[possible values: auto, always, never]")
        .status(2)
        .run();
}
