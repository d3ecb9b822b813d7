//! A folder opened: the journal and the looks, their keys, and the stored form of both; embedded, or with the truth in
//! PostgreSQL and the folder for what is disposable.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::decision::Actor;
use journal::embedded::{Embedded, FolderLock};
use journal::postgres::{Part, PostgresJournal};
use journal::{Codec, Entropy, Error, Journal, Keys};

use crate::clock::{Clock, SystemClock, local_day};
use crate::engine::{self, Engine, Parts};
use crate::entropy::SystemEntropy;
use crate::looks::{Looker, Looks};

type Store = (Arc<dyn Journal>, Arc<dyn Journal>, Arc<dyn Keys>, FolderLock);

/// Everything that is true, opened, and for this process alone where it is embedded.
pub(crate) struct Folder {
    /// What people did, and what they saw.
    pub(crate) journal: Arc<dyn Journal>,
    /// Who consulted what.
    pub(crate) looks: Arc<dyn Journal>,
    /// The keys of both.
    pub(crate) keys: Arc<dyn Keys>,
    /// The stored form of their events.
    pub(crate) codec: Arc<Codec>,
    /// Where views are kept.
    pub(crate) path: PathBuf,
    _lock: FolderLock,
}

impl Folder {
    /// Opens a folder, with the journal in it or at the address of a database.
    pub(crate) async fn open(path: &Path, database: Option<&str>) -> Result<Self, Error> {
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let (journal, looks, keys, lock): Store = match database {
            None => {
                let Embedded { journal, looks, keys, lock } = Embedded::open(path, entropy).await?;
                (journal, looks, keys, lock)
            }
            Some(url) => {
                let lock = FolderLock::take(path)?;
                let journal = PostgresJournal::open(url, Part::History).await?;
                let looks = PostgresJournal::open(url, Part::Looks).await?;
                let keys = journal.keys(entropy);
                (Arc::new(journal), Arc::new(looks), Arc::new(keys), lock)
            }
        };
        let codec = Arc::new(Codec::new(Arc::clone(&keys)));
        Ok(Self { journal, looks, keys, codec, path: path.to_owned(), _lock: lock })
    }

    /// Starts the engine upon it.
    pub(crate) fn engine(&self) -> Result<Engine, engine::Error> {
        Engine::start(Parts {
            journal: Arc::clone(&self.journal),
            looks: Arc::clone(&self.looks),
            codec: Arc::clone(&self.codec),
            folder: self.path.clone(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        })
    }

    /// Records that an operator consulted something that says who did what.
    pub(crate) async fn look(&self, subject: &str) -> Result<(), Error> {
        let day = local_day(SystemClock.now(), "UTC");
        self.ledger().record(Looker { actor: Actor::Service, department: None, day }, subject).await
    }

    fn ledger(&self) -> Looks {
        Looks {
            journal: Arc::clone(&self.looks),
            codec: Arc::clone(&self.codec),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        }
    }
}
