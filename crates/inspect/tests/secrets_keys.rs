//! Keys that are known by their prefix or mark: found wherever they stand, and not taken for what
//! only looks like them. No key here was ever issued: each is made here.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it finds something wrong"
)]

use inspect::{Families, Family, Scanner};

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const URL: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &[u8] = b"0123456789abcdef";
const UPPER: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const ALPHA: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGIT: &[u8] = b"0123456789";

/// Letters as if drawn by lot, the same for the same seed; they neither begin nor end with a sign.
fn drawn(set: &[u8], len: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut out = String::new();
    while out.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let letter = char::from(set[(state % set.len() as u64) as usize]);
        let edge = out.is_empty() || out.len() + 1 == len;
        if !edge || letter.is_ascii_alphanumeric() {
            out.push(letter);
        }
    }
    out
}

fn crc62(body: &str) -> String {
    let mut crc = u32::MAX;
    for byte in body.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    let mut rest = !crc;
    let mut letters = Vec::new();
    for _ in 0..6 {
        letters.push(BASE62[(rest % 62) as usize]);
        rest /= 62;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap()
}

/// A key made from a form: `{b62:36}` stands for 36 letters of base62, `{crc}` for the check of
/// what stands since `|`.
fn made(form: &str, seed: u64) -> String {
    let mut out = String::new();
    let mut from = 0;
    let mut rest = form;
    while let Some(open) = rest.find(['{', '|']) {
        out.push_str(&rest[..open]);
        if rest[open..].starts_with('|') {
            from = out.len();
            rest = &rest[open + 1..];
            continue;
        }
        let close = rest.find('}').unwrap();
        let hole = &rest[open + 1..close];
        rest = &rest[close + 1..];
        if hole == "crc" {
            let check = crc62(&out[from..]);
            out.push_str(&check);
            continue;
        }
        let (set, len) = hole.split_once(':').unwrap();
        let set = match set {
            "b62" => BASE62,
            "url" => URL,
            "b64" => BASE64,
            "b32" => BASE32,
            "hex" => HEX,
            "up" => UPPER,
            "low" => LOWER,
            "abc" => ALPHA,
            "num" => DIGIT,
            other => panic!("{other}"),
        };
        out.push_str(&drawn(set, len.parse().unwrap(), seed + out.len() as u64));
    }
    out.push_str(rest);
    out
}

const FORMS: &[(&str, &str)] = &[
    ("AWS_ACCESS_KEY", "AKIA{b32:16}"),
    ("AWS_ACCESS_KEY", "ASIA{b32:16}"),
    ("AWS_SESSION_TOKEN", "IQoJb3JpZ2lu{b64:400}"),
    ("AWS_BEDROCK_KEY", "ABSK{b64:110}=="),
    ("GATEHOUSE_KEY", "|gw_{b62:55}{crc}"),
    ("GATEHOUSE_KEY", "|sk_{b62:55}{crc}"),
    ("GITHUB_TOKEN", "ghp_|{b62:30}{crc}"),
    ("GITHUB_TOKEN", "ghs_|{b62:30}{crc}"),
    ("GITHUB_TOKEN", "github_pat_{b62:22}_{b62:59}"),
    ("GITLAB_TOKEN", "glpat-{url:20}"),
    ("GITLAB_TOKEN", "glptt-{hex:40}"),
    ("OPENAI_API_KEY", "sk-{b62:20}T3BlbkFJ{b62:20}"),
    ("OPENAI_API_KEY", "sk-proj-{url:74}T3BlbkFJ{url:74}"),
    ("ANTHROPIC_API_KEY", "sk-ant-api03-{url:93}AA"),
    ("GOOGLE_API_KEY", "AIza{url:35}"),
    ("GOOGLE_API_KEY", "GOCSPX-{url:28}"),
    ("AZURE_KEY", "AccountKey={b64:86}=="),
    ("AZURE_KEY", "{b62:3}8Q~{b62:34}"),
    ("AZURE_KEY", "{b62:52}JQQJ99{b62:26}"),
    ("SLACK_TOKEN", "xoxb-{num:12}-{num:13}-{b62:24}"),
    ("SLACK_TOKEN", "xapp-1-A{up:10}-{num:13}-{hex:64}"),
    (
        "WEBHOOK_URL",
        "hooks.slack.com/services/T{up:8}/B{up:10}/{b62:24}",
    ),
    ("WEBHOOK_URL", "discord.com/api/webhooks/{num:18}/{url:68}"),
    ("STRIPE_KEY", "sk_live_{b62:24}"),
    ("STRIPE_KEY", "rk_live_{b62:99}"),
    ("SENDGRID_API_KEY", "SG.{url:22}.{url:43}"),
    ("NPM_TOKEN", "npm_|{b62:30}{crc}"),
    ("PYPI_TOKEN", "pypi-AgEIcHlwaS5vcmc{url:150}"),
    ("HUGGINGFACE_TOKEN", "hf_{abc:34}"),
    ("DATABRICKS_TOKEN", "dapi{hex:32}"),
    ("DIGITALOCEAN_TOKEN", "dop_v1_{hex:64}"),
    ("SHOPIFY_TOKEN", "shpat_{hex:32}"),
    ("MAILGUN_KEY", "key-{hex:32}"),
    ("NEW_RELIC_KEY", "NRAK-{up:27}"),
    ("NEW_RELIC_KEY", "{hex:36}NRAL"),
    ("CLOUDFLARE_KEY", "v1.0-{hex:24}-{hex:146}"),
    ("VAULT_TOKEN", "hvs.{url:92}"),
    ("TELEGRAM_BOT_TOKEN", "7{num:9}:AA{url:33}"),
    ("TERRAFORM_TOKEN", "{b62:14}.atlasv1.{url:64}"),
    ("MODEL_API_KEY", "gsk_{b62:52}"),
    ("MODEL_API_KEY", "sk-or-v1-{hex:64}"),
    ("SERVICE_TOKEN", "dckr_pat_{url:27}"),
    ("SERVICE_TOKEN", "glsa_{b62:32}_{hex:8}"),
    ("SERVICE_TOKEN", "AGE-SECRET-KEY-1{up:58}"),
];

/// Label, confidence and text of every secret in `text`.
fn secrets(text: &str) -> Vec<(String, u8, String)> {
    let scanner = Scanner::builtin();
    let found = scanner.scan(text, Families::of(&[Family::Secret]));
    let told = found.into_iter().map(|it| {
        let rule = scanner.rule(it.rule).unwrap();
        (
            rule.label.to_string(),
            it.confidence,
            text[it.span].to_string(),
        )
    });
    told.collect()
}

#[test]
fn keys_are_found_wherever_they_stand() {
    for (label, form) in FORMS {
        for seed in 1..6 {
            let key = made(form, seed);
            for text in [
                key.clone(),
                format!("Please use {key} for the deployment."),
                format!("- one\n- `{key}`\n- two"),
                format!("{{\"a\": [\"{key}\", 1]}}"),
                format!("let it = '{key}';"),
                format!("KEY={key}\nOTHER=1"),
                format!("({key}), and"),
                format!("line\\n{key}\\nline"),
                format!("日本語{key}です").replace(&key, &format!(" {key} ")),
            ] {
                let found = secrets(&text);
                let hit = found.iter().find(|it| it.2 == key);
                assert!(
                    hit.is_some_and(|it| it.0 == *label && it.1 >= 85),
                    "{label} {form} {seed}: {text}: {found:?}"
                );
            }
        }
    }
}

#[test]
fn a_checksum_makes_sure_and_its_lack_makes_unsure() {
    for form in [
        "ghp_|{b62:30}{crc}",
        "npm_|{b62:30}{crc}",
        "|gw_{b62:55}{crc}",
    ] {
        let key = made(form, 3);
        assert_eq!(secrets(&key)[0].1, 99, "{form}");
        let last = if key.ends_with('A') { "B" } else { "A" };
        let wrong = format!("{}{last}", &key[..key.len() - 1]);
        let found = secrets(&wrong);
        assert!(found.iter().all(|it| it.1 < 70), "{form}: {found:?}");
    }
}

#[test]
fn keys_of_documentation_are_found_less_surely() {
    let found = secrets("aws_access_key_id = AKIAIOSFODNN7EXAMPLE");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "AWS_ACCESS_KEY");
    assert!(found[0].1 < 70);
}

#[test]
fn what_only_begins_like_a_key_is_none() {
    for text in [
        "sk-learn-contrib-is-a-long-name-of-a-project",
        "task-runner-for-the-whole-organisation-and-more",
        "risk-assessment-2024-final-version-with-comments",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-your-api-key-goes-here-please",
        "export OPENAI_API_KEY=sk-...",
        "npm_config_registry, npm_lifecycle_event, npm_package_version",
        "hf_hub_download(repo_id=model, filename=name)",
        "key-value-store-with-a-very-long-name-indeed",
        "sk_live_your_key_here",
        "sg.pool.ntp.org and msg.sender.balance and SG.example.com",
        "00:AA:00:BB:CC:DD:EE:FF is a hardware address",
        "secret_name_of_the_kubernetes_object_that_is_mounted",
        "v1.0-beta-3-with-notes, v1.0-rc1",
        "glpat-xxxxxxxxxxxxxxxxxxxx",
        "AKIAXXXXXXXXXXXXXXXX",
        "pypi-AgEIcHlwaS5vcmcXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
        "pul-request-template, xai-explainability-toolkit-for-models",
        "key-0123456789abcdef0123456789abcdef0123456789abcdef",
    ] {
        assert_eq!(secrets(text), [], "{text}");
    }
}

#[test]
fn a_key_that_goes_on_is_another_thing() {
    for form in [
        "AKIA{b32:16}",
        "AIza{url:35}",
        "dapi{hex:32}",
        "shpat_{hex:32}",
    ] {
        let key = made(form, 9);
        assert_eq!(secrets(&format!("x{key}")), [], "{form}");
        assert_eq!(secrets(&format!("{key}a")), [], "{form}");
    }
}
