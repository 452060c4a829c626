//! Texts that are none, or too much.

use serde_json::{Value, json};

use super::{PATH, made, refusing};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    a_text_is_refused_with_line_and_column,
    what_is_no_text_or_no_field_is_refused,
    a_text_of_ten_thousand_rules_is_taken_and_a_larger_one_refused,
);

async fn a_text_is_refused_with_line_and_column(place: Place) {
    let house = House::build(&place).await;
    let path = made(&house, "p").await;
    let text = "version: \"1\"\nrules:\n  - id: a\n    conditions:\n      model:\n        denylist: [m]\n    action: EXPLODE\n  - id: b\n    colour: red\n    expression: \"true\"\n";
    for (method, path) in [("POST", PATH.to_owned()), ("PATCH", path.clone())] {
        let body = json!({"name": "q", "dsl": text});
        let refused = house.call(method, &path, &[], Some(body)).await.expect(400);
        assert_eq!(refused.code(), "invalid_policy_dsl");
        let errors = refused.json()["error"]["errors"].clone();
        let errors = errors.as_array().unwrap();
        assert!(errors.len() >= 2, "{errors:?}");
        for error in errors {
            assert_eq!(error["pointer"], "/dsl");
            let (line, column) = (&error["line"], &error["column"]);
            let said = format!("line {line}, column {column}: ");
            let message = error["message"].as_str().unwrap();
            assert!(message.starts_with(&said), "{error}");
        }
        let lines: Vec<i64> = errors
            .iter()
            .map(|it| it["line"].as_i64().unwrap())
            .collect();
        assert!(lines.contains(&7) && lines.contains(&9), "{lines:?}");
    }
    // The one that was there is still there, unchanged.
    assert_eq!(house.get(&path).await.json()["version"], 1);
    assert_eq!(
        house.get(PATH).await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

async fn what_is_no_text_or_no_field_is_refused(place: Place) {
    let house = House::build(&place).await;
    let path = made(&house, "p").await;
    let good = refusing(&["m"]);
    let bodies = [
        (json!({}), "/dsl"),
        (json!({"name": "q"}), "/dsl"),
        (json!({"dsl": good}), "/name"),
        (json!({"name": "  ", "dsl": good}), "/name"),
        (json!({"name": "a\nb", "dsl": good}), "/name"),
        (json!({"name": "x".repeat(201), "dsl": good}), "/name"),
        (json!({"name": "q", "dsl": ""}), "/dsl"),
        (json!({"name": "q", "dsl": " \n"}), "/dsl"),
        (json!({"name": "q", "dsl": 1}), "/dsl"),
        (json!({"name": "q", "dsl": {"rules": []}}), "/dsl"),
        (json!({"name": "q", "dsl": "a\u{0}b"}), "/dsl"),
        (json!({"name": "q", "dsl": "\u{1}\u{2}\u{fffd}"}), "/dsl"),
        (
            json!({"name": "q", "dsl": good, "language": "prolog"}),
            "/language",
        ),
        (
            json!({"name": "q", "dsl": good, "language": "rego"}),
            "/dsl",
        ),
        (
            json!({"name": "q", "dsl": good, "scope": ["people"]}),
            "/scope/0",
        ),
        (
            json!({"name": "q", "dsl": good, "colour": "red"}),
            "/colour",
        ),
        (
            json!({"name": "q", "dsl": good, "canary": {"percent": 1}}),
            "/canary",
        ),
        (json!({"name": "q", "dsl": good, "id": "a/b"}), "/id"),
        (json!({"name": "q", "dsl": good, "id": "overrides"}), "/id"),
        (
            json!({"name": "q", "dsl": good, "id": "builtin:tools"}),
            "/id",
        ),
    ];
    for (body, pointer) in bodies {
        let refused = house.post(PATH, body.clone()).await.expect(400);
        assert!(
            refused.pointers().contains(&pointer.to_owned()),
            "{body}: {}",
            refused.text
        );
    }
    let unknown = json!({"name": "q", "dsl": good, "tenantId": "none"});
    let refused = house.post(PATH, unknown).await.expect(404);
    assert_eq!(refused.code(), "tenant_not_found");
    let head = [
        ("authorization", format!("Bearer {}", house.token)),
        ("content-type", "application/json".to_owned()),
    ];
    let head: Vec<(&str, &str)> = head.iter().map(|(name, it)| (*name, it.as_str())).collect();
    let binary = [
        &b"{\"name\": \"q\", \"dsl\": \""[..],
        &[0xff, 0xfe, 0x00],
        b"\"}",
    ]
    .concat();
    house.raw("POST", PATH, &head, binary).await.expect(400);
    for (method, path) in [
        ("GET", "/none"),
        ("PATCH", "/none"),
        ("DELETE", "/none"),
        ("POST", "/none/status"),
        ("POST", "/none/review"),
        ("POST", "/none/rollback"),
        ("GET", "/none/diff"),
        ("GET", "/none/versions/1"),
    ] {
        let body = (method != "GET").then(|| json!({"status": "DRAFT", "version": 1}));
        let body = body.filter(|_| !path.ends_with("review") && path != "/none");
        let body = body.map(|it: Value| match path {
            "/none/status" => json!({"status": it["status"]}),
            _ => json!({"version": it["version"]}),
        });
        let body = body.or((method == "PATCH").then(|| json!({})));
        let answer = house
            .call(method, &format!("{PATH}{path}"), &[], body)
            .await;
        assert_eq!(
            answer.expect(404).code(),
            "policy_not_found",
            "{method} {path}"
        );
    }
    assert_eq!(house.get(&path).await.json()["version"], 1);
}

async fn a_text_of_ten_thousand_rules_is_taken_and_a_larger_one_refused(place: Place) {
    let house = House::build(&place).await;
    let rule = |number: usize| {
        format!("  - id: r{number}\n    conditions:\n      model:\n        denylist: [m{number}]\n")
    };
    let rules: String = (0..10_000).map(rule).collect();
    let text = format!("version: \"1\"\nrules:\n{rules}");
    assert!(text.len() < 1 << 20, "{}", text.len());
    let body = json!({"name": "many", "dsl": text});
    let path = super::path_of(house.post(PATH, body).await);
    super::moved(&house, &path, "ACTIVE").await.expect(200);
    let more = format!("{text}{}", rule(10_000));
    let refused = house.patch(&path, json!({"dsl": more})).await.expect(400);
    assert_eq!(refused.code(), "invalid_policy_dsl");
    let large = format!("{}# {}", refusing(&["m"]), "x".repeat(1 << 20));
    let refused = house
        .post(PATH, json!({"name": "large", "dsl": large}))
        .await;
    assert_eq!(refused.expect(400).code(), "invalid_policy_dsl");
    let larger = "x".repeat(5 << 20);
    let refused = house
        .post(PATH, json!({"name": "larger", "dsl": larger}))
        .await;
    refused.expect(413);
    // Quotes take two bytes each, and the text is still one of a mebibyte.
    let quotes = format!("{}# {}", refusing(&["m"]), "\"".repeat((1 << 20) - 300));
    house
        .post(PATH, json!({"name": "quotes", "dsl": quotes}))
        .await
        .expect(201);
}
