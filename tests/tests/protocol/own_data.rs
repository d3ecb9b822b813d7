//! One's own data over HTTP: for oneself, for administrators with a reason that is then read, for nobody else.

use domain::decision::Actor;
use domain::id::CommandId;
use domain::token::Scope;
use passerelle::engine::Submission;
use passerelle::entropy::SystemEntropy;
use passerelle::gate::Gate;
use passerelle::http::own_data::routes;
use passerelle::http::{Settings, Transport};
use passerelle::token::NewToken;
use passerelle_tests::server::Server;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

use super::client::{Reply, send};
use super::server;

/// Ada has written to Cy, and Cy has answered, voted, kept and drafted.
async fn told() -> Story {
    let mut story = Story::of_four().await;
    let letter =
        json!({"audience": {"members": [story.id("Cy"), story.id("Di")]}, "body": "Ada's own words"});
    story.does("Ada", "publishPost", letter, "post", "letter").await;
    let poll = json!({"post": story.id("letter"), "options": ["Yes", "No"]});
    story.sends("Ada", "openPoll", poll, "").await;
    let answer = json!({"post": story.id("letter"), "body": "Cy's own words"});
    story.does("Cy", "addComment", answer, "comment", "answer").await;
    story.sends("Cy", "voteInPoll", json!({"post": story.id("letter"), "chosen": [2]}), "").await;
    story.sends("Cy", "keepBookmark", json!({"item": story.id("letter")}), "").await;
    story.sends("Cy", "recordView", json!({"item": story.id("letter")}), "").await;
    story.sends("Cy", "beginDraft", json!({"body": "Cy's draft"}), "").await;
    story.sends("Di", "react", json!({"item": story.id("answer"), "reaction": "THANKS"}), "").await;
    let report = json!({"item": story.id("answer"), "reason": "Di's secret"});
    story.sends("Di", "reportItem", report, "").await;
    story
        .sends("Ada", "hideItem", json!({"item": story.id("answer"), "reason": "Off the subject"}), "")
        .await;
    story
}

async fn token(story: &Story, who: Option<&str>) -> String {
    let new =
        NewToken::try_new(&SystemEntropy, who.map(|name| story.member(name)), None, Scope::ALL.to_vec())
            .unwrap();
    let id = CommandId(new.command.token.0);
    let issue = Submission::live(Actor::Service, new.command, id, story.engine.now());
    story.engine.handle(&issue).await.unwrap();
    new.secret.text
}

async fn serve(story: &Story) -> Server {
    let gate = Gate::new(story.engine.clone());
    let routes = routes(story.engine.clone(), gate.clone());
    server::of(Transport::new(story.endpoint(), gate, Settings::default()).with_routes(routes)).await
}

async fn takes_own(server: &Server, token: &str) -> Reply {
    let head = format!("GET /members/me/data HTTP/1.0\r\nauthorization: Bearer {token}");
    send(server.address, &head, b"").await
}

async fn takes(server: &Server, token: &str, whose: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!(
        "POST /members/{whose}/data HTTP/1.0\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\n\
         content-type: application/json"
    );
    send(server.address, &head, body.as_bytes()).await
}

fn of_type<'a>(document: &'a Value, kind: &str) -> Vec<&'a Value> {
    let events = document["events"].as_array().unwrap();
    events.iter().filter(|event| event["type"] == kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_takes_everything_they_did_and_what_was_done_about_them() {
    let story = told().await;
    let server = serve(&story).await;
    let reply = takes_own(&server, &token(&story, Some("Cy")).await).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, Some("no-store")));
    assert!(reply.header("content-disposition").unwrap().starts_with("attachment"));
    let document = reply.json();
    assert_eq!(document["profile"]["name"], "Cy");
    assert_eq!(of_type(&document, "comment.added")[0]["data"]["body"], "Cy's own words");
    assert_eq!(of_type(&document, "comment.added")[0]["by"], "you");
    assert_eq!(of_type(&document, "choice.made")[0]["data"]["chosen"], json!([2]));
    assert_eq!(of_type(&document, "draft.saved")[0]["data"]["body"], "Cy's draft");
    assert_eq!(of_type(&document, "bookmark.kept")[0]["data"]["item"]["kind"], "post");
    assert_eq!(of_type(&document, "seen.viewed")[0]["by"], "you");
    assert_eq!(of_type(&document, "member.registered")[0]["data"]["name"], "Cy");
    assert_eq!(of_type(&document, "moderation.hidden")[0]["data"]["reason"], "Off the subject");
    assert_eq!(of_type(&document, "reaction.given")[0]["by"], story.member("Di").to_string());
    assert_eq!(
        of_type(&document, "post.published")[0]["data"].get("body"),
        None,
        "what others wrote is theirs"
    );
    assert!(!reply.body.contains("Ada's own words") && !reply.body.contains("Di's secret"));
    assert_eq!(of_type(&document, "moderation.reported"), Vec::<&Value>::new());
    let of_ada = takes_own(&server, &token(&story, Some("Ada")).await).await.json();
    for kind in ["choice.made", "bookmark.kept", "draft.saved", "seen.viewed"] {
        assert_eq!(of_type(&of_ada, kind), Vec::<&Value>::new(), "{kind}");
    }
    assert_eq!(of_type(&of_ada, "post.published")[0]["data"]["body"], "Ada's own words");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_takes_another_s_with_a_reason_that_the_other_reads() {
    let story = told().await;
    let server = serve(&story).await;
    let (ada, cy) = (token(&story, Some("Ada")).await, token(&story, Some("Cy")).await);
    let without = takes(&server, &ada, &story.id("Cy"), r#"{"reason":" "}"#).await;
    assert_eq!((without.status, without.code()), (400, "BAD_REQUEST".to_owned()));
    assert_eq!(story.looks().await.len(), 0);
    let taken = takes(&server, &ada, &story.id("Cy"), r#"{"reason":"A request of the works council"}"#).await;
    assert_eq!(taken.json()["profile"]["name"], "Cy");
    let looks = takes_own(&server, &cy).await.json()["looks"].clone();
    assert_eq!(looks[0]["data"]["reason"], "A request of the works council");
    assert_eq!(looks[0]["data"]["member"], story.member("Ada").to_string());
    assert_eq!(looks.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn for_nobody_else_is_there_anything() {
    let story = told().await;
    let server = serve(&story).await;
    let (cy, service) = (token(&story, Some("Cy")).await, token(&story, None).await);
    let why = r#"{"reason":"Curious"}"#;
    assert_eq!(takes(&server, &cy, &story.id("Ada"), why).await.code(), "NOT_FOUND");
    assert_eq!(takes(&server, &cy, "nobody", why).await.code(), "NOT_FOUND");
    assert_eq!(takes(&server, &service, "nobody", why).await.code(), "NOT_FOUND");
    assert_eq!(takes(&server, "pas_x", &story.id("Ada"), why).await.code(), "UNAUTHENTICATED");
    assert_eq!(takes_own(&server, &service).await.code(), "FORBIDDEN");
    assert_eq!(takes(&server, &service, &story.id("Cy"), why).await.status, 200);
}
