//! The embedded store: one folder with `journal.db` and `looks.db` (the truth) and `keys.db`, used by one process and
//! read by any number beside it.

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
        let Files { journal, looks, keys } = Files::of(folder);
        complete(&journal, &keys)?;
        let mut random = [0; 16];
        entropy.fill(&mut random)?;
        let new = Builder::from_random_bytes(random).into_uuid();
        let keys = Arc::new(SqliteKeys::open(&keys, new, entropy).await?);
        let of = keys.id();
        let journal = belonging(SqliteJournal::open(&journal, of).await?, journal, of)?;
        let looks = belonging(SqliteJournal::open(&looks, of).await?, looks, of)?;
        Ok(Self { journal, looks, keys, lock })
    }

    /// The id of the journal in this folder.
    pub fn id(&self) -> Uuid {
        self.keys.id()
    }
}

/// A folder that is read beside whoever uses it: nothing is made there, and nothing written.
pub struct Beside {
    /// What people did, and what they saw.
    pub journal: Arc<SqliteJournal>,
    /// Who consulted what.
    pub looks: Arc<SqliteJournal>,
    /// The keys of both.
    pub keys: Arc<SqliteKeys>,
}

impl Beside {
    /// Opens a folder with a journal in it, under the same conditions as for use.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        if !folder.is_dir() {
            let why = "there is no such folder; name one that was served or imported into";
            return Err(Error::Unusable { path: folder.to_owned(), why });
        }
        let Files { journal, looks, keys } = Files::of(folder);
        complete(&journal, &keys)?;
        let history = SqliteJournal::open_to_read(&journal).await?;
        let keys = Arc::new(SqliteKeys::open_to_read(&keys).await?);
        let of = keys.id();
        let journal = belonging(history, journal, of)?;
        let looks = belonging(SqliteJournal::open_to_read(&looks).await?, looks, of)?;
        Ok(Self { journal, looks, keys })
    }
}

/// The looks of a folder and the keys, to record one beside whoever uses the folder.
pub async fn ledger(
    folder: &Path,
    entropy: Arc<dyn Entropy>,
) -> Result<(Arc<SqliteJournal>, Arc<SqliteKeys>), Error> {
    let Files { looks, keys, .. } = Files::of(folder);
    let keys = Arc::new(SqliteKeys::open(&keys, Uuid::nil(), entropy).await?);
    let looks = belonging(SqliteJournal::open(&looks, keys.id()).await?, looks, keys.id())?;
    Ok((looks, keys))
}

/// The files of a folder.
struct Files {
    journal: PathBuf,
    looks: PathBuf,
    keys: PathBuf,
}

impl Files {
    fn of(folder: &Path) -> Self {
        let [journal, looks, keys] = ["journal.db", "looks.db", "keys.db"].map(|name| folder.join(name));
        Self { journal, looks, keys }
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

fn belonging(journal: SqliteJournal, path: PathBuf, id: Uuid) -> Result<Arc<SqliteJournal>, Error> {
    if journal.id() == id {
        Ok(Arc::new(journal))
    } else {
        let why = "it belongs to other keys than those beside it; restore journal and keys from one back-up";
        Err(Error::Unusable { path, why })
    }
}
