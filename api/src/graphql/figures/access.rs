//! Who may see which figures, and that they were looked at.

use std::collections::BTreeSet;

use async_graphql::{Context, Result, SelectionField};
use domain::id::CommunityId;
use domain::policy::Ability;
use projections::communities;
use projections::figures::groups::Group;

use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::looks::Consulting;

/// Refused unless the caller may see the figures of a group.
pub(super) async fn may_see(ctx: &Context<'_>, group: Group) -> Result<(), Failure> {
    if sees(ctx, group).await? { Ok(()) } else { Err(Failure::Forbidden) }
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

/// Records that figures are looked at, and which: durable before the answer leaves.
pub(super) async fn look(ctx: &Context<'_>, consulting: Consulting) -> Result<(), Failure> {
    Ok(ctx.engine().look_at_figures(ctx.caller().actor, consulting).await?)
}

/// Figures that one question may ask for: more than there are of a group, of the window before and of the departments
/// below it.
const ASKED_MAX: usize = 1_000;

/// Which figures a field of figures asks for, by the ways to them.
pub(super) fn asked(ctx: &Context<'_>) -> Result<Vec<String>, Failure> {
    let mut names = BTreeSet::new();
    add(ctx.field(), "", &mut names);
    if names.len() > ASKED_MAX {
        return Err(Failure::bad_input(
            format!("Ask for {ASKED_MAX} figures at most."),
            format!("Demandez au plus {ASKED_MAX} chiffres."),
        ));
    }
    Ok(names.into_iter().collect())
}

/// What figures are of, which is none.
const FRAME: [&str; 10] = [
    "__typename",
    "anonymous",
    "chart",
    "community",
    "cut",
    "department",
    "member",
    "subtree",
    "threshold",
    "window",
];

fn add(within: SelectionField<'_>, way: &str, names: &mut BTreeSet<String>) {
    for field in within.selection_set() {
        let name = format!("{way}{}", field.name());
        match field.name() {
            "previous" | "departments" => add(field, &(name + "."), names),
            frame if FRAME.contains(&frame) => {}
            _ => {
                names.insert(name);
            }
        }
    }
}
