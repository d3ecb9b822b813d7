//! Networks that tests are given.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::{Arc, Network};

/// A network of ties with one act each.
pub(super) fn tied(groups: Vec<u32>, ties: &[(u32, u32)]) -> Network {
    Network::try_new(groups, ties.iter().map(|&(from, to)| Arc { from, to, acts: 1 })).unwrap()
}

/// The groups of sizes in a row.
pub(super) fn sized(sizes: &[usize]) -> Vec<u32> {
    (0..).zip(sizes).flat_map(|(group, &size)| std::iter::repeat_n(group, size)).collect()
}

/// a1..a4, b1..b3 and c1..c3, numbered in this order: a1a2 a1a3 a2a3 a3a4 b1b2 b1b3 b2b3 c1c2 c2c3 a4b1 a4c1 b3c1.
pub(super) fn three_groups() -> Network {
    const TIES: [(u32, u32); 12] =
        [(0, 1), (0, 2), (1, 2), (2, 3), (4, 5), (4, 6), (5, 6), (7, 8), (8, 9), (3, 4), (3, 7), (6, 7)];
    tied(sized(&[4, 3, 3]), &TIES)
}

/// Zachary's karate club (1977), in the two factions that it fell into.
pub(super) fn karate_club() -> Network {
    const ENDS: [u32; 156] = [
        0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 10, 0, 11, 0, 12, 0, 13, 0, 17, 0, 19, 0, 21, 0,
        31, 1, 2, 1, 3, 1, 7, 1, 13, 1, 17, 1, 19, 1, 21, 1, 30, 2, 3, 2, 7, 2, 8, 2, 9, 2, 13, 2, 27, 2, 28,
        2, 32, 3, 7, 3, 12, 3, 13, 4, 6, 4, 10, 5, 6, 5, 10, 5, 16, 6, 16, 8, 30, 8, 32, 8, 33, 9, 33, 13,
        33, 14, 32, 14, 33, 15, 32, 15, 33, 18, 32, 18, 33, 19, 33, 20, 32, 20, 33, 22, 32, 22, 33, 23, 25,
        23, 27, 23, 29, 23, 32, 23, 33, 24, 25, 24, 27, 24, 31, 25, 31, 26, 29, 26, 33, 27, 33, 28, 31, 28,
        33, 29, 32, 29, 33, 30, 32, 30, 33, 31, 32, 31, 33, 32, 33,
    ];
    let officers = [9, 14, 15, 18, 20];
    let groups = (0..34).map(|node| u32::from(officers.contains(&node) || node > 21)).collect();
    tied(groups, &ENDS.chunks_exact(2).map(|ends| (ends[0], ends[1])).collect::<Vec<_>>())
}

/// A network in which each pair of one group is tied with probability `within`, each other pair with `across`.
pub(super) fn partition(sizes: &[usize], within: f64, across: f64, seed: u64) -> Network {
    let groups = sized(sizes);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut ties = Vec::new();
    for high in 1..groups.len() {
        for low in 0..high {
            let probability = if groups[low] == groups[high] { within } else { across };
            if random.random_bool(probability) {
                ties.push((low as u32, high as u32));
            }
        }
    }
    tied(groups, &ties)
}

/// Every way to deal out the same labels, each once (Knuth's algorithm L).
pub(super) fn dealings(mut labels: Vec<u32>) -> Vec<Vec<u32>> {
    labels.sort_unstable();
    let mut all = vec![labels.clone()];
    while let Some(at) = labels.windows(2).rposition(|pair| pair[0] < pair[1]) {
        let with = labels.iter().rposition(|&label| label > labels[at]).unwrap();
        labels.swap(at, with);
        labels[at + 1..].reverse();
        all.push(labels.clone());
    }
    all
}
