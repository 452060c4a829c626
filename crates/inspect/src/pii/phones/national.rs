//! Phone numbers as they are written at home, where the shape alone tells.

use crate::pii::checks::{byte, number};
use crate::pii::shape::ids;

ids! {
    "phone_us", "PHONE_NUMBER", 92, Phone | 0, nanp,
        ["999-999-9999": 90, "999.999.9999": 88, "999 999 9999": 76, "(999) 999-9999": 92, "(999)999-9999": 92, "(999) 999 9999": 90, "(999)-999-9999": 90,
         "(999) 999.9999": 90, "999/999-9999": 80, "1-999-999-9999": 91, "1.999.999.9999": 88, "1 999 999 9999": 80, "1 (999) 999-9999": 92,
         "1-(999)-999-9999": 90, "1 999-999-9999": 90, "9999999999": 0, "19999999999": 0, "999-9999999": 60],
        "A phone number of the United States, Canada and their neighbours; ten digits in one run only when called a phone.";
    "phone_fr", "PHONE_NUMBER", 92, Phone | 0, zero,
        ["99 99 99 99 99": 86, "99.99.99.99.99": 86, "99-99-99-99-99": 82],
        "A French phone number in five pairs.";
    "phone_uk", "PHONE_NUMBER", 92, Phone | 0, british,
        ["999 9999 9999": 84, "9999 999 9999": 82, "99999 999999": 80, "99999 999 999": 82, "(999) 9999 9999": 88, "(99999) 999999": 88, "(9999) 999 9999": 88,
         "999-9999-9999": 80],
        "A British phone number in the groups of its area.";
    "phone_east_asia", "PHONE_NUMBER", 92, Phone | 0, east_asian,
        ["999-9999-9999": 86, "99-9999-9999": 80, "999-999-9999": 70, "999 9999 9999": 72, "9999-99-9999": 62],
        "A Japanese, Korean or Chinese phone number in its usual groups.";
    "phone_oceania", "PHONE_NUMBER", 92, Phone | 0, oceanian,
        ["9999 999 999": 84, "(99) 9999 9999": 88, "99 9999 9999": 76],
        "An Australian phone number in its usual groups.";
    "phone_br", "PHONE_NUMBER", 92, Phone | 0, brazilian,
        ["(99) 99999-9999": 92, "(99) 9999-9999": 88, "99 99999-9999": 84, "(99)99999-9999": 90],
        "A Brazilian phone number with its area.";
    "phone_in", "PHONE_NUMBER", 90, Phone | 0, indian, ["99999 99999": 72, "99999-99999": 70],
        "An Indian mobile number in two groups.";
    "phone_zero", "PHONE_NUMBER", 88, Phone | 0, zero,
        ["(999) 99999999": 80, "(9999) 9999999": 80, "(9999) 999999": 80, "(999) 9999999": 80, "(999) 99999-999": 80, "(999) 9999-9999": 82, "9999/9999999": 75, "999/9999999": 74, "9999/999999": 72, "9999 9999999": 64, "999 99999999": 64, "9999-9999999": 66, "999-99999999": 66, "99 999 99 99": 72, "999 999 99 99": 76,
         "99-999 99 99": 76, "999-999 99 99": 76, "99-9999999": 60],
        "A phone number with the zero that is dialled at home.";
}

/// Area and exchange begin with 2 to 9 and aren't 211 to 911.
fn nanp(text: &[u8]) -> bool {
    let digits = match text {
        [b'1', rest @ ..] if rest.len() == 10 => rest,
        it => it,
    };
    let service = |at: usize| byte(digits, at + 1) == b'1' && byte(digits, at + 2) == b'1';
    digits.len() == 10
        && (b'2'..=b'9').contains(&byte(digits, 0))
        && (b'2'..=b'9').contains(&byte(digits, 3))
        && byte(digits, 1) != b'9'
        && !service(0)
        && !service(3)
}

fn zero(text: &[u8]) -> bool {
    byte(text, 0) == b'0' && byte(text, 1) != b'0'
}

fn british(text: &[u8]) -> bool {
    zero(text) && matches!(byte(text, 1), b'1' | b'2' | b'3' | b'7' | b'8')
}

fn east_asian(text: &[u8]) -> bool {
    let china = text.len() == 11 && byte(text, 0) == b'1' && (b'3'..=b'9').contains(&byte(text, 1));
    zero(text) || china
}

fn oceanian(text: &[u8]) -> bool {
    byte(text, 0) == b'0' && matches!(byte(text, 1), b'2' | b'3' | b'4' | b'7' | b'8')
}

fn brazilian(text: &[u8]) -> bool {
    byte(text, 0) != b'0'
        && byte(text, 1) != b'0'
        && (text.len() == 10 || byte(text, 2) == b'9')
        && number(text, 0..2) > 10
}

fn indian(text: &[u8]) -> bool {
    (b'6'..=b'9').contains(&byte(text, 0))
}
