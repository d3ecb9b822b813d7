//! A folder with an engine, into which activity logs are imported and from which they are exported.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_graphql::{Executor, Request, Variables};
use domain::decision::Actor;
use domain::event::Recorded;
use journal::Codec;
use journal::embedded::Embedded;
use passerelle::activity_log::export::{self, Decoded, History, export};
use passerelle::activity_log::import::{self, Options, Summary, import};
use passerelle::activity_log::source::{Files, Source};
use passerelle::clock::{Clock, SystemClock};
use passerelle::engine::{Engine, Parts};
use passerelle::entropy::SystemEntropy;
use passerelle::graphql::{Caller, Endpoint};
use serde_json::Value;

/// Why a world could not be opened or used.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A folder of its own, thrown away at the end.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder.
    pub fn new() -> Result<Self, Failure> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("passerelle-log-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be thrown away is left to the system.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An organisation in a folder.
pub struct World {
    /// The engine.
    pub engine: Arc<Engine>,
    _store: Embedded,
    _scratch: Scratch,
}

impl World {
    /// An empty one.
    pub async fn empty() -> Result<Self, Failure> {
        Self::at(Arc::new(SystemClock)).await
    }

    /// An empty one, by a clock.
    pub async fn at(clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        let scratch = Scratch::new()?;
        let store = Embedded::open(scratch.path(), Arc::new(SystemEntropy)).await?;
        let engine = Engine::start(Parts {
            journal: store.journal.clone(),
            looks: store.looks.clone(),
            codec: Arc::new(Codec::new(store.keys.clone())),
            folder: scratch.path().to_owned(),
            clock,
            entropy: Arc::new(SystemEntropy),
        })?;
        Ok(Self { engine: Arc::new(engine), _store: store, _scratch: scratch })
    }

    /// Imports an activity log.
    pub async fn import(&self, source: &dyn Source) -> Result<Summary, import::Error> {
        import(&self.engine, source, Options::default(), &mut |_, _| ()).await
    }

    /// Imports an activity log, leaving out what is wrong.
    pub async fn import_what_fits(&self, source: &dyn Source) -> Result<Summary, import::Error> {
        let options = Options { skip_invalid: true, until: None };
        import(&self.engine, source, options, &mut |_, _| ()).await
    }

    /// Exports everything.
    pub async fn export(&self) -> Result<Files, export::Error> {
        let mut files = Files::new();
        export(&self.decoded(), &mut files).await?;
        Ok(files)
    }

    /// The data of what somebody asks through GraphQL.
    pub async fn asks(&self, actor: Actor, document: &str, variables: Value) -> Result<Value, Failure> {
        let request =
            Request::new(document).variables(Variables::from_json(variables)).data(Caller { actor });
        let response = Endpoint::new(Arc::clone(&self.engine)).execute(request).await;
        if let Some(error) = response.errors.first() {
            return Err(format!("{document}: {}", error.message).into());
        }
        Ok(response.data.into_json()?)
    }

    /// Every node of a connection, page by page. `document` takes `$after`, and calls the connection `list`; it
    /// stands at `within` of the data.
    pub async fn asks_for_all(
        &self,
        actor: Actor,
        document: &str,
        mut variables: Value,
        within: &str,
    ) -> Result<Vec<Value>, Failure> {
        let mut all = vec![];
        loop {
            let mut data = self.asks(actor, document, variables.clone()).await?;
            let list = data.pointer_mut(within).ok_or("there is no such list")?;
            if let Some(nodes) = list["nodes"].as_array_mut() {
                all.append(nodes);
            }
            if list["pageInfo"]["hasNextPage"] != true {
                return Ok(all);
            }
            variables["after"] = list["pageInfo"]["endCursor"].take();
        }
    }

    /// Every event, in order of position.
    pub async fn events(&self) -> Result<Vec<Recorded>, export::Error> {
        let (mut all, mut after) = (vec![], Default::default());
        loop {
            let (events, next) = self.decoded().page(after, 5_000).await?;
            all.extend(events);
            if next == after {
                return Ok(all);
            }
            after = next;
        }
    }

    fn decoded(&self) -> Decoded<'_> {
        Decoded { journal: &**self.engine.journal(), codec: self.engine.codec() }
    }
}
