//! Votes through HTTP and GraphQL, durable and their tally visible in the answer, beside a mutation of the same shape
//! that does nothing.
//!
//! `cargo bench -p passerelle-tests -- vote`. 64 connections, each with seven members who vote in turns; every
//! vote is an event of its own, and every answer is looked at: it must show the vote.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use passerelle_tests::bench::constant::schema;
use passerelle_tests::bench::organisation::member;
use passerelle_tests::bench::ratio::{Ratio, in_turns};
use passerelle_tests::bench::served::{Served, body, constant, token};
use passerelle_tests::load::{Answer, Asked, rate};
use serde_json::{Value, json};

const EVENTS: usize = 100_000;
const CONNECTIONS: usize = 64;
const VOTERS: usize = 7;
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(2);

const VOTE: &str = "mutation($input: VoteInput!) { vote(input: $input) {
    idea { id tally { own { agree disagree pass sum } score } ownVote } position projected userErrors { code } } }";

/// Who votes, on what, and how often each connection has.
struct Ballots {
    tokens: Vec<Arc<str>>,
    ideas: Vec<(Value, Value)>,
    votes: Vec<AtomicU64>,
}

impl Ballots {
    async fn of(served: &Served) -> Self {
        let engine = &served.world.engine;
        let tokens = join_all((0..CONNECTIONS * VOTERS).map(|n| token(engine, member(n)))).await;
        let data =
            served.asks("{ campaigns(first: 1) { nodes { id ideas(first: 100) { nodes { id } } } } }").await;
        let campaign = &data["campaigns"]["nodes"][0];
        let ideas = campaign["ideas"]["nodes"].as_array().unwrap();
        let ideas = ideas.iter().map(|idea| (campaign["id"].clone(), idea["id"].clone())).collect();
        Self { tokens, ideas, votes: (0..CONNECTIONS).map(|_| AtomicU64::new(0)).collect() }
    }

    /// The next vote of a connection: one member after the other, then the next idea, then another opinion.
    fn next(&self, connection: usize) -> Asked {
        let count = self.votes[connection].fetch_add(1, Ordering::Relaxed) as usize;
        let (voter, count) = (count % VOTERS, count / VOTERS);
        let (campaign, idea) = &self.ideas[count % self.ideas.len()];
        let value = (count / self.ideas.len() % 3) as i64 - 1;
        let input = json!({ "input": { "campaign": campaign, "idea": idea, "value": value } });
        Asked { token: Arc::clone(&self.tokens[connection * VOTERS + voter]), body: body(VOTE, input) }
    }
}

/// The answer shows the vote.
fn shown(asked: &Asked, answer: &Answer) -> bool {
    let body = std::str::from_utf8(&answer.body).unwrap();
    let value = asked.body.split_once("\"value\":").map(|(_, value)| value.trim_end_matches('}')).unwrap();
    body.contains(&format!("\"ownVote\":{value}}}")) && body.contains("\"projected\":true,\"userErrors\":[]")
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let served = Served::of(EVENTS, Path::new(env!("CARGO_TARGET_TMPDIR"))).await;
    let reference = constant(schema()).await;
    let ballots = Arc::new(Ballots::of(&served).await);
    let votes = async |host| {
        let ballots = Arc::clone(&ballots);
        let next = move |connection, _| ballots.next(connection);
        rate(host, (CONNECTIONS, TIME), next, shown).await.unwrap()
    };
    let (reference, measured) = in_turns(
        ROUNDS,
        async || votes(reference.address).await,
        async || votes(served.server.address).await,
    )
    .await;
    println!("{}", Ratio { what: "a vote", measured, reference, floor: 0.25, aim: 0.5 });
}
