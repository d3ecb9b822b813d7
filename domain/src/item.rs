//! What people look at, react to and share on: what the rules need to know of any of it, found in one place.

use crate::audience::{Audience, living_community, may_moderate};
use crate::decision::{Actor, Facts};
use crate::id::{CommunityId, Item, MemberId};
use crate::refusal::{Stop, refusals};

/// Who wrote something, and for whom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About<'a> {
    /// Who wrote it.
    pub author: MemberId,
    /// Where it is, or to whom it is addressed; `None` if it is for everybody.
    pub audience: Option<&'a Audience>,
}

refusals! {
    AuthorNeeded = "AUTHOR_NEEDED", "Only its author may do this; ask them.",
        "Seul son auteur le peut ; adressez-vous à lui.";
}

/// An item that the actor may read; refused as absent if it does not exist, was removed, or is not for them.
pub fn standing(facts: &Facts, item: Item) -> Result<About<'_>, Stop> {
    match item {
        Item::Post(id) => Ok(facts.post(id)?.standing(facts)?.about()),
        Item::Comment(id) => facts.comment(id)?.standing(facts).map(|(_, about)| about),
        Item::Document(id) => Ok(facts.document(id)?.standing(facts)?.about()),
        Item::Idea(id) => Ok(About { author: facts.idea(id)?.known()?.author, audience: None }),
    }
}

impl About<'_> {
    /// The community it is in, if it is in one.
    pub fn community(&self) -> Option<CommunityId> {
        self.audience.and_then(Audience::community)
    }

    /// Refused if it is in a community that is archived: that can be read, and nothing new is done there.
    pub fn is_alive(&self, facts: &Facts) -> Result<(), Stop> {
        self.community().map_or(Ok(()), |community| living_community(facts, community).map(|_| ()))
    }

    /// Refused unless the actor wrote it.
    pub fn is_own(&self, facts: &Facts) -> Result<(), Stop> {
        if facts.person()? == self.author { Ok(()) } else { Err(Refusal::AuthorNeeded.into()) }
    }

    /// Refused unless the actor wrote it or moderates the community it is in. Outside communities, services and
    /// the system stand in for moderators.
    pub fn is_own_or_moderated(&self, facts: &Facts) -> Result<(), Stop> {
        match (facts.actor, self.community()) {
            (Actor::Member(actor), _) if actor == self.author => Ok(()),
            (_, Some(community)) => may_moderate(facts, community),
            (Actor::Member(_), None) => Err(Refusal::AuthorNeeded.into()),
            (Actor::Service | Actor::System, None) => Ok(()),
        }
    }
}
