//! The measures of silos on networks whose silos are known: they find a planted one, and only that.

use super::{Weight, given};

const EVEN: &[usize] = &[50, 50, 50, 50];
const UNEVEN: &[usize] = &[155, 15, 15, 15];

/// The raw index, its z and the assortativity of a planted partition.
fn measures(sizes: &[usize], within: f64, across: f64, seed: u64) -> (f64, f64, f64) {
    let network = given::partition(sizes, within, across, seed);
    let found = network.relabelling(Weight::Ties).unwrap();
    (found.observed, found.z().unwrap(), network.assortativity(Weight::Ties).unwrap())
}

#[test]
fn a_planted_silo_is_found_whatever_the_sizes_of_groups() {
    for (sizes, seed) in [(EVEN, 1), (UNEVEN, 2), (EVEN, 3), (UNEVEN, 4)] {
        let (_, z, assortativity) = measures(sizes, 0.2, 0.05, seed);
        assert!(z < -5.0 && assortativity > 0.15, "{sizes:?}: z {z}, assortativity {assortativity}");
        let permutation =
            given::partition(sizes, 0.2, 0.05, seed).permutation(Weight::Ties, 499, seed).unwrap();
        assert_eq!(permutation.lower_p(), 1.0 / 500.0);
    }
}

#[test]
fn a_deeper_silo_shows_deeper() {
    let z = [0.05, 0.08, 0.12, 0.2].map(|within| measures(EVEN, within, 0.05, 5).1);
    assert!(z.is_sorted_by(|shallow, deep| deep < shallow), "{z:?}");
}

#[test]
fn sizes_of_groups_alone_move_the_raw_index_and_not_what_is_corrected_for_chance() {
    let raw = [EVEN, UNEVEN].map(|sizes| {
        let found: Vec<_> = (1..=40).map(|seed| measures(sizes, 0.06, 0.06, seed)).collect();
        let mean = |of: fn(&(f64, f64, f64)) -> f64| found.iter().map(of).sum::<f64>() / 40.0;
        // Standard normal: the mean of 40 lies within 0.5 with more than 99.8 %.
        let z = mean(|found| found.1);
        assert!(z.abs() < 0.5, "{sizes:?}: z {z}");
        let assortativity = mean(|found| found.2);
        assert!(assortativity.abs() < 0.01, "{sizes:?}: assortativity {assortativity}");
        mean(|found| found.0)
    });
    assert!(raw[0] > 0.45 && raw[1] < -0.15, "sizes alone turned {} into {}", raw[0], raw[1]);
}
