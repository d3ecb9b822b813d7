//! However many rows an answer has, each level of it is read in a few statements.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::decision::Actor;
use domain::id::MemberId;
use passerelle_tests::bench::organisation::Organisation;
use passerelle_tests::log::{Scratch, World, demonstration, store};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The most statements a level of selection may cost.
const OF_A_LEVEL: usize = 3;

/// The statements that are read with, each with how many rows it found.
#[derive(Clone, Default)]
pub(super) struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Those of what is done meanwhile.
    pub(super) async fn of<T>(done: impl Future<Output = T>) -> (T, Vec<String>) {
        let statements = Self::default();
        let _reading = tracing::subscriber::set_default(statements.clone());
        let answer = done.await;
        let read = std::mem::take(&mut *statements.0.lock().unwrap());
        (answer, read)
    }
}

/// The fields of a statement, one after the other.
struct Written(String);

impl Visit for Written {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{field}={value:?} ");
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == projections::STATEMENTS
    }
    fn event(&self, event: &Event<'_>) {
        let mut written = Written(String::new());
        event.record(&mut written);
        self.0.lock().unwrap().push(written.0);
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What a query is answered, and in how many statements.
async fn counted(world: &World, actor: Actor, query: &str, first: usize) -> (Value, usize) {
    let (answer, read) = Statements::of(world.asks(actor, query, json!({ "n": first }))).await;
    (answer.unwrap(), read.len())
}

/// Queries that lead from lists to lists, with the levels that each selects.
const QUERIES: [(&str, usize); 5] = [
    (
        "query($n: Int) { communities(first: $n) { nodes { name leader { name department { name parent { name } } }
            feed(first: $n) { nodes { ... on Post { body author { name department { name } } engagement { comments }
                community { name } comments(first: $n) { nodes { body author { name } engagement { views }
                    answers(first: $n) { nodes { body parent { body } post { id } } } } } } } } } } }",
        7,
    ),
    (
        "query($n: Int) { communities(first: $n) { nodes { pinned { body author { name } mentions { name } }
            documents(first: $n) { nodes { name author { name } checkedOutBy { name } engagement { shares }
                versions { number author { name } } } }
            memberships(first: $n) { nodes { member { name places { department { name } } } community { name } } } } } }",
        6,
    ),
    (
        "query($n: Int) { campaigns(first: $n) { nodes { author { name } ideas(first: $n) { nodes { title
            campaign { name } author { name department { name } } mergedInto { title } engagement { comments } } } } } }",
        5,
    ),
    (
        "query($n: Int) { members(first: $n) { nodes { name department { name headcount
            members(first: $n) { nodes { name department { name } } } } } } }",
        5,
    ),
    (
        "query($n: Int) { search(query: \"a* e*\", typing: true, first: $n) { edges { node {
            ... on Post { body author { name department { name } } engagement { views } }
            ... on Document { name author { name department { name } } } ... on Idea { title author { name } }
            ... on Member { name } ... on Community { name leader { name } } } } } }",
        4,
    ),
];

fn rows(answer: &Value) -> usize {
    match answer {
        Value::Array(values) => values.len() + values.iter().map(rows).sum::<usize>(),
        Value::Object(fields) => fields.values().map(rows).sum(),
        _ => 0,
    }
}

/// An organisation with all that the demonstration's first months have, and one with campaigns.
async fn worlds() -> [World; 2] {
    let invented = World::empty().await.unwrap();
    invented.import_what_fits(&demonstration(4_000).unwrap()).await.unwrap();
    let scratch = Scratch::new().unwrap();
    {
        let store = store(&scratch).await.unwrap();
        let codec = journal::Codec::new(store.keys.clone());
        Organisation::of(6_000).append(&*store.journal, &codec).await.unwrap();
    }
    let grown = World::open(scratch).await.unwrap();
    grown.engine.catch_up().await.unwrap();
    [invented, grown]
}

#[tokio::test]
async fn a_level_of_an_answer_costs_a_few_statements_whatever_its_rows() {
    let worlds = worlds().await;
    for (query, levels) in QUERIES {
        let mut most = 0;
        for world in &worlds {
            let (few, of_few) = counted(world, Actor::Service, query, 2).await;
            let (many, of_many) = counted(world, Actor::Service, query, 15).await;
            most = most.max(rows(&many) / rows(&few).max(1));
            let bound = OF_A_LEVEL * levels;
            assert!(of_many <= bound, "{of_few}, then {of_many} statements for {levels} levels: {query}");
        }
        assert!(most > 3, "only {most} times as many rows: {query}");
    }
}

/// A page that finds things of every kind.
const SEARCH: &str = "query($n: Int, $typing: Boolean!) { search(query: \"e*\", typing: $typing, first: $n) {
    edges { node { __typename } } } }";

/// Sends a mutation for a member; the id of what it made.
async fn made(world: &World, actor: Actor, mutation: &str, input: Value, field: &str) -> Value {
    let type_name = mutation[..1].to_uppercase() + &mutation[1..];
    let document = format!(
        "mutation($input: {type_name}Input!) {{ it: {mutation}(input: $input) {{ {field} {{ id }} userErrors {{ code }} }} }}"
    );
    let answer = world.asks(actor, &document, json!({ "input": input })).await.unwrap();
    assert_eq!(answer["it"]["userErrors"], json!([]), "{mutation}");
    answer["it"][field]["id"].clone()
}

#[tokio::test]
async fn a_search_costs_a_few_statements_whatever_kinds_of_things_it_finds() {
    let [invented, _] = worlds().await;
    let member = members(&invented).await[0];
    let campaign = json!({ "name": "Everyday", "voting": "OPINION" });
    let campaign = made(&invented, member, "openCampaign", campaign, "campaign").await;
    made(&invented, member, "submitIdea", json!({ "campaign": campaign, "title": "Earlier" }), "idea").await;
    // Once it is no more typed it leaves a trace, which says how much of what was found belongs to whom.
    for typing in [true, false] {
        let asked = invented.asks(member, SEARCH, json!({ "n": 100, "typing": typing }));
        let (answer, read) = Statements::of(asked).await;
        let answer = answer.unwrap();
        let edges = answer["search"]["edges"].as_array().unwrap();
        let kinds: std::collections::BTreeSet<_> =
            edges.iter().map(|edge| edge["node"]["__typename"].as_str()).collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        // A server reads once what the organisation is.
        let read: Vec<_> = read.iter().filter(|statement| !statement.contains("FROM organisation")).collect();
        assert!(read.len() <= OF_A_LEVEL, "{} statements: {read:#?}", read.len());
    }
}

/// What is a member's own, with the levels that each selects.
const OWN: [(&str, usize); 4] = [
    (
        "query($n: Int) { viewer { feed(first: $n) { edges { node { ... on Post { body author { name }
            community { name } } ... on Document { name author { name } } }
            reasons { kind about { ... on Community { name } ... on Member { name } ... on Topic { followers } } } } } } }",
        4,
    ),
    (
        "query($n: Int) { viewer { notifications(first: $n) { nodes { kind by { name } about { ... on Post { body
            author { name } } ... on Comment { body author { name } } ... on Idea { title } ... on Community { name }
            } } } } }",
        4,
    ),
    ("query($n: Int) { viewer { feed(first: $n) { unread { count } } } }", 4),
    ("query($n: Int) { viewer { notifications(first: $n) { unread { count } } } }", 4),
];

/// The first sixty members, by name.
async fn members(world: &World) -> Vec<Actor> {
    let answer =
        world.asks(Actor::Service, "{ members(first: 60) { nodes { id } } }", json!({})).await.unwrap();
    let member = |node: &Value| {
        let bytes = URL_SAFE_NO_PAD.decode(node["id"].as_str().unwrap()).unwrap();
        Actor::Member(MemberId(uuid::Uuid::from_slice(&bytes[5..]).unwrap()))
    };
    answer["members"]["nodes"].as_array().unwrap().iter().map(member).collect()
}

#[tokio::test]
async fn so_does_what_is_a_members_own() {
    let [invented, _] = worlds().await;
    let members = members(&invented).await;
    for (query, levels) in OWN {
        let mut most = 0;
        for member in members.iter().copied() {
            let (_, of_few) = counted(&invented, member, query, 2).await;
            let (many, of_many) = counted(&invented, member, query, 20).await;
            most = most.max(rows(&many));
            let bound = OF_A_LEVEL * levels;
            assert!(of_many <= bound, "{of_few}, then {of_many} statements for {levels} levels: {query}");
        }
        assert!(most > 3 || query.contains("unread"), "only {most} rows: {query}");
    }
}
