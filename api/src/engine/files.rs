//! Files, as the engine needs to know of them: whether an actor has one at hand, and which documents were erased.

use std::collections::HashSet;
use std::sync::Arc;

use domain::id::DocumentId;
use domain::refusal::File;
use projections::{Viewer, documents};

use super::{Engine, Error, Submission};
use crate::files::{self, Files, erased};

impl Engine {
    /// The same engine, with the files that documents hold. Without it nobody has a file at hand.
    pub fn with_files(mut self, files: Arc<Files>) -> Self {
        self.files = Some(files);
        self
    }

    /// Whether an actor has a file at hand: it is kept, and they uploaded it lately or may read it.
    pub(super) async fn at_hand(&self, submission: &Submission, file: &File) -> Result<bool, Error> {
        let Some(files) = &self.files else { return Ok(false) };
        if files.size(&file.sha256).await.map_err(unknown)? != Some(file.size) {
            return Ok(false);
        }
        if files.uploaded(submission.actor.member(), file).await.map_err(unknown)? {
            return Ok(true);
        }
        let viewer = submission.actor.member().map_or(Viewer::Operator, Viewer::Member);
        let readable = documents::files::readable(&self.snapshot()?, &viewer, &file.sha256, file.size)?;
        Ok(self.erased(&readable).await?.len() < readable.len())
    }

    /// Those of these documents whose key was destroyed.
    pub async fn erased(&self, documents: &[DocumentId]) -> Result<HashSet<DocumentId>, Error> {
        Ok(erased(&self.codec, documents).await?)
    }
}

fn unknown(error: files::Error) -> Error {
    journal::Error::failed("looking for a file")(error.into()).into()
}
