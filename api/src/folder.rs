//! A folder opened: the journal and the looks, their keys, and the stored form of both; embedded, or with the truth in
//! PostgreSQL and the folder for what is disposable. One process uses it; others may read it meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::decision::Actor;
use journal::embedded::{Beside, Embedded, FolderLock, ledger};
use journal::postgres::{Part, PostgresJournal, PostgresLease};
use journal::{Codec, Entropy, Error, FolderLease, Journal, Keys, Lease};

use crate::clock::{Clock, SystemClock, local_day};
use crate::engine::{self, Engine, Parts};
use crate::entropy::SystemEntropy;
use crate::looks::{Consulting, Looker, Looks};

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
    /// Which of the nodes on this journal delivers to webhooks.
    pub(crate) deliveries: Arc<dyn Lease>,
    _lock: FolderLock,
}

/// What a lease is called, and the file of it where there is one node.
const DELIVERIES: &str = "webhooks";

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
        let deliveries: Arc<dyn Lease> = match database {
            None => Arc::new(FolderLease::within(path, DELIVERIES)),
            Some(url) => Arc::new(PostgresLease::try_new(url, DELIVERIES)?),
        };
        let codec = Arc::new(Codec::new(Arc::clone(&keys)));
        Ok(Self { journal, looks, keys, codec, path: path.to_owned(), deliveries, _lock: lock })
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
}

/// A folder opened to be read beside whoever uses it: nothing is made there, and nothing written but looks.
pub(crate) struct Reader {
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
    database: Option<String>,
}

impl Reader {
    /// Opens a folder to read the journal in it or at the address of a database.
    pub(crate) async fn open(path: &Path, database: Option<&str>) -> Result<Self, Error> {
        let (journal, looks, keys): (Arc<dyn Journal>, Arc<dyn Journal>, Arc<dyn Keys>) = match database {
            None => {
                let Beside { journal, looks, keys } = Beside::open(path).await?;
                (journal, looks, keys)
            }
            Some(url) => {
                let journal = PostgresJournal::open_to_read(url, Part::History).await?;
                let looks = PostgresJournal::open_to_read(url, Part::Looks).await?;
                let keys = journal.keys(Arc::new(SystemEntropy));
                (Arc::new(journal), Arc::new(looks), Arc::new(keys))
            }
        };
        let codec = Arc::new(Codec::new(Arc::clone(&keys)));
        Ok(Self { journal, looks, keys, codec, path: path.to_owned(), database: database.map(str::to_owned) })
    }

    /// Records that an operator consulted something that says who did what. The ledger is opened for that alone; of
    /// the keys, only that of the month's looks is made, with the first of them.
    pub(crate) async fn look(&self, subject: &str) -> Result<(), Error> {
        let (looks, who) = self.ledger().await?;
        looks.record(who, subject).await
    }

    /// Records that an operator consulted figures, in the same way.
    pub(crate) async fn look_at_figures(&self, consulting: Consulting) -> Result<(), Error> {
        let (looks, who) = self.ledger().await?;
        looks.record_figures(who, consulting).await
    }

    async fn ledger(&self) -> Result<(Looks, Looker), Error> {
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let (journal, keys): (Arc<dyn Journal>, Arc<dyn Keys>) = match &self.database {
            None => {
                let (looks, keys) = ledger(&self.path, Arc::clone(&entropy)).await?;
                (looks, keys)
            }
            Some(url) => {
                let keys = PostgresJournal::open(url, Part::History).await?.keys(Arc::clone(&entropy));
                (Arc::new(PostgresJournal::open(url, Part::Looks).await?), Arc::new(keys))
            }
        };
        let (codec, clock) = (Arc::new(Codec::new(keys)), Arc::new(SystemClock));
        let day = local_day(clock.now(), "UTC");
        let who = Looker { actor: Actor::Service, department: None, day };
        Ok((Looks { journal, codec, clock, entropy }, who))
    }
}
