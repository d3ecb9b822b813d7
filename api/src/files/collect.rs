//! Files that nobody needs any more are removed: those that no event names a day after they were uploaded, and those
//! that only erased items name.
//!
//! A file is set aside first and looked at again, so that one that is uploaded again at that very moment is put back:
//! its receipt is written before it is renamed to its place, and stays longer than it may be named.

use std::collections::HashSet;
use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStoreExt};
use projections::{Viewer, documents};

use super::{ASIDE, Error, Files, INCOMING, NAMED_WITHIN, WHOLE, place};
use crate::engine::Engine;

/// An hour more than an upload may be named for: what was named in the last moment is in the views by then.
const KEPT_FOR: Duration = Duration::from_secs(NAMED_WITHIN.as_secs() + 3600);
/// Files looked at together.
const TOGETHER: usize = 500;

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Files.
    pub files: usize,
    /// Receipts.
    pub receipts: usize,
    /// What came in and was never whole.
    pub incomplete: usize,
}

impl Files {
    /// Removes what nobody needs. Never a file that an event names of an item that was not erased, nor one that is
    /// coming in or was uploaded within the day.
    pub async fn collect(&self, engine: &Engine) -> Result<Collected, Error> {
        let receipts = self.remove_old_receipts().await?;
        let incomplete = self.remove_incomplete().await?;
        let whole = Path::from(WHOLE);
        let mut old = self
            .store
            .list(Some(&whole))
            .try_filter(|meta| std::future::ready(self.age(meta) > KEPT_FOR))
            .try_chunks(TOGETHER)
            .map_err(|error| Error::of("listing files")(error.1));
        while let Some(metas) = old.next().await {
            self.set_unneeded_aside(engine, &metas?).await?;
        }
        drop(old);
        Ok(Collected { files: self.decide_on_what_is_aside(engine).await?, receipts, incomplete })
    }

    async fn set_unneeded_aside(&self, engine: &Engine, metas: &[ObjectMeta]) -> Result<(), Error> {
        let sha256s: Vec<&str> = metas.iter().filter_map(|meta| meta.location.filename()).collect();
        let needed = self.needed(engine, &sha256s).await?;
        for sha256 in sha256s.into_iter().filter(|sha256| !needed.contains(*sha256)) {
            self.moved(&place(sha256), &aside(sha256)).await?;
        }
        Ok(())
    }

    /// Also what an earlier collection set aside that was cut off.
    async fn decide_on_what_is_aside(&self, engine: &Engine) -> Result<usize, Error> {
        let folder = Path::from(ASIDE);
        let listed: Vec<ObjectMeta> =
            self.store.list(Some(&folder)).try_collect().await.map_err(Error::of("listing files"))?;
        let sha256s: Vec<&str> = listed.iter().filter_map(|meta| meta.location.filename()).collect();
        let needed = self.needed(engine, &sha256s).await?;
        let mut removed = 0;
        for sha256 in sha256s {
            if needed.contains(sha256) {
                self.moved(&aside(sha256), &place(sha256)).await?;
            } else {
                self.removed(&aside(sha256)).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Those of these files that a receipt keeps, or an item that was not erased.
    async fn needed(&self, engine: &Engine, sha256s: &[&str]) -> Result<HashSet<String>, Error> {
        if sha256s.is_empty() {
            return Ok(HashSet::new());
        }
        let mut needed: HashSet<String> =
            self.receipts().await?.into_iter().map(|receipt| receipt.file.sha256).collect();
        engine.catch_up().await?;
        for sha256s in sha256s.chunks(TOGETHER) {
            let naming = documents::files::naming(&engine.snapshot()?, &Viewer::Operator, sha256s)?;
            let documents: Vec<_> = naming.iter().map(|(_, document)| *document).collect();
            let erased = engine.erased(&documents).await?;
            needed.extend(naming.into_iter().filter(|(_, d)| !erased.contains(d)).map(|(sha256, _)| sha256));
        }
        Ok(needed)
    }

    async fn remove_old_receipts(&self) -> Result<usize, Error> {
        let receipts = self.receipts().await?.into_iter();
        let old: Vec<_> = receipts.filter(|receipt| receipt.age > KEPT_FOR).collect();
        for receipt in &old {
            self.removed(&receipt.at).await?;
        }
        Ok(old.len())
    }

    /// What a crash left of files on their way in; the store does not list what it has not finished.
    async fn remove_incomplete(&self) -> Result<usize, Error> {
        let listed: Vec<ObjectMeta> = self
            .store
            .list(Some(&Path::from(INCOMING)))
            .try_collect()
            .await
            .map_err(Error::of("listing uploads"))?;
        let old: Vec<_> = listed.iter().filter(|meta| self.age(meta) > KEPT_FOR).collect();
        for meta in &old {
            self.removed(&meta.location).await?;
        }
        let Some(folder) = self.folder.as_ref().map(|folder| folder.join(INCOMING)) else {
            return Ok(old.len());
        };
        let now = self.clock.now().utc();
        let removed = tokio::task::spawn_blocking(move || remove_older(&folder, now)).await;
        Ok(old.len() + removed.unwrap_or_default())
    }

    async fn moved(&self, from: &Path, to: &Path) -> Result<(), Error> {
        found(self.store.rename(from, to).await, "moving a file")
    }

    async fn removed(&self, at: &Path) -> Result<(), Error> {
        found(self.store.delete(at).await, "removing a file")
    }
}

/// What is not there any more was moved or removed by another node.
fn found(result: object_store::Result<()>, doing: &'static str) -> Result<(), Error> {
    match result {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(Error::of(doing)(error)),
    }
}

fn aside(sha256: &str) -> Path {
    Path::from_iter([ASIDE, sha256])
}

/// Removes the files of a folder that nobody has written to for long; how many.
fn remove_older(folder: &std::path::Path, now: chrono::DateTime<chrono::Utc>) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let old = entries.filter(|entry| {
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        let age = |written| (now - chrono::DateTime::<chrono::Utc>::from(written)).to_std().ok();
        written.is_ok_and(|written| age(written).is_some_and(|age| age > KEPT_FOR))
    });
    old.filter(|entry| std::fs::remove_file(entry.path()).is_ok()).count()
}
