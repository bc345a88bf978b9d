//! `data/symbols.tsv` and `data/facilities.tsv` hold what the `windows-sys` crate has.
//!
//! When a new version of that crate makes this test fail, `UPDATE_CONSTANTS=1 cargo test --test symbols` writes both anew.
//!
//! Not on Windows: it asks cargo where the sources lie, and the tests for Windows run where no cargo of Windows is (`.ci/windows`).
#![cfg(not(windows))]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A constant of an error: value, kind (`hresult`, `win32`, `ntstatus`) and name, in the order of the files.
type Rows = BTreeSet<(u32, u8, String)>;
const KINDS: [&str; 3] = ["hresult", "win32", "ntstatus"];

/// Modules whose error codes stand under plain integer types: path under `Win32`, what a name starts with, kind.
const PLAIN: [(&str, &str, u8); 19] = [
    ("Foundation", "ERROR_", 1),
    ("Foundation", "FRS_ERR_", 1),
    ("Foundation", "OR_INVALID_", 1),
    ("Foundation", "PEERDIST_ERROR_", 1),
    ("Foundation", "RPC_X_", 1),
    ("Foundation", "SCHED_E_", 1),
    ("Foundation", "STORE_ERROR_", 1),
    ("Graphics/Dxgi", "DXGI_ERROR_", 0),
    ("Networking/WinHttp", "ERROR_WINHTTP_", 1),
    ("Networking/WinInet", "ERROR_FTP_", 1),
    ("Networking/WinInet", "ERROR_INTERNET_", 1),
    ("Networking/WinInet", "ERROR_HTTP_", 1),
    ("NetworkManagement/Rras", "ERROR_", 1),
    ("NetworkManagement/Dhcp", "ERROR_DHCP_", 1),
    ("System/RemoteManagement", "ERROR_", 1),
    ("System/ApplicationInstallationAndServicing", "ERROR_ROLLBACK_DISABLED", 1),
    ("System/ApplicationInstallationAndServicing", "ERROR_PATCH_", 0),
    ("System/ApplicationInstallationAndServicing", "ERROR_PCW_", 0),
    ("NetworkManagement/NetManagement", "NERR_", 1),
];

/// What is no code: bounds of ranges, masks of bits, and parts of codes.
///
/// An error can end in a word that a bound ends in: "the image isn't at its base", "a flag is invalid". So the word before counts.
fn is_no_error(name: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_bound = ends(&["_FIRST", "_LAST", "_STATUS_BEGIN", "_STATUS_END", "_EXTENDED_END"])
        || name.ends_with("_BASE") && !ends(&["_AT_BASE", "_AT_DIFFERENT_BASE"]);
    is_bound || ends(&["_ERROR_MASK"]) || ["FACILITY_", "ERROR_SEVERITY_"].iter().any(|start| name.starts_with(start))
}

/// The versions of the `windows-sys` crate that constants are taken from, and of the old ones the modules that later ones lack.
const VERSIONS: [(&str, &str); 3] = [("0.61.", ""), ("0.48.", ""), ("0.42.", "Graphics/Dxgi")];

/// The root of the constants in each of these versions, as cargo unpacked it, and the folder to read.
fn windows_sys() -> Vec<(PathBuf, PathBuf)> {
    let cargo = |args: &[&str]| {
        let output = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("cargo prints UTF-8")
    };
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let metadata = cargo(&["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let folders = VERSIONS.iter().map(|(version, module)| {
        let is_it = |package: &&serde_json::Value| {
            package["name"] == "windows-sys" && package["version"].as_str().is_some_and(|of| of.starts_with(version))
        };
        let package = packages.iter().find(is_it).expect("all versions are dependencies");
        let manifest = Path::new(package["manifest_path"].as_str().expect("a package has a manifest"));
        let root = manifest.parent().expect("in a folder").join("src/Windows/Win32");
        (root.clone(), root.join(module))
    });
    folders.collect()
}

/// `pub const NAME: TYPE = VALUE;` as name, last part of the type, value.
fn constant(line: &str) -> Option<(&str, &str, u32)> {
    let (name, rest) = line.trim().strip_prefix("pub const ")?.split_once(": ")?;
    let (of, value) = rest.strip_suffix(';')?.split_once(" = ")?;
    let value = value.trim_end_matches(" as _").trim_end_matches("_u32").trim_end_matches("u32").trim_end_matches("i32");
    let value = match value.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => u32::try_from(value.parse::<i64>().ok()? & 0xFFFF_FFFF).ok()?,
    };
    Some((name, of.rsplit("::").next()?, value))
}

fn walk(folder: &Path, each: &mut impl FnMut(&Path, &str)) {
    let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder of sources").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, each);
        } else if path.extension().is_some_and(|end| end == "rs") {
            each(&path, &fs::read_to_string(&path).expect("a source"));
        }
    }
}

/// All error constants and all facilities of `windows-sys`.
fn generate() -> (Rows, Rows) {
    let (mut symbols, mut facilities) = (Rows::new(), Rows::new());
    for (root, folder) in windows_sys() {
        collect(&root, &folder, &mut symbols, &mut facilities);
    }
    (symbols, facilities)
}

fn collect(root: &Path, folder: &Path, symbols: &mut Rows, facilities: &mut Rows) {
    walk(folder, &mut |path, source| {
        let module =
            path.parent().and_then(|folder| folder.strip_prefix(root).ok()).expect("under the root").to_string_lossy().replace('\\', "/");
        for (name, of, value) in source.lines().filter_map(constant) {
            let kind = match of {
                "HRESULT" => Some(0),
                "WIN32_ERROR" | "RPC_STATUS" | "WSA_ERROR" => Some(u8::from(value <= 0xFFFF)),
                "NTSTATUS" => Some(2),
                "FACILITY_CODE" => {
                    facilities.insert((value, 0, name.to_owned()));
                    None
                }
                "NTSTATUS_FACILITY_CODE" => {
                    facilities.insert((value, 2, name.to_owned()));
                    None
                }
                "u32" if name == "DEVICE_ENROLLER_FACILITY_CODE" || name == "MDM_REGISTRATION_FACILITY_CODE" => {
                    facilities.insert((value, 0, name.to_owned()));
                    None
                }
                // Failures of many modules, BITS among them, are plain integers, and those of WMI and XmlLite have types of their own.
                "u32" | "i32" | "WBEMSTATUS" | "XmlError" if value >> 31 == 1 && name.contains("_E_") => Some(0),
                "u32" | "i32" => {
                    PLAIN.iter().find(|(of, start, _)| *of == module && name.starts_with(start)).map(|(_, start, kind)| match value {
                        0..=0xFFFF => *kind,
                        // RPC's exceptions have the NTSTATUS of the kernel where they have one.
                        _ if *start == "RPC_X_" => 2,
                        _ => 0,
                    })
                }
                _ => None,
            };
            if let Some(kind) = kind.filter(|_| !is_no_error(name)) {
                symbols.insert((value, kind, name.to_owned()));
            }
        }
    });
}

fn text(rows: &Rows, what: &str) -> String {
    let mut text = format!("# {what} of windows-sys: value, kind, name. Written by: UPDATE_CONSTANTS=1 cargo test --test symbols\n");
    for (value, kind, name) in rows {
        text += &format!("0x{value:08X}\t{}\t{name}\n", KINDS[usize::from(*kind)]);
    }
    text
}

#[test]
fn the_constants_are_those_of_windows_sys() {
    let (symbols, facilities) = generate();
    assert!(symbols.len() > 9000, "only {} error constants were found: the sources have another form", symbols.len());
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (file, fresh) in [("symbols.tsv", text(&symbols, "Error constants")), ("facilities.tsv", text(&facilities, "Facilities"))] {
        let path = data.join(file);
        if env::var_os("UPDATE_CONSTANTS").is_some() {
            fs::write(&path, &fresh).expect("the file is written");
        }
        let kept = fs::read_to_string(&path).expect("the file is there").replace('\r', "");
        assert!(kept == fresh, "data/{file} is stale: run UPDATE_CONSTANTS=1 cargo test --test symbols");
    }
}
