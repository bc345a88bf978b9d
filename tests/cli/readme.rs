//! What the README shows is what the program does.

use super::intune_err;

const README: &str = include_str!("../../README.md");

/// The commands of the README's `console` blocks, each with the output that it is shown to have.
fn commands() -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let readme = README.replace("\r\n", "\n");
    for block in readme.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").expect("a block ends");
        for line in block.lines() {
            match (line.strip_prefix("$ intune-err "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => *output += &format!("{line}\n"),
                (None, None) => panic!("a block begins with `$ intune-err`, not with {line:?}"),
            }
        }
    }
    commands
}

#[test]
fn every_command_of_the_readme_prints_what_is_shown() {
    let commands = commands();
    assert!(commands.len() >= 2, "{commands:?}");
    for (command, output) in commands {
        intune_err(command.split(' ')).stdout(&output).run();
    }
}

#[test]
fn the_numbers_of_the_readme_are_those_of_the_table() {
    let numbers: serde_json::Value = serde_json::from_str(&intune_err(["--version", "--json"]).output()).unwrap();
    let text = README.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = format!(
        "The table holds {} records with {} codes, {} names and {} messages, each record with the public pages that it comes from, and the names \
         of {} constants of the Windows headers. It also holds {} one-line meanings of codes, and {} guides",
        numbers["records"],
        numbers["codes"],
        numbers["names"],
        numbers["messages"],
        numbers["symbols"],
        numbers["meanings"],
        numbers["guides"]
    );
    assert!(text.contains(&sentence), "the README should say: {sentence}");
}

/// The figures of speed are measured by hand and stand in one place; the README rounds them.
#[test]
fn the_speed_in_the_readme_is_that_of_the_benchmarks() {
    let of = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (readme, benches) = (of(README), of(include_str!("../../benches/README.md")));
    let after = |start: &str| benches.split_once(start).unwrap_or_else(|| panic!("the benchmarks have {start:?}")).1;
    let row: Vec<&str> = after("| IME-like text, a finding every 200 lines | ").split(" | ").collect();
    let ime = format!("Two cores read {:.1} GB of", row[0].parse::<f64>().expect("it is a number"));
    let times = ["six", "seven", "eight", "nine"][row[3].as_bytes()[0] as usize - usize::from(b'6')];
    let times = format!("{times} times what ripgrep reads");
    let dense = after("everything printed: ");
    let (plain, rest) = dense.split_once(" GB/s plain, ").expect("it has a figure");
    let json = rest.split_once("`--passthrough`, ").expect("it has a figure").1.split(' ').next().expect("it has a figure");
    let dense = format!("Where every line has an error it is {plain} GB a second, and {json} GB with `--json`.");
    for sentence in [ime, times, dense] {
        assert!(readme.contains(&sentence), "the README should say: {sentence}");
    }
}

#[test]
fn the_readme_asks_for_this_version_of_the_library() {
    let version = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    let line = format!("`intune-err = {{ version = \"{version}\", default-features = false }}`");
    assert!(README.contains(&line), "the README should say: {line}");
}
