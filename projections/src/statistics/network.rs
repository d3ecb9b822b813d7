//! The network of who is tied to whom, and the groups they belong to.

mod betweenness;
mod dependency;
#[cfg(test)]
mod given;
mod holes;
mod mixing;
mod permutation;
#[cfg(test)]
mod planted;
mod relabelling;
mod segregation;

pub use betweenness::SampledBetweenness;
pub use dependency::Dependency;
pub use mixing::Mixing;
pub use permutation::Permutation;
pub use relabelling::Relabelling;

/// What one node did towards another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Who acted.
    pub from: u32,
    /// Towards whom.
    pub to: u32,
    /// How often.
    pub acts: u64,
}

/// An arc names a node that is none of the network's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an arc names node {node} of a network of {nodes}")]
pub struct UnknownNode {
    /// The node.
    pub node: u32,
    /// How many there are, numbered from 0.
    pub nodes: usize,
}

/// How much a tie counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// One, however much is done along it.
    Ties,
    /// As many as the acts in both directions.
    Acts,
}

/// Nodes numbered from 0, each in one group, and their undirected ties: two nodes are tied when at least one acted
/// towards the other. A simple graph: acts of the same arc add up, and acts towards oneself are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The group of each node.
    groups: Vec<u32>,
    /// Ordered by their ends.
    ties: Vec<Tie>,
    /// Where each node's neighbours begin, and where the last one's end.
    starts: Vec<usize>,
    /// The neighbours of each node in order, node by node.
    around: Vec<Neighbour>,
}

/// Two nodes of which at least one acted towards the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tie {
    /// The end with the lower number.
    low: u32,
    high: u32,
    /// Acts of the lower towards the higher.
    upwards: u64,
    /// Acts of the higher towards the lower.
    downwards: u64,
}

impl Tie {
    fn weight(&self, weight: Weight) -> u64 {
        match weight {
            Weight::Ties => 1,
            Weight::Acts => self.upwards + self.downwards,
        }
    }

    fn ends(&self) -> [usize; 2] {
        [self.low as usize, self.high as usize]
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Neighbour {
    node: u32,
    acts: u64,
}

impl Network {
    /// The network of these arcs; the groups, numbered from 0 without gaps, say for each node which it belongs to.
    pub fn try_new(groups: Vec<u32>, arcs: impl IntoIterator<Item = Arc>) -> Result<Self, UnknownNode> {
        let ties = ties(groups.len(), arcs)?;
        let mut starts = vec![0; groups.len() + 1];
        for end in ties.iter().flat_map(Tie::ends) {
            starts[end + 1] += 1;
        }
        for node in 0..groups.len() {
            starts[node + 1] += starts[node];
        }
        let (mut next, mut around) = (starts.clone(), vec![Neighbour::default(); 2 * ties.len()]);
        let mut place = |of: usize, node: u32, tie: &Tie| {
            around[next[of]] = Neighbour { node, acts: tie.weight(Weight::Acts) };
            next[of] += 1;
        };
        // Ties are in the order of their ends: first come the neighbours with lower numbers, then those with higher.
        ties.iter().for_each(|tie| place(tie.high as usize, tie.low, tie));
        ties.iter().for_each(|tie| place(tie.low as usize, tie.high, tie));
        Ok(Self { groups, ties, starts, around })
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.groups.len()
    }

    /// How many ties there are.
    pub fn ties(&self) -> usize {
        self.ties.len()
    }

    /// Ties ÷ the n(n−1)/2 that there could be; `None` for fewer than two nodes. It falls as an organisation grows
    /// although everyone keeps as many ties.
    pub fn density(&self) -> Option<f64> {
        let nodes = self.nodes() as f64;
        (self.nodes() > 1).then(|| 2.0 * self.ties() as f64 / (nodes * (nodes - 1.0)))
    }

    /// The share of arcs, 0 to 1, that another answers in the opposite direction; `None` without arcs.
    pub fn reciprocity(&self) -> Option<f64> {
        let mutual = self.ties.iter().filter(|tie| tie.upwards > 0 && tie.downwards > 0).count();
        // A tie is one arc, or two when it is mutual.
        let arcs = self.ties() + mutual;
        (arcs > 0).then(|| 2.0 * mutual as f64 / arcs as f64)
    }

    /// What chance would make of reciprocity: the mean over all ways to lay so many arcs between these nodes, exactly.
    /// `None` without arcs.
    pub fn expected_reciprocity(&self) -> Option<f64> {
        let mutual = self.ties.iter().filter(|tie| tie.upwards > 0 && tie.downwards > 0).count();
        let (arcs, nodes) = ((self.ties() + mutual) as f64, self.nodes() as f64);
        (arcs > 0.0).then(|| (arcs - 1.0) / (nodes * (nodes - 1.0) - 1.0))
    }

    fn group(&self, node: usize) -> usize {
        self.groups[node] as usize
    }

    fn group_count(&self) -> usize {
        self.groups.iter().max().map_or(0, |&last| last as usize + 1)
    }

    fn neighbours(&self, node: usize) -> &[Neighbour] {
        &self.around[self.starts[node]..self.starts[node + 1]]
    }

    fn degree(&self, node: usize) -> usize {
        self.starts[node + 1] - self.starts[node]
    }

    /// What the ties of each node weigh together.
    fn strengths(&self, weight: Weight) -> Vec<u64> {
        let mut strengths = vec![0; self.nodes()];
        for tie in &self.ties {
            for end in tie.ends() {
                strengths[end] += tie.weight(weight);
            }
        }
        strengths
    }
}

fn ties(nodes: usize, arcs: impl IntoIterator<Item = Arc>) -> Result<Vec<Tie>, UnknownNode> {
    let mut ties = Vec::new();
    for Arc { from, to, acts } in arcs {
        let node = from.max(to);
        if node as usize >= nodes {
            return Err(UnknownNode { node, nodes });
        }
        if from != to && acts > 0 {
            let (upwards, downwards) = if from < to { (acts, 0) } else { (0, acts) };
            ties.push(Tie { low: from.min(to), high: node, upwards, downwards });
        }
    }
    ties.sort_unstable_by_key(|tie| (tie.low, tie.high));
    ties.dedup_by(|next, kept| {
        let same = next.ends() == kept.ends();
        if same {
            kept.upwards += next.upwards;
            kept.downwards += next.downwards;
        }
        same
    });
    Ok(ties)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arc(from: u32, to: u32, acts: u64) -> Arc {
        Arc { from, to, acts }
    }

    #[test]
    fn three_groups_are_as_dense_as_computed_independently() {
        let network = given::three_groups();
        assert_eq!((network.nodes(), network.ties()), (10, 12));
        assert!((network.density().unwrap() - 0.266_667).abs() < 5e-7);
    }

    #[test]
    fn arcs_that_are_answered_are_reciprocal() {
        // x, y, z, w: xy yx xz zw wz yw.
        let arcs = [(0, 1), (1, 0), (0, 2), (2, 3), (3, 2), (1, 3)].map(|(from, to)| arc(from, to, 1));
        let network = Network::try_new(vec![0; 4], arcs).unwrap();
        assert!((network.reciprocity().unwrap() - 4.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn chance_answers_as_many_arcs_as_in_all_ways_to_lay_them() {
        let pairs: Vec<(u32, u32)> = (0..3)
            .flat_map(|from| (0..3).map(move |to| (from, to)))
            .filter(|(from, to)| from != to)
            .collect();
        for count in 1..=6 {
            let ways = (0..64_u32).filter(|ways| ways.count_ones() == count).map(|ways| {
                let laid = pairs.iter().enumerate().filter(|(at, _)| ways >> at & 1 == 1);
                Network::try_new(vec![0; 3], laid.map(|(_, (from, to))| arc(*from, *to, 1))).unwrap()
            });
            let ways: Vec<Network> = ways.collect();
            let mean = ways.iter().map(|way| way.reciprocity().unwrap()).sum::<f64>() / ways.len() as f64;
            assert!((ways[0].expected_reciprocity().unwrap() - mean).abs() < 1e-12, "{count}");
        }
    }

    #[test]
    fn acts_add_up_and_acts_towards_oneself_and_none_are_left_out() {
        let arcs = [arc(1, 0, 2), arc(0, 0, 9), arc(0, 1, 1), arc(1, 0, 3), arc(2, 1, 0)];
        let network = Network::try_new(vec![0; 3], arcs).unwrap();
        assert_eq!(network.ties, [Tie { low: 0, high: 1, upwards: 1, downwards: 5 }]);
        assert_eq!(network.neighbours(1), [Neighbour { node: 0, acts: 6 }]);
        assert_eq!((network.degree(2), network.strengths(Weight::Acts)), (0, vec![6, 6, 0]));
    }

    #[test]
    fn an_arc_to_nobody_is_refused() {
        let refused = Network::try_new(vec![0; 2], [arc(0, 2, 1)]);
        assert_eq!(refused, Err(UnknownNode { node: 2, nodes: 2 }));
    }

    #[test]
    fn nothing_is_said_of_a_network_without_ties() {
        let alone = Network::try_new(vec![0], []).unwrap();
        assert_eq!((alone.density(), alone.reciprocity()), (None, None));
        assert_eq!(Network::try_new(vec![], []).unwrap().group_count(), 0);
    }
}
