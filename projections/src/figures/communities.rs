//! Communities as they were known at a cut: since when they are there, who may read in them, who sponsors them.

use std::collections::BTreeMap;

use domain::id::{CommunityId, MemberId};
use domain::time::{Day, Time};

use super::deeds::Turn;
use crate::value::{col, id, maybe_id};
use crate::{Error, Snapshot};

/// Something that became of a community.
#[derive(Clone, Copy, Debug)]
struct Known {
    known: Day,
    day: Day,
    at: Time,
    what: i64,
    open: Option<bool>,
    sponsor: Option<MemberId>,
}

impl Known {
    fn is(&self, what: Turn) -> bool {
        self.what == what as i64
    }
}

/// All that was learned of communities, in the order it was: it tells of every cut.
#[derive(Clone, Debug, Default)]
pub struct Communities(BTreeMap<CommunityId, Vec<Known>>);

impl Communities {
    /// Reads what was known at a cut.
    pub fn read(snapshot: &Snapshot, cut: Day) -> Result<Self, Error> {
        let mut communities = Self::default();
        let sql = "SELECT community, known, day, at, what, open, sponsor FROM figure_communities
            WHERE known <= ?1 ORDER BY position";
        snapshot.rows(sql, &[cut.into()], |row| {
            let (known, day, at) = (col(row, 1)?, col(row, 2)?, col(row, 3)?);
            let (what, open, sponsor) = (col(row, 4)?, col(row, 5)?, maybe_id(row, 6)?);
            let turn = Known { known, day, at, what, open, sponsor };
            communities.0.entry(id(row, 0)?).or_default().push(turn);
            Ok(())
        })?;
        Ok(communities)
    }

    /// The communities that were there on a day, with the day on which each was founded.
    pub fn founded(&self, day: Day, cut: Day) -> impl Iterator<Item = (CommunityId, Day)> + '_ {
        self.0.iter().filter_map(move |(community, turns)| {
            let is_founding = |turn: &&Known| turn.is(Turn::Founded) && turn.known <= cut && turn.day <= day;
            turns.iter().find(is_founding).map(|turn| (*community, turn.day))
        })
    }

    /// What was learned last of a community by a cut, of what had become of it by then.
    fn last(&self, community: CommunityId, of: impl Fn(&Known) -> bool) -> Option<&Known> {
        self.0.get(&community)?.iter().rfind(|turn| of(turn))
    }

    /// Whether everybody may read in a community on a day.
    pub fn is_open(&self, community: CommunityId, day: Day, cut: Day) -> bool {
        let said = |turn: &Known| turn.open.is_some() && turn.day <= day && turn.known <= cut;
        self.last(community, said).is_some_and(|turn| turn.open == Some(true))
    }

    /// Since which day nothing new is done in a community, on a day.
    pub fn archived(&self, community: CommunityId, day: Day, cut: Day) -> Option<Day> {
        let turned = |turn: &Known| {
            (turn.is(Turn::Archived) || turn.is(Turn::Reopened)) && turn.day <= day && turn.known <= cut
        };
        self.last(community, turned).filter(|turn| turn.is(Turn::Archived)).map(|turn| turn.day)
    }

    /// Who sponsors a community at an instant.
    pub fn sponsor(&self, community: CommunityId, at: Time, cut: Day) -> Option<MemberId> {
        let named = |turn: &Known| turn.is(Turn::Sponsored) && turn.at <= at && turn.known <= cut;
        self.last(community, named)?.sponsor
    }
}
