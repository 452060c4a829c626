//! `/admin/v1/dataplanes`

use axum::Json;
use axum::extract::State;

use super::conventions::{Asked, ListQuery, Page, page};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::sync::fleet::PlaneView;
use runtime::clock::now;

/// Lists the data planes that said hello since this control plane started.
#[utoipa::path(get, path = "/dataplanes", tag = "data planes", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<PlaneView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<PlaneView>>, Refusal> {
    let newest = app.fresh(&caller).await.version;
    let planes = app.admin.fleet.views(newest, now());
    page(planes.into_iter().map(|it| (it.id.clone(), it)), &query)
}
