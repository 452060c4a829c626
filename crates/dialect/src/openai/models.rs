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

impl<'a> Model<'a> {
    /// The body of `GET /v1/models/{id}`.
    pub fn body(self) -> Bytes {
        crate::json::write(&self.entry())
    }

    fn entry(self) -> Entry<'a> {
        Entry {
            id: self.id,
            object: "model",
            created: self.created,
            owned_by: self.owned_by,
        }
    }
}

/// The body of `GET /v1/models`.
pub fn models_body<'a>(models: impl IntoIterator<Item = Model<'a>>) -> Bytes {
    let data = models.into_iter().map(Model::entry);
    crate::json::write(&List {
        object: "list",
        data: data.collect(),
    })
}
