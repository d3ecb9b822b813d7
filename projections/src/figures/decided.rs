//! Which shares of people are published where a threshold protects them: decided for all groups at once, whoever asks.
//!
//! A window is decided when it is over, as it was known at the end of that week. What is learned of it later is taken up
//! where many changed, else what was shown stands. An open window says nothing: two of its figures would tell by their
//! difference who came first in between.

use std::cmp::Ordering;
use std::sync::Arc;

use domain::time::Day;
use roaring::RoaringBitmap;

use super::adoption::{Phase, Segment, Split, Step};
use super::deeds::Level;
use super::grid::{Length, Window};
use super::groups::{self, Group};
use super::population::Chart;
use super::publish::{Proportion, Published, Suppression};
use super::sheet::{ShareOf, Sheet};
use crate::Error;
use crate::suppression::Threshold;
use crate::suppression::blocks::Department;
use crate::suppression::release::{Groups, Release, Rules};

/// Questions that are decided together: each person asked about is in one category of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Family {
    /// For whom a share holds, and for whom not.
    Alone(ShareOf),
    /// Segments of use.
    Segments,
    /// Segments of use in the window before and in this.
    Moves,
    /// Phases of use, and none of them.
    Phases,
}

/// Categories that are counted together.
type Classes = Vec<Vec<usize>>;

impl ShareOf {
    /// With what it is decided, and which category it is.
    fn family(self) -> (Family, usize) {
        match self {
            Self::Silent => (Family::Alone(Self::Active(Level::Contributed)), 1),
            Self::Step(Step::Access) => (Family::Alone(Self::Access), 0),
            Self::Segment(segment) => (Family::Segments, segment as usize),
            Self::Moved(from, to) => (Family::Moves, from as usize * Segment::ALL.len() + to as usize),
            Self::Phase(phase) => (Family::Phases, phase as usize),
            alone => (Family::Alone(alone), 0),
        }
    }

    /// The same as it is seen from the window in which it came to be, and how many windows back that is: what became of
    /// a cohort is one number, whichever window it is seen from.
    fn seen_when_it_came_to_be(self) -> (i32, Self) {
        match self {
            Self::Retained { back, after } => (back - after, Self::Retained { back: after, after }),
            Self::Departed { back, after } => (back - after, Self::Departed { back: after, after }),
            other => (0, other),
        }
    }

    /// Whether it holds of somebody for good once it does. The difference of two windows would tell of whom it does
    /// since: it is rounded, for the organisation alone.
    fn is_cumulative(self) -> bool {
        matches!(self, Self::Activated | Self::Step(Step::Activated | Step::Contributed | Step::Habit))
    }
}

impl Family {
    /// Which categories are counted together, from the finest: where one has too few people, it is not told from the
    /// next.
    fn classes(self) -> Vec<Classes> {
        let each = |count: usize| (0..count).map(|category| vec![category]).collect();
        match self {
            Self::Alone(_) => vec![each(2)],
            Self::Segments => vec![
                each(5),
                vec![vec![0, 1], vec![2], vec![3], vec![4]],
                vec![vec![0, 1], vec![2, 3], vec![4]],
                vec![vec![0, 1, 2, 3], vec![4]],
            ],
            Self::Moves => {
                let ways = (0..25_usize).map(|at| (at, (at % 5).cmp(&(at / 5))));
                let of = |wanted| ways.clone().filter(|(_, way)| *way == wanted).map(|(at, _)| at).collect();
                vec![each(25), [Ordering::Less, Ordering::Equal, Ordering::Greater].map(of).into()]
            }
            Self::Phases => vec![
                each(5),
                vec![vec![0, 2], vec![1], vec![3], vec![4]],
                vec![vec![0, 1, 2], vec![3], vec![4]],
                vec![vec![0, 1, 2], vec![3, 4]],
            ],
        }
    }
}

/// What is published of a family: nothing while its window is open.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// The cut at which groups were taken.
    cut: Option<Day>,
    classes: Classes,
    release: Arc<Release>,
}

impl Decided {
    /// How many of a group are in a category, as far as that is published.
    fn of(
        &self,
        category: usize,
        group: Group,
        members: &RoaringBitmap,
        least: u64,
    ) -> Published<Proportion> {
        let known = match group {
            Group::Community(id) => self.release.community(id),
            _ => None,
        };
        let people = known.map_or_else(|| self.release.asked() & members, |known| known.people.clone());
        if people.len() < least {
            return Published::Hidden(Suppression::GroupTooSmall);
        }
        let Some(class) = self.classes.iter().position(|class| class.contains(&category)) else {
            return Published::Hidden(Suppression::TooFewPeople);
        };
        let (from, to) = match known.map(|known| known.categories[class].len()) {
            Some(count) => (count, count),
            None => self.release.bounds(class, &people),
        };
        let from = if self.classes[class].len() > 1 { 0 } else { from };
        between(from, to, people.len())
    }
}

fn between(from: u64, to: u64, denominator: u64) -> Published<Proportion> {
    let of = |numerator| Proportion { numerator, denominator };
    if from == to {
        Published::Shown(of(from))
    } else if (from, to) == (0, denominator) {
        Published::Hidden(Suppression::TooFewPeople)
    } else {
        Published::Between(of(from), of(to))
    }
}

impl Sheet {
    /// A share of people in a group, as it is published.
    pub fn share(
        &self,
        of: ShareOf,
        group: Group,
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        let Some(members) = self.groups().members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let Some(split) = self.split(of)? else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        let Some(threshold) = threshold else {
            let Split { eligible, acted } = split.within(members);
            let proportion = Proportion { numerator: acted.len(), denominator: eligible.len() };
            return Ok(Published::Shown(proportion));
        };
        match of.seen_when_it_came_to_be() {
            (0, _) if of.is_cumulative() => self.rounded(of, group, threshold),
            (0, _) => self.protected(of, group, threshold),
            (back, of) => self.of_window(self.window.before(back)).share(of, group, Some(threshold)),
        }
    }

    fn protected(
        &self,
        of: ShareOf,
        group: Group,
        threshold: Threshold,
    ) -> Result<Published<Proportion>, Error> {
        let (family, category) = of.family();
        let decided = self.decided(family, threshold)?;
        let Some(cut) = decided.cut else { return Ok(Published::Hidden(Suppression::WindowOpen)) };
        let then = self.at(cut).groups_decided_by(self.chart);
        let groups = if self.chart == Chart::Restated { self.groups() } else { &*then };
        let members = groups.members(group).cloned().unwrap_or_default();
        Ok(decided.of(category, group, &members, threshold.many()))
    }

    /// A share of everybody that only grows, as it was known when the window was over, to so many as the threshold.
    fn rounded(
        &self,
        of: ShareOf,
        group: Group,
        threshold: Threshold,
    ) -> Result<Published<Proportion>, Error> {
        if group != Group::Organisation {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let Some(end) = self.end() else { return Ok(Published::Hidden(Suppression::WindowOpen)) };
        let split = self.at(end).split(of)?.unwrap_or_default();
        let people = split.eligible.len();
        if people < threshold.many() {
            return Ok(Published::Hidden(Suppression::GroupTooSmall));
        }
        let (from, to) = threshold.rounded(split.acted.len(), people);
        Ok(between(from, to, people))
    }

    /// The end of the week in which the window was over; none while it is not known.
    fn end(&self) -> Option<Day> {
        let end = Window::containing(self.window.last, Length::Week).last;
        (end <= self.known.cut()).then_some(end)
    }

    /// What is published of a family, decided once for all who ask.
    fn decided(&self, family: Family, threshold: Threshold) -> Result<Arc<Decided>, Error> {
        self.known.once_decided((self.window, family), || self.decide(family, threshold))
    }

    fn decide(&self, family: Family, threshold: Threshold) -> Result<Decided, Error> {
        let Some(mut cut) = self.end() else { return Ok(Decided::default()) };
        let (mut groups, mut classes, mut release) = self.at(cut).first_release(family, threshold)?;
        for later in self.known.revisions(self.window, cut) {
            let sheet = self.at(later);
            if release.is_empty() {
                (groups, classes, release) = sheet.first_release(family, threshold)?;
                cut = later;
                continue;
            }
            let mut categories = sheet.categories(family)?;
            categories.iter_mut().for_each(|category| *category &= release.asked());
            // Whoever is not asked about any more stays among the others.
            let found = categories.iter().fold(RoaringBitmap::new(), |all, category| all | category);
            if let Some(others) = categories.last_mut() {
                *others |= release.asked() - found;
            }
            let fresh = Release::of(
                &groups,
                &counted_together(&categories, &classes),
                &sheet.rules(family, threshold)?,
            );
            release.revise(fresh, threshold);
        }
        Ok(Decided { cut: Some(cut), classes, release: Arc::new(release) })
    }

    /// The finest classes of which something can be published of the organisation, and what.
    fn first_release(
        &self,
        family: Family,
        threshold: Threshold,
    ) -> Result<(Groups, Classes, Release), Error> {
        let (groups, categories) = (self.asked_by(), self.categories(family)?);
        let rules = self.rules(family, threshold)?;
        let (mut found, mut release) = (vec![], Release::default());
        for classes in family.classes() {
            release = Release::of(&groups, &counted_together(&categories, &classes), &rules);
            found = classes;
            if !release.is_empty() {
                break;
            }
        }
        Ok((groups, found, release))
    }

    /// Who is in each category of a family.
    fn categories(&self, family: Family) -> Result<Vec<RoaringBitmap>, Error> {
        let questions: Vec<ShareOf> = match family {
            Family::Alone(of) => vec![of],
            Family::Segments => Segment::ALL.map(ShareOf::Segment).into(),
            Family::Moves => Segment::ALL
                .into_iter()
                .flat_map(|from| Segment::ALL.map(|to| ShareOf::Moved(from, to)))
                .collect(),
            Family::Phases => {
                [Phase::New, Phase::Returning, Phase::Resurrecting, Phase::Dormant].map(ShareOf::Phase).into()
            }
        };
        let mut categories = Vec::new();
        let mut others = RoaringBitmap::new();
        for of in questions {
            let split = self.split(of)?.unwrap_or_default();
            others |= &split.eligible;
            categories.push(split.acted.clone());
        }
        if matches!(family, Family::Alone(_) | Family::Phases) {
            categories.iter().for_each(|category| others -= category);
            categories.push(others);
        }
        Ok(categories)
    }

    /// The groups that people are asked about by: for the days of a week the same.
    fn groups_decided_by(&self, chart: Chart) -> Arc<groups::Groups> {
        let day = self.end().unwrap_or_else(|| self.adoption().last());
        self.known.groups(day, chart)
    }

    fn asked_by(&self) -> Groups {
        let groups = self.groups_decided_by(Chart::AsWas);
        let department = |node: &groups::Node| Department { above: node.parent, own: node.own.clone() };
        Groups {
            departments: groups.nodes.iter().map(department).collect(),
            communities: groups.communities.clone(),
        }
    }

    /// Single days are for large groups alone. Whoever was active in a window was so in one of those that make it up.
    fn rules(&self, family: Family, threshold: Threshold) -> Result<Rules, Error> {
        let least = if self.window.days() == 1 { 10 * u64::from(threshold.people()) } else { 0 };
        let shorter = Length::of(self.window).shorter();
        let parts = match (family, shorter) {
            (Family::Alone(ShareOf::Active(_)), Some(length)) => {
                let parts = self.window.divided(length).map(|window| self.of_window(window));
                parts.map(|part| Ok(Arc::clone(&part.decided(family, threshold)?.release))).collect()
            }
            _ => Ok(vec![]),
        };
        Ok(Rules { threshold, least, parts: parts? })
    }

    /// The same window at an earlier cut.
    pub(super) fn at(&self, cut: Day) -> Self {
        let known = if cut == self.known.cut() { Arc::clone(&self.known) } else { self.known.at(cut) };
        self.again(known)
    }
}

/// Who is in each class of categories.
fn counted_together(categories: &[RoaringBitmap], classes: &[Vec<usize>]) -> Vec<RoaringBitmap> {
    let united =
        |class: &Vec<usize>| class.iter().fold(RoaringBitmap::new(), |all, at| all | &categories[*at]);
    classes.iter().map(united).collect()
}

#[cfg(test)]
mod tests;
