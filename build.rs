//! Compiles the error table under `data/` into Rust source.
//!
//! Reads nothing but `data/`, writes nothing but four files in `OUT_DIR`, and opens no socket.
#![forbid(unsafe_code)]

use std::path::Path;
use std::{env, fs, io};

#[path = "build/mod.rs"]
mod build;

fn main() -> io::Result<()> {
    for watched in ["build.rs", "build", "data"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut files = Vec::new();
    for folder in ["", "logs/"] {
        for entry in fs::read_dir(Path::new("data").join(folder))? {
            let path = entry?.path();
            let name = format!("{folder}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if name.ends_with(".toml") || name.ends_with(".tsv") {
                files.push((name, fs::read_to_string(&path)?));
            }
        }
    }
    files.sort();
    match build::compile(&files) {
        Ok(compiled) => {
            let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
            let out = Path::new(&out);
            fs::write(out.join("text.txt"), compiled.text)?;
            fs::write(out.join("prose.bin"), compiled.prose.bytes)?;
            fs::write(out.join("logs.rs"), compiled.logs)?;
            fs::write(out.join("table.rs"), compiled.source)
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error=data/{fault}");
            }
            Ok(())
        }
    }
}
