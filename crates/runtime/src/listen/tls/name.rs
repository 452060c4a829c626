//! Distinguished names as RFC 4514 writes them: the last part first, special characters escaped.

use std::fmt::Write as _;

use x509_parser::asn1_rs::{Any, Tag, ToDer};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// RFC 4514 §3, and the two that every tool shows by name.
const SHORT_NAMES: [(&str, &str); 11] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.6", "C"),
    ("2.5.4.9", "STREET"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("2.5.4.5", "serialNumber"),
];

/// `name` as text, such as `CN=mcp-server-01,O=Example,L=San Francisco,ST=CA,C=US`.
pub(super) fn to_text(name: &X509Name<'_>) -> String {
    let parts: Vec<String> = name
        .iter_rdn()
        .map(|part| part.iter().map(attribute).collect::<Vec<_>>().join("+"))
        .collect();
    parts.into_iter().rev().collect::<Vec<_>>().join(",")
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let kind = attribute.attr_type().to_id_string();
    let short = SHORT_NAMES.iter().find(|(oid, _)| *oid == kind);
    let value = attribute.attr_value();
    match (short, text(value)) {
        (Some((_, name)), Some(text)) => format!("{name}={}", escaped(&text)),
        (Some((_, name)), None) => format!("{name}={}", encoded(value)),
        (None, _) => format!("{kind}={}", encoded(value)),
    }
}

/// The text of an attribute's value; none where it is no text, or not in its own alphabet.
pub(super) fn text(value: &Any<'_>) -> Option<String> {
    let units = |size: usize| {
        let whole = value.data.len().is_multiple_of(size);
        whole.then(|| value.data.chunks_exact(size))
    };
    let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, it| sum << 8 | u32::from(*it));
    match value.tag() {
        Tag::Utf8String => std::str::from_utf8(value.data).ok().map(str::to_owned),
        Tag::PrintableString
        | Tag::Ia5String
        | Tag::VisibleString
        | Tag::NumericString
        | Tag::T61String => {
            let ascii = value.data.is_ascii().then_some(value.data)?;
            std::str::from_utf8(ascii).ok().map(str::to_owned)
        }
        Tag::BmpString => {
            let units = units(2)?.map(|pair| u16::try_from(number(pair)).unwrap_or_default());
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        Tag::UniversalString => units(4)?.map(|four| char::from_u32(number(four))).collect(),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    for (index, letter) in text.chars().enumerate() {
        match letter {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', letter]),
            ' ' if index == 0 || index == last => out.push_str("\\ "),
            '#' if index == 0 => out.push_str("\\#"),
            _ if letter.is_control() => {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a text can't fail.
                    let _ = write!(out, "\\{byte:02x}");
                }
            }
            _ => out.push(letter),
        }
    }
    out
}

/// `#` and the value's encoding in hex, for what is no text (RFC 4514 §2.4).
fn encoded(value: &Any<'_>) -> String {
    let der = value.to_der_vec().unwrap_or_default();
    format!("#{}", hex::encode(der))
}
