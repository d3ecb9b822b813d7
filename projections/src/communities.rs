//! Communities, and who stands where towards them. Who leads or sponsors a community is inside it as its members are;
//! its leader counts as a member.

use domain::community::{self, Access};
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, MemberId};
use domain::membership::{self, Standing};
use domain::time::Time;
use rusqlite::Row;

use crate::audience::{inside, known, reads_in};
use crate::list::{ById, ByName, List, each};
use crate::projection::Projection;
use crate::snapshot::ByIds;
use crate::table::{Layout, Table, put, update, upsert};
use crate::value::{Value, col, id, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static COMMUNITIES: Table = Table {
    name: "communities",
    key: &["community BLOB NOT NULL"],
    columns: &[
        "access INTEGER NOT NULL",
        "leader BLOB NOT NULL",
        "sponsor BLOB",
        "founded_at INTEGER NOT NULL",
        "archived_at INTEGER",
        "members INTEGER NOT NULL DEFAULT 0",
        "listed_as TEXT NOT NULL",
        "revision INTEGER NOT NULL",
        "name TEXT",
        "summary TEXT",
    ],
    layout: Layout::Clustered,
    also: &["CREATE INDEX communities_by_name ON communities(listed_as, community)"],
    looked_up: &[],
};

// `inside` and `counted` are 1 where they hold: sums of bits that no order of events disturbs.
static MEMBERSHIPS: Table = Table {
    name: "memberships",
    key: &["community BLOB NOT NULL", "member BLOB NOT NULL"],
    columns: &[
        "standing INTEGER NOT NULL DEFAULT 0",
        "moderator INTEGER NOT NULL DEFAULT 0",
        "leads INTEGER NOT NULL DEFAULT 0",
        "sponsors INTEGER NOT NULL DEFAULT 0",
        "since INTEGER NOT NULL DEFAULT 0",
    ],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX memberships_by_member ON memberships(member, community)
            WHERE standing = 3 OR leads > 0 OR sponsors > 0",
        "CREATE INDEX memberships_counted ON memberships(community, member) WHERE standing = 3 OR leads > 0",
        "CREATE INDEX memberships_asking ON memberships(community, since, member) WHERE standing = 1",
        "CREATE TRIGGER membership_begun AFTER INSERT ON memberships WHEN NEW.standing = 3 OR NEW.leads > 0 BEGIN
            UPDATE communities SET members = members + 1 WHERE community = NEW.community; END",
        "CREATE TRIGGER membership_changed AFTER UPDATE ON memberships
            WHEN (OLD.standing = 3 OR OLD.leads > 0) <> (NEW.standing = 3 OR NEW.leads > 0) BEGIN
            UPDATE communities SET members = members + (NEW.standing = 3 OR NEW.leads > 0)
                - (OLD.standing = 3 OR OLD.leads > 0) WHERE community = NEW.community; END",
    ],
    looked_up: &[],
};

/// Communities and memberships.
pub static PROJECTION: Projection =
    Projection { name: "communities", version: 3, tables: &[&COMMUNITIES, &MEMBERSHIPS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match &recorded.event {
        Event::Community(event) => fold_community(event, recorded, writes),
        Event::Membership(event) => fold_membership(event, at, writes),
        _ => {}
    }
}

fn fold_community(event: &community::Event, recorded: &Recorded, writes: &mut Writes) {
    use community::Event as E;
    let at = recorded.metadata.occurred_at;
    match event {
        E::Founded(e) => {
            put!(
                writes,
                COMMUNITIES {
                    community: e.community,
                    access: e.access as i64,
                    leader: e.leader,
                    sponsor: Value::Null,
                    founded_at: at,
                    archived_at: Value::Null,
                    members: 0,
                    listed_as: listed_as(e.name.open()),
                    revision: recorded.revision,
                    name: &e.name,
                    summary: &e.summary,
                }
            );
            upsert!(writes, MEMBERSHIPS [e.community, e.leader] { leads += 1, since = at });
        }
        E::Described(e) => update!(writes, COMMUNITIES [e.community] {
            listed_as = listed_as(e.name.open()),
            revision = recorded.revision,
            name = &e.name,
            summary = &e.summary,
        }),
        E::AccessChanged(e) => update!(writes, COMMUNITIES [e.community] {
            access = e.access as i64,
            revision = recorded.revision,
        }),
        E::LeaderAppointed(e) => {
            update!(writes, COMMUNITIES [e.community] { leader = e.leader, revision = recorded.revision });
            upsert!(writes, MEMBERSHIPS [e.community, e.leader_was] { leads += -1 });
            upsert!(writes, MEMBERSHIPS [e.community, e.leader] { leads += 1 });
        }
        E::SponsorNamed(e) => {
            update!(writes, COMMUNITIES [e.community] { sponsor = e.sponsor, revision = recorded.revision });
            for (sponsor, change) in [(e.sponsor_was, -1), (e.sponsor, 1)] {
                if let Some(sponsor) = sponsor {
                    upsert!(writes, MEMBERSHIPS [e.community, sponsor] { sponsors += change });
                }
            }
        }
        E::Archived(e) => update!(writes, COMMUNITIES [e.community] { archived_at = at }),
        E::Reopened(e) => update!(writes, COMMUNITIES [e.community] { archived_at = Value::Null }),
    }
}

fn fold_membership(event: &membership::Event, at: Time, writes: &mut Writes) {
    use membership::Event as E;
    let (community, member, standing) = match event {
        E::Joined(e) => (e.community, e.member, Standing::Member),
        E::Approved(e) => (e.community, e.member, Standing::Member),
        E::Requested(e) => (e.community, e.member, Standing::Requested),
        E::Invited(e) => (e.community, e.member, Standing::Invited),
        E::Declined(e) => (e.community, e.member, Standing::Outside),
        E::Left(e) => (e.community, e.member, Standing::Outside),
        E::Removed(e) => (e.community, e.member, Standing::Outside),
        E::ModeratorMade(e) => return upsert!(writes, MEMBERSHIPS [e.community, e.member] { moderator = 1 }),
        E::ModeratorUnmade(e) => {
            return upsert!(writes, MEMBERSHIPS [e.community, e.member] { moderator = 0 });
        }
    };
    if standing == Standing::Outside {
        upsert!(writes, MEMBERSHIPS [community, member] { standing = 0, moderator = 0, since = at });
    } else {
        upsert!(writes, MEMBERSHIPS [community, member] { standing = standing as i64, since = at });
    }
}

fn listed_as(name: Option<&String>) -> Value {
    name.map(|name| name.trim().to_lowercase()).unwrap_or_default().as_str().into()
}

/// A community.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// Its id.
    pub id: CommunityId,
    /// Its name; nothing once it is gone.
    pub name: Option<String>,
    /// What it is for.
    pub summary: Option<String>,
    /// Who may come in.
    pub access: Access,
    /// Who leads it.
    pub leader: MemberId,
    /// Who sponsors it, if anybody.
    pub sponsor: Option<MemberId>,
    /// Since when it is there.
    pub founded_at: Time,
    /// Since when it only is to be read, if it was archived.
    pub archived_at: Option<Time>,
    /// How many members it has, its leader among them.
    pub members: u64,
    /// The revision of its name, purpose, access, leader and sponsor, on which a change of them is based.
    pub revision: u64,
    /// The key of its place in the list of communities.
    pub key: ByName,
}

/// A person in a community, or on the way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Where.
    pub community: CommunityId,
    /// Who.
    pub member: MemberId,
    /// Where they stand.
    pub standing: Standing,
    /// They moderate.
    pub moderator: bool,
    /// They lead.
    pub leads: bool,
    /// They sponsor.
    pub sponsors: bool,
    /// Since when they stand there.
    pub since: Time,
}

impl Membership {
    /// Whether they are inside: they joined, lead or sponsor.
    pub fn is_inside(&self) -> bool {
        self.standing == Standing::Member || self.leads || self.sponsors
    }
}

macro_rules! community_columns {
    () => {
        "c.community, c.name, c.summary, c.access, c.leader, c.sponsor, c.founded_at, c.archived_at, c.members,
            c.listed_as, c.revision"
    };
}

const BY_NAME: List = List {
    select: concat!("SELECT ", community_columns!(), " FROM communities c WHERE ", known!("c")),
    key: "listed_as, c.community",
    descending: false,
};

/// The communities that the viewer may know of, by name.
pub fn communities(
    snapshot: &Snapshot,
    viewer: &Viewer,
    paging: &Paging<ByName>,
) -> Result<Page<Community>, Error> {
    BY_NAME.page(snapshot, &[viewer.value()], paging, read_community)
}

pub(crate) const BY_IDS: ByIds = ByIds {
    sql: concat!(
        "SELECT ",
        community_columns!(),
        " FROM communities c WHERE ",
        known!("c"),
        " AND c.community IN ({ids})"
    ),
    columns: 11,
};

/// Communities by their ids, in no order, without those that the viewer may not know of.
pub fn by_ids(snapshot: &Snapshot, viewer: &Viewer, ids: &[CommunityId]) -> Result<Vec<Community>, Error> {
    snapshot.by_ids(BY_IDS.sql, &[viewer.value()], ids.iter().copied(), read_community)
}

/// Which of these communities the viewer may read in: open ones, and those they are inside of.
pub fn readable(
    snapshot: &Snapshot,
    viewer: &Viewer,
    ids: &[CommunityId],
) -> Result<Vec<CommunityId>, Error> {
    let sql = concat!(
        "SELECT c.community FROM communities c WHERE ",
        reads_in!("c"),
        " AND c.community IN ({ids})"
    );
    snapshot.by_ids(sql, &[viewer.value()], ids.iter().copied(), |row| id(row, 0))
}

pub(crate) fn read_community(row: &Row<'_>) -> rusqlite::Result<Community> {
    let community: CommunityId = id(row, 0)?;
    Ok(Community {
        id: community,
        name: col::<Option<String>>(row, 1)?,
        summary: col::<Option<String>>(row, 2)?,
        access: match col(row, 3)? {
            0i64 => Access::Open,
            1 => Access::Request,
            _ => Access::Invitation,
        },
        leader: id(row, 4)?,
        sponsor: maybe_id(row, 5)?,
        founded_at: col(row, 6)?,
        archived_at: col(row, 7)?,
        members: col(row, 8)?,
        revision: col(row, 10)?,
        key: (col(row, 9)?, community.0),
    })
}

macro_rules! membership_columns {
    () => {
        "m.community, m.member, m.standing, m.moderator, m.leads, m.sponsors, m.since"
    };
}

const MEMBERS_OF: List = List {
    select: concat!(
        "SELECT ",
        membership_columns!(),
        " FROM memberships m JOIN communities c ON c.community = m.community WHERE ",
        known!("c"),
        " AND m.community = ?2 AND (m.standing = 3 OR m.leads > 0)"
    ),
    key: "m.member",
    descending: false,
};

/// Of each community, a page of its members, its leader among them, by id.
pub fn members_of(
    snapshot: &Snapshot,
    viewer: &Viewer,
    communities: &[CommunityId],
    paging: &Paging<ById>,
) -> Result<Vec<Page<Membership>>, Error> {
    MEMBERS_OF.pages(snapshot, (&[viewer.value()], &each(communities)), paging, read_membership)
}

const ASKING: List = List {
    select: concat!(
        "SELECT ",
        membership_columns!(),
        " FROM memberships m JOIN communities c ON c.community = m.community WHERE (?1 IS NULL OR EXISTS
            (SELECT 1 FROM memberships v WHERE v.community = m.community AND v.member = ?1 AND ",
        inside!("v"),
        ")) AND m.community = ?2 AND m.standing = 1"
    ),
    key: "m.since, m.member",
    descending: false,
};

/// Who asks to be let into a community, the longest waiting first; seen from inside alone.
pub fn asking(
    snapshot: &Snapshot,
    viewer: &Viewer,
    community: CommunityId,
    paging: &Paging<crate::list::ByTime>,
) -> Result<Page<Membership>, Error> {
    ASKING.page(snapshot, &[viewer.value(), community.into()], paging, read_membership)
}

const COMMUNITIES_OF: List = List {
    select: concat!(
        "SELECT ",
        membership_columns!(),
        " FROM memberships m CROSS JOIN communities c ON c.community = m.community WHERE ",
        known!("c"),
        " AND m.member = ?2 AND ",
        inside!("m")
    ),
    key: "m.community",
    descending: false,
};

/// The communities that somebody is inside of, of those the viewer may know, by id.
pub fn communities_of(
    snapshot: &Snapshot,
    viewer: &Viewer,
    member: MemberId,
    paging: &Paging<ById>,
) -> Result<Page<Membership>, Error> {
    COMMUNITIES_OF.page(snapshot, &[viewer.value(), member.into()], paging, read_membership)
}

/// Whether a member sponsors a community that is not archived.
pub fn sponsors(snapshot: &Snapshot, member: MemberId) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM memberships m CROSS JOIN communities c ON c.community = m.community
        WHERE m.member = ?1 AND m.sponsors > 0 AND c.archived_at IS NULL LIMIT 1";
    Ok(snapshot.row(sql, &[member.into()], |_| Ok(()))?.is_some())
}

/// How a member stands towards communities; those never met are left out.
pub fn standings(
    snapshot: &Snapshot,
    member: MemberId,
    communities: &[CommunityId],
) -> Result<Vec<Membership>, Error> {
    let sql = concat!(
        "SELECT ",
        membership_columns!(),
        " FROM memberships m WHERE m.member = ?1 AND m.community IN ({ids})"
    );
    snapshot.by_ids(sql, &[member.into()], communities.iter().copied(), read_membership)
}

fn read_membership(row: &Row<'_>) -> rusqlite::Result<Membership> {
    Ok(Membership {
        community: id(row, 0)?,
        member: id(row, 1)?,
        standing: match col(row, 2)? {
            0i64 => Standing::Outside,
            1 => Standing::Requested,
            2 => Standing::Invited,
            _ => Standing::Member,
        },
        moderator: col(row, 3)?,
        leads: col::<i64>(row, 4)? > 0,
        sponsors: col::<i64>(row, 5)? > 0,
        since: col(row, 6)?,
    })
}

#[cfg(test)]
mod tests;
