//! Who comes in with what: tokens, and the sessions of members in browsers, without any secret or hash of one.

use domain::event::{Event, Recorded};
use domain::id::{MemberId, SessionId, TokenId};
use domain::time::Time;
use domain::token::Scope;
use domain::{session, token};
use rusqlite::Row;

use crate::list::{ByTime, List};
use crate::projection::Projection;
use crate::table::{Layout, Table, put, update, upsert};
use crate::value::{Value, col, id, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static TOKENS: Table = Table {
    name: "tokens",
    key: &["token BLOB NOT NULL"],
    columns: &[
        "member BLOB",
        "issued_at INTEGER NOT NULL",
        "issued_by BLOB",
        "until INTEGER",
        "writes INTEGER NOT NULL",
        "administers INTEGER NOT NULL",
        "revoked_at INTEGER",
    ],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX tokens_by_time ON tokens(issued_at, token)",
        "CREATE INDEX tokens_by_member ON tokens(member, issued_at, token)",
    ],
    looked_up: &[],
};

// `until` is when the link ends, and once the session is opened when that does, prolonged or not.
static SESSIONS: Table = Table {
    name: "sessions",
    key: &["session BLOB NOT NULL"],
    columns: &[
        "member BLOB",
        "until INTEGER NOT NULL DEFAULT 0",
        "offered_at INTEGER",
        "opened_at INTEGER",
        "ended_at INTEGER",
    ],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX sessions_by_end ON sessions(until, session)",
        "CREATE INDEX sessions_by_member ON sessions(member, until, session)",
    ],
    looked_up: &[],
};

/// Tokens and sessions.
pub static PROJECTION: Projection =
    Projection { name: "access", version: 2, tables: &[&TOKENS, &SESSIONS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match &recorded.event {
        Event::Token(token::Event::Issued(e)) => put!(
            writes,
            TOKENS {
                token: e.token,
                member: e.member,
                issued_at: at,
                issued_by: recorded.metadata.actor,
                until: e.until,
                writes: e.scopes.contains(&Scope::Write),
                administers: e.scopes.contains(&Scope::Administer),
                revoked_at: Value::Null,
            }
        ),
        Event::Token(token::Event::Revoked(e)) => update!(writes, TOKENS [e.token] { revoked_at = at }),
        Event::Session(session::Event::Offered(e)) => {
            upsert!(writes, SESSIONS [e.session] { member = e.member, until = e.until, offered_at = at });
        }
        Event::Session(session::Event::Opened(e)) => {
            upsert!(writes, SESSIONS [e.session] { member = e.member, until = e.until, opened_at = at });
        }
        Event::Session(session::Event::Prolonged(e)) => {
            update!(writes, SESSIONS [e.session] { until = e.until });
        }
        Event::Session(session::Event::Ended(e)) => update!(writes, SESSIONS [e.session] { ended_at = at }),
        _ => {}
    }
}

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// As whom its bearer acts; a service when nobody.
    pub member: Option<MemberId>,
    /// When it was issued.
    pub issued_at: Time,
    /// By whom, if by a member.
    pub issued_by: Option<MemberId>,
    /// When it ends, if it does.
    pub until: Option<Time>,
    /// What it allows besides reading.
    pub scopes: Vec<Scope>,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Time>,
}

impl Token {
    /// The key of its place in a list of tokens.
    pub fn key(&self) -> ByTime {
        (self.issued_at, self.id.0)
    }
}

/// A session, or a link that may still open one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// As whom its holder acts.
    pub member: MemberId,
    /// When it ends by itself; while it is not opened, when the link does.
    pub until: Time,
    /// When the link was given out, if there was one.
    pub offered_at: Option<Time>,
    /// When it was opened, if it was.
    pub opened_at: Option<Time>,
    /// When it was ended before its time, if it was.
    pub ended_at: Option<Time>,
}

impl Session {
    /// The key of its place in a list of sessions.
    pub fn key(&self) -> ByTime {
        (self.until, self.id.0)
    }
}

/// Whose tokens or sessions are listed.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// The viewer's own.
    Own,
    /// Everybody's, for whom the caller has asked whether they may see that.
    Everybodys,
}

macro_rules! tokens_where {
    ($condition:literal) => {
        concat!(
            "SELECT token, member, issued_at, issued_by, until, writes, administers, revoked_at FROM tokens WHERE ",
            $condition
        )
    };
}

const TOKENS_OWN: List =
    List { select: tokens_where!("member = ?1"), key: "issued_at, token", descending: true };
const TOKENS_ALL: List =
    List { select: tokens_where!("?1 IS ?1"), key: "issued_at, token", descending: true };

/// A page of tokens, the newest first.
pub fn tokens(
    snapshot: &Snapshot,
    viewer: &Viewer,
    whose: Whose,
    paging: &Paging<ByTime>,
) -> Result<Page<Token>, Error> {
    let list = match whose {
        Whose::Own => &TOKENS_OWN,
        Whose::Everybodys => &TOKENS_ALL,
    };
    list.page(snapshot, &[viewer.value()], paging, read_token)
}

fn read_token(row: &Row<'_>) -> rusqlite::Result<Token> {
    let scopes = [(5, Scope::Write), (6, Scope::Administer)].into_iter();
    let mut allowed = vec![];
    for (place, scope) in scopes {
        allowed.extend(col::<bool>(row, place)?.then_some(scope));
    }
    Ok(Token {
        id: id(row, 0)?,
        member: maybe_id(row, 1)?,
        issued_at: col(row, 2)?,
        issued_by: maybe_id(row, 3)?,
        until: col(row, 4)?,
        scopes: allowed,
        revoked_at: col(row, 7)?,
    })
}

macro_rules! sessions_where {
    ($condition:literal) => {
        concat!(
            "SELECT session, member, until, offered_at, opened_at, ended_at FROM sessions WHERE ",
            $condition
        )
    };
}

const SESSIONS_OWN: List =
    List { select: sessions_where!("member = ?1"), key: "until, session", descending: true };
const SESSIONS_ALL: List =
    List { select: sessions_where!("?1 IS ?1"), key: "until, session", descending: true };

/// A page of sessions, those that end last first.
pub fn sessions(
    snapshot: &Snapshot,
    viewer: &Viewer,
    whose: Whose,
    paging: &Paging<ByTime>,
) -> Result<Page<Session>, Error> {
    let list = match whose {
        Whose::Own => &SESSIONS_OWN,
        Whose::Everybodys => &SESSIONS_ALL,
    };
    list.page(snapshot, &[viewer.value()], paging, |row| {
        Ok(Session {
            id: id(row, 0)?,
            member: id(row, 1)?,
            until: col(row, 2)?,
            offered_at: col(row, 3)?,
            opened_at: col(row, 4)?,
            ended_at: col(row, 5)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{History, assert_indexed, history, member};
    use domain::session::{Ended, Offered, Opened, Prolonged};
    use domain::token::{Issued, Revoked};
    use uuid::Uuid;

    fn token(n: u128) -> TokenId {
        TokenId(Uuid::from_u128(n))
    }

    fn session(n: u128) -> SessionId {
        SessionId(Uuid::from_u128(n))
    }

    fn until(hour: u32) -> Time {
        format!("2026-03-02T{hour:02}:00:00Z").parse().unwrap()
    }

    fn given() -> History {
        let issued = |n, whose: Option<MemberId>| Issued {
            token: token(n),
            member: whose,
            secret_sha256: "ab".repeat(32),
            until: None,
            scopes: vec![Scope::Administer],
        };
        let (secret_sha256, at) = ("ab".repeat(32), until);
        let offered = Offered {
            session: session(1),
            member: member(2),
            secret_sha256: secret_sha256.clone(),
            until: at(9),
        };
        let opened = |n, whose, until| Opened {
            session: session(n),
            member: member(whose),
            secret_sha256: secret_sha256.clone(),
            until,
        };
        history()
            .and(issued(1, Some(member(2))))
            .and(issued(2, None))
            .and(Revoked { token: token(1), member: Some(member(2)) })
            .and(offered)
            .and(opened(1, 2, at(21)))
            .and(opened(2, 3, at(20)))
            .and(Prolonged { session: session(1), member: member(2), until: at(22) })
            .and(Ended { session: session(2), member: member(3) })
    }

    #[test]
    fn each_event_writes_no_secret_and_no_hash() {
        insta::assert_snapshot!(given().writes(&PROJECTION), @r"
        put tokens token=0:1 member=2:2 issued_at=1700000001000000 issued_by=2:1 until=- writes=0 administers=1 revoked_at=-
        put tokens token=0:2 member=- issued_at=1700000002000000 issued_by=2:1 until=- writes=0 administers=1 revoked_at=-
        update tokens token=0:1 revoked_at=1700000003000000
        upsert sessions session=0:1 member=2:2 until=1772442000000000 offered_at=1700000004000000
        upsert sessions session=0:1 member=2:2 until=1772485200000000 opened_at=1700000005000000
        upsert sessions session=0:2 member=2:3 until=1772481600000000 opened_at=1700000006000000
        update sessions session=0:1 until=1772488800000000
        update sessions session=0:2 ended_at=1700000008000000
        ");
    }

    #[test]
    fn a_member_sees_their_own_and_who_may_sees_them_all() {
        let (given, paging) = (given(), Paging::first(9));
        let (snapshot, viewer) = (given.snapshot(), Viewer::Member(member(2)));
        let tokens = |whose| tokens(&snapshot, &viewer, whose, &paging).unwrap().rows;
        let own = tokens(Whose::Own);
        assert_eq!((own.len(), own[0].id, own[0].revoked_at.is_some()), (1, token(1), true));
        assert_eq!(tokens(Whose::Everybodys).len(), 2);
        assert_eq!(own[0].scopes, [Scope::Administer]);
        let sessions = |whose| sessions(&snapshot, &viewer, whose, &paging).unwrap().rows;
        let own = sessions(Whose::Own);
        assert_eq!((own.len(), own[0].id, own[0].until), (1, session(1), until(22)));
        assert!(own[0].offered_at < own[0].opened_at);
        assert_eq!(sessions(Whose::Everybodys).len(), 2);
    }

    #[test]
    fn lists_are_read_by_their_indices() {
        for list in [TOKENS_OWN, TOKENS_ALL, SESSIONS_OWN, SESSIONS_ALL] {
            assert_indexed(&given().snapshot(), &list.sql(1, 2, false));
        }
    }
}
