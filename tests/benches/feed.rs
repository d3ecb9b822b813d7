//! A page of 20 of a community's feed, with authors and counts, through HTTP and GraphQL, beside the same selection
//! of constant rows.
//!
//! `cargo bench -p passerelle-tests -- feed`. 64 connections, each asking for the feed of one community after the
//! other.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use passerelle_tests::bench::constant::schema;
use passerelle_tests::bench::organisation::member;
use passerelle_tests::bench::pages::Pages;
use passerelle_tests::bench::ratio::{Ratio, in_turns};
use passerelle_tests::bench::served::{Served, constant, token};
use passerelle_tests::load::rate;

const EVENTS: usize = 100_000;
const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(2);

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let served = Served::of(EVENTS, Path::new(env!("CARGO_TARGET_TMPDIR"))).await;
    let reference = constant(schema()).await;
    let token = token(&served.world.engine, member(0)).await;
    let pages = Arc::new(Pages::of_feeds(&served.asks(Pages::COMMUNITIES).await, &token));
    let read = async |host| {
        let pages = Arc::clone(&pages);
        let next = move |connection, count| pages.next(connection, count);
        rate(host, (CONNECTIONS, TIME), next, Pages::full).await.unwrap()
    };
    let (reference, measured) =
        in_turns(ROUNDS, async || read(reference.address).await, async || read(served.server.address).await)
            .await;
    println!("{}", Ratio { what: "a feed page of 20", measured, reference, floor: 0.4, aim: 0.6 });
}
