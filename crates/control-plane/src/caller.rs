//! Who makes an administration call: as it is judged, and as its events record it.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use terms::{BreakGlassId, Role, Roles, TenantId};

/// The roles that administer everything.
pub const EVERYTHING: Roles = Roles::of(&[Role::OrgAdmin, Role::Admin]);

/// How somebody proved that they may administer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Not at all: the paths that are open to everybody.
    #[default]
    Nobody,
    /// The control plane itself.
    Within,
    /// The bootstrap token.
    Bootstrap,
    /// A JWT.
    Jwt,
}

impl Way {
    /// The way's name in events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Way::Nobody => "none",
            Way::Within => "within",
            Way::Bootstrap => "bootstrap",
            Way::Jwt => "jwt",
        }
    }
}

/// What somebody may do here, and by which right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How they proved it.
    pub way: Way,
    /// Their id among the users; the issuer's name for them while they have none.
    pub user: Option<Arc<str>>,
    /// Whose token it was.
    pub issuer: Option<Arc<str>>,
    /// The roles that hold for this call: `org-admin` in an emergency.
    pub roles: Roles,
    /// The roles that they have without an emergency.
    pub own_roles: Roles,
    /// The one tenant that they see; none: all of them.
    pub tenant: Option<TenantId>,
    /// The emergency access that this call makes use of.
    pub break_glass: Option<BreakGlassId>,
}

impl Standing {
    /// The control plane's own: it may do everything.
    pub fn within() -> Self {
        Self {
            way: Way::Within,
            roles: Roles::of(&[Role::OrgAdmin]),
            own_roles: Roles::of(&[Role::OrgAdmin]),
            ..Self::default()
        }
    }

    /// The holder of the bootstrap token.
    pub fn bootstrap() -> Self {
        Self {
            way: Way::Bootstrap,
            ..Self::within()
        }
    }

    /// True for who administers everything, of a tenant or of the platform.
    pub fn administers_everything(&self) -> bool {
        self.roles.meets(EVERYTHING)
    }
}

/// Who makes a call, and from where.
#[derive(Clone, Debug)]
pub struct Caller {
    /// `admin` for the bootstrap token, a user's id, `control-plane` for what it does by itself,
    /// `anonymous` for who proved nothing.
    pub actor: String,
    /// What they may do.
    pub standing: Standing,
    /// The caller's address; absent for calls from within.
    pub ip_address: Option<String>,
    /// What the caller's program calls itself.
    pub user_agent: Option<String>,
    /// `req_…`
    pub request_id: String,
    /// 32 hex digits, or what the caller sent.
    pub trace_id: String,
}

impl Caller {
    /// A call that the control plane makes by itself, such as at its start.
    pub fn within(request_id: impl Into<String>) -> Self {
        let request_id = request_id.into();
        Self {
            actor: "control-plane".to_owned(),
            standing: Standing::within(),
            ip_address: None,
            user_agent: None,
            trace_id: request_id.clone(),
            request_id,
        }
    }

    /// The same call, by somebody who has proven who they are.
    #[must_use]
    pub fn as_proven(mut self, standing: Standing) -> Self {
        self.actor = match (&standing.user, standing.way) {
            (Some(user), _) => user.to_string(),
            (None, Way::Bootstrap) => "admin".to_owned(),
            (None, Way::Within) => "control-plane".to_owned(),
            (None, Way::Jwt | Way::Nobody) => "anonymous".to_owned(),
        };
        self.standing = standing;
        self
    }

    /// Adds itself to an event's payload.
    pub fn sign(&self, payload: &mut Map<String, Value>) {
        let standing = &self.standing;
        let text = |text: &str| Some(Value::from(text));
        let known = [
            ("actor", text(&self.actor)),
            ("ip_address", self.ip_address.as_deref().and_then(text)),
            ("user_agent", self.user_agent.as_deref().and_then(text)),
            ("request_id", text(&self.request_id)),
            ("trace_id", text(&self.trace_id)),
        ];
        let proven = [
            ("auth_method", text(standing.way.as_str())),
            ("issuer", standing.issuer.as_deref().and_then(text)),
            ("actor_roles", Some(json!(standing.roles))),
            (
                "actor_tenant",
                standing.tenant.as_ref().and_then(|it| text(it.as_str())),
            ),
            (
                "break_glass",
                standing
                    .break_glass
                    .as_ref()
                    .and_then(|it| text(it.as_str())),
            ),
        ];
        let proven = proven
            .into_iter()
            .filter(|_| matches!(standing.way, Way::Bootstrap | Way::Jwt));
        for (name, value) in known.into_iter().chain(proven) {
            if let Some(value) = value {
                payload.insert(name.to_owned(), value);
            }
        }
    }
}
