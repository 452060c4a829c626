//! The two error envelopes of this plane: JSON-RPC below `/mcp/`, the tool gateway's elsewhere.

use bytes::Bytes;
use serde_json::{Value, json};
use terms::{Code, Fault, RequestId, TraceId};

use crate::jsonrpc::Id;
use crate::policies::Decision;
use crate::revision;

/// Where MCP is spoken.
pub const MCP_ROOT: &str = "/mcp/";

/// The envelope that `path` calls for: content type and body.
pub fn envelope(
    path: &str,
    fault: &Fault,
    request: &RequestId,
    trace: &TraceId,
) -> (&'static str, Bytes) {
    let body = if path.starts_with(MCP_ROOT) {
        rpc(None, fault, request, trace)
    } else {
        rest(fault, request, None)
    };
    ("application/json", body)
}

/// True for what a policy refuses, or holds until somebody approves it.
pub fn is_by_policy(fault: &Fault) -> bool {
    matches!(fault.code, Code::PolicyDenied | Code::ApprovalRequired)
}

/// True for what inspection refuses.
pub fn is_by_inspection(fault: &Fault) -> bool {
    matches!(
        fault.code,
        Code::GuardrailBlocked
            | Code::PiiDetected
            | Code::PiiRedactUnavailable
            | Code::PiiTokenizeUnavailable
    )
}

/// A JSON-RPC error answer to the request with this id.
pub fn rpc(id: Option<&Id>, fault: &Fault, request: &RequestId, trace: &TraceId) -> Bytes {
    let mut data = json!({
        "code": fault.code,
        "request_id": request.as_str(),
        "trace_id": trace.as_str(),
    });
    if let Some(data) = data.as_object_mut() {
        if let Some(param) = &fault.param {
            data.insert("param".to_owned(), Value::from(param.as_str()));
        }
        if let Some(reason) = fault.reason {
            data.insert("reason".to_owned(), Value::from(reason.as_str()));
        }
        if let Some(decided) = fault.decided() {
            data.insert("policy_id".to_owned(), Value::from(&*decided.policy_id));
            data.insert("rule_id".to_owned(), Value::from(&*decided.rule_id));
            let version = Value::from(decided.policy_version);
            data.insert("policy_version".to_owned(), version);
        }
        if let Some(wait) = fault.retry_after {
            data.insert(
                "retry_after".to_owned(),
                Value::from(wait.as_secs_f64().ceil()),
            );
        }
        if fault.code == Code::ProtocolMismatch {
            data.insert("supported".to_owned(), json!(revision::ALL));
        }
    }
    let error = json!({"code": rpc_code(fault.code), "message": fault.message, "data": data});
    let id = id.map_or("null", Id::as_json);
    Bytes::from(format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{error}}}"#))
}

/// The number of a code. JSON-RPC's own and MCP's own where they fit; all others lie outside the
/// range that JSON-RPC reserves (-32768 to -32000): -31000 less the HTTP status.
pub fn rpc_code(code: Code) -> i64 {
    match code {
        Code::InvalidJson => -32_700,
        Code::InvalidRequest => -32_600,
        Code::ValidationError | Code::InvalidArguments => -32_602,
        Code::HeaderMismatch => -32_020,
        Code::ProtocolMismatch => -32_022,
        other => -31_000 - i64::from(other.http_status()),
    }
}

/// The tool gateway's envelope: `{error, message, details{reason}, request_id}`, with the decision
/// where a policy made it.
pub fn rest(fault: &Fault, request: &RequestId, decision: Option<&Decision<'_>>) -> Bytes {
    let error = match fault.code {
        // The tool gateway's word for it; the details have the code that both planes know.
        Code::PolicyDenied => "access_denied",
        code if code.http_status() == 401 => "authentication_failed",
        code => code.as_str(),
    };
    let mut body = json!({
        "error": error,
        "message": fault.message,
        "details": {"reason": fault.why()},
        "request_id": request.as_str(),
    });
    if let Some(param) = &fault.param
        && let Some(details) = body.get_mut("details").and_then(Value::as_object_mut)
    {
        details.insert("param".to_owned(), Value::from(param.as_str()));
    }
    if let Some(decided) = fault.decided()
        && let Some(details) = body.get_mut("details").and_then(Value::as_object_mut)
    {
        details.insert("code".to_owned(), Value::from(fault.code.as_str()));
        details.insert("policy_id".to_owned(), Value::from(&*decided.policy_id));
        details.insert("rule_id".to_owned(), Value::from(&*decided.rule_id));
    }
    if let Some(body) = body.as_object_mut() {
        if let Some(wait) = fault.retry_after {
            let wait = Value::from(wait.as_secs_f64().ceil());
            body.insert("retry_after".to_owned(), wait);
        }
        if let Some(decision) = decision {
            body.insert("policy_decision".to_owned(), json!(decision));
        }
    }
    Bytes::from(body.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gates_own_numbers_stay_out_of_the_reserved_range() {
        for code in Code::ALL {
            let number = rpc_code(*code);
            let reserved = (-32_768..=-32_000).contains(&number);
            let defined = matches!(number, -32_700 | -32_600 | -32_602 | -32_020 | -32_022);
            assert!(!reserved || defined, "{code}: {number}");
        }
    }

    #[test]
    fn each_path_has_its_envelope() {
        let fault = Fault::new(Code::InvalidApiKey, "The API key is not valid.").detail("secret");
        let of = |path: &str| {
            let (_, body) = envelope(path, &fault, &"req_1".into(), &"t".into());
            serde_json::from_slice::<Value>(&body).unwrap()
        };
        assert_eq!(
            of("/mcp/x"),
            json!({"jsonrpc": "2.0", "id": null, "error": {
                "code": -31401, "message": "The API key is not valid.",
                "data": {"code": "invalid_api_key", "request_id": "req_1", "trace_id": "t"},
            }})
        );
        assert_eq!(
            of("/api/v1/tools"),
            json!({"error": "authentication_failed", "message": "The API key is not valid.",
                "details": {"reason": "invalid_api_key"}, "request_id": "req_1"})
        );
    }
}
