//! Rows of polls and of what was chosen in them.

use domain::choice::{Event as Choice, make, withdraw};
use domain::command::Command;
use domain::id::PostId;
use domain::poll::{Event, close, open};

use super::post::undone;
use super::{Context, Unfit, act, named};
use crate::activity_log::activity::{Activity, EndTime, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// What happened to a poll, as an activity. Options that nobody can read any more are empty.
pub(super) fn poll(event: &Event, back: &NamesBack) -> Activity {
    let poll = |post: PostId| undone(Kind::Poll, back.name("note", post.0));
    match event {
        Event::Opened(e) => {
            let erased = || vec![String::new(); e.option_count as usize];
            let thing = Thing {
                options: Some(e.options.open().cloned().unwrap_or_else(erased)),
                rule: (e.rule != Default::default()).then_some(e.rule),
                results: (e.results != Default::default()).then_some(e.results),
                end_time: e.closes_at.map(|at| EndTime(Some(at))),
                ..poll(e.post)
            };
            act(Verb::Create, thing)
        }
        Event::Closed(e) => act(Verb::Update, Thing { closed: Some(true), ..poll(e.post) }),
    }
}

/// A vote in a poll, as an activity.
pub(super) fn choice(event: &Choice, back: &NamesBack) -> Activity {
    let note = |post: PostId| back.name("note", post.0);
    let voted =
        |post, chosen: &[u32]| Activity { chosen: Some(chosen.into()), ..act(Verb::Vote, named(note(post))) };
    match event {
        Choice::Made(e) => voted(e.post, &e.chosen),
        Choice::Changed(e) => voted(e.post, &e.chosen),
        Choice::Withdrawn(e) => act(Verb::Undo, undone(Kind::Vote, note(e.post))),
    }
}

/// A poll is opened.
pub(super) fn create(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let command = open::Open {
        post: post(thing, context)?,
        options: thing.options.clone().ok_or("\"options\" is missing")?,
        rule: thing.rule.unwrap_or_default(),
        results: thing.results.unwrap_or_default(),
        closes_at: thing.end_time.and_then(|end| end.0),
    };
    Ok(command.into())
}

/// A poll is closed.
pub(super) fn change(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let post = post(thing, context)?;
    Ok(if thing.closed == Some(true) { vec![close::Close { post }.into()] } else { vec![] })
}

/// A vote is cast, or another put in its place.
pub(super) fn vote(note: uuid::Uuid, activity: &Activity) -> Result<Command, Unfit> {
    let chosen = activity.chosen.clone().ok_or("\"chosen\" is missing")?;
    Ok(make::Make { post: PostId(note), chosen }.into())
}

/// A vote is taken back.
pub(super) fn withdraw(note: uuid::Uuid) -> Command {
    withdraw::Withdraw { post: PostId(note) }.into()
}

fn post(thing: &Thing, context: &Context<'_>) -> Result<PostId, Unfit> {
    let object = thing.object.as_deref().ok_or("\"object\" is missing in the object")?;
    Ok(PostId(context.names.note(object)?))
}
