//! The words that tell how much harm a tool can do.

use crate::source::Sensitivity;

/// Whose words are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The tool's.
    OfName,
    /// A parameter's.
    OfParameter,
}

/// Credentials and money, wherever they are named.
const CRITICAL: &[&str] = &[
    "auth",
    "authenticate",
    "authentication",
    "authn",
    "authorisation",
    "authorise",
    "authorization",
    "authorize",
    "authz",
    "cred",
    "credential",
    "cvc",
    "cvv",
    "iban",
    "jwt",
    "mfa",
    "oauth",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "payment",
    "payout",
    "pwd",
    "refund",
    "secret",
    "ssn",
    "totp",
];
/// What a tool of this name does with money and credentials; parameters of these names are often
/// something else (`login`: a user's name).
const CRITICAL_NAMES: &[&str] = &[
    "buy",
    "charge",
    "deposit",
    "login",
    "pay",
    "purchase",
    "signin",
    "transfer",
    "withdraw",
    "withdrawal",
];
/// Two words that are one.
const CRITICAL_PAIRS: &[(&str, &str)] = &[
    ("bank", "account"),
    ("card", "number"),
    ("credit", "card"),
    ("pass", "word"),
    ("routing", "number"),
    ("sign", "in"),
];
/// With one of these, a token is a count or a place in a list.
const NO_SECRET_TOKEN: &[&str] = &[
    "budget",
    "completion",
    "continuation",
    "count",
    "cursor",
    "estimate",
    "input",
    "limit",
    "max",
    "min",
    "next",
    "num",
    "number",
    "output",
    "page",
    "pagination",
    "previous",
    "progress",
    "prompt",
    "resume",
    "start",
    "sync",
    "total",
    "usage",
];
/// With one of these, a parameter that is a key is a credential; other keys are names of things
/// (`issueKey`, `sort_key`, the key of a pair of key and value).
const SECRET_KEY: &[&str] = &[
    "access",
    "account",
    "admin",
    "api",
    "app",
    "auth",
    "client",
    "consumer",
    "decryption",
    "deploy",
    "encryption",
    "gpg",
    "host",
    "license",
    "master",
    "pgp",
    "private",
    "public",
    "recovery",
    "secret",
    "security",
    "service",
    "signing",
    "ssh",
    "subscription",
    "user",
    "webhook",
];
/// With one of these, a tool about keys is about a keyboard, a table or a tracker.
const NO_SECRET_KEY: &[&str] = &[
    "cache",
    "composite",
    "down",
    "foreign",
    "hold",
    "hot",
    "issue",
    "keyboard",
    "partition",
    "press",
    "primary",
    "project",
    "send",
    "sort",
    "translation",
    "type",
    "unique",
    "up",
];

/// Deletes, executes, administers.
const HIGH: &[&str] = &[
    "admin",
    "administrator",
    "bash",
    "chmod",
    "chown",
    "cmd",
    "command",
    "cookie",
    "del",
    "delete",
    "deletion",
    "destroy",
    "env",
    "erase",
    "eval",
    "exec",
    "execute",
    "execution",
    "grant",
    "impersonate",
    "javascript",
    "kill",
    "powershell",
    "purge",
    "remove",
    "revoke",
    "script",
    "shell",
    "shutdown",
    "spawn",
    "sudo",
    "terminal",
    "terminate",
    "truncate",
    "wipe",
];
/// The same of a tool's own name alone.
const HIGH_NAMES: &[&str] = &[
    "ban",
    "deploy",
    "deployment",
    "disable",
    "drop",
    "evaluate",
    "expunge",
    "halt",
    "install",
    "overwrite",
    "poweroff",
    "prune",
    "reboot",
    "redeploy",
    "removal",
    "reset",
    "restart",
    "revert",
    "rm",
    "rmdir",
    "rollback",
    "suspend",
    "undeploy",
    "uninstall",
    "unlink",
];
const HIGH_PAIRS: &[(&str, &str)] = &[("shut", "down"), ("force", "push"), ("power", "off")];
/// What makes an execution of a run. A run alone is one, too.
const RUNNABLE: &[&str] = &[
    "binary",
    "code",
    "container",
    "executable",
    "js",
    "node",
    "process",
    "program",
    "python",
    "snippet",
    "task",
];

/// Changes something, wherever the word stands.
const WRITES: &[&str] = &[
    "add",
    "append",
    "apply",
    "approve",
    "assign",
    "attach",
    "cancel",
    "clear",
    "clone",
    "create",
    "detach",
    "edit",
    "enable",
    "fill",
    "insert",
    "invite",
    "join",
    "leave",
    "merge",
    "modify",
    "move",
    "mute",
    "patch",
    "pause",
    "pin",
    "publish",
    "push",
    "put",
    "reassign",
    "register",
    "reject",
    "rename",
    "reopen",
    "replace",
    "reply",
    "restore",
    "resume",
    "run",
    "save",
    "send",
    "submit",
    "subscribe",
    "sync",
    "toggle",
    "trigger",
    "unassign",
    "undo",
    "unpin",
    "unregister",
    "unsubscribe",
    "update",
    "upload",
    "upsert",
    "write",
];
/// Words that are nouns as often: they count where no read verb stands before them (`post_message`,
/// but not `get_post`).
const WRITES_FIRST: &[&str] = &[
    "archive", "block", "book", "change", "click", "close", "comment", "commit", "copy", "draft",
    "drag", "fork", "import", "label", "lock", "log", "mark", "message", "navigate", "note",
    "open", "order", "post", "press", "record", "report", "request", "schedule", "set", "share",
    "star", "start", "stop", "store", "type",
];
/// Changes nothing.
const READS: &[&str] = &[
    "analyse",
    "analyze",
    "browse",
    "calculate",
    "check",
    "compare",
    "count",
    "describe",
    "diff",
    "download",
    "echo",
    "explain",
    "fetch",
    "find",
    "get",
    "glob",
    "grep",
    "inspect",
    "list",
    "lookup",
    "ping",
    "preview",
    "query",
    "read",
    "resolve",
    "retrieve",
    "scan",
    "screenshot",
    "search",
    "select",
    "show",
    "snapshot",
    "stat",
    "summarise",
    "summarize",
    "validate",
    "verify",
    "view",
    "whoami",
];
/// What stands before the verb of a description.
const FILLER: &[&str] = &[
    "a", "agent", "allows", "an", "and", "can", "helps", "is", "it", "its", "lets", "model", "s",
    "that", "the", "them", "this", "to", "tool", "use", "used", "user", "users", "which", "will",
    "you",
];

/// The first word that speaks of credentials or money.
pub fn critical<'w>(words: &[&'w str], whose: Word) -> Option<&'w str> {
    let of_name = whose == Word::OfName;
    let has = |list: &[&str]| words.iter().any(|word| is_any(word, list));
    let says = |word: &str| {
        is_any(word, CRITICAL)
            || (of_name && is_any(word, CRITICAL_NAMES))
            || (is(word, "token") && !has(NO_SECRET_TOKEN))
            || (is(word, "key")
                && if of_name {
                    !has(NO_SECRET_KEY)
                } else {
                    has(SECRET_KEY)
                })
    };
    let single = words.iter().copied().find(|word| says(word));
    single.or_else(|| pair(words, CRITICAL_PAIRS))
}

/// The first word that speaks of deleting, executing or administering.
pub fn high<'w>(words: &[&'w str], whose: Word) -> Option<&'w str> {
    let of_name = whose == Word::OfName;
    let has = |list: &[&str]| words.iter().any(|word| is_any(word, list));
    let says = |word: &str| {
        let drags = word == "drop" && has(&["drag"]);
        let runs = word == "run" && (words.len() == 1 || has(RUNNABLE));
        is_any(word, HIGH) || (of_name && (runs || (is_any(word, HIGH_NAMES) && !drags)))
    };
    let single = words.iter().copied().find(|word| says(word));
    single.or_else(|| pair(words, HIGH_PAIRS))
}

/// The first write verb of a tool's name.
pub fn writes<'w>(words: &[&'w str]) -> Option<&'w str> {
    let reads_from = words.iter().position(|word| is_any(word, READS));
    let before = words.get(..reads_from.unwrap_or(words.len()));
    let everywhere = words.iter().find(|word| is_any(word, WRITES));
    let first = || {
        let mut before = before.unwrap_or_default().iter();
        before.find(|word| is_any(word, WRITES_FIRST))
    };
    everywhere.or_else(first).copied()
}

/// The first read verb of a tool's name.
pub fn reads<'w>(words: &[&'w str]) -> Option<&'w str> {
    words.iter().find(|word| is_any(word, READS)).copied()
}

/// True for a parameter that takes statements in a language that can write.
pub fn holds_statements(words: &[&str]) -> bool {
    words.iter().any(|word| is_any(word, &["sql", "statement"]))
}

/// What a verb of a description says. Nouns that are verbs elsewhere say nothing here.
pub fn verb(word: &str) -> Option<Sensitivity> {
    const MONEY: &[&str] = &[
        "authenticate",
        "authorise",
        "authorize",
        "buy",
        "charge",
        "deposit",
        "pay",
        "purchase",
        "refund",
        "transfer",
        "withdraw",
    ];
    const HARM: &[&str] = &[
        "ban",
        "delete",
        "deploy",
        "destroy",
        "disable",
        "drop",
        "erase",
        "eval",
        "evaluate",
        "exec",
        "execute",
        "expunge",
        "grant",
        "halt",
        "impersonate",
        "install",
        "kill",
        "overwrite",
        "prune",
        "purge",
        "reboot",
        "remove",
        "reset",
        "restart",
        "revert",
        "revoke",
        "spawn",
        "suspend",
        "terminate",
        "truncate",
        "uninstall",
        "wipe",
    ];
    if is_any(word, MONEY) {
        return Some(Sensitivity::Critical);
    }
    if is_any(word, HARM) {
        return Some(Sensitivity::High);
    }
    is_any(word, WRITES).then_some(Sensitivity::Medium)
}

/// True for what stands before the verb of a description.
pub fn is_filler(word: &str) -> bool {
    FILLER.contains(&word)
}

fn pair<'w>(words: &[&'w str], pairs: &[(&str, &str)]) -> Option<&'w str> {
    let mut neighbours = words.windows(2);
    neighbours.find_map(|both| match both {
        [first, second] => pairs
            .iter()
            .any(|(left, right)| is(first, left) && is(second, right))
            .then_some(*first),
        _ => None,
    })
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|stem| is(word, stem))
}

/// True when `word` is `stem`, its plural or third person, or its gerund; a number behind it makes
/// no difference (`oauth2`).
fn is(word: &str, stem: &str) -> bool {
    // Most words end here: this is asked for every call of a tool that the registry doesn't know.
    if word.as_bytes().first() != stem.as_bytes().first() {
        return false;
    }
    let word = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if word == stem {
        return true;
    }
    let after = |stem: &str, ends: &[&str]| {
        word.strip_prefix(stem)
            .is_some_and(|end| ends.contains(&end))
    };
    after(stem, &["s", "es", "ing"])
        || stem
            .strip_suffix('e')
            .is_some_and(|stem| after(stem, &["ing"]))
        || stem
            .strip_suffix('y')
            .is_some_and(|stem| after(stem, &["ies"]))
}

/// The words of a name, in lower case: split where letters and digits end, and where an upper-case
/// letter begins a word (`getHTTPStatus`: get, http, status).
pub fn split(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (place, &letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|it| letters.get(it));
        let after = letters.get(place + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if (begins || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
