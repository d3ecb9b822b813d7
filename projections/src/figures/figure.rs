//! Any figure: which there are, what each is computed from, and what it comes to.

mod name;

use domain::id::DepartmentId;
use domain::organisation::Calendar;
use domain::time::{Day, Time};

use super::adoption::{Phase, Segment, Step};
use super::deeds::{How, Level};
use super::grid::Window;
use super::groups::Group;
use super::indices::{Index, IndexOf};
use super::matrix::Matrix;
use super::population::Chart;
use super::publish::{Proportion, Published, Suppression};
use super::sheet::{ShareOf, Sheet};
use super::spaces::YEAR;
use super::waits::{InTime, WaitFor, Waits};
pub use name::NotAFigure;

use crate::Error;
use crate::flow::Kind;
use crate::suppression::Threshold;

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// How many belong to the organisation.
    Headcount,
    /// A share of people.
    Share(ShareOf),
    /// An index.
    Index(IndexOf),
    /// How long something takes.
    Wait(WaitFor),
    /// What came in time.
    InTime(InTime),
    /// What passed between the departments of a level, of all kinds of acts or of one.
    Matrix(u32, Option<Kind>),
    /// Which share of it passed between different ones.
    CrossDepartment,
    /// Of which pairs of a level the people of one looked for what another has, and nothing passed.
    UnmetDemand(u32),
    /// Which share of contributions is made where departments meet.
    SharedSpace,
    /// Which share of those who were active in a community still is.
    Health,
    /// How long contents of a group take until they reach a department.
    Diffusion {
        /// How far.
        how: How,
        /// Which.
        to: DepartmentId,
    },
    /// Of all whom contents could reach, the share that they did within so many days.
    Reach(u32),
    /// Which share of the ties with a department is lost if a few people leave.
    Brokers {
        /// How many.
        leaving: u32,
        /// Which department.
        to: DepartmentId,
    },
}

/// What a figure is computed from: from which day on acts count, if from one, and up to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The types of events that count whatever their day and whoever acted: they say how things stand.
    standing: &'static [&'static [&'static str]],
    /// Whether it is of a community: then who is inside counts as well.
    of_community: bool,
    /// The first day; everything before the last where there is none.
    pub first: Option<Day>,
    /// The last day.
    pub last: Day,
    /// The last day that was known.
    pub cut: Day,
}

impl Reach {
    /// Whether events of a type say how things stand.
    pub fn stands_on(&self, kind: &str) -> bool {
        let circles = if self.of_community { CIRCLES } else { &[] };
        self.standing.iter().chain([&circles]).any(|types| types.contains(&kind))
    }
}

/// Who belongs where.
const PEOPLE: &[&str] = &[
    "chart.moved",
    "chart.opened",
    "member.account-opened",
    "member.deactivated",
    "member.reactivated",
    "member.registered",
    "member.transferred",
];
/// On which days they work.
const CALENDAR: &[&str] = &["organisation.holidays-changed", "organisation.working-week-set"];
/// Who is inside of communities.
const CIRCLES: &[&str] = &[
    "community.founded",
    "community.leader-appointed",
    "community.sponsor-named",
    "membership.approved",
    "membership.joined",
    "membership.left",
    "membership.removed",
];
/// What communities are.
const COMMUNITIES: &[&str] = &["community.access-changed", "community.archived", "community.reopened"];
/// Whose contents are acted upon, and since when they are there.
const CONTENTS: &[&str] = &["comment.added", "document.shared", "idea.submitted", "post.published"];

/// What a figure comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number of people.
    Count(u64),
    /// So many of so many.
    Proportion(Proportion),
    /// An index.
    Index(Index),
    /// A curve.
    Waits(Waits),
    /// A matrix.
    Matrix(Matrix),
}

/// What a figure needs besides its sheet.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// For whom.
    pub group: Group,
    /// The fewest people behind it; none where ids stand for nobody.
    pub threshold: Option<Threshold>,
    /// The instant at which the cut ends.
    pub until: Time,
    /// The instants at which it would be published, by each [`Maturity`].
    pub closed: [Time; 5],
    /// The version of the definition; the newest where none is named.
    pub version: Option<u32>,
}

/// How long after its window a figure is published where a threshold protects people: once what it waits for could have
/// come of all that the window holds. In whole weeks, with which windows and cuts end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maturity {
    /// When the window is over.
    AtOnce,
    /// A week later.
    OneWeek,
    /// Two weeks later.
    TwoWeeks,
    /// Five weeks later: thirty days.
    FiveWeeks,
    /// Twelve weeks later.
    TwelveWeeks,
}

impl Maturity {
    /// All there are, the shortest first.
    pub const ALL: [Self; 5] =
        [Self::AtOnce, Self::OneWeek, Self::TwoWeeks, Self::FiveWeeks, Self::TwelveWeeks];
    const WEEKS: [i32; 5] = [0, 1, 2, 5, 12];

    /// The last day that is known of a window when it is published.
    pub fn of(self, window: Window) -> Day {
        Day(window.last.0 + 7 * Self::WEEKS[self as usize])
    }
}

impl Figure {
    /// The metric that defines it.
    pub fn metric(self) -> &'static str {
        match self {
            Self::Headcount => "headcount",
            Self::Share(of) => of.metric(),
            Self::Index(of) => of.metric(),
            Self::Wait(of) => of.metric(),
            Self::InTime(of) => of.metric(),
            Self::Matrix(..) => "flow-matrix",
            Self::CrossDepartment => "cross-department-share",
            Self::UnmetDemand(_) => "unmet-demand",
            Self::SharedSpace => "shared-space-share",
            Self::Health => "community-health",
            Self::Diffusion { .. } => "diffusion-latency",
            Self::Reach(_) => "reach",
            Self::Brokers { .. } => "broker-dependency",
        }
    }

    /// The figure of a sheet, as it is published.
    pub fn of(self, sheet: &Sheet, terms: Terms) -> Result<Published<Value>, Error> {
        let Terms { group, threshold, version, .. } = terms;
        let (sheet, until) = match self.placed(sheet, terms) {
            Ok(placed) => placed,
            Err(why) => return Ok(Published::Hidden(why)),
        };
        // The first version of stickiness knew no working days but Monday to Friday.
        let calendar = match version {
            Some(1) => &Calendar::default(),
            _ => &sheet.known.population.calendar,
        };
        Ok(match self {
            Self::Headcount => sheet.headcount(group).map(Value::Count),
            Self::Share(of) => sheet.share(of, group, threshold)?.map(Value::Proportion),
            Self::Index(of) => sheet.index(of, group, threshold, calendar)?.map(Value::Index),
            Self::Wait(of) => sheet.wait(of, (group, until), threshold)?.map(Value::Waits),
            Self::InTime(of) => sheet.in_time(of, (group, until), threshold)?.map(Value::Proportion),
            Self::Matrix(level, kind) => {
                sheet.matrix(group, (level as usize, kind), threshold)?.map(Value::Matrix)
            }
            Self::CrossDepartment => sheet.cross_department(group, threshold)?.map(Value::Proportion),
            Self::UnmetDemand(level) => {
                sheet.unmet_demand(group, level as usize, threshold)?.map(Value::Matrix)
            }
            Self::SharedSpace => sheet.shared_space(group, threshold)?.map(Value::Proportion),
            Self::Health => sheet.health(group, threshold)?.map(Value::Proportion),
            Self::Diffusion { how, to } => sheet.diffusion((group, to), how, threshold)?.map(Value::Waits),
            Self::Reach(days) => sheet.reach(days, group, threshold)?.map(Value::Proportion),
            Self::Brokers { leaving, to } => {
                sheet.broker_dependency((group, to), leaving, threshold)?.map(Value::Index)
            }
        })
    }

    /// The sheet that it is published of, and the instant up to which things are waited for: where a threshold protects
    /// people, what is no share of them is of windows that are over, and once for all.
    pub(super) fn placed(self, sheet: &Sheet, terms: Terms) -> Result<(&Sheet, Time), Suppression> {
        if terms.threshold.is_none() || matches!(self, Self::Headcount | Self::Share(_)) {
            return Ok((sheet, terms.until));
        }
        // By any number of hours or days, they would tell by their difference what came in between.
        let is_of_grid = match self {
            Self::InTime(InTime::AnsweredWithin(hours)) => [24, 72, 168].contains(&hours),
            Self::Reach(days) => [1, 7, 30].contains(&days),
            _ => true,
        };
        if !is_of_grid {
            return Err(Suppression::NotInGrid);
        }
        // By two charts, they would tell by their difference what those did who moved.
        if sheet.chart != Chart::AsWas && (terms.group != Group::Organisation || self.is_by_department()) {
            return Err(Suppression::NotInGrid);
        }
        let maturity = self.maturity();
        sheet.closed(maturity).map(|closed| (closed, terms.closed[maturity as usize]))
    }

    /// The other department, of a figure between two.
    pub fn other(self) -> Option<DepartmentId> {
        match self {
            Self::Diffusion { to, .. } | Self::Brokers { to, .. } => Some(to),
            _ => None,
        }
    }

    /// How long after its window it is published where a threshold protects people.
    pub fn maturity(self) -> Maturity {
        match self {
            Self::Wait(WaitFor::Response | WaitFor::Sponsor) => Maturity::OneWeek,
            Self::InTime(InTime::AnsweredWithin(_) | InTime::Answered) => Maturity::OneWeek,
            Self::InTime(InTime::BestAnswer) => Maturity::TwoWeeks,
            Self::Reach(_) | Self::Diffusion { .. } => Maturity::FiveWeeks,
            Self::InTime(InTime::Implemented) | Self::Wait(WaitFor::Decision) => Maturity::TwelveWeeks,
            _ => Maturity::AtOnce,
        }
    }

    /// Whether it depends on who is in which department even for everybody.
    fn is_by_department(self) -> bool {
        use IndexOf::{Assortativity, Coverage, Elephant, ExternalInternal, Modularity};
        match self {
            Self::Index(of) => {
                matches!(of, Assortativity | Coverage | Elephant | ExternalInternal | Modularity)
            }
            Self::Matrix(..) | Self::CrossDepartment | Self::UnmetDemand(_) | Self::SharedSpace => true,
            Self::Diffusion { .. } | Self::Brokers { .. } => true,
            _ => false,
        }
    }

    /// What it is computed from of a group in a window, as it is published at a cut.
    pub fn reach(self, group: Group, (window, cut): (Window, Day), is_protected: bool) -> Reach {
        let is_revised = matches!(self, Self::Headcount | Self::Share(_));
        let cut = if is_protected && !is_revised { self.maturity().of(window).min(cut) } else { cut };
        let passed = window.until(cut).last;
        let first = match self {
            // Whoever did something for the first time did nothing before.
            Self::Share(ShareOf::Activated | ShareOf::Step { .. } | ShareOf::Retained { .. })
            | Self::Share(ShareOf::Departed { .. })
            | Self::Wait(WaitFor::Contribution | WaitFor::Survival) => None,
            Self::Health => Some(window.before(YEAR - 1).first),
            Self::Share(ShareOf::Moved(..) | ShareOf::Phase(_)) => Some(window.before(1).first),
            _ => Some(window.first),
        };
        // Answers may come after the window, and contents reach people.
        let later = match self {
            Self::Wait(of) => !matches!(of, WaitFor::Contribution | WaitFor::Survival),
            _ => matches!(self, Self::InTime(_) | Self::Diffusion { .. } | Self::Reach(_)),
        };
        let of_community = matches!(group, Group::Community(_));
        Reach { standing: self.standing(), of_community, first, last: if later { cut } else { passed }, cut }
    }

    fn standing(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Wait(WaitFor::Sponsor | WaitFor::Survival) => &[PEOPLE, CIRCLES, COMMUNITIES],
            Self::Diffusion { .. } | Self::Reach(_) => &[PEOPLE, CIRCLES, COMMUNITIES],
            Self::UnmetDemand(_) => &[PEOPLE, CIRCLES, CONTENTS],
            Self::SharedSpace | Self::Health => &[PEOPLE, CIRCLES],
            Self::Index(IndexOf::Stickiness) => &[PEOPLE, CALENDAR],
            Self::Matrix(..) | Self::CrossDepartment | Self::Brokers { .. } => &[PEOPLE, CONTENTS],
            Self::Index(of) if of.is_of_ties() => &[PEOPLE, CONTENTS],
            _ => &[PEOPLE],
        }
    }
}

impl Figure {
    /// Every figure that is the only one of its name, and one of each other metric.
    pub fn plain() -> impl Iterator<Item = Self> {
        let shares = [
            ShareOf::Access,
            ShareOf::Activated,
            ShareOf::Active(Level::Consumed),
            ShareOf::Active(Level::Participated),
            ShareOf::Active(Level::Contributed),
            ShareOf::Habit,
            ShareOf::Segment(Segment::Power),
            ShareOf::Moved(Segment::Low, Segment::Habitual),
            ShareOf::Phase(Phase::New),
            ShareOf::Frequency(5),
            ShareOf::Step { to: Step::Access, within: None },
            ShareOf::Step { to: Step::Contributed, within: Some(28) },
            ShareOf::Silent,
            ShareOf::Retained { back: 4, after: 2 },
        ];
        let indices = [
            IndexOf::Stickiness,
            IndexOf::Gini { zeros: false },
            IndexOf::Elephant,
            IndexOf::Coverage,
            IndexOf::ExternalInternal,
            IndexOf::Density,
            IndexOf::Reciprocity,
            IndexOf::Modularity,
            IndexOf::Assortativity,
        ];
        let waits = [
            WaitFor::Contribution,
            WaitFor::Response,
            WaitFor::Decision,
            WaitFor::Sponsor,
            WaitFor::Survival,
        ];
        let in_time = [InTime::AnsweredWithin(24), InTime::Answered, InTime::BestAnswer, InTime::Implemented];
        let shares = shares.into_iter().map(Self::Share).chain(indices.into_iter().map(Self::Index));
        let timed = waits.into_iter().map(Self::Wait).chain(in_time.into_iter().map(Self::InTime));
        let to = DepartmentId::default();
        let others = [
            Self::Headcount,
            Self::Matrix(1, None),
            Self::CrossDepartment,
            Self::UnmetDemand(1),
            Self::SharedSpace,
            Self::Health,
            Self::Diffusion { how: How::Exposed, to },
            Self::Reach(7),
            Self::Brokers { leaving: 1, to },
        ];
        others.into_iter().chain(shares).chain(timed)
    }
}

impl Sheet {
    /// How many belong to a group at the end of the window: everybody may know.
    pub fn headcount(&self, group: Group) -> Published<u64> {
        let members = self.members(group);
        members
            .map_or(Published::Hidden(Suppression::TooLittleData), |members| Published::Shown(members.len()))
    }
}
