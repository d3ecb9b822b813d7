//! Files at the command line: checked, backed up, copied, brought out and in again, and where they may be kept.

use std::path::Path;
use std::time::{Duration, SystemTime};

use passerelle::clock::{Clock, SystemClock};
use passerelle_tests::contract::Fixture;
use passerelle_tests::contract::postgres::PostgresFixture;
use passerelle_tests::exchange::upload;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command, done, refused};
use passerelle_tests::skipped::skipped;
use passerelle_tests::story::Story;
use serde_json::json;

use crate::shelf::{Shelf, names_below};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn file_of(folder: &Path) -> std::path::PathBuf {
    let digits = names_below(&folder.join("files/sha256")).remove(0);
    folder.join("files/sha256").join(&digits[..2]).join(&digits)
}

/// A folder in which one document holds a file and one names a file in records that came without it.
async fn with_one() -> Story {
    let mut shelf = Shelf::new().await;
    shelf.with("Bo", "bread", b"flour").await;
    shelf.story
}

#[tokio::test(flavor = "multi_thread")]
async fn check_names_a_file_that_is_missing_or_is_not_what_it_was() {
    let story = with_one().await;
    let folder = story.folder();
    assert!(done(folder, &["check"]).contains("1 files are as they were written"));
    let file = file_of(folder);
    let digits = file.file_name().unwrap().to_str().unwrap().to_owned();
    std::fs::write(&file, b"flower").unwrap();
    let said = refused(folder, &["check"], 1);
    assert_eq!(said, "1 fault was found");
    let told = command(folder, &["check"]).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        told.contains(&format!("files: {digits}, which the history names, is not what it was")),
        "{told}"
    );
    std::fs::remove_file(&file).unwrap();
    let told = String::from_utf8(command(folder, &["check"]).output().unwrap().stdout).unwrap();
    assert!(told.contains(&format!("files: {digits}, which the history names, is not there")), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_back_up_a_copy_and_both_kinds_of_export_take_the_files_along() {
    let story = with_one().await;
    let (folder, scratch) = (story.folder(), Scratch::new().unwrap());
    let to = |name: &str| scratch.path().join(name);
    let said = done(folder, &["backup", text(&to("backup"))]);
    assert!(said.contains("1 files are copied and compared"), "{said}");
    done(folder, &["copy", text(folder), text(&to("copy"))]);
    done(folder, &["export", text(&to("records"))]);
    done(folder, &["export", "--journal-file", text(&to("journal.jsonl"))]);
    assert_eq!(names_below(&to("records").join("files")).len(), 1);
    done(&to("imported"), &["import", text(&to("records"))]);
    done(&to("from-file"), &["import", "--journal-file", text(&to("journal.jsonl"))]);
    for copied in ["backup", "copy", "imported", "from-file"] {
        assert_eq!(std::fs::read(file_of(&to(copied))).unwrap(), b"flour", "{copied}");
        let said = done(&to(copied), &["check"]);
        assert!(said.contains("1 files are as they were written"), "{copied}: {said}");
    }
    let wrong = to("records").join("files").join("0".repeat(64));
    std::fs::write(&wrong, b"something else").unwrap();
    let said = refused(&to("wrong"), &["import", text(&to("records"))], 1);
    assert!(said.contains(text(&wrong)) && said.contains("is not the SHA-256"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_back_up_of_which_a_file_is_missing_says_so() {
    let story = with_one().await;
    let scratch = Scratch::new().unwrap();
    std::fs::remove_file(file_of(story.folder())).unwrap();
    let said = refused(story.folder(), &["backup", text(&scratch.path().join("backup"))], 1);
    assert!(said.contains("which the history names, is not there"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_database_a_folder_of_files_is_refused_unless_it_is_said_to_be_shared() {
    let scratch = Scratch::new().unwrap();
    let (node, files) = (scratch.path().join("node"), scratch.path().join("files"));
    let serve = ["serve", "--listen", "127.0.0.1:0", "--files", text(&files), "--journal"];
    let Some(database) = PostgresFixture::empty().await else {
        return skipped("files beside PostgreSQL", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let url = database.address();
    let with = |more: &[&'static str]| -> Vec<String> {
        let words = serve.iter().copied().chain([url.as_str()]).chain(more.iter().copied());
        words.map(str::to_owned).collect()
    };
    let words = with(&[]);
    let said = refused(&node, &words.iter().map(String::as_str).collect::<Vec<_>>(), 3);
    assert!(said.contains("--files-shared") && said.contains("s3://"), "{said}");
    let none = Served::of(command(&node, &["serve", "--listen", "127.0.0.1:0", "--journal", &url]));
    let token = none.token.clone().unwrap();
    let reply = upload(none.address, &token, b"x", "").await;
    assert_eq!((reply.status, reply.code().as_str()), (501, "FILES_NOT_KEPT"));
    none.terminate();
    let words = with(&["--files-shared"]);
    let shared = Served::of(command(&node, &words.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(upload(shared.address, &token, b"x", "").await.status, 201);
    shared.terminate();
    assert_eq!(names_below(&files.join("sha256")).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_removes_what_nobody_needs_when_it_starts() {
    let scratch = Scratch::new().unwrap();
    let server = Served::start(scratch.path());
    let token = server.token.clone().unwrap();
    let establish = r#"mutation { establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { projected } }"#;
    server.asks(&token, establish, json!({})).await;
    assert_eq!(upload(server.address, &token, b"forgotten", "").await.status, 201);
    server.terminate();
    let now = Duration::from_micros(SystemClock.now().micros() as u64);
    let days_ago = SystemTime::UNIX_EPOCH + now - Duration::from_secs(48 * 3600);
    let files = scratch.path().join("files");
    let receipts = files.join("uploads/service");
    let receipt = receipts.join(&names_below(&receipts)[0]);
    for path in [file_of(scratch.path()), receipt] {
        std::fs::File::options().write(true).open(path).unwrap().set_modified(days_ago).unwrap();
    }
    let server = Served::start(scratch.path());
    for _ in 0..1_000 {
        if names_below(&files).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing is removed: {:?}; {}", names_below(&files), server.kill());
}
