//! Rows of drafts.

use domain::audience::Audience;
use domain::command::Command;
use domain::draft::{Event, begin, discard, publish, refuse, revise, schedule, unschedule};
use domain::id::{DraftId, PostId};
use domain::post;

use super::{Context, Unfit, act, named, needed, text, thing, topics};
use crate::activity_log::activity::{Activity, EndTime, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// What happened to a draft, as an activity. What it was for, once nobody can read it, is not told.
pub(super) fn draft(event: &Event, first: bool, back: &NamesBack) -> Activity {
    let name = |draft: DraftId| back.name("draft", draft.0);
    let of = |draft: DraftId| thing(Kind::Draft, name(draft));
    match event {
        Event::Saved(e) => {
            let (audience, to) = match e.audience.open().and_then(Option::as_ref) {
                Some(audience) => back.audience(audience),
                None => (None, None),
            };
            let written = Thing {
                content: Some(text(&e.body).unwrap_or_default()),
                audience,
                to,
                mentions: e.mentions.open().and_then(|members| back.members(members)),
                language: e.language.open().and_then(Option::as_ref).map(ToString::to_string),
                topics: e.topics.open().and_then(|words| topics(words)),
                pinned: e.pinned.then_some(true),
                post_kind: (e.kind != post::Kind::default()).then_some(e.kind),
                ..of(e.draft)
            };
            act(if first { Verb::Create } else { Verb::Update }, written)
        }
        Event::Scheduled(e) => {
            act(Verb::Update, Thing { publish_at: Some(EndTime(Some(e.publish_at))), ..of(e.draft) })
        }
        Event::Unscheduled(e) => act(Verb::Update, Thing { publish_at: Some(EndTime(None)), ..of(e.draft) }),
        Event::Discarded(e) => act(Verb::Delete, named(name(e.draft))),
        Event::Published(e) => {
            Activity { target: Some(back.name("note", e.post.0)), ..act(Verb::Accept, named(name(e.draft))) }
        }
        Event::Refused(e) => {
            Activity { content: Some(e.code.clone()), ..act(Verb::Reject, named(name(e.draft))) }
        }
    }
}

/// A draft is begun.
pub(super) fn create(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let draft = thing.id.as_deref().map(|name| context.names.draft(name)).transpose()?;
    let (language, mentions, topics) = context.about(thing)?;
    let command = begin::Begin {
        draft,
        kind: thing.post_kind.unwrap_or_default(),
        audience: audience(thing, context)?,
        body: needed(&thing.content, "content")?,
        language,
        mentions,
        topics,
        pinned: thing.pinned.unwrap_or_default(),
    };
    Ok(command.into())
}

/// A draft is rewritten, scheduled, or taken off the schedule.
pub(super) fn change(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let draft = context.names.draft(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let mut commands: Vec<Command> = vec![];
    if let Some(body) = thing.content.clone() {
        let (language, mentions, topics) = context.about(thing)?;
        let revise = revise::Revise {
            draft,
            kind: thing.post_kind.unwrap_or_default(),
            audience: audience(thing, context)?,
            body,
            language,
            mentions,
            topics,
            pinned: thing.pinned.unwrap_or_default(),
            based_on: None,
        };
        commands.push(revise.into());
    }
    match thing.publish_at {
        Some(EndTime(Some(publish_at))) => {
            commands.push(schedule::Schedule { draft, publish_at, based_on: None }.into())
        }
        Some(EndTime(None)) => commands.push(unschedule::Unschedule { draft, based_on: None }.into()),
        None => {}
    }
    Ok(commands)
}

/// A draft is discarded, was published, or was refused.
pub(super) fn upon(activity: &Activity, name: &str, context: &Context<'_>) -> Result<Command, Unfit> {
    let draft = context.names.draft(name)?;
    Ok(match activity.verb {
        Verb::Delete => discard::Discard { draft }.into(),
        Verb::Accept => {
            let post = PostId(context.names.note(&needed(&activity.target, "target")?)?);
            publish::Publish { draft, post }.into()
        }
        Verb::Reject => refuse::Refuse { draft, code: needed(&activity.content, "content")? }.into(),
        verb => return Err(super::no_row(verb)),
    })
}

fn audience(thing: &Thing, context: &Context<'_>) -> Result<Option<Audience>, Unfit> {
    match (&thing.audience, &thing.to) {
        (None, None) => Ok(None),
        (audience, to) => Ok(Some(context.names.audience(audience.as_deref(), to.as_deref())?)),
    }
}
