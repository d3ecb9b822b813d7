//! A journal's keys as the codec uses them: remembered, and turned into pseudonyms and fingerprints.

use std::collections::HashMap;
use std::sync::Arc;

use domain::event::InputDigest;
use domain::id::MemberId;
use domain::sealed::Owner;
use parking_lot::Mutex;
use uuid::Uuid;

use crate::port::{Error, Key, Keys, Slot};
use crate::recent::Recent;
use crate::seal::mac;

/// How many keys are remembered at least; twice as many at most (about 80 bytes each).
const REMEMBERED: usize = 50_000;

/// Keys with a memory of those used lately.
pub struct Keyring {
    keys: Arc<dyn Keys>,
    memory: Mutex<Recent<Owner, Slot>>,
}

/// Which keys to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    Create,
    Leave,
}

impl Keyring {
    /// Over the keys of a journal.
    pub fn new(keys: Arc<dyn Keys>) -> Self {
        Self { keys, memory: Mutex::new(Recent::new(REMEMBERED)) }
    }

    /// A remembered slot.
    pub(crate) fn recall(&self, owner: Owner) -> Option<Slot> {
        self.memory.lock().get(&owner)
    }

    /// The slots of owners, fetched in one go where they are not remembered.
    pub(crate) async fn fetch(
        &self,
        mut owners: Vec<Owner>,
        absent: Absent,
    ) -> Result<HashMap<Owner, Slot>, Error> {
        owners.sort_unstable();
        owners.dedup();
        let mut found = HashMap::with_capacity(owners.len());
        {
            let mut memory = self.memory.lock();
            owners.retain(|owner| memory.get(owner).map(|slot| found.insert(*owner, slot)).is_none());
        }
        if owners.is_empty() {
            return Ok(found);
        }
        let slots = match absent {
            Absent::Create => self.keys.get_or_create(&owners).await?,
            Absent::Leave => self.keys.get(&owners).await?,
        };
        let mut memory = self.memory.lock();
        for (owner, slot) in owners.into_iter().zip(slots) {
            if slot != Slot::Missing {
                memory.put(owner, slot);
            }
            found.insert(owner, slot);
        }
        Ok(found)
    }

    /// Which of these owners' keys were destroyed, as it stands in the store: what is remembered here may be older.
    pub async fn destroyed(&self, owners: &[Owner]) -> Result<Vec<bool>, Error> {
        let slots = self.keys.get(owners).await?;
        Ok(slots.into_iter().map(|slot| slot == Slot::Destroyed).collect())
    }

    /// Destroys keys and forgets them.
    pub async fn destroy(&self, owners: &[Owner]) -> Result<(), Error> {
        self.keys.destroy(owners).await?;
        let mut memory = self.memory.lock();
        owners.iter().for_each(|owner| memory.forget(owner));
        Ok(())
    }

    /// A secret for a purpose of its own, made of the key of an owner: whoever has the keys has it, on every node.
    pub async fn secret(&self, owner: Owner, purpose: &str) -> Result<[u8; 32], Error> {
        Ok(mac(&self.key(owner).await?, purpose, &[]))
    }

    /// The pseudonym of a member under the key of a month: the first 16 bytes of an HMAC of the member's id. It
    /// cannot be told again once that key is destroyed.
    pub async fn pseudonym(&self, month: Owner, member: MemberId) -> Result<Uuid, Error> {
        let mac = self.mac(month, "pseudonym", member.0.as_bytes()).await?;
        Ok(Uuid::from_bytes(mac))
    }

    /// The fingerprint of a command's input under the key of who sent it.
    pub async fn fingerprint(&self, sender: Owner, input: &[u8]) -> Result<InputDigest, Error> {
        self.mac(sender, "input", input).await.map(InputDigest)
    }

    async fn mac(&self, owner: Owner, label: &str, bytes: &[u8]) -> Result<[u8; 16], Error> {
        let key = self.key(owner).await?;
        let mut half = [0; 16];
        half.copy_from_slice(&mac(&key, label, &[bytes])[..16]);
        Ok(half)
    }

    async fn key(&self, owner: Owner) -> Result<Key, Error> {
        let slot = match self.recall(owner) {
            Some(slot) => slot,
            None => self.fetch(vec![owner], Absent::Create).await?.remove(&owner).unwrap_or(Slot::Missing),
        };
        match slot {
            Slot::Key(key) => Ok(key),
            Slot::Destroyed | Slot::Missing => Err(Error::Destroyed),
        }
    }
}
