//! Given events, when a command, then events or a refusal: the words in which rules are tested.

mod histories;
pub(crate) mod items;
mod stream;

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::audience::Audience;
use crate::community::{self, Access};
use crate::decision::{Action, Actor, Decision, Facts, Folded, decide};
use crate::event::{Agent, Event, InputDigest, Metadata, Origin, Position, Recorded};
use crate::id::*;
use crate::organisation::{self, Role};
use crate::refusal::{Need, Refused, Stop};
use crate::stream::StreamName;
use crate::time::Time;
use crate::{ballot, campaign, chart, idea, member};

macro_rules! numbered {
    ($($name:ident -> $ty:ident = $kind:literal;)+) => {$(
        pub(crate) fn $name(n: u32) -> $ty { $ty(Uuid::from_u64_pair($kind, n.into())) }
    )+};
}

numbered! {
    department -> DepartmentId = 1;
    member -> MemberId = 2;
    community -> CommunityId = 3;
    post -> PostId = 4;
    comment -> CommentId = 5;
    document -> DocumentId = 6;
    campaign -> CampaignId = 7;
    idea -> IdeaId = 8;
    draft -> DraftId = 13;
    webhook -> WebhookId = 14;
}

/// The id of what the command under test creates.
pub(crate) const NEW: Uuid = Uuid::from_u64_pair(9, 9);
/// The pseudonym of the acting member.
pub(crate) const PSEUDONYM: Uuid = Uuid::from_u64_pair(10, 10);

/// The identity of the command under test.
const IDENTITY: (CommandId, Option<InputDigest>) = (CommandId(Uuid::from_u64_pair(12, 12)), None);

/// A history, and who acts when upon it.
#[derive(Clone)]
pub(crate) struct Given {
    streams: HashMap<StreamName, Folded>,
    headcounts: HashMap<DepartmentId, u64>,
    identities: HashMap<(String, String), MemberId>,
    files_at_hand: bool,
    actor: Actor,
    now: Time,
    origin: Origin,
}

impl Given {
    /// Nothing at all has happened; a service acts.
    pub(crate) fn nothing() -> Self {
        Self {
            streams: HashMap::new(),
            headcounts: HashMap::new(),
            identities: HashMap::new(),
            files_at_hand: true,
            actor: Actor::Service,
            now: "2026-03-02T09:00:00Z".parse().unwrap(),
            origin: Origin::Live,
        }
    }

    /// An organisation with department 1, and members 1 (administrator) to 5 in it, all with accounts.
    pub(crate) fn people() -> Self {
        let mut given = Self::nothing()
            .and(organisation::Established {
                organisation: OrganisationId(Uuid::from_u64_pair(0, 0)),
                time_zone: "Europe/Paris".to_owned(),
                language: "fr".parse().unwrap(),
                anonymous: false,
                source: None,
                threshold: None,
                name: "Org".to_owned().into(),
            })
            .and(chart::Opened { department: department(1), parent: None, name: "Dept".to_owned().into() });
        for n in 1..=5 {
            given = given
                .and(member::Registered {
                    member: member(n),
                    department: department(1),
                    name: format!("Member {n}").into(),
                    email: None.into(),
                })
                .and(member::AccountOpened { member: member(n), department: department(1) });
        }
        let role = Role::Administrator;
        given.and(organisation::RoleGranted {
            member: member(1),
            role,
            departments: vec![],
            from: None,
            until: None,
        })
    }

    /// Community `n`, led by member 1.
    pub(crate) fn community(self, n: u32, access: Access) -> Self {
        self.and(community::Founded {
            community: community(n),
            leader: member(1),
            access,
            name: "Community".to_owned().into(),
            summary: String::new().into(),
        })
    }

    /// Campaign `n`, opened by member 2, without an end.
    pub(crate) fn campaign(self, n: u32, voting: campaign::Voting) -> Self {
        self.and(campaign::Opened {
            campaign: campaign(n),
            author: member(2),
            voting,
            closes_at: None,
            language: None,
            mentions: vec![],
            topics: vec![],
            name: "Campaign".to_owned().into(),
        })
    }

    /// Idea `n` of campaign 1, by member 3.
    pub(crate) fn idea(self, n: u32) -> Self {
        self.and(idea::Submitted {
            idea: idea(n),
            campaign: campaign(1),
            author: member(3),
            language: None,
            mentions: vec![],
            topics: vec![],
            title: "Idea".to_owned().into(),
            body: String::new().into(),
        })
    }

    /// Idea `n` of campaign 1 was merged into another.
    pub(crate) fn merged(self, n: u32, into: u32) -> Self {
        let (author, into_author) = (member(3), member(3));
        self.and(idea::Merged { idea: idea(n), campaign: campaign(1), author, into: idea(into), into_author })
    }

    /// Member 4 voted on an idea of campaign 1.
    pub(crate) fn vote(self, n: u32, value: i32) -> Self {
        let (campaign, author) = (campaign(1), member(3));
        self.and(ballot::VoteCast { campaign, idea: idea(n), author, member: member(4), value })
    }

    /// One more event, an hour before now.
    pub(crate) fn and(self, event: impl Into<Event>) -> Self {
        let at = Time::try_from_micros(self.now.micros() - 3_600_000_000).unwrap();
        self.and_at(at, event)
    }

    /// One more event, at a time.
    pub(crate) fn and_at(mut self, at: Time, event: impl Into<Event>) -> Self {
        let event = event.into();
        let stream = stream::stream_of(&event);
        let folded = self.streams.entry(stream.clone()).or_insert_with(|| Folded::empty(&stream).unwrap());
        folded.evolve(&Recorded {
            position: Position(0),
            id: EventId(Uuid::nil()),
            revision: folded.next,
            stream,
            recorded_at: at,
            metadata: Metadata {
                actor: self.actor.member(),
                department: None,
                agent: Agent::Person,
                on_behalf_of: None,
                automatic: false,
                command_id: CommandId(Uuid::from_u64_pair(11, folded.next)),
                input: None,
                correlation_id: None,
                causation_id: None,
                facts_at: None,
                occurred_at: at,
                local_day: at.utc().date_naive().into(),
                origin: Origin::Live,
                source_id: None,
            },
            event,
        });
        self
    }

    /// Member `n` acts.
    pub(crate) fn by(mut self, n: u32) -> Self {
        self.actor = Actor::Member(member(n));
        self
    }

    /// The system acts.
    pub(crate) fn by_the_system(mut self) -> Self {
        self.actor = Actor::System;
        self
    }

    /// It is this time.
    pub(crate) fn at(mut self, now: &str) -> Self {
        self.now = now.parse().unwrap();
        self
    }

    /// It is imported.
    pub(crate) fn imported(mut self) -> Self {
        self.origin = Origin::Import;
        self
    }

    /// A department has so many members.
    pub(crate) fn headcount(mut self, n: u32, members: u64) -> Self {
        self.headcounts.insert(department(n), members);
        self
    }

    /// An identity is linked with a member.
    pub(crate) fn identity(mut self, issuer: &str, subject: &str, n: u32) -> Self {
        self.identities.insert((issuer.to_owned(), subject.to_owned()), member(n));
        self
    }

    /// Nobody has any file at hand.
    pub(crate) fn without_files(mut self) -> Self {
        self.files_at_hand = false;
        self
    }

    /// The command is sent.
    #[track_caller]
    pub(crate) fn when(self, action: impl Action) -> Then {
        let mut facts = self.facts();
        let stream = action.stream(&facts);
        let folded = self.fold(&stream);
        let outcome = self.answer(&mut facts, |facts| decide(&action, &folded, facts, IDENTITY));
        Then(stream, outcome.map(events))
    }

    /// The revision that the next event of an action's stream would have.
    pub(crate) fn revision_of(&self, action: &impl Action) -> u64 {
        self.fold(&action.stream(&self.facts())).next
    }

    /// What can be said of whoever acts, whose facts are never refused.
    #[track_caller]
    pub(crate) fn knows<T>(&self, rule: impl Fn(&Facts) -> Result<T, Stop>) -> T {
        self.answer(&mut self.facts(), rule).unwrap()
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::new(self.actor, self.now, self.now.utc().date_naive().into(), self.origin);
        facts.new_id = NEW;
        facts.pseudonym = PSEUDONYM;
        facts
    }

    /// Asks a rule until it has the facts it needs.
    #[track_caller]
    fn answer<T>(&self, facts: &mut Facts, rule: impl Fn(&Facts) -> Result<T, Stop>) -> Result<T, Refused> {
        for _ in 0..1000 {
            match rule(facts) {
                Err(Stop::Needs(Need::Stream(name))) => {
                    let state = self.fold(&name);
                    facts.add_stream(name, Arc::new(state));
                }
                Err(Stop::Needs(Need::Headcount(id))) => {
                    facts.add_headcount(id, self.headcounts.get(&id).copied().unwrap_or(0));
                }
                Err(Stop::Needs(Need::Identity(issuer, subject))) => {
                    let member = self.identities.get(&(issuer.clone(), subject.clone())).copied();
                    facts.add_identity((issuer, subject), member);
                }
                Err(Stop::Needs(Need::File(file))) => facts.add_file(file, self.files_at_hand),
                Err(Stop::Refused(refused)) => return Err(refused),
                Ok(answer) => return Ok(answer),
            }
        }
        panic!("the rule asks for the same facts again and again")
    }

    fn fold(&self, stream: &StreamName) -> Folded {
        self.streams.get(stream).cloned().unwrap_or_else(|| Folded::empty(stream).unwrap())
    }
}

fn events(decision: Decision) -> Vec<Event> {
    match decision {
        Decision::Events(events) => events,
        Decision::Repeat => panic!("the command is not a repeat"),
    }
}

/// What came of the command.
#[derive(Debug)]
pub(crate) struct Then(StreamName, Result<Vec<Event>, Refused>);

impl Then {
    /// These events, each of the stream that the command writes.
    #[track_caller]
    pub(crate) fn then<E: Into<Event>>(self, events: impl IntoIterator<Item = E>) {
        let expected: Vec<Event> = events.into_iter().map(Into::into).collect();
        for event in &expected {
            if !matches!(event, Event::Seen(_)) {
                assert_eq!(
                    self.0,
                    stream::stream_of(event),
                    "the command and its event name the same stream"
                );
            }
        }
        assert_eq!(self.1, Ok(expected));
    }

    /// There was nothing to do.
    #[track_caller]
    pub(crate) fn then_nothing(self) {
        assert_eq!(self.1, Ok(vec![]))
    }

    /// Something came of it.
    #[track_caller]
    pub(crate) fn accepted(self) {
        assert!(!self.1.expect("events").is_empty());
    }

    /// It was refused, with what the caller needs to go on.
    #[track_caller]
    pub(crate) fn refused_with(self, refused: impl Into<Refused>, detail: impl ToString) {
        let actual = self.1.clone().expect_err("a refusal");
        assert_eq!(actual.detail, Some(detail.to_string()));
        self.refused(refused);
    }

    /// It was refused.
    #[track_caller]
    pub(crate) fn refused(self, refused: impl Into<Refused>) {
        assert_eq!(self.1.expect_err("a refusal").code, refused.into().code);
    }
}

/// The audience of community `n`.
pub(crate) fn in_community(n: u32) -> Audience {
    Audience::Community(community(n))
}
