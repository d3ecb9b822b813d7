//! A folder opened: the journal and the looks, their keys, and the stored form of both; embedded, or with the truth in
//! PostgreSQL and the folder for what is disposable.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use journal::embedded::{Embedded, FolderLock};
use journal::postgres::{Part, PostgresJournal};
use journal::{Codec, Entropy, Error, Journal, Keys};

use crate::clock::{Clock, SystemClock};
use crate::engine::{self, Engine, Parts};
use crate::entropy::SystemEntropy;

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
            codec: Arc::clone(&self.codec),
            folder: self.path.clone(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        })
    }

    /// Records that an operator consulted something that says who did what.
    pub(crate) async fn look(&self, subject: &str) -> Result<(), Error> {
        use domain::event::{Agent, Event, Metadata, Origin};
        let now = SystemClock.now();
        let day = crate::clock::local_day(now, "UTC");
        let mut random = [0; 16];
        SystemEntropy.fill(&mut random)?;
        let command_id = domain::id::CommandId(uuid::Builder::from_random_bytes(random).into_uuid());
        let stream = domain::stream::StreamName::look(command_id.0);
        let consulted =
            domain::look::Consulted { subject: subject.to_owned(), month: day.month(), member: None.into() };
        let metadata = Metadata {
            actor: None,
            department: None,
            agent: Agent::Service,
            on_behalf_of: None,
            automatic: false,
            command_id,
            input: None,
            correlation_id: None,
            causation_id: None,
            facts_at: None,
            occurred_at: now,
            local_day: day,
            origin: Origin::Live,
            source_id: None,
        };
        let id = domain::id::EventId::of(uuid::Uuid::nil(), command_id, 0);
        let events = vec![(id, Event::from(consulted), metadata)];
        let draft = journal::Draft { stream, expected: 0, recorded_at: now, events };
        let appends = self.codec.encode(vec![draft]).await?;
        self.looks.append(appends).await.into_iter().collect::<Result<Vec<_>, _>>().map(|_| ())
    }
}
