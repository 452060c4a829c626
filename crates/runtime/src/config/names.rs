//! Names and addresses that settings hold: roles, header names, claims, where Redis is.

use terms::{Role, SecretString};
use url::Url;

use super::value::{DatabaseUrl, Setting, one_of, quote};

impl Setting for Role {
    fn read(text: &str) -> Result<Self, String> {
        Role::parse(text).ok_or_else(|| format!("a role: {}", roles()))
    }

    fn show(&self) -> String {
        self.as_str().to_owned()
    }
}

/// Every role, for messages.
pub(super) fn roles() -> String {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    one_of(&roles)
}

/// A type that is a text of a certain shape.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $holds:ident $expected:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(super) struct $name(pub(super) String);

        impl Setting for $name {
            fn read(text: &str) -> Result<Self, String> {
                if $holds(text) {
                    return Ok(Self(text.to_owned()));
                }
                Err($expected.to_owned())
            }

            fn show(&self) -> String {
                quote(&self.0)
            }
        }
    )*};
}

texts! {
    /// A header's or a cookie's name: RFC 9110's `token`.
    Token is_token "a name as HTTP has them: letters, digits and -_.!#$%&'*+^`|~";
    /// A query parameter's or a cookie's name.
    PlainName is_plain_name "a name of letters, digits, '-', '_' and '.'";
    /// A dotted path of claims, such as `realm_access.roles`.
    Claim is_claim "a claim, or a dotted path of claims such as realm_access.roles";
    /// A text that is not empty and has no spaces or control characters.
    Word is_word "a text without spaces";
    /// What the texts of keys begin with.
    KeyPrefix is_key_prefix "a key's prefix: a small letter, then small letters and digits, then \
        '_', 16 characters at most, such as sk_";
}

fn is_token(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn is_plain_name(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn is_key_prefix(text: &str) -> bool {
    let Some(name) = text.strip_suffix('_').filter(|_| text.len() <= 16) else {
        return false;
    };
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_claim(text: &str) -> bool {
    text.len() <= 256 && text.split('.').all(is_word)
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && !text
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control())
}

/// A cipher suite by its IANA name: one that is known and not weak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CipherSuite(pub(super) String);

impl Setting for CipherSuite {
    fn read(text: &str) -> Result<Self, String> {
        crate::listen::cipher_suites(&[text])
            .map(|_| Self(text.to_owned()))
            .map_err(|why| match why.split_once("; ") {
                Some((_, accepted)) => format!("a cipher suite that is accepted here; {accepted}"),
                None => why,
            })
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// A share in percent, from 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) struct Percent(pub(super) u8);

impl Setting for Percent {
    fn read(text: &str) -> Result<Self, String> {
        text.parse()
            .ok()
            .filter(|share| (1..=100).contains(share))
            .map(Self)
            .ok_or_else(|| "a share in percent, from 1 to 100".to_owned())
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

/// A threshold in percent, from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) struct Threshold(pub(super) u8);

impl Setting for Threshold {
    fn read(text: &str) -> Result<Self, String> {
        let read = text.parse().ok().filter(|it| *it <= 100).map(Self);
        read.ok_or_else(|| "a whole number in percent, from 0 to 100".to_owned())
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

/// Where Redis is: `host:port`, or `redis://…`, `rediss://…`. It may carry a password, so it is
/// shown without one and never quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RedisAddress(pub(super) SecretString);

impl RedisAddress {
    /// The number of the database that a URL names.
    pub(super) fn database(&self) -> Option<u32> {
        let url = Url::parse(self.0.expose()).ok()?;
        url.path().strip_prefix('/')?.parse().ok()
    }
}

impl Setting for RedisAddress {
    fn read(text: &str) -> Result<Self, String> {
        let expected = || {
            "where Redis is: host:port, redis://user:password@host:port/database, or rediss:// \
             for TLS"
                .to_owned()
        };
        let is_url = text.contains("://");
        let whole = if is_url {
            text.to_owned()
        } else {
            format!("redis://{text}")
        };
        let url = Url::parse(&whole).map_err(|_| expected())?;
        let database = url.path().trim_start_matches('/');
        let sound = matches!(url.scheme(), "redis" | "rediss" | "valkey" | "valkeys")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.query().is_none()
            && url.fragment().is_none()
            && (database.is_empty() || is_url && database.parse::<u32>().is_ok())
            && (is_url || url.port().is_some() && !text.contains('@'));
        if !sound {
            return Err(expected());
        }
        Ok(Self(SecretString::new(text)))
    }

    fn show(&self) -> String {
        if self.0.expose().contains("://") {
            return DatabaseUrl(self.0.clone()).show();
        }
        quote(self.0.expose())
    }

    const SECRET: bool = true;
}
