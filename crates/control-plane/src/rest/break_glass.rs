//! `/admin/v1/break-glass`: emergency access, time-boxed and loud.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use terms::{Code, Fault};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{Asked, Body, ListQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::break_glass::{self, BreakGlassInput, BreakGlassView, is_seen_by, view};
use crate::admin::{input, users};
use crate::caller::Standing;
use crate::store::break_glass::{Emergency, all};

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(read, end))
}

/// Lists emergency access, past ones included. Who does not administer everything sees their own.
#[utoipa::path(get, path = "/break-glass", tag = "break-glass", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<BreakGlassView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<BreakGlassView>>, Refusal> {
    let all = all(&app.admin.store.db).await?;
    let wanted = query.tenant_id.as_deref();
    let seen = all
        .iter()
        .filter(|it| is_seen_by(&caller.standing, it))
        .filter(|it| wanted.is_none() || it.tenant.as_deref() == wanted);
    page(seen.map(|it| (it.id.to_string(), view(it))), &query)
}

/// Gives a user emergency access: for its time they administer everything.
#[utoipa::path(post, path = "/break-glass", tag = "break-glass", request_body = BreakGlassInput,
    responses((status = 201, description = "Given", body = BreakGlassView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn begin(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: BreakGlassInput = input::read(body)?;
    let settings = &app.access.security().break_glass;
    let user = break_glass::whose(&caller.standing, settings, &input)?;
    let state = app.fresh(&caller).await;
    let standing = &caller.standing;
    let found = users::find(&app.access.users, (standing, &state), &user, None).await?;
    let own = standing.user.as_deref() == Some(user.as_str());
    let tenant = match &standing.tenant {
        // Who speaks for the platform needs it there.
        None if own => None,
        Some(tenant) => Some(tenant.to_string()),
        None => found.tenant(&state),
    };
    let parts = (&*app.admin.store, &app.access.emergencies);
    let begun = break_glass::begin(parts, &caller, settings.max, (&user, tenant), input).await?;
    Ok(resource(StatusCode::CREATED, 1, Some(view(&begun))))
}

/// Reads one.
#[utoipa::path(get, path = "/break-glass/{id}", tag = "break-glass",
    responses((status = 200, description = "Emergency access", body = BreakGlassView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Json<BreakGlassView>, Refusal> {
    let known = find(&app, &caller.standing, &id).await?;
    Ok(Json(view(&known)))
}

/// Ends emergency access before its time.
#[utoipa::path(delete, path = "/break-glass/{id}", tag = "break-glass",
    responses((status = 204, description = "Ended"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn end(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let known = find(&app, &caller.standing, &id).await?;
    let (store, emergencies) = (&app.admin.store, &app.access.emergencies);
    // That it ended meanwhile is what was wanted.
    emergencies
        .end(store, &caller, &known, Some(&caller.actor))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn find(app: &App, standing: &Standing, id: &str) -> Result<Emergency, Refusal> {
    let all = all(&app.admin.store.db).await?;
    let mut seen = all.into_iter().filter(|it| is_seen_by(standing, it));
    seen.find(|it| it.id.as_str() == id).ok_or_else(|| {
        let message = format!("There is no emergency access '{id}'.");
        Fault::new(Code::BreakGlassNotFound, message).into()
    })
}
