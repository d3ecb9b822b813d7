//! The whole of a demonstration decided by the domain, in memory.

use std::collections::HashMap;
use std::sync::Arc;

use domain::command::Command;
use domain::decision::{Actor, Decision, Facts, Folded};
use domain::event::{Agent, Event, Metadata, Origin, Position, Recorded};
use domain::id::{CommandId, EventId};
use domain::refusal::{Need, Stop};
use domain::stream::StreamName;
use domain::time::Time;
use domain::{comment, idea, organisation, post};
use uuid::Uuid;

use super::Files;
use crate::activity_log::merge::{Entry, Merge, Row};
use crate::activity_log::names::Names;
use crate::activity_log::rows::{self, Context, Known};

/// What came of it.
#[derive(Default)]
pub(super) struct Replayed {
    pub(super) activities: usize,
    /// What the rules refused: where, and why.
    pub(super) refused: Vec<String>,
    /// Acts that changed nothing: where.
    pub(super) without_event: Vec<String>,
    streams: HashMap<StreamName, Arc<Folded>>,
    known: Known,
    commands: u64,
}

/// Decides everything in the order of the import.
pub(super) fn replay(files: &Files) -> Replayed {
    let merge = Merge::open(files).unwrap().unwrap();
    let names = Names::of(&merge.organisation.source);
    let mut replayed = Replayed::default();
    for entry in merge {
        replayed.take(&entry.unwrap(), &names);
    }
    replayed
}

impl Replayed {
    fn take(&mut self, entry: &Entry, names: &Names) {
        let (actor, commands) = match &entry.row {
            Row::Activity(activity) => {
                self.activities += 1;
                let context = Context { names, known: &self.known };
                (names.actor(&activity.actor).unwrap(), rows::commands(activity, &context).unwrap())
            }
            row => {
                let told = rows::tables::commands(row, entry.at, names).unwrap();
                (rows::tables::actor(row, names), told.into_iter().map(|told| told.command).collect())
            }
        };
        let mut events = 0;
        for command in commands {
            match self.decide(actor, entry.at, &command) {
                Ok(Decision::Events(caused)) => {
                    events += caused.len();
                    caused.into_iter().for_each(|event| self.record(actor, entry.at, &command, event));
                }
                Ok(Decision::Repeat) => {}
                Err(stop) => self.refused.push(format!("{}: {}: {stop:?}", entry.place, command.name())),
            }
        }
        if events == 0 {
            self.without_event.push(format!("{}", entry.place));
        }
    }

    fn facts(&self, actor: Actor, at: Time) -> Facts {
        let day = (at.utc() + chrono::Duration::hours(1)).date_naive().into();
        let mut facts = Facts::new(actor, at, day, Origin::Import);
        facts.pseudonym = actor.namespace();
        facts
    }

    /// Decides with whatever facts are asked for.
    fn decide(&mut self, actor: Actor, at: Time, command: &Command) -> Result<Decision, Stop> {
        let mut facts = self.facts(actor, at);
        self.commands += 1;
        let id = CommandId(Uuid::from_u64_pair(1, self.commands));
        for _ in 0..2_000 {
            let folded = self.folded(&command.stream(&facts));
            match command.decide(&folded, &facts, (id, None)) {
                Err(Stop::Needs(Need::Stream(stream))) => {
                    let folded = self.folded(&stream);
                    facts.add_stream(stream, folded);
                }
                Err(Stop::Needs(Need::Headcount(department))) => facts.add_headcount(department, 1),
                decided => return decided,
            }
        }
        panic!("{} asks for ever more", command.name());
    }

    fn folded(&self, stream: &StreamName) -> Arc<Folded> {
        let known = self.streams.get(stream).cloned();
        known.unwrap_or_else(|| Arc::new(Folded::empty(stream).unwrap()))
    }

    fn record(&mut self, actor: Actor, at: Time, command: &Command, event: Event) {
        match &event {
            Event::Organisation(organisation::Event::Established(e)) => {
                self.known.learn_organisation(e.organisation);
            }
            Event::Post(post::Event::Published(e)) => self.known.learn_note(e.post.0, None),
            Event::Comment(comment::Event::Added(e)) => self.known.learn_note(e.comment.0, Some(e.post)),
            Event::Idea(idea::Event::Submitted(e)) => self.known.learn_idea(e.idea, e.campaign),
            _ => {}
        }
        let facts = self.facts(actor, at);
        let stream = command.stream(&facts);
        let entry = self.streams.entry(stream.clone());
        let folded = Arc::make_mut(entry.or_insert_with(|| Arc::new(Folded::empty(&stream).unwrap())));
        folded.evolve(&Recorded {
            position: Position(self.commands),
            id: EventId(Uuid::from_u64_pair(2, self.commands)),
            revision: folded.next,
            stream,
            recorded_at: at,
            metadata: Metadata {
                actor: actor.member(),
                department: None,
                agent: Agent::Person,
                on_behalf_of: None,
                automatic: false,
                command_id: CommandId(Uuid::from_u64_pair(1, self.commands)),
                input: None,
                correlation_id: None,
                causation_id: None,
                facts_at: None,
                occurred_at: at,
                local_day: facts.day,
                origin: Origin::Import,
                source_id: None,
            },
            event,
        });
    }
}
