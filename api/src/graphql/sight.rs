//! What the caller may see beyond what every member sees: asked of the policy, and refused in its words.

use std::collections::BTreeSet;

use async_graphql::{Context, ID};
use domain::id::DepartmentId;
use domain::policy::Ability;
use projections::activity::Within;

use super::caller::Asked;
use super::failure::Failure;
use super::id::OfKind;
use crate::figures::House;

/// The departments whose counts somebody asked for and may see: one with all below it, or all of them.
pub(crate) struct Departments(Option<BTreeSet<DepartmentId>>);

impl Departments {
    /// Refused unless the caller may see what is counted of the department, or of the whole organisation where none is
    /// named; and whoever asks, where a threshold protects people.
    pub(crate) async fn counted(ctx: &Context<'_>, named: Option<&ID>) -> Result<Self, Failure> {
        let ids = ctx.reading().ids()?;
        let department = match named {
            Some(id) => Some(ids.named(id).and_then(DepartmentId::of).ok_or(Failure::NotFound)?),
            None => None,
        };
        if !ctx.engine().may_see_of(ctx.caller().actor, Ability::SeeActivity, department).await? {
            return Err(Failure::Forbidden);
        }
        if ctx.reading().read(House::of)?.threshold.is_some() {
            return Err(Failure::protected());
        }
        Ok(Self(match department {
            Some(department) => Some(ctx.engine().below(department).await?),
            None => None,
        }))
    }

    /// As read models take it.
    pub(crate) fn within(&self) -> Within<'_> {
        self.0.as_ref().map_or(Within::Everywhere, Within::Departments)
    }
}

/// Refused unless the caller may see this; that they look is recorded under its name before anything is read.
pub(crate) async fn looks(ctx: &Context<'_>, ability: Ability, subject: &str) -> Result<(), Failure> {
    sees(ctx, ability).await?;
    Ok(ctx.engine().look(ctx.caller().actor, subject).await?)
}

/// Refused unless the caller may see this.
async fn sees(ctx: &Context<'_>, ability: Ability) -> Result<(), Failure> {
    let standing = ctx.engine().standing(ctx.caller().actor).await?;
    if standing.may(ability) { Ok(()) } else { Err(Failure::Forbidden) }
}
