//! Contracts: every action, event and read model has what its reader outside may count on.

use std::collections::BTreeSet;
use std::fs;

use domain::command::Command;
use domain::event::{Declared, Event};
use domain::sealed::Sealing;

use crate::sources::{Source, none, root, sources};

/// The examples that an event type must have, one for each version there ever was.
fn examples(declared: &Declared) -> impl Iterator<Item = String> {
    let name = declared.name;
    (1..=declared.version).map(move |version| format!("{name}.v{version}.json"))
}

/// Types without an example, and examples without a type.
fn example_faults(kept: &BTreeSet<String>, declared: &[Declared]) -> Vec<String> {
    let wanted: BTreeSet<String> = declared.iter().flat_map(examples).collect();
    let missing = wanted.difference(kept).map(|file| format!("schema/events/{file}: missing"));
    let unknown = kept.difference(&wanted).map(|file| format!("schema/events/{file}: of no declared type"));
    missing.chain(unknown).collect()
}

#[test]
fn every_version_of_every_event_type_has_a_frozen_example() {
    let declared: Vec<Declared> = Event::declared().copied().collect();
    let none_kept = example_faults(&BTreeSet::new(), &declared);
    assert_eq!(none_kept.len(), declared.iter().map(|d| usize::from(d.version)).sum::<usize>());
    assert_eq!(example_faults(&BTreeSet::from(["idea.painted.v1.json".to_owned()]), &[]).len(), 1);
    let files = fs::read_dir(root().join("schema/events")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let kept = names.filter(|name| name.ends_with(".json")).collect();
    none(
        example_faults(&kept, &declared),
        "An event type is a promise for ever: keep one example of each version in schema/events/, never change \
         or remove it, and never rename a type.",
    );
}

#[test]
fn what_people_write_is_sealed() {
    const WRITTEN: &[&str] = &[
        "name",
        "email",
        "title",
        "body",
        "summary",
        "reason",
        "outcome",
        "description",
        "file_name",
        "content",
        "text",
        "link",
        "url",
        "words",
        "query",
    ];
    let open = |declared: &[Declared]| -> Vec<String> {
        let fields = declared.iter().flat_map(|d| d.fields.iter().map(move |field| (d.name, field)));
        let plain = fields.filter(|(_, f)| f.sealing == Sealing::Plain && WRITTEN.contains(&f.name));
        plain.map(|(event, field)| format!("{event}: {}", field.name)).collect()
    };
    let fields = &[domain::sealed::Field { name: "title", sealing: Sealing::Plain }];
    let broken = Declared { name: "x.y", version: 1, class: domain::event::Class::Act, fields };
    assert_eq!(open(&[broken]), ["x.y: title"]);
    none(
        open(&Event::declared().copied().collect::<Vec<_>>()),
        "Declare the field in a sealed group, `+ content(item) { .. }` or `+ personal(member) { .. }`: what is \
         plain can never be forgotten.",
    );
}

#[test]
fn every_action_has_its_row_in_the_activity_log() {
    let unnamed = |page: &str| -> Vec<&str> {
        Command::NAMES.iter().copied().filter(|name| !page.contains(&format!("`{name}`"))).collect()
    };
    assert_eq!(unnamed("").len(), Command::NAMES.len());
    let page = fs::read_to_string(root().join("docs/activity-log.md")).unwrap();
    none(
        unnamed(&page).into_iter().map(str::to_owned).collect(),
        "Write in docs/activity-log.md how the action is imported and exported, and name it in its row; what cannot be written down there cannot leave or enter an organisation.",
    );
}

/// How a read model says that it is one.
const REGISTERED: &str = "pub static PROJECTION: Projection";

/// Read models whose rows hold numbers and ids alone, so that nothing in them can be gone.
const NOTHING_SEALED: &[&str] =
    &["projections/src/access.rs", "projections/src/calendar.rs", "projections/src/tallies.rs"];

/// Read models without a test, or whose tests never destroy a key.
fn untested(projections: &[Source]) -> Vec<String> {
    let is_read_model =
        |source: &&Source| source.path.starts_with("projections/src/") && source.text.contains(REGISTERED);
    let mut faults = Vec::new();
    for source in projections.iter().filter(is_read_model) {
        let beside = format!("{}/", source.path.trim_end_matches(".rs"));
        let of_it = |other: &&Source| other.path == source.path || other.path.starts_with(&beside);
        let tests: Vec<&Source> =
            projections.iter().filter(of_it).filter(|s| s.text.contains("#[test]")).collect();
        if tests.is_empty() {
            faults.push(format!("{}: no tests", source.path));
        } else if !NOTHING_SEALED.contains(&source.path.as_str())
            && !tests.iter().any(|test| test.text.contains("Gone") || test.text.contains("gone"))
        {
            faults.push(format!("{}: no test with a field that is gone", source.path));
        }
    }
    faults
}

#[test]
fn every_read_model_is_tested_with_fields_that_are_gone() {
    let broken = |text: &str| Source { path: "projections/src/feed.rs".to_owned(), text: text.to_owned() };
    assert_eq!(untested(&[broken(REGISTERED)]).len(), 1);
    assert_eq!(untested(&[broken(&format!("{REGISTERED}\n#[test]\nfn a_post_is_shown()"))]).len(), 1);
    let sources = sources();
    assert!(
        sources.iter().any(|source| source.text.contains(REGISTERED)),
        "read models say what they are otherwise"
    );
    none(
        untested(&sources),
        "Test the fold beside it, event to rows, and what is shown once a key has been destroyed: the one read \
         model without a test is the one that is wrong.",
    );
}

/// Fields that refusals name and no input of GraphQL has.
fn unknown_fields(source: &Source, sdl: &str) -> Vec<String> {
    // What only the command line and imports can send.
    const ELSEWHERE: &[&str] = &["source", "token"];
    let rules = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let named = rules.split(".on(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let unknown = named.filter(|name| !ELSEWHERE.contains(name) && !sdl.contains(&format!("\t{name}: ")));
    unknown.map(|name| format!("{}: {name}", source.path)).collect()
}

#[test]
fn refusals_name_fields_that_inputs_have() {
    let broken = Source { path: "domain/src/x.rs".to_owned(), text: r#"x.on("basedUpon")"#.to_owned() };
    let sdl = fs::read_to_string(root().join("schema/schema.graphql")).unwrap();
    assert_eq!(unknown_fields(&broken, &sdl), ["domain/src/x.rs: basedUpon"]);
    let rules = sources().into_iter().filter(|source| source.path.starts_with("domain/src/"));
    none(
        rules.flat_map(|source| unknown_fields(&source, &sdl)).collect(),
        "Name the field as the inputs of GraphQL call it; a client shows the refusal beside it.",
    );
}
