//! `/admin/v1/config`

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use terms::{Code, EventType, Fault};
use utoipa::IntoParams;

use super::conventions::{Asked, Body};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::config::{self, Exported, Imported};

/// Exports the configuration as one document, without secrets.
#[utoipa::path(get, path = "/config/export", tag = "config",
    responses((status = 200, description = "The document", body = Exported),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn export(State(app): State<App>, Who(caller): Who) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let document = config::export(&state, runtime::clock::now())?;
    let payload = json!({"version": state.version.to_string()});
    let payload = payload.as_object().cloned().unwrap_or_default();
    app.admin
        .store
        .record(&caller, EventType::ConfigExported, payload)
        .await?;
    let name = HeaderValue::from_static("attachment; filename=\"gatehouse-config.json\"");
    let mut response = Json(document).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// How a document is imported.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// `merge`: what the document names is made or changed, nothing is removed.
    mode: Option<String>,
    /// Says what would happen, and changes nothing.
    dry_run: Option<bool>,
}

/// Imports a document: all of it, or nothing.
#[utoipa::path(post, path = "/config/import", tag = "config", params(ImportQuery),
    request_body = Exported,
    responses((status = 200, description = "What was made and changed", body = Imported),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn import(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ImportQuery>,
    Body(body): Body,
) -> Result<Json<Imported>, Refusal> {
    match query.mode.as_deref() {
        None | Some("merge") => {}
        Some("replace") => {
            let message = "Only mode=merge is in this build.";
            return Err(Fault::new(Code::NotInThisBuild, message).at("mode").into());
        }
        Some(_) => {
            let message = "mode must be merge.";
            return Err(Fault::new(Code::ValidationError, message).at("mode").into());
        }
    }
    if query.dry_run.unwrap_or(false) {
        let mut imported = app
            .admin
            .store
            .rehearse(&caller, |draft| config::import(draft, &caller, body))
            .await?;
        imported.dry_run = true;
        return Ok(Json(imported));
    }
    let written = app
        .admin
        .write(&caller, |draft| config::import(draft, &caller, body))
        .await?;
    Ok(Json(written.value))
}
