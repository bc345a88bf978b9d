//! Whether a code is known, and whether it is an error.

use crate::code::Code;
use crate::table::{Meaning, Symbol, Table};

/// Whether a code is one that a log is searched for: known by an entry, a symbol or a meaning, and a failure by its
/// severity, or a success that an entry lists.
///
/// ```
/// use intune_err::{Code, is_known_error};
/// assert!(is_known_error(Code::new(0x8018_0014)));
/// assert!(!is_known_error(Code::new(0x8018_F00D)) && !is_known_error(Code::new(0)));
/// ```
pub fn is_known_error(code: Code) -> bool {
    is_known_in(Table::ALONE, code)
}

/// The same for the table with somebody's own records.
pub(crate) fn is_known_in(table: Table, code: Code) -> bool {
    if !table.may_be_known(code) {
        return false;
    }
    let known = |code| table.lists(code) || Symbol::by_code(code).len() > 0 || Meaning::by_code(code).is_some();
    if code.is_failure() { known(code) || code.other_form().is_some_and(known) } else { code.bits() > 1 && table.lists(code) }
}
