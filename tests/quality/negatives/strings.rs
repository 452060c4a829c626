//! Strings that look random and are no secret.

use super::Class;
use crate::base64;
use crate::rng::{ALNUM, HEX, LOWER, LOWER_DIGITS, Rng, UPPER, URL64};

const fn class(
    name: &'static str,
    make: fn(&mut Rng) -> String,
    frames: &'static [&'static str],
) -> Class {
    Class {
        name,
        by_design: false,
        make,
        frames,
    }
}

fn uuid(rng: &mut Rng) -> String {
    format!(
        "{}-{}-4{}-a{}-{}",
        rng.letters(HEX, 8),
        rng.letters(HEX, 4),
        rng.letters(HEX, 3),
        rng.letters(HEX, 3),
        rng.letters(HEX, 12)
    )
}

pub(super) const CLASSES: &[Class] = &[
    class(
        "words about passwords",
        |rng| rng.between(6, 24).to_string(),
        &[
            "Your password must be at least {v} characters long, with a sign and a digit.",
            "The password reset link is valid for {v} minutes.",
            "password: {v}+ characters",
            "Das Passwort muss mindestens {v} Zeichen haben, 8-stellig reicht nicht.",
            "Le mot de passe doit comporter au moins {v} caractères !",
            "La contraseña debe tener {v} caracteres.",
            "My password is wrong! I tried {v} times.",
            "password (min. {v} characters, SHA-256)",
            "Change the password on server{v}, then log in.",
            "password, OAuth2.0 and 2FA-Token{v} are three ways to log in",
            "fn check(password: &SecretString, rounds: u{v}) -> Sha256Password",
            "Forgot your password? Write to desk {v}.",
            "name,password,city\nthe first,is,row {v}",
            "password?\nNo, I have {v} of them.",
            "token {v} of the parser is a secret_key_{v}",
            "Step {v}: the password manager 1Password saves it.",
        ],
    ),
    class(
        "UUID",
        uuid,
        &[
            "{v}",
            "request_id={v}",
            "{\"id\":\"{v}\",\"parent\":\"{v}\"}",
            "GET /v1/items/{v}",
            "trace {v} took 12 ms",
            "key: {v}",
        ],
    ),
    class(
        "git hash",
        |rng| rng.letters(HEX, 40),
        &[
            "commit {v}",
            "index {v}..{v} 100644",
            "Merge {v} into main",
            "fixes a bug of {v}",
            "rev = \"{v}\"",
        ],
    ),
    class(
        "short git hash",
        |rng| rng.letters(HEX, 7),
        &["{v} Fix the build", "reverts {v} and {v}", "{v}..{v}"],
    ),
    class(
        "SHA-256",
        |rng| rng.letters(HEX, 64),
        &[
            "sha256:{v}",
            "{v}  file.tar.gz",
            "image@sha256:{v}",
            "checksum = \"{v}\"",
            "digest: {v}",
        ],
    ),
    class(
        "MD5",
        |rng| rng.letters(HEX, 32),
        &["md5 {v}", "{v}  a.iso", "ETag: \"{v}\"", "cache key {v}"],
    ),
    class(
        "SRI hash",
        |rng| base64::plain(&rng.bytes(48)),
        &[
            "integrity=\"sha384-{v}\"",
            "\"integrity\": \"sha512-{v}\",",
            "<script src=\"a.js\" integrity=\"sha384-{v}\"></script>",
        ],
    ),
    class(
        "lock file",
        |rng| base64::plain(&rng.bytes(64)),
        &[
            "\"node_modules/ms\": {\n  \"version\": \"2.1.3\",\n  \"integrity\": \"sha512-{v}\"\n}",
            "resolved \"https://registry.example/ms/-/ms-2.1.3.tgz#x\"\n  integrity sha512-{v}",
        ],
    ),
    class(
        "base64 image",
        |rng| {
            let count = rng.of(&[90, 240, 600]);
            base64::plain(
                &[
                    &[0x89, b'P', b'N', b'G', 13, 10, 26, 10][..],
                    &rng.bytes(count),
                ]
                .concat(),
            )
        },
        &[
            "data:image/png;base64,{v}",
            "<img src=\"data:image/png;base64,{v}\">",
            "![x](data:image/png;base64,{v})",
            "url(data:image/png;base64,{v})",
        ],
    ),
    class(
        "base64 of plain text",
        |rng| {
            base64::plain(format!("the order {} is ready for you", rng.between(1, 9999)).as_bytes())
        },
        &["{v}", "body: {v}", "echo {v} | base64 -d"],
    ),
    class(
        "hex dump",
        |rng| {
            rng.bytes(16)
                .iter()
                .map(|it| format!("{it:02x}"))
                .collect::<Vec<_>>()
                .join(" ")
        },
        &[
            "00000000  {v}  |................|",
            "{v}\n{v}",
            "bytes: {v}",
        ],
    ),
    class(
        "placeholder",
        |rng| {
            rng.one(&[
                "<your-key>",
                "<YOUR_API_KEY>",
                "${API_KEY}",
                "{{ api_key }}",
                "$TOKEN",
                "%API_KEY%",
                "xxxxxxxxxxxxxxxxxxxx",
                "****************",
                "your-api-key-here",
                "REPLACE_ME",
                "changeme",
                "sk-...",
                "<password>",
                "process.env.API_KEY",
                "os.environ[\"TOKEN\"]",
                "********",
                "[REDACTED]",
                "null",
                "undefined",
                "TBD",
                "none",
            ])
            .to_owned()
        },
        &[
            "api_key={v}",
            "API_KEY: \"{v}\"",
            "Authorization: Bearer {v}",
            "password = {v}",
            "export TOKEN={v}",
            "client_secret: {v}",
            "{\"secret\": \"{v}\"}",
            "postgres://user:{v}@localhost/db",
        ],
    ),
    class(
        "talk about keys",
        |rng| {
            rng.one(&["OpenAI", "Stripe", "GitHub", "AWS", "Slack", "Google"])
                .to_owned()
        },
        &[
            "Where do I find my {v} API key in the dashboard?",
            "The {v} token expired, please rotate it.",
            "We keep the {v} secret in the vault.",
            "Passwords for {v} must have at least 12 characters.",
            "Set the {v} key as an environment variable, never in code.",
            "My {v} password is too long to remember.",
            "Der Schlüssel für {v} liegt im Tresor.",
            "Le mot de passe {v} doit être changé.",
        ],
    ),
    class(
        "words joined",
        |rng| {
            format!(
                "{}-{}-{}-{}",
                rng.letters(LOWER, 6),
                rng.letters(LOWER, 7),
                rng.letters(LOWER, 5),
                rng.letters(LOWER, 8)
            )
        },
        &[
            "pod {v} restarted",
            "bucket {v}",
            "https://example.com/blog/{v}",
            "branch {v}",
        ],
    ),
    class(
        "kubernetes pod",
        |rng| {
            format!(
                "{}-{}-{}",
                rng.letters(LOWER, 8),
                rng.letters("bcdfghjklmnpqrstvwxz2456789", 9),
                rng.letters("bcdfghjklmnpqrstvwxz2456789", 5)
            )
        },
        &[
            "pod/{v} Running",
            "kubectl logs {v}",
            "Error from {v}: timeout",
        ],
    ),
    class(
        "identifier in code",
        |rng| {
            format!(
                "{}{}{}",
                rng.letters(LOWER, 5),
                rng.letters(UPPER, 1),
                rng.letters(LOWER, 14)
            )
        },
        &[
            "let {v} = {v}();",
            "self.{v}.{v}()",
            "import { {v} } from './{v}';",
            "token = {v}",
            "const secret = get{v}();",
        ],
    ),
    class(
        "constant in code",
        |rng| {
            format!(
                "{}_{}_{}",
                rng.letters(UPPER, 6),
                rng.letters(UPPER, 7),
                rng.letters(UPPER, 4)
            )
        },
        &[
            "if code == {v} { return; }",
            "#define {v} 1",
            "API_KEY = {v}",
            "case {v}:",
        ],
    ),
    class(
        "URL with an id",
        |rng| rng.letters(URL64, 11),
        &[
            "https://video.example.com/watch?v={v}",
            "https://docs.example.com/d/{v}/edit",
            "https://example.com/?utm_source=x&id={v}",
        ],
    ),
    class(
        "cursor and page token",
        |rng| base64::url(format!("page:{}", rng.between(1, 99_999)).as_bytes()),
        &["?cursor={v}", "\"next\": \"{v}\"", "page={v}"],
    ),
    class(
        "ULID and nano id",
        |rng| format!("01H{}", rng.letters("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23)),
        &["event {v}", "{\"event_id\":\"{v}\"}", "{v} committed"],
    ),
    class(
        "cache and content names",
        |rng| format!("main.{}.js", rng.letters(HEX, 20)),
        &[
            "/static/{v}",
            "<script src=\"/assets/{v}\"></script>",
            "GET /static/{v} 304",
        ],
    ),
    class(
        "CSS class names",
        |rng| {
            format!(
                "css-{}-{}",
                rng.letters(LOWER_DIGITS, 7),
                rng.letters(LOWER, 6)
            )
        },
        &[
            "<div class=\"{v} {v}\">",
            ".{v}{margin:0}",
            "document.querySelector('.{v}')",
        ],
    ),
    class(
        "public key and certificate",
        |rng| base64::plain(&rng.bytes(96)),
        &[
            "ssh-rsa {v} alva",
            "-----BEGIN PUBLIC KEY-----\n{v}\n-----END PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----\n{v}\n-----END CERTIFICATE-----",
        ],
    ),
    class(
        "DNA and amino acids",
        |rng| rng.letters("ACGT", 60),
        &[">seq1\n{v}\n{v}", "primer {v}", "The fragment {v} matches."],
    ),
    class(
        "long word and product name",
        |rng| rng.letters(LOWER, 22),
        &["Das Wort {v} steht im Duden.", "{v}", "hashtag #{v}"],
    ),
    class(
        "chess and music",
        |rng| {
            format!(
                "{}{} {}{}",
                rng.letters("abcdefgh", 1),
                rng.between(1, 8),
                rng.letters("NBRQK", 1),
                rng.letters("abcdefgh", 1) + "5"
            )
        },
        &["1. {v} 2. {v} 3. {v}", "the line {v} is sharp"],
    ),
    class(
        "at sign without address",
        |rng| rng.letters(LOWER, 6),
        &[
            "@{v} please look",
            "pip install {v} @ git+https://example.com/{v}",
            "@Override public void {v}()",
            "npm i @{v}/{v}@1.2.3",
            "meet @ {v} 10:30",
            "{v}@",
            "@media (max-width: 600px) { .{v} { x: y } }",
            "git clone git@{v}:x",
        ],
    ),
    class(
        "loopback and masks",
        |rng| {
            rng.one(&["0.0.0.0", "127.0.0.1", "255.255.255.0", "255.255.255.255"])
                .to_owned()
        },
        &[
            "listen {v}:8080",
            "netmask {v}",
            "bind = \"{v}\"",
            "curl http://{v}:8080/health",
        ],
    ),
    class(
        "random letters",
        |rng| rng.letters(ALNUM, 12),
        &[
            "coupon {v}",
            "file {v}.tmp",
            "/tmp/{v}",
            "session closed ({v})",
        ],
    ),
];
