//! What a receipt says and what its figure was computed from: event by event for whoever reads the history and says why,
//! counted by type and week for everybody else.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::event::Position;
use domain::policy::Ability;
use projections::Paging;
use projections::figures::figure::Figure;
use projections::figures::grid;
use projections::figures::groups::Group;
use projections::list::ByPosition;

use super::turns::TURNS;
use super::value::MetricDefinition;
use super::{Chart, Cut, Window, access, population};
use crate::graphql::audit::{AuditEvent, Both};
use crate::graphql::caller::Asked;
use crate::graphql::community::Community;
use crate::graphql::department::Department;
use crate::graphql::failure::Failure;
use crate::graphql::found::Found;
use crate::graphql::paging::{Listed, Slice};
use crate::graphql::time::Date;
use crate::looks::Consulting;
use crate::receipt::Claim;
use crate::receipt::inputs::{Input, Reading};
use crate::{definition, difference, evidence};

const INPUTS: Listed = Listed("evidence");
/// How often events are read for one page of inputs: 5,000 each time.
const ROUNDS: usize = 4;
/// The longest reason, in characters.
const REASON_MAX: usize = 10_000;

/// What a figure was computed from, by its receipt.
pub(crate) struct Evidence {
    claim: Claim,
    figure: Figure,
    window: grid::Window,
    chart: population::Chart,
    group: Group,
    says_why: bool,
}

/// How many of the events a figure was computed from are of a type and happened in a week.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct EvidenceCount {
    /// The Monday of the ISO week.
    week: Date,
    /// The type, such as `post.published`.
    #[graphql(name = "type")]
    kind: String,
    /// How many; null where it is hidden.
    count: Option<u64>,
    /// Whether it is hidden: fewer people than the threshold are behind it, or one did more than half of it, or it would
    /// give away another that is.
    suppressed: bool,
}

/// What a receipt says, and what its figure was computed from.
#[Object]
impl Evidence {
    /// The figure, as the command line names it: `habit`, `usage-segment:power`.
    async fn figure(&self) -> &str {
        &self.claim.figure
    }
    /// The version of its definition.
    async fn version(&self) -> u32 {
        self.claim.version
    }
    /// Its definition in that version.
    async fn definition(&self) -> Option<MetricDefinition> {
        definition::of_version(self.figure.metric(), self.claim.version).map(MetricDefinition)
    }
    /// The window.
    async fn window(&self) -> Window {
        Window::of(self.window, self.claim.cut)
    }
    /// Up to where the journal counted.
    async fn cut(&self) -> Cut {
        Cut { day: Date(self.claim.cut), position: None }
    }
    /// By which chart people were counted.
    async fn chart(&self) -> Chart {
        self.chart.into()
    }
    /// The department it was of; null for the organisation and communities.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        let (Group::Whole(id) | Group::Own(id)) = self.group else { return None };
        Department::of(ctx, id).await
    }
    /// Whether what is below the department belonged to it.
    async fn subtree(&self) -> bool {
        !matches!(self.group, Group::Own(_))
    }
    /// The community it was of; null for the organisation and departments.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        let Group::Community(id) = self.group else { return None };
        Community::by_id(ctx, id).await.map_err(Into::into).transpose()
    }
    /// From how many events it was computed: those of the whole organisation that its definition names. Null where the
    /// figure was hidden.
    async fn inputs(&self) -> Option<u64> {
        Some(self.claim.inputs.as_ref()?.inputs)
    }
    /// How many of them there are of each type and ISO week, by week. Where a threshold protects people, as it was known
    /// when the window was over, whoever asks, and null for single days; null where the figure was hidden. The journal is
    /// read for it.
    async fn counts(&self, ctx: &Context<'_>) -> Option<Result<Vec<EvidenceCount>>> {
        self.counted(ctx).await.map_err(Into::into).transpose()
    }
    /// The events themselves in the order of the journal, without what is sealed, as this journal has them now. For
    /// auditors, who have given a reason. A page reads no more than 20,000 events of the journal: it may have few
    /// entries, or none, and others behind it.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Option<Result<Found<AuditEvent>>> {
        Some(self.page(ctx, &Slice { first, after, ..Slice::default() }).await.map_err(Into::into))
    }
}

impl Evidence {
    async fn counted(&self, ctx: &Context<'_>) -> Result<Option<Vec<EvidenceCount>>, Failure> {
        let engine = ctx.engine();
        let threshold = ctx.reading().read(crate::figures::House::of)?.threshold;
        let from = (engine.journal().as_ref(), engine.codec().as_ref());
        let counted = evidence::counted(from, (self.figure, self.window, self.group), &self.claim, threshold);
        let counted = TURNS.wait(counted).await?.map_err(crate::engine::Error::from)?;
        let count = |cell: evidence::Cell| EvidenceCount {
            week: Date(cell.week),
            kind: cell.kind,
            count: cell.count,
            suppressed: cell.count.is_none(),
        };
        Ok(counted.map(|cells| cells.into_iter().map(count).collect()))
    }

    async fn page(&self, ctx: &Context<'_>, slice: &Slice) -> Result<Found<AuditEvent>, Failure> {
        let engine = ctx.engine();
        if !engine.standing(ctx.caller().actor).await?.may(Ability::SeeEvents) {
            return Err(Failure::Forbidden);
        }
        if !self.says_why {
            return Err(Failure::bad_input(
                "Say why with `reason`: who reads the events behind a figure is recorded with it.",
                "Dites pourquoi avec `reason` : qui lit les événements d’un chiffre est consigné avec son motif.",
            ));
        }
        let broken = |error: journal::Error| Failure::from(crate::engine::Error::from(error));
        let paging: Paging<ByPosition> = INPUTS.paging(slice)?;
        let after = Position(paging.after.unwrap_or_default().cast_unsigned());
        let of = (self.figure, self.claim.version);
        let at = (self.window, self.claim.cut);
        let reach = self.figure.reach(self.group, at, self.claim.threshold.is_some());
        let mut reading =
            Reading::of(engine.journal().as_ref(), of, reach).until(self.claim.as_of).behind(after);
        let (inputs, read_to) = first(&mut reading, paging.take.rows().0).await.map_err(broken)?;
        let stored: Vec<_> = inputs.into_iter().map(|input| input.stored).collect();
        let recorded = engine.codec().decode(&stored).await.map_err(broken)?;
        let rows = stored
            .into_iter()
            .zip(recorded)
            .map(|(stored, recorded)| (place(stored.position), AuditEvent(Both { stored, recorded })));
        Ok(Found::of(INPUTS, slice.after.is_some(), rows, read_to.map(place)))
    }
}

fn place(position: Position) -> ByPosition {
    position.0.cast_signed()
}

/// The next so many inputs, and up to where it was read if others may follow.
async fn first(
    reading: &mut Reading<'_>,
    count: usize,
) -> Result<(Vec<Input>, Option<Position>), journal::Error> {
    let mut inputs = Vec::new();
    for _ in 0..ROUNDS {
        let Some(found) = reading.next().await? else { return Ok((inputs, None)) };
        inputs.extend(found);
        if inputs.len() > count {
            inputs.truncate(count);
            let read_to = inputs.last().map(|input| input.stored.position);
            return Ok((inputs, read_to));
        }
    }
    Ok((inputs, reading.goes_on_behind()))
}

/// Queries about what figures are computed from.
#[derive(Default)]
pub(crate) struct EvidenceQuery;

#[Object]
impl EvidenceQuery {
    /// What a receipt of this organisation says, and what its figure was computed from, for whoever may see the figures of
    /// its group. That they look is recorded first, with the reason sealed. Null with the error `NOT_A_RECEIPT` or
    /// `RECEIPT_NOT_SIGNED` where it was not signed here as it stands.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The receipt, as `receipt { text }` gives it.")] receipt: String,
        #[graphql(desc = "Why, in 1 to 10,000 characters; auditors who read the events must say.")]
        reason: Option<String>,
    ) -> Option<Result<Evidence>> {
        Some(found(ctx, &receipt, reason).await.map_err(Into::into))
    }
}

async fn found(ctx: &Context<'_>, receipt: &str, reason: Option<String>) -> Result<Evidence, Failure> {
    let claim = ctx.engine().claim(receipt).await??;
    let (figure, window, chart, group) = difference::about(&claim)?;
    access::may_see_figure(ctx, (figure, group)).await?;
    let is_none = |reason: &String| reason.trim().is_empty() || reason.chars().count() > REASON_MAX;
    if reason.as_ref().is_some_and(is_none) {
        return Err(Failure::bad_input(
            "A reason has 1 to 10,000 characters.",
            "Un motif a de 1 à 10 000 caractères.",
        ));
    }
    let says_why = reason.is_some();
    let consulting = Consulting::of(vec![figure.to_string()], group, window, claim.cut);
    access::look(ctx, Consulting { reason, ..consulting }).await?;
    Ok(Evidence { claim, figure, window, chart, group, says_why })
}
