//! What figures are computed from of communities: what they are, who was inside when, who was active in them.

use super::Level;
use crate::table::{Layout, Table, put, upsert};
use crate::value::Value;
use crate::writes::{KNOWN, Writes};
use domain::audience::Audience;
use domain::community::{Access, Event as Founded};
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, MemberId};
use domain::{acknowledgement, choice, comment, document, membership, poll, post, reaction};

// Who came into communities and left them, in the order it was learned: by joining, or because they lead or sponsor.
pub(super) static CIRCLES: Table = Table {
    name: "figure_circles",
    key: &["position INTEGER NOT NULL", "member BLOB NOT NULL"],
    columns: &[
        "known INTEGER NOT NULL",
        "day INTEGER NOT NULL",
        "community BLOB NOT NULL",
        "bond INTEGER NOT NULL",
        "inside INTEGER NOT NULL",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// What communities are, in the order it was learned. `open` says whether everybody may read in them, where that is
// said.
pub(super) static COMMUNITIES: Table = Table {
    name: "figure_communities",
    key: &["position INTEGER NOT NULL"],
    columns: &[
        "known INTEGER NOT NULL",
        "day INTEGER NOT NULL",
        "at INTEGER NOT NULL",
        "community BLOB NOT NULL",
        "what INTEGER NOT NULL",
        "open INTEGER",
        "sponsor BLOB",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// Who took part or contributed in a community on a day; the levels above are not among them.
pub(super) static SPACES: Table = Table {
    name: "figure_spaces",
    key: &[
        "community BLOB NOT NULL",
        "level INTEGER NOT NULL",
        "day INTEGER NOT NULL",
        "known INTEGER NOT NULL",
    ],
    columns: &["members BLOB NOT NULL DEFAULT x''"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

/// What makes somebody part of a community: whoever has one of these is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    /// They joined it.
    Joined,
    /// They lead it.
    Leads,
    /// They sponsor it.
    Sponsors,
}

impl Bond {
    /// How many there are.
    pub(crate) const COUNT: usize = 3;
}

/// What becomes of a community.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is there from then on.
    Founded,
    /// Others may read in it.
    Access,
    /// Another sponsors it, or nobody.
    Sponsored,
    /// Nothing new is done in it.
    Archived,
    /// It goes on.
    Reopened,
}

pub(super) fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Community(event) => fold_turn(event, recorded, writes),
        Event::Membership(event) => fold_circle(event, recorded, writes),
        _ => {}
    }
}

fn fold_turn(event: &Founded, recorded: &Recorded, writes: &mut Writes) {
    let open = |access: Access| Some(access == Access::Open);
    let (community, what, open, sponsor) = match event {
        Founded::Founded(e) => {
            circle(recorded, writes, e.community, (e.leader, Bond::Leads, true));
            (e.community, Turn::Founded, open(e.access), None)
        }
        Founded::AccessChanged(e) => (e.community, Turn::Access, open(e.access), None),
        Founded::SponsorNamed(e) => {
            let sponsors = [(e.sponsor_was, false), (e.sponsor, true)];
            for (sponsor, inside) in sponsors.into_iter().filter_map(|(who, inside)| Some((who?, inside))) {
                circle(recorded, writes, e.community, (sponsor, Bond::Sponsors, inside));
            }
            (e.community, Turn::Sponsored, None, e.sponsor)
        }
        Founded::LeaderAppointed(e) => {
            circle(recorded, writes, e.community, (e.leader_was, Bond::Leads, false));
            return circle(recorded, writes, e.community, (e.leader, Bond::Leads, true));
        }
        Founded::Archived(e) => (e.community, Turn::Archived, None, None),
        Founded::Reopened(e) => (e.community, Turn::Reopened, None, None),
        Founded::Described(_) => return,
    };
    put!(
        writes,
        COMMUNITIES {
            position: recorded.position,
            known: writes.known(),
            day: recorded.metadata.local_day,
            at: recorded.metadata.occurred_at,
            community: community,
            what: what as i64,
            open: open,
            sponsor: sponsor,
        }
    );
}

fn fold_circle(event: &membership::Event, recorded: &Recorded, writes: &mut Writes) {
    use membership::Event as E;
    let (community, member, inside) = match event {
        E::Joined(e) => (e.community, e.member, true),
        E::Approved(e) => (e.community, e.member, true),
        E::Left(e) => (e.community, e.member, false),
        E::Removed(e) => (e.community, e.member, false),
        _ => return,
    };
    circle(recorded, writes, community, (member, Bond::Joined, inside));
}

fn circle(
    recorded: &Recorded,
    writes: &mut Writes,
    community: CommunityId,
    (member, bond, inside): (MemberId, Bond, bool),
) {
    put!(
        writes,
        CIRCLES {
            position: recorded.position,
            member: member,
            known: writes.known(),
            day: recorded.metadata.local_day,
            community: community,
            bond: bond as i64,
            inside: inside,
        }
    );
}

/// Somebody did something at a level where it says it was done.
pub(super) fn acted(recorded: &Recorded, writes: &mut Writes, level: Level, member: MemberId) {
    let Some(community) = space(&recorded.event).filter(|_| level != Level::Consumed) else { return };
    let (day, known) = (recorded.metadata.local_day, writes.known());
    upsert!(writes, SPACES [community, level as i64, day, known] { members |= [member.0] });
}

/// The community that something was done in, as the key of a row: the nil id where it was in none.
pub(super) fn space_key(event: &Event) -> Value {
    space(event).unwrap_or_default().into()
}

/// The community that something was done in, if it was in one.
fn space(event: &Event) -> Option<CommunityId> {
    use {document::Event as D, membership::Event as M, post::Event as P};
    match event {
        Event::Community(Founded::Founded(e)) => Some(e.community),
        Event::Membership(M::Joined(e)) => Some(e.community),
        Event::Membership(M::Requested(e)) => Some(e.community),
        Event::Post(P::Published(e)) => Audience::community(&e.audience),
        Event::Post(P::Edited(e)) => e.community,
        Event::Post(P::AnswerAccepted(e)) => e.community,
        Event::Post(P::SharedOn(e)) => e.community,
        Event::Comment(comment::Event::Added(e)) => e.community,
        Event::Comment(comment::Event::Edited(e)) => e.community,
        Event::Reaction(reaction::Event::Given(e)) => e.community,
        Event::Acknowledgement(acknowledgement::Event::Given(e)) => e.community,
        Event::Choice(choice::Event::Made(e)) => e.community,
        Event::Choice(choice::Event::Changed(e)) => e.community,
        Event::Poll(poll::Event::Opened(e)) => e.community,
        Event::Document(D::Shared(e)) => Audience::community(&e.audience),
        Event::Document(D::Revised(e)) => e.community,
        Event::Document(D::SharedOn(e)) => e.community,
        _ => None,
    }
}
