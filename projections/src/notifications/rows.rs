//! The rows of notifications: whom an event concerns, and as what. Nobody is told of what they did themselves.

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::id::{Item, MemberId, NotificationId};
use domain::notification::Kind;
use domain::{comment, disclosure, document, idea, membership, post};
use uuid::Uuid;

use super::NOTIFICATIONS;
use crate::table::put;
use crate::value::Value;
use crate::writes::{Statement, Writes};

static MENTION_ANEW: Statement = Statement {
    name: "mention_anew",
    sql: &["INSERT INTO notifications (member, at, notification, kind, item, actor)
        SELECT ?1, ?2, ?3, 0, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM notifications
            WHERE member = ?1 AND item = ?4 AND kind = 0)"],
};

static TELL_MODERATORS: Statement = Statement {
    name: "tell_moderators",
    sql: &["INSERT INTO notifications (member, at, notification, kind, item, actor)
        SELECT member, ?2, ?3, 5, ?1, ?4 FROM memberships
        WHERE community = ?1 AND (moderator = 1 OR leads > 0) AND member <> ?4"],
};

pub(super) fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Post(post::Event::Edited(e)) => {
            mentioned_anew(recorded, writes, Item::Post(e.post), (e.author, &e.mentions));
        }
        Event::Comment(comment::Event::Edited(e)) => {
            mentioned_anew(recorded, writes, Item::Comment(e.comment), (e.author, &e.mentions));
        }
        Event::Idea(idea::Event::Revised(e)) => {
            mentioned_anew(recorded, writes, Item::Idea(e.idea), (e.author, &e.mentions));
        }
        Event::Membership(membership::Event::Requested(e)) => {
            let at = recorded.metadata.occurred_at;
            let told = [e.community.into(), at.into(), recorded.id.into(), e.member.into()];
            writes.execute(&TELL_MODERATORS, told);
        }
        _ => {
            let told = told(recorded);
            for (n, (member, kind, item)) in told.iter().enumerate() {
                // The first thing an event tells somebody of is the closest to them.
                let before = told[..n].iter().any(|(other, ..)| other == member);
                if !before && recorded.metadata.actor != Some(*member) {
                    tell(recorded, writes, *member, (*kind, *item));
                }
            }
        }
    }
}

fn tell(recorded: &Recorded, writes: &mut Writes, member: MemberId, (kind, item): (Kind, Uuid)) {
    put!(
        writes,
        NOTIFICATIONS {
            member: member,
            at: recorded.metadata.occurred_at,
            notification: recorded.id,
            kind: kind as i64,
            item: item,
            actor: recorded.metadata.actor,
        }
    );
}

fn mentioned_anew(
    recorded: &Recorded,
    writes: &mut Writes,
    item: Item,
    (author, mentions): (MemberId, &[MemberId]),
) {
    let actor = recorded.metadata.actor;
    for member in mentions.iter().filter(|member| **member != author && actor != Some(**member)) {
        let (member, at): (Value, Value) = ((*member).into(), recorded.metadata.occurred_at.into());
        writes.execute(&MENTION_ANEW, [member, at, recorded.id.into(), item.into(), actor.into()]);
    }
}

/// Whom an event tells of what: those of whom it names them all.
fn told(recorded: &Recorded) -> Vec<(MemberId, Kind, Uuid)> {
    let one = |member: MemberId, kind, item: Uuid| vec![(member, kind, item)];
    match &recorded.event {
        Event::Post(post::Event::Published(e)) => {
            let announced = match &e.audience {
                Audience::Members(members) if e.kind == post::Kind::Announcement => &members[..],
                _ => &[],
            };
            let announced = announced.iter().map(|member| (*member, Kind::Announcement, e.post.0));
            announced.chain(mentions(&e.mentions, e.post.0)).collect()
        }
        Event::Comment(comment::Event::Added(e)) => {
            let answered = e.parent_author.into_iter().chain([e.post_author]);
            let answered = answered.map(|member| (member, Kind::Answer, e.comment.0));
            answered.chain(mentions(&e.mentions, e.comment.0)).collect()
        }
        Event::Document(document::Event::Shared(e)) => mentions(&e.mentions, e.document.0).collect(),
        Event::Idea(idea::Event::Submitted(e)) => mentions(&e.mentions, e.idea.0).collect(),
        Event::Post(post::Event::AnswerAccepted(e)) => one(e.answerer, Kind::AnswerAccepted, e.comment.0),
        Event::Idea(idea::Event::Accepted(e)) => one(e.author, Kind::IdeaDecided, e.idea.0),
        Event::Idea(idea::Event::Declined(e)) => one(e.author, Kind::IdeaDecided, e.idea.0),
        Event::Idea(idea::Event::Implemented(e)) => one(e.author, Kind::IdeaDecided, e.idea.0),
        Event::Idea(idea::Event::Merged(e)) => one(e.author, Kind::IdeaDecided, e.idea.0),
        Event::Disclosure(disclosure::Event::Opened(e)) => {
            e.told.iter().map(|member| (*member, Kind::Disclosure, e.item.id())).collect()
        }
        Event::Membership(membership::Event::Invited(e)) => one(e.member, Kind::Invitation, e.community.0),
        Event::Membership(membership::Event::Approved(e)) => {
            one(e.member, Kind::RequestDecided, e.community.0)
        }
        Event::Membership(membership::Event::Declined(e)) => {
            one(e.member, Kind::RequestDecided, e.community.0)
        }
        _ => vec![],
    }
}

fn mentions(members: &[MemberId], item: Uuid) -> impl Iterator<Item = (MemberId, Kind, Uuid)> {
    members.iter().map(move |member| (*member, Kind::Mention, item))
}

/// The notifications that an event may be to a member, to be looked up once the views have it.
pub fn concerning(recorded: &Recorded, member: MemberId) -> Vec<NotificationId> {
    let concerned = match &recorded.event {
        Event::Post(post::Event::Edited(e)) => e.mentions.contains(&member),
        Event::Comment(comment::Event::Edited(e)) => e.mentions.contains(&member),
        Event::Idea(idea::Event::Revised(e)) => e.mentions.contains(&member),
        Event::Membership(membership::Event::Requested(_)) => true,
        _ => told(recorded).iter().any(|(told, ..)| *told == member),
    };
    let announced = match &recorded.event {
        Event::Post(post::Event::Published(e)) if e.kind == post::Kind::Announcement => Some(e.post.0),
        _ => None,
    };
    concerned.then_some(recorded.id.0).into_iter().chain(announced).map(NotificationId).collect()
}
