//! The people of an organisation as they were known at a cut: who was there, with an account, and in which department,
//! on any day and by each of three charts.

mod person;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::id::{CommunityId, DepartmentId, MemberId};
use domain::organisation::Calendar;
use domain::time::{Day, Time};
use parking_lot::Mutex;
use person::{Home, Person, Since};
use roaring::{MultiOps, RoaringBitmap};

use super::deeds::{Bond, Stay};
use super::grid::Window;
use crate::value::{col, id, maybe_id};
use crate::{Error, Snapshot, calendar};

/// By which chart people are counted in departments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chart {
    /// Where they were, as far as was known on the day itself: later corrections do not count.
    AsRecorded,
    /// Where they were on the day, corrected by what was learned since.
    #[default]
    AsWas,
    /// Where they are at the cut, whatever the day.
    Restated,
}

/// All that was learned about people, departments and communities: it tells of every cut.
#[derive(Debug, Default)]
pub struct Register {
    /// By the numbers that stand for them in bitmaps, which others may have as well.
    people: Vec<Option<Person>>,
    /// Where each of them was, close together: what passed between people asks for it again and again.
    homes: Vec<Home>,
    numbers: HashMap<MemberId, u32>,
    /// Departments and the ones above them, in the order they were learned.
    tree: Vec<(DepartmentId, Since<Option<DepartmentId>>)>,
    /// Who came into communities and left them, and by what, in the order it was learned.
    circles: BTreeMap<CommunityId, Vec<(u32, u32, Since<bool>)>>,
    calendar: calendar::History,
    changes: Changes,
    present: Mutex<HashMap<[Option<Day>; 2], Arc<RoaringBitmap>>>,
}

/// The days on which anything about people came to be so, and those on which it was learned: between two of them
/// nothing changes.
#[derive(Debug, Default)]
struct Changes {
    from: Vec<Day>,
    known: Vec<Day>,
    /// Of people, what was learned on a later day than it came to be so: both days.
    late: Vec<(Day, Day)>,
}

/// The last changes up to a day and a cut, by when they came to be so and when they were learned.
pub(super) type Unchanged = [Option<Day>; 4];

impl Changes {
    fn add<T>(&mut self, since: &Since<T>) {
        self.from.push(since.from);
        self.known.push(since.known);
    }

    fn add_of_person<T>(&mut self, since: &Since<T>) {
        self.add(since);
        if since.known > since.from {
            self.late.push((since.from, since.known));
        }
    }

    fn sort(&mut self) {
        for days in [&mut self.from, &mut self.known] {
            days.sort_unstable();
            days.dedup();
        }
    }

    /// The last of the days up to one.
    fn last(days: &[Day], day: Day) -> Option<Day> {
        days[..days.partition_point(|of| *of <= day)].last().copied()
    }
}

impl Register {
    /// Reads what was known at a cut. `day_of` is the local day of an instant.
    pub fn read(snapshot: &Snapshot, cut: Day, day_of: &dyn Fn(Time) -> Day) -> Result<Self, Error> {
        let mut register = Self::default();
        register.read_people(snapshot, cut, day_of)?;
        register.calendar = calendar::History::read(snapshot, cut)?;
        // A closed department stays in the tree: people were in it.
        let tree = "SELECT known, department, parent, day FROM figure_tree
            WHERE known <= ?1 AND open = 1 ORDER BY day, position";
        register.tree = snapshot.rows(tree, &[cut.into()], |row| {
            Ok((id(row, 1)?, Since { from: col(row, 3)?, known: col(row, 0)?, what: maybe_id(row, 2)? }))
        })?;
        let circles = "SELECT community, member, day, inside, known, bond FROM figure_circles
            WHERE known <= ?1 ORDER BY position";
        snapshot.rows(circles, &[cut.into()], |row| {
            let since = Since { from: col(row, 2)?, known: col(row, 4)?, what: col(row, 3)? };
            if let Some(number) = register.numbers.get(&id(row, 1)?) {
                register.circles.entry(id(row, 0)?).or_default().push((*number, col(row, 5)?, since));
            }
            Ok(())
        })?;
        register.note_changes();
        Ok(register)
    }

    fn person(&self, number: u32) -> Option<&Person> {
        self.people.get(number as usize)?.as_ref()
    }

    fn home(&self, number: u32) -> Home {
        self.homes.get(number as usize).copied().unwrap_or_default()
    }

    /// Where the person of a number stands.
    fn named(&mut self, number: u32) -> &mut Option<Person> {
        let place = number as usize;
        if place >= self.people.len() {
            self.people.resize_with(place + 1, || None);
        }
        &mut self.people[place]
    }

    /// Everybody, in the order of their numbers.
    fn everybody(&self) -> impl Iterator<Item = (u32, &Person)> {
        (0..).zip(&self.people).filter_map(|(number, person)| Some((number, person.as_ref()?)))
    }

    fn note_changes(&mut self) {
        let changes = &mut self.changes;
        for person in self.people.iter().flatten() {
            person.accounts.iter().for_each(|since| changes.add_of_person(since));
            person.presence.iter().for_each(|since| changes.add_of_person(since));
            person.places.iter().for_each(|since| changes.add_of_person(since));
        }
        self.circles.values().flatten().for_each(|(.., since)| changes.add(since));
        self.tree.iter().for_each(|(_, since)| changes.add(since));
        changes.sort();
    }

    /// What groups on a day as known at a cut depend on: they are the same for all days and cuts for which this is.
    pub(super) fn unchanged(&self, day: Day, cut: Day) -> Unchanged {
        let Changes { from, known, .. } = &self.changes;
        let last = Changes::last;
        [last(from, day), last(known, cut), last(from, cut), last(known, day)]
    }

    /// Who belongs to the organisation at the end of a day, as known at a cut.
    fn present(&self, day: Day, cut: Day) -> Arc<RoaringBitmap> {
        let [from, known, ..] = self.unchanged(day, cut);
        if let Some(present) = self.present.lock().get(&[from, known]) {
            return Arc::clone(present);
        }
        let people = self.everybody().filter(|(_, person)| person.is_present(day, cut));
        let present: RoaringBitmap = people.map(|(number, _)| number).collect();
        Arc::clone(self.present.lock().entry([from, known]).or_insert(Arc::new(present)))
    }

    fn read_people(
        &mut self,
        snapshot: &Snapshot,
        cut: Day,
        day_of: &dyn Fn(Time) -> Day,
    ) -> Result<(), Error> {
        let sql = "SELECT n.number, s.member, s.what, s.at, s.department, s.known, s.day FROM figure_stays s
            JOIN numbers n ON n.entity = s.member WHERE s.known <= ?1 ORDER BY s.at, s.position";
        snapshot.rows(sql, &[cut.into()], |row| {
            let (number, member) = (col(row, 0)?, id(row, 1)?);
            // A day that was recorded stays, whatever the time zone is now.
            let from = match col::<Option<Day>>(row, 6)? {
                Some(day) => day,
                None => day_of(col(row, 3)?),
            };
            let (what, known): (i64, Day) = (col(row, 2)?, col(row, 5)?);
            let person = self.named(number).get_or_insert_with(|| Person::new(member));
            if let Some(department) = maybe_id(row, 4)? {
                person.places.push(Since { from, known, what: department });
            }
            if what == Stay::AccountOpened as i64 {
                person.accounts.push(Since { from, known, what: () });
            } else if what != Stay::Transferred as i64 {
                person.presence.push(Since { from, known, what: what != Stay::Left as i64 });
            }
            self.numbers.insert(member, number);
            Ok(())
        })?;
        for person in self.people.iter_mut().flatten() {
            person.accounts.sort_by_key(|since| since.from);
            person.presence.sort_by_key(|since| since.from);
            person.places.sort_by_key(|place| place.from);
        }
        self.homes = self.people.iter().map(Home::of).collect();
        Ok(())
    }

    /// The days after a window on which something of it was still learned, up to a cut.
    pub(super) fn learned_late(&self, window: Window, cut: Day) -> impl Iterator<Item = Day> + '_ {
        let late = self.changes.late.iter();
        let late =
            late.filter(move |(from, known)| *from <= window.last && *known > window.last && *known <= cut);
        late.map(|(_, known)| *known)
    }
}

/// The people as they were known at a cut.
#[derive(Clone, Debug)]
pub struct Population {
    /// The last day that is known.
    pub cut: Day,
    /// The last day on which it was learned where somebody was: the cut, but where two are compared.
    placed: Day,
    register: Arc<Register>,
    /// On which days they work.
    pub calendar: Calendar,
}

impl Population {
    /// What a register tells of a cut.
    pub fn of(register: &Arc<Register>, cut: Day) -> Self {
        Self { cut, placed: cut, register: Arc::clone(register), calendar: register.calendar.at(cut) }
    }

    /// The same people in the departments that are known at another cut.
    pub(super) fn placed_at(&self, cut: Day) -> Self {
        Self { placed: cut, ..self.clone() }
    }

    /// The number of a member.
    pub fn number(&self, member: MemberId) -> Option<u32> {
        self.register.numbers.get(&member).copied()
    }

    /// Who a number stands for.
    pub fn member(&self, number: u32) -> Option<MemberId> {
        self.register.person(number).map(|person| person.id)
    }

    /// Every department there was on a day by a chart, and the one above it; before it was opened, the first.
    pub fn departments(&self, day: Day, chart: Chart) -> BTreeMap<DepartmentId, Option<DepartmentId>> {
        let (last, learned) = match chart {
            Chart::AsRecorded => (day, day),
            Chart::AsWas => (day, self.placed),
            Chart::Restated => (self.placed, self.placed),
        };
        let mut departments = BTreeMap::new();
        let known = self.register.tree.iter().filter(|(_, since)| since.known <= self.placed);
        for (department, since) in known {
            if since.from <= last && since.known <= learned {
                departments.insert(*department, since.what);
            } else {
                departments.entry(*department).or_insert(since.what);
            }
        }
        departments
    }

    /// Who belongs to the organisation at the end of a day: eligible, with an account or without.
    pub fn present(&self, day: Day) -> Arc<RoaringBitmap> {
        self.register.present(day, self.cut)
    }

    /// Who had left the organisation by the end of a day, and from which day on they were there no more.
    pub fn left(&self, day: Day) -> impl Iterator<Item = (u32, Day)> + '_ {
        let people = self.register.everybody();
        people.filter_map(move |(number, person)| Some((number, person.left(day, self.cut)?)))
    }

    /// Since when each of some people has an account, if they have one.
    pub(super) fn accounts(&self, people: impl Iterator<Item = u32>) -> BTreeMap<Day, RoaringBitmap> {
        let mut accounts: BTreeMap<Day, RoaringBitmap> = BTreeMap::new();
        for number in people {
            if let Some(since) = self.account(number) {
                accounts.entry(since).or_default().insert(number);
            }
        }
        accounts
    }

    /// Whose account was opened on a day for which something holds.
    pub fn with_account(&self, holds: impl Fn(Day) -> bool) -> RoaringBitmap {
        let people = self.register.everybody().map(|(number, _)| number);
        people.filter(|number| self.account(*number).is_some_and(&holds)).collect()
    }

    /// Since when somebody has an account, if they have one.
    pub fn account(&self, number: u32) -> Option<Day> {
        let accounts = &self.register.person(number)?.accounts;
        accounts.iter().find(|account| account.known <= self.cut).map(|account| account.from)
    }

    /// Whether a number stands for a member.
    pub fn is_member(&self, number: u32) -> bool {
        !matches!(self.register.home(number), Home::Nobody)
    }

    /// The department of somebody on a day.
    pub fn department(&self, number: u32, day: Day, chart: Chart) -> Option<DepartmentId> {
        match self.register.home(number) {
            Home::Nobody => None,
            Home::Sole(known, department) => (known <= self.placed).then_some(department),
            Home::Several => self.register.person(number)?.department(day, chart, self.placed),
        }
    }

    /// Who is in each community at the end of a day.
    pub fn circles(&self, day: Day) -> impl Iterator<Item = (CommunityId, RoaringBitmap)> + '_ {
        self.register.circles.keys().map(move |community| (*community, self.circle(*community, day)))
    }

    /// Who is in a community at the end of a day.
    pub fn circle(&self, community: CommunityId, day: Day) -> RoaringBitmap {
        let mut inside: [RoaringBitmap; Bond::COUNT] = Default::default();
        for (number, bond, comes) in self.circle_changes(community, day) {
            let Some(inside) = inside.get_mut(bond as usize) else { continue };
            if comes {
                inside.insert(number)
            } else {
                inside.remove(number)
            };
        }
        inside.union()
    }

    /// Who came into a community and who left it up to the end of a day, and by which bond, in the order it was learned.
    pub(super) fn circle_changes(
        &self,
        community: CommunityId,
        day: Day,
    ) -> impl Iterator<Item = (u32, u32, bool)> + '_ {
        let changes = self.register.circles.get(&community).into_iter().flatten();
        let known = changes.filter(move |(.., since)| since.from <= day && since.known <= self.cut);
        known.map(|(number, bond, since)| (*number, *bond, since.what))
    }
}
