//! Record that a scheduled draft was published: the post is there, and the draft is one no more.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::draft::{Published, State};
use crate::event::Event;
use crate::id::{DraftId, PostId};
use crate::policy::Ability;
use crate::post;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The system has published a draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Publish {
    /// Which.
    pub draft: DraftId,
    /// The post that it became.
    pub post: PostId,
}

impl Action for Publish {
    type State = State;
    const ABILITY: Ability = Ability::Serve;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::draft(self.draft)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let draft = state.known()?;
        let post = facts.post(self.post)?.published.as_ref().filter(|post| post.author == draft.author);
        post.ok_or(post::Refusal::NoSuchPost)?;
        // Its author may have discarded it while it was being published.
        if draft.ended {
            return Ok(vec![]);
        }
        Ok(vec![Published { draft: self.draft, author: draft.author, post: self.post }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::items::{published, saved, to};
    use crate::given::{Given, draft, member, post};
    use crate::post::Kind;

    fn publish() -> Publish {
        Publish { draft: draft(1), post: post(1) }
    }

    #[test]
    fn the_system_records_once_which_post_it_became() {
        let given = Given::people().and(saved("Bonjour", Some(to([3]))));
        let given = given.and(published(1, Kind::Update, to([3])));
        let became = Published { draft: draft(1), author: member(2), post: post(1) };
        given.clone().when(publish()).then([became.clone()]);
        given.clone().and(became).when(publish()).then_nothing();
        given.by(2).when(publish()).refused(crate::decision::Refusal::SystemNeeded);
    }

    #[test]
    fn what_was_not_published_is_not_recorded() {
        let given = Given::people().and(saved("Bonjour", Some(to([3]))));
        given.when(publish()).refused(post::Refusal::NoSuchPost);
    }
}
