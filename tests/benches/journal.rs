//! Durable appends to the embedded journal beside a plain file with the same record bytes, in one run.
//!
//! `cargo bench -p passerelle-tests -- journal`. 64 writers, each with a stream of its own, wait for every append.
//! The reference is one thread that writes what waits into a file and calls fdatasync once for all of it. The journal
//! in PostgreSQL stands beside them as a figure, where `PASSERELLE_TEST_POSTGRES` names a server.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use domain::event::Position;
use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use journal::sqlite::SqliteJournal;
use journal::{Append, Digest, Journal, Proposed};
use passerelle_tests::bench::ratio::{Ratio, in_turns};
use passerelle_tests::contract::Fixture;
use passerelle_tests::contract::postgres::PostgresFixture;
use passerelle_tests::log::Scratch;
use tokio::sync::oneshot;
use uuid::Uuid;

const WRITERS: u64 = 64;
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(2);

fn append(writer: u64, expected: u64, count: u64) -> Append {
    let event = |n| Proposed {
        id: EventId(Uuid::from_u64_pair(writer, n)),
        kind: "ballot.vote-cast".into(),
        version: 1,
        occurred_at: Time::default(),
        data: vec![b'd'; 260],
        metadata: vec![b'm'; 240],
        digest: Digest([7; 32]),
    };
    Append {
        stream: StreamName::try_new(&format!("ballot-{}", Uuid::from_u128(writer.into()).simple())).unwrap(),
        expected,
        recorded_at: Time::default(),
        events: (expected..expected + count).map(event).collect(),
    }
}

/// The bytes of an append as a record.
fn record(append: &Append) -> Vec<u8> {
    let mut bytes = Vec::new();
    for event in &append.events {
        bytes.extend_from_slice(append.stream.as_str().as_bytes());
        bytes.extend_from_slice(event.id.0.as_bytes());
        bytes.extend_from_slice(event.kind.as_bytes());
        bytes.extend_from_slice(&[0; 26]);
        bytes.extend_from_slice(&event.digest.0);
        bytes.extend_from_slice(&event.metadata);
        bytes.extend_from_slice(&event.data);
    }
    bytes
}

/// Events a second of 64 writers that each send the next append when the last is answered.
async fn rate<S, F>(count: u64, send: S) -> f64
where
    S: Fn(Append) -> F + Clone + Send + 'static,
    F: Future<Output = ()> + Send,
{
    // Every run writes streams of its own.
    static STREAMS: AtomicU64 = AtomicU64::new(0);
    let first = STREAMS.fetch_add(WRITERS, Ordering::Relaxed);
    let begun = Instant::now();
    let writers = (first..first + WRITERS).map(|writer| {
        let send = send.clone();
        tokio::spawn(async move {
            let mut revision = 0;
            while begun.elapsed() < TIME {
                send(append(writer, revision, count)).await;
                revision += count;
            }
            revision
        })
    });
    let written = futures::future::join_all(writers).await.into_iter().map(Result::unwrap).sum::<u64>();
    written as f64 / begun.elapsed().as_secs_f64()
}

type Waiting = (Vec<u8>, oneshot::Sender<()>);

fn plain_file(path: &Path) -> mpsc::Sender<Waiting> {
    let mut file = std::fs::File::create(path).unwrap();
    let (sender, waiting) = mpsc::channel::<Waiting>();
    std::thread::spawn(move || {
        while let Ok(first) = waiting.recv() {
            let batch: Vec<_> = std::iter::once(first).chain(waiting.try_iter()).collect();
            let records: Vec<&[u8]> = batch.iter().map(|(record, _)| &**record).collect();
            file.write_all(&records.concat()).unwrap();
            file.sync_data().unwrap();
            batch.into_iter().for_each(|(_, done)| done.send(()).unwrap());
        }
    });
    sender
}

/// Writers that append to a journal; events a second.
async fn append_to(journal: &Arc<dyn Journal>, count: u64) -> f64 {
    let journal = Arc::clone(journal);
    rate(count, move |append| {
        let journal = Arc::clone(&journal);
        async move {
            journal.append(vec![append]).await.pop().unwrap().unwrap();
        }
    })
    .await
}

async fn compare(folder: &Path, (what, count): (&'static str, u64), (floor, aim): (f64, f64)) {
    let file = plain_file(&folder.join(format!("plain-{count}")));
    let write = move |append| {
        let file = file.clone();
        async move {
            let (done, answered) = oneshot::channel();
            file.send((record(&append), done)).unwrap();
            answered.await.unwrap();
        }
    };
    let journal = SqliteJournal::open(&folder.join(format!("journal-{count}.db")), Uuid::nil()).await;
    let journal: Arc<dyn Journal> = Arc::new(journal.unwrap());
    let plain = async || rate(count, write.clone()).await;
    let (reference, measured) = in_turns(ROUNDS, plain, async || append_to(&journal, count).await).await;
    println!("{}", Ratio { what, measured, reference, floor, aim });
    read(&*journal).await;
    match PostgresFixture::empty().await {
        Some(server) => {
            let store = PostgresFixture::open(&server.address()).await;
            println!("   PostgreSQL: {:.0}/s", append_to(&store.journal, count).await);
        }
        None => println!("   skipped: PostgreSQL (PASSERELLE_TEST_POSTGRES names no server)"),
    }
}

async fn read(journal: &dyn Journal) {
    let (begun, mut after, mut events) = (Instant::now(), Position(0), 0);
    loop {
        let page = journal.read_all(after, 10_000).await.unwrap();
        events += page.events.len();
        after = page.next;
        if page.next >= page.end {
            break;
        }
    }
    println!("   read all: {:>8.0}/s", events as f64 / begun.elapsed().as_secs_f64());
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let folder = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
    compare(folder.path(), ("events, one an append", 1), (0.30, 0.45)).await;
    compare(folder.path(), ("events, ten an append", 10), (0.10, 0.20)).await;
}
