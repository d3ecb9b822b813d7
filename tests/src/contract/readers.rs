//! Promises 4, 5 and 6: what readers see while others write.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::event::Position;
use futures::StreamExt;
use journal::{Journal, Stored};

use super::{Fixture, append, one};

const WRITERS: usize = 24;
const EACH: u64 = 25;

pub async fn pages_say_where_they_end<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let empty = journal.read_all(Position(0), 10).await.unwrap();
    assert_eq!((empty.events.len(), empty.next >= empty.end), (0, true));
    one(&*journal, append("post-1", 0, 7)).await.unwrap();
    let (mut after, mut read) = (Position(0), 0);
    loop {
        let page = journal.read_all(after, 3).await.unwrap();
        assert!(page.events.len() <= 3 && page.events.iter().all(|e| e.position > after));
        assert!(page.events.last().is_none_or(|last| last.position <= page.next));
        read += page.events.len();
        after = page.next;
        if page.next >= page.end {
            break;
        }
    }
    assert_eq!(read, 7);
}

/// Every writer has a stream of its own; some append two events.
async fn write(journals: Vec<Arc<dyn Journal>>) {
    let writers = (0..WRITERS).map(|n| {
        let journal = Arc::clone(&journals[n % journals.len()]);
        tokio::spawn(async move {
            for revision in 0..EACH {
                one(&*journal, append(&format!("post-{n}"), revision, 1)).await.unwrap();
            }
        })
    });
    for writer in futures::future::join_all(writers).await {
        writer.unwrap();
    }
}

/// Pages until so many events were read.
async fn page_to(journal: Arc<dyn Journal>, total: usize) -> Vec<Stored> {
    let (mut after, mut read) = (Position(0), Vec::new());
    while read.len() < total {
        let page = journal.read_all(after, 17).await.unwrap();
        after = page.next;
        read.extend(page.events);
        tokio::task::yield_now().await;
    }
    read
}

/// All that was written, in order, each once: so nothing appeared behind whoever read it.
fn whole(read: &[Stored]) {
    assert!(read.windows(2).all(|two| two[0].position < two[1].position));
    let mut next: HashMap<&str, u64> = HashMap::new();
    for event in read {
        let next = next.entry(event.stream.as_str()).or_default();
        assert_eq!(event.revision, *next, "{}", event.stream);
        *next += 1;
    }
    assert_eq!(read.len(), WRITERS * EACH as usize);
}

pub async fn no_event_appears_behind_a_reader<F: Fixture>(fixture: &F) {
    let journals = vec![F::open(&fixture.address()).await.journal, F::open(&fixture.address()).await.journal];
    let readers: Vec<_> = (0..3)
        .map(|n| tokio::spawn(page_to(Arc::clone(&journals[n % 2]), WRITERS * EACH as usize)))
        .collect();
    write(journals).await;
    for reader in readers {
        whole(&tokio::time::timeout(Duration::from_secs(30), reader).await.unwrap().unwrap());
    }
}

pub async fn a_transaction_held_open_hides_nothing<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let reader = tokio::spawn(page_to(Arc::clone(&journal), WRITERS * EACH as usize));
    let writers = tokio::spawn(write(vec![Arc::clone(&journal)]));
    let held = fixture.hold().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(held);
    writers.await.unwrap();
    whole(&tokio::time::timeout(Duration::from_secs(30), reader).await.unwrap().unwrap());
}

pub async fn a_subscription_has_no_gap_and_no_repeat<F: Fixture>(fixture: &F) {
    let (here, there) =
        (F::open(&fixture.address()).await.journal, F::open(&fixture.address()).await.journal);
    one(&*here, append("chart", 0, 5)).await.unwrap();
    let total = WRITERS * EACH as usize + 5;
    let mut pages = here.subscribe(Position(0));
    let follower = tokio::spawn(async move {
        let mut read = Vec::new();
        while read.len() < total {
            let page = pages.next().await.unwrap().unwrap();
            assert!(!page.events.is_empty());
            read.extend(page.events);
        }
        read
    });
    // Kept until the end: a subscription ends with the journal it was asked of, and what others wrote is polled for.
    write(vec![Arc::clone(&here), there]).await;
    let read = tokio::time::timeout(Duration::from_secs(30), follower).await.unwrap().unwrap();
    drop(here);
    whole(&read[5..]);
}
