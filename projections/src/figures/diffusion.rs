//! How contents spread: how long until what one group published reaches a department that may see it, and how many of
//! those who may see it are reached by a day.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

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
    reached: Vec<(Day, How, u32)>,
}

/// Who may read what is in each community, and what is in none, at the end of a window.
type Readers<'a> = HashMap<Option<CommunityId>, Cow<'a, RoaringBitmap>>;

impl Spread {
    /// Whom it reached up to a day, its author aside.
    fn reached_by(&self, day: Day) -> Vec<u32> {
        let in_time = self.reached.iter().take_while(|(on, ..)| *on <= day);
        let mut people: Vec<u32> =
            in_time.map(|(.., person)| *person).filter(|person| *person != self.author).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Who may see it, of those who may read where it is.
    fn audience<'a>(&self, readers: &'a Readers<'_>) -> Cow<'a, RoaringBitmap> {
        let readers =
            readers.get(&self.community).map_or_else(Cow::default, |inside| Cow::Borrowed(&**inside));
        match &self.addressees {
            Some(addressees) => Cow::Owned(addressees & &*readers),
            None => readers,
        }
    }
}

impl Sheet {
    /// What was published in the window, and whom it reached up to the cut.
    fn spreads(&self) -> Result<&[Spread], Error> {
        self.once_spread(|| {
            let (snapshot, Acts { learned, passed }) = (self.snapshot()?, self.known.acts);
            let (first, last) = (self.window.first, self.passed().last);
            let number = |member| self.known.population.number(member);
            let contents = "SELECT day, item, author, community, addressees FROM figure_contents
                WHERE day BETWEEN ?1 AND ?2 AND known <= ?3 ORDER BY day, item";
            let limits = [first.into(), last.into(), learned.into()];
            let contents = snapshot.rows(contents, &limits, |row| content(row, number))?;
            let mut spreads: Vec<Spread> = contents.into_iter().flatten().collect();
            // Both stand in the order of what was published: each is read from its begin to its end.
            let reached = "SELECT published_on, item, day, how, members FROM figure_reached
                WHERE published_on BETWEEN ?1 AND ?2 AND known <= ?3 AND day <= ?4
                ORDER BY published_on, item, day, how, known";
            let limits = [first.into(), last.into(), learned.into(), passed.into()];
            let mut behind = spreads.iter_mut().peekable();
            snapshot.rows(reached, &limits, |row| {
                let of: (Day, Uuid) = (col(row, 0)?, id(row, 1)?);
                while behind.next_if(|spread| (spread.day, spread.item) < of).is_some() {}
                match behind.peek_mut() {
                    Some(spread) if (spread.day, spread.item) == of => reaches(row, spread),
                    _ => Ok(()),
                }
            })?;
            Ok(spreads)
        })
    }

    /// Who may read where contents are.
    fn readers(&self, of: &[Spread]) -> Readers<'_> {
        let (groups, last, cut) = (self.groups(), self.adoption().last(), self.known.cut());
        let is_closed = |community: &CommunityId| !self.known.communities.is_open(*community, last, cut);
        let readers = |community: Option<CommunityId>| {
            let group = community.filter(is_closed).map_or(Group::Organisation, Group::Community);
            groups.members(group).map_or_else(Cow::default, Cow::Borrowed)
        };
        let communities: HashSet<_> = of.iter().map(|spread| spread.community).collect();
        communities.into_iter().map(|community| (community, readers(community))).collect()
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
        let spreads = self.spreads()?;
        let mut readers = self.readers(spreads);
        readers.values_mut().for_each(|inside| *inside.to_mut() &= receiving);
        let (mut waits, mut counted, mut reached) = (Vec::new(), Vec::new(), Behind::new());
        for spread in spreads {
            let Spread { author, day, community, .. } = *spread;
            if self.is_of_group((author, day, None), Group::Whole(to)) {
                continue;
            }
            let is_of_group = self.is_of_group((author, day, community), group);
            let may_see = !spread.audience(&readers).is_empty();
            // What may be seen counts whether it was or not.
            let first = if is_of_group || !may_see { self.first_reached(spread, to, how) } else { None };
            if first.is_none() && !may_see {
                continue;
            }
            counted.push(Counted { by: author, day, community, amount: 1, part: 0 });
            if !is_of_group {
                continue;
            }
            let until = first.as_ref().map_or(self.known.passed_wholly(), |(day, _)| *day);
            let end = if first.is_some() { End::Happened } else { End::Censored };
            waits.push(Wait { time: u64::try_from(until.0 - day.0).unwrap_or(0) * DAY_S, end });
            reached.extend(first.into_iter().flat_map(|(_, people)| people).map(|person| (person, 1)));
        }
        if waits.is_empty() {
            return Ok(Published::Hidden(Suppression::TooLittleData));
        }
        let found = Waits::of(&waits).told(threshold);
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
            let everybody = together.iter().map(|(.., person)| *person);
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
        let spreads = self.spreads()?;
        let readers = self.readers(spreads);
        let (mut counted, mut people) = (Vec::new(), Behind::new());
        for spread in spreads {
            let Spread { author, day, community, .. } = *spread;
            let due = Day(day.0.saturating_add(span));
            if due > self.known.passed_wholly() {
                continue;
            }
            let (audience, reached) = (spread.audience(&readers), spread.reached_by(due));
            // Whoever was reached could be, whatever became of them since.
            let others = reached.iter().filter(|person| !audience.contains(**person)).count() as u64;
            let amount = audience.len() + others - u64::from(audience.contains(author));
            counted.push(Counted { by: author, day, community, amount, part: reached.len() as u64 });
            if self.is_of_group((author, day, community), group) {
                people.extend(reached.into_iter().map(|person| (person, 1)));
            }
        }
        let apart = of_sides([people], members.len(), threshold, ()).suppression();
        self.share_of((Figure::Reach(days), apart), (group, threshold), counted)
    }
}

/// Something that was published; nothing if its author is nobody who is known.
fn content(row: &Row<'_>, number: impl Fn(MemberId) -> Option<u32>) -> rusqlite::Result<Option<Spread>> {
    let Some(author) = number(id(row, 2)?) else { return Ok(None) };
    let (day, item, community, addressees) = (col(row, 0)?, id(row, 1)?, maybe_id(row, 3)?, col(row, 4)?);
    Ok(Some(Spread { item, author, day, community, addressees, reached: Vec::new() }))
}

/// Adds whom something reached on a day, in one way: mostly somebody alone.
fn reaches(row: &Row<'_>, spread: &mut Spread) -> rusqlite::Result<()> {
    let (day, exposed) = (col(row, 2)?, col::<i64>(row, 3)? == How::Exposed as i64);
    let how = if exposed { How::Exposed } else { How::TookPart };
    match row.get_ref(4)?.as_blob().ok().and_then(only) {
        Some(alone) => spread.reached.push((day, how, alone)),
        None => spread.reached.extend(col::<RoaringBitmap>(row, 4)?.iter().map(|person| (day, how, person))),
    }
    Ok(())
}
