//! The ledger of looks: who consulted what was computed or kept about people. A journal of its own, so that looking
//! moves no position.

use std::sync::Arc;

use domain::decision::Actor;
use domain::event::{Agent, Event, Metadata};
use domain::id::{CommandId, DepartmentId, EventId, MemberId};
use domain::look::{Consulted, DataTaken, FiguresConsulted, Group};
use domain::stream::StreamName;
use domain::time::Day;
use journal::{Codec, Draft, Entropy, Error, Journal};
use projections::figures::grid::Window;
use projections::figures::groups as figures;
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

/// Which figures are looked at, of whom and of when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consulting {
    /// By the names of figures or of the fields that ask for them.
    pub figures: Vec<String>,
    /// Whose.
    pub group: Group,
    /// The window: its first day and its last.
    pub window: (Day, Day),
    /// The last day that is known.
    pub cut: Day,
    /// Why, where a reason is given.
    pub reason: Option<String>,
}

impl Consulting {
    /// Of a group in a window, without a reason.
    pub fn of(figures: Vec<String>, group: figures::Group, window: Window, cut: Day) -> Self {
        let group = match group {
            figures::Group::Organisation => Group::Organisation,
            figures::Group::Whole(department) => Group::Department { department, subtree: true },
            figures::Group::Own(department) => Group::Department { department, subtree: false },
            figures::Group::Community(community) => Group::Community { community },
            figures::Group::Member(member) => Group::Member { member },
        };
        Self { figures, group, window: (window.first, window.last), cut, reason: None }
    }
}

impl Looks {
    /// Records that somebody consulted something; it is durable when this is done, so before an answer leaves.
    pub async fn record(&self, who: Looker, subject: &str) -> Result<(), Error> {
        let (subject, month) = (subject.to_owned(), who.day.month());
        self.append(who, Consulted { subject, month, member: who.actor.member().into() }.into()).await
    }

    /// Records that somebody consults figures; durable when this is done.
    pub async fn record_figures(&self, who: Looker, consulting: Consulting) -> Result<(), Error> {
        let Consulting { figures, group, window: (first, last), cut, reason } = consulting;
        let (month, member, reason) = (who.day.month(), who.actor.member().into(), reason.into());
        let look = FiguresConsulted { figures, group, first, last, cut, month, member, reason };
        self.append(who, look.into()).await
    }

    /// Records that somebody takes out everything recorded about another, and why; durable when this is done.
    pub async fn record_taking(&self, who: Looker, about: MemberId, reason: &str) -> Result<(), Error> {
        let (month, member, reason) = (who.day.month(), who.actor.member().into(), reason.to_owned().into());
        self.append(who, DataTaken { about, month, member, reason }.into()).await
    }

    /// Who looked is sealed with the key of the month: metadata says no more than from which department.
    async fn append(&self, who: Looker, look: Event) -> Result<(), Error> {
        let mut random = [0; 16];
        self.entropy.fill(&mut random)?;
        let id = uuid::Builder::from_random_bytes(random).into_uuid();
        let now = self.clock.now();
        let metadata = Metadata {
            department: who.department,
            agent: Agent::from(who.actor),
            ..Metadata::new(CommandId(id), now, who.day)
        };
        let events = vec![(EventId::of(Uuid::nil(), CommandId(id), 0), look, metadata)];
        let draft = Draft { stream: StreamName::look(id), expected: 0, recorded_at: now, events };
        let appends = self.codec.encode(vec![draft]).await?;
        self.journal.append(appends).await.into_iter().collect::<Result<Vec<_>, _>>().map(drop)
    }
}
