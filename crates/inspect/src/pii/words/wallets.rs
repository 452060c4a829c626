//! Addresses of wallets, each with its checksum.

use sha3::{Digest, Keccak256};

/// How the case of an Ethereum address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Mixed, as EIP-55 has it.
    Checked,
    /// One case alone: nothing is checked.
    Plain,
    /// Not hexadecimal, or mixed otherwise.
    Wrong,
}

/// EIP-55: a letter is a capital where the digit of the hash of the small address is 8 or more.
pub(super) fn ethereum(word: &[u8]) -> Case {
    let hex = word.get(2..).unwrap_or_default();
    if hex.len() != 40
        || !hex.iter().all(u8::is_ascii_hexdigit)
        || hex.windows(2).all(|it| it.first() == it.last())
    {
        return Case::Wrong;
    }
    let small = hex.iter().any(u8::is_ascii_lowercase);
    let capital = hex.iter().any(u8::is_ascii_uppercase);
    if !(small && capital) {
        return Case::Plain;
    }
    let hash = Keccak256::digest(hex.to_ascii_lowercase());
    let halves = hash.iter().flat_map(|it| [it >> 4, it & 15]);
    let right = hex
        .iter()
        .zip(halves)
        .all(|(it, half)| !it.is_ascii_alphabetic() || it.is_ascii_uppercase() == (half >= 8));
    if right { Case::Checked } else { Case::Wrong }
}

/// Base58Check with a version byte (or two) of a known coin, and twenty bytes.
pub(super) fn bitcoin(word: &[u8]) -> bool {
    if !word
        .first()
        .is_some_and(|it| b"13LMDX9AtTmn27".contains(it))
    {
        return false;
    }
    let Ok(decoded) = bs58::decode(word).with_check(None).into_vec() else {
        return false;
    };
    match decoded.as_slice() {
        // Bitcoin, Litecoin, Dogecoin, Dash, Tron; test networks.
        [version, rest @ ..] if rest.len() == 20 => {
            matches!(
                version,
                0 | 5 | 22 | 30 | 48 | 50 | 58 | 65 | 76 | 16 | 111 | 196
            )
        }
        // Zcash.
        [0x1c, 0xb8 | 0xbd, rest @ ..] => rest.len() == 20,
        _ => false,
    }
}

/// Base58Check with the alphabet that begins with r.
pub(super) fn ripple(word: &[u8]) -> bool {
    if word.first() != Some(&b'r') {
        return false;
    }
    let decoded = bs58::decode(word)
        .with_alphabet(bs58::Alphabet::RIPPLE)
        .with_check(Some(0))
        .into_vec();
    decoded.is_ok_and(|it| it.len() == 21)
}

/// The beginnings of addresses in Bech32 that people have.
const HUMAN: &[&str] = &[
    "bc1",
    "tb1",
    "ltc1",
    "addr1",
    "cosmos1",
    "osmo1",
    "terra1",
    "juno1",
    "inj1",
    "kava1",
    "akash1",
    "secret1",
    "zil1",
    "one1",
    "erd1",
    "vtc1",
    "celestia1",
    "sei1",
];

/// BIP 173 and BIP 350.
pub(super) fn bech32(word: &[u8]) -> bool {
    let Ok(word) = std::str::from_utf8(word) else {
        return false;
    };
    let known = HUMAN.iter().any(|it| {
        let head = word.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it))
    });
    known && bech32::decode(word).is_ok()
}

/// SEP-23: Base32 of a version byte, a key and CRC-16 (XMODEM), low byte first.
pub(super) fn stellar(word: &[u8]) -> bool {
    if word.first() != Some(&b'G') {
        return false;
    }
    let mut bytes = Vec::with_capacity(35);
    let (mut bits, mut held) = (0_u32, 0);
    for it in word {
        let value = match it {
            b'A'..=b'Z' => it - b'A',
            b'2'..=b'7' => it - b'2' + 26,
            _ => return false,
        };
        bits = (bits << 5 | u32::from(value)) & 0xffff;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    let Some((body, check)) = bytes.split_at_checked(33) else {
        return false;
    };
    let crc = body.iter().fold(0_u16, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            if crc & 0x8000 == 0 {
                crc << 1
            } else {
                crc << 1 ^ 0x1021
            }
        })
    });
    check == crc.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_addresses_pass_and_broken_ones_do_not() {
        type Check = fn(&[u8]) -> bool;
        let checked: Check = |it| ethereum(it) == Case::Checked;
        let cases: &[(Check, &str, &str)] = &[
            (
                bitcoin,
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            ),
            (
                bitcoin,
                "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
                "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz",
            ),
            (
                bech32,
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            ),
            (
                bech32,
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
            ),
            (
                ripple,
                "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
                "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi",
            ),
            (
                stellar,
                "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ",
                "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGA",
            ),
            (
                checked,
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            ),
        ];
        for (check, good, bad) in cases {
            assert!(check(good.as_bytes()), "{good}");
            assert!(!check(bad.as_bytes()), "{bad}");
        }
        assert_eq!(
            ethereum(b"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
            Case::Plain
        );
        assert_eq!(
            ethereum(b"0x0000000000000000000000000000000000000000"),
            Case::Wrong
        );
    }
}
