//! What the bits of a code say, and which codes are known errors.

use intune_err::{Anatomy, Code, Entry, Meaning, Severity, Symbol, Wraps, is_known_error};

/// The bits of a code in words: kind, severity, facility and value, what it wraps, its other form.
fn told(bits: u32) -> String {
    let code = Code::new(bits);
    assert_eq!((code.bits(), code.signed().cast_unsigned()), (bits, bits));
    let anatomy = Anatomy::of(code);
    let mut told = anatomy.kind.name().to_owned();
    if let Some(severity) = anatomy.severity {
        assert_eq!(severity, code.severity(), "{code}");
        assert_eq!(severity == Severity::Failure, code.is_failure(), "{code}");
        told += &format!(" {}", severity.name());
    }
    if let Some(facility) = anatomy.facility {
        told += &format!(" of {facility}");
    }
    told += &format!(" with {}", anatomy.value);
    assert_eq!(anatomy.wraps, code.wraps(), "{code}");
    match anatomy.wraps {
        Some(Wraps::Win32(of)) => told += &format!(", Win32 {}", of.bits()),
        Some(Wraps::Ntstatus(of)) => told += &format!(", NTSTATUS {of}"),
        Some(Wraps::Http(status)) => told += &format!(", HTTP {status}"),
        None => {}
        other => told += &format!(", {other:?}"),
    }
    if let Some(name) = anatomy.wraps_name {
        told += &format!(" {name}");
    }
    if let Some(other) = code.other_form() {
        told += &format!(", also {other}");
    }
    told
}

const CODES: [(u32, &str); 30] = [
    (0, "hresult success of 0 with 0"),
    (1, "win32 with 1, also 0x80070001"),
    (5, "win32 with 5, also 0x80070005"),
    (0xFFFF, "win32 with 65535, also 0x8007FFFF"),
    (0x0001_0000, "hresult success of 1 with 0"),
    (0x0007_0005, "hresult success of 7 with 5"),
    (0x0024_0005, "hresult success of 36 with 5"),
    (0x07FF_1234, "hresult success of 2047 with 4660"),
    (0x0FFF_1234, "hresult success of 2047 with 4660"),
    (0x8018_0014, "hresult failure of 24 with 20"),
    // Another header has a name for an HRESULT of 2; here it is a Win32 code.
    (0x8007_0002, "hresult failure of 7 with 2, Win32 2 ERROR_FILE_NOT_FOUND, also 0x00000002"),
    (0x8007_0005, "hresult failure of 7 with 5, Win32 5 ERROR_ACCESS_DENIED, also 0x00000005"),
    (0x8007_FFFE, "hresult failure of 7 with 65534, Win32 65534, also 0x0000FFFE"),
    (0x8019_0063, "hresult failure of 25 with 99"),
    (0x8019_0064, "hresult failure of 25 with 100, HTTP 100"),
    (0x8019_0257, "hresult failure of 25 with 599, HTTP 599"),
    (0x8019_0258, "hresult failure of 25 with 600"),
    (0x8018_0190, "hresult failure of 24 with 400"),
    (0x9007_0005, "hresult failure of 7 with 5"),
    (0xA007_0005, "hresult failure of 7 with 5"),
    (0xC000_0022, "ntstatus failure of 0 with 34, also 0xD0000022"),
    (0xD000_0022, "hresult failure of 0 with 34, NTSTATUS 0xC0000022 STATUS_ACCESS_DENIED, also 0xC0000022"),
    // STATUS_GRAPHICS_INSUFFICIENT_DMA_BUFFER
    (0xC01E_0001, "ntstatus failure of 30 with 1, also 0xD01E0001"),
    // Severity 3 with a facility that no NTSTATUS has: what Microsoft Entra and Intune make of an HRESULT.
    (0xCAA2_0003, "hresult failure of 674 with 3, also 0xDAA20003"),
    (0xE000_0022, "hresult failure of 0 with 34"),
    (0xF000_0022, "hresult failure of 0 with 34, NTSTATUS 0xE0000022, also 0xE0000022"),
    (0x4000_0022, "hresult success of 0 with 34"),
    (0xFFFF_FFFF, "hresult failure of 2047 with 65535"),
    (0xFFFF_F9BD, "hresult failure of 2047 with 63933"),
    (0xFFFE_FFFF, "hresult failure of 2046 with 65535, NTSTATUS 0xEFFEFFFF, also 0xEFFEFFFF"),
];

#[test]
fn the_bits_of_a_code_say_what_it_is() {
    let wrong = CODES.iter().map(|(bits, expected)| (bits, told(*bits), expected)).filter(|(_, told, expected)| told != *expected);
    let wrong: Vec<String> = wrong.map(|(bits, told, expected)| format!("{bits:#010X} is {told:?}, and not {expected:?}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_facility_has_the_names_of_its_kind_of_code() {
    let names = |bits| Anatomy::of(Code::new(bits)).facility_names;
    assert_eq!(names(0x8007_0005), ["FACILITY_WIN32"]);
    assert_eq!(names(0xC01E_0001), ["FACILITY_GRAPHICS_KERNEL"]);
    assert!(!names(0x801E_0001).contains(&"FACILITY_GRAPHICS_KERNEL"), "that is the name of an NTSTATUS's");
    assert_eq!(names(5), Vec::<&str>::new());
}

#[test]
fn a_code_is_a_known_error_where_a_failure_has_something_in_one_of_its_forms_or_an_entry_lists_a_success() {
    let listed = |code| Entry::by_code(code).len() > 0;
    let known = |code| listed(code) || Symbol::by_code(code).len() > 0 || Meaning::by_code(code).is_some();
    let ranges = [0..=0xFFFF, 0x0024_0000..=0x0024_FFFF, 0x8007_0000..=0x8007_FFFF, 0x8018_0000..=0x8018_FFFF, 0xC000_0000..=0xC000_FFFF];
    let of_table = Entry::all().flat_map(intune_err::Entry::codes).chain(Symbol::all().map(intune_err::Symbol::code));
    for code in ranges.into_iter().flatten().map(Code::new).chain(of_table) {
        let expected = match code.bits() {
            // False and true, whatever is said of them.
            0 | 1 => false,
            _ if code.is_failure() => known(code) || code.other_form().is_some_and(known),
            _ => listed(code),
        };
        assert_eq!(is_known_error(code), expected, "{code}");
    }
}

#[test]
fn a_small_negative_number_is_what_a_program_returns() {
    for number in ["-1603", "-5", "-12345", "0xFFFFF9BD", "4294965693"] {
        let answer = &intune_err::answer(number, intune_err::Base::Either).unwrap()[0];
        let said = answer.reasons.iter().any(|reason| reason.to_string().contains("programs return such numbers by their own rules"));
        assert!(said && !answer.found() && answer.code.unwrap().other_form().is_none(), "{number}: {:?}", answer.reasons);
    }
    // A number below -65536 is a code like any other.
    assert!(!Code::new(-65_537_i32 as u32).is_small_negative());
}
