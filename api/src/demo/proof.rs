//! That what is invented is what was promised: the same bytes everywhere, nothing the rules refuse, silos that open.

mod replay;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;

type Files = BTreeMap<String, Vec<u8>>;

fn activities(files: &Files) -> Vec<Value> {
    let text = std::str::from_utf8(&files["activities.jsonl"]).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn digest(files: &Files) -> String {
    let mut all = Sha256::new();
    for (name, bytes) in files {
        all.update(name.len().to_le_bytes());
        all.update(name);
        all.update(bytes.len().to_le_bytes());
        all.update(bytes);
    }
    all.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn the_bytes_are_the_same_on_every_machine() {
    let digests = [Language::En, Language::Fr].map(|language| digest(&files(language, LAST_DAY).0));
    assert_eq!(
        digests,
        [
            "f32f90d3597e18b8a994d54d12506ef0cff3833ecaf52bee42bf4f4327e2ae2c",
            "372bfa7339486792194f194a07833d48782b2970cd7cd969cae7d6aa700e41cd"
        ]
    );
}

#[test]
fn the_rules_refuse_nothing_and_nothing_is_said_twice() {
    for language in [Language::En, Language::Fr] {
        let (files, summary) = files(language, LAST_DAY);
        let replayed = replay::replay(&files);
        assert_eq!(replayed.refused, Vec::<String>::new());
        assert_eq!(replayed.activities, summary.activities.values().sum::<usize>());
        assert_eq!(replayed.without_event, Vec::<String>::new());
    }
}

#[test]
fn another_last_day_works_as_well() {
    for (day, language) in [("2025-12-31", Language::En), ("2026-02-15", Language::Fr)] {
        let (files, summary) = files(language, day.parse().unwrap());
        assert_eq!(summary.last.to_string(), day);
        assert_eq!(replay::replay(&files).refused, Vec::<String>::new());
    }
}

#[test]
fn there_is_as_much_of_everything_as_was_promised() {
    for language in [Language::En, Language::Fr] {
        let (files, summary) = files(language, LAST_DAY);
        let all: usize = summary.activities.values().sum();
        assert!((60_000..100_000).contains(&all), "{all}");
        assert!((1_150..1_300).contains(&summary.members));
        let types = [
            "Accept", "Add", "Announce", "Archive", "Arrive", "Block", "Create", "Delete", "Follow",
            "Invite", "Join", "Leave", "Like", "Move", "Offer", "Read", "Reject", "Remove", "Undo", "Update",
            "View", "Vote",
        ];
        assert_eq!(summary.activities.keys().copied().collect::<Vec<_>>(), types);
        let rows = |name: &str| files[name].split(|byte| *byte == b'\n').count() - 2;
        assert_eq!(rows("departments.csv"), 14);
        assert_eq!(rows("members.csv"), summary.members);
        assert_eq!(rows("department_changes.csv"), 2);
        assert!(rows("transfers.csv") > 25 && rows("absences.csv") > 20 && rows("roles.csv") == 5);
    }
}

#[test]
fn activities_follow_each_other_in_time_within_the_days() {
    let (files, summary) = files(Language::Fr, LAST_DAY);
    let times: Vec<Time> =
        activities(&files).iter().map(|line| line["published"].as_str().unwrap().parse().unwrap()).collect();
    assert!(times.is_sorted());
    assert!(time(in_paris(summary.first, 0)) < times[0]);
    assert!(times[times.len() - 1] < time(in_paris(summary.last, 22 * HOUR)));
}

/// Words that a language cannot do without and the other does not have.
#[test]
fn each_language_is_spoken_alone() {
    let english = [" the ", " and ", " with ", " is ", " who "];
    let french = [" le ", " les ", " des ", " et ", " avec ", " est ", " qui "];
    let mut bodies: [HashSet<String>; 2] = Default::default();
    for (place, language, foreign) in [(0, Language::En, &french[..]), (1, Language::Fr, &english[..])] {
        for line in activities(&files(language, LAST_DAY).0) {
            let texts = ["content", "name", "summary", "outcome"].map(|field| line["object"][field].as_str());
            for text in texts.into_iter().flatten().chain(line["content"].as_str()) {
                let lower = format!(" {} ", text.to_lowercase());
                assert!(!foreign.iter().any(|word| lower.contains(word)), "{text}");
                assert!(!text.contains(['{', '}']) && !text.is_empty(), "{text}");
                bodies[place].insert(text.to_owned());
            }
        }
    }
    assert!(bodies.iter().all(|texts| texts.len() > 3_000), "{:?}", bodies.each_ref().map(HashSet::len));
}

/// Of a hundred comments, reactions and letters of coached departments' people, how many stay within the department.
fn kept_within(files: &Files, coached: &[&str], from: Time, until: Time) -> usize {
    let members = String::from_utf8(files["members.csv"].clone()).unwrap();
    let department: HashMap<String, String> = (members.lines().skip(1))
        .map(|row| row.split(',').collect::<Vec<_>>())
        .map(|cells| (format!("member:{}", cells[0]), cells[3].to_owned()))
        .collect();
    let mut authors: HashMap<String, String> = HashMap::new();
    let (mut within, mut all) = (0, 0);
    for line in activities(files) {
        let (actor, object) = (line["actor"].as_str().unwrap(), &line["object"]);
        let mut towards = vec![];
        match (line["type"].as_str().unwrap(), object["id"].as_str()) {
            ("Create", Some(id)) => {
                authors.insert(id.to_owned(), actor.to_owned());
                towards.extend(object["inReplyTo"].as_str().and_then(|post| authors.get(post)).cloned());
                towards.extend(
                    object["to"].as_array().into_iter().flatten().map(|to| to.as_str().unwrap().into()),
                );
            }
            ("Like", None) => towards.extend(authors.get(object.as_str().unwrap()).cloned()),
            _ => {}
        }
        let at: Time = line["published"].as_str().unwrap().parse().unwrap();
        let is_coached = department.get(actor).is_some_and(|own| coached.contains(&own.as_str()));
        if from <= at && at < until && is_coached {
            all += towards.len();
            within += towards.iter().filter(|to| department[*to] == department[actor]).count();
        }
    }
    assert!(all > 500, "{all}");
    within * 100 / all
}

#[test]
fn silos_open_after_the_coached_project_and_not_before() {
    for language in [Language::En, Language::Fr] {
        let (files, summary) = files(language, LAST_DAY);
        let (start, open) = (summary.project_starts, time(in_paris(Day(summary.first.0 + 390), 0)));
        let before = kept_within(&files, &summary.coached, Time::default(), start);
        let after = kept_within(&files, &summary.coached, open, time(in_paris(summary.last, 24 * HOUR)));
        assert!(before >= 80, "{before} of 100 before");
        // Were partners drawn from everybody, 11 of a hundred would be of one's own department.
        assert!(after <= 11, "{after} of 100 after");
        let others = ["south-plant", "logistics", "finance"];
        let never = kept_within(&files, &others, open, time(in_paris(summary.last, 24 * HOUR)));
        assert!(never >= 70, "{never} of 100 where nobody coached");
    }
}
