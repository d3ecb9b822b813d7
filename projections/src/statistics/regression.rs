//! What a change of course brought: interrupted time series and difference in differences.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::interval::{Interval, normal_quantile, student_quantile};

/// An estimate with its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate itself.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Where the true value lies.
    pub interval: Interval,
}

impl Estimate {
    fn new(value: f64, variance: f64, quantile: f64) -> Self {
        let error = variance.sqrt();
        Self { value, error, interval: Interval::around(value, quantile * error) }
    }
}

/// A series interrupted once, by ordinary least squares: Y = β0 + β1·t + β2·I + β3·(t − t*)·I + ε, where t counts the
/// points from 1, t* is the first point after the interruption and I is 1 from there on. So β2 is the jump at t*
/// itself. The errors are those of independent residuals, and too narrow where these are not
/// ([`InterruptedSeries::autocorrelation`]).
#[derive(Clone, Debug, PartialEq)]
pub struct InterruptedSeries {
    /// β0: the level at t = 0, had the line begun there.
    pub level: Estimate,
    /// β1: the change from point to point before.
    pub slope: Estimate,
    /// β2: how far the first point after stands above where the line before would have led.
    pub jump: Estimate,
    /// β3: by how much the change from point to point is greater after than before.
    pub bend: Estimate,
    residuals: Vec<f64>,
}

/// Whether residuals follow from those before (Ljung and Box 1978).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Autocorrelation {
    /// Q = n(n+2) Σ r²ₖ ÷ (n−k) over the lags.
    pub statistic: f64,
    /// How probable so great a Q is for independent residuals, by χ² with as many degrees of freedom as lags.
    pub p: f64,
}

impl InterruptedSeries {
    /// The model of a series whose points are equally far apart; `None` with fewer than two points on a side or five
    /// together, which leave no residual to judge errors by.
    pub fn of(before: &[f64], after: &[f64]) -> Option<Self> {
        let freedom = (before.len() + after.len()).checked_sub(4)?;
        let quantile = student_quantile(freedom as u64)?;
        // Level and slope are free on both sides, so that least squares over all is least squares on each.
        let (first, second) = (Line::through(1, before)?, Line::through(before.len() + 1, after)?);
        let residuals = [first.residuals(before), second.residuals(after)].concat();
        let variance = residuals.iter().map(|residual| residual * residual).sum::<f64>() / freedom as f64;
        let start = second.first;
        let estimate = |value, spread| Estimate::new(value, variance * spread, quantile);
        Some(Self {
            level: estimate(first.at(0.0), first.spread_at(0.0)),
            slope: estimate(first.slope, first.spread_of_slope()),
            jump: estimate(
                second.at(start) - first.at(start),
                second.spread_at(start) + first.spread_at(start),
            ),
            bend: estimate(second.slope - first.slope, second.spread_of_slope() + first.spread_of_slope()),
            residuals,
        })
    }

    /// Where the line before leads, at the t-th point.
    pub fn counterfactual(&self, t: f64) -> f64 {
        self.level.value + self.slope.value * t
    }

    /// Whether the residuals of this many points in a row hang together; `None` where the lines leave no residuals, or
    /// lags reach beyond the series.
    pub fn autocorrelation(&self, lags: usize) -> Option<Autocorrelation> {
        let n = self.residuals.len();
        let products =
            |lag| self.residuals.iter().zip(&self.residuals[lag..]).map(|(a, b)| a * b).sum::<f64>();
        let whole = products(0);
        let possible = (1..n).contains(&lags) && whole > 0.0;
        let chi = ChiSquared::new(lags as f64).ok().filter(|_| possible)?;
        let terms = (1..=lags).map(|lag| (products(lag) / whole).powi(2) / (n - lag) as f64);
        let statistic = (n * (n + 2)) as f64 * terms.sum::<f64>();
        Some(Autocorrelation { statistic, p: chi.sf(statistic) })
    }
}

/// A line of least squares through points at consecutive times.
struct Line {
    /// The time of the first point.
    first: f64,
    /// The mean time.
    middle: f64,
    /// The mean value.
    mean: f64,
    slope: f64,
    points: f64,
    /// Σ(t − middle)².
    breadth: f64,
}

impl Line {
    fn through(first: usize, values: &[f64]) -> Option<Self> {
        let (first, points) = (first as f64, values.len() as f64);
        let middle = first + (points - 1.0) / 2.0;
        let mean = values.iter().sum::<f64>() / points;
        let breadth = points * (points * points - 1.0) / 12.0;
        let product: f64 = (0..).zip(values).map(|(i, value)| (first + f64::from(i) - middle) * value).sum();
        (values.len() > 1).then(|| Self { first, middle, mean, slope: product / breadth, points, breadth })
    }

    fn at(&self, time: f64) -> f64 {
        self.mean + self.slope * (time - self.middle)
    }

    /// The variance of the line's height at a time, in variances of a residual.
    fn spread_at(&self, time: f64) -> f64 {
        1.0 / self.points + (time - self.middle).powi(2) / self.breadth
    }

    fn spread_of_slope(&self) -> f64 {
        1.0 / self.breadth
    }

    /// How far each value stands above the line; what only rounding makes of it is 0.
    fn residuals(&self, values: &[f64]) -> Vec<f64> {
        let rounding =
            16.0 * f64::EPSILON * values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        let above = (0..).zip(values).map(|(i, value)| value - self.at(self.first + f64::from(i)));
        above.map(|residual| if residual.abs() > rounding { residual } else { 0.0 }).collect()
    }
}

/// A mean and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// The square of its standard error.
    pub variance: f64,
}

impl Mean {
    /// The mean of a sample; `None` for fewer than two values.
    pub fn of(sample: &[f64]) -> Option<Self> {
        let n = sample.len() as f64;
        let value = sample.iter().sum::<f64>() / n;
        let squares: f64 = sample.iter().map(|one| (one - value).powi(2)).sum();
        (sample.len() > 1).then(|| Self { value, variance: squares / (n - 1.0) / n })
    }

    /// A share of people; `None` where nobody is counted or the numerator is greater.
    pub fn of_share(numerator: u64, denominator: u64) -> Option<Self> {
        let n = denominator as f64;
        let value = numerator as f64 / n;
        (denominator > 0 && numerator <= denominator)
            .then(|| Self { value, variance: value * (1.0 - value) / n })
    }
}

/// A group before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Before.
    pub before: Mean,
    /// After.
    pub after: Mean,
}

impl Change {
    fn difference(&self) -> f64 {
        self.after.value - self.before.value
    }

    fn variance(&self) -> f64 {
        self.after.variance + self.before.variance
    }
}

/// By how much more the treated changed than the control group: (T after − T before) − (C after − C before), with the
/// normal interval of four independent samples. It is the effect only if both would have changed alike without it.
pub fn difference_in_differences(treated: Change, control: Change) -> Estimate {
    let value = treated.difference() - control.difference();
    Estimate::new(value, treated.variance() + control.variance(), normal_quantile())
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-6 * expected.abs().max(1e-3), "{value}, not {expected}");
    }

    fn course(t: f64) -> f64 {
        let after = if t > 6.0 { 1.0 } else { 0.0 };
        10.0 + 0.5 * t + 2.0 * after + 0.3 * (t - 7.0) * after
    }

    fn series(points: std::ops::RangeInclusive<u32>) -> Vec<f64> {
        points.map(|t| course(f64::from(t))).collect()
    }

    #[test]
    fn a_course_without_noise_is_found_again() {
        let found = InterruptedSeries::of(&series(1..=6), &series(7..=12)).unwrap();
        for (estimate, expected) in
            [(found.level, 10.0), (found.slope, 0.5), (found.jump, 2.0), (found.bend, 0.3)]
        {
            near(estimate.value, expected);
            assert!(estimate.error < 1e-9);
        }
        near(found.counterfactual(12.0), 16.0);
        assert_eq!(found.autocorrelation(3), None);
    }

    #[test]
    fn a_course_with_noise_has_the_errors_of_statsmodels() {
        // statsmodels 0.15, OLS(...).fit() with conf_int(), and acorr_ljungbox(resid, lags=[4]).
        let before = [12.1, 11.4, 13.0, 12.6, 13.9, 12.8, 14.2, 13.7];
        let after = [17.1, 16.0, 18.2, 17.5, 19.4, 18.8, 20.9, 20.1, 21.8];
        let found = InterruptedSeries::of(&before, &after).unwrap();
        for (estimate, [value, error, lower, upper]) in [
            (found.level, [11.575, 0.559_044_43, 10.367_257_9, 12.782_742_1]),
            (found.slope, [0.308_333_33, 0.110_707_29, 0.069_164_764_7, 0.547_501_902]),
            (found.jump, [1.996_666_67, 0.712_035_26, 0.458_408_010, 3.534_925_32]),
            (found.bend, [0.321_666_67, 0.144_344_65, 0.009_829_005_14, 0.633_504_328]),
        ] {
            near(estimate.value, value);
            near(estimate.error, error);
            near(estimate.interval.lower, lower);
            near(estimate.interval.upper, upper);
        }
        let residuals = found.autocorrelation(4).unwrap();
        near(residuals.statistic, 56.074_491);
        assert!((residuals.p / 1.934_347e-11 - 1.0).abs() < 1e-4, "{residuals:?}");
    }

    #[test]
    fn too_short_a_series_says_nothing() {
        assert_eq!(InterruptedSeries::of(&[1.0, 2.0], &[3.0, 4.0]), None);
        assert_eq!(InterruptedSeries::of(&[1.0, 2.0, 3.0, 5.0], &[3.0]), None);
        assert_eq!(InterruptedSeries::of(&[], &[]), None);
        let shortest = InterruptedSeries::of(&[1.0, 2.0], &[3.0, 4.0, 6.0]).unwrap();
        assert_eq!((shortest.autocorrelation(0), shortest.autocorrelation(5)), (None, None));
    }

    #[test]
    fn the_difference_of_differences_is_what_the_treated_changed_more() {
        let group = |before, after| Change {
            before: Mean::of_share(before, 100).unwrap(),
            after: Mean::of_share(after, 100).unwrap(),
        };
        let effect = difference_in_differences(group(25, 40), group(28, 33));
        near(effect.value, 0.10);
        // √((0.25·0.75 + 0.4·0.6 + 0.28·0.72 + 0.33·0.67) ÷ 100).
        near(effect.error, 0.092_206_290);
        near(effect.interval.lower, 0.1 - 1.959_964 * 0.092_206_290);
        assert_eq!((Mean::of_share(0, 0), Mean::of_share(2, 1), Mean::of(&[1.0])), (None, None, None));
    }

    #[test]
    fn a_mean_is_as_sure_as_its_sample_is_large_and_even() {
        let mean = Mean::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
        near(mean.value, 5.0);
        near(mean.variance, 32.0 / 7.0 / 8.0);
    }

    proptest! {
        #[test]
        fn a_change_that_both_groups_share_is_no_effect(shares in vec(0_u64..=50, 4), shift in 0_u64..=50) {
            let group = |before: u64, after: u64| Change {
                before: Mean::of_share(before, 100).unwrap(),
                after: Mean::of_share(after, 100).unwrap(),
            };
            let one = difference_in_differences(group(shares[0], shares[1]), group(shares[2], shares[3]));
            let other = difference_in_differences(
                group(shares[0], shares[1] + shift), group(shares[2], shares[3] + shift),
            );
            prop_assert!((one.value - other.value).abs() < 1e-12);
        }

        #[test]
        fn a_trend_that_goes_on_is_neither_jump_nor_bend(
            noise in vec(-1.0_f64..1.0, 24), level in -10.0_f64..10.0, slope in -2.0_f64..2.0,
        ) {
            let trend: Vec<f64> = (0..).zip(&noise).map(|(t, e)| level + slope * f64::from(t) + e).collect();
            let found = InterruptedSeries::of(&trend[..12], &trend[12..]).unwrap();
            let flat = InterruptedSeries::of(&noise[..12], &noise[12..]).unwrap();
            prop_assert!((found.jump.value - flat.jump.value).abs() < 1e-9);
            prop_assert!((found.bend.value - flat.bend.value).abs() < 1e-9);
            prop_assert!((found.jump.error - flat.jump.error).abs() < 1e-9);
        }
    }
}
