//! Work that one node at a time does beside the journal, such as deliveries, and how far it has come.
//!
//! What is kept here is no part of the history and may be lost: the work is done again then.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;

use crate::port::Error;

/// Whether this node has a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Another node has it.
    Elsewhere,
    /// It has it now, and did not when it asked last, or lost it in between: what was kept has to be read again.
    Anew,
    /// It still has it.
    Still,
}

/// The right to do something, which one node at a time has until it ends or is not heard of any more.
#[async_trait]
pub trait Lease: Send + Sync {
    /// Takes the lease if nobody has it, and says whose it is. Whoever has it asks every second or so, and has lost it
    /// when this fails.
    async fn hold(&self) -> Result<Held, Error>;

    /// What was kept last, by whichever node had the lease.
    async fn read(&self) -> Result<Option<Vec<u8>>, Error>;

    /// Keeps something in the place of what was kept; refused to a node that does not have the lease.
    async fn write(&self, bytes: &[u8]) -> Result<(), Error>;
}

/// The lease of a folder that one process has for itself: always held, and kept in a file.
pub struct FolderLease {
    path: PathBuf,
    asked: AtomicBool,
}

impl FolderLease {
    /// In this folder, under this name.
    pub fn within(folder: &Path, name: &str) -> Self {
        Self { path: folder.join(name).with_extension("json"), asked: AtomicBool::new(false) }
    }

    fn try_write(&self, bytes: &[u8]) -> std::io::Result<()> {
        let beside = self.path.with_extension("json.new");
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_data()?;
        std::fs::rename(beside, &self.path)
    }
}

#[async_trait]
impl Lease for FolderLease {
    async fn hold(&self) -> Result<Held, Error> {
        Ok(if self.asked.swap(true, Ordering::Relaxed) { Held::Still } else { Held::Anew })
    }

    async fn read(&self) -> Result<Option<Vec<u8>>, Error> {
        match std::fs::read(&self.path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::failed("reading how far work has come")(error.into())),
        }
    }

    /// Under another name, synced, then renamed, so that it is whole.
    async fn write(&self, bytes: &[u8]) -> Result<(), Error> {
        self.try_write(bytes).map_err(|error| Error::failed("keeping how far work has come")(error.into()))
    }
}
