//! A question is asked, answered, corrected and settled.

use passerelle::files::Limits;
use passerelle::http::Language;
use passerelle_tests::load::Connection;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

/// Bo's question in an open community that Cy has joined, with an answer of Cy and a word of thanks below it.
async fn asked_and_answered() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    for who in ["Cy", "Di"] {
        story.sends(who, "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
    }
    let question = json!({
        "audience": {"community": story.id("Bakers")}, "kind": "QUESTION", "body": "How warm?",
        "words": {"language": "en", "mentions": [story.id("Cy")], "topics": ["oven"]},
    });
    story.does("Bo", "publishPost", question, "post", "question").await;
    story.later(1);
    let answer = json!({"post": story.id("question"), "body": "Two hundred"});
    story.does("Cy", "addComment", answer, "comment", "answer").await;
    story.later(1);
    let thanks = json!({"post": story.id("question"), "parent": story.id("answer"), "body": "Thank you"});
    story.does("Bo", "addComment", thanks, "comment", "thanks").await;
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_shows_who_answers_whom_and_which_answer_was_accepted() {
    let story = asked_and_answered().await;
    let accepted = json!({"post": story.id("question"), "comment": story.id("answer")});
    story.sends("Bo", "acceptAnswer", accepted, "").await;
    story.sends("Di", "react", json!({"item": story.id("answer"), "reaction": "USEFUL"}), "").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Post { kind language topics mentions { name }
        answer { body } comments { nodes { body author { name } engagement { reactions { reaction count } }
        answers { nodes { body author { name } parent { body } } } } } engagement { comments } } } }";
    let read = story.asks("Di", query, json!({"id": story.id("question")})).await;
    let thanks = json!({"body": "Thank you", "author": {"name": "Bo"}, "parent": {"body": "Two hundred"}});
    let answer = json!({
        "body": "Two hundred", "author": {"name": "Cy"},
        "engagement": {"reactions": [{"reaction": "USEFUL", "count": 1}]}, "answers": {"nodes": [thanks]},
    });
    let expected = json!({
        "kind": "QUESTION", "language": "en", "topics": ["oven"], "mentions": [{"name": "Cy"}],
        "answer": {"body": "Two hundred"},
        "comments": {"nodes": [answer]},
        "engagement": {"comments": 2},
    });
    assert_eq!(read["node"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_what_has_changed_meanwhile_is_refused_with_the_revision_it_has_now() {
    let mut story = asked_and_answered().await;
    let edit = |story: &Story, body: &str| json!({"post": story.id("question"), "body": body, "expectedRevision": 0});
    let edited = story.sends("Bo", "editPost", edit(&story, "How hot?"), "post { body revision }").await;
    assert_eq!(edited["post"], json!({"body": "How hot?", "revision": 1}));
    let refused = story.is_refused("Bo", "editPost", edit(&story, "How cold?")).await;
    let message = "It was changed since you read it; read it again and redo your change.";
    let expected = json!({"code": "CONFLICT", "message": message, "field": ["input", "expectedRevision"], "detail": "1"});
    assert_eq!(refused, expected);
    story.answers_in(Language::French);
    let refused = story.is_refused("Bo", "editPost", edit(&story, "How cold?")).await;
    assert_eq!(refused["code"], "CONFLICT");
    assert!(refused["message"].as_str().unwrap().contains("lecture"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_accepted_meanwhile_is_not_replaced_unread() {
    let mut story = asked_and_answered().await;
    let other = json!({"post": story.id("question"), "body": "Three hundred"});
    story.does("Di", "addComment", other, "comment", "other").await;
    let accept = |story: &Story, comment: &str, revision: u32| json!({"post": story.id("question"), "comment": story.id(comment), "expectedRevision": revision});
    let first = accept(&story, "answer", 0);
    let first = story.sends("Bo", "acceptAnswer", first, "post { revision }").await;
    assert_eq!(first["post"]["revision"], 1);
    let refused = story.is_refused("Bo", "acceptAnswer", accept(&story, "other", 0)).await;
    assert_eq!((&refused["code"], &refused["detail"]), (&json!("CONFLICT"), &json!("1")));
    let accepted = accept(&story, "other", 1);
    let accepted = story.sends("Bo", "acceptAnswer", accepted, "post { answer { body } revision }").await;
    assert_eq!(accepted["post"], json!({"answer": {"body": "Three hundred"}, "revision": 2}));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_in_lists_within_lists_is_said_to_stand_where_it_failed() {
    let story = asked_and_answered().await;
    let query = "{ communities(first: 5) { edges { node { feed(first: 5) { nodes { ... on Post {
        comments(first: 1000) { nodes { id } } } } } } } } }";
    let server = story.served(Limits::default()).await;
    let mut connection = Connection::open(server.address).await.unwrap();
    let answer = connection.graphql("Di", &json!({ "query": query }).to_string()).await.unwrap();
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer["data"], json!(null));
    let expected = json!(["communities", "edges", 0, "node", "feed", "nodes", 0, "comments"]);
    assert_eq!(answer["errors"][0]["path"], expected, "{answer}");
    assert_eq!(answer["errors"][0]["extensions"], json!({"code": "BAD_USER_INPUT"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_is_gone_from_feed_and_thread() {
    let story = asked_and_answered().await;
    story.sends("Cy", "removeComment", json!({"comment": story.id("answer")}), "").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Post { comments { nodes { removed body
        answers { nodes { removed body } } } } } } }";
    let read = story.asks("Di", query, json!({"id": story.id("question")})).await;
    let answers = json!({"nodes": [{"removed": false, "body": "Thank you"}]});
    let expected = json!([{"removed": true, "body": null, "answers": answers}]);
    assert_eq!(read["node"]["comments"]["nodes"], expected);
    story.sends("Bo", "removePost", json!({"post": story.id("question")}), "").await;
    let read = story.asks("Di", query, json!({"id": story.id("question")})).await;
    assert_eq!(read["node"], json!(null));
    let answer = json!({"post": story.id("question"), "body": "Too late"});
    assert_eq!(story.is_refused("Di", "addComment", answer).await["code"], "NO_SUCH_POST");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_addressed_to_members_is_for_them_and_its_author() {
    let mut story = Story::of_four().await;
    let letter = json!({"audience": {"members": [story.id("Cy")]}, "body": "Between us"});
    story.does("Ada", "publishPost", letter, "post", "letter").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Post { body } } addressed { nodes { ... on Post { body } } } }";
    let id = json!({"id": story.id("letter")});
    let read = story.asks("Cy", query, id.clone()).await;
    assert_eq!(read["node"]["body"], "Between us");
    assert_eq!(read["addressed"]["nodes"], json!([{"body": "Between us"}]));
    assert_eq!(story.asks("Bo", query, id.clone()).await, json!({"node": null, "addressed": {"nodes": []}}));
    let react = json!({"item": story.id("letter"), "reaction": "LIKE"});
    assert_eq!(story.is_refused("Bo", "react", react).await["code"], "NO_SUCH_POST");
}
