//! The written forms: a row per form, with an example and how it is read.

use super::reading::{Base, ReadAs, Reading, Spelling, SpellingError};
use crate::code::Code;

/// A way in which people and programs write a code.
///
/// ```
/// use intune_err::{Code, written_forms};
/// for form in written_forms() {
///     assert_eq!(form.example.parse(), Ok(Code::new(0x8018_0014)), "{}", form.name);
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct WrittenForm {
    /// What it is called.
    pub name: &'static str,
    /// How 0x80180014 looks in it.
    pub example: &'static str,
    /// Reads a text in this form; `None` for all others.
    read: fn(&str, Base) -> Option<Spelling>,
}

/// Every form that [`spelling`](crate::spelling()) reads, in the order in which they are tried.
///
/// ```
/// assert!(intune_err::written_forms().iter().any(|form| form.example == "%%2149056532"));
/// ```
pub const fn written_forms() -> &'static [WrittenForm] {
    &FORMS
}

const fn form(name: &'static str, example: &'static str, read: fn(&str, Base) -> Option<Spelling>) -> WrittenForm {
    WrittenForm { name, example, read }
}

/// The first that reads a text wins. The later ones rewrite it, and all are tried again.
static FORMS: [WrittenForm; 17] = [
    form("hex with a prefix", "0x80180014", zero_x),
    form("hex of Visual Basic", "&H80180014", visual_basic),
    form("hex after a number sign", "#80180014", number_sign),
    form("hex whose prefix lost its zero", "x80180014", lone_x),
    form("hex with the suffix h", "80180014h", suffix_h),
    form("DWORD of a .reg file", "dword:80180014", dword),
    form("message insert", "%%2149056532", insert),
    form("signed number", "-2145910764", signed),
    form("decimal number", "2149056532", decimal),
    form("bare digits", "80180014", either),
    form("hex without a prefix", "FFFFFFFF80180014", bare_hex),
    form("digits apart", "0x8018_0014", apart),
    form("suffix of C", "2149056532UL", c_suffix),
    form("plus sign", "+2149056532", plus),
    form("fraction of zero", "2149056532.0", fraction),
    form("digits in groups", "2,149,056,532", groups),
    form("letter O for a zero", "0x8O18OO14", letter_o),
];

/// A longer text isn't a code that has to be rewritten.
const LONGEST: usize = 40;

/// What a text by itself can mean as a code.
pub(super) fn read(text: &str, base: Base) -> Spelling {
    FORMS.iter().find_map(|form| (form.read)(text, base)).or_else(|| fault(text)).unwrap_or(Spelling::Text)
}

fn zero_x(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    hex_digits(digits, digits.starts_with(|c: char| c.is_ascii_hexdigit()))
}

fn visual_basic(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h"))?;
    hex_digits(digits, has_digit(digits) || digits.len() == 8 && is_hex(digits))
}

fn number_sign(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix('#')?;
    hex_digits(digits, has_digit(digits) || digits.len() == 8 && is_hex(digits))
}

/// Microsoft's own misprint.
fn lone_x(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix(['x', 'X']).filter(|digits| digits.len() == 8 && is_hex(digits))?;
    Some(hex(digits))
}

fn suffix_h(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_suffix(['h', 'H']).filter(|digits| is_hex(digits) && has_digit(digits))?;
    Some(hex(digits))
}

fn dword(text: &str, _: Base) -> Option<Spelling> {
    let (key, digits) = text.split_once(':')?;
    (key.eq_ignore_ascii_case("dword") && is_hex(digits)).then(|| hex(digits))
}

fn insert(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix("%%")?;
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    is_decimal(unsigned).then(|| decimal_number(unsigned, unsigned.len() < digits.len()))
}

/// A minus sign before a decimal number or prefixed hex.
fn signed(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix('-')?.trim_start();
    if is_decimal(digits) {
        return Some(decimal_number(digits, true));
    }
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")).filter(|hex| is_hex(hex))?;
    Some(match hex_value(hex) {
        Ok(code) if code.bits() <= 1 << 31 => code_of(Code::new(code.bits().wrapping_neg()), ReadAs::Hex),
        Ok(_) => Spelling::Faulty(SpellingError::DecimalTooLarge),
        Err(error) => Spelling::Faulty(error),
    })
}

/// More than eight digits; sixteen are a code of 64 bits in hex.
fn decimal(text: &str, base: Base) -> Option<Spelling> {
    let wanted = match base {
        Base::Either => text.len() > 8 && text.len() != 16,
        Base::Decimal => true,
        Base::Hex => false,
    };
    (wanted && is_decimal(text)).then(|| decimal_number(text, false))
}

/// Up to eight digits, in both readings: the likelier first, which is hex where there are eight.
fn either(text: &str, base: Base) -> Option<Spelling> {
    if base != Base::Either || text.len() > 8 || !is_decimal(text) {
        return None;
    }
    let read = |radix, base| u32::from_str_radix(text, radix).ok().map(|bits| Reading::new(Code::new(bits), base));
    let mut readings: Vec<Reading> = [read(10, ReadAs::Decimal), read(16, ReadAs::Hex)].into_iter().flatten().collect();
    if text.len() == 8 {
        readings.reverse();
    }
    readings.dedup_by_key(|reading| reading.code);
    Some(Spelling::Code(readings))
}

/// Hex digits by themselves. If they are all letters, or only a few, a word is likelier than a code.
fn bare_hex(text: &str, base: Base) -> Option<Spelling> {
    if !is_hex(text) || !has_digit(text) && text.len() < 8 {
        return None;
    }
    Some(match hex_value(text) {
        Ok(code) if base == Base::Hex || text.len() >= 8 && has_digit(text) => code_of(code, ReadAs::Hex),
        Ok(code) => Spelling::MaybeCode(Reading::new(code, ReadAs::Hex)),
        Err(error) => Spelling::Faulty(error),
    })
}

/// Underscores or backticks between the digits: `0x8018_0014`, the backtick of debuggers, and a blank between halves (`0x8018 0014`). Without a
/// prefix the halves are those of a failure (`8018 0014`), and can be two numbers.
fn apart(text: &str, base: Base) -> Option<Spelling> {
    if let Some((upper, lower)) = text.split_once(' ').filter(|_| text.len() == 9 && text.starts_with(['8', '9', 'C', 'c'])) {
        let is_half = upper.len() == 4 && is_hex(upper) && is_hex(lower);
        let code = is_half.then(|| hex_value(&text.replace(' ', "")).ok()).flatten()?;
        return Some(Spelling::MaybeCode(Reading::new(code, ReadAs::Hex)));
    }
    if let Some((upper, lower)) = text.split_once(' ').filter(|_| text.len() == 11) {
        let digits = upper.strip_prefix("0x").or_else(|| upper.strip_prefix("0X"));
        let is_half = digits.is_some_and(|digits| digits.len() == 4 && is_hex(digits) && is_hex(lower));
        return is_half.then(|| code_in(&text.replace(' ', ""), base)).flatten();
    }
    let joined = (text.len() <= LONGEST && text.contains(['_', '`'])).then(|| text.replace(['_', '`'], ""))?;
    code_in(&joined, base)
}

/// `L`, `U` or `UL` after a decimal number. The prefixed forms of hex see to their own.
fn c_suffix(text: &str, base: Base) -> Option<Spelling> {
    let digits = text.trim_end_matches(['u', 'U', 'l', 'L']);
    let is_long = digits.trim_start_matches('-').len() > 8 && is_decimal(digits.trim_start_matches('-'));
    (text.len() > digits.len() && text.len() <= LONGEST && is_long).then(|| code_in(digits, base)).flatten()
}

fn plus(text: &str, _: Base) -> Option<Spelling> {
    let digits = text.strip_prefix('+')?.trim_start();
    is_decimal(digits).then(|| decimal_number(digits, false))
}

/// Spreadsheets and JSON give whole numbers a fraction: `2149056532.0`, `-2,145,910,764.00`.
fn fraction(text: &str, _: Base) -> Option<Spelling> {
    let (digits, zeros) = text.rsplit_once(['.', ',']).filter(|_| text.len() <= LONGEST)?;
    let point = text.as_bytes()[digits.len()];
    if !(1..=2).contains(&zeros.len()) || zeros.bytes().any(|b| b != b'0') || digits.as_bytes().contains(&point) {
        return None;
    }
    let unsigned = digits.trim_start_matches('-');
    // Fewer digits are a version.
    if unsigned.len() > 3 && is_decimal(unsigned) {
        return Some(decimal_number(unsigned, unsigned.len() < digits.len()));
    }
    groups(digits, Base::Decimal)
}

/// Groups of three digits: `2,149,056,532`, `2.149.056.532`, `2 149 056 532`, `2'149'056'532`.
fn groups(text: &str, _: Base) -> Option<Spelling> {
    let unsigned = text.strip_prefix('-').unwrap_or(text).trim_start();
    let separator = unsigned.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, ',' | '.' | '\'' | '\u{2019}') && !separator.is_whitespace() || text.len() > LONGEST {
        return None;
    }
    // Blanks of all widths separate alike.
    let separates = |c: char| c == separator || separator.is_whitespace() && c.is_whitespace();
    let mut groups = unsigned.split(separates);
    let is_first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && is_decimal(group));
    let mut count = 1;
    if !is_first || !groups.all(|group| (group.len() == 3 && is_decimal(group)).then(|| count += 1).is_some()) {
        return None;
    }
    let negative = unsigned.len() < text.len();
    // Versions, addresses and lists have points and blanks, too: only a number as long as a failure's counts.
    let is_sure = matches!(separator, ',' | '\'' | '\u{2019}');
    if !is_sure && count < if negative { 3 } else { 4 } {
        return None;
    }
    let digits: String = unsigned.chars().filter(char::is_ascii_digit).collect();
    Some(decimal_number(&digits, negative)).filter(|read| is_sure || matches!(read, Spelling::Code(_)))
}

/// A capital letter O instead of a zero, in the prefix as well.
fn letter_o(text: &str, base: Base) -> Option<Spelling> {
    let is_it = text.contains('O') && has_digit(text) && (6..=LONGEST).contains(&text.len());
    let mut read = is_it.then(|| code_in(&text.replace('O', "0"), base)).flatten()?;
    match &mut read {
        Spelling::Code(readings) => readings.iter_mut().for_each(|reading| reading.letter_o = true),
        Spelling::MaybeCode(reading) => reading.letter_o = true,
        _ => {}
    }
    Some(read)
}

/// Many digits, then letters that don't belong to a number.
fn fault(text: &str) -> Option<Spelling> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &digits[count..];
    let is_it = count > 8 && (1..=2).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphabetic());
    is_it.then(|| no_digit(digits, 10)).flatten()
}

/// What a rewritten text can mean as a code; nothing else is tried.
fn code_in(text: &str, base: Base) -> Option<Spelling> {
    Some(read(text, base)).filter(|read| !matches!(read, Spelling::Text))
}

fn code_of(code: Code, base: ReadAs) -> Spelling {
    Spelling::Code(vec![Reading::new(code, base)])
}

/// The code after a prefix that promises hex digits.
fn hex_digits(text: &str, is_promised: bool) -> Option<Spelling> {
    if !is_promised {
        return None;
    }
    let digits = text.trim_end_matches(['u', 'U', 'l', 'L']);
    let suffix = &text[digits.len()..];
    // The suffix of C; but after seven digits, a small L is likelier to be a one.
    let is_suffix = matches!(digits.len(), 8 | 16) || suffix.bytes().any(|b| b != b'l');
    let digits = if is_suffix { digits } else { text };
    if is_hex(digits) {
        return Some(hex(digits));
    }
    // A text of several words is for the scan; digits that are apart, and a letter O, are for the forms that rewrite.
    if digits.len() <= LONGEST && digits.contains(['_', '`', 'O']) { None } else { no_digit(digits, 16) }
}

/// The first character that is no digit, if the text is one word.
fn no_digit(text: &str, radix: u32) -> Option<Spelling> {
    let (position, found) = text.chars().enumerate().find(|(_, c)| !c.is_digit(radix))?;
    text.chars().all(char::is_alphanumeric).then_some(Spelling::Faulty(SpellingError::NoDigit { found, position: position + 1 }))
}

fn hex(digits: &str) -> Spelling {
    hex_value(digits).map_or_else(Spelling::Faulty, |code| code_of(code, ReadAs::Hex))
}

/// The value of 1 to 8 hex digits, or of 16 whose upper half is all F or all 0.
fn hex_value(hex: &str) -> Result<Code, SpellingError> {
    let lower = match hex.len() {
        0..=8 => hex,
        16 if hex[..8].bytes().all(|b| b == b'0') || hex[..8].bytes().all(|b| b.eq_ignore_ascii_case(&b'f')) => &hex[8..],
        digits => return Err(SpellingError::HexTooLong { digits }),
    };
    u32::from_str_radix(lower, 16).map(Code::new).map_err(|_| SpellingError::HexTooLong { digits: hex.len() })
}

/// A decimal number of 32 bits, signed or unsigned, or of 64 bits whose upper half only extends the sign.
fn decimal_number(digits: &str, negative: bool) -> Spelling {
    let bits = match digits.parse::<u64>() {
        Ok(number) if negative => (number <= 1 << 31).then(|| (number as u32).wrapping_neg()),
        Ok(number) if number >> 32 == 0xFFFF_FFFF => Some(number as u32),
        Ok(number) => u32::try_from(number).ok(),
        Err(_) => None,
    };
    bits.map_or(Spelling::Faulty(SpellingError::DecimalTooLarge), |bits| code_of(Code::new(bits), ReadAs::Decimal))
}

fn is_decimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}
