//! Histories that use everything: each step of one is drawn from a number and proposed on what has happened so far,
//! mostly something that the rules allow, and goes through a real engine by a clock that moves on.
//!
//! A new action needs its [`Proposal`] in the file of its subject.

mod access;
pub mod answers;
mod bookmarks;
mod communities;
mod conversation;
mod disclosures;
mod documents;
mod drafts;
pub mod draw;
mod follows;
mod ideas;
pub mod known;
mod moderation;
mod organisation;
mod papers;
mod polls;
mod preferences;
mod readings;
pub mod steps;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::command::Command;
use domain::event::Position;
use domain::id::CommandId;
use domain::time::Time;
use passerelle::clock::Clock;
use passerelle::engine::{self, Done, Submission};

use self::draw::Draw;
use self::known::Known;
use self::steps::Steps;
use crate::log::{Failure, World};
use crate::story::StoppedClock;

/// An action by its name, how often it is done beside others, and how it is proposed on what has happened: nothing
/// while there is nothing to do it to.
pub struct Proposal(pub &'static str, usize, fn(&Known, &mut Draw) -> Option<Command>);

/// How every action that is known here is proposed.
pub fn proposals() -> impl Iterator<Item = &'static Proposal> {
    let subjects = [
        organisation::PROPOSALS,
        communities::PROPOSALS,
        access::PROPOSALS,
        conversation::PROPOSALS,
        polls::PROPOSALS,
        disclosures::PROPOSALS,
        moderation::PROPOSALS,
        bookmarks::PROPOSALS,
        drafts::PROPOSALS,
        documents::PROPOSALS,
        ideas::PROPOSALS,
        follows::PROPOSALS,
        readings::PROPOSALS,
        webhooks::PROPOSALS,
        preferences::PROPOSALS,
    ];
    subjects.into_iter().flatten()
}

/// A history while it is told.
pub struct History {
    /// Where it happens.
    pub world: World,
    /// What has happened so far.
    pub known: Known,
    /// How often each action was done.
    pub done: BTreeMap<&'static str, usize>,
    /// How many commands were refused, or had nothing to do.
    pub in_vain: usize,
    /// What was sent, in order.
    pub sent: Vec<String>,
    clock: Arc<StoppedClock>,
    after: Position,
}

/// What there is before the first step: people who can do something.
const BEGINNING: &[(&str, usize)] = &[
    ("organisation.establish", 1),
    ("chart.open", 3),
    ("member.register", 6),
    ("member.open_account", 5),
    ("organisation.grant_role", 1),
    ("community.found", 2),
    ("campaign.open", 1),
];

/// How often a proposal is drawn anew while nobody may carry it out.
const DRAWS: usize = 6;

impl History {
    /// Tells a history to its end; every other one moves to another folder half way.
    pub async fn told(Steps(beginning, steps): &Steps) -> Result<Self, Failure> {
        let clock = Arc::new(StoppedClock::at("2024-02-19T07:00:00Z".parse()?));
        let world = World::at(clock.clone()).await?;
        let (mut known, done, sent) = (Known::default(), BTreeMap::new(), vec![]);
        known.now = clock.now();
        let mut history = Self { world, known, done, in_vain: 0, sent, clock, after: Position::default() };
        history.begins(Draw::of(*beginning)).await?;
        let moves_after = beginning.is_multiple_of(2).then_some(steps.len() / 2);
        for (n, step) in steps.iter().enumerate() {
            if moves_after == Some(n) {
                history.moves_house().await?;
            }
            history.goes_on(Draw::of(*step)).await?;
        }
        Ok(history)
    }

    /// Everything is exported, and imported where it goes on.
    async fn moves_house(&mut self) -> Result<(), Failure> {
        let house = World::at(self.clock.clone()).await?;
        house.import(&self.world.export().await?).await?;
        house.engine.catch_up().await?;
        self.after = house.engine.journal().end().await?;
        self.world = house;
        Ok(())
    }

    async fn begins(&mut self, mut draw: Draw) -> Result<(), Failure> {
        for (name, times) in BEGINNING {
            for _ in 0..*times {
                self.time_passes(&mut draw);
                let proposal = proposals().find(|proposal| proposal.0 == *name);
                let allowed = proposal.and_then(|proposal| self.allowed(proposal, &mut draw));
                let submission = allowed.ok_or_else(|| format!("nobody may do {name}"))?;
                self.send(&submission).await?;
            }
        }
        Ok(())
    }

    /// Something happens that the rules allow; now and then it is tried whether they do or not.
    async fn goes_on(&mut self, mut draw: Draw) -> Result<(), Failure> {
        self.time_passes(&mut draw);
        let blindly = draw.percent(8);
        for proposal in self.in_turn(&mut draw) {
            let submission = match blindly {
                true => self.tried(proposal, &mut draw),
                false => self.allowed(proposal, &mut draw),
            };
            if let Some(submission) = submission {
                return self.send(&submission).await;
            }
        }
        Ok(())
    }

    /// Moments, hours or days. Never none: at equal times an activity log has an order of its own.
    fn time_passes(&mut self, draw: &mut Draw) {
        let longest_s = draw.one_of(&[1, 60, 7_200, 7_200, 86_400, 259_200]).unwrap_or(1);
        let micros = 1 + draw.number() % (longest_s * 1_000_000);
        let now = Time::try_from_micros(self.known.now.micros() + micros as i64).unwrap_or(self.known.now);
        self.known.now = now;
        self.clock.set(now);
    }

    /// Proposals in the order they are made: by their weights, or what was done least comes first.
    fn in_turn(&self, draw: &mut Draw) -> Vec<&'static Proposal> {
        let least_first = draw.percent(25);
        let mut turns: Vec<_> = proposals()
            .map(|proposal| {
                let drawn = draw.below(10_000);
                let done = self.done.get(proposal.0).copied().unwrap_or(0);
                (if least_first { done * 10_000 + drawn } else { drawn / proposal.1 }, proposal)
            })
            .collect();
        turns.sort_by_key(|(turn, _)| *turn);
        turns.into_iter().map(|(_, proposal)| proposal).collect()
    }

    /// What is proposed, by somebody who may do it; members before the service, mostly.
    fn allowed(&self, proposal: &Proposal, draw: &mut Draw) -> Option<Submission> {
        for _ in 0..DRAWS {
            let (command, id) = ((proposal.2)(&self.known, draw)?, draw.id());
            let mut actors = self.known.actors();
            let first = draw.below(actors.len());
            actors.rotate_left(first);
            if draw.percent(70) {
                actors.sort_by_key(|actor| actor.member().is_none());
            }
            let by = |actor| Submission::live(actor, command.clone(), id, self.now());
            let does =
                |submission: &Submission| self.known.ask(submission).1.is_ok_and(|events| !events.is_empty());
            if let Some(submission) = actors.into_iter().map(by).find(does) {
                return Some(submission);
            }
        }
        None
    }

    /// What is proposed, by anybody.
    fn tried(&self, proposal: &Proposal, draw: &mut Draw) -> Option<Submission> {
        let command = (proposal.2)(&self.known, draw)?;
        let actor = draw.one_of(&self.known.actors())?;
        Some(Submission::live(actor, command, draw.id::<CommandId>(), self.now()))
    }

    /// Sends a command: the engine answers as the rules do on what has happened.
    async fn send(&mut self, submission: &Submission) -> Result<(), Failure> {
        let (stream, expected) = self.known.ask(submission);
        self.sent.push(format!("{} {:?} {:?}", self.now(), submission.actor, submission.command));
        papers::upload(&self.world, submission.actor, &submission.command).await?;
        let events = match (&expected, self.world.engine.handle(submission).await) {
            (Ok(events), Ok(outcome)) if !events.is_empty() && outcome.done == Done::Recorded => events,
            (Ok(events), Ok(outcome)) if events.is_empty() && outcome.done == Done::Unchanged => events,
            (Err(refused), Err(engine::Error::Refused(told))) if refused.code == told.code => &vec![],
            (_, answer) => {
                let sent = self.sent.last();
                return Err(format!("{sent:?}: the rules say {expected:?}, the engine {answer:?}").into());
            }
        };
        if events.is_empty() {
            self.in_vain += 1;
            return Ok(());
        }
        *self.done.entry(submission.command.name()).or_default() += 1;
        let page = self.world.engine.journal().read_all(self.after, 100).await?;
        self.after = page.next;
        let recorded = self.world.engine.codec().decode(&page.events).await?;
        if recorded.iter().map(|recorded| &recorded.event).ne(events) {
            return Err(
                format!("{:?}: recorded is {recorded:?}, decided {events:?}", self.sent.last()).into()
            );
        }
        recorded.iter().for_each(|recorded| self.known.learn(&stream, recorded));
        Ok(())
    }

    /// The time it has come to.
    pub fn now(&self) -> Time {
        self.known.now
    }

    /// What was sent, if that can be read at a glance.
    pub fn summary(&self) -> String {
        let commands = self.sent.len();
        if commands > 100 { format!("after {commands} commands") } else { self.sent.join("\n") }
    }
}
