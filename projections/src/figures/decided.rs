//! Which shares of people are published where a threshold protects them: decided for all groups at once, whoever asks.
//!
//! A window is decided when it is over, as it was known at the end of that week. What is learned of it later is taken up
//! where many changed, else what was shown stands. An open window says nothing: two of its figures would tell by their
//! difference who came first in between.

mod compared;
mod family;

use std::sync::Arc;

use domain::time::Day;
use roaring::{MultiOps, RoaringBitmap};

use super::adoption::Split;
use super::grid::{Length, Window};
use super::groups::{self, Group};
use super::population::Chart;
use super::publish::{Proportion, Published, Suppression};
use super::sheet::{ShareOf, Sheet};
use crate::Error;
use crate::suppression::Threshold;
use crate::suppression::release::{Groups, Release, Rules, Within};
pub(super) use family::Family;
use family::{Classes, PARTICIPATED};

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
        let Some(members) = self.members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let Some(split) = self.split(of)? else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        let Some(threshold) = threshold else {
            let Split { eligible, acted } = match of {
                ShareOf::Retained { back, .. } | ShareOf::Departed { back, .. } => {
                    split.within(&self.began(back, group))
                }
                _ => split.within(&members),
            };
            let proportion = Proportion { numerator: acted.len(), denominator: eligible.len() };
            return Ok(proportion.published());
        };
        if !of.is_of_grid() {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let of = of.known_as(Length::of(self.window));
        match (of.compares(), of.is_cumulative()) {
            (false, false) => self.protected(of, group, threshold),
            // Of departments and communities these would tell of few.
            _ if group != Group::Organisation => Ok(Published::Hidden(Suppression::NotInGrid)),
            (true, _) => self.compared(of, threshold),
            (false, true) => self.rounded(of, threshold),
        }
    }

    /// Who of the cohort of a window so many before began in a group: in the department that they were in on that day,
    /// in the community that they were in at the end of the window. They may have moved or left since.
    fn began(&self, back: i32, group: Group) -> RoaringBitmap {
        let cohort = self.window.before(back);
        let firsts = self.known.participated().iter().filter(|(_, first)| cohort.contains(**first));
        let original = firsts.map(|(number, first)| (*number, *first));
        match group {
            Group::Community(id) => {
                let inside = self.known.population.circle(id, cohort.until(self.known.acts.passed).last);
                original.map(|(number, _)| number).filter(|number| inside.contains(*number)).collect()
            }
            _ => original
                .filter(|(number, first)| self.is_of_group((*number, *first, None), group))
                .map(|(number, _)| number)
                .collect(),
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
    fn rounded(&self, of: ShareOf, threshold: Threshold) -> Result<Published<Proportion>, Error> {
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
        self.known.once_decided((self.window, family, threshold), || self.decide(family, threshold))
    }

    fn decide(&self, family: Family, threshold: Threshold) -> Result<Decided, Error> {
        let Some(mut cut) = self.end() else { return Ok(Decided::default()) };
        let first = self.at(cut);
        let (mut groups, mut classes, mut release) = first.first_release(family, threshold)?;
        let mut is_known = first.is_known()?;
        for later in self.known.revisions(self.window, cut) {
            let sheet = self.at(later);
            if !is_known {
                (groups, classes, release) = sheet.first_release(family, threshold)?;
                (is_known, cut) = (sheet.is_known()?, later);
            } else if family.is_revised() && !release.is_empty() {
                let categories = sheet.categories_of(family, release.asked())?;
                let rules = sheet.rules((family, &classes), threshold)?;
                let fresh = Release::of(&groups, counted_together(&categories, &classes), rules);
                release.revise(fresh, threshold);
            }
        }
        Ok(Decided { cut: Some(cut), classes, release: Arc::new(release) })
    }

    /// Whether anything is known of the window: what is decided of nothing is decided anew.
    fn is_known(&self) -> Result<bool, Error> {
        Ok(self.split(PARTICIPATED)?.is_some_and(|split| !split.acted.is_empty()))
    }

    /// The finest classes of which something can be published of the organisation, and what.
    fn first_release(
        &self,
        family: Family,
        threshold: Threshold,
    ) -> Result<(Arc<Groups>, Classes, Release), Error> {
        let (groups, categories) =
            (self.groups_decided_by(Chart::AsWas).asked_by(), self.categories(family)?);
        let (mut found, mut release) = (vec![], Release::default());
        if family == Family::Segments && self.participated(threshold)?.is_empty() {
            return Ok((groups, found, release));
        }
        for classes in family.classes() {
            let rules = self.rules((family, &classes), threshold)?;
            release = Release::of(&groups, counted_together(&categories, &classes), rules);
            found = classes;
            if !release.is_empty() {
                break;
            }
        }
        Ok((groups, found, release))
    }

    /// What is published of those who took part, as far as it is known here.
    pub(super) fn participated(&self, threshold: Threshold) -> Result<Arc<Release>, Error> {
        Ok(Arc::clone(&self.decided(Family::Alone(PARTICIPATED), threshold)?.release))
    }

    /// Of what the blocks are taken whole, and of which of its categories those of a family are part.
    fn within(
        &self,
        (family, classes): (Family, &Classes),
        threshold: Threshold,
    ) -> Result<Option<Within>, Error> {
        if family == Family::Alone(PARTICIPATED) {
            return Ok(None);
        }
        if family == Family::Alone(ShareOf::Habit) && self.window.days() == Length::TwelveWeeks.days() {
            let segments = self.decided(Family::Segments, threshold)?;
            if !segments.release.is_empty() {
                // Who uses it in nine of twelve weeks has both a habit and a segment that says so.
                let part_of = vec![family::habitual(&segments.classes), vec![]];
                return Ok(Some(Within { release: Arc::clone(&segments.release), part_of }));
            }
        }
        let release = self.participated(threshold)?;
        Ok((!release.is_empty()).then(|| Within { release, part_of: family.part_of(classes) }))
    }

    /// Who of some people is in each category of a family; whoever is not asked about any more stays among the others.
    fn categories_of(&self, family: Family, asked: &RoaringBitmap) -> Result<Vec<RoaringBitmap>, Error> {
        let mut categories = self.categories(family)?;
        categories.iter_mut().for_each(|category| *category &= asked);
        let found = categories.iter().union();
        if let Some(others) = categories.last_mut() {
            *others |= asked - found;
        }
        Ok(categories)
    }

    /// Who is in each category of a family.
    fn categories(&self, family: Family) -> Result<Vec<RoaringBitmap>, Error> {
        let mut others = RoaringBitmap::new();
        let mut categories = Vec::new();
        for of in family.questions() {
            let split = self.split(*of)?.unwrap_or_default();
            others |= &split.eligible;
            categories.push(split.acted.clone());
        }
        if let Family::Alone(_) = family {
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

    /// Single days are for large groups alone. Whoever was active in a window was so in one of those that make it up.
    fn rules(&self, (family, classes): (Family, &Classes), threshold: Threshold) -> Result<Rules, Error> {
        let least = if self.window.days() == 1 { 10 * u64::from(threshold.people()) } else { 0 };
        let shorter = Length::of(self.window).shorter();
        let parts: Result<_, Error> = match (family, shorter) {
            (Family::Alone(ShareOf::Active(_)), Some(length)) => {
                let parts = self.window.divided(length).map(|window| self.of_window(window));
                parts.map(|part| Ok(Arc::clone(&part.decided(family, threshold)?.release))).collect()
            }
            _ => Ok(vec![]),
        };
        Ok(Rules { threshold, least, parts: parts?, within: self.within((family, classes), threshold)? })
    }

    /// The same window at an earlier cut.
    pub(super) fn at(&self, cut: Day) -> Self {
        let known = if cut == self.known.cut() { Arc::clone(&self.known) } else { self.known.at(cut) };
        self.again(known)
    }
}

/// Who is in each class of categories.
fn counted_together(categories: &[RoaringBitmap], classes: &[Vec<usize>]) -> Vec<RoaringBitmap> {
    let united = |class: &Vec<usize>| class.iter().map(|at| &categories[*at]).union();
    classes.iter().map(united).collect()
}

#[cfg(test)]
pub(super) mod tests;
