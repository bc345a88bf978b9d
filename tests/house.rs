//! The house of `docs/architecture.md`: which file may name what. It reads the sources, so a fault names file and line.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a source file names, by line: paths from the crate's root, such as `crate::table::Entry`, `std::fs`, `clap::Parser`.
struct File {
    /// Its place in the crate, such as `["scan", "numbers"]`.
    module: Vec<String>,
    /// The line and the path of each thing that is named.
    names: Vec<(usize, Vec<String>)>,
}

/// The sources under a folder beside `Cargo.toml`: their paths in it, and what stands in them.
fn sources(folder: &str) -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut folders, mut sources) = (vec![root.clone()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                sources.insert(path.strip_prefix(&root).expect("it is in the folder").to_owned(), source);
            }
        }
    }
    sources
}

/// All files under `src/`, by their path.
fn files() -> BTreeMap<PathBuf, File> {
    let file = |(path, source): (PathBuf, String)| {
        let module = module_of(&path);
        let names = names(&source, &module);
        (path, File { module, names })
    };
    let files: BTreeMap<PathBuf, File> = sources("src").into_iter().map(file).collect();
    assert!(files.len() > 20, "{} files", files.len());
    files
}

/// The module that a file is.
fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<String> = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || module.len() == 1 && (last == "lib" || last == "main")) {
        module.pop();
    }
    module
}

/// Every path in a source, its comments and tests left out, as it reads from the crate's root.
fn names(source: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let code = without_comments(source);
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut names = Vec::new();
    for (at, _) in code.match_indices("::") {
        // The whole path is read from its first part on.
        let start = code[..at].rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |before| before + 1);
        if start == at || code[..start].ends_with("::") {
            continue;
        }
        let line = code[..at].lines().count().max(1);
        let module: Vec<String> = module.iter().cloned().chain(modules_around(code, start)).collect();
        for path in spread(&code[start..]) {
            names.push((line, resolved(path, &module)));
        }
    }
    names
}

/// The modules with a body in this file that a place is in.
fn modules_around(code: &str, at: usize) -> Vec<String> {
    let mut around = Vec::new();
    for (begin, _) in code[..at].match_indices("mod ") {
        let Some((name, body)) = code[begin + 4..at].split_once('{').filter(|(name, _)| !name.contains([';', '(', '}'])) else { continue };
        let depth = body.chars().try_fold(0, |depth: usize, c| match c {
            '{' => Some(depth + 1),
            '}' => depth.checked_sub(1),
            _ => Some(depth),
        });
        if depth.is_some() {
            around.push(name.trim().to_owned());
        }
    }
    around
}

/// The paths that begin here: one, or several where braces are in it.
fn spread(code: &str) -> Vec<Vec<String>> {
    let mut path = Vec::new();
    let mut rest = code;
    loop {
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if len > 0 {
            path.push(rest[..len].to_owned());
        }
        rest = &rest[len..];
        let Some(more) = rest.strip_prefix("::") else { return vec![path] };
        rest = more;
        if let Some(inner) = rest.strip_prefix('{') {
            let items = items(inner);
            return items.into_iter().flat_map(spread).map(|item| [path.clone(), item].concat()).collect();
        }
    }
}

/// What stands between commas, up to the brace that closes.
fn items(code: &str) -> Vec<&str> {
    let (mut depth, mut from, mut items) = (0, 0, Vec::new());
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(code[from..at].trim());
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

/// A path from the crate's root where it is one of the crate.
fn resolved(path: Vec<String>, module: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let root = || "crate".to_owned();
    match path[0].as_str() {
        "self" => [root()].into_iter().chain(module.iter().cloned()).chain(path[1..].iter().cloned()).collect(),
        "super" => [root()].into_iter().chain(module[..module.len() - ups].iter().cloned()).chain(path[ups..].iter().cloned()).collect(),
        _ => path,
    }
}

/// The source with comments and texts blanked out, line by line as before.
fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    for line in source.lines() {
        let mut in_text = false;
        let mut previous = ' ';
        for (at, c) in line.char_indices() {
            match c {
                '"' if previous != '\\' && previous != '\'' => in_text = !in_text,
                '/' if !in_text && line[at..].starts_with("//") => break,
                _ if !in_text => code.push(c),
                _ => {}
            }
            previous = if previous == '\\' { ' ' } else { c };
        }
        code.push('\n');
    }
    code
}

/// Whether a path is this one or goes on from it.
fn is_in(path: &[String], beginning: &str) -> bool {
    let beginning: Vec<&str> = beginning.split("::").collect();
    path.len() >= beginning.len() && path.iter().zip(&beginning).all(|(a, b)| a == b)
}

/// Whether a file belongs to the program and not to the library.
fn is_program(path: &Path) -> bool {
    path.starts_with("cli") || path == Path::new("main.rs")
}

#[track_caller]
fn check(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The faults of all files that this picks, each with its line.
fn faults(picks: impl Fn(&Path) -> bool, forbids: impl Fn(&[String]) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, file) in files().iter().filter(|(path, _)| picks(path)) {
        for (line, name) in file.names.iter().filter(|(_, name)| forbids(name)) {
            faults.push(format!("src/{}:{line}: {}", path.display(), name.join("::")));
        }
    }
    faults
}

#[test]
fn the_library_touches_no_file_no_clock_and_no_terminal() {
    let system = ["std::fs", "std::env", "std::thread", "std::process", "std::net", "std::time", "std::io::stdin", "std::io::stdout"];
    let terminal = ["clap", "clap_complete", "clap_mangen", "console", "ctrlc", "indicatif", "rustix", "terminal_size", "walkdir"];
    let more = ["anstyle_query", "supports_hyperlinks", "glob", "same_file", "signal_hook"];
    let forbidden: Vec<&str> = system.into_iter().chain(terminal).chain(more).collect();
    check(&faults(|path| !is_program(path), |name| forbidden.iter().any(|what| is_in(name, what)) || is_in(name, "io::stdin")));
}

#[test]
fn the_program_sees_the_public_api_alone() {
    check(&faults(|path| path.starts_with("cli"), |name| is_in(name, "crate") && !is_in(name, "crate::cli")));
    check(&faults(|path| !is_program(path), |name| is_in(name, "crate::cli")));
}

#[test]
fn the_table_imports_codes_alone() {
    let own = ["crate::table", "crate::code", "crate::key"];
    check(&faults(|path| path.starts_with("table"), |name| is_in(name, "crate") && !own.iter().any(|of| is_in(name, of))));
}

#[test]
fn the_scan_knows_no_answer_and_no_report() {
    for other in ["answer", "report", "evidence", "log"] {
        check(&faults(|path| path.starts_with("scan"), |name| is_in(name, &format!("crate::{other}"))));
    }
}

#[test]
fn reports_know_what_was_found_and_not_how() {
    for other in ["scan", "stream", "evidence", "spelling"] {
        check(&faults(|path| path.starts_with("report"), |name| is_in(name, &format!("crate::{other}"))));
    }
}

#[test]
fn text_and_evidence_stand_below_all_else() {
    for other in ["answer", "report", "scan", "stream", "ledger", "table", "log", "context"] {
        check(&faults(|path| path.starts_with("text") || path.starts_with("evidence"), |name| is_in(name, &format!("crate::{other}"))));
    }
}

#[test]
fn the_log_knows_what_stands_around_an_error_and_nothing_of_the_error() {
    for other in ["answer", "report", "scan", "stream", "ledger", "table", "evidence", "context"] {
        check(&faults(|path| path.starts_with("log"), |name| is_in(name, &format!("crate::{other}"))));
    }
}

#[test]
fn json_alone_names_serde() {
    check(&faults(|path| !path.starts_with("report/json"), |name| is_in(name, "serde") || is_in(name, "serde_json")));
}

/// The files that a file imports from, with the line.
fn imports(files: &BTreeMap<PathBuf, File>) -> BTreeMap<&Path, BTreeMap<&Path, usize>> {
    let by_module: BTreeMap<&[String], &Path> = files
        .iter()
        .filter(|(path, _)| *path != Path::new("main.rs"))
        .map(|(path, file)| (file.module.as_slice(), path.as_path()))
        .collect();
    let mut imports = BTreeMap::new();
    for (path, file) in files {
        let mut of = BTreeMap::new();
        for (line, name) in &file.names {
            // A path may begin with a module below.
            let below = [&["crate".to_owned()], &file.module[..], name].concat();
            let is_below = by_module.contains_key(&below[1..file.module.len() + 2]);
            let name = if is_below { &below } else { name };
            if name[0] != "crate" {
                continue;
            }
            // The longest beginning that is a module is the file.
            let found = (1..=name.len()).rev().find_map(|len| by_module.get(&name[1..len]));
            if let Some(found) = found.filter(|found| **found != path && **found != Path::new("lib.rs")) {
                of.entry(*found).or_insert(*line);
            }
        }
        imports.insert(path.as_path(), of);
    }
    imports
}

#[test]
fn no_two_files_import_each_other_in_a_circle() {
    let files = files();
    let imports = imports(&files);
    let mut circles = BTreeSet::new();
    for &start in imports.keys() {
        // The shortest way back to where it began.
        let mut ways = vec![vec![start]];
        let mut seen = BTreeSet::new();
        while let Some(way) = (!ways.is_empty()).then(|| ways.remove(0)) {
            let last = way[way.len() - 1];
            for (&next, &line) in &imports[last] {
                if next == start {
                    let mut circle: Vec<String> = way.iter().map(|path| path.display().to_string()).collect();
                    circle.sort();
                    circles.insert((circle.join(" <-> "), format!("src/{}:{line}", last.display())));
                } else if seen.insert(next) {
                    ways.push([&way[..], &[next]].concat());
                }
            }
        }
    }
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (circle, place) in circles {
        faults.entry(circle).or_default().push(place);
    }
    check(&faults.into_iter().map(|(circle, places)| format!("{circle}: {}", places.join(", "))).collect::<Vec<_>>());
}

#[test]
fn paths_are_read_as_the_compiler_does() {
    let module = ["scan".to_owned(), "numbers".to_owned()];
    let source = "use super::{Finding, texts::{self, Gram}}; // use crate::no\nlet a = crate::table::fold(\"std::fs\");\n";
    let read: Vec<(usize, String)> = names(source, &module).into_iter().map(|(line, name)| (line, name.join("::"))).collect();
    let expected = [
        (1, "crate::scan::Finding"),
        (1, "crate::scan::texts::self"),
        (1, "crate::scan::texts::Gram"),
        (1, "texts::self"),
        (1, "texts::Gram"),
        (2, "crate::table::fold"),
    ];
    assert_eq!(read, expected.map(|(line, name)| (line, name.to_owned())));
}

#[test]
fn the_page_on_the_architecture_names_each_file_once() {
    let page = include_str!("../docs/architecture.md");
    let named = |path: &str| page.matches(&format!("`{path}`")).count();
    let paths = ["src", "build"].map(|folder| {
        let paths = sources(folder).into_keys();
        paths.map(|path| format!("{folder}/{}", path.to_string_lossy().replace('\\', "/"))).collect::<Vec<_>>()
    });
    let faults: Vec<String> = paths.concat().into_iter().filter(|path| named(path) != 1).collect();
    assert!(faults.is_empty(), "named never, or more than once: {faults:?}");
}

#[test]
fn the_order_of_entries_hangs_on_them_and_on_the_context_alone() {
    let own = ["crate::context", "crate::table", "crate::answer::rank"];
    check(&faults(|path| path == Path::new("answer/rank.rs"), |name| is_in(name, "crate") && !own.iter().any(|of| is_in(name, of))));
}

/// The names in the sources of a folder beside `src/`, with their places.
fn names_beside(folder: &str) -> Vec<(String, String)> {
    // Any module serves: only what the folder doesn't hold counts.
    let module = ["beside".to_owned(), "file".to_owned(), "part".to_owned()];
    let mut all = Vec::new();
    for (path, source) in sources(folder) {
        let place = |line: usize| format!("{folder}/{}:{line}", path.display());
        all.extend(names(&source, &module).into_iter().map(|(line, name)| (place(line), name.join("::"))));
    }
    assert!(all.len() > 20, "{folder} has {} names", all.len());
    all
}

#[test]
fn the_build_knows_nothing_of_the_library() {
    let faults = names_beside("build")
        .into_iter()
        .filter(|(_, name)| name.starts_with("intune_err") || name.starts_with("crate::") && !name.starts_with("crate::beside"));
    check(&faults.map(|(place, name)| format!("{place}: {name}")).collect::<Vec<_>>());
}

#[test]
fn the_page_and_the_program_do_not_know_each_other() {
    let program = ["clap", "crate::cli", "intune_err::cli", "std::fs", "std::env", "std::thread", "std::process", "std::net"];
    let is_forbidden = |name: &str| program.iter().any(|of| name == *of || name.starts_with(&format!("{of}::")));
    // The published package can't hold another one, so its tests go without the page.
    let has_page = Path::new(env!("CARGO_MANIFEST_DIR")).join("web").is_dir();
    let page = if has_page { names_beside("web/src") } else { Vec::new() };
    let page = page.into_iter().filter(|(_, name)| is_forbidden(name));
    check(&page.map(|(place, name)| format!("{place}: {name}")).collect::<Vec<_>>());
    check(&faults(is_program, |name| is_in(name, "intune_err_web") || is_in(name, "wasm_bindgen")));
}
