//! Codes, the names beside them, and the table of the reference page.

use intune_err::{Base, Code, Entry, Spelling, Symbol, spelling};

use super::{Exception, assert_none, assert_none_but, both_forms, offending, quoted};

/// Names that are a constant's, but whose entry has another value or none.
const OTHER_VALUES: [Exception; 2] = [
    (
        "appx-file-or-path-not-found: E_FILENOTFOUND (0x80001037)",
        "Microsoft's page on app packages and everybody who types the name mean 0x80070002",
    ),
    (
        "ios-scep-ra-response-invalid: ERROR_WINHTTP_SECURE_FAILURE (0x00002F8F)",
        "a browser shows the name when the certificate is refused; the device reports no code",
    ),
];

/// The values of the constants that a name is, exactly spelled or in its last word.
fn constants(name: &str) -> Vec<Code> {
    let last = name.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    Symbol::by_name(last).filter(|symbol| symbol.name() == last).map(Symbol::code).collect()
}

#[test]
fn names_of_constants_stand_beside_the_constants_values() {
    let mut offenders = Vec::new();
    for entry in Entry::all() {
        let codes = both_forms(entry);
        for name in entry.names() {
            let values = constants(name);
            // A status that is no HRESULT can stand among the names, in decimal digits.
            let is_there = |code: &Code| codes.contains(code) || entry.names().any(|other| other == code.bits().to_string());
            if !values.is_empty() && !values.iter().any(is_there) {
                let values: Vec<String> = values.iter().map(Code::to_string).collect();
                offenders.push(format!("{}: {name} ({})", entry.id(), values.join(", ")));
            }
        }
    }
    assert_none_but(&OTHER_VALUES, "the value of a constant that is a name is one of the entry's codes", offenders);
}

#[test]
fn names_spelled_nearly_as_a_constant_stand_beside_its_value() {
    let mut offenders = Vec::new();
    for entry in Entry::all() {
        let codes = both_forms(entry);
        for name in entry.names().filter(|name| name.contains('_') && constants(name).is_empty()) {
            let values: Vec<Code> = Symbol::by_name(name).map(Symbol::code).collect();
            if !values.is_empty() && !values.iter().any(|code| codes.contains(code)) {
                offenders.push(format!("{}: {name}", entry.id()));
            }
        }
    }
    assert_none("a name that differs from a constant in case or underscores has its value", offenders);
}

#[test]
fn names_and_messages_are_no_written_forms_of_codes() {
    // Digits alone can be a status that is no code, and a message can hold its code. A code without the failure bit that no log is to be
    // searched for is a name.
    let is_silent = |text: &str, code: Code| !code.is_failure() && code.to_string() == text;
    let is_code = |text: &str| {
        !text.bytes().all(|byte| byte.is_ascii_digit())
            && !text.contains([' ', ':', '='])
            && matches!(spelling(text, Base::Either), Spelling::Code(readings) if !is_silent(text, readings[0].code))
    };
    assert_none("a code stands among the codes, in whatever form it was written", offending(quoted, move |_, text| is_code(text)));
}

/// Beginnings of names in which `_S_` stands for a status of any severity.
const STATUS_NAMES: [Exception; 2] = [
    ("EPT_S_", "a status of the RPC endpoint mapper, which the headers declare as an error of Win32"),
    ("RPC_S_", "a status of RPC, which the headers declare as an error of Win32"),
];

#[test]
fn severity_agrees_with_the_e_or_s_of_a_name() {
    let mut offenders = Vec::new();
    for entry in Entry::all() {
        for name in entry.names().filter(|name| STATUS_NAMES.iter().all(|(start, _)| !name.starts_with(start))) {
            let of_name = constants(name);
            // The value of the constant where there is one, else any of the codes; a plain Win32 code has no severity.
            let codes: Vec<Code> = if of_name.is_empty() { entry.codes().collect() } else { of_name };
            let mut severities = codes.iter().filter(|code| code.bits() > 0xFFFF).map(|code| code.is_failure()).peekable();
            // The first of the two counts: WU_E_REDIRECTOR_S_FALSE is an error.
            let failure = match (name.find("_E_"), name.find("_S_")) {
                (None, None) => continue,
                (e, s) => s.is_none_or(|s| e.is_some_and(|e| e < s)),
            };
            let is_wrong = severities.peek().is_some() && !severities.any(|of| of == failure);
            if is_wrong {
                offenders.push(format!("{}: {name}", entry.id()));
            }
        }
    }
    assert_none("a name with _E_ has a code of failure, one with _S_ a code of success", offenders);
}

/// The page that the tool began with.
const REFERENCE: &str = "https://learn.microsoft.com/troubleshoot/mem/intune/device-enrollment/troubleshoot-device-enrollment-in-intune";

/// The rows of its table of enrollment error codes, copied by hand: the record that stands for each, and its codes.
const ROWS: [(&str, &[u32]); 16] = [
    ("client-clock-wrong", &[0x80CF_0437]),
    ("client-cannot-connect-to-intune", &[0x8024_0438, 0x80CF_0438, 0x80CF_402C]),
    ("proxy-not-set-for-ie-and-local-system", &[0x8024_0438, 0x80CF_0438]),
    ("enrollment-package-out-of-date", &[0x8004_3001, 0x80CF_3001, 0x8004_3004, 0x80CF_3004]),
    ("account-in-maintenance-mode", &[0x8004_3002, 0x80CF_3002]),
    ("account-deleted", &[0x8004_3003, 0x80CF_3003]),
    ("client-computer-retired", &[0x8004_3005, 0x80CF_3005]),
    ("account-seats-exhausted", &[0x8004_3006, 0x80CF_3006]),
    ("client-certificate-file-not-found", &[0x8004_3007, 0x80CF_3007]),
    ("client-restart-pending", &[0x8024_D015, 0x0024_0005, 0x8007_0BC2, 0x8007_0BC9, 0x80CF_D015]),
    ("client-prerequisites-missing", &[0x8007_0032]),
    ("online-management-updates-service-not-started", &[0x8004_3008, 0x80CF_3008]),
    ("client-already-enrolled", &[0x8004_3009, 0x80CF_3009]),
    ("client-windows-version-not-supported", &[0x8004_300B, 0x80CF_300B]),
    ("installer-vbscript-runtime-not-accessible", &[0xAB2]),
    ("service-endpoint-connection-terminated", &[0x80CF_0440]),
];

#[test]
fn the_rows_of_the_reference_page_stand_with_their_codes() {
    let mut offenders = Vec::new();
    for (id, codes) in ROWS {
        let is_it = |entry: &Entry| {
            entry.id() == id && entry.codes().map(Code::bits).eq(codes.iter().copied()) && entry.sources().next() == Some(REFERENCE)
        };
        if !Entry::all().any(|entry| is_it(&entry)) {
            offenders.push(id.to_owned());
        }
    }
    assert_none("a row of the reference page is an entry with exactly its codes and the page as its first source", offenders);
}
