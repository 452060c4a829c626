//! Numbers that are one word of letters and digits: personal codes of Italy, Mexico, India and
//! the United Kingdom, vehicles, wallets.

mod codes;
mod wallets;

use std::ops::Range;

use super::context::{Context, Said, Topic};
use super::shape::LEAST;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rules, in the order of [`Kind`].
pub(super) const RULES: &[Rule] = &[
    Rule::pii(
        "it_fiscal_code",
        "IT_FISCAL_CODE",
        96,
        "An Italian codice fiscale: name, birthday, place, check letter; digits may be replaced by letters.",
    ),
    Rule::pii(
        "mx_curp",
        "MX_CURP",
        96,
        "A Mexican CURP: name, birthday, sex, state, check digit.",
    ),
    Rule::pii(
        "uk_driving_licence",
        "DRIVERS_LICENSE",
        90,
        "A British driving licence: family name, birthday, initials.",
    ),
    Rule::pii(
        "vin",
        "VIN",
        90,
        "A vehicle's number: seventeen characters, called by its name; with the check digit of North America it is surer.",
    ),
    Rule::pii(
        "crypto_bitcoin",
        "CRYPTO_WALLET",
        96,
        "An address of Bitcoin and its kin (Litecoin, Dogecoin, Dash, Zcash, Tron): Base58Check.",
    ),
    Rule::pii(
        "crypto_bech32",
        "CRYPTO_WALLET",
        97,
        "An address in Bech32 or Bech32m: Bitcoin, Litecoin, Cardano, Cosmos and others.",
    ),
    Rule::pii(
        "crypto_ethereum",
        "CRYPTO_WALLET",
        96,
        "An Ethereum address: EIP-55 when the case is mixed, else called a wallet or address.",
    ),
    Rule::pii(
        "crypto_ripple",
        "CRYPTO_WALLET",
        95,
        "A Ripple address: Base58Check with Ripple's alphabet.",
    ),
    Rule::pii(
        "crypto_stellar",
        "CRYPTO_WALLET",
        96,
        "A Stellar account: G, Base32, CRC-16.",
    ),
];

/// The places of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    FiscalCode,
    Curp,
    Driver,
    Vehicle,
    Bitcoin,
    Bech32,
    Ethereum,
    Ripple,
    Stellar,
}

/// The shortest and the longest word that can be one.
const LONG: std::ops::RangeInclusive<usize> = 16..=108;

/// Finds these words in a run of token characters.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Token(run) = hit else {
        return;
    };
    let bytes = look.bytes();
    let mut at = run.start;
    while at < run.end {
        let rest = bytes.get(at..run.end).unwrap_or_default();
        let long = rest
            .iter()
            .take_while(|it| it.is_ascii_alphanumeric())
            .count();
        let span = at..at + long;
        at += long.max(1);
        if LONG.contains(&long) {
            let word = bytes.get(span.clone()).unwrap_or_default();
            word_at(look, word, span, found);
        }
    }
}

fn word_at(look: &Look<'_>, word: &[u8], span: Range<usize>, found: &mut Found<'_>) {
    let Some((kind, alone, topic)) = kind_of(word) else {
        return;
    };
    if !is_apart(look, &span) {
        return;
    }
    let sure = match topic {
        None => alone,
        Some((topic, called)) => match Context::before(look, span.start).said(topic.bit(), 0) {
            Said::Clearly => called,
            Said::Vaguely | Said::Earlier => called.saturating_sub(8),
            Said::Nothing => alone,
            Said::Against => alone.saturating_sub(42),
        },
    };
    if sure >= LEAST {
        found.add_sure(kind as usize, span, sure);
    }
}

/// What a word is: how sure when nothing is said; what may be said, and how sure it is then.
type Known = (Kind, u8, Option<(Topic, u8)>);

fn kind_of(word: &[u8]) -> Option<Known> {
    let known = match word.len() {
        16 if codes::fiscal_code(word) => (Kind::FiscalCode, 94, None),
        16 if codes::driver(word) => (Kind::Driver, 80, Some((Topic::Licence, 94))),
        17 if codes::vehicle(word) => (Kind::Vehicle, 62, Some((Topic::Vehicle, 94))),
        17 if codes::vehicle_shape(word) => (Kind::Vehicle, 0, Some((Topic::Vehicle, 85))),
        18 if codes::curp(word) => (Kind::Curp, 95, None),
        56 if wallets::stellar(word) => (Kind::Stellar, 96, None),
        42 if word.starts_with(b"0x") => match wallets::ethereum(word) {
            wallets::Case::Checked => (Kind::Ethereum, 96, None),
            wallets::Case::Plain => (Kind::Ethereum, 60, Some((Topic::Wallet, 85))),
            wallets::Case::Wrong => return None,
        },
        26..=35 if wallets::ripple(word) => (Kind::Ripple, 95, None),
        26..=35 if wallets::bitcoin(word) => (Kind::Bitcoin, 96, None),
        14..=108 if wallets::bech32(word) => (Kind::Bech32, 97, None),
        _ => return None,
    };
    Some(known)
}
