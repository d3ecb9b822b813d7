//! Identifiers. Each kind of thing has its own type; what a command creates has an id derived from it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )+};
}

ids! {
    /// The one organisation of a journal.
    OrganisationId,
    /// A department, a node of the chart.
    DepartmentId,
    /// A person of the organisation, with or without an account.
    MemberId,
    /// A community.
    CommunityId,
    /// A post: an update, a question or an announcement.
    PostId,
    /// A comment on a post.
    CommentId,
    /// A document.
    DocumentId,
    /// An idea campaign.
    CampaignId,
    /// An idea submitted to a campaign.
    IdeaId,
    /// A draft of a post.
    DraftId,
    /// A webhook.
    WebhookId,
    /// A bearer token.
    TokenId,
    /// A notification in somebody's inbox.
    NotificationId,
    /// A session of a member in a browser.
    SessionId,
    /// A command, chosen by its sender; it belongs to its actor.
    CommandId,
    /// An event.
    EventId,
}

impl EventId {
    /// The id of the `n`-th event of a command: UUIDv5(UUIDv5(actor, command), n), so that a retry meets itself.
    pub fn of(actor: Uuid, command: CommandId, n: usize) -> Self {
        Self(Uuid::new_v5(&created_by(actor, command), n.to_string().as_bytes()))
    }
}

/// The id of what a command creates, unless its sender chose one: UUIDv5(actor, command id).
pub fn created_by(actor: Uuid, command: CommandId) -> Uuid {
    Uuid::new_v5(&actor, command.0.as_bytes())
}

/// What can be looked at, reacted to and shared on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Item {
    /// A post.
    Post(PostId),
    /// A comment.
    Comment(CommentId),
    /// A document.
    Document(DocumentId),
    /// An idea.
    Idea(IdeaId),
}

impl From<Item> for Uuid {
    fn from(item: Item) -> Self {
        item.id()
    }
}

impl Item {
    /// The id without its kind.
    pub fn id(self) -> Uuid {
        match self {
            Self::Post(id) => id.0,
            Self::Comment(id) => id.0,
            Self::Document(id) => id.0,
            Self::Idea(id) => id.0,
        }
    }

    /// The kind, as it is written in events and cursors.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Post(_) => "post",
            Self::Comment(_) => "comment",
            Self::Document(_) => "document",
            Self::Idea(_) => "idea",
        }
    }
}
