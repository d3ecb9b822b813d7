//! Requests for pages of 20: of the feeds of communities, and of the rankings of campaigns.

use std::sync::Arc;

use serde_json::{Value, json};

use super::served::body;
use crate::load::{Answer, Asked};

/// Requests, one after the other, over and over.
pub struct Pages(Vec<Asked>);

const FEED: &str =
    "query($id: ID!) { node(id: $id) { ... on Community { feed(first: 20) { nodes { ... on Post {
    id body publishedAt author { id name } engagement { comments reactions { reaction count } } } }
    pageInfo { hasNextPage endCursor } } } } }";

const RANKING: &str = "query($id: ID!) { node(id: $id) { ... on Campaign { ideas(first: 20) { nodes {
    id title author { id name } tally { own { agree disagree pass sum } score } ownVote }
    pageInfo { hasNextPage endCursor } } } } }";

impl Pages {
    /// What [`Pages::of_feeds`] is made of.
    pub const COMMUNITIES: &str = "{ list: communities(first: 50) { nodes { id } } }";
    /// What [`Pages::of_rankings`] is made of.
    pub const CAMPAIGNS: &str = "{ list: campaigns(first: 50) { nodes { id } } }";

    /// A page of the feed of each community.
    pub fn of_feeds(communities: &Value, token: &Arc<str>) -> Self {
        Self::of(FEED, communities, token)
    }

    /// A page of the ranking of each campaign.
    pub fn of_rankings(campaigns: &Value, token: &Arc<str>) -> Self {
        Self::of(RANKING, campaigns, token)
    }

    fn of(document: &str, listed: &Value, token: &Arc<str>) -> Self {
        let nodes = listed["list"]["nodes"].as_array().unwrap();
        let asked = nodes.iter().map(|node| Asked {
            token: Arc::clone(token),
            body: body(document, json!({ "id": node["id"] })),
        });
        Self(asked.collect())
    }

    /// The next request of a connection.
    pub fn next(&self, connection: usize, count: u64) -> Asked {
        self.0[(connection + count as usize) % self.0.len()].clone()
    }

    /// Whether a page has its 20 rows, and there are more.
    pub fn full(_asked: &Asked, answer: &Answer) -> bool {
        let body = String::from_utf8_lossy(&answer.body);
        body.matches("\"author\":{").count() == 20 && body.contains("\"hasNextPage\":")
    }
}
