//! Responsiveness: how long what was asked waits for an answer, and whether it gets one.

use std::collections::BTreeMap;

use domain::id::{CommunityId, MemberId};
use domain::time::{Day, Time};
use uuid::Uuid;

use super::deeds::{Answer, Asked};
use super::grid::Window;
use crate::value::{col, id, maybe_id};
use crate::{Error, Snapshot};

/// Something that was asked, and what came back first, of each kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// What it is.
    pub kind: Asked,
    /// When.
    pub at: Time,
    /// Who asked.
    pub author: MemberId,
    /// In which community, if in one.
    pub community: Option<CommunityId>,
    /// On which local day.
    pub day: Day,
    /// When each kind of answer came first.
    pub answers: BTreeMap<Answer, Time>,
}

impl Waiting {
    /// When one of these answers came first.
    pub fn first(&self, of: &[Answer]) -> Option<Time> {
        of.iter().filter_map(|answer| self.answers.get(answer).copied()).min()
    }

    /// Seconds until one of these answers came, and that it did; or seconds it has waited until an instant, or until it
    /// was merged into another.
    pub fn waited(&self, of: &[Answer], until: Time) -> (f64, bool) {
        let until = self.first(&[Answer::Merged]).map_or(until, |merged| merged.min(until));
        let first = self.first(of).filter(|first| *first <= until);
        let end = first.unwrap_or(until).micros() - self.at.micros();
        (end.max(0) as f64 / 1_000_000.0, first.is_some())
    }
}

/// What was asked in a window and what came back, as known at a cut.
pub fn asked(snapshot: &Snapshot, window: Window, cut: Day) -> Result<Vec<Waiting>, Error> {
    let sql = "SELECT q.item, q.kind, q.at, q.author, q.community, q.day, a.kind, min(a.at)
        FROM figure_asked q LEFT JOIN figure_answered a ON a.asked_on = q.day AND a.item = q.item AND a.known <= ?3
        WHERE q.day BETWEEN ?1 AND ?2 AND q.known <= ?3 GROUP BY q.day, q.item, a.kind";
    let mut waiting: Vec<(Uuid, Waiting)> = Vec::new();
    snapshot.rows(sql, &[window.first.into(), window.last.into(), cut.into()], |row| {
        let item: Uuid = id(row, 0)?;
        if waiting.last().is_none_or(|(last, _)| *last != item) {
            let kind = match col::<i64>(row, 1)? {
                0 => Asked::Post,
                1 => Asked::Question,
                _ => Asked::Idea,
            };
            let (at, day, answers) = (col(row, 2)?, col(row, 5)?, BTreeMap::new());
            let (author, community) = (id(row, 3)?, maybe_id(row, 4)?);
            waiting.push((item, Waiting { kind, at, author, community, day, answers }));
        }
        let answer = row.get::<_, Option<i64>>(6)?.and_then(answer).zip(col::<Option<Time>>(row, 7)?);
        if let Some(((_, waiting), (answer, at))) = waiting.last_mut().zip(answer) {
            waiting.answers.insert(answer, at);
        }
        Ok(())
    })?;
    Ok(waiting.into_iter().map(|(_, waiting)| waiting).collect())
}

fn answer(code: i64) -> Option<Answer> {
    use Answer::*;
    [Reply, Best, Accepted, Declined, Implemented, Merged].into_iter().find(|answer| *answer as i64 == code)
}
