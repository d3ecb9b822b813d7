//! A file on its way out, whole or in part.

use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use object_store::{GetOptions, GetRange, GetResultPayload};

use super::{Error, Files, place};

/// A file opened to be read.
pub struct Reading {
    /// How large the whole file is.
    pub size: u64,
    /// The bytes asked for.
    pub bytes: BoxStream<'static, std::io::Result<Bytes>>,
}

/// Bytes read from a folder at a time, while those before them are sent.
const CHUNK: u64 = 256 * 1024;

impl Files {
    /// Opens a file, or a part of it that is not empty; `None` when it is not kept here.
    pub async fn read(&self, sha256: &str, part: Option<Range<u64>>) -> Result<Option<Reading>, Error> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = match self.store.get_opts(&place(sha256), options).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(Error::of("reading a file")(error)),
        };
        let (size, range) = (found.meta.size, found.range);
        let bytes = match found.payload {
            GetResultPayload::File(file, _) => of_file(file, range),
            GetResultPayload::Stream(bytes) => {
                bytes.map(|bytes| bytes.map_err(std::io::Error::other)).boxed()
            }
        };
        Ok(Some(Reading { size, bytes }))
    }
}

/// The bytes of a part of a file, read in large chunks and one ahead: the store's own stream takes 8 KiB at a time.
fn of_file(file: std::fs::File, range: Range<u64>) -> BoxStream<'static, std::io::Result<Bytes>> {
    let file = Arc::new(file);
    let chunks = (range.start..range.end).step_by(CHUNK as usize);
    let read = move |from: u64| {
        let (file, to) = (Arc::clone(&file), range.end.min(from + CHUNK));
        tokio::task::spawn_blocking(move || {
            let mut bytes = vec![0; (to - from) as usize];
            file.read_exact_at(&mut bytes, from)?;
            Ok(Bytes::from(bytes))
        })
    };
    let read = move |from| {
        let reading = read(from);
        async move { reading.await.unwrap_or_else(|error| Err(std::io::Error::other(error))) }
    };
    stream::iter(chunks).map(read).buffered(2).boxed()
}
