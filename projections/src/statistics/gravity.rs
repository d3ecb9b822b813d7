//! How strongly a community draws its members towards its centre (the Orbit model, `pages/gravity/measure.mdx`).

/// How many members stand on each level: exploring, participating, contributing, leading.
pub type Levels = [u64; 4];

const WEIGHTS: [u64; 4] = [1, 4, 7, 10];

/// Σ weight² × members over the levels, weights 1, 4, 7 and 10.
pub fn weighted_commitment(levels: Levels) -> u64 {
    WEIGHTS.iter().zip(levels).map(|(weight, members)| weight * weight * members).sum()
}

/// The change of weighted commitment for each member there is afterwards; `None` where there is none.
pub fn gravity(before: Levels, after: Levels) -> Option<f64> {
    let members: u64 = after.iter().sum();
    let change = weighted_commitment(after) as f64 - weighted_commitment(before) as f64;
    (members > 0).then(|| change / members as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_community_has_its_published_gravity() {
        let (january, february, march) = ([17, 8, 4, 1], [15, 9, 5, 1], [12, 10, 6, 2]);
        assert_eq!([january, february, march].map(weighted_commitment), [441, 504, 666]);
        assert!((gravity(january, february).unwrap() - 2.1).abs() < 1e-12);
        assert!((gravity(february, march).unwrap() - 5.4).abs() < 1e-12);
        assert!(gravity(february, january).unwrap() < 0.0, "members who move away lessen it");
        assert_eq!(gravity(january, [0; 4]), None);
    }
}
