//! Bringing an activity log in: every row as a command, in order of time, under the rules that hold for all.
//!
//! A row is known again by its command id, so an import can be run again after it was interrupted, or over again:
//! what is there already changes nothing.

use std::collections::HashMap;
use std::io;

use domain::audience;
use domain::command::Command;
use domain::decision::Actor;
use domain::event::{Origin, Subject};
use domain::id::{CampaignId, CommandId, CommunityId, IdeaId, OrganisationId, PostId};
use domain::membership::join::Join;
use domain::refusal::Refused;
use domain::stream::StreamName;
use domain::time::Time;
use domain::token::Scope;
use domain::{comment, idea, organisation};
use uuid::Uuid;

use crate::activity_log::activity::{Activity, Object};
use crate::activity_log::mend::mend;
use crate::activity_log::merge::{Entry, Merge, Row};
use crate::activity_log::names::{Names, foreign};
use crate::activity_log::rows::{self, Context, Known, Unfit, tables};
use crate::activity_log::source::{Fault, Place, Source};
use crate::engine::{self, Done, Engine, Session, Submission};

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Leave out what cannot be read or is refused, instead of stopping there.
    pub skip_invalid: bool,
    /// Stop before the first row after this time.
    pub until: Option<Time>,
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows read.
    pub read: u64,
    /// Events recorded.
    pub recorded: u64,
    /// Commands that were there already, or changed nothing.
    pub unchanged: u64,
    /// Control characters removed.
    pub mended: u64,
    /// What was left out, and why; of very many the first thousand.
    pub refused: Vec<Fault>,
    /// How many were left out.
    pub refused_count: u64,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A line is wrong; everything before it is recorded.
    #[error("{0}")]
    Fault(Fault, Box<Summary>),
    /// A file could not be read.
    #[error("the activity log cannot be read: {0}")]
    Files(#[from] io::Error),
    /// The engine could not go on.
    #[error(transparent)]
    Engine(#[from] engine::Error),
}

/// The faults kept for the summary.
const FAULTS_KEPT: usize = 1_000;

/// Imports an activity log. `progress` is told how many of how many rows have been read.
pub async fn import(
    engine: &Engine,
    source: &dyn Source,
    options: Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary, Error> {
    let merge = match Merge::open(source)? {
        Ok(merge) => merge,
        Err(fault) => return Err(Error::Fault(fault, Box::default())),
    };
    let total = merge.len;
    let mut import = Import {
        session: engine.session().await?,
        names: Names::of(&merge.organisation.source),
        known: Known::default(),
        now: engine.now(),
        equals: Equals::default(),
        summary: Summary::default(),
    };
    for entry in merge {
        if matches!((&entry, options.until), (Ok(entry), Some(until)) if entry.at > until) {
            break;
        }
        import.summary.read += 1;
        if import.summary.read.is_multiple_of(1_000) {
            progress(import.summary.read, total);
        }
        match import.entry(entry).await {
            Ok(()) => {}
            Err(Stop::Engine(error)) => return Err(error.into()),
            Err(Stop::Fault(fault)) if options.skip_invalid => import.leave_out(fault),
            Err(Stop::Fault(fault)) => {
                import.leave_out(fault.clone());
                import.session.finish().await?;
                return Err(Error::Fault(fault, Box::new(import.summary)));
            }
        }
    }
    progress(total, total);
    import.session.finish().await?;
    Ok(import.summary)
}

struct Import<'a> {
    session: Session<'a>,
    names: Names,
    known: Known,
    now: Time,
    equals: Equals,
    summary: Summary,
}

/// Why a row was not taken.
enum Stop {
    Fault(Fault),
    Engine(engine::Error),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Import<'_> {
    async fn entry(&mut self, entry: Result<Entry, Fault>) -> Result<(), Stop> {
        let Entry { at, place, mut row } = entry?;
        if at > self.now {
            return Err(Fault::at(place, "the time is after now").into());
        }
        self.summary.mended += mend(&mut row);
        match row {
            Row::Activity(activity) => self.activity(&activity, place).await,
            row => self.table_row(&row, at, place).await,
        }
    }

    async fn table_row(&mut self, row: &Row, at: Time, place: Place) -> Result<(), Stop> {
        let actor = tables::actor(row, &self.names);
        for told in tables::commands(row, at, &self.names).map_err(|what| Fault::at(place, what))? {
            let submission = Submission {
                actor,
                command: told.command,
                command_id: CommandId(self.names.made_of(told.seed.as_bytes())),
                occurred_at: at,
                origin: Origin::Import,
                automatic: actor == Actor::Service,
                source_id: told.source_id,
                correlation_id: None,
                scopes: Scope::ALL,
            };
            self.submit(&submission, place).await?;
        }
        Ok(())
    }

    async fn activity(&mut self, activity: &Activity, place: Place) -> Result<(), Stop> {
        let wrong = |what| Stop::from(Fault::at(place, what));
        let actor = self.names.actor(&activity.actor).map_err(wrong)?;
        let command_id = match &activity.id {
            Some(id) => self.names.command(id),
            None => CommandId(self.equals.id(activity, &self.names)),
        };
        let source_id = match &activity.object {
            Object::Thing(thing) => thing.id.as_deref().and_then(foreign),
            Object::Name(_) => None,
        };
        let commands = self.commands(activity, place).await?;
        for (n, command) in commands.into_iter().enumerate() {
            self.learn(&command);
            let submission = Submission {
                actor,
                command,
                command_id: nth(command_id, n),
                occurred_at: activity.published,
                origin: Origin::Import,
                automatic: activity.automatic,
                source_id: source_id.clone(),
                correlation_id: None,
                scopes: Scope::ALL,
            };
            self.submit(&submission, place).await?;
        }
        Ok(())
    }

    /// The commands of an activity; what they leave unsaid is looked up.
    async fn commands(&mut self, activity: &Activity, place: Place) -> Result<Vec<Command>, Stop> {
        loop {
            let context = Context { names: &self.names, known: &self.known };
            match rows::commands(activity, &context) {
                Ok(commands) => return Ok(commands),
                Err(Unfit::Wrong(what)) => return Err(Fault::at(place, what).into()),
                Err(Unfit::WantsOrganisation) => {
                    let organisation = self.organisation().await.map_err(Stop::Engine)?;
                    self.known.learn_organisation(organisation.unwrap_or_default());
                }
                Err(Unfit::WantsNote(note)) => {
                    let below = self.post_of(note).await.map_err(Stop::Engine)?;
                    self.known.learn_note(note, below);
                }
                Err(Unfit::WantsIdea(idea)) => match self.campaign_of(idea).await.map_err(Stop::Engine)? {
                    Some(campaign) => self.known.learn_idea(idea, campaign),
                    None => return Err(refused(idea::Refusal::NoSuchIdea.into(), place).into()),
                },
            }
        }
    }

    async fn organisation(&mut self) -> Result<Option<OrganisationId>, engine::Error> {
        let folded = self.session.folded(&StreamName::organisation()).await?;
        let settings = organisation::State::of(&folded.state).and_then(|state| state.settings.as_ref());
        Ok(settings.map(|settings| settings.organisation))
    }

    async fn post_of(&mut self, note: Uuid) -> Result<Option<PostId>, engine::Error> {
        let folded = self.session.folded(&StreamName::comment(note.into())).await?;
        Ok(comment::State::of(&folded.state).and_then(|state| state.added.as_ref()).map(|added| added.post))
    }

    async fn campaign_of(&mut self, idea: IdeaId) -> Result<Option<CampaignId>, engine::Error> {
        let folded = self.session.folded(&StreamName::idea(idea)).await?;
        Ok(idea::State::of(&folded.state)
            .and_then(|state| state.submitted.as_ref())
            .map(|idea| idea.campaign))
    }

    fn learn(&mut self, command: &Command) {
        match command {
            Command::PublishPost(command) => {
                if let Some(post) = command.post {
                    self.known.learn_note(post.0, None);
                }
            }
            Command::AddComment(command) => {
                if let Some(comment) = command.comment {
                    self.known.learn_note(comment.0, Some(command.post));
                }
            }
            Command::SubmitIdea(command) => {
                if let Some(idea) = command.idea {
                    self.known.learn_idea(idea, command.campaign);
                }
            }
            _ => {}
        }
    }

    /// Has a command recorded. Whoever acts in an open community without having joined it has joined it: records
    /// often begin after people came in.
    async fn submit(&mut self, submission: &Submission, place: Place) -> Result<(), Stop> {
        let done = match self.session.submit(submission).await {
            Err(engine::Error::Refused(refusal)) if joins(&refusal, submission).is_some() => {
                let Some(join) = joins(&refusal, submission) else {
                    return Err(refused(refusal, place).into());
                };
                let done = self.session.submit(&join).await.map_err(|error| stop(error, place))?;
                self.count(done);
                self.session.submit(submission).await
            }
            done => done,
        };
        self.count(done.map_err(|error| stop(error, place))?);
        Ok(())
    }

    fn count(&mut self, done: Done) {
        match done {
            Done::Recorded => self.summary.recorded += 1,
            Done::Repeated | Done::Unchanged => self.summary.unchanged += 1,
        }
    }

    fn leave_out(&mut self, fault: Fault) {
        self.summary.refused_count += 1;
        if self.summary.refused.len() < FAULTS_KEPT {
            self.summary.refused.push(fault);
        }
    }
}

/// The joining that must have come before, if that is what a command lacks.
fn joins(refusal: &Refused, submission: &Submission) -> Option<Submission> {
    let needed = Refused::from(audience::Refusal::NotInCommunity);
    submission.actor.member().filter(|_| refusal.code == needed.code)?;
    let community: CommunityId = refusal.detail.as_deref()?.parse().ok()?;
    Some(Submission {
        command: Join { community }.into(),
        command_id: CommandId(Uuid::new_v5(&submission.command_id.0, b"joined before")),
        automatic: true,
        source_id: None,
        ..submission.clone()
    })
}

fn stop(error: engine::Error, place: Place) -> Stop {
    match error {
        engine::Error::Refused(refusal) => refused(refusal, place).into(),
        error => Stop::Engine(error),
    }
}

fn refused(refusal: Refused, place: Place) -> Fault {
    let reused = Refused::from(domain::decision::Refusal::CommandIdReused);
    if refusal.code == reused.code {
        let what = "it was recorded before and said something else; what was recorded is not rewritten";
        return Fault::at(place, format!("{what} ({})", refusal.code));
    }
    let field = refusal.field.map(|field| format!(", {field}")).unwrap_or_default();
    Fault::at(place, format!("{} ({}{field})", refusal.en, refusal.code))
}

/// The id of the n-th command of an activity.
fn nth(command: CommandId, n: usize) -> CommandId {
    match n {
        0 => command,
        n => CommandId(Uuid::new_v5(&command.0, n.to_string().as_bytes())),
    }
}

/// Counts activities without an id that say the same at the same time, to tell them apart.
#[derive(Default)]
struct Equals {
    at: Time,
    seen: HashMap<Uuid, u32>,
    text: Vec<u8>,
}

impl Equals {
    /// Made of actor, type, object, time, and the number among equals.
    fn id(&mut self, activity: &Activity, names: &Names) -> Uuid {
        if self.at != activity.published {
            self.at = activity.published;
            self.seen.clear();
        }
        self.text.clear();
        let Activity { actor, verb, object, published, .. } = activity;
        self.text.extend_from_slice(format!("{actor}\n{verb:?}\n{published}\n").as_bytes());
        // Into memory, of texts and numbers alone: that cannot fail.
        let _ = serde_json::to_writer(&mut self.text, object);
        let id = names.made_of(&self.text);
        let number = self.seen.entry(id).or_default();
        *number += 1;
        if *number == 1 { id } else { Uuid::new_v5(&id, number.to_string().as_bytes()) }
    }
}
