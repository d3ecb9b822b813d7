//! How long things take: Kaplan–Meier curves, and shares of what came in time, in a sheet.

use domain::id::CommunityId;
use domain::time::{Day, Time};
use roaring::RoaringBitmap;

use super::deeds::{Answer, Asked};
use super::figure::Figure;
use super::groups::Group;
use super::matrix::of_sides;
use super::publish::{Behind, Proportion, Published, Suppression};
use super::responses::Waiting;
use super::sheet::Sheet;
use super::sums::{Counted, Told};
use crate::Error;
use crate::statistics::survival::{Curve, End, Wait};
use crate::suppression::Threshold;

/// What takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaitFor {
    /// From an account to the first contribution, in days.
    Contribution,
    /// From a post or question to the first comment of another, in seconds.
    Response,
    /// From an idea to its official answer, in seconds.
    Decision,
    /// From a question in a sponsored community to the first answer of its sponsor, in seconds.
    Sponsor,
    /// From the founding of a community to its death, in days.
    Survival,
}

impl WaitFor {
    /// The metric that defines it.
    pub fn metric(self) -> &'static str {
        match self {
            Self::Contribution => "time-to-first-contribution",
            Self::Response => "time-to-first-response",
            Self::Decision => "time-to-decision",
            Self::Sponsor => "sponsor-answer-time",
            Self::Survival => "community-survival",
        }
    }
}

/// What may come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InTime {
    /// A comment of another within so many hours.
    AnsweredWithin(u32),
    /// A comment of another at all.
    Answered,
    /// The answer that whoever asked accepted.
    BestAnswer,
    /// The carrying out of an accepted idea.
    Implemented,
}

const HOUR_US: i64 = 3_600_000_000;
const DAY_US: i64 = 24 * HOUR_US;
pub(super) const DAY_S: u64 = 86_400;

impl InTime {
    /// The metric that defines it.
    pub fn metric(self) -> &'static str {
        match self {
            Self::AnsweredWithin(_) => "answered-within",
            Self::Answered => "response-rate",
            Self::BestAnswer => "best-answer-rate",
            Self::Implemented => "ideas-implemented",
        }
    }

    /// Whether something is old enough at an instant to be asked whether this came; and whether it did.
    fn of(self, waiting: &Waiting, until: Time) -> Option<bool> {
        let age = until.micros() - waiting.at.micros();
        let came = |answer| waiting.first(&[answer]).is_some_and(|at| at <= until);
        let question = waiting.kind == Asked::Question;
        let talk = question || waiting.kind == Asked::Post;
        match self {
            Self::AnsweredWithin(hours) => {
                let limit = i64::from(hours) * HOUR_US;
                let soon = |at: Time| at.micros() - waiting.at.micros() <= limit;
                (talk && age >= limit).then(|| waiting.first(&[Answer::Reply]).is_some_and(soon))
            }
            Self::Answered => (talk && age >= 7 * DAY_US).then(|| came(Answer::Reply)),
            Self::BestAnswer => (question && age >= 14 * DAY_US).then(|| came(Answer::Best)),
            Self::Implemented => {
                (waiting.kind == Asked::Idea && came(Answer::Accepted)).then(|| came(Answer::Implemented))
            }
        }
    }
}

/// A curve and whose waits it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Waits {
    /// The curve; times in seconds.
    pub curve: Curve,
    /// How many waited.
    pub count: u64,
    /// For how many it happened.
    pub happened: u64,
}

impl Waits {
    pub(super) fn of(waits: &[Wait]) -> Self {
        let happened = waits.iter().filter(|wait| wait.end == End::Happened).count() as u64;
        Self { curve: Curve::of(waits), count: waits.len() as u64, happened }
    }

    /// As they are told: under a threshold, in steps of as many. Each step by itself would tell of one, and how many it
    /// happened to, where that only grows, of those who came in between.
    pub(super) fn told(self, threshold: Option<Threshold>) -> Self {
        let Some(threshold) = threshold else { return self };
        let least = u64::from(threshold.people());
        let curve = self.curve.coarse(least, self.count);
        Self { curve, happened: self.happened - self.happened % least, ..self }
    }
}

/// Waits, and those behind them on each side.
type WaitsOf = (Vec<Wait>, Vec<Behind>);

impl Sheet {
    /// How long something takes in a group; `until` is the instant at which the cut ends.
    pub fn wait(
        &self,
        of: WaitFor,
        (group, until): (Group, Time),
        threshold: Option<Threshold>,
    ) -> Result<Published<Waits>, Error> {
        let Some(members) = self.members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        // How many began is a count of people that only grows: of departments it would tell of few.
        if of == WaitFor::Contribution && threshold.is_some() && group != Group::Organisation {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let Some((waits, sides)) = self.waits(of, (group, &members), until)? else {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        };
        if waits.is_empty() {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        // What lives and dies are communities, which everybody sees.
        let found = Waits::of(&waits).told(threshold.filter(|_| of != WaitFor::Survival));
        let ideas = match of {
            WaitFor::Response => false,
            WaitFor::Decision => true,
            WaitFor::Contribution | WaitFor::Sponsor | WaitFor::Survival => {
                return Ok(of_sides(sides, members.len(), threshold, found));
            }
        };
        let is_asked = |waiting: &Waiting| ((waiting.kind == Asked::Idea) == ideas).then_some(false);
        self.summed((Figure::Wait(of), Told::Sums), (group, threshold), || self.counted(is_asked), found)
    }

    /// The waits that a curve of a group is made of, and those behind them on each side of it; nothing where there is
    /// none of such groups.
    pub(super) fn waits(
        &self,
        of: WaitFor,
        (group, members): (Group, &RoaringBitmap),
        until: Time,
    ) -> Result<Option<WaitsOf>, Error> {
        let one = |(waits, behind)| (waits, vec![behind]);
        Ok(Some(match of {
            WaitFor::Contribution => one(self.contribution_waits(group, members)),
            // Whether these are published is decided by the sums of all groups.
            WaitFor::Response => (self.answer_waits(group, &[Answer::Reply], until)?, vec![]),
            WaitFor::Decision => {
                (self.answer_waits(group, &[Answer::Accepted, Answer::Declined], until)?, vec![])
            }
            // A sponsor is one person, and a community few: only all of them together are told of.
            _ if group != Group::Organisation => return Ok(None),
            WaitFor::Sponsor => {
                let (waits, sides) = self.sponsor_waits(until)?;
                (waits, sides.into())
            }
            WaitFor::Survival => one(self.lives()?),
        }))
    }

    /// From the account of each member of a group to their first contribution, or to the cut; of those who were in it
    /// when they left the organisation, to that day.
    fn contribution_waits(&self, group: Group, members: &RoaringBitmap) -> (Vec<Wait>, Behind) {
        let (known, last) = (&self.known, self.adoption().last());
        let inside = |(number, day): &(u32, Day)| {
            let last_day = Day(day.0 - 1);
            match group {
                Group::Community(id) => known.population.circle(id, last_day).contains(*number),
                _ => self.is_of_group((*number, last_day, None), group),
            }
        };
        let left = known.population.left(last).filter(inside);
        let until = members.iter().map(|number| (number, last)).chain(left);
        let mut behind = Behind::new();
        let wait = |(number, until): (u32, Day)| {
            let since = known.population.account(number).filter(|since| *since <= until)?;
            let first = known.contributed_with_account().get(&number).filter(|first| **first <= until);
            behind.push((number, 1));
            let days = first.unwrap_or(&until).0 - since.0;
            let end = if first.is_some() { End::Happened } else { End::Censored };
            Some(Wait { time: u64::try_from(days).unwrap_or(0) * DAY_S, end })
        };
        (until.filter_map(wait).collect(), behind)
    }

    fn answer_waits(&self, group: Group, answers: &[Answer], until: Time) -> Result<Vec<Wait>, Error> {
        let ideas = answers.contains(&Answer::Accepted);
        let asked = self.waiting()?.iter().filter(|waiting| (waiting.kind == Asked::Idea) == ideas);
        let wait = |waiting: &Waiting| {
            let (seconds, happened) = waiting.waited(answers, until);
            let end = if happened { End::Happened } else { End::Censored };
            Wait { time: seconds as u64, end }
        };
        Ok(asked.filter(|waiting| self.is_asked_in(waiting, group)).map(wait).collect())
    }

    /// What came in time of what was asked in a group.
    pub fn in_time(
        &self,
        of: InTime,
        (group, until): (Group, Time),
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        if self.members(group).is_none() {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        let counted = self.counted(|waiting| of.of(waiting, until))?;
        self.share_of((Figure::InTime(of), None), (group, threshold), counted)
    }

    /// What was asked that counts towards sums, and whether what is asked about it came.
    fn counted(&self, came: impl Fn(&Waiting) -> Option<bool>) -> Result<Vec<Counted>, Error> {
        let counted = self.waiting()?.iter().filter_map(|waiting| {
            let (by, part) = (self.known.population.number(waiting.author)?, came(waiting)?.into());
            Some(Counted { by, day: waiting.day, community: waiting.community, amount: 1, part })
        });
        Ok(counted.collect())
    }

    /// Whether it was asked in the group.
    fn is_asked_in(&self, waiting: &Waiting, group: Group) -> bool {
        let author = self.known.population.number(waiting.author);
        author.is_some_and(|author| self.is_of_group((author, waiting.day, waiting.community), group))
    }

    /// Whether what somebody did on a day, in a community or in none, belongs to a group: it was done in the community,
    /// or by somebody who was in the department then, whether they have moved since or not.
    pub(super) fn is_of_group(
        &self,
        (number, day, community): (u32, Day, Option<CommunityId>),
        group: Group,
    ) -> bool {
        let then = || self.known.population.department(number, day, self.chart);
        match group {
            Group::Organisation => true,
            Group::Community(of) => community == Some(of),
            Group::Member(of) => self.known.population.number(of) == Some(number),
            Group::Own(department) => then() == Some(department),
            Group::Whole(department) => then().is_some_and(|then| self.groups().is_within(then, department)),
        }
    }
}
