//! From a command to the events it causes: folds the stream, fetches the facts the rule asks for, asks again.

use std::sync::Arc;

use domain::command::Command;
use domain::decision::{Actor, Decision, Facts, Folded};
use domain::event::{Agent, Class, Event, InputDigest, Metadata, Origin, Recorded};
use domain::id::{self, CommandId, DepartmentId, EventId, MemberId};
use domain::refusal::{File, Need, Stop};
use domain::stream::StreamName;
use domain::time::{Day, Time};
use domain::token::Scope;
use journal::Draft;
use uuid::Uuid;

use super::Error;
use crate::clock::local_day;

/// A command with everything around it that its event will remember.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Who asks.
    pub actor: Actor,
    /// What for.
    pub command: Command,
    /// The command's id; a repeat of it is answered as the first time.
    pub command_id: CommandId,
    /// When it happens.
    pub occurred_at: Time,
    /// Live or imported.
    pub origin: Origin,
    /// No person decided it.
    pub automatic: bool,
    /// The id that what it creates has in the system it came from.
    pub source_id: Option<String>,
    /// What it belongs together with.
    pub correlation_id: Option<Uuid>,
    /// What the token used lets its bearer do.
    pub scopes: &'static [Scope],
}

impl Submission {
    /// A command sent now.
    pub fn live(actor: Actor, command: impl Into<Command>, command_id: CommandId, now: Time) -> Self {
        Self {
            actor,
            command: command.into(),
            command_id,
            occurred_at: now,
            origin: Origin::Live,
            automatic: false,
            source_id: None,
            correlation_id: None,
            scopes: Scope::ALL,
        }
    }

    /// The same, with a token that lets its bearer do this alone.
    pub fn within(self, scopes: &'static [Scope]) -> Self {
        Self { scopes, ..self }
    }

    /// The id of what it creates, unless the command brings one.
    pub fn new_id(&self) -> Uuid {
        id::created_by(self.actor.namespace(), self.command_id)
    }
}

/// Where folded streams and headcounts come from.
pub(super) trait Source {
    /// A stream folded to its end.
    async fn fold(&mut self, stream: &StreamName) -> Result<Arc<Folded>, Error>;
    /// The stream that the command is decided on and written to.
    async fn fold_own(&mut self, stream: &StreamName, _: &Submission) -> Result<Arc<Folded>, Error> {
        self.fold(stream).await
    }
    /// How many members a department has.
    async fn headcount(&mut self, department: DepartmentId) -> Result<u64, Error>;
    /// Whom an identity is linked with.
    async fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<MemberId>, Error>;
    /// Whether the actor has a file at hand.
    async fn at_hand(&mut self, submission: &Submission, file: &File) -> Result<bool, Error>;
    /// The actor's pseudonym of the month of `at`, which names trace streams.
    async fn pseudonym(&mut self, submission: &Submission, day: Day) -> Result<Uuid, Error>;
    /// The keyed digest of the command's input.
    async fn digest(&mut self, submission: &Submission) -> Result<InputDigest, Error>;
}

/// A decision, ready to be recorded.
pub(super) struct Decided {
    pub(super) stream: StreamName,
    pub(super) next: u64,
    pub(super) decision: Decision,
    pub(super) events: Vec<Recorded>,
}

impl Decided {
    /// What is to be appended.
    pub(super) fn draft(&self, recorded_at: Time) -> Draft {
        let event = |recorded: &Recorded| (recorded.id, recorded.event.clone(), recorded.metadata.clone());
        Draft {
            stream: self.stream.clone(),
            expected: self.next,
            recorded_at,
            events: self.events.iter().map(event).collect(),
        }
    }
}

/// A rule asks for at most the 500 addressees of a post and a few streams more.
const NEEDS_MAX: usize = 2_000;

/// Decides a command on the newest folded states of `source`.
pub(super) async fn decide(source: &mut impl Source, submission: &Submission) -> Result<Decided, Error> {
    let organisation = source.fold(&StreamName::organisation()).await?;
    let day = local_day(submission.occurred_at, time_zone_of(&organisation));
    let mut facts = Facts::new(submission.actor, submission.occurred_at, day, submission.origin);
    facts.new_id = submission.new_id();
    facts.scopes = submission.scopes;
    if submission.command.is_trace() {
        facts.pseudonym = source.pseudonym(submission, day).await?;
    }
    facts.add_stream(StreamName::organisation(), organisation);
    let input = source.digest(submission).await?;
    let identity = (submission.command_id, Some(input));
    let stream = submission.command.stream(&facts);
    let folded = source.fold_own(&stream, submission).await?;
    for _ in 0..NEEDS_MAX {
        match submission.command.decide(&folded, &facts, identity) {
            Ok(decision) => {
                let events = compose(submission, &facts, &folded, (&stream, input), &decision);
                return Ok(Decided { stream, next: folded.next, decision, events });
            }
            Err(Stop::Refused(refused)) => return Err(Error::Refused(refused)),
            Err(Stop::Needs(Need::Stream(name))) => {
                let folded = source.fold(&name).await?;
                facts.add_stream(name, folded);
            }
            Err(Stop::Needs(Need::Headcount(department))) => {
                let members = source.headcount(department).await?;
                facts.add_headcount(department, members);
            }
            Err(Stop::Needs(Need::Identity(issuer, subject))) => {
                let member = source.identity(&issuer, &subject).await?;
                facts.add_identity((issuer, subject), member);
            }
            Err(Stop::Needs(Need::File(file))) => {
                let at_hand = source.at_hand(submission, &file).await?;
                facts.add_file(file, at_hand);
            }
        }
    }
    Err(Error::EndlessRule(submission.command.name()))
}

pub(super) fn time_zone_of(organisation: &Folded) -> &str {
    use domain::event::{State, Subject};
    let State::Organisation(_) = &organisation.state else { return "UTC" };
    domain::organisation::State::of(&organisation.state)
        .and_then(|state| state.settings.as_ref())
        .map_or("UTC", |settings| settings.time_zone.as_str())
}

/// The decided events as they will be read back, but for position and time of recording, which the journal gives.
fn compose(
    submission: &Submission,
    facts: &Facts,
    folded: &Folded,
    (stream, input): (&StreamName, InputDigest),
    decision: &Decision,
) -> Vec<Recorded> {
    let Decision::Events(events) = decision else { return vec![] };
    let recorded = |(n, event): (usize, &Event)| Recorded {
        position: domain::event::Position::default(),
        id: EventId::of(submission.actor.namespace(), submission.command_id, n),
        stream: stream.clone(),
        revision: folded.next + n as u64,
        recorded_at: submission.occurred_at,
        metadata: metadata(submission, facts, event.class(), input),
        event: event.clone(),
    };
    events.iter().enumerate().map(recorded).collect()
}

fn metadata(submission: &Submission, facts: &Facts, class: Class, input: InputDigest) -> Metadata {
    let member = submission.actor.member();
    let department =
        member.and_then(|id| facts.member(id).ok()).and_then(|m| m.department_at(submission.occurred_at));
    Metadata {
        // Who left a trace or a look is sealed in the event itself.
        actor: member.filter(|_| class == Class::Act),
        department,
        agent: Agent::from(submission.actor),
        automatic: submission.automatic,
        input: Some(input),
        correlation_id: submission.correlation_id,
        facts_at: facts.newest(),
        origin: submission.origin,
        source_id: submission.source_id.clone(),
        ..Metadata::new(submission.command_id, submission.occurred_at, facts.day)
    }
}
