//! Why two receipts of a figure differ, in parts.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::time::Day;
use projections::figures::grid;

use super::turns::TURNS;
use super::{Cut, Window, access};
use crate::difference::{self, Part, Unexplained};
use crate::figures::House;
use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::graphql::time::Date;
use crate::looks::Consulting;
use crate::receipt::Claim;

/// What made a part of the difference between two receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "difference::Reason")]
pub(crate) enum DifferenceReason {
    /// Acts of days before the earlier cut that were learned after it.
    LateActs,
    /// Acts of the days since.
    NewActs,
    /// Where people were, as learned since: transfers, and departments that were opened or moved.
    Transfers,
    /// Who was there, as learned since: who came, who left, who has an account.
    People,
    /// Whatever was learned since, in one part: where a threshold protects people.
    LearnedSince,
    /// What the earlier cut, or the later, does not give any more: what was erased.
    Erased,
    /// Another version of the definition.
    DefinitionChanged,
    /// Another threshold.
    Suppression,
}

/// A part of the difference between two receipts.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct DifferencePart {
    /// What made it.
    reason: DifferenceReason,
    /// For how many more it holds, or for how many fewer.
    numerator: i64,
    /// About how many more it is; 0 for numbers of people.
    denominator: i64,
}

impl From<Part> for DifferencePart {
    fn from(part: Part) -> Self {
        Self { reason: part.reason.into(), numerator: part.numerator, denominator: part.denominator }
    }
}

/// Two receipts of one figure, and why they differ.
pub(crate) struct FigureDifference(difference::Difference);

/// Two receipts of one figure, and why they differ.
#[Object]
impl FigureDifference {
    /// The figure, as the command line names it: `habit`, `usage-segment:power`.
    async fn figure(&self) -> &str {
        &self.0.earlier.figure
    }
    /// The window, as it stood at the later cut.
    async fn window(&self) -> Window {
        let Claim { first, last, cut, .. } = self.0.later;
        Window::of(grid::Window { first, last }, cut)
    }
    /// The earlier cut.
    async fn earlier(&self) -> Cut {
        Cut { day: Date(self.0.earlier.cut), position: None }
    }
    /// The later one.
    async fn later(&self) -> Cut {
        Cut { day: Date(self.0.later.cut), position: None }
    }
    /// What makes the difference, without what makes none: together all of it.
    async fn parts(&self) -> Vec<DifferencePart> {
        self.0.parts.iter().copied().map(DifferencePart::from).collect()
    }
}

/// Queries about differences of figures.
#[derive(Default)]
pub(crate) struct DifferenceQuery;

#[Object]
impl DifferenceQuery {
    /// Why two receipts of one figure, of one window and group at two cuts or by two versions of its definition, differ:
    /// for whoever may see the figures of the group, and that they look is recorded first. Null with an error where
    /// nothing is explained: `RECEIPTS_OF_DIFFERENT_FIGURES`, `FIGURE_NOT_SHOWN` where one of them is hidden or a range,
    /// `FIGURE_NOT_COUNTED` for what is neither a share nor a number of people, `RECEIPT_UNKNOWN`, `NOT_A_RECEIPT`,
    /// `RECEIPT_NOT_SIGNED`.
    async fn figure_difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One receipt.")] earlier: String,
        #[graphql(desc = "The other; in either order.")] later: String,
    ) -> Option<Result<FigureDifference>> {
        Some(explained(ctx, [&earlier, &later]).await.map_err(Into::into))
    }
}

async fn explained(ctx: &Context<'_>, receipts: [&str; 2]) -> Result<FigureDifference, Failure> {
    let engine = Arc::clone(ctx.engine());
    let claims = (engine.claim(receipts[0]).await??, engine.claim(receipts[1]).await??);
    let (figure, window, chart, group) = difference::about(&claims.0)?;
    access::may_see_figure(ctx, (figure, group)).await?;
    difference::comparable(&claims.0, &claims.1)?;
    let cut = claims.0.cut.max(claims.1.cut);
    access::look(ctx, Consulting::of(vec![figure.to_string()], group, window, cut)).await?;
    let house = ctx.reading().read(House::of)?;
    let explained = TURNS.compute(move || {
        let sheet = |cut: Day| {
            let sheet = engine.sheet((cut, &house.time_zone), window, chart);
            sheet.map_err(|error| Unexplained::Failed(error.to_string()))
        };
        difference::explain(claims, &house, sheet)
    });
    Ok(FigureDifference(explained.await??))
}
