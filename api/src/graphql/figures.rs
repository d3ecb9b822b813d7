//! Figures: adoption, participation, responsiveness and flow in a window, for a group, as they were known at a cut.

pub(crate) mod access;
pub(crate) mod adoption;
mod asked;
pub(crate) mod curve;
pub(crate) mod difference;
pub(crate) mod evidence;
pub(crate) mod flow;
pub(crate) mod ledger;
mod looked;
pub(crate) mod measure;
pub(crate) mod participation;
pub(crate) mod responsiveness;
mod turns;
pub(crate) mod value;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result, SimpleObject};
use domain::time::Day;
use projections::figures::figure::{Figure, Value};
use projections::figures::grid;
use projections::figures::groups::Group;
use projections::figures::population;
use projections::figures::publish::Published;
use projections::figures::sheet::Sheet;
use projections::suppression::Threshold;

use super::caller::Asked;
use super::community::Community;
use super::department::Department;
use super::failure::Failure;
use super::items::{Items, items};
use super::member::Member;
use super::position::Position;
use super::time::Date;
use crate::definition;
use crate::engine::Past;
use crate::figures::House;
use turns::TURNS;
use value::{MetricDefinition, Origin};

/// How long a window of the grid is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "grid::Length")]
pub(crate) enum WindowLength {
    /// A local day.
    Day,
    /// An ISO week, from Monday.
    Week,
    /// Four whole weeks, counted from Monday 2001-01-01.
    #[default]
    FourWeeks,
    /// Twelve whole weeks, counted from the same day.
    TwelveWeeks,
}

/// By which chart people are counted in departments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "population::Chart")]
pub(crate) enum Chart {
    /// Where they were, as far as was known on the day itself: later corrections do not count.
    AsRecorded,
    /// Where they were on the day, corrected by what was learned since.
    #[default]
    AsWas,
    /// Where they are at the cut, whatever the day.
    Restated,
}

/// A window of the grid.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct WindowInput {
    /// How long it is.
    #[graphql(default)]
    length: WindowLength,
    /// A day in it; the last day of the cut when left out.
    on: Option<Date>,
}

/// A window of the grid: local days in a row, the first and the last included. Windows of a length do not overlap, and
/// shorter ones nest in longer ones.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Window {
    /// How long it is.
    length: WindowLength,
    /// Its first day.
    first: Date,
    /// Its last day.
    last: Date,
    /// Whether it was over at the cut; else its figures are of what had passed.
    complete: bool,
}

impl Window {
    fn of(window: grid::Window, cut: Day) -> Self {
        let length = grid::Length::of(window).into();
        Self { length, first: Date(window.first), last: Date(window.last), complete: window.last <= cut }
    }
}

/// Up to where the journal counts: every event that was learned by the end of a local day, and none after; or every
/// one up to a position.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct Cut {
    /// The day; the last that was known, where the figures are as of a position.
    day: Date,
    /// The position, where the figures are as of one.
    position: Option<Position>,
}

/// What figures are of: a window, a chart and a cut, a group, and what the organisation says of its figures.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    sheet: Arc<Sheet>,
    group: Group,
    house: Arc<House>,
    /// Where they are as of a position.
    past: Option<Arc<Past>>,
}

/// The figures of a window for a group, as they were known at a cut.
#[derive(MergedObject)]
#[graphql(name = "Figures")]
pub(crate) struct Figures(
    Frame,
    adoption::Adoption,
    participation::Participation,
    responsiveness::Responsiveness,
    flow::Flow,
);

impl From<Scope> for Figures {
    fn from(scope: Scope) -> Self {
        Self(
            Frame(scope.clone()),
            adoption::Adoption(scope.clone()),
            participation::Participation(scope.clone()),
            responsiveness::Responsiveness(scope.clone()),
            flow::Flow(scope),
        )
    }
}

/// What the figures are of.
pub(crate) struct Frame(Scope);

/// What the figures are of.
#[Object]
impl Frame {
    /// The window.
    async fn window(&self) -> Window {
        self.0.window()
    }
    /// Up to where the journal counts.
    async fn cut(&self, ctx: &Context<'_>) -> Cut {
        let position = self.0.past.as_ref().map(|past| ctx.reading().position_at(past.position()));
        Cut { day: Date(self.0.cut()), position }
    }
    /// By which chart people are counted.
    async fn chart(&self) -> Chart {
        self.0.sheet.chart.into()
    }
    /// The department they are of; null for the organisation and communities.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        let (Group::Whole(id) | Group::Own(id)) = self.0.group else { return None };
        Department::of(ctx, id).await
    }
    /// Whether what is below the department belongs to it.
    async fn subtree(&self) -> bool {
        !matches!(self.0.group, Group::Own(_))
    }
    /// The community they are of; null for the organisation and departments.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        let Group::Community(id) = self.0.group else { return None };
        Community::by_id(ctx, id).await.map_err(Into::into).transpose()
    }
    /// Whom they are of, where ids stand for nobody who can be found again; null for groups.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        let Group::Member(id) = self.0.group else { return None };
        Member::of(ctx, id).await
    }
    /// Whether ids stand for nobody who can be found again: then no threshold hides anything.
    async fn anonymous(&self) -> bool {
        self.0.house.threshold.is_none()
    }
    /// The fewest people behind a figure.
    async fn threshold(&self) -> u32 {
        self.0.house.threshold.map_or(1, Threshold::people)
    }
    /// The same of the window before.
    async fn previous(&self, ctx: &Context<'_>) -> Option<Result<Figures>> {
        Some(self.0.back(ctx, 1).await.map(Figures::from).map_err(Into::into))
    }
    /// The same of each department directly below, those at the top for the organisation, as far as the caller may
    /// see them.
    async fn departments(&self, ctx: &Context<'_>) -> Result<Items<Figures>> {
        let within = match self.0.group {
            Group::Organisation => None,
            Group::Whole(id) => Some(id),
            Group::Own(_) | Group::Community(_) | Group::Member(_) => return Ok(vec![]),
        };
        let mut seen = Vec::new();
        for group in self.0.sheet.groups().below(within).map(Group::Whole) {
            if access::sees(ctx, group).await? {
                seen.push(Scope { group, ..self.0.clone() }.into());
            }
        }
        Ok(items(seen))
    }
}

impl Scope {
    fn cut(&self) -> Day {
        self.sheet.known.cut()
    }

    fn window(&self) -> Window {
        Window::of(self.sheet.window, self.cut())
    }

    /// The same of a window so many before.
    async fn back(&self, ctx: &Context<'_>, windows: i32) -> Result<Self, Failure> {
        let of = (self.sheet.window.before(windows), self.sheet.chart);
        let sheet = sheet(ctx, (&self.house, self.past.as_ref()), self.cut(), of).await?;
        Ok(Self { sheet, ..self.clone() })
    }

    /// A figure as it is published, and what it was computed as.
    async fn figure(&self, figure: Figure) -> Result<(Published<Value>, Origin), Failure> {
        let published = self
            .computed(move |scope| figure.of(&scope.sheet, scope.house.terms(scope.group, &scope.sheet)))
            .await?;
        Ok((published, Origin { scope: self.clone(), figure }))
    }

    /// Computes where waiting is no harm to others.
    async fn computed<T: Send + 'static>(
        &self,
        compute: impl FnOnce(&Self) -> Result<T, projections::Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let scope = self.clone();
        Ok(TURNS.compute(move || compute(&scope)).await??)
    }
}

/// The figures of a window by a chart, read where waiting is no harm to others.
async fn sheet(
    ctx: &Context<'_>,
    (house, past): (&Arc<House>, Option<&Arc<Past>>),
    cut: Day,
    (window, chart): (grid::Window, population::Chart),
) -> Result<Arc<Sheet>, Failure> {
    if let Some(then) = past.and_then(|past| past.sheet(window, chart)) {
        return Ok(then);
    }
    let (engine, house) = (Arc::clone(ctx.engine()), Arc::clone(house));
    let read = move || engine.sheet((cut, &house.time_zone), window, chart);
    let read = tokio::task::spawn_blocking(read).await;
    Ok(read.map_err(|error| Failure::Internal(error.to_string()))??)
}

/// Queries about figures.
#[derive(Default)]
pub(crate) struct FiguresQuery;

#[allow(clippy::too_many_arguments, reason = "each is an argument of the field")]
#[Object]
impl FiguresQuery {
    /// The definition of every figure, every version, by name.
    async fn metric_definitions(&self) -> Vec<MetricDefinition> {
        definition::all().values().map(MetricDefinition).collect()
    }

    /// The figures of a window of the grid for the organisation, a department or a community. For sponsors,
    /// administrators, auditors, and coaches about the departments they coach; for everybody about the organisation,
    /// their own department and all above it, and the communities they are in. That they were looked at is recorded
    /// first, by their names at the command line. Null where there is no such group.
    async fn figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which window; four weeks up to the cut when left out.", default)]
        window: WindowInput,
        #[graphql(desc = "A department; everybody when no group is named.")] department: Option<ID>,
        #[graphql(desc = "Whether what is below the department belongs to it.", default = true)]
        subtree: bool,
        #[graphql(desc = "A community.")] community: Option<ID>,
        #[graphql(desc = "A member, where ids stand for nobody who can be found again.")] member: Option<ID>,
        #[graphql(desc = "By which chart people are counted in departments.", default)] chart: Chart,
        #[graphql(
            desc = "As they were known at the end of this local day, which must be over; the newest when left out."
        )]
        as_of: Option<Date>,
        #[graphql(
            desc = "As they were known at this position, in place of a day, where ids stand for nobody who can be \
                found again. The first to ask is told COMPUTING, and how far it is."
        )]
        as_of_position: Option<Position>,
    ) -> Option<Result<Figures>> {
        let named = asked::Named { department, subtree, community, member };
        asked::figures(ctx, window, named, chart, (as_of, as_of_position)).await.transpose()
    }
}
