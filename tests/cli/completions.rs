//! The completion scripts: made from the definition of the command line, current, and accepted by the shells that are there.

#[cfg(unix)]
use std::io::Write as _;
#[cfg(unix)]
use std::process::{Command, Stdio};

#[cfg(unix)]
use super::command;
use super::help::{commands, options};
use super::intune_err;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

fn script(shell: &str) -> String {
    intune_err(["completions", shell]).output()
}

#[test]
fn every_command_and_option_is_in_every_script() {
    let commands = commands();
    let words = commands.iter().cloned().chain(commands.iter().flat_map(|command| options(Some(command)))).chain(options(None));
    let words: Vec<String> = words.collect();
    assert!(words.len() > 40, "{words:?}");
    for shell in SHELLS {
        let script = script(shell);
        for word in &words {
            // fish writes an option as `-l json`.
            let word = if shell == "fish" { word.replacen("--", "-l ", 1) } else { word.clone() };
            assert!(script.contains(&word), "the script of {shell} lacks {word}");
        }
    }
}

#[test]
fn areas_platforms_and_forms_are_completed() {
    for shell in SHELLS {
        let script = script(shell);
        for value in ["always", "co-management", "app-install", "ipados", "linux", "ndjson", "kql"] {
            assert!(script.contains(value), "the script of {shell} lacks {value}");
        }
    }
}

#[test]
fn the_scripts_ask_for_names_and_hide_how() {
    for shell in SHELLS {
        let asks = script(shell).matches("__names").count();
        assert_eq!(asks, 1, "{shell}");
    }
}

#[test]
fn the_placeholders_are_filled_in() {
    for shell in SHELLS {
        for placeholder in ["@COMMANDS@", "@VALUES@", "@SHELLS@", "@COLORS@"] {
            assert!(!script(shell).contains(placeholder), "{shell}: {placeholder}");
        }
    }
}

#[test]
fn names_begin_with_the_prefix_in_any_case() {
    intune_err(["__names", "menroll_e_devicecap"]).stdout("MENROLL_E_DEVICECAPREACHED\n").run();
    intune_err(["__names", "client-clock"]).stdout("client-clock-wrong\n").run();
    let names = intune_err(["__names", "Device"]).output();
    assert!(names.lines().any(|name| name == "DeviceCapReached"), "{names}");
    assert!(names.lines().all(|name| name.to_lowercase().starts_with("device")), "{names}");
}

#[test]
fn names_need_no_quoting_and_come_once() {
    let mut names: Vec<String> = Vec::new();
    for letter in 'a'..='z' {
        names.extend(intune_err(["__names", &letter.to_string()]).output().lines().map(str::to_owned));
    }
    assert!(names.len() > 10_000, "{}", names.len());
    let is_plain = |name: &String| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    assert_eq!(names.iter().find(|name| !is_plain(name)), None);
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn no_prefix_and_an_unknown_one_have_no_names() {
    for prefix in ["", "qqqxyz", "0x", "\u{E4}", "-q", "--help"] {
        intune_err(["__names", "--", prefix]).run();
    }
}

#[test]
fn the_command_for_names_is_hidden() {
    for help in ["-h", "--help"] {
        assert!(!intune_err([help]).output().contains("__names"));
    }
}

#[test]
fn an_unknown_shell_is_refused_with_those_that_are_known() {
    intune_err(["completions", "tcsh"]).stderr_holds("[possible values: bash, elvish, fish, powershell, zsh]").status(2).run();
    intune_err(["completions"]).stderr_holds("<SHELL>").status(2).run();
}

#[test]
fn a_script_has_no_other_form() {
    for option in ["--json", "--markdown"] {
        let (stdout, stderr) = intune_err(["completions", "bash", option]).status(2).outputs();
        assert_eq!(stdout, "");
        assert!(stderr.starts_with("error: --json and --markdown change nothing here\n"), "{stderr}");
    }
    intune_err(["-q", "completions", "bash"]).run();
}

/// Gives a text to a program, which has to end well and to complain about nothing; `None` where it is not installed.
#[cfg(unix)]
#[track_caller]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn feed(program: &str, args: &[&str], text: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    child.stdin.take().expect("it has one").write_all(text.as_bytes()).expect("it reads all");
    let output = child.wait_with_output().expect("it ends");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && stderr.is_empty(), "{program} {args:?}: {}\n{stdout}\n{stderr}", output.status);
    Some(stdout.into_owned())
}

#[test]
#[cfg(unix)]
fn the_shells_accept_their_scripts() {
    // Elvish takes its script in the editor only, where .ci/shells tries it.
    for (shell, args) in [("bash", &["-n"][..]), ("zsh", &["-n"]), ("fish", &["--no-execute"])] {
        feed(shell, args, &script(shell));
    }
    let parse = "$e = $null; [void][System.Management.Automation.Language.Parser]::ParseInput([Console]::In.ReadToEnd(), [ref]$null, [ref]$e); \
                 $e; exit $e.Count";
    feed("pwsh", &["-NoProfile", "-NonInteractive", "-Command", parse], &script("powershell"));
}

/// What bash completes the last of the words to.
#[cfg(unix)]
fn bash(words: &[&str]) -> Option<Vec<String>> {
    let program = command().get_program().to_str().expect("the path is UTF-8").to_owned();
    // As readline calls it: the words, the place of the last, and the command, the word and the one before it as arguments.
    let (last, words) = ([&[program.as_str()], words].concat(), words);
    let quoted = last.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
    let (current, before) = (words[words.len() - 1], last[last.len() - 2]);
    let call = format!(
        "\nCOMP_WORDS=({quoted}); COMP_CWORD={}\n_intune__err_queries '{program}' '{current}' '{before}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        words.len()
    );
    let output = feed("bash", &["--norc", "-s"], &(script("bash") + &call))?;
    Some(output.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect())
}

#[test]
#[cfg(unix)]
fn bash_completes_names_where_a_query_stands() {
    for (words, expected) in [
        (&["MENROLL_E_DEVICECAP"][..], &["MENROLL_E_DEVICECAPREACHED"][..]),
        (&["menroll_e_devicecap"], &["MENROLL_E_DEVICECAPREACHED"]),
        (&["--json", "client-clock"], &["client-clock-wrong"]),
        (&["0x80180014", "client-clock"], &["client-clock-wrong"]),
        (&["client-clock-wrong", "qqqxyz"], &[]),
        (&["checklis"], &["checklist"]),
        (&["--color", "a"], &["auto", "always"]),
        (&["list", "--area", "co"], &["co-management"]),
        (&["list", "--area", "=", "co"], &["co-management"]),
        (&["--color", "=", "n"], &["never"]),
        (&["list", "--platform", "i"], &["ios", "ipados"]),
        (&["export", "--format", "n"], &["ndjson"]),
        (&["completions", "z"], &["zsh"]),
        (&["search", "MENROLL_E_DEVICECAP"], &[]),
        (&["scan", "MENROLL_E_DEVICECAP"], &[]),
    ] {
        let Some(completed) = bash(words) else { return };
        assert_eq!(completed, expected, "{words:?}");
    }
    // No thousands of names for nothing.
    assert!(bash(&[""]).is_none_or(|completed| completed.len() < 30));
}
