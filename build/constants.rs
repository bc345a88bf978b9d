//! The constants of the Windows headers, `symbols.tsv` and `facilities.tsv`, and names that people use for other codes, `aliases.tsv`.

use super::key::KINDS;
use super::{DataFault, fault, position_of};

/// A constant: value, position of its kind in `KINDS`, and name.
pub(super) type Constant = (u32, usize, String);

/// Reads lines of `0xXXXXXXXX`, tab, kind, tab, name, in the order of the values.
pub(super) fn read(file: &str, content: &str, faults: &mut Vec<DataFault>) -> Vec<Constant> {
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

/// Reads lines of a name, tab, `0xXXXXXXXX`, tab, source.
pub(super) fn read_aliases(file: &str, content: &str, faults: &mut Vec<DataFault>) -> Vec<(String, u32)> {
    let mut rows: Vec<(String, u32)> = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut say = |what: &str| faults.push(fault(file, &format!("line {}", number + 1), what));
        match alias(line) {
            Some(row) if rows.iter().any(|(name, _)| *name == row.0) => say("has a name that stands there already"),
            Some(row) => rows.push(row),
            None => say("is not a name, a code of eight digits and an https address with tabs between"),
        }
    }
    rows
}

fn alias(line: &str) -> Option<(String, u32)> {
    let [name, code, source] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
    let digits = code.strip_prefix("0x").filter(|digits| digits.len() == 8)?;
    (is_name(name) && source.starts_with("https://")).then_some((name.to_owned(), u32::from_str_radix(digits, 16).ok()?))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn row(line: &str) -> Option<Constant> {
    let mut columns = line.split('\t');
    let code = u32::from_str_radix(columns.next()?.strip_prefix("0x")?, 16).ok()?;
    let kind = position_of(&KINDS, columns.next()?)?;
    let name = columns.next()?;
    (is_name(name) && columns.next().is_none()).then(|| (code, kind, name.to_owned()))
}
