//! Any figure by its name, as receipts and the command line know it: `habit`, `usage-segment:power`,
//! `answered-within:24`.

use std::fmt;
use std::str::FromStr;

use domain::time::{Day, Time};

use super::adoption::{Phase, Segment, Step};
use super::deeds::Level;
use super::grid::Window;
use super::groups::Group;
use super::indices::{Index, IndexOf};
use super::matrix::Matrix;
use super::publish::{Proportion, Published, Suppression};
use super::sheet::{ShareOf, Sheet};
use super::waits::{InTime, WaitFor, Waits};
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
}

/// From which day on acts count, if from one, and up to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
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
pub struct Terms<'a> {
    /// For whom.
    pub group: Group,
    /// The fewest people behind it; none where ids stand for nobody.
    pub threshold: Option<Threshold>,
    /// The instant at which the cut ends.
    pub until: Time,
    /// The instant at which the window ends.
    pub closed: Time,
    /// What is no working day.
    pub holidays: &'a [Day],
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
        }
    }

    /// The figure of a sheet, as it is published.
    pub fn of(self, sheet: &Sheet, terms: Terms<'_>) -> Result<Published<Value>, Error> {
        let Terms { group, threshold, mut until, closed, holidays } = terms;
        let mut sheet = sheet;
        if threshold.is_some() && !matches!(self, Self::Headcount | Self::Share(_)) {
            match sheet.closed() {
                Ok(then) => (sheet, until) = (then, closed),
                Err(why) => return Ok(Published::Hidden(why)),
            }
        }
        Ok(match self {
            Self::Headcount => sheet.headcount(group).map(Value::Count),
            Self::Share(of) => sheet.share(of, group, threshold)?.map(Value::Proportion),
            Self::Index(of) => sheet.index(of, group, threshold, holidays)?.map(Value::Index),
            Self::Wait(of) => sheet.wait(of, (group, until), threshold)?.map(Value::Waits),
            Self::InTime(of) => sheet.in_time(of, (group, until), threshold)?.map(Value::Proportion),
            Self::Matrix(level) => sheet.matrix(group, level as usize, threshold)?.map(Value::Matrix),
            Self::CrossDepartment => sheet.cross_department(group, threshold)?.map(Value::Proportion),
        })
    }

    /// The days of the acts that it is computed from, in a window at a cut.
    pub fn reach(self, window: Window, cut: Day) -> Reach {
        let passed = window.until(cut).last;
        let first = match self {
            // Whoever did something for the first time did nothing before.
            Self::Share(ShareOf::Activated | ShareOf::Step(_) | ShareOf::Retained { .. })
            | Self::Share(ShareOf::Departed { .. })
            | Self::Wait(WaitFor::Contribution) => None,
            Self::Share(ShareOf::Moved(..) | ShareOf::Phase(_)) => Some(window.before(1).first),
            _ => Some(window.first),
        };
        // Answers may come after the window.
        let last = if matches!(self, Self::Wait(_) | Self::InTime(_)) { cut } else { passed };
        Reach { first, last }
    }

    /// What tells it from others of its metric.
    fn detail(self) -> Option<String> {
        match self {
            Self::Share(ShareOf::Segment(segment)) => Some(segment.name().to_owned()),
            Self::Share(ShareOf::Moved(from, to)) => Some(format!("{}-{}", from.name(), to.name())),
            Self::Share(ShareOf::Phase(phase)) => Some(named(PHASES, phase).to_owned()),
            Self::Share(ShareOf::Step(step)) => Some(named(STEPS, step).to_owned()),
            Self::Share(ShareOf::Retained { back, after }) => Some(format!("{back}-{after}")),
            Self::Share(ShareOf::Departed { back, after }) => Some(format!("{back}-{after}-left")),
            Self::Index(IndexOf::Gini { zeros: true }) => Some("zeros".to_owned()),
            Self::Index(IndexOf::Heaviest) => Some("heaviest".to_owned()),
            Self::InTime(InTime::AnsweredWithin(hours)) => Some(hours.to_string()),
            Self::Matrix(level) => Some(level.to_string()),
            _ => None,
        }
    }
}

const PHASES: [(Phase, &str); 4] = [
    (Phase::New, "new"),
    (Phase::Returning, "returning"),
    (Phase::Resurrecting, "resurrecting"),
    (Phase::Dormant, "dormant"),
];
const STEPS: [(Step, &str); 4] = [
    (Step::Access, "access"),
    (Step::Activated, "activated"),
    (Step::Contributed, "contributed"),
    (Step::Habit, "habit"),
];

fn named<T: PartialEq + Copy, const N: usize>(names: [(T, &'static str); N], of: T) -> &'static str {
    names.into_iter().find(|(known, _)| *known == of).map_or("", |(_, name)| name)
}

fn of_name<T: Copy, const N: usize>(names: [(T, &'static str); N], name: &str) -> Option<T> {
    names.into_iter().find(|(_, known)| *known == name).map(|(of, _)| of)
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.metric())?;
        self.detail().map_or(Ok(()), |detail| write!(f, ":{detail}"))
    }
}

/// Why a text names no figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} names no figure; `passerelle figure --list` prints those there are")]
pub struct NotAFigure(String);

impl FromStr for Figure {
    type Err = NotAFigure;
    fn from_str(text: &str) -> Result<Self, NotAFigure> {
        let (metric, detail) = text.split_once(':').unwrap_or((text, ""));
        read(metric, detail)
            .filter(|figure| figure.to_string() == text)
            .ok_or_else(|| NotAFigure(text.to_owned()))
    }
}

fn read(metric: &str, detail: &str) -> Option<Figure> {
    let plain = Figure::plain().find(|figure| figure.metric() == metric && figure.detail().is_none());
    if let Some(figure) = plain.filter(|_| detail.is_empty()) {
        return Some(figure);
    }
    let windows = || -> Option<(i32, i32)> {
        let mut numbers = detail.split('-').map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    Some(match metric {
        "usage-segment" => Figure::Share(ShareOf::Segment(Segment::of_name(detail)?)),
        "segment-moves" => {
            let pairs = Segment::ALL.into_iter().flat_map(|from| Segment::ALL.map(|to| (from, to)));
            let mut moves = pairs.map(|(from, to)| Figure::Share(ShareOf::Moved(from, to)));
            moves.find(|figure| figure.detail().as_deref() == Some(detail))?
        }
        "lifecycle" => Figure::Share(ShareOf::Phase(of_name(PHASES, detail)?)),
        "onboarding-funnel" => Figure::Share(ShareOf::Step(of_name(STEPS, detail)?)),
        "cohort-retention" if detail.ends_with("-left") => {
            let (back, after) = windows()?;
            Figure::Share(ShareOf::Departed { back, after })
        }
        "cohort-retention" => {
            let (back, after) = windows()?;
            Figure::Share(ShareOf::Retained { back, after })
        }
        "contribution-gini" => Figure::Index(IndexOf::Gini { zeros: true }),
        "participation-split" => Figure::Index(IndexOf::Heaviest),
        "answered-within" => Figure::InTime(InTime::AnsweredWithin(detail.parse().ok()?)),
        "flow-matrix" => Figure::Matrix(detail.parse().ok()?),
        _ => return None,
    })
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
        let waits = [WaitFor::Contribution, WaitFor::Response, WaitFor::Decision];
        let in_time = [InTime::AnsweredWithin(24), InTime::Answered, InTime::BestAnswer, InTime::Implemented];
        let shares = shares.into_iter().map(Self::Share).chain(indices.into_iter().map(Self::Index));
        let timed = waits.into_iter().map(Self::Wait).chain(in_time.into_iter().map(Self::InTime));
        let others = [Self::Headcount, Self::Matrix(1), Self::CrossDepartment];
        others.into_iter().chain(shares).chain(timed)
    }
}

impl Sheet {
    /// How many belong to a group at the end of the window: everybody may know.
    pub fn headcount(&self, group: Group) -> Published<u64> {
        let members = self.groups().members(group);
        members
            .map_or(Published::Hidden(Suppression::TooLittleData), |members| Published::Shown(members.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_known_by_its_name() {
        let moved = Figure::Share(ShareOf::Moved(Segment::NonUser, Segment::Power));
        let left = Figure::Share(ShareOf::Departed { back: 7, after: 3 });
        let others =
            [moved, left, Figure::Index(IndexOf::Gini { zeros: true }), Figure::Index(IndexOf::Heaviest)];
        for figure in Figure::plain().chain(others) {
            assert_eq!(figure.to_string().parse(), Ok(figure), "{figure}");
        }
        for wrong in [
            "",
            "habits",
            "habit:",
            "usage-segment:",
            "usage-segment:mean",
            "cohort-retention:1",
            "flow-matrix:x",
        ] {
            assert!(wrong.parse::<Figure>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_words_that_people_type() {
        let moved = Figure::Share(ShareOf::Moved(Segment::NonUser, Segment::Power));
        let names = [moved, Figure::Matrix(2), Figure::Share(ShareOf::Retained { back: 4, after: 2 })];
        let expected = ["segment-moves:none-power", "flow-matrix:2", "cohort-retention:4-2"];
        assert_eq!(names.map(|figure| figure.to_string()), expected);
    }
}
