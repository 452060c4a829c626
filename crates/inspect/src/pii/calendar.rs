//! Days that can be somebody's birthday.

use super::checks::number;

/// True for a day that a month can have, leap years included.
pub(super) fn is_day(month: u64, day: u64) -> bool {
    let most = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => return false,
    };
    (1..=most).contains(&day)
}

/// True for a day that a person who lives can be born on: 1900 to 2099.
pub(super) fn is_birth(year: u64, month: u64, day: u64) -> bool {
    (1900..2100).contains(&year) && is_day(month, day) && (month != 2 || day < 29 || is_leap(year))
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Six digits from `at` on, year first: `850730`.
pub(super) fn yymmdd(text: &[u8], at: usize) -> bool {
    is_day(number(text, at + 2..at + 4), number(text, at + 4..at + 6))
}

/// Six digits from `at` on, day first: `300785`.
pub(super) fn ddmmyy(text: &[u8], at: usize) -> bool {
    is_day(number(text, at + 2..at + 4), number(text, at..at + 2))
}

/// Eight digits from `at` on, year first: `19850730`.
pub(super) fn yyyymmdd(text: &[u8], at: usize) -> bool {
    is_birth(
        number(text, at..at + 4),
        number(text, at + 4..at + 6),
        number(text, at + 6..at + 8),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert!(is_birth(2000, 2, 29) && !is_birth(1900, 2, 29) && !is_birth(2001, 2, 29));
        assert!(is_birth(1985, 12, 31) && !is_birth(1985, 11, 31) && !is_birth(1985, 13, 1));
        assert!(!is_birth(1899, 1, 1) && !is_birth(2100, 1, 1) && !is_birth(1985, 0, 1));
        assert!(yymmdd(b"850730", 0) && !yymmdd(b"853007", 0));
        assert!(ddmmyy(b"300785", 0) && !ddmmyy(b"073085", 0));
        assert!(yyyymmdd(b"x19850730", 1) && !yyyymmdd(b"x19851330", 1));
    }
}
