//! Keys and tokens of providers. All are random: none was ever issued.

use super::{Kind, MARK, Proof, Strength};
use crate::checks::{letter, text};
use crate::lang::Lang::{De, En, Es, Fr};
use crate::rng::{ALNUM, HEX, LOWER, Rng, UPPER_DIGITS, URL64};

const KEY: super::Words = &[
    (En, &["api key", "key", "token", "API_KEY", "credentials"]),
    (De, &["Schlüssel", "API-Schlüssel"]),
    (Fr, &["clé API"]),
    (Es, &["clave de API"]),
];

const fn key(
    name: &'static str,
    labels: &'static [&'static str],
    make: fn(&mut Rng) -> String,
) -> Kind {
    Kind {
        name,
        labels,
        strength: Strength::Alone,
        proof: Proof::Prefix,
        words: KEY,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    key(
        "AWS access key id",
        &["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID"],
        |rng| {
            rng.one(&["AKIA", "ASIA"]).to_owned()
                + &rng.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
        },
    ),
    Kind {
        name: "AWS secret key",
        labels: &["AWS_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &[
                "aws_secret_access_key",
                "AWS_SECRET_ACCESS_KEY",
                "aws secret key",
            ],
        )],
        make: |rng| {
            rng.letters(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                39,
            ) + &rng.letters(ALNUM, 1)
        },
    },
    key(
        "GitHub token, classic",
        &["GITHUB_TOKEN", "GITHUB_PAT"],
        |rng| {
            let secret = rng.letters(ALNUM, 30);
            format!(
                "{}_{secret}{}",
                rng.one(&["ghp", "gho", "ghu", "ghs"]),
                base62(crc32(secret.as_bytes()))
            )
        },
    ),
    key(
        "GitHub token, fine-grained",
        &["GITHUB_TOKEN", "GITHUB_PAT", "GITHUB_FINE_GRAINED_TOKEN"],
        |rng| {
            format!(
                "github_pat_{}_{}",
                rng.letters(ALNUM, 22),
                rng.letters(ALNUM, 59)
            )
        },
    ),
    key("GitLab token", &["GITLAB_TOKEN", "GITLAB_PAT"], |rng| {
        format!("glpat-{}", rng.letters(URL64, 20))
    }),
    key("Slack token", &["SLACK_TOKEN"], |rng| {
        format!(
            "xox{}-{}-{}-{}",
            rng.letters("bp", 1),
            text(&rng.number(12)),
            text(&rng.number(12)),
            rng.letters(ALNUM, 24)
        )
    }),
    key(
        "Slack webhook",
        &["SLACK_WEBHOOK", "SLACK_WEBHOOK_URL", "WEBHOOK_URL"],
        |rng| {
            format!(
                "https://hooks.slack.com/services/{MARK}T{}/B{}/{}{MARK}",
                rng.letters(UPPER_DIGITS, 8),
                rng.letters(UPPER_DIGITS, 10),
                rng.letters(ALNUM, 24)
            )
        },
    ),
    key(
        "Stripe key",
        &["STRIPE_KEY", "STRIPE_SECRET_KEY", "STRIPE_API_KEY"],
        |rng| {
            format!(
                "{}_{}_{}",
                rng.one(&["sk", "rk"]),
                rng.one(&["live", "test"]),
                rng.letters(ALNUM, 24)
            )
        },
    ),
    key(
        "OpenAI key",
        &["OPENAI_KEY", "OPENAI_API_KEY"],
        |rng| match rng.below(3) {
            0 => format!(
                "sk-{}T3BlbkFJ{}",
                rng.letters(ALNUM, 20),
                rng.letters(ALNUM, 20)
            ),
            1 => format!(
                "sk-svcacct-{}T3BlbkFJ{}",
                rng.letters(URL64, 74),
                rng.letters(URL64, 73) + "a"
            ),
            _ => format!(
                "sk-proj-{}T3BlbkFJ{}",
                rng.letters(URL64, 74),
                rng.letters(URL64, 73) + "b"
            ),
        },
    ),
    key(
        "Anthropic key",
        &["ANTHROPIC_KEY", "ANTHROPIC_API_KEY"],
        |rng| format!("sk-ant-api03-{}AA", rng.letters(URL64, 93)),
    ),
    key(
        "Google API key",
        &["GOOGLE_API_KEY", "GCP_API_KEY", "GOOGLE_KEY"],
        |rng| format!("AIza{}x", rng.letters(URL64, 34)),
    ),
    key(
        "Hugging Face token",
        &["HUGGINGFACE_TOKEN", "HUGGING_FACE_TOKEN"],
        |rng| format!("hf_{}", rng.letters(ALNUM, 34)),
    ),
    key(
        "Groq key",
        &["GROQ_KEY", "GROQ_API_KEY", "MODEL_API_KEY"],
        |rng| format!("gsk_{}", rng.letters(ALNUM, 52)),
    ),
    key(
        "SendGrid key",
        &["SENDGRID_KEY", "SENDGRID_API_KEY"],
        |rng| format!("SG.{}.{}z", rng.letters(URL64, 22), rng.letters(URL64, 42)),
    ),
    key("Twilio key", &["TWILIO_KEY", "TWILIO_API_KEY"], |rng| {
        format!("SK{}", rng.letters(HEX, 32))
    }),
    key("Mailgun key", &["MAILGUN_KEY", "MAILGUN_API_KEY"], |rng| {
        format!("key-{}", rng.letters(HEX, 32))
    }),
    key("npm token", &["NPM_TOKEN"], |rng| {
        let secret = rng.letters(ALNUM, 30);
        format!("npm_{secret}{}", base62(crc32(secret.as_bytes())))
    }),
    key("PyPI token", &["PYPI_TOKEN"], |rng| {
        format!("pypi-AgEIcHlwaS5vcmc{}q", rng.letters(URL64, 120))
    }),
    key("DigitalOcean token", &["DIGITALOCEAN_TOKEN"], |rng| {
        format!("dop_v1_{}", rng.letters(HEX, 64))
    }),
    key("Databricks token", &["DATABRICKS_TOKEN"], |rng| {
        format!("dapi{}", rng.letters(HEX, 32))
    }),
    key(
        "Shopify token",
        &["SHOPIFY_TOKEN", "SHOPIFY_ACCESS_TOKEN"],
        |rng| format!("shpat_{}", rng.letters(HEX, 32)),
    ),
    key(
        "Telegram bot token",
        &["TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"],
        |rng| format!("{}:AA{}", text(&rng.number(10)), rng.letters(ALNUM, 33)),
    ),
    key(
        "Vault token",
        &["VAULT_TOKEN", "HASHICORP_VAULT_TOKEN"],
        |rng| format!("hvs.CAESI{}", rng.letters(ALNUM, 90)),
    ),
    key(
        "Grafana token",
        &["GRAFANA_TOKEN", "GRAFANA_KEY", "SERVICE_TOKEN"],
        |rng| format!("glsa_{}_{}", rng.letters(ALNUM, 32), rng.letters(HEX, 8)),
    ),
    key(
        "Linear key",
        &[
            "LINEAR_KEY",
            "LINEAR_API_KEY",
            "LINEAR_TOKEN",
            "SERVICE_TOKEN",
        ],
        |rng| format!("lin_api_{}", rng.letters(ALNUM, 40)),
    ),
    key(
        "Notion token",
        &["NOTION_TOKEN", "NOTION_KEY", "SERVICE_TOKEN"],
        |rng| format!("ntn_{}{}", text(&rng.number(11)), rng.letters(ALNUM, 35)),
    ),
    key(
        "New Relic key",
        &["NEW_RELIC_KEY", "NEWRELIC_KEY", "NEW_RELIC_API_KEY"],
        |rng| format!("NRAK-{}", rng.letters(UPPER_DIGITS, 27)),
    ),
    key(
        "Atlassian token",
        &["ATLASSIAN_TOKEN", "SERVICE_TOKEN"],
        |rng| {
            format!(
                "ATATT3xFfGF0{}={}",
                rng.letters(URL64, 171),
                rng.letters("0123456789ABCDEF", 8)
            )
        },
    ),
    key(
        "age secret key",
        &["AGE_SECRET_KEY", "AGE_KEY", "SERVICE_TOKEN"],
        |rng| {
            format!(
                "AGE-SECRET-KEY-1{}",
                rng.letters("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)
            )
        },
    ),
    key(
        "Discord bot token",
        &["DISCORD_TOKEN", "DISCORD_BOT_TOKEN"],
        |rng| {
            let user = crate::base64::url(text(&rng.number(18)).as_bytes());
            format!(
                "{user}.G{}.{}",
                rng.letters(ALNUM, 5),
                rng.letters(URL64, 37) + "k"
            )
        },
    ),
    key(
        "Google OAuth secret",
        &[
            "GOOGLE_OAUTH_SECRET",
            "GOOGLE_CLIENT_SECRET",
            "GCP_OAUTH_SECRET",
            "SERVICE_TOKEN",
            "GOOGLE_API_KEY",
        ],
        |rng| format!("GOCSPX-{}", rng.letters(URL64, 27) + "w"),
    ),
    key(
        "Replicate token",
        &[
            "REPLICATE_TOKEN",
            "REPLICATE_API_TOKEN",
            "SERVICE_TOKEN",
            "MODEL_API_KEY",
        ],
        |rng| format!("r8_{}", rng.letters(ALNUM, 37)),
    ),
    key(
        "Doppler token",
        &["DOPPLER_TOKEN", "SERVICE_TOKEN"],
        |rng| format!("dp.pt.{}", rng.letters(ALNUM, 43)),
    ),
    key(
        "Square token",
        &["SQUARE_TOKEN", "SQUARE_ACCESS_TOKEN", "SERVICE_TOKEN"],
        |rng| format!("EAAA{}", rng.letters(URL64, 60)),
    ),
    Kind {
        name: "Azure storage connection",
        labels: &["AZURE_STORAGE_KEY", "AZURE_KEY", "CONNECTION_STRING"],
        strength: Strength::Alone,
        proof: Proof::Prefix,
        words: &[(En, &["connection string", "AzureWebJobsStorage", "storage"])],
        make: |rng| {
            let account = rng.letters(LOWER, 9);
            let secret = crate::base64::plain(&rng.bytes(64));
            format!(
                "DefaultEndpointsProtocol=https;AccountName={account};AccountKey={MARK}{secret}{MARK};EndpointSuffix=core.windows.net"
            )
        },
    },
    key(
        "Discord webhook",
        &["WEBHOOK_URL", "DISCORD_WEBHOOK"],
        |rng| {
            format!(
                "https://discord.com/api/webhooks/{}/{MARK}{}{MARK}",
                text(&rng.number(18)),
                rng.letters(URL64, 67) + "k"
            )
        },
    ),
    key(
        "OpenRouter key",
        &["MODEL_API_KEY", "OPENROUTER_KEY"],
        |rng| format!("sk-or-v1-{}", rng.letters(HEX, 64)),
    ),
    key("xAI key", &["MODEL_API_KEY", "XAI_KEY"], |rng| {
        format!("xai-{}", rng.letters(ALNUM, 80))
    }),
    key("AWS Bedrock key", &["AWS_BEDROCK_KEY"], |rng| {
        format!("ABSK{}", crate::base64::plain(&rng.bytes(99)))
    }),
    key("HCP Terraform token", &["TERRAFORM_TOKEN"], |rng| {
        format!(
            "{}.atlasv1.{}",
            rng.letters(ALNUM, 14),
            rng.letters(URL64, 67)
        )
    }),
    key("Cloudflare origin key", &["CLOUDFLARE_KEY"], |rng| {
        format!("v1.0-{}-{}", rng.letters(HEX, 24), rng.letters(HEX, 146))
    }),
    Kind {
        name: "AWS session token",
        labels: &["AWS_SESSION_TOKEN"],
        strength: Strength::Alone,
        proof: Proof::Prefix,
        words: &[(
            En,
            &["aws_session_token", "AWS_SESSION_TOKEN", "session token"],
        )],
        make: |rng| {
            let size = rng.between(200, 400) as usize * 3;
            let body = crate::base64::plain(&rng.bytes(size));
            format!("{}{body}", rng.one(&["IQoJb3JpZ2luX2Vj", "FwoGZXIvYXdz"]))
        },
    },
    key("Gatehouse key", &["GATEHOUSE_KEY"], |rng| {
        let body = format!("{}_{}", rng.one(&["gw", "sk"]), rng.letters(ALNUM, 55));
        let check = base62(crc32(body.as_bytes()));
        body + &check
    }),
];

/// CRC-32 of IEEE 802.3.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |rest: u32| {
        (0..8).fold(rest, |it, _| {
            if it & 1 == 1 {
                it >> 1 ^ 0xedb8_8320
            } else {
                it >> 1
            }
        })
    };
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        sum >> 8 ^ step((sum ^ u32::from(*byte)) & 0xff)
    })
}

/// Six digits of base 62.
fn base62(number: u32) -> String {
    const DIGITS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let number = u64::from(number);
    (0..6)
        .rev()
        .map(|place| letter(DIGITS, number / 62_u64.pow(place) % 62))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn crc32_is_that_of_the_published_example() {
        assert_eq!(super::crc32(b"123456789"), 0xcbf4_3926);
    }
}
