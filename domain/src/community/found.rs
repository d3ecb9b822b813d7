//! Found a community.

use serde::Serialize;

use crate::community::{Access, Founded, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{BODY_MAX, NAME_MAX, optional, required};

/// The actor founds a community and leads it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// Its id; a new one by default.
    pub community: Option<CommunityId>,
    /// Its name: 1 to 300 characters.
    pub name: String,
    /// What it is for: at most 100,000 characters; empty by default.
    pub summary: String,
    /// Who may come in; anybody by default.
    pub access: Access,
}

refusals! {
    CommunityExists = "COMMUNITY_EXISTS", "There already is a community with this id; choose another id.",
        "Il existe déjà une communauté avec cet identifiant ; choisissez-en un autre.";
}

impl Found {
    fn community(&self, facts: &Facts) -> CommunityId {
        self.community.unwrap_or(facts.new_id.into())
    }
}

impl Action for Found {
    type State = State;
    const ABILITY: Ability = Ability::FoundCommunities;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::community(self.community(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let leader = facts.person()?;
        if state.founded.is_some() {
            return Err(Refusal::CommunityExists.on("community").into());
        }
        required("name", &self.name, NAME_MAX, facts.origin)?;
        optional("summary", &self.summary, BODY_MAX, facts.origin)?;
        Ok(vec![
            Founded {
                community: self.community(facts),
                leader,
                access: self.access,
                name: self.name.clone().into(),
                summary: self.summary.clone().into(),
            }
            .into(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::{Given, NEW, community, member};
    use crate::words;

    fn found() -> Found {
        Found { name: "Robotics".to_owned(), access: Access::Request, ..Found::default() }
    }

    #[test]
    fn who_founds_a_community_leads_it() {
        Given::people().by(2).when(found()).then([Founded {
            community: NEW.into(),
            leader: member(2),
            access: Access::Request,
            name: "Robotics".to_owned().into(),
            summary: String::new().into(),
        }]);
    }

    #[test]
    fn an_id_is_used_once() {
        let again = Found { community: Some(community(1)), ..found() };
        Given::people().community(1, Access::Open).by(2).when(again).refused(Refusal::CommunityExists);
    }

    #[test]
    fn it_has_a_name_and_a_founder() {
        Given::people().by(2).when(Found::default()).refused(words::Refusal::Blank);
        Given::people().when(found()).refused(decision::Refusal::PersonNeeded);
        let garbled = Found { summary: "\u{7}".to_owned(), ..found() };
        Given::people().by(2).when(garbled).refused(words::Refusal::ControlCharacter);
    }
}
