//! What a code says, no matter which component returned it: `meanings*.toml`.

use std::collections::HashMap;

use serde::Deserialize;

use super::{DataFault, Placed, check_texts, fault, key, one_line, tables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    title: String,
    source: String,
    meanings: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: i64,
    name: Option<String>,
    text: String,
    printed: Option<String>,
    #[serde(default)]
    generic: bool,
}

/// A meaning, with the source of its family.
pub(super) struct Meaning {
    pub(super) code: u32,
    pub(super) name: Option<String>,
    pub(super) text: String,
    pub(super) printed: Option<String>,
    pub(super) generic: bool,
    pub(super) source: String,
}

/// Reads the families of a file and each meaning in them by itself.
pub(super) fn read(file: &str, content: &str, meanings: &mut Vec<Placed<Meaning>>, faults: &mut Vec<DataFault>) {
    for Placed { id: title, of: family, .. } in tables::<Family>(file, content, "family", faults) {
        check_texts([("title", Some(&family.title))], &mut |what| faults.push(fault(file, &title, &what)));
        if !family.source.starts_with("https://") {
            faults.push(fault(file, &title, &format!("source {:?} is no https address", family.source)));
        }
        if family.meanings.is_empty() {
            faults.push(fault(file, &title, "meanings is empty"));
        }
        for value in family.meanings {
            let name = value.get("name").and_then(toml::Value::as_str).map(str::to_owned);
            let code = value.get("code").and_then(toml::Value::as_integer);
            let id = name.or_else(|| code.map(|code| format!("0x{code:08X}"))).unwrap_or_else(|| title.clone());
            match value.try_into::<Row>() {
                Ok(row) => match u32::try_from(row.code) {
                    Ok(code) => {
                        let Row { name, text, printed, generic, .. } = row;
                        let of = Meaning { code, name, text, printed, generic, source: family.source.clone() };
                        meanings.push(Placed { file: file.to_owned(), id, of });
                    }
                    Err(_) => faults.push(fault(file, &id, &format!("code {:#X} has more than 32 bits", row.code))),
                },
                Err(error) => faults.push(fault(file, &id, &one_line(&error))),
            }
        }
    }
}

/// Checks the meanings of all files: one per code, in plain sentences.
pub(super) fn check(meanings: &[Placed<Meaning>], faults: &mut Vec<DataFault>) {
    let mut codes: HashMap<u32, &Placed<Meaning>> = HashMap::new();
    for meaning in meanings {
        let mut say = |what: String| faults.push(fault(&meaning.file, &meaning.id, &what));
        let Meaning { code, name, text, printed, .. } = &meaning.of;
        // The HRESULT of a Win32 code or an NTSTATUS has that code's meaning.
        if let Some(plain) = key::other_form(*code).filter(|plain| plain < code && *code > 0xFFFF) {
            say(format!("code 0x{code:08X} wraps 0x{plain:08X}: give the meaning of that"));
        }
        if let Some(first) = codes.insert(*code, meaning) {
            say(format!("code 0x{code:08X} has a meaning in {} already: {}", first.file, first.id));
        }
        for (key, text) in [("name", name.as_ref()), ("text", Some(text)), ("printed", printed.as_ref())] {
            let Some(text) = text else { continue };
            if text.trim() != text || text.is_empty() {
                say(format!("{key} is empty or has blanks at its ends"));
            } else if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                say(format!("{key} {text:?} is not printable ASCII"));
            }
        }
        if name.as_ref().is_some_and(|name| !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')) {
            say("name is no name of a constant".to_owned());
        }
        if !text.ends_with('.') {
            say(format!("text {text:?} ends without a full stop"));
        }
        if printed.as_ref().is_some_and(|printed| key::fold(printed).is_empty()) {
            say("printed has no letter or digit".to_owned());
        }
    }
}
