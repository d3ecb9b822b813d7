//! What people write, for tests: posts and documents by member 2, comments by member 3.

use crate::audience::Audience;
use crate::document::source::Source;
use crate::document::{self, Contents};
use crate::given::{Given, comment, community, document, member, post};
use uuid::Uuid;

use crate::id::{DraftId, Item};
use crate::post::Kind;
use crate::{choice, comment, draft, membership, moderation, poll, post, webhook};

/// The text of everything.
pub(crate) const BODY: &str = "Bonjour";

/// These members.
pub(crate) fn to<const N: usize>(members: [u32; N]) -> Audience {
    Audience::Members(members.map(member).into())
}

/// The contents of every document.
pub(crate) fn file() -> Contents {
    Contents::File { sha256: "0a".repeat(32), size: 7, media_type: "text/plain".to_owned() }
}

/// The same, as it is handed in.
pub(crate) fn source() -> Source {
    Source::File { sha256: "0a".repeat(32), size: 7, media_type: "text/plain".to_owned() }
}

/// Post `n`, published.
pub(crate) fn published(n: u32, kind: Kind, audience: Audience) -> post::Published {
    post::Published {
        post: post(n),
        author: member(2),
        kind,
        audience,
        language: None,
        mentions: vec![],
        topics: vec![],
        pinned: false,
        body: BODY.to_owned().into(),
    }
}

/// Comment `n` on post 1, in no community.
pub(crate) fn added(n: u32) -> comment::Added {
    comment::Added {
        comment: comment(n),
        author: member(3),
        post: post(1),
        post_author: member(2),
        community: None,
        parent: None,
        parent_author: None,
        language: None,
        mentions: vec![],
        topics: vec![],
        body: BODY.to_owned().into(),
    }
}

/// Document 1, shared.
pub(crate) fn shared(audience: Audience) -> document::Shared {
    document::Shared {
        document: document(1),
        author: member(2),
        audience,
        contents: file(),
        language: None,
        mentions: vec![],
        topics: vec![],
        name: "plan.txt".to_owned().into(),
        link: None.into(),
    }
}

/// Draft 1 of member 2, saved.
pub(crate) fn saved(body: &str, audience: Option<Audience>) -> draft::Saved {
    draft::Saved {
        draft: DraftId(Uuid::from_u64_pair(13, 1)),
        author: member(2),
        kind: Kind::Update,
        pinned: false,
        audience: audience.into(),
        language: None.into(),
        mentions: vec![].into(),
        topics: vec![].into(),
        body: body.to_owned().into(),
    }
}

/// The same, scheduled.
pub(crate) fn scheduled(at: &str) -> draft::Scheduled {
    let (draft, author) = (DraftId(Uuid::from_u64_pair(13, 1)), member(2));
    draft::Scheduled { draft, author, publish_at: at.parse().unwrap() }
}

/// The poll with post 1, in no community, opened: yes or no.
pub(crate) fn polled(rule: poll::Rule) -> poll::Opened {
    poll::Opened {
        post: post(1),
        author: member(2),
        community: None,
        option_count: 2,
        rule,
        results: poll::Results::Voted,
        closes_at: None,
        options: vec!["Yes".to_owned(), "No".to_owned()].into(),
    }
}

/// What member `n` chose in it.
pub(crate) fn chosen(n: u32, chosen: &[u32]) -> choice::Made {
    choice::Made {
        post: post(1),
        author: member(2),
        community: None,
        member: member(n),
        chosen: chosen.into(),
    }
}

/// An item by member `author`, in no community, reported by member `n`.
pub(crate) fn reported(item: Item, author: u32, n: u32) -> moderation::Reported {
    let (author, member, reason) = (member(author), member(n), "Unkind".to_owned().into());
    moderation::Reported { item, author, community: None, member, reason }
}

/// An item by member `author`, in no community, hidden.
pub(crate) fn hidden(item: Item, author: u32) -> moderation::Hidden {
    let (author, reason) = (member(author), "Unkind".to_owned().into());
    moderation::Hidden { item, author, community: None, post: None, campaign: None, reason }
}

/// Webhook 1, registered.
pub(crate) fn registered() -> webhook::Registered {
    webhook::Registered {
        webhook: crate::given::webhook(1),
        event_types: vec!["post.published".to_owned()],
        scope: webhook::Scope::Everybody,
        fields: webhook::Fields::Plain,
        url: "https://example.org/hook".to_owned().into(),
        secret: "whsec_AAAA".to_owned().into(),
    }
}

impl Given {
    /// Member `m` is in community `n`.
    pub(crate) fn joined(self, n: u32, m: u32) -> Self {
        self.and(membership::Joined { community: community(n), member: member(m) })
    }

    /// Member `m` moderates community `n`.
    pub(crate) fn moderator(self, n: u32, m: u32) -> Self {
        let made = membership::ModeratorMade { community: community(n), member: member(m) };
        self.joined(n, m).and(made)
    }

    /// Community `n` was archived.
    pub(crate) fn archived(self, n: u32) -> Self {
        self.and(crate::community::Archived { community: community(n) })
    }

    /// Post `n` was removed.
    pub(crate) fn without_post(self, n: u32) -> Self {
        self.and(post::Removed { post: post(n), author: member(2), community: None })
    }

    /// Comment `n` on post 1 was removed.
    pub(crate) fn without_comment(self, n: u32) -> Self {
        let (comment, author, post) = (comment(n), member(3), post(1));
        self.and(comment::Removed { comment, author, post, community: None })
    }
}
