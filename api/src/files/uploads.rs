//! Uploads as they are let in: how large a file may be, how much a member and the organisation may keep, how many come
//! in at once.
//!
//! What is counted for a member is what that member uploaded or named, whether others hold the same file or not: what
//! is left of a quota says nothing of anybody else's files.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use projections::{Viewer, documents};

use super::receipts::{Owner, Receipt};
use super::{Error, File, Files, Receiving};
use crate::engine::Engine;

/// How much may be kept, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one file.
    pub file: u64,
    /// Of all files that one member uploaded or named.
    pub member: Option<u64>,
    /// Of all files of all members.
    pub organisation: Option<u64>,
}

/// The largest file whose size GraphQL can carry.
pub const FILE_MAX: u64 = i32::MAX as u64;

impl Default for Limits {
    fn default() -> Self {
        Self { file: 1 << 30, member: Some(10 << 30), organisation: None }
    }
}

/// Why an upload is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It is larger than a file may be.
    #[error("a file may have {0} bytes at most")]
    TooLarge(u64),
    /// It is more than the member, or the organisation, may keep.
    #[error("the quota is reached")]
    OverQuota,
    /// As many are coming in as may at once.
    #[error("too many uploads at once")]
    TooMany,
    /// What came in is not what its sender said it would be.
    #[error("the digest differs")]
    Differs,
    /// It could not be kept.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Lets uploads in.
pub struct Uploads {
    engine: Arc<Engine>,
    files: Arc<Files>,
    limits: Limits,
    under_way: Mutex<HashMap<Owner, UnderWay>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct UnderWay {
    uploads: usize,
    bytes: u64,
}

/// Uploads at once: of one member, and of all.
const OF_ONE: usize = 8;
const OF_ALL: usize = 64;
/// What is set aside at a time for an upload that does not say how large it is.
const STEP: u64 = 1 << 20;

impl Uploads {
    /// Uploads to where files are kept, for the members whom an engine knows.
    pub fn new(engine: Arc<Engine>, files: Arc<Files>, limits: Limits) -> Self {
        Self { engine, files, limits, under_way: Mutex::default() }
    }

    /// The files.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The engine.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Begins an upload of as many bytes as its sender says, if they say.
    pub async fn begin(self: &Arc<Self>, owner: Owner, declared: Option<u64>) -> Result<Upload, Refusal> {
        if declared.is_some_and(|bytes| bytes > self.limits.file) {
            return Err(Refusal::TooLarge(self.limits.file));
        }
        let room = self.room(owner).await?;
        self.enter(owner)?;
        let receiving = Receiving::begin(&self.files)?;
        let mut upload =
            Upload { uploads: Arc::clone(self), owner, room, reserved: 0, receiving: Some(receiving) };
        upload.reserve(declared.unwrap_or(0))?;
        Ok(upload)
    }

    fn enter(&self, owner: Owner) -> Result<(), Refusal> {
        let mut under_way = self.under_way.lock();
        let all: usize = under_way.values().map(|under_way| under_way.uploads).sum();
        let own = under_way.entry(owner).or_default();
        if all >= OF_ALL || own.uploads >= OF_ONE {
            return Err(Refusal::TooMany);
        }
        own.uploads += 1;
        Ok(())
    }

    /// What is left of each quota, without what is coming in.
    async fn room(&self, owner: Owner) -> Result<Room, Error> {
        let mut room = Room { member: u64::MAX, organisation: u64::MAX };
        if let (Some(quota), Some(member)) = (self.limits.member, owner) {
            let receipts = self.files.receipts_of(owner).await?;
            let snapshot = self.engine.snapshot()?;
            let sha256s: Vec<&str> = receipts.iter().map(|receipt| receipt.file.sha256.as_str()).collect();
            let named = documents::files::named_among(&snapshot, &Viewer::Operator, member, &sha256s)?;
            let unnamed = |receipt: &&Receipt| !named.contains(&receipt.file.sha256);
            let unnamed: u64 = receipts.iter().filter(unnamed).map(|receipt| receipt.file.size).sum();
            let used = documents::files::named_by(&snapshot, &Viewer::Operator, member)? + unnamed;
            room.member = quota.saturating_sub(used);
        }
        if let Some(quota) = self.limits.organisation {
            // What was uploaded and named within the day counts twice until tomorrow.
            let receipts = self.files.receipts().await?;
            let uploaded: u64 = receipts.iter().map(|receipt| receipt.file.size).sum();
            let named = documents::files::named(&self.engine.snapshot()?, &Viewer::Operator)?;
            room.organisation = quota.saturating_sub(named + uploaded);
        }
        Ok(room)
    }
}

#[derive(Clone, Copy, Debug)]
struct Room {
    member: u64,
    organisation: u64,
}

/// An upload under way.
pub struct Upload {
    uploads: Arc<Uploads>,
    owner: Owner,
    room: Room,
    reserved: u64,
    receiving: Option<Receiving>,
}

impl Upload {
    /// Takes the next bytes, unless they are too many.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), Refusal> {
        let Some(receiving) = &mut self.receiving else { return Ok(()) };
        let size = receiving.size() + bytes.len() as u64;
        if size > self.uploads.limits.file {
            return Err(Refusal::TooLarge(self.uploads.limits.file));
        }
        receiving.write(bytes).await?;
        if size > self.reserved {
            self.reserve(size.next_multiple_of(STEP))?;
        }
        Ok(())
    }

    /// Ends: from now on the file is kept, and its sender may name it. Where a digest was promised, it is that.
    pub async fn end(mut self, promised: Option<&str>) -> Result<File, Refusal> {
        let Some(receiving) = self.receiving.take() else { return Err(Refusal::Differs) };
        let whole = receiving.end().await?;
        if promised.is_some_and(|sha256| sha256 != whole.file.sha256) {
            return Err(Refusal::Differs);
        }
        // The receipt first: it keeps the file from being collected as soon as it is there.
        self.uploads.files.receipt(self.owner, &whole.file).await?;
        Ok(whole.keep().await?)
    }

    fn reserve(&mut self, bytes: u64) -> Result<(), Refusal> {
        let mut under_way = self.uploads.under_way.lock();
        let all: u64 = under_way.values().map(|under_way| under_way.bytes).sum();
        let own = under_way.entry(self.owner).or_default();
        let more = bytes.saturating_sub(self.reserved);
        if own.bytes + more > self.room.member || all + more > self.room.organisation {
            return Err(Refusal::OverQuota);
        }
        own.bytes += more;
        self.reserved += more;
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let mut under_way = self.uploads.under_way.lock();
        if let Some(own) = under_way.get_mut(&self.owner) {
            own.uploads -= 1;
            own.bytes -= self.reserved;
            if own.uploads == 0 {
                under_way.remove(&self.owner);
            }
        }
    }
}
