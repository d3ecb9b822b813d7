//! Sums and the cells of matrices: how much people did, by group or from group to group.
//!
//! Totals stand in families: a total and what it is made of. What is hidden of a family whose total is shown must
//! together be what could be shown by itself: then subtraction finds a total of many people, of whom no one has more
//! than half, and of the cells in it none has more than half either, so that it is not close to their sum.

use std::collections::HashMap;

use super::{Suppression, Threshold};

/// The amount of each of some people, by number.
type Amounts = Vec<(u32, u64)>;

/// What a total is made of: for each side the amount of each person, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    sides: Vec<Amounts>,
}

impl Evidence {
    /// Of people, each with an amount; whoever stands there twice with both.
    #[must_use]
    pub fn of_people(amounts: impl IntoIterator<Item = (u32, u64)>) -> Self {
        Self { sides: vec![summed(amounts.into_iter().collect())] }
    }

    /// Of ties, each from a source to a receiver with an amount; both sides count.
    #[must_use]
    pub fn of_ties(amounts: impl IntoIterator<Item = (u32, u32, u64)>) -> Self {
        let (sources, receivers): (Amounts, Amounts) =
            amounts.into_iter().map(|(from, to, amount)| ((from, amount), (to, amount))).unzip();
        Self { sides: vec![summed(sources), summed(receivers)] }
    }

    /// Of sides, each of people with an amount: that of all together is the first side's.
    #[must_use]
    pub fn of_sides(sides: impl IntoIterator<Item = Vec<(u32, u64)>>) -> Self {
        Self { sides: sides.into_iter().map(summed).collect() }
    }

    /// Of all that others are made of.
    #[must_use]
    pub fn united<'a>(others: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sides: Vec<Vec<&Amounts>> = Vec::new();
        for other in others {
            sides.resize_with(sides.len().max(other.sides.len()), Vec::new);
            sides.iter_mut().zip(&other.sides).for_each(|(all, side)| all.push(side));
        }
        let together = |parts: Vec<&Amounts>| match *parts {
            [alone] => alone.clone(),
            _ => by_place(&parts).unwrap_or_else(|| by_order(parts.into_iter().flatten().copied().collect())),
        };
        Self { sides: sides.into_iter().map(together).collect() }
    }

    /// The amount of all together.
    pub fn sum(&self) -> u64 {
        self.sides.first().map_or(0, |side| side.iter().map(|(_, amount)| amount).sum())
    }

    /// How many people are behind it, on the side that has fewest.
    pub(crate) fn people(&self) -> usize {
        self.sides.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// Why it cannot be shown by itself. Nobody is the same as few.
    pub(crate) fn fault(&self, threshold: Threshold) -> Option<Suppression> {
        let amounts = self.sides.iter().flatten().map(|(_, amount)| *amount);
        fault(threshold, self.people(), amounts.max().unwrap_or(0), self.sum())
    }
}

/// One amount for each person who has any, in the order of their numbers.
fn summed(amounts: Amounts) -> Amounts {
    by_place(&[&amounts]).unwrap_or_else(|| by_order(amounts))
}

/// Of more amounts than people: each has a place.
fn by_place(parts: &[&Amounts]) -> Option<Amounts> {
    let amounts = || parts.iter().copied().flatten();
    let end = amounts().map(|(person, _)| *person as usize + 1).max().unwrap_or_default();
    let all: usize = parts.iter().map(|part| part.len()).sum();
    (end <= all).then(|| {
        let mut sums = vec![0; end];
        amounts().for_each(|(person, amount)| sums[*person as usize] += amount);
        (0..).zip(sums).filter(|(_, sum)| *sum > 0).collect()
    })
}

/// Of fewer: sorting brings those of a person together.
fn by_order(mut amounts: Amounts) -> Amounts {
    amounts.retain(|(_, amount)| *amount > 0);
    amounts.sort_unstable_by_key(|(person, _)| *person);
    amounts.dedup_by(|(next, amount), (person, sum)| {
        let same = next == person;
        *sum += if same { *amount } else { 0 };
        same
    });
    amounts
}

/// Why so many people with such a sum cannot be shown, of whom one has the most.
fn fault(threshold: Threshold, people: usize, most: u64, sum: u64) -> Option<Suppression> {
    if people < threshold.people() as usize {
        return Some(Suppression::TooFewPeople);
    }
    (2 * most > sum).then_some(Suppression::Dominated)
}

/// Evidence that grows.
#[derive(Debug, Default)]
struct Union {
    sides: Vec<HashMap<u32, u64>>,
    most: u64,
    sum: u64,
}

impl Union {
    /// Adds who is behind something.
    fn add(&mut self, other: &Evidence) {
        self.sides.resize_with(self.sides.len().max(other.sides.len()), HashMap::new);
        for (side, amounts) in self.sides.iter_mut().zip(&other.sides) {
            for (person, amount) in amounts {
                let sum = side.entry(*person).or_default();
                *sum += amount;
                self.most = self.most.max(*sum);
            }
        }
        self.sum += other.sum();
    }

    /// Why it cannot be shown by itself. Nobody is the same as few.
    fn fault(&self, threshold: Threshold) -> Option<Suppression> {
        let people = self.sides.iter().map(HashMap::len).min().unwrap_or(0);
        fault(threshold, people, self.most, self.sum)
    }
}

/// Where a total stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Part of no other.
    Top,
    /// Part of the total at this place, together with its other parts.
    Within(usize),
}

/// One total of a sheet.
#[derive(Clone, Debug)]
pub struct Total {
    /// Where it stands.
    pub place: Place,
    /// How many people are asked about on the side that has fewest: everybody takes it to be known.
    pub eligible: u64,
    /// How many people could be found to have done nothing, who are asked about in no other part of the same; none where
    /// they are.
    pub idle: Option<u64>,
    /// What it is made of.
    pub evidence: Evidence,
    /// Whether it may be told that it is nothing: that none of many people did what others of them did.
    pub may_be_nothing: bool,
    /// Why it is hidden whatever it is, if it is.
    pub hidden: Option<Suppression>,
}

impl Total {
    /// A total that is hidden where nothing is in it.
    #[must_use]
    pub fn of(place: Place, eligible: u64, evidence: Evidence) -> Self {
        Self { place, eligible, idle: Some(eligible), evidence, may_be_nothing: false, hidden: None }
    }
}

/// Decides several sheets of the same places, one of which is made of the others: a place is shown in all or in none.
#[must_use]
pub fn decide_together(threshold: Threshold, sheets: &mut [Vec<Total>]) -> Vec<Option<Suppression>> {
    let mut decided = vec![None; sheets.first().map_or(0, Vec::len)];
    loop {
        let before = decided.clone();
        for sheet in sheets.iter_mut() {
            sheet.iter_mut().zip(&decided).for_each(|(total, why)| total.hidden = *why);
            decided = decide(threshold, sheet);
        }
        if decided == before {
            return decided;
        }
    }
}

/// Decides a sheet: why each total of one measure, window and cut is hidden, if it is, in their order. A total stands
/// before its parts.
#[must_use]
pub fn decide(threshold: Threshold, totals: &[Total]) -> Vec<Option<Suppression>> {
    let mut alone: Vec<Option<Suppression>> = totals.iter().map(|total| alone(threshold, total)).collect();
    let mut parts = vec![Vec::new(); totals.len()];
    for (place, total) in totals.iter().enumerate() {
        if let Place::Within(whole) = total.place {
            parts[whole].push(place);
        }
    }
    let least = least(totals, &parts);
    loop {
        let (mut decided, mut open) = (alone.clone(), Vec::new());
        for (whole, parts) in parts.iter().enumerate() {
            let hidden = match decided[whole] {
                None => complement(threshold, (totals, &least), parts, &decided).unwrap_or_else(|| {
                    open.push(whole);
                    parts.clone()
                }),
                Some(_) => parts.clone(),
            };
            for place in hidden {
                decided[place].get_or_insert(Suppression::Complementary);
            }
        }
        // A sum that would give its parts away whatever else is hidden of it is hidden itself.
        if open.is_empty() {
            return decided;
        }
        open.into_iter().for_each(|whole| alone[whole] = Some(Suppression::Complementary));
    }
}

/// How little each total is at least, for whoever knows which of those that have no parts are not nothing: of what may be
/// told to be nothing, nobody does.
fn least(totals: &[Total], parts: &[Vec<usize>]) -> Vec<u64> {
    let mut least: Vec<u64> = vec![0; totals.len()];
    for place in (0..totals.len()).rev() {
        if parts[place].is_empty() && !totals[place].may_be_nothing {
            least[place] = totals[place].evidence.sum().min(1);
        }
        if let Place::Within(whole) = totals[place].place {
            least[whole] += least[place];
        }
    }
    least
}

/// Why a total is hidden whatever it is part of.
fn alone(threshold: Threshold, total: &Total) -> Option<Suppression> {
    if total.hidden.is_some() {
        return total.hidden;
    }
    if total.eligible < u64::from(threshold.people()) {
        return Some(Suppression::GroupTooSmall);
    }
    if total.may_be_nothing && total.evidence.sum() == 0 && total.eligible >= threshold.many() {
        return None;
    }
    total.evidence.fault(threshold)
}

/// Which parts of a total that is shown are hidden: those that must be, and those with the fewest people behind them
/// until subtraction finds nothing; nothing where it does whatever is hidden. That many people did nothing may be found.
fn complement(
    threshold: Threshold,
    (totals, least): (&[Total], &[u64]),
    parts: &[usize],
    decided: &[Option<Suppression>],
) -> Option<Vec<usize>> {
    let (mut hidden, mut others): (Vec<usize>, Vec<usize>) =
        parts.iter().partition(|place| decided[**place].is_some());
    let largest = hidden.iter().map(|place| totals[*place].evidence.sum()).max();
    let Some(largest) = largest else { return Some(hidden) };
    let mut union = Union::default();
    hidden.iter().for_each(|place| union.add(&totals[*place].evidence));
    let mut known: u64 = hidden.iter().map(|place| least[*place]).sum();
    let idle: Option<u64> = hidden.iter().map(|place| totals[*place].idle).sum();
    if largest == 0 && idle.is_some_and(|idle| idle == 0 || idle >= threshold.many()) {
        return Some(hidden);
    }
    others.sort_by_key(|place| std::cmp::Reverse((totals[*place].evidence.people(), *place)));
    let is_found = |union: &Union, known: u64| {
        let open = union.sum - known;
        union.fault(threshold).is_some() || 2 * largest > union.sum || open < threshold.people().into()
    };
    while is_found(&union, known) {
        let next = others.pop()?;
        union.add(&totals[next].evidence);
        known += least[next];
        hidden.push(next);
    }
    Some(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    const K: Threshold = Threshold(5);

    /// So many people, the first of whom has this number, with an amount each.
    fn people(first: u32, count: u32, each: u64) -> Evidence {
        Evidence::of_people((first..first + count).map(|person| (person, each)))
    }

    fn total(place: Place, evidence: Evidence) -> Total {
        Total::of(place, 20, evidence)
    }

    /// A total and its parts.
    fn family(parts: &[Evidence]) -> Vec<Option<Suppression>> {
        let whole = Evidence::united(parts);
        let parts = parts.iter().map(|part| total(Place::Within(0), part.clone()));
        decide(K, &[total(Place::Top, whole)].into_iter().chain(parts).collect::<Vec<_>>())
    }

    #[test]
    fn many_amounts_are_added_up_as_few_are() {
        for people in [3, 40, 5000] {
            let amounts: Amounts = (0..200_u32).map(|n| (n * 7919 % people, u64::from(n % 3))).collect();
            let mut sums = std::collections::BTreeMap::new();
            for (person, amount) in amounts.iter().filter(|(_, amount)| *amount > 0) {
                *sums.entry(*person).or_default() += amount;
            }
            assert_eq!(summed(amounts), sums.into_iter().collect::<Amounts>(), "{people}");
        }
    }

    #[test]
    fn a_total_of_few_people_is_hidden_and_nobody_is_the_same_as_few() {
        for count in [0, 1, 4] {
            let alone = decide(K, &[total(Place::Top, people(0, count, 3))]);
            assert_eq!(alone, [Some(Suppression::TooFewPeople)], "{count}");
        }
        assert_eq!(decide(K, &[total(Place::Top, people(0, 5, 3))]), [None]);
        let small = Total::of(Place::Top, 4, people(0, 4, 3));
        assert_eq!(decide(K, &[small]), [Some(Suppression::GroupTooSmall)]);
    }

    #[test]
    fn a_total_of_which_one_person_has_more_than_half_is_hidden() {
        let of =
            |most| Evidence::of_people((0..6).map(|person| (person, if person == 0 { most } else { 2 })));
        assert_eq!(decide(K, &[total(Place::Top, of(10))]), [None]);
        assert_eq!(decide(K, &[total(Place::Top, of(11))]), [Some(Suppression::Dominated)]);
    }

    #[test]
    fn what_is_hidden_of_a_total_is_together_what_could_be_shown() {
        let decided = family(&[people(0, 9, 1), people(10, 6, 1), people(20, 2, 1), people(30, 7, 1)]);
        let few = Some(Suppression::TooFewPeople);
        let another = Some(Suppression::Complementary);
        assert_eq!(decided, [None, None, another, few, None]);
    }

    #[test]
    fn what_is_hidden_of_a_total_is_not_close_to_the_sum_of_all_that_is() {
        let decided = family(&[people(0, 40, 1), people(50, 6, 1), people(60, 3, 5)]);
        assert_eq!(decided[1..3], [Some(Suppression::Complementary); 2]);
    }

    #[test]
    fn that_many_did_nothing_may_be_found_and_that_few_did_nothing_may_not() {
        assert_eq!(family(&[people(0, 9, 1), people(10, 6, 1), people(0, 0, 0)])[1], None);
        let nobody = Total::of(Place::Within(0), 3, people(0, 0, 0));
        let parts = [people(0, 9, 1), people(10, 6, 1)];
        let whole = Evidence::united(&parts);
        let parts = parts.map(|part| total(Place::Within(0), part));
        let sheet: Vec<Total> = [total(Place::Top, whole)].into_iter().chain(parts).chain([nobody]).collect();
        assert_eq!(decide(K, &sheet)[2], Some(Suppression::Complementary));
    }

    #[test]
    fn parts_of_what_is_hidden_are_hidden() {
        let sheet = [
            total(Place::Top, people(0, 4, 9)),
            total(Place::Within(0), people(0, 5, 9)),
            total(Place::Within(1), people(0, 5, 9)),
        ];
        assert_eq!(decide(K, &sheet)[1..], [Some(Suppression::Complementary); 2]);
    }

    #[test]
    fn a_cell_of_a_matrix_needs_many_people_on_both_sides() {
        let ties = |sources: u32, receivers: u32| {
            Evidence::of_ties((0..30).map(move |tie| (tie % sources, 100 + tie % receivers, 1)))
        };
        assert_eq!(decide(K, &[total(Place::Top, ties(5, 6))]), [None]);
        for few in [ties(4, 6), ties(6, 4)] {
            assert_eq!(decide(K, &[total(Place::Top, few)]), [Some(Suppression::TooFewPeople)]);
        }
        let one =
            Evidence::of_ties((0..30).map(|tie| (tie % 6, if tie < 16 { 100 } else { 100 + tie % 7 }, 1)));
        assert_eq!(decide(K, &[total(Place::Top, one)]), [Some(Suppression::Dominated)]);
    }
}
