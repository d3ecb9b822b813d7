//! Whom and what members follow. Followers are counted for topics alone: people are not ranked by who follows them,
//! and nobody learns whom another follows.

use domain::event::{Event, Recorded};
use domain::follow::{self, Followed, topic_id};
use domain::id::MemberId;
use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

use crate::list::{ByTime, List};
use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put, upsert};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

// `topic` is the word of a topic; a person has none.
static FOLLOWS: Table = Table {
    name: "follows",
    key: &["member BLOB NOT NULL", "followed BLOB NOT NULL"],
    columns: &["topic TEXT", "since INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &["CREATE INDEX follows_by_time ON follows(member, since, followed)"],
    looked_up: &[],
};

static TOPICS: Table = Table {
    name: "followed_topics",
    key: &["topic BLOB NOT NULL"],
    columns: &["followers INTEGER NOT NULL DEFAULT 0"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Follows, and how many follow each topic.
pub static PROJECTION: Projection =
    Projection { name: "follows", version: 1, tables: &[&FOLLOWS, &TOPICS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Follow(event) = &recorded.event else { return };
    let since = recorded.metadata.occurred_at;
    let (followed, change) = match event {
        follow::Event::Begun(e) => {
            let topic: Value = match &e.followed {
                Followed::Member(_) => Value::Null,
                Followed::Topic(topic) => topic.as_str().into(),
            };
            put!(writes, FOLLOWS { member: e.member, followed: e.followed.id(), topic: topic, since: since });
            (&e.followed, 1)
        }
        follow::Event::Ended(e) => {
            delete!(writes, FOLLOWS [e.member, e.followed.id()]);
            (&e.followed, -1)
        }
    };
    if let Followed::Topic(_) = followed {
        upsert!(writes, TOPICS [followed.id()] { followers += change });
    }
}

/// What somebody follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// Whom, or what.
    pub followed: Followed,
    /// Since when.
    pub since: Time,
}

impl Follow {
    /// The key of its place in the list.
    pub fn key(&self) -> ByTime {
        (self.since, self.followed.id())
    }
}

const OF_MEMBER: List = List {
    select: "SELECT followed, topic, since FROM follows WHERE member = ?1",
    key: "since, followed",
    descending: true,
};

/// Whom and what the viewer follows, the newest first; nothing for anybody but a member.
pub fn of_viewer(
    snapshot: &Snapshot,
    viewer: &Viewer,
    paging: &Paging<ByTime>,
) -> Result<Page<Follow>, Error> {
    OF_MEMBER.page(snapshot, &[viewer.value()], paging, read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Follow> {
    let topic = col::<Option<String>>(row, 1)?.and_then(|word| word.parse().ok());
    let followed = match topic {
        Some(topic) => Followed::Topic(topic),
        None => Followed::Member(id(row, 0)?),
    };
    Ok(Follow { followed, since: col(row, 2)? })
}

/// Which of these members the viewer follows.
pub fn followed_members(
    snapshot: &Snapshot,
    viewer: &Viewer,
    members: &[MemberId],
) -> Result<Vec<MemberId>, Error> {
    let sql = "SELECT followed FROM follows WHERE member = ?1 AND followed IN ({ids})";
    snapshot.by_ids(sql, &[viewer.value()], members.iter().copied(), |row| id(row, 0))
}

/// The fewest followers of a topic that are counted aloud: fewer could be guessed by name.
pub const FOLLOWERS_SHOWN_FROM: u64 = 5;

/// How a topic is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// By how many members, if by enough of them.
    pub followers: Option<u64>,
    /// Whether by the viewer.
    pub by_viewer: bool,
}

/// How topics are followed, each by its word, in no order; those that nobody ever followed are left out.
pub fn topics(
    snapshot: &Snapshot,
    viewer: &Viewer,
    words: &[String],
) -> Result<Vec<(String, Following)>, Error> {
    const SQL: &str = "SELECT t.topic, t.followers, EXISTS (SELECT 1 FROM follows f
            WHERE f.member = ?1 AND f.followed = t.topic)
        FROM followed_topics t WHERE t.topic IN ({ids})";
    let ids = words.iter().map(|word| topic_id(word));
    let found = snapshot.by_ids(SQL, &[viewer.value()], ids, |row| {
        let followers = Some(col::<u64>(row, 1)?).filter(|count| *count >= FOLLOWERS_SHOWN_FROM);
        Ok((id::<Uuid>(row, 0)?, Following { followers, by_viewer: col(row, 2)? }))
    })?;
    let of = |word: &String| found.iter().find(|(topic, _)| *topic == topic_id(word));
    Ok(words.iter().filter_map(|word| Some((word.clone(), of(word)?.1))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{History, assert_indexed, history, member};
    use domain::follow::{Begun, Ended};

    fn safety() -> Followed {
        Followed::Topic("safety".parse().unwrap())
    }

    fn begun(n: u64, followed: Followed) -> Begun {
        Begun { followed, member: member(n) }
    }

    fn given() -> History {
        let given = history().and(begun(1, Followed::Member(member(2)))).and(begun(1, safety()));
        (2..6).fold(given, |given, n| given.and(begun(n, safety())))
    }

    #[test]
    fn each_event_writes_and_nothing_of_it_can_be_gone() {
        let given = history()
            .and(begun(1, Followed::Member(member(2))))
            .and(begun(1, safety()))
            .and(Ended { followed: safety(), member: member(1) });
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put follows member=2:1 followed=2:2 topic=- since=1700000001000000
        put follows member=2:1 followed=9a18d35a7cd7516f:a5c1e28e7e52e44f topic="safety" since=1700000002000000
        delete follows member=2:1 followed=9a18d35a7cd7516f:a5c1e28e7e52e44f
        upsert followed_topics topic=9a18d35a7cd7516f:a5c1e28e7e52e44f followers=+1
        upsert followed_topics topic=9a18d35a7cd7516f:a5c1e28e7e52e44f followers=-1
        "#);
    }

    #[test]
    fn a_member_sees_whom_and_what_they_follow_and_nobody_else_does() {
        let given = given();
        let listed = |viewer| {
            let page = of_viewer(&given.snapshot(), &viewer, &Paging::first(9)).unwrap();
            page.rows.into_iter().map(|row| row.followed).collect::<Vec<_>>()
        };
        assert_eq!(listed(Viewer::Member(member(1))), [safety(), Followed::Member(member(2))]);
        assert_eq!(listed(Viewer::Member(member(2))), [safety()]);
        assert_eq!(listed(Viewer::Operator), []);
        let of = |n| {
            followed_members(&given.snapshot(), &Viewer::Member(member(n)), &[member(2), member(3)]).unwrap()
        };
        assert_eq!((of(1), of(3)), (vec![member(2)], vec![]));
    }

    #[test]
    fn the_followers_of_a_topic_are_counted_once_they_are_five() {
        let count = |given: &History| {
            let words = ["safety".to_owned(), "oven".to_owned()];
            topics(&given.snapshot(), &Viewer::Member(member(1)), &words).unwrap()
        };
        let followed = |followers| vec![("safety".to_owned(), Following { followers, by_viewer: true })];
        assert_eq!(count(&given()), followed(Some(5)));
        let four = given().and(Ended { followed: safety(), member: member(3) });
        assert_eq!(count(&four), followed(None));
    }

    #[test]
    fn no_page_scans_or_sorts() {
        let snapshot = given().snapshot();
        for from_end in [false, true] {
            assert_indexed(&snapshot, &OF_MEMBER.sql(1, 2, from_end));
        }
    }
}
