//! Any text is read without a fault, and every way to write a code reads back as that code.
#![no_main]
#![forbid(unsafe_code)]

use intune_err::{Base, Code, Spelling, spelling};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u32, &str)| {
    let (bits, text) = input;
    for base in [Base::Either, Base::Hex, Base::Decimal] {
        let read = spelling(text, base);
        match &read {
            Spelling::Code(readings) => {
                assert!(matches!(readings.len(), 1 | 2), "{text:?}: {readings:?}");
                // What it prints is the same code in every base.
                for reading in readings {
                    assert_eq!(codes(&reading.code.to_string(), base), [reading.code], "{text:?}");
                }
            }
            Spelling::Faulty(fault) => assert!(fault.to_string().is_ascii(), "{text:?}: {fault}"),
            _ => {}
        }
        // What stands around it is taken away.
        if matches!(read, Spelling::Code(_)) {
            assert_eq!(spelling(&format!(" \u{201C}({text})\u{201D}.\u{A0}"), base), read, "{text:?}");
        }
    }
    let code = Code::new(bits);
    let hex = format!("{bits:08x}");
    for form in [
        code.to_string(),
        format!("0x{bits:x}"),
        format!("0X{bits:08X}"),
        format!("&H{hex}"),
        format!("#{hex}"),
        format!("0x{}_{}", &hex[..4], &hex[4..]),
        format!("0x00000000{hex}"),
        format!("hr={code}"),
        format!("(\"{code}\").\u{200B}"),
        format!("%%{bits}"),
    ] {
        assert_eq!(codes(&form, Base::Either), [code], "{form}");
    }
    if code.is_failure() {
        let below = code.signed().unsigned_abs();
        for form in [
            code.signed().to_string(),
            format!("\u{2212}{below}"),
            format!("\u{2013}{below}"),
            format!("0xFFFFFFFF{hex}"),
            format!("{}", i64::from(code.signed()).cast_unsigned()),
            bits.to_string(),
        ] {
            assert_eq!(codes(&form, Base::Either), [code], "{form}");
        }
    }
    assert_eq!(codes(&bits.to_string(), Base::Decimal), [code]);
    assert!(codes(&hex, Base::Hex) == [code], "{hex}");
});

/// The codes that a text can mean.
fn codes(text: &str, base: Base) -> Vec<Code> {
    match spelling(text, base) {
        Spelling::Code(readings) => readings.iter().map(|reading| reading.code).collect(),
        _ => Vec::new(),
    }
}
