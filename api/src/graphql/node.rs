//! Anything by its id.

use async_graphql::{Context, ID, Interface, Object, Result};
use futures::future::try_join_all;

use super::caller::Asked;
use super::campaign::Campaign;
use super::comment::Comment;
use super::community::Community;
use super::department::Department;
use super::document::Document;
use super::draft::Draft;
use super::failure::Failure;
use super::id::Named;
use super::idea::Idea;
use super::member::Member;
use super::mutations::payload;
use super::notification::Notification;
use super::organisation::Organisation;
use super::post::Post;
use super::webhook::Webhook;

/// Something with an id that stays.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id: opaque, and the same for ever."))]
pub(crate) enum Node {
    /// The organisation.
    Organisation(Organisation),
    /// A department.
    Department(Department),
    /// A member.
    Member(Member),
    /// A community.
    Community(Community),
    /// A post.
    Post(Post),
    /// A comment.
    Comment(Comment),
    /// A document.
    Document(Document),
    /// A campaign.
    Campaign(Campaign),
    /// An idea.
    Idea(Idea),
    /// A draft.
    Draft(Draft),
    /// A webhook.
    Webhook(Webhook),
    /// A notification of the caller.
    Notification(Notification),
}

impl Node {
    async fn of(ctx: &Context<'_>, id: &ID) -> Result<Option<Self>, Failure> {
        match ctx.reading().ids()?.named(id) {
            Some(named) => Self::by_id(ctx, named).await,
            None => Ok(None),
        }
    }

    /// What an id names, if the caller may see it.
    pub(crate) async fn by_id(ctx: &Context<'_>, named: Named) -> Result<Option<Self>, Failure> {
        Ok(match named {
            Named::Organisation(id) => Organisation::by_id(ctx, id).await?.map(Self::Organisation),
            Named::Department(id) => Department::by_id(ctx, id).await?.map(Self::Department),
            Named::Member(id) => Member::by_id(ctx, id).await?.map(Self::Member),
            Named::Community(id) => Community::by_id(ctx, id).await?.map(Self::Community),
            Named::Post(id) => Post::by_id(ctx, id).await?.map(Self::Post),
            Named::Comment(id) => Comment::by_id(ctx, id).await?.map(Self::Comment),
            Named::Document(id) => Document::by_id(ctx, id).await?.map(Self::Document),
            Named::Campaign(id) => Campaign::by_id(ctx, id).await?.map(Self::Campaign),
            Named::Idea(id) => Idea::by_id(ctx, id).await?.map(Self::Idea),
            Named::Draft(id) => Draft::by_id(ctx, id).await?.map(Self::Draft),
            Named::Webhook(id) => Webhook::by_id(ctx, id).await?.map(Self::Webhook),
            Named::Notification(id) => Notification::by_id(ctx, id).await?.map(Self::Notification),
        })
    }
}

payload! {
    /// What became of a mutation upon something of one of several kinds.
    NodePayload {
        /// The thing as it stands now; null when nothing was changed.
        node: Node = Named
    }
}

/// How many nodes can be asked for at once.
const NODES_MAX: usize = 100;

/// Anything by its id.
#[derive(Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// What an id names; null where it names nothing that the caller may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The id.")] id: ID) -> Option<Result<Node>> {
        Node::of(ctx, &id).await.map_err(Into::into).transpose()
    }

    /// What ids name, in their order; null in the place of each that names nothing that the caller may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > NODES_MAX {
            let refused = Failure::bad_input(
                format!("Ask for at most {NODES_MAX} nodes at once."),
                format!("Demandez au plus {NODES_MAX} nœuds à la fois."),
            );
            return Err(refused.into());
        }
        Ok(try_join_all(ids.iter().map(|id| Node::of(ctx, id))).await?)
    }
}
