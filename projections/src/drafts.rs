//! Drafts, for their authors alone; and those whose time has come, for whatever publishes them.

use domain::audience::Audience;
use domain::draft::Event as Drafted;
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, DraftId, MemberId};
use domain::post::Kind;
use domain::sealed::Sealed;
use domain::time::Time;
use rusqlite::Row;

use crate::list::{ByTime, List};
use crate::posts::{addressees, kind, read_topics, topics};
use crate::projection::Projection;
use crate::table::{Layout, Table, delete, update, upsert};
use crate::value::{Value, col, id, ids, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

// What has ended has no row.
static DRAFTS: Table = Table {
    name: "drafts",
    key: &["draft BLOB NOT NULL"],
    columns: &[
        "author BLOB NOT NULL DEFAULT x''",
        "kind INTEGER NOT NULL DEFAULT 0",
        "pinned INTEGER NOT NULL DEFAULT 0",
        "saved_at INTEGER NOT NULL DEFAULT 0",
        "revision INTEGER NOT NULL DEFAULT 0",
        "publish_at INTEGER",
        "refused_for INTEGER",
        "refusal TEXT",
        "community BLOB",
        "addressees BLOB",
        "language TEXT",
        "topics TEXT",
        "mentions BLOB",
        "body TEXT",
    ],
    layout: Layout::Heap,
    also: &[
        "CREATE INDEX drafts_of_author ON drafts(author, saved_at, draft)",
        "CREATE INDEX drafts_due ON drafts(publish_at, draft) WHERE publish_at IS NOT NULL",
    ],
    looked_up: &[],
};

/// Drafts.
pub static PROJECTION: Projection = Projection { name: "drafts", version: 2, tables: &[&DRAFTS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Draft(event) = &recorded.event else { return };
    match event {
        Drafted::Saved(e) => {
            let audience = e.audience.open().and_then(Option::as_ref);
            // A draft is saved more than once, and what is scheduled stays so.
            upsert!(writes, DRAFTS [e.draft] {
                author = e.author,
                kind = e.kind as i64,
                pinned = e.pinned,
                saved_at = recorded.metadata.occurred_at,
                revision = recorded.revision,
                community = audience.and_then(Audience::community),
                addressees = audience.map_or(Value::Null, addressees),
                language = e.language.open().and_then(Option::as_ref).map(|language| language.as_str()),
                topics = opened(&e.topics, topics),
                mentions = opened(&e.mentions, Value::ids),
                body = &e.body,
            });
        }
        Drafted::Scheduled(e) => update!(writes, DRAFTS [e.draft] {
            publish_at = e.publish_at,
            revision = recorded.revision,
            refused_for = Value::Null,
            refusal = Value::Null,
        }),
        Drafted::Unscheduled(e) => update!(writes, DRAFTS [e.draft] {
            publish_at = Value::Null,
            revision = recorded.revision,
        }),
        Drafted::Refused(e) => update!(writes, DRAFTS [e.draft] {
            publish_at = Value::Null,
            revision = recorded.revision,
            refused_for = e.publish_at,
            refusal = &e.code,
        }),
        Drafted::Discarded(e) => delete!(writes, DRAFTS[e.draft]),
        Drafted::Published(e) => delete!(writes, DRAFTS[e.draft]),
    }
}

fn opened<T>(sealed: &Sealed<Vec<T>>, value: impl FnOnce(&[T]) -> Value) -> Value {
    sealed.open().map_or(Value::Null, |several| value(several))
}

/// A draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// Whose it is.
    pub author: MemberId,
    /// What it is to be.
    pub kind: Kind,
    /// It is to stay at the head of its community.
    pub pinned: bool,
    /// When it was last rewritten.
    pub saved_at: Time,
    /// The revision of what it says and of its time, on which a change is based.
    pub revision: u64,
    /// When it is to be published, if it is.
    pub publish_at: Option<Time>,
    /// When it was to be published and could not, if that was so.
    pub refused_for: Option<Time>,
    /// The code of the refusal.
    pub refusal: Option<String>,
    /// The community it is to go to, if to one.
    pub community: Option<CommunityId>,
    /// To whom it is to go, if to members.
    pub addressees: Vec<MemberId>,
    /// The language it is written in, if said, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// The text; nothing once it is gone.
    pub body: Option<String>,
}

impl Draft {
    /// The key of its place in the list of drafts.
    pub fn key(&self) -> ByTime {
        (self.saved_at, self.id.0)
    }
}

macro_rules! drafts_where {
    ($where:literal) => {
        concat!(
            "SELECT draft, author, kind, pinned, saved_at, revision, publish_at, refused_for, refusal, community,
                addressees, language, topics, mentions, body FROM drafts WHERE ",
            $where
        )
    };
}

pub(crate) const OWN: List =
    List { select: drafts_where!("author = ?1"), key: "saved_at, draft", descending: true };

/// The viewer's drafts, the one saved last first.
pub fn own(snapshot: &Snapshot, viewer: &Viewer, paging: &Paging<ByTime>) -> Result<Page<Draft>, Error> {
    OWN.page(snapshot, &[viewer.value()], paging, read)
}

/// The viewer's drafts by their ids, in no order.
pub fn by_ids(snapshot: &Snapshot, viewer: &Viewer, ids: &[DraftId]) -> Result<Vec<Draft>, Error> {
    let sql = drafts_where!("author = ?1 AND draft IN ({ids})");
    snapshot.by_ids(sql, &[viewer.value()], ids.iter().copied(), read)
}

const DUE: &str =
    drafts_where!("publish_at IS NOT NULL AND publish_at <= ?1 ORDER BY publish_at, draft LIMIT ?2");

/// Drafts whose time has come, the longest due first: for whatever publishes them.
pub fn due(snapshot: &Snapshot, now: Time, at_most: u32) -> Result<Vec<Draft>, Error> {
    snapshot.rows(DUE, &[now.into(), at_most.into()], read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: id(row, 0)?,
        author: id(row, 1)?,
        kind: kind(col(row, 2)?),
        pinned: col(row, 3)?,
        saved_at: col(row, 4)?,
        revision: col(row, 5)?,
        publish_at: col(row, 6)?,
        refused_for: col(row, 7)?,
        refusal: col(row, 8)?,
        community: maybe_id(row, 9)?,
        addressees: ids(row, 10)?,
        language: col(row, 11)?,
        topics: read_topics(row, 12)?,
        mentions: ids(row, 13)?,
        body: col(row, 14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{assert_indexed, draft, history, member, post};
    use domain::draft::{Published, Refused, Saved, Scheduled};

    fn saved(n: u64, by: u64, body: Sealed<String>) -> Saved {
        let audience =
            if body == Sealed::Gone { Sealed::Gone } else { Some(Audience::Members(vec![member(9)])).into() };
        Saved {
            draft: draft(n),
            author: member(by),
            kind: Kind::Question,
            pinned: false,
            audience,
            language: Sealed::Gone,
            mentions: Sealed::Gone,
            topics: Sealed::Gone,
            body,
        }
    }

    fn scheduled(n: u64, by: u64, micros: i64) -> Scheduled {
        let publish_at = Time::try_from_micros(micros).unwrap();
        Scheduled { draft: draft(n), author: member(by), publish_at }
    }

    fn refused(n: u64, by: u64) -> Refused {
        let (publish_at, code) = (Time::EPOCH, "COMMUNITY_ARCHIVED".to_owned());
        Refused { draft: draft(n), author: member(by), publish_at, code }
    }

    #[test]
    fn each_event_writes_also_when_its_text_is_gone() {
        let given = history().and(saved(1, 2, Sealed::Gone)).and(scheduled(1, 2, 7)).and(refused(1, 2));
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        upsert drafts draft=d:1 author=2:2 kind=1 pinned=0 saved_at=1700000001000000 revision=1 community=- addressees=- language=- topics=- mentions=- body=-
        update drafts draft=d:1 revision=2 publish_at=7 refused_for=- refusal=-
        update drafts draft=d:1 revision=3 publish_at=- refused_for=0 refusal="COMMUNITY_ARCHIVED"
        "#);
    }

    #[test]
    fn a_member_finds_their_own_drafts_the_one_saved_last_first() {
        let text = || "Text".to_owned().into();
        let given = history().and(saved(1, 2, text())).and(saved(2, 2, text())).and(saved(3, 4, text()));
        let given = given.and(saved(1, 2, text())).and(saved(5, 2, text()));
        let given = given.and(Published { draft: draft(5), author: member(2), post: post(1) });
        let snapshot = given.snapshot();
        let own = |viewer| own(&snapshot, &viewer, &Paging::first(9)).unwrap().rows;
        let rows = own(Viewer::Member(member(2)));
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [draft(1), draft(2)]);
        assert_eq!((rows[0].kind, rows[0].body.as_deref()), (Kind::Question, Some("Text")));
        assert_eq!(rows[0].addressees, [member(9)]);
        assert_eq!(own(Viewer::Operator), [], "not even whoever sees everything");
        assert_eq!(by_ids(&snapshot, &Viewer::Member(member(4)), &[draft(1), draft(3)]).unwrap().len(), 1);
    }

    #[test]
    fn what_is_due_is_found_until_it_was_refused_or_published() {
        let text = || "Text".to_owned().into();
        let given = history().and(saved(1, 2, text())).and(saved(2, 2, text())).and(saved(3, 2, text()));
        let given = given.and(scheduled(1, 2, 30)).and(scheduled(2, 2, 20)).and(scheduled(3, 2, 10));
        let given = given.and(saved(2, 2, text())).and(refused(3, 2));
        let due = |micros| {
            let now = Time::try_from_micros(micros).unwrap();
            due(&given.snapshot(), now, 9).unwrap().iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!((due(19), due(20), due(40)), (vec![], vec![draft(2)], vec![draft(2), draft(1)]));
    }

    #[test]
    fn lists_of_drafts_are_read_by_their_index() {
        let snapshot = history().and(saved(1, 2, Sealed::Gone)).snapshot();
        assert_indexed(&snapshot, &OWN.sql(1, 2, false));
        assert_indexed(&snapshot, DUE);
    }
}
