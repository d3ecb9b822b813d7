//! Hide an item: it is gone for its readers, while its author and those who moderate see that it is hidden, and why.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::moderation::{Hidden, State, judged, within};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// Somebody who moderates hides an item, whether it was reported or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hide {
    /// What.
    pub item: Item,
    /// Why, for its author, those who reported it and those who moderate.
    pub reason: String,
}

impl Action for Hide {
    type State = State;
    const ABILITY: Ability = Ability::Judge;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::moderation(self.item)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let about = judged(facts, self.item)?;
        if state.hidden {
            return Ok(vec![]);
        }
        words::required("reason", &self.reason, BODY_MAX, facts.origin)?;
        let (post, campaign) = within(facts, self.item)?;
        let hidden = Hidden {
            item: self.item,
            author: about.author,
            community: about.community(),
            post,
            campaign,
            reason: self.reason.clone().into(),
        };
        Ok(vec![hidden.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acknowledgement::give::Give as Acknowledge;
    use crate::audience;
    use crate::ballot::vote::Vote;
    use crate::campaign::Voting;
    use crate::comment;
    use crate::community::Access;
    use crate::decision;
    use crate::document;
    use crate::document::rename::Rename;
    use crate::given::items::{added, hidden, published, shared, to};
    use crate::given::{Given, campaign, comment, community, document, idea, in_community, post};
    use crate::idea;
    use crate::moderation::Refusal;
    use crate::post::edit::Edit;
    use crate::post::{self, Kind};
    use crate::seen::view::View;

    const POST: fn() -> Item = || Item::Post(post(1));

    fn hide(item: Item) -> Hide {
        Hide { item, reason: "Unkind".to_owned() }
    }

    fn given() -> Given {
        let given = Given::people().community(1, Access::Open).moderator(1, 4);
        let given = given.and(published(1, Kind::Announcement, in_community(1))).and(added(1));
        given.and(shared(in_community(1))).campaign(1, Voting::Support).idea(1)
    }

    #[test]
    fn moderators_the_leader_and_administrators_hide_what_is_in_a_community() {
        let there = Hidden { community: Some(community(1)), ..hidden(POST(), 2) };
        for n in [1, 4] {
            given().by(n).when(hide(POST())).then([there.clone()]);
        }
        given().by(3).when(hide(POST())).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn a_hidden_comment_says_on_which_post_it_stood() {
        let item = Item::Comment(comment(1));
        let there = Hidden { community: Some(community(1)), post: Some(post(1)), ..hidden(item, 3) };
        given().by(4).when(hide(item)).then([there]);
    }

    #[test]
    fn where_there_is_no_community_administrators_hide() {
        let item = Item::Idea(idea(1));
        given().by(1).when(hide(item)).then([Hidden { campaign: Some(campaign(1)), ..hidden(item, 3) }]);
        given().by(4).when(hide(item)).refused(decision::Refusal::AdministratorNeeded);
        let letter = Given::people().and(published(1, Kind::Update, to([3])));
        letter.clone().by(1).when(hide(POST())).then([hidden(POST(), 2)]);
        letter.by(4).when(hide(POST())).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn nobody_decides_on_what_they_wrote() {
        given().moderator(1, 2).by(2).when(hide(POST())).refused(Refusal::OwnItem);
    }

    #[test]
    fn what_is_hidden_is_absent_for_all_but_its_author_and_those_who_moderate() {
        let given = given().and(hidden(POST(), 2)).and(hidden(Item::Document(document(1)), 2));
        let given = given.and(hidden(Item::Idea(idea(1)), 3)).joined(1, 3).joined(1, 5);
        given.clone().by(5).when(View { item: POST() }).refused(post::Refusal::NoSuchPost);
        given.clone().by(5).when(Acknowledge { post: post(1) }).refused(post::Refusal::NoSuchPost);
        given
            .clone()
            .by(5)
            .when(View { item: Item::Comment(comment(1)) })
            .refused(comment::Refusal::NoSuchComment);
        let rename = Rename { document: document(1), name: "Plan".to_owned(), based_on: None };
        given.clone().by(5).when(rename).refused(document::Refusal::NoSuchDocument);
        let vote = Vote { campaign: campaign(1), idea: idea(1), value: 1 };
        given.clone().by(5).when(vote).refused(idea::Refusal::NoSuchIdea);
        let body = "Kinder".to_owned();
        let edit =
            Edit { post: post(1), body, language: None, mentions: vec![], topics: vec![], based_on: None };
        let edited = post::Edited {
            post: post(1),
            author: crate::given::member(2),
            community: Some(community(1)),
            language: None,
            mentions: vec![],
            topics: vec![],
            body: "Kinder".to_owned().into(),
        };
        given.by(2).when(edit).then([edited]);
    }

    #[test]
    fn hiding_twice_is_hiding_once() {
        given().and(hidden(POST(), 2)).by(4).when(hide(POST())).then_nothing();
    }

    #[test]
    fn it_takes_a_reason() {
        given().by(4).when(Hide { reason: "\n".to_owned(), ..hide(POST()) }).refused(words::Refusal::Blank);
    }
}
