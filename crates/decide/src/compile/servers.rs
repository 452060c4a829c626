//! Tool servers.

use std::sync::Arc;

use terms::Code;

use super::{Compiler, SLUG_RULE, is_slug};
use crate::policy::sensitivity;
use crate::snapshot::ServerEntry;
use crate::source::{McpServer, Transport};

impl Compiler<'_> {
    pub(super) fn server(&mut self, server: &McpServer) {
        let at = format!("/mcp_server/{}", server.server_id);
        self.known_tenant(&at, server.tenant_id.as_ref());
        if !is_slug(server.server_id.as_str()) {
            self.invalid(format!("{at}/serverId"), SLUG_RULE);
        }
        if server.transport != Transport::Http {
            self.unbuilt(format!("{at}/transport"), "Any transport but HTTP");
            return;
        }
        let Some(endpoint) = self.endpoint(&format!("{at}/url"), &server.url) else {
            return;
        };
        let entry = ServerEntry {
            slug: server.server_id.clone(),
            name: server.name.clone(),
            endpoint,
            credential: server.credential.clone(),
            status: server.status,
            sensitivity: server.sensitivity,
            tags: shared(&server.tags),
            teams: shared(&server.teams),
            tools: server
                .tools
                .iter()
                .map(|tool| {
                    let detected = || sensitivity::of_registered(tool).level;
                    let level = tool.sensitivity.or(server.sensitivity);
                    (
                        Box::from(tool.name.as_str()),
                        level.unwrap_or_else(detected),
                    )
                })
                .collect(),
        };
        let directory = self.directory(server.tenant_id.as_ref());
        if directory
            .servers
            .insert(server.server_id.clone(), Arc::new(entry))
            .is_some()
        {
            self.fault(
                at,
                Code::McpServerDuplicate,
                "Another server of this tenant has this id.",
            );
        }
    }
}

fn shared(texts: &[String]) -> Vec<Arc<str>> {
    texts.iter().map(|text| Arc::from(text.as_str())).collect()
}
