//! A rate beside that of its reference, both measured in turns in one run: a noisy machine is noisy for both.

use std::fmt;

/// A rate and its reference.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// What is measured.
    pub what: &'static str,
    /// How many of it a second.
    pub measured: f64,
    /// How many a second the reference comes to.
    pub reference: f64,
    /// The ratio it must not fall below.
    pub floor: f64,
    /// The ratio it should come to.
    pub aim: f64,
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, measured, reference, floor, aim } = *self;
        let ratio = measured / reference;
        let verdict = match () {
            () if ratio >= aim => "aim reached",
            () if ratio >= floor => "floor held",
            () => "BELOW THE FLOOR",
        };
        write!(
            f,
            "{what}: {measured:.0}/s, reference {reference:.0}/s, ratio {ratio:.2} (floor {floor}, aim {aim}): {verdict}"
        )
    }
}

/// Medians of a reference and of what stands beside it, taken in turns.
pub async fn in_turns(
    rounds: usize,
    mut reference: impl AsyncFnMut() -> f64,
    mut measured: impl AsyncFnMut() -> f64,
) -> (f64, f64) {
    let (mut first, mut second) = (Vec::with_capacity(rounds), Vec::with_capacity(rounds));
    for _ in 0..rounds {
        first.push(reference().await);
        second.push(measured().await);
    }
    (median(first), median(second))
}

/// The median; the upper one of two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
