//! How far members have read: up to where each of their feeds, and which notifications one by one. Everybody's own.

use domain::event::{Event, Recorded};
use domain::id::CommunityId;
use domain::reading::{self, Feed};
use domain::time::Time;

use crate::audience::{reads_in, unhidden};
use crate::projection::Projection;
use crate::table::{Layout, Table, put};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Snapshot, Viewer};

static READ_UP_TO: Table = Table {
    name: "read_up_to",
    key: &["member BLOB NOT NULL", "feed BLOB NOT NULL"],
    columns: &["up_to INTEGER"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static NOTIFICATIONS_READ: Table = Table {
    name: "notifications_read",
    key: &["member BLOB NOT NULL", "notification BLOB NOT NULL"],
    columns: &[],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Marks of reading.
pub static PROJECTION: Projection =
    Projection { name: "reading", version: 1, tables: &[&READ_UP_TO, &NOTIFICATIONS_READ], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Reading(reading::Event::FeedMarked(e)) => {
            put!(writes, READ_UP_TO { member: e.member, feed: e.feed.id(), up_to: &e.up_to });
        }
        Event::Reading(reading::Event::NotificationsMarked(e)) => {
            for notification in &e.notifications {
                put!(writes, NOTIFICATIONS_READ { member: e.member, notification: *notification });
            }
        }
        _ => {}
    }
}

/// Up to where the viewer has read a feed, if they ever said so.
pub fn up_to(snapshot: &Snapshot, viewer: &Viewer, feed: Feed) -> Result<Option<Time>, Error> {
    let sql = "SELECT up_to FROM read_up_to WHERE member = ?1 AND feed = ?2";
    let found = snapshot.row(sql, &[viewer.value(), feed.id().into()], |row| col::<Option<Time>>(row, 0))?;
    Ok(found.flatten())
}

/// As far as unread items are counted; beyond, it is said that there are more.
pub const UNREAD_COUNTED: usize = 100;

/// How much is unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// How many items, at most [`UNREAD_COUNTED`].
    pub count: u64,
    /// There are more than were counted.
    pub more: bool,
}

impl Unread {
    /// Of so many found, when one more than is counted was looked for.
    pub(crate) fn of(found: u64) -> Self {
        Self { count: found.min(UNREAD_COUNTED as u64), more: found > UNREAD_COUNTED as u64 }
    }
}

/// What is new to the viewer in communities they may read in, of others, since they marked it last; all of it where
/// they never did. In no order; other communities are left out.
pub fn unread_in(
    snapshot: &Snapshot,
    viewer: &Viewer,
    communities: &[CommunityId],
) -> Result<Vec<(CommunityId, Unread)>, Error> {
    const SQL: &str = concat!(
        "SELECT c.community, (SELECT count(*) FROM (SELECT 1 FROM contents x
            WHERE x.community = c.community AND x.listed = 1 AND x.author <> ?1
            AND x.published_at > ifnull((SELECT r.up_to FROM read_up_to r
                WHERE r.member = ?1 AND r.feed = c.community), -9223372036854775808) AND ",
        unhidden!("x.item"),
        " LIMIT ?2)) FROM communities c WHERE ?1 IS NOT NULL AND ",
        reads_in!("c"),
        " AND c.community IN ({ids})"
    );
    let given = [viewer.value(), Value::from(UNREAD_COUNTED as u64 + 1)];
    snapshot
        .by_ids(SQL, &given, communities.iter().copied(), |row| Ok((id(row, 0)?, Unread::of(col(row, 1)?))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batches::{founded, given, published};
    use crate::given::{History, community, history, member};
    use domain::audience::Audience;
    use domain::community::Access;
    use domain::id::{MemberId, NotificationId};
    use domain::reading::{FeedMarked, NotificationsMarked};
    use domain::sealed::Sealed;
    use uuid::Uuid;

    fn marked(feed: Feed, by: MemberId, up_to: Sealed<Time>) -> FeedMarked {
        FeedMarked { feed, member: by, up_to, up_to_was: None.into() }
    }

    #[test]
    fn each_event_writes_also_when_its_time_is_gone() {
        let notifications = vec![NotificationId(Uuid::from_u128(7))];
        let given = history()
            .and(marked(Feed::Personal, member(1), Time::EPOCH.into()))
            .and(marked(Feed::Community(community(1)), member(1), Sealed::Gone))
            .and(NotificationsMarked { member: member(1), notifications });
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put read_up_to member=2:1 feed=0:1 up_to=0
        put read_up_to member=2:1 feed=3:1 up_to=-
        put notifications_read member=2:1 notification=0:7
        "#);
    }

    #[test]
    fn a_mark_is_its_members_own() {
        let given = history().and(marked(Feed::Personal, member(1), Time::EPOCH.into()));
        let of = |n, feed| up_to(&given.snapshot(), &Viewer::Member(member(n)), feed).unwrap();
        assert_eq!(of(1, Feed::Personal), Some(Time::EPOCH));
        assert_eq!((of(1, Feed::Notifications), of(2, Feed::Personal)), (None, None));
    }

    fn unread(given: &History, n: u64) -> Vec<Unread> {
        let communities = [community(1), community(2)];
        let found = unread_in(&given.snapshot(), &Viewer::Member(member(n)), &communities).unwrap();
        found.into_iter().map(|(_, unread)| unread).collect()
    }

    #[test]
    fn what_others_published_since_the_mark_is_unread_as_far_as_one_may_read() {
        let post = |n, in_: u64| published(n, Audience::Community(community(in_)), Sealed::Gone);
        let given = given().and(founded(2, Access::Request)).and(post(1, 1)).and(post(2, 1)).and(post(3, 2));
        let at = given.time();
        let two = Unread { count: 2, more: false };
        assert_eq!(unread(&given, 4), [two]);
        assert_eq!(unread(&given, 1), [Unread::default(); 2], "one's own posts are no news");
        let given = given.and(marked(Feed::Community(community(1)), member(4), at.into())).and(post(4, 1));
        assert_eq!(unread(&given, 4), [Unread { count: 1, more: false }]);
        assert_eq!(unread(&given, 5), [Unread { count: 3, more: false }]);
    }

    #[test]
    fn no_more_than_a_hundred_are_counted() {
        let here = Audience::Community(community(1));
        let given = (1..=101).fold(given(), |given, n| given.and(published(n, here.clone(), Sealed::Gone)));
        assert_eq!(unread(&given, 4), [Unread { count: 100, more: true }]);
    }
}
