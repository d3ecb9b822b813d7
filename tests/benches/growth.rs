//! What growth costs: a page of a feed and of a ranking in a history of two million events beside one of twenty
//! thousand, each served by the program in a process of its own, and the memory it takes.
//!
//! `cargo bench -p passerelle-tests -- growth`. Takes minutes and about 4 GB of disk.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::decision::Actor;
use passerelle_tests::bench::organisation::{Organisation, member};
use passerelle_tests::bench::pages::Pages;
use passerelle_tests::bench::process::Process;
use passerelle_tests::bench::ratio::in_turns;
use passerelle_tests::bench::served::token;
use passerelle_tests::load::rate;
use passerelle_tests::log::{Scratch, World};
use serde_json::Value;

const SMALL: usize = 20_000;
const LARGE: usize = 2_000_000;
const CONNECTIONS: usize = 64;
const ROUNDS: usize = 7;
const TIME: Duration = Duration::from_secs(2);
const COST_LIMIT: f64 = 1.3;
const MEMORY_LIMIT_MB: f64 = 300.0;

/// An organisation of so many events, served by the program.
struct Grown {
    address: std::net::SocketAddr,
    process: Process,
    feeds: Arc<Pages>,
    rankings: Arc<Pages>,
    _folder: Scratch,
}

impl Grown {
    async fn to(events: usize) -> Self {
        let scratch = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
        let begun = Instant::now();
        {
            let store = passerelle_tests::log::store(&scratch).await.unwrap();
            let codec = journal::Codec::new(store.keys.clone());
            Organisation::of(events).append(&*store.journal, &codec).await.unwrap();
        }
        let appended = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let world = World::open(scratch).await.unwrap();
        world.engine.catch_up().await.unwrap();
        let viewed = begun.elapsed().as_secs_f64();
        println!("{events} events: appended in {appended:.1} s, views from zero in {viewed:.1} s");

        let asks = async |document| world.asks(Actor::Service, document, Value::Null).await.unwrap();
        let token = token(&world.engine, member(0)).await;
        let feeds = Arc::new(Pages::of_feeds(&asks(Pages::COMMUNITIES).await, &token));
        let rankings = Arc::new(Pages::of_rankings(&asks(Pages::CAMPAIGNS).await, &token));
        let folder = world.close();
        let mut process = Process::start("serve", folder.path());
        let line = process.says("GraphQL on http://");
        let address = line.trim_start_matches("GraphQL on http://").trim_end_matches("/graphql");
        Self { address: address.parse().unwrap(), process, feeds, rankings, _folder: folder }
    }

    async fn read(&self, pages: &Arc<Pages>) -> f64 {
        let pages = Arc::clone(pages);
        let next = move |connection, count| pages.next(connection, count);
        rate(self.address, (CONNECTIONS, TIME), next, Pages::full).await.unwrap()
    }
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let (small, large) = (Grown::to(SMALL).await, Grown::to(LARGE).await);
    let feeds =
        in_turns(ROUNDS, async || small.read(&small.feeds).await, async || large.read(&large.feeds).await);
    say("a feed page", feeds.await);
    let rankings = in_turns(
        ROUNDS,
        async || small.read(&small.rankings).await,
        async || large.read(&large.rankings).await,
    );
    say("a ranking", rankings.await);
    let used = large.process.anonymous_memory() as f64 / 1e6;
    let verdict = if used < MEMORY_LIMIT_MB { "aim reached" } else { "TOO MUCH" };
    println!("anonymous memory at {LARGE} events: {used:.0} MB (under {MEMORY_LIMIT_MB} MB): {verdict}");
}

fn say(what: &str, (small, large): (f64, f64)) {
    let cost = small / large;
    let verdict = if cost <= COST_LIMIT { "aim reached" } else { "TOO MUCH" };
    println!(
        "{what}: {small:.0}/s at {SMALL} events, {large:.0}/s at {LARGE}: {cost:.2} times the cost \
         (at most {COST_LIMIT}): {verdict}"
    );
}
