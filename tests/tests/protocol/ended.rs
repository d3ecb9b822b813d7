//! Subscriptions of those who may not ask any more: they end, and say so, before anything else is told.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use passerelle::gate::Gate;
use passerelle::http::{Settings, Transport};
use passerelle_tests::bench::sockets::Subscriber;
use passerelle_tests::server::Server;
use passerelle_tests::story::Story;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::unbounded_channel;

use super::server;

/// Less than it takes until a token is asked for by itself.
const IN_TIME: Duration = Duration::from_secs(10);

/// Events that a bearer follows, as far as they have come.
struct Events {
    stream: TcpStream,
    come: String,
}

impl Events {
    async fn of(address: SocketAddr, token: &str, body: &Value) -> Self {
        let (mut stream, body) = (TcpStream::connect(address).await.unwrap(), body.to_string());
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\naccept: text/event-stream\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        Self { stream, come: String::new() }
    }

    /// Reads on until this has come.
    async fn until(&mut self, what: &str) {
        let read = async {
            while !self.come.contains(what) {
                let mut piece = [0; 4096];
                let length = self.stream.read(&mut piece).await.unwrap();
                assert!(length > 0, "it ends without {what}: {}", self.come);
                self.come += std::str::from_utf8(&piece[..length]).unwrap();
            }
        };
        let read = tokio::time::timeout(IN_TIME, read).await;
        assert!(read.is_ok(), "{what} does not come: {}", self.come);
    }
}

async fn token(story: &Story, until: Option<&str>) -> (String, Value) {
    let document = "mutation($input: IssueTokenInput!) { issueToken(input: $input) { token tokenId } }";
    let input = json!({"member": story.id("Cy"), "until": until});
    let mut issued = story.asks("Ada", document, json!({ "input": input })).await["issueToken"].take();
    (issued["token"].as_str().unwrap().to_owned(), issued["tokenId"].take())
}

async fn publishes(story: &Story, body: &str) -> Value {
    let post = json!({"audience": {"community": story.id("Bakers")}, "body": body});
    story.sends("Bo", "publishPost", post, "").await["position"].take()
}

/// How a token comes to its end.
const ENDS: [&str; 3] = ["it expires", "it is revoked", "its member leaves"];

async fn comes_to(end: &str, story: &Story, token: &Value) {
    match end {
        "it expires" => story.later(60),
        "it is revoked" => {
            let revoke = "mutation($token: String!) { revokeToken(input: {token: $token}) { position } }";
            drop(story.asks("Ada", revoke, json!({ "token": token })).await);
        }
        _ => {
            let leaves = json!({"member": story.id("Cy")});
            drop(story.sends("Ada", "deactivateMember", leaves, "").await);
        }
    }
}

/// Bakers, with a server at which one can follow them.
async fn bakers() -> (Story, Server) {
    let mut story = Story::of_four().await;
    let gate = Gate::new(Arc::clone(&story.engine));
    let server = server::of(Transport::new(story.endpoint(), gate, Settings::default())).await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    (story, server)
}

const FOLLOW: &str = "subscription($of: ID!, $after: Position) {
    feedItems(community: $of, after: $after) { ... on Post { body } } }";

/// What is followed from before something that is told at once.
async fn following(story: &Story) -> Value {
    let after = publishes(story, "Rye").await;
    publishes(story, "Wheat").await;
    json!({"of": story.id("Bakers"), "after": after})
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_ask_no_more_is_told_that_instead_of_what_comes_next() {
    for end in ENDS {
        let (story, server) = bakers().await;
        let (token, id) = token(&story, Some("2026-03-02T10:00:00Z")).await;
        let body = json!({"query": FOLLOW, "variables": following(&story).await});
        let mut events = Events::of(server.address, &token, &body).await;
        events.until("Wheat").await;
        comes_to(end, &story, &id).await;
        publishes(&story, "Barley").await;
        events.until("event: complete").await;
        let told = events.come;
        assert!(told.contains("UNAUTHENTICATED") && !told.contains("Barley"), "{end}: {told}");
        server.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_ask_no_more_is_let_go_at_once_though_nothing_comes() {
    for end in ENDS {
        let (story, server) = bakers().await;
        // By the clock of the story it stands still until then.
        let (token, id) = token(&story, Some("2026-03-02T09:00:02Z")).await;
        let variables = following(&story).await;
        let body = json!({"query": FOLLOW, "variables": variables});
        let mut events = Events::of(server.address, &token, &body).await;
        let (tell, mut told) = unbounded_channel();
        let socket = Subscriber::follow(server.address, &token, (FOLLOW, variables), tell).await;
        events.until("Wheat").await;
        assert!(told.recv().await.unwrap().text.contains("Wheat"));
        comes_to(end, &story, &id).await;
        events.until("event: complete").await;
        assert!(events.come.contains("UNAUTHENTICATED"), "{end}: {}", events.come);
        let closed = tokio::time::timeout(IN_TIME, told.recv()).await;
        assert!(closed.is_ok_and(|told| told.is_none()), "{end}: the socket is open");
        drop(socket);
        server.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_go_on_asking_does_when_others_may_no_more() {
    let (story, server) = bakers().await;
    let [(kept, _), (_, taken)] = [token(&story, None).await, token(&story, None).await];
    let body = json!({"query": FOLLOW, "variables": following(&story).await});
    let mut events = Events::of(server.address, &kept, &body).await;
    events.until("Wheat").await;
    comes_to("it is revoked", &story, &taken).await;
    publishes(&story, "Barley").await;
    events.until("Barley").await;
    server.stop().await.unwrap();
}
