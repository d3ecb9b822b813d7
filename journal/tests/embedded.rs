//! What the embedded store refuses to open, each by name and with nothing lost.
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use journal::embedded::Embedded;
use journal::{Entropy, Error};

struct Same(u8);

impl Entropy for Same {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        bytes.fill(self.0);
        Ok(())
    }
}

/// An empty folder of this test alone.
fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("passerelle-embedded-{}-{test}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

async fn open(folder: &std::path::Path, id: u8) -> Result<Embedded, Error> {
    Embedded::open(folder, Arc::new(Same(id))).await
}

async fn refusal(folder: &std::path::Path) -> String {
    open(folder, 3).await.err().map(|error| error.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn a_folder_is_used_by_one_at_a_time() {
    let folder = folder("lock");
    let first = open(&folder, 1).await.unwrap();
    assert!(refusal(&folder).await.contains("another Passerelle is using this folder"));
    let id = first.id();
    drop(first);
    assert_eq!(open(&folder, 2).await.unwrap().id(), id);
    fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_journal_is_left_as_it_is() {
    let folder = folder("foreign");
    fs::create_dir_all(&folder).unwrap();
    let journal = folder.join("journal.db");
    fs::write(folder.join("keys.db"), b"").unwrap();
    drop(open(&folder, 1).await.unwrap());
    for foreign in [
        &b"not a database at all, but long enough to be looked at as if it were one ......"[..],
        &fs::read(folder.join("keys.db")).unwrap(),
    ] {
        for log in ["journal.db-wal", "journal.db-shm"] {
            let _ = fs::remove_file(folder.join(log));
        }
        fs::write(&journal, foreign).unwrap();
        let refused = refusal(&folder).await;
        assert!(
            refused.contains("journal.db") && refused.contains("not a journal of Passerelle"),
            "{refused}"
        );
        assert_eq!(fs::read(&journal).unwrap(), foreign);
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_journal_needs_its_own_keys() {
    let (mine, other) = (folder("mine"), folder("other"));
    drop(open(&mine, 1).await.unwrap());
    drop(open(&other, 2).await.unwrap());
    fs::copy(other.join("keys.db"), mine.join("keys.db")).unwrap();
    assert!(refusal(&mine).await.contains("belongs to other keys"));
    fs::remove_file(mine.join("keys.db")).unwrap();
    assert!(refusal(&mine).await.contains("keys of this journal are missing"));
    assert!(!mine.join("keys.db").exists());
    for folder in [mine, other] {
        fs::remove_dir_all(&folder).unwrap();
    }
}
