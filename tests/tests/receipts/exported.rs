//! Receipts verified by a journal that was exported to a file, and what was erased since.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::PostId;
use domain::sealed::Owner;
use journal::Keys as _;
use journal::embedded::Embedded;
use passerelle::entropy::SystemEntropy;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{done, refused};
use serde_json::Value;

use super::{WEEK, figure, imported};

/// The organisation, a receipt of its figure, and its journal in a file.
fn exported(scratch: &Scratch) -> (PathBuf, String, PathBuf) {
    let folder = imported(scratch, true);
    let told = figure(&folder, &[&["contributed-share"], &WEEK[..]].concat());
    let file = scratch.path().join("journal.jsonl");
    done(&folder, &["export", "--journal-file", file.to_str().unwrap()]);
    (folder, told["receipt"].as_str().unwrap().to_owned(), file)
}

fn verifying<'a>(receipt: &'a str, file: &'a Path) -> [&'a str; 5] {
    ["figure", "verify", receipt, "--journal-file", file.to_str().unwrap()]
}

/// Journals that were read for a while and are there still.
fn left_behind() -> usize {
    let entries = std::fs::read_dir(std::env::temp_dir()).unwrap();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| name.starts_with("passerelle-verify-")).count()
}

#[test]
fn a_receipt_is_verified_by_a_journal_in_a_file_that_is_not_imported() {
    let scratch = Scratch::new().unwrap();
    let (folder, receipt, file) = exported(&scratch);
    let elsewhere = scratch.path().join("elsewhere");
    let before = left_behind();
    let said = done(&elsewhere, &verifying(&receipt, &file));
    assert!(said.ends_with("again\n"), "{said}");
    assert!(!elsewhere.join("journal.db").exists(), "nothing was imported");
    // Without keys beside it, those of the folder do, and without any it is said.
    std::fs::remove_file(scratch.path().join("journal.jsonl.keys")).unwrap();
    assert!(done(&folder, &verifying(&receipt, &file)).ends_with("again\n"));
    let said = refused(&elsewhere, &verifying(&receipt, &file), 3);
    assert!(said.contains("journal.jsonl.keys"), "{said}");
    // One byte of an event, in a text that is still well formed.
    let text = std::fs::read_to_string(&file).unwrap();
    let is_input = |line: &&str| line.contains("post.published") && line.contains("2026-01-14");
    let line = text.lines().find(is_input).unwrap();
    let event: Value = serde_json::from_str(line).unwrap();
    let changed =
        line.replacen("\\\"local_day\\\":\\\"2026-01-14\\\"", "\\\"local_day\\\":\\\"2026-01-15\\\"", 1);
    assert_ne!(changed, line);
    std::fs::write(&file, text.replacen(line, &changed, 1)).unwrap();
    let said = refused(&folder, &verifying(&receipt, &file), 1);
    let place =
        format!("revision {} of {}", event["sequence"].as_str().unwrap(), event["subject"].as_str().unwrap());
    assert!(said.contains("not as they were written") && said.contains(&place), "{said}");
    assert_eq!(left_behind(), before, "what was read for a while is gone");
}

#[tokio::test]
async fn what_was_erased_since_is_counted_and_the_receipt_holds() {
    let scratch = Scratch::new().unwrap();
    let (folder, receipt, _) = exported(&scratch);
    let printed = done(&folder, &["events", "--type", "post.published"]);
    let events: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_the_week = events.iter().filter(|event| event.to_string().contains("2026-01-14"));
    let posts = of_the_week.take(3).map(|event| event["data"]["post"].as_str().unwrap().parse().unwrap());
    let owners: Vec<Owner> = posts.map(|post: PostId| Owner::Content(post.0)).collect();
    let kept = Embedded::open(&folder, Arc::new(SystemEntropy)).await.unwrap();
    kept.keys.destroy(&owners).await.unwrap();
    drop(kept);
    let said = done(&folder, &["figure", "verify", &receipt]);
    assert!(said.contains("what was sealed in 3 was erased since"), "{said}");
    assert!(said.ends_with("again\n"), "{said}");
}

#[test]
fn an_event_that_is_missing_is_named_by_the_hole_that_it_leaves() {
    let scratch = Scratch::new().unwrap();
    let (folder, receipt, _) = exported(&scratch);
    let db = rusqlite::Connection::open(folder.join("journal.db")).unwrap();
    db.execute_batch("DROP TRIGGER events_are_not_deleted").unwrap();
    let of_account = "SELECT stream FROM events WHERE type = 'member.account-opened' LIMIT 1";
    let stream: String = db.query_row(of_account, [], |row| row.get(0)).unwrap();
    db.execute("DELETE FROM events WHERE stream = ? AND revision = 0", [&stream]).unwrap();
    drop(db);
    let said = refused(&folder, &["figure", "verify", &receipt], 1);
    assert!(said.contains(&format!("revision 1 of {stream}, revision 0 should come here")), "{said}");
}
