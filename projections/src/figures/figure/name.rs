//! The name of a figure, as receipts and the command line know it: `habit`, `usage-segment:power`,
//! `answered-within:24`.

use std::fmt;
use std::str::FromStr;

use super::Figure;
use crate::figures::adoption::{Phase, Segment, Step};
use crate::figures::deeds::How;
use crate::figures::indices::IndexOf;
use crate::figures::sheet::ShareOf;
use crate::figures::waits::InTime;
use crate::flow::Kind;

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
const KINDS: [(Kind, &str); 4] = [
    (Kind::Addressed, "addressed"),
    (Kind::Commented, "commented"),
    (Kind::Reacted, "reacted"),
    (Kind::SharedOn, "shared-on"),
];
const HOWS: [(How, &str); 2] = [(How::Exposed, "exposed"), (How::TookPart, "took-part")];

fn named<T: PartialEq + Copy, const N: usize>(names: [(T, &'static str); N], of: T) -> &'static str {
    names.into_iter().find(|(known, _)| *known == of).map_or("", |(_, name)| name)
}

fn of_name<T: Copy, const N: usize>(names: [(T, &'static str); N], name: &str) -> Option<T> {
    names.into_iter().find(|(_, known)| *known == name).map(|(of, _)| of)
}

impl Figure {
    /// What tells it from others of its metric.
    fn detail(self) -> Option<String> {
        match self {
            Self::Share(ShareOf::Segment(segment)) => Some(segment.name().to_owned()),
            Self::Share(ShareOf::Moved(from, to)) => Some(format!("{}-{}", from.name(), to.name())),
            Self::Share(ShareOf::Phase(phase)) => Some(named(PHASES, phase).to_owned()),
            Self::Share(ShareOf::Frequency(at_least)) => Some(at_least.to_string()),
            Self::Share(ShareOf::Step { to, within: None }) => Some(named(STEPS, to).to_owned()),
            Self::Share(ShareOf::Step { to, within: Some(days) }) => {
                Some(format!("{}-{days}", named(STEPS, to)))
            }
            Self::Share(ShareOf::Retained { back, after }) => Some(format!("{back}-{after}")),
            Self::Share(ShareOf::Departed { back, after }) => Some(format!("{back}-{after}-left")),
            Self::Index(IndexOf::Gini { zeros: true }) => Some("zeros".to_owned()),
            Self::Index(IndexOf::Heaviest) => Some("heaviest".to_owned()),
            Self::InTime(InTime::AnsweredWithin(hours)) => Some(hours.to_string()),
            Self::Matrix(level, Some(kind)) => Some(format!("{level}:{}", named(KINDS, kind))),
            Self::Matrix(level, None) | Self::UnmetDemand(level) => Some(level.to_string()),
            Self::Diffusion { how, to } => Some(format!("{}:{to}", named(HOWS, how))),
            Self::Reach(days) => Some(days.to_string()),
            Self::Brokers { leaving, to } => Some(format!("{leaving}:{to}")),
            _ => None,
        }
    }
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

/// How many windows back cohorts are asked for at most: days of more than a century.
const MOST_WINDOWS: i32 = 40_000;
/// Within how many hours something is asked for at most: a century.
const MOST_HOURS: u32 = 876_000;

/// A level of the tree of departments, of which the first is 1.
fn depth(level: &str) -> Option<u32> {
    level.parse().ok().filter(|level| *level > 0)
}

fn read(metric: &str, detail: &str) -> Option<Figure> {
    let plain = Figure::plain().find(|figure| figure.metric() == metric && figure.detail().is_none());
    if let Some(figure) = plain.filter(|_| detail.is_empty()) {
        return Some(figure);
    }
    let windows = || -> Option<(i32, i32)> {
        let mut numbers = detail.split('-').map(str::parse);
        // What is behind the window has not been yet.
        let windows: (i32, i32) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        Some(windows).filter(|(back, after)| *back <= MOST_WINDOWS && (0..=*back).contains(after))
    };
    Some(match metric {
        "usage-segment" => Figure::Share(ShareOf::Segment(Segment::of_name(detail)?)),
        "segment-moves" => {
            let pairs = Segment::ALL.into_iter().flat_map(|from| Segment::ALL.map(|to| (from, to)));
            let mut moves = pairs.map(|(from, to)| Figure::Share(ShareOf::Moved(from, to)));
            moves.find(|figure| figure.detail().as_deref() == Some(detail))?
        }
        "lifecycle" => Figure::Share(ShareOf::Phase(of_name(PHASES, detail)?)),
        "activity-frequency" => Figure::Share(ShareOf::Frequency(detail.parse().ok()?)),
        "onboarding-funnel" => Figure::Share(ShareOf::Step { to: of_name(STEPS, detail)?, within: None }),
        "onboarding-within" => {
            let (to, days) = detail.split_once('-')?;
            // There is no step before an account.
            let to = of_name(STEPS, to).filter(|to| *to > Step::Access)?;
            Figure::Share(ShareOf::Step { to, within: Some(days.parse().ok()?) })
        }
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
        "answered-within" => {
            let hours = detail.parse().ok().filter(|hours| *hours <= MOST_HOURS)?;
            Figure::InTime(InTime::AnsweredWithin(hours))
        }
        "flow-matrix" => match detail.split_once(':') {
            Some((level, kind)) => Figure::Matrix(depth(level)?, Some(of_name(KINDS, kind)?)),
            None => Figure::Matrix(depth(detail)?, None),
        },
        "unmet-demand" => Figure::UnmetDemand(depth(detail)?),
        "reach" => Figure::Reach(detail.parse().ok()?),
        "diffusion-latency" => {
            let (how, to) = detail.split_once(':')?;
            Figure::Diffusion { how: of_name(HOWS, how)?, to: to.parse().ok()? }
        }
        "broker-dependency" => {
            let (leaving, to) = detail.split_once(':')?;
            Figure::Brokers { leaving: leaving.parse().ok()?, to: to.parse().ok()? }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::id::DepartmentId;

    use super::*;

    #[test]
    fn a_figure_is_known_by_its_name() {
        let moved = Figure::Share(ShareOf::Moved(Segment::NonUser, Segment::Power));
        let left = Figure::Share(ShareOf::Departed { back: 7, after: 3 });
        let to = DepartmentId(uuid::Uuid::from_u128(7));
        let took_part = Figure::Diffusion { how: How::TookPart, to };
        let brokers = Figure::Brokers { leaving: 12, to };
        let others = [
            moved,
            left,
            took_part,
            brokers,
            Figure::Index(IndexOf::Gini { zeros: true }),
            Figure::Index(IndexOf::Heaviest),
            Figure::Matrix(3, Some(Kind::SharedOn)),
        ];
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
            "onboarding-within:contributed",
            "onboarding-within:access-28",
            "activity-frequency:-1",
            "cohort-retention:100000000-1",
            "answered-within:2562047789",
            "flow-matrix:x",
            "flow-matrix:0",
            "flow-matrix:1:viewed",
            "unmet-demand:0",
            "cohort-retention:2-5",
            "cohort-retention:1--1",
            "diffusion-latency:exposed",
            "diffusion-latency:seen:00000000-0000-0000-0000-000000000007",
            "broker-dependency:00000000-0000-0000-0000-000000000007",
        ] {
            assert!(wrong.parse::<Figure>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_words_that_people_type() {
        let moved = Figure::Share(ShareOf::Moved(Segment::NonUser, Segment::Power));
        let names = [moved, Figure::Matrix(2, None), Figure::Share(ShareOf::Retained { back: 4, after: 2 })];
        let expected = ["segment-moves:none-power", "flow-matrix:2", "cohort-retention:4-2"];
        assert_eq!(names.map(|figure| figure.to_string()), expected);
    }
}
