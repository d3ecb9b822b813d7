//! The contracts in `schema/` are what the code offers, and the policy in `docs/` is the one it keeps.

use serde_json::Value;

/// The schema as clients get it is the one that is kept.
#[test]
fn the_kept_schema_is_the_one_that_is_served() {
    let kept = include_str!("../../schema/schema.graphql");
    assert!(
        kept == passerelle::graphql::sdl(),
        "schema/schema.graphql is stale: run `cargo run -p passerelle -- schema > schema/schema.graphql` and read the \
         difference: it is a promise changing"
    );
}

/// The page of figures is made of their definitions.
#[test]
fn the_kept_page_of_figures_is_made_of_their_definitions() {
    let kept = include_str!("../../docs/figures.md");
    assert!(
        kept == passerelle::definition::page(),
        "docs/figures.md is stale: run `cargo run -p passerelle -- figure --definitions > docs/figures.md`"
    );
}

/// The notice and the impact assessment name every figure there is.
#[test]
fn the_kept_notice_is_made_of_the_definitions() {
    let kept = include_str!("../../docs/notice.md");
    assert!(
        kept == passerelle::notice::page(),
        "docs/notice.md is stale: run `cargo run -p passerelle -- figure --notice > docs/notice.md`"
    );
}

/// The page on who may do what is the table that is asked.
#[test]
fn the_kept_policy_is_the_one_that_is_asked() {
    let kept = include_str!("../../docs/policy.md");
    assert!(
        kept == domain::policy::page(),
        "docs/policy.md is stale: run `cargo run -p passerelle -- policy > docs/policy.md` and read the difference: \
         somebody may do or see something else now"
    );
}

const EVERYTHING: &str = "{ __schema { types { name description
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";

/// What has no description among things and what is in them, each with the way to it.
fn bare(things: &Value, way: &str) -> Vec<String> {
    let mut found = vec![];
    for thing in things.as_array().into_iter().flatten() {
        let name = format!("{way}{}", thing["name"].as_str().unwrap_or_default());
        if thing["description"].as_str().is_none_or(str::is_empty) {
            found.push(name.clone());
        }
        for within in ["fields", "args", "inputFields", "enumValues"] {
            found.extend(bare(&thing[within], &format!("{name}.")));
        }
    }
    found
}

#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let answer = passerelle::graphql::schema().execute(EVERYTHING).await;
    let schema = answer.data.into_json().expect("introspection answers");
    let types: Vec<Value> = schema["__schema"]["types"].as_array().into_iter().flatten().cloned().collect();
    let ours: Vec<Value> = types
        .into_iter()
        .filter(|t| !t["name"].as_str().is_some_and(|name| name.starts_with("__")))
        .collect();
    assert!(ours.len() > 100, "introspection says what there is");
    let undescribed = serde_json::json!([{"name": "X", "description": "", "fields": [{"name": "y"}]}]);
    assert_eq!(bare(&undescribed, ""), ["X", "X.y"]);
    assert_eq!(bare(&Value::Array(ours), ""), Vec::<String>::new(), "describe these");
}

const INPUTS: &str =
    "{ __schema { mutationType { fields { name args { type { ofType { inputFields { name } } } } } } } }";

/// Preferences of one's own, each one word that says all that stands from then on: nobody else changes them.
const WHOLE: [&str; 2] = ["changeMailLanguage", "changeNotificationPreference"];

/// How the names of edits begin.
const VERBS: [&str; 15] = [
    "acceptAnswer",
    "appoint",
    "change",
    "describe",
    "edit",
    "extend",
    "grant",
    "move",
    "rename",
    "revise",
    "revokeRole",
    "schedule",
    "setWorking",
    "transfer",
    "unschedule",
];

/// Whoever edits something can say which state of it they have read.
#[tokio::test]
async fn every_edit_takes_the_revision_it_is_based_on() {
    let answer = passerelle::graphql::schema().execute(INPUTS).await;
    let schema = answer.data.into_json().expect("introspection answers");
    let mutations = schema["__schema"]["mutationType"]["fields"].as_array().expect("there are some");
    let mut edits = 0;
    for mutation in mutations {
        let name = mutation["name"].as_str().expect("it has a name");
        let is_edit = VERBS.iter().any(|verb| name.starts_with(verb)) || name == "nameSponsor";
        if !is_edit || WHOLE.contains(&name) {
            continue;
        }
        edits += 1;
        let fields = mutation["args"][0]["type"]["ofType"]["inputFields"].as_array().expect("an input");
        let says = |field: &Value| field["name"] == "expectedRevision" || field["name"] == "basedOn";
        assert!(fields.iter().any(says), "{name} takes no expectedRevision");
    }
    assert_eq!(edits, 24, "edits are found by their names");
}
