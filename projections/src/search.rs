//! Search over posts, documents, ideas, people and communities. What holds all the words in its name comes first, then
//! what holds them anywhere; both in the order in which they became known, the newest first.
//!
//! That order is one of values that never change, so pages meet without gap or repeat while things arrive, and it
//! tells nothing of what a viewer may not see, as a rank by the frequency of words would.

mod excerpt;
mod query;
mod searchable;
mod words;

use std::cmp::Ordering;
use std::collections::HashMap;

use domain::id::DepartmentId;
use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

use crate::audience::{known, unhidden, visible};
use crate::communities::{self, Community};
use crate::directory::{self, Member};
use crate::documents::{self, Document};
use crate::ideas::{self, Idea};
use crate::list::{ByMatch, ByPosition, List};
use crate::posts::{self, Post};
use crate::projection::Projection;
use crate::value::{Value, col, id, maybe_id};
use crate::{Error, Page, Paging, Snapshot, Take, Viewer};

pub use excerpt::{Excerpt, Piece};
pub use query::{CHARACTERS_MAX, Filters, Kind, NotAQuery, Query, WORDS_MAX};
use searchable::SEARCHABLE;
use words::Stemmed;

/// What can be searched for.
pub static PROJECTION: Projection =
    Projection { name: "search", version: 1, tables: &[&SEARCHABLE], fold: searchable::fold };

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A post.
    Post(Post),
    /// A document.
    Document(Document),
    /// An idea.
    Idea(Idea),
    /// A person.
    Member(Member),
    /// A community.
    Community(Community),
}

/// Something that was found, and where it stands among the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The key of its place: whether its name holds the words, then when it became known.
    pub key: ByMatch,
    /// What it is.
    pub entry: Entry,
}

/// Which text of something an excerpt is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its name or title.
    Name,
    /// Its body or summary.
    Text,
}

impl Entry {
    /// What was found of a query in its texts, as they were written.
    pub fn excerpts(&self, query: &Query) -> Vec<(Part, Excerpt)> {
        let by = |language: &Option<String>| Stemmed::by(language.as_deref());
        let (by, name, text) = match self {
            Self::Post(post) => (by(&post.language), None, post.body.as_deref()),
            Self::Document(document) => (Stemmed::Both, document.name.as_deref(), None),
            Self::Idea(idea) => (by(&idea.language), idea.title.as_deref(), idea.body.as_deref()),
            Self::Member(member) => (Stemmed::Not, member.name.as_deref(), None),
            Self::Community(group) => (Stemmed::Both, group.name.as_deref(), group.summary.as_deref()),
        };
        let of = |part, text: Option<&str>| Some((part, excerpt::excerpt(query, text?, by)?));
        [of(Part::Name, name), of(Part::Text, text)].into_iter().flatten().collect()
    }
}

// What the index finds `?2` of the times from `?3` to `?4` that the viewer `?1` may know of: a community as it is
// known, what stands in one or is addressed as it is read, ideas unless they are hidden, people for everybody.
macro_rules! found {
    ($select:expr) => {
        concat!(
            "SELECT ",
            $select,
            " FROM search_words w CROSS JOIN searchable s ON s.position = w.rowid
                WHERE w.search_words MATCH ?2 AND s.published_at >= ?3 AND s.published_at < ?4
                AND CASE WHEN s.kind < 2 THEN ",
            visible!("s", "item"),
            " WHEN s.kind = 2 THEN ",
            unhidden!("s.item"),
            " WHEN s.kind = 4 THEN EXISTS (SELECT 1 FROM communities c WHERE c.community = s.item AND ",
            known!("c"),
            ") ELSE TRUE END"
        )
    };
}

const FOUND: List = List { select: found!("s.item, s.kind, w.rowid"), key: "w.rowid", descending: true };

/// What is found for a viewer: names first, then texts, each the newest first. At most a statement for each of the two
/// and for each kind of thing among them.
pub fn search(
    snapshot: &Snapshot,
    viewer: &Viewer,
    query: &Query,
    paging: &Paging<ByMatch>,
) -> Result<Page<Hit>, Error> {
    let mut parts = [(0, query.in_names()), (1, query.in_texts())];
    let (count, from_end) = paging.take.rows();
    if from_end {
        parts.reverse();
    }
    let (mut found, mut more) = (Vec::new(), false);
    for (part, sought) in parts {
        let left = count - found.len();
        let take = if from_end { Take::Last(left) } else { Take::First(left) };
        let Some(paging) = within(paging, part, take) else { continue };
        let page = FOUND.page(snapshot, &given(viewer, &sought, query), &paging, |row| {
            let kind: i64 = col(row, 1)?;
            Ok((id::<Uuid>(row, 0)?, kind, (part, col(row, 2)?)))
        })?;
        let at = if from_end { 0 } else { found.len() };
        found.splice(at..at, page.rows);
        more = page.more;
        if more {
            break;
        }
    }
    with_entries(snapshot, viewer, Page { rows: found, more })
}

fn given(viewer: &Viewer, sought: &str, query: &Query) -> [Value; 4] {
    let filters = &query.filters;
    let (since, until) = (filters.since.map(Time::micros), filters.until.map(Time::micros));
    let [since, until] = [since.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX)];
    [viewer.value(), sought.into(), Value::Int(since), Value::Int(until)]
}

/// The part of one of the two lists that a page of both together asks for; nothing where it asks for none of it.
fn within(paging: &Paging<ByMatch>, part: i64, take: Take) -> Option<Paging<ByPosition>> {
    let bound = |key: Option<ByMatch>, all_of_it: Ordering| match key {
        None => Some(None),
        Some((at, position)) if at == part => Some(Some(position)),
        Some((at, _)) => (at.cmp(&part) == all_of_it).then_some(None),
    };
    Some(Paging {
        after: bound(paging.after, Ordering::Less)?,
        before: bound(paging.before, Ordering::Greater)?,
        take,
    })
}

fn with_entries(
    snapshot: &Snapshot,
    viewer: &Viewer,
    page: Page<(Uuid, i64, ByMatch)>,
) -> Result<Page<Hit>, Error> {
    let mut entries: HashMap<Uuid, Entry> = HashMap::new();
    macro_rules! load {
        ($kind:ident($find:path)) => {
            let of_kind = page.rows.iter().filter(|(_, kind, _)| *kind == Kind::$kind as i64);
            let ids: Vec<_> = of_kind.map(|(id, ..)| (*id).into()).collect();
            if !ids.is_empty() {
                let found = $find(snapshot, viewer, &ids)?.into_iter();
                entries.extend(found.map(|row| (row.id.0, Entry::$kind(row))));
            }
        };
    }
    load!(Post(posts::by_ids));
    load!(Document(documents::by_ids));
    load!(Idea(ideas::by_ids));
    load!(Member(directory::members_by_ids));
    load!(Community(communities::by_ids));
    let hit = |(id, _, key): (Uuid, i64, ByMatch)| entries.remove(&id).map(|entry| Hit { key, entry });
    Ok(Page { rows: page.rows.into_iter().filter_map(hit).collect(), more: page.more })
}

/// The most results that are counted by department.
pub const COUNTED_MAX: u32 = 1_000;

/// How many results belong to which department, of the newest [`COUNTED_MAX`]: contents and communities to the one they
/// came from, people to the one they are in at a time; to none what nobody of a department brought.
pub fn by_department(
    snapshot: &Snapshot,
    viewer: &Viewer,
    query: &Query,
    at: Time,
) -> Result<Vec<(Option<DepartmentId>, u32)>, Error> {
    const SQL: &str = concat!(
        "SELECT department, count(*) FROM (",
        found!(
            "CASE s.kind WHEN 3 THEN (SELECT p.department FROM places p WHERE p.member = s.item
                AND p.valid_from <= ?5 ORDER BY p.valid_from DESC LIMIT 1) ELSE s.department END AS department"
        ),
        " ORDER BY w.rowid DESC LIMIT ?6) GROUP BY department ORDER BY department"
    );
    let [viewer, sought, since, until] = given(viewer, &query.anywhere(), query);
    let values = [viewer, sought, since, until, at.into(), Value::Int(COUNTED_MAX.into())];
    snapshot.rows(SQL, &values, |row: &Row<'_>| Ok((maybe_id(row, 0)?, col(row, 1)?)))
}

#[cfg(test)]
mod tests;
