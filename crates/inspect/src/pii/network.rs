//! Addresses of mailboxes and of machines.

pub(super) mod email;
mod v6;

use std::net::Ipv4Addr;
use std::ops::Range;

use super::context::{Context, Said, Topic};
use crate::detector::{Found, Hit, Look, Number};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rule for version 4.
pub(super) const V4_RULES: &[Rule] = &[Rule::pii(
    "ipv4",
    "IP_ADDRESS",
    85,
    "An address of the internet's version 4: four numbers up to 255. No versions, loopback, unspecified, broadcast addresses or masks.",
)];

/// The rule for addresses of version 6 with `::`.
pub(super) const SHORT_RULES: &[Rule] = &[Rule::pii(
    "ipv6_short",
    "IP_ADDRESS",
    88,
    "An address of the internet's version 6 with `::`, but for loopback and unspecified ones.",
)];

/// The rules for addresses with colons.
pub(super) const COLON_RULES: &[Rule] = &[
    Rule::pii(
        "ipv6",
        "IP_ADDRESS",
        88,
        "An address of the internet's version 6 in full.",
    ),
    Rule::pii(
        "mac_address",
        "MAC_ADDRESS",
        88,
        "A hardware address: six bytes in hexadecimal digits, divided by colons or dashes.",
    ),
];

const V6: usize = 0;
const MAC: usize = 1;

/// Finds addresses of version 4.
pub(super) fn v4(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Number(number) = hit else {
        return;
    };
    let mut behind = None;
    for &at in &number.places {
        if behind != Some(at) {
            v4_at(look, number, at, found);
        }
        behind = Some(at + 1);
    }
}

fn v4_at(look: &Look<'_>, number: &Number, start: usize, found: &mut Found<'_>) {
    let bytes = look.bytes();
    let rest = bytes
        .get(start..number.span.end.min(start + 15))
        .unwrap_or_default();
    let mut parts = [0_u8; 4];
    let mut end = start;
    let mut groups = rest.split(|it| *it == b'.');
    for (place, part) in parts.iter_mut().enumerate() {
        let Some(group) = groups.next() else {
            return;
        };
        // Behind the last number something else may stand.
        let digits = group.iter().take_while(|it| it.is_ascii_digit()).count();
        if digits == 0 || digits > 3 || (place < 3 && digits != group.len()) {
            return;
        }
        let text = group
            .get(..digits)
            .and_then(|it| std::str::from_utf8(it).ok());
        let Some(value) = text.and_then(|it| it.parse().ok()) else {
            return;
        };
        if digits > 1 && group.first() == Some(&b'0') {
            return;
        }
        *part = value;
        end += digits + usize::from(place < 3);
    }
    let span = start..end;
    let longer =
        bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let longer = longer && end < number.span.end;
    if longer || !is_apart(look, &span) || is_tail(look, start) || !is_of_someone(parts.into()) {
        return;
    }
    let context = Context::before(look, start);
    let sure = match context.said(Topic::Ip.bit(), 0) {
        Said::Clearly => 92,
        Said::Against => return,
        _ if context.is_here(Topic::Version.bit()) => return,
        _ => 85,
    };
    found.add_sure(0, span, sure);
}

/// True when the number is the end of something longer: `lib-1.2.3.4`, `1.2.3.4.5`, `==1.2.3.4`.
fn is_tail(look: &Look<'_>, start: usize) -> bool {
    let pinned = ["==", "~=", ">=", "<=", "^", "~"];
    let before = look.before(start, 3).trim_end_matches(' ');
    match look.before(start, 2).as_bytes() {
        [earlier, b'.'] => earlier.is_ascii_alphanumeric(),
        [earlier, b'-'] => earlier.is_ascii_alphabetic(),
        _ => pinned.iter().any(|it| before.ends_with(it)),
    }
}

/// False for addresses that everybody has.
fn is_of_someone(address: Ipv4Addr) -> bool {
    let [first, ..] = address.octets();
    (1..240).contains(&first) && !address.is_loopback()
}

/// Finds addresses of version 6 around `::`.
pub(super) fn short(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    if let Hit::Word(word) = hit {
        v6(look, v6::around(look.bytes(), word.clone()), found);
    }
}

/// Finds full addresses of version 6 and of hardware in a run of token characters.
pub(super) fn colons(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Token(run) = hit else {
        return;
    };
    for span in v6::words(look.bytes(), run.clone()) {
        let text = look.bytes().get(span.clone()).unwrap_or_default();
        if is_mac(text) {
            if is_apart(look, &span) {
                found.add(MAC, span);
            }
        } else if !text.windows(2).any(|it| it == b"::") {
            v6(look, span, found);
        }
    }
}

fn v6(look: &Look<'_>, span: Range<usize>, found: &mut Found<'_>) {
    let text = look.text.get(span.clone()).unwrap_or_default();
    if !is_apart(look, &span) || !v6::is_address(text) {
        return;
    }
    let groups = text.split(':').filter(|it| !it.is_empty()).count();
    let short = groups < 3 && !text.starts_with("fe80") && !text.starts_with("FE80");
    let said = Context::before(look, span.start).said(Topic::Ip.bit(), 0);
    match (short, said) {
        (_, Said::Clearly) => found.add_sure(V6, span, 92),
        (false, _) => found.add(V6, span),
        // Two groups may be names in code: `dead::beef`.
        (true, _) if text.bytes().any(|it| it.is_ascii_digit()) && groups == 2 => {
            found.add_sure(V6, span, 60)
        }
        _ => {}
    }
}

/// Six pairs with one sign between, not all the same.
fn is_mac(text: &[u8]) -> bool {
    let Some(sign) = text.get(2).filter(|it| matches!(it, b':' | b'-')) else {
        return false;
    };
    let fits = text.len() == 17
        && text.iter().enumerate().all(|(place, it)| match place % 3 {
            2 => it == sign,
            _ => it.is_ascii_hexdigit(),
        });
    let first = text.get(..2).unwrap_or_default();
    fits && !text.split(|it| it == sign).all(|it| it == first)
}
