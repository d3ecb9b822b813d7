//! A sheet: every figure of one window by one chart, for all groups at once, as it was known at a cut. What is read for
//! one figure is kept for the others.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use roaring::RoaringBitmap;

use super::adoption::{Adoption, Phase, Segment, Segments, Split, Step};
use super::days::done;
use super::deeds::Level;
use super::diffusion::Spread;
use super::exchange::{Between, Exchange, Pairs};
use super::figure::{Figure, Maturity};
use super::flows::Flows;
use super::grid::{Length, Window};
use super::groups::{Group, Groups};
use super::known::{Kept, Known};
use super::population::Chart;
use super::publish::Suppression;
use super::responses::{Waiting, asked};
use super::sums::Decisions;
use crate::flow::Kind;
use crate::sliced::Sliced;
use crate::statistics::interval::Interval;
use crate::statistics::network::Permutation;
use crate::suppression::Threshold;
use crate::{Error, Snapshot, Views};

/// A figure that is a share of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShareOf {
    /// Have an account.
    Access,
    /// Took part soon after they got one.
    Activated,
    /// Active at a level or above.
    Active(Level),
    /// Have a habit.
    Habit,
    /// Are in a segment of use.
    Segment(Segment),
    /// Were in one segment in the window before and are in another now.
    Moved(Segment, Segment),
    /// Are in a phase of their use.
    Phase(Phase),
    /// Active on at least so many days, or in so many weeks of twelve.
    Frequency(u32),
    /// Came to a step of the onboarding funnel.
    Step {
        /// Which.
        to: Step,
        /// Within how many days of the step before, if within any.
        within: Option<u32>,
    },
    /// Contributed nothing.
    Silent,
    /// Began so many windows back, and were active again so many after that.
    Retained {
        /// How many windows back.
        back: i32,
        /// How many windows after.
        after: i32,
    },
    /// Began so many windows back, and had left so many after that.
    Departed {
        /// How many windows back.
        back: i32,
        /// How many windows after.
        after: i32,
    },
}

impl ShareOf {
    /// A step of the onboarding funnel; before an account there is none within days of which it could be.
    pub fn step(to: Step, within: Option<u32>) -> Self {
        Self::Step { to, within: within.filter(|_| to > Step::Access) }
    }

    /// The metric that defines it.
    pub fn metric(self) -> &'static str {
        match self {
            Self::Access => "access-coverage",
            Self::Activated => "activation",
            Self::Active(Level::Consumed) => "consumed-share",
            Self::Active(Level::Participated) => "participated-share",
            Self::Active(Level::Contributed) => "contributed-share",
            Self::Habit => "habit",
            Self::Segment(_) => "usage-segment",
            Self::Moved(..) => "segment-moves",
            Self::Phase(_) => "lifecycle",
            Self::Frequency(_) => "activity-frequency",
            Self::Step { within: None, .. } => "onboarding-funnel",
            Self::Step { .. } => "onboarding-within",
            Self::Silent => "participation-split",
            Self::Retained { .. } | Self::Departed { .. } => "cohort-retention",
        }
    }
}

/// The ways in which contents reach people that count as flow: without what was only looked at.
pub const FLOWS: [Kind; 4] = [Kind::Addressed, Kind::Commented, Kind::Reacted, Kind::SharedOn];

/// The figures of a window by a chart at a cut.
#[derive(Debug)]
pub struct Sheet {
    views: Views,
    /// What was known.
    pub known: Arc<Known>,
    /// The window.
    pub window: Window,
    /// By which chart people are counted.
    pub chart: Chart,
    groups: OnceLock<Arc<Groups>>,
    segments: OnceLock<Segments>,
    segments_before: OnceLock<Segments>,
    contributions: OnceLock<HashMap<u32, u64>>,
    waiting: OnceLock<Vec<Waiting>>,
    exchange: OnceLock<Exchange>,
    pairs: OnceLock<Pairs>,
    looks: OnceLock<Exchange>,
    spreads: OnceLock<Vec<Spread>>,
    permutation: OnceLock<Option<Permutation>>,
    closed: [OnceLock<Box<Self>>; 5],
    pub(super) flows: Kept<Threshold, Arc<Flows>>,
    pub(super) demanded: Kept<Threshold, Arc<Flows>>,
    pub(super) intervals: Kept<(Figure, Group), Option<Interval>>,
    pub(super) sums: Kept<(Figure, Threshold), Arc<Decisions>>,
}

/// Reads a thing once.
fn once<T>(cell: &OnceLock<T>, read: impl FnOnce() -> Result<T, Error>) -> Result<&T, Error> {
    match cell.get() {
        Some(value) => Ok(value),
        None => read().map(|value| cell.get_or_init(|| value)),
    }
}

impl Sheet {
    /// The figures of a window, read from views as they are needed.
    pub fn new(views: Views, known: Arc<Known>, window: Window, chart: Chart) -> Self {
        Self {
            views,
            known,
            window,
            chart,
            groups: OnceLock::new(),
            segments: OnceLock::new(),
            segments_before: OnceLock::new(),
            contributions: OnceLock::new(),
            waiting: OnceLock::new(),
            exchange: OnceLock::new(),
            pairs: OnceLock::new(),
            looks: OnceLock::new(),
            spreads: OnceLock::new(),
            permutation: OnceLock::new(),
            closed: Default::default(),
            flows: Mutex::default(),
            demanded: Mutex::default(),
            intervals: Mutex::default(),
            sums: Mutex::default(),
        }
    }

    /// The same window as it was known at another cut.
    pub(super) fn again(&self, known: Arc<Known>) -> Self {
        Self::new(self.views.clone(), known, self.window, self.chart)
    }

    /// The sheet of which sums and what is made of ties is published where a threshold protects people: of windows of
    /// one length, so that none is the sum of others, as they were known once what is waited for could have come.
    pub(super) fn closed(&self, maturity: Maturity) -> Result<&Self, Suppression> {
        if self.window.days() != Length::FourWeeks.days() {
            return Err(Suppression::NotInGrid);
        }
        let cut = maturity.of(self.window);
        match self.known.cut().cmp(&cut) {
            Ordering::Less => Err(Suppression::WindowOpen),
            Ordering::Equal => Ok(self),
            Ordering::Greater => Ok(self.closed[maturity as usize].get_or_init(|| Box::new(self.at(cut)))),
        }
    }

    /// Another window at the same cut.
    pub(super) fn of_window(&self, window: Window) -> Self {
        Self::new(self.views.clone(), Arc::clone(&self.known), window, self.chart)
    }

    /// Adoption in the window.
    pub fn adoption(&self) -> Adoption<'_> {
        Adoption { known: &self.known, window: self.window }
    }

    /// All groups at the end of the window.
    pub fn groups(&self) -> &Groups {
        let last = self.adoption().last();
        self.groups.get_or_init(|| self.known.groups(last, self.chart))
    }

    /// Who is in a group at the end of the window; nothing where there is no such group.
    pub fn members(&self, group: Group) -> Option<Cow<'_, RoaringBitmap>> {
        let Group::Member(id) = group else { return self.groups().members(group).map(Cow::Borrowed) };
        let number = self.known.population.number(id)?;
        self.members(Group::Organisation)?.contains(number).then(|| Cow::Owned([number].into()))
    }

    /// What of the window had passed at the cut.
    pub(super) fn passed(&self) -> Window {
        self.window.until(self.known.acts.passed)
    }

    /// What the sheet is read from.
    pub(super) fn snapshot(&self) -> Result<Snapshot, Error> {
        self.views.snapshot()
    }

    /// Whom a share is about and for whom it holds; nothing where a window of this length has no such figure.
    pub fn split(&self, of: ShareOf) -> Result<Option<Arc<Split>>, Error> {
        self.known.once_split((self.window, of), || self.compute(of))
    }

    fn compute(&self, of: ShareOf) -> Result<Option<Split>, Error> {
        let adoption = self.adoption();
        Ok(match of {
            ShareOf::Access => Some(adoption.access()),
            ShareOf::Activated => Some(adoption.activation()),
            ShareOf::Active(level) => Some(adoption.active(level)),
            ShareOf::Habit => adoption.habit(),
            ShareOf::Frequency(at_least) => adoption.frequency(at_least),
            ShareOf::Step { to, within } => adoption.step(to, within),
            ShareOf::Phase(phase) => Some(adoption.phase(phase)),
            ShareOf::Segment(segment) => self.segments()?.map(|segments| adoption.segment(segments, segment)),
            ShareOf::Moved(from, to) => self.moved(from, to)?,
            ShareOf::Silent => {
                let Split { eligible, acted } = adoption.active(Level::Contributed);
                Some(Split { acted: &eligible - acted, eligible })
            }
            ShareOf::Retained { back, after } => {
                Some(adoption.cohort(self.window.before(back), after).retained)
            }
            ShareOf::Departed { back, after } => {
                let cohort = adoption.cohort(self.window.before(back), after);
                Some(Split { eligible: cohort.original, acted: cohort.left })
            }
        })
    }

    fn moved(&self, from: Segment, to: Segment) -> Result<Option<Split>, Error> {
        let Some((before, now)) = self.segments_before()?.zip(self.segments()?) else { return Ok(None) };
        let earlier = Adoption { known: &self.known, window: self.window.before(1) };
        let both = self.adoption().eligible() & earlier.eligible();
        let was = earlier.segment(before, from).acted;
        let is = self.adoption().segment(now, to).acted;
        Ok(Some(Split { acted: &both & was & is, eligible: both }))
    }

    /// The segment of everybody who did anything; there are none in windows shorter than four weeks.
    pub fn segments(&self) -> Result<Option<&Segments>, Error> {
        self.segments_in(&self.segments, self.window)
    }

    fn segments_before(&self) -> Result<Option<&Segments>, Error> {
        self.segments_in(&self.segments_before, self.window.before(1))
    }

    fn segments_in<'a>(
        &self,
        kept: &'a OnceLock<Segments>,
        window: Window,
    ) -> Result<Option<&'a Segments>, Error> {
        if window.days() < Length::FourWeeks.days() {
            return Ok(None);
        }
        let weeks = (window, Length::Week.days());
        let read = || done(&self.snapshot()?, &self.known, weeks, Level::Participated);
        once(kept, || Ok(Segments::of(&read()?))).map(Some)
    }

    /// How much each person contributed in the window; who contributed nothing is not in it.
    pub fn contributions(&self) -> Result<&HashMap<u32, u64>, Error> {
        once(&self.contributions, || {
            let whole = (self.passed(), self.window.days());
            let contributed = done(&self.snapshot()?, &self.known, whole, Level::Contributed)?;
            Ok(contributed.iter().flat_map(Sliced::iter).collect())
        })
    }

    /// How much each of a group contributed, with a zero for whoever contributed nothing.
    pub fn contributions_of(&self, group: &RoaringBitmap) -> Result<Vec<u64>, Error> {
        let contributions = self.contributions()?;
        Ok(group.iter().map(|number| contributions.get(&number).copied().unwrap_or(0)).collect())
    }

    /// What was asked in the window, and what came back.
    pub fn waiting(&self) -> Result<&[Waiting], Error> {
        let read = || asked(&self.snapshot()?, self.passed(), self.known.acts.learned);
        once(&self.waiting, read).map(Vec::as_slice)
    }

    /// What passed between people in the window.
    pub fn exchange(&self) -> Result<&Exchange, Error> {
        once(&self.exchange, || Exchange::read(&self.snapshot()?, &self.known, self.passed(), &FLOWS))
    }

    /// The same with what passed between people, whatever the views say.
    #[cfg(test)]
    pub(super) fn with_exchange(self, exchange: Exchange) -> Self {
        Self { exchange: exchange.into(), ..self }
    }

    /// Who looked at whose contents in the window. Whoever asks for that asks what else passed.
    pub fn looks(&self) -> Result<&Exchange, Error> {
        once(&self.looks, || {
            let kinds: [&[Kind]; 2] = [&[Kind::Viewed], &FLOWS];
            let [looks, exchange] =
                Exchange::read_apart(&self.snapshot()?, &self.known, self.passed(), kinds)?;
            let _ = self.exchange.set(exchange);
            Ok(looks)
        })
    }

    /// What was published and whom it reached, once it is read.
    pub(super) fn once_spread(
        &self,
        read: impl FnOnce() -> Result<Vec<Spread>, Error>,
    ) -> Result<&[Spread], Error> {
        once(&self.spreads, read).map(Vec::as_slice)
    }

    /// What chance makes of the ties, once it is computed.
    pub(super) fn once_permuted(
        &self,
        compute: impl FnOnce() -> Result<Option<Permutation>, Error>,
    ) -> Result<Option<Permutation>, Error> {
        once(&self.permutation, compute).copied()
    }

    /// What passed between people in the window, by the departments of both.
    pub(super) fn pairs(&self) -> Result<&Pairs, Error> {
        once(&self.pairs, || Ok(Pairs::of(self.between()?)))
    }

    /// What passed between departments, by the chart of the sheet.
    pub fn between(&self) -> Result<impl Iterator<Item = Between> + '_, Error> {
        Ok(self.exchange()?.between(&self.known.population, self.chart))
    }
}
