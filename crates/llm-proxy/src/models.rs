//! `GET /v1/models`: what this key may name.

use decide::Kind;
use dialect::openai::{Model, models_body};
use runtime::drive::Walk;
use runtime::front::Call;
use runtime::record::Outcome;
use terms::{Code, Fault};

use crate::LlmRoom;
use crate::limits;

impl LlmRoom {
    /// Lists the models, or shows one.
    pub(crate) async fn models(&self, call: &mut Call<'_>, one: Option<&str>) -> Result<(), Fault> {
        let mut walk = Walk::open(&self.options.gate, call.arrival(Kind::Models))?;
        let Err(fault) = self.show_models(call, &mut walk, one).await else {
            return Ok(());
        };
        let outcome = Outcome {
            status: fault.code.http_status(),
            fault: Some(&fault),
            ..Outcome::default()
        };
        walk.exit(&outcome).await?;
        Err(fault)
    }

    async fn show_models(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        one: Option<&str>,
    ) -> Result<(), Fault> {
        let entered = walk.enter().await;
        call.note_case(walk.case());
        limits::show_requests(call, walk);
        entered?;
        let Some(tenant) = walk.case().tenant_id() else {
            return Err(Fault::new(
                Code::InternalError,
                "The gateway could not decide.",
            ));
        };
        let models = walk.snapshot().models(tenant);
        // Configuration has no birthdays for models; the field is there for clients that want one.
        let entries = models.iter().map(|(model, account)| Model {
            id: model.as_str(),
            owned_by: account.provider.as_str(),
            created: 0,
        });
        let body = match one {
            None => models_body(entries),
            Some(id) => match entries.into_iter().find(|entry| entry.id == id) {
                Some(entry) => entry.body(),
                None => {
                    let message = "There is no such model for this key; GET /v1/models lists them.";
                    return Err(Fault::new(Code::NotFound, message).at("model"));
                }
            },
        };
        let _ = call
            .respond(200, &[("content-type", "application/json")], body)
            .await;
        Ok(())
    }
}
