//! The inventory: every policy with its owner, its version, its last change and its last review.

use decide::source::{Language, PolicyStatus};
use terms::Timestamp;

use super::notes::Notes;
use super::view::PolicyView;
use crate::store::document::Document;
use crate::store::state::Record;

/// Which policies are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// This tenant's; empty: the platform's.
    pub tenant: Option<String>,
    /// Where they stand.
    pub status: Option<PolicyStatus>,
    /// Who answers for them.
    pub owner: Option<String>,
    /// Their language.
    pub language: Option<Language>,
    /// Those that nobody reviewed since then.
    pub review_before: Option<Timestamp>,
}

impl Filter {
    /// True for a policy that is wanted. It is asked of every policy at each page, so it copies
    /// and digests no text.
    pub fn takes(&self, record: &Record) -> bool {
        fn same<T: PartialEq + ?Sized>(wanted: Option<&T>, given: &T) -> bool {
            wanted.is_none_or(|wanted| wanted == given)
        }
        let Document::Policy(it) = &record.document else {
            return false;
        };
        let tenant = it.tenant_id.as_ref().map_or("", |id| id.as_str());
        same(self.tenant.as_deref(), tenant)
            && same(self.status.as_ref(), &it.status)
            && same(self.owner.as_deref(), it.owner.as_str())
            && same(self.language.as_ref(), &it.text.language)
            && self.review_before.is_none_or(|then| {
                let reviewed = Notes::of(&record.extra).last_reviewed_at;
                reviewed.is_none_or(|at| at < then)
            })
    }
}

const HEAD: &str = "id,tenantId,name,owner,status,language,replacesBase,version,textVersion,\
     inForceVersion,textSha256,createdAt,updatedAt,updatedBy,writtenBy,activatedAt,activatedBy,\
     lastReviewedAt,lastReviewedBy,lastReviewNote\r\n";

/// The inventory as CSV (RFC 4180), without the texts.
pub fn csv(policies: impl Iterator<Item = PolicyView>) -> String {
    let mut text = HEAD.to_owned();
    for it in policies {
        let language = match it.language {
            Language::Yaml => "yaml",
            Language::Rego => "rego",
        };
        let time = |moment: Option<Timestamp>| moment.map(|it| it.to_string()).unwrap_or_default();
        let cells = [
            it.id,
            it.tenant_id.unwrap_or_default(),
            it.name,
            it.owner,
            it.status.as_str().to_owned(),
            language.to_owned(),
            it.replaces_base.to_string(),
            it.version.to_string(),
            it.text_version.to_string(),
            it.in_force_version
                .map(|it| it.to_string())
                .unwrap_or_default(),
            it.text_sha256,
            it.created_at.to_string(),
            it.updated_at.to_string(),
            it.updated_by.unwrap_or_default(),
            it.written_by.unwrap_or_default(),
            time(it.activated_at),
            it.activated_by.unwrap_or_default(),
            time(it.last_reviewed_at),
            it.last_reviewed_by.unwrap_or_default(),
            it.last_review_note.unwrap_or_default(),
        ];
        let cells: Vec<String> = cells.iter().map(|it| cell(it)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell, in quotes where it needs them. A spreadsheet would run what begins like a formula: an
/// apostrophe before it keeps it a text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    if text.contains(['"', ',', '\r', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_runs_nowhere() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("-1"), "'-1");
    }
}
