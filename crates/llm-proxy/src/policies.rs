//! What policies say to the caller of a call that passes: warnings, and another model.

use runtime::drive::Cleared;
use runtime::front::Call;

/// Puts on every answer of this call what policies warn of, and which model was asked instead.
/// `X-Budget-Warning` is the interface's name for a warning of any policy.
pub(crate) fn show(call: &mut Call<'_>, cleared: &Cleared) {
    let warnings = cleared.warnings();
    if !warnings.is_empty() {
        let marked = ("x-budget-warning".to_owned(), "true".to_owned());
        call.extra.push(marked);
        call.warn(warnings);
    }
    if let Some(downgrade) = cleared.downgraded() {
        let (original, model) = (&downgrade.original, &downgrade.model);
        let text = runtime::front::plain(&format!("{original} -> {model}"));
        call.extra.push(("x-model-downgraded".to_owned(), text));
    }
}
