//! A small organisation, founded through GraphQL as its users would: people with tokens of their own, and a community
//! that all of them are in.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::load::Connection;

/// A mutation, what it takes, and the field of its payload that is asked for.
pub type Sent<'a> = (&'a str, Value, &'a str);

/// An organisation on a server, with one community that is open to everybody.
pub struct Founded {
    /// Where it is served.
    pub address: SocketAddr,
    /// The token of each of its people; the first leads the community.
    pub tokens: Vec<String>,
    /// The community.
    pub community: String,
}

impl Founded {
    /// Founds it on an empty server, with an administrator's token.
    pub async fn of(address: SocketAddr, operator: &str, people: &[&str]) -> Self {
        let organisation = json!({ "name": "Atelier", "timeZone": "Europe/Paris", "language": "fr" });
        sends(address, operator, ("establishOrganisation", organisation, "organisation { id }")).await;
        let sales = id(address, operator, ("openDepartment", json!({ "name": "Sales" }), "department")).await;
        let mut tokens = vec![];
        for name in people {
            let member = json!({ "name": name, "department": sales });
            let member = id(address, operator, ("registerMember", member, "member")).await;
            id(address, operator, ("openAccount", json!({ "member": member }), "member")).await;
            let token = json!({ "member": member, "scopes": ["WRITE"] });
            let issued = sends(address, operator, ("issueToken", token, "token")).await;
            tokens.push(issued["token"].as_str().unwrap().to_owned());
        }
        let community = ("foundCommunity", json!({ "name": "Ateliers" }), "community");
        let community = id(address, &tokens[0], community).await;
        for token in &tokens[1..] {
            let join = json!({ "community": community });
            id(address, token, ("joinCommunity", join, "community")).await;
        }
        Self { address, tokens, community }
    }

    /// Sends a mutation for the first of its people; the id of what it made or changed.
    pub async fn made(&self, mutation: &str, input: Value, field: &str) -> String {
        id(self.address, &self.tokens[0], (mutation, input, field)).await
    }
}

async fn id(address: SocketAddr, token: &str, (mutation, input, field): Sent<'_>) -> String {
    let payload = sends(address, token, (mutation, input, &format!("{field} {{ id }}"))).await;
    payload[field]["id"].as_str().unwrap().to_owned()
}

/// Sends a mutation that must not be refused; its payload.
async fn sends(address: SocketAddr, token: &str, (mutation, input, selection): Sent<'_>) -> Value {
    let type_name = mutation[..1].to_uppercase() + &mutation[1..];
    let query = format!(
        "mutation($input: {type_name}Input!) {{ it: {mutation}(input: $input) {{ {selection} userErrors {{ code }} }} }}"
    );
    let body = json!({ "query": query, "variables": { "input": input } }).to_string();
    let answer = Connection::open(address).await.unwrap().graphql(token, &body).await.unwrap();
    let mut answer: Value = serde_json::from_slice(&answer.body).unwrap();
    let payload = answer["data"]["it"].take();
    assert!(payload["userErrors"] == json!([]), "{mutation}: {answer} {payload}");
    payload
}
