//! Secrets that stand elsewhere: the references to them, read again at each start.

use decide::source::ResourceKind;
use terms::{EventType, Fault, Faults, SecretString};

use crate::store::document::Document;
use crate::store::draft::Draft;

/// The field that holds the reference; kept beside the document, not in it.
pub const REFERENCE: &str = "credentialRef";

/// Reads every reference again; a secret that changed is a change. Those that can't be read are
/// returned, each with its place, and keep their last value.
///
/// # Errors
/// `internal_error` when a document can't be written.
pub fn read_again(draft: &mut Draft<'_>) -> Result<Vec<Fault>, Faults> {
    let mut faults = Vec::new();
    for kind in [ResourceKind::Credential, ResourceKind::McpServer] {
        for record in draft.of(kind) {
            let Some(reference) = record.note(REFERENCE) else {
                continue;
            };
            match crate::reference::resolve(reference) {
                Ok(secret) => {
                    let document = with_secret(record.document.clone(), secret);
                    draft.put(document, record.extra.clone(), EventType::CredentialRotated)?;
                }
                Err(fault) => faults.push(fault.at(record.document.fault_place())),
            }
        }
    }
    Ok(faults)
}

fn with_secret(mut document: Document, secret: SecretString) -> Document {
    match &mut document {
        Document::Credential(credential) => credential.api_key = Some(secret),
        Document::McpServer(server) => server.credential = Some(secret),
        // Documents of the other kinds hold no secret that could stand elsewhere.
        _ => {}
    }
    document
}
