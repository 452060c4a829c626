//! Inspection of a tenant with overrides that are tried and not stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use terms::{Code, Fault, Faults};

use super::{KEYS, is_override};
use crate::compile::Compiler;
use crate::inspection::Inspection;
use crate::settings::Settings;
use crate::snapshot::Snapshot;
use crate::source::{Source, Tenant};

/// What would hold for `tenant` with these overrides over its own. What did not change since
/// `previous` is taken over from there.
///
/// # Errors
/// Every fault of the overrides, at its key as a JSON pointer (`/pii.action`): those that are none
/// of inspection, and those that can't be meant.
pub fn inspection_with(
    settings: &Settings,
    tenant: &Tenant,
    overrides: &BTreeMap<String, String>,
    previous: Option<&Snapshot>,
) -> Result<Arc<Inspection>, Faults> {
    let foreign = overrides.keys().filter(|key| !is_override(key));
    let foreign: Vec<Fault> = foreign.map(|key| unknown(key)).collect();
    if !foreign.is_empty() {
        return Err(Faults(foreign));
    }
    let mut tenant = tenant.clone();
    tenant.metadata.extend(overrides.clone());
    let source = Source {
        settings: Settings {
            inspection: settings.inspection.clone(),
            ..Settings::default()
        },
        ..Source::default()
    };
    let mut compiler = Compiler {
        source: &source,
        previous,
        snapshot: Snapshot::default(),
        faults: Vec::new(),
    };
    compiler.inspection();
    let inspection = compiler.inspection_of(&tenant);
    if compiler.faults.is_empty() {
        return Ok(inspection);
    }
    let stored = format!("/tenant/{}/metadata", tenant.id);
    let at_its_key = |mut fault: Fault| {
        let place = fault.param.as_deref();
        if let Some(key) = place.and_then(|it| it.strip_prefix(&stored)) {
            fault.param = Some(key.to_owned());
        }
        fault
    };
    Err(Faults(
        compiler.faults.into_iter().map(at_its_key).collect(),
    ))
}

fn unknown(key: &str) -> Fault {
    let known = KEYS.iter().filter(|it| !it.contains('*'));
    let nearest = known.min_by_key(|it| strsim::damerau_levenshtein(it, key));
    let nearest = nearest.copied().unwrap_or_default();
    let message = format!("There is no such override of inspection. Did you mean '{nearest}'?");
    let key = key.replace('~', "~0").replace('/', "~1");
    Fault::new(Code::ValidationError, message).at(format!("/{key}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::settings::inspection::PiiAction;

    fn tenant(metadata: serde_json::Value) -> Tenant {
        serde_json::from_value(json!({"id": "acme", "metadata": metadata})).unwrap()
    }

    fn tried(overrides: serde_json::Value) -> Result<Arc<Inspection>, Vec<Option<String>>> {
        let of = tenant(json!({"pii.action": "LOG", "pii.min-confidence": "80"}));
        let overrides = serde_json::from_value(overrides).unwrap();
        inspection_with(&Settings::default(), &of, &overrides, None)
            .map_err(|Faults(faults)| faults.into_iter().map(|it| it.param).collect())
    }

    #[test]
    fn what_is_tried_goes_over_what_the_tenant_says() {
        let none = tried(json!({})).unwrap();
        assert_eq!(none.settings.pii.action, PiiAction::Log);
        let changed = tried(json!({"pii.action": "BLOCK"})).unwrap();
        assert_eq!(changed.settings.pii.action, PiiAction::Block);
        assert_eq!(changed.settings.pii.min_confidence, 80);
        // A blank one says nothing, as in a tenant's metadata.
        let blank = tried(json!({"pii.action": ""})).unwrap();
        assert_eq!(blank.settings.pii.action, PiiAction::Redact);
    }

    #[test]
    fn faults_stand_at_their_keys() {
        let at = |overrides| tried(overrides).unwrap_err();
        let place = |text: &str| vec![Some(text.to_owned())];
        assert_eq!(at(json!({"pii.acton": "LOG"})), place("/pii.acton"));
        assert_eq!(at(json!({"region": "eu"})), place("/region"));
        assert_eq!(at(json!({"pii.action": "HIDE"})), place("/pii.action"));
        assert_eq!(at(json!({"pii.action": "TOKENIZE"})), place("/pii.action"));
        let patterns = json!({"pii.custom-patterns": "{\"id\": \"(\"}"});
        assert_eq!(at(patterns), place("/pii.custom-patterns"));
    }
}
