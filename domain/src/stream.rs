//! Streams: what a decision protects. Small, so that unrelated people never conflict.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use crate::follow::Followed;
use crate::id::{
    CampaignId, CommentId, CommunityId, DocumentId, DraftId, IdeaId, Item, MemberId, PostId, SessionId,
    TokenId, WebhookId,
};
use crate::reading::Feed;

/// The name of a stream: `category` or `category-id`; at most 200 bytes of `[A-Za-z0-9._-]`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamName(Arc<str>);

/// Why a text is no stream name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAStreamName;

impl fmt::Display for NotAStreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stream name has 1 to 200 characters of A-Z a-z 0-9 . _ - and begins with a letter")
    }
}

impl std::error::Error for NotAStreamName {}

impl StreamName {
    /// Checks a name that comes from outside.
    pub fn try_new(name: &str) -> Result<Self, NotAStreamName> {
        let allowed = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let bytes = name.as_bytes();
        let ok = bytes.len() <= 200
            && bytes.first().is_some_and(u8::is_ascii_alphabetic)
            && bytes.iter().all(allowed);
        if ok { Ok(Self(name.into())) } else { Err(NotAStreamName) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the first hyphen.
    pub fn category(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Settings and roles.
    pub fn organisation() -> Self {
        Self("organisation".into())
    }
    /// The whole tree of departments.
    pub fn chart() -> Self {
        Self("chart".into())
    }
    /// A person.
    pub fn member(id: MemberId) -> Self {
        Self::one("member", id.0)
    }
    /// A community.
    pub fn community(id: CommunityId) -> Self {
        Self::one("community", id.0)
    }
    /// A person in a community.
    pub fn membership(community: CommunityId, member: MemberId) -> Self {
        Self::two("membership", community.0, member.0)
    }
    /// A post with its pin and accepted answer.
    pub fn post(id: PostId) -> Self {
        Self::one("post", id.0)
    }
    /// A comment.
    pub fn comment(id: CommentId) -> Self {
        Self::one("comment", id.0)
    }
    /// A member's reaction to an item.
    pub fn reaction(item: Item, member: MemberId) -> Self {
        Self::two("reaction", item.id(), member.0)
    }
    /// What was reported of an item, and whether it is hidden.
    pub fn moderation(item: Item) -> Self {
        Self::one("moderation", item.id())
    }
    /// What was opened to an administrator for a reason.
    pub fn disclosure(item: Item, member: MemberId) -> Self {
        Self::two("disclosure", item.id(), member.0)
    }
    /// The poll that stands with a post.
    pub fn poll(post: PostId) -> Self {
        Self::one("poll", post.0)
    }
    /// What a member chose in the poll that stands with a post.
    pub fn choice(post: PostId, member: MemberId) -> Self {
        Self::two("choice", post.0, member.0)
    }
    /// A draft of a post.
    pub fn draft(id: DraftId) -> Self {
        Self::one("draft", id.0)
    }
    /// What a member keeps for themselves.
    pub fn bookmark(member: MemberId) -> Self {
        Self::one("bookmark", member.0)
    }
    /// A member's acknowledgement of an announcement.
    pub fn acknowledgement(post: PostId, member: MemberId) -> Self {
        Self::two("acknowledgement", post.0, member.0)
    }
    /// What one person has seen of one thing, under the pseudonym of a month.
    pub fn seen(thing: Uuid, pseudonym: Uuid) -> Self {
        Self::two("seen", thing, pseudonym)
    }
    /// A document with its check-out.
    pub fn document(id: DocumentId) -> Self {
        Self::one("document", id.0)
    }
    /// A member's following of a person or a topic.
    pub fn follow(followed: &Followed, member: MemberId) -> Self {
        Self::two("follow", followed.id(), member.0)
    }
    /// How far a member has read one of their feeds.
    pub fn reading(feed: Feed, member: MemberId) -> Self {
        Self::two("reading", feed.id(), member.0)
    }
    /// How a member wants to be told.
    pub fn preferences(member: MemberId) -> Self {
        Self::one("preferences", member.0)
    }
    /// Mails that were sent to a member.
    pub fn digest(member: MemberId) -> Self {
        Self::one("digest", member.0)
    }
    /// An idea campaign.
    pub fn campaign(id: CampaignId) -> Self {
        Self::one("campaign", id.0)
    }
    /// An idea.
    pub fn idea(id: IdeaId) -> Self {
        Self::one("idea", id.0)
    }
    /// All votes of a member in a campaign.
    pub fn ballot(campaign: CampaignId, member: MemberId) -> Self {
        Self::two("ballot", campaign.0, member.0)
    }

    /// An address outside to which events are delivered.
    pub fn webhook(id: WebhookId) -> Self {
        Self::one("webhook", id.0)
    }

    /// A bearer token.
    pub fn token(id: TokenId) -> Self {
        Self::one("token", id.0)
    }

    /// A session of a member in a browser.
    pub fn session(id: SessionId) -> Self {
        Self::one("session", id.0)
    }

    /// One look at something, by an id of its own: looks protect no decision, so none meets another.
    pub fn look(id: Uuid) -> Self {
        Self::one("look", id)
    }

    fn one(category: &str, id: Uuid) -> Self {
        Self(format!("{category}-{}", id.simple()).into())
    }

    fn two(category: &str, first: Uuid, second: Uuid) -> Self {
        Self(format!("{category}-{}.{}", first.simple(), second.simple()).into())
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_outside_is_checked() {
        for bad in ["", "$all", "-a", "a b", "é", &"a".repeat(201)] {
            assert_eq!(StreamName::try_new(bad), Err(NotAStreamName), "{bad}");
        }
        assert!(StreamName::try_new("ballot-1.2").is_ok());
    }

    #[test]
    fn the_category_ends_at_the_first_hyphen() {
        assert_eq!(StreamName::member(MemberId(Uuid::nil())).category(), "member");
        assert_eq!(StreamName::chart().category(), "chart");
    }
}
