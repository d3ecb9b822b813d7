//! Keys in the database of the journal.

use std::sync::Arc;

use async_trait::async_trait;
use domain::id::MemberId;
use domain::sealed::Owner;
use domain::time::Month;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::{Row, query};
use uuid::Uuid;

use super::failed;
use super::rows::bound;
use crate::port::{Entropy, Error, Key, Keys, Slot};

/// The keys of a journal in PostgreSQL.
#[derive(Clone)]
pub struct PostgresKeys {
    pool: PgPool,
    entropy: Arc<dyn Entropy>,
}

const KEYS: &str = "reading or writing keys";

impl PostgresKeys {
    pub(super) fn new(pool: PgPool, entropy: Arc<dyn Entropy>) -> Self {
        Self { pool, entropy }
    }
}

#[async_trait]
impl Keys for PostgresKeys {
    async fn get(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error> {
        let (kinds, ids) = columns(owners);
        let rows = query(
            "SELECT key, keys.owner IS NOT NULL FROM unnest($1::smallint[], $2::bytea[]) WITH ORDINALITY \
             AS asked (kind, owner, n) LEFT JOIN keys USING (kind, owner) ORDER BY n",
        )
        .bind(kinds)
        .bind(ids)
        .fetch_all(&self.pool)
        .await
        .map_err(failed(KEYS))?;
        rows.iter().map(slot).collect()
    }

    async fn get_or_create(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error> {
        let found = self.get(owners).await?;
        if !found.contains(&Slot::Missing) {
            return Ok(found);
        }
        let missing = owners.iter().zip(&found).filter(|(_, slot)| **slot == Slot::Missing);
        let mut missing: Vec<Owner> = missing.map(|(owner, _)| *owner).collect();
        // In one order, so that two nodes never wait for each other's rows.
        missing.sort_unstable();
        missing.dedup();
        let mut keys = vec![0; missing.len() * 32];
        self.entropy.fill(&mut keys)?;
        let (kinds, ids) = columns(&missing);
        query(
            "INSERT INTO keys (kind, owner, key) SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::bytea[]) \
             ON CONFLICT DO NOTHING",
        )
        .bind(kinds)
        .bind(ids)
        .bind(keys.chunks(32).collect::<Vec<_>>())
        .execute(&self.pool)
        .await
        .map_err(failed(KEYS))?;
        self.get(owners).await
    }

    async fn destroy(&self, owners: &[Owner]) -> Result<(), Error> {
        let (kinds, ids) = columns(owners);
        query(
            "INSERT INTO keys (kind, owner, key) SELECT DISTINCT kind, owner, NULL::bytea \
             FROM unnest($1::smallint[], $2::bytea[]) AS asked (kind, owner) \
             ON CONFLICT (kind, owner) DO UPDATE SET key = NULL",
        )
        .bind(kinds)
        .bind(ids)
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(failed(KEYS))
    }

    async fn list(&self, after: Option<Owner>, limit: usize) -> Result<Vec<(Owner, Slot)>, Error> {
        let (kind, id) = after.map_or((-1, vec![]), columns_of);
        let rows = query(
            "SELECT key, kind, owner FROM keys WHERE (kind, owner) > ($1::smallint, $2::bytea) \
             ORDER BY kind, owner LIMIT $3",
        )
        .bind(kind)
        .bind(id)
        .bind(bound(limit as u64))
        .fetch_all(&self.pool)
        .await
        .map_err(failed(KEYS))?;
        rows.iter().map(|row| Ok((owner(row)?, stored_slot(row)?))).collect()
    }

    async fn restore(&self, slots: &[(Owner, Slot)]) -> Result<(), Error> {
        let owners: Vec<Owner> = slots.iter().map(|(owner, _)| *owner).collect();
        let (kinds, ids) = columns(&owners);
        let keys: Vec<Option<&[u8]>> = slots
            .iter()
            .map(|(_, slot)| match slot {
                Slot::Key(key) => Some(key.0.as_slice()),
                Slot::Destroyed | Slot::Missing => None,
            })
            .collect();
        query(
            "INSERT INTO keys (kind, owner, key) SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::bytea[]) \
             ON CONFLICT DO NOTHING",
        )
        .bind(kinds)
        .bind(ids)
        .bind(keys)
        .execute(&self.pool)
        .await
        .map_err(failed(KEYS))?;
        let there = self.get(&owners).await?;
        if there.iter().zip(slots).all(|(there, (_, slot))| there == slot) {
            Ok(())
        } else {
            Err(Error::failed(KEYS)("another key of the same owner is there already".into()))
        }
    }
}

/// Owners as two columns. The bytes sort as the owners do.
fn columns(owners: &[Owner]) -> (Vec<i16>, Vec<Vec<u8>>) {
    owners.iter().copied().map(columns_of).unzip()
}

fn columns_of(owner: Owner) -> (i16, Vec<u8>) {
    let month = |month: Month| (i64::from(month.0) + (1 << 31)).to_be_bytes().to_vec();
    match owner {
        Owner::Personal(member) => (0, member.0.as_bytes().to_vec()),
        Owner::Content(id) => (1, id.as_bytes().to_vec()),
        Owner::Trace(of) => (2, month(of)),
        Owner::Look(of) => (3, month(of)),
    }
}

fn owner(row: &PgRow) -> Result<Owner, Error> {
    let wrong = || Error::failed(KEYS)("an owner that is none".into());
    let kind: i16 = row.try_get(1).map_err(failed(KEYS))?;
    let bytes: Vec<u8> = row.try_get(2).map_err(failed(KEYS))?;
    let id = || Uuid::from_slice(&bytes).map_err(|_| wrong());
    let month = || {
        let bytes = bytes.as_slice().try_into().map_err(|_| wrong())?;
        i32::try_from(i64::from_be_bytes(bytes) - (1 << 31)).map(Month).map_err(|_| wrong())
    };
    Ok(match kind {
        0 => Owner::Personal(MemberId(id()?)),
        1 => Owner::Content(id()?),
        2 => Owner::Trace(month()?),
        3 => Owner::Look(month()?),
        _ => return Err(wrong()),
    })
}

fn slot(row: &PgRow) -> Result<Slot, Error> {
    let there: bool = row.try_get(1).map_err(failed(KEYS))?;
    if there { stored_slot(row) } else { Ok(Slot::Missing) }
}

fn stored_slot(row: &PgRow) -> Result<Slot, Error> {
    let key: Option<Vec<u8>> = row.try_get(0).map_err(failed(KEYS))?;
    match key.map(TryInto::try_into) {
        None => Ok(Slot::Destroyed),
        Some(Ok(key)) => Ok(Slot::Key(Key(key))),
        Some(Err(_)) => Err(Error::failed(KEYS)("a key that is not 32 bytes long".into())),
    }
}
