//! Addresses of wallets of crypto currencies.

use sha2::{Digest as _, Sha256};
use sha3::Keccak256;

use super::{Kind, Proof, Strength};
use crate::lang::Lang::{De, En, Es, Fr, Pt};
use crate::rng::Rng;

const WALLET: super::Words = &[
    (En, &["wallet", "BTC address", "deposit address", "send to"]),
    (De, &["Wallet-Adresse", "Wallet"]),
    (Fr, &["portefeuille"]),
    (Es, &["monedero", "billetera"]),
    (Pt, &["carteira"]),
];

const fn wallet(
    name: &'static str,
    labels: &'static [&'static str],
    make: fn(&mut Rng) -> String,
) -> Kind {
    Kind {
        name,
        labels,
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: WALLET,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    wallet("Bitcoin address, base58", BTC, |rng| {
        base58(rng, &[0x00, 0x05])
    }),
    wallet("Bitcoin address, bech32", BTC, |rng| segwit(rng, 0, 20)),
    wallet("Bitcoin address, taproot", BTC, |rng| segwit(rng, 1, 32)),
    wallet("Ethereum address, EIP-55", ETH, ethereum),
    Kind {
        name: "Ethereum address, lower case",
        labels: ETH,
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (En, &["wallet", "ETH address", "ethereum"]),
            (De, &["Wallet"]),
        ],
        make: |rng| format!("0x{}", rng.letters(crate::rng::HEX, 40)),
    },
    wallet("Litecoin address", LTC, |rng| base58(rng, &[0x30])),
    wallet("Tron address", TRX, |rng| base58(rng, &[0x41])),
];

const BTC: &[&str] = &[
    "CRYPTO",
    "CRYPTO_WALLET",
    "CRYPTO_ADDRESS",
    "BITCOIN_ADDRESS",
    "BTC_ADDRESS",
];
const ETH: &[&str] = &[
    "CRYPTO",
    "CRYPTO_WALLET",
    "CRYPTO_ADDRESS",
    "ETHEREUM_ADDRESS",
    "ETH_ADDRESS",
];
const LTC: &[&str] = &[
    "CRYPTO",
    "CRYPTO_WALLET",
    "CRYPTO_ADDRESS",
    "LITECOIN_ADDRESS",
];
const TRX: &[&str] = &["CRYPTO", "CRYPTO_WALLET", "CRYPTO_ADDRESS", "TRON_ADDRESS"];

/// Base58Check: version, hash, four bytes of the twofold SHA-256.
fn base58(rng: &mut Rng, versions: &[u8]) -> String {
    let mut bytes = vec![rng.of(versions)];
    bytes.extend(rng.bytes(20));
    let check = Sha256::digest(Sha256::digest(&bytes));
    bytes.extend(check.iter().take(4));
    in_base58(&bytes)
}

pub(super) fn in_base58(bytes: &[u8]) -> String {
    const ALPHABET: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut number = bytes.to_vec();
    let mut out = Vec::new();
    while number.iter().any(|byte| *byte != 0) {
        let mut rest = 0_u32;
        for byte in &mut number {
            let sum = rest * 256 + u32::from(*byte);
            *byte = u8::try_from(sum / 58).unwrap_or_default();
            rest = sum % 58;
        }
        out.push(crate::checks::letter(ALPHABET, u64::from(rest)));
    }
    out.extend(bytes.iter().take_while(|byte| **byte == 0).map(|_| '1'));
    out.iter().rev().collect()
}

/// BIP 173 (version 0) and BIP 350 (from version 1 on).
fn segwit(rng: &mut Rng, version: u8, count: usize) -> String {
    const ALPHABET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let mut data = vec![version];
    let (mut held, mut bits) = (0_u32, 0);
    for byte in rng.bytes(count) {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            data.push(u8::try_from(held >> bits & 31).unwrap_or_default());
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        data.push(u8::try_from(held << (5 - bits) & 31).unwrap_or_default());
    }
    let constant = if version == 0 { 1 } else { 0x2bc8_30a3 };
    // The human-readable part "bc", expanded.
    let mut all = vec![3, 3, 0, 2, 3];
    all.extend(&data);
    all.extend([0; 6]);
    let sum = polymod(&all) ^ constant;
    data.extend(
        (0..6).map(|place| u8::try_from(sum >> (5 * (5 - place)) & 31).unwrap_or_default()),
    );
    let text: String = data
        .iter()
        .map(|it| crate::checks::letter(ALPHABET, u64::from(*it)))
        .collect();
    format!("bc1{text}")
}

fn polymod(values: &[u8]) -> u32 {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    values.iter().fold(1_u32, |sum, value| {
        let top = sum >> 25;
        let moved = (sum & 0x01ff_ffff) << 5 ^ u32::from(*value);
        GENERATOR
            .iter()
            .enumerate()
            .filter(|(place, _)| top >> place & 1 == 1)
            .fold(moved, |sum, (_, generator)| sum ^ generator)
    })
}

fn ethereum(rng: &mut Rng) -> String {
    let plain: String = rng
        .bytes(20)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let hash: String = Keccak256::digest(plain.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mixed: String = plain
        .chars()
        .zip(hash.chars())
        .map(|(it, bit)| {
            if bit.to_digit(16).is_some_and(|bit| bit >= 8) {
                it.to_ascii_uppercase()
            } else {
                it
            }
        })
        .collect();
    format!("0x{mixed}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base58_is_that_of_the_published_example() {
        let bytes: Vec<u8> = (0..25).map(|it| if it == 0 { 0 } else { 0x10 }).collect();
        assert!(in_base58(&bytes).starts_with('1'));
        assert_eq!(in_base58(b"hello world"), "StV1DL6CwTryKyV");
    }

    #[test]
    fn polymod_is_that_of_bip_173() {
        // The valid string "a12uel5l": part "a", no data.
        let values = [3, 0, 1, 10, 28, 25, 31, 20, 31];
        assert_eq!(polymod(&values), 1);
    }
}
