//! A folder with an engine, into which activity logs are imported and from which they are exported.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_graphql::{Executor, Request, Variables};
use domain::decision::Actor;
use domain::event::{Position, Recorded};
use journal::Codec;
use journal::embedded::{Beside, Embedded};
use passerelle::activity_log::export::{self, Decoded, History, export};
use passerelle::activity_log::import::{self, Options, Summary, import};
use passerelle::activity_log::source::{Files as Records, Source};
use passerelle::clock::{Clock, SystemClock};
use passerelle::demo;
use passerelle::engine::{Engine, Parts};
use passerelle::entropy::SystemEntropy;
use passerelle::files::Files;
use passerelle::graphql::{Caller, Endpoint};
use projections::Views;
use projections::digest::{TableDigest, digest};
use serde_json::Value;

/// Why a world could not be opened or used.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A folder of its own, thrown away at the end.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder where the system keeps what is temporary.
    pub fn new() -> Result<Self, Failure> {
        Self::within(&std::env::temp_dir())
    }

    /// An empty folder within another: what is measured stands on a disk of choice.
    pub fn within(folder: &Path) -> Result<Self, Failure> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("passerelle-log-{}-{number}", std::process::id()));
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
    /// The files of its documents.
    pub files: Arc<Files>,
    /// Its journals and its keys.
    pub store: Embedded,
    scratch: Scratch,
}

/// The journals and keys of a folder.
pub async fn store(folder: &Scratch) -> Result<Embedded, Failure> {
    Ok(Embedded::open(folder.path(), Arc::new(SystemEntropy)).await?)
}

/// Starts an engine upon what is stored, with its views in a folder.
pub fn start(store: &Embedded, views: &Path) -> Result<Engine, Failure> {
    start_by(store, views, Arc::new(SystemClock))
}

fn start_by(store: &Embedded, views: &Path, clock: Arc<dyn Clock>) -> Result<Engine, Failure> {
    Ok(Engine::start(Parts {
        journal: store.journal.clone(),
        looks: store.looks.clone(),
        codec: Arc::new(Codec::new(store.keys.clone())),
        folder: views.to_owned(),
        clock,
        entropy: Arc::new(SystemEntropy),
    })?)
}

impl World {
    /// An empty one.
    pub async fn empty() -> Result<Self, Failure> {
        Self::at(Arc::new(SystemClock)).await
    }

    /// An empty one, by a clock.
    pub async fn at(clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        Self::opened(Scratch::new()?, clock).await
    }

    /// What a folder holds.
    pub async fn open(scratch: Scratch) -> Result<Self, Failure> {
        Self::opened(scratch, Arc::new(SystemClock)).await
    }

    async fn opened(scratch: Scratch, clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        let store = store(&scratch).await?;
        let files = Arc::new(Files::within(scratch.path(), clock.clone(), Arc::new(SystemEntropy))?);
        let engine = Arc::new(start_by(&store, scratch.path(), clock)?.with_files(files.clone()));
        Ok(Self { engine, files, store, scratch })
    }

    /// Closes it; the folder stays as it is for whoever opens it next.
    pub fn close(self) -> Scratch {
        self.scratch
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
    pub async fn export(&self) -> Result<Records, export::Error> {
        let mut files = Records::new();
        export(&self.decoded(), &mut files).await?;
        Ok(files)
    }

    /// The data of what somebody asks through GraphQL.
    pub async fn asks(&self, actor: Actor, document: &str, variables: Value) -> Result<Value, Failure> {
        let request =
            Request::new(document).variables(Variables::from_json(variables)).data(Caller::of(actor));
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
        all(self.decoded()).await
    }

    fn decoded(&self) -> Decoded<'_> {
        Decoded { journal: &**self.engine.journal(), codec: self.engine.codec() }
    }
}

async fn all(history: Decoded<'_>) -> Result<Vec<Recorded>, export::Error> {
    let (mut all, mut after) = (vec![], Default::default());
    loop {
        let (events, next) = history.page(after, 5_000).await?;
        all.extend(events);
        if next == after {
            return Ok(all);
        }
        after = next;
    }
}

/// Every event in a folder, in order of position.
pub async fn events_in(folder: &Path) -> Result<Vec<Recorded>, Failure> {
    let Beside { journal, keys, .. } = Beside::open(folder).await?;
    Ok(all(Decoded { journal: &*journal, codec: &Codec::new(keys) }).await?)
}

/// Every row of the views in a folder, as one digest a table, and the position they stand at.
pub fn views_in(folder: &Path) -> Result<(Position, Vec<TableDigest>), Failure> {
    let views = Views::open_to_read(folder)?.ok_or("there are no views")?;
    let snapshot = views.snapshot()?;
    Ok((snapshot.position(), digest(&snapshot)?))
}

/// The events as another run recorded them: what is given anew each time is taken from there.
pub fn as_in(mut events: Vec<Recorded>, of: &[Recorded]) -> Vec<Recorded> {
    for (event, other) in events.iter_mut().zip(of) {
        event.recorded_at = other.recorded_at;
        event.position = other.position;
        event.metadata.input = other.metadata.input;
        // A trace's stream is named with a pseudonym, under keys that are random.
        if event.stream.category() == "seen" {
            event.stream = other.stream.clone();
        }
    }
    events
}

/// The demonstration's activity log, cut after so many activities: the beginning holds every kind of act.
pub fn demonstration(activities: usize) -> Result<Records, Failure> {
    let (mut files, _) = demo::files(demo::Language::Fr, "2026-06-30".parse()?);
    let acts = files.get_mut("activities.jsonl").ok_or("there are no activities")?;
    let mut ends = acts.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let (end, _) = ends.nth(activities).ok_or("there are not so many")?;
    acts.truncate(end + 1);
    Ok(files)
}

/// Writes an activity log to a new folder.
pub fn write(files: &Records, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    files.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
}
