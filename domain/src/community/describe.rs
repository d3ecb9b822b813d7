//! Describe a community: change its name or what it is for.

use serde::Serialize;

use crate::audience::may_in;
use crate::community::{Described, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::CommunityId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::sealed::Sealed;
use crate::stream::StreamName;
use crate::words::{BODY_MAX, NAME_MAX, optional, required};

/// The leader or an administrator describes a community.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Describe {
    /// Which.
    pub community: CommunityId,
    /// Its name from now on: 1 to 300 characters; kept by default.
    pub name: Option<String>,
    /// What it is for from now on: at most 100,000 characters; kept by default.
    pub summary: Option<String>,
    /// The revision of the community’s stream at which the actor read them; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for Describe {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        let was = state.living()?;
        let (mut name, mut summary) = (was.name.clone(), was.summary.clone());
        if let Some(text) = &self.name {
            required("name", text, NAME_MAX, facts.origin)?;
            name = Sealed::Open(text.clone());
        }
        if let Some(text) = &self.summary {
            optional("summary", text, BODY_MAX, facts.origin)?;
            summary = Sealed::Open(text.clone());
        }
        if (&name, &summary) == (&was.name, &was.summary) {
            return Ok(vec![]);
        }
        based_on(self.based_on, was.revision)?;
        let (name_was, summary_was) = (was.name.clone(), was.summary.clone());
        Ok(vec![Described { community: self.community, name, name_was, summary, summary_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::{Access, Archived};
    use crate::given::{Given, community};
    use crate::{audience, decision};

    fn describe(name: Option<&str>, summary: Option<&str>) -> Describe {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Describe { community: community(1), name: text(name), summary: text(summary), based_on: None }
    }

    fn given() -> Given {
        Given::people().community(1, Access::Open).by(1)
    }

    #[test]
    fn what_is_not_given_is_kept() {
        given().when(describe(None, Some("What for"))).then([Described {
            community: community(1),
            name: "Community".to_owned().into(),
            name_was: "Community".to_owned().into(),
            summary: "What for".to_owned().into(),
            summary_was: String::new().into(),
        }]);
    }

    #[test]
    fn the_same_words_change_nothing() {
        given().when(describe(Some("Community"), Some(""))).then_nothing();
    }

    #[test]
    fn words_given_upon_old_ones_are_told_which_are_current() {
        let upon = |name, based_on| Describe { based_on: Some(based_on), ..describe(Some(name), None) };
        let described = |name_was: &str, name: &str| Described {
            community: community(1),
            name: name.to_owned().into(),
            name_was: name_was.to_owned().into(),
            summary: String::new().into(),
            summary_was: String::new().into(),
        };
        let given = given().and(described("Community", "Bakers"));
        given.clone().when(upon("Cooks", 0)).refused_with(decision::Refusal::StaleRevision, 1);
        given.clone().when(upon("Bakers", 0)).then_nothing();
        given.when(upon("Cooks", 1)).then([described("Bakers", "Cooks")]);
    }

    #[test]
    fn its_leader_describes_it_while_it_lives() {
        given().by(2).when(describe(Some("Mine"), None)).refused(audience::Refusal::LeaderNeeded);
        let archived = given().and(Archived { community: community(1) });
        archived.when(describe(Some("New"), None)).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn one_by_invitation_does_not_exist_for_others() {
        let given = Given::people().community(1, Access::Invitation);
        given.by(2).when(describe(Some("Mine"), None)).refused(audience::Refusal::NoSuchCommunity);
    }
}
