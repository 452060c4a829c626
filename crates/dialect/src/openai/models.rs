//! The list of models.

use bytes::Bytes;
use serde::Serialize;

/// One entry of the list.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// The name to ask for it by.
    pub id: &'a str,
    /// Whose it is: the provider.
    pub owned_by: &'a str,
    /// Unix seconds.
    pub created: i64,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    owned_by: &'a str,
}

#[derive(Serialize)]
struct List<'a> {
    object: &'static str,
    data: Vec<Entry<'a>>,
}

/// The body of `GET /v1/models`.
pub fn models_body<'a>(models: impl IntoIterator<Item = Model<'a>>) -> Bytes {
    let data = models.into_iter().map(|model| Entry {
        id: model.id,
        object: "model",
        created: model.created,
        owned_by: model.owned_by,
    });
    crate::json::write(&List {
        object: "list",
        data: data.collect(),
    })
}
