//! What nobody needs is removed after a day, and nothing else ever.

use std::path::Path;
use std::time::{Duration, SystemTime};

use domain::id::DocumentId;
use domain::sealed::Owner;
use passerelle::files::Collected;
use serde_json::json;
use uuid::Uuid;

use crate::shelf::{Shelf, names_below};

/// Lets everything in a folder be so many hours older than the story's now.
fn age(folder: &Path, hours: u64) {
    // The story stands at nine in the morning of that day.
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_772_442_000);
    for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => age(&entry.path(), hours),
            false => {
                let file = std::fs::File::options().write(true).open(entry.path()).unwrap();
                file.set_modified(now - Duration::from_secs(hours * 3600)).unwrap();
            }
        }
    }
}

impl Shelf {
    fn age(&self, hours: u64) {
        age(&self.story.folder().join("files"), hours);
    }

    async fn collected(&self) -> Collected {
        self.story.files.collect(&self.story.engine).await.unwrap()
    }

    /// The key of a document is destroyed: what it said is gone.
    async fn erase(&self, document: &str) {
        use base64::Engine as _;
        let id = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(self.story.id(document)).unwrap();
        let document = DocumentId(Uuid::from_slice(&id[5..]).unwrap());
        self.story.engine.codec().keyring().destroy(&[Owner::Content(document.0)]).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_document_names_is_removed_after_a_day_and_what_one_names_stays() {
    let mut shelf = Shelf::new().await;
    let url = shelf.with("Bo", "bread", b"named").await;
    shelf.uploaded("Bo", b"forgotten").await;
    assert_eq!(shelf.collected().await, Collected::default());
    shelf.age(24);
    assert_eq!(shelf.collected().await, Collected::default(), "it may be named until now");
    shelf.age(26);
    assert_eq!(shelf.collected().await, Collected { files: 1, receipts: 2, incomplete: 0 });
    assert_eq!(shelf.kept("sha256").len(), 1);
    assert_eq!(shelf.gets("Cy", &url).await.body, b"named");
    assert_eq!(shelf.collected().await, Collected::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_uploaded_again_is_kept_for_another_day() {
    let mut shelf = Shelf::new().await;
    shelf.uploaded("Bo", b"again").await;
    shelf.age(26);
    let file = shelf.uploaded("Cy", b"again").await;
    assert_eq!(shelf.collected().await, Collected { files: 0, receipts: 1, incomplete: 0 });
    // Also where only the receipt is new: the file itself was set aside by a collection that was cut off.
    let digits = file["sha256"].as_str().unwrap().to_owned();
    let files = shelf.story.folder().join("files");
    std::fs::create_dir_all(files.join("aside")).unwrap();
    std::fs::rename(files.join("sha256").join(&digits[..2]).join(&digits), files.join("aside").join(&digits))
        .unwrap();
    assert_eq!(shelf.collected().await, Collected::default());
    assert_eq!(shelf.kept("sha256"), [digits]);
    let url = shelf.shared("Cy", shelf.in_community(), "again", &file).await;
    assert_eq!(shelf.gets("Di", &url).await.body, b"again");
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_one_document_never_removes_the_file_of_another() {
    let mut shelf = Shelf::new().await;
    let first = shelf.with("Bo", "first", b"the same").await;
    let second = shelf.with("Cy", "second", b"the same").await;
    assert_eq!(shelf.kept("sha256").len(), 1);
    shelf.erase("first").await;
    assert_eq!(shelf.gets("Bo", &first).await.status, 404, "at once, before anything is removed");
    shelf.age(26);
    assert_eq!(shelf.collected().await.files, 0);
    assert_eq!(shelf.gets("Di", &second).await.body, b"the same");
    shelf.erase("second").await;
    assert_eq!(shelf.collected().await.files, 1, "the last that held it is gone");
    assert_eq!(shelf.kept("sha256"), [""; 0]);
    assert_eq!(shelf.gets("Di", &second).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_a_document_removes_no_file() {
    let mut shelf = Shelf::new().await;
    shelf.with("Bo", "first", b"the same").await;
    let second = shelf.with("Cy", "second", b"the same").await;
    shelf.with("Bo", "third", b"its own").await;
    for document in ["first", "third"] {
        let it = json!({"document": shelf.story.id(document)});
        shelf.story.sends("Bo", "withdrawDocument", it, "").await;
    }
    shelf.age(26);
    assert_eq!(shelf.collected().await.files, 0, "nobody sees it, and the history still holds it");
    assert_eq!(shelf.gets("Di", &second).await.body, b"the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_left_half_written_is_removed_and_what_is_coming_in_is_not() {
    let shelf = Shelf::new().await;
    let incoming = shelf.story.folder().join("files/incoming");
    std::fs::create_dir_all(&incoming).unwrap();
    std::fs::write(incoming.join("11111111-1111-4111-8111-111111111111#1"), b"half").unwrap();
    std::fs::write(incoming.join("22222222-2222-4222-8222-222222222222"), b"whole and not renamed").unwrap();
    assert_eq!(shelf.collected().await.incomplete, 0);
    shelf.age(26);
    std::fs::write(incoming.join("33333333-3333-4333-8333-333333333333#1"), b"coming in").unwrap();
    assert_eq!(shelf.collected().await.incomplete, 2);
    assert_eq!(names_below(&incoming), ["33333333-3333-4333-8333-333333333333#1"]);
}
