//! What figures are asked for: for which group, and as they were known when.

use std::sync::Arc;

use async_graphql::{Context, ID, Result};
use domain::id::{CommunityId, DepartmentId, MemberId};
use domain::time::Day;
use projections::figures::groups::Group;

use super::{Chart, Figures, Scope, WindowInput, access, looked, sheet};
use crate::engine::{AsOf, Past};
use crate::figures::House;
use crate::graphql::caller::Asked;
use crate::graphql::community::Community;
use crate::graphql::failure::Failure;
use crate::graphql::id::OfKind;
use crate::graphql::position::Position;
use crate::graphql::time::Date;
use crate::looks::Consulting;

/// A group, as it is asked for.
pub(super) struct Named {
    pub(super) department: Option<ID>,
    pub(super) subtree: bool,
    pub(super) community: Option<ID>,
    pub(super) member: Option<ID>,
}

/// The figures of a window for a group; nothing where there is no such group, or nothing was recorded yet.
pub(super) async fn figures(
    ctx: &Context<'_>,
    window: WindowInput,
    named: Named,
    chart: Chart,
    (as_of, as_of_position): (Option<Date>, Option<Position>),
) -> Result<Option<Figures>> {
    let house = Arc::new(ctx.reading().read(House::of)?);
    let past = match as_of_position {
        Some(position) => Some(past(ctx, &house, (as_of, position)).await?),
        None => None,
    };
    let known = match &past {
        Some(past) => past.cut(),
        None => newest(ctx, &house, as_of)?,
    };
    let Some(known) = known else { return Ok(None) };
    let Some(group) = named.group(ctx).await?.filter(|group| house.has(*group)) else { return Ok(None) };
    access::may_see(ctx, group).await?;
    let placed = house.placed(window.length.into(), window.on.map(|on| on.0), known);
    let (window, cut) = placed.map_err(Failure::from)?;
    let consulting = Consulting::of(looked::asked(ctx)?, group, window, cut);
    access::look(ctx, consulting).await?;
    let sheet = sheet(ctx, (&house, past.as_ref()), cut, (window, chart.into())).await?;
    let there = sheet.members(group).is_some();
    Ok(there.then(|| Scope { sheet, group, house, past }.into()))
}

/// The last day that is known, or an earlier one that is asked for; none before anything was recorded.
fn newest(ctx: &Context<'_>, house: &House, as_of: Option<Date>) -> Result<Option<Day>, Failure> {
    let Some(newest) = ctx.engine().newest_cut(house)? else { return Ok(None) };
    let as_of = as_of.map_or(newest, |as_of| as_of.0);
    if as_of > newest {
        return Err(Failure::bad_input(
            format!("Figures are of days that are over and known: asOf may be {newest} at the latest."),
            format!("Les chiffres portent sur des jours terminés et connus : asOf va jusqu’au {newest}."),
        ));
    }
    Ok(Some(as_of))
}

/// What figures were at a position.
async fn past(
    ctx: &Context<'_>,
    house: &House,
    (as_of, position): (Option<Date>, Position),
) -> Result<Arc<Past>, Failure> {
    if as_of.is_some() {
        return Err(Failure::bad_input(
            "Name a day or a position: asOf or asOfPosition.",
            "Nommez un jour ou une position : asOf ou asOfPosition.",
        ));
    }
    if house.threshold.is_some() {
        return Err(Failure::bad_input(
            "Here ids stand for people, so that figures are of days that are over: ask with asOf.",
            "Ici les identifiants sont ceux de personnes : les chiffres portent sur des jours terminés, demandez \
             avec asOf.",
        ));
    }
    ctx.reading().known(position).await?;
    match ctx.engine().as_of(position.at)? {
        AsOf::Folded(past) => Ok(past),
        AsOf::Folding(progress) => Err(Failure::Computing(progress)),
    }
}

impl Named {
    /// The group that is asked for; none where an id names nothing here.
    async fn group(self, ctx: &Context<'_>) -> Result<Option<Group>, Failure> {
        let ids = ctx.reading().ids()?;
        match (self.department, self.community, self.member) {
            (None, None, None) => Ok(Some(Group::Organisation)),
            (Some(department), None, None) => {
                let id = ids.named(&department).and_then(<DepartmentId as OfKind>::of);
                Ok(id.map(if self.subtree { Group::Whole } else { Group::Own }))
            }
            (None, Some(community), None) => {
                let Some(id) = ids.named(&community).and_then(<CommunityId as OfKind>::of) else {
                    return Ok(None);
                };
                // A community that the caller may not know of does not exist for them.
                Ok(Community::by_id(ctx, id).await?.map(|_| Group::Community(id)))
            }
            (None, None, Some(member)) => {
                Ok(ids.named(&member).and_then(<MemberId as OfKind>::of).map(Group::Member))
            }
            _ => Err(Failure::bad_input(
                "Groups are departments or communities, never both at once: name one of them.",
                "Un groupe est un département ou une communauté, jamais les deux : nommez-en un.",
            )),
        }
    }
}
