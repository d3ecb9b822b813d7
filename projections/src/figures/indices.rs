//! Indices of a sheet: how unequal contributions are, how the ties of people lie to departments, each beside what
//! chance alone would give, where that is known.

use std::collections::BTreeMap;

use domain::id::DepartmentId;
use domain::organisation::Calendar;
use roaring::RoaringBitmap;

use super::deeds::Level;
use super::figure::{Figure, Terms};
use super::groups::Group;
use super::publish::{Behind, Proportion, Published, Suppression};
use super::sheet::{ShareOf, Sheet};
use super::spaces::contributed;
use crate::Error;
use crate::statistics::inequality::{Counts, Everyone};
use crate::statistics::network::{Arc, Network, Permutation, Weight};
use crate::suppression::Threshold;
use crate::suppression::totals::Evidence;

/// An index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexOf {
    /// How many of those who took part did so on a working day, on average.
    Stickiness,
    /// Gini's coefficient of contributions, of all or of those who contributed.
    Gini {
        /// Whether those who contributed nothing count.
        zeros: bool,
    },
    /// Which share of contributions the heaviest hundredth of people makes.
    Heaviest,
    /// How few departments make half of the contributions.
    Elephant,
    /// In which share of departments enough people contribute.
    Coverage,
    /// Ties between departments less ties within.
    ExternalInternal,
    /// Ties by possible ties.
    Density,
    /// Directed ties that go both ways.
    Reciprocity,
    /// Ties within departments beyond chance.
    Modularity,
    /// Whether ties join like with like.
    Assortativity,
}

impl IndexOf {
    /// Whether it is of the ties between people.
    pub(super) fn is_of_ties(self) -> bool {
        use IndexOf::{Assortativity, Density, ExternalInternal, Modularity, Reciprocity};
        matches!(self, Assortativity | Density | ExternalInternal | Modularity | Reciprocity)
    }

    /// The metric that defines it.
    pub fn metric(self) -> &'static str {
        match self {
            Self::Stickiness => "stickiness",
            Self::Gini { .. } => "contribution-gini",
            Self::Heaviest => "participation-split",
            Self::Elephant => "elephant-factor",
            Self::Coverage => "participation-coverage",
            Self::ExternalInternal => "external-internal-index",
            Self::Density => "density",
            Self::Reciprocity => "reciprocity",
            Self::Modularity => "modularity",
            Self::Assortativity => "assortativity",
        }
    }
}

/// An index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// Its value.
    pub value: f64,
    /// What chance alone would give.
    pub baseline: Option<Baseline>,
    /// How many people, ties or departments it was computed from; nothing where a threshold protects people, who would
    /// be counted by it.
    pub count: Option<u64>,
}

/// What chance alone would give, the sizes of groups being as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// Its mean, exactly; of assortativity and of the E-I index of a group, what the means make that they are made of.
    pub expected: f64,
    /// Its standard deviation, exactly, of the E-I index of everybody; nothing of others.
    pub deviation: Option<f64>,
    /// By how many of these the value lies above it; nothing where there is no deviation.
    pub z: Option<f64>,
}

impl Baseline {
    fn of_mean(expected: f64) -> Self {
        Self { expected, deviation: None, z: None }
    }
}

/// What chance alone would make of an index of a network; of density nothing, since chance makes as many ties.
fn baseline(of: IndexOf, network: &Network) -> Option<Baseline> {
    let segregation = || network.expected_segregation(Weight::Ties);
    match of {
        IndexOf::ExternalInternal => network.relabelling(Weight::Ties).map(|relabelling| Baseline {
            expected: relabelling.expected,
            deviation: Some(relabelling.variance.sqrt()),
            z: relabelling.z(),
        }),
        IndexOf::Reciprocity => network.expected_reciprocity().map(Baseline::of_mean),
        IndexOf::Modularity => segregation().map(|(modularity, _)| Baseline::of_mean(modularity)),
        IndexOf::Assortativity => segregation().and_then(|(_, found)| found).map(Baseline::of_mean),
        _ => None,
    }
}

/// In how many random orders of departments the E-I index is looked at.
pub const ORDERS: u32 = 10_000;

/// The people of a group and their ties.
#[derive(Debug)]
pub struct Ties {
    network: Network,
    people: Vec<u32>,
    behind: Behind,
}

impl Ties {
    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The people that its nodes are, in their order.
    pub fn people(&self) -> &[u32] {
        &self.people
    }
}

/// Something small for each of some people, by their numbers.
struct ByNumber(Vec<Option<u32>>);

impl ByNumber {
    /// Nothing yet, for any of these.
    fn of(people: &RoaringBitmap) -> Self {
        Self(vec![None; people.max().map_or(0, |last| last as usize + 1)])
    }

    fn set(&mut self, number: u32, to: u32) {
        if let Some(place) = self.0.get_mut(number as usize) {
            *place = Some(to);
        }
    }

    fn get(&self, number: u32) -> Option<u32> {
        self.0.get(number as usize).copied().flatten()
    }
}

impl Sheet {
    /// An index of a group, with working days by a calendar.
    pub fn index(
        &self,
        of: IndexOf,
        group: Group,
        threshold: Option<Threshold>,
        calendar: &Calendar,
    ) -> Result<Published<Index>, Error> {
        let Some(members) = self.members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let (index, behind) = match of {
            IndexOf::Stickiness => self.stickiness(&members, calendar),
            IndexOf::Gini { .. } | IndexOf::Heaviest => self.inequality(of, &members)?,
            IndexOf::Elephant => self.elephant(group)?,
            IndexOf::Coverage => self.coverage(group, threshold)?,
            IndexOf::ExternalInternal => match group {
                Group::Whole(_) | Group::Own(_) => self.outward(&members)?,
                Group::Member(_) => self.of_node(&members)?,
                Group::Organisation | Group::Community(_) => self.of_network(of, &members)?,
            },
            _ => self.of_network(of, &members)?,
        };
        let Some(index) = index else { return Ok(Published::Hidden(Suppression::TooLittleData)) };
        let Some(threshold) = threshold else { return Ok(Published::Shown(index)) };
        let hidden = self.fault(of, (group, &members), behind, threshold)?;
        Ok(hidden.map_or(Published::Shown(Index { count: None, ..index }), Published::Hidden))
    }

    /// Why an index of a group is hidden. Of departments it is told where they are made of whole blocks, behind each of
    /// which are enough people: so are then behind whatever is left of a department without those below it.
    fn fault(
        &self,
        of: IndexOf,
        (group, members): (Group, &RoaringBitmap),
        behind: Behind,
        threshold: Threshold,
    ) -> Result<Option<Suppression>, Error> {
        if members.len() < threshold.many() {
            return Ok(Some(Suppression::GroupTooSmall));
        }
        match of {
            // The heaviest hundredth may be few, or one.
            IndexOf::Heaviest if members.len().div_ceil(100) < threshold.people().into() => {
                return Ok(Some(Suppression::TooFewPeople));
            }
            // With and without zeros, it tells how many contributed.
            IndexOf::Gini { zeros: true } => {
                let contributed = ShareOf::Active(Level::Contributed);
                if self.share(contributed, group, Some(threshold))?.shown().is_none() {
                    return Ok(Some(Suppression::Complementary));
                }
            }
            _ => {}
        }
        let fault = |behind: Behind| Evidence::of_people(behind).fault(threshold).map(Suppression::from);
        match group {
            Group::Organisation => Ok(fault(behind)),
            Group::Community(_) | Group::Member(_) => Ok(Some(Suppression::NotInGrid)),
            Group::Whole(_) | Group::Own(_) => {
                let release = self.participated(threshold)?;
                let Some(blocks) = release.made_of(members) else {
                    return Ok(Some(Suppression::Complementary));
                };
                let inside = |block: &RoaringBitmap| {
                    behind.iter().copied().filter(|(number, _)| block.contains(*number)).collect()
                };
                Ok(blocks.into_iter().find_map(|block| fault(inside(block))))
            }
        }
    }

    fn stickiness(&self, members: &RoaringBitmap, calendar: &Calendar) -> (Option<Index>, Behind) {
        let adoption = self.adoption();
        let active = adoption.active(Level::Participated).acted & members;
        let index = adoption.stickiness(members, calendar).map(|value| plain(value, active.len()));
        (index, active.iter().map(|number| (number, 1)).collect())
    }

    fn inequality(&self, of: IndexOf, members: &RoaringBitmap) -> Result<(Option<Index>, Behind), Error> {
        let counts: Counts<Everyone> = Counts::of_everyone(self.contributions_of(members)?);
        let (everybody, contributors) = (counts.population(), counts.contributors());
        let index = match of {
            IndexOf::Gini { zeros: true } => counts.gini().map(|gini| plain(gini.value, everybody)),
            IndexOf::Gini { zeros: false } => {
                contributors.gini().map(|gini| plain(gini.value, contributors.population()))
            }
            _ => counts.participation().share_of_heaviest().map(|share| plain(share, everybody)),
        };
        Ok((index, self.contributed_by(members)?))
    }

    /// How much each of a group contributed.
    fn contributed_by(&self, members: &RoaringBitmap) -> Result<Behind, Error> {
        let contributed = self.contributions()?.iter().map(|(number, amount)| (*number, *amount));
        Ok(contributed.filter(|(number, _)| members.contains(*number)).collect())
    }

    /// Contributions belong to the department that their author was in on the day.
    fn elephant(&self, group: Group) -> Result<(Option<Index>, Behind), Error> {
        let (mut sums, mut behind): (BTreeMap<DepartmentId, u64>, _) = (BTreeMap::new(), Behind::new());
        for act in contributed(&self.snapshot()?, &self.known, self.passed())? {
            if !self.is_of_group((act.member, act.day, act.community), group) {
                continue;
            }
            behind.push((act.member, act.count));
            if let Some(department) = self.known.population.department(act.member, act.day, self.chart) {
                *sums.entry(department).or_default() += act.count;
            }
        }
        let counts = Counts::of_everyone(sums.into_values().collect());
        let index = counts.elephant_factor().map(|value| plain(value as f64, counts.population()));
        Ok((index, behind))
    }

    /// Departments in which at least a twentieth contributed, and not fewer than the threshold, among those of as many
    /// people as the threshold or more.
    fn coverage(&self, group: Group, threshold: Option<Threshold>) -> Result<(Option<Index>, Behind), Error> {
        let Some(within) = group.top() else { return Ok((None, Behind::new())) };
        let least = threshold.map_or(1, |threshold| u64::from(threshold.people()));
        let contributors = self.adoption().active(Level::Contributed).acted;
        let mut proportion = Proportion::default();
        let mut behind = Behind::new();
        for department in self.groups().below(within) {
            let Some(node) = self.groups().node(department).filter(|node| node.whole.len() >= least) else {
                continue;
            };
            let active = &node.whole & &contributors;
            proportion.denominator += 1;
            proportion.numerator += u64::from(active.len() >= least.max(node.whole.len().div_ceil(20)));
            behind.extend(active.iter().map(|number| (number, 1)));
        }
        Ok((proportion.value().map(|value| plain(value, proportion.denominator)), behind))
    }

    /// The E-I index of a group towards everybody else.
    fn outward(&self, members: &RoaringBitmap) -> Result<(Option<Index>, Behind), Error> {
        let everyone = self.groups().members(Group::Organisation).cloned().unwrap_or_default();
        let ties = self.ties(&everyone, |number| Some(u32::from(members.contains(number))))?;
        let of_group = ties.network.mixing_of_groups(Weight::Ties).get(1).copied().unwrap_or_default();
        let count = of_group.external + of_group.internal;
        let mut behind = ties.behind;
        behind.retain(|(number, _)| members.contains(*number));
        let baseline = ties.network.expected_of_group(1).map(Baseline::of_mean);
        Ok((of_group.index().map(|value| Index { baseline, ..plain(value, count) }), behind))
    }

    /// The E-I index of one person: of their ties, those that lead out of their department less those within.
    fn of_node(&self, member: &RoaringBitmap) -> Result<(Option<Index>, Behind), Error> {
        let everyone = self.groups().members(Group::Organisation).cloned().unwrap_or_default();
        let Ties { network, people, .. } = self.ties_by_department(&everyone)?;
        let Some(node) = people.iter().position(|number| member.contains(*number)) else {
            return Ok((None, Behind::new()));
        };
        let of_node = network.mixing_of_nodes(Weight::Ties).get(node).copied().unwrap_or_default();
        let count = of_node.external + of_node.internal;
        let baseline = network.expected_of_node(node).map(Baseline::of_mean);
        Ok((of_node.index().map(|value| Index { baseline, ..plain(value, count) }), Behind::new()))
    }

    fn of_network(&self, of: IndexOf, members: &RoaringBitmap) -> Result<(Option<Index>, Behind), Error> {
        let Ties { network, behind, .. } = self.ties_by_department(members)?;
        let value = match of {
            IndexOf::Density => network.density(),
            IndexOf::Reciprocity => network.reciprocity(),
            IndexOf::Modularity => network.modularity(Weight::Ties, 1.0),
            IndexOf::Assortativity => network.assortativity(Weight::Ties),
            _ => network.mixing(Weight::Ties).index(),
        };
        // Of no ties there is nothing but that there are none.
        let index = value.filter(|_| network.ties() > 0 || of == IndexOf::Density);
        let index = index.map(|value| Index {
            value,
            baseline: baseline(of, &network),
            count: Some(network.ties() as u64),
        });
        Ok((index, behind))
    }

    /// The ties of people of a group, each person in the department they are in by the chart; whoever is in none is
    /// left out.
    pub fn ties_by_department(&self, members: &RoaringBitmap) -> Result<Ties, Error> {
        let departments = self.groups().nodes.iter().filter(|node| node.department.is_some());
        let inhabited = departments.filter(|node| !node.own.is_disjoint(members));
        let mut of = ByNumber::of(members);
        for (place, node) in (0..).zip(inhabited) {
            node.own.iter().for_each(|number| of.set(number, place));
        }
        self.ties(members, |number| of.get(number))
    }

    /// The ties of people of a group, each person in one of some groups; whoever is in none is left out.
    fn ties(&self, members: &RoaringBitmap, group: impl Fn(u32) -> Option<u32>) -> Result<Ties, Error> {
        let member = |number| self.known.population.member(number);
        let mut people: Vec<_> =
            members.iter().filter_map(|number| Some((member(number)?, number, group(number)?))).collect();
        // Whatever numbers stand for them, chance deals the same.
        people.sort_unstable_by_key(|(id, ..)| *id);
        let mut places = ByNumber::of(members);
        people.iter().zip(0..).for_each(|((_, number, _), place)| places.set(*number, place));
        let mut behind = Behind::new();
        let arcs = self.exchange()?.arcs().into_iter().filter_map(|((source, receiver), acts)| {
            // Whoever acts upon contents acts towards their author; an addressed content is its author's act.
            let (from, to) = (places.get(source)?, places.get(receiver)?);
            behind.extend([(source, 1), (receiver, 1)]);
            Some(Arc { from, to, acts })
        });
        let arcs: Vec<Arc> = arcs.collect();
        let (people, groups) = people.into_iter().map(|(_, number, group)| (number, group)).unzip();
        let network = Network::try_new(groups, arcs)
            .map_err(|error| Error::Failed { doing: "computing the network", source: error.into() })?;
        Ok(Ties { network, people, behind })
    }

    /// How probable an E-I index as low as the one that is published is by chance. It takes long, so it is computed once.
    pub fn permutation(&self, terms: Terms) -> Result<Option<Permutation>, Error> {
        let placed = Figure::Index(IndexOf::ExternalInternal).placed(self, terms);
        placed.map_or(Ok(None), |(sheet, _)| sheet.permuted())
    }

    fn permuted(&self) -> Result<Option<Permutation>, Error> {
        self.once_permuted(|| {
            let everyone = self.groups().members(Group::Organisation).cloned().unwrap_or_default();
            Ok(self.ties_by_department(&everyone)?.network.permutation(Weight::Ties, ORDERS, self.seed()))
        })
    }
}

fn plain(value: f64, count: u64) -> Index {
    Index { value, baseline: None, count: Some(count) }
}
