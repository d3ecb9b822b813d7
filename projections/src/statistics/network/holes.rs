//! How much one's neighbours know one another: structural holes (Burt 1992).

use super::{Network, Weight};

impl Network {
    /// Burt's constraint of each node: Σᵥ (pᵤᵥ + Σ_w pᵤ_w p_wᵥ)² over its neighbours v, where pᵤᵥ is the part of u's
    /// ties that v has. Low where neighbours do not know one another; it can exceed 1. `None` for who has no ties.
    pub fn constraint(&self, weight: Weight) -> Vec<Option<f64>> {
        let strengths = self.strengths(weight);
        let part = |of: usize, acts: u64| match weight {
            Weight::Ties => 1.0 / strengths[of] as f64,
            Weight::Acts => acts as f64 / strengths[of] as f64,
        };
        let constraint = |node, invested: &[f64]| {
            let over = |neighbour: usize| {
                let ties = self.neighbours(neighbour).iter();
                let indirect =
                    ties.map(|tie| invested[tie.node as usize] * part(tie.node as usize, tie.acts));
                invested[neighbour] + indirect.sum::<f64>()
            };
            self.neighbours(node).iter().map(|neighbour| over(neighbour.node as usize).powi(2)).sum()
        };
        self.for_each_tied(part, constraint)
    }

    /// The effective size of each node's neighbourhood: its n neighbours less the mean number of ties that each has to
    /// the others, n − 2t/n. `None` for who has no ties.
    pub fn effective_size(&self) -> Vec<Option<f64>> {
        self.for_each_tied(
            |_, _| 1.0,
            |node, is_neighbour| {
                let known = |neighbour: usize| -> f64 {
                    self.neighbours(neighbour).iter().map(|tie| is_neighbour[tie.node as usize]).sum()
                };
                let size = self.degree(node) as f64;
                let ties: f64 =
                    self.neighbours(node).iter().map(|neighbour| known(neighbour.node as usize)).sum();
                size - ties / size
            },
        )
    }

    /// What is computed of each node that has ties, given what it has in each other node (0 in strangers): that of a
    /// neighbour is computed of the node and the acts along the tie.
    fn for_each_tied(
        &self,
        has: impl Fn(usize, u64) -> f64,
        compute: impl Fn(usize, &[f64]) -> f64,
    ) -> Vec<Option<f64>> {
        let mut in_each = vec![0.0; self.nodes()];
        let mut of_node = |node| {
            for neighbour in self.neighbours(node) {
                in_each[neighbour.node as usize] = has(node, neighbour.acts);
            }
            let computed = (self.degree(node) > 0).then(|| compute(node, &in_each));
            for neighbour in self.neighbours(node) {
                in_each[neighbour.node as usize] = 0.0;
            }
            computed
        };
        (0..self.nodes()).map(&mut of_node).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Arc, given};
    use super::*;

    #[track_caller]
    fn are_near(found: &[Option<f64>], expected: &[(usize, f64)]) {
        for &(node, expected) in expected {
            let found = found[node].unwrap();
            assert!((found - expected).abs() < 5e-7, "{node}: {found}, not {expected}");
        }
    }

    #[test]
    fn three_groups_have_the_holes_computed_independently() {
        let network = given::three_groups();
        let constraint = [
            (0, 1.006_944),
            (1, 1.006_944),
            (2, 0.611_111),
            (3, 0.333_333),
            (4, 0.558_642),
            (5, 0.888_889),
            (6, 0.558_642),
            (7, 0.333_333),
            (8, 0.5),
            (9, 1.0),
        ];
        are_near(&network.constraint(Weight::Ties), &constraint);
        let size = [(0, 1.0), (2, 2.333_333), (3, 3.0), (4, 2.333_333), (8, 2.0)];
        are_near(&network.effective_size(), &size);
    }

    #[test]
    fn the_karate_club_has_the_holes_that_networkx_gives() {
        // networkx 3.6.1, constraint and effective_size.
        let network = given::karate_club();
        let constraint = [(0, 0.155_423_298), (33, 0.156_418_685), (2, 0.185_176_64), (16, 0.781_25)];
        are_near(&network.constraint(Weight::Ties), &constraint);
        are_near(&network.effective_size(), &[(0, 13.75), (33, 15.235_294_118), (2, 7.8), (16, 1.0)]);
    }

    #[test]
    fn acts_weigh_ties_and_strangers_have_no_holes() {
        let arcs = [(0, 1, 3), (1, 2, 1), (2, 0, 2)].map(|(from, to, acts)| Arc { from, to, acts });
        let network = Network::try_new(vec![0; 4], arcs).unwrap();
        // Of 0: 3/5 + 2/5·1/3 in 1, 2/5 + 3/5·1/4 in 2.
        let expected = (0.6_f64 + 0.4 / 3.0).powi(2) + (0.4_f64 + 0.6 / 4.0).powi(2);
        are_near(&network.constraint(Weight::Acts), &[(0, expected)]);
        assert_eq!((network.constraint(Weight::Acts)[3], network.effective_size()[3]), (None, None));
    }
}
