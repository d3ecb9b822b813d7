//! The files that histories name: few, so that several documents hold the same one; and their way in.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use domain::command::Command;
use domain::decision::Actor;
use domain::document::source::Source;
use passerelle::files::{File, Limits, Uploads};
use sha2::{Digest as _, Sha256};

use super::draw::Draw;
use crate::log::{Failure, World};

static PAPERS: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let paper = |n: usize| {
        let bytes = format!("paper {n}\n").repeat(n * n).into_bytes();
        let digits = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        (digits, bytes)
    };
    (0..40).map(paper).collect()
});

/// One of the files.
pub(super) fn one(draw: &mut Draw) -> File {
    let (sha256, bytes) = PAPERS.iter().nth(draw.below(PAPERS.len())).unwrap_or_else(|| unreachable!());
    File { sha256: sha256.clone(), size: bytes.len() as u64 }
}

/// Uploads the file that a command names, if it names one.
pub(super) async fn upload(world: &World, actor: Actor, command: &Command) -> Result<(), Failure> {
    let (Command::ShareDocument(domain::document::share::Share { contents, .. })
    | Command::ReviseDocument(domain::document::revise::Revise { contents, .. })) = command
    else {
        return Ok(());
    };
    let Source::File { sha256, .. } = contents else { return Ok(()) };
    let bytes = PAPERS.get(sha256).ok_or("a history names a file that is none of its own")?;
    let uploads = Arc::new(Uploads::new(world.engine.clone(), world.files.clone(), Limits::default()));
    let mut upload = uploads.begin(actor.member(), Some(bytes.len() as u64)).await?;
    upload.write(bytes.clone().into()).await?;
    upload.end(Some(sha256)).await?;
    Ok(())
}
