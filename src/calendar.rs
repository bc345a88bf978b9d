//! The calendar: which day is how many days after the beginning of 1601, where Windows begins to count.

/// The year, month and day that is this many days after the beginning of 1601.
pub(crate) fn date(days: u64) -> (u64, u64, u64) {
    // 1601 begins a cycle of 400 years; the first year of a cycle that begins in March has no leap day to look for.
    let days = days + 306;
    let (cycle, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (1600 + 400 * cycle + year + u64::from(month <= 2), month, day)
}

/// How many days after the beginning of 1601 a date is. `None` for an earlier date and for one that doesn't exist.
pub(crate) fn days(year: u16, month: u8, day: u8) -> Option<u64> {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let length = match month {
        2 => 28 + u8::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let years = u64::from(year).checked_sub(1601)?;
    let leap_days = years / 4 - years / 100 + years / 400 + u64::from(is_leap && month > 2);
    Some(365 * years + leap_days + BEFORE[usize::from(month) - 1] + u64::from(day) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_five_hundred_years_is_the_one_after_the_last() {
        let mut count = 0;
        for year in 1601..2101 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let Some(days) = days(year, month, day) else { continue };
                    assert_eq!(days, count, "{year}-{month}-{day}");
                    assert_eq!(date(days), (year.into(), month.into(), day.into()));
                    count += 1;
                }
            }
        }
        // Every fourth of the 500 years is a leap year, except 1700, 1800, 1900 and 2100.
        assert_eq!(count, 500 * 365 + 125 - 4);
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_none() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2100, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (1600, 12, 31)]
        {
            assert_eq!(days(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(days(2024, 2, 29).is_some() && days(2000, 2, 29).is_some());
    }
}
