//! The keys of an embedded journal, in a file beside it.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use domain::sealed::Owner;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::file::{self, Kind};
use super::group::{Group, Work};
use super::off_the_runtime;
use super::reader::Reader;
use crate::owner;
use crate::port::{Entropy, Error, Key, Keys, Slot};

/// Keys in a SQLite file.
pub struct SqliteKeys {
    id: Uuid,
    /// None where others write.
    writer: Option<Group<Writer>>,
    reader: Arc<Reader>,
}

impl SqliteKeys {
    /// Opens the keys in a file, making it with the journal id `new` if there is none.
    pub async fn open(path: &Path, new: Uuid, entropy: Arc<dyn Entropy>) -> Result<Self, Error> {
        let path = path.to_owned();
        off_the_runtime(move || {
            let (db, id) = file::open(&path, Kind::Keys, new)?;
            let writer = Group::start("keys-writer", Writer { db, entropy, destroyed: false })?;
            Ok(Self { id, writer: Some(writer), reader: Arc::new(Reader::new(&path)) })
        })
        .await
    }

    /// Opens the keys that are in a file to read them, beside whoever writes them. Whatever would change them is
    /// refused.
    pub async fn open_to_read(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        off_the_runtime(move || {
            let id = file::identify(&path, Kind::Keys)?;
            Ok(Self { id, writer: None, reader: Arc::new(Reader::new(&path)) })
        })
        .await
    }

    /// The id of the journal these keys belong to.
    pub fn id(&self) -> Uuid {
        self.id
    }

    async fn write(&self, change: Change, owners: Vec<(Owner, Slot)>) -> Result<Vec<Slot>, Error> {
        let writer = self.writer.as_ref().ok_or_else(|| self.reader.refusal())?;
        writer.ask((change, owners)).await?
    }
}

fn missing(owners: &[Owner]) -> Vec<(Owner, Slot)> {
    owners.iter().map(|owner| (*owner, Slot::Missing)).collect()
}

#[async_trait]
impl Keys for SqliteKeys {
    async fn get(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error> {
        let owners = owners.to_vec();
        let find = move |db: &Connection| owners.iter().map(|owner| slot(db, *owner)).collect();
        self.reader.read("reading keys", find).await
    }

    async fn get_or_create(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error> {
        if self.writer.is_some() {
            return self.write(Change::Create, missing(owners)).await;
        }
        let slots = self.get(owners).await?;
        if slots.contains(&Slot::Missing) { Err(self.reader.refusal()) } else { Ok(slots) }
    }

    async fn destroy(&self, owners: &[Owner]) -> Result<(), Error> {
        self.write(Change::Destroy, missing(owners)).await.map(drop)
    }

    async fn list(&self, after: Option<Owner>, limit: usize) -> Result<Vec<(Owner, Slot)>, Error> {
        let after = after.map(owner::to_bytes).unwrap_or_default();
        let list = move |db: &Connection| {
            let mut page =
                db.prepare_cached("SELECT owner, key FROM keys WHERE owner > ? ORDER BY owner LIMIT ?")?;
            let mut rows = page.query(params![after, limit])?;
            let mut slots = Vec::new();
            while let Some(row) = rows.next()? {
                let owner = owner::from_bytes(row.get_ref(0)?.as_blob()?);
                let owner = owner.ok_or(rusqlite::Error::InvalidColumnType(
                    0,
                    "owner".to_owned(),
                    rusqlite::types::Type::Blob,
                ))?;
                slots.push((owner, kept(row.get(1)?)));
            }
            Ok(slots)
        };
        self.reader.read("reading keys", list).await
    }

    async fn restore(&self, slots: &[(Owner, Slot)]) -> Result<(), Error> {
        self.write(Change::Restore, slots.to_vec()).await.map(drop)
    }
}

fn kept(key: Option<[u8; 32]>) -> Slot {
    key.map_or(Slot::Destroyed, |key| Slot::Key(Key(key)))
}

fn slot(db: &Connection, owner: Owner) -> rusqlite::Result<Slot> {
    let mut find = db.prepare_cached("SELECT key FROM keys WHERE owner = ?")?;
    let found = find.query_row([owner::to_bytes(owner)], |row| row.get(0).map(kept)).optional()?;
    Ok(found.unwrap_or(Slot::Missing))
}

/// What to do with owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Create,
    Destroy,
    Restore,
}

/// The state of the writing thread.
struct Writer {
    db: Connection,
    entropy: Arc<dyn Entropy>,
    /// The open transaction destroys keys.
    destroyed: bool,
}

impl Writer {
    fn put(&self, owner: Owner, key: Option<Key>) -> rusqlite::Result<()> {
        let mut put = self.db.prepare_cached("INSERT INTO keys (owner, key) VALUES (?, ?)")?;
        put.execute(params![owner::to_bytes(owner), key.as_ref().map(|key| &key.0[..])]).map(drop)
    }

    fn change(
        &mut self,
        change: Change,
        owner: Owner,
        wanted: Slot,
    ) -> rusqlite::Result<Result<Slot, Error>> {
        let there = slot(&self.db, owner)?;
        match (change, there) {
            (Change::Create, Slot::Missing) => {
                let mut key = Key([0; 32]);
                if let Err(error) = self.entropy.fill(&mut key.0) {
                    return Ok(Err(error));
                }
                self.put(owner, Some(key))?;
                return Ok(Ok(Slot::Key(key)));
            }
            (Change::Destroy, Slot::Missing) => self.put(owner, None)?,
            (Change::Destroy, Slot::Key(_)) => {
                let mut destroy = self.db.prepare_cached("UPDATE keys SET key = NULL WHERE owner = ?")?;
                destroy.execute([owner::to_bytes(owner)])?;
                self.destroyed = true;
            }
            (Change::Restore, Slot::Missing) => match wanted {
                Slot::Key(key) => self.put(owner, Some(key))?,
                Slot::Destroyed => self.put(owner, None)?,
                Slot::Missing => {}
            },
            (Change::Restore, there) if there != wanted => {
                let why = "another key of the same owner is there already";
                return Ok(Err(Error::failed("restoring keys")(why.into())));
            }
            (Change::Create | Change::Destroy | Change::Restore, _) => {}
        }
        Ok(Ok(there))
    }
}

impl Work for Writer {
    type Request = (Change, Vec<(Owner, Slot)>);
    type Answer = Result<Vec<Slot>, Error>;
    const DOING: &'static str = "writing keys";

    fn db(&self) -> &Connection {
        &self.db
    }

    fn begun(&mut self) -> rusqlite::Result<()> {
        self.destroyed = false;
        Ok(())
    }

    fn act(&mut self, (change, owners): Self::Request) -> rusqlite::Result<Self::Answer> {
        owners.into_iter().map(|(owner, slot)| self.change(change, owner, slot)).collect()
    }

    fn committed(&mut self) {
        // The log still holds what was there before; `secure_delete` has overwritten it in the file.
        if self.destroyed && self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).is_err() {
            tracing::warn!("the log of destroyed keys could not be emptied yet");
        }
    }
}
