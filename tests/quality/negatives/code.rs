//! Code, logs and texts of work: whole samples with some figures in them.

use super::Class;
use crate::rng::{HEX, LOWER, Rng};

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

fn figure(rng: &mut Rng) -> String {
    let digits = rng.of(&[10, 100, 1000, 10_000, 1_000_000]);
    rng.below(digits).to_string()
}

fn word(rng: &mut Rng) -> String {
    let count = rng.of(&[4, 5, 6, 7, 9]);
    rng.letters(LOWER, count)
}

pub(super) const CLASSES: &[Class] = &[
    class(
        "Rust",
        word,
        &[
            "fn {v}({v}: &str) -> Option<u64> {\n    let {v} = {v}.trim().parse().ok()?;\n    Some({v} * 3600)\n}",
            "let {v}: Vec<u8> = (0..256).map(|it| it as u8).collect();",
            "assert_eq!({v}.len(), 1024, \"{v} must be whole\");",
            "impl From<{v}> for Error { fn from(it: {v}) -> Self { Self::{v}(it) } }",
            "pub const TOKEN_{v}: usize = 32; // secret handshake length",
        ],
    ),
    class(
        "Python",
        word,
        &[
            "def {v}(password: str) -> bool:\n    return len(password) >= 12 and {v}(password)",
            "for i in range(1000000): {v}.append(i ** 2)",
            "import os\ntoken = os.environ.get('{v}_TOKEN')\nprint(token is None)",
            "df = pd.read_csv('{v}.csv', sep=';')\ndf['{v}'].mean()",
            "secret = getpass.getpass('{v}: ')",
            "password = input(\"{v}\")",
        ],
    ),
    class(
        "JavaScript",
        word,
        &[
            "const {v} = await fetch(`/api/${id}/{v}`, { headers: { Authorization: `Bearer ${token}` } });",
            "if (password !== confirmPassword) { throw new Error('{v}'); }",
            "const apiKey = process.env.{v}_API_KEY ?? '';",
            "export default { {v}: 1e6, {v}: 0xdeadbeef };",
            "setTimeout(() => {v}(), 86400000);",
            "const token = await {v}.getToken({ audience: '{v}' });",
        ],
    ),
    class(
        "Java and C",
        word,
        &[
            "String password = request.getParameter(\"{v}\");",
            "int {v}[] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };",
            "private final String apiKey = config.get(\"{v}\");",
            "static const char alphabet[] = \"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\"; /* {v} */",
            "memcpy({v}, {v}, sizeof(uint64_t) * 4294967295);",
        ],
    ),
    class(
        "shell",
        figure,
        &[
            "kill -9 {v} {v} {v}",
            "head -c {v} /dev/urandom | base64 > key.bin",
            "curl -s https://example.com/v1/{v} -H 'Accept: application/json'",
            "chmod 600 ~/.ssh/id_ed25519 && ssh-add -t {v}",
            "docker run -p {v}:80 --memory {v}m nginx",
            "export PASSWORD_LENGTH={v}",
        ],
    ),
    class(
        "SQL",
        figure,
        &[
            "SELECT id, password_hash FROM users WHERE created > now() - interval '{v} days' LIMIT {v};",
            "ALTER TABLE orders ADD COLUMN token varchar({v});",
            "UPDATE stock SET amount = amount - {v} WHERE sku = {v};",
            "EXPLAIN ANALYZE SELECT count(*) FROM t; -- rows={v} cost={v}..{v}",
        ],
    ),
    class(
        "log line",
        figure,
        &[
            "2024-05-01T10:00:{v}Z INFO http: 200 in {v} ms, {v} bytes",
            "[{v}.{v}] usb 1-1: new high-speed USB device number {v}",
            "ERROR worker {v}: retry {v} of {v} after {v} ms",
            "May  1 10:00:01 web kernel: [{v}.{v}] eth0: link up",
            "goroutine {v} [running]: main.main() /src/main.go:{v} +0x{v}",
            "GC pause {v}ms heap {v}MB -> {v}MB",
            "level=info msg=\"password changed\" user_id={v} took={v}",
            "audit: token refreshed for client {v}, expires in {v}",
        ],
    ),
    class(
        "test result",
        figure,
        &[
            "test result: ok. {v} passed; {v} failed; 0 ignored; finished in {v}.{v}s",
            "Tests: {v} failed, {v} passed, {v} total",
            "coverage: {v}.{v}% of statements",
            "1..{v}\nok {v} - parses\nnot ok {v} - prints",
            "FAIL src/{v}.test.ts (expected {v}, got {v})",
        ],
    ),
    class(
        "CSS and markup",
        figure,
        &[
            ".a { margin: {v}px {v}px {v}px {v}px; z-index: {v} }",
            "<svg viewBox=\"0 0 {v} {v}\"><path d=\"M{v} {v} L{v} {v} C{v},{v} {v},{v} {v},{v}Z\"/></svg>",
            "transform: matrix({v}, 0, 0, {v}, {v}, {v});",
            "<td>{v}</td><td>{v}</td><td>{v}</td>",
            "@media (min-width: {v}px) and (max-width: {v}px)",
        ],
    ),
    class(
        "configuration",
        figure,
        &[
            "timeout: {v}\nretries: {v}\npassword_min_length: {v}\ntoken_ttl: {v}",
            "[limits]\nmax_tokens = {v}\nkey_size = {v}",
            "server:\n  port: {v}\n  secret_name: db-credentials\n  replicas: {v}",
            "max_tokens={v} top_k={v} seed={v}",
        ],
    ),
    class(
        "stack trace",
        |rng| rng.letters(HEX, 12),
        &[
            "thread 'main' panicked at src/lib.rs:214:9\n   0: 0x{v} - std::panicking\n   1: 0x{v} - core::fmt",
            "at 0x00007f{v} in main () at main.c:42",
            "Segmentation fault at address 0x{v}",
        ],
    ),
    class(
        "recipe and travel",
        figure,
        &[
            "Mix {v} g of flour with {v} ml of water and bake for {v} minutes at 180 °C.",
            "Train {v} leaves at 10:42 from track {v}; seats {v} and {v}.",
            "Wir sind {v} km gefahren und haben {v} Höhenmeter gemacht.",
            "Il y a {v} ans, {v} personnes vivaient ici.",
            "Chapter {v}, verse {v}: the {v} pages that follow",
            "Born to Run was track {v}; the concert had {v} visitors.",
        ],
    ),
    class(
        "sports and finance",
        figure,
        &[
            "The index rose {v}.{v} points to {v}.{v}, volume {v} million.",
            "Final score {v}:{v} ({v}:{v}), {v} spectators",
            "EBITDA {v} (prev. {v}), margin {v}.{v} %",
            "Lap 12: 1:{v}.{v}, sector 2 {v}.{v}",
        ],
    ),
    class(
        "letters about accounts without numbers",
        word,
        &[
            "Please update the IBAN in the {v} form; we have not received it yet.",
            "The passport number is missing on page {v}.",
            "Your social security number will never be asked for by {v}.",
            "Which card number format does {v} expect?",
            "The date of birth field of {v} is optional.",
            "Wir brauchen noch die Steuer-ID von {v}.",
            "The driver's license of {v} expires soon; medical record number unknown.",
            "Call me at {v} station, my phone is broken.",
            "Le numéro de sécurité sociale de {v} manque.",
        ],
    ),
];
