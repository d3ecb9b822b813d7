//! The ledger of looks: who consulted what was computed or kept about people. A journal of its own, so that looking
//! moves no position.

use std::sync::Arc;

use domain::decision::Actor;
use domain::event::{Agent, Event, Metadata};
use domain::id::{CommandId, DepartmentId, EventId};
use domain::look::Consulted;
use domain::stream::StreamName;
use domain::time::Day;
use journal::{Codec, Draft, Entropy, Error, Journal};
use uuid::Uuid;

use crate::clock::Clock;

/// The ledger, open to be written.
pub struct Looks {
    /// Where looks are kept.
    pub journal: Arc<dyn Journal>,
    /// The stored form of their events.
    pub codec: Arc<Codec>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where their ids come from.
    pub entropy: Arc<dyn Entropy>,
}

/// Who looks, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Looker {
    /// As whom they ask.
    pub actor: Actor,
    /// Their department, if they are a member.
    pub department: Option<DepartmentId>,
    /// The local day of the organisation.
    pub day: Day,
}

impl Looks {
    /// Records that somebody consulted something; it is durable when this is done, so before an answer leaves.
    pub async fn record(&self, who: Looker, subject: &str) -> Result<(), Error> {
        let mut random = [0; 16];
        self.entropy.fill(&mut random)?;
        let id = uuid::Builder::from_random_bytes(random).into_uuid();
        let now = self.clock.now();
        let consulted = Consulted {
            subject: subject.to_owned(),
            month: who.day.month(),
            // Sealed, with the key of the month: metadata says no more than from which department.
            member: who.actor.member().into(),
        };
        let metadata = Metadata {
            department: who.department,
            agent: Agent::from(who.actor),
            ..Metadata::new(CommandId(id), now, who.day)
        };
        let events = vec![(EventId::of(Uuid::nil(), CommandId(id), 0), Event::from(consulted), metadata)];
        let draft = Draft { stream: StreamName::look(id), expected: 0, recorded_at: now, events };
        let appends = self.codec.encode(vec![draft]).await?;
        self.journal.append(appends).await.into_iter().collect::<Result<Vec<_>, _>>().map(drop)
    }
}
