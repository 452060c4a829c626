//! Who makes an administration call, as its events record it.

use serde_json::{Map, Value};

/// Who makes a call, and from where.
#[derive(Clone, Debug)]
pub struct Caller {
    /// `admin` for the administrator's token, `control-plane` for what it does by itself.
    pub actor: String,
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
            ip_address: None,
            user_agent: None,
            trace_id: request_id.clone(),
            request_id,
        }
    }

    /// Adds itself to an event's payload.
    pub fn sign(&self, payload: &mut Map<String, Value>) {
        let known = [
            ("actor", Some(&self.actor)),
            ("ip_address", self.ip_address.as_ref()),
            ("user_agent", self.user_agent.as_ref()),
            ("request_id", Some(&self.request_id)),
            ("trace_id", Some(&self.trace_id)),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                payload.insert(name.to_owned(), value.clone().into());
            }
        }
    }
}
