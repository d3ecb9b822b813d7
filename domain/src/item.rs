//! What people look at, react to and share on: what the rules need to know of any of it, found in one place.

use crate::audience::{Audience, living_community, may_in};
use crate::comment;
use crate::decision::{Actor, Facts};
use crate::id::{CommunityId, Item, MemberId};
use crate::policy::Ability;
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
        Item::Idea(id) => Ok(facts.idea(id)?.standing(facts)?.about()),
    }
}

/// An item whoever it is for; refused as absent if it does not exist or was removed.
pub fn known(facts: &Facts, item: Item) -> Result<About<'_>, Stop> {
    match item {
        Item::Post(id) => Ok(facts.post(id)?.known()?.about()),
        Item::Comment(id) => {
            let comment = facts.comment(id)?.known()?;
            let post = facts.post(comment.post)?.known();
            let post = post.map_err(|_| comment::Refusal::NoSuchComment)?;
            Ok(About { author: comment.author, audience: Some(&post.audience) })
        }
        Item::Document(id) => Ok(facts.document(id)?.known()?.about()),
        Item::Idea(id) => Ok(facts.idea(id)?.known()?.about()),
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
        match self.community() {
            Some(community) if facts.actor != Actor::Member(self.author) => {
                may_in(facts, community, Ability::TendContents)
            }
            _ => {
                let may = facts.may_for(Ability::TendContents, Some(self.author));
                may.map_err(|stop| stop.instead(Refusal::AuthorNeeded))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::comment;
    use crate::community::Access;
    use crate::document;
    use crate::given::items::{added, published, shared, to};
    use crate::given::{Given, comment, document, idea, in_community, post};
    use crate::id::Item;
    use crate::idea;
    use crate::post;
    use crate::post::Kind;
    use crate::reaction::give::Give;
    use crate::reaction::{Given as Reacted, Reaction};
    use crate::refusal::Refused;

    fn give(item: Item) -> Give {
        Give { item, reaction: Reaction::Like }
    }

    fn all() -> [(Item, Refused); 4] {
        [
            (Item::Post(post(1)), post::Refusal::NoSuchPost.into()),
            (Item::Comment(comment(1)), comment::Refusal::NoSuchComment.into()),
            (Item::Document(document(1)), document::Refusal::NoSuchDocument.into()),
            (Item::Idea(idea(1)), idea::Refusal::NoSuchIdea.into()),
        ]
    }

    #[test]
    fn what_was_never_there_is_absent() {
        for (item, absent) in all() {
            Given::people().by(4).when(give(item)).refused(absent);
        }
    }

    #[test]
    fn what_is_for_others_is_absent() {
        let given =
            Given::people().and(published(1, Kind::Update, to([3]))).and(added(1)).and(shared(to([3])));
        for (item, absent) in &all()[..3] {
            given.clone().by(4).when(give(*item)).refused(absent.clone());
        }
    }

    #[test]
    fn what_is_in_a_closed_community_is_absent_outside() {
        let given = Given::people().community(1, Access::Request).joined(1, 3);
        let given = given.and(published(1, Kind::Update, in_community(1))).and(added(1));
        let given = given.and(shared(in_community(1)));
        for (item, absent) in &all()[..3] {
            given.clone().by(4).when(give(*item)).refused(absent.clone());
        }
    }

    #[test]
    fn what_was_removed_is_absent_with_all_that_hangs_on_it() {
        let withdrawn =
            document::Withdrawn { document: document(1), author: crate::given::member(2), community: None };
        let given =
            Given::people().and(published(1, Kind::Update, to([3]))).and(added(1)).and(shared(to([3])));
        let given = given.without_post(1).and(withdrawn);
        for (item, absent) in &all()[..3] {
            given.clone().by(3).when(give(*item)).refused(absent.clone());
        }
    }

    #[test]
    fn an_idea_is_for_everybody() {
        let reacted = Reacted {
            item: Item::Idea(idea(1)),
            author: crate::given::member(3),
            community: None,
            member: crate::given::member(5),
            reaction: Reaction::Like,
            reaction_was: None,
        };
        Given::people().idea(1).by(5).when(give(Item::Idea(idea(1)))).then([reacted]);
    }
}
