//! A file on its way out, whole or in part.

use std::fs::File as Opened;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path as FolderPath;

use bytes::Bytes;
use futures::stream::{self, BoxStream, Stream, StreamExt};
use object_store::{GetOptions, GetRange};
use tokio::task::{JoinHandle, spawn_blocking};

use super::{Error, Files, place};

/// A file opened to be read.
pub struct Reading {
    /// How large the whole file is.
    pub size: u64,
    /// The bytes asked for.
    pub bytes: BoxStream<'static, io::Result<Bytes>>,
}

/// Bytes read from a folder at a time, while those before them are sent.
const CHUNK: u64 = 256 * 1024;

impl Files {
    /// Opens a file, or a part of it that is not empty; `None` when it is not kept here.
    pub async fn read(&self, sha256: &str, part: Option<Range<u64>>) -> Result<Option<Reading>, Error> {
        if let Some(folder) = &self.folder {
            return of_folder(folder, sha256, part).await;
        }
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = match self.store.get_opts(&place(sha256), options).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(Error::of("reading a file")(error)),
        };
        let size = found.meta.size;
        let bytes = found.into_stream().map(|bytes| bytes.map_err(io::Error::other)).boxed();
        Ok(Some(Reading { size, bytes }))
    }
}

/// A file being read: from where it stands, so much is left of what was asked for.
struct Open {
    file: Opened,
    left: u64,
}

/// Opens a file of a folder and reads its first bytes in one go: most files have no more.
async fn of_folder(
    folder: &FolderPath,
    sha256: &str,
    part: Option<Range<u64>>,
) -> Result<Option<Reading>, Error> {
    let path = folder.join(place(sha256).as_ref());
    let opened = spawn_blocking(move || {
        let mut file = match Opened::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let size = file.metadata()?.len();
        let part = part.map_or(0..size, |part| part.start..part.end.min(size));
        if part.start > 0 {
            file.seek(SeekFrom::Start(part.start))?;
        }
        let open = Open { file, left: part.end.saturating_sub(part.start) };
        open.read().map(|(first, rest)| Some((size, first, rest)))
    });
    let opened = opened.await.unwrap_or_else(|error| Err(io::Error::other(error)))?;
    Ok(opened.map(|(size, first, rest)| {
        let bytes = stream::iter([Ok(first)]).chain(rest.bytes());
        Reading { size, bytes: bytes.boxed() }
    }))
}

impl Open {
    /// The next bytes, into memory that nothing was written to before.
    fn read(self) -> io::Result<(Bytes, Self)> {
        let Self { mut file, left } = self;
        let wanted = left.min(CHUNK);
        let mut bytes = Vec::with_capacity(wanted as usize);
        file.by_ref().take(wanted).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != wanted {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok((Bytes::from(bytes), Self { file, left: left - wanted }))
    }

    /// All that is left, in large chunks: the next is read while the one before is sent.
    fn bytes(self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        stream::unfold(self.ahead(), |ahead| async move {
            match ahead?.await.unwrap_or_else(|error| Err(io::Error::other(error))) {
                Ok((bytes, rest)) => Some((Ok(bytes), rest.ahead())),
                Err(error) => Some((Err(error), None)),
            }
        })
    }

    fn ahead(self) -> Option<JoinHandle<io::Result<(Bytes, Self)>>> {
        (self.left > 0).then(|| spawn_blocking(|| self.read()))
    }
}
