//! How much of a network leads out of groups: the E-I index (Krackhardt and Stern 1988).

use super::{Network, Weight};

/// What leads to other groups and what stays within.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mixing {
    /// The weight of ties between different groups.
    pub external: u64,
    /// The weight of ties within a group.
    pub internal: u64,
}

impl Mixing {
    /// (E − I) ÷ (E + I), from −1 when all stays within to 1 when all leads out; `None` without ties. The sizes of
    /// groups alone move it: read it beside what chance would give ([`Network::relabelling`]).
    pub fn index(&self) -> Option<f64> {
        let total = self.external + self.internal;
        (total > 0).then(|| (self.external as f64 - self.internal as f64) / total as f64)
    }

    /// What leads out ÷ all, from 0 to 1; `None` without ties.
    pub fn external_share(&self) -> Option<f64> {
        self.index().map(|index| f64::midpoint(index, 1.0))
    }

    fn add(&mut self, is_internal: bool, weight: u64) {
        if is_internal {
            self.internal += weight;
        } else {
            self.external += weight;
        }
    }
}

impl Network {
    /// The mixing of the whole network: each tie counts once.
    pub fn mixing(&self, weight: Weight) -> Mixing {
        let mut mixing = Mixing::default();
        for tie in &self.ties {
            let [low, high] = tie.ends();
            mixing.add(self.groups[low] == self.groups[high], tie.weight(weight));
        }
        mixing
    }

    /// The mixing of each group: a tie within counts once, a tie to another group for both.
    pub fn mixing_of_groups(&self, weight: Weight) -> Vec<Mixing> {
        let mut mixings = vec![Mixing::default(); self.group_count()];
        for tie in &self.ties {
            let [low, high] = tie.ends().map(|end| self.group(end));
            mixings[low].add(low == high, tie.weight(weight));
            if low != high {
                mixings[high].add(false, tie.weight(weight));
            }
        }
        mixings
    }

    /// The mixing of each node: a tie counts for both its ends.
    pub fn mixing_of_nodes(&self, weight: Weight) -> Vec<Mixing> {
        let mut mixings = vec![Mixing::default(); self.nodes()];
        for tie in &self.ties {
            let [low, high] = tie.ends();
            let is_internal = self.groups[low] == self.groups[high];
            mixings[low].add(is_internal, tie.weight(weight));
            mixings[high].add(is_internal, tie.weight(weight));
        }
        mixings
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Arc, given};
    use super::*;

    fn indices(mixings: &[Mixing]) -> Vec<f64> {
        mixings.iter().map(|mixing| mixing.index().unwrap()).collect()
    }

    #[test]
    fn three_groups_mix_as_computed_independently() {
        let network = given::three_groups();
        let mixing = network.mixing(Weight::Ties);
        assert_eq!(mixing, Mixing { external: 3, internal: 9 });
        assert_eq!((mixing.index(), mixing.external_share()), (Some(-0.5), Some(0.25)));
        assert_eq!(indices(&network.mixing_of_groups(Weight::Ties)), [-1.0 / 3.0, -0.2, 0.0]);
        let nodes = indices(&network.mixing_of_nodes(Weight::Ties));
        assert_eq!([nodes[3], nodes[7], nodes[0], nodes[4]], [1.0 / 3.0, 1.0 / 3.0, -1.0, -1.0 / 3.0]);
    }

    #[test]
    fn acts_weigh_what_ties_only_count() {
        let arcs = [(0, 1, 5), (1, 0, 2), (1, 2, 3)].map(|(from, to, acts)| Arc { from, to, acts });
        let network = Network::try_new(vec![0, 0, 1, 1], arcs).unwrap();
        assert_eq!(network.mixing(Weight::Ties), Mixing { external: 1, internal: 1 });
        assert_eq!(network.mixing(Weight::Acts), Mixing { external: 3, internal: 7 });
        let groups = network.mixing_of_groups(Weight::Acts);
        assert_eq!(groups, [Mixing { external: 3, internal: 7 }, Mixing { external: 3, internal: 0 }]);
        assert_eq!(network.mixing_of_nodes(Weight::Acts)[1], Mixing { external: 3, internal: 7 });
        assert_eq!(network.mixing_of_nodes(Weight::Ties)[3].index(), None);
    }
}
