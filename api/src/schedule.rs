//! The schedule: publishes drafts when their time comes, each exactly once, whichever node does it and however often it
//! is interrupted.
//!
//! A draft is published by a command whose id follows from the draft's: so the post has one id, whoever sends it, and a
//! second sending meets the first on the post's stream. After that the draft is marked. Whatever stops the server in
//! between, the next look at the schedule finds the draft still due, the post there, and marks it.

use std::sync::Arc;
use std::time::Duration;

use domain::audience::Audience;
use domain::command::Command;
use domain::decision::{self, Actor};
use domain::draft::{publish, refuse};
use domain::id::{CommandId, PostId};
use domain::post::publish::Publish;
use domain::refusal::Refused;
use domain::words::{Language, Topic};
use projections::drafts::{self, Draft};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::engine::{Engine, Error, Submission};

/// How often it is looked whether something is due.
const INTERVAL: Duration = Duration::from_secs(1);
/// Drafts published between two looks.
const AT_ONCE: u32 = 100;

/// Publishes what is due from now on, until the task is aborted.
pub fn keep(engine: Arc<Engine>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut interval = tokio::time::interval(INTERVAL);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            if let Err(error) = publish_due(&engine).await {
                tracing::warn!(%error, "a scheduled draft waits for the next look at the schedule");
            }
        }
    })
}

/// Publishes each draft whose time has come; how many were dealt with. What fails otherwise than by a rule stays due.
pub async fn publish_due(engine: &Engine) -> Result<usize, Error> {
    let due = drafts::due(&engine.snapshot()?, engine.now(), AT_ONCE)?;
    for draft in &due {
        deal_with(engine, draft).await?;
    }
    Ok(due.len())
}

async fn deal_with(engine: &Engine, draft: &Draft) -> Result<(), Error> {
    let submission = submission(engine, draft);
    let post = PostId(submission.new_id());
    match engine.handle(&submission).await {
        Ok(_) => mark(engine, draft, publish::Publish { draft: draft.id, post }, "published").await,
        // It was published before its author rewrote it, and not marked yet.
        Err(Error::Refused(refused)) if refused == Refused::from(decision::Refusal::CommandIdReused) => {
            mark(engine, draft, publish::Publish { draft: draft.id, post }, "published").await
        }
        Err(Error::Refused(refused)) => {
            let code = refused.code.to_owned();
            let when = draft.publish_at.unwrap_or_default();
            mark(engine, draft, refuse::Refuse { draft: draft.id, code }, &format!("refused {when}")).await
        }
        Err(error) => Err(error),
    }
}

/// The command that publishes a draft, in the name of its author. No person decides it at that moment: it is automatic.
pub fn submission(engine: &Engine, draft: &Draft) -> Submission {
    let audience = match draft.community {
        Some(community) => Audience::Community(community),
        None => Audience::Members(draft.addressees.clone()),
    };
    let publish = Publish {
        post: None,
        kind: draft.kind,
        audience,
        body: draft.body.clone().unwrap_or_default(),
        language: draft.language.as_ref().and_then(|tag| tag.parse::<Language>().ok()),
        mentions: draft.mentions.clone(),
        topics: draft.topics.iter().filter_map(|word| word.parse::<Topic>().ok()).collect(),
        pinned: draft.pinned,
    };
    sent(engine, (Actor::Member(draft.author), draft), publish, "publish")
}

async fn mark(engine: &Engine, draft: &Draft, command: impl Into<Command>, what: &str) -> Result<(), Error> {
    match engine.handle(&sent(engine, (Actor::System, draft), command, what)).await {
        // Another node has marked it.
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn sent(
    engine: &Engine,
    (actor, draft): (Actor, &Draft),
    command: impl Into<Command>,
    what: &str,
) -> Submission {
    let id = CommandId(Uuid::new_v5(&draft.id.0, what.as_bytes()));
    let automatic = Submission::live(actor, command, id, engine.now());
    Submission { automatic: true, correlation_id: Some(draft.id.0), ..automatic }
}
