//! What a figure was computed from, counted by type and week for everybody who may see the figure.
//!
//! Where a threshold protects people, a cell, a type in a week, is shown if nobody is behind it, or as many people as the
//! threshold of whom none did more than half of it. What stays hidden of a week is the week less what is shown: where
//! that breaks the rule, the smallest cells are hidden as well until it does not, and likewise of all weeks together.
//! That is decided of what was known when the window was over, so it is the same whoever asks, and at every later cut.

use std::collections::{BTreeMap, HashMap};

use domain::event::Recorded;
use domain::time::Day;
use journal::{Codec, Error, Journal, Stored};
use projections::figures::figure::Figure;
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::suppression::Threshold;
use uuid::Uuid;

use crate::own_data::actor;
use crate::receipt::Claim;
use crate::receipt::inputs::{Input, Reading};

/// How many inputs of a type there are in a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The Monday of the ISO week in which they happened.
    pub week: Day,
    /// Their type.
    pub kind: String,
    /// How many; none where that would tell of few people.
    pub count: Option<u64>,
}

/// Counts the inputs of what a receipt is of. Nothing where the figure is hidden, and under a threshold of single days
/// and of windows that were not over.
pub async fn counted(
    (journal, codec): (&dyn Journal, &Codec),
    (figure, window, group): (Figure, Window, Group),
    claim: &Claim,
    threshold: Option<Threshold>,
) -> Result<Option<Vec<Cell>>, Error> {
    let weekly = window.days() % Length::Week.days() == 0 && window.last <= claim.cut;
    if claim.inputs.is_none() || threshold.is_some() && !weekly {
        return Ok(None);
    }
    let decided = figure.maturity().of(window).min(claim.cut);
    let cut = if threshold.is_some() { decided } else { claim.cut };
    let reach = figure.reach(group, (window, cut), threshold.is_some());
    let mut reading = Reading::of(journal, (figure, claim.version), reach).until(claim.as_of);
    let mut cells: BTreeMap<(Day, String), Behind> = BTreeMap::new();
    while let Some(inputs) = reading.next().await? {
        let people = people(codec, &inputs).await?;
        for (input, person) in inputs.iter().zip(people) {
            let week = Window::containing(input.metadata.local_day, Length::Week).first;
            cells.entry((week, input.stored.kind.to_string())).or_default().add(person);
        }
    }
    let (named, behind): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
    let weeks: Vec<_> = named.iter().map(|(week, _)| *week).zip(behind).collect();
    let hidden = threshold.map_or_else(|| vec![false; weeks.len()], |threshold| hidden(threshold, &weeks));
    let counts = weeks.iter().zip(hidden).map(|((_, behind), hidden)| (!hidden).then_some(behind.events));
    let cells = named.into_iter().zip(counts).map(|((week, kind), count)| Cell { week, kind, count });
    Ok(Some(cells.collect()))
}

/// The person behind each input, if there is one: of what is recorded about members they themselves, of traces whoever
/// left them, under a pseudonym once that is forgotten, of anything else whoever did it.
async fn people(codec: &Codec, inputs: &[Input]) -> Result<Vec<Option<Uuid>>, Error> {
    let is_trace = |input: &&Input| input.stored.stream.category() == "seen";
    let traces: Vec<Stored> = inputs.iter().filter(is_trace).map(|input| input.stored.clone()).collect();
    let mut traces = codec.decode(&traces).await?.into_iter();
    let person = |input: &Input| match input.stored.stream.category() {
        "seen" => traces.next().as_ref().and_then(whoever_left),
        "member" => input.stored.stream.as_str().split_once('-').and_then(|(_, id)| id.parse().ok()),
        _ => input.metadata.actor.map(Uuid::from),
    };
    Ok(inputs.iter().map(person).collect())
}

fn whoever_left(trace: &Recorded) -> Option<Uuid> {
    let pseudonym = || trace.stream.as_str().rsplit_once('.').and_then(|(_, id)| id.parse().ok());
    actor(trace).map(Uuid::from).or_else(pseudonym)
}

/// What is behind a cell.
#[derive(Clone, Debug, Default)]
struct Behind {
    events: u64,
    /// How much each person did; what nobody did is nobody's.
    people: HashMap<Uuid, u64>,
}

impl Behind {
    fn add(&mut self, person: Option<Uuid>) {
        self.events += 1;
        if let Some(person) = person {
            *self.people.entry(person).or_default() += 1;
        }
    }

    fn unite(&mut self, other: &Self) {
        self.events += other.events;
        for (person, did) in &other.people {
            *self.people.entry(*person).or_default() += did;
        }
    }

    /// Whether it may be known: nobody is behind it, or many of whom none has more than half.
    fn is_open(&self, threshold: Threshold) -> bool {
        let most = self.people.values().max().copied().unwrap_or_default();
        let all: u64 = self.people.values().sum();
        self.people.is_empty() || self.people.len() >= threshold.people() as usize && 2 * most <= all
    }
}

/// Which of these cells, each with its week, are hidden.
fn hidden(threshold: Threshold, cells: &[(Day, Behind)]) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|(_, behind)| !behind.is_open(threshold)).collect();
    let mut weeks: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
    for (place, (week, _)) in cells.iter().enumerate() {
        weeks.entry(*week).or_default().push(place);
    }
    let all: Vec<usize> = (0..cells.len()).collect();
    for together in weeks.values().chain([&all]) {
        complement(threshold, cells, together, &mut hidden);
    }
    hidden
}

/// Hides the smallest of some cells until what is hidden of them may be known: it is all of them less what is shown.
fn complement(threshold: Threshold, cells: &[(Day, Behind)], together: &[usize], hidden: &mut [bool]) {
    let mut rest = Behind::default();
    together.iter().filter(|place| hidden[**place]).for_each(|place| rest.unite(&cells[*place].1));
    let is_shown = |place: &&usize| !hidden[**place] && !cells[**place].1.people.is_empty();
    let mut shown: Vec<usize> = together.iter().filter(is_shown).copied().collect();
    let size = |place: &usize| (cells[*place].1.people.len(), cells[*place].1.events, *place);
    shown.sort_by_key(|place| std::cmp::Reverse(size(place)));
    while !rest.is_open(threshold) {
        let Some(next) = shown.pop() else { break };
        hidden[next] = true;
        rest.unite(&cells[next].1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const K: Threshold = Threshold::try_new(5).unwrap();

    /// So many people, the first of whom has this number, with so much each.
    fn behind(first: u128, people: u128, each: u64) -> Behind {
        let people: HashMap<_, _> = (first..first + people).map(|n| (Uuid::from_u128(n), each)).collect();
        Behind { events: people.values().sum(), people }
    }

    fn of_weeks(weeks: &[&[Behind]]) -> Vec<bool> {
        let cells = weeks.iter().zip((0..).step_by(7));
        let cells = cells.flat_map(|(cells, week)| cells.iter().map(move |cell| (Day(week), cell.clone())));
        hidden(K, &cells.collect::<Vec<_>>())
    }

    #[test]
    fn a_cell_is_shown_of_nobody_and_of_many_of_whom_none_has_more_than_half() {
        let mut nobody = Behind::default();
        (0..3).for_each(|_| nobody.add(None));
        assert!(nobody.is_open(K) && behind(0, 5, 2).is_open(K));
        assert!(!behind(0, 4, 2).is_open(K) && !behind(0, 1, 1).is_open(K));
        let with_one_of = |most| {
            let mut cell = behind(1, 5, 2);
            (0..most).for_each(|_| cell.add(Some(Uuid::nil())));
            cell
        };
        assert!(with_one_of(10).is_open(K) && !with_one_of(11).is_open(K));
    }

    #[test]
    fn what_is_hidden_of_a_week_is_many_or_the_smallest_others_are_hidden_as_well() {
        let shown = of_weeks(&[&[behind(0, 9, 1), behind(10, 6, 1), behind(20, 2, 1), behind(30, 7, 1)]]);
        assert_eq!(shown, [false, true, true, false]);
        // Together they are many already.
        let shown = of_weeks(&[&[behind(0, 9, 1), behind(10, 3, 1), behind(20, 4, 1)]]);
        assert_eq!(shown, [false, true, true]);
        assert_eq!(of_weeks(&[&[behind(0, 9, 1), behind(10, 6, 1)]]), [false, false]);
    }

    #[test]
    fn one_person_hidden_twice_is_one() {
        let shown = of_weeks(&[&[behind(0, 4, 1), behind(0, 4, 1), behind(0, 8, 1), behind(0, 9, 1)]]);
        assert_eq!(shown, [true, true, true, false]);
    }

    #[test]
    fn a_week_of_few_is_hidden_with_the_smallest_cell_of_another() {
        let shown = of_weeks(&[&[behind(0, 3, 1)], &[behind(0, 9, 1), behind(0, 7, 1)]]);
        assert_eq!(shown, [true, false, true]);
        assert_eq!(of_weeks(&[&[behind(0, 3, 1)], &[behind(9, 2, 9)]]), [true, true], "nothing else is left");
    }

    #[test]
    fn what_nobody_did_hides_nobody() {
        let mut nobody = Behind::default();
        nobody.add(None);
        assert_eq!(of_weeks(&[&[behind(0, 2, 1), nobody, behind(5, 6, 1)]]), [true, false, true]);
    }
}
