//! What an answer loads by id, each with the statement that finds many.

use domain::id::{
    CampaignId, CommentId, CommunityId, DepartmentId, DocumentId, DraftId, IdeaId, MemberId, NotificationId,
    PostId,
};
use projections::list::{ById, ByName, ByRank, ByTime};
use projections::reading::{Unread, unread_in};
use projections::{
    Page, bookmarks, campaigns, comments, communities, directory, documents, drafts, engagement, feed,
    follows, ideas, moderation, notifications, polls, posts,
};
use uuid::Uuid;

use super::loader::{Loader, Pages, grouped, pages};

/// The loaders of one answer.
#[derive(Debug)]
pub(crate) struct Loaders {
    pub(crate) departments: Loader<DepartmentId, directory::Department>,
    pub(crate) members: Loader<MemberId, directory::Member>,
    /// Where members are now.
    pub(crate) whereabouts: Loader<MemberId, DepartmentId>,
    pub(crate) communities: Loader<CommunityId, communities::Community>,
    pub(crate) posts: Loader<PostId, posts::Post>,
    pub(crate) comments: Loader<CommentId, comments::Comment>,
    pub(crate) documents: Loader<DocumentId, documents::Document>,
    pub(crate) campaigns: Loader<CampaignId, campaigns::Campaign>,
    pub(crate) ideas: Loader<IdeaId, ideas::Idea>,
    /// What people did with items that were read.
    pub(crate) engagement: Loader<Uuid, engagement::Engagement>,
    /// Which members the caller follows.
    pub(crate) followed: Loader<MemberId, ()>,
    /// What is new to the caller in communities.
    pub(crate) unread: Loader<CommunityId, Unread>,
    pub(crate) notifications: Loader<NotificationId, notifications::Notification>,
    pub(crate) topics: Loader<String, follows::Following>,
    pub(crate) headcounts: Loader<DepartmentId, u64>,
    pub(crate) places: Loader<MemberId, Vec<directory::Place>>,
    pub(crate) versions: Loader<DocumentId, Vec<documents::Version>>,
    pub(crate) members_in: Pages<DepartmentId, ByName, directory::Member>,
    pub(crate) feeds: Pages<CommunityId, ByTime, feed::Entry>,
    pub(crate) pinned: Loader<CommunityId, Page<posts::Post>>,
    pub(crate) documents_in: Pages<CommunityId, ByTime, documents::Document>,
    pub(crate) memberships: Pages<CommunityId, ById, communities::Membership>,
    pub(crate) comments_on: Pages<PostId, ByTime, comments::Comment>,
    pub(crate) answers_to: Pages<(PostId, CommentId), ByTime, comments::Comment>,
    /// Why items are hidden that are not hidden from the caller.
    pub(crate) hidden: Loader<Uuid, moderation::Hidden>,
    pub(crate) open_reports: Pages<CommunityId, ByTime, moderation::Report>,
    /// The caller's own.
    pub(crate) drafts: Loader<DraftId, drafts::Draft>,
    pub(crate) polls: Loader<PostId, polls::Poll>,
    /// What the caller keeps.
    pub(crate) bookmarked: Loader<Uuid, ()>,
    pub(crate) rankings: Pages<CampaignId, ByRank, ideas::Idea>,
}

macro_rules! pages {
    ($find:path) => {
        Loader::new(|reading, wanted| {
            pages(wanted, |of, paging| reading.read(|s| $find(s, reading.viewer(), of, paging)))
        })
    };
}
macro_rules! by_ids {
    ($find:path, $id:ident) => {
        Loader::new(|reading, ids| {
            let found = reading.read(|snapshot| $find(snapshot, reading.viewer(), ids))?;
            Ok(found.into_iter().map(|row| (row.$id, row)).collect())
        })
    };
}
macro_rules! found {
    ($find:path) => {
        Loader::new(|reading, ids| reading.read(|snapshot| $find(snapshot, reading.viewer(), ids)))
    };
}

impl Default for Loaders {
    fn default() -> Self {
        Self {
            departments: by_ids!(directory::departments_by_ids, id),
            members: by_ids!(directory::members_by_ids, id),
            whereabouts: Loader::new(|reading, ids| {
                reading.read(|s| directory::whereabouts(s, reading.viewer(), ids, reading.now()))
            }),
            communities: by_ids!(communities::by_ids, id),
            posts: by_ids!(posts::by_ids, id),
            comments: by_ids!(comments::by_ids, id),
            documents: by_ids!(documents::by_ids, id),
            campaigns: by_ids!(campaigns::by_ids, id),
            ideas: by_ids!(ideas::by_ids, id),
            engagement: found!(engagement::by_items),
            followed: Loader::new(|reading, ids| {
                let found = reading.read(|s| follows::followed_members(s, reading.viewer(), ids))?;
                Ok(found.into_iter().map(|id| (id, ())).collect())
            }),
            unread: found!(unread_in),
            notifications: by_ids!(notifications::by_ids, id),
            topics: found!(follows::topics),
            headcounts: Loader::new(|reading, ids| {
                reading.read(|s| directory::headcounts(s, ids, reading.now()))
            }),
            places: Loader::new(|reading, ids| {
                let rows = reading.read(|s| directory::places(s, reading.viewer(), ids))?;
                Ok(grouped(rows, |place| place.member))
            }),
            versions: Loader::new(|reading, ids| {
                let rows = reading.read(|s| documents::versions(s, reading.viewer(), ids))?;
                Ok(grouped(rows, |version| version.document))
            }),
            members_in: Loader::new(|reading, wanted| {
                pages(wanted, |of, paging| {
                    let place = (of, reading.now());
                    reading.read(|s| directory::members_in(s, reading.viewer(), place, paging))
                })
            }),
            feeds: pages!(feed::of_communities),
            pinned: Loader::new(|reading, ids| {
                let pages = reading.read(|s| posts::pinned(s, reading.viewer(), ids))?;
                Ok(ids.iter().copied().zip(pages).collect())
            }),
            documents_in: pages!(documents::of_communities),
            memberships: pages!(communities::members_of),
            comments_on: pages!(comments::on_posts),
            answers_to: pages!(comments::answers),
            hidden: by_ids!(moderation::hidden, item),
            open_reports: pages!(moderation::open_in),
            drafts: by_ids!(drafts::by_ids, id),
            polls: by_ids!(polls::by_posts, post),
            bookmarked: found!(bookmarks::kept),
            rankings: pages!(ideas::rankings),
        }
    }
}
