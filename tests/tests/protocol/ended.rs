//! Subscriptions of those who may not ask any more: they end, and say so, before anything else is told.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use passerelle::gate::Gate;
use passerelle::http::{Settings, Transport};
use passerelle_tests::story::Story;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::server;

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
        // Less than it takes until a token is asked for by itself.
        let read = tokio::time::timeout(Duration::from_secs(10), read).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn who_may_ask_no_more_is_told_that_instead_of_what_comes_next() {
    for end in ["it expires", "it is revoked", "its member leaves"] {
        let mut story = Story::of_four().await;
        let gate = Gate::new(Arc::clone(&story.engine));
        let server = server::of(Transport::new(story.endpoint(), gate, Settings::default())).await;
        story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
        let (token, id) = token(&story, Some("2026-03-02T10:00:00Z")).await;
        let after = publishes(&story, "Rye").await;
        let query = "subscription($of: ID!, $after: Position) {
            feedItems(community: $of, after: $after) { ... on Post { body } } }";
        let variables = json!({"of": story.id("Bakers"), "after": after});
        let mut events =
            Events::of(server.address, &token, &json!({"query": query, "variables": variables})).await;
        publishes(&story, "Wheat").await;
        events.until("Wheat").await;
        match end {
            "it expires" => story.later(60),
            "it is revoked" => {
                let revoke = "mutation($token: String!) { revokeToken(input: {token: $token}) { position } }";
                drop(story.asks("Ada", revoke, json!({"token": id})).await);
            }
            _ => {
                let leaves = json!({"member": story.id("Cy")});
                drop(story.sends("Ada", "deactivateMember", leaves, "").await);
            }
        }
        publishes(&story, "Barley").await;
        events.until("event: complete").await;
        let told = events.come;
        assert!(told.contains("UNAUTHENTICATED") && !told.contains("Barley"), "{end}: {told}");
        server.stop().await.unwrap();
    }
}
