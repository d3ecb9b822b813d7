//! Sums of what people did, by group: which of them are published is decided for all groups of a sheet together. What a
//! department did is part of what the one above it did, and what was done in a community part of what everybody did:
//! none is shown from which another, of few people, could be subtracted. A share of a sum is shown where the part and
//! what is left of the sum are as well.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::id::CommunityId;
use domain::time::Day;
use roaring::RoaringBitmap;

use super::figure::Figure;
use super::groups::{Group, Groups};
use super::known::once;
use super::publish::{Behind, Proportion, Published, Suppression};
use super::sheet::Sheet;
use crate::Error;
use crate::suppression::Threshold;
use crate::suppression::totals::{Evidence, Place, Total, decide_together};

/// Something that counts towards a sum: who did it, on which day, in which community, how much it is, and how much of
/// that the share is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) by: u32,
    pub(super) day: Day,
    pub(super) community: Option<CommunityId>,
    pub(super) amount: u64,
    pub(super) part: u64,
}

/// Why the sums of groups are hidden; those that are not here are hidden because there is nothing of them.
pub(super) type Decisions = HashMap<Group, Option<Suppression>>;

/// What is decided of a figure that rests on sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The sums themselves.
    Sums,
    /// Shares of them: both parts of each.
    Shares,
}

impl Sheet {
    /// A figure that rests on sums, as it is published of a group.
    pub(super) fn summed<T>(
        &self,
        (of, told): (Figure, Told),
        (group, threshold): (Group, Option<Threshold>),
        counted: impl FnOnce() -> Result<Vec<Counted>, Error>,
        figure: T,
    ) -> Result<Published<T>, Error> {
        let Some(threshold) = threshold else { return Ok(Published::Shown(figure)) };
        let decide = || Ok(Arc::new(self.decisions(told, &counted()?, threshold)));
        let decisions = once(&self.sums, (of, threshold), decide)?;
        let hidden = decisions.get(&group).copied().unwrap_or(Some(Suppression::TooFewPeople));
        Ok(hidden.map_or(Published::Shown(figure), Published::Hidden))
    }

    /// A share of what counts, as it is published of a group: hidden for a reason of its own, if there is one, or by
    /// what is decided of the sums.
    pub(super) fn share_of(
        &self,
        (of, hidden): (Figure, Option<Suppression>),
        (group, threshold): (Group, Option<Threshold>),
        counted: Vec<Counted>,
    ) -> Result<Published<Proportion>, Error> {
        let mut share = Proportion::default();
        for Counted { by, day, community, amount, part } in counted.iter().copied() {
            if self.is_of_group((by, day, community), group) {
                share.denominator += amount;
                share.numerator += part;
            }
        }
        match (share.published(), hidden) {
            (Published::Shown(share), None) => {
                self.summed((of, Told::Shares), (group, threshold), || Ok(counted), share)
            }
            (Published::Shown(_), Some(why)) => Ok(Published::Hidden(why)),
            (nothing, _) => Ok(nothing),
        }
    }

    /// Which sums of groups are hidden, by all that counts towards them.
    pub(super) fn decisions(&self, told: Told, counted: &[Counted], threshold: Threshold) -> Decisions {
        let parts: &[fn(&Counted) -> u64] = match told {
            Told::Sums => &[],
            Told::Shares => &[|counted| counted.part, |counted| counted.amount - counted.part],
        };
        let places = self.places(counted);
        let of = |amount: fn(&Counted) -> u64| self.by_group((counted, &places), amount);
        let whole = of(|counted| counted.amount);
        let parts: Vec<Amounts> = parts.iter().map(|part| of(*part)).collect();
        let groups = self.groups();
        let eligible = |group| groups.members(group).map_or(0, RoaringBitmap::len);
        let (of, places) = tree(groups);
        let mut decisions = decided(threshold, (&of, &places), (&whole, &parts), eligible);
        let communities = whole.keys().filter(|group| matches!(group, Group::Community(_)));
        let beside: Vec<Group> = std::iter::once(Group::Organisation).chain(communities.copied()).collect();
        let places: Vec<Place> = beside
            .iter()
            .enumerate()
            .map(|(at, _)| if at == 0 { Place::Top } else { Place::Within(0) })
            .collect();
        let of_communities = decided(threshold, (&beside, &places), (&whole, &parts), eligible);
        decisions.extend(of_communities.into_iter().filter(|(group, _)| *group != Group::Organisation));
        decisions
    }

    /// Where the departments stand in the tree in which what counts was done; what was done in none is everybody's.
    fn places(&self, counted: &[Counted]) -> Vec<usize> {
        let (groups, population) = (self.groups(), &self.known.population);
        let place = |Counted { by, day, .. }: &Counted| {
            let department = population.department(*by, *day, self.chart)?;
            groups.place(department)
        };
        counted.iter().map(|counted| place(counted).unwrap_or(0)).collect()
    }

    /// How much people did in each group, of what counts so much.
    fn by_group(
        &self,
        (counted, places): (&[Counted], &[usize]),
        amount: impl Fn(&Counted) -> u64,
    ) -> Amounts {
        let nodes = &self.groups().nodes;
        let mut own = vec![Behind::new(); nodes.len()];
        let mut communities: HashMap<CommunityId, Behind> = HashMap::new();
        for (counted, place) in counted.iter().zip(places) {
            let each = (counted.by, amount(counted));
            own[*place].push(each);
            if let Some(community) = counted.community {
                communities.entry(community).or_default().push(each);
            }
        }
        let mut whole = own.clone();
        for (place, node) in nodes.iter().enumerate().rev() {
            if let Some(above) = node.parent {
                let (before, below) = whole.split_at_mut(place);
                before[above].extend(&below[0]);
            }
        }
        let departments = nodes.iter().zip(whole.into_iter().zip(own)).flat_map(|(node, (whole, own))| {
            let Some(department) = node.department else { return vec![(Group::Organisation, whole)] };
            vec![(Group::Whole(department), whole), (Group::Own(department), own)]
        });
        let communities = communities.into_iter().map(|(id, amounts)| (Group::Community(id), amounts));
        let groups = departments.chain(communities);
        groups.map(|(group, amounts)| (group, Evidence::of_people(amounts))).collect()
    }
}

/// What people did in each group.
type Amounts = BTreeMap<Group, Evidence>;

/// Why the sums of some groups are hidden, each in its place; of parts, whoever is behind the whole is asked about.
fn decided(
    threshold: Threshold,
    (of, places): (&[Group], &[Place]),
    (whole, parts): (&Amounts, &[Amounts]),
    eligible: impl Fn(Group) -> u64,
) -> Decisions {
    let evidence = |amounts: &Amounts, group| amounts.get(group).cloned().unwrap_or_default();
    let sums = of.iter().zip(places);
    let sums = sums.map(|(group, place)| Total::of(*place, eligible(*group), evidence(whole, group)));
    let mut sheets: Vec<Vec<Total>> = vec![sums.collect()];
    for part in parts {
        let asked = sheets[0].iter().map(|total| total.evidence.people() as u64);
        let totals = of.iter().zip(places).zip(asked).map(|((group, place), asked)| Total {
            may_be_nothing: true,
            ..Total::of(*place, asked, evidence(part, group))
        });
        sheets.push(totals.collect());
    }
    let hidden = decide_together(threshold, &mut sheets).into_iter();
    of.iter().copied().zip(hidden.map(|why| why.map(Into::into))).collect()
}

/// The organisation and every department, with what is below it and without, each behind what it is part of.
fn tree(groups: &Groups) -> (Vec<Group>, Vec<Place>) {
    let (mut of, mut places) = (vec![Group::Organisation], vec![Place::Top]);
    for (place, node) in groups.nodes.iter().enumerate().skip(1) {
        let Some(department) = node.department else { continue };
        let above = node.parent.filter(|above| *above > 0).map_or(0, |above| 2 * above - 1);
        of.extend([Group::Whole(department), Group::Own(department)]);
        places.extend([Place::Within(above), Place::Within(2 * place - 1)]);
    }
    (of, places)
}
