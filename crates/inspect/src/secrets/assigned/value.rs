//! Which values are passwords and keys, and which only stand where one could.

use std::ops::Range;

use super::{Given, How};
use crate::detector::Look;
use crate::secrets::quality;

/// Signs that passwords have and that other words seldom do.
const SIGNS: &str = "!@#$%^&*+=~?/";

/// How sure (percent) a value is a password; `None` for what is none.
pub(super) fn sure_password(look: &Look<'_>, word: &Range<usize>, given: &Given<'_>) -> Option<u8> {
    let value = given.value;
    let lower = value.to_ascii_lowercase();
    let name = look.text.get(word.clone()).unwrap_or_default();
    let is_path = name.eq_ignore_ascii_case("pwd")
        && (value.starts_with(['/', '~', '.']) || value.contains(":\\"));
    let is_code = !given.quoted && (is_member(value) || is_type(value));
    let is_path = is_path || value.contains('/') && quality::is_wordy(value);
    if value.len() < 4 || is_hole(given) || is_path || is_code || is_spoken_of(&lower) {
        return None;
    }
    if matches!(given.how, How::Beside | How::Listed) {
        return is_strong(value).then_some(78);
    }
    if given.how == How::Spoken && !given.quoted && is_remark(value) {
        return None;
    }
    let classes = quality::classes(value);
    if value.bytes().all(|it| it.is_ascii_digit()) {
        return (value.len() >= 6).then_some(60);
    }
    if classes >= 2 && value.len() >= 6 && has_sign_or_digit(value) {
        let named = lower.contains("pass") || lower.contains("pwd");
        return Some(match (given.quoted, named) {
            (_, true) => 62,
            (true, false) => 90,
            (false, false) => 82,
        });
    }
    (given.quoted && value.len() >= 6).then_some(55)
}

/// How sure (percent) a value is a key; `None` for what is none.
pub(super) fn sure_key(given: &Given<'_>) -> Option<u8> {
    let value = given.value.trim_end_matches('!');
    if value.len() < 12 || is_hole(given) || quality::is_wordy(value) || value.contains("://") {
        return None;
    }
    if value.starts_with(['/', '.', '~']) || !value.is_ascii() {
        return None;
    }
    let entropy = quality::entropy(value.as_bytes());
    if entropy < 2.8 || !value.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let digits = value
        .bytes()
        .all(|it| it.is_ascii_digit() || it == b'-' || it == b'.');
    if digits {
        return None;
    }
    if given.how == How::Beside {
        return is_random(value, entropy).then_some(78);
    }
    let long = value.len() >= 20 && entropy >= 3.3;
    Some(match (long, given.quoted) {
        _ if quality::is_uuid(value) => 72,
        (true, true) => 90,
        (true, false) => 86,
        (false, _) => 72,
    })
}

/// True for what is random and has no sign of another thing: it needs no more than a name nearby.
fn is_random(value: &str, entropy: f32) -> bool {
    let plain = value
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"_-+/=".contains(&it));
    let hex = quality::is_hex(value);
    let mixed = value.len() >= 32 || quality::classes(value) >= 3;
    plain
        && value.len() >= 24
        && mixed
        && !quality::is_uuid(value)
        && is_scattered(value)
        && value.matches('/').count() <= 3
        && entropy >= if hex { 3.0 } else { 3.6 }
}

/// True for what can hardly be anything but a password, where one is spoken of: letters, digits
/// and a sign; or letters and digits that make no word.
fn is_strong(value: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| value.as_bytes().iter().any(kind);
    let sign = |it: char| SIGNS.contains(it) && it != '/' && it != '?';
    let is_address = value.contains("://") || value.contains('@') && value.contains('.');
    if !(6..=64).contains(&value.len()) || is_address {
        return false;
    }
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    let odd = quality::classes(value) >= 3 && is_scattered(value) && !is_name(value);
    let plain = value.trim_start_matches(sign);
    mixed && (plain.contains(sign) || odd) && value.is_ascii()
}

/// True for digits in several places, or for many: `Sha256Password` has neither.
fn is_scattered(value: &str) -> bool {
    let runs = value.split(|it: char| !it.is_ascii_digit());
    let runs = runs.filter(|it| !it.is_empty());
    runs.clone().count() > 1 || runs.map(str::len).max() > Some(3)
}

/// True for words with few digits at either end: `1Password`, `2FA-Token`, `Windows10`.
fn is_name(value: &str) -> bool {
    let mut pieces = value.split(|it: char| !it.is_ascii_alphanumeric());
    pieces.all(|piece| {
        let rest = piece.trim_start_matches(|it: char| it.is_ascii_digit());
        let name = rest.trim_end_matches(|it: char| it.is_ascii_digit());
        name.bytes().all(|it| it.is_ascii_alphabetic())
            && piece.len() - rest.len() <= 2
            && rest.len() - name.len() <= 4
    })
}

/// True for what a sentence goes on to say of a password: `wrong!`, `8-stellig`, `md5-hashed`.
fn is_remark(value: &str) -> bool {
    let bare = value.trim_end_matches(['!', '/']);
    !has_sign_or_digit(bare) || bare.contains('-') && quality::is_wordy(bare)
}

/// True for values that stand for others: `${VAR}`, `<your-key>`, `os.environ[…]`, `%s`.
fn is_hole(given: &Given<'_>) -> bool {
    let value = given.value;
    let code = |it: char| matches!(it, '(' | '[' | '{' | '<');
    value.starts_with([
        '$', '{', '<', '[', '(', '%', '*', ':', '@', '?', '=', '>', '#',
    ]) && !(given.quoted
        && value.starts_with(['#', '@', '*', '$'])
        && value.len() >= 8
        && !value.contains('{'))
        || (!given.quoted
            && (value.contains(code) || given.next.is_some_and(|it| it == '<' && value.is_empty())))
        || quality::is_placeholder(value) && !value.bytes().all(|it| it.is_ascii_digit())
}

/// True for a member of something: `process.env.PASSWORD1`.
fn is_member(value: &str) -> bool {
    let is_name = |it: &str| {
        let word = it
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_');
        word && it.starts_with(|it: char| it.is_ascii_alphabetic())
    };
    value.contains('.') && value.split('.').all(is_name)
}

/// True for types and constants: `&SecretString`, `sys::UNICODE_1`, `MAX_LENGTH_2`.
fn is_type(value: &str) -> bool {
    let name = value.trim_start_matches('&');
    let is_loud = value.contains('_') && !value.bytes().any(|it| it.is_ascii_lowercase());
    value.contains("::")
        || name.len() < value.len() && !has_sign_or_digit(name)
        || is_loud && value.len() > 12 && quality::is_wordy(value)
}

/// True when there is a digit, or a sign that names don't have.
fn has_sign_or_digit(value: &str) -> bool {
    let sign = |it: char| it.is_ascii_digit() || SIGNS.contains(it);
    value.contains(sign) && !value.starts_with("http")
}

/// Words that stand behind the word for a password and are none.
fn is_spoken_of(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "password",
        "passwd",
        "passwort",
        "secret",
        "string",
        "null",
        "none",
        "true",
        "false",
        "undefined",
        "required",
        "optional",
        "hidden",
        "1password",
        "2fa",
        "otp",
        "sha256",
        "sha512",
        "bcrypt",
        "argon2",
        "argon2id",
        "base64",
        "utf8",
        "utf-8",
        "oauth2",
        "md5",
        "scrypt",
        "pbkdf2",
        "varchar",
        "text",
        "input",
        "invalid",
        "incorrect",
        "forgot",
        "varchar(255)",
        "test",
        "value",
    ];
    WORDS.contains(&lower)
}
