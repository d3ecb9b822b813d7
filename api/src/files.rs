//! Document contents: kept by the SHA-256 of what is in them, in a folder or in an S3-compatible store.
//!
//! - `sha256/ab/<64 digits>` is a file that is whole. It was written as `incoming/…`, synced and renamed before any
//!   event could name it, so a name never leads to half a file.
//! - `uploads/<member>/<digits>-<size>` is a receipt: that member uploaded that file on that day, and may name it. It is
//!   written whether the file was there before or not, so nobody learns which.
//! - `aside/<digits>` is a file on its way out: see [`Files::collect`].
//!
//! Files are not sealed: what is erased is removed, unless another item that was not erased holds the same file
//! (`docs/decisions/0016-files-by-what-is-in-them.md`).

mod collect;
mod downloads;
mod error;
mod kept;
mod location;
mod reading;
mod receipts;
mod receiving;
mod uploads;

use std::path::{Path as FolderPath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::time::Time;
use journal::Entropy;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};

pub use collect::Collected;
pub use domain::refusal::File;
pub use downloads::{Download, download};
pub use error::Error;
pub(crate) use kept::erased;
pub use kept::{Named, State, named};
pub use location::{Location, Unusable};
pub use reading::Reading;
pub use receiving::{Receiving, Whole};
pub use uploads::{FILE_MAX, Limits, Refusal, Upload, Uploads};

use crate::clock::Clock;

/// How long an upload may be named by who sent it.
const NAMED_WITHIN: Duration = Duration::from_secs(24 * 3600);

/// Files, wherever they are kept.
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// The folder, if it is one: what a crash left half-written is found there alone.
    folder: Option<PathBuf>,
    /// The bytes that are handed to the store together.
    part_bytes: usize,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Files {
    /// Opens where files are kept; a folder is made if it is not there.
    pub fn open(
        location: &Location,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, Unusable> {
        let (store, folder) = location.open()?;
        let part_bytes = if folder.is_some() { PART_OF_FOLDER } else { PART_OF_STORE };
        Ok(Self { store, folder, part_bytes, clock, entropy })
    }

    /// Opens the files of a folder that holds everything.
    pub fn within(
        folder: &FolderPath,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, Unusable> {
        Self::open(&Location::within(folder), clock, entropy)
    }

    /// Whether a file is kept, and how large it is.
    pub async fn size(&self, sha256: &str) -> Result<Option<u64>, Error> {
        match self.store.head(&place(sha256)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::of("looking for a file")(error)),
        }
    }

    /// How long ago something was stored; nothing when the clocks disagree.
    fn age(&self, meta: &ObjectMeta) -> Duration {
        let stored = Time::from(meta.last_modified);
        let micros = self.clock.now().micros().saturating_sub(stored.micros());
        Duration::from_micros(micros.try_into().unwrap_or(0))
    }
}

/// A folder takes parts of any size.
const PART_OF_FOLDER: usize = 512 * 1024;
/// S3 takes parts of 5 MiB and more, but for the last.
const PART_OF_STORE: usize = 5 * 1024 * 1024;

/// Where a file is kept that is whole.
fn place(sha256: &str) -> Path {
    Path::from_iter([WHOLE, sha256.get(..2).unwrap_or_default(), sha256])
}

const WHOLE: &str = "sha256";
const INCOMING: &str = "incoming";
const UPLOADS: &str = "uploads";
const ASIDE: &str = "aside";
