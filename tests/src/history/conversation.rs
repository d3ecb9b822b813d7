//! Proposals about posts and comments, and what people do with them and with whatever else can be reacted to and seen.

use domain::acknowledgement::give::Give as Acknowledge;
use domain::comment;
use domain::id::{Item, PostId};
use domain::post;
use domain::post::accept_answer::AcceptAnswer;
use domain::post::pin::Pin;
use domain::post::publish::Publish;
use domain::post::share_on::ShareOn;
use domain::post::unpin::Unpin;
use domain::reaction::Reaction;
use domain::reaction::give::Give;
use domain::reaction::withdraw::Withdraw;
use domain::seen::view::View;

use super::Proposal;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("post.publish", 10, |known, draw| {
        let (language, mentions, topics) = draw.about(&known.members);
        Some(
            Publish {
                post: draw.perhaps(30, Draw::id),
                kind: draw.one_of(&[post::Kind::Update, post::Kind::Question, post::Kind::Announcement])?,
                audience: draw.audience(&known.communities, &known.members)?,
                body: draw.text(),
                language,
                mentions,
                topics,
                pinned: draw.percent(20),
            }
            .into(),
        )
    }),
    Proposal("post.edit", 4, |known, draw| {
        let (post, body) = (draw.one_of(&known.posts)?, draw.text());
        let (language, mentions, topics) = draw.about(&known.members);
        let read = known.post(post).published?.revision;
        let based_on = draw.perhaps(50, |draw| read.saturating_sub(draw.below(2) as u64));
        Some(post::edit::Edit { post, body, language, mentions, topics, based_on }.into())
    }),
    Proposal("post.remove", 2, |known, draw| {
        draw.one_of(&known.posts).map(|post| post::remove::Remove { post }.into())
    }),
    Proposal("post.pin", 3, |known, draw| draw.one_of(&known.posts).map(|post| Pin { post }.into())),
    Proposal("post.unpin", 2, |known, draw| {
        let pinned = of_posts(known, |post| post.pinned);
        draw.one_of(&pinned).map(|post| Unpin { post }.into())
    }),
    Proposal("post.accept_answer", 10, |known, draw| {
        let questions = of_posts(known, |post| post.kind == post::Kind::Question);
        let below = |comment: &_| known.comment(*comment).added.map(|added| added.post);
        let answers =
            known.comments.iter().filter(|id| below(id).is_some_and(|post| questions.contains(&post)));
        let comment = draw.one_of(&answers.copied().collect::<Vec<_>>())?;
        Some(AcceptAnswer { post: below(&comment)?, comment, based_on: None }.into())
    }),
    Proposal("post.share_on", 3, |known, draw| {
        let (post, audience) =
            (draw.one_of(&known.posts)?, draw.audience(&known.communities, &known.members)?);
        Some(ShareOn { post, audience }.into())
    }),
    Proposal("comment.add", 12, |known, draw| {
        let post = draw.one_of(&known.posts)?;
        let below = |id: &&_| known.comment(**id).added.is_some_and(|comment| comment.post == post);
        let comments: Vec<_> = known.comments.iter().filter(below).copied().collect();
        let parent = draw.one_of(&comments).filter(|_| draw.percent(50));
        let (language, mentions, topics) = draw.about(&known.members);
        let (comment, body) = (draw.perhaps(30, Draw::id), draw.text());
        Some(comment::add::Add { comment, post, parent, body, language, mentions, topics }.into())
    }),
    Proposal("comment.edit", 3, |known, draw| {
        let (comment, body) = (draw.one_of(&known.comments)?, draw.text());
        let (language, mentions, topics) = draw.about(&known.members);
        let read = known.comment(comment).added?.text_revision;
        let based_on = draw.perhaps(50, |draw| read.saturating_sub(draw.below(2) as u64));
        Some(comment::edit::Edit { comment, body, language, mentions, topics, based_on }.into())
    }),
    Proposal("comment.remove", 2, |known, draw| {
        draw.one_of(&known.comments).map(|comment| comment::remove::Remove { comment }.into())
    }),
    Proposal("reaction.give", 12, |known, draw| {
        let (item, reaction) = (draw.one_of(&items(known))?, draw.one_of(REACTIONS)?);
        Some(Give { item, reaction }.into())
    }),
    Proposal("reaction.withdraw", 4, |known, draw| {
        draw.one_of(&known.reacted).map(|item| Withdraw { item }.into())
    }),
    Proposal("acknowledgement.give", 4, |known, draw| {
        let announcements = of_posts(known, |post| post.kind == post::Kind::Announcement);
        draw.one_of(&announcements).map(|post| Acknowledge { post }.into())
    }),
    Proposal("seen.view", 12, |known, draw| draw.one_of(&items(known)).map(|item| View { item }.into())),
];

const REACTIONS: &[Reaction] = &[
    Reaction::Like,
    Reaction::Celebrate,
    Reaction::Thanks,
    Reaction::Useful,
    Reaction::Curious,
    Reaction::Support,
];

fn of_posts(known: &Known, which: impl Fn(&post::Post) -> bool) -> Vec<PostId> {
    let stands = |id: &&PostId| known.post(**id).published.is_some_and(|post| !post.removed && which(&post));
    known.posts.iter().filter(stands).copied().collect()
}

/// Whatever there ever was that is looked at, reacted to, reported.
pub(super) fn items(known: &Known) -> Vec<Item> {
    let posts = known.posts.iter().copied().map(Item::Post);
    let comments = known.comments.iter().copied().map(Item::Comment);
    let documents = known.documents.iter().copied().map(Item::Document);
    posts.chain(comments).chain(documents).chain(known.ideas.iter().copied().map(Item::Idea)).collect()
}
