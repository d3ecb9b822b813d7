//! Steps: what a history is drawn from, and how one that fails is made shorter.

use std::fmt;

use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::TestRunner;

/// What a history is drawn from: a number for its beginning, and one for each step after it.
#[derive(Clone)]
pub struct Steps(pub u64, pub Vec<u64>);

/// On one line, to be told again.
impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("Steps({}, vec!{:?})", self.0, self.1))
    }
}

/// Histories of so many steps.
#[derive(Clone, Copy, Debug)]
pub struct OfSteps(pub usize);

impl Strategy for OfSteps {
    type Tree = Shorter;
    type Value = Steps;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let mut number = || runner.rng().next_u64();
        let steps = Steps(number(), (0..self.0).map(|_| number()).collect());
        Ok(Shorter { stretch: steps.1.len(), steps, at: 0, left_out: vec![] })
    }
}

/// A history, and shorter ones: all steps are left out, then halves, quarters and so on down to single ones. What is
/// left is drawn from the same numbers upon less.
#[derive(Clone, Debug)]
pub struct Shorter {
    steps: Steps,
    stretch: usize,
    at: usize,
    left_out: Vec<u64>,
}

impl Shorter {
    /// Leaves the next stretch out, if there is one that was not tried.
    fn leave_out(&mut self) -> bool {
        while self.stretch > 0 && self.at >= self.steps.1.len() {
            (self.stretch, self.at) = (self.stretch / 2, 0);
        }
        let end = self.steps.1.len().min(self.at + self.stretch);
        self.left_out = self.steps.1.drain(self.at.min(end)..end).collect();
        !self.left_out.is_empty()
    }
}

impl ValueTree for Shorter {
    type Value = Steps;

    fn current(&self) -> Steps {
        self.steps.clone()
    }

    fn simplify(&mut self) -> bool {
        self.leave_out()
    }

    /// Without what was left out it does not fail: that is put back, and what follows is left out instead.
    fn complicate(&mut self) -> bool {
        let needed = std::mem::take(&mut self.left_out);
        let at = self.at;
        self.at += needed.len();
        let any = !needed.is_empty();
        self.steps.1.splice(at..at, needed);
        self.leave_out();
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of steps when all that fails is shortened as long as it can be.
    fn shortened(numbers: Vec<u64>, fails: impl Fn(&[u64]) -> bool) -> Vec<u64> {
        let mut tree = Shorter { stretch: numbers.len(), steps: Steps(0, numbers), at: 0, left_out: vec![] };
        let mut goes_on = tree.simplify();
        while goes_on {
            goes_on = if fails(&tree.current().1) { tree.simplify() } else { tree.complicate() };
        }
        tree.current().1
    }

    #[test]
    fn what_does_not_matter_is_left_out() {
        let numbers = || (0..400).collect();
        assert_eq!(shortened(numbers(), |_| true), [0; 0]);
        assert_eq!(shortened(numbers(), |left| left.contains(&399)), [399]);
        let needed = [0, 17, 18, 250];
        assert_eq!(shortened(numbers(), |left| needed.iter().all(|n| left.contains(n))), needed);
    }
}
