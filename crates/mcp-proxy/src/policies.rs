//! What policies decided, as callers of tools see it: in headers, in results, in lists of tools.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use decide::policy::Match;
use dialect::{Edit, splice};
use http::HeaderMap;
use runtime::drive::{Cleared, Walk};
use runtime::front::{Call, plain};
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;
use terms::Fault;

use crate::arguments::Removed;
use crate::parts;
use crate::refusal::is_by_policy;

/// The member of a result's `_meta` that is the gateway's.
const META: &str = "gatehouse/policy";

/// The most parameters that a header names; results and events name all of them.
const MOST_SHOWN: usize = 16;

/// Tools of a list that are decided before others have their turn.
const IN_ONE_GO: usize = 64;

/// What a caller is told of a request that passed.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The parameters that were taken out.
    pub removed: Vec<Arc<str>>,
    /// What it is warned of.
    pub warnings: Vec<Match>,
}

impl Told {
    /// Of a request that was cleared; what is taken out is known later.
    pub fn of(cleared: &Cleared) -> Self {
        Self {
            removed: Vec::new(),
            warnings: cleared.warnings().to_vec(),
        }
    }

    fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.warnings.is_empty()
    }

    /// Puts it on whatever is answered.
    pub fn show(&self, call: &mut Call<'_>) {
        call.warn(&self.warnings);
        if !self.removed.is_empty() {
            let shown = self.removed.iter().take(MOST_SHOWN);
            let names: Vec<String> = shown.map(|it| plain(it)).collect();
            let header = ("x-removed-parameters".to_owned(), names.join(", "));
            call.extra.push(header);
        }
    }

    /// Joins what is told of several requests.
    pub fn join<'t>(all: impl Iterator<Item = &'t Told>) -> Self {
        let mut joined = Self::default();
        for told in all {
            joined.warnings.extend_from_slice(&told.warnings);
            for name in &told.removed {
                if !joined.removed.contains(name) {
                    joined.removed.push(Arc::clone(name));
                }
            }
        }
        joined
    }
}

/// One reason of a decision, as answers have it (the tool gateway's `reasons[]`).
#[derive(Serialize)]
pub struct Why<'a> {
    code: &'a str,
    message: Option<&'a str>,
    rule: &'a str,
    policy: &'a str,
}

impl<'a> Why<'a> {
    fn of(rule: &'a Match) -> Self {
        Self {
            code: rule.reason.as_str(),
            message: rule.message.as_deref(),
            rule: &rule.rule,
            policy: &rule.policy,
        }
    }
}

/// What policies decided of a request, as the tool gateway's answers say it.
#[derive(Serialize)]
pub struct Decision<'a> {
    allowed: bool,
    reasons: Vec<Why<'a>>,
    /// The configuration that it was decided by.
    policy_version: String,
}

impl<'a> Decision<'a> {
    /// Of a request that passed.
    pub fn passed(walk: &Walk, told: &'a Told) -> Self {
        Self {
            allowed: true,
            reasons: told.warnings.iter().map(Why::of).collect(),
            policy_version: walk.snapshot().version().to_string(),
        }
    }

    /// Of one that a policy refused or holds; none for other refusals.
    pub fn refused(walk: &Walk, fault: &'a Fault) -> Option<Self> {
        let code = fault.why();
        let message = Some(&*fault.message);
        let decided = fault.decided();
        is_by_policy(fault).then(|| Self {
            allowed: false,
            reasons: vec![Why {
                code,
                message,
                rule: decided.map_or("", |it| &it.rule_id),
                policy: decided.map_or("", |it| &it.policy_id),
            }],
            policy_version: walk.snapshot().version().to_string(),
        })
    }
}

/// What is to be done with the result of one response.
pub struct Rewrite<'w> {
    /// Whose request it answers, or, where nobody knows, who listens.
    pub walk: &'w Walk,
    /// What the caller is told of that request.
    pub told: Option<&'w Told>,
    /// The result may be a list of tools.
    pub may_list: bool,
    /// The revision has `cacheScope`.
    pub modern: bool,
}

impl Rewrite<'_> {
    /// The edits of the result at `result`: tools that its caller could not call are cut out of a
    /// list, and `_meta` says what policies did.
    pub async fn edits(&self, document: &[u8], result: &Range<usize>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut first = Vec::new();
        if self.may_list {
            self.list(document, result, &mut edits, &mut first).await;
        }
        if let Some(told) = self.told.filter(|told| !told.is_empty()) {
            tell(document, result, told, &mut edits, &mut first);
        }
        let is_object = document.get(result.start) == Some(&b'{');
        if is_object && !first.is_empty() {
            edits.push(parts::put_first(document, result, &first.join(",")));
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        edits
    }

    async fn list(
        &self,
        document: &[u8],
        result: &Range<usize>,
        edits: &mut Vec<Edit>,
        first: &mut Vec<String>,
    ) {
        let Some(list) = parts::member(document, result, "tools") else {
            return;
        };
        let tools = parts::elements(document, &list);
        let mut goes = Vec::with_capacity(tools.len());
        for some in tools.chunks(IN_ONE_GO) {
            goes.extend(some.iter().map(|it| !is_listed(self.walk, document, it)));
            // A server may list a hundred thousand tools, and a policy be a program.
            tokio::task::yield_now().await;
        }
        edits.extend(parts::cut(&tools, &goes));
        if !self.modern {
            return;
        }
        // Another caller sees another list.
        match parts::member(document, result, "cacheScope") {
            Some(scope) => edits.push(Edit::replace(scope, &b"\"private\""[..])),
            None => first.push(r#""cacheScope":"private""#.to_owned()),
        }
    }
}

/// True for a tool that its caller could call. One without a name is none.
fn is_listed(walk: &Walk, document: &[u8], tool: &Range<usize>) -> bool {
    let name = parts::member(document, tool, "name");
    let name = name.and_then(|place| parts::text(document, &place));
    name.is_some_and(|name| walk.may_list(&name))
}

/// The definitions of tools that their caller could call.
pub async fn visible(walk: &Walk, tools: Vec<Box<RawValue>>) -> Vec<Box<RawValue>> {
    let mut left = Vec::with_capacity(tools.len());
    for (place, tool) in tools.into_iter().enumerate() {
        let document = tool.get().as_bytes();
        if is_listed(walk, document, &parts::all(document)) {
            left.push(tool);
        }
        if place % IN_ONE_GO == 0 {
            tokio::task::yield_now().await;
        }
    }
    left
}

fn tell(
    document: &[u8],
    result: &Range<usize>,
    told: &Told,
    edits: &mut Vec<Edit>,
    first: &mut Vec<String>,
) {
    let warnings: Vec<Why<'_>> = told.warnings.iter().map(Why::of).collect();
    let said = json!({"removed_parameters": told.removed, "warnings": warnings});
    let ours = format!("{}:{said}", json!(META));
    let Some(meta) = parts::member(document, result, "_meta") else {
        first.push(format!(r#""_meta":{{{ours}}}"#));
        return;
    };
    if document.get(meta.start) != Some(&b'{') {
        edits.push(Edit::replace(meta, format!("{{{ours}}}").into_bytes()));
        return;
    }
    match parts::member(document, &meta, META) {
        // A server can't speak for the gateway.
        Some(theirs) => edits.push(Edit::replace(theirs, said.to_string().into_bytes())),
        None => edits.push(parts::put_first(document, &meta, &ours)),
    }
}

/// A document after these edits; none where there are none.
///
/// # Errors
/// `internal_error` when it can't be rewritten.
pub fn edited(document: &Bytes, edits: &[Edit]) -> Result<Option<Bytes>, Fault> {
    if edits.is_empty() {
        return Ok(None);
    }
    splice(document, edits).map(Some)
}

/// The mirrored headers (`Mcp-Param-*`) that give away what was taken out: by the parameter's name,
/// by its value, or by holding what was replaced.
pub fn mirrors(headers: &HeaderMap, removed: &Removed) -> Vec<String> {
    let (names, values) = (&removed.names, &removed.values);
    let hidden: Vec<String> = removed.hidden.iter().map(|it| spoken(it)).collect();
    let bare = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let names: Vec<String> = names
        .iter()
        .map(|name| bare(name.rsplit('/').next().unwrap_or_default()))
        .collect();
    let values: Vec<String> = values.iter().map(|value| spoken(value)).collect();
    let told = |name: &str, value: &[u8]| {
        let Some(parameter) = name.strip_prefix("mcp-param-") else {
            return false;
        };
        let value = crate::revision::decode(value);
        names.contains(&bare(parameter))
            || value.is_some_and(|value| {
                values.iter().any(|it| **it == *value)
                    || hidden.iter().any(|it| value.contains(&**it))
            })
    };
    headers
        .iter()
        .filter(|(name, value)| told(name.as_str(), value.as_bytes()))
        .map(|(name, _)| name.as_str().to_owned())
        .collect()
}

/// A value as a mirrored header has it: a text without its quotes.
fn spoken(value: &[u8]) -> String {
    match serde_json::from_slice::<String>(value) {
        Ok(text) => text,
        Err(_) => String::from_utf8_lossy(value).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirrored_headers_go_by_their_name_and_by_their_value() {
        let headers: HeaderMap = [
            ("mcp-param-api-key", "other"),
            ("mcp-param-secret", "=?base64?w6k=?="),
            ("mcp-param-count", "7"),
            ("mcp-param-region", "eu"),
            ("x-other", "7"),
        ]
        .into_iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
        .collect();
        let names = [Arc::from("/auth/api_key"), Arc::from("n"), Arc::from("s")];
        let values: Vec<Box<[u8]>> = ["\"x\"", "7", "\"é\""]
            .map(|it| it.as_bytes().into())
            .into();
        let removed = Removed {
            names: names.into(),
            values,
            hidden: vec![b"\"e\\u0075\"".as_slice().into()],
        };
        let mut gone = mirrors(&headers, &removed);
        gone.sort();
        let expected = [
            "mcp-param-api-key",
            "mcp-param-count",
            "mcp-param-region",
            "mcp-param-secret",
        ];
        assert_eq!(gone, expected);
    }

    #[test]
    fn a_result_says_what_policies_did_whatever_its_meta_is() {
        let told = Told {
            removed: vec![Arc::from("password")],
            warnings: Vec::new(),
        };
        let said = r#""gatehouse/policy":{"removed_parameters":["password"],"warnings":[]}"#;
        for (result, expected) in [
            ("{}", format!(r#"{{"_meta":{{{said}}}}}"#)),
            (r#"{ "a":1}"#, format!(r#"{{"_meta":{{{said}}}, "a":1}}"#)),
            (
                r#"{"_meta":{"b":2}}"#,
                format!(r#"{{"_meta":{{{said},"b":2}}}}"#),
            ),
            (r#"{"_meta":null}"#, format!(r#"{{"_meta":{{{said}}}}}"#)),
            (
                r#"{"_meta":{"gatehouse/policy":"mine"}}"#,
                format!(r#"{{"_meta":{{{said}}}}}"#),
            ),
        ] {
            let document = Bytes::from(result.to_owned());
            let (mut edits, mut first) = (Vec::new(), Vec::new());
            tell(
                &document,
                &parts::all(&document),
                &told,
                &mut edits,
                &mut first,
            );
            if !first.is_empty() {
                let place = parts::all(&document);
                edits.push(parts::put_first(&document, &place, &first.join(",")));
            }
            assert_eq!(splice(&document, &edits).unwrap(), expected, "{result}");
        }
    }
}
