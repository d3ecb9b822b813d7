//! Global ids: opaque to clients, and bound to the organisation they were given out by.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{
    CampaignId, CommentId, CommunityId, DepartmentId, DocumentId, DraftId, IdeaId, Item, MemberId,
    NotificationId, OrganisationId, PostId, WebhookId,
};
use uuid::Uuid;

/// What a global id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Named {
    /// The organisation.
    Organisation(OrganisationId),
    /// A department.
    Department(DepartmentId),
    /// A member.
    Member(MemberId),
    /// A community.
    Community(CommunityId),
    /// A post.
    Post(PostId),
    /// A comment.
    Comment(CommentId),
    /// A document.
    Document(DocumentId),
    /// A campaign.
    Campaign(CampaignId),
    /// An idea.
    Idea(IdeaId),
    /// A draft.
    Draft(DraftId),
    /// A webhook.
    Webhook(WebhookId),
    /// A notification, which means something to its member alone.
    Notification(NotificationId),
}

impl Named {
    fn parts(self) -> (u8, Uuid) {
        match self {
            Self::Organisation(id) => (0, id.0),
            Self::Department(id) => (1, id.0),
            Self::Member(id) => (2, id.0),
            Self::Community(id) => (3, id.0),
            Self::Post(id) => (4, id.0),
            Self::Comment(id) => (5, id.0),
            Self::Document(id) => (6, id.0),
            Self::Campaign(id) => (7, id.0),
            Self::Idea(id) => (8, id.0),
            Self::Draft(id) => (20, id.0),
            Self::Webhook(id) => (21, id.0),
            Self::Notification(id) => (40, id.0),
        }
    }

    fn of_parts(kind: u8, id: Uuid) -> Option<Self> {
        Some(match kind {
            0 => Self::Organisation(id.into()),
            1 => Self::Department(id.into()),
            2 => Self::Member(id.into()),
            3 => Self::Community(id.into()),
            4 => Self::Post(id.into()),
            5 => Self::Comment(id.into()),
            6 => Self::Document(id.into()),
            7 => Self::Campaign(id.into()),
            8 => Self::Idea(id.into()),
            20 => Self::Draft(id.into()),
            21 => Self::Webhook(id.into()),
            40 => Self::Notification(id.into()),
            _ => return None,
        })
    }
}

impl From<Item> for Named {
    fn from(item: Item) -> Self {
        match item {
            Item::Post(id) => Self::Post(id),
            Item::Comment(id) => Self::Comment(id),
            Item::Document(id) => Self::Document(id),
            Item::Idea(id) => Self::Idea(id),
        }
    }
}

/// Makes and reads the global ids of one organisation. A global id is the base64url of one byte for the kind, the
/// first four bytes of the organisation's id, and the id: one of another organisation names nothing here.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ids {
    tag: [u8; 4],
}

impl Ids {
    /// What binds ids and positions to the organisation.
    pub(crate) fn tag(self) -> [u8; 4] {
        self.tag
    }

    /// The ids of an organisation.
    pub(crate) fn of(organisation: OrganisationId) -> Self {
        let [a, b, c, d, ..] = organisation.0.into_bytes();
        Self { tag: [a, b, c, d] }
    }

    /// The global id of something.
    pub(crate) fn global(self, named: impl Into<Named>) -> ID {
        let (kind, id) = named.into().parts();
        let mut bytes = Vec::with_capacity(21);
        bytes.push(kind);
        bytes.extend(self.tag);
        bytes.extend(id.as_bytes());
        ID(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What a global id names; `None` for anything that this organisation did not give out.
    pub(crate) fn named(self, id: &ID) -> Option<Named> {
        let bytes = URL_SAFE_NO_PAD.decode(id.as_str()).ok()?;
        let (kind, rest) = bytes.split_first()?;
        let (tag, id) = rest.split_at_checked(4)?;
        if tag != self.tag {
            return None;
        }
        Named::of_parts(*kind, Uuid::from_slice(id).ok()?)
    }
}

impl OfKind for Named {
    fn of(named: Named) -> Option<Self> {
        Some(named)
    }
}

/// Reads an id of a certain kind.
pub(crate) trait OfKind: Sized {
    /// The id, if what is named is of this kind.
    fn of(named: Named) -> Option<Self>;
}

/// Makes an id of a certain kind out of the id of something new.
pub(crate) trait Made: Sized {
    /// The id; `None` where the kind is not known.
    fn made(id: Uuid) -> Option<Self>;
}

impl Made for Named {
    fn made(_id: Uuid) -> Option<Self> {
        None
    }
}

macro_rules! of_kind {
    ($($kind:ident($id:ident)),+ $(,)?) => {$(
        impl OfKind for $id {
            fn of(named: Named) -> Option<Self> {
                if let Named::$kind(id) = named { Some(id) } else { None }
            }
        }
        impl Made for $id {
            fn made(id: Uuid) -> Option<Self> { Some(Self(id)) }
        }
        impl From<$id> for Named {
            fn from(id: $id) -> Self { Self::$kind(id) }
        }
    )+};
}

of_kind! {
    Organisation(OrganisationId), Department(DepartmentId), Member(MemberId), Community(CommunityId),
    Post(PostId), Comment(CommentId), Document(DocumentId), Campaign(CampaignId), Idea(IdeaId),
    Draft(DraftId), Webhook(WebhookId), Notification(NotificationId),
}

impl OfKind for Item {
    fn of(named: Named) -> Option<Self> {
        match named {
            Named::Post(id) => Some(Self::Post(id)),
            Named::Comment(id) => Some(Self::Comment(id)),
            Named::Document(id) => Some(Self::Document(id)),
            Named::Idea(id) => Some(Self::Idea(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u64_pair(1, 1));
    const POST: PostId = PostId(Uuid::from_u64_pair(2, 2));

    #[test]
    fn a_global_id_leads_back_to_what_it_names() {
        let ids = Ids::of(ORGANISATION);
        assert_eq!(ids.named(&ids.global(POST)), Some(Named::Post(POST)));
    }

    #[test]
    fn an_id_of_another_organisation_or_no_id_at_all_names_nothing() {
        let elsewhere = Ids::of(OrganisationId(Uuid::from_u64_pair(u64::MAX, 1)));
        assert_eq!(Ids::of(ORGANISATION).named(&elsewhere.global(POST)), None);
        for text in ["", "x", "🙂", "AAAA", "not base64!"] {
            assert_eq!(elsewhere.named(&ID(text.to_owned())), None, "{text}");
        }
    }
}
