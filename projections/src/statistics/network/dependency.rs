//! How much the contact between two groups rests on a few people.

use std::cmp::Reverse;

use super::{Network, Tie, Weight};

/// What two groups have in common, and what of it would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The weight of the ties between the two groups.
    pub between: u64,
    /// The weight of those that end at one of the people who leave.
    pub lost: u64,
}

impl Dependency {
    /// The share that would be lost, 0 to 1.
    pub fn share(&self) -> f64 {
        self.lost as f64 / self.between as f64
    }
}

impl Network {
    /// What is lost between two groups when the people most involved in what is between them leave, so many of both
    /// groups together. Who they are is decided once, before any leaves, and by the lower number among equals; it is
    /// not told. `None` where nothing is between the two, or they are one group.
    pub fn dependency(&self, pair: [u32; 2], leaving: usize, weight: Weight) -> Option<Dependency> {
        let ties: Vec<&Tie> = self.ties.iter().filter(|tie| self.is_between(tie, pair)).collect();
        let mut involved = vec![0; self.nodes()];
        for tie in &ties {
            for end in tie.ends() {
                involved[end] += tie.weight(weight);
            }
        }
        let mut nodes: Vec<usize> = (0..self.nodes()).filter(|&node| involved[node] > 0).collect();
        nodes.sort_by_key(|&node| Reverse(involved[node]));
        nodes.truncate(leaving);
        let sum = |is_counted: &dyn Fn(&Tie) -> bool| {
            ties.iter().filter(|tie| is_counted(tie)).map(|tie| tie.weight(weight)).sum()
        };
        let between = sum(&|_| true);
        let lost = sum(&|tie| tie.ends().iter().any(|end| nodes.contains(end)));
        (between > 0).then_some(Dependency { between, lost })
    }

    fn is_between(&self, tie: &Tie, [one, other]: [u32; 2]) -> bool {
        let [low, high] = tie.ends().map(|end| self.groups[end]);
        one != other && ([low, high] == [one, other] || [low, high] == [other, one])
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Arc, given};
    use super::*;

    #[test]
    fn what_ends_at_the_most_involved_is_lost() {
        // Of group 0: 0 knows 4, 5 and 6; 1 knows 4; 2 and 3 know each other. 7 is of a third group.
        let ties = [(0, 4), (0, 5), (0, 6), (1, 4), (2, 3), (0, 7), (7, 4)];
        let network = given::tied(given::sized(&[4, 3, 1]), &ties);
        let lost = |leaving| network.dependency([1, 0], leaving, Weight::Ties).unwrap();
        assert_eq!([0, 1, 2, 9].map(|leaving| lost(leaving).lost), [0, 3, 4, 4]);
        assert_eq!((lost(1).between, lost(1).share()), (4, 0.75));
        assert_eq!(network.dependency([0, 0], 1, Weight::Ties), None);
        assert_eq!(network.dependency([1, 3], 1, Weight::Ties), None);
    }

    #[test]
    fn acts_decide_who_is_involved_most() {
        let arcs = [(0, 2, 1), (0, 3, 1), (1, 3, 8)].map(|(from, to, acts)| Arc { from, to, acts });
        let network = Network::try_new(vec![0, 0, 1, 1], arcs).unwrap();
        let dependency = |weight| network.dependency([0, 1], 1, weight).unwrap();
        assert_eq!(dependency(Weight::Ties), Dependency { between: 3, lost: 2 });
        assert_eq!(dependency(Weight::Acts), Dependency { between: 10, lost: 9 });
    }
}
