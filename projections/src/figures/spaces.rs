//! Communities in a sheet: how many of those who were active in them still are, how long they live, and how much is
//! contributed where departments meet.

use std::collections::{HashMap, HashSet};

use domain::id::CommunityId;
use domain::time::Day;
use roaring::RoaringBitmap;

use super::deeds::Level;
use super::figure::Figure;
use super::grid::{Length, Window};
use super::groups::Group;
use super::known::Known;
use super::publish::{Behind, Proportion, Published, Suppression};
use super::sheet::Sheet;
use super::sums::Counted;
use super::waits::DAY_S;
use crate::statistics::survival::{End, Wait};
use crate::suppression::Threshold;
use crate::value::{Value, col, id, maybe_id};
use crate::{Error, Snapshot};

/// In how many windows of four weeks, a year of them, whoever was active in a community still counts.
pub(super) const YEAR: i32 = 13;

/// Days without a contribution after which a community is taken to be dead.
pub(super) const SILENCE_DAYS: i32 = 60;

/// Where and by whom something was contributed on a day, and how often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contributed {
    pub(super) day: Day,
    pub(super) member: u32,
    pub(super) community: Option<CommunityId>,
    pub(super) count: u64,
}

impl Sheet {
    /// Community health: those active in a community in the window, among those who were in the year that ends with
    /// it and belong to the organisation still.
    pub fn health(&self, group: Group, threshold: Option<Threshold>) -> Result<Published<Proportion>, Error> {
        let Group::Community(community) = group else { return Ok(Published::Hidden(Suppression::NotInGrid)) };
        if Length::of(self.window) != Length::FourWeeks {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let (first, last) = (self.window.before(YEAR - 1).first, self.adoption().last());
        let sql = "SELECT day, members FROM figure_spaces
            WHERE community = ?1 AND level IN (1, 2) AND day BETWEEN ?2 AND ?3 AND known <= ?4";
        let limits = [community.into(), first.into(), last.into(), self.known.acts.learned.into()];
        let (mut year, mut now) = (RoaringBitmap::new(), RoaringBitmap::new());
        self.snapshot()?.rows(sql, &limits, |row| {
            let members: RoaringBitmap = col(row, 1)?;
            if self.window.contains(col(row, 0)?) {
                now |= &members;
            }
            year |= members;
            Ok(())
        })?;
        let eligible = year & self.adoption().eligible();
        Ok(divided(&(now & &eligible), &eligible, threshold))
    }

    /// How long communities live, in seconds: from the day they were founded until they had been silent for
    /// [`SILENCE_DAYS`]. Those that were not by the end of the window, and those that were archived before, are lost
    /// from sight then.
    pub(super) fn lives(&self) -> Result<(Vec<Wait>, Behind), Error> {
        let (cut, last) = (self.known.cut(), self.adoption().last());
        let contributed = self.last_contributions()?;
        let inside: HashMap<CommunityId, &RoaringBitmap> =
            self.groups().communities.iter().map(|(id, inside)| (*id, inside)).collect();
        let (mut waits, mut behind) = (Vec::new(), Behind::new());
        for (community, founded) in self.known.communities.founded(last, cut) {
            let active = contributed.get(&community).copied().unwrap_or(founded).max(founded);
            let dead = Day(active.0 + SILENCE_DAYS);
            let lost = self.known.communities.archived(community, last, cut).unwrap_or(last).max(founded);
            let (until, end) = if dead <= lost { (dead, End::Happened) } else { (lost, End::Censored) };
            waits.push(Wait { time: u64::try_from(until.0 - founded.0).unwrap_or(0) * DAY_S, end });
            let members = inside.get(&community).into_iter().flat_map(|inside| inside.iter());
            behind.extend(members.map(|number| (number, 1)));
        }
        Ok((waits, behind))
    }

    /// On which day, up to the end of the window, something was contributed last in each community.
    fn last_contributions(&self) -> Result<HashMap<CommunityId, Day>, Error> {
        let sql = "SELECT c.community, (SELECT s.day FROM figure_spaces s WHERE s.community = c.community
                AND s.level = ?1 AND s.day <= ?2 AND s.known <= ?3 ORDER BY s.day DESC LIMIT 1)
            FROM figure_communities c WHERE c.what = 0 AND c.known <= ?3";
        let limits: [Value; 3] = [
            (Level::Contributed as i64).into(),
            self.adoption().last().into(),
            self.known.acts.learned.into(),
        ];
        let rows = self
            .snapshot()?
            .rows(sql, &limits, |row| Ok((id::<CommunityId>(row, 0)?, col::<Option<Day>>(row, 1)?)))?;
        Ok(rows.into_iter().filter_map(|(community, day)| Some((community, day?))).collect())
    }

    /// The share of what people of a group contributed that they contributed in communities where people of several
    /// departments were on the day.
    pub fn shared_space(
        &self,
        group: Group,
        threshold: Option<Threshold>,
    ) -> Result<Published<Proportion>, Error> {
        if self.members(group).is_none() || matches!(group, Group::Community(_)) {
            return Ok(Published::Hidden(Suppression::NotInGrid));
        }
        let contributed = contributed(&self.snapshot()?, &self.known, self.passed())?;
        let shared = self.shared_days(&contributed);
        // What is contributed in communities is told of departments alone.
        let counted = |Contributed { day, member, community, count }: Contributed| {
            let is_shared = community.is_some_and(|community| shared.contains(&(community, day)));
            let part = if is_shared { count } else { 0 };
            Counted { by: member, day, community: None, amount: count, part }
        };
        let counted = contributed.iter().copied().map(counted).collect();
        self.share_of((Figure::SharedSpace, None), (group, threshold), counted)
    }

    /// On which days people of several departments were in a community, of those on which something was contributed.
    fn shared_days(&self, contributed: &[Contributed]) -> HashSet<(CommunityId, Day)> {
        let mut days: Vec<(CommunityId, Day)> =
            contributed.iter().filter_map(|act| Some((act.community?, act.day))).collect();
        days.sort_unstable();
        days.dedup();
        let population = &self.known.population;
        let mut inside: Option<(CommunityId, usize, RoaringBitmap)> = None;
        let is_shared = |(community, day): &(CommunityId, Day)| {
            // The same changes make the same circle.
            let changes = population.circle_changes(*community, *day).count();
            if inside.as_ref().is_none_or(|(of, known, _)| (of, *known) != (community, changes)) {
                inside = Some((*community, changes, population.circle(*community, *day)));
            }
            let Some((_, _, inside)) = &inside else { return false };
            // Whoever has left the organisation is nowhere.
            let present = population.present(*day);
            let inside = inside.iter().filter(|number| present.contains(*number));
            let mut departments = inside.filter_map(|number| population.department(number, *day, self.chart));
            departments.next().is_some_and(|first| departments.any(|department| department != first))
        };
        days.into_iter().filter(is_shared).collect()
    }
}

/// Everything contributed in a window, by the acts that count.
pub(super) fn contributed(
    snapshot: &Snapshot,
    known: &Known,
    window: Window,
) -> Result<Vec<Contributed>, Error> {
    let sql = "SELECT day, member, nullif(community, zeroblob(16)), count FROM figure_contributed
        WHERE day BETWEEN ?1 AND ?2 AND known <= ?3";
    let limits = [window.first.into(), window.last.into(), known.acts.learned.into()];
    let mut contributed = snapshot.rows(sql, &limits, |row| {
        let (day, member) = (col(row, 0)?, col(row, 1)?);
        Ok(Contributed { day, member, community: maybe_id(row, 2)?, count: col(row, 3)? })
    })?;
    contributed.retain(|Contributed { member, .. }| known.population.is_member(*member));
    Ok(contributed)
}

/// A share of people that is published by itself: at least twice the threshold of them on both sides of it.
fn divided(
    acted: &RoaringBitmap,
    eligible: &RoaringBitmap,
    threshold: Option<Threshold>,
) -> Published<Proportion> {
    let share = Proportion { numerator: acted.len(), denominator: eligible.len() };
    if share.denominator == 0 {
        return Published::Hidden(Suppression::TooLittleData);
    }
    let Some(least) = threshold.map(|threshold| u64::from(threshold.people())) else {
        return Published::Shown(share);
    };
    if share.denominator < 4 * least {
        return Published::Hidden(Suppression::GroupTooSmall);
    }
    if share.numerator.min(share.denominator - share.numerator) < 2 * least {
        return Published::Hidden(Suppression::TooFewPeople);
    }
    Published::Shown(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_by_itself_has_many_people_on_both_sides() {
        let of = |acted: u32, eligible: u32| {
            let [acted, eligible] = [acted, eligible].map(|people| (0..people).collect());
            divided(&acted, &eligible, Some(Threshold::default())).suppression()
        };
        assert_eq!([of(20, 40), of(30, 50)], [None, None]);
        assert_eq!([of(19, 40), of(21, 40), of(0, 50)], [Some(Suppression::TooFewPeople); 3]);
        assert_eq!(
            [of(20, 39), of(0, 0)],
            [Some(Suppression::GroupTooSmall), Some(Suppression::TooLittleData)]
        );
    }
}
