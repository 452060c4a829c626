//! Step 1: which addresses may enter. The allow list is asked before the deny list.

use std::net::IpAddr;

use terms::{Code, Fault};

use crate::facts::Facts;
use crate::settings::IpAccess;
use crate::snapshot::Snapshot;
use crate::verdict::Verdict;

pub(crate) fn decide(snapshot: &Snapshot, facts: &Facts) -> Verdict {
    let Some(client) = &facts.client else {
        return Verdict::missing("client");
    };
    if admits(&snapshot.settings.ip_access, client.address) {
        Verdict::Pass
    } else {
        Verdict::deny(
            Code::IpAccessDenied,
            "This address may not use the gateway.",
        )
    }
}

/// True when the lists let `address` in.
pub(crate) fn admits(lists: &IpAccess, address: IpAddr) -> bool {
    if !lists.enabled {
        return true;
    }
    let address = address.to_canonical();
    if lists.allow.iter().any(|range| range.contains(&address)) {
        return true;
    }
    if lists.deny.iter().any(|range| range.contains(&address)) {
        return false;
    }
    // A lone allow list means: these and nobody else.
    lists.allow.is_empty() || !lists.deny.is_empty()
}

impl Snapshot {
    /// Lets `address` in on a data plane.
    ///
    /// # Errors
    /// `ip_access_denied`.
    pub fn admit_address(&self, address: IpAddr) -> Result<(), Fault> {
        if admits(&self.settings.ip_access, address) {
            return Ok(());
        }
        Err(Fault::new(
            Code::IpAccessDenied,
            "This address may not use the gateway.",
        ))
    }

    /// True when the global lists let `address` in on the control plane's listener.
    pub fn admits_administrator(&self, address: IpAddr) -> bool {
        let lists = &self.settings.ip_access;
        lists.scope == crate::settings::IpScope::DataPlane || admits(lists, address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(allow: &[&str], deny: &[&str]) -> IpAccess {
        let read = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        IpAccess {
            enabled: true,
            allow: read(allow),
            deny: read(deny),
            ..IpAccess::default()
        }
    }

    #[test]
    fn the_allow_list_is_asked_before_the_deny_list() {
        let seed = lists(&["10.0.0.0/8", "172.16.0.0/12"], &["0.0.0.0/0"]);
        assert!(admits(&seed, "10.1.1.1".parse().unwrap()));
        assert!(admits(&seed, "::ffff:10.1.1.1".parse().unwrap()));
        assert!(!admits(&seed, "8.8.8.8".parse().unwrap()));
    }

    #[test]
    fn a_lone_allow_list_shuts_everybody_else_out() {
        let alone = lists(&["10.0.0.0/8"], &[]);
        assert!(!admits(&alone, "8.8.8.8".parse().unwrap()));
        assert!(!admits(&alone, "2606:4700::1".parse().unwrap()));
    }

    #[test]
    fn a_lone_deny_list_lets_everybody_else_in() {
        let alone = lists(&[], &["8.0.0.0/8"]);
        assert!(!admits(&alone, "8.8.8.8".parse().unwrap()));
        assert!(admits(&alone, "9.9.9.9".parse().unwrap()));
    }

    #[test]
    fn lists_that_are_off_let_all_in() {
        let off = IpAccess {
            enabled: false,
            ..lists(&[], &["0.0.0.0/0"])
        };
        assert!(admits(&off, "8.8.8.8".parse().unwrap()));
    }
}
