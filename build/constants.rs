//! The constants of the Windows headers: `symbols.tsv` and `facilities.tsv`.

use super::key::KINDS;
use super::{Fault, fault, position_of};

/// A constant: value, position of its kind in `KINDS`, and name.
pub(super) type Constant = (u32, usize, String);

/// Reads lines of `0xXXXXXXXX`, tab, kind, tab, name, in the order of the values.
pub(super) fn read(file: &str, content: &str, faults: &mut Vec<Fault>) -> Vec<Constant> {
    let mut rows: Vec<Constant> = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut say = |what: &str| faults.push(fault(file, &format!("line {}", number + 1), what));
        match row(line) {
            Some(row) if rows.last().is_some_and(|last| last.0 > row.0) => say("is not in the order of the values"),
            Some(row) => rows.push(row),
            None => say("is not a value, a kind and a name with tabs between"),
        }
    }
    if rows.len() > usize::from(u16::MAX) {
        faults.push(fault(file, "-", "has more rows than positions of 16 bits can name"));
    }
    rows
}

fn row(line: &str) -> Option<Constant> {
    let mut columns = line.split('\t');
    let code = u32::from_str_radix(columns.next()?.strip_prefix("0x")?, 16).ok()?;
    let kind = position_of(&KINDS, columns.next()?)?;
    let name = columns.next()?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_name && columns.next().is_none()).then(|| (code, kind, name.to_owned()))
}
