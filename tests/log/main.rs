//! What stands around an error, as a specification: the head of a record in every line shape, times, and whose error it is.
#![forbid(unsafe_code)]

mod device;
mod heads;
mod hostile;
mod owners;
mod records;
mod times;

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

/// The records of all files in `data/logs/` whose name begins so.
fn data<T: DeserializeOwned>(beginning: &str, key: &str) -> Vec<T> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/logs");
    let mut read = Vec::new();
    for entry in fs::read_dir(&folder).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(beginning) {
            let content = fs::read_to_string(&path).expect("the file can be read");
            let mut tables: toml::Table = content.parse().expect("the build has read it");
            let of_key = tables.remove(key).expect("it has such tables");
            read.extend(of_key.try_into::<Vec<T>>().expect("the build has read it"));
        }
    }
    read
}
