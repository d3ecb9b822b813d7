//! Anything by its id.

use async_graphql::{Context, ID, Interface, Object, Result};

use super::caller::Asked;
use super::community::Community;
use super::department::Department;
use super::failure::Failure;
use super::id::Named;
use super::member::Member;
use super::organisation::Organisation;

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
}

impl Node {
    fn by_id(ctx: &Context<'_>, id: &ID) -> Result<Option<Self>, Failure> {
        let Some(named) = ctx.reading().ids()?.named(id) else { return Ok(None) };
        Ok(match named {
            Named::Organisation(id) => Organisation::by_id(ctx, id)?.map(Self::Organisation),
            Named::Department(id) => Department::by_id(ctx, id)?.map(Self::Department),
            Named::Member(id) => Member::by_id(ctx, id)?.map(Self::Member),
            Named::Community(id) => Community::by_id(ctx, id)?.map(Self::Community),
            _ => None,
        })
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
        Node::by_id(ctx, &id).map_err(Into::into).transpose()
    }

    /// What ids name, in their order; null in the place of each that names nothing that the caller may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > NODES_MAX {
            return Err(Failure::BadUserInput(format!("Ask for at most {NODES_MAX} nodes at once.")).into());
        }
        Ok(ids.iter().map(|id| Node::by_id(ctx, id)).collect::<Result<_, _>>()?)
    }
}
