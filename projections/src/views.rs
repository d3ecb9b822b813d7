//! Views: the file with every read model, one writer, and as many snapshots as are asked for.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::checkpoint::Checkpoint;
use crate::error::Error;
use crate::file::{self, File};
use crate::registry;
use crate::snapshot::{Pool, Snapshot};
use crate::writer::Writer;

/// The views of one journal, disposable: whatever happens to the file, they are rebuilt.
#[derive(Clone, Debug)]
pub struct Views {
    file: Arc<File>,
    pool: Arc<Pool>,
    writer: Arc<Mutex<Option<Connection>>>,
}

impl Views {
    /// Opens `views-<fingerprint>.db` in a folder, or begins it. One that is broken, or not ours, is discarded: the
    /// checkpoint then says that nothing is folded yet.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = Self::path_in(folder);
        match File::open(&path) {
            Err(error) if error.is_broken() => {
                file::remove(&path)?;
                File::open(&path).map(Self::of)
            }
            opened => opened.map(Self::of),
        }
    }

    /// The views of this code that are in a folder, to be read beside whoever writes them; none where none are begun
    /// yet. Nothing is made and nothing mended.
    pub fn open_to_read(folder: &Path) -> Result<Option<Self>, Error> {
        let file = File::open_to_read(&Self::path_in(folder))?;
        Ok(file.map(|file| Self::over(file, None)))
    }

    /// Begins views from nothing in the folder, whatever is there: for views of another journal.
    pub fn open_anew(folder: &Path) -> Result<Self, Error> {
        file::remove(&Self::path_in(folder))?;
        Self::open(folder)
    }

    /// Begins views from nothing in a file that must not be there yet: as of another position or time.
    pub fn build_to(path: &Path) -> Result<Self, Error> {
        match std::fs::File::create_new(path) {
            Ok(_) => File::open(path).map(Self::of),
            Err(error) => Err(Error::file("creating the views file", error)),
        }
    }

    /// The same with what a copy of others holds.
    pub fn build_upon(path: &Path, copy: &Path) -> Result<Self, Error> {
        file::copy(copy, path)?;
        File::open(path).map(Self::of)
    }

    /// Where the views of this code are kept in a folder.
    pub fn path_in(folder: &Path) -> PathBuf {
        folder.join(format!("views-{}.db", registry::fingerprint()))
    }

    /// Removes the views that other versions of the code left in a folder, once nobody serves from them.
    pub fn remove_others(folder: &Path) -> Result<(), Error> {
        let ours = Self::path_in(folder);
        let entries = std::fs::read_dir(folder).map_err(|error| Error::file("listing the folder", error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            if name.starts_with("views-") && name.ends_with(".db") && path != ours {
                file::remove(&path)?;
            }
        }
        Ok(())
    }

    /// Deletes a file of views that nobody uses any more.
    pub fn remove(path: &Path) -> Result<(), Error> {
        file::remove(path)
    }

    fn of((file, connection): (File, Connection)) -> Self {
        Self::over(file, Some(connection))
    }

    fn over(file: File, writer: Option<Connection>) -> Self {
        let file = Arc::new(file);
        let pool = Arc::new(Pool::new(Arc::clone(&file)));
        Self { file, pool, writer: Arc::new(Mutex::new(writer)) }
    }

    /// The one writer; refused while another is there, and where the views were opened to be read.
    pub fn writer(&self) -> Result<Writer, Error> {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        Writer::new(connection.ok_or(Error::WriterTaken)?, Arc::clone(&self.file), Arc::clone(&self.writer))
    }

    /// What the views hold at this moment, and go on holding for as long as the snapshot lives.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        Pool::snapshot(&self.pool)
    }

    /// How far the views have come.
    pub fn checkpoint(&self) -> Result<Checkpoint, Error> {
        self.snapshot().map(|snapshot| snapshot.checkpoint())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.file.path
    }
}

#[cfg(test)]
mod tests;
