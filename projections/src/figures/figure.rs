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
    /// What passed between the departments of a level.
    Matrix(u32),
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

/// From which day on acts count, if from one, and up to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The beginnings of the types of events that count whatever their day and whoever acted: they say how things
    /// stand.
    pub standing: &'static [&'static str],
    /// The first day; everything before the last where there is none.
    pub first: Option<Day>,
    /// The last day.
    pub last: Day,
}

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
    /// The instant at which the window ends.
    pub closed: Time,
    /// The version of the definition; the newest where none is named.
    pub version: Option<u32>,
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
            Self::Matrix(_) => "flow-matrix",
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
            Self::Matrix(level) => sheet.matrix(group, level as usize, threshold)?.map(Value::Matrix),
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
    /// people, what is no share of them is of windows that are over.
    pub(super) fn placed(self, sheet: &Sheet, terms: Terms) -> Result<(&Sheet, Time), Suppression> {
        if terms.threshold.is_none() || matches!(self, Self::Headcount | Self::Share(_)) {
            return Ok((sheet, terms.until));
        }
        // By two charts, they would tell by their difference what those did who moved.
        if sheet.chart != Chart::AsWas && (terms.group != Group::Organisation || self.is_by_department()) {
            return Err(Suppression::NotInGrid);
        }
        sheet.closed().map(|closed| (closed, terms.closed))
    }

    /// Whether it depends on who is in which department even for everybody.
    fn is_by_department(self) -> bool {
        use IndexOf::{Assortativity, Coverage, Elephant, ExternalInternal, Modularity};
        match self {
            Self::Index(of) => {
                matches!(of, Assortativity | Coverage | Elephant | ExternalInternal | Modularity)
            }
            Self::Matrix(_) | Self::CrossDepartment | Self::UnmetDemand(_) | Self::SharedSpace => true,
            Self::Diffusion { .. } | Self::Brokers { .. } => true,
            _ => false,
        }
    }

    /// The days of the acts that it is computed from, in a window at a cut.
    pub fn reach(self, window: Window, cut: Day) -> Reach {
        let passed = window.until(cut).last;
        let first = match self {
            // Whoever did something for the first time did nothing before.
            Self::Share(ShareOf::Activated | ShareOf::Step(_) | ShareOf::Retained { .. })
            | Self::Share(ShareOf::Departed { .. })
            | Self::Wait(WaitFor::Contribution | WaitFor::Survival) => None,
            Self::Health => Some(window.before(YEAR - 1).first),
            Self::Share(ShareOf::Moved(..) | ShareOf::Phase(_)) => Some(window.before(1).first),
            _ => Some(window.first),
        };
        // Answers may come after the window, and contents reach people.
        let later = matches!(self, Self::Wait(_) | Self::InTime(_) | Self::Diffusion { .. } | Self::Reach(_));
        Reach { standing: self.standing(), first, last: if later { cut } else { passed } }
    }

    /// People, departments and working days are what they are by all that was learned of them; so are communities,
    /// for what is about them.
    fn standing(self) -> &'static [&'static str] {
        const PEOPLE: &[&str] = &["member.", "chart.", "organisation."];
        const COMMUNITIES: &[&str] = &["member.", "chart.", "organisation.", "community.", "membership."];
        match self {
            Self::Wait(WaitFor::Sponsor | WaitFor::Survival)
            | Self::UnmetDemand(_)
            | Self::SharedSpace
            | Self::Diffusion { .. }
            | Self::Reach(_) => COMMUNITIES,
            _ => PEOPLE,
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
            ShareOf::Step(Step::Access),
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
            Self::Matrix(1),
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
