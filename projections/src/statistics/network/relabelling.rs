//! What the E-I index would be if groups meant nothing: its exact mean and variance when the ties stay and the groups'
//! labels are dealt out to the nodes anew.

use super::{Network, Weight};

/// The observed E-I index beside what dealing out the groups at random, their sizes kept, makes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relabelling {
    /// The index observed.
    pub observed: f64,
    /// Its mean over all ways to deal out the groups.
    pub expected: f64,
    /// Its variance over them.
    pub variance: f64,
}

impl Relabelling {
    /// How many standard deviations the observed index stands above the expected one: below 0 the network keeps to
    /// its groups more than chance would. `None` where every way to deal out the groups gives the same index.
    pub fn z(&self) -> Option<f64> {
        (self.variance > 0.0).then(|| (self.observed - self.expected) / self.variance.sqrt())
    }
}

impl Network {
    /// What chance would make of the E-I index; `None` without ties.
    ///
    /// With the weight S of the ties that fall within a group, of W in all, the index is 1 − 2S/W. Every tie falls
    /// within a group with the same probability p₁, every two ties that share a node both do with p₂, every two that
    /// do not with p₃: those of drawing two nodes, three nodes, and two pairs of nodes of one group each. So
    ///
    /// - mean of S = W·p₁
    /// - variance of S = Σw²·p₁ + A·p₂ + (W² − Σw² − A)·p₃ − W²·p₁², over all ties, where A = Σᵥ(Σw of v's ties)² −
    ///   2Σw² is the weight of the ordered pairs of ties that share a node.
    pub fn relabelling(&self, weight: Weight) -> Option<Relabelling> {
        let observed = self.mixing(weight).index()?;
        let weights = self.ties.iter().map(|tie| tie.weight(weight) as f64);
        let total: f64 = weights.clone().sum();
        let squares: f64 = weights.map(|weight| weight * weight).sum();
        let by_node: f64 = self.strengths(weight).iter().map(|&strength| (strength as f64).powi(2)).sum();
        let adjacent = by_node - 2.0 * squares;
        let apart = total * total - squares - adjacent;
        let chances = Chances::of(&self.group_sizes());
        let mean = total * chances.tie;
        let square = squares * chances.tie + adjacent * chances.adjacent + apart * chances.apart;
        let variance = 4.0 * (square - mean * mean) / (total * total);
        // What rounding leaves of no variance is none.
        let variance = if variance > 1e-12 { variance } else { 0.0 };
        Some(Relabelling { observed, expected: 1.0 - 2.0 * chances.tie, variance })
    }

    /// What chance would make of the E-I index of one group, of which it is a share of fewer ties: what its ties within and
    /// its ties without are on average, exactly, and the index that they make. `None` where no tie could touch it.
    pub fn expected_of_group(&self, group: usize) -> Option<f64> {
        let all = self.nodes() as u64;
        let size = self.group_sizes().get(group).copied().unwrap_or_default();
        let pairs = |nodes: u64| falling(nodes, 2);
        let touching = pairs(all) - pairs(all - size);
        (touching > 0.0 && self.ties() > 0).then(|| 1.0 - 2.0 * pairs(size) / touching)
    }

    /// What chance would make of the E-I index of one node, tied to any of the others. `None` where there is no other.
    pub fn expected_of_node(&self, node: usize) -> Option<f64> {
        let others = self.nodes().checked_sub(1).filter(|others| *others > 0)?;
        let size = self.group_sizes().get(self.group(node)).copied()?;
        Some(1.0 - 2.0 * size.checked_sub(1)? as f64 / others as f64)
    }

    /// What chance would make of modularity and of assortativity when the groups' labels are dealt out anew. The first is
    /// the mean over all ways, exactly; the second is the quotient of the two means that it is made of. `None` without
    /// ties; no second where all end in one group.
    ///
    /// A group of n of N nodes has two ends of the same node with probability n/N, and of two nodes with
    /// n(n−1)/N(N−1). So its share of the 2W ends has the mean square (Σs²·n/N + (4W² − Σs²)·n(n−1)/N(N−1)) ÷ 4W²,
    /// over the weights s of the ties of each node.
    pub fn expected_segregation(&self, weight: Weight) -> Option<(f64, Option<f64>)> {
        let strengths = self.strengths(weight);
        let ends: f64 = strengths.iter().map(|&strength| strength as f64).sum();
        if ends == 0.0 {
            return None;
        }
        let squares: f64 =
            strengths.iter().map(|&strength| (strength as f64).powi(2)).sum::<f64>() / ends.powi(2);
        let (sizes, nodes) = (self.group_sizes(), self.nodes() as f64);
        let within = Chances::of(&sizes).tie;
        let one = |size: &u64| squares * *size as f64 / nodes;
        let by_chance: f64 = sizes.iter().map(one).sum::<f64>() + (1.0 - squares) * within;
        let most = 1.0 - by_chance;
        Some((within - by_chance, (most > 1e-12).then(|| (within - by_chance) / most)))
    }

    fn group_sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.group_count()];
        for &group in &self.groups {
            sizes[group as usize] += 1;
        }
        sizes
    }
}

/// The probabilities that ties fall within groups.
struct Chances {
    /// One tie.
    tie: f64,
    /// Both of two ties that share a node.
    adjacent: f64,
    /// Both of two ties that share none.
    apart: f64,
}

impl Chances {
    fn of(sizes: &[u64]) -> Self {
        let sum = |count| sizes.iter().map(|&size| falling(size, count)).sum::<f64>();
        let in_one_group: f64 = sizes.iter().map(|&size| falling(size, 2).powi(2)).sum();
        let in_two_groups = sum(2).powi(2) - in_one_group;
        let among = |ways: f64, count| {
            let all = falling(sizes.iter().sum(), count);
            // Fewer nodes than that have no such ties.
            if all > 0.0 { ways / all } else { 0.0 }
        };
        Self { tie: among(sum(2), 2), adjacent: among(sum(3), 3), apart: among(sum(4) + in_two_groups, 4) }
    }
}

/// n(n−1)…, of as many factors: the ways to draw so many of n in order.
fn falling(n: u64, factors: u64) -> f64 {
    (0..factors).map(|taken| n.saturating_sub(taken) as f64).product()
}

#[cfg(test)]
mod tests {
    use super::super::{Arc, Mixing, given};
    use super::*;

    /// The index under every way to deal out the groups.
    fn enumerated(network: &Network, weight: Weight) -> Vec<f64> {
        let dealt = given::dealings(network.groups.clone()).into_iter();
        dealt.map(|groups| Network { groups, ..network.clone() }.mixing(weight).index().unwrap()).collect()
    }

    #[track_caller]
    fn is_exact(network: &Network, weight: Weight) {
        let indices = enumerated(network, weight);
        let mean = indices.iter().sum::<f64>() / indices.len() as f64;
        let variance = indices.iter().map(|index| (index - mean).powi(2)).sum::<f64>() / indices.len() as f64;
        let found = network.relabelling(weight).unwrap();
        assert!((found.expected - mean).abs() < 1e-12, "{found:?}, not {mean}");
        assert!((found.variance - variance).abs() < 1e-12, "{found:?}, not {variance}");
    }

    #[test]
    fn three_groups_have_the_mean_and_variance_of_all_their_relabellings() {
        let network = given::three_groups();
        let indices = enumerated(&network, Weight::Ties);
        assert_eq!(indices.len(), 4_200);
        assert_eq!(indices.iter().filter(|&&index| index <= -0.5).count(), 6);
        let found = network.relabelling(Weight::Ties).unwrap();
        assert_eq!(found.observed, -0.5);
        assert!((found.expected - 21.0 / 45.0).abs() < 1e-12);
        is_exact(&network, Weight::Ties);
        assert!(found.z().unwrap() < -3.0);
    }

    #[test]
    fn acts_and_small_networks_have_the_mean_and_variance_of_all_their_relabellings() {
        let weighed = |groups: &[u32], arcs: &[(u32, u32, u64)]| {
            let arcs = arcs.iter().map(|&(from, to, acts)| Arc { from, to, acts });
            Network::try_new(groups.to_vec(), arcs).unwrap()
        };
        let star = weighed(&[0, 0, 1, 1, 1, 2, 3], &[(0, 1, 9), (0, 2, 1), (0, 5, 4), (6, 0, 2), (3, 4, 7)]);
        is_exact(&star, Weight::Acts);
        is_exact(&star, Weight::Ties);
        is_exact(&weighed(&[0, 0, 1], &[(0, 1, 3), (1, 2, 5)]), Weight::Acts);
        is_exact(&weighed(&[0, 1], &[(0, 1, 3)]), Weight::Acts);
    }

    #[test]
    fn modularity_and_groups_have_the_mean_of_all_their_relabellings() {
        let network = given::three_groups();
        let dealt: Vec<Network> = given::dealings(network.groups.clone())
            .into_iter()
            .map(|groups| Network { groups, ..network.clone() })
            .collect();
        let mean = |of: &dyn Fn(&Network) -> f64| dealt.iter().map(of).sum::<f64>() / dealt.len() as f64;
        let modularity = mean(&|dealt| dealt.modularity(Weight::Ties, 1.0).unwrap());
        let (expected, quotient) = network.expected_segregation(Weight::Ties).unwrap();
        assert!((expected - modularity).abs() < 1e-12, "{expected}, not {modularity}");
        // Of ten nodes the mean of quotients is close to the quotient of means.
        let assortativity = mean(&|dealt| dealt.assortativity(Weight::Ties).unwrap());
        assert!((quotient.unwrap() - assortativity).abs() < 0.01, "{quotient:?}, not {assortativity}");
        for group in 0..3 {
            let of = |count: fn(&Mixing) -> u64| {
                mean(&|dealt| count(&dealt.mixing_of_groups(Weight::Ties)[group]) as f64)
            };
            let (internal, external) = (of(|mixing| mixing.internal), of(|mixing| mixing.external));
            let index = (external - internal) / (external + internal);
            assert!((network.expected_of_group(group).unwrap() - index).abs() < 1e-12);
        }
        assert_eq!(given::tied(vec![0, 1], &[]).expected_segregation(Weight::Ties), None);
        assert_eq!(given::tied(vec![0, 0], &[(0, 1)]).expected_segregation(Weight::Ties), Some((0.0, None)));
    }

    #[test]
    fn where_chance_changes_nothing_there_is_no_z() {
        let one_group = given::tied(vec![0; 3], &[(0, 1), (1, 2)]).relabelling(Weight::Ties).unwrap();
        assert_eq!((one_group.expected, one_group.z()), (-1.0, None));
        // Of sizes where rounding would leave a variance of 3e-16.
        let everyone: Vec<(u32, u32)> =
            (0..11).flat_map(|high| (0..high).map(move |low| (low, high))).collect();
        let complete = given::tied(given::sized(&[1, 2, 8]), &everyone).relabelling(Weight::Ties).unwrap();
        assert_eq!((complete.variance, complete.z()), (0.0, None));
        assert_eq!(given::tied(vec![0, 1], &[]).relabelling(Weight::Ties), None);
    }
}
