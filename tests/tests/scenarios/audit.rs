//! What auditors and administrators see beyond what every member sees, and that each look of theirs is recorded; and
//! what comes in as oneself, for each to see and to end.

use domain::event::{Event, Recorded};
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const AUDIT: &str = "{ audit { communities { nodes { name access feed { nodes { __typename } } } }
    tokens { nodes { id scopes member { name } revokedAt } } sessions { nodes { sessionId member { name } } }
    events(first: 100) { nodes { type fields actor { name } } pageInfo { hasNextPage } }
    looks { nodes { subject member { name } } } } }";
const OWN: &str =
    "{ viewer { tokens { nodes { id revokedAt } } sessions { nodes { sessionId openedAt endedAt } } } }";

/// Ada administers, Di audits; Bo keeps a community by invitation to himself, and has a token and a link.
async fn kept() -> Story {
    let mut story = Story::of_four().await;
    let founded = json!({"name": "Board", "access": "INVITATION"});
    story.does("Bo", "foundCommunity", founded, "community", "board").await;
    let post = json!({"audience": {"community": story.id("board")}, "body": "The figures are bad"});
    story.does("Bo", "publishPost", post, "post", "post").await;
    story.sends("Ada", "grantRole", json!({"member": story.id("Di"), "role": "AUDITOR"}), "").await;
    let bo = json!({"input": {"member": story.id("Bo"), "scopes": ["WRITE"]}});
    story.asks("Ada", "mutation($input: IssueTokenInput!) { issueToken(input: $input) { token } }", bo).await;
    let bo = json!({"input": {"member": story.id("Bo")}});
    let offer = "mutation($input: OfferSignInLinkInput!) { offerSignInLink(input: $input) { link } }";
    story.asks("Ada", offer, bo).await;
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_sees_what_there_is_and_nothing_that_is_sealed() {
    let story = kept().await;
    let answer = story.answer("Di", AUDIT, json!({})).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    let audit = &answer["data"]["audit"];
    let board = json!([{"name": "Board", "access": "INVITATION", "feed": {"nodes": []}}]);
    assert_eq!(audit["communities"]["nodes"], board);
    assert_eq!(audit["tokens"]["nodes"][0]["scopes"], json!(["WRITE"]));
    assert_eq!(audit["sessions"]["nodes"][0]["member"]["name"], "Bo");
    let events = audit["events"]["nodes"].as_array().unwrap();
    let published = events.iter().find(|event| event["type"] == "post.published").unwrap();
    assert_eq!(published["actor"]["name"], "Bo");
    assert!(published["fields"].as_str().unwrap().contains("\"community\""));
    assert!(!answer.to_string().contains("figures are bad"));
    let subject = |look: Recorded| match look.event {
        Event::Look(domain::look::Event::Consulted(consulted)) => consulted.subject,
        _ => panic!("another look"),
    };
    let mut subjects: Vec<_> = story.looks().await.into_iter().map(subject).collect();
    subjects.sort();
    assert_eq!(
        subjects,
        ["audit_communities", "audit_events", "audit_looks", "audit_sessions", "audit_tokens"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_what_they_set_up_and_a_member_nothing() {
    let story = kept().await;
    let answer = story.answer("Ada", AUDIT, json!({})).await;
    let audit = &answer["data"]["audit"];
    assert_eq!(audit["communities"]["nodes"][0]["name"], "Board");
    assert_eq!((&audit["events"], &audit["looks"]), (&Value::Null, &Value::Null));
    let looks = story.looks().await.len();
    let answer = story.answer("Bo", AUDIT, json!({})).await;
    let nothing =
        json!({"communities": null, "tokens": null, "sessions": null, "events": null, "looks": null});
    assert_eq!(answer["data"]["audit"], nothing);
    let codes = answer["errors"].as_array().unwrap().iter().map(|error| &error["extensions"]["code"]);
    assert!(codes.into_iter().all(|code| code == "FORBIDDEN"), "{answer}");
    assert_eq!(story.looks().await.len(), looks, "what was refused was no look");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_read_on_from_where_a_page_ended() {
    let story = kept().await;
    let page = "query($after: String) { audit { events(first: 4, after: $after) {
        nodes { eventId } pageInfo { endCursor hasNextPage } } } }";
    let (mut after, mut read) = (Value::Null, 0);
    loop {
        let events = story.asks("Di", page, json!({ "after": after })).await["audit"]["events"].take();
        read += events["nodes"].as_array().unwrap().len();
        if events["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = events["pageInfo"]["endCursor"].clone();
    }
    let all = story.engine.journal().read_all(Default::default(), 1_000).await.unwrap().events.len();
    assert_eq!(read, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_sees_and_ends_what_comes_in_as_them() {
    let story = kept().await;
    let own = story.asks("Bo", OWN, json!({})).await["viewer"].take();
    let (token, session) = (&own["tokens"]["nodes"][0]["id"], &own["sessions"]["nodes"][0]["sessionId"]);
    let end = "mutation($token: String!, $session: String!) {
        revokeToken(input: {token: $token}) { userErrors { code } }
        endSession(input: {session: $session}) { userErrors { code } } }";
    let named = json!({"token": token, "session": session});
    let refused = story.asks("Cy", end, named.clone()).await;
    assert_eq!(refused["endSession"]["userErrors"][0]["code"], "ADMINISTRATOR_NEEDED");
    let ended = story.asks("Bo", end, named).await;
    assert_eq!(
        (&ended["revokeToken"]["userErrors"], &ended["endSession"]["userErrors"]),
        (&json!([]), &json!([]))
    );
    let own = story.asks("Bo", OWN, json!({})).await["viewer"].take();
    assert!(
        own["tokens"]["nodes"][0]["revokedAt"].is_string()
            && own["sessions"]["nodes"][0]["endedAt"].is_string()
    );
    let of_bo = "query($id: ID!) { node(id: $id) { ... on Member { tokens { nodes { id } } sessions { nodes { sessionId } } } } }";
    let seen = story.asks("Ada", of_bo, json!({"id": story.id("Bo")})).await;
    assert_eq!(
        seen["node"],
        json!({"tokens": null, "sessions": null}),
        "nor does an administrator see them so"
    );
}
