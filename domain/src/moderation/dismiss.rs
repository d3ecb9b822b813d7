//! Dismiss the reports of an item: it stays as it is, and who reported it is told why.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::moderation::{Dismissed, State, judged};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// Somebody who moderates finds the reports made so far without ground.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dismiss {
    /// What was reported.
    pub item: Item,
    /// Why it stays, for those who reported it.
    pub reason: String,
}

impl Action for Dismiss {
    type State = State;
    const ABILITY: Ability = Ability::Judge;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::moderation(self.item)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let about = judged(facts, self.item)?;
        if !state.open {
            return Ok(vec![]);
        }
        words::required("reason", &self.reason, BODY_MAX, facts.origin)?;
        let dismissed = Dismissed {
            item: self.item,
            author: about.author,
            community: about.community(),
            reason: self.reason.clone().into(),
        };
        Ok(vec![dismissed.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{published, reported};
    use crate::given::{Given, community, in_community, member, post};
    use crate::moderation::Refusal;
    use crate::moderation::report;
    use crate::moderation::report::Report;
    use crate::post::Kind;

    fn given() -> Given {
        let given = Given::people().community(1, Access::Open).moderator(1, 2).moderator(1, 4);
        given.and(published(1, Kind::Update, in_community(1))).and(reported(Item::Post(post(1)), 2, 5))
    }

    fn dismiss() -> Dismiss {
        Dismiss { item: Item::Post(post(1)), reason: "It is a joke".to_owned() }
    }

    fn dismissed() -> Dismissed {
        Dismissed {
            item: Item::Post(post(1)),
            author: member(2),
            community: Some(community(1)),
            reason: "It is a joke".to_owned().into(),
        }
    }

    #[test]
    fn who_moderates_and_did_not_write_it_dismisses_its_reports() {
        given().by(4).when(dismiss()).then([dismissed()]);
        given().by(2).when(dismiss()).refused(Refusal::OwnItem);
        given().by(3).when(dismiss()).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn without_an_open_report_there_is_nothing_to_dismiss() {
        given().and(dismissed()).by(4).when(dismiss()).then_nothing();
    }

    #[test]
    fn who_was_told_does_not_report_it_again() {
        let report = Report { item: Item::Post(post(1)), reason: "Still".to_owned() };
        given().and(dismissed()).by(5).when(report).refused(report::Refusal::AlreadyReported);
    }

    #[test]
    fn it_takes_a_reason() {
        given().by(4).when(Dismiss { reason: String::new(), ..dismiss() }).refused(words::Refusal::Blank);
    }
}
