//! What a version of a document holds, for those who may read the document.

use domain::document::Contents;
use domain::id::DocumentId;
use projections::{Viewer, documents};

use super::{Error, File};
use crate::engine::Engine;

/// A file that somebody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// The name of the document.
    pub name: Option<String>,
    /// Which file.
    pub file: File,
    /// As registered with IANA.
    pub media_type: String,
}

/// The file of a version, if the viewer may read its document, that was not erased, and it is a file.
pub async fn download(
    engine: &Engine,
    viewer: &Viewer,
    document: DocumentId,
    number: u32,
) -> Result<Option<Download>, Error> {
    let (document, version) = {
        let snapshot = engine.snapshot()?;
        let Some(found) = documents::by_ids(&snapshot, viewer, &[document])?.pop() else { return Ok(None) };
        (found, documents::version(&snapshot, viewer, document, number)?)
    };
    let Some(Contents::File { sha256, size, media_type }) = version.map(|version| version.contents) else {
        return Ok(None);
    };
    // The views may not know yet that its key was destroyed.
    if !engine.erased(&[document.id]).await?.is_empty() {
        return Ok(None);
    }
    Ok(Some(Download { name: document.name, file: File { sha256, size }, media_type }))
}
