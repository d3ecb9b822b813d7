//! How contents spread: how long until what one group published reaches a department that may see it, and how many of
//! those who may see it are reached by a day.

use std::borrow::Cow;

use domain::id::{CommunityId, DepartmentId, MemberId};
use domain::time::Day;
use roaring::RoaringBitmap;
use rusqlite::Row;
use uuid::Uuid;

use super::deeds::How;
use super::figure::Figure;
use super::groups::Group;
use super::known::Acts;
use super::matrix::of_sides;
use super::publish::{Behind, Proportion, Published, Suppression};
use super::sheet::Sheet;
use super::sums::{Counted, Told};
use super::waits::{DAY_S, Waits};
use crate::Error;
use crate::bitmap::only;
use crate::statistics::survival::{End, Wait};
use crate::suppression::Threshold;
use crate::value::{col, id, maybe_id};

/// Something that was published, and whom it reached.
#[derive(Clone, Debug)]
pub struct Spread {
    item: Uuid,
    author: u32,
    day: Day,
    community: Option<CommunityId>,
    /// Whom it was addressed to, if to some one by one.
    addressees: Option<RoaringBitmap>,
    /// Whom it reached on which day, the first first.
    reached: Vec<(Day, How, Reached)>,
}

/// Whom something reached on a day, in one way: mostly somebody alone.
#[derive(Clone, Debug)]
enum Reached {
    One(u32),
    Several(RoaringBitmap),
}

impl Reached {
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> {
        let alone = row.get_ref(place)?.as_blob().ok().and_then(only);
        Ok(match alone {
            Some(number) => Self::One(number),
            None => Self::Several(col(row, place)?),
        })
    }

    fn people(&self) -> impl Iterator<Item = u32> + '_ {
        let (one, several) = match self {
            Self::One(number) => (Some(*number), None),
            Self::Several(people) => (None, Some(people)),
        };
        one.into_iter().chain(several.into_iter().flatten())
    }
}

impl Spread {
    /// Whom it reached up to a day, its author aside.
    fn reached_by(&self, day: Day) -> RoaringBitmap {
        let mut people = RoaringBitmap::new();
        for (.., more) in self.reached.iter().filter(|(on, ..)| *on <= day) {
            people.extend(more.people());
        }
        people.remove(self.author);
        people
    }
}

impl Sheet {
    /// What was published in the window, and whom it reached up to the cut.
    fn spreads(&self) -> Result<&[Spread], Error> {
        self.once_spread(|| {
            let Acts { learned, passed } = self.known.acts;
            let sql = "SELECT c.item, c.day, c.author, c.community, c.addressees, r.day, r.how, r.members
                FROM figure_contents c
                LEFT JOIN figure_reached r ON r.item = c.item AND r.known <= ?3 AND r.day <= ?4
                WHERE c.day BETWEEN ?1 AND ?2 AND c.known <= ?3 ORDER BY c.day, c.item, r.day, r.how, r.known";
            let limits = [self.window.first.into(), self.passed().last.into(), learned.into(), passed.into()];
            let mut spreads: Vec<Spread> = Vec::new();
            let number = |member| self.known.population.number(member);
            self.snapshot()?.rows(sql, &limits, |row| read(row, &mut spreads, number))?;
            Ok(spreads)
        })
    }

    /// Who may see something at the end of the window.
    fn audience(&self, of: &Spread) -> Cow<'_, RoaringBitmap> {
        let groups = self.groups();
        let everybody = || groups.members(Group::Organisation).map_or_else(Cow::default, Cow::Borrowed);
        let (last, cut) = (self.adoption().last(), self.known.cut());
        match (of.community, &of.addressees) {
            (Some(community), _) if !self.known.communities.is_open(community, last, cut) => {
                groups.members(Group::Community(community)).map_or_else(Cow::default, Cow::Borrowed)
            }
            (None, Some(addressees)) => Cow::Owned(addressees & &*everybody()),
            _ => everybody(),
        }
    }

    /// How long what people of a group published takes until it reaches a department that may see it.
    pub fn diffusion(
        &self,
        (group, to): (Group, DepartmentId),
        how: How,
        threshold: Option<Threshold>,
    ) -> Result<Published<Waits>, Error> {
        let groups = self.groups();
        let receiving = groups.members(Group::Whole(to));
        let Some((members, receiving)) = self.members(group).zip(receiving) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        if groups.overlaps(group, to) {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let (mut waits, mut counted, mut reached) = (Vec::new(), Vec::new(), Behind::new());
        for spread in self.spreads()? {
            let Spread { author, day, community, .. } = *spread;
            if self.is_of_group((author, day, None), Group::Whole(to)) {
                continue;
            }
            let is_of_group = self.is_of_group((author, day, community), group);
            let may_see = !self.audience(spread).is_disjoint(receiving);
            // What may be seen counts whether it was or not.
            let first = if is_of_group || !may_see { self.first_reached(spread, to, how) } else { None };
            if first.is_none() && !may_see {
                continue;
            }
            counted.push(Counted { by: author, day, community, amount: 1, part: 0 });
            if !is_of_group {
                continue;
            }
            let until = first.as_ref().map_or(self.known.acts.passed, |(day, _)| *day);
            let end = if first.is_some() { End::Happened } else { End::Censored };
            waits.push(Wait { time: u64::try_from(until.0 - day.0).unwrap_or(0) * DAY_S, end });
            reached.extend(first.into_iter().flat_map(|(_, people)| people).map(|person| (person, 1)));
        }
        if waits.is_empty() {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        let found = Waits::of(&waits);
        let found = threshold.map_or_else(|| found.clone(), |threshold| found.clone().rounded(threshold));
        let of = (Figure::Diffusion { how, to }, Told::Sums);
        match of_sides([reached], members.len().min(receiving.len()), threshold, ()).suppression() {
            Some(why) => Ok(Published::Hidden(why)),
            None => self.summed(of, (group, threshold), || Ok(counted), found),
        }
    }

    /// On which day something first reached people who were in a department then, and whom.
    fn first_reached(&self, spread: &Spread, to: DepartmentId, how: How) -> Option<(Day, Vec<u32>)> {
        let theirs = |number: &u32, day: Day| {
            *number != spread.author && self.is_of_group((*number, day, None), Group::Whole(to))
        };
        let far_enough: Vec<_> = spread.reached.iter().filter(|(_, far, _)| *far >= how).collect();
        far_enough.chunk_by(|(one, ..), (next, ..)| one == next).find_map(|together| {
            let day = together.first().map(|(day, ..)| *day)?;
            let everybody = together.iter().flat_map(|(.., reached)| reached.people());
            let mut people: Vec<u32> = everybody.filter(|number| theirs(number, day)).collect();
            people.sort_unstable();
            people.dedup();
            (!people.is_empty()).then_some((day, people))
        })
    }

    /// Of all whom what people of a group published could reach, the share that it did reach within so many days;
    /// of what is old enough.
    pub fn reach(
        &self,
        days: u32,
        group: Group,
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        let Some(members) = self.members(group) else {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        };
        let span = i32::try_from(days).unwrap_or(i32::MAX);
        let (mut proportion, mut counted, mut people) = (Proportion::default(), Vec::new(), Behind::new());
        for spread in self.spreads()? {
            let Spread { author, day, community, .. } = *spread;
            let due = Day(day.0.saturating_add(span));
            if due > self.known.acts.passed {
                continue;
            }
            let reached = spread.reached_by(due);
            // Whoever was reached could be, whatever became of them since.
            let audience = self.audience(spread);
            let amount = audience.union_len(&reached) - u64::from(audience.contains(author));
            let part = reached.len();
            counted.push(Counted { by: author, day, community, amount, part });
            if self.is_of_group((author, day, community), group) {
                proportion.denominator += amount;
                proportion.numerator += part;
                people.extend(reached.iter().map(|person| (person, 1)));
            }
        }
        if proportion.denominator == 0 {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        match of_sides([people], members.len(), threshold, ()).suppression() {
            Some(why) => Ok(Published::Hidden(why)),
            None => {
                let of = (Figure::Reach(days), Told::Shares);
                self.summed(of, (group, threshold), || Ok(counted), proportion)
            }
        }
    }
}

/// Takes up a row: something that was published, and whom it reached on a day.
fn read(
    row: &Row<'_>,
    spreads: &mut Vec<Spread>,
    number: impl Fn(MemberId) -> Option<u32>,
) -> rusqlite::Result<()> {
    let item: Uuid = id(row, 0)?;
    if spreads.last().is_none_or(|last| last.item != item) {
        let Some(author) = number(id(row, 2)?) else { return Ok(()) };
        let (day, community, addressees) = (col(row, 1)?, maybe_id(row, 3)?, col(row, 4)?);
        spreads.push(Spread { item, author, day, community, addressees, reached: Vec::new() });
    }
    if let (Some(last), Some(day)) = (spreads.last_mut(), col::<Option<Day>>(row, 5)?) {
        let exposed = col::<i64>(row, 6)? == How::Exposed as i64;
        let how = if exposed { How::Exposed } else { How::TookPart };
        last.reached.push((day, how, Reached::of(row, 7)?));
    }
    Ok(())
}
