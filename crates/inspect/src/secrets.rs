//! Keys, tokens, passwords.

mod assigned;
mod checksum;
mod headers;
mod jwt;
mod keys;
mod pem;
mod quality;
mod rest;
mod tokens;
mod urls;

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
    Detector {
        rules: &[
            Rule::secret(
                "connection_string",
                "CONNECTION_STRING",
                98,
                "The address of a store, queue or directory with a password in it.",
            ),
            Rule::secret(
                "url_credentials",
                "URL_CREDENTIALS",
                98,
                "A name and password in another URL.",
            ),
        ],
        trigger: Trigger::Words(&["://"]),
        hold: Hold::Value,
        look: urls::look,
    },
    Detector {
        rules: &[
            Rule::secret(
                "bearer_token",
                "BEARER_TOKEN",
                88,
                "What stands behind `Bearer`, when it is random.",
            ),
            Rule::secret(
                "basic_auth",
                "BASIC_AUTH",
                93,
                "What stands behind `Basic` and decodes to a name and password; curl's `-u`.",
            ),
        ],
        trigger: Trigger::Words(&["bearer ", "basic ", "-u ", "--user "]),
        hold: Hold::Value,
        look: headers::look,
    },
    Detector {
        rules: &[Rule::secret(
            "password",
            "PASSWORD",
            90,
            "What is given to a name that ends in a word for passwords; placeholders and code are left out.",
        )],
        trigger: Trigger::Words(assigned::PASSWORDS),
        hold: Hold::Value,
        look: assigned::look_password,
    },
    Detector {
        rules: &[Rule::secret(
            "passphrase",
            "PASSWORD",
            75,
            "Several words between quotes that are given to a name for passwords.",
        )],
        trigger: Trigger::Words(&[
            "password\":",
            "password=\"",
            "password = \"",
            "password='",
            "password = '",
            "passphrase\":",
            "passphrase=\"",
            "passphrase = \"",
            "passphrase: \"",
        ]),
        hold: Hold::Word(200),
        look: assigned::look_phrase,
    },
    Detector {
        rules: &[Rule::secret(
            "generic_api_key",
            "API_KEY",
            86,
            "What is given to a name that ends in a word for keys, when it is random.",
        )],
        trigger: Trigger::Words(assigned::KEYS),
        hold: Hold::Value,
        look: assigned::look_key,
    },
    Detector {
        rules: TOKENS,
        trigger: Trigger::Token(24),
        hold: Hold::Value,
        look: tokens::look,
    },
];

const TOKENS: &[Rule] = &[
    Rule::secret(
        "discord_bot_token",
        "DISCORD_BOT_TOKEN",
        96,
        "Discord: a bot's number in base64, a time, a code.",
    ),
    Rule::secret(
        "twilio_key",
        "TWILIO_KEY",
        92,
        "Twilio: `SK` or `AC` and 32 hexadecimal digits; 32 digits where Twilio's token is spoken of.",
    ),
    Rule::secret(
        "mailgun_api_key",
        "MAILGUN_KEY",
        92,
        "Mailgun: 32, 8 and 8 hexadecimal digits.",
    ),
    Rule::secret(
        "aws_secret_key",
        "AWS_SECRET_KEY",
        94,
        "AWS: 40 characters of base64 behind words about AWS.",
    ),
    Rule::secret(
        "datadog_key",
        "DATADOG_KEY",
        90,
        "Datadog: 32 or 40 hexadecimal digits behind its name.",
    ),
    Rule::secret(
        "cloudflare_token",
        "CLOUDFLARE_KEY",
        88,
        "Cloudflare: 37 hexadecimal digits or 40 characters behind its name.",
    ),
    Rule::secret(
        "azure_service_key",
        "AZURE_KEY",
        88,
        "Azure: 32 hexadecimal digits behind its header's name.",
    ),
    Rule::secret(
        "vault_legacy_token",
        "VAULT_TOKEN",
        92,
        "HashiCorp Vault: `s.` and 24 characters behind its name.",
    ),
    Rule::secret(
        "random_secret",
        "HIGH_ENTROPY_SECRET",
        76,
        "Something random behind words that say that a secret follows; hashes and ids are left out.",
    ),
];
