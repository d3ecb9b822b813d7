//! What concerns a member reaches them, with who caused it, until it is read or gone.

use futures::StreamExt;
use passerelle::http::Language;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const INBOX: &str = "query($first: Int, $after: String, $unreadOnly: Boolean) { viewer {
    notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
    nodes { id kind read at by { name } about { ... on Post { body } ... on Comment { body } ... on Idea { title }
        ... on Community { name } } } pageInfo { hasNextPage endCursor } unread { count more } readUpTo } } }";

async fn inbox(story: &Story, who: &str) -> Value {
    inbox_page(story, who, json!({"unreadOnly": false})).await
}

async fn inbox_page(story: &Story, who: &str, page: Value) -> Value {
    story.asks(who, INBOX, page).await["viewer"]["notifications"].take()
}

/// Kind and who caused it.
fn told(inbox: &Value) -> Vec<(&str, &str)> {
    let nodes = inbox["nodes"].as_array().unwrap();
    nodes.iter().map(|node| (node["kind"].as_str().unwrap(), node["by"]["name"].as_str().unwrap())).collect()
}

/// Bakers, open, with Bo, who leads it, Cy and Di.
async fn bakers() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    for who in ["Cy", "Di"] {
        story.sends(who, "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
    }
    story.later(1);
    story
}

async fn publish(story: &mut Story, who: &str, body: &str, kind: &str, mentions: Value) {
    let audience = json!({"community": story.id("Bakers")});
    let post = json!({"audience": audience, "body": body, "kind": kind, "words": {"mentions": mentions}});
    story.does(who, "publishPost", post, "post", body).await;
    story.later(1);
}

async fn comment(story: &mut Story, who: &str, body: &str, on: &str) {
    let comment = json!({"post": story.id(on), "body": body});
    story.does(who, "addComment", comment, "comment", body).await;
    story.later(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_answers_and_acceptance_reach_whom_they_concern() {
    let mut story = bakers().await;
    let di = story.id("Di");
    publish(&mut story, "Bo", "How warm?", "QUESTION", json!([di])).await;
    comment(&mut story, "Cy", "Two hundred", "How warm?").await;
    let accepted = json!({"post": story.id("How warm?"), "comment": story.id("Two hundred")});
    story.sends("Bo", "acceptAnswer", accepted, "").await;
    let of_bo = inbox(&story, "Bo").await;
    assert_eq!(told(&of_bo), [("ANSWER", "Cy")]);
    assert_eq!(
        (&of_bo["nodes"][0]["about"], &of_bo["nodes"][0]["read"]),
        (&json!({"body": "Two hundred"}), &json!(false))
    );
    assert_eq!(of_bo["unread"], json!({"count": 1, "more": false}));
    assert_eq!(told(&inbox(&story, "Cy").await), [("ANSWER_ACCEPTED", "Bo")]);
    assert_eq!(told(&inbox(&story, "Di").await), [("MENTION", "Bo")]);
    assert_eq!(told(&inbox(&story, "Ada").await), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_invitations_and_requests_reach_whom_they_concern_while_they_wait() {
    let mut story = bakers().await;
    let campaign = json!({"name": "What next?", "voting": "SUPPORT"});
    story.does("Ada", "openCampaign", campaign, "campaign", "next").await;
    let idea = json!({"campaign": story.id("next"), "title": "Showers", "body": "Please"});
    story.does("Cy", "submitIdea", idea, "idea", "Showers").await;
    story.sends("Ada", "acceptIdea", json!({"idea": story.id("Showers"), "reason": "Cheap"}), "").await;
    assert_eq!(told(&inbox(&story, "Cy").await), [("IDEA_DECIDED", "Ada")]);

    let board = json!({"name": "Board", "access": "REQUEST"});
    story.does("Ada", "foundCommunity", board, "community", "Board").await;
    let board = json!({"community": story.id("Board")});
    story.sends("Di", "requestMembership", board.clone(), "").await;
    let of_ada = inbox(&story, "Ada").await;
    assert_eq!(
        (told(&of_ada), &of_ada["nodes"][0]["about"]),
        (vec![("REQUEST", "Di")], &json!({"name": "Board"}))
    );
    let di = json!({"community": story.id("Board"), "member": story.id("Di")});
    story.sends("Ada", "approveRequest", di, "").await;
    assert_eq!(told(&inbox(&story, "Ada").await), [], "it is decided");
    assert_eq!(told(&inbox(&story, "Di").await), [("REQUEST_DECIDED", "Ada")]);

    let bo = json!({"community": story.id("Board"), "member": story.id("Bo")});
    story.sends("Ada", "inviteMember", bo, "").await;
    assert_eq!(told(&inbox(&story, "Bo").await), [("INVITATION", "Ada")]);
    story.sends("Bo", "joinCommunity", board, "").await;
    assert_eq!(told(&inbox(&story, "Bo").await), [], "it was followed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_waits_to_be_acknowledged() {
    let mut story = bakers().await;
    publish(&mut story, "Bo", "Closed on Monday", "ANNOUNCEMENT", json!([])).await;
    let of_cy = inbox(&story, "Cy").await;
    assert_eq!(
        (told(&of_cy), of_cy["nodes"][0]["read"].clone()),
        (vec![("ANNOUNCEMENT", "Bo")], json!(false))
    );
    assert_eq!(told(&inbox(&story, "Bo").await), [], "whoever announces knows");
    story.sends("Cy", "acknowledge", json!({"post": story.id("Closed on Monday")}), "").await;
    let of_cy = inbox(&story, "Cy").await;
    assert_eq!((of_cy["nodes"][0]["read"].clone(), &of_cy["unread"]["count"]), (json!(true), &json!(0)));
    assert_eq!(inbox(&story, "Di").await["unread"]["count"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_marked_one_by_one_and_all_together() {
    let mut story = bakers().await;
    let di = story.id("Di");
    for body in ["One", "Two", "Three"] {
        publish(&mut story, "Bo", body, "UPDATE", json!([di])).await;
    }
    let first = inbox_page(&story, "Di", json!({"first": 2, "unreadOnly": true})).await;
    assert_eq!((told(&first).len(), &first["pageInfo"]["hasNextPage"]), (2, &json!(true)));
    let after = json!({"first": 2, "unreadOnly": true, "after": first["pageInfo"]["endCursor"]});
    assert_eq!(inbox_page(&story, "Di", after).await["nodes"][0]["about"]["body"], "One");
    let two = json!({"notifications": [first["nodes"][1]["id"]]});
    let selection = "viewer { notifications(unreadOnly: true) { unread { count } nodes { about { ... on Post { body } } } } }";
    let marked = story.sends("Di", "markNotificationsRead", two, selection).await;
    let left = &marked["viewer"]["notifications"];
    assert_eq!(left["unread"]["count"], 2);
    assert_eq!(left["nodes"], json!([{"about": {"body": "Three"}}, {"about": {"body": "One"}}]));
    let up_to = json!({"upTo": first["nodes"][0]["at"]});
    let marked = story.sends("Di", "markAllNotificationsRead", up_to, selection).await;
    assert_eq!(marked["viewer"]["notifications"], json!({"unread": {"count": 0}, "nodes": []}));
    assert_eq!(told(&inbox(&story, "Di").await).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_anothers_notifications_in_any_way() {
    let mut story = bakers().await;
    let (cy, di) = (story.id("Cy"), story.id("Di"));
    publish(&mut story, "Bo", "Together", "ANNOUNCEMENT", json!([cy, di])).await;
    let own = inbox(&story, "Di").await;
    assert_eq!(own["nodes"].as_array().unwrap().len(), 2, "the announcement, and that it mentions her");
    let query = "query($ids: [ID!]!, $di: ID!) { nodes(ids: $ids) { ... on Notification { kind } }
        node(id: $di) { ... on Member { notifications { nodes { kind } } preferences { language } } } }";
    let ids: Vec<_> = own["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect();
    let ask = json!({"ids": ids, "di": di});
    let of_di = story.asks("Di", query, ask.clone()).await;
    let kinds: Vec<_> =
        own["nodes"].as_array().unwrap().iter().map(|node| json!({"kind": node["kind"]})).collect();
    assert_eq!(of_di["nodes"], json!(kinds));
    for who in ["Ada", "operator"] {
        let read = story.asks(who, query, ask.clone()).await;
        let nothing = json!({"nodes": [null, null], "node": {"notifications": null, "preferences": null}});
        assert_eq!(read, nothing, "{who}");
    }
    story.sends("Bo", "removePost", json!({"post": story.id("Together")}), "").await;
    assert_eq!(story.asks("Di", query, ask).await["nodes"], json!([null, null]));
    assert_eq!(told(&inbox(&story, "Di").await), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_say_what_stands_in_the_inbox_and_how_soon_it_is_mailed() {
    let mut story = bakers().await;
    let cy = story.id("Cy");
    publish(&mut story, "Bo", "Hello", "UPDATE", json!([cy])).await;
    let quiet = json!({"kind": "MENTION", "inbox": false, "mail": "WEEKLY"});
    let selection = "viewer { preferences { language notifications { kind inbox mail defaultMail } } }";
    let changed = story.sends("Cy", "changeNotificationPreference", quiet, selection).await;
    let preferences = &changed["viewer"]["preferences"];
    assert_eq!(
        (preferences["notifications"].as_array().unwrap().len(), &preferences["language"]),
        (9, &Value::Null)
    );
    let expected = json!({"kind": "MENTION", "inbox": false, "mail": "WEEKLY", "defaultMail": "DAILY"});
    assert_eq!(preferences["notifications"][0], expected);
    assert_eq!(told(&inbox(&story, "Cy").await), []);
    let french = story.sends("Cy", "changeMailLanguage", json!({"language": "fr"}), selection).await;
    assert_eq!(french["viewer"]["preferences"]["language"], "fr");
    let refused = story.is_refused("Cy", "changeMailLanguage", json!({"language": "de"})).await;
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("LANGUAGE_NOT_WRITTEN"), &json!(["input", "language"]))
    );
    story.answers_in(Language::French);
    let many: Vec<_> = (0..101).map(|_| story.id("Cy")).collect();
    let refused = story.is_refused("Cy", "markNotificationsRead", json!({"notifications": many})).await;
    assert_eq!(refused["code"], "UNKNOWN_ID", "a member is no notification");
    let refused =
        story.is_refused("Cy", "markAllNotificationsRead", json!({"upTo": "2030-01-01T00:00:00Z"})).await;
    assert!(refused["message"].as_str().unwrap().starts_with("Personne n’a lu"), "{refused}");
}

const RECEIVED: &str =
    "subscription { notificationReceived { kind by { name } about { ... on Post { body } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn what_concerns_a_member_arrives_by_itself_and_nothing_else_does() {
    let mut story = bakers().await;
    let mut of_cy = story.follows("Cy", RECEIVED, json!({}));
    let mut of_di = story.follows("Di", RECEIVED, json!({}));
    let first = tokio::spawn(async move { (of_cy.next().await, of_cy) });
    let others = tokio::spawn(async move { of_di.next().await });
    let cy = story.id("Cy");
    // A subscription begins when it is first polled: until it has, mentions may pass it by.
    for n in 0..200 {
        if first.is_finished() {
            break;
        }
        publish(&mut story, "Bo", &format!("Hello {n}"), "UPDATE", json!([cy])).await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let (response, _live) = first.await.unwrap();
    let response = serde_json::to_value(response.unwrap()).unwrap();
    let received = &response["data"]["notificationReceived"];
    assert_eq!((&received["kind"], &received["by"]), (&json!("MENTION"), &json!({"name": "Bo"})));
    assert!(response["extensions"]["position"].is_string(), "{response}");
    assert!(!others.is_finished(), "Di is not mentioned");
    others.abort();
    let mut of_service = story.follows("operator", RECEIVED, json!({}));
    let refused = serde_json::to_value(of_service.next().await.unwrap()).unwrap();
    assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused}");
}
