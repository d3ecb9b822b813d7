//! Rows of posts, comments, reactions, acknowledgements, and of what was seen.

use domain::acknowledgement::Event as Acknowledgement;
use domain::acknowledgement::give::Give as Acknowledge;
use domain::audience::Audience;
use domain::command::Command;
use domain::comment::{self, Event as Comment};
use domain::id::{CommentId, Item, MemberId, PostId};
use domain::post::{self, Event as Post};
use domain::reaction::{self, Event as Reacted, Reaction};
use domain::sealed::Sealed;
use domain::seen::Event as Seen;
use domain::seen::view::View;
use domain::words::{Language, Topic};
use uuid::Uuid;

use super::{Context, Unfit, act, named, needed, organisation, text, thing, topics};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::{Named, NamesBack};

/// What happened to a post, as an activity.
pub(super) fn post(event: &Post, back: &NamesBack) -> Activity {
    let note = |post: PostId| back.name("note", post.0);
    match event {
        Post::Published(e) => {
            let (audience, to) = back.audience(&e.audience);
            let kind = match e.kind {
                post::Kind::Update => Kind::Note,
                post::Kind::Question => Kind::Question,
                post::Kind::Announcement => Kind::Announcement,
            };
            let written =
                written((&e.body, &e.language, &e.mentions, &e.topics), thing(kind, note(e.post)), back);
            act(Verb::Create, Thing { audience, to, pinned: e.pinned.then_some(true), ..written })
        }
        Post::Edited(e) => {
            let thing = thing(Kind::Note, note(e.post));
            act(Verb::Update, written((&e.body, &e.language, &e.mentions, &e.topics), thing, back))
        }
        Post::Removed(e) => act(Verb::Delete, named(note(e.post))),
        Post::Pinned(e) => act(Verb::Update, Thing { pinned: Some(true), ..thing(Kind::Note, note(e.post)) }),
        Post::Unpinned(e) => {
            act(Verb::Update, Thing { pinned: Some(false), ..thing(Kind::Note, note(e.post)) })
        }
        Post::AnswerAccepted(e) => act(Verb::Accept, named(back.name("note", e.comment.0))),
        Post::SharedOn(e) => {
            let (audience, to) = back.audience(&e.audience);
            Activity { audience, to, ..act(Verb::Announce, named(note(e.post))) }
        }
    }
}

/// What happened to a comment, as an activity.
pub(super) fn comment(event: &Comment, back: &NamesBack) -> Activity {
    match event {
        Comment::Added(e) => {
            let answered = e.parent.map_or(e.post.0, |parent| parent.0);
            let thing = Thing {
                in_reply_to: Some(back.name("note", answered)),
                ..thing(Kind::Note, back.name("note", e.comment.0))
            };
            act(Verb::Create, written((&e.body, &e.language, &e.mentions, &e.topics), thing, back))
        }
        Comment::Edited(e) => {
            let thing = thing(Kind::Note, back.name("note", e.comment.0));
            act(Verb::Update, written((&e.body, &e.language, &e.mentions, &e.topics), thing, back))
        }
        Comment::Removed(e) => act(Verb::Delete, named(back.name("note", e.comment.0))),
    }
}

type Written<'a> = (&'a Sealed<String>, &'a Option<Language>, &'a [MemberId], &'a [Topic]);

fn written((body, language, mentions, about): Written<'_>, thing: Thing, back: &NamesBack) -> Thing {
    Thing {
        content: Some(text(body).unwrap_or_default()),
        mentions: back.members(mentions),
        language: language.as_ref().map(Language::to_string),
        topics: topics(about),
        ..thing
    }
}

/// A reaction given or withdrawn, as an activity.
pub(super) fn reaction(event: &Reacted, back: &NamesBack) -> Activity {
    match event {
        Reacted::Given(e) => Activity {
            reaction: (e.reaction != Reaction::Like).then_some(e.reaction),
            ..act(Verb::Like, named(back.item(e.item)))
        },
        Reacted::Withdrawn(e) => act(Verb::Undo, undone(Kind::Like, back.item(e.item))),
    }
}

/// The act that `Undo` takes back.
pub(super) fn undone(kind: Kind, object: String) -> Thing {
    Thing { kind, object: Some(object), ..Thing::default() }
}

/// An announcement acknowledged, as an activity.
pub(super) fn acknowledgement(event: &Acknowledgement, back: &NamesBack) -> Activity {
    let Acknowledgement::Given(e) = event;
    act(Verb::Read, named(back.name("note", e.post.0)))
}

/// What was seen, as an activity, and by whom; nothing once nobody can tell.
pub(super) fn seen(event: &Seen, back: &NamesBack) -> Option<(MemberId, Activity)> {
    match event {
        Seen::Viewed(e) => Some((*e.member.open()?, act(Verb::View, named(back.item(e.item))))),
        Seen::SignedIn(e) => Some((*e.member.open()?, act(Verb::Arrive, named("organisation".to_owned())))),
        Seen::Searched(e) => Some((*e.member.open()?, organisation::searched(e, back))),
    }
}

/// A post is published, or a comment added.
pub(super) fn create(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let id = thing.id.as_deref().map(|name| context.names.note(name)).transpose()?;
    let (language, mentions, topics) = context.about(thing)?;
    let body = needed(&thing.content, "content")?;
    let Some(answered) = &thing.in_reply_to else {
        let command = post::publish::Publish {
            post: id.map(PostId),
            kind: match thing.kind {
                Kind::Question => post::Kind::Question,
                Kind::Announcement => post::Kind::Announcement,
                _ => post::Kind::Update,
            },
            audience: context.names.audience(thing.audience.as_deref(), thing.to.as_deref())?,
            body,
            language,
            mentions,
            topics,
            pinned: thing.pinned.unwrap_or_default(),
        };
        return Ok(command.into());
    };
    let answered = context.names.note(answered)?;
    let (post, parent) = match context.post_of(answered)? {
        None => (PostId(answered), None),
        Some(post) => (post, Some(CommentId(answered))),
    };
    let comment = id.map(CommentId);
    Ok(comment::add::Add { comment, post, parent, body, language, mentions, topics }.into())
}

/// A post or a comment is edited; a post is pinned or unpinned.
pub(super) fn change(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let note = context.names.note(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let post = PostId(note);
    let mut commands = vec![];
    if let Some(body) = thing.content.clone() {
        let (language, mentions, topics) = context.about(thing)?;
        let based_on = None;
        commands.push(match context.post_of(note)? {
            None => post::edit::Edit { post, body, language, mentions, topics, based_on }.into(),
            Some(_) => {
                let comment = CommentId(note);
                comment::edit::Edit { comment, body, language, mentions, topics, based_on }.into()
            }
        });
    }
    match thing.pinned {
        Some(true) => commands.push(post::pin::Pin { post }.into()),
        Some(false) => commands.push(post::unpin::Unpin { post }.into()),
        None => {}
    }
    Ok(commands)
}

/// A post or a comment is removed.
pub(super) fn remove(note: Uuid, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(match context.post_of(note)? {
        None => post::remove::Remove { post: PostId(note) }.into(),
        Some(_) => comment::remove::Remove { comment: CommentId(note) }.into(),
    })
}

/// A comment is accepted as the answer to the question it stands below.
pub(super) fn accept_answer(note: Uuid, context: &Context<'_>) -> Result<Command, Unfit> {
    let post = context.post_of(note)?.ok_or("only a comment can be accepted as an answer")?;
    Ok(post::accept_answer::AcceptAnswer { post, comment: CommentId(note), based_on: None }.into())
}

/// A post is shared on.
pub(super) fn share_on(note: Uuid, audience: Audience, context: &Context<'_>) -> Result<Command, Unfit> {
    match context.post_of(note)? {
        None => Ok(post::share_on::ShareOn { post: PostId(note), audience }.into()),
        Some(_) => Err("a comment is not shared on; share the post it stands below".into()),
    }
}

/// An announcement is acknowledged.
pub(super) fn acknowledge(note: Uuid) -> Command {
    Acknowledge { post: PostId(note) }.into()
}

/// Something is seen.
pub(super) fn view(named: Named, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(View { item: item(named, context)? }.into())
}

/// A reaction is given.
pub(super) fn react(named: Named, reaction: Reaction, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(reaction::give::Give { item: item(named, context)?, reaction }.into())
}

/// A reaction is withdrawn.
pub(super) fn withdraw_reaction(named: Named, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(reaction::withdraw::Withdraw { item: item(named, context)? }.into())
}

/// What a name stands for.
pub(super) fn item(named: Named, context: &Context<'_>) -> Result<Item, Unfit> {
    Ok(match named {
        Named::Document(document) => Item::Document(document),
        Named::Idea(idea) => Item::Idea(idea),
        Named::Note(note) => match context.post_of(note)? {
            None => Item::Post(PostId(note)),
            Some(_) => Item::Comment(CommentId(note)),
        },
    })
}
