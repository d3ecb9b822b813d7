//! How long management takes to answer what it is asked where it sponsors.

use std::collections::BTreeMap;

use domain::id::{CommunityId, MemberId};
use domain::time::Time;
use uuid::Uuid;

use super::publish::Behind;
use super::sheet::Sheet;
use crate::Error;
use crate::statistics::survival::{End, Wait};
use crate::value::{col, id, maybe_id};

/// A question to a sponsor.
struct Put {
    at: Time,
    by: u32,
    /// Who sponsored the community then.
    to: u32,
    /// When a sponsor answered first.
    answered: Option<Time>,
}

impl Sheet {
    /// From each question in a sponsored community to the first answer of its sponsor, or of somebody on their
    /// behalf; up to an instant. With whose questions they were, and whom they were put to.
    pub(super) fn sponsor_waits(&self, until: Time) -> Result<(Vec<Wait>, [Behind; 2]), Error> {
        let (mut waits, mut sides) = (Vec::new(), [Behind::new(), Behind::new()]);
        for put in self.put_to_sponsors()?.into_values().filter(|put| put.at <= until) {
            let answered = put.answered.filter(|at| *at <= until);
            let micros = answered.unwrap_or(until).micros() - put.at.micros();
            let end = if answered.is_some() { End::Happened } else { End::Censored };
            waits.push(Wait { time: u64::try_from(micros / 1_000_000).unwrap_or(0), end });
            sides[0].push((put.by, 1));
            sides[1].push((put.to, 1));
        }
        Ok((waits, sides))
    }

    fn put_to_sponsors(&self) -> Result<BTreeMap<Uuid, Put>, Error> {
        let (cut, communities) = (self.known.cut(), &self.known.communities);
        let population = &self.known.population;
        let sql = "SELECT q.item, q.at, q.author, q.community, a.at, a.member FROM figure_asked q
            LEFT JOIN figure_answered a ON a.asked_on = q.day AND a.item = q.item AND a.kind = 0 AND a.known <= ?3
            WHERE q.day BETWEEN ?1 AND ?2 AND q.known <= ?3 AND q.kind = 1 AND q.community IS NOT NULL";
        let limits = [self.window.first.into(), self.passed().last.into(), self.known.acts.learned.into()];
        let mut put: BTreeMap<Uuid, Put> = BTreeMap::new();
        self.snapshot()?.rows(sql, &limits, |row| {
            let (at, community): (Time, CommunityId) = (col(row, 1)?, id(row, 3)?);
            let author: MemberId = id(row, 2)?;
            let Some(sponsor) = communities.sponsor(community, at, cut) else { return Ok(()) };
            let people = population.number(author).zip(population.number(sponsor));
            // What sponsors ask is not put to them.
            let Some((by, to)) = people.filter(|(by, to)| by != to) else { return Ok(()) };
            let question = put.entry(id(row, 0)?).or_insert(Put { at, by, to, answered: None });
            let answer = col::<Option<Time>>(row, 4)?.zip(maybe_id::<MemberId>(row, 5)?);
            // Whoever sponsors when they answer answers as the sponsor.
            let of_sponsor =
                answer.filter(|(at, member)| communities.sponsor(community, *at, cut) == Some(*member));
            if let Some((at, _)) = of_sponsor {
                question.answered = Some(question.answered.map_or(at, |first| first.min(at)));
            }
            Ok(())
        })?;
        Ok(put)
    }
}
