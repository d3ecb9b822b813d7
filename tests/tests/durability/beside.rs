//! A folder is read while it is served: every command that only reads, as its users run it, beside a server under
//! load; and what is backed up meanwhile is restored.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use passerelle_tests::contract::Fixture;
use passerelle_tests::contract::postgres::PostgresFixture;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command, done, refused};
use passerelle_tests::recorded::{self, events};
use passerelle_tests::skipped::skipped;
use passerelle_tests::traffic::{Lane, Organisation, caught_up};
use serde_json::json;

const NAME: &str = "{ organisation { name } }";
/// What a server under load may answer: its views are built in the same second as everything else here.
const LATER: [&str; 1] = ["VIEWS_BEHIND"];

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Whether the lines of one history are the first of another's.
#[track_caller]
fn is_a_prefix(part: &Path, whole: &Path) {
    let (part, whole) = (events(part), events(whole));
    assert!(!part.is_empty() && part.len() <= whole.len(), "{} of {}", part.len(), whole.len());
    for (copied, original) in part.iter().zip(&whole) {
        assert_eq!(copied, original);
    }
}

/// Runs every command that reads, one after the other, each into a place of its own.
fn read_everything(folder: &Path, scratch: &Path) {
    let to = |name: &str| scratch.join(name);
    let said = done(folder, &["check"]);
    assert!(said.contains("are as they were written"), "{said}");
    assert!(said.contains("the views are what a replay up to position "), "{said}");
    done(folder, &["backup", text(&to("backup"))]);
    done(folder, &["copy", text(folder), text(&to("copy"))]);
    done(folder, &["export", text(&to("records"))]);
    done(folder, &["export", "--journal-file", text(&to("journal.jsonl"))]);
    done(folder, &["replay", "--position", "10", "--to", text(&to("views.db"))]);
    assert!(events(folder).len() > 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_reads_runs_beside_a_server_under_load_and_a_back_up_is_restored() {
    let scratch = Scratch::new().unwrap();
    let folder = scratch.path().join("data");
    let (organisation, server) = Organisation::found(&folder, 3, 8).await;
    let stop = Arc::new(AtomicBool::new(false));
    let (address, token) = (server.address, organisation.token().to_owned());
    let driven = Arc::clone(&stop);
    let load = tokio::spawn(async move {
        let mut lanes = Lane::several(8);
        let enough = |_: &Lane| driven.load(Ordering::Relaxed);
        organisation.drive_all(address, &mut lanes, &LATER, &enough).await.map(|()| lanes)
    });
    let before = events(&folder).len();
    let (source, target) = (folder.clone(), scratch.path().to_owned());
    tokio::task::spawn_blocking(move || read_everything(&source, &target)).await.unwrap();
    assert!(events(&folder).len() > before, "it was under load");
    stop.store(true, Ordering::Relaxed);
    let lanes = load.await.unwrap().unwrap();
    assert_eq!(recorded::faults(&events(&folder), &lanes), Vec::<String>::new());
    let (status, _) = server.terminate();
    assert!(status.success());

    let imported = scratch.path().join("imported");
    done(&imported, &["import", "--journal-file", text(&scratch.path().join("journal.jsonl"))]);
    // Of looks there was one before these were made, that of the events read first; a journal file has none.
    for (copied, looks) in [("backup", 1), ("copy", 1), ("imported", 0)] {
        let copied = scratch.path().join(copied);
        let said = done(&copied, &["check"]);
        assert!(said.contains(&format!(" events and {looks} looks are as they were written")), "{said}");
        assert!(said.contains("there are no views here yet"), "{said}");
        is_a_prefix(&copied, &folder);
        let server = Served::start(&copied);
        caught_up(&server, &token, events(&copied).len() as u64).await.unwrap();
        let answer = server.asks(&token, NAME, json!({})).await.json();
        assert_eq!(answer["data"]["organisation"]["name"], "O", "the same tokens hold: {answer}");
    }
    let again = scratch.path().join("again");
    let read = done(&again, &["import", text(&scratch.path().join("records"))]);
    assert!(read.contains(" 0 refused"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_reads_runs_beside_a_server_on_postgresql() {
    let Some(database) = PostgresFixture::empty().await else {
        return skipped("reading beside a server on PostgreSQL", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let (scratch, url) = (Scratch::new().unwrap(), database.address());
    let (folder, elsewhere) = (scratch.path().join("node"), scratch.path().join("elsewhere"));
    let missing = refused(&folder, &["events", "--journal", &url], 3);
    assert!(missing.contains("none in this database yet"), "{missing}");
    let server = Served::of(command(&folder, &["serve", "--journal", &url, "--listen", "127.0.0.1:0"]));
    let token = server.token.clone().unwrap();
    let establish = r#"mutation { it: establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) {
        projected } }"#;
    assert_eq!(server.asks(&token, establish, json!({})).await.json()["data"]["it"]["projected"], true);
    let checked = done(&folder, &["check", "--journal", &url]);
    assert!(checked.contains("the views are what a replay up to position "), "{checked}");
    let to = |name: &str| scratch.path().join(name);
    done(&folder, &["backup", "--journal", &url, text(&to("backup"))]);
    done(&folder, &["copy", &url, text(&to("copy"))]);
    done(&folder, &["export", "--journal", &url, text(&to("records"))]);
    done(&folder, &["export", "--journal", &url, "--journal-file", text(&to("journal.jsonl"))]);
    done(&elsewhere, &["events", "--journal", &url]);
    assert!(!elsewhere.exists(), "reading makes no folder");
    for copied in ["backup", "copy"] {
        let said = done(&to(copied), &["check"]);
        assert!(said.starts_with("2 events and 0 looks "), "{said}");
    }
    let looks = done(&elsewhere, &["check", "--journal", &url]);
    assert!(looks.starts_with("2 events and 3 looks ") && looks.contains("no views here yet"), "{looks}");
}

#[test]
fn reading_makes_nothing_where_there_is_nothing() {
    let scratch = Scratch::new().unwrap();
    let (absent, empty) = (scratch.path().join("absent"), scratch.path().join("empty"));
    fs::create_dir(&empty).unwrap();
    let (backup, records) = (scratch.path().join("backup"), scratch.path().join("records"));
    let journal = scratch.path().join("journal.jsonl");
    for arguments in [
        &["check"][..],
        &["events"],
        &["backup", text(&backup)],
        &["copy", text(&absent), text(&backup)],
        &["export", text(&records)],
        &["export", "--journal-file", text(&journal)],
    ] {
        let said = refused(&absent, arguments, 3);
        assert!(said.contains("absent") && said.contains("no such folder"), "{said}");
    }
    for arguments in [&["check"][..], &["events"], &["backup", text(&backup)]] {
        let said = refused(&empty, arguments, 3);
        assert!(said.contains("journal.db") && said.contains("there is no journal here yet"), "{said}");
    }
    assert_eq!(fs::read_dir(&empty).unwrap().count(), 0);
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1, "nothing was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn views_that_are_not_what_a_replay_gives_are_named() {
    let scratch = Scratch::new().unwrap();
    let (_, server) = Organisation::found(scratch.path(), 1, 1).await;
    server.terminate();
    let files = || fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().path());
    let is_views =
        |path: &std::path::PathBuf| path.to_string_lossy().ends_with(".db") && text(path).contains("views-");
    let views: Vec<_> = files().filter(is_views).collect();
    let [views] = &views[..] else { panic!("{views:?}") };
    let db = rusqlite::Connection::open(views).unwrap();
    db.execute_batch("UPDATE checkpoint SET position = position + 1000").unwrap();
    let beyond = done_with_faults(scratch.path());
    assert!(beyond.contains("beyond the journal's end"), "{beyond}");
    db.execute_batch("UPDATE checkpoint SET position = position - 1000; DELETE FROM members").unwrap();
    let differ = done_with_faults(scratch.path());
    assert!(differ.contains("views: members is not what a replay gives"), "{differ}");
    drop(db);
    fs::write(views, "no views at all").unwrap();
    assert!(done_with_faults(scratch.path()).contains("views: the views file"), "a broken file is named");
    assert_eq!(fs::read_to_string(views).unwrap(), "no views at all", "and left as it is");
    assert_eq!(files().filter(is_views).count(), 1, "what was built to compare is gone");
}

/// What a check that finds a fault prints.
fn done_with_faults(folder: &Path) -> String {
    let output = command(folder, &["check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}
