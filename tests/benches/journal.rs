//! Durable appends to the embedded journal beside a plain file with the same record bytes, in one run.
//!
//! `cargo bench -p passerelle-tests --bench journal`. 64 writers, each with a stream of its own, wait for every append.
//! The reference is one thread that writes what waits into a file and calls fdatasync once for all of it.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a program for measuring")]

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use domain::event::Position;
use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use journal::sqlite::SqliteJournal;
use journal::{Append, Digest, Journal, Proposed};
use tokio::sync::oneshot;
use uuid::Uuid;

const WRITERS: u64 = 64;
const TIME: Duration = Duration::from_secs(5);

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
    let begun = Instant::now();
    let writers = (0..WRITERS).map(|writer| {
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

async fn compare(folder: &Path, count: u64, floor: f64, aim: f64) {
    let file = plain_file(&folder.join(format!("plain-{count}")));
    let plain = rate(count, move |append| {
        let file = file.clone();
        async move {
            let (done, answered) = oneshot::channel();
            file.send((record(&append), done)).unwrap();
            answered.await.unwrap();
        }
    })
    .await;
    let journal =
        SqliteJournal::open(&folder.join(format!("journal-{count}.db")), Uuid::nil()).await.unwrap();
    let journal = Arc::new(journal);
    let writing = Arc::clone(&journal);
    let ours = rate(count, move |append| {
        let journal = Arc::clone(&writing);
        async move {
            journal.append(vec![append]).await.pop().unwrap().unwrap();
        }
    })
    .await;
    println!(
        "{count:>2} an append: journal {ours:>8.0}/s, plain file {plain:>8.0}/s, ratio {:.2} (floor {floor}, aim {aim})",
        ours / plain
    );
    read(&*journal).await;
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

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-journal");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    compare(&folder, 1, 0.30, 0.45).await;
    compare(&folder, 10, 0.10, 0.20).await;
    let _ = std::fs::remove_dir_all(&folder);
}
