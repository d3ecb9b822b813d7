//! A file on its way in: written to a temporary name, synced, renamed.

use std::sync::Arc;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload, WriteMultipart};
use sha2::{Digest as _, Sha256};
use uuid::Builder;

use super::{Error, File, Files, INCOMING, place};
use crate::hex::hex;

/// A file as far as it has come in. What is dropped before it was kept leaves nothing behind.
pub struct Receiving {
    files: Arc<Files>,
    at: Path,
    write: Option<WriteMultipart>,
    hash: Sha256,
    size: u64,
}

/// A file that came in whole and is synced, under its temporary name.
pub struct Whole {
    files: Arc<Files>,
    at: Option<Path>,
    /// What it is.
    pub file: File,
}

/// Parts that are written at once while the next comes in.
const PARTS_AT_ONCE: usize = 2;

impl Receiving {
    /// Begins, under a name that nobody else has.
    pub fn begin(files: &Arc<Files>) -> Result<Self, Error> {
        let mut random = [0; 16];
        files.entropy.fill(&mut random)?;
        let name = Builder::from_random_bytes(random).into_uuid().to_string();
        let at = Path::from_iter([INCOMING, name.as_str()]);
        Ok(Self { files: Arc::clone(files), at, write: None, hash: Sha256::new(), size: 0 })
    }

    /// The bytes that came in so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), Error> {
        let failed = Error::of("writing a file");
        self.hash.update(&bytes);
        self.size += bytes.len() as u64;
        let write = match &mut self.write {
            Some(write) => write,
            None => {
                let begun = self.files.store.put_multipart(&self.at).await.map_err(&failed)?;
                self.write.insert(WriteMultipart::new_with_chunk_size(begun, self.files.part_bytes))
            }
        };
        write.wait_for_capacity(PARTS_AT_ONCE).await.map_err(&failed)?;
        write.put(bytes);
        Ok(())
    }

    /// Ends: the file is whole and synced when this is done.
    pub async fn end(mut self) -> Result<Whole, Error> {
        let failed = Error::of("writing a file");
        match self.write.take() {
            Some(write) => write.finish().await.map_err(failed)?,
            None => self.files.store.put(&self.at, PutPayload::new()).await.map_err(failed)?,
        };
        let file = File { sha256: hex(&self.hash.finalize_reset()), size: self.size };
        Ok(Whole { files: Arc::clone(&self.files), at: Some(self.at.clone()), file })
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if let (Some(write), Ok(runtime)) = (self.write.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move {
                if let Err(error) = write.abort().await {
                    tracing::warn!(%error, "what came in of a file is left behind until it is collected");
                }
            });
        }
    }
}

impl Whole {
    /// Renames it to what is in it.
    pub async fn keep(mut self) -> Result<File, Error> {
        if let Some(at) = &self.at {
            let kept = self.files.store.rename(at, &place(&self.file.sha256)).await;
            kept.map_err(Error::of("keeping a file"))?;
            self.at = None;
        }
        Ok(self.file.clone())
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let (Some(at), Ok(runtime)) = (self.at.take(), tokio::runtime::Handle::try_current()) {
            let files = Arc::clone(&self.files);
            runtime.spawn(async move {
                if let Err(error) = files.store.delete(&at).await {
                    tracing::warn!(%error, "a file is left behind until it is collected");
                }
            });
        }
    }
}
