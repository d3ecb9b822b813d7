//! The page that documents the format, held to what the code does.

use domain::command::Command;
use domain::id::{IdeaId, OrganisationId, PostId};
use uuid::Uuid;

use crate::activity_log::activity::Activity;
use crate::activity_log::names::Names;
use crate::activity_log::rows::{Context, Known, commands};

const PAGE: &str = include_str!("../../../docs/activity-log.md");

/// Every example: the action it is said to be, and the line.
fn examples() -> Vec<(&'static str, &'static str)> {
    let lines: Vec<&str> = PAGE.lines().collect();
    let action = |n: usize| lines[n].strip_prefix('`')?.split_once("`:").map(|(action, _)| action);
    let rows = (0..lines.len().saturating_sub(3)).filter(|n| lines[n + 2] == "```json");
    rows.filter_map(|n| Some((action(n)?, lines[n + 3]))).collect()
}

/// Note 3 is a comment below note 2, ideas are of campaign 1.
fn known(names: &Names) -> Known {
    let mut known = Known::default();
    let note = |n: u32| names.note(&format!("note:{n}")).unwrap();
    known.learn_note(note(1), None);
    known.learn_note(note(2), None);
    known.learn_note(note(3), Some(PostId(note(2))));
    known.learn_idea(names.idea("idea:1").unwrap(), names.campaign("campaign:1").unwrap());
    known.learn_organisation(OrganisationId(Uuid::nil()));
    known
}

#[test]
fn every_action_has_its_row() {
    let tables = PAGE.split("### In the tables").nth(1).unwrap();
    let has_row = |name: &&str| {
        examples().iter().any(|(action, _)| action == name) || tables.contains(&format!("`{name}`"))
    };
    let missing: Vec<_> = Command::NAMES.iter().filter(|name| !has_row(name)).collect();
    assert!(missing.is_empty(), "docs/activity-log.md documents no row for {missing:?}");
}

#[test]
fn every_documented_row_is_the_action_it_says() {
    let names = Names::of("urn:example:lyon");
    let known = known(&names);
    let mut differing = vec![];
    for (action, line) in examples() {
        let activity: Activity = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
        let commands = commands(&activity, &Context { names: &names, known: &known });
        let commands = commands.unwrap_or_else(|unfit| panic!("{line}: {unfit:?}"));
        assert_eq!(commands.iter().map(Command::name).collect::<Vec<_>>(), [action], "{line}");
        differing.extend((serde_json::to_string(&activity).unwrap() != line).then_some(line));
    }
    assert_eq!(differing, Vec::<&str>::new(), "export writes their fields in another order");
}

#[test]
fn a_row_that_means_nothing_says_so() {
    let names = Names::of("urn:example:lyon");
    let known = known(&names);
    let unfit = |verb: &str, object: &str| {
        let head = r#""actor":"member:1","published":"2026-03-02T09:00:00Z""#;
        let line = format!(r#"{{"type":"{verb}",{head},"object":{object}}}"#);
        let activity: Activity = serde_json::from_str(&line).unwrap();
        format!("{:?}", commands(&activity, &Context { names: &names, known: &known }).unwrap_err())
    };
    assert!(unfit("Vote", r#""idea:1""#).contains("value"));
    assert!(unfit("Join", r#""note:1""#).contains("group:7"));
    assert!(unfit("Block", r#""note:1""#).contains("there is no activity Block"));
    assert!(unfit("Update", r#"{"type":"Note","id":"note:1"}"#).contains("changes nothing"));
    assert!(unfit("Create", r#"{"type":"Note","id":"note:9","content":""}"#).contains("audience"));
    let unknown = IdeaId(names.id("idea", "9"));
    assert_eq!(unfit("Undo", r#"{"type":"Vote","object":"idea:9"}"#), format!("WantsIdea({unknown:?})"));
}
