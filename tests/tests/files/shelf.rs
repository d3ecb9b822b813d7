//! A community that shares documents, served, and what its members send and fetch.

use std::net::SocketAddr;

use passerelle::files::Limits;
use passerelle_tests::exchange::{Reply, get, upload};
use passerelle_tests::server::Server;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

/// Bo leads an open community, Bakers, that Cy is in; Ada and Di are not.
pub(crate) struct Shelf {
    pub(crate) story: Story,
    server: Server,
}

impl Shelf {
    pub(crate) async fn new() -> Self {
        Self::within(Limits::default()).await
    }

    pub(crate) async fn within(limits: Limits) -> Self {
        let mut story = Story::of_four().await;
        story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
        story.sends("Cy", "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
        let server = story.served(limits).await;
        Self { story, server }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Uploads a text; what it is answered with.
    pub(crate) async fn uploaded(&self, who: &str, body: &[u8]) -> Value {
        let reply = upload(self.address(), who, body, "\r\ncontent-type: text/plain").await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()
    }

    pub(crate) fn in_community(&self) -> Value {
        json!({"community": self.story.id("Bakers")})
    }

    pub(crate) fn to(&self, who: &str) -> Value {
        json!({"members": [self.story.id(who)]})
    }

    /// Shares a file under a name; the URL it is downloaded from.
    pub(crate) async fn shared(&mut self, who: &str, audience: Value, name: &str, file: &Value) -> String {
        let document = json!({"audience": audience, "name": name, "contents": {"file": file}});
        self.story.does(who, "shareDocument", document, "document", name).await;
        self.url(who, name).await
    }

    /// The URL of the newest version of a document.
    pub(crate) async fn url(&self, who: &str, document: &str) -> String {
        let query = "query($id: ID!) { node(id: $id) { ... on Document { versions { downloadUrl } } } }";
        let answer = self.story.asks(who, query, json!({"id": self.story.id(document)})).await;
        answer["node"]["versions"][0]["downloadUrl"].as_str().unwrap().to_owned()
    }

    /// Uploads a text and shares it in the community; its URL.
    pub(crate) async fn with(&mut self, who: &str, name: &str, body: &[u8]) -> String {
        let file = self.uploaded(who, body).await;
        self.shared(who, self.in_community(), name, &file).await
    }

    pub(crate) async fn gets(&self, who: &str, url: &str) -> Reply {
        get(self.address(), who, url, "").await
    }

    /// The files in a folder of where they are kept, and in all below it.
    pub(crate) fn kept(&self, folder: &str) -> Vec<String> {
        names_below(&self.story.folder().join("files").join(folder))
    }
}

/// The names of all files below a folder.
pub(crate) fn names_below(folder: &std::path::Path) -> Vec<String> {
    let mut names = vec![];
    for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => names.extend(names_below(&entry.path())),
            false => names.push(entry.file_name().into_string().unwrap()),
        }
    }
    names.sort();
    names
}
