//! The whole table: each code, name and message is found in a sentence, and none of them inside a longer word.

use intune_err::{Code, Entry, Found, Scanner, Symbol};

/// Codes that a scan reports: of an entry and a failure, or at least more than a plain Win32 number.
fn codes() -> Vec<Code> {
    let mut codes: Vec<Code> = Entry::all().flat_map(Entry::codes).filter(|code| code.is_failure() || code.bits() > 0xFFFF).collect();
    codes.extend(Symbol::all().map(intune_err::Symbol::code).filter(|code| code.is_failure()));
    // All bits are a mask or a count of -1, and what WAIT_FAILED and others are.
    codes.retain(|code| code.bits() != u32::MAX);
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The names and messages that a scan looks for, with the entry that has each.
pub(crate) fn texts() -> Vec<(&'static str, Entry)> {
    let scanned = |entry: Entry| {
        let texts = entry.names().chain(entry.messages());
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        texts.filter(move |text| !entry.lookup_only().any(|of| of == *text) && !is_number(text)).map(move |text| (text, entry))
    };
    Entry::all().flat_map(scanned).collect()
}

/// The text as a log has it: its variable parts filled in.
pub(crate) fn filled(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        let Some((name, after)) = behind.split_once('>') else { break };
        let is_variable = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-'));
        filled.push_str(before);
        if is_variable {
            filled.push_str("some 1-x");
        } else {
            filled.push('<');
            filled.push_str(name);
            filled.push('>');
        }
        rest = after;
    }
    filled + rest
}

/// Whether one of the findings tells of `entry`.
fn tells(found: Found, entry: Entry) -> bool {
    match found {
        Found::Text(known) => known.entries().any(|of| of == entry),
        Found::Code(code) => entry.codes().any(|of| of == code || of.other_form() == Some(code)),
        Found::Aadsts(number) => entry.names().chain(entry.messages()).any(|text| text.contains(&format!("AADSTS{number}"))),
        _ => false,
    }
}

#[test]
fn every_code_is_found_in_a_sentence() {
    let scanner = Scanner::new();
    let mut faults = Vec::new();
    for code in codes() {
        let sentence = format!("The call failed with {code} today");
        let found = scanner.scan(sentence.as_bytes());
        let is_right = found.len() == 1 && found[0].what == Found::Code(code) && (found[0].start, found[0].end) == (21, 31);
        if !is_right {
            faults.push(format!("{code}: {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{} codes: {}", faults.len(), faults.join("\n"));
}

#[test]
fn every_failure_is_found_without_its_prefix_and_as_a_decimal() {
    let scanner = Scanner::new();
    let mut faults = Vec::new();
    for code in codes().into_iter().filter(|code| code.is_failure()) {
        let bits = code.bits();
        // Round numbers and the limits of integers; and the short negative numbers of Apple's systems, which stand for much else.
        if bits >> 12 == 0x8_0000 || bits > 0xFA00_0000 {
            continue;
        }
        for form in [format!("{bits:08x}"), format!("{bits:08X}"), code.signed().to_string(), bits.to_string(), format!("%%{bits}")] {
            let found = scanner.scan(format!("The call failed with {form} today").as_bytes());
            if found.len() != 1 || found[0].what != Found::Code(code) || (found[0].start, found[0].end) != (21, 21 + form.len()) {
                faults.push(format!("{form}: {found:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} forms: {}", faults.len(), faults.join("\n"));
}

#[test]
fn no_code_is_found_inside_something_longer() {
    let scanner = Scanner::new();
    let mut faults = Vec::new();
    for code in codes() {
        let bits = code.bits();
        for text in [
            format!("x{bits:08x}"),
            format!("{bits:08x}_1"),
            format!("a{code}"),
            format!("{code}0"),
            format!("{code}G"),
            format!("0{bits:08X}"),
            format!("{{{bits:08X}-1234-4F0C-9D3A-0123456789AB}}"),
            format!("{bits:08x}{bits:08x}{bits:08x}{bits:08x}"),
            format!("S-1-12-1-{bits}-1-2-3"),
            format!("1{bits}"),
        ] {
            if let [finding, ..] = scanner.scan(text.as_bytes())[..] {
                faults.push(format!("{text}: {finding:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} texts: {}", faults.len(), faults.join("\n"));
}

#[test]
fn every_name_and_message_is_found_in_a_sentence() {
    let scanner = Scanner::new();
    let mut faults = Vec::new();
    for (text, entry) in texts() {
        for form in [filled(text), filled(text).to_uppercase(), filled(text).replace('\'', "\u{2019}")] {
            let line = format!("11:12:13 said: {form}, and no more");
            let found = scanner.scan(line.as_bytes());
            // A message that holds a code is told by that, and one that holds another name by the longer.
            let holds_code = found.iter().any(|finding| matches!(finding.what, Found::Code(_)));
            if !holds_code && !found.iter().any(|finding| tells(finding.what, entry)) {
                faults.push(format!("{} of {}: {line:?} has {found:?}", text, entry.id()));
            }
        }
    }
    assert!(faults.is_empty(), "{} forms: {}", faults.len(), faults.join("\n"));
}

/// Where a text of the table is found in a line.
fn places(line: &str, text: &str) -> Vec<(usize, usize)> {
    let is_it = |found| matches!(found, Found::Text(known) if known.text() == text);
    Scanner::new().scan(line.as_bytes()).iter().filter(|finding| is_it(finding.what)).map(|finding| (finding.start, finding.end)).collect()
}

#[test]
fn a_name_or_message_is_found_from_its_beginning_to_its_end() {
    let mut faults = Vec::new();
    for (text, _) in texts() {
        let form = filled(text);
        let places = places(&format!("said: {form}, and no more"), text);
        // One that ends with a variable part has whatever follows.
        if places.iter().any(|(start, end)| *start != 6 || *end != 6 + form.len() && !text.ends_with('>')) {
            faults.push(format!("{text}: {places:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_letter_right_beside_a_message_hides_it_where_the_message_begins_or_ends_with_one() {
    let is_word = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    let mut faults = Vec::new();
    for (text, _) in texts() {
        let form = filled(text);
        if places(&form, text).is_empty() || text.ends_with('>') {
            continue;
        }
        if is_word(form.bytes().next()) != places(&format!("said x{form}"), text).is_empty() {
            faults.push(format!("before {text}"));
        }
        if is_word(form.bytes().last()) != places(&format!("{form}x was said"), text).is_empty() {
            faults.push(format!("behind {text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_dash_is_no_quote_and_no_letter() {
    for (text, _) in texts() {
        let form = filled(text);
        let (first, last) = (form.len() - 1, &form[1..]);
        for line in [format!("said: {}\u{2013}", &form[..first]), format!("said: \u{2013}{last}"), form.replace('\'', "\u{2013}")] {
            let is_changed = line != form;
            assert!(!is_changed || places(&line, text).is_empty(), "{line:?}");
        }
    }
}

#[test]
fn a_name_or_message_is_found_at_the_ends_of_a_log() {
    let scanner = Scanner::new();
    for (text, _) in texts() {
        let whole = filled(text);
        for log in
            [whole.clone(), format!("{whole}\n"), format!("\n{whole}"), format!("\"{whole}\""), format!("\u{1B}[31m{whole}\u{1B}[0m")]
        {
            assert!(!scanner.scan(log.as_bytes()).is_empty(), "{log:?}");
        }
    }
}

#[test]
fn no_name_is_found_inside_a_longer_word() {
    let scanner = Scanner::new();
    let mut faults = Vec::new();
    for (text, entry) in texts() {
        let is_name = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !is_name {
            continue;
        }
        for word in [format!("My{text}"), format!("{text}Handler"), format!("_{text}_"), format!("9{text}"), format!("{text}9")] {
            // Another name of the table can be the longer word, and any digits after AADSTS are a token.
            let is_another = intune_err::Entry::by_name(&word).len() > 0 || text.starts_with("AADSTS") && word.ends_with('9');
            let found = scanner.scan(word.as_bytes());
            if !found.is_empty() && !is_another {
                faults.push(format!("{word} ({}): {found:?}", entry.id()));
            }
        }
    }
    assert!(faults.is_empty(), "{} words: {}", faults.len(), faults.join("\n"));
}

#[test]
fn what_is_lookup_only_is_not_reported() {
    let scanner = Scanner::new();
    let scanned: Vec<String> = texts().iter().map(|(text, _)| text.to_lowercase()).collect();
    for entry in Entry::all() {
        for text in entry.lookup_only() {
            let lower = text.to_lowercase();
            let found = scanner.scan(format!("then {text} was said").as_bytes());
            // A part of it may be a name by itself, or another entry may want it.
            let is_wanted = scanned.iter().any(|other| lower.contains(other.trim_end_matches(['.', '!', ' '])));
            // The name of a constant is answered as its code, and not by the entry.
            let is_told = found.iter().all(|finding| matches!(finding.what, Found::Code(_) | Found::Symbol(_)));
            assert!(is_wanted || is_told, "{text:?} of {} is lookup_only: {found:?}", entry.id());
        }
    }
}

#[test]
fn success_codes_without_an_entry_are_never_reported() {
    let scanner = Scanner::new().all(true);
    let listed: Vec<Code> = Entry::all().flat_map(Entry::codes).collect();
    // The token broker's logs call those of WinHTTP an HRESULT.
    let is_http = |code: &Code| (12_000..=12_200).contains(&code.bits());
    for code in Symbol::all().map(intune_err::Symbol::code).filter(|code| !code.is_failure() && !listed.contains(code) && !is_http(code)) {
        for text in [format!("{code}"), format!("{:#x}", code.bits()), code.bits().to_string(), format!("{:08x}", code.bits())] {
            let found = scanner.scan(format!("hr = {text} today").as_bytes());
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
