//! How much the contact between two departments rests on a few people, who are never named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::id::DepartmentId;

use super::groups::Group;
use super::indices::Index;
use super::matrix::of_sides;
use super::publish::{Behind, Published, Suppression};
use super::sheet::Sheet;
use crate::Error;
use crate::statistics::network::{Arc, Network, Weight};
use crate::suppression::Threshold;

/// Into how many bands the share is divided where fewer people leave than the threshold.
const BANDS: f64 = 4.0;

impl Sheet {
    /// Which share of the ties between a department and another would be lost if the people most involved in them
    /// left, so many of both together. Of fewer than the threshold it is only told in which quarter it lies.
    pub fn broker_dependency(
        &self,
        (group, other): (Group, DepartmentId),
        leaving: u32,
        threshold: Option<Threshold>,
    ) -> Result<Published<Index>, Error> {
        let groups = self.groups();
        let (Group::Whole(_) | Group::Own(_)) = group else {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        };
        let Some((one, two)) = groups.members(group).zip(groups.members(Group::Whole(other))) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        if groups.overlaps(group, other) {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let mut pairs = BTreeSet::new();
        for ((source, receiver), _) in self.exchange()?.arcs() {
            if one.contains(source) && two.contains(receiver) {
                pairs.insert((source, receiver));
            } else if one.contains(receiver) && two.contains(source) {
                pairs.insert((receiver, source));
            }
        }
        let Some(dependency) = of_pairs(&pairs, leaving)? else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let sides = [
            pairs.iter().map(|(of_one, _)| (*of_one, 1)).collect::<Behind>(),
            pairs.iter().map(|(_, of_two)| (*of_two, 1)).collect(),
        ];
        // How many ties there are would be told of each pair, of which some are made of others.
        let dependency = Index { count: dependency.count.filter(|_| threshold.is_none()), ..dependency };
        let published = of_sides(sides, one.len().min(two.len()), threshold, dependency);
        let few = threshold.is_some_and(|threshold| leaving < threshold.people());
        Ok(match published {
            Published::Shown(index) if few => {
                let lower = ((index.value * BANDS).floor() / BANDS).min(1.0 - 1.0 / BANDS);
                let at = |value| Index { value, ..index };
                Published::Between(at(lower), at(lower + 1.0 / BANDS))
            }
            published => published,
        })
    }
}

/// What is lost of the ties between two sides.
fn of_pairs(pairs: &BTreeSet<(u32, u32)>, leaving: u32) -> Result<Option<Index>, Error> {
    let sides: BTreeMap<u32, u32> = pairs.iter().flat_map(|(one, two)| [(*one, 0), (*two, 1)]).collect();
    let places: HashMap<u32, u32> = sides.keys().zip(0..).map(|(number, place)| (*number, place)).collect();
    let arcs = pairs.iter().map(|(one, two)| Arc { from: places[one], to: places[two], acts: 1 });
    let network = Network::try_new(sides.into_values().collect(), arcs)
        .map_err(|error| Error::Failed { doing: "computing the network", source: error.into() })?;
    let lost = network.dependency([0, 1], leaving as usize, Weight::Ties);
    Ok(lost.map(|lost| Index { value: lost.share(), baseline: None, count: Some(lost.between) }))
}
