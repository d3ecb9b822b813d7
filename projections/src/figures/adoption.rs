//! Adoption: who has access, who is active and how often, who stays. Each figure divides the organisation in two: those
//! it is about, and those of them for whom it holds; a group's share is what of both is in the group.

use domain::organisation::Calendar;
use domain::time::Day;
use roaring::{MultiOps, RoaringBitmap};

use super::deeds::Level;
use super::grid::{Length, Window};
use super::known::{Firsts, Known};
use crate::sliced::Sliced;

/// Those whom a figure is about, and those of them for whom it holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// The denominator.
    pub eligible: RoaringBitmap,
    /// The numerator.
    pub acted: RoaringBitmap,
}

impl Split {
    fn of(eligible: RoaringBitmap, acted: &RoaringBitmap) -> Self {
        Self { acted: &eligible & acted, eligible }
    }

    /// What of it is in a group.
    pub fn within(&self, group: &RoaringBitmap) -> Self {
        Self { eligible: &self.eligible & group, acted: &self.acted & group }
    }
}

/// How much somebody uses the platform, by how steadily they act: the segments of `identify_usage_segments.R` of the
/// R package vivainsights, over twelve weeks or over four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Habitual, with fifteen acts a week on average.
    Power,
    /// Active in nine of twelve weeks, or in each of four.
    Habitual,
    /// One act a week on average.
    Novice,
    /// Fewer.
    Low,
    /// None.
    NonUser,
}

impl Segment {
    /// Every segment, the most active first.
    pub const ALL: [Self; 5] = [Self::Power, Self::Habitual, Self::Novice, Self::Low, Self::NonUser];

    const NAMES: [&str; 5] = ["power", "habitual", "novice", "low", "none"];

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The segment of a name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|segment| segment.name() == name)
    }
}

/// Who is in each segment of use but the last: whoever is in none of them is no user.
#[derive(Clone, Debug)]
pub struct Segments([RoaringBitmap; Segment::NonUser as usize]);

impl Segments {
    /// By how often everybody acted in each week.
    pub fn of(acts: &[Sliced]) -> Self {
        let weeks = acts.len() as u64;
        let steady = if weeks >= 12 { weeks * 3 / 4 } else { weeks };
        let (mut sum, mut active) = (Sliced::default(), Sliced::default());
        for week in acts {
            sum.add(week);
            active.count(week.at_least(1));
        }
        let habitual = active.at_least(steady.max(1));
        let power = &habitual & sum.at_least(15 * weeks);
        let others = sum.at_least(1) - &habitual;
        let novice = &others & sum.at_least(weeks);
        let (habitual, low) = (habitual - &power, others - &novice);
        Self([power, habitual, novice, low])
    }

    fn users(&self) -> RoaringBitmap {
        self.0.iter().union()
    }
}

/// What somebody is to a window, beside the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Active, with an account that was opened in the window.
    New,
    /// Active, as in the window before.
    Returning,
    /// Active, and not in the window before, though they could have been.
    Resurrecting,
    /// Not active, and active in the window before.
    Dormant,
}

/// A step of the way from being eligible to having a habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Has an account.
    Access,
    /// Has taken part since.
    Activated,
    /// Has contributed since.
    Contributed,
    /// Has the habit of the window.
    Habit,
}

/// On how many days of four weeks, or in how many weeks of twelve, taking part is a habit.
pub(super) fn habit(length: Length) -> Option<u32> {
    let [.., habit] = often(length);
    (length.days() >= Length::FourWeeks.days()).then_some(habit)
}

/// How often people took part, where it is told of a window of such a length: of four weeks and of twelve up to a habit.
pub fn often(length: Length) -> [u32; 4] {
    match length {
        Length::Day | Length::Week => [1, 2, 3, 5],
        Length::FourWeeks => [1, 2, 5, 10],
        Length::TwelveWeeks => [1, 3, 6, 9],
    }
}

/// Days after which an account counts as activated or not.
const ACTIVATION_DAYS: i32 = 28;

/// Adoption in a window, of which what is after the cut does not count.
#[derive(Clone, Copy, Debug)]
pub struct Adoption<'a> {
    /// What is known.
    pub known: &'a Known,
    /// The window.
    pub window: Window,
}

impl Adoption<'_> {
    /// The last day that counts.
    pub fn last(&self) -> Day {
        self.window.until(self.passed()).last
    }

    fn passed(&self) -> Day {
        self.known.acts.passed
    }

    /// Who belongs to the organisation at the end of the window.
    pub fn eligible(&self) -> RoaringBitmap {
        (*self.known.population.present(self.last())).clone()
    }

    /// Who was active in a window at a level or above.
    pub fn active_in(&self, window: Window, level: Level) -> RoaringBitmap {
        self.known.days.within(window.until(self.passed()), level, self.known.acts.learned)
    }

    /// Access coverage: those with an account among the eligible.
    pub fn access(&self) -> Split {
        Split::of(self.eligible(), &self.with_account(self.last()))
    }

    fn with_account(&self, day: Day) -> RoaringBitmap {
        self.known.population.with_account(|since| since <= day)
    }

    /// Activation: those who took part within 28 days of their account, among those who have had it so long.
    pub fn activation(&self) -> Split {
        let last = self.last();
        let due = Day(last.0 - ACTIVATION_DAYS);
        let eligible = self.eligible() & self.with_account(due);
        let in_time = |(number, first): (&u32, &Day)| {
            let since = self.known.population.account(*number)?;
            (first.0 - since.0 <= ACTIVATION_DAYS && *first <= last).then_some(*number)
        };
        let activated = self.known.participated_with_account().iter().filter_map(in_time).collect();
        Split::of(eligible, &activated)
    }

    /// The share of the eligible who were active in the window at a level or above: DAU, WAU or MAU by its length.
    pub fn active(&self, level: Level) -> Split {
        Split::of(self.eligible(), &self.active_in(self.window, level))
    }

    /// Those with a habit: active on ten of 28 days, or in nine of twelve weeks. There is none in shorter windows.
    pub fn habit(&self) -> Option<Split> {
        self.frequency(habit(Length::of(self.window))?)
    }

    /// Those who took part on at least so many days, or in so many weeks of twelve, among the eligible; nothing of
    /// more than there are, and of single days.
    pub fn frequency(&self, at_least: u32) -> Option<Split> {
        let length = match Length::of(self.window) {
            Length::Day => return None,
            Length::Week | Length::FourWeeks => Length::Day,
            Length::TwelveWeeks => Length::Week,
        };
        let parts = self.window.days() / length.days();
        let needed = u64::from(at_least);
        if !(1..=parts.unsigned_abs()).contains(&at_least) {
            return None;
        }
        let last = self.last();
        let windows = self.window.divided(length).filter(|part| part.first <= last);
        let frequency = self.known.days.frequency(
            windows.map(|part| part.until(self.passed())),
            Level::Participated,
            self.known.acts.learned,
        );
        Some(Split::of(self.eligible(), &frequency.at_least(needed)))
    }

    /// Those in a segment of use among the eligible.
    pub fn segment(&self, segments: &Segments, segment: Segment) -> Split {
        let eligible = self.eligible();
        let inside = segments.0.get(segment as usize).cloned();
        let inside = inside.unwrap_or_else(|| &eligible - segments.users());
        Split::of(eligible, &inside)
    }

    /// Those in a phase of their use, among the eligible.
    pub fn phase(&self, phase: Phase) -> Split {
        let now = self.active_in(self.window, Level::Participated);
        let before = self.active_in(self.window.before(1), Level::Participated);
        let opened = self.known.population.with_account(|since| self.window.contains(since));
        let inside = match phase {
            Phase::New => now & opened,
            Phase::Returning => (now & before) - opened,
            Phase::Resurrecting => (now - before) - opened,
            Phase::Dormant => before - now,
        };
        Split::of(self.eligible(), &inside)
    }

    /// A step of the onboarding funnel: those who came to it and to all steps before, among the eligible; to take part
    /// and to contribute, within so many days after the step before, if it is asked within how many.
    pub fn step(&self, step: Step, within: Option<u32>) -> Option<Split> {
        let mut inside = self.with_account(self.last());
        let took_part = self.known.participated_with_account();
        if step >= Step::Activated {
            inside &= self.came(took_part, within, |number| self.known.population.account(number));
        }
        if step >= Step::Contributed {
            let contributed = self.known.contributed_with_account();
            inside &= self.came(contributed, within, |number| took_part.get(&number).copied());
        }
        if step >= Step::Habit {
            inside &= self.habit()?.acted;
        }
        Some(Split::of(self.eligible(), &inside))
    }

    /// Who came to something by the end of the window, within so many days of something else.
    fn came(&self, firsts: &Firsts, within: Option<u32>, from: impl Fn(u32) -> Option<Day>) -> RoaringBitmap {
        let last = self.last();
        let in_time = |(number, first): &(&u32, &Day)| {
            let soon = |days: u32| {
                from(**number).is_some_and(|from| i64::from(first.0) - i64::from(from.0) <= days.into())
            };
            **first <= last && within.is_none_or(soon)
        };
        firsts.iter().filter(in_time).map(|(number, _)| *number).collect()
    }

    /// The cohort of a window, those who took part in it for the first time, and of them those who were active `after`
    /// windows later. Whoever had left by its end is eligible no more: they are `left`, not lapsed.
    pub fn cohort(&self, cohort: Window, after: i32) -> Cohort {
        let firsts = self.known.participated().iter();
        let original: RoaringBitmap =
            firsts.filter(|(_, first)| cohort.contains(**first)).map(|(number, _)| *number).collect();
        let later = cohort.before(-after);
        let present = self.known.population.present(later.until(self.passed()).last);
        let left = &original - &*present;
        let retained = Split::of(&original & &*present, &self.active_in(later, Level::Participated));
        Cohort { original, left, retained }
    }

    /// The working days of the window up to the cut.
    pub fn working_days(&self, calendar: &Calendar) -> Vec<Window> {
        let until = self.last();
        let days = self.window.divided(Length::Day).filter(|day| day.first <= until);
        days.filter(|day| calendar.works(day.first)).collect()
    }

    /// Stickiness of a group: the mean, over working days, of how many took part on the day, by how many did in the
    /// whole window. Nothing where nobody did, or no working day has passed.
    pub fn stickiness(&self, group: &RoaringBitmap, calendar: &Calendar) -> Option<f64> {
        let days = self.working_days(calendar);
        let people = self.eligible() & group;
        let whole = self.active_in(self.window, Level::Participated).intersection_len(&people);
        let daily = |day: &Window| self.active_in(*day, Level::Participated).intersection_len(&people);
        let sum: u64 = days.iter().map(daily).sum();
        (whole > 0 && !days.is_empty()).then(|| sum as f64 / days.len() as f64 / whole as f64)
    }
}

/// A cohort some windows later.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// Who began.
    pub original: RoaringBitmap,
    /// Who of them had left the organisation.
    pub left: RoaringBitmap,
    /// Who of the others was active.
    pub retained: Split,
}
