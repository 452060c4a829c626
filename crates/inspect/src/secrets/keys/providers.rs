//! The forms of providers' keys, from the providers' documentation and from what public secret
//! scanners have in common.

use super::Part::{Is, May, Of};
use super::Proof::{Check, Long, OnlyCheck, Shape};
use super::Set::{Alnum, Alpha, Base32, Base64, Digit, Dotted, Hex, HexAny, Lower, Upper, Url};
use super::{Form, Key, Part, Proof};

pub(super) const fn form(
    key: Key,
    begins: &'static str,
    parts: &'static [Part],
    proof: Proof,
) -> Form {
    Form {
        key,
        begins,
        parts,
        proof,
    }
}

/// The forms of keys that have a rule of their own.
pub(super) const FORMS: &[Form] = &[
    // AWS
    form(Key::AwsAccess, "AKIA", &[Of(Base32, 16, 16)], Shape(95)),
    form(Key::AwsAccess, "ASIA", &[Of(Base32, 16, 16)], Shape(95)),
    form(Key::AwsAccess, "ABIA", &[Of(Base32, 16, 16)], Shape(95)),
    form(Key::AwsAccess, "ACCA", &[Of(Base32, 16, 16)], Shape(92)),
    form(
        Key::AwsAccess,
        "A3T",
        &[Of(Upper, 1, 1), Of(Base32, 16, 16)],
        Shape(85),
    ),
    form(
        Key::AwsSession,
        "IQoJb3JpZ2lu",
        &[Of(Base64, 100, 100)],
        Long(95),
    ),
    form(
        Key::AwsSession,
        "FwoGZXIvYXdz",
        &[Of(Base64, 100, 100)],
        Long(95),
    ),
    form(
        Key::Bedrock,
        "ABSK",
        &[Of(Base64, 109, 269), May("="), May("=")],
        Shape(95),
    ),
    form(
        Key::Bedrock,
        "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t",
        &[Of(Base64, 40, 40)],
        Long(96),
    ),
    // This gateway: prefix, lookup id, secret, checksum.
    form(Key::Gatehouse, "gw_", &[Of(Alnum, 61, 61)], OnlyCheck(0)),
    form(Key::Gatehouse, "sk_", &[Of(Alnum, 61, 61)], OnlyCheck(0)),
    // Forges
    form(Key::Github, "ghp_", &[Of(Alnum, 36, 251)], Check(4)),
    form(Key::Github, "gho_", &[Of(Alnum, 36, 251)], Check(4)),
    form(Key::Github, "ghu_", &[Of(Alnum, 36, 251)], Check(4)),
    form(Key::Github, "ghs_", &[Of(Alnum, 36, 251)], Check(4)),
    form(Key::Github, "ghr_", &[Of(Alnum, 36, 251)], Check(4)),
    form(
        Key::Github,
        "github_pat_",
        &[Of(Alnum, 22, 22), Is("_"), Of(Alnum, 59, 59)],
        Shape(97),
    ),
    form(Key::Gitlab, "glpat-", &[Of(Dotted, 20, 320)], Shape(95)),
    form(Key::Gitlab, "glptt-", &[Of(Hex, 40, 40)], Shape(95)),
    form(Key::Gitlab, "gldt-", &[Of(Url, 20, 64)], Shape(95)),
    form(Key::Gitlab, "glrt-", &[Of(Dotted, 20, 320)], Shape(95)),
    form(Key::Gitlab, "glcbt-", &[Of(Url, 20, 64)], Shape(95)),
    form(Key::Gitlab, "glft-", &[Of(Url, 20, 64)], Shape(95)),
    form(Key::Gitlab, "glimt-", &[Of(Url, 20, 64)], Shape(95)),
    form(Key::Gitlab, "glffct-", &[Of(Url, 20, 64)], Shape(95)),
    form(Key::Gitlab, "glsoat-", &[Of(Url, 20, 64)], Shape(95)),
    form(Key::Gitlab, "glagent-", &[Of(Url, 40, 80)], Shape(95)),
    form(Key::Gitlab, "gloas-", &[Of(Url, 64, 64)], Shape(95)),
    form(Key::Gitlab, "GR1348941", &[Of(Url, 20, 20)], Shape(95)),
    // Models
    form(
        Key::Openai,
        "sk-",
        &[Of(Alnum, 20, 20), Is("T3BlbkFJ"), Of(Alnum, 20, 20)],
        Shape(98),
    ),
    form(Key::Openai, "sk-proj-", &[Of(Url, 40, 220)], Shape(96)),
    form(Key::Openai, "sk-svcacct-", &[Of(Url, 40, 220)], Shape(96)),
    form(Key::Openai, "sk-admin-", &[Of(Url, 40, 220)], Shape(96)),
    form(Key::Openai, "sk-None-", &[Of(Url, 40, 220)], Shape(96)),
    form(Key::Anthropic, "sk-ant-", &[Of(Url, 80, 140)], Shape(97)),
    form(Key::Anthropic, "sk-ant-", &[Of(Url, 24, 160)], Shape(85)),
    form(Key::Model, "sk-or-v1-", &[Of(Hex, 64, 64)], Shape(97)),
    form(Key::Model, "sk-lf-", &[Of(Url, 36, 36)], Shape(92)),
    form(Key::Model, "sk-", &[Of(Alnum, 48, 51)], Shape(90)),
    form(Key::Model, "sk-", &[Of(Hex, 32, 32)], Shape(88)),
    form(Key::Model, "sk-", &[Of(Url, 20, 200)], Shape(75)),
    form(Key::Model, "gsk_", &[Of(Alnum, 52, 52)], Shape(96)),
    form(Key::Model, "xai-", &[Of(Alnum, 80, 80)], Shape(96)),
    form(Key::Model, "pplx-", &[Of(Alnum, 48, 56)], Shape(96)),
    form(Key::Model, "r8_", &[Of(Alnum, 37, 37)], Shape(95)),
    form(
        Key::Model,
        "lsv2_",
        &[
            Of(Lower, 2, 2),
            Is("_"),
            Of(Hex, 32, 32),
            Is("_"),
            Of(Hex, 10, 10),
        ],
        Shape(97),
    ),
    form(Key::Model, "pcsk_", &[Of(Url, 40, 100)], Shape(93)),
    form(Key::Huggingface, "hf_", &[Of(Alpha, 34, 34)], Shape(93)),
    form(Key::Huggingface, "hf_", &[Of(Alnum, 34, 37)], Shape(85)),
    form(
        Key::Huggingface,
        "api_org_",
        &[Of(Alpha, 34, 34)],
        Shape(95),
    ),
    // Google
    form(Key::Google, "AIza", &[Of(Url, 35, 35)], Shape(96)),
    form(Key::Google, "GOCSPX-", &[Of(Url, 28, 28)], Shape(96)),
    form(Key::Google, "ya29.", &[Of(Dotted, 30, 1000)], Shape(93)),
    // Azure
    form(
        Key::Azure,
        "AccountKey=",
        &[Of(Base64, 86, 86), Is("==")],
        Shape(97),
    ),
    form(
        Key::Azure,
        "SharedAccessKey=",
        &[Of(Base64, 43, 43), Is("=")],
        Shape(96),
    ),
    // Talk
    form(Key::Slack, "xoxb-", &[Of(Url, 20, 120)], Shape(95)),
    form(Key::Slack, "xoxp-", &[Of(Url, 20, 120)], Shape(95)),
    form(Key::Slack, "xoxa-", &[Of(Url, 20, 120)], Shape(93)),
    form(Key::Slack, "xoxr-", &[Of(Url, 20, 120)], Shape(93)),
    form(Key::Slack, "xoxs-", &[Of(Url, 20, 120)], Shape(93)),
    form(Key::Slack, "xoxo-", &[Of(Url, 20, 120)], Shape(93)),
    form(Key::Slack, "xoxe-", &[Of(Url, 20, 200)], Shape(93)),
    form(Key::Slack, "xoxe.xox", &[Of(Url, 20, 220)], Shape(95)),
    form(
        Key::Slack,
        "xapp-",
        &[
            Of(Digit, 1, 2),
            Is("-"),
            Of(Upper, 6, 16),
            Is("-"),
            Of(Digit, 8, 16),
            Is("-"),
            Of(Lower, 32, 80),
        ],
        Shape(97),
    ),
    form(
        Key::Webhook,
        "hooks.slack.com/services/T",
        &[
            Of(Upper, 7, 12),
            Is("/B"),
            Of(Upper, 7, 12),
            Is("/"),
            Of(Alnum, 20, 30),
        ],
        Shape(96),
    ),
    form(
        Key::Webhook,
        "hooks.slack.com/workflows/T",
        &[
            Of(Upper, 7, 12),
            Is("/A"),
            Of(Upper, 7, 12),
            Is("/"),
            Of(Digit, 15, 20),
            Is("/"),
            Of(Alnum, 20, 30),
        ],
        Shape(96),
    ),
    form(
        Key::Webhook,
        "discord.com/api/webhooks/",
        &[Of(Digit, 17, 20), Is("/"), Of(Url, 60, 80)],
        Shape(97),
    ),
    form(
        Key::Webhook,
        "discordapp.com/api/webhooks/",
        &[Of(Digit, 17, 20), Is("/"), Of(Url, 60, 80)],
        Shape(97),
    ),
    form(
        Key::Sendgrid,
        "SG.",
        &[Of(Url, 22, 22), Is("."), Of(Url, 43, 43)],
        Shape(98),
    ),
    form(Key::Mailgun, "key-", &[Of(Hex, 32, 32)], Shape(88)),
    // Money
    form(Key::Stripe, "sk_live_", &[Of(Alnum, 16, 120)], Shape(96)),
    form(Key::Stripe, "rk_live_", &[Of(Alnum, 16, 120)], Shape(96)),
    form(Key::Stripe, "sk_test_", &[Of(Alnum, 16, 120)], Shape(80)),
    form(Key::Stripe, "rk_test_", &[Of(Alnum, 16, 120)], Shape(80)),
    form(
        Key::Stripe,
        "whsec_",
        &[Of(Base64, 24, 80), May("=")],
        Shape(90),
    ),
    form(Key::Shopify, "shpat_", &[Of(HexAny, 32, 32)], Shape(97)),
    form(Key::Shopify, "shpca_", &[Of(HexAny, 32, 32)], Shape(97)),
    form(Key::Shopify, "shppa_", &[Of(HexAny, 32, 32)], Shape(97)),
    form(Key::Shopify, "shpss_", &[Of(HexAny, 32, 32)], Shape(97)),
    // Registries
    form(Key::Npm, "npm_", &[Of(Alnum, 36, 36)], Check(4)),
    form(
        Key::Pypi,
        "pypi-AgEIcHlwaS5vcmc",
        &[Of(Url, 50, 50)],
        Long(98),
    ),
    form(
        Key::Pypi,
        "pypi-AgENdGVzdC5weXBpLm9yZw",
        &[Of(Url, 50, 50)],
        Long(95),
    ),
    // Clouds and their tools
    form(
        Key::Databricks,
        "dapi",
        &[Of(Hex, 32, 32), May("-2"), May("-3")],
        Shape(95),
    ),
    form(Key::Digitalocean, "dop_v1_", &[Of(Hex, 64, 64)], Shape(98)),
    form(Key::Digitalocean, "doo_v1_", &[Of(Hex, 64, 64)], Shape(98)),
    form(Key::Digitalocean, "dor_v1_", &[Of(Hex, 64, 64)], Shape(98)),
    form(Key::NewRelic, "NRAK-", &[Of(Upper, 27, 27)], Shape(97)),
    form(Key::NewRelic, "NRII-", &[Of(Url, 32, 32)], Shape(95)),
    form(Key::NewRelic, "NRJS-", &[Of(Hex, 19, 19)], Shape(90)),
    form(
        Key::Cloudflare,
        "v1.0-",
        &[Of(Hex, 24, 24), Is("-"), Of(Hex, 146, 146)],
        Shape(98),
    ),
    form(Key::Vault, "hvs.", &[Of(Url, 24, 140)], Shape(95)),
    form(Key::Vault, "hvb.", &[Of(Url, 90, 400)], Shape(96)),
    form(Key::Vault, "hvr.", &[Of(Url, 24, 140)], Shape(95)),
];
