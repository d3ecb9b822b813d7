//! How far groups keep to themselves, corrected for how many ties each has: modularity and assortativity.

use super::{Network, Weight};

impl Network {
    /// The modularity of the groups (Newman 2004): Σ over groups of L ÷ m − γ(k ÷ 2m)², where of the weight m of all
    /// ties L falls within the group, k ends in it, and γ, the resolution, is 1 in the original. `None` without ties.
    pub fn modularity(&self, weight: Weight, resolution: f64) -> Option<f64> {
        self.segregation(weight).map(|found| found.within - resolution * found.by_chance)
    }

    /// The assortativity of the groups (Newman 2003): modularity ÷ the most that groups with so many ties could have,
    /// 1 when no tie leads out and 0 when ties ignore groups. `None` without ties, or when all end in one group.
    pub fn assortativity(&self, weight: Weight) -> Option<f64> {
        let found = self.segregation(weight)?;
        let most = 1.0 - found.by_chance;
        (most > 0.0).then(|| (found.within - found.by_chance) / most)
    }

    fn segregation(&self, weight: Weight) -> Option<Segregation> {
        let groups = self.mixing_of_groups(weight);
        let ends: u64 = self.strengths(weight).iter().sum();
        let share = |of_ends: u64| of_ends as f64 / ends as f64;
        (ends > 0).then(|| Segregation {
            within: groups.iter().map(|group| share(2 * group.internal)).sum(),
            by_chance: groups.iter().map(|group| share(2 * group.internal + group.external).powi(2)).sum(),
        })
    }
}

/// Shares of the weight of all ties.
struct Segregation {
    /// What falls within groups.
    within: f64,
    /// What would if the ends of ties were joined at random.
    by_chance: f64,
}

#[cfg(test)]
mod tests {
    use super::super::{Arc, given};
    use super::*;

    #[track_caller]
    fn near(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 5e-11, "{found:?}, not {expected}");
    }

    #[test]
    fn three_groups_are_as_segregated_as_computed_independently() {
        let network = given::three_groups();
        near(network.modularity(Weight::Ties, 1.0), 0.402_777_777_8);
        near(network.assortativity(Weight::Ties), 0.617_021_276_6);
    }

    #[test]
    fn the_karate_club_is_as_segregated_as_networkx_finds() {
        // networkx 3.6.1: community.modularity(weight=None) and attribute_assortativity_coefficient.
        let network = given::karate_club();
        near(network.modularity(Weight::Ties, 1.0), 0.358_234_714_004);
        near(network.modularity(Weight::Ties, 0.5), 0.608_604_536_489);
        near(network.modularity(Weight::Ties, 2.0), -0.142_504_930_966);
        near(network.assortativity(Weight::Ties), 0.717_530_864_197);
    }

    #[test]
    fn groups_without_ties_between_them_are_wholly_segregated() {
        let network = given::tied(vec![0, 0, 1, 1], &[(0, 1), (2, 3)]);
        near(network.assortativity(Weight::Ties), 1.0);
        let arcs = [(0, 1, 3), (2, 3, 1), (1, 2, 4)].map(|(from, to, acts)| Arc { from, to, acts });
        let weighed = Network::try_new(vec![0, 0, 1, 1], arcs).unwrap();
        // Of 16 ends 10 are in the first group: 8/16 − (100 + 36)/256.
        near(weighed.modularity(Weight::Acts, 1.0), -0.031_25);
    }

    #[test]
    fn nothing_is_said_without_ties_or_with_one_group() {
        let none = given::tied(vec![0, 1], &[]);
        assert_eq!((none.modularity(Weight::Ties, 1.0), none.assortativity(Weight::Ties)), (None, None));
        assert_eq!(given::tied(vec![0, 0], &[(0, 1)]).assortativity(Weight::Ties), None);
    }
}
