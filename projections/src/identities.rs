//! Identities: whom an identity provider means by a subject.

use domain::event::{Event, Recorded};
use domain::id::MemberId;
use domain::member::Event as Member;

use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put};
use crate::value::id;
use crate::writes::Writes;
use crate::{Error, Snapshot};

static IDENTITIES: Table = Table {
    name: "identities",
    key: &["issuer TEXT NOT NULL", "subject TEXT NOT NULL", "member BLOB NOT NULL"],
    columns: &["linked_at INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// The identities of members, while they can be read.
pub static PROJECTION: Projection =
    Projection { name: "identities", version: 1, tables: &[&IDENTITIES], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let linked_at = recorded.metadata.occurred_at;
    match &recorded.event {
        Event::Member(Member::IdentityLinked(e)) => {
            if let Some(subject) = e.subject.open() {
                put!(
                    writes,
                    IDENTITIES {
                        issuer: &e.issuer,
                        subject: subject,
                        member: e.member,
                        linked_at: linked_at
                    }
                );
            }
        }
        Event::Member(Member::IdentityUnlinked(e)) => {
            if let Some(subject) = e.subject.open() {
                delete!(writes, IDENTITIES [&e.issuer, subject, e.member]);
            }
        }
        _ => {}
    }
}

/// The member whom a provider means by a subject. Were there two, it is the one linked first. For the server alone,
/// which has to know who asks before there is a viewer.
pub fn member(snapshot: &Snapshot, issuer: &str, subject: &str) -> Result<Option<MemberId>, Error> {
    let sql =
        "SELECT member FROM identities WHERE issuer = ?1 AND subject = ?2 ORDER BY linked_at, member LIMIT 1";
    snapshot.row(sql, &[issuer.into(), subject.into()], |row| id(row, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{history, member as person};
    use domain::member::{IdentityLinked, IdentityUnlinked};
    use domain::sealed::Sealed;

    const ISSUER: &str = "https://id.example.org";

    fn linked(n: u64, subject: Sealed<String>) -> IdentityLinked {
        IdentityLinked { member: person(n), issuer: ISSUER.to_owned(), subject }
    }

    fn unlinked(n: u64, subject: Sealed<String>) -> IdentityUnlinked {
        IdentityUnlinked { member: person(n), issuer: ISSUER.to_owned(), subject }
    }

    fn ada() -> Sealed<String> {
        "ada".to_owned().into()
    }

    #[test]
    fn each_event_writes_and_what_is_gone_leaves_no_row() {
        let given = history().and(linked(1, ada())).and(unlinked(1, ada()));
        let given = given.and(linked(1, Sealed::Gone)).and(unlinked(1, Sealed::Gone));
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put identities issuer="https://id.example.org" subject="ada" member=2:1 linked_at=1700000001000000
        delete identities issuer="https://id.example.org" subject="ada" member=2:1
        "#);
    }

    #[test]
    fn a_subject_means_whoever_it_was_linked_with_first() {
        let given = history().and(linked(2, ada())).and(linked(1, ada()));
        let found = |subject| member(&given.snapshot(), ISSUER, subject).unwrap();
        assert_eq!((found("ada"), found("Ada")), (Some(person(2)), None));
        let given = given.and(unlinked(2, ada()));
        assert_eq!(member(&given.snapshot(), ISSUER, "ada").unwrap(), Some(person(1)));
        assert_eq!(member(&given.snapshot(), "https://other.example.org", "ada").unwrap(), None);
    }
}
