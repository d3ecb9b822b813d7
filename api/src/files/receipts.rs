//! Receipts: who uploaded what within the last day. They are what lets a member name a file, and what keeps a file that
//! no event names yet.

use std::time::Duration;

use domain::id::MemberId;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStoreExt, PutPayload};

use super::{Error, File, Files, NAMED_WITHIN, UPLOADS};

/// Who uploaded a file: a member, or a service.
pub(super) type Owner = Option<MemberId>;

/// A receipt.
pub(super) struct Receipt {
    pub(super) at: Path,
    pub(super) file: File,
    pub(super) age: Duration,
}

impl Files {
    /// Writes down that somebody uploaded a file.
    pub(super) async fn receipt(&self, owner: Owner, file: &File) -> Result<(), Error> {
        let written = self.store.put(&receipt_of(owner, file), PutPayload::new()).await;
        written.map(|_| ()).map_err(Error::of("writing a receipt"))
    }

    /// Whether somebody uploaded a file so lately that they may name it.
    pub(crate) async fn uploaded(&self, owner: Owner, file: &File) -> Result<bool, Error> {
        match self.store.head(&receipt_of(owner, file)).await {
            Ok(receipt) => Ok(self.age(&receipt) <= NAMED_WITHIN),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(Error::of("looking for a receipt")(error)),
        }
    }

    /// The receipts of somebody.
    pub(super) async fn receipts_of(&self, owner: Owner) -> Result<Vec<Receipt>, Error> {
        self.receipts_within(&folder_of(owner)).await
    }

    /// The receipts of everybody.
    pub(super) async fn receipts(&self) -> Result<Vec<Receipt>, Error> {
        self.receipts_within(&Path::from(UPLOADS)).await
    }

    async fn receipts_within(&self, folder: &Path) -> Result<Vec<Receipt>, Error> {
        let listed: Vec<ObjectMeta> =
            self.store.list(Some(folder)).try_collect().await.map_err(Error::of("listing receipts"))?;
        Ok(listed.iter().filter_map(|meta| self.read_receipt(meta)).collect())
    }

    fn read_receipt(&self, meta: &ObjectMeta) -> Option<Receipt> {
        let (sha256, size) = meta.location.filename()?.split_once('-')?;
        let file = File { sha256: sha256.to_owned(), size: size.parse().ok()? };
        Some(Receipt { at: meta.location.clone(), file, age: self.age(meta) })
    }
}

fn folder_of(owner: Owner) -> Path {
    let owner = owner.map_or_else(|| "service".to_owned(), |member| member.0.to_string());
    Path::from_iter([UPLOADS, owner.as_str()])
}

fn receipt_of(owner: Owner, File { sha256, size }: &File) -> Path {
    folder_of(owner).join(format!("{sha256}-{size}"))
}
