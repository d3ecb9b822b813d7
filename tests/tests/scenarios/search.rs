//! Somebody searches: what they find is marked where it stands, what they may not see is not there, and the search
//! leaves a trace that says how much was found of whom.

use domain::event::{Event, Position};
use domain::seen::{Event as Seen, Results, Searched};
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const SEARCH: &str =
    "query($query: String!, $filter: SearchFilter, $typing: Boolean! = false, $first: Int, $after: String) {
    search(query: $query, filter: $filter, typing: $typing, first: $first, after: $after) {
        edges { excerpts { of pieces { text found } } node { __typename
            ... on Post { body author { name } } ... on Document { name } ... on Idea { title }
            ... on Member { name } ... on Community { name } } }
        pageInfo { hasNextPage endCursor } } }";

/// An open community about the workshop, one by invitation, and what was said in both.
async fn told() -> Story {
    let mut story = Story::of_four().await;
    let workshop = json!({"name": "L’Atelier", "summary": "Ce que font les équipes", "access": "OPEN"});
    story.does("Ada", "foundCommunity", workshop, "community", "Workshop").await;
    let board = json!({"name": "Board", "summary": "", "access": "INVITATION"});
    story.does("Bo", "foundCommunity", board, "community", "Board").await;
    for (who, community, body, name) in [
        ("Ada", "Workshop", "L’équipe de nuit cherche du renfort", "first"),
        ("Cy", "Workshop", "Nos équipes ont fini le chef-d’œuvre", "second"),
        ("Bo", "Board", "Une équipe de trop", "hidden"),
    ] {
        if who == "Cy" {
            story.sends("Cy", "joinCommunity", json!({"community": story.id("Workshop")}), "").await;
        }
        let audience = json!({"community": story.id(community)});
        let post = json!({"audience": audience, "body": body, "words": {"language": "fr"}});
        story.does(who, "publishPost", post, "post", name).await;
    }
    story
}

fn found(answer: &Value) -> Vec<String> {
    let edges = answer["search"]["edges"].as_array().unwrap();
    let name = |node: &Value| {
        ["body", "name", "title"].iter().find_map(|field| node[field].as_str().map(str::to_owned)).unwrap()
    };
    edges.iter().map(|edge| name(&edge["node"])).collect()
}

async fn traces(story: &Story) -> Vec<Searched> {
    let page = story.engine.journal().read_all(Position::default(), 1_000).await.unwrap();
    let events = story.engine.codec().decode(&page.events).await.unwrap().into_iter();
    events
        .filter_map(|recorded| match recorded.event {
            Event::Seen(Seen::Searched(searched)) => Some(searched),
            _ => None,
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_is_marked_where_it_stands_and_hidden_things_are_not_there() {
    let story = told().await;
    let answer = story.asks("Di", SEARCH, json!({"query": "EQUIPES"})).await;
    assert_eq!(
        found(&answer),
        ["Nos équipes ont fini le chef-d’œuvre", "L’équipe de nuit cherche du renfort", "L’Atelier"]
    );
    let pieces = |n: usize| answer["search"]["edges"][n]["excerpts"][0].clone();
    assert_eq!(
        pieces(1),
        json!({"of": "TEXT", "pieces": [
            {"text": "L’", "found": false}, {"text": "équipe", "found": true},
            {"text": " de nuit cherche du renfort", "found": false}]})
    );
    assert_eq!(found(&story.asks("Di", SEARCH, json!({"query": "oeuvre équipe"})).await).len(), 1);
    assert_eq!(found(&story.asks("Di", SEARCH, json!({"query": "board"})).await), Vec::<String>::new());
    let inside = story.asks("Bo", SEARCH, json!({"query": "équipe"})).await;
    assert_eq!(found(&inside).len(), 4);
    assert_eq!(found(&story.asks("Bo", SEARCH, json!({"query": "board"})).await), ["Board"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_narrowed_down_and_read_page_by_page() {
    let story = told().await;
    let narrowed = |filter: Value| {
        let variables = json!({"query": "équipe", "filter": filter});
        story.asks("Di", SEARCH, variables)
    };
    assert_eq!(found(&narrowed(json!({"kinds": ["COMMUNITY", "IDEA"]})).await), ["L’Atelier"]);
    assert_eq!(found(&narrowed(json!({"author": story.id("Cy")})).await).len(), 1);
    assert_eq!(
        found(&narrowed(json!({"community": story.id("Workshop"), "kinds": ["POST"]})).await).len(),
        2
    );
    assert_eq!(found(&narrowed(json!({"community": story.id("Board")})).await).len(), 0);
    assert_eq!(found(&narrowed(json!({"language": "en"})).await).len(), 0);
    let (mut after, mut read) = (Value::Null, vec![]);
    for more in [true, true, false] {
        let page = story.asks("Di", SEARCH, json!({"query": "équipe", "first": 1, "after": after})).await;
        read.extend(found(&page));
        assert_eq!(page["search"]["pageInfo"]["hasNextPage"], more);
        after = page["search"]["pageInfo"]["endCursor"].clone();
        let again = json!({"audience": {"community": story.id("Workshop")}, "body": "équipe !"});
        story.sends("Ada", "publishPost", again, "").await;
    }
    assert_eq!(read, found(&narrowed(json!({})).await)[3..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_leaves_one_trace_a_day_with_what_was_found_by_department() {
    let story = told().await;
    for query in ["Équipe ", "équipe", "  ÉQUIPE"] {
        story.asks("Di", SEARCH, json!({"query": query})).await;
    }
    let [trace] = traces(&story).await.try_into().unwrap();
    assert_eq!(trace.words.open().unwrap(), "Équipe");
    assert_eq!(trace.member.open(), Some(&story.member("Di")));
    let mut counts: Vec<u32> = trace.results.iter().map(|Results { count, .. }| *count).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 2], "one of Works, the others and the community of Sales");
    story.asks("Di", SEARCH, json!({"query": "équi", "typing": true})).await;
    let first = story.asks("Di", SEARCH, json!({"query": "nuit", "first": 1})).await;
    let after = first["search"]["pageInfo"]["endCursor"].clone();
    story.asks("Di", SEARCH, json!({"query": "nuit", "after": after})).await;
    story.asks("operator", SEARCH, json!({"query": "renfort"})).await;
    assert_eq!(traces(&story).await.len(), 2, "not while typing, not page by page, not of a service");
    // A search waits for no view: what has yet to be folded would stand a day behind.
    story.engine.catch_up().await.unwrap();
    story.later(24 * 60);
    story.asks("Di", SEARCH, json!({"query": "équipe"})).await;
    assert_eq!(traces(&story).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_searched_for_is_said_to_whoever_typed_it() {
    let story = told().await;
    let long = "mot ".repeat(2_500);
    for (query, said) in
        [("", "no letter"), ("🎉 \" * (", "no letter"), (long.as_str(), "at most 300 characters")]
    {
        let answer = story.answer("Di", SEARCH, json!({"query": query})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains(said), "{answer}");
    }
    for query in
        ["\"équipe", "équipe OR", "NEAR(équipe", "équipe*", "-équipe", "{text} : équipe", "' OR 1=1 --"]
    {
        story.asks("Di", SEARCH, json!({"query": query})).await;
    }
    let foreign = json!({"query": "équipe", "after": "bm90aGluZw"});
    assert_eq!(
        story.answer("Di", SEARCH, foreign).await["errors"][0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );
}
