//! The embedded journal under the contract.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use journal::sqlite::{SqliteJournal, SqliteKeys};
use rusqlite::Connection;
use uuid::Uuid;

use super::{Counting, Fixture, Store, fresh};

/// A folder of its own, removed at the end.
pub struct SqliteFixture {
    /// Where.
    pub folder: PathBuf,
}

impl Drop for SqliteFixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Releases a transaction in the thread that holds it.
struct Held(#[expect(dead_code, reason = "held for its drop")] Connection);

#[async_trait]
impl Fixture for SqliteFixture {
    async fn empty() -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("passerelle-contract-{}", fresh()));
        std::fs::create_dir_all(&folder).unwrap();
        Some(Self { folder })
    }

    fn address(&self) -> String {
        self.folder.display().to_string()
    }

    async fn open(address: &str) -> Store {
        let folder = Path::new(address);
        let journal = SqliteJournal::open(&folder.join("journal.db"), Uuid::nil()).await.unwrap();
        let entropy = Arc::new(Counting::default());
        let keys = SqliteKeys::open(&folder.join("keys.db"), Uuid::nil(), entropy).await.unwrap();
        Store { journal: Arc::new(journal), keys: Arc::new(keys) }
    }

    async fn hold(&self) -> Box<dyn Send> {
        let path = self.folder.join("journal.db");
        let held = tokio::task::spawn_blocking(move || {
            let db = Connection::open(path).unwrap();
            db.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
            db.execute_batch("BEGIN IMMEDIATE").unwrap();
            Held(db)
        });
        Box::new(held.await.unwrap())
    }

    async fn tamper(&self) -> Vec<bool> {
        let db = Connection::open(self.folder.join("journal.db")).unwrap();
        ["UPDATE events SET type = 'x'", "DELETE FROM events"]
            .map(|sql| db.execute_batch(sql).is_err())
            .to_vec()
    }
}
