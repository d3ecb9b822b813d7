//! Sums of what people did, by group: which of them are published is decided for all groups of a sheet together. What a
//! department did is part of what the one above it did, and what was done in a community part of what everybody did:
//! none is shown from which another, of few people, could be subtracted.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::{CommunityId, DepartmentId};
use domain::time::Day;
use roaring::RoaringBitmap;

use super::figure::Figure;
use super::groups::{Group, Groups};
use super::known::once;
use super::publish::{Published, Suppression};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::Threshold;
use crate::suppression::totals::{Evidence, Place, Total, decide};

/// Something that counts towards a sum: who did it, on which day, in which community, and how much it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) by: u32,
    pub(super) day: Day,
    pub(super) community: Option<CommunityId>,
    pub(super) amount: u64,
}

/// Why the sums of groups are hidden; those that are not here are hidden because there is nothing of them.
pub(super) type Decisions = HashMap<Group, Option<Suppression>>;

/// The amount of each person.
type Amounts = Vec<(u32, u64)>;

impl Sheet {
    /// A figure that rests on a sum, as it is published of a group.
    pub(super) fn summed<T>(
        &self,
        of: Figure,
        (group, threshold): (Group, Option<Threshold>),
        counted: impl FnOnce() -> Result<Vec<Counted>, Error>,
        figure: T,
    ) -> Result<Published<T>, Error> {
        let Some(threshold) = threshold else { return Ok(Published::Shown(figure)) };
        let decide = || Ok(Arc::new(self.decisions(&counted()?, threshold)));
        let decisions = once(&self.sums, (of, threshold), decide)?;
        let hidden = decisions.get(&group).copied().unwrap_or(Some(Suppression::TooFewPeople));
        Ok(hidden.map_or(Published::Shown(figure), Published::Hidden))
    }

    /// Which sums of groups are hidden, by all that counts towards them.
    pub(super) fn decisions(&self, counted: &[Counted], threshold: Threshold) -> Decisions {
        let (mut own, mut inside): (HashMap<DepartmentId, Amounts>, HashMap<CommunityId, Amounts>) =
            Default::default();
        for Counted { by, day, community, amount } in counted {
            if let Some(department) = self.known.population.department(*by, *day, self.chart) {
                own.entry(department).or_default().push((*by, *amount));
            }
            if let Some(community) = community {
                inside.entry(*community).or_default().push((*by, *amount));
            }
        }
        let groups = self.groups();
        let all = Evidence::of_people(counted.iter().map(|counted| (counted.by, counted.amount)));
        let eligible = |group| groups.members(group).map_or(0, RoaringBitmap::len);
        let top = Total { place: Place::Top, eligible: eligible(Group::Organisation), evidence: all };
        let (mut totals, mut of) = (vec![top.clone()], vec![Group::Organisation]);
        tree(groups, &own, |group, place, evidence| {
            totals.push(Total { place, eligible: eligible(group), evidence });
            of.push(group);
        });
        let mut decisions: Decisions = of
            .into_iter()
            .zip(decide(threshold, &totals))
            .map(|(group, why)| (group, why.map(Into::into)))
            .collect();
        let communities: Vec<Group> = inside.keys().copied().map(Group::Community).collect();
        let parts = inside.into_values().zip(&communities).map(|(amounts, group)| Total {
            place: Place::Within(0),
            eligible: eligible(*group),
            evidence: Evidence::of_people(amounts),
        });
        let beside: Vec<Total> = std::iter::once(top).chain(parts).collect();
        let decided = decide(threshold, &beside).into_iter().skip(1);
        decisions.extend(communities.into_iter().zip(decided.map(|why| why.map(Into::into))));
        decisions
    }
}

/// Every department with what is below it, and without; each behind what it is part of.
fn tree(groups: &Groups, own: &HashMap<DepartmentId, Amounts>, mut add: impl FnMut(Group, Place, Evidence)) {
    let mut wholes: Vec<Amounts> = groups
        .nodes
        .iter()
        .map(|node| node.department.and_then(|department| own.get(&department)).cloned().unwrap_or_default())
        .collect();
    for place in (1..groups.nodes.len()).rev() {
        if let Some(above) = groups.nodes[place].parent {
            let whole = wholes[place].clone();
            wholes[above].extend(whole);
        }
    }
    // Of each node two totals, but for the organisation, which is the first alone.
    for (place, node) in groups.nodes.iter().enumerate().skip(1) {
        let Some(department) = node.department else { continue };
        let above = node.parent.filter(|above| *above > 0).map_or(0, |above| 2 * above - 1);
        let whole = std::mem::take(&mut wholes[place]);
        add(Group::Whole(department), Place::Within(above), Evidence::of_people(whole));
        let own = own.get(&department).cloned().unwrap_or_default();
        add(Group::Own(department), Place::Within(2 * place - 1), Evidence::of_people(own));
    }
}
