//! What each event leaves for figures, and from which cut on.

use domain::audience::Audience;
use domain::event::Agent;
use domain::id::Item;
use domain::sealed::Sealed;
use domain::time::Month;
use domain::{community, membership};

use super::*;
use crate::batches::{commented, published, registered, submitted};
use crate::given::{History, community as group, department, history, member, post};

fn viewed(member: Sealed<MemberId>) -> Event {
    let (item, author) = (Item::Post(post(1)), MemberId::default());
    seen::Viewed { item, author, community: None, month: Month(24_000), member }.into()
}

#[test]
fn acts_of_people_count_by_level_and_those_of_nobody_do_not() {
    let given = history().by(2, 1).and(submitted(1)).and(commented(1, 1, None));
    let given = given.and(viewed(member(3).into())).and(viewed(Sealed::Gone));
    let given = given.by_agent(Agent::Service).and(submitted(2));
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put figure_contents day=19675 item=8:1 known=19675 author=2:3 community=- addressees=-
    upsert figure_active day=19675 level=2 known=19675 members=+{"2:2"}
    upsert figure_active day=19675 level=1 known=19675 members=+{"2:2"}
    upsert figure_active day=19675 level=0 known=19675 members=+{"2:3"}
    upsert figure_done day=19675 level=2 known=19675 counts=+{"2:2": 1}
    upsert figure_done day=19675 level=1 known=19675 counts=+{"2:2": 1}
    upsert figure_contributed day=19675 known=19675 member=#2:2 community=0:0 count=+1
    put figure_asked day=19675 item=8:1 known=19675 kind=2 at=1700000001000000 author=2:3 community=-
    upsert figure_reached published_on=4:1 item=4:1 day=19675 how=1 known=19675 members=+{"2:2"}
    upsert figure_reached published_on=4:1 item=4:1 day=19675 how=0 known=19675 members=+{"2:3"}
    upsert figure_spaces community=3:1 level=1 day=19675 known=19675 members=+{"2:2"}
    put figure_answered asked_on=4:1 item=4:1 kind=0 at=1700000002000000 member=2:2 known=19675
    "#);
}

#[test]
fn people_departments_and_circles_are_kept_in_the_order_they_were_learned() {
    let transferred = member::Transferred {
        member: member(1),
        department: department(2),
        department_was: department(1),
        valid_from: domain::time::Time::EPOCH,
    };
    let joined = membership::Joined { community: group(1), member: member(1) };
    let given = history().and(registered(1, 1, Sealed::Gone)).and(transferred).and(joined);
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    upsert figure_everybody known=19675 members=+{"2:1"}
    put figure_stays position=1 known=19675 what=0 at=1700000001000000 day=19675 member=2:1 department=1:1
    put figure_stays position=2 known=19675 what=1 at=0 day=- member=2:1 department=1:2
    put figure_circles position=3 member=2:1 known=19675 day=19675 community=3:1 bond=0 inside=1
    upsert figure_active day=19675 level=1 known=19675 members=+{"2:1"}
    upsert figure_done day=19675 level=1 known=19675 counts=+{"2:1": 1}
    upsert figure_spaces community=3:1 level=1 day=19675 known=19675 members=+{"2:1"}
    "#);
}

#[test]
fn what_is_asked_in_a_community_waits_for_the_answers_of_others() {
    let in_community = || published(1, Audience::Community(group(1)), Sealed::Gone);
    let addressed = published(2, Audience::Members(vec![member(2)]), Sealed::Gone);
    let own = history().by(1, 1).and(in_community()).and(addressed).and(commented(1, 1, None));
    insta::assert_snapshot!(own.by(2, 1).and(commented(2, 1, None)).writes(&PROJECTION), @r#"
    put figure_contents day=19675 item=4:1 known=19675 author=2:1 community=3:1 addressees=-
    put figure_contents day=19675 item=4:2 known=19675 author=2:1 community=- addressees=+{"2:2"}
    upsert figure_active day=19675 level=2 known=19675 members=+{"2:1"}
    upsert figure_active day=19675 level=2 known=19675 members=+{"2:1"}
    upsert figure_active day=19675 level=1 known=19675 members=+{"2:1"}
    upsert figure_active day=19675 level=1 known=19675 members=+{"2:2"}
    upsert figure_done day=19675 level=2 known=19675 counts=+{"2:1": 1}
    upsert figure_done day=19675 level=2 known=19675 counts=+{"2:1": 1}
    upsert figure_done day=19675 level=1 known=19675 counts=+{"2:1": 1}
    upsert figure_done day=19675 level=1 known=19675 counts=+{"2:2": 1}
    upsert figure_contributed day=19675 known=19675 member=#2:1 community=3:1 count=+1
    upsert figure_contributed day=19675 known=19675 member=#2:1 community=0:0 count=+1
    upsert figure_spaces community=3:1 level=2 day=19675 known=19675 members=+{"2:1"}
    upsert figure_spaces community=3:1 level=1 day=19675 known=19675 members=+{"2:1"}
    upsert figure_spaces community=3:1 level=1 day=19675 known=19675 members=+{"2:2"}
    put figure_asked day=19675 item=4:1 known=19675 kind=0 at=1700000001000000 author=2:1 community=3:1
    upsert figure_reached published_on=4:1 item=4:1 day=19675 how=1 known=19675 members=+{"2:1"}
    upsert figure_reached published_on=4:1 item=4:1 day=19675 how=1 known=19675 members=+{"2:2"}
    put figure_answered asked_on=4:1 item=4:1 kind=0 at=1700000004000000 member=2:2 known=19675
    "#);
}

#[test]
fn what_becomes_of_communities_and_what_is_searched_for_is_kept() {
    let named = community::SponsorNamed { community: group(1), sponsor: Some(member(2)), sponsor_was: None };
    let (access, access_was) = (community::Access::Request, community::Access::Open);
    let closed = community::AccessChanged { community: group(1), access, access_was };
    let archived = community::Archived { community: group(1) };
    let results = vec![
        seen::Results { department: Some(department(1)), count: 3 },
        seen::Results { department: None, count: 1 },
    ];
    let (organisation, month) = (crate::given::organisation(1), Month(24_000));
    let searched = |member: Sealed<MemberId>| {
        let results = results.clone();
        seen::Searched { organisation, month, results, member, words: Sealed::Gone }
    };
    let given = history().and(named).and(closed).and(archived);
    let given = given.and(searched(member(3).into())).and(searched(Sealed::Gone));
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put figure_circles position=1 member=2:2 known=19675 day=19675 community=3:1 bond=2 inside=1
    put figure_communities position=1 known=19675 day=19675 at=1700000001000000 community=3:1 what=2 open=- sponsor=2:2
    put figure_communities position=2 known=19675 day=19675 at=1700000002000000 community=3:1 what=1 open=0 sponsor=-
    put figure_communities position=3 known=19675 day=19675 at=1700000003000000 community=3:1 what=3 open=- sponsor=-
    upsert figure_sought day=19675 known=19675 member=2:3 department=1:1 count=+1
    upsert figure_active day=19675 level=0 known=19675 members=+{"2:3"}
    "#);
}

#[test]
fn what_is_learned_late_is_known_from_then_on_whatever_the_batches() {
    let late = |history: History| {
        history.and(submitted(1)).days_away(-3).and(submitted(2)).later(86_400).and(submitted(3))
    };
    for size in [1, 2, 100] {
        let built = late(history().by(2, 1)).views_in_batches(size);
        let rows = built.views.snapshot().unwrap().rows(
            "SELECT day, known FROM figure_contributed ORDER BY known, day",
            &[],
            |row| Ok((row.get::<_, i32>(0)?, row.get::<_, i32>(1)?)),
        );
        assert_eq!(rows.unwrap(), [(19_672, 19_675), (19_675, 19_675), (19_676, 19_676)], "{size}");
    }
}
