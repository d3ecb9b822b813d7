//! Who is in, and what is known outside.

use super::*;
use crate::batches::{founded, given};
use crate::given::{community, history, member};
use domain::community::{Described, LeaderAppointed, SponsorNamed};
use domain::membership::{Invited, Joined, Left};
use domain::sealed::Sealed;

const ALL: Viewer = Viewer::Operator;

fn joined(n: u64) -> Joined {
    Joined { community: community(1), member: member(n) }
}

#[test]
fn each_event_writes() {
    let given = history()
        .and(founded(1, Access::Request))
        .and(joined(2))
        .and(LeaderAppointed { community: community(1), leader: member(2), leader_was: member(1) })
        .and(SponsorNamed { community: community(1), sponsor: Some(member(3)), sponsor_was: None });
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put communities community=3:1 access=1 leader=2:1 sponsor=- founded_at=1700000001000000 archived_at=- members=0 listed_as="community" revision=1 name="Community" summary=""
    update communities community=3:1 leader=2:2 revision=3
    update communities community=3:1 sponsor=2:3 revision=4
    upsert memberships community=3:1 member=2:1 leads=+1 since=1700000001000000
    upsert memberships community=3:1 member=2:2 standing=3 since=1700000002000000
    upsert memberships community=3:1 member=2:1 leads=-1
    upsert memberships community=3:1 member=2:2 leads=+1
    upsert memberships community=3:1 member=2:3 sponsors=+1
    "#);
}

#[test]
fn a_name_that_is_gone_is_not_there() {
    let described = Described {
        community: community(1),
        name: Sealed::Gone,
        name_was: Sealed::Gone,
        summary: Sealed::Gone,
        summary_was: Sealed::Gone,
    };
    insta::assert_snapshot!(history().and(described.clone()).writes(&PROJECTION), @r#"
    update communities community=3:1 listed_as="" revision=1 name=- summary=-
    "#);
    let given = given().and(described);
    assert_eq!(by_ids(&given.snapshot(), &ALL, &[community(1)]).unwrap()[0].name, None);
}

#[test]
fn a_leader_counts_as_a_member_once() {
    let given = given().and(joined(1)).and(joined(2));
    let count =
        |given: &crate::given::History| by_ids(&given.snapshot(), &ALL, &[community(1)]).unwrap()[0].members;
    assert_eq!(count(&given), 2);
    let leader = LeaderAppointed { community: community(1), leader: member(3), leader_was: member(1) };
    let given = given.and(leader).and(Left { community: community(1), member: member(2) });
    assert_eq!(count(&given), 2);
    let members =
        members_of(&given.snapshot(), &ALL, &[community(1)], &Paging::first(9)).unwrap().remove(0).rows;
    assert_eq!(members.iter().map(|row| row.member).collect::<Vec<_>>(), [member(1), member(3)]);
}

#[test]
fn a_community_by_invitation_is_known_to_those_invited() {
    let given = given().and(founded(2, Access::Invitation));
    let given = given.and(Invited { community: community(2), member: member(4) });
    let known =
        |n| communities(&given.snapshot(), &Viewer::Member(member(n)), &Paging::first(9)).unwrap().rows.len();
    assert_eq!((known(1), known(4), known(5)), (2, 2, 1));
    let read = |n| readable(&given.snapshot(), &Viewer::Member(member(n)), &[community(2)]).unwrap().len();
    assert_eq!((read(1), read(4)), (1, 0));
}
