//! How many of a group's people did something: which groups' numbers are shown, of one question, window and cut.

use roaring::RoaringBitmap;

use super::partition::{Cut, Partition, Question, Tally, exchanges};
use super::{Decision, Suppression, Threshold};

/// The people of a group who are asked about, and those of them who did it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Who is counted below: everybody takes this number to be known.
    pub eligible: RoaringBitmap,
    /// Who is counted above. Whoever acted for one group did for each they are eligible in.
    pub acted: RoaringBitmap,
}

impl Cell {
    fn tally(&self) -> Tally {
        let (people, acted) =
            (self.eligible.len() as u32, self.acted.intersection_len(&self.eligible) as u32);
        Tally { acted, idle: people - acted }
    }
}

/// What a group is; earlier kinds are decided before later ones, and larger groups of a kind before smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A department of the chart shown by default, with or without what is below it.
    Department,
    /// People of any departments.
    Community,
    /// A department of another chart, with or without what is below it.
    Redrawn,
}

/// What is known of the same group in one of the windows that make up this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Its number is shown.
    Shown(u64),
    /// It is not shown, and is no more than this: the end of its band, or the headcount.
    AtMost(u64),
}

/// A group of a sheet.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is.
    pub kind: Kind,
    /// Its people.
    pub cell: Cell,
    /// What is known of it in the windows of each next shorter length; a list for each length that is published.
    pub within: Vec<Vec<Within>>,
}

/// Decides a sheet that was not shown before: all groups of one question, window and cut. In the order of `groups`.
/// Without a threshold everything is shown.
#[must_use]
pub fn decide(threshold: Option<Threshold>, groups: &[Group]) -> Vec<Decision> {
    let Some(threshold) = threshold else { return vec![Decision::Shown; groups.len()] };
    let mut sheet = Sheet::new(threshold, groups);
    for place in order(groups) {
        sheet.consider(place);
    }
    (0..groups.len()).map(|place| sheet.decision(place)).collect()
}

/// Decides a sheet that was shown before: [`Decision::Shown`] for the groups whose new number is shown, and
/// [`Decision::Stands`] for all others, which are not told from those that did not change. `before` holds, for each
/// time the sheet was shown, what was shown of each group then.
#[must_use]
pub fn revise(threshold: Option<Threshold>, groups: &[Group], before: &[Vec<Option<Cell>>]) -> Vec<Decision> {
    let Some(threshold) = threshold else { return vec![Decision::Shown; groups.len()] };
    let mut sheet = Sheet::new(threshold, groups);
    let now = everybody(groups.iter().map(|group| &group.cell));
    let mut changes = Vec::new();
    for past in before {
        let then = everybody(past.iter().flatten());
        let (idle, acted) = (&then.asked - &then.acted, &then.acted & &now.asked);
        changes.push(Change::new(&idle & &now.asked, &now.acted - &then.acted));
        changes.push(Change::new(acted, &then.acted - &now.acted));
    }
    for place in order(groups) {
        let first = before.first().is_some_and(|past| past[place].is_some());
        let pasts: Vec<&Cell> = before.iter().filter_map(|past| past[place].as_ref()).collect();
        let cell = &groups[place].cell;
        let same = |then: &&Cell| then.eligible == cell.eligible && then.acted == cell.acted;
        if !first || pasts.last().is_some_and(same) || !sheet.moved(cell, &pasts) {
            continue;
        }
        if changes.iter().all(|change| change.admits(threshold, cell)) && sheet.consider(place) {
            changes.iter_mut().for_each(|change| change.divide(&cell.eligible));
        }
    }
    let decided = |shown: &bool| if *shown { Decision::Shown } else { Decision::Stands };
    sheet.shown.iter().map(decided).collect()
}

/// The places of groups in the order in which they are decided: so a group comes before all that are part of it.
fn order(groups: &[Group]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|place| {
        let Group { kind, cell, .. } = &groups[*place];
        (*kind, std::cmp::Reverse(cell.eligible.len()), *place)
    });
    order
}

fn everybody<'a>(cells: impl Iterator<Item = &'a Cell>) -> Question {
    let mut all = Question::default();
    for cell in cells {
        all.asked |= &cell.eligible;
        all.acted |= &cell.acted;
    }
    all
}

/// What changed since a sheet was shown: of those who had not acted, who has; or of those who had, who has not.
struct Change(Partition);

impl Change {
    fn new(asked: RoaringBitmap, acted: RoaringBitmap) -> Self {
        Self(Partition::new(&Question { asked, acted }))
    }

    /// Whether those who changed are none or enough, in what a group takes and in what it leaves.
    fn admits(&self, threshold: Threshold, cell: &Cell) -> bool {
        let enough = |changed: u32| changed == 0 || changed >= threshold.people();
        let cuts = self.0.cuts(&cell.eligible);
        let inside: u32 = cuts.iter().map(|cut| cut.inside.acted).sum();
        let outside: u32 = cuts.iter().filter_map(|cut| cut.outside).map(|rest| rest.acted).sum();
        let own: u32 = self.0.met(&cell.eligible).iter().map(|(_, tally)| tally.acted).sum();
        [inside, outside, own].into_iter().all(enough)
    }

    fn divide(&mut self, eligible: &RoaringBitmap) {
        let cuts = self.0.cuts(eligible);
        self.0.divide(eligible, &cuts);
    }
}

/// A group whose number must not be found.
struct Secret {
    place: usize,
    /// What it has in each block of [`Sheet::chart`].
    met: Vec<(u32, Tally)>,
}

struct Sheet<'a> {
    threshold: Threshold,
    groups: &'a [Group],
    shown: Vec<bool>,
    secrets: Vec<Secret>,
    /// Blocks by all that is shown.
    known: Partition,
    /// Blocks by the departments that are shown.
    chart: Partition,
}

impl<'a> Sheet<'a> {
    fn new(threshold: Threshold, groups: &'a [Group]) -> Self {
        let known = Partition::new(&everybody(groups.iter().map(|group| &group.cell)));
        let mut new = Self {
            threshold,
            groups,
            shown: vec![false; groups.len()],
            secrets: vec![],
            chart: known.clone(),
            known,
        };
        let secret = |place: &usize| !new.many(groups[*place].cell.tally());
        let secrets = (0..groups.len()).filter(secret);
        let secret = |place: usize| Secret { place, met: new.chart.met(&groups[place].cell.eligible) };
        new.secrets = secrets.map(secret).collect();
        new
    }

    /// Whether enough people acted, and enough did not.
    fn many(&self, tally: Tally) -> bool {
        tally.acted >= self.threshold.people() && tally.idle >= self.threshold.people()
    }

    /// Shows a group unless that gives something away.
    fn consider(&mut self, place: usize) -> bool {
        let group = &self.groups[place];
        let set = &group.cell.eligible;
        if !self.many(group.cell.tally()) || !self.covers(group) {
            return false;
        }
        let cuts = self.known.cuts(set);
        let (up, down) = exchanges(&cuts);
        if !cuts.is_empty() && up.min(down) < self.threshold.people() {
            return false;
        }
        if !self.keeps(place) {
            return false;
        }
        self.known.divide(set, &cuts);
        self.shown[place] = true;
        true
    }

    /// Whether the number of a window leaves open what its parts have that are not shown: all others could make it up.
    fn covers(&self, group: &Group) -> bool {
        let count = u64::from(group.cell.tally().acted);
        let most = |part: &Within| match part {
            Within::Shown(most) | Within::AtMost(most) => *most,
        };
        group.within.iter().all(|parts| {
            let all: u64 = parts.iter().map(most).sum();
            let open = |part: &&Within| matches!(part, Within::AtMost(_));
            parts.iter().filter(open).all(|part| all - most(part) >= count)
        })
    }

    /// Whether all secrets stay as open as they must be once a group is shown; its departments are divided if so.
    fn keeps(&mut self, place: usize) -> bool {
        let cell = &self.groups[place].cell;
        if !self
            .secrets
            .iter()
            .all(|secret| self.wide(bounds(cell, &self.groups[secret.place].cell), secret.place))
        {
            return false;
        }
        if self.groups[place].kind == Kind::Community {
            return true;
        }
        let cuts = self.chart.cuts(&cell.eligible);
        self.chart.divide(&cell.eligible, &cuts);
        let renewed = self.renewed(&cuts);
        if renewed.iter().all(|(at, met)| self.wide(self.chart.bounds(met), self.secrets[*at].place)) {
            for (at, met) in renewed {
                self.secrets[at].met = met;
            }
            return true;
        }
        self.chart.unite(&cell.eligible, &cuts);
        false
    }

    /// What secrets have in blocks that were divided.
    fn renewed(&self, cuts: &[Cut]) -> Vec<(usize, Vec<(u32, Tally)>)> {
        let touched = |(_, secret): &(usize, &Secret)| Partition::touched(&secret.met, cuts);
        let met =
            |(at, secret): (usize, &Secret)| (at, self.chart.met(&self.groups[secret.place].cell.eligible));
        self.secrets.iter().enumerate().filter(touched).map(met).collect()
    }

    /// Whether bounds leave a group as many counts as the threshold, or all that its people allow.
    fn wide(&self, (from, to): (u32, u32), place: usize) -> bool {
        to - from + 1 >= self.threshold.people().min(self.groups[place].cell.tally().people() + 1)
    }

    /// Who joined and who left a group since its number was shown must be nobody, or many.
    fn moved(&self, now: &Cell, pasts: &[&Cell]) -> bool {
        pasts.iter().all(|then| {
            let joined = Cell { eligible: &now.eligible - &then.eligible, acted: now.acted.clone() };
            let left = Cell { eligible: &then.eligible - &now.eligible, acted: then.acted.clone() };
            [joined, left].iter().all(|some| some.eligible.is_empty() || self.many(some.tally()))
        })
    }

    fn decision(&self, place: usize) -> Decision {
        let Group { cell, .. } = &self.groups[place];
        let (tally, few) = (cell.tally(), self.threshold.people() - 1);
        if self.shown[place] {
            return Decision::Shown;
        }
        if tally.people() < 2 * few + 1 {
            return Decision::Hidden(Suppression::GroupTooSmall);
        }
        let (from, to) = if tally.acted <= few { (0, few) } else { (tally.people() - few, tally.people()) };
        if !(from..=to).contains(&tally.acted) || !self.open(place, from, to) {
            return Decision::Hidden(Suppression::Complementary);
        }
        Decision::Band { from: from.into(), to: to.into() }
    }

    /// Whether nothing shown says more of a group than a band would. Of a department with a number above it nothing is
    /// said: it would tell who was hidden for their own sake from who was for another's.
    fn open(&self, place: usize, from: u32, to: u32) -> bool {
        let Group { kind, cell, .. } = &self.groups[place];
        let met = self.chart.met(&cell.eligible);
        if *kind != Kind::Community && Partition::known(&met) {
            return false;
        }
        let shown = self.groups.iter().zip(&self.shown).filter(|(_, shown)| **shown);
        let each = shown.map(|(group, _)| bounds(&group.cell, cell));
        each.chain([self.chart.bounds(&met)]).all(|(low, high)| low <= from && to <= high)
    }
}

/// Between which counts one group lies for one who knows the number of another.
fn bounds(shown: &Cell, secret: &Cell) -> (u32, u32) {
    let common = shown.eligible.intersection_len(&secret.eligible) as u32;
    let Tally { acted, idle } = shown.tally();
    let (rest, beside) = (acted + idle - common, secret.eligible.len() as u32 - common);
    (acted.saturating_sub(rest), acted.min(common) + beside)
}

#[cfg(test)]
mod tests;
