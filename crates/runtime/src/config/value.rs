//! What a single value can be: each type with its reading and its showing.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use terms::{SecretBytes, SecretString, TenantId};
use url::Url;

const MASK: &str = "********";

/// A type that a single value of the configuration can have.
pub(super) trait Setting: Sized {
    /// Reads the text of a value.
    ///
    /// # Errors
    /// What was expected, as it fits after "is not": `a port from 1 to 65535`.
    fn read(text: &str) -> Result<Self, String>;

    /// The value as `config show` writes it; a secret shows a mask.
    fn show(&self) -> String;

    /// True when the value must not be quoted in a message.
    const SECRET: bool = false;
}

/// A number of bytes, written `64KiB`, `100MB` or plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(pub u64);

const UNITS: [(&str, u64); 10] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("B", 1),
];

impl ByteSize {
    /// The bytes as a size in memory; the largest one where it does not fit.
    pub fn as_usize(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (unit, bytes) in [("TiB", 1u64 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20)]
            .into_iter()
            .chain([("KiB", 1 << 10)])
        {
            if self.0 > 0 && self.0.is_multiple_of(bytes) {
                return write!(f, "{}{unit}", self.0 / bytes);
            }
        }
        write!(f, "{}", self.0)
    }
}

impl Setting for ByteSize {
    fn read(text: &str) -> Result<Self, String> {
        let expected = || "a size such as 512KiB, 32MiB or 100MB".to_owned();
        let (digits, factor) = UNITS
            .iter()
            .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
            .unwrap_or((text, 1));
        let count: u64 = digits.trim_end().parse().map_err(|_| expected())?;
        count.checked_mul(factor).map(Self).ok_or_else(expected)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

const SPANS: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

impl Setting for Duration {
    fn read(text: &str) -> Result<Self, String> {
        let expected = || "a time span such as 500ms, 10s, 5m, 1h or 7d".to_owned();
        let (digits, factor) = SPANS
            .iter()
            .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
            .ok_or_else(expected)?;
        let count: u64 = digits.parse().map_err(|_| expected())?;
        count
            .checked_mul(factor)
            .map(Duration::from_millis)
            .ok_or_else(expected)
    }

    fn show(&self) -> String {
        let millis = self.as_millis();
        for (unit, factor) in [
            ("d", 86_400_000u128),
            ("h", 3_600_000),
            ("m", 60_000),
            ("s", 1_000),
        ] {
            if millis > 0 && millis.is_multiple_of(factor) {
                return format!("{}{unit}", millis / factor);
            }
        }
        format!("{millis}ms")
    }
}

impl Setting for bool {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "true" | "True" | "TRUE" => Ok(true),
            "false" | "False" | "FALSE" => Ok(false),
            _ => Err("true or false".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

macro_rules! parsed {
    ($($type:ty, $expected:literal;)*) => {$(
        impl Setting for $type {
            fn read(text: &str) -> Result<Self, String> {
                text.parse().map_err(|_| $expected.to_owned())
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

parsed! {
    u16, "a whole number from 0 to 65535";
    u32, "a whole number from 0 to 4294967295";
    u64, "a whole number";
    usize, "a whole number";
    SocketAddr, "an address with a port, such as 127.0.0.1:8080 or [::]:8080";
}

impl Setting for IpNet {
    fn read(text: &str) -> Result<Self, String> {
        // A single address is the range of that address alone.
        let address = || text.parse::<std::net::IpAddr>().ok().map(IpNet::from);
        let range: Option<IpNet> = text.parse().ok().or_else(address);
        let is_mapped = |range: &IpNet| matches!(range, IpNet::V6(it) if it.prefix_len() >= 96 && it.addr().to_ipv4_mapped().is_some());
        match range {
            // Addresses are compared without that wrapping: such a range would never hold.
            Some(range) if is_mapped(&range) => {
                Err("a range of IPv4 addresses as they are written, such as 10.0.0.0/8".to_owned())
            }
            Some(range) => Ok(range),
            None => Err("an address range such as 10.0.0.0/8 or fd00::/8".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// A share from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub f64);

impl Setting for Share {
    fn read(text: &str) -> Result<Self, String> {
        text.parse()
            .ok()
            .filter(|share| (0.0..=1.0).contains(share))
            .map(Self)
            .ok_or_else(|| "a share from 0 to 1, such as 0.1".to_owned())
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

impl Setting for String {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("a text with at least one character".to_owned());
        }
        Ok(text.to_owned())
    }

    fn show(&self) -> String {
        quote(self)
    }
}

impl Setting for TenantId {
    fn read(text: &str) -> Result<Self, String> {
        String::read(text).map(TenantId::from)
    }

    fn show(&self) -> String {
        quote(self.as_str())
    }
}

impl Setting for PathBuf {
    fn read(text: &str) -> Result<Self, String> {
        String::read(text).map(PathBuf::from)
    }

    fn show(&self) -> String {
        quote(&self.display().to_string())
    }
}

impl Setting for SecretString {
    fn read(text: &str) -> Result<Self, String> {
        String::read(text).map(SecretString::new)
    }

    fn show(&self) -> String {
        quote(MASK)
    }

    const SECRET: bool = true;
}

impl Setting for Url {
    fn read(text: &str) -> Result<Self, String> {
        let expected = || "a URL such as https://host:8091".to_owned();
        let url = Url::parse(text).map_err(|_| expected())?;
        if url.host_str().is_none() || !matches!(url.scheme(), "http" | "https") {
            return Err(expected());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL without a user or password".to_owned());
        }
        Ok(url)
    }

    fn show(&self) -> String {
        quote(self.as_str())
    }
}

/// Where the store is: `postgresql://user@host/database` or `sqlite:path`. It may carry a
/// password, so it is shown without one and never quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseUrl(pub SecretString);

impl Setting for DatabaseUrl {
    fn read(text: &str) -> Result<Self, String> {
        let known = ["postgres://", "postgresql://", "sqlite:"];
        if known.iter().any(|scheme| text.starts_with(scheme)) {
            return Ok(Self(SecretString::new(text)));
        }
        Err("a database URL: postgresql://user@host/database, or sqlite:path".to_owned())
    }

    fn show(&self) -> String {
        let text = self.0.expose();
        let Ok(mut url) = Url::parse(text) else {
            return quote(MASK);
        };
        if url.password().is_some() && url.set_password(Some(MASK)).is_err() {
            return quote(MASK);
        }
        if url.query().is_some() {
            url.set_query(Some(MASK));
        }
        quote(url.as_str())
    }

    const SECRET: bool = true;
}

/// A key of 32 bytes, written as 64 hex digits or as base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MasterKey(pub SecretBytes);

impl Setting for MasterKey {
    fn read(text: &str) -> Result<Self, String> {
        use base64::Engine as _;
        let base64 = base64::engine::general_purpose::STANDARD;
        let key = hex::decode(text).ok().filter(|key| key.len() == 32);
        key.or_else(|| base64.decode(text).ok().filter(|key| key.len() == 32))
            .map(|key| Self(SecretBytes::new(key)))
            .ok_or_else(|| {
                "32 bytes as 64 hex digits or as base64; make them with 'openssl rand -hex 32'"
                    .to_owned()
            })
    }

    fn show(&self) -> String {
        quote(MASK)
    }

    const SECRET: bool = true;
}

/// A closed set of words.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$word_doc])* #[doc = concat!("`", $text, "`.")] $word,)* }

        impl $crate::config::value::Setting for $name {
            fn read(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$word),)*
                    _ => Err($crate::config::value::one_of(&[$($text),*])),
                }
            }

            fn show(&self) -> String {
                match self { $(Self::$word => $text.to_owned(),)* }
            }
        }
    )*};
}
pub(super) use words;

pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [only] => format!("'{only}'"),
        [rest @ .., last] => {
            let rest: Vec<_> = rest.iter().map(|word| format!("'{word}'")).collect();
            format!("{} or '{last}'", rest.join(", "))
        }
        [] => "anything".to_owned(),
    }
}

impl Setting for decide::settings::IpScope {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            "data-plane" => Ok(Self::DataPlane),
            _ => Err(one_of(&["all", "data-plane"])),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::DataPlane => "data-plane".to_owned(),
        }
    }
}

/// A text as a YAML double-quoted scalar (which a JSON string is).
pub(super) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
