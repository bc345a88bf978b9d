//! Dates, times and zones, as logs write them.

use super::pieces::{Form, blanks, count};

/// The zone that a match found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneFound {
    Utc,
    /// Minutes east of UTC.
    Offset(i16),
}

/// Hour, minute and second, and the digits of the fraction.
pub(crate) type Clock<'t> = ((u8, u8, u8), &'t [u8]);

/// A number of this many digits at the beginning, and how many it has.
fn number(text: &[u8], digits: std::ops::RangeInclusive<usize>) -> Option<(u16, usize)> {
    let (mut value, mut len) = (0_u32, 0);
    while let Some(digit @ b'0'..=b'9') = text.get(len)
        && len < 5
    {
        value = value * 10 + u32::from(digit - b'0');
        len += 1;
    }
    digits.contains(&len).then_some((value as u16, len))
}

pub(super) fn date(form: &Form, text: &[u8]) -> Option<((u16, u8, u8), usize)> {
    let digits = if *form == Form::Ymd { [4..=4, 2..=2, 2..=2] } else { [1..=2, 1..=2, 4..=4] };
    let (mut parts, mut lengths, mut at) = ([0; 3], [0; 3], 0);
    let separator = text[..text.len().min(5)].iter().find(|byte| matches!(byte, b'-' | b'/'))?;
    for (position, digits) in digits.into_iter().enumerate() {
        if position > 0 {
            (text.get(at) == Some(separator)).then_some(())?;
            at += 1;
        }
        let (part, len) = number(&text[at..], digits)?;
        (parts[position], lengths[position]) = (part, len);
        at += len;
    }
    let [year, month, day] = match form {
        Form::Ymd => parts,
        _ => [parts[2], parts[0], parts[1]],
    };
    if *form == Form::Us {
        // Elsewhere the day comes first, or a number below 10 has a zero. So the second number is a day where it is written without a
        // zero, or is no month; a date of which neither is true could be either.
        let has_zero = text[0] == b'0' || text[lengths[0] + 1] == b'0';
        (*separator == b'/' && !has_zero && !(10..=12).contains(&day)).then_some(())?;
    }
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(((year, month as u8, day as u8), at))
}

pub(super) fn clock<'t>(form: &Form, text: &'t [u8]) -> Option<(Clock<'t>, usize)> {
    let (mut hour, mut at) = number(text, 1..=2)?;
    let mut part = || {
        (text.get(at) == Some(&b':')).then_some(())?;
        let (part, len) = number(&text[at + 1..], 2..=2)?;
        at += 1 + len;
        Some(part)
    };
    let (minute, second) = (part()?, part()?);
    let digits = |from: usize| count(text.get(from..).unwrap_or_default(), |byte| byte.is_ascii_digit());
    let fraction = match text.get(at) {
        Some(b'.' | b',') => digits(at + 1),
        // After a third colon it is always milliseconds.
        Some(b':') if digits(at + 1) == 3 => 3,
        _ => 0,
    };
    let fraction = if fraction > 0 {
        at += 1 + fraction;
        &text[at - fraction..at]
    } else {
        &[]
    };
    match form {
        Form::ClockOf(digits) if fraction.len() != *digits => return None,
        Form::HalfDay => {
            at += blanks(&text[at..]);
            let is_afternoon = match text.get(at..at + 2)? {
                b"AM" | b"am" => false,
                b"PM" | b"pm" => true,
                _ => return None,
            };
            (1..=12).contains(&hour).then_some(())?;
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
            at += 2;
        }
        _ => {}
    }
    (hour < 24 && minute < 60 && second < 61).then_some((((hour as u8, minute as u8, second as u8), fraction), at))
}

pub(super) fn zone(form: &Form, text: &[u8]) -> Option<(ZoneFound, usize)> {
    let sign = match text.first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(b'Z') if *form != Form::Bias => return Some((ZoneFound::Utc, 1)),
        _ if text.starts_with(b"UTC") && *form != Form::Bias => return Some((ZoneFound::Utc, 3)),
        _ => return None,
    };
    if *form == Form::Bias {
        let (minutes, len) = number(&text[1..], 1..=4)?;
        return (minutes < 24 * 60).then_some((ZoneFound::Offset(-sign * minutes as i16), 1 + len));
    }
    let (hours, minutes, len) = match number(&text[1..], 2..=4)? {
        (hours, 2) => match text.get(3..).and_then(|rest| rest.strip_prefix(b":")).and_then(|rest| number(rest, 2..=2)) {
            Some((minutes, _)) => (hours, minutes, 6),
            None => (hours, 0, 3),
        },
        (both, 4) => (both / 100, both % 100, 5),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some((ZoneFound::Offset(sign * (hours * 60 + minutes) as i16), len))
}

/// An offset after a blank. It is written in full: a sign and two digits could be anything there.
pub(super) fn spaced_zone(form: &Form, text: &[u8]) -> Option<(ZoneFound, usize)> {
    (*form == Form::OffsetOrNone).then_some(())?;
    let (zone, len) = zone(form, text.strip_prefix(b" ")?)?;
    let ends = !text.get(1 + len).is_some_and(u8::is_ascii_alphanumeric);
    (ends && (len > 3 || zone == ZoneFound::Utc)).then_some((zone, 1 + len))
}
