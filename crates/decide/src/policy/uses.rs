//! Which attributes a rule reads: what must be gathered for it, whether its decision may be kept,
//! and whether it can be replayed.

/// A set of attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Uses(u32);

macro_rules! attributes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Uses {
            $($(#[$doc])* pub const $name: Uses = Uses(1 << $bit);)*
        }
    };
}

attributes! {
    /// Who calls: id, roles, groups, key, method.
    PRINCIPAL = 0;
    /// The agent: trust, delegation depth.
    AGENT = 1;
    /// The tenant and its region.
    TENANT = 2;
    /// The model that was asked for, or serves.
    MODEL = 3;
    /// The provider and its region.
    PROVIDER = 4;
    /// `max_tokens`.
    MAX_TOKENS = 5;
    /// The tools that a model call offers.
    OFFERED_TOOLS = 6;
    /// The tool or method that is called.
    TOOL = 7;
    /// The tool server.
    SERVER = 8;
    /// The arguments of a tool call.
    ARGUMENTS = 9;
    /// How sensitive the tool is.
    SENSITIVITY = 10;
    /// The session.
    SESSION = 11;
    /// The moment.
    TIME = 12;
    /// The caller's address.
    ADDRESS = 13;
    /// Path, method, user agent, request id.
    REQUEST = 14;
    /// The gateway's own region.
    REGION = 15;
    /// When the caller proved themselves, and how strongly.
    MFA = 16;
    /// What inspection finds in the call.
    DATA = 17;
    /// What the session met before.
    TAINT = 18;
}

impl Uses {
    /// Nothing.
    pub const NONE: Uses = Uses(0);
    /// Everything.
    pub const ALL: Uses = Uses((1 << 19) - 1);

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Uses) -> Uses {
        Uses(self.0 | other.0)
    }

    /// True when any of `other` is among them.
    pub const fn meets(self, other: Uses) -> bool {
        self.0 & other.0 != 0
    }
}
