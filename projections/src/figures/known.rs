//! All that was known at a cut, in memory: read once, and every figure of the cut and of those before is computed from it.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, OnceLock, Weak};

use domain::time::{Day, Time};
use parking_lot::Mutex;

use super::adoption::Split;
use super::communities::Communities;
use super::days::Days;
use super::decided::{Decided, Family};
use super::deeds::Level;
use super::grid::{Length, Window};
use super::groups::Groups;
use super::population::{Chart, Population, Register, Unchanged};
use super::sheet::ShareOf;
use crate::suppression::Threshold;
use crate::{Error, Snapshot};

/// The day on which each person first did something.
pub type Firsts = HashMap<u32, Day>;

/// What is computed once for each question.
pub(super) type Kept<Q, T> = Mutex<HashMap<Q, T>>;

/// What is kept for a question, or what is computed for it without holding others up: the first to come is kept.
pub(super) fn once<Q: Eq + Hash, T: Clone>(
    kept: &Kept<Q, T>,
    question: Q,
    compute: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    if let Some(found) = kept.lock().get(&question) {
        return Ok(found.clone());
    }
    let computed = compute()?;
    Ok(kept.lock().entry(question).or_insert(computed).clone())
}

/// What was known at a cut.
#[derive(Debug)]
pub struct Known {
    register: Arc<Register>,
    /// The people.
    pub population: Population,
    /// Which acts count.
    pub(super) acts: Acts,
    /// The instant up to which they do, where that is none at which a day ends.
    until: Option<Time>,
    /// Their days.
    pub days: Arc<Days>,
    /// Their communities.
    pub communities: Arc<Communities>,
    participated: OnceLock<Firsts>,
    participated_with_account: OnceLock<Firsts>,
    contributed_with_account: OnceLock<Firsts>,
    splits: Kept<(Window, ShareOf), Option<Arc<Split>>>,
    decided: Kept<(Window, Family, Threshold), Arc<Decided>>,
    groups: Arc<Kept<(Unchanged, Chart), Arc<Groups>>>,
    /// Cuts before this one, which read theirs here as well.
    kept: Arc<Mutex<VecDeque<Arc<Self>>>>,
    earlier: Weak<Mutex<VecDeque<Arc<Self>>>>,
}

/// Which acts count: what was learned of days that had passed. Both are the cut, but where two cuts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acts {
    /// The last day on which one was learned.
    pub learned: Day,
    /// The last day on which one happened.
    pub passed: Day,
}

/// Earlier cuts kept in memory with one, which share them.
const EARLIER_KEPT: usize = 64;

impl Known {
    /// Reads what was known at a cut. `day_of` is the local day of an instant.
    pub fn read(snapshot: &Snapshot, cut: Day, day_of: &dyn Fn(Time) -> Day) -> Result<Self, Error> {
        let register = Arc::new(Register::read(snapshot, cut, day_of)?);
        let (days, communities) = (Days::read(snapshot, cut)?, Communities::read(snapshot, cut)?);
        Ok(Self::of(register, (Arc::new(days), Arc::new(communities)), cut))
    }

    fn of(register: Arc<Register>, (days, communities): (Arc<Days>, Arc<Communities>), cut: Day) -> Self {
        let kept = Arc::default();
        Self {
            earlier: Arc::downgrade(&kept),
            kept,
            population: Population::of(&register, cut),
            acts: Acts { learned: cut, passed: cut },
            until: None,
            participated: OnceLock::new(),
            participated_with_account: OnceLock::new(),
            contributed_with_account: OnceLock::new(),
            register,
            days,
            communities,
            splits: Mutex::default(),
            decided: Mutex::default(),
            groups: Arc::default(),
        }
    }

    /// The same as it was known at an instant of the last day, which was not over then.
    #[must_use]
    pub fn until(self, until: Option<Time>) -> Self {
        Self { until, ..self }
    }

    /// The instant up to which anything is known, where that is none at which a day ends.
    pub fn known_at(&self) -> Option<Time> {
        self.until
    }

    /// The last day that had passed wholly.
    pub(super) fn passed_wholly(&self) -> Day {
        Day(self.acts.passed.0 - i32::from(self.until.is_some()))
    }

    /// When each person first took part.
    pub fn participated(&self) -> &Firsts {
        self.participated.get_or_init(|| self.passed(self.days.participated(self.acts.learned)))
    }

    /// When each person with an account first took part since they have it.
    pub fn participated_with_account(&self) -> &Firsts {
        self.participated_with_account
            .get_or_init(|| self.with_account(self.participated().clone(), Level::Participated))
    }

    /// When each person with an account first contributed since they have it.
    pub fn contributed_with_account(&self) -> &Firsts {
        let contributed = || self.passed(self.days.contributed(self.acts.learned));
        self.contributed_with_account.get_or_init(|| self.with_account(contributed(), Level::Contributed))
    }

    /// What was done before there was an account, as imports tell, is looked for anew from then on.
    fn with_account(&self, mut firsts: Firsts, level: Level) -> Firsts {
        let before = |(number, first): &(&u32, &Day)| {
            self.population.account(**number).is_some_and(|since| **first < since)
        };
        let early: Vec<u32> = firsts.iter().filter(before).map(|(number, _)| *number).collect();
        firsts.retain(|number, first| self.population.account(*number).is_some_and(|since| since <= *first));
        let since = self.population.accounts(early.into_iter());
        firsts.extend(self.days.firsts_since(since, level, self.acts));
        firsts
    }

    fn passed(&self, mut firsts: Firsts) -> Firsts {
        firsts.retain(|_, first| *first <= self.acts.passed);
        firsts
    }

    /// The same people with other acts.
    pub(super) fn with_acts(&self, acts: Acts) -> Self {
        let read = (Arc::clone(&self.days), Arc::clone(&self.communities));
        Self { acts, ..Self::of(Arc::clone(&self.register), read, self.cut()) }
    }

    /// The same people with the acts and in the departments of another cut.
    pub(super) fn moved_as(&self, other: &Self) -> Self {
        let moved = self.with_acts(other.acts);
        Self { population: moved.population.placed_at(other.cut()), ..moved }
    }

    /// What was known at a cut before this one.
    pub(super) fn at(&self, cut: Day) -> Arc<Self> {
        // Whoever still holds a cut after the one it was found by is gone keeps its own.
        let kept = self.earlier.upgrade().unwrap_or_else(|| Arc::clone(&self.kept));
        let mut kept = kept.lock();
        if let Some(known) = kept.iter().find(|known| known.cut() == cut) {
            return Arc::clone(known);
        }
        let read = (Arc::clone(&self.days), Arc::clone(&self.communities));
        let mut known = Self::of(Arc::clone(&self.register), read, cut);
        known.earlier = Weak::clone(&self.earlier);
        known.groups = Arc::clone(&self.groups);
        let known = Arc::new(known);
        kept.push_back(Arc::clone(&known));
        if kept.len() > EARLIER_KEPT {
            kept.pop_front();
        }
        known
    }

    /// The groups at the end of a day by a chart.
    pub(super) fn groups(&self, day: Day, chart: Chart) -> Arc<Groups> {
        let question = (self.register.unchanged(day, self.cut()), chart);
        if let Some(groups) = self.groups.lock().get(&question) {
            return Arc::clone(groups);
        }
        let groups = Arc::new(Groups::of(&self.population, day, chart));
        Arc::clone(self.groups.lock().entry(question).or_insert(groups))
    }

    /// The weeks' ends after the one at which a window was decided, up to the cut, by which something of the window was
    /// still learned: the first first.
    pub(super) fn revisions(&self, window: Window, decided: Day) -> Vec<Day> {
        let days = self.days.learned_late(window, self.cut());
        let learned = days.chain(self.register.learned_late(window, self.cut()));
        let ends = learned.map(|known| Window::containing(known, Length::Week).last);
        let mut ends: Vec<Day> = ends.filter(|end| *end > decided && *end <= self.cut()).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// Divides people once for each question.
    pub(super) fn once_split(
        &self,
        question: (Window, ShareOf),
        compute: impl FnOnce() -> Result<Option<Split>, Error>,
    ) -> Result<Option<Arc<Split>>, Error> {
        once(&self.splits, question, || Ok(compute()?.map(Arc::new)))
    }

    /// Decides once for each question what is published.
    pub(super) fn once_decided(
        &self,
        question: (Window, Family, Threshold),
        decide: impl FnOnce() -> Result<Decided, Error>,
    ) -> Result<Arc<Decided>, Error> {
        once(&self.decided, question, || decide().map(Arc::new))
    }

    /// The last day that is known.
    pub fn cut(&self) -> Day {
        self.population.cut
    }
}
