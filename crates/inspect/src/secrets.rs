//! Keys, tokens, passwords.

mod checksum;
mod jwt;
mod keys;
mod pem;
mod quality;
mod rest;

pub use rest::Rest;

use crate::detector::{Detector, Hold, Trigger};
use crate::finding::Rule;

/// The looks for secrets.
pub const DETECTORS: &[Detector] = &[
    Detector {
        rules: &[Rule::secret(
            "private_key",
            "PRIVATE_KEY",
            98,
            "A private key between its BEGIN and END lines (PEM, OpenSSH, PGP, SSH2) or in PuTTY's form, line ends as they are or as escapes.",
        )],
        trigger: Trigger::Words(&[
            "-----begin",
            "----- begin",
            "---- begin",
            "putty-user-key-file-",
        ]),
        hold: Hold::Word(rest::HEAD),
        look: pem::look,
    },
    Detector {
        rules: &[Rule::secret(
            "jwt",
            "JWT",
            97,
            "A JSON Web Token: its header decodes to JSON that names an algorithm.",
        )],
        trigger: Trigger::Words(&["eyj"]),
        hold: Hold::Value,
        look: jwt::look,
    },
    Detector {
        rules: keys::RULES,
        trigger: Trigger::Words(keys::WORDS),
        hold: Hold::Value,
        look: keys::look,
    },
];
