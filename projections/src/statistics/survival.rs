//! How long it takes until something happens, when for some it has not happened yet (Kaplan and Meier 1958).

use super::bootstrap::percentile;
use super::interval::{Interval, normal_quantile};

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// What was waited for happened.
    Happened,
    /// It was lost from sight before: a departure, or the end of the record.
    Censored,
}

/// One wait: how long it was seen, in any whole unit, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// From its beginning to its end.
    pub time: u64,
    /// How it ended.
    pub end: End,
}

/// What is known from a time on at which something happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When, in the unit of the waits.
    pub time: u64,
    /// How many were waiting up to then; who is censored at that very time still counts.
    pub at_risk: u64,
    /// For how many it happened then.
    pub events: u64,
    /// The share, 0 to 1, for whom it has not happened by then.
    pub survival: f64,
    /// How far that can be trusted; `None` once it has happened to everyone at risk, where the formulas divide by 0.
    pub uncertainty: Option<Uncertainty>,
}

/// How far an estimate of survival can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    /// Greenwood's: S² Σ d ÷ (n (n − d)).
    pub variance: f64,
    /// Of the log-log kind, S^exp(±z √variance ÷ (S ln S)) at 95 %, which stays within 0 and 1.
    pub interval: Interval,
}

/// A product of fractions that is one half may be off by a few roundings.
const HALF: f64 = 0.5 + 1e-12;

/// The Kaplan–Meier estimate of how many still wait at each time.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
}

impl Curve {
    /// The curve of these waits, in any order.
    pub fn of(waits: &[Wait]) -> Self {
        let mut waits = waits.to_vec();
        waits.sort_unstable_by_key(|wait| wait.time);
        let mut at_risk = waits.len() as u64;
        let mut survival = 1.0;
        // Greenwood's sum.
        let mut hazard = 0.0;
        let mut steps = Vec::new();
        for together in waits.chunk_by(|one, next| one.time == next.time) {
            let events = together.iter().filter(|wait| wait.end == End::Happened).count() as u64;
            if events > 0 {
                let stay = at_risk - events;
                survival *= stay as f64 / at_risk as f64;
                hazard += events as f64 / (at_risk as f64 * stay as f64);
                let uncertainty = (stay > 0).then(|| uncertainty(survival, hazard));
                steps.push(Step { time: together[0].time, at_risk, events, survival, uncertainty });
            }
            at_risk -= together.len() as u64;
        }
        Self { steps }
    }

    /// The same of so many waits, as it can be told without telling of few: a step where it happened to at least so many
    /// since the step before, to values between which so many lie. It ends where so few wait that from a step and the one
    /// before it could be worked out how many they are.
    #[must_use]
    pub fn coarse(&self, least: u64, of: u64) -> Self {
        let part = least as f64 / of as f64;
        let down = |count: u64| count - count % least;
        let (mut happened, mut hazard, mut steps) = (0, 0.0, vec![]);
        for step in self.steps.iter().take_while(|step| step.at_risk * step.at_risk >= least * of) {
            happened += step.events;
            let (at_risk, events) = (down(step.at_risk), down(happened));
            // What a product of fractions is off by is no part.
            let survival = 1.0 - ((1.0 - step.survival) / part + 1e-9).floor() * part;
            if events == 0 || survival == 1.0 {
                continue;
            }
            let stay = at_risk.saturating_sub(events);
            hazard += events as f64 / (at_risk as f64 * stay as f64);
            let uncertainty = hazard.is_finite().then(|| uncertainty(survival, hazard));
            steps.push(Step { time: step.time, at_risk, events, survival, uncertainty });
            happened -= events;
        }
        Self { steps }
    }

    /// The times at which something happened, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The share, 0 to 1, for whom it has not happened by that time, the time itself included.
    pub fn at(&self, time: u64) -> f64 {
        let passed = self.steps.partition_point(|step| step.time <= time);
        passed.checked_sub(1).map_or(1.0, |last| self.steps[last].survival)
    }

    /// The first time by which it has happened to half; `None` where it has not yet.
    pub fn median(&self) -> Option<u64> {
        self.steps.iter().find(|step| step.survival <= HALF).map(|step| step.time)
    }
}

/// Where the median of a population that these waits are a sample of lies, by the bootstrap: its upper end is infinite
/// where too few have an end for one.
pub fn median_interval(waits: &[Wait], seed: u64) -> Option<Interval> {
    let mut waits = waits.to_vec();
    // In whatever order they come, chance draws the same.
    waits.sort_unstable_by_key(|wait| (wait.time, wait.end));
    percentile(waits.len(), seed, |drawn| {
        let (mut at_risk, mut survival, mut place) = (waits.len() as u64, 1.0, 0);
        for together in waits.chunk_by(|one, next| one.time == next.time) {
            let times = &drawn[place..place + together.len()];
            let happened = |(wait, times): (&Wait, &u32)| {
                if wait.end == End::Happened { u64::from(*times) } else { 0 }
            };
            let events: u64 = together.iter().zip(times).map(happened).sum();
            if events > 0 {
                survival *= (at_risk - events) as f64 / at_risk as f64;
                if survival <= HALF {
                    return Some(together[0].time as f64);
                }
            }
            at_risk -= times.iter().map(|times| u64::from(*times)).sum::<u64>();
            place += together.len();
        }
        Some(f64::INFINITY)
    })
}

fn uncertainty(survival: f64, hazard: f64) -> Uncertainty {
    // Survival lies between 0 and 1, so its logarithm is negative and the greater exponent gives the lower end.
    let spread = normal_quantile() * hazard.sqrt() / -survival.ln();
    let interval = Interval { lower: survival.powf(spread.exp()), upper: survival.powf((-spread).exp()) };
    Uncertainty { variance: survival * survival * hazard, interval }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn waits(happened: &[u64], censored: &[u64]) -> Vec<Wait> {
        let happened = happened.iter().map(|&time| Wait { time, end: End::Happened });
        happened.chain(censored.iter().map(|&time| Wait { time, end: End::Censored })).collect()
    }

    fn near(value: f64, expected: f64, within: f64) -> bool {
        (value - expected).abs() < within
    }

    #[test]
    fn eight_waits_have_the_curve_computed_independently() {
        let curve = Curve::of(&waits(&[3, 5, 8, 12], &[5, 10, 12, 12]));
        let expected = [(3, 8, 0.875), (5, 7, 0.75), (8, 5, 0.6), (12, 3, 0.4)];
        assert_eq!(curve.steps().len(), expected.len());
        for (step, (time, at_risk, survival)) in curve.steps().iter().zip(expected) {
            assert_eq!((step.time, step.at_risk, step.events), (time, at_risk, 1));
            assert!(near(step.survival, survival, 1e-12), "{step:?}");
        }
        assert_eq!(curve.median(), Some(12));
        assert_eq!([curve.at(0), curve.at(2)], [1.0, 1.0]);
        assert!(near(curve.at(7), 0.75, 1e-12) && near(curve.at(99), 0.4, 1e-12));
    }

    #[test]
    fn remissions_under_6_mp_have_the_published_curve() {
        // Freireich et al. 1963, Blood 21, 699; the estimates and errors as in Kleinbaum and Klein, Survival Analysis.
        let happened = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        let curve = Curve::of(&waits(&happened, &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]));
        let published = [
            (6, 21, 3, 0.8571, 0.0764),
            (7, 17, 1, 0.8067, 0.0869),
            (10, 15, 1, 0.7529, 0.0963),
            (13, 12, 1, 0.6902, 0.1068),
            (16, 11, 1, 0.6275, 0.1141),
            (22, 7, 1, 0.5378, 0.1282),
            (23, 6, 1, 0.4482, 0.1346),
        ];
        assert_eq!(curve.steps().len(), published.len());
        for (step, (time, at_risk, events, survival, error)) in curve.steps().iter().zip(published) {
            assert_eq!((step.time, step.at_risk, step.events), (time, at_risk, events));
            assert!(near(step.survival, survival, 5e-5), "{step:?}");
            assert!(near(step.uncertainty.unwrap().variance.sqrt(), error, 5.1e-5), "{step:?}");
        }
        assert_eq!(curve.median(), Some(23));
        // The log-log intervals as lifelines 0.30 (KaplanMeierFitter) gives them.
        let intervals = [0, 6].map(|step| curve.steps()[step].uncertainty.unwrap().interval);
        assert!(near(intervals[0].lower, 0.619_718, 5e-7) && near(intervals[0].upper, 0.951_552, 5e-7));
        assert!(near(intervals[1].lower, 0.188_052, 5e-7) && near(intervals[1].upper, 0.680_143, 5e-7));
    }

    #[test]
    fn a_median_lies_where_another_program_finds_it() {
        // The bounds of 60,000 samples drawn in Python: of the remissions above, and of fewer waits.
        let remissions =
            waits(&[6, 6, 6, 7, 10, 13, 16, 22, 23], &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
        let interval = median_interval(&remissions, 1).unwrap();
        assert_eq!((interval.lower, interval.upper), (13.0, f64::INFINITY));
        let fewer = waits(&[1, 2, 3, 4, 5, 8, 13, 21], &[4, 9]);
        let interval = median_interval(&fewer, 1).unwrap();
        assert_eq!((interval.lower, interval.upper), (2.0, 21.0));
        assert_eq!(median_interval(&[], 1), None);
    }

    #[test]
    fn a_coarse_curve_takes_steps_of_many_and_ends_where_few_wait() {
        let happened: Vec<u64> = (1..=60).collect();
        let curve = Curve::of(&waits(&happened, &[100; 40])).coarse(10, 100);
        let told = |step: &Step| (step.time, step.at_risk, step.events, (step.survival * 1e3).round());
        let steps: Vec<_> = curve.steps().iter().map(told).collect();
        let expected = [
            (10, 90, 10, 900.0),
            (20, 80, 10, 800.0),
            (30, 70, 10, 700.0),
            (40, 60, 10, 600.0),
            (50, 50, 10, 500.0),
            (60, 40, 10, 400.0),
        ];
        assert_eq!(steps, expected);
        assert_eq!(curve.median(), Some(50));
        let more: Vec<u64> = (1..=90).collect();
        let last = Curve::of(&waits(&more, &[])).coarse(10, 90).steps().last().map(|step| step.time);
        assert_eq!(last, Some(60), "31 wait at 60, fewer than √(10 · 90) after it");
    }

    #[test]
    fn what_happened_to_everyone_has_no_interval_and_a_half_is_reached_exactly() {
        let curve = Curve::of(&waits(&[1, 2, 3, 4, 5, 6], &[]));
        assert_eq!(curve.median(), Some(3));
        let last = curve.steps().last().unwrap();
        assert_eq!((last.survival, last.uncertainty), (0.0, None));
        assert_eq!(Curve::of(&[]), Curve::of(&waits(&[], &[4])));
        assert_eq!(Curve::of(&[]).median(), None);
    }

    proptest! {
        #[test]
        fn survival_never_rises_and_lies_in_its_interval(
            happened in vec(0_u64..50, 0..60), censored in vec(0_u64..50, 0..60),
        ) {
            let curve = Curve::of(&waits(&happened, &censored));
            let mut before = 1.0;
            for step in curve.steps() {
                prop_assert!(0.0 <= step.survival && step.survival < before);
                before = step.survival;
                if let Some(Uncertainty { variance, interval }) = step.uncertainty {
                    prop_assert!(variance > 0.0 && interval.contains(step.survival));
                    prop_assert!(0.0 <= interval.lower && interval.upper <= 1.0);
                }
            }
            prop_assert_eq!(curve.steps().iter().map(|step| step.events).sum::<u64>(), happened.len() as u64);
        }

        #[test]
        fn one_wait_more_or_less_is_not_told_by_a_coarse_curve(
            happened in vec(0_u64..50, 30..90), censored in vec(0_u64..50, 0..60),
        ) {
            let all = waits(&happened, &censored);
            let curve = Curve::of(&all).coarse(10, all.len() as u64);
            let mut before = 1.0 + 1e-9;
            for step in curve.steps() {
                prop_assert!(step.events >= 10 && step.events % 10 == 0 && step.at_risk % 10 == 0);
                let parts = (1.0 - step.survival) * all.len() as f64 / 10.0;
                prop_assert!((parts - parts.round()).abs() < 1e-6, "{parts}");
                prop_assert!(step.survival <= before);
                before = step.survival;
            }
            let told: u64 = curve.steps().iter().map(|step| step.events).sum();
            prop_assert!(told <= happened.len() as u64);
        }

        #[test]
        fn without_censoring_survival_is_the_share_still_waiting(happened in vec(0_u64..50, 1..60)) {
            let curve = Curve::of(&waits(&happened, &[]));
            for time in 0..50 {
                let waiting = happened.iter().filter(|&&end| end > time).count();
                prop_assert!(near(curve.at(time), waiting as f64 / happened.len() as f64, 1e-12));
            }
        }
    }
}
