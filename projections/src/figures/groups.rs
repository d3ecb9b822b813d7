//! Groups at a cut: the nodes of the tree of departments, with and without what is below them, and whole communities.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use domain::id::{CommunityId, DepartmentId, MemberId};
use domain::time::Day;
use roaring::RoaringBitmap;

use super::population::{Chart, Population};
use crate::suppression::blocks::Department;
use crate::suppression::release;

/// A node of the tree. The first is the organisation itself, above every department.
#[derive(Clone, Debug)]
pub struct Node {
    /// Which department; none for the organisation.
    pub department: Option<DepartmentId>,
    /// The place of the node above it, which comes before it; none for the organisation.
    pub parent: Option<usize>,
    /// Who is in it and in nothing below it.
    pub own: RoaringBitmap,
    /// Who is in it or below it.
    pub whole: RoaringBitmap,
}

/// A group of people, as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Everybody.
    Organisation,
    /// A department with what is below it.
    Whole(DepartmentId),
    /// A department without what is below it.
    Own(DepartmentId),
    /// A community.
    Community(CommunityId),
    /// Whoever an id stands for, where ids stand for nobody who can be found again.
    Member(MemberId),
}

impl Group {
    /// What its departments are below: nothing above the organisation's; none where it has no departments.
    pub(super) fn top(self) -> Option<Option<DepartmentId>> {
        match self {
            Self::Organisation => Some(None),
            Self::Whole(department) => Some(Some(department)),
            Self::Own(_) | Self::Community(_) | Self::Member(_) => None,
        }
    }
}

/// All groups on a day by a chart.
#[derive(Clone, Debug)]
pub struct Groups {
    /// The tree: a node comes behind the one above it.
    pub nodes: Vec<Node>,
    /// The communities, by id.
    pub communities: Vec<(CommunityId, RoaringBitmap)>,
    places: HashMap<DepartmentId, usize>,
    asked_by: OnceLock<Arc<release::Groups>>,
}

impl Groups {
    /// The groups of those who belong to the organisation at the end of a day.
    pub fn of(population: &Population, day: Day, chart: Chart) -> Self {
        let (present, departments) = (population.present(day), population.departments(day, chart));
        let mut own: BTreeMap<Option<DepartmentId>, RoaringBitmap> = BTreeMap::new();
        for number in &*present {
            let department = population.department(number, day, chart);
            let known = department.filter(|id| departments.contains_key(id));
            own.entry(known).or_default().insert(number);
        }
        let (nodes, communities) = (Vec::new(), Vec::new());
        let mut groups = Self { nodes, communities, places: HashMap::new(), asked_by: OnceLock::new() };
        groups.grow(&departments, &mut own);
        groups.sum_up();
        groups.communities = population.circles(day).map(|(id, inside)| (id, inside & &*present)).collect();
        groups
    }

    /// Adds the organisation and the departments below it, each behind the one above.
    fn grow(
        &mut self,
        departments: &BTreeMap<DepartmentId, Option<DepartmentId>>,
        own: &mut BTreeMap<Option<DepartmentId>, RoaringBitmap>,
    ) {
        let mut waiting = vec![(None, None)];
        let mut below: BTreeMap<Option<DepartmentId>, Vec<DepartmentId>> = BTreeMap::new();
        for (id, above) in departments {
            let above = above.filter(|above| departments.contains_key(above));
            below.entry(above).or_default().push(*id);
        }
        while let Some((department, parent)) = waiting.pop() {
            let place = self.nodes.len();
            let own = own.remove(&department).unwrap_or_default();
            self.nodes.push(Node { department, parent, whole: own.clone(), own });
            if let Some(id) = department {
                self.places.insert(id, place);
            }
            let below = below.remove(&department).unwrap_or_default();
            waiting.extend(below.into_iter().rev().map(|id| (Some(id), Some(place))));
        }
    }

    fn sum_up(&mut self) {
        for place in (1..self.nodes.len()).rev() {
            if let Some(parent) = self.nodes[place].parent {
                let whole = std::mem::take(&mut self.nodes[place].whole);
                self.nodes[parent].whole |= &whole;
                self.nodes[place].whole = whole;
            }
        }
    }

    /// The same as disclosure control takes them.
    pub(super) fn asked_by(&self) -> Arc<release::Groups> {
        let department = |node: &Node| Department { above: node.parent, own: node.own.clone() };
        let asked_by = || {
            let departments = self.nodes.iter().map(department).collect();
            Arc::new(release::Groups { departments, communities: self.communities.clone() })
        };
        Arc::clone(self.asked_by.get_or_init(asked_by))
    }

    /// The place of a department among the nodes.
    pub(super) fn place(&self, department: DepartmentId) -> Option<usize> {
        self.places.get(&department).copied()
    }

    /// The node of a department.
    pub fn node(&self, department: DepartmentId) -> Option<&Node> {
        self.place(department).map(|place| &self.nodes[place])
    }

    /// Who is in a group of several; nothing where there is no such group.
    pub fn members(&self, group: Group) -> Option<&RoaringBitmap> {
        match group {
            Group::Organisation => self.nodes.first().map(|node| &node.whole),
            Group::Whole(department) => self.node(department).map(|node| &node.whole),
            Group::Own(department) => self.node(department).map(|node| &node.own),
            Group::Community(community) => {
                let at = self.communities.binary_search_by_key(&community, |(id, _)| *id).ok()?;
                self.communities.get(at).map(|(_, inside)| inside)
            }
            Group::Member(_) => None,
        }
    }

    /// Whether a department is another or somewhere below it.
    pub fn is_within(&self, department: DepartmentId, other: DepartmentId) -> bool {
        self.and_above(department).any(|above| above == other)
    }

    /// How many people each department of a level stands for.
    pub(super) fn sizes(&self, levels: &HashMap<DepartmentId, DepartmentId>) -> HashMap<DepartmentId, u64> {
        let mut sizes = HashMap::new();
        for node in &self.nodes {
            if let Some(department) = node.department.and_then(|department| levels.get(&department)) {
                *sizes.entry(*department).or_default() += node.own.len();
            }
        }
        sizes
    }

    /// A department and all above it.
    pub(super) fn and_above(&self, department: DepartmentId) -> impl Iterator<Item = DepartmentId> + '_ {
        let place = self.place(department);
        let places = std::iter::successors(place, |at| self.nodes[*at].parent);
        places.filter_map(|at| self.nodes[at].department)
    }

    /// How many departments are above one and itself.
    pub fn depth(&self, department: DepartmentId) -> usize {
        self.and_above(department).count()
    }

    /// Whether a group holds a department or a part of it, or is part of it. The organisation and communities stand
    /// beside departments.
    pub fn overlaps(&self, group: Group, department: DepartmentId) -> bool {
        match group {
            Group::Organisation | Group::Community(_) | Group::Member(_) => false,
            Group::Whole(of) => self.is_within(of, department) || self.is_within(department, of),
            Group::Own(of) => self.is_within(of, department),
        }
    }

    /// The departments directly below a node; those at the top for the organisation.
    pub fn below(&self, department: Option<DepartmentId>) -> impl Iterator<Item = DepartmentId> + '_ {
        let place = department.map_or(Some(0), |id| self.place(id));
        let below = self.nodes.iter().filter(move |node| place.is_some() && node.parent == place);
        below.filter_map(|node| node.department)
    }

    /// For each department, the one at a level of the tree that it belongs to: 1 are those directly below `within`,
    /// or at the top. What is above the level stands for itself, as `within` does; what is not within belongs to nothing.
    pub fn at_level(
        &self,
        within: Option<DepartmentId>,
        level: usize,
    ) -> HashMap<DepartmentId, DepartmentId> {
        let root = within.map_or(Some(0), |id| self.place(id));
        let mut levels: HashMap<_, _> = within.map(|id| (id, id)).into_iter().collect();
        for node in &self.nodes {
            let Some(id) = node.department else { continue };
            let mut way = vec![id];
            let mut above = node.parent;
            while let Some(place) = above.filter(|place| Some(*place) != root) {
                way.extend(self.nodes[place].department);
                above = self.nodes[place].parent;
            }
            if above.is_some() && above == root {
                levels.insert(id, way[way.len().saturating_sub(level)]);
            }
        }
        levels
    }
}
