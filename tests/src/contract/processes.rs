//! Promise 3 with real processes: the same append sent by several at once, and again after a kill.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use domain::event::Position;
use journal::Append;
use uuid::Uuid;

use super::{Fixture, at, event, one, stream};

/// Says to a child where the store is and which append to send.
const TOLD: &str = "PASSERELLE_CONTRACT_CHILD";

/// The same append wherever it is made.
fn told(n: u64) -> Append {
    let id = |k: u64| Uuid::from_u64_pair(n + 1, k);
    Append { stream: stream("post-told"), expected: n, recorded_at: at(n), events: vec![event(id(0))] }
}

/// Starts this test binary again, as the child of an adapter.
fn start<F: Fixture>(fixture: &F, appends: u64) -> Child {
    let module = std::any::type_name::<F>().rsplit("::").next().unwrap_or_default();
    let adapter = module.trim_end_matches("Fixture").to_lowercase();
    Command::new(std::env::current_exe().unwrap())
        .args([&format!("{adapter}::child"), "--exact", "--ignored", "--nocapture"])
        .env(TOLD, format!("{appends} {}", fixture.address()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a child does: send appends one after the other, each 64 times at once.
#[expect(clippy::disallowed_methods, reason = "a child is told what to do by its environment")]
pub async fn child<F: Fixture>() {
    let told_to = std::env::var(TOLD).unwrap();
    let (appends, address) = told_to.split_once(' ').unwrap();
    let journal = F::open(address).await.journal;
    for n in 0..appends.parse().unwrap() {
        send_64_times(&journal, n).await;
    }
}

async fn send_64_times(journal: &std::sync::Arc<dyn journal::Journal>, n: u64) {
    let sent = (0..64).map(|_| {
        let journal = journal.clone();
        tokio::spawn(async move { one(&*journal, told(n)).await.unwrap() })
    });
    let mut answers = Vec::new();
    for answer in futures::future::join_all(sent).await {
        answers.push(answer.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "every answer is the first");
}

async fn recorded_once<F: Fixture>(fixture: &F, count: u64) {
    let journal = F::open(&fixture.address()).await.journal;
    let page = journal.read_all(Position(0), 1_000).await.unwrap();
    let ids: Vec<_> = page.events.iter().map(|event| event.id).collect();
    let expected: Vec<_> = (0..count).map(|n| told(n).events[0].id).collect();
    assert_eq!(ids, expected);
}

pub async fn two_processes_record_once<F: Fixture>(fixture: &F) {
    let children = [start(fixture, 5), start(fixture, 5)];
    for mut child in children {
        let ended = tokio::task::spawn_blocking(move || child.wait()).await.unwrap().unwrap();
        assert!(ended.success());
    }
    recorded_once(fixture, 5).await;
}

pub async fn a_retry_after_a_kill_records_once<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let mut child = start(fixture, 1_000_000);
    // Killed somewhere between an append and its answer: whatever it did, sending all again records each once.
    while journal.end().await.unwrap() < Position(3) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let there = journal.read_stream(&stream("post-told"), 0, 1_000_000).await.unwrap().len() as u64;
    for n in 0..there + 2 {
        send_64_times(&journal, n).await;
    }
    recorded_once(fixture, there + 2).await;
}

pub async fn killed_connections_lose_nothing<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    for n in 0..20 {
        if n % 5 == 2 {
            fixture.kill_connections().await;
        }
        // What the caller of a journal does: an unknown outcome is tried again with the same event ids.
        let mut tries = 0;
        while let Err(error) = one(&*journal, told(n)).await {
            tries += 1;
            assert!(tries < 50, "{error}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    recorded_once(fixture, 20).await;
}
