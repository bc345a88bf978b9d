//! What the table and its readers must agree on: how a text is folded, hashed and split, and what the small enumerations are called.
//!
//! The build script and the library both compile this file. It uses nothing but the standard library.

use std::ops::Range;

/// The names of the areas, in the order of `Area`.
pub(crate) const AREAS: [&str; 9] =
    ["enrollment", "sign-in", "entra-join", "autopilot", "co-management", "policy", "app-install", "certificate", "update"];
/// The names of the platforms, in the order of the enumeration `Platform`.
pub(crate) const PLATFORMS: [&str; 6] = ["windows", "ios", "ipados", "macos", "android", "linux"];
/// The names of the checklist's topics, in the order of the enumeration `Topic`.
pub(crate) const TOPICS: [&str; 5] = ["configuration", "questions", "logs", "clock", "diagnostics"];
/// The names of the kinds of code, in the order of the enumeration `Kind`.
pub(crate) const KINDS: [&str; 3] = ["hresult", "win32", "ntstatus"];

/// The names of the log families, in the order of the enumeration `LogFamily`.
pub(crate) const FAMILIES: [&str; 13] = [
    "ime",
    "ccm",
    "cbs",
    "setupact",
    "msi",
    "dsregcmd",
    "mdmdiag",
    "windowsupdate",
    "winget",
    "company-portal",
    "macos-agent",
    "reg",
    "evtx",
];

/// What a pattern of an owner does, in the order of the enumeration `Does`; `data/README.md` says what each means.
pub(crate) const DOES: [&str; 7] = ["mentions", "starts", "ends", "clears", "leaves", "stops", "resets"];
/// What an owner is, in the order of the enumeration `OwnerKind`.
pub(crate) const OWNER_KINDS: [&str; 3] = ["app", "script", "policy"];
/// The phases of the Enrollment Status Page, in the order of the enumeration `Phase`.
pub(crate) const PHASES: [&str; 3] = ["DevicePreparation", "DeviceSetup", "AccountSetup"];

/// What a file of a bundle can say of the device, in the order of the enumeration `Fact`.
pub(crate) const FACTS: [&str; 30] = [
    "os-name",
    "os-version",
    "os-release",
    "device-name",
    "model",
    "entra-joined",
    "enterprise-joined",
    "domain-joined",
    "workplace-joined",
    "domain",
    "tenant-name",
    "tenant-id",
    "device-id",
    "prt",
    "mdm-authority",
    "managed-by",
    "mdm-server",
    "management-server",
    "last-sync",
    "enrollment-type",
    "enrollment-state",
    "enrollment-user",
    "autopilot-profile",
    "autopilot-tenant",
    "autopilot-join",
    "autopilot-settings",
    "esp-device",
    "esp-user",
    "esp-timeout",
    "esp-blocks",
];
/// The kinds of text that say something of the device, in the order of the enumeration `Text` of src/log/device.rs.
pub(crate) const FACT_TEXTS: [&str; 8] = ["dsregcmd", "systeminfo", "msinfo32", "ver", "reg", "mdm-html", "mdm-xml", "autopilot-json"];

/// The lists of words.toml whose words are looked up one by one, in the order of their bits.
pub(crate) const WORD_LISTS: [&str; 23] = [
    "error",
    "hresult",
    "result",
    "code",
    "qualifier",
    "code-of",
    "filler",
    "genitive",
    "failed",
    "not",
    "adverse",
    "value",
    "thing",
    "measure",
    "bare",
    "id",
    "domain",
    "verb",
    "clause",
    "low-word",
    "installer",
    "between",
    "ordinary",
];

/// The number of the first word of a constant: of what stands before its first underscore.
pub(crate) fn first_of_constant(word: &[u8]) -> u64 {
    word.iter().fold(0, |so_far, byte| so_far.rotate_left(8) ^ u64::from(*byte))
}

/// Stands in a gram for the position of a pattern where something else is looked for: a token of Microsoft Entra ID.
pub(crate) const TRIGGER_AADSTS: u16 = u16::MAX;
/// The list of such numbers in JSON.
pub(crate) const TRIGGER_ERROR_CODES: u16 = u16::MAX - 1;
/// A phrase that announces a decimal number; the offset is the position of the phrase.
pub(crate) const TRIGGER_PHRASE: u16 = u16::MAX - 2;
/// The domain of an Apple error; the offset is where the gram is in the domain.
pub(crate) const TRIGGER_DOMAIN: u16 = u16::MAX - 3;

/// A word and the bracket after it, in which Windows prints a code or the text of one.
pub(crate) const TRIGGER_PRINTED: u16 = u16::MAX - 4;
/// Those that it stands after.
#[allow(dead_code, reason = "only the build asks")]
pub(crate) const BEFORE_PRINTED: [&str; 7] =
    ["result: (", "result : (", "result (", "status: (", "failed (", "token: (", "submit the certificate request ("];

/// Where the gram of a phrase that announces a number begins: after its last letter outside ASCII.
pub(crate) fn phrase_trigger(phrase: &[u8]) -> usize {
    phrase.iter().rposition(|byte| !byte.is_ascii()).map_or(0, |at| at + 1)
}

/// Whether a phrase that announces a number has a letter of another alphabet, and no longer word of ASCII right after the last one that could be
/// looked for.
#[allow(dead_code, reason = "without own records only the build asks")]
pub(crate) fn is_wide(phrase: &str) -> bool {
    let after = &phrase[phrase_trigger(phrase.as_bytes())..];
    !phrase.is_ascii() && after.bytes().take_while(u8::is_ascii_alphanumeric).count() < 5
}

/// What can stand between a phrase shorter than a gram and its number.
pub(crate) const SHORT_JOINTS: [&str; 10] = [" ", ": ", " : ", ":", "=", " = ", " (", "(", " [", " #"];

/// Those of them after which any number is looked for, and not only some: the others would need many grams.
pub(crate) const ANY_JOINTS: [&str; 9] = [" ", ": ", " : ", ":", "=", " = ", " (", " [", " #"];

/// What can stand between the name of a domain of Windows and a number, where that is all.
pub(crate) const FIELD_JOINTS: [&str; 4] = [": ", " : ", "=", " = "];

/// Whether the number after a phrase can be that of a token of Microsoft Entra ID. Short words of other languages would need many grams.
pub(crate) fn may_announce_token(phrase: &[u8]) -> bool {
    phrase.len() > 5 || phrase.eq_ignore_ascii_case(b"error")
}

/// The end of a text that Windows prints for a code, and what comes after it where programs print the code in brackets.
pub(crate) const TRIGGER_BRACKETED: u16 = u16::MAX - 5;

/// After it, and before it: `Access is denied. (5)`, `(5) Access is denied: [C:\x]`.
#[allow(dead_code, reason = "only the build asks")]
pub(crate) const BESIDE_PRINTED: [&str; 2] = [". (", ": ["];

/// The least of them: no table has so many patterns.
pub(crate) const FIRST_TRIGGER: u16 = TRIGGER_BRACKETED;

/// What all spellings of a name or message share: its letters and digits, in lower case.
pub(crate) fn fold(text: &str) -> String {
    let mut of = String::new();
    fold_into(&mut of, text);
    of
}

/// Appends a text as [`fold`] gives it.
pub(crate) fn fold_into(of: &mut String, text: &str) {
    of.reserve(text.len());
    if text.is_ascii() {
        // Letters of other languages need a table.
        for byte in text.bytes().filter(u8::is_ascii_alphanumeric) {
            of.push(char::from(byte.to_ascii_lowercase()));
        }
    } else {
        of.extend(folded(text));
    }
}

/// The letters and digits of a text, in lower case.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The words of a text: runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Two to this power is the number of buckets that markers are sorted into.
pub(crate) const MARKER_BUCKET_BITS: u32 = 10;

/// Two to this power is the number of bits that tell whether a word can be the first of a marker.
pub(crate) const MARKER_FILTER_BITS: u32 = 14;

/// The bucket of a marker by its first word, and its bit in the filter.
#[inline]
pub(crate) fn marker_bucket(first: &[u8]) -> (usize, usize) {
    let hash = marker_hash(first);
    ((hash >> (64 - MARKER_BUCKET_BITS)) as usize, (hash >> (64 - MARKER_FILTER_BITS)) as usize)
}

/// The hash of a word of which lower and upper case are the same: that of its length and its first four bytes.
#[inline]
fn marker_hash(first: &[u8]) -> u64 {
    let begin = match first.first_chunk() {
        Some(begin) => u32::from_le_bytes(*begin) | 0x2020_2020,
        None => first.iter().fold(0, |so_far, byte| so_far << 8 | u32::from(byte | 0x20)),
    };
    hash(u64::from(begin) << 8 | first.len() as u64 & 0xFF)
}

/// The other form of the same error: the HRESULT of a Win32 code or an NTSTATUS, or the code that an HRESULT wraps.
pub(crate) const fn other_form(bits: u32) -> Option<u32> {
    match bits {
        // The last are small negative numbers.
        0 | 0x8007_0000 | 0xFFFF_0000..=0xFFFF_FFFF => None,
        1..=0xFFFF => Some(0x8007_0000 | bits),
        0x8007_0001..=0x8007_FFFF => Some(bits & 0xFFFF),
        0xC000_0000..=0xDFFF_FFFF | 0xF000_0000..=0xFFFF_FFFF => Some(bits ^ 0x1000_0000),
        _ => None,
    }
}

/// The hash of a gram or a code: its top bits are well mixed.
#[inline]
pub(crate) const fn hash(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The hash of a text.
pub(crate) fn hash_text(text: &str) -> u64 {
    text.bytes().fold(0, |so_far, byte| hash(so_far.rotate_left(23) ^ u64::from(byte)))
}

/// The table stores where a name begins for one symbol out of this many.
pub(crate) const SYMBOLS_A_START: usize = 16;

/// The number of bytes from the beginning of a word that the scan looks for first.
pub(crate) const GRAM: usize = 8;

/// The most that a variable part of a message stretches over, in bytes.
pub(crate) const VARIABLE: usize = 200;
/// No message with its variable parts is longer.
pub(crate) const MOST_AROUND: usize = 2048;

/// The bytes of a gram as a number, letters in lower case. Other bytes can coincide; that costs one comparison.
#[inline]
pub(crate) const fn gram(bytes: [u8; GRAM]) -> u64 {
    u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020
}

/// Two to these powers are the numbers of marks and of bits for what goes on.
pub(crate) const MARK_BITS: u32 = 15;
pub(crate) const TAIL_BITS: u32 = 14;

/// What stands in the filter for a gram: nearly no other one that shares its place has the same. It is odd, unlike 0 and [`SHARED`].
#[inline]
pub(crate) fn check(hash: u64) -> u8 {
    (hash >> 41) as u8 | 1
}

/// What stands in the filter where several grams share a place.
pub(crate) const SHARED: u8 = 2;

/// Stands for the two bytes after a gram where the pattern has none there.
pub(crate) const ANY_TAIL: u16 = 0;

/// The place of a gram in the filter, by its hash.
#[inline]
pub(crate) const fn mark_of(hash: u64) -> usize {
    (hash >> (u64::BITS - MARK_BITS)) as usize
}

/// The byte and the bit in the filter of a gram, by its hash, with the two bytes after it, letters in lower case.
#[inline]
pub(crate) const fn tail_of(gram_hash: u64, after: u16) -> (usize, u8) {
    let bit = hash(gram_hash ^ after as u64) >> (u64::BITS - TAIL_BITS);
    ((bit / 8) as usize, 1 << (bit % 8))
}

/// The first variable part of a message at or after `from`: words in angle brackets, such as `<user name>`.
pub(crate) fn variable(message: &[u8], mut from: usize) -> Option<Range<usize>> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-');
    let find = |wanted: u8, from: usize| message[from..].iter().position(|byte| *byte == wanted).map(|at| from + at);
    while let Some(open) = find(b'<', from) {
        let close = find(b'>', open)?;
        let name = &message[open + 1..close];
        if !name.is_empty() && name.iter().all(is_word) {
            return Some(open..close + 1);
        }
        from = open + 1;
    }
    None
}
