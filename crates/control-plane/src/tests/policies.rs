//! Policies: written, moved through their life, overridden.

mod changes;
mod exchange;
mod four_eyes;
mod hostile;
mod inventory;
mod life;
mod overrides;
mod tenancy;
mod versions;

use serde_json::{Value, json};

use super::house::{Answer, House};

pub const PATH: &str = "/admin/v1/policies";

/// A text that refuses these models.
pub fn refusing(models: &[&str]) -> String {
    format!(
        "version: \"1\"\nrules:\n  - id: models\n    priority: 10\n    conditions:\n      \
         model:\n        denylist: [{}]\n    action: DENY\n    deny_message: not here\n",
        models.join(", ")
    )
}

/// A policy of this name that refuses `gpt-4`.
pub fn named(name: &str) -> Value {
    json!({"name": name, "dsl": refusing(&["gpt-4"])})
}

/// The path of the policy that an answer shows.
#[track_caller]
pub fn path_of(answer: Answer) -> String {
    let made = answer.expect(201).json();
    format!("{PATH}/{}", made["id"].as_str().unwrap())
}

/// The path of a new policy of this name.
pub async fn made(house: &House, name: &str) -> String {
    path_of(house.post(PATH, named(name)).await)
}

/// Moves a policy.
pub async fn moved(house: &House, path: &str, status: &str) -> Answer {
    let body = json!({"status": status});
    house.post(&format!("{path}/status"), body).await
}
