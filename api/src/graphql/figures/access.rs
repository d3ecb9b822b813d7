//! Who may see which figures, and that they were looked at.

use async_graphql::{Context, Result};
use domain::id::CommunityId;
use domain::policy::Ability;
use projections::communities;
use projections::figures::figure::Figure;
use projections::figures::groups::Group;

use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::looks::Consulting;

/// Refused unless the caller may see the figures of a group.
pub(super) async fn may_see(ctx: &Context<'_>, group: Group) -> Result<(), Failure> {
    if sees(ctx, group).await? { Ok(()) } else { Err(Failure::Forbidden) }
}

/// Refused unless the caller may see a figure of a group, and that between two departments of both.
pub(super) async fn may_see_figure(
    ctx: &Context<'_>,
    (figure, group): (Figure, Group),
) -> Result<(), Failure> {
    if let Some(other) = figure.other() {
        may_see(ctx, Group::Whole(other)).await?;
    }
    may_see(ctx, group).await
}

/// Whether the caller may see the figures of a group: those of a community are for whoever is inside, besides whoever
/// sees what is counted of everybody.
pub(super) async fn sees(ctx: &Context<'_>, group: Group) -> Result<bool, Failure> {
    let (ability, of) = match group {
        Group::Community(community) if is_inside(ctx, community)? => return Ok(true),
        Group::Community(_) => (Ability::SeeActivity, None),
        Group::Organisation | Group::Member(_) => (Ability::SeeFigures, None),
        Group::Whole(department) | Group::Own(department) => (Ability::SeeFigures, Some(department)),
    };
    Ok(ctx.engine().may_see_of(ctx.caller().actor, ability, of).await?)
}

fn is_inside(ctx: &Context<'_>, community: CommunityId) -> Result<bool, Failure> {
    let Some(member) = ctx.caller().actor.member() else { return Ok(false) };
    let stands = ctx.reading().read(|s| communities::standings(s, member, &[community]))?;
    Ok(stands.iter().any(communities::Membership::is_inside))
}

/// Records that figures are looked at, and which, if any are: durable before the answer leaves.
pub(super) async fn look(ctx: &Context<'_>, consulting: Consulting) -> Result<(), Failure> {
    if consulting.figures.is_empty() {
        return Ok(());
    }
    Ok(ctx.engine().look_at_figures(ctx.caller().actor, consulting).await?)
}
