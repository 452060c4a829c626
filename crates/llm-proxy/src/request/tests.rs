use super::*;

fn estimate(kind: Kind, body: &str) -> u64 {
    let body = Bytes::copy_from_slice(body.as_bytes());
    ModelRequest::read(kind, &body).unwrap().estimate()
}

#[test]
fn a_call_is_estimated_by_its_characters_and_the_most_it_may_answer() {
    let plain = r#"{"model":"m","messages":[{"role":"user","content":"hello"}]}"#;
    let wide = r#"{"model":"m","messages":[{"role":"user","content":"héllö"}]}"#;
    assert_eq!(estimate(Kind::Chat, plain), plain.len().div_ceil(4) as u64);
    assert_eq!(
        estimate(Kind::Chat, wide),
        estimate(Kind::Chat, plain),
        "characters count, not bytes"
    );
    let bounded = plain.replacen('{', r#"{"max_tokens":100,"n":3,"#, 1);
    let beyond = estimate(Kind::Chat, &bounded) - bounded.len().div_ceil(4) as u64;
    assert_eq!(beyond, 300);
    let vector = r#"{"model":"m","input":"hello"}"#;
    assert_eq!(
        estimate(Kind::Embeddings, vector),
        vector.len().div_ceil(4) as u64
    );
}

#[test]
fn a_long_body_is_estimated_by_its_bytes() {
    let text = "é".repeat(MOST_COUNTED / 2);
    let body = format!(r#"{{"model":"m","input":"{text}"}}"#);
    assert!(body.len() > MOST_COUNTED);
    let estimated = estimate(Kind::Embeddings, &body);
    assert_eq!(estimated, body.len().div_ceil(4) as u64);
}
