//! Numbers of those who prescribe, and of devices: tables of numbers that only their check and
//! their name tell.

use super::checks::{at, byte, luhn, luhn_sum, value};
use super::shape::ids;

ids! {
    "npi", "NPI_NUMBER", 92, Npi | 0, npi, ["9999999999": 0],
        "A US provider's number: ten digits from 1 or 2 on, Luhn with 80840 before, called by its name.";
    "dea", "DEA_NUMBER", 92, Dea | 0, dea, ["AA9999999": 62, "A99999999": 55],
        "A US prescriber's number: kind, initial (or 9), six digits and their check.";
    "imei", "DEVICE_ID", 90, Device | 0, luhn, ["999999999999999": 0, "99-999999-999999-9": 75, "99 999999 999999 9": 75, "999999 99 999999 9": 0, "999999-99-999999-9": 0],
        "A mobile phone's IMEI: fifteen digits, Luhn, in its usual groups or called by its name.";
}

fn npi(text: &[u8]) -> bool {
    // The digits before add 24 to the sum.
    matches!(byte(text, 0), b'1' | b'2') && (luhn_sum(text) + 24).is_multiple_of(10)
}

fn dea(text: &[u8]) -> bool {
    let digits = text.get(2..).unwrap_or_default();
    let odd: u32 = [0, 2, 4].iter().map(|it| at(digits, *it)).sum();
    let even: u32 = [1, 3, 5].iter().map(|it| at(digits, *it)).sum();
    let second = byte(text, 1);
    b"ABCDEFGHJKLMPRSTUX".contains(&byte(text, 0))
        && (second.is_ascii_uppercase() || second == b'9')
        && digits.first().is_some_and(u8::is_ascii_digit)
        && value(byte(digits, 6)) == (odd + 2 * even) % 10
}
