//! Intervals that a true value lies in, in 95 of 100 samples.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// An interval at 95 % confidence, in the unit of what it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Where it begins.
    pub lower: f64,
    /// Where it ends.
    pub upper: f64,
}

impl Interval {
    /// What lies within `margin` of an estimate.
    pub(super) fn around(estimate: f64, margin: f64) -> Self {
        Self { lower: estimate - margin, upper: estimate + margin }
    }

    /// Whether a value lies in it, ends included.
    pub fn contains(&self, value: f64) -> bool {
        (self.lower..=self.upper).contains(&value)
    }
}

/// The score interval of a share (Wilson 1927, without continuity correction), within 0 to 1. Unlike the one around
/// the share it holds at 0, at 1 and with few people. `None` where nobody is counted or the numerator is greater.
pub fn wilson(numerator: u64, denominator: u64) -> Option<Interval> {
    if denominator == 0 || numerator > denominator {
        return None;
    }
    let (n, z) = (denominator as f64, normal_quantile());
    let share = numerator as f64 / n;
    let shrink = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / shrink;
    let margin = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
    let Interval { lower, upper } = Interval::around(centre, margin);
    // At the ends the bound is the share itself; rounding must not put the share outside.
    Some(Interval { lower: lower.max(0.0).min(share), upper: upper.min(1.0).max(share) })
}

/// The number of standard errors that a 95 % interval extends to each side, under the normal distribution.
pub(super) fn normal_quantile() -> f64 {
    Normal::standard().inverse_cdf(0.975)
}

/// The same under Student's t with so many degrees of freedom.
pub(super) fn student_quantile(freedom: u64) -> Option<f64> {
    StudentsT::new(0.0, 1.0, freedom as f64).ok().map(|student| student.inverse_cdf(0.975))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_has_the_published_score_interval() {
        // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
        let published = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (numerator, denominator, lower, upper) in published {
            let interval = wilson(numerator, denominator).unwrap();
            assert!((interval.lower - lower).abs() < 5e-5, "{numerator}/{denominator}: {interval:?}");
            assert!((interval.upper - upper).abs() < 5e-5, "{numerator}/{denominator}: {interval:?}");
        }
    }

    #[test]
    fn a_share_of_nobody_or_above_one_has_no_interval() {
        assert_eq!((wilson(0, 0), wilson(3, 2)), (None, None));
    }

    #[test]
    fn none_and_all_lie_in_their_intervals_despite_rounding() {
        for n in 1..2_000 {
            assert!(wilson(0, n).unwrap().contains(0.0), "0/{n}");
            assert!(wilson(n, n).unwrap().contains(1.0), "{n}/{n}");
        }
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1 and 1.3.6.7.2.
        assert!((normal_quantile() - 1.959_963_984_540_054).abs() < 1e-12);
        for (freedom, quantile) in [(1, 12.706), (8, 2.306), (30, 2.042), (100, 1.984)] {
            assert!((student_quantile(freedom).unwrap() - quantile).abs() < 5e-4, "{freedom}");
        }
        assert_eq!(student_quantile(0), None);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share_and_narrows_with_more_people(n in 1_u64..10_000, k in 0_u64..10_000) {
            let k = k.min(n);
            let interval = wilson(k, n).unwrap();
            prop_assert!(interval.contains(k as f64 / n as f64));
            prop_assert!(0.0 <= interval.lower && interval.upper <= 1.0);
            let tenfold = wilson(10 * k, 10 * n).unwrap();
            prop_assert!(tenfold.upper - tenfold.lower < interval.upper - interval.lower);
            let others = wilson(n - k, n).unwrap();
            prop_assert!((interval.lower - (1.0 - others.upper)).abs() < 1e-12);
        }
    }
}
