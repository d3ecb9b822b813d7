//! Promises 1, 2, 3, 7 and 8: what an append does, and what it refuses.

use journal::{Error, MAX_EVENT_BYTES};

use super::{Fixture, append, at, one, stream};

pub async fn an_append_is_there_when_the_store_is_opened_again<F: Fixture>(fixture: &F) {
    let sent = append("post-1", 0, 3);
    let answer = one(&*F::open(&fixture.address()).await.journal, sent.clone()).await.unwrap();
    let again = F::open(&fixture.address()).await.journal;
    let read = again.read_stream(&sent.stream, 0, 10).await.unwrap();
    assert_eq!(read.len(), 3);
    assert_eq!(read[2].position, answer.position);
    assert_eq!(again.end().await.unwrap(), answer.position);
}

pub async fn events_are_kept_byte_for_byte<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let sent = append("post-1", 0, 2);
    one(&*journal, sent.clone()).await.unwrap();
    let read = journal.read_stream(&sent.stream, 0, 10).await.unwrap();
    assert_eq!(read, journal.read_all(Default::default(), 10).await.unwrap().events);
    for (n, (sent_event, read)) in sent.events.iter().zip(&read).enumerate() {
        assert_eq!((read.id, read.revision, &read.stream), (sent_event.id, n as u64, &sent.stream));
        assert_eq!((&read.kind, read.version), (&sent_event.kind, sent_event.version));
        assert_eq!((read.occurred_at, read.recorded_at), (sent_event.occurred_at, sent.recorded_at));
        assert_eq!((&read.data, &read.metadata), (&sent_event.data, &sent_event.metadata));
        assert_eq!(read.digest, sent_event.digest);
    }
    assert_eq!(journal.read_stream(&sent.stream, 1, 10).await.unwrap(), read[1..]);
    assert_eq!(journal.read_stream(&stream("post-2"), 0, 10).await.unwrap(), []);
}

pub async fn a_stale_writer_is_told_and_writes_nothing<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    one(&*journal, append("post-1", 0, 2)).await.unwrap();
    let end = journal.end().await.unwrap();
    for expected in [0, 1, 3] {
        let refused = one(&*journal, append("post-1", expected, 1)).await;
        assert!(matches!(refused, Err(Error::Conflict { actual: 2 })), "{expected}: {refused:?}");
    }
    let refused = one(&*journal, append("post-2", 1, 1)).await;
    assert!(matches!(refused, Err(Error::Conflict { actual: 0 })), "{refused:?}");
    assert_eq!(journal.end().await.unwrap(), end);
}

pub async fn a_conflict_refuses_no_other_append<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let appends =
        vec![append("post-1", 0, 1), append("post-1", 0, 1), append("post-2", 0, 2), append("post-1", 1, 1)];
    let answers = journal.append(appends).await;
    let ok: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(ok, [true, false, true, true]);
    assert!(matches!(answers[1], Err(Error::Conflict { actual: 1 })));
    let page = journal.read_all(Default::default(), 10).await.unwrap();
    let order: Vec<_> = page.events.iter().map(|e| (e.stream.as_str(), e.revision)).collect();
    assert_eq!(order, [("post-1", 0), ("post-2", 0), ("post-2", 1), ("post-1", 1)]);
}

pub async fn a_repeat_answers_as_the_first_time<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let mut sent = append("post-1", 0, 2);
    let first = one(&*journal, sent.clone()).await.unwrap();
    one(&*journal, append("post-1", 2, 1)).await.unwrap();
    sent.recorded_at = at(9_999);
    assert_eq!(one(&*journal, sent.clone()).await.unwrap(), first);
    assert_eq!(one(&*F::open(&fixture.address()).await.journal, sent.clone()).await.unwrap(), first);

    let mut other = sent.clone();
    other.events[1] = super::event(super::fresh());
    assert!(matches!(one(&*journal, other).await, Err(Error::Conflict { actual: 3 })));
    let mut longer = sent;
    longer.events.extend(append("post-1", 0, 2).events);
    assert!(matches!(one(&*journal, longer).await, Err(Error::Conflict { actual: 3 })));
    assert_eq!(journal.read_stream(&stream("post-1"), 0, 10).await.unwrap().len(), 3);
}

pub async fn an_event_that_is_too_large_is_refused<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    let mut large = append("post-1", 0, 2);
    large.events[1].data = vec![0; MAX_EVENT_BYTES];
    assert!(matches!(one(&*journal, large.clone()).await, Err(Error::TooLarge { .. })));
    assert_eq!(journal.read_stream(&large.stream, 0, 10).await.unwrap(), []);
    let metadata = large.events[1].metadata.len();
    large.events[1].data.truncate(MAX_EVENT_BYTES - metadata);
    one(&*journal, large).await.unwrap();
}

pub async fn an_append_of_nothing_is_refused<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    assert!(matches!(one(&*journal, append("post-1", 0, 0)).await, Err(Error::Empty)));
}

pub async fn of_many_writers_to_one_place_one_wins<F: Fixture>(fixture: &F) {
    let journals = [F::open(&fixture.address()).await.journal, F::open(&fixture.address()).await.journal];
    for revision in 0..5 {
        let writers = (0..32).map(|n| {
            let journal = journals[n % 2].clone();
            tokio::spawn(async move { one(&*journal, append("post-1", revision, 1)).await.is_ok() })
        });
        let won = futures::future::join_all(writers).await;
        assert_eq!(won.into_iter().filter(|won| *won.as_ref().unwrap()).count(), 1, "revision {revision}");
    }
}

pub async fn nothing_is_changed_or_deleted<F: Fixture>(fixture: &F) {
    let journal = F::open(&fixture.address()).await.journal;
    one(&*journal, append("post-1", 0, 1)).await.unwrap();
    let refused = fixture.tamper().await;
    assert!(refused.iter().all(|refused| *refused), "{refused:?}");
}
