//! Pass an idea on, to a community or to members: everybody may read it, these are to.

use serde::Serialize;

use crate::audience::{Audience, addressed};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{SharedOn, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor passes an idea on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareOn {
    /// Which.
    pub idea: IdeaId,
    /// Where, or to whom.
    pub audience: Audience,
}

impl Action for ShareOn {
    type State = State;
    const ABILITY: Ability = Ability::Publish;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let sharer = facts.person()?;
        let idea = state.standing(facts)?;
        let shared = SharedOn {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            audience: addressed(facts, &self.audience, sharer)?,
        };
        Ok(vec![shared.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::campaign::Voting;
    use crate::community::Access;
    use crate::given::{Given, campaign, idea, in_community, member};
    use crate::idea;

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).community(1, Access::Open)
    }

    fn share(audience: Audience) -> ShareOn {
        ShareOn { idea: idea(1), audience }
    }

    fn shared(audience: Audience) -> SharedOn {
        SharedOn { idea: idea(1), campaign: campaign(1), author: member(3), audience }
    }

    #[test]
    fn any_member_passes_it_on_to_members() {
        let to = Audience::Members(vec![member(4), member(5)]);
        given().by(2).when(share(to.clone())).then([shared(to.clone())]);
        let repeated = Audience::Members(vec![member(4), member(2), member(5), member(4)]);
        given().by(2).when(share(repeated)).then([shared(to)]);
    }

    #[test]
    fn a_member_of_a_community_passes_it_on_there() {
        given().by(1).when(share(in_community(1))).then([shared(in_community(1))]);
        given().by(2).when(share(in_community(1))).refused(audience::Refusal::NotInCommunity);
    }

    #[test]
    fn there_is_an_idea_to_pass_on() {
        let nowhere = Given::people().by(2);
        nowhere.when(share(Audience::Members(vec![member(4)]))).refused(idea::Refusal::NoSuchIdea);
    }
}
