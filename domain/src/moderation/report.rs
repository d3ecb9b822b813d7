//! Report a post, a comment, a document or an idea to those who moderate where it is.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::item;
use crate::moderation::{Refusal as ModerationRefusal, Reported, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// The actor reports something that they may read: once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// What.
    pub item: Item,
    /// What is wrong with it.
    pub reason: String,
}

refusals! {
    AlreadyReported = "ALREADY_REPORTED",
        "You reported this before; what was decided, or that it is not yet, stands among your reports.",
        "Vous l’avez déjà signalé ; la décision, ou son attente, figure parmi vos signalements.";
    AlreadyHidden = "ALREADY_HIDDEN", "It is hidden already; there is nothing to report.",
        "C’est déjà masqué ; il n’y a rien à signaler.";
}

impl Action for Report {
    type State = State;
    const ABILITY: Ability = Ability::Report;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::moderation(self.item)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let about = item::standing(facts, self.item)?;
        if about.author == member {
            return Err(ModerationRefusal::OwnItem.into());
        }
        if state.reporters.contains(&member) {
            return Err(Refusal::AlreadyReported.into());
        }
        if state.hidden {
            return Err(Refusal::AlreadyHidden.into());
        }
        words::required("reason", &self.reason, BODY_MAX, facts.origin)?;
        let reported = Reported {
            item: self.item,
            author: about.author,
            community: about.community(),
            member,
            reason: self.reason.clone().into(),
        };
        Ok(vec![reported.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::Access;
    use crate::given::items::{added, hidden, published, reported, to};
    use crate::given::{Given, comment, community, idea, in_community, member, post};
    use crate::post::{self, Kind};

    fn report(item: Item) -> Report {
        Report { item, reason: "Unkind".to_owned() }
    }

    fn given() -> Given {
        let given = Given::people().community(1, Access::Open).moderator(1, 4);
        given.and(published(1, Kind::Update, in_community(1))).and(added(1)).idea(1)
    }

    #[test]
    fn whoever_may_read_it_reports_it() {
        let (post, comment, idea) = (Item::Post(post(1)), Item::Comment(comment(1)), Item::Idea(idea(1)));
        let there = Some(community(1));
        given().by(5).when(report(post)).then([Reported { community: there, ..reported(post, 2, 5) }]);
        given().by(5).when(report(comment)).then([Reported { community: there, ..reported(comment, 3, 5) }]);
        given().by(5).when(report(idea)).then([reported(idea, 3, 5)]);
        let letter = Given::people().and(published(1, Kind::Update, to([3])));
        letter.clone().by(3).when(report(post)).then([reported(post, 2, 3)]);
        letter.by(4).when(report(post)).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn a_member_reports_a_thing_once() {
        let item = Item::Post(post(1));
        let given = given().and(reported(item, 2, 5));
        given.clone().by(5).when(report(item)).refused(Refusal::AlreadyReported);
        given.by(3).when(report(item)).then([Reported {
            community: Some(community(1)),
            member: member(3),
            ..reported(item, 2, 5)
        }]);
    }

    #[test]
    fn nobody_reports_what_they_wrote() {
        given().by(2).when(report(Item::Post(post(1)))).refused(ModerationRefusal::OwnItem);
    }

    #[test]
    fn what_is_hidden_is_absent_for_readers_and_needs_no_report() {
        let item = Item::Post(post(1));
        let given = given().and(hidden(item, 2));
        given.clone().by(5).when(report(item)).refused(post::Refusal::NoSuchPost);
        given.by(4).when(report(item)).refused(Refusal::AlreadyHidden);
    }

    #[test]
    fn also_where_nothing_new_is_taken() {
        let item = Item::Post(post(1));
        let there = Reported { community: Some(community(1)), ..reported(item, 2, 5) };
        given().archived(1).by(5).when(report(item)).then([there]);
    }

    #[test]
    fn a_report_says_why() {
        let empty = Report { reason: " ".to_owned(), ..report(Item::Post(post(1))) };
        given().by(5).when(empty).refused(words::Refusal::Blank);
    }
}
