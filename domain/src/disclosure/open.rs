//! Open what is for others, for a reason.

use std::time::Duration;

use serde::Serialize;

use crate::audience::{self, Audience};
use crate::decision::{Action, Facts};
use crate::disclosure::{Opened, State};
use crate::event::Event;
use crate::id::{Item, MemberId};
use crate::item::{self, About};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// An administrator opens something that is addressed to others, or stands in a community they are not inside of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Open {
    /// What.
    pub item: Item,
    /// Why, for those whose text it is.
    pub reason: String,
}

/// How long it stays open.
pub const LASTS: Duration = Duration::from_secs(60 * 60);

refusals! {
    ReadableAlready = "READABLE_ALREADY", "This is for you to read already; no reason is needed.",
        "Ceci vous est déjà lisible ; aucune raison n’est nécessaire.";
}

impl Action for Open {
    type State = State;
    const ABILITY: Ability = Ability::ReadWithReason;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::disclosure(self.item, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let about = item::known(facts, self.item)?;
        match item::standing(facts, self.item) {
            Ok(_) => return Err(Refusal::ReadableAlready.on("item").into()),
            Err(Stop::Refused(_)) => {}
            Err(needs) => return Err(needs),
        }
        words::required("reason", &self.reason, BODY_MAX, facts.origin)?;
        if state.is_open(facts.now) {
            return Ok(vec![]);
        }
        let opened = Opened {
            item: self.item,
            author: about.author,
            community: about.community(),
            member,
            until: facts.now.later(LASTS),
            told: concerned(facts, self.item, about)?,
            reason: self.reason.clone().into(),
        };
        Ok(vec![opened.into()])
    }
}

/// Those whose text it is, each once: who wrote it, and what it stands below; and those it is addressed to, or who leads
/// the community.
fn concerned(facts: &Facts, item: Item, about: About<'_>) -> Result<Vec<MemberId>, Stop> {
    let mut told = vec![about.author];
    if let Item::Comment(comment) = item {
        told.push(facts.post(facts.comment(comment)?.known()?.post)?.known()?.author);
    }
    match about.audience {
        Some(Audience::Members(members)) => told.extend(members),
        Some(Audience::Community(community)) => told.push(audience::community(facts, *community)?.leader),
        None => {}
    }
    told.sort_unstable();
    told.dedup();
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::Access;
    use crate::decision;
    use crate::given::items::{added, published, to};
    use crate::given::{Given, comment, in_community, member, post};
    use crate::organisation::{Role, RoleGranted};
    use crate::post::{self as posts, Kind};

    const LETTER: fn() -> Item = || Item::Post(post(1));

    fn open(item: Item) -> Open {
        Open { item, reason: "A complaint".to_owned() }
    }

    /// A letter of member 2 to member 3, upon which member 2 comments; member 1 administers.
    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).and(added(1)).by(1)
    }

    fn opened(item: Item, told: &[u32]) -> Opened {
        Opened {
            item,
            author: member(2),
            community: None,
            member: member(1),
            until: "2026-03-02T10:00:00Z".parse().unwrap(),
            told: told.iter().copied().map(member).collect(),
            reason: "A complaint".to_owned().into(),
        }
    }

    #[test]
    fn an_administrator_opens_a_letter_for_an_hour_and_those_concerned_are_told() {
        given().when(open(LETTER())).then([opened(LETTER(), &[2, 3])]);
        given().and(opened(LETTER(), &[2, 3])).at("2026-03-02T09:59:00Z").when(open(LETTER())).then_nothing();
        given().and(opened(LETTER(), &[2, 3])).at("2026-03-02T10:00:00Z").when(open(LETTER())).accepted();
    }

    #[test]
    fn in_a_closed_community_its_leader_is_told() {
        let closed = RoleGranted {
            member: member(4),
            role: Role::Administrator,
            departments: vec![],
            from: None,
            until: None,
        };
        let given = Given::people().community(1, Access::Invitation).joined(1, 2);
        let given = given.and(published(1, Kind::Update, in_community(1))).and(closed).by(4);
        let expected = Opened {
            community: Some(crate::given::community(1)),
            member: member(4),
            ..opened(LETTER(), &[1, 2])
        };
        given.clone().when(open(LETTER())).then([expected]);
        given.by(1).when(open(LETTER())).refused(Refusal::ReadableAlready);
    }

    #[test]
    fn a_comment_concerns_who_wrote_the_post_too() {
        given().when(open(Item::Comment(comment(1)))).accepted();
    }

    #[test]
    fn it_takes_an_administrator_a_reason_and_something_that_is_there() {
        given().by(4).when(open(LETTER())).refused(decision::Refusal::AdministratorNeeded);
        given().when(Open { reason: " ".to_owned(), ..open(LETTER()) }).refused(words::Refusal::Blank);
        given().when(open(Item::Post(post(9)))).refused(posts::Refusal::NoSuchPost);
    }
}
