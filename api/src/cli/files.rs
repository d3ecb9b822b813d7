//! Files at the command line: where they are kept, what a history names of them, and their way into and out of folders.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use futures::StreamExt;
use journal::{Codec, Journal};
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::serve::say;
use super::{Place, Trouble};
use crate::clock::SystemClock;
use crate::engine::Engine;
use crate::entropy::SystemEntropy;
use crate::files::{self, Files, Limits, Location, Named, Receiving, State, Uploads, Whole};

/// Opens where files are kept. With the journal in a database there is no such place unless it is named: other machines
/// may follow the same journal, and must find the same files.
pub(super) fn open(place: &Place) -> Result<Option<Arc<Files>>, Trouble> {
    let location = match (&place.files, &place.journal) {
        (None, None) => Location::within(&place.folder),
        (None, Some(_)) => return Ok(None),
        (Some(Location::Folder(folder)), Some(_)) if !place.files_shared => {
            return Err(Trouble::Failed(format!(
                "--files {} is a folder, and other machines may follow the same journal: add --files-shared if all \
                 of them see this folder, or name a bucket (s3://bucket/prefix)",
                folder.display()
            )));
        }
        (Some(location), _) => location.clone(),
    };
    at(&location).map(Some)
}

/// Opens files that are there already; nothing is made.
pub(super) fn open_to_read(place: &Place) -> Result<Option<Arc<Files>>, Trouble> {
    let location = place.files.clone().unwrap_or_else(|| Location::within(&place.folder));
    match &location {
        Location::Folder(folder) if !folder.is_dir() => Ok(None),
        location => at(location).map(Some),
    }
}

/// Opens the files of a place.
pub(super) fn at(location: &Location) -> Result<Arc<Files>, Trouble> {
    Ok(Arc::new(Files::open(location, Arc::new(SystemClock), Arc::new(SystemEntropy))?))
}

/// Takes uploads, and removes what nobody needs every hour, until what is answered is dropped.
pub(super) fn serve(engine: &Arc<Engine>, files: &Arc<Files>, limits: Limits) -> (Arc<Uploads>, Collecting) {
    let uploads = Arc::new(Uploads::new(Arc::clone(engine), Arc::clone(files), limits));
    let collecting = tokio::spawn(collect(Arc::clone(engine), Arc::clone(files)));
    (uploads, Collecting(collecting))
}

/// Files are collected while it lives.
pub(super) struct Collecting(tokio::task::JoinHandle<()>);

impl Drop for Collecting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

const EVERY: Duration = Duration::from_secs(3600);

async fn collect(engine: Arc<Engine>, files: Arc<Files>) {
    let mut interval = tokio::time::interval(EVERY);
    loop {
        interval.tick().await;
        match files.collect(&engine).await {
            Ok(collected) => tracing::info!(
                files = collected.files,
                receipts = collected.receipts,
                incomplete = collected.incomplete,
                "files that nobody needs were removed"
            ),
            Err(error) => tracing::error!(%error, "files that nobody needs could not be removed"),
        }
    }
}

/// What became of the files that a history names.
#[derive(Debug, Default)]
pub(super) struct Summary {
    whole: usize,
    /// Named by records that came without them.
    never_came: usize,
    /// What is wrong.
    pub(super) faults: Vec<String>,
}

impl Summary {
    /// Does something with each file that a history names.
    pub(super) async fn of(
        (journal, codec): (&dyn Journal, &Codec),
        mut each: impl AsyncFnMut(&Named) -> Result<State, files::Error>,
    ) -> Result<Self, Trouble> {
        let mut summary = Self::default();
        for named in files::named(journal, codec).await? {
            let fault = |what| format!("{}, which the history names, {what}", named.file.sha256);
            match each(&named).await? {
                State::Whole => summary.whole += 1,
                State::Missing if !named.live => summary.never_came += 1,
                State::Missing => summary.faults.push(fault("is not there; restore it from a back-up")),
                State::Differs => summary.faults.push(fault("is not what it was; restore it from a back-up")),
            }
        }
        Ok(summary)
    }

    /// Says how many files were dealt with, if the history names any.
    pub(super) fn tell(&self, done: &str) -> std::io::Result<()> {
        let Self { whole, never_came, .. } = self;
        match (whole, never_came) {
            (0, 0) => Ok(()),
            (whole, 0) => say(&format!("{whole} files {done}")),
            (whole, absent) => {
                say(&format!("{whole} files {done}; {absent} are named in records that came without them"))
            }
        }
    }

    /// An error if anything is wrong.
    pub(super) fn sound(self) -> Result<(), Trouble> {
        if self.faults.is_empty() { Ok(()) } else { Err(Trouble::Data(self.faults.join("\n"))) }
    }
}

/// Copies every file that a history names to another place.
pub(super) async fn copy(
    history: (&dyn Journal, &Codec),
    from: Option<&Files>,
    to: &Location,
) -> Result<(), Trouble> {
    let mut target = None;
    let summary = Summary::of(history, async |named| {
        let Some(from) = from else { return Ok(State::Missing) };
        if target.is_none() {
            let opened = Files::open(to, Arc::new(SystemClock), Arc::new(SystemEntropy));
            target = Some(Arc::new(opened?));
        }
        match &target {
            Some(target) => from.copy_to(target, &named.file).await,
            None => Ok(State::Missing),
        }
    });
    let summary = summary.await?;
    summary.tell("are copied and compared")?;
    summary.sound()
}

/// Writes every file that a history names to a folder, each under the SHA-256 of what is in it.
pub(super) async fn write_out(
    history: (&dyn Journal, &Codec),
    from: Option<&Files>,
    folder: &Path,
) -> Result<(), Trouble> {
    let summary = Summary::of(history, async |named| {
        let reading = match from {
            Some(from) => from.read(&named.file.sha256, None).await?,
            None => None,
        };
        let Some(mut reading) = reading else { return Ok(State::Missing) };
        fs::create_dir_all(folder).await?;
        let mut file = fs::File::create(folder.join(&named.file.sha256)).await?;
        while let Some(bytes) = reading.bytes.next().await {
            file.write_all(&bytes?).await?;
        }
        file.sync_all().await?;
        Ok(State::Whole)
    });
    let summary = summary.await?;
    summary.tell("are written")?;
    summary.sound()
}

async fn read_in(path: &Path, to: &Arc<Files>) -> Result<Whole, Trouble> {
    let (mut file, mut receiving) = (fs::File::open(path).await?, Receiving::begin(to)?);
    loop {
        let mut bytes = BytesMut::with_capacity(CHUNK);
        if file.read_buf(&mut bytes).await? == 0 {
            return Ok(receiving.end().await?);
        }
        receiving.write(bytes.freeze()).await?;
    }
}

/// Bytes read from a folder at a time.
const CHUNK: usize = 256 * 1024;

/// Brings in the files of a folder, each under the SHA-256 of what is in it, before the records that name them.
pub(super) async fn bring_in(folder: &Path, to: Option<&Arc<Files>>) -> Result<(), Trouble> {
    if !folder.is_dir() {
        return Ok(());
    }
    let Some(to) = to else {
        let why = "say with --files where the files of these records are to be kept";
        return Err(Trouble::Data(format!("{}: {why}", folder.display())));
    };
    let (mut entries, mut count) = (fs::read_dir(folder).await?, 0);
    while let Some(entry) = entries.next_entry().await? {
        let wrong = |what| Trouble::Data(format!("{}: {what}", entry.path().display()));
        let whole = read_in(&entry.path(), to).await?;
        if entry.file_name() != whole.file.sha256.as_str() {
            return Err(wrong("its name is not the SHA-256 of what is in it"));
        }
        whole.keep().await?;
        count += 1;
    }
    Ok(say(&format!("{count} files are kept"))?)
}
