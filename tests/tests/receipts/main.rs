//! Figures at the command line: with a receipt, computed again from the journal or a copy of it, and found out where
//! one byte of what they were computed from was changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod evidence;
mod exported;

use std::path::{Path, PathBuf};

use passerelle_tests::log::Scratch;
use passerelle_tests::program::{done, refused};
use rusqlite::Connection;
use serde_json::{Value, json};

/// An organisation of sixty people in two departments over three weeks: every day each of the first so many posts.
fn imported(scratch: &Scratch, anonymous: bool) -> PathBuf {
    let records = recorded(scratch, anonymous);
    let folder = scratch.path().join("folder");
    done(&folder, &["import", records.to_str().unwrap()]);
    folder
}

/// The records of that organisation.
fn recorded(scratch: &Scratch, anonymous: bool) -> PathBuf {
    let records = scratch.path().join("records");
    std::fs::create_dir(&records).unwrap();
    let organisation = json!({"name": "Bakers", "source": "urn:bakers", "time_zone": "Europe/Paris",
        "language": "fr", "anonymous": anonymous});
    std::fs::write(records.join("organisation.json"), organisation.to_string()).unwrap();
    std::fs::write(records.join("departments.csv"), "id,name,parent\nsales,Sales,\nworks,Works,\n").unwrap();
    let member = |n: u32| {
        let department = if n.is_multiple_of(3) { "sales" } else { "works" };
        format!("{n},,,{department},2026-01-01T08:00:00Z,\n")
    };
    let members: String = (0..60).map(member).collect();
    std::fs::write(
        records.join("members.csv"),
        format!("id,name,email,department,joined_at,left_at\n{members}"),
    )
    .unwrap();
    let note = |day: u32, n: u32| {
        let to = format!("member:{}", (n + 1) % 60);
        let object = json!({"type": "Note", "id": format!("note:{day}-{n}"), "content": "Bread", "to": [to]});
        let published = format!("2026-01-{day:02}T09:{n:02}:00Z");
        json!({"type": "Create", "actor": format!("member:{n}"), "published": published, "object": object})
            .to_string()
    };
    let notes = (5..26).flat_map(|day| (0..25 + day % 3).map(move |n| note(day, n) + "\n"));
    std::fs::write(records.join("activities.jsonl"), notes.collect::<String>()).unwrap();
    records
}

/// A figure as the program prints it.
fn figure(folder: &Path, arguments: &[&str]) -> Value {
    let printed = done(folder, &[&["figure"], arguments].concat());
    serde_json::from_str(&printed).unwrap()
}

const WEEK: [&str; 4] = ["--window", "week", "--on", "2026-01-14"];

#[test]
fn a_receipt_is_computed_again_from_the_journal_and_from_a_copy() {
    let scratch = Scratch::new().unwrap();
    let folder = imported(&scratch, true);
    let told = figure(&folder, &[&["contributed-share"], &WEEK[..]].concat());
    assert_eq!(told["value"], json!({"shown": {"numerator": 27, "denominator": 60}}));
    assert_eq!((&told["first"], &told["last"]), (&json!("2026-01-12"), &json!("2026-01-18")));
    let receipt = told["receipt"].as_str().unwrap();
    let copy = scratch.path().join("copy");
    done(&copy, &["copy", folder.to_str().unwrap(), copy.to_str().unwrap()]);
    for folder in [&folder, &copy] {
        let said = done(folder, &["figure", "verify", receipt]);
        assert!(said.contains("the receipt was signed by this organisation"), "{said}");
        assert!(said.ends_with("again\n"), "{said}");
        assert_eq!(done(folder, &["figure", "key"]).trim().len(), 64);
    }
    // Somebody else's organisation signed nothing of the kind.
    let other = Scratch::new().unwrap();
    let other = imported(&other, true);
    let refused = refused(&other, &["figure", "verify", receipt], 1);
    assert_eq!(refused, "the receipt was not signed by this organisation as it stands");
}

#[test]
fn one_byte_changed_in_what_a_figure_was_computed_from_is_named() {
    let scratch = Scratch::new().unwrap();
    let folder = imported(&scratch, true);
    let told = figure(&folder, &[&["contributed-share"], &WEEK[..]].concat());
    let db = Connection::open(folder.join("journal.db")).unwrap();
    db.execute_batch("DROP TRIGGER events_are_not_updated").unwrap();
    let input = "SELECT position, stream, revision, metadata FROM events WHERE type = 'post.published'
        AND metadata LIKE '%2026-01-14%' LIMIT 1";
    let (position, stream, revision, mut metadata): (i64, String, u64, Vec<u8>) =
        db.query_row(input, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    let place = metadata.len() / 2;
    metadata[place] = if metadata[place] == b'a' { b'b' } else { b'a' };
    db.execute("UPDATE events SET metadata = ? WHERE position = ?", (&metadata, position)).unwrap();
    drop(db);
    let said = refused(&folder, &["figure", "verify", told["receipt"].as_str().unwrap()], 1);
    assert!(said.contains(&format!("revision {revision} of {stream}")), "{said}");
}

#[test]
fn few_people_are_not_told_and_their_receipt_holds_no_count() {
    let scratch = Scratch::new().unwrap();
    let folder = imported(&scratch, false);
    let told = figure(&folder, &[&["contributed-share"], &WEEK[..]].concat());
    assert_eq!(told["threshold"], 10);
    assert_eq!(told["value"], json!({"shown": {"numerator": 27, "denominator": 60}}));
    let (sales, _) = departments(&folder);
    let group = format!("department:{sales}");
    let small = figure(&folder, &[&["contributed-share", "--group", &group], &WEEK[..]].concat());
    assert!(small["value"]["shown"].is_null(), "{small}");
    let shown = figure(&folder, &[&["time-to-first-contribution", "--group", &group], &WEEK[..]].concat());
    assert_eq!(shown["value"], json!({"hidden": "NotInGrid"}));
    assert!(shown["inputs"].is_null() && shown["digest"].is_null(), "{shown}");
    let said = done(&folder, &["figure", "verify", shown["receipt"].as_str().unwrap()]);
    assert!(said.contains("its receipt holds no count and no digest"), "{said}");
}

fn departments(folder: &Path) -> (String, String) {
    let events = done(folder, &["events", "--type", "chart.opened"]);
    let id = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["data"]["department"].as_str().unwrap().to_owned()
    };
    let ids: Vec<_> = events.lines().map(id).collect();
    (ids[0].clone(), ids[1].clone())
}

/// The parts of an explained difference, by reason.
fn parts(folder: &Path, receipts: [&Value; 2]) -> Vec<(String, i64)> {
    let [one, other] = receipts.map(|told| told["receipt"].as_str().unwrap());
    let told: Value = serde_json::from_str(&done(folder, &["figure", "explain", one, other])).unwrap();
    let part =
        |part: &Value| (part["reason"].as_str().unwrap().to_owned(), part["numerator"].as_i64().unwrap());
    told["parts"].as_array().unwrap().iter().map(part).collect()
}

#[test]
fn two_receipts_tell_what_came_in_between_and_what_came_late() {
    let scratch = Scratch::new().unwrap();
    let folder = imported(&scratch, true);
    let at = |day| figure(&folder, &[&["contributed-share", "--as-of", day], &WEEK[..]].concat());
    let (early, over) = (at("2026-01-13"), at("2026-01-24"));
    assert_eq!(parts(&folder, [&over, &early]), [("new-acts".to_owned(), 1)]);
    // What two more did on the Monday of that week is told when the record has long gone on.
    let record = scratch.path().join("records/activities.jsonl");
    let late = [40, 41].map(|n| {
        let object = json!({"type": "Note", "id": format!("note:late-{n}"), "content": "Salt", "to": ["member:1"]});
        let act = json!({"type": "Create", "actor": format!("member:{n}"), "published": "2026-01-12T10:00:00Z",
            "object": object});
        act.to_string() + "\n"
    });
    let written = std::fs::read_to_string(&record).unwrap();
    std::fs::write(&record, written + &late.concat()).unwrap();
    done(&folder, &["import", record.parent().unwrap().to_str().unwrap()]);
    let told = at("2026-01-25");
    assert_eq!(told["value"]["shown"]["numerator"], 29);
    assert_eq!(parts(&folder, [&over, &told]), [("late-acts".to_owned(), 2)]);
    assert_eq!(parts(&folder, [&early, &told]), [("late-acts".to_owned(), 2), ("new-acts".to_owned(), 1)]);
    assert_eq!(parts(&folder, [&told, &told]), []);
    let other = figure(&folder, &[&["consumed-share"], &WEEK[..]].concat());
    let receipts = [&other, &told].map(|told| told["receipt"].as_str().unwrap());
    let said = refused(&folder, &["figure", "explain", receipts[0], receipts[1]], 1);
    assert!(said.contains("what is compared is one figure at two cuts"), "{said}");
}

#[test]
fn what_was_known_on_an_earlier_day_is_told_again_and_what_is_not_known_yet_is_refused() {
    let scratch = Scratch::new().unwrap();
    let folder = imported(&scratch, true);
    let told = figure(&folder, &["contributed-share", "--window", "week", "--as-of", "2026-01-13"]);
    assert_eq!((&told["cut"], &told["first"]), (&json!("2026-01-13"), &json!("2026-01-12")));
    assert_eq!(told["value"]["shown"]["numerator"], 26);
    let said = refused(&folder, &["figure", "habit", "--as-of", "2999-01-01"], 1);
    assert!(said.contains("figures are of days that are over and known"), "{said}");
    let said = refused(
        &folder,
        &["figure", "habit", "--group", "department:00000000-0000-4000-8000-000000000000"],
        1,
    );
    assert!(said.contains("there is no such group"), "{said}");
    let listed = done(&folder, &["figure", "--list"]);
    assert!(listed.lines().any(|line| line == "usage-segment:power"), "{listed}");
}

#[test]
fn figures_of_spread_and_of_communities_are_computed_again_as_any_others() {
    let scratch = Scratch::new().unwrap();
    let folder = imported(&scratch, true);
    let (sales, works) = departments(&folder);
    let (group, to) = (format!("department:{sales}"), works);
    let of_pairs = [format!("diffusion-latency:exposed:{to}"), format!("broker-dependency:3:{to}")];
    let others = ["reach:1", "unmet-demand:1", "shared-space-share", "stickiness", "community-survival"];
    for figure_name in of_pairs.iter().map(String::as_str).chain(others) {
        let told = figure(&folder, &[&[figure_name, "--group", &group], &WEEK[..]].concat());
        assert_eq!(told["figure"], figure_name);
        let said = done(&folder, &["figure", "verify", told["receipt"].as_str().unwrap()]);
        assert!(said.ends_with("again\n"), "{figure_name}: {said}");
    }
    // Members write to those with the next number: of three in Works each writes to one in Sales.
    let brokers = figure(&folder, &[&[&of_pairs[1], "--group", &group], &WEEK[..]].concat());
    assert_eq!(brokers["value"]["shown"]["count"], 18, "{brokers}");
    let stickiness = figure(&folder, &[&["stickiness"], &WEEK[..]].concat());
    assert_eq!(stickiness["version"], 2);
}
