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
use crate::snapshot::ByIds;
use crate::value::{Value, col, id, maybe_id};
use crate::{Error, Page, Paging, Snapshot, Viewer};

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
    ($select:expr, $phrased:expr) => {
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
            ") ELSE TRUE END AND (?5 IS NULL OR ",
            $phrased,
            ")"
        )
    };
}

// Whether all phrases of `?5` stand in a text. The index keeps no places, so this is asked of what it finds.
macro_rules! phrased {
    ($text:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM json_each(?5) p WHERE instr(",
            $text,
            ", ' ' || p.value || ' ') = 0)"
        )
    };
}
macro_rules! in_name {
    () => {
        phrased!("' ' || s.name || ' '")
    };
}
// No phrase goes from a name into a text: no word has a bar.
macro_rules! anywhere {
    () => {
        phrased!("' ' || s.name || ' | ' || s.text || ' '")
    };
}

/// Whose names hold what is sought.
const NAMES: List = List { select: found!("s.item, s.kind, w.rowid AS at", in_name!()), ..TEXTS };

/// What holds it otherwise, behind names that are all on the page if there is room for anything else: what stands there
/// already is left out by that, and the index need not look for names again.
const BEHIND_NAMES: List = List {
    select: concat!(
        found!("s.item, s.kind, w.rowid AS at", anywhere!()),
        " AND w.rowid NOT IN (SELECT at FROM held)"
    ),
    ..TEXTS
};

/// What holds it otherwise: unless there are phrases the index itself leaves the names out, which are `?6`.
const TEXTS: List = List {
    select: found!(
        "s.item, s.kind, w.rowid AS at",
        concat!(
            anywhere!(),
            " AND NOT (",
            in_name!(),
            " AND EXISTS (SELECT 1 FROM search_words n WHERE n.search_words MATCH ?6 AND n.rowid = w.rowid))"
        )
    ),
    key: "w.rowid",
    descending: true,
};

/// What is found for a viewer: names first, then texts, each the newest first. Two statements, whatever its kinds.
pub fn search(
    snapshot: &Snapshot,
    viewer: &Viewer,
    query: &Query,
    paging: &Paging<ByMatch>,
) -> Result<Page<Hit>, Error> {
    let names: Value = query.in_names().as_str().into();
    let parts = parts(query, paging);
    if parts.is_empty() {
        return Ok(Page { rows: vec![], more: false });
    }
    let [viewed, since, until, phrases] = given(viewer, query);
    let given = [viewed, Value::Null, since, until, phrases, names];
    let page = List::page_across(snapshot, &given, &parts, paging.take, |part, row| {
        Ok((id::<Uuid>(row, 0)?, col(row, 1)?, (part, col(row, 2)?)))
    })?;
    with_entries(snapshot, viewer, page)
}

/// A stretch of one of the two lists: its number, the list, what the index is asked for, and which part.
type Stretch = (i64, &'static List, Value, Paging<ByPosition>);

/// The parts of both lists that a page is made of, in the order in which they are read.
fn parts(query: &Query, paging: &Paging<ByMatch>) -> Vec<Stretch> {
    let from_end = paging.take.rows().1;
    let names = within(paging, 0).map(|part| (0, &NAMES, query.in_names().as_str().into(), part));
    let all_names = names.as_ref().is_some_and(|(.., part)| part.after.is_none() && part.before.is_none());
    let (list, sought) = match all_names && !from_end {
        true => (&BEHIND_NAMES, query.anywhere()),
        false => (&TEXTS, query.in_texts()),
    };
    let texts = within(paging, 1).map(|part| (1, list, sought.as_str().into(), part));
    let mut parts: Vec<Stretch> = names.into_iter().chain(texts).collect();
    if from_end {
        parts.reverse();
    }
    parts
}

/// The viewer, the time from which and until which something is sought, and the phrases in it.
fn given(viewer: &Viewer, query: &Query) -> [Value; 4] {
    let filters = &query.filters;
    let (since, until) = (filters.since.map(Time::micros), filters.until.map(Time::micros));
    let [since, until] = [since.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX)];
    [viewer.value(), Value::Int(since), Value::Int(until), query.phrases()]
}

/// The part of one of the two lists that a page of both together asks for; nothing where it asks for none of it.
fn within(paging: &Paging<ByMatch>, part: i64) -> Option<Paging<ByPosition>> {
    let bound = |key: Option<ByMatch>, all_of_it: Ordering| match key {
        None => Some(None),
        Some((at, position)) if at == part => Some(Some(position)),
        Some((at, _)) => (at.cmp(&part) == all_of_it).then_some(None),
    };
    Some(Paging {
        after: bound(paging.after, Ordering::Less)?,
        before: bound(paging.before, Ordering::Greater)?,
        take: paging.take,
    })
}

/// A kind of entry: what its rows are read with.
struct Source {
    kind: Kind,
    by_ids: &'static ByIds,
    read: fn(&Row<'_>) -> rusqlite::Result<(Uuid, Entry)>,
}

macro_rules! source {
    ($kind:ident, $by_ids:path, $read:expr) => {
        Source {
            kind: Kind::$kind,
            by_ids: &$by_ids,
            read: |row| $read(row).map(|found| (found.id.0, Entry::$kind(found))),
        }
    };
}

static SOURCES: [Source; 5] = [
    source!(Post, posts::BY_IDS, |row| posts::read(row, 0)),
    source!(Document, documents::BY_IDS, documents::read),
    source!(Idea, ideas::BY_IDS, ideas::read),
    source!(Member, directory::MEMBERS_BY_IDS, directory::read_member),
    source!(Community, communities::BY_IDS, communities::read_community),
];

fn with_entries(
    snapshot: &Snapshot,
    viewer: &Viewer,
    page: Page<(Uuid, i64, ByMatch)>,
) -> Result<Page<Hit>, Error> {
    let of_kind = |source: &Source| -> Vec<Value> {
        let rows = page.rows.iter().filter(|(_, kind, _)| *kind == source.kind as i64);
        rows.map(|(id, ..)| (*id).into()).collect()
    };
    let kinds: Vec<_> = SOURCES
        .iter()
        .enumerate()
        .map(|(number, source)| (number, source.by_ids, of_kind(source)))
        .filter(|(.., ids)| !ids.is_empty())
        .collect();
    let read = |kind: usize, row: &Row<'_>| (SOURCES[kind].read)(row);
    let mut entries: HashMap<Uuid, Entry> =
        snapshot.by_ids_of_kinds(&[viewer.value()], &kinds, read)?.into_iter().collect();
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
                AND p.valid_from <= ?6 ORDER BY p.valid_from DESC LIMIT 1) ELSE s.department END AS department",
            anywhere!()
        ),
        " ORDER BY w.rowid DESC LIMIT ?7) GROUP BY department ORDER BY department"
    );
    let [viewer, since, until, phrases] = given(viewer, query);
    let sought = query.anywhere().as_str().into();
    let values = [viewer, sought, since, until, phrases, at.into(), Value::Int(COUNTED_MAX.into())];
    snapshot.rows(SQL, &values, |row: &Row<'_>| Ok((maybe_id(row, 0)?, col(row, 1)?)))
}

#[cfg(test)]
mod tests;
