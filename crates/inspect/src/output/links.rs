//! Links and images that carry away what was said: the reader's client asks for them, and their
//! address tells the rest.

use super::{readable, rule};
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;

const IMAGE: usize = 0;
const TEMPLATE: usize = 1;
const LINK: usize = 2;
const OTHER_HOST: usize = 3;
const DEFINITION: usize = 4;

/// Kinds of links.
pub(super) const RULES: &[Rule] = &[
    rule(
        "out-exf-001",
        "image_with_data",
        85,
        "An image whose address carries long or encoded data to its host.",
    ),
    rule(
        "out-exf-002",
        "link_template",
        88,
        "A link or image with a hole for what was said: `?q={conversation}`.",
    ),
    rule(
        "out-exf-003",
        "link_with_text",
        75,
        "A link whose address carries written text, escaped.",
    ),
    rule(
        "out-exf-004",
        "other_host",
        75,
        "A link that shows one host and leads to another.",
    ),
    rule(
        "out-exf-005",
        "reference_with_data",
        80,
        "A reference of markdown whose address carries long or encoded data.",
    ),
];

/// What wakes the look: an address in markdown, in a reference, in HTML, in CSS.
pub(super) const WORDS: &[&str] = &[
    "](http",
    "]: http",
    "](<http",
    "]:http",
    "src=\"http",
    "src='http",
    "src=http",
    "srcset=\"http",
    "url(http",
    "url('http",
    "url(\"http",
    "](//",
    "src=\"//",
    "href=\"http",
    "href='http",
    "href=http",
    "poster=\"http",
    "action=\"http",
    "background=\"http",
    "data=\"http",
    "ping=\"http",
    "<http",
    "]: <http",
    "](<//",
    "]: //",
    "url=http",
    "srcset='http",
];

/// The longest address that is looked at.
const MOST: usize = 900;

/// Finds addresses that carry data.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    let Some(kind) = look.text.get(word.clone()) else {
        return;
    };
    let lead = kind.len() - kind.trim_end_matches("http").trim_end_matches('/').len();
    let from = word.end - lead;
    let rest = look.after(from, MOST);
    let quote = if kind.contains('(') { ')' } else { '"' };
    let len = url_len(rest, quote);
    let Some(url) = rest.get(..len) else { return };
    let span = from..from + len;
    let before = look.before(word.start, 96);
    let is_link = kind.starts_with("href") || kind.starts_with('<') || kind.starts_with("action");
    let image = if kind.starts_with(']') {
        before
            .rfind('[')
            .is_some_and(|at| at > 0 && before.get(at - 1..at) == Some("!"))
    } else {
        !is_link
    };
    if has_hole(url) {
        return found.add(TEMPLATE, span);
    }
    let carried = match carried(url) {
        Carried::Nothing if image && names_secret(url) => Carried::Data,
        it => it,
    };
    match (kind.starts_with("]:"), carried) {
        (true, Carried::Data | Carried::Text) => return found.add(DEFINITION, span),
        (false, Carried::Data) if image => return found.add(IMAGE, span),
        (false, Carried::Text) if image => return found.add_sure(IMAGE, span, 88),
        (false, Carried::Text) => return found.add(LINK, span),
        _ => {}
    }
    if kind.starts_with("](") && shows_other(before, url) {
        found.add(OTHER_HOST, span);
    }
}

/// Up to what ends an address: its quote, space, or the begin of the next link.
fn url_len(rest: &str, quote: char) -> usize {
    let mut last = ' ';
    for (at, it) in rest.char_indices() {
        if it == '(' && last == ']' {
            return at - 1;
        }
        if it.is_whitespace() || it == quote || matches!(it, '"' | '\'' | '<' | '>' | '`') {
            return at;
        }
        last = it;
    }
    rest.len()
}

/// What an address carries.
enum Carried {
    Nothing,
    /// Something long that no one reads.
    Data,
    /// Sentences, escaped.
    Text,
}

/// True for holes that a model is to fill, or left as they are.
fn has_hole(url: &str) -> bool {
    const HOLES: &[&str] = &[
        "{conversation",
        "{history",
        "{chat",
        "{summary",
        "{secret",
        "{data}",
        "{user_",
        "{prompt",
        "{context",
        "{message",
        "[conversation",
        "[summary",
        "[data]",
        "[chat_history",
        "{{conversation",
        "%7bconversation",
        "%7bdata",
        "{password",
        "{api_key",
        "{email",
        "{system",
        "{user",
        "{input",
        "{token",
        "{credentials",
        "{answer",
        "{output",
        "{response",
        "{session",
        "{cookie",
        "{base64",
        "{content}",
        "{transcript",
        "{private",
        "{name_of",
        "{everything",
        "{all_",
        "{{user",
        "{{system",
        "{{secret",
        "{{prompt",
        "{{data",
        "{{message",
        "%7buser",
        "%7bsystem",
        "%7bsecret",
        "%7bhistory",
        "[system",
        "[user_data",
        "[secret",
        "[base64",
        "[insert",
        "[conversation",
        "[history",
        "[password",
        "<secret",
        "<conversation",
        "$(cat",
        "${document",
        "${localstorage",
        "base64(",
    ];
    let lower = url.to_ascii_lowercase();
    lower.contains(['?', '=']) && HOLES.iter().any(|it| lower.contains(it))
}

fn carried(url: &str) -> Carried {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let query = query.split('#').next().unwrap_or_default();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        if readable::is_encoded_text(value) {
            return Carried::Text;
        }
        let is_search = matches!(name, "q" | "query" | "search" | "s");
        if is_signature(name) || (is_search && value.contains('+') && !value.contains("%20")) {
            continue;
        }
        if is_text(value) {
            return Carried::Text;
        }
        if value.len() >= 40 && is_random(value) {
            return Carried::Data;
        }
    }
    // A path may carry it as well; names of files end in a suffix, hashes are hexadecimal.
    let last = path.rsplit('/').next().unwrap_or_default();
    let parts = path.split(['/', '.']).skip(2);
    if parts.into_iter().any(readable::is_encoded_text) {
        return Carried::Text;
    }
    if is_text(last) && last.len() >= 48 && !last.contains('.') {
        return Carried::Text;
    }
    Carried::Nothing
}

/// Names of parameters that sign an address or choose its form: they are long by nature.
fn is_signature(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "x-amz-",
        "x-goog-",
        "signature",
        "sig",
        "policy",
        "key-pair-id",
        "expires",
        "token",
        "hash",
        "se",
        "sp",
        "sv",
        "sr",
        "st",
        "skoid",
        "oh",
        "oe",
        "_nc_",
        "ixid",
        "ixlib",
        "hmac",
        "logo",
        "url",
        "src",
        "utm_",
        "gclid",
        "fbclid",
        "v",
        "id",
    ];
    let lower = name.to_ascii_lowercase();
    NAMES.iter().any(|it| {
        let open = it.ends_with(['-', '_']);
        lower == *it || (open && lower.starts_with(it))
    })
}

/// True for words with escaped spaces between.
fn is_text(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let spaces = lower.matches("%20").count() + lower.matches('+').count();
    let breaks = lower.matches("%0a").count() + lower.matches("%3a").count();
    let signs = ["%3d", "%3b", "%2c", "%40"];
    let signs = signs.map(|it| lower.matches(it).count());
    let listed = signs.iter().sum::<usize>() + breaks;
    let is_address = lower.starts_with("http") || lower.contains("%2f");
    value.len() >= 24
        && (spaces >= 4 || (spaces >= 2 && breaks >= 1) || (listed >= 3 && !is_address))
}

/// True where a parameter is named for what must not leave.
fn names_secret(url: &str) -> bool {
    const NAMES: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "pin",
        "ssn",
        "iban",
        "cvv",
        "salary",
        "secret",
        "apikey",
        "api_key",
        "credentials",
        "creds",
        "cookie",
        "cookies",
        "chat_history",
        "conversation",
        "transcript",
        "system_prompt",
        "diagnosis",
        "creditcard",
        "card_number",
        "leak",
        "stolen",
        "exfil",
    ];
    let (_, query) = url.split_once('?').unwrap_or_default();
    query.split('&').any(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or_default();
        value.len() >= 4 && NAMES.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// True for base64 and hexadecimal.
fn is_random(value: &str) -> bool {
    let data = |it: u8| it.is_ascii_alphanumeric() || b"+/=_-%".contains(&it);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let upper = value.bytes().filter(u8::is_ascii_uppercase).count();
    value.bytes().all(data) && (digits + upper) * 6 >= value.len()
}

/// True when the text of a link is itself an address, of another host.
fn shows_other(before: &str, url: &str) -> bool {
    let Some(at) = before.rfind('[') else {
        return false;
    };
    let shown = before.get(at + 1..).unwrap_or_default().trim();
    let shown = shown.trim_matches(['`', '*', '_', '<', '>']);
    if shown.contains(char::is_whitespace) {
        return false;
    }
    let is_url =
        shown.starts_with("http://") || shown.starts_with("https://") || shown.starts_with("www.");
    match (is_url, host(shown), host(url)) {
        (true, Some(shown), Some(real)) => !is_same_site(&shown, &real),
        _ => false,
    }
}

fn host(url: &str) -> Option<String> {
    let rest = url
        .split_once("://")
        .map_or(url, |it| it.1)
        .trim_start_matches('/');
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let lower = host.trim_end_matches('.').to_ascii_lowercase();
    lower
        .contains('.')
        .then(|| lower.trim_start_matches("www.").to_owned())
}

/// True when one is the other or lies in it, or both end in the same two labels.
fn is_same_site(left: &str, right: &str) -> bool {
    let tail = |it: &str| {
        let mut labels = it.rsplit('.');
        let top = labels.next().unwrap_or_default().to_owned();
        let name = labels.next().unwrap_or_default();
        format!("{name}.{top}")
    };
    tail(left) == tail(right)
}
