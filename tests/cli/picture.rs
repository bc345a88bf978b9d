//! The picture of the README is what the program prints in a terminal. `UPDATE_PICTURE=1 cargo test --test cli picture` makes it anew.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use super::command;

/// The command that the picture shows, run by a shell in a terminal of so many columns.
const SHOWN: &str = "tail -n 2 client.log | intune-err";
const COLUMNS: usize = 100;

const LOG: &str = "\
2026-11-24 08:00:01 PC-0007 MDM Enroll: Starting
2026-11-24 08:00:09 PC-0007 MDM Enroll: Failed (Unknown Win32 Error code: 0x80180018)
";

/// A piece of a line in one style.
#[derive(Default)]
struct Run {
    column: usize,
    text: String,
    class: String,
}

/// What the terminal shows; nothing where there is no program that makes a terminal.
fn session() -> Option<String> {
    let tried = Command::new("script").args(["-qec", "true", "/dev/null"]).stdin(Stdio::null()).output();
    tried.ok().filter(|tried| tried.status.success())?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("picture");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("client.log"), LOG).expect("a file can be written");
    let program = command().get_program().to_owned();
    let before = Path::new(&program).parent().expect("the program stands in a folder").to_owned();
    let path = env::join_paths([before].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())));
    let path = path.expect("a path is made of paths");
    let mut script = Command::new("script");
    script.args(["-qec", &format!("stty cols {COLUMNS} rows 60; {SHOWN}"), "/dev/null"]).current_dir(&folder).stdin(Stdio::null());
    script.env_clear().env("PATH", path).env("TERM", "xterm-256color").env("SHELL", "/bin/sh").env("LC_ALL", "C");
    let output = script.output().expect("script(1) has been run before");
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).expect("the output is UTF-8").replace('\r', ""))
}

/// The lines of a terminal as runs of one style each; what is longer than a line goes on in the next, as in a terminal.
fn runs(shown: &str) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    let mut class = String::new();
    for line in shown.lines() {
        let (mut runs, mut column) = (vec![Run { class: class.clone(), ..Run::default() }], 0);
        let mut rest = line.chars();
        while let Some(c) = rest.next() {
            if c == '\u{1B}' {
                assert_eq!(rest.next(), Some('['), "only colours are expected: {line:?}");
                let numbers: String = rest.by_ref().take_while(|&c| c != 'm').collect();
                for number in numbers.split(';') {
                    match number {
                        "" | "0" => class.clear(),
                        "1" => class += " bold",
                        "31" => class += " red",
                        "36" => class += " cyan",
                        "39" => class = class.replace(" red", "").replace(" cyan", ""),
                        _ => panic!("no colour for {number}: {line:?}"),
                    }
                }
                runs.push(Run { column, class: class.clone(), ..Run::default() });
                continue;
            }
            if column == COLUMNS {
                lines.push(std::mem::replace(&mut runs, vec![Run { class: class.clone(), ..Run::default() }]));
                column = 0;
            }
            runs.last_mut().expect("there is always one").text.push(c);
            column += 1;
        }
        lines.push(runs);
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The picture: every run stands at its column, so that it is right with any monospaced font.
#[expect(clippy::cast_precision_loss, reason = "lines and columns are few")]
fn picture(shown: &str) -> String {
    const SIZE: f64 = 14.0;
    const WIDE: f64 = 8.43;
    const HIGH: f64 = 19.0;
    const MARGIN: f64 = 18.0;
    let prompt = vec![
        Run { text: "$".to_owned(), class: " grey".to_owned(), ..Run::default() },
        Run { column: 2, text: SHOWN.to_owned(), class: " bold".to_owned() },
    ];
    let mut lines = vec![prompt];
    lines.extend(runs(shown));
    let (width, height) = (COLUMNS as f64 * WIDE + 2.0 * MARGIN, lines.len() as f64 * HIGH + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{}</title>\n\
         <style>\n\
         text {{ font: {SIZE}px ui-monospace, \"Cascadia Mono\", Consolas, Menlo, \"DejaVu Sans Mono\", monospace; fill: #d7dde5; white-space: pre }}\n\
         .bold {{ font-weight: bold; fill: #ffffff }} .cyan {{ fill: #56c8d8 }} .red {{ fill: #ff7b72 }} .grey {{ fill: #8b949e }}\n\
         </style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#10151c\"/>\n",
        escaped(SHOWN)
    );
    for (number, line) in lines.iter().enumerate() {
        let y = MARGIN + (number as f64 + 0.75) * HIGH;
        for run in line {
            // Blanks at the edges are only distance.
            let text = run.text.trim_start();
            let column = run.column + run.text.len() - text.len();
            let text = text.trim_end();
            if text.is_empty() {
                continue;
            }
            let (x, length) = (MARGIN + column as f64 * WIDE, text.len() as f64 * WIDE);
            let class = if run.class.is_empty() { String::new() } else { format!(" class=\"{}\"", run.class.trim_start()) };
            writeln!(svg, "<text x=\"{x:.2}\" y=\"{y:.2}\" textLength=\"{length:.2}\"{class}>{}</text>", escaped(text))
                .expect("a string can be written");
        }
    }
    svg + "</svg>\n"
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn the_picture_of_the_readme_is_current() {
    let Some(shown) = session() else {
        eprintln!("skipped: there is no script(1) to run the program in a terminal");
        return;
    };
    assert!(shown.is_ascii(), "one byte a column is counted on: {shown}");
    let picture = picture(&shown);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screenshot.svg");
    if env::var_os("UPDATE_PICTURE").is_some() {
        fs::write(&file, &picture).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == picture,
        "docs/screenshot.svg shows something else; UPDATE_PICTURE=1 cargo test --test cli picture makes it anew:\n{shown}"
    );
}

#[test]
fn the_readme_shows_the_picture() {
    assert!(include_str!("../../README.md").contains("](docs/screenshot.svg)"));
}
