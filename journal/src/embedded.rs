//! The embedded store: one folder with `journal.db` and `looks.db` (the truth) and `keys.db`, used by one process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::{Builder, Uuid};

use crate::port::{Entropy, Error};
use crate::sqlite::{SqliteJournal, SqliteKeys};

/// A folder that this process has for itself.
pub struct Embedded {
    /// What people did, and what they saw.
    pub journal: Arc<SqliteJournal>,
    /// Who consulted what.
    pub looks: Arc<SqliteJournal>,
    /// The keys of both.
    pub keys: Arc<SqliteKeys>,
    /// Held for as long as the folder is used; let go when the process ends, however it ends.
    pub lock: FolderLock,
}

/// The exclusive use of a folder.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the folder, making it if it is not there.
    pub fn take(folder: &Path) -> Result<Self, Error> {
        let unusable = |why| Error::Unusable { path: folder.to_owned(), why };
        std::fs::create_dir_all(folder).map_err(|_| unusable("the folder can neither be found nor made"))?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"));
        let file = file.map_err(|_| unusable("the folder cannot be written to; check its permissions"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(unusable(
                "another Passerelle is using this folder; stop it first, or name another folder",
            )),
            Err(TryLockError::Error(_)) => Err(unusable("the folder cannot be locked; use a local disk")),
        }
    }
}

impl Embedded {
    /// Opens a folder, making its files if it is empty. A journal without its keys, or the keys of another journal,
    /// are refused.
    pub async fn open(folder: &Path, entropy: Arc<dyn Entropy>) -> Result<Self, Error> {
        let lock = FolderLock::take(folder)?;
        let [journal, looks, keys] = ["journal.db", "looks.db", "keys.db"].map(|name| folder.join(name));
        complete(&journal, &keys)?;
        let mut random = [0; 16];
        entropy.fill(&mut random)?;
        let new = Builder::from_random_bytes(random).into_uuid();
        let keys = Arc::new(SqliteKeys::open(&keys, new, entropy).await?);
        let journal = open_of(journal, keys.id()).await?;
        let looks = open_of(looks, keys.id()).await?;
        Ok(Self { journal, looks, keys, lock })
    }

    /// The id of the journal in this folder.
    pub fn id(&self) -> Uuid {
        self.keys.id()
    }
}

/// Keys are made before the first event, so they may stand alone after a crash, and a journal may not.
fn complete(journal: &Path, keys: &Path) -> Result<(), Error> {
    let filled = |path: &Path| path.metadata().is_ok_and(|file| file.len() > 0);
    if filled(journal) && !filled(keys) {
        let why = "the keys of this journal are missing; restore this file from a back-up";
        return Err(Error::Unusable { path: keys.to_owned(), why });
    }
    Ok(())
}

async fn open_of(path: PathBuf, id: Uuid) -> Result<Arc<SqliteJournal>, Error> {
    let journal = SqliteJournal::open(&path, id).await?;
    if journal.id() == id {
        Ok(Arc::new(journal))
    } else {
        let why = "it belongs to other keys than those beside it; restore journal and keys from one back-up";
        Err(Error::Unusable { path, why })
    }
}
