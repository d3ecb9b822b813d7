//! What is told of the organisation alone: what people did in one window by what they did in another, and how often they
//! took part. In departments the windows would be of other people, by the few who moved, came or left, and the
//! difference would tell of them.

use std::cmp::Ordering;

use super::super::adoption::{Phase, Segment, habit, often};
use super::super::deeds::Level;
use super::super::grid::Length;
use super::super::groups::Group;
use super::super::publish::{Proportion, Published, Suppression};
use super::super::sheet::{ShareOf, Sheet};
use super::between;
use super::family::{Family, PARTICIPATED};
use crate::Error;
use crate::suppression::Threshold;

/// Phases that are told apart, from the finest. How many were active is known of either window, so that those who
/// returned are found by those who did not, and those who came back by all others.
const PHASES: [&[&[Phase]]; 2] = [
    &[&[Phase::New], &[Phase::Returning, Phase::Resurrecting], &[Phase::Dormant]],
    &[&[Phase::New, Phase::Returning, Phase::Resurrecting], &[Phase::Dormant]],
];
/// Of whom there must be many for each of them.
const MANY_OF: [&[&[Phase]]; 2] = [
    &[&[Phase::New], &[Phase::Returning], &[Phase::Resurrecting], &[Phase::Dormant]],
    &[&[Phase::New, Phase::Resurrecting], &[Phase::Returning], &[Phase::Dormant]],
];

impl Sheet {
    /// A share that compares windows, as it was known when the later one was over: the same, whichever window it is
    /// seen from.
    pub(super) fn compared(&self, of: ShareOf, threshold: Threshold) -> Result<Published<Proportion>, Error> {
        let seen = |back: i32| self.of_window(self.window.before(back)).as_decided(threshold);
        match of {
            ShareOf::Phase(phase) => seen(0)?.map_or_else(open, |sheet| sheet.phase(phase, threshold)),
            ShareOf::Moved(from, to) => {
                seen(0)?.map_or_else(open, |sheet| sheet.moves((from, to), threshold))
            }
            ShareOf::Retained { back, after } => {
                seen(back - after)?.map_or_else(open, |sheet| sheet.retained(after, threshold))
            }
            ShareOf::Departed { back, after } => {
                seen(back - after)?.map_or_else(open, |sheet| sheet.departed(after, threshold))
            }
            ShareOf::Frequency(at_least) => {
                seen(0)?.map_or_else(open, |sheet| sheet.frequency(at_least, threshold))
            }
            _ => Ok(Published::Hidden(Suppression::NotInGrid)),
        }
    }

    /// The window as it was known when it was decided; none while it is open.
    fn as_decided(&self, threshold: Threshold) -> Result<Option<Self>, Error> {
        let cut = self.decided(Family::Alone(PARTICIPATED), threshold)?.cut;
        Ok(cut.map(|cut| self.at(cut)))
    }

    fn phase(&self, phase: Phase, threshold: Threshold) -> Result<Published<Proportion>, Error> {
        let asked = self.adoption().eligible();
        let count = |phases: &[Phase]| -> Result<u64, Error> {
            let each = phases.iter().map(|phase| self.split(ShareOf::Phase(*phase)));
            each.map(|split| Ok(split?.map_or(0, |split| split.acted.len()))).sum()
        };
        let many = |phases: &[&[Phase]]| -> Result<bool, Error> {
            let counts: Vec<u64> = phases.iter().map(|phases| count(phases)).collect::<Result<_, _>>()?;
            let others = asked.len() - counts.iter().sum::<u64>();
            Ok(counts.iter().chain([&others]).all(|count| *count >= threshold.many()))
        };
        if self.participated(threshold)?.is_empty() {
            return Ok(Published::Hidden(Suppression::TooFewPeople));
        }
        for (classes, needed) in PHASES.iter().zip(MANY_OF) {
            if many(needed)? {
                let class = classes.iter().find(|class| class.contains(&phase)).copied().unwrap_or(&[]);
                let all = count(class)?;
                return Ok(between(if class.len() > 1 { 0 } else { all }, all, asked.len()));
            }
        }
        Ok(Published::Hidden(Suppression::TooFewPeople))
    }

    /// Those who took part so often: between the marks that are told, of which each two have many people between them.
    fn frequency(&self, at_least: u32, threshold: Threshold) -> Result<Published<Proportion>, Error> {
        let length = Length::of(self.window);
        let [once, few, some, many] = often(length);
        if habit(length).is_none() || at_least < once {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        if self.participated(threshold)?.is_empty() {
            return Ok(Published::Hidden(Suppression::TooFewPeople));
        }
        let asked = self.adoption().eligible().len();
        let count = |at_least: u32| -> Result<(u32, u64), Error> {
            let split = self.split(ShareOf::Frequency(at_least))?;
            Ok((at_least, split.map_or(0, |split| split.acted.len())))
        };
        let finest: [&[u32]; 8] =
            [&[few, some, many], &[some, many], &[few, many], &[many], &[few, some], &[some], &[few], &[]];
        // Where the habit is not told, nor is it a mark.
        let is_told = self.share(ShareOf::Habit, Group::Organisation, Some(threshold))?.shown().is_some();
        for marks in finest.into_iter().filter(|marks| is_told || !marks.contains(&many)) {
            let told = std::iter::once(once).chain(marks.iter().copied()).map(count);
            let told: Vec<(u32, u64)> = told.collect::<Result<_, _>>()?;
            let next = told.iter().skip(1).map(|(_, count)| *count).chain([0]);
            if told.iter().zip(next).all(|((_, count), next)| count - next >= threshold.many()) {
                let to = told.iter().rfind(|(mark, _)| *mark <= at_least).map_or(0, |(_, count)| *count);
                let from = told.iter().find(|(mark, _)| *mark >= at_least).map_or(0, |(_, count)| *count);
                return Ok(between(from, to, asked));
            }
        }
        Ok(Published::Hidden(Suppression::TooFewPeople))
    }

    /// Those who moved between segments: how many went up, down, or stayed.
    fn moves(
        &self,
        (from, to): (Segment, Segment),
        threshold: Threshold,
    ) -> Result<Published<Proportion>, Error> {
        let (mut ways, mut asked) = ([0; 3], 0);
        let way = |from: Segment, to: Segment| match to.cmp(&from) {
            Ordering::Less => 0,
            Ordering::Equal => 1,
            Ordering::Greater => 2,
        };
        for was in Segment::ALL {
            for is in Segment::ALL {
                let split = self.split(ShareOf::Moved(was, is))?;
                let (all, moved) = split.map_or((0, 0), |split| (split.eligible.len(), split.acted.len()));
                asked = all;
                ways[way(was, is)] += moved;
            }
        }
        if ways.iter().any(|count| *count < threshold.many()) {
            return Ok(Published::Hidden(Suppression::TooFewPeople));
        }
        Ok(between(0, ways[way(from, to)], asked))
    }
}

/// A cohort some windows later: how many began, how many of them had left, of the others how many were active.
struct Later {
    original: u64,
    left: u64,
    retained: u64,
}

impl Sheet {
    /// The cohort that began so many windows before, those who were still there at its end, as it was known then: the
    /// same in every window since. Nothing where few began, or all but few.
    fn cohort(&self, after: i32, threshold: Threshold) -> Result<Option<Later>, Error> {
        let Some(first) = self.of_window(self.window.before(after)).as_decided(threshold)? else {
            return Ok(None);
        };
        let eligible = first.adoption().eligible();
        let original = first.adoption().cohort(first.window, 0).original & &eligible;
        let others = eligible.len() - original.len();
        if original.len().min(others) < threshold.many() {
            return Ok(None);
        }
        let present = &original & self.adoption().eligible();
        let active = self.adoption().active_in(self.window, Level::Participated);
        Ok(Some(Later {
            original: original.len(),
            left: original.len() - present.len(),
            retained: present.intersection_len(&active),
        }))
    }

    /// How many of a cohort were active again, of those who had not left: of how many that is lies between two numbers,
    /// since those who left one after the other would tell of each other.
    fn retained(&self, after: i32, threshold: Threshold) -> Result<Published<Proportion>, Error> {
        let Some(Later { original, left, retained }) = self.cohort(after, threshold)? else {
            return Ok(Published::Hidden(Suppression::TooFewPeople));
        };
        let of = |numerator, denominator| Proportion { numerator, denominator };
        if after == 0 {
            // All who began were active, by what a cohort is.
            return Ok(Published::Shown(of(original, original)));
        }
        if retained.min(original - retained) < threshold.many() {
            return Ok(Published::Hidden(Suppression::TooFewPeople));
        }
        let (from, to) = threshold.rounded(left, original);
        let to = to.min(original - retained);
        Ok(Published::Between(of(retained, original - from), of(retained, original - to)))
    }

    /// How many of a cohort had left: rounded, since that only grows.
    fn departed(&self, after: i32, threshold: Threshold) -> Result<Published<Proportion>, Error> {
        let Some(Later { original, left, .. }) = self.cohort(after, threshold)? else {
            return Ok(Published::Hidden(Suppression::TooFewPeople));
        };
        let (from, to) = threshold.rounded(left, original);
        Ok(between(from, to, original))
    }
}

fn open() -> Result<Published<Proportion>, Error> {
    Ok(Published::Hidden(Suppression::WindowOpen))
}
