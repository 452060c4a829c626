//! What each of the last changes touched: from it come the deltas.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AnyConnection, Row as _};
use terms::{Fault, Timestamp};

use super::rows::kind;
use super::state::Name;
use crate::db::unavailable;

/// How many changes are kept.
pub const KEPT: i64 = 1000;

/// One change.
#[derive(Clone, Debug)]
struct Change {
    digest: [u8; 32],
    touched: Vec<Name>,
}

/// The last changes of this store, by their `seq`.
#[derive(Clone, Debug, Default)]
pub struct History(BTreeMap<u64, Change>);

impl History {
    /// Notes a change.
    pub fn add(&mut self, seq: u64, digest: [u8; 32], touched: Vec<Name>) {
        self.0.insert(seq, Change { digest, touched });
        while i64::try_from(self.0.len()).unwrap_or(i64::MAX) > KEPT {
            self.0.pop_first();
        }
    }

    /// The digest of the state after `seq`, if that is still known.
    pub fn digest(&self, seq: u64) -> Option<[u8; 32]> {
        self.0.get(&seq).map(|it| it.digest)
    }

    /// What changed after `from` up to `to`; none when a change between them is not known.
    pub fn between(&self, from: u64, to: u64) -> Option<BTreeSet<Name>> {
        let expected = to.checked_sub(from)?;
        let mut touched = BTreeSet::new();
        let mut known = 0u64;
        for (_, change) in self
            .0
            .range(from.saturating_add(1)..=to.max(from.saturating_add(1)))
        {
            known += 1;
            touched.extend(change.touched.iter().cloned());
        }
        (known == expected || expected == 0).then_some(touched)
    }
}

/// Stores a change and forgets those that are too old.
pub async fn write(
    on: &mut AnyConnection,
    seq: i64,
    at: Timestamp,
    digest: &[u8; 32],
    touched: impl Iterator<Item = &Name>,
) -> Result<(), Fault> {
    sqlx::query("INSERT INTO config_versions (seq, at, digest) VALUES ($1, $2, $3)")
        .bind(seq)
        .bind(at.unix_micros())
        .bind(digest.to_vec())
        .execute(&mut *on)
        .await
        .map_err(unavailable)?;
    for (kind, id) in touched {
        sqlx::query("INSERT INTO config_changes (seq, kind, id) VALUES ($1, $2, $3)")
            .bind(seq)
            .bind(*kind)
            .bind(id.as_str())
            .execute(&mut *on)
            .await
            .map_err(unavailable)?;
    }
    for query in [
        "DELETE FROM config_versions WHERE seq <= $1",
        "DELETE FROM config_changes WHERE seq <= $1",
    ] {
        sqlx::query(query)
            .bind(seq - KEPT)
            .execute(&mut *on)
            .await
            .map_err(unavailable)?;
    }
    Ok(())
}

/// Reads the changes after `after`.
pub async fn read(
    on: &mut AnyConnection,
    after: i64,
) -> Result<Vec<(u64, [u8; 32], Vec<Name>)>, Fault> {
    let versions =
        sqlx::query("SELECT seq, digest FROM config_versions WHERE seq > $1 ORDER BY seq")
            .bind(after)
            .fetch_all(&mut *on)
            .await
            .map_err(unavailable)?;
    let changes = sqlx::query("SELECT seq, kind, id FROM config_changes WHERE seq > $1")
        .bind(after)
        .fetch_all(on)
        .await
        .map_err(unavailable)?;
    let mut touched: BTreeMap<i64, Vec<Name>> = BTreeMap::new();
    for row in &changes {
        let name: String = row.try_get(1).map_err(unavailable)?;
        touched
            .entry(row.try_get(0).map_err(unavailable)?)
            .or_default()
            .push((kind(&name)?.as_str(), row.try_get(2).map_err(unavailable)?));
    }
    versions
        .iter()
        .map(|row| {
            let seq: i64 = row.try_get(0).map_err(unavailable)?;
            let digest: Vec<u8> = row.try_get(1).map_err(unavailable)?;
            let digest = digest
                .try_into()
                .map_err(|_| super::rows::broken("a stored digest is not 32 bytes"))?;
            let names = touched.remove(&seq).unwrap_or_default();
            Ok((u64::try_from(seq).unwrap_or_default(), digest, names))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(id: &str) -> Name {
        ("tenant", id.to_owned())
    }

    #[test]
    fn what_changed_between_two_versions_is_named_once_or_not_known() {
        let mut history = History::default();
        for (seq, id) in [(4, "a"), (5, "b"), (6, "a")] {
            history.add(seq, [0; 32], vec![name(id)]);
        }
        let between = |from, to| {
            history
                .between(from, to)
                .map(|it| it.into_iter().map(|(_, id)| id).collect::<Vec<_>>())
        };
        assert_eq!(between(3, 6), Some(vec!["a".into(), "b".into()]));
        assert_eq!(between(5, 6), Some(vec!["a".into()]));
        assert_eq!(between(6, 6), Some(vec![]));
        assert_eq!(between(2, 6), None, "3 is not known");
        assert_eq!(between(6, 9), None, "7 is not known");
        assert_eq!(between(7, 6), None, "from the future");
    }
}
