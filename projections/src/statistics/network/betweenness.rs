//! How many shortest paths lead over each node: betweenness (Freeman 1977), by Brandes' algorithm (2001). Own code,
//! since samples need the paths from one node, which the crates that have the algorithm do not give.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::index;

use super::Network;

/// Betweenness estimated from the shortest paths of some nodes only (Brandes and Pich 2007).
#[derive(Clone, Debug, PartialEq)]
pub struct SampledBetweenness {
    /// The estimate for each node; without bias, so that it can be above 1.
    pub values: Vec<f64>,
    /// The standard error of each, as the differences among the sampled nodes show it: right on average, too small
    /// where a few nodes that the sample missed make the most of a value.
    pub errors: Vec<f64>,
    /// What no estimate is off by more, with 95 % confidence for all nodes together whatever the network: Serfling's
    /// inequality (1974) for samples without replacement. The errors are far smaller in most networks.
    pub bound: f64,
}

impl Network {
    /// The share of shortest paths between all other pairs of nodes that lead over each node, 0 to 1. Pairs without a
    /// path count as pairs; with fewer than three nodes all are 0. Takes nodes × ties steps.
    pub fn betweenness(&self) -> Vec<f64> {
        let mut paths = Paths::of(self);
        let mut sums = vec![0.0; self.nodes()];
        for source in 0..self.nodes() {
            paths.from(source, |node, dependency| sums[node] += dependency);
        }
        sums.into_iter().map(|sum| sum * self.per_pair()).collect()
    }

    /// The same from the paths of so many nodes, drawn by the seed; `None` for fewer than two of them, or three nodes.
    pub fn sampled_betweenness(&self, sources: usize, seed: u64) -> Option<SampledBetweenness> {
        let nodes = self.nodes();
        let sources = sources.min(nodes);
        if sources < 2 || nodes < 3 {
            return None;
        }
        let mut paths = Paths::of(self);
        let (mut sums, mut squares) = (vec![0.0; nodes], vec![0.0; nodes]);
        for source in index::sample(&mut ChaCha8Rng::seed_from_u64(seed), nodes, sources) {
            paths.from(source, |node, dependency| {
                sums[node] += dependency;
                squares[node] += dependency * dependency;
            });
        }
        let (all, drawn) = (nodes as f64, sources as f64);
        let scale = all * self.per_pair();
        let spread = |(sum, square): (&f64, &f64)| {
            let variance = (square - sum * sum / drawn).max(0.0) / (drawn - 1.0);
            scale * (variance / drawn * (1.0 - drawn / all)).sqrt()
        };
        let errors = sums.iter().zip(&squares).map(spread).collect();
        let values = sums.iter().map(|sum| scale * sum / drawn).collect();
        // What one source adds is at most 1 after scaling by n − 2; 2n tails share the 5 %.
        let deviation = ((2.0 * all / 0.05).ln() * (1.0 - (drawn - 1.0) / all) / (2.0 * drawn)).sqrt();
        Some(SampledBetweenness { values, errors, bound: deviation * all / (all - 1.0) })
    }

    /// 1 ÷ the ordered pairs of other nodes.
    fn per_pair(&self) -> f64 {
        let others = self.nodes().saturating_sub(1) as f64;
        if others > 1.0 { 1.0 / (others * (others - 1.0)) } else { 0.0 }
    }
}

/// The shortest paths from one node, in room that is used again for the next.
struct Paths<'a> {
    network: &'a Network,
    /// How far each node is; unreached nodes are at [`UNREACHED`].
    distance: Vec<u32>,
    /// How many shortest paths lead to each node.
    paths: Vec<f64>,
    /// Of the paths to all other nodes, how many lead over each node, a path to a node with several counting in part.
    dependency: Vec<f64>,
    /// The nodes reached, from the nearest.
    reached: Vec<usize>,
}

const UNREACHED: u32 = u32::MAX;

impl<'a> Paths<'a> {
    fn of(network: &'a Network) -> Self {
        let nodes = network.nodes();
        Self {
            network,
            distance: vec![UNREACHED; nodes],
            paths: vec![0.0; nodes],
            dependency: vec![0.0; nodes],
            reached: Vec::with_capacity(nodes),
        }
    }

    /// Tells for each other node how much the paths from the source depend on it.
    fn from(&mut self, source: usize, mut tell: impl FnMut(usize, f64)) {
        self.walk(source);
        while let Some(node) = self.reached.pop() {
            let distance = self.distance[node];
            // Farther nodes are done; nearer neighbours lead here in proportion to the paths that reach them.
            let share = (1.0 + self.dependency[node]) / self.paths[node];
            for neighbour in self.network.neighbours(node) {
                let before = neighbour.node as usize;
                // The farther ones are unreached again, and too far to be taken for nearer ones.
                if self.distance[before] < distance {
                    self.dependency[before] += self.paths[before] * share;
                }
            }
            if node != source {
                tell(node, self.dependency[node]);
            }
            (self.distance[node], self.paths[node], self.dependency[node]) = (UNREACHED, 0.0, 0.0);
        }
    }

    fn walk(&mut self, source: usize) {
        self.distance[source] = 0;
        self.paths[source] = 1.0;
        self.reached.push(source);
        let mut next = 0;
        while let Some(&node) = self.reached.get(next) {
            next += 1;
            let beyond = self.distance[node] + 1;
            for neighbour in self.network.neighbours(node) {
                let to = neighbour.node as usize;
                if self.distance[to] == UNREACHED {
                    self.distance[to] = beyond;
                    self.reached.push(to);
                }
                if self.distance[to] == beyond {
                    self.paths[to] += self.paths[node];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::given;
    use super::SampledBetweenness;

    #[test]
    fn three_groups_have_the_betweenness_computed_independently() {
        let found = given::three_groups().betweenness();
        let expected = [0.0, 0.0, 0.388_889, 0.541_667, 0.166_667, 0.0, 0.125, 0.444_444, 0.222_222, 0.0];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-7, "{found}, not {expected}");
        }
    }

    #[test]
    fn the_karate_club_has_the_betweenness_that_networkx_gives() {
        // networkx 3.6.1, betweenness_centrality.
        let found = given::karate_club().betweenness();
        for (node, expected) in
            [(0, 0.437_635_281), (33, 0.304_074_976), (2, 0.143_656_806), (8, 0.055_926_828), (11, 0.0)]
        {
            assert!((found[node] - expected).abs() < 1e-9, "{node}: {}, not {expected}", found[node]);
        }
    }

    #[test]
    fn paths_that_do_not_exist_lead_over_nobody() {
        let apart = given::tied(vec![0; 6], &[(0, 1), (1, 2), (3, 4), (4, 5)]);
        let share = 2.0 / (5.0 * 4.0);
        assert_eq!(apart.betweenness(), [0.0, share, 0.0, 0.0, share, 0.0]);
        assert_eq!(given::tied(vec![0; 2], &[(0, 1)]).betweenness(), [0.0, 0.0]);
    }

    #[test]
    fn a_sample_of_everyone_is_exact_and_one_of_some_as_near_as_it_says() {
        let network = given::partition(&[80, 80, 40], 0.1, 0.01, 7);
        let exact = network.betweenness();
        let all = network.sampled_betweenness(500, 1).unwrap();
        assert!(all.values.iter().zip(&exact).all(|(value, exact)| (value - exact).abs() < 1e-12));
        assert!(all.errors.iter().all(|&error| error < 1e-9));

        let some = network.sampled_betweenness(60, 1).unwrap();
        let off = |(value, exact): (&f64, &f64)| (value - exact).abs();
        let most = some.values.iter().zip(&exact).map(off).fold(0.0, f64::max);
        assert!((1e-3..some.bound).contains(&most), "off by up to {most}");

        assert_eq!(some, network.sampled_betweenness(60, 1).unwrap());
        assert_ne!(some.values, network.sampled_betweenness(60, 2).unwrap().values);
        assert_eq!(network.sampled_betweenness(1, 1), None);
    }

    #[test]
    fn samples_are_right_on_average_and_their_errors_too() {
        let network = given::karate_club();
        let exact = network.betweenness()[0];
        let samples: Vec<_> = (0..4_000).map(|seed| network.sampled_betweenness(12, seed).unwrap()).collect();
        let mean = |of: &dyn Fn(&SampledBetweenness) -> f64| samples.iter().map(of).sum::<f64>() / 4_000.0;
        let value = mean(&|sample| sample.values[0]);
        let variance = mean(&|sample| (sample.values[0] - exact).powi(2));
        let estimated = mean(&|sample| sample.errors[0].powi(2));
        assert!((value - exact).abs() < 0.005, "{value}, not {exact}");
        assert!((estimated / variance - 1.0).abs() < 0.1, "{estimated}, not {variance}");
    }
}
