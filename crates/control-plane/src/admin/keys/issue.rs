//! Handing a key's text out: in the answer, or into the key store.

use std::sync::Arc;

use decide::key::{self, NewKey};
use terms::{Code, Fault, Faults, KeyId, Reason, SecretString, Timestamp};

use super::file_store::{Beside, Place, Whose};
use super::input::{KeyInput, RotateInput};
use super::view::{Lens, NewKeyView};
use crate::admin::{Admin, Precondition, pepper};
use crate::caller::Caller;
use crate::store::draft::Draft;
use crate::store::state::{Record, State, one};
use runtime::clock::now;

/// A key that was made or rotated.
#[derive(Debug)]
pub struct Issued {
    /// The key.
    pub record: Arc<Record>,
    /// The state with it.
    pub state: Arc<State>,
    /// Where its text is.
    pub text: Text,
}

/// Where a key's text is.
#[derive(Debug)]
pub enum Text {
    /// Here, this once.
    Shown(SecretString),
    /// In the key store.
    StoredIn(String),
}

impl Issued {
    /// The two fields of an answer: the text, or where it is.
    pub fn fields(&self) -> (Option<String>, Option<String>) {
        match &self.text {
            // Exposed to the one answer that shows it.
            Text::Shown(text) => (Some(text.expose().to_owned()), None),
            Text::StoredIn(place) => (None, Some(place.clone())),
        }
    }

    /// The answer of the first seed's endpoints.
    pub fn answer(&self, admin: &Admin) -> Option<NewKeyView> {
        let (key, stored_in) = self.fields();
        let lens = Lens::new(&self.state, &admin.key_usage, now());
        Some(NewKeyView {
            record: lens.details(&self.record)?,
            key,
            stored_in,
        })
    }
}

/// Which key is rotated, and how.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// The tenant's id.
    pub tenant: &'a str,
    /// The key's id.
    pub id: &'a str,
    /// The grace in seconds when the body says none.
    pub grace: u64,
    /// What must hold before.
    pub precondition: &'a Precondition,
    /// What the new text begins with.
    pub prefix: &'a str,
}

impl Admin {
    /// Makes a key whose text begins with `prefix`; `named`: it must have a name.
    ///
    /// # Errors
    /// Those of [`super::create`], of the key store and of the write.
    pub async fn issue_key(
        &self,
        caller: &Caller,
        tenant: &str,
        input: KeyInput,
        (prefix, named): (&str, bool),
    ) -> Result<Issued, Faults> {
        let fresh = super::draw(prefix)?;
        let place = self.place(caller, input.store_in.as_deref())?;
        let pepper = pepper(&self.store.state())?;
        self.issue(caller, (fresh, place, None), |draft, fresh| {
            super::create(draft, tenant, input, (&pepper, fresh), named)
        })
        .await
    }

    /// Gives a key a new text.
    ///
    /// # Errors
    /// Those of [`super::rotate`], of the key store and of the write.
    pub async fn turn_key(
        &self,
        caller: &Caller,
        turn: Turn<'_>,
        input: &RotateInput,
    ) -> Result<Issued, Faults> {
        let fresh = super::draw(turn.prefix)?;
        let place = self.place(caller, input.store_in.as_deref())?;
        let pepper = pepper(&self.store.state())?;
        let of = Some(KeyId::from(turn.id));
        self.issue(caller, (fresh, place, of), |draft, fresh| {
            super::rotate(draft, &turn, input, (&pepper, fresh))
        })
        .await
    }

    /// The folder is the platform's: who administers one tenant could fill it, and would learn
    /// which names others use.
    fn place(&self, caller: &Caller, reference: Option<&str>) -> Result<Option<Place>, Faults> {
        if reference.is_some() && caller.standing.tenant.is_some() {
            let message = "The key store is for the platform's administrators.";
            let fault = Fault::new(Code::AuthorizationDenied, message);
            let fault = fault.because(Reason::InsufficientPermissions);
            return Err(one(fault.at("/storeIn")));
        }
        let folder = self.key_making.file_store.as_deref();
        reference
            .map(|reference| Place::read(reference, folder).map_err(one))
            .transpose()
    }

    async fn issue(
        &self,
        caller: &Caller,
        (fresh, place, of): (NewKey, Option<Place>, Option<KeyId>),
        change: impl FnOnce(&mut Draft<'_>, &NewKey) -> Result<Arc<Record>, Faults> + Send,
    ) -> Result<Issued, Faults> {
        let beside = match place {
            None => None,
            Some(place) => {
                let whose = self.whose().await?;
                let text = fresh.text.clone();
                Some(place.put_beside(text, of, whose).await.map_err(one)?)
            }
        };
        let written = self.write(caller, |draft| {
            let record = change(draft, &fresh)?;
            if beside.is_some() {
                draft.say("stored", true.into());
            }
            Ok(record)
        });
        let written = match (written.await, &beside) {
            (Err(faults), Some(_)) => return Err(not_made(faults, beside).await),
            (written, _) => written?,
        };
        Ok(Issued {
            record: written.value,
            state: written.state,
            text: match beside {
                Some(beside) => Text::StoredIn(beside.settle().await),
                None => Text::Shown(fresh.text),
            },
        })
    }

    /// Tells whose a text is, by the newest configuration.
    async fn whose(&self) -> Result<Whose, Faults> {
        self.store.refresh().await.map_err(one)?;
        let state = self.store.state();
        let pepper = pepper(&state)?;
        Ok(Arc::new(move |text| whose(&state, &pepper, text, now())))
    }
}

/// The key whose text this is, when it works at `now`.
fn whose(state: &State, pepper: &[u8], text: &str, now: Timestamp) -> Option<KeyId> {
    let compiled = state.compiled.as_ref()?;
    let entry = compiled.key(key::lookup(text)?)?;
    let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= now);
    let works = key::same(&key::digest(pepper, text), &entry.digest)
        && !entry.revoked
        && !over(entry.not_after)
        && !over(entry.expires_at);
    works.then(|| entry.principal.key_id.clone()).flatten()
}

/// What becomes of a text whose change did not go through. Where that is not known, the text
/// stays, and the caller is told where.
async fn not_made(faults: Faults, beside: Option<Beside>) -> Faults {
    let Some(beside) = beside else {
        return faults;
    };
    let unknown = |code| matches!(code, Code::StorageUnavailable | Code::InternalError);
    if !faults.0.iter().any(|fault| unknown(fault.code)) {
        beside.withdraw().await;
        return faults;
    }
    let kept = faults.0.into_iter().map(|mut fault| {
        fault.message = format!(
            "The database did not say whether the key was changed: read the key. If it was, its \
             text is in {}.",
            beside.waiting()
        )
        .into();
        fault
    });
    Faults(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn beside(folder: &std::path::Path) -> Beside {
        let fresh = crate::admin::keys::draw("sk_").unwrap();
        let place = Place::read("file:///ci", Some(folder)).unwrap();
        let nobodys: Whose = Arc::new(|_| None);
        place.put_beside(fresh.text, None, nobodys).await.unwrap()
    }

    #[tokio::test]
    async fn a_text_stays_only_where_nobody_knows_whether_it_counts() {
        let folder = tempfile::tempdir().unwrap();
        let next = folder.path().join("ci.next");
        let refused = one(Fault::new(
            Code::PreconditionFailed,
            "It changed meanwhile.",
        ));
        let told = not_made(refused.clone(), Some(beside(folder.path()).await)).await;
        assert_eq!(told, refused);
        assert!(!next.exists());

        let unknown = one(Fault::new(Code::StorageUnavailable, "No answer."));
        let told = not_made(unknown, Some(beside(folder.path()).await)).await;
        let told = told.0[0].message.to_string();
        assert!(told.contains("file:///ci.next"), "{told}");
        assert!(next.exists());
    }
}
