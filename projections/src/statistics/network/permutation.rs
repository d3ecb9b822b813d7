//! How probable so low an E-I index is when groups mean nothing, found by dealing them out at random many times.

use std::iter::zip;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

use super::{Network, Weight};

/// What random orders of the groups' labels made of the E-I index. The same network, orders and seed give the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// The index observed.
    pub observed: f64,
    /// Its mean over the orders.
    pub mean: f64,
    /// In how many orders it was as low as observed, or lower.
    pub at_or_below: u32,
    /// How many orders were tried.
    pub orders: u32,
}

impl Permutation {
    /// The probability, one-sided, of an index as low as observed: (b + 1) ÷ (n + 1) where b of n orders gave one. The
    /// observed order counts among them, so that it is never 0 (Davison and Hinkley 1997; Phipson and Smyth 2010).
    pub fn lower_p(&self) -> f64 {
        (f64::from(self.at_or_below) + 1.0) / (f64::from(self.orders) + 1.0)
    }
}

/// How many orders are looked at in one walk along the ties: what the processor compares in a few instructions.
const LANES: usize = 16;

impl Network {
    /// Deals out the groups so many times, their sizes kept; `None` without ties or orders.
    pub fn permutation(&self, weight: Weight, orders: u32, seed: u64) -> Option<Permutation> {
        let mixing = self.mixing(weight);
        let observed = mixing.index().filter(|_| orders > 0)?;
        let total = mixing.external + mixing.internal;
        let ties: Vec<_> = self.ties.iter().map(|tie| ([tie.low, tie.high], tie.weight(weight))).collect();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut dealt = vec![self.groups.clone(); LANES];
        let mut lanes = vec![[0; LANES]; self.nodes()];
        let (mut at_or_below, mut sum) = (0, 0.0);
        for done in (0..orders).step_by(LANES) {
            let filled = LANES.min((orders - done) as usize);
            for labels in &mut dealt[..filled] {
                labels.shuffle(&mut random);
            }
            for (node, lanes) in lanes.iter_mut().enumerate() {
                *lanes = std::array::from_fn(|lane| dealt[lane][node]);
            }
            for &internal in &internal(&ties, &lanes)[..filled] {
                at_or_below += u32::from(internal >= mixing.internal);
                sum += internal as f64;
            }
        }
        let mean = 1.0 - 2.0 * sum / (f64::from(orders) * total as f64);
        Some(Permutation { observed, mean, at_or_below, orders })
    }
}

/// The weight of ties within a group, in each of several orders of the labels.
fn internal(ties: &[([u32; 2], u64)], lanes: &[[u32; LANES]]) -> [u64; LANES] {
    let mut internal = [0; LANES];
    for (ends, weight) in ties {
        let [low, high] = ends.map(|end| &lanes[end as usize]);
        for (sum, (low, high)) in zip(&mut internal, zip(low, high)) {
            // Not a choice between two numbers, which the compiler makes a branch for each lane.
            *sum += weight * u64::from(low == high);
        }
    }
    internal
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::{Arc, given};
    use super::*;

    #[test]
    fn three_groups_are_as_improbable_as_the_enumeration_says() {
        // 6 of the 4,200 ways to deal out the groups; four standard errors of 200,000 orders are 0.000 34.
        let found = given::three_groups().permutation(Weight::Ties, 200_000, 2026).unwrap();
        assert!((found.lower_p() - 6.0 / 4_200.0).abs() < 0.000_34, "{found:?}");
        assert!((found.mean - 0.466_667).abs() < 0.003, "{found:?}");
        assert_eq!(found.observed, -0.5);
    }

    #[test]
    fn the_observed_order_counts_among_the_orders() {
        let found = Permutation { observed: -0.5, mean: 0.4, at_or_below: 0, orders: 999 };
        assert_eq!(found.lower_p(), 0.001);
        assert_eq!(Permutation { at_or_below: 999, ..found }.lower_p(), 1.0);
    }

    #[test]
    fn orders_looked_at_together_are_those_looked_at_one_by_one() {
        let network = given::karate_club();
        let mut dealt = vec![network.groups.clone(); LANES];
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut index_of_next = |order: usize| {
            let labels = &mut dealt[order % LANES];
            labels.shuffle(&mut random);
            Network { groups: labels.clone(), ..network.clone() }.mixing(Weight::Ties).index().unwrap()
        };
        // Two walks full of lanes and one that is not.
        let indices: Vec<f64> = (0..37).map(&mut index_of_next).collect();
        let found = network.permutation(Weight::Ties, 37, 5).unwrap();
        assert!((found.mean - indices.iter().sum::<f64>() / 37.0).abs() < 1e-12);
        let low = Network { groups: vec![0; 34], ..network.clone() };
        assert_eq!(low.permutation(Weight::Ties, 37, 5).unwrap().at_or_below, 37);
        assert_eq!(found.at_or_below, 0);
    }

    #[test]
    fn a_seed_decides_every_order() {
        let network = given::karate_club();
        let found = |seed| network.permutation(Weight::Ties, 100, seed).unwrap();
        assert_eq!(found(1), found(1));
        assert_ne!(found(1), found(2));
        assert_eq!(network.permutation(Weight::Ties, 0, 1), None);
        assert_eq!(given::tied(vec![0, 1], &[]).permutation(Weight::Ties, 9, 1), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn the_mean_of_orders_is_near_the_closed_form(
            groups in vec(0_u32..4, 6..20), arcs in vec((0_u32..6, 0_u32..6, 1_u64..9), 3..30), seed: u64,
        ) {
            let arcs = arcs.into_iter().map(|(from, to, acts)| Arc { from, to, acts });
            let network = Network::try_new(groups, arcs).unwrap();
            for weight in [Weight::Ties, Weight::Acts] {
                let Some(closed) = network.relabelling(weight) else { continue };
                let found = network.permutation(weight, 4_000, seed).unwrap();
                let error = (closed.variance / 4_000.0).sqrt();
                prop_assert!((found.mean - closed.expected).abs() <= 5.0 * error + 1e-12, "{found:?} {closed:?}");
                prop_assert_eq!(found.observed, closed.observed);
            }
        }
    }
}
