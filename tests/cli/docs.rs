//! The recipes of `docs/scripting.md`, run as they stand there: one after the other in one folder, each by bash with the program
//! before all else on its path. Where a block of text follows a recipe, the recipe prints just that.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use super::command;

const DOCUMENT: &str = include_str!("../../docs/scripting.md");

/// A fenced block: what stands after its fence, its text, and the line that it begins on.
struct Block {
    info: &'static str,
    text: String,
    line: usize,
}

fn blocks(document: &'static str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (number, line) in document.lines().enumerate() {
        match (is_open, line.strip_prefix("```")) {
            (false, Some(info)) => blocks.push(Block { info, text: String::new(), line: number + 1 }),
            (true, None) => blocks.last_mut().expect("one is open").text += &format!("{line}\n"),
            (true, Some("")) | (false, None) => {}
            (true, Some(info)) => panic!("line {}: a fence with {info:?} where a block should end", number + 1),
        }
        is_open ^= line.starts_with("```");
    }
    assert!(!is_open, "the last block is not closed");
    blocks
}

fn is_installed(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok()
}

#[test]
#[expect(clippy::print_stderr, reason = "a recipe that is skipped is named")]
fn every_recipe_prints_what_the_document_says() {
    if !is_installed("bash") {
        eprintln!("skipped: bash is not installed");
        return;
    }
    let has_jq = is_installed("jq");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recipes");
    // What an earlier run left there must not help.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let program = command().get_program().to_owned();
    let before = Path::new(&program).parent().unwrap().to_owned();
    let path = env::join_paths([before].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap_or_default()))).unwrap();

    let blocks = blocks(DOCUMENT);
    let mut ran = 0;
    for (position, block) in blocks.iter().enumerate().filter(|(_, block)| block.info == "sh tested") {
        if block.text.contains("jq ") && !has_jq {
            eprintln!("skipped: the recipe on line {} of docs/scripting.md needs jq", block.line);
            continue;
        }
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-eu", "-o", "pipefail", "-c", &block.text]).current_dir(&folder);
        let output = bash.env_clear().env("PATH", &path).env("LC_ALL", "C").output().unwrap();
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let expected = blocks.get(position + 1).filter(|next| next.info == "text").map_or("", |next| next.text.as_str());
        assert_eq!(stdout, expected, "line {} of docs/scripting.md\n{stderr}", block.line);
        assert!(output.status.success(), "line {} of docs/scripting.md: {}\n{stderr}", block.line, output.status);
        ran += 1;
    }
    assert!(ran >= if has_jq { 12 } else { 4 }, "{ran} recipes were run");
}

#[test]
fn every_text_follows_a_recipe_that_is_run() {
    let blocks = blocks(DOCUMENT);
    for pair in blocks.windows(2).filter(|pair| pair[1].info == "text") {
        assert_eq!(pair[0].info, "sh tested", "line {}", pair[1].line);
    }
    assert!(blocks.iter().all(|block| ["sh tested", "sh", "text", "powershell"].contains(&block.info)));
}
