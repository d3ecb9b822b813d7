//! What the embedded store refuses to open, each by name and with nothing lost.
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use domain::event::Position;
use domain::id::EventId;
use domain::sealed::Owner;
use domain::stream::StreamName;
use domain::time::Time;
use journal::embedded::{Beside, Embedded};
use journal::{Append, Digest, Entropy, Error, Journal, Keys, Proposed, Slot};
use uuid::Uuid;

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

/// An event of any bytes.
fn append(expected: u64) -> Append {
    let event = Proposed {
        id: EventId(Uuid::from_u128(expected.into())),
        kind: "chart.renamed".into(),
        version: 1,
        occurred_at: Time::default(),
        data: vec![7; 100],
        metadata: vec![],
        digest: Digest([0; 32]),
    };
    Append { stream: StreamName::chart(), expected, recorded_at: Time::default(), events: vec![event] }
}

#[tokio::test]
async fn a_folder_is_read_and_not_written_beside_whoever_uses_it() {
    let folder = folder("beside");
    let used = open(&folder, 1).await.unwrap();
    used.journal.append(vec![append(0)]).await.remove(0).unwrap();
    let key = used.keys.get_or_create(&[Owner::Content(Uuid::nil())]).await.unwrap();
    let beside = Beside::open(&folder).await.unwrap();
    used.journal.append(vec![append(1)]).await.remove(0).unwrap();
    assert_eq!(beside.journal.read_all(Position(0), 10).await.unwrap().events.len(), 2);
    assert_eq!(beside.keys.get_or_create(&[Owner::Content(Uuid::nil())]).await.unwrap(), key);
    let opened_to_read = |error: Error| error.to_string().contains("opened to be read");
    assert!(opened_to_read(beside.journal.append(vec![append(2)]).await.remove(0).unwrap_err()));
    let other = Owner::Content(Uuid::max());
    assert!(opened_to_read(beside.keys.get_or_create(&[other]).await.unwrap_err()));
    assert_eq!(used.keys.get(&[other]).await.unwrap(), [Slot::Missing]);
    fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn what_a_crash_left_in_the_log_is_read_by_whoever_only_reads() {
    let (used, left) = (folder("used"), folder("left"));
    let store = open(&used, 1).await.unwrap();
    for expected in 0..5 {
        store.journal.append(vec![append(expected)]).await.remove(0).unwrap();
    }
    // As the disk stands when everything stops at once: files and logs, and no index of the logs.
    fs::create_dir_all(&left).unwrap();
    for file in fs::read_dir(&used).unwrap().map(|entry| entry.unwrap().file_name()) {
        if !file.to_string_lossy().ends_with("-shm") {
            fs::copy(used.join(&file), left.join(&file)).unwrap();
        }
    }
    assert!(left.join("journal.db-wal").metadata().unwrap().len() > 0);
    let before = fs::read(left.join("journal.db")).unwrap();
    for _ in 0..2 {
        let beside = Beside::open(&left).await.unwrap();
        assert_eq!(beside.journal.read_all(Position(0), 10).await.unwrap().events.len(), 5);
    }
    assert_eq!(fs::read(left.join("journal.db")).unwrap(), before, "the file itself is not written");
    for folder in [used, left] {
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[tokio::test]
async fn who_only_reads_is_refused_what_others_are_and_makes_nothing() {
    let refusal = async |folder: &std::path::Path| {
        Beside::open(folder).await.err().map(|error| error.to_string()).unwrap_or_default()
    };
    let folder = folder("read");
    assert!(refusal(&folder).await.contains("no such folder"));
    assert!(!folder.exists());
    fs::create_dir_all(&folder).unwrap();
    assert!(refusal(&folder).await.contains("there is no journal here yet"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    drop(open(&folder, 1).await.unwrap());
    fs::rename(folder.join("keys.db"), folder.join("aside")).unwrap();
    assert!(refusal(&folder).await.contains("keys of this journal are missing"));
    fs::rename(folder.join("aside"), folder.join("keys.db")).unwrap();
    rusqlite::Connection::open(folder.join("journal.db"))
        .unwrap()
        .pragma_update(None, "user_version", 2)
        .unwrap();
    assert!(refusal(&folder).await.contains("newer release"));
    fs::write(folder.join("journal.db"), "not a journal, and long enough to be looked at ".repeat(100))
        .unwrap();
    assert!(refusal(&folder).await.contains("not a journal of Passerelle"));
    fs::remove_dir_all(&folder).unwrap();
}
