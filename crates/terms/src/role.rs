//! The roles that a caller or an administrator can have.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// A role. The order is the one in which a role is shown where somebody has several.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $($(#[$doc])* #[doc = concat!("`", $text, "`.")] $name,)*
        }

        impl Role {
            /// Every role, the one that is shown first at the start.
            pub const ALL: &'static [Role] = &[$(Role::$name,)*];

            /// The role as the wire has it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Role::$name => $text,)* }
            }

            /// The role with this text, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Role::$name),)* _ => None }
            }
        }
    };
}

roles! {
    /// Administers everything (the first seed's name).
    OrgAdmin "org-admin";
    /// Administers everything (the second seed's name).
    Admin "admin";
    /// Policies, PII, guardrails, audit.
    PolicyAdmin "policy-admin";
    /// Pricing, costs, budgets, chargeback.
    BillingAdmin "billing-admin";
    /// Routes and API keys; reads most.
    Developer "developer";
    /// A tool server that calls.
    Server "server";
    /// A script or pipeline that calls.
    Automation "automation";
    /// Reads.
    Viewer "viewer";
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|role| role.as_str()).collect();
            D::Error::custom(format!(
                "'{text}' is not a role; the roles are {}",
                known.join(", ")
            ))
        })
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u16);

impl Roles {
    /// No role.
    pub const NONE: Roles = Roles(0);

    /// These roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut rest = roles;
        while let [role, tail @ ..] = rest {
            bits |= 1 << (*role as u16);
            rest = tail;
        }
        Self(bits)
    }

    /// True when `role` is among them.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & (1 << (role as u16)) != 0
    }

    /// True when both have a role in common.
    pub const fn meets(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    /// True when there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL
            .iter()
            .copied()
            .filter(move |role| self.contains(*role))
    }

    /// The role that is shown: the first in the order of [`Role::ALL`].
    pub fn shown(self) -> Option<Role> {
        self.iter().next()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        let bits = roles
            .into_iter()
            .fold(0, |bits, role| bits | (1 << (role as u16)));
        Self(bits)
    }
}

impl Serialize for Roles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Role>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_shows_the_first() {
        let set: Roles = [Role::Viewer, Role::Developer].into_iter().collect();
        assert!(set.contains(Role::Viewer) && !set.contains(Role::Admin));
        assert_eq!(set.shown(), Some(Role::Developer));
        assert_eq!(set, Roles::of(&[Role::Developer, Role::Viewer]));
        assert!(Roles::NONE.is_empty() && Roles::NONE.shown().is_none());
        assert!(set.meets(Roles::of(&[Role::Viewer])) && !set.meets(Roles::of(&[Role::Admin])));
    }

    #[test]
    fn an_unknown_role_is_refused_with_the_known_ones() {
        let error = serde_json::from_str::<Role>(r#""root""#).unwrap_err();
        assert!(error.to_string().contains("viewer"), "{error}");
    }
}
