//! The promises of the keys.

use domain::id::MemberId;
use domain::sealed::Owner;
use domain::time::Month;
use journal::Slot;

use super::{Fixture, fresh};

fn owners() -> Vec<Owner> {
    vec![
        Owner::Personal(MemberId(fresh())),
        Owner::Content(fresh()),
        Owner::Trace(Month(24_300)),
        Owner::Look(Month(24_300)),
    ]
}

pub async fn all_who_ask_get_the_same_key<F: Fixture>(fixture: &F) {
    let stores = [F::open(&fixture.address()).await, F::open(&fixture.address()).await];
    let owners = owners();
    assert_eq!(stores[0].keys.get(&owners).await.unwrap(), [Slot::Missing; 4]);
    let asked = (0..32).map(|n| {
        let (keys, owners) = (stores[n % 2].keys.clone(), owners.clone());
        tokio::spawn(async move { keys.get_or_create(&owners).await.unwrap() })
    });
    let mut answers = Vec::new();
    for answer in futures::future::join_all(asked).await {
        answers.push(answer.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(stores[1].keys.get(&owners).await.unwrap(), answers[0]);
    assert!(answers[0].iter().all(|slot| matches!(slot, Slot::Key(_))));
    assert!((1..4).all(|n| answers[0][n] != answers[0][0]));
}

pub async fn a_destroyed_key_stays_destroyed<F: Fixture>(fixture: &F) {
    let keys = F::open(&fixture.address()).await.keys;
    let owners = owners();
    keys.get_or_create(&owners[..2]).await.unwrap();
    keys.destroy(&owners[1..3]).await.unwrap();
    keys.destroy(&owners[1..3]).await.unwrap();
    let slots = keys.get_or_create(&owners).await.unwrap();
    assert!(matches!(slots[..], [Slot::Key(_), Slot::Destroyed, Slot::Destroyed, Slot::Key(_)]), "{slots:?}");
    assert_eq!(F::open(&fixture.address()).await.keys.get(&owners).await.unwrap(), slots);
}

pub async fn keys_are_copied<F: Fixture>(fixture: &F) {
    let keys = F::open(&fixture.address()).await.keys;
    let owners = owners();
    keys.get_or_create(&owners).await.unwrap();
    keys.destroy(&owners[..1]).await.unwrap();
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = keys.list(after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.0);
        listed.extend(page);
    }
    assert_eq!(listed.len(), 4);
    let Some(other) = F::empty().await else { return };
    let other = F::open(&other.address()).await.keys;
    other.restore(&listed).await.unwrap();
    other.restore(&listed).await.unwrap();
    assert_eq!(other.get(&owners).await.unwrap(), keys.get(&owners).await.unwrap());
    let destroyed: Vec<_> = listed.iter().map(|(owner, _)| (*owner, Slot::Destroyed)).collect();
    assert!(other.restore(&destroyed).await.is_err());
}
